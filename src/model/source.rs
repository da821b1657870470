//! What a reader hands over: the blocks of one document in reading order, each with its place.

use ecow::EcoString;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;

use crate::model::diagnostic::Diagnostic;
use crate::model::location::ColumnIndex;
use crate::model::location::Place;
use crate::model::location::SheetName;
use crate::model::page::Page;

/// The kinds of document that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// Plain text: lines with tabs between cells, aligned columns, or prose.
    Text,
    /// Comma-, semicolon- or pipe-separated text.
    Csv,
    /// Tab-separated text with CSV quoting.
    Tsv,
    /// Markdown with pipe tables.
    Markdown,
    /// HTML.
    Html,
    /// Excel workbook (Office Open XML).
    Xlsx,
    /// Excel workbook with macros.
    Xlsm,
    /// Excel binary workbook.
    Xlsb,
    /// Excel workbook of 2003 and before (BIFF).
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// PDF.
    Pdf,
    /// Word document (Office Open XML).
    Docx,
    /// Word document with macros.
    Docm,
    /// OpenDocument text.
    Odt,
    /// Word document of 97 to 2003.
    Doc,
    /// Rich text (RTF).
    Rtf,
    /// PowerPoint presentation (Office Open XML).
    Pptx,
}

impl Format {
    /// The IANA media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Xlsm => "application/vnd.ms-excel.sheet.macroenabled.12",
            Self::Xlsb => "application/vnd.ms-excel.sheet.binary.macroenabled.12",
            Self::Xls => "application/vnd.ms-excel",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Doc => "application/msword",
            Self::Rtf => "application/rtf",
            Self::Docm => "application/vnd.ms-word.document.macroenabled.12",
        }
    }
}

/// One document as its reader saw it.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Title from the document's own metadata (an HTML `<title>`), not from its body.
    pub title: Option<String>,
    /// Everything that was seen, in reading order.
    pub blocks: Vec<Block>,
    /// The pages of a paged document, whose blocks are not told yet: laying them out makes blocks of them.
    pub pages: Vec<Page>,
    /// What was odd.
    pub diagnostics: Vec<Diagnostic>,
}

/// One block of a source.
#[derive(Clone, Debug)]
pub enum Block {
    /// Rows and columns.
    Grid(Grid),
    /// A heading, paragraph or list item.
    Text(TextBlock),
}

/// A heading, paragraph or list item outside any grid.
#[derive(Clone, Debug)]
pub struct TextBlock {
    /// What the source's own markup says it is.
    pub kind: TextKind,
    /// The text without markup; line breaks inside it are kept.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// What the markup of a text block says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// A heading with its level, 1 the highest.
    Heading(u8),
    /// Running text, or text of a source that marks nothing.
    Paragraph,
    /// An entry of a list.
    ListItem,
    /// Text that says of itself that it is not content (a page header or footer, a line of a table of contents, hidden text).
    Furniture,
    /// A remark beside the text: a footnote, a comment, notes to a slide.
    Note,
}

/// A run of rows that stand together without anything between them.
///
/// Guarantee of a reader: rows in order, cells of a row by ascending column, no empty cell kept but those with a fill of
/// their own, a merged cell kept once, at its first column, with its spans. Two grids next to each other with nothing between are a page break or a blank line.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// Sheet name, where the source has sheets.
    pub sheet: Option<SheetName>,
    /// The rows.
    pub rows: Vec<GridRow>,
    /// What the cells of columns choose from, where the source says so; by column.
    pub choices: Vec<Choices>,
    /// What told where the cells are, where that had to be found out.
    pub found: Option<Found>,
    /// The source says that the rows go on with those of the grid before, in one table.
    pub goes_on: bool,
}

/// The values that cells of a column may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The column, zero-based.
    pub column: ColumnIndex,
    /// The values, in the source's order.
    pub values: Vec<String>,
}

/// What told where the cells of a grid are, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// What told.
    pub by: Strategy,
    /// How much it looks like a table, 0 to 1.
    pub score: f64,
}

/// What tells where the cells of a table on a page are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// The document's structure tree.
    Tagged,
    /// Rulings and fills.
    Ruled,
    /// White space between columns.
    Spaced,
    /// Rulings one way, white space the other.
    Mixed,
}

impl Grid {
    /// Number of columns of the widest row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.width as usize).max().unwrap_or(0)
    }
}

/// One row of a grid.
#[derive(Clone, Debug)]
pub struct GridRow {
    /// Where it stands.
    pub place: Place,
    /// How many cells the source gave it, empty ones included.
    pub width: u32,
    /// The cells that hold text, and those that say something by their fill alone.
    pub cells: Vec<GridCell>,
    /// Comments on cells of the row.
    pub notes: Vec<Note>,
    /// Hidden in the source.
    pub hidden: bool,
}

impl GridRow {
    /// The cells that hold text.
    #[must_use]
    pub fn texts(&self) -> impl DoubleEndedIterator<Item = &GridCell> + Clone {
        self.cells.iter().filter(|cell| !cell.text.trim().is_empty())
    }

    /// The cell at `column`, unless it is empty.
    #[must_use]
    pub fn cell(&self, column: usize) -> Option<&GridCell> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column.get()).ok()?;
        self.cells.get(at)
    }
}

/// A comment that stands beside a cell.
#[derive(Clone, Debug)]
pub struct Note {
    /// Column of the cell, zero-based.
    pub column: ColumnIndex,
    /// The comment's text, without its author.
    pub text: String,
    /// Where the cell stands.
    pub place: Place,
}

/// One cell that holds text, or has a fill that tells it from the rest of its row.
#[derive(Clone, Debug)]
pub struct GridCell {
    /// Column, zero-based.
    pub column: ColumnIndex,
    /// The text: markup removed, character references decoded, a word hyphenated over a line end rejoined; line breaks
    /// (`\n`, also for paragraph and list-item ends) and runs of spaces kept. A short text lies in the cell itself; a longer one
    /// may be shared by cells that hold the same, so that two cells are told apart by their places.
    pub text: EcoString,
    /// Where it stands.
    pub place: Place,
    /// Rows covered, at least 1.
    pub rowspan: u32,
    /// Columns covered, at least 1.
    pub colspan: u32,
    /// Style that carries meaning.
    pub style: Style,
}

/// Style that carries meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Marked as a header cell, or bold throughout.
    pub emphasised: bool,
    /// Struck out.
    pub struck: bool,
    /// Fill colour, red, green, blue.
    pub fill: Option<[u8; 3]>,
}
