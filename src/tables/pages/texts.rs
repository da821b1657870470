//! Where tables of texts stand: lines that keep to the same columns, however narrow the space between these, on both sides of
//! lines that run on over them (section rows, titles between two tables).

use crate::model::location::Rect;
use crate::model::page::Page;
use crate::model::page::Word;

use super::judge;
use super::lines;
use super::lines::Line;
use super::regions::Run;
use super::remarks;
use super::rulings::Segment;
use super::slits;
use super::slits::Gap;
use super::text;
use super::traits::Traits;

/// A gap wider than this, in sizes of font, shows that a line has cells.
const GAP: f64 = 1.0;

/// Lines of a row are at most this far apart, in sizes of font from bottom to top.
const APART: f64 = 3.4;

/// Rows of a table are at most this far apart: a sheet may have rows higher than their texts.
const ROWS_APART: f64 = 8.0;

/// A line that is so many times larger than the one before it is a title.
const LARGER: f64 = 1.15;

/// So many lines in a row that run on are a paragraph.
const PARAGRAPH: usize = 3;

/// A line that begins within this of the left edge of the text, in sizes of font, may run on from there.
const AT_LEFT: f64 = 1.0;

/// A line this close below a table, in sizes of font, may be the rest of its last row.
const CLOSE: f64 = 0.6;

/// Lines that overlap by more than this, in sizes of font, stand beside each other.
const BESIDE: f64 = 0.3;

/// The last word of a line may reach into a gutter of which so much stays free.
const FREE: f64 = 0.5;

/// A header has at most this many lines.
const HEADER_LINES: usize = 4;

/// Rulings of one table begin and end within this of each other, in points.
const SAME_EDGE: f64 = 1.0;

/// Between two rulings this far apart, in points, a row has room.
const ROW: f64 = 6.0;

/// So many cells side by side do not stand in the columns of another table by chance.
const CELLS: usize = 3;

/// Runs of lines that keep columns of texts, with the places of the gutters between them.
///
/// `rules` are the rulings from left to right.
pub(super) fn runs(page: &Page, lines: &[Line], traits: &Traits<'_>, rules: &[Segment]) -> Vec<(Run, Vec<f64>)> {
    let left = lines.iter().map(|line| line.bbox.x0).fold(f64::INFINITY, f64::min);
    let right = lines.iter().map(|line| line.bbox.x1).fold(f64::NEG_INFINITY, f64::max);
    let kinds = lines.iter().map(|line| kind(page, line, left)).collect();
    let remarks = remarks::remarks(page, lines);
    let fabric = Fabric { page, lines, traits, kinds, remarks, half: 0.5 * (right - left), rungs: rungs(rules) };
    let mut out = Vec::new();
    for part in fabric.parts() {
        let mut open: Option<Woven> = None;
        for own in fabric.blocks(part).into_iter().map(|block| fabric.woven(block)) {
            let joined = open.as_ref().map(|open| fabric.woven((open.run.0, own.run.1)));
            match (open.take(), joined) {
                (Some(before), Some(joined)) if joined.keeps(&before) && joined.keeps(&own) => open = Some(joined),
                (before, _) => {
                    out.extend(before.and_then(|before| fabric.table(&before)));
                    open = Some(own);
                }
            }
        }
        out.extend(open.and_then(|open| fabric.table(&open)));
    }
    out
}

/// Whether most of `lines` are one run that keeps columns of texts, as in a box around a table without lines.
pub(super) fn fill(page: &Page, lines: &[Line], traits: &Traits<'_>) -> bool {
    let most = |((first, last), _): (Run, Vec<f64>)| 5 * (last + 1 - first) >= 4 * lines.len();
    runs(page, lines, traits, &[]).into_iter().any(most)
}

