//! Which way up a picture of text is: scanners are fed sideways and upside down.

use std::ops::Range;

use kurbo::Point;

use crate::model::location::Rect;
use crate::model::page::Direction;
use crate::model::page::Fill;
use crate::model::page::Word;
use crate::model::picture::GreyPicture;
use crate::readers::pdf::marks::Line;

/// Lengths of the strokes of letters in inches: from the height of small letters to that of headings. Dots and the bars of
/// letters are shorter, ruled lines longer.
const STROKES: Range<f64> = 0.05..0.14;

/// Latin letters have some eight times as many upright strokes as level ones; a page is on its side from this share on.
const SIDEWAYS: usize = 2;

/// Strokes below this number say nothing.
const FEW_STROKES: usize = 60;

/// How far a picture was turned to the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    None,
    Quarter,
    Half,
    ThreeQuarters,
}

impl Turn {
    /// The same and half a turn.
    pub(super) fn over(self) -> Self {
        match self {
            Self::None => Self::Half,
            Self::Quarter => Self::ThreeQuarters,
            Self::Half => Self::None,
            Self::ThreeQuarters => Self::Quarter,
        }
    }

    /// The turn that makes upright what this one makes level.
    pub(super) fn aside(self) -> Self {
        if self == Self::None { Self::Quarter } else { Self::None }
    }

    /// Where `point` of the turned picture stood in the one before, whose size in points was `width` by `height`.
    fn back(self, point: Point, width: f64, height: f64) -> Point {
        match self {
            Self::None => point,
            Self::Quarter => Point::new(point.y, height - point.x),
            Self::Half => Point::new(width - point.x, height - point.y),
            Self::ThreeQuarters => Point::new(width - point.y, point.x),
        }
    }

    fn direction(self) -> Direction {
        match self {
            Self::None => Direction::Right,
            Self::Quarter => Direction::Up,
            Self::Half => Direction::Left,
            Self::ThreeQuarters => Direction::Down,
        }
    }

    fn back_box(self, Rect { x0, y0, x1, y1 }: Rect, width: f64, height: f64) -> Rect {
        let bbox =
            kurbo::Rect::from_points(self.back(Point::new(x0, y0), width, height), self.back(Point::new(x1, y1), width, height));
        Rect { x0: bbox.x0, y0: bbox.y0, x1: bbox.x1, y1: bbox.y1 }
    }

    /// Puts what was found in the turned picture where it stood in the one before.
    pub(super) fn put_back(self, words: &mut [Word], lines: &mut [Line], fills: &mut [Fill], width: f64, height: f64) {
        for fill in fills {
            fill.bbox = self.back_box(fill.bbox, width, height);
        }
        for word in words {
            word.bbox = self.back_box(word.bbox, width, height);
            word.direction = self.direction();
        }
        for line in lines {
            (line.from, line.to) = (self.back(line.from, width, height), self.back(line.to, width, height));
        }
    }
}

/// The turn that makes lines of text level; whether they stand on their heads then, strokes do not tell.
pub(super) fn turn(picture: &GreyPicture, threshold: u8) -> Turn {
    let (level, upright) = strokes(picture, threshold);
    if level + upright >= FEW_STROKES && level > SIDEWAYS * upright { Turn::Quarter } else { Turn::None }
}

/// How many level and how many upright strokes `picture` has.
fn strokes(picture: &GreyPicture, threshold: u8) -> (usize, usize) {
    let inch = f64::from(picture.dots_per_inch);
    let counts = |length: u32| STROKES.contains(&(f64::from(length) / inch));
    let width = picture.width.max(1) as usize;
    let (mut level, mut upright) = (0, 0);
    let mut above = vec![0_u32; width];
    for row in picture.pixels.chunks(width) {
        let mut before = 0;
        for (&pixel, above) in row.iter().zip(&mut above) {
            let is_dark = pixel < threshold;
            level += end_run(&mut before, is_dark, counts);
            upright += end_run(above, is_dark, counts);
        }
    }
    (level, upright)
}

