//! Whether the rows of two pages stand at the same heights, as those of a sheet do that was printed in strips.
//!
//! Their rulings do then, and so does the text of each row: its first line, its last, or its middle, whichever way the cells
//! are aligned. Rows of different heights do that by no chance.

use std::hash::Hash;
use std::hash::Hasher;

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use rustc_hash::FxHasher;

use crate::model::location::Rect;
use crate::model::page::Direction;
use crate::model::page::Page;
use crate::model::page::Word;

use super::lines;
use super::lines::word;
use super::rulings;

/// Rulings this near to each other, in points, are at the same height.
const SAME_RULE: f64 = 1.5;

/// The same for lines of text.
const SAME_LINE: f64 = 1.0;

/// Heights of rows that differ by more than this, in points, are not those of one line of text each.
const OTHER_HEIGHT: f64 = 4.0;

/// So many rows of different heights stand side by side by no chance.
const MANY_ROWS: usize = 3;

/// One row in so many may not stand level: a cell that reaches over several rows hides where they begin.
const ODD: usize = 4;

/// One word in so many may be the same at the same place on both pages; a form that is printed for each of several subjects has
/// more.
const SHARED: usize = 5;

/// So many cells side by side on both pages are the header of a table.
const HEADERS: usize = 3;

/// A gap wider than this, in sizes of font, parts cells.
const GAP: f64 = 1.0;

/// So many columns do not begin at the same places by chance.
const COLUMNS: usize = 4;

/// Widths of columns that differ by more than this, in points, are not one.
const OTHER_WIDTH: f64 = 12.0;

/// A ruling under a cell is at least this long, in points.
const RULE: f64 = 20.0;

/// More white than between the lines of a text by this much, in sizes of font, parts rows.
const BAND: f64 = 0.1;

/// The top and bottom of something on a page.
type Extent = (f64, f64);

/// What tells where the rows of a page stand.
pub(super) struct Profile {
    /// The heights of rulings.
    rules: Vec<f64>,
    /// The lines of text.
    lines: Vec<Extent>,
    /// White between the lines of a text.
    white: f64,
    /// Size of the font.
    size: f64,
    /// The words by hashes of what they say and where.
    words: FxHashMap<u64, Rect>,
    /// Those with figures.
    numbers: FxHashSet<u64>,
    /// Where texts of several lines begin, from left to right.
    begins: Vec<f64>,
}

impl Profile {
    /// That of `page`, without its furniture.
    pub(super) fn of(page: &Page, furniture: &FxHashSet<u32>) -> Self {
        let inner: Vec<u32> = (0_u32..).take(page.words.len()).filter(|index| !furniture.contains(index)).collect();
        let level = |index: &u32| word(page, *index).is_some_and(|word| word.direction == Direction::Right);
        let inner: Vec<u32> = inner.into_iter().filter(level).collect();
        let lines = lines::lines(page, &inner);
        let size = super::gaps::median_size(&lines);
        let begins = begins(page, &lines);
        let lines: Vec<Extent> = lines.iter().map(|line| (line.bbox.y0, line.bbox.y1)).collect();
        let mut whites: Vec<f64> = lines.windows(2).map(|pair| pair[1].0 - pair[0].1).filter(|w| *w > -0.3 * size).collect();
        whites.sort_by(f64::total_cmp);
        let white = whites.get(whites.len() / 10).copied().unwrap_or(f64::INFINITY);
        let mut rules: Vec<f64> = rulings::across(page).iter().filter(|rule| rule.to - rule.from >= RULE).map(|r| r.at).collect();
        rules.sort_by(f64::total_cmp);
        rules.dedup_by(|a, b| (*a - *b).abs() <= SAME_RULE);
        let words = inner.iter().filter_map(|index| word(page, *index)).map(|word| (place(word), word.bbox)).collect();
        let has_figures = |word: &&Word| word.text.bytes().any(|b| b.is_ascii_digit());
        let numbers = inner.iter().filter_map(|index| word(page, *index)).filter(has_figures).map(place).collect();
        Self { rules, lines, white, size, words, numbers, begins }
    }

