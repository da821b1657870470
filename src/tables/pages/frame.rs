//! A page turned so that most of its text runs from left to right, and the way back to the page as it is shown.

use crate::model::location::Rect;
use crate::model::page::Axis;
use crate::model::page::Direction;
use crate::model::page::Fill;
use crate::model::page::Page;
use crate::model::page::Ruling;
use crate::model::page::Word;

/// How a page was turned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    /// Where its text ran before.
    direction: Direction,
    /// Width before, in points.
    width: f64,
    /// Height before, in points.
    height: f64,
}

/// Turns `page` so that most of its characters run to the right.
pub(super) fn upright(page: Page) -> (Page, Turn) {
    let mut counts = [0_usize; 4];
    for word in &page.words {
        counts[slot(word.direction)] += word.text.len();
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let all = [Direction::Right, Direction::Down, Direction::Up, Direction::Left];
    let direction = all.into_iter().find(|direction| counts[slot(*direction)] == most).unwrap_or_default();
    let turn = Turn { direction, width: page.width, height: page.height };
    if direction == Direction::Right { (page, turn) } else { (turn.page(&page), turn) }
}

fn slot(direction: Direction) -> usize {
    match direction {
        Direction::Right => 0,
        Direction::Down => 1,
        Direction::Up => 2,
        Direction::Left => 3,
    }
}

impl Turn {
    fn page(&self, page: &Page) -> Page {
        let words = page.words.iter().map(|word| self.word(word)).collect();
        let fills = page.fills.iter().map(|fill| Fill { bbox: self.rect(fill.bbox), colour: fill.colour }).collect();
        let sideways = matches!(self.direction, Direction::Down | Direction::Up);
        Page {
            number: page.number,
            label: page.label.clone(),
            width: if sideways { page.height } else { page.width },
            height: if sideways { page.width } else { page.height },
            words,
            rulings: page.rulings.iter().map(|ruling| self.ruling(*ruling)).collect(),
            fills,
            tagged: page.tagged.clone(),
            tagged_share: page.tagged_share,
            outline: page.outline.clone(),
        }
    }

    fn word(&self, word: &Word) -> Word {
        let turns = slot_of_turns(word.direction) + 4 - slot_of_turns(self.direction);
        let direction = [Direction::Right, Direction::Down, Direction::Left, Direction::Up][turns % 4];
        Word { bbox: self.rect(word.bbox), direction, ..word.clone() }
    }

    fn ruling(&self, ruling: Ruling) -> Ruling {
        let rect = match ruling.axis {
            Axis::Horizontal => Rect { x0: ruling.from, y0: ruling.at, x1: ruling.to, y1: ruling.at },
            Axis::Vertical => Rect { x0: ruling.at, y0: ruling.from, x1: ruling.at, y1: ruling.to },
        };
        let turned = self.rect(rect);
        let across = matches!(self.direction, Direction::Down | Direction::Up);
        let horizontal = (ruling.axis == Axis::Horizontal) != across;
        if horizontal {
            Ruling { axis: Axis::Horizontal, at: turned.y0, from: turned.x0, to: turned.x1, ..ruling }
        } else {
            Ruling { axis: Axis::Vertical, at: turned.x0, from: turned.y0, to: turned.y1, ..ruling }
        }
    }

    /// From the page as it is shown to the turned page.
    pub(super) fn rect(&self, r: Rect) -> Rect {
        let (w, h) = (self.width, self.height);
        match self.direction {
            Direction::Right => r,
            Direction::Down => Rect { x0: r.y0, y0: w - r.x1, x1: r.y1, y1: w - r.x0 },
            Direction::Up => Rect { x0: h - r.y1, y0: r.x0, x1: h - r.y0, y1: r.x1 },
            Direction::Left => Rect { x0: w - r.x1, y0: h - r.y1, x1: w - r.x0, y1: h - r.y0 },
        }
    }

    /// From the turned page to the page as it is shown.
    pub(super) fn back(&self, r: Rect) -> Rect {
        let (w, h) = (self.width, self.height);
        match self.direction {
            Direction::Right => r,
            Direction::Down => Rect { x0: w - r.y1, y0: r.x0, x1: w - r.y0, y1: r.x1 },
            Direction::Up => Rect { x0: r.y0, y0: h - r.x1, x1: r.y1, y1: h - r.x0 },
            Direction::Left => Rect { x0: w - r.x1, y0: h - r.y1, x1: w - r.x0, y1: h - r.y0 },
        }
    }
}

/// Quarter turns clockwise from text that runs to the right.
fn slot_of_turns(direction: Direction) -> usize {
    match direction {
        Direction::Right => 0,
        Direction::Down => 1,
        Direction::Left => 2,
        Direction::Up => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_and_back_is_the_same() {
        let rect = Rect { x0: 10.0, y0: 20.0, x1: 30.0, y1: 25.0 };
        for direction in [Direction::Right, Direction::Down, Direction::Up, Direction::Left] {
            let turn = Turn { direction, width: 600.0, height: 800.0 };
            assert_eq!(turn.back(turn.rect(rect)), rect, "{direction:?}");
        }
    }

    #[test]
    fn text_that_runs_up_reads_from_the_bottom() {
        let turn = Turn { direction: Direction::Up, width: 600.0, height: 800.0 };
        let (low, high) = (
            turn.rect(Rect { x0: 10.0, y0: 700.0, x1: 20.0, y1: 750.0 }),
            turn.rect(Rect { x0: 10.0, y0: 100.0, x1: 20.0, y1: 150.0 }),
        );
        assert!(low.x1 < high.x0);
    }
}
