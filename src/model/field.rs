//! The fields of a record, and what a column or row label can mean.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;

use crate::model::record::Level;

/// A field of a record that holds one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The row's own reference, "4.2".
    Reference,
    /// An intermediate heading that governs the row: "Key Milestone", "Outcome 1 – …".
    Milestone,
    /// Where things stand now.
    CurrentPosition,
    /// What is to be done.
    Action,
    /// What it is to bring.
    IntendedOutcome,
    /// How success will be known.
    SuccessMeasure,
    /// How it will be done.
    Method,
    /// What is missing; the national return's "Challenges".
    Gaps,
    /// Estimated effect.
    Impact,
    /// Maturity level or other state, as written.
    Status,
    /// Red, amber or green rating, as written.
    Rag,
    /// Where it applies: sites, areas, services.
    Spread,
    /// Bodies that answer for it.
    Organisation,
    /// People that answer for it.
    Lead,
    /// When it begins.
    Start,
    /// When it is to be done.
    Due,
    /// What has been done; the national return's "Milestones met …".
    Progress,
    /// Help that is asked for.
    SupportNeeds,
    /// Why the assessment is what it is.
    Rationale,
    /// Risks, issues, mitigation.
    Risks,
    /// Money, people, dependencies.
    Resources,
}

impl Field {
    /// Every field, in the order of the schema.
    pub const ALL: [Self; 21] = [
        Self::Reference,
        Self::Milestone,
        Self::CurrentPosition,
        Self::Action,
        Self::IntendedOutcome,
        Self::SuccessMeasure,
        Self::Method,
        Self::Gaps,
        Self::Impact,
        Self::Status,
        Self::Rag,
        Self::Spread,
        Self::Organisation,
        Self::Lead,
        Self::Start,
        Self::Due,
        Self::Progress,
        Self::SupportNeeds,
        Self::Rationale,
        Self::Risks,
        Self::Resources,
    ];

    /// The key in the record.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Milestone => "milestone",
            Self::CurrentPosition => "current_position",
            Self::Action => "action",
            Self::IntendedOutcome => "intended_outcome",
            Self::SuccessMeasure => "success_measure",
            Self::Method => "method",
            Self::Gaps => "gaps",
            Self::Impact => "impact",
            Self::Status => "status",
            Self::Rag => "rag",
            Self::Spread => "spread",
            Self::Organisation => "organisation",
            Self::Lead => "lead",
            Self::Start => "start",
            Self::Due => "due",
            Self::Progress => "progress",
            Self::SupportNeeds => "support_needs",
            Self::Rationale => "rationale",
            Self::Risks => "risks",
            Self::Resources => "resources",
        }
    }

    /// Whether the cell is free text that can run on over a page break.
    #[must_use]
    pub fn is_prose(self) -> bool {
        !matches!(self, Self::Reference | Self::Status | Self::Rag | Self::Start | Self::Due | Self::Lead | Self::Organisation)
    }

    /// Whether the field can say what the row is about, so that a row without it is a fragment.
    #[must_use]
    pub fn is_subject(self) -> bool {
        matches!(self, Self::Action | Self::CurrentPosition)
    }
}

/// What a column's header or a row's label can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// A field of the record.
    Field(Field),
    /// The column that names the change.
    Change,
    /// A delivery column with a fixed end: "60 days", "QTR 4", "Q1".
    Timescale,
    /// A delivery column without a fixed end: "Future Date".
    OpenTimescale,
    /// A column of the model's matrix: a mark in it states the level.
    Level(Level),
    /// A header that only groups the columns below it: "Delivery Timescale", "Progress" over quarters.
    Group,
}

impl Meaning {
    /// Whether it is a field that can say what a row is about.
    #[must_use]
    pub fn is_subject(self) -> bool {
        matches!(self, Self::Field(field) if field.is_subject())
    }
}
