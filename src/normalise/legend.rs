//! What a document's key says of its ratings: "Blue = complete, Yellow = no return received", a coloured cell beside its
//! meaning.
//!
//! A key is read where it stands outside the items. It tells what a cell means that names no colour ("On track"), what a colour
//! means that no scheme has in common, and which colour is no rating.

use super::rag::RagReading;
use super::rag::Ratings;
use super::wordspan::word_spans;
use crate::model::audit::Became;
use crate::model::cells::Cells;
use crate::model::record::Rag;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::table::Content;
use crate::model::table::Layout;
use crate::model::table::Line;
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
    planned: Planned,
}

/// Colours of what is planned, beside others of how things stand.
#[derive(Clone, Debug, Default)]
struct Planned {
    fills: Vec<[u8; 3]>,
    colours: Vec<Rag>,
}

/// What reading a key asks.
#[derive(Clone, Copy, Debug)]
struct Words<'w> {
    ratings: &'w Ratings,
    cells: &'w Cells,
}

impl Legend {
    /// Reads the keys of a layout.
    pub(super) fn read(layout: &Layout<'_>, ratings: &Ratings, cells: &Cells) -> Self {
        let mut legend = Self::default();
        let words = Words { ratings, cells };
        let explains = |line: &&Line<'_>| match line.became {
            Became::Legend | Became::Narrative | Became::Section | Became::PageFurniture => true,
            // A key above the table looks like a header.
            Became::ColumnHeader => matches!(&line.content, Content::Row(row) if is_key(row, ratings)),
            _ => false,
        };
        let mut above: Option<&GridRow> = None;
        for line in layout.lines.iter().filter(explains) {
            let mut row_above = None;
            match &line.content {
                Content::Text(block) => legend.text(&block.text, words),
                Content::Row(row) => {
                    if !above.is_some_and(|above| legend.below(above, row, words)) {
                        legend.row(&row.cells, words);
                    }
                    row_above = Some(*row);
                }
                Content::Pieces(pieces) => pieces.iter().for_each(|piece| legend.text(piece.text, words)),
            }
            above = row_above;
        }
        if legend.texts.len() < FEWEST * 2 {
            legend.texts.clear();
        }
        legend
    }

    /// Whether the key says that what is filled so is planned.
    pub(super) fn plans(&self, fill: [u8; 3], ratings: &Ratings) -> bool {
        let colour = || ratings.from_fill(fill).is_some_and(|reading| self.planned.colours.contains(&reading.value));
        self.planned.fills.contains(&fill) || colour()
    }

    /// The rating of a cell whose text is a code or a meaning of the key, or begins with a meaning.
    pub(super) fn of_text(&self, text: &str) -> Option<RagReading> {
        if self.texts.is_empty() {
            return None;
        }
        let words = word_spans(text);
        let begins = |known: &[String]| known.len() <= words.len() && known.iter().zip(&words).all(|(a, b)| *a == b.lower);
        // One word says it where it stands apart: "Overdue - no bids".
        let apart = |known: &[String]| {
            let rest = known.len().checked_sub(1).and_then(|last| text.get(words.get(last)?.at.end..));
            let rest = rest.unwrap_or_default().trim_start();
            rest.starts_with(['-', '\u{2013}', '\u{2014}', ':', ';', ',', '(', '.', '/'])
        };
        let fits = |known: &[String]| begins(known) && (known.len() == words.len() || known.len() > 1 || apart(known));
        let (known, value) = self.texts.iter().filter(|(known, _)| fits(known)).max_by_key(|(known, _)| known.len())?;
        let (first, last) = (words.first()?, words.get(known.len() - 1)?);
        Some(RagReading { value: *value, raw: text.get(first.at.start..last.at.end)?.to_owned() })
    }

    /// The rating that the key gives a fill.
    pub(super) fn of_fill(&self, fill: [u8; 3]) -> Option<Rag> {
        self.fills.iter().find(|(known, _)| *known == fill).map(|(_, value)| *value)
    }

    /// Entries in a text, parted by commas and their like.
    fn text(&mut self, text: &str, words: Words<'_>) {
        let found = entries(text, words.ratings);
        if found.len() >= FEWEST || has_label(text) {
            self.add(&found, words.ratings);
        }
        self.planned(text, words);
    }

    /// Entries in a row: a colour in one cell and its meaning in the next, or a meaning in a coloured cell.
    fn row(&mut self, cells: &[GridCell], words: Words<'_>) {
        let ratings = words.ratings;
        let said = |cell: &&GridCell| !cell.text.trim().is_empty();
        // "Complete | (blue) | On track | (green)": each colour stands behind its words.
        let behind = cells.first().filter(said).is_some_and(|cell| cell.style.fill.is_none())
            && cells.last().is_some_and(|cell| cell.style.fill.is_some() && cell.text.trim().is_empty());
        let mut entries_of_cells = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            // What stands in a colour of its own is no meaning of the cell before it.
            let beside = if behind { at.checked_sub(1).and_then(|at| cells.get(at)) } else { cells.get(at + 1) };
            let beside = beside.filter(|beside| beside.style.fill.is_none() || cell.style.fill.is_none());
            let beside = beside.map_or("", |beside| beside.text.as_str());
            match cell.style.fill {
                Some(fill) => self.fill(fill, &cell.text, beside, words),
                None if cells.len() == 2 && at == 0 => {
                    let entry = Entry { code: &cell.text, meaning: beside, equals: true };
                    // A list of levels beside one of colours pairs nothing.
                    if entry.is_short() && entry.rates(ratings) && words.cells.level(entry.code).is_none() {
                        self.add(&[entry], ratings);
                    }
                }
                None => {}
            }
            entries_of_cells.extend(entries(&cell.text, ratings));
            self.text(&cell.text, words);
        }
        // One entry a cell.
        if entries_of_cells.len() >= FEWEST {
            self.add(&entries_of_cells, ratings);
        }
    }

    /// Entries in a row of meanings right below a row of colours; `false` where the rows are no such key.
    fn below(&mut self, above: &GridRow, row: &GridRow, words: Words<'_>) -> bool {
        // "Blue | Complete" pairs with itself, and the row below it is another pair.
        let mut above_texts = above.texts();
        if let (Some(code), Some(meaning), None) = (above_texts.next(), above_texts.next(), above_texts.next())
            && code.style.fill.is_none()
            && words.ratings.state(&meaning.text).is_some()
        {
            return false;
        }
        let mut found = Vec::new();
        for cell in row.texts() {
            let code = above.cell(cell.column.get());
            // What both rows begin with labels them: "RAG", "Meaning".
            let Some(code) = code.filter(|code| code.style.fill.is_some() || whole(&code.text, words.ratings).is_some()) else {
                if found.is_empty() && cell.column.get() == 0 {
                    continue;
                }
                return false;
            };
            let entry = Entry { code: &code.text, meaning: &cell.text, equals: true };
            let says = (1..=LONGEST).contains(&word_spans(&cell.text).len()) && cell.text.chars().any(char::is_alphabetic);
            if !says || whole(&cell.text, words.ratings).is_some_and(|value| value != Rag::None && value != Rag::Blue) {
                return false;
            }
            found.push((code.style.fill, entry));
        }
        if found.len() < FEWEST {
            return false;
        }
        for (fill, entry) in &found {
            match fill {
                Some(fill) => self.fill(*fill, entry.code, entry.meaning, words),
                None => self.add(&[*entry], words.ratings),
            }
        }
        true
    }

    fn fill(&mut self, fill: [u8; 3], own: &str, beside: &str, words: Words<'_>) {
        let Words { ratings, cells } = words;
        // White, greys and black are how cells look that mean nothing by it.
        if fill.iter().max().zip(fill.iter().min()).is_none_or(|(most, least)| most - least < FAINTEST) {
            return;
        }
        let named = ratings.read(own).filter(|_| word_spans(own).len() <= LONGEST_CODE);
        let says = |text: &str| (1..=LONGEST).contains(&word_spans(text).len());
        // A coloured cell that names no colour holds the meaning itself.
        let colour_word = named.as_ref().is_some_and(|reading| reading.value != Rag::None);
        // "Complete" is said of the colour; a state names none.
        let colour_word = colour_word && ratings.state(own).is_none();
        let meaning = if says(own) && (!colour_word || !says(beside)) { own } else { beside };
        if !says(meaning) {
            return;
        }
        if cells.plans(meaning) {
            self.planned.fills.push(fill);
        }
        let meant = ratings.read(meaning).map(|reading| reading.value);
        let named = named.filter(|_| colour_word).map(|reading| reading.value);
        let colour = named.or_else(|| ratings.state(meaning)).or_else(|| ratings.from_fill(fill).map(|reading| reading.value));
        if let Some(value) = meant.filter(|value| *value == Rag::None).or(colour).or(meant) {
            self.fills.push((fill, value));
            self.know(meaning, value);
        }
    }

    fn add(&mut self, entries: &[Entry<'_>], ratings: &Ratings) {
        // "B = behind, O = on track": letters that are no colours' tell that the key has its own. "N = not started" stands
        // beside those of colours, too.
        let rated = |entry: &Entry<'_>| ratings.state(entry.meaning).is_some_and(|value| value != Rag::None);
        let own = entries.iter().any(|entry| entry.is_letter() && whole(entry.code, ratings).is_none() && rated(entry));
        for entry in entries {
            let letter = Some(entry).filter(|entry| own && entry.is_letter());
            let stated = letter.and_then(|entry| ratings.state(entry.meaning));
            if let Some(value) = stated.or_else(|| entry.value(ratings)) {
                self.know(entry.code, value);
                self.know(entry.meaning, value);
            }
        }
    }

    /// Colours that a text says are for what is planned, beside others: "Blue: where we are. Green: where we plan to be."
    fn planned(&mut self, text: &str, words: Words<'_>) {
        let clauses = text.split(['.', ';', ',', '\n', '|']).flat_map(|part| part.split(" and "));
        let of_colour = |clause: &str| {
            let colours: Vec<Rag> =
                clause.split(|c: char| !c.is_alphanumeric()).filter_map(|w| words.ratings.colour(w)).collect();
            let [colour] = colours.as_slice() else { return None };
            // "Green: on plan" is how a rating is.
            let rest = clause.split(|c: char| !c.is_alphanumeric()).filter(|word| words.ratings.colour(word).is_none());
            let state = words.ratings.state(&rest.collect::<Vec<_>>().join(" ")).is_some();
            Some((*colour, !state && words.cells.plans(clause)))
        };
        let found: Vec<(Rag, bool)> = clauses.filter_map(of_colour).collect();
        if found.len() >= FEWEST && found.iter().any(|(_, planned)| !planned) {
            self.planned.colours.extend(found.iter().filter(|(_, planned)| *planned).map(|(colour, _)| *colour));
        }
    }

    fn know(&mut self, text: &str, value: Rag) {
        let words: Vec<String> = word_spans(text).into_iter().map(|word| word.lower).collect();
        if !words.is_empty() && !self.texts.iter().any(|(known, _)| *known == words) {
            self.texts.push((words, value));
        }
    }
}

