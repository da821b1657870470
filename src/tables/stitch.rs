//! Tables that the edge of a page cut in a way that the rows alone do not tell: columns that were printed on later pages, and
//! questions of a table on its side that go on on the next one.

use super::shapes::transposed;
use crate::model::location::Place;
use crate::model::location::Rect;
use crate::model::recognise::Recognise;
use crate::model::source::Block;
use crate::model::source::Grid;
use crate::model::source::GridRow;
use crate::model::source::Strategy;
use crate::model::source::TextKind;

/// Edges this near to each other, in points, are at the same place.
const SAME: f64 = 1.5;

/// Heights of rows that differ by more than this, in points, are not those of one line of text each.
const OTHER_HEIGHT: f64 = 4.0;

/// So many rows of the same heights stand side by side by no chance.
const MANY_ROWS: usize = 3;

/// How like a header's words a text must be, and what share of it the name of a change.
const LIKE_HEADER: f64 = 0.7;

/// A header has at most this many bytes.
const MOST_HEADER: usize = 80;

/// Puts together what pages cut in `blocks`.
pub(super) fn stitch(blocks: &mut Vec<Block>, recognise: &dyn Recognise) {
    side_by_side(blocks, &|grid| opens_table(grid, recognise));
    let mut at = 0;
    while at < blocks.len() {
        match rest_of_transposed(blocks, at, recognise) {
            Some(next) => append(blocks, at, next, |grid, rest| grid.rows.extend(rest.rows)),
            None => at += 1,
        }
    }
}

/// A grid on a page.
struct Part {
    /// Which of the blocks it is.
    block: usize,
    page: u32,
    /// The box of each row.
    rows: Vec<Rect>,
}

/// The grids that stand on pages and whose rows are drawn, in order: the heights of others are only those of their texts.
fn parts(blocks: &[Block]) -> Vec<Part> {
    let part = |(block, grid): (usize, &Grid)| {
        let places: Option<Vec<(u32, Rect)>> = grid.rows.iter().map(|row| region(&row.place)).collect();
        let places = places.filter(|_| grid.found.is_some_and(|found| found.by == Strategy::Ruled))?;
        let page = places.first()?.0;
        Some(Part { block, page, rows: places.into_iter().map(|(_, bbox)| bbox).collect() })
    };
    blocks.iter().enumerate().filter_map(|(at, block)| Some((at, grid(block)?))).filter_map(part).collect()
}

/// Puts columns beside those of an earlier page: a workbook prints all rows of its first columns, then those of the next. As many
/// pages later each row stands at the same height again.
fn side_by_side(blocks: &mut Vec<Block>, opens: &dyn Fn(&Grid) -> bool) {
    let mut all = parts(blocks);
    let mut at = 0;
    while at < all.len() {
        let pairs = beside(blocks, &all, at, opens);
        if pairs.is_empty() {
            at += 1;
            continue;
        }
        // From the last on, so that those before keep their places.
        for (left, right) in pairs.into_iter().rev() {
            append(blocks, left, right, widen);
        }
        all = parts(blocks);
    }
}

/// The grids from the part `at` on, with the block that holds further columns of each.
fn beside(blocks: &[Block], all: &[Part], at: usize, opens: &dyn Fn(&Grid) -> bool) -> Vec<(usize, usize)> {
    let pairs = |next: usize| -> Option<Vec<(usize, usize)>> {
        let (left, right) = all.get(at..)?.split_at_checked(next.checked_sub(at)?)?;
        let distance = right.first()?.page.checked_sub(left.first()?.page).filter(|distance| *distance > 0)?;
        let pairs = || left.iter().zip(right);
        let level = |(left, right): (&Part, &Part)| {
            right.page.checked_sub(left.page) == Some(distance) && are_level(&left.rows, &right.rows)
        };
        if right.len() < left.len() || !pairs().all(level) || !tell_by_height(left) {
            return None;
        }
        let grids = |(left, right): (&Part, &Part)| Some((grid(blocks.get(left.block)?)?, grid(blocks.get(right.block)?)?));
        let grids: Vec<(&Grid, &Grid)> = pairs().filter_map(grids).collect();
        let other = grids.first().is_some_and(|(_, right)| opens(right)) || !grids.iter().any(|(a, b)| same_columns(a, b));
        let goes_on = grids.iter().any(|(left, right)| begin_alike(left, right));
        (other && !goes_on).then(|| pairs().map(|(left, right)| (left.block, right.block)).collect())
    };
    (at + 1..=at + (all.len() - at) / 2).find_map(pairs).unwrap_or_default()
}

