//! Which edition of the model a document follows, and what its numbers mean.

use super::headings::HeadingEvidence;
use crate::model::change::ChangeNumber;
use crate::model::text::fold;
use crate::model::vocabulary::Vocabulary;

/// Least score of an edition that is not the original; one heading may be chance.
const ENOUGH: f64 = 2.0;

/// The edition whose numbers are the canonical ones.
const ORIGINAL: &str = "2015";

/// The edition of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Edition {
    /// Index in the vocabulary; `None` for 2015.
    index: Option<usize>,
    /// Some heading names a change, so that the edition is known and not only taken for granted.
    known: bool,
}

impl Edition {
    /// Counts for each edition the headings that bear a name of its own, a number that fits counting half as much again. The
    /// original stands unless another clearly fits better.
    pub(super) fn detect<'a>(headings: impl Iterator<Item = &'a HeadingEvidence<'a>>, vocabulary: &Vocabulary) -> Self {
        let mut scores = vec![0.0_f64; vocabulary.editions.len()];
        let mut known = false;
        for heading in headings.filter(|heading| heading.names_change()) {
            known = true;
            let Some(named) = heading.named.first().filter(|named| named.met.similarity >= 0.9) else { continue };
            let name = fold(&named.name.text);
            for (score, edition) in scores.iter_mut().zip(&vocabulary.editions) {
                if let Some(change) = edition.changes.iter().find(|change| fold(&change.name) == name) {
                    *score += match heading.number {
                        Some(number) if change.number == Some(number) => 1.5,
                        Some(_) => 0.5,
                        None => 1.0,
                    };
                }
            }
        }
        let original = vocabulary.editions.iter().position(|edition| edition.name == ORIGINAL);
        let base = original.map_or(0.0, |index| scores[index]);
        let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)));
        let index = best.filter(|edition| Some(*edition) != original && scores[*edition] >= ENOUGH && scores[*edition] > base);
        Self { index, known }
    }

    /// Its name, where something tells.
    pub(super) fn name(self, vocabulary: &Vocabulary) -> Option<&str> {
        match self.index {
            Some(index) => vocabulary.editions.get(index).map(|edition| edition.name.as_str()),
            None => self.known.then_some(ORIGINAL),
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
