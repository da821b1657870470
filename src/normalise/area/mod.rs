//! The Health and Wellbeing Board areas that a document speaks for: from a form's answer, else weighed from its title, cover,
//! sheets, file name and words.

mod names;

use std::collections::BTreeMap;

use self::names::Mention;
use self::names::Names;
use self::names::Owners;
use self::names::Writing;
use super::party::BeforeSurnames;
use crate::model::audit::Became;
use crate::model::document::Area;
use crate::model::location::At;
use crate::model::location::Place;
use crate::model::source::Source;
use crate::model::table::Content;
use crate::model::table::Layout;
use crate::model::table::Line;
use crate::model::text::collapse;
use crate::model::text::fold;
use crate::model::vocabulary::Vocabulary;

/// Blocks from the start that may say whose document it is.
const OPENING: usize = 60;

/// Blocks whose words are counted; an area that is not named in these is not what the document is about.
const SAMPLE: usize = 2_000;

/// Longest text that is read as a cover line and not as a paragraph, in bytes.
const COVER_LINE: usize = 160;

/// Longest answer to a form's question for the area, in bytes.
const ANSWER: usize = 120;

/// Least probability with which an area is named: null rather than a guess.
const LEAST: f64 = 0.5;

/// Probability of an answer on a form that is a name to the letter, and of one with a slip of the pen.
const ANSWERED: [f64; 2] = [0.99, 0.95];

/// Weights of what names an area, in units of which three make it two in three likely: "Westmarch Health and Wellbeing Board";
/// the title; a file's name; a sheet's name; a line of the cover; a mention in the text. Set by hand.
mod weight {
    pub(super) const BOARD: f64 = 8.0;
    pub(super) const TITLE: f64 = 6.0;
    pub(super) const FILE: f64 = 5.0;
    pub(super) const SHEET: f64 = 4.0;
    pub(super) const COVER: f64 = 3.0;
    pub(super) const MENTION: f64 = 0.25;
    /// Most that mentions in the text come to.
    pub(super) const MENTIONS: f64 = 3.0;
    pub(super) const SCALE: f64 = 3.0;
}

/// Share of the heaviest area's weight with which another one counts as well.
const ALSO: f64 = 0.6;

/// Finds areas.
#[derive(Debug)]
pub(super) struct Areas {
    names: Names,
    known: Vec<KnownArea>,
    /// Questions of forms that ask for the area, folded.
    labels: Vec<String>,
}

#[derive(Debug)]
struct KnownArea {
    name: String,
    code: String,
    from_year: Option<i32>,
}

/// What speaks for an area.
#[derive(Clone, Debug, Default)]
struct Evidence {
    weight: f64,
    mentions: f64,
    /// The strongest piece: its weight, its words, its place.
    best: Option<(f64, String, Option<At>)>,
}

impl Evidence {
    fn total(&self) -> f64 {
        self.weight + self.mentions.min(weight::MENTIONS)
    }
}

/// A text that may name an area.
struct Clue<'a> {
    text: &'a str,
    at: Option<At>,
    writing: Writing,
    weight: f64,
}

impl Areas {
    /// Prepares `vocabulary`.
    pub(super) fn new(vocabulary: &Vocabulary, people: BeforeSurnames) -> Self {
        let known = |area: &crate::model::vocabulary::AreaEntry| KnownArea {
            name: area.name.clone(),
            code: area.code.clone(),
            from_year: area.from_year.map(i32::from),
        };
        Self {
            names: Names::new(vocabulary, people),
            known: vocabulary.areas.iter().map(known).collect(),
            labels: vocabulary.area_labels.iter().map(|label| fold(label)).collect(),
        }
    }

