//! The grounds that text stands on: shaded cells, heads of tables with light letters, the shade of a page that was photographed.
//!
//! A recogniser parts ink from paper by one shade for all, and reads nothing in light letters. So each ground is made white, and
//! what stands out from it dark.

use crate::model::picture::GreyPicture;
use crate::readers::pdf::scan::flood::flood;

/// Places an inch at which the ground is told.
const PLACES_PER_INCH: u32 = 75;

/// The ground of a place is the middle shade of as many places around it to each side: letters cover less than half of it, and
/// the lowest row of a table is higher.
const AROUND: usize = 5;

/// Share of the paper's shade below which a ground may hold letters lighter than itself.
const DARK: f64 = 0.75;

/// The least height and width of such a ground in places: more than those of the strokes of a heading.
const LEAST: (usize, usize) = (9, 30);

/// Difference from the ground that may be ink, for telling how dark ink is.
const INK: f64 = 40.0;

/// Share of the difference between ink and paper that is noise.
const NOISE: f64 = 0.12;

/// Shades of places that lie side by side on one ground differ by less.
const SAME: u8 = 12;

/// Shades of the ground of a picture.
struct Ground {
    columns: usize,
    rows: usize,
    step: usize,
    shades: Vec<u8>,
}

/// How many pixels along each side a place has.
fn step(dots_per_inch: u32) -> u32 {
    (dots_per_inch / PLACES_PER_INCH).max(1)
}

/// Places an inch in the picture of the grounds of a picture with `dots_per_inch`.
pub(super) fn places_per_inch(dots_per_inch: u32) -> f64 {
    f64::from(dots_per_inch) / f64::from(step(dots_per_inch))
}

/// `picture` with what stands on its grounds dark on white, and a picture of the grounds alone, with fewer pixels.
pub(super) fn level(mut picture: GreyPicture) -> (GreyPicture, GreyPicture) {
    let mut ground = Ground::of(&picture);
    let paper = ground.paper();
    ground.keep_wide(paper);
    let shades = levelled(paper, ground.contrast(&picture, paper));
    let width = picture.width.max(1) as usize;
    for (row, lines) in picture.pixels.chunks_mut(width * ground.step).enumerate() {
        let near: Vec<Near> = (0..ground.columns).map(|column| ground.near((row, column))).collect();
        for line in lines.chunks_mut(width) {
            for (column, place) in line.chunks_mut(ground.step).enumerate() {
                let Some(near) = near.get(column).or(near.last()) else { continue };
                for pixel in place {
                    *pixel = near.under(*pixel).map_or(255, |shade| shades[usize::from(shade)][usize::from(*pixel)]);
                }
            }
        }
    }
    let dots_per_inch = picture.dots_per_inch;
    (picture, ground.picture(dots_per_inch))
}

/// What becomes of each shade on each ground, where ink is darker than `paper` by `contrast`.
fn levelled(paper: f64, contrast: f64) -> Vec<[u8; 256]> {
    let on = |shade: f64, pixel: f64| {
        let share = (shade / paper).clamp(0.1, 1.2);
        let (difference, full) = if share < DARK && pixel > shade {
            (pixel - shade, (paper - shade).max(INK))
        } else {
            (shade - pixel, contrast * share)
        };
        dark(difference / full.max(1.0))
    };
    let mut shades = vec![[255; 256]; 256];
    for (ground, shades) in (0_u8..=255).zip(&mut shades) {
        for (pixel, shade) in (0_u8..=255).zip(shades) {
            *shade = on(f64::from(ground), f64::from(pixel));
        }
    }
    shades
}

/// The shade of what differs from its ground by `share` of what ink does.
fn dark(share: f64) -> u8 {
    let ink = ((share - NOISE) / (1.0 - NOISE)).clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range")]
    let shade = (255.0 * (1.0 - ink)).round() as u8;
    shade
}

/// The grounds around a place.
#[derive(Clone, Copy)]
struct Near {
    own: u8,
    least: u8,
    most: u8,
}

impl Near {
    /// The ground under a pixel; none where it is the seam of two.
    fn under(self, pixel: u8) -> Option<u8> {
        if self.most - self.least < SAME {
            return Some(self.own);
        }
        match pixel {
            _ if pixel > self.most => Some(self.most),
            _ if pixel < self.least => Some(self.least),
            _ => None,
        }
    }
}

impl Ground {
    fn of(picture: &GreyPicture) -> Self {
        let step = step(picture.dots_per_inch) as usize;
        let width = picture.width.max(1) as usize;
        let samples: Vec<Vec<u8>> = picture
            .pixels
            .chunks(width)
            .skip(step / 2)
            .step_by(step)
            .map(|line| line.iter().skip(step / 2).step_by(step).copied().collect())
            .collect();
        let (rows, columns) = (samples.len(), samples.first().map_or(0, Vec::len));
        let mut shades = Vec::with_capacity(rows * columns);
        for row in 0..rows {
            let lines = &samples[row.saturating_sub(AROUND)..(row + AROUND + 1).min(rows)];
            let mut window = Window::default();
            for column in 0..columns + AROUND {
                let shades_at = |column: usize| lines.iter().filter_map(move |line| line.get(column).copied());
                shades_at(column).for_each(|shade| window.add(shade));
                if let Some(past) = column.checked_sub(2 * AROUND + 1) {
                    shades_at(past).for_each(|shade| window.take(shade));
                }
                if column >= AROUND {
                    shades.push(window.middle());
                }
            }
        }
        Self { columns, rows, step, shades }
    }

