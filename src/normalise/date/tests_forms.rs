//! More one-line cases, as [`super::tests`] has them: forms at the edge of what is a date.

use super::tests::NOTHING_KNOWN;
use super::tests::PLAN;
use super::tests::check;
use super::tests::check_in;
use super::tests::dates;

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
fn drafts_feasts_holidays_and_counts_beside_dates() {
    check(&[
        ("Draft 15 Sept, final 4 Oct", "2018-09-15 2018-10-04"),
        ("Dec 18 at the earliest", "2018-12/.."),
        ("not until Jan 2019", "2019-01/.."),
        ("Post Easter", "2019-04/.."),
        ("pre-Christmas 2018", "../2018-12"),
        ("Post Jan 19", "2019-01"),
        ("May and Whitsun", "2018-05"),
        ("May and Baker", "-"),
        ("May & Aug bank holidays", "2018-05 2018-08"),
        ("Oct half-term 2018", "2018-10"),
        ("Jan Bank", "-"),
        ("Rolling", "on"),
        ("Rolling stock", "-"),
        ("Ongoing; next update 30/9", "on 2018-09-30"),
        ("10 homes by Oct, 20 by Dec", "../2018-10 ../2018-12"),
        ("Q1 next year", "2019-04/2019-06"),
        ("End of play 29/11", "../2018-11-29"),
        ("Oct JCB", "2018-10"),
        ("Winter monies 18/19", "-"),
        ("Mental Capacity Act (2005)", "-"),
        ("62 days", "-"),
        ("within 28 days", "-"),
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
fn how_long_from_a_date() {
    check(&[
        ("from Nov 18 for 6 months", "2018-11/2019-04"),
        ("Nov 18 for six months", "2018-11/2019-04"),
        ("for 3 months from 1st November 2018", "2018-11-01/2019-01-31"),
        ("from 31/8/18 for 6 months", "2018-08-31/2019-02-28"),
        ("from Nov 18 for one year", "2018-11/2019-10"),
        ("5 Nov 2018 for 2 weeks", "2018-11-05/2018-11-18"),
        // May be the day when they have passed.
        ("6 months from Nov 18", "2018-11/2019-04"),
        ("9 month trial from Nov 18", "2018-11/2019-07"),
        ("two year contract from April 19", "2019-04/2021-03"),
        ("Review 6 months from Nov 18", "2018-11/.."),
        ("within 6 months from Nov 18", "2018-11/.."),
        ("Nov 18 (6 months)", "2018-11"),
        ("Nov 18 for 6 beds", "2018-11"),
    ]);
    check_in(&NOTHING_KNOWN, &[("from Nov for 3 months", "XXXX-11/XXXX-01")]);
}

#[test]
fn the_ends_of_years_and_quarters() {
    check(&[
        ("2018/19 year end", "../2019-03-31"),
        ("18/19 YE", "../2019-03-31"),
        ("by FYE", "../2019-03-31"),
        ("Y/E March 19", "../2019-03-31"),
        ("Year end (Mar 19)", "../2019-03-31"),
        ("end of the fin. year", "../2019-03-31"),
        ("year ending March 2020", "2019-04/2020-03"),
        ("Q3 end 18/19", "../2018-12-31"),
        ("by close of Q2", "../2018-09-30"),
        ("Year end - June 19", "2019-03-31/2019-06"),
        ("year end to May", "2019-03-31/2019-05"),
        ("Nov 18 - year end", "2018-11/2019-03-31"),
        ("end of 2018 to Feb", "2018-12-31/2019-02"),
        ("Jan until winter", "2019-01/2019-24"),
    ]);
    check_in(&NOTHING_KNOWN, &[("year end - Dec 18", "2018-03-31/2018-12")]);
}

#[test]
fn parts_of_years_written_otherwise() {
    check(&[
        ("FY19 Q2", "2018-07/2018-09"),
        ("Q3 1819", "2018-10/2018-12"),
        ("2018 Q3", "2018-10/2018-12"),
        ("2019/20 (Q3-Q4)", "2019-10/2020-03"),
        ("2019 Spring", "2019-21"),
        ("second half of the year", "2018-10/2019-03"),
        ("H2 (Oct 18 - Mar 19)", "2018-10/2019-03"),
        ("Q3 - October to December 2018", "2018-10/2018-12"),
        ("Quarter 3: Oct - Dec 18", "2018-10/2018-12"),
        ("Q3 - Dec", "2018-10/2018-12"),
        ("Q3+Q4", "2018-10/2018-12 2019-01/2019-03"),
        ("over the summer", "2018-22"),
        ("over winter", "2018-24"),
        ("31st March 2019 (year end)", "2019-03-31"),
    ]);
}

#[test]
fn names_and_meetings_beside_a_date() {
    check(&[
        ("BCF 18/19", "-"),
        ("Delivery plan 2018-20", "-"),
        ("Mr March", "-"),
        ("Dr June", "-"),
        ("Nov Board", "2018-11"),
        ("Feb half term", "2019-02"),
        ("Go-live 04/12", "2018-12-04"),
        ("1/10/18 to 30/11", "2018-10-01/2018-11-30"),
        ("- Nov 18\n- Jan 19", "2018-11 2019-01"),
        ("Nov 18\n- Jan 19", "2018-11/2019-01"),
        ("beg. Nov 18", "2018-11~"),
        ("wk comm 5th Nov", "2018-11-05/2018-11-11"),
        ("w/ending 11th Nov", "2018-11-05/2018-11-11"),
        ("Oct/Nov/Dec 18", "2018-10/2018-12"),
        ("ready for Christmas", "2018-12"),
        ("3rd Q 18/19", "2018-10/2018-12"),
        ("Augusta", "-"),
    ]);
}

#[test]
fn marks_that_slipped() {
    check(&[
        ("31,03,19", "2019-03-31"),
        ("31/032019", "2019-03-31"),
        ("31032019", "2019-03-31"),
        ("12,500", "-"),
        ("1,2,3", "-"),
    ]);
    let said: Vec<_> = dates().read("31,06,19", &PLAN).iter().flat_map(|date| &date.issues).map(ToString::to_string).collect();
    assert_eq!(said, ["\"31,06,19\" read as 2019-06"]);
}

#[test]
fn a_column_tells_days_from_spans() {
    let of = |cells: &[&str]| dates().column(&mut cells.iter().copied(), &PLAN);
    for days in [["6/12", "31/8"], ["6/12", "30.9.18"], ["6/12", "07/11"], ["3/10", "4/11"]] {
        check_in(&of(&days), &[("6/12", "2018-12-06"), ("12/8", "2018-08-12")]);
    }
    for spans in [["6/12", "3/12"], ["6/12", "2/52"], ["5/7", "31/8"], ["6/12", "TBC"]] {
        check_in(&of(&spans), &[("6/12", "-"), ("by 6/12", "../2018-12-06"), ("14/12", "2018-12-14")]);
    }
}

#[test]
fn more_slips() {
    check(&[
        ("by Novmeber", "../2018-11"),
        ("ovember 2018", "2018-11"),
        ("Feburay 2019", "2019-02"),
        ("Jume 2018", "2018-06"),
        ("Jule 2018", "2018-07"),
        ("Juni 2018", "2018-06"),
        ("Match 2018", "2018"),
        ("Decemember 18", "2018-12"),
        ("Decorate 18", "-"),
        ("LOS 7/14/21", "-"),
        ("Mar-31", "2019-03-31"),
        ("201 8/19", "2018-04/2019-03"),
        ("20 18", "2018"),
        ("20 patients", "-"),
    ]);
    let torn: Vec<_> = dates().read("201 8/19", &PLAN).iter().flat_map(|date| &date.issues).map(ToString::to_string).collect();
    assert_eq!(torn, ["\"201 8/19\" has a blank inside; read as 2018-04/2019-03"]);
}

#[test]
fn columns_of_months_and_days() {
    let of = |cells: &[&str]| dates().column(&mut cells.iter().copied(), &PLAN);
    let days = of(&["Nov 20", "Dec 3", "Aug 31"]);
    check_in(&days, &[("Nov 20", "2018-11-20"), ("Nov-20", "2020-11")]);
    assert!(!of(&["Nov 20", "Dec 3", "Aug 2018"]).month_and_day);
    assert!(!of(&["14 Aug", "Nov 20"]).month_and_day);
}

#[test]
fn an_old_date_beside_its_new_one() {
    check(&[
        ("Was Nov now Jan 19", "2018-11 2019-01"),
        ("30/11/18 (revised from 31/10/18)", "2018-11-30 2018-10-31"),
        ("Slipped from Nov to Jan", "2018-11 2019-01"),
        ("brought forward from April 19 to Feb 19", "2019-04 2019-02"),
        ("originally Nov 18, now end of Jan 19", "2018-11 ../2019-01-31"),
        ("extended to end Jan 2019", "../2019-01-31"),
        ("due from Nov 18", "2018-11/.."),
        ("End of Nov / early Dec", "../2018-11-30 2018-12~"),
        ("late Nov / early Dec", "2018-11~/2018-12~"),
        ("Nov/Dec tbc", "2018-11/2018-12"),
        ("next April", "2019-04"),
        ("by next April", "../2019-04"),
    ]);
}

#[test]
fn those_who_meet_then() {
    check(&[
        ("paper to Nov 2018 Cabinet", "2018-11"),
        ("To November HWB", "2018-11"),
        ("to Nov A&E Delivery Board", "2018-11"),
        ("For discussion at Nov ASC SMT", "2018-11"),
        ("to Nov 2018", "../2018-11"),
    ]);
}

#[test]
fn forms_that_share_their_qualifier_or_year() {
    check(&[
        ("w/c 5/11 & 12/11", "2018-11-05/2018-11-11 2018-11-12/2018-11-18"),
        ("05/11-12/12/18", "2018-11-05/2018-12-12"),
        ("from 1 April 2018 (18/19)", "2018-04-01/.."),
        ("Nov emb er 2018", "2018-11"),
        ("Marcg 2019", "2019-03"),
        ("Started 5/11", "2018-11-05"),
        ("Reviewed 6/12", "-"),
    ]);
}

#[test]
fn years_of_agreements_and_acts() {
    check(&[
        ("S75 18/19", "-"),
        ("s.256 2018/19", "-"),
        ("Section 75 18/19", "-"),
        ("Care Act 2014", "-"),
        ("Subject to winter funding", "-"),
        ("winter planning", "-"),
        ("by winter", "../2018-24"),
    ]);
}

#[test]
fn years_of_sums_and_guidelines() {
    check(&[
        ("£1.5m 18/19", "-"),
        ("£250k 2018/19", "-"),
        ("NG27 2018", "-"),
        ("MHA 2007 / NG42 2016", "-"),
        ("HWB 2019", "2019"),
        ("0117 496 2018", "-"),
        ("tel 2018", "-"),
        ("YEAR1 2018/19", "2018-04/2019-03"),
        ("COMPLETED IN 2012", "2012"),
    ]);
}

#[test]
fn spans_of_clinicians_and_days() {
    check(&[
        ("14/7", "-"),
        ("CHC 28/7", "-"),
        ("5/7 to 7/7", "-"),
        ("by 14/7", "../2018-07-14"),
        ("14/07", "2018-07-14"),
        ("on 29/9", "2018-09-29"),
    ]);
}

#[test]
fn months_that_are_people() {
    check(&[
        ("J April, CCG", "-"),
        ("June to lead", "-"),
        ("April to chase the homes", "-"),
        ("June to be confirmed", "2018-06"),
        ("October to review", "2018-10"),
        ("July to assess", "2018-07"),
        ("Cohort B March", "2019-03"),
    ]);
}

#[test]
fn lists_go_forward_and_what_stands_behind_a_date() {
    check(&[
        ("Oct and April", "2018-10 2019-04"),
        ("Oct, Nov & Feb", "2018-10 2018-11 2019-02"),
        ("Autumn onwards", "2018-23/.."),
        ("Nov subject to funding", "2018-11"),
        ("Jan A&E Delivery Board", "2019-01"),
        ("to be presented to Oct GB", "2018-10"),
        ("Rolling programme", "on"),
        ("starting in Jan 19", "2019-01/.."),
        ("2018/9", "2018-04/2019-03"),
        ("18./09/18", "2018-09-18"),
    ]);
}

#[test]
fn days_in_numbers_beside_others() {
    check(&[
        ("6/12 - 21/12", "2018-12-06/2018-12-21"),
        ("21/11 - 6/12", "2018-11-21/2018-12-06"),
        ("3/12 - 6/12", "-"),
        ("Workshops 5/10, 19/10 and 2/11", "2018-10-05 2018-10-19 2018-11-02"),
        ("Meeting 19/10 & 2/11", "2018-10-19 2018-11-02"),
        ("LOS 7/7, 14/7 and 21/7", "-"),
        ("8am to 6pm 7/7", "-"),
    ]);
}

#[test]
fn words_that_lost_their_blank() {
    check(&[
        ("byNov 18", "../2018-11"),
        ("endNov18", "../2018-11-30"),
        ("untilMarch 2019", "../2019-03"),
        ("Q318/19", "2018-10/2018-12"),
        ("Q3 and Q42018/19", "2018-10/2018-12 2019-01/2019-03"),
        ("Q318 beds", "-"),
        ("DeMay 18", "-"),
    ]);
}

#[test]
fn those_who_meet_in_a_month() {
    check(&[
        ("Nov A&E DB", "2018-11"),
        ("Paper to Nov operations group", "2018-11"),
        ("Sept Steering Group", "2018-09"),
        ("Nov task and finish group", "2018-11"),
        ("Aug bank holiday", "2018-08"),
        ("May and Baker", "-"),
        ("May and September", "2018-05 2018-09"),
    ]);
}
