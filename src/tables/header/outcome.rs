//! "Outcome" over a column: before the action it names what governs the rows, behind it what is to come of each.

use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::table::Column;

/// Lets a milestone's header behind the action's mean the outcome intended, where it may and no other header does.
pub(in crate::tables) fn tell(columns: &mut [Column<'_>], recognise: &dyn Recognise) {
    let find = |field| columns.iter().position(|column| column.meaning() == Some(Meaning::Field(field)));
    // "HIC 2 Actions" names the change and what stands below.
    let named = || columns.iter().position(|column| super::is_named_for_change(column, recognise));
    let (Some(action), None) = (find(Field::Action).or_else(named), find(Field::IntendedOutcome)) else { return };
    let may_be = |column: &&mut Column<'_>| {
        column.meaning() == Some(Meaning::Field(Field::Milestone)) && recognise.is_outcome(&column.header)
    };
    if let Some(column) = columns.iter_mut().skip(action + 1).find(may_be) {
        let similarity = column.guess.map_or(1.0, |guess| guess.similarity);
        column.guess = Some(HeaderGuess { meaning: Meaning::Field(Field::IntendedOutcome), similarity });
    }
}
