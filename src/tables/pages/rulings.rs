//! Rulings made whole: collinear pieces joined, doubled lines made one, edges of fills added; and the groups of lines that
//! touch.

use crate::model::location::Rect;
use crate::model::page::Axis;
use crate::model::page::Fill;
use crate::model::page::Page;
use crate::model::page::Ruling;
use crate::model::page::Word;

use super::banded;
use super::gaps;
use super::lines;

/// Lines closer than this, in points, are one line: doubled borders are drawn 1 to 3 points apart.
pub(super) const SAME_LINE: f64 = 3.0;

/// Lines whose ends are closer than this, in points, touch.
const TOUCH: f64 = 3.0;

/// Areas over or below each other overlap by more than this, in points.
const OVERLAP: f64 = 1.0;

/// A row that heads a section is lower than this, in points: two lines of text with their padding.
const SECTION: f64 = 32.0;

/// With more lines than this a page is a drawing, not a table; sheets have some hundreds.
const MOST_LINES: usize = 6000;

/// The name of a group of columns has at most so many lines.
const NAME_LINES: usize = 3;

/// A line along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Segment {
    /// Its place on the other axis.
    pub at: f64,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// Lines that touch each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// Lines from left to right.
    pub across: Vec<Segment>,
    /// Lines from top to bottom.
    pub down: Vec<Segment>,
}

impl Group {
    /// The box around all lines; none without lines.
    pub(super) fn bbox(&self) -> Option<Rect> {
        let across = self.across.iter().map(|s| Rect { x0: s.from, y0: s.at, x1: s.to, y1: s.at });
        let down = self.down.iter().map(|s| Rect { x0: s.at, y0: s.from, x1: s.at, y1: s.to });
        across.chain(down).reduce(Rect::around)
    }
}

/// The lines of a page from left to right, from top to bottom.
pub(super) fn across(page: &Page) -> Vec<Segment> {
    joined(page.rulings.iter().filter(|ruling| ruling.axis == Axis::Horizontal).map(segment).collect())
}

/// The upper and lower edges of areas that are the ground of rows, where the colour changes; the grounds of headers that come
/// again tell no rows where nothing else has one.
pub(super) fn shades(page: &Page) -> Vec<Segment> {
    let mut shades: Vec<&Fill> = page.fills.iter().filter(|fill| is_shade(fill, page)).collect();
    let headers = headers_again(page);
    if shades.iter().all(|fill| headers.iter().any(|(from, to)| *from < fill.bbox.y0 + 0.5 && fill.bbox.y1 < to + 0.5)) {
        shades.clear();
    }
    let goes_on = |at: f64, fill: &Fill| {
        shades.iter().any(|other| {
            // Cells of a row that touch overlap by what their places are rounded to.
            let beside = other.bbox.x0 + OVERLAP < fill.bbox.x1 && fill.bbox.x0 + OVERLAP < other.bbox.x1;
            let over = other.bbox.y0 < at - 0.5 * SAME_LINE && at + 0.5 * SAME_LINE < other.bbox.y1;
            let below =
                !std::ptr::eq(*other, fill) && ((other.bbox.y0 - at).abs() < SAME_LINE || (other.bbox.y1 - at).abs() < SAME_LINE);
            beside && other.colour == fill.colour && (over || below)
        })
    };
    let edges = shades.iter().flat_map(|fill| [(fill.bbox.y0, fill), (fill.bbox.y1, fill)]);
    let parts = edges.filter(|(at, fill)| !goes_on(*at, fill));
    joined(parts.map(|(at, fill)| Segment { at, from: fill.bbox.x0, to: fill.bbox.x1 }).collect())
}

