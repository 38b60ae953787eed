//! A touch to be logged with its next actions, and how a task is named in a change.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::coupon::NewCoupon;
use crate::domain::customer::CustomerId;
use crate::domain::date::{Anchor, Due};
use crate::domain::field::Row;
use crate::domain::money::Fen;
use crate::domain::people::PersonId;

/// A task to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTask {
    /// What to do.
    pub text: String,
    /// When.
    pub due: Due,
    /// What the due was counted from.
    pub anchor: Anchor,
}

/// A touch to be logged (A74–A94).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTouch {
    /// With whom.
    pub customer: CustomerId,
    /// Which contact.
    pub contact: Option<i64>,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Channel id; empty on import only (E23).
    pub channel: Option<String>,
    /// Kind id.
    pub kind: String,
    /// Topic.
    pub topic: Option<String>,
    /// What was said.
    pub summary: String,
    /// What the customer said to it.
    pub feedback: Option<String>,
    /// Whether the customer answered or took part.
    pub responded: bool,
    /// What it cost.
    pub cost: Fen,
    /// Products offered, separated by commas.
    pub product: Option<String>,
    /// The script used.
    pub script: Option<String>,
    /// The coupon that comes with it (K14).
    pub coupon: Option<NewCoupon>,
    /// The gift that comes with it, by name (A119).
    #[serde(default)]
    pub gift: Option<String>,
    /// The day of the event its next actions count from.
    pub event_on: Option<NaiveDate>,
    /// Next actions; each becomes a task (E10).
    pub next: Vec<NewTask>,
    /// «Nothing to do» was chosen (E12).
    pub closed: bool,
    /// Tasks that this touch fulfils.
    pub done: Vec<TaskRef>,
    /// The person who had the talk, if it is not the actor.
    pub by: Option<PersonId>,
    /// Why the guard was passed.
    pub override_reason: Option<String>,
    /// The campaign it belongs to, by code.
    pub campaign: Option<String>,
}

/// Whether they answered, where nobody may have said so: whoever comes in has answered by coming in, and whose feedback is
/// written down has given it.
pub fn answered(said: Option<bool>, kind: &str, feedback: Option<&str>) -> bool {
    kind == "inbound" || said.unwrap_or_else(|| feedback.is_some_and(|text| !text.is_empty()))
}

impl NewTouch {
    /// A call by ourselves of which nothing is known but what was said: unanswered, free, with nothing left to do.
    pub fn plain(customer: CustomerId, at: DateTime<Utc>, summary: impl Into<String>) -> Self {
        Self {
            customer,
            contact: None,
            at,
            channel: Some("phone".to_owned()),
            kind: "proactive".to_owned(),
            topic: None,
            summary: summary.into(),
            feedback: None,
            responded: false,
            cost: Fen(0),
            product: None,
            script: None,
            coupon: None,
            gift: None,
            event_on: None,
            next: Vec::new(),
            closed: true,
            done: Vec::new(),
            by: None,
            override_reason: None,
            campaign: None,
        }
    }
}

/// A task in the queue: stored, or standing there because of a date or of silence.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskRef {
    /// A row of the task table.
    Stored(i64),
    /// A row of another table that asks for something: a plan's task, a campaign to be evaluated.
    Row(Row),
    /// A cause that has no row yet: `date:17:2024-06-18`, `silence:4:2024-05-11`.
    Cause {
        /// The customer.
        customer: CustomerId,
        /// The cause.
        cause: String,
        /// What to do, in the words the person saw.
        text: String,
        /// The day it stands for.
        due: NaiveDate,
    },
}
