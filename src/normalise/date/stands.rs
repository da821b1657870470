//! Whether a form that could be something else ("May", "2018", "31/03") is a date where it stands.

use super::lex::Kind;
use super::lex::Number;
use super::reader::Found;
use super::reader::Reader;
use super::reader::Weak;
use super::words::Word;
use crate::model::vocabulary::DateWordKind;

impl Reader<'_> {
    /// Whether `found`, in the tokens from `at` to `next` (of its range, where it begins one), is a date where it stands.
    pub(super) fn accepts(&self, found: &Found, at: usize, next: usize, qualified: bool, range: bool) -> bool {
        let alone = self.opens(at) && self.closes(next);
        let led = matches!(
            self.tokens.before(at),
            Kind::Word(Word::In | Word::During | Word::Of | Word::From | Word::This | Word::Next)
        );
        let on = self.tokens.before(at) == Kind::Word(Word::On);
        let year_led = led || self.tokens.before(at) == Kind::Word(Word::For);
        let over = at.checked_sub(1).is_some_and(|front| self.tokens.slice(front, at).eq_ignore_ascii_case("over"));
        let in_the = over || self.tokens.before(at) == Kind::Word(Word::The);
        let whole = alone || qualified || range;
        // "BCF plan 2018/19" is a name as much as "2018/19 BCF plan".
        let front = at - usize::from(matches!(self.tokens.before(at), Kind::Mark(b'(')));
        let paid = front.checked_sub(1).is_some_and(|before| self.is_of(before, DateWordKind::Seasonal));
        let named = (self.tokens.before(front) == Kind::Word(Word::Document) || paid) && !self.tokens.begins_line(at);
        match found.weak {
            // A telephone number.
            Weak::Year if matches!(self.tokens.before(at), Kind::Number(number) if number.digits >= 3) => false,
            Weak::FinancialYear | Weak::Year if self.under_section(at) || self.of_sum_or_law(at) => false,
            Weak::No => true,
            Weak::Month => range || self.month_stands(at, next),
            Weak::Season if self.pressed(next) => false,
            Weak::Season if self.tokens.is(next, Word::Onwards) => true,
            Weak::Season | Weak::Period => whole || ((year_led || in_the) && self.closes(next)),
            Weak::Year => {
                !self.labelled(at)
                    && !named
                    && (self.closes(next) || self.continues(next) || ((qualified || year_led) && !self.names(next)))
            }
            Weak::FinancialYear => !named && (range || !self.names(next)),
            Weak::Fraction | Weak::Numbers if self.begun(at) && !qualified => self.closes(next) && !range,
            // "4/12 - 20/12": what ends the range can only be a day.
            Weak::Fraction if range => alone,
            Weak::Fraction => {
                ((qualified || on || (alone && self.context.day_and_month)) && self.closes(next)) || self.ends_short_cell(at)
            }
            Weak::Numbers => whole || (on && self.closes(next)) || self.ends_short_cell(at),
        }
    }

    /// Whether the word before `at` says that something begins or is due, so that "1/11" after it is no share. The spans of
    /// clinicians, "6/12" and "5/7", stay what they are.
    fn begun(&self, at: usize) -> bool {
        let span = self.tokens.number(at + 2).is_none_or(|number| matches!(number.value, 7 | 12));
        let due = self.tokens.before(at) == Kind::Word(Word::Due);
        !span && (due || at.checked_sub(1).is_some_and(|before| self.is_of(before, DateWordKind::Begun)))
    }

    /// Whether the word at `at` makes the season before it say what is paid for or prepared: "subject to winter funding".
    fn pressed(&self, at: usize) -> bool {
        self.tokens.is(at, Word::Document) || self.is_of(at, DateWordKind::Seasonal)
    }

    /// Whether the financial year at `at` tells of an agreement under a section of an act: "S75 18/19", "section 256 2018/19".
    fn under_section(&self, at: usize) -> bool {
        let Some(number) = at.checked_sub(1).filter(|number| self.tokens.number(*number).is_some()) else {
            return false;
        };
        let letter = number.saturating_sub(1 + usize::from(matches!(self.tokens.before(number), Kind::Mark(b'.'))));
        let section = matches!(self.tokens.kind(letter), Kind::Word(Word::Letter(b's') | Word::Label));
        letter < number && section && !self.tokens.begins_line(at)
    }

    /// Whether the year at `at` tells of the sum, the guideline or the act before it: "£1.5m 18/19", "NG27 2015", "MCA 2005".
    fn of_sum_or_law(&self, at: usize) -> bool {
        /// An act so many years older than the plan is named by its year.
        const OLD: i32 = 5;
        /// Longest name of one, in letters.
        const LETTERS: usize = 4;
        let front = self.tokens.slice(0, at);
        let word = front.rsplit(|c: char| c.is_whitespace() || c == '/').next().filter(|_| !self.tokens.begins_line(at));
        let Some(word) = front.split_whitespace().next_back().filter(|word| word.contains('£')).or(word) else { return false };
        if word.starts_with('£') {
            return word.contains(|c: char| c.is_ascii_digit());
        }
        let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
        let digits = word.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
        // "NG27", "MCA"; but "YEAR1", and "IN" before a year.
        let named = (2..=LETTERS).contains(&letters) && digits != 1 && letters + digits == word.len();
        if !named || digits == 0 && !at.checked_sub(1).is_some_and(|front| self.tokens.is(front, Word::Other)) {
            return false;
        }
        let now = self.context.financial_year.or(self.context.dated.map(|month| month.year));
        let year = self.tokens.number(at).and_then(Number::full_year);
        digits > 0 || year.zip(now).is_some_and(|(year, now)| year + OLD < now)
    }

    /// Whether days and months in numbers, of which one can be nothing else, end a cell of few words from `at` on: "Achieved
    /// 28/9", "Go live 04/12", "Training 12/9, 19/9 and 26/9".
    fn ends_short_cell(&self, at: usize) -> bool {
        const WORDS: usize = 3;
        let hyphen = |word| self.tokens.mark(word, b'-') && self.tokens.glued(word) && self.tokens.glued(word + 1);
        let words = (0..at).all(|word| matches!(self.tokens.kind(word), Kind::Word(Word::Other | Word::Meeting)) || hyphen(word));
        at <= WORDS && words && self.only_days_follow(at)
    }

    /// Whether nothing but days and months in numbers stands from `at` to the end, and one of them is no share.
    fn only_days_follow(&self, mut at: usize) -> bool {
        let mut certain = false;
        loop {
            let (Some(first), Some(month)) = (self.tokens.number(at), self.tokens.number(at + 2)) else { return false };
            let plain = self.tokens.mark(at + 1, b'/') && (1..=12).contains(&month.value);
            let Some(day) = first.day().filter(|_| plain && month.digits <= 2) else { return false };
            // Multiples of seven in sevenths are days of weeks.
            let weeks = month.value == 7 && month.digits == 1 && day % 7 == 0;
            certain |= !weeks && (day > 12 || first.digits == 2 && day < 10);
            at += 3;
            match self.tokens.kind(at) {
                Kind::End => return certain,
                Kind::Word(Word::And) | Kind::Mark(b'&' | b',' | b';') => at += 1,
                _ => return false,
            }
        }
    }

    /// Whether the bare month in the tokens from `at` to `next` is no name and no verb: "Jan Brown", "may be late".
    pub(super) fn month_stands(&self, at: usize, next: usize) -> bool {
        if at.checked_sub(1).is_some_and(|front| self.words.is_title(self.tokens.slice(front, at))) {
            return false;
        }
        // "A March, CCG"; but "Ward A March".
        let first = |letter: usize| letter == 0 || matches!(self.tokens.before(letter), Kind::Mark(_));
        let initial =
            matches!(self.tokens.before(at), Kind::Word(Word::Letter(_))) && self.tokens.capital(at - 1) && first(at - 1);
        if initial && self.tokens.capital(at) && !self.tokens.begins_line(at) {
            return false;
        }
        if self.opens(at) && self.tokens.capital(at) && self.is_charged(at, next) {
            return false;
        }
        // "May and Baker": two people, or a firm.
        let joined = matches!(self.tokens.kind(next), Kind::Word(Word::And) | Kind::Mark(b'&'));
        if self.opens(at) && joined && self.is_firm(at, next + 1) {
            return false;
        }
        let surname = |word: &str| word.as_bytes().get(1).is_none_or(u8::is_ascii_lowercase);
        let person = self.tokens.is(next, Word::Other) && self.tokens.capital(next) && surname(self.tokens.slice(next, next + 1));
        let led = matches!(
            self.tokens.before(at),
            Kind::Word(
                Word::By
                    | Word::Before
                    | Word::Until
                    | Word::To
                    | Word::From
                    | Word::In
                    | Word::At
                    | Word::During
                    | Word::Of
                    | Word::End
                    | Word::Approximate
                    | Word::Beginning
                    | Word::The
                    | Word::This
                    | Word::Through
            )
        );
        let closes = self.closes(next) || self.continues(next) || self.meets(next);
        let word = self.tokens.slice(at, at + 1);
        let common = word.len() <= 3 || !self.tokens.capital(at) || word.eq_ignore_ascii_case("march");
        if common {
            // "may", "march", "Jan", "Dec": only where nothing else can be meant.
            return closes && (led || self.opens(at) || self.tokens.capital(at)) || (led && !person && self.tokens.capital(at));
        }
        !person || self.meets(next)
    }

    /// Whether the month at `at` is somebody's name, who is to do what stands at `next`: "June to lead", but "June to be
    /// confirmed" and "October to review".
    fn is_charged(&self, at: usize, next: usize) -> bool {
        self.is_first_name(at)
            && self.tokens.is(next, Word::To)
            && !self.tokens.capital(next + 1)
            && self.is_of(next + 1, DateWordKind::Task)
    }

    /// Whether the month at `at` is a person's name as well.
    fn is_first_name(&self, at: usize) -> bool {
        self.is_of(at, DateWordKind::Name)
    }

    /// Whether the name at `at` and the word at `other` are two names that end their clause.
    fn is_firm(&self, at: usize, other: usize) -> bool {
        self.is_first_name(at)
            && self.tokens.capital(at)
            && self.tokens.is(other, Word::Other)
            && self.tokens.capital(other)
            && !self.is_of(other, DateWordKind::Holiday)
            && self.closes(other + 1)
    }

    /// Whether another date or a qualifier after a date follows at `at`.
    fn continues(&self, at: usize) -> bool {
        match self.tokens.kind(at) {
            Kind::Word(Word::On) => self.closes(at + 1),
            // "Oct half term", "Aug bank holiday"
            Kind::Word(Word::Half | Word::Other) if self.holiday(at).is_some() => true,
            // "Oct Board"
            Kind::Word(Word::Meeting) => self.closes(at + 1),
            // "Nov subject to approval"
            Kind::Word(Word::Other) => self.is_of(at, DateWordKind::Condition),
            Kind::Word(word) => matches!(
                word,
                Word::Onwards
                    | Word::To
                    | Word::Until
                    | Word::By
                    | Word::From
                    | Word::Month { .. }
                    | Word::Season(_)
                    | Word::At
                    | Word::Latest
            ),
            Kind::Mark(mark) => matches!(mark, b'/' | b'+' | b'-'),
            Kind::Number(_) | Kind::End => true,
        }
    }

    /// The token after the days that go by a month's name, at `at`: "half term", "bank holiday weekend".
    pub(super) fn holiday(&self, at: usize) -> Option<usize> {
        let half = usize::from(self.tokens.is(at, Word::Half));
        let dash = usize::from(half == 1 && self.tokens.mark(at + 1, b'-'));
        let first = at + half + dash;
        let words = (first..self.tokens.len()).take_while(|word| self.is_of(*word, DateWordKind::Holiday)).count();
        // "Jan Bank" is somebody.
        (words + half >= 2).then_some(first + words)
    }

    /// Whether the words from `at` on make the year before them part of a name: "recovery and delivery plan".
    fn names(&self, at: usize) -> bool {
        // A name's noun comes within five words, and no preposition before it.
        for word in at..at + 5 {
            match self.tokens.kind(word) {
                Kind::Word(Word::Document) => return true,
                Kind::Word(
                    Word::Other | Word::Letter(_) | Word::Label | Word::Meeting | Word::And | Word::Season(_) | Word::Financial,
                ) => {}
                _ => return false,
            }
        }
        false
    }
}
