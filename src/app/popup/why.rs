//! The account of why a customer stands in its classes, scheme by scheme.

use super::super::shared::Shared;

/// The account of a customer's classes.
#[derive(Clone, Debug, Default)]
pub struct WhyView {
    /// Which scheme of those that have been answered.
    pub scheme: usize,
    /// The first line shown.
    pub top: usize,
}

/// The schemes of an account that a popup steps through.
pub fn explained(s: &Shared) -> usize {
    s.feeds.why().map_or(0, Vec::len)
}
