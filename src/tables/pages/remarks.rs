//! Lines that say more of the row above them over all columns: "Progress: two posts are filled".

use crate::model::page::Page;

use super::gaps;
use super::lines;
use super::lines::Line;
use super::lines::word;
use super::text;

/// White between the lines of a text is less than this, in sizes of font.
const CLOSE: f64 = 0.6;

/// A line that begins within this of the one above, in points, begins where it does.
const BELOW: f64 = 1.5;

/// Which of `lines` begin with a label that another begins with, too, or are what such a line wraps to.
pub(super) fn remarks(page: &Page, lines: &[Line]) -> Vec<bool> {
    let labels: Vec<Option<&str>> = lines.iter().map(|line| text::label(page, &line.words)).collect();
    let right = lines.iter().map(|line| line.bbox.x1).fold(f64::NEG_INFINITY, f64::max);
    let mut remarks = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let again = labels[at].is_some() && labels.iter().filter(|label| **label == labels[at]).count() > 1;
        let above = at.checked_sub(1).and_then(|above| lines.get(above)).filter(|_| remarks.last() == Some(&true));
        remarks.push(again || labels[at].is_none() && above.is_some_and(|above| wraps(page, above, line, right)));
    }
    remarks
}

/// Whether a text wraps from the line `above`, which its first word would have made wider than the text to the `right`.
fn wraps(page: &Page, above: &Line, line: &Line, right: f64) -> bool {
    let Some(first) = line.words.first().and_then(|index| word(page, *index)) else { return false };
    let close = line.bbox.y0 - above.bbox.y1 < CLOSE * line.size && (line.bbox.x0 - above.bbox.x0).abs() <= BELOW;
    let full = above.bbox.x1 + 0.25 * line.size + first.bbox.width() > right;
    close && full && lines::chunks(page, line, gaps::CHUNK_GAP).len() == 1
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines_of;
    use super::super::testing::page;
    use super::*;

    #[test]
    fn what_a_labelled_line_wraps_to_belongs_to_it() {
        let page = page(&[
            (10.0, 10.0, "Agree a form"),
            (110.0, 10.0, "Ann Lee"),
            (10.0, 22.0, "Update: the form was shown to all"),
            (10.0, 34.0, "partners"),
            (10.0, 46.0, "Count the beds"),
            (110.0, 46.0, "Bob"),
            (10.0, 58.0, "Update: none"),
            (10.0, 70.0, "Print it"),
        ]);
        let lines = lines_of(&page);
        assert_eq!(remarks(&page, &lines), [false, true, true, false, true, false]);
    }
}
