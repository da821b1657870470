//! Walks the blocks of a source, opens and closes tables, and gives each text outside them its role.

use rustc_hash::FxHashSet;

use super::RowNumbers;
use super::aside;
use super::contents;
use super::facts;
use super::facts::is_fact;
use super::facts::is_sentence;
use super::front;
use super::furniture::Furniture;
use super::header;
use super::header::Band;
use super::labels;
use super::open::Open;
use super::open::RowAt;
use super::shapes::answers;
use super::shapes::bullets;
use super::shapes::figures;
use super::shapes::silent;
use super::shapes::summary;
use super::stated::Stated;
use super::title;
use crate::model::audit::Became;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::Meaning;
use crate::model::numbering::is_reference_only;
use crate::model::numbering::numbered;
use crate::model::recognise::Recognise;
use crate::model::source::Block;
use crate::model::source::Grid;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::source::Source;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;
use crate::model::table::Boundary;
use crate::model::table::Column;
use crate::model::table::Content;
use crate::model::table::Heading;
use crate::model::table::HeadingKind;
use crate::model::table::Layout;
use crate::model::table::Line;
use crate::model::table::Piece;
use crate::model::table::Table;
use crate::model::text::fold;
use crate::model::text::has_words;

/// A text directly above a table with more words than this is narrative, not a caption.
const CAPTION_WORDS: usize = 25;

/// How many unmarked lines above a table are looked at.
const CAPTION_REACH: usize = 4;

/// How many unmarked lines above a table may be its caption.
const CAPTION_LINES: usize = 2;

/// Finds the tables of `source` and what became of each of its blocks.
#[must_use]
pub fn find<'s>(source: &'s Source, recognise: &dyn Recognise) -> Layout<'s> {
    let mut finder = Finder {
        recognise,
        furniture: Furniture::of(source),
        layout: Layout::default(),
        outline: Vec::new(),
        pending: Vec::new(),
        open: None,
        form: None,
        inherited: Vec::new(),
    };
    let contents = contents::entries(source, recognise);
    let mut listed: FxHashSet<usize> = FxHashSet::default();
    for (index, block) in source.blocks.iter().enumerate() {
        match block {
            Block::Text(text) if contents.contains(&index) => {
                listed.insert(finder.layout.lines.len());
                finder.contents_entry(text);
            }
            Block::Text(text) => finder.text(text),
            Block::Grid(grid) => finder.grid(grid),
        }
    }
    finder.close();
    bullets::find(&mut finder.layout, &listed, recognise);
    figures::find(&mut finder.layout, recognise);
    silent::find(&mut finder.layout, recognise);
    summary::find(&mut finder.layout, recognise);
    title::name(&mut finder.layout, recognise);
    finder.layout
}

/// A text outside tables and its line in the layout.
#[derive(Clone, Copy)]
pub(super) struct Placed<'s> {
    pub(super) block: &'s TextBlock,
    pub(super) line: usize,
}

pub(super) struct Finder<'s, 'r> {
    pub(super) recognise: &'r dyn Recognise,
    furniture: Furniture,
    pub(super) layout: Layout<'s>,
    /// Marked headings that are open here, outermost first.
    pub(super) outline: Vec<(u8, Placed<'s>)>,
    /// Texts since the last grid.
    pub(super) pending: Vec<Placed<'s>>,
    pub(super) open: Option<Open<'s>>,
    /// The form that the open table is, and where its reading stands.
    pub(super) form: Option<answers::State>,
    /// Headings of the form before: a table behind it stands under them too.
    pub(super) inherited: Vec<Heading<'s>>,
}

impl<'s> Finder<'s, '_> {
    /// An entry of a list of contents: it governs nothing, and what stands above the list is no caption of what stands below
    /// it.
    fn contents_entry(&mut self, block: &'s TextBlock) {
        self.pending.clear();
        self.outline.pop_if(|(_, placed)| self.recognise.is_cover_title(&placed.block.text));
        let content = Content::Text(block);
        self.layout.lines.push(Line { content, became: Became::Narrative, item: None, table: None, row: None });
    }

