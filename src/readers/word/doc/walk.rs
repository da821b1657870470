//! The walk over the characters of a story: paragraphs, cells and rows as their marks end them (MS-DOC 2.4.3, 2.4.5).

use crate::model::source::TextKind;
use crate::readers::word::content::Item;
use crate::readers::word::content::Paragraph;
use crate::readers::word::doc::bytes::index;
use crate::readers::word::doc::bytes::long;
use crate::readers::word::doc::bytes::short;
use crate::readers::word::doc::bytes::slice;
use crate::readers::word::doc::formatting;
use crate::readers::word::doc::formatting::Property;
use crate::readers::word::doc::formatting::Runs;
use crate::readers::word::doc::row;
use crate::readers::word::doc::styles::Styles;
use crate::readers::word::doc::text::Text;
use crate::readers::word::rich::Look;
use crate::readers::word::rich::Rich;
use crate::readers::word::rows::Container;
use crate::readers::word::rows::DEEPEST;
use crate::readers::word::rows::RowShape;
use crate::readers::word::symbols::SymbolFont;

/// What holds for all stories of a document.
pub(super) struct Walk<'d> {
    pub(super) text: Text<'d>,
    pub(super) characters: Runs<'d>,
    pub(super) paragraphs: Runs<'d>,
    pub(super) styles: Styles,
    /// Fonts whose letters are signs, by number.
    pub(super) fonts: Vec<Option<SymbolFont>>,
    /// The stream for what is too long for a page of formatting.
    pub(super) data: &'d [u8],
    /// Paragraphs so far.
    pub(super) count: usize,
    /// Paragraphs in which notes, and comments, are referred to.
    pub(super) notes: Vec<usize>,
    pub(super) comments: Vec<usize>,
    /// Runs that were inserted and deleted under change tracking.
    pub(super) inserted: usize,
    pub(super) deleted: usize,
}

/// Formatting of characters.
#[derive(Clone, Copy, Default)]
struct Characters {
    look: Look,
    special: bool,
    deleted: bool,
    inserted: bool,
    font: Option<SymbolFont>,
    /// A sign of a font, in the place of the character.
    sign: Option<char>,
}

/// Formatting of a paragraph.
#[derive(Default)]
struct Formatting {
    style: u16,
    in_table: bool,
    depth: u32,
    /// It ends a row, a cell of an inner table, a row of one.
    ends_row: bool,
    inner_cell: bool,
    inner_row: bool,
    outline: Option<u8>,
    listed: bool,
    shape: RowShape,
}

/// The state of a walk over one story.
#[derive(Default)]
struct State {
    container: Container,
    text: Rich,
    /// For each field that is open, whether what follows is shown.
    fields: Vec<bool>,
}

