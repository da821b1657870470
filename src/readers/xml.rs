//! XML as a flat run of events: nesting and the length of a single text are capped, entities that a document declares are not
//! expanded, and small faults (ends that do not fit, a bare `&`) are forgiven.

use std::borrow::Cow;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Cursor;
use std::io::Read;

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::errors::Error;
use quick_xml::events::BytesRef;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::package;

/// Bytes that are unpacked at a time.
const BUFFER: usize = 32 * 1024;

/// A part of a package, read as XML.
pub(super) struct Xml<R> {
    reader: Reader<Gauge<Source<R>>>,
    buffer: Vec<u8>,
    depth: u32,
    most_depth: u32,
    part: String,
}

impl<R: Read> Xml<R> {
    /// Reads `source` as XML; `part` names it in messages.
    pub(super) fn new(source: R, part: &str, limits: &Limits) -> Self {
        let inner = Source::new(BufReader::with_capacity(BUFFER, source));
        let gauge = Gauge { inner, since: 0, most: limits.max_line_bytes };
        let mut reader = Reader::from_reader(gauge);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { reader, buffer: Vec::new(), depth: 0, most_depth: limits.max_depth, part: part.to_owned() }
    }

    /// The next event. An empty element is a start and an end.
    pub(super) fn next(&mut self) -> Result<Event<'_>, ReadError> {
        self.buffer.clear();
        self.reader.get_mut().since = 0;
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(Error::Io(error)) => return Err(package::from_io(&error, &self.part)),
            Err(error) => return Err(ReadError::Damaged { what: format!("the part {}", self.part), detail: error.to_string() }),
        };
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > self.most_depth {
            return Err(ReadError::TooLarge {
                what: "an element",
                found: u64::from(self.depth),
                limit: u64::from(self.most_depth),
                unit: "elements around it",
                line: None,
                remedy: "save it again in the program that made it, or raise the limit with --max-depth",
            });
        }
        Ok(event)
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> u32 {
        self.depth
    }

    /// Reads on to the end of the element whose start was read last.
    pub(super) fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next()?, Event::Eof) {
                break;
            }
        }
        Ok(())
    }

    /// The text of the element whose start was read last, with what its inner elements hold; reads on to its end.
    pub(super) fn text(&mut self, into: &mut String) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            match self.next()? {
                Event::Text(text) => into.push_str(&text.xml10_content()),
                Event::CData(text) => into.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => push_reference(&reference, into),
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(())
    }
}

/// The name of an element without its prefix.
pub(super) fn local<'e>(element: &'e BytesStart<'_>) -> &'e str {
    without_prefix(element.name().into_inner())
}

fn without_prefix(name: &str) -> &str {
    // Names are a few bytes long, where a search takes longer than a look at each of them.
    name.bytes().rposition(|byte| byte == b':').and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// An attribute by its name without a prefix, with its references resolved.
pub(super) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let mut attributes = element.attributes();
    let attributes = attributes.with_checks(false).flatten();
    let mut found = attributes.filter(|attribute| without_prefix(attribute.key.into_inner()) == name);
    found.next().map(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or(attribute.value))
}

/// An attribute as a number.
pub(super) fn number<T: std::str::FromStr>(element: &BytesStart<'_>, name: &str) -> Option<T> {
    attribute(element, name)?.trim().parse().ok()
}

/// Whether an attribute says yes (`xsd:boolean`); no where it is missing.
pub(super) fn flag(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.as_ref(), "1" | "true" | "on"))
}

/// Puts what a reference stands for. References that the document declares itself stand as they are written.
pub(super) fn push_reference(reference: &BytesRef<'_>, into: &mut String) {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        into.push(c);
        return;
    }
    if let Some(text) = quick_xml::escape::resolve_predefined_entity(reference) {
        into.push_str(text);
    } else {
        into.push('&');
        into.push_str(reference);
        into.push(';');
    }
}

/// The bytes of a part in UTF-8: as they come, or decoded as a whole where they are in another encoding.
enum Source<R> {
    Plain(BufReader<R>),
    Decoded(Cursor<Vec<u8>>),
    /// The part could not be read; the error is handed out once.
    Broken(Option<io::Error>),
}

impl<R: Read> Source<R> {
    /// Tells the encoding by the first bytes and by the declaration (XML 1.0, appendix F.1).
    fn new(mut source: BufReader<R>) -> Self {
        let encoding = match source.fill_buf() {
            Ok([0xFF, 0xFE, ..] | [b'<', 0, ..]) => Some(encoding_rs::UTF_16LE),
            Ok([0xFE, 0xFF, ..] | [0, b'<', ..]) => Some(encoding_rs::UTF_16BE),
            Ok(head) => declared(head).filter(|encoding| *encoding != encoding_rs::UTF_8),
            Err(error) => return Self::Broken(Some(error)),
        };
        let Some(encoding) = encoding else { return Self::Plain(source) };
        let mut bytes = Vec::new();
        match source.read_to_end(&mut bytes) {
            Ok(_) => Self::Decoded(Cursor::new(encoding.decode(&bytes).0.into_owned().into_bytes())),
            Err(error) => Self::Broken(Some(error)),
        }
    }
}

