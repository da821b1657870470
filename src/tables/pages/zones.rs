//! Columns of prose: the parts of a page that are read one after the other.
//!
//! A page of two columns has lines that stop at one gutter and go on behind it, full of words on both sides. A table of two columns
//! of text has that too, but its rows end at different heights, so that many lines have text on one side only.

use crate::model::location::Rect;
use crate::model::page::Page;

use super::apart;
use super::gaps;
use super::lines;
use super::lines::Line;
use super::lines::word;
use super::slits;
use super::starts::Starts;

/// What is read as one run from top to bottom.
#[derive(Clone, Debug, Default)]
pub(super) struct Zone {
    /// Its words outside tables.
    pub words: Vec<u32>,
    /// Its tables, as indices of the boxes given.
    pub tables: Vec<usize>,
    /// It is a card among others.
    pub card: bool,
}

impl Zone {
    /// All of `words` and tables as one.
    pub(super) fn whole(words: Vec<u32>, tables: usize) -> Self {
        Self { words, tables: (0..tables).collect(), card: false }
    }
}

/// Fewer lines than this on both sides of a gutter are no columns.
const LINES: usize = 8;

/// Words that a line of prose has on each side at least.
const WORDS: usize = 3;

/// Share of the width of a column that the words of a line of prose fill at least.
const FULL: f64 = 0.65;

/// More white than this between two lines, in sizes of font, parts what stands above from what stands below.
const BLOCK: f64 = 0.6;

/// A line without a gap that covers this share of the width runs over all of it.
const WHOLE: f64 = 0.75;

/// Columns within columns are looked for this deep: four columns.
const DEPTH: usize = 2;

/// The zones of `words` and of tables that stand in `boxes`, in reading order.
pub(super) fn zones(page: &Page, words: &[u32], boxes: &[Rect]) -> Vec<Zone> {
    split(page, Zone::whole(words.to_vec(), boxes.len()), boxes, DEPTH)
}

fn split(page: &Page, zone: Zone, boxes: &[Rect], depth: usize) -> Vec<Zone> {
    if depth == 0 {
        return vec![zone];
    }
    let lines = lines::lines(page, &zone.words);
    let prose = gutter(page, &lines);
    let beside = |lines: &[Line]| apart::gutter(page, lines, lines::around(lines)?);
    let Some(gutter) = prose.or_else(|| beside(&lines)) else {
        let bands: Vec<(f64, f64)> = stretches(page, &lines)
            .filter(|stretch| gutter(page, stretch).or_else(|| beside(stretch)).is_some())
            .filter_map(|stretch| lines::around(stretch).map(|bbox| (bbox.y0, bbox.y1)))
            .collect();
        return if bands.is_empty() { vec![zone] } else { in_bands(page, &zone, boxes, &bands, depth) };
    };
    let mut sections: Vec<Section> = Vec::new();
    let tables = if prose.is_some() { tables(page, &lines, gutter) } else { vec![false; lines.len()] };
    for item in items(page, &lines, &tables, &zone, boxes, gutter) {
        match sections.last_mut() {
            Some(section) if section.whole == item.whole => section.add(item),
            _ => {
                let mut section = Section { whole: item.whole, ..Section::default() };
                section.add(item);
                sections.push(section);
            }
        }
    }
    let mut out: Vec<Zone> = Vec::new();
    for section in sections {
        if section.whole {
            out.push(section.left);
        } else {
            out.extend(split(page, section.left, boxes, depth - 1));
            out.extend(split(page, section.right, boxes, depth - 1));
        }
    }
    out.retain(|zone| !(zone.words.is_empty() && zone.tables.is_empty()));
    out
}

/// Which lines are those of a table that stands above or below two columns of prose, with a gap between columns at their gutter.
fn tables(page: &Page, lines: &[Line], gutter: f64) -> Vec<bool> {
    let Some(bbox) = lines::around(lines) else { return Vec::new() };
    let apart = |above: &Line, line: &Line| line.bbox.y0 - above.bbox.y1 > BLOCK * line.size;
    let blocks = || lines.chunk_by(|above, line| !apart(above, line));
    let kinds: Vec<Option<bool>> = blocks().map(|block| is_table(page, block, bbox, gutter)).collect();
    let mut before = None;
    let mut out = Vec::with_capacity(lines.len());
    for (at, block) in blocks().enumerate() {
        // A heading goes with what it heads.
        let kind = kinds[at..].iter().flatten().next().copied().or(before).unwrap_or(false);
        before = kinds[at].or(before);
        out.extend(block.iter().map(|_| kind));
    }
    out
}

