//! OpenDocument spreadsheets: styles from both parts that have them, then the sheets from the content (OpenDocument 1.3 part 3).

mod cell;
mod conditions;
mod content;
mod styles;

use super::Book;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::xml::Xml;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits, budget: &mut Budget) -> Result<Book, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let mut styles = styles::Styles::default();
    for path in ["styles.xml", "content.xml"] {
        if let Some(part) = package.stream(path)? {
            styles.read(&mut Xml::new(part, path, limits))?;
        }
    }
    styles.settle();
    let title = title(&mut package, limits)?;
    let Some(part) = package.stream("content.xml")? else {
        return Err(ReadError::Damaged { what: "the workbook".to_owned(), detail: "it has no part content.xml".to_owned() });
    };
    let (sheets, names) = content::read(&mut Xml::new(part, "content.xml", limits), &styles, budget)?;
    Ok(Book { title, sheets, names, ..Book::default() })
}

/// The title in the document's metadata.
fn title(package: &mut Package<'_>, limits: &Limits) -> Result<Option<String>, ReadError> {
    let Some(part) = package.stream("meta.xml")? else { return Ok(None) };
    super::xlsx::title_in(&mut Xml::new(part, "meta.xml", limits))
}