/// The first lines of a page that may go on with a table with columns between `edges`, as far as no word crosses these; one of
/// them has several cells.
pub(super) fn rest(page: &Page, lines: &[Line], edges: &[f64]) -> Option<Run> {
    let inner = edges.get(1..edges.len().checked_sub(1)?)?;
    let words = |line: &Line| line.words.iter().filter_map(|index| lines::word(page, *index)).map(|word| word.bbox).collect();
    let fits = |line: &Line| {
        let boxes: Vec<Rect> = words(line);
        boxes.iter().all(|bbox| !inner.iter().any(|edge| bbox.x0 + 1.0 < *edge && *edge < bbox.x1 - 1.0))
    };
    let mut last = None;
    let mut cells = 0;
    for (at, line) in lines.iter().enumerate() {
        let white = at.checked_sub(1).map_or(0.0, |before| line.bbox.y0 - lines[before].bbox.y1);
        if white > APART * line.size || !fits(line) {
            break;
        }
        let mut columns: Vec<usize> = words(line).iter().map(|bbox| inner.partition_point(|edge| *edge <= bbox.x0)).collect();
        columns.dedup();
        cells = cells.max(columns.len());
        // A single text further below may be a title.
        if columns.len() > 1 || white < CLOSE * line.size {
            last = Some(at);
        }
    }
    last.filter(|_| cells >= CELLS).map(|last| (0, last))
}

/// Whether `lines` at the top of a page, but for the last, are the rest of a row that the page before tore, and rows of one
/// text below it: the first stands in a column behind the first of those between `edges`, and all stand in one column or begin
/// in the first.
pub(super) fn torn(page: &Page, lines: &[Line], edges: &[f64]) -> bool {
    let inner = edges.get(1..edges.len().saturating_sub(1)).unwrap_or_default();
    let column = |x: f64| inner.partition_point(|edge| *edge <= x + 1.0);
    let fits = |line: &Line| {
        let first = column(line.bbox.x0);
        first == 0 || lines::chunks(page, line, GAP).len() == 1 && first == column(line.bbox.x1 - 2.0)
    };
    let near = |pair: &[Line]| pair[1].bbox.y0 - pair[0].bbox.y1 < APART * pair[1].size;
    let behind = lines.first().is_some_and(|line| column(line.bbox.x0) > 0);
    let above = lines.split_last().map_or(lines, |(_, above)| above);
    behind && !above.is_empty() && above.iter().all(fits) && lines.windows(2).all(near)
}

/// Rulings between the rows of a table: there is one more above them and one below, from the same place to the same place.
fn rungs(rules: &[Segment]) -> Vec<f64> {
    let same = |a: &Segment, b: &Segment| (a.from - b.from).abs() < SAME_EDGE && (a.to - b.to).abs() < SAME_EDGE;
    let inner = |rule: &&Segment| {
        let others = || rules.iter().filter(|other| same(rule, other));
        others().any(|other| other.at < rule.at - ROW) && others().any(|other| other.at > rule.at + ROW)
    };
    rules.iter().filter(inner).map(|rule| rule.at).collect()
}

/// What a line is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// It has wide gaps, so it has cells.
    Cells,
    /// One text from the left edge on: it may run on over the columns.
    RunsOn,
    /// One text that begins elsewhere: the rest of a cell.
    Rest,
}

fn kind(page: &Page, line: &Line, left: f64) -> Kind {
    let mut chunks = lines::chunks(page, line, GAP).into_iter();
    let first = chunks.next();
    // What follows a bullet is its text.
    let bullet = first.is_some_and(|first| first.words.len() == 1) && text::opens_item(page, line);
    if chunks.len() > usize::from(bullet) {
        Kind::Cells
    } else if line.bbox.x0 - left < AT_LEFT * line.size {
        Kind::RunsOn
    } else {
        Kind::Rest
    }
}

/// The lines of a zone.
struct Fabric<'a> {
    page: &'a Page,
    lines: &'a [Line],
    traits: &'a Traits<'a>,
    kinds: Vec<Kind>,
    /// Which say more of the row above.
    remarks: Vec<bool>,
    /// Half of their width.
    half: f64,
    /// Rulings between rows of one table.
    rungs: Vec<f64>,
}

