//! How likely a row's own words make it that the row belongs to each change, or to none: a linear model over the features of
//! [`super::features`]. The weights are learned; `training/README.md` says how and from what.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use smallvec::SmallVec;

use super::features;
use super::features::Lexicon;
use super::packed::Cut;
use super::weights::Row;
use super::weights::Weights;

pub use super::weights::CLASSES;
pub use super::weights::Calibration;
pub use super::weights::WEIGHT_UNIT;

/// The weights of `text_model.tsv`, which the build packs.
static TEXT_MODEL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/text_model.bin"));

/// Stands for the squared length of a text without known features.
const MIN_SQUARES: f64 = 1e-6;

/// Natural-log probabilities of the nine classes of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextScore {
    /// Index 0 is outside the model, 1 to 8 are the changes; the probabilities sum to 1.
    pub log_probability: [f64; CLASSES],
    /// How many features of the text the model knows; with 0 the score says nothing about the text.
    pub known: usize,
}

/// Buffers that are kept from one text to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    features: features::Scratch,
    /// When each feature was last seen, in texts scored.
    seen: Vec<u32>,
    texts: u32,
}

impl Scratch {
    /// Forgets which of a model's `features` were seen.
    fn begin(&mut self, features: usize) {
        if self.seen.len() != features || self.texts == u32::MAX {
            self.seen.clear();
            self.seen.resize(features, 0);
            self.texts = 0;
        }
        self.texts += 1;
    }
}

/// The learned weights.
#[derive(Debug)]
pub struct TextModel {
    lexicon: Lexicon,
    weights: Weights,
}

impl TextModel {
    /// The model that is built into the program.
    ///
    /// # Panics
    /// Never: a test reads what the build packed.
    pub fn embedded() -> &'static Self {
        static MODEL: OnceLock<TextModel> = OnceLock::new();
        MODEL.get_or_init(|| Self::read(TEXT_MODEL.into()).expect("the build packs whole tables"))
    }

    /// Reads weights as the training program writes them.
    ///
    /// # Errors
    /// There are more than 32 bits can count.
    pub fn parse(tsv: &str) -> Result<Self, Cut> {
        Self::read(Weights::pack(tsv).into())
    }

    fn read(bytes: Cow<'static, [u8]>) -> Result<Self, Cut> {
        let (weights, lexicon) = Weights::read(bytes)?;
        Ok(Self { lexicon, weights })
    }

    /// The same weights with another calibration.
    #[must_use]
    pub fn calibrated(mut self, calibration: Calibration) -> Self {
        self.weights.calibration = calibration;
        self
    }

    /// Whether `word`, in lower case, stands in what the weights were learned from.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.lexicon.knows(word)
    }

    /// Scores `text`. A text without a known word gets the classes' shares in the training data.
    pub fn score(&self, text: &str, scratch: &mut Scratch) -> TextScore {
        self.score_parts(&[(text, 1.0)], scratch)
    }

    /// Scores a text whose parts, above all the cells of a row, do not tell equally much: each comes with a weight of 0 or
    /// more. A feature counts once, with the weight of the first part that has it, so heavier parts should stand first.
    pub fn score_parts(&self, parts: &[(&str, f32)], scratch: &mut Scratch) -> TextScore {
        scratch.begin(self.weights.len());
        let mut sums = [0.0_f32; CLASSES];
        let (mut known, mut squares) = (0, 0.0);
        for (text, weight) in parts.iter().filter(|(_, weight)| *weight > 0.0) {
            self.visit(text, scratch, |feature, _, _| {
                for (sum, value) in sums.iter_mut().zip(feature.classes) {
                    *sum += value * weight;
                }
                known += 1;
                let length = weight * feature.rarity;
                squares += f64::from(length * length);
            });
        }
        let scale = WEIGHT_UNIT / squares.max(MIN_SQUARES).sqrt();
        let factor = self.weights.calibration.factor(known);
        let mut logits = self.weights.bias;
        for (logit, sum) in logits.iter_mut().zip(sums) {
            *logit = (*logit + f64::from(sum) * scale) * factor;
        }
        TextScore { log_probability: log_softmax(logits), known }
    }

    /// The words of `text` that speak most strongly for each of `classes`, or against it where the sign is below 0; none for a
    /// class that does not exist.
    #[must_use]
    pub fn spoke(&self, text: &str, classes: &[(usize, f32)], scratch: &mut Scratch) -> Vec<String> {
        scratch.begin(self.weights.len());
        let mut found: Vec<Strongest> = vec![SmallVec::new(); classes.len()];
        self.visit(text, scratch, |weights, _, feature| {
            for ((class, sign), best) in classes.iter().zip(&mut found) {
                let weight = weights.classes.get(*class).map_or(0.0, |weight| weight * sign.signum());
                keep_strongest(best, weight, &feature.source);
            }
        });
        let words = |best: &SmallVec<[(f32, Range<usize>); 3]>| {
            let mut words: SmallVec<[&str; 3]> = SmallVec::new();
            for said in best.iter().map(|(_, source)| scratch.features.folded(source)) {
                if !words.contains(&said) {
                    words.push(said);
                }
            }
            words.join("; ")
        };
        found.iter().map(words).collect()
    }

    /// Hands each known feature of `text` that was not seen since [`Scratch::begin`] to `sink`, with its weights.
    fn visit(&self, text: &str, scratch: &mut Scratch, mut sink: impl FnMut(&Row, &features::Scratch, &features::Feature)) {
        self.lexicon.extract(text, &mut scratch.features);
        for feature in scratch.features.features() {
            let Some((at, row)) = self.weights.get(feature.hash) else { continue };
            let Some(seen) = scratch.seen.get_mut(at) else { continue };
            if std::mem::replace(seen, scratch.texts) != scratch.texts {
                sink(&row, &scratch.features, feature);
            }
        }
    }
}

