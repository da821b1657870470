//! The walk over a story of a document (its body, a header, a note): paragraphs and tables, through the wrappers around them.

use crate::model::source::TextKind;
use crate::readers::word::content::Item;
use crate::readers::word::content::Paragraph;
use crate::readers::word::docx::fields::Fields;
use crate::readers::word::docx::numbering::Numbering;
use crate::readers::word::docx::properties::RunProperties;
use crate::readers::word::docx::runs;
use crate::readers::word::docx::runs::Inside;
use crate::readers::word::docx::styles::Role;
use crate::readers::word::docx::styles::Style;
use crate::readers::word::docx::styles::Styles;
use crate::readers::word::tree::Element;

/// A remark that stands elsewhere than what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    Footnote,
    Endnote,
    Comment,
}

/// What was done under change tracking.
#[derive(Debug, Default)]
pub(super) struct Tracked {
    /// Insertions, which are read.
    pub(super) inserted: usize,
    /// Deletions that hold text, which are not.
    pub(super) deleted: usize,
}

impl Tracked {
    /// Counts what is left out.
    pub(super) fn removed(&mut self, element: Element<'_>) {
        let holds_text = element.descendants().any(|inner| matches!(inner.name(), "w:t" | "w:delText" | "w:sym"));
        self.deleted += usize::from(holds_text);
    }
}

/// The walk, with what holds for all stories of a document.
pub(super) struct Story<'d> {
    pub(super) styles: &'d Styles,
    pub(super) numbering: &'d mut Numbering,
    pub(super) fields: Fields,
    pub(super) tracked: Tracked,
    /// Paragraphs so far.
    pub(super) paragraphs: usize,
    /// Remarks that were referred to: what, its id, and the paragraph.
    pub(super) remarks: Vec<(Remark, String, usize)>,
    /// Ids of the relationships to page headers and footers, in order.
    pub(super) furniture: Vec<String>,
    /// Embedded documents.
    pub(super) embedded: usize,
    /// What the table around says of the runs in it.
    pub(super) base: RunProperties,
}

impl Story<'_> {
    /// Reads the blocks that stand in `parent`.
    pub(super) fn blocks(&mut self, parent: Element<'_>, items: &mut Vec<Item>) {
        let mut carried = None;
        self.blocks_on(parent, items, &mut carried);
        items.extend(carried.map(Item::Paragraph));
    }

    /// `carried` is a paragraph whose end was deleted under change tracking: the next one goes on it.
    fn blocks_on(&mut self, parent: Element<'_>, items: &mut Vec<Item>, carried: &mut Option<Paragraph>) {
        for child in parent.children() {
            match child.name() {
                "w:p" => self.paragraph(child, items, carried),
                "w:tbl" => {
                    items.extend(carried.take().map(Item::Paragraph));
                    let table = self.table(child);
                    items.push(Item::Table(table));
                }
                "w:sdt" => {
                    if let Some(content) = runs::shown_content(child) {
                        self.blocks_on(content, items, carried);
                    }
                }
                "w:customXml" | "w:smartTag" => self.blocks_on(child, items, carried),
                "w:ins" | "w:moveTo" => {
                    self.tracked.inserted += 1;
                    self.blocks_on(child, items, carried);
                }
                "w:del" | "w:moveFrom" => self.tracked.removed(child),
                "mc:AlternateContent" => {
                    if let Some(chosen) = runs::chosen(child) {
                        self.blocks_on(chosen, items, carried);
                    }
                }
                "w:sectPr" => self.section(child),
                "w:altChunk" => self.embedded += 1,
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, element: Element<'_>, items: &mut Vec<Item>, carried: &mut Option<Paragraph>) {
        let number = self.paragraphs;
        self.paragraphs += 1;
        let properties = element.child("w:pPr");
        let id = properties.and_then(|properties| properties.value("w:pStyle"));
        let style = self.styles.paragraph(id);
        let mut inside = Inside::default();
        self.inline(element, style.run.over(self.base), &mut inside);
        let list = self.list(properties, &style, id);
        let mark = properties.and_then(|properties| properties.child("w:rPr"));
        let end_deleted = mark.is_some_and(|mark| mark.child("w:del").is_some() || mark.child("w:moveFrom").is_some());
        let label = list.as_ref().filter(|_| !end_deleted).and_then(|(list, level)| self.numbering.next(list, *level));
        let outline = properties.and_then(|properties| properties.value("w:outlineLvl")).and_then(|level| level.parse().ok());
        let kind = kind(&style, outline, label.is_some());
        let mut paragraph = Paragraph { kind, text: inside.text, number };
        if let Some(before) = carried.take() {
            let after = std::mem::replace(&mut paragraph.text, before.text);
            paragraph.text.join(&after);
            paragraph.number = before.number;
        }
        if let Some(label) = label.filter(|label| !label.is_empty()) {
            paragraph.text.put_in_front(&format!("{label} "));
        }
        if let Some(section) = properties.and_then(|properties| properties.child("w:sectPr")) {
            self.section(section);
        }
        if end_deleted {
            *carried = Some(paragraph);
        } else {
            items.push(Item::Paragraph(paragraph));
        }
        items.append(&mut inside.boxes);
    }

    /// The list that a paragraph belongs to, and its level in that.
    fn list(&self, properties: Option<Element<'_>>, style: &Style, id: Option<&str>) -> Option<(String, u8)> {
        let own = properties.and_then(|properties| properties.child("w:numPr"));
        let list = own.and_then(|own| own.value("w:numId")).or(style.list.as_deref()).filter(|list| *list != "0")?;
        let told = own.and_then(|own| own.value("w:ilvl")).and_then(|level| level.parse().ok());
        let linked = || id.and_then(|id| self.numbering.level_of(list, id));
        Some((list.to_owned(), told.or_else(linked).or(style.level).unwrap_or(0)))
    }

    fn section(&mut self, section: Element<'_>) {
        for part in section.children().filter(|child| matches!(child.name(), "w:headerReference" | "w:footerReference")) {
            self.furniture.extend(part.attribute("r:id").map(str::to_owned).filter(|id| !self.furniture.contains(id)));
        }
    }

    /// Notes that a remark is referred to here.
    pub(super) fn remark(&mut self, reference: Element<'_>, remark: Remark) {
        let here = self.paragraphs.saturating_sub(1);
        self.remarks.extend(reference.attribute("id").map(|id| (remark, id.to_owned(), here)));
    }
}

fn kind(style: &Style, outline: Option<u8>, listed: bool) -> TextKind {
    match (style.role, outline.or(style.outline)) {
        (Role::Title, _) => TextKind::Heading(1),
        (Role::Contents, _) => TextKind::Furniture,
        (Role::Body, Some(level)) if level < 9 => TextKind::Heading(level + 1),
        (Role::Body, _) if listed => TextKind::ListItem,
        (Role::Body, _) => TextKind::Paragraph,
    }
}
