//! The title of a document: of the lines above its first table, the one that most reads like one.

use super::facts::is_fact;
use super::facts::is_sentence;
use crate::model::audit::Became;
use crate::model::location::Place;
use crate::model::recognise::Recognise;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;
use crate::model::table::Content;
use crate::model::table::Heading;
use crate::model::table::HeadingKind;
use crate::model::table::Layout;
use crate::model::table::Line;
use crate::model::table::Piece;

/// How many lines of a document may be its title.
const REACH: usize = 40;

/// Longest line in words that is a title whatever it tells.
const TELLS: usize = 8;

/// Names the document of `layout`; a line that becomes the title says so.
pub(super) fn name(layout: &mut Layout<'_>, recognise: &dyn Recognise) {
    let above = layout.lines.iter().take_while(|line| !matches!(line.became, Became::ColumnHeader | Became::Item));
    let scored = above.take(REACH).enumerate().filter_map(|(index, line)| Some((index, score(index, line, recognise)?)));
    let best = scored.fold(None, |best: Option<(usize, f64)>, (index, score)| match best {
        Some((_, most)) if most >= score => best,
        _ => Some((index, score)),
    });
    if let Some((index, _)) = best {
        let line = &mut layout.lines[index];
        line.became = Became::Title;
        let pieces = match &line.content {
            Content::Text(block) => vec![Piece::block(block)],
            Content::Row(row) => row.cells.iter().map(|cell| Piece::cell(cell, line.row.unwrap_or(0))).collect(),
            Content::Pieces(pieces) => pieces.clone(),
        };
        layout.title = Some(Heading { pieces, kind: HeadingKind::Title, parent: None });
        return;
    }
    // A title may stand in a cell of the first table's header.
    let of_table = layout.tables.first().and_then(|table| table.headings.first()).filter(|h| h.kind == HeadingKind::Title);
    let piece = of_table.and_then(|heading| heading.pieces.iter().find(|piece| recognise.title_words(piece.text) > 1)).copied();
    layout.title = piece.map(|piece| Heading { pieces: vec![piece], kind: HeadingKind::Title, parent: None });
}

/// How much a line reads like a title; none where it cannot be one.
fn score(index: usize, line: &Line<'_>, recognise: &dyn Recognise) -> Option<f64> {
    if !matches!(line.became, Became::Narrative | Became::Section) {
        return None;
    }
    // A sheet's name tells what it holds, not what the document is.
    if matches!(line.content.place(), Some(Place::Sheet(_))) {
        return None;
    }
    // Nor does a row of several cells that no table took, or the names of changes across.
    let texts: Vec<&str> = match &line.content {
        Content::Row(row) => row.texts().map(|cell| cell.text.as_str()).collect(),
        Content::Pieces(pieces) => pieces.iter().map(|piece| piece.text).collect(),
        Content::Text(_) => Vec::new(),
    };
    let named = texts.iter().filter(|text| recognise.names_change(text)).count();
    if named > 1 || (line.became == Became::Narrative && texts.len() > 1) {
        return None;
    }
    let text = line.content.text();
    let count = text.split_whitespace().count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let reads = (2..=40).contains(&count)
        && !is_fact(&text, recognise)
        && !is_sentence(&text)
        && !text.contains('\n')
        && letters > text.len() / 2;
    let marked = matches!(line.content, Content::Text(TextBlock { kind: TextKind::Heading(_), .. }));
    // A long line without a mark that tells how things stand is running text, full stop or not.
    let tells = !marked && count > TELLS && recognise.title_words(&text) == 0 && recognise.telling(&text).is_some();
    let list_item = matches!(line.content, Content::Text(TextBlock { kind: TextKind::ListItem, .. }));
    // A heading that names one of the changes is a part's.
    let named = recognise.heading(&text).filter(|guess| guess.coverage >= 0.5);
    let of_part = named.is_some();
    let of_change = named.is_some_and(|guess| guess.change.is_some());
    if (!reads && !marked) || list_item || (marked && of_part) || of_change || tells || is_address(&text) {
        return None;
    }
    let words = f64::from(u8::try_from(recognise.title_words(&text).min(3)).unwrap_or(3));
    let place = f64::from(u32::try_from(index).unwrap_or(u32::MAX)) * 0.05;
    Some(words + if marked { 3.0 } else { 0.0 } - if of_part { 2.0 } else { 0.0 } - place)
}

/// A postal or electronic address: a line that ends in a postcode, or holds an address of the internet.
fn is_address(text: &str) -> bool {
    let outward = |word: &str| {
        (2..=4).contains(&word.len())
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.bytes().any(|b| b.is_ascii_digit())
            && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    let inward = |word: &str| {
        let letters = word.bytes().skip(1).all(|b| b.is_ascii_uppercase());
        word.len() == 3 && word.starts_with(|c: char| c.is_ascii_digit()) && letters
    };
    let mut last = text.split_whitespace().rev();
    let postcode = last.next().is_some_and(inward) && last.next().is_some_and(outward);
    postcode || text.contains('@') || text.contains("www.") || text.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_no_titles() {
        assert!(is_address("Civic Centre, High Street, AB1 2CD"));
        assert!(is_address("plans@westmarch.example"));
        assert!(!is_address("Plan for Q4 2018"));
    }
}
