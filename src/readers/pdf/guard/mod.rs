//! Looks through the bytes of a document before it is parsed: what would unpack to gigabytes or nests deeper than a parser's
//! stack is refused.
//!
//! Parsers unpack a stream whole and follow nested objects by recursion; memory that cannot be had and a stack that runs over
//! end a process, and no error can be made of that.

mod depth;
mod unpack;

use std::borrow::Cow;
use std::ops::Range;

use hayro_syntax::Pdf;
use hayro_syntax::object::Name;
use hayro_syntax::object::Object;
use hayro_syntax::object::Stream;
use memchr::memmem;

use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::pdf::guard::depth::Depth;
use crate::readers::pdf::guard::unpack::Filter;
use crate::readers::pdf::guard::unpack::Unpacked;

/// Levels of arrays and dictionaries in each other. Documents have some ten; ISO 32000-1, annex C names no limit, and a parser
/// takes a few hundred bytes of stack a level.
const MAX_NESTING: usize = 256;

/// The most that a filter can unpack a byte to: LZW reaches 2,731 (4,096 bytes for a code of twelve bits), DEFLATE 1,032.
const MOST_RATIO: u64 = 2731;

/// Bytes before the keyword `stream` in which its dictionary is searched.
const DICTIONARY_BYTES: usize = 4096;

/// How many times the size of other streams an image may have: A3 in colours at 600 dots an inch has 200 MB.
const IMAGES: u64 = 4;

/// Refuses `bytes` where reading them would take too much memory or stack.
///
/// # Errors
///
/// [`ReadError::TooLarge`].
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let mut depth = Depth::default();
    let mut objects = 0;
    let mut from = 0;
    for data in Streams::new(bytes) {
        depth.feed(bytes.get(from..data.start).unwrap_or_default());
        nesting(&depth)?;
        let dictionary = bytes.get(data.start.saturating_sub(DICTIONARY_BYTES)..data.start).unwrap_or_default();
        let dictionary = Dictionary::before(dictionary);
        let raw = bytes.get(data.clone()).unwrap_or_default();
        objects += stream(&dictionary, raw, limits)?;
        // Those are kept.
        if objects > limits.max_unpacked_bytes {
            return Err(too_large("what the streams of objects unpack to", objects, limits.max_unpacked_bytes, BY_UNPACKED));
        }
        from = data.end;
    }
    depth.feed(bytes.get(from..).unwrap_or_default());
    nesting(&depth)
}

/// Refuses an encrypted document, whose streams say nothing before it is opened, where one would unpack to too much.
///
/// # Errors
///
/// [`ReadError::TooLarge`].
pub(super) fn check_decrypted(pdf: &Pdf, limits: &Limits) -> Result<(), ReadError> {
    if memmem::find(pdf.data().as_ref(), b"/Encrypt").is_none() {
        return Ok(());
    }
    for object in pdf.objects() {
        let Object::Stream(stream) = object else { continue };
        let filters: Vec<Filter> = stream.filters().into_iter().filter_map(Filter::of_stream).collect();
        let is_image = stream.dict().get::<Name<'_>>(b"Subtype".as_slice()).as_deref() == Some(b"Image");
        let limit = if is_image { limits.max_bytes.saturating_mul(IMAGES) } else { limits.max_bytes };
        let raw = stream.raw_data();
        if most(&filters, raw.len()) > limit
            && let Unpacked::TooLarge(found) = unpack::unpack(&raw, &filters, limit, false)
        {
            return Err(too_large("what a stream unpacks to", found, limit, BY_BYTES));
        }
    }
    Ok(())
}

/// The most bytes that `length` bytes can unpack to.
fn most(filters: &[Filter], length: usize) -> u64 {
    let may_grow = |filter: &&Filter| matches!(filter, Filter::Flate | Filter::Lzw | Filter::RunLength);
    let grow = u32::try_from(filters.iter().filter(may_grow).count()).unwrap_or(u32::MAX);
    (length as u64).saturating_mul(MOST_RATIO.saturating_pow(grow))
}

/// What `stream` unpacks to, up to `most` bytes; where it is damaged, what stands before the damage.
pub(super) fn unpacked<'a>(stream: &Stream<'a>, most: usize) -> Cow<'a, [u8]> {
    if let Ok(data) = stream.decoded_data() {
        return if data.len() <= most { data } else { Cow::Borrowed(&[]) };
    }
    let filters: Option<Vec<Filter>> = stream.filters().into_iter().map(Filter::of_stream).collect();
    match filters.map(|filters| unpack::unpack(&stream.raw_data(), &filters, most as u64, true)) {
        Some(Unpacked::Data(data)) => Cow::Owned(data),
        _ => Cow::Borrowed(&[]),
    }
}

