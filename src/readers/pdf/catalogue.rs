//! What a document says of itself: title, page labels, outline, forms that only some programs can show.

mod labels;
mod outline;

use hayro_syntax::Pdf;
use hayro_syntax::object::Array;
use hayro_syntax::object::Dict;
use hayro_syntax::object::Object;
use hayro_syntax::object::Stream;

use crate::model::text::collapse;
use crate::readers::pdf::strings;

pub(super) use labels::labels;
pub(super) use outline::outline;

/// The largest metadata that is looked at, in bytes.
const MAX_METADATA: usize = 1 << 20;

/// The document's catalogue; empty where it is broken.
pub(super) fn catalogue(pdf: &Pdf) -> Dict<'_> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default()
}

/// The title that the document gives itself: of its information dictionary, else of its metadata. What writers put there by
/// themselves (a file's name, "untitled") is none.
pub(super) fn title(pdf: &Pdf, catalogue: &Dict<'_>) -> Option<String> {
    let own = pdf.metadata().title.as_deref().map(strings::text);
    own.into_iter().chain(metadata_title(catalogue)).map(|title| collapse(&title).into_owned()).find(|title| is_title(title))
}

fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let file = [".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".pdf", ".indd", ".rtf", ".odt", ".qxd", ".pub"];
    let empty = ["untitled", "(anonymous)", "anonymous", "unspecified", "powerpoint presentation", "slide 1"];
    title.chars().any(char::is_alphabetic)
        && !file.iter().any(|ending| lower.ends_with(ending))
        && !empty.contains(&lower.as_str())
        && !lower.starts_with("microsoft word - ")
        && !lower.starts_with("microsoft powerpoint - ")
}

/// The first `dc:title` of the metadata (ISO 16684-1).
fn metadata_title(catalogue: &Dict<'_>) -> Option<String> {
    let stream = catalogue.get::<Stream<'_>>(b"Metadata".as_slice())?;
    let data = stream.decoded_data().ok().filter(|data| data.len() <= MAX_METADATA)?;
    let text = String::from_utf8_lossy(&data);
    let from = text.find("<dc:title")?;
    let title = text.get(from..)?;
    let title = title.get(..title.find("</dc:title")?)?;
    let item = title.find("<rdf:li").and_then(|at| title.get(at..)).unwrap_or(title);
    let value = item.get(item.find('>')? + 1..)?;
    let value = value.split('<').next()?.trim();
    let names = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    let value = names.iter().fold(value.to_owned(), |value, (name, meant)| value.replace(name, meant));
    Some(value).filter(|value| !value.is_empty())
}

/// Whether the document is nothing but a dynamic form in XFA, whose pages are made by the program that shows it: what it has as
/// a page asks to open it elsewhere (ISO 32000-1, 12.7.8).
pub(super) fn is_only_xfa(pdf: &Pdf, catalogue: &Dict<'_>) -> bool {
    let Some(form) = catalogue.get::<Dict<'_>>(b"AcroForm".as_slice()) else {
        return false;
    };
    let needs_rendering = catalogue.get::<bool>(b"NeedsRendering".as_slice()).unwrap_or(false);
    let no_fields = form.get::<Array<'_>>(b"Fields".as_slice()).is_none_or(|fields| fields.raw_iter().next().is_none());
    form.get::<Object<'_>>(b"XFA".as_slice()).is_some() && (needs_rendering || (no_fields && pdf.pages().len() <= 1))
}
