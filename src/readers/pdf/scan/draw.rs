//! Draws the images of a page into one picture.

use hayro_interpret::BlendMode;
use hayro_interpret::ClipPath;
use hayro_interpret::Context;
use hayro_interpret::Device;
use hayro_interpret::DrawMode;
use hayro_interpret::DrawProps;
use hayro_interpret::Image;
use hayro_interpret::ImageData;
use hayro_interpret::ImageDrawProps;
use hayro_interpret::InterpreterCache;
use hayro_interpret::InterpreterSettings;
use hayro_interpret::LumaData;
use hayro_interpret::RenderContent;
use hayro_interpret::SoftMask;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::interpret_page;
use hayro_syntax::page::Page;
use kurbo::Affine;
use kurbo::BezPath;
use kurbo::Point;
use kurbo::Rect;

use crate::model::picture::GreyPicture;

/// Pixels an inch, as recognisers want them.
const DOTS_PER_INCH: u32 = 300;

/// The most pixels of a picture: A2 at 300 an inch. Larger pages are drawn with fewer.
const MAX_PIXELS: f64 = 36_000_000.0;

/// Samples along each side of a pixel where an image has more pixels than the picture.
const MAX_SAMPLES: u32 = 4;

/// Draws the images of `page`.
pub(super) fn draw(page: &Page<'_>) -> GreyPicture {
    let (width, height) = page.render_dimensions();
    let area = f64::from(width) * f64::from(height);
    let most = (MAX_PIXELS / area.max(1.0)).sqrt() * 72.0;
    let dots_per_inch = whole(f64::from(DOTS_PER_INCH).min(most)).max(1);
    let scale = f64::from(dots_per_inch) / 72.0;
    let (columns, rows) = (whole(f64::from(width) * scale).max(1), whole(f64::from(height) * scale).max(1));
    let pixels = vec![255; columns as usize * rows as usize];
    let picture = GreyPicture { width: columns, height: rows, dots_per_inch, pixels };
    let mut canvas = Canvas { picture };
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let placed = Affine::scale(scale) * Affine::new(page.initial_transform(true).as_coeffs());
    let frame = Rect::new(0.0, 0.0, f64::from(columns), f64::from(rows));
    let mut context = Context::new(placed, frame, &InterpreterCache::new(), page.xref(), settings);
    interpret_page(page, &mut context, &mut canvas);
    canvas.picture
}

/// The nearest whole number that is not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range")]
fn whole(number: f64) -> u32 {
    number.round().clamp(0.0, f64::from(u32::MAX)) as u32
}

struct Canvas {
    picture: GreyPicture,
}

/// An image's shades, and how much of what is below they hide.
struct Shades {
    width: u32,
    height: u32,
    shades: Vec<u8>,
    cover: Option<Vec<u8>>,
}

impl Device<'_> for Canvas {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, '_>, _: DrawProps<'_>, _: &DrawMode) {}

    fn draw_image(&mut self, image: Image<'_, '_>, props: ImageDrawProps<'_>) {
        let (width, height) = (image.width(), image.height());
        match image {
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    let shades = shades(data, alpha);
                    self.lay(&shades, props.transform, width, height);
                },
                None,
            ),
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, _| {
                    let shades = Shades {
                        width: mask.width,
                        height: mask.height,
                        shades: vec![0; mask.data.len()],
                        cover: Some(mask.data),
                    };
                    self.lay(&shades, props.transform, width, height);
                },
                None,
            ),
        }
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

fn shades(data: ImageData, alpha: Option<LumaData>) -> Shades {
    let (width, height) = (data.width(), data.height());
    let shades = match data {
        ImageData::Luma(luma) => luma.data,
        ImageData::Rgb(rgb) => rgb.data.chunks_exact(3).map(shade).collect(),
    };
    let cover = alpha.filter(|alpha| alpha.data.len() == shades.len()).map(|alpha| alpha.data);
    Shades { width, height, shades, cover }
}

/// The luminance of red, green and blue (ITU-R BT.601).
fn shade(pixel: &[u8]) -> u8 {
    let part = |index: usize, weight: u32| u32::from(pixel.get(index).copied().unwrap_or(0)) * weight;
    u8::try_from((part(0, 299) + part(1, 587) + part(2, 114)) / 1000).unwrap_or(u8::MAX)
}