/// Whether lines that stand close are rows of a table and no columns of prose; none where nothing stands beside anything.
fn is_table(page: &Page, block: &[Line], bbox: Rect, gutter: f64) -> Option<bool> {
    // A line of several cells has one of them over the gutter.
    let over = |line: &Line| lines::crosses(page, line, gutter) && lines::chunks(page, line, 1.0).len() > 2;
    if block.iter().any(over) {
        return Some(true);
    }
    let both: Vec<&Line> = block
        .iter()
        .filter(|line| line.bbox.x0 < gutter && gutter < line.bbox.x1 && !lines::crosses(page, line, gutter))
        .collect();
    // What fills a side of prose is one text.
    let single = |line: &Line, is_left: bool| {
        lines::chunks(page, line, 1.0).iter().filter(|chunk| (chunk.x0 < gutter) == is_left).count() == 1
    };
    let full = |is_left: bool| {
        let (from, to) = if is_left { (bbox.x0, gutter) } else { (gutter, bbox.x1) };
        both.iter().filter(|line| single(line, is_left) && is_full(page, line, from, to)).count()
    };
    let (left, right) = (full(true), full(false));
    let cells = both.iter().filter(|line| lines::chunks(page, line, 1.0).len() > 2).count();
    let prose = 5 * left.max(right) >= 4 * both.len() || 3 * cells < both.len();
    (!both.is_empty()).then(|| !prose && apart::are_level(page, block, gutter))
}

/// The lines between those that run over the whole width: what stands side by side there may have text above and below it.
fn stretches<'a>(page: &'a Page, lines: &'a [Line]) -> impl Iterator<Item = &'a [Line]> {
    let width = lines::around(lines).map_or(0.0, |bbox| bbox.width());
    let whole = move |line: &Line| lines::chunks(page, line, 1.0).iter().any(|chunk| chunk.x1 - chunk.x0 >= WHOLE * width);
    let all = lines.len();
    lines.split(whole).filter(move |stretch| stretch.len() >= LINES && stretch.len() < all)
}

/// The zones of what stands in each of `bands` from top to bottom, and above, between and below them.
fn in_bands(page: &Page, zone: &Zone, boxes: &[Rect], bands: &[(f64, f64)], depth: usize) -> Vec<Zone> {
    // Before the first band 0, in it 1, behind it 2.
    let place = |at: f64| {
        let before = bands.partition_point(|band| band.1 < at);
        2 * before + usize::from(bands.get(before).is_some_and(|band| band.0 <= at))
    };
    let mut parts: Vec<Zone> = vec![Zone::default(); 2 * bands.len() + 1];
    for &index in &zone.words {
        if let Some(word) = word(page, index) {
            parts[place(lines::middle(&word.bbox))].words.push(index);
        }
    }
    for &table in &zone.tables {
        if let Some(bbox) = boxes.get(table) {
            parts[place(lines::middle(bbox))].tables.push(table);
        }
    }
    let parts = parts.into_iter().enumerate();
    let zones = parts.flat_map(|(at, part)| if at % 2 == 1 { split(page, part, boxes, depth) } else { vec![part] });
    zones.filter(|zone| !(zone.words.is_empty() && zone.tables.is_empty())).collect()
}

/// Lines that follow each other and all cross the gutter, or all do not.
#[derive(Default)]
struct Section {
    whole: bool,
    left: Zone,
    right: Zone,
}

impl Section {
    fn add(&mut self, item: Item) {
        self.left.words.extend(item.left.words);
        self.left.tables.extend(item.left.tables);
        self.right.words.extend(item.right.words);
        self.right.tables.extend(item.right.tables);
    }
}

/// A line or table; what crosses the gutter is all left.
struct Item {
    top: f64,
    whole: bool,
    left: Zone,
    right: Zone,
}

/// The lines and tables of a zone; `whole` tells which lines belong together though they do not cross the gutter.
fn items(page: &Page, lines: &[Line], whole: &[bool], zone: &Zone, boxes: &[Rect], gutter: f64) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (line, whole) in lines.iter().zip(whole) {
        let whole = *whole || lines::crosses(page, line, gutter);
        let left_of = |index: &u32| whole || word(page, *index).is_some_and(|word| word.bbox.x0 < gutter);
        let (left, right) = line.words.iter().copied().partition(left_of);
        let zone = |words| Zone { words, ..Zone::default() };
        items.push(Item { top: line.bbox.y0, whole, left: zone(left), right: zone(right) });
    }
    for &table in &zone.tables {
        let Some(bbox) = boxes.get(table) else { continue };
        let whole = bbox.x0 < gutter - 4.0 && bbox.x1 > gutter + 4.0;
        let here = Zone { tables: vec![table], ..Zone::default() };
        let is_left = whole || bbox.x1 <= gutter + 4.0;
        let (left, right) = if is_left { (here, Zone::default()) } else { (Zone::default(), here) };
        items.push(Item { top: bbox.y0, whole, left, right });
    }
    items.sort_by(|a, b| a.top.total_cmp(&b.top));
    items
}

