//! Phrases of the lexicon among a cell's tokens: names that hold a joining word become words, links and "nobody" become
//! stops, a reference to another place takes the rest of its part with it.

use super::lexicon::Lexicon;
use super::lexicon::Meaning;
use super::lexicon::Phrase;
use super::lexicon::key_into;
use super::token::Gap;
use super::token::Kind;
use super::token::Token;
use super::traits::Traits;

/// Letters of a word that a cell's end has cut before it is still taken for the word.
const CUT_OFF_LETTERS: usize = 3;
/// How many words may stand between a list of places and the one body they share.
const BODY_WITHIN: usize = 4;

/// Applies the phrases.
pub(super) fn resolve<'a>(tokens: Vec<Token<'a>>, lexicon: &Lexicon) -> Vec<Token<'a>> {
    let begins = |t: &Token<'_>| matches!(t.kind, Kind::Word | Kind::And) && t.traits.has(Traits::PHRASE);
    let mut out = if tokens.iter().any(begins) { phrases(&tokens, lexicon) } else { tokens };
    labels(&mut out);
    out
}

fn phrases<'a>(tokens: &[Token<'a>], lexicon: &Lexicon) -> Vec<Token<'a>> {
    let mut out: Vec<Token<'a>> = Vec::with_capacity(tokens.len());
    let mut scratch = String::new();
    let mut at = 0;
    while let Some(first) = tokens.get(at) {
        let rest = tokens.get(at..).unwrap_or_default();
        let found = if first.kind == Kind::Word && first.traits.has(Traits::PHRASE) {
            let candidates = lexicon.phrases(first.text, &mut scratch).iter();
            let opens = out.last().is_none_or(|t| !matches!(t.kind, Kind::Word | Kind::And));
            candidates.into_iter().find_map(|p| reach(p, rest, opens, &mut scratch).map(|n| (p.meaning, n)))
        } else {
            None
        };
        let (meaning, length) = found.unwrap_or((Meaning::Link, 0));
        let (taken, rest) = rest.split_at_checked(length).unwrap_or_default();
        match meaning {
            _ if length == 0 => out.push(*first),
            Meaning::Joined | Meaning::JoinedArea | Meaning::JoinedList | Meaning::JoinedGroup => {
                out.extend(as_name(taken, Traits::FIRST_NAME, Traits::default()));
            }
            Meaning::WholeBody => {
                out.extend(as_name(taken, Traits::FIRST_NAME, Traits::SUBJECT));
                if let Some(last) = out.last_mut() {
                    last.traits = last.traits.without(Traits::SUBJECT.with(Traits::QUALIFIER)).with(Traits::BODY);
                }
            }
            Meaning::NamedBody => out.extend(as_name(taken, Traits::FIRST_NAME, Traits::SUBJECT)),
            Meaning::Link | Meaning::Nobody => out.push(stop(first)),
            Meaning::Reference | Meaning::Aside => {
                out.push(stop(first));
                let aside = meaning == Meaning::Aside;
                let ends = |t: &Token<'_>| match t.kind {
                    _ if t.depth != first.depth => t.depth < first.depth,
                    Kind::Slash | Kind::Stop => true,
                    // "(from Jan 19: Jane Doe)"
                    Kind::Colon => aside,
                    Kind::Comma | Kind::And => aside,
                    _ => aside && t.gap >= Gap::Run,
                };
                at += rest.iter().take_while(|t| !ends(t)).count();
            }
        }
        at += length.max(1);
    }
    out
}

/// The tokens of a phrase as words of one name.
fn as_name<'a>(taken: &[Token<'a>], lost: Traits, won: Traits) -> impl Iterator<Item = Token<'a>> {
    taken.iter().enumerate().map(move |(n, token)| {
        let gap = if n > 0 { token.gap.min(Gap::Space) } else { token.gap };
        Token { kind: Kind::Word, gap, traits: token.traits.without(lost).with(won), ..*token }
    })
}

fn stop<'a>(first: &Token<'a>) -> Token<'a> {
    Token { text: "", kind: Kind::Stop, traits: Traits::default(), ..*first }
}

