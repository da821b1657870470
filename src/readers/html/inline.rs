//! Text of a block or cell as it is shown: white space collapsed, line breaks where they are seen.

use crate::model::location::Place;
use crate::model::source::Style;
use crate::readers::html::css::Look;
use crate::readers::markup::Coverage;
use crate::readers::markup::colour;

/// Collects the text of one block or cell.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: String,
    gap: bool,
    lines: Option<(usize, usize)>,
    coverage: Coverage,
    fill: Option<[u8; 3]>,
    fills_differ: bool,
    ink: Option<[u8; 3]>,
    inks_differ: bool,
}

/// Text with its place and the style that covers all of it.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) last_line: usize,
    pub(super) style: Style,
}

impl Inline {
    /// Adds text that starts in the line `line`, and moves that to its end.
    pub(super) fn push(&mut self, text: &str, line: &mut usize, look: Look) {
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            if !word.is_empty() {
                self.word(word, *line, look);
            }
            rest = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let space = after.get(..after.len() - rest.len()).unwrap_or_default();
            self.gap |= !space.is_empty();
            *line += space.bytes().filter(|b| *b == b'\n').count();
        }
    }

    fn word(&mut self, word: &str, line: usize, look: Look) {
        if std::mem::take(&mut self.gap) && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        // The parser may have moved text, so that lines do not only go up.
        let (first, last) = self.lines.unwrap_or((line, line));
        self.lines = Some((first.min(line), last.max(line)));
        if self.coverage.visible == 0 {
            (self.fill, self.ink) = (look.fill, look.ink);
        }
        self.fills_differ |= self.fill != look.fill;
        self.inks_differ |= self.ink != look.ink;
        self.coverage.add(word, look.bold, look.struck);
        for (part, text) in word.split('\u{a0}').enumerate() {
            if part > 0 {
                self.text.push(' ');
            }
            self.text.push_str(text);
        }
    }

    /// A line break, as `<br>` makes.
    pub(super) fn break_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
        self.gap = false;
    }

    /// The start or end of a block inside the text.
    pub(super) fn end_block(&mut self) {
        if self.text.is_empty() || self.text.ends_with('\n') {
            self.gap = false;
        } else {
            self.break_line();
        }
    }

    /// White space between two parts that are shown apart.
    pub(super) fn space(&mut self) {
        self.gap = true;
    }

    /// Ends the text; none where it is empty.
    pub(super) fn take(&mut self) -> Option<Piece> {
        let done = std::mem::take(self);
        let text = done.text.trim();
        let (first, last) = done.lines.filter(|_| !text.is_empty())?;
        let mut style = done.coverage.style();
        let fill = done.fill.filter(|_| !done.fills_differ);
        style.fill = colour(text, fill, done.ink.filter(|_| !done.inks_differ));
        let text = if text.len() == done.text.len() { done.text } else { text.to_owned() };
        Some(Piece { text, place: Place::lines(first, last), last_line: last, style })
    }
}
