//! Rows by turns with and without a ground of their own, cell by cell: the lines between the cells that have one go on through
//! the rows that have none.

use crate::model::location::Rect;
use crate::model::page::Fill;
use crate::model::page::Page;
use crate::model::page::Word;

use super::rulings::SAME_LINE;
use super::rulings::Segment;

/// A row without a ground is no higher than this, in points.
const HIGHEST: f64 = 240.0;

/// Cells beside each other that make a row with columns.
const COLUMNS: usize = 3;

/// Rows of one colour that make a pattern.
const ROWS: usize = 2;

/// How far a word may stand over a line and not cross it, in points.
const OVER: f64 = 1.0;

/// White between two lines, in shares of their height, that parts rows, and that ends a table.
const PARTS: f64 = 0.6;
const ENDS: f64 = 1.2;

/// Words of one line overlap by so much of their height, less than nothing.
const SAME_HEIGHT: f64 = -0.3;

/// What is larger than a row by this is no row above it, but a title.
const LARGER: f64 = 1.15;

/// Cells beside each other with a ground, from the edge at the left to the one at the right.
struct Band {
    y0: f64,
    y1: f64,
    edges: Vec<f64>,
    colour: [u8; 3],
}

/// Lines from left to right and from top to bottom.
#[derive(Default)]
pub(super) struct Lines {
    pub across: Vec<Segment>,
    pub down: Vec<Segment>,
}

/// The lines that rows without a ground have between, above and below those of `shades` with one; none where these are no
/// pattern.
pub(super) fn lines(page: &Page, shades: &[&Fill]) -> Lines {
    let bands = bands(shades);
    let mut lines = Lines::default();
    let mut done = vec![false; bands.len()];
    for at in 0..bands.len() {
        if done[at] {
            continue;
        }
        let alike: Vec<usize> = (at..bands.len()).filter(|other| bands[*other].shares(&bands[at])).collect();
        alike.iter().for_each(|other| done[*other] = true);
        let rows: Vec<&Band> = alike.iter().map(|other| &bands[*other]).collect();
        if let Some(own) = pattern(page, &rows, shades) {
            lines.across.extend(own.across);
            lines.down.extend(own.down);
        }
    }
    lines
}

/// Where the rows that say the same as others begin and end: headers that come again.
pub(super) fn headers(page: &Page, shades: &[&Fill]) -> Vec<(f64, f64)> {
    let bands = bands(shades);
    // A page of a long sheet has thousands of words and a band for every second row.
    let mut words: Vec<&Word> = page.words.iter().collect();
    words.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let within = |band: &Band| {
        let from = words.partition_point(|word| middle(word) < band.y0);
        let to = words.partition_point(|word| middle(word) < band.y1);
        words.get(from..to).unwrap_or_default().to_vec()
    };
    let texts: Vec<Vec<Vec<&str>>> = bands.iter().map(|band| band.texts(within(band))).collect();
    let again = |(at, band): (usize, &Band)| {
        let same = |other: usize| other != at && bands[other].shares(band) && say_the_same(&texts[other], &texts[at]);
        (0..bands.len()).any(same).then_some((band.y0, band.y1))
    };
    bands.iter().enumerate().filter_map(again).collect()
}

/// Whether two rows of cells say the same in most columns.
fn say_the_same(own: &[Vec<&str>], its: &[Vec<&str>]) -> bool {
    let filled = own.iter().filter(|text| !text.is_empty()).count();
    let same = own.iter().zip(its).filter(|(own, its)| !own.is_empty() && own == its).count();
    same >= 2 && 2 * same > filled
}

/// The rows of areas that touch side by side, from top to bottom.
fn bands(shades: &[&Fill]) -> Vec<Band> {
    let mut fills: Vec<&Fill> = shades.to_vec();
    fills.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    let mut rows: Vec<Vec<&Fill>> = Vec::new();
    for fill in fills {
        let beside = rows.iter_mut().rev().take(8).find(|row| {
            row.last().is_some_and(|last| {
                let level = (last.bbox.y0 - fill.bbox.y0).abs() <= 1.0 && (last.bbox.y1 - fill.bbox.y1).abs() <= 1.0;
                level && (fill.bbox.x0 - last.bbox.x1).abs() <= SAME_LINE
            })
        });
        match beside {
            Some(row) => row.push(fill),
            None => rows.push(vec![fill]),
        }
    }
    let band = |row: Vec<&Fill>| {
        let (first, last) = (row.first()?, row.last()?);
        let between = row.windows(2).map(|pair| f64::midpoint(pair[0].bbox.x1, pair[1].bbox.x0));
        let edges = std::iter::once(first.bbox.x0).chain(between).chain(std::iter::once(last.bbox.x1)).collect();
        Some(Band { y0: first.bbox.y0, y1: first.bbox.y1, edges, colour: first.colour })
    };
    rows.into_iter().filter(|row| row.len() >= COLUMNS).filter_map(band).collect()
}

