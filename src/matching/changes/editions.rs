//! Which edition of the model a document follows, and what its numbers mean.

use super::headings::HeadingEvidence;
use crate::model::change::ChangeNumber;
use crate::model::vocabulary::Vocabulary;

/// Headings whose names only that edition has; one may be chance.
const ENOUGH: usize = 2;

/// The edition of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Edition {
    /// Index in the vocabulary; `None` for 2015.
    index: Option<usize>,
    /// Some heading names a change, so that the edition is known and not only taken for granted.
    known: bool,
}

impl Edition {
    /// Counts the names that only one edition has.
    pub(super) fn detect<'a, 'v: 'a>(headings: impl Iterator<Item = &'a HeadingEvidence<'v>>, vocabulary: &Vocabulary) -> Self {
        let mut counts = vec![0_usize; vocabulary.editions.len()];
        let mut original = 0;
        let mut known = false;
        for named in headings.filter(|h| h.names_change()).filter_map(|h| h.named.first()) {
            known = true;
            match named.name.edition {
                Some((edition, _)) => counts[edition] += 1,
                None => original += 1,
            }
        }
        let best = (0..counts.len()).max_by_key(|edition| (counts[*edition], counts.len() - edition));
        let index = best.filter(|edition| counts[*edition] >= ENOUGH && 2 * counts[*edition] >= original.min(ENOUGH * 2));
        Self { index, known }
    }

    /// Its name, where something tells.
    pub(super) fn name<'v>(self, vocabulary: &'v Vocabulary) -> Option<&'v str> {
        match self.index {
            Some(index) => vocabulary.editions.get(index).map(|edition| edition.name.as_str()),
            None => self.known.then_some("2015"),
        }
    }

    /// The change that a printed number means in this edition.
    pub(super) fn translate(self, number: u8, vocabulary: &Vocabulary) -> Option<ChangeNumber> {
        match self.index.and_then(|index| vocabulary.editions.get(index)) {
            Some(edition) => edition.changes.iter().find(|change| change.number == Some(number))?.change,
            None => ChangeNumber::new(u32::from(number)),
        }
    }

    /// The number that `change` has in this edition; `None` for 2015, where it is its own.
    pub(super) fn number(self, change: ChangeNumber, vocabulary: &Vocabulary) -> Option<u8> {
        let edition = vocabulary.editions.get(self.index?)?;
        edition.changes.iter().find(|c| c.change == Some(change))?.number
    }
}
