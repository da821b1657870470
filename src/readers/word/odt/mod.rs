//! Text documents of OpenDocument (1.3 part 3): `.odt` and `.ott`.
//!
//! `story` walks over the text, `table` over tables; `styles` and `lists` say what these mean. What was deleted under change
//! tracking stands apart in the file and is no content.

mod fields;
mod lists;
mod story;
mod styles;
mod table;

use crate::model::diagnostic::Diagnostic;
use crate::model::source::Source;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;
use crate::readers::word::blocks::Blocks;
use crate::readers::word::notice;
use crate::readers::word::odt::lists::Lists;
use crate::readers::word::odt::story::Story;
use crate::readers::word::odt::styles::Styles;
use crate::readers::word::parts::Parts;
use crate::readers::word::title;
use crate::readers::word::tree::Element;
use crate::readers::word::tree::Tree;

/// Reads a document.
pub(super) fn read(bytes: &[u8], limits: &Limits, budget: &mut Budget) -> Result<Source, ReadError> {
    let mut parts = Parts::open(bytes, limits)?;
    let content = parts.needed("content.xml")?;
    let styles = parts.tree("styles.xml")?;
    let meta = parts.tree("meta.xml")?;
    let roots: Vec<Element<'_>> = styles.iter().chain([&content]).filter_map(Tree::root).collect();
    let told = Styles::of(&roots);
    let mut lists = Lists::of(&roots);
    let mut story = Story::new(&told, &mut lists, budget);
    let mut body = Vec::new();
    let text = content.root().and_then(|root| root.child("office:body")).and_then(|body| body.children().next());
    if let Some(text) = text {
        story.blocks(text, &mut body)?;
    }
    let remarks = std::mem::take(&mut story.remarks);
    let mut furniture = Vec::new();
    for page in pages(styles.as_ref()) {
        story.blocks(page, &mut furniture)?;
    }
    furniture.append(&mut story.remarks);
    let found = (story.inserted, story.deleted, story.remark_count, story.embedded);
    let mut blocks = Blocks::new(budget);
    blocks.add(body, None)?;
    blocks.add(remarks, Some(TextKind::Note))?;
    blocks.add(furniture, Some(TextKind::Furniture))?;
    let (blocks, hidden) = blocks.finish();
    let (inserted, deleted, remarks, embedded) = found;
    let diagnostics: Vec<Diagnostic> =
        [notice::tracked(inserted, deleted), notice::remarks(remarks), notice::embedded(embedded), notice::hidden(hidden)]
            .into_iter()
            .flatten()
            .collect();
    let title =
        meta.as_ref().and_then(Tree::root).and_then(|root| root.child("office:meta")).and_then(|meta| meta.child("dc:title"));
    let title = title.and_then(|title| title::told(&title.text()));
    Ok(Source { title, blocks, diagnostics, ..Source::default() })
}

/// The page headers and footers of a document (16.9 to 16.15).
fn pages(styles: Option<&Tree>) -> impl Iterator<Item = Element<'_>> {
    let masters = styles.and_then(Tree::root).and_then(|root| root.child("office:master-styles"));
    let pages = masters.into_iter().flat_map(Element::children).flat_map(Element::children);
    pages.filter(|part| part.name().starts_with("style:header") || part.name().starts_with("style:footer"))
}