/// What `rows`, which have the same columns, make lines of, where all between them are rows as well.
fn pattern(page: &Page, rows: &[&Band], shades: &[&Fill]) -> Option<Lines> {
    let (first, last) = (rows.first()?, rows.last()?);
    let most = rows.iter().map(|row| rows.iter().filter(|other| other.colour == row.colour).count()).max()?;
    if most < ROWS || rows.windows(2).all(|pair| pair[0].says_the_same(pair[1], page)) {
        return None;
    }
    let mut wholes: Vec<Rect> = shades.iter().map(|fill| fill.bbox).filter(|area| first.is_under(area)).collect();
    wholes.sort_by(|a, b| a.y0.total_cmp(&b.y0));
    let mut lines = Lines::default();
    for pair in rows.windows(2) {
        let (band, next) = (pair[0], pair[1]);
        // Rows with one ground over all columns head sections.
        let mut top = band.y1;
        for whole in wholes.iter().filter(|whole| band.y1 - 1.0 <= whole.y0 && whole.y1 <= next.y0 + 1.0) {
            lines.down.extend(band.row(page, top, whole.y0)?);
            lines.down.extend(band.sides(whole.y0, whole.y1));
            top = whole.y1;
        }
        lines.down.extend(band.row(page, top, next.y0)?);
    }
    let reach = |y: f64| wholes.iter().any(|whole| whole.y0 <= y && y <= whole.y1);
    let above: Vec<&Word> =
        page.words.iter().filter(|word| middle(word) < first.y0 && middle(word) > first.y0 - HIGHEST).collect();
    let below: Vec<&Word> = page.words.iter().filter(|word| middle(word) > last.y1 && middle(word) < last.y1 + HIGHEST).collect();
    for (band, edge, words, up) in [(first, first.y0, above, true), (last, last.y1, below, false)] {
        if let Some(ends) = band.beyond(edge, words, up).filter(|ends| !ends.iter().any(|y| reach(*y))) {
            let end = ends.last().copied()?;
            let (from, to) = (edge.min(end), edge.max(end));
            let areas = || shades.iter().map(|fill| fill.bbox).filter(|area| !band.is_under(area));
            lines.down.extend(band.edges.iter().map(|at| outside(areas(), Segment { at: *at, from, to }, up)));
            lines.across.extend(ends.iter().map(|at| Segment { at: *at, from: band.left(), to: band.right() }));
        }
    }
    Some(lines)
}

/// What is left of a line from top to bottom that goes on from a row, up or down, before it comes to one of the `areas` that it
/// would cut in two: the ground of a cell over several columns has no lines within.
fn outside(areas: impl Iterator<Item = Rect>, line: Segment, up: bool) -> Segment {
    let cut = areas.filter(|area| area.x0 + SAME_LINE < line.at && line.at < area.x1 - SAME_LINE);
    if up {
        let end = cut.map(|area| area.y1).filter(|y| *y < line.to + SAME_LINE).fold(line.from, f64::max);
        Segment { from: end.min(line.to), ..line }
    } else {
        let end = cut.map(|area| area.y0).filter(|y| *y > line.from - SAME_LINE).fold(line.to, f64::min);
        Segment { to: end.max(line.from), ..line }
    }
}

impl Band {
    fn left(&self) -> f64 {
        self.edges.first().copied().unwrap_or(0.0)
    }

    fn right(&self) -> f64 {
        self.edges.last().copied().unwrap_or(0.0)
    }

    /// The lines at both sides from `from` to `to`.
    fn sides(&self, from: f64, to: f64) -> impl Iterator<Item = Segment> {
        [self.left(), self.right()].into_iter().map(move |at| Segment { at, from, to })
    }

    /// Whether an area reaches from side to side.
    fn is_under(&self, area: &Rect) -> bool {
        area.x0 <= self.left() + SAME_LINE && area.x1 >= self.right() - SAME_LINE
    }

