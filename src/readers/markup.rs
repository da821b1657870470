//! Markup inside a cell or line of text: HTML tags, character references and Markdown emphasis go, the text stays.
//!
//! The end of a block (`<br>`, `<p>`, `<li>`) becomes `\n`. What only looks like markup stays: "< 4 hours", a lone `*`.

use std::borrow::Cow;

use crate::model::source::Style;
use crate::readers::emphasis;
use crate::readers::tags;

/// Text without markup, and what the markup said of all of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cleaned {
    /// The text, trimmed.
    pub(super) text: String,
    /// Bold or struck throughout.
    pub(super) style: Style,
}

/// How much of a text is visible, and how much of that is bold or struck, in characters other than white space.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Coverage {
    pub(super) visible: usize,
    pub(super) bold: usize,
    pub(super) struck: usize,
}

impl Coverage {
    /// Counts `text`, all of which is bold or struck or not.
    pub(super) fn add(&mut self, text: &str, bold: bool, struck: bool) {
        let visible = text.chars().filter(|c| !c.is_whitespace()).count();
        self.visible += visible;
        self.bold += if bold { visible } else { 0 };
        self.struck += if struck { visible } else { 0 };
    }

    /// The style that covers all of the text.
    pub(super) fn style(self) -> Style {
        let all = |part: usize| part > 0 && part == self.visible;
        Style { emphasised: all(self.bold), struck: all(self.struck), fill: None }
    }
}

/// The colour that a cell or text shows: the one behind it, or its ink where it holds nothing but a sign to be coloured ("●")
/// and nothing is painted behind that.
pub(super) fn colour(text: &str, fill: Option<[u8; 3]>, ink: Option<[u8; 3]>) -> Option<[u8; 3]> {
    const SIGNS: [char; 12] = ['●', '•', '⬤', '⚫', '■', '▪', '◼', '⬛', '▲', '▼', '◆', '█'];
    const WHITE: u8 = 0xfa;
    /// Least difference between the strongest and the weakest channel: less is black or grey.
    const FAINTEST: u8 = 40;
    let mut signs = text.chars().filter(|c| !c.is_whitespace()).peekable();
    let is_sign = signs.peek().is_some() && signs.all(|c| SIGNS.contains(&c));
    let blank = fill.is_none_or(|fill| fill.iter().all(|channel| *channel >= WHITE));
    let coloured = |ink: &[u8; 3]| ink.iter().max().zip(ink.iter().min()).is_some_and(|(most, least)| most - least >= FAINTEST);
    ink.filter(|ink| is_sign && blank && coloured(ink)).or(fill)
}

/// Removes the markup of one cell or line.
pub(super) fn clean(raw: &str) -> Cleaned {
    let raw = raw.trim();
    if !may_hold_markup(raw) {
        return Cleaned { text: raw.to_owned(), style: Style::default() };
    }
    let mut style = Style::default();
    let mut text = line_ends(raw);
    if text.bytes().any(|b| b == b'<' || b == b'&') {
        let (stripped, coverage) = tags::strip(&text);
        style = coverage.style();
        text = Cow::Owned(stripped);
    }
    if let Some((stripped, coverage)) = emphasis::strip(&text) {
        let marked = coverage.style();
        style.emphasised |= marked.emphasised;
        style.struck |= marked.struck;
        text = Cow::Owned(stripped);
    }
    let text = rejoin(text);
    Cleaned { text: trimmed(text), style }
}

/// Whether removing the mark between `before` and `after` would make one word of two: extraction loses the space at the edge
/// of bold text. A single bold letter (`marked`) belongs to its word.
pub(super) fn would_run_together(before: &str, marked: &str, after: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric) && marked.chars().nth(1).is_some()
}

/// Finishes text whose markup is removed: rejoins words cut by line ends, and trims.
pub(super) fn finish(text: String, coverage: Coverage) -> Cleaned {
    Cleaned { text: trimmed(rejoin(Cow::Owned(text))), style: coverage.style() }
}

/// Whether a byte that opens markup or ends a line is in `raw`; without a branch for each byte, so that it runs on whole
/// registers.
fn may_hold_markup(raw: &str) -> bool {
    let special = |b: u8| matches!(b, b'<' | b'&' | b'*' | b'_' | b'~' | b'\n' | b'\r' | 0x0B);
    raw.as_bytes().chunks(64).any(|chunk| chunk.iter().fold(false, |found, b| found | special(*b)))
}

