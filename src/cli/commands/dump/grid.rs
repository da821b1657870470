//! `hicm dump grid`: the blocks that the reader saw.

use std::io;
use std::io::Write;

use anstyle::AnsiColor;
use anstyle::RgbColor;
use anstyle::Style as Ansi;
use serde::Serialize;

use super::Subject;
use crate::cli::present;
use crate::model::location::At;
use crate::model::source::Block;
use crate::model::source::Grid;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::source::Source;
use crate::model::source::Style;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;

const BOLD: Ansi = Ansi::new().bold();

/// One block as a line of JSON.
#[derive(Debug, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
enum BlockOut<'a> {
    Grid { sheet: Option<&'a str>, rows: Vec<RowOut<'a>>, choices: Vec<ChoicesOut<'a>> },
    Text { kind: &'static str, level: Option<u8>, text: &'a str, at: At },
}

/// What cells of a column choose from.
#[derive(Debug, Serialize)]
struct ChoicesOut<'a> {
    /// 1-based.
    column: u32,
    values: &'a [String],
}

#[derive(Debug, Serialize)]
struct RowOut<'a> {
    at: At,
    width: u32,
    hidden: bool,
    cells: Vec<CellOut<'a>>,
    notes: Vec<NoteOut<'a>>,
}

#[derive(Debug, Serialize)]
struct NoteOut<'a> {
    text: &'a str,
    at: At,
}

#[derive(Debug, Serialize)]
struct CellOut<'a> {
    /// 1-based, as in records.
    column: u32,
    text: &'a str,
    at: At,
    rowspan: u32,
    colspan: u32,
    emphasised: bool,
    struck: bool,
    /// `#rrggbb`.
    fill: Option<String>,
}