    fn text(&mut self, block: &'s TextBlock) {
        let furniture = self.furniture.is_furniture(block, self.recognise);
        let became = match (has_words(&block.text), furniture) {
            (false, _) => Became::Empty,
            (true, true) => Became::PageFurniture,
            (true, false) => Became::Narrative,
        };
        let line = self.layout.lines.len();
        self.layout.lines.push(Line { content: Content::Text(block), became, item: None, table: None, row: None });
        // A remark is about something else than what stands next to it.
        if became != Became::Narrative || block.kind == TextKind::Note {
            return;
        }
        let placed = Placed { block, line };
        if matches!(block.kind, TextKind::Heading(_)) || self.recognise.heading(&block.text).is_some() {
            self.inherited.clear();
        }
        if let TextKind::Heading(level) = block.kind {
            self.outline.retain(|(above, _)| *above < level);
            self.outline.push((level, placed));
        }
        self.pending.push(placed);
    }

    fn grid(&mut self, grid: &'s Grid) {
        let rows = grid.rows.as_slice();
        if rows.iter().all(|row| row.hidden) {
            return self.aside(rows, Became::Hidden);
        }
        let mut start = 0;
        loop {
            let behind = self.apart(rows, start);
            let behind = self.asked(rows, behind);
            let behind = self.cover(rows, behind);
            if behind == start || behind == rows.len() {
                start = behind;
                break;
            }
            start = behind;
        }
        if start < rows.len() {
            self.table(rows, start, grid.goes_on);
        }
    }

    /// The rows from `start` on. Where the source says that they go on with those before, only a header known to the letter is
    /// one.
    fn table(&mut self, rows: &'s [GridRow], start: usize, goes_on: bool) {
        let goes_on = goes_on && self.open.is_some();
        let near = || {
            let band = header::band_near(rows, start, RowNumbers::default(), self.recognise)?;
            (!goes_on || is_certain(&band)).then_some(band)
        };
        let mut band = self.repeated_header(rows, start).or_else(near);
        if band.is_none() {
            let open = self.open.as_ref().filter(|open| !open.stands_beside(&rows[start..]));
            let open = open.map(|open| open.table.columns.len());
            if let Some(became) = aside::judge(&rows[start..], open, self.recognise) {
                return self.aside(&rows[start..], became);
            }
            self.enter_without_header(rows, start);
        }
        let mut at = start;
        let mut titles_from = start;
        while at < rows.len() {
            if band.is_none() && at > start && header::may_open(&rows[at], self.recognise) {
                band = header::band_at(rows, at, RowNumbers::default(), self.recognise).filter(|band| !self.is_row(band));
            }
            if let Some(found) = band.take_if(|band| band.first == at) {
                at = found.last + 1;
                self.header(rows, found, titles_from);
                titles_from = at;
            } else if front::is_apart_header(&rows[at], self.recognise) {
                let end = front::end_of_apart(rows, at, self.recognise);
                self.aside(&rows[at..end], Became::Narrative);
                (at, titles_from, band) = (end, end, None);
            } else if let Some(first) = self.title_rows_until(rows, at, band.as_ref()) {
                at = first;
            } else if at == start && goes_on && self.torn_row(rows, at) {
                (at, titles_from) = (at + 1, at + 1);
            } else {
                self.body_row(rows, at);
                at += 1;
                titles_from = at;
            }
        }
    }

    /// Whether a band that lies right under a row of the open table is another row of it: what its items are about stands in
    /// the column where it does, "Started" and "Q4" beside it are values.
    fn is_row(&self, band: &Band<'_>) -> bool {
        let Some(open) = self.open.as_ref().filter(|open| !open.table.items.is_empty()) else { return false };
        let named = |column: &Column<'_>| column.meaning().is_some_and(Meaning::is_subject);
        let says =
            |at: &usize| band.columns.get(*at).is_some_and(|column| has_words(&column.header) && column.meaning().is_none());
        let subjects = &open.roles.subjects;
        band.first == band.last && !band.columns.iter().any(named) && !subjects.is_empty() && subjects.iter().all(says)
    }

