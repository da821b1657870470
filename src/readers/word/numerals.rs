//! Numbers as lists print them.

/// Most letters that a number in letters takes.
const MOST_LETTERS: u32 = 8;

/// A number in a format of `ST_NumberFormat` (ECMA-376 part 1, 17.18.59); in digits where the format is none of the usual ones.
pub(super) fn written(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" | "a" => letters(number).to_lowercase(),
        "upperLetter" | "A" => letters(number),
        "lowerRoman" | "i" => roman(number).to_lowercase(),
        "upperRoman" | "I" => roman(number),
        "decimalZero" => format!("{number:02}"),
        "ordinal" => format!("{number}{}", ordinal_end(number)),
        "none" | "" => String::new(),
        _ => number.to_string(),
    }
}

/// A, B … Z, AA, BB … as Word counts.
fn letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else { return String::new() };
    let times = index / 26 + 1;
    if times > MOST_LETTERS {
        return number.to_string();
    }
    let letter = char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    (0..times).map(|_| letter).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number >= 4000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            rest -= value;
            out.push_str(sign);
        }
    }
    out
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
