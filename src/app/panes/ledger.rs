//! Pane 3, the ledger: the follow-up queue with one key for each way a call can end, and all touches. Both lists keep
//! their place by what stands under the cursor; the customer there is the one at hand.

pub mod cases;
pub mod complaints;
pub mod item;
mod list;
mod print;
pub mod requests;
mod touches;
pub mod view;

use super::super::command::Command;
use super::super::cursor::{Cursor, Move};
use super::super::draft::Place;
use super::super::feed::Slot;
use super::super::form::{FormKind, Plan};
use super::super::msg::Effect;
use super::super::pane_id::PaneId;
use super::super::popup::{Act, Popup};
use super::super::room;
use super::super::shared::{Shared, Subject, Tone};
use super::customers::Customers;
use super::matrix::campaigns::outcome_menu;
use super::pane::{Pane, Step, beside};
use crate::domain::change::{Change, TaskRef};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Noun, Row};
use crate::domain::queue::{AHEAD, Item, Reason};
use crate::i18n::{ledger as t, words};
use crate::store::request::{Query, TouchRow};

pub use list::{Line, id, lines, top};
use list::{ids, items, next};
pub use touches::{Search, Touches};
pub use view::View;

/// The pane's state.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The view that is shown.
    pub view: View,
    /// The cursor in the queue, among today's items and the later ones.
    pub queue: Cursor,
    /// All that is due, not only what the day holds.
    pub whole: bool,
    /// The list of touches.
    pub touches: Touches,
    /// What departments ask of each other.
    pub requests: requests::Requests,
    /// The complaints.
    pub complaints: complaints::Complaints,
}

impl Ledger {
    /// Asks for the day's list.
    pub fn day(&self) -> (Slot, Query) {
        (Slot::Queue, Query::Queue { owner: None, whole: self.whole, ahead: AHEAD })
    }

    /// The item under the cursor of the queue.
    pub fn item<'s>(&self, s: &'s Shared) -> Option<&'s Item> {
        s.feeds.queue().and_then(|q| items(q).nth(self.queue.at))
    }

    /// The touch under the cursor.
    pub fn touch_row<'s>(&self, s: &'s Shared) -> Option<&'s TouchRow> {
        s.feeds.touches().and_then(|w| w.rows.get(self.touches.list.cursor.at))
    }

    /// What `a` opens: in the queue a touch that fulfils the task under the cursor.
    pub fn touch(&self, s: &Shared) -> FormKind {
        let subject = s.subject.as_ref().map(|c| c.id);
        let item = self.item(s).filter(|i| self.view == View::FollowUps && Some(i.customer) == subject);
        touch_of(item, s)
    }

    /// What `a` opens on a task that stands elsewhere: the same, but it was not begun in the queue.
    pub fn touch_for(&self, task: &TaskRef, s: &Shared) -> FormKind {
        let item = s.feeds.queue().and_then(|queue| items(queue).find(|item| item.task == *task));
        match touch_of(item, s) {
            FormKind::Touch { plan, .. } => {
                FormKind::Touch { done: vec![task.clone()], from_queue: false, plan }
            }
            other => other,
        }
    }

    /// Who is next due after a customer that is done; the cursor stays.
    pub fn who_is_next(&self, done: Option<CustomerId>, s: &Shared) -> Option<Subject> {
        let queue = s.feeds.queue()?;
        queue.today.get(next(queue, self.queue.at, done)?).map(subject)
    }

    /// The next due customer after one that is done: the cursor goes there, so that the day is worked from top to bottom.
    pub fn next_due(&mut self, done: Option<CustomerId>, s: &Shared) -> Option<Subject> {
        let at = next(s.feeds.queue()?, self.queue.at, done)?;
        let by = at.cast_signed() - self.queue.at.cast_signed();
        self.queue.go(Move::By(by), &ids(s), room::queue(s.size));
        self.item(s).map(subject)
    }

    /// A task was given another day: the cursor stays where it was, on the next item, and does not follow the task.
    pub fn moved_away(&mut self, task: &TaskRef, s: &Shared) {
        let Some(queue) = s.feeds.queue() else { return };
        if self.item(s).is_some_and(|item| named(item, s) == *task || item.task == *task)
            && let Some(next) = items(queue).nth(self.queue.at + 1)
        {
            self.queue.id = Some(list::id(next));
        }
    }

    /// A customer that stands in the queue.
    pub fn subject_of(&self, customer: CustomerId, s: &Shared) -> Option<Subject> {
        items(s.feeds.queue()?).find(|item| item.customer == customer).map(subject)
    }

    /// Goes to a complaint or a request.
    pub fn show(&mut self, row: Row) {
        if row.noun == Noun::Complaint {
            self.view = View::Complaints;
            self.complaints.show(row.id);
        } else {
            self.view = View::Requests;
            self.requests.show(row.id);
        }
    }

    /// Shows the touches that fit a search.
    pub fn search(&mut self, text: &str) {
        self.view = View::Touches;
        self.touches.search(text);
    }

    /// Notes where the person is.
    pub fn remember(&self, place: &mut Place) {
        place.ledger = self.view as u8;
        place.search.clone_from(&self.touches.text);
        place.queue = self.queue.id;
    }

    /// Goes where the person was.
    pub fn resume(&mut self, place: &Place) {
        self.touches.search(&place.search);
        self.queue.id = place.queue;
        self.view = View::ALL.get(usize::from(place.ledger)).copied().unwrap_or_default();
    }

    /// Goes so many rows on to one that has a customer; where there is none, who was at hand stays.
    pub fn walk(&mut self, by: isize, s: &mut Shared) {
        let before = (self.queue, s.subject.clone());
        loop {
            let at = self.queue.at;
            self.go(Move::By(by), s);
            if s.subject.is_some() {
                return;
            }
            if self.queue.at == at {
                break;
            }
        }
        (self.queue, s.subject) = before;
        s.aside = None;
        s.say(Tone::Plain, t::NO_FURTHER.of(s.lang).to_owned());
    }

    /// Whether the cursor of the queue is on what has no customer: a task of a plan, a campaign to be evaluated.
    fn of_nobody(&self, s: &Shared) -> bool {
        self.view == View::FollowUps && self.item(s).is_some_and(|item| item.customer.0 <= 0)
    }

    /// The customer under the cursor becomes the one at hand.
    fn hand_over(&self, s: &mut Shared) {
        let subject = match self.view {
            View::FollowUps if self.of_nobody(s) => return s.set_aside(),
            View::FollowUps => self.item(s).map(subject),
            View::Touches => self.touch_row(s).map(|t| Subject {
                id: CustomerId(t.customer),
                code: t.code.clone(),
                name: t.name.clone(),
            }),
            View::Requests => self.requests.subject(s),
            View::Complaints => self.complaints.subject(s),
        };
        match subject {
            Some(subject) => s.take_in_hand(subject),
            None => s.give_back(),
        }
    }
}

