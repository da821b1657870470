//! Office Open XML workbooks: the parts of the package, each read once (ECMA-376 part 1, 18).

mod drawings;
mod links;
mod notes;
mod sheet;
mod strings;
mod styles;

use std::io::Read;

use quick_xml::events::Event;

pub(super) use drawings::read as drawings;
pub(super) use links::Links;
pub(super) use notes::read_threads as threads;
pub(super) use sheet::margin_words;
pub(super) use styles::theme_colours;

use super::Book;
use super::sheet::Sheet;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::flag;
use crate::readers::xml::local;

/// Where the workbook part is unless the package says otherwise.
const WORKBOOK: &str = "xl/workbook.xml";

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits, budget: &mut Budget) -> Result<Book, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let top = Links::of(&mut package, "", limits)?;
    let path = top.target("officeDocument").unwrap_or(WORKBOOK).to_owned();
    let links = Links::of(&mut package, &path, limits)?;
    let (entries, epoch_1904) = entries(&mut package, &path, limits)?;
    let theme = links.target("theme").map(str::to_owned);
    let styles = links.target("styles").map(str::to_owned);
    let mut looks = styles::read(&mut package, styles.as_deref(), theme.as_deref(), limits)?;
    looks.looks.epoch_1904 = epoch_1904;
    let strings = match links.target("sharedStrings") {
        Some(path) => strings::read(&mut package, path, limits, budget)?,
        None => strings::Strings::default(),
    };
    let mut book = Book { title: title(&mut package, &top, limits)?, ..Book::default() };
    for entry in entries {
        let Some((path, kind)) = links.by_id(&entry.link) else { continue };
        if kind != "worksheet" && kind != "dialogsheet" {
            continue;
        }
        let mut sheet = Sheet::new(&entry.name, entry.hidden);
        let path = path.to_owned();
        sheet::read(&mut package, &path, &looks, &strings, &mut sheet, limits, budget)?;
        let beside = Links::of(&mut package, &path, limits)?;
        notes::read(&mut package, &beside, &mut sheet, limits)?;
        drawings::read(&mut package, &beside, &mut sheet, limits)?;
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// A sheet as the workbook lists it.
struct Entry {
    name: String,
    link: String,
    hidden: bool,
}

/// The sheets in the order of their tabs, and whether days are counted from 1904.
fn entries(package: &mut Package<'_>, path: &str, limits: &Limits) -> Result<(Vec<Entry>, bool), ReadError> {
    let mut entries = Vec::new();
    let mut epoch_1904 = false;
    let Some(part) = package.stream(path)? else {
        return Err(ReadError::Damaged { what: "the workbook".to_owned(), detail: format!("it has no part {path}") });
    };
    let mut xml = Xml::new(part, path, limits);
    loop {
        match xml.next()? {
            Event::Start(element) => match local(&element) {
                "workbookPr" => epoch_1904 |= flag(&element, "date1904"),
                "sheet" => entries.push(Entry {
                    name: attribute(&element, "name").unwrap_or_default().into_owned(),
                    link: attribute(&element, "id").unwrap_or_default().into_owned(),
                    hidden: attribute(&element, "state").is_some_and(|state| state.to_ascii_lowercase().ends_with("hidden")),
                }),
                _ => {}
            },
            Event::Eof => return Ok((entries, epoch_1904)),
            _ => {}
        }
    }
}

/// The title in the document's properties.
pub(super) fn title(package: &mut Package<'_>, top: &Links, limits: &Limits) -> Result<Option<String>, ReadError> {
    let path = top.target("core-properties").unwrap_or("docProps/core.xml").to_owned();
    let Some(part) = package.stream(&path)? else { return Ok(None) };
    title_in(&mut Xml::new(part, &path, limits))
}

/// The Dublin Core title in a part of metadata.
pub(super) fn title_in<R: Read>(xml: &mut Xml<R>) -> Result<Option<String>, ReadError> {
    loop {
        match xml.next()? {
            Event::Start(element) if local(&element) == "title" => break,
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
    let mut title = String::new();
    xml.text(&mut title)?;
    Ok(Some(title).filter(|title| !title.trim().is_empty()))
}
