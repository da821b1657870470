//! A table that sums up others: its rows stand there too, and no item counts twice.

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::model::audit::Became;
use crate::model::change::ChangeNumber;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::recognise::Recognise;
use crate::model::table::Item;
use crate::model::table::Layout;
use crate::model::table::Table;
use crate::model::text::fold;
use crate::model::text::has_words;

/// Texts of so many words tell an item; shorter ones are values that stand in many.
const TELLING: usize = 4;

/// So many rows of a table must stand elsewhere for it to be a summary.
const LEAST: usize = 3;

/// Where a text stands: for a value, only under the same change.
type Key = (Option<ChangeNumber>, String);

/// Takes rows out of `layout` that only repeat items of other tables.
pub(in crate::tables) fn find(layout: &mut Layout<'_>, recognise: &dyn Recognise) {
    if layout.tables.len() < 3 {
        return;
    }
    let keys: Vec<Vec<Vec<Key>>> =
        layout.tables.iter().map(|table| table.items.iter().map(|item| item_keys(table, item, recognise)).collect()).collect();
    let mut holders: FxHashMap<&Key, FxHashSet<usize>> = FxHashMap::default();
    for (table, items) in keys.iter().enumerate() {
        for key in items.iter().flatten() {
            holders.entry(key).or_default().insert(table);
        }
    }
    let mut taken: FxHashSet<usize> = FxHashSet::default();
    for (table, items) in keys.iter().enumerate() {
        let elsewhere =
            |key: &Key| holders.get(key).is_some_and(|of| of.iter().any(|other| *other != table && !taken.contains(other)));
        let repeated: Vec<usize> =
            (0..items.len()).filter(|item| !items[*item].is_empty() && items[*item].iter().all(elsewhere)).collect();
        let others: FxHashSet<usize> = repeated
            .iter()
            .flat_map(|item| items[*item].iter().filter(|(change, _)| change.is_none()))
            .filter_map(|key| holders.get(key)?.iter().copied().find(|other| *other != table))
            .collect();
        if repeated.len() >= LEAST && repeated.len() * 5 >= items.len() * 4 && others.len() >= 2 {
            taken.insert(table);
            take(layout, table, &repeated);
        }
    }
}

/// The texts of an item. A value counts with the change that it stands under.
fn item_keys(table: &Table<'_>, item: &Item<'_>, recognise: &dyn Recognise) -> Vec<Key> {
    let headings = table.path(item.heading).into_iter().rev().filter_map(|index| table.headings.get(index));
    let change = headings.filter_map(|heading| recognise.heading(&heading.text())).find_map(|guess| guess.change);
    let texts = item.cells.iter().map(|cell| cell.text()).filter(|text| has_words(text));
    texts
        .map(|text| {
            let telling = text.split_whitespace().count() >= TELLING;
            (change.filter(|_| !telling), fold(&text))
        })
        .collect()
}

/// Takes `items` out of a table; their rows sum up others.
fn take(layout: &mut Layout<'_>, table: usize, items: &[usize]) {
    for line in &mut layout.lines {
        let Some((of, item)) = &mut line.item else { continue };
        if *of != table {
            continue;
        }
        if items.contains(item) {
            line.became = Became::Legend;
            line.item = None;
        } else {
            *item -= items.iter().filter(|taken| *taken < item).count();
        }
    }
    let Some(table) = layout.tables.get_mut(table) else { return };
    let mut index = 0;
    table.items.retain(|_| {
        index += 1;
        !items.contains(&(index - 1))
    });
    let message = format!("{} rows stand in other tables too; counted there", items.len());
    table.diagnostics.push(Diagnostic::new(Code::SummaryRepeats, message));
}
