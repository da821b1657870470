//! No table and no list: what stands in a place is told in running text below the name of each change.
//!
//! A paragraph is an item where the names of changes part the whole document and most of what they head tells of a place: how
//! things stand there, or what will be done. Guidance on the model has the same headings, but tells its reader what is best
//! done.

use rustc_hash::FxHashSet;

use super::bullets::Entry;
use super::bullets::Said;
use super::bullets::Section;
use super::tail;
use crate::model::change::ChangeSet;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::Recognise;
use crate::model::recognise::Telling;
use crate::model::text::words;

/// So many changes named by headings part a document into what is told of each.
const CHANGES: usize = 4;

/// More paragraphs than this below each name are a paper and no answer.
const PARAGRAPHS: usize = 6;

/// The sections with their running text, where that tells of a place change by change. A paragraph that nothing else says the
/// meaning of is an action where it tells more of what will be done than of how things stand.
pub(super) fn told(mut all: Vec<Section>, lines: &[Option<Said<'_>>], recognise: &dyn Recognise) -> Option<Vec<Section>> {
    let text = |line: usize| lines.get(line).and_then(Option::as_ref).map(Said::text).unwrap_or_default();
    let name = |section: &Section| match tail::keyed(text(section.heading)).filter(|_| section.keyed) {
        Some((name, _)) => name,
        None => text(section.heading),
    };
    let names: FxHashSet<String> = all.iter().flat_map(|section| words(name(section))).collect();
    let mut named = ChangeSet::NONE;
    let mut sum = Tally::default();
    for section in &mut all {
        let heading = recognise.heading(name(section));
        for entry in section.entries.iter_mut().filter(|entry| entry.key.is_none()) {
            let tally = Tally::of(text(entry.line), &names, recognise);
            sum.add(&tally);
            let sentences = text(entry.line).trim_end().ends_with('.');
            let position = sentences && tally.intended * 2 <= tally.told;
            entry.field = Some(if position { Field::CurrentPosition } else { Field::Action });
            named = heading.as_ref().and_then(|guess| guess.change).map_or(named, |change| named.with(change));
        }
    }
    let tells = named.len() >= CHANGES && sum.paragraphs <= PARAGRAPHS * all.len() && sum.tells();
    tells.then_some(all)
}

/// Makes entries of the running text between the names of changes and "Actions:" below them: where most of it tells of a place,
/// it is how things stand before the actions.
pub(super) fn positions(all: &mut [Section], lines: &[Option<Said<'_>>], recognise: &dyn Recognise) {
    /// Fewest changes that have such.
    const SECTIONS: usize = 2;
    let text = |line: usize| lines.get(line).and_then(Option::as_ref).map(Said::text).unwrap_or_default();
    let acts = |section: &&mut Section| {
        let first = section.parts.first().and_then(|part| part.guess);
        first.is_some_and(|guess| guess.meaning == Meaning::Field(Field::Action))
    };
    let names: FxHashSet<String> = all.iter().flat_map(|section| words(text(section.heading))).collect();
    let mut sum = Tally::default();
    let mut found: Vec<&mut Entry> = Vec::new();
    let mut sections = 0;
    for section in all.iter_mut().filter(acts) {
        let above = section.entries.iter_mut().filter(|entry| entry.runs && entry.part.is_none() && entry.key.is_none());
        let before = found.len();
        found.extend(above);
        sections += usize::from(found.len() > before);
    }
    for entry in &found {
        sum.add(&Tally::of(text(entry.line), &names, recognise));
    }
    if sections >= SECTIONS && sum.tells() {
        for entry in found {
            entry.runs = false;
            entry.field = Some(Field::CurrentPosition);
        }
    }
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
    /// Counts one more paragraph, of which `told` is the tally.
    fn add(&mut self, paragraph: &Self) {
        self.paragraphs += 1;
        self.told += usize::from(paragraph.told > 0);
        self.advised += usize::from(paragraph.advised > paragraph.told);
    }

    /// Whether most paragraphs tell of a place and few advise.
    fn tells(&self) -> bool {
        self.told * 2 >= self.paragraphs && self.advised * 4 <= self.paragraphs
    }

    /// Of a text in a document whose headings have `names` for words.
    fn of(text: &str, names: &FxHashSet<String>, recognise: &dyn Recognise) -> Self {
        let mut tally = Self::default();
        for sentence in text.split(". ").filter(|sentence| sentence.contains(char::is_alphabetic)) {
            match recognise.telling(sentence) {
                Some(Telling::Advice) => tally.advised += 1,
                Some(Telling::Intention) => {
                    tally.told += 1;
                    tally.intended += 1;
                }
                Some(Telling::Position) => tally.told += 1,
                // Figures and names are of a place.
                None => {
                    let figure = sentence.contains(|c: char| c.is_ascii_digit());
                    tally.told += usize::from(figure || sentence.split_whitespace().skip(1).any(|word| is_name(word, names)));
                }
            }
        }
        tally
    }
}

/// Whether a word inside a sentence is a name, and no term that headings have: "Tuesday", "Ipswich".
fn is_name(word: &str, terms: &FxHashSet<String>) -> bool {
    let mut chars = word.chars();
    let capital = chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase);
    capital && !words(word).iter().all(|word| terms.contains(word))
}
