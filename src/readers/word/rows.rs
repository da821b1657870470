//! Stories whose cells end in the text and whose rows say at their end what their cells are, as rich text and the binary format
//! of Word have them.

use crate::readers::word::content::Down;
use crate::readers::word::content::Item;
use crate::readers::word::edges;
use crate::readers::word::edges::EdgeCell;
use crate::readers::word::edges::EdgeRow;

/// Most tables inside each other; Word itself stops at far less.
pub(super) const DEEPEST: usize = 60;

/// What a row says of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct RowShape {
    /// Where its first cell begins, in twentieths of a point.
    pub(super) left: i32,
    pub(super) cells: Vec<CellShape>,
    /// Marked as a header.
    pub(super) header: bool,
}

/// What a row says of a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct CellShape {
    /// Where it ends, in twentieths of a point.
    pub(super) right: i32,
    pub(super) down: Down,
    /// It goes on the cell to its left.
    pub(super) goes_on: bool,
    pub(super) fill: Option<[u8; 3]>,
}

/// A story: its paragraphs and tables, and the tables that are open.
#[derive(Debug, Default)]
pub(super) struct Container {
    pub(super) items: Vec<Item>,
    tables: Vec<OpenTable>,
}

#[derive(Debug, Default)]
struct OpenTable {
    rows: Vec<EdgeRow>,
    /// Cells of the row in hand, each with the number of its first paragraph.
    cells: Vec<(Vec<Item>, usize)>,
    /// The cell in hand.
    cell: Vec<Item>,
    first: usize,
}

impl Container {
    /// Goes to where `depth` tables are open: closes those that are deeper, opens those that are missing. `number` is that of
    /// the next paragraph.
    pub(super) fn go_to(&mut self, depth: usize, number: usize) {
        while self.tables.len() > depth {
            self.close();
        }
        while self.tables.len() < depth.min(DEEPEST) {
            self.tables.push(OpenTable { first: number, ..OpenTable::default() });
        }
    }

    /// Tables that are open.
    pub(super) fn depth(&self) -> usize {
        self.tables.len()
    }

    /// Adds to the cell in hand, or to the text outside tables.
    pub(super) fn push(&mut self, item: Item) {
        match self.tables.last_mut() {
            Some(table) => table.cell.push(item),
            None => self.items.push(item),
        }
    }

    /// Ends the cell in hand; `number` is that of the next paragraph.
    pub(super) fn end_cell(&mut self, number: usize) {
        if let Some(table) = self.tables.last_mut() {
            let first = std::mem::replace(&mut table.first, number);
            table.cells.push((std::mem::take(&mut table.cell), first));
        }
    }

    /// Ends the row in hand; a row that was deleted is left out.
    pub(super) fn end_row(&mut self, shape: Option<&RowShape>) {
        let Some(table) = self.tables.last_mut() else { return };
        let cells = std::mem::take(&mut table.cells);
        let Some(shape) = shape.filter(|_| !cells.is_empty()) else { return };
        let first = cells.first().map_or(table.first, |(_, first)| *first);
        let cells = cells.into_iter().enumerate().map(|(at, (items, first))| {
            let told = shape.cells.get(at);
            EdgeCell {
                right: told.map(|told| told.right),
                down: told.map_or(Down::Rows(1), |told| told.down),
                goes_on: told.is_some_and(|told| told.goes_on),
                items,
                fill: told.and_then(|told| told.fill),
                first,
            }
        });
        let row = EdgeRow { left: shape.left, cells: cells.collect(), first, header: shape.header };
        table.rows.push(row);
    }

    /// Closes the innermost table.
    fn close(&mut self) {
        let Some(mut table) = self.tables.pop() else { return };
        // A row that never ends, as in a document that breaks off.
        if !table.cell.is_empty() {
            table.cells.push((std::mem::take(&mut table.cell), table.first));
        }
        self.tables.push(table);
        self.end_row(Some(&RowShape::default()));
        let Some(table) = self.tables.pop() else { return };
        if !table.rows.is_empty() {
            self.push(Item::Table(edges::table(table.rows)));
        }
    }
}
