//! A sheet's cells parted into what stands together: bands of rows between blank ones, and tables side by side.
//!
//! Parts of one table keep their columns: all bands of a sheet count columns from the sheet's first one with text, unless they
//! stand beside each other. A band of lone texts at the left edge is no grid but lines of text.

use std::ops::Range;

use super::sheet::SheetRow;

/// Parts within parts: a sheet is cut into bands, these into tables side by side, these into bands again.
const DEEPEST: usize = 3;

/// Rows of a band that are looked at for where a side begins.
const HEADER_REACH: usize = 64;

/// What stands together on a sheet.
#[derive(Debug)]
pub(super) struct Region {
    pub(super) rows: Vec<SheetRow>,
    /// The columns that it takes: from the first that it counts from to behind the last with text.
    pub(super) columns: Range<u32>,
    /// The first column behind it that another table has.
    pub(super) room: u32,
}

impl Region {
    pub(super) fn first_row(&self) -> u32 {
        self.rows.first().map_or(0, |row| row.index)
    }

    /// Parts the title of a table from it: lone texts at the left edge, or merged over columns, above a row of several. Over the
    /// first table of a sheet they are its title; over a later one only where a row of headers follows.
    pub(super) fn without_titles(mut self, edge: u32, first: bool) -> (Option<Self>, Self) {
        let is_lone = |row: &SheetRow| matches!(row.cells.as_slice(), [only] if only.rowspan == 1 && (only.column.0 == edge || only.colspan > 1));
        let count = self.rows.iter().take_while(|row| is_lone(row)).count();
        let headed = self
            .rows
            .get(count)
            .is_some_and(|row| row.cells.len() > 2 && (first || row.cells.iter().all(|cell| cell.style.emphasised)));
        if count == 0 || !headed {
            return (None, self);
        }
        let rest = self.rows.split_off(count);
        let (columns, room) = (self.columns.clone(), self.room);
        (Some(self), Self { rows: rest, columns, room })
    }

    /// Whether it is a column of texts at the left edge, or texts merged over columns: lines, not a table.
    pub(super) fn is_lines(&self, edge: u32) -> bool {
        self.rows.iter().all(|row| match row.cells.as_slice() {
            [only] => only.column.0 == edge || only.colspan > 1,
            _ => false,
        })
    }
}

/// Parts a sheet. `edge` is its first column with text.
pub(super) fn part(rows: Vec<SheetRow>, edge: u32) -> Vec<Region> {
    let mut parts = Parts::default();
    parts.bands(rows, edge..u32::MAX, 0);
    parts.regions
}

/// What was parted so far.
#[derive(Default)]
struct Parts {
    regions: Vec<Region>,
    /// The columns of the fullest row: what a table has columns for, later parts of it may leave blank.
    fullest: Vec<u32>,
}

impl Parts {
    /// Cuts at blank rows.
    fn bands(&mut self, rows: Vec<SheetRow>, room: Range<u32>, depth: usize) {
        let mut band: Vec<SheetRow> = Vec::new();
        // The last row that the band's cells reach.
        let mut reach = 0_u32;
        for row in rows {
            if row.index > reach.saturating_add(1) && !band.is_empty() {
                self.beside(std::mem::take(&mut band), room.clone(), depth);
            }
            let below = row.cells.iter().map(|cell| row.index.saturating_add(cell.rowspan - 1)).max();
            reach = if band.is_empty() { below.unwrap_or(row.index) } else { reach.max(below.unwrap_or(row.index)) };
            band.push(row);
        }
        if !band.is_empty() {
            self.beside(band, room, depth);
        }
    }

    /// Cuts a band at blank columns where what stands on both sides are tables of their own.
    fn beside(&mut self, rows: Vec<SheetRow>, room: Range<u32>, depth: usize) {
        let edge = room.start;
        let filled = filled_columns(&rows);
        let end = filled.last().map_or(edge + 1, |column| column.end);
        let cut = if depth < DEEPEST { find_cut(&rows, &filled, &self.fullest) } else { None };
        let Some(cut) = cut else {
            if let Some(row) = rows.iter().max_by_key(|row| row.cells.len()).filter(|row| row.cells.len() > self.fullest.len()) {
                self.fullest = row.cells.iter().map(|cell| cell.column.0).collect();
            }
            self.regions.push(Region { rows, columns: edge..end, room: room.end });
            return;
        };
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for row in rows {
            let at = row.cells.partition_point(|cell| cell.column.0 < cut);
            let SheetRow { index, hidden, mut cells } = row;
            let rest = cells.split_off(at);
            for (side, cells) in [(&mut left, cells), (&mut right, rest)] {
                if !cells.is_empty() {
                    side.push(SheetRow { index, hidden, cells });
                }
            }
        }
        self.bands(left, edge..cut, depth + 1);
        self.bands(right, cut..room.end, depth + 1);
    }
}

/// The runs of columns that hold text or are covered by a cell that does, ascending.
fn filled_columns(rows: &[SheetRow]) -> Vec<Range<u32>> {
    let mut runs: Vec<Range<u32>> = Vec::new();
    for cell in rows.iter().flat_map(|row| &row.cells) {
        let run = cell.column.0..cell.column.0 + cell.colspan;
        // Runs that the cell's touches or overlaps become one.
        let first = runs.partition_point(|other| other.end < run.start);
        let last = runs.partition_point(|other| other.start <= run.end);
        if first == last {
            runs.insert(first, run);
        } else if let (Some(start), Some(end)) = (runs.get(first).map(|r| r.start), runs.get(last - 1).map(|r| r.end)) {
            let joined = start.min(run.start)..end.max(run.end);
            runs.splice(first..last, std::iter::once(joined));
        }
    }
    runs
}

