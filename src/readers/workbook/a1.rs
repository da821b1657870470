//! Positions and ranges in A1 form.

use crate::model::location::CellRange;
use crate::model::location::ColumnIndex;
use crate::model::location::RowIndex;

/// Row and column, zero-based, of "B12" or "$B$12".
pub(super) fn position(text: &str) -> Option<(u32, u32)> {
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut digits = false;
    for byte in text.bytes() {
        match byte {
            b'$' => {}
            b'0'..=b'9' => {
                digits = true;
                row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
            }
            b'A'..=b'Z' | b'a'..=b'z' if !digits => {
                column = column.checked_mul(26)?.checked_add(u32::from(byte.to_ascii_uppercase() - b'A') + 1)?;
            }
            _ => return None,
        }
    }
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// The range of "B2:D9" or "B2".
pub(super) fn range(text: &str) -> Option<CellRange> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((first_row, first_column), (last_row, last_column)) = (position(first)?, position(last)?);
    Some(CellRange {
        first_row: RowIndex(first_row.min(last_row)),
        first_column: ColumnIndex(first_column.min(last_column)),
        last_row: RowIndex(first_row.max(last_row)),
        last_column: ColumnIndex(first_column.max(last_column)),
    })
}

/// The ranges of "B2:D9 F1".
pub(super) fn ranges(text: &str) -> Vec<CellRange> {
    text.split_ascii_whitespace().filter_map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_zero_based() {
        assert_eq!(position("A1"), Some((0, 0)));
        assert_eq!(position("$XFD$1048576"), Some((1_048_575, 16_383)));
        for text in ["", "A", "1", "A0", "1A", "A1B", "A99999999999", "R1C1"] {
            assert_eq!(position(text), None, "{text}");
        }
        assert_eq!(ranges("B2:A1 C3").iter().map(ToString::to_string).collect::<Vec<_>>(), ["A1:B2", "C3"]);
    }
}