    /// The header of the open table, where `rows` from `start` on begin with it to the letter: what stands below is no further
    /// row of it, however short the rest of a torn row is.
    fn repeated_header(&self, rows: &'s [GridRow], start: usize) -> Option<Band<'s>> {
        let header = &self.open.as_ref()?.header_rows;
        let first = rows.get(start..start + header.len())?;
        let same = first.iter().map(folded).eq(header.iter().cloned());
        let last = (start + header.len()).checked_sub(1).filter(|last| same && *last >= start)?;
        header::band(rows, start, last, RowNumbers::default(), self.recognise)
    }

    /// Where the header band begins to which the rows from `at` on are only the title.
    fn title_rows_until(&self, rows: &[GridRow], at: usize, band: Option<&Band<'_>>) -> Option<usize> {
        const TITLE_ROWS: usize = 3;
        if let Some(band) = band {
            return (at < band.first).then_some(band.first);
        }
        // "2.2 Put this into practice" alone in its row goes on the numbering above and is no title; "HIC2 | Patient flow" is one.
        // "Patient flow | Amber", or any two cells with a name in a table of two columns, are a row of it.
        let narrow = self.open.as_ref().is_some_and(|open| open.table.columns.len() <= 2 && !open.table.items.is_empty());
        let is_row = |row: &GridRow| {
            let counts = |cell: &GridCell| {
                is_reference_only(&cell.text) || self.recognise.heading(&cell.text).is_some_and(|guess| guess.tagged)
            };
            row.cells.iter().any(|cell| self.recognise.is_value(&cell.text)) || narrow && !row.cells.iter().any(counts)
        };
        let is_title = |row: &GridRow| {
            let alone =
                row.cells.len() <= 1 && row.cells.iter().all(|cell| numbered(&cell.text).is_none_or(|number| number.levels == 1));
            alone || row.cells.len() == 2 && header::names_change(row, self.recognise) && !is_row(row)
        };
        let next = (at..rows.len().min(at + TITLE_ROWS)).find(|row| !is_title(&rows[*row]))?;
        let opens = next > at
            && header::may_open(&rows[next], self.recognise)
            && header::band_at(rows, next, RowNumbers::default(), self.recognise).is_some_and(|band| !self.is_row(&band));
        opens.then_some(next)
    }

    /// Begins a grid whose first row is no header: the table before goes on, or a table without a header begins.
    fn enter_without_header(&mut self, rows: &'s [GridRow], start: usize) {
        let width = width(rows);
        let marked = self.pending.iter().any(|p| matches!(p.block.kind, TextKind::Heading(_)));
        if self.open.as_ref().is_some_and(|open| open.is_unlike(&rows[start..])) {
            return self.begin_headerless(rows, start);
        }
        match self.open.take() {
            Some(mut open) if !marked && !open.stands_beside(&rows[start..]) => {
                self.head(&mut open);
                open.go_on(rows, width);
                self.open = Some(open);
            }
            Some(open) if open.table.columns.len() == width => {
                let columns = open.table.columns.clone();
                let header_rows = open.header_rows.clone();
                self.open = Some(open);
                self.begin(columns, Vec::new(), start);
                if let Some(open) = &mut self.open {
                    open.header_rows = header_rows;
                }
            }
            other => {
                self.open = other;
                self.begin_headerless(rows, start);
            }
        }
    }

    /// Rows that are no table of items.
    pub(super) fn aside(&mut self, rows: &'s [GridRow], became: Became) {
        for row in rows {
            let became = if row.cells.iter().any(|cell| has_words(&cell.text)) { became } else { Became::Empty };
            self.layout.lines.push(Line { content: Content::Row(row), became, item: None, table: None, row: None });
        }
    }

    fn begin_headerless(&mut self, rows: &'s [GridRow], start: usize) {
        if let Some(band) = header::band_by_shape(rows, start, RowNumbers::default()) {
            self.begin(band.columns, Vec::new(), start);
            if let Some(open) = &mut self.open {
                open.header_rows = vec![folded(&rows[start])];
            }
        } else {
            self.begin(vec![Column::default(); width(rows)], Vec::new(), start);
            if let Some(open) = &mut self.open {
                let message = "no header row; columns are told by what they hold";
                open.table.diagnostics.push(Diagnostic::new(Code::HeaderMissing, message));
            }
        }
        if let Some(open) = &mut self.open {
            labels::mark_label_columns(&mut open.table.columns, &rows[start..], self.recognise);
            labels::mark_change_columns(&mut open.table.columns, &rows[start..], self.recognise);
            open.settle();
        }
    }

    /// Lines between two parts of a table that read like headings of its rows are just that.
    fn head(&mut self, open: &mut Open<'s>) {
        for placed in std::mem::take(&mut self.pending) {
            let text = placed.block.text.as_str();
            let kind = if self.recognise.is_milestone(text) {
                HeadingKind::Milestone
            } else if self.recognise.heading(text).is_some() && !is_sentence(text) {
                HeadingKind::Section
            } else {
                continue;
            };
            open.push_heading(kind, vec![Piece::block(placed.block)]);
            let milestone = kind == HeadingKind::Milestone;
            self.layout.lines[placed.line].became = if milestone { Became::Milestone } else { Became::Section };
        }
    }

    /// Whether the lines since the last grid leave the open table open: intermediate headings and running text.
    fn leaves_open(&self) -> bool {
        let stays = |block: &TextBlock| self.recognise.is_milestone(&block.text) || is_sentence(&block.text);
        self.pending.iter().all(|placed| !matches!(placed.block.kind, TextKind::Heading(_)) && stays(placed.block))
    }

    /// A header band: the header of the open table repeated, or the beginning of a new table.
    fn header(&mut self, rows: &'s [GridRow], band: Band<'s>, titles_from: usize) {
        let titles = &rows[titles_from..band.first];
        let same = self.open.as_ref().is_some_and(|open| {
            let (known, new) = (open.headed_columns(), &band.columns);
            same_header(&known, new) && !self.names_another(&known, new)
        });
        let (first, last) = (band.first, band.last);
        // Blank rows do not part a header from the level that is stated above it.
        let blank = titles.iter().all(|row| !row.texts().any(|cell| has_words(&cell.text)));
        let near =
            titles.is_empty() || self.titled_again(titles) || (blank && self.open.as_ref().is_some_and(Open::ends_in_level));
        let new = !(same && near && self.leaves_open());
        if new {
            self.begin(band.columns, band.title, titles_from);
            self.title_rows(titles, titles_from);
        } else if let Some(mut open) = self.open.take() {
            self.head(&mut open);
            for (at, row) in (titles_from..).zip(titles) {
                let number = open.numbers.of(at);
                let blank = !row.texts().any(|cell| has_words(&cell.text));
                let became = if blank { Became::Empty } else { Became::ColumnHeader };
                open.push_line(Content::Row(row), became, None, number, &mut self.layout.lines);
            }
            if titles_from == 0 {
                open.go_on_below(&band.columns);
            }
            open.boundary = open.boundary.max(Boundary::Page);
            self.open = Some(open);
        }
        let Some(open) = &mut self.open else { return };
        open.header_rows = rows[first..=last].iter().map(folded).collect();
        for (offset, row) in rows[first..=last].iter().enumerate() {
            open.header_line(row, first + offset, &mut self.layout.lines);
        }
        if new {
            labels::mark_label_columns(&mut open.table.columns, &rows[last + 1..], self.recognise);
            labels::mark_change_columns(&mut open.table.columns, &rows[last + 1..], self.recognise);
            labels::doubt_change_columns(&mut open.table.columns, &rows[last + 1..], self.recognise);
            labels::doubt_checklists(&mut open.table.columns, &rows[last + 1..], self.recognise);
            header::milestones::tell(&mut open.table.columns, &rows[last + 1..], self.recognise);
            open.settle();
        }
    }

    /// Whether the rows above a header are the title of the open table, which pages print again with it.
    fn titled_again(&self, titles: &[GridRow]) -> bool {
        let Some(open) = &self.open else { return false };
        let Some(heading) = open.title.and_then(|title| open.table.headings.get(title)) else { return false };
        let mut texts = titles.iter().flat_map(GridRow::texts).filter(|cell| has_words(&cell.text));
        let first = texts.next().filter(|_| texts.next().is_none());
        first.is_some_and(|cell| fold(&cell.text) == fold(&heading.text()))
    }

    /// Whether a header is that of another change: "HIC 2 Actions" where the one before has "HIC 1 Actions".
    fn names_another(&self, known: &[Column<'_>], new: &[Column<'_>]) -> bool {
        let is_known = |text: &str| known.iter().any(|column| fold(&column.header) == fold(text));
        new.iter().any(|column| header::is_named_for_change(column, self.recognise) && !is_known(&column.header))
    }

    /// Closes the open table and begins one under the captions that stand above it.
    pub(super) fn begin(&mut self, mut columns: Vec<Column<'s>>, band_title: Vec<Piece<'s>>, first_row: usize) {
        let left = self.open.as_mut().map(|open| open.take_last_headings(self.recognise)).unwrap_or_default();
        self.close();
        header::outcome::tell(&mut columns, self.recognise);
        let mut table =
            Table { number: u32::try_from(self.layout.tables.len() + 1).unwrap_or(u32::MAX), columns, ..Table::default() };
        let inherited = std::mem::take(&mut self.inherited);
        let stated = if table.columns.is_empty() { Vec::new() } else { self.take_stated() };
        let captions = self.captions();
        // Marked headings that are open here stand above the form before, and so above what it was about.
        let marked = |placed: &&Placed<'s>| matches!(placed.block.kind, TextKind::Heading(_));
        let (above, below): (Vec<_>, Vec<_>) = captions.iter().partition(marked);
        for placed in &captions {
            self.layout.lines[placed.line].became = Became::Section;
        }
        let title = |placed: &Placed<'s>| (HeadingKind::Title, vec![Piece::block(placed.block)]);
        let left = left.into_iter().map(|heading| (HeadingKind::Title, heading.pieces));
        let from_before = inherited.into_iter().map(|heading| (heading.kind, heading.pieces)).chain(left);
        for (kind, pieces) in above.into_iter().map(title).chain(from_before).chain(below.into_iter().map(title)) {
            let parent = table.headings.len().checked_sub(1);
            table.headings.push(Heading { pieces, kind, parent });
        }
        self.pending.clear();
        let mut open = Open::new(table, self.layout.tables.len(), RowNumbers::from_row(first_row));
        open.title = open.table.headings.len().checked_sub(1);
        if !band_title.is_empty() {
            let pieces =
                band_title.into_iter().map(|piece| Piece { row: piece.row.map(|r| open.numbers.of(r as usize)), ..piece });
            open.push_title(pieces.collect());
        }
        for column in &mut open.table.columns {
            for piece in &mut column.pieces {
                piece.row = piece.row.map(|row| open.numbers.of(row as usize));
            }
        }
        open.push_named_header(self.recognise);
        // From the last on, so that the places of those before stay as they are.
        for stated in stated.iter().rev() {
            open.push_stated(stated, self.recognise, &mut self.layout.lines);
        }
        open.settle();
        self.open = Some(open);
    }

    /// Lines above a table, below the name of a change, that state how far it is.
    fn take_stated(&mut self) -> Vec<Stated<'s>> {
        let names = |placed: &Placed<'_>| self.recognise.names_change(&placed.block.text);
        if !self.pending.iter().any(names) && !self.outline.iter().any(|(_, placed)| names(placed)) {
            return Vec::new();
        }
        let unmarked = self.pending.iter().rev().take_while(|placed| !matches!(placed.block.kind, TextKind::Heading(_)));
        let near = unmarked.take(CAPTION_REACH).filter(|placed| placed.block.kind == TextKind::Paragraph);
        let mut stated: Vec<Stated<'s>> =
            near.filter_map(|placed| Stated::of(placed.block, placed.line, self.recognise)).collect();
        stated.reverse();
        self.pending.retain(|placed| stated.iter().all(|stated| stated.line() != placed.line));
        stated
    }

