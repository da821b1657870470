//! What the document as a whole tells: how far it keeps the order of the eight, whether labels are missing, whether rows of a
//! kind stand together.

use super::emissions::RowEvidence;
use super::text::CLASSES;
use crate::model::change::ChangeNumber;
use crate::model::change::ChangeSet;

/// Labels of so many changes must be printed before one that is missing is held to be lost.
const PRINTED: usize = 4;

/// From this clarity on the rows of a document are clear by their own words.
pub(super) const CLEAR: f64 = 0.88;

/// Below this cohesion the rows of a kind do not stand together.
pub(super) const TOGETHER: f64 = 0.15;

/// How strictly the anchors keep the order of the eight: 0.2 where too few tell, up to 1.
pub(super) fn order(anchors: &[Option<ChangeNumber>]) -> f64 {
    let mut numbers: Vec<ChangeNumber> = anchors.iter().flatten().copied().collect();
    numbers.dedup();
    if numbers.len() < 3 {
        return 0.2;
    }
    let pairs = numbers.len() - 1;
    let falls = numbers.windows(2).filter(|pair| pair[1] < pair[0]).count();
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 headings")]
    let share = falls as f64 / pairs as f64;
    (1.0 - 4.0 * share).max(0.0)
}

/// For each row whether a label may be lost above it: the document prints labels of most changes, and of those that come
/// between the last label above the row and the next one below it some are printed nowhere.
pub(super) fn gaps(anchors: &[Option<ChangeNumber>], ordered: f64) -> Vec<bool> {
    let printed: ChangeSet = anchors.iter().flatten().copied().collect();
    let missing: ChangeSet = ChangeNumber::all().filter(|change| !printed.contains(*change)).collect();
    let mut out = vec![false; anchors.len()];
    if printed.len() < PRINTED || missing.is_empty() {
        return out;
    }
    let mut start = 0;
    while start < anchors.len() {
        let end = (start + 1..anchors.len()).find(|row| anchors[*row].is_some()).unwrap_or(anchors.len());
        let below = anchors[start].map_or(0, ChangeNumber::get);
        let above = anchors.get(end).copied().flatten().map_or(u8::MAX, ChangeNumber::get);
        let open = missing.iter().any(|change| ordered < 0.5 || (below..above).contains(&change.get()));
        out[start..end].fill(open);
        start = end;
    }
    out
}

/// Whether the document prints the label of every change up to the last that it has.
pub(super) fn is_complete(anchors: &[Option<ChangeNumber>]) -> bool {
    let printed: ChangeSet = anchors.iter().flatten().copied().collect();
    printed.len() >= 3 && printed.iter().last().is_some_and(|last| usize::from(last.get()) == printed.len())
}

