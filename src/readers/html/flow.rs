//! The walk over a document: headings, paragraphs, list items, and where the tables stand.

use std::collections::BTreeSet;

use scraper::node::Element;

use crate::model::location::Place;
use crate::model::source::Block;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::html::css::Look;
use crate::readers::html::css::Sheet;
use crate::readers::html::events::Event;
use crate::readers::html::events::attribute;
use crate::readers::html::events::line;
use crate::readers::html::inline::Inline;
use crate::readers::html::inline::Piece;
use crate::readers::html::table;
use crate::readers::limits::Budget;
use crate::readers::text;
use crate::readers::text::prose;

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Not content.
    Skip,
    /// A line break.
    Break,
    /// Inside a line.
    Inline,
    /// A block.
    Block,
    /// A heading of a level.
    Heading(u8),
    /// A list item.
    Item,
    /// The header of a page or of a part of it.
    Header,
    /// Page furniture.
    Furniture,
    /// A table.
    Table,
    /// Text with its own line breaks.
    Preformatted,
}

/// The role of an element.
pub(super) fn role(element: &Element) -> Role {
    match element.name() {
        "script" | "style" | "template" | "iframe" | "meta" | "link" | "base" => Role::Skip,
        "br" => Role::Break,
        "h1" => Role::Heading(1),
        // What is folded stands below the name of its part, as below a heading under the page's title.
        "h2" | "summary" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "li" => Role::Item,
        "header" => Role::Header,
        "footer" | "nav" => Role::Furniture,
        "table" => Role::Table,
        "pre" | "xmp" | "textarea" | "listing" => Role::Preformatted,
        "p" | "div" | "ul" | "ol" | "dl" | "dt" | "dd" | "section" | "article" | "main" | "aside" | "blockquote" | "center"
        | "form" | "fieldset" | "legend" | "figure" | "figcaption" | "address" | "details" | "hr" | "option" | "optgroup"
        | "select" | "body" | "html" | "head" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption" | "colgroup"
        | "title" => Role::Block,
        _ => Role::Inline,
    }
}

/// The text that an element without content shows: the value of a field, the description of a picture.
pub(super) fn shown(element: &Element) -> Option<&str> {
    match element.name() {
        "img" => attribute(element, "alt"),
        "input" => {
            let kind = attribute(element, "type").unwrap_or("text").to_ascii_lowercase();
            let written = matches!(kind.as_str(), "text" | "date" | "month" | "number" | "email" | "tel" | "url" | "search");
            attribute(element, "value").filter(|_| written)
        }
        _ => None,
    }
}

/// What part of a page the walk is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    Body,
    /// A header, whose headings are the page's own.
    Header,
    Furniture,
}

/// What part of a list of terms the walk is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    No,
    /// What is asked or named.
    Term,
    /// What is said of it.
    Details,
}

/// What holds for the text at some point.
#[derive(Clone, Copy)]
struct Context {
    listed: Listed,
    zone: Zone,
    kind: TextKind,
    look: Look,
    /// A block ends with the element.
    block: bool,
}

/// The walk.
pub(super) struct Flow<'a, 'b> {
    events: &'a [Event<'a>],
    sheet: &'a Sheet,
    layout: &'a BTreeSet<usize>,
    budget: &'b mut Budget,
    blocks: Vec<Block>,
    inline: Inline,
    /// A term whose details are still to come.
    term: Option<Piece>,
    context: Context,
    line: usize,
}

