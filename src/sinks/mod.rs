//! Floor 5: records, documents and audit lines as JSON Lines.

pub mod columns;
mod jsonl;
pub mod schema;

pub use jsonl::JsonLines;
pub use jsonl::Output;
