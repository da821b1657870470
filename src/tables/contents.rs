//! Lists of contents: they name what stands elsewhere and govern nothing.
//!
//! Two things tell an entry: it ends in leaders or a wide gap and a page's number, or it stands in a run of unmarked lines that
//! name one change after the other with nothing between them.

use rustc_hash::FxHashSet;

use super::shapes::tail;
use crate::model::change::ChangeNumber;
use crate::model::recognise::Recognise;
use crate::model::source::Block;
use crate::model::source::Source;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;
use crate::model::text::has_words;

/// So many names in a row are a list.
const RUN: usize = 3;

/// Longest entry in words: the longest name of a change has eleven.
const WORDS: usize = 16;

/// The blocks of `source` that are entries of a list of contents, by their index.
pub(super) fn entries(source: &Source, recognise: &dyn Recognise) -> FxHashSet<usize> {
    let mut entries = FxHashSet::default();
    let mut run: Vec<(usize, ChangeNumber)> = Vec::new();
    for (index, block) in source.blocks.iter().enumerate() {
        let text = match block {
            // What the source itself marks as a list of contents is furniture already.
            Block::Text(text) if !has_words(&text.text) || text.kind == TextKind::Furniture => continue,
            Block::Text(text) => Some(text),
            Block::Grid(_) => None,
        };
        if text.is_some_and(|text| leads_to_page(&text.text)) {
            entries.insert(index);
            continue;
        }
        let named = text.and_then(|text| named(text, recognise));
        if named.is_none_or(|change| run.last().is_some_and(|(_, last)| *last >= change)) {
            close(&run, source, recognise, &mut entries);
            run.clear();
        }
        run.extend(named.map(|change| (index, change)));
    }
    close(&run, source, recognise, &mut entries);
    entries
}

/// Takes a run of names as a list. Its last one is a heading where something else follows that it may govern, unless a later
/// line names its change again.
fn close(run: &[(usize, ChangeNumber)], source: &Source, recognise: &dyn Recognise, entries: &mut FxHashSet<usize>) {
    let Some((last, change)) = run.last().filter(|_| run.len() >= RUN) else { return };
    let later = source.blocks.get(last + 1..).unwrap_or_default();
    let again = later.iter().any(|block| match block {
        Block::Text(text) => named(text, recognise) == Some(*change),
        Block::Grid(grid) => {
            let mut firsts = grid.rows.iter().filter_map(|row| row.texts().next());
            firsts.any(|cell| names(&cell.text, recognise) == Some(*change))
        }
    });
    let kept = usize::from(!again && !later.is_empty());
    entries.extend(run.iter().take(run.len() - kept).map(|(index, _)| index));
}

/// The change that an unmarked line names and nothing else.
fn named(text: &TextBlock, recognise: &dyn Recognise) -> Option<ChangeNumber> {
    matches!(text.kind, TextKind::Paragraph | TextKind::ListItem).then(|| names(&text.text, recognise)).flatten()
}

fn names(text: &str, recognise: &dyn Recognise) -> Option<ChangeNumber> {
    let short = text.split_whitespace().count() <= WORDS && tail::before_more(text, recognise).is_none();
    recognise.heading(text).filter(|guess| short && guess.similarity * guess.coverage >= 0.7).and_then(|guess| guess.change)
}

/// Whether a line ends in dots, a tab or a wide gap and the number of a page.
fn leads_to_page(text: &str) -> bool {
    let text = text.trim();
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if before.len() == text.len() || text.len() - before.len() > 3 {
        return false;
    }
    let leaders = |c: char| matches!(c, '.' | '…' | '·' | '_' | '‥') || c.is_whitespace();
    let entry = before.trim_end_matches(leaders);
    let gap = before.get(entry.len()..).unwrap_or_default();
    let dots = gap.chars().filter(|c| !c.is_whitespace()).count();
    has_words(entry) && (dots >= 3 || gap.contains(['…', '\t']) || gap.chars().count() >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_lead_to_a_page() {
        assert!(leads_to_page("1. Early discharge planning ......... 2"));
        assert!(leads_to_page("Glossary\t14"));
        assert!(leads_to_page("Our plan … 3"));
        assert!(!leads_to_page("Buy 12 beds by week 3"));
        assert!(!leads_to_page("Open the hub in 2018"));
        assert!(!leads_to_page("Plan for Q4. 2"));
    }
}
