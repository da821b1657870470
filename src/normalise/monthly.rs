//! Ratings month by month, in columns of their own: the latest that says something is how things stand.

use super::record::Draft;
use super::record::Normaliser;
use super::record::TableReader;
use crate::model::assignment::ColumnUse;
use crate::model::date::DateContext;
use crate::model::field::Field;
use crate::model::table::Item;
use crate::model::table::ItemCell;
use crate::model::table::Table;
use crate::model::text::has_words;

/// How many items are looked at.
const SAMPLE: usize = 60;

/// The columns of ratings that are earlier than the column of ratings, the latest first: the headers of both name a month or
/// another period.
pub(super) fn earlier(table: &Table<'_>, uses: &[ColumnUse], context: &DateContext, normaliser: &Normaliser) -> Vec<usize> {
    let when = |column: usize| -> Option<String> {
        let header = table.columns.get(column).map(|column| column.header.as_str())?;
        normaliser.dates().read(header, context).into_iter().find_map(|reading| reading.edtf)
    };
    let Some(column) = uses.iter().position(|usage| *usage == ColumnUse::Field(Field::Rag)) else { return Vec::new() };
    let Some(latest) = when(column) else { return Vec::new() };
    let rates = |column: usize| {
        let mut said = table.items.iter().take(SAMPLE).filter_map(|item| item.cell(column)).map(ItemCell::text);
        said.all(|text| !has_words(&text) || normaliser.ratings.read(&text).is_some())
    };
    let extra = (0..uses.len()).filter(|column| uses[*column] == ColumnUse::Extra);
    let mut found: Vec<(String, usize)> = extra.filter_map(|column| Some((when(column)?, column))).collect();
    found.retain(|(period, column)| *period < latest && rates(*column));
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, column)| column).collect()
}

impl TableReader<'_, '_> {
    /// Takes the last rating of an item that has none yet in the column of ratings.
    pub(super) fn rating_before(&self, item: &Item<'_>, draft: &mut Draft) {
        for column in &self.rated_before {
            let Some(cell) = item.cell(*column).filter(|_| draft.normalised.rag.is_none()) else { continue };
            self.rag(&cell.text(), &cell.pieces, draft);
            if draft.normalised.rag.is_some() {
                self.places(Some(Field::Rag.key()), &cell.pieces, draft);
            }
        }
    }
}
