//! The law of conservation: every word of a source stands in exactly one audit line, and every word of an item's line in its
//! record.

use std::collections::BTreeMap;

use hicm::model::source::Block;
use hicm::model::source::Source;
use hicm::model::text::words;
use serde_json::Value;

use super::Converted;
use super::values;

/// How often each word stands somewhere.
pub(crate) type Bag = BTreeMap<String, i64>;

fn add(bag: &mut Bag, text: &str) {
    words(text).into_iter().for_each(|word| *bag.entry(word).or_insert(0) += 1);
}

/// What `a` has more of than `b`.
fn beyond(a: &Bag, b: &Bag) -> Vec<(String, i64)> {
    let more = a.iter().map(|(word, count)| (word.clone(), count - b.get(word).unwrap_or(&0)));
    more.filter(|(_, count)| *count > 0).collect()
}

/// The breaches of the law by what was made of `source`, in words.
pub(crate) fn breaches(source: &Source, made: &Converted) -> Vec<String> {
    let audit = values(&made.audit);
    let mut found = Vec::new();
    let (seen, told) = (source_words(source), audit_words(&audit));
    found.extend(beyond(&seen, &told).iter().map(|(word, count)| format!("lost from the audit: {word:?} x{count}")));
    found.extend(beyond(&told, &seen).iter().map(|(word, count)| format!("made up in the audit: {word:?} x{count}")));
    let records: BTreeMap<String, Bag> =
        values(&made.records).iter().map(|record| (text_of(&record["id"]).to_owned(), record_words(record))).collect();
    let mut lines: BTreeMap<String, Bag> = BTreeMap::new();
    for line in &audit {
        let is_item = matches!(text_of(&line["became"]), "item" | "continuation");
        match line["record"].as_str() {
            Some(id) if is_item => add(lines.entry(id.to_owned()).or_default(), text_of(&line["text"])),
            None if !is_item => {}
            _ => found.push(format!("a record exactly for items and continuations: {line}")),
        }
    }
    for (id, line) in &lines {
        match records.get(id) {
            Some(record) => {
                let lost = beyond(line, record);
                found.extend(lost.iter().map(|(word, count)| format!("lost from record {id}: {word:?} x{count}")));
            }
            None => found.push(format!("the audit names a record that is not there: {id}")),
        }
    }
    found.extend(records.keys().filter(|id| !lines.contains_key(*id)).map(|id| format!("no audit line names record {id}")));
    found
}

fn source_words(source: &Source) -> Bag {
    let mut bag = Bag::new();
    for block in &source.blocks {
        match block {
            Block::Text(block) => add(&mut bag, &block.text),
            Block::Grid(grid) => {
                let cells = grid.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str());
                let notes = grid.rows.iter().flat_map(|row| &row.notes).map(|note| note.text.as_str());
                cells.chain(notes).for_each(|text| add(&mut bag, text));
            }
        }
    }
    bag
}

fn audit_words(audit: &[Value]) -> Bag {
    let mut bag = Bag::new();
    audit.iter().for_each(|line| add(&mut bag, text_of(&line["text"])));
    bag
}

/// The words of the parts of a record that the law names.
fn record_words(record: &Value) -> Bag {
    let mut bag = Bag::new();
    for (key, value) in record["fields"].as_object().expect("fields") {
        if key == "timescale" {
            texts(value).for_each(|text| add(&mut bag, text));
        } else {
            add(&mut bag, text_of(value));
        }
    }
    texts(&record["extra"]).for_each(|text| add(&mut bag, text));
    texts(&record["section"]).for_each(|text| add(&mut bag, text));
    add(&mut bag, text_of(&record["row_label"]["text"]));
    bag
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().map(|entry| text_of(&entry["text"]))
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
