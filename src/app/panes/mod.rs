//! The five panes. Each says what data it wants, answers commands and keeps its cursor; none calls another.
//! What a pane shares with the others stands in [`Shared`]; how it looks stands in `ui::panes`.

pub mod board;
pub mod customers;
pub mod ledger;
pub mod matrix;
mod pane;
pub mod profile;

use super::command::Command;
use super::cursor::Move;
use super::draft::Place;
use super::feed::Slot;
use super::form::{Form, FormKind, Plan};
pub use super::pane_id::PaneId;
use super::popup::palette::View;
use super::shared::{Shared, Subject};
use crate::domain::change::Change;
use crate::i18n::Lang;
use crate::i18n::entry::Named;
use crate::store::request::Query;
pub use pane::{Pane, Step, movement};

/// All five panes.
#[derive(Clone, Debug, Default)]
pub struct Panes {
    /// 1 客户.
    pub customers: customers::Customers,
    /// 2 档案.
    pub profile: profile::Profile,
    /// 3 台账.
    pub ledger: ledger::Ledger,
    /// 4 策略.
    pub matrix: matrix::Matrix,
    /// 5 看板.
    pub board: board::Board,
}

impl Panes {
    fn pane(&mut self, id: PaneId) -> &mut dyn Pane {
        match id {
            PaneId::Customers => &mut self.customers,
            PaneId::Profile => &mut self.profile,
            PaneId::Ledger => &mut self.ledger,
            PaneId::Matrix => &mut self.matrix,
            PaneId::Board => &mut self.board,
        }
    }

    /// Notes where the person is.
    pub fn remember(&self, place: &mut Place) {
        self.customers.remember(place);
        self.ledger.remember(place);
        place.matrix = self.matrix.view as u8;
        self.board.remember(place);
    }

    /// Goes where the person was.
    pub fn resume(&mut self, place: &Place) {
        self.customers.resume(place);
        self.ledger.resume(place);
        self.matrix.view = matrix::View::ALL.get(usize::from(place.matrix)).copied().unwrap_or_default();
        self.board.resume(place);
    }

    /// Shows a view of its pane.
    pub fn show_view(&mut self, view: View) {
        match view {
            View::Ledger(view) => self.ledger.view = view,
            View::Matrix(view) => self.matrix.view = view,
            View::Shelf(noun) => self.matrix.show_shelf(noun),
            View::Board(view) => self.board.show_view(view),
        }
    }

    /// What the shown pane wants to know.
    pub fn wants(&self, id: PaneId, s: &Shared) -> Vec<(Slot, Query)> {
        match id {
            PaneId::Customers => self.customers.wants(s),
            PaneId::Profile => {
                let mut wants = self.profile.wants(s);
                // the next and previous record are those of the list from which the profile was opened
                let list = match self.profile.from {
                    PaneId::Ledger => self.ledger.wants(s),
                    _ => self.customers.wants(s),
                };
                wants.extend(
                    list.into_iter()
                        .filter(|(slot, _)| matches!(slot, Slot::Customers | Slot::Queue | Slot::Touches)),
                );
                wants
            }
            PaneId::Ledger => self.ledger.wants(s),
            PaneId::Matrix => self.matrix.wants(s),
            PaneId::Board => self.board.wants(s),
        }
    }

    /// What is asked while nobody waits: the cards beside the cursor, and the day's list before it is looked at first.
    pub fn ahead(&self, id: PaneId, s: &Shared) -> Vec<(Slot, Query)> {
        let mut ahead = match id {
            PaneId::Customers => self.customers.ahead(s),
            PaneId::Ledger => self.ledger.ahead(s),
            PaneId::Profile | PaneId::Matrix | PaneId::Board => Vec::new(),
        };
        if id != PaneId::Ledger && !s.feeds.is_here(Slot::Queue) {
            ahead.push(self.ledger.day());
        }
        ahead
    }

    /// Gives a command to the shown pane.
    pub fn command(&mut self, id: PaneId, command: Command, s: &mut Shared) -> Step {
        // the next and previous record are those of the list, wherever one is
        if matches!(command, Command::NextRecord | Command::PreviousRecord)
            && matches!(id, PaneId::Customers | PaneId::Profile)
        {
            let by = if command == Command::NextRecord { 1 } else { -1 };
            if id == PaneId::Profile && self.profile.from == PaneId::Ledger {
                self.ledger.walk(by, s);
            } else {
                self.customers.go(Move::By(by), s);
            }
            return Step::Done;
        }
        let pane = self.pane(id);
        if let Some(to) = movement(command) {
            pane.go(to, s);
            return Step::Done;
        }
        pane.command(command, s)
    }

