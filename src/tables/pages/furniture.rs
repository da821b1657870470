//! Page furniture: lines that stand at the same place on several pages, with only their numbers changing.

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::model::page::Direction;
use crate::model::page::Page;
use crate::model::page::Word;

use super::lines;
use super::lines::Line;
use super::lines::word;

/// Furniture stands in this share of the height of a page from its top or bottom.
const MARGIN: f64 = 0.14;

/// Lines of furniture stand at the same height up to this many points.
const SAME_HEIGHT: f64 = 4.0;

/// How many chunks a line of furniture has at most: left, middle, right.
const CHUNKS: usize = 3;

/// How many lines from the top or bottom may be furniture.
const LINES: usize = 4;

/// A line that may be furniture.
struct Placed {
    page: usize,
    top: f64,
    words: Vec<u32>,
}

/// For each of `pages`, the words that are furniture.
pub(super) fn of<'p>(pages: impl Iterator<Item = &'p Page>) -> Vec<FxHashSet<u32>> {
    let mut by_text: FxHashMap<String, Vec<Placed>> = FxHashMap::default();
    let mut count = 0;
    for (index, page) in pages.enumerate() {
        count += 1;
        for line in margins(page) {
            let text = key(page, &line);
            by_text.entry(text).or_default().push(Placed { page: index, top: line.bbox.y0, words: line.words });
        }
    }
    let mut found = vec![FxHashSet::default(); count];
    let needed = if count < 3 { 2 } else { 3.max(count / 4) };
    let mut groups: Vec<Vec<Placed>> = by_text.into_values().collect();
    for lines in &mut groups {
        lines.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.page.cmp(&b.page)));
        for same in lines.chunk_by(|a, b| b.top - a.top <= SAME_HEIGHT) {
            if same.len() >= needed && count >= 2 {
                same.iter().for_each(|line| found[line.page].extend(&line.words));
            }
        }
    }
    found
}

/// The first and last lines of a page that stand in its margins.
fn margins(page: &Page) -> Vec<Line> {
    let (top, bottom) = (MARGIN * page.height, (1.0 - MARGIN) * page.height);
    let outer = |word: &Word| word.direction == Direction::Right && (word.bbox.y1 < top || word.bbox.y0 > bottom);
    let words: Vec<u32> = (0_u32..).zip(&page.words).filter(|(_, word)| outer(word)).map(|(index, _)| index).collect();
    let lines = lines::lines(page, &words);
    let (above, below): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.bbox.y1 < page.height / 2.0);
    // The header of a table that begins each page stands close over its first row.
    let close = |line: &Line| above.iter().any(|next| next.bbox.y0 > line.bbox.y0 && next.bbox.y0 - line.bbox.y1 < line.size);
    let cells = |line: &Line| lines::chunks(page, line, 1.0).len();
    let mut headers: Vec<bool> = Vec::with_capacity(above.len());
    for (at, line) in above.iter().enumerate() {
        // Its cells wrap into the lines that follow.
        let wraps = at.checked_sub(1).is_some_and(|before| {
            headers[before] && line.bbox.y0 - above[before].bbox.y1 < line.size && cells(&above[before]) > 1
        });
        headers.push(cells(line) >= 2 && close(line) || wraps);
    }
    let ends = above
        .iter()
        .zip(&headers)
        .take(LINES)
        .filter(|(_, header)| !**header)
        .map(|(line, _)| line)
        .chain(below.iter().rev().take(LINES));
    ends.filter(|line| lines::chunks(page, line, 1.5).len() <= CHUNKS).cloned().collect()
}

/// The text of a line with a mark for each number.
fn key(page: &Page, line: &Line) -> String {
    let mut key = String::new();
    for word in line.words.iter().filter_map(|index| word(page, *index)) {
        let mut digits = false;
        for c in word.text.chars() {
            if c.is_ascii_digit() {
                if !digits {
                    key.push('#');
                }
                digits = true;
            } else {
                digits = false;
                key.extend(c.to_lowercase());
            }
        }
        key.push(' ');
    }
    key
}

#[cfg(test)]
mod tests {
    use super::super::testing::page;
    use super::*;

    #[test]
    fn page_numbers_and_repeated_lines_are_furniture() {
        let pages: Vec<Page> = (1..=3)
            .map(|n| {
                page(&[(40.0, 20.0, "Westmarch plan"), (40.0, 300.0, &format!("text {n}")), (280.0, 780.0, &format!("Page {n}"))])
            })
            .collect();
        let found = of(pages.iter());
        let texts: Vec<&str> = found[1].iter().map(|index| pages[1].words[*index as usize].text.as_str()).collect();
        assert_eq!(texts.len(), 4);
        assert!(!texts.contains(&"text"));
    }

    #[test]
    fn the_lines_of_a_header_that_comes_on_each_page_are_none() {
        let texts = |n: usize| {
            let action = ["Agree a form", "Count the beds", "Call the van"][n];
            page(&[
                (40.0, 40.0, "Action"),
                (140.0, 40.0, "Outcome"),
                (240.0, 40.0, "Who leads"),
                (340.0, 40.0, "When"),
                (140.0, 52.0, "hoped for"),
                (40.0, 120.0, action),
                (140.0, 120.0, "Fewer delays"),
            ])
        };
        let pages: Vec<Page> = (0..3).map(texts).collect();
        assert!(of(pages.iter()).iter().all(FxHashSet::is_empty));
    }
}
