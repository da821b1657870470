//! Bands of header rows: where they stand, which texts of up to three rows make a column's header, which only group columns.

mod groups;
pub(super) mod milestones;
pub(super) mod outcome;

use std::ops::RangeInclusive;

use smallvec::SmallVec;

use self::groups::Groups;
use super::RowNumbers;
use super::facts;
use super::shapes::matrix;
use super::stated::is_level_row;
use crate::model::cells::is_month;
use crate::model::cells::names_month;
use crate::model::count::as_f64;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::record::Level;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::table::Column;
use crate::model::table::Piece;
use crate::model::table::joined;
use crate::model::text::collapse;
use crate::model::text::fold;

/// A header in two rows is common, in three seen; more are title rows.
const TALLEST: usize = 3;

/// Longest header in words: a question such as "How will we know when we have achieved the outcome?" is one, a sentence of a
/// cell is not.
const WORDS: usize = 30;

/// What a text adds that stands under a merged header in a row of nothing else: half of a known header, which the merged one is
/// no more.
const UNDER: f64 = 0.5;

/// A band of header rows.
pub(super) struct Band<'s> {
    /// First row, an index into the grid's rows.
    pub(super) first: usize,
    /// Last row.
    pub(super) last: usize,
    /// The columns under it.
    pub(super) columns: Vec<Column<'s>>,
    /// Texts that stand in the band's rows but are the table's title.
    pub(super) title: Vec<Piece<'s>>,
    score: f64,
}

/// The best band that begins at row `at`.
pub(super) fn band_at<'s>(rows: &'s [GridRow], at: usize, numbers: RowNumbers, recognise: &dyn Recognise) -> Option<Band<'s>> {
    let tallest = TALLEST.min(rows.len().saturating_sub(at));
    let bands = (1..=tallest).filter_map(|height| band(rows, at, at + height - 1, numbers, recognise));
    bands.max_by(|a, b| a.score.total_cmp(&b.score).then(b.last.cmp(&a.last)))
}

/// The best band that begins at row `at` or one of the next few rows, with nothing but title rows before it.
pub(super) fn band_near<'s>(rows: &'s [GridRow], at: usize, numbers: RowNumbers, recognise: &dyn Recognise) -> Option<Band<'s>> {
    const LOOK_AHEAD: usize = 8;
    let mut best: Option<Band<'s>> = None;
    for start in at..rows.len().min(at + LOOK_AHEAD) {
        if let Some(band) = band_at(rows, start, numbers, recognise)
            && best.as_ref().is_none_or(|b| band.score > b.score + 1e-9)
        {
            best = Some(band);
        }
        let above = |row: &GridRow| {
            can_be_title(row) || is_key(row, recognise) || facts::is_fact_row(row, recognise) || is_level_row(row, recognise)
        };
        if !above(&rows[start]) {
            break;
        }
    }
    best
}

/// Whether a later row of a grid may open a band: two header words to the letter at its beginning, cheap to ask of every row.
pub(super) fn may_open(row: &GridRow, recognise: &dyn Recognise) -> bool {
    let short = |text: &str| text.len() <= 120;
    let opening = row.cells.iter().take(3).filter(|cell| short(&cell.text) && recognise.is_known_header(&cell.text)).count();
    if opening < 2 || !row.cells.iter().all(|cell| short(&cell.text)) {
        return false;
    }
    let known = row.cells.iter().filter(|cell| recognise.is_known_header(&cell.text));
    let mut meanings: Vec<_> = known.filter_map(|cell| recognise.header(&cell.text)).map(|guess| guess.meaning).collect();
    let enough = meanings.len() * 2 > row.cells.len();
    meanings.sort_unstable();
    meanings.dedup();
    enough && meanings.len() >= 2
}

/// A row above a header that may belong to a title or a block of facts about the document, and is no row of the table.
fn can_be_title(row: &GridRow) -> bool {
    let filled = row.cells.len();
    let words: usize = row.cells.iter().map(|cell| cell.text.split_whitespace().count()).sum();
    filled == 0 || (filled * 2 <= row.width.max(2) as usize && words <= 40)
}

