//! Excel binary workbooks: the package of Office Open XML with the parts of the workbook as BIFF12 records (MS-XLSB).

mod record;
mod sheet;
mod styles;

use ecow::EcoString;

use self::record::Records;
use self::styles::Styles;
use super::Book;
use super::sheet::Sheet;
use super::xlsx;
use super::xlsx::Entry;
use super::xlsx::Links;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;
use crate::readers::package::Package;

/// Where the workbook part is unless the package says otherwise.
const WORKBOOK: &str = "xl/workbook.bin";

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits, budget: &mut Budget) -> Result<Book, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let top = Links::of(&mut package, "", limits)?;
    let path = top.target("officeDocument").unwrap_or(WORKBOOK).to_owned();
    let links = Links::of(&mut package, &path, limits)?;
    let (entries, epoch_1904) = entries(&mut package, &path, limits)?;
    let mut styles = Styles::default();
    if let Some(theme) = links.target("theme") {
        styles.colours.set_theme(&xlsx::theme_colours(&mut package, theme, limits)?);
    }
    if let Some(path) = links.target("styles") {
        styles.read(&mut package, path, limits)?;
    }
    styles.looks.epoch_1904 = epoch_1904;
    let strings = match links.target("sharedStrings") {
        Some(path) => strings(&mut package, path, &styles, limits, budget)?,
        None => Vec::new(),
    };
    let mut book = Book { title: xlsx::title(&mut package, &top, limits)?, ..Book::default() };
    for entry in entries {
        let Some((path, "worksheet" | "dialogsheet")) = links.by_id(&entry.link) else { continue };
        let mut sheet = Sheet::new(&entry.name, entry.hidden);
        sheet::read(&mut package, path, &styles, &strings, &mut sheet, limits, budget)?;
        let beside = Links::of(&mut package, path, limits)?;
        sheet.resolve_links(&beside.outside());
        for path in beside.targets("comments") {
            comments(&mut package, path, &mut sheet, limits)?;
        }
        xlsx::threads(&mut package, &beside, &mut sheet, limits)?;
        xlsx::drawings(&mut package, &beside, &mut sheet, limits)?;
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// A shared text.
#[derive(Debug)]
struct Text {
    text: EcoString,
    /// Bold and struck throughout by the fonts of its runs.
    bold: bool,
    struck: bool,
}

/// The sheets in the order of their tabs, and whether days are counted from 1904.
fn entries(package: &mut Package<'_>, path: &str, limits: &Limits) -> Result<(Vec<Entry>, bool), ReadError> {
    let mut entries = Vec::new();
    let mut epoch_1904 = false;
    let Some(part) = package.stream(path)? else {
        return Err(ReadError::Damaged { what: "the workbook".to_owned(), detail: format!("it has no part {path}") });
    };
    let mut records = Records::new(part, path, limits.max_line_bytes);
    while let Some((kind, data)) = records.next()? {
        match kind {
            // BrtWbProp
            153 => epoch_1904 = data.u32(0).is_some_and(|flags| flags & 1 != 0),
            // BrtBundleSh
            156 => {
                let entry = || {
                    let (link, next) = data.text(8)?;
                    Some(Entry::new(data.text(next)?.0, link, data.u32(0)? != 0))
                };
                entries.extend(entry());
            }
            _ => {}
        }
    }
    Ok((entries, epoch_1904))
}

/// The shared texts.
fn strings(
    package: &mut Package<'_>,
    path: &str,
    styles: &Styles,
    limits: &Limits,
    budget: &mut Budget,
) -> Result<Vec<Text>, ReadError> {
    let mut strings = Vec::new();
    let Some(part) = package.stream(path)? else { return Ok(strings) };
    let mut records = Records::new(part, path, limits.max_line_bytes);
    while let Some((kind, data)) = records.next()? {
        // BrtSSTItem
        if kind == 19 {
            budget.spend(1, 0)?;
            let (text, runs) = data.rich_text(0).unwrap_or_default();
            let text = sheet::clean(text).into();
            let (bold, struck) = styles.common(&runs);
            strings.push(Text { text, bold, struck });
        }
    }
    Ok(strings)
}

/// The comments of a sheet.
fn comments(package: &mut Package<'_>, path: &str, sheet: &mut Sheet, limits: &Limits) -> Result<(), ReadError> {
    let Some(part) = package.stream(path)? else { return Ok(()) };
    let mut records = Records::new(part, path, limits.max_line_bytes);
    let mut at = None;
    while let Some((kind, data)) = records.next()? {
        match kind {
            // BrtBeginComment
            635 => at = data.u32(4).zip(data.u32(12)),
            // BrtCommentText
            637 => {
                if let (Some(at), Some((text, _))) = (at, data.rich_text(0).filter(|(text, _)| !text.trim().is_empty())) {
                    sheet.notes.insert(at, text);
                }
            }
            _ => {}
        }
    }
    Ok(())
}
