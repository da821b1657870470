//! Tables below a header that a table before them has, however little their rows show of its columns: a plan that prints the
//! same header under the heading of each change, over rows of one text each.

use crate::model::page::Page;
use crate::model::page::Word;
use crate::model::source::Strategy;

use super::candidate::Candidate;
use super::gaps;
use super::lines;
use super::lines::Line;
use super::lines::word;
use super::regions::Run;
use super::text;

/// A header has at least so many cells, or it may stand over anything.
const CELLS: usize = 3;

/// So many headers are known at most; more are no plan's.
const MOST: usize = 16;

/// Words of a header stand within this of where they stood, in points.
const SAME: f64 = 1.5;

/// Rows stand at most this far apart, in sizes of font from bottom to top.
const APART: f64 = 3.4;

/// Larger letters than those of the header, so many times, are a title's.
const LARGER: f64 = 1.12;

/// A header that was read, and the columns below it.
#[derive(Clone, Debug)]
struct Known {
    words: Vec<(f64, String)>,
    edges: Vec<f64>,
}

/// The headers of the tables read so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Headers(Vec<Known>);

impl Headers {
    /// Whether none is known.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps the header of a table that white space told.
    pub(super) fn learn(&mut self, page: &Page, table: &Candidate) {
        let first = || table.cells.iter().filter(|cell| cell.row == 0 && !cell.words.is_empty());
        if table.by == Strategy::Ruled
            || table.by == Strategy::Tagged
            || self.0.len() >= MOST
            || first().count() < CELLS
            || first().any(|cell| cell.columns > 1)
        {
            return;
        }
        if let Some(line) = header(page, table).filter(|line| self.of(page, line).is_none()) {
            let words = words(page, &line).map(|word| (word.bbox.x0, word.text.clone())).collect();
            self.0.push(Known { words, edges: table.xs.clone() });
        }
    }

    /// The runs of lines below a known header, with the columns' edges.
    pub(super) fn runs(&self, page: &Page, lines: &[Line]) -> Vec<(Run, &[f64])> {
        let found: Vec<Option<&Known>> = lines.iter().map(|line| self.of(page, line)).collect();
        let mut out = Vec::new();
        for (at, known) in found.iter().enumerate() {
            let Some(known) = known else { continue };
            let next = found[at + 1..].iter().position(Option::is_some).map_or(lines.len(), |next| at + 1 + next);
            let bold = lines.get(at + 1).is_some_and(|first| text::is_bold(page, first));
            let above = Above { size: lines[at].size, bottom: lines[at].bbox.y1, bold };
            if let Some(end) = end(page, &lines[..next], at + 1, &above, &known.edges) {
                out.push(((at, end), known.edges.as_slice()));
            }
        }
        out
    }

    /// The edges of all columns below the header that `lines` begin with, where it is known.
    pub(super) fn columns(&self, page: &Page, lines: &[Line]) -> Option<&[f64]> {
        lines.first().and_then(|line| self.of(page, line)).map(|known| known.edges.as_slice())
    }

    /// The columns' edges below the header that `lines` begin with, as far as no word of these stands on them; none where it is
    /// not known.
    pub(super) fn edges(&self, page: &Page, lines: &[Line]) -> Vec<f64> {
        let edges = self.columns(page, lines).unwrap_or_default();
        let mut inner = edges.get(1..edges.len().saturating_sub(1)).unwrap_or_default().to_vec();
        // What heads a section and what says more of a row runs on over the columns.
        let behind = inner.first().copied().unwrap_or(0.0);
        let runs_on = |line: &&Line| {
            line.bbox.x0 < behind && behind < line.bbox.x1 && lines::chunks(page, line, gaps::CHUNK_GAP).len() == 1
        };
        let in_columns = lines.iter().filter(|line| !runs_on(line));
        let boxes = || in_columns.clone().flat_map(|line| words(page, line)).map(|word| word.bbox);
        inner.retain(|edge| !boxes().any(|bbox| bbox.x0 + 1.0 < *edge && *edge < bbox.x1 - 1.0));
        inner
    }

    /// `gutters` of `lines` with the edges of the header that these begin with, where it is known, between whose names none of
    /// them stands.
    pub(super) fn with_edges(&self, page: &Page, lines: &[Line], gutters: &[f64]) -> Vec<f64> {
        let names: Vec<f64> = lines.first().map(|line| words(page, line).map(|word| word.bbox.x0).collect()).unwrap_or_default();
        let before = |at: f64| names.iter().filter(|x| **x < at).count();
        let mut all = gutters.to_vec();
        all.extend(self.edges(page, lines).iter().filter(|edge| gutters.iter().all(|at| before(*at) != before(**edge))));
        all.sort_by(f64::total_cmp);
        all
    }

