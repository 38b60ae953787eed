//! A change on its way to the writer, and what happens when it has succeeded or was refused: the form that waits for it
//! closes, or says what is wrong.

use super::command::Command;
use super::feed::Ticket;
use super::form::{Form, FormKind, State};
use super::pane_id::PaneId;
use super::popup::rules;
use super::popup::{Menu, Popup};
use super::shared::{Notice, Subject, Tone};
use super::{App, Effect, erased, forms};
use crate::domain::change::{Change, Envelope};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Row};
use crate::domain::guard::Finding;
use crate::domain::people::PersonId;
use crate::i18n::entry::show;
use crate::i18n::{
    about, audit, campaigns, commands, erase, errors, fields, guard, import, people, scheme, shell,
};
use crate::store::request::{Receipt, StoreError, averaged};

impl App {
    /// Sends a change to the writer; gives its ticket.
    pub(super) fn write(&mut self, change: Change, fx: &mut Vec<Effect>) -> Ticket {
        self.write_because(change, None, fx)
    }

    /// The same with a reason, which the record of changes keeps.
    pub(super) fn write_because(
        &mut self,
        change: Change,
        reason: Option<String>,
        fx: &mut Vec<Effect>,
    ) -> Ticket {
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        let request = format!("{}-{}", self.shared.actor.session, self.tickets);
        if matches!(change, Change::Unanswered { .. }) {
            self.guarded.push((ticket, change.clone()));
        }
        fx.push(Effect::Write { ticket, envelope: Envelope { request, change, reason } });
        ticket
    }

    /// Takes in what came of a write.
    pub(super) fn written(
        &mut self,
        ticket: Ticket,
        result: Result<Receipt, StoreError>,
        fx: &mut Vec<Effect>,
    ) {
        let waits = |f: &Form| f.state == State::Saving(ticket.0);
        let open = self.popups.iter().position(|p| matches!(p, Popup::Form(f) if waits(f)));
        let at = self.guarded.iter().position(|(t, _)| *t == ticket);
        let sent = at.map(|at| self.guarded.remove(at).1);
        match result {
            Ok(receipt) => {
                self.shared.revision += 1;
                self.rules_written(ticket, None, fx);
                let form = open.map(|at| self.popups.remove(at));
                // one that was set aside meanwhile is done too
                if let Some(at) = self.shared.waiting.iter().position(waits) {
                    let done = self.shared.waiting.remove(at);
                    fx.push(Effect::Drop(done.id));
                }
                self.tell(&receipt);
                self.tell_undone(ticket);
                self.shut_out(&receipt, fx);
                erased::here(&receipt, fx);
                if let Some(Popup::Form(form)) = form {
                    fx.push(Effect::Drop(form.id));
                    self.saved(&form, &receipt);
                }
            }
            Err(error) => {
                let sentence = errors::store(&error, self.shared.lang);
                if self.rules_written(ticket, Some(&error), fx) {
                    return;
                }
                match open.and_then(|at| self.popups.get_mut(at)) {
                    Some(Popup::Form(form)) => refuse(form, error, sentence),
                    _ if let Some(form) = self.shared.waiting.iter_mut().find(|f| waits(f)) => {
                        self.shared.notice = Some(Notice { text: sentence.clone(), tone: Tone::Bad });
                        refuse(form, error, sentence);
                    }
                    _ => match (sent, error) {
                        (Some(change), StoreError::Guarded(findings)) => self.nevertheless(change, findings),
                        _ => self.shared.say(Tone::Bad, sentence),
                    },
                }
            }
        }
    }

    /// Whoever was frozen on account of a leak goes at once, even where their session hangs.
    fn shut_out(&self, receipt: &Receipt, fx: &mut Vec<Effect>) {
        let case = self.shared.feeds.leak().and_then(Option::as_ref).and_then(|case| case.person_id);
        if receipt.verb == "freeze" && receipt.rows > 0 {
            fx.extend(case.map(|person| Effect::ShutOut(PersonId(person))));
        }
    }

