//! The program without a terminal, a store or a clock: messages in, effects out. [`App::update`] takes what arrived,
//! changes the state and says what is to be done; `ui` draws the state; `run` carries the effects out.
//! It cannot fail: what went wrong comes in as a message and is shown where it belongs.

mod answered;
mod back;
pub mod bar;
pub mod columns;
pub mod command;
mod company;
pub mod cursor;
pub mod draft;
mod erased;
pub mod feed;
pub mod form;
pub mod forms;
mod here;
mod kept;
pub mod key;
pub mod keymap;
mod keys;
mod lent;
pub mod live;
mod msg;
pub mod nested;
mod onward;
pub mod pane_id;
pub mod panes;
pub mod popup;
pub mod popups;
pub mod rights;
mod ring;
pub mod room;
pub mod shared;
mod written;

use company::Company;
use draft::Draft;
use feed::{Feeds, Slot, Ticket};
use form::{Form, FormKind, State};
use here::Here;
use lent::Lent;
use onward::Onward;
use panes::{PaneId, Panes, Step};
use popup::Popup;
use shared::{Shared, ThemeId};

pub use msg::{Effect, Failure, Msg, RESERVED, Start, Why};

use crate::domain::change::Change;
use crate::domain::clock::Now;
use crate::domain::field::{Field, Row};
use crate::domain::ids::Ids;
use crate::i18n::Lang;
use crate::store::request::Query;

/// The whole state of the screen.
#[derive(Clone, Debug)]
pub struct App {
    /// What all panes share.
    pub shared: Shared,
    /// The five panes.
    pub panes: Panes,
    /// Which of them is shown.
    pub active: PaneId,
    /// What lies above, the last on top.
    pub popups: Vec<Popup>,
    tickets: u64,
    forms: u64,
    /// The record that a form is to open on, until it is here.
    editing: Option<(Row, Option<Field>)>,
    /// Changes without a form that the guard may hold, by their tickets.
    guarded: Vec<(Ticket, Change)>,
    /// The undo that is on its way, and what it takes back.
    undoing: Option<(Ticket, String)>,
    /// Who is next is asked after a touch that was logged outside the day's list.
    onward: Option<Onward>,
    /// Lists that were opened from other panes, as they were before.
    lent: Vec<Lent>,
    rung: Option<i64>,
    /// The newest alarm of mine that is known, 0 for none; nothing before the first answer.
    alarmed: Option<i64>,
    /// What the person has chosen themselves: language and colours.
    chosen: (Option<Lang>, Option<ThemeId>),
    round: i64,
    /// The revision of the data at the last key.
    at_work: u64,
    /// Other people at work: what is told them, and when the person here has to go.
    company: Company,
    /// Where the person is, as it was kept last.
    here: Here,
}

impl App {
    /// The program as it starts: where the person was, with the forms that were open.
    pub fn new(start: Start) -> Self {
        let shared = Shared {
            now: start.now,
            actor: start.actor,
            lang: start.lang,
            theme: start.theme,
            size: start.size,
            keymap: start.keymap,
            pending: Vec::new(),
            subject: None,
            aside: None,
            marks: Ids::default(),
            counting: None,
            waiting: Vec::new(),
            notice: None,
            revision: 0,
            importing: None,
            rekeying: false,
            import_folder: String::new(),
            feeds: Feeds::default(),
            personal: start.personal,
            reads_only: false,
        };
        let forms = start.drafts.iter().map(|d| d.id).max().unwrap_or(0);
        let mut app = Self {
            shared,
            panes: Panes::default(),
            active: PaneId::Customers,
            popups: Vec::new(),
            tickets: 0,
            forms,
            editing: None,
            guarded: Vec::new(),
            undoing: None,
            onward: None,
            lent: Vec::new(),
            rung: None,
            alarmed: None,
            chosen: (None, None),
            round: start.now.ms() / MINUTE,
            at_work: 0,
            company: Company::new(start.idle, start.now),
            here: Here::default(),
        };
        if let Some(place) = start.place {
            app.resume(&place);
        }
        app.left(start.drafts);
        app
    }

