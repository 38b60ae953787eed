//! Disputes about who owns a customer (A143, G4, H32): what is done about one, and who decides. The principle is that the
//! first touch owns and the other works along; the arbiter may see it otherwise and says why.

use serde::{Deserialize, Serialize};

use super::act::Act;
use super::customer::CustomerId;
use super::people::PersonId;

/// What is done about a dispute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dispute {
    /// Somebody says that the customer should be theirs.
    Open {
        /// Which.
        customer: CustomerId,
        /// Why.
        reason: String,
    },
    /// Something is said about it.
    Note {
        /// Which.
        id: i64,
        /// What.
        text: String,
    },
    /// The arbiter decides; the other one works along.
    Decide {
        /// Which.
        id: i64,
        /// The revision the arbiter saw.
        rev: i64,
        /// Who owns the customer from now on: one of the two.
        owner: PersonId,
        /// Why.
        reason: String,
    },
    /// Whoever began it does not insist.
    Withdraw {
        /// Which.
        id: i64,
        /// The revision the person saw.
        rev: i64,
    },
}

impl Dispute {
    /// What the record of changes keeps of it.
    pub const fn act(&self) -> Act {
        match self {
            Self::Open { .. } => Act::Dispute,
            Self::Note { .. } => Act::NoteDispute,
            Self::Decide { .. } => Act::DecideDispute,
            Self::Withdraw { .. } => Act::WithdrawDispute,
        }
    }

    /// Why, where it was said.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Open { reason, .. } | Self::Decide { reason, .. } => Some(reason),
            Self::Note { .. } | Self::Withdraw { .. } => None,
        }
    }
}

/// Who could arbitrate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: i64,
    /// Whether their post is the one the company names for it.
    pub named: bool,
    /// Department id.
    pub department: String,
    /// Role id.
    pub role: String,
}

/// The arbiter of a dispute between two people (G4): whoever has the named post, else a head of operations, else another
/// head, else an administrator; never one of the two, as long as there is anybody else.
pub fn arbiter(candidates: &[Candidate], parties: [i64; 2]) -> Option<i64> {
    let rank = |c: &Candidate| match (c.named, c.department.as_str(), c.role.as_str()) {
        (true, ..) => 0,
        (_, "operations", "manager") => 1,
        (_, _, "manager") => 2,
        (_, _, "admin") => 3,
        _ => 9,
    };
    candidates
        .iter()
        .filter(|c| rank(c) < 9)
        .min_by_key(|c| (parties.contains(&c.person), rank(c), c.person))
        .map(|c| c.person)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(person: i64, named: bool, department: &str, role: &str) -> Candidate {
        Candidate { person, named, department: department.into(), role: role.into() }
    }

    #[test]
    fn g4_the_operations_director_arbitrates_and_never_a_party_while_there_is_anybody_else() {
        let all = [
            candidate(1, false, "sales", "admin"),
            candidate(2, false, "sales", "manager"),
            candidate(3, false, "operations", "manager"),
            candidate(4, true, "operations", "rep"),
            candidate(5, false, "sales", "rep"),
        ];
        assert_eq!(arbiter(&all, [5, 9]), Some(4));
        assert_eq!(arbiter(&all, [4, 5]), Some(3), "not a party");
        assert_eq!(arbiter(&all[..3], [3, 5]), Some(2));
        assert_eq!(arbiter(&all[..1], [1, 5]), Some(1), "nobody else is there");
        assert_eq!(arbiter(&all[4..], [1, 2]), None);
    }
}
