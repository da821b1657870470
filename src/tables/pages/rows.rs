//! Rows from lines: which lines of a region are one row whose cells wrap, and which begin another.
//!
//! Each column says for itself what it sees between two lines: a cell that had room for the next word but did not use it has
//! ended, one that was full or goes on in lower case has not, two values are never in one cell, text below an empty cell begins
//! one. What they say is added up, together with what the distance of the lines and rulings between them say.

use crate::model::cells::names_month;
use crate::model::page::Page;

use super::gaps::Columns;
use super::gaps::Piece;
use super::judge;
use super::lines::Line;
use super::lines::word;

/// The lines of a region with their pieces.
pub(super) struct Sheet<'a> {
    /// The page that they stand on.
    pub page: &'a Page,
    /// The lines from top to bottom.
    pub lines: &'a [Line],
    /// The pieces of each line.
    pub pieces: Vec<Vec<Piece>>,
    /// The columns.
    pub columns: &'a Columns,
    /// Height of each ruling that crosses most of the region.
    pub rules: &'a [f64],
    /// Which lines say more of the row above them: rows of their own.
    pub remarks: &'a [bool],
}

/// What the pieces of a column look like.
#[derive(Clone, Copy, Debug, Default)]
struct Profile {
    /// Width of the widest piece.
    width: f64,
    /// Width up to the next column.
    room: f64,
    /// Left edge of its text.
    left: f64,
    /// Right edge of its text.
    right: f64,
    /// Pieces that are values.
    values: usize,
    /// Pieces in all.
    filled: usize,
    /// Pieces with nothing in the line above them: they begin a cell.
    begun: usize,
    /// Those of these that begin in lower case.
    lower: usize,
}

/// A header has at most so many lines.
const MOST_HEADER: usize = 10;

/// In so many columns text begins again at one height where a row does, not paragraphs within cells.
const AGAIN: usize = 3;

/// From this score on a column says that its text has ended.
const ENDED: f64 = 0.8;

/// So many rulings over the width of a table may part its rows.
const RULED_ROWS: usize = 3;

/// Which line each row begins with; the first is always 0.
pub(super) fn starts(sheet: &Sheet<'_>) -> Vec<usize> {
    if sheet.lines.is_empty() {
        return Vec::new();
    }
    let profiles = profiles(sheet);
    let pitch = Pitch::of(sheet);
    let header = pitch.row_top(header_lines(sheet, &profiles));
    let labels = Labels::of(sheet);
    let sections = sections(sheet, &profiles);
    let mut starts = vec![0];
    for next in 1..sheet.lines.len() {
        let row = starts.last().copied().unwrap_or(0);
        let remark = remark_begins(sheet, next);
        if remark == Some(true)
            || sections[next - 1] != sections[next]
            || remark.is_none() && begins(sheet, &profiles, &pitch, labels, (row, next), header)
        {
            starts.push(next);
        }
    }
    between_rules(sheet, starts, header, &sections)
}

/// Whether a line begins a row as one that says more of the row above does, and the row below that; none where none of these
/// stands there.
fn remark_begins(sheet: &Sheet<'_>, next: usize) -> Option<bool> {
    let is = |line: usize| sheet.remarks.get(line) == Some(&true);
    let labelled = || super::text::label(sheet.page, &sheet.lines[next].words).is_some();
    match (is(next - 1), is(next)) {
        (false, false) => None,
        (true, true) => Some(labelled()),
        _ => Some(true),
    }
}

/// Which lines head sections: where bold text in the first column stands by itself in its lines, and never beside other text.
fn sections(sheet: &Sheet<'_>, profiles: &[Profile]) -> Vec<bool> {
    let bold = |piece: &Piece| piece.words.iter().filter_map(|index| word(sheet.page, *index)).all(|word| word.bold);
    let label = |pieces: &Vec<Piece>| match pieces.as_slice() {
        [first, others @ ..] => first.column == 0 && bold(first) && !others.is_empty() && !others.iter().all(bold),
        [] => false,
    };
    if sheet.pieces.iter().any(label) || sheet.lines.iter().all(|line| super::text::is_bold(sheet.page, line)) {
        return vec![false; sheet.lines.len()];
    }
    let mut sections: Vec<bool> = Vec::with_capacity(sheet.lines.len());
    for (at, pieces) in sheet.pieces.iter().enumerate() {
        let alone = matches!(pieces.as_slice(), [only] if only.column == 0 && bold(only));
        // The second line of a header may have text in the first column alone.
        let wraps = || {
            let above = at.checked_sub(1).and_then(|above| sheet.pieces.get(above)).and_then(|above| above.first());
            let above = above.filter(|above| above.column == 0 && bold(above) && sections.last() == Some(&false));
            match (above, pieces.first(), profiles.first()) {
                (Some(above), Some(only), Some(profile)) => wrap_score(sheet, profile, above, only) <= 0.5,
                _ => false,
            }
        };
        let section = alone && !wraps();
        sections.push(section);
    }
    sections
}

