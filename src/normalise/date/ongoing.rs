//! "Ongoing" in the forms that people and narrow columns give it.

use super::lex::Kind;
use super::phrase::Phrase;
use super::phrase::Weight;
use super::reader::Reader;
use super::words::Word;
use super::words::misspelt_ongoing;

impl Reader<'_> {
    /// "ongoing" in any of its forms at `at`: "on-going", "ongo ing", "onging", "Ongoing piece of analysis".
    pub(super) fn ongoing(&self, at: usize) -> Option<Phrase> {
        let Kind::Word(word) = self.tokens.kind(at) else {
            return None;
        };
        let dash = usize::from(self.tokens.mark(at + 1, b'-'));
        let (mut next, torn, misspelt) = match word {
            Word::Ongoing => (at + 1, false, None),
            Word::On if self.tokens.is(at + 1 + dash, Word::Going) && !self.goes_live(at + 2 + dash) => {
                (at + 2 + dash, false, None)
            }
            Word::Continuous if self.opens(at) && self.closes(at + 1) => (at + 1, false, None),
            Word::Other if self.opens(at) && self.rolls(at).is_some_and(|next| self.closes(next)) => {
                (self.rolls(at)?, false, None)
            }
            Word::Other | Word::Letter(b'o') | Word::On if self.torn_ongoing(at) => (at + 2, true, None),
            Word::Other if misspelt_ongoing(self.tokens.slice(at, at + 1)) => (at + 1, false, Some((at, "ongoing"))),
            _ => return None,
        };
        if self.tokens.before(at) == Kind::Word(Word::No) {
            return None;
        }
        if self.tokens.is(next, Word::Piece) && self.tokens.is(next + 1, Word::Of) && self.tokens.is(next + 2, Word::Other) {
            next += 3;
        }
        let noun = matches!(
            self.tokens.kind(next),
            Kind::Word(Word::Other | Word::Document | Word::Label | Word::Meeting | Word::Season(_))
        );
        // "ongoing thereafter"
        let then = ["thereafter", "afterwards", "throughout", "beyond", "until", "since"];
        let adverb =
            next < self.tokens.len() && then.iter().any(|word| self.tokens.slice(next, next + 1).eq_ignore_ascii_case(word));
        let adjective = noun && !adverb && !self.tokens.capital(next);
        let weight = if adjective { Weight::Slight } else { Weight::Usual };
        Some(Phrase { misspelt, torn, weight, ..Phrase::undated(at, next) })
    }

    /// The token after "Rolling", "Rolling programme".
    fn rolls(&self, at: usize) -> Option<usize> {
        let says = |at: usize, word: &str| at < self.tokens.len() && self.tokens.slice(at, at + 1).eq_ignore_ascii_case(word);
        says(at, "rolling").then(|| at + 1 + usize::from(says(at + 1, "programme")))
    }

    /// "On going live": when something begins.
    fn goes_live(&self, at: usize) -> bool {
        at < self.tokens.len() && self.tokens.slice(at, at + 1).eq_ignore_ascii_case("live")
    }

    fn torn_ongoing(&self, at: usize) -> bool {
        let (front, back) = (self.tokens.slice(at, at + 1), self.tokens.slice(at + 1, at + 2));
        let whole = "ongoing";
        !self.goes_live(at + 2)
            && front.len() + back.len() == whole.len()
            && whole.get(..front.len()).is_some_and(|start| start.eq_ignore_ascii_case(front))
            && whole.get(front.len()..).is_some_and(|end| end.eq_ignore_ascii_case(back))
    }
}
