//! Text of a cell or paragraph from its words: lines joined, words hyphenated over a line end rejoined, paragraphs kept apart.

use crate::model::page::Direction;
use crate::model::page::Page;

use super::broken::Room;
use super::frame;
use super::lines;
use super::lines::Line;
use super::lines::word;
use super::traits::Breaking;

/// Signs that open a list item whatever follows: bullets, and the private code points of Symbol and Wingdings.
const BULLETS: &[char] = &[
    '\u{2022}', '\u{2023}', '\u{2043}', '\u{25aa}', '\u{25ab}', '\u{25cf}', '\u{25cb}', '\u{25e6}', '\u{25a0}', '\u{27a2}',
    '\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '\u{f02d}', '\u{2713}', '\u{2714}', '\u{25ba}',
];

/// Signs that open a list item when they stand alone.
const SPACED_BULLETS: &[&str] = &["-", "*", "+", "\u{2013}", "\u{b7}", "o", "\u{2212}"];

/// A pitch this many times the leading of its text begins a paragraph.
const PARAGRAPH_PITCH: f64 = 1.4;

/// The text of `words`, which have `room`.
pub(super) fn text(page: &Page, words: &[u32], room: Room, breaking: &Breaking<'_>) -> String {
    let turned = |index: &u32| word(page, *index).is_some_and(|word| word.direction != Direction::Right);
    if !words.iter().any(turned) {
        return joined(page, &lines::lines(page, words), room, breaking);
    }
    let (turned, level): (Vec<u32>, Vec<u32>) = words.iter().copied().partition(turned);
    let part = Page {
        words: turned.iter().filter_map(|index| word(page, *index).cloned()).collect(),
        ..Page::blank(page.number, page.width, page.height)
    };
    let (upright, _) = frame::upright(part);
    let all: Vec<u32> = (0..u32::try_from(upright.words.len()).unwrap_or(u32::MAX)).collect();
    let mut text = joined(page, &lines::lines(page, &level), room, breaking);
    if !text.is_empty() {
        text.push('\n');
    }
    // A text that was turned twice (upright and upside down beside each other) is read as it stands.
    text.push_str(&joined(&upright, &lines::lines(&upright, &all), Room::ENDLESS, breaking));
    text
}

/// `lines` as one text: a line break where a paragraph or list item ends, a space where a line is only full.
pub(super) fn joined(page: &Page, lines: &[Line], room: Room, breaking: &Breaking<'_>) -> String {
    let leading = leading(lines);
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).and_then(|before| lines.get(before)) {
            let ends = ends_paragraph(page, before, line, room.width, leading);
            if !breaking.words.is_broken(page, &out, before, &lines[index..], room) {
                join_to(&mut out, if ends { '\n' } else { ' ' }, first_word(page, line), breaking);
            }
        }
        push_line(page, line, &mut out);
    }
    out
}

/// Adds the words of `line`.
pub(super) fn push_line(page: &Page, line: &Line, out: &mut String) {
    for (at, word) in line.words.iter().filter_map(|index| word(page, *index)).enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(&word.text);
    }
}

/// Ends a line of `out` before a line that begins with `next`: with `mark`, or with nothing inside a word.
pub(super) fn join_to(out: &mut String, mark: char, next: &str, breaking: &Breaking<'_>) {
    let lower = next.starts_with(char::is_lowercase);
    if out.ends_with('\u{ad}') {
        out.pop();
    } else if mark == ' ' && lower && ends_in_hyphen(out) {
        if breaking.hyphenates && breaking.words.is_parted(out, next) {
            out.pop();
        }
    } else if mark != ' ' || !breaking.words.joins(out, next) {
        out.push(mark);
    }
}

/// Whether `text` ends in a letter and a hyphen.
pub(super) fn ends_in_hyphen(text: &str) -> bool {
    text.strip_suffix(['-', '\u{2010}']).is_some_and(|rest| rest.ends_with(char::is_alphabetic))
}

