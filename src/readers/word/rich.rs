//! Text with the look of its runs: what is shown of a paragraph or cell, and what is hidden in it.

use crate::model::source::Style;
use crate::readers::markup::Coverage;
use crate::readers::markup::colour;

/// How a run looks, as far as that carries meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Bold.
    pub(super) bold: bool,
    /// Struck out.
    pub(super) struck: bool,
    /// Not shown.
    pub(super) hidden: bool,
    /// Colour behind the text.
    pub(super) fill: Option<[u8; 3]>,
    /// Colour of the text.
    pub(super) ink: Option<[u8; 3]>,
}

/// The text of a paragraph or cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Rich {
    text: String,
    /// Text that is not shown.
    unseen: String,
    coverage: Coverage,
    fill: Option<[u8; 3]>,
    ink: Option<[u8; 3]>,
    fills_differ: bool,
    inks_differ: bool,
}

impl Rich {
    /// Adds text of one look.
    pub(super) fn push(&mut self, text: &str, look: Look) {
        if look.hidden {
            self.unseen.push_str(text);
            return;
        }
        let before = self.coverage.visible;
        self.coverage.add(text, look.bold, look.struck);
        if self.coverage.visible > before {
            self.fills_differ |= before > 0 && self.fill != look.fill;
            self.fill = look.fill;
            self.inks_differ |= before > 0 && self.ink != look.ink;
            self.ink = look.ink;
        }
        self.text.push_str(text);
    }

    /// Adds text whose white space is that of XML: as much of it as there is counts as one space.
    pub(super) fn push_collapsed(&mut self, text: &str, look: Look) {
        let mut gap = if look.hidden { &self.unseen } else { &self.text }.ends_with([' ', '\n', '\t']);
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            let white = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !white {
                out.push(c);
            } else if !gap {
                out.push(' ');
            }
            gap = white;
        }
        self.push(&out, look);
    }

    /// Adds what another text holds, with nothing between.
    pub(super) fn join(&mut self, after: &Self) {
        self.add(after, None);
    }

    /// Adds what another text holds, with `between` where both hold something.
    pub(super) fn append(&mut self, after: &Self, between: char) {
        self.add(after, Some(between));
    }

    fn add(&mut self, below: &Self, between: Option<char>) {
        let join = |text: &mut String, below: &str| {
            if !text.trim().is_empty() && !below.trim().is_empty() {
                text.extend(between);
            }
            text.push_str(below);
        };
        join(&mut self.text, &below.text);
        join(&mut self.unseen, &below.unseen);
        if below.coverage.visible > 0 {
            self.fills_differ |= below.fills_differ || (self.coverage.visible > 0 && self.fill != below.fill);
            self.fill = below.fill;
            self.inks_differ |= below.inks_differ || (self.coverage.visible > 0 && self.ink != below.ink);
            self.ink = below.ink;
        }
        self.coverage.visible += below.coverage.visible;
        self.coverage.bold += below.coverage.bold;
        self.coverage.struck += below.coverage.struck;
    }

    /// Puts text of the look of what follows in front.
    pub(super) fn put_in_front(&mut self, text: &str) {
        let look = Look { bold: self.coverage.style().emphasised, struck: self.coverage.style().struck, ..Look::default() };
        self.coverage.add(text, look.bold, look.struck);
        self.text.insert_str(0, text);
    }

    /// Visible characters other than white space.
    pub(super) fn visible(&self) -> usize {
        self.coverage.visible
    }

    /// The text that is shown, with white space at line ends and at both ends of the whole cut off.
    pub(super) fn shown(&self) -> String {
        trimmed(&self.text)
    }

    /// The text that is not shown, cut in the same way.
    pub(super) fn hidden(&self) -> String {
        trimmed(&self.unseen)
    }

    /// The look that covers all of the text, which stands on `behind` where it has no colour of its own.
    pub(super) fn style(&self, behind: Option<[u8; 3]>) -> Style {
        let fill = behind.or(self.fill.filter(|_| !self.fills_differ));
        Style { fill: colour(&self.text, fill, self.ink.filter(|_| !self.inks_differ)), ..self.coverage.style() }
    }
}

fn trimmed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.trim().lines() {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line.trim_end());
    }
    out
}
