//! A table that a region of a page may be: rows, columns and cells with their words.

use crate::model::location::Rect;
use crate::model::page::Page;
use crate::model::source::Strategy;

use super::lines::middle;
use super::lines::word;

/// One reading of a region as a table.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// What told where the cells are.
    pub by: Strategy,
    /// Edges of the columns from left to right, one more than columns.
    pub xs: Vec<f64>,
    /// Edges of the rows from top to bottom, one more than rows.
    pub ys: Vec<f64>,
    /// The cells by row and column; none overlaps another.
    pub cells: Vec<Cell>,
    /// How much it looks like a table, 0 to 1.
    pub score: f64,
}

/// A cell with the words in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// First row.
    pub row: usize,
    /// First column.
    pub column: usize,
    /// Rows covered, at least 1.
    pub rows: usize,
    /// Columns covered, at least 1.
    pub columns: usize,
    /// Indices of its words.
    pub words: Vec<u32>,
}

impl Candidate {
    /// Number of columns.
    pub(super) fn width(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// Number of rows.
    pub(super) fn height(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    /// The box around it.
    pub(super) fn bbox(&self) -> Rect {
        let edge = |edges: &[f64]| (edges.first().copied().unwrap_or(0.0), edges.last().copied().unwrap_or(0.0));
        let ((x0, x1), (y0, y1)) = (edge(&self.xs), edge(&self.ys));
        Rect { x0, y0, x1, y1 }
    }

    /// The box of `cell`.
    pub(super) fn cell_box(&self, cell: &Cell) -> Rect {
        let at = |edges: &[f64], index: usize| edges.get(index).or(edges.last()).copied().unwrap_or(0.0);
        Rect {
            x0: at(&self.xs, cell.column),
            y0: at(&self.ys, cell.row),
            x1: at(&self.xs, cell.column + cell.columns),
            y1: at(&self.ys, cell.row + cell.rows),
        }
    }

    /// Every word of the table.
    pub(super) fn words(&self) -> impl Iterator<Item = u32> + '_ {
        self.cells.iter().flat_map(|cell| cell.words.iter().copied())
    }

    /// Cells that hold words.
    pub(super) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.words.is_empty()).count()
    }

    /// Share of the slots that cells with words cover, 0 to 1.
    pub(super) fn fullness(&self) -> f64 {
        let covered = self.cells.iter().filter(|cell| !cell.words.is_empty()).map(|cell| cell.rows * cell.columns).sum();
        ratio(covered, self.width() * self.height())
    }

    /// Puts each of `words` whose middle lies in the table into its cell.
    pub(super) fn take_words(&mut self, page: &Page, words: &[u32]) {
        let (width, height) = (self.width(), self.height());
        let mut owner = vec![usize::MAX; width * height];
        for (index, cell) in self.cells.iter().enumerate() {
            for row in cell.row..(cell.row + cell.rows).min(height) {
                for column in cell.column..(cell.column + cell.columns).min(width) {
                    owner[row * width + column] = index;
                }
            }
        }
        for &index in words {
            let Some(word) = word(page, index) else { continue };
            let x = f64::midpoint(word.bbox.x0, word.bbox.x1);
            let (Some(column), Some(row)) = (slot(&self.xs, x), slot(&self.ys, middle(&word.bbox))) else { continue };
            if let Some(cell) = owner.get(row * width + column).and_then(|cell| self.cells.get_mut(*cell)) {
                cell.words.push(index);
            }
        }
    }

    /// Takes out rows and columns in which no cell begins, and narrow ones without a word.
    pub(super) fn compress(&mut self, least_width: f64, least_height: f64) {
        let mut filled_columns = vec![false; self.width()];
        let mut filled_rows = vec![false; self.height()];
        for cell in self.cells.iter().filter(|cell| !cell.words.is_empty()) {
            filled_columns[cell.column] = true;
            filled_rows[cell.row] = true;
        }
        let keep = |edges: &[f64], filled: &[bool], least: f64| -> Vec<bool> {
            filled.iter().enumerate().map(|(index, filled)| *filled || edges[index + 1] - edges[index] >= least).collect()
        };
        let mut columns = keep(&self.xs, &filled_columns, least_width);
        let mut rows = keep(&self.ys, &filled_rows, least_height);
        let begins = |keep: &mut Vec<bool>, starts: &mut dyn Iterator<Item = usize>| {
            let mut begun = vec![false; keep.len()];
            starts.for_each(|at| begun[at] = true);
            keep.iter_mut().zip(begun).for_each(|(keep, begun)| *keep &= begun);
        };
        begins(&mut columns, &mut self.cells.iter().map(|cell| cell.column));
        begins(&mut rows, &mut self.cells.iter().map(|cell| cell.row));
        self.retain(&columns, &rows);
    }

    /// Keeps the rows and columns that are marked; a row that goes is given to the one above it, a column to the one before.
    pub(super) fn retain(&mut self, columns: &[bool], rows: &[bool]) {
        let before = |keep: &[bool]| -> Vec<usize> {
            let mut kept = 0;
            let mut map = vec![0];
            for keep in keep {
                kept += usize::from(*keep);
                map.push(kept);
            }
            map
        };
        let (column_map, row_map) = (before(columns), before(rows));
        for cell in &mut self.cells {
            let (first, last) = (column_map[cell.column], column_map[cell.column + cell.columns]);
            (cell.column, cell.columns) = (first, last - first);
            let (first, last) = (row_map[cell.row], row_map[cell.row + cell.rows]);
            (cell.row, cell.rows) = (first, last - first);
        }
        self.cells.retain(|cell| cell.rows > 0 && cell.columns > 0);
        keep_edges(&mut self.xs, columns);
        keep_edges(&mut self.ys, rows);
    }
}

/// Drops the first edge of each slot that goes; the outer edges stay.
fn keep_edges(edges: &mut Vec<f64>, keep: &[bool]) {
    let (first, last) = (edges.first().copied(), edges.last().copied());
    let mut inner: Vec<f64> = edges.iter().zip(keep).filter(|(_, keep)| **keep).map(|(edge, _)| *edge).collect();
    if let (Some(start), Some(first)) = (inner.first_mut(), first) {
        *start = first;
    }
    inner.extend(last);
    *edges = inner;
}

/// `part` of `whole`, 0 where there is no whole.
#[expect(clippy::cast_precision_loss, reason = "numbers of words, lines and cells on a page")]
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Which slot between sorted `edges` `at` falls into.
pub(super) fn slot(edges: &[f64], at: f64) -> Option<usize> {
    let after = edges.partition_point(|edge| *edge <= at);
    (after > 0 && after < edges.len()).then(|| after - 1)
}
