//! Headers and rows whose cells stand in the middle, on grounds, or say more of the row above them.

use super::lay_out;
use super::testing::Few;
use super::testing::page;
use crate::model::location::Rect;
use crate::model::page::Fill;
use crate::model::page::Page;
use crate::model::source::Block;
use crate::model::source::Source;

/// The cells of the rows of all tables of `pages`.
fn rows(pages: Vec<Page>) -> Vec<Vec<String>> {
    let source = lay_out(Source { pages, ..Source::default() }, &Few);
    let mut rows = Vec::new();
    for block in &source.blocks {
        let Block::Grid(grid) = block else { continue };
        let width = grid.width();
        let text = |row: usize, column: usize| grid.rows[row].cell(column).map_or("", |cell| cell.text.as_str()).to_owned();
        rows.extend((0..grid.rows.len()).map(|row| (0..width).map(|column| text(row, column)).collect::<Vec<_>>()));
    }
    rows
}

/// A row whose cells of one and two lines stand in the middle beside one of three.
fn middle(y: f64, reference: &'static str, texts: [&'static str; 3], lead: &'static str) -> Vec<(f64, f64, &'static str)> {
    let lines = texts.into_iter().zip([y, y + 12.0, y + 24.0]).map(|(text, y)| (100.0, y, text));
    [(40.0, y + 12.0, reference), (300.0, y + 6.0, lead), (300.0, y + 18.0, "of ward")].into_iter().chain(lines).collect()
}

/// Three of them.
fn body() -> Vec<(f64, f64, &'static str)> {
    let first = middle(120.0, "1.1", ["Tell all of the families", "what they may choose and", "when they must"], "Matron");
    let second = middle(162.0, "1.2", ["Write to each care home", "of the county so that it", "knows the form"], "Sister");
    let third = middle(204.0, "1.3", ["Count all empty beds on", "each day of the week and", "tell the board"], "Doctor");
    [first, second, third].concat()
}

