//! Lines of text from words: words side by side on one baseline, and the chunks that wide gaps part a line into.

use crate::model::location::Rect;
use crate::model::page::Page;
use crate::model::page::Word;

use super::judge;

/// Words that stand on one baseline.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Indices of its words, from left to right.
    pub words: Vec<u32>,
    /// The box around them.
    pub bbox: Rect,
    /// The largest size of font in it.
    pub size: f64,
}

/// A part of a line without a wide gap in it.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    /// Its words.
    pub words: Vec<u32>,
    /// Left edge of its characters.
    pub x0: f64,
    /// Right edge of its characters; a row of leader dots after them is left out.
    pub x1: f64,
}

/// How far apart the middles of two words on one line may be, in sizes of the larger: a superscript is moved by about a third.
const MIDDLES_APART: f64 = 0.45;

/// Two values side by side are two cells when the gap between them is wider than this, in sizes of font: a space is a quarter.
const VALUE_GAP: f64 = 0.38;

/// A sign of money may stand at the left of its column, so far before its amount, in sizes of font.
const SIGN_GAP: f64 = 14.0;

/// How many open lines a word is compared with; words come by height, so its line is among the last.
const OPEN_LINES: usize = 6;

/// The word `index` of `page`.
pub(super) fn word(page: &Page, index: u32) -> Option<&Word> {
    page.words.get(index as usize)
}

/// The box around `lines`; none where there is none.
pub(super) fn around(lines: &[Line]) -> Option<Rect> {
    lines.iter().map(|line| line.bbox).reduce(Rect::around)
}

/// A gap within a line that is wider than this, in sizes of font, leaves room for a gutter.
const GUTTER_GAP: f64 = 0.8;

/// Whether text of `line` stands over `x`, also as a space between words of one phrase.
pub(super) fn crosses(page: &Page, line: &Line, x: f64) -> bool {
    chunks(page, line, GUTTER_GAP).iter().any(|chunk| chunk.x0 < x && x < chunk.x1)
}

