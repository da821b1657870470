//! Text of shapes and cells (ECMA-376 part 1, 21.1.2).

use crate::readers::word::colour::rgb;
use crate::readers::word::numerals;
use crate::readers::word::rich::Look;
use crate::readers::word::rich::Rich;
use crate::readers::word::symbols::SymbolFont;
use crate::readers::word::tree::Element;

/// Levels of a list.
const LEVELS: usize = 9;

/// What stands in front of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// What the shape's kind of text has.
    Inherited,
    /// Nothing.
    None,
    /// A bullet or number.
    List,
}

/// A paragraph.
pub(super) struct Read {
    pub(super) text: Rich,
    pub(super) mark: Mark,
}

/// Counts numbered paragraphs of one shape.
#[derive(Default)]
pub(super) struct Numbers {
    counts: [u32; LEVELS],
}

/// Reads an `a:p`.
pub(super) fn paragraph(element: Element<'_>, numbers: &mut Numbers) -> Read {
    let mut text = Rich::default();
    runs(element, &mut text);
    let properties = element.child("a:pPr");
    let has = |name: &str| properties.is_some_and(|properties| properties.child(name).is_some());
    let level = properties.and_then(|properties| properties.attribute("lvl")).and_then(|level| level.parse::<usize>().ok());
    let level = level.unwrap_or(0).min(LEVELS - 1);
    numbers.counts.iter_mut().skip(level + 1).for_each(|count| *count = 0);
    let automatic = properties.and_then(|properties| properties.child("a:buAutoNum"));
    if let Some(automatic) = automatic {
        if text.visible() > 0 {
            let label = numbers.next(automatic, level);
            text.put_in_front(&format!("{label} "));
        }
    } else if let Some(count) = numbers.counts.get_mut(level) {
        *count = 0;
    }
    let mark = match () {
        () if automatic.is_some() || has("a:buChar") || has("a:buBlip") => Mark::List,
        () if has("a:buNone") => Mark::None,
        () => Mark::Inherited,
    };
    Read { text, mark }
}

impl Numbers {
    /// The next number of a scheme (20.1.10.61).
    fn next(&mut self, automatic: Element<'_>, level: usize) -> String {
        let start = automatic.attribute("startAt").and_then(|start| start.parse().ok()).unwrap_or(1_u32);
        let Some(count) = self.counts.get_mut(level) else { return String::new() };
        *count = if *count == 0 { start } else { count.saturating_add(1) };
        let scheme = automatic.attribute("type").unwrap_or("arabicPeriod");
        let format = match scheme {
            scheme if scheme.starts_with("alphaLc") => "lowerLetter",
            scheme if scheme.starts_with("alphaUc") => "upperLetter",
            scheme if scheme.starts_with("romanLc") => "lowerRoman",
            scheme if scheme.starts_with("romanUc") => "upperRoman",
            _ => "decimal",
        };
        let number = numerals::written(*count, format);
        match scheme {
            scheme if scheme.ends_with("ParenBoth") => format!("({number})"),
            scheme if scheme.ends_with("ParenR") => format!("{number})"),
            scheme if scheme.ends_with("Plain") => number,
            _ => format!("{number}."),
        }
    }
}

fn runs(paragraph: Element<'_>, text: &mut Rich) {
    for child in paragraph.children() {
        match child.name() {
            "a:r" | "a:fld" => {
                let properties = child.child("a:rPr");
                let written = child.child("a:t").map(Element::text).unwrap_or_default().replace('\u{b}', "\n");
                let font = |name| properties.and_then(|properties| symbol_font(properties, name));
                // The font for letters, then the one for signs (ECMA-376, 21.1.2.3.7 and 21.1.2.3.10).
                let written = match (font("a:latin"), font("a:sym")) {
                    (Some(letters), _) => letters.text(&written),
                    (None, Some(signs)) => signs.signs_in(&written),
                    (None, None) => written,
                };
                text.push(&written, properties.map(look).unwrap_or_default());
            }
            "a:br" => text.push("\n", Look::default()),
            "a:pPr" | "a:endParaRPr" => {}
            "m:t" => text.push(&child.text(), Look::default()),
            _ => runs(child, text),
        }
    }
}

/// The font that the element `name` of a run's properties names, where its letters are signs.
fn symbol_font(properties: Element<'_>, name: &str) -> Option<SymbolFont> {
    properties.child(name).and_then(|font| font.attribute("typeface")).and_then(SymbolFont::named)
}

fn look(properties: Element<'_>) -> Look {
    let bold = properties.attribute("b").is_some_and(|bold| matches!(bold, "1" | "true"));
    let struck = properties.attribute("strike").is_some_and(|strike| strike != "noStrike");
    let fill = properties.child("a:highlight").and_then(colour);
    let ink = properties.child("a:solidFill").and_then(colour);
    Look { bold, struck, hidden: false, fill, ink }
}

/// The colour in `element`, where it is given in red, green and blue.
pub(super) fn colour(element: Element<'_>) -> Option<[u8; 3]> {
    element.child("a:srgbClr").and_then(|colour| colour.attribute("val")).and_then(rgb)
}
