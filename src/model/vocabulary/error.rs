//! What can be wrong with a model file.

use thiserror::Error;

use super::path::KeyPath;
use super::path::Position;

/// Why a model file cannot be used. Each form names the key, and the place in the text where it has one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum VocabularyError {
    /// The text is not JSON.
    #[error("{position}: not valid JSON: {message}")]
    Syntax {
        /// Where reading stopped.
        position: Position,
        /// What the JSON reader expected.
        message: String,
    },
    /// A value has the wrong type, or a key is unknown or missing.
    #[error("{path} ({position}): {message}")]
    Shape {
        /// The key, `changes[3].aliases`; "the file" for the whole.
        path: String,
        /// Where reading stopped.
        position: Position,
        /// What was found and what was expected.
        message: String,
    },
    /// A value has the right type but breaks a rule of the model.
    #[error("{path}{}: expected {expected}, found {found}", shown(.position.as_ref()))]
    Rule {
        /// The key, `changes[3].aliases[2]`.
        path: String,
        /// Where the value stands; `None` where the vocabulary was not read from a text.
        position: Option<Position>,
        /// The rule.
        expected: String,
        /// What breaks it, with the other key where two are at odds.
        found: String,
    },
}

fn shown(position: Option<&Position>) -> String {
    position.map(|p| format!(" ({p})")).unwrap_or_default()
}

/// A broken rule before its keys are traced to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Breach {
    /// The key.
    pub(super) path: KeyPath,
    /// The rule.
    pub(super) expected: String,
    /// What breaks it.
    pub(super) found: String,
    /// The key that it is at odds with.
    pub(super) other: Option<KeyPath>,
    /// The other key stands in the vocabulary that the file adds to, and not in the file.
    pub(super) other_in_base: bool,
}

impl Breach {
    /// A value that breaks a rule by itself.
    pub(super) fn new(path: KeyPath, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self { path, expected: expected.into(), found: found.into(), other: None, other_in_base: false }
    }

    /// A value that is at odds with one that stands before it.
    pub(super) fn clash(path: KeyPath, expected: impl Into<String>, found: impl Into<String>, other: KeyPath) -> Self {
        Self { other: Some(other), ..Self::new(path, expected, found) }
    }

    /// The error, placed in the text that it was read from.
    pub(super) fn into_error(self, text: Option<&str>) -> VocabularyError {
        let found = match &self.other {
            Some(other) if self.other_in_base => format!("{}, which the embedded model has as {other}", self.found),
            Some(other) => format!("{}, which is also {other}", self.found),
            None => self.found,
        };
        let position = text.and_then(|text| self.path.locate(text));
        VocabularyError::Rule { path: self.path.to_string(), position, expected: self.expected, found }
    }
}
