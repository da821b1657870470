//! Floor 0: plain data that the stages hand to each other. No I/O, and no name of a file-format crate.
//!
//! Reading order: [`location`] (where a value stands), [`source`] (what a reader hands over), [`table`] (what was found in
//! it), [`vocabulary`] (the canonical model as data), [`assignment`] (what matching decided), [`record`] and [`audit`] (what
//! is written), [`diagnostic`] (what was odd on the way).

pub mod assignment;
pub mod audit;
pub mod cells;
pub mod change;
pub mod count;
pub mod date;
pub mod diagnostic;
pub mod document;
pub mod field;
pub mod location;
pub mod numbering;
pub mod page;
pub mod picture;
pub mod recognise;
pub mod record;
pub mod source;
pub mod table;
pub mod text;
pub mod vocabulary;
