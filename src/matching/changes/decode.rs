//! One decoder over all rows of a document: dynamic programming over evidence scores.
//!
//! A row's state is a set of changes: outside the model, one of the eight, or a set that some tag names. What speaks for a
//! state in a row is its emission; what it costs to go from one state to another depends on what lies between the rows and on
//! the order in which the eight come. Viterbi gives the best path, forward-backward how sure each row's part of it is.

use crate::model::change::CHANGES;
use crate::model::change::ChangeNumber;
use crate::model::change::ChangeSet;
use crate::model::table::Boundary;

/// The states: index 0 is outside, 1 to 8 the changes, then the sets that tags name.
#[derive(Debug, Default)]
pub(super) struct States {
    sets: Vec<ChangeSet>,
}

impl States {
    /// The states of a document whose tags name `sets`.
    pub(super) fn new(sets: impl Iterator<Item = ChangeSet>) -> Self {
        let mut states = vec![ChangeSet::NONE];
        states.extend(ChangeNumber::all().map(ChangeSet::from));
        for set in sets.filter(|set| set.len() > 1) {
            if !states.contains(&set) {
                states.push(set);
            }
        }
        Self { sets: states }
    }

    pub(super) fn len(&self) -> usize {
        self.sets.len()
    }

    pub(super) fn set(&self, state: usize) -> ChangeSet {
        self.sets.get(state).copied().unwrap_or_default()
    }

    pub(super) fn of(&self, set: ChangeSet) -> usize {
        self.sets.iter().position(|s| *s == set).unwrap_or(0)
    }

    fn is_several(state: usize) -> bool {
        state > CHANGES
    }
}

/// The best path and how sure each of its steps is.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    /// State of each row.
    pub(super) path: Vec<usize>,
    /// For each row the probability of each change, then of being outside.
    pub(super) probability: Vec<[f64; CHANGES + 1]>,
    /// For each row the logarithms of the probabilities of its first nine states: outside, then the changes.
    pub(super) belief: Vec<[f32; CHANGES + 1]>,
}

/// Beliefs are not told apart below this.
const LEAST_BELIEF: f64 = -40.0;

/// What it costs to leave a state, by what lies between the rows, in nats.
///
/// Set by hand on tables of our own: within a block only strong wording moves a row; a new heading says itself what it is.
fn leave(boundary: Boundary) -> f64 {
    match boundary {
        Boundary::None => 4.0,
        Boundary::Labels => 0.8,
        Boundary::Page => 2.0,
        Boundary::Milestone => 1.2,
        Boundary::Section => 0.4,
        Boundary::Table => 0.6,
    }
}

/// Cost of going from state `from` to state `to`.
///
/// `ordered` is how strictly the document keeps the order of the eight, `cohesion` how much rows of a kind stand together, both
/// 0 to 1.
fn transition(from: usize, to: usize, boundary: Boundary, ordered: f64, cohesion: f64) -> f64 {
    if from == to {
        // A tag of several changes belongs to its block.
        return if States::is_several(from) && boundary >= Boundary::Milestone { 2.5 } else { 0.0 };
    }
    let leave = 0.2 + (leave(boundary) - 0.2) * cohesion;
    if from == 0 || to == 0 {
        return leave + 0.5;
    }
    if States::is_several(from) || States::is_several(to) {
        return leave;
    }
    if to > from {
        return leave + (0.3 + 0.4 * ordered) * f64::from(u32::try_from(to - from - 1).unwrap_or(0));
    }
    leave + 0.8 * cohesion + 7.0 * ordered
}

/// Cost of beginning in a state: an ordered document begins at its beginning.
fn begin(state: usize, ordered: f64) -> f64 {
    if state == 0 || States::is_several(state) { 0.5 } else { ordered * f64::from(u32::try_from(state - 1).unwrap_or(0)) }
}