/// Where most rows stand alone between two rulings, all do: what else begins there is a paragraph. Lines of the header stay,
/// and headings of sections.
fn between_rules(sheet: &Sheet<'_>, starts: Vec<usize>, header: usize, sections: &[bool]) -> Vec<usize> {
    let ruled = |start: &usize| {
        start.checked_sub(1).is_none_or(|above| ruled_between(sheet.rules, &sheet.lines[above], &sheet.lines[*start]))
    };
    let bands: Vec<usize> = starts.iter().copied().filter(|start| *start >= header && ruled(start)).collect();
    let alone = |band: &&usize| {
        let after = starts.partition_point(|start| start <= *band);
        starts.get(after).is_none_or(ruled)
    };
    let single = bands.iter().filter(alone).count();
    if bands.len() < RULED_ROWS || 5 * single < 3 * bands.len() {
        return starts;
    }
    let section = |start: &usize| start.checked_sub(1).is_some_and(|above| sections[above] != sections[*start]);
    starts.into_iter().filter(|start| *start <= header || ruled(start) || section(start)).collect()
}

/// How much white stands between lines.
struct Pitch {
    /// The white over each line, below zero where it begins beside the line before it.
    white: Vec<f64>,
    /// More white than this stands between two lines of a text only where a row ends.
    least: f64,
    /// Rows stand further apart than the lines of a row.
    spread: bool,
    /// Cells stand in the middle of their rows, so that their lines are not side by side.
    centred: bool,
}

/// Rows of so many lines are usual where cells wrap.
const ROW_LINES: usize = 10;

/// And of so many where several cells begin below each band of white.
const LONG_ROW_LINES: usize = 25;

/// A band of white this many sizes of font higher than between the lines of a text parts rows.
const BAND: f64 = 0.22;

impl Pitch {
    fn of(sheet: &Sheet<'_>) -> Self {
        let lines = sheet.lines;
        let mut bottom = f64::NEG_INFINITY;
        let white: Vec<f64> = lines
            .iter()
            .map(|line| {
                let white = line.bbox.y0 - bottom;
                bottom = bottom.max(line.bbox.y1);
                white
            })
            .collect();
        let mut sorted: Vec<f64> = white.iter().skip(1).copied().collect();
        sorted.sort_by(f64::total_cmp);
        let size = super::gaps::median_size(lines);
        let beside = sorted.iter().filter(|white| **white < -0.3 * size).count();
        let usual = sorted.get(beside + (sorted.len() - beside) / 10).copied().unwrap_or(0.0);
        let least = usual.max(-0.3 * size) + BAND * size;
        let wide = sorted.iter().filter(|white| **white > least).count();
        if lies(sheet, &white, least) {
            return Self { white, least: f64::INFINITY, spread: false, centred: false };
        }
        let most = if begin_together(sheet, &white, least) { LONG_ROW_LINES } else { ROW_LINES };
        let spread = most * wide >= sorted.len() - beside && wide >= 2 && wide < sorted.len();
        Self { white, least, spread, centred: 5 * beside >= sorted.len() && wide >= 1 }
    }

    /// The first line of the row that `line` stands in, where cells stand in the middle: those of a first value may stand below
    /// the beginning of a longer text beside it.
    fn row_top(&self, line: usize) -> usize {
        let top = (1..=line.min(self.white.len().saturating_sub(1))).rev().find(|at| self.white[*at] > self.least);
        top.filter(|_| self.centred).unwrap_or(line)
    }
}

