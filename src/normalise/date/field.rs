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

    /// What `word` (letters only) is in a date phrase: a word of the reader's own, or one of the field.
    pub(super) fn classify(&self, word: &[u8]) -> Word {
        match classify(word) {
            Word::Other => match self.kind(word) {
                Some(DateWordKind::Label) => Word::Label,
                Some(DateWordKind::Moved) => Word::Moved,
                Some(DateWordKind::Document) => Word::Document,
                Some(DateWordKind::Meeting) => Word::Meeting,
                _ => Word::Other,
            },
            own => own,
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