/// Decodes the rows. `emissions` holds `states.len()` scores a row, in nats; `boundaries` what lies before each row.
pub(super) fn decode(states: &States, emissions: &[f64], boundaries: &[Boundary], ordered: f64, cohesion: f64) -> Decoded {
    if boundaries.is_empty() {
        return Decoded::default();
    }
    let lattice =
        Lattice { width: states.len(), emissions, boundaries, costs: Costs::new(states.len(), ordered, cohesion), ordered };
    let (probability, belief) = lattice.posteriors(states);
    Decoded { path: lattice.best_path(), probability, belief }
}

/// The rows, their states and what it costs to go between them.
struct Lattice<'a> {
    width: usize,
    emissions: &'a [f64],
    boundaries: &'a [Boundary],
    costs: Costs,
    ordered: f64,
}

impl Lattice<'_> {
    fn row(&self, row: usize) -> &[f64] {
        &self.emissions[row * self.width..(row + 1) * self.width]
    }

    /// Viterbi.
    fn best_path(&self) -> Vec<usize> {
        let (width, rows) = (self.width, self.boundaries.len());
        let mut best: Vec<f64> = (0..width).map(|s| self.row(0)[s] - begin(s, self.ordered)).collect();
        let mut next = vec![0.0; width];
        let mut back = vec![0_u16; rows * width];
        for r in 1..rows {
            let cost = &self.costs.of(self.boundaries[r]).nats;
            for to in 0..width {
                let (mut top, mut origin) = (f64::NEG_INFINITY, 0_u16);
                for (from, score) in best.iter().enumerate() {
                    let score = score - cost[from * width + to];
                    if score > top {
                        top = score;
                        origin = u16::try_from(from).unwrap_or(0);
                    }
                }
                next[to] = top + self.row(r)[to];
                back[r * width + to] = origin;
            }
            std::mem::swap(&mut best, &mut next);
        }
        let mut path = vec![0; rows];
        path[rows - 1] = (0..width).max_by(|a, b| best[*a].total_cmp(&best[*b]).then(b.cmp(a))).unwrap_or(0);
        for r in (1..rows).rev() {
            path[r - 1] = usize::from(back[r * width + path[r]]);
        }
        path
    }

    /// Forward-backward, scaled row by row so that only the emissions need exponentials.
    fn posteriors(&self, states: &States) -> (Vec<[f64; CHANGES + 1]>, Vec<[f32; CHANGES + 1]>) {
        let (width, rows) = (self.width, self.boundaries.len());
        let mut forward = vec![0.0; rows * width];
        for (state, slot) in forward.iter_mut().enumerate().take(width) {
            *slot = (self.row(0)[state] - begin(state, self.ordered)).clamp(-300.0, 300.0).exp();
        }
        scale(&mut forward[..width]);
        let mut weights = vec![0.0; width];
        for r in 1..rows {
            let odds = &self.costs.of(self.boundaries[r]).odds;
            self.weigh(r, &mut weights);
            let (before, here) = forward.split_at_mut(r * width);
            let before = &before[(r - 1) * width..];
            for to in 0..width {
                let sum: f64 = before.iter().enumerate().map(|(from, p)| p * odds[from * width + to]).sum();
                here[to] = sum * weights[to];
            }
            scale(&mut here[..width]);
        }
        let mut backward = vec![1.0; width];
        let mut out = vec![[0.0; CHANGES + 1]; rows];
        let mut belief = vec![[0.0; CHANGES + 1]; rows];
        for r in (0..rows).rev() {
            if r + 1 < rows {
                let odds = &self.costs.of(self.boundaries[r + 1]).odds;
                self.weigh(r + 1, &mut weights);
                weights.iter_mut().zip(&backward).for_each(|(weight, after)| *weight *= after);
                for (from, slot) in backward.iter_mut().enumerate() {
                    *slot = weights.iter().zip(&odds[from * width..(from + 1) * width]).map(|(w, o)| w * o).sum();
                }
                scale(&mut backward);
            }
            let joint = || forward[r * width..(r + 1) * width].iter().zip(&backward).map(|(f, b)| f * b);
            let total: f64 = joint().sum::<f64>().max(f64::MIN_POSITIVE);
            for (slot, share) in belief[r].iter_mut().zip(joint()) {
                #[expect(clippy::cast_possible_truncation, reason = "seven digits are plenty for a belief")]
                let nats = (share / total).ln().max(LEAST_BELIEF) as f32;
                *slot = nats;
            }
            for (state, share) in joint().enumerate() {
                let set = states.set(state);
                if set.is_empty() {
                    out[r][CHANGES] += share / total;
                }
                set.iter().for_each(|change| out[r][change.index()] += share / total);
            }
        }
        (out, belief)
    }

    /// The emissions of a row as odds against its best state.
    fn weigh(&self, row: usize, out: &mut [f64]) {
        let highest = self.row(row).iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (slot, score) in out.iter_mut().zip(self.row(row)) {
            *slot = (score - highest).exp();
        }
    }
}

