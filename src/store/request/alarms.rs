//! Alarms as lists and machines see them, each with what fired it and how far its steps are.

use serde::{Serialize, Serializer};

use super::json::{opt_rfc3339, rfc3339};
use crate::domain::alarm::{Fact, rule};

/// One alarm (G56).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AlarmRow {
    /// Inside id.
    pub id: i64,
    /// Revision.
    #[serde(skip)]
    pub rev: i64,
    /// Rule id.
    pub rule: String,
    /// `high`, `medium`, `low`.
    pub level: String,
    /// The customer.
    #[serde(skip)]
    pub customer: Option<i64>,
    /// The customer's number.
    pub code: Option<String>,
    /// The customer's name.
    pub name: Option<String>,
    /// The class it is about.
    pub segment: Option<String>,
    /// The person it is about.
    pub person: Option<String>,
    /// What it is about, as the cause names it.
    pub subject: String,
    /// The period of the cause.
    pub period: String,
    /// What fired it; amounts of customers one does not see are left out.
    pub figures: Vec<Fact>,
    /// What was said by whoever raised it.
    pub note: Option<String>,
    /// The trigger, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub since: i64,
    /// When it was raised.
    #[serde(serialize_with = "rfc3339")]
    pub raised_at: i64,
    /// Until when the first step is to be done.
    #[serde(serialize_with = "rfc3339")]
    pub start_by: i64,
    /// Whether nobody has begun in time.
    pub overdue: bool,
    /// The post that answers for it.
    pub post: String,
    /// Who that is.
    pub owner: String,
    /// How far it has climbed: 0 not, 1 to the head, 2 to the director.
    pub climbed: i64,
    /// To whom.
    pub climbed_to: Option<String>,
    /// `raised`, `acknowledged`, `closed`.
    pub state: String,
    /// Who has taken it on.
    pub acknowledged_by: Option<String>,
    /// Its steps, ticked ones as bits.
    #[serde(rename = "steps", serialize_with = "steps")]
    pub ticked: Steps,
    /// How it ended: `done`, or `gone` by itself.
    pub ended: Option<String>,
    /// What came of it.
    pub result: Option<String>,
    /// Who closed it.
    pub closed_by: Option<String>,
    /// When.
    #[serde(serialize_with = "opt_rfc3339")]
    pub closed_at: Option<i64>,
    /// Whether it is mine to deal with.
    pub mine: bool,
}

/// The steps of an alarm: whose rule, and which are done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// The steps of its rule.
    pub ids: &'static [&'static str],
    /// The bits of those that are done.
    pub done: i64,
}

impl Steps {
    /// Of a rule, with these done.
    pub fn of(id: &str, done: i64) -> Self {
        Self { ids: rule(id).map_or(&[], |r| r.steps), done }
    }

    /// Each with whether it is done.
    pub fn each(self) -> impl Iterator<Item = (&'static str, bool)> {
        self.ids.iter().enumerate().map(move |(at, id)| (*id, self.done >> at & 1 == 1))
    }

    /// The first that is not done: its place and id.
    pub fn next(self) -> Option<(u8, &'static str)> {
        let at = self.each().position(|(_, done)| !done)?;
        Some((u8::try_from(at).ok()?, self.ids.get(at)?))
    }

    /// How many are done, of how many.
    pub fn count(self) -> (usize, usize) {
        (self.each().filter(|(_, done)| *done).count(), self.ids.len())
    }
}

fn steps<S: Serializer>(steps: &Steps, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Told {
        step: &'static str,
        done: bool,
    }
    to.collect_seq(steps.each().map(|(step, done)| Told { step, done }))
}
