//! A cell as words and marks.

use super::lexicon::Lexicon;
use super::traits::Traits;

/// A word or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// As written; empty for a mark that is not part of any name.
    pub(super) text: &'a str,
    /// Word, or which mark.
    pub(super) kind: Kind,
    /// What parts it from the token before.
    pub(super) gap: Gap,
    /// Brackets around it.
    pub(super) depth: u8,
    /// What is known of a word.
    pub(super) traits: Traits,
}

/// What a token does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Part of a name.
    Word,
    /// "and", "or", `&`, `+`.
    And,
    /// A comma.
    Comma,
    /// A solidus.
    Slash,
    /// A line break that parts two names.
    Break,
    /// A semicolon, bullet, list number, full stop, address, or a phrase that is in no name.
    Stop,
    /// Opens a bracket.
    Open,
    /// Closes a bracket.
    Close,
    /// A colon.
    Colon,
    /// A dash with a space beside it.
    Dash,
}

/// White space before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// None.
    Tight,
    /// One space.
    Space,
    /// A run of spaces, which may stand for a line break.
    Run,
    /// A line break.
    Line,
}

impl Token<'_> {
    /// Whether the word has any of these traits; false for marks.
    pub(super) fn has(&self, traits: Traits) -> bool {
        self.kind == Kind::Word && self.traits.has(traits)
    }

    /// Whether a body's name may end here: "team" and "council" end one, "care" and "adult", which may be body words too,
    /// leave open whether more comes.
    pub(super) fn ends_body(&self) -> bool {
        self.has(Traits::BODY) && !self.has(Traits::SUBJECT.with(Traits::QUALIFIER))
    }
}

/// The tokens of a cell.
pub(super) fn tokens<'a>(text: &'a str, lexicon: &Lexicon) -> Vec<Token<'a>> {
    let mut scanner =
        Scanner { text, at: 0, gap: Gap::Tight, depth: 0, out: Vec::with_capacity(8), scratch: String::new(), lexicon };
    scanner.run();
    let mut out = scanner.out;
    drop_contacts(&mut out);
    out
}

