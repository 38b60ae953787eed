//! Which right every form and every command needs at the least: what a role may never do is neither offered nor opened, and
//! is answered at once with who may. Whose customer it is decides the store, when it is asked; the roles are the table of
//! `domain::people`.

use super::App;
use super::command::{Command, Place};
use super::form::{FormKind, LeakForm, Review};
use super::pane_id::PaneId;
use super::panes::{board, matrix};
use super::popup::palette::{self, Offer};
use super::popup::{Act, Item, Menu, Popup};
use super::shared::Tone;
use crate::domain::field::{Noun, Row};
use crate::domain::kpi::target::FAMILY;
use crate::domain::people::{Reach, Relation, Role, Verb, adds, edits, may, reach};
use crate::i18n::errors;

/// The rights of which one is needed; none for what is everybody's.
pub type Needs = &'static [Verb];

const LOG: Needs = &[Verb::Log];
const EDIT: Needs = &[Verb::Edit];
const DRAFT: Needs = &[Verb::Draft];
const APPROVE: Needs = &[Verb::Approve];
const ASSIGN: Needs = &[Verb::Assign];
const CONFIGURE: Needs = &[Verb::Configure];
const STRATEGY: Needs = &[Verb::Strategy];
const FREEZE: Needs = &[Verb::Freeze];
/// What whoever answers leaks does too.
const ANSWER: Needs = &[Verb::Log, Verb::Freeze];
/// One's own is written by whoever drafts, the rest by whoever approves.
const WRITTEN: Needs = &[Verb::Draft, Verb::Approve];
const EVERYBODY: Needs = &[];

/// Which rights a form needs to be saved in some case.
pub fn of_form(kind: &FormKind) -> Needs {
    match kind {
        FormKind::Filter | FormKind::Search => EVERYBODY,
        FormKind::Touch { .. }
        | FormKind::CallBack { .. }
        | FormKind::Nevertheless(_)
        | FormKind::Plan
        | FormKind::Reschedule(_)
        | FormKind::Snooze(_)
        | FormKind::Wish { lift: None, .. }
        | FormKind::TurnHandOver { .. }
        | FormKind::NoteDispute { .. }
        | FormKind::Complaint { .. }
        | FormKind::Ask { .. }
        | FormKind::AnswerRequest { .. }
        | FormKind::RaiseAlarm
        | FormKind::View => LOG,
        FormKind::CloseAlarm { .. } | FormKind::Leak(LeakForm::Report) => ANSWER,
        FormKind::Leak(_) => FREEZE,
        FormKind::Customer => &[Verb::Create],
        FormKind::Contact | FormKind::Tag | FormKind::Class | FormKind::Wish { .. } => EDIT,
        FormKind::Assign | FormKind::HandOver(_) => ASSIGN,
        FormKind::Reveal { .. } => &[Verb::Reveal],
        FormKind::Merge { .. } => &[Verb::Merge],
        FormKind::Erase => &[Verb::Erase],
        FormKind::Export { .. } => &[Verb::Export],
        FormKind::OpenDispute => &[Verb::Dispute],
        FormKind::DecideDispute { .. } => &[Verb::Arbitrate],
        FormKind::PutBack { .. } => WRITTEN,
        FormKind::Reword { .. } | FormKind::Average { .. } => CONFIGURE,
        FormKind::Setting { key } if !key.starts_with(FAMILY) => CONFIGURE,
        FormKind::Setting { .. }
        | FormKind::Strategy { .. }
        | FormKind::Overlay { .. }
        | FormKind::Rules { .. } => STRATEGY,
        FormKind::Add(noun) | FormKind::AddTo { noun, .. } => of_new(*noun),
        FormKind::Edit { row, .. } => edits(row.noun),
        FormKind::Review(review) => match &**review {
            Review::Span(_) => EVERYBODY,
            Review::Target { .. } | Review::Apply { .. } => STRATEGY,
            Review::Cause { .. } | Review::Baseline { .. } | Review::Prepare { .. } => DRAFT,
            Review::Assess { .. } => ASSIGN,
        },
    }
}

/// Which right a new record needs, as one of which one is needed.
const fn of_new(noun: Noun) -> Needs {
    match adds(noun) {
        Verb::Log => LOG,
        Verb::Draft => DRAFT,
        Verb::Approve => APPROVE,
        Verb::Configure => CONFIGURE,
        Verb::Share => &[Verb::Share],
        Verb::Assign => ASSIGN,
        Verb::Strategy => STRATEGY,
        Verb::Create => &[Verb::Create],
        _ => EDIT,
    }
}

/// Which of the rights a role lacks, where it has none of them: the first is the one to speak of.
pub fn lacking(role: Role, needs: Needs) -> Option<Verb> {
    if needs.iter().any(|verb| reach(role, *verb) != Reach::No) { None } else { needs.first().copied() }
}

