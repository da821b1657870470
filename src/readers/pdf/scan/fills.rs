//! Shaded areas of a picture: rectangles of one ground that is not the paper's.

use crate::model::location::Rect;
use crate::model::page::Fill;
use crate::model::picture::GreyPicture;

/// Places side by side whose shades differ by no more lie on one ground: the light on a page changes slowly.
const STEP: u8 = 2;

/// The least height and width of an area in inches: a row of small print, a narrow column.
const LEAST: (f64, f64) = (0.09, 0.3);

/// Share of its rectangle that an area covers.
const FULL: f64 = 0.85;

/// Share of the picture from which an area is the paper.
const PAPER: f64 = 0.4;

/// How much the paper around an area is lighter at least.
const DARKER: f64 = 5.0;

/// The shaded areas of `grounds`, in points from its top left.
pub(super) fn fills(grounds: &GreyPicture) -> Vec<Fill> {
    let (width, height) = (grounds.width as usize, grounds.height as usize);
    let inch = f64::from(grounds.dots_per_inch.max(1));
    let mut seen = vec![false; grounds.pixels.len()];
    let mut out = Vec::new();
    let size = |from: usize, to: usize| f64::from(u32::try_from(to + 1 - from).unwrap_or(u32::MAX));
    let point = |at: usize| f64::from(u32::try_from(at).unwrap_or(u32::MAX)) * 72.0 / inch;
    for start in 0..grounds.pixels.len() {
        if seen[start] {
            continue;
        }
        let area = area(grounds, &mut seen, start);
        let (wide, high) = (size(area.left, area.right), size(area.top, area.bottom));
        let is_large = high >= LEAST.0 * inch && wide >= LEAST.1 * inch;
        let all = f64::from(grounds.width) * f64::from(grounds.height);
        if !is_large || area.count < FULL * wide * high || area.count > PAPER * all {
            continue;
        }
        let shade = area.sum / area.count;
        if around(grounds, &area, width, height).is_some_and(|lightest| lightest - shade >= DARKER) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a shade")]
            let shade = shade as u8;
            let bbox = Rect { x0: point(area.left), y0: point(area.top), x1: point(area.right + 1), y1: point(area.bottom + 1) };
            out.push(Fill { bbox, colour: [shade; 3] });
        }
    }
    out
}

/// Places of one ground: where they begin and end, both included, how many they are, and the sum of their shades.
struct Area {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
    count: f64,
    sum: f64,
}

/// The area that the place at `start` belongs to.
fn area(grounds: &GreyPicture, seen: &mut [bool], start: usize) -> Area {
    let width = grounds.width.max(1) as usize;
    let (row, column) = (start / width, start % width);
    let mut area = Area { left: column, right: column, top: row, bottom: row, count: 0.0, sum: 0.0 };
    let mut open = vec![start];
    seen[start] = true;
    while let Some(at) = open.pop() {
        let (row, column) = (at / width, at % width);
        let shade = grounds.pixels[at];
        area.left = area.left.min(column);
        area.right = area.right.max(column);
        area.top = area.top.min(row);
        area.bottom = area.bottom.max(row);
        area.count += 1.0;
        area.sum += f64::from(shade);
        let beside =
            [at.checked_sub(width), Some(at + width), (column > 0).then(|| at - 1), (column + 1 < width).then_some(at + 1)];
        for at in beside.into_iter().flatten() {
            if grounds.pixels.get(at).is_some_and(|&other| !seen[at] && other.abs_diff(shade) <= STEP) {
                seen[at] = true;
                open.push(at);
            }
        }
    }
    area
}

/// The lightest of the grounds beside the middles of an area's sides, a little away from its seam.
fn around(grounds: &GreyPicture, area: &Area, width: usize, height: usize) -> Option<f64> {
    const AWAY: usize = 4;
    let (row, column) = (area.top.midpoint(area.bottom), area.left.midpoint(area.right));
    let places = [
        area.top.checked_sub(AWAY).map(|row| (row, column)),
        Some((area.bottom + AWAY, column)),
        area.left.checked_sub(AWAY).map(|column| (row, column)),
        Some((row, area.right + AWAY)),
    ];
    let inside = places.into_iter().flatten().filter(|&(row, column)| row < height && column < width);
    inside.filter_map(|(row, column)| grounds.pixels.get(row * width + column)).max().map(|&shade| f64::from(shade))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shaded_row_is_an_area() {
        let mut pixels = vec![240_u8; 300 * 200];
        for row in 50..65 {
            pixels[row * 300 + 20..row * 300 + 280].fill(200);
        }
        let found = fills(&GreyPicture { width: 300, height: 200, dots_per_inch: 72, pixels });
        let [fill] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(fill.bbox, Rect { x0: 20.0, y0: 50.0, x1: 280.0, y1: 65.0 });
    }
}