    fn picture(self, dots_per_inch: u32) -> GreyPicture {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let dots_per_inch = dots_per_inch / step(dots_per_inch);
        GreyPicture { width: count(self.columns), height: count(self.rows), dots_per_inch, pixels: self.shades }
    }

    /// The commonest shade of the lighter half.
    fn paper(&self) -> f64 {
        let mut counts = [0_usize; 256];
        self.shades.iter().for_each(|&shade| counts[usize::from(shade)] += 1);
        let light = (0_u8..=255).skip(128).max_by_key(|&shade| counts[usize::from(shade)]);
        f64::from(light.unwrap_or(255))
    }

    /// Gives places that are dark by their letters the ground beside them: only what is wide and high is a ground of its own.
    fn keep_wide(&mut self, paper: f64) {
        let is_dark: Vec<bool> = self.shades.iter().map(|&shade| f64::from(shade) < DARK * paper).collect();
        let wide = self.wide(&is_dark);
        for row in 0..self.rows {
            let line = row * self.columns..(row + 1) * self.columns;
            let stays: Vec<bool> = line.clone().map(|at| !is_dark[at] || wide[at]).collect();
            let shades = &mut self.shades[line];
            let light = |at: usize| stays[at] && f64::from(shades[at]) >= DARK * paper;
            let first = (0..stays.len()).find(|&at| light(at)).map(|at| shades[at]);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a shade")]
            let mut before = first.unwrap_or(paper as u8);
            for (shade, stays) in shades.iter_mut().zip(&stays) {
                if *stays {
                    before = if f64::from(*shade) >= DARK * paper { *shade } else { before };
                } else {
                    *shade = before;
                }
            }
        }
    }

    /// The dark places that hang together with a dark area of the least size.
    fn wide(&self, is_dark: &[bool]) -> Vec<bool> {
        let (least_rows, least_columns) = LEAST;
        // How many dark places end here in a row, and below each other in how many rows there are enough of these.
        let mut high = vec![0_usize; self.columns];
        let mut open = Vec::new();
        for row in 0..self.rows {
            let mut run = 0;
            for (column, high) in high.iter_mut().enumerate() {
                let at = row * self.columns + column;
                run = if is_dark[at] { run + 1 } else { 0 };
                *high = if run >= least_columns { *high + 1 } else { 0 };
                if *high >= least_rows {
                    open.push(at);
                }
            }
        }
        let mut wide = vec![false; is_dark.len()];
        flood(self.columns, &mut wide, open, |_, next| is_dark[next], |_| {});
        wide
    }

    fn near(&self, (row, column): (usize, usize)) -> Near {
        let (row, column) = (row.min(self.rows.saturating_sub(1)), column.min(self.columns.saturating_sub(1)));
        let own = self.shades.get(row * self.columns + column).copied().unwrap_or(255);
        let (mut least, mut most) = (own, own);
        for row in row.saturating_sub(1)..(row + 2).min(self.rows) {
            for column in column.saturating_sub(1)..(column + 2).min(self.columns) {
                let shade = self.shades[row * self.columns + column];
                (least, most) = (least.min(shade), most.max(shade));
            }
        }
        Near { own, least, most }
    }

    /// How much darker than paper ink is: most of what is clearly darker than its ground is less so.
    fn contrast(&self, picture: &GreyPicture, paper: f64) -> f64 {
        // How many pixels of each shade lie on each ground.
        let mut pairs = vec![[0_u32; 256]; 256];
        let width = picture.width.max(1) as usize;
        for (row, line) in picture.pixels.chunks(width).enumerate().step_by(2) {
            let from = (row / self.step).min(self.rows.max(1) - 1) * self.columns;
            let Some(grounds) = self.shades.get(from..from + self.columns) else { continue };
            for (column, &pixel) in line.iter().enumerate().step_by(2) {
                let ground = grounds.get(column / self.step).or(grounds.last()).copied().unwrap_or(255);
                pairs[usize::from(ground)][usize::from(pixel)] += 1;
            }
        }
        let mut counts = [0_u32; 256];
        for (ground, pixels) in (0_u8..=255).zip(&pairs) {
            let share = (f64::from(ground) / paper).max(0.1);
            for (pixel, count) in (0_u8..=255).zip(pixels) {
                let difference = f64::from(ground.saturating_sub(pixel)) / share;
                if difference > INK {
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a shade")]
                    let difference = difference.min(255.0) as usize;
                    counts[difference] += count;
                }
            }
        }
        let total: u32 = counts.iter().sum();
        let mut left = total / 5;
        let most = (0_u8..=255).rev().find(|&shade| {
            let count = counts[usize::from(shade)];
            let is_there = count > left || total == 0;
            left = left.saturating_sub(count);
            is_there
        });
        most.filter(|_| total > 0).map_or(255.0, f64::from)
    }
}