/// Whether rows of a kind stand together in a document that names no change: 0 where neighbours are no more alike than any two
/// rows, 1 where they are as alike as can be. Such a document is read row by row or block by block accordingly. `clarity` is
/// that of the rows.
pub(super) fn cohesion(rows: &[RowEvidence<'_>], clarity: f64) -> f64 {
    /// What likeness is multiplied with, by how clear the rows are: between documents of our own phrases, in blocks and in any
    /// order, and such whose rows speak of other things as well.
    const USUAL: f64 = 1.1;
    const USUALLY_CLEAR: f64 = 0.9;
    const UNCLEAR: f64 = 10.0;
    const SCALES: std::ops::RangeInclusive<f64> = 0.6..=1.5;
    let shares: Vec<[f64; CLASSES]> = rows.iter().map(|row| row.words.map(|p| f64::from(p).exp())).collect();
    let product = |a: &[f64; CLASSES], b: &[f64; CLASSES]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let pairs = shares.windows(2).count();
    if pairs < 4 {
        return 0.5;
    }
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 rows")]
    let (count, pairs) = (shares.len() as f64, pairs as f64);
    let mean: [f64; CLASSES] = std::array::from_fn(|class| shares.iter().map(|row| row[class]).sum::<f64>() / count);
    let neighbours = shares.windows(2).map(|pair| product(&pair[0], &pair[1])).sum::<f64>() / pairs;
    let alone = shares.iter().map(|row| product(row, row)).sum::<f64>() / count;
    let chance = product(&mean, &mean);
    // Where the rows' words are clear by themselves, neighbours have less to say.
    let scale = (USUAL + UNCLEAR * (USUALLY_CLEAR - clarity)).clamp(*SCALES.start(), *SCALES.end());
    (scale * (neighbours - chance) / (alone - chance).max(1e-9)).clamp(0.0, 1.0)
}

/// How clear the rows' own words are on the whole: how likely they make what they speak for most, 0 to 1.
pub(super) fn clarity(rows: &[RowEvidence<'_>]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 rows")]
    let count = rows.len().max(1) as f64;
    rows.iter().map(|row| most_likely(&row.words)).sum::<f64>() / count
}

/// How likely words make the class that they speak for most.
fn most_likely(words: &[f32; CLASSES]) -> f64 {
    let likely = words.map(|nats| f64::from(nats).exp());
    likely.iter().copied().fold(0.0, f64::max) / likely.iter().sum::<f64>().max(f64::MIN_POSITIVE)
}

/// For each row how likely it is outside the eight before its own words are heard, in nats, as its table's rows tell where no
/// label does: a plan of another programme has few rows of the eight, and the other way round.
pub(super) fn company(rows: &[RowEvidence<'_>]) -> Vec<f64> {
    /// A table of few rows tells little: so many, of which two in five are outside, are thought to stand beside its own.
    const BESIDE: f64 = 4.0;
    const SHARE: f64 = 0.4;
    /// How much of the odds counts, and how much it may come to.
    const COUNTS: f64 = 0.6;
    const MOST: std::ops::RangeInclusive<f64> = -1.0..=1.5;
    let mut by_row = Vec::with_capacity(rows.len());
    for table in rows.chunk_by(|a, b| a.table == b.table) {
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 rows")]
        let all = table.len() as f64 + BESIDE;
        let outside: f64 = table.iter().map(|row| share_outside(&row.words)).sum();
        let share = (outside + BESIDE * SHARE) / all;
        let nats = (COUNTS * (share / (1.0 - share)).ln()).clamp(*MOST.start(), *MOST.end());
        by_row.extend(std::iter::repeat_n(nats, table.len()));
    }
    by_row
}

/// How likely a row's words make it that it is outside.
fn share_outside(words: &[f32; CLASSES]) -> f64 {
    let likely = words.map(|nats| f64::from(nats).exp());
    let sum: f64 = likely.iter().sum();
    likely.first().map_or(0.0, |outside| outside / sum.max(f64::MIN_POSITIVE))
}

/// For each row the changes whose own label is printed only further down in its table.
pub(super) fn unprinted(rows: &[RowEvidence<'_>], anchors: &[Option<ChangeNumber>]) -> Vec<ChangeSet> {
    let mut by_row = vec![ChangeSet::NONE; rows.len()];
    let mut start = 0;
    while start < rows.len() {
        let end = (start..rows.len()).find(|r| rows[*r].table != rows[start].table).unwrap_or(rows.len());
        let all: ChangeSet = anchors[start..end].iter().flatten().copied().collect();
        let mut printed = ChangeSet::NONE;
        for row in start..end {
            if let Some(change) = anchors[row] {
                printed = printed.with(change);
            }
            by_row[row] = all.iter().filter(|change| !printed.contains(*change)).collect();
        }
        start = end;
    }
    by_row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(numbers: &[u32]) -> Vec<Option<ChangeNumber>> {
        numbers.iter().map(|number| ChangeNumber::new(*number)).collect()
    }

    #[test]
    fn a_label_may_be_lost_where_its_change_would_come() {
        let found = gaps(&anchors(&[1, 0, 2, 0, 4, 0, 5, 6, 0]), 1.0);
        assert_eq!(found, [false, false, true, true, false, false, false, true, true]);
        assert_eq!(gaps(&anchors(&[1, 0, 3]), 1.0), [false; 3]);
    }

    #[test]
    fn order_is_told_by_how_often_it_goes_back() {
        assert!(order(&anchors(&[1, 2, 2, 3, 4])) > 0.99);
        assert!(order(&anchors(&[4, 2, 3, 1])) < 0.01);
    }
}
