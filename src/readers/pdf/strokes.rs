//! Lines that belong to words: those that strike them out, and those that underline them, which rule nothing.

use crate::model::page::Axis;
use crate::model::page::Ruling;
use crate::readers::pdf::words::Piece;

/// Where a line strikes a word out: this far above the base line, in shares of the size.
const STRIKE: std::ops::Range<f64> = 0.12..0.45;

/// Where a line underlines a word: this far below the base line, in shares of the size.
const UNDERLINE: std::ops::Range<f64> = 0.02..0.25;

/// The thickest line of either kind, in shares of the size.
const THICKEST: f64 = 0.15;

/// How far a line may reach beyond its words at either end, in shares of the size. Cells keep more distance.
const BEYOND: f64 = 0.12;

/// How far from a base line its lines can be, in points: those of the largest headings.
const FARTHEST: f64 = 50.0;

/// Pages with more lines are drawings.
const MOST_RULINGS: usize = 10_000;

/// Share of a word that a line must cover.
const COVERED: f64 = 0.7;

/// Marks words that are struck out, and leaves out lines that strike out or underline.
pub(super) fn attach(pieces: &mut [Piece], rulings: &mut Vec<Ruling>) {
    if rulings.len() > MOST_RULINGS {
        return;
    }
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    let y = |index: &usize| pieces.get(*index).and_then(Piece::base_line).map_or(f64::MAX, |line| line.2);
    order.sort_by(|a, b| y(a).total_cmp(&y(b)));
    let verticals: Vec<Ruling> = rulings.iter().filter(|ruling| ruling.axis == Axis::Vertical).copied().collect();
    rulings.retain(|ruling| {
        if ruling.axis == Axis::Vertical || meets(ruling, &verticals) {
            return true;
        }
        let strikes = |piece: &Piece| crosses(piece, ruling, &STRIKE, -1.0);
        let underlines = |piece: &Piece| crosses(piece, ruling, &UNDERLINE, 1.0);
        let from = order.partition_point(|index| y_of(pieces, *index) < ruling.at - FARTHEST);
        let near: Vec<usize> = order
            .get(from..)
            .unwrap_or_default()
            .iter()
            .copied()
            .take_while(|index| y_of(pieces, *index) < ruling.at + FARTHEST)
            .collect();
        let with = |test: &dyn Fn(&Piece) -> bool| -> Vec<usize> {
            near.iter().copied().filter(|&index| pieces.get(index).is_some_and(test)).collect()
        };
        let struck = with(&strikes);
        if fits(pieces, &struck, ruling) {
            for index in struck {
                if let Some(piece) = pieces.get_mut(index) {
                    piece.word.struck = true;
                }
            }
            return false;
        }
        let underlined = with(&underlines);
        !fits(pieces, &underlined, ruling)
    });
}

fn y_of(pieces: &[Piece], index: usize) -> f64 {
    pieces.get(index).and_then(Piece::base_line).map_or(f64::MAX, |line| line.2)
}

/// Whether a vertical line ends or crosses there, as those of a table do.
fn meets(ruling: &Ruling, verticals: &[Ruling]) -> bool {
    verticals.iter().any(|vertical| {
        let touches = vertical.from - 1.0 <= ruling.at && ruling.at <= vertical.to + 1.0;
        touches && ruling.from - 1.0 <= vertical.at && vertical.at <= ruling.to + 1.0
    })
}

/// Whether `ruling` runs along `piece`, so far above (-1) or below (1) its base line.
fn crosses(piece: &Piece, ruling: &Ruling, range: &std::ops::Range<f64>, side: f64) -> bool {
    let Some((from, to, base)) = piece.base_line() else {
        return false;
    };
    let size = piece.word.size;
    let covered = ruling.to.min(to) - ruling.from.max(from);
    range.contains(&(side * (ruling.at - base) / size)) && ruling.thickness <= THICKEST * size && covered >= COVERED * (to - from)
}

/// Whether the words, which the line runs along, reach from its beginning to its end.
fn fits(pieces: &[Piece], words: &[usize], ruling: &Ruling) -> bool {
    let lines =
        words.iter().filter_map(|&index| pieces.get(index)).filter_map(|piece| Some((piece.base_line()?, piece.word.size)));
    let (mut from, mut to, mut size) = (f64::MAX, f64::MIN, 0.0_f64);
    for ((begin, end, _), word_size) in lines {
        (from, to, size) = (from.min(begin), to.max(end), size.max(word_size));
    }
    size > 0.0 && ruling.from >= from - BEYOND * size && ruling.to <= to + BEYOND * size
}
