//! What a campaign says to each of its customers, with the places of its text filled.

use serde::Serialize;

/// The text of a campaign for one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TextRow {
    /// Inside id.
    #[serde(skip)]
    pub customer: i64,
    /// Number.
    pub code: String,
    /// Name.
    pub name: String,
    /// The key contact.
    pub contact: Option<String>,
    /// Their phone, masked where it has to be.
    pub phone: Option<String>,
    /// The text; a place without a value stands as `⟨name⟩`.
    pub text: String,
    /// Places without a value: such a text is not to be sent.
    pub missing: Vec<String>,
}
