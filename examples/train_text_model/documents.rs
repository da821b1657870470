//! Documents made of phrases that the model has not seen: tables with their headings whole, lost, misspelt or misnumbered, with
//! tags, labels carried over pages, references, strays, and rows outside the model. Their truth is known by line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hicm::model::change::ChangeNumber;
use hicm::model::change::ChangeSet;
use hicm::model::vocabulary::EditionEntry;
use hicm::model::vocabulary::Vocabulary;

use super::draw::Draw;
use super::phrases::Phrase;

/// How a document says which change a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Labels {
    /// A row across the table.
    Sections,
    /// A column filled in the first row of each block.
    Column,
    /// A title and a table for each.
    Titles,
    /// Tags in the rows of milestones.
    Tags,
    /// Not at all; rows of a change stand together, mostly in order.
    Blocks,
    /// Not at all; rows in any order.
    Rows,
}

impl Labels {
    pub(super) const ALL: [Self; 6] = [Self::Sections, Self::Column, Self::Titles, Self::Tags, Self::Blocks, Self::Rows];

    pub(super) fn are_printed(self) -> bool {
        !matches!(self, Self::Blocks | Self::Rows)
    }
}

/// A text, and for each line that is an item its changes.
pub(super) struct Document {
    pub(super) labels: Labels,
    pub(super) text: String,
    pub(super) truth: BTreeMap<u32, ChangeSet>,
}

/// Programmes that stand beside the eight and in no vocabulary.
const PROGRAMMES: [&str; 16] = [
    "Volunteer recruitment drive",
    "Staff travel",
    "Winter resilience bids",
    "Arts and culture",
    "Procurement pipeline",
    "Board development",
    "Parks and leisure",
    "Digital inclusion",
    "Welfare rights",
    "Armed forces community",
    "Place planning",
    "Contract review",
    "Community transport",
    "Perinatal support",
    "Screening uptake",
    "Research and evaluation",
];

const LEADS: [&str; 8] = [
    "A. Marlow",
    "Head of Flow",
    "Ruth Penn",
    "Westmarch Council",
    "Deputy Director",
    "J. Okoro",
    "Eastvale CCG",
    "Ward managers",
];
const DATES: [&str; 8] =
    ["Sept 2017", "31/03/2018", "By October 17", "Ongoing", "Q3 2017/18", "Complete", "30.11.17", "April 2018"];

/// Shares, of a hundred.
const LOST: usize = 6;
const MISSPELT: usize = 20;
const MISNUMBERED: usize = 4;
const STRAY: usize = 15;
const BROKEN: usize = 6;
/// Documents that also hold blocks outside the model, and those that hold tables of other programmes behind the plan.
const OUTSIDE: usize = 35;
const BEHIND: usize = 25;
/// Documents whose rows say much about their change, and those whose rows speak of other things as well; how many of their rows
/// do.
const PLAIN: usize = 40;
const VAGUE: usize = 30;
const BESIDE: usize = 60;
/// Documents that follow a later edition; blocks that a tag gives to two changes.
const LATER: usize = 30;
const TWO: usize = 10;

/// A heading's words and rows that stand together.
struct Block {
    class: usize,
    /// Another change that its rows belong to as well.
    second: Option<usize>,
    rows: Vec<String>,
}

/// What a document is made with.
struct Maker<'a> {
    draw: Draw,
    vocabulary: &'a Vocabulary,
    by_class: Vec<Vec<&'a str>>,
    asides: &'a [String],
    labels: Labels,
    /// The edition whose names and numbers are used, where that is not the original.
    edition: Option<&'a EditionEntry>,
    referenced: bool,
    /// Further phrases of a row's own change, and of any other.
    own: usize,
    other: usize,
    out: String,
    lines: u32,
    truth: BTreeMap<u32, ChangeSet>,
}

/// The change of a class; none of outside.
fn change(class: usize) -> Option<ChangeNumber> {
    ChangeNumber::new(u32::try_from(class).ok()?)
}

/// A document of `phrases`, the same for the same `seed`.
pub(super) fn make(seed: u64, labels: Labels, phrases: &[&Phrase], asides: &[String], vocabulary: &Vocabulary) -> Document {
    let mut by_class = vec![Vec::new(); 9];
    phrases.iter().for_each(|phrase| by_class[phrase.class].push(phrase.text.as_str()));
    let mut draw = Draw(seed);
    let referenced = draw.chance(40);
    let (own, other) = match draw.below(100) {
        share if share < PLAIN => (2, 0),
        share if share < PLAIN + VAGUE => (0, 1),
        _ => (0, 0),
    };
    let later: Vec<&EditionEntry> = vocabulary.editions.iter().skip(1).collect();
    // Nothing but the rows' words tells which edition a bare number is of.
    let edition = (labels != Labels::Tags && draw.chance(LATER)).then(|| draw.one_of(&later));
    let (out, truth) = (String::new(), BTreeMap::new());
    let mut maker = Maker { draw, vocabulary, by_class, asides, labels, edition, referenced, own, other, out, lines: 0, truth };
    maker.write();
    Document { labels, text: maker.out, truth: maker.truth }
}

