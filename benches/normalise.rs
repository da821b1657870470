//! Items and their assignments to records.

mod support;

use std::convert::Infallible;
use std::hint::black_box;
use std::sync::Arc;

use criterion::Criterion;
use criterion::Throughput;
use hicm::model::document::DocumentRef;
use hicm::model::vocabulary::Vocabulary;
use hicm::normalise::Normaliser;
use hicm::normalise::RecordSink;
use hicm::pipeline::Engine;
use hicm::readers::Options;

const ROWS: usize = 10_000;

fn main() {
    let vocabulary = Arc::clone(Vocabulary::embedded());
    let normaliser = Normaliser::new(&vocabulary);
    let engine = Engine::new(vocabulary, Options::default());
    let text = support::tabbed(&support::rows(ROWS));
    let (format, source) = engine.read("plan.txt", text.as_bytes()).expect("the plan can be read");
    let layout = engine.tables(&source);
    let matched = engine.matches(&layout);
    let facts = normaliser.facts(&source, &layout, &matched.tables, "plan.txt");
    let document = DocumentRef { id: Some("0123456789abcdef".to_owned()), name: "plan.txt".to_owned(), format: Some(format) };

    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("normalise");
    group.throughput(Throughput::Elements(ROWS as u64));
    group.bench_function("records", |bencher| {
        bencher.iter(|| {
            let put = |(): &mut (), record| drop(black_box(record));
            let mut sink = |()| Ok::<(), Infallible>(());
            normaliser.records(
                &layout,
                &matched.tables,
                matched.edition.as_deref(),
                &facts,
                &document,
                RecordSink { put: &put, take: &mut sink },
            )
        });
    });
    group.finish();
    criterion.final_summary();
}
