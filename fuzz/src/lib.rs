//! What the fuzz targets share: each takes bytes, and holds the program to what it says of itself.

use std::sync::Arc;
use std::sync::LazyLock;

use arbitrary::Arbitrary;
use hicm::model::date::DateContext;
use hicm::model::source::Format;
use hicm::model::vocabulary::Vocabulary;
use hicm::normalise::date::read_dates;
use hicm::pipeline::Engine;
use hicm::readers::Options;
use hicm::sinks::JsonLines;
use hicm::sinks::Output;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(Arc::new(Vocabulary::embedded().clone()), Options::default()));

/// Reads `bytes` as a document of the format `format`, whatever they look like.
pub fn read(bytes: &[u8], format: Format) {
    // Most inputs are refused; how does not matter here.
    let _ = hicm::readers::read(bytes, format, &Options::default());
}

/// Takes `bytes` through all stages.
pub fn convert(bytes: &[u8]) {
    let lines = || Some(JsonLines::new(Vec::new()));
    let mut output = Output { records: lines(), documents: lines(), audit: lines() };
    let line = ENGINE.convert("document", bytes, &mut output).expect("memory takes all");
    let records = output.records.map(|lines| lines.finish().expect("memory takes all")).unwrap_or_default();
    let count = records.iter().filter(|byte| **byte == b'\n').count() as u64;
    assert_eq!(count, line.items);
}

/// Rows of cells, for the table stage.
#[derive(Debug, Arbitrary)]
pub struct Grids {
    rows: Vec<Vec<String>>,
}

/// Takes rows through the stages behind the readers, as a table with a tab between cells.
pub fn tables(grids: Grids) {
    let row = |cells: Vec<String>| cells.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect::<Vec<_>>().join("\t");
    let text: Vec<String> = grids.rows.into_iter().map(row).collect();
    convert(text.join("\n").as_bytes());
}

/// Reads the dates in `text`.
pub fn date(text: &str) {
    for reading in read_dates(text, &DateContext::default()) {
        assert!(reading.edtf.is_none_or(|edtf| edtf.is_ascii() && edtf.chars().any(|c| c.is_ascii_digit())));
    }
}
