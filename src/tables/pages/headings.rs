//! The headings of a workbook's rows and columns where they are printed with it: letters above the columns, and at their left
//! the numbers of the rows. They are no part of its tables.

use rustc_hash::FxHashSet;

use crate::model::page::Page;
use crate::model::page::Word;

use super::lines;
use super::lines::word;

/// So many columns or rows are not headed so by chance.
const FEWEST: usize = 3;

/// The numbers of rows stand below each other within this, in points, in the middle, at the left or at the right.
const SAME: f64 = 8.0;

/// The words of `page` that are such headings.
pub(super) fn printed(page: &Page) -> FxHashSet<u32> {
    // Few pages have so many letters that stand alone.
    if page.words.iter().filter(|word| column(&word.text).is_some()).count() < FEWEST {
        return FxHashSet::default();
    }
    let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
    lines::lines(page, &all).iter().find_map(|line| below(page, &line.words)).unwrap_or_default()
}

/// The words of a line that are letters of columns, with the numbers of rows at their left below them.
fn below(page: &Page, line: &[u32]) -> Option<FxHashSet<u32>> {
    let letters: Vec<&Word> = line.iter().filter_map(|index| word(page, *index)).collect();
    let columns: Vec<u32> = letters.iter().map(|word| column(&word.text)).collect::<Option<_>>()?;
    let counted = columns.windows(2).all(|pair| pair[1] > pair[0]);
    let first = letters.first().filter(|_| counted && columns.len() >= FEWEST)?;
    let mut rows: Vec<(u32, &Word)> = (0_u32..).zip(&page.words).filter(|(_, word)| is_row(word, first)).collect();
    rows.sort_by(|(_, a), (_, b)| a.bbox.y0.total_cmp(&b.bbox.y0));
    let middle = |word: &Word| f64::midpoint(word.bbox.x0, word.bbox.x1);
    let (_, top) = rows.first()?;
    let column = middle(top);
    rows.retain(|(_, word)| (middle(word) - column).abs() <= SAME);
    let numbers: Vec<u32> = rows.iter().filter_map(|(_, word)| word.text.parse().ok()).collect();
    let counted = numbers.windows(2).all(|pair| pair[1] > pair[0]);
    // Hidden rows are missing, but not most.
    let close = numbers.last()?.saturating_sub(*numbers.first()?) < 2 * u32::try_from(numbers.len()).ok()?;
    (counted && close && numbers.len() >= FEWEST)
        .then(|| line.iter().copied().chain(rows.iter().map(|(index, _)| *index)).collect())
}

/// Whether a word is a number alone below and at the left of the first letter.
fn is_row(word: &Word, first: &Word) -> bool {
    word.bbox.y0 > first.bbox.y0 && word.bbox.x1 < first.bbox.x0 && word.text.bytes().all(|b| b.is_ascii_digit())
}

/// The number of the column that has `text` for its letters.
fn column(text: &str) -> Option<u32> {
    let letters = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase());
    letters.then(|| text.bytes().fold(0, |number, letter| 26 * number + u32::from(letter - b'A') + 1))
}

#[cfg(test)]
mod tests {
    use super::super::testing::page;
    use super::*;

    const SHEET: [(f64, f64, &str); 10] = [
        (60.0, 10.0, "A"),
        (160.0, 10.0, "B"),
        (260.0, 10.0, "C"),
        (12.0, 22.0, "9"),
        (30.0, 22.0, "Action"),
        (10.0, 34.0, "10"),
        (30.0, 34.0, "Agree a form"),
        (130.0, 34.0, "Ann Lee"),
        (10.0, 46.0, "11"),
        (30.0, 46.0, "Count beds"),
    ];

    fn found(texts: &[(f64, f64, &str)]) -> Vec<String> {
        let page = page(texts);
        let mut all: Vec<u32> = printed(&page).into_iter().collect();
        all.sort_unstable();
        all.into_iter().map(|index| page.words[index as usize].text.clone()).collect()
    }

    #[test]
    fn letters_over_numbers_are_the_headings_of_a_sheet() {
        assert_eq!(found(&SHEET), ["A", "B", "C", "9", "10", "11"]);
    }

    #[test]
    fn letters_without_numbers_and_in_no_order_are_none() {
        assert!(found(&SHEET[..8]).is_empty());
        let mut texts = SHEET;
        (texts[0].2, texts[2].2) = ("R", "A");
        assert!(found(&texts).is_empty());
    }
}
