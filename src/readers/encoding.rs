//! Bytes to text: byte order mark, then UTF-8, then UTF-16 without a mark, then a declared or guessed legacy encoding.
//!
//! After this every line ends in `\n` or `\r\n`: a lone `\r` has become `\n`, so that line numbers count `\n`.

use std::borrow::Cow;

use chardetng::EncodingDetector;
use chardetng::Iso2022JpDetection;
use chardetng::Utf8Detection;
use encoding_rs::Encoding;
use encoding_rs::MACINTOSH;
use encoding_rs::UTF_8;
use encoding_rs::UTF_16BE;
use encoding_rs::UTF_16LE;
use encoding_rs::WINDOWS_1252;

use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::location::Place;

/// Text of a document and what had to be repaired to get it.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// The text without byte order mark; a lone `\r` as `\n`.
    pub(super) text: Cow<'a, str>,
    /// Says that bytes were replaced.
    pub(super) diagnostic: Option<Diagnostic>,
}

/// Bytes that are looked at to guess an encoding; enough for stable letter statistics.
const GUESS_BYTES: usize = 256 * 1024;

/// Decodes a document, or the opening of one.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return if encoding == UTF_8 { decode_utf8(rest) } else { decode_as(encoding, rest) };
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(encoding, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: line_ends(Cow::Borrowed(text)), diagnostic: None },
        Err(_) if mostly_utf8(bytes) => decode_utf8(bytes),
        Err(_) => decode_as(legacy(bytes), bytes),
    }
}

/// UTF-16 without a byte order mark: text in Latin letters has a NUL in nearly every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4096) & !1)?;
    let units = sample.len() / 2;
    if units < 2 {
        return None;
    }
    let nul_at = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nul_at(0), nul_at(1));
    if odd * 10 >= units * 7 && even * 20 <= units {
        Some(UTF_16LE)
    } else if even * 10 >= units * 7 && odd * 20 <= units {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether broken UTF-8 is still UTF-8: whole sequences of several bytes outnumber the bytes that fit none.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        broken += chunk.invalid().len();
    }
    whole > broken
}

/// UTF-8 whose broken sequences are read as Windows-1252, the encoding that is most often mixed in by pasting.
fn decode_utf8(bytes: &[u8]) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: line_ends(Cow::Borrowed(text)), diagnostic: None };
    }
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut broken = 0_usize;
    let mut first = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            first.get_or_insert(text.len());
            broken += chunk.invalid().len();
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    let text = line_ends(Cow::Owned(text));
    let diagnostic = first.map(|at| repaired(&text, at, &format!("{broken} bytes that are not UTF-8 were read as Windows-1252")));
    Decoded { text, diagnostic }
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let text = line_ends(text);
    let diagnostic = malformed.then(|| {
        let at = text.find('\u{fffd}').unwrap_or(0);
        repaired(&text, at, &format!("bytes that are not {} were replaced by U+FFFD", encoding.name()))
    });
    Decoded { text, diagnostic }
}

fn repaired(text: &str, at: usize, message: &str) -> Diagnostic {
    let line = text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count();
    Diagnostic::new(Code::EncodingRepaired, message).at(Place::line(line))
}

/// The encoding of text that is neither UTF-8 nor UTF-16: what an HTML document declares, Mac Roman for lines that end the old
/// Macintosh way, else the best guess for a document from the United Kingdom.
fn legacy(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = declared(bytes) {
        return encoding;
    }
    let sample = bytes.get(..GUESS_BYTES).unwrap_or(bytes);
    if sample.contains(&b'\r') && !sample.contains(&b'\n') && has_mac_marks(sample) {
        return MACINTOSH;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() == bytes.len());
    detector.guess(Some(b"uk"), Utf8Detection::Deny)
}

/// Quotation marks, dashes and bullets of Mac Roman; Windows-1252 has rare capitals and signs there, and its own marks below.
fn has_mac_marks(sample: &[u8]) -> bool {
    let mac = sample.iter().filter(|b| matches!(b, 0xD0..=0xD5 | 0xA5)).count();
    let windows = sample.iter().filter(|b| matches!(b, 0x91..=0x97)).count();
    mac > windows
}

/// The `charset` that a document declares of itself in its first kilobyte (HTML standard, 13.2.3.2).
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(1024))?;
    if !head.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let key = b"charset=";
    let at = head.windows(key.len()).position(|window| window.eq_ignore_ascii_case(key))? + key.len();
    let label = head.get(at..)?.trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b)).unwrap_or(label.len());
    let encoding = Encoding::for_label(label.get(..end)?)?;
    (encoding != UTF_8 && encoding != UTF_16LE && encoding != UTF_16BE).then_some(encoding)
}

/// A lone `\r` as `\n`; borrows where there is none.
fn line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.match_indices('\r').any(|(at, _)| text.as_bytes().get(at + 1) != Some(&b'\n')) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = rest.find('\r') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        rest = after.strip_prefix('\r').unwrap_or(after);
        if rest.starts_with('\n') {
            out.push('\r');
        } else {
            out.push('\n');
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decodes(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes).text, expected);
    }

    #[test]
    fn marks_are_believed_and_dropped() {
        decodes(b"\xEF\xBB\xBFa\tb", "a\tb");
        decodes(b"\xFF\xFEa\0\t\0\xA3\0", "a\t\u{a3}");
        decodes(b"\xFE\xFF\0a\0\t\0\xA3", "a\t\u{a3}");
    }

    #[test]
    fn utf16_is_seen_without_mark() {
        decodes(b"R\0e\0f\0\t\0A\0", "Ref\tA");
        decodes(b"\0R\0e\0f\0\t\0A", "Ref\tA");
    }

    #[test]
    fn legacy_text_is_windows_1252() {
        decodes(b"Plan \x96 Eastvale\x92s \xA35m", "Plan \u{2013} Eastvale\u{2019}s \u{a3}5m");
        assert!(decode(b"Plan \x96 Eastvale").diagnostic.is_none());
    }

    #[test]
    fn old_macintosh_text_is_mac_roman() {
        decodes(b"Plan \xD0 Eastvale\xD5s\rnext\r", "Plan \u{2013} Eastvale\u{2019}s\nnext\n");
    }

    #[test]
    fn declared_charset_counts_for_html() {
        decodes(b"<meta charset='iso-8859-2'>\xB1", "<meta charset='iso-8859-2'>\u{105}");
    }

    #[test]
    fn broken_utf8_keeps_its_whole_sequences() {
        let decoded = decode("caf\u{e9} \u{2013} \u{2019}\n".as_bytes());
        assert!(decoded.diagnostic.is_none());
        let mut bytes = "caf\u{e9} \u{2013} \u{2019}\n".as_bytes().to_vec();
        bytes.push(0x96);
        let decoded = decode(&bytes);
        assert_eq!(decoded.text, "caf\u{e9} \u{2013} \u{2019}\n\u{2013}");
        assert_eq!(decoded.diagnostic.and_then(|d| d.place), Some(Place::line(1)));
    }

    #[test]
    fn lone_carriage_returns_end_lines() {
        decodes(b"a\rb\r\nc\r\rd", "a\nb\r\nc\n\nd");
        assert!(matches!(decode(b"a\r\nb\r\n").text, Cow::Borrowed(_)));
    }
}
