//! Tables (ECMA-376 part 1, 17.4): rows and cells with what they cover, through the wrappers around them.

use crate::readers::word::content::Cell;
use crate::readers::word::content::Down;
use crate::readers::word::content::Row;
use crate::readers::word::content::Table;
use crate::readers::word::docx::properties;
use crate::readers::word::docx::properties::RunProperties;
use crate::readers::word::docx::runs;
use crate::readers::word::docx::story::Story;
use crate::readers::word::tree::Element;

/// Most columns that a cell may cover, or a row may leave out; Word itself has at most 63 (and HTML allows 1,000).
const WIDEST: u32 = 1000;

/// What a table's style says of the text in its first row and column.
#[derive(Clone, Copy, Default)]
struct Look {
    whole: RunProperties,
    first_row: RunProperties,
    first_column: RunProperties,
}

impl Story<'_> {
    /// Reads a `w:tbl`.
    pub(super) fn table(&mut self, element: Element<'_>) -> Table {
        let look = self.table_look(element);
        let grid = element.child("w:tblGrid");
        let columns = grid.into_iter().flat_map(Element::children).filter(|child| child.name() == "w:gridCol");
        let width = |column: Element<'_>| column.attribute("w").and_then(|width| width.parse::<f64>().ok()).map_or(0, twips);
        let mut table = Table { rows: Vec::new(), widths: columns.map(width).collect() };
        let outer = self.base;
        self.rows(element, look, &mut table.rows);
        self.base = outer;
        table
    }

    fn rows(&mut self, parent: Element<'_>, look: Look, rows: &mut Vec<Row>) {
        for child in parent.children() {
            match child.name() {
                "w:tr" => {
                    let properties = child.child("w:trPr");
                    if properties.is_some_and(|properties| properties.child("w:del").is_some()) {
                        self.tracked.removed(child);
                    } else {
                        let row = self.row(child, properties, look, rows.is_empty());
                        rows.push(row);
                    }
                }
                "w:sdt" => {
                    if let Some(content) = runs::shown_content(child) {
                        self.rows(content, look, rows);
                    }
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = runs::chosen(child) {
                        self.rows(chosen, look, rows);
                    }
                }
                "w:del" | "w:moveFrom" => self.tracked.removed(child),
                "w:customXml" | "w:ins" | "w:moveTo" => self.rows(child, look, rows),
                _ => {}
            }
        }
    }

    fn row(&mut self, element: Element<'_>, properties: Option<Element<'_>>, look: Look, first: bool) -> Row {
        let number =
            |name: &str| properties.and_then(|properties| properties.value(name)).and_then(|value| value.parse::<u32>().ok());
        let on = |name: &str| properties.and_then(|properties| properties.child(name)).is_some_and(properties::is_on);
        self.tracked.inserted += usize::from(properties.is_some_and(|properties| properties.child("w:ins").is_some()));
        let mut row = Row {
            first: self.paragraphs,
            width: number("w:gridBefore").unwrap_or(0).min(WIDEST),
            header: on("w:tblHeader"),
            hidden: on("w:hidden"),
            cells: Vec::new(),
        };
        let base = if first { look.first_row.over(look.whole) } else { look.whole };
        self.cells(element, base, look.first_column, &mut row);
        row.width = row.width.saturating_add(number("w:gridAfter").unwrap_or(0).min(WIDEST));
        row
    }

    fn cells(&mut self, parent: Element<'_>, base: RunProperties, first_column: RunProperties, row: &mut Row) {
        for child in parent.children() {
            match child.name() {
                "w:tc" => {
                    self.base = if row.cells.is_empty() { first_column.over(base) } else { base };
                    self.cell(child, row);
                }
                "w:sdt" => {
                    // A cell stays where it is when its control holds only what to fill in.
                    let content = child.child("w:sdtContent");
                    let blank = content.is_some() && runs::shown_content(child).is_none();
                    let kept = row.cells.len();
                    if let Some(content) = content {
                        self.cells(content, base, first_column, row);
                    }
                    if blank {
                        row.cells.iter_mut().skip(kept).for_each(|cell| cell.items.clear());
                    }
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = runs::chosen(child) {
                        self.cells(chosen, base, first_column, row);
                    }
                }
                "w:customXml" | "w:ins" | "w:moveTo" => self.cells(child, base, first_column, row),
                _ => {}
            }
        }
    }

    fn cell(&mut self, element: Element<'_>, row: &mut Row) {
        let properties = element.child("w:tcPr");
        let child = |name: &str| properties.and_then(|properties| properties.child(name));
        if child("w:cellDel").is_some() {
            return self.tracked.removed(element);
        }
        let span = child("w:gridSpan").and_then(|span| span.attribute("val")).and_then(|span| span.parse::<u32>().ok());
        let colspan = span.unwrap_or(1).clamp(1, WIDEST);
        let mut cell = Cell {
            column: row.width,
            colspan,
            down: down(child("w:vMerge"), child("w:cellMerge")),
            items: Vec::new(),
            fill: child("w:shd").and_then(properties::shading),
            first: self.paragraphs,
        };
        row.width = row.width.saturating_add(colspan);
        self.blocks(element, &mut cell.items);
        let goes_on = child("w:hMerge").is_some_and(|merge| merge.attribute("val") != Some("restart"));
        match row.cells.last_mut().filter(|_| goes_on) {
            Some(left) => {
                left.colspan = left.colspan.saturating_add(colspan);
                left.items.append(&mut cell.items);
            }
            None => row.cells.push(cell),
        }
    }

    /// What the style says, as far as the table asks for it (17.4.56).
    fn table_look(&self, element: Element<'_>) -> Look {
        let Some(properties) = element.child("w:tblPr") else { return Look::default() };
        let Some(style) = properties.value("w:tblStyle").and_then(|id| self.styles.table(id)) else { return Look::default() };
        let asks = |name: &str, bit: u32| {
            let Some(look) = properties.child("w:tblLook") else { return true };
            let bits = || look.attribute("val").and_then(|bits| u32::from_str_radix(bits, 16).ok());
            look.attribute(name).map_or_else(|| bits().is_none_or(|bits| bits & bit != 0), properties::is_true)
        };
        let mut look = Look { whole: style.run, ..Look::default() };
        if asks("firstRow", 0x0020) {
            look.first_row = style.first_row;
        }
        if asks("firstColumn", 0x0080) {
            look.first_column = style.first_column;
        }
        look
    }
}

/// How far down a cell reaches; a tracked merge counts as made.
fn down(merge: Option<Element<'_>>, tracked: Option<Element<'_>>) -> Down {
    if let Some(tracked) = tracked.and_then(|merge| merge.attribute("vMerge")) {
        return if tracked == "cont" { Down::On } else { Down::Open };
    }
    match merge.map(|merge| merge.attribute("val")) {
        None => Down::Rows(1),
        Some(Some("restart")) => Down::Open,
        Some(_) => Down::On,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width saturates")]
fn twips(width: f64) -> u32 {
    width as u32
}
