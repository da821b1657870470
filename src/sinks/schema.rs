//! The JSON Schemas of what is written, made from the types.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::model::audit::AuditLine;
use crate::model::document::DocumentLine;
use crate::model::record::Record;
use crate::model::vocabulary::ModelFile;

/// The schemas that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// `records.jsonl`, one line.
    Records,
    /// `documents.jsonl`, one line.
    Documents,
    /// `audit.jsonl`, one line.
    Audit,
    /// `model.json`.
    Model,
}

impl Schema {
    /// Every schema.
    pub const ALL: [Self; 4] = [Self::Records, Self::Documents, Self::Audit, Self::Model];

    /// The name in commands and file names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Documents => "documents",
            Self::Audit => "audit",
            Self::Model => "model",
        }
    }
}

/// The schema as pretty JSON (2020-12) with a line end.
#[must_use]
pub fn json(schema: Schema) -> String {
    // A schema has string keys only, so it always serialises.
    let mut text = serde_json::to_string_pretty(&value(schema)).unwrap_or_default();
    text.push('\n');
    text
}

/// The schema as a JSON value. It describes what is written: a key that is always written is required, also where it may be
/// null.
pub(super) fn value(schema: Schema) -> Value {
    let settings = SchemaSettings::draft2020_12();
    let made = match schema {
        Schema::Records => settings.for_serialize().into_generator().into_root_schema_for::<Record>(),
        Schema::Documents => settings.for_serialize().into_generator().into_root_schema_for::<DocumentLine>(),
        Schema::Audit => settings.for_serialize().into_generator().into_root_schema_for::<AuditLine>(),
        Schema::Model => settings.into_generator().into_root_schema_for::<ModelFile>(),
    };
    made.to_value()
}