    /// Marked headings that are open here, and the last short lines directly above.
    fn captions(&self) -> Vec<Placed<'s>> {
        let of_plan = |placed: &Placed<'_>| !self.recognise.is_cover_title(&placed.block.text);
        let mut captions: Vec<Placed<'s>> = self.outline.iter().map(|(_, placed)| *placed).filter(of_plan).collect();
        let unmarked = self.pending.iter().rev().take_while(|placed| !matches!(placed.block.kind, TextKind::Heading(_)));
        // Running text between a heading and its table does not part them.
        let near = unmarked.take(CAPTION_REACH).filter(|p| {
            let text = p.block.text.as_str();
            p.block.kind == TextKind::Paragraph && !is_sentence(text) && !is_fact(text, self.recognise) && !header::explains(text)
        });
        let short = near.take_while(|p| p.block.text.split_whitespace().count() <= CAPTION_WORDS);
        let mut lines: Vec<Placed<'s>> = short.take(CAPTION_LINES).copied().collect();
        lines.reverse();
        let names = |placed: &Placed<'_>| self.recognise.heading(&placed.block.text).is_some();
        if lines.iter().any(names) {
            // An unmarked heading that names a change ends a marked one that does.
            captions.retain(|placed| !names(placed));
        }
        captions.extend(lines);
        captions
    }

    /// Rows above the header: titles of the table.
    fn title_rows(&mut self, rows: &'s [GridRow], first: usize) {
        let Some(open) = &mut self.open else { return };
        for (offset, row) in rows.iter().enumerate() {
            let number = open.numbers.of(first + offset);
            let cells = row.cells.iter().map(|cell| (cell.column.get(), Piece::cell(cell, number))).collect();
            if open.level_row(RowAt { rows, at: offset, number }, &cells, self.recognise, &mut self.layout.lines) {
                continue;
            }
            let pieces: Vec<Piece<'s>> = row.cells.iter().map(|cell| Piece::cell(cell, number)).collect();
            let said = pieces.iter().any(|piece| has_words(piece.text));
            let fact = facts::is_fact_row(row, self.recognise);
            let key = header::is_key(row, self.recognise);
            let became = match (said, fact) {
                (true, true) => Became::Narrative,
                (true, false) if key => Became::Legend,
                (true, false) => Became::Section,
                (false, _) => Became::Empty,
            };
            open.push_line(Content::Row(row), became, None, number, &mut self.layout.lines);
            if became == Became::Section {
                open.push_title(pieces);
            }
        }
    }

    /// Gives the last item the rest of its row, where the only text of the row `at` goes on with it in lower case.
    fn torn_row(&mut self, rows: &'s [GridRow], at: usize) -> bool {
        let mut texts = rows[at].texts();
        let only = texts.next().filter(|_| texts.next().is_none() && rows[at].cells.len() == 1);
        let lower = only.is_some_and(|cell| cell.text.starts_with(char::is_lowercase));
        let open = self.open.as_mut().filter(|_| lower);
        open.is_some_and(|open| open.torn_row(rows, at, &mut self.layout.lines))
    }

    fn body_row(&mut self, rows: &'s [GridRow], at: usize) {
        if let Some(open) = &mut self.open {
            open.body_row(rows, at, self.recognise, &mut self.layout.lines);
        }
    }

    pub(super) fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.layout.tables.push(open.finish());
        }
    }
}