fn subject(item: &Item) -> Subject {
    Subject { id: item.customer, code: item.code.clone(), name: item.name.clone() }
}

/// The form of a touch that fulfils the task of an item.
fn touch_of(item: Option<&Item>, s: &Shared) -> FormKind {
    let topic = item.and_then(|i| match &i.reason {
        Reason::Cadence { kind, .. } => Some(words::word("touch", kind, s.lang).to_owned()),
        _ => None,
    });
    let answers = item.is_some_and(|i| i.answers && i.reason == Reason::Promise);
    let plan = Plan { channel: item.and_then(|i| i.advice.channel.clone()), topic, answers };
    FormKind::Touch {
        // a complaint has steps of its own, and is not ticked off by a touch
        done: item.map(|i| named(i, s)).into_iter().filter(|t| !matches!(t, TaskRef::Row(_))).collect(),
        from_queue: item.is_some(),
        plan,
    }
}

/// Whether a command is about the customer under the cursor.
const fn needs_customer(command: Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::Log | C::Tags | C::Plan | C::Ask | C::Copy | C::Reveal | C::CallBack | C::NoAnswer | C::Busy
    )
}

/// The task of an item, in words where it stands for a cause that has none.
fn named(item: &Item, s: &Shared) -> TaskRef {
    match &item.task {
        TaskRef::Cause { customer, cause, due, .. } => TaskRef::Cause {
            customer: *customer,
            cause: cause.clone(),
            text: t::what(item, s.lang),
            due: *due,
        },
        stored @ (TaskRef::Stored(_) | TaskRef::Row(_)) => stored.clone(),
    }
}

