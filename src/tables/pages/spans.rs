//! Headers that stand in the middle over several columns, without a ruling that says over which: the names of groups of
//! columns, and the unit of all values.

use crate::model::page::Page;

use super::gaps::Piece;
use super::judge;
use super::lines::Line;
use super::rows::Sheet;

/// How far from the middle of its columns a header may stand, in sizes of font.
const OFF: f64 = 1.2;

/// A header has at most this many lines.
const HEADER_LINES: usize = 6;

/// The unit of all values is this many times narrower than these.
const NARROW: f64 = 3.0;

/// Words of a name are no further apart than this, in sizes of font.
const SPACE: f64 = 0.45;

/// A name that begins within this of the left edge of its column, in sizes of font, begins there.
const BEGINS: f64 = 0.3;

/// A unit stands over so many columns.
const COLUMNS: usize = 2;

/// Lets headers of a table of values span the columns in whose middle they stand.
pub(super) fn widen(sheet: &mut Sheet<'_>) {
    let last = sheet.columns.len().saturating_sub(1);
    if last < COLUMNS {
        return;
    }
    let header = sheet.pieces.iter().take(HEADER_LINES + 1).position(|pieces| has_values(sheet, pieces)).unwrap_or(0);
    let Some(extents) = extents(sheet, header) else { return };
    for line in 0..header {
        let off = OFF * sheet.lines[line].size;
        let found = match sheet.pieces[line].as_slice() {
            [only] if line + 1 == header => unit(&extents, only, off).into_iter().collect(),
            pieces => groups(&extents, pieces, off).unwrap_or_default(),
        };
        for (piece, (first, last)) in sheet.pieces[line].iter_mut().zip(found) {
            (piece.column, piece.columns) = (first, last + 1 - first);
        }
    }
}

/// Joins the pieces of a name that a gutter parts between its words, where the names of both columns stand right below:
/// "Delivery and | timing" over "Lead | By when". A name of its own begins where its column does.
pub(super) fn join_names(page: &Page, lines: &[Line], pieces: &mut [Vec<Piece>]) {
    for at in 0..pieces.len().saturating_sub(1).min(HEADER_LINES) {
        let (above, below) = pieces.split_at_mut(at + 1);
        let (Some(line), Some(above), Some(below)) = (lines.get(at), above.last_mut(), below.first()) else { return };
        let name = |column: usize| below.iter().find(|piece| (piece.column, piece.columns) == (column, 1));
        let lettered = |piece: &Piece| !judge::are_values(page, &piece.words);
        let goes_on = |last: &Piece, piece: &Piece| {
            let near = piece.x0 - last.x1 <= SPACE * line.size && lettered(last) && lettered(piece);
            near && name(last.column).is_some()
                && name(piece.column).is_some_and(|name| (piece.x0 - name.x0).abs() > BEGINS * line.size)
        };
        let mut joined: Vec<Piece> = Vec::with_capacity(above.len());
        for piece in above.drain(..) {
            match joined.last_mut() {
                Some(last) if goes_on(last, &piece) => last.join(&piece),
                _ => joined.push(piece),
            }
        }
        *above = joined;
    }
}

/// Where the text of each column begins and ends below the header, and its last line; none where a column has no text there.
fn extents(sheet: &Sheet<'_>, header: usize) -> Option<Vec<(f64, f64)>> {
    let mut extents: Vec<Option<(f64, f64)>> = vec![None; sheet.columns.len()];
    let names = (0..header).rev().find(|line| sheet.pieces[*line].len() > 1).into_iter();
    for piece in names.chain(header..sheet.pieces.len()).flat_map(|line| &sheet.pieces[line]).filter(|piece| piece.columns == 1) {
        if let Some(extent) = extents.get_mut(piece.column) {
            *extent = Some(extent.map_or((piece.x0, piece.x1), |(x0, x1)| (x0.min(piece.x0), x1.max(piece.x1))));
        }
    }
    extents.into_iter().collect()
}

