//! How the rows with one text only lie among a table's other rows: whether they part it.

use crate::model::source::GridRow;
use crate::model::text::has_words;

/// Longest name of a part, in words.
const NAME: usize = 6;

/// So many rows are looked at: a table that names part shows it in them.
pub(super) const LOOK: usize = 300;

/// Texts of an ordinary row: where it has fewer, a blank cell is enough to leave one alone.
const FULL: usize = 3;

/// Whether short texts alone in their rows part the table that begins at the first of `rows`, up to a blank row: the first row
/// is one, each has an ordinary row below it, and there are two or more.
pub(super) fn parts(rows: &[GridRow]) -> bool {
    let (mut names, mut ordinary, mut full) = (0, 0, 0);
    let mut below_name = false;
    for row in rows {
        let mut texts = row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| has_words(text));
        let (first, others) = (texts.next(), texts.count());
        let Some(first) = first else { break };
        if others > 0 {
            ordinary += 1;
            full += usize::from(others + 1 >= FULL);
        } else if below_name || !is_short(first) {
            return false;
        }
        below_name = others == 0;
        names += usize::from(below_name);
        if names == 0 {
            return false;
        }
    }
    names >= 2 && !below_name && full * 2 > ordinary
}

/// Whether texts alone in the rows of a table of two columns are items whose other cell is blank: such rows stand all over it,
/// and those that `name` something are no more than the others.
pub(super) fn strays(rows: &[GridRow], name: impl Fn(&str) -> bool) -> bool {
    let mut named = 0_usize;
    let mut others = 0_usize;
    for row in rows.iter().take(LOOK) {
        let mut texts = row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| has_words(text));
        if let (Some(text), None) = (texts.next(), texts.next()) {
            *(if name(text) { &mut named } else { &mut others }) += 1;
        }
    }
    others >= named
}

/// A few words, and no sentence.
pub(super) fn is_short(text: &str) -> bool {
    text.split_whitespace().count() <= NAME && !text.trim_end().ends_with(['.', ',', ':', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::location::ColumnIndex;
    use crate::model::location::Place;
    use crate::model::source::GridCell;
    use crate::model::source::Style;

    fn grid(rows: &[&[&str]]) -> Vec<GridRow> {
        let place = Place::line(0);
        let row = |texts: &&[&str]| {
            let cell = |(at, text): (u32, &&str)| GridCell {
                column: ColumnIndex(at),
                text: (*text).into(),
                place: place.clone(),
                rowspan: 1,
                colspan: 1,
                style: Style::default(),
            };
            let cells = (0..).zip(*texts).map(cell).collect();
            GridRow { place: place.clone(), width: 3, cells, notes: Vec::new(), hidden: false }
        };
        rows.iter().map(row).collect()
    }

    fn part(rows: &[&[&str]]) -> bool {
        parts(&grid(rows))
    }

    #[test]
    fn an_item_whose_other_cell_is_blank_may_name_a_change() {
        let rows: [&[&str]; 5] =
            [&["Recruit", "May"], &["Trusted assessors"], &["Train", "June"], &["Write to partners"], &["Sell", "May"]];
        let names = |text: &str| text == "Trusted assessors";
        assert!(strays(&grid(&rows), names));
        assert!(!strays(&grid(&rows[..3]), names));
    }

    #[test]
    fn names_over_ordinary_rows_part_a_table() {
        let plan: [&[&str]; 5] =
            [&["Our people"], &["Recruit", "Ann", "May"], &["Train", "Tom"], &["Money"], &["Save", "Jo", "June"]];
        assert!(part(&plan));
        assert!(!part(&plan[1..]), "the first row is an item");
        assert!(!part(&plan[..4]), "nothing stands below the last");
        assert!(!part(&[&["Recruit"], &["Train", "May"], &["Save"], &["Sell", "June"]]), "a blank leaves one text");
    }
}