/// Whether white parts the lines of cells and not rows, which stand closer: what is below it hardly ever has a first cell, and
/// most other lines have one.
fn lies(sheet: &Sheet<'_>, white: &[f64], least: f64) -> bool {
    let first = |line: &usize| sheet.pieces[*line].first().is_some_and(|piece| piece.column == 0);
    let (below, others): (Vec<usize>, Vec<usize>) =
        (1..sheet.lines.len()).partition(|line| white.get(*line).is_some_and(|white| *white > least));
    let count = |lines: &[usize]| lines.iter().filter(|line| first(line)).count();
    below.len() >= 2 && 5 * count(&below) < below.len() && 5 * count(&others) > 4 * others.len()
}

/// Whether below bands of white stand texts in several columns, and in other lines far fewer: rows begin there, not paragraphs.
fn begin_together(sheet: &Sheet<'_>, white: &[f64], least: f64) -> bool {
    let (below, others): (Vec<usize>, Vec<usize>) =
        (1..sheet.lines.len()).partition(|line| white.get(*line).is_some_and(|white| *white > least));
    let pieces = |lines: &[usize]| lines.iter().map(|line| sheet.pieces[*line].len()).sum::<usize>();
    let together = below.iter().filter(|line| sheet.pieces[**line].len() >= AGAIN).count();
    5 * together >= 4 * below.len() && 5 * pieces(&others) * below.len() <= 3 * pieces(&below) * others.len()
}

fn profiles(sheet: &Sheet<'_>) -> Vec<Profile> {
    let mut profiles = vec![Profile::default(); sheet.columns.len()];
    for (column, profile) in profiles.iter_mut().enumerate() {
        let from = sheet.columns.extents[column].0;
        let to = sheet.columns.extents.get(column + 1).map_or(sheet.columns.extents[column].1, |next| next.0);
        profile.room = to - from;
        (profile.left, profile.right) = sheet.columns.extents[column];
    }
    for (line, pieces) in sheet.pieces.iter().enumerate() {
        let above = line.checked_sub(1).and_then(|above| sheet.pieces.get(above));
        for piece in pieces.iter().filter(|piece| piece.columns == 1) {
            let Some(profile) = profiles.get_mut(piece.column) else { continue };
            profile.width = profile.width.max(piece.x1 - piece.x0);
            profile.filled += 1;
            // A year alone in its line is the rest of a date.
            profile.values += usize::from(is_value(sheet.page, piece) && !is_year(sheet.page, piece));
            if above.is_none_or(|above| above.iter().all(|other| other.column != piece.column)) {
                profile.begun += 1;
                profile.lower += usize::from(begins_lower(sheet.page, piece));
            }
        }
    }
    profiles
}

/// Whether the words of a piece are a value.
fn is_value(page: &Page, piece: &Piece) -> bool {
    let mut digits = false;
    let values = piece.words.iter().filter_map(|index| word(page, *index)).all(|word| {
        digits |= word.text.bytes().any(|b| b.is_ascii_digit());
        judge::is_value(&word.text)
    });
    values && (digits || piece.words.len() == 1)
}

/// Whether a piece begins in lower case or with a mark that no cell begins with.
fn begins_lower(page: &Page, piece: &Piece) -> bool {
    let first = piece.words.first().and_then(|index| word(page, *index));
    first.is_some_and(|word| word.text.starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | ')' | '&' | '/')))
}

/// How many lines from the top are header: those above the first line of values in a table of values, or those in bold.
fn header_lines(sheet: &Sheet<'_>, profiles: &[Profile]) -> usize {
    let of_values = |profile: &&Profile| profile.filled >= 2 && 2 * profile.values > profile.filled;
    let numeric: Vec<bool> = profiles.iter().map(|profile| of_values(&profile)).collect();
    let value_line = |pieces: &Vec<Piece>| {
        let there: Vec<&Piece> = pieces.iter().filter(|p| p.columns == 1 && numeric.get(p.column) == Some(&true)).collect();
        let values = there.iter().filter(|piece| is_value(sheet.page, piece) && !is_year(sheet.page, piece)).count();
        values > 0 && 2 * values >= there.len()
    };
    if numeric.iter().skip(1).any(|numeric| *numeric) {
        let first = sheet.pieces.iter().position(value_line).unwrap_or(0);
        if first <= MOST_HEADER {
            return back_to_header_end(sheet, first);
        }
    }
    let bold = sheet.lines.iter().take_while(|line| super::text::is_bold(sheet.page, line)).count();
    if bold < sheet.lines.len() { bold } else { 0 }
}

