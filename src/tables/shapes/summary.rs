//! A table that sums up others: its rows stand there too, and no item counts twice.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::model::audit::Became;
use crate::model::change::ChangeNumber;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::recognise::Recognise;
use crate::model::table::Item;
use crate::model::table::ItemCell;
use crate::model::table::Layout;
use crate::model::table::Table;
use crate::model::text::fold;

/// Texts of so many words tell an item; shorter ones are values that stand in many.
const TELLING: usize = 4;

/// So many rows of a table must stand elsewhere for it to be a summary.
const LEAST: usize = 3;

/// Where a text stands: for a value, only under the same change.
type Key = (Option<ChangeNumber>, String);

/// What an item says, and the change that its headings name.
struct Said {
    change: Option<ChangeNumber>,
    keys: Vec<Key>,
}

/// Takes rows out of `layout` that only repeat items of other tables.
pub(in crate::tables) fn find(layout: &mut Layout<'_>, recognise: &dyn Recognise) {
    if layout.tables.len() < 3 {
        return;
    }
    let said: Vec<Vec<Said>> =
        layout.tables.iter().map(|table| table.items.iter().map(|item| Said::of(table, item, recognise)).collect()).collect();
    let mut holders: Holders<'_> = FxHashMap::default();
    for (table, items) in said.iter().enumerate() {
        for (item, key) in items.iter().enumerate().flat_map(|(item, said)| said.keys.iter().map(move |key| (item, key))) {
            holders.entry(key).or_default().push((table, item));
        }
    }
    let mut taken: FxHashSet<usize> = FxHashSet::default();
    for (table, items) in said.iter().enumerate() {
        // The same words under another change are another item.
        let free = |change: Option<ChangeNumber>, (other, item): &(usize, usize)| {
            let there = said.get(*other).and_then(|items| items.get(*item)).and_then(|said| said.change);
            *other != table && !taken.contains(other) && change.zip(there).is_none_or(|(here, there)| here == there)
        };
        let repeated = |said: &Said| repeated_in(&said.keys, &holders, &|place| free(said.change, place));
        let repeats = items.iter().enumerate().filter_map(|(item, said)| Some((item, repeated(said)?)));
        let repeats: Vec<(usize, usize)> = repeats.collect();
        let others: FxHashSet<usize> = repeats.iter().map(|(_, other)| *other).collect();
        if repeats.len() >= LEAST && repeats.len() * 5 >= items.len() * 4 && others.len() >= 2 {
            let repeated: Vec<usize> = repeats.iter().map(|(item, _)| *item).collect();
            taken.insert(table);
            take(layout, table, &repeated);
        }
    }
}

/// The items, each by its table and its number there, that hold a text.
type Holders<'k> = FxHashMap<&'k Key, Vec<(usize, usize)>>;

/// The other table, of those that are `free` for it, that holds everything that an item says: its telling texts in one item, its values
/// under the same change. Words that stand here in one row and there in another are a plan's own and no repetition.
fn repeated_in(keys: &[Key], holders: &Holders<'_>, free: &dyn Fn(&(usize, usize)) -> bool) -> Option<usize> {
    let of = |key: &Key| holders.get(key).map(Vec::as_slice).unwrap_or_default();
    let first = keys.iter().find(|(change, _)| change.is_none()).or(keys.first())?;
    let mut found = of(first).iter().filter(|place| free(place));
    let holds = |(other, item): &(usize, usize)| {
        keys.iter().all(|key| of(key).iter().any(|(t, i)| t == other && (key.0.is_some() || i == item)))
    };
    found.find(|place| holds(place)).map(|(other, _)| *other)
}

impl Said {
    /// The texts of an item. A value counts with the change that it stands under.
    fn of(table: &Table<'_>, item: &Item<'_>, recognise: &dyn Recognise) -> Self {
        let headings = table.path(item.heading).into_iter().rev().filter_map(|index| table.headings.get(index));
        let change = headings.filter_map(|heading| recognise.heading(&heading.text())).find_map(|guess| guess.change);
        // How many actions a sheet has stands on no other sheet.
        let says = |text: &str| text.contains(char::is_alphabetic);
        let texts = item.cells.iter().map(ItemCell::text).filter(|text| says(text));
        let key = |text: Cow<'_, str>| {
            let telling = text.split_whitespace().count() >= TELLING;
            (change.filter(|_| !telling), fold(&text))
        };
        Self { change, keys: texts.map(key).collect() }
    }
}

/// Takes `items` out of a table; their rows sum up others.
fn take(layout: &mut Layout<'_>, table: usize, items: &[usize]) {
    layout.set_aside(table, items, Became::Legend);
    let Some(table) = layout.tables.get_mut(table) else { return };
    let message = format!("{} rows stand in other tables too; counted there", items.len());
    table.diagnostics.push(Diagnostic::new(Code::SummaryRepeats, message));
}
