//! The same bytes give the same lines: twice, and from two engines.

mod support;

use std::sync::Arc;

use hicm::model::vocabulary::Vocabulary;
use hicm::pipeline::Engine;
use hicm::readers::Options;
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
    let engine = Engine::new(Arc::new(Vocabulary::embedded().clone()), Options::default());
    let engine = engine.reading_pictures(Arc::new(support::recogniser::Recorded));
    assert_eq!(differing(&engine), Vec::<String>::new());
}
