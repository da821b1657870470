//! Text boxes and shapes with words on a sheet.

use quick_xml::events::Event;

use super::super::sheet::Aside;
use super::super::sheet::Sheet;
use super::Links;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::xml::Xml;
use crate::readers::xml::local;

/// Reads the words of the drawings that a sheet's relationships name (ECMA-376 part 1, 20.5).
pub(in crate::readers::workbook) fn read(
    package: &mut Package<'_>,
    links: &Links,
    sheet: &mut Sheet,
    limits: &Limits,
) -> Result<(), ReadError> {
    for path in links.targets("drawing") {
        let Some(part) = package.stream(path)? else { continue };
        let mut xml = Xml::new(part, path, limits);
        let mut drawing = Drawing::default();
        loop {
            let text = match xml.next()? {
                Event::Start(element) => drawing.start(local(&element)),
                Event::End(element) => {
                    drawing.end(element.local_name().as_ref(), sheet);
                    false
                }
                Event::Eof => break,
                _ => false,
            };
            if text {
                let mut text = String::new();
                xml.text(&mut text)?;
                drawing.text(&text);
            }
        }
    }
    Ok(())
}

#[derive(Default)]
struct Drawing {
    text: String,
    /// Row and column, zero-based, of the cell that the shape begins in.
    from: (u32, u32),
    in_from: bool,
    /// What the text that comes next is.
    next: Next,
}

#[derive(Clone, Copy, Default)]
enum Next {
    #[default]
    Words,
    Row,
    Column,
}

impl Drawing {
    /// Takes the start of an element; says whether its text is wanted.
    fn start(&mut self, name: &str) -> bool {
        match name {
            "from" => self.in_from = true,
            "row" | "col" if self.in_from => {
                self.next = if name == "row" { Next::Row } else { Next::Column };
                return true;
            }
            "t" => {
                self.next = Next::Words;
                return true;
            }
            "br" => self.text.push('\n'),
            _ => {}
        }
        false
    }

    fn text(&mut self, text: &str) {
        match self.next {
            Next::Words => self.text.push_str(text),
            Next::Row => self.from.0 = text.trim().parse().unwrap_or(0),
            Next::Column => self.from.1 = text.trim().parse().unwrap_or(0),
        }
    }

    fn end(&mut self, name: &str, sheet: &mut Sheet) {
        match name {
            "from" => self.in_from = false,
            "p" => self.text.push('\n'),
            "sp" => {
                let text = std::mem::take(&mut self.text).trim().to_owned();
                if !text.is_empty() {
                    sheet.asides.push(Aside { text, kind: TextKind::Paragraph, anchor: Some(self.from) });
                }
            }
            _ => {}
        }
    }
}
