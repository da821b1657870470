//! Headers that stand in the middle over several columns, without a ruling that says over which: the names of groups of columns,
//! and the unit of all values.

use super::gaps::Piece;
use super::judge;
use super::lines::word;
use super::rows::Sheet;

/// How far from the middle of its columns a header may stand, in sizes of font.
const OFF: f64 = 1.2;

/// A header has at most this many lines.
const HEADER_LINES: usize = 6;

/// The unit of all values is this many times narrower than these.
const NARROW: f64 = 3.0;

/// A unit stands over so many columns.
const COLUMNS: usize = 2;

/// Lets headers of a table of values span the columns in whose middle they stand.
pub(super) fn widen(sheet: &mut Sheet<'_>) {
    let last = sheet.columns.len().saturating_sub(1);
    if last < COLUMNS {
        return;
    }
    let header = sheet.pieces.iter().take(HEADER_LINES + 1).position(|pieces| has_values(sheet, pieces)).unwrap_or(0);
    for line in 0..header {
        let off = OFF * sheet.lines[line].size;
        let found = match sheet.pieces[line].as_slice() {
            [only] if line + 1 == header => unit(sheet, only, off).into_iter().collect(),
            pieces => groups(sheet, pieces, off).unwrap_or_default(),
        };
        for (piece, (first, last)) in sheet.pieces[line].iter_mut().zip(found) {
            (piece.column, piece.columns) = (first, last + 1 - first);
        }
    }
}

/// Whether most pieces behind the first column are values.
fn has_values(sheet: &Sheet<'_>, pieces: &[Piece]) -> bool {
    let value = |piece: &&Piece| {
        piece
            .words
            .iter()
            .filter_map(|index| word(sheet.page, *index))
            .all(|word| judge::is_value(&word.text) && !is_year(&word.text))
    };
    let behind = || pieces.iter().filter(|piece| piece.column > 0);
    behind().next().is_some() && 2 * behind().filter(value).count() > behind().count()
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && (text.starts_with("19") || text.starts_with("20"))
}

/// The columns that a unit stands over: all but the first.
fn unit(sheet: &Sheet<'_>, piece: &Piece, off: f64) -> Option<(usize, usize)> {
    let extents = &sheet.columns.extents;
    let last = extents.len().checked_sub(1)?;
    let (from, to) = (extents.get(1)?.0, extents.get(last)?.1);
    let middle = (f64::midpoint(piece.x0, piece.x1) - f64::midpoint(from, to)).abs() <= off;
    (piece.column > 0 && middle && NARROW * (piece.x1 - piece.x0) <= to - from).then_some((1, last))
}

/// The columns that each of the names of groups stands over, one group after the other; none where they stand in no such middles, or
/// each over one column.
fn groups(sheet: &Sheet<'_>, pieces: &[Piece], off: f64) -> Option<Vec<(usize, usize)>> {
    let extents = &sheet.columns.extents;
    let (columns, count) = (extents.len() - 1, pieces.len());
    if count < 2 || count >= columns || pieces.iter().any(|piece| piece.column == 0) {
        return None;
    }
    let mut first = 1;
    let mut found = Vec::with_capacity(count);
    for (at, piece) in pieces.iter().enumerate() {
        let middle = f64::midpoint(piece.x0, piece.x1);
        let distance = |last: usize| (f64::midpoint(extents[first].0, extents[last].1) - middle).abs();
        let most = columns.checked_sub(count - 1 - at).filter(|most| *most >= first)?;
        let range = if at + 1 == count { columns..=columns } else { first..=most };
        let last = range.min_by(|a, b| distance(*a).total_cmp(&distance(*b)))?;
        if distance(last) > off {
            return None;
        }
        found.push((first, last));
        first = last + 1;
    }
    Some(found)
}
