//! What the columns of a table hold, and which column of a grid without a header of its own is which of them.
//!
//! Extractors drop empty columns page by page and tear values over two; the grid's columns are aligned with the table's, in
//! order, so that the cells fit what the columns held before.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::model::source::GridRow;
use crate::model::text::collapse;
use crate::model::text::has_words;

/// How many rows a column learns from; later rows tell nothing new.
const LEARN: u32 = 400;

/// Texts longer than this are prose: their length says more than their words.
const VALUE_LENGTH: usize = 80;

/// What one column holds.
#[derive(Clone, Debug, Default)]
struct Profile {
    filled: u32,
    length: f64,
    digits: f64,
    values: FxHashSet<String>,
    masks: FxHashSet<String>,
}

/// What the columns of a table hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Profiles {
    columns: Vec<Profile>,
    rows: u32,
}

impl Profiles {
    /// Begins a row; false once enough rows have been seen.
    pub(super) fn begin_row(&mut self) -> bool {
        self.rows += 1;
        self.rows <= LEARN
    }

    /// Learns from one cell.
    pub(super) fn learn(&mut self, column: usize, text: &str) {
        if self.columns.len() <= column {
            self.columns.resize_with(column + 1, Profile::default);
        }
        self.columns[column].learn(text);
    }

    /// Whether nothing has been learnt.
    pub(super) fn is_empty(&self) -> bool {
        self.columns.iter().all(|profile| profile.filled == 0)
    }

    /// The columns that nearly all rows fill.
    pub(super) fn usually_filled(&self) -> impl Iterator<Item = usize> + Clone {
        let rows = self.rows.min(LEARN);
        let usual = move |profile: &Profile| rows >= 3 && profile.filled * 5 >= rows * 4;
        self.columns.iter().enumerate().filter(move |(_, profile)| usual(profile)).map(|(index, _)| index)
    }

    /// Whether a third of the columns here hold a value, or the shape of one, that `rows` hold: in the same column, where they
    /// are `aligned`, or in any.
    pub(super) fn share_values(&self, rows: &[GridRow], aligned: bool) -> bool {
        const SHARE: usize = 3;
        const CELLS: usize = 10_000;
        let column = |index: usize| if aligned { index } else { 0 };
        let (mut values, mut masks) = (FxHashSet::default(), FxHashSet::default());
        for cell in rows.iter().take(LEARN as usize).flat_map(|row| &row.cells).take(CELLS) {
            let text = collapse(&cell.text);
            if has_words(&text) && text.len() <= VALUE_LENGTH {
                values.insert((column(cell.column.get()), value(&text)));
                masks.insert((column(cell.column.get()), mask(&text)));
            }
        }
        let met = |index: usize, own: &FxHashSet<String>, theirs: &FxHashSet<(usize, String)>| {
            own.iter().any(|text| theirs.contains(&(column(index), text.clone())))
        };
        let known = || self.columns.iter().enumerate().filter(|(_, profile)| !profile.values.is_empty());
        let shared =
            known().filter(|(index, profile)| met(*index, &profile.values, &values) || met(*index, &profile.masks, &masks));
        shared.count() * SHARE >= known().count()
    }

    /// The column with the longest texts.
    pub(super) fn longest(&self) -> Option<usize> {
        let filled = self.columns.iter().enumerate().filter(|(_, p)| p.filled > 0);
        filled.max_by(|a, b| a.1.mean_length().total_cmp(&b.1.mean_length())).map(|(index, _)| index)
    }
}

impl Profile {
    fn learn(&mut self, text: &str) {
        let text = collapse(text);
        if !has_words(&text) {
            return;
        }
        self.filled += 1;
        self.length += log_length(&text);
        self.digits += digit_share(&text);
        if text.len() <= VALUE_LENGTH {
            self.masks.insert(mask(&text));
            self.values.insert(value(&text));
        }
    }

    fn mean_length(&self) -> f64 {
        self.length / f64::from(self.filled.max(1))
    }

