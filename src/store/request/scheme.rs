//! Schemes, their versions, why a customer stands where it stands, and what a change of rules would move.

use serde::Serialize;

use super::json::{all_yuan, rfc3339};
use crate::domain::money::Fen;
use crate::domain::scheme::why::Account;

/// The industries that have an average, of all with where theirs comes from.
pub fn averaged(known: &[(String, Average)]) -> Vec<&str> {
    known.iter().filter(|(_, average)| *average != Average::None).map(|(name, _)| name.as_str()).collect()
}

/// Where the average of an industry comes from (A57).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "from")]
pub enum Average {
    /// Entered by a person for a year.
    Entered {
        /// The year.
        year: i32,
        /// The average.
        #[serde(serialize_with = "all_yuan", rename = "average")]
        fen: Fen,
    },
    /// Imported from a file for a year.
    Imported {
        /// The year.
        year: i32,
        /// The average.
        #[serde(serialize_with = "all_yuan", rename = "average")]
        fen: Fen,
    },
    /// The mean of own customers, frozen in a month.
    Mean {
        /// `YYYY-MM`.
        month: String,
        /// The mean.
        #[serde(serialize_with = "all_yuan", rename = "average")]
        fen: Fen,
        /// Of how many customers with orders.
        customers: i64,
    },
    /// There is none.
    None,
}

/// A version of a scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SchemeVersion {
    /// Its number; 1 is the shipped one.
    pub version: i64,
    /// When it was applied, UTC ms; none for the shipped one.
    #[serde(serialize_with = "super::json::opt_rfc3339")]
    pub at: Option<i64>,
    /// Who applied it.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The TOML.
    pub text: String,
}

/// Rules that somebody proposes in place of those in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Its revision.
    #[serde(skip)]
    pub rev: i64,
    /// Who.
    pub by: String,
    /// Whether that is whoever asks.
    #[serde(skip)]
    pub by_me: bool,
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// Why.
    pub reason: Option<String>,
    /// The TOML.
    pub text: String,
}

/// A scheme in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SchemeRow {
    /// Its id.
    pub scheme: String,
    /// English word.
    pub en: String,
    /// Chinese word.
    pub zh: String,
    /// People set the class.
    pub by_hand: bool,
    /// Class ids with their words, best first; then the reasons for none.
    pub classes: Vec<[String; 3]>,
    /// Its versions, the one in force first.
    pub versions: Vec<SchemeVersion>,
    /// What is proposed in its place, the newest first.
    pub proposals: Vec<Proposal>,
}

/// Why a customer stands where it stands in one scheme.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Why {
    /// The class in force.
    pub class: Option<String>,
    /// `hand`, `import` or `rule`; none where there is no class.
    pub how: Option<String>,
    /// Who set it by hand.
    pub by: Option<String>,
    /// The reason given for setting it by hand.
    pub reason: Option<String>,
    /// Since when, UTC ms; none where it was so from the beginning.
    #[serde(serialize_with = "super::json::opt_rfc3339")]
    pub since: Option<i64>,
    /// The rules, tried.
    #[serde(flatten)]
    pub account: Account,
    /// The facts behind the readings: metric id and the day or days it rests on.
    pub facts: Vec<(String, Option<String>)>,
    /// The industry's average, for schemes that use it.
    pub average: Option<Average>,
    /// Earlier moves, the newest first.
    pub earlier: Vec<ClassMove>,
    /// The version's author and day, for versions of the company's own.
    pub version_by: Option<String>,
    /// When that version was applied, UTC ms.
    #[serde(serialize_with = "super::json::opt_rfc3339")]
    pub version_at: Option<i64>,
}

/// A move from class to class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassMove {
    /// From.
    pub was: Option<String>,
    /// To.
    pub became: Option<String>,
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// What did it: `hand`, `rule`, `survey`, `import`, or `undo` for what took something back.
    pub how: String,
    /// Whether what did it was taken back since.
    pub undone: bool,
}

/// What a change of rules would move.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Moves {
    /// Scheme of the text.
    pub scheme: String,
    /// The version it would become.
    pub version: i64,
    /// Customers looked at.
    pub customers: i64,
    /// Customers that any scheme moves.
    pub moved: i64,
    /// Scheme, from, to, how many; the most first. None stands for no class.
    pub moves: Vec<Move>,
}

/// How many go one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Move {
    /// Scheme id.
    pub scheme: String,
    /// From.
    pub was: Option<String>,
    /// To.
    pub became: Option<String>,
    /// How many.
    pub customers: i64,
    /// A few of them by name, as far as whoever asks sees them in full.
    pub some: Vec<String>,
}
