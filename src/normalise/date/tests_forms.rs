//! More one-line cases, as [`super::tests`] has them: forms at the edge of what is a date.

use super::column_context;
use super::read_dates;
use super::tests::NOTHING_KNOWN;
use super::tests::PLAN;
use super::tests::check;
use super::tests::check_in;

#[test]
fn bounds_by_other_words() {
    check(&[
        ("After 5/11/2018", "2018-11-05/.."),
        ("not before Nov 18", "2018-11/.."),
        ("no earlier than 5 Nov 2018", "2018-11-05/.."),
        ("no sooner than Q3", "2018-10/.."),
        ("1.9.18-on", "2018-09-01/.."),
        ("after Christmas 2018", "2018-12/.."),
        ("between Nov 18 & Jan 19", "2018-11/2019-01"),
        ("by Easter", "../2019-04"),
        ("wk/c 3/9/18", "2018-09-03/2018-09-09"),
        ("by 12/8", "../2018-08-12"),
        ("12/8", "-"),
        ("by 3/4 of wards", "-"),
        ("up until 5 Nov 2018", "../2018-11-05"),
        ("by 12 noon on 5 Nov 2018", "../2018-11-05"),
    ]);
}

#[test]
fn parts_of_months_without_of() {
    check(&[
        ("1st week Nov 2018", "2018-11~"),
        ("first half of November 2018", "2018-11~"),
        ("second fortnight of Nov 18", "2018-11~"),
        ("first half of 2019", "2019-01/2019-06"),
    ]);
}

#[test]
fn periods_by_other_names() {
    check(&[
        ("2018/19 (Q3)", "2018-10/2018-12"),
        ("2018/19 H1", "2018-04/2018-09"),
        ("FY19", "2018-04/2019-03"),
        ("Q3 FY19", "2018-10/2018-12"),
        ("Quarter ending December 2018", "2018-10/2018-12"),
        ("quarter ended 31 March 2019", "2019-01/2019-03"),
        ("this financial year", "2018-04/2019-03"),
        ("next financial year", "2019-04/2020-03"),
        ("in the New Year", "2019-01"),
    ]);
    check_in(&NOTHING_KNOWN, &[("next financial year", "-")]);
}

#[test]
fn numbers_written_otherwise() {
    check(&[
        ("31st/10/18", "2018-10-31"),
        ("30\\11\\18", "2018-11-30"),
        ("30.11.18/31.1.19", "2018-11-30 2019-01-31"),
        ("07 09 18", "2018-09-07"),
        ("Achieved 28/9", "2018-09-28"),
        ("Ward 28/9 beds", "-"),
        ("Nov (2018)", "2018-11"),
        ("Dec 18/Jan 19", "2018-12/2019-01"),
        ("Nov 18/Jan 19", "2018-11 2019-01"),
        ("30 Nov 2018 - first draft\n31 Jan 2019 - final", "2018-11-30 2019-01-31"),
    ]);
}

#[test]
fn more_slips() {
    check(&[
        ("by Novmeber", "../2018-11"),
        ("ovember 2018", "2018-11"),
        ("Feburay 2019", "2019-02"),
        ("Jume 2018", "2018-06"),
        ("Match 2018", "2018"),
        ("201 8/19", "2018-04/2019-03"),
        ("20 18", "2018"),
        ("20 patients", "-"),
    ]);
    let torn: Vec<_> = read_dates("201 8/19", &PLAN).iter().flat_map(|date| &date.issues).map(ToString::to_string).collect();
    assert_eq!(torn, ["\"201 8/19\" has a blank inside; read as 2018-04/2019-03"]);
}

#[test]
fn columns_of_months_and_days() {
    let of = |cells: &[&str]| column_context(&mut cells.iter().copied(), &PLAN);
    let days = of(&["Nov 20", "Dec 3", "Aug 31"]);
    check_in(&days, &[("Nov 20", "2018-11-20"), ("Nov-20", "2020-11")]);
    assert!(!of(&["Nov 20", "Dec 3", "Aug 2018"]).month_and_day);
    assert!(!of(&["14 Aug", "Nov 20"]).month_and_day);
}
