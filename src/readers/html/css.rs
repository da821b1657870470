//! As much of CSS as tells fills, bold, struck and hidden text: style attributes and rules for classes.

use std::collections::BTreeMap;

use scraper::node::Element;

use crate::readers::html::events::Event;
use crate::readers::html::events::attribute;
use crate::readers::tags;

/// What an element's name, attributes and classes say of its look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Background colour.
    pub(super) fill: Option<[u8; 3]>,
    /// Colour of the text.
    pub(super) ink: Option<[u8; 3]>,
    /// Bold.
    pub(super) bold: bool,
    /// Struck out.
    pub(super) struck: bool,
    /// Not shown.
    pub(super) hidden: bool,
}

impl Look {
    /// This look with that of an inner element over it.
    pub(super) fn with(self, inner: Self) -> Self {
        Self {
            fill: inner.fill.or(self.fill),
            ink: inner.ink.or(self.ink),
            bold: self.bold || inner.bold,
            struck: self.struck || inner.struck,
            hidden: self.hidden || inner.hidden,
        }
    }
}

/// The rules for classes of a document's style sheets.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    classes: BTreeMap<String, Look>,
}

impl Sheet {
    /// Collects the rules of every `<style>`.
    pub(super) fn of(events: &[Event<'_>]) -> Self {
        let mut sheet = Self::default();
        let mut inside = false;
        for event in events {
            match event {
                Event::Open { element, .. } => inside = element.name() == "style",
                Event::Text(text) if inside => sheet.add(text),
                Event::Text(_) => {}
                Event::Close => inside = false,
            }
        }
        sheet
    }

    fn add(&mut self, css: &str) {
        for rule in css.split('}') {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else { continue };
            let look = declared(declarations);
            if look == Look::default() {
                continue;
            }
            for selector in selectors.split(',') {
                if let Some(class) = class(selector) {
                    let known = self.classes.entry(class.to_owned()).or_default();
                    *known = known.with(look);
                }
            }
        }
    }

    /// The look of an element by itself.
    pub(super) fn look(&self, element: &Element) -> Look {
        let mut look = Look {
            bold: matches!(element.name(), "b" | "strong" | "th"),
            struck: matches!(element.name(), "s" | "del" | "strike"),
            ..Look::default()
        };
        for (name, value) in element.attrs() {
            match name {
                "class" if !self.classes.is_empty() => {
                    let looks = value.split_ascii_whitespace().filter_map(|class| self.classes.get(class));
                    look = looks.fold(look, |look, class| look.with(*class));
                }
                "bgcolor" => look.fill = color(&value.to_ascii_lowercase()).or(look.fill),
                "color" if element.name() == "font" => look.ink = color(&value.to_ascii_lowercase()).or(look.ink),
                "hidden" => look.hidden = true,
                _ => {}
            }
        }
        match attribute(element, "style") {
            Some(style) => look.with(declared(style)),
            None => look,
        }
    }
}

/// The class that a selector is about: `.name`, `td.name`; none for a selector of several parts or another kind.
fn class(selector: &str) -> Option<&str> {
    // A comment may stand before, also HTML's, which hides rules from browsers without CSS.
    let selector = selector.rsplit("*/").next()?.trim();
    let selector = selector.strip_prefix("<!--").unwrap_or(selector).trim_start();
    let (element, class) = selector.split_once('.')?;
    let simple = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (simple(element) && simple(class) && !class.is_empty()).then_some(class)
}

/// The look that declarations give.
fn declared(declarations: &str) -> Look {
    let mut look = Look::default();
    for declaration in declarations.to_ascii_lowercase().split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        match property.trim() {
            "background" | "background-color" => look.fill = color(value).or(look.fill),
            "color" => look.ink = color(value).or(look.ink),
            "font-weight" => look.bold = tags::is_bold(declaration),
            "font" => look.bold = value.split_whitespace().any(|word| word == "bold"),
            "text-decoration" | "text-decoration-line" => look.struck = value.contains("line-through"),
            "display" => look.hidden = value.trim().starts_with("none"),
            "visibility" => look.hidden = matches!(value.trim(), "hidden" | "collapse"),
            _ => {}
        }
    }
    look
}

