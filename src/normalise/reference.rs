//! References printed in front of an action: "1.1.1 Identify …" is reference "1.1.1" and action "Identify …".

use crate::model::assignment::ColumnUse;
use crate::model::field::Field;
use crate::model::numbering::numbered;
use crate::model::table::Table;

/// The reference in front of `text` and what follows it.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let found = numbered(text)?;
    let after = text.trim_start().get(found.number.len()..)?;
    let deeper = after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let apart = after.len() != found.rest.len() && !deeper;
    (found.levels >= 2 && apart && !found.rest.is_empty()).then_some((found.number, found.rest))
}

/// Whether the table prints references in front of its actions: no column of its own for them, and a good share of the
/// actions begin with one, so that "2.5 posts" in a plan without references stays an action.
pub(super) fn are_in_front(table: &Table<'_>, uses: &[ColumnUse]) -> bool {
    const SAMPLE: usize = 200;
    if uses.contains(&ColumnUse::Field(Field::Reference)) {
        return false;
    }
    let Some(column) = uses.iter().position(|usage| *usage == ColumnUse::Field(Field::Action)) else { return false };
    let (mut with, mut all) = (0, 0);
    for cell in table.items.iter().take(SAMPLE).filter_map(|item| item.cell(column)) {
        all += 1;
        with += usize::from(cell.pieces.first().is_some_and(|piece| split(piece.text).is_some()));
    }
    with * 4 >= all && with > 0 && (with > 1 || all == 1)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn splits_references() {
        assert_eq!(split("1.1.1 Identify the gap"), Some(("1.1.1", "Identify the gap")));
        assert_eq!(split("6.2.1- Care providers"), Some(("6.2.1", "Care providers")));
        assert_eq!(split("2.0 Build"), Some(("2.0", "Build")));
        for text in ["1.2.3.4.5 Build", "1. Build", "Build 1.1", "1.1", "24/7 cover", "1.1x", ""] {
            assert_eq!(split(text), None, "{text:?}");
        }
    }
}
