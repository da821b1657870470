//! What annotations look like (ISO 32000-1, 12.5.5), and form fields for which nothing is drawn.

use hayro_syntax::object::Array;
use hayro_syntax::object::Dict;
use hayro_syntax::object::Name;
use hayro_syntax::object::Object;
use hayro_syntax::object::Stream;
use hayro_syntax::page::Page;
use kurbo::Affine;
use kurbo::Rect;

use super::Walker;
use crate::readers::pdf::arrays;
use crate::readers::pdf::content::scope::Scope;
use crate::readers::pdf::content::state::State;
use crate::readers::pdf::fields;
use crate::readers::pdf::fields::Value;

/// Flags of annotations that are not shown (ISO 32000-1, table 165).
const FLAG_HIDDEN: u32 = 1 << 1;
const FLAG_NO_VIEW: u32 = 1 << 5;

impl<'a> Walker<'_, 'a> {
    /// Walks the annotations of `page`, whose user space is seen through `ctm`.
    pub(super) fn annotations(&mut self, page: &Page<'a>, ctm: Affine) {
        let Some(annotations) = page.raw().get::<Array<'a>>(b"Annots".as_slice()) else {
            return;
        };
        for annotation in arrays::items(&annotations).filter_map(Object::into_dict) {
            let hidden = annotation.get::<u32>(b"F".as_slice()).unwrap_or(0) & (FLAG_HIDDEN | FLAG_NO_VIEW) != 0;
            let popup = annotation.get::<Name<'a>>(b"Subtype".as_slice()).as_deref() == Some(b"Popup");
            let Some([x0, y0, x1, y1]) = annotation.get::<[f64; 4]>(b"Rect".as_slice()) else {
                continue;
            };
            if hidden || popup || self.shared.layers.hides(&annotation) {
                continue;
            }
            // What the page's content set last does not hold for annotations.
            self.state = State::new(ctm, self.state.clip);
            self.annotation(&annotation, Rect::new(x0, y0, x1, y1).abs(), page);
        }
    }

    fn annotation(&mut self, annotation: &Dict<'a>, rect: Rect, page: &Page<'a>) {
        let ctm = self.state.ctm;
        let drawn = self.marks.glyphs.len();
        let clipped = self.clipped;
        let value = fields::value(annotation);
        if let Value::Button(on) = value {
            // What is drawn for a box is a letter of a symbol font or some lines.
            self.marks.glyphs.push(fields::button(on, rect, ctm));
            return;
        }
        if let Some(form) = appearance(annotation)
            && let Some(placed) = placed(&form, rect)
        {
            self.form(&form, &Scope::new(page.resources()), placed);
        }
        // What does not fit in its widget is shown when it is scrolled.
        if let Value::Text(text) = value
            && (self.marks.glyphs.len() == drawn || self.clipped > clipped)
        {
            self.marks.glyphs.truncate(drawn);
            self.marks.glyphs.extend(fields::characters(&text, rect, ctm));
        }
    }
}

/// The stream that draws an annotation in its present state.
fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    match annotation.get::<Dict<'a>>(b"AP".as_slice())?.get::<Object<'a>>(b"N".as_slice())? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => {
            let state = annotation.get::<Name<'a>>(b"AS".as_slice())?;
            states.get::<Stream<'a>>(state)
        }
        _ => None,
    }
}

/// What places `form` in `rect`.
fn placed(form: &Stream<'_>, rect: Rect) -> Option<Affine> {
    let own = form.dict().get::<[f64; 6]>(b"Matrix".as_slice()).map_or(Affine::IDENTITY, Affine::new);
    let [x0, y0, x1, y1] = form.dict().get::<[f64; 4]>(b"BBox".as_slice())?;
    let frame = own.transform_rect_bbox(Rect::new(x0, y0, x1, y1));
    if frame.width() <= 0.0 || frame.height() <= 0.0 {
        return None;
    }
    let (sx, sy) = (rect.width() / frame.width(), rect.height() / frame.height());
    Some(Affine::new([sx, 0.0, 0.0, sy, rect.x0 - sx * frame.x0, rect.y0 - sy * frame.y0]))
}