/// Writes a line of JSON for each block.
pub(super) fn write_json(subject: &Subject<'_>, out: &mut impl Write) -> io::Result<()> {
    for block in &subject.source.blocks {
        let block = match block {
            Block::Grid(grid) => {
                let choices = grid.choices.iter();
                let choices = choices.map(|choices| ChoicesOut { column: choices.column.0 + 1, values: &choices.values });
                let rows = grid.rows.iter().map(row_out).collect();
                BlockOut::Grid { sheet: grid.sheet.as_deref(), rows, choices: choices.collect() }
            }
            Block::Text(text) => {
                let (kind, level) = kind(text.kind);
                BlockOut::Text { kind, level, text: &text.text, at: At::from(&text.place) }
            }
        };
        serde_json::to_writer(&mut *out, &block)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn row_out(row: &GridRow) -> RowOut<'_> {
    let cells = row.cells.iter().map(|cell| CellOut {
        column: cell.column.0 + 1,
        text: &cell.text,
        at: At::from(&cell.place),
        rowspan: cell.rowspan,
        colspan: cell.colspan,
        emphasised: cell.style.emphasised,
        struck: cell.style.struck,
        fill: fill(cell.style),
    });
    let notes = row.notes.iter().map(|note| NoteOut { text: &note.text, at: At::from(&note.place) });
    RowOut { at: At::from(&row.place), width: row.width, hidden: row.hidden, cells: cells.collect(), notes: notes.collect() }
}

fn fill(style: Style) -> Option<String> {
    style.fill.map(|[red, green, blue]| format!("#{red:02x}{green:02x}{blue:02x}"))
}

fn kind(kind: TextKind) -> (&'static str, Option<u8>) {
    match kind {
        TextKind::Heading(level) => ("heading", Some(level)),
        TextKind::Paragraph => ("paragraph", None),
        TextKind::ListItem => ("list_item", None),
        TextKind::Furniture => ("furniture", None),
        TextKind::Note => ("note", None),
    }
}

/// Writes the blocks for people.
pub(super) fn write(subject: &Subject<'_>, out: &mut impl Write) -> io::Result<()> {
    let Source { title, blocks, diagnostics, pages: _ } = subject.source;
    writeln!(out, "{BOLD}{}{BOLD:#}, {} blocks", present::key(&subject.format), blocks.len())?;
    if let Some(title) = title {
        writeln!(out, "title of the file: {}", present::visible(title))?;
    }
    for diagnostic in diagnostics {
        writeln!(out, "{}: {}", diagnostic.code.as_str(), present::visible(&diagnostic.message))?;
    }
    let mut grids = 0;
    for block in blocks {
        match block {
            Block::Text(text) => write_text(subject, text, out)?,
            Block::Grid(grid) => {
                grids += 1;
                write_grid(subject, grids, grid, out)?;
            }
        }
    }
    Ok(())
}

fn write_text(subject: &Subject<'_>, text: &TextBlock, out: &mut impl Write) -> io::Result<()> {
    let kind = match kind(text.kind) {
        (kind, Some(level)) => format!("{kind} {level}"),
        (kind, None) => kind.to_owned(),
    };
    let line = format!("{}  {kind}  {}", present::place(&text.place), present::visible(&text.text));
    writeln!(out, "{}", present::cut(&line, subject.width))
}

fn write_grid(subject: &Subject<'_>, number: usize, grid: &Grid, out: &mut impl Write) -> io::Result<()> {
    let sheet = grid.sheet.as_deref().map(|name| format!(" of sheet {}", present::visible(name))).unwrap_or_default();
    writeln!(out, "\n{BOLD}grid {number}{sheet}{BOLD:#}: {} rows of up to {} cells", grid.rows.len(), grid.width())?;
    let rows: Vec<Vec<String>> = grid.rows.iter().map(row).collect();
    present::aligned(&rows, subject.width).iter().try_for_each(|line| write_coloured(line, out))?;
    for choices in &grid.choices {
        let values = choices.values.join(" | ");
        let line = format!("column {}  choose  {}", choices.column.0 + 1, present::visible(&values));
        writeln!(out, "{}", present::cut(&line, subject.width))?;
    }
    for note in grid.rows.iter().flat_map(|row| &row.notes) {
        let line = format!("{}  comment  {}", present::place(&note.place), present::visible(&note.text));
        writeln!(out, "{}", present::cut(&line, subject.width))?;
    }
    Ok(())
}

/// Writes a line with its marks of fills, `[#rrggbb]`, on their own colour, for terminals.
fn write_coloured(line: &str, out: &mut impl Write) -> io::Result<()> {
    let mut rest = line;
    while let Some((before, mark)) = rest.find("[#").map(|at| rest.split_at(at)) {
        let colour = mark.get(2..8).and_then(|hex| u32::from_str_radix(hex, 16).ok()).map(u32::to_be_bytes);
        let (Some([_, red, green, blue]), Some(shown)) = (colour, mark.get(..MARK).filter(|shown| shown.ends_with(']'))) else {
            let (shown, after) = mark.split_at(2);
            write!(out, "{before}{shown}")?;
            rest = after;
            continue;
        };
        let dark = u16::from(red) + u16::from(green) + u16::from(blue) < 384;
        let ink = if dark { AnsiColor::BrightWhite } else { AnsiColor::Black };
        let style = Ansi::new().bg_color(Some(RgbColor(red, green, blue).into())).fg_color(Some(ink.into()));
        write!(out, "{before}{style}{shown}{style:#}")?;
        rest = mark.get(MARK..).unwrap_or_default();
    }
    writeln!(out, "{rest}")
}

/// Length of `[#rrggbb]`.
const MARK: usize = 9;

/// A row's place and its cells, the empty ones too.
fn row(row: &GridRow) -> Vec<String> {
    let hidden = if row.hidden { " hidden" } else { "" };
    // The sheet stands above the grid.
    let at = At::from(&row.place);
    let place = at.range.unwrap_or_else(|| present::place(&row.place));
    // A fill that most cells have is the row's, so that narrow columns have room for words.
    let common = common_fill(row);
    let filled = common.map(|style| format!(" [{}]", fill(style).unwrap_or_default())).unwrap_or_default();
    let mut cells = vec![format!("{place}{hidden}{filled}")];
    for cell in &row.cells {
        cells.resize((cell.column.get() + 1).max(cells.len()), String::new());
        cells.push(cell_text(cell, common.and_then(|style| style.fill)));
    }
    cells
}

/// The style whose fill several cells and more than half of a row have.
fn common_fill(row: &GridRow) -> Option<Style> {
    let styles = || row.cells.iter().map(|cell| cell.style).filter(|style| style.fill.is_some());
    let same = |style: &Style| styles().filter(|other| other.fill == style.fill).count();
    styles().find(|style| same(style) > 1 && same(style) * 2 > row.cells.len())
}

fn cell_text(cell: &GridCell, of_row: Option<[u8; 3]>) -> String {
    use std::fmt::Write;

    // Marks stand in front: a long text is cut.
    let mut text = String::new();
    if (cell.rowspan, cell.colspan) != (1, 1) {
        // Writing to a string cannot fail.
        let _ = write!(text, "[{}x{}] ", cell.rowspan, cell.colspan);
    }
    if let Some(fill) = fill(cell.style).filter(|_| cell.style.fill != of_row) {
        let _ = write!(text, "[{fill}] ");
    }
    if cell.style.struck {
        text.push_str("[struck] ");
    }
    text.push_str(&present::visible(&cell.text));
    text
}
