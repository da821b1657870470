//! One page: its tables, and what stands between them, in reading order.

use crate::model::location::Rect;
use crate::model::page::Direction;
use crate::model::page::Page;
use crate::model::source::Block;

use super::candidate::Candidate;
use super::frame;
use super::frame::Turn;
use super::grid;
use super::judge;
use super::lattice;
use super::lines;
use super::lines::word;
use super::plausible;
use super::prose;
use super::regions;
use super::rulings;
use super::rulings::Group;
use super::rulings::Segment;
use super::spaced;
use super::spaced::Rules;
use super::text::Breaking;

/// A table read by lines of text must be better by this much than by its lattice.
const BETTER: f64 = 0.05;

/// The blocks of `page` in reading order.
pub(super) fn blocks(page: &Page, breaking: Breaking) -> Vec<Block> {
    let (upright, turn) = frame::upright(page);
    let page = upright.as_ref();
    let mut free = Free(vec![true; page.words.len()]);
    let mut tables = ruled(page, rulings::groups(page, false), &mut free);
    if !page.fills.is_empty() {
        tables.extend(ruled(page, rulings::groups(page, true), &mut free));
    }
    tables.extend(unruled(page, &mut free));
    order(page, &tables, &free.rest(), &turn, breaking)
}

/// Which words of a page stand in no table yet.
struct Free(Vec<bool>);

impl Free {
    fn rest(&self) -> Vec<u32> {
        (0_u32..).zip(&self.0).filter(|(_, free)| **free).map(|(index, _)| index).collect()
    }

    /// Free words whose middle lies in `bbox`.
    fn inside(&self, page: &Page, bbox: Rect) -> Vec<u32> {
        let inside = |index: &u32| {
            word(page, *index).is_some_and(|word| {
                let (x, y) = (f64::midpoint(word.bbox.x0, word.bbox.x1), lines::middle(&word.bbox));
                bbox.x0 <= x && x <= bbox.x1 && bbox.y0 <= y && y <= bbox.y1
            })
        };
        self.rest().into_iter().filter(inside).collect()
    }

    fn take(&mut self, table: &Candidate) {
        for index in table.words() {
            if let Some(free) = self.0.get_mut(index as usize) {
                *free = false;
            }
        }
    }
}

/// Tables that groups of rulings draw, larger groups first.
fn ruled(page: &Page, groups: Vec<Group>, free: &mut Free) -> Vec<Candidate> {
    let mut found = Vec::new();
    let groups = rulings::bridged(groups, |gap| !free.inside(page, gap).is_empty());
    let mut boxed: Vec<(Rect, &Group)> = groups.iter().filter_map(|group| Some((group.bbox()?, group))).collect();
    boxed.retain(|(_, group)| group.across.len() + group.down.len() >= 3);
    boxed.sort_by(|(a, _), (b, _)| (b.width() * b.height()).total_cmp(&(a.width() * a.height())));
    for (bbox, group) in boxed {
        let words = free.inside(page, bbox);
        if words.len() < 4 {
            continue;
        }
        let drawn = lattice::lattice(page, &words, group).map(|candidate| scored(page, candidate));
        let drawn_score = drawn.as_ref().map_or(0.0, |candidate| candidate.score);
        let mut best = drawn;
        if drawn_score < 0.9 {
            let lines = lines::lines(page, &words);
            let read = spaced::table(page, &lines, &rules(group, bbox)).map(|candidate| scored(page, candidate));
            if let Some(read) = read.filter(|read| read.score > drawn_score + BETTER) {
                best = Some(read);
            }
        }
        if let Some(table) = best.filter(|table| table.score >= judge::ENOUGH) {
            free.take(&table);
            found.push(table);
        }
    }
    found
}

fn scored(page: &Page, candidate: Candidate) -> Candidate {
    let score = judge::judge(page, &candidate);
    Candidate { score, ..candidate }
}

/// What the rulings of a group say about rows and columns.
fn rules(group: &Group, bbox: Rect) -> Rules {
    let mut down: Vec<f64> =
        group.down.iter().filter(|line| line.to - line.from >= 0.5 * bbox.height()).map(|line| line.at).collect();
    down.sort_by(f64::total_cmp);
    let mut across = group.across.clone();
    across.sort_by(|a, b| a.at.total_cmp(&b.at));
    Rules { across, down }
}

/// Tables among the lines that no lattice took.
fn unruled(page: &Page, free: &mut Free) -> Vec<Candidate> {
    let level = |index: &u32| word(page, *index).is_some_and(|word| word.direction == Direction::Right);
    let words: Vec<u32> = free.rest().into_iter().filter(level).collect();
    let lines = lines::lines(page, &words);
    let all_rules = rulings::across(page);
    let mut found = Vec::new();
    for run in regions::runs(page, &lines) {
        let Some(bbox) = lines[run.0..=run.1].iter().map(|line| line.bbox).reduce(Rect::around) else { continue };
        let across: Vec<Segment> = all_rules
            .iter()
            .filter(|rule| rule.at > bbox.y0 - 20.0 && rule.at < bbox.y1 + 20.0 && rule.to > bbox.x0 && rule.from < bbox.x1)
            .copied()
            .collect();
        let crosses = |rule: &&Segment| rule.to.min(bbox.x1) - rule.from.max(bbox.x0) >= 0.6 * bbox.width();
        let whole: Vec<f64> = across.iter().filter(crosses).map(|rule| rule.at).collect();
        let (first, last) = regions::within_rules(&lines, run, &whole);
        let rules = Rules { across, down: Vec::new() };
        let Some(table) = spaced::table(page, &lines[first..=last], &rules).map(|candidate| scored(page, candidate)) else {
            continue;
        };
        if table.score >= judge::ENOUGH && plausible::is_table(page, &table) {
            free.take(&table);
            found.push(table);
        }
    }
    found
}

/// Tables and texts from top to bottom.
fn order(page: &Page, tables: &[Candidate], rest: &[u32], turn: &Turn, breaking: Breaking) -> Vec<Block> {
    let (level, turned): (Vec<u32>, Vec<u32>) =
        rest.iter().copied().partition(|index| word(page, *index).is_some_and(|w| w.direction == Direction::Right));
    let mut placed: Vec<(f64, f64, Block)> = tables
        .iter()
        .map(|table| {
            let bbox = table.bbox();
            (bbox.y0, bbox.x0, Block::Grid(grid::grid(page, table, turn, breaking)))
        })
        .collect();
    placed.extend(prose::blocks(page, &level, &turned, turn, breaking));
    placed.sort_by(|(y, x, _), (other_y, other_x, _)| y.total_cmp(other_y).then(x.total_cmp(other_x)));
    placed.into_iter().map(|(_, _, block)| block).collect()
}
