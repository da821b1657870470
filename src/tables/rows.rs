//! The rows of an open table, one after the other.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::RowNumbers;
use super::columns::Alignment;
use super::columns::Profiles;
use super::continuation;
use super::continuation::Joint;
use super::doubled;
use super::labels;
use super::numbering::is_reference_only;
use super::numbering::numbered;
use super::single;
use super::single::Around;
use super::single::Single;
use crate::model::audit::Became;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::location::ColumnIndex;
use crate::model::recognise::Recognise;
use crate::model::source::GridRow;
use crate::model::table::Boundary;
use crate::model::table::Column;
use crate::model::table::Content;
use crate::model::table::Heading;
use crate::model::table::HeadingKind;
use crate::model::table::Item;
use crate::model::table::ItemCell;
use crate::model::table::Label;
use crate::model::table::Line;
use crate::model::table::Piece;
use crate::model::table::Table;
use crate::model::table::joined;
use crate::model::text::collapse;
use crate::model::text::fold;
use crate::model::text::has_words;

/// A cell of a row and the table's column that it goes to.
type Cells<'s> = SmallVec<[(usize, Piece<'s>); 12]>;

/// A cell that covers rows below its own.
struct Span<'s> {
    column: usize,
    rows_left: u32,
    piece: Piece<'s>,
}

/// The columns with a role in telling rows apart.
#[derive(Default)]
struct Roles {
    change: Option<usize>,
    milestone: Option<usize>,
    label: Option<usize>,
    reference: Option<usize>,
    /// Columns that say what a row is about, leftmost first.
    subjects: SmallVec<[usize; 2]>,
    /// Columns of free text.
    prose: SmallVec<[bool; 16]>,
}

/// The table that is being read.
pub(super) struct Open<'s> {
    pub(super) table: Table<'s>,
    pub(super) header_rows: Vec<Vec<String>>,
    pub(super) profiles: Profiles,
    pub(super) alignment: Alignment,
    pub(super) numbers: RowNumbers,
    pub(super) boundary: Boundary,
    /// Rows so far.
    pub(super) rows: u32,
    /// Innermost title.
    pub(super) title: Option<usize>,
    index: usize,
    section: Option<usize>,
    change: Option<usize>,
    milestone: Option<usize>,
    label: Option<Label<'s>>,
    labels_seen: SmallVec<[Meaning; 4]>,
    names_change: bool,
    spans: Vec<Span<'s>>,
    roles: Roles,
}

impl<'s> Open<'s> {
    pub(super) fn new(table: Table<'s>, index: usize, numbers: RowNumbers) -> Self {
        let width = table.columns.len();
        Self {
            table,
            header_rows: Vec::new(),
            profiles: Profiles::default(),
            alignment: Alignment::identity(width),
            numbers,
            boundary: Boundary::Table,
            rows: 0,
            title: None,
            index,
            section: None,
            change: None,
            milestone: None,
            label: None,
            labels_seen: SmallVec::new(),
            names_change: false,
            spans: Vec::new(),
            roles: Roles::default(),
        }
    }

    /// Works out the columns' roles once the header and the labels are known.
    pub(super) fn settle(&mut self) {
        let columns = &self.table.columns;
        let find = |meaning: Meaning| columns.iter().position(|column| column.meaning() == Some(meaning));
        let label = columns.iter().position(|column| column.is_label);
        let mut subjects: SmallVec<[usize; 2]> = SmallVec::new();
        for (index, column) in columns.iter().enumerate() {
            let subject = matches!(column.meaning(), Some(Meaning::Field(field)) if field.is_subject());
            if subject || label.is_some_and(|label| index == label + 1) {
                subjects.push(index);
            }
        }
        let prose = columns.iter().map(|column| match column.meaning() {
            Some(Meaning::Field(field)) => field.is_prose(),
            Some(Meaning::Change) | None => true,
            Some(Meaning::Timescale | Meaning::OpenTimescale | Meaning::Group) => false,
        });
        self.roles = Roles {
            change: find(Meaning::Change),
            milestone: find(Meaning::Field(Field::Milestone)),
            label,
            reference: find(Meaning::Field(Field::Reference)),
            subjects,
            prose: prose.collect(),
        };
    }