impl<'a, 'b> Flow<'a, 'b> {
    /// Makes ready to walk over `events`; the tables at `layout` are passed through.
    pub(super) fn new(events: &'a [Event<'a>], sheet: &'a Sheet, layout: &'a BTreeSet<usize>, budget: &'b mut Budget) -> Self {
        let context =
            Context { listed: Listed::No, zone: Zone::Body, kind: TextKind::Paragraph, look: Look::default(), block: false };
        Self { events, sheet, layout, budget, blocks: Vec::new(), inline: Inline::default(), term: None, context, line: 0 }
    }

    /// Reads everything except the element at `title`.
    pub(super) fn read(mut self, first_line: usize, title: Option<usize>) -> Result<Vec<Block>, ReadError> {
        self.line = first_line;
        let mut outer = Vec::new();
        let mut at = 0;
        while let Some(event) = self.events.get(at) {
            match event {
                Event::Text(text) => {
                    let look = self.context.look;
                    self.inline.push(text, &mut self.line, look);
                }
                Event::Close => {
                    if self.context.block {
                        self.end_block()?;
                    }
                    self.context = outer.pop().unwrap_or(self.context);
                }
                Event::Open { end, .. } if Some(at) == title => at = *end,
                Event::Open { element, end } => {
                    self.line = line(element).unwrap_or(self.line);
                    if self.open(element, at)? {
                        outer.push(self.context);
                        self.enter(element);
                    } else {
                        at = *end;
                    }
                }
            }
            at += 1;
        }
        self.end_block()?;
        self.end_term()?;
        Ok(self.blocks)
    }

    /// Takes an element that opens at `at`; returns whether to go into it.
    fn open(&mut self, element: &Element, at: usize) -> Result<bool, ReadError> {
        match role(element) {
            Role::Skip => return Ok(false),
            Role::Break => self.inline.break_line(),
            Role::Inline => {
                if let Some(text) = shown(element) {
                    let mut line = self.line;
                    self.inline.space();
                    self.inline.push(text, &mut line, self.context.look);
                    self.inline.space();
                }
            }
            Role::Table => {
                self.end_block()?;
                self.end_term()?;
                if !self.layout.contains(&at) {
                    let hidden = self.context.look.hidden;
                    table::Reader::new(self.events, self.sheet, self.budget).read(at, self.line, hidden, &mut self.blocks)?;
                    return Ok(false);
                }
            }
            Role::Preformatted => {
                self.end_block()?;
                self.end_term()?;
                self.preformatted(at)?;
                return Ok(false);
            }
            _ => self.end_block()?,
        }
        Ok(true)
    }

    fn enter(&mut self, element: &Element) {
        let role = role(element);
        let look = self.context.look.with(self.sheet.look(element));
        let zone = match (role, self.context.zone) {
            _ if look.hidden => Zone::Furniture,
            (Role::Furniture, _) => Zone::Furniture,
            (Role::Header, Zone::Body) => Zone::Header,
            (_, zone) => zone,
        };
        let kind = match (role, zone) {
            (_, Zone::Furniture) => TextKind::Furniture,
            (Role::Heading(level), _) => TextKind::Heading(level),
            (Role::Header, _) => TextKind::Furniture,
            (Role::Item, Zone::Body) => TextKind::ListItem,
            _ => self.context.kind,
        };
        let listed = match element.name() {
            "dt" => Listed::Term,
            "dd" => Listed::Details,
            "dl" => Listed::No,
            _ => self.context.listed,
        };
        self.context = Context { listed, zone, kind, look, block: !matches!(role, Role::Inline | Role::Break) };
    }

    fn end_block(&mut self) -> Result<(), ReadError> {
        let Some(piece) = self.inline.take() else { return Ok(()) };
        if self.context.listed == Listed::Term && self.context.kind == TextKind::Paragraph {
            self.end_term()?;
            self.term = Some(piece);
            return Ok(());
        }
        let piece = match self.term.take_if(|_| self.context.listed == Listed::Details) {
            Some(term) => answered(&term, &piece),
            None => piece,
        };
        self.end_term()?;
        self.push(piece)
    }

    /// A term without details is a paragraph.
    fn end_term(&mut self) -> Result<(), ReadError> {
        let Some(term) = self.term.take() else { return Ok(()) };
        self.push(term)
    }

    fn push(&mut self, piece: Piece) -> Result<(), ReadError> {
        self.budget.spend(1, piece.last_line)?;
        let bullet = if self.context.kind == TextKind::Paragraph { prose::list_item(&piece.text) } else { None };
        let (kind, text) = match bullet {
            Some(rest) => (TextKind::ListItem, rest.to_owned()),
            None => (self.context.kind, piece.text),
        };
        self.blocks.push(Block::Text(TextBlock { kind, text, place: piece.place }));
        Ok(())
    }

    /// Text with its own line breaks may hold tabs or aligned columns.
    fn preformatted(&mut self, at: usize) -> Result<(), ReadError> {
        let Some(Event::Open { end, .. }) = self.events.get(at) else { return Ok(()) };
        let mut raw = String::new();
        let mut apart = Vec::new();
        let mut inside = at + 1;
        while inside < *end {
            match self.events.get(inside) {
                Some(Event::Text(text)) => raw.push_str(text),
                Some(Event::Open { element, end }) if role(element) == Role::Skip => inside = *end,
                Some(Event::Open { element, .. }) => {
                    apart.push(role(element) != Role::Inline);
                    raw.push_str(line_end(apart.last()));
                }
                Some(Event::Close) => raw.push_str(line_end(apart.pop().as_ref())),
                None => break,
            }
            inside += 1;
        }
        self.blocks.extend(text::read(&raw, self.line, self.budget)?);
        Ok(())
    }
}

/// A term and what is said of it on one line, as where somebody types them: "Lead: Ann Lee".
fn answered(term: &Piece, details: &Piece) -> Piece {
    let colon = if term.text.trim_end().ends_with(':') { "" } else { ":" };
    let text = format!("{}{colon} {}", term.text.trim_end(), details.text);
    let place = match (&term.place, &details.place) {
        (Place::Lines { first, .. }, Place::Lines { last, .. }) => Place::Lines { first: *first, last: *last },
        (_, place) => place.clone(),
    };
    Piece { text, place, last_line: details.last_line, style: details.style }
}

/// A form feed ends a line for the reader of text, but is none of the source's line ends.
fn line_end(apart: Option<&bool>) -> &'static str {
    if apart == Some(&true) { "\u{c}" } else { "" }
}