/// A label of the first column that begins above the first line of values belongs to the body, unless it goes on with a name
/// above it.
fn back_to_header_end(sheet: &Sheet<'_>, first: usize) -> usize {
    let named = |line: usize| sheet.pieces[line].first().is_some_and(|piece| piece.column == 0);
    let label_only = |line: usize| {
        let label = matches!(sheet.pieces[line].as_slice(), [only] if only.column == 0);
        label && !(named(line - 1) && begins_lower(sheet.page, &sheet.pieces[line][0]))
    };
    let mut end = first;
    while end > 1 && label_only(end - 1) && !sheet.pieces[end - 2].is_empty() {
        end -= 1;
    }
    end
}

fn is_year(page: &Page, piece: &Piece) -> bool {
    piece.words.iter().filter_map(|index| word(page, *index)).all(|word| judge::is_year(word.text.trim_matches(['*', '(', ')'])))
}

/// Whether line `next` begins a row, where the row before it began at line `row`.
fn begins(
    sheet: &Sheet<'_>,
    profiles: &[Profile],
    pitch: &Pitch,
    labels: Labels,
    (row, next): (usize, usize),
    header: usize,
) -> bool {
    let (above, line) = (&sheet.lines[next - 1], &sheet.lines[next]);
    if ruled_between(sheet.rules, above, line) {
        return true;
    }
    // Text that is set lower in its cell than its neighbours stands between two lines.
    let overlap = above.bbox.y1.min(line.bbox.y1) - above.bbox.y0.max(line.bbox.y0);
    if overlap > 0.3 * above.bbox.height().min(line.bbox.height()) {
        return false;
    }
    if next < header {
        return header_breaks(sheet, pitch, next, header);
    }
    if next == header {
        return true;
    }
    let mut says = Says::default();
    for (column, profile) in profiles.iter().enumerate() {
        says.hear(sheet, profile, column, row, next);
    }
    pitch_score(pitch, next) + labels.score(sheet, row, next) + says.sum() > 0.0
}

/// On which line of a wrapped label its values stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Labels {
    /// Nothing tells.
    Unknown,
    /// On the first.
    First,
    /// On the last.
    Last,
}

impl Labels {
    /// Looks at labels that go on in lower case.
    fn of(sheet: &Sheet<'_>) -> Self {
        let (mut first, mut last) = (0, 0);
        for index in 1..sheet.lines.len() {
            let lower = sheet.pieces[index].first().is_some_and(|piece| piece.column == 0 && begins_lower(sheet.page, piece));
            first += usize::from(lower && has_values(sheet, index - 1) && is_label(sheet, index));
            last += usize::from(lower && is_label(sheet, index - 1) && has_values(sheet, index));
        }
        match first.cmp(&last) {
            std::cmp::Ordering::Greater => Self::First,
            std::cmp::Ordering::Less => Self::Last,
            std::cmp::Ordering::Equal => Self::Unknown,
        }
    }

    /// What a label alone in its line says about a row that begins with `next`.
    fn score(self, sheet: &Sheet<'_>, row: usize, next: usize) -> f64 {
        let valued = (row..next).any(|line| has_values(sheet, line));
        match self {
            Self::Last if is_label(sheet, next) && valued => 2.0,
            // That no value stands above those of the last line says nothing.
            Self::Last if has_values(sheet, next) && (row..next).all(|line| is_label(sheet, line)) => -1.0,
            Self::First if has_values(sheet, next) && valued => 2.0,
            _ => 0.0,
        }
    }
}

/// Whether a line has only a text in the first column.
fn is_label(sheet: &Sheet<'_>, line: usize) -> bool {
    matches!(sheet.pieces[line].as_slice(), [only] if only.column == 0 && !is_value(sheet.page, only))
}

/// Whether a line has a value behind the first column.
fn has_values(sheet: &Sheet<'_>, line: usize) -> bool {
    sheet.pieces[line].iter().any(|piece| piece.column > 0 && is_value(sheet.page, piece))
}