/// Sorts `words` into lines, from top to bottom.
pub(super) fn lines(page: &Page, words: &[u32]) -> Vec<Line> {
    let mut sorted: Vec<(u32, &Word)> = words.iter().filter_map(|index| Some((*index, word(page, *index)?))).collect();
    sorted.sort_by(|(_, a), (_, b)| middle(&a.bbox).total_cmp(&middle(&b.bbox)).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    let mut lines: Vec<(f64, Line)> = Vec::new();
    for (index, word) in sorted {
        let at = middle(&word.bbox);
        let from = lines.len().saturating_sub(OPEN_LINES);
        let fits = |(middle, line): &(f64, Line)| {
            (at - middle).abs() <= MIDDLES_APART * line.size.min(word.size).max(0.6 * line.size.max(word.size))
        };
        let nearest = lines[from..]
            .iter()
            .enumerate()
            .filter(|(_, line)| fits(line))
            .min_by(|(_, (a, _)), (_, (b, _))| (at - a).abs().total_cmp(&(at - b).abs()))
            .map(|(offset, _)| from + offset);
        match nearest.and_then(|found| lines.get_mut(found)) {
            Some((middle, line)) => {
                if word.size > line.size * 1.05 {
                    *middle = at;
                }
                line.size = line.size.max(word.size);
                line.bbox = line.bbox.around(word.bbox);
                line.words.push(index);
            }
            None => lines.push((at, Line { words: vec![index], bbox: word.bbox, size: word.size })),
        }
    }
    let mut lines: Vec<Line> = lines.into_iter().map(|(_, line)| line).collect();
    for line in &mut lines {
        line.words.sort_by(|a, b| left(page, *a).total_cmp(&left(page, *b)).then(a.cmp(b)));
    }
    lines.sort_by(|a, b| middle(&a.bbox).total_cmp(&middle(&b.bbox)).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    lines
}

/// Parts `line` where the gap between two words is wider than `gap` sizes of font, or between two values wider than a space.
pub(super) fn chunks(page: &Page, line: &Line, gap: f64) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut before = "";
    for &index in &line.words {
        let Some(word) = word(page, index) else { continue };
        let (x0, x1) = ink(word);
        let gap = match before {
            _ if are_two_values(before, &word.text) => VALUE_GAP.min(gap),
            before if is_amount(before, &word.text) => SIGN_GAP,
            _ => gap,
        };
        before = &word.text;
        match chunks.last_mut() {
            // Leader dots alone have no ink; what they lead from may stand far before them.
            Some(last) if x1 <= x0 => last.words.push(index),
            Some(last) if x0 - last.x1 <= gap * line.size => {
                last.words.push(index);
                last.x1 = last.x1.max(x1);
            }
            _ if x1 <= x0 => {}
            _ => chunks.push(Chunk { words: vec![index], x0, x1 }),
        }
    }
    chunks
}

/// Whether two words are values that do not belong to each other: thousands after a space, signs and shares in brackets do.
fn are_two_values(before: &str, word: &str) -> bool {
    let digits = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    let group = word.len() >= 3
        && word.bytes().take(3).all(|b| b.is_ascii_digit())
        && word.as_bytes().get(3).is_none_or(|b| !b.is_ascii_digit());
    let whole = before.bytes().all(|b| b.is_ascii_digit()) && before.len() <= 3;
    digits(before)
        && digits(word)
        && judge::is_value(before)
        && judge::is_value(word)
        && !word.starts_with('(')
        && !(whole && group)
}

/// Whether `before` is a sign of money and `word` its amount.
pub(super) fn is_amount(before: &str, word: &str) -> bool {
    let sign = before.trim_matches(['(', '-', '\u{2212}']);
    matches!(sign, "$" | "US$" | "\u{a3}" | "\u{20ac}") && judge::is_value(word) && !word.starts_with(['$', '\u{a3}', '\u{20ac}'])
}

/// The left and right edge of the characters of `word`, without a row of leader dots at its end; the same twice for leader dots
/// alone.
pub(super) fn ink(word: &Word) -> (f64, f64) {
    let (x0, x1) = (word.bbox.x0, word.bbox.x1);
    let text = word.text.trim_end_matches(is_leader);
    let dots = word.text[text.len()..].chars().count();
    // Spaced leaders come as a word for each dot.
    if dots < 3 && word.text != "." {
        return (x0, x1);
    }
    if text.is_empty() {
        return (x0, x0);
    }
    // Characters are about half as wide as their font is high; dots take the rest.
    let letters = text.chars().fold(0.0, |width, _| width + 0.52 * word.size);
    (x0, x1.min(x0 + letters))
}

/// Dots and underscores that lead the eye from a label to its value.
pub(super) fn is_leader(c: char) -> bool {
    matches!(c, '.' | '\u{2026}' | '_' | '\u{b7}')
}

/// The middle of a box between its top and bottom.
pub(super) fn middle(bbox: &Rect) -> f64 {
    f64::midpoint(bbox.y0, bbox.y1)
}

fn left(page: &Page, index: u32) -> f64 {
    word(page, index).map_or(0.0, |word| word.bbox.x0)
}

#[cfg(test)]
mod tests {
    use super::super::testing::page;
    use super::*;

    fn texts(page: &Page) -> Vec<Vec<String>> {
        let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
        let line = |line: &Line| line.words.iter().map(|index| page.words[*index as usize].text.clone()).collect();
        lines(page, &all).iter().map(line).collect()
    }

    #[test]
    fn words_on_a_baseline_are_a_line() {
        let page = page(&[(60.0, 10.0, "two"), (10.0, 10.5, "one"), (10.0, 24.0, "three")]);
        assert_eq!(texts(&page), [vec!["one", "two"], vec!["three"]]);
    }

    #[test]
    fn leader_dots_are_a_gap() {
        let page = page(&[(10.0, 10.0, "Beds............................"), (200.0, 10.0, "12")]);
        let line = &lines(&page, &[0, 1])[0];
        assert_eq!(chunks(&page, line, 1.0).len(), 2);
    }

    #[test]
    fn a_sign_of_money_stands_with_its_amount() {
        let page =
            page(&[(10.0, 10.0, "Beds"), (60.0, 10.0, "$"), (100.0, 10.0, "1,200"), (140.0, 10.0, "$"), (180.0, 10.0, "(34)")]);
        let line = &lines(&page, &[0, 1, 2, 3, 4])[0];
        let words: Vec<usize> = chunks(&page, line, 1.0).iter().map(|chunk| chunk.words.len()).collect();
        assert_eq!(words, [1, 2, 2]);
    }

    #[test]
    fn leader_dots_far_behind_do_not_widen_what_they_follow() {
        let page = page(&[(10.0, 10.0, "Beds"), (200.0, 10.0, "......................"), (330.0, 10.0, "12")]);
        let line = &lines(&page, &[0, 1, 2])[0];
        let ends: Vec<f64> = chunks(&page, line, 1.0).iter().map(|chunk| chunk.x1).collect();
        assert_eq!(ends, [30.0, 340.0]);
    }
}
