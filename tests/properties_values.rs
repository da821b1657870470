//! Laws of the readers of small values: parties, maturity levels and ratings.

use std::sync::LazyLock;

use hicm::model::record::Level;
use hicm::model::record::Rag;
use hicm::model::vocabulary::LevelEntry;
use hicm::model::vocabulary::RagEntry;
use hicm::model::vocabulary::Vocabulary;
use hicm::normalise::maturity::Maturity;
use hicm::normalise::party::KnownNames;
use hicm::normalise::party::Parties;
use hicm::normalise::party::PartyColumn;
use hicm::normalise::rag::Ratings;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::sample::subsequence;

const LEVELS: [(Level, &str); 5] = [
    (Level::NotYetEstablished, "Not yet established"),
    (Level::PlansInPlace, "Plans in place"),
    (Level::Established, "Established"),
    (Level::Mature, "Mature"),
    (Level::Exemplary, "Exemplary"),
];
const RATINGS: [(Rag, &str, &str); 4] =
    [(Rag::Red, "Red", "R"), (Rag::Amber, "Amber", "A"), (Rag::Green, "Green", "G"), (Rag::Blue, "Blue", "B")];
const BODIES: [&str; 8] = ["CCG", "WMBC", "Westmarch Council", "Age UK", "LBQ", "W&M CCG", "Dunmere NHS Trust", "Care Homes"];
const PEOPLE: [&str; 8] =
    ["Jane Doe", "Peter Quill", "Dr A Patel", "Cllr John O'Moor", "Aisha Oxley", "Mary Ann Fenwick", "J. Dale", "Zoe Ash-Down"];
/// What parts two parties, whatever they are.
const MARKS: [&str; 9] = ["/", " / ", "; ", ", ", "\n", "   ", " \u{2022} ", " & ", " and "];

fn vocabulary() -> Vocabulary {
    let one = |word: &str| vec![word.to_owned()];
    Vocabulary {
        maturity: LEVELS.iter().map(|(level, words)| LevelEntry { level: *level, words: one(words) }).collect(),
        rag: RATINGS
            .iter()
            .map(|(value, word, letter)| RagEntry { value: *value, words: vec![(*word).to_owned(), (*letter).to_owned()] })
            .collect(),
        unassigned: ["tbc", "n/a", "vacant", "to be confirmed"].map(str::to_owned).to_vec(),
        body_words: ["ccg", "council", "trust", "nhs", "homes", "team", "board"].map(str::to_owned).to_vec(),
        joined_names: one("health and social care"),
        named_bodies: Vec::new(),
        whole_bodies: Vec::new(),
        areas: Vec::new(),
        area_groups: Vec::new(),
        level_qualifiers: Vec::new(),
        ..(**Vocabulary::embedded()).clone()
    }
}

fn column() -> impl Strategy<Value = PartyColumn> {
    select(vec![PartyColumn::Organisation, PartyColumn::Lead])
}

fn parties() -> &'static Parties {
    static READER: LazyLock<Parties> = LazyLock::new(|| Parties::new(&vocabulary()));
    &READER
}

fn maturity() -> &'static Maturity {
    static READER: LazyLock<Maturity> = LazyLock::new(|| Maturity::new(&vocabulary()));
    &READER
}

fn ratings() -> &'static Ratings {
    static READER: LazyLock<Ratings> = LazyLock::new(|| Ratings::new(&vocabulary()));
    &READER
}

/// Words and marks of party cells in any order, and now and then anything at all.
fn cell() -> impl Strategy<Value = String> {
    let words = select(vec![
        "Jane",
        "Doe",
        "Peter",
        "J.",
        "Dr",
        "CCG",
        "WMBC",
        "W&M",
        "Council",
        "Head",
        "of",
        "Service",
        "and",
        "&",
        "Health",
        "Social",
        "Care",
        "team",
        "lead",
        "Lead:",
        "TBC",
        "n/a",
        "See",
        "with",
        "support from",
        "(",
        ")",
        "-",
        "\u{2013}",
        ":",
        ",",
        ";",
        "/",
        ".",
        "1.",
        "07700 900123",
        "a@b.example",
        "d",
        "r",
        "until",
        "\u{2022}",
        "?",
        "\u{2019}s",
        "NHS",
        "All",
    ]);
    let gaps = select(vec!["", " ", " ", " ", "  ", "\n", "\t"]);
    let built = prop::collection::vec((words, gaps), 0..14)
        .prop_map(|pairs| pairs.into_iter().flat_map(|(word, gap)| [word, gap]).collect::<String>());
    prop_oneof![4 => built, 1 => any::<String>()]
}

