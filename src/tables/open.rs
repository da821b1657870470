//! The table that is being read: its columns' roles, the headings that are open, the lines written so far.

use std::ops::RangeInclusive;

use smallvec::SmallVec;

use super::RowNumbers;
use super::columns;
use super::columns::Alignment;
use super::columns::Profiles;
use super::header;
use super::shapes::matrix;
use crate::model::audit::Became;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::location::ColumnIndex;
use crate::model::location::Place;
use crate::model::recognise::HeaderGuess;
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
use crate::model::text::fold;

/// A cell of a row and the table's column that it goes to.
pub(super) type Cells<'s> = SmallVec<[(usize, Piece<'s>); 12]>;

/// A row of a grid, with its neighbours and its number in the table.
#[derive(Clone, Copy)]
pub(super) struct RowAt<'s> {
    pub(super) rows: &'s [GridRow],
    /// Index into `rows`.
    pub(super) at: usize,
    /// Row of the table, zero-based.
    pub(super) number: u32,
}

impl<'s> RowAt<'s> {
    pub(super) fn row(self) -> &'s GridRow {
        &self.rows[self.at]
    }

    pub(super) fn next(self) -> Option<&'s GridRow> {
        self.rows.get(self.at + 1)
    }
}

/// A cell that covers rows below its own.
pub(super) struct Span<'s> {
    pub(super) column: usize,
    pub(super) rows_left: u32,
    pub(super) piece: Piece<'s>,
}

/// The columns with a role in telling rows apart.
#[derive(Default)]
pub(super) struct Roles {
    pub(super) change: Option<usize>,
    /// A second column of the change, right behind the first: "Chg 1" and the name.
    pub(super) change_name: Option<usize>,
    pub(super) milestone: Option<usize>,
    pub(super) label: Option<usize>,
    pub(super) reference: Option<usize>,
    /// Columns that say what a row is about, leftmost first.
    pub(super) subjects: SmallVec<[usize; 2]>,
    /// The columns of the model's matrix.
    pub(super) levels: SmallVec<[SmallVec<[usize; 5]>; 1]>,
    /// Columns of free text.
    pub(super) prose: SmallVec<[bool; 16]>,
}

/// The table that is being read.
pub(super) struct Open<'s> {
    pub(super) table: Table<'s>,
    pub(super) header_rows: Vec<Vec<String>>,
    /// Columns that were made for levels which stand above the header.
    pub(super) stated: Vec<usize>,
    pub(super) profiles: Profiles,
    pub(super) alignment: Alignment,
    pub(super) numbers: RowNumbers,
    pub(super) boundary: Boundary,
    /// Rows so far.
    pub(super) rows: u32,
    /// Innermost title.
    pub(super) title: Option<usize>,
    pub(super) index: usize,
    pub(super) section: Option<usize>,
    pub(super) change: Option<usize>,
    pub(super) milestone: Option<usize>,
    pub(super) label: Option<Label<'s>>,
    pub(super) labels_seen: SmallVec<[Meaning; 4]>,
    pub(super) names_change: bool,
    /// How many sections were opened.
    pub(super) sections: u32,
    /// What was odd about the row in hand.
    pub(super) noted: Vec<Diagnostic>,
    /// The columns in which sections stood alone in their rows.
    pub(super) section_columns: SmallVec<[usize; 2]>,
    /// Rows merged over the whole width open sections here.
    pub(super) wide_sections: bool,
    /// Short texts alone in their rows part the table.
    pub(super) parted: bool,
    /// Whether texts alone in the rows of this grid are items, once that was asked.
    pub(super) strays: Option<bool>,
    pub(super) spans: Vec<Span<'s>>,
    pub(super) roles: Roles,
}

