//! Colours of workbooks: given outright, by number in a palette, or as a colour of the theme, lighter or darker.

/// Red, green and blue.
pub(super) type Rgb = [u8; 3];

/// The palette of Excel from number 8 on (ECMA-376 part 1, 18.8.27); 0 to 7 are the same colours as 8 to 15.
const PALETTE: [u32; 56] = [
    0x00_0000, 0xFF_FFFF, 0xFF_0000, 0x00_FF00, 0x00_00FF, 0xFF_FF00, 0xFF_00FF, 0x00_FFFF, 0x80_0000, 0x00_8000, 0x00_0080,
    0x80_8000, 0x80_0080, 0x00_8080, 0xC0_C0C0, 0x80_8080, 0x99_99FF, 0x99_3366, 0xFF_FFCC, 0xCC_FFFF, 0x66_0066, 0xFF_8080,
    0x00_66CC, 0xCC_CCFF, 0x00_0080, 0xFF_00FF, 0xFF_FF00, 0x00_FFFF, 0x80_0080, 0x80_0000, 0x00_8080, 0x00_00FF, 0x00_CCFF,
    0xCC_FFFF, 0xCC_FFCC, 0xFF_FF99, 0x99_CCFF, 0xFF_99CC, 0xCC_99FF, 0xFF_CC99, 0x33_66FF, 0x33_CCCC, 0x99_CC00, 0xFF_CC00,
    0xFF_9900, 0xFF_6600, 0x66_6699, 0x96_9696, 0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366, 0x33_3399,
    0x33_3333,
];

/// The colours of the theme that Office 2013 and later give a new workbook, in the order that cells count them (ECMA-376 part
/// 1, 18.8.3): light 1, dark 1, light 2, dark 2, accents 1 to 6, links.
const OFFICE_THEME: [u32; 12] = [
    0xFF_FFFF, 0x00_0000, 0xE7_E6E6, 0x44_546A, 0x44_72C4, 0xED_7D31, 0xA5_A5A5, 0xFF_C000, 0x5B_9BD5, 0x70_AD47, 0x05_63C1,
    0x95_4F72,
];

/// What colour numbers of one workbook stand for.
#[derive(Clone, Debug)]
pub(super) struct Colours {
    palette: Vec<Rgb>,
    theme: Vec<Rgb>,
}

impl Default for Colours {
    fn default() -> Self {
        Self {
            palette: PALETTE.iter().take(8).chain(&PALETTE).map(|hex| rgb(*hex)).collect(),
            theme: OFFICE_THEME.iter().map(|hex| rgb(*hex)).collect(),
        }
    }
}

impl Colours {
    /// The colour with this number in the palette; `None` for the system's own (64 and above).
    pub(super) fn indexed(&self, index: u32) -> Option<Rgb> {
        self.palette.get(usize::try_from(index).ok()?).copied()
    }

    /// A colour of the theme, made lighter (`tint` above 0) or darker.
    pub(super) fn themed(&self, index: u32, tint: f64) -> Option<Rgb> {
        let colour = self.theme.get(usize::try_from(index).ok()?).copied()?;
        Some(tinted(colour, tint))
    }

    /// Replaces a colour of the palette.
    pub(super) fn set_indexed(&mut self, index: usize, colour: Rgb) {
        if let Some(slot) = self.palette.get_mut(index) {
            *slot = colour;
        }
    }

    /// Takes the colours of a theme, in the order that themes list them: dark 1 before light 1, dark 2 before light 2.
    pub(super) fn set_theme(&mut self, listed: &[Rgb]) {
        for (index, colour) in listed.iter().enumerate() {
            let slot = if index < 4 { index ^ 1 } else { index };
            if let Some(slot) = self.theme.get_mut(slot) {
                *slot = *colour;
            }
        }
    }
}

fn rgb(hex: u32) -> Rgb {
    let [_, red, green, blue] = hex.to_be_bytes();
    [red, green, blue]
}

/// A colour as hexadecimal digits, with or without alpha in front.
pub(super) fn hex(text: &str) -> Option<Rgb> {
    let text = text.strip_prefix('#').unwrap_or(text);
    let digits = text.get(text.len().checked_sub(6)?..)?;
    u32::from_str_radix(digits, 16).ok().map(rgb)
}

/// Makes a colour lighter or darker: its luminance goes towards 1 or 0 (ECMA-376 part 1, 18.8.19).
pub(super) fn tinted(colour: Rgb, tint: f64) -> Rgb {
    if tint == 0.0 || !tint.is_finite() {
        return colour;
    }
    let [red, green, blue] = colour.map(|channel| f64::from(channel) / 255.0);
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    let luminance = f64::midpoint(most, least);
    let wanted = if tint < 0.0 { luminance * (1.0 + tint.max(-1.0)) } else { luminance + (1.0 - luminance) * tint.min(1.0) };
    // Of hue, saturation and luminance only the last changes: each channel keeps its share of the spread.
    let spread = |l: f64| 1.0 - (2.0 * l - 1.0).abs();
    let (before, after) = (spread(luminance), spread(wanted));
    let channel = |value: f64| {
        let moved = if before > 0.0 { wanted + (value - luminance) * after / before } else { wanted };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 255")]
        let byte = (moved * 255.0).round().clamp(0.0, 255.0) as u8;
        byte
    };
    [channel(red), channel(green), channel(blue)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_for_colours() {
        let colours = Colours::default();
        assert_eq!(colours.indexed(10), Some([255, 0, 0]));
        assert_eq!(colours.indexed(2), Some([255, 0, 0]));
        assert_eq!(colours.indexed(64), None);
        assert_eq!(colours.themed(9, 0.0), Some([0x70, 0xAD, 0x47]));
        assert_eq!(hex("FFFFC000"), Some([255, 192, 0]));
        assert_eq!(hex("#ffc000"), Some([255, 192, 0]));
        assert_eq!(hex("FFC"), None);
    }

    #[test]
    fn tints_keep_the_hue() {
        // Accent 6 "lighter 40%" and "darker 25%", as Excel shows them but for the last bit.
        let near = |tint: f64, shown: Rgb| {
            let found = tinted([0x70, 0xAD, 0x47], tint);
            assert!(found.iter().zip(shown).all(|(a, b)| a.abs_diff(b) <= 1), "{found:?}");
        };
        near(0.399_975_585_192_419_2, [0xA9, 0xD0, 0x8E]);
        near(-0.249_977_111_117_893_2, [0x54, 0x82, 0x35]);
        assert_eq!(tinted([255, 255, 255], -0.5), [128, 128, 128]);
    }
}
