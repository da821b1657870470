//! Words that the edge of the paper cut: where a sheet is printed in strips, what runs over the edge of one goes on on the next, and a
//! letter on the edge is printed, in part, on both.

use rustc_hash::FxHashSet;

use crate::model::location::Rect;
use crate::model::page::Axis;
use crate::model::page::Page;
use crate::model::page::Word;

/// What begins further to the left than the cells of a strip, in points, was cut.
const CUT: f64 = 0.3;

/// What was cut reaches over the edge by no more than this, in shares of its size: some letters.
const REACH: f64 = 3.0;

/// Letters that may be printed on both sides of an edge.
const MOST_LETTERS: usize = 4;

/// So many words that begin at one place tell where the cells of a strip begin.
const BEGINS: usize = 4;

/// Words begin at one place up to this many points.
const SAME_PLACE: f64 = 0.6;

/// Where the cells of the strip `pages` begin, whose words are not `furniture`, if some of them begin further to the left.
pub(super) fn left_edge<'p>(pages: impl Iterator<Item = (&'p Page, &'p FxHashSet<u32>)>) -> Option<f64> {
    let mut drawn: Vec<f64> = Vec::new();
    let mut begins: Vec<f64> = Vec::new();
    for (page, furniture) in pages {
        let across = page.rulings.iter().filter(|ruling| ruling.axis == Axis::Horizontal).map(|ruling| ruling.from);
        drawn.extend(across.chain(page.fills.iter().map(|fill| fill.bbox.x0)));
        let own = (0_u32..).zip(&page.words).filter(|(index, _)| !furniture.contains(index));
        begins.extend(own.map(|(_, word)| word.bbox.x0));
    }
    begins.sort_by(f64::total_cmp);
    let first = *begins.first()?;
    let common = || {
        begins
            .windows(BEGINS)
            .find_map(|near| near.first().filter(|at| near.last().is_some_and(|last| last - **at <= SAME_PLACE)).copied())
    };
    let edge = drawn.into_iter().reduce(f64::min).or_else(common)?;
    (edge - first > CUT).then_some(edge)
}

/// Joins what was cut between the strip of `page` that begins at `from` and ends at `end` and the page at its right, which is moved
/// by `shift` and whose cells begin at `left`: the word stands on the first of them then.
pub(super) fn mend(
    page: &mut Page,
    (from, end): (f64, f64),
    right: &mut Page,
    furniture: &mut FxHashSet<u32>,
    left: f64,
    shift: f64,
) {
    let mut gone: FxHashSet<u32> = FxHashSet::default();
    for (index, rest) in (0_u32..).zip(&right.words).filter(|(index, _)| !furniture.contains(index)) {
        let over = left - rest.bbox.x0;
        if over <= CUT || over > REACH * rest.size {
            continue;
        }
        let beside = page.words.iter_mut().filter(|word| word.bbox.x0 >= from && is_beside(word, rest));
        let last = beside.max_by(|a, b| a.bbox.x1.total_cmp(&b.bbox.x1));
        let Some(word) = last.filter(|word| word.bbox.x1 >= end - REACH * word.size) else { continue };
        word.text.extend(rest.text.chars().skip(printed_twice(&word.text, rest, over)));
        word.bbox = Rect { x1: rest.bbox.x1 + shift, ..word.bbox };
        gone.insert(index);
    }
    if gone.is_empty() {
        return;
    }
    let kept = (0_u32..).take(right.words.len()).filter(|index| !gone.contains(index));
    let moved: FxHashSet<u32> = (0_u32..).zip(kept).filter(|(_, index)| furniture.contains(index)).map(|(at, _)| at).collect();
    *furniture = moved;
    let mut index = 0_u32..;
    right.words.retain(|_| index.next().is_none_or(|index| !gone.contains(&index)));
}

/// How many letters at the end of `first` are those at the beginning of `rest`, of which `over` points were cut off.
fn printed_twice(first: &str, rest: &Word, over: f64) -> usize {
    let first: Vec<char> = first.chars().collect();
    let second: Vec<char> = rest.text.chars().take(MOST_LETTERS).collect();
    let count = u32::try_from(rest.text.chars().count()).unwrap_or(u32::MAX).max(1);
    let letters = over / ((rest.bbox.x1 - rest.bbox.x0) / f64::from(count)).max(0.1);
    let same = |n: &usize| *n <= second.len() && first.ends_with(&second[..*n]);
    let off = |n: usize| (f64::from(u32::try_from(n).unwrap_or(u32::MAX)) - letters.ceil()).abs();
    (1..=MOST_LETTERS).filter(same).min_by(|a, b| off(*a).total_cmp(&off(*b))).unwrap_or(0)
}

/// Whether two words stand on one line of one text.
fn is_beside(a: &Word, b: &Word) -> bool {
    let overlap = a.bbox.y1.min(b.bbox.y1) - a.bbox.y0.max(b.bbox.y0);
    overlap > 0.6 * (b.bbox.y1 - b.bbox.y0) && a.bold == b.bold && (a.size - b.size).abs() <= 0.05 * b.size
}

#[cfg(test)]
mod tests {
    use super::super::testing::page;
    use super::*;

    #[test]
    fn a_word_on_two_strips_is_one() {
        let mut left = page(&[(10.0, 10.0, "Ear"), (10.0, 30.0, "1.1"), (10.0, 50.0, "1.2")]);
        let begins = [(26.0, 10.0, "rly"), (30.0, 30.0, "Plan"), (30.0, 50.0, "Do"), (30.0, 70.0, "See"), (30.0, 90.0, "Go")];
        let mut right = page(&begins);
        let mut furniture: FxHashSet<u32> = std::iter::once(4).collect();
        let edge = left_edge(std::iter::once((&right, &FxHashSet::default())));
        assert_eq!(edge, Some(30.0));
        let end = left.words[0].bbox.x1;
        mend(&mut left, (0.0, end), &mut right, &mut furniture, 30.0, 100.0);
        assert_eq!(left.words[0].text, "Early");
        assert_eq!((right.words.len(), furniture.contains(&3), furniture.len()), (4, true, 1));
    }
}
