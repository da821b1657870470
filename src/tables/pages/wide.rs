//! Pages side by side: a sheet that is wider than its paper is printed in strips, all rows of its first columns, then those of the
//! next. Put beside each other again they are one wide page, whose rows are told by all of its columns.

use rustc_hash::FxHashSet;

use crate::model::location::Rect;
use crate::model::page::Axis;
use crate::model::page::Fill;
use crate::model::page::Page;
use crate::model::page::Ruling;
use crate::model::page::Word;

use super::frame::Turn;
use super::level;
use super::level::Profile;
use super::seam;
use super::shown::Shown;
use super::shown::Strip;

/// Strips of at most so many pages from top to bottom are looked for.
const MOST_PAGES: usize = 60;

/// Between two strips that no ruling parts stands so much white, in points.
const GUTTER: f64 = 15.0;

/// A ruling this near to the edge of a strip, in points, is its edge.
const AT_EDGE: f64 = 2.0;

/// Furniture stands at the same height on all pages up to this many points.
const SAME_HEIGHT: f64 = 4.0;

/// A page, or several side by side, upright.
pub(super) struct Sheet {
    /// Everything on it.
    pub page: Page,
    /// Where that is shown.
    pub shown: Shown,
    /// Which of its words are page furniture.
    pub furniture: FxHashSet<u32>,
    /// Which of these stand in its tables and are none of their words: references that are printed again on each strip, headings
    /// of a workbook's rows and columns.
    pub again: FxHashSet<u32>,
}

/// An upright page with its furniture.
type Upright = ((Page, Turn), FxHashSet<u32>);

/// The sheets that `pages` show, in order.
pub(super) fn sheets(pages: Vec<(Page, Turn)>, furniture: Vec<FxHashSet<u32>>) -> Vec<Sheet> {
    let profiles: Vec<Profile> = pages.iter().zip(&furniture).map(|((page, _), own)| Profile::of(page, own)).collect();
    let mut rest = pages.into_iter().zip(furniture);
    let mut out = Vec::new();
    let mut at = 0;
    while at < profiles.len() {
        let (height, strips) = strips(&profiles[at..]).unwrap_or((1, 1));
        let strips: Vec<Vec<Upright>> = (0..strips).map(|_| rest.by_ref().take(height).collect()).collect();
        at += height * strips.len();
        out.extend(side_by_side(strips));
    }
    out
}

/// How many pages the strips that begin with the first of `pages` have, and how many strips there are; none for a page by itself.
fn strips(pages: &[Profile]) -> Option<(usize, usize)> {
    let beside = |height: usize, strip: usize| {
        let right = pages.get(strip * height..(strip + 1) * height)?;
        let left = |before: usize| pages.get(before * height..(before + 1) * height);
        (0..strip).find_map(|before| {
            let heights: Option<Vec<Vec<f64>>> =
                left(before)?.iter().zip(right).map(|(a, b)| level::heights(a, b).filter(|both| !both.is_empty())).collect();
            heights.filter(|heights| level::tell(heights))
        })
    };
    let height = (1..=MOST_PAGES.min(pages.len() / 2)).find(|height| beside(*height, 1).is_some())?;
    let more = (2..=pages.len()).take_while(|strip| beside(height, *strip).is_some()).count();
    Some((height, 2 + more))
}

