//! The plan as a workbook of Excel.

use rust_xlsxwriter::Color;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::XlsxError;

use crate::plan::Cell;
use crate::plan::Plan;

/// A workbook of one sheet.
pub(crate) fn xlsx(plan: &Plan) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, column, cell) in plan.cells() {
        let (row, column) = (u32::try_from(row).expect("few rows"), u16::try_from(column).expect("few columns"));
        let format = format(cell);
        if cell.rows > 1 || cell.columns > 1 {
            sheet.merge_range(row, column, row + u32::from(cell.rows) - 1, column + cell.columns - 1, &cell.text, &format)?;
        } else if let Some(serial) = cell.date {
            sheet.write_number_with_format(row, column, serial, &format)?;
        } else if cell.text.is_empty() {
            sheet.write_blank(row, column, &format)?;
        } else {
            sheet.write_string_with_format(row, column, &cell.text, &format)?;
        }
    }
    workbook.save_to_buffer()
}

fn format(cell: &Cell) -> Format {
    let mut format = Format::new();
    if cell.date.is_some() {
        format = format.set_num_format("dd/mm/yyyy");
    }
    if cell.bold {
        format = format.set_bold();
    }
    match cell.fill {
        Some([red, green, blue]) => {
            let rgb = u32::from_be_bytes([0, red, green, blue]);
            format.set_background_color(Color::RGB(rgb))
        }
        None => format,
    }
}
