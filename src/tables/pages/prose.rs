//! Text outside tables: paragraphs, list items and headings from lines.

use crate::model::location::Rect;
use crate::model::page::Page;
use crate::model::source::Block;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;
use crate::model::text::fold;

use super::broken::Room;
use super::lines;
use super::lines::Line;
use super::lines::word;
use super::shown::Shown;
use super::text;
use super::traits::Traits;

/// A heading has at most this many words.
const HEADING_WORDS: usize = 24;

/// A heading that only bold letters mark has at most this many words.
const BOLD_WORDS: usize = 14;

/// A block with the top and left edge that it is ordered by.
pub(super) type Placed = (f64, f64, Block);

/// Paragraphs of `words`, which run to the right.
pub(super) fn blocks(page: &Page, words: &[u32], shown: &Shown, traits: &Traits<'_>) -> Vec<Placed> {
    let lines = lines::lines(page, words);
    let width = lines::around(&lines).map_or(0.0, |bbox| bbox.width());
    let usual = running(page, &lines, width).or(traits.pitch);
    let mut blocks = Vec::new();
    let mut paragraph: Vec<Line> = Vec::new();
    for line in lines {
        if paragraph.last().is_some_and(|before| parts(page, &paragraph, before, &line, (width, usual))) {
            blocks.extend(block(page, &paragraph, shown, traits));
            paragraph.clear();
        }
        paragraph.push(line);
    }
    blocks.extend(block(page, &paragraph, shown, traits));
    blocks
}

/// One text for all of `words`, which run another way than the page.
pub(super) fn turned(page: &Page, words: &[u32], shown: &Shown, traits: &Traits<'_>) -> Option<Placed> {
    let bbox = around(page, words)?;
    Some(placed(bbox, text::text(page, words, Room::ENDLESS, &traits.breaking), TextKind::Paragraph, shown))
}

/// The lines of `words`, each a block of page furniture.
pub(super) fn furniture(page: &Page, words: &[u32], shown: &Shown, traits: &Traits<'_>) -> Vec<Placed> {
    let lines = lines::lines(page, words);
    let text = |line: &Line| text::joined(page, std::slice::from_ref(line), Room::ENDLESS, &traits.breaking);
    lines.iter().map(|line| placed(line.bbox, text(line), TextKind::Furniture, shown)).collect()
}

fn around(page: &Page, words: &[u32]) -> Option<Rect> {
    words.iter().filter_map(|index| word(page, *index)).map(|word| word.bbox).reduce(Rect::around)
}

/// How far apart lines stand that a sentence runs over, in sizes of font; none where no line goes on in lower case.
fn running(page: &Page, lines: &[Line], width: f64) -> Option<f64> {
    let first = |line: &Line| line.words.first().and_then(|index| word(page, *index));
    let runs_on = |pair: &&[Line]| {
        let lower = first(&pair[1]).is_some_and(|word| word.text.starts_with(char::is_lowercase));
        let same = (pair[0].size - pair[1].size).abs() <= 0.05 * pair[0].size;
        lower && same && !text::had_room(page, &pair[0], &pair[1], width)
    };
    let pitches = lines.windows(2).filter(runs_on).map(|pair| (pair[1].bbox.y1 - pair[0].bbox.y1) / pair[1].size);
    pitches.filter(|pitch| *pitch > 0.5).reduce(f64::max)
}

/// Whether a paragraph ends before `line`.
fn parts(page: &Page, paragraph: &[Line], before: &Line, line: &Line, (width, usual): (f64, Option<f64>)) -> bool {
    // A single line does not tell how far the next one of its paragraph stands below it.
    let leading = match usual.filter(|_| paragraph.len() == 1) {
        Some(usual) => text::leading(paragraph).min(usual * before.size),
        None => text::leading(paragraph),
    };
    (before.size - line.size).abs() > 0.1 * line.size.max(before.size)
        || text::is_bold(page, before) != text::is_bold(page, line)
        || text::ends_paragraph(page, before, line, width, leading)
}

fn block(page: &Page, lines: &[Line], shown: &Shown, traits: &Traits<'_>) -> Option<Placed> {
    let bbox = lines::around(lines)?;
    let text = text::joined(page, lines, Room::ENDLESS, &traits.breaking).replace('\n', " ");
    if let Some(rest) = text::without_bullet(&text) {
        return Some(placed(bbox, rest.to_owned(), TextKind::ListItem, shown));
    }
    let kind = heading(page, lines, &text, traits).map_or(TextKind::Paragraph, TextKind::Heading);
    Some(placed(bbox, text, kind, shown))
}

/// The level of the heading that `lines` are: named in the document's outline, or few words in letters larger than running text, or in bold.
fn heading(page: &Page, lines: &[Line], text: &str, traits: &Traits<'_>) -> Option<u8> {
    let named = || {
        let text = fold(text);
        page.outline.iter().find(|entry| fold(&entry.title) == text)
    };
    if !page.outline.is_empty()
        && let Some(entry) = named()
    {
        return Some(entry.level.clamp(1, 6));
    }
    let words = text.split_whitespace().count();
    let size = lines.iter().map(|line| line.size).fold(0.0, f64::max);
    let speaks = text.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !text.ends_with(['.', ';', ',']);
    let larger = traits.is_larger(size) && words <= HEADING_WORDS;
    let bold =
        size >= 0.95 * traits.body && words <= BOLD_WORDS && lines.len() <= 2 && lines.iter().all(|l| text::is_bold(page, l));
    // "Lead: Ann Lee" says something of the document; it heads nothing.
    let says = text.split_once(':').is_some_and(|(_, rest)| !rest.trim().is_empty());
    (speaks && (larger || bold && !says)).then(|| traits.level(size))
}

fn placed(bbox: Rect, text: String, kind: TextKind, shown: &Shown) -> Placed {
    (bbox.y0, bbox.x0, Block::Text(TextBlock { kind, text, place: shown.place(bbox, bbox.x0) }))
}
