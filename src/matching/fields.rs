//! Columns to fields: each field at most once a table, by the best header; what is left over is `extra`.

use super::levels;
use crate::model::assignment::ColumnUse;
use crate::model::cells::is_month;
use crate::model::cells::month_number;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::numbering::closed_letter;
use crate::model::numbering::is_code;
use crate::model::numbering::is_reference_only;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::recognise::Values;
use crate::model::table::Column;
use crate::model::table::ItemCell;
use crate::model::table::Table;
use crate::model::text::fold;
use crate::model::text::has_words;

/// What each column of `table` is.
pub(super) fn uses(table: &Table<'_>, values: &dyn Values, recognise: &dyn Recognise) -> Vec<ColumnUse> {
    let mut uses: Vec<ColumnUse> = table.columns.iter().map(by_header).collect();
    keep_best(&mut uses, table, recognise);
    if let Some(label) = table.columns.iter().position(|column| column.is_label) {
        uses[label] = ColumnUse::Label;
        // Whatever the header over the texts says, each row's label says it better.
        let labelled = |usage: &ColumnUse| match usage {
            ColumnUse::Extra => true,
            ColumnUse::Field(field) => field.is_prose() && *field != Field::Milestone,
            _ => false,
        };
        if let Some(next) = uses.get_mut(label + 1).filter(|next| labelled(next)) {
            *next = ColumnUse::Labelled;
        }
    }
    levels::mark(&mut uses, table, values, recognise);
    ticked(&mut uses, table, values, recognise);
    rated(&mut uses, table, values);
    dated(&mut uses, table, values, recognise);
    coded(&mut uses, table);
    by_values(&mut uses, table, values, recognise);
    months(&mut uses, table);
    name_subject(&mut uses, table, recognise);
    uses
}

/// How many filled cells of a column are looked at.
const SAMPLE: usize = 40;

/// Where no other column is, one of ratings whose header speaks of them is the rating, whatever else it speaks of: "Progress
/// RAG".
fn rated(uses: &mut [ColumnUse], table: &Table<'_>, values: &dyn Values) {
    let rag = ColumnUse::Field(Field::Rag);
    if uses.contains(&rag) {
        return;
    }
    // "This month" over nothing but ratings reports no progress in words.
    let progress = ColumnUse::Field(Field::Progress);
    for (index, usage) in uses.iter_mut().enumerate().filter(|(_, usage)| **usage == progress) {
        if share(index, table, |_| false, |text| values.is_rating(text)).holds() {
            *usage = ColumnUse::Extra;
        }
    }
    let speaks = |index: usize| fold(&table.columns[index].header).split(' ').any(|word| matches!(word, "rag" | "brag" | "ragb"));
    let found = (0..uses.len())
        .find(|index| speaks(*index) && share(*index, table, |_| false, |text| opens_with_rating(text, values)).holds());
    if let Some(index) = found {
        uses[index] = rag;
    }
}

/// Columns side by side, each headed by a rating, with marks in them: "R | A | G".
fn ticked(uses: &mut [ColumnUse], table: &Table<'_>, values: &dyn Values, recognise: &dyn Recognise) {
    let heads = |index: usize| {
        let free = matches!(uses[index], ColumnUse::Extra | ColumnUse::Field(Field::Rag));
        let marks = share(index, table, |_| false, |text| recognise.mark(text).is_some());
        free && values.is_rating(&table.columns[index].header) && marks.met == marks.all
    };
    let found: Vec<usize> = (0..uses.len()).filter(|index| heads(*index)).collect();
    // Letters are ratings where all three are there and no other letter beside them, as in "R | A | C | I".
    let header = |index: usize| table.columns.get(index).map(|column| fold(&column.header)).unwrap_or_default();
    let letter = |index: usize| header(index).len() == 1;
    let lights = ["r", "a", "g"].iter().all(|light| found.iter().any(|index| header(*index) == *light));
    let others = (0..uses.len()).any(|index| letter(index) && !found.contains(&index));
    let letters = found.iter().any(|index| letter(*index));
    let rated = (0..uses.len()).any(|index| uses[index] == ColumnUse::Field(Field::Rag) && !found.contains(&index));
    let clear = !rated && (!letters || (lights && !others));
    if clear && found.len() >= 2 && found.windows(2).all(|pair| pair[0] + 1 == pair[1]) {
        for index in found {
            uses[index] = ColumnUse::Rating;
        }
    }
}

