//! A model file that adds to another: every list is optional, and entries meet by number, id, name or code.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;

use super::ApartEntry;
use super::AreaGroup;
use super::DateWordEntry;
use super::EditionEntry;
use super::HeaderEntry;
use super::LevelEntry;
use super::RagEntry;
use super::ValueWordEntry;
use super::Vocabulary;
use super::error::Breach;
use super::merge::Merge;
use super::path::KeyPath;
use crate::model::change::ChangeNumber;

/// What a user's file adds to the embedded model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "hicm model extension")]
pub struct Extension {
    /// Version of the file's shape, `hicm.model/1`.
    #[schemars(extend("const" = super::MODEL_SCHEMA))]
    pub schema: String,
    /// Always true.
    #[schemars(extend("const" = true))]
    pub extends: bool,
    /// By number: aliases and cues are added, a name or id is replaced.
    #[serde(default)]
    pub changes: Vec<ChangeExtension>,
    /// By id: aliases are added; a new id needs a name.
    #[serde(default)]
    pub outside: Vec<OutsideExtension>,
    /// By name: changes are replaced by number (enablers by name) or added.
    #[serde(default)]
    pub editions: Vec<EditionEntry>,
    /// By level: words are added.
    #[serde(default)]
    pub maturity: Vec<LevelEntry>,
    /// Added.
    #[serde(default)]
    pub level_qualifiers: Vec<String>,
    /// By value: words are added.
    #[serde(default)]
    pub rag: Vec<RagEntry>,
    /// By value: words are added.
    #[serde(default)]
    pub rag_states: Vec<RagEntry>,
    /// Added.
    #[serde(default)]
    pub key_links: Vec<String>,
    /// By meaning: words are added.
    #[serde(default)]
    pub headers: Vec<HeaderEntry>,
    /// By meaning: words are added.
    #[serde(default)]
    pub header_wordings: Vec<HeaderEntry>,
    /// Added.
    #[serde(default)]
    pub milestone_openings: Vec<String>,
    /// Added.
    #[serde(default)]
    pub outcomes: Vec<String>,
    /// Added.
    #[serde(default)]
    pub model_names: Vec<String>,
    /// Added.
    #[serde(default)]
    pub summaries: Vec<String>,
    /// Added.
    #[serde(default)]
    pub ticks: Vec<String>,
    /// Added.
    #[serde(default)]
    pub unticked: Vec<String>,
    /// Added.
    #[serde(default)]
    pub planned: Vec<String>,
    /// Added.
    #[serde(default)]
    pub placeholders: Vec<String>,
    /// Added.
    #[serde(default)]
    pub unassigned: Vec<String>,
    /// Added.
    #[serde(default)]
    pub body_words: Vec<String>,
    /// Added.
    #[serde(default)]
    pub joined_names: Vec<String>,
    /// Added.
    #[serde(default)]
    pub named_bodies: Vec<String>,
    /// Added.
    #[serde(default)]
    pub whole_bodies: Vec<String>,
    /// Added.
    #[serde(default)]
    pub surnames: Vec<String>,
    /// Added.
    #[serde(default)]
    pub first_names: Vec<String>,
    /// Added.
    #[serde(default)]
    pub posts: Vec<String>,
    /// Added.
    #[serde(default)]
    pub post_openings: Vec<String>,
    /// Added.
    #[serde(default)]
    pub post_acronyms: Vec<String>,
    /// Added.
    #[serde(default)]
    pub person_titles: Vec<String>,
    /// Added.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// Added.
    #[serde(default)]
    pub body_kinds: Vec<String>,
    /// Added.
    #[serde(default)]
    pub party_labels: Vec<String>,
    /// Added.
    #[serde(default)]
    pub bare_party_labels: Vec<String>,
    /// Added.
    #[serde(default)]
    pub commissioners: Vec<String>,
    /// Added.
    #[serde(default)]
    pub departments: Vec<String>,
    /// Added.
    #[serde(default)]
    pub service_acronyms: Vec<String>,
    /// Added.
    #[serde(default)]
    pub standing_services: Vec<String>,
    /// By code, or by name: aliases are added; beside a code, name and year are replaced. A new code needs a name.
    #[serde(default)]
    pub areas: Vec<AreaExtension>,
    /// By codes: words are added.
    #[serde(default)]
    pub area_groups: Vec<AreaGroup>,
    /// Added.
    #[serde(default)]
    pub area_labels: Vec<String>,
    /// Added.
    #[serde(default)]
    pub cover_labels: Vec<String>,
    /// Added.
    #[serde(default)]
    pub cover_titles: Vec<String>,
    /// Added.
    #[serde(default)]
    pub cover_openings: Vec<String>,
    /// Added.
    #[serde(default)]
    pub title_words: Vec<String>,
    /// Added.
    #[serde(default)]
    pub key_openings: Vec<String>,
    /// Added.
    #[serde(default)]
    pub note_openings: Vec<String>,
    /// Added.
    #[serde(default)]
    pub requests: Vec<String>,
    /// Added.
    #[serde(default)]
    pub position_words: Vec<String>,
    /// Added.
    #[serde(default)]
    pub intention_words: Vec<String>,
    /// Added.
    #[serde(default)]
    pub advice_words: Vec<String>,
    /// By kind: words are added.
    #[serde(default)]
    pub date_words: Vec<DateWordEntry>,
    /// By kind: words are added.
    #[serde(default)]
    pub value_words: Vec<ValueWordEntry>,
    /// Added.
    #[serde(default)]
    pub period_labels: Vec<String>,
    /// Added.
    #[serde(default)]
    pub period_openings: Vec<String>,
    /// Added.
    #[serde(default)]
    pub other_documents: Vec<String>,
    /// Added.
    #[serde(default)]
    pub dated_by: Vec<String>,
    /// Added.
    #[serde(default)]
    pub quarter_words: Vec<String>,
    /// Added.
    #[serde(default)]
    pub superseded: Vec<String>,
    /// Added.
    #[serde(default)]
    pub question_words: Vec<String>,
    /// Added.
    #[serde(default)]
    pub change_words: Vec<String>,
    /// Added.
    #[serde(default)]
    pub places: Vec<String>,
    /// Added.
    #[serde(default)]
    pub colours: Vec<String>,
    /// Added.
    #[serde(default)]
    pub coloured_things: Vec<String>,
    /// By what it is about: words are added to both lists.
    #[serde(default)]
    pub apart: Vec<ApartEntry>,
}

