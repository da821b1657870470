//! The one notion of "the same words" that all stages share: collapsing of white space, folding, tokens.

use std::borrow::Cow;

/// Collapses runs of white space to one space and trims the ends; borrows where nothing changes.
#[must_use]
pub fn collapse(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let clean = !bytes.first().is_some_and(u8::is_ascii_whitespace)
        && !bytes.last().is_some_and(u8::is_ascii_whitespace)
        && !bytes.windows(2).any(|pair| pair == b"  ")
        && !bytes.iter().any(|b| b.is_ascii_whitespace() && *b != b' ')
        && (text.is_ascii() || !text.chars().any(|c| c.is_whitespace() && c != ' '));
    if clean {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

/// Folds `text` for comparison: lower case, `&` as "and", typographic quotes, dashes and every other mark as a space, an
/// apostrophe inside a word dropped. The result holds letters and digits with single spaces between.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// As [`fold`], into a buffer that is cleared first.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        *out = fold_ascii(text.as_bytes(), std::mem::take(out).into_bytes());
        return;
    }
    out.clear();
    let mut gap = false;
    let mut push = |c: char, gap: &mut bool| {
        if *gap && !out.is_empty() {
            out.push(' ');
        }
        *gap = false;
        out.push(c);
    };
    for c in text.chars() {
        match c {
            '\'' | '\u{2019}' | '\u{2018}' | '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            '&' => {
                gap = true;
                for c in "and".chars() {
                    push(c, &mut gap);
                }
                gap = true;
            }
            c if c.is_ascii_alphanumeric() => push(c.to_ascii_lowercase(), &mut gap),
            c if c.is_alphanumeric() => {
                for c in c.to_lowercase() {
                    push(c, &mut gap);
                }
            }
            _ => gap = true,
        }
    }
}

/// What [`fold`] makes of each byte of ASCII: a letter or digit, or one of the three below.
const FOLDED: [u8; 128] = {
    let mut folded = [GAP; 128];
    let mut byte = 0;
    while byte < 128 {
        folded[byte as usize] = match byte {
            b'0'..=b'9' | b'a'..=b'z' => byte,
            b'A'..=b'Z' => byte | 0x20,
            b'&' => AND,
            b'\'' => NOTHING,
            _ => GAP,
        };
        byte += 1;
    }
    folded
};

/// A mark, which parts words.
const GAP: u8 = 0;

/// A mark that is dropped.
const NOTHING: u8 = 1;

/// The word "and".
const AND: u8 = 2;

/// As [`fold_into`], for texts without a letter or mark beyond ASCII: nearly all, and many times each.
fn fold_ascii(text: &[u8], mut out: Vec<u8>) -> String {
    out.clear();
    out.reserve(text.len());
    let mut gap = false;
    for byte in text {
        match FOLDED[usize::from(byte & 127)] {
            GAP => gap = true,
            NOTHING => {}
            AND => {
                if !out.is_empty() {
                    out.push(b' ');
                }
                out.extend_from_slice(b"and");
                gap = true;
            }
            letter => {
                if gap && !out.is_empty() {
                    out.push(b' ');
                }
                gap = false;
                out.push(letter);
            }
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// The words of `text` as the law of conservation counts them: maximal runs of letters and digits, lower case, apostrophes
/// dropped.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        match c {
            '\'' | '\u{2019}' | '\u{2018}' => {}
            c if c.is_alphanumeric() => word.extend(c.to_lowercase()),
            _ if !word.is_empty() => out.push(std::mem::take(&mut word)),
            _ => {}
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// Whether `text` holds at least one letter or digit.
#[must_use]
pub fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fold_keeps_words_only() {
        assert_eq!(fold("Home First / Discharge-to-Assess (D2A)"), "home first discharge to assess d2a");
        assert_eq!(fold("People\u{2019}s choice & voice"), "peoples choice and voice");
        assert_eq!(fold("H&F"), "h and f");
    }

    #[test]
    fn marks_beyond_ascii_change_no_other_words() {
        for text in ["H&F", "&", "A & B", "it's  A/B-c", " -x- ", "", "7DS: R&D, 24/7"] {
            let mut longer = String::new();
            fold_into(&format!("{text} \u{e9}"), &mut longer);
            assert_eq!(longer, format!("{} \u{e9}", fold(text)).trim_start(), "{text}");
        }
    }

    #[test]
    fn collapse_borrows_clean_text() {
        assert!(matches!(collapse("a b"), Cow::Borrowed(_)));
        assert_eq!(collapse(" a \n b\u{a0}c "), "a b c");
    }
}
