//! `hicm dump tables`: the tables that were found, and what became of each line.

use std::io;
use std::io::Write;

use anstyle::Style;
use serde::Serialize;
use serde::Serializer;

use super::Subject;
use crate::cli::present;
use crate::model::location::At;
use crate::model::source::Block;
use crate::model::source::Format;
use crate::model::source::Grid;
use crate::model::source::Strategy;
use crate::model::table::Column;
use crate::model::table::Item;
use crate::model::table::Layout;
use crate::model::table::Line;
use crate::model::table::Table;

const BOLD: Style = Style::new().bold();

/// The one value of `--json`.
#[derive(Debug, Serialize)]
struct TablesOut<'a> {
    tables: Vec<TableOut<'a>>,
}

/// A grid with every cell of every row, as table finding is scored.
#[derive(Debug, Serialize)]
struct TableOut<'a> {
    /// 1-based.
    page: Option<u32>,
    sheet: Option<&'a str>,
    bbox: Option<[f64; 4]>,
    grid: Matrix<'a>,
    /// Row, column (0-based), rows and columns covered.
    spans: Vec<[u32; 4]>,
    strategy: &'static str,
    /// How much it looks like a table, 0 to 1; none where the document says itself where its cells are.
    score: Option<f64>,
}

/// The cells of a grid row by row, written without a copy of them: a row may have far more columns than cells.
#[derive(Debug)]
struct Matrix<'a>(&'a Grid);

impl Serialize for Matrix<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let width = self.0.width();
        serializer.collect_seq(self.0.rows.iter().map(|row| {
            let mut cells = vec![""; width];
            for cell in &row.cells {
                if let Some(slot) = cells.get_mut(cell.column.get()) {
                    *slot = &cell.text;
                }
            }
            cells
        }))
    }
}

/// Writes the grids of the source as one JSON value.
pub(super) fn write_json(subject: &Subject<'_>, out: &mut impl Write) -> io::Result<()> {
    let strategy = strategy(subject.format);
    let grids = subject.source.blocks.iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Text(_) => None,
    });
    let tables = grids.map(|grid| table_out(grid, strategy)).collect();
    serde_json::to_writer(&mut *out, &TablesOut { tables })?;
    out.write_all(b"\n")
}

/// What told the reader where the cells are.
fn strategy(format: Format) -> &'static str {
    match format {
        Format::Csv | Format::Tsv => "delimited",
        Format::Markdown => "markdown",
        Format::Html => "html",
        Format::Pdf => "pdf",
        Format::Text => "text",
        Format::Xlsx | Format::Xlsm | Format::Xlsb | Format::Xls | Format::Ods => "workbook",
        Format::Docx | Format::Docm | Format::Odt | Format::Pptx | Format::Rtf | Format::Doc => "document",
    }
}

/// What told where the cells of a table on a page are.
fn by(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Tagged => "tagged",
        Strategy::Ruled => "ruled",
        Strategy::Spaced => "spaced",
        Strategy::Mixed => "mixed",
    }
}

fn table_out<'a>(grid: &'a Grid, strategy: &'static str) -> TableOut<'a> {
    let mut spans = Vec::new();
    for (index, row) in grid.rows.iter().enumerate() {
        let row_index = u32::try_from(index).unwrap_or(u32::MAX);
        let merged = row.cells.iter().filter(|cell| (cell.rowspan, cell.colspan) != (1, 1));
        spans.extend(merged.map(|cell| [row_index, cell.column.0, cell.rowspan, cell.colspan]));
    }
    let found = grid.found.map(|found| (by(found.by), found.score));
    let places: Vec<At> = grid.rows.iter().map(|row| At::from(&row.place)).collect();
    TableOut {
        page: places.first().and_then(|at| at.page),
        sheet: grid.sheet.as_deref(),
        bbox: places.iter().filter_map(|at| at.bbox).reduce(around),
        grid: Matrix(grid),
        spans,
        strategy: found.map_or(strategy, |(by, _)| by),
        score: found.map(|(_, score)| score),
    }
}