    /// Asks why something is to be written that the guard holds.
    fn nevertheless(&mut self, change: Change, findings: Vec<Finding>) {
        let Change::Unanswered { touch, .. } = &change else { return };
        let subject = self.panes.ledger.subject_of(touch.customer, &self.shared);
        self.forms += 1;
        let kind = FormKind::Nevertheless(Box::new(change));
        let mut form = forms::open(self.forms, kind, subject, &self.shared, &[]);
        form.guard = findings;
        self.popups.push(Popup::Form(Box::new(form)));
    }

    /// Says what was done and how to take it back.
    fn tell(&mut self, receipt: &Receipt) {
        let lang = self.shared.lang;
        let key = self.shared.key(Command::Undo);
        let verb = audit::done(receipt.verb, receipt.made.map(|row| row.noun), lang);
        let subject = about::said(&receipt.subject, lang);
        let mut text = match receipt.verb {
            "undo" => shell::UNDONE.with(lang, &[&subject]),
            "redo" => shell::REDONE.with(lang, &[&subject]),
            "reveal" => people::shown(receipt.revealed.as_ref().and_then(|r| r.counted), lang),
            "erase" => erase::told(receipt, lang),
            "propose_scheme" => scheme::PROPOSED_TO.with(lang, &[&rules::who_applies(&self.shared), &key]),
            _ if receipt.rows == 0 => shell::NOTHING_CHANGED.of(lang).to_owned(),
            _ if subject.is_empty() => shell::SAVED_ALONE.with(lang, &[&verb, &key]),
            _ => shell::SAVED.with(lang, &[&verb, &subject, &key]),
        };
        if let Some((code, name)) = &receipt.alike {
            text = format!("{text} · {}", shell::LOOKS_ALIKE.with(lang, &[code, name]));
        }
        if !receipt.left_out.is_empty() {
            text = format!("{text} · {}", guard::left_out(&receipt.left_out, lang));
        }
        for (field, _, who) in &receipt.merged {
            let label = crate::i18n::fields::label(*field).of(lang);
            text = format!("{text} · {}", shell::MERGED.with(lang, &[who, &label]));
        }
        self.shared.say(Tone::Good, text);
    }

    /// Says beside whom it concerned what it was that was taken back.
    fn tell_undone(&mut self, ticket: Ticket) {
        if let Some((_, what)) = self.undoing.take_if(|(of, _)| *of == ticket)
            && let Some(notice) = &mut self.shared.notice
        {
            notice.text = format!("{} · {what}", notice.text.trim_end());
        }
    }

    /// What follows a form: the new customer opens; from the queue the next due customer does.
    fn saved(&mut self, form: &Form, receipt: &Receipt) {
        self.doubt_industry(form);
        match &form.kind {
            FormKind::Customer => {
                if let (Some(id), Some(code)) = (receipt.customer, receipt.code.clone()) {
                    self.shared.subject = Some(Subject { id, code, name: receipt.subject.clone() });
                    self.go(PaneId::Profile);
                }
            }
            FormKind::Add(Noun::Campaign) => self.campaign_saved(receipt),
            FormKind::Add(_) | FormKind::AddTo { .. } | FormKind::Contact => {
                receipt.made.into_iter().for_each(|row| self.stand_on(row));
            }
            FormKind::Reveal { .. } => {
                let with = super::shared::context(&self.shared, &[], &[], &[]);
                let shown = receipt.revealed.iter().flat_map(|r| &r.values);
                let texts = shown.map(|(field, value)| {
                    (show(*field, value, &with), fields::label(*field).of(self.shared.lang).to_owned())
                });
                let menu = Menu { title: commands::REVEAL, ..Menu::copying(texts) };
                self.popups.push(Popup::Menu(menu));
            }
            FormKind::Reschedule(task) | FormKind::CallBack { task: Some(task) } => {
                self.panes.ledger.moved_away(task, &self.shared);
            }
            FormKind::Touch { from_queue: true, .. } => self.next_due(form.subject.as_ref().map(|s| s.id)),
            FormKind::Touch { from_queue: false, .. } => {
                self.go_onward(form.subject.as_ref().map(|s| s.id));
            }
            _ => {}
        }
        let ticked = forms::called(&receipt.ticked, &self.shared);
        if let (Some(what), Some(notice)) = (ticked, &mut self.shared.notice) {
            notice.text = format!("{} · {}", notice.text, shell::FULFILS.with(self.shared.lang, &[&what]));
        }
    }

