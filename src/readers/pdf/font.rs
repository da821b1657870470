//! Fonts: what a character code says, how wide it is, and whether the face is bold or italic.

use std::cell::OnceCell;
use std::cell::RefCell;

use ecow::EcoString;
use hayro_cmap::BfString;
use hayro_font::Font;
use hayro_font::FontCache;
use hayro_font::FontGlyph;
use hayro_font::OutlineGlyph;
use hayro_syntax::object::Array;
use hayro_syntax::object::Dict;
use hayro_syntax::object::Name;
use hayro_syntax::object::Object;
use hayro_syntax::object::Stream;
use rustc_hash::FxHashMap;
use skrifa::FontRef;
use skrifa::MetadataProvider;

/// Ascent and descent in shares of the size where the font does not say them or lies; those of common text faces.
const ASCENT: f64 = 0.9;
const DESCENT: f64 = -0.22;

/// Flags of a font descriptor (ISO 32000-1, table 123).
const FLAG_ITALIC: u32 = 1 << 6;
const FLAG_FORCE_BOLD: u32 = 1 << 18;

/// Glyphs that ranges of widths may stand for, all together: a font has at most 65,536, each named once or twice.
const MOST_WIDTHS: u64 = 1 << 18;

/// No code of a character has more than four bytes.
const MOST_CODE: i64 = 0xffff_ffff;

/// What writers number in a face that they leave out of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Codes {
    Characters,
    /// Of the faces that come with Windows, which all number ASCII alike.
    Glyphs,
}

/// What a code is taken for that nothing tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LastResort {
    Nothing,
    /// ASCII, which the codes of most fonts of one byte contain.
    Ascii,
    /// Latin 1: glyphs are called by the numbers of their codes, as TeX calls what it draws, whose accented letters are there.
    Latin,
    /// Unicode: a table from codes to glyphs is written where the codes are none themselves.
    Unicode,
}

/// What an ASCII character is more than its glyph's number in the faces that come with Windows.
const ASCII_FROM_GLYPH: u32 = 29;

/// Weight from which a face is bold.
const BOLD_WEIGHT: f64 = 600.0;

/// A font of the document.
pub(super) struct Face<'a> {
    font: Font<'a>,
    /// What the codes of a face are that is not in the document.
    maker: Option<Codes>,
    /// What codes are taken for where neither the document nor the font file tells.
    last_resort: LastResort,
    /// What each code says that was asked for so far.
    texts: RefCell<FxHashMap<u32, Option<EcoString>>>,
    /// The character that each glyph of the font file stands for, by its own table; made when it is first asked for.
    characters: OnceCell<FxHashMap<u32, char>>,
    /// Size of the font's square in shares of the size of its text: other than 1 only where glyphs are drawings of the document.
    pub(super) em: f64,
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
        if has_endless_codes(dict) || descendant(dict).is_some_and(|child| has_endless_widths(&child)) {
            return None;
        }
        let resolver: hayro_font::FontResolverFn = std::sync::Arc::new(|query| match query {
            hayro_font::FontQuery::Standard(font) => Some(font.get_font_data()),
            hayro_font::FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
        });
        let cmaps: hayro_font::CMapResolverFn = std::sync::Arc::new(hayro_cmap::load_embedded);
        let font = self.cache.font(dict, &resolver, &cmaps)?;
        Some(Face::new(font, dict))
    }
}

/// The font whose glyphs the composite font `dict` takes.
fn descendant<'a>(dict: &Dict<'a>) -> Option<Dict<'a>> {
    dict.get::<Array<'a>>(b"DescendantFonts".as_slice()).and_then(|fonts| fonts.iter::<Dict<'a>>().next())
}

/// Whether the ranges of glyphs with a width of their own, each of which is spelt out when the font is loaded, go beyond what
/// any font has.
fn has_endless_widths(child: &Dict<'_>) -> bool {
    let widths = |key: &'static [u8], is_vertical: bool| {
        let Some(array) = child.get::<Array<'_>>(key) else { return 0 };
        let (mut entries, mut spelt_out) = (array.flex_iter(), 0_u64);
        loop {
            if entries.next::<(u32, Array<'_>)>().is_some() {
                continue;
            }
            let range = if is_vertical {
                entries.next::<(u32, u32, f32, f32, f32)>().map(|(first, last, ..)| (first, last))
            } else {
                entries.next::<(u32, u32, f32)>().map(|(first, last, _)| (first, last))
            };
            let Some((first, last)) = range else { return spelt_out };
            spelt_out += u64::from(last.saturating_sub(first));
        }
    };
    widths(b"W", false).saturating_add(widths(b"W2", true)) > MOST_WIDTHS
}

