//! Which words are known: those of the vocabulary, and those that the text score was learned from.

use rustc_hash::FxHashSet;

use super::changes::text::TextModel;
use crate::model::recognise::KnowsWords;
use crate::model::text::words;
use crate::model::vocabulary::Vocabulary;

/// The words that are known.
#[derive(Debug)]
pub struct KnownWords {
    /// Words of the vocabulary, in lower case.
    words: FxHashSet<String>,
    text: &'static TextModel,
}

impl KnownWords {
    /// The words of `vocabulary` and of what `text` was learned from.
    pub(crate) fn new(vocabulary: &Vocabulary, text: &'static TextModel) -> Self {
        let changes = vocabulary.changes.iter().flat_map(|entry| entry.aliases.iter().chain(&entry.cues).chain([&entry.name]));
        let outside = vocabulary.outside.iter().flat_map(|entry| entry.aliases.iter().chain([&entry.name]));
        let editions = vocabulary.editions.iter().flat_map(|edition| &edition.changes).map(|change| &change.name);
        let levels = vocabulary.maturity.iter().flat_map(|entry| &entry.words);
        let ratings = vocabulary.rag.iter().flat_map(|entry| &entry.words);
        let headers = vocabulary.headers.iter().flat_map(|entry| &entry.words);
        let bodies = vocabulary.body_words.iter().chain(&vocabulary.joined_names);
        let areas = vocabulary.areas.iter().flat_map(|area| area.aliases.iter().chain([&area.name]));
        let texts = changes.chain(outside).chain(editions).chain(levels).chain(ratings).chain(headers).chain(bodies).chain(areas);
        // A letter alone is a bullet, a rating or what is left of a broken word.
        let whole = |word: &String| word.chars().nth(1).is_some();
        Self { words: texts.flat_map(|text| words(text)).filter(whole).collect(), text }
    }
}

impl KnowsWords for KnownWords {
    fn is_word(&self, word: &str) -> bool {
        self.words.contains(word) || self.text.knows(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_and_their_pieces_are_not() {
        let words = KnownWords::new(Vocabulary::embedded(), TextModel::embedded());
        for word in ["established", "assessors", "coordinator", "with", "discharges"] {
            assert!(words.is_word(word), "{word}");
        }
        for piece in ["establishe", "ssessors", "rdinator", "disch", "n"] {
            assert!(!words.is_word(piece), "{piece}");
        }
    }
}
