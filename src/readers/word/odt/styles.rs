//! Styles (OpenDocument 1.3 part 3, 16): what text, paragraphs, cells and columns inherit.

use rustc_hash::FxHashMap;

use crate::readers::word::colour::rgb;
use crate::readers::word::rich::Look;
use crate::readers::word::symbols::SymbolFont;
use crate::readers::word::tree::Element;

/// Longest chain of styles with a parent that is followed.
const LONGEST_CHAIN: usize = 64;

/// What a style says, or leaves to its parent.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// The style of the document's title, or one based on that.
    pub(super) title: bool,
    bold: Option<bool>,
    struck: Option<bool>,
    hidden: Option<bool>,
    /// Behind the text or paragraph, or in the cell.
    fill: Option<[u8; 3]>,
    ink: Option<[u8; 3]>,
    font: Option<String>,
    /// Outline level, 1 the highest, 0 for none.
    pub(super) outline: Option<u8>,
    /// The style of the list that paragraphs of this style are in.
    pub(super) list: Option<String>,
    /// Width of a column in twentieths of a point.
    pub(super) width: Option<u32>,
}

impl Style {
    fn over(self, below: &Self) -> Self {
        Self {
            title: self.title || below.title,
            bold: self.bold.or(below.bold),
            struck: self.struck.or(below.struck),
            hidden: self.hidden.or(below.hidden),
            fill: self.fill.or(below.fill),
            ink: self.ink.or(below.ink),
            font: self.font.or_else(|| below.font.clone()),
            outline: self.outline.or(below.outline),
            list: self.list.or_else(|| below.list.clone()),
            width: self.width.or(below.width),
        }
    }

    /// What it says of text, over the look of what is around.
    pub(super) fn look(&self, outer: Look) -> Look {
        Look {
            bold: self.bold.unwrap_or(outer.bold),
            struck: self.struck.unwrap_or(outer.struck),
            hidden: self.hidden.unwrap_or(outer.hidden),
            fill: self.fill.or(outer.fill),
            ink: self.ink.or(outer.ink),
        }
    }

    /// The colour of a cell.
    pub(super) fn fill(&self) -> Option<[u8; 3]> {
        self.fill
    }

    /// The font, if it says one whose letters are signs.
    pub(super) fn font(&self) -> Option<SymbolFont> {
        self.font.as_deref().and_then(SymbolFont::named)
    }
}

/// The styles of a document, by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: FxHashMap<(String, String), Style>,
}

impl Styles {
    /// Reads the styles of the parts with these roots.
    pub(super) fn of(roots: &[Element<'_>]) -> Self {
        let mut declared: FxHashMap<(&str, &str), Element<'_>> = FxHashMap::default();
        let groups = roots.iter().flat_map(|root| root.children());
        let groups = groups.filter(|group| matches!(group.name(), "office:styles" | "office:automatic-styles"));
        for style in groups.flat_map(Element::children).filter(|style| style.name() == "style:style") {
            if let (Some(family), Some(name)) = (style.attribute("family"), style.attribute("name")) {
                declared.insert((family, name), style);
            }
        }
        let by_name = declared.keys().map(|key| ((key.0.to_owned(), key.1.to_owned()), inherited(*key, &declared))).collect();
        Self { by_name }
    }

    /// The style that `element` names with its attribute `style-name`.
    pub(super) fn get(&self, family: &str, element: Element<'_>) -> Option<&Style> {
        let name = element.attribute("style-name")?;
        self.by_name.get(&(family.to_owned(), name.to_owned()))
    }
}

fn inherited(key: (&str, &str), declared: &FxHashMap<(&str, &str), Element<'_>>) -> Style {
    let (family, _) = key;
    let mut style = Style::default();
    let mut next = declared.get(&key).copied();
    for _ in 0..LONGEST_CHAIN {
        let Some(element) = next else { break };
        style = style.over(&told(element));
        next = element.attribute("parent-style-name").and_then(|parent| declared.get(&(family, parent)).copied());
    }
    style
}

fn told(element: Element<'_>) -> Style {
    let mut style = Style {
        title: element.attribute("name") == Some("Title"),
        outline: element.attribute("default-outline-level").map(|level| level.parse().unwrap_or(0)),
        list: element.attribute("list-style-name").map(str::to_owned),
        ..Style::default()
    };
    for properties in element.children() {
        let fill = || properties.attribute("background-color").and_then(rgb);
        match properties.name() {
            "style:text-properties" => {
                style.bold = properties.attribute("font-weight").map(is_bold);
                let line = properties.attribute("text-line-through-type").or(properties.attribute("text-line-through-style"));
                style.struck = line.map(|line| line != "none");
                style.hidden = properties.attribute("display").map(|display| display == "none");
                style.fill = fill().or(style.fill);
                style.ink = properties.attribute("color").and_then(rgb);
                style.font = properties.attribute("font-name").map(str::to_owned);
            }
            "style:paragraph-properties" | "style:table-cell-properties" => style.fill = style.fill.or_else(fill),
            "style:table-column-properties" => style.width = properties.attribute("column-width").and_then(twips),
            _ => {}
        }
    }
    style
}

/// Weights from 600 on are bold (CSS Fonts 4, 2.2).
fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
}

/// A length in twentieths of a point (OpenDocument 1.3 part 3, 18.3.18).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length saturates")]
fn twips(length: &str) -> Option<u32> {
    let end = length.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = length.split_at(end);
    let points = match unit {
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        "pc" => 12.0,
        "px" => 0.75,
        _ => return None,
    };
    number.trim().parse::<f64>().ok().map(|number| (number * points * 20.0) as u32)
}
