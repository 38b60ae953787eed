//! The views of the ledger and their order; what each of them does stands beside this file.

use crate::i18n::{Text, ledger as t};

/// The views of the ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The queue.
    #[default]
    FollowUps,
    /// All touches.
    Touches,
    /// What departments ask of each other.
    Requests,
    /// Complaints with their clocks.
    Complaints,
}

impl View {
    /// All of them, in the order of `Tab`.
    pub const ALL: [Self; 4] = [Self::FollowUps, Self::Touches, Self::Requests, Self::Complaints];

    /// Its name.
    pub const fn title(self) -> Text {
        match self {
            Self::FollowUps => t::FOLLOW_UPS,
            Self::Touches => t::TOUCHES,
            Self::Requests => crate::i18n::complaints::REQUESTS,
            Self::Complaints => crate::i18n::complaints::COMPLAINTS,
        }
    }

    /// The next one, or the one before.
    #[must_use]
    pub fn next(self, forward: bool) -> Self {
        let step = if forward { 1 } else { Self::ALL.len() - 1 };
        Self::ALL.get((self as usize + step) % Self::ALL.len()).copied().unwrap_or_default()
    }
}
