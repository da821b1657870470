//! Numbers as lists print them.

use crate::readers::numerals::letters;
use crate::readers::numerals::roman;

/// Numbers up to this are written in letters: eight of them at most.
const MOST_IN_LETTERS: u32 = 8 * 26;

/// Numbers up to this are written in Roman numerals.
const MOST_IN_ROMAN: u32 = 3_999;

/// A number in a format of `ST_NumberFormat` (ECMA-376 part 1, 17.18.59); in digits where the format is none of the usual ones.
pub(super) fn written(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" | "a" | "upperLetter" | "A" if number == 0 => String::new(),
        "lowerLetter" | "a" => letters(number, MOST_IN_LETTERS).to_lowercase(),
        "upperLetter" | "A" => letters(number, MOST_IN_LETTERS),
        "lowerRoman" | "i" => roman(number, MOST_IN_ROMAN).to_lowercase(),
        "upperRoman" | "I" => roman(number, MOST_IN_ROMAN),
        "decimalZero" => format!("{number:02}"),
        "ordinal" => format!("{number}{}", ordinal_end(number)),
        "none" | "" => String::new(),
        _ => number.to_string(),
    }
}

fn ordinal_end(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn numbers_are_written_as_lists_print_them() {
        let cases = [
            (4, "decimal", "4"),
            (4, "decimalZero", "04"),
            (28, "lowerLetter", "bb"),
            (1994, "upperRoman", "MCMXCIV"),
            (4, "lowerRoman", "iv"),
            (12, "ordinal", "12th"),
            (22, "ordinal", "22nd"),
            (7, "chicago", "7"),
            (u32::MAX, "upperLetter", "4294967295"),
            (0, "lowerLetter", ""),
        ];
        for (number, format, expected) in cases {
            assert_eq!(written(number, format), expected, "{number} {format}");
        }
    }
}
