//! A table to the rows of a grid: cells that go on the cell above are joined to it, inner tables are read in reading order.

use rustc_hash::FxHashMap;

use crate::model::location::ColumnIndex;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::source::Style;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::word::content::Cell;
use crate::readers::word::content::Down;
use crate::readers::word::content::Item;
use crate::readers::word::content::Table;
use crate::readers::word::places::Places;
use crate::readers::word::rich::Rich;

const WHITE: [u8; 3] = [255, 255, 255];

/// What a table holds.
pub(super) struct Found {
    /// Its rows.
    pub(super) rows: Vec<GridRow>,
    /// Text in its cells that is not shown, with the number of the cell's first paragraph.
    pub(super) hidden: Vec<(String, usize)>,
}

/// A cell whose text is read.
struct Read {
    column: u32,
    colspan: u32,
    rowspan: u32,
    text: Rich,
    fill: Option<[u8; 3]>,
    first: usize,
    last: usize,
    header: bool,
}

/// Reads a table.
pub(super) fn read(table: Table, places: &Places, budget: &mut Budget) -> Result<Found, ReadError> {
    let mut rows: Vec<Vec<Read>> = Vec::with_capacity(table.rows.len());
    let mut found = Found { rows: Vec::with_capacity(table.rows.len()), hidden: Vec::new() };
    // The cell that is open in each column: its row, and its position in that.
    let mut open: FxHashMap<u32, (usize, usize)> = FxHashMap::default();
    let left = table.rows.len();
    for (index, row) in table.rows.into_iter().enumerate() {
        let mut cells: Vec<Read> = Vec::with_capacity(row.cells.len());
        let mut last = row.first;
        for cell in row.cells {
            let (column, down) = (cell.column, cell.down);
            let cell = read_cell(&cell, row.header, left - index);
            last = last.max(cell.last);
            let above = if down == Down::On { open.get(&column).copied() } else { None };
            let origin = above.and_then(|(row, at)| rows.get_mut(row)?.get_mut(at).map(|cell| (cell, row)));
            if let Some((origin, above)) = origin.filter(|(origin, row)| row + origin.rowspan as usize == index) {
                origin.rowspan = u32::try_from(index - above).unwrap_or(u32::MAX).saturating_add(1);
                origin.text.append(&cell.text, '\n');
                continue;
            }
            if matches!(down, Down::Open | Down::On) {
                open.insert(column, (index, cells.len()));
            } else {
                open.remove(&column);
            }
            cells.push(cell);
        }
        budget.spend(cells.len() + 1, last)?;
        let ends = cells.last().map_or(0, |cell| cell.column.saturating_add(cell.colspan));
        rows.push(cells);
        let place = places.span(row.first, last);
        found.rows.push(GridRow { place, width: row.width.max(ends), cells: Vec::new(), hidden: row.hidden, notes: Vec::new() });
    }
    for (row, cells) in found.rows.iter_mut().zip(rows) {
        for cell in cells {
            let hidden = cell.text.hidden();
            if !hidden.is_empty() {
                found.hidden.push((hidden, cell.first));
            }
            row.cells.extend(finish(&cell, places));
        }
    }
    Ok(found)
}

fn read_cell(cell: &Cell, header: bool, left: usize) -> Read {
    let mut text = Rich::default();
    let mut lines = Lines { first: cell.first, last: cell.first };
    flatten(&cell.items, &mut text, &mut lines);
    let rowspan = match cell.down {
        Down::Rows(rows) => rows.clamp(1, u32::try_from(left).unwrap_or(u32::MAX).max(1)),
        Down::Open | Down::On => 1,
    };
    let Lines { first, last } = lines;
    Read { column: cell.column, colspan: cell.colspan, rowspan, text, fill: cell.fill, first, last, header }
}

/// The cell as it is kept; none where it is empty and without a colour of its own.
fn finish(cell: &Read, places: &Places) -> Option<GridCell> {
    let text = cell.text.shown();
    let style = cell.text.style(cell.fill);
    if text.is_empty() && style.fill.is_none_or(|fill| fill == WHITE) {
        return None;
    }
    let style = Style { emphasised: style.emphasised || cell.header, ..style };
    Some(GridCell {
        column: ColumnIndex(cell.column),
        text: text.into(),
        place: places.span(cell.first, cell.last),
        rowspan: cell.rowspan,
        colspan: cell.colspan,
        style,
    })
}

struct Lines {
    first: usize,
    last: usize,
}

/// Adds the text of `items`: a line for each paragraph, and for each row of an inner table.
fn flatten(items: &[Item], text: &mut Rich, lines: &mut Lines) {
    for item in items {
        match item {
            Item::Paragraph(paragraph) => {
                lines.last = lines.last.max(paragraph.number);
                text.append(&paragraph.text, '\n');
            }
            Item::Table(table) => {
                for row in &table.rows {
                    let mut line = Rich::default();
                    for cell in &row.cells {
                        let mut inside = Rich::default();
                        flatten(&cell.items, &mut inside, lines);
                        line.append(&inside, ' ');
                    }
                    text.append(&line, '\n');
                }
            }
        }
    }
}