/// Whether a row is nothing but colours, states or entries of a key, perhaps behind the words that announce it: "RAG key | Complete = Blue | …".
fn is_key(row: &GridRow, ratings: &Ratings) -> bool {
    let explains = |cell: &GridCell| ratings.state(&cell.text).is_some() || !entries(&cell.text, ratings).is_empty();
    let told = row.texts().filter(|cell| explains(cell)).count();
    let colours = row.texts().count() >= FEWEST && row.texts().all(|cell| whole(&cell.text, ratings).is_some());
    colours || (told >= FEWEST && row.texts().skip(1).all(explains))
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

    /// Whether its code is a letter or a digit.
    fn is_letter(&self) -> bool {
        let mut code = self.code.trim().chars();
        code.next().is_some_and(char::is_alphanumeric) && code.next().is_none()
    }

    /// Whether it says anything about ratings; where no equals sign stands, the code must be the colour, or a letter for a
    /// state.
    fn rates(&self, ratings: &Ratings) -> bool {
        let letter = || self.is_letter() && ratings.state(self.meaning).is_some();
        whole(self.code, ratings).is_some() || (self.equals && whole(self.meaning, ratings).is_some()) || letter()
    }

    fn value(&self, ratings: &Ratings) -> Option<Rag> {
        let (named, meant) = (whole(self.code, ratings), whole(self.meaning, ratings));
        // "Complete = Blue": the colour may stand on either side, and what it is beside is a state.
        let stated = || self.equals && ratings.state(self.code).is_some();
        meant.filter(|value| *value == Rag::None || stated()).or(named).or(meant)
    }
}

