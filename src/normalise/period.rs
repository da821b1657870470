//! The period that a document speaks for, in the words of its title, of its opening lines and of its file's name.

use super::date::Dates;
use crate::model::date::DateContext;
use crate::model::vocabulary::Vocabulary;

/// The years in which plans against the model were written, with some room.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 2010..=2040;

/// The words around periods, and what reads them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Periods<'n> {
    pub(super) dates: &'n Dates,
    pub(super) words: &'n PeriodWords,
}

/// The words around periods, as the vocabulary has them, in lower case.
#[derive(Clone, Debug)]
pub(super) struct PeriodWords {
    /// What a line says in front of the period.
    labels: Vec<String>,
    /// What a sentence says in front of the period of its plan.
    covers: Vec<String>,
    /// Words in front of a year of another document: "Refresh of the 2016/17 plan".
    others: Vec<String>,
}

impl PeriodWords {
    /// Takes the words from `vocabulary`.
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let lower = |list: &[String]| list.iter().map(|text| text.to_lowercase()).collect();
        Self {
            labels: lower(&vocabulary.period_labels),
            covers: lower(&vocabulary.period_openings),
            others: lower(&vocabulary.other_documents),
        }
    }
}

impl Periods<'_> {
    /// A quarter, a half, or months from one to another, where a title or a labelled line names such: "Return for Q3 2018/19",
    /// "April 2018 to March 2019".
    pub(super) fn in_title(self, text: &str) -> Option<String> {
        self.part_of_year(text).or_else(|| self.years(text)).or_else(|| self.by_months(text))
    }

    /// Three months or more from one that is named to another.
    fn by_months(self, text: &str) -> Option<String> {
        let read = self.dates.read(text, &DateContext::default());
        let named = read.into_iter().filter(|reading| reading.raw.contains(|c: char| c.is_ascii_alphabetic()));
        named.filter_map(|reading| reading.edtf).find(|edtf| months(edtf).is_some_and(|count| count >= 3))
    }

    /// The same in a line that is about the period: one with a label, or with a quarter.
    pub(super) fn in_line(self, text: &str) -> Option<String> {
        if let Some(period) = self.labelled(text).and_then(|period| self.in_title(period)) {
            return Some(period);
        }
        if self.dates.is_cell(text) {
            return self.in_title(text);
        }
        let lower = text.to_lowercase();
        let said = self.words.covers.iter().filter_map(|word| lower.find(word.as_str()).map(|at| at + word.len())).min();
        self.part_of_year(text).or_else(|| self.by_months(text.get(said?..)?))
    }

    /// What stands behind a label of the period, with a colon between or as the next cell: "Period: …", "Quarter Q2".
    fn labelled(self, text: &str) -> Option<&str> {
        if let Some((label, answer)) = text.split_once(':') {
            return self.words.labels.contains(&label.trim().to_lowercase()).then_some(answer.trim());
        }
        self.words.labels.iter().find_map(|label| {
            let rest = text.get(..label.len()).filter(|front| front.eq_ignore_ascii_case(label)).and(text.get(label.len()..))?;
            Some(rest.trim()).filter(|answer| rest.starts_with(char::is_whitespace) && self.dates.is_cell(answer))
        })
    }

    /// The quarter that a labelled line names without its year, 1 to 4: "Quarter: Q2" above "Financial year: 2018/19".
    pub(super) fn quarter_alone(self, text: &str) -> Option<i32> {
        match self.labelled(text)?.to_lowercase().as_bytes() {
            [b'q', digit @ b'1'..=b'4'] | [digit @ b'1'..=b'4'] => Some(i32::from(digit - b'0')),
            _ => None,
        }
    }

    /// The quarter or half that a text names with its year.
    fn part_of_year(self, text: &str) -> Option<String> {
        let named = |word: &str| {
            let lower = word.to_lowercase();
            ["quarter", "qtr", "half"].contains(&lower.as_str())
                || matches!(lower.as_bytes(), [b'q', b'1'..=b'4'] | [b'h', b'1' | b'2'])
        };
        if !text.split(|c: char| !c.is_alphanumeric()).any(named) {
            return None;
        }
        let mut spans = self.spans(text).filter(|edtf| matches!(months(edtf), Some(3 | 6)));
        let first = spans.next()?;
        // "Q2 and Q3 2018/19"
        let joined = spans.next().and_then(|second| {
            let ((from, _), (_, to)) = (first.split_once('/')?, second.split_once('/')?);
            let both = format!("{from}/{to}");
            (months(&both)? == months(&first)? + months(&second)?).then_some(both)
        });
        Some(joined.unwrap_or(first))
    }

    /// The financial years from one to another: "2017/18 - 2018/19", "2017-19".
    fn years(self, text: &str) -> Option<String> {
        // From the first year on: a year after "plan" is part of its name.
        let digit = text.find(|c: char| c.is_ascii_digit())?;
        self.spans(text.get(digit..)?)
            .find(|edtf| months(edtf).is_some_and(|count| count > 12 && count % 12 == 0) && edtf.contains("-04/"))
    }

    /// The ranges with both ends that a text holds.
    fn spans(self, text: &str) -> impl Iterator<Item = String> {
        let read = self.dates.read(text, &DateContext::default());
        read.into_iter().filter_map(|reading| reading.edtf).filter(|edtf| months(edtf).is_some())
    }

    /// The financial year that a text names: "Plan 2018/19"; also one that a torn cell parted: "Plan 201 8/19".
    pub(super) fn year(self, text: &str) -> Option<i32> {
        self.whole_year(text).or_else(|| {
            let mut joined = String::with_capacity(text.len());
            let mut rest = text.chars().peekable();
            while let Some(c) = rest.next() {
                let torn =
                    c == ' ' && joined.ends_with(|c: char| c.is_ascii_digit()) && rest.peek().is_some_and(char::is_ascii_digit);
                if !torn {
                    joined.push(c);
                }
            }
            (joined.len() < text.len()).then(|| self.whole_year(&joined)).flatten()
        })
    }

    fn whole_year(self, text: &str) -> Option<i32> {
        let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ':' | ';'));
        let mut other = false;
        words.find_map(|word| {
            other |= self.words.others.contains(&word.to_lowercase());
            (word.len() >= 5 && !other).then(|| self.dates.financial_year(word)).flatten().filter(|year| YEARS.contains(year))
        })
    }
}

