//! Levels by column: the status, quarters and plans beside it, the columns of the model's matrix.

use super::date;
use super::rag::RagReading;
use super::record::Draft;
use super::record::TableReader;
use crate::model::assignment::ColumnUse;
use crate::model::date::DateContext;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::Mark;
use crate::model::record::Level;
use crate::model::record::MaturityValue;
use crate::model::record::Rag;
use crate::model::record::TimescaleCell;
use crate::model::table::Column;
use crate::model::table::Piece;
use crate::model::table::Table;
use crate::model::table::joined;
use crate::model::text::collapse;
use crate::model::text::has_words;

/// From so many words on the chosen cell of a matrix describes where things stand.
const DESCRIBES: usize = 4;

/// The period that the header of each column of levels names, EDTF.
pub(super) fn periods(table: &Table<'_>, uses: &[ColumnUse], context: &DateContext) -> Vec<Option<String>> {
    let period = |(column, usage): (&Column<'_>, &ColumnUse)| {
        let levels = matches!(usage, ColumnUse::Maturity { .. } | ColumnUse::Field(Field::Status));
        let read = |text: &str| date::read_dates(text, context).into_iter().find_map(|reading| reading.edtf);
        if levels { read(&column.header) } else { None }
    };
    table.columns.iter().zip(uses).map(period).collect()
}

impl TableReader<'_, '_> {
    /// The levels of a status cell, or of a cell in a column for some time.
    pub(super) fn status(&self, text: &str, column: usize, planned: bool, draft: &mut Draft) {
        let boxes = self.normaliser.cells.ticked(text);
        let levels = self.normaliser.maturity.read(boxes.as_deref().unwrap_or(text));
        if levels.is_empty() && self.rates(text) {
            return self.rag(text, &[], draft);
        }
        if levels.is_empty() && has_words(text) {
            let message = format!("no level in {:?}", collapse(text));
            draft.diagnostics.push(Diagnostic::new(Code::MaturityNotRead, message).field("status"));
        }
        // "Established by March 2018" says itself when.
        let own = || self.dates(text, column).into_iter().find_map(|reading| reading.edtf);
        let period = self.periods.get(column).cloned().flatten().or_else(|| if planned { own() } else { None });
        draft.normalised.maturity.extend(levels.into_iter().map(|reading| MaturityValue {
            level: reading.level,
            raw: reading.raw,
            period: period.clone(),
            planned,
        }));
    }

    /// "Amber" below "Status", where no column is for ratings. "Complete" is a state of the action and rates nothing here, and a letter
    /// may be that of "yes".
    fn rates(&self, text: &str) -> bool {
        let colour = |reading: &RagReading| matches!(reading.value, Rag::Red | Rag::Amber | Rag::Green) && reading.raw.len() > 2;
        !self.uses.contains(&ColumnUse::Field(Field::Rag)) && self.normaliser.ratings.read(text).as_ref().is_some_and(colour)
    }

    /// A level for a quarter, or one that is planned.
    pub(super) fn maturity(&self, planned: bool, column: usize, pieces: &[Piece<'_>], draft: &mut Draft) {
        let text = joined(pieces);
        self.status(&text, column, planned, draft);
        let header = self.table.columns.get(column);
        if header.and_then(Column::meaning) != Some(Meaning::Timescale) {
            return self.extra(column, pieces, draft);
        }
        let header = header.map(|column| column.header.clone()).unwrap_or_default();
        draft.fields.timescale.push(TimescaleCell { header, text: text.into_owned() });
        self.places(Some("timescale"), pieces, draft);
    }

    /// A cell of the matrix that is not empty or shaded: its column is the level.
    pub(super) fn level(&self, level: Level, column: usize, pieces: &[Piece<'_>], draft: &mut Draft) {
        let text = joined(pieces);
        let mark = self.normaliser.cells.mark(&text).unwrap_or(Mark::Chosen);
        if mark != Mark::Unchosen {
            let raw = self.table.columns.get(column).map(|column| column.header.clone()).unwrap_or_default();
            let planned = mark == Mark::Planned;
            draft.normalised.maturity.push(MaturityValue { level, raw, period: None, planned });
            draft.normalised.maturity.sort_by_key(|value| (value.planned, value.level));
        }
        if text.is_empty() {
            return;
        }
        let position = ColumnUse::Field(Field::CurrentPosition);
        let describes = mark == Mark::Chosen && text.split_whitespace().count() >= DESCRIBES;
        if describes && !self.uses.contains(&position) {
            draft.fields.add(Field::CurrentPosition, &text);
            return self.places(Some(Field::CurrentPosition.key()), pieces, draft);
        }
        self.extra(column, pieces, draft);
    }
}
