//! Names that stand alone somewhere in a document, which tell where to split cells that run names together.

use rustc_hash::FxHashSet;

use super::lexicon::key;
use super::lexicon::key_into;
use super::token::Kind;
use super::token::Token;
use super::traits::Traits;

/// The names of one document; [`super::Parties::learn`] fills it. Empty, it teaches nothing.
#[derive(Clone, Debug, Default)]
pub struct KnownNames {
    people: FxHashSet<String>,
    bodies: FxHashSet<String>,
    /// Keys of the words of people's names.
    words: FxHashSet<String>,
}

impl KnownNames {
    /// Takes a person's name of two or three words.
    pub(super) fn add_person(&mut self, name: &str) {
        let words: Vec<String> = name.split_whitespace().map(key).collect();
        if (2..=3).contains(&words.len()) {
            self.people.insert(words.join(" "));
            self.words.extend(words);
        }
    }

    /// Takes a body's name.
    pub(super) fn add_body(&mut self, name: &str) {
        self.bodies.insert(name.split_whitespace().map(key).collect::<Vec<_>>().join(" "));
    }

    /// Whether these words are a person who stands alone elsewhere.
    pub(super) fn has_person(&self, words: &[Token<'_>]) -> bool {
        words.iter().all(|t| t.has(Traits::KNOWN)) && self.people.contains(&joined_key(words))
    }

    /// Whether these words are a person or a body that stands alone elsewhere.
    pub(super) fn has(&self, words: &[Token<'_>]) -> bool {
        let key = if self.people.is_empty() && self.bodies.is_empty() { return false } else { joined_key(words) };
        self.people.contains(&key) || self.bodies.contains(&key)
    }

    /// Marks the words of known people.
    pub(super) fn mark(&self, tokens: &mut [Token<'_>]) {
        if self.words.is_empty() {
            return;
        }
        let mut scratch = String::new();
        for token in tokens.iter_mut().filter(|t| t.kind == Kind::Word) {
            key_into(token.text, &mut scratch);
            if self.words.contains(&scratch) {
                token.traits = token.traits.with(Traits::KNOWN);
            }
        }
    }

    /// Whether a word, given by its key, is part of a known person's name.
    pub(super) fn has_word(&self, key: &str) -> bool {
        self.words.contains(key)
    }

    /// Whether nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty() && self.bodies.is_empty()
    }
}

fn joined_key(words: &[Token<'_>]) -> String {
    let mut out = String::new();
    let mut scratch = String::new();
    for word in words.iter().filter(|t| matches!(t.kind, Kind::Word | Kind::And)) {
        key_into(word.text, &mut scratch);
        if !out.is_empty() && !scratch.is_empty() {
            out.push(' ');
        }
        out.push_str(&scratch);
    }
    out
}
