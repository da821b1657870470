//! Characters that are printed twice at almost the same place, for weight or as a shadow.

use rustc_hash::FxHashMap;

use crate::readers::pdf::marks::Glyph;

/// How far the second may stand from the first, in shares of the size: less than half of the narrowest letter's width.
const APART: f64 = 0.1;

/// The same in shares of its own width: faces that are drawn narrow, or whose size is not told, repeat a letter closer than that.
const APART_OF_WIDTH: f64 = 0.5;

/// Edge of the cells by which characters are looked up, in points; also how far the second may stand from the first at most,
/// for a page can claim a character larger than itself.
const CELL: f64 = 8.0;

/// Keeps the first of each; it is bold then.
pub(super) fn remove(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut cells: FxHashMap<(i32, i32, char), Vec<u32>> = FxHashMap::default();
    for glyph in glyphs {
        let Some(first) = glyph.text.chars().next().filter(|_| !glyph.is_space()) else {
            kept.push(glyph);
            continue;
        };
        let width = glyph.advance.hypot();
        let reach = (APART * glyph.up.hypot()).min(if width > 0.0 { APART_OF_WIDTH * width } else { CELL }).min(CELL);
        let (x, y) = (glyph.origin.x, glyph.origin.y);
        let found = (cell(y - reach)..=cell(y + reach)).find_map(|row| {
            (cell(x - reach)..=cell(x + reach)).find_map(|column| {
                let here = cells.get(&(column, row, first))?;
                here.iter().copied().find(|&index| same(&kept, index, &glyph, reach))
            })
        });
        if let Some(twin) = found.and_then(|index| kept.get_mut(index as usize)) {
            // Printed over itself in another colour it is a shadow, not a weight.
            twin.bold |= twin.colour == glyph.colour && twin.origin != glyph.origin;
            twin.hidden &= glyph.hidden;
            continue;
        }
        let index = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        cells.entry((cell(x), cell(y), first)).or_default().push(index);
        kept.push(glyph);
    }
    kept
}

fn same(kept: &[Glyph], index: u32, glyph: &Glyph, reach: f64) -> bool {
    kept.get(index as usize).is_some_and(|other| {
        other.text == glyph.text
            && (other.origin - glyph.origin).hypot() <= reach
            && (other.up - glyph.up).hypot() <= reach
            && (other.advance - glyph.advance).hypot() <= reach
    })
}

#[expect(clippy::cast_possible_truncation, reason = "coordinates are bounded when characters are kept")]
fn cell(at: f64) -> i32 {
    (at / CELL).floor() as i32
}
