//! What is known of a word by itself: its meaning in the lexicon and its shape.

/// A set of traits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits(u32);

impl Traits {
    /// A body word of the vocabulary ("council").
    pub(super) const BODY: Self = Self(1);
    /// A first name.
    pub(super) const FIRST_NAME: Self = Self(1 << 1);
    /// A word of the field that is a surname after a first name.
    pub(super) const SURNAME: Self = Self(1 << 2);
    /// A post ("manager").
    pub(super) const POST: Self = Self(1 << 3);
    /// Opens a post ("deputy").
    pub(super) const POST_OPENING: Self = Self(1 << 4);
    /// A post by its initials ("COO").
    pub(super) const POST_ACRONYM: Self = Self(1 << 5);
    /// Cannot end a name ("social").
    pub(super) const QUALIFIER: Self = Self(1 << 6);
    /// A subject of the field ("housing").
    pub(super) const SUBJECT: Self = Self(1 << 7);
    /// A title ("Dr").
    pub(super) const TITLE: Self = Self(1 << 8);
    /// A small word inside surnames ("van").
    pub(super) const PARTICLE: Self = Self(1 << 9);
    /// Announces a party ("Lead:").
    pub(super) const LABEL: Self = Self(1 << 10);
    /// Says nothing alone ("joint").
    pub(super) const BARE_LABEL: Self = Self(1 << 11);
    /// Stands before a number or an address ("tel").
    pub(super) const CONTACT: Self = Self(1 << 12);
    /// A kind of body or service by its initials ("CCG").
    pub(super) const KIND: Self = Self(1 << 13);
    /// Keeps its full stop ("asst.").
    pub(super) const ABBREVIATION: Self = Self(1 << 14);
    /// Begins a phrase of the lexicon.
    pub(super) const PHRASE: Self = Self(1 << 15);
    /// A plural.
    pub(super) const PLURAL: Self = Self(1 << 16);
    /// Part of an area's name, which may be a surname too.
    pub(super) const PLACE: Self = Self(1 << 22);
    /// Part of the name of a person known from another cell.
    pub(super) const KNOWN: Self = Self(1 << 23);
    /// Shape: begins with a capital.
    pub(super) const CAPITAL: Self = Self(1 << 17);
    /// Shape: two to seven letters, nearly all capital.
    pub(super) const ACRONYM: Self = Self(1 << 18);
    /// Shape: letters, hyphens and apostrophes only, two at least.
    pub(super) const LETTERS: Self = Self(1 << 19);
    /// Shape: one capital letter.
    pub(super) const INITIAL: Self = Self(1 << 20);
    /// Shape: digits.
    pub(super) const DIGITS: Self = Self(1 << 21);
    /// Words that are part of what somebody does, or of a body: never part of a person's name.
    pub(super) const FIELD: Self = Self(
        Self::BODY.0
            | Self::POST.0
            | Self::POST_OPENING.0
            | Self::QUALIFIER.0
            | Self::SUBJECT.0
            | Self::KIND.0
            | Self::TITLE.0
            | Self::CONTACT.0,
    );

    /// Whether the sets share a trait.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The union.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The set without the traits of another.
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// A capitalised word that can be a name of a person.
    pub(super) const fn is_plain_name(self) -> bool {
        self.has(Self::CAPITAL) && self.has(Self::LETTERS) && !self.has(Self::ACRONYM) && !self.has(Self::FIELD)
    }

    /// The shape of a word.
    pub(super) fn of_shape(word: &str) -> Self {
        let mut letters = 0_usize;
        let mut capitals = 0_usize;
        let mut digits = 0_usize;
        let mut others = 0_usize;
        for c in word.chars() {
            match c {
                c if c.is_alphabetic() => {
                    letters += 1;
                    capitals += usize::from(c.is_uppercase());
                }
                c if c.is_numeric() => digits += 1,
                '-' | '\'' | '\u{2019}' | '\u{2010}' | '\u{2011}' | '.' => {}
                _ => others += 1,
            }
        }
        let mut traits = Self::default();
        if word.starts_with(char::is_uppercase) {
            traits = traits.with(Self::CAPITAL);
        }
        // "CCGs" and "NoVA" are acronyms, "McDonald" and "O'Neil" are not.
        let small = letters - capitals;
        if (2..=7).contains(&(letters + digits)) && capitals >= 2 && (small == 0 || (capitals >= 3 && small < capitals)) {
            traits = traits.with(Self::ACRONYM);
        }
        if capitals == 2 && small == 1 && word.ends_with('s') {
            traits = traits.with(Self::ACRONYM);
        }
        if letters >= 2 && digits == 0 && others == 0 {
            traits = traits.with(Self::LETTERS);
        }
        if letters == 1 && capitals == 1 && digits == 0 && others == 0 {
            traits = traits.with(Self::INITIAL);
        }
        if letters == 0 && digits > 0 {
            traits = traits.with(Self::DIGITS);
        }
        traits
    }
}

#[cfg(test)]
mod tests {
    use super::Traits;

    #[test]
    fn shapes() {
        for acronym in ["CCG", "CCGs", "NoVA", "EaSTS", "W&M", "GPs", "D2A", "LBWM"] {
            assert!(Traits::of_shape(acronym).has(Traits::ACRONYM), "{acronym}");
        }
        for word in ["McDonald", "O'Neil", "Jane", "J", "COMMISSIONING", "t.b.c"] {
            assert!(!Traits::of_shape(word).has(Traits::ACRONYM), "{word}");
        }
        for name in ["McDonald", "O\u{2019}Neil", "Smith-Jones", "Zo\u{eb}"] {
            assert!(Traits::of_shape(name).is_plain_name(), "{name}");
        }
        assert!(Traits::of_shape("J.").has(Traits::INITIAL));
        assert!(Traits::of_shape("01234").has(Traits::DIGITS));
    }
}
