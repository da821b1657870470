//! A format code as sections of tokens.

/// One section of a format: what numbers of one kind are shown by.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Section {
    pub(super) tokens: Vec<Token>,
    pub(super) condition: Option<Condition>,
}

/// A piece of a format.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// Shown as it stands.
    Literal(String),
    /// The whole number as it would be shown without a format.
    General,
    /// Place for a digit: `0`, `#` or `?`.
    Digit(char),
    Point,
    /// Between digits: thousands are parted; behind the last: so many thousands.
    Comma,
    Percent,
    /// `E+` or `E-`; whether a plus is shown.
    Exponent(bool),
    /// Between digits: a fraction.
    Slash,
    /// The text of a text cell.
    Text,
    /// A part of a date or time: y, m, d, h, s, or i for minutes; how often the letter stands.
    Date(char, usize),
    /// Hours, minutes or seconds that go on counting past their unit.
    Elapsed(char, usize),
    /// Parts of a second, with so many digits.
    Fraction(usize),
    AmPm,
}

/// When a section is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Condition {
    pub(super) less: bool,
    pub(super) equal: bool,
    pub(super) greater: bool,
    pub(super) than: f64,
}

impl Condition {
    pub(super) fn holds(self, value: f64) -> bool {
        match value.partial_cmp(&self.than) {
            Some(std::cmp::Ordering::Less) => self.less,
            Some(std::cmp::Ordering::Equal) => self.equal,
            Some(std::cmp::Ordering::Greater) => self.greater,
            None => false,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = text.trim_start_matches(['<', '>', '=']);
        let sign = text.strip_suffix(digits)?;
        let than = digits.trim().parse().ok()?;
        let differs = sign == "<>";
        (!sign.is_empty()).then_some(Self {
            less: sign.contains('<'),
            equal: sign.contains('=') && !differs,
            greater: sign.contains('>'),
            than,
        })
    }
}

impl Section {
    pub(super) fn is_date(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Date(..) | Token::Elapsed(..) | Token::AmPm))
    }

    fn literal(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(Token::Literal(last)) => last.push_str(text),
            _ => self.tokens.push(Token::Literal(text.to_owned())),
        }
    }

    /// Tells minutes from months: an `m` after hours or before seconds is a minute.
    fn settle_minutes(&mut self) {
        let parts: Vec<usize> =
            (0..self.tokens.len()).filter(|at| matches!(self.tokens[*at], Token::Date(..) | Token::Elapsed(..))).collect();
        let letter = |token: &Token| match token {
            Token::Date(c, _) | Token::Elapsed(c, _) => *c,
            _ => ' ',
        };
        for (index, at) in parts.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| letter(&self.tokens[parts[before]]));
            let after = parts.get(index + 1).map(|after| letter(&self.tokens[*after]));
            if let Token::Date('m', count @ 1..=2) = self.tokens[*at]
                && (before == Some('h') || after == Some('s'))
            {
                self.tokens[*at] = Token::Date('i', count);
            }
        }
    }
}

/// The sections of a format code. A code without any has none: General.
pub(super) fn sections(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    // The long date and the time of the system that shows the workbook stand for whatever is written behind them.
    let mut rest = match code.get(..8).map(str::to_ascii_uppercase).as_deref() {
        Some("[$-F800]") => "d mmmm yyyy",
        Some("[$-F400]") => "hh:mm:ss",
        _ => code,
    };
    while let Some(c) = rest.chars().next() {
        let (section, length) = (sections.last_mut(), c.len_utf8());
        let Some(section) = section else { break };
        let taken = match c {
            ';' => {
                sections.push(Section::default());
                length
            }
            '"' => {
                let inside = rest.get(1..).unwrap_or_default();
                let end = inside.find('"').unwrap_or(inside.len());
                section.literal(&inside[..end]);
                (end + 2).min(rest.len())
            }
            '\\' | '!' => {
                let next = rest.get(length..).and_then(|after| after.chars().next());
                section.literal(next.map(String::from).unwrap_or_default().as_str());
                length + next.map_or(0, char::len_utf8)
            }
            // Room as wide as a character, and a character that fills the column.
            '_' | '*' => {
                let next = rest.get(length..).and_then(|after| after.chars().next());
                if c == '_' {
                    section.literal(" ");
                }
                length + next.map_or(0, char::len_utf8)
            }
            '[' => bracket(rest, section),
            _ => plain(rest, c, section),
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    sections.iter_mut().for_each(Section::settle_minutes);
    if sections.len() == 1 && sections[0].tokens.is_empty() { Vec::new() } else { sections }
}

/// What stands in brackets: a condition, elapsed time, a currency; colours and calendars show nothing.
fn bracket(rest: &str, section: &mut Section) -> usize {
    let Some(end) = rest.find(']') else { return rest.len() };
    let inside = rest.get(1..end).unwrap_or_default();
    if let Some(condition) = Condition::parse(inside) {
        section.condition = Some(condition);
    } else if let Some(currency) = inside.strip_prefix('$') {
        section.literal(currency.split('-').next().unwrap_or_default());
    } else if let Some(c) = inside.chars().next().map(|c| c.to_ascii_lowercase())
        && matches!(c, 'h' | 'm' | 's')
        && inside.chars().all(|other| other.eq_ignore_ascii_case(&c))
    {
        section.tokens.push(Token::Elapsed(c, inside.len()));
    }
    end + 1
}

/// A character outside quotes and brackets, with those like it behind it; how many bytes were taken.
fn plain(rest: &str, c: char, section: &mut Section) -> usize {
    let starts = |word: &str| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    if starts("general") {
        section.tokens.push(Token::General);
        return "general".len();
    }
    for mark in ["am/pm", "a/p"] {
        if starts(mark) {
            section.tokens.push(Token::AmPm);
            return mark.len();
        }
    }
    if starts("e+") || starts("e-") {
        section.tokens.push(Token::Exponent(starts("e+")));
        return 2;
    }
    let lower = c.to_ascii_lowercase();
    let run = rest.chars().take_while(|other| other.eq_ignore_ascii_case(&c)).count();
    let digits_before = matches!(section.tokens.last(), Some(Token::Digit(_) | Token::Comma));
    match lower {
        'y' | 'm' | 'd' | 'h' | 's' => {
            section.tokens.push(Token::Date(lower, run));
            return run;
        }
        'e' => {
            section.tokens.push(Token::Date('y', 4));
            return run;
        }
        '.' if matches!(section.tokens.last(), Some(Token::Date('s', _) | Token::Elapsed('s', _))) => {
            let zeros = rest.chars().skip(1).take_while(|c| *c == '0').count();
            if zeros > 0 {
                section.tokens.push(Token::Fraction(zeros));
                return zeros + 1;
            }
            section.literal(".");
        }
        '0' | '#' | '?' => section.tokens.push(Token::Digit(c)),
        '.' => section.tokens.push(Token::Point),
        ',' if digits_before => section.tokens.push(Token::Comma),
        '%' => section.tokens.push(Token::Percent),
        '/' if digits_before => section.tokens.push(Token::Slash),
        '@' => section.tokens.push(Token::Text),
        // A letter of a calendar that is not ours (g, b, a).
        'g' | 'b' => return run,
        _ => section.literal(c.encode_utf8(&mut [0; 4])),
    }
    c.len_utf8()
}