/// The usual pitch of `lines`: the smallest from one to the next, or what their font makes likely.
pub(super) fn leading(lines: &[Line]) -> f64 {
    let size = lines.iter().map(|line| line.size).fold(0.0, f64::max);
    let pitches = lines.windows(2).map(|pair| pair[1].bbox.y1 - pair[0].bbox.y1).filter(|pitch| *pitch > 0.5 * size);
    pitches.fold(f64::INFINITY, f64::min).clamp(size, 2.2 * size)
}

/// Whether a paragraph or list item ends between two lines that may fill `width`.
pub(super) fn ends_paragraph(page: &Page, before: &Line, after: &Line, width: f64, leading: f64) -> bool {
    if opens_item(page, after) || after.bbox.y1 - before.bbox.y1 > PARAGRAPH_PITCH * leading {
        return true;
    }
    let first = first_word(page, after);
    let last = last_word(page, before);
    let new = first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '\u{201c}'));
    new && had_room(page, before, after, width) && (!ends_open(last) || is_bold(page, before) != is_bold(page, after))
}

/// Whether the first word of `after` had room at the end of `before`.
pub(super) fn had_room(page: &Page, before: &Line, after: &Line, width: f64) -> bool {
    let first = after.words.first().and_then(|index| word(page, *index));
    first.is_some_and(|first| before.bbox.width() + 0.35 * before.size + first.bbox.width() < width - 0.5)
}

/// Whether a line opens with a bullet.
pub(super) fn opens_item(page: &Page, line: &Line) -> bool {
    let first = first_word(page, line);
    if first.starts_with(BULLETS) {
        return true;
    }
    line.words.len() > 1 && SPACED_BULLETS.contains(&first)
}

/// Whether a word is a bullet, or the number or letter of a list item.
pub(super) fn is_bullet(text: &str) -> bool {
    let numbered = text.len() <= 4 && text.ends_with(['.', ')']) && text.chars().filter(|c| c.is_alphanumeric()).count() <= 2;
    text.chars().count() <= 1 && text.starts_with(BULLETS) || SPACED_BULLETS.contains(&text) || numbered
}

/// The text of a list item without its bullet; none where it has no bullet or nothing else.
pub(super) fn without_bullet(text: &str) -> Option<&str> {
    let spaced = || {
        let (first, rest) = text.split_once(' ')?;
        SPACED_BULLETS.contains(&first).then_some(rest)
    };
    let rest = text.strip_prefix(BULLETS).or_else(spaced)?.trim_start();
    (!rest.is_empty()).then_some(rest)
}

/// Whether `text` ends in a word that wants another: "and", "of the", a comma.
fn ends_open(text: &str) -> bool {
    const OPEN: [&str; 14] = ["and", "or", "of", "the", "to", "for", "with", "in", "on", "a", "an", "by", "from", "&"];
    text.ends_with([',', '-', '/', '(']) || OPEN.contains(&text.to_lowercase().as_str())
}

/// Whether every word of `line` is bold.
pub(super) fn is_bold(page: &Page, line: &Line) -> bool {
    line.words.iter().filter_map(|index| word(page, *index)).all(|word| word.bold)
}

/// The first word of `line`, empty where it has none.
pub(super) fn first_word<'p>(page: &'p Page, line: &Line) -> &'p str {
    line.words.first().and_then(|index| word(page, *index)).map_or("", |word| word.text.as_str())
}

/// The label that a text begins with, as in "Progress: two posts are filled".
pub(super) fn label<'p>(page: &'p Page, words: &[u32]) -> Option<&'p str> {
    let first = words.first().and_then(|index| word(page, *index))?;
    let (text, behind) = (first.text.as_str(), words.len() > 1);
    text.strip_suffix(':').filter(|label| behind && label.starts_with(char::is_alphabetic))
}

