//! Page labels (ISO 32000-1, 12.4.2).

use hayro_syntax::object::Array;
use hayro_syntax::object::Dict;
use hayro_syntax::object::Name;
use hayro_syntax::object::Object;

use crate::readers::numerals::letters;
use crate::readers::numerals::roman;
use crate::readers::pdf::arrays;
use crate::readers::pdf::strings;

/// Levels of a number tree that are followed.
const MAX_DEPTH: u32 = 12;

/// Numbers up to this are written in Roman numerals or letters.
const MAX_NUMERAL: u32 = 10_000;

/// The label of each of `count` pages; empty where the document gives none.
pub(in crate::readers::pdf) fn labels(catalogue: &Dict<'_>, count: usize) -> Vec<String> {
    let Some(tree) = catalogue.get::<Dict<'_>>(b"PageLabels".as_slice()) else {
        return Vec::new();
    };
    let mut ranges = Vec::new();
    collect(&tree, MAX_DEPTH, &mut ranges);
    ranges.retain(|range| range.first < count);
    ranges.sort_by_key(|range| range.first);
    let mut labels = Vec::with_capacity(count);
    for (index, range) in ranges.iter().enumerate() {
        labels.resize(range.first.max(labels.len()), String::new());
        let end = ranges.get(index + 1).map_or(count, |next| next.first);
        for page in labels.len()..end {
            labels.push(range.label(page));
        }
    }
    labels
}

/// Pages that are labelled alike.
struct Range {
    first: usize,
    prefix: String,
    style: Option<u8>,
    start: u32,
}

impl Range {
    fn label(&self, page: usize) -> String {
        let number = self.start.saturating_add(u32::try_from(page - self.first).unwrap_or(u32::MAX));
        let numeral = match self.style {
            Some(b'D') => number.to_string(),
            Some(b'R') => roman(number, MAX_NUMERAL),
            Some(b'r') => roman(number, MAX_NUMERAL).to_lowercase(),
            Some(b'A') => letters(number, MAX_NUMERAL),
            Some(b'a') => letters(number, MAX_NUMERAL).to_lowercase(),
            _ => String::new(),
        };
        format!("{}{numeral}", self.prefix)
    }
}

fn collect(node: &Dict<'_>, depth: u32, ranges: &mut Vec<Range>) {
    if let Some(numbers) = node.get::<Array<'_>>(b"Nums".as_slice()) {
        let items: Vec<Object<'_>> = numbers.iter::<Object<'_>>().collect();
        for pair in items.chunks(2) {
            let [Object::Number(first), Object::Dict(dict)] = pair else { continue };
            let Ok(first) = usize::try_from(first.as_i64()) else { continue };
            let prefix = dict.get::<hayro_syntax::object::String<'_>>(b"P".as_slice());
            ranges.push(Range {
                first,
                prefix: prefix.map(|prefix| strings::text(prefix.as_bytes())).unwrap_or_default(),
                style: dict.get::<Name<'_>>(b"S".as_slice()).and_then(|name| name.first().copied()),
                start: dict.get::<u32>(b"St".as_slice()).unwrap_or(1),
            });
        }
    }
    if let (Some(kids), Some(depth)) = (node.get::<Array<'_>>(b"Kids".as_slice()), depth.checked_sub(1)) {
        arrays::items(&kids).filter_map(Object::into_dict).for_each(|kid| collect(&kid, depth, ranges));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_count_in_their_style() {
        let range = |style, start| Range { first: 2, prefix: "A-".to_owned(), style: Some(style), start };
        assert_eq!(range(b'r', 1).label(5), "A-iv");
        assert_eq!(range(b'D', 10).label(3), "A-11");
        assert_eq!(range(b'A', 26).label(3), "A-AA");
    }
}
