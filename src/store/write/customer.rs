//! Customers and their contacts as they are made: the number (A7, X1), the duplicate check inside the saving transaction
//! (H8), and everything that comes along with a new customer.

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::alike::{self, Twin, twin};
use super::{class, own, rows, subject};
use crate::domain::change::{NewContact, NewCustomer, Opening};
use crate::domain::customer::{CustomerId, code_prefix, next_code, serial};
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::people::{Verb, may};
use crate::domain::phones;
use crate::domain::text::clean_line;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{flag, int, opt_int, opt_text, text, word};
use crate::store::values::{by_code, cell, cells, code_and_name, invalid};
use crate::store::{settings, words};

/// How a customer, a tag or a class came in.
pub const BY_HAND: &str = "hand";
/// From a file.
pub const BY_IMPORT: &str = "import";

/// Makes a customer; refuses an equal number, or equal name and phone; tells of one that looks alike.
pub fn add(work: &mut Work<'_>, new: &NewCustomer) -> Result<Receipt, StoreError> {
    people::need_own(work.actor, Verb::Create)?;
    let name = name_of(new)?;
    let phones = alike::knowable(work.db, work.actor, work.now, &phones_of(new))?;
    if let Some(Twin { code, name, .. }) = twin(work.db, &name, &phones)? {
        return invalid(Field::Name, Problem::Taken { code, name });
    }
    let alike = alike::alike(work.db, &name, &phones)?;
    make(work, new, BY_HAND, alike)
}

/// Makes a customer without looking for others.
pub fn make(
    work: &mut Work<'_>,
    new: &NewCustomer,
    how: &str,
    alike: Option<(String, String)>,
) -> Result<Receipt, StoreError> {
    let given = new.code.as_deref().filter(|code| !code.trim().is_empty());
    let code =
        match given.map(|code| cell(work.db, work.now, 0, Field::Code, &Value::text(code))).transpose()? {
            Some(Cell::Text(code)) => {
                free(work.db, &code, None)?;
                code
            }
            _ => next(work)?,
        };
    let mut row = cells(work.db, work.now, Noun::Customer, 0, &new.values)?;
    row.retain(|(column, _)| *column != "code");
    let given = row.iter().find(|(column, _)| *column == "owner_id");
    let owner = if let Some((_, Cell::Integer(owner))) = given {
        *owner
    } else {
        row.push(("owner_id", Cell::Integer(work.actor.id.0)));
        work.actor.id.0
    };
    may_make_for(work, owner)?;
    row.extend([
        ("code", word(&code)),
        ("first_owner_id", Cell::Integer(owner)),
        ("entered_by", Cell::Integer(work.actor.id.0)),
        ("created_at", Cell::Integer(work.now.ms())),
        ("job_id", opt_int(work.job)),
    ]);
    let id = work.insert(Noun::Customer, &row)?;
    for (i, contact) in new.contacts.iter().enumerate() {
        contact_row(work, id, contact, i == 0)?;
    }
    for tag in &new.tags {
        class::tag(work, id, tag, how)?;
    }
    for (scheme, value) in &new.classes {
        class::set(work, id, scheme, Some(value), how, None)?;
    }
    if let Some(opening) = &new.opening {
        open(work, id, opening)?;
    }
    for (noun, values) in &new.records {
        record(work, id, *noun, values)?;
    }
    own::fill(work, id, &new.own, how == BY_IMPORT)?;
    Ok(Receipt {
        subject: name_of(new)?,
        made: Some(Row { noun: Noun::Customer, id }),
        code: Some(code),
        customer: Some(CustomerId(id)),
        alike,
        ..Receipt::default()
    })
}

/// Refuses whoever makes a customer for somebody to whom they may give none: that is an assignment.
pub fn may_make_for(work: &Work<'_>, owner: i64) -> Result<(), StoreError> {
    let relation = people::relation(work.db, work.actor, owner, work.now)?;
    if owner == work.actor.id.0 || may(work.actor.role, Verb::Assign, relation) {
        Ok(())
    } else {
        Err(StoreError::Denied(Verb::Assign))
    }
}

