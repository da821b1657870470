//! The same bytes give the same lines: twice, from two engines, and on any number of threads.

mod support;

use std::sync::Arc;

use hicm::model::vocabulary::Vocabulary;
use hicm::pipeline::Engine;
use hicm::readers::Options;
use rayon::ThreadPoolBuilder;
use support::ENGINE;
use support::Fixture;
use support::convert;

/// Fixtures that `other` converts otherwise than the shared engine.
fn differing(other: &Engine) -> Vec<String> {
    let mut names = Vec::new();
    for fixture in Fixture::all() {
        let bytes = std::fs::read(&fixture.source).expect("a source");
        let (one, two) = (convert(&ENGINE, &fixture.name(), &bytes), convert(other, &fixture.name(), &bytes));
        if one != two {
            let lines = one.records.lines().zip(two.records.lines()).find(|(one, two)| one != two);
            names.push(format!("{}/{}: {lines:?}", fixture.format, fixture.stem));
        }
    }
    names
}

#[test]
fn a_second_time_gives_the_same() {
    assert_eq!(differing(&ENGINE), Vec::<String>::new());
}

#[test]
fn another_engine_gives_the_same() {
    let engine = Engine::new(Arc::clone(Vocabulary::embedded()), Options::default());
    let engine = engine.reading_pictures(Arc::new(support::recogniser::Recorded));
    assert_eq!(differing(&engine), Vec::<String>::new());
}

/// A plan so long that its rows are shared out: in blocks of a change each, with rows that say nothing by themselves.
fn long_plan() -> String {
    let changes = ["Early discharge planning", "Home first", "Trusted assessors", "Seven-day services"];
    let actions = ["Train the ward in the new form", "As above", "Home visit within two days of discharge", "Review"];
    let line = |row: usize| {
        let change = if row.is_multiple_of(50) { changes[row / 50 % 4] } else { "" };
        format!("{change}\t{} {row}\tLead {row}\t{}/03/2019\n", actions[row % 4], row % 28 + 1)
    };
    std::iter::once("Change\tAction\tLead\tBy when\n".to_owned()).chain((0..2_500).map(line)).collect()
}

#[test]
fn rows_that_several_threads_share_come_in_their_order() {
    let plan = long_plan();
    let on = |threads: usize| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| convert(&ENGINE, "plan.txt", plan.as_bytes()))
    };
    let one = on(1);
    assert!(one == on(3), "another number of threads gives other lines");
    let records: Vec<serde_json::Value> = one.records.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    assert_eq!(records.len(), 2_500);
    for (number, record) in records.iter().enumerate() {
        let id = record["id"].as_str().expect("an id");
        assert!(id.ends_with(&format!("-{}", number + 1)), "{id} is record {number}");
        assert!(record["fields"]["action"].as_str().expect("an action").ends_with(&format!(" {number}")), "{record}");
    }
}