/// How many months a range of months of the years of plans has.
fn months(edtf: &str) -> Option<i32> {
    let month = |text: &str| {
        let (year, month) = text.split_once('-')?;
        let (year, month): (i32, i32) = (year.parse().ok()?, month.parse().ok()?);
        (YEARS.contains(&year) && (1..=12).contains(&month)).then_some(year * 12 + month)
    };
    let (from, to) = edtf.split_once('/')?;
    Some(month(to)? - month(from)? + 1)
}

/// What a file's name tells of the period: the financial year in its usual forms ("2018-19", "201819", "1819") and the
/// quarter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FileName {
    /// First calendar year of the financial year.
    pub(super) year: Option<i32>,
    /// 1 to 4.
    quarter: Option<i32>,
}

impl FileName {
    /// Reads the name of the file at `path`, without its ending.
    pub(super) fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
        let quarter = stem.split(|c: char| !c.is_alphanumeric()).find_map(|word| match word.as_bytes() {
            [b'q', digit @ b'1'..=b'4'] => Some(i32::from(digit - b'0')),
            _ => None,
        });
        Self { year: groups(&stem).into_iter().find_map(|group| year_of_group(&group)), quarter }
    }

    /// The period, where the document's own words name the financial year `stated` or none.
    pub(super) fn period(self, stated: Option<i32>) -> Option<String> {
        let year = match (stated, self.year) {
            (Some(stated), Some(named)) if stated != named => return None,
            (stated, named) => stated.or(named)?,
        };
        Some(self.quarter.map_or_else(|| financial_year(year), |quarter| quarter_of(year, quarter)))
    }
}

/// A quarter, 1 to 4, of the financial year that begins in `first`, as EDTF.
pub(super) fn quarter_of(first: i32, quarter: i32) -> String {
    let (year, month) = if quarter == 4 { (first + 1, 1) } else { (first, quarter * 3 + 1) };
    format!("{year}-{month:02}/{year}-{:02}", month + 2)
}

/// A financial year as EDTF.
pub(super) fn financial_year(first: i32) -> String {
    format!("{first}-04/{}-03", first + 1)
}

/// The numbers of a file's name, those together that single marks join: "12-03-18" is a day and holds no year. A number with
/// letters ("v3", "q4") is none.
fn groups(stem: &str) -> Vec<Vec<&str>> {
    let mut out: Vec<Vec<&str>> = Vec::new();
    let mut joined = false;
    for piece in stem.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        let number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        match out.last_mut().filter(|_| joined && number) {
            Some(group) => group.push(word),
            None if number => out.push(vec![word]),
            None => {}
        }
        joined = number && piece.ends_with(['-', '_', '.']);
    }
    out
}