    pub(super) fn finish(self) -> Table<'s> {
        self.table
    }

    pub(super) fn push_line(
        &mut self,
        content: Content<'s>,
        became: Became,
        item: Option<usize>,
        number: u32,
        lines: &mut Vec<Line<'s>>,
    ) {
        self.rows = self.rows.max(number + 1);
        let item = item.map(|item| (self.index, item));
        lines.push(Line { content, became, item, table: Some(self.table.number), row: Some(number) });
    }

    pub(super) fn push_title(&mut self, pieces: Vec<Piece<'s>>) {
        self.table.headings.push(Heading { pieces, kind: HeadingKind::Title, parent: self.title });
        self.title = Some(self.table.headings.len() - 1);
    }

    /// A row of the header: its title cells and its header cells are two lines.
    pub(super) fn header_line(&mut self, row: &'s GridRow, at: usize, lines: &mut Vec<Line<'s>>) {
        let number = self.numbers.of(at);
        let titles = &self.table.headings;
        let is_title = |cell: &&'s crate::model::source::GridCell| {
            titles.iter().flat_map(|heading| &heading.pieces).any(|piece| std::ptr::eq(piece.text, cell.text.as_str()))
        };
        let (title, header): (Vec<_>, Vec<_>) = row.cells.iter().partition(is_title);
        if title.is_empty() {
            let became = if header.is_empty() { Became::Empty } else { Became::ColumnHeader };
            return self.push_line(Content::Row(row), became, None, number, lines);
        }
        for (cells, became) in [(title, Became::Section), (header, Became::ColumnHeader)] {
            if !cells.is_empty() {
                let pieces = cells.into_iter().map(|cell| Piece::cell(cell, number)).collect();
                self.push_line(Content::Pieces(pieces), became, None, number, lines);
            }
        }
    }

    /// A row under the header.
    pub(super) fn body_row(&mut self, rows: &'s [GridRow], at: usize, recognise: &dyn Recognise, lines: &mut Vec<Line<'s>>) {
        let row = &rows[at];
        let number = self.numbers.of(at);
        let cells = self.cells(row, number);
        if !cells.iter().any(|(_, piece)| has_words(piece.text)) {
            return self.push_line(Content::Row(row), Became::Empty, None, number, lines);
        }
        if self.repeats_header(row) {
            self.boundary = self.boundary.max(Boundary::Page);
            return self.push_line(Content::Row(row), Became::ColumnHeader, None, number, lines);
        }
        if let Some((column, text)) = self.only_text(&cells)
            && self.single_row(rows, at, &cells, column, text, recognise, lines)
        {
            return;
        }
        if self.is_summary_row(&cells, recognise) {
            return self.push_line(Content::Row(row), Became::Legend, None, number, lines);
        }
        if self.is_rest_of_last(&cells) {
            return self.continue_last(row, cells, number, lines);
        }
        self.item_row(row, cells, number, recognise, lines);
    }

    /// The row's cells in the table's columns, cells merged down from above included.
    fn cells(&mut self, row: &'s GridRow, number: u32) -> Cells<'s> {
        let mut cells: Cells<'s> = SmallVec::new();
        for cell in &row.cells {
            cells.push((self.alignment.get(cell.column.get()), Piece::cell(cell, number)));
        }
        for span in &mut self.spans {
            if !cells.iter().any(|(column, _)| *column == span.column) {
                cells.push((span.column, span.piece));
            }
            span.rows_left -= 1;
        }
        self.spans.retain(|span| span.rows_left > 0);
        for cell in row.cells.iter().filter(|cell| cell.rowspan > 1) {
            let column = self.alignment.get(cell.column.get());
            self.spans.push(Span { column, rows_left: cell.rowspan - 1, piece: Piece::cell(cell, number) });
        }
        cells.sort_by_key(|(column, _)| *column);
        if let Some((last, _)) = cells.last()
            && *last >= self.table.columns.len()
        {
            self.table.columns.resize_with(last + 1, Column::default);
            self.roles.prose.resize(last + 1, true);
        }
        cells
    }

    fn repeats_header(&self, row: &GridRow) -> bool {
        let first = row.cells.iter().find(|cell| has_words(&cell.text));
        let Some(first) = first else { return false };
        self.header_rows.iter().any(|header| {
            let likely = header.len() > 1 && header.first().is_some_and(|text| first.text.len() <= 2 * text.len() + 8);
            likely
                && header.first().is_some_and(|text| *text == fold(&first.text))
                && row.cells.iter().map(|cell| fold(&cell.text)).filter(|text| !text.is_empty()).eq(header.iter().cloned())
        })
    }

    /// The column and text of a row that holds just one text, a number in the reference column or in front not counted.
    fn only_text(&self, cells: &Cells<'s>) -> Option<(usize, &'s str)> {
        let mut texts = cells.iter().filter(|(_, piece)| has_words(piece.text) && !self.is_spanned(piece));
        let (first, second) = (texts.next()?, texts.next());
        if texts.next().is_some() {
            return None;
        }
        match second {
            None => Some((first.0, first.1.text)),
            Some(second) => {
                let leads = self.roles.reference == Some(first.0) || first.0 + 1 == second.0 || first.0 == second.0;
                (leads && is_reference_only(first.1.text) && numbered(first.1.text).is_some_and(|n| n.levels == 1))
                    .then_some((second.0, second.1.text))
            }
        }
    }

    fn is_spanned(&self, piece: &Piece<'s>) -> bool {
        self.spans.iter().any(|span| std::ptr::eq(span.piece.text, piece.text) && span.piece.row != piece.row)
    }

    /// Handles a row with one text; false when it is an ordinary row after all.
    #[expect(clippy::too_many_arguments, reason = "the row, its neighbours and where to write")]
    fn single_row(
        &mut self,
        rows: &'s [GridRow],
        at: usize,
        cells: &Cells<'s>,
        column: usize,
        text: &'s str,
        recognise: &dyn Recognise,
        lines: &mut Vec<Line<'s>>,
    ) -> bool {
        let row = &rows[at];
        let number = self.numbers.of(at);
        if Some(column) == self.roles.change || Some(column) == self.roles.label {
            return false;
        }
        let subject = self.roles.subjects.contains(&column);
        // A fragment of a later column belongs to the item above; a fragment of the first may be a heading.
        if !subject && column > 0 && !self.table.items.is_empty() && row.cells.iter().all(|cell| cell.colspan == 1) {
            return recognise.is_summary(text) && {
                self.push_line(Content::Row(row), Became::Legend, None, number, lines);
                true
            };
        }
        let next = rows.get(at + 1);
        let mut next_texts = next.into_iter().flat_map(|row| row.cells.iter().map(|cell| cell.text.as_str()));
        let cell = row.cells.iter().find(|cell| std::ptr::eq(cell.text.as_str(), text));
        let colspan = cell.map_or(1, |cell| cell.colspan);
        let around = Around {
            subject,
            covers: if colspan > 1 { f64::from(colspan) / f64::from(row.width.max(1)) } else { 0.0 },
            emphasised: cell.is_some_and(|cell| cell.style.emphasised),
            reference: cells.iter().map(|(_, piece)| piece.text).find(|t| !std::ptr::eq(*t, text) && is_reference_only(t)),
            next: [next_texts.next(), next_texts.next()],
            next_is_single: next.is_some_and(|row| row.cells.iter().filter(|cell| has_words(&cell.text)).count() == 1),
            titled: self.title.is_some(),
            sectioned: self.section.is_some(),
        };
        match single::judge(text, &around, recognise) {
            Single::Item => return false,
            Single::Summary => self.push_line(Content::Row(row), Became::Legend, None, number, lines),
            Single::Nothing => self.push_line(Content::Row(row), Became::Empty, None, number, lines),
            Single::Heading(kind) => {
                let pieces = cells.iter().map(|(_, piece)| *piece).collect();
                self.push_heading(kind, pieces);
                let became = if kind == HeadingKind::Milestone { Became::Milestone } else { Became::Section };
                self.push_line(Content::Row(row), became, None, number, lines);
            }
        }
        true
    }

    /// Opens a heading; headings below it end.
    fn push_heading(&mut self, kind: HeadingKind, pieces: Vec<Piece<'s>>) {
        let index = Some(self.table.headings.len());
        let parent = match kind {
            HeadingKind::Title | HeadingKind::Section => self.title,
            HeadingKind::Change => self.section.or(self.title),
            HeadingKind::Milestone => self.change.or(self.section).or(self.title),
        };
        self.table.headings.push(Heading { pieces, kind, parent });
        if kind == HeadingKind::Milestone {
            self.milestone = index;
            self.boundary = self.boundary.max(Boundary::Milestone);
            return;
        }
        self.milestone = None;
        if kind == HeadingKind::Change {
            self.change = index;
        } else {
            self.change = None;
            self.section = index;
        }
        self.label = None;
        self.labels_seen.clear();
        self.boundary = self.boundary.max(Boundary::Section);
    }

    /// "Overall | 12": a summary with nothing but figures beside it.
    fn is_summary_row(&self, cells: &Cells<'s>, recognise: &dyn Recognise) -> bool {
        let mut texts = cells.iter().map(|(_, piece)| piece.text).filter(|text| has_words(text));
        let Some(first) = texts.next() else { return false };
        first.len() < 60
            && texts.all(|text| text.len() < 12 && text.bytes().any(|b| b.is_ascii_digit()) && !text.contains(|c: char| c.is_alphabetic()))
            && recognise.is_summary(first)
    }

    /// Whether the row is the rest of the last item: torn over a page break, or without a subject and nearly empty.
    fn is_rest_of_last(&self, cells: &Cells<'s>) -> bool {
        let Some(last) = self.table.items.last() else { return false };
        if self.boundary >= Boundary::Milestone {
            return false;
        }
        let has = |column: Option<usize>| column.is_some_and(|c| cells.iter().any(|(at, p)| *at == c && has_words(p.text)));
        let leads_with_number = |column: &usize| {
            cells.iter().any(|(at, piece)| at == column && numbered(piece.text).is_some_and(|n| n.levels > 1))
        };
        if has(self.roles.reference) || has(self.roles.label) || self.roles.subjects.iter().any(leads_with_number) {
            return false;
        }
        let subjects: SmallVec<[usize; 2]> =
            if self.roles.subjects.is_empty() { self.profiles.longest().into_iter().collect() } else { self.roles.subjects.clone() };
        if !subjects.iter().any(|column| has(Some(*column))) && !has(self.roles.change) && !has(self.roles.milestone) {
            let filled = cells.iter().filter(|(_, piece)| has_words(piece.text)).count();
            return filled == 1 || filled * 5 <= 2 * last.cells.len();
        }
        self.boundary == Boundary::Page && self.is_torn(cells, last)
    }

    fn is_torn(&self, cells: &Cells<'s>, last: &Item<'s>) -> bool {
        let befores: SmallVec<[_; 12]> = cells
            .iter()
            .map(|(column, _)| {
                let block = if Some(*column) == self.roles.milestone {
                    self.milestone
                } else if Some(*column) == self.roles.change {
                    self.change
                } else {
                    None
                };
                match block.and_then(|index| self.table.headings.get(index)) {
                    Some(heading) => heading.text(),
                    None => last.cell(*column).map(ItemCell::text).unwrap_or_default(),
                }
            })
            .collect();
        continuation::is_torn(cells.iter().zip(&befores).map(|((column, piece), before)| Joint {
            before,
            after: piece.text,
            prose: self.roles.prose.get(*column).copied().unwrap_or(true),
        }))
    }

    fn continue_last(&mut self, row: &'s GridRow, cells: Cells<'s>, number: u32, lines: &mut Vec<Line<'s>>) {
        let torn = self.boundary == Boundary::Page;
        self.boundary = Boundary::None;
        let index = self.table.items.len().saturating_sub(1);
        for (column, piece) in cells {
            let block = [(self.roles.milestone, self.milestone), (self.roles.change, self.change)];
            let heading = block.into_iter().find(|(role, _)| *role == Some(column)).and_then(|(_, heading)| heading);
            if let Some(heading) = heading.and_then(|h| self.table.headings.get_mut(h)) {
                heading.pieces.push(piece);
            } else if let Some(item) = self.table.items.get_mut(index) {
                add_piece(item, column, piece);
            }
        }
        if let Some(item) = self.table.items.get_mut(index) {
            item.last_place = &row.place;
            if torn {
                item.diagnostics.push(Diagnostic::new(Code::RowTorn, "torn over a page break; joined with the row after it"));
            }
        }
        self.push_line(Content::Row(row), Became::Continuation, Some(index), number, lines);
    }

    /// An ordinary row: one item, or two printed in one.
    fn item_row(
        &mut self,
        row: &'s GridRow,
        mut cells: Cells<'s>,
        number: u32,
        recognise: &dyn Recognise,
        lines: &mut Vec<Line<'s>>,
    ) {
        if self.profiles.begin_row() {
            for (column, piece) in &cells {
                self.profiles.learn(*column, piece.text);
            }
        }
        let block = self.take_blocks(&mut cells, recognise);
        let labels = self.take_labels(&mut cells, recognise);
        self.mend_lost_subject(&mut cells, lines);
        if labels.len() > 1 {
            return self.doubled_by_labels(row, cells, &labels, &block, number, lines);
        }
        if let Some((left, right)) = self.split_doubled(&cells) {
            return self.push_two(row, [left, right], &block, number, lines);
        }
        if cells.is_empty() {
            // Only a change cell or a label: it governs what follows.
            let became = if block.is_empty() { Became::Section } else { Became::Milestone };
            let became = if self.milestone.is_some() && !block.is_empty() { became } else { Became::Section };
            return self.push_line(Content::Row(row), became, None, number, lines);
        }
        let index = self.push_item(row, cells, number);
        self.push_line(Content::Row(row), Became::Item, Some(index), number, lines);
    }

    /// Takes the cells of the change and milestone columns out of the row: they open headings.
    fn take_blocks(&mut self, cells: &mut Cells<'s>, recognise: &dyn Recognise) -> Vec<Piece<'s>> {
        let mut taken = Vec::new();
        self.names_change = false;
        for (role, kind) in [(self.roles.change, HeadingKind::Change), (self.roles.milestone, HeadingKind::Milestone)] {
            let Some(column) = role else { continue };
            let pieces: Vec<Piece<'s>> = cells.iter().filter(|(at, _)| *at == column).map(|(_, piece)| *piece).collect();
            if pieces.is_empty() || !pieces.iter().any(|p| has_words(p.text)) {
                continue;
            }
            let open = if kind == HeadingKind::Change { self.change } else { self.milestone };
            let text = joined(&pieces);
            let same = open.and_then(|index| self.table.headings.get(index)).is_some_and(|heading| heading.text() == text);
            if !same && kind == HeadingKind::Change && is_strip(&text, cells, column, recognise) {
                continue;
            }
            cells.retain(|(at, _)| *at != column);
            self.names_change |= kind == HeadingKind::Change;
            if !same {
                self.push_heading(kind, pieces.clone());
            }
            taken.extend(pieces);
        }
        taken
    }

    /// Takes the label out of the row and keeps it for the rows below.
    fn take_labels(&mut self, cells: &mut Cells<'s>, recognise: &dyn Recognise) -> SmallVec<[Label<'s>; 2]> {
        let mut labels: SmallVec<[Label<'s>; 2]> = SmallVec::new();
        let Some(column) = self.roles.label else { return labels };
        let cell = cells.iter().position(|(at, piece)| *at == column && has_words(piece.text));
        let Some(cell) = cell else {
            if let Some(label) = &mut self.label {
                label.inherited = true;
            }
            return labels;
        };
        let piece = cells.remove(cell).1;
        let found = labels::split_labels(piece.text, recognise);
        if found.is_empty() {
            labels.push(Label { piece, meaning: None, inherited: false });
        }
        labels.extend(found.into_iter().map(|(text, meaning)| Label { piece: piece.part(text), meaning: Some(meaning), inherited: false }));
        for label in &labels {
            let Some(meaning) = label.meaning else { continue };
            let current = self.label.as_ref().and_then(|label| label.meaning);
            if self.labels_seen.first() == Some(&meaning) && current != Some(meaning) {
                self.boundary = self.boundary.max(Boundary::Labels);
                self.labels_seen.clear();
            }
            if !self.labels_seen.contains(&meaning) {
                self.labels_seen.push(meaning);
            }
        }
        self.label = labels.last().cloned();
        labels
    }

    /// A row whose leading subject is empty while the row above holds two in one cell: the second is moved down.
    fn mend_lost_subject(&mut self, cells: &mut Cells<'s>, lines: &mut Vec<Line<'s>>) {
        let Some(&column) = self.roles.subjects.first() else { return };
        if self.boundary > Boundary::Page || cells.iter().any(|(at, piece)| *at == column && has_words(piece.text)) {
            return;
        }
        let known = self.known_values(column);
        let Some(last) = self.table.items.last_mut() else { return };
        let Some(cell) = last.cells.iter_mut().find(|cell| cell.column.get() == column) else { return };
        let [piece] = cell.pieces.as_mut_slice() else { return };
        let Some((left, right)) = doubled::at_known(piece.text, &known) else { return };
        let moved = piece.part(right);
        *piece = piece.part(left);
        last.diagnostics.push(Diagnostic::new(Code::RowDoubled, "held the text of the next row too; split"));
        cells.push((column, moved));
        cells.sort_by_key(|(at, _)| *at);
        let index = self.table.items.len();
        if let Some(line) = lines.iter_mut().rev().find(|line| line.item == Some((self.index, index - 1))) {
            if let Content::Row(row) = line.content {
                let number = line.row.unwrap_or(0);
                let rest = row.cells.iter().map(|cell| Piece::cell(cell, number));
                line.content = Content::Pieces(rest.map(|p| if p.text.ends_with(right) && p.place == moved.place && p.text.contains(left) && p.column == moved.column { p.part(left) } else { p }).collect());
            }
        }
        self.push_line(Content::Pieces(vec![moved]), Became::Item, Some(index), moved.row.unwrap_or(0), lines);
    }

    /// The texts that stand alone in the cells of `column`, as far as the table has been read.
    fn known_values(&self, column: usize) -> FxHashSet<String> {
        const LOOK_BACK: usize = 2_000;
        let items = self.table.items.iter().rev().take(LOOK_BACK);
        items.filter_map(|item| item.cell(column)).map(|cell| cell.text().into_owned()).filter(|text| has_words(text)).collect()
    }

    /// Two rows in one: at least two cells hold the same words twice.
    fn split_doubled(&self, cells: &Cells<'s>) -> Option<(Cells<'s>, Cells<'s>)> {
        let repeats = cells.iter().filter(|(_, piece)| piece.text.len() >= 8 && doubled::repeated(piece.text).is_some()).count();
        if repeats < 2 {
            return None;
        }
        let (mut left, mut right): (Cells<'s>, Cells<'s>) = (SmallVec::new(), SmallVec::new());
        for (column, piece) in cells {
            let subject = self.roles.subjects.contains(column);
            let parts = doubled::repeated(piece.text)
                .or_else(|| doubled::at_known(piece.text, &self.known_values(*column)))
                .or_else(|| subject.then(|| doubled::at_sentence(piece.text)).flatten())
                .or_else(|| subject.then(|| doubled::at_capital(piece.text)).flatten());
            match parts {
                Some((first, second)) => {
                    left.push((*column, piece.part(first)));
                    right.push((*column, piece.part(second)));
                }
                None => left.push((*column, *piece)),
            }
        }
        Some((left, right))
    }

    /// Two labels in one label cell: the text is split between them, what cannot be split goes to the last.
    fn doubled_by_labels(
        &mut self,
        row: &'s GridRow,
        cells: Cells<'s>,
        labels: &[Label<'s>],
        block: &[Piece<'s>],
        number: u32,
        lines: &mut Vec<Line<'s>>,
    ) {
        let (mut left, mut right): (Cells<'s>, Cells<'s>) = (SmallVec::new(), SmallVec::new());
        for (column, piece) in cells {
            let parts = if self.roles.subjects.contains(&column) {
                doubled::at_sentence(piece.text).or_else(|| doubled::at_capital(piece.text))
            } else {
                None
            };
            match parts {
                Some((first, second)) => {
                    left.push((column, piece.part(first)));
                    right.push((column, piece.part(second)));
                }
                None => right.push((column, piece)),
            }
        }
        let halves = [left, right].into_iter().zip(labels);
        for (position, (cells, label)) in halves.enumerate() {
            if cells.is_empty() {
                continue;
            }
            self.label = Some(label.clone());
            let mut pieces: Vec<Piece<'s>> = if position == 0 { block.to_vec() } else { Vec::new() };
            pieces.push(label.piece);
            self.push_part(row, cells, pieces, number, lines);
        }
    }

    fn push_two(&mut self, row: &'s GridRow, halves: [Cells<'s>; 2], block: &[Piece<'s>], number: u32, lines: &mut Vec<Line<'s>>) {
        for (position, cells) in halves.into_iter().enumerate() {
            let pieces = if position == 0 { block.to_vec() } else { Vec::new() };
            self.push_part(row, cells, pieces, number, lines);
        }
    }

    fn push_part(&mut self, row: &'s GridRow, cells: Cells<'s>, mut pieces: Vec<Piece<'s>>, number: u32, lines: &mut Vec<Line<'s>>) {
        pieces.extend(cells.iter().map(|(_, piece)| *piece));
        let index = self.push_item(row, cells, number);
        if let Some(item) = self.table.items.get_mut(index) {
            item.diagnostics.push(Diagnostic::new(Code::RowDoubled, "two rows stood in one; split"));
        }
        self.push_line(Content::Pieces(pieces), Became::Item, Some(index), number, lines);
    }

    fn push_item(&mut self, row: &'s GridRow, cells: Cells<'s>, number: u32) -> usize {
        let mut item = Item {
            cells: Vec::with_capacity(cells.len()),
            label: self.label.clone(),
            heading: self.milestone.or(self.change).or(self.section).or(self.title),
            names_change: std::mem::take(&mut self.names_change),
            boundary: std::mem::replace(&mut self.boundary, Boundary::None),
            row: number,
            place: &row.place,
            last_place: &row.place,
            diagnostics: Vec::new(),
        };
        for (column, piece) in cells {
            add_piece(&mut item, column, piece);
        }
        self.table.items.push(item);
        self.table.items.len() - 1
    }
}

fn add_piece<'s>(item: &mut Item<'s>, column: usize, piece: Piece<'s>) {
    match item.cells.binary_search_by_key(&column, |cell| cell.column.get()) {
        Ok(at) => item.cells[at].pieces.push(piece),
        Err(at) => {
            let column = ColumnIndex(u32::try_from(column).unwrap_or(u32::MAX));
            item.cells.insert(at, ItemCell { column, pieces: SmallVec::from_elem(piece, 1) });
        }
    }
}

/// Whether a change cell is only a strip of the column beside it that bled in: every word of it begins a word of the row's own
/// texts, or it is a letter or two.
fn is_strip(text: &str, cells: &Cells<'_>, column: usize, recognise: &dyn Recognise) -> bool {
    if text.chars().filter(|c| c.is_alphabetic()).count() < 3 {
        return true;
    }
    if recognise.heading(text).is_some_and(|guess| guess.similarity * guess.coverage >= 0.5) {
        return false;
    }
    let own = fold(text);
    let Some((_, beside)) = cells.iter().find(|(at, piece)| *at > column && has_words(piece.text)) else { return false };
    let beside = fold(&collapse(beside.text));
    let words: Vec<&str> = beside.split(' ').collect();
    let (mut met, mut all) = (0, 0);
    for word in own.split(' ') {
        all += 1;
        met += usize::from(words.iter().any(|other| other.starts_with(word)));
    }
    // A strip of several rows holds words of the rows below too, so not every word is met in this row.
    all >= 4 && met * 5 >= 3 * all
}
