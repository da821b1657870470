//! Markdown emphasis in a cell or line of text that is not Markdown as a whole.
//!
//! Stricter than `CommonMark`: a single `*` or `_` opens only at the start of a word and closes only at its end, and a run that
//! has no partner stays, since in plain text an asterisk is as often a footnote mark.

use crate::readers::markup;
use crate::readers::markup::Coverage;

/// Longest run that is a mark: `***`. Longer ones are lines to write on, or rulings.
const LONGEST_RUN: usize = 3;

/// Number of marks and lengths.
const KINDS: usize = 3 * LONGEST_RUN;

/// A run of one mark.
struct Run {
    start: usize,
    len: usize,
    mark: u8,
    removed: bool,
}

impl Run {
    /// A slot for each mark and length.
    fn kind(&self) -> usize {
        let mark = match self.mark {
            b'*' => 0,
            b'_' => 1,
            _ => 2,
        };
        mark * LONGEST_RUN + self.len - 1
    }
}

/// Removes paired marks; none where there is no pair.
pub(super) fn strip(text: &str) -> Option<(String, Coverage)> {
    let mut runs = Vec::new();
    let mut open = [None; KINDS];
    let mut at = 0;
    while let Some(start) = text.get(at..)?.bytes().position(is_mark).map(|found| found + at) {
        let mark = text.as_bytes().get(start).copied()?;
        let len = text.get(start..)?.bytes().take_while(|b| *b == mark).count();
        at = start + len;
        let run = Run { start, len, mark, removed: false };
        if len <= LONGEST_RUN && (mark != b'~' || len == 2) {
            pair(text, run, &mut runs, &mut open);
        }
    }
    runs.retain(|run| run.removed);
    (!runs.is_empty()).then(|| without(text, &runs))
}

fn is_mark(b: u8) -> bool {
    matches!(b, b'*' | b'_' | b'~')
}

/// Closes the last open run of the same kind, or opens `run`.
fn pair(text: &str, run: Run, runs: &mut Vec<Run>, open: &mut [Option<usize>; KINDS]) {
    let (opens, closes) = sides(text, &run);
    let kind = run.kind();
    let Some(slot) = open.get(kind).copied() else { return };
    let this = runs.len();
    match slot.and_then(|opener| runs.get_mut(opener)) {
        Some(opener) if closes => {
            opener.removed = true;
            for other in open.iter_mut().filter(|other| **other >= slot) {
                *other = None;
            }
            runs.push(Run { removed: true, ..run });
        }
        _ if opens => {
            if let Some(slot) = open.get_mut(kind) {
                *slot = Some(this);
            }
            runs.push(run);
        }
        _ => {}
    }
}

/// Whether a run may open and whether it may close.
fn sides(text: &str, run: &Run) -> (bool, bool) {
    let before = text.get(..run.start).and_then(|text| text.chars().next_back());
    let after = text.get(run.start + run.len..).and_then(|text| text.chars().next());
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if run.len > 1 && run.mark != b'_' {
        return (!space(after), !space(before));
    }
    let opens = !word(before) && (word(after) || after.is_some_and(|c| "\"'([\u{a3}\u{2018}\u{201c}".contains(c)));
    let closes = !word(after) && (word(before) || before.is_some_and(|c| "\"').,;:!?%]\u{2019}\u{201d}".contains(c)));
    (opens, closes)
}

fn without(text: &str, runs: &[Run]) -> (String, Coverage) {
    let mut out = String::with_capacity(text.len());
    let mut coverage = Coverage::default();
    let mut open = [false; KINDS];
    let (mut at, mut opened) = (0, 0);
    for run in runs {
        let part = text.get(at..run.start).unwrap_or_default();
        coverage.add(part, is_bold(open), is_struck(open));
        out.push_str(part);
        at = run.start + run.len;
        let closes = open.get_mut(run.kind()).is_some_and(|open| std::mem::replace(open, !*open));
        let marked = if closes { out.get(opened..) } else { text.get(at..) };
        let after = text.get(at..).unwrap_or_default();
        if markup::would_run_together(&out, marked.unwrap_or_default(), after) {
            out.push(' ');
        }
        if !closes {
            opened = out.len();
        }
    }
    let part = text.get(at..).unwrap_or_default();
    coverage.add(part, is_bold(open), is_struck(open));
    out.push_str(part);
    (out, coverage)
}

/// `**`, `***`, `__` or `___` is open.
fn is_bold([_, stars, more_stars, _, lines, more_lines, ..]: [bool; KINDS]) -> bool {
    stars || more_stars || lines || more_lines
}

/// `~~` is open.
fn is_struck([.., tildes, _]: [bool; KINDS]) -> bool {
    tildes
}
