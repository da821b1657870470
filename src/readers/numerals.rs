//! Numbers as lists and pages print them: Roman numerals, and letters that are repeated after Z.

/// `number` in Roman numerals; in digits above `most`.
pub(super) fn roman(number: u32, most: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
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
    if number > most {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, numeral) in NUMERALS {
        while rest >= value {
            rest -= value;
            out.push_str(numeral);
        }
    }
    out
}

/// A to Z, then AA to ZZ, and so on; in digits for 0 and above `most`.
pub(super) fn letters(number: u32, most: u32) -> String {
    let Some(index) = number.checked_sub(1).filter(|_| number <= most) else { return number.to_string() };
    let letter = char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    (0..=index / 26).map(|_| letter).collect()
}
