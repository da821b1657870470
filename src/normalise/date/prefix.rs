//! The words in front of a date that change what it says: "by", "no later than", "end of", "week commencing", "mid-".

use super::lex::Kind;
use super::phrase::Bound;
use super::phrase::Edge;
use super::phrase::Phrase;
use super::phrase::Term;
use super::phrase::Week;
use super::phrase::Weight;
use super::reader::Found;
use super::reader::Reader;
use super::reader::Weak;
use super::words::Word;

/// Most words that are read in front of one date: "by no later than 5 pm on the evening of Friday the …" has fewer.
const MOST: usize = 12;

/// The qualifiers in front of a date that begins at token `next`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prefix {
    pub(super) next: usize,
    pub(super) bound: Bound,
    pub(super) edge: Edge,
    pub(super) week: Week,
    /// "between": "and" joins the two ends.
    pub(super) between: bool,
}

impl Prefix {
    /// No qualifiers in front of token `at`.
    pub(super) fn none(at: usize) -> Self {
        Self { next: at, bound: Bound::None, edge: Edge::None, week: Week::None, between: false }
    }

    /// The phrase that these qualifiers, from token `first` on, and `found` make.
    pub(super) fn phrase(&self, first: usize, found: &Found) -> Phrase {
        let edge = if found.end { Edge::End } else { self.edge };
        let weight = match found.weak {
            Weak::Numbers | Weak::Fraction => Weight::Slight,
            _ if found.certain => Weight::Certain,
            _ => Weight::Usual,
        };
        Phrase {
            bound: self.bound,
            week: self.week,
            term: Some(Term { core: found.core, edge }),
            misspelt: found.misspelt,
            torn: found.torn,
            weight,
            ..Phrase::undated(first, found.next)
        }
    }

    fn with(self, qualifier: Qualifier, next: usize) -> Self {
        let prefix = Self { next, ..self };
        match qualifier {
            Qualifier::Bound(bound) => Self { bound, ..prefix },
            Qualifier::Edge(edge) => Self { edge, ..prefix },
            Qualifier::Week(week) => Self { week, ..prefix },
            Qualifier::Between => Self { between: true, ..prefix },
        }
    }
}

#[derive(Clone, Copy)]
enum Qualifier {
    Bound(Bound),
    Edge(Edge),
    Week(Week),
    Between,
}

