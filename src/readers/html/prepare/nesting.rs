//! Counts open elements, so that the parser's stack stays short and its memory bounded.

use crate::readers::html::prepare::names::Kind;

/// Deepest nesting that is kept, the cap of the engines of Chrome and Safari.
const DEEPEST: usize = 512;

/// Formatting elements open at once that are kept; the parser opens each again in every block.
const MOST_FORMATTING: usize = 16;

/// Open elements that an end tag is compared with.
const SEARCHED: usize = 1024;

/// An element that nests and is open.
struct Open {
    name: Box<str>,
    kept: bool,
}

/// Formatting elements open in a cell, or outside tables.
#[derive(Clone, Copy, Default)]
struct Formatting {
    kept: usize,
    dropped: usize,
}

/// What is open.
#[derive(Default)]
pub(super) struct Nesting {
    open: Vec<Open>,
    formatting: Formatting,
    /// Formatting outside each open table.
    outside: Vec<Formatting>,
    elements: u64,
}

impl Nesting {
    /// Upper bound of the elements that the parser makes of the tags taken so far.
    pub(super) fn elements(&self) -> u64 {
        self.elements
    }

    /// Takes a tag; returns whether it is kept.
    pub(super) fn take(&mut self, kind: Kind, name: &str, close: bool) -> bool {
        match (kind, close) {
            (Kind::Formatting, _) => return self.take_formatting(close),
            (Kind::Table, false) => {
                self.outside.push(self.formatting);
                self.formatting = Formatting::default();
            }
            (Kind::Table, true) => self.formatting = self.outside.pop().unwrap_or_default(),
            (Kind::Cell, _) => self.formatting = Formatting::default(),
            _ => {}
        }
        if close {
            return !matches!(kind, Kind::Nested | Kind::Block | Kind::Table) || self.close(name);
        }
        self.elements += 1 + self.formatting.kept as u64;
        if !matches!(kind, Kind::Nested | Kind::Block | Kind::Table) {
            return true;
        }
        let kept = self.open.len() < DEEPEST;
        self.open.push(Open { name: name.to_ascii_lowercase().into(), kept });
        kept
    }

    fn take_formatting(&mut self, close: bool) -> bool {
        let counts = &mut self.formatting;
        // An end tag in the wrong place makes the parser copy what is open.
        self.elements += 2;
        let (kept, count) = match (close, counts.kept, counts.dropped) {
            (true, _, 1..) => (false, &mut counts.dropped),
            (true, ..) => (true, &mut counts.kept),
            (false, MOST_FORMATTING.., _) => (false, &mut counts.dropped),
            (false, ..) => (true, &mut counts.kept),
        };
        *count = if close { count.saturating_sub(1) } else { *count + 1 };
        kept
    }

    /// Closes the innermost element `name` and all in it; returns whether its end tag is kept. An end tag cannot reach out
    /// of a table, except `</table>`.
    fn close(&mut self, name: &str) -> bool {
        let table = name.eq_ignore_ascii_case("table");
        for (above, open) in self.open.iter().rev().take(SEARCHED).enumerate() {
            if open.name.eq_ignore_ascii_case(name) {
                let kept = open.kept;
                self.open.truncate(self.open.len() - above - 1);
                return kept;
            }
            if !table && &*open.name == "table" {
                break;
            }
        }
        self.open.len() < DEEPEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_capped_and_end_tags_go_with_their_start_tags() {
        let mut nesting = Nesting::default();
        let kept = (0..DEEPEST + 5).filter(|_| nesting.take(Kind::Block, "div", false)).count();
        assert_eq!(kept, DEEPEST);
        let kept = (0..DEEPEST + 5).filter(|_| nesting.take(Kind::Block, "DIV", true)).count();
        assert_eq!(kept, DEEPEST);
        assert!(nesting.open.is_empty());
    }

    #[test]
    fn formatting_is_capped_for_each_cell() {
        let mut nesting = Nesting::default();
        assert_eq!((0..20).filter(|_| nesting.take(Kind::Formatting, "b", false)).count(), MOST_FORMATTING);
        assert_eq!((0..20).filter(|_| nesting.take(Kind::Formatting, "b", true)).count(), MOST_FORMATTING);
        nesting.take(Kind::Table, "table", false);
        assert!(nesting.take(Kind::Formatting, "b", false));
    }

    #[test]
    fn end_tags_do_not_reach_out_of_a_table() {
        let mut nesting = Nesting::default();
        nesting.take(Kind::Block, "div", false);
        nesting.take(Kind::Table, "table", false);
        nesting.take(Kind::Block, "div", true);
        assert_eq!(nesting.open.len(), 2);
        nesting.take(Kind::Table, "table", true);
        assert_eq!(nesting.open.len(), 1);
    }
}
