//! References and numbers in front of texts: "1.1.1", "5.", "2.4 -".

/// A number in front of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbered<'s> {
    /// The number as written, without marks around it: "5", "1.1.1".
    pub number: &'s str,
    /// How many levels it has: 1 for "5.", 3 for "1.1.1".
    pub levels: usize,
    /// What follows, marks and blanks dropped.
    pub rest: &'s str,
}

/// Reads a number of up to four levels of up to three digits in front of `text`.
#[must_use]
pub fn numbered(text: &str) -> Option<Numbered<'_>> {
    let text = text.trim_start();
    let bytes = text.as_bytes();
    let mut end = 0;
    let mut levels = 0;
    loop {
        let digits = bytes[end..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || digits > 3 {
            break;
        }
        end += digits;
        levels += 1;
        if levels == 4 || bytes.get(end) != Some(&b'.') || !bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            break;
        }
        end += 1;
    }
    if levels == 0 || text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '/' || c == '%') {
        return None;
    }
    let number = text[..end].trim_end_matches('.');
    let rest = text[end..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ')' | ':' | '-' | '–' | '—'));
    Some(Numbered { number, levels, rest })
}

/// The letter or the Roman number before the bracket that closes `word`, as entries are counted: "a)", "(iv)".
#[must_use]
pub fn closed_letter(word: &str) -> Option<&str> {
    let letters = word.strip_suffix(')')?;
    Some(letters.strip_prefix('(').unwrap_or(letters)).filter(|letters| is_counting(letters))
}

/// Whether letters count: one alone, or a Roman number.
#[must_use]
pub fn is_counting(letters: &str) -> bool {
    let roman = letters.bytes().all(|b| matches!(b.to_ascii_lowercase(), b'i' | b'v' | b'x')) && letters.len() <= 5;
    !letters.is_empty() && (roman || (letters.len() == 1 && letters.bytes().all(|b| b.is_ascii_alphabetic())))
}

/// Whether `text` is a reference and nothing else.
#[must_use]
pub fn is_reference_only(text: &str) -> bool {
    numbered(text).is_some_and(|n| n.rest.is_empty())
}

/// Whether `text` is a code that counts, and nothing else: "W01", "IBCF-3".
#[must_use]
pub fn is_code(text: &str) -> bool {
    /// Longest code in bytes.
    const LONGEST: usize = 8;
    let text = text.trim();
    text.len() <= LONGEST
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.ends_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, number: &str, levels: usize, rest: &str) {
        assert_eq!(numbered(text), Some(Numbered { number, levels, rest }), "{text:?}");
    }

    #[test]
    fn codes_that_count() {
        assert!(["W01", "IBCF-3", "A1.2"].into_iter().all(is_code));
        assert!(!["W", "Ward 12", "7DS", "Home1", "01", ""].into_iter().any(is_code));
    }

    #[test]
    fn letters_that_count() {
        assert_eq!(closed_letter("a)"), Some("a"));
        assert_eq!(closed_letter("(iv)"), Some("iv"));
        assert_eq!(closed_letter("bed)"), None);
        assert_eq!(closed_letter("a."), None);
    }

    #[test]
    fn reads_levels() {
        check("1.1.1 Identify the gap", "1.1.1", 3, "Identify the gap");
        check("6.2.1- Care providers", "6.2.1", 3, "Care providers");
        check("5. Estates", "5", 1, "Estates");
        check("2.Flow", "2", 1, "Flow");
        check("4.1.2", "4.1.2", 3, "");
    }

    #[test]
    fn leaves_other_figures_alone() {
        for text in ["24/7 cover", "2x posts", "19% of delays", "2017", "no number", ""] {
            assert_eq!(numbered(text), None, "{text:?}");
        }
    }
}
