//! Quotation marks that do not quote.
//!
//! A field is quoted when it opens with a quotation mark and the closing one stands right before a delimiter or a line end.
//! Other fields that open with one (`"Home" beds`, a mark never closed) hold it as text; left alone, a parser would run on
//! over the rows below.

use std::borrow::Cow;

/// Longest quoted field, in bytes: four for each of the 32,767 characters that a cell of a workbook holds.
const LONGEST_FIELD: usize = 4 * 32_767;

/// Text in which every field that opens with a quotation mark is rightly quoted; borrows where that was so. Lines keep their
/// numbers.
pub(super) fn repair(text: &str, delimiter: u8) -> Cow<'_, str> {
    if !text.contains('"') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out: Option<String> = None;
    let (mut copied, mut at) = (0, 0);
    while at < bytes.len() {
        if bytes.get(at) != Some(&b'"') {
            at = next_field(bytes, at, delimiter);
            continue;
        }
        if let Some(end) = closing(bytes, at, delimiter) {
            at = next_field(bytes, end, delimiter);
            continue;
        }
        let end = field_end(bytes, at, delimiter);
        let out = out.get_or_insert_with(|| String::with_capacity(text.len() + 64));
        out.push_str(text.get(copied..at).unwrap_or_default());
        out.push('"');
        out.push_str(&text.get(at..end).unwrap_or_default().replace('"', "\"\""));
        out.push('"');
        copied = end;
        at = next_field(bytes, end, delimiter);
    }
    match out {
        Some(mut out) => {
            out.push_str(text.get(copied..).unwrap_or_default());
            Cow::Owned(out)
        }
        None => Cow::Borrowed(text),
    }
}

/// How quotation marks at the start of fields are used.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Fields rightly quoted that need it: a delimiter, line end or quotation mark is in them.
    pub(super) needed: usize,
    /// Fields rightly quoted that hold a comma.
    pub(super) commas: usize,
    /// Other fields that hold a comma.
    pub(super) bare_commas: usize,
    /// Fields that open with a quotation mark and are not rightly quoted.
    pub(super) wrong: usize,
}

impl Count {
    /// Whether quotation marks are surely marks of quoting: all that open a field quote it rightly, and one field needs it, or
    /// just the fields with commas are quoted, as spreadsheet programs save Unicode text.
    pub(super) fn is_certain(&self) -> bool {
        self.wrong == 0 && (self.needed > 0 || (self.commas > 0 && self.bare_commas == 0))
    }
}

/// Counts the fields that open with a quotation mark.
pub(super) fn count(text: &str, delimiter: u8) -> Count {
    let bytes = text.as_bytes();
    let mut count = Count::default();
    let mut at = 0;
    while at < bytes.len() {
        let quoted = bytes.get(at) == Some(&b'"');
        let close = if quoted { closing(bytes, at, delimiter) } else { None };
        let end = next_field(bytes, close.unwrap_or(at), delimiter);
        let field = bytes.get(at..end - 1).unwrap_or_default();
        let comma = field.contains(&b',');
        if let Some(close) = close {
            let inner = bytes.get(at + 1..close - 1).unwrap_or_default();
            count.needed += usize::from(inner.iter().any(|b| *b == delimiter || matches!(b, b'\n' | b'"')));
            count.commas += usize::from(comma);
        } else {
            count.wrong += usize::from(quoted);
            count.bare_commas += usize::from(comma);
        }
        at = end;
    }
    count
}

/// Position after the mark that closes the field opened at `open`, if a delimiter or line end stands there.
fn closing(bytes: &[u8], open: usize, delimiter: u8) -> Option<usize> {
    let mut at = open + 1;
    let last = open.saturating_add(LONGEST_FIELD).min(bytes.len());
    loop {
        at += bytes.get(at..last)?.iter().position(|b| *b == b'"')? + 1;
        match bytes.get(at) {
            Some(b'"') => at += 1,
            None | Some(b'\n' | b'\r') => return Some(at),
            Some(b) => return (*b == delimiter).then_some(at),
        }
    }
}

fn field_end(bytes: &[u8], at: usize, delimiter: u8) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|b| *b == delimiter || *b == b'\n' || *b == b'\r').map_or(bytes.len(), |found| at + found)
}

fn next_field(bytes: &[u8], at: usize, delimiter: u8) -> usize {
    field_end(bytes, at, delimiter) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_quotes_are_left_alone() {
        for text in ["a,\"b\",c", "\"a\n,b\"\r\n", "\"say \"\"so\"\"\",x", "\"\",\"\"", "a \"b\",c"] {
            assert_eq!(repair(text, b','), text);
        }
    }

    #[test]
    fn wrong_quotes_become_text() {
        assert_eq!(repair("\"a\" b,c", b','), "\"\"\"a\"\" b\",c");
        assert_eq!(repair("x,\"a\n1,2\n", b','), "x,\"\"\"a\"\n1,2\n");
    }

    #[test]
    fn counts_tell_right_from_wrong() {
        assert_eq!(count("\"a\",\"b\" c\n\"d\ne\"", b','), Count { needed: 1, wrong: 1, ..Count::default() });
    }
}
