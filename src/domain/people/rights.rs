//! Who may do what, as one table: for every verb and role how far it reaches, from one's own customers to everybody's.
//! The store asks [`may`] for every query and every change; nothing else in the program decides about a right. What
//! belongs to no customer (a script, a setting) is asked for as one's own.

use Reach::{All, Department, No, Own, Shared};

use super::Role;

/// How a person stands to a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// They own it, or stand in for its owner.
    Own,
    /// Its owner works together with them on it (A27).
    Shared,
    /// Its owner works in the same department.
    Department,
    /// None of these.
    Other,
}

/// How far a right reaches; each reach holds those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nowhere.
    No,
    /// One's own customers.
    Own,
    /// Shared ones too.
    Shared,
    /// The whole department.
    Department,
    /// Everybody.
    All,
}

impl Reach {
    /// Whether it goes as far as a customer that one stands to like this.
    pub const fn covers(self, relation: Relation) -> bool {
        match relation {
            Relation::Own => !matches!(self, No),
            Relation::Shared => !matches!(self, No | Own),
            Relation::Department => matches!(self, Department | All),
            Relation::Other => matches!(self, All),
        }
    }
}

/// One row of the table: the reach of every role.
pub struct Right {
    /// What for.
    pub verb: Verb,
    rep: Reach,
    manager: Reach,
    security: Reach,
    admin: Reach,
    viewer: Reach,
}

impl Right {
    /// How far it reaches for a role.
    pub const fn of(&self, role: Role) -> Reach {
        match role {
            Role::Rep => self.rep,
            Role::Manager => self.manager,
            Role::Security => self.security,
            Role::Admin => self.admin,
            Role::Viewer => self.viewer,
        }
    }
}

