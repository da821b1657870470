//! From the lines of a list to items: what an entry says of who and when, and lines that are the answers of one item.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::bullets::Entry;
use super::bullets::Said;
use super::bullets::Section;
use super::tail;
use super::tail::Tail;
use crate::model::audit::Became;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::location::ColumnIndex;
use crate::model::numbering::closed_letter;
use crate::model::numbering::is_counting;
use crate::model::numbering::numbered;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::table::Boundary;
use crate::model::table::Column;
use crate::model::table::Content;
use crate::model::table::Heading;
use crate::model::table::HeadingKind;
use crate::model::table::Item;
use crate::model::table::ItemCell;
use crate::model::table::Layout;
use crate::model::table::Line;
use crate::model::table::Piece;
use crate::model::table::Table;
use crate::model::text::fold;
use crate::model::text::has_words;

/// The number or letter that counts an entry, and what stands behind it: "2. …", "a) …", "(iv) …".
pub(super) fn counter(text: &str) -> Option<(&str, &str)> {
    // "24 hour cover" is an amount, "2 Open a hub" and "3.1 open a hub" are counted.
    let amount = |rest: &str| rest.starts_with(char::is_lowercase);
    let marked = |number: &str| text.trim_start().get(number.len()..).is_some_and(|rest| !rest.starts_with(char::is_whitespace));
    let counts = |number: &str, rest: &str| !rest.is_empty() && (number.contains('.') || marked(number) || !amount(rest));
    if let Some(number) = numbered(text).filter(|number| counts(number.number, number.rest)) {
        return Some((number.number, number.rest));
    }
    let (word, rest) = text.trim_start().split_once(char::is_whitespace)?;
    // "a. …" counts, "A. Lee" is a name.
    let lower = |letter: &&str| letter.bytes().all(|b| b.is_ascii_lowercase()) && is_counting(letter);
    let letter = closed_letter(word).or_else(|| word.strip_suffix('.').filter(lower))?;
    Some((letter, rest.trim_start())).filter(|(_, rest)| !rest.is_empty())
}

