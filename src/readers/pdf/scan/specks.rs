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

/// Makes the specks of `picture` white; what is darker than `threshold` is a mark.
pub(super) fn take(picture: &mut GreyPicture, threshold: u8) {
    let inch = f64::from(picture.dots_per_inch);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
    let [largest, beside, above] = [LARGEST, BESIDE, ABOVE].map(|inches| (inches * inch).ceil() as usize);
    let (width, height) = (picture.width as usize, picture.height as usize);
    let mut seen = vec![false; picture.pixels.len()];
    let mut specks = Vec::new();
    for start in 0..picture.pixels.len() {
        if seen[start] || picture.pixels[start] >= threshold {
            continue;
        }
        let mark = mark(picture, threshold, &mut seen, start);
        if mark.right - mark.left < largest && mark.bottom - mark.top < largest {
            specks.push(mark);
        }
    }
    let is_alone = |mark: &Mark| {
        let rows = mark.top.saturating_sub(above)..(mark.bottom + above + 1).min(height);
        rows.into_iter().all(|row| {
            let columns = mark.left.saturating_sub(beside)..(mark.right + beside + 1).min(width);
            columns.into_iter().all(|column| {
                let inside = (mark.left..=mark.right).contains(&column) && (mark.top..=mark.bottom).contains(&row);
                inside || picture.pixels[row * width + column] >= threshold
            })
        })
    };
    specks.retain(is_alone);
    for mark in specks {
        // Its edge is grey.
        for row in mark.top.saturating_sub(2)..(mark.bottom + 3).min(height) {
            picture.pixels[row * width + mark.left.saturating_sub(2)..row * width + (mark.right + 3).min(width)].fill(255);
        }
    }
}

/// The mark that the dark pixel at `start` belongs to.
fn mark(picture: &GreyPicture, threshold: u8, seen: &mut [bool], start: usize) -> Mark {
    let width = picture.width.max(1) as usize;
    let (row, column) = (start / width, start % width);
    let mut mark = Mark { left: column, right: column, top: row, bottom: row };
    let mut open = vec![start];
    seen[start] = true;
    while let Some(at) = open.pop() {
        let (row, column) = (at / width, at % width);
        mark.left = mark.left.min(column);
        mark.right = mark.right.max(column);
        mark.top = mark.top.min(row);
        mark.bottom = mark.bottom.max(row);
        for row in row.saturating_sub(1)..(row + 2).min(picture.height as usize) {
            for column in column.saturating_sub(1)..(column + 2).min(width) {
                let at = row * width + column;
                if !seen[at] && picture.pixels[at] < threshold {
                    seen[at] = true;
                    open.push(at);
                }
            }
        }
    }
    mark
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
}
