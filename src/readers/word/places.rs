//! Where paragraphs stand.

use crate::model::location::PageRegion;
use crate::model::location::Place;

/// What the numbers of paragraphs stand for.
#[derive(Debug, Default)]
pub(super) enum Places {
    /// Themselves: the paragraphs of a text are counted.
    #[default]
    Numbers,
    /// Regions of slides, one for each paragraph.
    Regions(Vec<PageRegion>),
}

impl Places {
    /// The place of one paragraph.
    pub(super) fn of(&self, number: usize) -> Place {
        self.span(number, number)
    }

    /// The place of the paragraphs `first..=last`: on slides what covers those on the slide of the first.
    pub(super) fn span(&self, first: usize, last: usize) -> Place {
        let Self::Regions(regions) = self else { return Place::lines(first, last) };
        let mut regions = regions.get(first..).unwrap_or_default().iter().take(last.saturating_sub(first) + 1);
        let Some(mut region) = regions.next().cloned() else { return Place::lines(first, last) };
        for other in regions.filter(|other| other.page == region.page) {
            region.bbox.x0 = region.bbox.x0.min(other.bbox.x0);
            region.bbox.y0 = region.bbox.y0.min(other.bbox.y0);
            region.bbox.x1 = region.bbox.x1.max(other.bbox.x1);
            region.bbox.y1 = region.bbox.y1.max(other.bbox.y1);
        }
        Place::Region(Box::new(region))
    }
}
