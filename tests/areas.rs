//! The areas that a document speaks for, told from its form, title, cover, file name and words; invented areas, added as a
//! user adds them.

use std::sync::Arc;

use hicm::model::document::DocumentLine;
use hicm::model::vocabulary::Vocabulary;
use hicm::pipeline::Engine;
use hicm::readers::Options;
use hicm::sinks::JsonLines;
use hicm::sinks::Output;

const MODEL: &str = r#"{
    "schema": "hicm.model/1",
    "extends": true,
    "areas": [
        {"code": "E99000001", "name": "Westmarch", "aliases": ["WMBC"]},
        {"code": "E99000002", "name": "Eastvale"},
        {"code": "E99000003", "name": "Northfordshire"},
        {"code": "E99000004", "name": "Northfordshire", "from_year": 2021}
    ],
    "area_groups": [{"words": ["WEN", "Westmarch and Eastvale"], "codes": ["E99000001", "E99000002"]}],
    "area_labels": ["Returning authority"]
}"#;

const ROWS: &str = "Change\tAction\tLead\tBy when\n\
    Trusted assessors\tTrain ten home managers\tMary Fox\tMarch 2018\n\
    Home first\tOpen a bridging service\tTom Hart\tMay 2018\n";

fn convert(name: &str, text: &str) -> DocumentLine {
    let vocabulary = Vocabulary::from_user(MODEL).expect("a model that extends");
    let engine = Engine::new(Arc::new(vocabulary), Options::default());
    let mut output = Output::<Vec<u8>> { records: None, documents: Some(JsonLines::new(Vec::new())), audit: None };
    engine.convert(name, text.as_bytes(), &mut output).expect("a sink in memory")
}

fn areas(name: &str, head: &str) -> Vec<(String, String)> {
    let line = convert(name, &format!("{head}\n\n{ROWS}"));
    line.area.into_iter().map(|area| (area.code, area.raw)).collect()
}

fn codes(name: &str, head: &str) -> Vec<String> {
    areas(name, head).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn the_answer_on_a_form_decides() {
    assert_eq!(codes("plan.txt", "Returning authority\tEastvale\nGuidance by Westmarch"), ["E99000002"]);
    assert_eq!(codes("plan.txt", "Health and Wellbeing Board: Westmarch and Eastvale"), ["E99000001", "E99000002"]);
}

#[test]
fn a_title_may_misspell_its_area() {
    assert_eq!(areas("plan.txt", "Action plan, Westmrach wide"), [("E99000001".to_owned(), "Westmrach".to_owned())]);
    assert_eq!(areas("plan.txt", "Action plan, Westmalch wide"), [("E99000001".to_owned(), "Westmalch".to_owned())]);
}

#[test]
fn a_group_is_all_of_its_areas() {
    assert_eq!(codes("plan.txt", "WEN high impact change plan"), ["E99000001", "E99000002"]);
    assert_eq!(codes("plan.txt", "WEN: Eastvale high impact change plan"), ["E99000002"]);
    assert_eq!(codes("plan.txt", "Plan of Eastvale A&E Delivery Board"), ["E99000002"]);
}

#[test]
fn the_name_of_the_file_counts() {
    let line = convert("returns/hicm_eastvale-q3.txt", ROWS);
    assert_eq!(line.area.len(), 1);
    assert!(line.area[0].at.is_none(), "a file name has no place in the document");
}

#[test]
fn the_words_of_the_plan_tell_where_nothing_else_does() {
    let row = "Home first\tTeam at WMBC opens a bridging service for Westmarch homes\tTom Hart\tMay 2018\n";
    let line = convert("plan.txt", &format!("{ROWS}{}", row.repeat(9)));
    assert_eq!(line.area.first().map(|area| area.code.as_str()), Some("E99000001"));
    let visit = "Home first\tVisit Eastvale to learn from its hub\tTom Hart\tMay 2018\n";
    assert!(convert("plan.txt", &format!("{ROWS}{visit}")).area.is_empty(), "one mention is no more than a guess");
}

#[test]
fn a_successor_counts_from_its_year() {
    assert_eq!(codes("plan.txt", "Northfordshire plan 2018/19"), ["E99000003"]);
    assert_eq!(codes("plan.txt", "Northfordshire plan 2022/23"), ["E99000004"]);
}

#[test]
fn nothing_is_guessed() {
    assert!(codes("plan.txt", "Action plan for our system").is_empty());
    assert!(codes("plan.txt", "Action plan, Westmarch Street surgery").is_empty());
}
