//! The workbook part: its sheets, the names that it defines, and how it counts days.

use quick_xml::events::Event;

use super::super::lists::Names;
use super::super::lists::title_rows;
use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::flag;
use crate::readers::xml::local;
use crate::readers::xml::number;

/// A sheet as the workbook lists it.
#[derive(Debug, Default)]
pub(in crate::readers::workbook) struct Entry {
    pub(in crate::readers::workbook) name: String,
    /// The relationship that leads to its part.
    pub(in crate::readers::workbook) link: String,
    pub(in crate::readers::workbook) hidden: bool,
    /// Rows that are printed on each page.
    pub(super) titles: Option<(u32, u32)>,
}

impl Entry {
    pub(in crate::readers::workbook) fn new(name: String, link: String, hidden: bool) -> Self {
        Self { name, link, hidden, titles: None }
    }
}

/// What the part says.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// The sheets in the order of their tabs.
    pub(super) entries: Vec<Entry>,
    pub(super) names: Names,
    /// Days are counted from 1904.
    pub(super) epoch_1904: bool,
}

/// A name that is being read: itself, and the sheet that it is for.
type Open = (String, Option<usize>);

/// Reads the workbook part.
pub(super) fn read(package: &mut Package<'_>, path: &str, limits: &Limits) -> Result<Listed, ReadError> {
    let mut listed = Listed::default();
    let Some(part) = package.stream(path)? else {
        return Err(ReadError::Damaged { what: "the workbook".to_owned(), detail: format!("it has no part {path}") });
    };
    let mut xml = Xml::new(part, path, limits);
    loop {
        let mut open: Option<Open> = None;
        match xml.next()? {
            Event::Start(element) => match local(&element) {
                "workbookPr" => listed.epoch_1904 |= flag(&element, "date1904"),
                "sheet" => {
                    let text = |name| attribute(&element, name).unwrap_or_default().into_owned();
                    let hidden = text("state").to_ascii_lowercase().ends_with("hidden");
                    listed.entries.push(Entry::new(text("name"), text("id"), hidden));
                }
                "definedName" => {
                    let name = attribute(&element, "name").unwrap_or_default().into_owned();
                    open = Some((name, number(&element, "localSheetId")));
                }
                _ => {}
            },
            Event::Eof => return Ok(listed),
            _ => {}
        }
        if let Some((name, sheet)) = open {
            let mut formula = String::new();
            xml.text(&mut formula)?;
            listed.define(&name, sheet, formula);
        }
    }
}

impl Listed {
    /// Print titles have a name of their own (ECMA-376 part 1, 18.2.5).
    fn define(&mut self, name: &str, sheet: Option<usize>, formula: String) {
        if name.eq_ignore_ascii_case("_xlnm.Print_Titles") {
            if let Some(entry) = sheet.and_then(|sheet| self.entries.get_mut(sheet)) {
                entry.titles = title_rows(&formula);
            }
        } else {
            self.names.insert(name.to_lowercase(), formula);
        }
    }
}
