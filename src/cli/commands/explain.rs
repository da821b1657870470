//! `hicm explain`: why a record is mapped as it is, from the files that a run wrote.

use std::fs::File;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anstyle::Style;
use anyhow::Context;
use anyhow::bail;
use serde_json::Value;

use crate::cli::args::ExplainArgs;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::present;
use crate::cli::settings;
use crate::cli::waterfall;
use crate::matching::Matcher;
use crate::model::assignment::Signal;
use crate::model::vocabulary::Vocabulary;

/// Characters of a quoted text.
const QUOTED: usize = 100;

const BOLD: Style = Style::new().bold();

/// Tells about the record that `args` name.
pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let vocabulary = settings::vocabulary(&args.model)?;
    let records = args.dir.join("records.jsonl");
    let Some(record) = find(&records, |line| line["id"] == args.record.as_str())? else {
        let first = find(&records, |_| true)?;
        let like = first.and_then(|line| line["id"].as_str().map(|id| format!("; its ids are like {id}"))).unwrap_or_default();
        bail!("{} has no record {}{like}", records.display(), args.record);
    };
    let mut out = files::styled_stdout();
    write_head(&mut out, &record)?;
    write_ledger(&mut out, &args.dir.join("audit.jsonl"), &args.record)?;
    write_changes(&mut out, &record, &vocabulary)?;
    out.flush()?;
    Ok(Exit::Success)
}

/// The first line of a file of JSON Lines that is `wanted`.
fn find(path: &Path, wanted: impl Fn(&Value) -> bool) -> anyhow::Result<Option<Value>> {
    let file =
        File::open(path).with_context(|| format!("cannot read {}; give the folder of a run with --output", path.display()))?;
    for (index, line) in BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("cannot read {}", path.display()))?;
        let value = serde_json::from_str(&line).with_context(|| format!("{}, line {}", path.display(), index + 1))?;
        if wanted(&value) {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A text on one line, in quotes.
fn quoted(text: &str) -> String {
    format!("“{}”", present::cut(&present::visible(text), QUOTED))
}

/// A place as it is written, in a few letters.
fn place(at: &Value) -> String {
    let numbered = |key: &str, name: &str| at[key].as_u64().map(|number| format!("{name} {number}"));
    let sheet = at["sheet"].as_str().map(|sheet| format!("{}!{}", present::visible(sheet), string(&at["range"])));
    let parts = [sheet, numbered("page", "page"), numbered("line", "line"), numbered("table", "table"), numbered("row", "row")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn write_head(out: &mut dyn Write, record: &Value) -> io::Result<()> {
    let name = present::visible(string(&record["document"]["name"])).into_owned();
    writeln!(out, "{BOLD}{}{BOLD:#}  {name}, {}", string(&record["id"]), place(&record["at"]))?;
    for heading in list(&record["section"]) {
        writeln!(out, "  under {}  {}", quoted(string(&heading["text"])), place(&heading["at"]))?;
    }
    let fields = record["fields"].as_object().into_iter().flatten();
    for (field, text) in fields.filter_map(|(field, text)| Some((field, text.as_str()?))) {
        writeln!(out, "  {field}: {}", quoted(text))?;
    }
    Ok(())
}

/// The blocks of the source that went into the record.
fn write_ledger(out: &mut dyn Write, path: &Path, id: &str) -> anyhow::Result<()> {
    let file =
        File::open(path).with_context(|| format!("cannot read {}; give the folder of a run with --output", path.display()))?;
    for line in BufReader::new(file).lines() {
        let line = line.with_context(|| format!("cannot read {}", path.display()))?;
        // Most lines are another record's; those need not be read whole.
        if !line.contains(id) {
            continue;
        }
        let block: Value = serde_json::from_str(&line).with_context(|| format!("{} is not as it was written", path.display()))?;
        if string(&block["record"]) == id {
            writeln!(out, "  {} {}  {}", string(&block["became"]), quoted(string(&block["text"])), place(&block["at"]))?;
        }
    }
    Ok(())
}

fn write_changes(out: &mut dyn Write, record: &Value, vocabulary: &Arc<Vocabulary>) -> anyhow::Result<()> {
    for change in list(&record["changes"]) {
        let evidence = &change["evidence"];
        let (number, id) = (&change["number"], string(&change["id"]));
        let confidence = change["confidence"].as_f64().unwrap_or_default();
        writeln!(out, "\n{BOLD}{number} {id}  {confidence:.2}{BOLD:#}, {}", string(&change["basis"]))?;
        let (text, matched) = (quoted(string(&evidence["text"])), quoted(string(&evidence["matched"])));
        writeln!(out, "  {text} is like {matched}: {}, {}", evidence["similarity"], place(&evidence["at"]))?;
        let signals: Vec<Signal> = serde_json::from_value(evidence["signals"].clone())
            .context("the record has no signals; it was written by an earlier version, convert the document again")?;
        waterfall::write(out, &signals, vocabulary)?;
    }
    if list(&record["changes"]).is_empty() {
        write_unmapped(out, record, vocabulary)?;
    }
    let others = list(&record["alternatives"]).iter();
    let others: Vec<String> = others.map(|other| format!("{} at {}", other["number"], other["confidence"])).collect();
    if !others.is_empty() {
        writeln!(out, "\n{BOLD}weighed and not taken{BOLD:#}: {}", others.join(", "))?;
    }
    for diagnostic in list(&record["diagnostics"]) {
        let message = present::visible(string(&diagnostic["message"])).into_owned();
        writeln!(out, "{BOLD}{}{BOLD:#}: {message}", string(&diagnostic["code"]))?;
    }
    Ok(())
}

/// A record without a change keeps no signals. Its headings and words by themselves show what speaks for outside.
fn write_unmapped(out: &mut dyn Write, record: &Value, vocabulary: &Arc<Vocabulary>) -> io::Result<()> {
    writeln!(out, "\n{BOLD}in none of the eight{BOLD:#}; its headings and its words, each by itself:")?;
    let matcher = Matcher::new(Arc::clone(vocabulary));
    let words = ["current_position", "action"].map(|field| string(&record["fields"][field]));
    let headings = list(&record["section"]).iter().map(|heading| string(&heading["text"]));
    for text in headings.chain(words).filter(|text| !text.is_empty()) {
        writeln!(out, "  {}", quoted(text))?;
        waterfall::write(out, &matcher.signals(text), vocabulary)?;
    }
    Ok(())
}