/// Scales to a sum of one.
fn scale(values: &mut [f64]) {
    let sum: f64 = values.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    values.iter_mut().for_each(|value| *value /= sum);
}

/// Transition costs of one boundary, from row by row.
struct Transitions {
    nats: Vec<f64>,
    odds: Vec<f64>,
}

/// Transition costs by boundary.
struct Costs {
    by_boundary: Vec<Transitions>,
}

impl Costs {
    fn new(width: usize, ordered: f64, cohesion: f64) -> Self {
        let all = [Boundary::None, Boundary::Labels, Boundary::Page, Boundary::Milestone, Boundary::Section, Boundary::Table];
        let table = |boundary| {
            let nats: Vec<f64> =
                (0..width * width).map(|i| transition(i / width, i % width, boundary, ordered, cohesion)).collect();
            let odds = nats.iter().map(|cost| (-cost).exp()).collect();
            Transitions { nats, odds }
        };
        Self { by_boundary: all.into_iter().map(table).collect() }
    }

    fn of(&self, boundary: Boundary) -> &Transitions {
        &self.by_boundary[boundary as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows that speak for one state each, by `strength`.
    fn path(rows: &[(usize, f64, Boundary)], ordered: f64) -> Vec<usize> {
        let states = States::new(std::iter::empty());
        let mut emissions = vec![0.0; rows.len() * states.len()];
        for (r, (state, strength, _)) in rows.iter().enumerate() {
            emissions[r * states.len() + state] = *strength;
        }
        let boundaries: Vec<Boundary> = rows.iter().map(|row| row.2).collect();
        decode(&states, &emissions, &boundaries, ordered, 1.0).path
    }

    #[test]
    fn a_lone_word_does_not_move_a_row_out_of_its_block() {
        let rows = [(2, 5.0, Boundary::Table), (4, 2.0, Boundary::None), (2, 1.0, Boundary::None)];
        assert_eq!(path(&rows, 0.0), [2, 2, 2]);
    }

    #[test]
    fn a_new_section_moves() {
        let rows = [(2, 5.0, Boundary::Table), (3, 5.0, Boundary::Section), (3, 0.1, Boundary::None)];
        assert_eq!(path(&rows, 1.0), [2, 3, 3]);
    }

    #[test]
    fn order_decides_between_equals() {
        let rows = [(1, 5.0, Boundary::Table), (4, 2.0, Boundary::Page), (2, 5.0, Boundary::Section)];
        assert_eq!(path(&rows, 1.0), [1, 1, 2]);
    }

    #[test]
    fn probabilities_sum_to_one() {
        let states = States::new(std::iter::empty());
        let emissions: Vec<f64> = [0.0, 1.0, 2.0, 3.0, 4.0].into_iter().cycle().take(states.len() * 3).collect();
        let decoded = decode(&states, &emissions, &[Boundary::Table, Boundary::None, Boundary::Page], 0.5, 1.0);
        for row in decoded.probability {
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }
}
