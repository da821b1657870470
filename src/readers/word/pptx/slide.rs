//! The walk over a slide (ECMA-376 part 1, 19.3): shapes with text, tables, groups.

use crate::model::location::PageNumber;
use crate::model::location::PageRegion;
use crate::model::location::Rect;
use crate::model::source::TextKind;
use crate::readers::word::content::Cell;
use crate::readers::word::content::Down;
use crate::readers::word::content::Item;
use crate::readers::word::content::Paragraph;
use crate::readers::word::content::Row;
use crate::readers::word::content::Table;
use crate::readers::word::pptx::geometry;
use crate::readers::word::pptx::geometry::Frame;
use crate::readers::word::pptx::text;
use crate::readers::word::pptx::text::Mark;
use crate::readers::word::pptx::text::Numbers;
use crate::readers::word::tree::Element;
use crate::readers::word::tree::Tree;

/// Most columns or rows that a cell may cover, as in a document.
const WIDEST: u32 = 1000;

/// The walk, with what holds for all slides.
#[derive(Default)]
pub(super) struct Deck {
    /// Where each paragraph so far stands.
    pub(super) regions: Vec<PageRegion>,
    /// Embedded documents.
    pub(super) embedded: usize,
    /// Ids of the relationships to the texts of diagrams, of the slide in hand.
    pub(super) diagrams: Vec<String>,
}

/// What holds for a slide.
#[derive(Clone, Copy)]
pub(super) struct Slide<'s> {
    pub(super) page: PageNumber,
    /// All of it.
    pub(super) whole: Rect,
    /// What it is laid out like: the slide's layout, and the master below.
    pub(super) layouts: &'s [Tree],
    pub(super) hidden: bool,
}

/// What a shape is a place for (19.7.10).
#[derive(Clone, Copy, Default)]
struct Placeholder<'s> {
    is: bool,
    kind: Option<&'s str>,
    index: Option<&'s str>,
}

impl Deck {
    /// Reads the shapes of `tree`, a `p:spTree` or `p:grpSp`; titles first, since they are drawn in any order.
    pub(super) fn shapes(&mut self, tree: Element<'_>, frame: Frame, slide: Slide<'_>, items: &mut Vec<Item>) {
        let is_title = |shape: &Element<'_>| matches!(placeholder(*shape).kind, Some("title" | "ctrTitle"));
        for shape in tree.children().filter(is_title) {
            self.shape(shape, frame, slide, items);
        }
        for child in tree.children().filter(|shape| !is_title(shape)) {
            match child.name() {
                "p:sp" => self.shape(child, frame, slide, items),
                "p:grpSp" => {
                    let group = child.child("p:grpSpPr").and_then(|properties| properties.child("a:xfrm"));
                    self.shapes(child, group.map_or(frame, |group| frame.inside(group)), slide, items);
                }
                "p:graphicFrame" => self.graphic(child, frame, slide, items),
                "mc:AlternateContent" => {
                    if let Some(form) = child.children().next() {
                        self.shapes(form, frame, slide, items);
                    }
                }
                _ => {}
            }
        }
    }

    fn shape(&mut self, shape: Element<'_>, frame: Frame, slide: Slide<'_>, items: &mut Vec<Item>) {
        let Some(body) = shape.child("p:txBody") else { return };
        let placeholder = placeholder(shape);
        let own = shape.child("p:spPr").and_then(|properties| properties.child("a:xfrm")).and_then(|place| frame.region(place));
        let bbox = own.or_else(|| inherited(placeholder, slide.layouts)).unwrap_or(slide.whole);
        let mut numbers = Numbers::default();
        for element in body.children().filter(|child| child.name() == "a:p") {
            let read = text::paragraph(element, &mut numbers);
            let kind = match (placeholder.kind, read.mark) {
                (Some("ctrTitle"), _) => TextKind::Heading(1),
                (Some("title"), _) => TextKind::Heading(2),
                (Some("sldNum" | "dt" | "ftr" | "hdr"), _) => TextKind::Furniture,
                (_, Mark::List) => TextKind::ListItem,
                (None | Some("body" | "obj"), Mark::Inherited) if placeholder.is => TextKind::ListItem,
                _ => TextKind::Paragraph,
            };
            let number = self.place(slide.page, bbox);
            items.push(Item::Paragraph(Paragraph { kind, text: read.text, number }));
        }
    }

    fn graphic(&mut self, graphic: Element<'_>, frame: Frame, slide: Slide<'_>, items: &mut Vec<Item>) {
        let bbox = graphic.child("p:xfrm").and_then(|place| frame.region(place)).unwrap_or(slide.whole);
        let Some(data) = graphic.child("a:graphic").and_then(|graphic| graphic.child("a:graphicData")) else { return };
        for child in data.descendants() {
            match child.name() {
                "a:tbl" => items.push(Item::Table(self.table(child, bbox, slide))),
                "dgm:relIds" => self.diagrams.extend(child.attribute("r:dm").map(str::to_owned)),
                "p:embed" => self.embedded += 1,
                _ => {}
            }
        }
    }

