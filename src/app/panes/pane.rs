//! What every pane can do, and what it answers to a command. The panes themselves stand beside this file; all of them
//! together in `Panes`.

use super::super::command::Command;
use super::super::cursor::Move;
use super::super::feed::Slot;
use super::super::form::FormKind;
use super::super::msg::Effect;
use super::super::pane_id::PaneId;
use super::super::popup::{Act, Popup};
use super::super::shared::{Shared, Tone};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Row};
use crate::i18n::Text;
use crate::store::request::Query;

/// What a pane answers to a command.
#[derive(Clone, Debug)]
pub enum Step {
    /// It has done it.
    Done,
    /// It is not for this pane.
    Pass,
    /// Opens a popup.
    Open(Box<Popup>),
    /// Opens a form.
    Form(FormKind),
    /// Opens a form on a record: all its fields, or one.
    Edit(Row, Option<Field>),
    /// Writes.
    Write(Box<Change>),
    /// Goes to a pane.
    Go(PaneId),
    /// Something outside.
    Effect(Effect),
    /// Runs another command.
    Run(Command),
    /// Does what a row of a menu would.
    Act(Box<Act>),
    /// Several of these.
    Many(Vec<Step>),
}

impl Step {
    /// Nothing is done, and a sentence says why.
    pub fn said(s: &mut Shared, text: Text) -> Self {
        let text = text.of(s.lang).to_owned();
        s.say(Tone::Plain, text);
        Self::Done
    }

    /// The same with the key of a command in the sentence.
    pub fn with_key(s: &mut Shared, text: Text, command: Command) -> Self {
        let text = text.with(s.lang, &[&s.key(command)]);
        s.say(Tone::Plain, text);
        Self::Done
    }
}

/// What every pane can do.
pub trait Pane {
    /// What it wants to know while it is shown.
    fn wants(&self, s: &Shared) -> Vec<(Slot, Query)>;
    /// What it will want to know after the next movement, most likely.
    fn ahead(&self, _s: &Shared) -> Vec<(Slot, Query)> {
        Vec::new()
    }
    /// What it does with a command.
    fn command(&mut self, command: Command, s: &mut Shared) -> Step;
    /// Takes note of an answer.
    fn answered(&mut self, slot: Slot, s: &mut Shared);
    /// Moves its cursor.
    fn go(&mut self, to: Move, s: &mut Shared);
    /// A click on a line of its list; true where the cursor was there already.
    fn click(&mut self, line: usize, s: &mut Shared) -> bool;
    /// It comes onto the screen.
    fn entered(&mut self, _s: &mut Shared) {}
    /// The screen has another size.
    fn resized(&mut self, _s: &Shared) {}
}

/// The movement a command means in a list, if it means one.
pub fn movement(command: Command) -> Option<Move> {
    Some(match command {
        Command::Down => Move::By(1),
        Command::Up => Move::By(-1),
        Command::PageDown => Move::Page(1),
        Command::PageUp => Move::Page(-1),
        Command::Top => Move::First,
        Command::Bottom => Move::Last,
        _ => return None,
    })
}

/// The cards of the rows below and above the cursor.
pub(super) fn beside(rows: &[CustomerId], at: usize) -> Vec<(Slot, Query)> {
    let beside = [(Slot::CardBelow, at.checked_add(1)), (Slot::CardAbove, at.checked_sub(1))];
    beside.into_iter().filter_map(|(slot, at)| Some((slot, Query::Card(*rows.get(at?)?)))).collect()
}
