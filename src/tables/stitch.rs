//! Tables that the edge of a page cut in a way that the rows alone do not tell: questions of a table on its side, or of a form, that go on
//! on the next one.

use super::shapes::form;
use super::shapes::transposed;
use crate::model::location::Place;
use crate::model::location::Rect;
use crate::model::recognise::Recognise;
use crate::model::source::Block;
use crate::model::source::Grid;
use crate::model::source::GridRow;
use crate::model::source::TextKind;
use crate::model::text::fold;

/// Edges this near to each other, in points, are at the same place.
const SAME: f64 = 1.5;

/// Puts together what pages cut in `blocks`.
pub(super) fn stitch(blocks: &mut Vec<Block>, recognise: &dyn Recognise) {
    let mut at = 0;
    while at < blocks.len() {
        let rest = rest_of(blocks, at, &|head, rest| {
            is_rest_of_transposed(head, rest, recognise) || is_rest_of_form(head, rest, recognise)
        });
        match rest {
            Some(next) => append(blocks, at, next),
            None => at += 1,
        }
    }
}

/// The grid with which the one `at` goes on, on the next page: nothing stands between them, their columns are the same, and `is_rest` says
/// so.
fn rest_of(blocks: &[Block], at: usize, is_rest: &dyn Fn(&Grid, &Grid) -> bool) -> Option<usize> {
    let head = grid(&blocks[at])?;
    let last = region(&head.rows.last()?.place)?.0;
    let furniture = |block: &Block| matches!(block, Block::Text(text) if text.kind == TextKind::Furniture);
    let next = at + 1 + blocks.get(at + 1..)?.iter().position(|block| !furniture(block))?;
    let rest = grid(blocks.get(next)?)?;
    let follows = region(&rest.rows.first()?.place)?.0 == last + 1 && same_columns(head, rest);
    (follows && is_rest(head, rest)).then_some(next)
}

fn is_rest_of_transposed(head: &Grid, rest: &Grid, recognise: &dyn Recognise) -> bool {
    let whole = |rows: &[GridRow]| transposed::read(rows, 0, recognise).is_some_and(|found| found.end == rows.len());
    !whole(&rest.rows) && whole(&head.rows)
}

/// Whether both together are questions with their answers, which may be too few on either page to tell.
fn is_rest_of_form(head: &Grid, rest: &Grid, recognise: &dyn Recognise) -> bool {
    /// Longest form that a page cuts, in rows.
    const ROWS: usize = 60;
    /// A form asks on the left and is answered on the right.
    const COLUMNS: usize = 2;
    if head.rows.len() + rest.rows.len() > ROWS || head.width().max(rest.width()) != COLUMNS {
        return false;
    }
    // Below a change's name two questions are a form; whether one stands above is seen later.
    let around = form::Around { named: true, goes_on: false };
    let whole = |rows: &[GridRow]| form::read(rows, 0, around, recognise).is_some_and(|found| found.end == rows.len());
    let rows: Vec<GridRow> = head.rows.iter().chain(&rest.rows).cloned().collect();
    // What is asked first on both pages is asked of two.
    let first = |grid: &Grid| grid.rows.iter().find_map(|row| row.texts().next()).map(|cell| fold(&cell.text));
    first(head) != first(rest) && whole(&rows)
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

/// Takes the grid `next` out of `blocks` and adds its rows to the grid `at`.
fn append(blocks: &mut Vec<Block>, at: usize, next: usize) {
    if let Block::Grid(rest) = blocks.remove(next)
        && let Some(Block::Grid(grid)) = blocks.get_mut(at)
    {
        grid.rows.extend(rest.rows);
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
