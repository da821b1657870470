//! The figures of an evaluation, for people.

use std::io;
use std::io::Write;

use anstyle::Style;

use super::tally::Calibration;
use super::tally::Loner;
use super::tally::Share;
use super::tally::Tally;
use crate::cli::present;

/// Confusions that are listed, and items without a counterpart.
const LISTED: usize = 12;

/// Characters of a line that names an item.
const WIDTH: usize = 110;

const BOLD: Style = Style::new().bold();

/// Writes all of it.
pub(super) fn write(out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
    let overall = [
        ("items found", tally.items),
        ("records that are items", tally.records),
        ("changes exact", tally.exact),
        ("changes right or accepted", tally.changes),
        ("outside left unmapped", tally.outside),
    ];
    shares(out, "overall", overall.into_iter().map(|(name, share)| (name.to_owned(), share)))?;
    write_changes(out, tally)?;
    shares(out, "by basis", tally.by_basis.iter().map(|(name, share)| (name.clone(), *share)))?;
    write_confusions(out, tally)?;
    write_calibration(out, tally)?;
    shares(out, "fields", tally.fields.iter().map(|(name, share)| (name.clone(), *share)))?;
    let values = tally.dates.iter().chain(&tally.values);
    shares(out, "dates and values", values.map(|(name, share)| (name.clone(), *share)))?;
    loners(out, "items lost", &tally.lost)?;
    loners(out, "records that are no item", &tally.invented)
}

fn percent(share: Share) -> String {
    share.value().map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"))
}

fn of(share: Share) -> String {
    format!("{} of {}", share.right, share.of)
}

fn table(out: &mut dyn Write, title: &str, rows: &[Vec<String>]) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "{BOLD}{title}{BOLD:#}")?;
    present::aligned(rows, 0).iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    writeln!(out)
}

fn shares(out: &mut dyn Write, title: &str, all: impl Iterator<Item = (String, Share)>) -> io::Result<()> {
    let rows: Vec<Vec<String>> = all.map(|(name, share)| vec![name, percent(share), of(share)]).collect();
    table(out, title, &rows)
}

fn write_changes(out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
    let head = ["change", "found", "", "right", ""].map(str::to_owned).to_vec();
    let row = |(number, change): (&u64, &super::tally::OfChange)| {
        vec![number.to_string(), percent(change.found), of(change.found), percent(change.right), of(change.right)]
    };
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(tally.by_change.iter().map(row)).collect();
    table(out, "by change", &rows)
}

fn write_confusions(out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
    let mut all: Vec<_> = tally.confusions.iter().collect();
    all.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let row = |((wanted, got), count): (&(String, String), &usize)| vec![count.to_string(), format!("{wanted} taken for {got}")];
    let rows: Vec<Vec<String>> = all.into_iter().take(LISTED).map(row).collect();
    table(out, "confusions", &rows)
}

fn write_calibration(out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
    let head = ["confidence", "decisions", "mean", "right"].map(str::to_owned).to_vec();
    let bins = tally.calibration.bins.iter().enumerate().filter(|(_, bin)| bin.count > 0);
    let rows = bins.map(|(index, bin)| {
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 decisions")]
        let mean = |sum: f64| format!("{:.3}", sum / bin.count as f64);
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 decisions")]
        let right = bin.right as f64;
        vec![
            format!("0.{index} to {}", if index == 9 { "1.0".to_owned() } else { format!("0.{}", index + 1) }),
            bin.count.to_string(),
            mean(bin.sure),
            mean(right),
        ]
    });
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    table(out, "calibration", &rows)?;
    let error = |calibration: &Calibration| calibration.error.map_or_else(|| "-".to_owned(), |error| format!("{error:.3}"));
    let all = std::iter::once(vec!["all".to_owned(), error(&tally.calibration)]);
    let by_basis = tally.calibration_by_basis.iter().map(|(basis, calibration)| vec![basis.clone(), error(calibration)]);
    table(out, "expected calibration error", &all.chain(by_basis).collect::<Vec<_>>())
}

fn loners(out: &mut dyn Write, title: &str, all: &[Loner]) -> io::Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out, "{BOLD}{title}{BOLD:#}: {}", all.len())?;
    for loner in all.iter().take(LISTED) {
        let line = format!("{} {}: {}", loner.document, loner.at, loner.text);
        writeln!(out, "  {}", present::cut(&present::visible(&line), WIDTH))?;
    }
    if all.len() > LISTED {
        writeln!(out, "  and {} more", all.len() - LISTED)?;
    }
    writeln!(out)
}
