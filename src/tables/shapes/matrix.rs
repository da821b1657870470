//! The model's own matrix: levels across, a mark, a date or a shaded cell in one of them.

use smallvec::SmallVec;

use crate::model::field::Meaning;
use crate::model::recognise::Mark;
use crate::model::recognise::Recognise;
use crate::model::record::Level;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::table::Column;
use crate::model::table::Piece;
use crate::model::text::has_words;
use crate::tables::open::Cells;

/// From so many levels in a row on, it is the header of a matrix: two stand beside each other in rows of data too.
const LEVELS: usize = 3;

/// So many that are named in full tell what the short names beside them stand for.
const SURE: usize = 2;

/// The columns of a row that is the header of a matrix, each with its level; empty where the row is none. The levels may be
/// there again for another time: "Now" and "March 2019" stand over five each.
pub(in crate::tables) fn level_columns(row: &GridRow, recognise: &dyn Recognise) -> Vec<(usize, Level)> {
    if row.cells.len() < LEVELS {
        return Vec::new();
    }
    let mut named: Vec<(usize, Level)> =
        row.cells.iter().filter_map(|cell| Some((cell.column.get(), recognise.level(&cell.text)?))).collect();
    let again = named.chunk_by(|one, next| one.1 < next.1);
    if named.len() >= 2 * LEVELS && again.clone().count() > 1 && again.clone().all(|levels| levels.len() >= LEVELS) {
        return named;
    }
    if named.len() >= SURE {
        let short: Vec<(usize, Level)> = row.cells.iter().filter_map(|cell| cut_short(cell, &named, recognise)).collect();
        named.extend(short);
        named.sort_unstable_by_key(|(column, _)| *column);
    }
    let rises = named.windows(2).all(|pair| pair[0].1 < pair[1].1);
    let falls = named.windows(2).all(|pair| pair[0].1 > pair[1].1);
    if named.len() >= LEVELS && (rises || falls) { named } else { Vec::new() }
}

