//! Cases between people: hand-overs of customers, as a list and one by one; and how much everybody has to do, for whoever
//! chooses a receiver.

use serde::{Deserialize, Serialize};

use super::json::{opt_rfc3339, rfc3339};
use crate::domain::people::PersonId;

/// What a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// Customers go from one person to another.
    HandOver,
    /// Two people say that a customer is theirs.
    Dispute,
}

/// A line of the list of cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseRow {
    /// What it is.
    pub kind: CaseKind,
    /// Its number.
    pub id: i64,
    /// Who gives, or began it.
    pub from: String,
    /// Who receives, or decides.
    pub to: String,
    /// The customer, where it is one.
    pub customer: Option<String>,
    /// How many customers.
    pub customers: i64,
    /// State id.
    pub state: String,
    /// When it began, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// Until when something is to be done, UTC ms.
    #[serde(serialize_with = "opt_rfc3339")]
    pub due: Option<i64>,
    /// Whether it waits for whoever asks.
    pub mine: bool,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Case {
    /// A hand-over.
    HandOver(Box<HandOverCase>),
    /// A dispute.
    Dispute(Box<DisputeCase>),
}

/// A hand-over with its checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HandOverCase {
    /// Its number.
    pub id: i64,
    /// Its revision.
    #[serde(skip)]
    pub rev: i64,
    /// Who gives.
    pub from: String,
    /// Who receives.
    pub to: String,
    /// `all`, a filter, or blank.
    pub what: String,
    /// Why.
    pub reason: Option<String>,
    /// State id.
    pub state: String,
    /// How many customers.
    pub customers: i64,
    /// Who began it.
    pub proposed_by: String,
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub proposed_at: i64,
    /// When the customers went over, UTC ms.
    #[serde(serialize_with = "opt_rfc3339")]
    pub moved_at: Option<i64>,
    /// Who signed for the receiver.
    pub accepted_by: Option<String>,
    /// Who signed for the giver.
    pub confirmed_by: Option<String>,
    /// Why it was declined or taken back.
    pub note: Option<String>,
    /// The checklist.
    pub items: Vec<ItemRow>,
    /// The first customers: number and name.
    pub some: Vec<(String, String)>,
    /// Whether whoever asks speaks for the receiver.
    pub takes: bool,
    /// Whether whoever asks speaks for the giver's side.
    pub gives: bool,
}

/// A dispute about who owns a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DisputeCase {
    /// Its number.
    pub id: i64,
    /// Its revision.
    #[serde(skip)]
    pub rev: i64,
    /// The customer's number.
    pub code: String,
    /// Its name.
    pub customer: String,
    /// Who wants it.
    pub claimant: String,
    /// Whose it was.
    pub holder: String,
    /// Who decides.
    pub arbiter: String,
    /// Why it was begun.
    pub reason: String,
    /// State id.
    pub state: String,
    /// When it was begun, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub opened_at: i64,
    /// Until when it is to be decided, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub due_at: i64,
    /// Who touched the customer first, when (UTC ms), and their id: the principle says theirs.
    pub first: Option<(String, i64, i64)>,
    /// For whom it was decided.
    pub owner: Option<String>,
    /// Why.
    pub decision: Option<String>,
    /// What was said: who, when (UTC ms), what.
    pub notes: Vec<(String, i64, String)>,
    /// Whether whoever asks decides it.
    pub decides: bool,
    /// Whether whoever asks began it.
    pub began: bool,
}

/// An entry of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemRow {
    /// Its number.
    pub id: i64,
    /// Its revision.
    #[serde(skip)]
    pub rev: i64,
    /// Id of the entry.
    pub item: String,
    /// Who ticked it.
    pub done_by: Option<String>,
    /// How many of the customers it concerns now; of the budget, what this year has cost in fen.
    pub figure: Option<i64>,
}

/// How much a person has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LoadRow {
    /// Who.
    #[serde(skip)]
    pub person: PersonId,
    /// Login.
    pub login: String,
    /// Name.
    pub name: String,
    /// Whether they may take customers over; whoever is frozen or only looks on shows as long as they own some.
    pub active: bool,
    /// Department id.
    pub department: String,
    /// Post.
    pub post: String,
    /// Customers that they own.
    pub customers: i64,
    /// Open tasks.
    pub tasks: i64,
    /// Those of them that are overdue.
    pub late: i64,
    /// Open complaints that they handle.
    pub complaints: i64,
    /// How many customers their post is meant for (D17).
    pub range: Option<(i64, i64)>,
}

/// A hand-over that a customer went through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Its number.
    pub id: i64,
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339")]
    pub at: i64,
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// Why.
    pub reason: Option<String>,
    /// Whether the customer has gone back since.
    pub back: bool,
}
