//! Kinds of content that no reader of text takes, told by their first bytes.

/// What a content is and what its sender can do about it.
type Finding = (&'static str, &'static str);

const REMEDY_OFFICE: &str = "save it as CSV, HTML or plain text";
const REMEDY_IMAGE: &str = "send the document that the picture was taken from";
const REMEDY_ARCHIVE: &str = "unpack it and send what it holds";

/// Openings of files and what they stand for: the list of signatures of file(1) for kinds that returns come in.
const SIGNATURES: &[(&[u8], Finding)] = &[
    (b"\x89PNG\r\n\x1A\n", ("a picture (PNG)", REMEDY_IMAGE)),
    (b"\xFF\xD8\xFF", ("a picture (JPEG)", REMEDY_IMAGE)),
    (b"GIF87a", ("a picture (GIF)", REMEDY_IMAGE)),
    (b"GIF89a", ("a picture (GIF)", REMEDY_IMAGE)),
    (b"II*\0", ("a picture (TIFF)", REMEDY_IMAGE)),
    (b"MM\0*", ("a picture (TIFF)", REMEDY_IMAGE)),
    (b"\x1F\x8B", ("a compressed file (gzip)", REMEDY_ARCHIVE)),
    (b"BZh", ("a compressed file (bzip2)", REMEDY_ARCHIVE)),
    (b"\xFD7zXZ\0", ("a compressed file (xz)", REMEDY_ARCHIVE)),
    (b"\x28\xB5\x2F\xFD", ("a compressed file (Zstandard)", REMEDY_ARCHIVE)),
    (b"7z\xBC\xAF\x27\x1C", ("an archive (7z)", REMEDY_ARCHIVE)),
    (b"Rar!\x1A\x07", ("an archive (RAR)", REMEDY_ARCHIVE)),
    (b"\xFFWPC", ("a WordPerfect document", REMEDY_OFFICE)),
    (b"PAR1", ("a data file (Parquet)", "save it as CSV")),
    (b"SQLite format 3\0", ("a database (SQLite)", "save its tables as CSV")),
    (b"\xFF\xFE\0\0", ("text in UTF-32", "save it as UTF-8")),
    (b"\0\0\xFE\xFF", ("text in UTF-32", "save it as UTF-8")),
];

/// Whether the header of a PDF document is there, or, where it was lost, its first object and its end.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    // Readers of PDF accept a header within the first kilobyte (ISO 32000-1, annex H.3.4.1), and an end as near to the last byte.
    const NEAR: usize = 1024;
    let has = |part: &[u8], mark: &[u8]| part.windows(mark.len()).any(|window| window == mark);
    let head = bytes.get(..NEAR).unwrap_or(bytes);
    let tail = bytes.get(bytes.len().saturating_sub(NEAR)..).unwrap_or(bytes);
    let is_markup = head.trim_ascii_start().starts_with(b"<");
    let has_objects = || has(head, b" 0 obj") && has(tail, b"startxref");
    !is_markup && (has(head, b"%PDF-") || has_objects())
}

/// Whether rich text begins, perhaps after a byte order mark or white space.
pub(super) fn is_rich_text(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"{\\rtf")
}

/// Whether a workbook of Excel 2 to 4 begins, which lies in no compound file: the record that opens a sheet or a set of sheets,
/// in its version's form and length.
pub(super) fn is_bare_workbook(bytes: &[u8]) -> bool {
    let begins = matches!(bytes, [0x09, 0x00, 0x04, 0x00, ..] | [0x09, 0x02 | 0x04, 0x06, 0x00, ..]);
    // What it opens: a sheet, a sheet of macros, a set of sheets.
    begins && matches!(bytes.get(6..8), Some([0x10 | 0x40, 0x00] | [0x00, 0x01]))
}

/// Recognises content that is not text.
pub(super) fn recognise(bytes: &[u8]) -> Option<Finding> {
    // The mark stands behind the first member's name and numbers (POSIX, pax: ustar interchange format).
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(("an archive (tar)", REMEDY_ARCHIVE));
    }
    let found = SIGNATURES.iter().find(|(mark, _)| bytes.starts_with(mark))?;
    let bzip2 = !found.0.starts_with(b"BZh") || bytes.get(3..10).is_some_and(is_bzip2);
    bzip2.then_some(found.1)
}

/// The block size and the first block's mark, the digits of pi.
fn is_bzip2(rest: &[u8]) -> bool {
    matches!(rest, [b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
}

/// Recognises text that is another kind of document in disguise.
pub(super) fn recognise_text(text: &str) -> Option<Finding> {
    let text = text.trim_start();
    let head = text.char_indices().nth(4096).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
    if head.starts_with("<?xml") && !head.to_ascii_lowercase().contains("<html") {
        return Some(if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            ("a workbook in the XML of Excel 2003", "save it as CSV or HTML")
        } else if head.contains("w:wordDocument") {
            ("a document in the XML of Word 2003", "save it as HTML or plain text")
        } else {
            ("an XML document", REMEDY_OFFICE)
        });
    }
    let header =
        |name: &str| head.lines().take(40).any(|line| line.get(..name.len()).is_some_and(|key| key.eq_ignore_ascii_case(name)));
    let related = header("mime-version:") && head.to_ascii_lowercase().contains("multipart/related");
    related.then_some(("a web archive (MHTML)", "save it as a web page, HTML only"))
}
