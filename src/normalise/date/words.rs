//! The words that date phrases are made of, and misspelt ones among them.

/// What a word can be in a date phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A month, 1 to 12; `short` where it is cut ("Sept").
    Month {
        number: u8,
        short: bool,
    },
    /// A season by its EDTF code, 21 (spring) to 24 (winter).
    Season(u8),
    /// "ongoing".
    Ongoing,
    /// "continuous" and the like: ongoing where it stands alone.
    Continuous,
    /// The second half of "on going".
    Going,
    By,
    Before,
    After,
    /// "earlier", "sooner" of "no earlier than".
    Sooner,
    /// "prior" of "prior to", "ahead" of "ahead of".
    Prior,
    Until,
    Up,
    Through,
    To,
    From,
    With,
    Effect,
    Between,
    And,
    Or,
    End,
    Ending,
    /// "mid", "early", "late", "around" and the like.
    Approximate,
    /// "start": approximate before "of".
    Start,
    Beginning,
    /// "commencing", "starting".
    Commencing,
    /// "wc", "wb".
    WeekCommencing,
    Part,
    Week,
    Weekday,
    /// "am", "pm".
    Meridiem,
    /// "noon", "midday", "midnight", "cop".
    Noon,
    Close,
    /// "play" and "business" of "close of play".
    Play,
    Quarter,
    Half,
    Fortnight,
    Financial,
    Calendar,
    Year,
    YearEnd,
    FinancialYear,
    /// "first" to "fourth", and 5 for "last".
    Ordinal(u8),
    /// "one" to "four".
    Cardinal(u8),
    Christmas,
    Easter,
    New,
    Next,
    Onwards,
    Latest,
    Earliest,
    At,
    On,
    In,
    During,
    For,
    Of,
    The,
    This,
    No,
    Later,
    Than,
    /// A word whose number is a label: "phase 1", "ward 7".
    Label,
    /// A word after which "to" names the new date, and "from" the old one: "moved to May", "slipped from March".
    Moved,
    /// "due", after which "to" is none of a range either.
    Due,
    /// A word that tells an old date from a new one: "was Oct now Jan 18".
    Replaced,
    /// "tbc" and the like behind a date.
    ToBeConfirmed,
    /// A word that makes a year beside it part of a name: "2016/17 contract".
    Document,
    /// Those who meet: "Oct Board" is a date.
    Meeting,
    /// "months" and "weeks" of "for 6 months".
    Months,
    Weeks,
    Piece,
    /// A single letter, in lower case.
    Letter(u8),
    Other,
}

/// Longest word of the reader's own ("approximately").
const LONGEST: usize = 15;

/// Tells what `word` (letters only) is by itself, whatever the words of the field are.
pub(super) fn classify(word: &[u8]) -> Word {
    let mut buffer = [0u8; LONGEST];
    match lowered(word, &mut buffer) {
        None => Word::Other,
        Some([letter]) => Word::Letter(*letter),
        Some(lower) => month(lower).or_else(|| qualifier(lower)).or_else(|| period(lower)).unwrap_or_else(|| context(lower)),
    }
}

/// `word` in lower case, in `buffer`; `None` where it is too long for that.
pub(super) fn lowered<'b>(word: &[u8], buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let lower = buffer.get_mut(..word.len())?;
    for (to, from) in lower.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    Some(lower)
}

fn month(lower: &[u8]) -> Option<Word> {
    let (number, short) = match lower {
        b"january" => (1, false),
        b"february" => (2, false),
        b"march" => (3, false),
        b"april" => (4, false),
        b"may" => (5, false),
        b"june" => (6, false),
        b"july" => (7, false),
        b"august" => (8, false),
        b"september" => (9, false),
        b"october" => (10, false),
        b"november" => (11, false),
        b"december" => (12, false),
        b"jan" => (1, true),
        b"feb" | b"febr" => (2, true),
        b"mar" => (3, true),
        b"apr" => (4, true),
        b"jun" => (6, true),
        b"jul" => (7, true),
        b"aug" => (8, true),
        b"sep" | b"sept" => (9, true),
        b"oct" => (10, true),
        b"nov" => (11, true),
        b"dec" => (12, true),
        _ => return None,
    };
    Some(Word::Month { number, short })
}

