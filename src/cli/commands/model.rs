//! `hicm model check`: which names of a model file get in each other's way.

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
use crate::model::vocabulary::Vocabulary;

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
    clash: &'a Clash,
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
    let mut out = files::styled_stdout();
    for (at, clash) in &found {
        let name = names.get(*at);
        let position = name.and_then(|name| name.position);
        let key = name.map_or("", |name| name.path.as_str());
        let (line, column) = (position.map(|p| p.line), position.map(|p| p.column));
        if *json {
            serde_json::to_writer(&mut out, &Finding { file: &shown, line, column, key, clash })?;
            writeln!(out)?;
        } else {
            let place = position.map(|p| format!(":{}:{}", p.line, p.column)).unwrap_or_default();
            let kind = present::key(&clash.kind);
            writeln!(out, "{BOLD}{shown}{place}{BOLD:#}: {kind}: {key}: {}", present::visible(&clash.message))?;
        }
    }
    let weighty = found.iter().filter(|(_, clash)| clash.kind.is_weighty()).count();
    if weighty == 0 {
        // A rule that concerns no name, as a level given twice.
        Vocabulary::from_user(&text).with_context(|| unusable_model(&shown, &text))?;
    }
    if !json {
        writeln!(out, "{} names of {shown}: {weighty} get in the way, {} are to no effect", names.len(), found.len() - weighty)?;
    }
    out.flush()?;
    Ok(if weighty == 0 { Exit::Success } else { Exit::SomeFailed })
}
