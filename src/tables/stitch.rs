//! Tables that the edge of a page cut in a way that the rows alone do not tell: questions of a table on its side, or of a form,
//! that go on on the next one, and the rest of a row alone above another header.

use ecow::EcoString;

use super::shapes::form;
use super::shapes::transposed;
use crate::model::location::ColumnIndex;
use crate::model::location::Place;
use crate::model::location::Rect;
use crate::model::recognise::Recognise;
use crate::model::source::Block;
use crate::model::source::Grid;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::source::Style;
use crate::model::source::TextKind;
use crate::model::text::fold;

/// Edges this near to each other, in points, are at the same place.
const SAME: f64 = 1.5;

/// A form asks on the left and is answered on the right.
const COLUMNS: usize = 2;

/// Puts together what pages cut in `blocks`.
pub(super) fn stitch(blocks: &mut Vec<Block>, recognise: &dyn Recognise) {
    let mut at = 0;
    while at < blocks.len() {
        let rest = rest_of(blocks, at, &|head, rest| {
            begins_with_head(head, rest, recognise)
                || same_columns(head, rest)
                    && (is_rest_of_transposed(head, rest, recognise) || is_rest_of_form(head, rest, recognise))
        });
        match rest {
            Some(next) => append(blocks, at, next),
            None => at += 1,
        }
    }
    let mut at = 0;
    while at < blocks.len() {
        part_torn(blocks, at);
        at += 1;
    }
    for at in 0..blocks.len() {
        let rest = rest_of(blocks, at, &|head, rest| begins_torn(rest) && same_columns(head, rest));
        if let Some(Block::Grid(rest)) = rest.and_then(|next| blocks.get_mut(next)) {
            rest.goes_on = true;
        }
    }
}

/// Makes a grid of its own of a single text at the top of the next page that goes on in lower case with a cell of the last row
/// of the grid `at`: the rest of a torn row, though a header or nothing stands below it.
fn part_torn(blocks: &mut Vec<Block>, at: usize) {
    let Some((next, column, width)) = torn(blocks, at) else { return };
    let parted = |row| Block::Grid(Grid { rows: vec![row], goes_on: true, ..Grid::default() });
    match &mut blocks[next] {
        Block::Text(block) => {
            let (text, place) = (EcoString::from(block.text.as_str()), block.place.clone());
            let cell = GridCell { column, text, place: place.clone(), rowspan: 1, colspan: 1, style: Style::default() };
            blocks[next] = parted(GridRow { place, width, cells: vec![cell], notes: Vec::new(), hidden: false });
        }
        Block::Grid(grid) => {
            let mut row = grid.rows.remove(0);
            // In the columns of the table that it goes on with, not of the one that it stands above.
            row.width = width;
            row.cells.retain(|cell| !cell.text.trim().is_empty());
            for cell in &mut row.cells {
                (cell.column, cell.rowspan, cell.colspan) = (column, 1, 1);
            }
            blocks.insert(next, parted(row));
        }
    }
}

/// The block that begins with the rest of a row of the grid `at`, the column of the rest, and the grid's width.
fn torn(blocks: &[Block], at: usize) -> Option<(usize, ColumnIndex, u32)> {
    // What goes on in two columns is an answer of a form, which knows its own.
    let head = grid(&blocks[at]).filter(|head| head.width() > COLUMNS)?;
    let last = head.rows.last()?;
    let (page, _) = region(&last.place)?;
    let next = next_of(blocks, at)?;
    let (text, place) = match &blocks[next] {
        Block::Text(block) if block.kind == TextKind::Paragraph => (block.text.as_str(), &block.place),
        Block::Text(_) => return None,
        Block::Grid(grid) => {
            let (first, second) = (grid.rows.first()?, grid.rows.get(1)?);
            let mut texts = first.texts();
            let cell = texts.next().filter(|_| texts.next().is_none() && second.texts().count() > 1)?;
            (cell.text.as_str(), &cell.place)
        }
    };
    let (on, rest) = region(place)?;
    let goes_on = text.starts_with(char::is_lowercase) && on == page + 1;
    let over = |cell: &&GridCell| {
        let Some((_, bbox)) = region(&cell.place) else { return false };
        let open = !cell.text.trim_end().ends_with(['.', '?', '!', ';', ':']);
        open && bbox.x0 - SAME <= rest.x0 && rest.x1 <= bbox.x1 + SAME
    };
    // A text of a page stands within the cell that it goes on with; a list under a table stands further to the right or is
    // wider.
    let cell = last.texts().filter(|_| goes_on && last.texts().count() > 1).find(over)?;
    Some((next, cell.column, last.width))
}

/// Whether the cells of the first row go on in lower case: the rest of a row that the page tore, and no header, whatever its
/// words.
fn begins_torn(grid: &Grid) -> bool {
    let Some(first) = grid.rows.first() else { return false };
    let lower = first.texts().filter(|cell| cell.text.starts_with(char::is_lowercase)).count();
    lower >= 2 && 2 * lower > first.texts().count()
}

/// The grid with which the one `at` goes on, on the next page: nothing stands between them, and `is_rest` says so.
fn rest_of(blocks: &[Block], at: usize, is_rest: &dyn Fn(&Grid, &Grid) -> bool) -> Option<usize> {
    let head = grid(&blocks[at])?;
    let last = region(&head.rows.last()?.place)?.0;
    let next = next_of(blocks, at)?;
    let rest = grid(blocks.get(next)?)?;
    let follows = region(&rest.rows.first()?.place)?.0 == last + 1;
    (follows && is_rest(head, rest)).then_some(next)
}

