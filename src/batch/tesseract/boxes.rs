//! Boxes of words as a font gives them: those that Tesseract tells enclose the ink.
//!
//! A word of low letters is then lower than its neighbours, one with a "g" or with a speck below it higher. What reads tables
//! compares heights and gaps: so words of a line get its size, lines of nearly one size the same, and boxes reach from above
//! capitals to below a "g".

use crate::model::page::Word;

/// Heights above the line that letters stand on, and depths below it, in shares of the size of the font (of the usual fonts,
/// which differ by some hundredths).
const HIGH: f64 = 0.74;
const LOW: f64 = 0.55;
const DEEP: f64 = 0.21;
const COMMA: f64 = 0.13;

/// Where boxes end above and below that line, in the same shares.
const ABOVE: f64 = 0.88;
const BELOW: f64 = 0.24;

/// How far a word's foot may lie from that of its line, in the same shares: lines are a little askew.
const ASKEW: f64 = 0.2;

/// Words of fewer letters tell little about their size.
const LETTERS: usize = 3;

/// Lines whose sizes differ by less than this share have one; of lines of few words the size is told less well.
const SAME: f64 = 0.15;
const SAME_OF_FEW: f64 = 0.35;
const FEW: usize = 3;

/// How much of a difference in size the width of letters must show.
const AS_WIDE: f64 = 0.4;

/// How high and deep the ink of `text` is in shares of the size of its font.
fn reach(text: &str) -> (f64, f64) {
    let high = text.chars().any(|c| c.is_uppercase() || c.is_numeric() || !c.is_alphabetic() && !".,-:_~".contains(c));
    let high = high || text.contains(['b', 'd', 'f', 'h', 'i', 'j', 'k', 'l', 't']);
    let deep = text.contains(['g', 'j', 'p', 'q', 'y', '(', ')', '[', ']', '{', '}', '|', '/']);
    let down = if deep {
        DEEP
    } else if text.contains([',', ';']) {
        COMMA
    } else {
        0.0
    };
    (if high { HIGH } else { LOW }, down)
}

/// What the ink of a word tells: the size of its font, and where the line runs that its letters stand on.
fn told(word: &Word) -> (f64, f64) {
    let (up, down) = reach(&word.text);
    let size = (word.bbox.y1 - word.bbox.y0) / (up + down);
    (size, word.bbox.y1 - down * size)
}

fn middle(mut of: Vec<f64>) -> Option<f64> {
    of.sort_by(f64::total_cmp);
    of.get(of.len() / 2).copied()
}

/// The sizes of those of `words` that tell them.
fn sizes(words: &[Word]) -> Vec<f64> {
    let tells = |word: &&Word| word.text.chars().filter(|c| c.is_alphanumeric()).count() >= LETTERS;
    words.iter().filter(tells).map(|word| told(word).0).collect()
}

/// The usual width of a letter.
fn widths(words: &[Word]) -> Option<f64> {
    let width =
        |word: &Word| (word.bbox.x1 - word.bbox.x0) / f64::from(u32::try_from(word.text.chars().count()).unwrap_or(1).max(1));
    middle(words.iter().map(width).collect())
}

/// Gives `words`, whose lines are as long as `lengths` say, boxes and sizes as their font has them.
pub(super) fn put_right(words: &mut [Word], lengths: &[usize]) {
    let usual = middle(sizes(words)).or_else(|| middle(words.iter().map(|word| told(word).0).collect()));
    // Words without height tell no size, and shares of it would be none.
    let Some(usual) = usual.filter(|usual| *usual > 0.0) else { return };
    let usual_width = widths(words);
    let mut from = 0;
    for &length in lengths {
        let Some(line) = words.get_mut(from..from + length) else { return };
        from += length;
        let own = sizes(line);
        let same = if own.len() < FEW { SAME_OF_FEW } else { SAME };
        // Letters of another size are wider or narrower too; those beside specks are not.
        let ratio = widths(line).zip(usual_width).map_or(1.0, |(own, usual)| own / usual);
        let differs = |own: &f64| {
            let by = own / usual - 1.0;
            by.abs() > same && (ratio - 1.0) / by > AS_WIDE
        };
        let size = middle(own).filter(differs).unwrap_or(usual);
        put_line_right(line, size);
    }
}

fn put_line_right(line: &mut [Word], size: f64) {
    let Some(foot) = middle(line.iter().map(|word| told(word).1).collect()) else { return };
    for word in line {
        let (up, down) = reach(&word.text);
        // A speck makes a word higher or deeper than its letters; its middle moves least.
        let centre = word.bbox.y0.midpoint(word.bbox.y1);
        let own = centre + (up - down) / 2.0 * size;
        let foot = if (own - foot).abs() < ASKEW * size { own } else { foot };
        word.size = size;
        (word.bbox.y0, word.bbox.y1) = (foot - ABOVE * size, foot + BELOW * size);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::location::Rect;

    fn word(text: &str, x: f64, y0: f64, y1: f64) -> Word {
        Word { confidence: Some(0.9), ..Word::plain(text, Rect { x0: x, y0, x1: x + 20.0, y1 }, y1 - y0) }
    }

    #[test]
    fn words_of_a_line_are_of_one_height() {
        // "sees" is low, "beds" high, "single" has a tail, and there is a speck below "agree".
        let mut words = [
            word("sees", 0.0, 21.9, 27.4),
            word("beds", 30.0, 20.0, 27.4),
            word("single", 60.0, 20.0, 29.5),
            word("agree", 90.0, 21.9, 33.0),
        ];
        put_right(&mut words, &[4]);
        assert!(words.iter().all(|word| (word.size - 10.0).abs() < 0.2), "{words:?}");
        assert!(words.iter().all(|word| (word.bbox.y0 - words[0].bbox.y0).abs() < 2.0), "{words:?}");
    }

    #[test]
    fn a_heading_stays_larger() {
        let mut large = word("Reablement", 0.0, 0.0, 14.8);
        large.bbox.x1 = 100.0;
        let mut words = [large, word("Beds", 0.0, 20.0, 27.4), word("Hub", 30.0, 20.0, 27.4)];
        put_right(&mut words, &[1, 2]);
        assert!(words[0].size > 19.0 && words[1].size < 10.5, "{words:?}");
    }

    #[test]
    fn words_without_height_take_none_from_others() {
        let mut words = [word("sees", 0.0, 5.0, 5.0), word("beds", 30.0, 5.0, 5.0), word("Hub", 0.0, 20.0, 27.4)];
        let before = words.clone().map(|word| word.bbox);
        put_right(&mut words, &[2, 1]);
        assert_eq!(words.map(|word| word.bbox), before);
    }
}
