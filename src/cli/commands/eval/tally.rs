//! What is right and what is wrong, counted.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::align::bag;
use super::align::dice;
use crate::model::field::Field;
use crate::model::text::collapse;

/// Texts that share so much are the same.
const SAME: f64 = 0.97;

/// Bins of the calibration table.
const BINS: usize = 10;

/// Characters of an item that is named.
const NAMED: usize = 80;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Share {
    pub(super) right: usize,
    pub(super) of: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// The share, 0 to 1; none of nothing.
    pub(super) fn value(self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 items")]
        let value = self.right as f64 / self.of as f64;
        (self.of > 0).then_some(value)
    }
}

/// How one change fared.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct OfChange {
    /// Items labelled with it that have it.
    pub(super) found: Share,
    /// Records with it that are labelled with it, or where it is accepted.
    pub(super) right: Share,
}

/// Decisions that were about as sure.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Bin {
    pub(super) count: usize,
    /// Sum of the confidences.
    pub(super) sure: f64,
    pub(super) right: usize,
}

/// Confidence against how often it was right.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Calibration {
    pub(super) bins: [Bin; BINS],
    /// Expected calibration error, 0 to 1.
    pub(super) error: Option<f64>,
}

impl Calibration {
    fn count(&mut self, confidence: f64, right: bool) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a confidence is from 0 to 1")]
        let bin = ((confidence * 10.0) as usize).min(BINS - 1);
        let bin = &mut self.bins[bin];
        bin.count += 1;
        bin.sure += confidence;
        bin.right += usize::from(right);
    }

    fn close(&mut self) {
        let all: usize = self.bins.iter().map(|bin| bin.count).sum();
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 decisions")]
        let (off, all) = (self.bins.iter().map(|bin| (bin.sure - bin.right as f64).abs()).sum::<f64>(), all as f64);
        self.error = (all > 0.0).then(|| off / all);
    }
}

/// An item or record that has no counterpart.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Loner {
    /// The document, or the file of labels.
    pub(super) document: String,
    /// Lines of the label, or id of the record.
    pub(super) at: String,
    pub(super) text: String,
}

/// Everything that an evaluation counts.
#[derive(Debug, Default, Serialize)]
pub(super) struct Tally {
    /// Labelled items that are a record.
    pub(super) items: Share,
    /// Records that are a labelled item.
    pub(super) records: Share,
    /// Items whose changes are those of the label, no more and no fewer.
    pub(super) exact: Share,
    /// The same, where numbers under "also" are accepted.
    pub(super) changes: Share,
    /// Items labelled outside that are unmapped.
    pub(super) outside: Share,
    pub(super) by_change: BTreeMap<u64, OfChange>,
    /// Changes that are right or accepted, by what decided them.
    pub(super) by_basis: BTreeMap<String, Share>,
    /// What was labelled and what was found instead, and how often.
    #[serde(serialize_with = "confusions")]
    pub(super) confusions: BTreeMap<(String, String), usize>,
    pub(super) calibration: Calibration,
    pub(super) calibration_by_basis: BTreeMap<String, Calibration>,
    pub(super) fields: BTreeMap<String, Share>,
    pub(super) dates: BTreeMap<String, Share>,
    /// Levels, ratings and parties.
    pub(super) values: BTreeMap<String, Share>,
    pub(super) lost: Vec<Loner>,
    pub(super) invented: Vec<Loner>,
}

fn confusions<S: serde::Serializer>(map: &BTreeMap<(String, String), usize>, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Confusion<'a> {
        wanted: &'a str,
        got: &'a str,
        count: usize,
    }
    to.collect_seq(map.iter().map(|((wanted, got), count)| Confusion { wanted, got, count: *count }))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn numbers<'a>(values: impl Iterator<Item = &'a Value>) -> BTreeSet<u64> {
    values.filter_map(Value::as_u64).collect()
}

/// A set of numbers in a few letters.
fn shown(set: &BTreeSet<u64>) -> String {
    if set.is_empty() {
        return "outside".to_owned();
    }
    set.iter().map(u64::to_string).collect::<Vec<_>>().join(" & ")
}

/// The beginning of an item's words.
fn beginning(item: &Value) -> String {
    let texts = Field::ALL.into_iter().filter_map(|field| item["fields"][field.key()].as_str());
    collapse(&texts.collect::<Vec<_>>().join(" ")).chars().take(NAMED).collect()
}

