//! The walk over rich text: groups, characters, paragraphs.

use encoding_rs::Encoding;
use encoding_rs::WINDOWS_1252;
use rustc_hash::FxHashMap;

use crate::model::source::TextKind;
use crate::readers::word::content::Item;
use crate::readers::word::content::Paragraph;
use crate::readers::word::rows::Container;
use crate::readers::word::rows::DEEPEST;
use crate::readers::word::rtf::charset;
use crate::readers::word::rtf::field::Field;
use crate::readers::word::rtf::lexer::Token;
use crate::readers::word::rtf::state::Beside;
use crate::readers::word::rtf::state::Characters;
use crate::readers::word::rtf::state::Declares;
use crate::readers::word::rtf::state::Ends;
use crate::readers::word::rtf::state::Font;
use crate::readers::word::rtf::state::Into;
use crate::readers::word::rtf::state::Open;
use crate::readers::word::rtf::state::Paragraphs;
use crate::readers::word::rtf::state::State;
use crate::readers::word::rtf::state::Style;
use crate::readers::word::rtf::table::RowProperties;
use crate::readers::word::symbols::SymbolFont;

/// Longest chain of styles based on each other that is followed.
const LONGEST_CHAIN: usize = 64;

/// A story with the paragraph that is open in it.
#[derive(Default)]
struct Story {
    container: Container,
    open: Open,
    row: RowProperties,
    /// Number of the paragraph that it stands beside.
    beside: usize,
}

/// The walk.
pub(super) struct Reader {
    pub(super) state: State,
    outer: Vec<State>,
    stories: Vec<Story>,
    pub(super) fonts: FxHashMap<i32, Font>,
    pub(super) styles: FxHashMap<i32, Style>,
    pub(super) colours: Vec<Option<[u8; 3]>>,
    pub(super) colour: Option<[u8; 3]>,
    pub(super) page: &'static Encoding,
    /// Bytes that wait to be decoded together.
    bytes: Vec<u8>,
    /// The first half of a pair that stands for one character.
    high: Option<u16>,
    /// Stand-ins that are still to be passed over.
    pub(super) skip: usize,
    pub(super) name: String,
    /// Number of the font or style that is being declared.
    pub(super) declared: i32,
    pub(super) declared_style: Style,
    pub(super) field: Field,
    /// What the form field in hand shows if it holds no text.
    form: Option<String>,
    pub(super) title: String,
    pub(super) paragraphs: usize,
    pub(super) remarks: Vec<Item>,
    pub(super) remark_count: usize,
    pub(super) furniture: Vec<Item>,
    pub(super) embedded: usize,
    /// Runs that were inserted and deleted under change tracking.
    pub(super) inserted: usize,
    pub(super) deleted: usize,
}

impl Reader {
    pub(super) fn new() -> Self {
        Self {
            state: State::default(),
            outer: Vec::new(),
            stories: vec![Story::default()],
            fonts: FxHashMap::default(),
            styles: FxHashMap::default(),
            colours: Vec::new(),
            colour: None,
            page: WINDOWS_1252,
            bytes: Vec::new(),
            high: None,
            skip: 0,
            name: String::new(),
            declared: 0,
            declared_style: Style::default(),
            field: Field::default(),
            form: None,
            title: String::new(),
            paragraphs: 0,
            remarks: Vec::new(),
            remark_count: 0,
            furniture: Vec::new(),
            embedded: 0,
            inserted: 0,
            deleted: 0,
        }
    }

    /// Groups that are open.
    pub(super) fn depth(&self) -> usize {
        self.outer.len()
    }

