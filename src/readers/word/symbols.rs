//! Signs of the symbol fonts of word processors as Unicode has them: ticks, crosses, boxes, arrows.

/// Signs of Wingdings by their code, those that answer a question or open a list.
const WINGDINGS: &[(u8, char)] = &[
    (0x6C, '\u{25CF}'),
    (0x6D, '\u{25CB}'),
    (0x6E, '\u{25A0}'),
    (0x6F, '\u{2610}'),
    (0x71, '\u{2610}'),
    (0x72, '\u{2610}'),
    (0x73, '\u{25C6}'),
    (0x75, '\u{25C6}'),
    (0x76, '\u{2756}'),
    (0x77, '\u{25C6}'),
    (0x9F, '\u{2022}'),
    (0xA7, '\u{25AA}'),
    (0xA8, '\u{2610}'),
    (0xAB, '\u{2605}'),
    (0xD8, '\u{27A2}'),
    (0xE0, '\u{2192}'),
    (0xE8, '\u{2192}'),
    (0xF0, '\u{2192}'),
    (0xFB, '\u{2717}'),
    (0xFC, '\u{2713}'),
    (0xFD, '\u{2612}'),
    (0xFE, '\u{2611}'),
    (0x4A, '\u{263A}'),
    (0x4B, '\u{1F610}'),
    (0x4C, '\u{2639}'),
];

/// The same for Wingdings 2.
const WINGDINGS_2: &[(u8, char)] = &[
    (0x4F, '\u{2717}'),
    (0x50, '\u{2713}'),
    (0x51, '\u{2612}'),
    (0x52, '\u{2611}'),
    (0x53, '\u{2612}'),
    (0x54, '\u{2612}'),
    (0x97, '\u{25CF}'),
    (0xA2, '\u{25A0}'),
    (0xA3, '\u{2610}'),
    (0xA4, '\u{2610}'),
];

/// The same for Webdings.
const WEBDINGS: &[(u8, char)] =
    &[(0x61, '\u{2713}'), (0x72, '\u{2717}'), (0x63, '\u{2610}'), (0x67, '\u{25A0}'), (0x3D, '\u{25A0}')];

/// The same for Symbol, whose letters are Greek.
const SYMBOL: &[(u8, char)] = &[
    (0xA3, '\u{2264}'),
    (0xAE, '\u{2192}'),
    (0xB1, '\u{B1}'),
    (0xB3, '\u{2265}'),
    (0xB4, '\u{D7}'),
    (0xB7, '\u{2022}'),
    (0xB9, '\u{2260}'),
    (0xBB, '\u{2248}'),
    (0xD6, '\u{2713}'),
];

/// A font whose letters are signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SymbolFont(&'static [(u8, char)]);

impl SymbolFont {
    /// The font of that name, if its letters are signs.
    pub(super) fn named(font: &str) -> Option<Self> {
        let font = font.trim().trim_matches('\'').to_ascii_lowercase();
        let signs = match font.as_str() {
            "wingdings" => WINGDINGS,
            "wingdings 2" => WINGDINGS_2,
            "webdings" => WEBDINGS,
            "symbol" => SYMBOL,
            _ => return None,
        };
        Some(Self(signs))
    }

    /// What a letter shows. Fonts of signs stand at U+F000 or as the letters that they take the place of; a sign that is not
    /// known stays as it is written.
    pub(super) fn sign(self, letter: char) -> char {
        let code = u32::from(letter);
        let code = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
        let known = |code: u8| self.0.iter().find(|(known, _)| *known == code).map(|(_, sign)| *sign);
        u8::try_from(code).ok().and_then(known).unwrap_or(letter)
    }

    /// Text set in the font.
    pub(super) fn text(self, text: &str) -> String {
        text.chars().map(|letter| self.sign(letter)).collect()
    }

    /// Text beside which the font is named for signs alone: words in it are set in another.
    pub(super) fn signs_in(self, text: &str) -> String {
        text.chars().map(|letter| if letter.is_ascii() { letter } else { self.sign(letter) }).collect()
    }
}

/// A box that is ticked or not.
pub(super) fn tick_box(ticked: bool) -> &'static str {
    if ticked { "\u{2612}" } else { "\u{2610}" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beside_signs_stay_words() {
        let font = SymbolFont::named("Wingdings").expect("a font of signs");
        assert_eq!(font.signs_in("Done \u{fc}"), "Done \u{2713}");
        assert_eq!(font.signs_in("\u{f0fc} done"), "\u{2713} done");
        assert_eq!(font.text("\u{fc}"), "\u{2713}");
        assert_ne!(font.text("Done"), "Done");
    }
}
