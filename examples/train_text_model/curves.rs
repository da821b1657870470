//! How sure the program should be: curves from the decoder's odds to the share of such decisions that were right.

use std::fmt::Write as _;

use hicm::matching::changes::calibration::Curve;
use hicm::matching::changes::calibration::NAMES;
use hicm::matching::changes::calibration::log_odds;

/// Decisions that one knot of a curve stands for, at least.
const LEAST_IN_KNOT: usize = 20;
/// Knots of a curve, at most.
const MOST_KNOTS: usize = 14;
/// Of these, the ones for the weakest decisions, which are few and differ most.
const WEAKEST_KNOTS: usize = 6;
/// Wrong decisions that each bin is thought to have beside those seen: nothing is always right because it was right so far.
const UNSEEN: f64 = 0.5;

/// A decision about a held-back row or text.
#[derive(Clone, Copy)]
pub(super) struct Decision {
    /// Which curve it belongs to, by its place in `NAMES`.
    pub(super) kind: usize,
    /// The decoder's probability.
    pub(super) probability: f64,
    pub(super) right: bool,
}

/// Bins of decisions that are as often right, or that follow each other the wrong way round.
#[derive(Clone, Copy)]
struct Pool {
    /// Mean log-odds of the first and the last bin.
    first: f64,
    last: f64,
    /// How many were right, and how many there are with those unseen.
    right: f64,
    count: f64,
}

/// Isotonic regression by pooling adjacent violators (Ayer and others, 1955), over bins of decisions.
fn fit(decisions: &[Decision], kind: usize) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> =
        decisions.iter().filter(|d| d.kind == kind).map(|d| (log_odds(d.probability), f64::from(u8::from(d.right)))).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (weakest, others) = points.split_at(points.len().min(WEAKEST_KNOTS * LEAST_IN_KNOT));
    let size = LEAST_IN_KNOT.max(others.len().div_ceil(MOST_KNOTS - WEAKEST_KNOTS));
    let mut pools: Vec<Pool> = Vec::new();
    for bin in weakest.chunks(LEAST_IN_KNOT).chain(others.chunks(size)) {
        let count = bin.len() as f64;
        let odds = bin.iter().map(|(x, _)| x).sum::<f64>() / count;
        pools.push(Pool { first: odds, last: odds, right: bin.iter().map(|(_, y)| y).sum(), count: count + UNSEEN });
        // Pools that do not differ in their odds are one, too.
        while let [.., before, last] = pools.as_slice()
            && (before.right / before.count >= last.right / last.count - 1e-9 || last.first - before.last < 0.1)
        {
            let joined =
                Pool { first: before.first, last: last.last, right: before.right + last.right, count: before.count + last.count };
            pools.truncate(pools.len() - 2);
            pools.push(joined);
        }
    }
    // A pool of several bins is level from the first to the last of them.
    let ends = |pool: Pool| {
        let share = pool.right / pool.count;
        std::iter::once((pool.first, share)).chain((pool.last > pool.first).then_some((pool.last, share)))
    };
    let rounded = pools.into_iter().flat_map(ends).map(|(x, y)| ((x * 100.0).round() / 100.0, (y * 1000.0).round() / 1000.0));
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