    /// Whether the header of `table` is known.
    pub(super) fn head(&self, page: &Page, table: &Candidate) -> bool {
        !self.is_empty() && header(page, table).is_some_and(|line| self.of(page, &line).is_some())
    }

    /// The run of lines right below a table with a known header, under the head of a section.
    pub(super) fn below(&self, page: &Page, lines: &[Line], table: &Candidate) -> Option<Run> {
        let bottom = table.bbox().y1;
        let from = lines.iter().position(|line| line.bbox.y0 > bottom - SAME)?;
        let next = lines[from..].iter().position(|line| self.of(page, line).is_some()).map_or(lines.len(), |next| from + next);
        let above = Above { size: lines[from].size, bottom, bold: false };
        Some((from, end(page, &lines[..next], from, &above, &table.xs)?))
    }

    fn of(&self, page: &Page, line: &Line) -> Option<&Known> {
        self.0.iter().find(|known| known.is(page, line))
    }
}

impl Known {
    /// Whether a line is this header, or has another name over its first column: "HIC 2 Actions" where it has "HIC 1 Actions".
    fn is(&self, page: &Page, line: &Line) -> bool {
        let second = self.edges.get(1).copied().unwrap_or(0.0);
        let own: Vec<&(f64, String)> = self.words.iter().filter(|(x, _)| *x > second).collect();
        let its: Vec<&Word> = words(page, line).filter(|word| word.bbox.x0 > second).collect();
        let same = |((x, text), word): (&&(f64, String), &&Word)| (x - word.bbox.x0).abs() <= SAME && *text == word.text;
        let named = its.len() < line.words.len();
        named && own.len() >= CELLS - 1 && own.len() == its.len() && own.iter().zip(&its).all(same)
    }
}

/// The first row of a table, where it is one line.
fn header(page: &Page, table: &Candidate) -> Option<Line> {
    let first = table.cells.iter().filter(|cell| cell.row == 0);
    let all: Vec<u32> = first.flat_map(|cell| cell.words.iter().copied()).collect();
    let mut lines = lines::lines(page, &all);
    lines.pop().filter(|_| lines.is_empty())
}

/// What stands above the rows that are looked for.
struct Above {
    /// Size of its font.
    size: f64,
    /// Where it ends.
    bottom: f64,
    /// The rows are bold themselves.
    bold: bool,
}

/// The last of `lines` from `from` on that stand in the columns between `edges`, near each other, and head nothing; none where
/// there are none.
fn end(page: &Page, lines: &[Line], from: usize, above: &Above, edges: &[f64]) -> Option<usize> {
    let inner = edges.get(1..edges.len().saturating_sub(1)).unwrap_or_default();
    let behind = inner.first().copied().unwrap_or(f64::INFINITY);
    let crosses = |line: &Line| {
        let mut boxes = words(page, line).map(|word| word.bbox);
        boxes.any(|bbox| inner.iter().any(|edge| bbox.x0 + 1.0 < *edge && *edge < bbox.x1 - 1.0))
    };
    let (mut last, mut headed, mut bottom) = (None, false, above.bottom);
    for (at, line) in lines.iter().enumerate().skip(from) {
        let larger = line.size > LARGER * above.size;
        let head = !above.bold && text::is_bold(page, line);
        if line.bbox.y0 - bottom > APART * above.size || larger || !head && crosses(line) {
            break;
        }
        bottom = line.bbox.y1;
        headed |= head;
        // The head of a section stands between rows where what is below it stands in the columns behind the first, too.
        if !headed || !head && line.bbox.x0 >= behind {
            (last, headed) = (Some(at), false);
        }
    }
    last
}

fn words<'p>(page: &'p Page, line: &Line) -> impl Iterator<Item = &'p Word> {
    line.words.iter().filter_map(|index| word(page, *index))
}

#[cfg(test)]
mod tests {
    use super::super::candidate::Cell;
    use super::super::testing::lines_of;
    use super::super::testing::page;
    use super::*;

