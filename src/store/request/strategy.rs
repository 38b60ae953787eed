//! The strategy table as it lives: its rows with their figures, what an edit would do, versions and what came of them,
//! festivals and seasons.

use chrono::NaiveDate;
use serde::Serialize;

use super::json::{rfc3339, yuan};
use crate::domain::money::Fen;
use crate::domain::overlay::Span;

/// One row of the strategy table (A149, A151).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StrategyRow {
    /// Inside id; 0 for a class that has customers and no row.
    #[serde(skip)]
    pub id: i64,
    /// Its revision.
    #[serde(skip)]
    pub rev: i64,
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
    /// Their id.
    #[serde(skip)]
    pub person_id: Option<i64>,
    /// Budget per account and year.
    #[serde(serialize_with = "yuan")]
    pub budget: Option<Fen>,
    /// `floor`, `cap`, `plain`.
    pub bound: Option<String>,
    /// What a touch may cost (P12).
    #[serde(serialize_with = "yuan")]
    pub touch_cost: Option<Fen>,
    /// Contact cap: how many in which window id.
    pub cap: Option<(i64, String)>,
    /// Touch kind id, ideal and worst days.
    pub touches: Vec<(String, i64, i64)>,
    /// Accounts per head.
    pub load: Option<(i64, i64)>,
    /// People, material, money (A115).
    pub resources: String,
    /// Where it comes from.
    pub source: String,
    /// What it lacks to be complete (D5, X23): ids of fields.
    pub missing: Vec<&'static str>,
    /// Accounts in the class now.
    pub accounts: i64,
    /// Those of them for whom a clock runs.
    pub clocked: i64,
    /// And those of these whose clock is not late.
    pub on_cadence: i64,
    /// Due until Sunday, what is due already included.
    pub due_week: i64,
    /// People who have such accounts.
    pub heads: i64,
    /// People whose number of accounts is above the range, and below it (K55): name and accounts, the worst first.
    pub over: Vec<(String, i64)>,
    /// Below it.
    pub under: Vec<(String, i64)>,
    /// People needed at the greatest and at the least load (D17).
    pub needed: Option<(i64, i64)>,
    /// Spent on touches and gifts this year (D21).
    #[serde(serialize_with = "yuan")]
    pub spent: Option<Fen>,
    /// Whole per cent of the budget of all accounts.
    pub spent_percent: Option<i64>,
    /// Touches that the kinds plan in a year, per account.
    pub planned: i64,
    /// Planned touches × cost against the budget, whole per cent (X13).
    pub feasible_percent: Option<i64>,
    /// Per cent from which on that is a warning.
    pub feasible_line: i64,
    /// The cost a touch by which that was counted.
    #[serde(serialize_with = "yuan")]
    pub feasible_cost: Option<Fen>,
}

/// What an edit of a row would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// Accounts of the class.
    pub accounts: i64,
    /// How many of them were looked at; all, or an even sample.
    pub looked_at: i64,
    /// Of the class due today, before and after; counted up from the sample.
    pub due: (i64, i64),
    /// Late today, before and after.
    pub late: (i64, i64),
    /// Planned touches a year per account, before and after.
    pub planned: (i64, i64),
    /// What they cost a year for all accounts, before and after; none where no cost is known.
    pub cost: Option<(Fen, Fen)>,
    /// Planned cost against the budget, whole per cent, after.
    pub feasible_percent: Option<i64>,
    /// People above the range after it: name and accounts.
    pub over: Vec<(String, i64)>,
    /// People needed after it.
    pub needed: Option<(i64, i64)>,
    /// Whether these touches come to more than a day's capacity of a person: name, due a day, capacity.
    pub swamped: Vec<(String, i64, i64)>,
    /// Whether this class's row governs the cadence of its accounts at all.
    pub governs: bool,
}

/// One version of the strategy table of a scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionRow {
    /// From 1.
    pub version: i64,
    /// The class whose row was edited.
    pub class: Option<String>,
    /// When, UTC ms; 0 for the first.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// By whom.
    pub person: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// What differs from the version before: column, before, after; ids, money in yuan.
    pub changes: Vec<(String, String, String)>,
}

/// What touches came to in a length of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Term {
    /// First day.
    pub from: Option<NaiveDate>,
    /// First day after.
    pub until: Option<NaiveDate>,
    /// Proactive touches.
    pub touches: i64,
    /// Answered ones of these.
    pub answered: i64,
    /// Touches that an order followed.
    pub converted: i64,
    /// What all touches cost.
    #[serde(serialize_with = "yuan")]
    pub cost: Option<Fen>,
}

/// Before and after a version, the same length of time (H20).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The version.
    pub version: i64,
    /// The class whose touches are counted; none: those of all classes, where touches do not know the scheme's class.
    pub class: Option<String>,
    /// Whole days on either side.
    pub days: i64,
    /// Before it.
    pub before: Term,
    /// From it on.
    pub after: Term,
}

/// A festival or season.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OverlayRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Its name.
    pub name: String,
    /// `solar`, `lunar`.
    pub calendar: String,
    /// Month there.
    pub month: i64,
    /// Day there.
    pub day: i64,
    /// Active so many days before.
    pub lead: i64,
    /// And so many days from it on.
    pub length: i64,
    /// For one industry.
    pub industry: Option<String>,
    /// What to bring.
    pub content: String,
    /// By which channel.
    pub channel: Option<String>,
    /// The occurrence that is active or comes next.
    pub span: Option<Span>,
    /// Whether it is active today.
    pub active: bool,
    /// Whether it wants to be prepared (H51).
    pub wants_care: bool,
}
