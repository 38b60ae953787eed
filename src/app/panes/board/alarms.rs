//! The view *Alarms* of pane 5: what is gravest on top, and one key for what the handbook says to do next. A step that works
//! on a record of its own opens the place where that is done, and is ticked when it is.

use super::super::super::command::Command;
use super::super::super::cursor::{Cursor, Move};
use super::super::super::feed::Slot;
use super::super::super::form::{FormKind, Handling};
use super::super::super::pane_id::PaneId;
use super::super::super::popup::cases::Cases;
use super::super::super::popup::leak::LeakView;
use super::super::super::popup::{Act as Do, Item, Menu, Popup};
use super::super::super::room;
use super::super::super::shared::{Shared, Subject, Tone};
use super::super::pane::Step;
use super::analysis::Page;
use crate::domain::alarm::{Step as Deed, act, figure};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::field::Noun;
use crate::domain::kpi::Period;
use crate::domain::people::{Relation, Verb, may};
use crate::domain::requests;
use crate::i18n::{alarms as t, commands};
use crate::store::request::{AlarmRow, Query, Which};

/// The view's state.
#[derive(Clone, Debug, Default)]
pub struct Alarms {
    /// The cursor.
    pub cursor: Cursor,
    /// Which of them are shown.
    pub which: Which,
}

impl super::Board {
    /// Goes to an alarm.
    pub fn show_alarm(&mut self, id: i64) {
        self.show_view(super::View::Alarms);
        self.alarms.show(id);
    }
}

/// The number in what an alarm is about: of a complaint or a request.
fn number(row: &AlarmRow) -> i64 {
    row.subject.split(':').nth(1).and_then(|id| id.parse().ok()).unwrap_or(0)
}

impl Alarms {
    /// The alarms, as far as they are here.
    pub fn rows(s: &Shared) -> &[AlarmRow] {
        s.feeds.alarms().map(Vec::as_slice).unwrap_or_default()
    }

    /// The alarm under the cursor.
    pub fn row<'s>(&self, s: &'s Shared) -> Option<&'s AlarmRow> {
        Self::rows(s).get(self.cursor.at)
    }

    /// The class and the period whose figures are to be looked at, where finding the cause is the next step; the class is empty
    /// for all, and an alarm of no period leaves the one that is shown.
    pub fn cause(&self, s: &Shared) -> Option<(String, Option<Period>)> {
        let row = self.row(s).filter(|row| row.state != "closed")?;
        let next = row.ticked.next().map(|(_, step)| step)?;
        let of = || (row.segment.clone().unwrap_or_default(), Period::read(&row.period));
        (next == "find_cause").then(of)
    }

    /// The page of the analyses to look at, where weighing channels or scripts is the next step (J23, J24).
    pub fn analysis(&self, s: &Shared) -> Option<Page> {
        let row = self.row(s).filter(|row| row.state != "closed" && row.rule != "leak")?;
        match row.ticked.next()?.1 {
            "channels" => Some(Page::Channels),
            "change_script" => Some(Page::Scripts),
            _ => None,
        }
    }

    /// Goes to an alarm.
    pub fn show(&mut self, id: i64) {
        self.which = Which::Open;
        self.cursor = Cursor { id: Some(id), ..Cursor::default() };
    }

    /// The month whose people are to be assessed, where that is the next step (F48).
    pub fn assessed(&self, s: &Shared) -> Option<Period> {
        let row = self.row(s).filter(|row| row.state != "closed")?;
        row.ticked.next().filter(|(_, step)| *step == "assess").and_then(|_| Period::read(&row.period))
    }

    /// What the view wants to know.
    pub fn wants(&self) -> Vec<(Slot, Query)> {
        vec![(Slot::Alarms, Query::Alarms(self.which))]
    }

    /// The customer under the cursor becomes the one at hand; of an alarm of no customer nobody is.
    pub(super) fn hand_over(&self, s: &mut Shared) {
        let Some(row) = self.row(s) else { return };
        let subject = row.customer.and_then(|id| {
            Some(Subject { id: CustomerId(id), code: row.code.clone()?, name: row.name.clone()? })
        });
        match subject {
            Some(subject) => s.take_in_hand(subject),
            None => s.set_aside(),
        }
    }

    /// What it does with a command.
    pub fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        match command {
            Command::AlarmRange => {
                self.which = self.which.next();
                self.cursor = Cursor::default();
                return Step::Done;
            }
            Command::New => return Step::Form(FormKind::RaiseAlarm),
            _ => {}
        }
        let Some(row) = self.row(s).cloned() else { return Step::Pass };
        let of_one = matches!(command, Command::Log | Command::Tags | Command::Plan | Command::Ask);
        if of_one && row.customer.is_none() {
            return Step::with_key(s, t::OF_NOBODY, Command::Find);
        }
        let write = |step| Step::Write(Box::new(Change::Alarm { id: row.id, step }));
        let steps = matches!(command, Command::Open | Command::Act | Command::Done);
        if steps && row.rule == "leak" && may(s.actor.role, Verb::Freeze, Relation::Own) {
            // its steps are done where the case is
            return Step::Open(Box::new(Popup::Leak(LeakView::of_alarm(row.id))));
        }
        if command == Command::Open {
            return open(&row);
        }
        if !matches!(command, Command::Acknowledge | Command::Done | Command::Act | Command::CloseAlarm) {
            return Step::Pass;
        }
        if row.state == "closed" {
            s.say(Tone::Plain, t::IS_CLOSED.of(s.lang).to_owned());
            return Step::Done;
        }
        match (command, row.ticked.next()) {
            (Command::Acknowledge, _) => write(Deed::Acknowledge),
            (Command::CloseAlarm, _) => Step::Form(FormKind::CloseAlarm { id: row.id }),
            (Command::Done, Some((at, _))) => write(Deed::Tick(at)),
            (Command::Act, Some((at, step))) => begin(&row, at, step, s),
            _ => Step::with_key(s, t::ALL_DONE, Command::CloseAlarm),
        }
    }

    fn ids(s: &Shared) -> Vec<i64> {
        Self::rows(s).iter().map(|row| row.id).collect()
    }

    /// Takes note of an answer.
    pub fn answered(&mut self, s: &mut Shared) {
        self.cursor.follow(&Self::ids(s), room::shelf(s.size));
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move, s: &mut Shared) {
        self.cursor.go(to, &Self::ids(s), room::shelf(s.size));
        self.hand_over(s);
    }
}

