//! Titles in the properties of documents.

use crate::model::text::collapse;

/// Titles that programs give to what nobody gave a title.
const UNASKED: [&str; 6] = ["word document", "powerpoint presentation", "document", "presentation", "slide 1", "no slide title"];

/// What printing to a file puts in front.
const PRINTED: &str = "Microsoft Word - ";

/// The title, unless it is empty or nobody gave it.
pub(super) fn told(title: &str) -> Option<String> {
    let title = collapse(title);
    let title = title.strip_prefix(PRINTED).unwrap_or(&title);
    let folded = title.to_lowercase();
    let numbered = folded.strip_prefix("document").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    (!title.is_empty() && !numbered && !UNASKED.contains(&folded.as_str())).then(|| title.to_owned())
}
