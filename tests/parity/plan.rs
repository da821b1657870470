//! Plans as tables of cells, before any format: what the writers write.

/// A plan: rows of cells by column; `None` where nothing stands or a merged cell covers the place.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) name: &'static str,
    pub(crate) rows: Vec<Vec<Option<Cell>>>,
    /// Formats that can say what it says.
    pub(crate) formats: &'static [&'static str],
}

/// One cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    /// What is shown; lines parted by `\n`.
    pub(crate) text: String,
    /// The serial number of a date, which formats without dates show as day, month and year.
    pub(crate) date: Option<u32>,
    pub(crate) fill: Option<[u8; 3]>,
    pub(crate) bold: bool,
    /// Rows and columns that it covers.
    pub(crate) rows: u16,
    pub(crate) columns: u16,
}

/// Every format that a table is written in.
pub(crate) const ALL: &[&str] = &["xlsx", "xlsb", "xls", "ods", "docx", "odt", "html", "md", "csv"];

/// Formats that have merged cells.
pub(crate) const MERGED: &[&str] = &["xlsx", "xlsb", "xls", "ods", "docx", "odt", "html"];

/// A cell of text.
pub(crate) fn text(text: &str) -> Option<Cell> {
    (!text.is_empty()).then(|| Cell { text: text.to_owned(), rows: 1, columns: 1, ..Cell::default() })
}

/// A cell of the header.
pub(crate) fn head(name: &str) -> Option<Cell> {
    text(name).map(|cell| Cell { bold: true, ..cell })
}

/// A day of October 2018, as a real date where the format has such.
pub(crate) fn october(day: u32) -> Option<Cell> {
    // 30 September 2018 is day 43373 of the calendar of 1900.
    text(&format!("{day:02}/10/2018")).map(|cell| Cell { date: Some(43_373 + day), ..cell })
}

/// A cell over several rows.
pub(crate) fn down(name: &str, rows: u16) -> Option<Cell> {
    text(name).map(|cell| Cell { rows, ..cell })
}

/// A cell over several columns.
pub(crate) fn across(name: &str, columns: u16) -> Option<Cell> {
    text(name).map(|cell| Cell { columns, ..cell })
}

/// An empty cell in a colour.
pub(crate) fn filled(fill: [u8; 3]) -> Cell {
    Cell { fill: Some(fill), rows: 1, columns: 1, ..Cell::default() }
}

impl Plan {
    /// Number of columns.
    pub(crate) fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Whether a cell that begins elsewhere covers this place.
    pub(crate) fn is_covered(&self, row: usize, column: usize) -> bool {
        self.merged().any(|(at, from, cell)| {
            let (rows, columns) = (at..at + usize::from(cell.rows), from..from + usize::from(cell.columns));
            (at, from) != (row, column) && rows.contains(&row) && columns.contains(&column)
        })
    }

    /// The cells over several rows or columns, with where they begin.
    pub(crate) fn merged(&self) -> impl Iterator<Item = (usize, usize, &Cell)> {
        self.cells().filter(|(_, _, cell)| cell.rows > 1 || cell.columns > 1)
    }

    /// All cells with their rows and columns.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (usize, usize, &Cell)> {
        let rows = self.rows.iter().enumerate();
        rows.flat_map(|(row, cells)| {
            cells.iter().enumerate().filter_map(move |(column, cell)| Some((row, column, cell.as_ref()?)))
        })
    }
}

/// The plans that are written.
pub(crate) fn all() -> Vec<Plan> {
    vec![plain(), section_rows(), merged_changes(), matrix(), fills(), grouped()]
}

fn header(names: &[&str]) -> Vec<Option<Cell>> {
    names.iter().map(|name| head(name)).collect()
}

/// A change in each row, real dates, cells of several lines.
fn plain() -> Plan {
    let row = |change: &str, number: &str, action: &str, lead: &str, day: u32, status: &str| {
        vec![text(change), text(number), text(action), text(lead), october(day), text(status)]
    };
    Plan {
        name: "plain",
        rows: vec![
            header(&["Change", "Ref", "Action", "Lead", "Completion date", "Status"]),
            row(
                "Early discharge planning",
                "1.1",
                "Set a date for each bed\nTell the family the same day",
                "Joan Carbery",
                4,
                "Established",
            ),
            row("Early discharge planning", "1.2", "Ring the cottage at noon", "Paul Sowerby", 9, "Plans in place"),
            row("Trusted assessors", "6.1", "Agree one form with the homes", "Joan Carbery\nAnn Tilbrook", 23, "Mature"),
            row("Focus on choice", "7.1", "Write a letter, and a leaflet", "Ann Tilbrook", 31, "Not yet established"),
        ],
        formats: ALL,
    }
}