/// Header lines stay together unless one spans columns that the next ones name, or they stand apart.
fn header_breaks(sheet: &Sheet<'_>, pitch: &Pitch, next: usize, header: usize) -> bool {
    let (above, below) = (&sheet.pieces[next - 1], &sheet.pieces[next]);
    let within = |piece: &Piece, p: &&Piece| p.column >= piece.column && p.column + p.columns <= piece.column + piece.columns;
    // The first line of names that wrap may hold one of them alone.
    let named = |piece: &Piece| {
        let names = sheet.pieces[next..header].iter().flatten().filter(|p| within(piece, p) && p.columns < piece.columns);
        names.map(|p| p.column).collect::<std::collections::BTreeSet<usize>>().len()
    };
    let spans = above.iter().any(|piece| {
        let under = below.iter().filter(|p| within(piece, p)).count();
        piece.columns >= 2
            && (under >= 2
                || under == 1 && below.iter().any(|p| within(piece, &p) && p.columns < piece.columns) && named(piece) >= 2)
    });
    if comes_again(sheet, next) {
        return true;
    }
    let far = pitch.white[next] > pitch.least + 0.5 * sheet.lines[next].size;
    let same = |p: &Piece| above.iter().any(|piece| (piece.column, piece.columns) == (p.column, p.columns));
    let wide = || below.iter().filter(|p| p.columns >= 2);
    spans || far || wide().next().is_some() && !wide().any(same)
}

/// Whether a line of a header comes again further down, below another line than here: a header of its own under a heading.
fn comes_again(sheet: &Sheet<'_>, next: usize) -> bool {
    let said = |line: usize| -> Vec<(usize, &str)> {
        let all = sheet.pieces[line].iter().flat_map(|piece| piece.words.iter().map(move |index| (piece.column, *index)));
        all.filter_map(|(column, index)| Some((column, word(sheet.page, index)?.text.as_str()))).collect()
    };
    let own = said(next);
    if sheet.pieces[next].len() < AGAIN {
        return false;
    }
    let above = said(next - 1);
    let mut again = (next + 2..sheet.lines.len()).filter(|line| said(*line) == own).peekable();
    again.peek().is_some() && again.all(|line| said(line - 1) != above)
}

fn ruled_between(rules: &[f64], above: &Line, line: &Line) -> bool {
    let (from, to) = (super::lines::middle(&above.bbox), super::lines::middle(&line.bbox));
    let at = rules.partition_point(|rule| *rule <= from);
    rules.get(at).is_some_and(|rule| *rule < to)
}

fn pitch_score(pitch: &Pitch, next: usize) -> f64 {
    match (pitch.white[next] > pitch.least, pitch.centred || pitch.spread) {
        (true, true) => 2.5,
        (true, false) => 1.0,
        (false, _) if pitch.centred => -4.0,
        (false, true) => -1.5,
        (false, false) => 0.0,
    }
}

/// What the columns say about a row that begins with a line; above zero for it.
#[derive(Debug, Default)]
struct Says {
    /// The first column is empty where it seldom is, or begins.
    anchor: f64,
    /// Another column begins below an empty cell.
    new: f64,
    /// Two values, or a value and a text, would be in one cell.
    values: f64,
    /// Texts end or go on.
    wraps: f64,
    /// How many columns hold text further above, then none, then this.
    again: usize,
    /// How many columns had room for the next word.
    ended: usize,
}

impl Says {
    fn hear(&mut self, sheet: &Sheet<'_>, profile: &Profile, column: usize, row: usize, next: usize) {
        let piece = |line: usize| sheet.pieces[line].iter().find(|piece| piece.column == column);
        let Some(below) = piece(next) else {
            // A row without its first cell is rare; other cells are often empty.
            if column == 0 && 2 * profile.filled > sheet.lines.len() {
                self.anchor = -1.0;
            }
            return;
        };
        let value = is_value(sheet.page, below);
        let leads = sheet.pieces[next].iter().any(|piece| piece.column == 0);
        let near = |line: &usize| sheet.lines[next].bbox.y0 - sheet.lines[*line].bbox.y1 < 0.6 * sheet.lines[next].size;
        if let Some(above) = (row..next).rev().take_while(near).find_map(piece) {
            match (is_value(sheet.page, above), value) {
                (false, true) if goes_on_date(sheet.page, above, below) => self.wraps -= 2.0,
                (true, true) => self.values = 3.0,
                // "August 2017" above "1st November": where the line begins with the first column, it is no list of dates.
                (false, false)
                    if leads && ends_date(sheet.page, above) && below.words.iter().any(|index| is_month(sheet.page, *index)) =>
                {
                    self.values = self.values.max(2.0);
                    self.ended += 1;
                }
                (false, false) => {
                    let score = wrap_score(sheet, profile, above, below);
                    self.wraps += score;
                    self.ended += usize::from(score >= ENDED);
                }
                (above, _) => {
                    self.values = self.values.max(1.0);
                    // A header over a figure.
                    self.ended += usize::from(!above);
                }
            }
            return;
        }
        let held = (row..next).any(|line| piece(line).is_some());
        self.again += usize::from(held);
        match (held, value) {
            // Text, a blank line, text: a paragraph or another row.
            (true, true) => self.values = self.values.max(2.5),
            (true, false) => self.new = self.new.max(0.3),
            (false, _) if column == 0 => self.anchor = 2.0,
            (false, _) => self.new = 0.8,
        }
    }

