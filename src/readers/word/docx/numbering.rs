//! Numbers of lists (ECMA-376 part 1, 17.9): what Word prints in front of a paragraph.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::readers::word::docx::properties::is_on;
use crate::readers::word::numerals;
use crate::readers::word::tree::Element;

/// Levels of a list.
const LEVELS: usize = 9;

/// How a level is numbered.
#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    /// "%1.%2" for the numbers of levels 1 and 2 with a dot between.
    text: String,
    start: u32,
    /// All numbers in Arabic digits.
    legal: bool,
    /// The style that has this level.
    style: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Abstract {
    levels: FxHashMap<u8, Level>,
    /// The style that says how this list is numbered.
    link: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct List {
    kind: String,
    levels: FxHashMap<u8, Level>,
    starts: FxHashMap<u8, u32>,
}

/// The lists of a document, and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: FxHashMap<String, Abstract>,
    lists: FxHashMap<String, List>,
    /// The kind of list that a numbering style names.
    styles: FxHashMap<String, String>,
    counts: FxHashMap<String, [Option<u32>; LEVELS]>,
    started: FxHashSet<(String, u8)>,
}

impl Numbering {
    /// Reads the root of the part.
    pub(super) fn of(root: Option<Element<'_>>) -> Self {
        let mut numbering = Self::default();
        for element in root.into_iter().flat_map(Element::children) {
            match element.name() {
                "w:abstractNum" => numbering.kind(element),
                "w:num" => numbering.list(element),
                _ => {}
            }
        }
        numbering
    }

    fn kind(&mut self, element: Element<'_>) {
        let Some(id) = element.attribute("abstractNumId") else { return };
        if let Some(style) = element.value("w:styleLink") {
            self.styles.insert(style.to_owned(), id.to_owned());
        }
        let levels = element.children().filter(|child| child.name() == "w:lvl").filter_map(level).collect();
        let link = element.value("w:numStyleLink").map(str::to_owned);
        self.kinds.insert(id.to_owned(), Abstract { levels, link });
    }

    fn list(&mut self, element: Element<'_>) {
        let (Some(id), Some(kind)) = (element.attribute("numId"), element.value("w:abstractNumId")) else { return };
        let mut list = List { kind: kind.to_owned(), ..List::default() };
        for change in element.children().filter(|child| child.name() == "w:lvlOverride") {
            let at = change.attribute("ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
            if let Some(start) = change.value("w:startOverride").and_then(|start| start.parse().ok()) {
                list.starts.insert(at, start);
            }
            list.levels.extend(change.child("w:lvl").and_then(level));
        }
        self.lists.insert(id.to_owned(), list);
    }

    /// The level of the list `list` that belongs to a paragraph style.
    pub(super) fn level_of(&self, list: &str, style: &str) -> Option<u8> {
        let (_, kind) = resolve(&self.kinds, &self.styles, self.lists.get(list)?)?;
        let found = kind.levels.iter().filter(|(_, level)| level.style.as_deref() == Some(style)).map(|(at, _)| *at);
        found.min()
    }

    /// Counts a paragraph of a list; what is printed in front of it, empty for a bullet. `None` where there is no such list.
    pub(super) fn next(&mut self, id: &str, level: u8) -> Option<String> {
        let level = level.min(8);
        let list = self.lists.get(id)?;
        let (kind_id, kind) = resolve(&self.kinds, &self.styles, list)?;
        let blank = Level::default();
        let at = |level: u8| list.levels.get(&level).or_else(|| kind.levels.get(&level)).unwrap_or(&blank);
        let levels: Vec<&Level> = (0..=level).map(at).collect();
        let this = usize::from(level);
        if !self.counts.contains_key(kind_id) {
            self.counts.insert(kind_id.to_owned(), [None; LEVELS]);
        }
        let counts = self.counts.get_mut(kind_id)?;
        let restart = list.starts.get(&level).filter(|_| self.started.insert((id.to_owned(), level)));
        let count = match (restart, counts.get(this).copied().flatten()) {
            (Some(start), _) => *start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => levels.last().map_or(1, |level| level.start),
        };
        for (at, slot) in counts.iter_mut().enumerate() {
            match at.cmp(&this) {
                Ordering::Less => *slot = slot.or(levels.get(at).map(|level| level.start)),
                Ordering::Equal => *slot = Some(count),
                Ordering::Greater => *slot = None,
            }
        }
        Some(printed(&levels, counts))
    }
}

/// The kind of a list, past a link to a style, and its id.
fn resolve<'n>(
    kinds: &'n FxHashMap<String, Abstract>,
    styles: &'n FxHashMap<String, String>,
    list: &'n List,
) -> Option<(&'n str, &'n Abstract)> {
    let kind = kinds.get(&list.kind)?;
    let linked = kind.link.as_ref().and_then(|style| styles.get(style));
    match linked.and_then(|id| Some((id.as_str(), kinds.get(id)?))) {
        Some(linked) if kind.levels.is_empty() => Some(linked),
        _ => Some((list.kind.as_str(), kind)),
    }
}

fn level(element: Element<'_>) -> Option<(u8, Level)> {
    let at = element.attribute("ilvl")?.parse().ok()?;
    let level = Level {
        format: element.value("w:numFmt").unwrap_or("decimal").to_owned(),
        text: element.value("w:lvlText").unwrap_or_default().to_owned(),
        start: element.value("w:start").and_then(|start| start.parse().ok()).unwrap_or(1),
        legal: element.child("w:isLgl").is_some_and(is_on),
        style: element.value("w:pStyle").map(str::to_owned),
    };
    Some((at, level))
}

/// The text of the last of `levels` with the counts put in.
fn printed(levels: &[&Level], counts: &[Option<u32>; LEVELS]) -> String {
    let Some(this) = levels.last().filter(|level| level.format != "bullet") else { return String::new() };
    let mut out = String::new();
    let mut letters = this.text.chars().peekable();
    while let Some(letter) = letters.next() {
        let number = letters.peek().and_then(|c| c.to_digit(10)).filter(|number| letter == '%' && *number > 0);
        let Some(at) = number.and_then(|number| usize::try_from(number - 1).ok()) else {
            out.push(letter);
            continue;
        };
        letters.next();
        let format = levels.get(at).map_or("decimal", |level| level.format.as_str());
        let format = if this.legal { "decimal" } else { format };
        if let Some(count) = counts.get(at).copied().flatten() {
            out.push_str(&numerals::written(count, format));
        }
    }
    out.trim().to_owned()
}
