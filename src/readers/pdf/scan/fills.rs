//! Shaded areas of a picture: rectangles of one ground that is not the paper's.

use crate::model::count::as_f64;
use crate::model::location::Rect;
use crate::model::page::Fill;
use crate::model::picture::GreyPicture;
use crate::readers::pdf::scan::flood::flood;
use crate::readers::pdf::scan::points;

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

/// The shaded areas of `grounds`, whose places are `inch` an inch, in points from its top left.
pub(super) fn fills(grounds: &GreyPicture, inch: f64) -> Vec<Fill> {
    let (width, height) = (grounds.width as usize, grounds.height as usize);
    let mut seen = vec![false; grounds.pixels.len()];
    let mut out = Vec::new();
    for start in 0..grounds.pixels.len() {
        if seen[start] {
            continue;
        }
        let area = area(grounds, &mut seen, start);
        let (wide, high) = (as_f64(area.right + 1 - area.left), as_f64(area.bottom + 1 - area.top));
        let is_large = high >= LEAST.0 * inch && wide >= LEAST.1 * inch;
        let all = f64::from(grounds.width) * f64::from(grounds.height);
        if !is_large || area.count < FULL * wide * high || area.count > PAPER * all {
            continue;
        }
        let shade = area.sum / area.count;
        if around(grounds, &area, width, height).is_some_and(|lightest| lightest - shade >= DARKER) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a shade")]
            let shade = shade as u8;
            let [x0, y0, x1, y1] = [area.left, area.top, area.right + 1, area.bottom + 1].map(|at| points(at, inch));
            let bbox = Rect { x0, y0, x1, y1 };
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
    let is_same = |at: usize, next: usize| grounds.pixels[at].abs_diff(grounds.pixels[next]) <= STEP;
    flood(width, seen, vec![start], is_same, |at| {
        let (row, column) = (at / width, at % width);
        area.left = area.left.min(column);
        area.right = area.right.max(column);
        area.top = area.top.min(row);
        area.bottom = area.bottom.max(row);
        area.count += 1.0;
        area.sum += f64::from(grounds.pixels[at]);
    });
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

    /// A page of 300 by 200 places with a shaded row.
    fn page() -> GreyPicture {
        let mut pixels = vec![240_u8; 300 * 200];
        for row in 50..65 {
            pixels[row * 300 + 20..row * 300 + 280].fill(200);
        }
        GreyPicture { width: 300, height: 200, dots_per_inch: 72, pixels }
    }

    #[test]
    fn a_shaded_row_is_an_area() {
        let found = fills(&page(), 72.0);
        let [fill] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(fill.bbox, Rect { x0: 20.0, y0: 50.0, x1: 280.0, y1: 65.0 });
        assert_eq!(fill.colour, [200; 3]);
    }

    #[test]
    fn an_area_lies_where_its_row_is_though_an_inch_has_no_whole_number_of_places() {
        let found = fills(&page(), 250.0 / 3.0);
        let [fill] = found.as_slice() else { panic!("{found:?}") };
        assert!((fill.bbox.x1 - 280.0 * 3.0 * 72.0 / 250.0).abs() < 1e-9, "{found:?}");
    }
}
