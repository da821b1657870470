use super::*;
use crate::model::source::TextKind;
use crate::readers::limits::Limits;

fn blocks(text: &str) -> Vec<Block> {
    read(text, 0, &mut Budget::new(&Limits::default())).unwrap_or_default()
}

/// Each block in short: rows of a grid as `a|b` with `;` between, a text block with its kind's letter in front.
fn short(text: &str) -> Vec<String> {
    blocks(text).iter().map(short_block).collect()
}

fn short_block(block: &Block) -> String {
    match block {
        Block::Text(text) => {
            let mark = match text.kind {
                TextKind::Heading(_) => "#",
                TextKind::ListItem => "-",
                TextKind::Paragraph | TextKind::Furniture | TextKind::Note => "",
            };
            format!("{mark}{}", text.text)
        }
        Block::Grid(grid) => grid.rows.iter().map(short_row).collect::<Vec<_>>().join(";"),
    }
}

fn short_row(row: &GridRow) -> String {
    let text = |column| row.cell(column as usize).map_or("", |cell| cell.text.as_str());
    (0..row.width).map(text).collect::<Vec<_>>().join("|")
}

#[test]
fn runs_of_tabbed_lines_are_grids() {
    assert_eq!(short("Ref\tAction\n1\tPlan\n\n2\tDo\n"), ["Ref|Action;1|Plan", "2|Do"]);
    assert_eq!(short("# Plan\n\nRef\tAction\nnote\n1\tDo"), ["#Plan", "Ref|Action", "note", "1|Do"]);
}

#[test]
fn form_feeds_end_pages() {
    assert_eq!(short("a\tb\n\u{c}c\td\n"), ["a|b", "c|d"]);
    assert_eq!(short("a\tb\u{c}c\td\n"), ["a|b", "c|d"]);
}

#[test]
fn quotation_marks_mean_nothing() {
    assert_eq!(short("\"a\tb\n1\tan \"Adult\" plan\""), ["\"a|b;1|an \"Adult\" plan\""]);
}

#[test]
fn empty_cells_count_in_the_width_only() {
    let blocks = blocks("\t\tc\t\n\t\t\t\na\tb\n");
    let [Block::Grid(grid)] = blocks.as_slice() else { panic!("{blocks:?}") };
    let widths: Vec<_> = grid.rows.iter().map(|row| (row.width, row.cells.len())).collect();
    assert_eq!(widths, [(4, 1), (4, 0), (2, 2)]);
    assert_eq!(grid.rows.first().map(|row| row.place.clone()), Some(Place::line(0)));
}

#[test]
fn tabs_that_only_indent_make_no_table() {
    assert_eq!(short("Notes\n\tfirst\n\t- second\n"), ["Notes", "first", "-second"]);
    assert_eq!(short("a\tb\n\n\tc"), ["a|b", "|c"]);
}

#[test]
fn a_cap_on_cells_is_kept() {
    let limits = Limits { max_cells: 5, ..Limits::default() };
    let error = read("a\tb\nc\td\n", 0, &mut Budget::new(&limits)).err();
    assert!(matches!(error, Some(ReadError::TooLarge { line: Some(2), .. })));
}
