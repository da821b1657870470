//! What the table stage finds in a source: tables of items under headings, and every block with what became of it.
//!
//! Everything borrows from the [`Source`](crate::model::source::Source): a [`Piece`] is a part of one of its texts together
//! with its place, so provenance cannot be lost on the way.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::model::audit::Became;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::Meaning;
use crate::model::location::At;
use crate::model::location::ColumnIndex;
use crate::model::location::Place;
use crate::model::recognise::HeaderGuess;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::source::Note;
use crate::model::source::Style;
use crate::model::source::TextBlock;
use crate::model::text::collapse;

/// A text or a part of one, where it stands and how it looks.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'s> {
    /// The words.
    pub text: &'s str,
    /// Where the cell or block stands that holds them.
    pub place: &'s Place,
    /// Row of the table, zero-based, where there is one.
    pub row: Option<u32>,
    /// Column of the source's grid, where there is one.
    pub column: Option<ColumnIndex>,
    /// Style of the cell.
    pub style: Style,
}

impl<'s> Piece<'s> {
    /// The whole of a cell.
    #[must_use]
    pub fn cell(cell: &'s GridCell, row: u32) -> Self {
        Self { text: &cell.text, place: &cell.place, row: Some(row), column: Some(cell.column), style: cell.style }
    }

    /// The whole of a comment.
    #[must_use]
    pub fn note(note: &'s Note, row: u32) -> Self {
        Self { text: &note.text, place: &note.place, row: Some(row), column: Some(note.column), style: Style::default() }
    }

    /// The whole of a text block.
    #[must_use]
    pub fn block(block: &'s TextBlock) -> Self {
        Self { text: &block.text, place: &block.place, row: None, column: None, style: Style::default() }
    }

    /// Whether it is the whole of this cell. Cells that hold the same may share their text; no two share a place.
    #[must_use]
    pub fn is_whole(&self, cell: &GridCell) -> bool {
        std::ptr::eq(self.place, &raw const cell.place) && std::ptr::eq(self.text, cell.text.as_str())
    }

    /// A part of the same cell.
    #[must_use]
    pub fn part(self, text: &'s str) -> Self {
        Self { text, ..self }
    }

    /// Where it stands, for `table` (1-based).
    #[must_use]
    pub fn at(&self, table: Option<u32>) -> At {
        let mut at = At::from(self.place);
        if self.row.is_some() {
            at.table = table;
        }
        at.row = self.row.map(|row| row + 1);
        at.column = self.column.map(|column| column.0 + 1);
        at
    }
}

/// The texts of `pieces`, white space collapsed, a space between; borrows where there is just one clean text.
#[must_use]
pub fn joined<'s>(pieces: &[Piece<'s>]) -> Cow<'s, str> {
    match pieces {
        [] => Cow::Borrowed(""),
        [one] => collapse(one.text),
        many => {
            let mut out = String::new();
            for piece in many {
                let text = collapse(piece.text);
                if !out.is_empty() && !text.is_empty() {
                    out.push(' ');
                }
                out.push_str(&text);
            }
            Cow::Owned(out)
        }
    }
}

/// What the table stage found in one source.
#[derive(Debug, Default)]
pub struct Layout<'s> {
    /// The document's own title, from its body.
    pub title: Option<Heading<'s>>,
    /// The tables, in reading order.
    pub tables: Vec<Table<'s>>,
    /// Every block of the source, in reading order.
    pub lines: Vec<Line<'s>>,
}

impl Layout<'_> {
    /// Takes `items`, in ascending order, out of a table: their lines became something else.
    pub fn set_aside(&mut self, table: usize, items: &[usize], became: Became) {
        debug_assert!(items.is_sorted(), "items in ascending order");
        for line in &mut self.lines {
            let Some((of, item)) = &mut line.item else { continue };
            if *of != table {
                continue;
            }
            match items.binary_search(item) {
                Ok(_) => {
                    line.became = became;
                    line.item = None;
                }
                Err(taken) => *item -= taken,
            }
        }
        let Some(table) = self.tables.get_mut(table) else { return };
        let mut index = 0;
        table.items.retain(|_| {
            index += 1;
            items.binary_search(&(index - 1)).is_err()
        });
    }
}

/// One table, also one that goes over several pages.
#[derive(Debug, Default)]
pub struct Table<'s> {
    /// Number in the document's order, 1-based; 0 for items that stand in no table.
    pub number: u32,
    /// How many items of the same number stand before its first.
    pub first: usize,
    /// Its columns.
    pub columns: Vec<Column<'s>>,
    /// Headings that govern items; an item names the innermost, each names its parent.
    pub headings: Vec<Heading<'s>>,
    /// Its items, in order.
    pub items: Vec<Item<'s>>,
    /// What was odd about the table.
    pub diagnostics: Vec<Diagnostic>,
}

impl Table<'_> {
    /// The indices of the headings that govern an item, outermost first.
    #[must_use]
    pub fn path(&self, innermost: Option<usize>) -> SmallVec<[usize; 4]> {
        let mut path = SmallVec::new();
        let mut next = innermost;
        while let Some(index) = next {
            path.push(index);
            next = self.headings.get(index).and_then(|heading| heading.parent);
        }
        path.reverse();
        path
    }
}

