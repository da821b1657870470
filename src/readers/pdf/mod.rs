//! PDF documents (ISO 32000): pages with words, rulings, fills and tagged tables.

mod characters;
mod content;
mod font;
mod marks;
mod rulings;
mod strings;
mod words;

use hayro_syntax::LoadPdfError;
use hayro_syntax::Pdf;

use crate::model::location::PageNumber;
use crate::model::page::Page;
use crate::model::source::Source;
use crate::readers::error::ReadError;
use crate::readers::options::Options;
use crate::readers::pdf::content::Shared;

/// Reads a PDF document.
///
/// # Errors
///
/// [`ReadError::Damaged`] where it cannot be opened, [`ReadError::Encrypted`] where it needs another password.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Source, ReadError> {
    let password = options.password.as_deref();
    let pdf = Pdf::new_with_password(bytes.to_vec(), password.unwrap_or_default()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadError::Encrypted { tried: password.is_some() },
        LoadPdfError::Invalid => damaged("no pages can be found"),
    })?;
    let shared = Shared::new(&pdf);
    let mut source = Source::default();
    for (index, page) in pdf.pages().iter().enumerate() {
        source.pages.push(read_page(index, page, &shared));
    }
    Ok(source)
}

fn read_page<'a>(index: usize, page: &hayro_syntax::page::Page<'a>, shared: &Shared<'a>) -> Page {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let marks = content::walk(page, shared);
    let rulings = rulings::rulings(&marks.lines);
    let fills = rulings::fills(&marks.areas, width, height);
    let words = words::words(marks.glyphs).into_iter().filter(|piece| !piece.hidden).map(|piece| piece.word).collect();
    Page { number: PageNumber::from_index(index), label: None, width, height, words, rulings, fills, tagged: Vec::new() }
}

fn damaged(detail: &str) -> ReadError {
    ReadError::Damaged { what: "the PDF document".to_owned(), detail: detail.to_owned() }
}
