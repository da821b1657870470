//! What the engine makes of each fixture is, byte for byte, what `tests/golden/<format>/<name>/` holds, and every line of it
//! fits its JSON Schema.
//!
//! After a change that is meant, run `HICM_BLESS=1 cargo test --test golden` and read the difference. A fixture that disagrees
//! with its labels is never blessed: its golden files are removed, and the test fails until it is right.

mod support;

use std::collections::BTreeSet;
use std::fs;

use hicm::model::audit::Became;
use hicm::model::diagnostic::Code;
use hicm::model::field::Field;
use hicm::sinks::schema;
use hicm::sinks::schema::Schema;
use jsonschema::Validator;
use serde_json::Value;
use support::Converted;
use support::Fixture;
use support::entries;
use support::labels::disagreements;
use support::values;

#[test]
fn output_is_as_expected() {
    let bless = std::env::var_os("HICM_BLESS").is_some();
    let mut wrong = Vec::new();
    for fixture in Fixture::all() {
        let made = fixture.convert();
        if bless {
            rewrite(&fixture, &made);
        }
        if fixture.is_gap() {
            continue;
        }
        if fixture.expected().is_dir() {
            wrong.extend(made.files().into_iter().filter_map(|(name, text)| difference(&fixture, name, text)));
        } else {
            wrong.push(format!("{} is missing", fixture.expected().display()));
        }
    }
    assert!(wrong.is_empty(), "{} differ; if that is meant, HICM_BLESS=1:\n{}", wrong.len(), wrong.join("\n"));
}

fn rewrite(fixture: &Fixture, made: &Converted) {
    let folder = fixture.expected();
    if !disagreements(fixture, made).is_empty() {
        let _ = fs::remove_dir_all(folder);
        return;
    }
    fs::create_dir_all(&folder).expect("tests/golden can be written");
    for (name, text) in made.files() {
        fs::write(folder.join(format!("{name}.jsonl")), text).expect("tests/golden can be written");
    }
}

/// The first line in which a golden file differs from what was made.
fn difference(fixture: &Fixture, name: &str, made: &str) -> Option<String> {
    let path = fixture.expected().join(format!("{name}.jsonl"));
    let Ok(expected) = fs::read_to_string(&path) else { return Some(format!("{} is missing", path.display())) };
    if expected == made {
        return None;
    }
    let (wanted, got): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), made.lines().collect());
    let at = (0..wanted.len().max(got.len())).find(|&at| wanted.get(at) != got.get(at)).unwrap_or_default();
    let show = |lines: &[&str]| lines.get(at).map_or_else(|| "no line".to_owned(), |line| (*line).to_owned());
    Some(format!("{}, line {}\n    wanted {}\n    got    {}", path.display(), at + 1, show(&wanted), show(&got)))
}

#[test]
fn no_golden_file_is_left_over() {
    let fixtures = Fixture::all();
    for format in entries(&support::root().join("fixtures")) {
        for folder in entries(&format.join("expected")) {
            assert!(fixtures.iter().any(|fixture| fixture.expected() == folder), "{} has no source", folder.display());
        }
        for labels in entries(&format.join("labels")).into_iter().filter(|path| path.is_file()) {
            assert!(fixtures.iter().any(|fixture| fixture.labels() == labels), "{} has no source", labels.display());
        }
    }
}

#[test]
fn every_line_fits_its_schema() {
    let validators = [("records", Schema::Records), ("documents", Schema::Documents), ("audit", Schema::Audit)];
    let validators = validators.map(|(name, schema)| (name, validator(schema)));
    let mut wrong = Vec::new();
    for fixture in Fixture::all() {
        let made = fixture.convert();
        for ((name, text), (_, validator)) in made.files().into_iter().zip(&validators) {
            for line in values(text) {
                let errors = validator.iter_errors(&line).map(|error| format!("{}: {error}", error.instance_path()));
                wrong.extend(errors.map(|error| format!("{}/{} {name}: {error}", fixture.format, fixture.stem)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn validator(schema: Schema) -> Validator {
    let schema: Value = serde_json::from_str(&schema::json(schema)).expect("a schema is JSON");
    jsonschema::draft202012::new(&schema).expect("a schema")
}

#[test]
fn a_line_that_does_not_fit_is_found() {
    let mut line = values(&Fixture::all()[0].convert().audit).remove(0);
    assert!(validator(Schema::Audit).is_valid(&line));
    line["became"] = Value::from("nonsense");
    assert!(!validator(Schema::Audit).is_valid(&line));
}

/// The fixtures together show every field, every fate of a block and every diagnostic.
#[test]
fn everything_is_shown_by_some_fixture() {
    let mut shown: BTreeSet<String> = BTreeSet::new();
    let mut show = |kind: &str, value: &Value| shown.extend(value.as_str().map(|text| format!("{kind} {text}")));
    for fixture in Fixture::all() {
        let made = fixture.convert();
        for record in values(&made.records) {
            for (field, text) in record["fields"].as_object().expect("fields") {
                let is_filled = text.as_str().is_some() || text.as_array().is_some_and(|cells| !cells.is_empty());
                is_filled.then(|| show("field", &Value::from(field.as_str())));
            }
            record["changes"].as_array().into_iter().flatten().for_each(|change| show("basis", &change["basis"]));
            record["normalised"]["maturity"].as_array().into_iter().flatten().for_each(|entry| show("level", &entry["level"]));
            show("rag", &record["normalised"]["rag"]["value"]);
        }
        values(&made.audit).iter().for_each(|line| show("became", &line["became"]));
        let documents = values(&made.documents);
        let codes = documents.iter().flat_map(|line| line["diagnostics"].as_array().into_iter().flatten());
        codes.for_each(|entry| show("code", &entry["code"]));
    }
    let mut wanted: Vec<String> = Field::ALL.iter().map(|field| format!("field {}", field.key())).collect();
    wanted.push("field timescale".to_owned());
    wanted.extend(Code::ALL.iter().map(|code| format!("code {}", code.as_str())));
    wanted.extend(["explicit", "section", "carried", "text"].map(|basis| format!("basis {basis}")));
    wanted.extend(["red", "amber", "green", "blue", "none"].map(|value| format!("rag {value}")));
    let levels = ["not_yet_established", "plans_in_place", "established", "mature", "exemplary"];
    wanted.extend(levels.map(|level| format!("level {level}")));
    wanted.extend(
        Became::ALL.map(|became| format!("became {}", serde_json::to_value(became).expect("a word").as_str().expect("a word"))),
    );
    let missing: Vec<&String> = wanted.iter().filter(|want| !shown.contains(*want)).collect();
    assert!(missing.is_empty(), "no fixture shows {missing:?}");
}