impl<'s> Open<'s> {
    /// Takes the headings that the table ends with: none of its items stands below them, so they are above what comes next. A
    /// change beside which nothing is filled in is no heading of that.
    pub(super) fn take_last_headings(&mut self, recognise: &dyn Recognise) -> Vec<Heading<'s>> {
        let used = self.table.items.iter().rev().flat_map(|item| self.table.path(item.heading)).max();
        let first = used.map_or(self.table.headings.len(), |last| last + 1);
        let heads = |heading: &Heading<'_>| match heading.kind {
            HeadingKind::Section => true,
            HeadingKind::Change => {
                !recognise.heading(&heading.text()).is_some_and(|guess| guess.tagged || guess.change.is_some())
            }
            HeadingKind::Title | HeadingKind::Milestone => false,
        };
        if self.table.items.is_empty() || !self.table.headings.get(first..).unwrap_or_default().iter().all(heads) {
            return Vec::new();
        }
        self.table.headings.split_off(first)
    }

    /// Whether rows stand on the same sheet in other columns than the table: another one beside it, and not its next part.
    pub(super) fn stands_beside(&self, rows: &[GridRow]) -> bool {
        let own = || {
            let header = self.table.columns.iter().flat_map(|column| &column.pieces).map(|piece| piece.place);
            header.chain(self.table.items.last().map(|item| item.place)).filter_map(Place::columns)
        };
        let apart = |a: &RangeInclusive<u32>, b: &RangeInclusive<u32>| a.end() < b.start() || b.end() < a.start();
        let mut theirs = rows.iter().filter_map(|row| row.place.columns()).peekable();
        theirs.peek().is_some()
            && own().next().is_some()
            && theirs.all(|(sheet, columns)| own().all(|(other, own)| sheet == other && apart(&columns, &own)))
    }

    /// Whether rows begin as a header does, in words that nobody knows, over columns that share no value with the table's:
    /// another table, and not its next part.
    pub(super) fn is_unlike(&self, rows: &[GridRow]) -> bool {
        const LEAST: usize = 3;
        let Some((first, below)) = rows.split_first() else { return false };
        let labels = first.texts().count() >= 2 && first.texts().count() == first.cells.len();
        let labels = labels && first.cells.iter().all(|cell| header::is_label(&cell.text));
        let aligned = rows.iter().all(|row| row.width as usize == self.table.columns.len());
        labels && below.len() >= LEAST && !self.profiles.share_values(below, aligned)
    }

    pub(super) fn new(table: Table<'s>, index: usize, numbers: RowNumbers) -> Self {
        let width = table.columns.len();
        Self {
            table,
            header_rows: Vec::new(),
            stated: Vec::new(),
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
            sections: 0,
            noted: Vec::new(),
            section_columns: SmallVec::new(),
            wide_sections: false,
            parted: false,
            strays: None,
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
            let subject = column.meaning().is_some_and(Meaning::is_subject);
            if subject || label.is_some_and(|label| index == label + 1) {
                subjects.push(index);
            }
        }
        let prose = columns.iter().map(|column| match column.meaning() {
            Some(Meaning::Field(field)) => field.is_prose(),
            Some(Meaning::Change) | None => true,
            Some(Meaning::Timescale | Meaning::OpenTimescale | Meaning::Level(_) | Meaning::Group) => false,
        });
        let change = find(Meaning::Change);
        let names = |index: &usize| columns.get(*index).is_some_and(|column| column.meaning() == Some(Meaning::Change));
        self.roles = Roles {
            change,
            change_name: change.map(|index| index + 1).filter(names),
            levels: matrix::times(columns),
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

    /// The table goes on in a further grid.
    pub(super) fn go_on(&mut self, rows: &[GridRow], width: usize) {
        self.numbers = RowNumbers::after(self.rows);
        self.strays = None;
        self.boundary = self.boundary.max(Boundary::Page);
        self.alignment = columns::align(rows, width, self.table.columns.len(), &self.profiles);
        if !self.alignment.is_identity() {
            let message = format!("{width} columns here, {} in the header; aligned by what they hold", self.table.columns.len());
            let place = rows.first().map(|row| row.place.clone());
            self.table.diagnostics.push(Diagnostic { place, ..Diagnostic::new(Code::ColumnsAligned, message) });
        }
    }

    /// The table goes on below its header printed again, perhaps without the columns that are empty here.
    pub(super) fn go_on_below(&mut self, header: &[Column<'s>]) {
        self.numbers = RowNumbers::after(self.rows);
        let known: Vec<String> = self.table.columns.iter().map(|column| fold(&column.header)).collect();
        self.alignment = Alignment::by_header(header.iter().map(|column| fold(&column.header)), &known);
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

    /// A header that names a change, in place of saying what its column holds, heads the whole table.
    pub(super) fn push_named_header(&mut self, recognise: &dyn Recognise) {
        let named = |column: &&Column<'_>| header::is_named_for_change(column, recognise);
        let mut names = self.table.columns.iter().filter(named).map(|column| column.pieces.clone());
        // Several of them are a sheet with the changes across.
        if let (Some(pieces), None) = (names.next(), names.next()) {
            self.push_title(pieces);
        }
    }

    /// A row of the header: its title cells and its header cells are two lines.
    pub(super) fn header_line(&mut self, row: &'s GridRow, at: usize, lines: &mut Vec<Line<'s>>) {
        let number = self.numbers.of(at);
        let titles = &self.table.headings;
        let is_title = |cell: &&'s crate::model::source::GridCell| {
            titles.iter().flat_map(|heading| &heading.pieces).any(|piece| piece.is_whole(cell))
        };
        let (title, header): (Vec<_>, Vec<_>) = row.cells.iter().partition(is_title);
        if title.is_empty() {
            let became = if header.is_empty() { Became::Empty } else { Became::ColumnHeader };
            return self.push_line(Content::Row(row), became, None, number, lines);
        }
        for (cells, became) in [(title, Became::Section), (header, Became::ColumnHeader)] {
            if !cells.is_empty() {
                let mut pieces: Vec<Piece<'s>> = cells.into_iter().map(|cell| Piece::cell(cell, number)).collect();
                if became == Became::ColumnHeader {
                    pieces.extend(row.notes.iter().map(|note| Piece::note(note, number)));
                }
                self.push_line(Content::Pieces(pieces), became, None, number, lines);
            }
        }
    }

    /// Opens a heading; headings below it end.
    pub(super) fn push_heading(&mut self, kind: HeadingKind, pieces: Vec<Piece<'s>>) {
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
            self.sections += 1;
        }
        self.label = None;
        self.labels_seen.clear();
        self.boundary = self.boundary.max(Boundary::Section);
    }

    /// A column behind those of the header, for what stands behind `key` in rows; its index.
    pub(super) fn add_column(&mut self, header: &str, key: Piece<'s>, guess: Option<HeaderGuess>) -> usize {
        self.table.columns.push(Column { header: header.to_owned(), pieces: vec![key], guess, ..Column::default() });
        self.table.columns.len() - 1
    }

    pub(super) fn push_item(&mut self, row: RowAt<'s>, cells: Cells<'s>) -> usize {
        let mut item = Item {
            cells: Vec::with_capacity(cells.len()),
            label: self.label.clone(),
            heading: self.milestone.or(self.change).or(self.section).or(self.title),
            names_change: std::mem::take(&mut self.names_change),
            boundary: std::mem::replace(&mut self.boundary, Boundary::None),
            row: row.number,
            place: &row.row().place,
            last_place: &row.row().place,
            notes: Vec::new(),
            diagnostics: std::mem::take(&mut self.noted),
        };
        for (column, piece) in cells {
            add_piece(&mut item, column, piece);
        }
        self.table.items.push(item);
        self.table.items.len() - 1
    }
}

impl<'s> Open<'s> {
    /// Gives the comments on a row's cells to an item; hands them back for its line.
    pub(super) fn add_notes(&mut self, row: RowAt<'s>, index: usize) -> Vec<Piece<'s>> {
        let notes: Vec<Piece<'s>> = row.row().notes.iter().map(|note| Piece::note(note, row.number)).collect();
        if let Some(item) = self.table.items.get_mut(index) {
            item.notes.extend_from_slice(&notes);
        }
        notes
    }
}

pub(super) fn add_piece<'s>(item: &mut Item<'s>, column: usize, piece: Piece<'s>) {
    match item.cells.binary_search_by_key(&column, |cell| cell.column.get()) {
        Ok(at) => item.cells[at].pieces.push(piece),
        Err(at) => {
            let column = ColumnIndex(u32::try_from(column).unwrap_or(u32::MAX));
            item.cells.insert(at, ItemCell { column, pieces: SmallVec::from_elem(piece, 1) });
        }
    }
}
