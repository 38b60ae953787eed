//! Who works here and what they may do: roles, relations to a customer, and the one table that decides.
//! The store asks [`may`] for every query and every change; no screen and no command decides by itself.

use serde::{Deserialize, Serialize};

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
        [Self::Rep, Self::Manager, Self::Security, Self::Admin, Self::Viewer]
            .into_iter()
            .find(|r| r.id() == id)
    }
}

/// How a person stands to a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// They own it, or stand in for its owner.
    Own,
    /// Its owner works in the same department.
    Department,
    /// Neither.
    Other,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// See name, industry, classes, owner and touches.
    SeeDirectory,
    /// See phones, mail, addresses and amounts unmasked.
    SeePrivate,
    /// Write down a touch, a task, a complaint.
    Log,
    /// Create a customer of one's own.
    Create,
    /// Edit the customer and its records.
    Edit,
    /// Check, as a second person, what somebody else has entered (H10).
    Check,
    /// Give the customer to somebody else.
    Assign,
    /// Write a draft of a script.
    Draft,
    /// Approve and withdraw scripts; keep gifts, content and the catalogue.
    Approve,
    /// Edit the strategy table and what lies over it.
    Strategy,
    /// Import files.
    Import,
    /// Change settings, people, schemes.
    Configure,
    /// Shut a person out at once (G1).
    Freeze,
}

/// Whether `role` may do `verb` with a customer it stands to as `relation`. Default: no.
pub const fn may(role: Role, verb: Verb, relation: Relation) -> bool {
    match role {
        Role::Admin => true,
        Role::Manager => match verb {
            Verb::SeeDirectory | Verb::Log | Verb::Create | Verb::Draft | Verb::Approve => true,
            Verb::SeePrivate | Verb::Edit | Verb::Check | Verb::Assign | Verb::Strategy => {
                matches!(relation, Relation::Own | Relation::Department)
            }
            Verb::Import | Verb::Configure | Verb::Freeze => false,
        },
        Role::Rep => match verb {
            Verb::SeeDirectory | Verb::Log | Verb::Create | Verb::Draft => true,
            Verb::SeePrivate | Verb::Edit | Verb::Check => matches!(relation, Relation::Own),
            Verb::Approve | Verb::Assign | Verb::Strategy | Verb::Import | Verb::Configure | Verb::Freeze => {
                false
            }
        },
        Role::Security => matches!(verb, Verb::SeeDirectory | Verb::Freeze),
        Role::Viewer => matches!(verb, Verb::SeeDirectory),
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

/// The departments, by id (A91).
pub const DEPARTMENTS: &[&str] = &["sales", "service", "marketing", "operations", "other"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rep_sees_private_fields_of_own_customers_only() {
        assert!(may(Role::Rep, Verb::SeePrivate, Relation::Own));
        assert!(!may(Role::Rep, Verb::SeePrivate, Relation::Department));
        assert!(!may(Role::Rep, Verb::SeePrivate, Relation::Other));
    }

    #[test]
    fn everybody_who_works_with_customers_may_log_a_touch_and_a_viewer_may_write_nothing() {
        for relation in [Relation::Own, Relation::Department, Relation::Other] {
            assert!(may(Role::Rep, Verb::Log, relation));
            assert!(may(Role::Manager, Verb::Log, relation));
            for verb in [Verb::Log, Verb::Create, Verb::Edit, Verb::Assign, Verb::Import, Verb::Configure] {
                assert!(!may(Role::Viewer, verb, relation));
                assert!(!may(Role::Security, verb, relation));
            }
        }
    }

    #[test]
    fn h39_a_rep_writes_drafts_and_a_manager_approves() {
        assert!(may(Role::Rep, Verb::Draft, Relation::Own) && !may(Role::Rep, Verb::Approve, Relation::Own));
        assert!(may(Role::Manager, Verb::Approve, Relation::Own));
        for role in [Role::Viewer, Role::Security] {
            assert!(!may(role, Verb::Draft, Relation::Own) && !may(role, Verb::Approve, Relation::Own));
        }
    }

    #[test]
    fn a_manager_edits_the_strategy_of_the_own_department_and_a_rep_none() {
        assert!(may(Role::Manager, Verb::Strategy, Relation::Department));
        assert!(!may(Role::Manager, Verb::Strategy, Relation::Other));
        assert!(
            !may(Role::Rep, Verb::Strategy, Relation::Own)
                && may(Role::Admin, Verb::Strategy, Relation::Other)
        );
    }

    #[test]
    fn g01_the_security_officer_and_the_administrator_freeze_and_nobody_else() {
        for role in [Role::Rep, Role::Manager, Role::Security, Role::Admin, Role::Viewer] {
            let does = matches!(role, Role::Security | Role::Admin);
            assert_eq!(may(role, Verb::Freeze, Relation::Other), does, "{role:?}");
        }
    }

    #[test]
    fn a_manager_assigns_within_the_department_only() {
        assert!(may(Role::Manager, Verb::Assign, Relation::Department));
        assert!(!may(Role::Manager, Verb::Assign, Relation::Other));
    }
}
