//! Opens a document, also where the file lost what leads to its pages.

use hayro_syntax::LoadPdfError;
use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;
use memchr::memmem;

use crate::readers::error::ReadError;
use crate::readers::options::Options;

/// The most pages that a page tree is believed to have.
const MAX_PAGES: usize = 1_000_000;

/// Put behind a document, it sends the parser to no table of positions: it then looks for the objects themselves.
const SCANNED: &[u8] = b"startxref\n0\n%%EOF\n";

/// Put behind a document, it is a catalogue that leads to no pages, with numbers that no object has: the parser then takes for
/// pages what looks like one, in the order of the file. A file that was cut off has lost its own, which most writers put at the
/// end.
const CATALOGUE: &[u8] = b"4194301 0 obj\n<< /Type /Catalog /Pages 4194302 0 R >>\nendobj\n\
    4194302 0 obj\n<< /Type /Pages >>\nendobj\ntrailer\n<< /Root 4194301 0 R >>\nstartxref\n0\n%%EOF\n";

/// A document, and whether it had to be repaired.
pub(super) struct Opened {
    pub(super) pdf: Pdf,
    pub(super) repaired: bool,
}

/// Opens `bytes`. The parser mends wrong tables of positions by itself; what it cannot do without is a catalogue.
///
/// # Errors
///
/// [`ReadError::Encrypted`] where it needs another password, [`ReadError::Damaged`] where no pages can be found.
pub(super) fn open(bytes: &[u8], options: &Options) -> Result<Opened, ReadError> {
    let loaded = load(bytes.to_vec(), options);
    let pages = match &loaded {
        Ok(pdf) if pdf.pages().len() >= declared(pdf) => return loaded.map(|pdf| Opened { pdf, repaired: false }),
        Ok(pdf) => pdf.pages().len(),
        Err(ReadError::Encrypted { .. }) => return loaded.map(|pdf| Opened { pdf, repaired: false }),
        Err(_) => 0,
    };
    match repaired(bytes, options) {
        Some(opened) if opened.pdf.pages().len() > pages => Ok(opened),
        _ => loaded.map(|pdf| Opened { pdf, repaired: false }),
    }
}

/// How many pages the page tree says that it has, at least one; the parser only counts those that it finds.
fn declared(pdf: &Pdf) -> usize {
    let tree = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).and_then(|root| root.get::<Dict<'_>>(b"Pages".as_slice()));
    let count = tree.and_then(|tree| tree.get::<u32>(b"Count".as_slice())).and_then(|count| usize::try_from(count).ok());
    count.filter(|count| *count <= MAX_PAGES).unwrap_or(0).max(1)
}

/// The document that its objects make, wherever the file says that they stand, if it has pages.
pub(super) fn repaired(bytes: &[u8], options: &Options) -> Option<Opened> {
    memmem::find(bytes, b" obj")?;
    // Without its keys, what a protected document says cannot be told from noise.
    let is_protected = memmem::find(bytes, b"/Encrypt").is_some();
    let ways: &[&[u8]] = if is_protected { &[SCANNED] } else { &[SCANNED, CATALOGUE] };
    let found = |behind: &&[u8]| load([bytes, end(bytes), *behind].concat(), options).ok();
    let pdf = ways.iter().filter_map(found).find(|pdf| !pdf.pages().is_empty())?;
    Some(Opened { pdf, repaired: true })
}

fn load(bytes: Vec<u8>, options: &Options) -> Result<Pdf, ReadError> {
    let password = options.password.as_deref();
    Pdf::new_with_password(bytes, password.unwrap_or_default()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadError::Encrypted { tried: password.is_some() },
        LoadPdfError::Invalid => damaged("no pages can be found"),
    })
}

/// What closes an object that was cut off at the end of `bytes`: it would else reach over what is put behind.
fn end(bytes: &[u8]) -> &'static [u8] {
    let in_stream = memmem::rfind(bytes, b"stream").is_some_and(|at| !bytes.get(..at).is_some_and(|head| head.ends_with(b"end")));
    if in_stream { b"\nendstream\nendobj\n" } else { b"\nendobj\n" }
}

/// The document is damaged, with what is wrong.
pub(super) fn damaged(detail: &str) -> ReadError {
    ReadError::Damaged { what: "the PDF document".to_owned(), detail: detail.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document of one page, up to `end` of the lines of its file.
    fn cut(lines: usize) -> Vec<u8> {
        const FILE: &str = "%PDF-1.4\n4 0 obj\n<< /Length 9 >>\nstream\nBT (x) Tj\nendstream\nendobj\n\
            3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R >>\nendobj\n\
            2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
            trailer\n<< /Root 1 0 R >>\nstartxref\n77\n%%EOF\n";
        FILE.split_inclusive('\n').take(lines).collect::<String>().into_bytes()
    }

    #[test]
    fn a_document_that_was_cut_off_keeps_its_pages() {
        let opened = |lines| open(&cut(lines), &Options::default()).map(|opened| (opened.pdf.pages().len(), opened.repaired));
        assert_eq!(opened(usize::MAX), Ok((1, false)));
        // Without trailer, catalogue and page tree, and within an object.
        assert_eq!(opened(10), Ok((1, true)));
        assert_eq!(opened(9), Ok((1, true)));
        assert_eq!(opened(6), Err(damaged("no pages can be found")));
    }
}
