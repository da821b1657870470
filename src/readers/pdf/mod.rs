//! PDF documents (ISO 32000): pages with words, rulings, fills and tagged tables.
//!
//! [`guard`] looks through the bytes before anything parses them. `hayro-syntax` loads, repairs and decrypts the document,
//! [`content`] walks its pages with the fonts of `hayro-font` and collects marks, and what is here makes words and rulings of
//! them.

mod arrays;
mod catalogue;
mod characters;
mod content;
mod fields;
mod font;
mod guard;
mod marks;
mod repair;
mod rulings;
mod scan;
mod strings;
mod strokes;
mod tagged;
#[cfg(test)]
mod tests;
mod words;

use kurbo::Rect;

use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::location::PageNumber;
use crate::model::page::Page;
use crate::model::page::Word;
use crate::model::picture::ReadsPictures;
use crate::model::picture::WhenRead;
use crate::model::source::Source;
use crate::readers::error::ReadError;
use crate::readers::options::Options;
use crate::readers::pdf::content::Shared;
use crate::readers::pdf::repair::Opened;
use crate::readers::pdf::scan::Kind;
use crate::readers::pdf::tagged::Tree;

/// What is said of a document whose pages were looked for.
const REPAIRED: &str = "the PDF document is damaged; what was found of its pages is read, some may be lost or out of order";

/// Confidence below which a word of a picture may be another.
const SURE: f32 = 0.6;

/// Reads a PDF document.
///
/// # Errors
///
/// [`ReadError::Damaged`] where it has no pages that can be found, [`ReadError::Encrypted`] where it needs another password,
/// [`ReadError::TooLarge`] where it would take too much memory, [`ReadError::Unsupported`] where it is nothing but a form in
/// XFA, [`ReadError::NeedsOcr`] where it is nothing but pictures that were not read, [`ReadError::Empty`] where it is blank.
pub(super) fn read(bytes: &[u8], options: &Options, pictures: Option<&dyn ReadsPictures>) -> Result<Source, ReadError> {
    guard::check(bytes, &options.limits)?;
    let opened = repair::open(bytes, options)?;
    let is_repaired = opened.repaired;
    match read_opened(&opened, options, pictures) {
        // The first part of a file made for the web leads to its pages, and what they say was cut off with the tables.
        Err(ReadError::Empty) if !is_repaired => {
            let again = repair::repaired(bytes, options).ok_or(ReadError::Empty)?;
            read_opened(&again, options, pictures)
        }
        // The same, where widgets of a form still say something.
        Ok(source) if !is_repaired && opened.pdf.pages().iter().any(content::is_lost) => {
            let again = repair::repaired(bytes, options).and_then(|again| read_opened(&again, options, pictures).ok());
            // What was deleted or said anew is found by the search, too, but it has pages of its own.
            let says_more = |again: &Source| again.pages.len() == source.pages.len() && word_count(again) > word_count(&source);
            Ok(again.filter(says_more).unwrap_or(source))
        }
        read => read,
    }
}

fn word_count(source: &Source) -> usize {
    source.pages.iter().map(|page| page.words.len()).sum()
}

fn read_opened(opened: &Opened, options: &Options, pictures: Option<&dyn ReadsPictures>) -> Result<Source, ReadError> {
    let Opened { pdf, repaired } = opened;
    guard::check_decrypted(pdf, &options.limits)?;
    let catalogue = catalogue::catalogue(pdf);
    if catalogue::is_only_xfa(pdf, &catalogue) {
        return Err(ReadError::Unsupported {
            what: "a dynamic form (XFA), which only the program that made it can show",
            remedy: "open it in Adobe Reader and print it to a new PDF",
        });
    }
    if pdf.pages().is_empty() {
        return Err(repair::damaged("it has no pages"));
    }
    let reading = Reading { shared: Shared::new(pdf), tree: Tree::read(pdf), when: options.pictures, pictures };
    let mut labels = catalogue::labels(&catalogue, pdf.pages().len()).into_iter();
    let mut source = Source { title: catalogue::title(pdf, &catalogue), ..Source::default() };
    if *repaired {
        source.diagnostics.push(Diagnostic::new(Code::DocumentRepaired, REPAIRED));
    }
    let mut unread = Vec::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        let (mut page, missing) = reading.page(index, page, &mut source.diagnostics)?;
        page.label = labels.next().filter(|label| !label.is_empty());
        source.pages.push(page);
        unread.extend(missing);
    }
    for (index, entry) in catalogue::outline(pdf, &catalogue) {
        if let Some(page) = source.pages.get_mut(index) {
            page.outline.push(entry);
        }
    }
    if source.pages.iter().all(|page| page.words.is_empty()) {
        return Err(unread.into_iter().next().map_or(ReadError::Empty, |reason| ReadError::NeedsOcr { reason }));
    }
    let says = |word: &Word| word.text.contains(|c| c != char::REPLACEMENT_CHARACTER);
    if *repaired && !source.pages.iter().flat_map(|page| &page.words).any(says) {
        return Err(repair::damaged("its fonts are lost, so that nothing says what its characters mean"));
    }
    Ok(source)
}

