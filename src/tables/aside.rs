//! Grids that are no table of items: facts about the document, keys and glossaries, notes in a box.

use super::facts;
use crate::model::audit::Became;
use crate::model::recognise::Recognise;
use crate::model::source::GridRow;
use crate::model::text::fold;
use crate::model::text::has_words;

/// What opens a key or a note.
const KEYS: [&str; 12] =
    ["key", "legend", "rag key", "rag", "note", "notes", "source", "sources", "glossary", "abbreviations", "nb", "please note"];

/// What a grid without a header of its own is, where it is no table; `open` is the width of the table that it could continue.
pub(super) fn judge(rows: &[GridRow], open: Option<usize>, recognise: &dyn Recognise) -> Option<Became> {
    // Blank cells count where the source gives them one by one; on a sheet all rows are as wide as the widest.
    let reach = |row: &GridRow| {
        let filled = row.cells.last().map_or(0, |cell| cell.column.get() + cell.colspan.max(1) as usize);
        if row.place.is_on_sheet() { filled } else { filled.max(row.width as usize) }
    };
    let width = rows.iter().map(reach).max().unwrap_or(0);
    let rows: Vec<(&str, usize)> = rows
        .iter()
        .filter_map(|row| {
            let mut said = row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| has_words(text));
            Some((said.next()?, 1 + said.count()))
        })
        .collect();
    if rows.is_empty() || width > 3 {
        return None;
    }
    let most = |test: &dyn Fn(&str, usize) -> bool| {
        let met = rows.iter().filter(|(text, cells)| test(text, *cells)).count();
        met * 3 >= rows.len() * 2
    };
    if most(&|text, cells| is_key(text) || (cells == 2 && KEYS.contains(&fold(text).as_str())))
        || (width >= 2 && most(&|text, cells| cells == 2 && recognise.is_value(text)))
    {
        return Some(Became::Legend);
    }
    if most(&|text, cells| cells <= 2 && facts::is_fact_cell(text, recognise)) {
        return Some(Became::Narrative);
    }
    // One column beside a table of several is a box of text and not the table's next part.
    (width == 1 && open.is_none_or(|columns| columns > 1)).then_some(Became::Narrative)
}

fn is_key(text: &str) -> bool {
    text.split_once([':', '-', '–']).is_some_and(|(before, _)| KEYS.contains(&fold(before).as_str()))
}

/// "Note: the board asked for more": a remark in a row of its own. What only opens with "Source" or "RAG" may be an item.
pub(super) fn is_remark(text: &str) -> bool {
    let before = text.split_once(':').map(|(before, _)| fold(before)).unwrap_or_default();
    matches!(before.as_str(), "note" | "notes" | "nb" | "please note")
}

/// "Key | X = current level": a row of a table that explains it. A rating column's "RAG" alone is no such row.
pub(super) fn is_key_row<'a>(mut texts: impl Iterator<Item = &'a str>) -> bool {
    let Some(first) = texts.next() else { return false };
    let folded = fold(first);
    let key = folded != "rag" && KEYS.contains(&folded.as_str());
    key && texts.next().is_some() && texts.next().is_none()
}
