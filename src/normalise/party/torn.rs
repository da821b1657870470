//! Words that a narrow column has torn ("Pete r"), made whole before the cell is read.

use std::borrow::Cow;

use super::known::KnownNames;
use super::lexicon::Lexicon;
use super::lexicon::key;
use super::traits::Traits;

/// Rejoins torn words. A lone small letter goes to the capitalised word before it; a longer piece does where the whole is a
/// first name, a word of a name known from elsewhere, or a body or post, and the piece is no word itself.
pub(super) fn mend<'t>(text: &'t str, lexicon: &Lexicon, known: &KnownNames) -> Cow<'t, str> {
    let mut out: Option<String> = None;
    let mut copied = 0;
    let mut before: Option<(usize, usize)> = None;
    let mut scratch = String::new();
    for (start, end) in pieces(text) {
        let whole = before.filter(|&(_, stop)| text.get(stop..start).is_some_and(|gap| gap == " " || gap == "\n"));
        let torn = whole.is_some_and(|(from, stop)| {
            let (head, tail) = (text.get(from..stop).unwrap_or_default(), text.get(start..end).unwrap_or_default());
            is_torn(head, tail, text.get(end..).unwrap_or_default(), lexicon, known, &mut scratch)
        });
        match (torn, whole) {
            (true, Some((from, stop))) => {
                let out = out.get_or_insert_with(|| String::with_capacity(text.len()));
                out.push_str(text.get(copied..stop).unwrap_or_default());
                copied = start;
                before = Some((from, end));
            }
            _ => before = Some((start, end)),
        }
    }
    match out {
        Some(mut mended) => {
            mended.push_str(text.get(copied..).unwrap_or_default());
            Cow::Owned(mended)
        }
        None => Cow::Borrowed(text),
    }
}

/// Byte ranges of the runs of letters.
fn pieces(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(char::is_alphabetic)?;
        let rest = text.get(start..)?;
        let end = start + rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        at = end;
        Some((start, end))
    })
}

fn is_torn(head: &str, tail: &str, after: &str, lexicon: &Lexicon, known: &KnownNames, scratch: &mut String) -> bool {
    let ends_small = head.chars().count() >= 2 && head.ends_with(char::is_lowercase);
    if !tail.starts_with(char::is_lowercase) || !head.starts_with(char::is_uppercase) || !ends_small {
        return false;
    }
    let lone = tail.chars().nth(1).is_none();
    if lone && (after.starts_with(['.', ')', '\'', '\u{2019}', '-', '&', '@']) || after.starts_with(char::is_numeric)) {
        return false;
    }
    let of_head = lexicon.traits(head, scratch);
    if lone && tail != "a" && tail != "o" {
        return tail == "s" || !of_head.has(Traits::BODY.with(Traits::POST).with(Traits::SUBJECT));
    }
    if lexicon.traits(tail, scratch).without(Traits::LETTERS) != Traits::default() {
        return false;
    }
    let mut whole = key(head);
    whole.push_str(tail);
    let common = lexicon.traits(&whole, scratch);
    // Two letters more or less make many short words; only whole words of some length are trusted.
    whole.len() >= 5 && (known.has_word(&whole) || common.has(Traits::FIRST_NAME.with(Traits::BODY).with(Traits::POST)))
}
