//! Word documents of 97 to 2003 (MS-DOC): `.doc` and `.dot`, in an OLE compound file.
//!
//! `fib` says where everything is, `text` puts the text together, `formatting` tells what holds for its bytes, `walk` makes
//! paragraphs and tables of it; `row`, `styles` and `fonts` say what properties mean, `summary` reads the title.

mod bytes;
mod fib;
mod fonts;
mod formatting;
mod row;
mod styles;
mod summary;
mod text;
mod walk;

use std::io::Cursor;
use std::io::Read;

use cfb::CompoundFile;

use crate::model::source::Source;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;
use crate::readers::word::blocks::Blocks;
use crate::readers::word::doc::fib::Fib;
use crate::readers::word::doc::fib::Part;
use crate::readers::word::doc::fib::Story;
use crate::readers::word::doc::formatting::Runs;
use crate::readers::word::doc::styles::Styles;
use crate::readers::word::doc::text::Text;
use crate::readers::word::doc::walk::Walk;
use crate::readers::word::notice;

/// Reads a document.
pub(super) fn read(bytes: &[u8], limits: &Limits, budget: &mut Budget) -> Result<Source, ReadError> {
    let damaged = |error: std::io::Error| ReadError::Damaged { what: "the document".to_owned(), detail: error.to_string() };
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let document = stream(&mut file, "WordDocument", limits)?;
    let fib = Fib::of(&document)?;
    let tables = stream(&mut file, fib.table_stream(), limits)?;
    let data = if file.is_stream("/Data") { stream(&mut file, "Data", limits)? } else { Vec::new() };
    let title = stream(&mut file, "\u{5}SummaryInformation", limits).ok().and_then(|stream| summary::title(&stream));
    let embedded = file.read_storage("/ObjectPool").map_or(0, Iterator::count);
    let mut walk = Walk {
        text: Text::of(&document, fib.part(Part::Text, &tables))?,
        characters: Runs::characters(&document, fib.part(Part::Characters, &tables)),
        paragraphs: Runs::paragraphs(&document, fib.part(Part::Paragraphs, &tables)),
        styles: Styles::of(fib.part(Part::Styles, &tables)),
        fonts: fonts::read(fib.part(Part::Fonts, &tables)),
        data: &data,
        count: 0,
        notes: Vec::new(),
        comments: Vec::new(),
        inserted: 0,
        deleted: 0,
    };
    let mut blocks = Blocks::new(budget);
    let remarks = stories(&fib, &fib.references(&tables), &mut walk, &mut blocks)?;
    let (blocks, hidden) = blocks.finish();
    let notices = [
        notice::tracked(walk.inserted, walk.deleted),
        notice::remarks(remarks),
        notice::embedded(embedded),
        notice::hidden(hidden),
    ];
    let diagnostics = notices.into_iter().flatten().collect();
    Ok(Source { title, blocks, diagnostics, ..Source::default() })
}

/// Reads the stories; `endnotes` says which references to notes are to endnotes. Returns how many remarks there are.
fn stories(fib: &Fib<'_>, endnotes: &[bool], walk: &mut Walk<'_>, blocks: &mut Blocks<'_>) -> Result<usize, ReadError> {
    let mut anchors = Anchors::default();
    let mut first = 0_u32;
    for story in Story::ALL {
        let end = first.saturating_add(fib.length(story));
        let count = walk.count;
        let (kind, about) = match story {
            Story::Main | Story::TextBoxes => (None, None),
            Story::Headers | Story::HeaderTextBoxes | Story::Macros => (Some(TextKind::Furniture), None),
            Story::Footnotes => (Some(TextKind::Note), Some((anchors.footnotes.as_slice(), '\u{2}'))),
            Story::Endnotes => (Some(TextKind::Note), Some((anchors.endnotes.as_slice(), '\u{2}'))),
            Story::Comments => (Some(TextKind::Note), Some((anchors.comments.as_slice(), '\u{5}'))),
        };
        let items = walk.story(first, end, about);
        blocks.add(items, kind)?;
        walk.count = walk.count.max(count);
        if story == Story::Main {
            anchors.take(walk, endnotes);
        }
        first = end;
    }
    Ok(anchors.footnotes.len() + anchors.endnotes.len() + anchors.comments.len())
}

/// The paragraphs that remarks are about.
#[derive(Default)]
struct Anchors {
    footnotes: Vec<usize>,
    endnotes: Vec<usize>,
    comments: Vec<usize>,
}

impl Anchors {
    fn take(&mut self, walk: &mut Walk<'_>, endnotes: &[bool]) {
        self.comments = std::mem::take(&mut walk.comments);
        for (index, paragraph) in std::mem::take(&mut walk.notes).into_iter().enumerate() {
            let endnote = endnotes.get(index).copied().unwrap_or(false);
            if endnote { &mut self.endnotes } else { &mut self.footnotes }.push(paragraph);
        }
    }
}

/// A stream of the file.
fn stream(file: &mut CompoundFile<Cursor<&[u8]>>, name: &str, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let damaged = |error: std::io::Error| ReadError::Damaged {
        what: format!("the stream {}", name.trim_start_matches('\u{5}')),
        detail: error.to_string(),
    };
    let mut bytes = Vec::new();
    let stream = file.open_stream(format!("/{name}")).map_err(damaged)?;
    stream.take(limits.max_bytes).read_to_end(&mut bytes).map_err(damaged)?;
    Ok(bytes)
}