/// One sheet for each page of the first strip.
fn side_by_side(strips: Vec<Vec<Upright>>) -> Vec<Sheet> {
    let mut edges: Vec<Rect> = strips.iter().map(|strip| content(strip)).collect();
    let cut = |strip: &Vec<Upright>| seam::left_edge(strip.iter().map(|((page, _), furniture)| (page, furniture)));
    let lefts: Vec<Option<f64>> = strips.iter().map(cut).collect();
    for (edge, left) in edges.iter_mut().zip(&lefts).skip(1) {
        edge.x0 = left.unwrap_or(edge.x0);
    }
    let again: Vec<Vec<FxHashSet<u32>>> = strips.iter().skip(1).map(|strip| references(&strips[0], strip)).collect();
    let mut strips = strips.into_iter();
    let first = strips.next().unwrap_or_default();
    let single = |((page, turn), furniture): Upright| {
        let shown = Shown::page(page.number, turn);
        Sheet { page, shown, furniture, again: FxHashSet::default() }
    };
    let mut sheets: Vec<Sheet> = first.into_iter().map(single).collect();
    let mut end = edges.first().map_or(0.0, |edge| edge.x1);
    let mut begin = f64::NEG_INFINITY;
    let mut printed: Vec<FxHashSet<u32>> = vec![FxHashSet::default(); sheets.len()];
    for ((strip, (edge, left)), again) in strips.zip(edges.iter().zip(lefts).skip(1)).zip(again) {
        let joined = sheets.iter().any(|sheet| has_edge(&sheet.page, end));
        let from = if joined { end } else { end + GUTTER };
        for (own, (sheet, again)) in printed.iter_mut().zip(sheets.iter().zip(again)) {
            let first = u32::try_from(sheet.page.words.len()).unwrap_or(u32::MAX);
            own.extend(again.iter().map(|index| first.saturating_add(*index)));
        }
        for (sheet, mut right) in sheets.iter_mut().zip(strip) {
            if !joined {
                lengthen(&mut sheet.page, end, from);
            }
            if let Some(left) = left {
                let ((page, _), furniture) = &mut right;
                seam::mend(&mut sheet.page, (begin, end), page, furniture, left, from - edge.x0);
            }
            widen(sheet, right, f64::midpoint(end, from), from - edge.x0);
        }
        begin = from;
        end = from + edge.width();
    }
    for sheet in sheets.iter_mut().filter(|sheet| sheet.shown.is_wide()) {
        keep_headers(sheet);
    }
    for (sheet, printed) in sheets.iter_mut().zip(printed) {
        sheet.furniture.extend(&printed);
        sheet.again = printed;
    }
    sheets
}

/// On each page of a strip the references that the first one has already.
fn references(first: &[Upright], strip: &[Upright]) -> Vec<FxHashSet<u32>> {
    let pairs = first.iter().zip(strip);
    let of = |(((left, _), own), ((right, _), its)): (&Upright, &Upright)| {
        let end = level::references(&Profile::of(left, own), &Profile::of(right, its));
        let before = |(index, word): (u32, &Word)| end.is_some_and(|end| word.bbox.x0 < end).then_some(index);
        (0_u32..).zip(&right.words).filter_map(before).collect()
    };
    pairs.map(of).collect()
}

/// The box around what is on the pages of a strip.
fn content(strip: &[Upright]) -> Rect {
    let boxes = strip.iter().flat_map(|((page, _), furniture)| {
        let inner = (0_u32..).zip(&page.words).filter(|(index, _)| !furniture.contains(index));
        let drawn = page.rulings.iter().filter(|ruling| ruling.axis == Axis::Horizontal);
        let drawn = drawn.map(|ruling| Rect { x0: ruling.from, y0: ruling.at, x1: ruling.to, y1: ruling.at });
        inner.map(|(_, word)| word.bbox).chain(drawn).chain(page.fills.iter().map(|fill| fill.bbox))
    });
    let all = boxes.reduce(Rect::around).unwrap_or(Rect { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 });
    // The ground of a row may run on to the edge of the paper, behind the last line of its table and all text.
    let lines = strip.iter().flat_map(|((page, _), _)| &page.rulings).filter(|ruling| ruling.axis == Axis::Vertical);
    let last = lines.map(|ruling| ruling.at).fold(f64::NEG_INFINITY, f64::max);
    let text = strip.iter().flat_map(|((page, _), furniture)| {
        (0_u32..).zip(&page.words).filter(|(index, _)| !furniture.contains(index)).map(|(_, word)| word.bbox.x1)
    });
    let text = text.fold(f64::NEG_INFINITY, f64::max);
    Rect { x1: if last + AT_EDGE >= text { all.x1.min(last) } else { all.x1 }, ..all }
}

/// Whether a ruling runs down a page at `x`.
fn has_edge(page: &Page, x: f64) -> bool {
    page.rulings.iter().any(|ruling| ruling.axis == Axis::Vertical && (ruling.at - x).abs() <= AT_EDGE)
}

/// Lets what ends at `x` end at `to`.
fn lengthen(page: &mut Page, x: f64, to: f64) {
    for ruling in page.rulings.iter_mut().filter(|r| r.axis == Axis::Horizontal && (r.to - x).abs() <= AT_EDGE) {
        ruling.to = to;
    }
    for fill in page.fills.iter_mut().filter(|fill| (fill.bbox.x1 - x).abs() <= AT_EDGE) {
        fill.bbox.x1 = to;
    }
}

