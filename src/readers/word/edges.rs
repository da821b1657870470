//! Rows whose cells say where they end to a table with columns.

use crate::readers::word::content::Cell;
use crate::readers::word::content::Down;
use crate::readers::word::content::Item;
use crate::readers::word::content::Row;
use crate::readers::word::content::Table;

/// Most edges that a table may have; Word has at most 63 cells in a row.
const MOST_EDGES: usize = 1000;

/// Width of a cell that says none, in twentieths of a point.
const UNTOLD: i32 = 1440;

/// A row.
#[derive(Clone, Debug, Default)]
pub(super) struct EdgeRow {
    /// Where its first cell begins, in twentieths of a point.
    pub(super) left: i32,
    pub(super) cells: Vec<EdgeCell>,
    /// Number of the first paragraph that may stand in it, zero-based.
    pub(super) first: usize,
    pub(super) header: bool,
}

/// A cell.
#[derive(Clone, Debug)]
pub(super) struct EdgeCell {
    /// Where it ends; none where that is not told.
    pub(super) right: Option<i32>,
    pub(super) down: Down,
    /// It goes on the cell to its left.
    pub(super) goes_on: bool,
    pub(super) items: Vec<Item>,
    pub(super) fill: Option<[u8; 3]>,
    pub(super) first: usize,
}

/// The table that these rows make: every edge of a cell is an edge of a column.
pub(super) fn table(mut rows: Vec<EdgeRow>) -> Table {
    for row in &mut rows {
        let mut left = row.left;
        for cell in &mut row.cells {
            let right = cell.right.filter(|right| *right > left).unwrap_or(left.saturating_add(UNTOLD));
            cell.right = Some(right);
            left = right;
        }
    }
    let mut edges: Vec<i32> =
        rows.iter().flat_map(|row| std::iter::once(row.left).chain(row.cells.iter().filter_map(|cell| cell.right))).collect();
    edges.sort_unstable();
    edges.dedup();
    edges.truncate(MOST_EDGES);
    let column = |edge: i32| u32::try_from(edges.partition_point(|known| *known < edge)).unwrap_or(u32::MAX);
    let made = rows.into_iter().map(|row| {
        let mut left = column(row.left);
        let mut made = Row { first: row.first, header: row.header, ..Row::default() };
        for mut cell in row.cells {
            let right = cell.right.map_or(left, &column).max(left.saturating_add(1));
            match made.cells.last_mut().filter(|_| cell.goes_on) {
                Some(before) => {
                    before.colspan = right.saturating_sub(before.column);
                    before.items.append(&mut cell.items);
                }
                None => made.cells.push(Cell {
                    column: left,
                    colspan: right - left,
                    down: cell.down,
                    items: cell.items,
                    fill: cell.fill,
                    first: cell.first,
                }),
            }
            left = right;
        }
        made.width = left;
        made
    });
    let rows = made.collect();
    let widths = edges.windows(2).map(|pair| match pair {
        [left, right] => u32::try_from(right.saturating_sub(*left)).unwrap_or(0),
        _ => 0,
    });
    Table { rows, widths: widths.collect() }
}
