//! What a page's content paints, in points from the top left of the page as it is shown: characters, lines, areas, images.

use ecow::EcoString;
use hayro_syntax::object::ObjectIdentifier;
use kurbo::Point;
use kurbo::Rect;
use kurbo::Vec2;

/// Lightest channel above which a colour counts as white.
const WHITE: u8 = 250;

/// Areas that are searched for what is below a mark, the last ones; tables of a page have some hundred.
const MOST_BELOW: usize = 4096;

/// Everything that one page paints, in the order of painting.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) lines: Vec<Line>,
    pub(super) areas: Vec<Area>,
    /// Characters that no font says anything of.
    pub(super) unknown: usize,
}

/// A character.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// The characters it stands for: more than one for a ligature.
    pub(super) text: EcoString,
    /// Where it begins on the base line.
    pub(super) origin: Point,
    /// From there to where it ends.
    pub(super) advance: Vec2,
    /// From the base line up by the size of the font.
    pub(super) up: Vec2,
    /// Height over the base line and depth below it, in shares of the size.
    pub(super) ascent: f64,
    pub(super) descent: f64,
    /// Space that the text asked for after each character, in points along the line.
    pub(super) tracking: f64,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) colour: [u8; 3],
    /// Painted with nothing, as over a scan, or in the colour of what is below.
    pub(super) hidden: bool,
    /// The marked content that it belongs to.
    pub(super) mark: Option<Mark>,
}

/// Marked content of a page, as the structure tree refers to it (ISO 32000-1, 14.7.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Mark {
    /// The form in which it stands; none for the page's own content.
    pub(super) stream: Option<ObjectIdentifier>,
    /// Its number there.
    pub(super) id: u32,
}

/// A straight line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) from: Point,
    pub(super) to: Point,
    pub(super) thickness: f64,
    pub(super) colour: [u8; 3],
}

/// An area that is filled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) bounds: Rect,
    /// None for an image or a pattern.
    pub(super) colour: Option<[u8; 3]>,
    pub(super) image: bool,
}

impl Glyph {
    pub(super) fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// The box of the advance and of the font's height.
    pub(super) fn bounds(&self) -> Rect {
        let end = self.origin + self.advance;
        let top = self.up * self.ascent;
        let bottom = self.up * -self.descent;
        let rect = Rect::from_points(self.origin + top, end + bottom);
        rect.union(Rect::from_points(self.origin + bottom, end + top))
    }
}

/// Whether `colour` cannot be told from white.
pub(super) fn is_white(colour: [u8; 3]) -> bool {
    colour.iter().all(|&part| part >= WHITE)
}

impl Marks {
    /// The colour of the topmost area under `point`: white for the bare page, none for an image.
    pub(super) fn below(&self, point: Point) -> Option<[u8; 3]> {
        match self.areas.iter().rev().take(MOST_BELOW).find(|area| area.bounds.contains(point)) {
            Some(area) => area.colour,
            None => Some([255; 3]),
        }
    }
}