#[test]
fn rows_whose_first_value_stands_in_the_middle_begin_above_it() {
    let header = vec![(40.0, 100.0, "Ref"), (100.0, 100.0, "Action"), (300.0, 100.0, "Lead")];
    let found = rows(vec![page(&[header, body()].concat())]);
    assert_eq!(found[0], ["Ref", "Action", "Lead"]);
    assert_eq!(found[1][2], "Matron of ward");
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn the_name_of_a_group_stands_over_its_columns_beside_names_in_the_middle() {
    let header = vec![
        (300.0, 90.0, "Who and when"),
        (40.0, 96.0, "Ref"),
        (100.0, 96.0, "Action"),
        (300.0, 102.0, "Lead"),
        (400.0, 102.0, "By when"),
        (500.0, 90.0, "RAG"),
        (500.0, 102.0, "rating"),
    ];
    let mut dates = vec![(400.0, 132.0, "May"), (400.0, 174.0, "June"), (400.0, 216.0, "Spring")];
    dates.extend([(500.0, 132.0, "Red"), (500.0, 174.0, "Amber"), (500.0, 216.0, "Green")]);
    let mut page = page(&[header, body(), dates].concat());
    page.fills = vec![Fill { bbox: Rect { x0: 296.0, y0: 88.0, x1: 450.0, y1: 102.0 }, colour: [200; 3] }];
    let found = rows(vec![page]);
    assert_eq!(found[0], ["Ref", "Action", "Who and when", "", "RAG rating"]);
    assert_eq!(found[1], ["", "", "Lead", "By when", ""]);
    assert_eq!((found[2][2].as_str(), found[2][3].as_str()), ("Matron of ward", "May"));
}

#[test]
fn grounds_of_headers_that_come_again_end_these_where_rows_have_grounds_too() {
    let fill = |y0: f64, y1: f64, grey: u8| Fill { bbox: Rect { x0: 36.0, y0, x1: 500.0, y1 }, colour: [grey; 3] };
    let area = |x0: f64, x1: f64, y: f64| Fill { bbox: Rect { x0, y0: y, x1, y1: y + 14.0 }, colour: [150; 3] };
    let header = |y: f64| [area(36.0, 96.0, y), area(96.0, 296.0, y), area(296.0, 500.0, y)];
    let mut page = page(&[]);
    page.words.extend(self::page(&[(40.0, 12.0, "Ref"), (100.0, 12.0, "Action"), (300.0, 12.0, "Lead")]).words);
    page.words.extend(self::page(&[(40.0, 112.0, "Ref"), (100.0, 112.0, "Action"), (300.0, 112.0, "Lead")]).words);
    page.fills = [header(10.0), header(110.0)].concat();
    let alone = super::rulings::shades(&page);
    page.fills.push(fill(38.0, 60.0, 220));
    let edges: Vec<f64> = super::rulings::shades(&page).iter().map(|edge| edge.at).collect();
    assert_eq!((alone.len(), edges), (0, vec![10.0, 24.0, 38.0, 60.0, 110.0, 124.0]));
}

#[test]
fn white_within_cells_that_is_wider_than_between_rows_parts_none() {
    let mut texts = vec![(40.0, 100.0, "Ref"), (100.0, 100.0, "Action"), (300.0, 100.0, "Lead"), (400.0, 100.0, "Status")];
    for (row, (y, reference)) in [(110.5, "1.1"), (134.5, "1.2"), (158.5, "1.3"), (182.5, "1.4")].into_iter().enumerate() {
        let action =
            ["Tell all the families of the county", "Write to each home of the county now", "Count the beds", "Ring"][row];
        texts.extend([(40.0, y, reference), (100.0, y, action), (300.0, y, "Ann Lee"), (400.0, y, "Mature")]);
        texts.push((100.0, y + 13.5, "and the wards what they may do"));
    }
    let found = rows(vec![page(&texts)]);
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!(found[2][1], "Write to each home of the county now and the wards what they may do");
}

#[test]
fn a_header_that_comes_again_stands_below_a_heading_of_its_own() {
    let mut texts = Vec::new();
    for (y, name) in [(100.0, "Patient flow"), (160.0, "Focus on choice")] {
        let heading = if y < 120.0 { "HIC2" } else { "HIC7" };
        texts.extend([(40.0, y, heading), (240.0, y, name)]);
        texts.extend([
            (40.0, y + 12.0, "Actions"),
            (240.0, y + 12.0, "Lead"),
            (340.0, y + 12.0, "Due"),
            (440.0, y + 12.0, "Done"),
        ]);
        texts.extend([(40.0, y + 24.0, "Tell the families"), (240.0, y + 24.0, "Ann Lee"), (340.0, y + 24.0, "12/05/2018")]);
        texts.extend([(440.0, y + 24.0, "25"), (40.0, y + 36.0, "Count the beds"), (240.0, y + 36.0, "Bob Ray")]);
        texts.extend([(340.0, y + 36.0, "14/06/2018"), (440.0, y + 36.0, "50")]);
    }
    let found = rows(vec![page(&texts)]);
    assert_eq!(found[0][0], "HIC2");
    assert_eq!(found[1], ["Actions", "Lead", "Due", "Done"]);
}

#[test]
fn a_row_alone_below_a_header_and_a_section_on_grounds_stands_in_their_columns() {
    let mut page = page(&[
        (40.0, 100.0, "Action"),
        (240.0, 100.0, "Lead"),
        (340.0, 100.0, "When"),
        (40.0, 120.0, "Focus on choice"),
        (40.0, 144.0, "One policy for all of the trusts"),
        (240.0, 144.0, "Ann Lee"),
        (340.0, 144.0, "May"),
        (40.0, 190.0, "The plan is looked at each month by the board of the partnership, which meets in the town hall"),
    ]);
    let area = |x0: f64, x1: f64, y0: f64, grey: u8| Fill { bbox: Rect { x0, y0, x1, y1: y0 + 20.0 }, colour: [grey; 3] };
    page.fills = [(36.0, 236.0), (236.0, 336.0), (336.0, 420.0)].map(|(x0, x1)| area(x0, x1, 96.0, 90)).to_vec();
    page.fills.push(area(36.0, 420.0, 116.0, 220));
    let found = rows(vec![page]);
    assert_eq!(found[2], ["One policy for all of the trusts", "Ann Lee", "May"]);
    assert_eq!(found.len(), 3);
}

#[test]
fn the_second_line_of_a_name_is_no_label_of_a_row() {
    let mut texts = vec![(40.0, 100.0, "High impact"), (160.0, 100.0, "No"), (200.0, 100.0, "Action"), (40.0, 112.0, "change")];
    for (y, number) in [(130.0, "1.1"), (148.0, "1.2"), (166.0, "1.3"), (184.0, "1.4")] {
        texts.extend([(40.0, y, "Patient flow"), (160.0, y, number), (200.0, y, "Count the beds")]);
    }
    assert_eq!(rows(vec![page(&texts)])[0], ["High impact change", "No", "Action"]);
}

#[test]
fn a_remark_of_several_lines_stands_between_rows() {
    let mut texts = vec![(40.0, 100.0, "Action"), (220.0, 100.0, "Outcome"), (400.0, 100.0, "Lead")];
    let mut y = 112.0;
    for action in ["Tell all of the families", "Write to the care homes", "Count the empty beds", "Train two assessors"] {
        texts.extend([(40.0, y, action), (220.0, y, "Fewer people have to"), (400.0, y, "Ann Lee")]);
        texts.extend([(40.0, y + 12.0, "of the wards"), (220.0, y + 12.0, "wait for a place"), (400.0, y + 12.0, "of ward")]);
        texts.push((40.0, y + 24.0, "and of the county"));
        texts.push((40.0, y + 36.0, "Update: the board was told of it in the spring and it wants to hear of all of it then as"));
        texts.push((40.0, y + 48.0, "well as when the summer has come and gone"));
        y += 60.0;
    }
    let found = rows(vec![page(&texts)]);
    assert_eq!(found.len(), 9, "{found:?}");
    assert_eq!(found[1][0], "Tell all of the families of the wards and of the county");
    assert!(found[2][0].ends_with("when the summer has come and gone"), "{:?}", found[2]);
}
