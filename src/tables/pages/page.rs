//! One page: its tables, and what stands between them, in reading order.

use crate::model::location::Rect;
use crate::model::page::Direction;
use crate::model::page::Page;
use crate::model::source::Block;
use crate::model::source::Strategy;

use super::again::Headers;
use super::candidate::Candidate;
use super::cards;
use super::grid;
use super::judge;
use super::lattice;
use super::lines;
use super::lines::word;
use super::plausible;
use super::prose;
use super::prose::Placed;
use super::rulings;
use super::rulings::Group;
use super::shown::Shown;
use super::spaced;
use super::spaced::Rules;
use super::tagged;
use super::texts;
use super::traits::Traits;
use super::unruled;
use super::unruled::Drawn;
use super::wide::Sheet;
use super::zones;
use super::zones::Zone;

/// A table read by lines of text must be better by this much than by its lattice.
const BETTER: f64 = 0.05;

/// So far below a header its rows begin, in points.
const BELOW: f64 = 24.0;

/// So many cells of a row do not stand in the columns of a header by chance.
const CELLS: usize = 3;

/// Edges of columns of a table on two pages differ by less than this, in points.
const SAME_EDGE: f64 = 2.0;

/// The blocks of a sheet in reading order.
///
/// `before` are the column edges of the last table of the sheet before; those of this one take their place. `headers` are those
/// of all tables so far.
pub(super) fn blocks(sheet: &Sheet, traits: &Traits<'_>, before: &mut Option<Vec<f64>>, headers: &mut Headers) -> Vec<Block> {
    let Sheet { page, shown, furniture, again } = sheet;
    let mut free = Free((0_u32..).take(page.words.len()).map(|index| !again.contains(&index)).collect());
    let mut tables = tagged::tables(page, &free.0, before.as_deref());
    tables.iter().for_each(|table| free.take(table));
    let groups = rulings::groups(page, false);
    tables.extend(before.as_deref().and_then(|before| going_on(page, &groups, before, &mut free)));
    tables.extend(ruled(page, groups, &mut free, judge::ENOUGH, traits));
    if !page.fills.is_empty() {
        let mut groups = rulings::groups(page, true);
        // Areas over whole rows tell no columns.
        groups.retain(lattice::has_columns);
        // What stands below headers that come again would be taken for one table without them.
        let headers = rulings::headers_again(page);
        groups.retain(|group| !heads_rows(page, group, &headers, &free));
        tables.extend(ruled(page, groups, &mut free, judge::ENOUGH_SHADED, traits));
    }
    let (mut outer, inner): (Vec<u32>, Vec<u32>) = free.rest().into_iter().partition(|index| furniture.contains(index));
    outer.extend((0_u32..).take(page.words.len()).filter(|index| again.contains(index)));
    let level = |index: &u32| word(page, *index).is_some_and(|word| word.direction == Direction::Right);
    let (inner, turned): (Vec<u32>, Vec<u32>) = inner.into_iter().partition(level);
    let boxes: Vec<Rect> = tables.iter().map(Candidate::bbox).collect();
    let mut out = Vec::new();
    let (head, foot): (Vec<Placed>, Vec<Placed>) =
        furniture_blocks(page, &outer, shown, traits).into_iter().partition(|(top, _, _)| *top < page.height / 2.0);
    out.extend(head.into_iter().map(|(_, _, block)| block));
    let (shades, grounds) = (rulings::shades(page), rulings::grounds(page));
    let drawn = Drawn { traits, rules: rulings::across(page), shades, grounds };
    let mut last = None;
    // What was too wide for its paper is a table and not columns of prose.
    let cards = if traits.cards { cards::zones(page, &inner, &boxes) } else { None };
    let zones = match cards {
        _ if shown.is_wide() => vec![Zone::whole(inner, boxes.len())],
        Some(cards) => cards,
        None => zones::zones(page, &inner, &boxes),
    };
    for (index, zone) in zones.iter().enumerate() {
        let goes_on = index == 0 && zone.tables.is_empty();
        let (mut found, mut rest) = unruled::tables(page, zone, &drawn, headers, last.as_deref().or(before.as_deref()), goes_on);
        for table in zone.tables.iter().filter_map(|table| tables.get(*table)) {
            let below = unruled::below(page, &rest, table);
            rest.retain(|index| !below.iter().flat_map(Candidate::words).any(|taken| taken == *index));
            found.extend(below);
        }
        found.iter().for_each(|table| headers.learn(page, table));
        let here = || zone.tables.iter().filter_map(|table| tables.get(*table)).chain(&found);
        last = here().max_by(|a, b| a.bbox().y1.total_cmp(&b.bbox().y1)).map(|table| table.xs.clone()).or(last);
        let mut placed: Vec<Placed> = here().map(|table| placed(page, table, shown, traits)).collect();
        placed.extend(prose::blocks(page, &rest, shown, traits));
        placed.sort_by(|(y, x, _), (other_y, other_x, _)| y.total_cmp(other_y).then(x.total_cmp(other_x)));
        out.extend(placed.into_iter().map(|(_, _, block)| block));
    }
    *before = last;
    out.extend(prose::turned(page, &turned, shown, traits).map(|(_, _, block)| block));
    out.extend(foot.into_iter().map(|(_, _, block)| block));
    out
}