/// What is added to one of the eight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeExtension {
    /// Number in the 2015 model.
    pub number: ChangeNumber,
    /// Replaces the id.
    #[serde(default)]
    pub id: Option<String>,
    /// Replaces the name.
    #[serde(default)]
    pub name: Option<String>,
    /// Added.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Added.
    #[serde(default)]
    pub cues: Vec<String>,
}

/// What is added to an area, or a new one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaExtension {
    /// ONS code of an old or a new area; without it the name tells which is meant.
    #[serde(default)]
    pub code: Option<String>,
    /// Beside a code it replaces the name, and a new area needs it; alone it is any name of a known area.
    #[serde(default)]
    pub name: Option<String>,
    /// Added.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Beside a code it replaces the year; beside a name it tells a successor from the area before it.
    #[serde(default)]
    pub from_year: Option<u16>,
}

/// What is added to the programmes outside the eight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsideExtension {
    /// Id of an old or a new entry, snake case.
    pub id: String,
    /// Replaces the name; needed for a new entry.
    #[serde(default)]
    pub name: Option<String>,
    /// Added.
    #[serde(default)]
    pub aliases: Vec<String>,
}

impl Extension {
    /// `base` with what this file adds, checked. Keys of a breach are those of this file.
    pub(super) fn add_to(&self, base: &Vocabulary) -> Result<Vocabulary, Breach> {
        if self.schema != super::MODEL_SCHEMA {
            return Err(Breach::new(KeyPath::of("schema"), format!("{:?}", super::MODEL_SCHEMA), format!("{:?}", self.schema)));
        }
        let mut merge = Merge::new(base);
        merge.add(self)?;
        merge.finish()
    }
}
