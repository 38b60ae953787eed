//! What suggests itself for a customer: scripts, contents and products that fit, needs nobody has met, where they stand
//! between two levels of membership.

use chrono::NaiveDate;
use serde::Serialize;

use super::Said;
use super::json::yuan;
use crate::domain::money::Fen;

/// Everything that suggests itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// What to say, the best first.
    pub scripts: Vec<Said>,
    /// What to bring, the best first (K62).
    pub contents: Vec<Brought>,
    /// Products whose need tags the customer shares, the best first (J13).
    pub products: Vec<Fit>,
    /// Why this customer has a high potential; empty where none is known (B35).
    pub potential: Vec<Potential>,
    /// Categories that were looked at often and not bought (K63).
    pub unmet: Vec<Unmet>,
    /// Where they stand as a member; none without any purchase.
    pub member: Option<Member>,
    /// Into whose hands they belong since they have moved to another class (G44).
    pub suited: Option<Suited>,
}

/// A customer whose owner has another post than its class asks for since it moved there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suited {
    /// In which scheme.
    pub scheme: String,
    /// The class before.
    pub was: String,
    /// The class now.
    pub class: String,
    /// Since when.
    pub on: NaiveDate,
    /// The post that its row of the strategy table names.
    pub post: String,
    /// The owner's post.
    pub own: String,
    /// Who has that post, and the fewest customers among those: inside id and name.
    #[serde(skip)]
    pub to: Option<(i64, String)>,
}

/// A content to bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brought {
    /// Its title.
    pub title: String,
    /// Its path or link.
    pub place: Option<String>,
}

/// A need that nobody has met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unmet {
    /// The category that was looked at.
    pub category: String,
    /// How often.
    pub views: i64,
}

/// The next level of membership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Next {
    /// Its name.
    pub level: String,
    /// What it brings.
    pub brings: String,
}

/// A product that fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fit {
    /// Its name.
    pub name: String,
    /// The need tags shared.
    pub needs: Vec<String>,
    /// What the customer gains (A122).
    pub value: Option<String>,
    /// Whether it is new on the market.
    pub new: bool,
}

impl Fit {
    /// Whether the match is high: from two shared need tags on.
    pub const fn is_high(&self) -> bool {
        self.needs.len() >= 2
    }
}

/// Why a customer has a high potential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "cause")]
pub enum Potential {
    /// An inquiry in the last months without a deal since.
    Inquiry {
        /// When.
        on: NaiveDate,
        /// About what.
        product: Option<String>,
    },
    /// Need tags that match a new product closely.
    Match {
        /// Which.
        product: String,
    },
}

/// Where a customer stands between two levels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The level on record.
    pub level: Option<String>,
    /// Spent so far; none where masked.
    #[serde(serialize_with = "yuan")]
    pub accumulated: Option<Fen>,
    /// The next level.
    pub next: Option<Next>,
    /// What is missing for it; none where masked.
    #[serde(serialize_with = "yuan")]
    pub gap: Option<Fen>,
}
