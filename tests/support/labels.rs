//! Compares what the engine made of a fixture with the labels that were written by hand before it.
//!
//! An item's label is a line of `tests/labelled/<format>/<name>.jsonl`: `lines` (first and last line of the source), or in a
//! workbook `at` (`Sheet!A1:B2`, the row's cells), or on a page `at` (`page 2`; of a heading `page 2: its text`), `changes`
//! (numbers of the 2015 model), `basis` (alternatives with `|`), `fields`, `timescale` and `extra` (by header), `maturity`,
//! `rag`, `start`, `due`, `as_at` (`{raw, edtf, ongoing}`), `organisations`, `leads`. Lines that are no items stand in
//! `tests/labelled/<format>/headings/<name>.jsonl`: `line` or `at`, and `became` (alternatives with `|`). What a label does not name is not compared,
//! except fields: a record has those of its label and no others.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use hicm::model::text::collapse;
use serde_json::Value;

use super::Converted;
use super::Fixture;
use super::values;
use super::values_of;

/// Everything in which the output differs from the labels of `fixture`, a line each.
pub(crate) fn disagreements(fixture: &Fixture, made: &Converted) -> Vec<String> {
    let (labels, records, audit) = (values_of(&fixture.labels()), values(&made.records), values(&made.audit));
    let mut found = Vec::new();
    if labels.len() != records.len() {
        found.push(format!("{} items labelled, {} records", labels.len(), records.len()));
    }
    let lines = Lines::new(&audit);
    for (label, record) in labels.iter().zip(&records) {
        let head = if label["at"].is_string() { string(&label["at"]).to_owned() } else { format!("line {}", label["lines"][0]) };
        found.extend(item(label, record).into_iter().map(|text| format!("{head}: {text}")));
        found.extend(lines.item(label, record).into_iter().map(|text| format!("{head}: {text}")));
    }
    for heading in values_of(&fixture.headings()) {
        found.extend(lines.heading(&heading));
    }
    found.extend(document(fixture, made));
    found
}

/// What the lines of the source, or the cells of a workbook, became.
struct Lines<'a> {
    became: BTreeMap<String, BTreeSet<&'a str>>,
    records: BTreeMap<String, BTreeSet<&'a str>>,
}

impl<'a> Lines<'a> {
    fn new(audit: &'a [Value]) -> Self {
        let mut lines = Self { became: BTreeMap::new(), records: BTreeMap::new() };
        for entry in audit {
            let number = |key: &str| entry["at"][key].as_u64().unwrap_or_default();
            let mut places: Vec<String> = match entry["at"]["sheet"].as_str() {
                Some(sheet) => vec![format!("{sheet}!{}", string(&entry["at"]["range"]))],
                None => (number("line")..=number("last_line")).map(|line| line.to_string()).collect(),
            };
            if let Some(page) = entry["at"]["page"].as_u64() {
                places.extend([format!("page {page}"), format!("page {page}: {}", collapse(string(&entry["text"])))]);
            }
            for place in places {
                lines.became.entry(place.clone()).or_default().insert(string(&entry["became"]));
                lines.records.entry(place).or_default().extend(entry["record"].as_str());
            }
        }
        lines
    }

    /// Both ends of an item say which record they went into.
    fn item(&self, label: &Value, record: &Value) -> Option<String> {
        let id = string(&record["id"]);
        let ends: Vec<String> = match label["at"].as_str() {
            Some(at) => vec![at.to_owned()],
            None => label["lines"].as_array().expect("lines of an item").iter().map(Value::to_string).collect(),
        };
        let lost = ends.iter().find(|place| !self.records.get(*place).is_some_and(|ids| ids.contains(id)));
        lost.map(|place| format!("audit line {place} names {:?}, not record {id}", self.records.get(place)))
    }

    fn heading(&self, label: &Value) -> Option<String> {
        let at = label["at"].as_str().map(str::to_owned);
        let (line, wanted) = (at.unwrap_or_else(|| label["line"].to_string()), string(&label["became"]));
        let became = self.became.get(&line).cloned().unwrap_or_default();
        let agrees = wanted.split('|').any(|one| became.contains(one));
        (!agrees).then(|| format!("line {line} became {became:?}, not {wanted:?}"))
    }
}

