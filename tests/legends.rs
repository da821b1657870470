//! Keys of ratings: what a document says that its words, codes and colours mean.

use std::sync::Arc;

use hicm::model::vocabulary::Vocabulary;
use hicm::pipeline::Engine;
use hicm::readers::Options;
use hicm::sinks::JsonLines;
use hicm::sinks::Output;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Workbook;
use serde_json::Value;

/// Value, raw text and origin of the rating of each record.
fn ratings(name: &str, bytes: &[u8]) -> Vec<(String, String, String)> {
    let rating = |record: Value| {
        let of = |key: &str| record["normalised"]["rag"][key].as_str().unwrap_or_default().to_owned();
        (of("value"), of("raw"), of("from"))
    };
    records(name, bytes).into_iter().map(rating).collect()
}

fn records(name: &str, bytes: &[u8]) -> Vec<Value> {
    let engine = Engine::new(Arc::clone(Vocabulary::embedded()), Options::default());
    let mut output = Output { records: Some(JsonLines::new(Vec::new())), documents: None, audit: None };
    engine.convert(name, bytes, &mut output).expect("a sink in memory");
    let lines = output.records.map(JsonLines::finish).expect("records are asked for").expect("a sink in memory");
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).expect("a line of JSON")).collect()
}

fn owned(all: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    all.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
}

#[test]
fn words_mean_what_the_key_says() {
    let rows = "Change\tAction\tLead\tRAG\n\
        Trusted assessors\tTrain ten home managers\tMary Fox\tOn track\n\
        Home first\tOpen a bridging service\tTom Hart\tAt risk\n\
        Seven-day services\tShare one weekend rota\tTom Hart\tRed\n\
        Focus on choice\tPrint a leaflet for families\tMary Fox\tSlipping\n";
    let key = "\nKey: Blue = complete, Green = on track, Amber = at risk, Red = overdue\n";
    let kept = ("red", "Red", "text");
    assert_eq!(
        ratings("plan.txt", format!("{rows}{key}").as_bytes()),
        owned(&[("green", "On track", "legend"), ("amber", "At risk", "legend"), kept, ("", "", "")])
    );
    assert_eq!(ratings("plan.txt", rows.as_bytes()), owned(&[("", "", ""), ("", "", ""), kept, ("", "", "")]));
}

#[test]
fn fills_mean_what_the_key_says() {
    let row = |change: &str, action: &str, fill: &str| {
        format!("<tr><td>{change}</td><td>{action}</td><td>Mary Fox</td><td style=\"background-color:{fill}\"></td></tr>")
    };
    let rows = [
        row("Trusted assessors", "Train ten home managers", "#7030a0"),
        row("Home first", "Open a bridging service", "#00b050"),
        row("Seven-day services", "Share one weekend rota", "#ffff00"),
    ];
    let plan = format!("<table><tr><th>Change</th><th>Action</th><th>Lead</th><th>RAG</th></tr>{}</table>", rows.concat());
    let key = "<p>Key to the ratings</p><table><tr><td style=\"background-color:#7030a0\"></td><td>Complete</td></tr>\
        <tr><td style=\"background-color:#00b050\"></td><td>On target</td></tr></table>";
    let green = ("green", "#00B050", "fill");
    assert_eq!(
        ratings("plan.html", format!("{plan}{key}").as_bytes()),
        owned(&[("blue", "#7030A0", "legend"), green, ("amber", "#FFFF00", "fill")])
    );
    assert_eq!(ratings("plan.html", plan.as_bytes()), owned(&[("", "", ""), green, ("amber", "#FFFF00", "fill")]));
}

#[test]
fn a_key_beside_a_plan_is_no_part_of_its_last_row() -> Result<(), rust_xlsxwriter::XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, text) in (0..).zip(["Change", "Task", "Owner", "Target date", "Rating"]) {
        sheet.write_string(0, column, text)?;
    }
    let rows = [
        ("Trusted assessors", "Train ten home managers", "Mary Fox", 0x0070_30a0),
        ("Home first", "Open a bridging service", "Tom Hart", 0x0000_b050),
    ];
    for (row, (change, task, owner, colour)) in (1..).zip(rows) {
        for (column, text) in (0..).zip([change, task, owner, "31/03/2018"]) {
            sheet.write_string(row, column, text)?;
        }
        sheet.write_blank(row, 4, &Format::new().set_background_color(colour))?;
    }
    sheet.write_string(0, 7, "Key")?;
    for (row, (meaning, colour)) in (1..).zip([("Complete", 0x0070_30a0), ("On track", 0x0000_b050), ("Off track", 0x00ff_0000)])
    {
        sheet.write_blank(row, 7, &Format::new().set_background_color(colour))?;
        sheet.write_string(row, 8, meaning)?;
    }
    let bytes = workbook.save_to_buffer()?;
    assert_eq!(ratings("plan.xlsx", &bytes), owned(&[("blue", "#7030A0", "legend"), ("green", "#00B050", "fill")]));
    let last = records("plan.xlsx", &bytes).pop().expect("two rows");
    assert_eq!(last["fields"]["lead"], "Tom Hart");
    assert_eq!(last["fields"]["due"], "31/03/2018");
    Ok(())
}
