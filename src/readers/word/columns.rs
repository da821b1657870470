//! Columns of a table that are only slivers: a word processor makes one wherever the borders of two rows miss each other by a
//! hair, and columns counted with them would part cells that stand above each other.

use crate::readers::word::content::Item;
use crate::readers::word::content::Table;

/// Widest sliver in twentieths of a point: 3 mm, too narrow for a word in any type size and for the padding of a cell of Word.
const SLIVER: u32 = 170;

/// Joins slivers to the columns beside them. A column in which text stands that stands in no other is kept.
pub(super) fn join_slivers(table: &mut Table) {
    let mut sliver: Vec<bool> = table.widths.iter().map(|width| *width <= SLIVER).collect();
    if !sliver.contains(&true) || !sliver.contains(&false) {
        return;
    }
    for cell in table.rows.iter().flat_map(|row| &row.cells) {
        let columns = sliver.get_mut(span(cell.column, cell.colspan, table.widths.len()));
        if let Some(columns) = columns.filter(|columns| columns.iter().all(|column| *column) && holds_text(&cell.items)) {
            columns.fill(false);
        }
    }
    // For each boundary between columns the number of columns kept before it.
    let mut kept = vec![0_u32];
    for is_sliver in &sliver {
        kept.push(kept.last().map_or(0, |last| last + u32::from(!is_sliver)));
    }
    let all = *kept.last().unwrap_or(&0);
    let beyond = u32::try_from(sliver.len()).unwrap_or(u32::MAX);
    let mapped = |at: u32| kept.get(at as usize).copied().unwrap_or_else(|| at.saturating_sub(beyond).saturating_add(all));
    for row in &mut table.rows {
        row.width = mapped(row.width);
        for cell in &mut row.cells {
            let end = mapped(cell.column.saturating_add(cell.colspan));
            cell.column = mapped(cell.column);
            cell.colspan = end.saturating_sub(cell.column);
        }
        row.cells.retain(|cell| cell.colspan > 0);
    }
    let mut slivers = sliver.iter();
    table.widths.retain(|_| slivers.next() == Some(&false));
}

fn span(column: u32, colspan: u32, columns: usize) -> std::ops::Range<usize> {
    let end = (column.saturating_add(colspan) as usize).min(columns);
    (column as usize).min(end)..end
}

fn holds_text(items: &[Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Paragraph(paragraph) => !paragraph.text.shown().is_empty() || !paragraph.text.hidden().is_empty(),
        Item::Table(_) => true,
    })
}