/// The band of the rows `first..=last`, if they can be one.
pub(super) fn band<'s>(
    rows: &'s [GridRow],
    first: usize,
    last: usize,
    numbers: RowNumbers,
    recognise: &dyn Recognise,
) -> Option<Band<'s>> {
    let width = rows[first..=last].iter().map(|row| row.width as usize).max().unwrap_or(0);
    if width < 2 || (last > first && (heads_rows(&rows[last], recognise) || is_merged_title(&rows[first]))) {
        return None;
    }
    let groups = Groups::of(&rows[first..=last], width, recognise);
    let under = groups.under(&rows[first..=last]);
    let none = |row: &GridRow| {
        facts::is_fact_row(row, recognise) || facts::is_explanation(row) || is_key(row, recognise) || is_level_row(row, recognise)
    };
    if rows[first..=last].iter().any(|row| !groups.hold(row) && none(row)) {
        return None;
    }
    let mut band = Band { first, last, columns: Vec::with_capacity(width), title: Vec::new(), score: 0.0 };
    let mut known = 0;
    let mut grouped: Vec<(usize, String)> = Vec::new();
    let levels: Vec<_> = rows[first..=last].iter().flat_map(|row| matrix::level_columns(row, recognise)).collect();
    let dated = dated_columns(rows, last, recognise);
    for column in 0..width {
        let stack = stack(rows, first, last, column, numbers, &groups);
        if dated.contains(&column) {
            band.columns.push(dated_column(&stack, &groups, column));
            band.score += 1.0;
            known += 1;
            continue;
        }
        if let Some((_, level)) = levels.iter().find(|(at, _)| *at == column) {
            band.columns.push(level_column(stack, *level, &groups, column, recognise));
            band.score += 1.0;
            known += 1;
            continue;
        }
        let best = best_header(&stack, recognise);
        let (score, header, dropped) = judge(&stack, best.as_ref(), recognise);
        // What stands under a merged header in a row of nothing else is a header, whatever its words.
        let score = if under.contains(&column) { score.max(UNDER) } else { score };
        // What is printed again in the next column only groups both.
        let again = band.columns.last().is_some_and(|before| !before.header.is_empty() && before.header == joined(header));
        band.score += if again { 0.0 } else { score };
        known += usize::from(best.as_ref().is_some_and(|b| b.guess.meaning != Meaning::Group));
        let mut group = groups.over(column);
        for piece in dropped {
            let alone = row_of(&rows[first..=last], piece).is_none_or(|row| row.texts().count() == 1);
            if recognise.header(piece.text).is_some_and(|guess| guess.is_likely()) {
                grouped.push((column, joined(&[*piece]).into_owned()));
            } else if alone {
                band.title.push(*piece);
            } else {
                group = group.or(Some(piece.text));
            }
        }
        let grouping = || groups.over(column).filter(|_| under.contains(&column)).and_then(|text| of_parties(text, recognise));
        let guess = best.map(|b| b.guess).filter(|g| g.meaning != Meaning::Group).or_else(grouping);
        band.columns.push(Column {
            header: joined(header).into_owned(),
            group: group.map(|text| collapse(text).into_owned()),
            pieces: header.to_vec(),
            guess,
            is_label: false,
        });
    }
    band.score += merits(&band.columns);
    // Each further row must bring more than it costs: otherwise the first row of data would be drawn in.
    let belongs = |row: &&GridRow| groups.fill(row) || is_units(row) || (!under.is_empty() && groups.hold(row));
    let belong = rows[first..=last].iter().filter(belongs).count().min(last - first);
    band.score += 0.15 * as_f64(belong) - 0.1 * as_f64(last - first);
    spread_groups(&mut band.columns, &grouped);
    let texts = band.columns.iter().filter(|c| !c.header.is_empty()).count();
    // One header alone is the title of a list, unless it says that its rows are actions or positions.
    let subject = band.columns.iter().any(|column| column.meaning().is_some_and(Meaning::is_subject));
    let few = known == 1 && texts <= 2 && (texts == 2 || subject) && width <= 3 && band.score >= 0.9;
    let enough = known >= 2 || few;
    (enough && band.score > 0.6 && !heads_key(&band.columns, &rows[last + 1..], recognise)).then_some(band)
}

