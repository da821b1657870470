//! Markdown: headings, paragraphs, list items, pipe tables, and HTML tables inside it.
//!
//! pulldown-cmark tells the blocks and where they stand. What `CommonMark` would lose is taken from the source: cells beyond
//! the header's, numbers of list items, reference definitions. Paragraphs that hold tabs or pipes are read as plain text.

mod regions;
mod table;

use pulldown_cmark::CodeBlockKind;
use pulldown_cmark::Event;
use pulldown_cmark::HeadingLevel;
use pulldown_cmark::Options;
use pulldown_cmark::Parser;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;

use std::ops::Range;

use crate::model::location::Place;
use crate::model::source::Block;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::html;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;
use crate::readers::markdown::regions::Lines;
use crate::readers::markdown::regions::Tables;
use crate::readers::markdown::table::Table;
use crate::readers::markup;
use crate::readers::tags::Stripper;
use crate::readers::text;
use crate::readers::text::prose;

/// A document as it was read.
pub(super) struct Page {
    /// The `title` of its front matter.
    pub(super) title: Option<String>,
    /// Its blocks.
    pub(super) blocks: Vec<Block>,
}

/// Reads a document.
pub(super) fn read(source: &str, limits: &Limits, budget: &mut Budget) -> Result<Page, ReadError> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut walk = Walk {
        source,
        lines: Lines::of(source),
        html_tables: Tables::of(source),
        limits,
        budget,
        page: Page { title: None, blocks: Vec::new() },
        inline: Inline::default(),
        kind: None,
        items: Vec::new(),
        table: None,
        taken: 0..0,
        seen: 0,
        depth: 0,
    };
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        walk.event(event, &range)?;
    }
    walk.end_block()?;
    walk.between(source.len())?;
    Ok(walk.page)
}

/// Text of a block in the making.
#[derive(Default)]
struct Inline {
    stripper: Stripper,
    range: Option<Range<usize>>,
}

impl Inline {
    fn reach(&mut self, range: &Range<usize>) {
        let known = self.range.get_or_insert(range.clone());
        known.end = known.end.max(range.end);
    }
}

struct Walk<'a, 'b> {
    source: &'a str,
    lines: Lines,
    html_tables: Tables,
    limits: &'a Limits,
    budget: &'b mut Budget,
    page: Page,
    inline: Inline,
    /// What the open block is; none between blocks and for the text of a tight list item.
    kind: Option<TextKind>,
    /// The marks of the open list items, until they are written.
    items: Vec<Option<&'a str>>,
    table: Option<Table>,
    /// Part of the source that was read by another reader.
    taken: Range<usize>,
    /// End of the outermost blocks so far.
    seen: usize,
    /// Open blocks and containers.
    depth: usize,
}

