//! Grids that ask questions, read before any header is looked for: forms, and tables with the changes across the top.

use super::answers;
use super::form;
use super::transposed;
use crate::model::audit::Became;
use crate::model::location::Place;
use crate::model::source::GridRow;
use crate::model::source::TextKind;
use crate::model::table::Heading;
use crate::model::table::Piece;
use crate::tables::RowNumbers;
use crate::tables::build::Finder;
use crate::tables::build::Placed;

impl<'s> Finder<'s, '_> {
    /// Reads the forms and transposed tables that begin at row `start` of a grid; the first row behind them.
    pub(in crate::tables) fn asked(&mut self, rows: &'s [GridRow], start: usize) -> usize {
        let mut at = start;
        while at < rows.len() {
            let Some(end) = self.transposed(rows, at).or_else(|| self.form(rows, at)) else { break };
            at = end;
        }
        if at < rows.len() && self.form.take().is_some() {
            self.leave_form();
        }
        at
    }

    /// A table with the changes across the top.
    fn transposed(&mut self, rows: &'s [GridRow], at: usize) -> Option<usize> {
        let found = transposed::read(rows, at, self.recognise)?;
        self.form = None;
        self.inherited.clear();
        self.begin(Vec::new(), Vec::new(), at);
        if let Some(open) = &mut self.open {
            transposed::write(&found, at, rows, open, self.recognise, &mut self.layout.lines);
        }
        self.close();
        Some(found.end)
    }

    /// A form, or the rest of the one before.
    fn form(&mut self, rows: &'s [GridRow], at: usize) -> Option<usize> {
        let goes_on = self.form.is_some() && at == 0 && self.pending.iter().all(|placed| self.is_question(placed));
        let names = |placed: &Placed<'_>| self.recognise.heading(&placed.block.text).is_some();
        let named = self.pending.iter().any(names) || self.outline.iter().any(|(_, placed)| names(placed));
        let found = form::read(rows, at, form::Around { named: named || at > 0, goes_on }, self.recognise)?;
        let end = found.end;
        if goes_on {
            self.take_questions();
            if let Some(open) = &mut self.open {
                open.numbers = RowNumbers::after(open.rows);
            }
        } else {
            self.begin(Vec::new(), Vec::new(), at);
            self.form = Some(answers::State::default());
        }
        if let (Some(open), Some(state)) = (&mut self.open, &mut self.form) {
            answers::write(found, at, rows, open, state, self.recognise, &mut self.layout.lines);
        }
        Some(end)
    }

    /// Closes a form behind which something else follows: what stands under its headings stays under them.
    fn leave_form(&mut self) {
        if self.pending.iter().all(|placed| self.is_question(placed)) {
            self.take_questions();
            let table = self.open.as_ref().map(|open| &open.table);
            let path = table.map(|table| (table, table.path(table.items.last().and_then(|item| item.heading))));
            let headings = path.into_iter().flat_map(|(table, path)| path.into_iter().filter_map(|h| table.headings.get(h)));
            // Their rows are those of the form.
            let apart = |piece: &Piece<'s>| Piece { row: None, ..*piece };
            let apart = |heading: &Heading<'s>| Heading { pieces: heading.pieces.iter().map(apart).collect(), ..heading.clone() };
            let outline: Vec<&Place> = self.outline.iter().map(|(_, placed)| &placed.block.place).collect();
            let marked = |heading: &Heading<'s>| {
                heading.pieces.first().is_some_and(|piece| outline.iter().any(|place| std::ptr::eq(*place, piece.place)))
            };
            self.inherited = headings.filter(|heading| !marked(heading)).map(apart).collect();
        }
        self.close();
    }

    /// Questions without an answer that stand on a line of their own.
    fn take_questions(&mut self) {
        for placed in std::mem::take(&mut self.pending) {
            self.layout.lines[placed.line].became = Became::ColumnHeader;
        }
    }

    fn is_question(&self, placed: &Placed<'_>) -> bool {
        let known = |text: &str| self.recognise.header(text).is_some_and(|guess| guess.similarity >= 0.85);
        placed.block.kind == TextKind::Paragraph && known(&placed.block.text)
    }
}