/// Whether a header is that of a key: below it stand nothing but a few ratings or levels, each once beside what it means.
fn heads_key(columns: &[Column<'_>], below: &[GridRow], recognise: &dyn Recognise) -> bool {
    const ROWS: RangeInclusive<usize> = 2..=8;
    let plans = |column: &Column<'_>| match column.meaning() {
        Some(Meaning::Field(field)) => !matches!(field, Field::Rag | Field::Status | Field::Method),
        meaning => meaning == Some(Meaning::Change),
    };
    let said = || below.iter().filter(|row| row.texts().next().is_some());
    if !ROWS.contains(&said().count()) || columns.iter().any(plans) {
        return false;
    }
    let mut seen: SmallVec<[String; 8]> = SmallVec::new();
    said().all(|row| {
        let mut texts = row.texts();
        let (Some(first), Some(_), None) = (texts.next(), texts.next(), texts.next()) else { return false };
        let value = fold(&first.text);
        let new = !seen.contains(&value);
        seen.push(value);
        new && recognise.is_value(&first.text)
    })
}

/// "Red | Off track": a level or a rating beside what it means is a row of a key. Others are several such in one row, perhaps behind the
/// words that announce them.
pub(super) fn is_key(row: &GridRow, recognise: &dyn Recognise) -> bool {
    let mut texts = row.texts();
    let Some(first) = texts.next() else { return false };
    let behind: Vec<&GridCell> = texts.collect();
    match behind.as_slice() {
        [] => explains(&first.text),
        [_] if recognise.is_value(&first.text) => true,
        _ => behind.iter().all(|cell| equates(&cell.text, recognise)) || has_swatches(row, recognise),
    }
}

/// "1 = Not yet established, 2 = Plans in place": a text of several entries.
pub(super) fn explains(text: &str) -> bool {
    text.matches('=').count() >= 2
}

/// "Complete = Blue": a level or a rating on either side of an equals sign.
fn equates(text: &str, recognise: &dyn Recognise) -> bool {
    text.split_once('=').is_some_and(|(one, other)| recognise.is_value(one.trim()) || recognise.is_value(other.trim()))
}

/// Whether cells that hold nothing but a fill stand beside texts one for one, or each text has a fill of its own: what the
/// columns of a table hold is told by no colour.
fn has_swatches(row: &GridRow, recognise: &dyn Recognise) -> bool {
    /// Fewest colours.
    const FEWEST: usize = 3;
    let swatches = row.cells.iter().filter(|cell| cell.text.trim().is_empty() && cell.style.fill.is_some()).count();
    let mut fills: Vec<[u8; 3]> = row.cells.iter().filter_map(|cell| cell.style.fill).collect();
    let filled = fills.len();
    fills.sort_unstable();
    fills.dedup();
    let texts = row.texts().count();
    let known = row.texts().any(|cell| recognise.level(&cell.text).is_some() || recognise.is_known_header(&cell.text));
    let beside = swatches >= 2 && (texts == swatches || texts == swatches + 1);
    let inside = swatches == 0 && filled == texts && filled >= FEWEST;
    fills.len() == filled && !known && (beside || inside)
}

/// A row that is one cell merged from the first column on: the table's title. What groups columns leaves out the first ones.
fn is_merged_title(row: &GridRow) -> bool {
    matches!(row.cells.as_slice(), [cell] if cell.column.get() == 0 && cell.colspan > 1)
}

/// Whether a row heads what stands below it, so that it is none of the header's: it names a change, or is one text over several
/// columns or of a milestone.
fn heads_rows(row: &GridRow, recognise: &dyn Recognise) -> bool {
    let mut texts = row.texts();
    let milestone = texts.next().is_some_and(|cell| recognise.is_milestone(&cell.text)) && texts.next().is_none();
    milestone || is_merged_title(row) || names_change(row, recognise)
}

/// What a header means that groups the parts of a party: "Who" over "Organisation" and "Person".
fn of_parties(text: &str, recognise: &dyn Recognise) -> Option<HeaderGuess> {
    let parties = |guess: &HeaderGuess| matches!(guess.meaning, Meaning::Field(Field::Lead | Field::Organisation));
    recognise.header(text).filter(parties).filter(HeaderGuess::is_likely)
}

