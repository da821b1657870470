//! A plan of 100,000 rows from bytes to the three files, on one thread. The writers throw the lines away: what is measured is
//! the program and not the disk.

mod support;

use std::io;
use std::sync::Arc;

use criterion::Criterion;
use criterion::Throughput;
use hicm::model::vocabulary::Vocabulary;
use hicm::pipeline::Engine;
use hicm::readers::Options;
use hicm::sinks::JsonLines;
use hicm::sinks::Output;

/// The smaller plan is there to compare with: the time for a row should be the same in both.
const ROWS: [usize; 2] = [10_000, 100_000];

fn main() {
    let engine = Engine::new(Arc::clone(Vocabulary::embedded()), Options::default());

    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("end_to_end");
    for rows in ROWS {
        let text = support::tabbed(&support::rows(rows));
        group.throughput(Throughput::Elements(rows as u64));
        group.bench_function(format!("{rows}_rows"), |bencher| {
            bencher.iter(|| {
                let lines = || Some(JsonLines::new(io::sink()));
                let mut output = Output { records: lines(), documents: lines(), audit: lines() };
                engine.convert("plan.txt", text.as_bytes(), &mut output)
            });
        });
    }
    group.finish();
    criterion.final_summary();
}
