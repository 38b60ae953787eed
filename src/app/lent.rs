//! A list as it was before another pane opened it for itself, or a profile before the next due customer took its place. When it is lent and given back stands in `back`.

use super::pane_id::PaneId;
use super::panes::customers::Customers;
use super::panes::ledger::Ledger;
use super::panes::profile::Profile;
use super::shared::Subject;

/// Lists lent one from within another; the oldest is forgotten.
pub(super) const MOST: usize = 8;

/// A list as it was before it was lent.
#[derive(Clone, Debug)]
pub(super) enum List {
    Customers(Box<Customers>),
    Ledger(Box<Ledger>),
    Profile(Box<Profile>),
}

/// A list that was lent: what it was, and where the person was.
#[derive(Clone, Debug)]
pub(super) struct Lent {
    pub list: List,
    pub from: PaneId,
    /// The customer at hand there, and where that profile had been opened.
    pub subject: Option<Subject>,
    pub profile: PaneId,
}

impl Lent {
    pub const fn pane(&self) -> PaneId {
        match self.list {
            List::Customers(_) => PaneId::Customers,
            List::Ledger(_) => PaneId::Ledger,
            List::Profile(_) => PaneId::Profile,
        }
    }
}
