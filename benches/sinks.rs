//! Records to JSON Lines.

mod support;

use std::io;
use std::sync::Arc;

use criterion::Criterion;
use criterion::Throughput;
use hicm::model::document::DocumentRef;
use hicm::model::record::Record;
use hicm::model::vocabulary::Vocabulary;
use hicm::normalise::Normaliser;
use hicm::normalise::RecordSink;
use hicm::pipeline::Engine;
use hicm::readers::Options;
use hicm::sinks::JsonLines;

const ROWS: usize = 10_000;

fn records() -> Vec<Record> {
    let vocabulary = Arc::clone(Vocabulary::embedded());
    let normaliser = Normaliser::new(&vocabulary);
    let engine = Engine::new(vocabulary, Options::default());
    let text = support::tabbed(&support::rows(ROWS));
    let (format, source) = engine.read("plan.txt", text.as_bytes()).expect("the plan can be read");
    let layout = engine.tables(&source);
    let matched = engine.matches(&layout);
    let facts = normaliser.facts(&source, &layout, &matched.tables, "plan.txt");
    let document = DocumentRef { id: Some("0123456789abcdef".to_owned()), name: "plan.txt".to_owned(), format: Some(format) };
    let mut records = Vec::with_capacity(ROWS);
    let put = |made: &mut Vec<Record>, record| made.push(record);
    let mut keep = |made| {
        records.extend(made);
        Ok::<(), io::Error>(())
    };
    normaliser
        .records(
            &layout,
            &matched.tables,
            matched.edition.as_deref(),
            &facts,
            &document,
            RecordSink { put: &put, take: &mut keep },
        )
        .expect("keeping a record does not fail");
    records
}

fn main() {
    let records = records();

    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("sinks");
    group.throughput(Throughput::Elements(records.len() as u64));
    group.bench_function("records", |bencher| {
        bencher.iter(|| {
            let mut lines = JsonLines::new(io::sink());
            records.iter().try_for_each(|record| lines.write(record))
        });
    });
    group.finish();
    criterion.final_summary();
}
