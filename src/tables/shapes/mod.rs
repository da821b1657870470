//! Tables that are no list of rows under a header: the model's own matrix, forms, sheets with the changes across the top.

pub(super) mod matrix;