    /// The rows: lines with no more than usual white between them.
    fn rows(&self, white: f64) -> Vec<Extent> {
        let mut rows: Vec<Extent> = Vec::new();
        for line in &self.lines {
            match rows.last_mut() {
                Some(row) if line.0 - row.1 <= white => row.1 = row.1.max(line.1),
                _ => rows.push(*line),
            }
        }
        rows
    }
}

/// Where the texts of at least `MANY_ROWS` lines begin.
fn begins(page: &Page, lines: &[lines::Line]) -> Vec<f64> {
    let mut all: Vec<f64> = lines.iter().flat_map(|line| lines::chunks(page, line, GAP)).map(|chunk| chunk.x0).collect();
    all.sort_by(f64::total_cmp);
    let groups = all.chunk_by(|a, b| b - a <= SAME_LINE);
    groups.filter(|group| group.len() >= MANY_ROWS).filter_map(|group| group.first().copied()).collect()
}

/// Whether words that stand on two pages are the header of both: several cells side by side.
fn is_header(shared: &[Rect], size: f64) -> bool {
    let mut boxes = shared.to_vec();
    boxes.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    let mut lines = boxes.chunk_by(|a, b| (b.y0 - a.y0).abs() <= SAME_LINE);
    lines.any(|line| {
        let mut cells = line.to_vec();
        cells.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        1 + cells.windows(2).filter(|pair| pair[1].x0 - pair[0].x1 > GAP * size).count() >= HEADERS
    })
}

/// Where the column behind the references begins that both pages have at their left: a sheet prints them again on each of its
/// strips. The labels of a form that is printed again are none.
pub(super) fn references(a: &Profile, b: &Profile) -> Option<f64> {
    let shared = || a.words.iter().filter(|(hash, _)| b.words.contains_key(*hash));
    let left = shared().map(|(_, bbox)| bbox.x0).reduce(f64::min)?;
    let column: Vec<(&u64, &Rect)> = shared().filter(|(_, bbox)| bbox.x0 - left <= SAME_LINE).collect();
    let numbers = column.iter().filter(|(hash, _)| a.numbers.contains(*hash)).count();
    let end = column.iter().map(|(_, bbox)| bbox.x1).fold(left, f64::max);
    let next = b.begins.iter().copied().find(|x| *x > end)?;
    let most = |page: &Profile| 2 * column.len() > page.words.values().filter(|bbox| bbox.x0 < next).count();
    (numbers >= MANY_ROWS && 2 * numbers > column.len() && most(a) && most(b)).then_some(next)
}

/// Whether the columns of both begin at the same places, some further apart than others: those of one table on two pages. Those
/// of two strips of a sheet are of other widths, or all of one.
fn same_columns(a: &Profile, b: &Profile) -> bool {
    let (few, many) = if a.begins.len() < b.begins.len() { (&a.begins, &b.begins) } else { (&b.begins, &a.begins) };
    let steps = || few.windows(2).map(|pair| pair[1] - pair[0]);
    let (least, most) = steps().fold((f64::INFINITY, 0.0_f64), |(least, most), step| (least.min(step), most.max(step)));
    let same = few.iter().all(|x| many.iter().any(|other| (x - other).abs() <= SAME_LINE));
    few.len() >= COLUMNS && same && most - least > OTHER_WIDTH
}

/// A hash of what a word says and where.
#[expect(clippy::cast_possible_truncation, reason = "places on a page")]
fn place(word: &Word) -> u64 {
    let mut hasher = FxHasher::default();
    (&word.text, word.bbox.x0.round() as i64, word.bbox.y0.round() as i64).hash(&mut hasher);
    hasher.finish()
}

