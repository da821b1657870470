//! A table that is silent about the plan: beds, posts, contracts, contacts. Nothing in it says how things stand or what is
//! done.
//!
//! A sheet beside the plan often has an owner, a date and a comment, too. So what a table has in common with a plan is not
//! enough: it must say something, in a column that is known to say it, or in words under the name of a change.

use std::borrow::Cow;

use crate::model::audit::Became;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::table::Column;
use crate::model::table::Heading;
use crate::model::table::HeadingKind;
use crate::model::table::Item;
use crate::model::table::ItemCell;
use crate::model::table::Layout;
use crate::model::table::Table;
use crate::model::text::has_words;
use crate::tables::aside::is_figure;
use crate::tables::header;

/// So many words a cell on average are said, fewer are a value.
const SAID: usize = 2;

/// So many words a cell on average are free text, whatever stands above them.
const PROSE: usize = 6;

/// So many words a cell on average may be an action where a date stands beside it.
const ACTION: usize = 3;

/// So many columns of figures beside a single one of names are accounts.
const FIGURES: usize = 3;

/// Most items that are looked at: what a column holds shows in them.
const LOOK: usize = 200;

/// Takes the items of silent tables out of `layout`.
pub(in crate::tables) fn find(layout: &mut Layout<'_>, recognise: &dyn Recognise) {
    let speaks: Vec<Speaks> = layout.tables.iter().map(|table| says(table, recognise)).collect();
    // Where no table speaks clearly, what may be a plan in unknown words is better than nothing.
    let clear = speaks.contains(&Speaks::Clearly);
    for (index, speaks) in speaks.into_iter().enumerate() {
        let table = &layout.tables[index];
        if table.items.is_empty() || speaks == Speaks::Clearly || (speaks == Speaks::Perhaps && !clear) {
            continue;
        }
        let items: Vec<usize> = (0..table.items.len()).collect();
        layout.set_aside(index, &items, Became::Narrative);
        let Some(table) = layout.tables.get_mut(index) else { continue };
        let message = format!("{} rows say neither how things stand nor what is done; read as narrative", items.len());
        table.diagnostics.push(Diagnostic::new(Code::TableSilent, message));
    }
}

/// How clearly a table says something of a plan.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Speaks {
    /// A header or the names of changes say so.
    Clearly,
    /// It holds free text beside people or dates.
    Perhaps,
    Not,
}

/// Whether a table says something of a plan.
fn says(table: &Table<'_>, recognise: &dyn Recognise) -> Speaks {
    if table.items.is_empty() {
        return Speaks::Not;
    }
    // Items without a table are texts that were found to be actions.
    if table.number == 0 || most(table, |item| item.label.is_some()) {
        return Speaks::Clearly;
    }
    let known = |column: &Column<'_>| column.guess.filter(HeaderGuess::is_likely).map(|guess| guess.meaning);
    let columns = || table.columns.iter().enumerate().map(|(index, column)| (index, known(column)));
    let means =
        |fields: &[Field]| columns().any(|(_, meaning)| fields.iter().any(|field| meaning == Some(Meaning::Field(*field))));
    let figures = (0..table.columns.len()).filter(|index| figured(table, *index)).count();
    if figures >= FIGURES && figures + 1 >= table.columns.len() {
        return Speaks::Not;
    }
    let says = |(index, meaning): (usize, Option<Meaning>)| match meaning {
        Some(Meaning::Level(_)) => true,
        // Though none of its texts names one.
        Some(Meaning::Change) => table.columns[index].guess.is_some_and(|guess| guess.is_sure()),
        Some(Meaning::Timescale | Meaning::OpenTimescale) => column(table, index).any(|text| !is_figure(&text)),
        Some(Meaning::Field(field)) => match field {
            Field::Action
            | Field::CurrentPosition
            | Field::IntendedOutcome
            | Field::Method
            | Field::Gaps
            | Field::SupportNeeds => words(column(table, index)) >= SAID,
            Field::Milestone => milestones(table).max(words(column(table, index))) >= ACTION,
            Field::Status => levels(table, index, recognise),
            _ => false,
        },
        Some(Meaning::Group) | None => false,
    };
    let named = |column: &Column<'_>| header::is_named_for_change(column, recognise);
    if columns().any(says) || table.columns.iter().any(named) || names_changes(table, recognise) {
        return Speaks::Clearly;
    }
    let who_or_when = || means(&[Field::Lead, Field::Organisation, Field::Start, Field::Due]);
    let headed = table.columns.iter().any(|column| !column.header.is_empty());
    let perhaps = if headed { who_or_when() && longest(table) >= PROSE } else { acts(table) };
    if perhaps { Speaks::Perhaps } else { Speaks::Not }
}

