//! An XML part as a tree in four flat lists, so that a part of a million elements takes tens of megabytes.
//!
//! Names are told by namespace, not by the prefix that a writer chose: an element is `w:p`, `a:tbl` or `text:h` whatever the part
//! calls it, in the transitional and the strict form of Office Open XML alike. No entity is ever expanded but XML's own five.

use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::escape::unescape;
use quick_xml::events::BytesRef;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;
use rustc_hash::FxHashMap;

use crate::readers::encoding;
use crate::readers::error::ReadError;
use crate::readers::limits::Limits;

/// Deepest nesting of elements; what libxml2 allows unless told otherwise. Word itself stops at far less.
const DEEPEST: u32 = 256;

/// How many nodes of a tree take the memory of one of html5ever's elements, which `Limits::max_elements` counts.
const NODES_AN_ELEMENT: u64 = 8;

/// The ends of the namespaces that are read, and the prefix that stands for each here.
const NAMESPACES: &[(&str, &str)] = &[
    ("wordprocessingml/2006/main", "w"),
    ("ooxml/wordprocessingml/main", "w"),
    ("office/word/2010/wordml", "w14"),
    ("markup-compatibility/2006", "mc"),
    ("drawingml/2006/main", "a"),
    ("ooxml/drawingml/main", "a"),
    ("drawingml/2006/diagram", "dgm"),
    ("presentationml/2006/main", "p"),
    ("ooxml/presentationml/main", "p"),
    ("officeDocument/2006/math", "m"),
    ("ooxml/officeDocument/math", "m"),
    ("officeDocument/2006/relationships", "r"),
    ("ooxml/officeDocument/relationships", "r"),
    ("package/2006/relationships", "rel"),
    ("purl.org/dc/elements/1.1/", "dc"),
    ("opendocument:xmlns:office:1.0", "office"),
    ("opendocument:xmlns:text:1.0", "text"),
    ("opendocument:xmlns:table:1.0", "table"),
    ("opendocument:xmlns:style:1.0", "style"),
    ("opendocument:xmlns:drawing:1.0", "draw"),
    ("opendocument:xmlns:presentation:1.0", "presentation"),
    ("opendocument:xmlns:form:1.0", "form"),
    ("opendocument:xmlns:xsl-fo-compatible:1.0", "fo"),
    ("opendocument:xmlns:svg-compatible:1.0", "svg"),
    ("ooo-ms-interop:xmlns:field:1.0", "field"),
    ("openoffice.org/2000/office", "office"),
    ("openoffice.org/2000/text", "text"),
    ("openoffice.org/2000/table", "table"),
    ("openoffice.org/2000/style", "style"),
];

/// A part of a package.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Stored>,
    attributes: Vec<(u32, Range<u32>)>,
    names: Vec<String>,
    text: String,
}

#[derive(Debug)]
enum Stored {
    /// An element; `end` is the first node after it.
    Element {
        name: u32,
        attributes: Range<u32>,
        end: u32,
    },
    Text(Range<u32>),
}

/// What stands in an element.
#[derive(Clone, Copy, Debug)]
pub(super) enum Node<'t> {
    Element(Element<'t>),
    Text(&'t str),
}

/// An element of a tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'t> {
    tree: &'t Tree,
    name: u32,
    attributes: (u32, u32),
    at: usize,
    end: usize,
}

impl Tree {
    /// Parses the part `name`.
    pub(super) fn parse(bytes: &[u8], part: &str, limits: &Limits) -> Result<Self, ReadError> {
        let decoded = encoding::decode(bytes);
        Parser { tree: Self::default(), known: FxHashMap::default(), open: Vec::new(), part, limits }.parse(&decoded.text)
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        let first = self.nodes.iter().position(|node| matches!(node, Stored::Element { .. }))?;
        self.element(first)
    }

    fn element(&self, at: usize) -> Option<Element<'_>> {
        match self.nodes.get(at)? {
            Stored::Element { name, attributes, end } => {
                Some(Element { tree: self, name: *name, attributes: (attributes.start, attributes.end), at, end: *end as usize })
            }
            Stored::Text(_) => None,
        }
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

impl<'t> Element<'t> {
    /// Its name: the prefix that stands for its namespace here, and its local name.
    pub(super) fn name(self) -> &'t str {
        self.tree.names.get(self.name as usize).map_or("", String::as_str)
    }

    /// The value of the attribute with the local name `name`; those of relationships are asked for as `r:id`.
    pub(super) fn attribute(self, name: &str) -> Option<&'t str> {
        let (first, end) = self.attributes;
        let attributes = self.tree.attributes.get(first as usize..end as usize)?;
        let is_named = |key: u32| self.tree.names.get(key as usize).is_some_and(|known| known == name);
        attributes.iter().find(|(key, _)| is_named(*key)).map(|(_, value)| self.tree.slice(value))
    }

    /// What stands directly in it.
    pub(super) fn nodes(self) -> impl Iterator<Item = Node<'t>> {
        let tree = self.tree;
        let mut at = self.at + 1;
        std::iter::from_fn(move || {
            if at >= self.end {
                return None;
            }
            match tree.nodes.get(at)? {
                Stored::Text(range) => {
                    at += 1;
                    Some(Node::Text(tree.slice(range)))
                }
                Stored::Element { .. } => {
                    let element = tree.element(at)?;
                    at = element.end;
                    Some(Node::Element(element))
                }
            }
        })
    }

    /// The elements directly in it.
    pub(super) fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.nodes().filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
    }

    /// The first element directly in it with a name.
    pub(super) fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// All elements in it, however deep, in document order.
    pub(super) fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        (self.at + 1..self.end).filter_map(move |at| self.tree.element(at))
    }

    /// The value of the attribute `val` of the first child with a name.
    pub(super) fn value(self, child: &str) -> Option<&'t str> {
        self.child(child)?.attribute("val")
    }

    /// Its text, however deep.
    pub(super) fn text(self) -> String {
        let nodes = self.tree.nodes.get(self.at..self.end).unwrap_or_default();
        nodes.iter().filter_map(|node| if let Stored::Text(range) = node { Some(self.tree.slice(range)) } else { None }).collect()
    }
}