fn around(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// Writes the tables and the lines for people.
pub(super) fn write(subject: &Subject<'_>, out: &mut impl Write) -> io::Result<()> {
    let layout = subject.engine.tables(subject.source);
    if let Some(title) = &layout.title {
        writeln!(out, "{BOLD}title{BOLD:#}: {}\n", present::visible(&title.text()))?;
    }
    for table in &layout.tables {
        write_table(subject, table, out)?;
    }
    writeln!(out, "{BOLD}lines{BOLD:#}")?;
    let lines: Vec<Vec<String>> = layout.lines.iter().map(|line| line_row(&layout, line)).collect();
    print_rows(&lines, subject.width, out)
}

fn write_table(subject: &Subject<'_>, table: &Table<'_>, out: &mut impl Write) -> io::Result<()> {
    let (columns, items) = (table.columns.len(), table.items.len());
    writeln!(out, "{BOLD}table {}{BOLD:#}: {columns} columns, {items} items", table.number)?;
    for diagnostic in &table.diagnostics {
        writeln!(out, "{}: {}", diagnostic.code.as_str(), present::visible(&diagnostic.message))?;
    }
    let columns: Vec<Vec<String>> = table.columns.iter().enumerate().map(|(index, column)| column_row(index, column)).collect();
    print_rows(&columns, subject.width, out)?;
    let mut rows = Vec::new();
    let mut above = None;
    for (index, item) in table.items.iter().enumerate() {
        if above != Some(item.heading) {
            print_rows(&rows, subject.width, out)?;
            rows.clear();
            let path = table.path(item.heading);
            let texts: Vec<String> =
                path.iter().filter_map(|at| table.headings.get(*at)).map(|h| h.text().into_owned()).collect();
            let line = format!("under: {}", present::visible(&texts.join(" > ")));
            writeln!(out, "{}", present::cut(&line, subject.width))?;
            above = Some(item.heading);
        }
        rows.push(item_row(table, index, item));
    }
    print_rows(&rows, subject.width, out)?;
    writeln!(out)
}

fn column_row(index: usize, column: &Column<'_>) -> Vec<String> {
    let guess = match column.guess {
        Some(guess) => format!("{} {:.2}", present::meaning(guess.meaning), guess.similarity),
        None if column.is_label => "label".to_owned(),
        None => "-".to_owned(),
    };
    let group = column.group.as_deref().map(|group| format!("under {}", present::visible(group))).unwrap_or_default();
    vec![format!("  column {}", index + 1), guess, present::visible(&column.header).into_owned(), group]
}

fn item_row(table: &Table<'_>, index: usize, item: &Item<'_>) -> Vec<String> {
    let mut row = vec![format!("  {}-{}", table.number, index + 1), present::place(item.place)];
    let label = item.label.as_ref().map(|label| format!("[{}]", present::visible(label.piece.text)));
    row.push(label.unwrap_or_default());
    for cell in &item.cells {
        row.resize((cell.column.get() + 3).max(row.len()), String::new());
        row.push(present::visible(&cell.text()).into_owned());
    }
    row
}

fn line_row(layout: &Layout<'_>, line: &Line<'_>) -> Vec<String> {
    let place = line.content.place().map(present::place).unwrap_or_default();
    let item = line.item.map(|(table, item)| {
        let (number, first) = layout.tables.get(table).map_or((0, 0), |table| (table.number, table.first));
        format!("{number}-{}", first + item + 1)
    });
    let text = present::visible(&line.content.text()).into_owned();
    vec![format!("  {place}"), present::key(&line.became), item.unwrap_or_default(), text]
}

fn print_rows(rows: &[Vec<String>], width: usize, out: &mut impl Write) -> io::Result<()> {
    present::aligned(rows, width).iter().try_for_each(|line| writeln!(out, "{line}"))
}
