//! Rows that state the level of what is above them: "Current maturity | Established" between the name of a change and its actions.

use smallvec::SmallVec;

use super::open::Cells;
use super::open::Open;
use super::open::RowAt;
use super::open::add_piece;
use crate::model::audit::Became;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::Recognise;
use crate::model::source::GridRow;
use crate::model::source::TextBlock;
use crate::model::table::Boundary;
use crate::model::table::Column;
use crate::model::table::Content;
use crate::model::table::Item;
use crate::model::table::ItemCell;
use crate::model::table::Line;
use crate::model::table::Piece;
use crate::model::text::fold;
use crate::model::text::has_words;

impl<'s> Open<'s> {
    /// Makes an item of a row of nothing but levels, each behind the words that say which it is. False where it is no such row.
    pub(super) fn level_row(
        &mut self,
        row: RowAt<'s>,
        cells: &Cells<'s>,
        recognise: &dyn Recognise,
        lines: &mut Vec<Line<'s>>,
    ) -> bool {
        if !is_level_row(row.row(), recognise) {
            return false;
        }
        let said: Cells<'s> = cells.iter().filter(|(_, piece)| has_words(piece.text)).copied().collect();
        let (pairs, rest) = said.as_chunks::<2>();
        // Below a header of levels, what stands beside is no question.
        let headed = |at: usize| self.table.columns.get(at).is_some_and(|column| column.meaning() == Some(STATUS));
        if !rest.is_empty() || pairs.iter().any(|[_, level]| headed(level.0)) || !differ(pairs) {
            return false;
        }
        let mut own = Cells::new();
        for [(_, label), (_, level)] in pairs {
            own.push((self.column_of(*label, recognise), *level));
        }
        self.settle();
        self.note_state(row.row());
        let index = self.push_item(row, own);
        let notes = self.add_notes(row, index);
        let labels = pairs.iter().map(|[(_, label), _]| *label).collect();
        let levels = pairs.iter().map(|[_, (_, level)]| *level).chain(notes).collect();
        self.push_line(Content::Pieces(labels), Became::ColumnHeader, None, row.number, lines);
        self.push_line(Content::Pieces(levels), Became::Item, Some(index), row.number, lines);
        true
    }

    /// The columns that the header has, without those made for levels that are stated.
    pub(super) fn headed_columns(&self) -> Vec<Column<'s>> {
        let columns = self.table.columns.iter().enumerate();
        columns.filter(|(at, _)| !self.stated.contains(at)).map(|(_, column)| column.clone()).collect()
    }

    /// Whether no header stands over the rows.
    pub(super) fn is_unheaded(&self) -> bool {
        self.headed_columns().iter().all(|column| column.header.is_empty())
    }

    /// Makes an item of the levels that a line above the table states. The line, at `line` of `lines`, becomes two: what asks,
    /// and what is answered.
    pub(super) fn push_stated(&mut self, stated: &Stated<'s>, recognise: &dyn Recognise, lines: &mut Vec<Line<'s>>) {
        let whole = Piece::block(stated.block);
        let mut item = Item {
            cells: Vec::new(),
            label: None,
            heading: self.title,
            names_change: false,
            boundary: std::mem::replace(&mut self.boundary, Boundary::None),
            row: 0,
            place: &stated.block.place,
            last_place: &stated.block.place,
            notes: Vec::new(),
            diagnostics: Vec::new(),
        };
        for (label, level) in &stated.levels {
            let column = self.column_of(whole.part(label), recognise);
            add_piece(&mut item, column, whole.part(level));
        }
        self.table.items.push(item);
        let index = self.table.items.len() - 1;
        let Some(line) = lines.get_mut(stated.line) else { return };
        line.became = Became::Item;
        line.item = Some((self.index, index));
        line.content = Content::Pieces(stated.levels.iter().map(|(_, level)| whole.part(level)).collect());
        let labels = Content::Pieces(stated.levels.iter().map(|(label, _)| whole.part(label)).collect());
        let asked = Line { content: labels, became: Became::ColumnHeader, item: None, table: line.table, row: line.row };
        lines.insert(stated.line, asked);
    }

    /// Whether the last item does nothing but state a level.
    pub(super) fn ends_in_level(&self) -> bool {
        let states = |cell: &ItemCell<'_>| {
            let column = self.table.columns.get(cell.column.get());
            column.is_some_and(|column| column.meaning() == Some(STATUS))
        };
        self.table.items.last().is_some_and(|item| item.cells.iter().all(states))
    }

    /// The column for what stands behind `label`, made where there is none.
    fn column_of(&mut self, label: Piece<'s>, recognise: &dyn Recognise) -> usize {
        let header = fold(label.text);
        let known = self.table.columns.iter().position(|column| fold(&column.header) == header);
        known.unwrap_or_else(|| {
            let header = label.text.trim().trim_end_matches(':');
            let column = self.add_column(header, label, recognise.header(header));
            self.stated.push(column);
            column
        })
    }
}

