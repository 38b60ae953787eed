//! Changes with which people review what was done: causes of figures, baselines, evaluations, suggestions (A129, A130,
//! F47, F49, H18–H20). Edits and removals of their rows are the general ones.

use serde::{Deserialize, Serialize};

use crate::domain::act::Act;
use crate::domain::field::Row;
use crate::domain::kpi::Period;
use crate::domain::people::PersonId;
use crate::domain::strategy;

/// A change of a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reviewing {
    /// Writes down why a figure is what it is (F47, K64).
    Cause {
        /// Which figure.
        kpi: String,
        /// Of which segment; empty for all.
        segment: String,
        /// Of which period.
        period: Period,
        /// Why.
        text: String,
    },
    /// Stores the figures of a period, to be compared with later (F49).
    Baseline {
        /// Of which period.
        period: Period,
        /// Its name.
        name: String,
    },
    /// Begins the evaluation of a campaign or plan that has none.
    Begin {
        /// Which.
        of: Row,
    },
    /// Closes an evaluation with the figures as they stand, or opens it again.
    Close {
        /// Which.
        evaluation: i64,
        /// The revision the person saw.
        rev: i64,
    },
    /// Keeps a change of the matrix with a suggestion, to be reviewed and applied (H20).
    Prepare {
        /// The suggestion.
        suggestion: i64,
        /// The row as it is to be.
        edit: strategy::Edit,
    },
    /// Applies the change of the matrix that a suggestion has prepared, and ticks the suggestion off.
    Apply {
        /// The suggestion.
        suggestion: i64,
        /// The row as it is to be.
        edit: strategy::Edit,
        /// Why.
        reason: String,
    },
    /// Judges what of a person's month is judged by hand (F48).
    Assess {
        /// Whose month.
        person: PersonId,
        /// The month, `2024-05`.
        month: String,
        /// From 0 to 100.
        score: i64,
        /// In words.
        note: Option<String>,
    },
}

impl Reviewing {
    /// What the record of changes keeps of it.
    pub const fn act(&self) -> Act {
        match self {
            Self::Cause { .. } => Act::Cause,
            Self::Baseline { .. } => Act::Baseline,
            Self::Begin { .. } => Act::Evaluate,
            Self::Close { .. } => Act::CloseEvaluation,
            Self::Prepare { .. } => Act::Prepare,
            Self::Apply { .. } => Act::Strategy,
            Self::Assess { .. } => Act::Assess,
        }
    }
}
