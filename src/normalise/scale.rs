//! A document's own codes for the levels, as its key gives them: "N = Not yet established, P = Plans in place", "0 Not yet
//! established, 1 Plans in place".

use crate::model::cells::Cells;
use crate::model::record::Level;
use crate::model::source::GridRow;
use crate::model::table::Content;
use crate::model::table::Layout;
use crate::model::text::fold;

/// Fewest entries that are a key.
const FEWEST: usize = 3;

/// Most entries: one a level.
const MOST: usize = 5;

/// Longest code in bytes.
const LONGEST: usize = 6;

/// Codes of levels.
#[derive(Clone, Debug, Default)]
pub(super) struct Scale {
    codes: Vec<(String, Level)>,
}

impl Scale {
    /// Reads the first key of a layout that gives at least three levels a code.
    pub(super) fn read(layout: &Layout<'_>, cells: &Cells) -> Self {
        let mut rows = Vec::new();
        for line in &layout.lines {
            let codes = match &line.content {
                Content::Text(block) => entries(&block.text, cells),
                Content::Pieces(pieces) => pieces.iter().flat_map(|piece| entries(piece.text, cells)).collect(),
                Content::Row(row) => {
                    let across: Vec<_> = row.texts().flat_map(|cell| entries(&cell.text, cells)).collect();
                    let found = pair(row, cells).filter(|_| across.is_empty());
                    // There are no more levels than these; longer runs of such rows are a list.
                    if found.is_none() || rows.len() >= MOST {
                        rows.clear();
                    }
                    rows.extend(found);
                    if across.is_empty() { rows.clone() } else { across }
                }
            };
            if is_key(&codes) {
                return Self { codes };
            }
        }
        Self::default()
    }

    /// The level that `text` is the code of.
    pub(super) fn of(&self, text: &str) -> Option<Level> {
        if self.codes.is_empty() || text.trim().len() > LONGEST {
            return None;
        }
        let code = fold(text);
        self.codes.iter().find(|(known, _)| *known == code).map(|(_, level)| *level)
    }
}

/// Whether codes tell levels apart: there are enough, each once, and each for a level of its own.
fn is_key(codes: &[(String, Level)]) -> bool {
    let once = |(index, (code, level)): (usize, &(String, Level))| {
        codes.iter().skip(index + 1).all(|(other, of)| other != code && of != level)
    };
    // Numbers count from the lowest level on; others count rows.
    let digit = |(code, _): &(String, Level)| code.parse::<u8>().ok();
    let numbers: Option<Vec<u8>> = codes.iter().map(digit).collect();
    let counts = numbers.is_none_or(|numbers| {
        let first = matches!(codes.first(), Some((code, Level::NotYetEstablished)) if code == "0" || code == "1");
        first && numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]) && codes.windows(2).all(|pair| pair[0].1 < pair[1].1)
    });
    counts && codes.len() >= FEWEST && codes.iter().enumerate().all(once)
}

/// "P | Plans in place": a row of a key.
fn pair(row: &GridRow, cells: &Cells) -> Option<(String, Level)> {
    let mut texts = row.texts();
    let (code, level, None) = (texts.next()?, texts.next()?, texts.next()) else { return None };
    Some((code_of(&code.text)?, cells.level(&level.text)?))
}

/// The entries of a text, parted by commas and their like: each a code and its level.
fn entries(text: &str, cells: &Cells) -> Vec<(String, Level)> {
    let parts = text.split([',', ';', '\n', '|', '\t']);
    parts.filter_map(|part| entry(part.trim(), cells)).collect()
}

/// "P = Plans in place", "Key: 0 Not yet established".
fn entry(part: &str, cells: &Cells) -> Option<(String, Level)> {
    let signs = |text: &str| -> Option<(String, Level)> {
        let (code, level) = text.split_once(['=', ':', '-', '\u{2013}']).or_else(|| text.split_once(' '))?;
        let level = level.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | ':' | '-' | '\u{2013}'));
        // "1. Established" beside "Level 1": a level that begins with a word.
        let named = level.starts_with(char::is_alphabetic);
        Some((code_of(code)?, cells.level(level).filter(|_| named)?))
    };
    signs(part).or_else(|| signs(part.split_once(':')?.1.trim_start()))
}

/// A code: a few letters or a digit, and no word of a sentence.
fn code_of(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['\'', '"', '\u{2018}', '\u{2019}', '(', ')', '.']);
    let code = !text.is_empty() && text.len() <= LONGEST && text.chars().all(char::is_alphanumeric);
    let short = text.bytes().all(|b| b.is_ascii_digit()) || text.chars().all(char::is_uppercase);
    (code && short).then(|| fold(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::Vocabulary;

    fn read(text: &str) -> Vec<(String, Level)> {
        entries(text, &Cells::new(Vocabulary::embedded()))
    }

    #[test]
    fn letters_and_digits_stand_for_levels() {
        let letters = read("Key: N = Not yet established, P = Plans in place, E = Established, M = Mature, X = Exemplary");
        assert_eq!(letters.len(), 5);
        assert_eq!(letters.first(), Some(&("n".to_owned(), Level::NotYetEstablished)));
        assert!(is_key(&letters));
        let digits = read("Levels: 0 Not yet established, 1 Plans in place, 2 Established");
        assert_eq!(digits.last(), Some(&("2".to_owned(), Level::Established)));
    }

    #[test]
    fn running_text_is_no_key() {
        assert!(read("The homes are established, the hub is mature, and the rest is planned").is_empty());
        assert!(!is_key(&read("P = Plans in place, E = Established")));
        assert!(!is_key(&read("A = Mature, B = Mature, C = Established")));
    }
}
