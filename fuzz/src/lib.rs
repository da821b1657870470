//! What the fuzz targets share: each takes bytes, and holds the program to what it says of itself.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use hicm::batch::Isolation;
use hicm::batch::Request;
use hicm::batch::Run;
use hicm::batch::Stream;
use hicm::model::date::DateContext;
use hicm::model::source::Format;
use hicm::model::vocabulary::Vocabulary;
use hicm::normalise::date::Dates;
use hicm::pipeline::Engine;
use hicm::readers::Options;
use hicm::sinks::JsonLines;
use hicm::sinks::Output;

static DATES: LazyLock<Dates> = LazyLock::new(|| Dates::new(Vocabulary::embedded()));

static ENGINE: LazyLock<Arc<Engine>> =
    LazyLock::new(|| Arc::new(Engine::new(Arc::clone(Vocabulary::embedded()), Options::default())));

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

/// Takes rows through the stages behind the readers: a row a line, with a tab between cells.
pub fn tables(text: &str) {
    convert(format!("Change\tAction\tLead\tBy when\n{text}").as_bytes());
}

/// Takes `bytes` apart as an archive and converts what is in it.
pub fn archive(bytes: &[u8]) {
    let isolation = Isolation::InProcess { engine: Arc::clone(&ENGINE), digest: [0; 32] };
    let stop = AtomicBool::new(false);
    let jobs = NonZeroUsize::MIN;
    let run = Run { isolation: &isolation, jobs, max_bytes: 1 << 20, kept: None, on_done: &|_, _| (), stop: &stop };
    let request = Request::Bytes { name: "returns.zip".to_owned(), bytes: bytes.to_vec() };
    let mut lines = 0;
    run.convert(vec![request], &|_| false, &mut Stream::new(std::io::sink()), &mut |_, _| lines += 1).expect("a run");
    assert!(lines > 0, "nothing is lost");
}

/// Reads the dates in `text`.
pub fn date(text: &str) {
    for reading in DATES.read(text, &DateContext::default()) {
        assert!(reading.edtf.is_none_or(|edtf| edtf.is_ascii() && edtf.chars().any(|c| c.is_ascii_digit())));
    }
}
