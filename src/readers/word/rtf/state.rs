//! What holds at some point of rich text.

use crate::readers::word::rich::Look;
use crate::readers::word::rich::Rich;

/// Where text goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Into {
    /// A paragraph.
    #[default]
    Text,
    /// What is printed in front of a paragraph.
    Label,
    /// The title in the properties.
    Title,
    /// The name of a font or of a style.
    Name,
    /// An entry of a drop-down list.
    Entry,
    /// Nowhere.
    Nothing,
}

/// What ends with a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// A story beside the text.
    Story(Beside),
    /// The declaration of a font, a style, a form field, an entry of its list.
    Font,
    Style,
    Field,
    Entry,
    /// What a field shows; in front of it the paragraph had so many visible characters.
    Result(usize),
}

/// A story beside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// A footnote, endnote or comment.
    Remark,
    /// A page header or footer.
    Furniture,
    /// A text box.
    TextBox,
}

/// The table that entries are declared in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Declares {
    #[default]
    Nothing,
    Fonts,
    Colours,
    Styles,
}

/// Formatting of characters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Characters {
    pub(super) bold: bool,
    pub(super) struck: bool,
    pub(super) hidden: bool,
    /// Deleted under change tracking.
    pub(super) deleted: bool,
    /// Inserted under change tracking.
    pub(super) inserted: bool,
    /// Number of the colour behind.
    pub(super) behind: usize,
    pub(super) font: i32,
}

/// Formatting of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paragraphs {
    pub(super) in_table: bool,
    /// Tables around, where that is told.
    pub(super) depth: usize,
    pub(super) style: i32,
    pub(super) outline: Option<u8>,
}

/// All that a group inherits and gives back when it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) into: Into,
    pub(super) declares: Declares,
    pub(super) characters: Characters,
    pub(super) paragraph: Paragraphs,
    /// Characters that stand in for one in Unicode and follow it.
    pub(super) stand_ins: usize,
    pub(super) ends: Option<Ends>,
    /// The group may be passed over by who does not know it.
    pub(super) optional: bool,
    /// Nothing of the group was read yet.
    pub(super) fresh: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            into: Into::Text,
            declares: Declares::Nothing,
            characters: Characters::default(),
            paragraph: Paragraphs::default(),
            stand_ins: 1,
            ends: None,
            optional: false,
            fresh: false,
        }
    }
}

/// A font.
#[derive(Clone, Debug, Default)]
pub(super) struct Font {
    pub(super) name: String,
    pub(super) code_page: Option<i32>,
}

/// A style of paragraphs.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) name: String,
    pub(super) outline: Option<u8>,
    /// The style that it is based on.
    pub(super) below: Option<i32>,
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub(super) text: Rich,
    pub(super) label: String,
    pub(super) listed: bool,
}

impl Characters {
    /// The look, with the colours of the document.
    pub(super) fn look(self, colours: &[Option<[u8; 3]>]) -> Look {
        let fill = colours.get(self.behind).copied().flatten();
        Look { bold: self.bold, struck: self.struck, hidden: self.hidden, fill, ink: None }
    }
}
