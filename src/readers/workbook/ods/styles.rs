//! Styles of an OpenDocument file: what cells look like, how they show numbers, what is hidden.

use std::collections::BTreeMap;
use std::io::Read;

use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use rustc_hash::FxHashMap;

use super::super::colour::hex;
use super::super::look::Look;
use super::super::look::Looks;
use crate::readers::error::ReadError;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::flag;
use crate::readers::xml::local;

/// Styles inherit from styles; a chain longer than this goes round in a circle.
const LONGEST_CHAIN: usize = 16;

/// The styles of a document by name. Families have names of their own.
#[derive(Debug, Default)]
pub(super) struct Styles {
    pub(super) looks: Looks,
    cells: BTreeMap<String, Own>,
    settled: FxHashMap<String, Look>,
    /// Names that users see, of styles whose own name is written otherwise; conditional formats use them.
    displayed: FxHashMap<String, String>,
    hidden_tables: Vec<String>,
    /// Formats of dates and times by the name of their style.
    formats: FxHashMap<String, Option<usize>>,
    /// The style that is being read: its family and name.
    open: Option<(String, String)>,
    /// The format that is being read: its name and code.
    format: Option<(String, String)>,
    /// The number style of any kind that is being read.
    number_style: Option<String>,
    /// The first style that a number style hands values on to, by its own name: dates of a text format stand there.
    handed_on: FxHashMap<String, String>,
}

/// What a cell style says itself; what it leaves out comes from its parent.
#[derive(Debug, Default)]
struct Own {
    parent: Option<String>,
    format: Option<String>,
    bold: Option<bool>,
    struck: Option<bool>,
    fill: Option<Option<[u8; 3]>>,
    ink: Option<[u8; 3]>,
}

impl Styles {
    /// Adds the styles of a part.
    pub(super) fn read<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<(), ReadError> {
        loop {
            let text = match xml.next()? {
                Event::Start(element) => match local(&element) {
                    // What follows the styles of the content is the content.
                    "body" => return Ok(()),
                    name => self.start(name, &element),
                },
                Event::End(element) => {
                    self.end(element.local_name().as_ref());
                    false
                }
                Event::Eof => return Ok(()),
                _ => false,
            };
            if text {
                let mut literal = String::new();
                xml.text(&mut literal)?;
                if let Some((_, code)) = &mut self.format {
                    code.push('"');
                    code.push_str(&literal.replace('"', ""));
                    code.push('"');
                }
            }
        }
    }

    /// Takes the start of an element; says whether it is a literal text of a format.
    fn start(&mut self, name: &str, element: &BytesStart<'_>) -> bool {
        let text = |name| attribute(element, name).unwrap_or_default().into_owned();
        match name {
            "style" | "default-style" => self.style(element),
            "table-properties" => {
                let hidden = attribute(element, "display").is_some_and(|value| value == "false");
                if let Some((_, name)) = self.open.as_ref().filter(|(family, _)| hidden && family == "table") {
                    self.hidden_tables.push(name.clone());
                }
            }
            "table-cell-properties" => {
                if let Some(colour) = attribute(element, "background-color").map(|value| hex(&value))
                    && let Some(own) = self.own()
                {
                    own.fill = Some(colour);
                }
            }
            "text-properties" => {
                let weight =
                    attribute(element, "font-weight").map(|value| value == "bold" || value.parse().is_ok_and(|w: u32| w >= 600));
                let line = attribute(element, "text-line-through-style").map(|value| value != "none");
                let line = line.or_else(|| attribute(element, "text-line-through-type").map(|value| value != "none"));
                let ink = attribute(element, "color").and_then(|value| hex(&value));
                if let Some(own) = self.own() {
                    own.ink = ink.or(own.ink);
                    own.bold = weight.or(own.bold);
                    own.struck = line.or(own.struck);
                }
            }
            "date-style" | "time-style" => {
                self.format = Some((text("name"), String::new()));
                self.number_style = Some(text("name"));
            }
            "text-style" | "number-style" | "percentage-style" | "currency-style" | "boolean-style" => {
                self.number_style = Some(text("name"));
            }
            "map" => {
                if let Some(name) = &self.number_style {
                    self.handed_on.entry(name.clone()).or_insert_with(|| text("apply-style-name"));
                }
            }
            "text" if self.format.is_some() => return true,
            part => self.date_part(part, element),
        }
        false
    }

