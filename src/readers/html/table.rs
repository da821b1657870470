//! A table to a grid: rows in document order, cells put into columns past those that spans from above cover.

mod spans;

use scraper::node::Element;

use crate::model::location::ColumnIndex;
use crate::model::location::Place;
use crate::model::source::Block;
use crate::model::source::Grid;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::source::Style;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::html::css::Look;
use crate::readers::html::css::Sheet;
use crate::readers::html::events::Event;
use crate::readers::html::events::attribute;
use crate::readers::html::events::line;
use crate::readers::html::flow::Role;
use crate::readers::html::flow::role;
use crate::readers::html::flow::shown;
use crate::readers::html::inline::Inline;
use crate::readers::html::inline::Piece;
use crate::readers::html::table::spans::Spans;
use crate::readers::limits::Budget;

const WHITE: [u8; 3] = [255, 255, 255];

/// Reads tables of one document.
pub(super) struct Reader<'a, 'b> {
    events: &'a [Event<'a>],
    sheet: &'a Sheet,
    budget: &'b mut Budget,
    line: usize,
    /// Text in cells that is not shown.
    unseen: Vec<Block>,
}

/// What holds for the rows of a part of a table.
#[derive(Clone, Copy, Default)]
struct Part {
    head: bool,
    look: Look,
}

impl<'a, 'b> Reader<'a, 'b> {
    pub(super) fn new(events: &'a [Event<'a>], sheet: &'a Sheet, budget: &'b mut Budget) -> Self {
        Self { events, sheet, budget, line: 0, unseen: Vec::new() }
    }

    /// Reads the table that opens at `table` in the line `line`: its caption, its grid, and text in its cells that is not
    /// shown.
    pub(super) fn read(mut self, table: usize, line: usize, hidden: bool, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        self.line = line;
        let Some(Event::Open { element, end }) = self.events.get(table) else { return Ok(()) };
        let hidden = hidden || self.sheet.look(element).hidden;
        let mut part = Part { head: false, look: Look { hidden, ..Look::default() } };
        let mut outer = Vec::new();
        let mut rows = Vec::new();
        let mut spans = Spans::default();
        let mut at = table + 1;
        while at < *end {
            match self.events.get(at) {
                Some(Event::Open { element, end }) => match element.name() {
                    "tr" => {
                        rows.push(self.row(at, part, &mut spans)?);
                        at = *end;
                    }
                    "thead" | "tbody" | "tfoot" => {
                        outer.push(part);
                        spans.end_part(rows.len());
                        part = Part { head: element.name() == "thead", look: part.look.with(self.sheet.look(element)) };
                    }
                    _ => {
                        self.beside(at, blocks)?;
                        at = *end;
                    }
                },
                Some(Event::Close) => part = outer.pop().unwrap_or_default(),
                _ => {}
            }
            at += 1;
        }
        spans.end_part(rows.len());
        spans.close(&mut rows);
        if !rows.is_empty() {
            blocks.push(Block::Grid(Grid { rows, ..Grid::default() }));
        }
        blocks.append(&mut self.unseen);
        Ok(())
    }

    /// What stands in a table but in no row: the caption.
    fn beside(&mut self, at: usize, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        if let Some(piece) = self.text(at, Look::default()) {
            self.budget.spend(1, piece.last_line)?;
            blocks.push(Block::Text(TextBlock { kind: TextKind::Paragraph, text: piece.text, place: piece.place }));
        }
        Ok(())
    }

    fn row(&mut self, at: usize, part: Part, spans: &mut Spans) -> Result<GridRow, ReadError> {
        let Some(Event::Open { element, end }) = self.events.get(at) else { return Ok(empty_row(self.line)) };
        self.line = line(element).unwrap_or(self.line);
        let first = self.line;
        let look = part.look.with(self.sheet.look(element));
        let mut last = first;
        let mut cells = Vec::new();
        spans.start_row();
        let mut inside = at + 1;
        while inside < *end {
            if let Some(Event::Open { element, end }) = self.events.get(inside) {
                let (cell, cell_last) = self.cell(inside, element, part, look, spans);
                cells.extend(cell);
                last = last.max(cell_last);
                inside = *end;
            }
            inside += 1;
        }
        self.budget.spend(cells.len() + 1, last)?;
        let width = spans.end_row();
        Ok(GridRow { place: Place::lines(first, last), width, cells, notes: Vec::new(), hidden: look.hidden })
    }

    /// The cell that opens at `at`, unless it is empty and without a colour of its own, and the last line of its text.
    fn cell(&mut self, at: usize, element: &Element, part: Part, row: Look, spans: &mut Spans) -> (Option<GridCell>, usize) {
        if !matches!(element.name(), "td" | "th") {
            return (None, self.line);
        }
        self.line = line(element).unwrap_or(self.line);
        let start = self.line;
        let span = |name: &str| attribute(element, name).and_then(|value| value.trim().parse::<u32>().ok());
        let (column, rowspan, colspan) = spans.place(span("rowspan"), span("colspan"));
        let look = self.sheet.look(element);
        // The cell's own fill counts for its text too; the row's counts where neither has one.
        let piece = self.text(at, Look { fill: None, ..row.with(look) });
        let last = piece.as_ref().map_or(start, |piece| piece.last_line);
        let coloured = look.fill.is_some_and(|fill| fill != WHITE);
        if piece.is_none() && !coloured {
            return (None, last);
        }
        let (text, place, style) = match piece {
            Some(Piece { text, place, style, .. }) => (text, place, style),
            None => (String::new(), Place::line(start), Style::default()),
        };
        let style = Style {
            emphasised: style.emphasised || part.head || element.name() == "th",
            fill: style.fill.or(look.fill).or(row.fill),
            ..style
        };
        (Some(GridCell { column: ColumnIndex(column), text: text.into(), place, rowspan, colspan, style }), last)
    }

    /// The text of the element that opens at `at`; none where it is empty.
    fn text(&mut self, at: usize, look: Look) -> Option<Piece> {
        let Some(Event::Open { end, .. }) = self.events.get(at) else { return None };
        let mut texts = Texts::new(look);
        let mut inside = at + 1;
        while inside < *end {
            match self.events.get(inside) {
                Some(Event::Text(text)) => texts.push(text, &mut self.line),
                Some(Event::Open { element, end }) => {
                    self.line = line(element).unwrap_or(self.line);
                    if role(element) == Role::Skip {
                        inside = *end;
                    } else {
                        texts.open(element, self.sheet.look(element), self.line);
                    }
                }
                Some(Event::Close) => texts.close(),
                None => break,
            }
            inside += 1;
        }
        self.unseen.extend(
            texts
                .unseen
                .take()
                .map(|piece| Block::Text(TextBlock { kind: TextKind::Furniture, text: piece.text, place: piece.place })),
        );
        texts.seen.take()
    }
}

