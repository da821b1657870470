//! Gutters between columns that nearly touch: space that stays free over many lines, however narrow.
//!
//! Spaces between words fall on each other by chance, in texts that are repeated, and between words of one width ("31 May"). A
//! gutter is told from these by lines of different words that begin anew behind it, some of them well after the last word
//! before it: cells end where their words end.

use rustc_hash::FxHashSet;

use crate::model::page::Page;
use crate::model::page::Word;

use super::gaps;
use super::judge;
use super::lines::Line;
use super::lines::word;
use super::starts::Starts;
use super::text;

/// A free space between two words, from left to right.
pub(super) type Gap = (f64, f64);

/// A gutter is at least this wide, in sizes of font: less than a space.
const SLIT: f64 = 0.12;

/// One line in so many may cross a gutter: a header over several columns.
const CROSSING: usize = 12;

/// Words that begin within this of each other, in points, are aligned.
const ALIGNED: f64 = 1.0;

/// A word that begins within this behind a gutter, in sizes of font, stands in the column that it opens.
const NEAR: f64 = 2.0;

/// So many lines begin anew at one place by chance hardly ever; one in twelve does.
const LINES_ALIGNED: usize = 5;

/// The same for lines that begin near it, as in columns that are centred.
const LINES_NEAR: usize = 8;

/// A gap that is this wide over all its lines needs only a few of them, in sizes of font.
const WIDE: f64 = 0.6;

/// So few.
const LINES_WIDE: usize = 3;

/// At the edge of a column of the document so many are.
const LINES_KNOWN: usize = 2;

/// The gutters of `lines` between `from` and `to`.
///
/// Where a column of the document begins (`starts`), a few of them are enough.
pub(super) fn slits(page: &Page, lines: &[&Line], (from, to): (f64, f64), starts: &Starts) -> Vec<Gap> {
    let mut sizes: Vec<f64> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f64::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied().unwrap_or(10.0);
    let inside = |line: &&Line| -> Vec<&Word> {
        let words = line.words.iter().filter_map(|index| word(page, *index));
        words.filter(|word| from <= word.bbox.x0 && word.bbox.x1 <= to).collect()
    };
    let words: Vec<Vec<&Word>> = lines.iter().map(inside).collect();
    let mut free = free(&words, SLIT * size, lines.len() / CROSSING);
    free.retain(|gap| {
        let evidence = Evidence::of(&words, *gap, size);
        evidence.is_enough((gap.1 - gap.0) / size) || starts.has(gap.1) && evidence.aligned + evidence.opening >= LINES_KNOWN
    });
    free
}