/// The heights at which rows of both pages stand; none where the rows of one are not those of the other.
pub(super) fn heights(a: &Profile, b: &Profile) -> Option<Vec<f64>> {
    let shared: Vec<Rect> = a.words.iter().filter(|(hash, _)| b.words.contains_key(*hash)).map(|(_, bbox)| *bbox).collect();
    let many = SHARED * shared.len() > a.words.len().min(b.words.len()) || is_header(&shared, a.size);
    if a.lines.is_empty() || b.lines.is_empty() || same_columns(a, b) || many && references(a, b).is_none() {
        return None;
    }
    if a.rules.len() > MANY_ROWS && b.rules.len() > MANY_ROWS {
        let both: Vec<f64> =
            a.rules.iter().copied().filter(|at| b.rules.iter().any(|other| (at - other).abs() <= SAME_RULE)).collect();
        let odd = a.rules.len() + b.rules.len() - 2 * both.len().min(b.rules.len());
        return (ODD * odd <= both.len()).then_some(both);
    }
    let white = a.white.min(b.white) + BAND * a.size.max(b.size);
    let (a, b) = (a.rows(white), b.rows(white));
    let (few, many) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    let kinds: [fn(&Extent) -> f64; 3] = [|row| row.0, |row| row.1, |row| f64::midpoint(row.0, row.1)];
    kinds.iter().filter_map(|kind| level(few, many, kind)).max_by_key(Vec::len)
}

/// Where `at` tells the height of a row: the heights at which both have one.
fn level(few: &[Extent], many: &[Extent], at: &dyn Fn(&Extent) -> f64) -> Option<Vec<f64>> {
    let mut both = Vec::new();
    let mut odd = 0;
    for row in few {
        let beside = || many.iter().filter(|other| other.0 < row.1 && row.0 < other.1);
        match beside().find(|other| (at(other) - at(row)).abs() <= SAME_LINE) {
            Some(_) if beside().count() == 1 => both.push(at(row)),
            Some(_) => odd += 1,
            None => odd += usize::from(beside().next().is_some()),
        }
    }
    (ODD * odd <= both.len()).then_some(both)
}

/// Whether there are rows enough, and of different heights, on several pages with rows at these `heights`. The first row of a
/// page is not looked at: a header that is printed again is of another height than rows of one height.
pub(super) fn tell(heights: &[Vec<f64>]) -> bool {
    let steps = |skip: usize| heights.iter().flat_map(move |page| page.windows(2).skip(skip).map(|pair| pair[1] - pair[0]));
    let (least, most) = steps(1).fold((f64::INFINITY, 0.0_f64), |(least, most), step| (least.min(step), most.max(step)));
    steps(0).count() >= MANY_ROWS && most - least > OTHER_HEIGHT
}

#[cfg(test)]
mod tests {
    use super::super::testing::across;
    use super::super::testing::page;
    use super::*;

    fn profile(texts: &[(f64, f64, &str)], rules: &[f64]) -> Profile {
        let mut page = page(texts);
        page.rulings = rules.iter().map(|at| across(*at, 40.0, 300.0)).collect();
        Profile::of(&page, &FxHashSet::default())
    }

    /// The rows of a strip: each with its first line at a height, and so many lines.
    fn strip(name: &str, rows: &[(f64, usize)]) -> Profile {
        let lines: Vec<(f64, String)> = rows
            .iter()
            .flat_map(|(top, lines)| (0_u32..).take(*lines).map(move |line| (*top, line)))
            .map(|(top, line)| (top + 11.0 * f64::from(line), format!("{name}{top}x{line}")))
            .collect();
        let texts: Vec<(f64, f64, &str)> = lines.iter().map(|(y, text)| (40.0, *y, text.as_str())).collect();
        profile(&texts, &[])
    }

    const TOPS: [f64; 5] = [40.0, 56.0, 94.0, 110.0, 137.0];

    fn of(name: &str, lines: [usize; 5]) -> Profile {
        strip(name, &TOPS.iter().copied().zip(lines).collect::<Vec<_>>())
    }

    #[test]
    fn rows_of_a_sheet_stand_level() {
        let (left, right) = (of("a", [1, 3, 1, 2, 2]), of("b", [1, 1, 1, 1, 3]));
        let both = heights(&left, &right).expect("level");
        assert_eq!(both, TOPS);
        assert!(tell(&[both]));
    }

    #[test]
    fn rows_of_a_table_that_goes_on_do_not() {
        let other = strip("b", &[(40.0, 2), (67.0, 1), (83.0, 3), (121.0, 1), (137.0, 1)]);
        assert!(heights(&of("a", [1, 3, 1, 2, 2]), &other).is_none());
    }

