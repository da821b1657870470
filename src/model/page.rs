//! What a reader of paged documents hands over for each page: words, rulings, fills and tagged tables, all in points from the
//! top left of the page as it is shown (rotation and crop applied).

use serde::Deserialize;
use serde::Serialize;

use crate::model::location::PageNumber;
use crate::model::location::Rect;

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its position in the document.
    pub number: PageNumber,
    /// Its printed label, where the document gives one ("iv", "A-3").
    pub label: Option<String>,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// The words in the order of the content stream; text that cannot be seen is left out.
    pub words: Vec<Word>,
    /// Lines, also those drawn as thin rectangles or as the borders of rectangles.
    pub rulings: Vec<Ruling>,
    /// Filled areas that are no lines and not white.
    pub fills: Vec<Fill>,
    /// Tables of the structure tree that have text on this page.
    pub tagged: Vec<TaggedTable>,
    /// Share of the words that the structure tree knows, 0 to 1: little where the tree is older than the page.
    pub tagged_share: f64,
    /// Headings of the document's outline that lead to this page.
    pub outline: Vec<OutlineEntry>,
}

impl Page {
    /// A page with nothing on it.
    #[must_use]
    pub fn blank(number: PageNumber, width: f64, height: f64) -> Self {
        Self {
            number,
            label: None,
            width,
            height,
            words: Vec::new(),
            rulings: Vec::new(),
            fills: Vec::new(),
            tagged: Vec::new(),
            tagged_share: 0.0,
            outline: Vec::new(),
        }
    }
}

/// An entry of the document's outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// Its level, 1 the highest.
    pub level: u8,
    /// What it says: mostly, but not always, the words of a heading on the page.
    pub title: String,
}

/// A run of characters without a gap between them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// The characters; ligatures are written out.
    pub text: String,
    /// Where they stand: the width of their advances, the height of the font's ascent and descent.
    pub bbox: Rect,
    /// Size of the font in points, as it is shown.
    pub size: f64,
    /// Set in a bold face.
    pub bold: bool,
    /// Set in an italic face.
    pub italic: bool,
    /// Struck through by a line.
    pub struck: bool,
    /// Which way the text runs.
    pub direction: Direction,
    /// Colour of the characters, red, green, blue.
    pub colour: [u8; 3],
    /// How sure a text recogniser is, 0 to 1; none where the document itself says the characters.
    pub confidence: Option<f32>,
}

impl Word {
    /// A level word in plain black letters.
    #[must_use]
    pub fn plain(text: &str, bbox: Rect, size: f64) -> Self {
        Self {
            text: text.to_owned(),
            bbox,
            size,
            bold: false,
            italic: false,
            struck: false,
            direction: Direction::Right,
            colour: [0; 3],
            confidence: None,
        }
    }
}

/// Which way text runs on the page as it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Left to right.
    #[default]
    Right,
    /// Top to bottom.
    Down,
    /// Bottom to top.
    Up,
    /// Upside down.
    Left,
}

/// A line that runs along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruling {
    /// Which axis it runs along.
    pub axis: Axis,
    /// Its place on the other axis: y of a horizontal, x of a vertical one.
    pub at: f64,
    /// Where it begins on its own axis.
    pub from: f64,
    /// Where it ends on its own axis.
    pub to: f64,
    /// Its thickness.
    pub thickness: f64,
    /// Its colour, red, green, blue.
    pub colour: [u8; 3],
}

/// The axis that a line runs along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// From left to right.
    Horizontal,
    /// From top to bottom.
    Vertical,
}

/// A filled area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// The area.
    pub bbox: Rect,
    /// Its colour, red, green, blue.
    pub colour: [u8; 3],
}

/// A table of the structure tree, as far as it stands on one page.
#[derive(Clone, Debug, Default)]
pub struct TaggedTable {
    /// Which of the document's tagged tables it is; the same on each of its pages.
    pub id: u32,
    /// Which row of the whole table the first of these is, zero-based. A row that reaches over a page break is the last of one
    /// page and the first of the next.
    pub first_row: u32,
    /// The rows.
    pub rows: Vec<Vec<TaggedCell>>,
}

/// A cell of a tagged table.
#[derive(Clone, Debug, Default)]
pub struct TaggedCell {
    /// Its words, as indices into [`Page::words`].
    pub words: Vec<u32>,
    /// Tagged as a header cell.
    pub header: bool,
    /// Rows covered, at least 1.
    pub rowspan: u32,
    /// Columns covered, at least 1.
    pub colspan: u32,
}