/// Puts a page at the right of a sheet, where it begins at `from`, moved by `shift`.
fn widen(sheet: &mut Sheet, ((right, turn), furniture): Upright, from: f64, shift: f64) {
    let page = &mut sheet.page;
    let first = u32::try_from(page.words.len()).unwrap_or(u32::MAX);
    let moved = |bbox: Rect| Rect { x0: bbox.x0 + shift, x1: bbox.x1 + shift, ..bbox };
    page.width = page.width.max(right.width + shift);
    page.words.extend(right.words.into_iter().map(|word| Word { bbox: moved(word.bbox), ..word }));
    page.fills.extend(right.fills.into_iter().map(|fill| Fill { bbox: moved(fill.bbox), ..fill }));
    page.rulings.extend(right.rulings.into_iter().map(|ruling| match ruling.axis {
        Axis::Horizontal => Ruling { from: ruling.from + shift, to: ruling.to + shift, ..ruling },
        Axis::Vertical => Ruling { at: ruling.at + shift, ..ruling },
    }));
    page.outline.extend(right.outline);
    // The tree tells each page's part of the table.
    page.tagged.clear();
    page.tagged_share = 0.0;
    sheet.furniture.extend(furniture.iter().map(|index| first.saturating_add(*index)));
    sheet.shown.widen(Strip { number: right.number, turn, from, shift });
}

/// Takes from the furniture what stands on one strip alone: the header of the columns there, which each page repeats.
fn keep_headers(sheet: &mut Sheet) {
    let of = |index: &u32| {
        let word = sheet.page.words.get(*index as usize)?;
        let (strip, shift) = sheet.shown.strip(word.bbox.x0);
        let text: String = word.text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
        Some((strip, text, word.bbox.x0 - shift, word.bbox.y0))
    };
    let all: Vec<(usize, String, f64, f64)> = sheet.furniture.iter().filter_map(of).collect();
    let again = |index: &u32| {
        of(index).is_some_and(|(strip, text, x, y)| {
            let near = |a: f64, b: f64| (a - b).abs() <= SAME_HEIGHT;
            all.iter().any(|other| other.0 != strip && other.1 == text && near(other.2, x) && near(other.3, y))
        })
    };
    let kept: FxHashSet<u32> = sheet.furniture.iter().copied().filter(again).collect();
    sheet.furniture = kept;
}

#[cfg(test)]
mod tests {
    use super::super::frame;
    use super::super::testing::page;
    use super::*;

    const TOPS: [f64; 5] = [140.0, 156.0, 194.0, 210.0, 237.0];

    /// Pages that each have a text in every row, the second of them wrapped.
    fn read(texts: &[[&str; 5]]) -> Vec<Sheet> {
        let pages: Vec<(Page, Turn)> = texts
            .iter()
            .map(|rows| {
                let mut all: Vec<(f64, f64, &str)> = TOPS.iter().zip(rows).map(|(top, text)| (40.0, *top, *text)).collect();
                all.push((40.0, 167.0, rows[2]));
                frame::upright(page(&all))
            })
            .collect();
        let none = pages.iter().map(|_| FxHashSet::default()).collect();
        sheets(pages, none)
    }

    #[test]
    fn strips_stand_side_by_side() {
        let left = ["Action", "Agree one form with", "every home", "Count the beds", "Print a leaflet"];
        let right = ["Who", "Ann Lee and", "Bob Ray", "Cy Poe", "Di Orr"];
        let sheets = read(&[left, right]);
        assert_eq!(sheets.len(), 1);
        let who = sheets[0].page.words.iter().find(|word| word.text == "Who").expect("a word of the second page");
        let end = sheets[0].page.words.iter().filter(|word| word.bbox.y0 < 200.0 && word.text == "with").map(|word| word.bbox.x1);
        assert!(end.fold(0.0, f64::max) < who.bbox.x0);
        assert_eq!(sheets[0].shown.strip(who.bbox.x0).0, 1);
    }

    #[test]
    fn pages_of_one_form_stay_apart() {
        let form = ["Change", "What stands in the way", "of this", "What comes next", "Who"];
        assert_eq!(read(&[form, form]).len(), 2);
    }
}