/// Ticks the check of a record by a second person: somebody who sees all of it and has not entered it (H10, K57).
pub fn check(work: &mut Work<'_>, customer: CustomerId) -> Result<Receipt, StoreError> {
    people::need(work.db, work.actor, Verb::Check, customer.0, work.now)?;
    let Some((_, row)) = work.read(Noun::Customer, customer.0)? else {
        return Err(StoreError::Gone { who: None });
    };
    if int(&row, "entered_by") == Some(work.actor.id.0) {
        return Err(StoreError::SameHand);
    }
    // whoever has checked it first stays
    if int(&row, "checked_by").is_none() {
        let me = Cell::Integer(work.actor.id.0);
        let row = [("checked_by", me), ("checked_at", Cell::Integer(work.now.ms()))];
        work.update(Noun::Customer, customer.0, &row)?;
    }
    Ok(Receipt { subject: subject(work.db, customer.0)?, customer: Some(customer), ..Receipt::default() })
}

/// Makes a contact with methods.
pub fn add_contact(
    work: &mut Work<'_>,
    customer: CustomerId,
    contact: &NewContact,
) -> Result<Receipt, StoreError> {
    people::need(work.db, work.actor, Verb::Edit, customer.0, work.now)?;
    let first = !work
        .db
        .prepare_cached("SELECT 1 FROM contact WHERE customer_id=?1 AND is_key=1")?
        .exists([customer.0])?;
    let id = contact_row(work, customer.0, contact, first)?;
    Ok(Receipt {
        subject: subject(work.db, customer.0)?,
        made: Some(Row { noun: Noun::Contact, id }),
        customer: Some(customer),
        ..Receipt::default()
    })
}

/// Writes a contact and its methods.
pub fn contact_row(
    work: &mut Work<'_>,
    customer: i64,
    new: &NewContact,
    key: bool,
) -> Result<i64, StoreError> {
    let (db, now) = (work.db, work.now);
    let id = work.insert(
        Noun::Contact,
        &[
            ("customer_id", Cell::Integer(customer)),
            ("name", cell(db, now, customer, Field::ContactName, &Value::text(&new.name))?),
            (
                "title",
                cell(
                    db,
                    now,
                    customer,
                    Field::ContactTitle,
                    &Value::text(new.title.as_deref().unwrap_or("")),
                )?,
            ),
            ("is_key", flag(key)),
        ],
    )?;
    for (kind, value) in new.methods.iter().filter(|(_, value)| !value.trim().is_empty()) {
        method_row(work, customer, id, kind, value)?;
    }
    Ok(id)
}

/// Writes one method of a contact.
pub fn method_row(
    work: &mut Work<'_>,
    customer: i64,
    contact: i64,
    kind: &str,
    value: &str,
) -> Result<i64, StoreError> {
    let (db, now) = (work.db, work.now);
    fits(kind, value)?;
    let value = &phones::half_width(kind, value);
    let row = [
        ("customer_id", Cell::Integer(customer)),
        ("contact_id", Cell::Integer(contact)),
        ("kind", cell(db, now, customer, Field::MethodKind, &Value::text(kind))?),
        ("value", cell(db, now, customer, Field::MethodValue, &Value::text(value))?),
        ("digits", digits(kind, value)),
    ];
    work.insert(Noun::Method, &row)
}

/// Refuses what is no number or address of its kind.
pub fn fits(kind: &str, value: &str) -> Result<(), StoreError> {
    phones::misfit(kind, value).map_or(Ok(()), |problem| invalid(Field::MethodValue, problem))
}

/// The normal form of a method's value, where it is a phone.
pub fn digits(kind: &str, value: &str) -> Cell {
    if matches!(kind, "mobile" | "landline") { opt_text(words::phone(value).as_deref()) } else { Cell::Null }
}

/// Writes an opening balance, or fills the one that is there.
pub fn open(work: &mut Work<'_>, customer: i64, new: &Opening) -> Result<(), StoreError> {
    let day = |d: Option<chrono::NaiveDate>| d.map_or(Cell::Null, |d| word(d.to_string()));
    let mut row = vec![
        ("as_of", word(new.as_of.unwrap_or_else(|| work.now.today()).to_string())),
        ("first_on", day(new.first_on)),
        ("last_on", day(new.last_on)),
        ("per_year", opt_int(new.per_year)),
        ("total_fen", opt_int(new.total.map(|f| f.0))),
        ("year_fen", opt_int(new.year.map(|f| f.0))),
        ("category", opt_text(new.category.as_deref())),
        ("source", opt_text(new.source.as_deref())),
    ];
    let there: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM opening WHERE customer_id=?1")?
        .query_row([customer], |r| r.get(0))
        .optional()?;
    if let Some(id) = there {
        // figures that are not given stay; without any, the day they were true stays too
        row.retain(|(column, cell)| *cell != Cell::Null && (*column != "as_of" || new.as_of.is_some()));
        work.update(Noun::Opening, id, &row)?;
    } else {
        row.push(("customer_id", Cell::Integer(customer)));
        work.insert(Noun::Opening, &row)?;
    }
    Ok(())
}

