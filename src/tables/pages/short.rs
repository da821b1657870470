//! Rows of tagged tables that are too short: some programs leave blank cells out of the tree, so that what follows them moves up. The
//! cells that are left go to the columns that they stand under.

use crate::model::location::Rect;
use crate::model::page::Page;

use super::candidate::Cell;
use super::lines::word;

/// What stands out over a column counts so much of what it is off the column's edges: texts below a header are wider than it.
const OUTSIDE: f64 = 0.25;

/// From where to where the text of a column reaches; none where nothing is known of it.
type Extent = Option<(f64, f64)>;

/// Moves the cells of short rows to their columns. `edges` are those of the columns where the rows of this page alone do not tell
/// them.
pub(super) fn spread(page: &Page, cells: &mut Vec<Cell>, rows: usize, width: usize, edges: Option<&[f64]>) {
    let mut covered = vec![0_usize; rows];
    for cell in cells.iter() {
        covered.iter_mut().skip(cell.row).take(cell.rows).for_each(|count| *count += cell.columns);
    }
    if covered.iter().all(|count| *count == width) {
        return;
    }
    let slot = |column: usize| edges.and_then(|edges| Some((*edges.get(column)?, *edges.get(column + 1)?)));
    let mut extents: Vec<Extent> = (0..width).map(slot).collect();
    // A row into which cells reach from above may have moved up with them: rows whole by themselves tell.
    let mut own = vec![0_usize; rows];
    for cell in cells.iter() {
        if let Some(count) = own.get_mut(cell.row) {
            *count += cell.columns;
        }
    }
    for cell in cells.iter().filter(|cell| own.get(cell.row) == Some(&width) && cell.columns == 1) {
        widen(&mut extents, cell.column, ink(page, cell));
    }
    let mut held = vec![0_usize; width];
    for (row, count) in covered.iter().enumerate() {
        let free: Vec<bool> = held.iter().map(|until| *until <= row).collect();
        // What moved further above may reach down to where a cell of this row stands.
        let taken = |cell: &Cell| cell.row == row && free.iter().skip(cell.column).take(cell.columns).any(|free| !free);
        if *count < width || cells.iter().any(taken) {
            place(page, cells, row, &free, &mut extents);
        }
        for cell in cells.iter().filter(|cell| cell.row == row) {
            held.iter_mut().skip(cell.column).take(cell.columns).for_each(|until| *until = row + cell.rows);
        }
    }
}

/// Puts the cells of `row` into those of the `free` columns where they are least off, in their order; blank ones go.
fn place(page: &Page, cells: &mut Vec<Cell>, row: usize, free: &[bool], extents: &mut [Extent]) {
    let own: Vec<(usize, Rect)> = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.row == row)
        .filter_map(|(at, cell)| Some((at, ink(page, cell)?)))
        .collect();
    let spans: Vec<usize> = own.iter().map(|(at, _)| cells[*at].columns).collect();
    let inks: Vec<Rect> = own.iter().map(|(_, ink)| *ink).collect();
    // One text over several columns heads a section.
    if inks.len() < 2 && inks.iter().any(|ink| over(ink, extents) > 1) {
        return;
    }
    let Some(columns) = columns(&inks, &spans, free, extents) else { return };
    for ((at, ink), column) in own.iter().zip(columns) {
        cells[*at].column = column;
        if cells[*at].columns == 1 {
            widen(extents, column, Some(*ink));
        }
    }
    cells.retain(|cell| cell.row != row || !cell.words.is_empty());
}

/// For each of `inks`, from left to right, the first of the `spans` columns that it stands in; none where they do not fit in.
fn columns(inks: &[Rect], spans: &[usize], free: &[bool], extents: &[Extent]) -> Option<Vec<usize>> {
    let width = free.len();
    // best[n][c]: how far off the cells from the nth on are at least in the columns from c on, and where the nth stands.
    let mut best: Vec<Vec<Option<(f64, usize)>>> = vec![vec![None; width + 2]; inks.len()];
    for (n, (ink, span)) in inks.iter().zip(spans).enumerate().rev() {
        for column in (0..width).rev() {
            let after = column + span;
            let fits = after <= width && free[column..after].iter().all(|free| *free);
            let rest =
                if n + 1 == inks.len() { Some(0.0) } else { best[n + 1].get(after).copied().flatten().map(|(sum, _)| sum) };
            let here = rest.filter(|_| fits).map(|rest| (rest + off(ink, extents, column, after), column));
            let later = best[n][column + 1];
            best[n][column] = match (here, later) {
                (Some(here), Some(later)) if later.0 < here.0 => Some(later),
                (here, later) => here.or(later),
            };
        }
    }
    let mut column = 0;
    let mut out = Vec::with_capacity(inks.len());
    for (n, span) in spans.iter().enumerate() {
        let (_, found) = best[n].get(column).copied().flatten()?;
        out.push(found);
        column = found + span;
    }
    Some(out)
}

