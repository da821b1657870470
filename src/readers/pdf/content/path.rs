//! Paths under construction: subpaths of straight lines, with what is curved marked.

use kurbo::Affine;
use kurbo::Point;
use kurbo::Rect;

/// A path under construction, in user space.
#[derive(Default)]
pub(super) struct Path {
    pub(super) parts: Vec<Subpath>,
}

/// A run of connected points.
#[derive(Clone)]
pub(super) struct Subpath {
    pub(super) points: Vec<Point>,
    pub(super) closed: bool,
    /// Some of it is a curve.
    pub(super) curved: bool,
}

impl Path {
    pub(super) fn move_to(&mut self, point: Point) {
        self.parts.push(Subpath { points: vec![point], closed: false, curved: false });
    }

    pub(super) fn line_to(&mut self, point: Point) {
        self.open().points.push(point);
    }

    pub(super) fn curve_to(&mut self, end: Point) {
        let part = self.open();
        part.curved = true;
        part.points.push(end);
    }

    pub(super) fn close(&mut self) {
        if let Some(part) = self.parts.last_mut() {
            part.closed = true;
        }
    }

    pub(super) fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        self.parts.push(Subpath { points: corners.map(Point::from).to_vec(), closed: true, curved: false });
    }

    /// The subpath that goes on; after a closed one, a new one where it began.
    fn open(&mut self) -> &mut Subpath {
        let begin = match self.parts.last() {
            Some(part) if !part.closed => None,
            Some(part) => Some(part.points.first().copied().unwrap_or_default()),
            None => Some(Point::ORIGIN),
        };
        if let Some(begin) = begin {
            self.move_to(begin);
        }
        let last = self.parts.len() - 1;
        &mut self.parts[last]
    }

    /// What encloses all of it, seen through `ctm`; none for no points.
    pub(super) fn bounds(&self, ctm: Affine) -> Option<Rect> {
        bounds(self.parts.iter().flat_map(|part| part.points.iter()).map(|point| ctm * *point))
    }
}

impl Subpath {
    /// The points seen through `ctm`.
    pub(super) fn shown(&self, ctm: Affine) -> Vec<Point> {
        self.points.iter().map(|point| ctm * *point).collect()
    }
}

/// What encloses `points`; none for no points.
pub(super) fn bounds(points: impl Iterator<Item = Point>) -> Option<Rect> {
    points.fold(None, |all: Option<Rect>, point| Some(all.map_or(Rect::from_points(point, point), |all| all.union_pt(point))))
}
