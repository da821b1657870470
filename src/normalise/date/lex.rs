//! Cuts a cell's text into numbers, words and marks, once, without allocating for a usual date cell.

use smallvec::SmallVec;

use super::field::FieldWords;
use super::words::Word;

/// A run of ASCII digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value; saturates, so long runs are no value of a date.
    pub(super) value: u32,
    /// How many digits it has; saturates.
    pub(super) digits: u8,
    /// Whether "st", "nd", "rd" or "th" follows.
    pub(super) ordinal: bool,
}

impl Number {
    /// As a day of a month, 1 to 31, in one or two digits.
    pub(super) fn day(self) -> Option<u8> {
        let day = u8::try_from(self.value).ok()?;
        ((1..=31).contains(&day) && self.digits <= 2).then_some(day)
    }

    /// As a year in four digits, 1990 to 2099: wider than any return, narrower than most other numbers.
    pub(super) fn full_year(self) -> Option<i32> {
        let year = i32::try_from(self.value).ok()?;
        (self.digits == 4 && !self.ordinal && (1990..=2099).contains(&year)).then_some(year)
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits.
    Number(Number),
    /// Letters.
    Word(Word),
    /// One mark; dashes of all lengths are `-`, quotes `'`, bullets `*`, other symbols `#`.
    Mark(u8),
    /// Past the last token.
    End,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// First byte in the text.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// Whether a blank, or the start of the text, stands in front of it.
    pub(super) spaced: bool,
    /// Whether a line break stands in front of it.
    pub(super) broken: bool,
    /// Whether a word begins with a capital.
    pub(super) capital: bool,
}

/// Gives the tokens of a text one by one, so that a caller can stop at the first that rules a date out.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    words: &'t FieldWords,
}

impl<'t> Lexer<'t> {
    /// Starts at the beginning of `text`.
    pub(super) fn new(text: &'t str, words: &'t FieldWords) -> Self {
        Self { text, at: 0, words }
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The byte after the letters that start at `at`.
    fn letters(&self, mut at: usize) -> usize {
        loop {
            let byte = self.byte(at);
            if byte.is_ascii_alphabetic() {
                at += 1;
            } else if byte >= 0x80 {
                match self.char_at(at) {
                    Some(c) if c.is_alphabetic() => at += c.len_utf8(),
                    _ => return at,
                }
            } else {
                return at;
            }
        }
    }

    /// The byte after an ordinal's ending at `at`, where one stands there: "30th", "30 th", "30ᵗʰ".
    fn ordinal(&self, at: usize) -> Option<usize> {
        const RAISED: [&str; 4] = ["ˢᵗ", "ⁿᵈ", "ʳᵈ", "ᵗʰ"];
        let rest = self.text.get(at..)?;
        if let Some(raised) = RAISED.iter().find(|raised| rest.starts_with(**raised)) {
            return Some(at + raised.len());
        }
        let blank = self.byte(at) == b' ';
        let at = at + usize::from(blank);
        let pair = [self.byte(at), self.byte(at + 1)];
        let lower = pair.map(|byte| byte.to_ascii_lowercase());
        // "21 St Mary's ward" is no ordinal: apart from its number the ending must be in small letters.
        let known = matches!(&lower, b"st" | b"nd" | b"rd" | b"th") && (!blank || pair == lower);
        let next = self.byte(at + 2);
        // "5thJune" is one, "5 street" is not.
        (known && !next.is_ascii_lowercase() && next < 0x80).then_some(at + 2)
    }

    fn number(&self, start: usize) -> (Kind, usize) {
        let mut at = start;
        let mut value = 0u32;
        while self.byte(at).is_ascii_digit() {
            let digit = u32::from(self.byte(at) - b'0');
            value = value.saturating_mul(10).saturating_add(digit);
            at += 1;
        }
        if let Some(quarter) = self.glued_quarter(start, at) {
            return (Kind::Number(Number { value: quarter, digits: 1, ordinal: false }), start + 1);
        }
        let digits = u8::try_from(at - start).unwrap_or(u8::MAX);
        let end = if digits <= 2 { self.ordinal(at) } else { None };
        let number = Number { value, digits, ordinal: end.is_some() };
        (Kind::Number(number), end.unwrap_or(at))
    }

    /// The quarter of "Q418/19" and "Q42018/19", in whose digits from `start` to `end` the year is glued to it.
    fn glued_quarter(&self, start: usize, end: usize) -> Option<u32> {
        if !matches!(end - start, 3 | 5) {
            return None;
        }
        let digit = |at: usize| Some(u32::from(self.byte(at))).filter(|_| self.byte(at).is_ascii_digit()).map(|byte| byte - 48);
        let before = |back: usize| start.checked_sub(back).map_or(0, |at| self.byte(at));
        let lettered = before(1).eq_ignore_ascii_case(&b'q') && !before(2).is_ascii_alphanumeric();
        let quarter = digit(start).filter(|quarter| (1..=4).contains(quarter))?;
        let first = digit(end - 2)? * 10 + digit(end - 1)?;
        let second = digit(end + 1)? * 10 + digit(end + 2)?;
        let year = matches!(self.byte(end), b'/' | b'-') && second == (first + 1) % 100 && !self.byte(end + 3).is_ascii_digit();
        (lettered && year).then_some(quarter)
    }

    fn word(&self, start: usize) -> (Kind, usize) {
        let end = self.letters(start);
        let classify =
            |from: usize, to: usize| self.text.as_bytes().get(from..to).map_or(Word::Other, |word| self.words.classify(word));
        let word = classify(start, end);
        if word == Word::Other
            && let Some(inner) = (start + 2..end).find(|at| self.byte(*at).is_ascii_uppercase())
            && self.byte(inner - 1).is_ascii_lowercase()
            && matches!(classify(inner, end), Word::Month { .. } | Word::Season(_))
        {
            // "byJan" is two words.
            let front = classify(start, inner);
            if matches!(
                front,
                Word::By | Word::Before | Word::Until | Word::From | Word::End | Word::Approximate | Word::In | Word::To
            ) {
                return (Kind::Word(front), inner);
            }
        }
        (Kind::Word(word), end)
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let mut spaced = self.at == 0;
        let mut broken = false;
        loop {
            let start = self.at;
            let byte = *self.text.as_bytes().get(start)?;
            let (kind, end) = match byte {
                b'0'..=b'9' => self.number(start),
                b'a'..=b'z' | b'A'..=b'Z' => self.word(start),
                b' ' | b'\t'..=b'\r' => {
                    spaced = true;
                    broken |= byte == b'\n';
                    self.at += 1;
                    continue;
                }
                0..=0x7f => (Kind::Mark(ascii_mark(byte)), start + 1),
                _ => {
                    let c = self.char_at(start)?;
                    let after = start + c.len_utf8();
                    match wide(c) {
                        Wide::Blank => {
                            spaced = true;
                            self.at = after;
                            continue;
                        }
                        Wide::Nothing => {
                            self.at = after;
                            continue;
                        }
                        Wide::Letter => self.word(start),
                        Wide::Mark(mark) => (Kind::Mark(mark), after),
                    }
                }
            };
            self.at = end;
            return Some(Token { kind, start, end, spaced, broken, capital: byte.is_ascii_uppercase() });
        }
    }
}

/// What a character outside ASCII stands for.
enum Wide {
    Blank,
    Nothing,
    Letter,
    Mark(u8),
}

fn wide(c: char) -> Wide {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Wide::Mark(b'-'),
        '\u{2018}' | '\u{2019}' | '\u{2032}' => Wide::Mark(b'\''),
        '\u{2044}' | '\u{2215}' => Wide::Mark(b'/'),
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => Wide::Nothing,
        '\u{b7}' | '\u{2022}' | '\u{25aa}' | '\u{25cf}' | '\u{f0b7}' => Wide::Mark(b'*'),
        c if c.is_whitespace() => Wide::Blank,
        c if c.is_alphabetic() => Wide::Letter,
        _ => Wide::Mark(b'#'),
    }
}

