//! The closing summary: what became of the inputs, and what to look at next.

use std::collections::BTreeMap;
use std::io;
use std::io::Write;
use std::path::Path;

use anstyle::Style;
use tracing::info;

use super::logging;
use super::present;
use crate::model::change::CHANGES;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Severity;
use crate::model::document::DocumentLine;
use crate::model::document::Status;
use crate::model::vocabulary::Vocabulary;

/// So many failed documents are named to people; more would push the rest off the screen, and `documents.jsonl` has them all.
const NAMED: usize = 20;

const BOLD: Style = Style::new().bold();

/// A document that failed.
#[derive(Debug)]
struct Failure {
    name: String,
    message: String,
}

/// Counts over the documents of a run.
#[derive(Debug, Default)]
pub(super) struct Summary {
    statuses: BTreeMap<Status, u64>,
    items: u64,
    unmapped: u64,
    by_change: [u64; CHANGES],
    diagnostics: BTreeMap<String, u64>,
    /// The first that failed, as many as are named to people.
    failures: Vec<Failure>,
    /// Documents that an earlier run had converted.
    kept: u64,
    /// The document with the most items outside the changes, and how many.
    most_unmapped: Option<(String, u64)>,
    /// The first document that could be read but holds no item, and how many there are.
    without_items: Option<(String, u64)>,
}

impl Summary {
    /// Counts one document; `kept` where an earlier run had converted it.
    pub(super) fn add(&mut self, line: &DocumentLine, kept: bool) {
        self.kept += u64::from(kept);
        *self.statuses.entry(line.status).or_insert(0) += 1;
        self.items += line.items;
        self.unmapped += line.unmapped;
        let by = &line.by_change;
        for (sum, count) in self.by_change.iter_mut().zip([by.c1, by.c2, by.c3, by.c4, by.c5, by.c6, by.c7, by.c8]) {
            *sum += count;
        }
        for diagnostic in &line.diagnostics {
            *self.diagnostics.entry(diagnostic.code.clone()).or_insert(0) += diagnostic.count;
        }
        let name = || line.document.name.clone();
        if line.unmapped > self.most_unmapped.as_ref().map_or(0, |(_, most)| *most) {
            self.most_unmapped = Some((name(), line.unmapped));
        }
        if line.status == Status::Ok && line.items == 0 {
            self.without_items.get_or_insert_with(|| (name(), 0)).1 += 1;
        }
        if let Some(error) = line.error.as_ref().filter(|_| self.failures.len() < NAMED) {
            self.failures.push(Failure { name: name(), message: error.message.clone() });
        }
    }

    /// Whether a document failed.
    pub(super) fn has_failures(&self) -> bool {
        !self.failures.is_empty()
    }

    /// Says all of it as messages.
    pub(super) fn log(&self) {
        info!(
            target: logging::SUMMARY,
            ok = self.count(Status::Ok),
            partial = self.count(Status::Partial),
            failed = self.count(Status::Failed),
            duplicate = self.count(Status::Duplicate),
            skipped = self.count(Status::Skipped),
            kept = self.kept,
            items = self.items,
            unmapped = self.unmapped,
            by_change = ?self.by_change,
            diagnostics = ?self.diagnostics,
            "finished"
        );
    }

    /// Says what failed.
    pub(super) fn write_failures(&self, to: &mut impl Write) -> io::Result<()> {
        for Failure { name, message } in &self.failures {
            writeln!(to, "hicm: error: {}: {}", present::visible(name), present::visible(message))?;
        }
        let further = self.count(Status::Failed).saturating_sub(self.failures.len() as u64);
        if further > 0 {
            writeln!(to, "hicm: error: {further} further inputs failed; documents.jsonl (--output) names them all")?;
        }
        Ok(())
    }

    /// Says all of it to people; the names of the changes are those of `vocabulary`, or of the built-in model.
    pub(super) fn write(&self, vocabulary: Option<&Vocabulary>, folder: Option<&Path>, to: &mut impl Write) -> io::Result<()> {
        self.write_failures(to)?;
        let inputs: u64 = self.statuses.values().sum();
        let statuses: Vec<String> =
            self.statuses.iter().map(|(status, count)| format!("{count} {}", present::key(status))).collect();
        writeln!(to, "{BOLD}{}{BOLD:#}: {}", counted(inputs, "input"), statuses.join(", "))?;
        if self.kept > 0 {
            writeln!(to, "  {} of them as an earlier run had converted them", self.kept)?;
        }
        if inputs > self.count(Status::Failed) + self.count(Status::Skipped) {
            self.write_items(vocabulary, to)?;
        }
        if let Some(folder) = folder {
            writeln!(
                to,
                "{BOLD}written{BOLD:#} to {}: records, documents and audit (.jsonl)",
                present::visible(&folder.to_string_lossy())
            )?;
        }
        self.write_next(to)
    }

    fn write_items(&self, vocabulary: Option<&Vocabulary>, to: &mut impl Write) -> io::Result<()> {
        writeln!(to, "{BOLD}{}{BOLD:#}, {} of them in no change", counted(self.items, "item"), self.unmapped)?;
        let widest = self.by_change.iter().max().map_or(0, |most| most.to_string().len());
        let names = if self.items > 0 { Vocabulary::change_names(vocabulary) } else { Vec::new() };
        for entry in names {
            let count = self.by_change[entry.number.index()];
            writeln!(to, "  {count:>widest$}  {} {}", entry.number, entry.name)?;
        }
        for (severity, title) in [(Severity::Warning, "warnings"), (Severity::Note, "notes")] {
            self.write_codes(severity, title, to)?;
        }
        Ok(())
    }

    /// The codes of one severity, the most frequent first.
    fn write_codes(&self, severity: Severity, title: &str, to: &mut impl Write) -> io::Result<()> {
        let of = |code: &str| Code::ALL.iter().find(|known| known.as_str() == code).map(|known| known.severity());
        let mut codes: Vec<(u64, &str)> = self.diagnostics.iter().map(|(code, count)| (*count, code.as_str())).collect();
        codes.retain(|(_, code)| of(code).unwrap_or(Severity::Warning) == severity);
        codes.sort_by_key(|(count, code)| (u64::MAX - count, *code));
        let Some((most, _)) = codes.first() else { return Ok(()) };
        let width = most.to_string().len();
        writeln!(to, "{BOLD}{title}{BOLD:#}")?;
        codes.iter().try_for_each(|(count, code)| writeln!(to, "  {count:>width$}  {code}"))
    }

    fn write_next(&self, to: &mut impl Write) -> io::Result<()> {
        let mut next: Vec<String> = Vec::new();
        if self.has_failures() {
            next.push("put right the inputs named above and run again".to_owned());
        }
        if let Some((name, count)) = &self.without_items {
            let more = if *count > 1 { format!(", the first of {count} without an item") } else { String::new() };
            next.push(format!("see why {} holds no item{more}: hicm dump tables FILE", present::visible(name)));
        }
        if let Some((name, count)) = &self.most_unmapped {
            let count = counted(*count, "item");
            next.push(format!("see the {count} of {} in no change: hicm dump matches FILE", present::visible(name)));
        }
        next.iter().try_for_each(|line| writeln!(to, "{BOLD}next{BOLD:#}: {line}"))
    }

    fn count(&self, status: Status) -> u64 {
        self.statuses.get(&status).copied().unwrap_or(0)
    }
}

fn counted(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
