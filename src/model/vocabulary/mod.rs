//! The canonical model and the words of the field as data: the typed form of `schema/model.json`.
//!
//! Everything that a user may want to add to (an alias, a header word, a level's spelling) stands there and not in code.
//! The types are here; `load` reads files, `check` holds their rules, `extend` and `merge` add a user's file to the embedded
//! one, `path` and `error` say which key of which line is wrong. `schema/README.md` tells users what each key is for.

mod check;
mod error;
mod extend;
mod load;
mod merge;
mod names;
mod path;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;

pub use self::error::VocabularyError;
pub use self::extend::AreaExtension;
pub use self::extend::ChangeExtension;
pub use self::extend::Extension;
pub use self::extend::OutsideExtension;
pub use self::load::ChangeName;
pub use self::load::ModelFile;
pub use self::names::ModelName;
pub use self::names::Owner;
pub use self::path::Position;
use crate::model::change::ChangeNumber;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::record::Level;
use crate::model::record::Rag;

/// Version of the model file's shape; raised by a change that breaks users' files.
pub const MODEL_SCHEMA: &str = "hicm.model/1";

/// The canonical model and the words of the field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "hicm model")]
pub struct Vocabulary {
    /// Version of this file's shape, `hicm.model/1`.
    #[schemars(extend("const" = MODEL_SCHEMA))]
    pub schema: String,
    /// The eight changes.
    pub changes: Vec<ChangeEntry>,
    /// Programmes and topics that are outside the eight although they stand beside them.
    pub outside: Vec<OutsideEntry>,
    /// Editions of the model with their own names and numbers.
    pub editions: Vec<EditionEntry>,
    /// Spellings of the five levels.
    pub maturity: Vec<LevelEntry>,
    /// Words that, beside "level" or "maturity" in a header, say of which change or when a level is, and of no other scale
    /// ("current"). Each is one word.
    #[serde(default)]
    pub level_qualifiers: Vec<String>,
    /// Words and letters of ratings.
    pub rag: Vec<RagEntry>,
    /// States that a key says of its colours and letters, and the rating that each is. They count where a key tells a colour or
    /// a letter of its own, and nowhere else: areas colour them differently.
    #[serde(default)]
    pub rag_states: Vec<RagEntry>,
    /// What stands between a colour and its meaning in a key that is a sentence ("means").
    #[serde(default)]
    pub key_links: Vec<String>,
    /// What column headers and row labels mean.
    pub headers: Vec<HeaderEntry>,
    /// Further wordings of headers, known word by word and not to the letter.
    #[serde(default)]
    pub header_wordings: Vec<HeaderEntry>,
    /// Words that open an intermediate heading ("Outcome", "Milestone").
    pub milestone_openings: Vec<String>,
    /// Headers of milestones that name the outcome intended where they stand behind the action ("Outcome").
    #[serde(default)]
    pub outcomes: Vec<String>,
    /// What the model as a whole is called: a title that says so names no change and no other programme ("HICM").
    #[serde(default)]
    pub model_names: Vec<String>,
    /// Words that open a summary of rows ("Total", "Overall").
    pub summaries: Vec<String>,
    /// What marks a cell as chosen in a matrix ("X", "✓"); compared as it stands but for case.
    #[serde(default)]
    pub ticks: Vec<String>,
    /// What says that a cell is not chosen ("☐", "No").
    #[serde(default)]
    pub unticked: Vec<String>,
    /// Words of a header or mark that say that a level is planned and not reached ("planned", "target").
    #[serde(default)]
    pub planned: Vec<String>,
    /// What a form shows where nothing is filled in ("Please select", "Click here to enter text").
    #[serde(default)]
    pub placeholders: Vec<String>,
    /// Spellings of "nobody yet" and "no date yet" ("t.b.c", "n/a").
    pub unassigned: Vec<String>,
    /// Words that make a name a body and not a person ("CCG", "Trust", "Team").
    pub body_words: Vec<String>,
    /// Names with "and" or "&" inside that are one name ("health and social care").
    #[serde(default)]
    pub joined_names: Vec<String>,
    /// Hospitals, hospices and charities that bear a person's name, of which no part is a person ("George Eliot").
    #[serde(default)]
    pub named_bodies: Vec<String>,
    /// Bodies whose names end in no word for a body ("Age UK").
    #[serde(default)]
    pub whole_bodies: Vec<String>,
    /// Surnames that are also words of the field: after a first name they end a person's name ("Ward"). A text may hold
    /// several, parted by blanks.
    #[serde(default)]
    pub surnames: Vec<String>,
    /// First names: before another capitalised word they make a person. Names that are oftener places, months or common words
    /// are left out. A text may hold several, parted by blanks.
    #[serde(default)]
    pub first_names: Vec<String>,
    /// What a person is by post ("manager"): such a word ends a post's name. Singulars. A text may hold several words, parted
    /// by blanks.
    #[serde(default)]
    pub posts: Vec<String>,
    /// Words that open a post's name ("deputy"). A text may hold several, parted by blanks.
    #[serde(default)]
    pub post_openings: Vec<String>,
    /// Posts that stand for one person by their initials ("COO"). A text may hold several, parted by blanks.
    #[serde(default)]
    pub post_acronyms: Vec<String>,
    /// Titles that open a person's name ("Dr", "Cllr"). A text may hold several, parted by blanks.
    #[serde(default)]
    pub person_titles: Vec<String>,
    /// Things and subjects of the field ("discharge", "housing"): no part of a person's name, and no body on their own.
    /// Singulars. A text may hold several, parted by blanks.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// Kinds of bodies and services by their initials ("MBC", "FT"), which stand beside a place as often as beside a person. A
    /// text may hold several, parted by blanks.
    #[serde(default)]
    pub body_kinds: Vec<String>,
    /// Words that announce a party and are none ("Lead: …", "(joint)", "… support"). A text may hold several, parted by blanks.
    #[serde(default)]
    pub party_labels: Vec<String>,
    /// Of the party labels, those that say nothing when they are all that a name has ("owner"). A text may hold several, parted
    /// by blanks.
    #[serde(default)]
    pub bare_party_labels: Vec<String>,
    /// What the initials of commissioning bodies end with, whatever place stands in front ("CCG" of "EVCCG"); as it is written.
    #[serde(default)]
    pub commissioners: Vec<String>,
    /// Departments and crafts of two letters, which are nobody's initials ("OT").
    #[serde(default)]
    pub departments: Vec<String>,
    /// Services and departments known by initials: before "and" one may be half of a name ("OT and Therapy Lead").
    #[serde(default)]
    pub service_acronyms: Vec<String>,
    /// Services that are a party by their name alone, whatever body "and" adds ("public health").
    #[serde(default)]
    pub standing_services: Vec<String>,
    /// Health and Wellbeing Board areas.
    #[serde(default)]
    pub areas: Vec<AreaEntry>,
    /// Names that stand for several areas at once.
    #[serde(default)]
    pub area_groups: Vec<AreaGroup>,
    /// Questions of a form or cover sheet that ask for the area ("Health and Wellbeing Board").
    #[serde(default)]
    pub area_labels: Vec<String>,
    /// What a cover says of its document, in front of the answer ("Completed by", "E-mail").
    #[serde(default)]
    pub cover_labels: Vec<String>,
    /// Headings of sheets and sections that tell about the document and hold no rows of a plan ("Cover", "Version history").
    #[serde(default)]
    pub cover_titles: Vec<String>,
    /// Words that open a line about the document's date or state: "Updated 12 March 2018", "Version 2". Each is one word.
    #[serde(default)]
    pub cover_openings: Vec<String>,
    /// Words that titles of plans and returns speak of ("plan", "assessment"). Each is one word.
    #[serde(default)]
    pub title_words: Vec<String>,
    /// What opens a key to a table, or the list of its sources ("Key", "Legend", "Source").
    #[serde(default)]
    pub key_openings: Vec<String>,
    /// What opens a remark on a table ("Note", "NB").
    #[serde(default)]
    pub note_openings: Vec<String>,
    /// What opens a text that says what to fill in ("Please", "Describe").
    #[serde(default)]
    pub requests: Vec<String>,
    /// Words of sentences about how things stand in a place ("we", "currently").
    #[serde(default)]
    pub position_words: Vec<String>,
    /// Words of sentences about what will be done ("will", "plan to").
    #[serde(default)]
    pub intention_words: Vec<String>,
    /// Words of sentences that tell a reader what is best done, as guidance does ("should").
    #[serde(default)]
    pub advice_words: Vec<String>,
    /// Words beside dates, by what they say there.
    #[serde(default)]
    pub date_words: Vec<DateWordEntry>,
    /// Words beside ratings, levels, tags, areas and editions, by what they say there.
    #[serde(default)]
    pub value_words: Vec<ValueWordEntry>,
    /// What a line says in front of the period that its document speaks for ("Reporting period").
    #[serde(default)]
    pub period_labels: Vec<String>,
    /// What a sentence says in front of the period of its plan ("covers").
    #[serde(default)]
    pub period_openings: Vec<String>,
    /// Words in front of a year that is another document's: "Refresh of the 2016/17 plan". Each is one word.
    #[serde(default)]
    pub other_documents: Vec<String>,
    /// What a line at the start says whose date is the document's ("last reviewed").
    #[serde(default)]
    pub dated_by: Vec<String>,
    /// Words that may stand beside a quarter in the header of its column ("Q3 actual"). A text may hold several, parted by
    /// blanks.
    #[serde(default)]
    pub quarter_words: Vec<String>,
    /// Words of a header that say that another column of its kind has come in its place ("Original date", "RAG last month").
    /// Each is one word.
    #[serde(default)]
    pub superseded: Vec<String>,
    /// Words that open a question of a form and say nothing of what it asks for ("please describe your"). A text may hold
    /// several, parted by blanks.
    #[serde(default)]
    pub question_words: Vec<String>,
    /// Words that, before a number, say that it is a change's ("HIC 4"). Each is one word of three letters or more.
    #[serde(default)]
    pub change_words: Vec<String>,
    /// What follows an area's name in the name of a street, a house or a ward, which is not the area ("Durham Road"). A text
    /// may hold several words, parted by blanks.
    #[serde(default)]
    pub places: Vec<String>,
    /// Of the words of ratings those that are colours and no states ("amber"). Each is one word.
    #[serde(default)]
    pub colours: Vec<String>,
    /// What, behind a colour, makes it a thing's name ("red bag"). A text may hold several words, parted by blanks.
    #[serde(default)]
    pub coloured_things: Vec<String>,
    /// Headers of tables that stand apart from the plan: versions, terms, contacts.
    #[serde(default)]
    pub apart: Vec<ApartEntry>,
}

