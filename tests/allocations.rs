//! What the inner loops of matching allocate: nothing for a known word, nothing for a name that is compared.

use std::hint::black_box;
use std::sync::Arc;

use allocation_counter::measure;
use hicm::matching::Matcher;
use hicm::matching::changes::text::Scratch;
use hicm::matching::changes::text::TextModel;
use hicm::model::vocabulary::Vocabulary;

const TEXTS: [&str; 5] = [
    "Ward sisters set an expected date of discharge at the first board round",
    "Trusted assessor for care homes in the north, three days a week",
    "Multi-disciplinary/multi-agency discharge teams, including the voluntary and community sector",
    "Daily systm call on delays, escallation and capacity with all partners",
    "Solar panels on the library roof",
];

/// How many times each alias stands in the larger vocabulary, each time with another word behind it.
const ENDINGS: [&str; 5] = ["scheme", "work", "offer", "plan", "service"];

#[test]
fn a_text_is_scored_without_allocating() {
    let model = TextModel::embedded();
    let mut scratch = Scratch::default();
    let mut score = || TEXTS.map(|text| black_box(model.score(text, &mut scratch)));
    // The buffers grow to what the longest text needs.
    score();
    let counted = measure(|| {
        score();
    });
    assert_eq!(counted.count_total, 0, "{counted:?}");
}

#[test]
fn a_name_that_is_compared_costs_no_allocation() {
    let few = (**Vocabulary::embedded()).clone();
    let mut many = few.clone();
    for change in &mut many.changes {
        let longer = change.aliases.iter().flat_map(|alias| ENDINGS.map(|ending| format!("{alias} {ending}")));
        let longer: Vec<String> = longer.collect();
        change.aliases.extend(longer);
    }
    let added: usize = many.changes.iter().zip(&few.changes).map(|(a, b)| a.aliases.len() - b.aliases.len()).sum();
    assert!(added > 1_000, "{added} names more");
    let (few, many) = (Matcher::new(Arc::new(few)), Matcher::new(Arc::new(many)));
    for text in TEXTS {
        let counted = |matcher: &Matcher| {
            let rank = || {
                black_box(matcher.rank(text));
            };
            rank();
            measure(rank).count_total
        };
        // Lists of candidates double their room a few times more.
        let (few, many) = (counted(&few), counted(&many));
        assert!(many <= few + 8, "{text}: {few} allocations with few names, {many} with many");
    }
}
