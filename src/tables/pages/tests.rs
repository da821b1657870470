//! Whole pages through the stage.

use super::lay_out;
use super::testing::Few;
use super::testing::across;
use super::testing::down;
use super::testing::page;
use crate::model::location::PageNumber;
use crate::model::location::Rect;
use crate::model::page::Fill;
use crate::model::page::Page;
use crate::model::page::TaggedCell;
use crate::model::page::TaggedTable;
use crate::model::source::Block;
use crate::model::source::Grid;
use crate::model::source::Source;
use crate::model::source::Strategy;
use crate::model::source::TextKind;

fn laid_out(pages: Vec<Page>) -> Source {
    lay_out(Source { pages, ..Source::default() }, &Few)
}

fn grids(source: &Source) -> Vec<&Grid> {
    let mut grids = Vec::new();
    for block in &source.blocks {
        if let Block::Grid(grid) = block {
            grids.push(grid);
        }
    }
    grids
}

fn texts(source: &Source) -> Vec<(TextKind, &str)> {
    let mut texts = Vec::new();
    for block in &source.blocks {
        if let Block::Text(text) = block {
            texts.push((text.kind, text.text.as_str()));
        }
    }
    texts
}

fn rows(grid: &Grid) -> Vec<Vec<&str>> {
    let cells = |width: usize, row: usize| {
        let text = move |column| grid.rows[row].cell(column).map_or("", |cell| cell.text.as_str());
        (0..width).map(text).collect()
    };
    (0..grid.rows.len()).map(|row| cells(grid.width(), row)).collect()
}

/// A table of three columns without a line, with texts that wrap.
const SPACED: [(f64, f64, &str); 12] = [
    (40.0, 100.0, "Ward"),
    (200.0, 100.0, "2016"),
    (300.0, 100.0, "2017"),
    (40.0, 112.0, "North wing and"),
    (40.0, 124.0, "annexe"),
    (200.0, 112.0, "14.5"),
    (300.0, 112.0, "12.1"),
    (40.0, 136.0, "South wing"),
    (200.0, 136.0, "9.0"),
    (300.0, 136.0, "8.8"),
    (40.0, 148.0, "Total"),
    (300.0, 148.0, "20.9"),
];

#[test]
fn white_space_tells_columns_and_wrapped_labels_stay_whole() {
    let source = laid_out(vec![page(&SPACED)]);
    let [grid] = grids(&source)[..] else { panic!("{:?}", source.blocks) };
    assert_eq!(grid.found.map(|found| found.by), Some(Strategy::Spaced));
    let found = rows(grid);
    assert_eq!(found[0], ["Ward", "2016", "2017"]);
    assert_eq!(found[1], ["North wing and annexe", "14.5", "12.1"]);
    assert_eq!(found[3], ["Total", "", "20.9"]);
}

#[test]
fn a_cell_that_goes_on_with_a_capital_is_one_where_rows_stand_apart() {
    let mut placed = vec![(40.0, 100.0, "Change"), (160.0, 100.0, "Actions"), (330.0, 100.0, "Lead"), (430.0, 100.0, "Progress")];
    for row in [120.0, 212.0, 304.0] {
        placed.push((40.0, row, "Focus on choice"));
        placed.push((330.0, row, "Ann Tilbrook"));
        for line in 0..7_u8 {
            let y = row + 12.0 * f64::from(line);
            // It has room for more and begins anew in lines that stand close, also below the end of its neighbours.
            placed.push((160.0, y, if line % 2 == 0 { "Write to all of the families" } else { "Call them" }));
            if line < 6 {
                placed.push((430.0, y, "the letters were sent"));
            }
        }
    }
    let source = laid_out(vec![page(&placed)]);
    let [grid] = grids(&source)[..] else { panic!("{:?}", source.blocks) };
    assert_eq!(rows(grid).len(), 4, "{:?}", rows(grid));
}

#[test]
fn a_table_in_the_middle_of_prose_takes_none_of_it() {
    let mut all = SPACED.to_vec();
    all.push((40.0, 60.0, "The wards were counted in two years and their beds are given in the table below"));
    all.push((40.0, 190.0, "Counts are of beds in use at midnight on the last day of March in each of the years"));
    let source = laid_out(vec![page(&all)]);
    assert_eq!((grids(&source).len(), texts(&source).len()), (1, 2));
}

