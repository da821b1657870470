//! Ruled lines in a picture: long dark runs that are thin.

use kurbo::Point;

use crate::model::count::as_f64;
use crate::model::picture::GreyPicture;
use crate::readers::pdf::marks::Line;
use crate::readers::pdf::scan::points;

/// The shortest line in inches: longer than a stroke of any letter.
const SHORTEST: f64 = 0.35;

/// The thickest line in inches.
const THICKEST: f64 = 0.05;

/// Lines up to this thickness in inches are thin; the strokes of letters that touch are thicker.
const THIN: f64 = 0.012;

/// Share of a thicker line that is dark: small bold letters that nearly touch have light between them.
const SOLID: f64 = 0.85;

/// Runs from this length in inches on are no word.
const LONG: f64 = 1.5;

/// Light pixels in a row that a line goes on over.
const GAP: usize = 3;

/// The most of a page that is ink; where more is dark, that is the ground of cells.
const MOST_INK: f64 = 0.25;

/// How far from ink to paper the shade of a thin line may lie that was blurred.
const BLURRED: f64 = 0.5;

/// The shade that parts ink from paper: that where both differ most (Otsu 1979), among the dark ones alone where these are too many.
pub(super) fn threshold(picture: &GreyPicture) -> u8 {
    let counts = shades(picture);
    let total: f64 = counts.iter().sum();
    let mut end = counts.len();
    loop {
        let parted = parted(&counts[..end]);
        let dark: f64 = counts.iter().take(parted).sum();
        if dark <= MOST_INK * total || parted <= 1 || parted >= end {
            return u8::try_from(parted).unwrap_or(u8::MAX);
        }
        end = parted;
    }
}

/// How many pixels have each shade.
fn shades(picture: &GreyPicture) -> [f64; 256] {
    let mut counts = [0_u64; 256];
    picture.pixels.iter().for_each(|&pixel| counts[usize::from(pixel)] += 1);
    #[expect(clippy::cast_precision_loss, reason = "shares of pixels")]
    counts.map(|count| count as f64)
}

/// The first of the light shades, where those on both sides of it differ most.
fn parted(counts: &[f64]) -> usize {
    let total: f64 = counts.iter().sum();
    let shades = || counts.iter().zip((0_u16..).map(f64::from));
    let mean: f64 = shades().map(|(count, shade)| count * shade).sum();
    let (mut dark, mut dark_sum, mut best) = (0.0, 0.0, (0.0, 128));
    for (at, (count, shade)) in shades().enumerate() {
        dark += count;
        dark_sum += count * shade;
        let light = total - dark;
        if dark <= 0.0 || light <= 0.0 {
            continue;
        }
        let apart = dark_sum / dark - (mean - dark_sum) / light;
        let between = dark * light * apart * apart;
        if between > best.0 {
            best = (between, at + 1);
        }
    }
    best.1
}

