//! Lines that stand in no table: headings, list items, paragraphs.

use crate::model::location::LineNumber;
use crate::model::location::Place;
use crate::model::numbering::closed_letter;
use crate::model::numbering::numbered;
use crate::model::source::Block;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;
use crate::readers::markup;

/// Signs that open a list item when a space follows.
const SPACED_BULLETS: &[char] = &['-', '*', '+', '\u{2013}', '\u{b7}'];

/// Signs that open a list item whatever follows: bullets, and the private code points of Symbol and Wingdings that word
/// processors leave.
const BULLETS: &[char] = &[
    '\u{2022}', '\u{2023}', '\u{2043}', '\u{25aa}', '\u{25ab}', '\u{25cf}', '\u{25cb}', '\u{25e6}', '\u{25a0}', '\u{27a2}',
    '\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '\u{f02d}',
];

/// The block that one line makes; none for a blank line or a ruling.
pub(in crate::readers) fn block(line: &str, place: Place) -> Option<Block> {
    let line = line.trim();
    if line.is_empty() || is_ruling(line) {
        return None;
    }
    let (kind, rest) = kind(line);
    let text = markup::clean(rest).text;
    (!text.is_empty()).then_some(Block::Text(TextBlock { kind, text, place }))
}

/// What the marks at the start of a line say, and the line without them.
fn kind(line: &str) -> (TextKind, &str) {
    if let Some((level, rest)) = heading(line) {
        return (TextKind::Heading(level), rest);
    }
    match list_item(line) {
        Some(rest) => (TextKind::ListItem, rest),
        None => (TextKind::Paragraph, line),
    }
}

/// The text of a line that opens with the sign of a list item.
pub(in crate::readers) fn list_item(line: &str) -> Option<&str> {
    let spaced = || line.strip_prefix(SPACED_BULLETS).filter(|rest| rest.starts_with(char::is_whitespace));
    let rest = line.strip_prefix(BULLETS).or_else(spaced)?.trim_start();
    (!rest.is_empty()).then_some(rest)
}

/// How the line of a block begins, to know what goes on with it.
#[derive(Clone, Copy, Debug)]
pub(in crate::readers) struct Opening {
    kind: TextKind,
    /// White space in front of it, in characters.
    indent: usize,
}

impl Opening {
    /// That of `block`, which `line` made.
    pub(in crate::readers) fn of(block: &Block, line: &str) -> Self {
        let kind = match block {
            Block::Text(text) => text.kind,
            Block::Grid(_) => TextKind::Furniture,
        };
        Self { kind, indent: indent(line) }
    }

    /// Whether `line`, right below the block that has `text` so far, only goes on with it: it hangs below the words of a list
    /// item, or stands below a long line of a paragraph that ends in no full stop and begins in lower case itself.
    pub(in crate::readers) fn goes_on(&self, text: &str, line: &str) -> bool {
        /// Lines are broken for want of room.
        const LONG: usize = 30;
        let words = line.trim();
        if words.is_empty() || is_ruling(words) || !matches!(kind(words).0, TextKind::Paragraph) {
            return false;
        }
        let lettered = words.split_whitespace().next().and_then(closed_letter).is_some();
        let counted = lettered || numbered(words).is_some_and(|number| !number.rest.is_empty());
        // "iBCF schemes" begins no rest of a line.
        let capital = words.chars().take_while(|c| c.is_alphanumeric()).any(char::is_uppercase);
        let small = words.starts_with(|c: char| c.is_lowercase() || c == '(') && !capital;
        let wrapped = small && text.len() >= LONG && !text.ends_with(['.', ':', ';', '?', '!']);
        match self.kind {
            TextKind::ListItem => !counted && (indent(line) > self.indent || wrapped),
            TextKind::Paragraph => !counted && wrapped && indent(line) >= self.indent,
            TextKind::Heading(_) | TextKind::Furniture | TextKind::Note => false,
        }
    }
}

/// Adds the words of the line at `index` to a block.
pub(in crate::readers) fn append(block: &mut TextBlock, line: &str, index: usize) {
    let more = markup::clean(line.trim()).text;
    let torn = block.text.ends_with('-') && !block.text.ends_with(" -");
    if !torn && !more.is_empty() {
        block.text.push(' ');
    }
    block.text.push_str(&more);
    if let Place::Lines { last, .. } = &mut block.place {
        *last = LineNumber::from_index(index);
    }
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).count()
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let rest = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - rest.len()).ok().filter(|level| (1..=6).contains(level))?;
    let text = rest.trim_start();
    (rest.len() > text.len() && !text.is_empty()).then_some((level, text))
}

/// Level of the heading that `line` underlines, as `====` or `----`.
pub(in crate::readers) fn underline(line: &str) -> Option<u8> {
    let line = line.trim();
    let all = |mark: char| line.len() >= 3 && line.chars().all(|c| c == mark);
    if all('=') {
        Some(1)
    } else if all('-') {
        Some(2)
    } else {
        None
    }
}

/// Whether a line holds only ruling signs.
pub(in crate::readers) fn is_ruling(line: &str) -> bool {
    let mut signs = 0;
    let ruling = |c: char| matches!(c, '-' | '=' | '_' | '+' | '|' | '*' | '~' | ':' | '\u{2500}'..='\u{257f}');
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        if !ruling(c) {
            return false;
        }
        signs += 1;
    }
    signs >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(line: &str, kind: TextKind, text: &str) {
        match block(line, Place::line(0)) {
            Some(Block::Text(found)) => assert_eq!((found.kind, found.text.as_str()), (kind, text)),
            other => panic!("{line:?} gave {other:?}"),
        }
    }

    #[test]
    fn marks_tell_the_kind() {
        reads("## Home first", TextKind::Heading(2), "Home first");
        reads("#1 priority", TextKind::Paragraph, "#1 priority");
        reads(" - one", TextKind::ListItem, "one");
        reads("\u{f0b7}two", TextKind::ListItem, "two");
        reads("- *three*", TextKind::ListItem, "three");
        reads("-5 beds", TextKind::Paragraph, "-5 beds");
        reads("**All** partners", TextKind::Paragraph, "All partners");
        reads("-", TextKind::Paragraph, "-");
    }

    /// Whether `line` goes on with the block that `first` makes.
    fn goes_on(first: &str, line: &str) -> bool {
        let block = block(first, Place::line(0)).unwrap();
        let Block::Text(text) = &block else { panic!("{first:?} is no text") };
        Opening::of(&block, first).goes_on(&text.text, line)
    }

    #[test]
    fn lines_go_on_with_what_stands_above() {
        assert!(goes_on("  - Clerks to ring the family on", "    Mondays and Fridays"));
        assert!(goes_on("- Clerks to ring the family on the", "second day of the stay"));
        assert!(goes_on("Where are we now: the board is filled", "in by hand each morning"));
    }

    #[test]
    fn lines_that_are_of_their_own() {
        assert!(!goes_on("- recruit two staff", "seven-day services"));
        assert!(!goes_on("- Clerks to ring the family on the", "iBCF funded schemes"));
        assert!(!goes_on("- Appoint assessors", "  a) for the north"));
        assert!(!goes_on("- Appoint assessors", "  - for the north"));
        assert!(!goes_on("We still count beds on paper at noon.", "a screen is on its way"));
    }

    #[test]
    fn rulings_are_no_text() {
        for line in ["", "   ", "-----", "+----+----+", "\u{2500}\u{2500}\u{2500}", "| --- | :-: |"] {
            assert!(block(line, Place::line(0)).is_none(), "{line:?}");
        }
    }
}
