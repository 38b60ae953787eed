//! A leak of customers' data (G1, H35, K52): what is done about one, and which step of the response each deed is. The clock
//! and the post that answers stand in `domain/alarm`; which customers are affected the log of exports says. Freezing the
//! person is a change of its own (`domain/user`), which the step follows.

use serde::{Deserialize, Serialize};

use super::act::Act;
use super::customer::CustomerId;
use super::money::Fen;
use super::people::PersonId;

/// The steps of the response, in the order of the alarm's.
pub const STEPS: &[&str] = &["freeze", "audit", "encrypt", "apologise"];

/// Customers of a case that are shown, and apologised to, at once: one short transaction.
pub const AT_ONCE: usize = 100;

/// What is done about a leak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leak {
    /// Somebody says that customers' data has got out.
    Report {
        /// Who is said to have taken it, if that is known.
        person: Option<PersonId>,
        /// When it was complained of or noticed, UTC ms; now where nobody says.
        since: Option<i64>,
        /// What was said.
        note: String,
    },
    /// Says who it was.
    Name {
        /// Which leak.
        id: i64,
        /// The revision the person saw.
        rev: i64,
        /// Who.
        person: PersonId,
    },
    /// A step was done elsewhere.
    Tick {
        /// Which leak.
        id: i64,
        /// Id of the step.
        step: String,
    },
    /// From now on backups are encrypted to another key.
    Key {
        /// Which leak.
        id: i64,
        /// The public key.
        key: String,
    },
    /// The backups that were there have got the other key, as far as the old one opened them.
    Rekeyed {
        /// Which leak.
        id: i64,
        /// How many open with the new key alone, did not open with the old one, were not encrypted at all.
        found: [usize; 3],
    },
    /// Apologises to customers, and compensates them.
    Apologise {
        /// Which leak.
        id: i64,
        /// Whom; those to whom it was done already are passed over.
        customers: Vec<CustomerId>,
        /// Channel id.
        channel: String,
        /// What was said.
        said: String,
        /// What each gets; zero for nothing.
        compensation: Fen,
    },
    /// It is over.
    Close {
        /// Which leak.
        id: i64,
        /// The revision the person saw.
        rev: i64,
        /// What came of it.
        result: String,
        /// Why steps that are not done are left out.
        left_out: Option<String>,
    },
}

impl Leak {
    /// What the record of changes keeps of it.
    pub const fn act(&self) -> Act {
        match self {
            Self::Report { .. } => Act::ReportLeak,
            Self::Name { .. } => Act::NameLeak,
            Self::Tick { .. } => Act::TickLeak,
            Self::Key { .. } => Act::LeakKey,
            Self::Rekeyed { .. } => Act::LeakRekeyed,
            Self::Apologise { .. } => Act::Apologise,
            Self::Close { .. } => Act::CloseLeak,
        }
    }
}

/// The place of a step among the alarm's.
pub fn place(step: &str) -> Option<u8> {
    STEPS.iter().position(|s| *s == step).and_then(|at| u8::try_from(at).ok())
}

/// Three counts as the store keeps them.
pub fn kept(found: [usize; 3]) -> String {
    found.map(|n| n.to_string()).join(",")
}

/// Three counts as the store has kept them.
pub fn counts(kept: &str) -> Option<[usize; 3]> {
    let mut numbers = kept.split(',').map(|n| n.parse().ok());
    Some([numbers.next()??, numbers.next()??, numbers.next()??])
}

/// A secret on its way through the program: it shows itself to nobody who prints or logs what holds it, and its bytes are
/// overwritten when it goes.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret that was typed or pasted.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// What it is, for whoever needs it.
    pub fn tell(&self) -> &str {
        &self.0
    }

    /// How many characters it has.
    pub fn length(&self) -> usize {
        self.0.chars().count()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secret({})", self.length())
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        // the compiler must not see that nobody reads them any more
        std::hint::black_box(&bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alarm::rule;

    #[test]
    fn the_steps_are_those_of_the_alarm_in_its_order() {
        assert_eq!(rule("leak").unwrap().steps, STEPS);
        assert_eq!(STEPS.iter().filter_map(|s| place(s)).collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(place("arbitrate"), None);
    }

    #[test]
    fn counts_are_read_back_as_they_were_kept() {
        assert_eq!(counts(&kept([12, 0, 1])), Some([12, 0, 1]));
        assert_eq!((counts("12,0"), counts(""), counts("1,x,2")), (None, None, None));
    }

    #[test]
    fn a_secret_shows_itself_to_nobody_who_prints_it() {
        let secret = Secret::new("AGE-SECRET-KEY-1QQQ");
        assert_eq!(format!("{secret:?}"), "Secret(19)");
        assert_eq!(secret.tell(), "AGE-SECRET-KEY-1QQQ");
    }
}
