//! What spoke for and against a change, as bars: each begins where the one above it ends, so that the last end is the sum.

use std::io;
use std::io::Write;

use anstyle::AnsiColor;
use anstyle::Style;

use super::present;
use crate::model::assignment::Signal;
use crate::model::change::ChangeNumber;
use crate::model::vocabulary::Vocabulary;

/// Characters that the bars of one change take up at most.
const BARS: usize = 32;

/// Characters of a signal's words.
const WORDS: usize = 44;

/// Nats that the bars' whole width stands for at least, so that weak signals do not look strong.
const LEAST_SPAN: f64 = 4.0;

const BOLD: Style = Style::new().bold();
const FOR: Style = AnsiColor::Green.on_default();
const AGAINST: Style = AnsiColor::Red.on_default();

/// Writes the signals of each change that `signals` speak of, in their order.
pub(super) fn write(out: &mut dyn Write, signals: &[Signal], vocabulary: &Vocabulary) -> io::Result<()> {
    let mut done: Vec<Option<ChangeNumber>> = Vec::new();
    for signal in signals {
        if !done.contains(&signal.change) {
            let own: Vec<&Signal> = signals.iter().filter(|other| other.change == signal.change).collect();
            write_one(out, signal.change, &own, vocabulary)?;
            done.push(signal.change);
        }
    }
    Ok(())
}

fn write_one(out: &mut dyn Write, change: Option<ChangeNumber>, signals: &[&Signal], vocabulary: &Vocabulary) -> io::Result<()> {
    writeln!(out, "    {BOLD}{}{BOLD:#}", title(change, vocabulary))?;
    let (low, high) = reach(signals);
    let mut at = 0.0;
    for signal in signals {
        let text = signal.text.as_deref().map(present::visible).unwrap_or_default();
        let bar = bar(at, at + signal.weight, low, high);
        let style = if signal.weight < 0.0 { AGAINST } else { FOR };
        let (kind, words, weight) = (present::key(&signal.kind), present::cut(&text, WORDS), signal.weight);
        writeln!(out, "      {kind:10}  {words:WORDS$}  {weight:+6.2}  {style}{bar}{style:#}")?;
        at += signal.weight;
    }
    let bar = bar(0.0, at, low, high);
    writeln!(out, "      {:10}  {:WORDS$}  {at:+6.2}  {bar}", "sum", "")
}

fn title(change: Option<ChangeNumber>, vocabulary: &Vocabulary) -> String {
    let entry = change.and_then(|number| vocabulary.changes.iter().find(|entry| entry.number == number));
    entry.map_or_else(|| "outside the eight".to_owned(), |entry| format!("{} {}", entry.number, entry.name))
}

/// The lowest and the highest sum on the way, 0 among them.
fn reach(signals: &[&Signal]) -> (f64, f64) {
    let (mut low, mut high, mut at) = (0.0_f64, 0.0_f64, 0.0);
    for signal in signals {
        at += signal.weight;
        low = low.min(at);
        high = high.max(at);
    }
    (low, high.max(low + LEAST_SPAN))
}

/// A bar from `from` to `to` on a scale from `low` to `high`, at least one character long.
fn bar(from: f64, to: f64, low: f64, high: f64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a few dozen characters")]
    let scale = BARS as f64 / (high - low);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the width of the bars")]
    let place = |value: f64| ((value - low) * scale).round().max(0.0) as usize;
    let (start, end) = (place(from.min(to)), place(from.max(to)));
    format!("{}{}", " ".repeat(start), "█".repeat(end.saturating_sub(start).max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assignment::SignalKind;

    fn signal(weight: f64) -> Signal {
        Signal { kind: SignalKind::Words, text: None, change: ChangeNumber::new(3), weight }
    }

    #[test]
    fn a_bar_begins_where_the_last_one_ends() {
        let signals = [signal(6.0), signal(-2.0)];
        let mut out = Vec::new();
        write(&mut out, &signals, Vocabulary::embedded()).expect("memory");
        let text = anstream::adapter::strip_str(&String::from_utf8(out).expect("UTF-8")).to_string();
        let bars: Vec<(usize, usize)> = text
            .lines()
            .filter(|line| line.contains('█'))
            .map(|line| {
                let chars: Vec<char> = line.chars().collect();
                let first = chars.iter().position(|c| *c == '█').unwrap_or(0);
                (first, first + chars.iter().filter(|c| **c == '█').count())
            })
            .collect();
        let [first, second, sum] = bars[..] else { panic!("{text}") };
        assert_eq!(second.1, first.1);
        assert_eq!((sum.0, sum.1), (first.0, second.0));
    }
}
