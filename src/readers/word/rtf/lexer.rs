//! Words of rich text (RTF specification 1.9.1, "RTF syntax").

/// A word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'r> {
    Open,
    Close,
    /// A control word with its number.
    Control(&'r [u8], Option<i32>),
    /// A control symbol.
    Symbol(u8),
    /// A byte given in hexadecimal.
    Byte(u8),
    /// Text.
    Text(&'r [u8]),
}

/// Cuts rich text into words.
pub(super) struct Lexer<'r> {
    bytes: &'r [u8],
    at: usize,
}

impl<'r> Lexer<'r> {
    pub(super) fn new(bytes: &'r [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take_while(&mut self, test: impl Fn(&u8) -> bool) -> &'r [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let len = rest.iter().position(|b| !test(b)).unwrap_or(rest.len());
        self.at += len;
        rest.get(..len).unwrap_or_default()
    }

    fn control(&mut self) -> Option<Token<'r>> {
        if !self.peek()?.is_ascii_alphabetic() {
            let symbol = self.peek()?;
            self.at += 1;
            if symbol != b'\'' {
                return Some(Token::Symbol(symbol));
            }
            let digits = self.bytes.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            self.at += if byte.is_some() { 2 } else { 0 };
            return Some(Token::Byte(byte.unwrap_or(b'?')));
        }
        let word = self.take_while(u8::is_ascii_alphabetic);
        let negative = self.peek() == Some(b'-');
        let signed = self.at;
        self.at += usize::from(negative);
        let digits = self.take_while(u8::is_ascii_digit);
        let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<i32>().ok());
        if digits.is_empty() {
            self.at = signed;
        }
        self.at += usize::from(self.peek() == Some(b' '));
        let number = number.map(|number| if negative { -number } else { number });
        if word == b"bin" {
            // Bytes that are no text follow.
            self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0));
        }
        Some(Token::Control(word, number))
    }
}

impl<'r> Iterator for Lexer<'r> {
    type Item = Token<'r>;

    fn next(&mut self) -> Option<Token<'r>> {
        loop {
            match self.peek()? {
                b'{' => {
                    self.at += 1;
                    return Some(Token::Open);
                }
                b'}' => {
                    self.at += 1;
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.at += 1;
                    return self.control();
                }
                b'\r' | b'\n' | b'\0' => self.at += 1,
                _ => return Some(Token::Text(self.take_while(|b| !matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | b'\0')))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lexer;
    use super::Token;

    #[test]
    fn words_are_cut() {
        let words: Vec<Token<'_>> = Lexer::new(b"{\\b0 a\\'e9\\u-3 ?\\bin3 }}}\\~\r\n}\\par").collect();
        let expected = [
            Token::Open,
            Token::Control(b"b", Some(0)),
            Token::Text(b"a"),
            Token::Byte(0xE9),
            Token::Control(b"u", Some(-3)),
            Token::Text(b"?"),
            Token::Control(b"bin", Some(3)),
            Token::Symbol(b'~'),
            Token::Close,
            Token::Control(b"par", None),
        ];
        assert_eq!(words, expected);
    }
}
