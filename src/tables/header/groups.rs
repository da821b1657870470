//! Headers that group the columns beside them: "Maturity assessment" over three quarters, "Narrative" over what is said of
//! them.
//!
//! A group is printed above the headers of its columns or below them, merged over them or in the first of them with blanks
//! behind it.

use smallvec::SmallVec;

use crate::model::field::Meaning;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::source::GridCell;
use crate::model::source::GridRow;

/// A known header is at least this much likelier by itself than joined with the text above or below it, where that groups it.
const BY_ITSELF: f64 = 0.02;

/// Most columns that print the name of their group again.
const WIDEST: usize = 32;

/// The groups of one band of header rows.
#[derive(Debug, Default)]
pub(super) struct Groups<'s> {
    found: Vec<Group<'s>>,
}

#[derive(Debug)]
struct Group<'s> {
    cell: &'s GridCell,
    from: usize,
    /// First column behind it.
    to: usize,
    /// Its cell is merged over its columns, or printed again in each of them.
    spans: bool,
}

impl<'s> Groups<'s> {
    /// The groups among the cells of `rows`, which are one band of width `width`.
    pub(super) fn of(rows: &'s [GridRow], width: usize, recognise: &dyn Recognise) -> Self {
        let mut groups = Self::default();
        if rows.len() < 2 {
            return groups;
        }
        for (at, row) in rows.iter().enumerate() {
            let texts: SmallVec<[&'s GridCell; 12]> = row.texts().collect();
            let repeats = texts.windows(2).any(|pair| is_again(pair[0], pair[1]));
            let merged = repeats || row.cells.iter().any(|cell| cell.colspan > 1);
            for (position, cell) in texts.iter().copied().enumerate() {
                let (before, behind) = again(&texts, position);
                let from = texts[before].column.get();
                let next = texts.get(position + 1).map_or(width, |next| next.column.get());
                let to = if merged { texts[behind].column.get() + texts[behind].colspan as usize } else { next };
                let whole = texts.len() == 1 && from == 0 && to >= width;
                if to < from + 2 || whole || cell.rowspan > 1 || !merged && ends_within(rows, at, from, to) {
                    continue;
                }
                // A header that is merged down through this row stands beside its texts, not above or below them.
                let beside = |n: usize, cell: &GridCell| n < at && n + cell.rowspan as usize > at;
                let other = |column: usize| {
                    rows.iter()
                        .enumerate()
                        .filter(|(n, _)| *n != at)
                        .find_map(|(n, r)| r.cell(column).filter(|cell| !beside(n, cell)))
                        .filter(|cell| !cell.text.is_empty())
                };
                let below = (from..to).filter_map(other).count();
                let fits = if merged {
                    below >= 2
                } else {
                    below >= 2 && is_sparse(row, rows, at) && stands_apart(cell, other(from), recognise)
                };
                if fits {
                    groups.found.push(Group { cell, from, to, spans: merged });
                }
            }
        }
        groups
    }

    /// Whether `cell` is a group and no header of its own column.
    pub(super) fn contains(&self, cell: &GridCell) -> bool {
        self.found.iter().any(|group| std::ptr::eq(group.cell, cell))
    }

    /// The columns under merged headers in those of `rows` whose texts all stand under such.
    pub(super) fn under(&self, rows: &[GridRow]) -> Vec<usize> {
        let held = rows.iter().skip(1).filter(|row| self.hold(row));
        held.flat_map(|row| row.texts().map(|cell| cell.column.get())).collect()
    }

    /// Whether `row` has two texts or more, all of them under or over merged headers of other rows.
    pub(super) fn hold(&self, row: &GridRow) -> bool {
        let held = |cell: &GridCell| {
            let at = cell.column.get();
            self.found.iter().any(|group| group.spans && !std::ptr::eq(group.cell, cell) && (group.from..group.to).contains(&at))
        };
        row.texts().count() >= 2 && row.texts().all(held)
    }

    /// Whether every text of `row` is a group: a row that belongs to the header whatever its words.
    pub(super) fn fill(&self, row: &GridRow) -> bool {
        row.texts().next().is_some() && row.texts().all(|cell| self.contains(cell))
    }

    /// The text of the group over `column`.
    pub(super) fn over(&self, column: usize) -> Option<&'s str> {
        self.found.iter().find(|group| (group.from..group.to).contains(&column)).map(|group| group.cell.text.as_str())
    }
}

/// Whether a merged header of another row ends between `from` and `to`: what begins under it is the header of a column of it, and
/// no group of that and columns beside it.
fn ends_within(rows: &[GridRow], at: usize, from: usize, to: usize) -> bool {
    let ends = |cell: &GridCell| {
        let (begin, end) = (cell.column.get(), cell.column.get() + cell.colspan as usize);
        cell.colspan > 1 && begin <= from && from < end && end < to
    };
    // What stands alone in its row heads a section.
    rows.iter().enumerate().filter(|(n, row)| *n != at && row.texts().count() > 1).any(|(_, row)| row.cells.iter().any(ends))
}

/// Whether `next` prints the text of `cell` again in the column behind it, as exports do with a cell that was merged.
fn is_again(cell: &GridCell, next: &GridCell) -> bool {
    cell.text == next.text && cell.column.get() + cell.colspan as usize == next.column.get()
}

/// The first and the last of the `texts` that print the one at `position` again.
fn again(texts: &[&GridCell], position: usize) -> (usize, usize) {
    let same = |at: &usize| is_again(texts[*at], texts[*at + 1]);
    let before = (0..position).rev().take(WIDEST).take_while(same).last().unwrap_or(position);
    let behind = (position..texts.len().saturating_sub(1)).take(WIDEST).take_while(same).last().map_or(position, |at| at + 1);
    (before, behind)
}

/// Whether a row without merged cells has fewer texts than half of another row's.
fn is_sparse(row: &GridRow, rows: &[GridRow], at: usize) -> bool {
    let fullest = rows.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, row)| row.texts().count()).max().unwrap_or(0);
    row.texts().count() * 2 <= fullest
}

/// Whether the header beside `cell` says by itself what it means, and no better together with it: "Start" over "date" does not.
fn stands_apart(cell: &GridCell, header: Option<&GridCell>, recognise: &dyn Recognise) -> bool {
    let Some(header) = header else { return true };
    let guess = recognise.header(&header.text);
    if recognise.level(&header.text).is_some() || guess.is_some_and(|guess| guess.meaning == Meaning::Timescale) {
        return true;
    }
    let alone = guess.map_or(0.0, |guess| guess.similarity);
    let joined = |a: &str, b: &str| recognise.header(&format!("{a} {b}")).map_or(0.0, |guess| guess.similarity);
    let best = joined(&cell.text, &header.text).max(joined(&header.text, &cell.text));
    let known = alone > 0.999 && best < 0.999;
    alone >= HeaderGuess::LIKELY && (known || best < alone - BY_ITSELF)
}
