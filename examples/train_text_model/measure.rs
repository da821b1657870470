//! Decisions about documents and texts that a model has not seen.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

use hicm::matching::Matcher;
use hicm::matching::changes::calibration;
use hicm::matching::changes::calibration::ALONE;
use hicm::matching::changes::calibration::Confidence;
use hicm::matching::changes::text::TextModel;
use hicm::model::change::ChangeNumber;
use hicm::model::location::At;
use hicm::model::vocabulary::Vocabulary;
use hicm::normalise::Normaliser;
use hicm::readers;
use hicm::readers::Options;
use hicm::tables;

use super::curves::Decision;
use super::documents;
use super::documents::Document;
use super::documents::Labels;
use super::draw::Draw;
use super::phrases::Phrase;

/// Documents of each kind of labels in a fold. Few of their rows are carried, most of these where nothing is printed, so that
/// there are more of such documents.
const DOCUMENTS: u64 = 12;
const DOCUMENTS_BARE: u64 = 60;

/// How many rows were right, by how their documents are labelled.
#[derive(Default)]
pub(super) struct Rows {
    /// Rows found, rows right, rows outside, rows outside that were left unmapped; rows that were not found.
    by_labels: BTreeMap<Labels, [usize; 5]>,
}

impl Rows {
    pub(super) fn report(&self) {
        for (labels, [rows, right, outside, unmapped, missed]) in &self.by_labels {
            let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
            println!(
                "{labels:?}: {rows} rows ({missed} not found), right {:.3}; of {outside} outside unmapped {:.3}",
                share(*right, *rows),
                share(*unmapped, *outside)
            );
        }
    }
}

/// Decides about documents and texts made of the `phrases` that `model` was not trained on.
pub(super) fn fold(
    number: usize,
    model: TextModel,
    phrases: &[&Phrase],
    asides: &[String],
    decisions: &mut Vec<Decision>,
    rows: &mut Rows,
) -> Result<(), Box<dyn Error>> {
    let vocabulary = Arc::clone(Vocabulary::embedded());
    // Ten models of a program that ends soon.
    let (model, plain) = (Box::leak(Box::new(model)), Box::leak(Box::new(Confidence::default())));
    let matcher = Matcher::trained(Arc::clone(&vocabulary), model, plain);
    let normaliser = Normaliser::new(&vocabulary);
    for labels in Labels::ALL {
        for index in 0..if labels.are_printed() { DOCUMENTS } else { DOCUMENTS_BARE } {
            let seed = (number as u64 + 1) * 1_000_003 + labels as u64 * 1009 + index;
            let document = documents::make(seed, labels, phrases, asides, &vocabulary);
            decide(&matcher, &normaliser, &document, decisions, rows)?;
        }
    }
    alone(&matcher, phrases, asides, decisions);
    Ok(())
}

/// Matches a document and compares with its truth.
fn decide(
    matcher: &Matcher,
    normaliser: &Normaliser,
    document: &Document,
    decisions: &mut Vec<Decision>,
    rows: &mut Rows,
) -> Result<(), Box<dyn Error>> {
    let bytes = document.text.as_bytes();
    let format = readers::detect(bytes, "plan.txt")?;
    let source = tables::lay_out(readers::read(bytes, format, &Options::default())?, matcher.recogniser(), matcher.words());
    let layout = tables::find(&source, matcher.recogniser());
    let matched = matcher.assign(&layout, normaliser);
    let tally = rows.by_labels.entry(document.labels).or_default();
    let mut found = 0;
    for (table, matches) in layout.tables.iter().zip(&matched.tables) {
        for (item, assignment) in table.items.iter().zip(&matches.items) {
            let Some(truth) = At::from(item.place).line.and_then(|line| document.truth.get(&line)) else { continue };
            found += 1;
            tally[0] += 1;
            tally[1] += usize::from(assignment.set() == *truth);
            tally[2] += usize::from(truth.is_empty());
            tally[3] += usize::from(truth.is_empty() && assignment.changes.is_empty());
            decisions.extend(assignment.changes.iter().map(|change| Decision {
                kind: calibration::kind(change.basis, matched.ground),
                probability: change.confidence,
                right: truth.contains(change.number),
            }));
        }
    }
    tally[4] += document.truth.len() - found;
    Ok(())
}

/// Texts that stand alone: a phrase, or one to three more of its class with asides and, in a third of them, a stray.
fn alone(matcher: &Matcher, phrases: &[&Phrase], asides: &[String], decisions: &mut Vec<Decision>) {
    let mut draw = Draw(7);
    let asides: Vec<&str> = asides.iter().map(String::as_str).collect();
    for phrase in phrases {
        let like: Vec<&Phrase> = phrases.iter().copied().filter(|p| p.class == phrase.class).collect();
        let mut parts = vec![phrase.text.as_str()];
        for _ in 0..=draw.below(3) {
            parts.push(draw.one_of(&like).text.as_str());
        }
        if draw.chance(33) {
            parts.push(draw.one_of(phrases).text.as_str());
        }
        parts.push(draw.one_of(&asides));
        for text in [phrase.text.clone(), parts.join(". ")] {
            decisions.extend(matcher.rank(&text).changes.iter().map(|change| Decision {
                kind: ALONE,
                probability: change.confidence,
                right: ChangeNumber::new(u32::try_from(phrase.class).unwrap_or_default()) == Some(change.number),
            }));
        }
    }
}