/// A row under a header that only says in which unit its columns are: "(£000)", "(month and year)".
fn is_units(row: &GridRow) -> bool {
    let unit = |text: &str| {
        let text = text.trim();
        let money = text.starts_with('£') && text.chars().skip(1).all(|c| matches!(c, '0' | 'k' | 'K' | 'm' | 'M' | 's'));
        money || text == "%" || (text.starts_with('(') && text.ends_with(')') && text.len() <= 40)
    };
    row.texts().next().is_some() && row.texts().all(|cell| unit(&cell.text))
}

/// The row that `piece` stands in.
fn row_of<'s>(rows: &'s [GridRow], piece: &Piece<'_>) -> Option<&'s GridRow> {
    rows.iter().find(|row| row.cells.iter().any(|cell| piece.is_whole(cell)))
}

/// Whether a row names a change in a cell of its own: a row of the table, and none of its header.
pub(super) fn names_change(row: &GridRow, recognise: &dyn Recognise) -> bool {
    row.cells
        .iter()
        .take(2)
        .any(|cell| recognise.header(&cell.text).is_none_or(|guess| guess.similarity < 1.0) && is_name(&cell.text, recognise))
}

/// Whether a text is the name of a change and little more.
pub(in crate::tables) fn is_name(text: &str, recognise: &dyn Recognise) -> bool {
    recognise.heading(text).is_some_and(|guess| guess.change.is_some() && guess.coverage >= 0.8)
}

/// Whether the header of a column names a change in place of saying what the column holds: "HIC 2 Actions".
pub(super) fn is_named_for_change(column: &Column<'_>, recognise: &dyn Recognise) -> bool {
    !column.header.is_empty() && column.guess.is_none() && is_name(&column.header, recognise)
}

/// The column of a level: what stands above its name groups it.
fn level_column<'s>(
    stack: Vec<Piece<'s>>,
    level: Level,
    groups: &Groups<'s>,
    column: usize,
    recognise: &dyn Recognise,
) -> Column<'s> {
    let names = |piece: &Piece<'s>| recognise.level(piece.text).is_some() || recognise.levels_begun(piece.text).contains(&level);
    let pieces: Vec<Piece<'s>> = stack.into_iter().filter(names).collect();
    Column {
        header: joined(&pieces).into_owned(),
        group: groups.over(column).map(|text| collapse(text).into_owned()),
        pieces,
        guess: Some(HeaderGuess { meaning: Meaning::Level(level), similarity: 1.0 }),
        is_label: false,
    }
}

/// The columns that a row heads with a date each, where levels or ratings stand below: how things were then, or are to be.
fn dated_columns(rows: &[GridRow], at: usize, recognise: &dyn Recognise) -> Vec<usize> {
    /// Rows below that are looked at, and the fewest columns that tell it.
    const BELOW: usize = 4;
    const FEWEST: usize = 2;
    let dated = rows[at].texts().filter(|cell| says_when(&cell.text, recognise)).map(|cell| cell.column.get());
    let below = &rows[(at + 1).min(rows.len())..(at + 1 + BELOW).min(rows.len())];
    let valued = |column: &usize| {
        let mut said = below.iter().filter_map(|row| row.cell(*column)).filter(|cell| !cell.text.trim().is_empty()).peekable();
        said.peek().is_some() && said.all(|cell| recognise.level(&cell.text).is_some() || recognise.is_value(&cell.text))
    };
    let found: Vec<usize> = dated.filter(valued).collect();
    if found.len() >= FEWEST { found } else { Vec::new() }
}

/// Whether a text is a day or a month of some year, with no more beside it than that it is planned: "30/06/2017", "Target
/// 31/03/2018", "As at 30 June 2017".
fn says_when(text: &str, recognise: &dyn Recognise) -> bool {
    /// Most words beside the date.
    const BESIDE: usize = 2;
    // "Now (Mar 2018)"
    let bracketed = text.trim().strip_suffix(')').and_then(|text| text.rsplit_once('('));
    if bracketed.is_some_and(|(_, inner)| says_when(inner, recognise)) {
        return true;
    }
    let folded = fold(text);
    let number = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len().min(word.len());
    let figure = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) && number(word) <= 4;
    let of_date = |word: &&str| figure(word) || names_month(word);
    let words: Vec<&str> = folded.split(' ').collect();
    let year = words.iter().any(|word| word.bytes().all(|b| b.is_ascii_digit()) && matches!(word.len(), 2 | 4));
    let rest: Vec<&&str> = words.iter().filter(|word| !of_date(word) && word.len() > 2).collect();
    let found = words.iter().filter(|word| of_date(word)).count();
    year && (2..=3).contains(&found) && (rest.is_empty() || rest.len() <= BESIDE && recognise.is_planned(text))
}