/// What `Enter` opens: the customer, or the customers behind a class or a person.
fn open(row: &AlarmRow) -> Step {
    let list = |filter: String| {
        let view = Do::View(filter, "last_touch".to_owned(), false);
        Step::Many(vec![Step::Act(Box::new(view)), Step::Go(PaneId::Customers)])
    };
    if let (Some(person), "export") = (&row.person, row.rule.as_str()) {
        return Step::Act(Box::new(Do::History(format!("who:{person} did:export"))));
    }
    // the customers that fired it are those behind its figure
    if let (Some(id), Some(period)) = (figure(&row.rule), Period::read(&row.period)) {
        let segment = row.segment.clone().unwrap_or_default();
        return Step::Act(Box::new(Do::Figure(period, id, segment)));
    }
    match (row.customer, &row.person, &row.segment) {
        (Some(_), ..) => Step::Go(PaneId::Profile),
        (_, Some(person), Some(segment)) => list(format!("owner:\"{person}\" segment:{segment}")),
        (_, Some(person), None) if row.rule == "stale_tags" => list(format!("owner:\"{person}\" is:retag")),
        (_, Some(person), None) => list(format!("owner:\"{person}\"")),
        (_, _, Some(segment)) => list(format!("segment:{segment}")),
        _ => Step::Done,
    }
}

/// Does the next step, or opens the place where it is done.
fn begin(row: &AlarmRow, at: u8, step: &str, s: &mut Shared) -> Step {
    if act(step).is_some() && (row.customer.is_some() || step == "suspend") {
        let text = t::TASK_OF.with(s.lang, &[&t::rule(&row.rule).of(s.lang), &t::step(step).of(s.lang)]);
        let change = Change::Alarm { id: row.id, step: Deed::Act { at, text } };
        if step != "suspend" {
            return Step::Write(Box::new(change));
        }
        // it holds for every customer of the class: after one more key, as whatever shuts out
        let item = Item::new(t::SUSPEND_NOW.of(s.lang), "", Do::Write(change));
        let note = vec![t::SUSPEND_MEANS.of(s.lang).to_owned()];
        return Step::Open(Box::new(Popup::Menu(Menu { note, ..Menu::new(commands::ACT, vec![item]) })));
    }
    let complaint = |step| Step::Form(FormKind::Complaint { id: number(row), step });
    match step {
        "answer" => complaint(Handling::Answer),
        "solve" => complaint(Handling::Solve),
        "reply" => Step::Form(FormKind::AnswerRequest { id: number(row), refuse: false }),
        "take" => Step::Write(Box::new(Change::Request { id: number(row), step: requests::Step::Take })),
        "care_plan" | "recall" => Step::Form(FormKind::Add(Noun::Plan)),
        "referral" if row.customer.is_some() => Step::Form(FormKind::Add(Noun::Referral)),
        "community" => {
            let name = t::step(step).of(s.lang).to_owned();
            let filter = format!("segment:{}", row.segment.as_deref().unwrap_or("dormant"));
            Step::Act(Box::new(Do::Campaign(name, filter, "community", None)))
        }
        "change_row" | "reallocate" | "referral" => Step::Go(PaneId::Matrix),
        "late_entries" => Step::Act(Box::new(Do::Touches("is:late".to_owned()))),
        "heads" | "handover" | "arbitrate" => Step::Open(Box::new(Popup::Cases(Cases::default()))),
        "hand_over" | "more_touches" | "trial" | "audit" | "clear_up" | "refresh_tags" | "group" => open(row),
        _ => Step::with_key(s, t::TICK_HERE, Command::Done),
    }
}
