//! Text outside tables: paragraphs from lines.

use crate::model::location::Rect;
use crate::model::page::Direction;
use crate::model::page::Page;
use crate::model::source::Block;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;

use super::frame::Turn;
use super::grid;
use super::lines;
use super::lines::Line;
use super::lines::word;
use super::text;
use super::text::Breaking;

/// How the lines of `pages` break.
pub(super) fn breaking(pages: &[Page]) -> Breaking {
    let (mut all, mut hyphens) = (0_usize, 0_usize);
    for page in pages {
        for pair in page.words.windows(2) {
            let turns =
                pair[0].direction == Direction::Right && pair[1].bbox.x0 < pair[0].bbox.x0 && pair[1].bbox.y0 > pair[0].bbox.y0;
            if turns {
                all += 1;
                hyphens += usize::from(text::ends_in_hyphen(&pair[0].text));
            }
        }
    }
    Breaking { hyphenates: hyphens >= 5 && hyphens * 40 > all }
}

/// Paragraphs of the words `level`, and one text for each run of words in another direction (`turned`), with the place that
/// orders them.
pub(super) fn blocks(page: &Page, level: &[u32], turned: &[u32], turn: &Turn, breaking: Breaking) -> Vec<(f64, f64, Block)> {
    let mut blocks = Vec::new();
    let mut paragraph: Vec<Line> = Vec::new();
    for line in lines::lines(page, level) {
        if let Some(before) = paragraph.last() {
            if parts(page, &paragraph, before, &line) {
                blocks.extend(block(page, &paragraph, turn, breaking));
                paragraph.clear();
            }
        }
        paragraph.push(line);
    }
    blocks.extend(block(page, &paragraph, turn, breaking));
    if !turned.is_empty() {
        let bbox = turned.iter().filter_map(|index| word(page, *index)).map(|word| word.bbox).reduce(Rect::around);
        let text = text::text(page, turned, f64::INFINITY, breaking);
        blocks.extend(bbox.map(|bbox| placed(page, bbox, text, TextKind::Paragraph, turn)));
    }
    blocks
}

fn parts(page: &Page, paragraph: &[Line], before: &Line, line: &Line) -> bool {
    let width = paragraph.iter().map(|line| line.bbox.width()).fold(0.0, f64::max).max(line.bbox.width());
    let leading = text::leading(paragraph);
    (before.size - line.size).abs() > 0.1 * line.size
        || text::is_bold(page, before) != text::is_bold(page, line)
        || text::ends_paragraph(page, before, line, width, leading)
}

fn block(page: &Page, lines: &[Line], turn: &Turn, breaking: Breaking) -> Option<(f64, f64, Block)> {
    let bbox = lines.iter().map(|line| line.bbox).reduce(Rect::around)?;
    let text = text::joined(page, lines, f64::INFINITY, breaking).replace('\n', " ");
    Some(placed(page, bbox, text, TextKind::Paragraph, turn))
}

fn placed(page: &Page, bbox: Rect, text: String, kind: TextKind, turn: &Turn) -> (f64, f64, Block) {
    (bbox.y0, bbox.x0, Block::Text(TextBlock { kind, text, place: grid::place(page.number, bbox, turn) }))
}
