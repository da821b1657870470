//! Learns the weights of the text score from `training/phrases.tsv`, and how sure decisions are on documents made of phrases that
//! were held back; writes `text_model.tsv` and `calibration.tsv` in `src/matching/changes`.
//! Run as `cargo run --release --example train_text_model` in the repository's root; `training/README.md` tells the rest.
//! The order of every step is fixed, so the same phrases give the same files.
#![expect(clippy::print_stdout, reason = "a program that reports to the person who trains")]
#![expect(clippy::cast_precision_loss, reason = "counts of phrases are far below 2^52")]
#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability's bin is 0 to 10")]

mod curves;
mod documents;
mod draw;
mod held;
mod learn;
mod measure;
mod phrases;

use std::error::Error;
use std::fs;

use hicm::matching::changes::text::Calibration;
use hicm::matching::changes::text::TextModel;

use phrases::Phrase;

const MODEL: &str = "src/matching/changes/text_model.tsv";
const CURVES: &str = "src/matching/changes/calibration.tsv";

/// Parts of the cross-validation.
const FOLDS: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let (phrases, asides) = phrases::read(&fs::read_to_string(phrases::PHRASES)?)?;
    let mut held = Vec::new();
    let mut folds = Vec::new();
    for fold in 0..FOLDS {
        let pick = |inside: bool| -> Vec<&Phrase> {
            phrases.iter().enumerate().filter(|(i, _)| (i % FOLDS == fold) == inside).map(|(_, p)| p).collect()
        };
        let model = TextModel::parse(&learn::train(&pick(false), &asides, Calibration::NONE)?)?;
        held::hold_back(&model, &pick(true), &asides, &mut held);
        folds.push((model, pick(true)));
    }
    let calibration = held::fit_calibration(&held);
    held::report(&held, calibration);
    let mut decisions = Vec::new();
    let mut rows = measure::Rows::default();
    for (fold, (model, phrases)) in folds.into_iter().enumerate() {
        measure::fold(fold, model.calibrated(calibration), &phrases, &asides, &mut decisions, &mut rows)?;
    }
    rows.report();
    curves::report(&decisions);
    fs::write(CURVES, curves::write(&decisions))?;
    let all: Vec<&Phrase> = phrases.iter().collect();
    let model = learn::train(&all, &asides, calibration)?;
    println!("{} phrases; {MODEL}: {} lines, {} bytes", all.len(), model.lines().count(), model.len());
    fs::write(MODEL, model)?;
    Ok(())
}
