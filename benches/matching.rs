//! Columns to fields and rows to changes: [`Layout`](hicm::model::table::Layout) to assignments; and texts that stand alone.
//!
//! `benches/rapidfuzz_rows.py` times rapidfuzz on the texts and names of `rank`, for comparison.

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

/// Every so many of the phrases that the text score is learned from.
fn texts() -> Vec<&'static str> {
    let lines = include_str!("../training/phrases.tsv").lines().filter_map(|line| line.split_once('\t'));
    let texts: Vec<&str> = lines.filter(|(class, _)| *class != "*").map(|(_, text)| text).collect();
    texts.iter().step_by(texts.len() / TEXTS).take(TEXTS).copied().collect()
}

fn main() {
    let engine = Engine::new(Arc::clone(Vocabulary::embedded()), Options::default());
    let rows = support::rows(ROWS);
    let text = support::tabbed(&rows);
    let (_, source) = engine.read("plan.txt", text.as_bytes()).expect("the plan can be read");
    let layout = engine.tables(&source);
    let texts = texts();

    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("matching");
    group.throughput(Throughput::Elements(ROWS as u64));
    group.bench_function("assign", |bencher| bencher.iter(|| black_box(engine.matches(&layout))));
    group.throughput(Throughput::Elements(TEXTS as u64));
    group.bench_function("rank", |bencher| {
        bencher.iter(|| {
            for text in &texts {
                black_box(engine.matcher().rank(text));
            }
        });
    });
    group.finish();
    criterion.final_summary();
}
