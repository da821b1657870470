//! Characters as they are meant: ligatures written out, marks of no width removed, symbols of symbol fonts told.

/// Symbols that fonts such as Symbol and Wingdings put into the private use area (0xf000 and the code).
const SYMBOLS: [(char, char); 17] = [
    ('\u{f0b7}', '\u{2022}'),
    ('\u{f0a7}', '\u{25aa}'),
    ('\u{f0a8}', '\u{2610}'),
    ('\u{f06f}', '\u{2610}'),
    ('\u{f071}', '\u{2610}'),
    ('\u{f078}', '\u{2612}'),
    ('\u{f0fd}', '\u{2612}'),
    ('\u{f0fe}', '\u{2611}'),
    ('\u{f0fc}', '\u{2713}'),
    ('\u{f0fb}', '\u{2717}'),
    ('\u{f0d8}', '\u{27a2}'),
    ('\u{f0d2}', '\u{2794}'),
    ('\u{f0e0}', '\u{2192}'),
    ('\u{f02d}', '-'),
    ('\u{f020}', ' '),
    ('\u{f06c}', '\u{25cf}'),
    ('\u{f06e}', '\u{25a0}'),
];

/// `text` with ligatures written out, without what has neither width nor meaning. A soft hyphen at the end stays as a hyphen,
/// since it is printed there.
pub(super) fn written_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            '\u{ad}' if rest.peek().is_none() => out.push('-'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_control() || c.is_whitespace() => {}
            '\u{f000}'..='\u{f0ff}' => out.push(symbol(c)),
            c => out.push(c),
        }
    }
    out
}

fn symbol(c: char) -> char {
    SYMBOLS.iter().find(|(code, _)| *code == c).map_or(c, |(_, meant)| *meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_are_written_out() {
        assert_eq!(written_out("e\u{fb03}cient"), "efficient");
        assert_eq!(written_out("dis\u{ad}charge\u{ad}"), "discharge-");
        assert_eq!(written_out("\u{f0b7}"), "\u{2022}");
    }
}