/// The blocks of page furniture, each on its page.
fn furniture_blocks(page: &Page, words: &[u32], shown: &Shown, traits: &Traits<'_>) -> Vec<Placed> {
    let strip = |index: &u32| word(page, *index).map_or(0, |word| shown.strip(word.bbox.x0).0);
    let mut words = words.to_vec();
    words.sort_by_key(strip);
    words.chunk_by(|a, b| strip(a) == strip(b)).flat_map(|words| prose::furniture(page, words, shown, traits)).collect()
}

fn placed(page: &Page, table: &Candidate, shown: &Shown, traits: &Traits<'_>) -> Placed {
    let bbox = table.bbox();
    (bbox.y0, bbox.x0, Block::Grid(grid::grid(page, table, shown, &traits.breaking)))
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

/// Tables that groups of rulings draw, larger groups first, from the score `enough` on.
fn ruled(page: &Page, groups: Vec<Group>, free: &mut Free, enough: f64, traits: &Traits<'_>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut single: Vec<Candidate> = Vec::new();
    let groups = rulings::bridged(groups, |gap| !free.inside(page, gap).is_empty());
    let groups = rulings::stacked(groups);
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
            // A box around columns of texts: their gutters tell more than the box.
            if !lattice::has_columns(group) && texts::fill(page, &lines, traits) {
                continue;
            }
            let read = spaced::table(page, &lines, &rules(group, bbox), None).map(|candidate| scored(page, candidate));
            if let Some(read) = read.filter(|read| read.score > drawn_score + BETTER) {
                best = Some(read);
            }
        }
        let Some(table) = best.filter(|table| !plausible::is_chart(page, table)) else { continue };
        if table.score >= enough {
            free.take(&table);
            found.push(table);
        } else if table.height() == 1 && table.filled() == table.width() && table.by == Strategy::Ruled {
            single.push(table);
        }
    }
    // A row by itself looks like no table, but below all others with the columns of one of them it is the first of the next
    // page's.
    let bottom = found.iter().map(|table| table.bbox().y1).fold(f64::NEG_INFINITY, f64::max);
    for row in single {
        if row.bbox().y0 >= bottom && found.iter().any(|table| same_edges(&table.xs, &row.xs)) {
            free.take(&row);
            found.push(Candidate { score: enough, ..row });
        }
    }
    found
}

/// Whether the areas of `group` are but the ground of one of `headers`: right below them stand texts in the same columns.
fn heads_rows(page: &Page, group: &Group, headers: &[(f64, f64)], free: &Free) -> bool {
    let Some(bbox) = group.bbox().filter(|bbox| headers.iter().any(|(_, end)| (bbox.y1 - end).abs() < 1.0)) else {
        return false;
    };
    let mut edges: Vec<f64> = group.down.iter().map(|line| line.at).collect();
    edges.sort_by(f64::total_cmp);
    let below = Rect { y0: bbox.y1, y1: bbox.y1 + BELOW, ..bbox };
    let lines = lines::lines(page, &free.inside(page, below));
    let Some(first) = lines.first() else { return false };
    let boxes: Vec<Rect> = first.words.iter().filter_map(|index| word(page, *index)).map(|word| word.bbox).collect();
    let crossed = boxes.iter().any(|b| edges.iter().any(|edge| b.x0 + 1.0 < *edge && *edge < b.x1 - 1.0));
    let mut columns: Vec<usize> = boxes.iter().map(|b| edges.partition_point(|edge| *edge <= b.x0 + 1.0)).collect();
    columns.sort_unstable();
    columns.dedup();
    first.bbox.y0 - bbox.y1 < first.size && columns.len() >= CELLS && !crossed
}

/// The table of the page before, which goes on where a lattice has its columns: however few rows are left of it, and however
/// many of their cells are blank.
fn going_on(page: &Page, groups: &[Group], before: &[f64], free: &mut Free) -> Option<Candidate> {
    groups.iter().find_map(|group| {
        let words = free.inside(page, group.bbox()?);
        let table = scored(page, lattice::lattice(page, &words, group)?);
        if !same_edges(&table.xs, before)
            || table.width() < 3
            || table.filled() < 2
            || (table.height() > 1 && table.score < judge::ENOUGH)
        {
            return None;
        }
        free.take(&table);
        Some(Candidate { score: table.score.max(judge::ENOUGH), ..table })
    })
}

/// Whether columns have the same edges.
fn same_edges(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= SAME_EDGE)
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
    Rules { over: across.clone(), across, down, grounds: Vec::new() }
}