struct Parser<'p> {
    tree: Tree,
    known: FxHashMap<String, u32>,
    open: Vec<usize>,
    part: &'p str,
    limits: &'p Limits,
}

impl Parser<'_> {
    fn parse(mut self, text: &str) -> Result<Tree, ReadError> {
        if u32::try_from(text.len()).is_err() {
            return Err(too_large("bytes", text.len() as u64, u64::from(u32::MAX)));
        }
        let mut reader = NsReader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        loop {
            let at = reader.buffer_position();
            let event = reader.read_event().map_err(|error| self.damaged(at, &error.to_string()))?;
            match event {
                Event::Start(start) => {
                    self.element(&start, &reader)?;
                    let opened = self.tree.nodes.len() - 1;
                    self.open.push(opened);
                    let deepest = u64::from(self.limits.max_depth.min(DEEPEST));
                    if self.open.len() as u64 > deepest {
                        return Err(too_large("levels of nesting", self.open.len() as u64, deepest));
                    }
                }
                Event::Empty(start) => self.element(&start, &reader)?,
                Event::End(_) => self.close(),
                Event::Text(content) => self.text(&content)?,
                Event::CData(content) => self.text(&content)?,
                Event::GeneralRef(reference) => self.text(&resolve(&reference))?,
                Event::Eof if self.open.is_empty() => return Ok(self.tree),
                Event::Eof => return Err(self.damaged(at, "it ends within an element")),
                _ => {}
            }
        }
    }

    fn element(&mut self, start: &BytesStart<'_>, reader: &NsReader<&[u8]>) -> Result<(), ReadError> {
        let (namespace, local) = reader.resolver().resolve_element(start.name());
        let prefix = match &namespace {
            ResolveResult::Bound(uri) => prefix_of(uri.as_ref()),
            ResolveResult::Unbound => "",
            ResolveResult::Unknown(prefix) => {
                NAMESPACES.iter().map(|(_, known)| *known).find(|known| known == prefix).unwrap_or("?")
            }
        };
        let name = self.name(prefix, local.as_ref());
        let first = self.tree.attributes.len();
        for attribute in start.attributes().with_checks(false) {
            let Ok(attribute) = attribute else { continue };
            let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
            let related = matches!(&namespace, ResolveResult::Bound(uri) if prefix_of(uri.as_ref()) == "r");
            let key = self.name(if related { "r" } else { "" }, local.as_ref());
            let value = unescape(&attribute.value).unwrap_or_else(|_| attribute.value.clone());
            let range = self.store(&value);
            self.tree.attributes.push((key, range));
        }
        let attributes = position(first)..position(self.tree.attributes.len());
        let end = position(self.tree.nodes.len() + 1);
        self.push(Stored::Element { name, attributes, end })
    }

    fn close(&mut self) {
        let end = position(self.tree.nodes.len());
        if let Some(Stored::Element { end: open, .. }) = self.open.pop().and_then(|at| self.tree.nodes.get_mut(at)) {
            *open = end;
        }
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if text.is_empty() || self.open.is_empty() {
            return Ok(());
        }
        let range = self.store(text);
        self.push(Stored::Text(range))
    }

    fn push(&mut self, node: Stored) -> Result<(), ReadError> {
        let limit = self.limits.max_elements.saturating_mul(NODES_AN_ELEMENT).min(u64::from(u32::MAX));
        if self.tree.nodes.len() as u64 >= limit {
            return Err(too_large("elements", limit + 1, limit));
        }
        self.tree.nodes.push(node);
        Ok(())
    }

    fn store(&mut self, text: &str) -> Range<u32> {
        let first = position(self.tree.text.len());
        self.tree.text.push_str(text);
        first..position(self.tree.text.len())
    }

    fn name(&mut self, prefix: &str, local: &str) -> u32 {
        let name = if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") };
        if let Some(known) = self.known.get(&name) {
            return *known;
        }
        let number = position(self.tree.names.len());
        self.tree.names.push(name.clone());
        self.known.insert(name, number);
        number
    }

    fn damaged(&self, at: u64, detail: &str) -> ReadError {
        ReadError::Damaged { what: format!("the part {}", self.part), detail: format!("byte {at}: {detail}") }
    }
}

fn too_large(unit: &'static str, found: u64, limit: u64) -> ReadError {
    ReadError::TooLarge {
        what: "a part of the document",
        found,
        limit,
        unit,
        line: None,
        remedy: "split the document, or save it as HTML or plain text",
    }
}

/// A position in one of the lists; all are shorter than the text, whose length fits.
fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn prefix_of(uri: &str) -> &'static str {
    NAMESPACES.iter().find(|(end, _)| uri.ends_with(end)).map_or("?", |(_, prefix)| prefix)
}

/// The text of a reference; one that XML does not know stays as it is written.
fn resolve(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let written = format!("&{};", &**reference);
    unescape(&written).map(std::borrow::Cow::into_owned).unwrap_or(written)
}
