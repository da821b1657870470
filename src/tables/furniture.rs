//! Page furniture: lines that a document repeats at every page, page numbers, notes about blank pages.

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::model::recognise::Recognise;
use crate::model::source::Block;
use crate::model::source::Source;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;
use crate::model::text::fold;

/// From how many repeats a line is furniture: a title and one cross reference to it make two.
const REPEATS: usize = 3;

/// Which text lines of a source are furniture.
pub(super) struct Furniture {
    repeats: FxHashMap<String, usize>,
    /// For what stands before the colon of a line, how many different lines begin so.
    answers: FxHashMap<String, usize>,
}

/// From so many different answers on a line is about an item: a document has one owner and one date.
const ANSWERS: usize = 3;

impl Furniture {
    /// Counts the lines of `source`.
    pub(super) fn of(source: &Source) -> Self {
        let mut repeats = FxHashMap::default();
        let mut answers = FxHashMap::default();
        let mut seen = FxHashSet::default();
        for block in &source.blocks {
            let Block::Text(text) = block else { continue };
            *repeats.entry(fold(&text.text)).or_insert(0) += 1;
            if let Some((key, _)) = text.text.split_once(':').filter(|_| seen.insert(text.text.as_str())) {
                *answers.entry(fold(key)).or_insert(0) += 1;
            }
        }
        Self { repeats, answers }
    }

    /// Whether `block` is furniture. A line that names a change is a heading, however often it is repeated.
    pub(super) fn is_furniture(&self, block: &TextBlock, recognise: &dyn Recognise) -> bool {
        if block.kind == TextKind::Furniture {
            return true;
        }
        let key = fold(&block.text);
        if is_page_note(&key) {
            return true;
        }
        let repeated = self.repeats.get(&key).is_some_and(|n| *n >= REPEATS);
        // "Current position" under each change says what stands below it, "Lead: Ann Lee" what stands above.
        let key = block.text.split_once(':').map(|(key, _)| key);
        let of_items = |key: &str| self.answers.get(&fold(key)).is_some_and(|n| *n >= ANSWERS);
        let is_header = |text: &str| recognise.header(text).is_some_and(|guess| guess.is_likely());
        let answers = key.is_some_and(|key| is_header(key) && (!recognise.is_cover_label(key) || of_items(key)));
        let asks = answers || is_header(&block.text);
        repeated && !asks && block.kind != TextKind::ListItem && recognise.heading(&block.text).is_none()
    }
}

/// "Page 3 of 9", "3", "This page is intentionally left blank"; `key` is folded.
fn is_page_note(key: &str) -> bool {
    if key.contains("page") && key.contains("left blank") {
        return true;
    }
    let mut numbers = 0;
    for word in key.split(' ') {
        if word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty() {
            numbers += 1;
        } else if !matches!(word, "page" | "of" | "p") {
            return false;
        }
    }
    (1..=2).contains(&numbers)
}

#[cfg(test)]
mod tests {
    use super::is_page_note;

    #[test]
    fn page_notes() {
        assert!(is_page_note("page 3 of 12"));
        assert!(is_page_note("7"));
        assert!(is_page_note("this page is intentionally left blank"));
        assert!(!is_page_note("page turning 3"));
        assert!(!is_page_note("2017 18 plan"));
        assert!(!is_page_note(""));
    }
}
