//! Tables that no lattice draws, among the lines of a zone: those of texts, those with wide gaps, and rows that go on with the
//! table of the page before.

use rustc_hash::FxHashSet;

use crate::model::page::Page;

use super::again::Headers;
use super::candidate::Candidate;
use super::forms;
use super::judge;
use super::lines;
use super::lines::Line;
use super::plausible;
use super::regions;
use super::regions::Run;
use super::rulings::Segment;
use super::spaced;
use super::spaced::Rules;
use super::texts;
use super::traits::Traits;
use super::zones::Zone;

/// Rulings further than this from a run of lines, in points, do not belong to it.
const NEAR: f64 = 20.0;

/// A ruling that covers this share of the width of a run crosses it.
const CROSSES: f64 = 0.6;

/// So many gutters between texts do not stay free by chance.
const GUTTERS: usize = 2;

/// Rows stand at most this far below what heads them, in sizes of font.
const BELOW: f64 = 2.0;

/// A single row of so many cells goes on with a table of the same columns.
const CELLS: usize = 3;

/// What is drawn from left to right on a page, from top to bottom, and what holds for its document.
pub(super) struct Drawn<'a> {
    /// What holds for the document.
    pub traits: &'a Traits<'a>,
    /// Rulings.
    pub rules: Vec<Segment>,
    /// Edges of areas that are the ground of rows.
    pub shades: Vec<Segment>,
    /// The lower edges of areas that are the ground of one text.
    pub grounds: Vec<Segment>,
}

/// Tables among the lines of a zone that no lattice took, and the words that stand in none.
///
/// `headers` are those of the tables before, `before` the column edges of the last; `goes_on` tells that the zone may go on
/// with that table.
pub(super) fn tables(
    page: &Page,
    zone: &Zone,
    drawn: &Drawn<'_>,
    headers: &Headers,
    before: Option<&[f64]>,
    goes_on: bool,
) -> (Vec<Candidate>, Vec<u32>) {
    let mut found: Vec<Candidate> = Vec::new();
    let mut known_here = headers.clone();
    let before_here = before.filter(|_| goes_on);
    // The rest of a row that the page before tore belongs to the table that goes on below it.
    let going_on = |lines: &[Line], run: Run| {
        let edges = before_here.filter(|edges| lines.get(..=run.0).is_some_and(|above| texts::torn(page, above, edges)))?;
        read(page, lines, (0, run.1), drawn, &Hints::Gutters(edges.get(1..edges.len() - 1)?), Some(edges))
    };
    if zone.card {
        // The questions of a card come again in the others, with answers that nearly touch.
        found.extend(asked(page, &lines::lines(page, &zone.words), drawn.traits, None));
    }
    let lines = lines::lines(page, &untaken(&found, &zone.words));
    for (run, gutters) in texts::runs(page, &lines, drawn.traits, &drawn.rules) {
        let prior = found.last().map(|table| table.xs.clone());
        let gutters = known_here.with_edges(page, lines.get(run.0..=run.1).unwrap_or_default(), &gutters);
        let own = || read(page, &lines, run, drawn, &Hints::Gutters(&gutters), prior.as_deref().or(before));
        let table = going_on(&lines, run).or_else(own);
        table.iter().for_each(|table| known_here.learn(page, table));
        found.extend(table);
    }
    let before = before_here;
    let lines = lines::lines(page, &untaken(&found, &zone.words));
    for run in regions::runs(page, &lines) {
        let below = lines.get(run.0..=run.1).unwrap_or_default();
        let mut edges = known_here.edges(page, below);
        edges.extend(drawn.traits.starts.within(page, below));
        edges.sort_by(f64::total_cmp);
        let own = || read(page, &lines, run, drawn, &Hints::Known(&edges), before);
        let headed = || known(page, &lines, run, known_here.columns(page, below)?);
        let table = going_on(&lines, run).or_else(own).or_else(headed);
        table.iter().for_each(|table| known_here.learn(page, table));
        found.extend(table);
    }
    if let Some(edges) = before {
        found.extend(rest(page, &untaken(&found, &zone.words), &found, drawn, edges));
    }
    if !headers.is_empty() {
        let lines = lines::lines(page, &untaken(&found, &zone.words));
        for (run, edges) in headers.runs(page, &lines) {
            found.extend(known(page, &lines, run, edges));
        }
    }
    for at in 0..found.len() {
        if headers.head(page, &found[at]) {
            let lines = lines::lines(page, &untaken(&found, &zone.words));
            let run = headers.below(page, &lines, &found[at]);
            let below = run.and_then(|run| known(page, &lines, run, &found[at].xs));
            found.extend(below);
        }
    }
    let lines = lines::lines(page, &untaken(&found, &zone.words));
    found.extend(asked(page, &lines, drawn.traits, before));
    let words = untaken(&found, &zone.words);
    (found, words)
}