    /// Takes in what arrived at `now`, and says what is to be done.
    pub fn update(&mut self, now: Now, msg: Msg) -> Vec<Effect> {
        self.shared.now = now;
        let mut fx = Vec::new();
        self.company.heard(&msg, now);
        self.here.heard(&msg, now);
        match msg {
            Msg::Key(key) => {
                self.key(key, &mut fx);
                self.at_work = self.shared.revision;
            }
            Msg::Paste(text) => self.paste(&text),
            Msg::Click(column, row) => self.click(column, row, &mut fx),
            Msg::Wheel(rows) => self.wheel(rows),
            Msg::Resize(size) => {
                self.shared.size = size;
                self.panes.resized(&self.shared);
            }
            Msg::Deadline => self.deadline_reached(&mut fx),
            Msg::Answer { slot, ticket, result } => self.answered(slot, ticket, result, &mut fx),
            Msg::Written { ticket, result } => self.written(ticket, result, &mut fx),
            Msg::Progress(done, total) => self.writing(done, total),
            Msg::Read(rows, bytes, total) => self.reading(rows, bytes, total),
            Msg::Counting(done, total) => self.shared.counting = Some((done, total)),
            Msg::Elsewhere => self.shared.revision += 1,
            Msg::Files(asked, found) => {
                if let Some(Popup::Import(wizard)) = self.popups.last_mut() {
                    wizard.found(&asked, found);
                }
            }
            Msg::Left(drafts, asked) => {
                self.left(drafts);
                if asked {
                    self.waiting_forms(&mut fx);
                }
            }
            Msg::Imported(path, result) => self.imported(&path, result),
            Msg::Reencrypted(result) => self.reencrypted(result),
            Msg::Told(tone, text) => self.shared.say(tone, text),
            Msg::Stirred => self.shared.feeds.again(Slot::Editors),
            Msg::ReadsOnly(reads_only) => self.shared.reads_only = reads_only,
            Msg::Frozen => self.depart(Why::Frozen, &mut fx),
            // on a server nobody is there who could bring the session back
            Msg::Stop if !self.shared.personal => {}
            Msg::Stop => fx.push(Effect::Suspend),
            Msg::Woken => fx.push(Effect::Retake),
            Msg::HangUp => self.quit(&mut fx),
        }
        self.settle(&mut fx);
        fx
    }

    /// The instant (UTC ms) at which [`Msg::Deadline`] is wanted.
    pub fn deadline(&self) -> i64 {
        let minute = (self.shared.now.ms() / MINUTE + 1) * MINUTE;
        let drafts =
            self.forms_at_hand().filter_map(|f| f.unsaved_since).map(|since| since + DRAFT_AFTER).min();
        let promise = self.next_promise().filter(|at| self.rung != Some(*at));
        let company = self.company.deadline(self.edited().is_some());
        [Some(minute), drafts, promise, company, self.here.deadline()]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(minute)
    }

    fn forms_at_hand(&self) -> impl Iterator<Item = &Form> {
        let open = self.popups.iter().filter_map(|p| if let Popup::Form(f) = p { Some(&**f) } else { None });
        open.chain(&self.shared.waiting)
    }

    fn deadline_reached(&mut self, fx: &mut Vec<Effect>) {
        let now = self.shared.now.ms();
        self.company_due(fx);
        self.keep_place(fx);
        let open =
            self.popups.iter_mut().filter_map(|p| if let Popup::Form(f) = p { Some(&mut **f) } else { None });
        for form in open.chain(&mut self.shared.waiting) {
            if form.unsaved_since.is_some_and(|since| now >= since + DRAFT_AFTER) {
                form.unsaved_since = None;
                fx.push(Effect::Keep(Draft::of(form)));
            }
        }
        self.promise_due(fx);
        // what is overdue changes with time alone: ask again when the minute does
        if now / MINUTE != self.round {
            self.round = now / MINUTE;
            self.seek(false, fx);
            self.shared.revision += u64::from(self.round % 5 == 0);
        }
    }

