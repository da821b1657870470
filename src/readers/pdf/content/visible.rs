//! Layers that are switched off (optional content, ISO 32000-1, 8.11).

use std::collections::HashSet;

use hayro_syntax::object::Array;
use hayro_syntax::object::Dict;
use hayro_syntax::object::Name;
use hayro_syntax::object::ObjectIdentifier;

/// Which layers are switched off when the document is opened.
#[derive(Default)]
pub(super) struct Layers {
    off: HashSet<ObjectIdentifier>,
}

impl Layers {
    /// Reads the default configuration of `catalogue`.
    pub(super) fn new(catalogue: &Dict<'_>) -> Self {
        let properties = catalogue.get::<Dict<'_>>(b"OCProperties".as_slice()).unwrap_or_default();
        let config = properties.get::<Dict<'_>>(b"D".as_slice()).unwrap_or_default();
        let mut off = HashSet::new();
        if config.get::<Name<'_>>(b"BaseState".as_slice()).as_deref() == Some(b"OFF") {
            off.extend(ids(&properties, b"OCGs"));
        }
        off.extend(ids(&config, b"OFF"));
        for id in ids(&config, b"ON") {
            off.remove(&id);
        }
        Self { off }
    }

    /// Whether the object with `dict` is on a layer (`OC`) that is off.
    pub(super) fn hides(&self, dict: &Dict<'_>) -> bool {
        !self.off.is_empty() && self.hides_entry(dict, b"OC")
    }

    /// Whether the properties called `name` are of a layer that is off.
    pub(super) fn hides_named(&self, properties: &Dict<'_>, name: &Name<'_>) -> bool {
        !self.off.is_empty() && self.hides_entry(properties, name.as_ref())
    }

    fn hides_entry(&self, dict: &Dict<'_>, key: &[u8]) -> bool {
        let own = dict.get_ref(key).is_some_and(|id| self.off.contains(&id.into()));
        own || dict.get::<Dict<'_>>(key).is_some_and(|member| self.hides_members(&member))
    }

    /// Whether a membership dictionary's policy (ISO 32000-1, table 99) hides its members.
    fn hides_members(&self, member: &Dict<'_>) -> bool {
        let mut groups = ids(member, b"OCGs");
        groups.extend(member.get_ref(b"OCGs".as_slice()).map(ObjectIdentifier::from));
        if groups.is_empty() {
            return false;
        }
        let off = |id: &ObjectIdentifier| self.off.contains(id);
        !match member.get::<Name<'_>>(b"P".as_slice()).as_deref() {
            Some(b"AllOn") => !groups.iter().any(off),
            Some(b"AnyOff") => groups.iter().any(off),
            Some(b"AllOff") => groups.iter().all(off),
            _ => !groups.iter().all(off),
        }
    }
}

fn ids(dict: &Dict<'_>, key: &[u8]) -> Vec<ObjectIdentifier> {
    let array = dict.get::<Array<'_>>(key);
    let items = array.iter().flat_map(Array::raw_iter);
    items.filter_map(|item| item.as_obj_ref()).map(ObjectIdentifier::from).collect()
}
