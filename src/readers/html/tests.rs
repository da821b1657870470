use super::*;
use crate::model::location::Place;
use crate::model::source::Grid;
use crate::model::source::GridRow;
use crate::model::source::TextKind;

fn page(text: &str) -> Page {
    let limits = Limits::default();
    read(text, 0, &limits, &mut Budget::new(&limits)).unwrap_or_else(|error| panic!("{error}"))
}

/// Each block in short: a text block as its text with the kind's mark in front, a grid as its rows.
fn reads(text: &str, expected: &[&str]) {
    let found: Vec<_> = page(text).blocks.iter().map(short).collect();
    assert_eq!(found, expected, "{text}");
}

fn short(block: &Block) -> String {
    match block {
        Block::Text(text) => {
            let mark = match text.kind {
                TextKind::Heading(_) => "#",
                TextKind::ListItem => "-",
                TextKind::Furniture => "~",
                TextKind::Note => "*",
                TextKind::Paragraph => "",
            };
            format!("{mark}{}", text.text)
        }
        Block::Grid(grid) => grid.rows.iter().map(short_row).collect::<Vec<_>>().join(" / "),
    }
}

fn short_row(row: &GridRow) -> String {
    let text = |column| row.cell(column as usize).map_or("", |cell| cell.text.as_str());
    (0..row.width).map(text).collect::<Vec<_>>().join("|")
}

fn grid(text: &str) -> Grid {
    let found = page(text).blocks.into_iter().find_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None });
    found.unwrap_or_default()
}

#[test]
fn blocks_are_told_apart() {
    reads(
        "<title>Plan</title><h1>Plan</h1><p>One\n two<br>three</p><ul><li>a<li><p>b</p></ul>tail",
        &["#Plan", "One two\nthree", "-a", "-b", "tail"],
    );
    assert_eq!(page("<title> A\nplan </title><p>x").title.as_deref(), Some("A plan"));
}

#[test]
fn what_is_no_content_is_left_out() {
    reads("<style>p{}</style><script>var a = '<p>x';</script><!-- <p>y --><template><p>z</template><p>kept", &["kept"]);
    reads("<noscript><p>kept too</noscript>", &["kept too"]);
}

#[test]
fn furniture_is_marked() {
    reads(
        "<header><p>Site</p><h1>Plan</h1></header><nav><h2>Menu</h2></nav><main>Text</main><footer>Foot</footer>",
        &["~Site", "#Plan", "~Menu", "Text", "~Foot"],
    );
    reads("<p style='display: none'>gone</p><p hidden>too</p>", &["~gone", "~too"]);
}

#[test]
fn tables_become_grids() {
    reads(
        "<table><caption>Plan</caption><tr><th>Ref<th>Action<tr><td>1<td>Do<p>then</p>check<tr><td> &nbsp;<td>x</table>",
        &["Plan", "Ref|Action / 1|Do\nthen\ncheck / |x"],
    );
}

#[test]
fn spans_are_kept() {
    let grid = grid("<table><tr><td rowspan=0>a<td colspan=2>b<tr><td>c<td>d<tbody><tr><td rowspan=9>e<td>f</table>");
    let cells: Vec<_> = grid.rows.iter().flat_map(|row| &row.cells).collect();
    let found: Vec<_> = cells.iter().map(|cell| (cell.text.as_str(), cell.column.get(), cell.rowspan, cell.colspan)).collect();
    assert_eq!(found, [("a", 0, 2, 1), ("b", 1, 1, 2), ("c", 1, 1, 1), ("d", 2, 1, 1), ("e", 0, 1, 1), ("f", 1, 1, 1)]);
    assert_eq!(grid.rows.iter().map(|row| row.width).collect::<Vec<_>>(), [3, 3, 2]);
}