/// The block behind the one `at`, page headers and footers not counted.
fn next_of(blocks: &[Block], at: usize) -> Option<usize> {
    let furniture = |block: &Block| matches!(block, Block::Text(text) if text.kind == TextKind::Furniture);
    Some(at + 1 + blocks.get(at + 1..)?.iter().position(|block| !furniture(block))?)
}

/// Whether a table on its side goes on below its head, which the page repeats.
fn begins_with_head(head: &Grid, rest: &Grid, recognise: &dyn Recognise) -> bool {
    let first = rest.rows.first().zip(transposed::head(&head.rows, recognise));
    first.is_some_and(|(row, head)| transposed::is_again(row, head)) && is_whole(&head.rows, recognise)
}

fn is_rest_of_transposed(head: &Grid, rest: &Grid, recognise: &dyn Recognise) -> bool {
    !is_whole(&rest.rows, recognise) && is_whole(&head.rows, recognise)
}

/// Whether all of `rows` are a table on its side.
fn is_whole(rows: &[GridRow], recognise: &dyn Recognise) -> bool {
    transposed::read(rows, 0, recognise).is_some_and(|found| found.end == rows.len())
}

/// Whether both together are questions with their answers, which may be too few on either page to tell.
fn is_rest_of_form(head: &Grid, rest: &Grid, recognise: &dyn Recognise) -> bool {
    /// Longest form that a page cuts, in rows.
    const ROWS: usize = 60;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::location::PageNumber;
    use crate::model::location::PageRegion;
    use crate::tables::testing::Few;

    /// A grid on a page, each column 100 points wide and moved by `shift`.
    fn on_page(page: usize, shift: f64, rows: &[[&str; 3]]) -> Block {
        let place = |from: f64, to: f64| {
            let bbox = Rect { x0: from + shift, y0: 10.0, x1: to + shift, y1: 20.0 };
            Place::Region(Box::new(PageRegion { page: PageNumber::from_index(page), bbox }))
        };
        let row = |texts: &[&str; 3]| {
            let cells = (0..).zip([0.0, 100.0, 200.0]).zip(texts).filter(|(_, text)| !text.is_empty()).map(|((at, x), text)| {
                let place = place(x, x + 100.0);
                GridCell { column: ColumnIndex(at), text: (*text).into(), place, rowspan: 1, colspan: 1, style: Style::default() }
            });
            GridRow { place: place(0.0, 300.0), width: 3, cells: cells.collect(), notes: Vec::new(), hidden: false }
        };
        Block::Grid(Grid { rows: rows.iter().map(row).collect(), ..Grid::default() })
    }

    #[test]
    fn a_table_on_its_side_goes_on_below_its_head_on_the_next_page() {
        let head = ["", "Change 1", "Change 2"];
        let first = || on_page(0, 0.0, &[head, ["Actions", "Agree a form", "Count beds"], ["Lead", "Ann", "Bob"]]);
        let next = |head| on_page(1, 7.0, &[head, ["", "Lee", ""], ["By when", "May", "June"]]);
        let mut blocks = vec![first(), next(head)];
        stitch(&mut blocks, &Few);
        let [Block::Grid(whole)] = blocks.as_slice() else { panic!("two tables") };
        let found = transposed::read(&whole.rows, 0, &Few).map(|found| found.end);
        assert_eq!((whole.rows.len(), found), (6, Some(6)));
        // Other changes are another table.
        let mut blocks = vec![first(), next(["", "Change 3", "Change 4"])];
        stitch(&mut blocks, &Few);
        assert_eq!(blocks.len(), 2);
    }

    #[test]
    fn a_text_alone_in_lower_case_above_another_header_is_the_rest_of_a_row() {
        let first = |action| on_page(0, 0.0, &[["Ref", "Actions", "Lead"], ["1", action, "Ann"]]);
        let parted = |action, rest| {
            let mut blocks =
                vec![first(action), on_page(1, 0.0, &[["", rest, ""], ["Ref", "Tasks", "Owner"], ["2", "Count beds", "Bob"]])];
            stitch(&mut blocks, &Few);
            matches!(blocks.as_slice(), [_, Block::Grid(rest), _] if rest.goes_on && rest.rows.len() == 1)
        };
        assert!(parted("Agree a form with", "all homes"));
        assert!(!parted("Agree a form.", "all homes"));
        assert!(!parted("Agree a form with", "All homes"));
    }

    #[test]
    fn what_begins_in_lower_case_goes_on() {
        let first = || on_page(0, 0.0, &[["Ref", "Actions", "Lead"], ["1", "Agree a form", "Ann"]]);
        let goes_on = |shift, row| {
            let mut blocks = vec![first(), on_page(1, shift, &[row, ["2", "Count beds", "Bob"]])];
            stitch(&mut blocks, &Few);
            matches!(&blocks[1], Block::Grid(grid) if grid.goes_on)
        };
        assert!(goes_on(0.0, ["", "by when it is due", "and lead"]));
        assert!(!goes_on(0.0, ["", "By when", "and lead"]));
        assert!(!goes_on(7.0, ["", "by when it is due", "and lead"]));
    }
}
