//! What a heading says about the changes: the names that it bears, the number printed before them, words in between.

use super::tags;
use super::tags::Numbers;
use super::text::CLASSES;
use super::text::Scratch;
use super::text::TextModel;
use crate::matching::recogniser::Name;
use crate::matching::recogniser::NameMet;
use crate::matching::recogniser::Recogniser;
use crate::model::change::ChangeNumber;
use crate::model::recognise::Recognise;
use crate::model::text::has_words;

/// Below this strength a name met in a heading is a word or two that it happens to share.
const WEAK: f64 = 0.35;

/// From this strength on a name of something outside the eight says more than the words that it shares with a change.
pub(super) const CLEAR: f64 = 0.6;

/// A name that a heading bears, and how strongly.
#[derive(Clone, Debug)]
pub(super) struct Named<'v> {
    pub(super) name: &'v Name,
    pub(super) met: NameMet,
}

/// What one heading says.
#[derive(Clone, Debug, Default)]
pub(super) struct HeadingEvidence<'v> {
    /// For each change the strongest name met, strongest first; each change once.
    pub(super) named: Vec<Named<'v>>,
    /// The strongest name of something outside the eight.
    pub(super) outside: Option<Named<'v>>,
    /// The number printed in front ("4." or "Change 4").
    pub(super) number: Option<u8>,
    /// The number stands behind the word "change".
    pub(super) tagged: bool,
    /// Probabilities of the heading's own words, outside first, where it bears no clear name: a descriptor, or a name that
    /// nobody listed.
    pub(super) words: Option<[f64; CLASSES]>,
    /// A change cell that says of its row that it is about none: "-", "n/a".
    pub(super) none: bool,
    /// Only says that what stands above goes on: "cont'd", "as above", the rest of a torn cell.
    pub(super) goes_on: bool,
    /// Says what the model as a whole is called, and no other model.
    pub(super) whole: bool,
    /// Several numbers or all: "Change 1 & 3", or "2, 6" in a change column.
    pub(super) several: Option<Numbers>,
}

impl<'v> HeadingEvidence<'v> {
    /// Reads `text`, the cell of a change column where `cell`: there a bare number is a tag.
    pub(super) fn read(text: &str, cell: bool, recogniser: &'v Recogniser, model: &TextModel) -> Self {
        let mut evidence = Self::named(text, cell, recogniser);
        if !evidence.names_change() && evidence.outside_strength() < CLEAR {
            // A tag is no words.
            let words = recogniser.tags().after_opening(text).map_or(text, |(rest, _)| rest);
            let score = model.score(words, &mut Scratch::default());
            evidence.words = (score.known > 0 && evidence.several.is_none()).then(|| score.log_probability.map(f64::exp));
        }
        evidence
    }

    /// Reads `text` as [`HeadingEvidence::read`] does, but for what its words speak of.
    pub(super) fn named(text: &str, cell: bool, recogniser: &'v Recogniser) -> Self {
        let none = cell && (!has_words(text) || recogniser.is_value(text));
        let mut evidence = Self { none, goes_on: !none && goes_on(text), ..Self::default() };
        let tag = recogniser.tags().find(text).filter(|tag| tag.labels).map(|tag| tag.numbers);
        if let Some(numbers) = tag.or_else(|| tags::list(text, recogniser.tags()).filter(|_| cell)) {
            evidence.number = numbers.single();
            evidence.tagged = evidence.number.is_some();
            evidence.several = Some(numbers).filter(|_| evidence.number.is_none());
        }
        if evidence.number.is_none() && evidence.several.is_none() {
            evidence.number = leading_number(text);
        }
        for met in recogniser.names_in(text).into_iter().filter(|met| met.strength >= WEAK) {
            let Some(name) = recogniser.name(met.name) else { continue };
            match name.change {
                None => {
                    evidence.outside.get_or_insert(Named { name, met });
                }
                Some(change) if evidence.named.iter().all(|n| n.name.change != Some(change)) => {
                    evidence.named.push(Named { name, met });
                }
                Some(_) => {}
            }
        }
        evidence.whole = !evidence.names_other_model() && recogniser.names_model(text);
        evidence
    }