/// The last word of `line`, empty where it has none.
pub(super) fn last_word<'p>(page: &'p Page, line: &Line) -> &'p str {
    line.words.last().and_then(|index| word(page, *index)).map_or("", |word| word.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::broken::WholeWords;
    use super::super::testing::Few;
    use super::super::testing::page;
    use super::*;

    fn reads(texts: &[(f64, f64, &str)], width: f64) -> String {
        let page = page(texts);
        let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
        let mut words = WholeWords::new(&Few);
        words.see(&page);
        let breaking = Breaking { hyphenates: false, words };
        text(&page, &all, Room { width, left: 10.0, right: 10.0 + width }, &breaking)
    }

    #[test]
    fn a_full_line_goes_on_and_a_short_one_ends() {
        assert_eq!(reads(&[(10.0, 10.0, "Agree a form"), (10.0, 22.0, "with every home")], 80.0), "Agree a form with every home");
        assert_eq!(reads(&[(10.0, 10.0, "Ann Lee"), (10.0, 22.0, "Bob Ray")], 120.0), "Ann Lee\nBob Ray");
    }

    #[test]
    fn a_hyphen_stays_in_its_word() {
        assert_eq!(reads(&[(10.0, 10.0, "a multi-"), (10.0, 22.0, "agency team")], 60.0), "a multi-agency team");
    }

    #[test]
    fn a_word_wider_than_its_column_is_made_whole() {
        assert_eq!(reads(&[(10.0, 10.0, "commissionin"), (10.0, 22.0, "g of beds")], 61.0), "commissioning of beds");
        assert_eq!(reads(&[(10.0, 10.0, "REVISED"), (10.0, 22.0, "ASSESSM"), (10.0, 34.0, "ENT")], 36.0), "REVISED ASSESSMENT");
        assert_eq!(reads(&[(10.0, 10.0, "Westmar"), (10.0, 22.0, "ch")], 36.0), "Westmarch");
        assert_eq!(reads(&[(10.0, 10.0, "Bed/asses"), (10.0, 22.0, "sment")], 46.0), "Bed/assessment");
    }

    #[test]
    fn a_word_that_fills_its_column_is_not_joined_to_the_next() {
        assert_eq!(reads(&[(10.0, 10.0, "commissioning"), (10.0, 22.0, "of beds")], 66.0), "commissioning of beds");
        assert_eq!(reads(&[(10.0, 10.0, "assessment"), (10.0, 22.0, "with plans")], 50.0), "assessment with plans");
        assert_eq!(reads(&[(10.0, 10.0, "Westmar"), (10.0, 22.0, "ch")], 60.0), "Westmar ch");
    }

    #[test]
    fn a_hyphen_that_only_parts_a_word_goes() {
        let words = WholeWords::new(&Few);
        assert!(words.is_parted("commis-", "sioning of beds"));
        assert!(!words.is_parted("bed-", "plans"));
        assert!(!words.is_parted("multi-", "agency"));
    }

    #[test]
    fn what_a_hyphen_or_slash_joins_is_one_word() {
        assert_eq!(reads(&[(10.0, 10.0, "Joan Ashby-"), (10.0, 22.0, "Haverley")], 60.0), "Joan Ashby-Haverley");
        assert_eq!(reads(&[(10.0, 10.0, "Established/"), (10.0, 22.0, "Mature")], 62.0), "Established/Mature");
        assert_eq!(
            reads(&[(10.0, 10.0, "Health/ Care"), (10.0, 22.0, "Council/"), (10.0, 34.0, "Trust")], 62.0),
            "Health/ Care Council/ Trust"
        );
    }

    #[test]
    fn a_bullet_opens_a_line() {
        assert_eq!(
            reads(&[(10.0, 10.0, "\u{2022} one two"), (10.0, 22.0, "\u{2022} three")], 50.0),
            "\u{2022} one two\n\u{2022} three"
        );
    }
}
