//! One-line cases: a cell's text, and the EDTF of its readings with blanks between (`-` for none, `on` for ongoing).

use crate::model::date::DateContext;
use std::sync::OnceLock;

use super::Dates;
use crate::model::date::YearMonth;
use crate::model::vocabulary::Vocabulary;

/// A plan for 2018/19 written in May 2018.
pub(super) const PLAN: DateContext = DateContext {
    dated: Some(YearMonth { year: 2018, month: 5 }),
    financial_year: Some(2018),
    month_and_year: false,
    month_and_day: false,
    day_and_month: false,
};

pub(super) const NOTHING_KNOWN: DateContext =
    DateContext { dated: None, financial_year: None, month_and_year: false, month_and_day: false, day_and_month: false };

/// A reader with the words that the program carries.
pub(super) fn dates() -> &'static Dates {
    static DATES: OnceLock<Dates> = OnceLock::new();
    DATES.get_or_init(|| Dates::new(Vocabulary::embedded()))
}

fn edtf(text: &str, context: &DateContext) -> String {
    let readings = dates().read(text, context);
    let words = readings.iter().map(|date| match (&date.edtf, date.ongoing) {
        (Some(edtf), _) => edtf.as_str(),
        (None, true) => "on",
        (None, false) => "-",
    });
    words.collect::<Vec<_>>().join(" ")
}

pub(super) fn check_in(context: &DateContext, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(edtf(text, context), *expected, "{text:?}");
    }
}

pub(super) fn check(cases: &[(&str, &str)]) {
    check_in(&PLAN, cases);
}

#[test]
fn days_in_numbers() {
    check(&[
        ("30.11.18", "2018-11-30"),
        ("30/11/2018", "2018-11-30"),
        ("30-11-18", "2018-11-30"),
        ("3/9/18", "2018-09-03"),
        ("03/09/2018", "2018-09-03"),
        ("09/28/2018", "2018-09-28"),
        ("2018-09-03", "2018-09-03"),
        ("2018/9/3", "2018-09-03"),
        ("2018-09-03 00:00:00", "2018-09-03"),
        ("2018-09-03T09:30:00Z", "2018-09-03"),
        ("03/09/2018 09:30", "2018-09-03"),
        ("20181130", "2018-11-30"),
        ("30 11 2018", "2018-11-30"),
        ("30//11/18", "2018-11-30"),
        ("30/11-18", "2018-11-30"),
        ("43434", "2018-11-30"),
        ("43434.0", "2018-11-30"),
        ("36526", "2000-01-01"),
        ("54789", "2050-01-01"),
        ("12345", "-"),
        ("(30.11.18)", "2018-11-30"),
        ("\u{2022}30/11/18", "2018-11-30"),
        ("Signed off 30.11.18.", "2018-11-30"),
        ("30/11", "2018-11-30"),
    ]);
}

#[test]
fn days_with_names() {
    check(&[
        ("3rd September 2018", "2018-09-03"),
        ("3 Sept 18", "2018-09-03"),
        ("3-Sep-18", "2018-09-03"),
        ("3.Sep.18", "2018-09-03"),
        ("3/Sep/2018", "2018-09-03"),
        ("03-Sep", "2018-09-03"),
        ("3rd of September, 2018", "2018-09-03"),
        ("Monday, 3rd September 2018", "2018-09-03"),
        ("September 3, 2018", "2018-09-03"),
        ("Sept 3rd", "2018-09-03"),
        ("3rdSeptember2018", "2018-09-03"),
        ("3 rd September 2018", "2018-09-03"),
        ("3rd. September 2018", "2018-09-03"),
        ("4 Feb 14", "2014-02-04"),
        ("2 May 16", "2016-05-02"),
        ("31\u{a0}August\u{a0}2018", "2018-08-31"),
    ]);
}

#[test]
fn months_and_years() {
    check(&[
        ("November 2018", "2018-11"),
        ("NOV 2018", "2018-11"),
        ("Nov. 2018", "2018-11"),
        ("Nov, 2018", "2018-11"),
        ("Nov 18", "2018-11"),
        ("Nov18", "2018-11"),
        ("Nov-18", "2018-11"),
        ("Nov/18", "2018-11"),
        ("Nov '18", "2018-11"),
        ("Nov \u{2019}18", "2018-11"),
        ("Nov 45", "2045-11"),
        ("11/2018", "2018-11"),
        ("11/18", "2018-11"),
        ("2018-11", "2018-11"),
        ("2018 November", "2018-11"),
        ("February 2018/19", "2019-02"),
        ("Nov 3", "2018-11-03"),
        ("2019", "2019"),
        ("in 2019", "2019"),
        ("Tender for 2019", "2019"),
    ]);
}

