//! The forms of reviews: which there are and what each needs to know besides its fields. What they become stands in
//! `forms/review`.

use serde::{Deserialize, Serialize};

use crate::domain::kpi::Period;
use crate::domain::people::PersonId;
use crate::domain::strategy::Edit;

/// A form of a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// Sets the target of a figure and segment (F46).
    Target {
        /// The figure's id.
        kpi: String,
        /// Segment id; empty for all.
        segment: String,
        /// The target as it stands.
        now: String,
    },
    /// Writes down why a figure is what it is (F47).
    Cause {
        /// The figure's id.
        kpi: String,
        /// Segment id; empty for all.
        segment: String,
        /// Of which period.
        period: Period,
    },
    /// Stores the figures of a period (F49).
    Baseline {
        /// Which.
        period: Period,
    },
    /// Shows another period; this one stands in it.
    Span(String),
    /// Prepares a change of the strategy table for a suggestion (H20).
    Prepare {
        /// The suggestion.
        suggestion: i64,
        /// Scheme id.
        scheme: String,
        /// Class id.
        class: String,
        /// The revision of the row; none where there is none yet.
        rev: Option<i64>,
    },
    /// Applies what was prepared.
    Apply {
        /// The suggestion.
        suggestion: i64,
        /// The change.
        edit: Edit,
    },
    /// Judges a person's month (F48).
    Assess {
        /// Whose.
        person: PersonId,
        /// Their name.
        name: String,
        /// The month, `2024-05`.
        month: String,
        /// What stands there now.
        now: Option<i64>,
    },
}
