//! Pages that are pictures of text: which they are, whether their text was read before, and how it is read.

mod draw;
mod fills;
mod flood;
mod ground;
mod lines;
mod specks;
mod straighten;
mod upright;

use hayro_syntax::page::Page;
use kurbo::Point;
use kurbo::Rect;

use crate::model::count::as_f64;
use crate::model::page::Fill;
use crate::model::page::Word;
use crate::model::picture::GreyPicture;
use crate::model::picture::NotRead;
use crate::model::picture::ReadsPictures;
use crate::readers::pdf::marks::Area;
use crate::readers::pdf::marks::Line;
use crate::readers::pdf::scan::upright::Turn;
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

/// Where pixels or places begin, in points from the first of them, of which there are `inch` an inch.
fn points(at: usize, inch: f64) -> f64 {
    as_f64(at) * 72.0 / inch
}

/// What a recogniser read on a page.
pub(super) struct Read {
    pub(super) words: Vec<Word>,
    pub(super) lines: Vec<Line>,
    pub(super) fills: Vec<Fill>,
}

/// Confidence of a page, on average of its characters, below which it may stand on its head.
const POOR: f64 = 0.6;

/// Draws the images of `page`, puts them upright and straight, takes ruled lines out and has the rest read.
///
/// # Errors
///
/// What `reader` says.
pub(super) fn read(page: &Page<'_>, reader: &dyn ReadsPictures) -> Result<Read, NotRead> {
    let (picture, grounds) = ground::level(draw::draw(page));
    let threshold = lines::threshold(&picture);
    let turn = upright::turn(&picture, threshold);
    let first = read_turned(picture, grounds, threshold, turn, reader)?;
    if is_sure(&first.words) {
        return Ok(first);
    }
    // In small print and among specks the strokes of letters do not tell which way they run. That is rare, and a picture has up
    // to 36 million pixels: it is made anew rather than kept.
    let (picture, grounds) = ground::level(draw::draw(page));
    let other = read_turned(picture, grounds, threshold, turn.aside(), reader)?;
    Ok(if sureness(&other.words).0 > sureness(&first.words).0 { other } else { first })
}

/// Has `picture` read when it is turned by `turn`.
fn read_turned(
    picture: GreyPicture,
    grounds: GreyPicture,
    threshold: u8,
    turn: Turn,
    reader: &dyn ReadsPictures,
) -> Result<Read, NotRead> {
    let inch = f64::from(picture.dots_per_inch);
    let (width, height) = (f64::from(picture.width) * 72.0 / inch, f64::from(picture.height) * 72.0 / inch);
    let (picture, grounds) = (upright::turned(picture, turn), upright::turned(grounds, turn));
    let (mut picture, grounds) = straighten::straighten(picture, grounds, threshold);
    let mut lines = lines::take(&mut picture, threshold);
    specks::take(&mut picture, threshold);
    let mut fills = fills::fills(&grounds, ground::places_per_inch(picture.dots_per_inch));
    let (mut words, is_over) = read_either_way(picture, reader)?;
    // Lines were taken before it was turned over.
    turn.put_back(&mut [], &mut lines, &mut fills, width, height);
    let turn = if is_over { turn.over() } else { turn };
    turn.put_back(&mut words, &mut [], &mut [], width, height);
    Ok(Read { words, lines, fills })
}

/// Whether most of what was read is what is there.
fn is_sure(words: &[Word]) -> bool {
    let (sure, characters) = sureness(words);
    characters > 0.0 && sure >= POOR * characters
}

/// What was read, with what the document itself says beside its pictures: a stamp, a page number, a caption. Where both say
/// something of one place, the document knows better.
pub(super) fn with_own(mut read: Vec<Word>, own: Vec<Word>) -> Vec<Word> {
    let own: Vec<Word> = own.into_iter().filter(|word| !word.text.contains(char::REPLACEMENT_CHARACTER)).collect();
    let holds = |a: &Word, b: &Word| {
        let (x, y) = (b.bbox.x0.midpoint(b.bbox.x1), b.bbox.y0.midpoint(b.bbox.y1));
        (a.bbox.x0..=a.bbox.x1).contains(&x) && (a.bbox.y0..=a.bbox.y1).contains(&y)
    };
    read.retain(|word| !own.iter().any(|own| holds(own, word) || holds(word, own)));
    read.extend(own);
    read
}

/// Has `picture` read, and once more upside down where that gave little; whether the latter is the right way.
fn read_either_way(picture: GreyPicture, reader: &dyn ReadsPictures) -> Result<(Vec<Word>, bool), NotRead> {
    let words = reader.words(&picture)?;
    if is_sure(&words) {
        return Ok((words, false));
    }
    let (sure, _) = sureness(&words);
    let over = reader.words(&upright::turned(picture, Turn::Half))?;
    if sureness(&over).0 > sure { Ok((over, true)) } else { Ok((words, false)) }
}

/// How many characters `words` have, weighted by confidence and not.
fn sureness(words: &[Word]) -> (f64, f64) {
    words.iter().fold((0.0, 0.0), |(sure, all), word| {
        let count = as_f64(word.text.chars().filter(|c| c.is_alphanumeric()).count());
        (sure + count * f64::from(word.confidence.unwrap_or(0.0)), all + count)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::location;

    /// Reads the page where its only dark pixel stands in the upper half.
    #[derive(Debug)]
    struct Reader;

    impl ReadsPictures for Reader {
        fn words(&self, picture: &GreyPicture) -> Result<Vec<Word>, NotRead> {
            let at = picture.pixels.iter().position(|&pixel| pixel == 0).unwrap_or(0);
            let is_upright = at * 2 < picture.pixels.len();
            let confidence = Some(if is_upright { 0.9 } else { 0.3 });
            let bbox = location::Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 };
            Ok(vec![Word { confidence, ..Word::plain("Reablement", bbox, 1.0) }])
        }
    }

    #[test]
    fn a_caption_beside_a_scan_is_kept() {
        let word = |text: &str, x0: f64| Word::plain(text, location::Rect { x0, y0: 0.0, x1: x0 + 10.0, y1: 10.0 }, 10.0);
        let read = vec![word("Hub", 0.0), word("~P", 52.0)];
        let words = with_own(read, vec![word("Page", 50.0), word("\u{fffd}", 0.0)]);
        assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["Hub", "Page"]);
    }

    #[test]
    fn a_page_on_its_head_is_turned_over() {
        let mut picture = GreyPicture { width: 4, height: 4, dots_per_inch: 72, pixels: vec![255; 16] };
        picture.pixels[1] = 0;
        let read = |picture| read_either_way(picture, &Reader).map(|(words, over)| (words.len(), over));
        assert_eq!(read(picture.clone()), Ok((1, false)));
        assert_eq!(read(upright::turned(picture, Turn::Half)), Ok((1, true)));
    }
}
