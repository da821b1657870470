//! Specks of dust: small dark marks that stand away from all others.

use crate::model::picture::GreyPicture;

/// The largest speck, and the white beside it and above and below it, in inches. Dots of letters and full stops are as small, but
/// nearer to letters: the stop of a "3.1" of ten points lies 0.03 inches from both.
const LARGEST: f64 = 0.022;
const BESIDE: f64 = 0.045;
const ABOVE: f64 = 0.03;

/// A mark: where it begins and ends in columns and rows, both included.
#[derive(Clone, Copy)]
struct Mark {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

/// How far marks and their surroundings reach, in pixels.
struct Reach {
    largest: usize,
    beside: usize,
    above: usize,
}

/// Makes the specks of `picture` white; what is darker than `threshold` is a mark.
pub(super) fn take(picture: &mut GreyPicture, threshold: u8) {
    let inch = f64::from(picture.dots_per_inch);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
    let [largest, beside, above] = [LARGEST, BESIDE, ABOVE].map(|inches| (inches * inch).ceil() as usize);
    let reach = Reach { largest, beside, above };
    let (width, height) = (picture.width as usize, picture.height as usize);
    for mark in specks(picture, threshold, &reach) {
        // Its edge is grey.
        for row in mark.top.saturating_sub(2)..(mark.bottom + 3).min(height) {
            picture.pixels[row * width + mark.left.saturating_sub(2)..row * width + (mark.right + 3).min(width)].fill(255);
        }
    }
}

/// The small marks that stand alone; one may be there twice.
fn specks(picture: &GreyPicture, threshold: u8, reach: &Reach) -> Vec<Mark> {
    let width = picture.width.max(1) as usize;
    let mut specks = Vec::new();
    let mut above: &[u8] = &[];
    for (row, line) in picture.pixels.chunks_exact(width).enumerate() {
        let mut is_run = false;
        for (column, &pixel) in line.iter().enumerate() {
            let is_first = pixel < threshold && !is_run;
            is_run = pixel < threshold;
            // A page of letters or dots has millions of marks: most are told by what lies above them.
            let over = column.saturating_sub(reach.beside)..(column + reach.beside + 1).min(width);
            if is_first && above.get(over).is_none_or(|above| above.iter().all(|&pixel| pixel >= threshold)) {
                let mark = mark(picture, threshold, (row, column), reach.largest);
                specks.extend(mark.filter(|mark| mark.is_alone(picture, threshold, reach)));
            }
        }
        above = line;
    }
    specks
}

/// The mark whose highest row holds the dark pixel at `start`; none where it is larger than `largest` or begins above.
fn mark(picture: &GreyPicture, threshold: u8, start: (usize, usize), largest: usize) -> Option<Mark> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let (top, column) = start;
    let mut mark = Mark { left: column, right: column, top, bottom: top };
    // The mark lies below its beginning, and not farther to both sides than it may be large.
    let mut seen = vec![false; largest * 2 * largest];
    let mut open = vec![start];
    while let Some((row, column)) = open.pop() {
        mark.left = mark.left.min(column);
        mark.right = mark.right.max(column);
        mark.bottom = mark.bottom.max(row);
        for row in row.saturating_sub(1)..(row + 2).min(height) {
            for column in column.saturating_sub(1)..(column + 2).min(width) {
                if picture.pixels[row * width + column] >= threshold {
                    continue;
                }
                if row < top || row - top >= largest || column.abs_diff(start.1) >= largest {
                    return None;
                }
                let seen = &mut seen[(row - top) * 2 * largest + column + largest - start.1];
                if !*seen {
                    *seen = true;
                    open.push((row, column));
                }
            }
        }
    }
    (mark.right - mark.left < largest).then_some(mark)
}

impl Mark {
    /// Whether all is light around it.
    fn is_alone(&self, picture: &GreyPicture, threshold: u8, reach: &Reach) -> bool {
        let (width, height) = (picture.width as usize, picture.height as usize);
        let mut rows = self.top.saturating_sub(reach.above)..(self.bottom + reach.above + 1).min(height);
        rows.all(|row| {
            let mut columns = self.left.saturating_sub(reach.beside)..(self.right + reach.beside + 1).min(width);
            columns.all(|column| {
                let inside = (self.left..=self.right).contains(&column) && (self.top..=self.bottom).contains(&row);
                inside || picture.pixels[row * width + column] >= threshold
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speck_goes_and_a_full_stop_stays() {
        let mut picture = GreyPicture { width: 200, height: 100, dots_per_inch: 300, pixels: vec![255; 20_000] };
        let mut paint = |x: usize, y: usize, wide: usize, high: usize| {
            (y..y + high).for_each(|y| picture.pixels[y * 200 + x..y * 200 + x + wide].fill(0));
        };
        paint(20, 20, 5, 30);
        paint(30, 45, 5, 5);
        paint(120, 60, 4, 4);
        take(&mut picture, 128);
        let dark: Vec<&u8> = picture.pixels.iter().filter(|pixel| **pixel < 128).collect();
        assert_eq!(dark.len(), 5 * 30 + 5 * 5);
    }

    /// A page of 200 by 100 pixels that is white but for the places that `is_dark` says.
    fn page(is_dark: impl Fn(usize, usize) -> bool) -> GreyPicture {
        let pixels = (0..20_000).map(|at| if is_dark(at % 200, at / 200) { 0 } else { 255 });
        GreyPicture { width: 200, height: 100, dots_per_inch: 300, pixels: pixels.collect() }
    }

    #[test]
    fn a_speck_of_any_shape_goes_whole() {
        let shape = ["# #", "# ##", " ##"];
        let mut picture = page(|x, y| {
            let row = y.checked_sub(50).and_then(|y| shape.get(y));
            x.checked_sub(80).and_then(|x| row?.as_bytes().get(x)).is_some_and(|&place| place == b'#')
        });
        take(&mut picture, 128);
        assert!(picture.pixels.iter().all(|&pixel| pixel == 255));
    }

    #[test]
    fn what_is_large_or_not_alone_stays() {
        // A page that is black, one of dots, a thin line in both directions, a roof, a wide arch whose foot alone would be small.
        let pages = [
            page(|_, _| true),
            page(|x, y| x % 2 == 0 && y % 2 == 0),
            page(|x, y| y == 50 && (90..98).contains(&x)),
            page(|x, y| x == 90 && (50..58).contains(&y)),
            page(|x, y| x.abs_diff(90) + 50 == y && y < 55),
            page(|x, y| y == 50 && (60..90).contains(&x) || (50..54).contains(&y) && (x == 60 || x == 89)),
        ];
        for before in pages {
            let mut picture = before.clone();
            take(&mut picture, 128);
            assert!(picture == before);
        }
    }

    #[test]
    fn marks_that_are_not_alone_are_not_kept() {
        let reach = Reach { largest: 7, beside: 14, above: 9 };
        assert!(specks(&page(|x, y| x % 2 == 0 && y % 2 == 0), 128, &reach).is_empty());
        assert_eq!(specks(&page(|x, y| x % 40 == 20 && y % 20 == 10), 128, &reach).len(), 25);
    }
}
