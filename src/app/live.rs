//! Other people at work at the same time: what colleagues are told of the form that is open here, what they have done to the
//! row it is about, and when the person here has to go. Nothing here touches what is being typed.

use super::company::AGAIN;
use super::feed::Slot;
use super::form::{Entry, Form, FormKind, Plan};
use super::msg::{Effect, Why};
use super::popup::Popup;
use super::shared::Shared;
use super::{App, forms};
use crate::domain::field::{Field, Row, Value};
use crate::store::request::{Query, Since};

/// What a form on a row asks about others; none where it edits no row.
fn questions(form: &Form) -> Option<(Query, Query)> {
    let FormKind::Edit { row, rev } = form.kind else { return None };
    Some((Query::Editors(row), Query::Since { row, rev }))
}

/// Who else edits the row of this form just now.
pub fn editors<'s>(s: &'s Shared, form: &Form) -> &'s [String] {
    let known = questions(form).is_some_and(|(editors, _)| s.feeds.current(Slot::Editors, &editors));
    s.feeds.editors().filter(|_| known).map_or(&[], Vec::as_slice)
}

fn since<'s>(s: &'s Shared, form: &Form) -> &'s [Since] {
    let known = questions(form).is_some_and(|(_, since)| s.feeds.current(Slot::Since, &since));
    s.feeds.since().filter(|_| known).map_or(&[], Vec::as_slice)
}

/// What a colleague has made of a field since the form opened.
pub fn meanwhile<'s>(s: &'s Shared, form: &Form, field: Field) -> Option<&'s Since> {
    since(s, form).iter().find(|since| since.field == Some(field))
}

/// Who has removed what the form is about, and when.
pub fn removed<'s>(s: &'s Shared, form: &Form) -> Option<&'s Since> {
    since(s, form).iter().find(|since| since.field.is_none())
}

/// Whether the only way to keep the text of this form is a note.
pub fn can_be_noted(s: &Shared, form: &Form) -> bool {
    let lost = form.lost || removed(s, form).is_some();
    lost && form.subject.is_some() && form.entries.iter().any(Entry::is_touched)
}

impl App {
    /// Turns what was typed into a touch of the customer that nobody else can have changed; it is read before it is saved.
    pub(super) fn note_of(&mut self, form: &Form, fx: &mut Vec<Effect>) {
        let lang = self.shared.lang;
        let typed: Vec<String> = form
            .entries
            .iter()
            .filter(|e| e.is_touched())
            .map(|e| format!("{}: {}", e.label(lang), e.text()))
            .collect();
        self.forms += 1;
        // it is no touch of our own accord, so that it counts against nothing
        let plan = Plan { channel: Some("other".to_owned()), answers: true, ..Plan::default() };
        let kind = FormKind::Touch { done: Vec::new(), from_queue: false, plan };
        let mut note = forms::open(self.forms, kind, form.subject.clone(), &self.shared, &[]);
        for entry in &mut note.entries {
            match entry.field {
                Field::TouchSummary => entry.set(typed.join("\n")),
                Field::TouchClosed => {
                    let yes = entry.picks.iter().find(|(value, _)| *value == Value::Flag(true));
                    entry.set(yes.map(|(_, word)| word.clone()).unwrap_or_default());
                }
                _ => {}
            }
        }
        note.dirty = true;
        note.unsaved_since = Some(self.shared.now.ms());
        self.popups.push(Popup::Form(Box::new(note)));
        fx.push(Effect::Drop(form.id));
    }

    /// The form on top.
    fn form_on_top(&self) -> Option<&Form> {
        if let Popup::Form(form) = self.popups.last()? { Some(form) } else { None }
    }

    /// The row that is edited here.
    pub(super) fn edited(&self) -> Option<Row> {
        self.form_on_top().and_then(|form| forms::row(&form.kind))
    }

    /// What a form on a row wants to know of others.
    pub(super) fn live_wants(&self) -> Vec<(Slot, Query)> {
        let asked = self.form_on_top().and_then(questions);
        asked.map_or_else(Vec::new, |(editors, since)| vec![(Slot::Editors, editors), (Slot::Since, since)])
    }

    /// Tells colleagues which row is edited here, when that has changed.
    pub(super) fn tell_editing(&mut self, fx: &mut Vec<Effect>) {
        let row = self.edited();
        if row != self.company.told {
            self.company.told = row;
            fx.push(Effect::Editing(row));
        }
    }

    /// What time alone brings: nobody is there any more, or others have to be asked for again.
    pub(super) fn company_due(&mut self, fx: &mut Vec<Effect>) {
        let now = self.shared.now.ms();
        if self.company.idle.is_some_and(|idle| now >= self.company.typed + idle) {
            return self.depart(Why::Idle, fx);
        }
        if now >= self.company.asked + AGAIN {
            self.company.asked = now;
            self.shared.feeds.again(Slot::Editors);
        }
    }

    /// Ends the session with everything kept.
    pub(super) fn depart(&self, why: Why, fx: &mut Vec<Effect>) {
        self.keep_all(fx);
        fx.push(Effect::Leave(why));
    }
}
