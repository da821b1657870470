//! Levels to choose from, one a row, with a mark beside the one that is chosen.

use smallvec::SmallVec;

use super::form::Pair;
use super::questions::Question;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Mark;
use crate::model::recognise::Recognise;
use crate::model::record::Level;
use crate::model::source::GridRow;
use crate::model::text::has_words;

/// So many different levels below each other are a choice.
const LEVELS: usize = 3;

/// Whether the row `at` is one of several levels to choose from, and whether it is the one.
pub(in crate::tables) fn option(rows: &[GridRow], at: usize, recognise: &dyn Recognise) -> Option<bool> {
    let (_, chosen) = level(rows.get(at)?, recognise)?;
    let before = rows[..at].iter().rev().map_while(|row| level(row, recognise));
    let behind = rows[at..].iter().map_while(|row| level(row, recognise));
    let (mut levels, marks): (Vec<Level>, Vec<bool>) = before.chain(behind).take(2 * LEVELS).unzip();
    levels.sort_unstable();
    levels.dedup();
    (levels.len() >= LEVELS && levels.len() == marks.len() && marks.contains(&true)).then_some(chosen)
}

/// The question above levels to choose from, whatever its words.
pub(in crate::tables) fn choice<'s>(rows: &'s [GridRow], at: usize, recognise: &dyn Recognise) -> Option<Pair<'s>> {
    let mut texts = rows.get(at)?.texts();
    let (asked, None) = (texts.next()?, texts.next()) else { return None };
    if option(rows, at, recognise).is_some() || option(rows, at + 1, recognise).is_none() {
        return None;
    }
    let mut question = Question::read(&asked.text, recognise)?;
    question.guess = Some(HeaderGuess { meaning: Meaning::Field(Field::Status), similarity: 1.0 });
    question.likely = question.guess;
    Some(Pair { asked, question, answers: SmallVec::new() })
}

/// The level that a row offers, and whether a mark beside it says that it is chosen.
fn level(row: &GridRow, recognise: &dyn Recognise) -> Option<(Level, bool)> {
    let mut texts = row.texts().filter(|cell| has_words(&cell.text) || recognise.mark(&cell.text).is_some());
    let level = recognise.level(&texts.next()?.text)?;
    match (texts.next(), texts.next()) {
        (None, _) => Some((level, false)),
        (Some(mark), None) => match recognise.mark(&mark.text)? {
            Mark::Chosen => Some((level, true)),
            Mark::Unchosen => Some((level, false)),
            Mark::Planned => None,
        },
        _ => None,
    }
}