    fn mean_digits(&self) -> f64 {
        self.digits / f64::from(self.filled.max(1))
    }
}

fn log_length(text: &str) -> f64 {
    // Lengths stay far below 2^52.
    #[expect(clippy::cast_precision_loss, reason = "a cell's length is far below 2^52")]
    (text.len() as f64 + 1.0).ln()
}

fn digit_share(text: &str) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a cell's length is far below 2^52")]
    let share = text.bytes().filter(u8::is_ascii_digit).count() as f64 / text.len().max(1) as f64;
    share
}

fn value(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The shape of a value: a digit as 9, everything but letters kept.
fn mask(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c.to_ascii_lowercase() }).collect()
}

/// Where the cells of a grid go: for each of its columns the table's column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alignment {
    columns: SmallVec<[u32; 16]>,
}

impl Alignment {
    /// Column for column.
    pub(super) fn identity(width: usize) -> Self {
        Self { columns: (0..u32::try_from(width).unwrap_or(u32::MAX)).collect() }
    }

    /// By the headers, each column to the next of the same name; one without a name goes behind the one before it.
    pub(super) fn by_header(header: impl Iterator<Item = String>, known: &[String]) -> Self {
        let mut next = 0;
        let columns = header.map(|name| {
            let found = known.iter().enumerate().skip(next).find(|(_, other)| **other == name && !name.is_empty());
            let column = found.map_or(next, |(index, _)| index);
            next = column + 1;
            u32::try_from(column).unwrap_or(u32::MAX)
        });
        Self { columns: columns.collect() }
    }

    /// The table's column for the grid's `column`.
    pub(super) fn get(&self, column: usize) -> usize {
        self.columns.get(column).map_or(column, |c| *c as usize)
    }

    /// Whether every column goes to the column of the same index.
    pub(super) fn is_identity(&self) -> bool {
        self.columns.iter().enumerate().all(|(index, column)| *column as usize == index)
    }
}

/// Aligns the columns of `rows` with a table of `width` columns. Columns that fit nowhere go behind the table's.
pub(super) fn align(rows: &[GridRow], grid_width: usize, width: usize, profiles: &Profiles) -> Alignment {
    if profiles.is_empty() || grid_width == width {
        return Alignment::identity(grid_width);
    }
    let rows = &rows[..rows.len().min(LEARN as usize)];
    let texts: Vec<Vec<Option<&str>>> =
        (0..grid_width).map(|c| rows.iter().map(|row| row.cell(c).map(|cell| cell.text.as_str())).collect()).collect();
    let own: Vec<Profile> = texts
        .iter()
        .map(|column| {
            let mut profile = Profile::default();
            column.iter().flatten().for_each(|text| profile.learn(text));
            profile
        })
        .collect();
    let scores = Scores { texts: &texts, own: &own, profiles, width };
    trace(grid_width, width, &scores)
}

struct Scores<'a> {
    texts: &'a [Vec<Option<&'a str>>],
    own: &'a [Profile],
    profiles: &'a Profiles,
    width: usize,
}