    /// Takes the next word.
    pub(super) fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Open => {
                self.flush();
                self.skip = 0;
                self.outer.push(self.state);
                self.state = State { ends: None, optional: false, fresh: true, ..self.state };
                return;
            }
            Token::Close => self.close(),
            Token::Text(text) => {
                let skipped = self.skip.min(text.len());
                self.skip -= skipped;
                self.text(text.get(skipped..).unwrap_or_default());
            }
            Token::Byte(byte) if self.skip == 0 => self.text(&[byte]),
            Token::Byte(_) => self.skip -= 1,
            Token::Symbol(b'*') if self.state.fresh => {
                self.state.optional = true;
                return;
            }
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Control(word, number) => {
                if word != b"u" {
                    self.flush();
                }
                self.control(word, number);
            }
        }
        self.state.fresh = false;
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("-"),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\\' | b'{' | b'}' => self.text(&[symbol]),
            b'\t' => self.push("\t"),
            _ => {}
        }
    }

    fn text(&mut self, bytes: &[u8]) {
        if self.state.declares == Declares::Colours {
            for _ in bytes.iter().filter(|b| **b == b';') {
                self.colours.push(self.colour.take());
            }
        } else if self.state.into != Into::Nothing {
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// Decodes the bytes that wait.
    pub(super) fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = self.fonts.get(&self.state.characters.font);
        let text = if let Some(signs) = font.and_then(|font| SymbolFont::named(&font.name)) {
            bytes.iter().map(|byte| signs.sign(char::from(*byte))).collect()
        } else {
            let page = font.and_then(|font| font.code_page).map_or(self.page, charset::code_page);
            page.decode_without_bom_handling(&bytes).0.into_owned()
        };
        self.push(&text);
    }

    /// A character by its number in Unicode, half of a pair perhaps.
    pub(super) fn unicode(&mut self, number: i32) {
        let unit = u16::try_from(number & 0xFFFF).unwrap_or(0);
        let pair = self.high.take().map(|high| char::decode_utf16([high, unit]).next());
        self.skip = self.state.stand_ins;
        if let Some(Some(Ok(c))) = pair {
            return self.push(c.encode_utf8(&mut [0; 4]));
        }
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let Some(c) = char::from_u32(u32::from(unit)) else { return };
        self.flush();
        let font = self.fonts.get(&self.state.characters.font).and_then(|font| SymbolFont::named(&font.name));
        let c = font.map_or(c, |font| font.sign(c));
        self.push(c.encode_utf8(&mut [0; 4]));
    }

    /// Adds text where text goes here.
    pub(super) fn push(&mut self, text: &str) {
        let characters = self.state.characters;
        let Some(story) = self.stories.last_mut() else { return };
        match self.state.into {
            Into::Text if characters.deleted => self.deleted += usize::from(!text.trim().is_empty()),
            Into::Text => {
                self.inserted += usize::from(characters.inserted && !text.trim().is_empty());
                story.open.text.push(text, characters.look(&self.colours));
            }
            Into::Label => story.open.label.push_str(text),
            Into::Title => self.title.push_str(text),
            Into::Name | Into::Entry => self.name.push_str(text),
            Into::Nothing => {}
        }
    }

    /// Visible characters of the paragraph in hand.
    pub(super) fn visible(&self) -> usize {
        self.stories.last().map_or(0, |story| story.open.text.visible())
    }

    /// Marks the paragraph as an entry of a list.
    pub(super) fn listed(&mut self) {
        if let Some(story) = self.stories.last_mut() {
            story.open.listed = true;
        }
    }

    /// Begins a story beside the text.
    pub(super) fn begin(&mut self, beside: Beside) {
        self.flush();
        self.stories.push(Story { beside: self.paragraphs, ..Story::default() });
        self.state.into = Into::Text;
        self.state.characters = Characters::default();
        self.state.paragraph = Paragraphs::default();
        self.state.ends = Some(Ends::Story(beside));
    }

    fn close(&mut self) {
        self.flush();
        self.skip = 0;
        match self.state.ends {
            Some(Ends::Story(beside)) => self.end_story(beside),
            Some(Ends::Font) => self.end_font(),
            Some(Ends::Style) => {
                let style = std::mem::take(&mut self.declared_style);
                let style = Style { name: self.taken_name().to_lowercase().split_whitespace().collect(), ..style };
                self.styles.insert(self.declared, style);
            }
            Some(Ends::Entry) => {
                let entry = self.taken_name();
                self.field.entries.push(entry);
            }
            Some(Ends::Field) => self.form = std::mem::take(&mut self.field).shown(),
            Some(Ends::Result(before)) => {
                if let Some(shown) = self.form.take().filter(|_| self.visible() == before) {
                    self.push(&shown);
                }
            }
            None => {}
        }
        self.state = self.outer.pop().unwrap_or(self.state);
    }

    pub(super) fn end_font(&mut self) {
        let name = self.taken_name();
        if !name.is_empty() {
            self.fonts.entry(self.declared).or_default().name = name;
        }
    }

    fn taken_name(&mut self) -> String {
        std::mem::take(&mut self.name).trim().trim_end_matches(';').to_owned()
    }

    fn end_story(&mut self, beside: Beside) {
        if self.stories.len() < 2 {
            return;
        }
        self.end_open_paragraph();
        let Some(mut story) = self.stories.pop() else { return };
        story.container.go_to(0, self.paragraphs);
        let mut items = story.container.items;
        match beside {
            Beside::Furniture => {
                self.paragraphs = story.beside;
                self.furniture.append(&mut items);
            }
            Beside::Remark => {
                self.paragraphs = story.beside;
                items.iter_mut().for_each(|item| item.place_at(story.beside));
                self.remark_count += 1;
                self.remarks.append(&mut items);
            }
            Beside::TextBox => {
                if let Some(story) = self.stories.last_mut() {
                    items.into_iter().for_each(|item| story.container.push(item));
                }
            }
        }
    }

    /// Ends a paragraph.
    pub(super) fn end_paragraph(&mut self) {
        if self.state.into != Into::Text {
            return;
        }
        self.flush();
        let paragraph = self.state.paragraph;
        let depth = if paragraph.in_table { paragraph.depth.max(1) } else { 0 };
        let number = self.paragraphs;
        let kind = self.kind();
        let Some(story) = self.stories.last_mut() else { return };
        story.container.go_to(depth.min(DEEPEST), number);
        let Open { mut text, label, listed } = std::mem::take(&mut story.open);
        let label = label.trim();
        if label.chars().any(char::is_alphanumeric) {
            text.put_in_front(&format!("{label} "));
        }
        let kind = if listed && kind == TextKind::Paragraph { TextKind::ListItem } else { kind };
        story.container.push(Item::Paragraph(Paragraph { kind, text, number }));
        self.paragraphs += 1;
    }

    fn end_open_paragraph(&mut self) {
        let open = self.stories.last().is_some_and(|story| story.open.text.visible() > 0 || !story.open.label.is_empty());
        if open {
            self.state.into = Into::Text;
            self.end_paragraph();
        }
    }

    /// Ends a cell of the table that is `depth` deep.
    pub(super) fn end_cell(&mut self, depth: usize) {
        if self.state.into != Into::Text {
            return;
        }
        self.state.paragraph.in_table = true;
        self.state.paragraph.depth = depth;
        self.end_paragraph();
        let number = self.paragraphs;
        if let Some(story) = self.stories.last_mut() {
            story.container.end_cell(number);
        }
    }

    /// Ends a row of the table that is `depth` deep.
    pub(super) fn end_row(&mut self, depth: usize) {
        let number = self.paragraphs;
        let Some(story) = self.stories.last_mut() else { return };
        if story.container.depth() < depth {
            return;
        }
        story.container.go_to(depth, number);
        self.deleted += usize::from(story.row.deleted);
        let shape = (!story.row.deleted).then(|| story.row.shape(&self.colours));
        story.container.end_row(shape.as_ref());
    }

    /// Takes a control word that is about a row.
    pub(super) fn row(&mut self, word: &[u8], number: Option<i32>) {
        if let Some(story) = self.stories.last_mut() {
            story.row.take(word, number);
        }
    }

    /// Marks the row as deleted under change tracking.
    pub(super) fn delete_row(&mut self) {
        if let Some(story) = self.stories.last_mut() {
            story.row.deleted = true;
        }
    }

    /// What the paragraph in hand is: by its own outline level, else by its style or one that that is based on.
    fn kind(&self) -> TextKind {
        let paragraph = self.state.paragraph;
        let mut told = paragraph.outline;
        let mut next = self.styles.get(&paragraph.style);
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.filter(|_| told.is_none()) else { break };
            match named(&style.name) {
                Some(kind) => return kind,
                None => told = style.outline,
            }
            next = style.below.and_then(|below| self.styles.get(&below));
        }
        told.filter(|level| *level < 9).map_or(TextKind::Paragraph, |level| TextKind::Heading(level + 1))
    }

    /// Ends the text; its paragraphs and tables.
    pub(super) fn finish(&mut self) -> Vec<Item> {
        self.flush();
        while self.stories.len() > 1 {
            self.end_story(Beside::TextBox);
        }
        self.end_open_paragraph();
        let Some(mut story) = self.stories.pop() else { return Vec::new() };
        story.container.go_to(0, self.paragraphs);
        for item in &mut self.furniture {
            item.place_at(self.paragraphs);
            self.paragraphs += 1;
        }
        story.container.items
    }
}

/// What the name of a style, without its spaces, says of a paragraph.
fn named(name: &str) -> Option<TextKind> {
    let digit = |prefix: &str| name.strip_prefix(prefix).and_then(|level| level.parse::<u8>().ok());
    if name == "title" {
        return Some(TextKind::Heading(1));
    }
    if digit("toc").is_some() || digit("contents").is_some() {
        return Some(TextKind::Furniture);
    }
    digit("heading").filter(|level| (1..=9).contains(level)).map(TextKind::Heading)
}