/// The lower edges of areas that are the ground of one text each: of a name, and of all the columns that it stands over.
pub(super) fn grounds(page: &Page) -> Vec<Segment> {
    let shades: Vec<&Fill> = page.fills.iter().filter(|fill| is_shade(fill, page)).collect();
    if shades.len() > MOST_LINES {
        return Vec::new();
    }
    let one_text = |fill: &&&Fill| {
        let inside = |word: &Word| {
            let (x, y) = (f64::midpoint(word.bbox.x0, word.bbox.x1), lines::middle(&word.bbox));
            fill.bbox.x0 < x && x < fill.bbox.x1 && fill.bbox.y0 < y && y < fill.bbox.y1
        };
        let words: Vec<u32> = (0_u32..).zip(&page.words).filter(|(_, word)| inside(word)).map(|(index, _)| index).collect();
        let lines = lines::lines(page, &words);
        (1..=NAME_LINES).contains(&lines.len()) && lines.iter().all(|line| lines::chunks(page, line, gaps::CHUNK_GAP).len() == 1)
    };
    let bottom = |fill: &&Fill| Segment { at: fill.bbox.y1, from: fill.bbox.x0, to: fill.bbox.x1 };
    shades.iter().filter(one_text).map(bottom).collect()
}

/// Where the headers that come again on a page, on grounds of their own, begin and end.
pub(super) fn headers_again(page: &Page) -> Vec<(f64, f64)> {
    let shades: Vec<&Fill> = page.fills.iter().filter(|fill| is_shade(fill, page)).collect();
    if shades.len() > MOST_LINES { Vec::new() } else { banded::headers(page, &shades) }
}

/// The groups of lines of a page that touch each other, with the edges of fills if they are to count as lines.
pub(super) fn groups(page: &Page, with_fills: bool) -> Vec<Group> {
    let axis = |axis: Axis| page.rulings.iter().filter(move |ruling| ruling.axis == axis).map(segment);
    let mut across: Vec<Segment> = axis(Axis::Horizontal).collect();
    let mut down: Vec<Segment> = axis(Axis::Vertical).collect();
    let shades: Vec<&Fill> = page.fills.iter().filter(|fill| with_fills && is_shade(fill, page)).collect();
    if shades.len() > MOST_LINES {
        return Vec::new();
    }
    let banded = banded::lines(page, &shades);
    across.extend(banded.across);
    down.extend(banded.down);
    for fill in shades {
        let b = fill.bbox;
        across.extend([Segment { at: b.y0, from: b.x0, to: b.x1 }, Segment { at: b.y1, from: b.x0, to: b.x1 }]);
        down.extend([Segment { at: b.x0, from: b.y0, to: b.y1 }, Segment { at: b.x1, from: b.y0, to: b.y1 }]);
    }
    let across = joined(across);
    let down = joined(down);
    if across.len() + down.len() > MOST_LINES {
        return Vec::new();
    }
    touching(&across, &down)
}

fn segment(ruling: &Ruling) -> Segment {
    Segment { at: ruling.at, from: ruling.from.min(ruling.to), to: ruling.from.max(ruling.to) }
}

/// A fill that can be the ground of a cell or row: high enough for a line of text, and not the ground of the page.
fn is_shade(fill: &Fill, page: &Page) -> bool {
    let b = fill.bbox;
    b.height() >= 6.0 && b.width() >= 8.0 && b.width() * b.height() <= 0.7 * page.width * page.height
}

/// Joins what lies on one line, and lines too close to hold text between them.
fn joined(mut segments: Vec<Segment>) -> Vec<Segment> {
    segments.retain(|s| s.to - s.from >= 2.0 && s.at.is_finite() && s.from.is_finite() && s.to.is_finite());
    segments.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out = Vec::new();
    let mut first = 0;
    while first < segments.len() {
        let start = segments[first].at;
        let len = segments[first..].iter().take_while(|s| s.at - start <= SAME_LINE).count();
        join_along(&mut segments[first..first + len], &mut out);
        first += len;
    }
    out
}

/// Joins segments that are to be on one line where they overlap or nearly do.
fn join_along(cluster: &mut [Segment], out: &mut Vec<Segment>) {
    cluster.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut open: Option<(Segment, f64)> = None;
    for s in cluster.iter() {
        let length = s.to - s.from;
        open = match open {
            Some((mut last, weight)) if s.from - last.to <= SAME_LINE => {
                last.at = (last.at * weight + s.at * length) / (weight + length);
                last.to = last.to.max(s.to);
                Some((last, weight + length))
            }
            other => {
                out.extend(other.map(|(last, _)| last));
                Some((*s, length))
            }
        };
    }
    out.extend(open.map(|(last, _)| last));
}

