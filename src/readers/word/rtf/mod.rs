//! Rich text (RTF specification 1.9.1).
//!
//! `lexer` cuts the bytes into words, `control` says what control words mean, `reader` keeps what they do to characters and
//! paragraphs, `table` what they do to rows; `state` is what groups inherit, `charset` tells code pages, `field` form fields.

pub(super) mod charset;
mod control;
mod field;
mod lexer;
mod reader;
mod state;
mod table;

use crate::model::source::Source;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;
use crate::readers::word::blocks::Blocks;
use crate::readers::word::notice;
use crate::readers::word::rtf::lexer::Lexer;
use crate::readers::word::rtf::reader::Reader;
use crate::readers::word::title;

/// Reads a document.
pub(super) fn read(bytes: &[u8], limits: &Limits, budget: &mut Budget) -> Result<Source, ReadError> {
    let mut reader = Reader::new();
    for token in Lexer::new(bytes) {
        reader.take(token);
        if reader.depth() as u64 > u64::from(limits.max_depth) {
            return Err(ReadError::TooLarge {
                what: "the document",
                found: reader.depth() as u64,
                limit: u64::from(limits.max_depth),
                unit: "groups inside each other",
                line: None,
                remedy: "save it again in the program that made it, or raise the limit with --max-depth",
            });
        }
    }
    let body = reader.finish();
    let mut blocks = Blocks::new(budget);
    blocks.add(body, None)?;
    blocks.add(reader.remarks, Some(TextKind::Note))?;
    blocks.add(reader.furniture, Some(TextKind::Furniture))?;
    let (blocks, hidden) = blocks.finish();
    let notices = [
        notice::tracked(reader.inserted, reader.deleted),
        notice::remarks(reader.remark_count),
        notice::embedded(reader.embedded),
        notice::hidden(hidden),
    ];
    let diagnostics = notices.into_iter().flatten().collect();
    Ok(Source { title: title::told(&reader.title), blocks, diagnostics, ..Source::default() })
}
