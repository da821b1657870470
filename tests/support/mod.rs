//! What the tests over fixtures share: where the fixtures are, and what the engine makes of one.

#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod labels;
pub(crate) mod program;
pub(crate) mod recogniser;
pub(crate) mod words;

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::LazyLock;

use hicm::model::vocabulary::Vocabulary;
use hicm::pipeline::Engine;
use hicm::readers::Options;
use hicm::sinks::JsonLines;
use hicm::sinks::Output;
use serde_json::Value;

/// The engine that all tests share; making one takes longer than most documents do.
pub(crate) static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let engine = Engine::new(Arc::clone(Vocabulary::embedded()), Options::default());
    engine.reading_pictures(Arc::new(recogniser::Recorded))
});

/// The folder of the package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One source with its labels and its golden output.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fixture {
    /// Folder of the format: `text`, `csv`.
    pub(crate) format: String,
    /// Name without extension: the property that it shows.
    pub(crate) stem: String,
    /// The source.
    pub(crate) source: PathBuf,
}

impl Fixture {
    /// Every fixture, by format and name.
    pub(crate) fn all() -> Vec<Self> {
        let mut found = Vec::new();
        for format in entries(&root().join("fixtures")) {
            for source in entries(&format) {
                let stem = source.file_stem().expect("a file name").to_string_lossy().into_owned();
                let format = format.file_name().expect("a folder name").to_string_lossy().into_owned();
                found.push(Self { format, stem, source });
            }
        }
        assert!(!found.is_empty(), "fixtures/ holds no documents");
        found
    }

    /// Name of the source as it stands in the records.
    pub(crate) fn name(&self) -> String {
        self.source.file_name().expect("a file name").to_string_lossy().into_owned()
    }

    /// Folder of the golden files.
    pub(crate) fn expected(&self) -> PathBuf {
        root().join("tests/golden").join(&self.format).join(&self.stem)
    }

    /// Labels of the items.
    pub(crate) fn labels(&self) -> PathBuf {
        self.labelled().join(format!("{}.jsonl", self.stem))
    }

    /// Labels of the lines that are no items.
    pub(crate) fn headings(&self) -> PathBuf {
        self.labelled().join("headings").join(format!("{}.jsonl", self.stem))
    }

    fn labelled(&self) -> PathBuf {
        root().join("tests/labelled").join(&self.format)
    }

    /// Whether `tests/labelled/gaps.txt` says that the engine does not agree with the labels yet.
    pub(crate) fn is_gap(&self) -> bool {
        let gaps = fs::read_to_string(root().join("tests/labelled/gaps.txt")).expect("the list of gaps");
        let name = format!("{}/{}", self.format, self.stem);
        gaps.lines().filter(|line| !line.starts_with('#')).any(|line| line.split(':').next() == Some(name.as_str()))
    }

    /// What the engine makes of it.
    pub(crate) fn convert(&self) -> Converted {
        convert(&ENGINE, &self.name(), &fs::read(&self.source).expect("a source"))
    }
}

/// Entries of a folder, sorted; none where there is no folder.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// The three files of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Converted {
    pub(crate) records: String,
    pub(crate) documents: String,
    pub(crate) audit: String,
}

impl Converted {
    /// The files with their names.
    pub(crate) fn files(&self) -> [(&'static str, &str); 3] {
        [("records", &self.records), ("documents", &self.documents), ("audit", &self.audit)]
    }
}

/// Converts `bytes` as a document of its own.
pub(crate) fn convert(engine: &Engine, name: &str, bytes: &[u8]) -> Converted {
    let lines = || Some(JsonLines::new(Vec::new()));
    let mut output = Output { records: lines(), documents: lines(), audit: lines() };
    engine.convert(name, bytes, &mut output).expect("memory takes all");
    let text = |lines: Option<JsonLines<Vec<u8>>>| {
        let bytes = lines.expect("a writer").finish().expect("memory takes all");
        String::from_utf8(bytes).expect("JSON is UTF-8")
    };
    Converted { records: text(output.records), documents: text(output.documents), audit: text(output.audit) }
}

/// The values of a file of JSON lines.
pub(crate) fn values(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
}

/// The values of a file of JSON lines; none where there is no file.
pub(crate) fn values_of(path: &Path) -> Vec<Value> {
    values(&fs::read_to_string(path).unwrap_or_default())
}
