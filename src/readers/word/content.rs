//! What the walk over a document of any of these formats finds, before it becomes blocks.

use crate::model::source::TextKind;
use crate::readers::word::rich::Rich;

/// A paragraph or a table.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Paragraph(Paragraph),
    Table(Table),
}

impl Item {
    /// Places all that stands in it at the paragraph `number`, as a remark stands where what it is about does.
    pub(super) fn place_at(&mut self, number: usize) {
        match self {
            Self::Paragraph(paragraph) => paragraph.number = number,
            Self::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.flat_map(|cell| &mut cell.items).for_each(|item| item.place_at(number));
            }
        }
    }
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// What the document says it is.
    pub(super) kind: TextKind,
    /// Its text.
    pub(super) text: Rich,
    /// Its number in the document, zero-based.
    pub(super) number: usize,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Its rows.
    pub(super) rows: Vec<Row>,
    /// Widths of the columns in twentieths of a point, where the document tells them.
    pub(super) widths: Vec<u32>,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Its cells, those that go on a cell above too; by ascending column.
    pub(super) cells: Vec<Cell>,
    /// Number of the first paragraph that may stand in it, zero-based.
    pub(super) first: usize,
    /// Number of columns, empty ones included.
    pub(super) width: u32,
    /// Marked as a header.
    pub(super) header: bool,
    /// Not shown.
    pub(super) hidden: bool,
}

/// A cell of a row.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// First column, zero-based.
    pub(super) column: u32,
    /// Columns covered, at least 1.
    pub(super) colspan: u32,
    /// How far down it reaches.
    pub(super) down: Down,
    /// What stands in it.
    pub(super) items: Vec<Item>,
    /// Its own colour.
    pub(super) fill: Option<[u8; 3]>,
    /// Number of its first paragraph, zero-based.
    pub(super) first: usize,
}

/// How far down a cell reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Down {
    /// Over so many rows, at least 1.
    Rows(u32),
    /// Over the rows below that go on it.
    Open,
    /// It goes on the cell above.
    On,
}
