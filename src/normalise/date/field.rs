//! The words of the field around dates, as the vocabulary has them: what only looks like a date beside them, and what is said
//! of one.

use rustc_hash::FxHashMap;

use super::words::Word;
use super::words::classify;
use super::words::lowered;
use crate::model::vocabulary::DateWordKind;
use crate::model::vocabulary::Vocabulary;

/// Longest word in bytes that is looked up.
const LONGEST: usize = 32;

/// What each word of the field is beside a date.
#[derive(Clone, Debug, Default)]
pub(super) struct FieldWords {
    kinds: FxHashMap<Box<[u8]>, DateWordKind>,
    /// What opens a person's name: "Dr May".
    titles: Vec<String>,
}

impl FieldWords {
    /// Takes the words from `vocabulary`.
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let mut kinds = FxHashMap::default();
        for entry in &vocabulary.date_words {
            for word in entry.words.iter().flat_map(|text| text.split_whitespace()) {
                kinds.insert(word.to_lowercase().into_bytes().into(), entry.kind);
            }
        }
        let titles = vocabulary.person_titles.iter().flat_map(|text| text.split_whitespace());
        Self { kinds, titles: titles.map(str::to_lowercase).collect() }
    }

    /// What `word` (letters only) is in a date phrase: a word of the field, or one of the reader's own.
    pub(super) fn classify(&self, word: &[u8]) -> Word {
        match self.kind(word) {
            Some(DateWordKind::Label) => Word::Label,
            Some(DateWordKind::Moved) => Word::Moved,
            Some(DateWordKind::Document) => Word::Document,
            Some(DateWordKind::Meeting) => Word::Meeting,
            _ => classify(word),
        }
    }

    /// Whether `word` is of `kind`.
    pub(super) fn is(&self, word: &str, kind: DateWordKind) -> bool {
        self.kind(word.as_bytes()) == Some(kind)
    }

    /// Whether `word` is a person's title.
    pub(super) fn is_title(&self, word: &str) -> bool {
        self.titles.iter().any(|title| title.eq_ignore_ascii_case(word))
    }

    fn kind(&self, word: &[u8]) -> Option<DateWordKind> {
        let mut buffer = [0u8; LONGEST];
        self.kinds.get(lowered(word, &mut buffer)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_field_are_none_of_the_readers_own() {
        let words = FieldWords::new(Vocabulary::embedded());
        let own =
            |kind| matches!(kind, DateWordKind::Label | DateWordKind::Moved | DateWordKind::Document | DateWordKind::Meeting);
        for (word, kind) in words.kinds.iter().filter(|(_, kind)| own(**kind)) {
            assert_eq!(classify(word), Word::Other, "{} of {kind:?}", String::from_utf8_lossy(word));
        }
    }

    #[test]
    fn a_word_that_a_model_file_adds_outranks_the_readers_own() {
        let file = r#"{"schema": "hicm.model/1", "extends": true, "date_words": [{"kind": "meeting", "words": ["business"]}]}"#;
        let Ok(grown) = Vocabulary::embedded().extend(file) else { panic!("a good file") };
        assert_eq!(FieldWords::new(Vocabulary::embedded()).classify(b"Business"), Word::Play);
        assert_eq!(FieldWords::new(&grown).classify(b"Business"), Word::Meeting);
    }
}
