//! What the control words mean.

use crate::readers::word::rtf::charset;
use crate::readers::word::rtf::reader::Reader;
use crate::readers::word::rtf::state::Beside;
use crate::readers::word::rtf::state::Characters;
use crate::readers::word::rtf::state::Declares;
use crate::readers::word::rtf::state::Ends;
use crate::readers::word::rtf::state::Into;
use crate::readers::word::rtf::state::Paragraphs;

impl Reader {
    /// Takes a control word.
    pub(super) fn control(&mut self, word: &[u8], number: Option<i32>) {
        if word == b"bin" {
            return;
        }
        if self.skip > 0 && word != b"u" {
            // A control word stands in for a character as one.
            self.skip -= 1;
        }
        if self.destination(word) || self.declaration(word, number) {
            return;
        }
        if self.state.optional && self.state.fresh {
            self.state.into = Into::Nothing;
            return;
        }
        if self.state.into == Into::Nothing {
            return;
        }
        if !(self.characters(word, number) || self.special(word)) {
            self.paragraphs(word, number);
        }
    }

    /// Where the text of a group goes.
    fn destination(&mut self, word: &[u8]) -> bool {
        if self.state.into == Into::Nothing {
            // What is passed over may hold what is not: the text of a drawing.
            match word {
                b"shptxt" if self.state.declares == Declares::Nothing => self.begin(Beside::TextBox),
                b"formfield" => self.state.ends = Some(Ends::Field),
                _ => return false,
            }
            return true;
        }
        match word {
            b"header" | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl" | b"footerr" | b"footerf" => {
                self.begin(Beside::Furniture);
            }
            b"footnote" | b"annotation" => self.begin(Beside::Remark),
            b"shptxt" | b"dptxbxtext" => self.begin(Beside::TextBox),
            b"listtext" | b"pntext" => {
                self.listed();
                self.state.into = Into::Label;
            }
            b"title" => self.state.into = Into::Title,
            b"object" => self.embedded += 1,
            b"nonesttables" | b"shprslt" | b"pict" | b"nonshppict" | b"fldinst" | b"info" | b"stylesheet" | b"fonttbl"
            | b"colortbl" | b"xe" | b"tc" | b"tcn" | b"rxe" | b"bkmkstart" | b"bkmkend" | b"pntxta" | b"pntxtb" | b"objdata"
            | b"objclass" | b"upr" | b"ftnsep" | b"ftnsepc" | b"ftncn" | b"aftnsep" | b"aftnsepc" | b"aftncn" | b"private"
            | b"sn" | b"sv" | b"revtbl" => {
                return self.aside(word);
            }
            b"shpinst" | b"nesttableprops" | b"ud" | b"shpgrp" | b"do" | b"shp" | b"result" => {}
            b"fldrslt" => self.state.ends = Some(Ends::Result(self.visible())),
            _ => return false,
        }
        true
    }

    /// Groups whose text is none of the document's, and tables of declarations.
    fn aside(&mut self, word: &[u8]) -> bool {
        match word {
            b"fonttbl" => {
                (self.state.declares, self.state.into) = (Declares::Fonts, Into::Name);
            }
            b"colortbl" => self.state.declares = Declares::Colours,
            b"stylesheet" => (self.state.declares, self.state.into) = (Declares::Styles, Into::Name),
            // The properties hold the title.
            b"info" => self.state.into = Into::Entry,
            _ => self.state.into = Into::Nothing,
        }
        true
    }

    /// Declarations of fonts, colours, styles and fields.
    fn declaration(&mut self, word: &[u8], number: Option<i32>) -> bool {
        let level = number.and_then(|number| u8::try_from(number).ok());
        match (self.state.declares, word) {
            (Declares::Fonts, b"f") => {
                self.name.clear();
                self.declared = number.unwrap_or(0);
                self.state.ends = Some(Ends::Font);
            }
            (Declares::Fonts, b"fcharset") => {
                self.fonts.entry(self.declared).or_default().code_page = number.and_then(charset::of_charset);
            }
            (Declares::Fonts, b"panose" | b"falt" | b"fontemb" | b"fname") => self.state.into = Into::Nothing,
            (Declares::Colours, b"red" | b"green" | b"blue") => {
                let mut colour = self.colour.unwrap_or_default();
                let at = usize::from(word == b"green") + 2 * usize::from(word == b"blue");
                if let Some(part) = colour.get_mut(at) {
                    *part = level.unwrap_or(0);
                }
                self.colour = Some(colour);
            }
            (Declares::Styles, b"s") => {
                self.declared = number.unwrap_or(0);
                self.state.ends = Some(Ends::Style);
                self.name.clear();
            }
            (Declares::Styles, b"cs" | b"ts" | b"ds") => {
                self.state.into = Into::Nothing;
            }
            (Declares::Styles, b"outlinelevel") => self.declared_style.outline = level,
            (Declares::Styles, b"sbasedon") => self.declared_style.below = number,
            (Declares::Nothing, b"fftype") => self.field.kind = number.unwrap_or(0),
            (Declares::Nothing, b"ffres") => self.field.result = number,
            (Declares::Nothing, b"ffdefres") => self.field.default = number,
            (Declares::Nothing, b"ffl") => {
                self.name.clear();
                (self.state.into, self.state.ends) = (Into::Entry, Some(Ends::Entry));
            }
            (Declares::Nothing, _) => return false,
            _ => {}
        }
        true
    }

    /// Formatting of characters, and characters by their number.
    fn characters(&mut self, word: &[u8], number: Option<i32>) -> bool {
        let on = number != Some(0);
        let characters = &mut self.state.characters;
        match word {
            b"plain" => *characters = Characters { deleted: characters.deleted, ..Characters::default() },
            b"b" => characters.bold = on,
            b"strike" | b"striked" => characters.struck = on,
            b"v" => characters.hidden = on,
            b"deleted" => characters.deleted = on,
            b"revised" => characters.inserted = on,
            b"f" => characters.font = number.unwrap_or(0),
            b"highlight" | b"cb" | b"chcbpat" => {
                characters.behind = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
            }
            b"u" => self.unicode(number.unwrap_or(0)),
            b"uc" => self.state.stand_ins = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(1),
            b"ansicpg" => self.page = charset::code_page(number.unwrap_or(1252)),
            b"mac" => self.page = charset::code_page(10000),
            _ => return false,
        }
        true
    }

    /// Control words that are characters.
    fn special(&mut self, word: &[u8]) -> bool {
        let text = match word {
            b"tab" => "\t",
            b"line" | b"lbr" | b"softline" => "\n",
            b"emdash" => "\u{2014}",
            b"endash" => "\u{2013}",
            b"bullet" => "\u{2022}",
            b"lquote" => "\u{2018}",
            b"rquote" => "\u{2019}",
            b"ldblquote" => "\u{201C}",
            b"rdblquote" => "\u{201D}",
            b"emspace" | b"enspace" | b"qmspace" => " ",
            _ => return false,
        };
        self.push(text);
        true
    }

    /// Formatting of paragraphs and rows, and where they end.
    fn paragraphs(&mut self, word: &[u8], number: Option<i32>) {
        let paragraph = &mut self.state.paragraph;
        match word {
            b"pard" => *paragraph = Paragraphs::default(),
            b"intbl" => paragraph.in_table = true,
            b"itap" => {
                paragraph.depth = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(1);
                paragraph.in_table = paragraph.depth > 0;
            }
            b"s" => paragraph.style = number.unwrap_or(0),
            b"outlinelevel" => paragraph.outline = number.and_then(|number| u8::try_from(number).ok()),
            b"par" | b"sect" => self.end_paragraph(),
            b"cell" => self.end_cell(1),
            b"nestcell" => {
                let depth = self.state.paragraph.depth.max(2);
                self.end_cell(depth);
            }
            b"row" => self.end_row(1),
            b"nestrow" => {
                let depth = self.state.paragraph.depth.max(2);
                self.end_row(depth);
            }
            b"trdel" | b"trauthdel" => self.delete_row(),
            _ => self.row(word, number),
        }
    }
}