impl Walk<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: &Range<usize>) -> Result<(), ReadError> {
        if self.taken.contains(&range.start) {
            return Ok(());
        }
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) | Event::Code(text) => {
                self.text(&text, range);
                Ok(())
            }
            Event::InlineHtml(html) => {
                self.inline.reach(range);
                if self.inline.stripper.mark(&html) == 0 {
                    self.inline.stripper.text(&html);
                }
                Ok(())
            }
            Event::SoftBreak | Event::HardBreak => {
                self.inline.stripper.end_line(true);
                Ok(())
            }
            Event::Rule if self.depth == 0 => self.outermost(range),
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        self.inline.reach(range);
        for (part, text) in text.split('\u{a0}').enumerate() {
            if part > 0 {
                self.inline.stripper.text(" ");
            }
            self.inline.stripper.text(text);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) -> Result<(), ReadError> {
        match tag {
            Tag::Strong => self.inline.stripper.bold(false),
            Tag::Strikethrough => self.inline.stripper.struck(false),
            Tag::Emphasis => self.inline.stripper.italic(false),
            Tag::Link { .. } | Tag::Image { .. } | Tag::TableCell => {}
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.start_row();
                }
            }
            _ => {
                self.end_block()?;
                if self.depth == 0 {
                    self.outermost(range)?;
                }
                self.start_block(tag, range)?;
            }
        }
        Ok(())
    }

    fn start_block(&mut self, tag: &Tag<'_>, range: &Range<usize>) -> Result<(), ReadError> {
        let paragraph = if self.items.is_empty() { TextKind::Paragraph } else { TextKind::ListItem };
        match tag {
            Tag::Paragraph if regions::is_plain_table(self.slice(range)) => return self.plain(range),
            Tag::Paragraph if self.items.is_empty() && regions::is_line_by_line(self.slice(range)) => return self.plain(range),
            Tag::HtmlBlock => return self.html(range),
            Tag::CodeBlock(kind) => return self.code(kind, range),
            Tag::MetadataBlock(_) => return self.metadata(range),
            Tag::Heading { level, .. } => self.kind = Some(TextKind::Heading(number(*level))),
            Tag::Paragraph => self.kind = Some(paragraph),
            Tag::Item => self.items.push(regions::list_number(self.source.get(range.clone()).unwrap_or_default())),
            Tag::Table(alignments) => self.table = Some(Table::new(alignments.len())),
            _ => {}
        }
        self.depth += 1;
        Ok(())
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) -> Result<(), ReadError> {
        match tag {
            TagEnd::Strong => self.inline.stripper.bold(true),
            TagEnd::Strikethrough => self.inline.stripper.struck(true),
            TagEnd::Emphasis => self.inline.stripper.italic(true),
            TagEnd::Link | TagEnd::Image => {}
            TagEnd::TableCell => {
                let (cleaned, range) = self.take();
                if let Some(table) = &mut self.table {
                    table.cell(cleaned, range.map(|range| self.lines.of_range(self.source, &range)));
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let line = self.lines.at(range.start);
                let source = self.source.get(range.clone()).unwrap_or_default();
                if let Some(table) = &mut self.table {
                    let cells = table.end_row(source, line, tag == TagEnd::TableHead);
                    self.budget.spend(cells + 1, line)?;
                }
            }
            _ => {
                self.end_block()?;
                self.depth = self.depth.saturating_sub(1);
                match tag {
                    TagEnd::Item => self.bare_number(range)?,
                    TagEnd::Table => self.page.blocks.extend(self.table.take().and_then(Table::end)),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Ends a list item; one that holds only its number keeps that.
    fn bare_number(&mut self, range: &Range<usize>) -> Result<(), ReadError> {
        let Some(number) = self.items.pop().flatten() else { return Ok(()) };
        let line = self.lines.at(range.start);
        self.budget.spend(1, line)?;
        let text = number.to_owned();
        self.page.blocks.push(Block::Text(TextBlock { kind: TextKind::ListItem, text, place: Place::line(line) }));
        Ok(())
    }

    /// A block that stands in no other: what is between it and the one before was given by no event.
    fn outermost(&mut self, range: &Range<usize>) -> Result<(), ReadError> {
        self.between(range.start)?;
        self.seen = self.seen.max(range.end);
        Ok(())
    }

    /// Reference definitions between the last outermost block and `end`.
    fn between(&mut self, end: usize) -> Result<(), ReadError> {
        let Some(gap) = self.source.get(self.seen..end) else { return Ok(()) };
        for (offset, line) in gap.split('\n').enumerate() {
            let line = line.trim();
            if line.chars().any(char::is_alphanumeric) {
                let index = self.lines.at(self.seen) + offset;
                self.budget.spend(1, index)?;
                self.page.blocks.extend(prose::block(line, Place::line(index)));
            }
        }
        self.seen = end;
        Ok(())
    }

    fn take(&mut self) -> (markup::Cleaned, Option<Range<usize>>) {
        let Inline { stripper, range } = std::mem::take(&mut self.inline);
        let (text, coverage) = stripper.finish();
        (markup::finish(text, coverage), range)
    }

    fn end_block(&mut self) -> Result<(), ReadError> {
        let (cleaned, range) = self.take();
        let in_item = if self.items.is_empty() { TextKind::Paragraph } else { TextKind::ListItem };
        let kind = self.kind.take().unwrap_or(in_item);
        let number = self.items.last_mut().and_then(Option::take);
        let Some(range) = range.filter(|_| !cleaned.text.is_empty()) else {
            if let (Some(number), Some(item)) = (number, self.items.last_mut()) {
                *item = Some(number);
            }
            return Ok(());
        };
        let text = number.map_or_else(|| cleaned.text.clone(), |number| format!("{number} {}", cleaned.text));
        let (first, last) = self.lines.of_range(self.source, &range);
        self.budget.spend(1, last)?;
        self.page.blocks.push(Block::Text(TextBlock { kind, text, place: Place::lines(first, last) }));
        Ok(())
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.source.get(range.clone()).unwrap_or_default()
    }

    /// Reads a paragraph as plain text: it holds a table that is none of Markdown's, or lines that are texts of their own.
    fn plain(&mut self, range: &Range<usize>) -> Result<(), ReadError> {
        self.taken = range.clone();
        let blocks = text::read(self.source.get(range.clone()).unwrap_or_default(), self.lines.at(range.start), self.budget)?;
        self.page.blocks.extend(blocks);
        Ok(())
    }

    /// Reads an HTML block, to the end of the table that it opens, which a blank line does not end.
    fn html(&mut self, range: &Range<usize>) -> Result<(), ReadError> {
        let end = self.html_tables.end(self.source, range);
        self.taken = range.start..end;
        self.seen = self.seen.max(end);
        let html = self.source.get(range.start..end).unwrap_or_default();
        let page = html::read(html, self.lines.at(range.start), self.limits, self.budget)?;
        self.page.blocks.extend(page.blocks);
        self.page.title = self.page.title.take().or(page.title);
        Ok(())
    }

    /// Reads code as plain text: indented lines are seldom code in a plan.
    fn code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) -> Result<(), ReadError> {
        self.taken = range.clone();
        let start = match kind {
            CodeBlockKind::Indented => regions::indented_start(self.source, range.start),
            CodeBlockKind::Fenced(_) => range.start,
        };
        let code = self.source.get(start..range.end).unwrap_or_default();
        let fenced = matches!(kind, CodeBlockKind::Fenced(_));
        let (code, skipped) = if fenced { regions::inside_fence(code) } else { (code, 0) };
        let blocks = text::read(code, self.lines.at(start) + skipped, self.budget)?;
        self.page.blocks.extend(blocks);
        Ok(())
    }

    /// Front matter: its lines are paragraphs, its title is the document's.
    fn metadata(&mut self, range: &Range<usize>) -> Result<(), ReadError> {
        self.taken = range.clone();
        let first = self.lines.at(range.start);
        for (offset, line) in self.source.get(range.clone()).unwrap_or_default().lines().enumerate() {
            if let Some(title) = line.strip_prefix("title:") {
                let title = title.trim().trim_matches(['"', '\'']);
                self.page.title = Some(title.to_owned()).filter(|title| !title.is_empty());
            }
            if let Some(block) = prose::block(line, Place::line(first + offset)) {
                self.budget.spend(1, first + offset)?;
                self.page.blocks.push(block);
            }
        }
        Ok(())
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests;