/// Lines with the gutters that stay free in them.
#[derive(Clone, Debug)]
struct Woven {
    run: Run,
    gaps: Vec<Gap>,
}

impl Woven {
    /// Whether most of the gutters of `part` are still free.
    fn keeps(&self, part: &Self) -> bool {
        let kept = part.gaps.iter().filter(|gap| self.gaps.iter().any(|own| own.0 < gap.1 && gap.0 < own.1)).count();
        3 * kept >= 2 * part.gaps.len()
    }
}

impl Fabric<'_> {
    /// Parts the lines where no table goes on: at wide white, titles in larger letters, paragraphs, and where a header begins
    /// anew.
    fn parts(&self) -> Vec<Run> {
        let mut parts = Vec::new();
        let (mut first, mut bottom) = (0, f64::NEG_INFINITY);
        let mut header = None;
        for (at, line) in self.lines.iter().enumerate() {
            let apart = line.bbox.y0 - bottom > ROWS_APART * line.size && !self.is_rung_between(bottom, line.bbox.y0);
            let title = self.kinds[at] != Kind::Cells && at > first && line.size > LARGER * self.lines[at - 1].size;
            let paragraph = self.kinds[at] == Kind::Cells && self.ends_paragraph(first, at);
            let again = self.kinds[at] == Kind::Cells && self.begins_anew(header, at);
            if at > first && (apart || title || paragraph || again) {
                let top = self.top(at, first + 1);
                parts.push((first, top - 1));
                (first, header) = (top, None);
            }
            if header.is_none() && self.kinds[at] == Kind::Cells {
                header = Some(at);
            }
            bottom = if first == at { line.bbox.y1 } else { bottom.max(line.bbox.y1) };
        }
        if first < self.lines.len() {
            parts.push((first, self.lines.len() - 1));
        }
        parts
    }

    /// The first line of the row that line `at` stands in: a name of two lines in a header begins above those of one line that stand
    /// in the middle beside it.
    fn top(&self, at: usize, floor: usize) -> usize {
        let beside = |line: &usize| self.lines[*line].bbox.y1 > self.lines[line + 1].bbox.y0 + BESIDE * self.lines[*line].size;
        (floor..at).rev().take_while(beside).last().unwrap_or(at)
    }

    /// Whether what stands above `top` and below `bottom` are rows of one table, however high they are.
    fn is_rung_between(&self, top: f64, bottom: f64) -> bool {
        self.rungs.iter().any(|at| top - 1.0 < *at && *at < bottom + 1.0)
    }

    /// Whether the lines before `at` are a paragraph: a wrapped text of the first column is not so wide, and what says more of
    /// the row above is none.
    fn ends_paragraph(&self, first: usize, at: usize) -> bool {
        let Some(from) = at.checked_sub(PARAGRAPH).filter(|from| *from >= first) else { return false };
        let wide = self.lines[from..at].iter().filter(|line| line.bbox.width() > self.half).count();
        !self.remarks[from..at].contains(&true)
            && self.kinds[from..at].iter().all(|kind| *kind == Kind::RunsOn)
            && wide + 1 >= PARAGRAPH
    }

    /// Whether a line is a header again: that of the lines before it, or one below a title whose cells all stand in the
    /// document elsewhere too.
    fn begins_anew(&self, header: Option<usize>, at: usize) -> bool {
        let text = |words: &[u32]| -> Vec<&str> {
            words.iter().filter_map(|index| lines::word(self.page, *index)).map(|word| word.text.as_str()).collect()
        };
        let cells = |line: usize| -> Vec<Vec<&str>> {
            lines::chunks(self.page, &self.lines[line], GAP).iter().map(|chunk| text(&chunk.words)).collect()
        };
        let here = cells(at);
        let recurs = |cell: &Vec<&str>| self.traits.recurs(cell.iter().copied());
        let titled = at > 0 && self.kinds[at - 1] == Kind::RunsOn;
        let known = titled && here.len() > CELLS && here.iter().all(recurs);
        let Some(header) = header else { return known };
        let before = text(&self.lines[header].words);
        let words = here.iter().flatten();
        let same = words.clone().filter(|word| before.contains(word)).count();
        let above = cells(header);
        // "HIC 2 Actions | Lead | When" below "HIC 1 Actions | Lead | When".
        let behind = here.len() >= CELLS && above.get(1..) == here.get(1..);
        let again = behind || 3 * same >= 2 * words.count() && above.first() == here.first();
        // The second line of a header is part of it.
        again || known && at - header > HEADER_LINES
    }

    /// Parts a run before each line that runs on, and where lines are far apart.
    fn blocks(&self, (first, last): Run) -> Vec<Run> {
        let mut blocks = Vec::new();
        let mut start = first;
        for at in first + 1..=last {
            let runs_on = self.kinds[at] == Kind::RunsOn && self.kinds[at - 1] != Kind::RunsOn;
            let apart = self.lines[at].bbox.y0 - self.lines[at - 1].bbox.y1 > APART * self.lines[at].size;
            if runs_on || apart {
                blocks.push((start, at - 1));
                start = at;
            }
        }
        blocks.push((start, last));
        blocks
    }

    /// A run with its gutters, which only lines with cells tell.
    fn woven(&self, run: Run) -> Woven {
        let cells: Vec<&Line> =
            (run.0..=run.1).filter(|at| self.kinds[*at] == Kind::Cells).filter_map(|at| self.lines.get(at)).collect();
        Woven { run, gaps: slits::slits(self.page, &cells, (f64::NEG_INFINITY, f64::INFINITY), &self.traits.starts) }
    }

    /// The table in a run: from its first line with cells to its last one, with what belongs to that; none without gutters or
    /// of values, whose gutters are wide and whose headers may well cross them.
    fn table(&self, woven: &Woven) -> Option<(Run, Vec<f64>)> {
        let cells = |at: &usize| self.kinds[*at] == Kind::Cells;
        let first = (woven.run.0..=woven.run.1).find(cells)?;
        let first = self.top(first, woven.run.0);
        let mut last = (first..=woven.run.1).rev().find(cells)?;
        let below = |at: usize, last: usize| {
            let close = self.lines[at].bbox.y0 - self.lines[last].bbox.y1 < CLOSE * self.lines[at].size;
            close && !self.crosses(at, &woven.gaps)
        };
        while last < woven.run.1 && (below(last + 1, last) || self.is_remark(last + 1)) {
            last += 1;
        }
        let texts = self.are_texts((first, last));
        let middles = woven.gaps.iter().map(|gap| self.middle((first, last), *gap)).collect();
        (!woven.gaps.is_empty() && texts).then_some(((first, last), middles))
    }

    /// Whether a line says more of the row above it.
    fn is_remark(&self, at: usize) -> bool {
        let near = self.lines[at].bbox.y0 - self.lines[at - 1].bbox.y1 < APART * self.lines[at].size;
        near && self.remarks.get(at) == Some(&true)
    }

    /// The middle of what stays most free of a gutter in a run: the rest of a cell may reach further into it than lines of
    /// several.
    fn middle(&self, run: Run, gap: Gap) -> f64 {
        let over = |line: &&Line| line.bbox.x0 < gap.0 && gap.1 < line.bbox.x1;
        let lines = (run.0..=run.1).filter(|at| self.kinds[*at] != Kind::Cells).filter_map(|at| self.lines.get(at));
        let words = lines.filter(|line| !over(line)).flat_map(|line| &line.words);
        let boxes = words.filter_map(|index| lines::word(self.page, *index)).map(|word| word.bbox);
        let mut ends: Vec<(f64, i32)> = vec![(gap.0, 0), (gap.1, 0)];
        for bbox in boxes.filter(|bbox| bbox.x0 < gap.1 && gap.0 < bbox.x1) {
            ends.extend([(bbox.x0.max(gap.0), 1), (bbox.x1.min(gap.1), -1)]);
        }
        ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut over = 0;
        let mut best: Option<(i32, Gap)> = None;
        for pair in ends.windows(2) {
            over += pair[0].1;
            let here = (pair[0].0, pair[1].0);
            let better = |(fewest, other): (i32, Gap)| over < fewest || over == fewest && here.1 - here.0 >= other.1 - other.0;
            if here.0 < here.1 && best.is_none_or(better) {
                best = Some((over, here));
            }
        }
        let (_, (from, to)) = best.unwrap_or((0, gap));
        f64::midpoint(from, to)
    }

    /// Whether a word of a line stands in a gutter, more than the end of a word that leaves most of it free.
    fn crosses(&self, at: usize, gaps: &[Gap]) -> bool {
        let mut words = self.lines[at].words.iter().filter_map(|index| lines::word(self.page, *index));
        let ends = |word: &Word, gap: &Gap| word.bbox.x0 < gap.0 && gap.1 - word.bbox.x1 >= FREE * (gap.1 - gap.0);
        let stands = |word: &Word, gap: &Gap| word.bbox.x0 < gap.1 - 0.5 && gap.0 + 0.5 < word.bbox.x1 && !ends(word, gap);
        words.any(|word| gaps.iter().any(|gap| stands(word, gap)))
    }

    /// Whether the lines hold text and hardly a value.
    fn are_texts(&self, run: Run) -> bool {
        let lines = &self.lines[run.0..=run.1];
        let value = |index: &u32| lines::word(self.page, *index).is_some_and(|word| judge::is_value(&word.text));
        let chunks = || lines.iter().flat_map(|line| lines::chunks(self.page, line, GAP));
        // A number within a text is no value: "HIC 1 – Early", "1st July 2017".
        let values: usize =
            chunks().map(|chunk| chunk.words).filter(|words| words.iter().all(value)).map(|words| words.len()).sum();
        6 * values <= chunks().map(|chunk| chunk.words.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Few;
    use super::super::testing::lines_of;
    use super::super::testing::page;
    use super::*;

    const ROWS: [(&str, &str, &str); 6] = [
        ("Action", "Outcome hoped for", "Who"),
        ("Agree one form with", "Fewer delays", "Ann Lee"),
        ("every care home", "on wards", "Bob Ray"),
        ("Count the empty beds", "Beds known", "Cy Poe"),
        ("each day at noon", "to all", "Di Orr"),
        ("Print the leaflet", "People ask less", "Ed Nye"),
    ];

    /// The runs of a page with `ROWS` from 100 points on, and `other` texts.
    fn found(other: &[(f64, f64, &str)]) -> Vec<(String, String, usize)> {
        let mut texts = other.to_vec();
        let mut y = 100.0;
        for (a, b, c) in &ROWS {
            texts.extend([(40.0, y, *a), (152.0, y, *b), (252.0, y, *c)]);
            y += 12.0;
        }
        let page = page(&texts);
        let lines = lines_of(&page);
        let traits = Traits::of(std::iter::once(&page), &Few);
        let first = |line: usize| page.words[lines[line].words[0] as usize].text.clone();
        runs(&page, &lines, &traits, &[])
            .into_iter()
            .map(|((from, to), gutters)| (first(from), first(to), gutters.len()))
            .collect()
    }

    #[test]
    fn a_header_belongs_to_its_table_and_a_title_does_not() {
        let title = (40.0, 80.0, "What every ward and care home agreed to do about beds");
        assert_eq!(found(&[title]), [("Action".to_owned(), "Print".to_owned(), 2)]);
    }

    #[test]
    fn a_table_goes_on_below_a_line_that_runs_over_its_columns() {
        let below = [
            (40.0, 172.0, "Second part: what every care home was asked to do"),
            (40.0, 184.0, "Call the van"),
            (152.0, 184.0, "Shorter waits"),
            (252.0, 184.0, "Flo May"),
        ];
        assert_eq!(found(&below), [("Action".to_owned(), "Call".to_owned(), 2)]);
    }

    #[test]
    fn a_header_that_comes_again_begins_another_table() {
        let below = [(40.0, 190.0, "Action"), (152.0, 190.0, "Outcome hoped for"), (252.0, 190.0, "Who")];
        assert_eq!(found(&below)[0], ("Action".to_owned(), "Print".to_owned(), 2));
    }

    #[test]
    fn a_name_of_two_lines_begins_above_those_beside_it() {
        let mut texts: Vec<(f64, f64, &str)> = vec![(340.0, 94.0, "RAG"), (340.0, 106.0, "status")];
        let mut y = 100.0;
        for (a, b, c) in &ROWS {
            texts.extend([(40.0, y, *a), (152.0, y, *b), (252.0, y, *c)]);
            y += if y < 101.0 { 22.0 } else { 12.0 };
        }
        let page = page(&texts);
        let lines = lines_of(&page);
        let found = runs(&page, &lines, &Traits::of(std::iter::once(&page), &Few), &[]);
        assert_eq!(found.first().map(|(run, _)| run.0), Some(0));
    }

    #[test]
    fn a_header_under_another_name_begins_another_table() {
        let below = [(40.0, 190.0, "Next"), (152.0, 190.0, "Outcome hoped for"), (252.0, 190.0, "Who")];
        assert_eq!(found(&below)[0], ("Action".to_owned(), "Print".to_owned(), 2));
    }

    #[test]
    fn rows_between_rulings_of_one_width_are_as_high_as_they_are() {
        let mut texts: Vec<(f64, f64, &str)> = Vec::new();
        let mut y = 100.0;
        for (row, (a, b, c)) in ROWS.iter().enumerate() {
            texts.extend([(40.0, y, *a), (152.0, y, *b), (252.0, y, *c)]);
            y += if row == 2 { 120.0 } else { 12.0 };
        }
        let page = page(&texts);
        let lines = lines_of(&page);
        let traits = Traits::of(std::iter::once(&page), &Few);
        let rule = |at: f64, to: f64| Segment { at, from: 38.0, to };
        let ends = |rules: &[Segment]| runs(&page, &lines, &traits, rules).into_iter().map(|(run, _)| run).collect::<Vec<_>>();
        assert_eq!(ends(&[rule(98.0, 300.0), rule(200.0, 300.0), rule(290.0, 300.0)]), [(0, 5)]);
        assert!(!ends(&[]).contains(&(0, 5)));
        assert!(!ends(&[rule(98.0, 300.0), rule(200.0, 200.0), rule(290.0, 300.0)]).contains(&(0, 5)), "other widths");
    }

    #[test]
    fn the_rest_of_a_torn_row_stands_in_a_column_behind_the_first() {
        let edges = [30.0, 140.0, 240.0, 340.0];
        let is_torn = |first: (f64, f64, &'static str)| {
            let page =
                page(&[first, (40.0, 52.0, "Care homes"), (40.0, 64.0, "Agree"), (152.0, 64.0, "Ann"), (252.0, 64.0, "May")]);
            torn(&page, &lines_of(&page), &edges)
        };
        assert!(is_torn((152.0, 40.0, "Eastvale hub")));
        assert!(!is_torn((40.0, 40.0, "What follows")), "a text from the left edge on");
        assert!(!is_torn((152.0, 40.0, "Eastvale hub and all of its homes")), "a text over two columns");
    }

    #[test]
    fn a_gutter_stands_behind_texts_alone_in_their_lines() {
        let mut texts: Vec<(f64, f64, &str)> = Vec::new();
        let mut y = 100.0;
        for (a, b, c) in &ROWS {
            texts.extend([
                (40.0, y, *a),
                (240.0, y, *b),
                (352.0, y, *c),
                (40.0, y + 12.0, "for each of the patients who is at home"),
            ]);
            y += 24.0;
        }
        let page = page(&texts);
        let lines = lines_of(&page);
        let found = runs(&page, &lines, &Traits::of(std::iter::once(&page), &Few), &[]);
        let end = page.words.iter().filter(|word| word.text == "home").map(|word| word.bbox.x1).fold(0.0, f64::max);
        assert!(found[0].1[0] > end, "{found:?}");
    }
}
