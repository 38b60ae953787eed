//! The company as a whole: the strategy table of a scheme, the figures of a period, and what the title bar counts.
//! Every figure is a true count; shares come with what they are a share of.

use chrono::NaiveDate;
use serde::Serialize;

use super::json::yuan;
use crate::domain::money::Fen;

/// One row of the strategy table (A149, A151).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StrategyRow {
    /// Class id.
    pub class: String,
    /// Management goal.
    pub goal: String,
    /// Scene.
    pub scene: String,
    /// Content.
    pub content: String,
    /// Example script.
    pub script: String,
    /// Channel ids in order of preference.
    pub channels: Vec<String>,
    /// Responsible post.
    pub post: String,
    /// Responsible person.
    pub person: Option<String>,
    /// Budget per account and year.
    #[serde(serialize_with = "yuan")]
    pub budget: Option<Fen>,
    /// `floor`, `cap`, `plain`.
    pub bound: Option<String>,
    /// Contact cap: how many in which window id.
    pub cap: Option<(i64, String)>,
    /// Touch kind id, ideal and worst days.
    pub touches: Vec<(String, i64, i64)>,
    /// Accounts per head.
    pub load: Option<(i64, i64)>,
    /// Where it comes from.
    pub source: String,
    /// Accounts in the class now.
    pub accounts: i64,
    /// Of them, touched within the worst interval.
    pub on_cadence: i64,
}

/// A period of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// First day after.
    pub until: NaiveDate,
    /// Month, quarter or year: how far a step goes.
    pub months: u32,
}

/// True counts of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Board {
    /// One row a figure.
    pub figures: Vec<Figure>,
    /// Touches and answers by segment id, in the order of the segments.
    pub segments: Vec<(String, i64, i64)>,
    /// Touches and answers by person.
    pub people: Vec<(String, i64, i64)>,
}

/// One figure of the board with the same figure of the periods before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Id: `customers`, `new`, `touches`, `answered`, `due`, `overdue`, `late`, `orders`, `revenue`, `cost`.
    pub id: &'static str,
    /// The value; fen for money.
    pub value: i64,
    /// Of how many, where it is a share.
    pub of: Option<i64>,
    /// The twelve periods up to this one, oldest first.
    pub trend: Vec<i64>,
}

/// What the title bar shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Title {
    /// What stands on my list for today: promises, plans, dates, silences, as many as the day holds.
    pub due: usize,
    /// Tasks whose due has passed.
    pub overdue: usize,
    /// My next promise with a time today: UTC ms after which it rings, customer and words.
    pub next: Option<(i64, String, String)>,
    /// The actor's name.
    pub person: String,
    /// All customers: none means an empty store.
    pub customers: u64,
    /// Whether this is the demo company.
    pub demo: bool,
}
