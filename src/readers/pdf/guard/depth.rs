//! How deeply arrays and dictionaries nest, told from the bytes.

/// Counts levels over bytes that come in pieces; strings and comments do not count.
#[derive(Default)]
pub(super) struct Depth {
    level: usize,
    deepest: usize,
    within: Within,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    #[default]
    Objects,
    /// Parentheses open in a string.
    String(u32),
    /// After a backslash in a string.
    Escape(u32),
    Comment,
    /// After one `<`: a dictionary or a string of digits.
    Less,
    /// After one `>`, which another follows where it closes a dictionary.
    Greater,
    Digits,
}

impl Depth {
    pub(super) fn deepest(&self) -> usize {
        self.deepest
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.within = self.step(byte);
        }
        // Streams stand between the pieces of a document, and nothing reaches over them.
        self.within = Within::Objects;
    }

    fn step(&mut self, byte: u8) -> Within {
        match (self.within, byte) {
            (Within::Less, b'<') => {
                self.open();
                Within::Objects
            }
            (Within::Objects, b'<') => Within::Less,
            (Within::Objects, b'(') => Within::String(1),
            (Within::Objects, b'%') => Within::Comment,
            (Within::Objects, b'[') => {
                self.open();
                Within::Objects
            }
            (Within::Objects, b']') | (Within::Greater, b'>') => {
                self.level = self.level.saturating_sub(1);
                Within::Objects
            }
            (Within::Objects, b'>') => Within::Greater,
            (Within::Objects, _) => Within::Objects,
            (Within::Greater, _) => {
                self.within = Within::Objects;
                self.step(byte)
            }
            (Within::Less | Within::Digits, b'>') => Within::Objects,
            (Within::Less | Within::Digits, _) => Within::Digits,
            (Within::String(level), b'\\') => Within::Escape(level),
            (Within::String(level), b'(') => Within::String(level.saturating_add(1)),
            (Within::String(1), b')') => Within::Objects,
            (Within::String(level), b')') => Within::String(level.saturating_sub(1)),
            (Within::String(level) | Within::Escape(level), _) => Within::String(level),
            (Within::Comment, b'\r' | b'\n') => Within::Objects,
            (Within::Comment, _) => Within::Comment,
        }
    }

    fn open(&mut self) {
        self.level += 1;
        self.deepest = self.deepest.max(self.level);
    }
}