/// The shade below which pixels of a thin line lie, between `threshold` and that of the paper.
fn faint(picture: &GreyPicture, threshold: u8) -> u8 {
    let counts = shades(picture);
    let light = counts.iter().enumerate().skip(usize::from(threshold));
    let paper = light.max_by(|a, b| a.1.total_cmp(b.1)).map_or(255, |(shade, _)| shade);
    let above = f64::from(u32::try_from(paper.saturating_sub(usize::from(threshold))).unwrap_or(0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of a shade")]
    let above = (BLURRED * above) as u8;
    threshold.saturating_add(above)
}

/// Takes the lines out of `picture` and gives them in points.
pub(super) fn take(picture: &mut GreyPicture, threshold: u8) -> Vec<Line> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let inch = f64::from(picture.dots_per_inch);
    let across = Scan { length: width, count: height, step: 1, stride: width };
    let down = Scan { length: height, count: width, step: width, stride: 1 };
    let mut lines = Vec::new();
    let mut erased = Vec::new();
    // What is blurred shows by a lighter shade, and what stands on a ground by the darker one.
    let lighter = faint(picture, threshold);
    for (scan, horizontal) in [(across, true), (down, false)] {
        let mut found = runs(&picture.pixels, &scan, threshold, inch);
        let faint = runs(&picture.pixels, &scan, lighter, inch).into_iter();
        let faint: Vec<Run> = faint.filter(|run| is_alone(&picture.pixels, &scan, *run, lighter)).collect();
        found.retain(|run| !faint.iter().any(|whole| whole.holds(run)));
        found.retain(|run| is_long(*run, inch) || is_alone(&picture.pixels, &scan, *run, threshold));
        let is_drawn = |run: &Run| is_long(*run, inch) || is_solid(&picture.pixels, &scan, *run, lighter, inch);
        let found: Vec<Run> = found.into_iter().chain(faint).filter(is_drawn).collect();
        for run in found {
            let point = |at: usize| points(at, inch);
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

/// Whether there is paper at both sides of a run: strips between letters on a ground have none.
fn is_alone(pixels: &[u8], scan: &Scan, run: Run, shade: u8) -> bool {
    const AWAY: usize = 3;
    const LIGHT: f64 = 0.8;
    let beside = [run.first.checked_sub(AWAY), Some(run.last + AWAY).filter(|row| *row < scan.count)];
    let is_light = |row: usize, at: usize| pixels.get(row * scan.stride + at * scan.step).is_some_and(|&pixel| pixel >= shade);
    beside.into_iter().flatten().all(|row| {
        let light = (run.from..run.to).filter(|at| is_light(row, *at)).count();
        as_f64(light) >= LIGHT * as_f64(run.to - run.from)
    })
}

/// Whether a run is longer than any word: between words are gaps.
fn is_long(run: Run, inch: f64) -> bool {
    as_f64(run.to - run.from) >= LONG * inch
}

/// Whether a run is thin or dark all over: small bold letters that nearly touch are neither.
fn is_solid(pixels: &[u8], scan: &Scan, run: Run, shade: u8, inch: f64) -> bool {
    let rows = run.first..=run.last;
    if as_f64(run.last + 1 - run.first) <= THIN * inch {
        return true;
    }
    let is_dark = |row: usize, at: usize| pixels.get(row * scan.stride + at * scan.step).is_some_and(|&pixel| pixel < shade);
    let dark: usize = rows.map(|row| (run.from..run.to).filter(|at| is_dark(row, *at)).count()).sum();
    as_f64(dark) >= SOLID * as_f64(run.to - run.from) * as_f64(run.last + 1 - run.first)
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

impl Run {
    fn holds(&self, other: &Self) -> bool {
        self.from <= other.from && other.to <= self.to && self.first <= other.first && other.last <= self.last
    }
}

/// The runs that are long and thin enough to be lines.
fn runs(pixels: &[u8], scan: &Scan, threshold: u8, inch: f64) -> Vec<Run> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred pixels")]
    let (shortest, thickest) = ((SHORTEST * inch) as usize, (THICKEST * inch).ceil() as usize);
    let mut open: Vec<Run> = Vec::new();
    let mut done = Vec::new();
    for (row, found) in dark_runs(pixels, scan, threshold, shortest).into_iter().enumerate() {
        let mut next: Vec<Run> = Vec::new();
        for (from, to) in found {
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

/// The dark runs of each row (or column) that are long enough. Pixels are walked as they lie in memory in any case.
fn dark_runs(pixels: &[u8], scan: &Scan, threshold: u8, shortest: usize) -> Vec<Vec<(usize, usize)>> {
    let is_long = |run: &(usize, usize)| run.1 - run.0 >= shortest;
    let mut done = vec![Vec::new(); scan.count];
    let mut open: Vec<Option<(usize, usize)>> = vec![None; scan.count];
    if scan.step == 1 {
        for ((line, open), done) in pixels.chunks(scan.length.max(1)).zip(&mut open).zip(&mut done) {
            for (at, &pixel) in line.iter().enumerate() {
                done.extend(go_on(open, at, pixel < threshold).filter(is_long));
            }
        }
    } else {
        for (at, line) in pixels.chunks(scan.step.max(1)).enumerate() {
            for ((&pixel, open), done) in line.iter().zip(&mut open).zip(&mut done) {
                done.extend(go_on(open, at, pixel < threshold).filter(is_long));
            }
        }
    }
    for (open, done) in open.into_iter().zip(&mut done) {
        done.extend(open.filter(is_long));
    }
    done
}

/// Goes on with the run that is `open`, over small gaps; the run that ends.
fn go_on(open: &mut Option<(usize, usize)>, at: usize, is_dark: bool) -> Option<(usize, usize)> {
    match open {
        Some(run) if is_dark => run.1 = at + 1,
        Some(run) if at >= run.1 + GAP => return open.take(),
        None if is_dark => *open = Some((at, at + 1)),
        _ => {}
    }
    None
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

    #[test]
    fn a_ground_under_half_of_a_page_is_no_ink() {
        let mut pixels = vec![242; 1000];
        pixels[..450].fill(223);
        pixels[450..500].fill(30);
        let picture = GreyPicture { width: 100, height: 10, dots_per_inch: 300, pixels };
        assert!((31..=223).contains(&threshold(&picture)));
    }

    #[test]
    fn a_blurred_line_on_paper_is_found() {
        let mut picture = GreyPicture { width: 300, height: 60, dots_per_inch: 100, pixels: vec![240; 18_000] };
        picture.pixels[20 * 300 + 10..20 * 300 + 290].fill(150);
        picture.pixels[40 * 300 + 10..40 * 300 + 14].fill(20);
        assert_eq!(take(&mut picture, 130).len(), 1);
    }

    #[test]
    fn small_bold_letters_are_no_line() {
        let mut picture = GreyPicture { width: 600, height: 200, dots_per_inch: 300, pixels: vec![250; 120_000] };
        // Both are as long, as high and as dark; between the letters are gaps of light.
        for y in 50..60 {
            (100..400).filter(|x| x % 9 < 6).for_each(|x| picture.pixels[y * 600 + x] = 10);
            picture.pixels[(y + 80) * 600 + 100..(y + 80) * 600 + 400].fill(10);
        }
        let letters = picture.pixels[..100 * 600].to_vec();
        let lines = take(&mut picture, 128);
        let [line] = lines.as_slice() else { panic!("{lines:?}") };
        assert!((line.from.y - 135.0 * 72.0 / 300.0).abs() < 0.5, "{lines:?}");
        assert!(picture.pixels[..100 * 600] == letters);
    }
}
