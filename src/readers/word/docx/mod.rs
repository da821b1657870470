//! Word documents in Office Open XML (ECMA-376 part 1, 17): `.docx`, `.docm` and their templates.
//!
//! `story` walks over the body and the other stories, `runs` over what stands in a paragraph, `table` over
//! tables; `styles`, `properties`, `numbering` and `fields` say what these mean. Text that was deleted under change tracking is
//! no content, what was inserted is.

mod fields;
mod numbering;
mod properties;
mod runs;
mod story;
mod styles;
mod table;

use rustc_hash::FxHashMap;

use crate::model::source::Source;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;
use crate::readers::word::blocks::Blocks;
use crate::readers::word::docx::fields::Fields;
use crate::readers::word::docx::numbering::Numbering;
use crate::readers::word::docx::properties::RunProperties;
use crate::readers::word::docx::story::Remark;
use crate::readers::word::docx::story::Story;
use crate::readers::word::docx::story::Tracked;
use crate::readers::word::docx::styles::Styles;
use crate::readers::word::notice;
use crate::readers::word::parts::Parts;
use crate::readers::word::parts::Relations;
use crate::readers::word::tree::Element;
use crate::readers::word::tree::Tree;

/// Reads a document.
pub(super) fn read(bytes: &[u8], limits: &Limits, budget: &mut Budget) -> Result<Source, ReadError> {
    let mut parts = Parts::open(bytes, limits)?;
    let (main, document) = parts.main("word/document.xml")?;
    let relations = parts.relations(&main)?;
    let styles = related(&mut parts, &relations, "styles")?;
    let styles = Styles::of(styles.as_ref().and_then(Tree::root));
    let numbering = related(&mut parts, &relations, "numbering")?;
    let mut numbering = Numbering::of(numbering.as_ref().and_then(Tree::root));
    let mut story = Story {
        styles: &styles,
        numbering: &mut numbering,
        fields: Fields::default(),
        tracked: Tracked::default(),
        paragraphs: 0,
        remarks: Vec::new(),
        furniture: Vec::new(),
        embedded: 0,
        base: RunProperties::default(),
    };
    let mut blocks = Blocks::new(budget);
    if let Some(root) = document.root() {
        let mut items = Vec::new();
        story.blocks(root.child("w:body").unwrap_or(root), &mut items);
        blocks.add(items, None)?;
    }
    let remarks = remarks(&mut parts, &relations, &mut story, &mut blocks)?;
    furniture(&mut parts, &relations, &mut story, &mut blocks)?;
    let (tracked, embedded) = (story.tracked, story.embedded);
    let (blocks, hidden) = blocks.finish();
    let notices = [
        notice::tracked(tracked.inserted, tracked.deleted),
        notice::remarks(remarks),
        notice::embedded(embedded),
        notice::hidden(hidden),
    ];
    let diagnostics = notices.into_iter().flatten().collect();
    Ok(Source { title: parts.title()?, blocks, diagnostics, ..Source::default() })
}

/// The part that the main part names as its `kind`.
fn related(parts: &mut Parts<'_, '_>, relations: &Relations, kind: &str) -> Result<Option<Tree>, ReadError> {
    match relations.of_kind(kind) {
        Some(part) => parts.tree(part),
        None => Ok(None),
    }
}

/// Reads footnotes and endnotes that the text refers to, and all comments; returns how many there are.
fn remarks(
    parts: &mut Parts<'_, '_>,
    relations: &Relations,
    story: &mut Story<'_>,
    blocks: &mut Blocks<'_>,
) -> Result<usize, ReadError> {
    let mut read = 0;
    let kinds = [
        (Remark::Footnote, "footnotes", "w:footnote"),
        (Remark::Endnote, "endnotes", "w:endnote"),
        (Remark::Comment, "comments", "w:comment"),
    ];
    for (kind, part, name) in kinds {
        let Some(tree) = related(parts, relations, part)? else { continue };
        let anchors: FxHashMap<String, usize> =
            story.remarks.iter().filter(|(known, ..)| *known == kind).map(|(_, id, at)| (id.clone(), *at)).collect();
        for remark in tree.root().into_iter().flat_map(Element::children).filter(|child| child.name() == name) {
            let anchor = remark.attribute("id").and_then(|id| anchors.get(id));
            if anchor.is_none() && kind != Remark::Comment {
                continue;
            }
            let mut items = Vec::new();
            story.fields = Fields::default();
            story.blocks(remark, &mut items);
            if let Some(anchor) = anchor {
                items.iter_mut().for_each(|item| item.place_at(*anchor));
            }
            read += 1;
            blocks.add(items, Some(TextKind::Note))?;
        }
    }
    Ok(read)
}

/// Reads page headers and footers, each once.
fn furniture(
    parts: &mut Parts<'_, '_>,
    relations: &Relations,
    story: &mut Story<'_>,
    blocks: &mut Blocks<'_>,
) -> Result<(), ReadError> {
    for id in std::mem::take(&mut story.furniture) {
        let Some((_, part)) = relations.get(&id) else { continue };
        let Some(tree) = parts.tree(part)? else { continue };
        let Some(root) = tree.root() else { continue };
        let mut items = Vec::new();
        story.fields = Fields::default();
        story.blocks(root, &mut items);
        blocks.add(items, Some(TextKind::Furniture))?;
    }
    Ok(())
}