/// "Amber: recruitment is slow", "Complete (blue)".
fn opens_with_rating(text: &str, values: &dyn Values) -> bool {
    let remark = [':', ',', ';', '(', '\n', '\u{2013}', '\u{2014}'];
    let opening = text.split(remark).next().and_then(|opening| opening.split(" - ").next()).unwrap_or_default();
    values.is_rating(text) || values.is_rating(opening)
}

/// How many of a column's filled cells are of a kind.
#[derive(Clone, Copy)]
pub(super) struct Share {
    pub(super) met: usize,
    pub(super) all: usize,
}

impl Share {
    /// Every one.
    fn is_whole(self) -> bool {
        self.all > 0 && self.met == self.all
    }

    /// Nearly all, and so many that it is not by chance.
    fn holds(self) -> bool {
        self.all >= 3 && self.met * 5 >= self.all * 4
    }
}

/// How many of the first cells of a column that say something pass `test`; those that are `neutral` do not count.
pub(super) fn share(index: usize, table: &Table<'_>, neutral: impl Fn(&str) -> bool, test: impl Fn(&str) -> bool) -> Share {
    let texts = table.items.iter().filter_map(|item| item.cell(index)).map(ItemCell::text);
    let said = texts.filter(|text| has_words(text) && !neutral(text)).take(SAMPLE);
    said.fold(Share { met: 0, all: 0 }, |share, text| Share { met: share.met + usize::from(test(&text)), all: share.all + 1 })
}

/// A column of nothing but dates holds no text, whatever its header means elsewhere: "Target" is when it is due, unless another
/// column is, and "Baseline date" is none of the fields.
fn dated(uses: &mut [ColumnUse], table: &Table<'_>, values: &dyn Values, recognise: &dyn Recognise) {
    let ends = [Field::Due, Field::Start].map(ColumnUse::Field);
    let mut due = uses.iter().any(|usage| ends.contains(usage));
    for index in (0..uses.len()).rev() {
        let ColumnUse::Field(
            Field::CurrentPosition
            | Field::Action
            | Field::Milestone
            | Field::SuccessMeasure
            | Field::IntendedOutcome
            | Field::Rationale
            | Field::Progress,
        ) = uses[index]
        else {
            continue;
        };
        let said = |text: &str| recognise.is_value(text) || values.is_ongoing(text);
        let share = share(index, table, said, |text| values.is_date(text));
        let target = uses[index] == ColumnUse::Field(Field::SuccessMeasure) && share.holds();
        // One date among levels or "ongoing" is no column of dates.
        let filled = self::share(index, table, |text| recognise.is_placeholder(text), |text| values.is_date(text));
        if target || (share.is_whole() && filled.met * 2 > filled.all) {
            // "Updated on" is when somebody wrote, and not when something is due.
            let ends = !due && uses[index] != ColumnUse::Field(Field::Progress);
            uses[index] = if ends { ColumnUse::Field(Field::Due) } else { ColumnUse::Extra };
            due |= ends;
        }
    }
}

/// "Scheme" over nothing but codes ("W01") counts the rows.
fn coded(uses: &mut [ColumnUse], table: &Table<'_>) {
    let [reference, milestone] = [Field::Reference, Field::Milestone].map(ColumnUse::Field);
    let codes = |index: &usize| uses[*index] == milestone && share(*index, table, |_| false, is_code).is_whole();
    if let Some(index) = (0..uses.len()).find(codes).filter(|_| !uses.contains(&reference)) {
        uses[index] = reference;
    }
}

