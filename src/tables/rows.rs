//! The rows under a header, one after the other: what each of them is.

use smallvec::SmallVec;

use super::aside;
use super::facts;
use super::open::Cells;
use super::open::Open;
use super::open::RowAt;
use super::open::Span;
use super::parting;
use super::single;
use super::single::Around;
use super::single::Single;
use crate::model::audit::Became;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::numbering::is_reference_only;
use crate::model::numbering::numbered;
use crate::model::recognise::Recognise;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::table::Boundary;
use crate::model::table::Column;
use crate::model::table::Content;
use crate::model::table::HeadingKind;
use crate::model::table::Line;
use crate::model::table::Piece;
use crate::model::text::fold;
use crate::model::text::has_words;

/// From this share of a text on a name of a change is all that it says.
const NAMES: f64 = 0.8;

/// Whether a row is a level or a rating beside what it means, below a row that opens a key or others of its kind: "Key", "Blue |
/// Complete".
fn is_pair_of_key(rows: &[GridRow], at: usize, recognise: &dyn Recognise) -> bool {
    /// Most entries of a key.
    const MOST: usize = 12;
    let pair = |row: &GridRow| {
        let mut texts = row.texts();
        let named = texts.next().is_some_and(|cell| recognise.is_value(&cell.text));
        named && texts.next().is_some() && texts.next().is_none()
    };
    let opens = |row: &GridRow| {
        let mut texts = row.texts();
        texts.next().is_some_and(|cell| recognise.opens_key(cell.text.trim_end_matches(':'))) && texts.next().is_none()
    };
    if !rows.get(at).is_some_and(pair) {
        return false;
    }
    let mut above = rows[..at].iter().rev().take(MOST).skip_while(|row| pair(row));
    above.next().is_some_and(opens)
}

impl<'s> Open<'s> {
    /// A row under the header.
    pub(super) fn body_row(&mut self, rows: &'s [GridRow], at: usize, recognise: &dyn Recognise, lines: &mut Vec<Line<'s>>) {
        let row = RowAt { rows, at, number: self.numbers.of(at) };
        let cells = self.cells(row.row(), row.number);
        // A workbook hides rows of a plan to show less of it; what a page hides is no part of it.
        let became = if row.row().hidden && !row.row().place.is_on_sheet() {
            Became::Hidden
        } else if !cells.iter().any(|(_, piece)| has_words(piece.text)) {
            Became::Empty
        } else if self.repeats_header(row.row()) {
            self.boundary = self.boundary.max(Boundary::Page);
            Became::ColumnHeader
        } else if self.explains_header(&cells, recognise) {
            Became::ColumnHeader
        } else if self.answer_last(row, &cells, recognise, lines) || self.level_row(row, &cells, recognise, lines) {
            return;
        } else if self.ends_in_level() && self.is_unheaded() && facts::is_fact_row(row.row(), recognise) {
            // "Date of assessment | 12/03/2018" below the level that is stated.
            Became::Narrative
        } else if let Some(became) = self.single_row(row, &cells, recognise) {
            became
        } else if is_summary_row(cells.iter().map(|(_, piece)| piece.text), recognise)
            || aside::is_example_row(cells.iter().map(|(_, piece)| piece.text).filter(|text| has_words(text)))
            || aside::is_key_row(cells.iter().map(|(_, piece)| piece.text).filter(|text| has_words(text)), recognise)
            || is_pair_of_key(rows, at, recognise)
        {
            Became::Legend
        } else if self.is_rest_of_last(&cells) {
            return self.continue_last(row, cells, lines);
        } else if counts_columns(&cells) || self.is_unfilled(&cells) {
            Became::Legend
        } else {
            return self.item_row(row, cells, recognise, lines);
        };
        self.push_line(Content::Row(row.row()), became, None, row.number, lines);
    }