impl App {
    /// Which rights a command needs where one is; a command of another pane where that pane stands.
    fn needed(&self, command: Command) -> Needs {
        use Command as C;
        let pane = match command.spec().place {
            Place::Pane(pane) => pane,
            Place::Anywhere | Place::List => self.active,
        };
        match command {
            C::Log
            | C::Plan
            | C::Snooze
            | C::Reschedule
            | C::NoAnswer
            | C::Busy
            | C::CallBack
            | C::Answer
            | C::Solve
            | C::Take
            | C::End
            | C::Ask
            | C::Wishes
            | C::SaveView => LOG,
            C::Done if pane != PaneId::Board => LOG,
            C::Done | C::Acknowledge | C::Act | C::CloseAlarm | C::Undo | C::Redo | C::Leaks => ANSWER,
            C::Tags | C::Class => EDIT,
            C::Assign => ASSIGN,
            C::HandOver => &[Verb::Assign, Verb::Dispute],
            C::Campaign => DRAFT,
            C::ApproveBudget | C::Approve | C::Withdraw => APPROVE,
            C::Send | C::PutBack => WRITTEN,
            C::Check => &[Verb::Check],
            C::Reveal => &[Verb::Reveal],
            C::Merge => &[Verb::Merge],
            C::Erase => &[Verb::Erase],
            C::Import => &[Verb::Import],
            C::Export => &[Verb::Export],
            C::History => &[Verb::Audit],
            C::OwnFields | C::Averages => CONFIGURE,
            C::New => self.makes(pane),
            C::Edit | C::Remove => self.changes(pane),
            _ => EVERYBODY,
        }
    }

    /// Which rights what `n` makes on a pane needs.
    fn makes(&self, pane: PaneId) -> Needs {
        match pane {
            PaneId::Profile => &[Verb::Log, Verb::Edit],
            PaneId::Ledger => LOG,
            PaneId::Matrix => match self.panes.matrix.view {
                matrix::View::Matrix => &[Verb::Create],
                matrix::View::Scripts => of_new(self.panes.matrix.scripts.shelf()),
                matrix::View::Campaigns | matrix::View::Plans => DRAFT,
            },
            PaneId::Board => match self.panes.board.view {
                _ if self.panes.board.lists_customers() => &[Verb::Create],
                board::View::Kpis | board::View::Evaluation => DRAFT,
                board::View::Alarms => LOG,
                _ => &[Verb::Create],
            },
            PaneId::Customers => &[Verb::Create],
        }
    }

    /// Which rights changing or removing what stands on a pane needs.
    fn changes(&self, pane: PaneId) -> Needs {
        match pane {
            PaneId::Customers | PaneId::Profile | PaneId::Ledger => &[Verb::Edit, Verb::Log],
            PaneId::Matrix => match self.panes.matrix.view {
                matrix::View::Matrix => STRATEGY,
                matrix::View::Scripts => edits(self.panes.matrix.scripts.shelf()),
                matrix::View::Campaigns | matrix::View::Plans => WRITTEN,
            },
            PaneId::Board => match self.panes.board.view {
                _ if self.panes.board.lists_customers() => &[Verb::Edit, Verb::Log],
                board::View::Kpis => STRATEGY,
                board::View::People => ASSIGN,
                board::View::Evaluation => WRITTEN,
                _ => ANSWER,
            },
        }
    }

    /// Whether the role at the screen may never do what a command does here.
    pub fn bars(&self, command: Command) -> bool {
        lacking(self.shared.actor.role, self.needed(command)).is_some()
    }

    /// What the role at the screen has no use for here: it is not offered.
    pub(super) fn barred(&self) -> Vec<Offer> {
        let role = self.shared.actor.role;
        let bars = |offer: &Offer| match offer {
            Offer::Command(command) => self.bars(*command),
            Offer::New(noun) => lacking(role, of_form(&palette::form(*noun))).is_some(),
            Offer::View(_) | Offer::Customers(_) => false,
        };
        palette::all().filter(bars).collect()
    }

    /// Says who may where the role may never do it; answers whether it said so.
    fn refuses(&mut self, needs: Needs) -> bool {
        let Some(verb) = lacking(self.shared.actor.role, needs) else { return false };
        let text = errors::not_for(verb, needs, self.shared.lang);
        self.shared.say(Tone::Plain, text);
        true
    }

    /// The same of a command.
    pub(super) fn refuses_command(&mut self, command: Command) -> bool {
        self.refuses(self.needed(command))
    }

    /// The same of a form.
    pub(super) fn refuses_form(&mut self, kind: &FormKind) -> bool {
        self.refuses(of_form(kind))
    }

    /// Opens a menu without the forms that are not for the role; where nothing is left, to be read neither, it says who may.
    pub(super) fn offer(&mut self, mut menu: Menu) {
        let role = self.shared.actor.role;
        let barred = |item: &Item| match &item.act {
            Act::Form(kind) => lacking(role, of_form(kind)).map(|_| of_form(kind)),
            _ => None,
        };
        let first = menu.items.iter().find_map(barred);
        menu.items.retain(|item| barred(item).is_none());
        match first {
            Some(needs) if menu.items.is_empty() && menu.note.is_empty() => {
                self.refuses(needs);
            }
            _ => self.popups.push(Popup::Menu(menu)),
        }
    }

    /// The same of a record that is to be edited. A colleague's absence is for those who share out that colleague's
    /// customers, and all else of people for administrators.
    pub(super) fn refuses_edit(&mut self, row: Row) -> bool {
        let me = &self.shared.actor;
        if row.noun == Noun::Person && row.id != me.id.0 {
            let people = self.shared.feeds.people().map(Vec::as_slice).unwrap_or_default();
            let near = people.iter().any(|p| p.id == row.id && p.department == me.department);
            let relation = if near { Relation::Department } else { Relation::Other };
            if !may(me.role, Verb::Share, relation) {
                return self.refuses(CONFIGURE);
            }
        }
        self.refuses(edits(row.noun))
    }
}
