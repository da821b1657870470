//! Columns of maturity levels: the quarters of the national return, current beside planned, the columns of the matrix.

use super::fields::Share;
use super::fields::share;
use crate::model::assignment::ColumnUse;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::Recognise;
use crate::model::recognise::Values;
use crate::model::table;
use crate::model::table::Table;
use crate::model::text::fold;

/// So many levels make a column one of levels whatever its header says.
const ENOUGH: usize = 3;

/// What the cells of a column say of levels.
struct Column {
    /// Nearly all of its filled cells are levels.
    levels: bool,
    /// All of them are, and there are several.
    only: bool,
    /// All of them are, however few.
    pure: bool,
    /// No cell is filled.
    blank: bool,
    /// Its header names a quarter or a time.
    timed: bool,
    /// Its header, or the one that groups it, speaks of maturity.
    assessed: bool,
    planned: bool,
    /// Its cells are numbers from 0 to 5, and its header speaks of levels or scores.
    scored: bool,
}

/// Marks the columns of levels in `uses`: two or more of them, or one for a quarter. A lone column of levels without a time is
/// the status.
pub(super) fn mark(uses: &mut [ColumnUse], table: &Table<'_>, values: &dyn Values, recognise: &dyn Recognise) {
    let mut columns: Vec<Column> = (0..uses.len()).map(|index| describe(index, table, values, recognise)).collect();
    // Two columns of numbers up to the highest level, where the headers of both speak of levels, are one scale.
    if columns.iter().filter(|column| column.scored).count() >= 2 {
        for column in columns.iter_mut().filter(|column| column.scored) {
            (column.levels, column.only, column.pure) = (true, true, true);
        }
    }
    let assessed = columns.iter().any(|column| column.levels && column.assessed);
    // "Baseline | Now | Target": columns of nothing but levels side by side tell of each other.
    let several = columns.iter().filter(|column| column.pure).count() >= 2;
    let of_levels = |index: usize| {
        let column = &columns[index];
        // Beside the level now, one level that is planned is enough.
        let planned = column.pure && column.planned && assessed;
        let levels = column.levels || planned || (column.blank && column.timed && column.assessed);
        match uses[index] {
            ColumnUse::Extra | ColumnUse::Timescale { .. } | ColumnUse::Field(Field::Status | Field::Due | Field::Start) => {
                levels || (several && column.pure)
            }
            // "Rating" and "Current rating" head levels as well as colours.
            ColumnUse::Field(Field::Rag) => levels,
            // "Current position", "Where do we want to be?": text everywhere else, but here nothing but levels.
            ColumnUse::Field(Field::CurrentPosition | Field::IntendedOutcome | Field::SuccessMeasure | Field::Progress) => {
                (column.only && column.levels) || (column.pure && (several || (column.assessed && column.levels)))
            }
            _ => false,
        }
    };
    let found: Vec<usize> = (0..uses.len()).filter(|index| of_levels(*index)).collect();
    if !several && !found.iter().any(|index| columns[*index].levels) {
        return;
    }
    // Of columns without a time, one that is not planned is where things stand.
    let is_status = |index: &usize| uses[*index] == ColumnUse::Field(Field::Status);
    let states = |index: &usize| !columns[*index].timed && !columns[*index].planned;
    let current = found.iter().copied().find(|index| is_status(index) && states(index));
    let taken = (0..uses.len()).any(|index| is_status(&index) && !found.contains(&index));
    // "Now" is where things stand, and "Baseline (Apr 17)" beside it is not; of dates alone the last is.
    let undated =
        |index: &usize| !table.columns.get(*index).is_some_and(|column| column.header.bytes().any(|b| b.is_ascii_digit()));
    let first =
        found.iter().copied().find(|index| states(index) && undated(index)).or_else(|| found.iter().copied().rfind(states));
    let current = current.or(first.filter(|_| !taken));
    for index in found {
        let planned = columns[index].planned;
        let status = current == Some(index);
        uses[index] = if status { ColumnUse::Field(Field::Status) } else { ColumnUse::Maturity { planned } };
    }
}

fn describe(index: usize, table: &Table<'_>, values: &dyn Values, recognise: &dyn Recognise) -> Column {
    let Share { met, all } = share(index, table, |text| recognise.is_placeholder(text), |text| values.is_level(text));
    let column = table.columns.get(index);
    let header = column.map_or("", |column| column.header.as_str());
    let group = column.and_then(|column| column.group.as_deref()).unwrap_or_default();
    let status = |text: &str| recognise.header(text).is_some_and(|guess| guess.meaning == Meaning::Field(Field::Status));
    let timed = column.and_then(table::Column::meaning) == Some(Meaning::Timescale);
    let rated = column.and_then(table::Column::meaning) == Some(Meaning::Field(Field::Rag));
    let assessed = status(group) || status(header) || rated;
    let number = |text: &str| matches!(text.trim().as_bytes(), [b'0'..=b'5']);
    let numbers = share(index, table, |text| recognise.is_placeholder(text), number);
    // "Score target March 2018", "Our level now"; "Risk level" has a scale of its own.
    let says_when = |word: &str| recognise.says_when(word) || recognise.asks(word);
    let scored = |word: &str| matches!(word, "level" | "levels" | "score" | "scores" | "maturity");
    let scores = |text: &str| {
        let folded = fold(text);
        folded.split(' ').any(scored) && folded.split(' ').all(|word| scored(word) || says_when(word))
    };
    Column {
        levels: met * 5 >= all * 4 && (met >= ENOUGH || (met > 0 && (timed || assessed))),
        only: met == all && met >= ENOUGH,
        pure: met == all && met > 0,
        blank: all == 0,
        timed,
        assessed,
        planned: [header, group].iter().any(|text| recognise.is_planned(text) || fold(text).starts_with("by ")),
        scored: numbers.met == numbers.all && numbers.met >= ENOUGH && (scores(header) || scores(group)),
    }
}
