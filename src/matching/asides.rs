//! Words by which a line is known to be about the document or about a table, and no row of a plan: its title, its date, a key,
//! a remark, what to fill in.

use rustc_hash::FxHashSet;

use crate::model::recognise::Telling;
use crate::model::text::fold;
use crate::model::text::words;
use crate::model::vocabulary::Vocabulary;

/// The words of the vocabulary that open such lines or stand in them, ready to be compared with.
#[derive(Debug, Default)]
pub(super) struct Asides {
    /// In lower case.
    covers: FxHashSet<String>,
    /// In lower case.
    titles: FxHashSet<String>,
    /// Folded.
    keys: FxHashSet<String>,
    /// Folded.
    notes: FxHashSet<String>,
    /// Folded, each with the blank that parts it from what is asked for.
    requests: Vec<String>,
    /// In lower case.
    questions: FxHashSet<String>,
    /// Folded, with a space before and after, to be found inside a sentence.
    tellings: Vec<(Telling, Vec<String>)>,
}

impl Asides {
    /// Prepares `vocabulary`.
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let folded = |list: &[String]| list.iter().map(|text| fold(text)).collect();
        let inside = |list: &[String]| list.iter().map(|text| format!(" {} ", fold(text))).collect();
        Self {
            covers: vocabulary.cover_openings.iter().map(|word| word.to_lowercase()).collect(),
            titles: vocabulary.title_words.iter().flat_map(|word| words(word)).collect(),
            keys: folded(&vocabulary.key_openings),
            notes: folded(&vocabulary.note_openings),
            requests: vocabulary.requests.iter().map(|text| format!("{} ", fold(text))).collect(),
            questions: vocabulary.question_words.iter().flat_map(|text| words(text)).collect(),
            tellings: vec![
                (Telling::Advice, inside(&vocabulary.advice_words)),
                (Telling::Intention, inside(&vocabulary.intention_words)),
                (Telling::Position, inside(&vocabulary.position_words)),
            ],
        }
    }

    pub(super) fn opens_cover(&self, word: &str) -> bool {
        self.covers.contains(&word.to_lowercase())
    }

    pub(super) fn title_words(&self, text: &str) -> usize {
        words(text).iter().filter(|word| self.titles.contains(word.as_str())).count()
    }

    pub(super) fn opens_key(&self, text: &str) -> bool {
        let folded = fold(text);
        self.keys.contains(&folded) || self.notes.contains(&folded)
    }

    pub(super) fn opens_note(&self, text: &str) -> bool {
        self.notes.contains(&fold(text))
    }

    pub(super) fn asks(&self, word: &str) -> bool {
        self.questions.contains(&word.to_lowercase())
    }

    pub(super) fn is_request(&self, text: &str) -> bool {
        let folded = fold(text);
        self.requests.iter().any(|opening| folded.starts_with(opening.as_str()))
    }

    /// The first of advice, intention and position whose words stand in `sentence`.
    pub(super) fn telling(&self, sentence: &str) -> Option<Telling> {
        let folded = format!(" {} ", fold(sentence));
        let told = self.tellings.iter().find(|(_, words)| words.iter().any(|word| folded.contains(word.as_str())));
        told.map(|(telling, _)| *telling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asides() -> Asides {
        Asides::new(Vocabulary::embedded())
    }

    #[test]
    fn keys_and_remarks_are_told_by_what_opens_them() {
        assert!(
            ["Key", "RAG key:", "Please note", "N.B.", "NB"].map(|text| asides().opens_key(text))
                == [true, true, true, false, true]
        );
        assert!(asides().opens_note("Notes"));
        assert!(!asides().opens_note("Source"));
    }

    #[test]
    fn requests_have_something_that_is_asked_for() {
        assert!(asides().is_request("Describe your plans"));
        assert!(!asides().is_request("Describe"));
        assert!(!asides().is_request("Listed buildings"));
    }

    #[test]
    fn titles_and_dates_of_documents_have_words_of_their_own() {
        assert_eq!(asides().title_words("Plan for transfers, 2018 update"), 3);
        assert!(asides().opens_cover("UPDATED"));
        assert!(!asides().opens_cover("Date:"));
    }

    #[test]
    fn a_sentence_tells_of_a_place_or_gives_advice() {
        let told = [
            ("We still count beds on paper", Some(Telling::Position)),
            ("A screen will go live", Some(Telling::Intention)),
            ("A day should be agreed at once", Some(Telling::Advice)),
            ("Good figures", None),
        ];
        for (sentence, telling) in told {
            assert_eq!(asides().telling(sentence), telling, "{sentence}");
        }
    }

    #[test]
    fn a_model_file_adds_to_each() {
        let file = r#"{"schema": "hicm.model/1", "extends": true, "cover_openings": ["Inked"], "title_words": ["Almanac"],
            "key_openings": ["Cipher"], "note_openings": ["Mark well"], "requests": ["Kindly tell"]}"#;
        let grown = Asides::new(&Vocabulary::embedded().extend(file).unwrap());
        assert!(grown.opens_cover("inked") && grown.opens_key("Cipher") && grown.opens_note("Mark well:"));
        assert!(grown.is_request("Kindly tell us why"));
        assert_eq!(grown.title_words("The almanac"), 1);
    }
}