/// The encoding that the declaration at the beginning of `head` names. One of 16 bits cannot be: the declaration was read in bytes.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let declaration = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = declaration.windows(2).position(|pair| pair == b"?>")?;
    let declaration = std::str::from_utf8(declaration.get(..end)?).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = value.split(['"', '\'']).nth(1)?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(inner) => inner.read(into),
            Self::Decoded(inner) => inner.read(into),
            Self::Broken(error) => error.take().map_or(Ok(0), Err),
        }
    }
}

impl<R: Read> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Self::Plain(inner) => inner.fill_buf(),
            Self::Decoded(inner) => inner.fill_buf(),
            Self::Broken(error) => error.take().map_or(Ok(&[]), Err),
        }
    }

    fn consume(&mut self, amount: usize) {
        match self {
            Self::Plain(inner) => inner.consume(amount),
            Self::Decoded(inner) => inner.consume(amount),
            Self::Broken(_) => {}
        }
    }
}

/// Counts the bytes since the last event, so that a single one cannot fill the memory.
struct Gauge<R> {
    inner: R,
    since: u64,
    most: u64,
}

impl<R: BufRead> Read for Gauge<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.inner.read(into)
    }
}

impl<R: BufRead> BufRead for Gauge<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since > self.most {
            return Err(io::Error::other(ReadError::TooLarge {
                what: "a text",
                found: self.since,
                limit: self.most,
                unit: "bytes",
                line: None,
                remedy: "shorten it, or raise the limit with --max-line-bytes",
            }));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.since += amount as u64;
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(xml: &str, limits: &Limits) -> Result<String, ReadError> {
        let mut reader = Xml::new(xml.as_bytes(), "a.xml", limits);
        let mut text = String::new();
        loop {
            match reader.next()? {
                Event::Start(_) => reader.text(&mut text)?,
                Event::Eof => return Ok(text),
                _ => {}
            }
        }
    }

    #[test]
    fn references_are_resolved_and_entities_are_not() {
        let xml = "<!DOCTYPE a [<!ENTITY b 'bbb'>]><a>1 &lt; 2 &#163; &b; &amp;<c/> d & e</a>";
        assert_eq!(text_of(xml, &Limits::default()).as_deref(), Ok("1 < 2 £ &b; & d & e"));
    }

    #[test]
    fn sixteen_bits_are_read_too() {
        let xml = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>café</a>";
        let bytes: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut reader = Xml::new(bytes.as_slice(), "a.xml", &Limits::default());
        let mut text = String::new();
        while !matches!(reader.next(), Ok(Event::Start(_)) | Err(_)) {}
        assert_eq!(reader.text(&mut text), Ok(()));
        assert_eq!(text, "café");
    }

    #[test]
    fn other_encodings_are_those_that_the_declaration_names() {
        for (label, bytes, text) in [
            ("\"ISO-8859-1\"", b"S\xe9rie".as_slice(), "Série"),
            ("'windows-1252'", b"\x80 9", "€ 9"),
            ("\"UTF-8\"", "Série".as_bytes(), "Série"),
            ("\"utf-16\"", "Série".as_bytes(), "Série"),
            ("\"no-such-encoding\"", "Série".as_bytes(), "Série"),
        ] {
            let xml = [b"<?xml version='1.0' encoding = ", label.as_bytes(), b"?><a><![CDATA[", bytes, b"]]></a>"].concat();
            let mut reader = Xml::new(xml.as_slice(), "a.xml", &Limits::default());
            let mut found = String::new();
            while !matches!(reader.next(), Ok(Event::Start(_)) | Err(_)) {}
            assert_eq!(reader.text(&mut found), Ok(()), "{label}");
            assert_eq!(found, text, "{label}");
        }
    }

    #[test]
    fn nesting_and_length_are_capped() {
        let deep = format!("{}{}", "<a>".repeat(50), "</a>".repeat(50));
        assert!(text_of(&deep, &Limits { max_depth: 50, ..Limits::default() }).is_ok());
        assert!(matches!(text_of(&deep, &Limits { max_depth: 49, ..Limits::default() }), Err(ReadError::TooLarge { .. })));
        let long = format!("<a>{}</a>", "b".repeat(200_000));
        assert!(matches!(
            text_of(&long, &Limits { max_line_bytes: 100_000, ..Limits::default() }),
            Err(ReadError::TooLarge { .. })
        ));
    }
}