impl Canvas {
    /// Lays an image over what is there. `placed` maps its declared pixels, `width` by `height`, to the picture's.
    fn lay(&mut self, image: &Shades, placed: Affine, width: u32, height: u32) {
        let (own_width, own_height) = (f64::from(image.width), f64::from(image.height));
        if own_width < 1.0 || own_height < 1.0 {
            return;
        }
        let placed = placed * Affine::scale_non_uniform(f64::from(width) / own_width, f64::from(height) / own_height);
        if placed.determinant().abs() < 1e-12 {
            return;
        }
        let frame = Rect::new(0.0, 0.0, f64::from(self.picture.width), f64::from(self.picture.height));
        let bounds = placed.transform_rect_bbox(Rect::new(0.0, 0.0, own_width, own_height)).intersect(frame);
        let back = placed.inverse();
        let finer = back.determinant().abs().sqrt();
        let samples = whole(finer).clamp(1, MAX_SAMPLES);
        for row in whole(bounds.y0.floor())..whole(bounds.y1.ceil()) {
            for column in whole(bounds.x0.floor())..whole(bounds.x1.ceil()) {
                let index = row as usize * self.picture.width as usize + column as usize;
                if let Some(pixel) = self.picture.pixels.get_mut(index) {
                    *pixel = image.over(*pixel, back, column, row, samples);
                }
            }
        }
    }
}

impl Shades {
    /// The shade of a pixel of the picture with this image laid over it.
    fn over(&self, below: u8, back: Affine, column: u32, row: u32, samples: u32) -> u8 {
        let (mut sum, mut count) = (0.0, 0.0);
        let step = 1.0 / f64::from(samples);
        for y in 0..samples {
            for x in 0..samples {
                let at =
                    Point::new(f64::from(column) + (f64::from(x) + 0.5) * step, f64::from(row) + (f64::from(y) + 0.5) * step);
                sum += self.at(back * at, below);
                count += 1.0;
            }
        }
        u8::try_from(whole(sum / count)).unwrap_or(below)
    }

    /// The shade at `point`, between those of the pixels around it: stairs along the strokes of letters are read as other letters.
    fn at(&self, point: Point, below: u8) -> f64 {
        let below = f64::from(below);
        if point.x < 0.0 || point.y < 0.0 || point.x >= f64::from(self.width) || point.y >= f64::from(self.height) {
            return below;
        }
        let (x, y) = ((point.x - 0.5).max(0.0), (point.y - 0.5).max(0.0));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the image, and floor is slow")]
        let (left, top) = (x as u32, y as u32);
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (aside, down) = (x - f64::from(left), y - f64::from(top));
        let between = |row| self.pixel(left, row, below) * (1.0 - aside) + self.pixel(right, row, below) * aside;
        between(top) * (1.0 - down) + between(bottom) * down
    }

    fn pixel(&self, column: u32, row: u32, below: f64) -> f64 {
        let index = row as usize * self.width as usize + column as usize;
        let Some(&shade) = self.shades.get(index) else { return below };
        let Some(cover) = self.cover.as_ref().and_then(|cover| cover.get(index)) else { return f64::from(shade) };
        let cover = f64::from(*cover) / 255.0;
        f64::from(shade) * cover + below * (1.0 - cover)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_go_over_into_each_other_between_pixels() {
        let image = Shades { width: 2, height: 2, shades: vec![0, 200, 100, 40], cover: None };
        let at = |x, y| whole(image.at(Point::new(x, y), 7));
        assert_eq!([at(0.5, 0.5), at(1.5, 0.5), at(0.5, 1.5), at(1.5, 1.5)], [0, 200, 100, 40]);
        assert_eq!([at(0.75, 0.5), at(0.5, 1.25), at(1.0, 1.0)], [50, 75, 85]);
        // At the edge there is nothing to go over into, and outside is what was there before.
        assert_eq!([at(0.1, 0.1), at(1.9, 1.9)], [0, 40]);
        assert_eq!([at(-0.1, 0.5), at(0.5, 2.0)], [7, 7]);
    }

    #[test]
    fn what_an_image_does_not_cover_shows_through() {
        let image = Shades { width: 3, height: 1, shades: vec![0; 3], cover: Some(vec![255, 0, 51]) };
        let at = |x| whole(image.at(Point::new(x, 0.5), 100));
        assert_eq!([at(0.5), at(1.5), at(2.5), at(1.0)], [0, 100, 80, 50]);
    }
}