/// The rating of a text that says nothing else.
fn whole(text: &str, ratings: &Ratings) -> Option<Rag> {
    let reading = ratings.read(text)?;
    (word_spans(&reading.raw).len() == word_spans(text).len()).then_some(reading.value)
}

/// The entries in a text that say anything about ratings, parted by commas and their like.
fn entries<'t>(text: &'t str, ratings: &Ratings) -> Vec<Entry<'t>> {
    let parts = text.split([',', ';', '\n', '|', '\t', '\u{2022}']).flat_map(|part| part.split(". "));
    let mut found = Vec::new();
    for part in parts {
        let part = without_label(part);
        // "Amber means at risk and green means on track" are two.
        let halves = part.split_once(" and ").and_then(|(one, other)| Some([entry(one, ratings)?, entry(other, ratings)?]));
        match halves {
            Some(both) => found.extend(both),
            None => found.extend(entry(part, ratings)),
        }
    }
    found.retain(|entry| entry.rates(ratings));
    found
}

/// The code and the meaning in one part of a key: "Red = overdue", "Red – overdue", "Red (overdue)", "Red means overdue".
fn entry<'t>(part: &'t str, ratings: &Ratings) -> Option<Entry<'t>> {
    let dashed = || [" - ", " \u{2013} ", " \u{2014} ", ":"].iter().find_map(|mark| part.split_once(mark));
    let bracketed = || part.trim().strip_suffix(')').and_then(|part| part.split_once('('));
    let linked = || ratings.key_links().find_map(|link| part.split_once(link)).map(|(code, meaning)| (of_end(code), meaning));
    let (code, meaning, equals) = match part.split_once('=') {
        Some((code, meaning)) => (code, meaning, true),
        None => dashed().or_else(bracketed).or_else(linked).map(|(code, meaning)| (code, meaning, false))?,
    };
    let meaning = meaning.trim().trim_end_matches('.');
    let entry = Entry { code: code.trim(), meaning, equals };
    entry.is_short().then_some(entry)
}

