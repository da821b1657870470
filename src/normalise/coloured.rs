//! Ratings shown by colour alone, in a table without a column for them: each row's progress, or date, is red, amber or green.

use super::maturity::Maturity;
use super::rag::Ratings;
use crate::model::assignment::ColumnUse;
use crate::model::field::Field;
use crate::model::record::Rag;
use crate::model::table::Item;
use crate::model::table::Table;

/// How many items are looked at.
const SAMPLE: usize = 60;

/// Fewest items that are coloured so.
const LEAST: usize = 3;

/// The column whose fills rate the items of `table`: most items have one, of several colours. The colours of levels and of changes
/// are those of what they stand for.
pub(super) fn column(table: &Table<'_>, uses: &[ColumnUse], ratings: &Ratings, maturity: &Maturity) -> Option<usize> {
    let rated = |usage: &ColumnUse| *usage == ColumnUse::Field(Field::Rag) || matches!(usage, ColumnUse::Level(_));
    if uses.iter().any(rated) {
        return None;
    }
    let rates = |usage: ColumnUse| match usage {
        ColumnUse::Field(field) => !matches!(field, Field::Milestone | Field::Reference),
        ColumnUse::Extra => true,
        _ => false,
    };
    let items = || table.items.iter().take(SAMPLE);
    let states_level =
        |index: usize| items().filter_map(|item| item.cell(index)).any(|cell| maturity.is_level_cell(&cell.text()));
    let all = items().count();
    let holds = |index: &usize| {
        if !uses.get(*index).is_some_and(|usage| rates(*usage)) {
            return false;
        }
        let values: Vec<Rag> = items().filter_map(|item| fill(item, *index, ratings)).collect();
        let differ = values.first().is_some_and(|first| values.iter().any(|value| value != first));
        differ && values.len() >= LEAST && values.len() * 10 >= all * 6 && !states_level(*index)
    };
    (0..uses.len()).rev().find(holds)
}

fn fill(item: &Item<'_>, index: usize, ratings: &Ratings) -> Option<Rag> {
    let fill = item.cell(index)?.pieces.iter().find_map(|piece| piece.style.fill)?;
    ratings.from_fill(fill).map(|reading| reading.value)
}