/// One column of a table.
#[derive(Clone, Debug, Default)]
pub struct Column<'s> {
    /// The header as written, joined over its rows; empty where there is none.
    pub header: String,
    /// The header that groups this column with its neighbours.
    pub group: Option<String>,
    /// Where the header stands.
    pub pieces: Vec<Piece<'s>>,
    /// What the header means.
    pub guess: Option<HeaderGuess>,
    /// The cells are row labels.
    pub is_label: bool,
}

impl Column<'_> {
    /// The header's meaning.
    #[must_use]
    pub fn meaning(&self) -> Option<Meaning> {
        self.guess.map(|guess| guess.meaning)
    }
}

/// What kind of heading governs an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingKind {
    /// Title of the document or of the table, or the text above it.
    Title,
    /// A row across the table that opens a section.
    Section,
    /// The cell of a change column, printed once or in every row.
    Change,
    /// An intermediate heading: a row, or the cell of a milestone column.
    Milestone,
}

/// A heading that governs items.
#[derive(Clone, Debug)]
pub struct Heading<'s> {
    /// Its texts.
    pub pieces: Vec<Piece<'s>>,
    /// Its kind.
    pub kind: HeadingKind,
    /// Index of the heading above it.
    pub parent: Option<usize>,
}

impl<'s> Heading<'s> {
    /// The heading's words.
    #[must_use]
    pub fn text(&self) -> Cow<'s, str> {
        joined(&self.pieces)
    }
}

/// What lies between an item and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Boundary {
    /// Nothing: the next row of the same block.
    None,
    /// The row labels begin anew ("Current Position" after "Planned Activity").
    Labels,
    /// A page break or a blank line.
    Page,
    /// A new intermediate heading.
    Milestone,
    /// A new section heading or change cell.
    Section,
    /// A new table.
    Table,
}

/// One logical row that says something.
#[derive(Clone, Debug)]
pub struct Item<'s> {
    /// Its cells by ascending column, in the table's columns.
    pub cells: Vec<ItemCell<'s>>,
    /// Its own label, or the one that it inherits from the row above.
    pub label: Option<Label<'s>>,
    /// Innermost heading.
    pub heading: Option<usize>,
    /// The change cell that governs it is printed in its own row.
    pub names_change: bool,
    /// What lies before it.
    pub boundary: Boundary,
    /// First row of the table that it stands in, zero-based.
    pub row: u32,
    /// Where its first row stands.
    pub place: &'s Place,
    /// Where its last row stands; the same as `place` for an item in one row.
    pub last_place: &'s Place,
    /// Comments on its cells.
    pub notes: Vec<Piece<'s>>,
    /// What was odd.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'s> Item<'s> {
    /// The pieces of the cell in `column`.
    #[must_use]
    pub fn cell(&self, column: usize) -> Option<&ItemCell<'s>> {
        self.cells.iter().find(|cell| cell.column.get() == column)
    }
}

/// A row's label.
#[derive(Clone, Debug)]
pub struct Label<'s> {
    /// The label.
    pub piece: Piece<'s>,
    /// What it means.
    pub meaning: Option<Meaning>,
    /// Printed in an earlier row.
    pub inherited: bool,
}

/// One cell of an item: several pieces where the row was torn.
#[derive(Clone, Debug)]
pub struct ItemCell<'s> {
    /// Column of the table.
    pub column: ColumnIndex,
    /// Its texts.
    pub pieces: SmallVec<[Piece<'s>; 1]>,
}

impl<'s> ItemCell<'s> {
    /// The cell's words.
    #[must_use]
    pub fn text(&self) -> Cow<'s, str> {
        joined(&self.pieces)
    }
}

/// One block of the source and what became of it.
#[derive(Debug)]
pub struct Line<'s> {
    /// The block.
    pub content: Content<'s>,
    /// What became of it.
    pub became: Became,
    /// The item it went into: index of the table and of the item in it.
    pub item: Option<(usize, usize)>,
    /// Number of the table it stands in, 1-based.
    pub table: Option<u32>,
    /// Row of that table, zero-based.
    pub row: Option<u32>,
}

/// The block of a [`Line`].
#[derive(Debug)]
pub enum Content<'s> {
    /// A whole row.
    Row(&'s GridRow),
    /// A text outside tables.
    Text(&'s TextBlock),
    /// A part of a row, where the row became more than one thing.
    Pieces(Vec<Piece<'s>>),
}

impl<'s> Content<'s> {
    /// The words as they were read, a tab between cells.
    #[must_use]
    pub fn text(&self) -> Cow<'s, str> {
        match self {
            Self::Text(block) => Cow::Borrowed(&block.text),
            Self::Row(row) => match (row.cells.as_slice(), row.notes.as_slice()) {
                ([one], []) => Cow::Borrowed(&one.text),
                (cells, notes) => {
                    let notes = notes.iter().map(|note| note.text.as_str());
                    Cow::Owned(tabbed(cells.iter().map(|cell| cell.text.as_str()).chain(notes)))
                }
            },
            Self::Pieces(pieces) => Cow::Owned(tabbed(pieces.iter().map(|piece| piece.text))),
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Option<&'s Place> {
        match self {
            Self::Text(block) => Some(&block.place),
            Self::Row(row) => Some(&row.place),
            Self::Pieces(pieces) => pieces.first().map(|piece| piece.place),
        }
    }
}

fn tabbed<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for text in texts {
        if !out.is_empty() {
            out.push('\t');
        }
        out.push_str(text);
    }
    out
}