/// Refuses the content of a page or form where its operands nest too deeply.
///
/// # Errors
///
/// [`ReadError::TooLarge`].
pub(super) fn check_content(content: &[u8]) -> Result<(), ReadError> {
    // Few pages hold as many brackets as there may be levels, and counting them is fast.
    if memchr::memchr2_iter(b'[', b'<', content).nth(MAX_NESTING).is_none() {
        return Ok(());
    }
    let mut depth = Depth::default();
    depth.feed(content);
    nesting(&depth)
}

/// Checks one stream; the size of what it unpacks to where that holds objects, else 0.
fn stream(dictionary: &Dictionary<'_>, raw: &[u8], limits: &Limits) -> Result<u64, ReadError> {
    let filters = dictionary.filters();
    let holds_objects = dictionary.may_hold_objects();
    let limit = if dictionary.is_image() { limits.max_bytes.saturating_mul(IMAGES) } else { limits.max_bytes };
    if !holds_objects && most(&filters, raw.len()) <= limit {
        return Ok(0);
    }
    match unpack::unpack(raw, &filters, limit, holds_objects) {
        Unpacked::TooLarge(found) => Err(too_large("what a stream unpacks to", found, limit, BY_BYTES)),
        Unpacked::Fits => Ok(0),
        Unpacked::Data(data) => {
            let mut depth = Depth::default();
            depth.feed(&data);
            nesting(&depth)?;
            Ok(data.len() as u64)
        }
    }
}

fn nesting(depth: &Depth) -> Result<(), ReadError> {
    if depth.deepest() <= MAX_NESTING {
        return Ok(());
    }
    Err(ReadError::TooLarge {
        what: "a structure in the PDF document",
        found: depth.deepest() as u64,
        limit: MAX_NESTING as u64,
        unit: "levels of nesting",
        line: None,
        remedy: "print it to a new PDF, or send the document that it was made from",
    })
}

const BY_BYTES: &str = "print it to a new PDF, or raise the limit with --max-bytes";
const BY_UNPACKED: &str = "print it to a new PDF, or raise the limit with --max-unpacked-bytes";

fn too_large(what: &'static str, found: u64, limit: u64, remedy: &'static str) -> ReadError {
    ReadError::TooLarge { what, found, limit, unit: "bytes", line: None, remedy }
}

/// The data of the streams in a document, found by their keywords, since tables of positions can lie.
struct Streams<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Streams<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }
}

impl Iterator for Streams<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.bytes.get(self.at..)?;
            let keyword = self.at + memmem::find(rest, b"stream")?;
            self.at = keyword + b"stream".len();
            let head = self.bytes.get(..keyword)?;
            if head.ends_with(b"end") || !head.trim_ascii_end().ends_with(b">>") {
                continue;
            }
            let data = self.bytes.get(self.at..)?;
            let start = self.at
                + match data {
                    [b'\r', b'\n', ..] => 2,
                    [b'\r' | b'\n', ..] => 1,
                    _ => 0,
                };
            let rest = self.bytes.get(start..)?;
            let length = memmem::find(rest, b"endstream").unwrap_or(rest.len());
            self.at = start + length;
            return Some(start..self.at);
        }
    }
}

/// The bytes of a stream's dictionary, unparsed.
struct Dictionary<'b>(&'b [u8]);

impl<'b> Dictionary<'b> {
    /// The dictionary at the end of `bytes`, from the keyword that opens its object.
    fn before(bytes: &'b [u8]) -> Self {
        let from = memmem::rfind(bytes, b" obj").or_else(|| memmem::rfind(bytes, b"obj")).unwrap_or(0);
        Self(bytes.get(from..).unwrap_or_default())
    }

    fn has(&self, name: &[u8]) -> bool {
        memmem::find(self.0, name).is_some()
    }

    /// Whether it says that it is an image. Only its size may differ then, for it may be no image all the same.
    fn is_image(&self) -> bool {
        self.has(b"/Subtype/Image") || self.has(b"/Subtype /Image")
    }

    /// Whether a parser may unpack it to find objects: when it says so, or hides its names behind escapes.
    fn may_hold_objects(&self) -> bool {
        self.has(b"/ObjStm") || self.has(b"/XRef") || self.has(b"#")
    }

    /// The filters in their order, from their names (ISO 32000-1, table 6).
    fn filters(&self) -> Vec<Filter> {
        let Some(at) = memmem::find(self.0, b"/Filter").or_else(|| memmem::find(self.0, b"/F ")) else {
            return if self.has(b"#") { vec![Filter::Flate] } else { Vec::new() };
        };
        let rest = self.0.get(at + 2..).unwrap_or_default();
        let value = rest.iter().position(|&byte| byte == b'/' || byte == b'[').and_then(|at| rest.get(at..)).unwrap_or_default();
        let end = match value.first() {
            Some(b'[') => memchr::memchr(b']', value).unwrap_or(value.len()),
            _ => value.iter().skip(1).position(|byte| b"/<>[]() \r\n\t".contains(byte)).map_or(value.len(), |end| end + 1),
        };
        value.get(..end).unwrap_or_default().split(|&byte| byte == b'/').filter_map(Filter::named).collect()
    }
}

#[cfg(test)]
mod tests;