/// The last word of the code in a sentence: "In the plan red".
fn of_end(code: &str) -> &str {
    code.trim().rsplit(' ').next().unwrap_or_default()
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
        let cells = Cells::new(Vocabulary::embedded());
        let mut legend = Legend::default();
        texts.iter().for_each(|text| legend.text(text, Words { ratings: &ratings, cells: &cells }));
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
        let cells = Cells::new(Vocabulary::embedded());
        let words = Words { ratings: &ratings, cells: &cells };
        let mut legend = Legend::default();
        legend.fill([112, 48, 160], "", "Complete", words);
        legend.fill([255, 255, 0], "No return received", "", words);
        legend.fill([0, 176, 80], "Green", "On track", words);
        legend.fill([128, 0, 128], "Complete", "", words);
        assert_eq!(legend.of_fill([128, 0, 128]), Some(Rag::Blue));
        assert_eq!(legend.of_fill([112, 48, 160]), Some(Rag::Blue));
        assert_eq!(legend.of_fill([255, 255, 0]), Some(Rag::None));
        assert_eq!(of(&legend, "On track"), Some(Rag::Green));
        legend.fill([255, 255, 255], "", "Complete", words);
        assert_eq!(legend.of_fill([255, 255, 255]), None);
    }

    #[test]
    fn a_state_tells_what_a_fill_without_a_colour_word_is() {
        let (ratings, cells) = (Ratings::new(Vocabulary::embedded()), Cells::new(Vocabulary::embedded()));
        let words = Words { ratings: &ratings, cells: &cells };
        let mut legend = Legend::default();
        legend.fill([0, 176, 80], "Complete", "", words);
        legend.fill([255, 192, 0], "On track", "", words);
        legend.fill([255, 0, 0], "Red", "Going nowhere", words);
        let of = |fill| legend.of_fill(fill);
        assert_eq!([of([0, 176, 80]), of([255, 192, 0]), of([255, 0, 0])], [Some(Rag::Blue), Some(Rag::Green), Some(Rag::Red)]);
    }

    #[test]
    fn a_key_may_be_a_sentence() {
        let legend = legend(&["Red means overdue, amber means at risk and green means on track."]);
        assert_eq!(
            [of(&legend, "Overdue"), of(&legend, "At risk"), of(&legend, "On track")],
            [Some(Rag::Red), Some(Rag::Amber), Some(Rag::Green)]
        );
    }

    #[test]
    fn a_key_may_have_letters_of_its_own() {
        let legend = legend(&["Key: B = behind, O = on track, C = complete"]);
        assert_eq!([of(&legend, "B"), of(&legend, "O"), of(&legend, "C")], [Some(Rag::Red), Some(Rag::Green), Some(Rag::Blue)]);
    }

    #[test]
    fn letters_of_colours_keep_them() {
        let legend = legend(&["Key: R = overdue, A = on track, G = complete, N = not started"]);
        assert_eq!(
            [of(&legend, "A"), of(&legend, "G"), of(&legend, "On track")],
            [Some(Rag::Amber), Some(Rag::Green), Some(Rag::Amber)]
        );
    }

    #[test]
    fn a_colour_may_be_for_what_is_planned() {
        let ratings = Ratings::new(Vocabulary::embedded());
        let (blue, green) = ([91, 155, 213], [112, 173, 71]);
        let plans = |text: &str| {
            let legend = legend(&[text]);
            [blue, green].map(|fill| legend.plans(fill, &ratings))
        };
        assert_eq!(plans("Blue: where we are (September 2018). Green: where we plan to be by March 2019."), [false, true]);
        assert_eq!(plans("Current position shaded green and target shaded blue"), [true, false]);
        assert_eq!(plans("Green: on plan, amber: at risk"), [false, false]);
    }
}
