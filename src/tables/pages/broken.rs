//! Words that a narrow column broke over two lines without a hyphen.
//!
//! A word is only broken where it is wider than its column: then its first part fills a line to the last letter. Where that is so,
//! the words decide: the whole is a word, or what is left over is none.

use rustc_hash::FxHashSet;

use crate::model::cells::names_month;
use crate::model::location::Rect;
use crate::model::page::Axis;
use crate::model::page::Direction;
use crate::model::page::Page;
use crate::model::page::Ruling;
use crate::model::page::Word;
use crate::model::recognise::KnowsWords;

use super::candidate::Candidate;
use super::candidate::Cell;
use super::lines::Line;
use super::lines::middle;
use super::lines::word;
use super::text;

/// How much narrower than its column a full line may be measured, in points: cells are drawn on whole pixels.
const SLACK: f64 = 0.6;

/// A cell's padding is at most this, in points; what is more is an indent or the white beside centred text.
const MOST_PADDING: f64 = 9.0;

/// A line this near, in points, is drawn along an edge.
const ON_EDGE: f64 = 1.5;

/// A list item is indented by at most this, in sizes of font.
const MOST_INDENT: f64 = 3.5;

/// The rest of a broken word has at most this many letters where its beginning is a word of its own.
const SHORT_REST: usize = 3;

/// The rest of a word that nobody knows has at most this many letters; a longer one is a word that nobody knows.
const LONG_REST: usize = 6;

/// Marks behind which a line may end within a word.
const MARKS: [char; 3] = ['-', '\u{2010}', '/'];

/// What stands before a hyphen in words that keep it.
const OPENINGS: [&str; 12] = ["co", "cross", "inter", "long", "multi", "non", "post", "pre", "re", "self", "short", "well"];

/// A word is broken into at most this many parts.
const MOST_PARTS: usize = 4;

/// The next word on a line begins within this distance, in sizes of font.
const NEXT_WORD: f64 = 1.0;

/// Where the text of a cell may stand, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// How wide a line may be.
    pub width: f64,
    /// Left edge of the text of its columns.
    pub left: f64,
    /// How far right a line may reach.
    pub right: f64,
}

impl Room {
    /// Room without an end.
    pub(super) const ENDLESS: Self = Self { width: f64::INFINITY, left: 0.0, right: f64::INFINITY };

    /// The room of each of the cells of `table`, in their order.
    pub(super) fn of_cells(page: &Page, table: &Candidate) -> Vec<Self> {
        let mut inks: Vec<Option<(f64, f64)>> = vec![None; table.width()];
        let ink = |cell: &Cell| cell.words.iter().filter_map(|at| word(page, *at)).map(|word| word.bbox).reduce(Rect::around);
        for cell in table.cells.iter().filter(|cell| cell.columns == 1) {
            if let (Some(ink), Some(column)) = (ink(cell), inks.get_mut(cell.column)) {
                *column = Some(column.map_or((ink.x0, ink.x1), |(x0, x1)| (x0.min(ink.x0), x1.max(ink.x1))));
            }
        }
        let room = |cell: &Cell| {
            let bbox = table.cell_box(cell);
            let own = ink(cell).unwrap_or(bbox);
            let first = inks.get(cell.column).copied().flatten().unwrap_or((own.x0, own.x1));
            let last = inks.get(cell.column + cell.columns - 1).copied().flatten().unwrap_or((own.x0, own.x1));
            let padding = (first.0 - bbox.x0).clamp(0.0, MOST_PADDING);
            let inner = if is_drawn(page, &bbox) { bbox.x1 - padding } else { last.1 };
            let pad = (own.x0 - bbox.x0).min(bbox.x1 - own.x1).max(0.0);
            Self { width: bbox.width() - 2.0 * pad, left: first.0, right: inner.max(last.1).max(own.x1) }
        };
        table.cells.iter().map(room).collect()
    }

    /// Whether `line` reaches the right edge so that not one more letter of the word that `next` begins with had room.
    fn is_full(self, page: &Page, line: &Line, next: &Word) -> bool {
        let letters = |word: &Word| f64::from(u32::try_from(word.text.chars().count()).unwrap_or(1).max(1));
        let last = line.words.last().and_then(|at| word(page, *at)).map_or(0.0, |last| last.bbox.width() / letters(last));
        let letter = last.max(next.bbox.width() / letters(next));
        let begins = line.bbox.x0 - self.left < MOST_INDENT * line.size;
        self.right.is_finite() && begins && line.bbox.x1 + letter > self.right - SLACK
    }
}

