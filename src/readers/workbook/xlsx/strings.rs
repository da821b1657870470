//! Texts: shared strings, and the runs that a text may be made of.

use std::io::Read;

use ecow::EcoString;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use rustc_hash::FxHashMap;

use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::local;

/// The shared strings of a workbook.
#[derive(Debug, Default)]
pub(super) struct Strings {
    texts: Vec<EcoString>,
    /// What all runs of a text are, for texts of several runs.
    runs: FxHashMap<usize, Runs>,
}

/// What all runs of a text have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Runs {
    pub(super) bold: bool,
    pub(super) struck: bool,
}

impl Strings {
    /// The text with this number.
    pub(super) fn get(&self, index: usize) -> Option<(&EcoString, Option<Runs>)> {
        let runs = if self.runs.is_empty() { None } else { self.runs.get(&index).copied() };
        Some((self.texts.get(index)?, runs))
    }
}

/// Reads the shared strings. The count that the part gives is not believed.
pub(super) fn read(package: &mut Package<'_>, path: &str, limits: &Limits, budget: &mut Budget) -> Result<Strings, ReadError> {
    let mut strings = Strings::default();
    let Some(part) = package.stream(path)? else { return Ok(strings) };
    let mut xml = Xml::new(part, path, limits);
    let mut text = String::new();
    loop {
        match xml.next()? {
            Event::Start(element) if local(&element) == "si" => {
                budget.spend(1, 0)?;
                text.clear();
                if let Some(runs) = text_of(&mut xml, &mut text)? {
                    strings.runs.insert(strings.texts.len(), runs);
                }
                strings.texts.push(EcoString::from(text.as_str()));
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Reads a text of `si` or `is`, whose start was read last, to its end: plain, or in runs, of which phonetic ones do not count.
pub(super) fn text_of<R: Read>(xml: &mut Xml<R>, into: &mut String) -> Result<Option<Runs>, ReadError> {
    let outside = xml.depth().saturating_sub(1);
    let mut all: Option<Runs> = None;
    let mut run = Runs::default();
    while xml.depth() > outside {
        match xml.next()? {
            Event::Start(element) => match local(&element) {
                "r" => run = Runs::default(),
                "b" => run.bold = is_on(&element),
                "strike" => run.struck = is_on(&element),
                "t" => {
                    let before = into.len();
                    xml.text(into)?;
                    if into.get(before..).is_some_and(|text| !text.trim().is_empty()) {
                        let sum = all.get_or_insert(run);
                        *sum = Runs { bold: sum.bold && run.bold, struck: sum.struck && run.struck };
                    }
                }
                "rPh" => xml.skip()?,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    unescape(into);
    Ok(all.filter(|runs| *runs != Runs::default()))
}

/// Whether an element that switches something on does so: unless its value says no.
pub(super) fn is_on(element: &BytesStart<'_>) -> bool {
    attribute(element, "val").is_none_or(|value| !matches!(value.as_ref(), "0" | "false" | "off" | "none"))
}

/// Resolves `_x000D_` and its like (ECMA-376 part 1, 22.9.2.19), and ends lines with a line feed alone.
pub(super) fn unescape(text: &mut String) {
    if text.contains("_x") {
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find("_x") {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
            if let Some(c) = code.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32) {
                out.push(c);
                rest = from.get(7..).unwrap_or_default();
            } else {
                out.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
        out.push_str(rest);
        *text = out;
    }
    if text.contains('\r') {
        *text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> (String, Option<Runs>) {
        let mut reader = Xml::new(xml.as_bytes(), "a.xml", &Limits::default());
        let mut text = String::new();
        let start = reader.next().map(|event| matches!(event, Event::Start(_)));
        assert_eq!(start, Ok(true));
        let runs = text_of(&mut reader, &mut text).expect("a text");
        (text, runs)
    }

    #[test]
    fn runs_are_joined_and_phonetic_ones_left_out() {
        let struck = Some(Runs { bold: false, struck: true });
        assert_eq!(read("<si><t>a_x000D_\nb</t></si>"), ("a\nb".to_owned(), None));
        assert_eq!(read("<si><r><rPr><strike/></rPr><t>a </t></r><rPh><t>x</t></rPh></si>"), ("a ".to_owned(), struck));
        assert_eq!(read("<si><r><rPr><strike/></rPr><t>a</t></r><r><t>b</t></r></si>"), ("ab".to_owned(), None));
        assert_eq!(read("<si><t>_x_ _x12</t></si>"), ("_x_ _x12".to_owned(), None));
    }
}
