//! Learns the weights: features of phrases, multinomial logistic regression with complement naive Bayes, the file of weights.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::fmt::Write as _;

use hicm::matching::changes::features::Cut;
use hicm::matching::changes::features::Lexicon;
use hicm::matching::changes::features::STRANGE;
use hicm::matching::changes::features::Scratch;
use hicm::matching::changes::features::feature_hash;
use hicm::matching::changes::features::is_stem;
use hicm::matching::changes::features::root_name;
use hicm::matching::changes::text::CLASSES;
use hicm::matching::changes::text::Calibration;
use hicm::matching::changes::text::WEIGHT_UNIT;
use hicm::matching::changes::text::log_softmax;

use super::draw::Draw;
use super::phrases::Phrase;

/// A word or pair of words that stands in fewer phrases is left out.
const LEAST_PHRASES: usize = 2;
/// How strongly weights are drawn to 0, for the summed loss. Chosen by cross-validation among 0.02 to 0.4.
const L2: f64 = 0.05;
/// How much the weights of complement naive Bayes count beside those of the regression, and what it adds to each count.
const GENERATIVE: f64 = 0.7;
const SMOOTHING: f64 = 0.3;
/// Weights, in file units, below which a feature is left out of the file.
const LEAST_WEIGHT: f64 = 30.0;
/// How many of the phrases that stand in any row a longer text holds.
pub(super) const ASIDES: usize = 2;
/// Steps of the optimiser, and how many it remembers.
const STEPS: usize = 150;
const MEMORY: usize = 8;

/// A text as positions of its features with what they count, the squares of which sum to 1, and its class.
struct Example {
    class: usize,
    features: Vec<(u32, f64)>,
}

/// `phrases` with, for each, a longer text of it, one to three others of its class and some of `asides`: rows are often longer
/// than phrases, and hold words that tell nothing.
pub(super) fn with_long_texts(phrases: &[&Phrase], asides: &[String]) -> Vec<Phrase> {
    let asides: Vec<&str> = asides.iter().map(String::as_str).collect();
    let mut by_class = vec![Vec::new(); CLASSES];
    for phrase in phrases {
        by_class[phrase.class].push(phrase.text.as_str());
    }
    let mut draw = Draw(1);
    let mut out: Vec<Phrase> = phrases.iter().map(|p| Phrase { class: p.class, text: p.text.clone() }).collect();
    for phrase in phrases {
        let mut parts = vec![phrase.text.as_str()];
        for _ in 0..=draw.below(3) {
            parts.push(draw.one_of(&by_class[phrase.class]));
        }
        parts.extend((0..ASIDES).map(|_| draw.one_of(&asides)));
        out.push(Phrase { class: phrase.class, text: parts.join(". ") });
    }
    out
}

