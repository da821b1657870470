//! A parsed document as a flat list in document order, so that no walk recurses.

use scraper::Html;
use scraper::Node;
use scraper::node::Element;

/// Name of the attribute that `prepare` writes the line of a tag into.
pub(super) const LINE_ATTRIBUTE: &str = "hicm-line";

/// One step through a document.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event<'a> {
    /// An element opens; `end` is the index of its [`Event::Close`].
    Open {
        /// The element.
        element: &'a Element,
        /// Index of the event that closes it.
        end: usize,
    },
    /// Text.
    Text(&'a str),
    /// The innermost open element closes.
    Close,
}

/// Lists a document. Comments, the doctype and processing instructions are left out.
pub(super) fn list(document: &Html) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut open = Vec::new();
    let root = document.tree.root();
    let mut next = root.first_child();
    while let Some(node) = next {
        match node.value() {
            Node::Element(element) => {
                open.push(events.len());
                events.push(Event::Open { element, end: 0 });
            }
            Node::Text(text) => events.push(Event::Text(text)),
            _ => {}
        }
        let child = if node.value().is_element() { node.first_child() } else { None };
        if child.is_some() {
            next = child;
            continue;
        }
        let mut left = node;
        next = loop {
            if left.value().is_element() {
                close(&mut events, open.pop());
            }
            if let Some(sibling) = left.next_sibling() {
                break Some(sibling);
            }
            match left.parent() {
                Some(parent) if parent != root => left = parent,
                _ => break None,
            }
        };
    }
    events
}

fn close(events: &mut Vec<Event<'_>>, opened: Option<usize>) {
    let here = events.len();
    events.push(Event::Close);
    if let Some(Event::Open { end, .. }) = opened.and_then(|at| events.get_mut(at)) {
        *end = here;
    }
}

/// The value of an attribute.
pub(super) fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attrs().find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Zero-based line of the start tag, if it was written into it.
pub(super) fn line(element: &Element) -> Option<usize> {
    attribute(element, LINE_ATTRIBUTE)?.parse().ok()
}
