//! Pane: board.
use super::super::command::Command;
use super::super::cursor::{Cursor, Move};
use super::super::feed::Slot;
use super::super::shared::Shared;
use super::{Pane, Step};
use crate::store::request::Query;

/// The pane's state.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// The cursor.
    pub cursor: Cursor,
}

impl Pane for Board {
    fn wants(&self, _s: &Shared) -> Vec<(Slot, Query)> {
        Vec::new()
    }
    fn command(&mut self, _command: Command, _s: &mut Shared) -> Step {
        Step::Pass
    }
    fn answered(&mut self, _slot: Slot, _s: &mut Shared) {}
    fn go(&mut self, _to: Move, _s: &mut Shared) {}
    fn click(&mut self, _line: usize, _s: &mut Shared) -> bool {
        false
    }
}
