//! `records.jsonl`: one record an item. Every key is always present; nothing is invented.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::assignment::Assigned;
use crate::model::assignment::Assignment;
use crate::model::assignment::Basis;
use crate::model::assignment::Signal;
use crate::model::change::ChangeNumber;
use crate::model::diagnostic::Code;
use crate::model::document::DocumentRef;
use crate::model::field::Field;
use crate::model::location::At;

/// Version of the record schema; raised by a change that breaks a reader.
pub const RECORD_SCHEMA: &str = "hicm.record/1";

/// One item of a document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "hicm record")]
pub struct Record {
    /// Always `hicm.record/1`.
    pub schema: &'static str,
    /// Document id, table number (0 outside tables), item number in the table.
    pub id: String,
    /// The document it comes from.
    pub document: DocumentRef,
    /// The changes it belongs to, strongest first; empty outside the model or where it cannot be decided.
    pub changes: Vec<ChangeMatch>,
    /// Changes that were weighed and not taken, likeliest first.
    pub alternatives: Vec<Alternative>,
    /// The headings that govern the item, outermost first.
    pub section: Vec<Located>,
    /// The row's own label, "Planned Activity".
    pub row_label: Option<Located>,
    /// Cell texts by field.
    pub fields: Fields,
    /// Cells whose column fits no field.
    pub extra: Vec<Extra>,
    /// Values read from the texts.
    pub normalised: Normalised,
    /// Where the item stands.
    pub at: At,
    /// Where each cell stands.
    pub cells: Vec<FieldPlace>,
    /// What was odd.
    pub diagnostics: Vec<RecordDiagnostic>,
}

/// A change that an item belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ChangeMatch {
    /// Number in the 2015 model.
    pub number: ChangeNumber,
    /// Stable id.
    pub id: String,
    /// What decided.
    pub basis: Basis,
    /// Probability that it is right, 0 to 1.
    pub confidence: f64,
    /// The strongest piece of evidence.
    pub evidence: EvidenceOut,
    /// Edition and number that the source used; null for 2015.
    pub edition: Option<EditionNumber>,
}

impl ChangeMatch {
    /// What matching decided, as it is written; `id` is the change's, `edition` the document's where it is not 2015.
    #[must_use]
    pub fn new(assigned: &Assigned, id: &str, edition: Option<&str>) -> Self {
        let evidence = &assigned.evidence;
        Self {
            number: assigned.number,
            id: id.to_owned(),
            basis: assigned.basis,
            confidence: assigned.confidence,
            evidence: EvidenceOut {
                text: evidence.text.clone(),
                matched: evidence.matched.clone(),
                similarity: evidence.similarity,
                at: evidence.place.as_ref().map(At::from),
                signals: evidence.signals.clone(),
            },
            edition: edition.zip(assigned.edition_number).map(|(name, number)| EditionNumber { name: name.to_owned(), number }),
        }
    }
}

/// What was matched, with what, how well and where.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct EvidenceOut {
    /// The source's words.
    pub text: String,
    /// The name, alias or phrases that they met.
    pub matched: String,
    /// How well they met, 0 to 1.
    pub similarity: f64,
    /// Where the words stand; null for a text that has no place.
    pub at: Option<At>,
    /// What spoke for the change and for its strongest rival, and against them: at most six for each. The sum of the weights of
    /// one less that of the other is the logarithm of their odds before the confidence was calibrated, but for what was cut off.
    pub signals: Vec<Signal>,
}

/// Edition of the model and the number a change has there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EditionNumber {
    /// "2019", "2023".
    pub name: String,
    /// The number that the source printed or the edition gives.
    pub number: u8,
}

/// A change that was weighed and not taken.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Alternative {
    /// Number in the 2015 model.
    pub number: ChangeNumber,
    /// Probability, 0 to 1.
    pub confidence: f64,
}

impl Alternative {
    /// The alternatives of an assignment, likeliest first.
    #[must_use]
    pub fn list(assignment: &Assignment) -> Vec<Self> {
        assignment.alternatives.iter().map(|(number, confidence)| Self { number: *number, confidence: *confidence }).collect()
    }
}

/// A text and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Located {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub at: At,
}

