//! Finds the date phrases of a text from left to right: qualifiers, date, range, what follows it.

use smallvec::SmallVec;

use super::lex::Kind;
use super::phrase::Bound;
use super::phrase::Core;
use super::phrase::Edge;
use super::phrase::Phrase;
use super::phrase::Week;
use super::phrase::Weight;
use super::prefix::Prefix;
use super::reader::Reader;
use super::words::Word;

/// The phrases of one text.
pub(super) type Phrases = SmallVec<[Phrase; 4]>;

impl Reader<'_> {
    /// Every date phrase and "ongoing", in order.
    pub(super) fn phrases(&self) -> Phrases {
        let mut out = Phrases::new();
        let mut at = 0;
        while at < self.tokens.len() {
            at = if self.passes(at) {
                at + 1
            } else if let Some(phrase) = self.ongoing(at) {
                out.push(phrase);
                phrase.next
            } else {
                self.phrase(at, &mut out).unwrap_or_else(|| self.skip(at))
            };
        }
        out
    }

    /// Whether no phrase can begin at `at`: most words of prose.
    fn passes(&self, at: usize) -> bool {
        match self.tokens.kind(at) {
            Kind::Word(Word::Other) => {
                // Misspelt or torn, a month, a season or "ongoing" keeps its first letter; "January" may have lost it; so does
                // "rolling programme".
                let first = self.tokens.slice(at, at + 1).as_bytes().first().map(u8::to_ascii_lowercase);
                !first.is_some_and(|letter| b"jfmasondwbcerp".contains(&letter))
            }
            Kind::Word(Word::And | Word::The | Word::Of | Word::In | Word::Label | Word::Document | Word::At) => true,
            _ => false,
        }
    }

    /// The token after what begins at `at` and is no date: the whole of "1/2/3" or "4.2".
    fn skip(&self, at: usize) -> usize {
        let mut next = at + 1;
        if !matches!(self.tokens.kind(at), Kind::Number(_)) {
            return next;
        }
        while self.tokens.glued(next) {
            match self.tokens.kind(next) {
                Kind::Number(_) | Kind::Word(Word::Other | Word::Letter(_) | Word::Meridiem) => next += 1,
                Kind::Mark(mark @ (b'.' | b'/' | b'-' | b':' | b',')) if self.continued(next, mark) => next += 2,
                _ => break,
            }
        }
        next
    }

    /// Adds the date phrase or list of days that begins at `at`, and gives the token after it.
    fn phrase(&self, at: usize, out: &mut Phrases) -> Option<usize> {
        let prefix = self.prefix(at);
        let qualified = prefix.is_some();
        let prefix = prefix.unwrap_or_else(|| Prefix::none(at));
        if let Some(next) = self.days(at, &prefix, out) {
            return Some(next);
        }
        if !self.free(prefix.next) {
            return None;
        }
        let found = self.core(prefix.next, prefix.edge == Edge::End)?;
        let range = self.range(&found, &prefix);
        let next = range.as_ref().map_or(found.next, |(_, end)| end.next);
        if !self.accepts(&found, prefix.next, next, qualified, range.is_some()) {
            return None;
        }
        // "Paper to Feb Cabinet" goes to those who meet then.
        let addressed = prefix.next == at + 1 && self.tokens.is(at, Word::To) && range.is_none() && self.meets(found.next);
        let (at, prefix) = if addressed { (prefix.next, Prefix::none(prefix.next)) } else { (at, prefix) };
        let mut phrase = prefix.phrase(at, &found);
        if let Some((until, end)) = range {
            phrase.until = Some(until);
            if self.tokens.mark(found.next, b'/') {
                phrase.widen_edge();
            }
            phrase.next = end.next + usize::from(self.open_bracket(at, end.next) && self.tokens.mark(end.next, b')'));
            phrase.misspelt = phrase.misspelt.or(end.misspelt);
            phrase.torn |= end.torn;
            if !end.certain && phrase.weight == Weight::Certain {
                phrase.weight = Weight::Usual;
            }
        }
        self.add_suffix(&mut phrase);
        self.add_length(&mut phrase);
        if let Some(before) = out.last() {
            self.share_week(before, &mut phrase);
        }
        out.push(phrase);
        Some(phrase.next)
    }

    /// Whether those who meet are named at `at`, in a few words: "A&E Delivery Board".
    pub(super) fn meets(&self, at: usize) -> bool {
        const WORDS: usize = 5;
        let named = |token: &usize| {
            matches!(self.tokens.kind(*token), Kind::Word(Word::Other | Word::Letter(_) | Word::And) | Kind::Mark(b'&'))
                && !self.tokens.begins_line(*token)
        };
        let words = (at..at + WORDS).take_while(named).count();
        self.tokens.is(at + words, Word::Meeting)
    }

    /// Gives `phrase`, a bare day after "and" or the like, the week of the one before: "w/c 22/1 & 29/1".
    fn share_week(&self, before: &Phrase, phrase: &mut Phrase) {
        let day = |phrase: &Phrase| {
            phrase.until.is_none() && matches!(phrase.term, Some(term) if matches!(term.core, Core::Day { .. }))
        };
        let joined = phrase.first == before.next + 1
            && matches!(self.tokens.kind(before.next), Kind::Word(Word::And | Word::Or) | Kind::Mark(b'&' | b','));
        if joined && day(before) && day(phrase) && phrase.week == Week::None && phrase.bound == before.bound {
            phrase.week = before.week;
        }
    }

    /// Whether a bracket that opened in the tokens from `first` on is still open at `at`.
    fn open_bracket(&self, first: usize, at: usize) -> bool {
        let brackets = (first..at).rev().find(|token| self.tokens.mark(*token, b'(') || self.tokens.mark(*token, b')'));
        brackets.is_some_and(|last| self.tokens.mark(last, b'('))
    }

    /// Whether the plus sign at `at` leaves a date open: "Oct 17+", not "Q3+Q4".
    fn open_plus(&self, at: usize) -> bool {
        let more = self.tokens.glued(at + 1) && matches!(self.tokens.kind(at + 1), Kind::Word(_) | Kind::Number(_));
        self.tokens.mark(at, b'+') && self.tokens.glued(at) && !more
    }

    /// Takes in what follows a date and bounds it: "onwards", "at the latest".
    fn add_suffix(&self, phrase: &mut Phrase) {
        let at = phrase.next;
        let is = |offset, word| self.tokens.is(at + offset, word);
        let skip = usize::from(matches!(self.tokens.kind(at), Kind::Word(Word::And | Word::At) | Kind::Mark(b'-' | b'&' | b'(')));
        let the = usize::from(is(skip, Word::The));
        let (bound, next) = if is(skip, Word::Onwards) {
            (Bound::From, at + skip + 1)
        } else if (is(0, Word::On) && self.closes(at + 1)) || self.open_plus(at) {
            (Bound::From, at + 1)
        } else if self.tokens.mark(at, b'-') && is(1, Word::On) && self.closes(at + 2) {
            (Bound::From, at + 2)
        } else if is(skip + the, Word::Latest) {
            (Bound::By, at + skip + the + 1)
        } else if is(skip + the, Word::Earliest) {
            (Bound::From, at + skip + the + 1)
        } else {
            return;
        };
        let closed = self.tokens.mark(at, b'(') && self.tokens.mark(next, b')');
        if phrase.until.is_none() && phrase.bound == Bound::None || phrase.bound == bound {
            phrase.bound = bound;
            phrase.next = next + usize::from(closed);
        }
    }
}
