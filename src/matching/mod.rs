//! Floor 3: from tables and the vocabulary to assignments: columns to fields, rows to changes.
//!
//! [`recogniser`] knows the vocabulary's phrases and compares single texts with them, forgiving typos and cuts ([`phrases`], [`cut`]);
//! [`wording`] tells headers that nobody listed; [`words`] are those that are known whole; [`fields`] decides what each column is; [`changes`] weighs all evidence about a document's rows at once.

mod apart;
mod asides;
pub mod changes;
pub mod clashes;
mod cut;
mod dated;
mod fields;
mod levels;
mod phrases;
mod recogniser;
mod wording;
mod words;

pub use changes::DocumentMatch;
pub use changes::Matcher;
pub use recogniser::Recogniser;
pub use words::KnownWords;
