//! From a table that was found to the grid that later stages read.

use ecow::EcoString;

use crate::model::location::ColumnIndex;
use crate::model::location::Rect;
use crate::model::page::Fill;
use crate::model::page::Page;
use crate::model::page::TaggedTable;
use crate::model::source::Found;
use crate::model::source::Grid;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::source::Strategy;
use crate::model::source::Style;

use super::broken::Room;
use super::candidate::Candidate;
use super::candidate::Cell;
use super::lines::word;
use super::shown::Shown;
use super::text;
use super::traits::Breaking;

/// The grid of `table`.
pub(super) fn grid(page: &Page, table: &Candidate, shown: &Shown, breaking: &Breaking<'_>) -> Grid {
    let bbox = table.bbox();
    let fills: Vec<&Fill> = page.fills.iter().filter(|fill| overlaps(fill.bbox, bbox)).collect();
    let mut rows: Vec<GridRow> = (0..table.height())
        .map(|row| {
            let bbox = Rect { y0: table.ys[row], y1: table.ys[row + 1], ..bbox };
            let width = u32::try_from(table.width()).unwrap_or(u32::MAX);
            GridRow { place: shown.place(bbox, bbox.x0), width, cells: Vec::new(), hidden: false, notes: Vec::new() }
        })
        .collect();
    for (cell, room) in table.cells.iter().zip(Room::of_cells(page, table)) {
        let Some(row) = rows.get_mut(cell.row) else { continue };
        let text = text::text(page, &cell.words, room, breaking);
        row.cells.extend(grid_cell(page, table, cell, text, &fills, shown));
    }
    for cell in coloured(table, &fills) {
        let Some(row) = rows.get_mut(cell.row) else { continue };
        row.cells.extend(grid_cell(page, table, &cell, String::new(), &fills, shown));
    }
    rows.iter_mut().for_each(|row| row.cells.sort_by_key(|cell| cell.column));
    let found = Found { by: table.by, score: (table.score * 1000.0).round() / 1000.0 };
    Grid { rows, found: Some(found), goes_on: goes_on(page, table), ..Grid::default() }
}

/// Whether the structure tree has rows of `table` on the page before.
fn goes_on(page: &Page, table: &Candidate) -> bool {
    let Some(first) = table.cells.iter().find_map(|cell| cell.words.first()) else { return false };
    let holds = |tagged: &&TaggedTable| tagged.rows.iter().flatten().any(|cell| cell.words.first() == Some(first));
    table.by == Strategy::Tagged && page.tagged.iter().find(holds).is_some_and(|tagged| tagged.first_row > 0)
}

/// The blank slots of a table without a lattice that have a colour of their own: there the cells are those with words.
fn coloured(table: &Candidate, fills: &[&Fill]) -> Vec<Cell> {
    let whole = table.bbox().width();
    let own: Vec<&&Fill> = fills.iter().filter(|fill| fill.bbox.width() < 0.5 * whole).collect();
    if own.is_empty() || table.by == Strategy::Ruled {
        return Vec::new();
    }
    let held = |row: usize, column: usize| {
        table.cells.iter().any(|cell| {
            (cell.row..cell.row + cell.rows).contains(&row) && (cell.column..cell.column + cell.columns).contains(&column)
        })
    };
    let slots = (0..table.height()).flat_map(|row| (0..table.width()).map(move |column| (row, column)));
    let blank = slots.filter(|(row, column)| !held(*row, *column));
    let cells = blank.map(|(row, column)| Cell { row, column, rows: 1, columns: 1, words: Vec::new() });
    cells.filter(|cell| own.iter().any(|fill| is_own(fill.bbox, table.cell_box(cell)))).collect()
}

/// Whether a fill is the ground of this cell and no other.
fn is_own(fill: Rect, cell: Rect) -> bool {
    fill_covers(fill, cell) && fill.width() <= 1.6 * cell.width()
}

fn grid_cell(page: &Page, table: &Candidate, cell: &Cell, text: String, fills: &[&Fill], shown: &Shown) -> Option<GridCell> {
    let bbox = table.cell_box(cell);
    let words = || cell.words.iter().filter_map(|index| word(page, *index));
    let index = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let Some(ink) = words().map(|word| word.bbox).reduce(Rect::around) else {
        // Nothing is written there, but the colour may be the rating.
        let own = |fill: &&&Fill| is_own(fill.bbox, bbox);
        let fill = fills.iter().rev().find(own)?.colour;
        return Some(GridCell {
            column: ColumnIndex(index(cell.column)),
            text: EcoString::new(),
            place: shown.place(bbox, f64::midpoint(bbox.x0, bbox.x1)),
            rowspan: index(cell.rows),
            colspan: index(cell.columns),
            style: Style { fill: Some(fill), ..Style::default() },
        });
    };
    let style = Style {
        emphasised: words().all(|word| word.bold),
        struck: words().all(|word| word.struck),
        fill: fills.iter().rev().find(|fill| fill_covers(fill.bbox, ink)).map(|fill| fill.colour),
    };
    (!text.trim().is_empty()).then(|| GridCell {
        column: ColumnIndex(index(cell.column)),
        text: text.into(),
        place: shown.place(bbox.around(ink), ink.x0),
        rowspan: index(cell.rows),
        colspan: index(cell.columns),
        style,
    })
}

fn overlaps(a: Rect, b: Rect) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

/// Whether a fill lies under the middle of a text and is higher than it, so that it is the ground of the cell.
fn fill_covers(fill: Rect, ink: Rect) -> bool {
    let (x, y) = (f64::midpoint(ink.x0, ink.x1), f64::midpoint(ink.y0, ink.y1));
    fill.x0 <= x && x <= fill.x1 && fill.y0 <= y && y <= fill.y1 && fill.height() >= 0.9 * ink.height()
}
