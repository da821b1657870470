//! `hicm eval`: records against labels that somebody made by hand, so that whoever extends the words can measure it.

mod align;
mod labels;
mod show;
mod tally;

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::bail;
use serde_json::Value;

use crate::cli::args::EvalArgs;
use crate::cli::exit::Exit;
use crate::cli::files;
use tally::Tally;

/// Compares the records that `args` name with their labels.
pub(super) fn run(args: &EvalArgs) -> anyhow::Result<Exit> {
    // The folder of a run stands for the records in it.
    let records = if args.records.is_dir() { args.records.join("records.jsonl") } else { args.records.clone() };
    let records = labels::records(&records)?;
    let mut tally = Tally::default();
    if args.labels.is_dir() {
        let mut by_document: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for record in &records {
            by_document.entry(record["document"]["name"].as_str().unwrap_or_default()).or_default().push(record);
        }
        for file in labels::files(&args.labels)? {
            let documents = by_document.iter().filter(|(name, _)| labels::are_of(&file, name));
            let of: Vec<(&&str, &Vec<&Value>)> = documents.collect();
            let records = match of.as_slice() {
                [] => Vec::new(),
                [(_, records)] => (*records).clone(),
                [(first, _), (second, _), ..] => {
                    bail!("{} could be the labels of {first} and of {second}; name it after one of them", file.display())
                }
            };
            add(&mut tally, &file, &records)?;
        }
    } else {
        // Labels called after one document of a run are compared with that one; else all records are its.
        let of = |record: &&Value| labels::are_of(&args.labels, record["document"]["name"].as_str().unwrap_or_default());
        let own: Vec<&Value> = records.iter().filter(of).collect();
        let compared = if own.is_empty() { records.iter().collect() } else { own };
        add(&mut tally, &args.labels, &compared)?;
    }
    tally.close();
    if args.json {
        let mut out = files::stdout();
        serde_json::to_writer(&mut out, &tally)?;
        writeln!(out)?;
        out.flush()?;
    } else {
        let mut out = files::styled_stdout();
        show::write(&mut out, &tally)?;
        out.flush()?;
    }
    Ok(Exit::Success)
}

fn add(tally: &mut Tally, file: &std::path::Path, records: &[&Value]) -> anyhow::Result<()> {
    let items = labels::items(file)?;
    let pairs = align::align(&items, records)?;
    tally.add(&file.file_name().unwrap_or_default().to_string_lossy(), &items, records, &pairs);
    Ok(())
}