/// Writes a further record that came along with a customer; a date or an opt-out that is there already stays.
pub fn record(
    work: &mut Work<'_>,
    customer: i64,
    noun: Noun,
    values: &[(Field, Value)],
) -> Result<(), StoreError> {
    let row = cells(work.db, work.now, noun, customer, values)?;
    let there = match noun {
        Noun::ImportantDate => work
            .db
            .prepare_cached(
                "SELECT 1 FROM important_date WHERE customer_id=?1 AND kind=?2 AND month=?3 AND day=?4",
            )?
            .exists((customer, text(&row, "kind"), int(&row, "month"), int(&row, "day")))?,
        Noun::OptOut => work
            .db
            .prepare_cached("SELECT 1 FROM opt_out WHERE customer_id=?1 AND channel=?2")?
            .exists((customer, text(&row, "channel")))?,
        _ => false,
    };
    if there {
        return Ok(());
    }
    rows::add(work, noun, CustomerId(customer), values).map(|_| ())
}

/// The name of a new customer.
pub fn name_of(new: &NewCustomer) -> Result<String, StoreError> {
    let name =
        new.values.iter().find(|(field, _)| *field == Field::Name).and_then(|(_, value)| value.as_text());
    match name.map(clean_line).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()) {
        Some(name) => Ok(name),
        None => invalid(Field::Name, Problem::Empty),
    }
}

/// The phones of a new customer in normal form.
pub fn phones_of(new: &NewCustomer) -> Vec<String> {
    let methods = new.contacts.iter().flat_map(|c| &c.methods);
    methods
        .filter(|(kind, _)| matches!(kind.as_str(), "mobile" | "landline"))
        .filter_map(|(_, v)| words::phone(v))
        .collect()
}

/// Refuses a number that another customer has or had.
pub fn free(db: &Connection, code: &str, own: Option<i64>) -> Result<(), StoreError> {
    match by_code(db, code)? {
        Some(id) if Some(id) != own => {
            let (code, name) = code_and_name(db, id)?.unwrap_or_default();
            invalid(Field::Code, Problem::Taken { code, name })
        }
        _ => Ok(()),
    }
}

/// The next number of the month, greater than every serial of it whatever its width (K5, X1).
fn next(work: &Work<'_>) -> Result<String, StoreError> {
    let prefix = code_prefix(work.now.today());
    let width = usize::try_from(settings::number(work.db, "code_width")?).unwrap_or(4);
    let last = greatest(work.db, "customer", &prefix)?.max(greatest(work.db, "customer_alias", &prefix)?);
    Ok(next_code(&prefix, last, width))
}

/// Most digits of a serial: what a count of 32 bits holds in any case.
const LONGEST: usize = 9;

/// The greatest serial among a table's numbers of a month, 0 where there is none: of the longest, the last.
fn greatest(db: &Connection, table: &str, prefix: &str) -> Result<u32, StoreError> {
    let mut query = db.prepare_cached(&greatest_of(table))?;
    for digits in (1..=LONGEST).rev() {
        let code: Option<String> =
            query.query_row((prefix.len() + digits, prefix), |r| r.get(0)).optional()?;
        if let Some(serial) = code.and_then(|code| serial(prefix, &code)) {
            return Ok(serial);
        }
    }
    Ok(0)
}

/// The last number of a length in a month.
pub fn greatest_of(table: &str) -> String {
    // ':' follows '9': the range holds this month's numbers and no others
    format!(
        "SELECT code FROM {table} WHERE length(code)=?1 AND code>?2 AND code<?2||':'
         AND substr(code,length(?2)+1) NOT GLOB '*[^0-9]*' ORDER BY code DESC LIMIT 1"
    )
}
