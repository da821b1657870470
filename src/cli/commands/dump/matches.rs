//! `hicm dump matches`: the changes of each item, with the evidence.

use std::io;
use std::io::Write;

use anstyle::Style;
use serde::Serialize;

use super::Subject;
use crate::cli::present;
use crate::model::assignment::Assigned;
use crate::model::assignment::Assignment;
use crate::model::assignment::ColumnUse;
use crate::model::assignment::TableMatch;
use crate::model::location::At;
use crate::model::record::Alternative;
use crate::model::record::ChangeMatch;
use crate::model::table::Column;
use crate::model::table::Item;
use crate::model::table::ItemCell;
use crate::model::table::Table;

const BOLD: Style = Style::new().bold();

/// One item as a line of JSON.
#[derive(Debug, Serialize)]
struct MatchOut<'a> {
    /// Number of the table, 1-based.
    table: u32,
    /// Number of the item in it, 1-based.
    item: usize,
    at: At,
    text: String,
    changes: Vec<ChangeMatch>,
    alternatives: Vec<Alternative>,
    diagnostics: Vec<DiagnosticOut<'a>>,
}

#[derive(Debug, Serialize)]
struct DiagnosticOut<'a> {
    code: &'static str,
    message: &'a str,
}

/// Writes a line of JSON for each item.
pub(super) fn write_json(subject: &Subject<'_>, out: &mut impl Write) -> io::Result<()> {
    let layout = subject.engine.tables(subject.source);
    let matched = subject.engine.matches(&layout);
    for (table, TableMatch { items, .. }) in layout.tables.iter().zip(&matched.tables) {
        for (index, (item, assignment)) in table.items.iter().zip(items).enumerate() {
            let diagnostics = assignment.diagnostics.iter();
            let line = MatchOut {
                table: table.number,
                item: index + 1,
                at: At::from(item.place),
                text: text(item),
                changes: present::changes(assignment, subject.vocabulary, matched.edition.as_deref()),
                alternatives: Alternative::list(assignment),
                diagnostics: diagnostics.map(|d| DiagnosticOut { code: d.code.as_str(), message: &d.message }).collect(),
            };
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// The words of an item, a tab between cells.
fn text(item: &Item<'_>) -> String {
    let texts: Vec<_> = item.cells.iter().map(ItemCell::text).collect();
    texts.join("\t")
}

/// Writes the items for people.
pub(super) fn write(subject: &Subject<'_>, out: &mut impl Write) -> io::Result<()> {
    let layout = subject.engine.tables(subject.source);
    let matched = subject.engine.matches(&layout);
    if let Some(edition) = &matched.edition {
        writeln!(out, "{BOLD}edition{BOLD:#}: {edition}")?;
    }
    for (table, TableMatch { items, columns }) in layout.tables.iter().zip(&matched.tables) {
        write_columns(subject, table, columns, out)?;
        for (index, (item, assignment)) in table.items.iter().zip(items).enumerate() {
            let head = format!("{}-{}  {}  ", table.number, index + 1, present::place(item.place));
            let words = text(item);
            let words = present::visible(&words);
            let room = if subject.width == 0 { 0 } else { subject.width.saturating_sub(head.chars().count()).max(1) };
            writeln!(out, "{BOLD}{head}{BOLD:#}{}", present::cut(&words, room))?;
            write_assignment(subject, assignment, out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn write_columns(subject: &Subject<'_>, table: &Table<'_>, columns: &[ColumnUse], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{BOLD}table {}{BOLD:#}", table.number)?;
    let row = |(index, (column, is)): (usize, (&Column<'_>, &ColumnUse))| {
        vec![format!("  column {}", index + 1), column_use(*is).to_owned(), present::visible(&column.header).into_owned()]
    };
    let rows: Vec<Vec<String>> = table.columns.iter().zip(columns).enumerate().map(row).collect();
    present::aligned(&rows, subject.width).iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn column_use(is: ColumnUse) -> &'static str {
    match is {
        ColumnUse::Field(field) => field.key(),
        ColumnUse::Timescale { open: false } => "timescale",
        ColumnUse::Timescale { open: true } => "open_timescale",
        ColumnUse::Maturity { planned: false } => "maturity",
        ColumnUse::Maturity { planned: true } => "planned maturity",
        ColumnUse::Level(_) => "level",
        ColumnUse::Rating => "a rating",
        ColumnUse::Change => "change",
        ColumnUse::Label => "label",
        ColumnUse::Labelled => "as the label says",
        ColumnUse::Extra => "extra",
    }
}

fn write_assignment(subject: &Subject<'_>, assignment: &Assignment, out: &mut impl Write) -> io::Result<()> {
    let mut rows: Vec<Vec<String>> = assignment.changes.iter().map(change_row).collect();
    if rows.is_empty() {
        rows.push(vec!["    in none of the eight".to_owned()]);
    }
    let others: Vec<String> = assignment.alternatives.iter().map(|(number, p)| format!("{number} {p:.2}")).collect();
    if !others.is_empty() {
        rows.push(vec![format!("    not taken: {}", others.join(", "))]);
    }
    for diagnostic in &assignment.diagnostics {
        rows.push(vec![format!("    {}: {}", diagnostic.code.as_str(), present::visible(&diagnostic.message))]);
    }
    rows.iter().try_for_each(|row| writeln!(out, "{}", present::cut(&row.join("  "), subject.width)))
}

fn change_row(assigned: &Assigned) -> Vec<String> {
    let evidence = &assigned.evidence;
    let place = evidence.place.as_ref().map(|place| format!(", {}", present::place(place))).unwrap_or_default();
    let (text, matched) = (present::visible(&evidence.text), present::visible(&evidence.matched));
    vec![
        format!("    {}", assigned.number),
        format!("{:.2}", assigned.confidence),
        format!("{:8}", present::key(&assigned.basis)),
        format!("“{matched}” {:.2} in “{text}”{place}", evidence.similarity),
    ]
}
