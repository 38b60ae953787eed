//! Scripts as lists and cards show them: every version with its state and use, and what to say to one customer.

use serde::Serialize;

use super::json::yuan;
use crate::domain::money::Fen;

/// One version of a script.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ScriptRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Revision.
    #[serde(skip)]
    pub rev: i64,
    /// The code that touches name it by.
    pub code: String,
    /// Version of that code.
    pub version: i64,
    /// Title.
    pub title: String,
    /// For whom: `scheme:class`.
    pub target: Vec<String>,
    /// Scene id.
    pub scene: String,
    /// Channel ids.
    pub channels: Vec<String>,
    /// Need tags it answers.
    pub needs: Vec<String>,
    /// The text with its places.
    pub text: String,
    /// `draft`, `approved`, `withdrawn`.
    pub state: String,
    /// Who wrote it; none for those that came with the program.
    pub author: Option<String>,
    /// Who approved or withdrew it.
    pub reviewer: Option<String>,
    /// When, UTC ms.
    #[serde(skip)]
    pub reviewed_at: Option<i64>,
    /// Where it is printed: ids of requirements.md.
    pub source: Option<String>,
    /// Proactive touches that name its code.
    pub uses: i64,
    /// Of them answered (J24).
    pub answered: i64,
    /// Of them converted.
    pub converted: i64,
}

/// A gift that can go to a customer (A119).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Gift {
    /// Its name.
    pub name: String,
    /// What one costs.
    #[serde(serialize_with = "yuan")]
    pub unit: Option<Fen>,
    /// How many are left; none where nobody counts them.
    pub stock: Option<i64>,
}

/// A script with its places filled for one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Scene id.
    pub scene: String,
    /// The text; a place without a value stands as `⟨name⟩`.
    pub text: String,
    /// Places without a value.
    pub missing: Vec<String>,
}

impl Said {
    /// Whether it can be spoken as it stands: every place is filled. What is not is never proposed, only shown to whoever
    /// opens it.
    pub const fn is_whole(&self) -> bool {
        self.missing.is_empty()
    }
}

/// Those that can be spoken as they stand, the best first.
pub fn spoken(offered: &[Said]) -> impl Iterator<Item = &Said> {
    offered.iter().filter(|said| said.is_whole())
}