/// The shades of the places in a window that is moved on; the middle one moves little with it.
struct Window {
    counts: [u16; 256],
    total: u16,
    middle: u8,
    /// How many places are darker than the middle one.
    below: u16,
}

impl Default for Window {
    fn default() -> Self {
        Self { counts: [0; 256], total: 0, middle: 255, below: 0 }
    }
}

impl Window {
    fn add(&mut self, shade: u8) {
        self.counts[usize::from(shade)] += 1;
        self.total += 1;
        self.below += u16::from(shade < self.middle);
    }

    fn take(&mut self, shade: u8) {
        self.counts[usize::from(shade)] -= 1;
        self.total -= 1;
        self.below -= u16::from(shade < self.middle);
    }

    fn middle(&mut self) -> u8 {
        while self.below * 2 > self.total {
            self.middle -= 1;
            self.below -= self.counts[usize::from(self.middle)];
        }
        while self.middle < 255 && (self.below + self.counts[usize::from(self.middle)]) * 2 <= self.total {
            self.below += self.counts[usize::from(self.middle)];
            self.middle += 1;
        }
        self.middle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: u8 = 240;
    const WIDTH: usize = 400;

    /// A page on which each of `parts` is painted: from column and row, so wide and high, in a shade.
    fn page(parts: &[(usize, usize, usize, usize, u8)]) -> GreyPicture {
        let mut picture = GreyPicture { width: 400, height: 300, dots_per_inch: 150, pixels: vec![PAPER; WIDTH * 300] };
        for &(x, y, wide, high, shade) in parts {
            (y..y + high).for_each(|y| picture.pixels[y * WIDTH + x..y * WIDTH + x + wide].fill(shade));
        }
        picture
    }

    /// Letters: strokes apart from each other in a row that begins at `y`.
    fn letters(y: usize, shade: u8) -> Vec<(usize, usize, usize, usize, u8)> {
        (100..300).step_by(10).map(|x| (x, y, 3, 12, shade)).collect()
    }

    /// The shades at a stroke of the letters that begin at `y` and beside it.
    fn at_letter(picture: &GreyPicture, y: usize) -> (u8, u8) {
        let row = (y + 6) * WIDTH;
        (picture.pixels[row + 201], picture.pixels[row + 206])
    }

    /// The ground of a place of a picture of grounds, told by its pixel in the page.
    fn ground_at(grounds: &GreyPicture, x: usize, y: usize) -> u8 {
        grounds.pixels[y / 2 * WIDTH / 2 + x / 2]
    }

    #[test]
    fn light_letters_on_a_dark_bar_become_dark_on_white() {
        let bar = [(50, 100, 300, 40, 60)];
        let (picture, grounds) = level(page(&[&bar[..], &letters(114, 250), &letters(200, 20)].concat()));
        let (stroke, beside) = at_letter(&picture, 114);
        assert!(stroke < 30 && beside == 255, "{stroke} {beside}");
        assert!(at_letter(&picture, 200).0 < 30);
        assert_eq!((ground_at(&grounds, 206, 120), ground_at(&grounds, 206, 200)), (60, PAPER));
    }

    #[test]
    fn a_shaded_row_becomes_white_and_its_ground_is_told() {
        let row = [(51, 101, 300, 40, 200)];
        let (picture, grounds) = level(page(&[&row[..], &letters(114, 20)].concat()));
        let (stroke, beside) = at_letter(&picture, 114);
        assert!(stroke < 30 && beside == 255, "{stroke} {beside}");
        // So do the sides of the row, where two grounds meet within a place.
        assert!((90..150).all(|y| picture.pixels[y * WIDTH + 206] == 255));
        assert!((40..60).chain(340..360).all(|x| picture.pixels[120 * WIDTH + x] == 255));
        assert_eq!((ground_at(&grounds, 60, 120), ground_at(&grounds, 20, 120)), (200, PAPER));
        assert_eq!((grounds.width, grounds.height, grounds.dots_per_inch), (200, 150, 75));
    }

    #[test]
    fn a_bold_letter_is_no_ground() {
        // Higher than a line of text, and no wider than a letter of a heading; the bar below is as high.
        let (picture, grounds) = level(page(&[(100, 50, 40, 40, 20), (50, 200, 300, 40, 20)]));
        assert_eq!((ground_at(&grounds, 120, 70), ground_at(&grounds, 120, 220)), (PAPER, 20));
        assert!(picture.pixels[70 * WIDTH + 120] < 30 && picture.pixels[220 * WIDTH + 120] == 255);
    }

    #[test]
    fn the_middle_of_a_window_goes_with_it() {
        let mut window = Window::default();
        [10, 200, 30].iter().for_each(|&shade| window.add(shade));
        assert_eq!(window.middle(), 30);
        [200, 210].iter().for_each(|&shade| window.add(shade));
        assert_eq!(window.middle(), 200);
        [200, 200, 210].iter().for_each(|&shade| window.take(shade));
        assert_eq!(window.middle(), 30);
    }
}
