//! The plan as CSV, Markdown and HTML.

use std::fmt::Write;

use crate::plan::Cell;
use crate::plan::Plan;

/// Comma-separated text.
pub(crate) fn csv(plan: &Plan) -> Vec<u8> {
    let quoted = |cell: Option<&Cell>| format!("\"{}\"", cell.map_or("", |cell| &cell.text).replace('"', "\"\""));
    let rows = plan.rows.iter().map(|row| {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell.as_ref())).collect();
        cells.join(",") + "\r\n"
    });
    rows.collect::<String>().into_bytes()
}

/// A pipe table.
pub(crate) fn markdown(plan: &Plan) -> Vec<u8> {
    let mut out = String::new();
    for (index, row) in plan.rows.iter().enumerate() {
        for cell in row {
            let _ = write!(out, "| {} ", cell.as_ref().map_or("", |cell| &cell.text).replace('\n', "<br>"));
        }
        out.push_str("|\n");
        if index == 0 {
            out.push_str(&"|---".repeat(plan.width()));
            out.push_str("|\n");
        }
    }
    out.into_bytes()
}

/// A table of a page.
pub(crate) fn html(plan: &Plan) -> Vec<u8> {
    let mut out = String::from("<!DOCTYPE html><html><body><table>");
    for (at, row) in plan.rows.iter().enumerate() {
        out.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            if plan.is_covered(at, column) {
                continue;
            }
            let Some(cell) = cell else {
                out.push_str("<td></td>");
                continue;
            };
            let name = if cell.bold { "th" } else { "td" };
            let fill =
                cell.fill.map(|[r, g, b]| format!(" style=\"background-color: #{r:02x}{g:02x}{b:02x}\"")).unwrap_or_default();
            let text = escaped(&cell.text).replace('\n', "<br>");
            let _ = write!(out, "<{name} rowspan=\"{}\" colspan=\"{}\"{fill}>{text}</{name}>", cell.rows, cell.columns);
        }
        out.push_str("</tr>");
    }
    out.push_str("</table></body></html>");
    out.into_bytes()
}

/// Text for XML and HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
