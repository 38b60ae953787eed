//! The views of the board and their order. What each of them does stands in a file of its own beside this one; this one knows
//! their names alone.

use crate::i18n::{Text, board as t};

/// The views of the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// KPIs against their targets.
    #[default]
    Kpis,
    /// What was raised and is to be dealt with.
    Alarms,
    /// What was done, against its baseline and targets.
    Evaluation,
    /// The people of the company.
    People,
    /// Trends, channels, scripts, moves, cohorts, the way to the first order.
    Analysis,
    /// Plain counts.
    Counts,
    /// What the models say.
    Models,
}

impl View {
    /// All of them, in their order.
    pub const ALL: [Self; 7] = [
        Self::Kpis,
        Self::Alarms,
        Self::Counts,
        Self::Evaluation,
        Self::People,
        Self::Analysis,
        Self::Models,
    ];

    /// Its name.
    pub const fn title(self) -> Text {
        match self {
            Self::Kpis => t::VIEW_KPIS,
            Self::Alarms => crate::i18n::alarms::VIEW,
            Self::Evaluation => crate::i18n::review::VIEW,
            Self::People => crate::i18n::staff::VIEW,
            Self::Analysis => crate::i18n::analysis::VIEW,
            Self::Counts => t::VIEW_COUNTS,
            Self::Models => t::VIEW_MODELS,
        }
    }

    /// The next one, or the one before; after the last comes the first.
    #[must_use]
    pub fn next(self, forward: bool) -> Self {
        let at = Self::ALL.iter().position(|view| *view == self).unwrap_or(0);
        let by = if forward { 1 } else { Self::ALL.len() - 1 };
        Self::ALL.get((at + by) % Self::ALL.len()).copied().unwrap_or_default()
    }
}