fn qualifier(lower: &[u8]) -> Option<Word> {
    Some(match lower {
        b"by" => Word::By,
        b"before" => Word::Before,
        b"after" => Word::After,
        b"earlier" | b"sooner" => Word::Sooner,
        b"prior" | b"ahead" => Word::Prior,
        b"until" | b"till" | b"til" => Word::Until,
        b"up" => Word::Up,
        b"through" | b"thru" => Word::Through,
        b"to" => Word::To,
        b"from" | b"since" | b"wef" => Word::From,
        b"with" => Word::With,
        b"effect" => Word::Effect,
        b"between" => Word::Between,
        b"and" => Word::And,
        b"or" => Word::Or,
        b"end" => Word::End,
        b"ending" | b"ended" => Word::Ending,
        b"mid" | b"middle" | b"early" | b"late" | b"latter" | b"circa" | b"around" | b"about" | b"approx" | b"approximately"
        | b"roughly" => Word::Approximate,
        b"start" => Word::Start,
        b"beginning" | b"beg" | b"begin" => Word::Beginning,
        b"commencing" | b"starting" => Word::Commencing,
        b"wc" | b"wb" => Word::WeekCommencing,
        b"part" => Word::Part,
        b"onward" | b"onwards" => Word::Onwards,
        b"latest" => Word::Latest,
        b"earliest" => Word::Earliest,
        b"at" => Word::At,
        b"on" => Word::On,
        b"in" | b"within" => Word::In,
        b"for" => Word::For,
        b"during" | b"throughout" => Word::During,
        b"of" => Word::Of,
        b"the" => Word::The,
        b"this" | b"current" => Word::This,
        b"next" | b"coming" | b"following" => Word::Next,
        b"no" | b"not" => Word::No,
        b"later" => Word::Later,
        b"than" => Word::Than,
        _ => return None,
    })
}

fn period(lower: &[u8]) -> Option<Word> {
    Some(match lower {
        b"spring" => Word::Season(21),
        b"summer" => Word::Season(22),
        b"autumn" => Word::Season(23),
        b"winter" => Word::Season(24),
        b"week" | b"wk" => Word::Week,
        b"weeks" | b"wks" => Word::Weeks,
        b"month" | b"months" | b"mths" | b"mnths" => Word::Months,
        b"monday" | b"tuesday" | b"wednesday" | b"thursday" | b"friday" | b"saturday" | b"sunday" | b"mon" | b"tue" | b"tues"
        | b"wed" | b"weds" | b"thu" | b"thur" | b"thurs" | b"fri" | b"sat" | b"sun" => Word::Weekday,
        b"am" | b"pm" => Word::Meridiem,
        b"noon" | b"midday" | b"midnight" | b"cop" | b"cob" => Word::Noon,
        b"close" => Word::Close,
        b"play" | b"business" => Word::Play,
        b"quarter" | b"qtr" | b"qu" | b"quater" | b"quarters" | b"qtrs" => Word::Quarter,
        b"half" => Word::Half,
        b"fortnight" => Word::Fortnight,
        b"hy" => Word::Letter(b'h'),
        b"financial" | b"fiscal" | b"fin" => Word::Financial,
        b"calendar" => Word::Calendar,
        b"year" | b"yr" => Word::Year,
        b"yearend" | b"fye" | b"ye" => Word::YearEnd,
        b"fy" => Word::FinancialYear,
        b"first" => Word::Ordinal(1),
        b"second" => Word::Ordinal(2),
        b"third" => Word::Ordinal(3),
        b"fourth" | b"final" => Word::Ordinal(4),
        b"last" => Word::Ordinal(5),
        b"one" => Word::Cardinal(1),
        b"two" => Word::Cardinal(2),
        b"three" => Word::Cardinal(3),
        b"four" => Word::Cardinal(4),
        b"christmas" | b"xmas" => Word::Christmas,
        b"easter" => Word::Easter,
        b"new" => Word::New,
        _ => return None,
    })
}

fn context(lower: &[u8]) -> Word {
    match lower {
        b"ongoing" => Word::Ongoing,
        b"continuous" | b"continuously" | b"continual" | b"continuing" => Word::Continuous,
        b"going" => Word::Going,
        b"piece" => Word::Piece,
        b"due" => Word::Due,
        b"was" | b"now" | b"originally" | b"original" | b"orig" | b"previously" | b"formerly" | b"initially" => Word::Replaced,
        b"tbc" | b"tba" | b"tbd" => Word::ToBeConfirmed,
        _ => Word::Other,
    }
}

/// The months in full, January first.
const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The name of a month, 1 to 12.
pub(super) fn month_name(number: u8) -> &'static str {
    usize::from(number).checked_sub(1).and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// The month with a long name that `word` is two slips away from: "Decemember".
pub(super) fn misspelt_long_month(word: &str) -> Option<u8> {
    let near = |name: &str| name.len() > 7 && strsim::osa_distance(&word.to_ascii_lowercase(), &name.to_ascii_lowercase()) <= 2;
    (4..=10).contains(&word.len()).then(|| {
        (1..=12).find(|number| {
            let name = month_name(*number);
            same_letter(word.as_bytes(), name.as_bytes()) && near(name)
        })
    })?
}