/// The rows right below a table that rulings or areas draw, in its columns, though these end above them: the last of a table
/// whose header and sections have grounds.
pub(super) fn below(page: &Page, words: &[u32], table: &Candidate) -> Option<Candidate> {
    let bottom = table.bbox().y1;
    let mut lines = lines::lines(page, words);
    lines.retain(|line| lines::middle(&line.bbox) > bottom);
    let first = lines.first().filter(|first| first.bbox.y0 - bottom < BELOW * first.size)?;
    let beside = first.bbox.x0 >= table.bbox().x0 - 1.0;
    let run = texts::rest(page, &lines, &table.xs).filter(|_| beside && table.width() >= CELLS)?;
    known(page, &lines, run, &table.xs)
}

/// The table that lines are which stand in the columns between `edges` of a header that is known: they need not look like one.
fn known(page: &Page, lines: &[Line], (first, last): Run, edges: &[f64]) -> Option<Candidate> {
    let rules = Rules { down: edges.get(1..edges.len().checked_sub(1)?)?.to_vec(), ..Rules::default() };
    let table = spaced::table(page, lines.get(first..=last)?, &rules, Some(edges))?;
    (table.xs.len() == edges.len()).then_some(Candidate { score: judge::ENOUGH_SPACED, ..table })
}

/// The forms among `lines`.
fn asked(page: &Page, lines: &[Line], traits: &Traits<'_>, before: Option<&[f64]>) -> Vec<Candidate> {
    let table = |form: forms::Found| {
        let table = spaced::with_rows(page, lines.get(form.run.0..=form.run.1)?, &form.edges, &form.starts)?;
        Some(Candidate { score: judge::ENOUGH_SPACED, ..table })
    };
    forms::runs(page, lines, traits, before).into_iter().filter_map(table).collect()
}

/// Those of `words` that stand in no table.
fn untaken(found: &[Candidate], words: &[u32]) -> Vec<u32> {
    let taken: FxHashSet<u32> = found.iter().flat_map(Candidate::words).collect();
    words.iter().copied().filter(|index| !taken.contains(index)).collect()
}

/// What the lines above all tables of a page go on with: the last rows of the table of the page before, too few to show columns
/// of their own.
fn rest(page: &Page, words: &[u32], found: &[Candidate], drawn: &Drawn<'_>, edges: &[f64]) -> Option<Candidate> {
    let top = found.iter().map(|table| table.bbox().y0).fold(f64::INFINITY, f64::min);
    let mut lines = lines::lines(page, words);
    lines.retain(|line| line.bbox.y1 < top);
    let run = texts::rest(page, &lines, edges)?;
    read(page, &lines, run, drawn, &Hints::Gutters(edges.get(1..edges.len() - 1)?), Some(edges))
}

/// Places of the edges between the columns of a run.
enum Hints<'a> {
    /// The gutters of a run of texts, all of them.
    Gutters(&'a [f64]),
    /// What the header tells, where it is known.
    Known(&'a [f64]),
}

/// The table that a run of lines is; none where it only looks like one.
fn read(page: &Page, lines: &[Line], run: Run, drawn: &Drawn<'_>, hints: &Hints<'_>, prior: Option<&[f64]>) -> Option<Candidate> {
    let (gutters, down) = match hints {
        Hints::Gutters(gutters) => (Some(*gutters), *gutters),
        Hints::Known(edges) => (None, *edges),
    };
    let bbox = lines::around(&lines[run.0..=run.1])?;
    let near = |rule: &&Segment| {
        let beside = rule.to > bbox.x0 && rule.from < bbox.x1;
        beside && rule.at > bbox.y0 - NEAR && rule.at < bbox.y1 + NEAR
    };
    let with = |shades: &[Segment]| {
        let shades = shades.iter().filter(|_| gutters.is_some());
        let mut with: Vec<Segment> = drawn.rules.iter().chain(shades).filter(near).copied().collect();
        with.sort_by(|a, b| a.at.total_cmp(&b.at));
        with
    };
    let (across, over) = (with(&drawn.shades), with(&[]));
    let crosses = |rule: &&Segment| rule.to.min(bbox.x1) - rule.from.max(bbox.x0) >= CROSSES * bbox.width();
    let whole: Vec<f64> = across.iter().filter(crosses).map(|rule| rule.at).collect();
    // A run of texts begins with a line of cells; what stands above the first ruling is the header, or a row torn by the page.
    let (first, last) = if gutters.is_some() { run } else { regions::within_rules(lines, run, &whole) };
    let rules = Rules { across, over, down: down.to_vec(), grounds: drawn.grounds.clone() };
    let prior = prior.filter(|_| first == 0 || gutters.is_some());
    let table = spaced::table(page, &lines[first..=last], &rules, prior)?;
    let score = if gutters.is_some() { judge::judge_texts(page, &table) } else { judge::judge(page, &table) };
    let table = Candidate { score, ..table };
    let many = gutters.is_some_and(|gutters| gutters.len() >= GUTTERS);
    let enough = if many { judge::ENOUGH } else { judge::ENOUGH_SPACED };
    // A single row looks like no table, but it may be the last of one.
    let row = table.height() == 1 && table.filled() >= CELLS && prior.is_some_and(|edges| edges.len() == table.xs.len());
    if row && !plausible::is_newspaper(page, &table) {
        return Some(Candidate { score: enough, ..table });
    }
    let looks = plausible::is_table(page, &table, drawn.traits) && (gutters.is_some() || !plausible::is_chart(page, &table));
    (table.score >= enough && looks).then_some(table)
}