/// How many of the tokens a phrase takes, where it is there and may mean what it means there.
fn reach(phrase: &Phrase, tokens: &[Token<'_>], opens: bool, scratch: &mut String) -> Option<usize> {
    let small = tokens.first()?.text.starts_with(char::is_lowercase);
    match phrase.meaning {
        // "Na" between two names is one.
        Meaning::Nobody if phrase.words.len() == 1 && is_name_between(tokens, opens) => return None,
        Meaning::Reference if !opens => return None,
        Meaning::Link | Meaning::Aside if phrase.words.len() == 1 && !small => return None,
        _ => {}
    }
    let list = matches!(phrase.meaning, Meaning::JoinedArea | Meaning::JoinedList | Meaning::JoinedGroup);
    let mut used = 0;
    for (n, wanted) in phrase.words.iter().enumerate() {
        while list && tokens.get(used).is_some_and(|t| t.kind == Kind::Comma) {
            used += 1;
        }
        let joined = matches!(phrase.meaning, Meaning::Joined);
        let Some(token) = tokens.get(used) else {
            // The cell is cut off behind "… and".
            return (joined && n >= 2 && phrase.words.get(n - 1).is_some_and(|w| w == "and")).then_some(used);
        };
        if !matches!(token.kind, Kind::Word | Kind::And) {
            return None;
        }
        key_into(token.text, scratch);
        let ends_cell = used + 1 == tokens.len();
        let cut = joined && ends_cell && n >= 2 && scratch.len() >= CUT_OFF_LETTERS && wanted.starts_with(scratch.as_str());
        if cut {
            return Some(used + 1);
        }
        if scratch != wanted {
            return None;
        }
        used += 1;
    }
    let (name, rest) = tokens.split_at_checked(used)?;
    let one = match phrase.meaning {
        Meaning::JoinedArea => several_follow(rest) != Some(true),
        Meaning::JoinedList => {
            several_follow(rest) == Some(false) || name.iter().all(|t| t.kind != Kind::Word || t.has(Traits::FIELD))
        }
        _ => true,
    };
    one.then_some(used)
}

/// Whether the first token is a name of two letters in front of another name: "Li Na Chen", but "NA" and "Na, Jane Doe".
fn is_name_between(tokens: &[Token<'_>], opens: bool) -> bool {
    let [first, next, ..] = tokens else { return false };
    let name = first.text.len() == 2 && first.text.ends_with(|c: char| c.is_ascii_lowercase()) && first.has(Traits::CAPITAL);
    name && !opens && next.kind == Kind::Word && next.gap < Gap::Run && next.traits.is_plain_name()
}

/// Whether the next words name several bodies ("CCGs") or one ("NHS Trust"); `None` where they name none.
fn several_follow(tokens: &[Token<'_>]) -> Option<bool> {
    let mut words = tokens.iter().take(BODY_WITHIN).take_while(|t| t.kind == Kind::Word);
    words.find(|t| t.has(Traits::BODY)).map(|t| t.has(Traits::PLURAL))
}

/// Turns "Lead:", "Exec Support:" and their like into stops; the colon goes too.
fn labels(tokens: &mut [Token<'_>]) {
    let colons: Vec<usize> = tokens.iter().enumerate().filter(|(_, t)| t.kind == Kind::Colon).map(|(n, _)| n).collect();
    for colon in colons {
        let before = tokens.get(..colon).unwrap_or_default();
        let length = before.iter().rev().take_while(|t| t.has(Traits::LABEL)).count();
        let start = colon - length;
        let alone = start.checked_sub(1).and_then(|n| tokens.get(n)).is_none_or(|t| t.kind != Kind::Word);
        let new_line = tokens.get(start).is_some_and(|t| t.gap >= Gap::Run);
        if length > 0
            && (alone || new_line)
            && let Some(label) = tokens.get_mut(start..=colon)
        {
            for token in label {
                *token = Token { kind: Kind::Stop, traits: Traits::default(), ..*token };
            }
        }
    }
}
