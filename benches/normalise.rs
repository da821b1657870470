//! Items and their assignments to records.

mod support;

use std::convert::Infallible;
use std::hint::black_box;
use std::sync::Arc;

use criterion::Criterion;
use criterion::Throughput;
use hicm::model::document::DocumentRef;
use hicm::model::vocabulary::Vocabulary;
use hicm::normalise;
use hicm::normalise::Normaliser;
use hicm::pipeline::Engine;
use hicm::readers::Options;

const ROWS: usize = 10_000;

fn main() {
    let vocabulary = Arc::new(Vocabulary::embedded().clone());
    let normaliser = Normaliser::new(&vocabulary);
    let engine = Engine::new(vocabulary, Options::default());
    let text = support::tabbed(&support::rows(ROWS));
    let (format, source) = engine.read("plan.txt", text.as_bytes()).expect("the plan can be read");
    let layout = engine.tables(&source);
    let matched = engine.matches(&layout);
    let facts = normalise::facts(&source, &layout, &matched.tables, "plan.txt");
    let document = DocumentRef { id: Some("0123456789abcdef".to_owned()), name: "plan.txt".to_owned(), format: Some(format) };

    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("normalise");
    group.throughput(Throughput::Elements(ROWS as u64));
    group.bench_function("records", |bencher| {
        bencher.iter(|| {
            let mut sink = |record| {
                black_box(record);
                Ok::<(), Infallible>(())
            };
            normaliser.records(&layout, &matched.tables, matched.edition.as_deref(), &facts, &document, &mut sink)
        });
    });
    group.finish();
    criterion.final_summary();
}
