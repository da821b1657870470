//! The plan as a Word document.

use std::fmt::Write;

use crate::package;
use crate::plan::Plan;
use crate::text::escaped;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A document of one table.
pub(crate) fn docx(plan: &Plan) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"{MAIN}\"><w:body><w:tbl>{}</w:tbl><w:p/></w:body></w:document>", rows(plan));
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{kind}\"/></Types>"
    );
    let links = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
    );
    package(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", links.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

fn rows(plan: &Plan) -> String {
    let mut out = String::new();
    for at in 0..plan.rows.len() {
        out.push_str("<w:tr>");
        let mut column = 0;
        while column < plan.width() {
            let (cell, columns) = cell(plan, at, column);
            out.push_str(&cell);
            column += columns;
        }
        out.push_str("</w:tr>");
    }
    out
}

/// A cell, and how many columns it takes. A cell that covers rows is written in each of them.
fn cell(plan: &Plan, row: usize, column: usize) -> (String, usize) {
    let own = plan.rows[row].get(column).and_then(Option::as_ref);
    let above = plan.merged().find(|(at, from, cell)| *from == column && *at < row && row < at + usize::from(cell.rows));
    let mut properties = String::new();
    let mut columns = 1;
    if let Some(cell) = own.or(above.map(|(_, _, cell)| cell)) {
        columns = usize::from(cell.columns);
        let _ = write!(properties, "<w:gridSpan w:val=\"{columns}\"/>");
        if above.is_some() {
            properties.push_str("<w:vMerge/>");
        } else if cell.rows > 1 {
            properties.push_str("<w:vMerge w:val=\"restart\"/>");
        }
        if let Some([r, g, b]) = cell.fill {
            let _ = write!(properties, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{r:02X}{g:02X}{b:02X}\"/>");
        }
    }
    let bold = if own.is_some_and(|cell| cell.bold) { "<w:rPr><w:b/></w:rPr>" } else { "" };
    let text = own.map_or("", |cell| &cell.text);
    let mut paragraphs = String::new();
    for line in text.split('\n') {
        let _ = write!(paragraphs, "<w:p><w:r>{bold}<w:t>{}</w:t></w:r></w:p>", escaped(line));
    }
    (format!("<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"), columns)
}
