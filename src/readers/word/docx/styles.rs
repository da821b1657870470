//! Styles (ECMA-376 part 1, 17.7): what a paragraph, run or table inherits from its style and the styles that one is based on.

use rustc_hash::FxHashMap;

use crate::readers::word::docx::properties::RunProperties;
use crate::readers::word::tree::Element;

/// Longest chain of styles based on each other that is followed; Word allows 10 or so.
const LONGEST_CHAIN: usize = 64;

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text.
    Body,
    /// The title of the document.
    Title,
    /// A line of a table of contents, or its heading.
    Contents,
}

/// A style with all that it inherits.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) role: Role,
    /// Outline level, 0 the highest, 9 running text.
    pub(super) outline: Option<u8>,
    /// The list it belongs to.
    pub(super) list: Option<String>,
    /// The level in the list, zero-based.
    pub(super) level: Option<u8>,
    pub(super) run: RunProperties,
    /// For a table: properties of the text in its first row and in its first column.
    pub(super) first_row: RunProperties,
    pub(super) first_column: RunProperties,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: FxHashMap<String, Style>,
    /// Id of the style of paragraphs that name none.
    paragraph: Option<String>,
    /// Properties of all runs.
    run: RunProperties,
}

impl Styles {
    /// Reads the root of the part.
    pub(super) fn of(root: Option<Element<'_>>) -> Self {
        let Some(root) = root else { return Self::default() };
        let mut styles = Self::default();
        let mut declared: FxHashMap<&str, Element<'_>> = FxHashMap::default();
        for element in root.children() {
            match element.name() {
                "w:docDefaults" => {
                    let defaults = element.child("w:rPrDefault").and_then(|defaults| defaults.child("w:rPr"));
                    styles.run = defaults.map(RunProperties::of).unwrap_or_default();
                }
                "w:style" => {
                    let Some(id) = element.attribute("styleId") else { continue };
                    if element.attribute("default") == Some("1") && element.attribute("type") == Some("paragraph") {
                        styles.paragraph = Some(id.to_owned());
                    }
                    declared.entry(id).or_insert(element);
                }
                _ => {}
            }
        }
        styles.by_id = declared.keys().map(|id| ((*id).to_owned(), inherited(id, &declared))).collect();
        styles
    }

    /// The style of a paragraph that names `id`, or none.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Style {
        let named = id.and_then(|id| self.by_id.get(id));
        let default = || self.paragraph.as_ref().and_then(|id| self.by_id.get(id));
        let mut style = named.or_else(default).cloned().unwrap_or_else(|| undeclared(id.unwrap_or_default()));
        style.run = style.run.over(self.run);
        style
    }

    /// The style of a table.
    pub(super) fn table(&self, id: &str) -> Option<&Style> {
        self.by_id.get(id)
    }

    /// The run properties of a character style.
    pub(super) fn run(&self, id: &str) -> RunProperties {
        self.by_id.get(id).map(|style| style.run).unwrap_or_default()
    }
}

/// A style that a document names and does not declare: what its id says is all there is.
fn undeclared(id: &str) -> Style {
    let mut style = blank();
    (style.role, style.outline) = by_name(id);
    style
}

fn blank() -> Style {
    let none = RunProperties::default();
    Style { role: Role::Body, outline: None, list: None, level: None, run: none, first_row: none, first_column: none }
}

/// The style `id` with what it inherits.
fn inherited(id: &str, declared: &FxHashMap<&str, Element<'_>>) -> Style {
    let mut style = blank();
    let mut next = declared.get(id).copied();
    for _ in 0..LONGEST_CHAIN {
        let Some(element) = next else { break };
        merge(&mut style, element);
        next = element.value("w:basedOn").and_then(|below| declared.get(below).copied());
    }
    style
}

/// Adds what `element` says where the styles above it said nothing.
fn merge(style: &mut Style, element: Element<'_>) {
    let (role, outline) = by_name(element.value("w:name").unwrap_or_default());
    if style.role == Role::Body {
        style.role = role;
    }
    if let Some(run) = element.child("w:rPr") {
        style.run = style.run.over(RunProperties::of(run));
    }
    let paragraph = element.child("w:pPr");
    let told = paragraph.and_then(|properties| properties.value("w:outlineLvl")).and_then(|level| level.parse().ok());
    style.outline = style.outline.or(told).or(outline);
    if let Some(list) = paragraph.and_then(|properties| properties.child("w:numPr")) {
        style.list = style.list.take().or_else(|| list.value("w:numId").map(str::to_owned));
        style.level = style.level.or_else(|| list.value("w:ilvl").and_then(|level| level.parse().ok()));
    }
    for condition in element.children().filter(|child| child.name() == "w:tblStylePr") {
        let run = condition.child("w:rPr").map(RunProperties::of).unwrap_or_default();
        match condition.attribute("type") {
            Some("firstRow") => style.first_row = style.first_row.over(run),
            Some("firstCol") => style.first_column = style.first_column.over(run),
            _ => {}
        }
    }
}

/// What the name of a built-in style says; those names are English in every language of Word, only the ids are translated.
fn by_name(name: &str) -> (Role, Option<u8>) {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let digit = |prefix: &str| name.strip_prefix(prefix)?.parse::<u8>().ok().filter(|level| (1..=9).contains(level));
    if name == "title" {
        return (Role::Title, None);
    }
    if name == "tocheading" || name == "contentsheading" || digit("toc").is_some() || digit("contents").is_some() {
        return (Role::Contents, Some(9));
    }
    (Role::Body, digit("heading").map(|level| level - 1))
}
