//! Which edition of the model a document follows, and what its numbers mean.

use super::headings::HeadingEvidence;
use super::text::CLASSES;
use crate::model::change::ChangeNumber;
use crate::model::text::fold;
use crate::model::vocabulary::EditionEntry;
use crate::model::vocabulary::ValueWordKind;
use crate::model::vocabulary::Vocabulary;

/// Least score of an edition that is not the original; one heading may be chance.
const ENOUGH: f64 = 2.0;

/// Where only numbers are printed: how much better the rows' words must fit another edition, in nats, over how many numbers
/// that mean something else there; and the least that one row can say against an edition.
const GAIN: f64 = 8.0;
const NUMBERS_APART: usize = 3;
const LEAST_SAID: f64 = -4.0;

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
    /// Counts for each edition the headings that bear a name of its own, and half as much those whose number is the one that
    /// the edition gives the change that they name; a title that says which edition it is counts as two. The original stands
    /// unless another clearly fits better.
    pub(super) fn detect<'a>(
        title: Option<&str>,
        headings: impl Iterator<Item = &'a HeadingEvidence<'a>>,
        vocabulary: &Vocabulary,
    ) -> Self {
        let mut scores: Vec<f64> = vocabulary.editions.iter().map(|edition| titled(title, edition, vocabulary)).collect();
        let names = |edition: &EditionEntry| edition.changes.iter().map(|change| fold(&change.name)).collect();
        let names: Vec<Vec<String>> = vocabulary.editions.iter().map(names).collect();
        let original = vocabulary.editions.iter().position(|edition| edition.name == ORIGINAL);
        // "Home first" is short for the original's "Home first/discharge to assess", whatever later editions call it.
        let short = |name: &str| original.is_some_and(|index| names[index].iter().any(|whole| is_part(name, whole)));
        let mut known = false;
        for heading in headings.filter(|heading| heading.names_change()) {
            known = true;
            let Some(named) = heading.named.first().filter(|named| named.met.similarity >= 0.9) else { continue };
            let name = fold(&named.name.text);
            let short = short(&name);
            for ((score, edition), names) in scores.iter_mut().zip(&vocabulary.editions).zip(&names) {
                let own = names.iter().position(|other| *other == name && !short).and_then(|at| edition.changes.get(at));
                let numbered = |number| edition.changes.iter().find(|c| c.number == Some(number)).and_then(|c| c.change);
                *score += match (own, heading.number) {
                    (Some(change), Some(number)) if change.number != Some(number) => 0.5,
                    (Some(_), None) => 1.0,
                    (Some(_), Some(_)) => 1.5,
                    (None, Some(number)) if numbered(number) == named.name.change => 0.5,
                    (None, _) => 0.0,
                };
            }
        }
        let base = original.map_or(0.0, |index| scores[index]);
        let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)));
        let index = best.filter(|edition| Some(*edition) != original && scores[*edition] >= ENOUGH && scores[*edition] > base);
        Self { index, known }
    }

    /// Whether nothing has told the edition yet.
    pub(super) fn is_open(self) -> bool {
        self.index.is_none() && !self.known
    }

    /// The edition in whose numbering the words of rows speak for the changes that their `numbers` mean; the original unless
    /// they do so far better in another. With each number come the row's log-probabilities.
    pub(super) fn of_numbers(numbers: &[(u8, [f32; CLASSES])], vocabulary: &Vocabulary) -> Self {
        let original = Self::default();
        let said = |edition: Self, number: u8, words: &[f32; CLASSES]| {
            let class = edition.translate(number, vocabulary).map_or(0, |change| usize::from(change.get()));
            f64::from(words[class]).max(LEAST_SAID)
        };
        let gain = |edition: Self| {
            let mut apart: Vec<u8> = Vec::new();
            let mut sum = 0.0;
            for (number, words) in numbers {
                if edition.translate(*number, vocabulary) != original.translate(*number, vocabulary) {
                    sum += said(edition, *number, words) - said(original, *number, words);
                    apart.push(*number);
                }
            }
            apart.sort_unstable();
            apart.dedup();
            if apart.len() >= NUMBERS_APART { sum } else { 0.0 }
        };
        let editions = (0..vocabulary.editions.len()).map(|index| Self { index: Some(index), known: false });
        let gains = editions.map(|edition| (gain(edition), edition)).filter(|(gain, _)| *gain >= GAIN);
        gains.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(original, |(_, edition)| edition)
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

    /// The number of the change that is called `name` in this edition.
    pub(super) fn number_of_name(self, name: &str, vocabulary: &Vocabulary) -> Option<u8> {
        let edition = vocabulary.editions.get(self.index?)?;
        let name = fold(name);
        edition.changes.iter().find(|change| fold(&change.name) == name)?.number
    }

    /// The number that `change` has in this edition; `None` for 2015, where it is its own.
    pub(super) fn number(self, change: ChangeNumber, vocabulary: &Vocabulary) -> Option<u8> {
        let edition = vocabulary.editions.get(self.index?)?;
        edition.changes.iter().find(|c| c.change == Some(change))?.number
    }
}

