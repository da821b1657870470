//! Ruled lines in a picture: long dark runs that are thin.

use kurbo::Point;

use crate::model::picture::GreyPicture;
use crate::readers::pdf::marks::Line;

/// The shortest line in inches: longer than a stroke of any letter.
const SHORTEST: f64 = 0.35;

/// The thickest line in inches.
const THICKEST: f64 = 0.05;

/// Light pixels in a row that a line goes on over.
const GAP: usize = 3;

/// The shade that parts dark from light where both differ most (Otsu 1979).
pub(super) fn threshold(picture: &GreyPicture) -> u8 {
    let mut counts = [0_u64; 256];
    picture.pixels.iter().for_each(|&pixel| counts[usize::from(pixel)] += 1);
    #[expect(clippy::cast_precision_loss, reason = "shares of pixels")]
    let counts = counts.map(|count| count as f64);
    let total: f64 = counts.iter().sum();
    let mean: f64 = counts.iter().zip(0_u8..=255).map(|(count, shade)| count * f64::from(shade)).sum();
    let (mut dark, mut dark_sum, mut best) = (0.0, 0.0, (0.0, 128));
    for (count, shade) in counts.iter().zip(0_u8..=255) {
        dark += count;
        dark_sum += count * f64::from(shade);
        let light = total - dark;
        if dark <= 0.0 || light <= 0.0 {
            continue;
        }
        let apart = dark_sum / dark - (mean - dark_sum) / light;
        let between = dark * light * apart * apart;
        if between > best.0 {
            best = (between, shade.saturating_add(1));
        }
    }
    best.1
}

/// Takes the lines out of `picture` and gives them in points.
pub(super) fn take(picture: &mut GreyPicture, threshold: u8) -> Vec<Line> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let inch = f64::from(picture.dots_per_inch);
    let across = Scan { length: width, count: height, step: 1, stride: width };
    let down = Scan { length: height, count: width, step: width, stride: 1 };
    let mut lines = Vec::new();
    let mut erased = Vec::new();
    for (scan, horizontal) in [(across, true), (down, false)] {
        for run in runs(&picture.pixels, &scan, threshold, inch) {
            let point = |at: usize| f64::from(u32::try_from(at).unwrap_or(0)) * 72.0 / inch;
            let middle = point(run.first).midpoint(point(run.last + 1));
            let (from, to) = if horizontal {
                (Point::new(point(run.from), middle), Point::new(point(run.to), middle))
            } else {
                (Point::new(middle, point(run.from)), Point::new(middle, point(run.to)))
            };
            lines.push(Line { from, to, thickness: point(run.last + 1 - run.first), colour: [0; 3] });
            erased.push((scan, run));
        }
    }
    for (scan, run) in erased {
        let around = run.first.saturating_sub(1)..(run.last + 2).min(scan.count);
        for row in around {
            for at in run.from..run.to {
                if let Some(pixel) = picture.pixels.get_mut(row * scan.stride + at * scan.step) {
                    *pixel = 255;
                }
            }
        }
    }
    lines
}

/// How pixels are walked: `count` rows (or columns) of `length` pixels.
#[derive(Clone, Copy)]
struct Scan {
    length: usize,
    count: usize,
    step: usize,
    stride: usize,
}

/// Dark runs in rows below each other.
#[derive(Clone, Copy)]
struct Run {
    from: usize,
    to: usize,
    first: usize,
    last: usize,
}

/// The runs that are long and thin enough to be lines.
fn runs(pixels: &[u8], scan: &Scan, threshold: u8, inch: f64) -> Vec<Run> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred pixels")]
    let (shortest, thickest) = ((SHORTEST * inch) as usize, (THICKEST * inch).ceil() as usize);
    let mut open: Vec<Run> = Vec::new();
    let mut done = Vec::new();
    for row in 0..scan.count {
        let mut next: Vec<Run> = Vec::new();
        for (from, to) in dark_runs(pixels, scan, row, threshold, shortest) {
            let overlaps = |run: &Run| run.from.max(from) < run.to.min(to);
            match open.iter().position(overlaps) {
                Some(at) => {
                    let run = open.swap_remove(at);
                    next.push(Run { from: run.from.min(from), to: run.to.max(to), first: run.first, last: row });
                }
                None => next.push(Run { from, to, first: row, last: row }),
            }
        }
        done.append(&mut open);
        open = next;
    }
    done.append(&mut open);
    done.retain(|run| run.last + 1 - run.first <= thickest);
    done.sort_by_key(|run| (run.first, run.from));
    done
}

fn dark_runs(pixels: &[u8], scan: &Scan, row: usize, threshold: u8, shortest: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for at in 0..scan.length {
        let is_dark = pixels.get(row * scan.stride + at * scan.step).is_some_and(|&pixel| pixel < threshold);
        match (&mut open, is_dark) {
            (Some(run), true) => run.1 = at + 1,
            (Some(run), false) if at >= run.1 + GAP => {
                out.extend(open.take().filter(|(from, to)| to - from >= shortest));
            }
            (None, true) => open = Some((at, at + 1)),
            _ => {}
        }
    }
    out.extend(open.filter(|(from, to)| to - from >= shortest));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_and_taken_out() {
        let mut picture = GreyPicture { width: 400, height: 300, dots_per_inch: 100, pixels: vec![250; 400 * 300] };
        for x in 50..350 {
            picture.pixels[100 * 400 + x] = 10;
            picture.pixels[101 * 400 + x] = 10;
        }
        for y in 100..200 {
            picture.pixels[y * 400 + 50] = 10;
        }
        let threshold = threshold(&picture);
        let lines = take(&mut picture, threshold);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!((lines[0].from.x - 36.0).abs() < 1.0 && (lines[0].to.x - 252.0).abs() < 1.0, "{lines:?}");
        assert!(picture.pixels.iter().all(|&pixel| pixel == 250 || pixel == 255));
    }
}
