//! Which delimiter a text uses, told by how evenly each candidate divides its lines.

use csv::ByteRecord;
use csv::ReaderBuilder;

use crate::readers::delimited::quotes;

/// Delimiters that returns have been seen with.
const CANDIDATES: [u8; 4] = *b",;\t|";

/// Bytes that are looked at; some hundred rows of long cells.
const SAMPLE_BYTES: usize = 256 * 1024;

/// A delimiter and how well it fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::readers) struct Dialect {
    /// The delimiter.
    pub(in crate::readers) delimiter: u8,
    /// 0 to 1; higher fits better.
    pub(in crate::readers) score: f64,
    /// Number of cells of most records.
    pub(in crate::readers) columns: usize,
    /// Number of records with that many.
    pub(in crate::readers) records: usize,
    /// Share of records of two and more cells that have that many.
    pub(in crate::readers) even: f64,
    /// Share of fields after a delimiter that open with a space, as prose has them.
    pub(in crate::readers) spaced: f64,
    /// Quotation marks are surely marks of quoting.
    pub(in crate::readers) certainly_quoted: bool,
}

/// The delimiter that a first line `sep=;` declares for spreadsheet programs, and the length of that line.
pub(super) fn declared(text: &str) -> (Option<u8>, usize) {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    let value = line.trim_end_matches(['\r', '\n']).trim_matches('"');
    let value = value.get(..4).filter(|key| key.eq_ignore_ascii_case("sep=")).and_then(|_| value.as_bytes().get(4..));
    match value {
        Some([delimiter]) if delimiter.is_ascii() && !delimiter.is_ascii_alphanumeric() => (Some(*delimiter), line.len()),
        _ => (None, 0),
    }
}

/// The best delimiter; none where no candidate divides any line.
pub(in crate::readers) fn sniff(text: &str) -> Option<Dialect> {
    let sample = sample(text);
    let dialects = CANDIDATES.iter().filter_map(|delimiter| profile(sample, *delimiter));
    dialects.max_by(|a, b| a.score.total_cmp(&b.score))
}

/// The opening of the text in whole lines.
fn sample(text: &str) -> &str {
    let Some(head) = text.as_bytes().get(..SAMPLE_BYTES) else { return text };
    let end = head.iter().rposition(|b| *b == b'\n').map_or(SAMPLE_BYTES, |at| at + 1);
    let end = (end..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// How one delimiter divides the sample; none where it divides nothing.
fn profile(sample: &str, delimiter: u8) -> Option<Dialect> {
    if !sample.as_bytes().contains(&delimiter) {
        return None;
    }
    let quotes = quotes::count(sample, delimiter);
    let body = quotes::repair(sample, delimiter);
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(body.as_bytes());
    let mut record = ByteRecord::new();
    let mut tally = Tally::default();
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        tally.add(&record, delimiter);
    }
    let (columns, records) = tally.mode()?;
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { ratio(part, whole) };
    let even = share(records, tally.divided);
    let spaced = share(tally.spaced, tally.inner);
    let covered = share(records, tally.records);
    let strange = share(tally.foreign + quotes.wrong, tally.fields);
    let score = (0.5 * even + 0.5 * covered) * (1.0 - spaced) * (1.0 - strange) * (1.0 - 1.0 / ratio(columns, 1));
    Some(Dialect { delimiter, score, columns, records, even, spaced, certainly_quoted: quotes.is_certain() })
}

#[expect(clippy::cast_precision_loss, reason = "counts of a sample are far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Counts over the records of a sample.
#[derive(Default)]
struct Tally {
    records: usize,
    /// Records of two and more fields.
    divided: usize,
    fields: usize,
    /// Fields after a delimiter that hold something.
    inner: usize,
    spaced: usize,
    /// Fields that hold what is nearly always a delimiter: a tab, a pipe, a semicolon without a space after it.
    foreign: usize,
    /// Number of records by number of fields.
    widths: Vec<usize>,
}

/// Widest record that is counted apart; wider ones count as this.
const WIDEST: usize = 4096;

impl Tally {
    fn add(&mut self, record: &ByteRecord, delimiter: u8) {
        let width = record.len().min(WIDEST);
        if width == 1 && record.get(0).is_none_or(|field| field.trim_ascii().is_empty()) {
            return;
        }
        self.records += 1;
        self.divided += usize::from(width > 1);
        self.fields += record.len();
        if self.widths.len() <= width {
            self.widths.resize(width + 1, 0);
        }
        if let Some(count) = self.widths.get_mut(width) {
            *count += 1;
        }
        for (column, field) in record.iter().enumerate() {
            self.inner += usize::from(column > 0 && !field.trim_ascii().is_empty());
            self.spaced += usize::from(column > 0 && field.first() == Some(&b' ') && !field.trim_ascii().is_empty());
            self.foreign += usize::from(is_foreign(field, delimiter));
        }
    }

    /// The most frequent width of two and more with its count; the wider of two.
    fn mode(&self) -> Option<(usize, usize)> {
        let (width, count) = self.widths.iter().enumerate().skip(2).max_by_key(|(_, count)| **count)?;
        (*count > 0).then_some((width, *count))
    }
}

fn is_foreign(field: &[u8], delimiter: u8) -> bool {
    let bare = |pair: &[u8]| matches!(pair, [b';', next] if !next.is_ascii_whitespace());
    field.iter().any(|b| (*b == b'\t' || *b == b'|') && *b != delimiter)
        || (delimiter != b';' && (field.windows(2).any(bare) || field.last() == Some(&b';')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(text: &str) -> Option<char> {
        sniff(text).map(|dialect| char::from(dialect.delimiter))
    }

    #[test]
    fn delimiters_are_told() {
        assert_eq!(delimiter("Ref,Action\n1,Plan\n2,Do\n"), Some(','));
        assert_eq!(delimiter("Ref;Action\n1;Plan, do\n2;Do, check, act\n"), Some(';'));
        assert_eq!(delimiter("Ref\tAction\n1\tPlan, do\n"), Some('\t'));
        assert_eq!(delimiter("Ref|Action|Lead\n1|Plan; do|A\n2|x|B\n"), Some('|'));
        assert_eq!(delimiter("1,5;2,5;3,5\n1,5;2,5;4,5\n"), Some(';'));
        assert_eq!(delimiter("no delimiter\n"), None);
    }

    #[test]
    fn a_preamble_with_commas_does_not_mislead() {
        let text = "Plan for Westmarch, Eastvale, and the coast\nas of May, 2018\n\nRef;Action;Lead\n1;Plan, and do;A\n2;Do;B\n";
        assert_eq!(delimiter(text), Some(';'));
    }

    #[test]
    fn a_declared_delimiter_counts() {
        assert_eq!(declared("sep=;\r\na;b"), (Some(b';'), 7));
        assert_eq!(declared("sep\na"), (None, 0));
        assert_eq!(declared(""), (None, 0));
    }
}
