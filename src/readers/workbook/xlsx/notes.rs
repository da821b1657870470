//! Comments: notes beside cells, and threads of comments with their replies.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::super::a1;
use super::super::sheet::Sheet;
use super::Links;
use super::strings;
use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::local;

/// Reads the comments that a sheet's relationships name. A thread stands in both parts; its own words count, since the note that
/// is written for programs without threads begins with words about that.
pub(super) fn read(package: &mut Package<'_>, links: &Links, sheet: &mut Sheet, limits: &Limits) -> Result<(), ReadError> {
    for path in links.targets("comments") {
        sheet.notes.extend(notes(package, path, limits)?);
    }
    read_threads(package, links, sheet, limits)
}

/// Reads the threads of comments that a sheet's relationships name.
pub(in crate::readers::workbook) fn read_threads(
    package: &mut Package<'_>,
    links: &Links,
    sheet: &mut Sheet,
    limits: &Limits,
) -> Result<(), ReadError> {
    for path in links.targets("threadedComment") {
        sheet.notes.extend(threads(package, path, limits)?);
    }
    Ok(())
}

/// Notes (ECMA-376 part 1, 18.7).
fn notes(package: &mut Package<'_>, path: &str, limits: &Limits) -> Result<BTreeMap<(u32, u32), String>, ReadError> {
    let mut notes = BTreeMap::new();
    let Some(part) = package.stream(path)? else { return Ok(notes) };
    let mut xml = Xml::new(part, path, limits);
    let mut at = None;
    loop {
        let is_text = match xml.next()? {
            Event::Start(element) if local(&element) == "comment" => {
                at = attribute(&element, "ref").and_then(|cell| a1::position(&cell));
                false
            }
            Event::Start(element) => local(&element) == "text",
            Event::Eof => return Ok(notes),
            _ => false,
        };
        if is_text {
            let mut text = String::new();
            strings::text_of(&mut xml, &mut text)?;
            if let Some(at) = at.filter(|_| !text.trim().is_empty()) {
                notes.insert(at, text);
            }
        }
    }
}

/// Threads of comments (MS-XLSX 2.1.17).
fn threads(package: &mut Package<'_>, path: &str, limits: &Limits) -> Result<BTreeMap<(u32, u32), String>, ReadError> {
    let mut threads: BTreeMap<(u32, u32), String> = BTreeMap::new();
    let Some(part) = package.stream(path)? else { return Ok(threads) };
    let mut xml = Xml::new(part, path, limits);
    let mut at = None;
    loop {
        let is_text = match xml.next()? {
            Event::Start(element) if local(&element) == "threadedComment" => {
                at = attribute(&element, "ref").and_then(|cell| a1::position(&cell));
                false
            }
            Event::Start(element) => local(&element) == "text",
            Event::Eof => return Ok(threads),
            _ => false,
        };
        if is_text && let Some(at) = at {
            let thread = threads.entry(at).or_default();
            if !thread.is_empty() {
                thread.push('\n');
            }
            xml.text(thread)?;
        }
    }
}