/// Whether a number among the names of glyphs, from which the names behind it are counted on, is beyond any code.
fn has_endless_codes(dict: &Dict<'_>) -> bool {
    let encoding = dict.get::<Dict<'_>>(b"Encoding".as_slice());
    let names = encoding.and_then(|encoding| encoding.get::<Array<'_>>(b"Differences".as_slice()));
    let endless = |object| matches!(object, Object::Number(code) if code.as_i64() > MOST_CODE);
    names.is_some_and(|names| names.iter::<Object<'_>>().any(endless))
}

impl<'a> Face<'a> {
    fn new(font: Font<'a>, dict: &Dict<'a>) -> Self {
        let child = descendant(dict);
        let descriptor = child.as_ref().unwrap_or(dict).get::<Dict<'a>>(b"FontDescriptor".as_slice()).unwrap_or_default();
        let name =
            dict.get::<Name<'a>>(b"BaseFont".as_slice()).map(|name| name.as_str().to_ascii_lowercase()).unwrap_or_default();
        let flags = descriptor.get::<u32>(b"Flags".as_slice()).unwrap_or(0);
        let weight = descriptor.get::<f64>(b"FontWeight".as_slice()).unwrap_or(0.0);
        let names_bold = ["bold", "black", "heavy", "-bd", "demi"].iter().any(|part| name.contains(part));
        let names_italic = ["italic", "oblique", "-it", "slanted"].iter().any(|part| name.contains(part));
        let (ascent, descent) = heights(&descriptor);
        let kind = dict.get::<Name<'a>>(b"Subtype".as_slice());
        let em = if kind.as_deref() == Some(b"Type3") { drawn_em(dict) } else { 1.0 };
        Self {
            font,
            maker: child.as_ref().and_then(|child| codes_of_maker(dict, child, &descriptor)),
            last_resort: last_resort(dict, child.as_ref()),
            texts: RefCell::default(),
            characters: OnceCell::new(),
            em,
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

    /// The characters that `code` stands for: by the document's table or the glyph's name, else by the font file's own table,
    /// else, for a code of one byte, by itself. None where nothing says.
    pub(super) fn text(&self, code: u32) -> Option<EcoString> {
        self.texts.borrow_mut().entry(code).or_insert_with(|| self.said(code)).clone()
    }

    fn said(&self, code: u32) -> Option<EcoString> {
        let glyph = self.font.glyph(self.font.map_code(code), code);
        let said = match &glyph {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let said = said.map(|text| match text {
            BfString::Char(c) => EcoString::from(c),
            BfString::String(text) => EcoString::from(text),
        });
        let says = |text: &EcoString| !text.is_empty() && !text.chars().any(|c| c == '\0' || c == '\u{fffd}');
        said.filter(says)
            .or_else(|| self.of_maker(code))
            .or_else(|| self.own_character(&glyph).map(EcoString::from))
            .or_else(|| self.last_resort.of(code).map(EcoString::from))
    }

    /// What a code means in a face that the document does not hold.
    fn of_maker(&self, code: u32) -> Option<EcoString> {
        let c = match self.maker? {
            Codes::Characters => char::from_u32(code)?,
            Codes::Glyphs => char::from(u8::try_from(code.checked_add(ASCII_FROM_GLYPH)?).ok()?),
        };
        let is_known = self.maker == Some(Codes::Characters) || (' '..='~').contains(&c);
        (is_known && !c.is_control()).then(|| EcoString::from(c))
    }

    fn own_character(&self, glyph: &FontGlyph<'_>) -> Option<char> {
        let FontGlyph::Outline(glyph) = glyph else {
            return None;
        };
        self.characters.get_or_init(|| characters(glyph)).get(&glyph.glyph_id().to_u32()).copied()
    }
}

impl LastResort {
    fn of(self, code: u32) -> Option<char> {
        let c = char::from_u32(code)?;
        let is_taken = match self {
            Self::Nothing => false,
            Self::Ascii => (' '..='~').contains(&c),
            Self::Latin => matches!(c, ' '..='~' | '\u{c0}'..='\u{ff}'),
            Self::Unicode => !c.is_control(),
        };
        is_taken.then_some(c)
    }
}

fn last_resort(dict: &Dict<'_>, child: Option<&Dict<'_>>) -> LastResort {
    if let Some(child) = child {
        let has_table = child.get::<Stream<'_>>(b"CIDToGIDMap".as_slice()).is_some();
        let says = has_table && is(dict, b"Encoding", b"Identity-H") && has_latin_codes(child);
        return if says { LastResort::Unicode } else { LastResort::Nothing };
    }
    let numbered = |glyphs: Dict<'_>| {
        let mut names = glyphs.keys().peekable();
        let is_number = |name: &Name<'_>| {
            name.split_first().is_some_and(|(_, digits)| !digits.is_empty() && digits.iter().all(u8::is_ascii_digit))
        };
        names.peek().is_some() && names.all(|name| is_number(&name))
    };
    let is_numbered = dict.get::<Dict<'_>>(b"CharProcs".as_slice()).is_some_and(numbered);
    if is_numbered { LastResort::Latin } else { LastResort::Ascii }
}

/// Whether the codes whose widths the composite font `child` tells are Latin letters and signs, small ones among them. Those of glyphs that
/// were numbered anew begin at one, and those of glyphs of a whole face lie anywhere: its letters mostly end before "a" begins.
fn has_latin_codes(child: &Dict<'_>) -> bool {
    let Some(widths) = child.get::<Array<'_>>(b"W".as_slice()) else { return false };
    let is_latin = |code: u32| code == 0 || matches!(code, 0x20..=0x24f | 0x2b0..=0x2ff | 0x2000..=0x22ff);
    let (mut entries, mut any) = (widths.flex_iter(), false);
    loop {
        let (first, last) = if let Some((first, list)) = entries.next::<(u32, Array<'_>)>() {
            (first, first.saturating_add(u32::try_from(list.raw_iter().count()).unwrap_or(u32::MAX)).saturating_sub(1))
        } else if let Some((first, last, _)) = entries.next::<(u32, u32, f32)>() {
            (first, last)
        } else {
            return any;
        };
        if !is_latin(first) || !is_latin(last) {
            return false;
        }
        any |= first <= u32::from('z') && last >= u32::from('a');
    }
}

fn is(dict: &Dict<'_>, key: &[u8], name: &[u8]) -> bool {
    dict.get::<Name<'_>>(key).is_some_and(|found| found.as_ref() == name)
}

/// What the codes of the composite font `dict` are where it is a TrueType face that only the writer had.
fn codes_of_maker(dict: &Dict<'_>, child: &Dict<'_>, descriptor: &Dict<'_>) -> Option<Codes> {
    let embedded = [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.contains_key(*key));
    if embedded || !is(child, b"Subtype", b"CIDFontType2") || !is(dict, b"Encoding", b"Identity-H") {
        return None;
    }
    // A table from codes to glyphs is written where the codes are none themselves.
    let has_table = child.get::<Stream<'_>>(b"CIDToGIDMap".as_slice()).is_some();
    Some(if has_table { Codes::Characters } else { Codes::Glyphs })
}

/// The first character that the table of `glyph`'s font file has for each glyph.
fn characters(glyph: &OutlineGlyph) -> FxHashMap<u32, char> {
    let mut out = FxHashMap::default();
    let Some(data) = glyph.font_data() else {
        return out;
    };
    let Ok(font) = FontRef::new((*data.data).as_ref()) else {
        return out;
    };
    for (code, glyph) in font.charmap().mappings() {
        // Symbol fonts have their codes in the private use area.
        let code = if (0xf020..=0xf07e).contains(&code) { code - 0xf000 } else { code };
        if let Some(c) = char::from_u32(code).filter(|c| !c.is_control()) {
            out.entry(glyph.to_u32()).or_insert(c);
        }
    }
    out
}

/// Size of the square of a font whose glyphs are drawings, from the box that it says encloses them. Fonts of a thousandth of
/// the size for a unit say 1.1 there, as faces do.
fn drawn_em(dict: &Dict<'_>) -> f64 {
    let matrix = dict.get::<[f64; 6]>(b"FontMatrix".as_slice()).unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    let bounds = dict.get::<[f64; 4]>(b"FontBBox".as_slice()).unwrap_or_default();
    let em = (bounds[3] - bounds[1]).abs() * matrix[3].abs() / (ASCENT - DESCENT);
    if em.is_finite() && em > 0.0 && !(0.6..=1.7).contains(&em) { em } else { 1.0 }
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
