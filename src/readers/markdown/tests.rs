use super::*;
use crate::model::source::GridRow;

fn page(text: &str) -> Page {
    let limits = Limits::default();
    read(text, &limits, &mut Budget::new(&limits)).unwrap_or_else(|error| panic!("{error}"))
}

/// Each block in short, with the lines of text blocks in front.
fn reads(text: &str, expected: &[&str]) {
    let found: Vec<_> = page(text).blocks.iter().map(short).collect();
    assert_eq!(found, expected, "{text}");
}

fn short(block: &Block) -> String {
    match block {
        Block::Text(text) => {
            let mark = match text.kind {
                TextKind::Heading(level) => "#".repeat(level.into()),
                TextKind::ListItem => "-".to_owned(),
                TextKind::Furniture => "~".to_owned(),
                TextKind::Note => "*".to_owned(),
                TextKind::Paragraph => String::new(),
            };
            format!("{}{mark}{}", lines(&text.place), text.text)
        }
        Block::Grid(grid) => grid.rows.iter().map(short_row).collect::<Vec<_>>().join(" / "),
    }
}

fn short_row(row: &GridRow) -> String {
    let text = |column| row.cell(column as usize).map_or("", |cell| cell.text.as_str());
    format!("{}{}", lines(&row.place), (0..row.width).map(text).collect::<Vec<_>>().join("|"))
}

fn lines(place: &Place) -> String {
    match place {
        Place::Lines { first, last } if first == last => format!("{}:", first.get()),
        Place::Lines { first, last } => format!("{}-{}:", first.get(), last.get()),
        _ => String::new(),
    }
}

#[test]
fn blocks_are_told_apart() {
    reads(
        "# Plan\n\nOne *two*\n**three**\n\n- a\n- b\n\n  c\n\n4. Home\n5. Seven\n",
        &["1:#Plan", "3-4:One two\nthree", "6:-a", "7:-b", "9:-c", "11:-4. Home", "12:-5. Seven"],
    );
    reads("Plan\n====\n\n> quoted\n\n---\n\n`code` &amp; <b>x</b>\n", &["1:#Plan", "4:quoted", "8:code & x"]);
}

#[test]
fn pipe_tables_become_grids() {
    reads(
        "| Ref | Action |\n|---|---|\n| 1 | Do<br>then **check** |\n| 2 | a\\|b | more | |\n|---|---|\n| | x |\n\nEnd\n",
        &["1:Ref|Action / 3:1|Do\nthen check / 4:2|a|b|more| / 5:| / 6:|x", "8:End"],
    );
    let page = page("| Ref | Action |\n|---|---|\n| **1** | Do |\n");
    let Some(Block::Grid(grid)) = page.blocks.first() else { panic!("no grid") };
    let bold: Vec<_> = grid.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.style.emphasised).collect();
    assert_eq!(bold, [true, true, true, false]);
}

#[test]
fn html_tables_inside_are_read() {
    reads(
        "# Plan\n\n<table>\n<tr><td rowspan=2>a</td><td>b</td></tr>\n\n<tr><td>c</td></tr>\n</table>\n\nEnd\n",
        &["1:#Plan", "4:a|b / 6:|c", "9:End"],
    );
}

#[test]
fn what_commonmark_drops_is_kept() {
    reads("[Lead]: Westmarch\n[Lead]: Eastvale\n\nText <TBC>\n", &["1:[Lead]: Westmarch", "2:[Lead]: Eastvale", "4:Text <TBC>"]);
    reads("Text\n\n[Lead]: Eastvale\n", &["1:Text", "3:[Lead]: Eastvale"]);
}

#[test]
fn tables_of_plain_text_are_read_as_such() {
    reads("Ref\tAction\n1\tPlan\n", &["1:Ref|Action / 2:1|Plan"]);
    reads("```\nRef\tAction\n1\tPlan\n```\n\n\tx\ty\n", &["2:Ref|Action / 3:1|Plan", "6:|x|y"]);
}

#[test]
fn front_matter_gives_the_title() {
    let text = "---\ntitle: \"Plan\"\narea: Eastvale\n---\n\nText\n";
    reads(text, &["2:title: \"Plan\"", "3:area: Eastvale", "6:Text"]);
    assert_eq!(page(text).title.as_deref(), Some("Plan"));
}

#[test]
fn deep_nesting_ends() {
    for open in [">", "- ", "[", "*a ", "<div>", "**", "![", "1. ", "`", "~~"] {
        let text = format!("{}word", open.repeat(50_000));
        assert!(!page(&text).blocks.is_empty(), "{open}");
    }
}