/// Whether there are rows enough, and of different heights, so that others stand level with them by no chance.
fn tell_by_height(parts: &[Part]) -> bool {
    let heights = || parts.iter().flat_map(|part| &part.rows).map(Rect::height);
    let (least, most) = heights().fold((f64::INFINITY, 0.0_f64), |(least, most), height| (least.min(height), most.max(height)));
    heights().count() >= MANY_ROWS && most - least > OTHER_HEIGHT
}

/// Whether each row stands at the height of its counterpart.
fn are_level(left: &[Rect], right: &[Rect]) -> bool {
    let same = |(a, b): (&Rect, &Rect)| (a.y0 - b.y0).abs() <= SAME && (a.y1 - b.y1).abs() <= SAME;
    left.len() == right.len() && left.iter().zip(right).all(same)
}

/// Whether both begin with the same row: a header that is repeated where the table goes on below.
fn begin_alike(left: &Grid, right: &Grid) -> bool {
    let same = |a: &GridRow, b: &GridRow| a.texts().map(|cell| &cell.text).eq(b.texts().map(|cell| &cell.text));
    match (left.rows.first(), right.rows.first()) {
        (Some(left), Some(right)) => same(left, right),
        (left, right) => left.is_none() && right.is_none(),
    }
}

/// Whether a grid begins with names of columns or of changes.
fn opens_table(grid: &Grid, recognise: &dyn Recognise) -> bool {
    let named = |text: &str| {
        recognise.header(text).is_some_and(|guess| guess.similarity >= LIKE_HEADER)
            || recognise.heading(text).is_some_and(|guess| guess.coverage >= LIKE_HEADER)
    };
    grid.rows.first().is_some_and(|row| {
        let known = row.texts().filter(|cell| cell.text.len() <= MOST_HEADER && named(&cell.text)).count();
        known * 2 >= row.texts().count().max(2)
    })
}

/// Gives the rows of `grid` the cells of those of `right`.
fn widen(grid: &mut Grid, right: Grid) {
    let width = grid.width();
    let offset = u32::try_from(width).unwrap_or(u32::MAX);
    for (row, more) in grid.rows.iter_mut().zip(right.rows) {
        row.width = offset.saturating_add(more.width);
        row.cells.extend(more.cells.into_iter().map(|mut cell| {
            cell.column.0 = cell.column.0.saturating_add(offset);
            cell
        }));
    }
}

/// The grid with which the table on its side in the grid `at` goes on, on the next page.
fn rest_of_transposed(blocks: &[Block], at: usize, recognise: &dyn Recognise) -> Option<usize> {
    let head = grid(&blocks[at])?;
    let last = region(&head.rows.last()?.place)?.0;
    let furniture = |block: &Block| matches!(block, Block::Text(text) if text.kind == TextKind::Furniture);
    let next = at + 1 + blocks.get(at + 1..)?.iter().position(|block| !furniture(block))?;
    let rest = grid(blocks.get(next)?)?;
    let follows = region(&rest.rows.first()?.place)?.0 == last + 1 && same_columns(head, rest);
    let whole = |rows: &[GridRow]| transposed::read(rows, 0, recognise).is_some_and(|found| found.end == rows.len());
    (follows && !whole(&rest.rows) && whole(&head.rows)).then_some(next)
}

/// Whether each column of the one stands where one of the other does.
fn same_columns(a: &Grid, b: &Grid) -> bool {
    let sides = |grid: &Grid| -> Vec<(f64, f64)> {
        let single = grid.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.colspan == 1);
        single.filter_map(|cell| region(&cell.place)).map(|(_, bbox)| (bbox.x0, bbox.x1)).collect()
    };
    let (a, b) = (sides(a), sides(b));
    let all = |of: &[(f64, f64)], among: &[(f64, f64)]| {
        of.iter().all(|(x0, x1)| {
            among.iter().any(|(y0, y1)| x0 < y1 && y0 < x1 && ((x0 - y0).abs() <= SAME || (x1 - y1).abs() <= SAME))
        })
    };
    all(&b, &a)
}

