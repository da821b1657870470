//! Prepares HTML for the parser: writes the line of each block's tag into the tag, and caps nesting.
//!
//! The parser tells no positions, and its work on a tag grows with the number of open elements. Tags deeper than the cap are
//! left out; their text stays. `<noscript>` and its like go too, since the parser would take their content for raw text.

mod names;
mod nesting;

use std::fmt::Write;

use crate::readers::error::ReadError;
use crate::readers::html::events::LINE_ATTRIBUTE;
use crate::readers::html::prepare::names::Kind;
use crate::readers::html::prepare::nesting::Nesting;
use crate::readers::limits::Limits;

/// One tag as the tokenizer of the HTML standard (13.2.5) would see it.
struct Tag<'a> {
    name: &'a str,
    close: bool,
    /// From `<` to `>`.
    text: &'a str,
}

/// Prepares a document whose first line has the zero-based index `first_line`.
pub(super) fn prepare(text: &str, first_line: usize, limits: &Limits) -> Result<String, ReadError> {
    let mut work = Preparation {
        out: String::with_capacity(text.len() + text.len() / 4),
        line: first_line,
        nesting: Nesting::default(),
        apart: false,
        between_cells: false,
        xml: text.trim_start().starts_with("<?xml"),
        limit: limits.max_elements,
    };
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, after) = rest.split_at(at);
        work.text(before);
        rest = work.markup(after)?;
    }
    work.text(rest);
    Ok(work.out)
}

struct Preparation {
    out: String,
    line: usize,
    nesting: Nesting,
    /// A tag of a block or cell stands before. The parser drops one in the wrong place, so that words would run together.
    apart: bool,
    /// In a table but in no cell: the parser moves text from there right behind the text before the table.
    between_cells: bool,
    /// XHTML: a tag that ends in `/>` closes itself.
    xml: bool,
    limit: u64,
}

impl Preparation {
    /// Text outside tags.
    fn text(&mut self, text: &str) {
        // White space alone stays in the table.
        let blank = text.bytes().all(|b| b.is_ascii_whitespace());
        if !blank {
            let apart = std::mem::take(&mut self.apart) || self.between_cells;
            self.out.push_str(if apart && !text.starts_with(|c: char| c.is_ascii_whitespace()) { " " } else { "" });
        }
        self.copy(text);
    }

    fn copy(&mut self, text: &str) {
        self.out.push_str(text);
        self.pass(text);
    }

    fn pass(&mut self, text: &str) {
        if text.contains('\n') {
            self.line += text.bytes().filter(|b| *b == b'\n').count();
        }
    }

    /// Takes what starts with the `<` at the start of `text`; returns what follows it.
    fn markup<'a>(&mut self, text: &'a str) -> Result<&'a str, ReadError> {
        if text.starts_with("<!--") {
            let end = text.get(4..).and_then(|comment| comment.find("-->")).map_or(text.len(), |end| end + 7);
            return Ok(self.copy_part(text, end));
        }
        let Some(tag) = tag(text) else {
            let (sign, rest) = text.split_at_checked(1).unwrap_or((text, ""));
            self.text(sign);
            return Ok(rest);
        };
        let kind = names::kind(tag.name);
        let rest = text.get(tag.text.len()..).unwrap_or_default();
        if kind == Kind::Transparent || !self.nesting.take(kind, tag.name, tag.close) {
            self.pass(tag.text);
            self.apart |= kind != Kind::Formatting;
            return Ok(rest);
        }
        self.check()?;
        self.tag(&tag, kind, rest);
        if kind == Kind::Raw && !tag.close {
            let end = raw_end(rest, tag.name);
            return Ok(self.copy_part(rest, end));
        }
        Ok(rest)
    }

    fn copy_part<'a>(&mut self, text: &'a str, end: usize) -> &'a str {
        let (part, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        self.copy(part);
        rest
    }

    /// Writes a tag, with its line if it opens a block. The parser drops a line end right after `<pre>`.
    fn tag(&mut self, tag: &Tag<'_>, kind: Kind, rest: &str) {
        let preformatted = !tag.close && tag.name.eq_ignore_ascii_case("pre");
        self.apart = !preformatted && (self.apart || matches!(kind, Kind::Table | Kind::Cell | Kind::Optional | Kind::Block));
        self.between_cells = match kind {
            Kind::Table => !tag.close,
            Kind::Row => true,
            Kind::Cell => tag.close,
            _ => self.between_cells,
        };
        let positioned = match kind {
            Kind::Block | Kind::Optional | Kind::Void | Kind::Table | Kind::Row | Kind::Cell => true,
            Kind::Nested => tag.text.contains('\n'),
            Kind::Formatting | Kind::Raw | Kind::Transparent => false,
        };
        let name_end = 1 + tag.name.len();
        if tag.close || !positioned {
            self.out.push_str(tag.text);
        } else {
            let dropped = preformatted && rest.starts_with(['\r', '\n']);
            let attributes = tag.text.get(name_end..).unwrap_or_default();
            let line = self.line + tag.text.bytes().filter(|b| *b == b'\n').count() + usize::from(dropped);
            self.out.push_str(tag.text.get(..name_end).unwrap_or_default());
            // Writing to a string cannot fail.
            let _ = write!(self.out, " {LINE_ATTRIBUTE}={line}");
            if attributes.starts_with('/') {
                self.out.push(' ');
            }
            self.out.push_str(attributes);
        }
        self.pass(tag.text);
        if self.xml && !tag.close && kind != Kind::Void && tag.text.ends_with("/>") {
            // Writing to a string cannot fail.
            let _ = write!(self.out, "</{}>", tag.name);
            self.nesting.take(kind, tag.name, true);
        }
    }

    fn check(&self) -> Result<(), ReadError> {
        if self.nesting.elements() <= self.limit {
            return Ok(());
        }
        Err(ReadError::TooLarge {
            what: "the document",
            found: self.nesting.elements(),
            limit: self.limit,
            unit: "elements",
            line: u32::try_from(self.line + 1).ok(),
            remedy: "split it, or raise the limit with --max-elements",
        })
    }
}

/// The tag at the start of `text`, if a letter follows `<` or `</` and it has an end.
fn tag(text: &str) -> Option<Tag<'_>> {
    let inner = text.get(1..)?;
    let close = inner.starts_with('/');
    let name_start = 1 + usize::from(close);
    let from_name = text.get(name_start..)?;
    if !from_name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_len = from_name.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')?;
    let (name, attributes) = from_name.split_at(name_len);
    let end = name_start + name_len + tag_end(attributes)? + 1;
    Some(Tag { name, close, text: text.get(..end)? })
}

/// Position of the `>` that ends a tag: one outside a quoted value, which opens after `=`.
fn tag_end(attributes: &str) -> Option<usize> {
    let (mut quote, mut last) = (None, b' ');
    for (at, b) in attributes.bytes().enumerate() {
        match quote {
            None if b == b'>' => return Some(at),
            None if last == b'=' && (b == b'"' || b == b'\'') => quote = Some(b),
            Some(open) if open == b => quote = None,
            _ => {}
        }
        if !b.is_ascii_whitespace() {
            last = if quote.is_none() && (b == b'"' || b == b'\'') { b' ' } else { b };
        }
    }
    None
}

/// Where the raw text of an element ends: at its end tag, or with the document.
fn raw_end(text: &str, name: &str) -> usize {
    let ends = text.match_indices("</").map(|(at, _)| at);
    let mut ends = ends.filter(|at| text.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)));
    ends.next().unwrap_or(text.len())
}
