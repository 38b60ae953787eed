//! A row about a person at a customer.

use super::rows::{Cells, Parsed, What, newcomer};
use crate::exchange::columns::Column;
use crate::exchange::values;
use crate::i18n::exchange as t;

/// Reads a contact; the company it names is made where nobody knows it.
pub fn read(cells: &mut Cells<'_>) -> Option<Parsed> {
    let mut whose = cells.whose();
    // the phone is the person's: it tells whose they are only where nothing else does
    if whose.code.is_some() || whose.name.is_some() {
        whose.phones.clear();
    }
    let department = cells.get(Column::Department, values::name);
    let contact = cells.contact().filter(|contact| contact.name != "—");
    let Some(mut contact) = contact else {
        let label =
            super::words::label(Column::Contact, crate::domain::field::Noun::Contact, cells.setting.lang);
        cells.problems.push(t::ROW_FIELD.with(cells.setting.lang, &[&label]));
        return None;
    };
    contact.title = match (department, contact.title) {
        (Some(department), Some(title)) => Some(format!("{department} {title}")),
        (department, title) => title.or(department),
    };
    let make = newcomer(&whose, true);
    Some(What::Contact(contact).of(whose, make))
}