/// The first year of a group of numbers that is a financial year and nothing else.
fn year_of_group(numbers: &[&str]) -> Option<i32> {
    let (first, second) = match numbers {
        [first, second] => (*first, *second),
        // "2021" is rather a calendar year.
        [only] if matches!(only.len(), 4 | 6) && *only != "2021" => only.split_at_checked(only.len() - 2)?,
        _ => return None,
    };
    let short = second.len() == 2 && matches!(first.len(), 2 | 4);
    let (first, second): (i32, i32) = (first.parse().ok()?, second.parse().ok()?);
    let year = if first < 100 { 2000 + first } else { first };
    // "12-13" may be anything; nobody planned against the model before 2015.
    (short && second == (year + 1) % 100 && (2015..=*YEARS.end()).contains(&year)).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_a_period() {
        let vocabulary = Vocabulary::embedded();
        let (dates, words) = (Dates::new(vocabulary), PeriodWords::new(vocabulary));
        let periods = Periods { dates: &dates, words: &words };
        for (text, period) in [
            ("Quarterly return for Quarter 3 2018/19", "2018-10/2018-12"),
            ("Return Q4 2017/18", "2018-01/2018-03"),
            ("Action plan H2 2021/22", "2021-10/2022-03"),
            ("Plan April 2018 to March 2019", "2018-04/2019-03"),
            ("Delivery plan 2017/18 - 2018/19", "2017-04/2019-03"),
        ] {
            assert_eq!(periods.in_title(text).as_deref(), Some(period), "{text}");
        }
        for text in ["Quarterly return 2017/18", "Plan 2018 - 2020", "Plan of May 2018", "Return Q3"] {
            assert_eq!(periods.in_title(text), None, "{text}");
        }
        assert_eq!(periods.in_line("Period: April 2018 to March 2019").as_deref(), Some("2018-04/2019-03"));
        assert_eq!(periods.in_line("The pilot ran from April 2018 to March 2019"), None);
        assert_eq!(periods.in_line("Reporting period April to June 2018").as_deref(), Some("2018-04/2018-06"));
        assert_eq!(
            periods.in_line("Agreed by both, it covers the period April 2018 to March 2019.").as_deref(),
            Some("2018-04/2019-03")
        );
        assert_eq!(periods.in_line("For delivery between October 2017 and March 2018").as_deref(), Some("2017-10/2018-03"));
        assert_eq!(periods.in_line("Return for Q2 and Q3 2018/19").as_deref(), Some("2018-07/2018-12"));
        assert_eq!(periods.in_line("Year to 31 March 2019").as_deref(), Some("2018-04/2019-03"));
        assert_eq!(
            (periods.quarter_alone("Quarter Q2"), periods.quarter_alone("Quarter: 3"), periods.quarter_alone("Year two")),
            (Some(2), Some(3), None)
        );
    }

    #[test]
    fn a_title_names_a_financial_year() {
        let vocabulary = Vocabulary::embedded();
        let (dates, words) = (Dates::new(vocabulary), PeriodWords::new(vocabulary));
        let periods = Periods { dates: &dates, words: &words };
        assert_eq!(periods.year("Delivery plan 201 7/18"), Some(2017));
        assert_eq!(periods.year("Ward 3 plan"), None);
        assert_eq!(periods.year("Refresh of the 2016/17 plan"), None);
        assert_eq!(periods.year("Plan 2018/19 (update of 2017/18)"), Some(2018));
    }

    #[test]
    fn a_file_name_names_a_period() {
        for (name, period) in [
            ("sub/Q2 2018-19 return.csv", "2018-07/2018-09"),
            ("plan_q4_1819.xlsx", "2019-01/2019-03"),
            ("Plan 2017_18 v3.docx", "2017-04/2018-03"),
            ("plan-201819-final.pdf", "2018-04/2019-03"),
        ] {
            assert_eq!(FileName::of(name).period(None).as_deref(), Some(period), "{name}");
        }
        for name in
            ["plan 12-03-18.csv", "plan 20180312.csv", "plan 2018.csv", "plan 2021.csv", "q2.csv", "12-13.csv", "000_e250381.txt"]
        {
            assert_eq!(FileName::of(name).period(None), None, "{name}");
        }
        assert_eq!(FileName::of("return q2.csv").period(Some(2018)).as_deref(), Some("2018-07/2018-09"));
        assert_eq!(FileName::of("return q2 2017-18.csv").period(Some(2018)), None);
    }
}