/// `\r\n` and vertical tab (a line break within a cell of a workbook saved as text) as `\n`.
fn line_ends(raw: &str) -> Cow<'_, str> {
    if raw.bytes().any(|b| b == b'\r' || b == 0x0B) {
        return Cow::Owned(raw.replace("\r\n", "\n").replace(['\r', '\u{b}'], "\n"));
    }
    Cow::Borrowed(raw)
}

/// Rejoins words that a line end cuts: a small letter, a hyphen, the line end, a small letter.
fn rejoin(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains("-\n") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some((before, after)) = rest.split_once("-\n") {
        out.push_str(before);
        let cut =
            before.chars().next_back().is_some_and(char::is_lowercase) && after.chars().next().is_some_and(char::is_lowercase);
        if !cut {
            out.push_str("-\n");
        }
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn trimmed(text: Cow<'_, str>) -> String {
    match text {
        Cow::Borrowed(text) => text.trim().to_owned(),
        Cow::Owned(mut text) => {
            text.truncate(text.trim_end().len());
            let lead = text.len() - text.trim_start().len();
            text.drain(..lead);
            text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_shows_its_ink() {
        let (green, white, grey) = (Some([0, 176, 80]), Some([255; 3]), Some([128; 3]));
        assert_eq!(colour("●", None, green), green);
        assert_eq!(colour(" ■ ", white, green), green);
        assert_eq!(colour("●", Some([255, 0, 0]), green), Some([255, 0, 0]));
        assert_eq!([colour("On track", None, green), colour("●", None, grey), colour("", None, green)], [None; 3]);
    }

    fn cleans(raw: &str, expected: &str) {
        assert_eq!(clean(raw).text, expected, "{raw:?}");
    }

    #[test]
    fn tags_go_and_text_stays() {
        cleans("<b>Change 2</b> Leads agreed", "Change 2 Leads agreed");
        cleans("one<br>two<BR/>three", "one\ntwo\nthree");
        cleans("<p>First.</p> <p>Second.</p>", "First.\nSecond.");
        cleans("open <p>unclosed", "open\nunclosed");
        cleans("<ul style=\"list-style-type: none\"> <li>one</li> <li>two</li> </ul>", "one\ntwo");
        cleans("4<sup>th</sup> April", "4th April");
        cleans("<b>Change 2</b>Leads and <b>S</b>AFER", "Change 2 Leads and SAFER");
        cleans("a <!-- not seen --> b", "a  b");
        cleans("<a href=\"x>y\">link</a>", "link");
    }

    #[test]
    fn what_only_looks_like_markup_stays() {
        for text in
            ["< 4 hours", "<4 hours", "a <b", "<TBC>", "x > y", "5 * 4", "A* and B*", "*see note", "snake_case_name", "H&F; G"]
        {
            cleans(text, text);
        }
        cleans("Name: ____ Date: ___", "Name: ____ Date: ___");
    }

    #[test]
    fn emphasis_marks_go_in_pairs() {
        cleans("**Change 4** Home", "Change 4 Home");
        cleans("*all* of _it_ and __more__ ***now***", "all of it and more now");
        cleans("at meeting.**", "at meeting.**");
        cleans("~~gone~~", "gone");
        cleans("**Change 2**Leads and **S**AFER", "Change 2 Leads and SAFER");
    }

    #[test]
    fn references_are_decoded_once() {
        cleans("A&amp;E &lt;b&gt; &pound;5m&nbsp;", "A&E <b> \u{a3}5m");
    }

    #[test]
    fn words_cut_by_a_line_end_are_rejoined() {
        cleans("dis-\ncharge and dis-\r\ncharge", "discharge and discharge");
        cleans("Co- ordinated", "Co- ordinated");
        cleans("A-\nB, 7-\nday", "A-\nB, 7-\nday");
    }

    #[test]
    fn style_needs_all_of_the_text() {
        let style = |raw: &str| clean(raw).style;
        assert!(style("<b>All</b> ").emphasised);
        assert!(style("**All of it**").emphasised);
        assert!(style("<span style='font-weight: bold'>All</span>").emphasised);
        assert!(!style("<b>Part</b> of it").emphasised);
        assert!(style("<s>gone</s>").struck);
        assert!(!style("plain").emphasised);
    }

    #[test]
    fn spaces_inside_are_kept() {
        cleans("  TRFT  Support\u{b}from J Doe ", "TRFT  Support\nfrom J Doe");
    }
}
