//! A sheet as the readers of the several formats hand it over, before its tables are parted.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::lists::List;
use super::rules::Rule;
use crate::model::location::CellRange;
use crate::model::location::ColumnIndex;
use crate::model::location::Place;
use crate::model::location::RowIndex;
use crate::model::location::SheetName;
use crate::model::source::GridCell;
use crate::model::source::Style;
use crate::model::source::TextKind;

/// The last column of a sheet, zero-based (ECMA-376 part 1, 18.3.1.13).
pub(super) const LAST_COLUMN: u32 = 16_383;

/// The last row of a sheet, zero-based (ECMA-376 part 1, 18.3.1.73).
pub(super) const LAST_ROW: u32 = 1_048_575;

/// Empty cells with a fill beyond so many are not kept: a plan rated by colour has one a row.
const MOST_SHADES: usize = 2_000_000;

/// One sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: SheetName,
    /// Hidden or very hidden.
    pub(super) hidden: bool,
    /// Rows with text, ascending.
    pub(super) rows: Vec<SheetRow>,
    /// Empty cells with a fill, in any order.
    pub(super) shades: Vec<Shade>,
    /// Fills of whole rows and columns: what cells have that are not there at all.
    pub(super) row_fills: BTreeMap<u32, [u8; 3]>,
    pub(super) column_fills: Vec<(u32, u32, [u8; 3])>,
    pub(super) merges: Vec<CellRange>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// Comments by row and column.
    pub(super) notes: BTreeMap<(u32, u32), String>,
    /// Links of cells by the id of their target, with the place in it: what the ids stand for is told elsewhere.
    pub(super) linked: Vec<(CellRange, String, String)>,
    /// Where links of cells lead: row, column, target.
    pub(super) links: Vec<(u32, u32, String)>,
    /// Conditional formats.
    pub(super) rules: Vec<Rule>,
    /// Rows that the workbook itself takes for headers: those printed on each page, the first of a table, those with a filter.
    pub(super) heads: Vec<CellRange>,
    /// Cells that choose from a list.
    pub(super) lists: Vec<List>,
    /// Texts that stand in no cell: text boxes, page headers and footers.
    pub(super) asides: Vec<Aside>,
    /// Cells outside the grid that a sheet can have; they were left out.
    pub(super) outside: u64,
}

/// A row of a sheet.
#[derive(Debug)]
pub(super) struct SheetRow {
    pub(super) index: u32,
    pub(super) hidden: bool,
    /// Its cells with text, ascending; their columns are the sheet's.
    pub(super) cells: Vec<GridCell>,
}

/// An empty cell with a fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shade {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) fill: [u8; 3],
}

/// A text that stands in no cell.
#[derive(Debug)]
pub(super) struct Aside {
    pub(super) text: String,
    pub(super) kind: TextKind,
    /// The cell that it is fixed to, if any.
    pub(super) anchor: Option<(u32, u32)>,
}

impl Sheet {
    pub(super) fn new(name: &str, hidden: bool) -> Self {
        Self {
            name: SheetName::new(name),
            hidden,
            rows: Vec::new(),
            shades: Vec::new(),
            row_fills: BTreeMap::new(),
            column_fills: Vec::new(),
            merges: Vec::new(),
            hidden_columns: Vec::new(),
            notes: BTreeMap::new(),
            linked: Vec::new(),
            links: Vec::new(),
            rules: Vec::new(),
            heads: Vec::new(),
            lists: Vec::new(),
            asides: Vec::new(),
            outside: 0,
        }
    }

    /// The row `index`, made where it is not there. Rows come in order but for odd writers.
    pub(super) fn row(&mut self, index: u32, hidden: bool) -> &mut SheetRow {
        let at = match self.rows.last() {
            Some(last) if last.index == index => self.rows.len() - 1,
            Some(last) if last.index > index => match self.rows.binary_search_by_key(&index, |row| row.index) {
                Ok(at) => at,
                Err(at) => {
                    self.rows.insert(at, SheetRow { index, hidden, cells: Vec::new() });
                    at
                }
            },
            last => {
                // Rows of a table are as long as each other; room for more would stay empty in every one of them.
                let cells = Vec::with_capacity(last.map_or(0, |row| row.cells.len()));
                self.rows.push(SheetRow { index, hidden, cells });
                self.rows.len() - 1
            }
        };
        &mut self.rows[at]
    }

    /// Puts a text into a cell; a second one in the same cell is left out, as Excel does.
    pub(super) fn put(&mut self, row: u32, column: u32, hidden: bool, text: EcoString, style: Style) {
        if row > LAST_ROW || column > LAST_COLUMN {
            self.outside += 1;
            return;
        }
        let place = self.place(row, column);
        let cells = &mut self.row(row, hidden).cells;
        let cell = GridCell { column: ColumnIndex(column), text, place, rowspan: 1, colspan: 1, style };
        match cells.last() {
            Some(last) if last.column.0 >= column => {
                if let Err(at) = cells.binary_search_by_key(&column, |cell| cell.column.0) {
                    cells.insert(at, cell);
                }
            }
            _ => cells.push(cell),
        }
    }

    /// Notes that the first `rows` of these cells are headers.
    pub(super) fn head(&mut self, cells: CellRange, rows: u32) {
        if let Some(last) = rows.checked_sub(1) {
            let last_row = RowIndex(cells.first_row.0.saturating_add(last).min(cells.last_row.0));
            self.heads.push(CellRange { last_row, ..cells });
        }
    }

    /// Notes that whole rows are headers.
    pub(super) fn head_rows(&mut self, (first, last): (u32, u32)) {
        self.heads.push(CellRange {
            first_row: RowIndex(first),
            first_column: ColumnIndex(0),
            last_row: RowIndex(last),
            last_column: ColumnIndex(LAST_COLUMN),
        });
    }

    /// Notes the fill of an empty cell.
    pub(super) fn shade(&mut self, row: u32, column: u32, fill: Option<[u8; 3]>) {
        let room = row <= LAST_ROW && column <= LAST_COLUMN && self.shades.len() < MOST_SHADES;
        if let Some(fill) = fill.filter(|_| room) {
            self.shades.push(Shade { row, column, fill });
        }
    }

    /// The place of one cell.
    pub(super) fn place(&self, row: u32, column: u32) -> Place {
        Place::cells(&self.name, CellRange::cell(RowIndex(row), ColumnIndex(column)))
    }

    /// The text at a position, if there is any.
    pub(super) fn text(&self, row: u32, column: u32) -> Option<&str> {
        let row = self.rows.binary_search_by_key(&row, |row| row.index).ok()?;
        let cells = &self.rows.get(row)?.cells;
        let cell = cells.binary_search_by_key(&column, |cell| cell.column.0).ok()?;
        cells.get(cell).map(|cell| cell.text.as_str())
    }

    /// The cell at a position, if it holds text.
    pub(super) fn cell_mut(&mut self, row: u32, column: u32) -> Option<&mut GridCell> {
        let row = self.rows.binary_search_by_key(&row, |row| row.index).ok()?;
        let cells = &mut self.rows.get_mut(row)?.cells;
        let cell = cells.binary_search_by_key(&column, |cell| cell.column.0).ok()?;
        cells.get_mut(cell)
    }
}
