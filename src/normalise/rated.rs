//! How an item is rated: by the words, the sign or the fill of a cell, and by what the document's key says of them.

use super::rag::RagReading;
use super::rag::hex;
use super::rag::opening_symbol;
use super::record::Draft;
use super::record::TableReader;
use crate::model::assignment::ColumnUse;
use crate::model::field::Field;
use crate::model::recognise::Mark;
use crate::model::record::Rag;
use crate::model::record::RagFrom;
use crate::model::record::RagValue;
use crate::model::table::Item;
use crate::model::table::Piece;
use crate::model::table::joined;

impl TableReader<'_, '_> {
    /// A mark below "R", "A" or "G" in a column of its own: the header is the rating.
    pub(super) fn ticked_rating(&self, column: usize, pieces: &[Piece<'_>], draft: &mut Draft) {
        let header = self.table.columns.get(column).map(|column| column.header.as_str()).unwrap_or_default();
        if self.normaliser.cells.mark(&joined(pieces)) == Some(Mark::Chosen) {
            self.rag(header, pieces, draft);
        }
        self.extra(column, pieces, draft);
    }

    /// Whether the document's key says which rating `text` is.
    pub(super) fn explains(&self, text: &str) -> bool {
        self.shared.legend.of_text(text).is_some()
    }

    /// Whether the document's key says that what is filled so is planned.
    pub(super) fn plans(&self, fill: [u8; 3]) -> bool {
        self.shared.legend.plans(fill, &self.normaliser.ratings)
    }

    /// Whether `text` is a date and nothing else.
    pub(super) fn is_date(&self, text: &str) -> bool {
        self.normaliser.dates().is_cell(text)
    }

    /// A coloured sign in front of what an item says, where no column rates it.
    pub(super) fn signed(&self, item: &Item<'_>, draft: &mut Draft) {
        if draft.normalised.rag.is_some() || self.coloured.is_some() || self.uses.contains(&ColumnUse::Field(Field::Rag)) {
            return;
        }
        let texts = item.cells.iter().filter_map(|cell| cell.pieces.first()).map(|piece| piece.text);
        if let Some(RagReading { value, raw }) = texts.into_iter().find_map(opening_symbol) {
            draft.normalised.rag = Some(RagValue { value, raw, from: RagFrom::Text });
        }
    }

    pub(super) fn rag(&self, text: &str, pieces: &[Piece<'_>], draft: &mut Draft) {
        let ratings = &self.normaliser.ratings;
        let read = ratings.read(text);
        // The key is asked where it says more than the cell does by itself.
        let differs = |own: Option<&RagReading>, value: Rag| own.is_none_or(|own| own.value != value);
        let explained = self.shared.legend.of_text(text).filter(|found| differs(read.as_ref(), found.value));
        let filled = || {
            let fill = pieces.iter().find_map(|piece| piece.style.fill)?;
            let own = ratings.from_fill(fill);
            match self.shared.legend.of_fill(fill).filter(|value| differs(own.as_ref(), *value)) {
                Some(value) => Some((RagReading { value, raw: hex(fill) }, RagFrom::Legend)),
                None => own.map(|reading| (reading, RagFrom::Fill)),
            }
        };
        let said = explained.map(|reading| (reading, RagFrom::Legend)).or(read.map(|reading| (reading, RagFrom::Text)));
        if let Some((reading, from)) = said.or_else(filled) {
            draft.normalised.rag = Some(RagValue { value: reading.value, raw: reading.raw, from });
        }
    }
}