/// The column of what stood at a date.
fn dated_column<'s>(stack: &[Piece<'s>], groups: &Groups<'s>, column: usize) -> Column<'s> {
    Column {
        header: joined(stack).into_owned(),
        group: groups.over(column).map(|text| collapse(text).into_owned()),
        pieces: stack.to_vec(),
        guess: None,
        is_label: false,
    }
}

/// What the columns together add: a header that needs both its rows shows that they belong together, and two columns of one
/// meaning that a part of one header was left out.
fn merits(columns: &[Column<'_>]) -> f64 {
    let stacked = columns.iter().filter(|column| column.guess.is_some() && column.pieces.len() > 1).count();
    let mut fields: Vec<Meaning> =
        columns.iter().filter_map(Column::meaning).filter(|m| matches!(m, Meaning::Field(_))).collect();
    let all = fields.len();
    fields.sort_unstable();
    fields.dedup();
    0.06 * as_f64(stacked) - 0.3 * as_f64(all - fields.len())
}

/// The texts over one column, top to bottom; a cell that spans the column counts.
fn stack<'s>(
    rows: &'s [GridRow],
    first: usize,
    last: usize,
    column: usize,
    numbers: RowNumbers,
    groups: &Groups<'s>,
) -> Vec<Piece<'s>> {
    let mut stack = Vec::new();
    for (offset, row) in rows[first..=last].iter().enumerate() {
        let number = numbers.of(first + offset);
        let own = |cell: &&GridCell| !groups.contains(cell);
        if let Some(cell) = row.cell(column) {
            stack.extend(Some(cell).filter(own).map(|cell| Piece::cell(cell, number)));
        } else if let Some(cell) = spanning(row, column).filter(own).filter(|_| offset < last - first) {
            stack.push(Piece::cell(cell, number));
        }
    }
    stack
}

fn spanning(row: &GridRow, column: usize) -> Option<&GridCell> {
    row.cells.iter().find(|cell| cell.column.get() < column && column < cell.column.get() + cell.colspan as usize)
}

struct BestHeader {
    from: usize,
    guess: HeaderGuess,
}

/// The lower end of the stack whose words are best known as a header; the longest among equals.
fn best_header(stack: &[Piece<'_>], recognise: &dyn Recognise) -> Option<BestHeader> {
    let mut best: Option<BestHeader> = None;
    for from in 0..stack.len() {
        if from > 0 && is_tied(&joined(&stack[..from]), stack[from].text) {
            continue;
        }
        let text = joined(&stack[from..]);
        if is_cut_in_bracket(&text) {
            continue;
        }
        // "Systems to monitor patient flow" over the actions for it is like other headers, and names a change.
        let means = |guess: &HeaderGuess| guess.is_likely() && (guess.is_sure() || !is_name(&text, recognise));
        if let Some(guess) = recognise.header(&text).filter(means)
            && best.as_ref().is_none_or(|b| guess.similarity > b.guess.similarity + 0.02)
        {
            best = Some(BestHeader { from, guess });
        }
    }
    best
}

/// Whether a bracket of `text` stands in part in another row. A plural that is not closed is a slip: "Action(s".
fn is_cut_in_bracket(text: &str) -> bool {
    let (opened, closed) = (text.matches('(').count(), text.matches(')').count());
    opened != closed && !(opened > closed && text.trim_end_matches(')').ends_with("(s"))
}

/// Whether a text goes on in the one below it: a bracket left open, a hyphen or link word at the end, a small letter below.
fn is_tied(above: &str, below: &str) -> bool {
    let open = above.matches('(').count() > above.matches(')').count();
    let last = above.rsplit(' ').next().unwrap_or_default();
    open || above.ends_with(['-', '/', '&', ','])
        || ["and", "or", "of", "to", "the", "for", "by"].contains(&last)
        || below.starts_with(char::is_lowercase)
}

/// What a column adds to the band's score, which pieces are its header, which stand above it.
fn judge<'a, 's>(
    stack: &'a [Piece<'s>],
    best: Option<&BestHeader>,
    recognise: &dyn Recognise,
) -> (f64, &'a [Piece<'s>], &'a [Piece<'s>]) {
    if stack.is_empty() {
        return (0.0, stack, stack);
    }
    if let Some(best) = best {
        let (above, header) = stack.split_at(best.from);
        if best.from == 0 && stack.len() > 1 && upper_is_better(stack, best, recognise) {
            return (DATA_BELOW, stack, &[]);
        }
        let group = best.guess.meaning == Meaning::Group;
        return (if group { 0.3 } else { best.guess.similarity }, header, above);
    }
    let below = stack.len() > 1 && recognise.header(stack[0].text).is_some_and(|guess| guess.is_likely());
    (if below { DATA_BELOW } else { unknown_score(stack) }, stack, &[])
}