    #[test]
    fn rows_of_one_height_and_repeated_forms_tell_nothing() {
        let even: Vec<(f64, usize)> = [40.0, 56.0, 72.0, 88.0, 104.0].map(|top| (top, 1)).to_vec();
        let both = heights(&strip("a", &even), &strip("b", &even));
        assert!(!both.is_some_and(|both| tell(&[both])));
        assert!(heights(&of("a", [1, 3, 1, 2, 2]), &of("a", [1, 3, 1, 2, 2])).is_none());
        let headed: Vec<(f64, usize)> = [40.0, 56.0, 94.0, 132.0, 170.0].map(|top| (top, 1)).to_vec();
        let both = heights(&strip("a", &headed), &strip("b", &headed)).expect("level");
        assert!(!tell(&[both.clone(), both]), "a header over rows of one height");
    }

    #[test]
    fn rows_of_one_table_on_two_pages_may_stand_level_by_chance() {
        let columns = |name: &str, from: [f64; 4]| {
            let texts: Vec<(f64, f64, String)> = TOPS
                .iter()
                .zip([1, 3, 1, 2, 2])
                .flat_map(|(top, lines)| (0..lines).map(move |line| top + 11.0 * f64::from(line)))
                .flat_map(|y| from.map(|x| (x, y, format!("{name}{x}x{y}"))))
                .collect();
            let texts: Vec<(f64, f64, &str)> = texts.iter().map(|(x, y, text)| (*x, *y, text.as_str())).collect();
            profile(&texts, &[])
        };
        let first = || columns("a", [10.0, 120.0, 330.0, 440.0]);
        assert!(heights(&first(), &columns("b", [10.0, 120.0, 330.0, 440.0])).is_none());
        assert!(heights(&first(), &columns("b", [10.0, 180.0, 290.0, 440.0])).is_some());
        let even = || columns("a", [10.0, 120.0, 230.0, 340.0]);
        assert!(heights(&even(), &columns("b", [10.0, 120.0, 230.0, 340.0])).is_some(), "columns of one width");
    }

    #[test]
    fn pages_below_one_header_are_no_strips() {
        let rows = |name: &'static str| {
            let mut all: Vec<(f64, f64, &str)> = vec![(10.0, 20.0, "Action"), (150.0, 20.0, "Lead"), (250.0, 20.0, "When")];
            all.extend(TOPS.iter().flat_map(|top| [(10.0, *top, name), (90.0, *top, "x"), (150.0, *top, name)]));
            all.extend([(10.0, 105.0, name)]);
            profile(&all, &[])
        };
        assert!(heights(&rows("one two three four five"), &rows("six seven")).is_none());
    }

    #[test]
    fn references_may_stand_on_each_strip() {
        let rows = |labels: [&'static str; 5], name: &'static str| {
            let mut all: Vec<(f64, f64, &str)> = TOPS.iter().zip(labels).map(|(top, label)| (10.0, *top, label)).collect();
            all.extend(TOPS.iter().map(|top| (60.0, *top, name)));
            all.extend([(60.0, 105.0, name)]);
            profile(&all, &[])
        };
        let numbers = ["1.1", "1.2", "2.1", "2.2", "3.1"];
        assert!(tell(&[heights(&rows(numbers, "beds"), &rows(numbers, "homes")).expect("level")]));
        let labels = ["Position", "Actions", "Lead", "When", "Risks"];
        assert!(heights(&rows(labels, "beds"), &rows(labels, "homes")).is_none(), "the labels of a form");
    }

    #[test]
    fn rulings_tell_rows() {
        let rules = [38.0, 54.0, 92.0, 108.0, 150.0];
        let left = profile(&[(42.0, 40.0, "a"), (42.0, 70.0, "b")], &rules);
        let right = profile(&[(42.0, 41.0, "c"), (42.0, 60.0, "d"), (42.0, 72.0, "e")], &rules);
        assert!(tell(&[heights(&left, &right).expect("level")]));
    }
}
