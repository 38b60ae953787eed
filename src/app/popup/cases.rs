//! Hand-overs and disputes as a list and one by one: which of them is open, and which step fits it.

use super::super::cursor::Cursor;
use super::super::feed::Slot;
use super::super::shared::Shared;
use crate::domain::handover::Turn;
use crate::store::request::{Case, CaseKind, CaseRow, DisputeCase, HandOverCase, Query};

/// The popup's state.
#[derive(Clone, Debug, Default)]
pub struct Cases {
    /// Which line of the list.
    pub cursor: Cursor,
    /// The case that is open, if one is.
    pub open: Option<(CaseKind, i64)>,
    /// Which line of it.
    pub line: Cursor,
}

/// What is done about a hand-over, its key, and whether it fits now.
pub const TURNS: &[(char, Turn)] =
    &[('a', Turn::Accept), ('d', Turn::Decline), ('c', Turn::Confirm), ('b', Turn::TakeBack)];

impl Cases {
    /// The list, as far as it is here.
    pub fn rows(s: &Shared) -> &[CaseRow] {
        s.feeds.cases().map(Vec::as_slice).unwrap_or_default()
    }

    /// The open hand-over, as far as it is here.
    pub fn shown<'s>(&self, s: &'s Shared) -> Option<&'s HandOverCase> {
        match s.feeds.case()?.as_ref()? {
            Case::HandOver(case) if self.open == Some((CaseKind::HandOver, case.id)) => Some(case),
            _ => None,
        }
    }

    /// The open dispute, as far as it is here.
    pub fn dispute<'s>(&self, s: &'s Shared) -> Option<&'s DisputeCase> {
        match s.feeds.case()?.as_ref()? {
            Case::Dispute(case) if self.open == Some((CaseKind::Dispute, case.id)) => Some(case),
            _ => None,
        }
    }

    /// What it wants to know.
    pub fn wants(&self) -> Vec<(Slot, Query)> {
        let mut wants = vec![(Slot::Cases, Query::Cases), (Slot::Loads, Query::Loads)];
        wants.extend(self.open.map(|(kind, id)| (Slot::Case, Query::Case(kind, id))));
        wants
    }
}

/// Whether a step fits the state of a hand-over and the person's side.
pub fn fits(case: &HandOverCase, turn: Turn) -> bool {
    let side = if turn.is_receivers() { case.takes } else { case.gives };
    let ready = turn != Turn::Confirm || case.items.iter().all(|i| i.done_by.is_some());
    side && ready && turn.leads(&case.state).is_some()
}