/// A cell whose column fits no field.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Extra {
    /// The column's header, as written; null where the column has none.
    pub header: Option<String>,
    /// The cell's text.
    pub text: String,
    /// Where the cell stands.
    pub at: At,
}

/// A cell under one of a group of delivery columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TimescaleCell {
    /// The column's header.
    pub header: String,
    /// The cell's text.
    pub text: String,
}

macro_rules! fields {
    ($($name:ident => $field:ident),* $(,)?) => {
        /// Cell texts: verbatim, white space collapsed, markup removed.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
        pub struct Fields {
            $(
                #[doc = concat!("Text of `", stringify!($name), "`.")]
                pub $name: Option<String>,
            )*
            /// Cells under groups of delivery columns, in column order.
            pub timescale: Vec<TimescaleCell>,
        }

        impl Fields {
            /// The text of one field.
            #[must_use]
            pub fn get(&self, field: Field) -> Option<&str> {
                match field { $(Field::$field => self.$name.as_deref(),)* }
            }

            /// Adds a text to a field, after a space where it already has one.
            pub fn add(&mut self, field: Field, text: &str) {
                let slot = match field { $(Field::$field => &mut self.$name,)* };
                match slot {
                    Some(old) => {
                        old.push(' ');
                        old.push_str(text);
                    }
                    None => *slot = Some(text.to_owned()),
                }
            }
        }
    };
}
fields! {
    reference => Reference,
    milestone => Milestone,
    current_position => CurrentPosition,
    action => Action,
    intended_outcome => IntendedOutcome,
    success_measure => SuccessMeasure,
    method => Method,
    gaps => Gaps,
    impact => Impact,
    status => Status,
    rag => Rag,
    spread => Spread,
    organisation => Organisation,
    lead => Lead,
    start => Start,
    due => Due,
    progress => Progress,
    support_needs => SupportNeeds,
    rationale => Rationale,
    risks => Risks,
    resources => Resources,
}

/// Values read from an item's texts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Normalised {
    /// When it begins.
    pub start: Vec<DateValue>,
    /// When it is to be done.
    pub due: Vec<DateValue>,
    /// The date of a stated position.
    pub as_at: Vec<DateValue>,
    /// Maturity levels, low to high within a cell.
    pub maturity: Vec<MaturityValue>,
    /// The rating.
    pub rag: Option<RagValue>,
    /// Bodies.
    pub organisations: Vec<String>,
    /// People and teams.
    pub leads: Vec<String>,
}

/// A date phrase and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DateValue {
    /// The shortest phrase that gives the date, or the whole cell where there is none.
    pub raw: String,
    /// ISO 8601-2 extended date/time format; null where there is no date.
    pub edtf: Option<String>,
    /// The phrase says that it goes on.
    pub ongoing: bool,
}

/// A level of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Not yet established.
    NotYetEstablished,
    /// Plans in place.
    PlansInPlace,
    /// Established.
    Established,
    /// Mature.
    Mature,
    /// Exemplary.
    Exemplary,
}

/// A maturity level as stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MaturityValue {
    /// The level.
    pub level: Level,
    /// The words that state it.
    pub raw: String,
    /// The period it is for, EDTF.
    pub period: Option<String>,
    /// It is planned, not reached.
    pub planned: bool,
}

/// A rating's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rag {
    /// Red.
    Red,
    /// Amber.
    Amber,
    /// Green.
    Green,
    /// Complete.
    Blue,
    /// The source says that there is no rating.
    None,
}

/// Where a rating was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RagFrom {
    /// The cell's text.
    Text,
    /// The cell's fill colour.
    Fill,
    /// A colour or letter explained by a legend.
    Legend,
}

/// A rating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RagValue {
    /// The rating.
    pub value: Rag,
    /// The word or colour as it stands.
    pub raw: String,
    /// Where it was read.
    pub from: RagFrom,
}

/// Where a field's cell stands.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FieldPlace {
    /// The field, or null for a cell in `extra`.
    pub field: Option<String>,
    /// Where.
    pub at: At,
}

/// A diagnostic of a record.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RecordDiagnostic {
    /// Its code.
    pub code: Code,
    /// The field it concerns.
    pub field: Option<String>,
    /// What was found and what was made of it.
    pub message: String,
}
