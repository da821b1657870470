//! Tables that a sheet's user has made of ranges: their first rows are headers (ECMA-376 part 1, 18.5).

use quick_xml::events::Event;

use super::super::a1;
use super::super::sheet::Sheet;
use super::Links;
use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::local;
use crate::readers::xml::number;

/// Reads the tables that a sheet's relationships name.
pub(super) fn read(package: &mut Package<'_>, links: &Links, sheet: &mut Sheet, limits: &Limits) -> Result<(), ReadError> {
    for path in links.targets("table") {
        let Some(part) = package.stream(path)? else { continue };
        let mut xml = Xml::new(part, path, limits);
        loop {
            match xml.next()? {
                Event::Start(element) if local(&element) == "table" => {
                    let rows: u32 = number(&element, "headerRowCount").unwrap_or(1);
                    if let Some(cells) = attribute(&element, "ref").and_then(|cells| a1::range(&cells)) {
                        sheet.head(cells, rows);
                    }
                    break;
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    Ok(())
}
