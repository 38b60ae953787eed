//! Taking rows out of the list into a file of the person's own: what and as what is chosen, then why is asked. A session
//! that may not open files for the person says how it is done from their own machine.

use super::super::command::Command;
use super::super::form::{Form, FormKind};
use super::super::msg::Effect;
use super::super::popup::{Act, Item, Menu, Popup};
use super::super::shared::Tone;
use super::super::{App, forms};
use crate::domain::field::Field;
use crate::domain::filter::Filter;
use crate::i18n::{exports as t, format, words};
use crate::store::request::export::Exported;

/// What is offered, the most wanted first.
const OFFERED: &[(Exported, &str)] = &[
    (Exported::Customers, "xlsx"),
    (Exported::Customers, "csv"),
    (Exported::Contacts, "vcf"),
    (Exported::Contacts, "xlsx"),
    (Exported::Orders, "xlsx"),
    (Exported::Touches, "xlsx"),
    (Exported::Calendar, "ics"),
    (Exported::Matrix, "xlsx"),
    (Exported::Board, "xlsx"),
];

impl App {
    /// Asks what is to leave, and as what.
    pub(in crate::app) fn choose_export(&mut self, fx: &mut Vec<Effect>) {
        if !self.shared.personal {
            let said = t::NOT_HERE.of(self.shared.lang).to_owned();
            return self.shared.say(Tone::Bad, said);
        }
        let items = OFFERED.iter().map(|(what, format)| {
            let hint = if what.of_customers() { self.whose() } else { String::new() };
            let label = export_name(*what, format, self.shared.lang);
            let form = FormKind::Export { what: what.id().to_owned(), format: (*format).to_owned() };
            Item::new(label, hint, Act::Form(form))
        });
        let menu = Menu::new(Command::Export.spec().text, items.collect());
        self.open(Popup::Menu(menu), fx);
    }

    /// Of whom: those that are marked, else those of the list.
    fn whose(&self) -> String {
        let lang = self.shared.lang;
        match self.shared.marks.len() {
            0 if self.panes.customers.filter_text.is_empty() => t::OF_ALL.of(lang).to_owned(),
            0 => crate::i18n::group::shown(&self.panes.customers.filter_text, lang),
            marked => t::OF_MARKED.with(lang, &[&format::count(i64::try_from(marked).unwrap_or(0))]),
        }
    }

    /// Has it written; a reason that is missing is asked for at its field.
    pub(super) fn write_export(&mut self, mut form: Form, fx: &mut Vec<Effect>) {
        let FormKind::Export { what, format } = form.kind.clone() else { return };
        let reason = match forms::needed(&form, Field::Reason) {
            Ok(reason) => reason,
            Err(invalid) => {
                form.blame(invalid);
                return self.popups.push(Popup::Form(Box::new(form)));
            }
        };
        let Some(what) = Exported::ALL.into_iter().find(|known| known.id() == what) else { return };
        let own = what.of_customers();
        let typed = if own { self.panes.customers.filter_text.clone() } else { String::new() };
        let filter = if own { self.panes.customers.filter.clone() } else { Filter::default() };
        let marks = self.shared.marks.iter().filter(|_| own);
        let only: Vec<i64> = marks.map(|customer| customer.0).collect();
        // marks survive filters: whoever is marked leaves, whatever the list shows now
        let filter = if only.is_empty() { filter } else { Filter::default() };
        let name = export_name(what, &format, self.shared.lang);
        self.shared.say(Tone::Plain, t::BEGUN.with(self.shared.lang, &[&name]));
        fx.push(Effect::Drop(form.id));
        fx.push(Effect::Export { what, format, filter, typed, only, reason });
    }
}

/// What is taken out, as what.
pub(in crate::app) fn export_name(what: Exported, format: &str, lang: crate::i18n::Lang) -> String {
    format!("{} · {format}", words::word("export", what.id(), lang))
}