/// A name as its tokens spell it, one space where the source has any.
pub(super) fn spelled(tokens: &[Token<'_>]) -> String {
    let mut out = String::new();
    for token in tokens.iter().filter(|t| !t.text.is_empty()) {
        if token.gap != Gap::Tight && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(token.text);
    }
    out
}

/// Brackets inside brackets that are still read as such.
const DEEPEST: u8 = 3;

struct Scanner<'a, 'l> {
    text: &'a str,
    at: usize,
    gap: Gap,
    depth: u8,
    out: Vec<Token<'a>>,
    scratch: String,
    lexicon: &'l Lexicon,
}

impl<'a> Scanner<'a, '_> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn run(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            if c.is_whitespace() {
                self.white();
            } else if let Some(kind) = mark(c) {
                self.mark(c, kind);
            } else if c.is_alphanumeric() {
                self.word();
            } else {
                // Quotation marks and other signs belong to no name.
                self.at += c.len_utf8();
            }
        }
    }

    fn white(&mut self) {
        let rest = self.rest();
        let run = rest.get(..rest.len() - rest.trim_start().len()).unwrap_or_default();
        let gap = match run.chars().count() {
            _ if run.contains(['\n', '\r', '\t', '\u{b}', '\u{c}', '\u{2028}']) => Gap::Line,
            1 => Gap::Space,
            _ => Gap::Run,
        };
        self.gap = self.gap.max(gap);
        self.at += run.len();
    }

    fn push(&mut self, text: &'a str, kind: Kind, traits: Traits) {
        self.out.push(Token { text, kind, gap: self.gap, depth: self.depth, traits });
        self.gap = Gap::Tight;
    }

    fn mark(&mut self, c: char, kind: Kind) {
        let text = self.rest().get(..c.len_utf8()).unwrap_or_default();
        let opens_line = self.gap == Gap::Line || self.out.is_empty();
        let kind = match kind {
            Kind::Dash if opens_line => Kind::Stop,
            Kind::Open if self.depth == DEEPEST => Kind::Stop,
            Kind::Close if self.depth == 0 => {
                self.drop_number();
                Kind::Stop
            }
            kind => kind,
        };
        if kind == Kind::Close {
            self.depth -= 1;
        }
        self.at += text.len();
        self.push(text, kind, Traits::default());
        if kind == Kind::Open {
            self.depth += 1;
        }
    }

    /// Takes back the "1" of a list number "1)".
    fn drop_number(&mut self) {
        if let Some(last) = self.out.last_mut()
            && last.text.len() <= 2
            && (last.has(Traits::DIGITS) || last.text.chars().all(char::is_lowercase))
        {
            *last = Token { kind: Kind::Stop, traits: Traits::default(), ..*last };
        }
    }

    fn word(&mut self) {
        let rest = self.rest();
        let end = word_end(rest);
        let (whole, gap_before) = (rest.get(..end).unwrap_or_default(), self.gap);
        self.at += end;
        if whole.contains('@') || whole.starts_with("http") || whole.starts_with("www.") {
            return self.push("", Kind::Stop, Traits::default());
        }
        let word = whole.trim_end_matches(['\'', '\u{2019}', '-', '\u{2013}']);
        let owner = self.owned(whole, word);
        let stem = word.trim_end_matches('.');
        let traits = self.lexicon.traits(stem, &mut self.scratch);
        let letters = stem.chars().filter(|c| c.is_alphanumeric()).count();
        if stem.len() < word.len() && traits.has(Traits::DIGITS) && letters <= 2 {
            return self.push(word, Kind::Stop, Traits::default());
        }
        let joins = ["and", "or", "AND", "And"].contains(&stem);
        // "o" is what a hollow bullet becomes when its typeface is lost.
        let bullet = stem == "o" && (gap_before >= Gap::Run || self.out.is_empty()) && !self.rest().starts_with('.');
        match (joins, bullet) {
            (true, _) => self.push(stem, Kind::And, traits),
            (_, true) => self.push(stem, Kind::Stop, Traits::default()),
            _ if letters <= 2 || traits.has(Traits::TITLE.with(Traits::ABBREVIATION)) => self.push(word, Kind::Word, traits),
            _ => self.push(owner.unwrap_or(stem), Kind::Word, traits),
        }
        let sentence = stem.len() < word.len() && letters > 2 && !stem.contains('.');
        if sentence && !traits.has(Traits::TITLE.with(Traits::ABBREVIATION).with(Traits::CONTACT)) {
            self.push(".", Kind::Stop, Traits::default());
        }
    }
}

impl<'a> Scanner<'a, '_> {
    /// A plural or a name in "s" with the apostrophe of what it owns ("St Thomas'"), unless a quotation ends there.
    fn owned(&self, whole: &'a str, word: &str) -> Option<&'a str> {
        let with = whole.get(..word.len() + whole.get(word.len()..)?.chars().next()?.len_utf8())?;
        let quotes = ['\'', '\u{2018}', '\u{2019}', '"', '\u{201c}'];
        let before = self.text.get(..self.at - whole.len()).unwrap_or_default();
        let quoted = before.split_whitespace().any(|word| word.starts_with(quotes)) || before.ends_with(quotes);
        (word.ends_with('s') && with.ends_with(['\'', '\u{2019}']) && !quoted).then_some(with)
    }
}

/// The mark that a character is wherever it stands outside a word.
fn mark(c: char) -> Option<Kind> {
    Some(match c {
        ',' => Kind::Comma,
        '/' | '\\' => Kind::Slash,
        '&' | '+' => Kind::And,
        '(' | '[' | '{' => Kind::Open,
        ')' | ']' | '}' => Kind::Close,
        ':' => Kind::Colon,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Kind::Dash,
        ';' | '|' | '?' | '!' | '*' | '.' | '=' | '<' | '>' | '~' | '\u{2022}' | '\u{b7}' | '\u{25a0}'..='\u{25ff}' => Kind::Stop,
        '\u{2190}'..='\u{21ff}' | '\u{2713}' | '\u{2714}' | '\u{27a2}' | '\u{2756}' | '\u{e000}'..='\u{f8ff}' | '\u{2023}' => {
            Kind::Stop
        }
        _ => return None,
    })
}

