//! Walks a page's content stream and collects what it paints (ISO 32000-1, 8 and 9).

mod annotations;
mod colour;
mod paint;
mod path;
mod scope;
mod state;
mod text;
mod visible;

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::Array;
use hayro_syntax::object::Dict;
use hayro_syntax::object::Name;
use hayro_syntax::object::Number;
use hayro_syntax::object::Object;
use hayro_syntax::object::ObjectIdentifier;
use hayro_syntax::object::Stream;
use hayro_syntax::page::Page;
use hayro_syntax::page::Resources;
use kurbo::Affine;
use kurbo::Point;
use kurbo::Rect;

use crate::readers::error::ReadError;
use crate::readers::pdf::arrays;
use crate::readers::pdf::content::colour::ColourSpace;
use crate::readers::pdf::content::path::Path;
use crate::readers::pdf::content::scope::Scope;
use crate::readers::pdf::content::state::Mode;
use crate::readers::pdf::content::state::Paint;
use crate::readers::pdf::content::state::State;
use crate::readers::pdf::content::visible::Layers;
use crate::readers::pdf::font::Face;
use crate::readers::pdf::font::Fonts;
use crate::readers::pdf::guard;
use crate::readers::pdf::marks::Area;
use crate::readers::pdf::marks::Mark;
use crate::readers::pdf::marks::Marks;
use crate::readers::pdf::strings;

/// Forms in forms that are followed.
const MAX_DEPTH: u32 = 24;

/// Saved states that are kept; ISO 32000-1, table C.1 asks for 28.
const MAX_SAVED: usize = 4096;

/// Operators of a page that are followed, those of its forms included. The largest maps have some ten million.
const MAX_OPERATORS: u64 = 20_000_000;

/// Bytes of a page's content that are followed; a page can name one stream many times.
const MAX_CONTENT: usize = 1 << 28;

/// What is the same for all pages.
pub(super) struct Shared<'a> {
    pub(super) fonts: Fonts<'a>,
    faces: std::cell::RefCell<HashMap<ObjectIdentifier, Option<Rc<Face<'a>>>>>,
    layers: Rc<Layers>,
}

impl<'a> Shared<'a> {
    /// Reads what the document's catalogue says of layers.
    pub(super) fn new(pdf: &'a hayro_syntax::Pdf) -> Self {
        let catalogue = pdf.xref().get::<Dict<'a>>(pdf.xref().root_id());
        let layers = Rc::new(catalogue.map(|catalogue| Layers::new(&catalogue)).unwrap_or_default());
        Self { fonts: Fonts::default(), faces: std::cell::RefCell::default(), layers }
    }

    fn face(&self, dict: &Dict<'a>) -> Option<Rc<Face<'a>>> {
        let Some(id) = dict.obj_id() else {
            return self.fonts.face(dict).map(Rc::new);
        };
        if let Some(face) = self.faces.borrow().get(&id) {
            return face.clone();
        }
        let face = self.fonts.face(dict).map(Rc::new);
        self.faces.borrow_mut().insert(id, face.clone());
        face
    }
}

/// Walks the content of `page` and of its annotations.
///
/// # Errors
///
/// [`ReadError::TooLarge`] where operands nest too deeply.
pub(super) fn walk<'a>(page: &Page<'a>, shared: &Shared<'a>) -> Result<Marks, ReadError> {
    let content = content(page);
    guard::check_content(&content)?;
    let ctm = Affine::new(page.initial_transform(true).as_coeffs());
    let (width, height) = page.render_dimensions();
    let mut walker = Walker {
        shared,
        state: State::new(ctm, Rect::new(0.0, 0.0, f64::from(width), f64::from(height))),
        saved: Vec::new(),
        path: Path::default(),
        clip_next: false,
        content: Vec::new(),
        stream: None,
        depth: 0,
        forms: Vec::new(),
        operators: 0,
        clipped: 0,
        marks: Marks::default(),
        refused: Ok(()),
    };
    walker.run(TypedIter::new(&content), &Scope::new(page.resources()));
    walker.annotations(page, ctm);
    walker.refused.map(|()| walker.marks)
}

/// The content of `page`, its streams one after the other. The parser's own would stay in memory as long as the document.
fn content(page: &Page<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut add = |stream: Stream<'_>| {
        let data = guard::unpacked(&stream, MAX_CONTENT.saturating_sub(out.len()));
        out.extend_from_slice(&data);
        // An operator does not go on in the next stream.
        out.push(b' ');
    };
    match page.raw().get::<Object<'_>>(b"Contents".as_slice()) {
        Some(Object::Stream(stream)) => add(stream),
        Some(Object::Array(streams)) => arrays::items(&streams).filter_map(Object::into_stream).for_each(add),
        _ => {}
    }
    out
}

