//! Pages that are pictures of text: which they are, whether their text was read before, and how it is read.

mod draw;
mod lines;
mod straighten;

use hayro_syntax::page::Page;
use kurbo::Point;
use kurbo::Rect;

use crate::model::page::Word;
use crate::model::picture::NotRead;
use crate::model::picture::ReadsPictures;
use crate::readers::pdf::marks::Area;
use crate::readers::pdf::marks::Line;
use crate::readers::pdf::words::Piece;

/// Share of a page that pictures must cover for it to be a scan.
const SCAN_SHARE: f64 = 0.4;

/// Words below this number are a stamp or a page number on a scan.
const FEW_WORDS: usize = 8;

/// Share of unknown characters from which a page's text says nothing.
const UNKNOWN_SHARE: f64 = 0.4;

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It says its text.
    Text,
    /// A picture of text, to which somebody added what it says.
    ReadScan,
    /// A picture of text that says nothing of it.
    Scan,
}

/// Leaves out what cannot be seen, but for the text that a recogniser laid invisibly over a scan; tells what the page is.
pub(super) fn seen(mut pieces: Vec<Piece>, areas: &[Area], unknown: usize, page: Rect) -> (Vec<Piece>, Kind) {
    let images: Vec<Rect> = areas.iter().filter(|area| area.image).map(|area| area.bounds).collect();
    let is_scan = share(&images, page) >= SCAN_SHARE;
    pieces.retain(|piece| !piece.hidden || is_scan && images.iter().any(|image| image.contains(piece.centre())));
    let characters: usize = pieces.iter().map(|piece| piece.word.text.chars().count()).sum();
    let useless = pieces.len() < FEW_WORDS || as_f64(unknown) > UNKNOWN_SHARE * as_f64(characters);
    let kind = match (is_scan, useless) {
        (true, true) => Kind::Scan,
        (true, false) => Kind::ReadScan,
        (false, _) => Kind::Text,
    };
    (pieces, kind)
}

/// Share of the page that images cover, those that overlap counted once and roughly: by whether points of a lattice lie in one.
fn share(images: &[Rect], page: Rect) -> f64 {
    const POINTS: u32 = 20;
    if images.is_empty() {
        return 0.0;
    }
    let at = |index: u32| (f64::from(index) + 0.5) / f64::from(POINTS);
    let lattice = (0..POINTS).flat_map(|row| (0..POINTS).map(move |column| (at(column), at(row))));
    let inside = lattice.filter(|(x, y)| {
        let point = Point::new(page.x0 + x * page.width(), page.y0 + y * page.height());
        images.iter().any(|image| image.contains(point))
    });
    as_f64(inside.count()) / f64::from(POINTS * POINTS)
}

fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What a recogniser read on a page.
pub(super) struct Read {
    pub(super) words: Vec<Word>,
    pub(super) lines: Vec<Line>,
}

/// Draws the images of `page`, puts them straight, takes ruled lines out and has the rest read.
///
/// # Errors
///
/// What `reader` says.
pub(super) fn read(page: &Page<'_>, reader: &dyn ReadsPictures) -> Result<Read, NotRead> {
    let picture = draw::draw(page);
    let threshold = lines::threshold(&picture);
    let mut picture = straighten::straighten(picture, threshold);
    let lines = lines::take(&mut picture, threshold);
    let words = reader.words(&picture)?;
    Ok(Read { words, lines })
}
