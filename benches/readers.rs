//! Bytes of one plan in each format to [`Source`](hicm::model::source::Source), telling the format included.

mod support;

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::Criterion;
use criterion::Throughput;
use hicm::readers;
use hicm::readers::Options;

const ROWS: usize = 10_000;

fn main() {
    let rows = support::rows(ROWS);
    let documents = [
        ("text", "plan.txt", support::tabbed(&rows)),
        ("csv", "plan.csv", csv(&rows)),
        ("markdown", "plan.md", markdown(&rows)),
        ("html", "plan.html", html(&rows)),
    ];

    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("readers");
    group.throughput(Throughput::Elements(ROWS as u64));
    for (format, name, text) in &documents {
        group.bench_function(*format, |bencher| {
            bencher.iter(|| {
                let format = readers::detect(text.as_bytes(), name)?;
                readers::read(text.as_bytes(), format, &Options::default()).map(black_box)
            });
        });
    }
    group.finish();
    criterion.final_summary();
}

/// Joins the header and rows, each cell between `open` and `close`, each row between `before` and `after`.
fn joined(rows: &[support::Row], [before, open, close, after]: [&str; 4]) -> String {
    let mut text = String::new();
    let mut row = |cells: &mut dyn Iterator<Item = &str>| {
        text.push_str(before);
        cells.for_each(|cell| {
            let _ = write!(text, "{open}{cell}{close}");
        });
        text.push_str(after);
    };
    row(&mut support::HEADER.iter().copied());
    rows.iter().for_each(|cells| row(&mut cells.iter().map(String::as_str)));
    text
}

/// Every cell quoted; an empty one at the end of each row.
fn csv(rows: &[support::Row]) -> String {
    joined(rows, ["", "\"", "\",", "\n"])
}

fn markdown(rows: &[support::Row]) -> String {
    let text = joined(rows, ["|", " ", " |", "\n"]);
    let rule = format!("\n|{}\n", "---|".repeat(support::COLUMNS));
    text.replacen('\n', &rule, 1)
}

fn html(rows: &[support::Row]) -> String {
    let table = joined(rows, ["<tr>", "<td>", "</td>", "</tr>\n"]).replace('&', "&amp;");
    format!("<!DOCTYPE html>\n<html><body><table>\n{table}</table></body></html>\n")
}