/// Bytes of the word at the start of `text`: up to white space or a mark that is not inside the word.
fn word_end(text: &str) -> usize {
    let mut run = 0_usize;
    let mut before = ' ';
    let address = text.split(char::is_whitespace).next().is_some_and(|w| w.contains('@') || w.starts_with("http"));
    for (at, c) in text.char_indices() {
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        let inside = match c {
            c if c.is_whitespace() => false,
            c if c.is_alphanumeric() => true,
            '.' | '\'' | '\u{2019}' | '@' | '_' => true,
            _ if address => !matches!(c, ',' | ';' | ')' | '>'),
            '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' => after.starts_with(char::is_alphanumeric),
            '&' | '/' => is_tight_pair(c, run, before, after),
            ',' | ':' => before.is_numeric() && after.starts_with(char::is_numeric),
            '(' => after.starts_with("s)"),
            ')' => text.get(..at).is_some_and(|t| t.ends_with("(s")),
            // Accents that stand as characters of their own.
            _ => !c.is_ascii() && mark(c).is_none() && !('\u{2018}'..='\u{201f}').contains(&c),
        };
        if !inside {
            return at;
        }
        run = if c.is_alphanumeric() { run + 1 } else { 0 };
        before = c;
    }
    text.len()
}

/// Whether `&` or `/` is inside a word: "W&M", "E&NDS", "n/a", "24/7". `run` counts the letters before it.
fn is_tight_pair(c: char, run: usize, before: char, after: &str) -> bool {
    let next = after.chars().take_while(|c| c.is_alphanumeric()).count();
    let digits = before.is_numeric() && after.starts_with(char::is_numeric);
    // "NHSE/I", but not "CCG/J Brown".
    let suffix = || {
        let rest = after.trim_start_matches(char::is_alphanumeric).trim_start();
        next == 1
            && before.is_uppercase()
            && after.starts_with(char::is_uppercase)
            && (rest.is_empty() || rest.starts_with([',', ';', ')', '/']))
    };
    match c {
        _ if run == 0 || next == 0 => false,
        '&' => run == 1 || next == 1,
        _ => digits || (run == 1 && next == 1) || suffix(),
    }
}

/// Turns telephone numbers and what announces them into stops.
fn drop_contacts(tokens: &mut [Token<'_>]) {
    if !tokens.iter().any(|t| t.has(Traits::DIGITS.with(Traits::CONTACT))) {
        return;
    }
    let doomed: Vec<bool> = (0..tokens.len()).map(|at| is_contact(tokens, at)).collect();
    for (token, _) in tokens.iter_mut().zip(doomed).filter(|(_, doomed)| *doomed) {
        *token = Token { text: "", kind: Kind::Stop, traits: Traits::default(), ..*token };
    }
}

/// Whether a word is part of a telephone number, or announces a number or an address.
fn is_contact(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|n| tokens.get(n));
    let (Some(token), after) = (tokens.get(at), tokens.get(at + 1)) else { return false };
    let digits =
        |t: &Token<'_>, least: usize| t.has(Traits::DIGITS) && t.text.chars().filter(|c| c.is_numeric()).count() >= least;
    let beside = before.into_iter().chain(after).any(|t| digits(t, 3));
    let behind_label = before.is_some_and(|t| t.has(Traits::CONTACT));
    let before_number = after.is_some_and(|t| t.has(Traits::DIGITS) || matches!(t.kind, Kind::Colon | Kind::Stop));
    digits(token, 5)
        || (digits(token, 3) && beside)
        || (digits(token, 1) && behind_label)
        || (token.has(Traits::CONTACT) && before_number)
}
