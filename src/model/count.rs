//! Counts to reckon with.

/// A count as a number; more than 32 bits hold are as many as these do.
#[must_use]
pub fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
