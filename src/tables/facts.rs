//! What a document says of itself on its cover: "Date: …", "Completed by | …"; and what is running text.

use crate::model::recognise::Recognise;
use crate::model::source::GridRow;
use crate::model::text::has_words;

/// Longest label in words that nobody knows and that a colon ends.
const LABEL_WORDS: usize = 20;

/// Most texts in a row of labels and answers: three pairs.
const TEXTS: usize = 6;

/// "Date: …", "Updated 12 March 2018": what a cover says of the document.
pub(super) fn is_fact(text: &str, recognise: &dyn Recognise) -> bool {
    let key = text.split_once(':').is_some_and(|(key, _)| recognise.is_cover_label(key));
    let first = text.split_whitespace().next().unwrap_or_default();
    key || (text.bytes().any(|b| b.is_ascii_digit()) && recognise.opens_cover(first))
}

/// Whether a cell names what a fact is about, which the next one says.
pub(super) fn is_fact_cell(text: &str, recognise: &dyn Recognise) -> bool {
    recognise.is_cover_label(text.split_once(':').map_or(text, |(before, _)| before))
}

/// Whether a row holds labels and an answer to each: "E-mail: | …", "Version | 2.1", "Date: 3 May".
///
/// A label that a colon ends need not be known, unless it is a question about the plan. Where a label stands beside another one
/// the row is a header.
pub(super) fn is_fact_row(row: &GridRow, recognise: &dyn Recognise) -> bool {
    let texts: Vec<&str> = row.texts().map(|cell| cell.text.trim()).filter(|text| has_words(text)).collect();
    let Some(first) = texts.first() else { return false };
    let ends = first.ends_with(':');
    let asks = |text: &str| {
        let plan = recognise.header(text).is_some_and(|guess| guess.similarity >= 0.8) && !recognise.is_cover_label(text);
        plan || recognise.names_change(text)
    };
    let unknown = ends && first.split_whitespace().count() <= LABEL_WORDS && !asks(first.trim_end_matches(':'));
    let is_label = is_fact_cell(first, recognise) && (ends || texts.len() > 1 || first.contains(':'));
    let Some(second) = texts.get(1) else { return is_label || unknown };
    if !(is_label || unknown) || texts.len() > TEXTS {
        return false;
    }
    // "Area | Activity required | Outcome | …" heads a table.
    let known = |text: &&&str| recognise.header(text).is_some_and(|guess| guess.is_likely());
    let headers = texts.iter().skip(1).filter(known).count();
    if headers >= 2 && headers * 2 > texts.len() - 1 {
        return false;
    }
    let header = second.ends_with(':') || (!ends && recognise.is_cover_label(second)) || recognise.is_known_header(second);
    !header
}

/// Whether a row of a form says something of the document: a label of a cover that asks nothing of the plan.
pub(super) fn is_about(row: &GridRow, recognise: &dyn Recognise) -> bool {
    let first = row.texts().next().map(|cell| cell.text.trim_end().trim_end_matches(':')).unwrap_or_default();
    is_fact_row(row, recognise) && is_fact_cell(first, recognise) && !recognise.is_known_header(first)
}

/// Whether a row only explains what is asked: "Challenges | Please describe …".
pub(super) fn is_explanation(row: &GridRow) -> bool {
    let mut texts = row.texts();
    let (first, second, third) = (texts.next(), texts.next(), texts.next());
    first.is_some() && third.is_none() && second.is_some_and(|cell| asks_politely(&cell.text))
}

/// Longest text in bytes that says what to fill in.
const REQUEST: usize = 600;

/// "Please describe …": what is to be filled in, not what was.
pub(super) fn asks_politely(text: &str) -> bool {
    let opens = text.trim_start().get(..7).is_some_and(|start| start.eq_ignore_ascii_case("please "));
    opens && text.len() <= REQUEST
}

/// Running text, not a heading: several words and a full stop.
pub(super) fn is_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', ';']) && text.split_whitespace().count() > 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_no_answers() {
        assert!(asks_politely("Please describe what your area finds hard"));
        assert!(!asks_politely("Pleased with the new hub"));
        assert!(!asks_politely("We ask partners to please reply"));
    }

    #[test]
    fn running_text_is_told_by_its_length_and_its_end() {
        assert!(is_sentence("The board met twice and agreed all of the plan."));
        assert!(!is_sentence("Agreed by the board."));
    }
}
