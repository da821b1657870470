//! A line cut at gaps: runs of two and more spaces.

/// Longest line, in bytes, that is searched for columns; text layouts of a landscape page stay under a tenth of it.
const LONGEST: usize = 4096;

/// A part of a line between gaps, in columns of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
}

fn is_space(c: char) -> bool {
    c == ' ' || c == '\u{a0}'
}

/// Whether a gap stands inside the line.
pub(super) fn has_gap(line: &str) -> bool {
    line.len() <= LONGEST && line.trim().contains("  ")
}

/// The parts of a line.
pub(super) fn of(line: &str) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut last = (0, 0);
    for (column, (at, c)) in line.char_indices().enumerate() {
        if is_space(c) {
            continue;
        }
        match open {
            Some((start, from)) if column > last.0 + 1 => {
                segments.push(Segment { start, end: last.0, text: line.get(from..last.1).unwrap_or_default() });
                open = Some((column, at));
            }
            Some(_) => {}
            None => open = Some((column, at)),
        }
        last = (column + 1, at + c.len_utf8());
    }
    if let Some((start, from)) = open {
        segments.push(Segment { start, end: last.0, text: line.get(from..last.1).unwrap_or_default() });
    }
    segments
}

impl Segment<'_> {
    /// Cuts at the last single space in the columns `from..to`.
    pub(super) fn split(self, from: usize, to: usize) -> Option<(Self, Self)> {
        let spaces = self.text.char_indices().enumerate().filter(|(_, (_, c))| is_space(*c));
        let (offset, (at, c)) = spaces.filter(|(offset, _)| (from..to).contains(&(self.start + offset))).last()?;
        let left = Self { end: self.start + offset, text: self.text.get(..at)?, ..self };
        let right = Self { start: self.start + offset + 1, text: self.text.get(at + c.len_utf8()..)?, ..self };
        Some((left, right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_gaps() {
        let found: Vec<_> = of("  \u{e9}a b   c").iter().map(|part| (part.start, part.end, part.text)).collect();
        assert_eq!(found, [(2, 6, "\u{e9}a b"), (9, 10, "c")]);
        assert!(of("   ").is_empty());
        assert!(has_gap("a  b") && !has_gap("   a b  "));
    }

    #[test]
    fn a_part_is_cut_at_a_space_in_range() {
        let parts = of("ab cd").first().and_then(|part| part.split(1, 4));
        let parts = parts.map(|(a, b)| (a.text, a.end, b.text, b.start));
        assert_eq!(parts, Some(("ab", 2, "cd", 3)));
    }
}
