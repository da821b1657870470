//! From a sheet that is read (an upright page, or several side by side) back to the pages as they are shown.

use crate::model::location::PageNumber;
use crate::model::location::PageRegion;
use crate::model::location::Place;
use crate::model::location::Rect;

use super::frame::Turn;

/// The way from a sheet to the pages that it was printed on, from left to right.
pub(super) struct Shown {
    first: Strip,
    others: Vec<Strip>,
}

/// A page as a part of a sheet.
pub(super) struct Strip {
    /// Which page it is.
    pub number: PageNumber,
    /// How it was turned.
    pub turn: Turn,
    /// Where it begins on the sheet.
    pub from: f64,
    /// How far on the sheet it stands to the right of its own place.
    pub shift: f64,
}

impl Shown {
    /// A page by itself.
    pub(super) fn page(number: PageNumber, turn: Turn) -> Self {
        Self { first: Strip { number, turn, from: f64::NEG_INFINITY, shift: 0.0 }, others: Vec::new() }
    }

    /// Puts another page at the right of the sheet.
    pub(super) fn widen(&mut self, strip: Strip) {
        self.others.push(strip);
    }

    /// Whether the sheet is more than one page.
    pub(super) fn is_wide(&self) -> bool {
        !self.others.is_empty()
    }

    /// Which of the pages `x` stands on, and how far to the right of its own place.
    pub(super) fn strip(&self, x: f64) -> (usize, f64) {
        let (before, strip) = self.at(x);
        (before, strip.shift)
    }

    /// The page that `x` stands on, and how many stand before it.
    fn at(&self, x: f64) -> (usize, &Strip) {
        let before = self.others.partition_point(|strip| strip.from <= x);
        (before, before.checked_sub(1).and_then(|at| self.others.get(at)).unwrap_or(&self.first))
    }

    /// Where `bbox` is shown; its text begins at `x`, and what of it stands on other pages than that is left out.
    pub(super) fn place(&self, bbox: Rect, x: f64) -> Place {
        let (before, strip) = self.at(x);
        let end = self.others.get(before).map_or(f64::INFINITY, |next| next.from);
        let own = Rect { x0: bbox.x0.max(strip.from) - strip.shift, x1: bbox.x1.min(end) - strip.shift, ..bbox };
        let shown = strip.turn.back(own);
        let round = |at: f64| (at * 100.0).round() / 100.0;
        let bbox = Rect { x0: round(shown.x0), y0: round(shown.y0), x1: round(shown.x1), y1: round(shown.y1) };
        Place::Region(Box::new(PageRegion { page: strip.number, bbox }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::frame;
    use super::super::testing::page;
    use super::*;

    #[test]
    fn a_cell_stands_on_the_page_of_its_text() {
        let turn = || frame::upright(page(&[(10.0, 10.0, "a")])).1;
        let mut shown = Shown::page(PageNumber::from_index(0), turn());
        shown.widen(Strip { number: PageNumber::from_index(2), turn: turn(), from: 500.0, shift: 470.0 });
        let place = |x0: f64, x1: f64, x: f64| match shown.place(Rect { x0, y0: 10.0, x1, y1: 20.0 }, x) {
            Place::Region(region) => (region.page.get(), region.bbox.x0, region.bbox.x1),
            other => panic!("{other:?}"),
        };
        assert_eq!(place(40.0, 600.0, 40.0), (1, 40.0, 500.0));
        assert_eq!(place(495.0, 600.0, 505.0), (3, 30.0, 130.0));
    }
}