#[test]
fn tables_that_arrange_others_are_passed_through() {
    reads("<table><tr><td><h1>T</h1><td><table><tr><td>1<td>2</table></table>", &["#T", "1|2"]);
    reads("<table><tr><td>Logo<td><h1>T</h1></table>", &["Logo", "#T"]);
    reads(
        "<table><tr><td>long enough text<td>x<tr><td>y<td><table><tr><td>1<td>2</table></table>",
        &["long enough text|x / y|1 2"],
    );
}

#[test]
fn fills_and_emphasis_are_read() {
    let grid = grid(
        "<style>.a{background:yellow}</style><table><thead><tr><td>h</thead><tr bgcolor=red><td>x<td class=a>y<td><b>z</b>\
         <td><span style='background:#00ff00'>g</span><td style='background:#0f0'><td><s>old</s></table>",
    );
    let styles: Vec<_> = grid.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.style).collect();
    let fills: Vec<_> = styles.iter().map(|style| style.fill).collect();
    let (red, yellow, green) = (Some([255, 0, 0]), Some([255, 255, 0]), Some([0, 255, 0]));
    assert_eq!(fills, [None, red, yellow, red, green, green, red]);
    assert_eq!(styles.iter().map(|style| style.emphasised).collect::<Vec<_>>(), [true, false, false, true, false, false, false]);
    assert_eq!(styles.iter().filter(|style| style.struck).count(), 1);
}

#[test]
fn hidden_rows_and_text_are_marked() {
    let text = "<table><tr style='display:none'><td>x<tr><td>2017<span style='display:none'>20171231</span></table>";
    assert_eq!(grid(text).rows.iter().map(|row| row.hidden).collect::<Vec<_>>(), [true, false]);
    reads(text, &["x / 2017", "~20171231"]);
}

#[test]
fn lines_are_told() {
    let text = "<!-- <tr>\n -->\n<table>\n<tr>\n<td>\n one\n two<td>three</table>\n<p\nclass=x>four";
    let found = grid(text);
    let row = found.rows.first();
    assert_eq!(row.map(|row| row.place.clone()), Some(Place::lines(3, 6)));
    let places: Vec<_> = row.iter().flat_map(|row| &row.cells).map(|cell| cell.place.clone()).collect();
    assert_eq!(places, [Place::lines(5, 6), Place::line(6)]);
    assert!(page(text).blocks.iter().any(|block| matches!(block, Block::Text(text) if text.place == Place::line(8))));
}

#[test]
fn preformatted_text_is_read_as_text() {
    reads("<pre>\nRef\tAction\n1\tDo\n</pre>", &["Ref|Action / 1|Do"]);
    reads("<table><tr><td><pre>a\nb</pre><tr><td>x</table>", &["a\nb / x"]);
}

#[test]
fn what_fields_and_pictures_show_is_read() {
    reads(
        "<table><tr><td><input value='Eastvale'><input type=hidden value=no><td><img alt=Green src=g></table>",
        &["Eastvale|Green"],
    );
}

#[test]
fn deep_nesting_ends() {
    for open in
        ["<div>", "<table><tr><td>", "<b id=x>", "<b><p>", "<font><div></font>", "<ul><li>", "<span>", "</div><div><b></p>"]
    {
        let text = format!("{}word", open.repeat(100_000));
        let limits = Limits::default();
        match read(&text, 0, &limits, &mut Budget::new(&limits)) {
            Ok(page) => assert!(page.blocks.iter().any(|block| short(block).contains("word")), "{open}"),
            Err(error) => assert!(matches!(error, ReadError::TooLarge { .. }), "{open}"),
        }
    }
}

#[test]
fn too_many_elements_are_refused() {
    let limits = Limits { max_elements: 10, ..Limits::default() };
    let error = read(&"\n<p>x".repeat(20), 0, &limits, &mut Budget::new(&limits)).err();
    assert!(matches!(error, Some(ReadError::TooLarge { found: 11, line: Some(12), .. })), "{error:?}");
}

#[test]
fn xhtml_closes_elements_by_itself() {
    reads("<?xml version='1.0'?><html><head><script src='x'/><title>T</title></head><body><td/><p>x</p></body></html>", &["x"]);
}
