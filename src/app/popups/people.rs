//! The people who work here, to be changed by whoever may: a menu from which the form of one opens. What the person at the
//! screen is allowed to do follows their own row: when somebody else changes it, what is no longer theirs to see goes.

use super::super::App;
use super::super::cursor::Cursor;
use super::super::form::{Entry, Form, FormKind};
use super::super::msg::Effect;
use super::super::popup::{Act, Item, Menu, Popup};
use super::super::shared::Tone;
use crate::domain::change::Change;
use crate::domain::field::{Noun, Row};
use crate::domain::people::{PersonId, Relation, Verb, may};
use crate::domain::user::Staff;
use crate::i18n::user::absence;
use crate::i18n::{commands, leak, user, words};

impl App {
    /// Offers everybody who works here.
    pub(in crate::app) fn choose_person(&mut self, fx: &mut Vec<Effect>) {
        let lang = self.shared.lang;
        let me = self.shared.actor.id.0;
        let freezes = may(self.shared.actor.role, Verb::Freeze, Relation::Own);
        let people = self.shared.feeds.people().map(Vec::as_slice).unwrap_or_default();
        let items = people
            .iter()
            .map(|person| {
                let mut parts = vec![
                    person.name.clone(),
                    words::word("role", person.role.id(), lang).to_owned(),
                    words::word("department", &person.department, lang).to_owned(),
                    person.post.clone(),
                ];
                parts.retain(|part| !part.is_empty());
                let act = Act::Edit(Row { noun: Noun::Person, id: person.id });
                let freeze = freezes && person.id != me;
                let remove = freeze.then(|| Act::AskFreeze(PersonId(person.id), person.name.clone()));
                let item = Item::new(parts.join(" · "), absence(person, lang), act);
                Item { on: person.id == me, remove, ..item }
            })
            .collect();
        let mut menu = Menu::new(commands::PEOPLE, items);
        // whoever shuts people out has come for somebody else
        if let Some(other) = menu.items.iter().position(|item| item.remove.is_some()) {
            menu.cursor = Cursor { id: i64::try_from(other).ok(), at: other, top: 0 };
        }
        self.open(Popup::Menu(menu), fx);
    }

    /// Shuts somebody out at once, after one more key: what they have open ends with their words kept (I4).
    pub(super) fn ask_freeze(&mut self, person: PersonId, name: &str) {
        let said = leak::FREEZE_NOW.with(self.shared.lang, &[&name]);
        let item = Item::new(said, "", Act::Write(Change::Staff(Staff::Freeze(person))));
        let note = vec![user::FREEZE_MEANS.of(self.shared.lang).to_owned()];
        self.popups.push(Popup::Menu(Menu { note, ..Menu::new(commands::PEOPLE, vec![item]) }));
    }

    /// The person's own role or department has changed: says so, and closes what showed more than they see now. What was
    /// typed is kept.
    pub(in crate::app) fn follow_role(&mut self) {
        let Some((role, department)) = self.shared.feeds.title().and_then(|title| title.role.clone()) else {
            return;
        };
        let actor = &mut self.shared.actor;
        if (actor.role, &actor.department) == (role, &department) {
            return;
        }
        (actor.role, actor.department) = (role, department);
        self.popups.retain(|popup| matches!(popup, Popup::Form(_)));
        let open = self.popups.iter_mut().filter_map(|popup| match popup {
            Popup::Form(form) => Some(form.as_mut()),
            _ => None,
        });
        for form in open.chain(&mut self.shared.waiting) {
            forget_private(form);
        }
        let lang = self.shared.lang;
        let role = words::word("role", role.id(), lang);
        let department = words::word("department", &self.shared.actor.department, lang);
        self.shared.say(Tone::Plain, user::YOU_ARE.with(lang, &[&role, &department]));
    }

    /// Whether the person at the screen changes people, and not only says when they are away themselves.
    pub(in crate::app) fn administers(&self) -> bool {
        may(self.shared.actor.role, Verb::Configure, Relation::Own)
    }
}

/// Takes out of a form on a record what was only shown there and may not show any more.
fn forget_private(form: &mut Form) {
    if matches!(form.kind, FormKind::Edit { .. }) {
        let shown = form.entries.iter_mut().filter(|e| e.field.spec().private && !e.is_touched());
        shown.for_each(Entry::forget);
    }
}
