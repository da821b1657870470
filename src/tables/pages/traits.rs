//! What holds for a whole document: the size of its running text, the sizes of its headings, how its lines break.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::hash::Hasher;

use rustc_hash::FxHashSet;
use rustc_hash::FxHasher;

use crate::model::page::Direction;
use crate::model::page::Page;
use crate::model::page::Word;
use crate::model::recognise::KnowsWords;

use super::broken::WholeWords;
use super::starts::Starts;
use super::text;

/// What holds for a whole document.
pub(super) struct Traits<'v> {
    /// The size of font that most characters have, in points.
    pub body: f64,
    /// Larger sizes, the largest first, in half points.
    pub larger: Vec<u32>,
    /// How far apart lines stand that a text runs over, in sizes of font; none where no line goes on in lower case.
    pub pitch: Option<f64>,
    /// How its lines break.
    pub breaking: Breaking<'v>,
    /// A page of it has cards.
    pub cards: bool,
    /// Where its columns begin.
    pub starts: Starts,
    /// Hashes of short texts that stand in it again, with a gap behind them: the labels of forms.
    recurring: FxHashSet<u64>,
}

/// How the lines of a document break.
pub(super) struct Breaking<'v> {
    /// Words are parted at syllables all over the document, so a hyphen at a line end is not part of the word.
    pub hyphenates: bool,
    /// What tells words that were broken without a hyphen.
    pub words: WholeWords<'v>,
}

/// A font this many times the size of running text is that of a heading.
const LARGER: f64 = 1.12;

/// Lines of one text are nearer to each other, in sizes of font from one to the next.
const PITCH: f64 = 2.2;

/// A label of a form has at most this many words.
const LABEL_WORDS: usize = 8;

/// Headings have at most this many levels by size.
const LEVELS: usize = 5;

impl<'v> Traits<'v> {
    /// Looks at all words of `pages`; `known` are the words of the vocabulary.
    pub(super) fn of<'p>(pages: impl Iterator<Item = &'p Page>, known: &'v dyn KnowsWords) -> Self {
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
        let (mut ends, mut hyphens) = (0_usize, 0_usize);
        let (mut seen, mut recurring) = (FxHashSet::default(), FxHashSet::default());
        let mut words = WholeWords::new(known);
        let mut pitches: Vec<f64> = Vec::new();
        for page in pages {
            words.see(page);
            for word in &page.words {
                *sizes.entry(half_points(word.size)).or_default() += word.text.chars().count();
            }
            for run in page.words.chunk_by(goes_on).filter(|run| run.len() <= LABEL_WORDS) {
                let label = hash(run.iter().map(|word| word.text.as_str()));
                if !seen.insert(label) {
                    recurring.insert(label);
                }
            }
            for pair in page.words.windows(2) {
                let (word, next) = (&pair[0], &pair[1]);
                if word.direction == Direction::Right && next.bbox.x0 < word.bbox.x0 && next.bbox.y0 > word.bbox.y0 {
                    ends += 1;
                    hyphens += usize::from(text::ends_in_hyphen(&word.text));
                    let lower = next.text.starts_with(char::is_lowercase) && half_points(next.size) == half_points(word.size);
                    pitches.extend(lower.then(|| (next.bbox.y1 - word.bbox.y1) / word.size));
                }
            }
        }
        // What is further apart does not stand in one text.
        pitches.retain(|pitch| (0.9..PITCH).contains(pitch));
        pitches.sort_by(f64::total_cmp);
        let pitch = pitches.get(pitches.len() * 9 / 10).copied();
        let most = sizes.iter().max_by_key(|(size, count)| (**count, **size)).map_or(20, |(size, _)| *size);
        let body = f64::from(most) / 2.0;
        let larger = sizes.keys().rev().copied().filter(|size| f64::from(*size) >= LARGER * 2.0 * body).take(LEVELS).collect();
        Self {
            body,
            larger,
            pitch,
            breaking: Breaking { hyphenates: hyphens >= 5 && hyphens * 40 > ends, words },
            cards: false,
            starts: Starts::default(),
            recurring,
        }
    }

    /// Whether a short text of these words stands in the document again.
    pub(super) fn recurs<'w>(&self, words: impl Iterator<Item = &'w str>) -> bool {
        self.recurring.contains(&hash(words))
    }

    /// The level of a heading in letters of `size`, 1 the highest; in the size of running text it comes after all larger ones.
    pub(super) fn level(&self, size: f64) -> u8 {
        let above = self.larger.iter().filter(|larger| **larger > half_points(size)).count();
        u8::try_from(above + 1).unwrap_or(6).min(6)
    }

    /// Whether letters of `size` are larger than running text.
    pub(super) fn is_larger(&self, size: f64) -> bool {
        size >= LARGER * self.body
    }
}

/// Whether two words stand beside each other in one text.
fn goes_on(word: &Word, next: &Word) -> bool {
    (word.bbox.y1 - next.bbox.y1).abs() < 0.3 * word.size && (-1.0..word.size).contains(&(next.bbox.x0 - word.bbox.x1))
}

fn hash<'w>(words: impl Iterator<Item = &'w str>) -> u64 {
    let mut hasher = FxHasher::default();
    words.for_each(|word| word.hash(&mut hasher));
    hasher.finish()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to sizes that fonts have")]
fn half_points(size: f64) -> u32 {
    (size * 2.0).round().clamp(0.0, 2000.0) as u32
}
