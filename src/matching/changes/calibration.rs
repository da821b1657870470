//! How sure: from the decoder's odds to a probability that is right as often as it says.
//!
//! The decoder takes its rows and weights for the whole truth, so its own probabilities are too sure of some kinds of evidence
//! and not sure enough of others. For each kind a curve says how often such odds were right in documents that were held back;
//! `examples/train_text_model` fits the curves (isotonic regression) and writes `calibration.tsv`.

use std::sync::OnceLock;

use crate::model::assignment::Basis;

/// The curves as the training program writes them.
const CALIBRATION: &str = include_str!("calibration.tsv");

/// Log-odds are held within this: beyond it evidence that is one-sided by far is not told apart.
const MOST_ODDS: f64 = 20.0;

/// The natural logarithm of the odds of `probability`, held within ±20.
#[must_use]
pub fn log_odds(probability: f64) -> f64 {
    let odds = probability.max(f64::MIN_POSITIVE).ln() - (1.0 - probability).max(f64::MIN_POSITIVE).ln();
    odds.clamp(-MOST_ODDS, MOST_ODDS)
}

/// The probability of log-odds taken at their word.
fn even(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// How often a thing with given log-odds was right: a line through knots, flat above them and falling below.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Log-odds, ascending, and probabilities, not falling.
    knots: Vec<(f64, f64)>,
}

impl Curve {
    /// A curve through `knots`: log-odds, ascending, with probabilities. Without any the odds are taken at their word.
    #[must_use]
    pub fn new(knots: Vec<(f64, f64)>) -> Self {
        Self { knots }
    }

    fn confidence(&self, probability: f64) -> f64 {
        if self.knots.is_empty() {
            return probability;
        }
        (self.at(log_odds(probability)) * 1_000.0).round() / 1_000.0
    }

    /// The probability, 0 to 1, at `log_odds`.
    #[must_use]
    pub fn at(&self, log_odds: f64) -> f64 {
        let above = self.knots.partition_point(|(x, _)| *x < log_odds);
        let below = above.checked_sub(1).and_then(|index| self.knots.get(index));
        let probability = match (below, self.knots.get(above)) {
            (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * (log_odds - x0) / (x1 - x0).max(f64::EPSILON),
            (Some((_, y)), None) => *y,
            // Below all that was seen it falls as the odds themselves do.
            (None, Some((x, y))) => y * even(log_odds) / even(*x),
            (None, None) => even(log_odds),
        };
        probability.clamp(1.0 - SUREST, SUREST)
    }
}

/// The most that a few thousand held-back decisions can tell of: one in a thousand is wrong all the same.
const SUREST: f64 = 0.999;

/// The curves of all kinds of decision.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Confidence {
    curves: [Curve; NAMES.len()],
}

impl Confidence {
    /// The curves that are built into the program.
    pub fn embedded() -> &'static Self {
        static CURVES: OnceLock<Confidence> = OnceLock::new();
        CURVES.get_or_init(|| Self::parse(CALIBRATION))
    }

    /// Reads knots as the training program writes them: a line each of a curve's name, log-odds and a probability, tab
    /// between. Lines of another form are passed over.
    #[must_use]
    pub fn parse(tsv: &str) -> Self {
        let mut curves = Self::default();
        for line in tsv.lines() {
            let mut fields = line.split('\t');
            let Some(curve) = fields.next().and_then(|name| curves.curve_mut(name)) else { continue };
            let mut number = || fields.next()?.parse::<f64>().ok();
            if let (Some(x), Some(y)) = (number(), number()) {
                curve.knots.push((x, y));
            }
        }
        curves
    }

    fn curve_mut(&mut self, name: &str) -> Option<&mut Curve> {
        self.curves.get_mut(NAMES.iter().position(|known| *known == name)?)
    }

    /// How sure a change of a row is, 0 to 1, that the decoder gives `probability` and `basis` decided, in such a document. In
    /// three decimals: more would claim more than is known, and differ from machine to machine. Without curves the probability
    /// as it is.
    #[must_use]
    pub fn of(&self, basis: Basis, ground: Ground, probability: f64) -> f64 {
        self.curves.get(kind(basis, ground)).map_or(probability, |curve| curve.confidence(probability))
    }

    /// How sure the change of a text that stands alone is, as [`Confidence::of`].
    #[must_use]
    pub fn alone(&self, probability: f64) -> f64 {
        self.curves.get(ALONE).map_or(probability, |curve| curve.confidence(probability))
    }
}

/// What of a document as a whole tells how sure its decisions are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ground {
    /// Labels or tags name changes.
    pub labelled: bool,
    /// The rows' own words are clear on the whole.
    pub clear: bool,
    /// Rows of a kind do not stand together.
    pub apart: bool,
}

/// The names of the curves in the file: the four kinds of [`Basis`] in their order; then, where rows' words are not clear, what
/// they decided, and in documents without labels what was carried, where words are clear, where not, and where rows of a kind
/// do not stand together; then texts that stand alone.
pub const NAMES: [&str; 9] =
    ["explicit", "section", "carried", "text", "text_unclear", "carried_bare", "carried_bare_unclear", "carried_apart", "alone"];

/// The curve of texts that stand alone, by its place in [`NAMES`]; the others beyond the kinds of [`Basis`] likewise.
pub const ALONE: usize = 8;
const TEXT_UNCLEAR: usize = 4;
const CARRIED_BARE: usize = 5;
const CARRIED_BARE_UNCLEAR: usize = 6;
const CARRIED_APART: usize = 7;

/// The curve of what `basis` decided, by its place in [`NAMES`]. Where nothing but the rows' words tells and these are clear,
/// what neighbours say against them is seldom right; where they are not, it often is. Where neighbours are of no kind, it is
/// right by chance.
#[must_use]
pub fn kind(basis: Basis, ground: Ground) -> usize {
    match (basis, ground) {
        (Basis::Text, Ground { clear: false, .. }) => TEXT_UNCLEAR,
        (Basis::Carried, Ground { labelled: false, apart: true, .. }) => CARRIED_APART,
        (Basis::Carried, Ground { labelled: false, clear: true, .. }) => CARRIED_BARE,
        (Basis::Carried, Ground { labelled: false, clear: false, .. }) => CARRIED_BARE_UNCLEAR,
        (basis, _) => basis as usize,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_a_line_through_its_knots() {
        let curve = Curve::new(vec![(-1.0, 0.2), (1.0, 0.6)]);
        assert!(curve.at(-5.0) < 0.01);
        assert!((curve.at(-1.0) - 0.2).abs() < 1e-12);
        assert!((curve.at(0.0) - 0.4).abs() < 1e-12);
        assert!((curve.at(5.0) - 0.6).abs() < 1e-12);
        assert!((Curve::default().at(0.0) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn every_embedded_curve_rises_within_bounds() {
        let curves = Confidence::embedded();
        for curve in &curves.curves {
            assert!(curve.knots.len() >= 2, "{curve:?}");
            assert!(curve.knots.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1), "{curve:?}");
            assert!(curve.knots.iter().all(|(_, y)| (0.0..=1.0).contains(y)), "{curve:?}");
        }
    }

    #[test]
    fn certainty_has_finite_odds() {
        assert!((log_odds(1.0) - MOST_ODDS).abs() < 1e-12);
        assert!((log_odds(0.0) + MOST_ODDS).abs() < 1e-12);
        assert!(log_odds(0.5).abs() < 1e-12);
    }
}