    /// Asks for what the screen wants now and has not asked yet.
    fn settle(&mut self, fx: &mut Vec<Effect>) {
        let mut wants = vec![
            (Slot::Title, Query::Title),
            (Slot::People, Query::People),
            (Slot::Classes, Query::Classes),
            (Slot::OwnFields, Query::OwnFields),
        ];
        wants.extend(self.panes.wants(self.active, &self.shared));
        wants.extend(self.editing.map(|(row, _)| (Slot::Record, Query::Record(row))));
        wants.extend(self.onward_wants());
        wants.extend(self.popup_wants());
        wants.extend(self.live_wants());
        wants.extend(self.erased_wants());
        // not after every commit of a colleague: only a person who does something goes on
        if self.popups.is_empty() && self.at_work == self.shared.revision {
            wants.extend(self.panes.ahead(self.active, &self.shared));
        }
        self.tell_editing(fx);
        let s = &mut self.shared;
        for (slot, query) in uppermost(wants) {
            if let Some(ticket) = s.feeds.want(slot, s.revision, &query, &mut self.tickets) {
                fx.push(Effect::Ask { slot, ticket, query });
            }
        }
    }

    /// Carries out what a pane or popup answered to a command.
    fn step(&mut self, step: Step, fx: &mut Vec<Effect>) {
        match step {
            Step::Done | Step::Pass => {}
            Step::Open(popup) => self.open(*popup, fx),
            Step::Form(kind) => self.open_form(kind),
            Step::Edit(row, only) => {
                if self.refuses_edit(row) {
                    return;
                }
                // as it is now, not as it was when the list was read
                self.shared.feeds.forget(Slot::Record);
                self.editing = Some((row, only));
            }
            Step::Write(change) => {
                self.write(*change, fx);
            }
            Step::Go(pane) => self.go(pane),
            Step::Act(act) => self.act(*act, fx),
            Step::Effect(effect) => fx.push(effect),
            Step::Run(command) => self.run(command, fx),
            Step::Many(steps) => steps.into_iter().for_each(|step| self.step(step, fx)),
        }
    }

    fn open(&mut self, popup: Popup, fx: &mut Vec<Effect>) {
        if let Popup::Import(wizard) = &popup {
            fx.push(Effect::Files(wizard.asked.clone()));
        }
        match popup {
            Popup::Menu(menu) => self.offer(menu),
            popup => self.popups.push(popup),
        }
    }

    /// Opens a form about the customer at hand, or about all that are marked.
    fn open_form(&mut self, kind: FormKind) {
        if self.refuses_form(&kind) {
            return;
        }
        self.forms += 1;
        // marks are the list's: on a profile `t` is about the one customer that is seen
        let bulk = kind.takes_marked() && self.lists_customers() && !self.shared.marks.is_empty();
        let subject = match kind {
            ref kind if kind.is_of_nobody() => None,
            FormKind::Add(noun) if forms::company(noun) => None,
            _ if bulk => None,
            _ => self.shared.subject.clone(),
        };
        let contacts = self.panes.contacts(self.active, subject.as_ref(), &self.shared);
        let mut form = forms::open(self.forms, kind, subject, &self.shared, &contacts);
        if bulk {
            form.many = self.shared.marks.iter().collect();
        }
        self.panes.prefill(&mut form, self.shared.lang);
        self.shared.feeds.forget(Slot::Guard);
        self.show_form(form);
    }

    /// Whether the screen shows a list of customers that can be marked.
    pub fn lists_customers(&self) -> bool {
        match self.active {
            PaneId::Customers => true,
            PaneId::Board => self.panes.board.lists_customers(),
            _ => false,
        }
    }

    /// Whether a form that has something typed in it is open or waiting.
    fn has_unsaved(&self) -> bool {
        let rules =
            self.popups.iter().any(|p| matches!(p, Popup::Rules(r) if r.dirty && r.applying.is_none()));
        rules || self.forms_at_hand().any(|f| f.dirty && !matches!(f.state, State::Saving(_)))
    }
}

const MINUTE: i64 = 60_000;
/// A draft is on disk this long after the first key that is not in it yet (operations.md section 4).
const DRAFT_AFTER: i64 = 700;

/// Of several questions for one slot that of what lies on top: two that asked by turns would never be at rest.
fn uppermost(wants: Vec<(Slot, Query)>) -> Vec<(Slot, Query)> {
    let mut kept: Vec<(Slot, Query)> = Vec::with_capacity(wants.len());
    for want in wants {
        kept.retain(|(slot, _)| *slot != want.0);
        kept.push(want);
    }
    kept
}
