use super::*;
use crate::model::source::Grid;
use crate::readers::limits::Limits;

fn blocks(text: &str) -> Vec<Block> {
    read(text, false, &mut Budget::new(&Limits::default())).unwrap_or_default()
}

/// Each block in short: a text block as its text, a grid as its rows, cells with `|` and rows with ` / ` between.
fn reads(text: &str, expected: &[&str]) {
    let row = |row: &GridRow| {
        let text = |column| row.cell(column as usize).map_or("", |cell| cell.text.as_str());
        (0..row.width).map(text).collect::<Vec<_>>().join("|")
    };
    let short = |block: &Block| match block {
        Block::Text(text) => text.text.clone(),
        Block::Grid(grid) => grid.rows.iter().map(row).collect::<Vec<_>>().join(" / "),
    };
    assert_eq!(blocks(text).iter().map(short).collect::<Vec<_>>(), expected, "{text:?}");
}

fn grid(text: &str) -> Grid {
    let found = blocks(text).into_iter().find_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None });
    found.unwrap_or_default()
}

#[test]
fn a_plain_table_is_one_grid() {
    reads("Ref,Action\n1,Plan\n2,\"Do, then check\"\n", &["Ref|Action / 1|Plan / 2|Do, then check"]);
}

#[test]
fn a_preamble_is_text() {
    reads(
        "Plan, Westmarch, 2018\nUpdated May\n\nRef;Action;Lead\n1;Plan, do;A\n2;Do;B\n",
        &["Plan, Westmarch, 2018", "Updated May", "Ref|Action|Lead / 1|Plan, do|A / 2|Do|B"],
    );
    reads(
        "Plan, Westmarch, 2018\nRef,Action,Lead,Due,RAG\n1,Plan,A,May,G\n2,Do,B,,\n",
        &["Plan, Westmarch, 2018", "Ref|Action|Lead|Due|RAG / 1|Plan|A|May|G / 2|Do|B||"],
    );
}

#[test]
fn title_rows_of_a_saved_sheet_stay_in_the_grid() {
    reads("Plan;;\n;;\nRef;Action;Lead\n1;Do;A\n", &["Plan|| / || / Ref|Action|Lead / 1|Do|A"]);
}

#[test]
fn a_blank_line_ends_a_table_of_another_width_only() {
    reads("Ref,Action\n1,Plan\n\n2,Do\n", &["Ref|Action / 1|Plan / 2|Do"]);
    reads("Ref,Action\n1,Plan\n\nName,Role,Area\nA,B,C\n", &["Ref|Action / 1|Plan", "Name|Role|Area / A|B|C"]);
    reads("Ref,Action\n1,Plan\n\nNext\n\nRef,Action\n2,Do\n", &["Ref|Action / 1|Plan", "Next", "Ref|Action / 2|Do"]);
}

#[test]
fn notes_after_a_table_are_text() {
    reads("Ref,Action\n1,Plan\nNotes\n", &["Ref|Action / 1|Plan", "Notes"]);
    reads(
        "Ref,Action,Lead\n1,Plan,A\n2,Do,B\n\nSource: minutes, May\n",
        &["Ref|Action|Lead / 1|Plan|A / 2|Do|B", "Source: minutes, May"],
    );
}

#[test]
fn ragged_rows_keep_their_width() {
    let grid = grid("Ref,Action,Lead\n1,Plan\nHome first\n2,Do,A,B\n3,x,y\n");
    assert_eq!(grid.rows.iter().map(|row| row.width).collect::<Vec<_>>(), [3, 2, 1, 4, 3]);
}

#[test]
fn quoted_line_breaks_are_placed() {
    let grid = grid("Title\n\n\"Ref\",Action\r\n1,\"Plan\r\nand do\"\r\n\r\n2,Do\r\n");
    let places: Vec<_> = grid.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.place.clone()).collect();
    assert_eq!(places, [(2, 2), (2, 2), (3, 3), (3, 4), (6, 6), (6, 6)].map(|(first, last)| Place::lines(first, last)));
    assert_eq!(grid.rows.get(1).map(|row| row.place.clone()), Some(Place::lines(3, 4)));
    assert_eq!(grid.rows.get(1).and_then(|row| row.cell(1)).map(|cell| cell.text.as_str()), Some("Plan\nand do"));
}

#[test]
fn stray_quotes_do_not_swallow_rows() {
    reads("Ref,Action\n1,\"Plan\n2,Do\n3,\"x\" y\n", &["Ref|Action / 1|\"Plan / 2|Do / 3|\"x\" y"]);
}

#[test]
fn a_declared_delimiter_is_obeyed() {
    reads("sep=|\nRef|Action\n1|Plan\n", &["Ref|Action / 1|Plan"]);
}

#[test]
fn without_a_delimiter_lines_are_text() {
    reads("one\ntwo\n", &["one", "two"]);
}