/// The middle of the gutter between two columns of prose.
fn gutter(page: &Page, lines: &[Line]) -> Option<f64> {
    let bbox = lines::around(lines)?;
    if lines.len() < LINES || bbox.width() < 150.0 {
        return None;
    }
    let (from, to) = (bbox.x0 + 0.25 * bbox.width(), bbox.x0 + 0.75 * bbox.width());
    let (busiest, _) = busiest_gap(page, lines, (from, to), None)?;
    // A table in one of the columns may have a gap in more lines than there are beside each other.
    let wordy = |line: &&Line| {
        let chunks = lines::chunks(page, line, 1.0);
        chunks.len() == 2 && chunks.iter().all(|chunk| chunk.words.len() >= WORDS)
    };
    let wordy: Vec<Line> = lines.iter().filter(wordy).cloned().collect();
    let other = busiest_gap(page, &wordy, (from, to), None).map(|(gutter, _)| gutter);
    [busiest].into_iter().chain(other).find(|gutter| parts_prose(page, lines, bbox, *gutter))
}

/// Whether a gutter stands between two columns of prose among `lines`.
fn parts_prose(page: &Page, lines: &[Line], bbox: Rect, gutter: f64) -> bool {
    let mut both = 0;
    let mut prose: Vec<Line> = Vec::new();
    let (mut top, mut bottom) = (f64::INFINITY, f64::NEG_INFINITY);
    let (mut left, mut right): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    for line in lines.iter().filter(|line| !lines::crosses(page, line, gutter)) {
        let middle = lines::middle(&line.bbox);
        if line.bbox.x0 < gutter {
            left.push(middle);
        }
        if line.bbox.x1 > gutter {
            right.push(middle);
        }
        if line.bbox.x0 > gutter || line.bbox.x1 < gutter {
            continue;
        }
        both += 1;
        if is_full(page, line, bbox.x0, gutter) && is_full(page, line, gutter, bbox.x1) {
            prose.push(line.clone());
        }
        (top, bottom) = (top.min(line.bbox.y0), bottom.max(line.bbox.y1));
    }
    let beside = gaps::median_size(lines);
    let alone = alone(&left, &right, beside, top, bottom) + alone(&right, &left, beside, top, bottom);
    // Prose has no gap of its own on either side; a table of many columns has.
    let parted = |from: f64, to: f64| {
        busiest_gap(page, &prose, (from, to), Some(gutter)).is_some_and(|(_, lines)| 5 * lines > 2 * prose.len())
            || !slits::slits(page, &prose.iter().collect::<Vec<_>>(), (from, to), &Starts::default()).is_empty()
    };
    let columns = prose.len() >= LINES && 3 * prose.len() >= both && 3 * alone < both;
    columns && !parted(bbox.x0, gutter - 20.0) && !parted(gutter + 20.0, bbox.x1)
}

/// How many of `these` lines between `top` and `bottom` have none of `others` beside them, which stand at most `reach` higher or
/// lower; both in order.
fn alone(these: &[f64], others: &[f64], reach: f64, top: f64, bottom: f64) -> usize {
    let beside =
        |at: f64| others.get(others.partition_point(|other| *other < at - reach)).is_some_and(|other| *other <= at + reach);
    these.iter().filter(|at| top < **at && **at < bottom && !beside(**at)).count()
}

/// Whether words fill most of a line between `from` and `to`, as in prose.
fn is_full(page: &Page, line: &Line, from: f64, to: f64) -> bool {
    let inside =
        || line.words.iter().filter_map(|index| word(page, *index)).filter(|word| from <= word.bbox.x0 && word.bbox.x0 < to);
    let ink: f64 = inside().map(|word| word.bbox.width() + 0.25 * word.size).sum();
    inside().count() >= WORDS && ink >= FULL * (to - from)
}