/// Whether most columns of a band have a header that is known to the letter.
fn is_certain(band: &Band<'_>) -> bool {
    const KNOWN: f64 = 0.95;
    let named = band.columns.iter().filter(|column| !column.header.is_empty()).count();
    let known = band.columns.iter().filter_map(|column| column.guess.as_ref()).filter(|guess| guess.similarity >= KNOWN);
    known.count() * 2 > named
}

/// Number of columns of the widest row.
fn width(rows: &[GridRow]) -> usize {
    rows.iter().map(|row| row.width as usize).max().unwrap_or(0)
}

/// The folded cells of a row, to know it again.
fn folded(row: &GridRow) -> Vec<String> {
    row.cells.iter().map(|cell| fold(&cell.text)).filter(|text| !text.is_empty()).collect()
}

/// Whether two headers are the same but for columns that one of them lost. The same words in another order are another header.
fn same_header(known: &[Column<'_>], new: &[Column<'_>]) -> bool {
    let texts = |columns: &[Column<'_>]| -> Vec<String> {
        let mut seen = FxHashSet::default();
        let texts = columns.iter().map(|column| fold(&column.header));
        texts.filter(|text| !text.is_empty() && seen.insert(text.clone())).collect()
    };
    let (known, new) = (texts(known), texts(new));
    let shared = || known.iter().filter(|text| new.contains(text));
    let met = shared().count();
    met >= 2 && met * 5 >= 4 * known.len().max(new.len()) && shared().eq(new.iter().filter(|text| known.contains(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::location::ColumnIndex;
    use crate::model::location::PageNumber;
    use crate::model::location::PageRegion;
    use crate::model::location::Place;
    use crate::model::location::Rect;
    use crate::model::source::Style;
    use crate::tables::testing::Few;

    fn on(page: usize) -> Place {
        let bbox = Rect { x0: 0.0, y0: 0.0, x1: 9.0, y1: 9.0 };
        Place::Region(Box::new(PageRegion { page: PageNumber::from_index(page), bbox }))
    }

    /// A grid of three columns; the only text of a row stands over all of them.
    fn grid(rows: &[&[&str]]) -> Block {
        on_page(0, rows)
    }

    fn on_page(page: usize, rows: &[&[&str]]) -> Block {
        let row = |texts: &&[&str]| {
            let cells = (0..).zip(*texts).filter(|(_, text)| !text.is_empty()).map(|(column, text)| GridCell {
                column: ColumnIndex(column),
                text: (*text).into(),
                place: on(page),
                rowspan: 1,
                colspan: if texts.len() == 1 { 3 } else { 1 },
                style: Style::default(),
            });
            GridRow { place: on(page), width: 3, cells: cells.collect(), notes: Vec::new(), hidden: false }
        };
        Block::Grid(Grid { rows: rows.iter().map(row).collect(), ..Grid::default() })
    }

    #[test]
    fn what_a_row_says_of_the_action_above_may_stand_on_the_next_page() {
        let header: &[&str] = &["Actions", "Lead", "By when"];
        let first = grid(&[header, &["Agree a form", "Ann", ""]]);
        let rest = grid(&[header, &["By when: May"], &["Count the beds", "Bob", "June"]]);
        let source = Source { blocks: vec![first, rest], ..Source::default() };
        let layout = crate::tables::find(&source, &Few);
        let due = layout.tables[0].items[0].cell(2).map(|cell| cell.text().into_owned());
        assert_eq!((layout.tables[0].items.len(), due.as_deref()), (2, Some("May")));
    }

    #[test]
    fn an_action_that_did_not_fit_below_the_cells_beside_it_stands_on_the_next_page() {
        let header: &[&str] = &["Actions", "Lead", "By when"];
        let first = grid(&[header, &["Agree a form", "Ann", "May"], &["", "Bob", "June"]]);
        let items = |row: &[&str]| {
            let rest = on_page(1, &[header, row, &["Print it", "Cy", "July"]]);
            let source = Source { blocks: vec![first.clone(), rest], ..Source::default() };
            crate::tables::find(&source, &Few).tables[0].items.len()
        };
        assert_eq!(items(&["Count the beds", "", ""]), 3);
        assert_eq!(items(&["Count the beds", "Di", ""]), 4, "it has a lead of its own");
    }

    #[test]
    fn a_title_that_is_printed_again_with_its_header_begins_no_table() {
        let tables = |again: &str| {
            let header: &[&str] = &["Actions", "Lead", "By when"];
            let first = grid(&[&["Change 1"], header, &["Agree a form with all", "Ann", "May"]]);
            let rest = grid(&[&[again], header, &["homes of the county", "", ""], &["Count the beds", "Bob", "June"]]);
            let source = Source { blocks: vec![first, rest], ..Source::default() };
            let layout = crate::tables::find(&source, &Few);
            layout.tables.iter().map(|table| table.items.len()).collect::<Vec<_>>()
        };
        assert_eq!(tables("Change 1"), [2]);
        assert_eq!(tables("Change 2").len(), 2);
    }
}
