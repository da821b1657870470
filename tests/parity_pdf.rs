//! Two ways, one answer: what LibreOffice prints of a workbook gives the records that the workbook itself gives, but for places.
//!
//! Where LibreOffice is not installed the test says so and passes.

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use serde_json::json;
use support::program::Folder;

const HEADER: [&str; 10] = [
    "High impact change",
    "Ref",
    "Where are we now?",
    "Actions",
    "Intended outcome",
    "Lead organisation",
    "Lead",
    "End date",
    "Status",
    "Progress / comments",
];

const CHANGES: [&str; 4] =
    ["Early discharge planning", "Systems to monitor patient flow", "Home first/discharge to assess", "Trusted assessors"];

const TEXTS: [&str; 7] = [
    "Ward sisters set the date of discharge on day one",
    "Commissioning of reablement beds is agreed with Eastvale",
    "The brokerage team works on weekdays only",
    "Assessors from the care homes visit on Tuesday",
    "The bed state is circulated to all partners twice a day",
    "Families get the leaflet with the letter",
    "Link workers of the voluntary sector join the multidisciplinary team",
];

const ORGANISATIONS: [&str; 3] = ["Westmarch Council", "Eastvale CCG", "Community Services"];

const LEADS: [&str; 4] = ["Ann Tilbrook", "Tom Haverley", "Joan Whitcombe", "Peter Ashdown"];

const LEVELS: [&str; 4] = ["Not yet established", "Plans in place", "Established", "Exemplary"];

/// How a sheet is printed.
struct Print {
    /// Widths of its columns in centimetres.
    widths: [f64; 10],
    /// Width and height of the paper in centimetres.
    paper: (f64, f64),
    /// "ttb" prints all rows of the first columns before the next columns, "ltr" all columns of the first rows.
    order: &'static str,
    /// Whether each page repeats the header.
    repeats: bool,
    /// Whether lines are drawn around its cells.
    borders: bool,
}

const NARROW: [f64; 10] = [1.8, 1.0, 2.9, 3.2, 2.9, 2.2, 1.7, 2.1, 2.0, 3.0];
const WIDE: [f64; 10] = [3.5, 1.2, 5.0, 6.0, 5.0, 3.6, 3.0, 2.4, 2.4, 5.0];
/// On a sheet of portrait paper these take three pages, each of several columns.
const PORTRAIT: [f64; 10] = [3.5, 1.2, 5.0, 6.0, 5.0, 3.6, 3.0, 2.4, 5.5, 5.0];

const PRINTS: [(&str, Print); 7] = [
    ("narrow", Print { widths: NARROW, paper: (29.7, 21.0), order: "ttb", repeats: false, borders: true }),
    ("repeated", Print { widths: NARROW, paper: (29.7, 21.0), order: "ttb", repeats: true, borders: true }),
    ("sideways", Print { widths: WIDE, paper: (29.7, 21.0), order: "ttb", repeats: false, borders: true }),
    ("rows-first", Print { widths: WIDE, paper: (29.7, 21.0), order: "ltr", repeats: true, borders: true }),
    ("bare", Print { widths: NARROW, paper: (29.7, 21.0), order: "ttb", repeats: true, borders: false }),
    ("bare-sideways", Print { widths: WIDE, paper: (29.7, 21.0), order: "ttb", repeats: true, borders: false }),
    ("portrait", Print { widths: PORTRAIT, paper: (21.0, 29.7), order: "ttb", repeats: true, borders: true }),
];

fn rows() -> Vec<[String; 10]> {
    let text = |at: usize| TEXTS[at % TEXTS.len()];
    let row = |at: usize| {
        let status = LEVELS[at % LEVELS.len()];
        let progress = if at.is_multiple_of(3) { String::new() } else { format!("{} since the new contract.", text(at * 3 + 2)) };
        [
            CHANGES[at / 5].to_owned(),
            format!("{}.{}", at / 5 + 1, at % 5 + 1),
            format!("{}.", text(at)),
            format!("{} and reviewed with the homes.", text(at * 3 + 1)),
            format!("{}.", text(at * 5 + 2)),
            ORGANISATIONS[at % ORGANISATIONS.len()].to_owned(),
            LEADS[at % LEADS.len()].to_owned(),
            format!("{:02}/09/2018", at + 1),
            status.to_owned(),
            progress,
        ]
    };
    (0..CHANGES.len() * 5).map(row).collect()
}

