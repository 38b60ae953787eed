//! Pane 2, profile and tags.
use super::super::command::Command;
use super::super::cursor::{Cursor, Move};
use super::super::feed::Slot;
use super::super::shared::Shared;
use super::{Pane, PaneId, Step};
use crate::store::request::Query;

/// The pane's state.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The cursor among the lines.
    pub cursor: Cursor,
}

impl Pane for Profile {
    fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        s.subject.iter().map(|c| (Slot::Profile, Query::Profile(c.id))).collect()
    }
    fn command(&mut self, command: Command, _s: &mut Shared) -> Step {
        match command {
            Command::Back => Step::Go(PaneId::Customers),
            _ => Step::Pass,
        }
    }
    fn answered(&mut self, _slot: Slot, _s: &mut Shared) {}
    fn go(&mut self, _to: Move, _s: &mut Shared) {}
    fn click(&mut self, _line: usize, _s: &mut Shared) -> bool {
        false
    }
}