/// How far `ink` is from being aligned with the columns `first..after` at the left, the right or in the middle.
fn off(ink: &Rect, extents: &[Extent], first: usize, after: usize) -> f64 {
    let known = extents.get(first..after).unwrap_or_default();
    let (Some(from), Some(to)) = (known.iter().flatten().next(), known.iter().flatten().next_back()) else {
        // Nothing is known of a column in which no whole row has a text.
        return ink.width();
    };
    let (x0, x1) = (from.0, to.1);
    let middle = (f64::midpoint(ink.x0, ink.x1) - f64::midpoint(x0, x1)).abs();
    let outside = (x0 - ink.x0).max(0.0) + (ink.x1 - x1).max(0.0);
    middle.min((ink.x0 - x0).abs()).min((ink.x1 - x1).abs()) + OUTSIDE * outside
}

/// How many columns `ink` stands over.
fn over(ink: &Rect, extents: &[Extent]) -> usize {
    extents.iter().flatten().filter(|(from, to)| ink.x1.min(*to) - ink.x0.max(*from) > 1.0).count()
}

fn widen(extents: &mut [Extent], column: usize, ink: Option<Rect>) {
    if let (Some(extent), Some(ink)) = (extents.get_mut(column), ink) {
        *extent = Some(extent.map_or((ink.x0, ink.x1), |(from, to)| (from.min(ink.x0), to.max(ink.x1))));
    }
}

fn ink(page: &Page, cell: &Cell) -> Option<Rect> {
    cell.words.iter().filter_map(|index| word(page, *index)).map(|word| word.bbox).reduce(Rect::around)
}

#[cfg(test)]
mod tests {
    use super::super::testing::page;
    use super::*;

    fn cell(row: usize, column: usize, word: u32) -> Cell {
        Cell { row, column, rows: 1, columns: 1, words: vec![word] }
    }

    /// The columns of the cells of the rows from `skip` on, which stand as the tree has them: the second lacks its first cell, the
    /// third its second.
    fn found(edges: Option<&[f64]>, skip: usize) -> Vec<usize> {
        let page = page(&[
            (10.0, 10.0, "Change"),
            (60.0, 10.0, "Action"),
            (150.0, 10.0, "Lead"),
            (60.0, 22.0, "Agreement"),
            (150.0, 22.0, "Ann"),
            (10.0, 34.0, "Homes"),
            (150.0, 34.0, "Bob"),
        ]);
        let mut cells =
            vec![cell(0, 0, 0), cell(0, 1, 1), cell(0, 2, 2), cell(1, 0, 3), cell(1, 1, 4), cell(2, 0, 5), cell(2, 1, 6)];
        cells.retain(|cell| cell.row >= skip);
        cells.iter_mut().for_each(|cell| cell.row -= skip);
        spread(&page, &mut cells, 3 - skip, 3, edges);
        cells.iter().map(|cell| cell.column).collect()
    }

    #[test]
    fn cells_stand_under_the_header_that_they_are_aligned_with() {
        assert_eq!(found(None, 0), [0, 1, 2, 1, 2, 0, 2]);
    }

    #[test]
    fn what_reaches_down_keeps_its_column() {
        let page = page(&[(10.0, 10.0, "Change"), (60.0, 10.0, "Action"), (60.0, 22.0, "Agreement"), (10.0, 34.0, "Homes")]);
        let mut cells = vec![cell(0, 0, 0), cell(0, 1, 1), Cell { rows: 2, ..cell(1, 0, 2) }, cell(2, 1, 3)];
        spread(&page, &mut cells, 3, 2, None);
        assert_eq!(cells.iter().map(|cell| cell.column).collect::<Vec<_>>(), [0, 1, 1, 0]);
    }

    #[test]
    fn on_a_page_of_short_rows_the_columns_of_the_page_before_tell() {
        assert_eq!(found(Some(&[8.0, 55.0, 145.0, 180.0]), 1), [1, 2, 0, 2]);
    }
}