    /// The strongest name of `change`.
    pub(super) fn strength(&self, change: ChangeNumber) -> f64 {
        self.of(change).map_or(0.0, |named| named.met.strength)
    }

    /// The strongest name of `change` with what was met.
    pub(super) fn of(&self, change: ChangeNumber) -> Option<&Named<'v>> {
        self.named.iter().find(|named| named.name.change == Some(change))
    }

    /// How strongly it names something outside the eight.
    pub(super) fn outside_strength(&self) -> f64 {
        self.outside.as_ref().map_or(0.0, |named| named.met.strength)
    }

    /// The change that it clearly names.
    pub(super) fn change(&self) -> Option<ChangeNumber> {
        self.named.first().filter(|_| self.names_change()).and_then(|named| named.name.change)
    }

    /// Whether it clearly names another model with changes of its own.
    pub(super) fn names_other_model(&self) -> bool {
        self.outside.as_ref().is_some_and(|named| named.name.other_model && named.met.similarity >= 0.85)
    }

    /// Whether what it most clearly names outside the eight is something that plans of the eight are part of.
    pub(super) fn names_frame(&self) -> bool {
        self.outside.as_ref().is_some_and(|named| named.name.frame)
    }

    /// Whether it clearly names a change.
    pub(super) fn names_change(&self) -> bool {
        self.named.first().is_some_and(|named| named.met.strength >= 0.6 && named.met.strength >= self.outside_strength())
    }
}

/// Whether a label only says that what stands above it goes on; a heading in small letters is mostly the rest of a torn cell.
fn goes_on(text: &str) -> bool {
    if text.starts_with(char::is_lowercase) {
        return true;
    }
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    matches!(text.as_str(), "" | "cont" | "contd" | "cont'd" | "cont\u{2019}d" | "continued" | "as above" | "ditto" | "see above")
}

/// "4. Seven-day service", "4 Home First": one level, 1 to 14.
fn leading_number(text: &str) -> Option<u8> {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u8 = text.get(..digits)?.parse().ok()?;
    let rest = &text[digits..];
    let single = rest.starts_with([' ', ')', ':', '-', '\t'])
        || (rest.starts_with('.') && !rest[1..].starts_with(|c: char| c.is_ascii_digit()));
    // "7 Days" counts, as "7 days" does.
    let days = rest.trim_start().get(..3).is_some_and(|unit| unit.eq_ignore_ascii_case("day"));
    let counted = days || rest.trim_start().starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    ((1..=14).contains(&number) && single && !counted).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_only_go_on() {
        assert!(["(cont.)", "Cont'd", "\"", "as above", "behalf of each other"].into_iter().all(goes_on));
        assert!(!goes_on("Continuing healthcare"));
    }

    #[test]
    fn a_tag_is_no_words() {
        let recogniser = Recogniser::new(crate::model::vocabulary::Vocabulary::embedded());
        let words = |text: &str| HeadingEvidence::read(text, true, &recogniser, TextModel::embedded()).words;
        assert!(["Change 2 & 3", "Change 5", "All changes"].into_iter().all(|text| words(text).is_none()));
        let spoken = words("Change 5: rotas for Sundays").map_or(0.0, |words| words[5]);
        assert!(spoken > 0.5, "{spoken}");
    }

    #[test]
    fn numbers_in_front() {
        assert_eq!(leading_number("4. Seven-day service"), Some(4));
        assert_eq!(leading_number("2.Systems"), Some(2));
        assert_eq!(leading_number("1 Early"), Some(1));
        assert_eq!(leading_number("1.1 Early"), None);
        assert_eq!(leading_number("8 high impact changes"), None);
        assert_eq!(leading_number("2017 plan"), None);
    }
}
