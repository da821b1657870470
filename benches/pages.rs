//! Pages of PDFs from bytes to tables: the whole path, on one thread. The documents are those among the fixtures, or those in
//! the folder that `HICM_BENCH_PDF` names.

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;

use criterion::Criterion;
use criterion::Throughput;
use hicm::model::vocabulary::Vocabulary;
use hicm::pipeline::Engine;
use hicm::readers::Options;

fn main() {
    let engine = Engine::new(Arc::clone(Vocabulary::embedded()), Options::default());
    let folder = env::var_os("HICM_BENCH_PDF").map_or_else(|| PathBuf::from("fixtures/pdf"), PathBuf::from);
    let entries = fs::read_dir(&folder).expect("the folder can be read").filter_map(Result::ok).map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|extension| extension == "pdf")).collect();
    paths.sort();
    let documents: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).expect("the document can be read")).collect();
    let pages = |bytes: &Vec<u8>| engine.pages("plan.pdf", bytes).map_or(0, |source| source.pages.len());
    let count: usize = documents.iter().map(pages).sum();

    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("pages");
    group.throughput(Throughput::Elements(count as u64));
    group.bench_function("to_tables", |bencher| {
        bencher.iter(|| {
            for bytes in &documents {
                if let Ok((_, source)) = engine.read("plan.pdf", bytes) {
                    black_box(engine.tables(&source));
                }
            }
        });
    });
    group.finish();
    criterion.final_summary();
}
