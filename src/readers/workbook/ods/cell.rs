//! One cell of an OpenDocument sheet: its texts, its comment, and what stands in it besides.

use std::borrow::Cow;
use std::io::Read;

use ecow::EcoString;
use ecow::eco_format;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

use super::super::format::Moment;
use super::super::look::Look;
use super::super::look::Looks;
use super::styles::Styles;
use crate::readers::error::ReadError;
use crate::readers::xml;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::local;
use crate::readers::xml::number;

/// A cell's element.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) repeated: u32,
    pub(super) columns: u32,
    pub(super) rows: u32,
    pub(super) look: Option<Look>,
    value: Value,
    /// The validation of what it may hold.
    pub(super) validation: Option<String>,
    /// Covered by a merged cell.
    pub(super) covered: bool,
}

/// A value that says more than the text beside it.
#[derive(Clone, Debug, Default)]
enum Value {
    /// The text is what counts.
    #[default]
    Text,
    /// A number, shown so where there is no text.
    Number(f64),
    Percentage(f64),
    /// A date or time as ISO 8601 writes it.
    Date(String),
    Bool(bool),
    /// A text that is shown where there is no other.
    String(String),
}

/// What a cell holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) text: String,
    pub(super) note: String,
    /// Where its links lead.
    pub(super) links: Vec<String>,
    /// Words of shapes that are fixed to the cell.
    pub(super) shape: String,
}

impl Cell {
    pub(super) fn of(element: &BytesStart<'_>, covered: bool, styles: &Styles) -> Self {
        let text = |name| attribute(element, name).map(Cow::into_owned);
        let figure = || number::<f64>(element, "value");
        let date = || text("date-value").or_else(|| text("time-value"));
        let value = match attribute(element, "value-type").as_deref() {
            Some("float" | "currency") => figure().map(Value::Number),
            Some("percentage") => figure().map(Value::Percentage),
            Some("date" | "time") => date().map(Value::Date),
            Some("boolean") => text("boolean-value").map(|value| Value::Bool(value == "true")),
            Some("string") => text("string-value").map(Value::String),
            _ => None,
        };
        Self {
            repeated: number(element, "number-columns-repeated").unwrap_or(1),
            columns: number(element, "number-columns-spanned").unwrap_or(1),
            rows: number(element, "number-rows-spanned").unwrap_or(1),
            look: attribute(element, "style-name").map(|name| styles.look(&name)),
            value: value.unwrap_or_default(),
            validation: text("content-validation-name"),
            covered,
        }
    }

    /// Whether there is something to be shown even without a text.
    pub(super) fn has_value(&self) -> bool {
        !matches!(self.value, Value::Text)
    }

    /// The text that is shown: what the cell says itself, dates so that they can be read on day first.
    pub(super) fn shown(&self, text: &str, look: Look, styles: &Styles) -> EcoString {
        let shown = !text.trim().is_empty();
        match &self.value {
            Value::Date(date) => match Moment::parse(date) {
                Some(serial) if look.format.is_some() => styles.looks.number(look, serial),
                Some(serial) if !shown || serial >= 1.0 => Looks::date(serial),
                _ => text.into(),
            },
            _ if shown => text.into(),
            Value::Number(value) => super::super::format::general(*value).into(),
            Value::Percentage(value) => eco_format!("{}%", super::super::format::general(value * 100.0)),
            Value::Bool(value) => if *value { "TRUE" } else { "FALSE" }.into(),
            Value::String(string) => string.into(),
            Value::Text => text.into(),
        }
    }
}

/// Reads a cell, whose start was read last, to its end.
pub(super) fn read<R: Read>(xml: &mut Xml<R>) -> Result<Content, ReadError> {
    let outside = xml.depth().saturating_sub(1);
    let mut content = Content::default();
    while xml.depth() > outside {
        let step = match xml.next()? {
            Event::Start(element) => Step::of(local(&element)),
            Event::Eof => break,
            _ => Step::Go,
        };
        match step {
            Step::Go => {}
            Step::Paragraph => paragraph(xml, &mut content.text, &mut content.links)?,
            Step::Note => inner(xml, &mut content.note)?,
            Step::Shape => inner(xml, &mut content.shape)?,
        }
    }
    Ok(content)
}

enum Step {
    Go,
    Paragraph,
    Note,
    Shape,
}

impl Step {
    fn of(name: &str) -> Self {
        match name {
            "p" | "h" => Self::Paragraph,
            "annotation" => Self::Note,
            "frame" | "custom-shape" | "rect" | "ellipse" | "caption" => Self::Shape,
            _ => Self::Go,
        }
    }
}

/// The paragraphs inside an element, to its end; who wrote it and when is left out.
pub(super) fn inner<R: Read>(xml: &mut Xml<R>, into: &mut String) -> Result<(), ReadError> {
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        let wanted = match xml.next()? {
            Event::Start(element) => matches!(local(&element), "p" | "h"),
            Event::Eof => break,
            _ => false,
        };
        if wanted {
            paragraph(xml, into, &mut Vec::new())?;
        }
    }
    Ok(())
}

/// One paragraph, on a line of its own, and where its links lead.
fn paragraph<R: Read>(xml: &mut Xml<R>, into: &mut String, links: &mut Vec<String>) -> Result<(), ReadError> {
    if !into.is_empty() {
        into.push('\n');
    }
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next()? {
            // White space counts only as elements (OpenDocument 1.3 part 3, 6.1.3).
            Event::Text(text) => push_collapsed(&text.xml10_content(), into),
            Event::CData(text) => push_collapsed(&text.xml10_content(), into),
            Event::GeneralRef(reference) => xml::push_reference(&reference, into),
            Event::Start(element) => match local(&element) {
                "s" => into.extend(std::iter::repeat_n(' ', number(&element, "c").unwrap_or(1).clamp(1, 1_000))),
                "tab" => into.push(' '),
                "line-break" => into.push('\n'),
                "a" => links.extend(attribute(&element, "href").map(Cow::into_owned)),
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(())
}

fn push_collapsed(text: &str, into: &mut String) {
    for c in text.chars() {
        let space = matches!(c, ' ' | '\t' | '\n' | '\r');
        if !space {
            into.push(c);
        } else if !into.ends_with([' ', '\n']) {
            into.push(' ');
        }
    }
}
