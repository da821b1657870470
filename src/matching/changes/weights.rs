//! The learned weights: as the training program writes them, a line a feature, and packed as the program carries them.

use std::borrow::Cow;

use super::features::Lexicon;
use super::features::Spellings;
use super::features::feature_hash;
use super::features::is_stem;
use super::packed::Cursor;
use super::packed::Cut;
use super::packed::Keys;
use super::packed::chunk;

/// The classes: 0 is outside the model, 1 to 8 are the changes.
pub const CLASSES: usize = 9;

/// One unit of weight in the file.
pub const WEIGHT_UNIT: f64 = 0.01;

/// Size of a feature's rarity and weights, packed, in bytes.
const ROW: usize = size_of::<f32>() + CLASSES * size_of::<i16>();

/// What the logits of a text are multiplied with so that the probabilities are right as often as they say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// The factor for a text with one known feature.
    pub sharpness: f64,
    /// The power of the number of known features that it is divided by: a long row speaks of more than its own change.
    pub fading: f64,
}

impl Calibration {
    /// Leaves the logits as they are.
    pub const NONE: Self = Self { sharpness: 1.0, fading: 0.0 };

    /// The factor for a text with `known` features.
    #[must_use]
    pub fn factor(self, known: usize) -> f64 {
        self.sharpness * count(known).powf(-self.fading)
    }
}

/// As a number to reckon with, at least 1.
fn count(known: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a text has far fewer than 2^52 features")]
    let known = known.max(1) as f64;
    known
}

/// What a feature says, and its share of a text's length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Row {
    /// How rare the feature is: a rare one tells more, and fills more of the text.
    pub rarity: f32,
    /// In units of [`WEIGHT_UNIT`], the rarity multiplied in.
    pub classes: [f32; CLASSES],
}

/// The learned weights.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    bytes: Cow<'static, [u8]>,
    features: Keys,
    rows: usize,
    pub(super) bias: [f64; CLASSES],
    pub(super) calibration: Calibration,
}

impl Weights {
    /// Packs weights as the training program writes them: lines `# name<TAB>value…` for the constants `bias` and `calibration`, then
    /// a feature, its rarity and its nine weights on each line, tab between; a feature without weights is a word that is known but
    /// says nothing. Fields that are missing or no numbers count as 0.
    pub(crate) fn pack(tsv: &str) -> Vec<u8> {
        let mut bias = [0.0; CLASSES];
        let mut calibration = Calibration::NONE;
        let mut stems = Vec::new();
        let mut rows = Vec::new();
        for line in tsv.lines() {
            let (name, rest) = line.split_once('\t').unwrap_or((line, ""));
            let mut fields = rest.split('\t');
            match name {
                "# bias" => bias = std::array::from_fn(|_| number(fields.next())),
                "# calibration" => calibration = Calibration { sharpness: number(fields.next()), fading: number(fields.next()) },
                _ if name.starts_with('#') || name.is_empty() => {}
                _ => {
                    stems.extend(is_stem(name).then_some(name));
                    let mut row = number::<f32>(fields.next()).to_le_bytes().to_vec();
                    (0..CLASSES).for_each(|_| row.extend(number::<i16>(fields.next()).to_le_bytes()));
                    rows.push((feature_hash(name), row));
                }
            }
        }
        rows.sort_by_key(|(hash, _)| *hash);
        rows.dedup_by_key(|(hash, _)| *hash);
        let mut out = Vec::new();
        bias.into_iter().chain([calibration.sharpness, calibration.fading]).for_each(|value| out.extend(value.to_le_bytes()));
        let keys: Vec<u64> = rows.iter().map(|(hash, _)| *hash).collect();
        Keys::pack(&keys, &mut out);
        rows.iter().for_each(|(_, row)| out.extend(row));
        Spellings::pack(stems.iter().copied(), &mut out);
        out
    }

    /// Finds the parts of packed weights, and the words that they know.
    ///
    /// # Errors
    /// The bytes end too early.
    pub(super) fn read(bytes: Cow<'static, [u8]>) -> Result<(Self, Lexicon), Cut> {
        let mut cursor = Cursor::default();
        let mut values = [0.0; CLASSES + 2];
        for value in &mut values {
            *value = f64::from_le_bytes(cursor.take(&bytes)?);
        }
        let [bias @ .., sharpness, fading] = values;
        let features = Keys::read(&bytes, &mut cursor)?;
        let rows = cursor.skip(&bytes, features.len(), ROW)?;
        let lexicon = Lexicon::of(Spellings::read(bytes.clone(), &mut cursor)?);
        Ok((Self { bytes, features, rows, bias, calibration: Calibration { sharpness, fading } }, lexicon))
    }

    /// How many features have weights.
    pub(super) fn len(&self) -> usize {
        self.features.len()
    }

    /// The position of a feature and what it says.
    pub(super) fn get(&self, feature: u64) -> Option<(usize, Row)> {
        let at = self.features.position(&self.bytes, feature)?;
        let row: [u8; ROW] = chunk(&self.bytes, self.rows + at * ROW)?;
        let (rarity, classes) = row.split_first_chunk()?;
        let (classes, _) = classes.as_chunks();
        let mut weights = classes.iter().map(|weight| f32::from(i16::from_le_bytes(*weight)));
        let classes = std::array::from_fn(|_| weights.next().unwrap_or_default());
        Some((at, Row { rarity: f32::from_le_bytes(*rarity), classes }))
    }
}

/// The number in a field; 0 where there is none.
fn number<T: std::str::FromStr + Default>(field: Option<&str>) -> T {
    field.and_then(|field| field.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_as_they_were_written() {
        let tsv = "# bias\t1\t2\n# calibration\t1.5\t0.1\nward\t5.5\t-909\t264\nhome ward\t6\nhome\t2\n";
        let bytes = Weights::pack(tsv);
        let (weights, lexicon) = Weights::read(bytes.clone().into()).expect("what was just packed");
        assert!((weights.bias[0] - 1.0).abs() < 1e-12 && weights.bias[2] == 0.0);
        assert_eq!(weights.calibration, Calibration { sharpness: 1.5, fading: 0.1 });
        let (_, ward) = weights.get(feature_hash("ward")).expect("a feature");
        assert_eq!((ward.rarity, ward.classes[..3].to_vec()), (5.5, vec![-909.0, 264.0, 0.0]));
        assert!(weights.get(feature_hash("home ward")).is_some() && weights.get(feature_hash("ward home")).is_none());
        assert!(lexicon.knows("wards") && !lexicon.knows("hospital"));
        for end in 0..bytes.len() {
            assert!(Weights::read(bytes[..end].to_vec().into()).is_err(), "{end}");
        }
    }
}
