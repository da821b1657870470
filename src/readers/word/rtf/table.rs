//! Tables of rich text (RTF specification, "Table definitions"): cells end in the text, rows say at their end what their cells are.

use crate::readers::word::content::Down;
use crate::readers::word::content::Item;
use crate::readers::word::edges;
use crate::readers::word::edges::EdgeCell;
use crate::readers::word::edges::EdgeRow;

/// Most tables inside each other; Word itself stops at far less.
pub(super) const DEEPEST: usize = 60;

/// What a row says of a cell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Definition {
    right: i32,
    open: bool,
    on: bool,
    goes_on: bool,
    fill: Option<usize>,
}

/// What a row says of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct RowProperties {
    cells: Vec<Definition>,
    next: Definition,
    left: i32,
    header: bool,
    /// Deleted under change tracking.
    pub(super) deleted: bool,
}

impl RowProperties {
    /// Takes a control word that is about a row or cell.
    pub(super) fn take(&mut self, word: &[u8], number: Option<i32>) {
        match word {
            b"trowd" => *self = Self::default(),
            b"trleft" => self.left = number.unwrap_or(0),
            b"trhdr" => self.header = true,
            b"clvmgf" => self.next.open = true,
            b"clvmrg" => self.next.on = true,
            b"clmrg" => self.next.goes_on = true,
            b"clcbpat" => self.next.fill = number.and_then(|number| usize::try_from(number).ok()),
            b"cellx" => {
                let cell = Definition { right: number.unwrap_or(0), ..std::mem::take(&mut self.next) };
                self.cells.push(cell);
            }
            _ => {}
        }
    }
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

    /// Ends the row in hand.
    pub(super) fn end_row(&mut self, properties: &RowProperties, colours: &[Option<[u8; 3]>]) {
        let Some(table) = self.tables.last_mut() else { return };
        let cells = std::mem::take(&mut table.cells);
        if properties.deleted || cells.is_empty() {
            return;
        }
        let first = cells.first().map_or(table.first, |(_, first)| *first);
        let cells = cells.into_iter().enumerate().map(|(at, (items, first))| {
            let told = properties.cells.get(at).copied();
            let definition = told.unwrap_or_default();
            let down = match definition {
                Definition { on: true, .. } => Down::On,
                Definition { open: true, .. } => Down::Open,
                _ => Down::Rows(1),
            };
            let fill = definition.fill.and_then(|fill| colours.get(fill).copied().flatten());
            EdgeCell { right: told.map(|told| told.right), down, goes_on: definition.goes_on, items, fill, first }
        });
        let row = EdgeRow { left: properties.left, cells: cells.collect(), first, header: properties.header };
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
        self.end_row(&RowProperties::default(), &[]);
        let Some(table) = self.tables.pop() else { return };
        if !table.rows.is_empty() {
            self.push(Item::Table(edges::table(table.rows)));
        }
    }
}
