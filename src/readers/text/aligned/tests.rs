use super::*;
use crate::readers::limits::Limits;
use crate::readers::text;

/// Each block in short: a text block as its text, a grid as its rows.
fn reads(source: &str, expected: &[&str]) {
    let blocks = text::read(source, 0, &mut Budget::new(&Limits::default())).unwrap_or_default();
    let row = |row: &crate::model::source::GridRow| {
        let text = |column| row.cell(column as usize).map_or("", |cell| cell.text.as_str());
        (0..row.width).map(text).collect::<Vec<_>>().join("|")
    };
    let short = |block: &Block| match block {
        Block::Text(text) => text.text.clone(),
        Block::Grid(grid) => grid.rows.iter().map(row).collect::<Vec<_>>().join(" / "),
    };
    assert_eq!(blocks.iter().map(short).collect::<Vec<_>>(), expected, "{source}");
}

#[test]
fn aligned_columns_are_a_table() {
    reads(
        "Plan for Eastvale\n\n\
         Ref   Action            Lead\n\
         1.1   Map the teams     A Roe\n\
         1.2   Agree a model     B Doe\n\
         1.3   Review it         C Poe\n\n\
         Notes follow here.\n",
        &[
            "Plan for Eastvale",
            "Ref|Action|Lead / 1.1|Map the teams|A Roe / 1.2|Agree a model|B Doe / 1.3|Review it|C Poe",
            "Notes follow here.",
        ],
    );
}

#[test]
fn wrapped_cells_are_put_together() {
    reads(
        "Ref   Action               Lead\n\
         1.1   Map the teams that   A Roe\n\
        \x20     work on dis-\n\
        \x20     charge\n\
         1.2   Agree a model        B Doe\n\
         1.3   Review the model     C Poe\n\
        \x20     with partners\n",
        &[
            "Ref|Action|Lead / 1.1|Map the teams that\nwork on discharge|A Roe / 1.2|Agree a model|B Doe / 1.3|Review the model\nwith partners|C Poe",
        ],
    );
}

#[test]
fn a_first_column_filled_once_does_not_join_rows() {
    reads(
        "Change        Action            Due\n\
         Home first    Map the teams     May\n\
        \x20             Agree a model     June\n\
        \x20             Review            July\n",
        &["Change|Action|Due / Home first|Map the teams|May / |Agree a model|June / |Review|July"],
    );
}

#[test]
fn rulings_and_blank_lines_tell_rows_apart() {
    let rows = &["Ref|Action / 1|Map the\nteams / 2|Agree / 3|Review\nIt"];
    reads(
        "Ref   Action\n----------------\n1     Map the\n      teams\n----------------\n2     Agree\n----------------\n3     Review\n      It\n----------------\n",
        rows,
    );
    reads("Ref   Action\n\n1     Map the\n      teams\n\n2     Agree\n\n3     Review\n      It\n", rows);
}

#[test]
fn bars_divide_too() {
    reads(" ref | action\n-----+--------\n 1   | Plan\n 2   | Do\n(2 rows)\n", &["ref|action / 1|Plan / 2|Do", "(2 rows)"]);
    reads(
        "+-----+----------+\n| Ref | Action   |\n+=====+==========+\n| 1   | Map the  |\n|     | teams    |\n+-----+----------+\n\
         | 2   | Do       |\n+-----+----------+\n| All of it     |\n+-----+----------+\n",
        &["Ref|Action / 1|Map the\nteams / 2|Do / All of it|"],
    );
    reads("\u{2502} Ref \u{2502} Action \u{2502}\n\u{2502} 1 \u{2502} Do \u{2502}\n", &["Ref|Action / 1|Do"]);
}

#[test]
fn section_rows_run_over_gutters() {
    reads(
        "Ref   Action            Lead\n\
         1 Early discharge planning\n\
         1.1   Map the teams     A Roe\n\
         1.2   Agree a model     B Doe\n\
         2 Systems to monitor patient flow\n\
         2.1   Review it         C Poe\n",
        &[
            "Ref|Action|Lead / 1 Early discharge planning|| / 1.1|Map the teams|A Roe / 1.2|Agree a model|B Doe / 2 Systems to monitor patient flow|| / 2.1|Review it|C Poe",
        ],
    );
}

#[test]
fn a_table_goes_on_over_a_page_break() {
    reads(
        "Area:      Westmarch\nDate:      May\n\n\
         Ref   Action            Lead     Due\n\
         1.1   Map the teams     A Roe    May\n\
         1.2   Agree a model     B Doe    June\n\
         \u{c}1.3   Review it         C Poe    July\n",
        &[
            "Area:      Westmarch",
            "Date:      May",
            "Ref|Action|Lead|Due / 1.1|Map the teams|A Roe|May / 1.2|Agree a model|B Doe|June",
            "1.3|Review it|C Poe|July",
        ],
    );
}

#[test]
fn prose_is_left_alone() {
    for prose in [
        "We met.  Then we left.\nAll of it was  well.\nNothing more  was said here.\n",
        "\u{2022}   one thing\n\u{2022}   another\n\u{2022}   a third\n",
        "1.   one thing\n2.   another\n3.   a third\n",
        "A | B is a choice\nnot a table\n",
    ] {
        let blocks = text::read(prose, 0, &mut Budget::new(&Limits::default())).unwrap_or_default();
        assert!(blocks.iter().all(|block| matches!(block, Block::Text(_))), "{prose}: {blocks:?}");
    }
}

#[test]
fn underlined_lines_are_headings() {
    let blocks = text::read("Plan\n====\n\nText\n", 0, &mut Budget::new(&Limits::default())).unwrap_or_default();
    assert!(matches!(blocks.first(), Some(Block::Text(TextBlock { kind: TextKind::Heading(1), .. }))));
}