impl Scores<'_> {
    fn filled(&self, from: usize) -> bool {
        self.own[from].filled > 0
    }

    /// How well the grid's column `from` fits the table's column `to`.
    fn pair(&self, from: usize, to: usize) -> f64 {
        // Nothing else known, a column stays where it was, counted from the left.
        let place = if from == to { 0.05 } else { 0.0 };
        if !self.filled(from) {
            return place;
        }
        let Some(known) = self.profiles.columns.get(to).filter(|p| p.filled > 0) else { return place + 0.1 };
        let own = &self.own[from];
        let overlap = share(&own.values, &known.values).max(0.8 * share(&own.masks, &known.masks));
        let length = 1.0 - (own.mean_length() - known.mean_length()).abs() / 1.5;
        let digits = 1.0 - 2.0 * (own.mean_digits() - known.mean_digits()).abs();
        place + 1.5 * overlap + 0.6 * length.max(-1.0) + 0.4 * digits
    }

    /// How well the columns `from - 1` and `from` together, values torn between them, fit the table's column `to`.
    fn torn(&self, from: usize, to: usize) -> Option<f64> {
        let known = self.profiles.columns.get(to).filter(|p| p.filled > 0)?;
        let (mut both, mut fit, mut apart) = (0_u32, 0_u32, 0_u32);
        for (left, right) in self.texts[from - 1].iter().zip(&self.texts[from]) {
            match (left, right) {
                (Some(left), Some(right)) => {
                    both += 1;
                    let joined = format!("{}{}", left.trim(), right.trim());
                    fit += u32::from(known.values.contains(&value(&joined)) || known.masks.contains(&mask(&joined)));
                    apart += u32::from(known.values.contains(&value(left)) || known.masks.contains(&mask(left)));
                }
                (None, None) => {}
                _ => return None,
            }
        }
        (both > 0 && 2 * fit > both && fit > apart).then_some(3.0)
    }

    fn skip_from(&self, from: usize) -> f64 {
        if self.filled(from) { -2.0 } else { 0.0 }
    }

    fn skip_to(&self, to: usize) -> f64 {
        if to < self.width && self.profiles.columns.get(to).is_some_and(|p| p.filled > 0) { -0.1 } else { 0.0 }
    }
}

fn share(own: &FxHashSet<String>, known: &FxHashSet<String>) -> f64 {
    if own.is_empty() {
        return 0.0;
    }
    let met = own.iter().filter(|value| known.contains(*value)).count();
    f64::from(u32::try_from(met).unwrap_or(u32::MAX)) / f64::from(u32::try_from(own.len()).unwrap_or(u32::MAX))
}

#[derive(Clone, Copy)]
enum Step {
    Pair,
    Torn,
    SkipFrom,
    SkipTo,
}

/// The best order-keeping alignment: dynamic programming over both column lists.
fn trace(from: usize, to: usize, scores: &Scores<'_>) -> Alignment {
    let mut best = vec![vec![0.0_f64; to + 1]; from + 1];
    let mut step = vec![vec![Step::SkipTo; to + 1]; from + 1];
    for i in 0..=from {
        for j in 0..=to {
            if i == 0 && j == 0 {
                continue;
            }
            let mut choice = (f64::NEG_INFINITY, Step::SkipTo);
            let mut offer = |score: f64, step: Step| {
                if score > choice.0 {
                    choice = (score, step);
                }
            };
            if i > 1
                && j > 0
                && let Some(torn) = scores.torn(i - 1, j - 1)
            {
                offer(best[i - 2][j - 1] + torn, Step::Torn);
            }
            if i > 0 && j > 0 {
                offer(best[i - 1][j - 1] + scores.pair(i - 1, j - 1), Step::Pair);
            }
            if j > 0 {
                offer(best[i][j - 1] + scores.skip_to(j - 1), Step::SkipTo);
            }
            if i > 0 {
                offer(best[i - 1][j] + scores.skip_from(i - 1), Step::SkipFrom);
            }
            (best[i][j], step[i][j]) = choice;
        }
    }
    let mut columns: SmallVec<[u32; 16]> = SmallVec::from_elem(u32::MAX, from);
    let (mut i, mut j) = (from, to);
    while i > 0 || j > 0 {
        let target = u32::try_from(j.saturating_sub(1)).unwrap_or(u32::MAX);
        match step[i][j] {
            Step::Pair => {
                columns[i - 1] = target;
                (i, j) = (i - 1, j - 1);
            }
            Step::Torn => {
                columns[i - 1] = target;
                columns[i - 2] = target;
                (i, j) = (i - 2, j - 1);
            }
            Step::SkipFrom => i -= 1,
            Step::SkipTo => j -= 1,
        }
    }
    let mut behind = u32::try_from(to).unwrap_or(u32::MAX);
    for column in &mut columns {
        if *column == u32::MAX {
            *column = behind;
            behind += 1;
        }
    }
    Alignment { columns }
}
