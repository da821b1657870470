//! Forms without a line: labels at the left that the document has again, for each of its subjects, and what is answered beside
//! them from one place on.

use crate::model::page::Page;

use super::lines;
use super::lines::Chunk;
use super::lines::Line;
use super::lines::word;
use super::regions::Run;
use super::traits::Traits;

/// A gap wider than this, in sizes of font, parts a label from its answer.
const GAP: f64 = 1.0;

/// Texts that begin within this of each other, in points, begin at one place.
const SAME: f64 = 1.5;

/// Lines of a form are at most this far apart, in sizes of font from bottom to top.
const APART: f64 = 8.0;

/// A form asks so many questions at least, unless its answers begin where those of others do.
const LABELS: usize = 2;

/// What a line of a form holds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Parts {
    /// Where its label begins.
    label: Option<f64>,
    /// Where its answer begins.
    answer: Option<f64>,
}

/// Lines that are a form.
pub(super) struct Found {
    pub run: Run,
    /// The edges of its two columns.
    pub edges: [f64; 3],
    /// Which of its lines begin a row, counted from its first.
    pub starts: Vec<usize>,
}

/// Runs of lines that are forms; `before` are the edges of the table of the page before that they may go on with.
pub(super) fn runs(page: &Page, lines: &[Line], traits: &Traits<'_>, before: Option<&[f64]>) -> Vec<Found> {
    let all: Vec<Vec<Chunk>> = lines.iter().map(|line| lines::chunks(page, line, GAP)).collect();
    let mut known: Vec<f64> = before.filter(|edges| edges.len() == 3).map(|edges| edges[1] + SAME).into_iter().collect();
    let is_rest =
        |line: usize, known: &[f64]| matches!(all[line].as_slice(), [only] if known.iter().any(|x| (x - only.x0).abs() <= SAME));
    let mut out = Vec::new();
    // What is answered on the page before may go on here.
    let rest = (0..lines.len()).take_while(|line| is_rest(*line, &known)).count();
    let mut first = rest;
    while first < lines.len() {
        match end(page, lines, &all, first, traits).filter(|form| form.labels >= LABELS || known.contains(&form.answer)) {
            Some(Form { last, answer, asked, .. }) => {
                let from = if first == rest && known.iter().any(|x| (x - answer).abs() <= SAME) { 0 } else { first };
                let inside = &lines[from..=last];
                let left = inside.iter().map(|line| line.bbox.x0).fold(f64::INFINITY, f64::min);
                let right = inside.iter().map(|line| line.bbox.x1).fold(answer, f64::max);
                // What goes on from the page before is a row above the first question.
                let above = (from < first).then_some(0);
                let starts = above.into_iter().chain(asked.into_iter().map(|line| line - from)).collect();
                out.push(Found { run: (from, last), edges: [left - 1.0, answer - SAME, right + 1.0], starts });
                known.push(answer);
                first = last + 1;
            }
            None => first += 1,
        }
    }
    out
}

/// Questions with their answers.
struct Form {
    /// Its last line.
    last: usize,
    /// Where its answers begin.
    answer: f64,
    /// How many questions it has.
    labels: usize,
    /// The lines of these.
    asked: Vec<usize>,
}

