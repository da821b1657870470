//! Presentations in Office Open XML (ECMA-376 part 1, 19): `.pptx`, `.pptm` and shows.
//!
//! `slide` walks over the shapes of a slide, `text` reads their text, `geometry` says where they stand. A slide is a page; its
//! title is a heading, notes and comments are remarks.

mod geometry;
mod slide;
mod text;

use crate::model::location::PageNumber;
use crate::model::location::Rect;
use crate::model::source::Source;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;
use crate::readers::word::blocks::Blocks;
use crate::readers::word::content::Item;
use crate::readers::word::content::Paragraph;
use crate::readers::word::notice;
use crate::readers::word::parts::Parts;
use crate::readers::word::parts::Relations;
use crate::readers::word::pptx::geometry::Frame;
use crate::readers::word::pptx::slide::Deck;
use crate::readers::word::pptx::slide::Slide;
use crate::readers::word::pptx::text::Numbers;
use crate::readers::word::rich::Look;
use crate::readers::word::rich::Rich;
use crate::readers::word::tree::Element;
use crate::readers::word::tree::Tree;

/// Reads a presentation.
pub(super) fn read(bytes: &[u8], limits: &Limits, budget: &mut Budget) -> Result<Source, ReadError> {
    let mut parts = Parts::open(bytes, limits)?;
    let (main, presentation) = parts.main("ppt/presentation.xml")?;
    let relations = parts.relations(&main)?;
    let mut deck = Deck::default();
    let mut slides = Vec::new();
    let root = presentation.root();
    let size = root.and_then(|root| root.child("p:sldSz"));
    let side = |name: &str| geometry::points(size.and_then(|size| size.attribute(name)));
    let whole = Rect { x0: 0.0, y0: 0.0, x1: geometry::rounded(side("cx")), y1: geometry::rounded(side("cy")) };
    let list = root.and_then(|root| root.child("p:sldIdLst"));
    let ids = list.into_iter().flat_map(Element::children).filter_map(|slide| slide.attribute("r:id"));
    for (index, (_, part)) in ids.filter_map(|id| relations.get(id)).enumerate() {
        slides.push(read_slide(&mut parts, part, (PageNumber::from_index(index), whole), &mut deck)?);
    }
    let count = slides.iter().map(|slide| slide.remarks.len()).sum();
    let mut blocks = Blocks::on_slides(budget, deck.regions);
    for slide in slides {
        blocks.add(slide.items, None)?;
        blocks.add(slide.remarks, Some(TextKind::Note))?;
    }
    let (blocks, _) = blocks.finish();
    let diagnostics = [notice::remarks(count), notice::embedded(deck.embedded)].into_iter().flatten().collect();
    Ok(Source { title: parts.title()?, blocks, diagnostics, ..Source::default() })
}

/// What stands on a slide, and what is remarked on it.
struct Content {
    items: Vec<Item>,
    remarks: Vec<Item>,
}

fn read_slide(
    parts: &mut Parts<'_, '_>,
    part: &str,
    (page, whole): (PageNumber, Rect),
    deck: &mut Deck,
) -> Result<Content, ReadError> {
    let mut content = Content { items: Vec::new(), remarks: Vec::new() };
    let Some(tree) = parts.tree(part)? else { return Ok(content) };
    let relations = parts.relations(part)?;
    let layouts = layouts(parts, &relations)?;
    let hidden = tree.root().and_then(|root| root.attribute("show")).is_some_and(|show| matches!(show, "0" | "false"));
    let slide = Slide { page, whole, layouts: &layouts, hidden };
    if let Some(shapes) = shapes(&tree) {
        deck.shapes(shapes, Frame::SLIDE, slide, &mut content.items);
    }
    for id in std::mem::take(&mut deck.diagrams) {
        let Some((_, data)) = relations.get(&id) else { continue };
        if let Some(data) = parts.tree(data)? {
            paragraphs(&data, "dgm:pt", TextKind::ListItem, slide, deck, &mut content.items);
        }
    }
    if let Some(notes) = relations.of_kind("notesSlide")
        && let Some(notes) = parts.tree(notes)?
    {
        paragraphs(&notes, "p:sp", TextKind::Note, slide, deck, &mut content.remarks);
    }
    for comments in relations.all_of_kind("comments") {
        if let Some(comments) = parts.tree(comments)? {
            for comment in comments.root().into_iter().flat_map(Element::descendants).filter(|text| text.name() == "p:text") {
                let mut text = Rich::default();
                text.push(&comment.text(), Look::default());
                let number = deck.place(page, whole);
                content.remarks.push(Item::Paragraph(Paragraph { kind: TextKind::Note, text, number }));
            }
        }
    }
    content.remarks.retain(|item| !matches!(item, Item::Paragraph(paragraph) if paragraph.text.visible() == 0));
    Ok(content)
}

/// The slide's layout, and the master that that is based on.
fn layouts(parts: &mut Parts<'_, '_>, slide: &Relations) -> Result<Vec<Tree>, ReadError> {
    let mut found = Vec::new();
    let Some(layout) = slide.of_kind("slideLayout") else { return Ok(found) };
    found.extend(parts.tree(layout)?);
    if let Some(master) = parts.relations(layout)?.of_kind("slideMaster") {
        found.extend(parts.tree(master)?);
    }
    Ok(found)
}

fn shapes(tree: &Tree) -> Option<Element<'_>> {
    tree.root()?.child("p:cSld")?.child("p:spTree")
}

/// Reads the paragraphs in the elements `name` of a part; those of notes are in the body of the page of notes.
fn paragraphs(tree: &Tree, name: &str, kind: TextKind, slide: Slide<'_>, deck: &mut Deck, items: &mut Vec<Item>) {
    let is_text = |element: &Element<'_>| {
        let place = element.child("p:nvSpPr").and_then(|about| about.child("p:nvPr")).and_then(|about| about.child("p:ph"));
        place.is_none_or(|place| !matches!(place.attribute("type"), Some("sldNum" | "sldImg" | "dt" | "ftr" | "hdr")))
    };
    let elements = tree.root().into_iter().flat_map(Element::descendants).filter(|element| element.name() == name);
    for element in elements.filter(is_text) {
        let mut numbers = Numbers::default();
        for paragraph in element.descendants().filter(|paragraph| paragraph.name() == "a:p") {
            let text = text::paragraph(paragraph, &mut numbers).text;
            let number = deck.place(slide.page, slide.whole);
            items.push(Item::Paragraph(Paragraph { kind, text, number }));
        }
    }
}
