//! Handing customers over from one person to another (A142, H33): what is asked for, through which states it goes, and the
//! checklist of the handbook. Pure rules; the store moves what belongs to the customers.

use serde::{Deserialize, Serialize};

use super::act::Act;
use super::customer::CustomerId;
use super::people::PersonId;

/// The checklist of a hand-over, in its order (H33).
pub const CHECKLIST: &[&str] =
    &["profile", "next", "complaints", "coupons", "budget", "quiet", "read", "informed"];

/// Which customers of the giver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// These, whoever owns them now.
    These(Vec<CustomerId>),
    /// All of a person.
    All(PersonId),
    /// Those of a person that a filter leaves.
    Fitting(PersonId, String),
}

/// What is done about a hand-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandOver {
    /// Begins one; customers of several owners make one for each.
    Propose {
        /// Which customers.
        whom: Whom,
        /// To whom.
        to: PersonId,
        /// They go over now and the receiver signs afterwards; else they go over when the receiver signs.
        at_once: bool,
        /// Why.
        reason: Option<String>,
    },
    /// Takes it one step on, or ends it.
    Turn {
        /// Which.
        id: i64,
        /// The revision the person saw.
        rev: i64,
        /// What is done.
        turn: Turn,
        /// Why, where it ends.
        note: Option<String>,
    },
    /// Ticks an entry of the checklist, or takes the tick away.
    Tick {
        /// Which entry.
        item: i64,
        /// The revision the person saw.
        rev: i64,
    },
}

impl HandOver {
    /// Why, where it was said.
    pub fn reason(&self) -> Option<&str> {
        let said = match self {
            Self::Propose { reason, .. } => reason.as_deref(),
            Self::Turn { note, .. } => note.as_deref(),
            Self::Tick { .. } => None,
        };
        said.filter(|text| !text.trim().is_empty())
    }

    /// What the record of changes keeps of it.
    pub const fn act(&self) -> Act {
        match self {
            Self::Propose { .. } => Act::HandOver,
            Self::Turn { turn, .. } => turn.act(),
            Self::Tick { .. } => Act::TickHandOver,
        }
    }
}

/// A step of a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The receiver signs.
    Accept,
    /// The receiver does not want it: the customers go back.
    Decline,
    /// The giver's side signs: it is done.
    Confirm,
    /// The giver's side takes it back: the customers go back.
    TakeBack,
}

impl Turn {
    /// What the record of changes keeps of it.
    pub const fn act(self) -> Act {
        match self {
            Self::Accept => Act::AcceptHandOver,
            Self::Decline => Act::DeclineHandOver,
            Self::Confirm => Act::ConfirmHandOver,
            Self::TakeBack => Act::TakeBack,
        }
    }

    /// Whether it is for the receiver to do.
    pub const fn is_receivers(self) -> bool {
        matches!(self, Self::Accept | Self::Decline)
    }

    /// The state it leads to from a state; none where it does not fit.
    pub fn leads(self, from: &str) -> Option<&'static str> {
        match (self, from) {
            (Self::Accept, "proposed") => Some("accepted"),
            (Self::Decline, "proposed") => Some("declined"),
            (Self::Confirm, "accepted") => Some("confirmed"),
            (Self::TakeBack, "proposed" | "accepted") => Some("withdrawn"),
            _ => None,
        }
    }
}

/// Whether a hand-over in this state still waits for somebody.
pub fn is_open(state: &str) -> bool {
    matches!(state, "proposed" | "accepted")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h33_a_hand_over_is_proposed_accepted_and_confirmed_in_this_order_only() {
        assert_eq!(Turn::Accept.leads("proposed"), Some("accepted"));
        assert_eq!(Turn::Confirm.leads("accepted"), Some("confirmed"));
        assert_eq!(Turn::Confirm.leads("proposed"), None);
        assert_eq!(Turn::Accept.leads("accepted"), None);
        for ended in ["confirmed", "declined", "withdrawn"] {
            for turn in [Turn::Accept, Turn::Decline, Turn::Confirm, Turn::TakeBack] {
                assert_eq!(turn.leads(ended), None, "{turn:?} {ended}");
            }
            assert!(!is_open(ended));
        }
        assert_eq!(
            Turn::Decline.leads("accepted"),
            None,
            "whoever has signed gives it on or has it taken back"
        );
        assert!(is_open("proposed") && is_open("accepted"));
    }

    #[test]
    fn h33_the_checklist_has_the_eight_entries_of_the_handbook() {
        assert_eq!(CHECKLIST.len(), 8);
        assert!(CHECKLIST.contains(&"read") && CHECKLIST.contains(&"informed"));
    }
}