/// Learns from `phrases`; returns the model as the text of its file.
pub(super) fn train(phrases: &[&Phrase], asides: &[String], calibration: Calibration) -> Result<String, Cut> {
    let all = stems_by_use(phrases)?;
    let known = all.iter().filter(|(_, n)| *n >= LEAST_PHRASES).map(|(stem, _)| stem.as_str());
    let lexicon = Lexicon::new(known.clone())?;
    let roots = all.iter().filter_map(|(stem, _)| root_name(stem));
    let strange = STRANGE.iter().map(|name| (*name).to_owned());
    let name_of: HashMap<u64, String> =
        known.map(str::to_owned).chain(roots).chain(strange).map(|name| (feature_hash(&name), name)).collect();
    let texts = with_long_texts(phrases, asides);
    let mut scratch = Scratch::default();
    let named: Vec<Vec<String>> = texts.iter().map(|t| names(&lexicon, &name_of, &t.text, &mut scratch)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in named.iter().take(phrases.len()).flatten() {
        *counts.entry(name).or_default() += 1;
    }
    let kept: Vec<String> = counts.iter().filter(|(_, n)| **n >= LEAST_PHRASES).map(|(name, _)| (*name).to_owned()).collect();
    let position: HashMap<&str, u32> = kept.iter().zip(0..).map(|(name, i)| (name.as_str(), i)).collect();
    let positions: Vec<Vec<u32>> =
        named.iter().map(|names| names.iter().filter_map(|name| position.get(name.as_str()).copied()).collect()).collect();
    let rarities = rarities(&positions, kept.len());
    let example = |(text, features): (&Phrase, &Vec<u32>)| example(text.class, features, &rarities);
    let examples: Vec<Example> = texts.iter().zip(&positions).map(example).collect();
    let mut parameters = minimise(&examples, kept.len());
    let generative = complement_bayes(&examples, kept.len());
    parameters.iter_mut().zip(generative).for_each(|(weight, more)| *weight += GENERATIVE * more);
    Ok(write_model(&kept, &rarities, &parameters, calibration))
}

/// How rare each of `features` features is: one more than the logarithm of how many texts there are for each that has it.
fn rarities(texts: &[Vec<u32>], features: usize) -> Vec<f64> {
    let mut counts = vec![0_usize; features];
    texts.iter().flatten().for_each(|feature| counts[*feature as usize] += 1);
    counts.iter().map(|count| 1.0 + ((1.0 + texts.len() as f64) / (1.0 + *count as f64)).ln()).collect()
}

fn example(class: usize, features: &[u32], rarities: &[f64]) -> Example {
    let of = |feature: &u32| rarities[*feature as usize];
    let length = features.iter().map(|feature| of(feature) * of(feature)).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    Example { class, features: features.iter().map(|feature| (*feature, of(feature) / length)).collect() }
}

/// The weights of complement naive Bayes (Rennie and others, 2003): how much rarer a feature is in the other classes. They say
/// less than those of the regression where much was learned, and more where little was.
fn complement_bayes(examples: &[Example], features: usize) -> Vec<f64> {
    let mut counts = vec![[0.0; CLASSES]; features];
    for example in examples {
        example.features.iter().for_each(|(feature, value)| counts[*feature as usize][example.class] += value);
    }
    let others = |row: &[f64; CLASSES]| {
        let all: f64 = row.iter().sum();
        row.map(|own| all - own + SMOOTHING)
    };
    let mut totals = [0.0; CLASSES];
    counts.iter().for_each(|row| totals.iter_mut().zip(others(row)).for_each(|(total, count)| *total += count));
    let weigh = |row: &[f64; CLASSES]| {
        let rare: Vec<f64> = others(row).iter().zip(totals).map(|(count, total)| -(count / total).ln()).collect();
        let mean = rare.iter().sum::<f64>() / CLASSES as f64;
        rare.into_iter().map(move |weight| weight - mean)
    };
    counts.iter().flat_map(weigh).collect()
}

/// The stems with the numbers of phrases that they stand in, commonest first.
fn stems_by_use(phrases: &[&Phrase]) -> Result<Vec<(String, usize)>, Cut> {
    let lexicon = Lexicon::new(std::iter::empty())?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for phrase in phrases {
        let mut stems = lexicon.stems(&phrase.text);
        stems.sort_unstable();
        stems.dedup();
        for stem in stems {
            *counts.entry(stem).or_default() += 1;
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(counts)
}

/// The names of the features of `text`, each once: stems and roots that `name_of` holds, and pairs of such stems.
fn names(lexicon: &Lexicon, name_of: &HashMap<u64, String>, text: &str, scratch: &mut Scratch) -> Vec<String> {
    lexicon.extract(text, scratch);
    let stems: Vec<Option<&String>> = scratch.stem_hashes().map(|hash| name_of.get(&hash)).collect();
    let mut names: Vec<String> = scratch.features().iter().filter_map(|f| name_of.get(&f.hash).cloned()).collect();
    names.extend(stems.windows(2).filter_map(|pair| Some(format!("{} {}", pair[0]?, pair[1]?))));
    names.sort_unstable();
    names.dedup();
    names
}

/// The loss of `parameters` (nine weights a feature, then nine biases) and its gradient.
fn loss(examples: &[Example], parameters: &[f64], gradient: &mut [f64]) -> f64 {
    let bias = parameters.len() - CLASSES;
    let mut total = 0.0;
    for (slope, value) in gradient.iter_mut().zip(&parameters[..bias]) {
        *slope = L2 * value;
        total += 0.5 * L2 * value * value;
    }
    gradient[bias..].fill(0.0);
    for example in examples {
        let mut logits: [f64; CLASSES] = std::array::from_fn(|class| parameters[bias + class]);
        for (feature, value) in &example.features {
            let row = *feature as usize * CLASSES;
            for (logit, weight) in logits.iter_mut().zip(&parameters[row..row + CLASSES]) {
                *logit += value * weight;
            }
        }
        let log_probability = log_softmax(logits);
        total -= log_probability[example.class];
        let mut error = log_probability.map(f64::exp);
        error[example.class] -= 1.0;
        for (feature, value) in &example.features {
            let row = *feature as usize * CLASSES;
            for (slope, error) in gradient[row..row + CLASSES].iter_mut().zip(error) {
                *slope += value * error;
            }
        }
        gradient[bias..].iter_mut().zip(error).for_each(|(slope, error)| *slope += error);
    }
    total
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The parameters of least loss, by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5) from 0.
fn minimise(examples: &[Example], features: usize) -> Vec<f64> {
    let mut at = vec![0.0; (features + 1) * CLASSES];
    let mut gradient = vec![0.0; at.len()];
    let mut value = loss(examples, &at, &mut gradient);
    let mut memory: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..STEPS {
        let direction = descent(&gradient, &memory);
        let slope = dot(&direction, &gradient);
        let mut length = if memory.is_empty() { 1.0 / dot(&gradient, &gradient).sqrt() } else { 1.0 };
        let mut next_gradient = vec![0.0; at.len()];
        let (next, next_value) = loop {
            let next: Vec<f64> = at.iter().zip(&direction).map(|(x, d)| x + length * d).collect();
            let next_value = loss(examples, &next, &mut next_gradient);
            if next_value <= value + 1e-4 * length * slope || length < 1e-10 {
                break (next, next_value);
            }
            length *= 0.5;
        };
        let step: Vec<f64> = next.iter().zip(&at).map(|(a, b)| a - b).collect();
        let change: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let done = (value - next_value).abs() < 1e-7 * value;
        if dot(&step, &change) > 1e-12 {
            memory.push((step, change));
        }
        if memory.len() > MEMORY {
            memory.remove(0);
        }
        (at, gradient, value) = (next, next_gradient, next_value);
        if done {
            break;
        }
    }
    at
}

/// The direction to go in, from the gradient and the last steps with the changes of the gradient over them.
fn descent(gradient: &[f64], memory: &[(Vec<f64>, Vec<f64>)]) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::new();
    for (step, change) in memory.iter().rev() {
        let share = dot(step, &direction) / dot(step, change);
        direction.iter_mut().zip(change).for_each(|(d, c)| *d -= share * c);
        shares.push(share);
    }
    if let Some((step, change)) = memory.last() {
        let scale = dot(step, change) / dot(change, change);
        for d in &mut direction {
            *d *= scale;
        }
    }
    for ((step, change), share) in memory.iter().zip(shares.iter().rev()) {
        let back = share - dot(change, &direction) / dot(step, change);
        direction.iter_mut().zip(step).for_each(|(d, s)| *d += back * s);
    }
    direction
}

/// The file: constants, then features in alphabetical order, each with its rarity. A word stays even without weights, since a known word is not
/// to be read as a misspelling of another; a root or a pair that says little goes.
fn write_model(names: &[String], rarities: &[f64], parameters: &[f64], calibration: Calibration) -> String {
    let bias = parameters.len() - CLASSES;
    let mut out = String::from("# Learned by examples/train_text_model from training/phrases.tsv; not to be edited.\n");
    let constants: Vec<String> = parameters[bias..].iter().map(|b| format!("{b:.4}")).collect();
    let Calibration { sharpness, fading } = calibration;
    let _ = writeln!(out, "# bias\t{}\n# calibration\t{sharpness:.4}\t{fading:.4}", constants.join("\t"));
    for ((name, rarity), row) in names.iter().zip(rarities).zip(parameters.chunks(CLASSES)) {
        let weights: Vec<f64> = row.iter().map(|weight| (weight * rarity / WEIGHT_UNIT).round() + 0.0).collect();
        if weights.iter().any(|weight| weight.abs() >= LEAST_WEIGHT) {
            let _ = write!(out, "{name}\t{rarity:.2}");
            for weight in weights {
                let _ = write!(out, "\t{weight}");
            }
            out.push('\n');
        } else if is_stem(name) {
            let _ = writeln!(out, "{name}\t{rarity:.2}");
        }
    }
    out
}