#[test]
fn prose_is_no_table() {
    let line = "people go home as soon as they are well and their homes are ready";
    let lines: Vec<(f64, f64, &str)> = (0..12).map(|n| (40.0, 60.0 + 12.0 * f64::from(n), line)).collect();
    let source = laid_out(vec![page(&lines)]);
    assert!(grids(&source).is_empty());
}

#[test]
fn a_list_with_hanging_indents_is_no_table() {
    let lines = [
        (40.0, 60.0, "1."),
        (70.0, 60.0, "Agree who leads"),
        (40.0, 72.0, "2."),
        (70.0, 72.0, "Print the form"),
        (40.0, 84.0, "3."),
        (70.0, 84.0, "Tell every ward"),
        (40.0, 96.0, "4."),
        (70.0, 96.0, "Count the beds"),
    ];
    assert!(grids(&laid_out(vec![page(&lines)])).is_empty());
}

#[test]
fn wrapped_cells_between_lines_are_one_text() {
    let mut drawn = page(&[
        (12.0, 12.0, "Action"),
        (162.0, 12.0, "Lead"),
        (12.0, 32.0, "Agree one form with"),
        (12.0, 44.0, "every care home"),
        (162.0, 32.0, "Ann Lee"),
        (162.0, 44.0, "Bob Ray"),
    ]);
    drawn.rulings = [10.0, 30.0, 60.0].map(|y| across(y, 10.0, 260.0)).to_vec();
    drawn.rulings.extend([10.0, 110.0, 160.0, 260.0].map(|x| down(x, 10.0, 60.0)));
    drawn.rulings.retain(|line| (line.at - 110.0).abs() > 1.0);
    let source = laid_out(vec![drawn]);
    let found = rows(grids(&source)[0]);
    assert_eq!(found[1], ["Agree one form with every care home", "Ann Lee\nBob Ray"]);
}

#[test]
fn a_tree_that_tells_the_truth_is_followed_and_a_stale_one_is_not() {
    let cell = |words: &[u32]| TaggedCell { words: words.to_vec(), header: false, rowspan: 1, colspan: 1 };
    let texts = [(10.0, 10.0, "a"), (60.0, 10.0, "b"), (10.0, 30.0, "c"), (60.0, 30.0, "d"), (30.0, 20.0, "stray")];
    let mut truthful = page(&texts[..4]);
    truthful.tagged =
        vec![TaggedTable { id: 1, first_row: 0, rows: vec![vec![cell(&[0]), cell(&[1])], vec![cell(&[2]), cell(&[3])]] }];
    let source = laid_out(vec![truthful.clone()]);
    assert_eq!(grids(&source)[0].found.map(|found| found.by), Some(Strategy::Tagged));
    let mut stale = page(&texts);
    stale.tagged = truthful.tagged;
    assert!(grids(&laid_out(vec![stale])).is_empty());
}

#[test]
fn a_column_that_is_blank_on_the_next_page_is_still_there() {
    let next: Vec<(f64, f64, &str)> = SPACED[3..].iter().filter(|(x, _, _)| *x > 100.0).copied().collect();
    let mut below: Vec<(f64, f64, &str)> = next.iter().map(|(x, y, text)| (*x, y - 60.0, *text)).collect();
    below.push((200.0, 100.0, "7.0"));
    below.push((300.0, 100.0, "6.0"));
    let mut second = page(&below);
    second.number = PageNumber::from_index(1);
    let source = laid_out(vec![page(&SPACED), second]);
    let widths: Vec<usize> = grids(&source).iter().map(|grid| grid.width()).collect();
    assert_eq!(widths, [3, 3]);
}

#[test]
fn a_blank_cell_has_its_colour_also_without_lines() {
    let mut coloured = page(&SPACED);
    coloured.fills = vec![Fill { bbox: Rect { x0: 160.0, y0: 144.0, x1: 255.0, y1: 160.0 }, colour: [192, 0, 0] }];
    let source = laid_out(vec![coloured]);
    let cell = grids(&source)[0].rows[3].cell(1);
    assert_eq!(cell.and_then(|cell| cell.style.fill), Some([192, 0, 0]));
}

