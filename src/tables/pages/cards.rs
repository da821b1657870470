//! Cards: what a page says of each of several subjects stands in a box of its own, beside and below those of the others, and the
//! headings of the boxes are counted on from one to the next. A row of cards is no row of a table.

use crate::model::location::Rect;
use crate::model::page::Page;

use super::lines;
use super::lines::Chunk;
use super::lines::Line;
use super::lines::word;
use super::zones::Zone;

/// A gap wider than this, in sizes of font, parts the headings of two cards.
const GAP: f64 = 1.0;

/// Cards are at least this wide, in points.
const WIDTH: f64 = 80.0;

/// Cards below each other begin within this of one place, in points.
const SAME_EDGE: f64 = 3.0;

/// Rows of cards on one page of a document, at least.
const ROWS: usize = 2;

/// The headings of cards side by side.
struct Row {
    /// The number of the first.
    first: u32,
    /// Where each card begins.
    lefts: Vec<f64>,
    top: f64,
}

/// Whether a page shows that a document has cards.
pub(super) fn shows(page: &Page) -> bool {
    // Few pages have so many numbers.
    if page.words.iter().filter(|word| number(&word.text).is_some()).count() < 2 * ROWS {
        return false;
    }
    let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
    rows(page, &lines::lines(page, &all)).len() >= ROWS
}

/// The zones of `words` where they stand in cards, one for each and those above and below; none where they do not. `boxes` are
/// those of tables.
pub(super) fn zones(page: &Page, words: &[u32], boxes: &[Rect]) -> Option<Vec<Zone>> {
    let lines = lines::lines(page, words);
    let rows = rows(page, &lines);
    let (first, widest) = (rows.first()?, rows.iter().max_by_key(|row| row.lefts.len())?);
    if boxes.iter().any(|bbox| bbox.y1 > first.top) {
        return None;
    }
    let edges = widest.lefts.get(1..)?;
    // What runs on over several cards stands below them.
    let over = |line: &&Line| {
        let mut chunks = lines::chunks(page, line, GAP).into_iter();
        line.bbox.y0 > first.top && chunks.any(|chunk| edges.iter().any(|edge| chunk.x0 < edge - SAME_EDGE && *edge < chunk.x1))
    };
    let bottom = lines.iter().find(over).map_or(f64::INFINITY, |line| line.bbox.y0);
    if bottom < rows.last()?.top {
        return None;
    }
    let mut above = Zone::whole(Vec::new(), boxes.len());
    let mut below = Zone::default();
    let mut cards = vec![Zone { card: true, ..Zone::default() }; rows.len() * widest.lefts.len()];
    for &index in words {
        let bbox = word(page, index)?.bbox;
        let row = rows.partition_point(|row| row.top <= lines::middle(&bbox));
        if row == 0 {
            above.words.push(index);
        } else if bbox.y0 >= bottom {
            below.words.push(index);
        } else {
            let column = edges.partition_point(|edge| edge - SAME_EDGE <= bbox.x0);
            cards.get_mut((row - 1) * widest.lefts.len() + column)?.words.push(index);
        }
    }
    let all = std::iter::once(above).chain(cards).chain(std::iter::once(below));
    Some(all.filter(|zone| !(zone.words.is_empty() && zone.tables.is_empty())).collect())
}

/// The longest run of rows of headings that are counted on from each to the next.
fn rows(page: &Page, lines: &[Line]) -> Vec<Row> {
    let mut best: Vec<Row> = Vec::new();
    let mut open: Vec<Row> = Vec::new();
    for row in lines.iter().filter_map(|line| headings(page, line)) {
        if !open.last().is_some_and(|before| goes_on(before, &row)) {
            best = longer(best, std::mem::take(&mut open));
        }
        open.push(row);
    }
    longer(best, open)
}

fn longer(a: Vec<Row>, b: Vec<Row>) -> Vec<Row> {
    if b.len() > a.len() { b } else { a }
}

/// Whether `row` counts on from the row above it, below cards of that.
fn goes_on(above: &Row, row: &Row) -> bool {
    let below = |left: &f64| above.lefts.iter().any(|other| (left - other).abs() <= SAME_EDGE);
    usize::try_from(row.first - above.first.min(row.first)) == Ok(above.lefts.len()) && row.lefts.iter().all(below)
}

/// The headings that a line is: several texts side by side with numbers that count on.
fn headings(page: &Page, line: &Line) -> Option<Row> {
    let chunks = lines::chunks(page, line, GAP);
    let numbers: Option<Vec<u32>> = chunks.iter().map(|chunk| heading(page, chunk)).collect();
    let numbers = numbers.filter(|numbers| numbers.len() > 1)?;
    let counted = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let wide = chunks.windows(2).all(|pair| pair[1].x0 - pair[0].x0 >= WIDTH);
    let lefts = chunks.iter().map(|chunk| chunk.x0).collect();
    (counted && wide).then_some(Row { first: numbers[0], lefts, top: line.bbox.y0 })
}

/// The number of a heading, which has one in front of its text, or behind its first word: "2. Flow", "Change 2: Flow".
fn heading(page: &Page, chunk: &Chunk) -> Option<u32> {
    let mut texts = chunk.words.iter().filter_map(|index| word(page, *index)).map(|word| word.text.as_str());
    let first = texts.next()?;
    let number = number(first).or_else(|| number(texts.next()?).filter(|_| first.starts_with(char::is_uppercase)))?;
    texts.next().filter(|text| text.contains(char::is_alphabetic) || text.len() < 3).map(|_| number)
}

fn number(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches(['.', ')', ':']);
    let short = digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    short.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::testing::page;
    use super::*;

    const CARDS: [(f64, f64, &str); 11] = [
        (40.0, 10.0, "What each of us will do in the year to come"),
        (40.0, 40.0, "1. Early planning"),
        (240.0, 40.0, "2. Patient flow"),
        (40.0, 56.0, "Set a date on day one"),
        (240.0, 56.0, "Count the beds"),
        (240.0, 68.0, "each day at noon"),
        (40.0, 90.0, "3. Joint teams"),
        (240.0, 90.0, "4. Home first"),
        (40.0, 106.0, "Meet each week"),
        (240.0, 106.0, "Buy hours of care"),
        (40.0, 130.0, "All of this will be looked at again in the spring of next year"),
    ];

    fn found(texts: &[(f64, f64, &str)]) -> Option<Vec<String>> {
        let page = page(texts);
        let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
        let text =
            |zone: Zone| zone.words.iter().map(|index| page.words[*index as usize].text.as_str()).collect::<Vec<_>>().join(" ");
        shows(&page).then(|| zones(&page, &all, &[]).map(|zones| zones.into_iter().map(text).collect())).flatten()
    }

    #[test]
    fn cards_are_read_one_after_the_other() {
        let zones = found(&CARDS).expect("cards");
        assert_eq!(zones.len(), 6);
        assert_eq!(zones[2], "2. Patient flow Count the beds each day at noon");
        assert_eq!(zones[3], "3. Joint teams Meet each week");
    }

    #[test]
    fn changes_across_a_table_are_no_cards() {
        let mut texts = CARDS;
        texts[6].2 = "Agree a form";
        texts[7].2 = "4 beds at the inn";
        assert!(found(&texts).is_none());
    }

    #[test]
    fn what_reaches_over_two_cards_is_none() {
        let mut texts = CARDS;
        texts[3].2 = "Set a date on day one of each stay and tell the person";
        assert!(found(&texts).is_none());
    }
}
