//! Paragraphs and tables to blocks: a table becomes a grid, unless it only arranges what stands in it.

use crate::model::location::PageRegion;
use crate::model::location::Place;
use crate::model::source::Block;
use crate::model::source::Grid;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::text::prose;
use crate::readers::word::columns;
use crate::readers::word::content::Item;
use crate::readers::word::content::Paragraph;
use crate::readers::word::content::Table;
use crate::readers::word::grid;
use crate::readers::word::places::Places;

/// Makes blocks of what was found.
pub(super) struct Blocks<'b> {
    made: Vec<Block>,
    budget: &'b mut Budget,
    places: Places,
    /// Whether hidden text was met.
    hidden: bool,
}

impl<'b> Blocks<'b> {
    pub(super) fn new(budget: &'b mut Budget) -> Self {
        Self { made: Vec::new(), budget, places: Places::default(), hidden: false }
    }

    /// As [`Self::new`], for paragraphs that stand in regions of slides.
    pub(super) fn on_slides(budget: &'b mut Budget, regions: Vec<PageRegion>) -> Self {
        Self { places: Places::Regions(regions), ..Self::new(budget) }
    }

    /// Adds `items`; those of a page header or footer, or of a note, are all of the kind `kind`.
    pub(super) fn add(&mut self, items: Vec<Item>, kind: Option<TextKind>) -> Result<(), ReadError> {
        for item in items {
            match item {
                Item::Paragraph(paragraph) => self.paragraph(&paragraph, kind)?,
                Item::Table(table) if kind.is_some() || is_layout(&table) => {
                    for cell in table.rows.into_iter().flat_map(|row| row.cells) {
                        self.add(cell.items, kind)?;
                    }
                }
                Item::Table(table) => self.table(table)?,
            }
        }
        Ok(())
    }

    /// The blocks, and whether hidden text is among them.
    pub(super) fn finish(self) -> (Vec<Block>, bool) {
        (self.made, self.hidden)
    }

    fn paragraph(&mut self, paragraph: &Paragraph, kind: Option<TextKind>) -> Result<(), ReadError> {
        let text = paragraph.text.shown();
        let place = self.places.of(paragraph.number);
        let bullet = if paragraph.kind == TextKind::Paragraph { prose::list_item(&text) } else { None };
        let (own, text) = match bullet {
            Some(rest) => (TextKind::ListItem, rest.to_owned()),
            None => (paragraph.kind, text),
        };
        self.text(kind.unwrap_or(own), text, place.clone(), paragraph.number)?;
        let hidden = paragraph.text.hidden();
        self.hidden |= !hidden.is_empty();
        self.text(TextKind::Furniture, hidden, place, paragraph.number)
    }

    fn text(&mut self, kind: TextKind, text: String, place: Place, number: usize) -> Result<(), ReadError> {
        if !text.is_empty() {
            self.budget.spend(1, number)?;
            self.made.push(Block::Text(TextBlock { kind, text, place }));
        }
        Ok(())
    }

    fn table(&mut self, mut table: Table) -> Result<(), ReadError> {
        columns::join_slivers(&mut table);
        let found = grid::read(table, &self.places, self.budget)?;
        if !found.rows.is_empty() {
            self.made.push(Block::Grid(Grid { rows: found.rows, ..Grid::default() }));
        }
        for (text, number) in found.hidden {
            self.hidden = true;
            self.text(TextKind::Furniture, text, self.places.of(number), number)?;
        }
        Ok(())
    }
}

/// What stands in a table, apart from what stands in tables inside it.
#[derive(Default)]
struct Content {
    own: usize,
    inner: usize,
    tables: usize,
    headings: usize,
}

/// A table that holds tables arranges them if it has one row or one cell, or has less text than they. One row with a heading is
/// the head of a page.
fn is_layout(table: &Table) -> bool {
    let content = content(table);
    let cells: usize = table.rows.iter().map(|row| row.cells.len()).sum();
    let single = table.rows.len() <= 1;
    (content.headings > 0 && single) || (content.tables > 0 && (single || cells <= 1 || content.inner > content.own))
}

fn content(table: &Table) -> Content {
    let mut content = Content::default();
    for item in table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.items) {
        match item {
            Item::Paragraph(paragraph) => {
                content.own += paragraph.text.visible();
                content.headings += usize::from(matches!(paragraph.kind, TextKind::Heading(_)) && paragraph.text.visible() > 0);
            }
            Item::Table(table) => {
                content.tables += 1;
                let inside = self::content(table);
                content.inner += inside.own + inside.inner;
            }
        }
    }
    content
}
