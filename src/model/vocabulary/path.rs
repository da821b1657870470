//! Keys of a model file as paths, and where they stand in its text.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::value::RawValue;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// The path of a value in a model file, shown as `changes[3].aliases[2]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KeyPath(Vec<Step>);

impl KeyPath {
    /// The path of a top-level key.
    pub(super) fn of(key: &str) -> Self {
        Self::default().key(key)
    }

    /// The path of a key below this one.
    pub(super) fn key(&self, key: &str) -> Self {
        self.step(Step::Key(key.to_owned()))
    }

    /// The path of an element below this one; zero-based.
    pub(super) fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    fn step(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// This path with the leading `from` replaced by `to`; `None` where it does not lead.
    pub(super) fn moved(&self, from: &Self, to: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(from.0.as_slice())?;
        Some(Self(to.0.iter().chain(rest).cloned().collect()))
    }

    /// How many steps it has.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Line and column, both 1-based, of the value in `text`; `None` where `text` has no such key.
    pub(super) fn locate(&self, text: &str) -> Option<Position> {
        let mut here: &RawValue = serde_json::from_str(text).ok()?;
        for step in &self.0 {
            here = match step {
                Step::Key(key) => serde_json::from_str::<BTreeMap<String, &RawValue>>(here.get()).ok()?.remove(key)?,
                Step::Index(index) => serde_json::from_str::<Vec<&RawValue>>(here.get()).ok()?.get(*index).copied()?,
            };
        }
        let offset = here.get().as_ptr().addr().checked_sub(text.as_ptr().addr())?;
        Position::at(text, offset)
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if i > 0 => write!(f, ".{key}")?,
                Step::Key(key) => f.write_str(key)?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A place in a model file's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, 1-based.
    pub line: usize,
    /// Column in bytes, 1-based.
    pub column: usize,
}

impl Position {
    fn at(text: &str, offset: usize) -> Option<Self> {
        let before = text.get(..offset)?;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Some(Self { line: before.bytes().filter(|b| *b == b'\n').count() + 1, column: offset - line_start + 1 })
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_and_found() {
        let path = KeyPath::of("a").index(1).key("b");
        assert_eq!(path.to_string(), "a[1].b");
        assert_eq!(path.locate("{\"a\": [0,\n  {\"b\": 5}]}"), Some(Position { line: 2, column: 9 }));
        assert_eq!(path.locate("{\"a\": []}"), None);
    }

    #[test]
    fn a_path_moves_with_its_lead() {
        let path = KeyPath::of("a").index(1).key("b");
        let moved = path.moved(&KeyPath::of("a").index(1), &KeyPath::of("a").index(0));
        assert_eq!(moved.map(|p| p.to_string()).as_deref(), Some("a[0].b"));
        assert_eq!(path.moved(&KeyPath::of("b"), &KeyPath::of("a")), None);
    }
}
