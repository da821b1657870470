//! The walk over a text (OpenDocument 1.3 part 3, 4 to 7): paragraphs, headings, lists, frames, notes.

use rustc_hash::FxHashSet;

use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::word::content::Item;
use crate::readers::word::content::Paragraph;
use crate::readers::word::odt::fields;
use crate::readers::word::odt::lists::Lists;
use crate::readers::word::odt::styles::Style;
use crate::readers::word::odt::styles::Styles;
use crate::readers::word::rich::Look;
use crate::readers::word::rich::Rich;
use crate::readers::word::symbols::SymbolFont;
use crate::readers::word::symbols::tick_box;
use crate::readers::word::tree::Element;
use crate::readers::word::tree::Node;

/// Most spaces that a `text:s` may stand for; no line is wider.
const WIDEST_SPACE: usize = 200;

/// Where the walk is in lists.
#[derive(Clone, Default)]
pub(super) struct Listed {
    style: Option<String>,
    /// Lists around, at least 1 in a list.
    depth: usize,
    /// The number that the next paragraph begins, with where it starts.
    pending: Option<Option<u32>>,
}

/// The walk, with what holds for all texts of a document.
pub(super) struct Story<'d, 'b> {
    pub(super) styles: &'d Styles,
    pub(super) lists: &'d mut Lists,
    /// Boxes of forms that are ticked, and those that are not.
    pub(super) ticked: FxHashSet<String>,
    pub(super) unticked: FxHashSet<String>,
    /// Takes what is repeated.
    pub(super) budget: &'b mut Budget,
    /// Paragraphs so far.
    pub(super) paragraphs: usize,
    /// Footnotes, endnotes and comments.
    pub(super) remarks: Vec<Item>,
    pub(super) remark_count: usize,
    pub(super) embedded: usize,
    /// Tracked insertions and deletions.
    pub(super) inserted: usize,
    pub(super) deleted: usize,
    /// Whether the walk is in a table of contents.
    contents: bool,
}

/// What is collected of a paragraph.
struct Inside {
    text: Rich,
    look: Look,
    font: Option<SymbolFont>,
    beside: Vec<Item>,
}

impl<'d, 'b> Story<'d, 'b> {
    pub(super) fn new(styles: &'d Styles, lists: &'d mut Lists, budget: &'b mut Budget) -> Self {
        Self {
            styles,
            lists,
            ticked: FxHashSet::default(),
            unticked: FxHashSet::default(),
            budget,
            paragraphs: 0,
            remarks: Vec::new(),
            remark_count: 0,
            embedded: 0,
            inserted: 0,
            deleted: 0,
            contents: false,
        }
    }

    /// Reads the blocks that stand in `parent`.
    pub(super) fn blocks(&mut self, parent: Element<'_>, items: &mut Vec<Item>) -> Result<(), ReadError> {
        self.blocks_in(parent, &mut Listed::default(), items)
    }