/// Whether most pieces behind the first column are values.
fn has_values(sheet: &Sheet<'_>, pieces: &[Piece]) -> bool {
    let value = |piece: &&Piece| judge::are_values(sheet.page, &piece.words);
    let behind = || pieces.iter().filter(|piece| piece.column > 0);
    behind().next().is_some() && 2 * behind().filter(value).count() > behind().count()
}

/// The columns that a unit stands over: all but the first.
fn unit(extents: &[(f64, f64)], piece: &Piece, off: f64) -> Option<(usize, usize)> {
    let last = extents.len().checked_sub(1)?;
    let (from, to) = (extents.get(1)?.0, extents.get(last)?.1);
    let middle = (f64::midpoint(piece.x0, piece.x1) - f64::midpoint(from, to)).abs() <= off;
    (piece.column > 0 && middle && NARROW * (piece.x1 - piece.x0) <= to - from).then_some((1, last))
}

/// The columns that each of the names of groups stands over, one group after the other; none where they stand in no such
/// middles, or each over one column.
fn groups(extents: &[(f64, f64)], pieces: &[Piece], off: f64) -> Option<Vec<(usize, usize)>> {
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

#[cfg(test)]
mod tests {
    use super::super::gaps;
    use super::super::testing::lines_of;
    use super::super::testing::page;
    use super::*;

    #[test]
    fn a_name_that_a_gutter_parts_between_its_words_is_one() {
        let page = page(&[
            (10.0, 10.0, "Action"),
            (100.0, 10.0, "Delivery and times"),
            (10.0, 22.0, "for all"),
            (100.0, 22.0, "Lead"),
            (165.0, 22.0, "When"),
            (10.0, 34.0, "Agree a form"),
            (100.0, 34.0, "Ann Lee"),
            (165.0, 34.0, "May"),
        ]);
        let lines = lines_of(&page);
        let columns = gaps::columns(&page, &lines, &[80.0, 159.0]);
        let mut pieces: Vec<Vec<Piece>> = lines.iter().map(|line| columns.pieces(&page, line, &[80.0, 159.0])).collect();
        assert_eq!(pieces[0].len(), 3);
        join_names(&page, &lines, &mut pieces);
        assert_eq!(pieces[0].iter().map(|piece| (piece.column, piece.columns)).collect::<Vec<_>>(), [(0, 1), (1, 2)]);
    }

    #[test]
    fn names_of_groups_and_units_stand_in_the_middle_of_their_columns() {
        let page = page(&[
            (125.0, 10.0, "2016"),
            (245.0, 10.0, "2017"),
            (10.0, 22.0, "Ward"),
            (100.0, 22.0, "Beds"),
            (160.0, 22.0, "Vans"),
            (220.0, 22.0, "Beds"),
            (280.0, 22.0, "Vans"),
            (180.0, 34.0, "Number"),
            (10.0, 46.0, "North"),
            (100.0, 46.0, "1200"),
            (160.0, 46.0, "1400"),
            (220.0, 46.0, "1500"),
            (280.0, 46.0, "1600"),
            (10.0, 58.0, "East"),
            (100.0, 58.0, "1234"),
            (160.0, 58.0, "1444"),
            (220.0, 58.0, "1555"),
            (280.0, 58.0, "1666"),
        ]);
        let lines = lines_of(&page);
        let columns = gaps::columns(&page, &lines, &[]);
        let pieces = lines.iter().map(|line| columns.pieces(&page, line, &[])).collect();
        let mut sheet = Sheet { page: &page, lines: &lines, pieces, columns: &columns, rules: &[], remarks: &[] };
        widen(&mut sheet);
        let spans = |line: usize| sheet.pieces[line].iter().map(|piece| (piece.column, piece.columns)).collect::<Vec<_>>();
        assert_eq!(spans(0), [(1, 2), (3, 2)]);
        assert_eq!(spans(2), [(1, 4)]);
    }
}