#[test]
fn periods() {
    check(&[
        ("Q3 2018/19", "2018-10/2018-12"),
        ("Q3 18/19", "2018-10/2018-12"),
        ("Q4 2018-19", "2019-01/2019-03"),
        ("Q1 (2019/20)", "2019-04/2019-06"),
        ("2018/19 Q2", "2018-07/2018-09"),
        ("Quarter two 2018/19", "2018-07/2018-09"),
        ("Qtr 4 18/19", "2019-01/2019-03"),
        ("second quarter of 2018/19", "2018-07/2018-09"),
        ("4th quarter 2018/19", "2019-01/2019-03"),
        ("Q2", "2018-07/2018-09"),
        ("Q4 2019", "2019-01/2019-03"),
        ("Q2 (July-September 2018)", "2018-07/2018-09"),
        ("December 2018 (Q3)", "2018-12"),
        ("H1 2018/19", "2018-04/2018-09"),
        ("HY2 2018/19", "2018-10/2019-03"),
        ("second half of 18/19", "2018-10/2019-03"),
        ("first half of 2019", "2019-01/2019-06"),
        ("2018/19", "2018-04/2019-03"),
        ("2018\u{2013}19", "2018-04/2019-03"),
        ("18/19", "2018-04/2019-03"),
        ("FY18/19", "2018-04/2019-03"),
        ("financial year 2018/19", "2018-04/2019-03"),
        ("2018-20", "2018-04/2020-03"),
        ("New hub open 2018/19", "2018-04/2019-03"),
        ("2018/19 opening of the hub in the plan", "2018-04/2019-03"),
        ("Summer 2018", "2018-22"),
        ("Spring 19", "2019-21"),
        ("Winter 2018/19", "2018-24"),
        ("autumn term 2018", "2018-23"),
        ("Autumn", "2018-23"),
        ("Christmas 2018", "2018-12"),
        ("Easter 2016", "2016-03"),
        ("Easter 2019", "2019-04"),
    ]);
}

#[test]
fn bounds() {
    check(&[
        ("By November 18", "../2018-11"),
        ("by noon on 30th November 2018", "../2018-11-30"),
        ("by 5pm on Friday 30th November 2018", "../2018-11-30"),
        ("by close of play 30/11/18", "../2018-11-30"),
        ("no later than 30 Nov 2018", "../2018-11-30"),
        ("on or before 30/11/18", "../2018-11-30"),
        ("30 November 2018 at the latest", "../2018-11-30"),
        ("before 1 April 2019", "../2019-04-01"),
        ("prior to 2019/20", "../2019-04"),
        ("by 2018/19", "../2019-03"),
        ("by Q3", "../2018-12"),
        ("until June 2019", "../2019-06"),
        ("funded to June 2019", "../2019-06"),
        ("deferred to June 2019", "2019-06"),
        ("From 4 June 2018", "2018-06-04/.."),
        ("w.e.f. 4.6.18", "2018-06-04/.."),
        ("with effect from 4 June 2018", "2018-06-04/.."),
        ("commencing June 2018", "2018-06/.."),
        ("to commence 4th June", "2018-06-04"),
        ("Started June 18", "2018-06"),
        ("June 2018 onwards", "2018-06/.."),
        ("since April 2016", "2016-04/.."),
    ]);
}

#[test]
fn parts() {
    check(&[
        ("end of November 2018", "../2018-11-30"),
        ("end Feb 20", "../2020-02-29"),
        ("by the end of Feb 2019", "../2019-02-28"),
        ("end of Q2", "../2018-09-30"),
        ("end of 2018/19", "../2019-03-31"),
        ("end of 2018", "../2018-12-31"),
        ("end of summer 2018", "../2018-22"),
        ("end of Nov/Dec 18", "../2018-12-31"),
        ("from end of November 2018", "2018-11-30/.."),
        ("Year end", "../2019-03-31"),
        ("year-end 2019", "../2019-03-31"),
        ("end of the financial year", "../2019-03-31"),
        ("end of calendar year", "../2018-12-31"),
        ("mid-November 2018", "2018-11~"),
        ("by mid Nov 18", "../2018-11~"),
        ("early 2019", "2019~"),
        ("mid to late November 2018", "2018-11~"),
        ("start of autumn 2018", "2018-23~"),
        ("first week of July 2018", "2018-07~"),
        ("circa July 2018", "2018-07~"),
        ("week commencing 3/9/18", "2018-09-03/2018-09-09"),
        ("w/c 31 Dec 2018", "2018-12-31/2019-01-06"),
        ("w/e 2.3.20", "2020-02-25/2020-03-02"),
        ("w/c 3rd Sept", "2018-09-03/2018-09-09"),
    ]);
}

