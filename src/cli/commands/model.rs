//! `hicm model check`: which names of a model file get in each other's way.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;

use anstyle::Style;
use anyhow::Context;
use serde::Serialize;

use crate::cli::args::ModelCommand;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::present;
use crate::cli::settings::unusable_model;
use crate::matching::clashes;
use crate::matching::clashes::Clash;
use crate::model::vocabulary::ModelFile;
use crate::model::vocabulary::Position;
use crate::model::vocabulary::VocabularyError;

const BOLD: Style = Style::new().bold();

/// One finding as a line of JSON.
#[derive(Debug, Serialize)]
struct Finding<'a> {
    file: &'a str,
    /// Line of the file, 1-based.
    line: Option<usize>,
    /// Column in bytes, 1-based.
    column: Option<usize>,
    /// The key, `changes[3].aliases[2]`.
    key: &'a str,
    #[serde(flatten)]
    found: Found<'a>,
}

/// What was found at a key.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Found<'a> {
    /// A name that gets in the way.
    Clash(&'a Clash),
    /// A broken rule, as a header under two meanings.
    Rule { kind: &'static str, name: Option<&'a str>, other: Option<&'a str>, message: String },
}

impl Found<'_> {
    fn kind_and_message(&self) -> (String, &str) {
        match self {
            Self::Clash(clash) => (present::key(&clash.kind), &clash.message),
            Self::Rule { kind, message, .. } => ((*kind).to_owned(), message),
        }
    }
}

/// Checks a model file.
pub(super) fn run(command: &ModelCommand) -> anyhow::Result<Exit> {
    let ModelCommand::Check { file, json } = command;
    let shown = present::visible(&file.to_string_lossy()).into_owned();
    let text = fs::read_to_string(file).with_context(|| format!("cannot read the model file {shown}"))?;
    let read = ModelFile::parse(&text).with_context(|| unusable_model(&shown, &text))?;
    let model = read.unchecked().with_context(|| unusable_model(&shown, &text))?;
    let names = read.names(&text, &model);
    let found = clashes::find(&model, &names);
    let mut findings: Vec<Finding<'_>> = Vec::new();
    for (at, clash) in &found {
        let name = names.get(*at);
        let position = name.and_then(|name| name.position);
        let key = name.map_or("", |name| name.path.as_str());
        findings.push(Finding { file: &shown, line: line(position), column: column(position), key, found: Found::Clash(clash) });
    }
    let weighty = found.iter().filter(|(_, clash)| clash.kind.is_weighty()).count();
    let told: BTreeSet<&str> = findings.iter().map(|finding| finding.key).collect();
    let rules = read.breaches(&text);
    let broken: Vec<Finding<'_>> =
        rules.iter().filter_map(|rule| of_rule(rule, &shown)).filter(|f| !told.contains(f.key)).collect();
    let rules = broken.len();
    findings.extend(broken);
    let mut out = files::styled_stdout();
    for finding in &findings {
        if *json {
            serde_json::to_writer(&mut out, finding)?;
            writeln!(out)?;
        } else {
            let place = finding.line.zip(finding.column).map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
            let (kind, message) = finding.found.kind_and_message();
            writeln!(out, "{BOLD}{shown}{place}{BOLD:#}: {kind}: {}: {}", finding.key, present::visible(message))?;
        }
    }
    if !json {
        let idle = found.len() - weighty;
        writeln!(
            out,
            "{} names of {shown}: {weighty} get in the way, {idle} are to no effect; {rules} other rules are broken",
            names.len()
        )?;
    }
    out.flush()?;
    Ok(if weighty + rules == 0 { Exit::Success } else { Exit::SomeFailed })
}

fn line(position: Option<Position>) -> Option<usize> {
    position.map(|position| position.line)
}

fn column(position: Option<Position>) -> Option<usize> {
    position.map(|position| position.column)
}

/// A broken rule as a finding.
fn of_rule<'a>(rule: &'a VocabularyError, file: &'a str) -> Option<Finding<'a>> {
    let VocabularyError::Rule { path, position, expected, found } = rule else {
        return None;
    };
    let message = format!("expected {expected}, found {found}");
    let found = Found::Rule { kind: "rule", name: None, other: None, message };
    Some(Finding { file, line: line(*position), column: column(*position), key: path, found })
}