/// Where between `from` and `to` most lines have a gap with text on both sides, and how many; gaps over `gutter` do not count.
fn busiest_gap(page: &Page, lines: &[Line], (from, to): (f64, f64), gutter: Option<f64>) -> Option<(f64, usize)> {
    let mut ends: Vec<(f64, i32)> = Vec::new();
    for line in lines {
        for pair in lines::chunks(page, line, 1.0).windows(2) {
            if gutter.is_some_and(|gutter| pair[0].x1 < gutter && gutter < pair[1].x0) {
                continue;
            }
            let (x0, x1) = (pair[0].x1.max(from), pair[1].x0.min(to));
            if x0 < x1 {
                ends.extend([(x0, 1), (x1, -1)]);
            }
        }
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let (mut open, mut most, mut best) = (0, 0, None);
    for pair in ends.windows(2) {
        open += pair[0].1;
        if open > most {
            most = open;
            best = Some(f64::midpoint(pair[0].0, pair[1].0));
        }
    }
    Some((best?, usize::try_from(most).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::page;
    use super::*;

    #[test]
    fn two_columns_of_prose_are_read_one_after_the_other() {
        const WORDS: [&str; 7] = ["homes", "and", "wards", "agreed", "on", "the", "timetables"];
        let line = |n: usize| (0..7).map(|at| WORDS[(at * 3 + n * 5) % 7]).collect::<Vec<_>>().join(" ");
        let texts: Vec<String> = (0..10).map(line).collect();
        let mut lines: Vec<(f64, f64, &str)> = Vec::new();
        let mut y = 50.0;
        for (n, text) in texts.iter().enumerate() {
            lines.extend([(40.0, y, text.as_str()), (240.0, y, texts[(n + 3) % 10].as_str())]);
            y += 12.0;
        }
        let page = page(&lines);
        let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
        let zones = zones(&page, &all, &[]);
        assert_eq!(zones.len(), 2);
        assert!(zones[0].words.iter().all(|index| page.words[*index as usize].bbox.x0 < 220.0));
    }

    /// Lines of prose, the same words in another order each.
    fn prose(lines: usize) -> Vec<String> {
        const WORDS: [&str; 7] = ["homes", "and", "wards", "agreed", "on", "the", "timetables"];
        (0..lines).map(|n| (0..7 - n % 2).map(|at| WORDS[(at * 3 + n * 5) % 7]).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn prose_that_ends_well_before_a_narrow_gutter_is_a_column() {
        let texts = prose(10);
        let lines: Vec<(f64, f64, &str)> = texts
            .iter()
            .zip(0..)
            .flat_map(|(text, n)| [40.0, 236.0].map(|x| (x, 50.0 + 12.0 * f64::from(n), text.as_str())))
            .collect();
        let page = page(&lines);
        let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
        assert_eq!(zones(&page, &all, &[]).len(), 2);
    }

    #[test]
    fn what_stands_side_by_side_may_have_text_above_and_below() {
        let texts = prose(4);
        let whole: Vec<String> = texts.iter().map(|text| format!("{text} {text}")).collect();
        let mut lines: Vec<(f64, f64, &str)> = Vec::new();
        for (n, text) in (0..).zip(&whole) {
            lines.extend([50.0, 300.0].map(|top| (40.0, top + 12.0 * f64::from(n), text.as_str())));
        }
        for n in 0..13 {
            lines.extend([(40.0, 110.0 + 13.0 * f64::from(n), "Beds in all wards"), (150.0, 110.0 + 13.0 * f64::from(n), "12")]);
            lines.extend([(260.0, 110.0 + 10.4 * f64::from(n), "Vans of the county"), (370.0, 110.0 + 10.4 * f64::from(n), "7")]);
        }
        let page = page(&lines);
        let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
        let zones = zones(&page, &all, &[]);
        assert_eq!(zones.len(), 4);
        assert!(zones[1].words.iter().all(|index| page.words[*index as usize].bbox.x0 < 250.0));
    }

    #[test]
    fn a_table_below_two_columns_of_prose_stays_whole() {
        let texts = prose(12);
        let mut lines: Vec<(f64, f64, &str)> = Vec::new();
        for (n, text) in (0..).zip(&texts) {
            lines.extend([40.0, 240.0].map(|x| (x, 50.0 + 12.0 * f64::from(n), text.as_str())));
        }
        let mut y = 210.0;
        for (action, who, when) in [
            ("Action for all wards", "Who", "When"),
            ("Agree a form and print", "Ann Lee", "Now"),
            ("Count the beds at noon", "Bob Ray", "May"),
        ] {
            lines.extend([(40.0, y, action), (250.0, y, who), (330.0, y, when), (40.0, y + 12.0, "on each day")]);
            y += 34.0;
        }
        let page = page(&lines);
        let all: Vec<u32> = (0_u32..).take(page.words.len()).collect();
        let zones = zones(&page, &all, &[]);
        let table = zones.iter().find(|zone| zone.words.iter().any(|index| page.words[*index as usize].text == "When"));
        assert_eq!(zones.len(), 3);
        assert!(table.is_some_and(|zone| zone.words.iter().any(|index| page.words[*index as usize].text == "Action")));
    }
}