#[test]
fn ranges() {
    check(&[
        ("Nov 18 - Feb 19", "2018-11/2019-02"),
        ("Nov \u{2013} Feb 2019", "2018-11/2019-02"),
        ("Nov 18 to Feb", "2018-11/2019-02"),
        ("between June and August 2018", "2018-06/2018-08"),
        ("from June to August 2018", "2018-06/2018-08"),
        ("Jun-Aug 18", "2018-06/2018-08"),
        ("June/July 2018", "2018-06/2018-07"),
        ("3-7 September 2018", "2018-09-03/2018-09-07"),
        ("3rd to 7th Sept 2018", "2018-09-03/2018-09-07"),
        ("3-7/9/18", "2018-09-03/2018-09-07"),
        ("30 Aug - 3 Sept 2018", "2018-08-30/2018-09-03"),
        ("1/4/18-31/3/19", "2018-04-01/2019-03-31"),
        ("Q2-Q4 18/19", "2018-07/2019-03"),
        ("Q2/3 2018/19", "2018-07/2018-12"),
        ("Autumn/Winter 2018", "2018-23/2018-24"),
        ("2018-2020", "2018/2020"),
        ("2018/19 - 2019/20", "2018-04/2020-03"),
        ("from July to year end", "2018-07/2019-03-31"),
        ("by June - August 2018", "../2018-08"),
        ("August 2018 - June 2018", "2018-08 2018-06"),
    ]);
}

#[test]
fn several() {
    check(&[
        ("June 2018 July 18", "2018-06 2018-07"),
        ("30th June 2018 30th Sept 2018", "2018-06-30 2018-09-30"),
        ("2018/19 2018/19", "2018-04/2019-03 2018-04/2019-03"),
        ("2018/19 Roll-out complete 2018/19", "2018-04/2019-03 2018-04/2019-03"),
        ("Draft agreed June 18 By June 18", "2018-06 ../2018-06"),
        ("4th June 2018 for wards. July 2018 for community", "2018-06-04 2018-07"),
        ("July and October 2018", "2018-07 2018-10"),
        ("30 June, 30 September and 31 December 2018", "2018-06-30 2018-09-30 2018-12-31"),
        ("30 Sept 2018, 31 Dec and 31 March", "2018-09-30 2018-12-31 2019-03-31"),
        ("1st, 8th and 15th June 2018", "2018-06-01 2018-06-08 2018-06-15"),
        ("Phase 1 June 18, Phase 2 Sept 18", "2018-06 2018-09"),
        ("1. June 2018 2. July 2018", "2018-06 2018-07"),
        ("10 beds by Nov 18, 20 beds by Jan 19", "../2018-11 ../2019-01"),
    ]);
}

#[test]
fn ongoing() {
    check(&[
        ("Ongoing", "on"),
        ("ON-GOING", "on"),
        ("on going", "on"),
        ("ongo ing", "on"),
        ("onging", "on"),
        ("Continuous", "on"),
        ("ongoing review", "on"),
        ("30.11.18 and ongoing", "2018-11-30 on"),
        ("Ongoing until June 2019", "on ../2019-06"),
        ("Ongoing work to finish by June 2019", "../2019-06"),
        ("not ongoing", "-"),
        ("On going live", "-"),
    ]);
}

#[test]
fn slips() {
    check(&[
        ("Apirl 19", "2019-04"),
        ("Septmber 2018", "2018-09"),
        ("Febuary 2019", "2019-02"),
        ("4th Jnue 2018", "2018-06-04"),
        ("Autum 2018", "2018-23"),
        ("pr.Nov/19", "2019-11"),
        ("30.1 1.18", "2018-11-30"),
        ("30.11. 18", "2018-11-30"),
        ("30/11/20 18", "2018-11-30"),
        ("3 0.11.18", "2018-11-30"),
        ("Novem ber 2018", "2018-11"),
        ("No v 18", "2018-11"),
        ("July 20 18", "2018-07"),
        ("3 1st July 2018", "2018-07-31"),
        ("31.11.18", "2018-11"),
        ("by 31st June 2018", "../2018-06"),
        ("29 Feb 2019", "2019-02"),
        ("30 Feb", "2019-02"),
        ("00.11.18", "2018-11"),
        ("31/13/2018", "-"),
        ("99/12/18", "-"),
    ]);
}

