//! A row with only one text in it: a heading, an item, the rest of one, or nothing.

use crate::model::numbering::is_reference_only;
use crate::model::numbering::numbered;
use crate::model::recognise::HeadingGuess;
use crate::model::recognise::Recognise;
use crate::model::table::HeadingKind;

/// What a row with one text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Single {
    /// A heading of the rows below.
    Heading(HeadingKind),
    /// An item that says only this.
    Item,
    /// "Total", "Overall rating".
    Summary,
    /// A reference and nothing else.
    Nothing,
}

/// What surrounds the row.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent signs, each weighed by itself")]
pub(super) struct Around<'a> {
    /// The text's column says what an item is about (its header is "Actions").
    pub(super) subject: bool,
    /// Share of the row's width that the cell covers, when it is merged over more than one column.
    pub(super) covers: f64,
    /// The cell is emphasised, and items of the table are not.
    pub(super) emphasised: bool,
    /// A blank cell in a colour of its own stands in a column of ratings: what is rated is an item.
    pub(super) rated: bool,
    /// A number that stands in a reference column of its own.
    pub(super) reference: Option<&'a str>,
    /// The texts of the next row, first two.
    pub(super) next: [Option<&'a str>; 2],
    /// The next row has also only one text.
    pub(super) next_is_single: bool,
    /// The table stands under a title already.
    pub(super) titled: bool,
    /// How many sections the table has had.
    pub(super) sections: u32,
    /// All of those that stood alone in a row did so in other columns.
    pub(super) elsewhere: bool,
    /// Rows merged over the whole width open sections in this table.
    pub(super) wide_sections: bool,
    /// The row before opened a section.
    pub(super) opened: bool,
    /// Texts like this one, alone in their rows, part the table.
    pub(super) parts: bool,
}

/// From so many sections on, a short text alone in its row is one too.
const MANY: u32 = 3;

/// A cell that covers more than this share of a row stands over all of it.
pub(super) const WIDE: f64 = 0.6;

/// From which sum of signs on the row is a heading.
const HEADING: f64 = 0.5;

/// Judges the row.
pub(super) fn judge(text: &str, around: &Around<'_>, recognise: &dyn Recognise) -> Single {
    if recognise.is_summary(text) {
        return Single::Summary;
    }
    if is_reference_only(text) && around.reference.is_none() {
        return Single::Nothing;
    }
    let opens_milestone = recognise.is_milestone(text);
    let named = named(text, recognise);
    let words = text.split_whitespace().count();
    let mut score = 0.0;
    score += if opens_milestone { 2.0 } else { 0.0 };
    score += if named.is_some() { 2.0 } else { 0.0 };
    let round = numbered(text).is_some_and(|n| n.levels == 2 && n.number.ends_with(".0"));
    score += if named.is_some() && round { 0.0 } else { number_score(text, words, around) };
    score += if around.sections >= MANY && words <= 8 && !text.ends_with('.') && !refers(text) { 1.0 } else { 0.0 };
    score += if around.covers > WIDE { 2.0 } else { 0.0 };
    score += if around.parts { 1.5 } else { 0.0 };
    score += if around.emphasised { 1.0 } else { 0.0 };
    score += if around.rated { -1.0 } else { 0.0 };
    score += if words > 25 { -1.5 } else { 0.0 };
    score += if words <= 8 { 0.3 } else { 0.0 };
    score += if text.ends_with('.') && words > 8 { -0.5 } else { 0.0 };
    score += if around.subject { -0.5 } else { 0.5 };
    // Right below a section a text alone is its first item, unless it opens a milestone.
    score += if around.opened && around.subject && named.is_none() && !opens_milestone { -1.0 } else { 0.0 };
    let unlike = around.elsewhere || (around.wide_sections && around.covers <= WIDE && !around.emphasised);
    score += if unlike && around.subject && !opens_milestone { -2.0 } else { 0.0 };
    if score <= HEADING {
        return Single::Item;
    }
    // Under a table's title, a heading that is no change only parts the table further.
    let section = match named {
        Some(guess) => guess.tagged || guess.change.is_some() || around.parts || around.sections > 0 || !around.titled,
        None => {
            !around.titled
                || around.parts
                || (around.wide_sections && around.covers > WIDE)
                || (around.sections >= MANY && words <= 8)
        }
    };
    Single::Heading(if section && !opens_milestone { HeadingKind::Section } else { HeadingKind::Milestone })
}

/// What a text names that is most of it.
pub(super) fn named(text: &str, recognise: &dyn Recognise) -> Option<HeadingGuess> {
    recognise.heading(text).filter(|guess| guess.similarity * guess.coverage >= 0.55)
}

/// "See 4.2.1 above" sends the reader to another row.
fn refers(text: &str) -> bool {
    let opens = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("see "));
    opens || text.split_whitespace().skip(1).any(|word| numbered(word).is_some_and(|n| n.levels > 1))
}

/// "5. Estates" over "5.1 …" or over rows without numbers is a heading; "5.1 …" is an item; "5 Buy beds" before "6 Sell beds"
/// is an item too.
fn number_score(text: &str, words: usize, around: &Around<'_>) -> f64 {
    let own = around.reference.or_else(|| numbered(text).map(|n| n.number));
    let Some(own) = own else { return 0.0 };
    let levels = own.trim_end_matches('.').split('.').count();
    if levels > 1 {
        return -3.0;
    }
    let own = own.trim_end_matches('.');
    let below = |next: &str| numbered(next).is_some_and(|n| n.levels > 1 && n.number.split('.').next() == Some(own));
    if around.next.iter().flatten().any(|next| below(next)) {
        return 1.5;
    }
    if words > 20 || around.next_is_single {
        return -1.0;
    }
    let next_is_numbered = around.next.iter().flatten().next().is_some_and(|next| numbered(next).is_some());
    match around.reference {
        Some(_) => 0.0,
        // "5 Buy beds" before "6 Sell beds" counts items, "5. Beds" above items without numbers parts them.
        None if next_is_numbered || around.next[1].is_none() => 0.6,
        None => 1.0,
    }
}