    fn style(&mut self, element: &BytesStart<'_>) {
        let text = |name| attribute(element, name).map(std::borrow::Cow::into_owned);
        let family = text("family").unwrap_or_default();
        let name = text("name").unwrap_or_default();
        if family == "table-cell" {
            let own = Own { parent: text("parent-style-name"), format: text("data-style-name"), ..Own::default() };
            self.cells.insert(name.clone(), own);
            self.displayed.extend(text("display-name").map(|shown| (shown, name.clone())));
        }
        self.open = Some((family, name));
    }

    fn own(&mut self) -> Option<&mut Own> {
        let (_, name) = self.open.as_ref().filter(|(family, _)| family == "table-cell")?;
        self.cells.get_mut(name)
    }

    /// A part of a date format, as Excel's codes write it.
    fn date_part(&mut self, part: &str, element: &BytesStart<'_>) {
        let Some((_, code)) = &mut self.format else { return };
        let long = attribute(element, "style").is_some_and(|style| style == "long");
        let textual = flag(element, "textual");
        code.push_str(match (part, long, textual) {
            ("day", false, _) => "d",
            ("day", true, _) => "dd",
            ("month", false, false) => "m",
            ("month", true, false) => "mm",
            ("month", false, true) => "mmm",
            ("month", true, true) => "mmmm",
            ("year", false, _) => "yy",
            ("year", true, _) => "yyyy",
            ("day-of-week", false, _) => "ddd",
            ("day-of-week", true, _) => "dddd",
            ("hours", false, _) => "h",
            ("hours", true, _) => "hh",
            ("minutes", false, _) => "m",
            ("minutes", true, _) => "mm",
            ("seconds", false, _) => "s",
            ("seconds", true, _) => "ss",
            ("am-pm", ..) => "AM/PM",
            _ => "",
        });
    }

    fn end(&mut self, name: &str) {
        match name {
            "style" | "default-style" => self.open = None,
            "text-style" | "number-style" | "percentage-style" | "currency-style" | "boolean-style" => self.number_style = None,
            "date-style" | "time-style" => {
                self.number_style = None;
                if let Some((name, code)) = self.format.take() {
                    let format = self.looks.add_format(&code);
                    self.formats.insert(name, format);
                }
            }
            _ => {}
        }
    }

    /// Works out what each style is with what it inherits.
    pub(super) fn settle(&mut self) {
        let mut settled = FxHashMap::default();
        for name in self.cells.keys() {
            let mut whole = Own::default();
            let mut next = Some(name.clone());
            for _ in 0..LONGEST_CHAIN {
                let Some(own) = next.as_ref().and_then(|name| self.cells.get(name)) else { break };
                whole.bold = whole.bold.or(own.bold);
                whole.struck = whole.struck.or(own.struck);
                whole.fill = whole.fill.or(own.fill);
                whole.ink = whole.ink.or(own.ink);
                whole.format = whole.format.or_else(|| own.format.clone());
                next.clone_from(&own.parent);
            }
            let format = whole.format.and_then(|name| self.format_of(&name));
            let look = Look {
                format,
                bold: whole.bold.unwrap_or(false),
                struck: whole.struck.unwrap_or(false),
                fill: whole.fill.flatten(),
                ink: whole.ink,
            };
            settled.insert(name.clone(), look);
        }
        self.settled = settled;
    }

    /// The format of dates that a number style has, itself or in a style that it hands values on to.
    fn format_of(&self, name: &str) -> Option<usize> {
        let of = |name: &str| self.formats.get(name).copied().flatten();
        of(name).or_else(|| self.handed_on.get(name).and_then(|other| of(other)))
    }

    /// What a cell style looks like.
    pub(super) fn look(&self, name: &str) -> Look {
        let named = || self.displayed.get(name).and_then(|name| self.settled.get(name));
        self.settled.get(name).or_else(named).copied().unwrap_or_default()
    }

    /// Whether a style hides the sheets that have it.
    pub(super) fn hides(&self, name: &str) -> bool {
        self.hidden_tables.iter().any(|hidden| hidden == name)
    }
}
