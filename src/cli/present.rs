//! Values in the form that people and records have them in.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use crate::model::assignment::Assignment;
use crate::model::field::Meaning;
use crate::model::location::At;
use crate::model::location::Place;
use crate::model::record::ChangeMatch;
use crate::model::vocabulary::Vocabulary;

/// What is put between columns.
const GAP: &str = "  ";

/// No column of a row that must be cut is narrower, so that something of each can be read.
const NARROWEST: usize = 6;

/// The changes of an assignment as a record has them.
pub(super) fn changes(assignment: &Assignment, vocabulary: &Vocabulary, edition: Option<&str>) -> Vec<ChangeMatch> {
    let id = |number| vocabulary.changes.iter().find(|entry| entry.number == number).map_or("", |entry| entry.id.as_str());
    assignment.changes.iter().map(|assigned| ChangeMatch::new(assigned, id(assigned.number), edition)).collect()
}

/// The name under which a unit variant is written to JSON.
pub(super) fn key(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(key)) => key,
        _ => String::new(),
    }
}

/// What a column means, as the model file names it.
pub(super) fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Field(field) => field.key(),
        Meaning::Change => "change",
        Meaning::Timescale => "timescale",
        Meaning::OpenTimescale => "open_timescale",
        Meaning::Level(_) => "level",
        Meaning::Group => "group",
    }
}

/// A place in a few letters.
pub(super) fn place(place: &Place) -> String {
    let at = At::from(place);
    if let (Some(line), Some(last)) = (at.line, at.last_line) {
        return if line == last { format!("line {line}") } else { format!("lines {line}-{last}") };
    }
    let sheet = at.sheet.zip(at.range).map(|(sheet, range)| format!("{}!{range}", visible(&sheet)));
    sheet.or_else(|| at.page.map(|page| format!("page {page}"))).unwrap_or_default()
}

/// `text` on one line, without anything that a terminal would obey.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let shown = text.replace("\r\n", "\n");
    Cow::Owned(
        shown
            .chars()
            .map(|c| {
                if c == '\n' {
                    '⏎'
                } else if c == '\t' {
                    ' '
                } else if is_obeyed(c) {
                    '�'
                } else {
                    c
                }
            })
            .collect(),
    )
}

/// Whether a terminal would obey `c`: it is a control character, or turns the direction of the text around it.
fn is_obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// At most `width` characters of `text`, with a mark where something was cut off; all of it for the width 0.
pub(super) fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if width == 0 || text.chars().nth(width).is_none() {
        return Cow::Borrowed(text);
    }
    let mut short: String = text.chars().take(width.saturating_sub(1)).collect();
    short.push('…');
    Cow::Owned(short)
}

/// Lines of cells in columns, each at most `width` characters long (0 for any length).
pub(super) fn aligned(rows: &[Vec<String>], width: usize) -> Vec<String> {
    let widths = column_widths(rows, width);
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{:width$}", cut(cell, *width))).collect();
        cut(cells.join(GAP).trim_end(), width).into_owned()
    };
    rows.iter().map(line).collect()
}

/// Widths of columns: as wide as their cells, or, where that is too wide, the wide ones all cut to one width.
fn column_widths(rows: &[Vec<String>], width: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        widths.iter_mut().zip(row).for_each(|(width, cell)| *width = (*width).max(cell.chars().count()));
    }
    if width == 0 {
        return widths;
    }
    let room = width.saturating_sub(GAP.len() * widths.len().saturating_sub(1));
    let fits = |cap: usize| widths.iter().map(|width| (*width).min(cap)).sum::<usize>() <= room;
    let cap = (NARROWEST..=width).rev().find(|cap| fits(*cap)).unwrap_or(NARROWEST);
    widths.into_iter().map(|width| width.min(cap).max(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]], width: usize) -> Vec<String> {
        let owned: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        aligned(&owned, width)
    }

    #[test]
    fn columns_are_as_wide_as_their_cells() {
        assert_eq!(rows(&[&["1", "Action", "Lead"], &["10", "Do", ""]], 0), ["1   Action  Lead", "10  Do"]);
    }

    #[test]
    fn wide_columns_give_way() {
        assert_eq!(rows(&[&["1", "Set a date on admission"], &["2", "x"]], 12), ["1  Set a da…", "2  x"]);
        assert!(rows(&[&["abcdefgh"; 9]], 20).iter().all(|line| line.chars().count() <= 20));
    }

    #[test]
    fn what_a_terminal_would_obey_is_not_shown() {
        assert_eq!(visible("a\r\nb\tc\u{1b}[2J"), "a⏎b c�[2J");
        assert_eq!(visible("plain"), "plain");
        assert_eq!(visible("plan\u{202e}vsc.exe"), "plan�vsc.exe");
    }
}
