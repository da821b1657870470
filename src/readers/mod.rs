//! Floor 1: bytes of a document to [`Source`]; the only code that knows file formats.
//!
//! [`detect()`] tells what a document is, from its content first and its name second; [`read`] reads it as that. Each format has
//! a module of its own; they share the decoding of bytes (`encoding`), the removal of markup inside a cell (`markup`) and the
//! caps (`limits`).

mod delimited;
mod detect;
mod emphasis;
mod encoding;
mod entities;
mod error;
mod html;
mod limits;
mod markdown;
mod markup;
mod numerals;
mod options;
mod package;
mod pdf;
mod protected;
mod tags;
mod text;
mod word;
mod workbook;
mod xml;

pub use detect::detect;
pub use error::ReadError;
pub use limits::Limits;
pub use options::Options;

use crate::model::picture::ReadsPictures;
use crate::model::source::Format;
use crate::model::source::Source;
use crate::readers::detect::package::Kind;
use crate::readers::detect::package::OLE;
use crate::readers::limits::Budget;

/// Reads a document as `format`.
///
/// Every word of the decoded text outside markup stands in exactly one cell or text block of the result, or on one page.
/// Pages that are pictures of text are not read.
///
/// # Errors
///
/// [`ReadError::Empty`] where there is no text, [`ReadError::TooLarge`] where a limit is passed, and what the format may say.
pub fn read(bytes: &[u8], format: Format, options: &Options) -> Result<Source, ReadError> {
    read_with(bytes, format, options, None)
}

/// Reads a document as [`read`] does, and has pages that are pictures of text read by `pictures`.
///
/// # Errors
///
/// As [`read`].
pub fn read_with(
    bytes: &[u8],
    format: Format,
    options: &Options,
    pictures: Option<&dyn ReadsPictures>,
) -> Result<Source, ReadError> {
    let limits = &options.limits;
    limits.check_size(bytes)?;
    if bytes.starts_with(OLE) && detect::package::inspect(bytes) == Some(Kind::Protected) {
        let opened = protected::open(bytes, options.password.as_deref(), limits)?;
        if opened.starts_with(OLE) {
            let detail = "it holds no package".to_owned();
            return Err(ReadError::Damaged { what: "the protected document".to_owned(), detail });
        }
        return read_with(&opened, detect::detect(&opened, "")?, options, pictures);
    }
    let is_open_document = matches!(format, Format::Ods | Format::Odt);
    if is_open_document && matches!(detect::package::inspect(bytes), Some(Kind::ProtectedOds | Kind::ProtectedOdt)) {
        let opened = protected::open_document::open(bytes, options.password.as_deref(), limits)?;
        return read_with(&opened, format, options, pictures);
    }
    match format {
        Format::Text | Format::Csv | Format::Tsv | Format::Markdown | Format::Html => read_text(bytes, format, limits),
        Format::Xlsx | Format::Xlsm | Format::Xlsb | Format::Xls | Format::Ods => {
            let source = workbook::read(bytes, format, options)?;
            limits.check_text(&source)?;
            Ok(source)
        }
        Format::Pdf => pdf::read(bytes, options, pictures),
        Format::Docx | Format::Docm | Format::Odt | Format::Pptx | Format::Rtf | Format::Doc => {
            word::read(bytes, format, limits, &mut Budget::new(limits))
        }
    }
}

fn read_text(bytes: &[u8], format: Format, limits: &Limits) -> Result<Source, ReadError> {
    let decoded = encoding::decode(bytes);
    if decoded.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    if format != Format::Html {
        limits.check_lines(&decoded.text)?;
    }
    let mut budget = Budget::new(limits);
    let mut source = Source::default();
    source.blocks = match format {
        Format::Html => {
            let page = html::read(&decoded.text, 0, limits, &mut budget)?;
            source.title = page.title;
            page.blocks
        }
        Format::Csv => delimited::read(&decoded.text, false, &mut budget)?,
        Format::Tsv => delimited::read(&decoded.text, true, &mut budget)?,
        Format::Markdown => {
            let page = markdown::read(&decoded.text, limits, &mut budget)?;
            source.title = page.title;
            page.blocks
        }
        // The others were read above.
        _ => text::read(&decoded.text, 0, &mut budget)?,
    };
    source.diagnostics.extend(decoded.diagnostic);
    Ok(source)
}