/// Makes one group of two that stand side by side with the same rows, with `between` telling whether a box between them holds
/// text: a table with columns that nobody drew.
pub(super) fn bridged(groups: Vec<Group>, between: impl Fn(Rect) -> bool) -> Vec<Group> {
    let mut boxed: Vec<(Rect, Group)> = groups.into_iter().filter_map(|group| Some((group.bbox()?, group))).collect();
    boxed.sort_by(|(a, _), (b, _)| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    let mut out: Vec<(Rect, Group)> = Vec::new();
    for (bbox, group) in boxed {
        let beside = out.iter_mut().rev().take(4).find(|(last, left)| {
            let gap = Rect { x0: last.x1, y0: last.y0, x1: bbox.x0, y1: last.y1 };
            same_rows(left, &group) && gap.width() > 0.0 && gap.width() < 0.5 * (bbox.x1 - last.x0) && between(gap)
        });
        match beside {
            Some((last, left)) => {
                for line in &mut left.across {
                    line.to = bbox.x0.max(line.to);
                }
                left.across.extend(group.across);
                left.down.extend(group.down);
                *last = last.around(bbox);
            }
            None => out.push((bbox, group)),
        }
    }
    out.into_iter().map(|(_, group)| group).collect()
}

/// Makes one group of those that stand close below each other with the same lines from top to bottom and none at their sides:
/// rows that head sections have no line within.
pub(super) fn stacked(groups: Vec<Group>) -> Vec<Group> {
    let mut boxed: Vec<(Rect, Group)> = groups.into_iter().filter_map(|group| Some((group.bbox()?, group))).collect();
    boxed.sort_by(|(a, _), (b, _)| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    let mut out: Vec<(Rect, Group)> = Vec::new();
    for (bbox, group) in boxed {
        let above = out.iter_mut().rev().take(4).find(|(last, upper)| {
            let close = (-SAME_LINE..SECTION).contains(&(bbox.y0 - last.y1));
            close && is_open(upper, last) && is_open(&group, &bbox) && same_columns(upper, &group)
        });
        match above {
            Some((last, upper)) => {
                upper.across.extend(group.across);
                upper.down.extend(group.down);
                *last = last.around(bbox);
            }
            None => out.push((bbox, group)),
        }
    }
    out.into_iter().map(|(_, group)| group).collect()
}

/// Whether a group has no line at its left and right side.
fn is_open(group: &Group, bbox: &Rect) -> bool {
    group.down.iter().all(|line| line.at - bbox.x0 > SAME_LINE && bbox.x1 - line.at > SAME_LINE)
}

/// Whether both groups have lines from top to bottom at the same places, two or more.
fn same_columns(a: &Group, b: &Group) -> bool {
    let places = |group: &Group| {
        let mut places: Vec<f64> = group.down.iter().map(|line| line.at).collect();
        places.sort_by(f64::total_cmp);
        places.dedup_by(|a, b| *a - *b <= SAME_LINE);
        places
    };
    let (a, b) = (places(a), places(b));
    a.len() >= 2 && a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| (a - b).abs() <= SAME_LINE)
}

/// Whether both groups have three or more lines from left to right at the same heights.
fn same_rows(a: &Group, b: &Group) -> bool {
    let heights = |group: &Group| {
        let mut heights: Vec<f64> = group.across.iter().map(|line| line.at).collect();
        heights.sort_by(f64::total_cmp);
        heights.dedup_by(|a, b| *a - *b <= SAME_LINE);
        heights
    };
    let (a, b) = (heights(a), heights(b));
    a.len() >= 3 && a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| (a - b).abs() <= SAME_LINE)
}