/// The first colour in a value in small letters (CSS Color 4, sections 5 and 6; HTML's `bgcolor` may leave `#` out).
fn color(value: &str) -> Option<[u8; 3]> {
    let value = value.trim();
    if let Some((_, arguments)) = value.split_once("rgb") {
        let arguments = arguments.trim_start_matches('a').trim_start().strip_prefix('(')?;
        let mut numbers = arguments.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|number| !number.is_empty());
        let mut next = || numbers.next()?.split('.').next()?.parse::<u16>().ok().map(|part| part.min(255));
        let parts = [next()?, next()?, next()?].map(u8::try_from);
        let clear = arguments.split([',', '/']).nth(3).is_some_and(|alpha| alpha.trim().trim_end_matches(')').trim() == "0");
        let [Ok(red), Ok(green), Ok(blue)] = parts else { return None };
        return (!clear).then_some([red, green, blue]);
    }
    let mut words = value.split(|c: char| c.is_whitespace() || c == ',');
    words.find_map(|word| named(word).or_else(|| hexadecimal(word.strip_prefix('#').unwrap_or(word), word.starts_with('#'))))
}

fn hexadecimal(digits: &str, marked: bool) -> Option<[u8; 3]> {
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize, len: usize| u8::from_str_radix(digits.get(at..at + len)?, 16).ok();
    match digits.len() {
        6 | 8 => Some([part(0, 2)?, part(2, 2)?, part(4, 2)?]),
        3 | 4 if marked => Some([part(0, 1)? * 17, part(1, 1)? * 17, part(2, 1)? * 17]),
        _ => None,
    }
}

/// Named colours: the sixteen of HTML 4, and those of CSS that stand for a rating or a shade of one.
fn named(word: &str) -> Option<[u8; 3]> {
    Some(match word {
        "black" => [0, 0, 0],
        "silver" | "lightgray" | "lightgrey" => [192, 192, 192],
        "gray" | "grey" => [128, 128, 128],
        "white" => [255, 255, 255],
        "maroon" => [128, 0, 0],
        "red" => [255, 0, 0],
        "darkred" => [139, 0, 0],
        "crimson" => [220, 20, 60],
        "tomato" => [255, 99, 71],
        "purple" => [128, 0, 128],
        "fuchsia" | "magenta" => [255, 0, 255],
        "pink" => [255, 192, 203],
        "green" => [0, 128, 0],
        "darkgreen" => [0, 100, 0],
        "forestgreen" => [34, 139, 34],
        "limegreen" => [50, 205, 50],
        "lightgreen" => [144, 238, 144],
        "palegreen" => [152, 251, 152],
        "lime" => [0, 255, 0],
        "olive" => [128, 128, 0],
        "yellow" => [255, 255, 0],
        "gold" => [255, 215, 0],
        "khaki" => [240, 230, 140],
        "orange" => [255, 165, 0],
        "darkorange" => [255, 140, 0],
        "orangered" => [255, 69, 0],
        "navy" => [0, 0, 128],
        "blue" => [0, 0, 255],
        "lightblue" => [173, 216, 230],
        "skyblue" => [135, 206, 235],
        "deepskyblue" => [0, 191, 255],
        "teal" => [0, 128, 128],
        "aqua" | "cyan" => [0, 255, 255],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read() {
        for value in
            ["#ff0000", "ff0000", "#F00", "red", "rgb(255, 0, 0)", "rgba(255 0 0 / 1)", "url(x) red no-repeat", "#ff0000ff"]
        {
            assert_eq!(color(&value.to_ascii_lowercase()), Some([255, 0, 0]), "{value}");
        }
        for value in ["", "none", "transparent", "inherit", "rgba(0,0,0,0)", "url(face)", "#ff00"] {
            assert_eq!(color(value).filter(|_| value != "#ff00"), None, "{value}");
        }
    }

    #[test]
    fn rules_for_classes_are_read() {
        let mut sheet = Sheet::default();
        sheet.add("<!-- .xl65, /* x */ td.xl66\n{background:#FF0; font-weight:700;} .a .b {display:none} .gone{display: none}");
        let yellow = Look { fill: Some([255, 255, 0]), bold: true, ..Look::default() };
        assert_eq!(sheet.classes.get("xl65"), Some(&yellow));
        assert_eq!(sheet.classes.get("xl66"), Some(&yellow));
        assert_eq!(sheet.classes.get("b"), None);
        assert!(sheet.classes.get("gone").is_some_and(|look| look.hidden));
    }
}