/// A row across the table names the change.
fn section_rows() -> Plan {
    let row = |number: &str, action: &str, lead: &str, day: u32| vec![text(number), text(action), text(lead), october(day)];
    let section = |name: &str| vec![across(name, 4), None, None, None];
    Plan {
        name: "section-rows",
        rows: vec![
            header(&["No.", "Action", "Lead", "Due"]),
            section("2. Systems to monitor patient flow"),
            row("2.1", "Count the people who wait", "Paul Sowerby", 2),
            row("2.2", "Show the count on a board", "Mary Oakshott", 12),
            section("4. Home first/discharge to assess"),
            row("4.1", "Pay for four beds at the cottage", "Ann Tilbrook", 19),
            row("4.2", "Rent a second van", "Tom Haverley", 26),
        ],
        formats: ALL,
    }
}

/// The change stands once, merged down over its rows; blank below where the format cannot merge.
fn merged_changes() -> Plan {
    let row = |change: Option<Cell>, action: &str, body: &str, day: u32| vec![change, text(action), text(body), october(day)];
    Plan {
        name: "merged-changes",
        rows: vec![
            header(&["High Impact Change", "Action", "Lead organisation", "When by"]),
            row(down("Seven-day services", 3), "Open the pharmacy on Sundays", "Westmarch Hospital Trust", 5),
            row(None, "Have a doctor look in on Saturdays", "Westmarch Hospital Trust", 8),
            row(None, "Move people home at weekends", "Westmarch Council", 15),
            row(down("Enhancing health in care homes", 2), "Name a nurse for each home", "Eastvale CCG", 22),
            row(None, "Give each home a red bag", "Eastvale CCG", 29),
        ],
        formats: ALL,
    }
}

/// Levels across, a mark in one of them.
fn matrix() -> Plan {
    let levels = ["Impact change", "Not yet established", "Plans in place", "Established", "Mature", "Exemplary"];
    let row = |change: &str, level: usize| {
        let mut cells = vec![text(change)];
        cells.extend((1..levels.len()).map(|at| if at == level { text("X") } else { None }));
        cells
    };
    Plan {
        name: "matrix",
        rows: vec![
            header(&levels),
            row("Early discharge planning", 2),
            row("Systems to monitor patient flow", 3),
            row("Home first/discharge to assess", 1),
            row("Focus on choice", 4),
        ],
        formats: ALL,
    }
}

/// Ratings as colours alone.
fn fills() -> Plan {
    let row =
        |change: &str, action: &str, fill: [u8; 3]| vec![text(change), text(action), text("Tom Haverley"), Some(filled(fill))];
    Plan {
        name: "fills",
        rows: vec![
            header(&["Change", "Action", "Lead", "RAG"]),
            row("Trusted assessors", "Train the nurses to use the form", [255, 0, 0]),
            row("Trusted assessors", "Count the visits saved", [255, 192, 0]),
            row("Focus on choice", "Ask people what went well", [0, 176, 80]),
        ],
        formats: MERGED,
    }
}

/// A header in two rows: a group over two columns, the others merged down beside it.
fn grouped() -> Plan {
    let bold = |cell: Option<Cell>| cell.map(|cell| Cell { bold: true, ..cell });
    let row = |change: &str, action: &str, from: &str, lead: &str, organisation: &str| {
        vec![text(change), text(action), text(from), text("June 2019"), text(lead), text(organisation)]
    };
    Plan {
        name: "grouped",
        rows: vec![
            vec![
                bold(down("Change", 2)),
                bold(down("Action", 2)),
                bold(across("Dates", 2)),
                None,
                bold(down("Lead", 2)),
                bold(down("Organisation", 2)),
            ],
            vec![None, None, head("Start date"), head("End date"), None, None],
            row("Early discharge planning", "Ring the cottage at noon", "May 2018", "Ann Tilbrook", "Eastvale CCG"),
            row("Early discharge planning", "Tell the family the same day", "April 2018", "Tom Haverley", "Westmarch Council"),
            row("Focus on choice", "Write a letter, and a leaflet", "March 2018", "Mary Oakshott", "Westmarch Council"),
        ],
        formats: MERGED,
    }
}
