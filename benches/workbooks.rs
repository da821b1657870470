//! A workbook of 100,000 rows and 12 columns to [`Source`](hicm::model::source::Source), beside calamine's own loop over the same
//! cells, which keeps nothing.

use std::hint::black_box;
use std::io::Cursor;

use calamine::Xlsx;
use calamine::XlsxError;
use criterion::Criterion;
use criterion::Throughput;
use hicm::readers;
use hicm::readers::Options;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::XlsxError as WriteError;

const ROWS: u32 = 100_000;
const COLUMNS: u16 = 12;

fn main() -> Result<(), WriteError> {
    let bytes = workbook()?;
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("workbooks");
    group.throughput(Throughput::Elements(u64::from(ROWS)));
    group.bench_function("hicm", |bencher| {
        bencher.iter(|| {
            let format = readers::detect(&bytes, "plan.xlsx")?;
            readers::read(&bytes, format, &Options::default()).map(black_box)
        });
    });
    group.bench_function("calamine's cells", |bencher| bencher.iter(|| count(&bytes)));
    group.finish();
    criterion.final_summary();
    Ok(())
}

/// A plan of many actions: texts that recur, a text of each row's own, numbers, dates.
fn workbook() -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = workbook.add_worksheet();
    let header =
        ["Ref", "Change", "Action", "Lead", "Organisation", "Start date", "By when", "Status", "RAG", "Cost", "Beds", "Progress"];
    for (column, text) in (0..COLUMNS).zip(header) {
        sheet.write_string(0, column, text)?;
    }
    for row in 1..ROWS {
        sheet.write_number(row, 0, row)?;
        sheet.write_string(row, 1, ["Early discharge planning", "Home first", "Trusted assessors"][row as usize % 3])?;
        sheet.write_string(row, 2, format!("Agree step {row} of the plan with the ward and the family"))?;
        sheet.write_string(row, 3, ["Joan Carbery", "Paul Sowerby"][row as usize % 2])?;
        sheet.write_string(row, 4, "Westmarch Council")?;
        sheet.write_number_with_format(row, 5, 43_101 + row % 365, &date)?;
        sheet.write_number_with_format(row, 6, 43_466 + row % 365, &date)?;
        sheet.write_string(row, 7, ["Plans in place", "Established"][row as usize % 2])?;
        sheet.write_string(row, 8, ["Red", "Amber", "Green"][row as usize % 3])?;
        sheet.write_number(row, 9, f64::from(row) * 1.25)?;
        sheet.write_number(row, 10, row % 40)?;
        sheet.write_string(row, 11, "On track")?;
    }
    workbook.save_to_buffer()
}

/// The number of cells that calamine's reader passes.
fn count(bytes: &[u8]) -> Result<usize, XlsxError> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))?;
    let mut cells = workbook.worksheet_cells_reader("Sheet1")?;
    let mut count = 0;
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        black_box((cell, style));
        count += 1;
    }
    Ok(count)
}
