//! Gutters between what stands side by side on a page but has nothing to do with each other: two tables, a table beside prose.
//!
//! Across the columns of a table lines stand level, or their rows do. Where neither is so, what is left of the gutter goes its own
//! way; so it does where rulings run over all of its width and stop there, time and again.

use crate::model::location::Rect;
use crate::model::page::Page;

use super::candidate::ratio;
use super::gaps;
use super::lines;
use super::lines::Line;
use super::plausible;
use super::rulings;
use super::rulings::Segment;

/// A gutter stands in this middle part of the width.
const MIDDLE: (f64, f64) = (0.2, 0.8);

/// It is at least this wide, in sizes of font.
const WIDE: f64 = 1.0;

/// One line in so many may run over it: a title.
const CROSSING: usize = 12;

/// A gap within a line that is wider than this, in sizes of font, parts it.
const GAP: f64 = 0.8;

/// Fewer lines than this on one side tell nothing.
const LINES: usize = 6;

/// So many lines in a row are looked at together.
const STRETCH: usize = 12;

/// Lines whose feet differ by less than this, in sizes of font, are level.
const LEVEL: f64 = 0.15;

/// One line in so many may be level by chance, or have nothing beside it.
const BY_CHANCE: usize = 2;

/// So many lines, at least, lie between two heights at which neither side has text.
const UNBROKEN: usize = 3;

/// Lines that overlap by more than this, in sizes of font, stand beside each other.
const OVERLAP: f64 = 0.3;

/// One line in so many of a side may stand beside another.
const BESIDE: usize = 6;

/// White lower than this, in points, parts no rows.
const WHITE: f64 = 0.5;

/// So many numbers with the same step between them are the axis of a chart.
const TICKS: usize = 5;

/// A smaller share of lines is level by chance.
const FEW_LEVEL: f64 = 0.4;

/// So many rulings stop at a gutter that parts tables.
const RULES: usize = 2;

/// Share of the width of its side that such a ruling covers.
const COVERS: f64 = 0.8;

/// The middle of the gutter between `lines` whose sides have nothing to do with each other; of several, the one across which the
/// fewest lines are level.
pub(super) fn gutter(page: &Page, lines: &[Line], bbox: Rect) -> Option<f64> {
    let size = gaps::median_size(lines);
    let free = free(page, lines, bbox).into_iter().filter(|gap| gap.1 - gap.0 >= WIDE * size);
    let apart = free.filter_map(|gap| {
        let middle = f64::midpoint(gap.0, gap.1);
        let (left, right) = sides(page, lines, middle);
        let level = level(&left, &right, size);
        let chart = || level < FEW_LEVEL && (is_chart(page, &left) || is_chart(page, &right));
        let apart = go_their_own_way(&left, &right, size) || rules_stop(page, &left, &right, middle, level) || chart();
        apart.then_some((level, middle, gap.0 - gap.1))
    });
    apart.min_by(|a, b| a.0.total_cmp(&b.0).then(a.2.total_cmp(&b.2))).map(|(_, middle, _)| middle)
}

/// Whether most lines on one side of `middle` are level with lines on the other.
pub(super) fn are_level(page: &Page, lines: &[Line], middle: f64) -> bool {
    let (left, right) = sides(page, lines, middle);
    level(&left, &right, gaps::median_size(lines)) >= 0.5
}

/// Which share of the lines of one side, where both have text, is level with lines of the other; the side with fewer lines tells.
fn level(left: &[Line], right: &[Line], size: f64) -> f64 {
    let (left, right) = beside(left, right);
    let (few, many) = if left.len() < right.len() { (&left, &right) } else { (&right, &left) };
    let level = few.iter().filter(|line| many.iter().any(|other| (line.y1 - other.y1).abs() <= LEVEL * size)).count();
    ratio(level, few.len())
}

/// The lines of both sides between the heights at which both have text.
fn beside(left: &[Line], right: &[Line]) -> (Vec<Rect>, Vec<Rect>) {
    let (Some(a), Some(b)) = (lines::around(left), lines::around(right)) else { return (Vec::new(), Vec::new()) };
    let (top, bottom) = (a.y0.max(b.y0), a.y1.min(b.y1));
    let within = |side: &[Line]| -> Vec<Rect> {
        side.iter().map(|line| line.bbox).filter(|bbox| bbox.y1 > top && bbox.y0 < bottom).collect()
    };
    (within(left), within(right))
}