/// What reading a page needs.
struct Reading<'a, 'p> {
    shared: Shared<'a>,
    tree: Tree,
    when: WhenRead,
    pictures: Option<&'p dyn ReadsPictures>,
}

impl<'a> Reading<'a, '_> {
    /// Reads a page, and tells why it was not, where it is a picture that was not read.
    fn page(
        &self,
        index: usize,
        page: &hayro_syntax::page::Page<'a>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<(Page, Option<String>), ReadError> {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let number = PageNumber::from_index(index);
        let marks = content::walk(page, &self.shared)?;
        let pieces = words::words(marks.glyphs, &self.tree.cells(index));
        let (mut pieces, kind) = scan::seen(pieces, &marks.areas, marks.unknown, Rect::new(0.0, 0.0, width, height));
        let mut lines = marks.lines;
        lines.extend(rulings::dots(&marks.areas));
        let mut read = None;
        let mut fills = rulings::fills(&marks.areas, width, height);
        let mut missing = None;
        if kind == Kind::Scan || (kind == Kind::ReadScan && self.when == WhenRead::Always) {
            match self.picture(page) {
                Ok(found) => {
                    lines.extend(found.lines);
                    fills.extend(found.fills);
                    doubtful(number, &found.words, diagnostics);
                    read = Some(found.words);
                }
                Err(reason) if kind == Kind::Scan => {
                    let message = format!("page {} is a picture; {reason}", number.get());
                    diagnostics.push(Diagnostic::new(Code::PageNotRead, message));
                    missing = Some(reason);
                }
                Err(_) => {}
            }
        }
        let mut rulings = rulings::rulings(&lines);
        strokes::attach(&mut pieces, &mut rulings);
        let own = pieces.iter().filter(|piece| read.is_some() && !piece.hidden).map(|piece| piece.word.clone()).collect();
        let (mut words, marks_of_words): (Vec<_>, Vec<_>) = pieces.into_iter().map(|piece| (piece.word, piece.mark)).unzip();
        let (tagged, tagged_share) = self.tree.on_page(index, &marks_of_words);
        let mut out = Page { rulings, ..Page::blank(number, width, height) };
        if let Some(read) = read {
            words = if kind == Kind::Scan { scan::with_own(read, own) } else { read };
        } else {
            (out.tagged, out.tagged_share) = (tagged, tagged_share);
        }
        out.words = words;
        out.fills = fills;
        Ok((out, missing))
    }

    fn picture(&self, page: &hayro_syntax::page::Page<'a>) -> Result<scan::Read, String> {
        match (self.when, self.pictures) {
            (WhenRead::Never, _) => Err("let it be read with --ocr auto".to_owned()),
            (_, None) => Err("send the document that was scanned, or one with text".to_owned()),
            (_, Some(reader)) => scan::read(page, reader).map_err(|error| error.to_string()),
        }
    }
}

/// Says how many words of a picture may be others.
fn doubtful(number: PageNumber, words: &[Word], diagnostics: &mut Vec<Diagnostic>) {
    let doubtful = words.iter().filter(|word| word.confidence.is_some_and(|sure| sure < SURE)).count();
    if doubtful > 0 {
        let message = format!("{doubtful} of {} words on page {} may be others", words.len(), number.get());
        diagnostics.push(Diagnostic::new(Code::OcrLowConfidence, message));
    }
}
