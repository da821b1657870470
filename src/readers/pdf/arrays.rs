//! Arrays of a document, of which some items may be broken.

use hayro_syntax::object::Array;
use hayro_syntax::object::Object;

/// The items of `array`, those left out that refer to objects that are not there. The parser's own iterator ends at the first
/// of them, and with it what stands behind: annotations after one that was deleted, children of an element after one that was.
pub(super) fn items<'a>(array: &Array<'a>) -> impl Iterator<Item = Object<'a>> {
    let mut items = array.flex_iter();
    (0..array.raw_iter().count()).filter_map(move |_| items.next::<Object<'a>>())
}
