//! What a document's key says of its ratings: "Blue = complete, Yellow = no return received", a coloured cell beside its meaning.
//!
//! A key is read where it stands outside the items. It tells what a cell means that names no colour ("On track"), what a colour means
//! that no scheme has in common, and which colour is no rating.

use super::rag::RagReading;
use super::rag::Ratings;
use super::wordspan::word_spans;
use crate::model::audit::Became;
use crate::model::record::Rag;
use crate::model::source::GridCell;
use crate::model::table::Content;
use crate::model::table::Layout;
use crate::model::text::fold;

/// Words of the longest meaning; a longer one is a remark on it, and prose.
const LONGEST: usize = 8;

/// Words of the longest code ("Not yet due").
const LONGEST_CODE: usize = 4;

/// Least difference between the strongest and the weakest channel of a colour, 0 to 255: that of a rating's fill.
const FAINTEST: u8 = 40;

/// Entries without which a line is no key: "Amber: at risk" alone may be said of anything.
const FEWEST: usize = 2;

/// The keys of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Legend {
    texts: Vec<(Vec<String>, Rag)>,
    fills: Vec<([u8; 3], Rag)>,
}

impl Legend {
    /// Reads the keys of a layout.
    pub(super) fn read(layout: &Layout<'_>, ratings: &Ratings) -> Self {
        let mut legend = Self::default();
        let explains = |became| matches!(became, Became::Legend | Became::Narrative | Became::Section | Became::PageFurniture);
        for line in layout.lines.iter().filter(|line| explains(line.became)) {
            match &line.content {
                Content::Text(block) => legend.text(&block.text, ratings),
                Content::Row(row) => legend.row(&row.cells, ratings),
                Content::Pieces(pieces) => pieces.iter().for_each(|piece| legend.text(piece.text, ratings)),
            }
        }
        if legend.texts.len() < FEWEST * 2 {
            legend.texts.clear();
        }
        legend
    }

    /// The rating of a cell whose text is a code or a meaning of the key, or begins with a meaning.
    pub(super) fn of_text(&self, text: &str) -> Option<RagReading> {
        if self.texts.is_empty() {
            return None;
        }
        let words = word_spans(text);
        let begins = |known: &[String]| known.len() <= words.len() && known.iter().zip(&words).all(|(a, b)| *a == b.lower);
        let fits = |known: &[String]| begins(known) && (known.len() == words.len() || known.len() > 1);
        let (known, value) = self.texts.iter().filter(|(known, _)| fits(known)).max_by_key(|(known, _)| known.len())?;
        let (first, last) = (words.first()?, words.get(known.len() - 1)?);
        Some(RagReading { value: *value, raw: text.get(first.at.start..last.at.end)?.to_owned() })
    }

    /// The rating that the key gives a fill.
    pub(super) fn of_fill(&self, fill: [u8; 3]) -> Option<Rag> {
        self.fills.iter().find(|(known, _)| *known == fill).map(|(_, value)| *value)
    }

    /// Entries in a text, parted by commas and their like.
    fn text(&mut self, text: &str, ratings: &Ratings) {
        let mut found = Vec::new();
        for part in text.split([',', ';', '\n', '|', '\t', '\u{2022}']) {
            found.extend(entry(without_label(part)).filter(|entry| entry.rates(ratings)));
        }
        if found.len() >= FEWEST || has_label(text) {
            found.iter().for_each(|entry| self.add(entry, ratings));
        }
    }

    /// Entries in a row: a colour in one cell and its meaning in the next, or a meaning in a coloured cell.
    fn row(&mut self, cells: &[GridCell], ratings: &Ratings) {
        for (at, cell) in cells.iter().enumerate() {
            // What stands in a colour of its own is no meaning of the cell before it.
            let next = cells.get(at + 1).filter(|next| next.style.fill.is_none() || cell.style.fill.is_none());
            let next = next.map_or("", |next| next.text.as_str());
            match cell.style.fill {
                Some(fill) => self.fill(fill, &cell.text, next, ratings),
                None if cells.len() == 2 && at == 0 => {
                    let entry = Entry { code: &cell.text, meaning: next, equals: true };
                    if entry.is_short() && entry.rates(ratings) {
                        self.add(&entry, ratings);
                    }
                }
                None => {}
            }
            self.text(&cell.text, ratings);
        }
    }

    fn fill(&mut self, fill: [u8; 3], own: &str, next: &str, ratings: &Ratings) {
        // White, greys and black are how cells look that mean nothing by it.
        if fill.iter().max().zip(fill.iter().min()).is_none_or(|(most, least)| most - least < FAINTEST) {
            return;
        }
        let named = ratings.read(own).filter(|_| word_spans(own).len() <= LONGEST_CODE);
        let says = |text: &str| (1..=LONGEST).contains(&word_spans(text).len());
        // A coloured cell that names no colour holds the meaning itself.
        let colour_word = named.as_ref().is_some_and(|reading| reading.value != Rag::None);
        let meaning = if says(own) && (!colour_word || !says(next)) { own } else { next };
        if !says(meaning) {
            return;
        }
        let meant = ratings.read(meaning).map(|reading| reading.value);
        let named = named.filter(|_| colour_word).map(|reading| reading.value);
        let colour = named.or_else(|| ratings.from_fill(fill).map(|reading| reading.value));
        if let Some(value) = meant.filter(|value| *value == Rag::None).or(colour).or(meant) {
            self.fills.push((fill, value));
            self.know(meaning, value);
        }
    }

    fn add(&mut self, entry: &Entry<'_>, ratings: &Ratings) {
        if let Some(value) = entry.value(ratings) {
            self.know(entry.code, value);
            self.know(entry.meaning, value);
        }
    }

