//! What a document says of itself: title, date, period.

use std::collections::BTreeMap;

use super::date::Dates;
use super::period;
use super::period::FileName;
use super::period::PeriodWords;
use super::period::Periods;
use crate::model::assignment::ColumnUse;
use crate::model::assignment::TableMatch;
use crate::model::audit::Became;
use crate::model::date::DateContext;
use crate::model::date::YearMonth;
use crate::model::field::Field;
use crate::model::source::Source;
use crate::model::table::Layout;
use crate::model::text::collapse;
use crate::model::vocabulary::Vocabulary;

/// How many blocks from the start may say when a document was written; later dates are those of its content.
const OPENING: usize = 40;

/// Longest text that is read for a date: a cover line, not a paragraph.
const COVER_LINE: usize = 160;

/// What a document says of itself.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Title.
    pub title: Option<String>,
    /// When it was written or updated, EDTF.
    pub dated: Option<String>,
    /// Period it speaks for, EDTF.
    pub period: Option<String>,
    /// What its dates may leave out.
    pub dates: DateContext,
    /// A year in which it was in use.
    pub(super) year: Option<i32>,
}

/// Reads what documents say of themselves.
#[derive(Debug)]
pub(super) struct FactReader {
    pub(super) dates: Dates,
    words: PeriodWords,
    /// What a line says whose date is the document's, in lower case.
    dated_by: Vec<String>,
}

impl FactReader {
    /// Prepares `vocabulary`.
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        Self {
            dates: Dates::new(vocabulary),
            words: PeriodWords::new(vocabulary),
            dated_by: vocabulary.dated_by.iter().map(|text| text.to_lowercase()).collect(),
        }
    }

    fn periods(&self) -> Periods<'_> {
        Periods { dates: &self.dates, words: &self.words }
    }

    /// Reads what the document says of itself; `file` is its name.
    #[must_use]
    pub(super) fn facts(&self, source: &Source, layout: &Layout<'_>, matched: &[TableMatch], file: &str) -> Facts {
        let periods = self.periods();
        let body_title = layout.title.as_ref().map(|heading| heading.text().into_owned());
        let title = body_title.or_else(|| source.title.clone()).filter(|title| !title.is_empty());
        // Where nothing is found to be the title, the first line is read like one.
        let first = title.clone().or_else(|| opening(layout).next()).unwrap_or_default();
        let dated = self.dated(layout).or_else(|| self.ends_with_date(&first));
        let file = FileName::of(file);
        let stated = title.as_deref().and_then(|title| periods.year(title)).or_else(|| self.opening_year(layout));
        // A quarter in a line of its own is one of the year that another line names.
        let alone = || Some(period::quarter_of(stated?, opening(layout).find_map(|text| periods.quarter_alone(&text))?));
        let named = || periods.in_title(&first).or_else(|| opening(layout).find_map(|text| periods.in_line(&text)));
        let period = alone().or_else(named).or_else(|| file.period(stated)).or_else(|| stated.map(period::financial_year));
        let written = dated.as_deref().and_then(year_month);
        let year = stated.or(file.year);
        let financial_year = year.or_else(|| written.map(financial_year_of)).or_else(|| self.usual_year(layout, matched));
        Facts {
            title,
            dated,
            period,
            dates: DateContext { dated: written, financial_year, ..DateContext::default() },
            year: written.map(|written| written.year).or(financial_year),
        }
    }

    /// The first date among the opening lines: those that say what it is come first.
    fn dated(&self, layout: &Layout<'_>) -> Option<String> {
        let said = |text: &str| {
            let lower = text.to_lowercase();
            self.dated_by.iter().any(|word| lower.contains(word.as_str()))
        };
        let lines: Vec<String> = opening(layout).collect();
        let day = |edtf: &String| edtf.starts_with("..") || !edtf.contains('/');
        let read = |text: &String| {
            let mut found = self.dates.find(text, &DateContext::default()).into_iter().filter_map(|reading| reading.edtf);
            found.find(day)
        };
        let stated = lines.iter().filter(|text| said(text)).find_map(read);
        stated.or_else(|| lines.iter().filter(|text| self.dates.is_cell(text)).find_map(read))
    }

    fn opening_year(&self, layout: &Layout<'_>) -> Option<i32> {
        opening(layout).find_map(|text| self.periods().year(&text))
    }

    /// The date with which a title ends: "Self-assessment - September 2019", "Plan v3 (Jan 18)".
    fn ends_with_date(&self, title: &str) -> Option<String> {
        let last = self.dates.find(title, &DateContext::default()).pop()?;
        let edtf = last.edtf.filter(|edtf| !edtf.contains('/'))?;
        title.trim_end_matches([')', '.', ' ']).ends_with(&last.raw).then_some(edtf)
    }

    /// The financial year of most dates in the columns of dates; the earlier among equals.
    fn usual_year(&self, layout: &Layout<'_>, matched: &[TableMatch]) -> Option<i32> {
        const SAMPLE: usize = 300;
        let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
        let tables = layout.tables.iter().zip(matched);
        let cells = tables.flat_map(|(table, matched)| {
            let dated = |column: usize| matches!(matched.columns.get(column), Some(ColumnUse::Field(Field::Due | Field::Start)));
            table.items.iter().flat_map(|item| &item.cells).filter(move |cell| dated(cell.column.get()))
        });
        for cell in cells.take(SAMPLE) {
            let read = self.dates.find(&cell.text(), &DateContext::default());
            for written in read.iter().filter_map(|reading| year_month(reading.edtf.as_deref()?)) {
                *counts.entry(financial_year_of(written)).or_insert(0) += 1;
            }
        }
        counts
            .into_iter()
            .filter(|(year, _)| period::YEARS.contains(year))
            .max_by_key(|(year, count)| (*count, -year))
            .map(|(year, _)| year)
    }
}

fn financial_year_of(written: YearMonth) -> i32 {
    if written.month >= 4 { written.year } else { written.year - 1 }
}

fn opening<'a>(layout: &'a Layout<'_>) -> impl Iterator<Item = String> + 'a {
    let heads = layout
        .lines
        .iter()
        .take(OPENING)
        .filter(|line| matches!(line.became, Became::Title | Became::Section | Became::Narrative | Became::PageFurniture));
    heads.map(|line| collapse(&line.content.text()).into_owned()).filter(|text| text.len() <= COVER_LINE)
}

fn year_month(edtf: &str) -> Option<YearMonth> {
    let mut parts = edtf.trim_start_matches("../").split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.get(..2)?.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(YearMonth { year, month })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_ends_a_title() {
        let facts = FactReader::new(Vocabulary::embedded());
        assert_eq!(facts.ends_with_date("Self-assessment - September 2019").as_deref(), Some("2019-09"));
        assert_eq!(facts.ends_with_date("Action plan 2017/18 v3 (Jan 2018)").as_deref(), Some("2018-01"));
        assert_eq!(facts.ends_with_date("Plan April 2018 to March 2019"), None);
        assert_eq!(facts.ends_with_date("March 2019 launch"), None);
    }
}
