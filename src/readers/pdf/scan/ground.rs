//! The grounds that text stands on: shaded cells, heads of tables with light letters, the shade of a page that was photographed.
//!
//! A recogniser parts ink from paper by one shade for all, and reads nothing in light letters. So each ground is made white, and
//! what stands out from it dark.

use crate::model::picture::GreyPicture;

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

/// `picture` with what stands on its grounds dark on white, and a picture of the grounds alone, with fewer pixels.
pub(super) fn level(picture: &GreyPicture) -> (GreyPicture, GreyPicture) {
    let mut ground = Ground::of(picture);
    let paper = ground.paper();
    ground.keep_wide(paper);
    let contrast = ground.contrast(picture, paper);
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    let width = picture.width.max(1) as usize;
    for (row, line) in picture.pixels.chunks(width).enumerate() {
        let mut beside = None;
        for (column, &pixel) in line.iter().enumerate() {
            let place = (row / ground.step, column / ground.step);
            let near = match beside {
                Some((at, near)) if at == place => near,
                _ => ground.near(place),
            };
            beside = Some((place, near));
            let Some(shade) = near.under(pixel) else {
                pixels.push(255);
                continue;
            };
            let (shade, pixel) = (f64::from(shade), f64::from(pixel));
            let share = (shade / paper).clamp(0.1, 1.2);
            let (difference, full) = if share < DARK && pixel > shade {
                (pixel - shade, (paper - shade).max(INK))
            } else {
                (shade - pixel, contrast * share)
            };
            pixels.push(dark(difference / full.max(1.0)));
        }
    }
    let level = GreyPicture { pixels, width: picture.width, height: picture.height, dots_per_inch: picture.dots_per_inch };
    (level, ground.picture(picture.dots_per_inch))
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
        let step = (picture.dots_per_inch / PLACES_PER_INCH).max(1) as usize;
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
        let dots_per_inch = dots_per_inch / count(self.step).max(1);
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
        let mut wide = vec![false; is_dark.len()];
        let mut open = Vec::new();
        for row in 0..self.rows {
            let mut run = 0;
            for (column, high) in high.iter_mut().enumerate() {
                let at = row * self.columns + column;
                run = if is_dark[at] { run + 1 } else { 0 };
                *high = if run >= least_columns { *high + 1 } else { 0 };
                if *high >= least_rows {
                    wide[at] = true;
                    open.push(at);
                }
            }
        }
        while let Some(at) = open.pop() {
            let (row, column) = (at / self.columns, at % self.columns);
            let beside = [
                row.checked_sub(1).map(|_| at - self.columns),
                (row + 1 < self.rows).then_some(at + self.columns),
                column.checked_sub(1).map(|_| at - 1),
                (column + 1 < self.columns).then_some(at + 1),
            ];
            for at in beside.into_iter().flatten() {
                if is_dark[at] && !wide[at] {
                    wide[at] = true;
                    open.push(at);
                }
            }
        }
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
        let mut counts = [0_usize; 256];
        let width = picture.width.max(1) as usize;
        for (row, line) in picture.pixels.chunks(width).enumerate().step_by(2) {
            for (column, &pixel) in line.iter().enumerate().step_by(2) {
                let near = self.near_own(row, column);
                let share = (f64::from(near) / paper).max(0.1);
                let difference = f64::from(near.saturating_sub(pixel)) / share;
                if difference > INK {
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a shade")]
                    let difference = difference.min(255.0) as usize;
                    counts[difference] += 1;
                }
            }
        }
        let total: usize = counts.iter().sum();
        let mut left = total / 5;
        let most = (0_u8..=255).rev().find(|&shade| {
            let count = counts[usize::from(shade)];
            let is_there = count > left || total == 0;
            left = left.saturating_sub(count);
            is_there
        });
        most.filter(|_| total > 0).map_or(255.0, f64::from)
    }

    fn near_own(&self, row: usize, column: usize) -> u8 {
        let (row, column) = ((row / self.step).min(self.rows.max(1) - 1), (column / self.step).min(self.columns.max(1) - 1));
        self.shades.get(row * self.columns + column).copied().unwrap_or(255)
    }
}

/// The shades of the places in a window that is moved on.
struct Window {
    counts: [u16; 256],
    total: u16,
}

impl Default for Window {
    fn default() -> Self {
        Self { counts: [0; 256], total: 0 }
    }
}

impl Window {
    fn add(&mut self, shade: u8) {
        self.counts[usize::from(shade)] += 1;
        self.total += 1;
    }

    fn take(&mut self, shade: u8) {
        self.counts[usize::from(shade)] -= 1;
        self.total -= 1;
    }

    fn middle(&self) -> u8 {
        let mut before = 0;
        let middle = (0_u8..=255).find(|&shade| {
            before += self.counts[usize::from(shade)];
            before * 2 > self.total
        });
        middle.unwrap_or(255)
    }
}
