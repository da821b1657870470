//! Row labels: a column whose cells are header words ("Current Position", "Planned Activity") and say what the row's text is.

use rustc_hash::FxHashSet;

use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::source::GridRow;
use crate::model::table::Column;
use crate::model::text::has_words;

/// How many rows are looked at to tell a label column.
const SAMPLE: usize = 60;

/// A label is close to a known header word; below this it is text that shares a word with one.
const SIMILAR: f64 = 0.85;

/// Marks the columns of `columns` whose cells are row labels: no header of their own that means something, at least two cells,
/// nearly all of them labels.
pub(super) fn mark_label_columns(columns: &mut [Column<'_>], rows: &[GridRow], recognise: &dyn Recognise) {
    for (index, column) in columns.iter_mut().enumerate() {
        if column.meaning().is_some() {
            continue;
        }
        let texts = rows.iter().take(SAMPLE).filter_map(|row| row.cell(index)).map(|cell| cell.text.as_str());
        let (mut labels, mut others) = (0_u32, 0_u32);
        for text in texts {
            if split_labels(text, recognise).is_empty() {
                others += 1;
            } else {
                labels += 1;
            }
        }
        column.is_label = labels >= 2 && labels >= 4 * others;
    }
}

/// Marks columns whose header does not say so and whose cells name changes, "Chg 1" or by name.
pub(super) fn mark_change_columns(columns: &mut [Column<'_>], rows: &[GridRow], recognise: &dyn Recognise) {
    for (index, column) in columns.iter_mut().enumerate() {
        let doubted = [Field::Status, Field::Spread, Field::Reference].map(Meaning::Field);
        let free = column.meaning().is_none_or(|meaning| doubted.contains(&meaning));
        if !free || column.is_label {
            continue;
        }
        let texts = rows.iter().take(SAMPLE).filter(|row| row.cells.len() > 1).filter_map(|row| row.cell(index));
        let (mut names, mut others, mut tagged) = (FxHashSet::default(), 0, true);
        // "None" is what stands beside a row that is about none of them.
        for cell in texts.filter(|cell| has_words(&cell.text) && !recognise.is_value(&cell.text)) {
            match recognise.heading(&cell.text).filter(|guess| guess.similarity * guess.coverage >= 0.5) {
                Some(guess) => {
                    names.extend(guess.change);
                    tagged &= guess.tagged;
                }
                None => others += 1,
            }
        }
        let (least, share) = if has_words(&column.header) && !(tagged && others == 0) { (3, 4) } else { (2, 1) };
        if names.len() >= least && names.len() >= share * others {
            column.guess = Some(HeaderGuess { meaning: Meaning::Change, similarity: 1.0 });
        }
    }
}

/// Columns whose header is only like "Change" ("Change idea", "What will change") and whose cells are texts that name none:
/// they say what is done.
pub(super) fn doubt_change_columns(columns: &mut [Column<'_>], rows: &[GridRow], recognise: &dyn Recognise) {
    const WORDS: usize = 4;
    let acts = columns.iter().any(|column| column.meaning() == Some(Meaning::Field(Field::Action)));
    for (index, column) in columns.iter_mut().enumerate() {
        let doubtful = column.guess.is_some_and(|guess| guess.meaning == Meaning::Change && !guess.is_sure());
        let texts = || rows.iter().take(SAMPLE).filter_map(|row| row.cell(index)).filter(|cell| has_words(&cell.text));
        let words: usize = texts().map(|cell| cell.text.split_whitespace().count()).sum();
        if doubtful && words >= WORDS * texts().count().max(2) && !texts().any(|cell| recognise.names_change(&cell.text)) {
            let action = HeaderGuess { meaning: Meaning::Field(Field::Action), similarity: 0.9 };
            column.guess = Some(action).filter(|_| !acts);
        }
    }
}

/// Columns that tick off the rows of a return ("Complete: Yes") beside its levels by quarter: they say how far the form is, and
/// nothing of the status.
pub(super) fn doubt_checklists(columns: &mut [Column<'_>], rows: &[GridRow], recognise: &dyn Recognise) {
    if !columns.iter().any(|column| column.meaning() == Some(Meaning::Timescale)) {
        return;
    }
    for (index, column) in columns.iter_mut().enumerate() {
        let mut texts = rows.iter().take(SAMPLE).filter_map(|row| row.cell(index)).filter(|cell| has_words(&cell.text));
        if column.meaning() == Some(Meaning::Field(Field::Status)) && texts.all(|cell| recognise.mark(&cell.text).is_some()) {
            column.guess = None;
        }
    }
}

/// The labels that a cell holds, one after the other, and what each means; empty when the cell holds anything else.
pub(super) fn split_labels<'s>(text: &'s str, recognise: &dyn Recognise) -> Vec<(&'s str, Meaning)> {
    let text = text.trim();
    if text.is_empty() || text.len() > 120 {
        return Vec::new();
    }
    if let Some(meaning) = label(text, recognise) {
        return vec![(text, meaning)];
    }
    for (at, _) in text.match_indices(char::is_whitespace) {
        let (left, right) = (text[..at].trim(), text[at..].trim());
        if let (Some(first), Some(second)) = (label(left, recognise), label(right, recognise)) {
            return vec![(left, first), (right, second)];
        }
    }
    Vec::new()
}

fn label(text: &str, recognise: &dyn Recognise) -> Option<Meaning> {
    let guess = recognise.header(text).filter(|guess| guess.similarity >= SIMILAR)?;
    matches!(guess.meaning, Meaning::Field(field) if can_be_label(field)).then_some(guess.meaning)
}

/// Names and dates are told by their own columns, not by a label before a text.
fn can_be_label(field: Field) -> bool {
    field.is_prose() && !matches!(field, Field::Milestone | Field::Spread)
}