/// One of the eight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEntry {
    /// Number in the 2015 model.
    pub number: ChangeNumber,
    /// Stable id, snake case.
    pub id: String,
    /// Name in the 2015 model.
    pub name: String,
    /// Other names and spellings that a heading may use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Phrases that, in a row's own words, speak for the change.
    #[serde(default)]
    pub cues: Vec<String>,
}

/// Something outside the eight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsideEntry {
    /// Another model with changes of its own: everything under a title that names it is outside, whatever its numbers.
    #[serde(default)]
    pub other_model: bool,
    /// Something that plans of the eight are part of: a title that names it does not say that the rows are outside.
    #[serde(default)]
    pub frame: bool,
    /// Stable id, snake case.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Other names that a heading may use.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// An edition of the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditionEntry {
    /// "2015", "2019", "2023".
    pub name: String,
    /// Other years that mean the same list ("2020").
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Its changes.
    pub changes: Vec<EditionChange>,
}

/// A change of an edition and where it goes in the eight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditionChange {
    /// Number in the edition; null for its enablers.
    pub number: Option<u8>,
    /// Name in the edition.
    pub name: String,
    /// Number in the 2015 model; null for what is outside the eight.
    pub change: Option<ChangeNumber>,
}

/// Spellings of a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelEntry {
    /// The level.
    pub level: Level,
    /// How it is written.
    pub words: Vec<String>,
}