    /// The row's cells in the table's columns, cells merged down from above included.
    pub(super) fn cells(&mut self, row: &'s GridRow, number: u32) -> Cells<'s> {
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
        if let Some(text) = repeated_text(cells) {
            return Some((cells.first()?.0, text));
        }
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

    /// "4 | | Home first": the number of a change in its column and the name in that of the actions, and nothing else.
    fn is_change_row(&self, cells: &Cells<'s>, recognise: &dyn Recognise) -> bool {
        let mut texts = cells.iter().filter(|(_, piece)| has_words(piece.text));
        let (Some(number), Some(name), None) = (texts.next(), texts.next(), texts.next()) else { return false };
        let counts = is_reference_only(number.1.text) || recognise.heading(number.1.text).is_some_and(|guess| guess.tagged);
        let names =
            |text: &str| recognise.heading(text).is_some_and(|g| g.change.is_some() && g.similarity * g.coverage >= NAMES);
        self.roles.change == Some(number.0) && self.roles.subjects.contains(&name.0) && counts && names(name.1.text)
    }

    /// Whether the row right below the header says in other words what its columns are: a third of its cells, and two at least,
    /// are headers of their own columns; or most say what to fill in.
    fn explains_header(&self, cells: &Cells<'s>, recognise: &dyn Recognise) -> bool {
        /// Longest header of its kind in words.
        const HINT: usize = 6;
        /// How well a text is known as a header of its own column.
        const HEADER: f64 = 0.85;
        if !self.table.items.is_empty() || self.sections > 0 || self.header_rows.is_empty() {
            return false;
        }
        let said = || cells.iter().filter(|(_, piece)| has_words(piece.text));
        let means = |(at, piece): &&(usize, Piece<'s>)| {
            let own = self.table.columns.get(*at).and_then(Column::meaning);
            own.is_some() && recognise.header(piece.text).filter(|guess| guess.similarity >= HEADER).map(|g| g.meaning) == own
        };
        let short = |(_, piece): &(usize, Piece<'s>)| piece.text.split_whitespace().count() <= HINT;
        let hints = said().filter(means).count();
        let requests = said().filter(|(_, piece)| aside::requests(piece.text, recognise)).count();
        if requests >= 2 && requests * 3 >= said().count() * 2 {
            return true;
        }
        cells.iter().all(short) && hints >= 2 && hints * 3 >= said().count()
    }

    /// A row of a blank return: a name stands in front, in columns without a header, and no quarter, level or answer is filled
    /// in.
    fn is_unfilled(&self, cells: &Cells<'s>) -> bool {
        /// Longest name in words.
        const NAME: usize = 12;
        let columns = &self.table.columns;
        let asks = |column: &Column<'s>| matches!(column.meaning(), Some(Meaning::Timescale | Meaning::Level(_)));
        let headless = |at: usize| columns.get(at).is_some_and(|c| c.header.is_empty() && c.meaning().is_none() && !c.is_label);
        let first = columns.iter().position(asks);
        let names = |(at, piece): &(usize, Piece<'s>)| {
            !has_words(piece.text)
                || (headless(*at) && first.is_some_and(|first| *at < first) && piece.text.split_whitespace().count() <= NAME)
        };
        first.is_some() && cells.iter().all(names)
    }

    fn is_spanned(&self, piece: &Piece<'s>) -> bool {
        self.spans.iter().any(|span| std::ptr::eq(span.piece.place, piece.place) && span.piece.row != piece.row)
    }

    /// What a row with one text becomes; `None` where it is an ordinary row after all.
    fn single_row(&mut self, row: RowAt<'s>, cells: &Cells<'s>, recognise: &dyn Recognise) -> Option<Became> {
        if self.is_change_row(cells, recognise) {
            self.push_heading(HeadingKind::Section, cells.iter().map(|(_, piece)| *piece).collect());
            return Some(Became::Section);
        }
        let (column, text) = self.only_text(cells)?;
        if Some(column) == self.roles.change || Some(column) == self.roles.label {
            return None;
        }
        if aside::is_remark(text, recognise) {
            return Some(Became::Narrative);
        }
        if self.table.items.is_empty() && self.sections == 0 {
            self.parted = parting::parts(&row.rows[row.at..row.rows.len().min(row.at + parting::LOOK)]);
        }
        let subject = self.roles.subjects.contains(&column);
        let merged = row.row().cells.iter().any(|cell| cell.colspan > 1 && has_words(&cell.text));
        let around = self.around(row, cells, (column, text), subject);
        if !merged && !around.emphasised && self.may_be_torn(column, cells) {
            return None;
        }
        // A fragment of a later column belongs to the item above; a fragment of the first may be a heading.
        if !subject && column > 0 && !merged && around.reference.is_none() && !self.table.items.is_empty() {
            return recognise.is_summary(text).then_some(Became::Legend);
        }
        let plain = !merged && !around.emphasised && subject && self.sections == 0 && !self.table.items.is_empty();
        // Where a column in front says what the rows are under, an action alone in its row names no part of the table.
        let headed = [(self.roles.change, self.change), (self.roles.milestone, self.milestone)];
        if plain && headed.iter().any(|(front, named)| named.is_some() && front.is_some_and(|front| front < column)) {
            return None;
        }
        if plain
            && self.table.columns.len() == 2
            && recognise.heading(text).is_some_and(|guess| !guess.tagged)
            && numbered(text).is_none()
            && *self.strays.get_or_insert_with(|| parting::strays(row.rows, |text| single::named(text, recognise).is_some()))
        {
            return None;
        }
        match single::judge(text, &around, recognise) {
            Single::Item => None,
            Single::Summary => Some(Became::Legend),
            Single::Nothing => Some(Became::Empty),
            Single::Heading(kind) => {
                if kind == HeadingKind::Section && !self.section_columns.contains(&column) {
                    self.section_columns.push(column);
                }
                self.wide_sections |= kind == HeadingKind::Section && around.covers > single::WIDE;
                let shown = if repeated_text(cells).is_some() { 1 } else { cells.len() };
                self.push_heading(kind, cells.iter().take(shown).map(|(_, piece)| *piece).collect());
                Some(if kind == HeadingKind::Milestone { Became::Milestone } else { Became::Section })
            }
        }
    }

    /// Whether a blank cell of a column of ratings has a fill, and another one than the row's text.
    fn is_rated(&self, row: &GridRow, of_text: Option<[u8; 3]>) -> bool {
        let rating =
            |at: usize| self.table.columns.get(at).is_some_and(|column| column.meaning() == Some(Meaning::Field(Field::Rag)));
        let coloured = |cell: &GridCell| cell.style.fill.is_some() && cell.style.fill != of_text && !has_words(&cell.text);
        self.alignment.is_identity() && row.cells.iter().any(|cell| coloured(cell) && rating(cell.column.get()))
    }

    /// What surrounds the only text of a row.
    fn around<'c>(&self, row: RowAt<'s>, cells: &'c Cells<'s>, (column, text): (usize, &str), subject: bool) -> Around<'c>
    where
        's: 'c,
    {
        let cell = row.row().cells.iter().find(|cell| std::ptr::eq(cell.text.as_str(), text));
        let colspan = cell.map_or(1, |cell| cell.colspan);
        let mut next_texts = row.next().into_iter().flat_map(|next| next.cells.iter().map(|cell| cell.text.as_str()));
        Around {
            subject,
            covers: if repeated_text(cells).is_some() {
                1.0
            } else if colspan > 1 {
                f64::from(colspan) / f64::from(row.row().width.max(1))
            } else {
                0.0
            },
            emphasised: cell.is_some_and(|cell| cell.style.emphasised),
            rated: self.is_rated(row.row(), cell.and_then(|cell| cell.style.fill)),
            reference: cells.iter().map(|(_, piece)| piece.text).find(|t| !std::ptr::eq(*t, text) && is_reference_only(t)),
            next: [next_texts.next(), next_texts.next()],
            next_is_single: row.next().is_some_and(|next| next.cells.iter().filter(|cell| has_words(&cell.text)).count() == 1),
            titled: self.title.is_some(),
            sections: self.sections,
            elsewhere: !self.section_columns.is_empty() && !self.section_columns.contains(&column),
            wide_sections: self.wide_sections,
            opened: self.boundary == Boundary::Section,
            parts: self.parted && parting::is_short(text) && numbered(text).is_none(),
        }
    }
}

/// "1 | 2 | 3": numbers of the columns, or figures that nothing says a word about.
fn counts_columns(cells: &Cells<'_>) -> bool {
    let said = || cells.iter().map(|(_, piece)| piece.text.trim()).filter(|text| has_words(text));
    let plain = |text: &str| {
        let figure = text.trim_matches(|c: char| matches!(c, '(' | ')' | '£' | '%'));
        figure.matches('.').count() <= 1 && figure.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    };
    said().count() >= 2 && said().all(plain)
}

/// The text that all cells of a row hold: a merged cell that an export wrote out. Two equal cells may be chance, and so may
/// marks of a letter or two.
fn repeated_text<'s>(cells: &Cells<'s>) -> Option<&'s str> {
    let first = cells.first()?.1.text;
    (cells.len() >= 3 && first.len() >= 4 && cells.iter().all(|(_, piece)| piece.text == first)).then_some(first)
}

/// "Overall | 12", "Overall | Established": a summary with nothing but figures, levels and ratings beside it.
pub(super) fn is_summary_row<'t>(texts: impl Iterator<Item = &'t str>, recognise: &dyn Recognise) -> bool {
    let figures = |text: &str| text.len() < 12 && text.bytes().any(|b| b.is_ascii_digit()) && !text.contains(char::is_alphabetic);
    let mut texts = texts.filter(|text| has_words(text));
    let Some(first) = texts.next() else { return false };
    first.len() < 60 && texts.all(|text| figures(text) || recognise.is_value(text)) && recognise.is_summary(first)
}
