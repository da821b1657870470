//! Turns submitted self-assessments and action plans into one auditable data set.

pub mod batch;
pub mod cli;
pub mod matching;
pub mod model;
pub mod normalise;
pub mod pipeline;
pub mod readers;
pub mod sinks;
pub mod tables;
