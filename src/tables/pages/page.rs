//! One page: its tables, and what stands between them, in reading order.

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
use super::prose;
use super::rulings;
use super::text::Breaking;

/// The blocks of `page` in reading order.
pub(super) fn blocks(page: &Page, breaking: Breaking) -> Vec<Block> {
    let (upright, turn) = frame::upright(page);
    let page = upright.as_ref();
    let mut free = vec![true; page.words.len()];
    let tables = tables(page, &mut free);
    let rest: Vec<u32> = indices(page).filter(|index| free[*index as usize]).collect();
    order(page, &tables, &rest, &turn, breaking)
}

fn indices(page: &Page) -> impl Iterator<Item = u32> + use<> {
    0..u32::try_from(page.words.len()).unwrap_or(u32::MAX)
}

/// The tables of `page`; their words are no longer `free`.
fn tables(page: &Page, free: &mut [bool]) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut groups: Vec<_> = rulings::groups(page).into_iter().filter_map(|group| Some((group.bbox()?, group))).collect();
    groups.sort_by(|(a, _), (b, _)| (b.width() * b.height()).total_cmp(&(a.width() * a.height())));
    for (bbox, group) in groups {
        if group.across.len() + group.down.len() < 3 {
            continue;
        }
        let words: Vec<u32> = indices(page)
            .filter(|index| {
                free[*index as usize]
                    && page.words.get(*index as usize).is_some_and(|word| {
                        let y = lines::middle(&word.bbox);
                        bbox.y0 <= y && y <= bbox.y1 && word.bbox.x1 > bbox.x0 && word.bbox.x0 < bbox.x1
                    })
            })
            .collect();
        let Some(mut candidate) = lattice::lattice(page, &words, &group) else { continue };
        candidate.score = judge::judge(page, &candidate);
        if candidate.score >= judge::ENOUGH {
            candidate.words().for_each(|index| free[index as usize] = false);
            found.push(candidate);
        }
    }
    found
}

/// Tables and texts from top to bottom.
fn order(page: &Page, tables: &[Candidate], rest: &[u32], turn: &Turn, breaking: Breaking) -> Vec<Block> {
    let (level, turned): (Vec<u32>, Vec<u32>) =
        rest.iter().copied().partition(|index| lines::word(page, *index).is_some_and(|w| w.direction == Direction::Right));
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