/// The sheet as a flat OpenDocument spreadsheet.
fn spreadsheet(print: &Print) -> String {
    let mut styles = String::new();
    let mut columns = String::new();
    for (at, width) in print.widths.iter().enumerate() {
        let _ = write!(
            styles,
            "<style:style style:name=\"c{at}\" style:family=\"table-column\"><style:table-column-properties \
             style:column-width=\"{width}cm\"/></style:style>"
        );
        let _ = write!(columns, "<table:table-column table:style-name=\"c{at}\"/>");
    }
    let cell = |text: &str, style: &str| match text {
        "" => format!("<table:table-cell table:style-name=\"{style}\"/>"),
        text => format!(
            "<table:table-cell table:style-name=\"{style}\" office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        ),
    };
    let row = |cells: String| format!("<table:table-row table:style-name=\"row\">{cells}</table:table-row>");
    let header = row(HEADER.iter().map(|text| cell(text, "head")).collect());
    let header = if print.repeats { format!("<table:table-header-rows>{header}</table:table-header-rows>") } else { header };
    let body: String = rows().iter().map(|texts| row(texts.iter().map(|text| cell(text, "body")).collect())).collect();
    let border = if print.borders { "fo:border=\"0.5pt solid #000000\" " } else { "" };
    let (width, height) = print.paper;
    let way = if width > height { "landscape" } else { "portrait" };
    let name = |prefix: &str, uri: &str| format!(" xmlns:{prefix}=\"urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0\"");
    let names: String =
        [("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("fo", "xsl-fo-compatible")]
            .map(|(prefix, uri)| name(prefix, uri))
            .concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document{names} office:version=\"1.3\" \
         office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:automatic-styles>{styles}\
         <style:style style:name=\"row\" style:family=\"table-row\"><style:table-row-properties \
         style:use-optimal-row-height=\"true\"/></style:style>\
         <style:style style:name=\"body\" style:family=\"table-cell\"><style:table-cell-properties {border}\
         fo:wrap-option=\"wrap\" style:vertical-align=\"top\"/><style:text-properties fo:font-size=\"9pt\"/></style:style>\
         <style:style style:name=\"head\" style:family=\"table-cell\"><style:table-cell-properties {border}\
         fo:wrap-option=\"wrap\"/><style:text-properties fo:font-size=\"9pt\" fo:font-weight=\"bold\"/></style:style>\
         <style:style style:name=\"sheet\" style:family=\"table\" style:master-page-name=\"paper\"/>\
         <style:page-layout style:name=\"layout\"><style:page-layout-properties fo:page-width=\"{width}cm\" \
         fo:page-height=\"{height}cm\" style:print-orientation=\"{way}\" fo:margin=\"1cm\" style:print-page-order=\"{}\"/>\
         </style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name=\"paper\" \
         style:page-layout-name=\"layout\"/></office:master-styles><office:body><office:spreadsheet>\
         <table:table table:name=\"Plan\" table:style-name=\"sheet\">{columns}{header}{body}</table:table></office:spreadsheet>\
         </office:body></office:document>",
        print.order
    )
}

/// Has LibreOffice write the spreadsheets of `folder` as `to`; false where it is not there.
fn export(folder: &Path, to: &str) -> bool {
    let sources = support::entries(folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "fods"));
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new("soffice");
    command.args([&profile, "--headless", "--convert-to", to, "--outdir"]).arg(folder).args(sources);
    command.output().is_ok_and(|output| output.status.success())
}

/// What the records of a document say, without where they stand; the sheet's name, which is a heading, is on no page.
fn said(path: &Path) -> Vec<Value> {
    let bytes = fs::read(path).expect("what LibreOffice wrote");
    let records = support::values(&support::convert(&support::ENGINE, "plan", &bytes).records);
    let list = |record: &Value, list: &str, key: &str| -> Vec<Value> {
        record[list].as_array().into_iter().flatten().map(|entry| entry[key].clone()).collect()
    };
    let said = |record: &Value| {
        json!({
            "changes": list(record, "changes", "number"), "fields": record["fields"], "normalised": record["normalised"],
            "extra": list(record, "extra", "text"), "row_label": record["row_label"],
        })
    };
    records.iter().map(said).collect()
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that does nothing must say so")]
fn a_printed_workbook_gives_the_records_of_the_workbook() {
    let folder = Folder::new("printed").0;
    for (name, print) in &PRINTS {
        fs::write(folder.join(format!("{name}.fods")), spreadsheet(print)).expect("a spreadsheet");
    }
    if !export(&folder, "ods") || !export(&folder, "pdf") {
        eprintln!("skipped: LibreOffice (soffice) is not installed");
        return;
    }
    for (name, _) in &PRINTS {
        let workbook = said(&folder.join(format!("{name}.ods")));
        let pages = said(&folder.join(format!("{name}.pdf")));
        assert_eq!(workbook.len(), rows().len(), "{name}");
        for (row, (page, sheet)) in pages.iter().zip(&workbook).enumerate() {
            assert_eq!(page, sheet, "{name}, row {}", row + 1);
        }
        assert_eq!(pages.len(), workbook.len(), "{name}");
    }
}