/// The words of a document that were surely not broken, and those that the vocabulary knows.
pub(super) struct WholeWords<'v> {
    seen: FxHashSet<String>,
    /// How often a hyphen or slash within a line stands between two letters, and how often a space follows it.
    joined: usize,
    parted: usize,
    known: &'v dyn KnowsWords,
}

impl<'v> WholeWords<'v> {
    /// No word is seen yet, and what `known` says is known.
    pub(super) fn new(known: &'v dyn KnowsWords) -> Self {
        Self { seen: FxHashSet::default(), joined: 0, parted: 0, known }
    }

    /// Looks at the words of `page`: one that follows another on its line does not begin with the rest of a broken one.
    pub(super) fn see(&mut self, page: &Page) {
        for pair in page.words.windows(2) {
            let (before, word) = (&pair[0], &pair[1]);
            self.joined += usize::from(joins_capital(&before.text));
            let gap = word.bbox.x0 - before.bbox.x1;
            let beside = (middle(&word.bbox) - middle(&before.bbox)).abs() < 0.3 * word.size && gap < NEXT_WORD * word.size;
            if word.direction == Direction::Right && gap > 0.0 && beside {
                let text = word.text.trim_matches(|c: char| !c.is_alphabetic());
                self.parted += usize::from(ends_in_mark(&before.text));
                let lower = text.chars().skip(1).all(char::is_lowercase);
                // Abbreviations, which are in capitals, are also endings: "ED".
                if text.chars().all(char::is_alphabetic) && lower && text.len() > 1 && !self.seen.contains(text) {
                    self.seen.insert(text.to_lowercase());
                }
            }
        }
    }

    /// Whether what a line end parts behind a hyphen or slash ("Haverley-", "Health/") is one word: so it is where this document sets
    /// no space behind them.
    pub(super) fn joins(&self, before: &str, next: &str) -> bool {
        ends_in_mark(before) && next.starts_with(char::is_alphabetic) && self.joined >= self.parted
    }

    /// Whether a hyphen at a line end only parts a word, which is none without its rest; "multi-" opens words that keep it.
    pub(super) fn is_parted(&self, before: &str, next: &str) -> bool {
        let head = ending(before.trim_end_matches(MARKS)).to_lowercase();
        let tail = opening(next).to_lowercase();
        !OPENINGS.contains(&head.as_str()) && (self.knows(&format!("{head}{tail}")) || !self.knows(&tail))
    }

    fn knows(&self, text: &str) -> bool {
        self.seen.contains(text) || self.known.is_word(text)
    }

    /// Whether the last word of `before` was broken, and goes on in `after`, the lines below it; `out` is the text up to the break.
    pub(super) fn is_broken(&self, page: &Page, out: &str, before: &Line, after: &[Line], room: Room) -> bool {
        let (Some(next), Some(last)) = (after.first().and_then(|line| first(page, line)), last(page, before)) else {
            return false;
        };
        if !room.is_full(page, before, next) {
            return false;
        }
        let fits = last.bbox.width() + next.bbox.width() <= room.right - last.bbox.x0.min(room.left + MOST_INDENT * last.size);
        if parts_date(out, &next.text) {
            return true;
        }
        match self.torn(ending(out), &rests(page, after)) {
            Torn::Surely => true,
            Torn::Likely => stands_alone(page, before) && !fits,
            Torn::No => false,
        }
    }

    /// What `head` and the first of `rests` say by themselves; the longer ones go on over further lines.
    fn torn(&self, head: &str, rests: &[String]) -> Torn {
        let upper = |text: &str| text.chars().all(char::is_uppercase);
        let Some(tail) = rests.first().filter(|_| !head.is_empty()) else { return Torn::No };
        let capitals = head.chars().nth(1).is_some() && upper(head) && upper(tail);
        if !capitals && !tail.starts_with(char::is_lowercase) {
            return Torn::No;
        }
        let (head, letters) = (head.to_lowercase(), tail.chars().count());
        let whole = |tail: &String| format!("{head}{}", tail.to_lowercase());
        let tail_is_word = if letters == 1 { matches!(tail.as_str(), "a" | "A") } else { self.knows(&tail.to_lowercase()) };
        match (rests.iter().any(|tail| self.knows(&whole(tail))), self.knows(&head), tail_is_word) {
            (true, false, false) => Torn::Surely,
            (true, true, true) if self.seen.contains(&whole(tail)) => Torn::Likely,
            // An ending that is also a word or an abbreviation: "Establish", "ed".
            (true, true, true) if letters <= SHORT_REST => Torn::Likely,
            (true, true, true) | (false, _, true) => Torn::No,
            (true, _, _) => Torn::Likely,
            (false, false, false) if !capitals && letters <= LONG_REST => Torn::Likely,
            (false, _, false) if letters <= SHORT_REST => Torn::Likely,
            (false, _, false) => Torn::No,
        }
    }
}

