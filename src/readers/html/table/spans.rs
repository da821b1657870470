//! Which column a cell stands in when cells above reach down beside it (HTML standard, 4.9.12.1, forming a table).

use crate::model::source::GridRow;

/// Columns that spans are kept track of; a cell further right covers itself only. No return has a tenth of it.
const SPANNED_COLUMNS: u32 = 1024;

/// Most columns a cell may cover (HTML standard, 4.9.11).
const WIDEST: u32 = 1000;

/// Most rows a cell may cover (HTML standard, 4.9.11).
const TALLEST: u32 = 65534;

/// Columns covered by cells of the rows so far.
#[derive(Default)]
pub(super) struct Spans {
    /// For each column the first row that no cell above reaches down to.
    free_from: Vec<u32>,
    /// Rows started.
    rows: u32,
    /// Next column of the open row.
    column: u32,
    /// Number of rows before the end of each part of the table.
    part_ends: Vec<usize>,
}

impl Spans {
    /// Starts a row.
    pub(super) fn start_row(&mut self) {
        self.rows += 1;
        self.column = 0;
    }

    /// Puts a cell into the next free column of the open row; returns that column and the rows and columns covered. A
    /// rowspan of 0 reaches to the end of the part.
    pub(super) fn place(&mut self, rowspan: Option<u32>, colspan: Option<u32>) -> (u32, u32, u32) {
        while self.is_covered(self.column) {
            self.column += 1;
        }
        let column = self.column;
        if column >= SPANNED_COLUMNS {
            self.column = column.saturating_add(1);
            return (column, 1, 1);
        }
        let rowspan = match rowspan.unwrap_or(1) {
            0 => TALLEST,
            rows => rows.min(TALLEST),
        };
        let wanted = colspan.unwrap_or(1).clamp(1, WIDEST);
        let colspan = (1..wanted).find(|offset| self.is_covered(column + offset)).unwrap_or(wanted);
        let end = (column + colspan) as usize;
        if self.free_from.len() < end {
            self.free_from.resize(end, 0);
        }
        let row = self.rows.saturating_sub(1);
        for free in self.free_from.iter_mut().take(end).skip(column as usize) {
            *free = row.saturating_add(rowspan);
        }
        self.column = column + colspan;
        (column, rowspan, colspan)
    }

    /// Ends a row; returns its width, columns covered from above included.
    pub(super) fn end_row(&self) -> u32 {
        let row = self.rows.saturating_sub(1);
        let covered = self.free_from.iter().rposition(|free| *free > row).map_or(0, |last| last + 1);
        self.column.max(u32::try_from(covered).unwrap_or(u32::MAX))
    }

    /// Ends a part of the table, before whose end there are `rows` rows: no cell reaches out of it.
    pub(super) fn end_part(&mut self, rows: usize) {
        self.free_from.clear();
        self.part_ends.push(rows);
    }

    /// Cuts the cells' spans at the ends of the parts.
    pub(super) fn close(&self, rows: &mut [GridRow]) {
        let mut ends = self.part_ends.iter().copied().peekable();
        for (index, row) in rows.iter_mut().enumerate() {
            while ends.next_if(|end| *end <= index).is_some() {}
            let left = ends.peek().map_or(1, |end| end - index);
            for cell in &mut row.cells {
                cell.rowspan = cell.rowspan.min(u32::try_from(left).unwrap_or(u32::MAX));
            }
        }
    }

    fn is_covered(&self, column: u32) -> bool {
        self.free_from.get(column as usize).is_some_and(|free| *free > self.rows.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_step_past_spans_from_above() {
        let mut spans = Spans::default();
        spans.start_row();
        assert_eq!(spans.place(Some(2), None), (0, 2, 1));
        assert_eq!(spans.place(None, Some(2)), (1, 1, 2));
        assert_eq!(spans.place(Some(0), None), (3, TALLEST, 1));
        assert_eq!(spans.end_row(), 4);
        spans.start_row();
        assert_eq!(spans.place(None, Some(9)), (1, 1, 2));
        assert_eq!(spans.place(None, None), (4, 1, 1));
        spans.start_row();
        assert_eq!(spans.place(None, None), (0, 1, 1));
        assert_eq!(spans.end_row(), 4);
    }

    #[test]
    fn spans_far_to_the_right_are_not_kept() {
        let mut spans = Spans::default();
        spans.start_row();
        for _ in 0..2 {
            spans.place(None, Some(5000));
        }
        assert_eq!(spans.place(Some(9), Some(9)), (2000, 1, 1));
        assert_eq!(spans.end_row(), 2001);
    }
}
