//! What operators of a content stream set and others use: the graphics state (ISO 32000-1, 8.4) with the text state (9.3).

use std::rc::Rc;

use kurbo::Affine;
use kurbo::Rect;

use crate::readers::pdf::content::colour::ColourSpace;
use crate::readers::pdf::font::Face;

/// The graphics state, as far as it says where marks stand and whether they can be seen.
#[derive(Clone)]
pub(super) struct State<'a> {
    /// From user space to points from the top left of the page as it is shown.
    pub(super) ctm: Affine,
    /// What encloses everything that is not clipped away, in the same points.
    pub(super) clip: Rect,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    /// In user space.
    pub(super) line_width: f64,
    pub(super) text: TextState<'a>,
}

/// What areas or lines are painted with.
#[derive(Clone)]
pub(super) struct Paint {
    pub(super) space: Rc<ColourSpace>,
    pub(super) colour: [u8; 3],
    /// 0 where nothing can be seen, 1 where nothing shines through.
    pub(super) alpha: f64,
}

/// What decides where the next character stands.
#[derive(Clone)]
pub(super) struct TextState<'a> {
    pub(super) face: Option<Rc<Face<'a>>>,
    pub(super) size: f64,
    pub(super) char_space: f64,
    pub(super) word_space: f64,
    /// 1 for the font's own width.
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: Mode,
    pub(super) matrix: Affine,
    pub(super) line_matrix: Affine,
}

/// How characters are painted (ISO 32000-1, table 106).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Fill,
    Stroke,
    FillAndStroke,
    Invisible,
}

impl Mode {
    pub(super) fn from_operand(operand: i64) -> Self {
        match operand {
            1 | 5 => Self::Stroke,
            2 | 6 => Self::FillAndStroke,
            3 => Self::Invisible,
            _ => Self::Fill,
        }
    }
}

impl Default for Paint {
    fn default() -> Self {
        Self { space: Rc::new(ColourSpace::Grey), colour: [0; 3], alpha: 1.0 }
    }
}

impl State<'_> {
    /// The state at the beginning of a page.
    pub(super) fn new(ctm: Affine, clip: Rect) -> Self {
        let text = TextState {
            face: None,
            size: 1.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: Mode::Fill,
            matrix: Affine::IDENTITY,
            line_matrix: Affine::IDENTITY,
        };
        Self { ctm, clip, fill: Paint::default(), stroke: Paint::default(), line_width: 1.0, text }
    }

    /// How many points a unit of user space is, on average of both axes.
    pub(super) fn scale(&self) -> f64 {
        self.ctm.determinant().abs().sqrt()
    }
}

impl TextState<'_> {
    /// From glyph space with an em of one to user space.
    pub(super) fn glyph_matrix(&self) -> Affine {
        self.matrix * Affine::new([self.size * self.stretch, 0.0, 0.0, self.size, 0.0, self.rise])
    }

    /// Moves on by `amount` of text space along the line.
    pub(super) fn advance(&mut self, amount: f64) {
        let horizontal = self.face.as_ref().is_none_or(|face| face.horizontal());
        let by = if horizontal { (amount * self.stretch, 0.0) } else { (0.0, amount) };
        self.matrix *= Affine::translate(by);
    }

    /// Begins a line, offset from the beginning of the line before.
    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line_matrix *= Affine::translate((x, y));
        self.matrix = self.line_matrix;
    }
}