    /// Whether both have the same edges.
    fn shares(&self, other: &Self) -> bool {
        let same = |(a, b): (&f64, &f64)| (a - b).abs() <= SAME_LINE;
        self.edges.len() == other.edges.len() && self.edges.iter().zip(&other.edges).all(same)
    }

    /// Whether both say the same in most columns: they are one header again, and what stands between them is any number of
    /// rows.
    fn says_the_same(&self, other: &Self, page: &Page) -> bool {
        let texts = |band: &Self| band.texts(page.words.iter().filter(|word| (band.y0..band.y1).contains(&middle(word))));
        say_the_same(&texts(self), &texts(other))
    }

    /// Those of `words`, which stand in it, that are in each of its cells.
    fn texts<'p>(&self, words: impl IntoIterator<Item = &'p Word>) -> Vec<Vec<&'p str>> {
        let mut texts = vec![Vec::new(); self.edges.len()];
        for word in words {
            if let Some(text) = texts.get_mut(self.column(word)) {
                text.push(word.text.as_str());
            }
        }
        texts
    }

    /// The lines from top to bottom of what stands between `top` and `bottom`; none where that is more than one row.
    fn row(&self, page: &Page, top: f64, bottom: f64) -> Option<Vec<Segment>> {
        let words: Vec<&Word> = page.words.iter().filter(|word| (top..bottom).contains(&middle(word))).collect();
        if bottom - top <= SAME_LINE {
            return Some(Vec::new());
        }
        let rows = rows_of(words, PARTS);
        if rows.len() > 1 || bottom - top > HIGHEST {
            return None;
        }
        let is_heading = rows.iter().all(|row| row.lines == 1);
        let over = |row: &Row<'_>| is_heading && is_one_text(row) && row.words.iter().any(|word| self.column(word) > 1);
        let crossed = rows.iter().any(|row| over(row) || row.words.iter().any(|word| self.crosses(word)));
        match (crossed, is_heading) {
            (false, _) => Some(self.edges.iter().map(|at| Segment { at: *at, from: top, to: bottom }).collect()),
            (true, true) => Some(self.sides(top, bottom).collect()),
            (true, false) => None,
        }
    }

    /// Where the rows end, from `edge` on, that go on above or below it in the same columns.
    fn beyond(&self, edge: f64, mut words: Vec<&Word>, up: bool) -> Option<Vec<f64>> {
        words.retain(|word| word.bbox.x1 > self.left() && word.bbox.x0 < self.right());
        let mut lines = rows_of(words, SAME_HEIGHT);
        if up {
            lines.reverse();
        }
        let mut ends: Vec<f64> = Vec::new();
        let mut columns: Vec<usize> = Vec::new();
        let (mut at, mut size, mut last_bold) = (edge, None, None);
        for line in lines {
            let gap = if up { at - line.y1 } else { line.y0 - at };
            let larger = size.is_some_and(|size| line.height > LARGER * size);
            if larger || gap > ENDS * line.height || line.words.iter().any(|word| self.crosses(word)) {
                break;
            }
            let bold = line.words.iter().all(|word| word.bold);
            let other = last_bold.is_some_and(|last| last != bold);
            last_bold = Some(bold);
            if (gap > PARTS * line.height || other) && !columns.is_empty() {
                if columns.len() < 2 {
                    break;
                }
                ends.push(at);
                columns.clear();
            }
            columns.extend(line.words.iter().map(|word| self.column(word)));
            columns.sort_unstable();
            columns.dedup();
            at = if up { line.y0 - OVER } else { line.y1 + OVER };
            size = Some(line.height);
        }
        if columns.len() >= 2 {
            ends.push(at);
        }
        (!ends.is_empty()).then_some(ends)
    }

    fn column(&self, word: &Word) -> usize {
        self.edges.partition_point(|at| *at <= f64::midpoint(word.bbox.x0, word.bbox.x1))
    }

    fn crosses(&self, word: &Word) -> bool {
        self.edges.iter().any(|at| word.bbox.x0 < at - OVER && word.bbox.x1 > at + OVER)
    }
}

/// Lines of text with less than `parts` of their height between them.
struct Row<'p> {
    words: Vec<&'p Word>,
    lines: usize,
    y0: f64,
    y1: f64,
    /// Of a line.
    height: f64,
}

