//! Small pages for the tests of this stage.

use super::lines;
use super::lines::Line;
use crate::model::location::PageNumber;
use crate::model::location::Rect;
use crate::model::page::Axis;
use crate::model::page::Page;
use crate::model::page::Ruling;
use crate::model::page::Word;
use crate::model::recognise::KnowsWords;

/// Height of the test font.
const SIZE: f64 = 10.0;

/// Width of each of its characters.
const ADVANCE: f64 = 5.0;

/// A vocabulary of few words.
pub(super) struct Few;

impl KnowsWords for Few {
    fn is_word(&self, word: &str) -> bool {
        ["a", "and", "assessment", "commission", "commissioning", "of", "on", "plans", "to", "with"].contains(&word)
    }
}

/// A page of 600 by 800 points; each text is parted into words at its spaces and begins at `(x, y)`.
pub(super) fn page(texts: &[(f64, f64, &str)]) -> Page {
    let mut words = Vec::new();
    for (x, y, text) in texts {
        let mut at = *x;
        for word in text.split(' ') {
            let width = ADVANCE * word.chars().map(|_| 1.0).sum::<f64>();
            if !word.is_empty() {
                words.push(new_word(word, Rect { x0: at, y0: *y, x1: at + width, y1: y + SIZE }));
            }
            at += width + ADVANCE / 2.0;
        }
    }
    Page { words, ..Page::blank(PageNumber::from_index(0), 600.0, 800.0) }
}

/// The lines of all words of a page.
pub(super) fn lines_of(page: &Page) -> Vec<Line> {
    let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
    lines::lines(page, &all)
}

fn new_word(text: &str, bbox: Rect) -> Word {
    Word::plain(text, bbox, SIZE)
}

/// A line from left to right.
pub(super) fn across(y: f64, x0: f64, x1: f64) -> Ruling {
    Ruling { axis: Axis::Horizontal, at: y, from: x0, to: x1, thickness: 0.5, colour: [0; 3] }
}

/// A line from top to bottom.
pub(super) fn down(x: f64, y0: f64, y1: f64) -> Ruling {
    Ruling { axis: Axis::Vertical, at: x, from: y0, to: y1, thickness: 0.5, colour: [0; 3] }
}
