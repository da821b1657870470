//! Markdown emphasis in a cell or line of text that is not Markdown as a whole.
//!
//! Stricter than `CommonMark`: a single `*` or `_` opens only at the start of a word and closes only at its end, and a run that
//! has no partner stays, since in plain text an asterisk is as often a footnote mark.

use crate::readers::markup;
use crate::readers::markup::Coverage;

/// Longest run that is a mark: `***`. Longer ones are lines to write on, or rulings.
const LONGEST_RUN: usize = 3;

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
    let mut open = [None; 3 * LONGEST_RUN];
    let mut at = 0;
    while let Some(start) = text.bytes().skip(at).position(is_mark).map(|found| found + at) {
        let mark = text.as_bytes().get(start).copied()?;
        let len = text.bytes().skip(start).take_while(|b| *b == mark).count();
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
fn pair(text: &str, run: Run, runs: &mut Vec<Run>, open: &mut [Option<usize>; 3 * LONGEST_RUN]) {
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
    let (mut bold, mut struck, mut at) = ([false; 2], false, 0);
    for (index, run) in runs.iter().enumerate() {
        let part = text.get(at..run.start).unwrap_or_default();
        coverage.add(part, bold.contains(&true), struck);
        out.push_str(part);
        at = run.start + run.len;
        let open = match (run.mark, run.len) {
            (b'~', _) => flip(&mut struck),
            (_, 1) => false,
            (b'*', _) => flip(&mut bold[0]),
            _ => flip(&mut bold[1]),
        };
        let next = runs.get(index + 1).map_or(text.len(), |next| next.start);
        let marked = if open { text.get(at..next).unwrap_or_default() } else { part };
        let rest = text.get(at..).unwrap_or_default();
        if markup::would_run_together(&out, marked, rest) {
            out.push(' ');
        }
    }
    let part = text.get(at..).unwrap_or_default();
    coverage.add(part, bold.contains(&true), struck);
    out.push_str(part);
    (out, coverage)
}

fn flip(flag: &mut bool) -> bool {
    *flag = !*flag;
    *flag
}
