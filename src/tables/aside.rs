//! Grids that are no table of items: facts about the document, keys and glossaries, notes in a box.

use super::facts;
use crate::model::audit::Became;
use crate::model::recognise::Recognise;
use crate::model::source::GridRow;
use crate::model::text::fold;
use crate::model::text::has_words;

/// What a grid without a header of its own is, where it is no table; `open` is the width of the table that it could continue.
pub(super) fn judge(said_rows: &[GridRow], open: Option<usize>, recognise: &dyn Recognise) -> Option<Became> {
    // Blank cells count where the source gives them one by one; on a sheet all rows are as wide as the widest.
    let reach = |row: &GridRow| {
        let filled = row.cells.last().map_or(0, |cell| cell.column.get() + cell.colspan.max(1) as usize);
        if row.place.is_on_sheet() { filled } else { filled.max(row.width as usize) }
    };
    let width = said_rows.iter().map(reach).max().unwrap_or(0);
    if is_colour_key(said_rows, open.is_some(), recognise) {
        return Some(Became::Legend);
    }
    let rows: Vec<(&str, usize)> = said_rows
        .iter()
        .filter_map(|row| {
            let mut said = row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| has_words(text));
            Some((said.next()?, 1 + said.count()))
        })
        .collect();
    if is_of_figures(said_rows) {
        return Some(Became::Narrative);
    }
    if rows.is_empty() || width > 3 {
        return None;
    }
    let most = |test: &dyn Fn(&str, usize) -> bool| {
        let met = rows.iter().filter(|(text, cells)| test(text, *cells)).count();
        met * 3 >= rows.len() * 2
    };
    if most(&|text, cells| is_key(text, recognise) || (cells == 2 && recognise.opens_key(text)))
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

/// Most words of what a key says of a colour.
const KEY_WORDS: usize = 8;

/// Most colours of a key.
const KEY_COLOURS: usize = 8;

/// Whether each text stands in a colour of its own, or beside a cell in one: "On track" in green, "At risk" in amber. Where a
/// table may go on here, an action beside its rating looks like that, too, so the texts themselves must be coloured.
fn is_colour_key(rows: &[GridRow], within: bool, recognise: &dyn Recognise) -> bool {
    let cells = || rows.iter().flat_map(|row| &row.cells);
    let mut fills: Vec<[u8; 3]> = Vec::new();
    for fill in cells().filter_map(|cell| cell.style.fill).take(KEY_COLOURS + 1) {
        if fills.contains(&fill) {
            return false;
        }
        fills.push(fill);
    }
    let opens = cells().find(|cell| has_words(&cell.text)).filter(|cell| recognise.opens_key(&cell.text));
    let texts = || cells().filter(|cell| has_words(&cell.text)).skip(usize::from(opens.is_some()));
    let short = |text: &str| text.split_whitespace().count() <= KEY_WORDS;
    let beside = |row: &GridRow| row.cells.windows(2).all(|pair| pair[1].column.get() <= pair[0].column.get() + 1);
    (2..=KEY_COLOURS).contains(&fills.len())
        && texts().count() == fills.len()
        && texts().all(|cell| short(&cell.text) && (cell.style.fill.is_some() || !within))
        && rows.iter().all(beside)
}

/// Rows of figures by name, below a row that says what they are: what was counted or spent, and no part of a plan.
fn is_of_figures(rows: &[GridRow]) -> bool {
    const LEAST: usize = 2;
    const TITLES: usize = 3;
    let figures = |row: &GridRow| row.texts().filter(|cell| is_figure(&cell.text)).count();
    let said: Vec<&GridRow> = rows.iter().filter(|row| row.texts().any(|cell| has_words(&cell.text))).collect();
    let titles = said.iter().take_while(|row| figures(row) == 0).count();
    let below = said.get(titles..).unwrap_or_default();
    let of_figures = |row: &&GridRow| figures(row) >= 2 && figures(row) + 1 >= row.texts().count();
    (1..=TITLES).contains(&titles) && below.len() >= LEAST && below.iter().all(of_figures)
}

/// "£1,250,000", "12.5%", "(340)", "1.2m".
pub(super) fn is_figure(text: &str) -> bool {
    let text = text.trim().trim_matches(|c: char| matches!(c, '(' | ')' | '£' | '%' | '-' | '+' | '−' | ' '));
    let text = text.trim_end_matches(['k', 'K', 'm', 'M']);
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) && text.matches('.').count() <= 1
}

fn is_key(text: &str, recognise: &dyn Recognise) -> bool {
    text.split_once([':', '-', '–']).is_some_and(|(before, _)| recognise.opens_key(before))
}

/// "Note: the board asked for more": a remark in a row of its own. What only opens with "Source" or "RAG" may be an item.
pub(super) fn is_remark(text: &str, recognise: &dyn Recognise) -> bool {
    text.split_once(':').is_some_and(|(before, _)| recognise.opens_note(before))
}

/// "Describe …", "(name and post)", "dd/mm/yyyy", "Who will lead?": what to fill in, where most cells of a row below the header say such.
pub(super) fn requests(text: &str, recognise: &dyn Recognise) -> bool {
    let text = text.trim();
    let bracketed =
        [('(', ')'), ('[', ']'), ('<', '>')].iter().any(|(open, close)| text.starts_with(*open) && text.ends_with(*close));
    let date = text.contains(['d', 'D'])
        && text.contains(['y', 'Y'])
        && text.chars().all(|c| matches!(c.to_ascii_lowercase(), 'd' | 'm' | 'y' | '/' | '.' | '-' | ' '));
    bracketed || date || text.ends_with('?') || recognise.is_request(text) || recognise.is_placeholder(text)
}

/// A row that shows how to fill in: it says so in front, or half of its cells open with "e.g.".
pub(super) fn is_example_row<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let opens = |text: &str| {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        ["e.g.", "e.g ", "eg ", "eg.", "eg:", "for example", "example:", "example -", "example –"]
            .iter()
            .any(|sign| text.starts_with(sign))
    };
    let (mut all, mut shown, mut first) = (0, 0, false);
    for text in texts {
        first |= all == 0 && fold(text) == "example";
        all += 1;
        shown += usize::from(opens(text));
    }
    first || (shown > 0 && shown * 2 >= all)
}

/// "Key | X = current level": a row of a table that explains it. A rating column's "RAG" alone is no such row.
pub(super) fn is_key_row<'a>(mut texts: impl Iterator<Item = &'a str>, recognise: &dyn Recognise) -> bool {
    let Some(first) = texts.next() else { return false };
    let key = recognise.opens_key(first) && fold(first) != "rag";
    key && texts.next().is_some() && texts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_dates_and_words() {
        assert!(["£1,250,000", "12.5%", "(340)", "-3", "£1.2m", "0"].into_iter().all(is_figure));
        assert!(["31.03.18", "12/06/2017", "none", "3 wards", "-", ""].into_iter().all(|text| !is_figure(text)));
    }

    #[test]
    fn examples_say_that_they_are() {
        assert!(is_example_row(["Example", "Open a hub", "Ann Lee"].into_iter()));
        assert!(is_example_row(["e.g. Home first", "e.g. Open a hub", "Ann Lee"].into_iter()));
        assert!(!is_example_row(["Home first", "Open hubs, e.g. in the north", "Ann Lee"].into_iter()));
        assert!(!is_example_row(std::iter::empty()));
    }
}
