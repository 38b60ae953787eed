//! A row with a customer and its contacts: who it is, what it fills, what it changes, who sent them.

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::super::customer::BY_IMPORT;
use super::super::{after, alike, class, customer, own};
use super::known;
use crate::domain::change::{Edited, NewContact, NewCustomer, SentBy};
use crate::domain::field::{Field, Noun, Row, Value};
use crate::domain::text::with_parts;
use crate::store::record::Work;
use crate::store::referral::sends;
use crate::store::request::{RowOutcome, StoreError};
use crate::store::tables::{self, text};
use crate::store::values::{by_code, cell, value};
use crate::store::words;

/// A customer whose number is known is filled and updated; without a number, equal name and phone tell who it is.
pub(super) fn row(work: &mut Work<'_>, new: &NewCustomer) -> Result<RowOutcome, StoreError> {
    let name = customer::name_of(new);
    let phones = customer::phones_of(new);
    let code = new.code.as_deref().map(str::trim).filter(|code| !code.is_empty());
    let known = match code {
        Some(code) => by_code(work.db, code)?,
        None => match &name {
            Ok(name) => match alike::twin(work.db, name, &phones)? {
                Some(twin) => Some(twin.id),
                None if phones.is_empty() => only_company(work.db, name)?,
                None => None,
            },
            Err(_) => None,
        },
    };
    let settled;
    let new = if let Some(by) = &new.sent_by {
        settled = sent_by(work, known, new, by)?;
        &settled
    } else {
        new
    };
    let Some(id) = known else {
        let near = match (&name, code) {
            // the printed template has no names (A147): the number stands in until somebody writes one
            (Err(_), Some(code)) if new.values.iter().all(|(field, _)| *field != Field::Name) => {
                let mut named = new.clone();
                named.values.push((Field::Name, Value::text(code)));
                customer::make(work, &named, BY_IMPORT, None)?.alike
            }
            _ => {
                let near = alike::alike(work.db, &name?, &phones)?;
                customer::make(work, new, BY_IMPORT, near)?.alike
            }
        };
        return Ok(near.map_or(RowOutcome::Made, |(code, name)| RowOutcome::Alike(code, name)));
    };
    let new = &*known::news(work.db, id, new)?;
    let before = work.writes();
    let was = work.read(Noun::Customer, id)?.map(|(_, row)| row).unwrap_or_default();
    let mut row = Vec::new();
    for (field, value) in new.values.iter().filter(|(field, _)| *field != Field::Code) {
        let noted;
        let value = match value {
            Value::Text(lines) if *field == Field::CustomerNote => {
                noted =
                    Value::Text(with_parts(text(&was, field.spec().column).unwrap_or_default(), lines, "\n"));
                &noted
            }
            value => value,
        };
        let cell = cell_of(work, id, *field, value)?;
        if cell != Cell::Null {
            row.push((field.spec().column, cell));
        }
    }
    let mut gave_way = Vec::new();
    if work.update(Noun::Customer, id, &row)? {
        after::edited(work, Row { noun: Noun::Customer, id }, &was)?;
        let changed = row.iter().filter(|(column, new)| tables::cell(&was, column) != new);
        gave_way.extend(changed.filter_map(|(column, new)| {
            let field = Field::of(Noun::Customer, column)?;
            let was = value(field, tables::cell(&was, column));
            Some(Edited { field, was, to: value(field, new) })
        }));
    }
    for one in &new.contacts {
        contact(work, id, one)?;
    }
    for tag in &new.tags {
        class::tag(work, id, tag, BY_IMPORT)?;
    }
    for (scheme, value) in &new.classes {
        class::set(work, id, scheme, Some(value), BY_IMPORT, None)?;
    }
    if let Some(opening) = &new.opening {
        customer::open(work, id, opening)?;
    }
    for (noun, values) in &new.records {
        customer::record(work, id, *noun, values)?;
    }
    own::fill(work, id, &new.own, true)?;
    Ok(if work.writes() == before { RowOutcome::Same } else { RowOutcome::Updated(gave_way) })
}