/// The month that `word`, in front of a year in four digits, most likely is: a long name with two slips, or one of four
/// letters with a wrong one, or of five whose last is wrong.
pub(super) fn misspelt_month_of_year(word: &str) -> Option<u8> {
    // "Marcg", but not "match".
    let kept = |name: &str| name.len() == 4 || name.len() == 5 && shared_ends(word.as_bytes(), name.as_bytes()).0 == 4;
    let short = |name: &str| kept(name) && one_slip(word.as_bytes(), name.as_bytes(), true);
    let near = |number: &u8| {
        let name = month_name(*number);
        same_letter(word.as_bytes(), name.as_bytes()) && short(name)
    };
    // "Jule" is a letter from both "June" and "July": it goes on longer like the second.
    let likest = || (1..=12).filter(near).rev().max_by_key(|number| shared_ends(word.as_bytes(), month_name(*number).as_bytes()));
    misspelt_month(word).or_else(|| misspelt_long_month(word)).or_else(|| (4..=10).contains(&word.len()).then(likest).flatten())
}

/// How many letters `word` and `name` have in common from the front, then from the back.
fn shared_ends(word: &[u8], name: &[u8]) -> (usize, usize) {
    let same = |(a, b): &(&u8, &u8)| a.eq_ignore_ascii_case(b);
    (word.iter().zip(name).take_while(same).count(), word.iter().rev().zip(name.iter().rev()).take_while(same).count())
}

/// The month that `word` most likely is where it is one slip away from a name; its first letter must be right.
pub(super) fn misspelt_month(word: &str) -> Option<u8> {
    let word = word.as_bytes();
    // A narrow column cuts the first letter off: "eptember".
    let cut = |number: &u8| month_name(*number).as_bytes().get(1..).is_some_and(|rest| rest == word);
    if let Some(number) = (1..=12).find(|number| word.len() > 5 && cut(number)) {
        return Some(number);
    }
    if !(3..=10).contains(&word.len()) {
        return None;
    }
    let near = |name: &str| {
        // "Augusta" is a name, "Augustt" a slip.
        let longer =
            word.len() > name.len() && word.get(..name.len()).is_some_and(|front| front.eq_ignore_ascii_case(name.as_bytes()));
        let repeated = word.last() == name.as_bytes().last();
        same_letter(word, name.as_bytes())
            && (!longer || repeated)
            // Short names are a letter away from plain words: "match", "jury".
            && one_slip(word, name.as_bytes(), name.len() > 5)
    };
    // "May" is too short to be told from "day", "way" or "My".
    let found = (1..=12).find(|number| *number != 5 && near(month_name(*number)));
    found.or_else(|| near("Sept").then_some(9))
}

/// The EDTF code of the season that `word` is one dropped, doubled or swapped letter away from.
pub(super) fn misspelt_season(word: &str) -> Option<u8> {
    let near = |name: &str| same_letter(word.as_bytes(), name.as_bytes()) && one_slip(word.as_bytes(), name.as_bytes(), false);
    [("spring", 21), ("summer", 22), ("autumn", 23), ("winter", 24)].iter().find(|(name, _)| near(name)).map(|(_, code)| *code)
}

/// Whether `word` is "ongoing" but for one slip.
pub(super) fn misspelt_ongoing(word: &str) -> bool {
    same_letter(word.as_bytes(), b"o") && one_slip(word.as_bytes(), b"ongoing", true)
}

fn same_letter(word: &[u8], name: &[u8]) -> bool {
    match (word.first(), name.first()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => false,
    }
}

/// Whether `word` becomes `name`, in any case, by one letter put in, left out or swapped with its neighbour, or, with
/// `replaced`, exchanged.
fn one_slip(word: &[u8], name: &[u8], replaced: bool) -> bool {
    if word.len().abs_diff(name.len()) > 1 {
        return false;
    }
    let same = |(a, b): &(&u8, &u8)| a.eq_ignore_ascii_case(b);
    let front = word.iter().zip(name).take_while(same).count();
    let (word, name) = (word.get(front..).unwrap_or_default(), name.get(front..).unwrap_or_default());
    let back = word.iter().rev().zip(name.iter().rev()).take_while(same).count();
    let word = word.get(..word.len() - back).unwrap_or_default();
    let name = name.get(..name.len() - back).unwrap_or_default();
    match (word, name) {
        ([], [_]) | ([_], []) => true,
        ([_], [_]) => replaced,
        ([a, b], [c, d]) => a.eq_ignore_ascii_case(d) && b.eq_ignore_ascii_case(c),
        _ => false,
    }
}
