//! How a customer wants to be reached: do not disturb, the channels they have opted out of, consent. One menu shows how each
//! stands; a line that is chosen opens the short form that turns it round, and `u` takes that back.

use super::super::super::form::FormKind;
use super::super::super::popup::{Act, Item, Menu};
use super::super::super::shared::Shared;
use super::lines::of;
use crate::domain::field::{Field, Noun, OPT_OUTS, Value};
use crate::i18n::{commands, fields, guard, words};
use crate::store::request::Profile;

/// The menu of wishes.
pub fn menu(profile: &Profile, s: &Shared) -> Menu {
    let lang = s.lang;
    let outs = of(profile, Noun::OptOut);
    let mut items: Vec<Item> = OPT_OUTS
        .iter()
        .map(|channel| {
            let said = outs.iter().find(|r| r.get(Field::OptOutChannel).as_text() == Some(channel));
            let since = said.map(|r| match r.get(Field::OptOutSince) {
                Value::Day(day) => guard::NOT_SINCE.with(lang, &[day]),
                _ => String::new(),
            });
            let lift = said.map(|r| (r.row, r.rev));
            let form = FormKind::Wish { channel: (*channel).to_owned(), lift };
            let hint = since.unwrap_or_else(|| guard::WELCOME.of(lang).to_owned());
            Item {
                on: said.is_some(),
                ..Item::new(words::word("channel", channel, lang), hint, Act::Form(form))
            }
        })
        .collect();
    let consent = of(profile, Noun::Consent).first();
    let state = consent.and_then(|r| r.get(Field::ConsentState).as_text()).unwrap_or("unknown");
    let act = consent.map_or(Act::Form(FormKind::Add(Noun::Consent)), |record| {
        Act::EditRecord(Box::new(record.clone()), None)
    });
    items.push(Item::new(fields::noun(Noun::Consent).of(lang), words::word("consent", state, lang), act));
    Menu::new(commands::WISHES, items)
}