fn ascii_mark(byte: u8) -> u8 {
    match byte {
        b'$' | b'@' | b'=' | b'<' | b'>' | b'^' => b'#',
        b'\\' => b'/',
        b'`' | b'"' => b'\'',
        other => other,
    }
}

/// The tokens of one text.
pub(super) struct Tokens<'t> {
    text: &'t str,
    list: SmallVec<[Token; 16]>,
}

impl<'t> Tokens<'t> {
    /// Cuts the whole of `text`.
    pub(super) fn of(text: &'t str, words: &'t FieldWords) -> Self {
        Self { text, list: Lexer::new(text, words).collect() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether token `at` begins a line.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.broken)
    }

    /// What token `at` is; [`Kind::End`] past the last.
    pub(super) fn kind(&self, at: usize) -> Kind {
        self.list.get(at).map_or(Kind::End, |token| token.kind)
    }

    /// What the token before `at` is; [`Kind::End`] before the first.
    pub(super) fn before(&self, at: usize) -> Kind {
        at.checked_sub(1).map_or(Kind::End, |at| self.kind(at))
    }

    /// Whether token `at` is this word.
    pub(super) fn is(&self, at: usize, word: Word) -> bool {
        self.kind(at) == Kind::Word(word)
    }

    /// Whether token `at` is this mark.
    pub(super) fn mark(&self, at: usize, mark: u8) -> bool {
        self.kind(at) == Kind::Mark(mark)
    }

    /// Token `at` as a number.
    pub(super) fn number(&self, at: usize) -> Option<Number> {
        match self.kind(at) {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The first number at or after token `at`; `at` itself where there is none.
    pub(super) fn next_number(&self, at: usize) -> usize {
        (at..self.len()).find(|token| self.number(*token).is_some()).unwrap_or(at)
    }

    /// Whether token `at` stands directly after the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| !token.spaced)
    }

    /// Whether token `at` is a word with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.capital)
    }

    /// The text from token `first` up to, not including, token `next`.
    pub(super) fn slice(&self, first: usize, next: usize) -> &'t str {
        let last = next.checked_sub(1).and_then(|last| self.list.get(last));
        match (self.list.get(first), last) {
            (Some(first), Some(last)) => self.text.get(first.start..last.end).unwrap_or_default(),
            _ => "",
        }
    }
}
