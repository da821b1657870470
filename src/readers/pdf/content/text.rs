//! Characters that a content stream shows.

use ecow::EcoString;
use kurbo::Affine;
use kurbo::Point;
use kurbo::Rect;
use kurbo::Vec2;

use super::Walker;
use crate::readers::pdf::content::state::Mode;
use crate::readers::pdf::marks::Glyph;
use crate::readers::pdf::marks::Marks;

/// Opacity below which nothing can be seen.
const TRANSPARENT: f64 = 0.02;

/// Difference of two colours, in the channel where it is largest, below which one cannot be told from the other.
const TOLD_APART: u8 = 10;

/// What stands for a character that no font says anything of.
const UNKNOWN: &str = "\u{fffd}";

/// Characters of a page that are kept; a page of the densest print has some 30,000.
const MAX_GLYPHS: usize = 2_000_000;

impl Walker<'_, '_> {
    /// Shows the characters of `bytes` and moves on.
    pub(super) fn show(&mut self, bytes: &[u8]) {
        let Some(face) = self.state.text.face.clone() else {
            return;
        };
        let visible = self.visible();
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = face.code(bytes, at);
            at += length;
            let advance = face.advance(code);
            if visible && self.marks.glyphs.len() < MAX_GLYPHS {
                let characters = self.characters(|| face.text(code));
                let text = &self.state.text;
                let em = self.state.ctm * text.glyph_matrix();
                let place = em * Affine::translate(face.displacement(code));
                let along = if face.horizontal() { Vec2::new(advance, 0.0) } else { Vec2::new(0.0, advance) };
                let tracking = Vec2::new(text.char_space * text.stretch, 0.0);
                let glyph = Glyph {
                    text: characters,
                    origin: place * Point::ORIGIN,
                    advance: turn(em, along),
                    up: turn(em, Vec2::new(0.0, face.em)),
                    ascent: face.ascent,
                    descent: -face.descent,
                    tracking: turn(self.state.ctm * text.matrix, tracking).hypot(),
                    bold: face.bold || text.mode == Mode::FillAndStroke,
                    italic: face.italic,
                    colour: if text.mode == Mode::Stroke { self.state.stroke.colour } else { self.state.fill.colour },
                    hidden: false,
                    mark: self.content.last().and_then(|content| content.mark),
                };
                self.keep(glyph);
            }
            let text = &mut self.state.text;
            let word = if code == 32 && length == 1 { text.word_space } else { 0.0 };
            text.advance(advance * text.size + text.char_space + word);
        }
    }

    /// What a character says: what its marked content says as a whole, once, else what the font says.
    fn characters(&mut self, of_font: impl FnOnce() -> Option<EcoString>) -> EcoString {
        match self.content.iter_mut().rev().find(|content| content.replaced) {
            Some(content) => content.said.take().map(EcoString::from).unwrap_or_default(),
            None => of_font().unwrap_or_else(|| {
                self.marks.unknown += 1;
                EcoString::inline(UNKNOWN)
            }),
        }
    }

    /// Lets the last character reach to the end of `bounds`: what is shown there is said by it, too.
    fn widen(&mut self, bounds: Rect) {
        if let Some(last) = self.marks.glyphs.last_mut()
            && last.advance.x > 0.0
            && last.advance.y == 0.0
        {
            last.advance.x = last.advance.x.max(bounds.x1 - last.origin.x);
        }
    }

    fn keep(&mut self, mut glyph: Glyph) {
        let bounds = glyph.bounds();
        let finite = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].iter().all(|edge| edge.is_finite() && edge.abs() < 1e7);
        if finite && glyph.text.is_empty() {
            self.widen(bounds);
        }
        if !finite || glyph.text.is_empty() {
            return;
        }
        if !meets(bounds, self.state.clip.inflate(0.5, 0.5)) {
            self.clipped += usize::from(!glyph.is_space());
            return;
        }
        let mode = self.state.text.mode;
        let alpha = if mode == Mode::Stroke { self.state.stroke.alpha } else { self.state.fill.alpha };
        glyph.hidden = mode == Mode::Invisible || alpha < TRANSPARENT || camouflaged(&glyph, &self.marks);
        self.marks.glyphs.push(glyph);
    }
}

/// Whether a character has the colour of what it stands on.
fn camouflaged(glyph: &Glyph, marks: &Marks) -> bool {
    // Black on the bare page is by far the most frequent, and needs no search.
    if marks.areas.is_empty() && glyph.colour.iter().all(|&part| part < 128) {
        return false;
    }
    let below = marks.below(glyph.bounds().center());
    below.is_some_and(|below| below.iter().zip(glyph.colour).all(|(&a, b)| a.abs_diff(b) < TOLD_APART))
}

/// Whether two areas meet; one without width, as that of a combining mark, meets what it stands in.
fn meets(a: Rect, b: Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

/// `vector` seen through `matrix`, without its translation.
fn turn(matrix: Affine, vector: Vec2) -> Vec2 {
    let [a, b, c, d, _, _] = matrix.as_coeffs();
    Vec2::new(a * vector.x + c * vector.y, b * vector.x + d * vector.y)
}
