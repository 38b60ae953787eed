//! Rows of a company's books as they come out of other systems: managers, customers, orders with currencies and rates,
//! refunds, touches, surveys, complaints, contracts, expenses, budgets. Each has the number the books gave it, so that the
//! same books read twice change nothing the second time.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::money::Fen;

/// An amount in the smallest unit of its currency, with the rate of its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreign {
    /// In the smallest unit.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Millionths of a yuan for one.
    pub rate_ppm: i64,
}

/// What a survey asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Would you recommend us, 0–10.
    Nps,
    /// Are you satisfied, 1–5.
    Csat,
}

/// One row of the books; `code` is its number there, `customer` the number of the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of kpis.md section 2")]
pub enum BookRow {
    /// An account manager with their time in post.
    Manager { name: String, from: Option<NaiveDate>, until: Option<NaiveDate> },
    /// A customer; its name is its number.
    Customer {
        code: String,
        created: DateTime<Utc>,
        segment: Option<String>,
        source: Option<String>,
        owner: Option<String>,
    },
    /// Who sent a customer.
    Referrer { customer: String, referrer: String },
    /// A record that was merged into another: its number is an old number of the survivor (C7).
    Merged { code: String, into: String },
    /// An order.
    Order {
        code: String,
        customer: String,
        at: DateTime<Utc>,
        amount: Foreign,
        cost: Option<Fen>,
        cancelled: bool,
    },
    /// A refund, of an order or of none.
    Refund { code: String, order: Option<String>, customer: String, at: DateTime<Utc>, amount: Foreign },
    /// A touch: ours to the customer, or theirs to us.
    Touch {
        code: String,
        customer: String,
        at: DateTime<Utc>,
        outbound: bool,
        delivered: bool,
        cost: Fen,
        responded: Option<DateTime<Utc>>,
    },
    /// An answer to a survey.
    Survey { code: String, customer: String, at: DateTime<Utc>, asked: Asked, score: i64 },
    /// A complaint.
    Complaint {
        code: String,
        customer: String,
        opened: DateTime<Utc>,
        answered: Option<DateTime<Utc>>,
        solved: Option<DateTime<Utc>>,
        valid: bool,
    },
    /// A contract.
    Contract { code: String, customer: String, expires: NaiveDate, renewed: Option<NaiveDate>, annual: Fen },
    /// An expense, for a customer or for none in particular.
    Expense { code: String, customer: Option<String>, on: NaiveDate, category: String, amount: Fen },
    /// The budget of a period and category.
    Budget { period: String, category: String, amount: Fen },
    /// A customer put on an activation plan.
    Activation { code: String, customer: String, started: DateTime<Utc> },
    /// Something that happened at a customer, and when it was written down.
    Event { code: String, customer: String, happened: DateTime<Utc>, recorded: Option<DateTime<Utc>> },
}
