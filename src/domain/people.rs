//! Who works here: roles, departments, and the actor of a question or a change. What each role may do is the table of
//! `rights`; the store asks [`may`] for every query and every change, and no screen and no command decides by itself.

mod records;
mod rights;

use serde::{Deserialize, Serialize};

use super::field::Field;
pub use super::field::{DEPARTMENTS, ROLES};

pub use records::{adds, edits};
pub use rights::{RIGHTS, Reach, Relation, Right, Verb, may, reach, works};

/// The id of a person inside the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PersonId(pub i64);

/// What a person is here for (product.md, People and access).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Account manager, sales, service, marketing.
    Rep,
    /// Head of a department.
    Manager,
    /// Data security officer.
    Security,
    /// Administrator; a single person on their own file is one.
    Admin,
    /// Sees the directory, masked, and the board.
    Viewer,
}

impl Role {
    /// All of them, in the order people read them.
    pub const ALL: [Self; 5] = [Self::Rep, Self::Manager, Self::Security, Self::Admin, Self::Viewer];

    /// The id as stored.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Rep => "rep",
            Self::Manager => "manager",
            Self::Security => "security",
            Self::Admin => "admin",
            Self::Viewer => "viewer",
        }
    }

    /// The role with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }
}

/// Where a change comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// The full-screen program.
    Screen,
    /// The command line.
    Command,
    /// An import.
    Import,
    /// The demo company.
    Demo,
    /// The program's own daily round.
    System,
}

impl Via {
    /// The id as stored.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::Command => "command",
            Self::Import => "import",
            Self::Demo => "demo",
            Self::System => "system",
        }
    }
}

/// The person who asks or writes, in one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub id: PersonId,
    /// With which role.
    pub role: Role,
    /// In which department (id).
    pub department: String,
    /// Which session: tells one's own commits from others'.
    pub session: String,
    /// From where.
    pub via: Via,
}

/// What people say of their own absence: who stands in for them, from when, until when.
pub const LEAVE: &[Field] = &[Field::PersonDeputy, Field::AwayFrom, Field::AwayUntil];
