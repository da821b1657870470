//! References as evidence: where the first numbers of "3.1", "3.2", "4.1" go with the changes, a row's reference tells its change;
//! where they only run in blocks, a new first number opens a block.

use super::editions::Edition;
use super::emissions::RowEvidence;
use super::text::CLASSES;
use crate::model::assignment::ColumnUse;
use crate::model::change::ChangeNumber;
use crate::model::field::Field;
use crate::model::numbering::numbered;
use crate::model::table::Item;
use crate::model::vocabulary::Vocabulary;

/// Rows with a reference of several levels that a document must have before its references count.
const LEAST: usize = 5;

/// What the references of a document tell.
#[derive(Debug, Default)]
pub(super) struct References {
    /// For each row the change that its reference's first number stands for.
    pub(super) changes: Vec<Option<ChangeNumber>>,
    /// How far the numbers can be trusted to be those of the changes, 0 to 1.
    pub(super) trust: f64,
    /// For each row whether its reference opens a new block.
    pub(super) opens: Vec<bool>,
}

/// The first number of an item's reference of two levels or more: in a column for it, or in front of its subject.
pub(super) fn first_number(item: &Item<'_>, uses: &[ColumnUse]) -> Option<u8> {
    let text = |wanted: fn(Field) -> bool| {
        let is_wanted = |column: usize| matches!(uses.get(column), Some(ColumnUse::Field(field)) if wanted(*field));
        item.cells.iter().find(|cell| is_wanted(cell.column.get())).and_then(|cell| cell.pieces.first()).map(|piece| piece.text)
    };
    let text = text(|field| field == Field::Reference).or_else(|| text(Field::is_subject))?;
    let found = numbered(text).filter(|found| found.levels >= 2)?;
    found.number.split('.').next()?.parse().ok()
}

impl References {
    /// Reads the references of `rows`. `anchors` are the changes that labels name outright.
    pub(super) fn read(
        rows: &[RowEvidence<'_>],
        governing: &[Option<ChangeNumber>],
        edition: Edition,
        vocabulary: &Vocabulary,
    ) -> Self {
        let count = rows.iter().filter(|row| row.reference.is_some()).count();
        if count < LEAST || count * 2 < rows.len() {
            return Self { changes: vec![None; rows.len()], trust: 0.0, opens: vec![false; rows.len()] };
        }
        let mut changes: Vec<Option<ChangeNumber>> =
            rows.iter().map(|row| edition.translate(row.reference?, vocabulary)).collect();
        let trust = if labelled(&changes, governing) >= LEAST {
            agreement(&changes, governing)
        } else {
            let (refuted, numbers) = refute(rows, &mut changes);
            let trust = if refuted * 3 > numbers { 0.0 } else { fit(rows, &changes) };
            // Numbers may go on, or begin again, over rows of another programme.
            let outside = |row: &RowEvidence<'_>| row.words.first().is_some_and(|nats| f64::from(*nats).exp() > OUTSIDE);
            rows.iter().zip(&mut changes).filter(|(row, _)| outside(row)).for_each(|(_, change)| *change = None);
            trust
        };
        Self { trust, opens: opens(rows), changes }
    }
}

/// How far the words of a number's rows must speak for another change, in nats, before the number is not believed.
const REFUTED: f64 = 5.0;

/// From this probability on a row's words say that it is outside the eight, whatever its number.
const OUTSIDE: f64 = 0.9;

/// Rows that have a reference and a label.
fn labelled(changes: &[Option<ChangeNumber>], governing: &[Option<ChangeNumber>]) -> usize {
    changes.iter().zip(governing).filter(|(reference, label)| reference.is_some() && label.is_some()).count()
}

/// How far the references agree with the labels: 1 where all do, 0 where a quarter does not.
fn agreement(changes: &[Option<ChangeNumber>], governing: &[Option<ChangeNumber>]) -> f64 {
    let agree = changes.iter().zip(governing).filter(|(reference, label)| reference.is_some() && reference == label).count();
    (4.0 * share(agree, labelled(changes, governing)) - 3.0).max(0.0)
}

/// Takes their changes from numbers whose rows' words speak for another change, as where blocks are counted and a change has none.
/// Tells how many numbers that were, and how many there are.
fn refute(rows: &[RowEvidence<'_>], changes: &mut [Option<ChangeNumber>]) -> (usize, usize) {
    let (mut refuted, mut numbers) = (0, 0);
    for change in ChangeNumber::all() {
        let mut sums = [0.0; CLASSES];
        let mut count = 0;
        for row in rows.iter().zip(&*changes).filter(|(_, c)| **c == Some(change)).map(|(row, _)| row) {
            sums.iter_mut().zip(row.words).for_each(|(sum, nats)| *sum += f64::from(nats).max(LEAST_SAID));
            count += 1;
        }
        let best = sums.iter().skip(1).copied().fold(f64::NEG_INFINITY, f64::max);
        numbers += usize::from(count > 0);
        if count > 0 && best - sums[usize::from(change.get())] > REFUTED {
            changes.iter_mut().filter(|c| **c == Some(change)).for_each(|c| *c = None);
            refuted += 1;
        }
    }
    (refuted, numbers)
}

/// The least that one row's words can say against a number, in nats.
const LEAST_SAID: f64 = -4.0;

/// How much better the rows' own words fit the changes of their references than those of any row's.
fn fit(rows: &[RowEvidence<'_>], changes: &[Option<ChangeNumber>]) -> f64 {
    let mut numbers: Vec<ChangeNumber> = changes.iter().flatten().copied().collect();
    let count = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() < 3 || count < LEAST {
        return 0.0;
    }
    let fit = |row: &RowEvidence<'_>, change: ChangeNumber| f64::from(row.words[usize::from(change.get())]).exp();
    let told = rows.iter().zip(changes).filter_map(|(row, change)| change.map(|change| (row, change)));
    let (mut own, mut any) = (0.0, 0.0);
    for (row, change) in told {
        own += fit(row, change);
        any += numbers.iter().map(|other| fit(row, *other)).sum::<f64>() / share(numbers.len(), 1);
    }
    // Twice as good as chance says little, four times that they are the same numbers.
    (own / f64::max(any, 1e-9) / 2.0 - 1.0).clamp(0.0, 1.0)
}

/// Rows whose first number is another than the last one's, in a document where each number comes in one run.
fn opens(rows: &[RowEvidence<'_>]) -> Vec<bool> {
    let mut last: Option<u8> = None;
    let mut runs: Vec<u8> = Vec::new();
    let mut out = vec![false; rows.len()];
    for (slot, row) in out.iter_mut().zip(rows) {
        let Some(number) = row.reference else { continue };
        if last != Some(number) {
            *slot = last.is_some();
            runs.push(number);
        }
        last = Some(number);
    }
    let all = runs.len();
    runs.sort_unstable();
    runs.dedup();
    // A third of the numbers may come a second time, as those of a table that stands beside the plan.
    if all * 3 > runs.len() * 4 { vec![false; rows.len()] } else { out }
}

fn share(part: usize, all: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 rows")]
    let (part, all) = (part as f64, all.max(1) as f64);
    part / all
}