/// Words of a rating.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RagEntry {
    /// The rating.
    pub value: Rag,
    /// How it is written.
    pub words: Vec<String>,
}

/// Headers of one meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeaderEntry {
    /// A field's key, or `change`, `timescale`, `open_timescale`, `group`.
    #[schemars(extend("enum" = HeaderEntry::meanings()))]
    pub meaning: String,
    /// How it is written.
    pub words: Vec<String>,
}

/// An area that has a Health and Wellbeing Board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaEntry {
    /// Its ONS code, "E09000001".
    pub code: String,
    /// Its name in the ONS list.
    pub name: String,
    /// Short and everyday names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// First year of this code where the area is a successor; two areas may share a name if this differs.
    #[serde(default)]
    pub from_year: Option<u16>,
}

/// Areas that are named together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaGroup {
    /// How the group is named.
    pub words: Vec<String>,
    /// The codes of its areas.
    pub codes: Vec<String>,
}

/// Words that say the same of a date beside them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DateWordEntry {
    /// What they say.
    pub kind: DateWordKind,
    /// How it is written; a text may hold several words, parted by blanks.
    pub words: Vec<String>,
}

/// What a word says of a date or number beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateWordKind {
    /// The number behind it is a label: "phase 1", "ward 7".
    Label,
    /// "To" names the new date behind it, and "from" the old one: "moved to May", "slipped from March".
    Moved,
    /// A year beside it is part of a name: "2016/17 contract".
    Document,
    /// Those who meet: "Oct Board" is a date.
    Meeting,
    /// Something begins or is due with the day in numbers behind it: "launched 1/11".
    Begun,
    /// The season in front says what is paid for or prepared: "winter pressures".
    Seasonal,
    /// The date in front hangs on what follows: "Nov subject to approval".
    Condition,
    /// What somebody is to do, whose name is a month's: "June to chase".
    Task,
    /// A month that is a person's name as well: "June to lead".
    Name,
    /// Days that go by the month in front: "Aug bank holiday".
    Holiday,
}

