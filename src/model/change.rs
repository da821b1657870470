//! The eight changes by number, and sets of them.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;

/// How many changes the canonical model has.
pub const CHANGES: usize = LAST as usize;

/// The last number of the canonical model.
const LAST: u8 = 8;

/// The number of a change in the canonical (2015) model, 1 to 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "u8", into = "u8")]
#[schemars(extend("minimum" = 1, "maximum" = 8))]
pub struct ChangeNumber(u8);

impl ChangeNumber {
    /// `None` outside 1 to 8.
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        u8::try_from(number).ok().filter(|n| (1..=LAST).contains(n)).map(Self)
    }

    /// The number, 1 to 8.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }

    /// Zero-based position in arrays of the eight.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0) - 1
    }

    /// The eight in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=LAST).map(Self)
    }
}

impl TryFrom<u8> for ChangeNumber {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(u32::from(number)).ok_or_else(|| format!("expected a change number from 1 to 8, found {number}"))
    }
}

impl From<ChangeNumber> for u8 {
    fn from(number: ChangeNumber) -> Self {
        number.0
    }
}

impl fmt::Display for ChangeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A set of changes; the empty set is "outside the model".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChangeSet(u8);

impl ChangeSet {
    /// Outside the model.
    pub const NONE: Self = Self(0);
    /// All eight.
    pub const ALL: Self = Self(u8::MAX);

    /// The set with `number` added.
    #[must_use]
    pub fn with(self, number: ChangeNumber) -> Self {
        Self(self.0 | (1 << number.index()))
    }

    /// Whether `number` is in the set.
    #[must_use]
    pub fn contains(self, number: ChangeNumber) -> bool {
        self.0 & (1 << number.index()) != 0
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many changes are in the set.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The members in order.
    pub fn iter(self) -> impl Iterator<Item = ChangeNumber> {
        ChangeNumber::all().filter(move |n| self.contains(*n))
    }

    /// The only member, where there is just one.
    #[must_use]
    pub fn single(self) -> Option<ChangeNumber> {
        (self.len() == 1).then(|| self.iter().next()).flatten()
    }
}

impl From<ChangeNumber> for ChangeSet {
    fn from(number: ChangeNumber) -> Self {
        Self::NONE.with(number)
    }
}

impl FromIterator<ChangeNumber> for ChangeSet {
    fn from_iter<I: IntoIterator<Item = ChangeNumber>>(numbers: I) -> Self {
        numbers.into_iter().fold(Self::NONE, Self::with)
    }
}
