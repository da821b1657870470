//! What a document says of itself on its cover: "Date: …", "Completed by | …"; and what is running text.

use crate::model::text::fold;

/// What stands before a fact about a document.
const FACTS: [&str; 51] = [
    "agreed by",
    "approved by",
    "area",
    "author",
    "authors",
    "ccg",
    "ccgs",
    "completed by",
    "contact",
    "contact email",
    "contact name",
    "council",
    "date",
    "date completed",
    "date of submission",
    "date signed",
    "dated",
    "email",
    "from",
    "health and well being board",
    "health and wellbeing board",
    "hwb",
    "last updated",
    "local authority",
    "locality",
    "organisation",
    "owner",
    "period",
    "phone",
    "prepared by",
    "quarter",
    "reference",
    "region",
    "reporting period",
    "review date",
    "selected health and well being board",
    "selected health and wellbeing board",
    "selected hwb",
    "signed off",
    "signed off by",
    "status",
    "submission",
    "submitted by",
    "tel",
    "telephone",
    "time",
    "to",
    "trust",
    "updated",
    "venue",
    "version",
];

/// Words that open a line about the document's date or state.
const DATED: [&str; 5] = ["updated", "dated", "date", "version", "draft"];

/// "Date: …", "Updated 12 March 2018": what a cover says of the document.
pub(super) fn is_fact(text: &str) -> bool {
    let key = text.split_once(':').is_some_and(|(key, _)| FACTS.contains(&fold(key).as_str()));
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    key || (DATED.contains(&first.as_str()) && text.bytes().any(|b| b.is_ascii_digit()))
}

/// Whether a cell names what a fact is about, which the next one says.
pub(super) fn is_fact_cell(text: &str) -> bool {
    let before = text.split_once(':').map_or(text, |(before, _)| before);
    before.split_whitespace().count() <= 6 && FACTS.contains(&fold(before).as_str())
}

/// Running text, not a heading: several words and a full stop.
pub(super) fn is_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', ';']) && text.split_whitespace().count() > 7
}