/// The words of cells of levels and ratings in any order.
fn verdict() -> impl Strategy<Value = String> {
    let words = select(vec![
        "Not",
        "yet",
        "established",
        "Established",
        "ESTABLISHED",
        "Plans in place",
        "plans",
        "in",
        "place",
        "Mature",
        "mature",
        "Exemplary",
        "Mat",
        "to",
        "be",
        "fully",
        "moving",
        "level",
        "3",
        "quite",
        "Red",
        "red",
        "Amber",
        "GREEN",
        "Blue",
        "R",
        "A",
        "G",
        "RAG",
        "was",
        "now",
        "rated",
        "75",
        "%",
        "complete",
        "Complete",
        "partially",
        "\u{1f534}",
        "\u{1f7e2}",
        "/",
        "-",
        ":",
        "(",
        ")",
        ".",
        ",",
        "\u{2192}",
        "bag",
        "team",
        "established a group",
    ]);
    let gaps = select(vec!["", " ", " ", " ", "\n"]);
    prop::collection::vec((words, gaps), 0..9).prop_map(|pairs| pairs.into_iter().flat_map(<[&str; 2]>::from).collect())
}

/// Letters and digits in lower case: what a name must have from its cell, in the cell's order.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn cased(text: &str, upper: &[bool]) -> String {
    let flip = |(c, up): (char, &bool)| if *up { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
    text.chars().zip(upper.iter().cycle()).map(flip).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn names_are_pieces_of_the_cell(text in cell(), column in column()) {
        let parties = parties();
        let names = parties.read(&text, column, &KnownNames::default());
        let whole = letters(&text);
        for name in names.organisations.iter().chain(&names.leads) {
            prop_assert!(!name.trim().is_empty() && name.trim() == name);
            prop_assert!(!name.contains("  ") && !name.contains('\n'));
            prop_assert!(whole.contains(&letters(name)), "{name:?} of {text:?}");
        }
    }

    #[test]
    fn nobody_is_named_twice(text in cell(), column in column()) {
        let names = parties().read(&text, column, &KnownNames::default());
        for list in [names.organisations, names.leads] {
            let mut keys: Vec<String> = list.iter().map(|name| name.to_lowercase()).collect();
            keys.sort();
            keys.dedup();
            prop_assert_eq!(keys.len(), list.len());
        }
    }

    #[test]
    fn a_column_of_people_names_no_bodies(text in cell()) {
        let names = parties().read(&text, PartyColumn::Lead, &KnownNames::default());
        prop_assert!(names.organisations.is_empty());
    }

    #[test]
    fn bodies_are_parted_and_kept_in_order(bodies in subsequence(BODIES.to_vec(), 1..=4).prop_shuffle(), mark in select(MARKS.to_vec())) {
        let names = parties().read(&bodies.join(mark), PartyColumn::Organisation, &KnownNames::default());
        prop_assert_eq!(names.organisations, bodies);
        prop_assert!(names.leads.is_empty());
    }

    #[test]
    fn people_are_parted_and_kept_in_order(people in subsequence(PEOPLE.to_vec(), 1..=5).prop_shuffle(), mark in select(MARKS.to_vec()), column in column()) {
        let names = parties().read(&people.join(mark), column, &KnownNames::default());
        prop_assert_eq!(names.leads, people);
        prop_assert!(names.organisations.is_empty());
    }

    #[test]
    fn people_leave_a_column_of_bodies(body in select(BODIES.to_vec()), person in select(PEOPLE.to_vec()), mark in select(vec!["/", "; ", "\n", " - ", ": "])) {
        let names = parties().read(&format!("{body}{mark}{person}"), PartyColumn::Organisation, &KnownNames::default());
        prop_assert_eq!(names.organisations, [body]);
        prop_assert_eq!(names.leads, [person]);
    }

    #[test]
    fn what_was_learnt_is_still_a_name(people in subsequence(PEOPLE.to_vec(), 1..=5), text in cell(), column in column()) {
        let parties = parties();
        let known = parties.learn(people.iter().map(|&person| (person, PartyColumn::Lead)).chain([(text.as_str(), column)]));
        for person in people {
            let names = parties.read(person, PartyColumn::Lead, &known);
            prop_assert_eq!(names.leads, [person]);
        }
    }

    #[test]
    fn levels_rise_and_are_the_cells_words(text in prop_oneof![verdict(), cell(), "[a-zA-Z ./(-]{0,40}(established|Plans in place|MATURE)?[a-z ]{0,9}"]) {
        let maturity = maturity();
        let readings = maturity.read(&text);
        prop_assert!(readings.is_sorted_by(|a, b| a.level < b.level));
        prop_assert!(readings.iter().all(|reading| !reading.raw.is_empty() && text.contains(&reading.raw)));
        prop_assert!(!maturity.is_level_cell(&text) || !readings.is_empty());
        for reading in readings {
            let again: Vec<Level> = maturity.read(&reading.raw).into_iter().map(|again| again.level).collect();
            prop_assert_eq!(again, [reading.level], "{} of {}", reading.raw, text);
        }
    }

    #[test]
    fn two_levels_in_any_order_and_case(
        a in select(LEVELS.to_vec()),
        b in select(LEVELS.to_vec()),
        mark in select(vec!["/", " / ", " to ", " & ", "\n", ", ", " - "]),
        upper in prop::collection::vec(any::<bool>(), 1..9),
    ) {
        let maturity = maturity();
        let text = format!("{}{mark}{}", cased(a.1, &upper), cased(b.1, &upper));
        let got: Vec<Level> = maturity.read(&text).into_iter().map(|reading| reading.level).collect();
        let mut want = vec![a.0, b.0];
        want.sort();
        want.dedup();
        prop_assert_eq!(got, want);
        prop_assert!(maturity.is_level_cell(&text));
    }

    #[test]
    fn a_level_survives_one_slip(level in select(LEVELS.to_vec()).prop_filter("a long word", |level| level.0 != Level::PlansInPlace), at in any::<prop::sample::Index>()) {
        // A letter left out anywhere but at the start of a word of six letters or more.
        let mut slipped: Vec<char> = level.1.chars().collect();
        let word = level.1.split(' ').max_by_key(|word| word.len()).unwrap_or_default();
        let start = level.1.find(word).unwrap_or_default();
        slipped.remove(start + 1 + at.index(word.len() - 1));
        let text: String = slipped.into_iter().collect();
        let got: Vec<Level> = maturity().read(&text).into_iter().map(|reading| reading.level).collect();
        prop_assert_eq!(got, [level.0], "{}", text);
    }

    #[test]
    fn ratings_in_any_case(rating in select(RATINGS.to_vec()), upper in prop::collection::vec(any::<bool>(), 1..6), frame in select(vec![("", ""), (" ", " \n"), ("(", ")"), ("", "."), ("RAG: ", "")])) {
        let ratings = ratings();
        let word = cased(rating.1, &upper);
        let got = ratings.read(&format!("{}{word}{}", frame.0, frame.1));
        prop_assert_eq!(got.map(|reading| (reading.value, reading.raw)), Some((rating.0, word)));
    }

    #[test]
    fn a_rating_is_the_cells_words(text in prop_oneof![3 => verdict(), 1 => cell()]) {
        if let Some(reading) = ratings().read(&text) {
            prop_assert!(!reading.raw.is_empty() && text.contains(&reading.raw));
            let again = ratings().read(&reading.raw).map(|again| again.value);
            prop_assert_eq!(again, Some(reading.value), "{} of {}", reading.raw, text);
        }
    }

    #[test]
    fn a_party_is_the_same_by_itself(
        bodies in subsequence(BODIES.to_vec(), 1..=4),
        people in subsequence(PEOPLE.to_vec(), 0..=3),
        mark in select(vec!["/", "; ", "\n"]),
    ) {
        let cell = bodies.iter().chain(&people).copied().collect::<Vec<_>>().join(mark);
        let names = parties().read(&cell, PartyColumn::Organisation, &KnownNames::default());
        prop_assert_eq!(&names.organisations, &bodies);
        prop_assert_eq!(&names.leads, &people);
        for body in names.organisations {
            let again = parties().read(&body, PartyColumn::Organisation, &KnownNames::default());
            prop_assert_eq!(again.organisations, [body]);
        }
    }

    #[test]
    fn greys_rate_nothing(level in any::<u8>(), tint in 0_u8..8) {
        let other = level.saturating_add(tint);
        prop_assert_eq!(ratings().from_fill([level, other, level]), None);
    }

    #[test]
    fn a_fill_is_kept_as_its_hexadecimal(rgb in any::<[u8; 3]>()) {
        if let Some(reading) = ratings().from_fill(rgb) {
            let [red, green, blue] = rgb;
            prop_assert_eq!(reading.raw, format!("#{red:02X}{green:02X}{blue:02X}"));
            prop_assert!(reading.value != Rag::None);
        }
    }
}