    #[test]
    fn a_known_header_tells_the_edges_that_gutters_do_not() {
        let texts = [(10.0, 10.0, "Action"), (110.0, 10.0, "Lead"), (210.0, 10.0, "When")];
        let page_one = page(&texts);
        let cell = |column: usize| Cell { row: 0, column, rows: 1, columns: 1, words: vec![u32::try_from(column).unwrap_or(0)] };
        let xs = vec![9.0, 100.0, 200.0, 300.0];
        let cells = (0..3).map(cell).collect();
        let mut headers = Headers::default();
        headers.learn(&page_one, &Candidate { by: Strategy::Spaced, xs, ys: vec![9.0, 21.0], cells, score: 1.0 });
        let below = |lead: &'static str| {
            let page =
                page(&[texts.as_slice(), &[(10.0, 22.0, "Agree a form"), (110.0, 22.0, lead), (210.0, 22.0, "May")]].concat());
            let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
            headers.with_edges(&page, &lines::lines(&page, &all), &[104.0])
        };
        assert_eq!(below("Ann Lee"), [104.0, 200.0], "a gutter stands between Action and Lead");
        assert_eq!(below("Ann-Lee-of-the-night-team"), [104.0], "a word crosses it");
        let remark = "Progress-is-slow since two of the posts that are needed are vacant";
        let page = page(&[texts.as_slice(), &[(10.0, 22.0, remark), (110.0, 34.0, "Ann Lee"), (210.0, 34.0, "May")]].concat());
        let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
        assert_eq!(headers.edges(&page, &lines::lines(&page, &all)), [100.0, 200.0], "a text over the columns crosses none");
    }

    #[test]
    fn a_known_header_may_have_another_name_over_its_first_column() {
        let header = |name: &'static str| [(10.0, 10.0, name), (110.0, 10.0, "Lead"), (210.0, 10.0, "When")];
        let page_one = page(&header("Agreed"));
        let cell = |column: usize| Cell { row: 0, column, rows: 1, columns: 1, words: vec![u32::try_from(column).unwrap_or(0)] };
        let (xs, cells) = (vec![9.0, 100.0, 200.0, 300.0], (0..3).map(cell).collect());
        let mut headers = Headers::default();
        headers.learn(&page_one, &Candidate { by: Strategy::Spaced, xs, ys: vec![9.0, 21.0], cells, score: 1.0 });
        let is_known = |texts: &[(f64, f64, &str)]| {
            let page = page(texts);
            headers.columns(&page, &lines_of(&page)).is_some()
        };
        assert!(is_known(&header("Still to do")));
        assert!(!is_known(&[(10.0, 10.0, "Agreed"), (110.0, 10.0, "Lead"), (210.0, 10.0, "Ann")]));
        assert!(!is_known(&[(110.0, 10.0, "Lead"), (210.0, 10.0, "When")]), "nothing over the first column");
    }

    #[test]
    fn rows_of_one_text_below_a_known_header_are_a_table() {
        let header = [(10.0, "Position"), (110.0, "Action"), (210.0, "When")];
        let first: Vec<(f64, f64, &str)> = header.iter().map(|(x, text)| (*x, 10.0, *text)).collect();
        let page_one = page(&first);
        let cell = |column: usize| Cell { row: 0, column, rows: 1, columns: 1, words: vec![u32::try_from(column).unwrap_or(0)] };
        let table = Candidate {
            by: Strategy::Spaced,
            xs: vec![9.0, 100.0, 200.0, 300.0],
            ys: vec![9.0, 21.0],
            cells: (0..3).map(cell).collect(),
            score: 1.0,
        };
        let mut headers = Headers::default();
        headers.learn(&page_one, &table);
        let mut texts: Vec<(f64, f64, &str)> = vec![(10.0, 10.0, "Homes")];
        texts.extend(header.iter().map(|(x, text)| (*x, 30.0, *text)));
        texts.extend([(10.0, 42.0, "All wards do"), (110.0, 54.0, "Agree a form"), (110.0, 66.0, "Count beds")]);
        texts.extend([(10.0, 78.0, "Over all of the columns as a text does")]);
        let page_two = page(&texts);
        let all: Vec<u32> = (0_u32..).take(page_two.words.len()).collect();
        let lines = lines::lines(&page_two, &all);
        let runs = headers.runs(&page_two, &lines);
        assert_eq!(runs.iter().map(|(run, _)| *run).collect::<Vec<_>>(), [(1, 4)]);
        assert!(Headers::default().runs(&page_two, &lines).is_empty());
    }
}