/// Whether a date is parted within its year: "31/03/201", "8"; "May 201", "8".
pub(in crate::tables) fn parts_date(before: &str, next: &str) -> bool {
    let mut words = before.rsplit(char::is_whitespace);
    let head = words.next().unwrap_or_default();
    let figures = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let rest = next.trim_end_matches([',', ';', '.', ')']);
    if words.next().is_some_and(|word| names_month(&word.trim_end_matches(['.', ',']).to_lowercase()))
        && figures(head)
        && figures(rest)
    {
        return head.len() + rest.len() == 4 && !head.is_empty() && !rest.is_empty() && format!("{head}{rest}").starts_with("20");
    }
    let (Some(separator), true) = (head.chars().find(|c| matches!(c, '/' | '.' | '-')), figures(rest)) else { return false };
    match head.split(separator).collect::<Vec<&str>>().as_slice() {
        [day, month, year] => {
            let short = |text: &str| (1..=2).contains(&text.len()) && figures(text);
            let whole = matches!((year.len(), rest.len()), (0 | 2, 2) | (0, 4) | (1, 1 | 3) | (3, 1));
            short(day) && short(month) && figures(year) && whole
        }
        _ => false,
    }
}

/// Whether a line is drawn along the right edge of a cell.
fn is_drawn(page: &Page, cell: &Rect) -> bool {
    let along = |ruling: &&Ruling| ruling.axis == Axis::Vertical && (ruling.at - cell.x1).abs() <= ON_EDGE;
    page.rulings.iter().filter(along).any(|ruling| ruling.from <= middle(cell) && middle(cell) <= ruling.to)
}

/// Whether `text` ends in a letter and a hyphen or slash.
fn ends_in_mark(text: &str) -> bool {
    text.strip_suffix(MARKS).is_some_and(|rest| rest.ends_with(char::is_alphabetic))
}

/// Whether a hyphen or slash in `text` stands between a letter and a capital.
fn joins_capital(text: &str) -> bool {
    text.split_once(MARKS)
        .is_some_and(|(before, after)| before.ends_with(char::is_alphabetic) && after.starts_with(char::is_uppercase))
}

/// What two pieces say of the word that they may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Torn {
    /// The whole is a word, the pieces are none.
    Surely,
    /// It depends on the room.
    Likely,
    /// They are two words.
    No,
}

fn first<'p>(page: &'p Page, line: &Line) -> Option<&'p Word> {
    line.words.first().and_then(|at| word(page, *at))
}

fn last<'p>(page: &'p Page, line: &Line) -> Option<&'p Word> {
    line.words.last().and_then(|at| word(page, *at))
}

/// What may be the rest of a word that goes on in `lines`: the letters of the first, then those of the next with it, as long as
/// each is a line of one word.
fn rests(page: &Page, lines: &[Line]) -> Vec<String> {
    let mut rests: Vec<String> = Vec::new();
    for line in lines.iter().take(MOST_PARTS) {
        let text = first(page, line).map(|word| word.text.as_str()).unwrap_or_default();
        let letters = opening(text);
        if letters.is_empty() {
            break;
        }
        rests.push(format!("{}{letters}", rests.last().map(String::as_str).unwrap_or_default()));
        if line.words.len() > 1 || letters.len() < text.len() {
            break;
        }
    }
    rests
}

/// Whether a line holds one word, or a bullet and one.
fn stands_alone(page: &Page, line: &Line) -> bool {
    match line.words.as_slice() {
        [_] => true,
        [bullet, _] => word(page, *bullet).is_some_and(|bullet| text::is_bullet(&bullet.text)),
        _ => false,
    }
}

/// The letters that `text` ends with.
fn ending(text: &str) -> &str {
    let start = text.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    text.get(start..).unwrap_or_default()
}

/// The letters that `text` begins with.
fn opening(text: &str) -> &str {
    text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::parts_date;

    #[test]
    fn dates_are_parted_within_their_year() {
        for (before, next) in [
            ("by 31/03/201", "8"),
            ("31/03/20", "18"),
            ("1.4.", "2018"),
            ("31-03-2", "018,"),
            ("1st May 201", "8"),
            ("Dec. 2", "017"),
        ] {
            assert!(parts_date(before, next), "{before} {next}");
        }
        for (before, next) in [
            ("31/03/2018", "8"),
            ("31/03/18", "2018"),
            ("4.1", "8"),
            ("31/03/201", "wards"),
            ("May 31", "12"),
            ("wards 201", "8"),
            ("May 2018", "8"),
        ] {
            assert!(!parts_date(before, next), "{before} {next}");
        }
    }
}
