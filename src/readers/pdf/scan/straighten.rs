//! Turns a picture of text that lies askew until its lines are level.

use crate::model::picture::GreyPicture;

/// The largest angle that is put right, in tenths of a degree: a sheet in a feeder seldom turns by two degrees.
const MOST: i32 = 40;

/// Below this angle, in tenths of a degree, turning does more harm than good.
const LEAST: i32 = 2;

/// Pixels an inch at which the angle is told: enough for lines of text to part.
const DOTS_PER_INCH: u32 = 75;

/// The picture and that of its grounds with their lines level.
pub(super) fn straighten(picture: GreyPicture, grounds: GreyPicture, threshold: u8) -> (GreyPicture, GreyPicture) {
    let tenths = angle(&picture, threshold);
    if tenths.abs() < LEAST {
        return (picture, grounds);
    }
    (turned(&picture, radians(tenths)), turned(&grounds, radians(tenths)))
}

fn radians(tenths: i32) -> f64 {
    (f64::from(tenths) / 10.0).to_radians()
}

/// The angle by which lines fall to the right, in tenths of a degree: that at which the dark pixels gather in the fewest rows.
fn angle(picture: &GreyPicture, threshold: u8) -> i32 {
    let step = (picture.dots_per_inch / DOTS_PER_INCH).max(1);
    let points = dark(picture, threshold, step);
    let rows = (picture.height / step) as usize + 1;
    let coarse = best(&points, rows, (-MOST..=MOST).step_by(4));
    best(&points, rows, coarse - 3..=coarse + 3)
}

fn best(points: &[(f64, f64)], rows: usize, angles: impl Iterator<Item = i32>) -> i32 {
    let mut best = (0, f64::MIN);
    for tenths in angles {
        let score = sharpness(points, rows, radians(tenths).tan());
        // Equal scores are those of a picture without lines; it stays.
        if score > best.1 || (score >= best.1 && tenths.abs() < i32::abs(best.0)) {
            best = (tenths, score);
        }
    }
    best.0
}

/// How much the number of dark pixels differs from row to row along lines with `slope`.
fn sharpness(points: &[(f64, f64)], rows: usize, slope: f64) -> f64 {
    let mut counts = vec![0_i64; rows * 2];
    for (x, y) in points {
        let row = y - x * slope + f64::from(u32::try_from(rows).unwrap_or(0)) / 2.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "negative rows are none, and saturate to 0")]
        if let Some(count) = counts.get_mut(row.max(0.0) as usize) {
            *count += 1;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a score")]
    counts.windows(2).map(|pair| ((pair[1] - pair[0]) * (pair[1] - pair[0])) as f64).sum()
}

/// Where dark pixels are, of every `step`th row and column.
fn dark(picture: &GreyPicture, threshold: u8, step: u32) -> Vec<(f64, f64)> {
    let mut out = Vec::new();
    for (row, line) in picture.pixels.chunks(picture.width.max(1) as usize).enumerate().step_by(step as usize) {
        for (column, pixel) in line.iter().enumerate().step_by(step as usize) {
            if *pixel < threshold {
                let at = |index: usize| f64::from(u32::try_from(index).unwrap_or(0)) / f64::from(step);
                out.push((at(column), at(row)));
            }
        }
    }
    out
}

/// The picture turned about its middle, so that lines that fall by `angle` are level.
fn turned(picture: &GreyPicture, angle: f64) -> GreyPicture {
    let (width, height) = (f64::from(picture.width), f64::from(picture.height));
    let (sin, cos) = angle.sin_cos();
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    for row in 0..picture.height {
        for column in 0..picture.width {
            let (x, y) = (f64::from(column) - width / 2.0, f64::from(row) - height / 2.0);
            pixels.push(sample(picture, x * cos - y * sin + width / 2.0, x * sin + y * cos + height / 2.0));
        }
    }
    GreyPicture { pixels, ..picture.clone() }
}

/// The shade between pixels; white outside.
fn sample(picture: &GreyPicture, x: f64, y: f64) -> u8 {
    let (left, top) = (x.floor(), y.floor());
    let at = |dx: f64, dy: f64| {
        let (column, row) = (left + dx, top + dy);
        if column < 0.0 || row < 0.0 || column >= f64::from(picture.width) || row >= f64::from(picture.height) {
            return 255.0;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the picture")]
        let index = row as usize * picture.width as usize + column as usize;
        picture.pixels.get(index).copied().map_or(255.0, f64::from)
    };
    let (right, below) = (x - left, y - top);
    let upper = at(0.0, 0.0) * (1.0 - right) + at(1.0, 0.0) * right;
    let lower = at(0.0, 1.0) * (1.0 - right) + at(1.0, 1.0) * right;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between shades")]
    let shade = (upper * (1.0 - below) + lower * below).round() as u8;
    shade
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_askew_are_levelled() {
        let (width, height) = (600_u32, 600_u32);
        let slope = radians(13).tan();
        let pixels = (0..height).flat_map(|y| {
            (0..width).map(move |x| {
                let line = (f64::from(y) - f64::from(x) * slope).rem_euclid(24.0);
                if line < 8.0 { 0 } else { 255 }
            })
        });
        let picture = GreyPicture { width, height, dots_per_inch: 150, pixels: pixels.collect() };
        assert!((angle(&picture, 128) - 13).abs() <= 1, "{}", angle(&picture, 128));
        assert!(angle(&straighten(picture.clone(), picture, 128).0, 128).abs() <= 1);
    }
}
