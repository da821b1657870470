//! What the engine makes of each fixture is what its labels say. Labels are written by hand from the source, never from the
//! output: no variable rewrites them. `tests/labelled/gaps.txt` lists the fixtures that it does not read rightly yet, and why;
//! one that it has learnt to read must leave the list.

mod support;

use support::Fixture;
use support::labels::disagreements;

#[test]
fn records_agree_with_labels() {
    let mut wrong = Vec::new();
    for fixture in Fixture::all() {
        let found = disagreements(&fixture, &fixture.convert());
        if fixture.is_gap() {
            if found.is_empty() {
                wrong.push(format!("{}/{} agrees: take it out of tests/labelled/gaps.txt", fixture.format, fixture.stem));
            }
        } else if !found.is_empty() {
            wrong.push(format!("{}/{}\n    {}", fixture.format, fixture.stem, found.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{} fixtures differ from their labels:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_fixture_has_labels() {
    for fixture in Fixture::all() {
        assert!(fixture.labels().exists(), "{} is missing", fixture.labels().display());
    }
}
