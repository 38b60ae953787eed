//! Touches and the tasks that were promised in them, as the ledger, the card and the profile show them.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use super::json::{rfc3339, yuan};
use crate::domain::change::TaskRef;
use crate::domain::money::Fen;
use crate::domain::people::PersonId;

/// One touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "four facts of a touch, each true or not by itself")]
pub struct TouchRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Revision.
    #[serde(skip)]
    pub rev: i64,
    /// The customer inside.
    #[serde(skip)]
    pub customer: i64,
    /// The customer's number.
    pub code: String,
    /// The customer's name.
    pub name: String,
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// When it was written down.
    #[serde(serialize_with = "rfc3339")]
    pub recorded_at: i64,
    /// Late for good (E28).
    pub late: bool,
    /// Channel id; none is a gap to fill (E23).
    pub channel: Option<String>,
    /// Kind id.
    pub kind: String,
    /// With whom.
    pub contact: Option<String>,
    /// Topic.
    pub topic: Option<String>,
    /// What was said.
    pub summary: String,
    /// What the customer said.
    pub feedback: Option<String>,
    /// Answered.
    pub responded: bool,
    /// Followed by an order.
    pub converted: bool,
    /// What it cost.
    #[serde(serialize_with = "yuan")]
    pub cost: Option<Fen>,
    /// Products offered.
    pub product: Option<String>,
    /// The segment at the time (F51).
    pub segment_then: Option<String>,
    /// Who had the talk.
    pub person: String,
    /// Their post.
    pub post: String,
    /// Their department id.
    pub department: String,
    /// Its next actions as one line (A148).
    pub next: String,
    /// «Nothing to do» was chosen.
    pub closed: bool,
    /// Why the guard was passed; none where it was not.
    #[serde(rename = "override")]
    pub override_reason: Option<String>,
    /// The script used, by its code.
    pub script: Option<String>,
    /// What became of it later.
    pub outcomes: Vec<OutcomeRow>,
}

/// What became of a touch later (E24).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeRow {
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// `claimed`, `ordered`, or the company's own word.
    pub kind: String,
    /// More about it.
    pub note: Option<String>,
}

/// Which touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "conditions that hold each by itself")]
pub struct TouchList {
    /// Words in summary, feedback, topic; blank for all.
    pub text: String,
    /// Only this person's.
    pub person: Option<PersonId>,
    /// Only those without a channel, or closed by nobody: gaps to fill.
    pub gaps: bool,
    /// Only those from this instant on and before that one, UTC ms.
    pub span: Option<(i64, i64)>,
    /// Only those whose customer was in this segment at the time; blank for none.
    pub segment: Option<String>,
    /// Only those by this channel; blank for those without.
    pub channel: Option<String>,
    /// Only those with this script.
    pub script: Option<String>,
    /// Only those the customer answered.
    pub answered: bool,
    /// Only those written down late.
    pub late: bool,
    /// Only those for which the guard was passed with a reason.
    pub breaches: bool,
    /// Around this touch; from the newest where none.
    pub around: Option<i64>,
    /// From the oldest end.
    pub end: bool,
    /// How many at most.
    pub take: usize,
}

/// One task of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TaskRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Revision.
    #[serde(skip)]
    pub rev: i64,
    /// What to do.
    pub text: String,
    /// For what it stands, where that is more than somebody's word: the id of the cause.
    pub cause: Option<String>,
    /// The day.
    pub due: NaiveDate,
    /// The time.
    pub time: Option<NaiveTime>,
    /// `open`, `done`, `dropped`.
    pub state: String,
    /// Whether it is overdue now.
    pub overdue: bool,
    /// Who has to.
    pub owner: String,
    /// What the due was counted from.
    pub anchor: String,
    /// Put aside until.
    pub snoozed_until: Option<NaiveDate>,
    /// Why.
    pub snooze_reason: Option<String>,
    /// Done when, UTC ms.
    #[serde(skip)]
    pub done_at: Option<i64>,
    /// The touch it was promised in.
    #[serde(skip)]
    pub touch: Option<i64>,
    /// How to name it in a change.
    #[serde(skip)]
    pub task: TaskRef,
}