#[test]
fn every_word_stands_somewhere_once() {
    let mut all = SPACED.to_vec();
    all.push((40.0, 20.0, "Beds in Westmarch"));
    all.push((40.0, 780.0, "Page 1"));
    let source = laid_out(vec![page(&all)]);
    let mut words: Vec<String> = all.iter().flat_map(|(_, _, text)| text.split(' ')).map(str::to_owned).collect();
    let cells = grids(&source).into_iter().flat_map(|grid| &grid.rows).flat_map(|row| &row.cells).map(|cell| cell.text.as_str());
    let all_text: Vec<&str> = cells.chain(texts(&source).into_iter().map(|(_, text)| text)).collect();
    let mut found: Vec<String> = all_text.iter().flat_map(|text| text.split_whitespace()).map(str::to_owned).collect();
    words.sort();
    found.sort();
    assert_eq!(words, found);
}

#[test]
fn headings_of_sections_are_rows_by_themselves() {
    let mut page = page(&[
        (40.0, 100.0, "Issues"),
        (220.0, 100.0, "What comes next"),
        (340.0, 100.0, "Who"),
        (40.0, 112.0, "Choice"),
        (40.0, 124.0, "No list of homes"),
        (220.0, 124.0, "Print a leaflet"),
        (340.0, 124.0, "Ann Lee"),
        (40.0, 136.0, "Beds"),
        (40.0, 148.0, "Vans come late"),
        (220.0, 148.0, "Call at noon"),
        (340.0, 148.0, "Bob Ray"),
    ]);
    page.words.iter_mut().filter(|word| matches!(word.bbox.y0, 100.0 | 112.0 | 136.0)).for_each(|word| word.bold = true);
    let source = laid_out(vec![page]);
    let first: Vec<&str> = rows(grids(&source)[0]).iter().map(|row| row[0]).collect();
    assert_eq!(first, ["Issues", "Choice", "No list of homes", "Beds", "Vans come late"]);
}

#[test]
fn the_title_of_the_next_table_ends_a_table() {
    let table = |top: f64, unit: &'static str| {
        let mut texts = vec![(40.0, top, "Ward"), (200.0, top, unit), (300.0, top, "Vans")];
        for (at, name) in ["North", "East", "South", "West", "Hill"].into_iter().enumerate() {
            let y = top + [12.0, 24.0, 36.0, 48.0, 60.0][at];
            texts.extend([(40.0, y, name), (200.0, y, "12"), (300.0, y, "7")]);
        }
        texts
    };
    let mut texts = table(100.0, "Beds");
    texts.push((40.0, 187.0, "Table 2"));
    texts.extend(table(199.0, "Forms"));
    let source = laid_out(vec![page(&texts)]);
    assert_eq!(grids(&source).len(), 2);
}

#[test]
fn the_name_of_a_group_that_wraps_is_one_cell_over_its_columns() {
    let mut page = page(&[
        (190.0, 100.0, "All of"),
        (170.0, 112.0, "the year"),
        (290.0, 112.0, "Of these"),
        (40.0, 126.0, "Ward"),
        (160.0, 126.0, "Beds"),
        (210.0, 126.0, "Vans"),
        (270.0, 126.0, "Beds"),
        (320.0, 126.0, "Vans"),
        (40.0, 140.0, "North"),
        (160.0, 140.0, "12"),
        (210.0, 140.0, "14"),
        (270.0, 140.0, "15"),
        (320.0, 140.0, "16"),
        (40.0, 152.0, "East"),
        (160.0, 152.0, "13"),
        (210.0, 152.0, "15"),
        (270.0, 152.0, "17"),
        (320.0, 152.0, "18"),
    ]);
    page.rulings = vec![across(124.0, 155.0, 240.0), across(124.0, 265.0, 350.0)];
    let source = laid_out(vec![page]);
    let found = rows(grids(&source)[0]);
    assert_eq!(found[0], ["", "All of the year", "", "Of these", ""]);
    assert_eq!(found[1], ["Ward", "Beds", "Vans", "Beds", "Vans"]);
}

