//! Tables that are no list of rows under a header: the model's own matrix, forms, sheets with the changes across the top.

pub(super) mod answers;
mod asked;
mod boxes;
pub(super) mod bullets;
mod entries;
pub(super) mod figures;
pub(super) mod form;
pub(super) mod matrix;
mod options;
mod prose;
mod questions;
pub(super) mod silent;
pub(super) mod summary;
pub(super) mod tail;
pub(super) mod transposed;