impl Reader<'_> {
    /// The qualifiers that begin at token `at`, with the idle words between them; `None` where the first is none.
    pub(super) fn prefix(&self, at: usize) -> Option<Prefix> {
        let (qualifier, next) = self.qualifier(at)?;
        let mut prefix = Prefix::none(at).with(qualifier, next);
        for _ in 0..MOST {
            if prefix.edge == Edge::About
                && let Some(next) = self.joins_about(prefix.next)
            {
                prefix.next = next;
            } else if let Some((qualifier, next)) = self.qualifier(prefix.next) {
                prefix = prefix.with(qualifier, next);
            } else if let Some(next) = self.idle(&prefix) {
                prefix.next = next;
            } else {
                break;
            }
        }
        Some(prefix)
    }

    fn qualifier(&self, at: usize) -> Option<(Qualifier, usize)> {
        let Kind::Word(word) = self.tokens.kind(at) else {
            return self.week_of(at);
        };
        let is = |offset, word| self.tokens.is(at + offset, word);
        let bound = |bound, length| Some((Qualifier::Bound(bound), at + length));
        match word {
            Word::By | Word::Until | Word::Ending => bound(Bound::By, 1),
            Word::Before => bound(Bound::Before, 1),
            Word::Prior if is(1, Word::To) || is(1, Word::Of) => bound(Bound::Before, 2),
            Word::No if is(1, Word::Later) && is(2, Word::Than) => bound(Bound::By, 3),
            Word::No if is(1, Word::Sooner) && is(2, Word::Than) => bound(Bound::From, 3),
            Word::No if is(1, Word::Before) || is(1, Word::Until) => bound(Bound::From, 2),
            Word::After => bound(Bound::From, 1),
            // "post-Easter", "pre winter"; "post" alone is a job.
            Word::Other => self.around_a_feast(at).and_then(|(edge, length)| bound(edge, length)),
            Word::On if is(1, Word::Or) && is(2, Word::Before) => bound(Bound::By, 3),
            Word::Up | Word::Through if is(1, Word::To) || is(1, Word::Until) => bound(Bound::By, 2),
            // "8am to 8pm 7/7"
            Word::To if self.tokens.before(at) == Kind::Word(Word::Meridiem) && self.time(at + 1).is_some() => None,
            Word::To if !matches!(self.tokens.before(at), Kind::Word(Word::Moved | Word::Due)) && !self.moves(at) => {
                bound(Bound::By, 1)
            }
            Word::From if self.tokens.before(at) == Kind::Word(Word::Moved) || self.moves(at) => None,
            Word::Commencing if is(1, Word::In) => bound(Bound::From, 2),
            Word::From | Word::Commencing => bound(Bound::From, 1),
            Word::With if is(1, Word::Effect) && is(2, Word::From) => bound(Bound::From, 3),
            Word::Between => Some((Qualifier::Between, at + 1)),
            _ => self.edge(at, word).or_else(|| self.week(at, word)),
        }
    }

    /// Whether the "to" at `at` names the new date, after the old one, or "from" the old one after the new: "slipped from
    /// December to March", "moved to March from December".
    pub(super) fn moves(&self, at: usize) -> bool {
        /// Most tokens of the date before it.
        const DATE: usize = 6;
        let first = match self.tokens.kind(at) {
            Kind::Word(Word::To) => Word::From,
            Kind::Word(Word::From) => Word::To,
            _ => return false,
        };
        let first = (at.saturating_sub(DATE)..at).rev().find(|token| self.tokens.is(*token, first));
        first.is_some_and(|first| self.tokens.before(first) == Kind::Word(Word::Moved))
    }

    fn edge(&self, at: usize, word: Word) -> Option<(Qualifier, usize)> {
        let of = |at: usize| at + usize::from(self.tokens.is(at, Word::Of));
        let dash = |at: usize| at + usize::from(self.tokens.mark(at, b'-'));
        let (edge, next) = match word {
            Word::End => (Edge::End, of(dash(at + 1))),
            Word::Start if self.tokens.is(at + 1, Word::Of) => (Edge::About, at + 2),
            Word::Beginning => (Edge::About, of(at + 1 + usize::from(self.tokens.mark(at + 1, b'.')))),
            // "close of Q2", not "close of business".
            Word::Close if self.tokens.is(at + 1, Word::Of) && !self.tokens.is(at + 2, Word::Play) => (Edge::End, at + 2),
            Word::Approximate => {
                let dot = self.tokens.mark(at + 1, b'.') && self.tokens.glued(at + 1);
                let next = dash(at + 1 + usize::from(dot));
                (Edge::About, of(next + usize::from(self.tokens.is(next, Word::Part))))
            }
            Word::Letter(b'c') if self.tokens.mark(at + 1, b'.') => (Edge::About, at + 2),
            Word::Ordinal(_) if self.tokens.is(at + 1, Word::Part) && self.tokens.is(at + 2, Word::Of) => (Edge::About, at + 3),
            Word::Ordinal(_) => return self.week_of(at),
            _ => return None,
        };
        Some((Qualifier::Edge(edge), next))
    }

    /// "pre", "post" in front of a feast or a season, and how many tokens they are with their hyphen.
    fn around_a_feast(&self, at: usize) -> Option<(Bound, usize)> {
        let says = |word: &str| self.tokens.slice(at, at + 1).eq_ignore_ascii_case(word);
        let bound = if says("pre") {
            Bound::Before
        } else if says("post") {
            Bound::From
        } else {
            return None;
        };
        let length = 1 + usize::from(self.tokens.mark(at + 1, b'-'));
        let next = self.tokens.kind(at + length);
        let year = next == Kind::Word(Word::New) && self.tokens.is(at + length + 1, Word::Year);
        let feast = matches!(next, Kind::Word(Word::Christmas | Word::Easter | Word::Season(_)));
        (feast || year).then_some((bound, length))
    }

    /// "first week of", "2nd week in", "first half of" in front of a month: the month, roughly.
    fn week_of(&self, at: usize) -> Option<(Qualifier, usize)> {
        let counted = match self.tokens.kind(at) {
            Kind::Word(Word::Ordinal(_)) => true,
            Kind::Number(number) => number.ordinal && self.free(at),
            _ => false,
        };
        let of = self.tokens.is(at + 2, Word::Of) || self.tokens.is(at + 2, Word::In);
        let next = at + 2 + usize::from(of);
        let part = match self.tokens.kind(at + 1) {
            Kind::Word(Word::Week) => of || self.month_at(next).is_some(),
            Kind::Word(Word::Half | Word::Fortnight) => self.month_at(next).is_some(),
            _ => false,
        };
        (counted && part).then_some((Qualifier::Edge(Edge::About), next))
    }

    fn week(&self, at: usize, word: Word) -> Option<(Qualifier, usize)> {
        let (week, next) = match word {
            Word::WeekCommencing => (Week::Commencing, at + 1),
            Word::Week => match self.tokens.kind(at + 1) {
                Kind::Word(Word::Commencing | Word::Beginning | Word::Of) => (Week::Commencing, at + 2),
                Kind::Word(Word::Ending | Word::End) => (Week::Ending, at + 2),
                Kind::Word(Word::Other) if self.commences(at + 1) => {
                    (Week::Commencing, at + 2 + usize::from(self.tokens.mark(at + 2, b'.')))
                }
                Kind::Mark(b'/') => match self.tokens.kind(at + 2) {
                    Kind::Word(Word::Letter(b'c' | b'b')) => (Week::Commencing, at + 3),
                    Kind::Word(Word::Letter(b'e')) => (Week::Ending, at + 3),
                    _ => return None,
                },
                _ => return None,
            },
            Word::Letter(b'w') => return self.initials(at),
            _ => return None,
        };
        Some((Qualifier::Week(week), next))
    }

    /// "com", "comm" of "wk comm".
    fn commences(&self, at: usize) -> bool {
        let word = self.tokens.slice(at, at + 1);
        ["com", "comm", "commence"].iter().any(|cut| word.eq_ignore_ascii_case(cut))
    }

    /// "w/c", "w/ending", "w.e.", "w.e.f.".
    fn initials(&self, at: usize) -> Option<(Qualifier, usize)> {
        let dot = |at: usize| at + usize::from(self.tokens.mark(at, b'.') && self.tokens.glued(at));
        let second = at + 2;
        let slash = self.tokens.mark(at + 1, b'/');
        if !slash && !self.tokens.mark(at + 1, b'.') {
            return None;
        }
        let after = dot(second + 1);
        let letter = match self.tokens.kind(second) {
            Kind::Word(Word::Letter(letter)) => letter,
            Kind::Word(Word::Commencing | Word::Beginning) => b'c',
            Kind::Word(Word::Ending) => b'e',
            Kind::Word(Word::Other) if self.commences(second) => b'c',
            _ => return None,
        };
        let qualifier = match letter {
            b'e' if self.tokens.is(after, Word::Letter(b'f')) => {
                return Some((Qualifier::Bound(Bound::From), dot(after + 1)));
            }
            b'c' | b'b' => Qualifier::Week(Week::Commencing),
            b'e' => Qualifier::Week(Week::Ending),
            _ => return None,
        };
        Some((qualifier, after))
    }

    /// The token after "to" or a mark in "mid to late", "early/mid".
    fn joins_about(&self, at: usize) -> Option<usize> {
        let joins = matches!(self.tokens.kind(at), Kind::Word(Word::To | Word::Or) | Kind::Mark(b'/' | b'-'));
        let about = matches!(self.tokens.kind(at + 1), Kind::Word(Word::Approximate | Word::Beginning));
        (joins && about).then_some(at + 1)
    }

    /// The token after a word that says nothing about the date, as the time and the weekday in "by 5pm on Friday".
    fn idle(&self, prefix: &Prefix) -> Option<usize> {
        let at = prefix.next;
        match self.tokens.kind(at) {
            Kind::Word(Word::The | Word::On | Word::Noon | Word::This | Word::Latest) => Some(at + 1),
            Kind::Word(Word::Weekday) => Some(at + 1 + usize::from(self.tokens.mark(at + 1, b','))),
            // "by next April"
            Kind::Word(Word::Next) if matches!(self.tokens.kind(at + 1), Kind::Word(Word::Month { .. } | Word::Season(_))) => {
                Some(at + 1)
            }
            Kind::Word(Word::Of | Word::In) if prefix.edge != Edge::None || prefix.week != Week::None => Some(at + 1),
            Kind::Word(Word::Close) if self.tokens.is(at + 1, Word::Of) && self.tokens.is(at + 2, Word::Play) => Some(at + 3),
            // "end of play on 29/11"
            Kind::Word(Word::Play) if prefix.edge == Edge::End => Some(at + 1),
            Kind::Mark(b':') if prefix.bound != Bound::None || prefix.week != Week::None => Some(at + 1),
            Kind::Number(_) => self.time(at),
            _ => None,
        }
    }

    /// The token after a time of day at `at`.
    fn time(&self, at: usize) -> Option<usize> {
        let meridiem = |at| self.tokens.is(at, Word::Meridiem);
        if meridiem(at + 1) || self.tokens.is(at + 1, Word::Noon) {
            return Some(at + 2);
        }
        let minutes = self.continued(at + 1, b':') || (self.continued(at + 1, b'.') && meridiem(at + 3));
        minutes.then(|| at + 3 + usize::from(meridiem(at + 3)))
    }
}
