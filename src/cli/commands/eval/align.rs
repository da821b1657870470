//! Which record is which labelled item: the alignment that keeps the order of both and shares most words.

use std::collections::BTreeMap;

use anyhow::bail;
use serde_json::Value;

use crate::model::field::Field;
use crate::model::text::words;

/// Items and records that share fewer words than this are not the same: their Dice coefficient, 0 to 1.
const LEAST: f64 = 0.5;

/// Pairs that are compared at most: some four seconds.
const MOST_PAIRS: usize = 40_000_000;

/// Words with how often each occurs.
pub(super) type Bag = BTreeMap<String, usize>;

/// The words of a value: of a text, or of everything in a list or object.
pub(super) fn bag(value: &Value) -> Bag {
    let mut out = Bag::new();
    add(value, &mut out);
    out
}

fn add(value: &Value, out: &mut Bag) {
    match value {
        Value::String(text) => words(text).into_iter().for_each(|word| *out.entry(word).or_default() += 1),
        Value::Array(items) => items.iter().for_each(|item| add(item, out)),
        Value::Object(keys) => keys.values().for_each(|item| add(item, out)),
        _ => {}
    }
}

/// Twice what two bags share, of all that they hold; 0 where both are empty.
pub(super) fn dice(a: &Bag, b: &Bag) -> f64 {
    let shared: usize = a.iter().map(|(word, count)| b.get(word).map_or(0, |other| *count.min(other))).sum();
    let all: usize = a.values().chain(b.values()).sum();
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 words")]
    let share = 2.0 * shared as f64 / all.max(1) as f64;
    share
}

/// The words that tell one item from another: those of its prose and parties, and of columns that fit no field.
fn body(item: &Value) -> Bag {
    let fields = Field::ALL.into_iter().filter(|field| is_body(*field));
    let mut out = Bag::new();
    fields.for_each(|field| add(&item["fields"][field.key()], &mut out));
    match &item["extra"] {
        Value::Array(cells) => cells.iter().for_each(|cell| add(&cell["text"], &mut out)),
        other => add(other, &mut out),
    }
    out
}

fn is_body(field: Field) -> bool {
    !matches!(field, Field::Reference | Field::Milestone | Field::Rag | Field::Start | Field::Due)
}

/// For each item the record that it is, where one is.
pub(super) fn align(items: &[Value], records: &[&Value]) -> anyhow::Result<Vec<Option<usize>>> {
    let (rows, columns) = (items.len(), records.len() + 1);
    if rows.saturating_mul(columns) > MOST_PAIRS {
        bail!(
            "{rows} items and {} records are too many to align; give the labels of each document in a file of its own",
            records.len()
        );
    }
    let a: Vec<Bag> = items.iter().map(body).collect();
    let b: Vec<Bag> = records.iter().map(|record| body(record)).collect();
    // Best sum of likeness from here on, one row below the other; and the step that leads to it.
    let mut below = vec![0.0_f64; columns];
    let mut steps = vec![Step::Item; rows * columns];
    for row in (0..rows).rev() {
        let mut here = vec![0.0_f64; columns];
        for column in (0..records.len()).rev() {
            let alike = dice(&a[row], &b[column]);
            let mut best = (below[column], Step::Item);
            if here[column + 1] > best.0 {
                best = (here[column + 1], Step::Record);
            }
            if alike >= LEAST && below[column + 1] + alike > best.0 {
                best = (below[column + 1] + alike, Step::Both);
            }
            here[column] = best.0;
            steps[row * columns + column] = best.1;
        }
        below = here;
    }
    let mut pairs = vec![None; rows];
    let (mut row, mut column) = (0, 0);
    while row < rows && column < records.len() {
        match steps[row * columns + column] {
            Step::Item => row += 1,
            Step::Record => column += 1,
            Step::Both => {
                pairs[row] = Some(column);
                row += 1;
                column += 1;
            }
        }
    }
    Ok(pairs)
}

/// What an alignment passes by.
#[derive(Clone, Copy)]
enum Step {
    Item,
    Record,
    Both,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn order_is_kept_and_what_has_no_like_is_left_out() {
        let item = |text: &str| json!({"changes": [], "fields": {"action": text}});
        let items = [item("train the ward staff"), item("open a hub"), item("print a leaflet")];
        let records = [item("train ward staff"), item("something else"), item("print the leaflet")];
        let records: Vec<&Value> = records.iter().collect();
        assert_eq!(align(&items, &records).unwrap_or_default(), [Some(0), None, Some(2)]);
    }
}
