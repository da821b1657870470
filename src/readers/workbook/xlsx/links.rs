//! Relationships between the parts of a package (ECMA-376 part 2, 6.5).

use quick_xml::events::Event;
use rustc_hash::FxHashMap;

use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::local;

/// The relationships of one part.
#[derive(Debug, Default)]
pub(in crate::readers::workbook) struct Links {
    links: Vec<Link>,
}

#[derive(Debug)]
struct Link {
    id: String,
    /// The last part of the relationship's type: "worksheet", "comments".
    kind: String,
    /// The part's path in the package; what it is called from outside, where it is no part.
    path: String,
    external: bool,
}

impl Links {
    /// The relationships of the part at `path`; "" is the package itself. A part need not have any.
    pub(in crate::readers::workbook) fn of(package: &mut Package<'_>, path: &str, limits: &Limits) -> Result<Self, ReadError> {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let separator = if folder.is_empty() { "" } else { "/" };
        let own = format!("{folder}{separator}_rels/{file}.rels");
        let mut links = Vec::new();
        let Some(part) = package.stream(&own)? else { return Ok(Self::default()) };
        let mut xml = Xml::new(part, &own, limits);
        loop {
            match xml.next()? {
                Event::Start(element) if local(&element) == "Relationship" => {
                    let text = |name| attribute(&element, name).unwrap_or_default().into_owned();
                    let external = text("TargetMode").eq_ignore_ascii_case("external");
                    let kind = text("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    let path = if external { text("Target") } else { resolved(folder, &text("Target")) };
                    links.push(Link { id: text("Id"), kind, path, external });
                }
                Event::Eof => return Ok(Self { links }),
                _ => {}
            }
        }
    }

    /// The path and kind of the relationship with this id.
    pub(in crate::readers::workbook) fn by_id(&self, id: &str) -> Option<(&str, &str)> {
        self.parts().find(|link| link.id == id).map(|link| (link.path.as_str(), link.kind.as_str()))
    }

    /// What lies outside the package, by its id.
    pub(in crate::readers::workbook) fn outside(&self) -> FxHashMap<&str, &str> {
        self.links.iter().filter(|link| link.external).map(|link| (link.id.as_str(), link.path.as_str())).collect()
    }

    fn parts(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|link| !link.external)
    }

    /// The first part of a kind.
    pub(in crate::readers::workbook) fn target(&self, kind: &str) -> Option<&str> {
        self.parts().find(|link| link.kind == kind).map(|link| link.path.as_str())
    }

    /// All parts of a kind.
    pub(in crate::readers::workbook) fn targets<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        self.parts().filter(move |link| link.kind == kind).map(|link| link.path.as_str())
    }
}

/// A target relative to the folder of the part that names it.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_relative_to_their_folder() {
        assert_eq!(resolved("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("", "xl\\workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolved("a", "../../../b"), "b");
    }
}
