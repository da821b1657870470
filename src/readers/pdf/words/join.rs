//! Words whose parts were printed apart: out of order, or with each letter spaced from the next.

use std::cmp::Ordering;

use super::OFF_LINE;
use super::Piece;
use super::SIZES;
use super::gap;
use crate::model::location::Rect;
use crate::readers::pdf::tagged::Cells;

/// Gap within which parts that were printed apart are one word, in shares of the size: narrower than that of characters printed
/// in a row, since columns may almost touch.
const TOUCHING: f64 = 0.08;

/// Letters in a row, each alone, that are a word with spaces put in.
const SPACED_LETTERS: usize = 4;

/// The widest gap between the letters of a spaced word, in shares of the size: two spaces and more. Cells are further apart.
const WIDEST_SPACING: f64 = 0.8;

/// By how much a gap between words is larger than one between the letters of a spaced word.
const LARGER_GAP: f64 = 1.6;

/// Joins what touches, then heals words with spaces put in; the order is that of the first parts.
pub(super) fn join(pieces: Vec<Piece>, cells: &Cells) -> Vec<Piece> {
    let mut slots: Vec<Option<Piece>> = pieces.into_iter().map(Some).collect();
    let order = lines(&slots);
    let mut last: Option<usize> = None;
    for &index in &order {
        if let Some(before) = last
            && touching(slots.get(before), slots.get(index), cells)
        {
            merge(&mut slots, before, index);
            // The earlier of both slots keeps the word, so that it stands where its first part was printed.
            last = Some(before.min(index));
            continue;
        }
        last = Some(index);
    }
    heal(&mut slots);
    slots.into_iter().flatten().collect()
}

/// The words line by line, along the line.
fn lines(slots: &[Option<Piece>]) -> Vec<usize> {
    let mut order: Vec<(i64, f64, usize)> = Vec::with_capacity(slots.len());
    for (index, piece) in slots.iter().enumerate() {
        let Some(piece) = piece else { continue };
        // Words of a line share a direction and, but for rounding, a base line.
        let across = piece.begin.to_vec2().cross(piece.along);
        #[expect(clippy::cast_possible_truncation, reason = "coordinates are bounded when characters are kept")]
        let line = (across * 2.0).round() as i64 * 8 + piece.word.direction as i64;
        order.push((line, piece.begin.to_vec2().dot(piece.along), index));
    }
    order.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.partial_cmp(&b.1).unwrap_or(Ordering::Equal)).then(a.2.cmp(&b.2)));
    order.into_iter().map(|(_, _, index)| index).collect()
}

fn touching(a: Option<&Option<Piece>>, b: Option<&Option<Piece>>, cells: &Cells) -> bool {
    let (Some(Some(a)), Some(Some(b))) = (a, b) else {
        return false;
    };
    let larger = a.word.size.max(b.word.size);
    let smaller = a.word.size.min(b.word.size);
    let between = b.begin - a.end;
    let gap = gap(between, a.along, a.tracking, larger);
    !cells.part(a.mark, b.mark)
        && !a.spaced.0
        && !b.spaced.1
        && a.hidden == b.hidden
        && smaller >= SIZES * larger
        && a.along.dot(b.along) > 0.99
        && between.cross(a.along).abs() <= OFF_LINE / 2.0 * larger
        && (-TOUCHING * larger..=TOUCHING * larger).contains(&gap)
}

/// Puts `second` behind `first`, into the earlier slot of both.
fn merge(slots: &mut [Option<Piece>], first: usize, second: usize) {
    let (Some(mut a), Some(b)) = (slots.get_mut(first).and_then(Option::take), slots.get_mut(second).and_then(Option::take))
    else {
        return;
    };
    a.word.text.push_str(&b.word.text);
    a.word.bbox = union(a.word.bbox, b.word.bbox);
    a.word.bold &= b.word.bold;
    a.word.italic &= b.word.italic;
    a.end = b.end;
    a.tracking = b.tracking;
    a.spaced.0 = b.spaced.0;
    a.glyphs = a.glyphs.saturating_add(b.glyphs);
    if let Some(slot) = slots.get_mut(first.min(second)) {
        *slot = Some(a);
    }
}

