//! Floor 4: from an item and its assignment to a record: texts to fields, phrases to values.
//!
//! [`document`] reads what the document says of itself, [`area`] whose it is; [`record`] builds the records of a table;
//! [`date`], [`maturity`], [`rag`] and [`party`] read single cells; [`values`] tells the stages before this one what a cell can
//! be.

mod area;
mod closing;
mod coloured;
pub mod date;
mod document;
mod legend;
mod levels;
pub mod maturity;
mod monthly;
pub mod party;
mod period;
pub mod rag;
mod rated;
mod record;
mod reference;
mod scale;
mod values;
mod wordspan;

pub use document::Facts;
pub use record::Normaliser;
pub use record::RecordSink;