#[test]
fn an_indented_label_wraps_where_it_reaches_the_edge_of_its_column() {
    let source = laid_out(vec![page(&[
        (40.0, 100.0, "Ward"),
        (130.0, 100.0, "Beds"),
        (190.0, 100.0, "Vans"),
        (40.0, 112.0, "North of the town"),
        (130.0, 112.0, "12"),
        (190.0, 112.0, "3"),
        (70.0, 124.0, "Hill and"),
        (75.0, 136.0, "Vale"),
        (130.0, 136.0, "14"),
        (190.0, 136.0, "5"),
        (70.0, 148.0, "Beds by"),
        (75.0, 160.0, "the sea"),
        (130.0, 160.0, "15"),
        (190.0, 160.0, "6"),
    ])]);
    let first: Vec<&str> = rows(grids(&source)[0]).iter().map(|row| row[0]).collect();
    assert_eq!(first, ["Ward", "North of the town", "Hill and Vale", "Beds by the sea"]);
}

#[test]
fn a_row_begins_where_text_begins_again_in_several_columns() {
    let columns =
        [(40.0, ["Agree one form", "Count the beds"]), (160.0, ["Fewer delays", "Beds known"]), (260.0, ["Ann Lee", "Bob Ray"])];
    let mut texts = vec![
        (40.0, 100.0, "Action"),
        (160.0, 100.0, "Outcome"),
        (260.0, 100.0, "Who"),
        (340.0, 100.0, "When"),
        (420.0, 100.0, "Update"),
    ];
    for (x, [first, second]) in columns {
        texts.extend([(x, 112.0, first), (x, 148.0, second)]);
    }
    texts.extend([(340.0, 112.0, "30 June"), (340.0, 124.0, "2018"), (340.0, 148.0, "1 May"), (340.0, 160.0, "2018")]);
    for (line, text) in
        ["The homes were asked", "to say what they", "want to know first.", "The list is on paper", "and in all wards"]
            .into_iter()
            .enumerate()
    {
        texts.push((420.0, [112.0, 124.0, 136.0, 148.0, 160.0][line], text));
    }
    let source = laid_out(vec![page(&texts)]);
    let first: Vec<&str> = rows(grids(&source)[0]).iter().map(|row| row[0]).collect();
    assert_eq!(first, ["Action", "Agree one form", "Count the beds"]);
}

#[test]
fn the_last_cell_of_a_table_goes_on_below_all_others() {
    let mut texts = vec![
        (40.0, 100.0, "Questions"),
        (140.0, 100.0, "Change 1 Home"),
        (240.0, 100.0, "Change 2 Wards"),
        (40.0, 136.0, "Actions"),
        (140.0, 136.0, "Agree one form"),
        (240.0, 136.0, "Count the beds"),
        (40.0, 172.0, "By when"),
        (140.0, 172.0, "Begun in"),
        (240.0, 172.0, "Now"),
    ];
    for (y, text) in [(182.0, "wards by end of"), (192.0, "July"), (202.0, "2018"), (212.0, "or so")] {
        texts.push((140.0, y, text));
    }
    let source = laid_out(vec![page(&texts)]);
    assert_eq!(rows(grids(&source)[0])[2], ["By when", "Begun in wards by end of July\n2018 or so", "Now"]);
    assert!(crate::tables::pages::tests::texts(&source).is_empty());
}

