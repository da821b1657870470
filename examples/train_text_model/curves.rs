//! How sure the program should be: curves from the decoder's odds to the share of such decisions that were right.

use std::fmt::Write as _;

use hicm::matching::changes::calibration::Curve;
use hicm::matching::changes::calibration::NAMES;
use hicm::matching::changes::calibration::log_odds;

/// Decisions that one knot of a curve stands for, at least.
const LEAST_IN_KNOT: usize = 40;
/// Knots of a curve, at most.
const MOST_KNOTS: usize = 14;

/// A decision about a held-back row or text.
#[derive(Clone, Copy)]
pub(super) struct Decision {
    /// Which curve it belongs to, by its place in `NAMES`.
    pub(super) kind: usize,
    /// The decoder's probability.
    pub(super) probability: f64,
    pub(super) right: bool,
}

/// Isotonic regression by pooling adjacent violators (Ayer and others, 1955), over bins of as many decisions each.
fn fit(decisions: &[Decision], kind: usize) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> =
        decisions.iter().filter(|d| d.kind == kind).map(|d| (log_odds(d.probability), f64::from(u8::from(d.right)))).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let size = LEAST_IN_KNOT.max(points.len().div_ceil(MOST_KNOTS));
    // Sums of log-odds and of right ones, and how many.
    let mut pools: Vec<(f64, f64, f64)> = Vec::new();
    for bin in points.chunks(size) {
        let sum = bin.iter().fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x, sum.1 + y));
        pools.push((sum.0, sum.1, bin.len() as f64));
        // Pools that do not differ in their odds are one, too.
        while let [.., before, last] = pools.as_slice()
            && (before.1 / before.2 >= last.1 / last.2 - 1e-9 || last.0 / last.2 - before.0 / before.2 < 0.1)
        {
            let joined = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
            pools.truncate(pools.len() - 2);
            pools.push(joined);
        }
    }
    // A fifth of a wrong one: nothing is always right because it was right so far.
    let knots = pools.iter().map(|(x, y, n)| (x / n, y / (n + 0.2)));
    let rounded = knots.map(|(x, y)| ((x * 100.0).round() / 100.0, (y * 1000.0).round() / 1000.0));
    let mut knots: Vec<(f64, f64)> = rounded.collect();
    if let [(x, y)] = knots[..] {
        knots.insert(0, (x - 1.0, y));
    }
    knots
}

/// The file of the curves that fit `decisions`.
pub(super) fn write(decisions: &[Decision]) -> String {
    let mut out = String::from("# Fitted by examples/train_text_model; not to be edited. Curve, log-odds, probability.\n");
    for (kind, name) in NAMES.iter().enumerate() {
        let mut knots: Vec<(String, f64)> = Vec::new();
        for (x, y) in fit(decisions, kind) {
            // Knots that are one to the places written are one.
            let x = format!("{x:.2}");
            knots.retain(|(known, _)| *known != x);
            knots.push((x, y));
        }
        for (x, y) in knots {
            let _ = writeln!(out, "{name}\t{x}\t{y:.3}");
        }
    }
    out
}

/// Prints the calibration error of each kind and of all, before the curves and with curves fitted on the other half.
pub(super) fn report(decisions: &[Decision]) {
    let half = |parity: usize| decisions.iter().enumerate().filter(move |(i, _)| (i / 500) % 2 == parity).map(|(_, d)| *d);
    let mut raw: Vec<(usize, f64, bool)> = Vec::new();
    let mut held: Vec<(usize, f64, bool)> = Vec::new();
    for parity in [0, 1] {
        let learned: Vec<Decision> = half(1 - parity).collect();
        let curves: Vec<Curve> = (0..NAMES.len()).map(|kind| Curve::new(fit(&learned, kind))).collect();
        raw.extend(half(parity).map(|d| (d.kind, d.probability, d.right)));
        held.extend(half(parity).map(|d| (d.kind, curves[d.kind].at(log_odds(d.probability)), d.right)));
    }
    let of = |all: &[(usize, f64, bool)], kind: Option<usize>| {
        error(all.iter().filter(|(k, ..)| kind.is_none_or(|kind| kind == *k)).map(|(_, p, right)| (*p, *right)))
    };
    let alone = NAMES.len() - 1;
    for (kind, name) in NAMES.iter().enumerate() {
        let all: Vec<bool> = held.iter().filter(|(k, ..)| *k == kind).map(|(.., right)| *right).collect();
        let right = all.iter().filter(|right| **right).count() as f64 / all.len().max(1) as f64;
        println!(
            "{name}: {} decisions, right {right:.3}; calibration error {:.3}, with curves {:.3}",
            all.len(),
            of(&raw, Some(kind)),
            of(&held, Some(kind))
        );
    }
    let rows = |all: &[(usize, f64, bool)]| error(all.iter().filter(|(k, ..)| *k != alone).map(|(_, p, right)| (*p, *right)));
    println!("all rows: calibration error {:.3}, with curves {:.3}", rows(&raw), rows(&held));
}

/// Expected calibration error of probabilities, over ten bins of equal width.
pub(super) fn error(all: impl Iterator<Item = (f64, bool)>) -> f64 {
    let mut bins = [(0.0, 0.0); 10];
    let mut count = 0_usize;
    for (probability, right) in all {
        let bin = &mut bins[((probability * 10.0) as usize).min(9)];
        bin.0 += probability;
        bin.1 += f64::from(u8::from(right));
        count += 1;
    }
    bins.iter().map(|(sure, right)| (sure - right).abs()).sum::<f64>() / count.max(1) as f64
}