/// Whether `page` has content that cannot be found.
pub(super) fn is_lost(page: &Page<'_>) -> bool {
    const CONTENTS: &[u8] = b"Contents";
    page.raw().contains_key(CONTENTS)
        && page.raw().get::<Object<'_>>(CONTENTS).is_none_or(|found| matches!(found, Object::Null(_)))
}

/// A sequence of marked content that is open.
struct Content {
    mark: Option<Mark>,
    visible: bool,
    /// What the whole sequence says (`ActualText`), until it is said.
    said: Option<String>,
    replaced: bool,
}

struct Walker<'s, 'a> {
    shared: &'s Shared<'a>,
    state: State<'a>,
    saved: Vec<State<'a>>,
    path: Path,
    clip_next: bool,
    content: Vec<Content>,
    /// The form whose content is walked.
    stream: Option<ObjectIdentifier>,
    depth: u32,
    /// The forms that are being walked, outermost first.
    forms: Vec<ObjectIdentifier>,
    operators: u64,
    /// Characters that were clipped away.
    clipped: usize,
    marks: Marks,
    /// Why a form was not walked.
    refused: Result<(), ReadError>,
}

impl<'a> Walker<'_, 'a> {
    fn run(&mut self, mut ops: TypedIter<'_>, scope: &Scope<'_, 'a>) {
        let resources = scope.own;
        let base = self.saved.len();
        let open = self.content.len();
        let mut faces: HashMap<Vec<u8>, Option<Rc<Face<'a>>>> = HashMap::new();
        while let Some(op) = ops.next() {
            self.operators += 1;
            if self.operators > MAX_OPERATORS {
                break;
            }
            match op {
                Op::SaveState(_) if self.saved.len() < MAX_SAVED => self.saved.push(self.state.clone()),
                Op::RestoreState(_) if self.saved.len() > base => self.restore(),
                Op::Transform(m) => {
                    self.state.ctm *= matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]);
                }
                Op::TextFont(font) => {
                    let face = faces
                        .entry(font.0.as_ref().to_vec())
                        .or_insert_with(|| scope.font(font.0).and_then(|dict| self.shared.face(&dict)));
                    self.state.text.face = face.clone();
                    self.state.text.size = font.1.as_f64();
                }
                Op::SetGraphicsState(name) => self.graphics_state(name.0, resources),
                Op::XObject(name) => {
                    if let Some(stream) = scope.x_object(name.0) {
                        self.x_object(&stream, scope);
                    }
                }
                Op::InlineImage(_) => self.image(),
                Op::BeginMarkedContent(_) => self.begin_content(None, None),
                Op::BeginMarkedContentWithProperties(bdc) => self.begin_properties(bdc.0, bdc.1, resources),
                Op::EndMarkedContent(_) if self.content.len() > open => self.end_content(),
                op => {
                    if !self.path_operator(&op) && !self.colour_operator(&op, resources) {
                        self.text_operator(&op);
                    }
                }
            }
        }
        self.content.truncate(open);
        while self.saved.len() > base {
            self.restore();
        }
        self.path = Path::default();
        self.clip_next = false;
    }

    fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }

    fn path_operator(&mut self, op: &Op<'_, '_>) -> bool {
        match op {
            Op::MoveTo(to) => self.path.move_to(point(&to.0, &to.1)),
            Op::LineTo(to) => self.path.line_to(point(&to.0, &to.1)),
            Op::CubicTo(to) => self.path.curve_to(point(&to.4, &to.5)),
            Op::CubicStartTo(to) => self.path.curve_to(point(&to.2, &to.3)),
            Op::CubicEndTo(to) => self.path.curve_to(point(&to.2, &to.3)),
            Op::ClosePath(_) => self.path.close(),
            Op::RectPath(r) => self.path.rectangle(r.0.as_f64(), r.1.as_f64(), r.2.as_f64(), r.3.as_f64()),
            Op::StrokePath(_) => self.paint(false, true),
            Op::CloseAndStrokePath(_) => {
                self.path.close();
                self.paint(false, true);
            }
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => self.paint(true, false),
            Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => self.paint(true, true),
            Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                self.path.close();
                self.paint(true, true);
            }
            Op::EndPath(_) => self.paint(false, false),
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => self.clip_next = true,
            Op::LineWidth(width) => self.state.line_width = width.0.as_f64().abs(),
            _ => return false,
        }
        true
    }

    fn colour_operator(&mut self, op: &Op<'_, '_>, resources: &Resources<'a>) -> bool {
        let fill = |paint: &mut Paint, space: ColourSpace, parts: &[&Number]| {
            let parts: Vec<f64> = parts.iter().map(|part| part.as_f64()).collect();
            paint.colour = space.colour(&parts);
            paint.space = Rc::new(space);
        };
        let set = |paint: &mut Paint, parts: &[Number]| {
            let parts: Vec<f64> = parts.iter().map(Number::as_f64).collect();
            paint.colour = paint.space.colour(&parts);
        };
        let choose = |paint: &mut Paint, name: &Name<'_>| {
            paint.space = Rc::new(ColourSpace::named(name, resources));
            paint.colour = paint.space.initial();
        };
        let State { fill: inside, stroke: border, .. } = &mut self.state;
        match op {
            Op::NonStrokeColorDeviceGray(c) => fill(inside, ColourSpace::Grey, &[&c.0]),
            Op::NonStrokeColorDeviceRgb(c) => fill(inside, ColourSpace::Rgb, &[&c.0, &c.1, &c.2]),
            Op::NonStrokeColorCmyk(c) => fill(inside, ColourSpace::Cmyk, &[&c.0, &c.1, &c.2, &c.3]),
            Op::StrokeColorDeviceGray(c) => fill(border, ColourSpace::Grey, &[&c.0]),
            Op::StrokeColorDeviceRgb(c) => fill(border, ColourSpace::Rgb, &[&c.0, &c.1, &c.2]),
            Op::StrokeColorCmyk(c) => fill(border, ColourSpace::Cmyk, &[&c.0, &c.1, &c.2, &c.3]),
            Op::ColorSpaceNonStroke(name) => choose(inside, name.0),
            Op::ColorSpaceStroke(name) => choose(border, name.0),
            Op::NonStrokeColor(c) => set(inside, &c.0),
            Op::NonStrokeColorNamed(c) => set(inside, &c.0),
            Op::StrokeColor(c) => set(border, &c.0),
            Op::StrokeColorNamed(c) => set(border, &c.0),
            _ => return false,
        }
        true
    }

    fn text_operator(&mut self, op: &Op<'_, '_>) {
        let text = &mut self.state.text;
        match op {
            Op::BeginText(_) => {
                text.matrix = Affine::IDENTITY;
                text.line_matrix = Affine::IDENTITY;
            }
            Op::SetTextMatrix(m) => {
                text.matrix = matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]);
                text.line_matrix = text.matrix;
            }
            Op::CharacterSpacing(n) => text.char_space = n.0.as_f64(),
            Op::WordSpacing(n) => text.word_space = n.0.as_f64(),
            Op::HorizontalScaling(n) => text.stretch = n.0.as_f64() / 100.0,
            Op::TextLeading(n) => text.leading = n.0.as_f64(),
            Op::TextRise(n) => text.rise = n.0.as_f64(),
            Op::TextRenderingMode(n) => text.mode = Mode::from_operand(n.0.as_i64()),
            Op::NextLine(n) => text.next_line(n.0.as_f64(), n.1.as_f64()),
            Op::NextLineAndSetLeading(n) => {
                text.leading = -n.1.as_f64();
                text.next_line(n.0.as_f64(), n.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => text.next_line(0.0, -text.leading),
            Op::ShowText(string) => self.show(string.0.as_bytes()),
            Op::NextLineAndShowText(string) => {
                text.next_line(0.0, -text.leading);
                self.show(string.0.as_bytes());
            }
            Op::ShowTextWithParameters(p) => {
                text.word_space = p.0.as_f64();
                text.char_space = p.1.as_f64();
                text.next_line(0.0, -text.leading);
                self.show(p.2.as_bytes());
            }
            Op::ShowTexts(strings) => {
                for object in strings.0.iter::<Object<'_>>() {
                    match object {
                        Object::Number(by) => {
                            let text = &mut self.state.text;
                            text.advance(-by.as_f64() / 1000.0 * text.size);
                        }
                        Object::String(string) => self.show(string.as_bytes()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// Applies what an external graphics state sets (ISO 32000-1, table 58).
    fn graphics_state(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(dict) = resources.get_ext_g_state(name) else {
            return;
        };
        if let Some(width) = dict.get::<f64>(b"LW".as_slice()) {
            self.state.line_width = width.abs();
        }
        if let Some(alpha) = dict.get::<f64>(b"CA".as_slice()) {
            self.state.stroke.alpha = alpha;
        }
        if let Some(alpha) = dict.get::<f64>(b"ca".as_slice()) {
            self.state.fill.alpha = alpha;
        }
        if let Some(font) = dict.get::<Array<'a>>(b"Font".as_slice()) {
            let mut items = font.iter::<Object<'a>>();
            let face = items.next().and_then(Object::into_dict).and_then(|dict| self.shared.face(&dict));
            if let (Some(face), Some(Object::Number(size))) = (face, items.next()) {
                self.state.text.face = Some(face);
                self.state.text.size = size.as_f64();
            }
        }
    }

    fn x_object(&mut self, stream: &Stream<'a>, scope: &Scope<'_, 'a>) {
        let dict = stream.dict();
        if !self.visible() || self.shared.layers.hides(dict) {
            return;
        }
        match dict.get::<Name<'a>>(b"Subtype".as_slice()).as_deref() {
            Some(b"Image") => self.image(),
            Some(b"Form") | None => self.form(stream, scope, Affine::IDENTITY),
            _ => {}
        }
    }

    /// Walks a form (ISO 32000-1, 8.10), placed by `placed` before the current matrix.
    fn form(&mut self, stream: &Stream<'a>, scope: &Scope<'_, 'a>, placed: Affine) {
        // One that draws itself would have no end.
        let id = stream.obj_id();
        if self.depth >= MAX_DEPTH || self.forms.contains(&id) {
            return;
        }
        let dict = stream.dict();
        let data = guard::unpacked(stream, MAX_CONTENT);
        if let Err(error) = guard::check_content(&data) {
            self.refused = Err(error);
            return;
        }
        self.depth += 1;
        self.forms.push(id);
        let state = self.state.clone();
        let path = std::mem::take(&mut self.path);
        let outer = self.stream.replace(stream.obj_id());
        let own = dict.get::<[f64; 6]>(b"Matrix".as_slice()).map_or(Affine::IDENTITY, Affine::new);
        self.state.ctm = self.state.ctm * placed * own;
        if let Some([x0, y0, x1, y1]) = dict.get::<[f64; 4]>(b"BBox".as_slice()) {
            let mut frame = Path::default();
            frame.rectangle(x0, y0, x1 - x0, y1 - y0);
            self.clip_to(&frame);
        }
        let own = dict.get::<Dict<'a>>(b"Resources".as_slice()).map(Resources::new);
        let inner = own.as_ref().map_or(*scope, |own| Scope::within(own, scope));
        self.run(TypedIter::new(&data), &inner);
        self.state = state;
        self.path = path;
        self.stream = outer;
        self.forms.pop();
        self.depth -= 1;
    }

    /// Notes where an image stands: the unit square of user space.
    fn image(&mut self) {
        if !self.visible() {
            return;
        }
        let bounds = self.state.ctm.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0)).intersect(self.state.clip);
        if bounds.area() > 0.0 {
            self.marks.areas.push(Area { bounds, colour: None, image: true });
        }
    }

    fn visible(&self) -> bool {
        self.content.last().is_none_or(|content| content.visible)
    }

    fn begin_properties(&mut self, tag: &Name<'_>, properties: &Object<'_>, resources: &Resources<'a>) {
        let named;
        let dict = match properties {
            Object::Dict(dict) => Some(dict),
            Object::Name(name) => {
                if tag.as_ref() == b"OC" && self.shared.layers.hides_named(&resources.properties, name) {
                    self.begin_content(None, None);
                    if let Some(content) = self.content.last_mut() {
                        content.visible = false;
                    }
                    return;
                }
                named = resources.properties.get::<Dict<'_>>(name);
                named.as_ref()
            }
            _ => None,
        };
        let mark = dict.and_then(|dict| dict.get::<u32>(b"MCID".as_slice())).map(|id| Mark { stream: self.stream, id });
        let said = dict.and_then(|dict| dict.get::<hayro_syntax::object::String<'_>>(b"ActualText".as_slice()));
        // What stands for a whole phrase cannot be told where its words stand; the font says them too.
        let said = said.map(|said| strings::text(said.as_bytes())).filter(|said| is_word(said));
        self.begin_content(mark, said);
    }

    fn begin_content(&mut self, mark: Option<Mark>, said: Option<String>) {
        let outer = self.content.last();
        let content = Content {
            mark: mark.or(outer.and_then(|outer| outer.mark)),
            visible: outer.is_none_or(|outer| outer.visible),
            replaced: said.is_some(),
            said,
        };
        self.content.push(content);
    }

    fn end_content(&mut self) {
        self.content.pop();
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn matrix(parts: [&Number; 6]) -> Affine {
    Affine::new(parts.map(Number::as_f64))
}

fn point(x: &Number, y: &Number) -> Point {
    Point::new(x.as_f64(), y.as_f64())
}
