//! Columns to fields and rows to changes: [`Layout`](hicm::model::table::Layout) to assignments; and texts that stand alone.

mod support;

use std::hint::black_box;
use std::sync::Arc;

use criterion::Criterion;
use criterion::Throughput;
use hicm::model::vocabulary::Vocabulary;
use hicm::pipeline::Engine;
use hicm::readers::Options;

const ROWS: usize = 10_000;

const TEXTS: usize = 1_000;

fn main() {
    let engine = Engine::new(Arc::new(Vocabulary::embedded().clone()), Options::default());
    let rows = support::rows(ROWS);
    let text = support::tabbed(&rows);
    let (_, source) = engine.read("plan.txt", text.as_bytes()).expect("the plan can be read");
    let layout = engine.tables(&source);

    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("matching");
    group.throughput(Throughput::Elements(ROWS as u64));
    group.bench_function("assign", |bencher| bencher.iter(|| black_box(engine.matches(&layout))));
    group.throughput(Throughput::Elements(TEXTS as u64));
    group.bench_function("rank", |bencher| {
        bencher.iter(|| {
            for [_, _, action, ..] in rows.iter().take(TEXTS) {
                black_box(engine.matcher().rank(action));
            }
        });
    });
    group.finish();
    criterion.final_summary();
}