/// The row with whoever sent the customer in the field for it, or as a line of the note where the name is nobody's or of
/// several. A file read a second time finds those whom the first reading has made.
fn sent_by(
    work: &Work<'_>,
    known: Option<i64>,
    new: &NewCustomer,
    by: &SentBy,
) -> Result<NewCustomer, StoreError> {
    let mut settled = NewCustomer { sent_by: None, ..new.clone() };
    let named = match by_code(work.db, &by.named)? {
        Some(id) => Some(id),
        None => only_named(work.db, &by.named)?,
    };
    // nobody is sent by themselves, under whatever number, nor by whomever they sent (A23)
    let own = new.code.as_deref().is_some_and(|code| code.trim().eq_ignore_ascii_case(by.named.trim()));
    let ring = match (known, named) {
        (Some(customer), Some(by)) => customer == by || sends(work.db, customer, by)?,
        _ => own,
    };
    match named.filter(|_| !ring) {
        Some(id) => settled.values.push((Field::Referrer, Value::Id(id))),
        None => match settled.values.iter_mut().find(|(field, _)| *field == Field::CustomerNote) {
            Some((_, Value::Text(note))) => *note = with_parts(note, &by.line, "\n"),
            _ => settled.values.push((Field::CustomerNote, Value::text(&by.line))),
        },
    }
    Ok(settled)
}

/// The only customer of this name, of whatever kind.
fn only_named(db: &Connection, name: &str) -> Result<Option<i64>, StoreError> {
    let ids: Vec<i64> = db
        .prepare_cached("SELECT id FROM customer WHERE name=?1 LIMIT 2")?
        .query_map([name.trim()], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(if let [only] = ids.as_slice() { Some(*only) } else { None })
}

/// The only company of this name.
fn only_company(db: &Connection, name: &str) -> Result<Option<i64>, StoreError> {
    let ids: Vec<i64> = db
        .prepare_cached("SELECT id FROM customer WHERE name=?1 AND kind='company' LIMIT 2")?
        .query_map([name], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(if let [only] = ids.as_slice() { Some(*only) } else { None })
}

fn cell_of(work: &Work<'_>, customer: i64, field: Field, value: &Value) -> Result<Cell, StoreError> {
    let blank = *value == Value::None || value.as_text().is_some_and(|t| t.trim().is_empty());
    if blank { Ok(Cell::Null) } else { cell(work.db, work.now, customer, field, value) }
}

/// A contact of this name, or with one of these phones, gets what is missing; else it is new.
pub(super) fn contact(work: &mut Work<'_>, customer: i64, new: &NewContact) -> Result<(), StoreError> {
    let methods: Vec<(i64, String, Option<String>)> = work
        .db
        .prepare_cached("SELECT contact_id, value, digits FROM method WHERE customer_id=?1")?
        .query_map([customer], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let has = |contact: i64, kind: &str, value: &str| {
        let phone = matches!(kind, "mobile" | "landline").then(|| words::phone(value)).flatten();
        methods.iter().any(|(id, there, digits)| {
            *id == contact && (there == value.trim() || (phone.is_some() && phone == *digits))
        })
    };
    let named: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM contact WHERE customer_id=?1 AND name=?2 ORDER BY id LIMIT 1")?
        .query_row((customer, new.name.trim()), |r| r.get(0))
        .optional()?;
    let by_phone = || {
        let mut ids = methods.iter().map(|(id, ..)| *id);
        ids.find(|id| new.methods.iter().any(|(kind, value)| has(*id, kind, value)))
    };
    let unnamed = matches!(new.name.trim(), "" | "—");
    let Some(id) = (if unnamed { by_phone().or(named) } else { named }) else {
        let first = !work
            .db
            .prepare_cached("SELECT 1 FROM contact WHERE customer_id=?1 AND is_key=1")?
            .exists([customer])?;
        customer::contact_row(work, customer, new, first)?;
        return Ok(());
    };
    if let Some(title) = new.title.as_deref().filter(|t| !t.trim().is_empty()) {
        let title = cell(work.db, work.now, customer, Field::ContactTitle, &Value::text(title))?;
        work.update(Noun::Contact, id, &[("title", title)])?;
    }
    for (kind, value) in new.methods.iter().filter(|(_, value)| !value.trim().is_empty()) {
        if !has(id, kind, value) {
            customer::method_row(work, customer, id, kind, value)?;
        }
    }
    Ok(())
}
