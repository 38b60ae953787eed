//! Activations of high-potential customers as the list shows them, with their count (K37, G12).

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::activation::Tally;

/// One activation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActivationRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// The customer inside.
    #[serde(skip)]
    pub customer: i64,
    /// The customer's number.
    pub code: String,
    /// The customer's name.
    pub name: String,
    /// Owner's name.
    pub owner: String,
    /// Cause id.
    pub cause: String,
    /// What is offered.
    pub plan: Option<String>,
    /// When it began.
    pub started: NaiveDate,
    /// The last day on which a deal counts.
    pub due: NaiveDate,
    /// When it ended.
    pub ended: Option<NaiveDate>,
    /// `open`, `won`, `lost`.
    pub outcome: String,
}

/// The activations of the last half year, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activations {
    /// One by one.
    pub rows: Vec<ActivationRow>,
    /// All of them together.
    pub tally: Tally,
    /// By the week in which they began: its Monday; the newest first, at most eight.
    pub weeks: Vec<(NaiveDate, Tally)>,
}