    /// Tells every pane of an answer; `shown` is the one on the screen.
    pub fn answered(&mut self, shown: PaneId, slot: Slot, s: &mut Shared) {
        let before = (s.subject.clone(), s.aside.clone());
        // a movement from record to record that had to wait for the next window goes on on the profile too
        let waits = match slot {
            Slot::Customers => self.customers.waits(),
            Slot::Touches => self.ledger.touches.waits(),
            _ => false,
        };
        let walks = shown == PaneId::Profile && waits;
        for id in PaneId::ALL {
            self.pane(id).answered(slot, s);
        }
        // a list that is not on the screen says nothing about the customer at hand
        let owner = match slot {
            Slot::Customers => PaneId::Customers,
            Slot::Queue | Slot::Touches => PaneId::Ledger,
            Slot::Alarms => PaneId::Board,
            _ => return,
        };
        if owner != shown && !walks {
            (s.subject, s.aside) = before;
        }
    }

    /// A pane comes onto the screen after another.
    pub fn entered(&mut self, id: PaneId, before: PaneId, s: &mut Shared) {
        if id == PaneId::Profile && before != PaneId::Profile {
            self.profile.from = before;
        }
        if id != before {
            s.give_back();
        }
        self.pane(id).entered(s);
    }

    /// The screen has another size.
    pub fn resized(&mut self, s: &Shared) {
        for id in PaneId::ALL {
            self.pane(id).resized(s);
        }
    }

    /// A click on a line of the shown pane.
    pub fn click(&mut self, id: PaneId, line: usize, s: &mut Shared) -> bool {
        self.pane(id).click(line, s)
    }

    /// The wheel over the shown pane.
    pub fn wheel(&mut self, id: PaneId, rows: isize, s: &mut Shared) {
        self.pane(id).go(Move::By(rows), s);
    }

    /// What `a` opens on a pane: from the queue it fulfils the task under the cursor.
    pub fn touch(&self, id: PaneId, s: &Shared) -> FormKind {
        match id {
            PaneId::Ledger => self.ledger.touch(s),
            // a profile that was opened from the queue works the queue
            PaneId::Profile if self.profile.from == PaneId::Ledger => self.ledger.touch(s),
            // on an open promise it is the same form as from the queue; where one goes on from there stands in `onward`
            PaneId::Profile if let Some(task) = self.profile.promise(s) => self.ledger.touch_for(task, s),
            _ => FormKind::Touch { done: Vec::new(), from_queue: false, plan: Plan::default() },
        }
    }

    /// The contacts of a customer, as far as they are here already.
    pub fn contacts(&self, _id: PaneId, subject: Option<&Subject>, s: &Shared) -> Vec<Named> {
        let Some(subject) = subject else { return Vec::new() };
        if let Some(profile) = self.profile.shown(s).filter(|p| p.row.id == subject.id.0) {
            return profile::contacts(profile);
        }
        let cards = [s.feeds.card(), s.feeds.form_card(), s.feeds.find_card()];
        let here = cards.into_iter().flatten().flatten().find(|card| card.row.id == subject.id.0);
        here.map(|card| super::shared::named_contacts(&card.contacts)).unwrap_or_default()
    }

    /// Customers that the open profile names: the first name is the customer's, the second its number.
    pub fn names(&self, s: &Shared) -> Vec<Named> {
        let Some(Some(profile)) = s.feeds.profile() else { return Vec::new() };
        profile
            .names
            .iter()
            .map(|(id, name)| {
                let (code, name) = name.split_once(' ').unwrap_or(("", name));
                Named { id: *id, names: vec![name.to_owned(), code.to_owned()] }
            })
            .collect()
    }

    /// Fills a new form with what a pane knows.
    pub fn prefill(&self, form: &mut Form, lang: Lang) {
        if form.kind == FormKind::Filter {
            for entry in &mut form.entries {
                entry.input =
                    tui_input::Input::new(crate::i18n::group::shown(&self.customers.filter_text, lang));
            }
        }
        if form.kind == FormKind::Search {
            for entry in &mut form.entries {
                entry.input = tui_input::Input::new(self.ledger.touches.text.clone());
            }
        }
    }

    /// Completes a change with what a pane shows: a view is kept as the list stands.
    pub fn complete(&self, change: Change) -> Change {
        match change {
            Change::SaveView { name, shared, .. } => self.customers.view(name, shared),
            change => change,
        }
    }
}
