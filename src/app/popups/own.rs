//! The fields of the company's own: the menu in which they are made and changed, and the form on one of them where a
//! profile shows it. What they are stands in `domain::own`.

use super::super::App;
use super::super::form::{Form, FormKind};
use super::super::forms;
use super::super::popup::{Act, Item, Menu, Popup};
use super::super::shared::{Shared, Subject, Tone};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Noun, Row};
use crate::domain::own::OwnField;
use crate::i18n::{commands, format, own_fields as t, words};

/// The menu of the fields there are, with a row for a new one.
fn menu(s: &Shared) -> Menu {
    let make = Act::Form(FormKind::Add(Noun::OwnField));
    let mut items = vec![Item::new(t::NEW.of(s.lang), "", make)];
    let fields = s.feeds.own_fields().map(Vec::as_slice).unwrap_or_default();
    items.extend(fields.iter().map(|field| {
        let row = Row { noun: Noun::OwnField, id: field.id };
        let remove = Some(Act::Write(Change::Remove { row, rev: field.rev }));
        Item { remove, ..Item::new(field.name.clone(), kind(field, s), Act::Edit(row)) }
    }));
    Menu::new(commands::OWN_FIELDS, items)
}

/// What a field takes: `单选 · A车间、B车间`.
fn kind(field: &OwnField, s: &Shared) -> String {
    let kind = words::word("own_kind", &field.kind, s.lang);
    if field.kind != "choice" {
        return kind.to_owned();
    }
    let allowed: Vec<&str> = field.allowed.iter().map(String::as_str).collect();
    t::KIND.with(s.lang, &[&kind, &format::list(&allowed, s.lang)])
}

impl App {
    /// Opens the menu for whoever sets the company up.
    pub(in crate::app) fn open_own_fields(&mut self) {
        if !self.administers() {
            let text = t::ADMIN_ONLY.of(self.shared.lang).to_owned();
            return self.shared.say(Tone::Bad, text);
        }
        self.popups.push(Popup::Menu(menu(&self.shared)));
    }

    /// Opens the form on a field of the customer whose profile shows.
    pub(in crate::app) fn edit_own(&mut self, field: i64) {
        let Some(Some(profile)) = self.shared.feeds.profile() else { return };
        let record = &profile.customer;
        let Some(own) = record.own.iter().find(|own| own.field.id == field && !own.masked) else { return };
        let subject = Subject {
            id: CustomerId(profile.row.id),
            code: profile.row.code.clone(),
            name: profile.row.name.clone(),
        };
        self.forms += 1;
        let kind = FormKind::Edit { row: record.row, rev: record.rev };
        let entries = forms::edit::own_entries(std::slice::from_ref(own));
        let form = Form::new(self.forms, kind, Some(subject), entries);
        self.popups.push(Popup::Form(Box::new(form)));
    }

    /// After a field was made, changed or removed the menu and the customer list show it as it is now.
    pub(in crate::app) fn own_fields_answered(&mut self) {
        self.panes.customers.let_go(&self.shared);
        let fresh = menu(&self.shared);
        for popup in &mut self.popups {
            if let Popup::Menu(shown) = popup
                && shown.title == commands::OWN_FIELDS
            {
                let cursor = shown.cursor;
                *shown = Menu { cursor, ..fresh.clone() };
            }
        }
    }
}
