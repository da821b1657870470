//! One table, many formats: a plan that is written as a workbook, a Word document, a page or plain text gives the same records but
//! for the document's name and places.
//!
//! Old workbooks (xls) are made from the xlsx by LibreOffice; where it is missing they are skipped, which is said.

mod binary;
mod open_document;
mod plan;
#[path = "../support/mod.rs"]
mod support;
mod text;
mod word;
mod workbook;

use std::fs;
use std::io::Cursor;
use std::io::Write;
use std::process::Command;
use std::process::Stdio;

use serde_json::Value;
use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::plan::Plan;

/// A package of these parts; a media type in front is not packed, as OpenDocument wants it.
pub(crate) fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("a part");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("a package").into_inner()
}

/// The plan in a format; `None` where it cannot be made here.
fn written(plan: &Plan, format: &str) -> Option<Vec<u8>> {
    Some(match format {
        "xlsx" => workbook::xlsx(plan).expect("a workbook"),
        "xlsb" => binary::xlsb(plan),
        "xls" => return converted(&workbook::xlsx(plan).expect("a workbook"), format),
        "ods" => open_document::ods(plan),
        "odt" => open_document::odt(plan),
        "docx" => word::docx(plan),
        "html" => text::html(plan),
        "md" => text::markdown(plan),
        "csv" => text::csv(plan),
        other => panic!("no writer for {other}"),
    })
}

/// What LibreOffice makes of a workbook; `None` where there is no LibreOffice.
fn converted(xlsx: &[u8], format: &str) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("plan.xlsx");
    fs::write(&source, xlsx).expect("written");
    let ended = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()))
        .args(["--headless", "--convert-to", format, "--outdir"])
        .arg(folder.path())
        .arg(&source)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    ended.ok().filter(std::process::ExitStatus::success)?;
    fs::read(source.with_extension(format)).ok()
}

/// The records without what must differ: the document, and where things stand; also how sure the changes are where a blank cell
/// stands for a merged one, since it says less.
fn records(plan: &Plan, format: &str, bytes: &[u8], merges: bool) -> Vec<Value> {
    let name = format!("{}.{format}", plan.name);
    let converted = support::convert(&support::ENGINE, &name, bytes);
    let mut records = support::values(&converted.records);
    let left_out: &[&str] =
        if merges { &["id", "document", "at"] } else { &["id", "document", "at", "confidence", "signals", "alternatives"] };
    records.iter_mut().for_each(|record| without(record, left_out));
    records
}

fn without(value: &mut Value, left_out: &[&str]) {
    match value {
        Value::Object(keys) => {
            for key in left_out {
                keys.remove(*key);
            }
            keys.values_mut().for_each(|value| without(value, left_out));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| without(value, left_out)),
        _ => {}
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "what is not compared is said")]
fn the_same_table_gives_the_same_records_in_every_format() {
    let mut differences = Vec::new();
    for plan in plan::all() {
        let xlsx = written(&plan, "xlsx").expect("a workbook");
        for format in plan.formats.iter().filter(|format| **format != "xlsx") {
            let Some(bytes) = written(&plan, format) else {
                eprintln!("skipped: {} as {format}, which LibreOffice would make", plan.name);
                continue;
            };
            let merges = plan::MERGED.contains(format) || plan.merged().next().is_none();
            let (found, wanted) = (records(&plan, format, &bytes, merges), records(&plan, "xlsx", &xlsx, merges));
            assert!(!wanted.is_empty(), "{}: no records", plan.name);
            if found.len() != wanted.len() {
                differences.push(format!("{} as {format}: {} records, {} in xlsx", plan.name, found.len(), wanted.len()));
            }
            for (at, (found, wanted)) in found.iter().zip(&wanted).enumerate() {
                let keys = wanted.as_object().expect("a record").keys();
                for key in keys.filter(|key| found[key.as_str()] != wanted[key.as_str()]) {
                    let (found, wanted) = (&found[key.as_str()], &wanted[key.as_str()]);
                    differences.push(format!("{} as {format}, record {at}, {key}:\n  {found}\n  {wanted} in xlsx", plan.name));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