/// A column whose header says nothing and whose cells are nearly all references, dates, levels or ratings is that, unless
/// another column is.
fn by_values(uses: &mut [ColumnUse], table: &Table<'_>, values: &dyn Values, recognise: &dyn Recognise) {
    type Test<'a> = Box<dyn Fn(&str) -> bool + 'a>;
    let tests: [(Field, Test<'_>); 5] = [
        (Field::Reference, Box::new(|text| is_reference_only(text) || closed_letter(text).is_some())),
        (Field::Due, Box::new(|text| values.is_date(text))),
        (Field::Status, Box::new(|text| values.is_level(text))),
        (Field::Rag, Box::new(|text| values.is_rating(text))),
        (Field::Lead, Box::new(|text| values.is_person(text))),
    ];
    for (field, test) in tests {
        let taken = |usage: &ColumnUse| {
            *usage == ColumnUse::Field(field) || (field == Field::Due && *usage == ColumnUse::Field(Field::Start))
        };
        if uses.iter().any(taken) {
            continue;
        }
        let holds = |index: usize| {
            // "TBC" among dates or names says nothing of the column, nor does "ongoing" among dates.
            let said = |text: &str| match field {
                Field::Due => recognise.is_value(text) || values.is_ongoing(text),
                Field::Lead => recognise.is_value(text),
                _ => false,
            };
            let share = share(index, table, said, &test);
            // A level is told by its words; a few dates or names may be anything's. A counter without a header counts its rows.
            let few = match field {
                Field::Status => true,
                Field::Reference => table.columns[index].header.is_empty(),
                _ => false,
            };
            share.holds() || (few && share.is_whole())
        };
        // A reference stands first; of several columns of dates the last is the end.
        let mut free = (0..uses.len()).filter(|index| uses[*index] == ColumnUse::Extra);
        let found =
            if field == Field::Reference { free.next().filter(|i| *i == 0 && holds(*i)) } else { free.rfind(|i| holds(*i)) };
        if let Some(index) = found {
            uses[index] = ColumnUse::Field(field);
        }
    }
}

/// Months across with crosses or a few words below each are a calendar of the work; longer texts are reports.
fn months(uses: &mut [ColumnUse], table: &Table<'_>) {
    /// Fewest months that make a calendar, and the longest text in one, in bytes.
    const FEWEST: usize = 3;
    const LONGEST: usize = 40;
    let is_month = |index: usize| uses[index] == ColumnUse::Extra && is_month(&table.columns[index].header);
    let found: Vec<usize> = (0..uses.len()).filter(|index| is_month(*index)).collect();
    let short = |index: usize| share(index, table, |_| false, |text| text.len() <= LONGEST);
    let is_rated = uses.contains(&ColumnUse::Field(Field::Rag));
    if found.len() >= FEWEST && !is_rated && found.iter().all(|index| short(*index).met == short(*index).all) {
        for index in found {
            uses[index] = ColumnUse::Timescale { open: false };
        }
    }
}

fn by_header(column: &Column<'_>) -> ColumnUse {
    match column.guess.filter(HeaderGuess::is_likely).map(|guess| guess.meaning) {
        Some(Meaning::Field(field)) => ColumnUse::Field(field),
        Some(Meaning::Change) => ColumnUse::Change,
        Some(Meaning::Timescale) => ColumnUse::Timescale { open: false },
        Some(Meaning::OpenTimescale) => ColumnUse::Timescale { open: true },
        Some(Meaning::Level(level)) => ColumnUse::Level(level),
        Some(Meaning::Group) | None => ColumnUse::Extra,
    }
}

/// Of several columns with one meaning the best header keeps it, the leftmost among equals. Of two that may be the reference
/// ("No." beside the change, "Ref" beside the action) it is the one that tells more rows apart.
fn keep_best(uses: &mut [ColumnUse], table: &Table<'_>, recognise: &dyn Recognise) {
    let similarity = |index: usize| table.columns[index].guess.map_or(0.0, |guess| guess.similarity);
    let times = times(table);
    let values: Vec<usize> = uses.iter().enumerate().map(|(index, usage)| distinct(*usage, index, table)).collect();
    for index in 0..uses.len() {
        let ColumnUse::Field(_) = uses[index] else { continue };
        let better = (0..uses.len()).filter(|other| *other != index && uses[*other] == uses[index]).any(|other| {
            if values[index].max(values[other]) >= CLEARLY * values[index].min(values[other]).max(1) {
                return values[other] > values[index];
            }
            // A revised date counts, and not the original one.
            let superseded = [index, other].map(|at| recognise.is_superseded(&table.columns[at].header));
            if superseded[0] != superseded[1] {
                return superseded[0];
            }
            // Of ratings and reports by month, quarter or year the latest say how things stand.
            if matches!(uses[index], ColumnUse::Field(Field::Rag | Field::Progress | Field::Status | Field::Action))
                && let (Some(own), Some(others)) = (times[index], times[other])
            {
                return others.cmp(&own).then(other.cmp(&index)).is_gt();
            }
            similarity(other).total_cmp(&similarity(index)).then(index.cmp(&other)).is_gt()
        });
        if better {
            uses[index] = ColumnUse::Extra;
        }
    }
}

/// For each column when the month or quarter was that its header, or the one that groups it, names, in months. A header without a year has that of the one
/// before it, or the next where the months begin again; before the first year there is none.
fn times(table: &Table<'_>) -> Vec<Option<u32>> {
    let mut last: Option<(u32, u32)> = None;
    let time = |column: &Column<'_>| {
        let (month, year) = month_of(&column.header).or_else(|| month_of(column.group.as_deref()?))?;
        let year = year.or(last.map(|(year, before)| if month < before { year + 1 } else { year })).unwrap_or(0);
        last = Some((year, month));
        Some(year * 12 + month)
    };
    table.columns.iter().map(time).collect()
}

