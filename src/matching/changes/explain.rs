//! What spoke for and against a decision, with weights: the parts of a row's score and what its neighbours add to it.

use smallvec::SmallVec;

use super::assign::quote;
use super::decode::Decoded;
use super::emissions::Evidences;
use super::headed::Part;
use super::text::CLASSES;
use crate::model::assignment::Signal;
use crate::model::assignment::SignalKind;
use crate::model::change::ChangeNumber;
use crate::model::change::ChangeSet;

/// Most signals for one class; the weakest are left out.
const MOST: usize = 6;

/// Signals weaker than this, in nats, are left out.
const LEAST: f64 = 0.1;

/// A class that is further below the best than this, in nats, is not told apart: so much decides in any case.
const DEPTH: f64 = 10.0;

/// Everything that speaks in a row, with what its tag and its neighbours say.
pub(super) struct Row {
    parts: SmallVec<[Part; 8]>,
    belief: [f64; CLASSES],
}

impl Row {
    /// Of row `index` of the document.
    pub(super) fn new(evidences: &Evidences<'_, '_>, decoded: &Decoded, index: usize) -> Self {
        let belief = decoded.belief[index].map(f64::from);
        let mut parts = evidences.parts(index);
        if let Some((set, nats)) = evidences.tagged(index) {
            let mut tag = Part::new(SignalKind::Tag, None);
            set.iter().for_each(|change| tag.nats[usize::from(change.get())] = nats);
            parts.push(tag);
        }
        let mut neighbours = Part::new(SignalKind::Neighbours, None);
        for (class, slot) in neighbours.nats.iter_mut().enumerate() {
            *slot = belief[class] - evidences.emission(index, class);
        }
        parts.push(neighbours);
        Self { parts, belief }
    }

    /// Of a text that stands alone: its parts, the sum of which is the `belief`.
    pub(super) fn alone(parts: SmallVec<[Part; 8]>, belief: [f64; CLASSES]) -> Self {
        Self { parts, belief }
    }

    /// The likeliest class but `class`, outside included.
    pub(super) fn rival(&self, class: usize) -> usize {
        self.likeliest(|other| other != class)
    }

    /// The likeliest class that is none of `taken`, outside included.
    pub(super) fn rival_of(&self, taken: ChangeSet) -> usize {
        self.likeliest(|other| change(other).is_none_or(|change| !taken.contains(change)))
    }

    fn likeliest(&self, free: impl Fn(usize) -> bool) -> usize {
        let free = (0..CLASSES).filter(|class| free(*class));
        free.max_by(|a, b| self.belief[*a].total_cmp(&self.belief[*b]).then(b.cmp(a))).unwrap_or(0)
    }

    /// What speaks for `class` and against it, strongest first; `text` tells the words of a part that speak so.
    pub(super) fn signals(&self, class: usize, text: impl Fn(&Part, f64) -> Option<String>) -> Vec<Signal> {
        let mut weighed: Vec<(f64, &Part)> = self.parts.iter().map(|part| (centred(&part.nats, class), part)).collect();
        weighed.retain(|(weight, _)| weight.abs() >= LEAST);
        weighed.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        weighed.truncate(MOST);
        let signal = |(weight, part): (f64, &Part)| Signal {
            kind: part.kind,
            text: text(part, weight).map(|text| quote(&text)),
            change: change(class),
            weight: (weight * 100.0).round() / 100.0,
        };
        weighed.into_iter().map(signal).collect()
    }
}

/// The change of a class; none of outside.
fn change(class: usize) -> Option<ChangeNumber> {
    ChangeNumber::new(u32::try_from(class).ok()?)
}

/// A class's score against the mean of all.
fn centred(nats: &[f64; CLASSES], class: usize) -> f64 {
    let best = nats.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let held = nats.map(|nats| nats.max(best - DEPTH));
    #[expect(clippy::cast_precision_loss, reason = "nine classes")]
    let mean = held.iter().sum::<f64>() / CLASSES as f64;
    held.get(class).map_or(0.0, |nats| nats - mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(kind: SignalKind, class: usize, nats: f64) -> Part {
        let mut part = Part::new(kind, None);
        part.nats[class] = nats;
        part
    }

    #[test]
    fn two_classes_differ_by_the_sum_of_what_speaks_for_them() {
        let parts: SmallVec<[Part; 8]> =
            [part(SignalKind::Name, 3, 6.0), part(SignalKind::Words, 4, 2.0), part(SignalKind::Order, 3, -1.0)]
                .into_iter()
                .collect();
        let mut belief = [0.0; CLASSES];
        parts.iter().for_each(|part| belief.iter_mut().zip(part.nats).for_each(|(slot, nats)| *slot += nats));
        let row = Row::alone(parts, belief);
        let sum = |class| row.signals(class, |_, _| None).iter().map(|signal| signal.weight).sum::<f64>();
        assert!((sum(3) - sum(4) - (belief[3] - belief[4])).abs() < 0.05);
        assert_eq!((row.rival(3), row.rival_of(ChangeSet::NONE)), (4, 3));
        assert!(row.signals(3, |_, _| None).windows(2).all(|pair| pair[0].weight.abs() >= pair[1].weight.abs()));
    }
}