/// Whether `name` is some of the words of `whole` and not all.
fn is_part(name: &str, whole: &str) -> bool {
    name.len() < whole.len() && name.split(' ').all(|word| whole.split(' ').any(|other| other == word))
}

/// What a title says for an edition: "High Impact Change Model (updated 2023)", "HICM 2019 edition". A year by itself is as
/// likely that of the plan.
fn titled(title: Option<&str>, edition: &EditionEntry, vocabulary: &Vocabulary) -> f64 {
    let folded = title.map(fold).unwrap_or_default();
    let words: Vec<&str> = folded.split(' ').collect();
    let is_year = |word: &str| std::iter::once(&edition.name).chain(&edition.aliases).any(|name| name == word);
    let around = || vocabulary.value_words(ValueWordKind::Edition);
    let beside = |at: usize| words.get(at).is_some_and(|word| around().any(|known| known.eq_ignore_ascii_case(word)));
    let said =
        (0..words.len()).filter(|at| is_year(words[*at])).any(|at| beside(at + 1) || at.checked_sub(1).is_some_and(beside));
    if said { ENOUGH } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::changes::text::TextModel;
    use crate::matching::recogniser::Recogniser;

    /// The edition that headings tell.
    fn edition(title: Option<&str>, headings: &[&str]) -> Option<String> {
        let vocabulary = Vocabulary::embedded();
        let recogniser = Recogniser::new(vocabulary);
        let read = |text: &&str| HeadingEvidence::read(text, false, &recogniser, TextModel::embedded());
        let headings: Vec<HeadingEvidence<'_>> = headings.iter().map(read).collect();
        Edition::detect(title, headings.iter(), vocabulary).name(vocabulary).map(str::to_owned)
    }

    #[test]
    fn names_numbers_and_titles_tell_the_edition() {
        assert_eq!(edition(None, &[]), None);
        assert_eq!(edition(None, &["5. Seven-day services", "6. Trusted assessors"]).as_deref(), Some("2015"));
        assert_eq!(edition(None, &["Flexible working patterns", "Trusted assessment"]).as_deref(), Some("2019"));
        assert_eq!(edition(None, &["Early discharge planning", "Home first", "Discharge to assess"]).as_deref(), Some("2015"));
        let shifted = ["6. Seven-day services", "7. Trusted assessors", "8. Choice policy", "9. Care homes"];
        assert_eq!(edition(None, &shifted).as_deref(), Some("2023"));
        assert_eq!(edition(Some("HICM, updated 2023"), &["Care homes"]).as_deref(), Some("2023"));
        assert_eq!(edition(Some("HICM plan 2019/20"), &["Care homes"]).as_deref(), Some("2015"));
    }

    #[test]
    fn where_only_numbers_are_printed_the_words_of_their_rows_tell() {
        let vocabulary = Vocabulary::embedded();
        let words = |class: usize| {
            let mut words = [-4.0_f32; CLASSES];
            words[class] = -0.2;
            words
        };
        let name = |numbers: &[(u8, usize)]| {
            let numbers: Vec<_> = numbers.iter().map(|(number, class)| (*number, words(*class))).collect();
            Edition::of_numbers(&numbers, vocabulary).name(vocabulary).map(str::to_owned)
        };
        assert_eq!(name(&[(4, 4), (5, 4), (6, 5), (7, 6), (9, 8)]).as_deref(), Some("2023"));
        assert_eq!(name(&[(4, 4), (5, 5), (6, 6), (7, 7)]), None);
        assert_eq!(name(&[(5, 4), (6, 5)]), None);
    }

    #[test]
    fn every_number_of_every_edition_is_what_the_crosswalk_says() {
        let vocabulary = Vocabulary::embedded();
        for (index, entry) in vocabulary.editions.iter().enumerate().filter(|(_, entry)| entry.name != ORIGINAL) {
            let edition = Edition { index: Some(index), known: true };
            for change in &entry.changes {
                let Some(number) = change.number else { continue };
                assert_eq!(edition.translate(number, vocabulary), change.change, "{} {number}", entry.name);
                assert_eq!(edition.number_of_name(&change.name, vocabulary), Some(number), "{}", change.name);
            }
        }
        let late = vocabulary.editions.iter().position(|entry| entry.name == "2023");
        let late = Edition { index: late, known: true };
        let canonical = |number| late.translate(number, vocabulary).map(ChangeNumber::get);
        assert_eq!([4, 5, 6].map(canonical), [Some(4), Some(4), Some(5)]);
        assert_eq!(Edition::default().translate(6, vocabulary).map(ChangeNumber::get), Some(6));
    }
}