    /// The areas that a document speaks for, in the order of the vocabulary. `file` is the document's name, `year` a year in
    /// which it was in use.
    pub(super) fn find(&self, source: &Source, layout: &Layout<'_>, file: &str, year: Option<i32>) -> Vec<Area> {
        let answered = self.answered(layout, year);
        if !answered.is_empty() {
            return answered;
        }
        let mut evidence: BTreeMap<u16, Evidence> = BTreeMap::new();
        for clue in clues(source, layout, file) {
            let mentions = self.names.find(clue.text, clue.writing);
            // "Greater Manchester: Trafford" is about one of the group.
            let named = |owner: &u16| mentions.iter().any(|mention| mention.owners.as_slice() == [*owner]);
            for mention in mentions.iter().filter(|mention| mention.owners.len() == 1 || !mention.owners.iter().any(named)) {
                self.add(&mut evidence, &clue, mention, year);
            }
        }
        self.weigh(&evidence)
    }

    /// The answer to a form's question for the area.
    fn answered(&self, layout: &Layout<'_>, year: Option<i32>) -> Vec<Area> {
        for line in layout.lines.iter().take(SAMPLE) {
            let Some((answer, place)) = self.answer(line) else { continue };
            let found = self.names.find(answer, Writing::Loose);
            let mut areas: Vec<Area> = Vec::new();
            for mention in &found {
                let exact = self.names.find(mention.raw, Writing::Prose).len() == 1;
                for owner in self.valid(&mention.owners, year) {
                    let confidence = ANSWERED[usize::from(!exact)];
                    areas.extend(self.area(owner, mention.raw.to_owned(), Some(At::from(place)), confidence));
                }
            }
            areas.dedup_by(|a, b| a.code == b.code);
            if !areas.is_empty() {
                return areas;
            }
        }
        Vec::new()
    }

    /// The answer in a line that asks for the area: in the next cell, or behind a colon.
    fn answer<'s>(&self, line: &Line<'s>) -> Option<(&'s str, &'s Place)> {
        let asks = |text: &str| text.len() <= ANSWER && self.labels.contains(&fold(text));
        let behind_colon = |text: &'s str| {
            let (label, answer) = text.split_once(':')?;
            (asks(label) && answer.len() <= ANSWER).then_some(answer)
        };
        match &line.content {
            Content::Row(row) => {
                let at = row.cells.iter().position(|cell| asks(&cell.text));
                let next = at.and_then(|at| row.cells.get(at + 1)).filter(|cell| cell.text.len() <= ANSWER);
                let own = || row.cells.iter().find_map(|cell| Some((behind_colon(&cell.text)?, &cell.place)));
                next.map(|cell| (cell.text.as_str(), &cell.place)).or_else(own)
            }
            Content::Text(block) => Some((behind_colon(&block.text)?, &block.place)),
            Content::Pieces(_) => None,
        }
    }

    fn add(&self, evidence: &mut BTreeMap<u16, Evidence>, clue: &Clue<'_>, mention: &Mention<'_>, year: Option<i32>) {
        let in_text = clue.weight <= weight::MENTION;
        if in_text && mention.opens {
            return;
        }
        let board = clue.writing == Writing::Title && is_board(clue.text, mention);
        let weight = if board { weight::BOARD } else { clue.weight };
        for owner in self.valid(&mention.owners, year) {
            let known = evidence.entry(owner).or_default();
            if in_text {
                known.mentions += weight;
            } else {
                known.weight += weight;
            }
            if known.best.as_ref().is_none_or(|(best, ..)| weight > *best) {
                known.best = Some((weight, collapse(mention.raw).into_owned(), clue.at.clone()));
            }
        }
    }

    /// Of an area and its successor the one of `year`, the older where no year is known.
    fn valid(&self, owners: &Owners, year: Option<i32>) -> Owners {
        let current = |owner: &&u16| {
            let Some(area) = self.known.get(usize::from(**owner)) else { return false };
            let rivals = owners.iter().filter_map(|other| self.known.get(usize::from(*other)));
            let begun = |area: &KnownArea| area.from_year.is_none_or(|from| year.is_some_and(|year| year >= from));
            let newest = rivals.filter(|other| other.name == area.name && begun(other)).map(|other| other.from_year).max();
            newest.is_none_or(|newest| newest == area.from_year)
        };
        owners.iter().filter(current).copied().collect()
    }

    fn weigh(&self, evidence: &BTreeMap<u16, Evidence>) -> Vec<Area> {
        let most = evidence.values().map(Evidence::total).fold(0.0, f64::max);
        let total: f64 = evidence.values().map(Evidence::total).sum();
        let taken: Vec<(&u16, &Evidence)> = evidence.iter().filter(|(_, known)| known.total() >= ALSO * most).collect();
        let share = taken.iter().map(|(_, known)| known.total()).sum::<f64>() / total.max(f64::MIN_POSITIVE);
        let area = |(owner, known): (&u16, &Evidence)| {
            let confidence = share * (1.0 - (-known.total() / weight::SCALE).exp());
            let (_, raw, at) = known.best.clone()?;
            self.area(*owner, raw, at, (confidence.min(0.99) * 1000.0).round() / 1000.0)
        };
        taken.into_iter().filter_map(area).filter(|area| area.confidence >= LEAST).collect()
    }

    fn area(&self, owner: u16, raw: String, at: Option<At>, confidence: f64) -> Option<Area> {
        let known = self.known.get(usize::from(owner))?;
        Some(Area { name: known.name.clone(), code: known.code.clone(), raw, confidence, at })
    }
}