impl Pane for Ledger {
    fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        let mut wants = vec![match self.view {
            View::Requests => self.requests.wants(),
            View::Complaints => self.complaints.wants(),
            View::FollowUps => self.day(),
            View::Touches => (Slot::Touches, Query::Touches(self.touches.query(s))),
        }];
        if let Some(subject) = &s.subject {
            wants.push((Slot::Card, Query::Card(subject.id)));
        }
        wants
    }

    fn ahead(&self, s: &Shared) -> Vec<(Slot, Query)> {
        match (self.view, s.feeds.queue()) {
            (View::FollowUps, Some(queue)) => {
                let rows: Vec<CustomerId> = items(queue).map(|item| item.customer).collect();
                beside(&rows, self.queue.at)
            }
            _ => Vec::new(),
        }
    }

    fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        if needs_customer(command) && self.of_nobody(s) {
            return Step::said(s, t::NO_CUSTOMER_HERE);
        }
        match (command, self.view) {
            (Command::NextView | Command::PreviousView, view) => {
                self.view = view.next(command == Command::NextView);
                self.hand_over(s);
                Step::Done
            }
            (Command::NextRecord, _) => {
                self.go(Move::By(1), s);
                Step::Done
            }
            (Command::PreviousRecord, _) => {
                self.go(Move::By(-1), s);
                Step::Done
            }
            (Command::Open, View::FollowUps) => match self.item(s).map(|i| &i.task) {
                Some(TaskRef::Row(row)) if matches!(row.noun, Noun::Complaint | Noun::Request) => {
                    let row = *row;
                    self.show(row);
                    Step::Done
                }
                Some(TaskRef::Row(row)) => Step::Act(Box::new(Act::Show(*row))),
                Some(_) => Step::Go(PaneId::Profile),
                None => Step::Pass,
            },
            (Command::Open, View::Touches) if self.touch_row(s).is_some() => Step::Go(PaneId::Profile),
            (Command::Whole, View::FollowUps) => {
                self.whole = !self.whole;
                Step::Done
            }
            (Command::Print, View::FollowUps) => s.feeds.queue().map_or(Step::Done, |queue| {
                let (name, text) = print::day(queue, s);
                Step::Effect(Effect::Print { name, text })
            }),
            (Command::Copy, _) => {
                Customers::copy_menu(s).map_or(Step::Done, |menu| Step::Open(Box::new(Popup::Menu(menu))))
            }
            (_, View::Requests) => self.requests.command(command, s),
            (_, View::Complaints) => self.complaints.command(command, s),
            (Command::Filter, _) => Step::Form(FormKind::Search),
            (Command::Ask, View::Touches) if self.touch_row(s).is_some() => {
                let touch = self.touch_row(s).map(|t| t.id);
                requests::ask(touch, s)
            }
            (Command::Edit, View::Touches) => self
                .touch_row(s)
                .map_or(Step::Done, |t| Step::Edit(Row { noun: Noun::Touch, id: t.id }, None)),
            (Command::New, View::Touches) if self.touch_row(s).is_some() => {
                self.touch_row(s).map_or(Step::Pass, |touch| touches::new_menu(touch, s))
            }
            (Command::Done, View::Touches) => {
                self.touch_row(s).map_or(Step::Done, |touch| outcome_menu(touch.id, s))
            }
            (Command::Remove, View::Touches) => self.touch_row(s).map_or(Step::Done, |t| {
                let row = Row { noun: Noun::Touch, id: t.id };
                Step::Write(Box::new(Change::Remove { row, rev: t.rev }))
            }),
            (Command::Back, View::Touches) => {
                if self.touches.text.is_empty() {
                    self.view = View::FollowUps;
                    self.hand_over(s);
                } else {
                    self.touches.search("");
                }
                Step::Done
            }
            (_, View::FollowUps) => self.on_item(command, s),
            _ => Step::Pass,
        }
    }

    fn answered(&mut self, slot: Slot, s: &mut Shared) {
        match (slot, self.view) {
            (Slot::Queue, View::FollowUps) => {
                self.queue.follow(&ids(s), room::queue(s.size));
            }
            (Slot::Touches, View::Touches) => self.touches.answered(s),
            (Slot::Requests, View::Requests) => self.requests.answered(s),
            (Slot::Complaints, View::Complaints) => self.complaints.answered(s),
            _ => return,
        }
        self.hand_over(s);
    }

    fn go(&mut self, to: Move, s: &mut Shared) {
        match self.view {
            View::FollowUps => {
                if s.feeds.queue().is_none() {
                    return;
                }
                self.queue.go(to, &ids(s), room::queue(s.size));
            }
            View::Touches => self.touches.go(to, s),
            View::Requests => self.requests.go(to, s),
            View::Complaints => self.complaints.go(to, s),
        }
        self.hand_over(s);
    }

    fn click(&mut self, line: usize, s: &mut Shared) -> bool {
        let height = room::queue(s.size);
        let (at, now) = match self.view {
            View::FollowUps => {
                let Some(queue) = s.feeds.queue() else { return false };
                let lines = lines(queue);
                let top = top(&lines, self.queue.at, height);
                let Some(Line::Item(at)) = lines.get(top + line) else { return false };
                (*at, self.queue.at)
            }
            View::Touches => (self.touches.list.cursor.top + line, self.touches.list.cursor.at),
            View::Requests => (self.requests.cursor.top + line, self.requests.cursor.at),
            View::Complaints => (self.complaints.cursor.top + line, self.complaints.cursor.at),
        };
        let count = match self.view {
            View::Requests => requests::Requests::rows(s).len(),
            View::Complaints => complaints::Complaints::rows(s).len(),
            View::FollowUps => s.feeds.queue().map_or(0, |q| items(q).count()),
            View::Touches => s.feeds.touches().map_or(0, |w| w.rows.len()),
        };
        if line >= height || at >= count {
            return false;
        }
        self.go(Move::By(at.cast_signed() - now.cast_signed()), s);
        at == now
    }

    fn entered(&mut self, s: &mut Shared) {
        self.hand_over(s);
    }

    fn resized(&mut self, s: &Shared) {
        self.queue.resized(&ids(s), room::queue(s.size));
        self.touches.resized(s);
        self.requests.answered(s);
        self.complaints.answered(s);
    }
}