/// Spaces at least `least` wide that at most `crossing` words stand in; of each what the fewest words stand in.
fn free(lines: &[Vec<&Word>], least: f64, crossing: usize) -> Vec<Gap> {
    let mut ends: Vec<(f64, bool)> = Vec::new();
    for word in lines.iter().flatten() {
        ends.extend([(word.bbox.x0, true), (word.bbox.x1, false)]);
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let mut out: Vec<Gap> = Vec::new();
    let (mut covered, mut best): (usize, Option<(usize, Gap)>) = (0, None);
    for (n, (at, opens)) in ends.iter().enumerate() {
        covered = if *opens { covered + 1 } else { covered.saturating_sub(1) };
        let Some((next, _)) = ends.get(n + 1) else { break };
        if covered > crossing {
            out.extend(best.take().map(|(_, gap)| gap));
        } else if next - at >= least && best.is_none_or(|(fewest, _)| covered <= fewest) {
            // The last of the best: it ends where the next column begins.
            best = Some((covered, (*at, *next)));
        }
    }
    out
}

/// What lines of different words say for a gutter.
#[derive(Debug, Default)]
struct Evidence {
    /// Text stands before it, and a word begins right behind it.
    aligned: usize,
    /// Text stands before it, and a word begins near behind it.
    near: usize,
    /// Of these, lines with more than a space between both.
    parted: usize,
    /// A word begins right behind it with nothing before it.
    opening: usize,
    /// A figure ends right before it, and a word begins right behind it or further on: figures that are set to the right. Also
    /// where both words are those of another line.
    flush: usize,
    /// A word begins right behind it, more than a space after the last: the header over the text behind figures.
    headed: usize,
    /// What stands before it is a bullet, or a value as close as in "31 May".
    marks: usize,
}

impl Evidence {
    fn of(lines: &[Vec<&Word>], gap: Gap, size: f64) -> Self {
        let mut found = Self::default();
        let mut seen: FxHashSet<(&str, &str)> = FxHashSet::default();
        for line in lines {
            let before = line.iter().filter(|word| word.bbox.x1 <= gap.0 + 0.01).count();
            let Some(after) = line.get(before).filter(|after| after.bbox.x0 > gap.1 - 0.01) else { continue };
            let is_near = after.bbox.x0 - gap.1 < NEAR * size;
            let Some(last) = before.checked_sub(1).and_then(|last| line.get(last)) else {
                found.opening += usize::from(after.bbox.x0 - gap.1 < ALIGNED && seen.insert(("", &after.text)));
                continue;
            };
            let parted = after.bbox.x0 - last.bbox.x1 > gaps::CHUNK_GAP * size;
            let aligned = after.bbox.x0 - gap.1 < ALIGNED;
            found.headed += usize::from(parted && aligned);
            let ends = gap.0 - last.bbox.x1 < ALIGNED && judge::is_value(&last.text);
            found.flush += usize::from(ends && (aligned || parted));
            if !is_near || !seen.insert((&last.text, &after.text)) {
                continue;
            }
            found.near += 1;
            found.aligned += usize::from(aligned);
            found.parted += usize::from(parted);
            let value = !parted && (judge::is_value(&last.text) || judge::is_value(&after.text));
            found.marks += usize::from(value || gap.0 - last.bbox.x1 < NEAR * size && text::is_bullet(&last.text));
        }
        found
    }

    fn is_enough(&self, width: f64) -> bool {
        let many = self.aligned >= LINES_ALIGNED
            || self.near >= LINES_NEAR
            || self.near >= LINES_WIDE && width >= WIDE
            || self.near >= 2 && self.near + self.opening >= LINES_NEAR;
        // "31 May" below each other has no header over the month.
        let flush = self.flush >= LINES_ALIGNED && self.headed > 0;
        flush || many && 3 * self.parted >= self.near && 2 * self.marks < self.near
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines_of;
    use super::super::testing::page;
    use super::*;

    /// How many gutters lines have whose cells begin at 10 points and at `second`.
    fn found(second: f64, rows: &[(&str, &str)]) -> usize {
        let mut texts: Vec<(f64, f64, &str)> = Vec::new();
        let mut y = 10.0;
        for (left, right) in rows {
            texts.extend([(10.0, y, *left), (second, y, *right)]);
            y += 12.0;
        }
        let page = page(&texts);
        let lines = lines_of(&page);
        slits(&page, &lines.iter().collect::<Vec<_>>(), (f64::NEG_INFINITY, f64::INFINITY), &Starts::default()).len()
    }

    #[test]
    fn cells_that_end_where_their_words_end_show_a_gutter() {
        let rows = [
            ("Ward round", "Sister"),
            ("Beds", "Matron"),
            ("Homes", "Manager"),
            ("Forms", "Clerk"),
            ("Vans", "Porter"),
            ("Pharmacy", "Chemist"),
        ];
        assert_eq!(found(65.0, &rows), 1);
    }

    #[test]
    fn figures_set_to_the_right_end_where_the_headed_text_behind_them_begins() {
        let figures = |header: Option<&str>| {
            let mut texts: Vec<(f64, f64, &str)> = Vec::new();
            if let Some(header) = header {
                texts.extend([(10.0, 0.0, "Days"), (62.0, 0.0, header)]);
            }
            for (row, (x, figure)) in
                (1_u8..).zip([(55.0, "7"), (50.0, "12"), (50.0, "12"), (45.0, "140"), (55.0, "9"), (50.0, "12")])
            {
                texts.extend([(x, 12.0 * f64::from(row), figure), (62.0, 12.0 * f64::from(row), "ok")]);
            }
            let page = page(&texts);
            let lines = lines_of(&page);
            slits(&page, &lines.iter().collect::<Vec<_>>(), (f64::NEG_INFINITY, f64::INFINITY), &Starts::default()).len()
        };
        assert_eq!(figures(Some("Notes")), 1);
        assert_eq!(figures(None), 0);
    }

    #[test]
    fn spaces_of_a_repeated_text_are_no_gutter() {
        let rows: Vec<(&str, &str)> = (0..9).map(|_| ("What comes", "next here")).collect();
        assert_eq!(found(60.0, &rows), 0);
    }

    #[test]
    fn spaces_between_words_of_one_width_are_no_gutter() {
        let months = ["May", "June", "July", "March", "April", "August"];
        let rows: Vec<(&str, &str)> = months.iter().map(|month| ("by the 31", *month)).collect();
        assert_eq!(found(52.5, &rows), 0);
    }
}