/// Words that say the same of a value beside them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueWordEntry {
    /// What they say.
    pub kind: ValueWordKind,
    /// How it is written; a text may hold several words, parted by blanks.
    pub words: Vec<String>,
}

/// What a word says of a value beside it that is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValueWordKind {
    /// A rating comes: "rated amber".
    Rating,
    /// The rating behind it is past or in doubt: "previously red".
    RatingPast,
    /// The state behind it is reached in part only: "nearly complete".
    RatingPartial,
    /// A scale of levels: "maturity", "level".
    Level,
    /// A level comes: "currently established".
    LevelCue,
    /// It may stand beside levels without making the cell prose: "working towards mature".
    LevelBeside,
    /// It may stand inside a level's name: "not yet fully established".
    LevelInside,
    /// It may stand between a tag's opening and its number: "HICM ref: 2".
    TagLink,
    /// It may stand before a tag's opening: "High Impact Change 4".
    TagOpening,
    /// It makes the word in front no area: "Reading list".
    NoArea,
    /// It says that the year beside it is an edition's: "updated 2023".
    Edition,
}

/// Headers of one kind of table that says nothing of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApartEntry {
    /// What such a table is about, snake case.
    pub about: String,
    /// Headers that only such a table has; one of them must be there.
    pub words: Vec<String>,
    /// Headers that may stand beside them.
    #[serde(default)]
    pub beside: Vec<String>,
}

/// The meanings of headers that are no field.
const OTHER_MEANINGS: [(&str, Meaning); 4] = [
    ("change", Meaning::Change),
    ("timescale", Meaning::Timescale),
    ("open_timescale", Meaning::OpenTimescale),
    ("group", Meaning::Group),
];

impl Vocabulary {
    /// The words of `kind`, one by one.
    pub fn value_words(&self, kind: ValueWordKind) -> impl Iterator<Item = &str> {
        let of_kind = self.value_words.iter().filter(move |entry| entry.kind == kind);
        of_kind.flat_map(|entry| &entry.words).flat_map(|text| text.split_whitespace())
    }
}

impl HeaderEntry {
    /// What the headers of this entry mean; `None` where the vocabulary was not checked and names no known meaning.
    #[must_use]
    pub fn meaning(&self) -> Option<Meaning> {
        let field = Field::ALL.into_iter().find(|field| field.key() == self.meaning).map(Meaning::Field);
        field.or_else(|| OTHER_MEANINGS.iter().find(|(key, _)| *key == self.meaning).map(|(_, meaning)| *meaning))
    }

    /// Every known meaning, as [`HeaderEntry::meaning`] reads it: the fields in the order of the schema, then the others.
    #[must_use]
    pub fn meanings() -> Vec<&'static str> {
        Field::ALL.into_iter().map(Field::key).chain(OTHER_MEANINGS.map(|(key, _)| key)).collect()
    }
}
