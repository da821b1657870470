//! The document outline (ISO 32000-1, 12.3.3): headings and the pages that they stand on.

use std::collections::HashMap;
use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::Array;
use hayro_syntax::object::Dict;
use hayro_syntax::object::MaybeRef;
use hayro_syntax::object::Object;
use hayro_syntax::object::ObjectIdentifier;

use crate::model::page::OutlineEntry;
use crate::model::text::collapse;
use crate::readers::pdf::arrays;
use crate::readers::pdf::strings;

/// Levels that are followed.
const MAX_LEVEL: u8 = 16;

/// Entries that are kept.
const MAX_ENTRIES: usize = 10_000;

/// Levels of a tree of names that are followed.
const MAX_DEPTH: u32 = 12;

/// The entries of the outline with the index of their page; those that lead to no page of the document are left out.
pub(in crate::readers::pdf) fn outline(pdf: &Pdf, catalogue: &Dict<'_>) -> Vec<(usize, OutlineEntry)> {
    let Some(root) = catalogue.get::<Dict<'_>>(b"Outlines".as_slice()) else {
        return Vec::new();
    };
    let pages = pdf.pages().iter().enumerate().filter_map(|(index, page)| Some((page.raw().obj_id()?, index)));
    let mut walk = Walk { catalogue, pages: pages.collect(), seen: HashSet::new(), entries: Vec::new() };
    walk.level(&root, 1);
    walk.entries
}

struct Walk<'c, 'a> {
    catalogue: &'c Dict<'a>,
    pages: HashMap<ObjectIdentifier, usize>,
    seen: HashSet<ObjectIdentifier>,
    entries: Vec<(usize, OutlineEntry)>,
}

impl Walk<'_, '_> {
    fn level(&mut self, parent: &Dict<'_>, level: u8) {
        let mut next = parent.get::<Dict<'_>>(b"First".as_slice());
        while let Some(item) = next {
            if self.entries.len() >= MAX_ENTRIES || item.obj_id().is_some_and(|id| !self.seen.insert(id)) {
                return;
            }
            if let (Some(title), Some(page)) = (title(&item), self.page(&item)) {
                self.entries.push((page, OutlineEntry { level, title }));
            }
            if level < MAX_LEVEL {
                self.level(&item, level + 1);
            }
            next = item.get::<Dict<'_>>(b"Next".as_slice());
        }
    }

    /// The page that an item leads to, directly or by an action (ISO 32000-1, 12.3.2 and 12.6.4.2).
    fn page(&self, item: &Dict<'_>) -> Option<usize> {
        let action = || item.get::<Dict<'_>>(b"A".as_slice())?.get::<Object<'_>>(b"D".as_slice());
        let destination = item.get::<Object<'_>>(b"Dest".as_slice()).or_else(action)?;
        self.destination(destination, MAX_DEPTH)
    }

    fn destination(&self, object: Object<'_>, depth: u32) -> Option<usize> {
        let depth = depth.checked_sub(1)?;
        match object {
            Object::Array(items) => match items.raw_iter().next()? {
                MaybeRef::Ref(id) => self.pages.get(&id.into()).copied(),
                MaybeRef::NotRef(Object::Number(index)) => usize::try_from(index.as_i64()).ok(),
                MaybeRef::NotRef(_) => None,
            },
            Object::Dict(dict) => self.destination(dict.get::<Object<'_>>(b"D".as_slice())?, depth),
            Object::Name(name) => {
                let names = self.catalogue.get::<Dict<'_>>(b"Dests".as_slice())?;
                self.destination(names.get::<Object<'_>>(name)?, depth)
            }
            Object::String(name) => {
                let names = self.catalogue.get::<Dict<'_>>(b"Names".as_slice())?.get::<Dict<'_>>(b"Dests".as_slice())?;
                self.destination(named(&names, name.as_bytes(), MAX_DEPTH)?, depth)
            }
            _ => None,
        }
    }
}

/// The value of `name` in a tree of names (ISO 32000-1, 7.9.6).
fn named<'a>(node: &Dict<'a>, name: &[u8], depth: u32) -> Option<Object<'a>> {
    if let Some(names) = node.get::<Array<'a>>(b"Names".as_slice()) {
        let mut items = names.iter::<Object<'a>>();
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            if matches!(&key, Object::String(key) if key.as_bytes() == name) {
                return Some(value);
            }
        }
    }
    let depth = depth.checked_sub(1)?;
    let within = |kid: &Dict<'a>| {
        let mut limits = kid.get::<Array<'a>>(b"Limits".as_slice())?.iter::<hayro_syntax::object::String<'a>>();
        let (least, most) = (limits.next()?, limits.next()?);
        Some(least.as_bytes() <= name && name <= most.as_bytes())
    };
    let kids = node.get::<Array<'a>>(b"Kids".as_slice())?;
    arrays::items(&kids)
        .filter_map(Object::into_dict)
        .filter(|kid| within(kid).unwrap_or(true))
        .find_map(|kid| named(&kid, name, depth))
}

fn title(item: &Dict<'_>) -> Option<String> {
    let title = item.get::<hayro_syntax::object::String<'_>>(b"Title".as_slice())?;
    let title = collapse(&strings::text(title.as_bytes())).into_owned();
    (!title.is_empty()).then_some(title)
}
