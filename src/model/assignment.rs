//! What matching hands to normalising: what each column means and which changes each item belongs to, with the evidence.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;

use crate::model::change::ChangeNumber;
use crate::model::change::ChangeSet;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::Field;
use crate::model::location::Place;
use crate::model::record::Level;

/// What decided that an item belongs to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A tag in the row's own cells.
    Explicit,
    /// A heading, sheet name, caption or first column that governs the row.
    Section,
    /// Inherited over a page break or from an earlier row of the block.
    Carried,
    /// The row's own wording and its neighbours.
    Text,
}

/// What a signal is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// A tag in the row, or in an earlier row of its block.
    Tag,
    /// A name that a heading, or the text itself, bears.
    Name,
    /// A number printed in a heading without a name.
    Number,
    /// The words of a heading without a name, or that it bears none.
    Heading,
    /// The first number of the row's reference.
    Reference,
    /// The row's own words.
    Words,
    /// The label of the change comes only further down.
    Order,
    /// How common it is.
    Prior,
    /// The rows before and after.
    Neighbours,
}

/// Something that speaks for a class, or against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Signal {
    /// What it is read from.
    pub kind: SignalKind,
    /// The source's words; null where it is no words that speak.
    pub text: Option<String>,
    /// The change that it speaks for or against; null for being outside the eight.
    pub change: Option<ChangeNumber>,
    /// How strongly, in nats against the mean of the nine classes; below 0 against.
    pub weight: f64,
}

/// What was matched, with what, how well and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The source's words.
    pub text: String,
    /// The name, alias or phrases that they met.
    pub matched: String,
    /// How well they met, 0 to 1.
    pub similarity: f64,
    /// Where the words stand.
    pub place: Option<Place>,
    /// What spoke for the change and for its strongest rival, and against them.
    pub signals: Vec<Signal>,
}

/// A change that an item belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Assigned {
    /// The change.
    pub number: ChangeNumber,
    /// What decided.
    pub basis: Basis,
    /// Probability that it is right, 0 to 1.
    pub confidence: f64,
    /// The strongest evidence.
    pub evidence: Evidence,
    /// The number that the source's edition gives it, where that is not the 2015 one.
    pub edition_number: Option<u8>,
}

/// The changes of one item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assignment {
    /// Taken, strongest first.
    pub changes: Vec<Assigned>,
    /// Weighed and not taken, likeliest first.
    pub alternatives: Vec<(ChangeNumber, f64)>,
    /// What was odd.
    pub diagnostics: Vec<Diagnostic>,
}

impl Assignment {
    /// The set of numbers taken.
    #[must_use]
    pub fn set(&self) -> ChangeSet {
        self.changes.iter().map(|c| c.number).collect()
    }
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnUse {
    /// The text of a field.
    Field(Field),
    /// A delivery column; `open` where it has no fixed end.
    Timescale {
        /// No fixed end: a date in it is a due date.
        open: bool,
    },
    /// A maturity level, beside others for other times: its header says for which, and whether it is planned.
    Maturity {
        /// The level is planned and not reached.
        planned: bool,
    },
    /// A column of the model's matrix: a mark in it states the level.
    Level(Level),
    /// A column of one rating, beside those of others: a mark in it states the rating that is its header.
    Rating,
    /// Names the change: goes to `section`.
    Change,
    /// The row's own label.
    Label,
    /// The text whose field the row's label gives.
    Labelled,
    /// Fits no field.
    Extra,
}

/// What matching decided about one table.
#[derive(Clone, Debug, Default)]
pub struct TableMatch {
    /// One an item, in the table's order.
    pub items: Vec<Assignment>,
    /// One a column.
    pub columns: Vec<ColumnUse>,
}