/// Parts lines into groups that touch.
fn touching(across: &[Segment], down: &[Segment]) -> Vec<Group> {
    let mut parents: Vec<usize> = (0..across.len() + down.len()).collect();
    let mut by_x: Vec<usize> = (0..down.len()).collect();
    by_x.sort_by(|a, b| down[*a].at.total_cmp(&down[*b].at));
    for (index, h) in across.iter().enumerate() {
        let first = by_x.partition_point(|v| down[*v].at < h.from - TOUCH);
        for &v in by_x[first..].iter().take_while(|v| down[**v].at <= h.to + TOUCH) {
            if down[v].from - TOUCH <= h.at && h.at <= down[v].to + TOUCH {
                unite(&mut parents, index, across.len() + v);
            }
        }
    }
    let mut slots: Vec<Option<usize>> = vec![None; parents.len()];
    let mut groups: Vec<Group> = Vec::new();
    for index in 0..parents.len() {
        let root = root(&mut parents, index);
        let slot = *slots[root].get_or_insert_with(|| {
            groups.push(Group::default());
            groups.len() - 1
        });
        match index.checked_sub(across.len()) {
            None => groups[slot].across.push(across[index]),
            Some(v) => groups[slot].down.push(down[v]),
        }
    }
    groups
}

/// The representative of the set that `index` is in.
pub(super) fn root(parents: &mut [usize], mut index: usize) -> usize {
    while parents[index] != index {
        parents[index] = parents[parents[index]];
        index = parents[index];
    }
    index
}

/// Joins the sets of `a` and `b`; the smaller index stands for both.
pub(super) fn unite(parents: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parents, a), root(parents, b));
    parents[a.max(b)] = a.min(b);
}

#[cfg(test)]
mod tests {
    use super::super::testing::across;
    use super::super::testing::down;
    use super::super::testing::page;
    use super::*;

    #[test]
    fn doubled_and_broken_lines_are_one() {
        let mut page = page(&[]);
        page.rulings = vec![across(10.0, 0.0, 50.0), across(11.5, 0.0, 50.0), across(10.2, 52.0, 100.0), down(0.0, 10.0, 40.0)];
        let groups = groups(&page, false);
        assert_eq!(groups.len(), 1);
        assert_eq!((groups[0].across.len(), groups[0].down.len()), (1, 1));
        assert!((groups[0].across[0].to - 100.0).abs() < 0.1);
    }

    #[test]
    fn lines_that_do_not_touch_are_apart() {
        let mut page = page(&[]);
        page.rulings = vec![across(10.0, 0.0, 50.0), down(0.0, 10.0, 40.0), across(100.0, 0.0, 50.0), down(0.0, 100.0, 140.0)];
        assert_eq!(groups(&page, false).len(), 2);
    }

    #[test]
    fn areas_have_edges_where_their_colour_changes() {
        let mut page = page(&[]);
        let area = |y0: f64, y1: f64, grey: u8| Fill { bbox: Rect { x0: 0.0, y0, x1: 90.0, y1 }, colour: [grey; 3] };
        page.fills = vec![area(10.0, 30.0, 200), area(30.0, 50.0, 200), area(50.0, 70.0, 90)];
        let edges: Vec<f64> = shades(&page).iter().map(|edge| edge.at).collect();
        assert_eq!(edges, [10.0, 50.0, 70.0]);
    }

    #[test]
    fn cells_of_a_row_that_touch_keep_the_edges_of_their_row() {
        let mut page = page(&[]);
        let area = |x0: f64, x1: f64| Fill { bbox: Rect { x0, y0: 10.0, x1, y1: 30.0 }, colour: [200; 3] };
        page.fills = vec![area(0.0, 40.000_1), area(40.0, 90.0)];
        let edges = shades(&page);
        assert_eq!(edges.iter().map(|edge| edge.at).collect::<Vec<_>>(), [10.0, 30.0]);
        assert!(edges.iter().all(|edge| edge.to - edge.from > 80.0));
    }

    #[test]
    fn groups_parted_by_a_row_that_heads_a_section_are_one() {
        let open =
            |y: f64| vec![across(y, 0.0, 90.0), across(y + 20.0, 0.0, 90.0), down(30.0, y, y + 20.0), down(60.0, y, y + 20.0)];
        let mut page = page(&[]);
        page.rulings = [open(10.0), open(50.0)].concat();
        assert_eq!(stacked(groups(&page, false)).len(), 1);
        page.rulings.extend([down(0.0, 10.0, 30.0), down(90.0, 10.0, 30.0)]);
        assert_eq!(stacked(groups(&page, false)).len(), 2);
    }
}