impl Tally {
    /// Counts the items of one file of labels; `pairs` names the record of each.
    pub(super) fn add(&mut self, file: &str, items: &[Value], records: &[&Value], pairs: &[Option<usize>]) {
        let mut used = BTreeSet::new();
        for (item, pair) in items.iter().zip(pairs) {
            let record = pair.and_then(|index| records.get(index).copied());
            used.extend(*pair);
            self.items.count(record.is_some());
            if record.is_none() {
                let at = list(&item["lines"]).iter().map(Value::to_string).collect::<Vec<_>>().join("-");
                self.lost.push(Loner { document: file.to_owned(), at, text: beginning(item) });
            }
            self.matched(item, record);
            self.cells(item, record.unwrap_or(&Value::Null));
        }
        for (index, record) in records.iter().enumerate() {
            self.records.count(used.contains(&index));
            if !used.contains(&index) {
                let name = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let (document, at) = (name(&record["document"]["name"]), name(&record["id"]));
                self.invented.push(Loner { document, at, text: beginning(record) });
            }
        }
    }

    /// Works out what depends on all items.
    pub(super) fn close(&mut self) {
        self.calibration.close();
        self.calibration_by_basis.values_mut().for_each(Calibration::close);
    }

    fn matched(&mut self, item: &Value, record: Option<&Value>) {
        let (wanted, also) = (numbers(list(&item["changes"]).iter()), numbers(list(&item["also"]).iter()));
        let accepted: BTreeSet<u64> = wanted.union(&also).copied().collect();
        let changes = record.map(|record| list(&record["changes"])).unwrap_or_default();
        let got = numbers(changes.iter().map(|change| &change["number"]));
        let exact = record.is_some() && got == wanted;
        let lenient = record.is_some() && !also.is_empty() && got.is_subset(&accepted) && !got.is_empty();
        self.exact.count(exact);
        self.changes.count(exact || lenient);
        if wanted.is_empty() {
            self.outside.count(exact);
        }
        if record.is_some() && !(exact || lenient) {
            *self.confusions.entry((shown(&wanted), shown(&got))).or_default() += 1;
        }
        for number in &wanted {
            self.by_change.entry(*number).or_default().found.count(got.contains(number));
        }
        for change in changes {
            let number = change["number"].as_u64().unwrap_or_default();
            let right = accepted.contains(&number);
            let basis = change["basis"].as_str().unwrap_or_default().to_owned();
            self.by_change.entry(number).or_default().right.count(right);
            self.by_basis.entry(basis.clone()).or_default().count(right);
            let confidence = change["confidence"].as_f64().unwrap_or_default();
            self.calibration.count(confidence, right);
            self.calibration_by_basis.entry(basis).or_default().count(confidence, right);
        }
    }

    fn cells(&mut self, item: &Value, record: &Value) {
        for (field, text) in item["fields"].as_object().into_iter().flatten() {
            let wanted = bag(text);
            if !wanted.is_empty() {
                let same = dice(&wanted, &bag(&record["fields"][field])) >= SAME;
                self.fields.entry(field.clone()).or_default().count(same);
            }
        }
        for (header, text) in item["timescale"].as_object().into_iter().flatten() {
            let header = bag(&Value::from(header.as_str()));
            let cell = list(&record["fields"]["timescale"]).iter().find(|cell| bag(&cell["header"]) == header);
            let same = cell.is_some_and(|cell| dice(&bag(text), &bag(&cell["text"])) >= SAME);
            self.fields.entry("timescale".to_owned()).or_default().count(same);
        }
        let normalised = &record["normalised"];
        let present = |key: &str| item.get(key).filter(|value| !value.is_null());
        for key in ["start", "due", "as_at"] {
            let Some(wanted) = present(key) else { continue };
            let edtf =
                |dates: &Value| list(dates).iter().map(|date| date["edtf"].as_str().map(str::to_owned)).collect::<Vec<_>>();
            self.dates.entry(key.to_owned()).or_default().count(edtf(wanted) == edtf(&normalised[key]));
        }
        if let Some(wanted) = present("maturity") {
            let got: Vec<&Value> = list(&normalised["maturity"]).iter().map(|entry| &entry["level"]).collect();
            self.values.entry("maturity".to_owned()).or_default().count(list(wanted).iter().eq(got));
        }
        if let Some(wanted) = present("rag") {
            self.values.entry("rag".to_owned()).or_default().count(*wanted == normalised["rag"]["value"]);
        }
        for key in ["organisations", "leads"] {
            let Some(wanted) = present(key) else { continue };
            let names = |value: &Value| {
                let mut names: Vec<_> = list(value).iter().map(bag).collect();
                names.sort();
                names
            };
            self.values.entry(key.to_owned()).or_default().count(names(wanted) == names(&normalised[key]));
        }
    }
}
