//! Numbers of lists and headings (OpenDocument 1.3 part 3, 16.30 to 16.34).

use rustc_hash::FxHashMap;

use crate::readers::word::numerals;
use crate::readers::word::tree::Element;

/// Levels of a list.
const LEVELS: usize = 10;

/// Name of the numbering of headings here; no list style can have it.
const OUTLINE: &str = "";

#[derive(Clone, Debug)]
struct Level {
    format: String,
    before: String,
    after: String,
    start: u32,
    /// How many levels are printed.
    shown: usize,
}

/// The list styles of a document, and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    styles: FxHashMap<String, FxHashMap<usize, Level>>,
    counts: FxHashMap<String, [Option<u32>; LEVELS]>,
}

impl Lists {
    /// Reads the styles of the parts with these roots.
    pub(super) fn of(roots: &[Element<'_>]) -> Self {
        let mut lists = Self::default();
        for element in roots.iter().flat_map(|root| root.children()).flat_map(Element::children) {
            let name = match element.name() {
                "text:list-style" => element.attribute("name").unwrap_or(OUTLINE),
                "text:outline-style" => OUTLINE,
                _ => continue,
            };
            lists.styles.insert(name.to_owned(), element.children().filter_map(level).collect());
        }
        lists
    }

    /// Begins a list of a style anew.
    pub(super) fn restart(&mut self, style: &str) {
        self.counts.remove(style);
    }

    /// Counts a heading; what is printed in front of it.
    pub(super) fn heading(&mut self, level: u8) -> Option<String> {
        self.next(OUTLINE, usize::from(level).saturating_sub(1), None)
    }

    /// Counts an entry of a list at a level from 0 on, from `start` where that is told; what is printed in front of it, empty
    /// for a bullet. `None` where there is no such style.
    pub(super) fn next(&mut self, style: &str, level: usize, start: Option<u32>) -> Option<String> {
        let levels = self.styles.get(style)?;
        let level = level.min(LEVELS - 1);
        let Some(this) = levels.get(&level) else { return Some(String::new()) };
        if !self.counts.contains_key(style) {
            self.counts.insert(style.to_owned(), [None; LEVELS]);
        }
        let counts = self.counts.get_mut(style)?;
        let last = counts.get(level).copied().flatten();
        let count = start.unwrap_or_else(|| last.map_or(this.start, |last| last.saturating_add(1)));
        for (at, slot) in counts.iter_mut().enumerate().skip(level) {
            *slot = (at == level).then_some(count);
        }
        let first = (level + 1).saturating_sub(this.shown.max(1));
        let numbers: Vec<String> = (first..=level)
            .filter_map(|at| {
                let counted = counts.get(at).copied().flatten();
                let upper = levels.get(&at)?;
                let written = numerals::written(counted.unwrap_or(upper.start), &upper.format);
                (!written.is_empty()).then_some(written)
            })
            .collect();
        if this.format.is_empty() {
            return Some(String::new());
        }
        Some(format!("{}{}{}", this.before, numbers.join("."), this.after).trim().to_owned())
    }
}

fn level(element: Element<'_>) -> Option<(usize, Level)> {
    let at = element.attribute("level")?.parse::<usize>().ok()?.checked_sub(1)?;
    let numbered = element.name().ends_with("-number") || element.name() == "text:outline-level-style";
    let text = |name: &str| element.attribute(name).filter(|_| numbered).unwrap_or_default().to_owned();
    Some((
        at,
        Level {
            format: text("num-format"),
            before: text("num-prefix"),
            after: text("num-suffix"),
            start: element.attribute("start-value").and_then(|start| start.parse().ok()).unwrap_or(1),
            shown: element.attribute("display-levels").and_then(|levels| levels.parse().ok()).unwrap_or(1),
        },
    ))
}