/// What hardly a line has text over, in the middle of `bbox`.
fn free(page: &Page, lines: &[Line], bbox: Rect) -> Vec<(f64, f64)> {
    let (from, to) = (bbox.x0 + MIDDLE.0 * bbox.width(), bbox.x0 + MIDDLE.1 * bbox.width());
    let mut ends: Vec<(f64, i32)> = vec![(from, 0), (to, 0)];
    for chunk in lines.iter().flat_map(|line| lines::chunks(page, line, GAP)) {
        let (x0, x1) = (chunk.x0.clamp(from, to), chunk.x1.clamp(from, to));
        if x0 < x1 {
            ends.extend([(x0, 1), (x1, -1)]);
        }
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let most = i32::try_from(lines.len() / CROSSING).unwrap_or(i32::MAX);
    let mut over = 0;
    let mut out: Vec<(f64, f64)> = Vec::new();
    for pair in ends.windows(2) {
        over += pair[0].1;
        if over <= most && pair[0].0 < pair[1].0 {
            match out.last_mut() {
                Some(last) if last.1 >= pair[0].0 => last.1 = pair[1].0,
                _ => out.push((pair[0].0, pair[1].0)),
            }
        }
    }
    out
}

/// The lines on both sides of `middle`, without those that run over it.
fn sides(page: &Page, lines: &[Line], middle: f64) -> (Vec<Line>, Vec<Line>) {
    let own = lines.iter().filter(|line| !lines::crosses(page, line, middle));
    let words: Vec<u32> = own.flat_map(|line| line.words.iter().copied()).collect();
    let left_of = |index: &u32| lines::word(page, *index).is_some_and(|word| word.bbox.x0 < middle);
    let (left, right): (Vec<u32>, Vec<u32>) = words.into_iter().partition(left_of);
    (lines::lines(page, &left), lines::lines(page, &right))
}

/// Whether somewhere, where both sides have text, neither their lines nor their rows are level.
fn go_their_own_way(left: &[Line], right: &[Line], size: f64) -> bool {
    let (left, right) = beside(left, right);
    let (few, many) = if left.len() < right.len() { (&left, &right) } else { (&right, &left) };
    if few.len() < LINES {
        return false;
    }
    // Cells in the middle of their rows are not level either, but neither are those of one side.
    if !is_stack(&left, size) || !is_stack(&right, size) {
        return false;
    }
    // Prose may well be level with prose, above or below of what is not.
    few.windows(few.len().min(STRETCH)).any(|few| are_apart(few, many, size))
}

/// Whether most of `few` lines stand beside lines of `many` and are level with none of them, and rows of the one do not end where
/// those of the other do.
fn are_apart(few: &[Rect], many: &[Rect], size: f64) -> bool {
    let (Some(top), Some(bottom)) = (few.first().map(|line| line.y0), few.last().map(|line| line.y1)) else { return false };
    let clashes = |line: &&Rect| {
        let near = || many.iter().filter(|other| line.y0.max(other.y0) + OVERLAP * size < line.y1.min(other.y1));
        near().next().is_some() && near().all(|other| (line.y1 - other.y1).abs() > LEVEL * size)
    };
    let clash = few.iter().filter(clashes).count();
    let beside = many.iter().filter(|line| line.y1 > top && line.y0 < bottom);
    let mut all: Vec<(f64, f64)> = few.iter().chain(beside).map(|bbox| (bbox.y0, bbox.y1)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut end = top;
    let mut blocks = 1;
    for (y0, y1) in all {
        blocks += usize::from(y0 > end + WHITE);
        end = end.max(y1);
    }
    BY_CHANCE * clash >= few.len() && UNBROKEN * blocks <= few.len()
}

/// Whether lines stand below each other, and hardly one beside the next.
fn is_stack(lines: &[Rect], size: f64) -> bool {
    let beside = lines.windows(2).filter(|pair| pair[1].y0 < pair[0].y1 - OVERLAP * size).count();
    BESIDE * beside <= lines.len()
}

/// Whether lines are those of a chart: numbers that go up or down by the same step stand alone in them.
fn is_chart(page: &Page, lines: &[Line]) -> bool {
    let alone = |line: &Line| match line.words.as_slice() {
        [only] => plausible::number(&lines::word(page, *only)?.text),
        _ => None,
    };
    let numbers: Vec<f64> = lines.iter().filter_map(alone).collect();
    2 * numbers.len() > lines.len() && numbers.windows(TICKS).any(plausible::is_progression)
}

/// Whether rulings run over all of each side, and none over the middle. Rulings may also stop at a gutter within a table: then both
/// sides have columns of their own, or hardly a line of one is level with the other.
fn rules_stop(page: &Page, left: &[Line], right: &[Line], middle: f64, level: f64) -> bool {
    let (Some(a), Some(b)) = (lines::around(left), lines::around(right)) else { return false };
    let (top, bottom) = (a.y0.min(b.y0), a.y1.max(b.y1));
    let rules: Vec<Segment> = rulings::across(page).into_iter().filter(|rule| top < rule.at && rule.at < bottom).collect();
    let of = |side: Rect| {
        let over = |rule: &&Segment| rule.to.min(side.x1) - rule.from.max(side.x0) >= COVERS * side.width();
        rules.iter().filter(over).count()
    };
    let columns = |side: &[Line]| side.iter().filter(|line| lines::chunks(page, line, GAP).len() >= 2).count() >= LINES / 2;
    let crossed = rules.iter().any(|rule| rule.from < middle && middle < rule.to);
    !crossed && of(a) >= RULES && of(b) >= RULES && (columns(left) && columns(right) || level < FEW_LEVEL)
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines_of;
    use super::super::testing::page;
    use super::*;

    /// Whether lines every `left` points are read apart from lines every `right` points beside them.
    fn are_parted(left: f64, right: f64) -> bool {
        let mut texts: Vec<(f64, f64, &str)> = Vec::new();
        for line in 0..14 {
            texts.push((40.0, 50.0 + left * f64::from(line), "Beds in all wards"));
            texts.push((160.0, 50.0 + left * f64::from(line), "12"));
            texts.push((300.0, 50.0 + right * f64::from(line), "Vans of the county"));
            texts.push((440.0, 50.0 + right * f64::from(line), "7"));
        }
        let page = page(&texts);
        let lines = lines_of(&page);
        let bbox = lines::around(&lines).expect("lines");
        gutter(&page, &lines, bbox).is_some_and(|gutter| (170.0..300.0).contains(&gutter))
    }

    #[test]
    fn lines_that_are_not_level_belong_to_two_tables() {
        assert!(are_parted(10.4, 13.0));
        assert!(!are_parted(12.0, 12.0));
    }

    #[test]
    fn the_gutter_across_which_lines_are_not_level_parts_two_tables() {
        let mut texts: Vec<(f64, f64, &str)> = Vec::new();
        for line in 0..20 {
            let (left, right) = (50.0 + 13.0 * f64::from(line), 50.0 + 10.4 * f64::from(line));
            // The last column of the left table stands far behind the others.
            texts.extend([(40.0, left, "Beds in all wards"), (140.0, left, "12"), (250.0, left, "3")]);
            if line < 10 {
                texts.extend([(300.0, right, "Vans of the county"), (440.0, right, "7")]);
            }
        }
        let page = page(&texts);
        let lines = lines_of(&page);
        let bbox = lines::around(&lines).expect("lines");
        let found = gutter(&page, &lines, bbox);
        assert!(found.is_some_and(|gutter| (255.0..300.0).contains(&gutter)), "{found:?}");
    }

    #[test]
    fn a_chart_beside_a_table_is_read_apart() {
        let ticks = ["100", "80", "60", "40", "20", "0"];
        let mut texts: Vec<(f64, f64, &str)> =
            ticks.iter().zip(0..).map(|(tick, n)| (40.0, 50.0 + 22.0 * f64::from(n), *tick)).collect();
        for line in 0..8 {
            texts.extend([
                (200.0, 50.0 + 17.0 * f64::from(line), "Beds in all wards"),
                (400.0, 50.0 + 17.0 * f64::from(line), "12"),
            ]);
        }
        let page = page(&texts);
        let lines = lines_of(&page);
        let bbox = lines::around(&lines).expect("lines");
        assert!(gutter(&page, &lines, bbox).is_some_and(|gutter| gutter < 200.0));
    }
}