    fn sum(&self) -> f64 {
        // Texts of several columns do not end at one height by chance; what is full then is a narrow column.
        let together = match self.again {
            AGAIN.. => 2.5,
            2 => 1.0,
            _ => 0.0,
        };
        let wraps = if self.ended >= AGAIN { self.wraps.max(2.0) } else { self.wraps };
        self.anchor + self.new + self.values + together + wraps.clamp(-4.0, 2.0)
    }
}

/// Whether a piece ends in a date with its year.
fn ends_date(page: &Page, piece: &Piece) -> bool {
    let mut last = piece.words.iter().rev();
    let year = last.next().and_then(|index| word(page, *index)).is_some_and(|word| judge::is_year(&word.text));
    year && last.next().is_some_and(|index| is_month(page, *index))
}

fn is_month(page: &Page, index: u32) -> bool {
    word(page, index).is_some_and(|word| names_month(&word.text.trim_end_matches(['.', ',']).to_lowercase()))
}

/// Whether a date that ends in its month goes on with the year below.
fn goes_on_date(page: &Page, above: &Piece, below: &Piece) -> bool {
    let text = |index: Option<&u32>| index.and_then(|index| word(page, *index)).map_or("", |word| word.text.as_str());
    let year = text(below.words.first()).trim_end_matches([',', ';', '.', ')']);
    let figures = matches!(year.len(), 2 | 4) && year.bytes().all(|b| b.is_ascii_digit());
    figures && names_month(&text(above.words.last()).trim_end_matches(['.', ',']).to_lowercase())
}

/// Whether text wraps from one line of a column to the next (below zero) or ends.
fn wrap_score(sheet: &Sheet<'_>, profile: &Profile, above: &Piece, below: &Piece) -> f64 {
    if above.columns > 1 || below.columns > 1 {
        return if begins_lower(sheet.page, below) { -1.5 } else { 0.8 };
    }
    let text = |index: Option<&u32>| index.and_then(|index| word(sheet.page, *index));
    let (Some(last), Some(first)) = (text(above.words.last()), text(below.words.first())) else { return 0.0 };
    // Labels are indented: how far right they may reach counts, not how wide they are.
    let from = if above.column == 0 { profile.left.min(above.x0) } else { above.x0 };
    let width = if above.column == 0 { profile.right - from } else { profile.width };
    let need = (above.x1 - from) + 0.3 * last.size + first.bbox.width();
    let mut score = if need <= width {
        0.9
    } else if need <= profile.room - 0.6 * last.size {
        0.1
    } else {
        -1.2
    };
    let indent = below.x0 - above.x0 > 0.4 * first.size;
    // Where nearly all cells are in lower case that says nothing.
    let lower = begins_lower(sheet.page, below) && 5 * profile.lower <= 4 * profile.begun;
    if lower {
        score -= if indent { 2.6 } else { 2.0 };
    } else if indent || last.text.ends_with(['.', ';', ':', '?', '!']) {
        score += 0.5;
    }
    if last.text.ends_with([',', '-', '/']) {
        score -= 0.8;
    }
    let bold = |piece: &Piece| piece.words.iter().filter_map(|index| word(sheet.page, *index)).all(|word| word.bold);
    if bold(above) != bold(below) {
        score += 0.8;
    }
    score
}
