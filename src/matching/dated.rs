//! Headers with the time that their column is about: "Update October 2017", "Sept 17 position", "Actions for next quarter",
//! "Priorities for 2022-23".

use crate::model::cells::names_month;

/// Words that lead from a header to its date.
const LINKS: [&str; 11] = ["as", "at", "of", "on", "in", "to", "for", "end", "the", "during", "over"];

/// Words that tell a period from the one in which a header was written.
const FROM_NOW: [&str; 7] = ["next", "this", "last", "previous", "current", "coming", "following"];

/// What such periods are of.
const SPANS: [&str; 9] = ["year", "quarter", "month", "months", "week", "weeks", "period", "winter", "qtr"];

/// A folded header without the year, the quarter or the period counted from now that closes it.
pub(super) fn without_period(folded: &str) -> Option<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    let first = words.len() - period_length(&words)?;
    let links = words[..first].iter().rev().take_while(|word| LINKS.contains(word)).count();
    let rest = &words[..first - links];
    (!rest.is_empty()).then(|| rest.join(" "))
}

/// How many words at the end of `words` name a period.
fn period_length(words: &[&str]) -> Option<usize> {
    let (last, before) = words.split_last()?;
    if SPANS.contains(last) {
        let counted = usize::from(before.last().is_some_and(|word| word.parse::<u8>().is_ok()));
        let from_now = before.iter().rev().nth(counted).is_some_and(|word| FROM_NOW.contains(word));
        return from_now.then_some(counted + 2);
    }
    let digits = |word: &&str, lengths: &[usize]| lengths.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let year = match before.last() {
        Some(first) if digits(first, &[2, 4]) && digits(last, &[2, 4]) => 2,
        _ => usize::from(digits(last, &[4])),
    };
    let quarter = match words[..words.len() - year] {
        [.., word] if word.len() == 2 && word.starts_with('q') && word.ends_with(['1', '2', '3', '4']) => 1,
        [.., "quarter" | "qtr", "1" | "2" | "3" | "4"] => 2,
        _ => 0,
    };
    (year + quarter > 0).then_some(year + quarter)
}

/// A folded header without the month that closes or opens it and the day and year beside that; `None` where there is none, or
/// nothing else.
pub(super) fn undated(folded: &str) -> Option<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    if let Some(day) = words.len().checked_sub(3).filter(|at| is_day(&words[*at..])) {
        let links = words[..day].iter().rev().take_while(|word| LINKS.contains(word)).count();
        let rest = &words[..day - links];
        return (!rest.is_empty()).then(|| rest.join(" "));
    }
    let month = words.iter().position(|word| names_month(word))?;
    let is_number = |word: &&str| matches!(word.len(), 1 | 2 | 4) && word.bytes().all(|b| b.is_ascii_digit());
    let mut first = month;
    while first > 0 && (is_number(&words[first - 1]) || LINKS.contains(&words[first - 1])) {
        first -= 1;
    }
    let behind = words.iter().skip(month + 1).take_while(|word| is_number(word)).count();
    let last = month + behind;
    let rest = if last + 1 == words.len() {
        &words[..first]
    } else if first == 0 {
        &words[last + 1..]
    } else {
        return None;
    };
    // "Complete by March" is when, "Level by March" what.
    let rest = if last + 1 == words.len() { without_by(rest).unwrap_or(rest) } else { rest };
    (!rest.is_empty()).then(|| rest.join(" "))
}

/// "1 9 16", "01 09 2016": a day, its month and its year.
fn is_day(words: &[&str]) -> bool {
    let number =
        |word: &str, most: u32| (1..=2).contains(&word.len()) && word.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n));
    let year = |word: &str| matches!(word.len(), 2 | 4) && word.bytes().all(|b| b.is_ascii_digit());
    matches!(words, [day, month, of] if number(day, 31) && number(month, 12) && year(of))
}

/// Whether a folded header is of a level to be reached by some month: "Level by March 2019".
pub(super) fn is_level_by(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    let month = words.iter().position(|word| names_month(word));
    let by = month.and_then(|month| words.get(..month)?.iter().rposition(|word| *word == "by"));
    by.is_some_and(|by| without_by(&words[..=by]).is_some())
}

/// A header of levels without the "by" at its end.
fn without_by<'w, 't>(words: &'w [&'t str]) -> Option<&'w [&'t str]> {
    let (last, rest) = words.split_last()?;
    let of_level = rest.iter().any(|word| matches!(*word, "level" | "maturity"));
    (*last == "by" && of_level).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_of_a_header_is_taken_off() {
        let left = |text: &str| without_period(text);
        assert_eq!(left("priorities for 2022 23").as_deref(), Some("priorities"));
        assert_eq!(left("actions 2018 2019").as_deref(), Some("actions"));
        assert_eq!(left("progress to q3 2018").as_deref(), Some("progress"));
        assert_eq!(left("progress in quarter 3").as_deref(), Some("progress"));
        assert_eq!(left("action for next quarter").as_deref(), Some("action"));
        assert_eq!(left("actions for the next 12 months").as_deref(), Some("actions"));
        assert_eq!(left("2018 19"), None);
        assert_eq!(left("actions for the year"), None);
        assert_eq!(left("change 4"), None);
    }

    #[test]
    fn the_date_of_a_header_is_taken_off() {
        let left = |text: &str| undated(text);
        assert_eq!(left("update october 2017").as_deref(), Some("update"));
        assert_eq!(left("position as at 5 sept 17").as_deref(), Some("position"));
        assert_eq!(left("dec 17 update").as_deref(), Some("update"));
        assert_eq!(left("position at 1 9 16").as_deref(), Some("position"));
        assert_eq!(left("actions 1 40 16"), None);
        assert_eq!(left("maturity level by end of march 2019").as_deref(), Some("maturity level"));
        assert_eq!(left("complete by march 2019").as_deref(), Some("complete by"));
        assert_eq!(left("october 2017"), None);
        assert_eq!(left("market update"), None);
        assert_eq!(left("progress update"), None);
        assert!(is_level_by("level by march 19") && !is_level_by("complete by march") && !is_level_by("level in march"));
    }
}
