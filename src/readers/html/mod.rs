//! HTML: tables with their spans and fills, headings, paragraphs and list items.
//!
//! The text is prepared first (`prepare`: lines written into the tags, nesting capped), parsed by html5ever, and laid out as
//! a flat list of events (`events`). A walk over that makes text blocks (`flow`); a table becomes a grid (`table`) unless it
//! only arranges other tables (`layout`).

mod css;
mod events;
mod flow;
mod inline;
mod layout;
mod prepare;
mod table;

use scraper::Html;

use crate::model::source::Block;
use crate::model::text::collapse;
use crate::readers::error::ReadError;
use crate::readers::html::events::Event;
use crate::readers::html::flow::Role;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;

/// A document or fragment as it was read.
pub(super) struct Page {
    /// The `<title>`.
    pub(super) title: Option<String>,
    /// Its blocks.
    pub(super) blocks: Vec<Block>,
}

/// Reads a document or a fragment, whose first line has the zero-based index `first_line`.
pub(super) fn read(text: &str, first_line: usize, limits: &Limits, budget: &mut Budget) -> Result<Page, ReadError> {
    let prepared = prepare::prepare(text, first_line, limits)?;
    let document = Html::parse_document(&prepared);
    drop(prepared);
    let events = events::list(&document);
    let sheet = css::Sheet::of(&events);
    let layout = layout::tables(&events);
    let (title_at, title) = title(&events).unzip();
    let blocks = flow::Flow::new(&events, &sheet, &layout, budget).read(first_line, title_at)?;
    Ok(Page { title, blocks })
}

/// Position and text of the first `<title>` that the walk itself comes to.
fn title(events: &[Event<'_>]) -> Option<(usize, String)> {
    let mut at = 0;
    while let Some(event) = events.get(at) {
        match event {
            Event::Open { element, .. } if element.name() == "title" => break,
            Event::Open { element, end } if matches!(flow::role(element), Role::Table | Role::Preformatted | Role::Skip) => {
                at = *end;
            }
            _ => {}
        }
        at += 1;
    }
    let inside = events.iter().skip(at + 1).take_while(|event| !matches!(event, Event::Close));
    let text: String = inside.filter_map(|event| if let Event::Text(text) = event { Some(*text) } else { None }).collect();
    let text = collapse(&text).into_owned();
    (!text.is_empty()).then_some((at, text))
}

#[cfg(test)]
mod tests;
