//! The plan as a text and as a spreadsheet of OpenDocument.

use std::fmt::Write;

use crate::package;
use crate::plan::Cell;
use crate::plan::Plan;
use crate::text::escaped;

const NAMES: [(&str, &str); 7] = [
    ("office", "office"),
    ("table", "table"),
    ("text", "text"),
    ("style", "style"),
    ("number", "datastyle"),
    ("fo", "xsl-fo-compatible"),
    ("svg", "svg-compatible"),
];

/// A document of one table.
pub(crate) fn odt(plan: &Plan) -> Vec<u8> {
    document(plan, "text", &table(plan, false))
}

/// A workbook of one sheet.
pub(crate) fn ods(plan: &Plan) -> Vec<u8> {
    document(plan, "spreadsheet", &table(plan, true))
}

fn document(plan: &Plan, kind: &str, body: &str) -> Vec<u8> {
    let mut names = String::new();
    for (short, name) in NAMES {
        let _ = write!(names, " xmlns:{short}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\"");
    }
    let content = format!(
        "<office:document-content{names}><office:automatic-styles>{}</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        styles(plan)
    );
    let mime = format!("application/vnd.oasis.opendocument.{kind}");
    package(&[("mimetype", mime.as_bytes()), ("content.xml", content.as_bytes())])
}

/// A style for dates, one for the header, and one for each colour.
fn styles(plan: &Plan) -> String {
    let mut out = String::from(
        "<number:date-style style:name=\"day\"><number:day number:style=\"long\"/><number:text>/</number:text>\
         <number:month number:style=\"long\"/><number:text>/</number:text><number:year number:style=\"long\"/></number:date-style>\
         <style:style style:name=\"date\" style:family=\"table-cell\" style:data-style-name=\"day\"/>\
         <style:style style:name=\"bold\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\
         <style:style style:name=\"head\" style:family=\"table-cell\"><style:text-properties fo:font-weight=\"bold\"/></style:style>",
    );
    for (row, column, [r, g, b]) in plan.cells().filter_map(|(row, column, cell)| Some((row, column, cell.fill?))) {
        let _ = write!(
            out,
            "<style:style style:name=\"fill{row}-{column}\" style:family=\"table-cell\"><style:table-cell-properties fo:background-color=\"#{r:02x}{g:02x}{b:02x}\"/></style:style>"
        );
    }
    out
}

fn table(plan: &Plan, is_sheet: bool) -> String {
    let mut out =
        format!("<table:table table:name=\"Sheet1\"><table:table-column table:number-columns-repeated=\"{}\"/>", plan.width());
    for (at, row) in plan.rows.iter().enumerate() {
        out.push_str("<table:table-row>");
        for (column, cell) in row.iter().enumerate() {
            if plan.is_covered(at, column) {
                out.push_str("<table:covered-table-cell/>");
            } else {
                out.push_str(&written(cell.as_ref(), (at, column), is_sheet));
            }
        }
        out.push_str("</table:table-row>");
    }
    out.push_str("</table:table>");
    out
}

fn written(cell: Option<&Cell>, (row, column): (usize, usize), is_sheet: bool) -> String {
    let Some(cell) = cell else { return "<table:table-cell/>".to_owned() };
    let mut says = String::new();
    if cell.rows > 1 || cell.columns > 1 {
        let _ = write!(says, " table:number-rows-spanned=\"{}\" table:number-columns-spanned=\"{}\"", cell.rows, cell.columns);
    }
    if cell.fill.is_some() {
        let _ = write!(says, " table:style-name=\"fill{row}-{column}\"");
    } else if cell.date.is_some() && is_sheet {
        let iso: Vec<&str> = cell.text.split('/').rev().collect();
        let _ = write!(says, " table:style-name=\"date\" office:value-type=\"date\" office:date-value=\"{}\"", iso.join("-"));
    } else if cell.bold && is_sheet {
        says.push_str(" table:style-name=\"head\"");
    }
    let paragraphs = cell.text.split('\n').filter(|line| !line.is_empty()).map(|line| {
        let text = escaped(line);
        if cell.bold && !is_sheet {
            format!("<text:p><text:span text:style-name=\"bold\">{text}</text:span></text:p>")
        } else {
            format!("<text:p>{text}</text:p>")
        }
    });
    format!("<table:table-cell{says}>{}</table:table-cell>", paragraphs.collect::<String>())
}
