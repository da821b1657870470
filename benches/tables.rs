//! Finding the tables of a source: [`Source`](hicm::model::source::Source) to [`Layout`](hicm::model::table::Layout).

mod support;

use std::hint::black_box;
use std::sync::Arc;

use criterion::Criterion;
use criterion::Throughput;
use hicm::model::vocabulary::Vocabulary;
use hicm::pipeline::Engine;
use hicm::readers::Options;

const ROWS: usize = 10_000;

fn main() {
    let engine = Engine::new(Arc::clone(Vocabulary::embedded()), Options::default());
    let text = support::tabbed(&support::rows(ROWS));
    let (_, source) = engine.read("plan.txt", text.as_bytes()).expect("the plan can be read");

    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("tables");
    group.throughput(Throughput::Elements(ROWS as u64));
    group.bench_function("find", |bencher| bencher.iter(|| black_box(engine.tables(&source))));
    group.finish();
    criterion.final_summary();
}
