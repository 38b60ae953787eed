//! The customer at hand, by which panes, forms and drafts speak of the same one.

use crate::domain::customer::CustomerId;

/// The customer at hand: whom `a`, `t` and `w` concern.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Subject {
    /// Inside id.
    pub id: CustomerId,
    /// Number.
    pub code: String,
    /// Name.
    pub name: String,
}
