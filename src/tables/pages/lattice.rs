//! Cells by intersection: the slots between the lines of a group, joined where no line parts them.

use crate::model::page::Page;
use crate::model::source::Strategy;

use super::candidate::Candidate;
use super::candidate::Cell;
use super::rulings::Group;
use super::rulings::SAME_LINE;
use super::rulings::Segment;
use super::rulings::root;
use super::rulings::unite;

/// Share of a slot's side that lines must cover to part it from the next one.
const PARTS: f64 = 0.6;

/// More slots than this are a drawing.
const MOST_SLOTS: usize = 60_000;

/// Lines that stand out over the last crossing line by less than this, in points, do not make a column of their own.
const STANDS_OUT: f64 = 8.0;

/// The table that the lines of `group` draw around some of `words`; none where they draw no slots.
pub(super) fn lattice(page: &Page, words: &[u32], group: &Group) -> Option<Candidate> {
    let bbox = group.bbox()?;
    let across = levels(&group.across);
    let down = levels(&group.down);
    let xs = edges(&down, bbox.x0, bbox.x1);
    let ys = edges(&across, bbox.y0, bbox.y1);
    let (width, height) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if width == 0 || height == 0 || width * height > MOST_SLOTS {
        return None;
    }
    let mut parents: Vec<usize> = (0..width * height).collect();
    for row in 0..height {
        for column in 0..width {
            let slot = row * width + column;
            if column + 1 < width && !parted(&down, xs[column + 1], ys[row], ys[row + 1]) {
                unite(&mut parents, slot, slot + 1);
            }
            if row + 1 < height && !parted(&across, ys[row + 1], xs[column], xs[column + 1]) {
                unite(&mut parents, slot, slot + width);
            }
        }
    }
    let cells = cells(&mut parents, width, height);
    let mut candidate = Candidate { by: Strategy::Ruled, xs, ys, cells, score: 0.0 };
    candidate.take_words(page, words);
    candidate.compress(6.0, 5.0);
    Some(candidate)
}

/// Whether lines from top to bottom stand inside a group, not only at its sides.
pub(super) fn has_columns(group: &Group) -> bool {
    levels(&group.down).len() > 2
}

/// Lines by their place, those too close to part anything together.
fn levels(segments: &[Segment]) -> Vec<(f64, Vec<Segment>)> {
    let mut sorted = segments.to_vec();
    sorted.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut levels: Vec<(f64, Vec<Segment>)> = Vec::new();
    for segment in sorted {
        match levels.last_mut() {
            Some((at, on)) if segment.at - *at <= SAME_LINE => on.push(segment),
            _ => levels.push((segment.at, vec![segment])),
        }
    }
    levels
}

/// The places of the levels, and those where the lines across them begin and end if they stand out.
fn edges(levels: &[(f64, Vec<Segment>)], from: f64, to: f64) -> Vec<f64> {
    let mut edges: Vec<f64> = levels.iter().map(|(at, _)| *at).collect();
    if edges.first().is_none_or(|first| first - from > STANDS_OUT) {
        edges.insert(0, from);
    }
    if edges.last().is_none_or(|last| to - last > STANDS_OUT) {
        edges.push(to);
    }
    edges
}

/// Whether lines at `at` cover most of `from..to`.
fn parted(levels: &[(f64, Vec<Segment>)], at: f64, from: f64, to: f64) -> bool {
    let level = levels.partition_point(|(place, _)| *place < at - 0.01);
    let Some((_, segments)) = levels.get(level).filter(|(place, _)| (place - at).abs() <= 0.01) else {
        return false;
    };
    let covered: f64 = segments.iter().map(|s| (s.to.min(to) - s.from.max(from)).max(0.0)).sum();
    covered >= PARTS * (to - from)
}

/// The cells that joined slots make. Slots that do not join to a rectangle are parted into rows again.
fn cells(parents: &mut [usize], width: usize, height: usize) -> Vec<Cell> {
    #[derive(Clone, Copy)]
    struct Extent {
        top: usize,
        left: usize,
        bottom: usize,
        right: usize,
        slots: usize,
    }
    let mut extents: Vec<Option<Extent>> = vec![None; width * height];
    for slot in 0..width * height {
        let (row, column) = (slot / width, slot % width);
        let root = root(parents, slot);
        let seen = extents[root].get_or_insert(Extent { top: row, left: column, bottom: row, right: column, slots: 0 });
        seen.left = seen.left.min(column);
        seen.right = seen.right.max(column);
        seen.bottom = seen.bottom.max(row);
        seen.slots += 1;
    }
    let mut cells = Vec::new();
    for slot in 0..width * height {
        let (row, column) = (slot / width, slot % width);
        let at = root(parents, slot);
        let Some(seen) = extents[at] else { continue };
        let (rows, columns) = (seen.bottom - seen.top + 1, seen.right - seen.left + 1);
        let whole = rows * columns == seen.slots;
        if whole && at == slot {
            cells.push(Cell { row, column, rows, columns, words: Vec::new() });
        } else if !whole && (column == 0 || root(parents, slot - 1) != at) {
            let run = (column..width).take_while(|c| root(parents, row * width + c) == at).count();
            cells.push(Cell { row, column, rows: 1, columns: run, words: Vec::new() });
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::super::rulings::groups;
    use super::super::testing::across;
    use super::super::testing::down;
    use super::super::testing::page;
    use super::*;

    fn table(page: &Page) -> Candidate {
        let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
        lattice(page, &all, &groups(page, false)[0]).expect("a table")
    }

    #[test]
    fn cells_stand_between_lines() {
        let mut page = page(&[(12.0, 12.0, "a"), (62.0, 12.0, "b"), (12.0, 42.0, "c"), (62.0, 42.0, "d")]);
        page.rulings = vec![across(10.0, 10.0, 110.0), across(40.0, 10.0, 110.0), across(70.0, 10.0, 110.0)];
        page.rulings.extend([down(10.0, 10.0, 70.0), down(60.0, 10.0, 70.0), down(110.0, 10.0, 70.0)]);
        let table = table(&page);
        assert_eq!((table.width(), table.height(), table.cells.len()), (2, 2, 4));
        assert!(table.cells.iter().all(|cell| cell.words.len() == 1));
    }

    #[test]
    fn a_missing_line_is_a_span_and_a_missing_border_an_edge() {
        let mut page = page(&[(12.0, 12.0, "all"), (12.0, 42.0, "c"), (62.0, 42.0, "d")]);
        page.rulings = vec![across(10.0, 10.0, 110.0), across(40.0, 10.0, 110.0), across(70.0, 10.0, 110.0)];
        page.rulings.extend([down(10.0, 10.0, 70.0), down(60.0, 40.0, 70.0)]);
        let table = table(&page);
        let spans: Vec<(usize, usize)> = table.cells.iter().map(|cell| (cell.rows, cell.columns)).collect();
        assert_eq!(spans, [(1, 2), (1, 1), (1, 1)]);
    }
}