/// Whether a column holds nothing but figures, and some that are no scores of levels: money by scheme says nothing of a plan,
/// whatever the schemes are.
fn figured(table: &Table<'_>, index: usize) -> bool {
    /// Longest score in digits.
    const SCORE: usize = 1;
    let amount = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() > SCORE;
    column(table, index).any(|text| amount(&text)) && column(table, index).all(|text| is_figure(&text))
}

/// Whether most of a table's items, of those that are looked at, are such.
fn most(table: &Table<'_>, is: impl Fn(&Item<'_>) -> bool) -> bool {
    let looked = table.items.len().min(LOOK);
    table.items.iter().take(LOOK).filter(|item| is(item)).count() * 2 >= looked
}

/// Whether most items stand under the name of a change.
fn names_changes(table: &Table<'_>, recognise: &dyn Recognise) -> bool {
    let names: Vec<bool> = table.headings.iter().map(|heading| recognise.names_change(&heading.text())).collect();
    most(table, |item| table.path(item.heading).iter().any(|index| names[*index]))
}

/// The texts of a column, of the items that are looked at.
fn column<'t, 's>(table: &'t Table<'s>, index: usize) -> impl Iterator<Item = Cow<'s, str>> + use<'t, 's> {
    let cells = table.items.iter().take(LOOK).filter_map(move |item| item.cell(index));
    cells.map(ItemCell::text).filter(|text| has_words(text))
}

/// How many words a text has on average, figures not counted.
fn words<'s>(texts: impl Iterator<Item = Cow<'s, str>>) -> usize {
    let (mut all, mut words) = (0, 0);
    for text in texts {
        all += 1;
        words += text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    }
    // Rounded, so that two and a half words are three.
    (2 * words + all).checked_div(2 * all).unwrap_or(0)
}

/// The words of intermediate headings, on average.
fn milestones(table: &Table<'_>) -> usize {
    words(table.headings.iter().filter(|heading| heading.kind == HeadingKind::Milestone).map(Heading::text))
}

/// The words of the column with the longest texts, on average.
fn longest(table: &Table<'_>) -> usize {
    (0..table.columns.len()).map(|index| words(column(table, index))).max().unwrap_or(0)
}

/// Whether most texts of a column are levels of maturity.
fn levels(table: &Table<'_>, index: usize, recognise: &dyn Recognise) -> bool {
    let all = column(table, index).count();
    all > 0 && column(table, index).filter(|text| recognise.level(text).is_some()).count() * 2 >= all
}

/// Whether a table without a header is one of actions: free text, or shorter ones beside dates. Where a date's column begins
/// with a word, the first row is a header of words that nobody knows.
fn acts(table: &Table<'_>) -> bool {
    let dated = |index: usize| {
        let digits = |text: &str| text.contains(|c: char| c.is_ascii_digit()) && !is_figure(text);
        let all = column(table, index).count();
        let first = table.items.first().and_then(|item| item.cell(index));
        let dated = column(table, index).filter(|text| digits(text) && text.len() <= 40).count();
        dated > 1 && dated * 2 >= all && first.is_none_or(|cell| digits(&cell.text()))
    };
    let longest = longest(table);
    longest >= PROSE || (longest >= ACTION && (0..table.columns.len()).any(dated))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_without_figures_and_rounded() {
        let mean = |texts: &[&'static str]| words(texts.iter().map(|text| Cow::Borrowed(*text)));
        assert_eq!(mean(&["Open a hub", "Print leaflets"]), 3);
        assert_eq!(mean(&["12", "4.5 %"]), 0);
        assert_eq!(mean(&["Band 5", "Band 6"]), 1);
        assert_eq!(mean(&[]), 0);
    }
}