    fn blocks_in(&mut self, parent: Element<'_>, listed: &mut Listed, items: &mut Vec<Item>) -> Result<(), ReadError> {
        for child in parent.children() {
            match child.name() {
                "text:p" | "text:h" => self.paragraph(child, listed, items)?,
                "text:list" => self.list(child, listed, items)?,
                "table:table" => {
                    let table = self.table(child)?;
                    items.push(Item::Table(table));
                }
                "text:tracked-changes" => self.tracked(child),
                "text:table-of-content" | "text:illustration-index" | "text:table-index" | "text:alphabetical-index" => {
                    let outer = std::mem::replace(&mut self.contents, true);
                    for body in child.children().filter(|part| part.name() == "text:index-body") {
                        self.blocks_in(body, listed, items)?;
                    }
                    self.contents = outer;
                }
                "office:forms" => self.forms(child),
                "text:section" if child.attribute("display") == Some("none") => {}
                "draw:frame"
                | "draw:g"
                | "draw:custom-shape"
                | "draw:rect"
                | "draw:text-box"
                | "text:section"
                | "text:index-title"
                | "text:index-body"
                | "text:numbered-paragraph"
                | "draw:a" => {
                    self.blocks_in(child, listed, items)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn list(&mut self, list: Element<'_>, outer: &Listed, items: &mut Vec<Item>) -> Result<(), ReadError> {
        let style = list.attribute("style-name").map(str::to_owned).or_else(|| outer.style.clone());
        let goes_on = list.attribute("continue-numbering") == Some("true") || list.attribute("continue-list").is_some();
        if let Some(style) = style.as_deref().filter(|_| outer.depth == 0 && !goes_on) {
            self.lists.restart(style);
        }
        for entry in list.children() {
            let begins = entry.name() == "text:list-item";
            let start = entry.attribute("start-value").and_then(|start| start.parse().ok());
            let mut listed = Listed { style: style.clone(), depth: outer.depth + 1, pending: begins.then_some(start) };
            self.blocks_in(entry, &mut listed, items)?;
        }
        Ok(())
    }

    fn paragraph(&mut self, element: Element<'_>, listed: &mut Listed, items: &mut Vec<Item>) -> Result<(), ReadError> {
        let number = self.paragraphs;
        self.paragraphs += 1;
        let style = self.styles.get("paragraph", element);
        let look = style.map(|style| style.look(Look::default())).unwrap_or_default();
        let font = style.and_then(Style::font);
        let mut inside = Inside { text: Rich::default(), look, font, beside: Vec::new() };
        self.inline(element, &mut inside)?;
        let (kind, label) = self.kind(element, style, listed, inside.text.visible() > 0);
        let mut text = inside.text;
        if let Some(label) = label.filter(|label| !label.is_empty()) {
            text.put_in_front(&format!("{label} "));
        }
        items.push(Item::Paragraph(Paragraph { kind, text, number }));
        items.append(&mut inside.beside);
        Ok(())
    }

    /// What a paragraph is, and the number that is printed in front of it.
    fn kind(
        &mut self,
        element: Element<'_>,
        style: Option<&Style>,
        listed: &mut Listed,
        filled: bool,
    ) -> (TextKind, Option<String>) {
        if self.contents {
            return (TextKind::Furniture, None);
        }
        let told = element.attribute("outline-level").and_then(|level| level.parse::<u8>().ok());
        let level =
            told.filter(|_| element.name() == "text:h").or(style.and_then(|style| style.outline)).filter(|level| *level > 0);
        let unnumbered = element.attribute("is-list-header") == Some("true") || !filled;
        if let Some(level) = level {
            let label = if unnumbered { None } else { self.lists.heading(level) };
            let own = listed.pending.take();
            let listed = || self.lists.next(listed.style.as_deref()?, listed.depth.saturating_sub(1), own?);
            return (TextKind::Heading(level.min(9)), label.filter(|label| !label.is_empty()).or_else(listed));
        }
        if style.is_some_and(|style| style.title) || element.attribute("style-name") == Some("Title") {
            return (TextKind::Heading(1), None);
        }
        if listed.depth == 0 {
            return (TextKind::Paragraph, None);
        }
        let style = listed.style.clone().or_else(|| style.and_then(|style| style.list.clone()));
        let label = listed.pending.take().and_then(|start| self.lists.next(style.as_deref()?, listed.depth - 1, start));
        (TextKind::ListItem, label)
    }

    fn inline(&mut self, parent: Element<'_>, inside: &mut Inside) -> Result<(), ReadError> {
        for node in parent.nodes() {
            match node {
                Node::Text(text) => match inside.font {
                    Some(font) => inside.text.push_collapsed(&font.text(text), inside.look),
                    None => inside.text.push_collapsed(text, inside.look),
                },
                Node::Element(element) => self.inline_element(element, inside)?,
            }
        }
        Ok(())
    }

    fn inline_element(&mut self, element: Element<'_>, inside: &mut Inside) -> Result<(), ReadError> {
        let look = inside.look;
        match element.name() {
            "text:s" => {
                let count = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                inside.text.push(&" ".repeat(count.min(WIDEST_SPACE)), look);
            }
            "text:tab" => inside.text.push("\t", look),
            "text:line-break" => inside.text.push("\n", look),
            "text:note" => {
                if let Some(body) = element.child("text:note-body") {
                    self.remark(body)?;
                }
            }
            "office:annotation" => self.remark(element)?,
            "draw:control" => {
                let id = element.attribute("control").unwrap_or_default();
                if self.ticked.contains(id) || self.unticked.contains(id) {
                    inside.text.push(tick_box(self.ticked.contains(id)), look);
                }
            }
            "field:fieldmark" | "field:fieldmark-start" => {
                if let Some(shown) = fields::shown(element) {
                    inside.text.push(&shown, look);
                }
            }
            "draw:object" | "draw:object-ole" => self.embedded += 1,
            "draw:frame" | "draw:g" | "draw:custom-shape" | "draw:rect" | "draw:text-box" => self.beside(element, inside)?,
            "text:placeholder" | "text:ruby-text" | "text:label" | "svg:title" | "svg:desc" | "office:annotation-end" => {}
            "text:hidden-text" | "text:hidden-paragraph" if element.attribute("is-hidden") == Some("true") => {}
            _ if element.attribute("showing-place-holder") == Some("true") => {}
            _ => {
                let before = inside.text.visible();
                let style = self.styles.get("text", element);
                let (outer, font) = (inside.look, inside.font);
                inside.look = style.map_or(outer, |style| style.look(outer));
                inside.font = style.and_then(Style::font).or(font);
                self.inline(element, inside)?;
                (inside.look, inside.font) = (outer, font);
                if let Some(ticked) = fields::ticked(element).filter(|_| inside.text.visible() == before) {
                    inside.text.push(tick_box(ticked), outer);
                }
            }
        }
        Ok(())
    }

    /// What is set beside the text: boxes, and pictures that have none.
    fn beside(&mut self, element: Element<'_>, inside: &mut Inside) -> Result<(), ReadError> {
        let objects = element.children().filter(|child| matches!(child.name(), "draw:object" | "draw:object-ole")).count();
        self.embedded += objects.min(1);
        self.blocks(element, &mut inside.beside)
    }

    /// A footnote, endnote or comment; it stands at the paragraph that it is about.
    fn remark(&mut self, element: Element<'_>) -> Result<(), ReadError> {
        let here = self.paragraphs.saturating_sub(1);
        let mut items = Vec::new();
        self.blocks(element, &mut items)?;
        self.paragraphs = here + 1;
        items.iter_mut().for_each(|item| item.place_at(here));
        self.remark_count += 1;
        self.remarks.append(&mut items);
        Ok(())
    }

    fn tracked(&mut self, changes: Element<'_>) {
        for change in changes.children() {
            let deletion = change.child("text:deletion").filter(|deletion| deletion.descendants().any(|p| p.name() == "text:p"));
            self.deleted += usize::from(deletion.is_some());
            self.inserted += usize::from(change.child("text:insertion").is_some());
        }
    }

    fn forms(&mut self, forms: Element<'_>) {
        for form in forms.descendants().filter(|form| form.name() == "form:checkbox") {
            let ticked = form.attribute("current-state").or(form.attribute("state")) == Some("checked");
            let boxes = if ticked { &mut self.ticked } else { &mut self.unticked };
            boxes.extend(form.attribute("id").map(str::to_owned));
        }
    }
}