/// The first column of the right one of two tables side by side. `fullest` are the columns of a row above.
fn find_cut(rows: &[SheetRow], filled: &[Range<u32>], fullest: &[u32]) -> Option<u32> {
    let gaps = filled.windows(2).filter_map(|pair| Some((pair.first()?.end, pair.last()?.start)));
    gaps.filter(|(gap, next)| are_apart(rows, *gap, *next, is_bridged(fullest, *gap, *next))).map(|(_, next)| next).next()
}

/// Whether a row of a table above has columns on both sides of a gap.
fn is_bridged(columns: &[u32], gap: u32, next: u32) -> bool {
    let any = |test: &dyn Fn(u32) -> bool| columns.iter().any(|column| test(*column));
    columns.len() > 2 && any(&|column| column < gap) && any(&|column| column >= next)
}

/// Whether what stands left of the columns `gap..next` and what stands right of them are tables of their own: they begin in other
/// rows, share a header, or stand two columns apart, unless the left is a lone column. A lone column whose header stands beside the other side's is a column of
/// that table, whatever stands above it. Where a table above stands on both sides, these are its next rows, unless both have
/// headers of their own.
fn are_apart(rows: &[SheetRow], gap: u32, next: u32, bridged: bool) -> bool {
    let left = Side::of(rows, 0..gap);
    let right = Side::of(rows, next..u32::MAX);
    if bridged && !(left.emphasised && right.emphasised) {
        return false;
    }
    let share = || left.header.iter().any(|text| right.header.contains(text));
    // A lone column on the left is that of the change or a number, however wide the gap; one on the right may be a key.
    let wide = next - gap >= 2 && !(left.lone.len() > 1 && left.joins(&right));
    wide || !(left.first == right.first || left.joins(&right) || right.joins(&left)) || share()
}

/// A header stands in at most so many rows.
const HEADER_ROWS: u32 = 2;

/// One side of a gap.
struct Side<'a> {
    /// The first row with several texts, else the first.
    first: u32,
    /// The texts of that row.
    header: Vec<&'a str>,
    /// Whether it has several texts, each of them emphasised.
    emphasised: bool,
    /// The rows with a text, where none has several.
    lone: Vec<u32>,
}

impl<'a> Side<'a> {
    fn of(rows: &'a [SheetRow], columns: Range<u32>) -> Self {
        let mut side = Self { first: u32::MAX, header: Vec::new(), emphasised: false, lone: Vec::new() };
        for row in rows.iter().take(HEADER_REACH) {
            let cells = || row.cells.iter().filter(|cell| columns.contains(&cell.column.0));
            let texts: Vec<&str> = cells().map(|cell| cell.text.trim()).collect();
            if texts.len() > 1 {
                let emphasised = cells().all(|cell| cell.style.emphasised);
                return Self { first: row.index, header: texts, emphasised, lone: Vec::new() };
            }
            side.lone.extend(texts.first().map(|_| row.index));
            if side.header.is_empty() {
                (side.first, side.header) = (side.lone.first().copied().unwrap_or(u32::MAX), texts);
            }
        }
        side
    }

    /// Whether this is a lone column with a text in the other side's header.
    fn joins(&self, other: &Self) -> bool {
        self.lone.iter().any(|row| (other.first..other.first.saturating_add(HEADER_ROWS)).contains(row))
    }
}

#[cfg(test)]
mod tests {
    use ecow::EcoString;

    use super::super::sheet::Sheet;
    use super::*;
    use crate::model::source::Style;

    /// The regions of a sheet drawn with a letter for each text and a dot for each empty cell, as `A1:B2` each.
    fn regions(drawn: &[&str]) -> Vec<String> {
        let mut sheet = Sheet::new("Plan", false);
        for (row, line) in (0..).zip(drawn) {
            for (column, c) in (0..).zip(line.chars()).filter(|(_, c)| *c != '.') {
                sheet.put(row, column, false, EcoString::from(c.to_string()), Style::default());
            }
        }
        let parts = part(sheet.rows, 0);
        let shown = parts.iter().map(|region| {
            let last = region.rows.last().map_or(0, |row| row.index);
            format!("{}-{} {:?}", region.first_row(), last, region.columns)
        });
        shown.collect()
    }

    #[test]
    fn blank_rows_part_bands() {
        assert_eq!(regions(&["ab", "cd", "..", ".e"]), ["0-1 0..2", "3-3 0..2"]);
    }

    #[test]
    fn tables_side_by_side_are_parted() {
        assert_eq!(regions(&["ab..ef", "cd..gh"]), ["0-1 0..2", "0-1 4..6"]);
        assert_eq!(regions(&["ab.ab", "cd.gh"]), ["0-1 0..2", "0-1 3..5"]);
        assert_eq!(regions(&["ab...", "cd.gh", "...ij"]), ["0-1 0..2", "1-2 3..5"]);
    }

    #[test]
    fn a_blank_column_alone_does_not_part_a_table() {
        assert_eq!(regions(&["ab.ef", "cd.gh", "ij..."]), ["0-2 0..5"]);
        assert_eq!(regions(&["t....", "ab.ef", "cd.gh"]), ["0-2 0..5"]);
        assert_eq!(regions(&["t...", "a.ef", "c.gh"]), ["0-2 0..4"]);
        // Rows below a header that leave its middle columns blank.
        assert_eq!(regions(&["abcde", ".....", "f...g", "h...i"]), ["0-0 0..5", "2-3 0..5"]);
    }
}
