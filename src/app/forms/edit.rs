//! What a form on a record becomes, and the fields of the company's own in it: they stand below a customer's fields, each
//! read by its own kind, and are written beside the edit as one change.

use super::super::form::{Entry, Form};
use super::super::shared::Shared;
use super::read::values;
use crate::domain::change::{Change, Edited};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Invalid, Noun, Row, Value};
use crate::domain::own::{OwnEdit, OwnField};
use crate::store::request::{Clash, OwnValue};

/// The lines of a form for fields of the company's own; what is masked is not edited.
pub fn own_entries(own: &[OwnValue]) -> Vec<Entry> {
    own.iter()
        .filter(|own| !own.masked)
        .map(|own| {
            let text = own.value.as_deref().unwrap_or_default();
            own_entry(&own.field, text, Value::text(text))
        })
        .collect()
}

/// The same for somebody who is not there yet.
pub fn blank_entries(fields: &[OwnField]) -> Vec<Entry> {
    fields.iter().map(|field| own_entry(field, "", Value::None)).collect()
}

/// One such line.
pub fn own_entry(field: &OwnField, text: &str, was: Value) -> Entry {
    let picks = if field.kind == "choice" {
        field.allowed.iter().map(|word| (Value::Text(word.clone()), word.clone())).collect()
    } else {
        Vec::new()
    };
    let entry = Entry::new(Field::OwnText, text, was, picks);
    let mut entry = if matches!(field.kind.as_str(), "number" | "date") { entry.proposed() } else { entry };
    entry.own = Some(field.clone());
    entry
}

/// The fields of the company's own that a new customer comes with.
pub fn of_new(form: &Form) -> Vec<(String, String)> {
    let own = form.entries.iter().filter_map(|entry| Some((entry.own.as_ref()?, entry.text().trim())));
    own.filter(|(_, text)| !text.is_empty())
        .map(|(field, text)| (field.name.clone(), text.to_owned()))
        .collect()
}

/// The change that a form on a record becomes.
pub fn edit(form: &Form, row: Row, rev: i64, s: &Shared) -> Result<Change, Invalid> {
    // the number of a new customer may stay blank, the number of a known one may not; the table says so for both
    let values = values(form, s)?;
    let (mut set, mut own) = (Vec::new(), Vec::new());
    for (entry, (field, to)) in form.entries.iter().zip(values) {
        if !entry.is_touched() || entry.was == to {
            continue;
        }
        match &entry.own {
            None => set.push(Edited { field, was: entry.was.clone(), to }),
            Some(field) if row.noun == Noun::Customer => own.push(Change::Own(OwnEdit {
                customer: CustomerId(row.id),
                field: field.id,
                was: entry.was.as_text().map(str::to_owned),
                to: to.as_text().map(str::to_owned),
            })),
            Some(_) => {}
        }
    }
    Ok(together((row, rev), set, own))
}

/// An edit and what is written beside it, as one change.
fn together((row, rev): (Row, i64), set: Vec<Edited>, mut own: Vec<Change>) -> Change {
    let edit = Change::Edit { row, rev, set };
    if own.is_empty() {
        return edit;
    }
    if !matches!(&edit, Change::Edit { set, .. } if set.is_empty()) {
        own.insert(0, edit);
    }
    if own.len() > 1 { Change::All(own) } else { own.pop().unwrap_or(Change::All(Vec::new())) }
}

/// The change that is left after somebody has chosen between theirs and mine, each clash with `true` where mine stands;
/// none where theirs stand all over. `seen`: the revision that the record has now, 0 where nobody changed it itself.
pub fn settled(
    change: Change,
    row: Row,
    (rev, seen): (i64, i64),
    clashes: &[(Clash, bool)],
) -> Option<Change> {
    let (mut set, mut own) = (Vec::new(), Vec::new());
    let parts = if let Change::All(parts) = change { parts } else { vec![change] };
    for part in parts {
        match part {
            Change::Edit { set: edited, .. } => set.extend(edited),
            part => own.push(part),
        }
    }
    set.retain(|edited: &Edited| clashes.iter().all(|(c, _)| c.field != edited.field));
    let mine = clashes.iter().filter(|(c, mine)| *mine && c.field != Field::OwnText);
    set.extend(mine.map(|(c, _)| Edited { field: c.field, was: c.theirs.clone(), to: c.mine.clone() }));
    own.retain_mut(|change| {
        let Change::Own(OwnEdit { was, to, .. }) = change else { return true };
        let same = |c: &Clash| c.was.as_text() == was.as_deref() && c.mine.as_text() == to.as_deref();
        let clash = clashes.iter().find(|(c, _)| c.field == Field::OwnText && same(c));
        let Some((clash, mine)) = clash else { return true };
        *was = clash.theirs.as_text().map(str::to_owned);
        *mine
    });
    let nothing = set.is_empty() && own.is_empty();
    (!nothing).then(|| together((row, if seen > 0 { seen } else { rev }), set, own))
}
