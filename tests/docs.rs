//! What stands beside the sources keeps up with them: in ARCHITECTURE.md every diagnostic has its line and every part of the
//! program its place; in `fuzz/` every reader has its target.

use std::fs;
use std::path::Path;

use hicm::model::audit::Became;
use hicm::model::diagnostic::Code;
use hicm::model::diagnostic::Severity;
use hicm::model::record::RECORD_SCHEMA;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn architecture() -> String {
    fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md")
}

/// The part of ARCHITECTURE.md under the heading `title`.
fn section(title: &str) -> String {
    let text = architecture();
    let (_, after) = text.split_once(&format!("\n## {title}\n")).unwrap_or_else(|| panic!("no section {title}"));
    after.split("\n## ").next().unwrap_or_default().to_owned()
}

/// The cells of a Markdown table's rows below its header.
fn rows(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().filter(|line| line.starts_with('|')).skip(2);
    lines.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[test]
fn every_diagnostic_is_documented() {
    let rows = rows(&section("Diagnostics"));
    for code in Code::ALL {
        let name = format!("`{}`", code.as_str());
        let row = rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{name} is not in ARCHITECTURE.md"));
        let severity = match code.severity() {
            Severity::Note => "note",
            Severity::Warning => "warning",
        };
        assert_eq!(row[1], severity, "severity of {name}");
        assert!(row[2].len() > 20, "{name} has no meaning");
    }
    assert_eq!(rows.len(), Code::ALL.len(), "ARCHITECTURE.md lists a code that is no more");
}

#[test]
fn every_part_of_the_program_has_its_place() {
    let text = section("Folders");
    for entry in fs::read_dir(root().join("src")).expect("src") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(text.contains(&name), "{name} is not in ARCHITECTURE.md");
    }
}

#[test]
fn every_fate_of_a_block_is_named() {
    let text = architecture();
    for became in Became::ALL {
        let word = serde_json::to_value(became).expect("a word");
        let word = word.as_str().expect("a text");
        assert!(text.contains(&format!("`{word}`")), "{word} is not in ARCHITECTURE.md");
    }
}

#[test]
fn the_changelog_names_the_schema() {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).expect("CHANGELOG.md");
    assert!(changelog.contains("## [Unreleased]"));
    assert!(changelog.contains(RECORD_SCHEMA), "CHANGELOG.md does not name {RECORD_SCHEMA}");
}

#[test]
fn every_reader_has_a_fuzz_target() {
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).expect("fuzz/Cargo.toml");
    for entry in fs::read_dir(root().join("fixtures")).expect("fixtures") {
        let format = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        // Macros are not read: the reader is that of xlsx.
        let target = if format == "xlsm" { "xlsx" } else { &format };
        let path = format!("fuzz_targets/{target}.rs");
        assert!(root().join("fuzz").join(&path).exists(), "no fuzz target for {format}");
        assert!(manifest.contains(&path), "fuzz/Cargo.toml does not name {path}");
    }
}