/// Takes the grid `next` out of `blocks` and joins it to the grid `at`.
fn append(blocks: &mut Vec<Block>, at: usize, next: usize, join: impl Fn(&mut Grid, Grid)) {
    if let Block::Grid(rest) = blocks.remove(next)
        && let Some(Block::Grid(grid)) = blocks.get_mut(at)
    {
        join(grid, rest);
    }
}

fn grid(block: &Block) -> Option<&Grid> {
    match block {
        Block::Grid(grid) => Some(grid),
        Block::Text(_) => None,
    }
}

fn region(place: &Place) -> Option<(u32, Rect)> {
    match place {
        Place::Region(region) => Some((region.page.get(), region.bbox)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::location::ColumnIndex;
    use crate::model::location::PageNumber;
    use crate::model::location::PageRegion;
    use crate::model::source::Found;
    use crate::model::source::GridCell;
    use crate::model::source::Style;

    fn place(page: usize, x0: f64, y0: f64, x1: f64, y1: f64) -> Place {
        Place::Region(Box::new(PageRegion { page: PageNumber::from_index(page), bbox: Rect { x0, y0, x1, y1 } }))
    }

    /// A grid of two columns whose rows have `heights`.
    fn part(page: usize, widths: [f64; 2], heights: &[f64], name: &str) -> Block {
        let mut top = 50.0;
        let mut rows = Vec::new();
        for (at, height) in heights.iter().enumerate() {
            let (y0, y1) = (top, top + height);
            top = y1;
            let cell = |column: u32, x0: f64, x1: f64| GridCell {
                column: ColumnIndex(column),
                text: format!("{name}{at}{column}").into(),
                place: place(page, x0, y0, x1, y1),
                rowspan: 1,
                colspan: 1,
                style: Style::default(),
            };
            let middle = 40.0 + widths[0];
            let cells = vec![cell(0, 40.0, middle), cell(1, middle, middle + widths[1])];
            let place = place(page, 40.0, y0, middle + widths[1], y1);
            rows.push(GridRow { place, width: 2, cells, hidden: false, notes: Vec::new() });
        }
        Block::Grid(Grid { sheet: None, rows, found: Some(Found { by: Strategy::Ruled, score: 1.0 }), ..Grid::default() })
    }

    fn widths(blocks: &[Block]) -> Vec<usize> {
        blocks.iter().filter_map(grid).map(Grid::width).collect()
    }

    #[test]
    fn columns_on_later_pages_stand_beside_the_first() {
        let (upper, lower) = ([20.0, 35.0, 46.0], [35.0, 24.0]);
        let mut blocks = vec![
            part(0, [90.0, 200.0], &upper, "a"),
            part(1, [90.0, 200.0], &lower, "b"),
            part(2, [150.0, 60.0], &upper, "c"),
            part(3, [150.0, 60.0], &lower, "d"),
        ];
        side_by_side(&mut blocks, &|_| false);
        assert_eq!(widths(&blocks), [4, 4]);
        let texts: Vec<&str> = grid(&blocks[1]).expect("a grid").rows[1].texts().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["b10", "b11", "d10", "d11"]);
    }

    #[test]
    fn columns_of_the_same_width_need_a_header() {
        let heights = [20.0, 35.0, 46.0];
        let blocks = || vec![part(0, [90.0, 90.0], &heights, "a"), part(1, [90.0, 90.0], &heights, "b")];
        let mut headed = blocks();
        side_by_side(&mut headed, &|_| true);
        assert_eq!(widths(&headed), [4]);
        let mut going_on = blocks();
        side_by_side(&mut going_on, &|_| false);
        assert_eq!(widths(&going_on), [2, 2]);
    }

    #[test]
    fn a_table_that_goes_on_below_is_left_alone() {
        for heights in [[20.0, 46.0, 35.0], [20.0; 3]] {
            let mut blocks = vec![part(0, [90.0, 200.0], &[20.0, 35.0, 46.0], "a"), part(1, [90.0, 200.0], &heights, "b")];
            side_by_side(&mut blocks, &|_| true);
            assert_eq!(widths(&blocks), [2, 2]);
        }
    }
}
