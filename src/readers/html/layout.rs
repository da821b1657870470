//! Tables that only arrange a page: they are passed through, and what stands in their cells is read by itself.

use std::collections::BTreeSet;

use crate::readers::html::events::Event;
use crate::readers::html::events::attribute;

/// What one open table holds.
#[derive(Default)]
struct Content {
    at: usize,
    presentation: bool,
    rows: usize,
    cells: usize,
    /// Characters outside inner tables.
    own: usize,
    /// Characters in inner tables.
    inner: usize,
    tables: usize,
    headings: usize,
}

impl Content {
    /// A table that holds tables arranges them if it has one row or one cell, says so, or has less text than they. One row with
    /// a heading is the head of a page.
    fn is_layout(&self) -> bool {
        if self.headings > 0 && self.rows <= 1 {
            return true;
        }
        self.tables > 0 && (self.rows <= 1 || self.cells <= 1 || self.presentation || self.inner > self.own)
    }
}

/// Positions of the events that open such tables.
pub(super) fn tables(events: &[Event<'_>]) -> BTreeSet<usize> {
    let mut layout = BTreeSet::new();
    let mut open: Vec<Content> = Vec::new();
    let mut ends = Vec::new();
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Open { element, end } => match element.name() {
                "table" => {
                    let presentation = attribute(element, "role").is_some_and(|role| role == "presentation" || role == "none");
                    open.push(Content { at, presentation, ..Content::default() });
                    ends.push(*end);
                }
                "tr" => count(&mut open, |table| table.rows += 1),
                "h1" | "h2" | "h3" => count(&mut open, |table| table.headings += 1),
                "td" | "th" => count(&mut open, |table| table.cells += 1),
                _ => {}
            },
            Event::Text(text) => {
                let visible = text.bytes().filter(|b| !b.is_ascii_whitespace()).count();
                count(&mut open, |table| table.own += visible);
            }
            Event::Close if ends.last() == Some(&at) => {
                ends.pop();
                let Some(table) = open.pop() else { continue };
                count(&mut open, |outer| {
                    outer.inner += table.own + table.inner;
                    outer.tables += 1;
                });
                if table.is_layout() {
                    layout.insert(table.at);
                }
            }
            Event::Close => {}
        }
    }
    layout
}

fn count(open: &mut [Content], add: impl FnOnce(&mut Content)) {
    if let Some(table) = open.last_mut() {
        add(table);
    }
}