/// The texts that may name an area, each with its weight.
fn clues<'a>(source: &'a Source, layout: &'a Layout<'_>, file: &'a str) -> Vec<Clue<'a>> {
    let mut clues = Vec::new();
    let stem = file.rsplit('/').next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    clues.push(Clue { text: stem, at: None, writing: Writing::Loose, weight: weight::FILE });
    if let Some(title) = &source.title {
        clues.push(Clue { text: title, at: None, writing: Writing::Title, weight: weight::TITLE });
    }
    let mut sheets: Vec<&str> = Vec::new();
    let mut covers: Vec<String> = Vec::new();
    for (index, line) in layout.lines.iter().take(SAMPLE).enumerate() {
        let place = line.content.place();
        if let Some(Place::Cells(cells)) = place
            && !sheets.contains(&cells.sheet.as_ref())
        {
            sheets.push(&cells.sheet);
            clues.push(Clue { text: &cells.sheet, at: place.map(At::from), writing: Writing::Title, weight: weight::SHEET });
        }
        for text in texts(line) {
            let mut head = head_weight(line.became, index, text);
            if head.is_some() {
                // A running title says the same on each page.
                let folded = fold(text);
                head = head.filter(|_| !covers.contains(&folded));
                covers.push(folded);
            }
            let writing = if head.is_some() { Writing::Title } else { Writing::Prose };
            clues.push(Clue { text, at: place.map(At::from), writing, weight: head.unwrap_or(weight::MENTION) });
        }
    }
    clues
}

/// The texts of a line, cell by cell.
fn texts<'s>(line: &Line<'s>) -> Vec<&'s str> {
    match &line.content {
        Content::Row(row) => row.cells.iter().map(|cell| cell.text.as_str()).collect(),
        Content::Text(block) => vec![block.text.as_str()],
        Content::Pieces(pieces) => pieces.iter().map(|piece| piece.text).collect(),
    }
}

/// Weight of a text that stands at the head of a document; none where it is part of its content.
fn head_weight(became: Became, index: usize, text: &str) -> Option<f64> {
    if text.len() > COVER_LINE {
        return None;
    }
    match became {
        Became::Title => Some(weight::TITLE),
        Became::ColumnHeader | Became::Section | Became::Narrative | Became::PageFurniture if index < OPENING => {
            Some(weight::COVER)
        }
        Became::PageFurniture => Some(weight::COVER),
        _ => None,
    }
}

/// Whether a mention is followed by the name of an area's board.
fn is_board(text: &str, mention: &Mention<'_>) -> bool {
    match mention.next.as_deref() {
        Some("hwb" | "hwbb") => true,
        Some("health") => {
            let behind = text.split_once(mention.raw).map(|(_, rest)| fold(rest)).unwrap_or_default();
            behind.starts_with("health and wellbeing board") || behind.starts_with("health and well being board")
        }
        _ => false,
    }
}