/// Goes on with a run of dark pixels of `length` so far; 1 where one ended that counts.
fn end_run(length: &mut u32, is_dark: bool, counts: impl Fn(u32) -> bool) -> usize {
    if is_dark {
        *length += 1;
        return 0;
    }
    usize::from(counts(std::mem::take(length)))
}

/// `picture` turned by `turn`.
pub(super) fn turned(picture: GreyPicture, turn: Turn) -> GreyPicture {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let pixel = |column: usize, row: usize| picture.pixels.get(row * width + column).copied().unwrap_or(255);
    let pixels = match turn {
        Turn::None => return picture,
        Turn::Half => picture.pixels.iter().rev().copied().collect(),
        Turn::Quarter => (0..width).flat_map(|y| (0..height).rev().map(move |x| (y, x))).map(|(y, x)| pixel(y, x)).collect(),
        Turn::ThreeQuarters => {
            (0..width).rev().flat_map(|y| (0..height).map(move |x| (y, x))).map(|(y, x)| pixel(y, x)).collect()
        }
    };
    let (width, height) = match turn {
        Turn::None | Turn::Half => (picture.width, picture.height),
        Turn::Quarter | Turn::ThreeQuarters => (picture.height, picture.width),
    };
    GreyPicture { width, height, dots_per_inch: picture.dots_per_inch, pixels }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture with rows of upright strokes and two long ruled lines.
    fn page() -> GreyPicture {
        let (width, height) = (300_u32, 200_u32);
        let pixels = (0..height).flat_map(|y| {
            (0..width).map(move |x| {
                let stroke = x % 8 < 2 && y % 20 < 7 && x > 40 && x < 260;
                if stroke || y == 190 || x == 290 { 0 } else { 255 }
            })
        });
        GreyPicture { width, height, dots_per_inch: 100, pixels: pixels.collect() }
    }

    #[test]
    fn strokes_tell_a_page_on_its_side() {
        assert_eq!(turn(&page(), 128), Turn::None);
        assert_eq!(turn(&turned(page(), Turn::ThreeQuarters), 128), Turn::Quarter);
        let blank = GreyPicture { width: 10, height: 10, dots_per_inch: 100, pixels: vec![255; 100] };
        assert_eq!(turn(&blank, 128), Turn::None);
    }

    #[test]
    fn turning_on_comes_back_to_where_it_began() {
        let on = turned(turned(page(), Turn::Quarter), Turn::ThreeQuarters);
        assert_eq!(on, page());
        assert_eq!(turned(turned(page(), Turn::Half), Turn::Half), page());
    }

    #[test]
    fn places_are_those_of_the_page_as_it_is_shown() {
        // The dark pixel in the corner at the top right of a page of 3 by 2 stands at the bottom right after a quarter turn.
        let mut picture = GreyPicture { width: 3, height: 2, dots_per_inch: 72, pixels: vec![255; 6] };
        picture.pixels[2] = 0;
        for (turn, direction) in
            [(Turn::Quarter, Direction::Up), (Turn::Half, Direction::Left), (Turn::ThreeQuarters, Direction::Down)]
        {
            let turned = turned(picture.clone(), turn);
            let at = turned.pixels.iter().position(|&pixel| pixel == 0).expect("it is dark");
            let (x, y) = (at % turned.width as usize, at / turned.width as usize);
            let [x, y] = [x, y].map(|at| f64::from(u32::try_from(at).expect("small")));
            let mut words = [Word::plain("i", Rect { x0: x, y0: y, x1: x + 1.0, y1: y + 1.0 }, 1.0)];
            turn.put_back(&mut words, &mut [], &mut [], 3.0, 2.0);
            assert_eq!(words[0].bbox, Rect { x0: 2.0, y0: 0.0, x1: 3.0, y1: 1.0 }, "{turn:?}");
            assert_eq!(words[0].direction, direction);
        }
    }
}
