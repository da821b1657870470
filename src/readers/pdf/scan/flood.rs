//! Places of a picture that hang together.

/// Goes from the places `open`, in rows of `width`, to those beside, above and below them that `is_same` says to hang together
/// with the one before, once to each that is not `seen`; `visit` is told of each.
pub(super) fn flood(
    width: usize,
    seen: &mut [bool],
    mut open: Vec<usize>,
    is_same: impl Fn(usize, usize) -> bool,
    mut visit: impl FnMut(usize),
) {
    open.iter().for_each(|&at| seen[at] = true);
    while let Some(at) = open.pop() {
        visit(at);
        let column = at % width;
        let beside = [
            at.checked_sub(width),
            Some(at + width).filter(|at| *at < seen.len()),
            (column > 0).then(|| at - 1),
            (column + 1 < width).then_some(at + 1),
        ];
        for next in beside.into_iter().flatten() {
            if !seen[next] && is_same(at, next) {
                seen[next] = true;
                open.push(next);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_round_a_corner_and_not_over_an_edge() {
        let places = b"..#\
                       ##.\
                       .##";
        let (mut seen, mut visited) = ([false; 9], Vec::new());
        flood(3, &mut seen, vec![3], |_, next| places[next] == b'#', |at| visited.push(at));
        visited.sort_unstable();
        assert_eq!(visited, [3, 4, 7, 8]);
    }
}
