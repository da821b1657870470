//! Office Open XML workbooks: the parts of the package, each read once (ECMA-376 part 1, 18).

mod book;
mod conditions;
mod drawings;
mod links;
mod notes;
mod sheet;
mod strings;
mod styles;
mod tables;

use std::io::Read;

use quick_xml::events::Event;

pub(super) use book::Entry;
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
use crate::readers::xml::local;

/// Where the workbook part is unless the package says otherwise.
const WORKBOOK: &str = "xl/workbook.xml";

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits, budget: &mut Budget) -> Result<Book, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let top = Links::of(&mut package, "", limits)?;
    let path = top.target("officeDocument").unwrap_or(WORKBOOK).to_owned();
    let links = Links::of(&mut package, &path, limits)?;
    let listed = book::read(&mut package, &path, limits)?;
    let theme = links.target("theme").map(str::to_owned);
    let styles = links.target("styles").map(str::to_owned);
    let mut looks = styles::read(&mut package, styles.as_deref(), theme.as_deref(), limits)?;
    looks.looks.epoch_1904 = listed.epoch_1904;
    let strings = match links.target("sharedStrings") {
        Some(path) => strings::read(&mut package, path, limits, budget)?,
        None => strings::Strings::default(),
    };
    let mut book = Book { title: title(&mut package, &top, limits)?, names: listed.names, ..Book::default() };
    for entry in listed.entries {
        let Some((path, kind)) = links.by_id(&entry.link) else { continue };
        if kind != "worksheet" && kind != "dialogsheet" {
            continue;
        }
        let mut sheet = Sheet::new(&entry.name, entry.hidden);
        let path = path.to_owned();
        sheet::read(&mut package, &path, &looks, &strings, &mut sheet, limits, budget)?;
        let beside = Links::of(&mut package, &path, limits)?;
        sheet.resolve_links(&beside.outside());
        notes::read(&mut package, &beside, &mut sheet, limits)?;
        drawings::read(&mut package, &beside, &mut sheet, limits)?;
        tables::read(&mut package, &beside, &mut sheet, limits)?;
        entry.titles.into_iter().for_each(|rows| sheet.head_rows(rows));
        book.sheets.push(sheet);
    }
    Ok(book)
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