#[test]
fn no_dates() {
    for text in [
        "ASAP",
        "TBC",
        "Complete",
        "n/a",
        "-",
        "X",
        "Once recruited",
        "24/7",
        "pathways 1/2/3",
        "within 2-4 hours",
        "7 days a week",
        "8am, 1pm, 4,30pm",
        "72 hours",
        "3 x 5",
        "01632 960123",
        "1.2.3",
        "4.2",
        "2018/19 contract terms",
        "in line with 18/19 plans",
        "100%",
        "£2018",
        "Room 2018",
        "2018 patients",
        "KPI 4.1.2",
        "COVID-19",
        "SW17 site",
        "1:1 support",
        "9-5",
        "30/60/90 days",
        "winter planning",
        "May need support",
        "patients may be late",
        "10 may be moved",
        "Jan Brook to lead",
        "Level 3",
        "Year 1",
        "match 18",
        "end of month",
        "999/111",
        "2-3 weeks",
    ] {
        assert_eq!(edtf(text, &PLAN), "-", "{text:?}");
    }
    assert_eq!(dates().read("  ", &PLAN), []);
    assert_eq!(dates().read(" not yet ", &PLAN).first().map(|date| date.raw.as_str()), Some("not yet"));
}

#[test]
fn years_left_out() {
    check(&[("4th June", "2018-06-04"), ("by March", "../2019-03"), ("31st March", "2019-03-31"), ("9 April", "2018-04-09")]);
    check_in(
        &NOTHING_KNOWN,
        &[
            ("4th June", "XXXX-06-04"),
            ("by October", "../XXXX-10"),
            ("Q3", "XXXX-10/XXXX-12"),
            ("year end", "../XXXX-03-31"),
            ("by October 2018, launch 4th June", "../2018-10 2018-06-04"),
            ("29 February", "XXXX-02-29"),
        ],
    );
    let dated = |year, month| DateContext { dated: Some(YearMonth { year, month }), ..NOTHING_KNOWN };
    check_in(&dated(2018, 11), &[("4 January", "2019-01-04"), ("4 May", "2019-05-04"), ("4 June", "2018-06-04")]);
    let odd = DateContext { dated: Some(YearMonth { year: i32::MAX, month: 77 }), financial_year: Some(i32::MIN), ..PLAN };
    check_in(&odd, &[("4 January", "XXXX-01-04"), ("Q3", "XXXX-10/XXXX-12")]);
}

#[test]
fn raw_is_the_shortest_phrase() {
    for (text, raw) in [
        ("Pathway agreed by Nov 18", "by Nov 18"),
        ("Work began July 18", "July 18"),
        ("by the end of November 2018 at board", "by the end of November 2018"),
        ("starting with the end of November", "end of November"),
        ("Monday 3rd September 2018 at 2pm", "3rd September 2018"),
        ("Tender in June 2018.", "June 2018"),
        ("moved to June 2018", "June 2018"),
        ("Ongoing piece of analysis", "Ongoing piece of analysis"),
    ] {
        assert_eq!(dates().read(text, &PLAN).first().map(|date| date.raw.as_str()), Some(raw), "{text:?}");
    }
}

#[test]
fn issues_say_what_was_read_as_what() {
    for (text, message) in [
        ("by 31.11.18", "November has 30 days; read as ../2018-11"),
        ("00.11.18", "November has no day 0; read as 2018-11"),
        ("4th June", "no year in \"4th June\"; read as 2018-06-04"),
        ("Apirl 19", "\"Apirl\" read as April"),
        ("onging", "\"onging\" read as ongoing"),
        ("30.1 1.18", "\"30.1 1.18\" has a blank inside; read as 2018-11-30"),
        ("ongo ing", "\"ongo ing\" has a blank inside; read as ongoing"),
    ] {
        let messages: Vec<_> = dates().read(text, &PLAN).iter().flat_map(|date| &date.issues).map(ToString::to_string).collect();
        assert_eq!(messages, [message], "{text:?}");
    }
    let clean = dates().read("Q3 2018/19; by 30.11.18, 30 . 11 . 18 and ongoing", &PLAN);
    assert!(clean.iter().all(|date| date.issues.is_empty()), "{clean:?}");
}