fn item(label: &Value, record: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, wanted: String, got: String| {
        if wanted != got {
            found.push(format!("{what}: wanted {wanted}, got {got}"));
        }
    };
    compare("changes", numbers(&label["changes"]), changes(&record["changes"]));
    compare("fields", fields(&label["fields"]), fields(&record["fields"]));
    let by_header =
        |list: &Value| texts(list.as_array().into_iter().flatten().map(|e| (string(&e["header"]), string(&e["text"]))));
    compare("timescale", object(&label["timescale"]), by_header(&record["fields"]["timescale"]));
    compare("extra", object(&label["extra"]), by_header(&record["extra"]));
    let normalised = &record["normalised"];
    for key in ["start", "due", "as_at"] {
        let wanted = label.get(key).unwrap_or(&Value::Null);
        if !wanted.is_null() || key == "as_at" {
            compare(key, dates(wanted), dates(&normalised[key]));
        }
    }
    if let Some(levels) = label.get("maturity") {
        let got: Vec<&str> = list(&normalised["maturity"]).iter().map(|entry| string(&entry["level"])).collect();
        compare("maturity", format!("{:?}", strings(levels)), format!("{got:?}"));
    }
    compare("rag", string(&label["rag"]).to_owned(), string(&normalised["rag"]["value"]).to_owned());
    for key in ["organisations", "leads"] {
        if let Some(names) = label.get(key) {
            compare(key, format!("{:?}", strings(names)), format!("{:?}", strings(&normalised[key])));
        }
    }
    if let Some(wanted) = label["basis"].as_str() {
        let basis = list(&record["changes"]).first().map_or("none", |change| string(&change["basis"]));
        if !wanted.split('|').any(|one| one == basis) {
            compare("basis", wanted.to_owned(), basis.to_owned());
        }
    }
    found
}

/// The document's own line, as far as `tests/labelled/documents.jsonl` labels it.
fn document(fixture: &Fixture, made: &Converted) -> Vec<String> {
    let name = format!("{}/{}", fixture.format, fixture.name());
    let labels = values_of(&super::root().join("tests/labelled/documents.jsonl"));
    let Some(label) = labels.iter().find(|label| string(&label["name"]) == name) else {
        return vec!["no label in tests/labelled/documents.jsonl".to_owned()];
    };
    let line = values(&made.documents).pop().expect("a line for the document");
    let mut found = Vec::new();
    for key in ["status", "title", "edition", "period", "dated", "items"] {
        if label.get(key).is_some_and(|wanted| *wanted != line[key]) {
            found.push(format!("document's {key}: wanted {}, got {}", label[key], line[key]));
        }
    }
    let codes: Vec<&str> = list(&line["diagnostics"]).iter().map(|entry| string(&entry["code"])).collect();
    let missing = strings(&label["diagnostics"]).into_iter().filter(|code| !codes.contains(code));
    found.extend(missing.map(|code| format!("document: no diagnostic {code} among {codes:?}")));
    found
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn strings(value: &Value) -> Vec<&str> {
    list(value).iter().map(string).collect()
}

fn numbers(value: &Value) -> String {
    let set: BTreeSet<u64> = list(value).iter().filter_map(Value::as_u64).collect();
    format!("{set:?}")
}

fn changes(value: &Value) -> String {
    let set: BTreeSet<u64> = list(value).iter().filter_map(|change| change["number"].as_u64()).collect();
    format!("{set:?}")
}

/// Texts by name, white space collapsed.
fn texts<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let map: BTreeMap<&str, String> = entries.map(|(name, text)| (name, collapse(text).into_owned())).collect();
    format!("{map:?}")
}

fn object(value: &Value) -> String {
    texts(value.as_object().into_iter().flatten().map(|(name, text)| (name.as_str(), string(text))))
}

fn fields(value: &Value) -> String {
    let named = value.as_object().into_iter().flatten().filter(|(name, text)| *name != "timescale" && !text.is_null());
    texts(named.map(|(name, text)| (name.as_str(), string(text))))
}

fn dates(value: &Value) -> String {
    let entries = list(value).iter().map(|date| {
        let ongoing = date["ongoing"].as_bool().unwrap_or_default();
        format!("{:?} {}{}", string(&date["raw"]), date["edtf"].as_str().unwrap_or("-"), if ongoing { " ongoing" } else { "" })
    });
    entries.collect::<Vec<_>>().join(", ")
}
