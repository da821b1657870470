//! Where texts begin all over a document, well behind what stands before them in their lines: the left edges of its columns. A few
//! rows do not tell columns that nearly touch, but those of all its tables and pages do.

use crate::model::page::Direction;
use crate::model::page::Page;
use crate::model::page::Word;

use super::lines;
use super::lines::Line;
use super::lines::word;
use super::text;

/// What begins so far behind the word before it, in sizes of font, is no part of its text.
const GAP: f64 = 1.0;

/// Texts that begin within this of each other, in points, begin at one place.
const SAME: f64 = 0.5;

/// So many texts do not begin at one place by chance.
const TEXTS: usize = 5;

/// So many of them are different.
const DIFFERENT: usize = 3;

/// Words that begin right at an edge, in lines of a region that nearly touch there and in all.
const LINES: usize = 2;

/// The left edges of the columns of a document, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Starts(Vec<f64>);

impl Starts {
    /// Looks at all words of `pages`.
    pub(super) fn of<'p>(pages: impl Iterator<Item = &'p Page>) -> Self {
        let mut found: Vec<(f64, &str)> = Vec::new();
        for page in pages {
            let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
            for line in lines::lines(page, &all) {
                let words: Vec<&Word> = line.words.iter().filter_map(|index| word(page, *index)).collect();
                let apart = |pair: &&[&Word]| {
                    let level = pair.iter().all(|word| word.direction == Direction::Right);
                    level && pair[1].bbox.x0 - pair[0].bbox.x1 > GAP * line.size && !text::is_bullet(&pair[0].text)
                };
                found.extend(words.windows(2).filter(apart).map(|pair| (pair[1].bbox.x0, pair[1].text.as_str())));
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        let mut out = Vec::new();
        let mut rest = found.as_slice();
        while let Some((at, _)) = rest.first() {
            let (here, after) = rest.split_at(rest.partition_point(|(x, _)| x - at <= SAME));
            let mut texts: Vec<&str> = here.iter().map(|(_, text)| *text).collect();
            texts.sort_unstable();
            texts.dedup();
            if here.len() >= TEXTS && texts.len() >= DIFFERENT {
                out.push(*at);
            }
            rest = after;
        }
        Self(out)
    }

    /// Whether a column begins at `x`.
    pub(super) fn has(&self, x: f64) -> bool {
        self.0.iter().any(|at| (at - x).abs() <= SAME)
    }

    /// Those between the columns of `lines` that show no gap of their own there: texts begin at them and none stands over them,
    /// but some nearly touch.
    pub(super) fn within(&self, page: &Page, lines: &[Line]) -> Vec<f64> {
        let tells = |at: &f64| {
            let (mut begins, mut touches) = (0, 0);
            for line in lines {
                let words: Vec<&Word> = line.words.iter().filter_map(|index| word(page, *index)).collect();
                let behind = words.partition_point(|word| word.bbox.x0 < at - SAME);
                let before = behind.checked_sub(1).and_then(|before| words.get(before)).map(|word| word.bbox.x1);
                let here = words.get(behind).is_some_and(|word| word.bbox.x0 - at <= SAME);
                // What heads a section runs on over the columns.
                let runs_on = || lines::chunks(page, line, GAP).len() == 1;
                if before.is_some_and(|end| end > at + 1.0) && !runs_on() {
                    return false;
                }
                begins += usize::from(here);
                touches += usize::from(here && before.is_some_and(|end| at - end <= GAP * line.size));
            }
            begins >= LINES && touches > 0
        };
        self.0.iter().copied().filter(tells).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines_of;
    use super::super::testing::page;
    use super::*;

    const WHEN: [&str; 5] = ["May", "June", "Now", "2019", "Later"];

    #[test]
    fn texts_that_begin_at_one_place_tell_a_column() {
        let mut texts: Vec<(f64, f64, &str)> = Vec::new();
        let mut y = 10.0;
        for when in WHEN {
            texts.extend([(10.0, y, "Ward"), (100.0, y, when)]);
            y += 12.0;
        }
        assert_eq!(Starts::of(std::iter::once(&page(&texts))).0, [100.0]);
        let bullets: Vec<(f64, f64, &str)> =
            texts.iter().map(|(x, y, text)| (*x, *y, if *x < 50.0 { "•" } else { text })).collect();
        assert!(Starts::of(std::iter::once(&page(&bullets))).0.is_empty(), "the texts of bullets");
        let same: Vec<(f64, f64, &str)> = texts.iter().map(|(x, y, _)| (*x, *y, "Ward")).collect();
        assert!(Starts::of(std::iter::once(&page(&same))).0.is_empty(), "one text again and again");
    }

    #[test]
    fn an_edge_is_told_where_texts_nearly_touch_and_none_stands_over_it() {
        let starts = Starts(vec![100.0]);
        let within = |before: &'static str, over: &'static str| {
            let page = page(&[
                (10.0, 10.0, before),
                (100.0, 10.0, "When"),
                (10.0, 22.0, "Ann"),
                (100.0, 22.0, "May"),
                (10.0, 34.0, over),
            ]);
            starts.within(&page, &lines_of(&page))
        };
        // 17 characters and a space reach to 97.5.
        assert_eq!(within("Operation Director", "Bob"), [100.0]);
        assert_eq!(within("Operation Director", "A text over all of the columns"), [100.0]);
        assert!(within("Lead", "Bob").is_empty(), "a gap tells it already");
    }
}