impl Maker<'_> {
    fn write(&mut self) {
        let classes: Vec<usize> = (1..9).filter(|_| self.draw.chance(88)).collect();
        let mut blocks: Vec<Block> = classes.into_iter().map(|class| self.block(class)).collect();
        if self.draw.chance(20) {
            self.draw.shuffle(&mut blocks);
        }
        for _ in 0..if self.draw.chance(OUTSIDE) { 1 + self.draw.below(3) } else { 0 } {
            let at = if self.draw.chance(60) { blocks.len() } else { self.draw.below(blocks.len() + 1) };
            let block = self.block(0);
            blocks.insert(at, block);
        }
        let title = self.draw.one_of(&["High Impact Change Model: action plan", "Hospital discharge action plan 2017/18", ""]);
        self.line(title);
        if self.labels == Labels::Rows {
            let mut rows: Vec<Block> = Vec::new();
            for block in blocks {
                rows.extend(block.rows.into_iter().map(|row| Block { class: block.class, second: None, rows: vec![row] }));
            }
            self.draw.shuffle(&mut rows);
            blocks = rows;
        }
        let style = self.draw.below(5);
        let lossy = self.draw.chance(25);
        self.header();
        for (index, block) in blocks.iter().enumerate() {
            self.write_block(index + 1, block, style, lossy);
        }
        for _ in 0..if self.draw.chance(BEHIND) { 1 + self.draw.below(3) } else { 0 } {
            self.write_behind();
        }
    }

    fn block(&mut self, class: usize) -> Block {
        let two = self.labels == Labels::Tags && class > 0 && self.draw.chance(TWO);
        let second = two.then(|| 1 + self.draw.below(8)).filter(|second| *second != class);
        let mut rows = Vec::new();
        for _ in 0..2 + self.draw.below(5) {
            let other = second.filter(|_| self.draw.chance(50));
            rows.push(self.row(other.unwrap_or(class)));
        }
        Block { class, second, rows }
    }

    /// A table of another programme, under its title.
    fn write_behind(&mut self) {
        let title = self.name(0);
        for line in ["", title.as_str(), ""] {
            self.line(line);
        }
        self.line("Action\tMeasure of success\tLead\tBy when");
        for _ in 0..2 + self.draw.below(4) {
            let row = self.row(0);
            let (lead, date) = (self.draw.one_of(&LEADS), self.draw.one_of(&DATES));
            self.truth.insert(self.lines + 1, ChangeSet::NONE);
            self.line(&format!("{row}\t\t{lead}\t{date}"));
        }
    }

    /// One phrase or two and perhaps an aside; a stray row speaks of another change than its own. Where no label says what a
    /// row belongs to and the others are plain, nothing would tell that it does not belong to what it speaks of.
    fn row(&mut self, class: usize) -> String {
        let stray = match self.labels {
            Labels::Rows => 0,
            Labels::Blocks if self.own > 0 => 0,
            Labels::Blocks => STRAY / 2,
            _ => STRAY,
        };
        let class = if self.draw.chance(stray) { 1 + self.draw.below(8) } else { class };
        let phrases = self.by_class[class].clone();
        let mut parts = vec![self.draw.one_of(&phrases)];
        if self.draw.chance(30) {
            parts.push(self.draw.one_of(&phrases));
        }
        for more in 0..self.own + self.other {
            if self.draw.chance(BESIDE) {
                let from = if more < self.own { class } else { self.draw.below(9) };
                parts.push(self.draw.one_of(&self.by_class[from]));
            }
        }
        let asides: Vec<&str> = self.asides.iter().map(String::as_str).collect();
        if self.draw.chance(40) {
            parts.push(self.draw.one_of(&asides));
        }
        parts.join(". ")
    }

    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{text}");
        self.lines += 1;
    }

    fn header(&mut self) {
        let first = match self.labels {
            Labels::Column => "Change\t",
            Labels::Tags => "Milestone\tLink\t",
            _ => "",
        };
        let reference = if self.referenced { "Ref\t" } else { "" };
        self.line(&format!("{reference}{first}Action\tMeasure of success\tLead\tBy when"));
    }

    fn write_block(&mut self, position: usize, block: &Block, style: usize, lossy: bool) {
        let printed = self.labels.are_printed() && !(lossy && self.draw.chance(LOST));
        let heading = if printed { self.heading(block.class, style) } else { String::new() };
        if printed && self.labels == Labels::Sections {
            let cells = if self.draw.chance(60) { "\t\t\t" } else { "" };
            self.line(&format!("{heading}{cells}"));
        }
        if self.labels == Labels::Titles {
            self.line("");
            self.line(&heading);
            self.line("");
            self.header();
        }
        // A milestone outside the model bears its programme's name as often as not.
        let named = block.class == 0 && self.labels == Labels::Tags && self.draw.chance(50);
        let milestone = if named { self.name(0) } else { format!("Milestone {position}") };
        for (index, row) in block.rows.iter().enumerate() {
            if self.draw.chance(BROKEN) {
                self.line("");
                self.header();
            }
            let first = index == 0;
            let label = match self.labels {
                Labels::Column if first => format!("{heading}\t"),
                Labels::Column => "\t".to_owned(),
                Labels::Tags if first && printed && block.class > 0 => {
                    let second = block.second.map(|second| format!(" & {second}")).unwrap_or_default();
                    format!("{milestone}\tChange {}{second}\t", block.class)
                }
                Labels::Tags if first => format!("{milestone}\t\t"),
                Labels::Tags => "\t\t".to_owned(),
                _ => String::new(),
            };
            let reference = if self.referenced {
                format!("{}.{}\t", if block.class > 0 { self.number(block.class) } else { position }, index + 1)
            } else {
                String::new()
            };
            let aside = self.draw.below(self.asides.len());
            let (lead, date) = (self.draw.one_of(&LEADS), self.draw.one_of(&DATES));
            let measure = if self.draw.chance(50) { self.asides[aside].clone() } else { String::new() };
            let truth = std::iter::once(block.class).chain(block.second).filter_map(change).collect();
            self.truth.insert(self.lines + 1, truth);
            self.line(&format!("{reference}{label}{row}\t{measure}\t{lead}\t{date}"));
        }
    }

    /// A heading in the document's style, perhaps misspelt or with a wrong number.
    fn heading(&mut self, class: usize, style: usize) -> String {
        let name = self.name(class);
        let name = if self.draw.chance(MISSPELT) { self.misspell(&name) } else { name };
        let number = if self.draw.chance(MISNUMBERED) { 1 + self.draw.below(8) } else { self.number(class) };
        match style {
            _ if class == 0 => name,
            0 => format!("{number}. {name}"),
            1 => format!("Change {number}: {name}"),
            2 => format!("{number} {name}"),
            _ => name,
        }
    }

    /// The number of a class in the document's edition.
    fn number(&self, class: usize) -> usize {
        let entry = |edition: &EditionEntry| edition.changes.iter().find(|entry| entry.change == change(class))?.number;
        self.edition.and_then(entry).map_or(class, usize::from)
    }

    fn name(&mut self, class: usize) -> String {
        if let Some(edition) = self.edition.filter(|_| class > 0 || self.draw.chance(50)) {
            let named = edition.changes.iter().filter(|entry| entry.change == change(class));
            let names: Vec<&str> = named.map(|entry| entry.name.as_str()).collect();
            return self.draw.one_of(&names).to_owned();
        }
        let Some(change) = class.checked_sub(1).and_then(|index| self.vocabulary.changes.get(index)) else {
            let listed: Vec<&str> = self.vocabulary.outside.iter().map(|entry| entry.name.as_str()).collect();
            let names = if self.draw.chance(50) { listed } else { PROGRAMMES.to_vec() };
            return self.draw.one_of(&names).to_owned();
        };
        let at = self.draw.below(change.aliases.len().max(1));
        let alias = change.aliases.get(at).filter(|alias| alias.len() > 3).filter(|_| self.draw.chance(40));
        alias.unwrap_or(&change.name).clone()
    }

    /// `name` with two letters of its longest word changed round.
    fn misspell(&mut self, name: &str) -> String {
        let longest = name.split(' ').max_by_key(|word| word.len()).unwrap_or_default();
        let mut letters: Vec<char> = longest.chars().collect();
        if letters.len() > 4 {
            let at = 2 + self.draw.below(letters.len() - 3);
            letters.swap(at, at - 1);
        }
        name.replacen(longest, &letters.into_iter().collect::<String>(), 1)
    }
}