/// A column whose upper text is a header by itself and whose lower text only blurs it: the lower row is data.
const DATA_BELOW: f64 = -1.0;

fn upper_is_better(stack: &[Piece<'_>], best: &BestHeader, recognise: &dyn Recognise) -> bool {
    let upper = joined(&stack[..stack.len() - 1]);
    !is_tied(&upper, stack[stack.len() - 1].text)
        && recognise.header(&upper).is_some_and(|guess| guess.similarity > best.guess.similarity + 0.02)
}

/// How much a text that is no known header speaks against a band.
fn unknown_score(stack: &[Piece<'_>]) -> f64 {
    let text = joined(stack);
    // The months of a chart say nothing for or against.
    if is_month(&text) {
        return 0.0;
    }
    let words = text.split_whitespace().count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if words > WORDS || (words > 8 && text.ends_with('.')) {
        -3.0
    } else if words > 12 || digits * 2 > text.len() {
        -1.5
    } else {
        -0.25
    }
}

/// Gives a group's name to the columns of its kind around it.
fn spread_groups(columns: &mut [Column<'_>], grouped: &[(usize, String)]) {
    let of_kind = |column: &Column<'_>| matches!(column.meaning(), Some(Meaning::Timescale | Meaning::OpenTimescale));
    for (at, name) in grouped {
        if !columns.get(*at).is_some_and(of_kind) {
            continue;
        }
        let first = columns[..*at].iter().rposition(|c| !of_kind(c)).map_or(0, |i| i + 1);
        for column in columns[first..].iter_mut().take_while(|c| of_kind(c)) {
            column.group.get_or_insert_with(|| name.clone());
        }
    }
}

/// Whether a text is short as a header is: a few words, no full stop, and no number but among words ("Patients over 7 days").
pub(super) fn is_label(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let numbered = text.bytes().any(|byte| byte.is_ascii_digit());
    let among = || {
        let months = text.split_whitespace().any(|word| names_month(&word.to_lowercase()));
        words >= 4 && text.starts_with(char::is_alphabetic) && !months
    };
    words <= 6 && !text.ends_with('.') && (!numbered || among())
}

/// Columns for a grid whose first row is, by its shape, a header although no word of it is known: every cell short and filled,
/// none a number, and the rows below longer or different.
pub(super) fn band_by_shape(rows: &[GridRow], at: usize, numbers: RowNumbers) -> Option<Band<'_>> {
    let row = rows.get(at)?;
    let below = rows.get(at + 1..)?;
    let mean = |row: &GridRow| row.cells.iter().map(|c| c.text.len()).sum::<usize>() / row.cells.len().max(1);
    let shaped = row.cells.len() >= 2
        && row.cells.len() == row.width as usize
        && row.cells.iter().all(|cell| is_label(&cell.text))
        && below.len() >= 2
        && below.iter().take(20).map(mean).sum::<usize>() / below.len().min(20) > 2 * mean(row);
    if !shaped {
        return None;
    }
    let columns = row
        .cells
        .iter()
        .map(|cell| {
            let piece = Piece::cell(cell, numbers.of(at));
            Column { header: joined(&[piece]).into_owned(), pieces: vec![piece], ..Column::default() }
        })
        .collect();
    Some(Band { first: at, last: at, columns, title: Vec::new(), score: 0.0 })
}
