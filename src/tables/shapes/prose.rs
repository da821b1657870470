//! No table and no list: what stands in a place is told in running text below the name of each change.
//!
//! A paragraph is an item where the names of changes part the whole document and most of what they head tells of a place: how
//! things stand there, or what will be done. Guidance on the model has the same headings, but tells its reader what is best done.

use super::bullets::Said;
use super::bullets::Section;
use crate::model::change::ChangeSet;
use crate::model::field::Field;
use crate::model::recognise::Recognise;
use crate::model::recognise::Telling;

/// So many changes named by headings part a document into what is told of each.
const CHANGES: usize = 4;

/// More paragraphs than this below each name are a paper and no answer.
const PARAGRAPHS: usize = 6;

/// Whether the paragraphs of `sections` tell of a place, change by change. Each entry that nothing else says the meaning of gets
/// its field: an action where it tells more of what will be done than of how things stand.
pub(super) fn tells(sections: &mut [Section], lines: &[Option<Said<'_>>], recognise: &dyn Recognise) -> bool {
    let text = |line: usize| lines.get(line).and_then(Option::as_ref).map(Said::text).unwrap_or_default();
    let mut named = ChangeSet::NONE;
    for section in &*sections {
        let change = recognise.heading(text(section.heading)).and_then(|guess| guess.change);
        named = change.map_or(named, |change| named.with(change));
    }
    let all: usize = sections.iter().map(|section| section.entries.len()).sum();
    if named.len() < CHANGES || all > PARAGRAPHS * sections.len() {
        return false;
    }
    let mut sum = Tally::default();
    for entry in sections.iter_mut().flat_map(|section| &mut section.entries) {
        let tally = Tally::of(text(entry.line), recognise);
        sum.paragraphs += 1;
        sum.told += usize::from(tally.told > 0);
        sum.advised += usize::from(tally.advised > tally.told);
        if entry.key.is_none() {
            entry.field = Some(if tally.intended * 2 > tally.told { Field::Action } else { Field::CurrentPosition });
        }
    }
    sum.told * 3 >= sum.paragraphs * 2 && sum.advised * 4 <= sum.paragraphs
}

/// What the sentences of a text tell, or the paragraphs of a document.
#[derive(Default)]
struct Tally {
    paragraphs: usize,
    /// Of a place: how things stand there or what will be done.
    told: usize,
    /// Of these, what will be done.
    intended: usize,
    advised: usize,
}

impl Tally {
    fn of(text: &str, recognise: &dyn Recognise) -> Self {
        let mut tally = Self::default();
        for sentence in text.split(". ").filter(|sentence| sentence.contains(char::is_alphabetic)) {
            match recognise.telling(sentence) {
                Some(Telling::Advice) => tally.advised += 1,
                Some(Telling::Intention) => {
                    tally.told += 1;
                    tally.intended += 1;
                }
                Some(Telling::Position) => tally.told += 1,
                // Figures are of a place.
                None => tally.told += usize::from(sentence.contains(|c: char| c.is_ascii_digit())),
            }
        }
        tally
    }
}
