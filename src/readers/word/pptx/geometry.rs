//! Where shapes stand on a slide (ECMA-376 part 1, 20.1.7): in points, from the English metric units of the file.

use crate::model::location::Rect;
use crate::readers::word::tree::Element;

/// English metric units of a point (20.1.2.1).
const UNITS: f64 = 12_700.0;

/// How the coordinates inside a group become those of the slide.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    scale: (f64, f64),
    shift: (f64, f64),
}

impl Frame {
    /// The slide itself.
    pub(super) const SLIDE: Self = Self { scale: (1.0, 1.0), shift: (0.0, 0.0) };

    /// The frame inside a group with this `a:xfrm`.
    pub(super) fn inside(self, group: Element<'_>) -> Self {
        let inner = || Some((point(group.child("a:chOff")?, "x", "y")?, point(group.child("a:chExt")?, "cx", "cy")?));
        let (Some(outer), Some((offset, extent))) = (raw(group), inner()) else { return self };
        let ratio = |outer: f64, inner: f64| if inner > 0.0 { outer / inner } else { 1.0 };
        let scale = (ratio(outer.x1 - outer.x0, extent.0), ratio(outer.y1 - outer.y0, extent.1));
        let shift = (outer.x0 - offset.0 * scale.0, outer.y0 - offset.1 * scale.1);
        Self {
            scale: (self.scale.0 * scale.0, self.scale.1 * scale.1),
            shift: (self.shift.0 + shift.0 * self.scale.0, self.shift.1 + shift.1 * self.scale.1),
        }
    }

    /// The region of a shape with this `a:xfrm` or `p:xfrm`.
    pub(super) fn region(self, shape: Element<'_>) -> Option<Rect> {
        let raw = raw(shape)?;
        let x = |x: f64| rounded((x * self.scale.0 + self.shift.0) / UNITS);
        let y = |y: f64| rounded((y * self.scale.1 + self.shift.1) / UNITS);
        Some(Rect { x0: x(raw.x0), y0: y(raw.y0), x1: x(raw.x1), y1: y(raw.y1) })
    }
}

fn raw(shape: Element<'_>) -> Option<Rect> {
    let (x0, y0) = point(shape.child("a:off")?, "x", "y")?;
    let (width, height) = point(shape.child("a:ext")?, "cx", "cy")?;
    Some(Rect { x0, y0, x1: x0 + width, y1: y0 + height })
}

fn point(element: Element<'_>, across: &str, down: &str) -> Option<(f64, f64)> {
    let number = |name: &str| element.attribute(name)?.parse::<i64>().ok();
    #[expect(clippy::cast_precision_loss, reason = "no slide is wide enough to lose a unit")]
    let both = (number(across)? as f64, number(down)? as f64);
    Some(both)
}

/// A length in points, from units.
pub(super) fn points(length: Option<&str>) -> f64 {
    length.and_then(|length| length.parse::<f64>().ok()).filter(|length| length.is_finite()).map_or(0.0, |length| length / UNITS)
}

/// To a hundredth of a point, as places are written.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
