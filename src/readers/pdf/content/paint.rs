//! Lines and areas that a content stream paints.

use kurbo::Point;
use kurbo::Rect;

use super::Walker;
use crate::readers::pdf::content::colour::ColourSpace;
use crate::readers::pdf::content::path::Path;
use crate::readers::pdf::content::path::Subpath;
use crate::readers::pdf::content::path::bounds;
use crate::readers::pdf::content::state::Paint;
use crate::readers::pdf::marks::Area;
use crate::readers::pdf::marks::Line;
use crate::readers::pdf::marks::is_white;

/// Opacity below which nothing can be seen.
const TRANSPARENT: f64 = 0.02;

/// Filled rectangles up to so many points thick are lines.
const THICKEST_LINE: f64 = 3.0;

/// Shapes narrower than this hold no text, in points; letters that are drawn as shapes mostly are.
const SMALLEST_SHAPE: f64 = 6.0;

/// Lines and areas of a page that are kept each; the densest charts have some 100,000.
const MAX_MARKS: usize = 300_000;

/// How far points may lie off an axis and still be on it, in points.
const OFF_AXIS: f64 = 0.6;

impl Walker<'_, '_> {
    /// Ends the path: fills and strokes it, and clips to it where that was asked for.
    pub(super) fn paint(&mut self, fill: bool, stroke: bool) {
        let path = std::mem::take(&mut self.path);
        if self.visible() {
            if fill && self.state.fill.alpha >= TRANSPARENT {
                path.parts.iter().for_each(|part| self.fill_part(part));
            }
            if stroke && self.state.stroke.alpha >= TRANSPARENT {
                path.parts.iter().for_each(|part| self.stroke_part(part));
            }
        }
        if std::mem::take(&mut self.clip_next) {
            self.clip_to(&path);
        }
    }

    /// Narrows the clip to what encloses `path`.
    pub(super) fn clip_to(&mut self, path: &Path) {
        let inside = path.bounds(self.state.ctm).unwrap_or(Rect::ZERO);
        let clip = self.state.clip.intersect(inside);
        self.state.clip = clip;
    }

    fn fill_part(&mut self, part: &Subpath) {
        if self.marks.areas.len() >= MAX_MARKS || self.marks.lines.len() >= MAX_MARKS {
            return;
        }
        let points = part.shown(self.state.ctm);
        let Some(all) = bounds(points.iter().copied()) else {
            return;
        };
        if part.curved || !is_rectangle(&points, all) {
            self.shape(all);
            return;
        }
        let seen = all.intersect(self.state.clip.inflate(OFF_AXIS, OFF_AXIS));
        if seen.width() <= 0.0 && seen.height() <= 0.0 {
            return;
        }
        let colour = self.state.fill.colour;
        let (width, height) = (seen.width(), seen.height());
        if height <= THICKEST_LINE && width > height {
            let y = seen.center().y;
            self.line(Point::new(seen.x0, y), Point::new(seen.x1, y), height, colour);
        } else if width <= THICKEST_LINE && height > width {
            let x = seen.center().x;
            self.line(Point::new(x, seen.y0), Point::new(x, seen.y1), width, colour);
        } else if width > 0.0 && height > 0.0 {
            // A pattern has no colour of its own.
            let plain = *self.state.fill.space != ColourSpace::Pattern;
            let colour = plain.then(|| self.blended(&self.state.fill, seen));
            self.marks.areas.push(Area { bounds: seen, colour, image: false });
        }
    }

    /// Notes a shape that is no rectangle, as a banner with round corners: white text on it can be seen. Its colour is not that of
    /// all that encloses it.
    fn shape(&mut self, all: Rect) {
        let seen = all.intersect(self.state.clip);
        if seen.width().min(seen.height()) >= SMALLEST_SHAPE && !is_white(self.state.fill.colour) {
            self.marks.areas.push(Area { bounds: seen, colour: None, image: false });
        }
    }

    /// The colour that a paint gives over what is below.
    fn blended(&self, paint: &Paint, area: Rect) -> [u8; 3] {
        if paint.alpha >= 1.0 {
            return paint.colour;
        }
        let below = self.marks.below(area.center()).unwrap_or([255; 3]);
        let mix = |index: usize| {
            let (over, under) = (f64::from(paint.colour[index]), f64::from(below[index]));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
            let mixed = (under + (over - under) * paint.alpha.clamp(0.0, 1.0)).round() as u8;
            mixed
        };
        [mix(0), mix(1), mix(2)]
    }

    fn stroke_part(&mut self, part: &Subpath) {
        if part.curved {
            return;
        }
        let mut points = part.shown(self.state.ctm);
        if part.closed && points.len() > 2 {
            points.extend(points.first().copied());
        }
        let thickness = self.state.line_width * self.state.scale();
        let colour = self.state.stroke.colour;
        for pair in points.windows(2) {
            if let [from, to] = pair {
                self.line(*from, *to, thickness, colour);
            }
        }
    }

    /// Keeps a line along an axis, as far as it is not clipped away.
    fn line(&mut self, from: Point, to: Point, thickness: f64, colour: [u8; 3]) {
        if self.marks.lines.len() >= MAX_MARKS {
            return;
        }
        let (dx, dy) = ((to.x - from.x).abs(), (to.y - from.y).abs());
        let along = dx.max(dy);
        let off = dx.min(dy);
        // A thick line that is short is an area: a cell's background drawn with a wide pen.
        if off > OFF_AXIS.max(along * 0.01) || along <= 0.0 || !along.is_finite() {
            return;
        }
        let around =
            Rect::from_points(from, to).inflate(OFF_AXIS, OFF_AXIS).intersect(self.state.clip.inflate(OFF_AXIS, OFF_AXIS));
        if around.width() <= 0.0 || around.height() <= 0.0 {
            return;
        }
        if thickness > THICKEST_LINE * 2.0 && along > thickness {
            let half = thickness / 2.0;
            let area = if dx > dy {
                Rect::new(from.x.min(to.x), from.y - half, from.x.max(to.x), from.y + half)
            } else {
                Rect::new(from.x - half, from.y.min(to.y), from.x + half, from.y.max(to.y))
            };
            let seen = area.intersect(self.state.clip);
            if seen.area() > 0.0 {
                self.marks.areas.push(Area { bounds: seen, colour: Some(colour), image: false });
            }
            return;
        }
        let clip = self.state.clip;
        let hold = |point: Point| Point::new(point.x.clamp(clip.x0, clip.x1), point.y.clamp(clip.y0, clip.y1));
        let (from, to) = (hold(from), hold(to));
        if self.marks.below(from.midpoint(to)) != Some(colour) {
            self.marks.lines.push(Line { from, to, thickness, colour });
        }
    }
}

/// Whether `points` are the corners of the upright rectangle `all`, which may be drawn with points in between.
fn is_rectangle(points: &[Point], all: Rect) -> bool {
    let on_edge = |point: &Point| {
        let x = (point.x - all.x0).abs().min((point.x - all.x1).abs());
        let y = (point.y - all.y0).abs().min((point.y - all.y1).abs());
        x.max(0.0) <= OFF_AXIS && y.max(0.0) <= OFF_AXIS
    };
    let corner = |x: f64, y: f64| points.iter().any(|p| (p.x - x).abs() <= OFF_AXIS && (p.y - y).abs() <= OFF_AXIS);
    let corners = corner(all.x0, all.y0) && corner(all.x1, all.y0) && corner(all.x0, all.y1) && corner(all.x1, all.y1);
    corners && points.iter().all(on_edge)
}
