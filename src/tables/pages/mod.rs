//! From the words, rulings and fills of pages to grids and texts in reading order.

use crate::model::source::Source;

/// Makes blocks of the pages of `source`; what has no pages stays as it is.
#[must_use]
pub fn lay_out(source: Source) -> Source {
    source
}