fn rows_of(mut words: Vec<&Word>, parts: f64) -> Vec<Row<'_>> {
    words.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
    let mut rows: Vec<Row<'_>> = Vec::new();
    for word in words {
        let height = word.bbox.y1 - word.bbox.y0;
        match rows.last_mut() {
            Some(row) if word.bbox.y0 - row.y1 <= parts * row.height.max(height) => {
                row.lines += usize::from(word.bbox.y0 > row.y1 - 0.5 * height);
                row.y1 = row.y1.max(word.bbox.y1);
                row.words.push(word);
            }
            _ => rows.push(Row { words: vec![word], lines: 1, y0: word.bbox.y0, y1: word.bbox.y1, height }),
        }
    }
    rows
}

/// Whether the words of a line follow each other as those of one text do.
fn is_one_text(row: &Row<'_>) -> bool {
    const SPACE: f64 = 0.4;
    let mut words: Vec<&Word> = row.words.clone();
    words.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
    words.windows(2).all(|pair| pair[1].bbox.x0 - pair[0].bbox.x1 <= SPACE * row.height)
}

fn middle(word: &Word) -> f64 {
    f64::midpoint(word.bbox.y0, word.bbox.y1)
}

#[cfg(test)]
mod tests {
    use super::super::lattice;
    use super::super::rulings;
    use super::super::testing::page;
    use super::*;

    #[test]
    fn between_headers_that_come_again_stands_any_number_of_rows() {
        let row = |y: f64, name: &'static str| vec![(12.0, y, name), (62.0, y, "Lead"), (162.0, y, "When")];
        let mut page = page(&[row(12.0, "HIC 1"), row(72.0, "HIC 2")].concat());
        let area = |x0: f64, x1: f64, y0: f64| Fill { bbox: Rect { x0, y0, x1, y1: y0 + 20.0 }, colour: [200; 3] };
        let ground = |y: f64| [area(10.0, 60.0, y), area(60.0, 160.0, y), area(160.0, 220.0, y)];
        page.fills = [ground(8.0), ground(68.0)].concat();
        let shades: Vec<&Fill> = page.fills.iter().collect();
        assert!(lines(&page, &shades).down.is_empty());
        assert_eq!(headers(&page, &shades), [(8.0, 28.0), (68.0, 88.0)]);
    }

    #[test]
    fn a_line_ends_at_the_ground_of_a_cell_over_several_columns() {
        let line = Segment { at: 50.0, from: 0.0, to: 90.0 };
        let area = |x0: f64, x1: f64| Rect { x0, y0: 10.0, x1, y1: 30.0 };
        let ends = |areas: &[Rect], up: bool| {
            let line = outside(areas.iter().copied(), line, up);
            (line.from, line.to)
        };
        assert_eq!(ends(&[area(20.0, 90.0)], true), (30.0, 90.0));
        assert_eq!(ends(&[area(20.0, 90.0)], false), (0.0, 10.0));
        assert_eq!(ends(&[area(20.0, 50.0), area(50.0, 90.0)], true), (0.0, 90.0), "it stands between two cells");
    }

    #[test]
    fn rows_without_a_ground_have_the_lines_of_those_with_one() {
        let mut page = page(&[
            (12.0, 12.0, "Ref"),
            (62.0, 12.0, "Action"),
            (162.0, 12.0, "Lead"),
            (12.0, 32.0, "1"),
            (62.0, 32.0, "Open"),
            (162.0, 32.0, "Ann"),
            (12.0, 52.0, "2 Focus on choice"),
            (12.0, 72.0, "3"),
            (62.0, 72.0, "Write"),
            (12.0, 92.0, "4"),
            (162.0, 92.0, "Bob"),
            (12.0, 112.0, "5"),
            (62.0, 112.0, "Print"),
        ]);
        let area = |x0: f64, x1: f64, y: f64| Fill { bbox: Rect { x0, y0: y, x1, y1: y + 20.0 }, colour: [200; 3] };
        let row = |y: f64| [area(10.0, 60.0, y), area(60.0, 160.0, y), area(160.0, 220.0, y)];
        page.fills = [row(8.0), row(88.0)].concat();
        page.fills.push(area(10.0, 220.0, 48.0));
        let groups = rulings::groups(&page, true);
        assert_eq!(groups.len(), 1);
        let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
        let table = lattice::lattice(&page, &all, &groups[0]).expect("a table");
        assert_eq!((table.width(), table.height()), (3, 6));
        let section = table.cells.iter().find(|cell| cell.row == 2).expect("a row that heads a section");
        assert_eq!((section.columns, section.words.len()), (3, 4));
        assert_eq!(table.words().count(), page.words.len());
    }
}
