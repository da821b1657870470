//! Elements of the structure tree: their roles, attributes and children.

use hayro_syntax::object::Dict;
use hayro_syntax::object::MaybeRef;
use hayro_syntax::object::Name;
use hayro_syntax::object::Object;
use hayro_syntax::object::ObjectIdentifier;

use crate::readers::pdf::arrays;
use crate::readers::pdf::marks::Mark;

/// Roles that roles are mapped to, one after the other.
const MAX_MAPPED: usize = 8;

/// An element.
pub(super) struct Element<'a> {
    /// Its role as a standard one, where the document maps it.
    pub(super) role: Vec<u8>,
    pub(super) dict: Dict<'a>,
    /// The index of the page that it stands on.
    pub(super) page: Option<usize>,
}

/// What stands in an element.
pub(super) enum Child<'a> {
    Element(Dict<'a>),
    Content {
        mark: Mark,
        /// The page, where it is another than the element's.
        page: Option<ObjectIdentifier>,
    },
}

/// What a document calls its roles, and the attributes of its classes.
pub(super) struct Roles<'a> {
    map: Dict<'a>,
    classes: Dict<'a>,
}

impl<'a> Roles<'a> {
    /// Reads the maps of the tree's root.
    pub(super) fn new(root: &Dict<'a>) -> Self {
        let get = |key: &[u8]| root.get::<Dict<'a>>(key).unwrap_or_default();
        Self { map: get(b"RoleMap"), classes: get(b"ClassMap") }
    }

    /// The role of the element with `dict`, mapped as far as the document maps it.
    pub(super) fn role(&self, dict: &Dict<'a>) -> Vec<u8> {
        let mut role = dict.get::<Name<'a>>(b"S".as_slice()).map(|name| name.to_vec()).unwrap_or_default();
        for _ in 0..MAX_MAPPED {
            if is_of_tables(&role) {
                break;
            }
            match self.map.get::<Name<'a>>(role.as_slice()) {
                Some(mapped) => role = mapped.to_vec(),
                None => break,
            }
        }
        role
    }

    /// The attribute of tables with `key` (ISO 32000-1, table 349), of the element itself or of its classes.
    pub(super) fn attribute(&self, dict: &Dict<'a>, key: &[u8]) -> Option<u32> {
        let own = dict.get::<Object<'a>>(b"A".as_slice());
        let classes = match dict.get::<Object<'a>>(b"C".as_slice()) {
            Some(Object::Name(name)) => vec![name],
            Some(Object::Array(names)) => arrays::items(&names).filter_map(Object::into_name).collect(),
            _ => Vec::new(),
        };
        let of_classes = classes.into_iter().filter_map(|name| self.classes.get::<Object<'a>>(name));
        own.into_iter().chain(of_classes).find_map(|object| value(&object, key))
    }
}

fn is_of_tables(role: &[u8]) -> bool {
    [b"Table".as_slice(), b"TR", b"TH", b"TD", b"THead", b"TBody", b"TFoot"].contains(&role)
}

/// The value of `key` in one dictionary of attributes or in a list of them, where revision numbers stand between.
fn value(object: &Object<'_>, key: &[u8]) -> Option<u32> {
    let of = |dict: &Dict<'_>| dict.get::<u32>(key);
    match object {
        Object::Dict(dict) => of(dict),
        Object::Stream(stream) => of(stream.dict()),
        Object::Array(items) => arrays::items(items).find_map(|item| match item {
            Object::Dict(dict) => of(&dict),
            _ => None,
        }),
        _ => None,
    }
}

/// What stands in the element with `dict`.
pub(super) fn children<'a>(dict: &Dict<'a>) -> Vec<Child<'a>> {
    match dict.get::<Object<'a>>(b"K".as_slice()) {
        Some(Object::Array(items)) => arrays::items(&items).filter_map(child).collect(),
        Some(object) => child(object).into_iter().collect(),
        None => Vec::new(),
    }
}

fn child(object: Object<'_>) -> Option<Child<'_>> {
    match object {
        Object::Number(number) => {
            let id = u32::try_from(number.as_i64()).ok()?;
            Some(Child::Content { mark: Mark { stream: None, id }, page: None })
        }
        Object::Dict(dict) => match dict.get::<Name<'_>>(b"Type".as_slice()).as_deref() {
            Some(b"MCR") => {
                let stream = match dict.get_raw::<Object<'_>>(b"Stm".as_slice()) {
                    Some(MaybeRef::Ref(id)) => Some(id.into()),
                    _ => None,
                };
                let mark = Mark { stream, id: dict.get::<u32>(b"MCID".as_slice())? };
                Some(Child::Content { mark, page: dict.get_ref(b"Pg".as_slice()).map(ObjectIdentifier::from) })
            }
            Some(b"OBJR") => None,
            _ => Some(Child::Element(dict)),
        },
        _ => None,
    }
}
