//! Rows of tables (MS-DOC 2.6.3): what their cells cover and how they are coloured.

use crate::readers::word::content::Down;
use crate::readers::word::doc::bytes::byte;
use crate::readers::word::doc::bytes::short;
use crate::readers::word::doc::formatting::Property;
use crate::readers::word::doc::formatting::ROW_DEFINITION;
use crate::readers::word::rows::CellShape;
use crate::readers::word::rows::RowShape;

/// Size of the description of a cell (2.9.320) and of its shading (2.9.249).
const CELL: usize = 20;
const SHADING: usize = 10;

/// The sixteen colours of `Ico` (2.9.119); 0 is none.
const COLOURS: [[u8; 3]; 16] = [
    [0, 0, 0],
    [0, 0, 255],
    [0, 255, 255],
    [0, 255, 0],
    [255, 0, 255],
    [255, 0, 0],
    [255, 255, 0],
    [255, 255, 255],
    [0, 0, 128],
    [0, 128, 128],
    [0, 128, 0],
    [128, 0, 128],
    [128, 0, 0],
    [128, 128, 0],
    [128, 128, 128],
    [192, 192, 192],
];

/// A colour by its number.
pub(super) fn colour(number: u8) -> Option<[u8; 3]> {
    COLOURS.get(usize::from(number).checked_sub(1)?).copied()
}

/// Takes a property of a row.
pub(super) fn take(shape: &mut RowShape, property: &Property<'_>) {
    match property.code {
        ROW_DEFINITION => define(shape, property.value),
        0x3404 => shape.header = property.is_on(),
        0xD612 => shade(shape, property.value, 0),
        0xD616 => shade(shape, property.value, 22),
        0xD60C => shade(shape, property.value, 44),
        0xD609 => shade_by_number(shape, property.value),
        _ => {}
    }
}

/// `TDefTableOperand` (2.9.324): edges of the cells, then a description of each.
fn define(shape: &mut RowShape, value: &[u8]) {
    let count = usize::from(byte(value, 0).unwrap_or(0));
    let edge = |at: usize| short(value, 1 + at * 2).map(|edge| i32::from(edge.cast_signed()));
    shape.left = edge(0).unwrap_or(0);
    let cells = (0..count).map_while(|at| {
        let flags = short(value, 1 + (count + 1) * 2 + at * CELL).unwrap_or(0);
        let down = match (flags >> 5) & 3 {
            1 => Down::On,
            3 => Down::Open,
            _ => Down::Rows(1),
        };
        Some(CellShape { right: edge(at + 1)?, down, goes_on: flags & 3 == 1, fill: None })
    });
    shape.cells = cells.collect();
}

/// Shading of cells from `first` on: colour in front, behind, and the pattern (2.9.248).
fn shade(shape: &mut RowShape, value: &[u8], first: usize) {
    let cells = shape.cells.iter_mut().skip(first);
    for (cell, shading) in cells.zip(value.chunks_exact(SHADING)) {
        let colour = |at: usize| match shading.get(at..at + 4) {
            Some([red, green, blue, 0]) => Some([*red, *green, *blue]),
            _ => None,
        };
        cell.fill = match short(shading, 8) {
            Some(0) => colour(4),
            Some(1) => colour(0),
            Some(0xFFFF) | None => None,
            Some(_) => colour(4).or(colour(0)),
        };
    }
}

/// The same with numbers of colours (2.9.250), as Word 97 writes it; newer shading counts more.
fn shade_by_number(shape: &mut RowShape, value: &[u8]) {
    for (cell, shading) in shape.cells.iter_mut().zip(value.chunks_exact(2)) {
        let bits = short(shading, 0).unwrap_or(0);
        let [front, behind] = [bits & 31, (bits >> 5) & 31].map(|number| colour(u8::try_from(number).unwrap_or(0)));
        cell.fill = cell.fill.or(if bits >> 10 == 1 { front } else { behind });
    }
}
