//! Parts of a Markdown source that are looked at as written: lines, numbers of list items, tables that other readers take.

use std::ops::Range;

/// Tells lines from byte offsets.
pub(super) struct Lines {
    ends: Vec<usize>,
}

impl Lines {
    /// Notes where the lines of `source` end.
    pub(super) fn of(source: &str) -> Self {
        Self { ends: source.match_indices('\n').map(|(at, _)| at).collect() }
    }

    /// Zero-based line of the byte at `offset`.
    pub(super) fn at(&self, offset: usize) -> usize {
        self.ends.partition_point(|end| *end < offset)
    }

    /// First and last line of the text in `range`, white space at its ends left aside.
    pub(super) fn of_range(&self, source: &str, range: &Range<usize>) -> (usize, usize) {
        let text = source.get(range.clone()).unwrap_or_default();
        let start = range.start + text.len() - text.trim_start().len();
        let end = range.start + text.trim_end().len();
        (self.at(start), self.at(end.saturating_sub(1).max(start)))
    }
}

/// The number at the start of an item of an ordered list, with its sign: in a plan it is often the number of a change.
pub(super) fn list_number(item: &str) -> Option<&str> {
    let item = item.trim_start();
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let sign = item.as_bytes().get(digits)?;
    (digits > 0 && matches!(sign, b'.' | b')')).then(|| item.get(..=digits)).flatten()
}

/// Whether a paragraph is a table that Markdown does not know: tabs inside lines, or pipes in most of several lines.
pub(super) fn is_plain_table(paragraph: &str) -> bool {
    if !paragraph.contains(['\t', '|']) {
        return false;
    }
    let lines = || paragraph.lines();
    let tabbed = lines().any(|line| line.trim().contains('\t'));
    let piped = lines().filter(|line| line.contains('|')).count();
    tabbed || (piped >= 2 && piped * 5 >= lines().count() * 4)
}

/// Whether each line of a paragraph says something of its own, though Markdown makes one text of them: "a) …" below each other, or
/// "Lead: …".
pub(super) fn is_line_by_line(paragraph: &str) -> bool {
    const KEY_WORDS: usize = 6;
    let mut lines = paragraph.lines().filter(|line| !line.trim().is_empty());
    let lettered = |line: &str| {
        let word = line.split_whitespace().next().unwrap_or_default().trim_start_matches('(');
        word.strip_suffix(')').is_some_and(|letter| letter.len() <= 4 && letter.bytes().all(|b| b.is_ascii_lowercase()))
    };
    let keyed = |line: &str| {
        let key = line.split_once(':').map(|(key, _)| key.trim_matches('*')).unwrap_or_default();
        key.starts_with(char::is_alphabetic) && key.split_whitespace().count() <= KEY_WORDS
    };
    let first = lines.next().map(str::trim).unwrap_or_default();
    let alike: &dyn Fn(&str) -> bool = if lettered(first) { &lettered } else { &keyed };
    let mut more = lines.map(str::trim).peekable();
    alike(first) && more.peek().is_some() && more.all(alike)
}

/// Where the HTML tables of a source open and close.
pub(super) struct Tables {
    /// Offset of each start tag and of the end tag that closes it, by start tag.
    spans: Vec<Range<usize>>,
}

impl Tables {
    /// Pairs the tags of all tables.
    pub(super) fn of(source: &str) -> Self {
        let mut spans: Vec<Range<usize>> = Vec::new();
        let mut open = Vec::new();
        for (at, _) in source.match_indices('<') {
            let opens = |mark: &str| source.get(at..at + mark.len()).is_some_and(|text| text.eq_ignore_ascii_case(mark));
            if opens("<table") {
                open.push(spans.len());
                spans.push(at..at);
            } else if opens("</table")
                && let Some(span) = open.pop().and_then(|index| spans.get_mut(index))
            {
                span.end = at;
            }
        }
        Self { spans }
    }

    /// End of the HTML that starts with the block in `range`: that of the block, or of the line that closes the tables that it
    /// leaves open.
    pub(super) fn end(&self, source: &str, range: &Range<usize>) -> usize {
        let first = self.spans.partition_point(|span| span.start < range.start);
        let inside = self.spans.iter().skip(first).take_while(|span| span.start < range.end);
        let close = inside.map(|span| span.end).max().filter(|close| *close >= range.end);
        close.map_or(range.end, |close| {
            source.get(close..).and_then(|rest| rest.find('\n')).map_or(source.len(), |end| close + end + 1)
        })
    }
}

/// Start of the line of `at` if only white space stands between, else `at`: there is the mark of a list item before it.
pub(super) fn indented_start(source: &str, at: usize) -> usize {
    let before = source.get(..at).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    if before.get(line..).is_some_and(|indent| indent.trim().is_empty()) { line } else { at }
}

/// The lines inside a fence, and how many stand before them.
pub(super) fn inside_fence(code: &str) -> (&str, usize) {
    let Some((open, rest)) = code.split_once('\n') else { return (code, 0) };
    let words = |line: &str| line.chars().any(char::is_alphanumeric);
    // The information after the mark names a language; it is not lost where it is more than a word.
    if open.split_whitespace().count() > 2 {
        return (code, 0);
    }
    let body = rest.trim_end();
    let last = body.rfind('\n').map_or(0, |at| at + 1);
    match body.get(last..) {
        Some(line) if !words(line) && line.trim_start().starts_with(['`', '~']) => (body.get(..last).unwrap_or_default(), 1),
        _ => (rest, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_told_as_lines() {
        let source = "a\n\nb\nc";
        let lines = Lines::of(source);
        assert_eq!([0, 1, 2, 3, 4, 5].map(|offset| lines.at(offset)), [0, 0, 1, 2, 2, 3]);
        assert_eq!(lines.of_range(source, &(1..6)), (2, 3));
    }

    #[test]
    fn a_table_goes_on_over_blank_lines() {
        let source = "<table>\n<tr><td>a\n\n<TABLE></TABLE>\n</table> x\ny";
        assert_eq!(Tables::of(source).end(source, &(0..19)), source.len() - 1);
        assert_eq!(Tables::of("<table>\n\nx").end("<table>\n\nx", &(0..8)), 8);
    }

    #[test]
    fn lines_with_letters_or_keys_stand_alone() {
        assert!(is_line_by_line("a) Open a hub\nb) Train ten homes"));
        assert!(is_line_by_line("**Lead:** Ann Lee\nBy when: May 2018"));
        assert!(!is_line_by_line("The board asked for two things: more beds\nand more staff"));
        assert!(!is_line_by_line("a) Open a hub"));
    }

    #[test]
    fn numbers_are_told_from_bullets() {
        assert_eq!(list_number("12) x"), Some("12)"));
        assert_eq!(list_number("- x"), None);
    }
}
