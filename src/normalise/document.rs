//! What a document says of itself: title, date, period.

use std::collections::BTreeMap;

use super::date;
use crate::model::assignment::ColumnUse;
use crate::model::assignment::TableMatch;
use crate::model::audit::Became;
use crate::model::date::DateContext;
use crate::model::date::YearMonth;
use crate::model::field::Field;
use crate::model::source::Source;
use crate::model::table::Layout;
use crate::model::text::collapse;

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

/// Reads what the document says of itself.
#[must_use]
pub fn facts(source: &Source, layout: &Layout<'_>, matched: &[TableMatch]) -> Facts {
    let body_title = layout.title.as_ref().map(|heading| heading.text().into_owned());
    let title = body_title.or_else(|| source.title.clone()).filter(|title| !title.is_empty());
    let dated = dated(layout);
    let year = title.as_deref().and_then(year_in).or_else(|| opening_year(layout));
    let period = title.as_deref().and_then(quarter_in).or_else(|| opening(layout).find_map(|text| quarter_in(&text)));
    let written = dated.as_deref().and_then(year_month);
    let financial_year = year.or_else(|| written.map(financial_year_of)).or_else(|| usual_year(layout, matched));
    Facts {
        title,
        dated,
        period: period.or_else(|| year.map(|year| format!("{year}-04/{}-03", year + 1))),
        dates: DateContext { dated: written, financial_year, ..DateContext::default() },
        year: written.map(|written| written.year).or(financial_year),
    }
}

/// The first date among the opening lines: those that say what it is come first.
fn dated(layout: &Layout<'_>) -> Option<String> {
    let said = |text: &str| {
        let lower = text.to_lowercase();
        ["updated", "dated", "date:", "as at", "version", "last reviewed", "published"].iter().any(|word| lower.contains(word))
    };
    let lines: Vec<String> = opening(layout).collect();
    let read = |text: &String| date::find_dates(text, &DateContext::default()).into_iter().find_map(|reading| reading.edtf);
    let stated = lines.iter().filter(|text| said(text)).find_map(read);
    stated.or_else(|| lines.iter().filter(|text| date::is_date_cell(text)).find_map(read))
}

fn opening_year(layout: &Layout<'_>) -> Option<i32> {
    opening(layout).find_map(|text| year_in(&text))
}

/// The quarter that a title names: "Return for Q3 2018/19".
fn quarter_in(text: &str) -> Option<String> {
    if !text.split(|c: char| !c.is_alphanumeric()).any(is_quarter) {
        return None;
    }
    let read = date::read_dates(text, &DateContext::default());
    read.into_iter().filter_map(|reading| reading.edtf).find(|edtf| {
        let ends = edtf.split_once('/').map(|(from, to)| (year_month(from), year_month(to)));
        matches!(ends, Some((Some(from), Some(to))) if (to.year - from.year) * 12 + i32::from(to.month) - i32::from(from.month) == 2)
    })
}

fn is_quarter(word: &str) -> bool {
    let lower = word.to_lowercase();
    ["quarter", "qtr"].contains(&lower.as_str()) || matches!(lower.as_bytes(), [b'q', b'1'..=b'4'])
}

/// The financial year that a title names: "Plan 2018/19"; also one that a torn cell parted: "Plan 201 8/19".
fn year_in(text: &str) -> Option<i32> {
    whole_year_in(text).or_else(|| {
        let mut joined = String::with_capacity(text.len());
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            let torn =
                c == ' ' && joined.ends_with(|c: char| c.is_ascii_digit()) && rest.peek().is_some_and(char::is_ascii_digit);
            if !torn {
                joined.push(c);
            }
        }
        (joined.len() < text.len()).then(|| whole_year_in(&joined)).flatten()
    })
}

fn whole_year_in(text: &str) -> Option<i32> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ':' | ';'));
    words.filter(|word| word.len() >= 5).find_map(date::financial_year).filter(|year| YEARS.contains(year))
}

/// The years in which plans against the model were written, with some room.
const YEARS: std::ops::RangeInclusive<i32> = 2010..=2040;

fn financial_year_of(written: YearMonth) -> i32 {
    if written.month >= 4 { written.year } else { written.year - 1 }
}

/// The financial year of most dates in the columns of dates; the earlier among equals.
fn usual_year(layout: &Layout<'_>, matched: &[TableMatch]) -> Option<i32> {
    const SAMPLE: usize = 300;
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    let tables = layout.tables.iter().zip(matched);
    let cells = tables.flat_map(|(table, matched)| {
        let dated = |column: usize| matches!(matched.columns.get(column), Some(ColumnUse::Field(Field::Due | Field::Start)));
        table.items.iter().flat_map(|item| &item.cells).filter(move |cell| dated(cell.column.get()))
    });
    for cell in cells.take(SAMPLE) {
        let read = date::find_dates(&cell.text(), &DateContext::default());
        for written in read.iter().filter_map(|reading| year_month(reading.edtf.as_deref()?)) {
            *counts.entry(financial_year_of(written)).or_insert(0) += 1;
        }
    }
    counts.into_iter().filter(|(year, _)| YEARS.contains(year)).max_by_key(|(year, count)| (*count, -year)).map(|(year, _)| year)
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
    fn a_quarter_is_a_period() {
        assert_eq!(quarter_in("Quarterly return for Quarter 3 2018/19").as_deref(), Some("2018-10/2018-12"));
        assert_eq!(quarter_in("Return Q4 2017/18").as_deref(), Some("2018-01/2018-03"));
        assert_eq!(quarter_in("Quarterly return 2017/18"), None);
    }

    #[test]
    fn a_torn_year_is_whole_again() {
        assert_eq!(year_in("Delivery plan 201 7/18"), Some(2017));
        assert_eq!(year_in("Ward 3 plan"), None);
    }
}
