//! A table of nothing but figures: money, counts and rates by name. It says what was spent or measured and nothing that is done.

use crate::model::audit::Became;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::Recognise;
use crate::model::table::Column;
use crate::model::table::ItemCell;
use crate::model::table::Layout;
use crate::model::table::Table;
use crate::model::text::has_words;
use crate::tables::aside::is_figure;

/// So many figures make a table of them.
const LEAST: usize = 4;

/// Takes the items of tables of figures out of `layout`.
pub(in crate::tables) fn find(layout: &mut Layout<'_>, recognise: &dyn Recognise) {
    for index in 0..layout.tables.len() {
        let items: Vec<usize> = (0..layout.tables[index].items.len()).collect();
        if is_of_figures(&layout.tables[index], recognise) {
            layout.set_aside(index, &items, Became::Narrative);
        }
    }
}

/// Whether every cell of a table is a figure, in columns that ask for no level, rating or date; where one of them counts ("No. of
/// actions"), states head counts too ("Complete", "Overdue").
fn is_of_figures(table: &Table<'_>, recognise: &dyn Recognise) -> bool {
    let counts = table.columns.iter().any(|column| recognise.is_summary(&column.header));
    let asks = |column: &Column<'_>| match column.meaning() {
        Some(Meaning::Field(field)) => match field {
            Field::Status | Field::Rag => !counts,
            Field::Due | Field::Start | Field::Spread => true,
            _ => false,
        },
        Some(Meaning::Level(_) | Meaning::Timescale | Meaning::OpenTimescale) => true,
        Some(Meaning::Change | Meaning::Group) | None => false,
    };
    if table.columns.iter().any(asks) {
        return false;
    }
    // What is measured stands beside its figures.
    let measures = table.columns.first().and_then(Column::meaning) == Some(Meaning::Field(Field::SuccessMeasure));
    let of_figures = |cell: &&ItemCell<'_>| !(measures && cell.column.get() == 0);
    let cells = || {
        let cells = table.items.iter().flat_map(|item| &item.cells).filter(of_figures);
        cells.map(ItemCell::text).filter(|text| has_words(text))
    };
    cells().count() >= LEAST && cells().all(|text| is_figure(&text))
}
