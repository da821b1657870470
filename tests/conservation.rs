//! The law of conservation: every word that the reader saw stands in exactly one audit line, and every word of an item's line
//! in its record. Over all fixtures, over real documents where they lie beside the package, and over generated tables.

mod support;

use std::path::Path;

use proptest::prelude::*;
use support::ENGINE;
use support::Fixture;
use support::convert;
use support::entries;
use support::words::breaches;

/// The breaches by one document; none by a document that cannot be read.
fn check(name: &str, bytes: &[u8]) -> Vec<String> {
    let Ok((_, source)) = ENGINE.read(name, bytes) else { return Vec::new() };
    let found = breaches(&source, &convert(&ENGINE, name, bytes));
    found.into_iter().map(|breach| format!("{name}: {breach}")).collect()
}

fn check_files<'a>(files: impl Iterator<Item = &'a Path>) {
    let found: Vec<String> = files
        .flat_map(|path| check(&path.file_name().expect("a name").to_string_lossy(), &std::fs::read(path).expect("a file")))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn fixtures_keep_every_word() {
    check_files(Fixture::all().iter().map(|fixture| fixture.source.as_path()));
}

/// Real documents are no part of the package; where they are not there, the test says so.
#[test]
#[expect(clippy::print_stderr, reason = "a test that does nothing must say so")]
fn real_documents_keep_every_word() {
    for folder in ["seeds", "renditions"] {
        let folder = support::root().join("../shared").join(folder);
        if !folder.is_dir() {
            eprintln!("skipped: ../shared/{} is absent", folder.file_name().unwrap_or_default().to_string_lossy());
            continue;
        }
        let is_text = |path: &Path| {
            path.extension()
                .is_some_and(|ext| ["txt", "csv", "tsv", "md", "html", "xlsx", "ods", "xls"].iter().any(|e| ext == *e))
        };
        let files = entries(&folder);
        check_files(files.iter().map(AsRef::as_ref).filter(|path: &&Path| is_text(path) && !path.ends_with("README.md")));
    }
}

/// Documents that broke the law once.
#[test]
fn documents_found_by_generation_keep_every_word() {
    let lone_row_below_the_header = "<table><tr><th>Start date</th><th>Q1</th><th>Q2</th><th>30 days</th></tr>\n\
        <tr><td>Early discharge planning</td></tr>\n\
        <tr><td>Current Position</td><td>Current Position</td><td></td><td>1</td></tr></table>";
    assert_eq!(check("made.html", lone_row_below_the_header.as_bytes()), Vec::<String>::new());
    let doubled_label_and_continuation = "Where are you now\t\tFuture date\tProgress\tImpact change\tRef\n\
        3. Multi-disciplinary teams\t\t31.12.17\t\t\t\n4.2.1 Set up a hub\t\t\t\t\t4.2.1 Set up a hub\n\
        Current Position\tBy October 18\n\n\
        Early discharge planning\tCurrent Position\t\t\t31.12.17\t\t1\t4.2.1 Set up a hub\n\
        Planned Activity\tEarly discharge planning\tPage 3 of 9\tEarly discharge planning\t\t\n\
        \t31.1\t\tCurrent Position\tWAHT/WCC\t\n\
        Change 4\tA\tCurrent Position Planned Activity\tChange 4\tOpen eight places a week for people who go home\t1\n\n\
        Early discharge planning\t\nEarly discharge planning\t\tongoing ongoing\t\t\t1\n";
    assert_eq!(check("made.txt", doubled_label_and_continuation.as_bytes()), Vec::<String>::new());
    // The row below the text alone would be a header, but for what stands in its columns elsewhere.
    let text_above_a_row_of_headers = "Current Position\tLead\tTom Haverley\n\t3. Multi-disciplinary teams\tTom Haverley\n\
        Key: R = red\tMature\tBy October 18\nLead\t1\tFocus on choice\nCare homes have a named nurse\t\t\n\
        By October 18\tLead\tCurrent maturity\nAll changes\tKey: R = red\t\n";
    assert_eq!(check("made.txt", text_above_a_row_of_headers.as_bytes()), Vec::<String>::new());
    // A row of a matrix that looks like two printed in one.
    let matrix_and_doubled_row = "Not yet established\tKey: R = red\tTotal\tEstablished\tMature\tAll changes\tChange 1 & 3\n\
        X\t3. Multi-disciplinary teams\tKey: R = red\t31.1\tTom Haverley\t31.12.17\t31.1\nFocus on choice\n\
        Tom Haverley\t\t\t\t\t\t\n\
        Change 1 & 3\tongoing ongoing\tongoing ongoing\tDischarge to assess pathway 1\tLead\t4.2.1 Set up a hub\t\n\
        Action\t3. Multi-disciplinary teams\t\tTom Haverley\t1.1\t\tthe rest of a sentence\n";
    assert_eq!(check("made.txt", matrix_and_doubled_row.as_bytes()), Vec::<String>::new());
}

const HEADERS: &[&str] = &[
    "Ref",
    "Impact change",
    "Action",
    "Where are you now",
    "Lead organisation",
    "Lead",
    "By when",
    "Start date",
    "Status",
    "RAG",
    "Progress",
    "Q1",
    "Q2",
    "30 days",
    "Future date",
    "Delivery timescale",
    "Colour of the sky",
    "",
];

const CELLS: &[&str] = &[
    "",
    "",
    "",
    "",
    "1",
    "1.1",
    "4.2.1 Set up a hub",
    "Early discharge planning",
    "Change 4",
    "Change 1 & 3",
    "All changes",
    "3. Multi-disciplinary teams",
    "Focus on choice",
    "Outcome 2 - Brokerage",
    "Current Position",
    "Planned Activity",
    "Current Position Planned Activity",
    "31.12.17",
    "31.1",
    "2.17",
    "By October 18",
    "ongoing ongoing",
    "Established",
    "Not yet established",
    "Current maturity",
    "Level by March",
    "Mature/Established",
    "WAHT/WCC",
    "WAHT & Thorn & Vale CCG",
    "Tom Haverley",
    "A",
    "X",
    "1 '",
    "Overall RAG rating",
    "Page 3 of 9",
    "Total",
    "Open eight places a week for people who go home from hospital",
    "the rest of a sentence that began on the page before.",
    "Care homes have a named nurse",
    "Discharge to assess pathway 1",
    "<b>Change 2</b> all wards live",
    "Key: R = red",
    "re-\u{ad}ablement",
];

/// Blocks of a document: rows of cells, a line of prose, a blank line.
#[derive(Clone, Debug)]
enum Part {
    Row(Vec<usize>),
    Header,
    Line(usize),
    Blank,
}

fn part(columns: usize) -> impl Strategy<Value = Part> {
    let cells = |count| prop::collection::vec(0..CELLS.len(), count);
    prop_oneof![
        12 => cells(columns..=columns).prop_map(Part::Row),
        3 => cells(1..=columns + 2).prop_map(Part::Row),
        3 => (0..CELLS.len()).prop_map(move |cell| {
            let mut row = vec![0; columns];
            row[0] = cell;
            Part::Row(row)
        }),
        1 => Just(Part::Header),
        1 => (0..CELLS.len()).prop_map(Part::Line),
        3 => Just(Part::Blank),
    ]
}

/// A document: the header, and what stands below it.
fn document() -> impl Strategy<Value = (Vec<usize>, Vec<Part>)> {
    prop::collection::vec(0..HEADERS.len(), 2..9).prop_flat_map(|header| {
        let parts = prop::collection::vec(part(header.len()), 1..25);
        (Just(header), parts)
    })
}

/// Writes a document with `separator` between cells; a row of one cell is a row and no prose.
fn write(header: &[usize], parts: &[Part], separator: &str, quote: bool) -> String {
    let row = |cells: Vec<&str>| {
        let quoted = |cell: &str| if quote { format!("\"{cell}\"") } else { cell.to_owned() };
        cells.into_iter().map(quoted).collect::<Vec<_>>().join(separator)
    };
    let header = row(header.iter().map(|&at| HEADERS[at]).collect());
    let mut out = format!("{header}\n");
    for part in parts {
        match part {
            Part::Row(cells) => out.push_str(&row(cells.iter().map(|&at| CELLS[at]).collect())),
            Part::Header => out.push_str(&header),
            Part::Line(cell) => out.push_str(CELLS[*cell]),
            Part::Blank => {}
        }
        out.push('\n');
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
}

/// Writes a document as HTML; a line of prose ends the table.
fn write_html(header: &[usize], parts: &[Part]) -> String {
    let row = |cells: Vec<&str>, tag: &str| {
        let cells: Vec<String> = cells.into_iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell))).collect();
        format!("<tr>{}</tr>\n", cells.concat())
    };
    let header = row(header.iter().map(|&at| HEADERS[at]).collect(), "th");
    let mut out = format!("<html><body><table>{header}");
    for part in parts {
        match part {
            Part::Row(cells) => out.push_str(&row(cells.iter().map(|&at| CELLS[at]).collect(), "td")),
            Part::Header => out.push_str(&header),
            Part::Line(cell) => out.extend(["</table><p>", &escaped(CELLS[*cell]), "</p><table>"]),
            Part::Blank => out.push_str("</table><table>"),
        }
    }
    out.push_str("</table></body></html>");
    out
}

/// Fails with the document itself: what generated it says little.
fn keeps_every_word(name: &str, text: &str) -> Result<(), TestCaseError> {
    let found = check(name, text.as_bytes());
    prop_assert!(found.is_empty(), "{}\nin\n{text}", found.join("\n"));
    Ok(())
}

#[test]
fn a_question_that_stands_twice_in_its_row_keeps_both() {
    let text = "Future date;Delivery timescale\nPlanned Activity;Planned Activity\nOverall RAG rating\n;\n";
    assert_eq!(check("made.csv", text.as_bytes()), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tab_separated_tables_keep_every_word((header, parts) in document()) {
        keeps_every_word("made.txt", &write(&header, &parts, "\t", false))?;
    }

    #[test]
    fn quoted_tables_keep_every_word((header, parts) in document()) {
        keeps_every_word("made.csv", &write(&header, &parts, ";", true))?;
    }

    #[test]
    fn html_tables_keep_every_word((header, parts) in document()) {
        keeps_every_word("made.html", &write_html(&header, &parts))?;
    }

    #[test]
    fn arbitrary_text_keeps_every_word(text in "([a-zA-Z0-9 .,;|\t\n-]|[\\PC]){0,400}") {
        keeps_every_word("made.txt", &text)?;
    }
}