/// What an element does at its two ends to the text around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    None,
    Space,
    Line,
}

/// An element inside a cell.
#[derive(Clone, Copy)]
struct Inner {
    look: Look,
    edge: Edge,
    preformatted: bool,
}

/// The text of one cell: what is shown, and what is not although the cell is.
struct Texts {
    seen: Inline,
    unseen: Inline,
    cell_hidden: bool,
    inner: Inner,
    outer: Vec<Inner>,
}

impl Texts {
    fn new(look: Look) -> Self {
        Self {
            seen: Inline::default(),
            unseen: Inline::default(),
            cell_hidden: look.hidden,
            inner: Inner { look, edge: Edge::None, preformatted: false },
            outer: Vec::new(),
        }
    }

    fn target(&mut self) -> &mut Inline {
        if self.inner.look.hidden && !self.cell_hidden { &mut self.unseen } else { &mut self.seen }
    }

    fn push(&mut self, text: &str, line: &mut usize) {
        let Inner { look, preformatted, .. } = self.inner;
        let target = self.target();
        for (index, part) in text.split_inclusive('\n').enumerate() {
            if preformatted && index > 0 {
                target.break_line();
            }
            target.push(part, line, look);
        }
    }

    fn open(&mut self, element: &Element, look: Look, line: usize) {
        let role = role(element);
        self.outer.push(self.inner);
        let edge = match role {
            Role::Break | Role::Inline => Edge::None,
            _ if matches!(element.name(), "td" | "th") => Edge::Space,
            _ => Edge::Line,
        };
        let preformatted = self.inner.preformatted || role == Role::Preformatted;
        self.inner = Inner { look: self.inner.look.with(look), edge, preformatted };
        self.edge();
        if role == Role::Break {
            self.target().break_line();
        }
        if let Some(text) = shown(element) {
            let look = self.inner.look;
            let mut line = line;
            let target = self.target();
            target.space();
            target.push(text, &mut line, look);
            target.space();
        }
    }

    fn close(&mut self) {
        self.edge();
        self.inner = self.outer.pop().unwrap_or(self.inner);
    }

    fn edge(&mut self) {
        match self.inner.edge {
            Edge::None => {}
            Edge::Space => self.target().space(),
            Edge::Line => self.target().end_block(),
        }
    }
}

fn empty_row(line: usize) -> GridRow {
    GridRow { place: Place::line(line), width: 0, cells: Vec::new(), notes: Vec::new(), hidden: false }
}