#[test]
fn date_cells() {
    for text in [
        "June 2018",
        "30.11.18",
        "30.11.18 and ongoing",
        "Nov 18 - Feb 19",
        "2018/19",
        "By Nov 18",
        "Q3 18/19",
        "2018-09-03 00:00:00",
        "Apirl 19",
        "May",
        "Monday 4 June 2018",
        "by 5pm on 31 May 2018",
        "Year end",
        "June 2018; July 2018",
        "30.1 1.18",
        "2018",
    ] {
        assert!(dates().is_cell(text), "{text:?}");
    }
    for text in [
        "",
        "-",
        "Ongoing",
        "Established",
        "Work began July 18",
        "5",
        "43434",
        "1.2",
        "The",
        "plan 2018/19",
        "Phase 1",
        "24/7",
        "10/10",
        "Draft a plan by October 2018",
        "On",
        "By",
        "March Hare",
        "1 / 2 / 3",
        "12 weeks",
        "Pathway 2",
    ] {
        assert!(!dates().is_cell(text), "{text:?}");
    }
}

#[test]
fn dates_in_prose() {
    for (text, expected) in [
        ("Updated: May 18", "2018-05"),
        ("Position as at 31/03/2018", "2018-03-31"),
        ("Action plan v3 (updated 06.07.18)", "2018-07-06"),
        ("Delivery plan \u{2013} September 2018", "2018-09"),
        ("Draft 4, 12th Jan 2018", "2018-01-12"),
        ("In July 18 patients went home", ""),
        ("Winter plan 2018/19, version 2.1.18", ""),
        ("Meeting of 4 June, room 4/5", ""),
    ] {
        let found: Vec<_> = dates().find(text, &NOTHING_KNOWN).into_iter().filter_map(|date| date.edtf).collect();
        assert_eq!(found.join(" "), expected, "{text:?}");
    }
}

#[test]
fn financial_years() {
    for (text, expected) in [
        ("2018/19", Some(2018)),
        ("2018-19", Some(2018)),
        ("18/19", Some(2018)),
        ("2018/2019", Some(2018)),
        (" 1999/00 ", Some(1999)),
        ("2018", None),
        ("2018/20", None),
        ("10/11", None),
        ("2018/19 Q3", None),
    ] {
        assert_eq!(dates().financial_year(text), expected, "{text:?}");
    }
}

#[test]
fn columns() {
    let months = |cells: &[&str]| dates().column(&mut cells.iter().copied(), &NOTHING_KNOWN).month_and_year;
    assert!(months(&["Nov 18", "June 2018"]));
    assert!(months(&["Ongoing", "Nov-18"]));
    assert!(months(&["by Nov '18"]));
    assert!(months(&["Nov 34"]));
    assert!(!months(&["Nov 18", "Dec 19"]));
    assert!(!months(&["4 June 2018", "1st of June 2018", "4-Jun-18", "November 18, 2018"]));
    let column = DateContext { month_and_year: true, ..NOTHING_KNOWN };
    check_in(&column, &[("Jun 12", "2012-06"), ("Jun-09", "2009-06"), ("Jun 5", "XXXX-06-05")]);
    check_in(&NOTHING_KNOWN, &[("Jun 12", "XXXX-06-12"), ("Jun 15", "2015-06")]);
}

#[test]
fn words_of_a_users_model_are_known() {
    let own = Vocabulary::from_user(
        r#"{"schema": "hicm.model/1", "extends": true, "date_words": [
            {"kind": "meeting", "words": ["moot"]}, {"kind": "label", "words": ["berth quay"]}, {"kind": "document", "words": ["compact"]}
        ]}"#,
    );
    let own = Dates::new(&own.expect("a model that adds to the embedded one"));
    for (text, own_words, embedded) in [
        ("Oct moot", Some("2018-10"), None),
        ("Quay 12, Nov 18", Some("2018-11"), Some("2018-11")),
        ("2018/19 compact", None, Some("2018-04/2019-03")),
    ] {
        let edtf = |dates: &Dates| dates.read(text, &PLAN).into_iter().find_map(|date| date.edtf);
        assert_eq!((edtf(&own).as_deref(), edtf(dates()).as_deref()), (own_words, embedded), "{text}");
    }
}