/// The columns of levels in `columns`, for each time that they are there.
pub(in crate::tables) fn times(columns: &[Column<'_>]) -> SmallVec<[SmallVec<[usize; 5]>; 1]> {
    let level = |index: usize| match columns[index].meaning() {
        Some(Meaning::Level(level)) => Some((index, level)),
        _ => None,
    };
    let found: Vec<(usize, Level)> = (0..columns.len()).filter_map(level).collect();
    let again = found.chunk_by(|one, next| one.1 < next.1);
    let several = again.clone().count() > 1 && again.clone().all(|levels| levels.len() >= LEVELS);
    let places = |levels: &[(usize, Level)]| levels.iter().map(|(index, _)| *index).collect();
    if several { again.map(places).collect() } else { SmallVec::from_elem(places(&found), 1) }
}

/// The level that a cell names in short ("Not yet", "Plans") in a row where others are `named` in full: the one that its place
/// among those leaves.
fn cut_short(cell: &GridCell, named: &[(usize, Level)], recognise: &dyn Recognise) -> Option<(usize, Level)> {
    let at = cell.column.get();
    if named.iter().any(|(column, _)| *column == at) {
        return None;
    }
    let rises = named.windows(2).all(|pair| pair[0].1 < pair[1].1);
    let fits = |level: &Level| named.iter().all(|(column, other)| (level < other) == ((at < *column) == rises) && level != other);
    let mut found = recognise.levels_begun(&cell.text).into_iter().filter(fits);
    let level = found.next()?;
    found.next().is_none().then_some((at, level))
}

/// Texts of so many words describe a level; shorter ones mark it.
const DESCRIBES: usize = 4;

/// Takes the cells of a matrix out of a row that its mark, its shading or its type does not choose. What is left in the columns
/// of levels states one; what is returned explains the others.
pub(in crate::tables) fn take_unchosen<'s>(
    cells: &mut Cells<'s>,
    columns: &[usize],
    recognise: &dyn Recognise,
) -> Vec<Piece<'s>> {
    if columns.is_empty() {
        return Vec::new();
    }
    let of_levels: Cells<'s> = cells.iter().filter(|(column, _)| columns.contains(column)).copied().collect();
    let chosen = chosen(&of_levels, columns.len(), recognise);
    let is_chosen = |column: usize| chosen.contains(&column);
    let mut unchosen = Vec::new();
    cells.retain(|(column, piece)| {
        if !columns.contains(column) || is_chosen(*column) {
            return true;
        }
        // "No" and the like are an answer, not an explanation.
        let answers =
            recognise.mark(piece.text) == Some(Mark::Unchosen) && words(piece.text) < DESCRIBES && has_words(piece.text);
        if has_words(piece.text) && !answers {
            unchosen.push(*piece);
        }
        answers
    });
    unchosen
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The columns of the levels that a row states: by marks, else by shading, else by type, else what alone is filled in.
fn chosen(cells: &Cells<'_>, width: usize, recognise: &dyn Recognise) -> SmallVec<[usize; 5]> {
    let with = |test: &dyn Fn(&Piece<'_>) -> bool| -> SmallVec<[usize; 5]> {
        cells.iter().filter(|(_, piece)| test(piece)).map(|(column, _)| *column).collect()
    };
    let ticked = with(&|piece| recognise.mark(piece.text) == Some(Mark::Chosen));
    let planned = with(&|piece| recognise.mark(piece.text) == Some(Mark::Planned));
    let both = |mut now: SmallVec<[usize; 5]>| {
        now.extend(planned.iter().copied().filter(|column| !now.contains(column)).collect::<SmallVec<[usize; 5]>>());
        now
    };
    if !ticked.is_empty() {
        return both(ticked);
    }
    let shaded = shaded(cells, width);
    if !shaded.is_empty() {
        return both(shaded);
    }
    let filled = with(&|piece| !piece.text.trim().is_empty() && recognise.mark(piece.text) != Some(Mark::Unchosen));
    if !planned.is_empty() {
        // The text beside it is where things stand: "Dec 2017 | Target March 2019"; of several it is the nearest, where blanks
        // say that they are not the printed model.
        let beside = |column: &&usize| !planned.contains(*column);
        let gap = |column: &&usize| planned.iter().map(|planned| planned.abs_diff(**column)).min();
        let now = filled.iter().filter(beside).min_by_key(gap).filter(|_| filled.len() == 2 || filled.len() < width);
        return now.into_iter().chain(&planned).copied().collect();
    }
    let emphasised = with(&|piece| piece.style.emphasised);
    match (filled.len(), emphasised.len()) {
        (0 | 1, _) => filled,
        (_, 1) => emphasised,
        // The printed model has a text for each level: two among blanks are a place's own, on its way from one to the other.
        (2, _) if width >= 2 * filled.len() => filled,
        // Short texts in several columns say where each level is reached; long ones are the printed model.
        _ if cells.iter().all(|(_, piece)| words(piece.text) < DESCRIBES) => filled,
        _ => SmallVec::new(),
    }
}

/// The cell whose fill is not that of the others, or the two that are filled among at least as many that are not: now and the
/// target in a colour each, or two levels side by side in one.
fn shaded(cells: &Cells<'_>, width: usize) -> SmallVec<[usize; 5]> {
    const WHITE: u8 = 0xfa;
    let fill = |piece: &Piece<'_>| piece.style.fill.filter(|fill| fill.iter().any(|part| *part < WHITE));
    let filled: SmallVec<[(usize, [u8; 3]); 5]> =
        cells.iter().filter_map(|(column, piece)| Some((*column, fill(piece)?))).collect();
    let alone = |(_, own): &&(usize, [u8; 3])| filled.iter().filter(|(_, other)| other == own).count() == 1;
    let mut single = filled.iter().filter(alone);
    match (single.next(), single.next(), filled.as_slice()) {
        (Some((column, _)), None, _) if width > 1 => SmallVec::from_elem(*column, 1),
        // Where each has a colour of its own, the colours are those of the levels.
        (_, _, [(first, one), (second, other)])
            if width >= 2 * filled.len() && (one != other || first.abs_diff(*second) == 1) =>
        {
            SmallVec::from_slice(&[*first, *second])
        }
        _ => SmallVec::new(),
    }
}
