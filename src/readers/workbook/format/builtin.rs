//! The formats that a workbook names by number alone.

/// The code of a built-in format (ECMA-376 part 1, 18.8.30) as a British Excel has it; `None` for General and for numbers that
/// stand for nothing.
pub(in crate::readers::workbook) fn builtin(id: u16) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "\"£\"#,##0;-\"£\"#,##0",
        7 | 8 => "\"£\"#,##0.00;-\"£\"#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 | 27..=36 | 50..=58 => "dd/mm/yyyy",
        15 => "dd-mmm-yy",
        16 => "dd-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "hh:mm",
        21 => "hh:mm:ss",
        22 => "dd/mm/yyyy hh:mm",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 => "#,##0;-#,##0;\"-\"",
        42 => "\"£\"#,##0;-\"£\"#,##0;\"£-\"",
        43 => "#,##0.00;-#,##0.00;\"-\"",
        44 => "\"£\"#,##0.00;-\"£\"#,##0.00;\"£-\"",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}