fn union(a: Rect, b: Rect) -> Rect {
    Rect { x0: a.x0.min(b.x0), y0: a.y0.min(b.y0), x1: a.x1.max(b.x1), y1: a.y1.max(b.y1) }
}

/// Joins runs of single letters with even gaps.
fn heal(slots: &mut [Option<Piece>]) {
    let order = lines(slots);
    let mut from = 0;
    while from < order.len() {
        let mut to = from + 1;
        while to < order.len() && spaced_pair(slots, &order, to) {
            to += 1;
        }
        if to - from >= SPACED_LETTERS {
            heal_run(slots, order.get(from..to).unwrap_or_default());
        }
        from = to;
    }
}

/// Whether the words at `to - 1` and `to` of the line are single letters near each other.
fn spaced_pair(slots: &[Option<Piece>], order: &[usize], to: usize) -> bool {
    let at = |position: usize| order.get(position).and_then(|&index| slots.get(index)).and_then(Option::as_ref);
    let (Some(a), Some(b)) = (to.checked_sub(1).and_then(at), at(to)) else {
        return false;
    };
    // Scripts without capitals are not spaced for show.
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    let letter = |piece: &Piece| piece.glyphs == 1 && piece.word.text.chars().all(cased);
    let between = b.begin - a.end;
    let size = a.word.size.max(b.word.size);
    letter(a)
        && letter(b)
        && a.along.dot(b.along) > 0.99
        && (a.word.size - b.word.size).abs() < 0.1 * size
        && between.cross(a.along).abs() <= OFF_LINE / 2.0 * size
        && (0.0..=WIDEST_SPACING * size).contains(&between.dot(a.along))
}

/// Whether the letters at `run` stand in cells of a row: all are the same mark, or their middles are as far from each other as
/// in a grid, whatever their widths, where those of a word are not.
fn is_row_of_cells(slots: &[Option<Piece>], run: &[usize], gaps: &[f64]) -> bool {
    let pieces: Vec<&Piece> = run.iter().filter_map(|&index| slots.get(index).and_then(Option::as_ref)).collect();
    let same = pieces.windows(2).all(|pair| matches!(pair, [a, b] if a.word.text == b.word.text));
    let middle = |piece: &Piece| piece.begin.midpoint(piece.end).to_vec2().dot(piece.along);
    let pitches: Vec<f64> = pieces.windows(2).map(|pair| if let [a, b] = pair { middle(b) - middle(a) } else { 0.0 }).collect();
    let begins: Vec<f64> =
        pieces.windows(2).map(|pair| if let [a, b] = pair { (b.begin - a.begin).dot(a.along) } else { 0.0 }).collect();
    let grid = spread(&pitches).min(spread(&begins));
    same || grid < 0.5 * spread(gaps)
}

/// Distance of the largest from the smallest.
fn spread(values: &[f64]) -> f64 {
    let (least, most) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &v| (a.min(v), b.max(v)));
    most - least
}

/// Joins the letters at `run` into words, which the larger gaps part.
fn heal_run(slots: &mut [Option<Piece>], run: &[usize]) {
    let piece = |index: usize| slots.get(index).and_then(Option::as_ref);
    let gaps: Vec<f64> = run
        .windows(2)
        .map(|pair| match pair {
            [a, b] => piece(*a).zip(piece(*b)).map_or(0.0, |(a, b)| (b.begin - a.end).dot(a.along)),
            _ => 0.0,
        })
        .collect();
    let mut sorted = gaps.clone();
    sorted.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    let Some(&usual) = sorted.get(sorted.len() / 2) else {
        return;
    };
    // Uneven gaps are those of columns, initials or formulas.
    let even = gaps.iter().filter(|&&gap| (gap - usual).abs() <= 0.5 * usual).count();
    if even * 4 < gaps.len() * 3 || is_row_of_cells(slots, run, &gaps) {
        return;
    }
    let mut kept = run.first().copied().unwrap_or_default();
    for (pair, gap) in run.windows(2).zip(gaps) {
        let Some(&next) = pair.get(1) else { continue };
        if gap > LARGER_GAP * usual {
            kept = next;
        } else {
            merge(slots, kept, next);
            kept = kept.min(next);
        }
    }
}