    fn know(&mut self, text: &str, value: Rag) {
        let words: Vec<String> = word_spans(text).into_iter().map(|word| word.lower).collect();
        if !words.is_empty() && !self.texts.iter().any(|(known, _)| *known == words) {
            self.texts.push((words, value));
        }
    }
}

/// A code and what it means; either may be the colour.
#[derive(Clone, Copy, Debug)]
struct Entry<'t> {
    code: &'t str,
    meaning: &'t str,
    /// An equals sign, or a cell's edge, stands between them.
    equals: bool,
}

impl Entry<'_> {
    fn is_short(&self) -> bool {
        let (code, meaning) = (word_spans(self.code), word_spans(self.meaning));
        (1..=LONGEST_CODE).contains(&code.len()) && (1..=LONGEST).contains(&meaning.len())
    }

    /// Whether it says anything about ratings; where no equals sign stands, the code must be the colour.
    fn rates(&self, ratings: &Ratings) -> bool {
        whole(self.code, ratings).is_some() || (self.equals && whole(self.meaning, ratings).is_some())
    }

    fn value(&self, ratings: &Ratings) -> Option<Rag> {
        let (named, meant) = (whole(self.code, ratings), whole(self.meaning, ratings));
        meant.filter(|value| *value == Rag::None).or(named).or(meant)
    }
}

/// The rating of a text that says nothing else.
fn whole(text: &str, ratings: &Ratings) -> Option<Rag> {
    let reading = ratings.read(text)?;
    (word_spans(&reading.raw).len() == word_spans(text).len()).then_some(reading.value)
}

/// The code and the meaning in one part of a key: "Red = overdue", "Red – overdue", "Red (overdue)".
fn entry(part: &str) -> Option<Entry<'_>> {
    let dashed = || [" - ", " \u{2013} ", " \u{2014} ", ":"].iter().find_map(|mark| part.split_once(mark));
    let bracketed = || part.trim().strip_suffix(')').and_then(|part| part.split_once('('));
    let (code, meaning, equals) = match part.split_once('=') {
        Some((code, meaning)) => (code, meaning, true),
        None => dashed().or_else(bracketed).map(|(code, meaning)| (code, meaning, false))?,
    };
    let entry = Entry { code: code.trim(), meaning: meaning.trim(), equals };
    entry.is_short().then_some(entry)
}

/// "Key", "RAG key", "Legend" in front of a colon.
fn label(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.split_once(':')?;
    let folded = fold(label);
    let named = folded.split(' ').any(|word| matches!(word, "key" | "legend" | "rag" | "brag"));
    (named && folded.split(' ').count() <= LONGEST_CODE).then_some((label, rest))
}

fn has_label(text: &str) -> bool {
    label(text).is_some()
}

fn without_label(part: &str) -> &str {
    label(part).map_or(part, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::Vocabulary;

    fn legend(texts: &[&str]) -> Legend {
        let ratings = Ratings::new(Vocabulary::embedded());
        let mut legend = Legend::default();
        texts.iter().for_each(|text| legend.text(text, &ratings));
        legend
    }

    fn of(legend: &Legend, text: &str) -> Option<Rag> {
        legend.of_text(text).map(|reading| reading.value)
    }

    #[test]
    fn a_meaning_is_its_colour() {
        let legend = legend(&["RAG key: Blue = complete, Green = on track; Amber - at risk, Red (overdue by a month)"]);
        assert_eq!(of(&legend, "On track"), Some(Rag::Green));
        assert_eq!(of(&legend, "At risk - no funding yet"), Some(Rag::Amber));
        assert_eq!(of(&legend, "Overdue by a month"), Some(Rag::Red));
        assert_eq!(of(&legend, "Overdue"), None);
        assert_eq!(legend.of_text("on track, so far").map(|reading| reading.raw).as_deref(), Some("on track"));
    }

    #[test]
    fn a_code_is_what_it_means() {
        let legend = legend(&["Key: 1 = Red, 2 = Amber, 3 = Green, P = Complete"]);
        assert_eq!([of(&legend, "1"), of(&legend, "3"), of(&legend, "P")], [Some(Rag::Red), Some(Rag::Green), Some(Rag::Blue)]);
        assert_eq!(of(&legend, "4"), None);
    }

    #[test]
    fn a_colour_may_be_no_rating() {
        let legend = legend(&["Key: Yellow = No return received, Green = on target"]);
        assert_eq!(of(&legend, "Yellow"), Some(Rag::None));
    }

    #[test]
    fn one_remark_is_no_key() {
        let legend = legend(&["Amber: at risk", "Overall the plan is green: on track"]);
        assert_eq!(of(&legend, "at risk"), None);
    }

    #[test]
    fn coloured_cells_are_keys_too() {
        let ratings = Ratings::new(Vocabulary::embedded());
        let mut legend = Legend::default();
        legend.fill([112, 48, 160], "", "Complete", &ratings);
        legend.fill([255, 255, 0], "No return received", "", &ratings);
        legend.fill([0, 176, 80], "Green", "On track", &ratings);
        legend.fill([128, 0, 128], "Complete", "", &ratings);
        assert_eq!(legend.of_fill([128, 0, 128]), Some(Rag::Blue));
        assert_eq!(legend.of_fill([112, 48, 160]), Some(Rag::Blue));
        assert_eq!(legend.of_fill([255, 255, 0]), Some(Rag::None));
        assert_eq!(of(&legend, "On track"), Some(Rag::Green));
        legend.fill([255, 255, 255], "", "Complete", &ratings);
        assert_eq!(legend.of_fill([255, 255, 255]), None);
    }
}
