//! Words from characters: a gap, a space or another line ends one.

mod doubled;
mod join;

use kurbo::Point;
use kurbo::Vec2;

use crate::model::location::Rect;
use crate::model::page::Direction;
use crate::model::page::Word;
use crate::readers::pdf::characters;
use crate::readers::pdf::marks::Glyph;
use crate::readers::pdf::marks::Mark;
use crate::readers::pdf::tagged::Cells;

/// Gap between two characters that ends a word, in shares of the size. Kerning stays below 0.1; the spaces of justified text
/// are seldom below 0.17, but some writers, who move on where others print a space, set them as narrow as 0.11.
const WORD_GAP: f64 = 0.1;

/// Gap that a printed space must have to count, in shares of the size. Some writers print spaces and move back over them.
const SPACE_GAP: f64 = 0.03;

/// How far a character may begin before the last one's end, in shares of the size.
const OVERLAP: f64 = 0.35;

/// How far a character may stand off the base line and still be on it, in shares of the size; raised references stand 0.3 off.
const OFF_LINE: f64 = 0.2;

/// Sizes of one word differ by no more than this: small capitals are 0.7 of capitals.
const SIZES: f64 = 0.62;

/// Tracking beyond this, in shares of the size, sets characters into columns of their own.
const WIDEST_TRACKING: f64 = 1.0;

/// A word with what its neighbours must know.
pub(super) struct Piece {
    pub(super) word: Word,
    /// The marked content of its first character.
    pub(super) mark: Option<Mark>,
    /// Painted invisibly or in the colour of its background.
    pub(super) hidden: bool,
    begin: Point,
    end: Point,
    along: Vec2,
    tracking: f64,
    /// A space was printed after it, or before it.
    spaced: (bool, bool),
    glyphs: u32,
}

/// The words that `glyphs` make, in their order; none of them is in two of `cells`.
pub(super) fn words(glyphs: Vec<Glyph>, cells: &Cells) -> Vec<Piece> {
    let glyphs = doubled::remove(glyphs);
    let mut pieces = Vec::new();
    let mut open: Option<Open> = None;
    let mut space = false;
    for glyph in glyphs {
        if glyph.is_space() {
            space = true;
            continue;
        }
        if let Some(word) = &mut open
            && word.takes(&glyph, space)
            && !word.glyphs.last().is_some_and(|last| cells.part(last.mark, glyph.mark))
        {
            word.push(glyph);
            space = false;
            continue;
        }
        let before = space;
        if let Some(word) = open.take() {
            pieces.extend(word.finish(space));
        }
        open = Some(Open::new(glyph, before));
        space = false;
    }
    if let Some(word) = open {
        pieces.extend(word.finish(space));
    }
    join::join(pieces, cells)
}

impl Piece {
    /// The middle of its box.
    pub(super) fn centre(&self) -> Point {
        let bbox = self.word.bbox;
        Point::new(bbox.x0.midpoint(bbox.x1), bbox.y0.midpoint(bbox.y1))
    }

    /// Where the base line begins and ends, for text that runs to the right.
    pub(super) fn base_line(&self) -> Option<(f64, f64, f64)> {
        (self.word.direction == Direction::Right).then_some((self.begin.x, self.end.x, self.begin.y))
    }
}

/// A word under construction.
struct Open {
    glyphs: Vec<Glyph>,
    along: Vec2,
    size: f64,
    end: Point,
    space_before: bool,
}

impl Open {
    fn new(glyph: Glyph, space_before: bool) -> Self {
        let size = glyph.up.hypot();
        Self { along: along(&glyph), size, end: glyph.origin + glyph.advance, glyphs: vec![glyph], space_before }
    }

    /// Whether `glyph` goes on with the word.
    fn takes(&self, glyph: &Glyph, space: bool) -> bool {
        let Some(last) = self.glyphs.last() else {
            return false;
        };
        let size = glyph.up.hypot();
        let larger = size.max(self.size);
        if larger <= 0.0 || size.min(self.size) < SIZES * larger || along(glyph).dot(self.along) < 0.99 {
            return false;
        }
        if last.hidden != glyph.hidden {
            return false;
        }
        let off = (glyph.origin - self.end).cross(self.along).abs();
        let gap = gap(glyph.origin - self.end, self.along, last.tracking, larger);
        let narrowest = if space { SPACE_GAP } else { WORD_GAP };
        off <= OFF_LINE * larger && gap <= narrowest * larger && gap >= -OVERLAP * larger
    }

    fn push(&mut self, glyph: Glyph) {
        let end = glyph.origin + glyph.advance;
        if (end - self.end).dot(self.along) > 0.0 {
            self.end = end;
        }
        self.glyphs.push(glyph);
    }

    fn finish(self, space_after: bool) -> Option<Piece> {
        let first = self.glyphs.first()?;
        let raw: String = self.glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        let text = characters::written_out(&raw);
        let (begin, mark, hidden, colour) = (first.origin, first.mark, first.hidden, first.colour);
        if text.is_empty() {
            return None;
        }
        let all = self.glyphs.iter().skip(1).fold(first.bounds(), |all, glyph| all.union(glyph.bounds()));
        let most = |has: fn(&Glyph) -> bool| self.glyphs.iter().filter(|glyph| has(glyph)).count() * 2 > self.glyphs.len();
        let word = Word {
            text,
            bbox: Rect { x0: all.x0, y0: all.y0, x1: all.x1, y1: all.y1 },
            size: self.size,
            bold: most(|glyph| glyph.bold),
            italic: most(|glyph| glyph.italic),
            struck: false,
            direction: direction(self.along),
            colour,
            confidence: None,
        };
        let tracking = self.glyphs.last().map_or(0.0, |glyph| glyph.tracking);
        let glyphs = u32::try_from(self.glyphs.len()).unwrap_or(u32::MAX);
        let (along, end) = (self.along, self.end);
        Some(Piece { word, mark, hidden, begin, end, along, tracking, spaced: (space_after, self.space_before), glyphs })
    }
}

/// The gap along the line that is not due to tracking.
fn gap(between: Vec2, along: Vec2, tracking: f64, size: f64) -> f64 {
    let gap = between.dot(along);
    let tracking = if tracking.abs() > WIDEST_TRACKING * size { 0.0 } else { tracking };
    if gap > 0.0 { (gap - tracking).max(0.0) } else { gap }
}

/// The direction in which the text runs, of length one.
fn along(glyph: &Glyph) -> Vec2 {
    let length = glyph.advance.hypot();
    let upright = Vec2::new(-glyph.up.y, glyph.up.x);
    let vector = if length > 1e-6 { glyph.advance } else { upright };
    let length = vector.hypot();
    if length > 0.0 { vector / length } else { Vec2::new(1.0, 0.0) }
}

fn direction(along: Vec2) -> Direction {
    match (along.x.abs() >= along.y.abs(), along.x >= 0.0, along.y >= 0.0) {
        (true, true, _) => Direction::Right,
        (true, false, _) => Direction::Left,
        (false, _, true) => Direction::Down,
        (false, _, false) => Direction::Up,
    }
}
