//! References as evidence: where the first numbers of "3.1", "3.2", "4.1" go with the changes, a row's reference tells its change;
//! where they only run in blocks, a new first number opens a block.

use super::editions::Edition;
use super::emissions::RowEvidence;
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
        let changes: Vec<Option<ChangeNumber>> = rows.iter().map(|row| edition.translate(row.reference?, vocabulary)).collect();
        let trust = trust(rows, &changes, governing);
        Self { trust, opens: opens(rows), changes }
    }
}

/// Share of labelled rows whose reference says what their label says; where too few are labelled, how much better the rows'
/// own words fit the changes of their references than those of any row's.
fn trust(rows: &[RowEvidence<'_>], changes: &[Option<ChangeNumber>], governing: &[Option<ChangeNumber>]) -> f64 {
    let both: Vec<bool> = changes.iter().zip(governing).filter_map(|(a, b)| Some((*a)? == (*b)?)).collect();
    if both.len() >= LEAST {
        let agree = both.iter().filter(|same| **same).count();
        return (4.0 * share(agree, both.len()) - 3.0).max(0.0);
    }
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
