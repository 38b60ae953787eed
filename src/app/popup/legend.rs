//! The page of a view that is read: what it is for and what its columns mean.

use crate::i18n::legend::Page;

/// The page that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Legend {
    /// Of which view.
    pub page: Page,
    /// The first line shown.
    pub top: usize,
}