/// The form that begins with line `first`; none where it is none.
fn end(page: &Page, lines: &[Line], all: &[Vec<Chunk>], first: usize, traits: &Traits<'_>) -> Option<Form> {
    let text = |chunk: &Chunk| -> Vec<&str> {
        chunk.words.iter().filter_map(|index| word(page, *index)).map(|word| word.text.as_str()).collect()
    };
    // A label begins as a sentence does; figures at the axis of a chart come again, too.
    let capital = |chunk: &Chunk| text(chunk).first().is_some_and(|word| word.starts_with(char::is_uppercase));
    let is_label = |chunk: &Chunk| capital(chunk) && traits.recurs(text(chunk).into_iter());
    let left = all.get(first)?.first().filter(|chunk| is_label(chunk))?.x0;
    let parts = |line: usize| match all[line].as_slice() {
        [label, answer] if is_label(label) => Some(Parts { label: Some(label.x0), answer: Some(answer.x0) }),
        [only] if (only.x0 - left).abs() <= SAME => is_label(only).then_some(Parts { label: Some(only.x0), answer: None }),
        [only] => Some(Parts { label: None, answer: Some(only.x0) }),
        _ => None,
    };
    let (mut labels, mut begins, mut last): (Vec<Vec<&str>>, Option<f64>, Option<usize>) = (Vec::new(), None, None);
    let mut asked = Vec::new();
    for at in first..lines.len() {
        let apart = at > first && lines[at].bbox.y0 - lines[at - 1].bbox.y1 > APART * lines[at].size;
        let Some(parts) = parts(at).filter(|_| !apart) else { break };
        let level = parts.label.is_none_or(|x| (x - left).abs() <= SAME);
        let beside = parts.answer.is_none_or(|x| begins.map_or(x > left + SAME, |begins| (x - begins).abs() <= SAME));
        let label = all[at].first().filter(|_| parts.label.is_some()).map(text);
        // The same question again is that of another form.
        if !level || !beside || label.as_ref().is_some_and(|label| labels.contains(label)) {
            break;
        }
        // An answer stands beside its label, or goes on below the one that does.
        if parts.label.is_none() && begins.is_none() {
            break;
        }
        begins = begins.or(parts.answer);
        asked.extend(label.is_some().then_some(at));
        labels.extend(label);
        last = Some(at);
    }
    Some(Form { last: last?, answer: begins?, labels: labels.len(), asked })
}

#[cfg(test)]
mod tests {
    use super::super::testing::Few;
    use super::super::testing::lines_of;
    use super::super::testing::page;
    use super::*;

    #[test]
    fn labels_that_come_again_with_answers_beside_them_are_forms() {
        let form = |y: f64, action: &'static str, rest: &'static str| {
            vec![
                (40.0, y, "Actions required"),
                (200.0, y, action),
                (200.0, y + 12.0, rest),
                (40.0, y + 40.0, "Start date"),
                (40.0, y + 66.0, "Completion date"),
                (200.0, y + 66.0, "Oct 17"),
            ]
        };
        let mut texts = vec![(40.0, 20.0, "Home first")];
        texts.extend(form(40.0, "Agree a form with", "each home"));
        texts.push((40.0, 130.0, "Focus on choice and what we say of it"));
        texts.extend(form(150.0, "Print the leaflet", "for all"));
        let page = page(&texts);
        let lines = lines_of(&page);
        let traits = Traits::of([&page].into_iter(), &Few);
        let found = runs(&page, &lines, &traits, None);
        assert_eq!(found.iter().map(|form| form.run).collect::<Vec<_>>(), [(1, 4), (6, 9)]);
        assert_eq!(found[0].edges[..2], [39.0, 198.5]);
        assert_eq!(found[0].starts, [0, 2, 3], "each question begins a row");
    }

    #[test]
    fn a_form_that_the_page_cuts_goes_on_on_the_next() {
        let page = page(&[
            (200.0, 20.0, "and each home"),
            (40.0, 46.0, "Start date"),
            (40.0, 72.0, "Completion date"),
            (200.0, 72.0, "Oct 17"),
            (40.0, 110.0, "Focus on choice"),
            (40.0, 140.0, "Start date"),
            (200.0, 140.0, "Completion date"),
        ]);
        let lines = lines_of(&page);
        let traits = Traits::of([&page].into_iter(), &Few);
        let runs =
            |before: Option<&[f64]>| runs(&page, &lines, &traits, before).into_iter().map(|form| form.run).collect::<Vec<_>>();
        assert_eq!(runs(Some(&[39.0, 198.5, 300.0])), [(0, 2), (4, 4)]);
        assert_eq!(runs(None), [(1, 2), (4, 4)], "one question is a form where others stand at its place");
    }
}
