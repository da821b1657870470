//! Properties of runs and cells (ECMA-376 part 1, 17.3.2 and 17.4.33) as far as they carry meaning.

use crate::readers::word::colour::rgb;
use crate::readers::word::rich::Look;
use crate::readers::word::symbols::SymbolFont;
use crate::readers::word::tree::Element;

/// What a `w:rPr` says; `None` where it says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RunProperties {
    bold: Option<bool>,
    struck: Option<bool>,
    struck_twice: Option<bool>,
    hidden: Option<bool>,
    behind: Option<Behind>,
    ink: Option<[u8; 3]>,
    font: Option<Font>,
}

/// What is painted behind a text.
#[derive(Clone, Copy, Debug)]
enum Behind {
    Nothing,
    Fill([u8; 3]),
}

/// What a font has in the place of letters.
#[derive(Clone, Copy, Debug)]
enum Font {
    Letters,
    Signs(SymbolFont),
}

impl RunProperties {
    /// Reads a `w:rPr`.
    pub(super) fn of(properties: Element<'_>) -> Self {
        let mut read = Self::default();
        for property in properties.children() {
            match property.name() {
                "w:b" => read.bold = Some(is_on(property)),
                "w:strike" => read.struck = Some(is_on(property)),
                "w:dstrike" => read.struck_twice = Some(is_on(property)),
                "w:vanish" => read.hidden = Some(is_on(property)),
                "w:color" => read.ink = property.attribute("val").and_then(rgb),
                "w:shd" => read.behind = shading(property).map(Behind::Fill).or(read.behind),
                "w:highlight" => {
                    let fill = property.attribute("val").and_then(highlight);
                    read.behind = Some(fill.map_or(Behind::Nothing, Behind::Fill));
                }
                "w:rFonts" => {
                    let name = property.attribute("ascii").or(property.attribute("hAnsi"));
                    read.font = name.map(|name| SymbolFont::named(name).map_or(Font::Letters, Font::Signs));
                }
                _ => {}
            }
        }
        read
    }

    /// These properties where they say something, else those of `below`.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            bold: self.bold.or(below.bold),
            struck: self.struck.or(below.struck),
            struck_twice: self.struck_twice.or(below.struck_twice),
            hidden: self.hidden.or(below.hidden),
            behind: self.behind.or(below.behind),
            ink: self.ink.or(below.ink),
            font: self.font.or(below.font),
        }
    }

    pub(super) fn look(self) -> Look {
        let on = |flag: Option<bool>| flag == Some(true);
        let fill = if let Some(Behind::Fill(fill)) = self.behind { Some(fill) } else { None };
        Look {
            bold: on(self.bold),
            struck: on(self.struck) || on(self.struck_twice),
            hidden: on(self.hidden),
            fill,
            ink: self.ink,
        }
    }

    /// The font, if its letters are signs.
    pub(super) fn font(self) -> Option<SymbolFont> {
        if let Some(Font::Signs(font)) = self.font { Some(font) } else { None }
    }
}

/// Whether a property that is there is on (17.17.4): it is unless it says otherwise.
pub(super) fn is_on(property: Element<'_>) -> bool {
    property.attribute("val").is_none_or(is_true)
}

/// The values of `ST_OnOff` that say yes.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

/// The colour of a `w:shd` (17.3.5): its fill, its foreground where that covers all, or what both mix to.
pub(super) fn shading(shading: Element<'_>) -> Option<[u8; 3]> {
    let colour = |name: &str| shading.attribute(name).and_then(rgb);
    match shading.attribute("val").unwrap_or("clear") {
        "nil" => None,
        "solid" => colour("color").or(Some([0, 0, 0])),
        pattern => {
            let share = pattern.strip_prefix("pct").and_then(|share| share.parse::<u16>().ok()).filter(|share| *share <= 100);
            match (share, colour("fill"), colour("color")) {
                (Some(share), fill, Some(ink)) => Some(mix(fill.unwrap_or([255; 3]), ink, share)),
                (_, fill, _) => fill,
            }
        }
    }
}

fn mix(fill: [u8; 3], ink: [u8; 3], share: u16) -> [u8; 3] {
    let mut mixed = fill;
    for (below, above) in mixed.iter_mut().zip(ink) {
        let sum = u16::from(*below) * (100 - share) + u16::from(above) * share;
        *below = u8::try_from(sum / 100).unwrap_or(u8::MAX);
    }
    mixed
}

/// The sixteen colours of `ST_HighlightColor` (17.18.40).
fn highlight(name: &str) -> Option<[u8; 3]> {
    Some(match name {
        "black" => [0, 0, 0],
        "blue" => [0, 0, 255],
        "cyan" => [0, 255, 255],
        "green" => [0, 255, 0],
        "magenta" => [255, 0, 255],
        "red" => [255, 0, 0],
        "yellow" => [255, 255, 0],
        "white" => [255, 255, 255],
        "darkBlue" => [0, 0, 128],
        "darkCyan" => [0, 128, 128],
        "darkGreen" => [0, 128, 0],
        "darkMagenta" => [128, 0, 128],
        "darkRed" => [128, 0, 0],
        "darkYellow" => [128, 128, 0],
        "darkGray" => [128, 128, 128],
        "lightGray" => [192, 192, 192],
        _ => return None,
    })
}
