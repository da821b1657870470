//! What a stage may ask of the vocabulary without knowing how words are compared. Matching answers, the pipeline introduces.

use smallvec::SmallVec;

use crate::model::cells::names_month;
use crate::model::change::ChangeNumber;
use crate::model::field::Meaning;
use crate::model::record::Level;

/// What a header seems to mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeaderGuess {
    /// The meaning.
    pub meaning: Meaning,
    /// How well the words met, 0 to 1.
    pub similarity: f64,
}

impl HeaderGuess {
    /// From this similarity on the words say what a header means, or that a text may be one.
    pub const LIKELY: f64 = 0.7;

    /// Whether the words say well enough what a header means, or that a text may be one.
    #[must_use]
    pub fn is_likely(&self) -> bool {
        self.similarity >= Self::LIKELY
    }

    /// Whether the words say it so well that what else the text may be does not count.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        const SURE: f64 = 0.9;
        self.similarity >= SURE
    }
}

/// What a heading names.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadingGuess {
    /// The change, or `None` for something that the vocabulary knows to be outside the eight.
    pub change: Option<ChangeNumber>,
    /// How well the words met, 0 to 1.
    pub similarity: f64,
    /// How much of the heading the name takes up, 0 to 1.
    pub coverage: f64,
    /// A tag opens the text or closes it ("Change 4: …"): it is a heading of a change, whatever its words say.
    pub tagged: bool,
}

/// Questions about single cells: what kind of value they hold. Normalising answers, for columns whose header says nothing.
pub trait Values {
    /// Nothing but one or more dates.
    fn is_date(&self, text: &str) -> bool;

    /// Nothing but that the matter goes on: "ongoing".
    fn is_ongoing(&self, text: &str) -> bool;

    /// A maturity level.
    fn is_level(&self, text: &str) -> bool;

    /// One or more people and no body.
    fn is_person(&self, text: &str) -> bool;

    /// A rating: a word or a letter.
    fn is_rating(&self, text: &str) -> bool;
}

/// A question about single words, for a text that may have been broken within one.
pub trait KnowsWords {
    /// Whether `word`, in lower case, is a whole word of the field or of its everyday language.
    fn is_word(&self, word: &str) -> bool;
}

/// What the mark in a cell of a matrix says of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// This one: "X", "✓", "current".
    Chosen,
    /// This one is what is planned: "target".
    Planned,
    /// Not this one: "☐", "No".
    Unchosen,
}

/// What a sentence of running text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// How things stand.
    Position,
    /// What will be done.
    Intention,
    /// What is best done, whoever reads it.
    Advice,
}

/// Questions about single texts.
pub trait Recognise {
    /// What the text means as a column's header or a row's label.
    fn header(&self, text: &str) -> Option<HeaderGuess>;

    /// Whether the text is, to the letter, a known header: cheap enough to ask of every short cell.
    fn is_known_header(&self, text: &str) -> bool;

    /// Whether the text is, to the letter, a value: a level, a rating, "none yet".
    fn is_value(&self, text: &str) -> bool;

    /// Which change, or which programme outside the model, the text names as a heading.
    fn heading(&self, text: &str) -> Option<HeadingGuess>;

    /// Whether the text, as a heading, names one of the eight.
    fn names_change(&self, text: &str) -> bool {
        self.heading(text).is_some_and(|guess| guess.change.is_some())
    }

    /// Whether the text opens as an intermediate heading does ("Outcome 2 – …", "Milestone 3").
    fn is_milestone(&self, text: &str) -> bool;

    /// Whether the text, as the header of a column behind the action, names the outcome intended ("Outcome").
    fn is_outcome(&self, text: &str) -> bool;

    /// The maturity level that the text names and nothing else ("Established", "Level 3: Established").
    fn level(&self, text: &str) -> Option<Level>;

    /// The levels whose names the text begins, cut short as the header of a narrow column is ("Not yet", "Plans").
    fn levels_begun(&self, text: &str) -> SmallVec<[Level; 2]>;

    /// What the text says as a mark in a matrix, or the mark that it opens with ("☒ Plans are agreed").
    fn mark(&self, text: &str) -> Option<Mark>;

    /// Whether the words of a header say that another column of its kind has come in its place: "Original date".
    fn is_superseded(&self, text: &str) -> bool;

    /// Whether the words of a header say that what stands under it is planned: "Q1 18/19 (Planned)".
    fn is_planned(&self, text: &str) -> bool;

    /// Whether a word, in lower case, says when or how surely a level is reached, and nothing of what it is a level of: "march",
    /// "q3", "target", "now"; short words are no subject either.
    fn says_when(&self, word: &str) -> bool {
        word.len() < 3
            || word.bytes().any(|b| b.is_ascii_digit())
            || names_month(word)
            || self.is_planned(word)
            || self.mark(word).is_some()
    }

    /// Whether the text is what a form shows where nothing is filled in ("Please select").
    fn is_placeholder(&self, text: &str) -> bool;

    /// Whether the text asks what a cover says of its document: "Completed by", "E-mail".
    fn is_cover_label(&self, text: &str) -> bool;

    /// Whether the text is the heading of a part that tells about the document: "Cover", "Version history".
    fn is_cover_title(&self, text: &str) -> bool;

    /// Whether `word` opens a line about the document's date or state: "Updated 12 March 2018".
    fn opens_cover(&self, word: &str) -> bool;

    /// How many of the words of the text are such as titles of plans and returns speak of.
    fn title_words(&self, text: &str) -> usize;

    /// Whether the text is what opens a key to a table or a remark on it: "Key", "Legend", "NB".
    fn opens_key(&self, text: &str) -> bool;

    /// Whether the text is what opens a remark on a table: "Note", "NB".
    fn opens_note(&self, text: &str) -> bool;

    /// Whether `word` opens questions and says nothing of what they ask for: "please", "describe", "your".
    fn asks(&self, word: &str) -> bool;

    /// Whether the text opens as one that says what to fill in: "Please tick", "Describe your plans".
    fn is_request(&self, text: &str) -> bool;

    /// What a sentence of running text tells by its words.
    fn telling(&self, sentence: &str) -> Option<Telling>;

    /// Whether the texts are the header of a table that says nothing of the plan: versions, terms, contacts.
    fn is_apart_header(&self, texts: &[&str]) -> bool;

    /// Whether the text is a summary of rows and no row of its own ("Total", "Overall RAG rating").
    fn is_summary(&self, text: &str) -> bool;
}