    /// Reads an `a:tbl` (21.1.3) that stands at `bbox`.
    fn table(&mut self, element: Element<'_>, bbox: Rect, slide: Slide<'_>) -> Table {
        let columns = element.child("a:tblGrid").into_iter().flat_map(Element::children);
        let mut edges = vec![bbox.x0];
        for column in columns.filter(|column| column.name() == "a:gridCol") {
            edges.push(edges.last().unwrap_or(&bbox.x0) + geometry::points(column.attribute("w")));
        }
        let heads = element.child("a:tblPr").and_then(|properties| properties.attribute("firstRow"));
        let heads = heads.is_some_and(|first| matches!(first, "1" | "true"));
        let mut table = Table::default();
        let mut top = bbox.y0;
        for row in element.children().filter(|child| child.name() == "a:tr") {
            let bottom = top + geometry::points(row.attribute("h"));
            let header = heads && table.rows.is_empty();
            let mut read = Row { first: self.regions.len(), header, hidden: slide.hidden, ..Row::default() };
            for cell in row.children().filter(|child| child.name() == "a:tc") {
                self.cell(cell, (top, bottom), &edges, slide, &mut read);
            }
            table.rows.push(read);
            top = bottom;
        }
        table
    }

    fn cell(&mut self, element: Element<'_>, (top, bottom): (f64, f64), edges: &[f64], slide: Slide<'_>, row: &mut Row) {
        let number = |name: &str| element.attribute(name).and_then(|value| value.parse::<u32>().ok()).unwrap_or(1);
        let on = |name: &str| element.attribute(name).is_some_and(|value| matches!(value, "1" | "true"));
        let (colspan, rowspan) = (number("gridSpan").clamp(1, WIDEST), number("rowSpan").clamp(1, WIDEST));
        let covered = on("hMerge") || on("vMerge");
        let column = row.width;
        row.width = row.width.saturating_add(1);
        let edge = |at: u32| edges.get(at as usize).or(edges.last()).copied().unwrap_or_default();
        let (x0, x1) = (geometry::rounded(edge(column)), geometry::rounded(edge(column.saturating_add(colspan))));
        let bbox = Rect { x0, y0: geometry::rounded(top), x1, y1: geometry::rounded(bottom) };
        let first = self.regions.len();
        let mut items = Vec::new();
        let mut numbers = Numbers::default();
        let body = element.child("a:txBody").into_iter().flat_map(Element::children);
        for paragraph in body.filter(|child| child.name() == "a:p") {
            let number = self.place(slide.page, bbox);
            let text = text::paragraph(paragraph, &mut numbers).text;
            items.push(Item::Paragraph(Paragraph { kind: TextKind::Paragraph, text, number }));
        }
        if first == self.regions.len() {
            self.place(slide.page, bbox);
        }
        let fill = element.child("a:tcPr").and_then(|properties| properties.child("a:solidFill")).and_then(text::colour);
        // A cell that says of itself that it is covered by none ends the one that would cover it.
        if let Some(before) = row.cells.last_mut().filter(|before| !covered && before.column + before.colspan > column) {
            before.colspan = column - before.column;
        }
        match row.cells.last_mut().filter(|_| covered) {
            // What stands in a cell that another covers is not shown and hardly ever there; it is kept with the cell before.
            Some(before) => before.items.append(&mut items),
            None if covered && items.iter().all(is_blank) => {}
            None => row.cells.push(Cell { column, colspan, down: Down::Rows(rowspan), items, fill, first }),
        }
    }

    /// Counts a paragraph that stands at `bbox`.
    pub(super) fn place(&mut self, page: PageNumber, bbox: Rect) -> usize {
        self.regions.push(PageRegion { page, bbox });
        self.regions.len() - 1
    }
}

fn is_blank(item: &Item) -> bool {
    matches!(item, Item::Paragraph(paragraph) if paragraph.text.visible() == 0)
}

fn placeholder(shape: Element<'_>) -> Placeholder<'_> {
    let mark = shape.child("p:nvSpPr").and_then(|about| about.child("p:nvPr")).and_then(|about| about.child("p:ph"));
    let attribute = |name: &str| mark.and_then(|mark| mark.attribute(name));
    Placeholder { is: mark.is_some(), kind: attribute("type"), index: attribute("idx") }
}

/// The region that the layouts give to a placeholder.
fn inherited(wanted: Placeholder<'_>, layouts: &[Tree]) -> Option<Rect> {
    if !wanted.is {
        return None;
    }
    layouts.iter().filter_map(Tree::root).find_map(|root| {
        let shapes = || root.descendants().filter(|shape| shape.name() == "p:sp").map(|shape| (shape, placeholder(shape)));
        let by_index = || shapes().find(|(_, known)| known.is && wanted.index.is_some() && known.index == wanted.index);
        let by_kind = || shapes().find(|(_, known)| known.is && known.kind == wanted.kind);
        let (shape, _) = by_index().or_else(by_kind)?;
        Frame::SLIDE.region(shape.child("p:spPr")?.child("a:xfrm")?)
    })
}