/// The three places of a text that speak most strongly, with their weights.
type Strongest = SmallVec<[(f32, Range<usize>); 3]>;

/// Keeps the three places of a text with the greatest weights above 0; of two that overlap only the weightier.
fn keep_strongest(best: &mut Strongest, weight: f32, source: &Range<usize>) {
    let overlap = |other: &Range<usize>| other.start < source.end && source.start < other.end;
    if weight <= 0.0 || best.iter().any(|(w, other)| *w >= weight && overlap(other)) {
        return;
    }
    best.retain(|(_, other)| !overlap(other));
    let at = best.partition_point(|(w, _)| *w >= weight);
    if at < 3 {
        best.truncate(2);
        best.insert(at, (weight, source.clone()));
    }
}

/// Each logit less the logarithm of the sum of their exponentials: log-probabilities.
#[must_use]
pub fn log_softmax(mut logits: [f64; CLASSES]) -> [f64; CLASSES] {
    let highest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total = logits.iter().map(|logit| (logit - highest).exp()).sum::<f64>().ln() + highest;
    for logit in &mut logits {
        *logit -= total;
    }
    logits
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The likeliest class of `text` and its probability.
    fn likeliest(text: &str) -> (usize, f64) {
        let score = TextModel::embedded().score(text, &mut Scratch::default());
        let best = (0..CLASSES).max_by(|a, b| score.log_probability[*a].total_cmp(&score.log_probability[*b]));
        best.map_or((0, 0.0), |best| (best, score.log_probability[best].exp()))
    }

    #[test]
    fn plain_rows_of_each_change_are_told_apart() {
        let rows = [
            (0, "Stop smoking advisers in every GP practice and a campaign on alcohol"),
            (1, "Ward sister checks at the board round that each patient has an EDD and that TTOs are written the day before"),
            (2, "A dashboard for all partners with bed occupancy, delays and capacity, and weekly sign-off of DTOC numbers"),
            (3, "Social workers, nurses and a charity worker form one integrated discharge team in a shared office"),
            (4, "D2A pathway 1: reablement staff take people home and their long-term needs are assessed there"),
            (5, "Therapists and social workers to work on Saturdays and Sundays, pharmacy open at weekends"),
            (6, "Care homes accept the trusted assessor's assessment and no longer send their manager"),
            (7, "Relaunch the choice policy, with letters for families and help for self-funders to find a home"),
            (8, "Red bag in all nursing homes; GP rounds and falls training for care home staff cut 999 calls"),
        ];
        for (class, row) in rows {
            let (best, probability) = likeliest(row);
            assert_eq!(best, class, "{row}");
            assert!(probability > 0.5, "{row}: {probability}");
        }
    }

    #[test]
    fn neighbours_outrank_a_lone_word() {
        assert_eq!(likeliest("Trusted assessor for care homes").0, 6);
        assert_eq!(likeliest("CHC assessments completed outside hospital in a discharge to assess bed").0, 4);
        assert_eq!(likeliest("Weekend social work and weekend starts by home care agencies").0, 5);
        assert_eq!(likeliest("Trustde assesor for care homes").0, 6);
    }

    #[test]
    fn probabilities_sum_to_one() {
        for text in ["", "zzz", "discharge", "Weekly call on delays"] {
            let score = TextModel::embedded().score(text, &mut Scratch::default());
            let sum: f64 = score.log_probability.iter().map(|p| p.exp()).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{text}: {sum}");
        }
        assert_eq!(TextModel::embedded().score("of the", &mut Scratch::default()).known, 0);
    }

    #[test]
    fn words_like_no_known_one_speak_for_something_else() {
        assert_eq!(likeliest("zzzzz qqqqq xxxxx").0, 0);
    }

    #[test]
    fn a_kept_scratch_changes_nothing() {
        let model = TextModel::embedded();
        let mut kept = Scratch::default();
        model.score("Red bag in care homes", &mut kept);
        let text = "Weekly review of stranded patients";
        assert_eq!(model.score(text, &mut kept), model.score(text, &mut Scratch::default()));
    }

    #[test]
    fn a_lighter_part_tells_less() {
        let model = TextModel::embedded();
        let lean = |weight: f32| {
            let parts = [("Red bag in care homes", 1.0), ("weekend therapy rota", weight)];
            model.score_parts(&parts, &mut Scratch::default()).log_probability[5]
        };
        assert!(lean(0.2) < lean(1.0));
        let alone = model.score("Red bag in care homes", &mut Scratch::default()).log_probability[5];
        assert!((lean(0.0) - alone).abs() < 1e-12);
    }

    #[test]
    fn the_words_that_spoke_are_words_of_the_text() {
        let model = TextModel::embedded();
        let text = "Two trusted assessors in post, rota for weekends";
        let found = model.spoke(text, &[(6, 1.0), (5, 1.0), (6, -1.0), (CLASSES, 1.0)], &mut Scratch::default());
        assert!(found[0].contains("assessor"), "{found:?}");
        assert!(found[1].contains("weekend"), "{found:?}");
        assert!(!found[2].contains("assessor"), "{found:?}");
        assert_eq!(found[3], "");
    }
}
