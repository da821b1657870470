//! PDF documents (ISO 32000): pages with words, rulings, fills and tagged tables.
//!
//! [`guard`] looks through the bytes before anything parses them. `hayro-syntax` loads, repairs and decrypts the document, [`content`]
//! walks its pages with the fonts of `hayro-font` and collects marks, and what is here makes words and rulings of them.

mod catalogue;
mod characters;
mod content;
mod fields;
mod font;
mod guard;
mod marks;
mod rulings;
mod strings;
mod tagged;
mod words;

use hayro_syntax::LoadPdfError;
use hayro_syntax::Pdf;

use crate::model::location::PageNumber;
use crate::model::page::Page;
use crate::model::source::Source;
use crate::readers::error::ReadError;
use crate::readers::options::Options;
use crate::readers::pdf::content::Shared;
use crate::readers::pdf::tagged::Tree;

/// Reads a PDF document.
///
/// # Errors
///
/// [`ReadError::Damaged`] where it has no pages that can be found, [`ReadError::Encrypted`] where it needs another password,
/// [`ReadError::TooLarge`] where it would take too much memory, [`ReadError::Unsupported`] where it is nothing but a form in XFA.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Source, ReadError> {
    guard::check(bytes, &options.limits)?;
    let password = options.password.as_deref();
    let pdf = Pdf::new_with_password(bytes.to_vec(), password.unwrap_or_default()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadError::Encrypted { tried: password.is_some() },
        LoadPdfError::Invalid => damaged("no pages can be found"),
    })?;
    let catalogue = catalogue::catalogue(&pdf);
    if catalogue::is_only_xfa(&pdf, &catalogue) {
        return Err(ReadError::Unsupported {
            what: "a dynamic form (XFA), which only the program that made it can show",
            remedy: "open it in Adobe Reader and print it to a new PDF",
        });
    }
    if pdf.pages().is_empty() {
        return Err(damaged("it has no pages"));
    }
    let shared = Shared::new(&pdf);
    let tree = Tree::read(&pdf);
    let mut labels = catalogue::labels(&catalogue, pdf.pages().len()).into_iter();
    let mut source = Source { title: catalogue::title(&pdf, &catalogue), ..Source::default() };
    for (index, page) in pdf.pages().iter().enumerate() {
        let mut page = read_page(index, page, &shared, &tree)?;
        page.label = labels.next().filter(|label| !label.is_empty());
        source.pages.push(page);
    }
    for (index, entry) in catalogue::outline(&pdf, &catalogue) {
        if let Some(page) = source.pages.get_mut(index) {
            page.outline.push(entry);
        }
    }
    Ok(source)
}

fn read_page<'a>(index: usize, page: &hayro_syntax::page::Page<'a>, shared: &Shared<'a>, tree: &Tree) -> Result<Page, ReadError> {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let marks = content::walk(page, shared)?;
    let rulings = rulings::rulings(&marks.lines);
    let fills = rulings::fills(&marks.areas, width, height);
    let pieces = words::words(marks.glyphs).into_iter().filter(|piece| !piece.hidden);
    let (words, marks): (Vec<_>, Vec<_>) = pieces.map(|piece| (piece.word, piece.mark)).unzip();
    let (tagged, tagged_share) = tree.on_page(index, &marks);
    let number = PageNumber::from_index(index);
    Ok(Page { number, label: None, width, height, words, rulings, fills, tagged, tagged_share, outline: Vec::new() })
}

fn damaged(detail: &str) -> ReadError {
    ReadError::Damaged { what: "the PDF document".to_owned(), detail: detail.to_owned() }
}
