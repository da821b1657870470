//! Turns submitted self-assessments and action plans against the High Impact Change Model into one auditable data set.
//!
//! A document goes through five stages, each of which takes the types of [`model`] and gives them on: [`readers`] make a source
//! of its bytes, [`tables`] find tables and items in it, [`matching`] says which field each column is and which of the eight
//! changes each item belongs to, [`normalise`] reads dates, levels, ratings and parties and makes records, [`sinks`] write
//! them. [`pipeline`] takes one document through all of them, [`batch`] many, [`cli`] is the command line. ARCHITECTURE.md says
//! what each stage guarantees.
//!
//! ```
//! use std::sync::Arc;
//!
//! use hicm::model::vocabulary::Vocabulary;
//! use hicm::pipeline::Engine;
//! use hicm::readers::Options;
//! use hicm::sinks::JsonLines;
//! use hicm::sinks::Output;
//!
//! let plan = "Change,Actions,Lead,When by\n\
//!             Trusted assessors,Train ten care home managers,Mary Fox,By October 2017\n\
//!             ,Agree one form with every home,Tom Hart,31/03/2018\n";
//!
//! let engine = Engine::new(Arc::clone(Vocabulary::embedded()), Options::default());
//! let lines = || Some(JsonLines::new(Vec::new()));
//! let mut output = Output { records: lines(), documents: lines(), audit: lines() };
//! let document = engine.convert("plan.csv", plan.as_bytes(), &mut output)?;
//! assert_eq!((document.items, document.unmapped), (2, 0));
//!
//! let records = output.records.map(JsonLines::finish).transpose()?.unwrap_or_default();
//! let second: serde_json::Value = serde_json::from_slice(records.split(|byte| *byte == b'\n').nth(1).unwrap_or_default())?;
//! assert_eq!(second["changes"][0]["id"], "trusted_assessors");
//! assert_eq!(second["changes"][0]["evidence"]["at"]["line"], 2);
//! assert_eq!(second["normalised"]["due"][0]["edtf"], "2018-03-31");
//! assert_eq!(second["at"]["line"], 3);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What it does not do: it reads text, CSV, TSV, Markdown, HTML, Word documents, workbooks and PDF, and tells any other format
//! by name and what to do about it; it compares and ranks no areas; it prints nothing but what [`cli`] prints.

pub mod batch;
pub mod cli;
pub mod matching;
pub mod model;
pub mod normalise;
pub mod pipeline;
pub mod readers;
pub mod sinks;
pub mod tables;
