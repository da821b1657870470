//! Rows to changes: all evidence about all rows of a document, weighed at once.
//!
//! [`tags`] reads explicit tags, [`headings`] the names and numbers that headings bear, [`references`] what numbers of rows
//! tell, [`text`] the row's own words, [`shape`] the document as a whole; [`emissions`] joins them into scores, what [`headed`]
//! says of headings among them, [`decode`] finds the best path through the rows, [`calibration`] says how sure its steps are,
//! [`assign`] what decided, and [`explain`] what spoke for and against it.

mod assign;
pub mod calibration;
mod decode;
mod editions;
mod emissions;
mod explain;
pub mod features;
mod headed;
mod headings;
mod packed;
mod rank;
mod references;
mod shape;
pub(super) mod tags;
pub mod text;
mod weights;

use std::sync::Arc;
use std::sync::OnceLock;

use super::fields;
use super::recogniser::Recogniser;
use super::words::KnownWords;
use crate::model::assignment::TableMatch;
use crate::model::recognise::Values;
use crate::model::table::Layout;
use crate::model::vocabulary::Vocabulary;
use calibration::Confidence;
use calibration::Ground;
use text::TextModel;

/// What matching decided about one document.
#[derive(Clone, Debug, Default)]
pub struct DocumentMatch {
    /// One a table.
    pub tables: Vec<TableMatch>,
    /// The edition of the model that the document follows, where something tells.
    pub edition: Option<String>,
    /// What as a whole tells how sure its decisions are.
    pub ground: Ground,
}

/// Assigns columns to fields and rows to changes.
#[derive(Debug)]
pub struct Matcher {
    vocabulary: Arc<Vocabulary>,
    recogniser: Recogniser,
    words: OnceLock<KnownWords>,
    text: &'static TextModel,
    confidence: &'static Confidence,
    /// Changes less sure than this are left out.
    least: f64,
}

impl Matcher {
    /// Prepares `vocabulary`.
    #[must_use]
    pub fn new(vocabulary: Arc<Vocabulary>) -> Self {
        Self::trained(vocabulary, TextModel::embedded(), Confidence::embedded())
    }

    /// Prepares `vocabulary`, with other learned constants than those that are built in: what training measures with.
    #[must_use]
    pub fn trained(vocabulary: Arc<Vocabulary>, text: &'static TextModel, confidence: &'static Confidence) -> Self {
        let recogniser = Recogniser::new(&vocabulary);
        Self { vocabulary, recogniser, words: OnceLock::new(), text, confidence, least: 0.0 }
    }

    /// Leaves out changes whose confidence is below `least`, 0 to 1; they stay among the alternatives.
    #[must_use]
    pub fn at_least(self, least: f64) -> Self {
        Self { least, ..self }
    }

    /// Answers questions about single texts.
    #[must_use]
    pub fn recogniser(&self) -> &Recogniser {
        &self.recogniser
    }

    /// Answers questions about single words; gathered when first asked for, since only documents with pages need them.
    #[must_use]
    pub fn words(&self) -> &KnownWords {
        self.words.get_or_init(|| KnownWords::new(&self.vocabulary, self.text))
    }

    /// Decides about every column and item of `layout`; `values` tells what a column holds whose header says nothing.
    #[must_use]
    pub fn assign(&self, layout: &Layout<'_>, values: &dyn Values) -> DocumentMatch {
        let uses: Vec<_> = layout.tables.iter().map(|table| fields::uses(table, values, &self.recogniser)).collect();
        let evidence = emissions::Evidences::gather(self, layout, &uses);
        let decoded = evidence.decode();
        let items = assign::assign(self, layout, &uses, &evidence, &decoded);
        let tables = items.into_iter().zip(uses).map(|(items, columns)| TableMatch { items, columns }).collect();
        DocumentMatch { tables, edition: evidence.edition_name(&self.vocabulary), ground: evidence.ground() }
    }
}
