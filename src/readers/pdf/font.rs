//! Fonts: what a character code says, how wide it is, and whether the face is bold or italic.

use hayro_cmap::BfString;
use hayro_font::Font;
use hayro_font::FontCache;
use hayro_font::FontGlyph;
use hayro_syntax::object::Array;
use hayro_syntax::object::Dict;
use hayro_syntax::object::Name;

/// Ascent and descent in shares of the size where the font does not say them or lies; those of common text faces.
const ASCENT: f64 = 0.9;
const DESCENT: f64 = -0.22;

/// Flags of a font descriptor (ISO 32000-1, table 123).
const FLAG_ITALIC: u32 = 1 << 6;
const FLAG_FORCE_BOLD: u32 = 1 << 18;

/// Weight from which a face is bold.
const BOLD_WEIGHT: f64 = 600.0;

/// A font of the document.
pub(super) struct Face<'a> {
    font: Font<'a>,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// In shares of the size, below the base line negative.
    pub(super) ascent: f64,
    pub(super) descent: f64,
}

/// Loads fonts once a document.
#[derive(Default)]
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
}

impl<'a> Fonts<'a> {
    /// The font that `dict` describes, unless it is broken.
    pub(super) fn face(&self, dict: &Dict<'a>) -> Option<Face<'a>> {
        let resolver: hayro_font::FontResolverFn = std::sync::Arc::new(|query| match query {
            hayro_font::FontQuery::Standard(font) => Some(font.get_font_data()),
            hayro_font::FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
        });
        let cmaps: hayro_font::CMapResolverFn = std::sync::Arc::new(hayro_cmap::load_embedded);
        let font = self.cache.font(dict, &resolver, &cmaps)?;
        Some(Face::new(font, dict))
    }
}

impl<'a> Face<'a> {
    fn new(font: Font<'a>, dict: &Dict<'a>) -> Self {
        let child = dict.get::<Array<'a>>(b"DescendantFonts".as_slice()).and_then(|fonts| fonts.iter::<Dict<'a>>().next());
        let descriptor = child.as_ref().unwrap_or(dict).get::<Dict<'a>>(b"FontDescriptor".as_slice()).unwrap_or_default();
        let name =
            dict.get::<Name<'a>>(b"BaseFont".as_slice()).map(|name| name.as_str().to_ascii_lowercase()).unwrap_or_default();
        let flags = descriptor.get::<u32>(b"Flags".as_slice()).unwrap_or(0);
        let weight = descriptor.get::<f64>(b"FontWeight".as_slice()).unwrap_or(0.0);
        let names_bold = ["bold", "black", "heavy", "-bd", "demi"].iter().any(|part| name.contains(part));
        let names_italic = ["italic", "oblique", "-it", "slanted"].iter().any(|part| name.contains(part));
        let (ascent, descent) = heights(&descriptor);
        Self {
            font,
            bold: names_bold || weight >= BOLD_WEIGHT || flags & FLAG_FORCE_BOLD != 0,
            italic: names_italic || flags & FLAG_ITALIC != 0,
            ascent,
            descent,
        }
    }

    pub(super) fn horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    /// Reads the code that begins at `at`, with its length in bytes.
    pub(super) fn code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    /// How far the character with `code` moves on, in ems: to the right, or down (negative) for vertical writing.
    pub(super) fn advance(&self, code: u32) -> f64 {
        let advance = self.font.code_advance(code);
        let along = if self.horizontal() { advance.x } else { advance.y };
        if along.is_finite() { along / 1000.0 } else { 0.0 }
    }

    /// Where the character begins from the pen, in ems.
    pub(super) fn displacement(&self, code: u32) -> (f64, f64) {
        let by = self.font.origin_displacement(code);
        (by.x / 1000.0, by.y / 1000.0)
    }

    /// The characters that `code` stands for; none where the font does not say.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        let glyph = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        glyph.map(|text| match text {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        })
    }
}

/// Ascent and descent of a descriptor, where they can be true.
fn heights(descriptor: &Dict<'_>) -> (f64, f64) {
    let share = |key: &[u8]| descriptor.get::<f64>(key).unwrap_or(0.0) / 1000.0;
    let ascent = share(b"Ascent");
    let descent = -share(b"Descent").abs();
    (
        if (0.5..=1.1).contains(&ascent) { ascent } else { ASCENT },
        if (-0.5..=-0.1).contains(&descent) { descent } else { DESCENT },
    )
}
