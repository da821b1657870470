//! A vocabulary of a few words, for tests of what asks it.

use smallvec::SmallVec;

use crate::model::change::ChangeNumber;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::HeadingGuess;
use crate::model::recognise::Mark;
use crate::model::recognise::Recognise;
use crate::model::recognise::Telling;
use crate::model::record::Level;

/// Knows three headers, and changes by their tags.
pub(super) struct Few;

impl Recognise for Few {
    fn header(&self, text: &str) -> Option<HeaderGuess> {
        let field = match text {
            "Actions" => Field::Action,
            "Lead" => Field::Lead,
            "By when" => Field::Due,
            _ => return None,
        };
        Some(HeaderGuess { meaning: Meaning::Field(field), similarity: 1.0 })
    }
    fn heading(&self, text: &str) -> Option<HeadingGuess> {
        let number = text.strip_prefix("Change ")?.parse().ok()?;
        Some(HeadingGuess { change: ChangeNumber::new(number), similarity: 1.0, coverage: 1.0, tagged: true })
    }
    fn is_known_header(&self, text: &str) -> bool {
        self.header(text).is_some()
    }
    fn is_value(&self, _: &str) -> bool {
        false
    }
    fn is_milestone(&self, _: &str) -> bool {
        false
    }
    fn is_outcome(&self, _: &str) -> bool {
        false
    }
    fn level(&self, _: &str) -> Option<Level> {
        None
    }
    fn levels_begun(&self, _: &str) -> SmallVec<[Level; 2]> {
        SmallVec::new()
    }
    fn mark(&self, _: &str) -> Option<Mark> {
        None
    }
    fn is_superseded(&self, _: &str) -> bool {
        false
    }
    fn is_planned(&self, _: &str) -> bool {
        false
    }
    fn is_placeholder(&self, _: &str) -> bool {
        false
    }
    fn is_cover_label(&self, _: &str) -> bool {
        false
    }
    fn is_cover_title(&self, _: &str) -> bool {
        false
    }
    fn opens_cover(&self, _: &str) -> bool {
        false
    }
    fn title_words(&self, _: &str) -> usize {
        0
    }
    fn opens_key(&self, _: &str) -> bool {
        false
    }
    fn opens_note(&self, _: &str) -> bool {
        false
    }
    fn asks(&self, _: &str) -> bool {
        false
    }
    fn telling(&self, _: &str) -> Option<Telling> {
        None
    }

    fn is_request(&self, _: &str) -> bool {
        false
    }
    fn is_apart_header(&self, _: &[&str]) -> bool {
        false
    }
    fn is_summary(&self, _: &str) -> bool {
        false
    }
}
