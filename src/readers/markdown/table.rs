//! A pipe table to a grid.

use crate::model::location::ColumnIndex;
use crate::model::location::Place;
use crate::model::source::Block;
use crate::model::source::Grid;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::source::Style;
use crate::readers::markup::Cleaned;
use crate::readers::text;
use crate::readers::text::prose;

/// A table in the making.
pub(super) struct Table {
    columns: usize,
    column: u32,
    cells: Vec<GridCell>,
    rows: Vec<GridRow>,
}

impl Table {
    /// Starts a table whose header has so many cells.
    pub(super) fn new(columns: usize) -> Self {
        Self { columns, column: 0, cells: Vec::new(), rows: Vec::new() }
    }

    /// Starts a row.
    pub(super) fn start_row(&mut self) {
        self.column = 0;
        self.cells.clear();
    }

    /// Adds the next cell, whose text stands in `lines`.
    pub(super) fn cell(&mut self, cleaned: Cleaned, lines: Option<(usize, usize)>) {
        let column = ColumnIndex(self.column);
        self.column += 1;
        let Cleaned { text, style } = cleaned;
        // Rulings between rows are no text.
        if let Some((first, last)) = lines.filter(|_| !text.is_empty() && !prose::is_ruling(&text)) {
            self.cells.push(GridCell {
                column,
                text: text.into(),
                place: Place::lines(first, last),
                rowspan: 1,
                colspan: 1,
                style,
            });
        }
    }

    /// Ends a row that was written as `source` in the line `line`; adds the cells beyond the header's, which GitHub Flavored
    /// Markdown leaves out (4.10). Returns the number of its cells.
    pub(super) fn end_row(&mut self, source: &str, line: usize, header: bool) -> usize {
        let written = cells(source.lines().next().unwrap_or_default());
        let place = Place::line(line);
        for (column, raw) in (0_u32..).zip(&written).skip(self.columns) {
            self.cells.extend(text::cell(&raw.replace("\\|", "|"), column, place.clone()));
        }
        let width = written.len().max(self.columns);
        let mut cells = std::mem::take(&mut self.cells);
        if header {
            for cell in &mut cells {
                cell.style = Style { emphasised: true, ..cell.style };
            }
        }
        let count = cells.len();
        self.rows.push(GridRow {
            place,
            width: u32::try_from(width).unwrap_or(u32::MAX),
            cells,
            notes: Vec::new(),
            hidden: false,
        });
        count
    }

    /// Ends the table.
    pub(super) fn end(self) -> Option<Block> {
        (!self.rows.is_empty()).then_some(Block::Grid(Grid { rows: self.rows, ..Grid::default() }))
    }
}

/// The cells of a row as written: between pipes that no backslash escapes, the outer ones left aside.
fn cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, b) in row.bytes().enumerate() {
        if b == b'|' && !escaped {
            cells.push(row.get(start..at).unwrap_or_default());
            start = at + 1;
        }
        escaped = b == b'\\' && !escaped;
    }
    let last = row.get(start..).unwrap_or_default();
    if !last.trim().is_empty() {
        cells.push(last);
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_cut_at_bare_pipes() {
        assert_eq!(cells("| a | b\\|c |"), [" a ", " b\\|c "]);
        assert_eq!(cells("a|b|"), ["a", "b"]);
        assert_eq!(cells("|a||"), ["a", ""]);
    }
}
