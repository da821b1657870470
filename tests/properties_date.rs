//! Laws of the date normaliser: what is written in any usual style is read back, a phrase reads the same by itself, and nothing
//! that is written as EDTF leaves its grammar.

use std::sync::OnceLock;

use hicm::model::date::DateContext;
use hicm::model::date::YearMonth;
use hicm::model::vocabulary::Vocabulary;
use hicm::normalise::date::DateReading;
use hicm::normalise::date::Dates;
use proptest::prelude::*;
use regex::Regex;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

fn dates() -> &'static Dates {
    static DATES: OnceLock<Dates> = OnceLock::new();
    DATES.get_or_init(|| Dates::new(Vocabulary::embedded()))
}

fn ordinal(day: u8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

/// Every style in which a day is written.
fn day_styles(year: i32, month: u8, day: u8) -> Vec<String> {
    let name = MONTHS[usize::from(month) - 1];
    let (short, yy, th) = (&name[..3], year % 100, ordinal(day));
    vec![
        format!("{day:02}/{month:02}/{year}"),
        format!("{day}/{month}/{year}"),
        format!("{day:02}.{month:02}.{yy:02}"),
        format!("{day}.{month}.{yy:02}"),
        format!("{day:02}-{month:02}-{year}"),
        format!("{year}-{month:02}-{day:02}"),
        format!("{year}-{month:02}-{day:02} 00:00:00"),
        format!("{year}-{month:02}-{day:02}T12:30:00"),
        format!("{day} {name} {year}"),
        format!("{day}{th} {name} {year}"),
        format!("{day}{th} of {name}, {year}"),
        format!("{day} {short} {yy:02}"),
        format!("{day:02}-{short}-{yy:02}"),
        format!("{day:02}-{short}-{year}"),
        format!("{day}{th} {short} '{yy:02}"),
        format!("{name} {day}, {year}"),
        format!("{short} {day}{th} {year}"),
        format!("{} {day} {year}", name.to_uppercase()),
        format!("{day} {} {year}", name.to_lowercase()),
    ]
}

/// Every style in which a month of a year is written.
fn month_styles(year: i32, month: u8) -> Vec<String> {
    let name = MONTHS[usize::from(month) - 1];
    let (short, yy) = (&name[..3], year % 100);
    vec![
        format!("{name} {year}"),
        format!("{short} {year}"),
        format!("{short}. {year}"),
        format!("{name}, {year}"),
        format!("{name} {yy:02}"),
        format!("{short} {yy:02}"),
        format!("{short}-{yy:02}"),
        format!("{short}-{year}"),
        format!("{short}/{yy:02}"),
        format!("{short} '{yy:02}"),
        format!("{short}{yy:02}"),
        format!("{month:02}/{year}"),
        format!("{year}-{month:02}"),
        name.to_uppercase() + &format!(" {year}"),
    ]
}

/// Phrases with their qualifiers, each one reading.
fn phrase() -> impl Strategy<Value = String> {
    let day = (2014..2030i32, 1..=12u8, 1..=28u8, any::<prop::sample::Index>()).prop_map(|(year, month, day, pick)| {
        let styles = day_styles(year, month, day);
        pick.get(&styles).clone()
    });
    let month = (2014..2030i32, 1..=12u8, any::<prop::sample::Index>()).prop_map(|(year, month, pick)| {
        let styles = month_styles(year, month);
        pick.get(&styles).clone()
    });
    let period = (2014..2030i32, prop::sample::select(vec!["Q1", "Q4", "Quarter 2", "H1", "", "FY", "end of Q3"]))
        .prop_map(|(year, period)| format!("{period} {year}/{:02}", (year + 1) % 100).trim().to_owned());
    let season = (2014..2030i32, prop::sample::select(vec!["Spring", "summer", "Autumn", "Winter"]))
        .prop_map(|(year, season)| format!("{season} {year}"));
    let front =
        prop::sample::select(vec!["", "by ", "By ", "from ", "until ", "end of ", "mid ", "no later than ", "week commencing "]);
    (front, prop_oneof![day, month, period, season]).prop_map(|(front, date)| format!("{front}{date}"))
}

fn context() -> impl Strategy<Value = DateContext> {
    let dated = prop::option::of((2014..2030i32, 1..=12u8).prop_map(|(year, month)| YearMonth { year, month }));
    (dated, prop::option::of(2014..2030i32), any::<bool>()).prop_map(|(dated, financial_year, month_and_year)| DateContext {
        dated,
        financial_year,
        month_and_year,
        month_and_day: false,
        day_and_month: false,
    })
}

/// Contexts in which every two-digit year of the strategies is likely.
fn near_context() -> impl Strategy<Value = DateContext> {
    any::<bool>().prop_map(|month_and_year| DateContext { month_and_year, ..DateContext::default() })
}

/// The first and the last month of one end of a range, counted from year 0; `None` where it is open.
fn ends(edtf: &str) -> Option<(i32, i32)> {
    let mut parts = edtf.trim_end_matches('~').split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    Some(match parts.next().and_then(|month| month.parse::<i32>().ok()) {
        None => (year * 12 + 1, year * 12 + 12),
        Some(season @ 21..) => (year * 12 + (season - 20) * 3, year * 12 + (season - 20) * 3 + 2),
        Some(month) => (year * 12 + month, year * 12 + month),
    })
}

/// Texts made of the pieces of dates, in any order.
fn debris() -> impl Strategy<Value = String> {
    let pieces = vec![
        "by",
        "from",
        "to",
        "end of",
        "mid",
        "w/c",
        "w/e",
        "between",
        "and",
        "Oct",
        "May",
        "June",
        "Sept",
        "17",
        "18",
        "5",
        "30",
        "31st",
        "2017",
        "2018/19",
        "17/18",
        "30.11.18",
        "31/12/2017",
        "2018-03-31",
        "Q3",
        "H1",
        "year end",
        "winter",
        "ongoing",
        "on",
        "going",
        "ongo",
        "ing",
        "phase",
        "plan",
        "-",
        "/",
        ".",
        ",",
        ";",
        "(",
        ")",
        "'",
        "Apirl",
        "after",
        "not before",
        "quarter ending",
        "next financial year",
        "first half of",
        "29 Feb",
        "31 June",
        "Dec 18/Jan 19",
        "\n",
        "Septem",
        "ber",
        "20",
        "24/7",
        "team",
        "~",
        "+",
    ];
    let piece = (prop::sample::select(pieces), prop::sample::select(vec!["", " ", " "]));
    prop::collection::vec(piece, 1..9).prop_map(|pieces| pieces.into_iter().flat_map(<[&str; 2]>::from).collect())
}

fn edtf(readings: &[DateReading]) -> Vec<Option<&str>> {
    readings.iter().map(|date| date.edtf.as_deref()).collect()
}

/// Whether every day that an EDTF names is one of its month.
fn days_exist(edtf: &str) -> bool {
    edtf.split('/').all(|date| {
        let parts: Vec<u32> = date.trim_end_matches('~').split('-').map(|part| part.parse().unwrap_or(2000)).collect();
        let [year, month, day] = parts.as_slice() else { return true };
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        *day <= length
    })
}

fn grammar() -> Regex {
    let date = r"(?:\d{4}|XXXX)(?:-(?:2[1-4]|(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?))?~?";
    Regex::new(&format!(r"^(?:{date}|{date}/{date}|\.\./{date}|{date}/\.\.)$")).expect("a valid expression")
}

proptest! {
    #[test]
    fn days_are_read_back((year, month, day) in (2014..2030i32, 1..=12u8, 1..=28u8), context in context()) {
        let expected = format!("{year}-{month:02}-{day:02}");
        for style in day_styles(year, month, day) {
            let readings = dates().read(&style, &context);
            prop_assert_eq!(edtf(&readings), vec![Some(expected.as_str())], "{}", style);
            prop_assert!(dates().is_cell(&style), "{}", style);
        }
    }

    #[test]
    fn months_are_read_back((year, month) in (2014..2030i32, 1..=12u8), context in near_context()) {
        let expected = format!("{year}-{month:02}");
        for style in month_styles(year, month) {
            let readings = dates().read(&style, &context);
            prop_assert_eq!(edtf(&readings), vec![Some(expected.as_str())], "{}", style);
            prop_assert!(dates().is_cell(&style), "{}", style);
        }
    }

    #[test]
    fn bounds_keep_the_date((year, month, day) in (2014..2030i32, 1..=12u8, 1..=28u8)) {
        let context = DateContext::default();
        for style in day_styles(year, month, day) {
            let date = format!("{year}-{month:02}-{day:02}");
            for (front, expected) in [("by", format!("../{date}")), ("until", format!("../{date}")), ("from", format!("{date}/.."))] {
                let readings = dates().read(&format!("To start {front} {style}"), &context);
                prop_assert_eq!(edtf(&readings), vec![Some(expected.as_str())], "{} {}", front, style);
            }
        }
    }

    #[test]
    fn a_phrase_reads_the_same_by_itself(text in phrase(), context in context()) {
        let readings = dates().read(&text, &context);
        for reading in &readings {
            let again = dates().read(&reading.raw, &context);
            prop_assert_eq!(edtf(&again), vec![reading.edtf.as_deref()], "{} in {}", reading.raw, text);
            prop_assert_eq!(again.first().map(|date| date.raw.as_str()), Some(reading.raw.as_str()));
        }
    }

    #[test]
    fn cells_keep_their_order(texts in prop::collection::vec(phrase(), 1..5), context in context()) {
        let apart: Vec<DateReading> = texts.iter().flat_map(|text| dates().read(text, &context)).collect();
        let together = dates().read(&texts.join("; "), &context);
        prop_assert_eq!(edtf(&together), edtf(&apart), "{}", texts.join("; "));
    }

    #[test]
    fn debris_gives_valid_dates_in_order(text in debris(), context in context()) {
        let grammar = grammar();
        let mut rest = text.as_str();
        for reading in dates().read(&text, &context) {
            let at = rest.find(&reading.raw);
            prop_assert!(at.is_some(), "{:?} of {:?}", reading.raw, text);
            rest = &rest[at.unwrap_or(0) + reading.raw.len()..];
            prop_assert!(reading.edtf.as_deref().is_none_or(|edtf| grammar.is_match(edtf)), "{:?} of {:?}", reading, text);
            prop_assert!(reading.edtf.as_deref().is_none_or(days_exist), "{:?} of {:?}", reading, text);
        }
    }

    #[test]
    fn no_range_runs_backwards(text in debris(), context in context()) {
        for edtf in dates().read(&text, &context).into_iter().filter_map(|reading| reading.edtf) {
            let backwards = edtf.split_once('/').is_some_and(|(from, to)| {
                matches!((ends(from), ends(to)), (Some((begins, _)), Some((_, ends))) if begins > ends)
            });
            prop_assert!(!backwards, "{} of {:?}", edtf, text);
        }
    }

    #[test]
    fn what_lasts_ends_after_so_long(year in 2014..2030i32, month in 1..=12u8, count in 1..=24u8) {
        let name = MONTHS[usize::from(month) - 1];
        let last = year * 12 + i32::from(month) - 1 + i32::from(count) - 1;
        let expected = format!("{year}-{month:02}/{}-{:02}", last / 12, last % 12 + 1);
        let expected = if count == 1 { format!("{year}-{month:02}") } else { expected };
        for text in [format!("from {name} {year} for {count} months"), format!("for {count} months from {name} {year}")] {
            let readings = dates().read(&text, &DateContext::default());
            prop_assert_eq!(edtf(&readings), vec![Some(expected.as_str())], "{}", text);
        }
    }

    #[test]
    fn a_column_tells_the_same_in_any_order(cells in prop::collection::vec(debris(), 0..6), context in context()) {
        let forth = dates().column(&mut cells.iter().map(String::as_str), &context);
        let back = dates().column(&mut cells.iter().rev().map(String::as_str), &context);
        prop_assert_eq!(forth, back);
        prop_assert!(!(forth.month_and_year && forth.month_and_day));
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}|[0-9 ./a-zA-Z'-]{0,60}|.{0,40}", year in any::<i32>(), month in any::<u8>()) {
        let context = DateContext { dated: Some(YearMonth { year, month }), financial_year: Some(year), month_and_year: month % 2 == 0, month_and_day: month % 3 == 0, day_and_month: month % 5 == 0 };
        let readings = dates().read(&text, &context);
        prop_assert_eq!(readings.is_empty(), text.trim().is_empty(), "{:?}", text);
        let grammar = grammar();
        for reading in readings.iter().chain(&dates().find(&text, &context)) {
            prop_assert!(reading.edtf.as_deref().is_none_or(|edtf| grammar.is_match(edtf)), "{:?} of {:?}", reading, text);
            prop_assert!(text.contains(&reading.raw));
        }
        let _ = dates().is_cell(&text);
    }
}
