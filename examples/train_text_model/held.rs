//! Texts that the model has not seen: how often it is right about them, and how sure it should be.

use std::ops::Range;

use hicm::matching::changes::text;
use hicm::matching::changes::text::CLASSES;
use hicm::matching::changes::text::Calibration;
use hicm::matching::changes::text::TextModel;
use hicm::matching::changes::text::TextScore;
use hicm::matching::changes::text::log_softmax;

use super::draw::Draw;
use super::learn::ASIDES;
use super::learn::with_long_texts;
use super::phrases::Phrase;

/// What a held-back text is made of.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Make {
    /// A phrase.
    Phrase,
    /// Two to four phrases of the class with some that tell nothing.
    Long,
    /// As many phrases of any class as of its own.
    Mixed,
}

/// A held-back text's class, and the score that a model, not yet calibrated, gives it.
pub(super) struct Held {
    pub(super) class: usize,
    pub(super) make: Make,
    pub(super) score: TextScore,
}

/// Scores held-back phrases, and longer texts of them, with a model that is not calibrated.
pub(super) fn hold_back(model: &TextModel, phrases: &[&Phrase], asides: &[String], held: &mut Vec<Held>) {
    let mut scratch = text::Scratch::default();
    let mut add = |class: usize, text: &str, make: Make| {
        held.push(Held { class, make, score: model.score(text, &mut scratch) });
    };
    for (i, phrase) in with_long_texts(phrases, asides).iter().enumerate() {
        add(phrase.class, &phrase.text, if i < phrases.len() { Make::Phrase } else { Make::Long });
    }
    let mut draw = Draw(2);
    let asides: Vec<&str> = asides.iter().map(String::as_str).collect();
    for phrase in phrases {
        let like: Vec<&Phrase> = phrases.iter().copied().filter(|p| p.class == phrase.class).collect();
        let parts = [*phrase, draw.one_of(phrases), draw.one_of(&like), draw.one_of(phrases)];
        let mut parts = parts.map(|part| part.text.as_str()).to_vec();
        parts.extend((0..ASIDES).map(|_| draw.one_of(&asides)));
        add(phrase.class, &parts.join(". "), Make::Mixed);
    }
}

/// The log-probabilities of a held-back text under `calibration`.
fn calibrated(held: &Held, calibration: Calibration) -> [f64; CLASSES] {
    let factor = calibration.factor(held.score.known);
    log_softmax(held.score.log_probability.map(|logit| logit * factor))
}

/// The calibration that makes the held-back texts likeliest: golden-section search for the sharpness at each fading.
pub(super) fn fit_calibration(held: &[Held]) -> Calibration {
    let surprise =
        |calibration| held.iter().filter(|h| h.make != Make::Long).map(|h| -calibrated(h, calibration)[h.class]).sum::<f64>();
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    let fitted = (0..=16).map(|step| {
        let at = |sharpness| Calibration { sharpness, fading: f64::from(step) * 0.05 };
        let (mut low, mut high) = (0.1, 20.0);
        for _ in 0..40 {
            let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
            if surprise(at(a)) < surprise(at(b)) { high = b } else { low = a }
        }
        at(f64::midpoint(low, high))
    });
    fitted.min_by(|a, b| surprise(*a).total_cmp(&surprise(*b))).unwrap_or(Calibration::NONE)
}

/// The likeliest of `classes`.
fn best(held: &Held, classes: Range<usize>) -> usize {
    let score = held.score.log_probability;
    classes.max_by(|a, b| score[*a].total_cmp(&score[*b])).unwrap_or_default()
}

pub(super) fn report(held: &[Held], calibration: Calibration) {
    let Calibration { sharpness, fading } = calibration;
    println!("sharpness {sharpness:.3}, fading {fading:.2}");
    let makes = [(Make::Phrase, "one phrase"), (Make::Long, "several phrases"), (Make::Mixed, "half of it stray")];
    for (make, name) in makes {
        let part: Vec<&Held> = held.iter().filter(|h| h.make == make).collect();
        let share = |right: usize, all: usize| right as f64 / all.max(1) as f64;
        let right = part.iter().filter(|h| best(h, 0..CLASSES) == h.class).count();
        let inside: Vec<&&Held> = part.iter().filter(|h| h.class > 0).collect();
        let forced = inside.iter().filter(|h| best(h, 1..CLASSES) == h.class).count();
        println!(
            "{name}: {} texts; right among nine {:.3}, among the eight {:.3}; calibration error {:.3}",
            part.len(),
            share(right, part.len()),
            share(forced, inside.len()),
            calibration_error(&part, calibration)
        );
    }
    println!("confusion (rows: true class 0 to 8; columns: chosen), one phrase");
    for class in 0..CLASSES {
        let mut row = [0_usize; CLASSES];
        let part = held.iter().filter(|h| h.make == Make::Phrase && h.class == class);
        part.for_each(|h| row[best(h, 0..CLASSES)] += 1);
        let shown: Vec<String> = row.iter().map(|n| format!("{n:4}")).collect();
        println!("{class}: {}", shown.join(""));
    }
}

/// Expected calibration error of the chosen class's probability, over ten bins of equal width.
fn calibration_error(held: &[&Held], calibration: Calibration) -> f64 {
    let mut bins = [(0.0, 0.0); 10];
    for h in held {
        let chosen = best(h, 0..CLASSES);
        let sure = calibrated(h, calibration)[chosen].exp();
        let bin = &mut bins[((sure * 10.0) as usize).min(9)];
        bin.0 += sure;
        bin.1 += f64::from(u8::from(chosen == h.class));
    }
    bins.iter().map(|(sure, right)| (sure - right).abs()).sum::<f64>() / held.len().max(1) as f64
}
