//! The plan as a binary workbook (MS-XLSB): records of a kind, a length and data.

use crate::package;
use crate::plan::Cell;
use crate::plan::Plan;

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Numbers of styles: plain, header, date; colours follow.
const PLAIN: u32 = 0;
const HEADER: u32 = 1;
const DATE: u32 = 2;
const FILLS: u32 = 3;

/// A workbook of one sheet.
pub(crate) fn xlsb(plan: &Plan) -> Vec<u8> {
    let fills: Vec<[u8; 3]> = plan.cells().filter_map(|(_, _, cell)| cell.fill).collect();
    let last = |count: usize| u32::try_from(count.saturating_sub(1)).expect("a small sheet");
    // BrtWsDim: the rows and columns that are used.
    let used = numbers(&[0, last(plan.rows.len()), 0, last(plan.width())]);
    let mut sheet = [record(129, &[]), record(148, &used), record(145, &[])].concat();
    let mut fill = FILLS;
    for (at, row) in plan.rows.iter().enumerate() {
        // BrtRowHdr: row, style, height, flags, no spans of columns.
        let at = u32::try_from(at).expect("few rows");
        sheet.extend(record(0, &[&numbers(&[at, 0]), &[0x2C, 1, 0, 0, 0][..], &numbers(&[0])].concat()));
        for (column, cell) in (0_u32..).zip(row) {
            if let Some(cell) = cell {
                let style = if cell.fill.is_some() { fill } else { style(cell) };
                fill += u32::from(cell.fill.is_some());
                sheet.extend(written(cell, column, style));
            }
        }
    }
    sheet.extend(record(146, &[]));
    let merged: Vec<Vec<u8>> = plan.merged().map(|(row, column, cell)| merge(row, column, cell)).collect();
    if !merged.is_empty() {
        sheet.extend(record(177, &numbers(&[u32::try_from(merged.len()).expect("few cells")])));
        sheet.extend(merged.concat());
        sheet.extend(record(178, &[]));
    }
    sheet.extend(record(130, &[]));
    let bundle = [numbers(&[0, 1]), wide("rId1"), wide("Sheet1")].concat();
    let book = [record(131, &[]), record(143, &[]), record(156, &bundle), record(144, &[]), record(132, &[])].concat();
    let kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main";
    let types = format!("<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"bin\" ContentType=\"{kind}\"/></Types>");
    let top = links(&[("rId1", "officeDocument", "xl/workbook.bin")]);
    let beside = links(&[("rId1", "worksheet", "worksheets/sheet1.bin"), ("rId2", "styles", "styles.bin")]);
    package(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", top.as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", beside.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet),
        ("xl/styles.bin", &styles(&fills)),
    ])
}

fn links(of: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{}</Relationships>", of.iter().map(one).collect::<String>())
}

fn style(cell: &Cell) -> u32 {
    match cell.date {
        Some(_) => DATE,
        None if cell.bold => HEADER,
        None => PLAIN,
    }
}

/// `BrtCellBlank`, `BrtCellReal` or `BrtCellSt`.
fn written(cell: &Cell, column: u32, style: u32) -> Vec<u8> {
    let at = numbers(&[column, style]);
    match cell.date {
        Some(serial) => record(5, &[&at, &f64::from(serial).to_le_bytes()[..]].concat()),
        None if cell.text.is_empty() => record(1, &at),
        None => record(6, &[at, wide(&cell.text)].concat()),
    }
}

/// `BrtMergeCell`.
fn merge(row: usize, column: usize, cell: &Cell) -> Vec<u8> {
    let last = |from: usize, count: u16| from + usize::from(count) - 1;
    let bounds = [row, last(row, cell.rows), column, last(column, cell.columns)];
    record(176, &numbers(&bounds.map(|bound| u32::try_from(bound).expect("a small sheet"))))
}

/// Two fonts, a fill for each colour, and the styles that name them.
fn styles(fills: &[[u8; 3]]) -> Vec<u8> {
    let font = |weight: u16| {
        let start: Vec<u8> = [220_u16, 0, weight].iter().flat_map(|number| number.to_le_bytes()).collect();
        record(43, &[&start[..], &[0; 19]].concat())
    };
    let solid = |[red, green, blue]: [u8; 3]| {
        let front = [5, 0, 0, 0, red, green, blue, 255];
        record(45, &[&numbers(&[1]), &front[..], &[2, 64, 0, 0, 0, 0, 0, 0], &[0; 48]].concat())
    };
    let xf = |format: u16, font: u16, fill: u16| {
        let start: Vec<u8> = [0, format, font, fill, 0].iter().flat_map(|number: &u16| number.to_le_bytes()).collect();
        record(47, &[&start[..], &[0; 6]].concat())
    };
    let mut out =
        [record(278, &[]), record(611, &numbers(&[2])), font(400), font(700), record(612, &[]), record(603, &[])].concat();
    out.extend(record(45, &[0; 68]));
    out.extend(fills.iter().flat_map(|fill| solid(*fill)));
    out.extend([record(604, &[]), record(617, &[]), xf(0, 0, 0), xf(0, 1, 0), xf(14, 0, 0)].concat());
    out.extend((1..).zip(fills).flat_map(|(fill, _)| xf(0, 0, fill)));
    out.extend([record(618, &[]), record(279, &[])].concat());
    out
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    varint(u32::from(kind), &mut out);
    varint(u32::try_from(data.len()).expect("a short record"), &mut out);
    out.extend_from_slice(data);
    out
}

/// Seven bits a byte, the lowest first (MS-XLSB 2.1.4).
fn varint(mut number: u32, out: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(number & 0x7F).expect("seven bits");
        number >>= 7;
        out.push(if number == 0 { low } else { low | 0x80 });
        if number == 0 {
            return;
        }
    }
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A text with its length in front.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [numbers(&[u32::try_from(units.len() / 2).expect("a short text")]), units].concat()
}