/// Writes the tables of `sections` into `layout`, in the order of its lines.
pub(super) fn write<'s>(layout: &mut Layout<'s>, sections: &[Section], lines: &[Option<Said<'s>>], recognise: &dyn Recognise) {
    let mut made: Vec<(usize, Made<'s>)> = Vec::new();
    let mut first = 0;
    for section in sections {
        let table = Maker::new(section, lines, first, recognise).make(section, lines);
        first += table.table.items.len();
        made.push((section.heading, table));
    }
    // Tables stand in the order of the document, so those after a list move up.
    let mut starts = vec![usize::MAX; layout.tables.len()];
    for (index, line) in layout.lines.iter().enumerate() {
        if let Some(start) = line.item.and_then(|(table, _)| starts.get_mut(table)) {
            *start = index.min(*start);
        }
    }
    // Sections stand in the order of their headings.
    let up: Vec<usize> = starts.iter().map(|start| made.partition_point(|(heading, _)| heading < start)).collect();
    for line in &mut layout.lines {
        if let Some((table, _)) = &mut line.item {
            *table += up[*table];
        }
    }
    let mut tables: Vec<(usize, Table<'s>)> = starts.into_iter().zip(std::mem::take(&mut layout.tables)).collect();
    let mut went: Vec<(usize, Vec<Went<'s>>)> = Vec::new();
    for (heading, made) in made {
        tables.push((heading, made.table));
        went.push((heading, made.went));
    }
    tables.sort_by_key(|(start, _)| *start);
    let listed = tables.iter().enumerate().filter(|(_, (_, table))| table.number == 0);
    let places: FxHashMap<usize, usize> = listed.map(|(index, (heading, _))| (*heading, index)).collect();
    let mut keys: Vec<(usize, Line<'s>)> = Vec::new();
    for (section, (heading, went)) in sections.iter().zip(went) {
        let Some(table) = places.get(&heading).copied() else { continue };
        if !section.keyed {
            layout.lines[section.heading].became = Became::Section;
        }
        for part in &section.parts {
            let milestone = part.guess.is_none();
            layout.lines[part.line].became = if milestone { Became::Milestone } else { Became::ColumnHeader };
        }
        for went in went {
            let line = &mut layout.lines[went.line];
            line.became = if went.new { Became::Item } else { Became::Continuation };
            line.item = Some((table, went.item));
            if !went.keys.is_empty() {
                line.content = Content::Pieces(went.pieces);
                let content = Content::Pieces(went.keys);
                let key = Line { content, became: Became::ColumnHeader, item: None, table: line.table, row: line.row };
                keys.push((went.line, key));
            }
        }
    }
    insert(&mut layout.lines, keys);
    layout.tables = tables.into_iter().map(|(_, table)| table).collect();
}

/// Puts each of `keys` before the line that it opened.
fn insert<'s>(lines: &mut Vec<Line<'s>>, keys: Vec<(usize, Line<'s>)>) {
    if keys.is_empty() {
        return;
    }
    let mut keys = keys.into_iter().peekable();
    let old = std::mem::take(lines);
    lines.reserve(old.len() + keys.len());
    for (index, line) in old.into_iter().enumerate() {
        while let Some((_, key)) = keys.next_if(|(at, _)| *at <= index) {
            lines.push(key);
        }
        lines.push(line);
    }
}

/// The table of a section, and what became of its lines.
struct Made<'s> {
    table: Table<'s>,
    went: Vec<Went<'s>>,
}

/// Where the words of an entry's line went.
struct Went<'s> {
    line: usize,
    item: usize,
    /// The item begins with it.
    new: bool,
    /// Words that only say what others are, and those others; empty where the line went to its item as it is.
    keys: Vec<Piece<'s>>,
    pieces: Vec<Piece<'s>>,
}

struct Maker<'s, 'r> {
    recognise: &'r dyn Recognise,
    table: Table<'s>,
    /// For each part of the section the column of its entries, and the heading that it is.
    parts: Vec<(usize, Option<usize>)>,
    went: Vec<Went<'s>>,
}

impl<'s, 'r> Maker<'s, 'r> {
    /// The table of one section, with its headings and no items yet; `first` items outside tables stand before it.
    fn new(section: &Section, lines: &[Option<Said<'s>>], first: usize, recognise: &'r dyn Recognise) -> Self {
        let said = |line: usize| lines.get(line).and_then(Option::as_ref);
        let heading = |line: usize, kind, parent| said(line).map(|said| Heading { pieces: vec![said.piece], kind, parent });
        let mut table = Table { number: 0, first, ..Table::default() };
        table.headings.extend(heading(section.heading, HeadingKind::Section, None));
        if let (true, Some(heading)) = (section.keyed, table.headings.first_mut()) {
            let name = |piece: &Piece<'s>| tail::keyed(piece.text).map_or(*piece, |(name, _)| piece.part(name));
            heading.pieces = heading.pieces.iter().map(name).collect();
        }
        let action = HeaderGuess { meaning: Meaning::Field(Field::Action), similarity: 1.0 };
        table.columns.push(Column { guess: Some(action), ..Column::default() });
        let mut parts = Vec::new();
        for part in &section.parts {
            let Some(said) = said(part.line) else { continue };
            if let Some(guess) = part.guess {
                parts.push((column_of(Some(guess), Some(said.piece), &mut table.columns, recognise), None));
            } else {
                table.headings.extend(heading(part.line, HeadingKind::Milestone, Some(0)));
                parts.push((0, Some(table.headings.len() - 1)));
            }
        }
        Self { recognise, table, parts, went: Vec::new() }
    }

    fn make(mut self, section: &Section, lines: &[Option<Said<'s>>]) -> Made<'s> {
        if section.form {
            self.form(section, lines);
            return Made { table: self.table, went: self.went };
        }
        let mut last: Option<(Option<usize>, bool)> = None;
        for entry in &section.entries {
            let Some(said) = lines.get(entry.line).and_then(Option::as_ref) else { continue };
            let same = last.is_some_and(|(part, _)| part == entry.part);
            let boundary = match last {
                None => Boundary::Table,
                Some(_) if same => Boundary::None,
                Some(_) => Boundary::Labels,
            };
            match entry.key {
                Some(key) => self.answer(entry, said, key.guess, boundary, same && last.is_some_and(|(_, keyed)| keyed), same),
                None if entry.field.is_some() && same && last.is_some_and(|(_, keyed)| keyed) && self.lacks_subject() => {
                    self.subject(entry, said);
                }
                None => self.entry(entry, said, boundary, section.keyed && entry.line == section.heading),
            }
            last = Some((entry.part, entry.key.is_some() && (last.is_none_or(|(_, keyed)| keyed) || self.began())));
        }
        Made { table: self.table, went: self.went }
    }

    /// All answers of a form as one item.
    fn form(&mut self, section: &Section, lines: &[Option<Said<'s>>]) {
        for entry in &section.entries {
            let Some(said) = lines.get(entry.line).and_then(Option::as_ref) else { continue };
            let new = self.table.items.is_empty();
            if new {
                self.table.items.push(item(said, Some(0), Boundary::Table));
            }
            self.went.push(Went { line: entry.line, item: 0, new, keys: Vec::new(), pieces: Vec::new() });
            let (column, _) = self.place(entry);
            self.put_in(said, column, said.text());
            if let Some(item) = self.table.items.last_mut() {
                item.last_place = said.place;
            }
        }
    }

    /// Whether the last line began an item.
    fn began(&self) -> bool {
        self.went.last().is_some_and(|went| went.new)
    }

    /// A line that says what it is: one more answer of the item above, or the first of another one.
    fn answer(
        &mut self,
        entry: &Entry,
        said: &Said<'s>,
        guess: Option<HeaderGuess>,
        boundary: Boundary,
        keyed: bool,
        same: bool,
    ) {
        let Some((key, value)) = tail::keyed(said.text()) else { return };
        let key = said.piece.part(key);
        let column = column_of(guess, Some(key), &mut self.table.columns, self.recognise);
        let open = self.table.items.last().is_some_and(|item| item.cell(column).is_none());
        let subject = guess.is_some_and(|guess| guess.meaning.is_subject());
        let joins = open && same && (keyed || !subject);
        if !joins {
            let heading = entry.part.and_then(|part| self.parts.get(part)).and_then(|(_, heading)| *heading);
            self.table.items.push(item(said, heading.or(Some(0)), boundary));
        }
        self.went.push(Went {
            line: entry.line,
            item: self.table.items.len() - 1,
            new: !joins,
            keys: vec![key],
            pieces: Vec::new(),
        });
        self.fill(said, value, column);
        if let Some(item) = self.table.items.last_mut() {
            item.last_place = said.place;
        }
    }

    /// Whether the last item says who or when and not what.
    fn lacks_subject(&self) -> bool {
        let subject = |cell: &ItemCell<'_>| {
            self.table.columns.get(cell.column.get()).and_then(Column::meaning).is_some_and(Meaning::is_subject)
        };
        self.table.items.last().is_some_and(|item| !item.cells.iter().any(subject))
    }

    /// Running text below answers that want one: what they are about.
    fn subject(&mut self, entry: &Entry, said: &Said<'s>) {
        let item = self.table.items.len().saturating_sub(1);
        self.went.push(Went { line: entry.line, item, new: false, keys: Vec::new(), pieces: Vec::new() });
        let (column, _) = self.place(entry);
        self.put_in(said, column, said.text());
        if let Some(item) = self.table.items.last_mut() {
            item.last_place = said.place;
        }
    }

    /// The column of an entry, and the milestone that it stands under.
    fn place(&mut self, entry: &Entry) -> (usize, Option<usize>) {
        let (column, milestone) = entry.part.and_then(|part| self.parts.get(part).copied()).unwrap_or((0, None));
        let said = entry.part.is_some() && milestone.is_none();
        let Some(field) = entry.field.filter(|_| !said) else { return (column, milestone) };
        let guess = HeaderGuess { meaning: Meaning::Field(field), similarity: 1.0 };
        (column_of(Some(guess), None, &mut self.table.columns, self.recognise), milestone)
    }

    /// An entry that is an item of its own; where it is `named`, behind the name of its change.
    fn entry(&mut self, entry: &Entry, said: &Said<'s>, boundary: Boundary, named: bool) {
        let (column, milestone) = self.place(entry);
        self.table.items.push(item(said, milestone.or(Some(0)), boundary));
        let index = self.table.items.len() - 1;
        self.went.push(Went { line: entry.line, item: index, new: true, keys: Vec::new(), pieces: Vec::new() });
        let text = match (counter(said.text()), tail::keyed(said.text()).filter(|_| named)) {
            (_, Some((name, rest))) => {
                if let Some(went) = self.went.last_mut() {
                    went.keys.push(said.piece.part(name));
                }
                rest
            }
            (Some((number, rest)), None) => {
                self.put(said, Meaning::Field(Field::Reference), number);
                rest
            }
            (None, None) => said.text(),
        };
        // Running text ends in no names and dates of its own.
        match entry.field {
            Some(_) => self.put_in(said, column, text),
            None => self.fill(said, text, column),
        }
    }

    /// Puts `text` into a column of the last item, and what its end says of who and when into theirs.
    fn fill(&mut self, said: &Said<'s>, text: &'s str, column: usize) {
        let tail = if said.bare {
            tail::read(text, self.recognise)
        } else {
            Tail { rest: SmallVec::from_elem(text, 1), parts: Vec::new() }
        };
        for rest in tail.rest {
            self.put_in(said, column, rest);
        }
        for part in tail.parts {
            if let (Some(key), Some(went)) = (part.key, self.went.last_mut()) {
                went.keys.push(said.piece.part(key));
            }
            if has_words(part.value) {
                self.put(said, part.meaning, part.value);
            }
        }
    }

    fn put(&mut self, said: &Said<'s>, meaning: Meaning, text: &'s str) {
        let column = column_of(Some(HeaderGuess { meaning, similarity: 1.0 }), None, &mut self.table.columns, self.recognise);
        self.put_in(said, column, text);
    }

    fn put_in(&mut self, said: &Said<'s>, column: usize, text: &'s str) {
        let piece = said.piece.part(text);
        if let Some(went) = self.went.last_mut() {
            went.pieces.push(piece);
        }
        let Some(item) = self.table.items.last_mut() else { return };
        let at = item.cells.partition_point(|cell| cell.column.get() < column);
        if let Some(cell) = item.cells.get_mut(at).filter(|cell| cell.column.get() == column) {
            cell.pieces.push(piece);
        } else {
            let column = ColumnIndex(u32::try_from(column).unwrap_or(u32::MAX));
            item.cells.insert(at, ItemCell { column, pieces: SmallVec::from_elem(piece, 1) });
        }
    }
}

/// The column of what `guess` means, or whose header is `piece` where nobody knows what it means; made where it is the first.
/// The level that is planned ("Target maturity") has another column than the level now.
fn column_of<'s>(
    guess: Option<HeaderGuess>,
    piece: Option<Piece<'s>>,
    columns: &mut Vec<Column<'s>>,
    recognise: &dyn Recognise,
) -> usize {
    let header = piece.map(|piece| piece.text.trim().to_owned()).unwrap_or_default();
    let planned = |header: &str| recognise.is_planned(header);
    let same = |column: &Column<'_>| match guess {
        Some(guess) if guess.meaning == Meaning::Field(Field::Status) && column.meaning() == Some(guess.meaning) => {
            planned(&column.header) == planned(&header)
        }
        Some(guess) => column.meaning() == Some(guess.meaning),
        None => column.guess.is_none() && fold(&column.header) == fold(&header),
    };
    columns.iter().position(same).unwrap_or_else(|| {
        columns.push(Column { header, pieces: piece.into_iter().collect(), guess, ..Column::default() });
        columns.len() - 1
    })
}

fn item<'s>(said: &Said<'s>, heading: Option<usize>, boundary: Boundary) -> Item<'s> {
    Item {
        cells: Vec::new(),
        label: None,
        heading,
        names_change: false,
        boundary,
        row: 0,
        place: said.place,
        last_place: said.place,
        notes: Vec::new(),
        diagnostics: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters() {
        assert_eq!(counter("2. Open a hub"), Some(("2", "Open a hub")));
        assert_eq!(counter("a) Open a hub"), Some(("a", "Open a hub")));
        assert_eq!(counter("(iv) Open a hub"), Some(("iv", "Open a hub")));
        assert_eq!(counter("b. Open a hub"), Some(("b", "Open a hub")));
        assert_eq!(counter("A. Lee opens a hub"), None);
        assert_eq!(counter("24 hour cover at the hub"), None);
        assert_eq!(counter("3.1 open a hub"), Some(("3.1", "open a hub")));
        assert_eq!(counter("hub) open"), None);
        assert_eq!(counter("Open a hub"), None);
    }
}