    /// Says of an industry that was typed what it costs where it has no average, as the command line does.
    fn doubt_industry(&mut self, form: &Form) {
        let typed = form.entries.iter().find(|entry| entry.field == Field::Industry && entry.is_touched());
        let (Some(entry), Some(known)) = (typed, self.shared.feeds.benchmarks()) else { return };
        let doubt = import::unaveraged(entry.text().trim(), &averaged(known), self.shared.lang);
        if let (Some(doubt), Some(notice)) = (doubt, &mut self.shared.notice) {
            notice.text = format!("{} · {doubt}", notice.text);
            notice.tone = Tone::Plain;
        }
    }

    /// The cursor goes to a record that was just written, wherever it stands.
    fn stand_on(&mut self, row: Row) {
        match row.noun {
            Noun::Script | Noun::Gift | Noun::Content | Noun::Product => self.panes.matrix.scripts.seek(row),
            // its tasks come next
            Noun::Plan => self.panes.matrix.plans.show(row, &self.shared),
            _ => self.panes.profile.seek(row),
        }
    }

    /// Shows a new campaign where it goes on: whom it would touch is looked at before it runs.
    fn campaign_saved(&mut self, receipt: &Receipt) {
        let Some(row) = receipt.made.filter(|row| row.noun == Noun::Campaign) else { return };
        self.panes.matrix.show(row, &self.shared);
        self.go(PaneId::Matrix);
        let keys = [Command::Open, Command::Send].map(|command| self.shared.key(command));
        let [open, run] = &keys;
        let said = campaigns::SAVED_NEXT.with(self.shared.lang, &[open, run]);
        self.shared.say(Tone::Good, said);
    }

    /// Opens the next due customer after one that is done (product.md, five things 2).
    fn next_due(&mut self, done: Option<CustomerId>) {
        if let Some(next) = self.panes.ledger.next_due(done, &self.shared) {
            if let Some(notice) = &mut self.shared.notice {
                let after = shell::NEXT_IS.with(self.shared.lang, &[&next.name]);
                notice.text = format!("{} · {after}", notice.text);
            }
            self.shared.subject = Some(next);
        }
    }
}

/// Shows a form why it was not saved; what was typed stays.
fn refuse(form: &mut Form, error: StoreError, sentence: String) {
    form.state = State::Editing;
    match error {
        StoreError::Invalid(invalid) => form.blame(invalid),
        // somebody else has touched the customer meanwhile
        StoreError::Guarded(findings) => {
            forms::guard::told(form, findings);
            if let Some(at) = form.entries.iter().position(|e| e.field == Field::TouchOverride) {
                form.focus = at;
            }
        }
        StoreError::Conflict { who, at, rev, clashes } => {
            let clashes = clashes.into_iter().map(|c| (c, None)).collect();
            form.state = State::Clashing { who, at, rev, clashes, at_clash: 0 };
        }
        error => {
            // removed, changed or handed over meanwhile: it will never be saved like this
            form.lost = matches!(
                error,
                StoreError::Gone { .. }
                    | StoreError::Over { .. }
                    | StoreError::Stale { .. }
                    | StoreError::Denied(_)
            );
            form.refused = Some(sentence);
        }
    }
}
