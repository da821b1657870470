//! `hicm match`: the eight changes, ranked for single texts.

use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::IsTerminal;
use std::io::Write;
use std::sync::Arc;

use anstyle::Style;
use serde::Serialize;

use crate::cli::args::MatchArgs;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::present;
use crate::cli::settings;
use crate::cli::waterfall;
use crate::matching::Matcher;
use crate::model::change::ChangeNumber;
use crate::model::record::Alternative;
use crate::model::record::ChangeMatch;
use crate::model::vocabulary::Vocabulary;

const BOLD: Style = Style::new().bold();

/// One line of `--json`; the lists are those of a record.
#[derive(Debug, Serialize)]
struct Ranked<'a> {
    text: &'a str,
    changes: Vec<ChangeMatch>,
    alternatives: Vec<Alternative>,
}

/// Ranks the changes for the texts of `args`, or for each line of standard input.
pub(super) fn run(args: &MatchArgs) -> anyhow::Result<Exit> {
    let vocabulary = settings::vocabulary(&args.model)?;
    let matcher = Matcher::new(Arc::clone(&vocabulary)).at_least(args.sure.min_confidence.unwrap_or(0.0));
    let write = |out: &mut dyn Write, text: &str| {
        let ranked = rank(&matcher, &vocabulary, text);
        if args.json {
            return write_json(out, &ranked);
        }
        write_table(out, &ranked, &vocabulary)?;
        if args.explain && !text.trim().is_empty() { explain(out, &matcher, &ranked, &vocabulary) } else { Ok(()) }
    };
    let mut out: Box<dyn Write> = if args.json { Box::new(files::stdout()) } else { Box::new(files::styled_stdout()) };
    if args.texts.is_empty() {
        each_line(|line, more| {
            write(out.as_mut(), line)?;
            if more { Ok(()) } else { out.flush() }
        })?;
    } else {
        args.texts.iter().try_for_each(|text| write(out.as_mut(), text))?;
    }
    out.flush()?;
    Ok(Exit::Success)
}

/// Hands each line of standard input to `take`, and whether more has come already: if not, whoever writes may be waiting for
/// the answer.
fn each_line(mut take: impl FnMut(&str, bool) -> io::Result<()>) -> io::Result<()> {
    if io::stdin().is_terminal() {
        let _ = writeln!(io::stderr(), "hicm: each line typed here is ranked; end with Ctrl-D");
    }
    let mut input = BufReader::new(io::stdin().lock());
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        take(text.trim_end_matches(['\n', '\r']), !input.buffer().is_empty())?;
        line.clear();
    }
    Ok(())
}

fn rank<'a>(matcher: &Matcher, vocabulary: &Vocabulary, text: &'a str) -> Ranked<'a> {
    let assignment = matcher.rank(text);
    Ranked { text, changes: present::changes(&assignment, vocabulary, None), alternatives: Alternative::list(&assignment) }
}

/// Shows what spoke; for a text in none of the eight, what spoke for that.
fn explain(out: &mut dyn Write, matcher: &Matcher, ranked: &Ranked<'_>, vocabulary: &Vocabulary) -> io::Result<()> {
    match ranked.changes.as_slice() {
        [] => waterfall::write(out, &matcher.signals(ranked.text), vocabulary)?,
        changes => changes.iter().try_for_each(|change| waterfall::write(out, &change.evidence.signals, vocabulary))?,
    }
    writeln!(out)
}

fn write_json(out: &mut dyn Write, ranked: &Ranked<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, ranked)?;
    out.write_all(b"\n")
}

fn write_table(out: &mut dyn Write, ranked: &Ranked<'_>, vocabulary: &Vocabulary) -> io::Result<()> {
    if ranked.text.trim().is_empty() {
        return Ok(());
    }
    writeln!(out, "{BOLD}{}{BOLD:#}", present::visible(ranked.text))?;
    if ranked.changes.is_empty() {
        writeln!(out, "  in none of the eight")?;
    }
    let named = |number: ChangeNumber, confidence: f64| {
        let name = vocabulary.changes.iter().find(|entry| entry.number == number).map_or("", |entry| entry.name.as_str());
        vec![format!("  {number}"), format!("{confidence:.2}"), present::cut(name, 44).into_owned()]
    };
    let mut rows = Vec::new();
    for change in &ranked.changes {
        let mut row = named(change.number, change.confidence);
        let evidence = &change.evidence;
        row.push(present::key(&change.basis));
        row.push(format!("“{}” {:.2}", present::visible(&evidence.matched), evidence.similarity));
        rows.push(row);
    }
    rows.extend(ranked.alternatives.iter().map(|other| named(other.number, other.confidence)));
    present::aligned(&rows, 0).iter().try_for_each(|line| writeln!(out, "{line}"))?;
    writeln!(out)
}
