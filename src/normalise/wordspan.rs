//! The words of a cell with their places in it, for readers that hand back the source's own spelling.

use std::ops::Range;

/// A word: a maximal run of letters and digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WordSpan {
    /// The word in lower case.
    pub(super) lower: String,
    /// Bytes of the cell that it takes.
    pub(super) at: Range<usize>,
}

/// The words of `text` in order. An apostrophe ends a word like any other mark.
pub(super) fn word_spans(text: &str) -> Vec<WordSpan> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric(), open) {
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                push(text, start..at, &mut out);
                open = None;
            }
            _ => {}
        }
    }
    if let Some(start) = open {
        push(text, start..text.len(), &mut out);
    }
    out
}

fn push(text: &str, at: Range<usize>, out: &mut Vec<WordSpan>) {
    let lower = text.get(at.clone()).unwrap_or_default().to_lowercase();
    out.push(WordSpan { lower, at });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_places() {
        let text = "\u{2013} Plans, in Été2";
        let spans = word_spans(text);
        let lower: Vec<&str> = spans.iter().map(|w| w.lower.as_str()).collect();
        assert_eq!(lower, ["plans", "in", "été2"]);
        assert_eq!(spans.last().and_then(|w| text.get(w.at.clone())), Some("Été2"));
        assert_eq!(word_spans(" .-"), []);
    }
}
