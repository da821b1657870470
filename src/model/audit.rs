//! `audit.jsonl`: everything the reader saw, and what became of it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::location::At;

/// Version of the audit schema; raised by a change that breaks a reader.
pub const AUDIT_SCHEMA: &str = "hicm.audit/1";

/// One block of a source and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(title = "hicm audit line")]
pub struct AuditLine {
    /// Always `hicm.audit/1`.
    pub schema: &'static str,
    /// Id of the document.
    pub document: String,
    /// Where the block stands.
    pub at: At,
    /// The block's text as it was read, a tab between cells.
    pub text: String,
    /// What became of it.
    pub became: Became,
    /// The record it went into, for `item` and `continuation`.
    pub record: Option<String>,
}

/// What became of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// A record.
    Item,
    /// The title of the document.
    Title,
    /// A heading that governs items.
    Section,
    /// An intermediate heading.
    Milestone,
    /// The header of columns.
    ColumnHeader,
    /// A part of a record that began in an earlier block.
    Continuation,
    /// Page headers, footers, numbers.
    PageFurniture,
    /// Text outside any table that is no heading.
    Narrative,
    /// An explanation of words or colours, or a summary of rows.
    Legend,
    /// Hidden in the source.
    Hidden,
    /// Nothing that says anything.
    Empty,
}

impl Became {
    /// Every fate of a block.
    pub const ALL: [Self; 11] = [
        Self::Item,
        Self::Title,
        Self::Section,
        Self::Milestone,
        Self::ColumnHeader,
        Self::Continuation,
        Self::PageFurniture,
        Self::Narrative,
        Self::Legend,
        Self::Hidden,
        Self::Empty,
    ];
}
