//! Rulings from lines: pieces that go on in one line are one, as are the dashes of a dashed line.

use std::cmp::Ordering;

use kurbo::Point;

use crate::model::location::Rect;
use crate::model::page::Axis;
use crate::model::page::Fill;
use crate::model::page::Ruling;
use crate::readers::pdf::marks::Area;
use crate::readers::pdf::marks::Line;
use crate::readers::pdf::marks::is_white;

/// How far apart on the other axis two lines may be and still be one, in points: less than a double rule's.
const SAME_LINE: f64 = 0.7;

/// Gap over which two pieces go on, in points.
const GAP: f64 = 1.5;

/// Pieces up to this length are dashes or dots, over whose gaps a line goes on.
const DASH: f64 = 6.0;

/// The dots of a dotted line are at most this large, in points.
const DOT: f64 = 3.0;

/// A dot is at most so many times longer than it is wide.
const LONGER: f64 = 1.5;

/// Share of the page from which a fill is the page's own background.
const PAGE_SHARE: f64 = 0.85;

/// The rulings that `lines` make, horizontal ones first, from top to bottom and from left to right.
pub(super) fn rulings(lines: &[Line]) -> Vec<Ruling> {
    let mut pieces: Vec<Ruling> = lines.iter().map(ruling).collect();
    let dots: Vec<Ruling> = pieces.iter().filter(|piece| is_dot(piece)).map(turned).collect();
    pieces.extend(dots);
    pieces.sort_by(|a, b| {
        let axes = (a.axis as u8).cmp(&(b.axis as u8));
        let at = a.at.partial_cmp(&b.at).unwrap_or(Ordering::Equal);
        axes.then(at).then(a.from.partial_cmp(&b.from).unwrap_or(Ordering::Equal))
    });
    let mut out = Vec::with_capacity(pieces.len());
    let mut rest = pieces.as_slice();
    while let Some(first) = rest.first() {
        let mut last = first.at;
        let count = rest
            .iter()
            .take_while(|piece| {
                let near = piece.axis == first.axis && piece.at - last <= SAME_LINE && piece.at - first.at <= 2.0 * SAME_LINE;
                last = piece.at;
                near
            })
            .count();
        let (level, others) = rest.split_at(count.max(1));
        merge(level, &mut out);
        rest = others;
    }
    // A dot alone is no line.
    out.retain(|ruling| !is_dot(ruling));
    // Each cell draws its own lines, and one in ten is left.
    out.shrink_to_fit();
    out
}

/// The areas that may be dots of a dotted line: those as wide as they are high.
pub(super) fn dots(areas: &[Area]) -> impl Iterator<Item = Line> + '_ {
    areas.iter().filter_map(|area| {
        let bounds = area.bounds;
        let (from, to) = (Point::new(bounds.x0, bounds.center().y), Point::new(bounds.x1, bounds.center().y));
        let line = Line { from, to, thickness: bounds.height(), colour: area.colour? };
        (is_dot(&ruling(&line)) && !is_white(line.colour)).then_some(line)
    })
}

fn ruling(line: &Line) -> Ruling {
    let (dx, dy) = ((line.to.x - line.from.x).abs(), (line.to.y - line.from.y).abs());
    let (axis, at, from, to) = if dx >= dy {
        (Axis::Horizontal, line.from.y.midpoint(line.to.y), line.from.x, line.to.x)
    } else {
        (Axis::Vertical, line.from.x.midpoint(line.to.x), line.from.y, line.to.y)
    };
    Ruling { axis, at, from: from.min(to), to: from.max(to), thickness: line.thickness, colour: line.colour }
}

/// Whether a piece is as long as it is wide: which way the line of dots runs, only its neighbours tell.
fn is_dot(piece: &Ruling) -> bool {
    let length = piece.to - piece.from;
    length <= DOT && piece.thickness <= DOT && length <= LONGER * piece.thickness && piece.thickness <= LONGER * length
}

/// The same dot as a piece of a line along the other axis.
fn turned(piece: &Ruling) -> Ruling {
    let axis = if piece.axis == Axis::Horizontal { Axis::Vertical } else { Axis::Horizontal };
    let half = 0.5 * piece.thickness;
    let thickness = piece.to - piece.from;
    Ruling { axis, at: piece.from.midpoint(piece.to), from: piece.at - half, to: piece.at + half, thickness, ..*piece }
}

/// Joins the pieces of one level that go on in each other.
fn merge(level: &[Ruling], out: &mut Vec<Ruling>) {
    let mut level = level.to_vec();
    level.sort_by(|a, b| a.from.partial_cmp(&b.from).unwrap_or(Ordering::Equal));
    let mut open: Option<(Ruling, f64)> = None;
    for piece in level {
        if let Some((line, longest)) = &mut open {
            let length = piece.to - piece.from;
            let reach = if length <= DASH && *longest <= DASH { GAP.max(2.0 * length.max(*longest)) } else { GAP };
            if piece.from - line.to <= reach {
                if length > line.to - line.from {
                    line.at = piece.at;
                    line.colour = piece.colour;
                }
                line.to = line.to.max(piece.to);
                line.thickness = line.thickness.max(piece.thickness);
                *longest = longest.max(length);
                continue;
            }
            out.push(*line);
        }
        open = Some((piece, piece.to - piece.from));
    }
    out.extend(open.map(|(line, _)| line));
}

/// The fills that `areas` make: neither white nor the whole page.
pub(super) fn fills(areas: &[Area], width: f64, height: f64) -> Vec<Fill> {
    areas
        .iter()
        .filter_map(|area| {
            let colour = area.colour.filter(|&colour| !is_white(colour))?;
            let bounds = area.bounds;
            let fits = bounds.area() < PAGE_SHARE * width * height;
            fits.then_some(Fill { bbox: Rect { x0: bounds.x0, y0: bounds.y0, x1: bounds.x1, y1: bounds.y1 }, colour })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_a_line_whichever_side_of_them_is_longer() {
        let dot = |n: u32| {
            // Rounding makes every other dot higher than wide.
            let (x, more) = (10.0 + 1.5 * f64::from(n), if n.is_multiple_of(2) { 0.001 } else { -0.001 });
            Line { from: Point::new(x, 50.0), to: Point::new(x + 0.75 + more, 50.0), thickness: 0.75 - more, colour: [0; 3] }
        };
        let upright = |line: Line| {
            let (x, half) = (line.from.midpoint(line.to).x, 0.5 * line.thickness);
            let thickness = line.to.x - line.from.x;
            Line { from: Point::new(x, 50.0 - half), to: Point::new(x, 50.0 + half), thickness, ..line }
        };
        let dots: Vec<Line> = (0..40).map(|n| if n % 2 == 0 { dot(n) } else { upright(dot(n)) }).collect();
        let found = rulings(&dots);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].axis, Axis::Horizontal);
        assert!(found[0].to - found[0].from > 58.0);
    }
}