/// A line between the name of a change and a table that states levels: "Current level: Established. Target level: Mature."
pub(super) struct Stated<'s> {
    block: &'s TextBlock,
    line: usize,
    /// What asks for each level, and the level.
    levels: SmallVec<[(&'s str, &'s str); 2]>,
}

impl<'s> Stated<'s> {
    /// Reads the text of `block`, whose line is `line`; `None` where it says anything else.
    pub(super) fn of(block: &'s TextBlock, line: usize, recognise: &dyn Recognise) -> Option<Self> {
        /// Longest such line, in bytes.
        const LONGEST: usize = 160;
        // "Level 3: Established" heads what is told of that level.
        let counted = block.text.bytes().any(|b| b.is_ascii_digit()) && recognise.level(&block.text).is_some();
        if block.text.len() > LONGEST || counted {
            return None;
        }
        let mut levels: SmallVec<[(&'s str, &'s str); 2]> = SmallVec::new();
        let parts = block.text.split(['.', ';', ',', '\n', '\t', '|', '(']).map(|part| part.trim_matches([' ', ')', '\u{a0}']));
        for part in parts.filter(|part| !part.is_empty()) {
            let marks = [":", " = ", " \u{2013} ", " \u{2014} ", " - "];
            let (label, level) = marks.iter().find_map(|mark| part.split_once(mark))?;
            let (label, level) = (label.trim(), level.trim());
            // "Mature by March 2019".
            let named = level.split_once(" by ").map_or(level, |(named, _)| named);
            let asks = asks_level(label, recognise) || (!levels.is_empty() && recognise.is_planned(label));
            recognise.level(named).filter(|_| asks)?;
            levels.push((label, level));
        }
        (!levels.is_empty()).then_some(Self { block, line, levels })
    }

    pub(super) fn line(&self) -> usize {
        self.line
    }
}

/// Whether no two levels are for the same question.
fn differ(pairs: &[[(usize, Piece<'_>); 2]]) -> bool {
    let mut asked: SmallVec<[String; 4]> = pairs.iter().map(|[(_, label), _]| fold(label.text)).collect();
    asked.sort_unstable();
    asked.windows(2).all(|pair| pair[0] != pair[1])
}

const STATUS: Meaning = Meaning::Field(Field::Status);

/// Whether a row is nothing but levels, each behind the words that say which it is.
pub(super) fn is_level_row(row: &GridRow, recognise: &dyn Recognise) -> bool {
    let texts: SmallVec<[&str; 8]> = row.texts().map(|cell| cell.text.as_str()).collect();
    let (pairs, rest) = texts.as_chunks::<2>();
    let states = |[label, level]: &[&str; 2]| asks_level(label, recognise) && recognise.level(level).is_some();
    !pairs.is_empty() && rest.is_empty() && pairs.iter().all(states)
}

/// Whether words ask for a level: a known header of it.
fn asks_level(text: &str, recognise: &dyn Recognise) -> bool {
    let text = text.trim().trim_end_matches(':');
    recognise.header(text).is_some_and(|guess| guess.meaning == STATUS && guess.is_likely())
}
