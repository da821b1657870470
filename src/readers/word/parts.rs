//! The parts of a package and how they refer to each other (ECMA-376 part 2, 6.5).

use rustc_hash::FxHashMap;

use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::word::title;
use crate::readers::word::tree::Element;
use crate::readers::word::tree::Tree;

/// A package whose parts are read as trees.
pub(super) struct Parts<'b, 'l> {
    package: Package<'b>,
    limits: &'l Limits,
}

/// What a part refers to.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// Kind and target of each relationship within the package, by its id.
    by_id: FxHashMap<String, (String, String)>,
    /// Ids in the order of the part.
    order: Vec<String>,
}

impl<'b, 'l> Parts<'b, 'l> {
    pub(super) fn open(bytes: &'b [u8], limits: &'l Limits) -> Result<Self, ReadError> {
        Ok(Self { package: Package::open(bytes, limits)?, limits })
    }

    /// A part as a tree; `None` where there is no such part.
    pub(super) fn tree(&mut self, part: &str) -> Result<Option<Tree>, ReadError> {
        let Some(bytes) = self.package.part(part)? else { return Ok(None) };
        Tree::parse(&bytes, part, self.limits).map(Some)
    }

    /// A part that a document cannot do without.
    pub(super) fn needed(&mut self, part: &str) -> Result<Tree, ReadError> {
        let missing = || ReadError::Damaged { what: "the document".to_owned(), detail: format!("it has no part {part}") };
        self.tree(part)?.ok_or_else(missing)
    }

    /// What the part `part` refers to; that of the whole package for an empty name.
    pub(super) fn relations(&mut self, part: &str) -> Result<Relations, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let separator = if folder.is_empty() { "" } else { "/" };
        let Some(tree) = self.tree(&format!("{folder}{separator}_rels/{file}.rels"))? else { return Ok(Relations::default()) };
        let mut relations = Relations::default();
        for element in tree.root().into_iter().flat_map(Element::children) {
            let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target")) else { continue };
            if element.attribute("TargetMode") == Some("External") {
                continue;
            }
            let kind = element.attribute("Type").and_then(|kind| kind.rsplit('/').next()).unwrap_or_default();
            relations.by_id.insert(id.to_owned(), (kind.to_owned(), resolved(folder, target)));
            relations.order.push(id.to_owned());
        }
        Ok(relations)
    }

    /// The main part, as the package's own relationships name it, else `usual`.
    pub(super) fn main(&mut self, usual: &str) -> Result<(String, Tree), ReadError> {
        let named = self.relations("")?.of_kind("officeDocument").map(str::to_owned);
        if let Some(part) = named
            && let Some(tree) = self.tree(&part)?
        {
            return Ok((part, tree));
        }
        self.needed(usual).map(|tree| (usual.to_owned(), tree))
    }

    /// The title in the properties of the document, unless it is one that programs give unasked.
    pub(super) fn title(&mut self) -> Result<Option<String>, ReadError> {
        let part = self.relations("")?.of_kind("core-properties").unwrap_or("docProps/core.xml").to_owned();
        let Some(tree) = self.tree(&part)? else { return Ok(None) };
        let title = tree.root().and_then(|root| root.child("dc:title")).map(Element::text);
        Ok(title.as_deref().and_then(title::told))
    }
}

impl Relations {
    /// The target of the first relationship of a kind, the last segment of its type.
    pub(super) fn of_kind(&self, kind: &str) -> Option<&str> {
        self.all_of_kind(kind).next()
    }

    /// The targets of the relationships of a kind.
    pub(super) fn all_of_kind(&self, kind: &str) -> impl Iterator<Item = &str> {
        let found = self.order.iter().filter_map(|id| self.by_id.get(id)).filter(move |(known, _)| known == kind);
        found.map(|(_, target)| target.as_str())
    }

    /// The kind and target of a relationship.
    pub(super) fn get(&self, id: &str) -> Option<(&str, &str)> {
        self.by_id.get(id).map(|(kind, target)| (kind.as_str(), target.as_str()))
    }
}

/// A target as the name of a part: seen from the folder of the part that refers to it, `.` and `..` resolved.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut segments: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            other => segments.push(other),
        }
    }
    segments.retain(|segment| !segment.is_empty());
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_seen_from_their_part() {
        assert_eq!(resolved("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolved("ppt/slides", "../notesSlides/notesSlide1.xml"), "ppt/notesSlides/notesSlide1.xml");
        assert_eq!(resolved("", "../../a.xml"), "a.xml");
    }
}