impl Walk<'_> {
    /// Reads the story of the characters from `first` up to `end`. `anchors` are the paragraphs that its parts are about, each
    /// part beginning with the mark `part`.
    pub(super) fn story(&mut self, first: u32, end: u32, anchors: Option<(&[usize], char)>) -> Vec<Item> {
        let mut state = State::default();
        let mut held = 0..0;
        let mut characters = Characters::default();
        let mut parts = 0_usize;
        let text = std::mem::take(&mut self.text);
        for character in text.characters(first, end) {
            if !held.contains(&character.at) {
                let (properties, range) = self.characters.at(character.at);
                (characters, held) = (self.look(properties), range);
                let counted = !properties.is_empty() && !state.fields.contains(&false);
                self.inserted += usize::from(counted && characters.inserted && !characters.deleted);
                self.deleted += usize::from(counted && characters.deleted);
            }
            if let Some((anchors, mark)) = anchors
                && character.c == mark
                && characters.special
            {
                parts += 1;
                if let Some(anchor) = anchors.get(parts - 1) {
                    self.count = *anchor;
                }
            }
            match character.c {
                '\r' | '\u{7}' => self.end_paragraph(character.c, character.at, &mut state),
                // The end of a section ends a paragraph, the end of a page stands in one.
                '\u{c}' if self.paragraphs.at(character.at).1.end <= character.at + 2 => {
                    self.end_paragraph(character.c, character.at, &mut state);
                }
                c => self.character(c, characters, &mut state),
            }
        }
        self.text = text;
        if state.text.visible() > 0 {
            self.push(&mut state, TextKind::Paragraph, 0);
        }
        state.container.go_to(0, self.count);
        state.container.items
    }

    fn character(&mut self, c: char, characters: Characters, state: &mut State) {
        match c {
            '\u{13}' => state.fields.push(false),
            '\u{14}' => {
                if let Some(shows) = state.fields.last_mut() {
                    *shows = true;
                }
            }
            '\u{15}' => {
                state.fields.pop();
            }
            '\u{2}' if characters.special => self.notes.push(self.count),
            '\u{5}' if characters.special => self.comments.push(self.count),
            _ if characters.deleted || state.fields.contains(&false) => {}
            '\u{b}' => state.text.push("\n", characters.look),
            '\u{1e}' => state.text.push("-", characters.look),
            '\t' => state.text.push("\t", characters.look),
            '(' if characters.special && characters.sign.is_some() => {
                let sign = characters.sign.unwrap_or(c);
                state.text.push(sign.encode_utf8(&mut [0; 4]), characters.look);
            }
            c if c < ' ' || c == '\u{fffc}' => {}
            c => {
                let c = characters.font.map_or(c, |font| font.sign(c));
                state.text.push(c.encode_utf8(&mut [0; 4]), characters.look);
            }
        }
    }

    fn end_paragraph(&mut self, mark: char, at: usize, state: &mut State) {
        let formatting = self.formatting(at);
        let depth = if formatting.in_table { index(formatting.depth).clamp(1, DEEPEST) } else { 0 };
        if formatting.ends_row || formatting.inner_row {
            state.text = Rich::default();
            if state.container.depth() >= depth {
                state.container.go_to(depth, self.count);
                state.container.end_row(Some(&formatting.shape));
            }
            return;
        }
        let kind = match (formatting.outline, self.styles.kind(formatting.style)) {
            (Some(level), TextKind::Paragraph) if level < 9 => TextKind::Heading(level + 1),
            (_, TextKind::Paragraph) if formatting.listed => TextKind::ListItem,
            (_, kind) => kind,
        };
        self.push(state, kind, depth);
        if depth > 0 && (formatting.inner_cell || mark == '\u{7}') {
            state.container.end_cell(self.count);
        }
    }

    fn push(&mut self, state: &mut State, kind: TextKind, depth: usize) {
        state.container.go_to(depth, self.count);
        let text = std::mem::take(&mut state.text);
        state.container.push(Item::Paragraph(Paragraph { kind, text, number: self.count }));
        self.count += 1;
    }

    /// The formatting of the paragraph whose mark is at `at`.
    fn formatting(&self, at: usize) -> Formatting {
        let (list, _) = self.paragraphs.at(at);
        let mut formatting = Formatting { style: short(list, 0).unwrap_or(0), ..Formatting::default() };
        for property in formatting::properties(list.get(2..).unwrap_or_default()) {
            self.take(&mut formatting, &property, true);
        }
        formatting
    }

    fn take(&self, formatting: &mut Formatting, property: &Property<'_>, outermost: bool) {
        match property.code {
            0x4600 => formatting.style = property.short(),
            0x2416 => formatting.in_table = property.is_on(),
            0x2417 => formatting.ends_row = property.is_on(),
            0x6649 => formatting.depth = long(property.value, 0).unwrap_or(0),
            0x244B => formatting.inner_cell = property.is_on(),
            0x244C => formatting.inner_row = property.is_on(),
            0x2640 => formatting.outline = Some(property.byte()),
            0x460B => formatting.listed = property.short() != 0,
            0x6645 | 0x6646 if outermost => {
                let at = long(property.value, 0).map_or(usize::MAX, index);
                let list = short(self.data, at).and_then(|len| slice(self.data, at.checked_add(2)?, usize::from(len)));
                for property in formatting::properties(list.unwrap_or_default()) {
                    self.take(formatting, &property, false);
                }
            }
            _ => row::take(&mut formatting.shape, property),
        }
    }

    /// What a list of properties says of characters (2.6.1).
    fn look(&self, list: &[u8]) -> Characters {
        let mut read = Characters::default();
        for property in formatting::properties(list) {
            match property.code {
                0x0835 => read.look.bold = property.is_on(),
                0x0837 | 0x2A53 => read.look.struck = property.is_on(),
                0x083C => read.look.hidden = property.is_on(),
                0x0800 => read.deleted = property.is_on(),
                0x0801 => read.inserted = property.is_on(),
                0x0855 => read.special = property.is_on(),
                0x2A0C => read.look.fill = row::colour(property.byte()),
                0x4A4F => read.font = self.font(property.short()),
                0x6A09 => {
                    let code = short(property.value, 2).map_or('\0', |code| char::from_u32(u32::from(code)).unwrap_or('\0'));
                    read.sign = Some(self.font(property.short()).map_or(code, |font| font.sign(code)));
                }
                _ => {}
            }
        }
        read
    }

    fn font(&self, number: u16) -> Option<SymbolFont> {
        self.fonts.get(usize::from(number)).copied().flatten()
    }
}