/// The month that a header names, 1 to 12, or a quarter's last of the three that it has from January, and its year in two
/// digits.
fn month_of(header: &str) -> Option<(u32, Option<u32>)> {
    let folded = fold(header);
    let words: Vec<&str> = folded.split(' ').collect();
    let quarter = |word: &str| match word.as_bytes() {
        [b'q', digit @ b'1'..=b'4'] => Some(u32::from(digit - b'0') * 3),
        _ => None,
    };
    let found = words.iter().enumerate().find_map(|(at, word)| Some((at, month_number(word).or_else(|| quarter(word))?)));
    let Some((at, month)) = found else {
        let year =
            words.iter().filter(|word| word.len() == 4 && word.starts_with("20")).find_map(|word| word.parse::<u32>().ok());
        return year.map(|year| (12, Some(year % 100)));
    };
    let number = |at: usize, lengths: &[usize]| {
        let word = words.get(at).filter(|word| lengths.contains(&word.len()))?;
        word.parse::<u32>().ok().map(|number| number % 100)
    };
    // "March 31 2018": a day may stand before the year.
    Some((month, number(at + 2, &[4]).or_else(|| number(at + 1, &[2, 4]))))
}

/// A column with so many times the references of another is the one that tells rows apart.
const CLEARLY: usize = 2;

/// How many different texts a column of references holds; no matter for others.
fn distinct(usage: ColumnUse, index: usize, table: &Table<'_>) -> usize {
    if usage != ColumnUse::Field(Field::Reference) {
        return 0;
    }
    let mut texts: Vec<_> = table.items.iter().filter_map(|item| item.cell(index)).map(ItemCell::text).collect();
    texts.sort_unstable();
    texts.dedup();
    texts.len()
}

/// A table in which no header says what is done: the column with the longest texts does, where none says what the rows are
/// about at all, or somebody does it or it is due and one column of texts is left.
fn name_subject(uses: &mut [ColumnUse], table: &Table<'_>, recognise: &dyn Recognise) {
    /// Mean length in bytes from which texts say what is done.
    const TEXT: usize = 24;
    let says =
        |usage: &ColumnUse| matches!(usage, ColumnUse::Field(field) if field.is_subject()) || *usage == ColumnUse::Labelled;
    let acts = |usage: &ColumnUse| *usage == ColumnUse::Field(Field::Action) || *usage == ColumnUse::Labelled;
    let unknown = table.columns.iter().all(|column| column.meaning().is_none());
    let planned = uses.iter().any(|usage| {
        matches!(usage, ColumnUse::Field(Field::Lead | Field::Organisation | Field::Due | Field::Start | Field::Method))
    });
    let subject = uses.iter().any(says);
    if uses.iter().any(acts) || (subject && unknown) || !(unknown || planned) {
        return;
    }
    let length = |index: usize| -> (usize, usize) {
        let texts = table.items.iter().take(SAMPLE).filter_map(|item| item.cell(index)).map(|cell| cell.text().len());
        texts.fold((0, 0), |(sum, count), length| (sum + length, count + 1))
    };
    // Below the name of a change stands what is done for it, however short.
    let named = |index: usize| recognise.names_change(&table.columns[index].header);
    let long = |index: &usize| {
        let (sum, count) = length(*index);
        sum > 0 && (unknown || sum >= TEXT * count || named(*index))
    };
    // "Detail" is why a level is what it is; where there is no level, it is all that is said.
    let levels = uses.iter().any(|usage| {
        matches!(usage, ColumnUse::Level(_) | ColumnUse::Maturity { .. } | ColumnUse::Field(Field::Status | Field::Progress))
    });
    let free = |index: &usize| match uses[*index] {
        ColumnUse::Extra => true,
        ColumnUse::Field(Field::Rationale) => !subject && !levels,
        _ => false,
    };
    let free: Vec<usize> = (0..uses.len()).filter(free).filter(long).collect();
    if subject && free.len() > 1 {
        return;
    }
    if let Some(index) = free.into_iter().max_by_key(|index| (length(*index).0, usize::MAX - index)) {
        uses[index] = ColumnUse::Field(Field::Action);
    }
}
