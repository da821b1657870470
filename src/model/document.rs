//! `documents.jsonl`: one line an input, whatever happened to it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;

use crate::model::location::At;
use crate::model::source::Format;

/// Version of the document schema; raised by a change that breaks a reader.
pub const DOCUMENT_SCHEMA: &str = "hicm.document/1";

/// The document that a record comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRef {
    /// First 16 hexadecimal digits of the SHA-256 of the bytes; null where there are no bytes.
    pub id: Option<String>,
    /// The path under the input folder, with `/`; the file name for a file.
    pub name: String,
    /// What it was read as; null where that could not be told.
    pub format: Option<Format>,
}

/// What happened to one input.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "hicm document")]
pub struct DocumentLine {
    /// Always `hicm.document/1`.
    #[serde(skip_deserializing, default = "document_schema")]
    pub schema: &'static str,
    /// The input.
    pub document: DocumentRef,
    /// How it ended.
    pub status: Status,
    /// Size in bytes; null where it could not be read.
    pub bytes: Option<u64>,
    /// IANA media type.
    pub media_type: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Edition of the model that it follows: "2015", "2019", "2023"; null where nothing tells.
    pub edition: Option<String>,
    /// Health and Wellbeing Board areas it speaks for.
    pub area: Vec<Area>,
    /// Period it speaks for, EDTF.
    pub period: Option<String>,
    /// When it was written or updated, EDTF.
    pub dated: Option<String>,
    /// Number of records.
    pub items: u64,
    /// Number of records without a change.
    pub unmapped: u64,
    /// Number of records a change.
    pub by_change: ByChange,
    /// Number of diagnostics by code.
    pub diagnostics: Vec<CodeCount>,
    /// Id of the document with the same bytes that was converted.
    pub duplicate_of: Option<String>,
    /// Why it failed.
    pub error: Option<DocumentError>,
}

fn document_schema() -> &'static str {
    DOCUMENT_SCHEMA
}

/// How an input ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Converted.
    Ok,
    /// Converted in part.
    Partial,
    /// Not converted.
    Failed,
    /// The same bytes were converted before.
    Duplicate,
    /// A lock or system file.
    Skipped,
}

/// An area that a document speaks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Area {
    /// Name of the area.
    pub name: String,
    /// ONS code.
    pub code: String,
    /// The words that tell.
    pub raw: String,
    /// Probability, 0 to 1.
    pub confidence: f64,
    /// Where the words stand.
    pub at: Option<At>,
}

/// Number of records a change; a record of two changes counts in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ByChange {
    /// Change 1.
    #[serde(rename = "1")]
    pub c1: u64,
    /// Change 2.
    #[serde(rename = "2")]
    pub c2: u64,
    /// Change 3.
    #[serde(rename = "3")]
    pub c3: u64,
    /// Change 4.
    #[serde(rename = "4")]
    pub c4: u64,
    /// Change 5.
    #[serde(rename = "5")]
    pub c5: u64,
    /// Change 6.
    #[serde(rename = "6")]
    pub c6: u64,
    /// Change 7.
    #[serde(rename = "7")]
    pub c7: u64,
    /// Change 8.
    #[serde(rename = "8")]
    pub c8: u64,
}

impl From<[u64; 8]> for ByChange {
    fn from([c1, c2, c3, c4, c5, c6, c7, c8]: [u64; 8]) -> Self {
        Self { c1, c2, c3, c4, c5, c6, c7, c8 }
    }
}

/// How often a diagnostic was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CodeCount {
    /// Its code.
    pub code: String,
    /// How often.
    pub count: u64,
}

impl CodeCount {
    /// The counts in order of their codes.
    #[must_use]
    pub fn list(counts: &BTreeMap<&'static str, u64>) -> Vec<Self> {
        counts.iter().map(|(code, count)| Self { code: (*code).to_owned(), count: *count }).collect()
    }
}

/// Why an input failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentError {
    /// What kind of failure.
    pub kind: ErrorKind,
    /// What was found, where, and what to do.
    pub message: String,
}

/// Kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such file.
    NotFound,
    /// It cannot be read.
    Unreadable,
    /// It is protected by a password.
    Encrypted,
    /// It is of a kind that cannot be read.
    Unsupported,
    /// It is larger than the limit.
    TooLarge,
    /// It took longer than the limit.
    Timeout,
    /// It needed more memory than the limit.
    OutOfMemory,
    /// The reader crashed.
    Crashed,
    /// Zero bytes, or no text at all.
    Empty,
    /// It holds only images.
    NeedsOcr,
}