macro_rules! rights {
    ($( $(#[doc = $doc:literal])+ $verb:ident $rep:ident $manager:ident $security:ident $admin:ident $viewer:ident; )*) => {
        /// What somebody wants to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Verb { $( $(#[doc = $doc])+ $verb, )* }

        /// The table of rights.
        pub const RIGHTS: &[Right] = &[ $( Right {
            verb: Verb::$verb, rep: $rep, manager: $manager, security: $security, admin: $admin, viewer: $viewer,
        }, )* ];
    };
}

rights! {
    //                                      rep        manager    security admin  viewer
    /// See name, industry, classes, owner and touches.
    SeeDirectory                            All        All        All      All    All;
    /// See phones, mail, addresses and amounts unmasked.
    SeePrivate                              Shared     Department No       All    No;
    /// See one masked field after saying why; counted and kept.
    Reveal                                  All        All        No       All    No;
    /// Reveal without the limit of a day.
    RevealFreely                            No         All        No       All    No;
    /// Write down a touch, a task, a complaint.
    Log                                     All        All        No       All    No;
    /// Create a customer of one's own.
    Create                                  All        All        No       All    No;
    /// Edit the customer and its records.
    Edit                                    Own        Department No       All    No;
    /// Check, as a second person, what somebody else has entered (H10).
    Check                                   Shared     Department No       All    No;
    /// Let colleagues work on the customer, or no longer (A27).
    Share                                   Own        Department No       All    No;
    /// Make two customers of one's own one (H7).
    Merge                                   Own        Department No       All    No;
    /// Give the customer to somebody else.
    Assign                                  No         Department No       All    No;
    /// Say that one should own a customer who belongs to somebody else (A143).
    Dispute                                 All        All        No       All    No;
    /// Decide such a dispute.
    Arbitrate                               No         All        No       All    No;
    /// Write a draft of a script.
    Draft                                   Own        All        No       All    No;
    /// Approve and withdraw scripts; keep gifts, content and the catalogue.
    Approve                                 No         All        No       All    No;
    /// Edit the strategy table and what lies over it.
    Strategy                                No         Department No       All    No;
    /// Take back what somebody else has done; act on colleagues' tasks.
    Supervise                               No         Department No       All    No;
    /// Take data out, as far as one sees it in full.
    Export                                  Shared     Department No       All    No;
    /// Take more rows out than a day's limit.
    ExportFreely                            No         Department No       All    No;
    /// Read the history of what people did.
    Audit                                   Own        Department All      All    No;
    /// Freeze a person, and answer a leak (G1, K52).
    Freeze                                  No         No         All      All    No;
    /// Erase a customer on their request (I18).
    Erase                                   No         No         No       All    No;
    /// Import files.
    Import                                  No         No         No       All    No;
    /// Change settings, people, schemes.
    Configure                               No         No         No       All    No;
}

/// How far a role's right to do something reaches.
pub fn reach(role: Role, verb: Verb) -> Reach {
    // the enum is made of the table, in its order
    RIGHTS.get(verb as usize).map_or(No, |right| right.of(role))
}

/// Whether `role` may do `verb` with a customer it stands to as `relation`.
pub fn may(role: Role, verb: Verb, relation: Relation) -> bool {
    reach(role, verb).covers(relation)
}

/// Whether people in a role work with customers: whoever does not owns none, stands in for nobody and has no tasks.
pub fn works(role: Role) -> bool {
    reach(role, Verb::Log) != No
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELATIONS: [Relation; 4] = [Relation::Own, Relation::Shared, Relation::Department, Relation::Other];

    /// The table as people agreed on it, written down a second time as how many of own, shared, department and other
    /// each role may: rep, manager, security, admin, viewer.
    const AGREED: &[(Verb, [usize; 5])] = &[
        (Verb::SeeDirectory, [4, 4, 4, 4, 4]),
        (Verb::SeePrivate, [2, 3, 0, 4, 0]),
        (Verb::Reveal, [4, 4, 0, 4, 0]),
        (Verb::RevealFreely, [0, 4, 0, 4, 0]),
        (Verb::Log, [4, 4, 0, 4, 0]),
        (Verb::Create, [4, 4, 0, 4, 0]),
        (Verb::Edit, [1, 3, 0, 4, 0]),
        (Verb::Check, [2, 3, 0, 4, 0]),
        (Verb::Share, [1, 3, 0, 4, 0]),
        (Verb::Merge, [1, 3, 0, 4, 0]),
        (Verb::Assign, [0, 3, 0, 4, 0]),
        (Verb::Dispute, [4, 4, 0, 4, 0]),
        (Verb::Arbitrate, [0, 4, 0, 4, 0]),
        (Verb::Draft, [1, 4, 0, 4, 0]),
        (Verb::Approve, [0, 4, 0, 4, 0]),
        (Verb::Strategy, [0, 3, 0, 4, 0]),
        (Verb::Supervise, [0, 3, 0, 4, 0]),
        (Verb::Export, [2, 3, 0, 4, 0]),
        (Verb::ExportFreely, [0, 3, 0, 4, 0]),
        (Verb::Audit, [1, 3, 4, 4, 0]),
        (Verb::Freeze, [0, 0, 4, 4, 0]),
        (Verb::Erase, [0, 0, 0, 4, 0]),
        (Verb::Import, [0, 0, 0, 4, 0]),
        (Verb::Configure, [0, 0, 0, 4, 0]),
    ];

    #[test]
    fn every_cell_of_role_verb_and_relation_is_as_agreed() {
        assert_eq!(AGREED.len(), RIGHTS.len());
        for (right, (verb, counts)) in RIGHTS.iter().zip(AGREED) {
            assert_eq!((right.verb, right.verb as usize), (*verb, *verb as usize));
            for (role, count) in
                [Role::Rep, Role::Manager, Role::Security, Role::Admin, Role::Viewer].into_iter().zip(counts)
            {
                for (at, relation) in RELATIONS.into_iter().enumerate() {
                    assert_eq!(may(role, *verb, relation), at < *count, "{role:?} {verb:?} {relation:?}");
                }
            }
        }
    }

    #[test]
    fn a_viewer_and_a_security_officer_write_nothing_of_a_customer() {
        let reading = [Verb::SeeDirectory, Verb::Audit, Verb::Freeze];
        for right in RIGHTS.iter().filter(|r| !reading.contains(&r.verb)) {
            assert_eq!((right.of(Role::Viewer), right.of(Role::Security)), (No, No), "{:?}", right.verb);
        }
    }
}