#[test]
fn a_single_line_is_a_paragraph_where_the_next_stands_further_below_than_lines_of_a_text() {
    let full = "Agree one form and count the beds in all the homes of the county and also";
    let lines =
        [(100.0, full), (112.0, "on wards"), (132.0, full), (152.0, "Planning and printing"), (172.0, full), (184.0, "in May")];
    let texts_on = |lines: &[(f64, &'static str)]| lines.iter().map(|(y, text)| (40.0, *y, *text)).collect::<Vec<_>>();
    // The second page has no text of two lines.
    let source = laid_out(vec![page(&texts_on(&lines)), page(&texts_on(&lines[2..4]))]);
    let found: Vec<&str> = texts(&source).into_iter().map(|(_, text)| text).collect();
    let (first, last) = (format!("{full} on wards"), format!("{full} in May"));
    assert_eq!(found, [first.as_str(), full, "Planning and printing", last.as_str(), full, "Planning and printing"]);
}

#[test]
fn a_row_alone_at_the_bottom_has_the_columns_of_the_tables_above() {
    let form = |y: f64| {
        [(12.0, y + 2.0, "Actions"), (112.0, y + 2.0, "Agree one form"), (12.0, y + 22.0, "Lead"), (112.0, y + 22.0, "Ann")]
    };
    let below = [(12.0, 102.0, "Actions"), (112.0, 102.0, "Count the beds in all the wards")];
    let mut drawn = page(&[form(10.0).as_slice(), &below].concat());
    drawn.rulings = [10.0, 30.0, 50.0, 100.0, 120.0].map(|y| across(y, 10.0, 300.0)).to_vec();
    drawn.rulings.extend([10.0, 110.0, 300.0].into_iter().flat_map(|x| [down(x, 10.0, 50.0), down(x, 100.0, 120.0)]));
    let source = laid_out(vec![drawn.clone()]);
    let found: Vec<_> = grids(&source).into_iter().map(rows).collect();
    assert_eq!(found[1..], [[["Actions", "Count the beds in all the wards"]]]);
    // A box with other columns is none.
    drawn.rulings.iter_mut().filter(|line| (line.at - 110.0).abs() < 1.0 && line.from > 60.0).for_each(|line| line.at = 105.0);
    assert_eq!(grids(&laid_out(vec![drawn])).len(), 1);
}

#[test]
fn rules_beside_a_merged_cell_part_rows_and_span_nothing() {
    let mut page = page(&[
        (40.0, 100.0, "Change"),
        (140.0, 100.0, "Gaps"),
        (240.0, 100.0, "Actions"),
        (360.0, 100.0, "Lead"),
        (40.0, 120.0, "Focus on choice"),
        (140.0, 120.0, "Few know it"),
        (240.0, 120.0, "Write the letter in"),
        (240.0, 132.0, "plain words"),
        (360.0, 120.0, "Ann Lee"),
        (140.0, 152.0, "None are sent"),
        (240.0, 152.0, "Print it and hand it"),
        (240.0, 164.0, "to families"),
        (360.0, 152.0, "Bob Ray"),
        (40.0, 184.0, "Care homes"),
        (140.0, 184.0, "No nurse"),
        (240.0, 184.0, "Visit each week"),
        (360.0, 184.0, "Cy Poe"),
    ]);
    page.rulings = vec![across(115.0, 38.0, 420.0), across(147.0, 138.0, 420.0), across(179.0, 38.0, 420.0)];
    page.rulings.push(across(199.0, 38.0, 420.0));
    let source = laid_out(vec![page]);
    let [grid] = grids(&source)[..] else { panic!("{:?}", source.blocks) };
    let found = rows(grid);
    assert_eq!(found[1], ["Focus on choice", "Few know it", "Write the letter in plain words", "Ann Lee"]);
    assert_eq!(found[2], ["", "None are sent", "Print it and hand it to families", "Bob Ray"]);
}

#[test]
fn headers_on_grounds_of_their_own_keep_the_rows_below_them() {
    let mut texts: Vec<(f64, f64, &str)> = Vec::new();
    let mut fills = Vec::new();
    let tables = [
        ("HIC 1 Actions", "Agree who leads on each ward"),
        ("HIC 2 Actions", "Count the beds at noon"),
        ("HIC 3 Actions", "Meet at nine"),
    ];
    for ((name, action), y) in tables.into_iter().zip([100.0, 160.0, 220.0]) {
        texts.extend([(40.0, y, name), (240.0, y, "Lead"), (340.0, y, "When"), (440.0, y, "Rating")]);
        texts.extend([
            (40.0, y + 14.0, action),
            (240.0, y + 14.0, "Ann Lee"),
            (340.0, y + 14.0, "May"),
            (440.0, y + 14.0, "Red"),
        ]);
        texts.extend([
            (40.0, y + 26.0, "Print the leaflet on blue paper"),
            (240.0, y + 26.0, "Bob Ray of the hub"),
            (340.0, y + 26.0, "June or July"),
            (440.0, y + 26.0, "Green"),
        ]);
        for (x0, x1) in [(38.0, 238.0), (238.0, 338.0), (338.0, 438.0), (438.0, 520.0)] {
            fills.push(Fill { bbox: Rect { x0, y0: y - 2.0, x1, y1: y + 12.0 }, colour: [200; 3] });
        }
    }
    let mut page = Page { fills, ..page(&texts) };
    page.words.iter_mut().filter(|word| [100.0, 160.0, 220.0].contains(&word.bbox.y0)).for_each(|word| word.bold = true);
    let source = laid_out(vec![page]);
    let all: Vec<Vec<&str>> = grids(&source).into_iter().flat_map(rows).collect();
    assert_eq!(all.len(), 9, "{all:?}");
    assert_eq!(all[3], ["HIC 2 Actions", "Lead", "When", "Rating"]);
    assert_eq!(all[5], ["Print the leaflet on blue paper", "Bob Ray of the hub", "June or July", "Green"]);
}

#[test]
fn remarks_over_all_columns_are_rows_and_no_prose() {
    let mut texts = vec![(40.0, 100.0, "Ref"), (80.0, 100.0, "Action"), (260.0, 100.0, "Lead"), (360.0, 100.0, "When")];
    for (number, y) in ["1.1", "1.2", "1.3", "1.4", "1.5"].into_iter().zip([118.0, 154.0, 190.0, 226.0, 262.0]) {
        texts.extend([
            (40.0, y, number),
            (80.0, y, "Agree a form with all of them"),
            (260.0, y, "Ann Lee"),
            (360.0, y, "May 2018"),
        ]);
        texts.push((
            40.0,
            y + 18.0,
            "Progress: nine of the twelve wards of the hospital have their boards and the rest wait for hooks",
        ));
    }
    let source = laid_out(vec![page(&texts)]);
    let [grid] = grids(&source)[..] else { panic!("{:?}", source.blocks) };
    assert_eq!(rows(grid).len(), 11, "{:?}", rows(grid));
}

#[test]
fn two_dates_are_never_in_one_cell() {
    let source = laid_out(vec![page(&[
        (40.0, 100.0, "Actions"),
        (215.0, 100.0, "Measure"),
        (290.0, 100.0, "Start"),
        (360.0, 100.0, "End"),
        (40.0, 115.0, "Establish a falls service for homes"),
        (215.0, 115.0, "Red bags known"),
        (290.0, 115.0, "August 2017"),
        (360.0, 115.0, "Complete"),
        (40.0, 129.5, "Offer training with the hospice"),
        (215.0, 129.5, "Calls per bed"),
        (290.0, 129.5, "1st November"),
        (360.0, 129.5, "October"),
        (290.0, 139.5, "2017"),
        (360.0, 139.5, "2018"),
    ])]);
    let all = grids(&source).first().map(|grid| rows(grid)).unwrap_or_default();
    let starts: Vec<&str> = all.iter().map(|row| row[2]).collect();
    assert_eq!(starts, ["Start", "August 2017", "1st November 2017"]);
}

#[test]
fn dates_below_each_other_beside_a_blank_are_one_cell() {
    let source = laid_out(vec![page(&[
        (40.0, 100.0, "Actions"),
        (215.0, 100.0, "Measure"),
        (330.0, 100.0, "By when"),
        (40.0, 115.0, "Establish a falls service for the"),
        (215.0, 115.0, "Red bags known"),
        (330.0, 115.0, "30th June 2017"),
        (330.0, 127.0, "30th Sept 2017"),
        (330.0, 139.0, "31st March 2018"),
        (40.0, 160.0, "Offer training with the hospice"),
        (215.0, 160.0, "Calls per bed"),
        (330.0, 160.0, "Ongoing"),
    ])]);
    let all = grids(&source).first().map(|grid| rows(grid)).unwrap_or_default();
    let ends: Vec<&str> = all.iter().map(|row| row[2]).collect();
    assert_eq!(ends, ["By when", "30th June 2017\n30th Sept 2017\n31st March 2018", "Ongoing"]);
}
