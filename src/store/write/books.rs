//! Rows of a company's books on their way in. A row is known again by the number the books gave it (`book_ref`), a manager
//! by name, a customer by number, a budget by period and category: the second reading changes what differs and nothing
//! else. What was written down when is part of the books; the moment of the import counts nowhere (kpis.md C2).

mod records;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::{after, class, customer};
use crate::domain::books::BookRow;
use crate::domain::field::{Field, Noun, Problem, Row};
use crate::store::record::Work;
use crate::store::referral::sends;
use crate::store::request::{RowOutcome, StoreError};
use crate::store::tables::{Image, cell, opt_int, opt_text, table, word};
use crate::store::values::{by_code, invalid};
use records::{day, ms};

/// Writes one row.
pub fn write(work: &mut Work<'_>, row: &BookRow) -> Result<RowOutcome, StoreError> {
    match row {
        BookRow::Manager { name, from, until } => manager(work, name, *from, *until),
        BookRow::Customer { code, created, segment, source, owner } => {
            one_customer(work, code, created, segment.as_deref(), source.as_deref(), owner.as_deref())
        }
        BookRow::Referrer { customer, referrer } => sent_by(work, customer, referrer),
        BookRow::Merged { code, into } => merged(work, code, into),
        BookRow::Order { code, customer, at, amount, cost, cancelled } => {
            let cells = records::order(work.now.zone, code, at, amount, *cost, *cancelled)?;
            let fresh = vec![
                ("by_id", Cell::Integer(work.actor.id.0)),
                ("created_at", Cell::Integer(work.now.ms())),
                ("job_id", opt_int(work.job)),
            ];
            of_customer(work, Noun::Order, (code, customer), cells, fresh)
        }
        BookRow::Refund { code, order, customer, at, amount } => {
            let id = whose(work, customer)?;
            let order = order.as_deref().map(|order| order_of(work, order, id)).transpose()?;
            let cells = records::refund(work, order, at, amount)?;
            of_customer(work, Noun::Refund, (code, customer), cells, Vec::new())
        }
        BookRow::Touch { code, customer, at, outbound, delivered, cost, responded } => {
            let mut cells = records::touch(code, at, *outbound, *delivered, responded.as_ref());
            cells.push(("cost_fen", Cell::Integer(cost.0)));
            let id = whose(work, customer)?;
            let fresh = stamped(work, id)?;
            keyed(work, Noun::Touch, code, cells, fresh)
        }
        BookRow::Survey { code, customer, at, asked, score } => {
            let cells = records::survey(work.now.zone, at, *asked, *score);
            of_customer(work, Noun::Survey, (code, customer), cells, Vec::new())
        }
        BookRow::Complaint { code, customer, opened, answered, solved, valid } => {
            let cells = records::complaint(code, opened, answered.as_ref(), solved.as_ref(), *valid);
            of_customer(work, Noun::Complaint, (code, customer), cells, Vec::new())
        }
        BookRow::Contract { code, customer, expires, renewed, annual } => {
            let cells = records::contract(code, *expires, *renewed, *annual);
            of_customer(work, Noun::Contract, (code, customer), cells, Vec::new())
        }
        BookRow::Expense { code, customer, on, category, amount } => {
            let id = customer.as_deref().map(|code| whose(work, code)).transpose()?;
            let mut cells = records::expense(*on, category, *amount);
            cells.push(("customer_id", opt_int(id)));
            keyed(work, Noun::Expense, code, cells, Vec::new())
        }
        BookRow::Budget { period, category, amount } => {
            let cells = records::budget(period, category, *amount);
            keyed(work, Noun::Budget, &format!("{period}/{category}"), cells, Vec::new())
        }
        BookRow::Activation { code, customer, started } => {
            let cells = records::activation(work.now.zone, started);
            of_customer(work, Noun::Activation, (code, customer), cells, Vec::new())
        }
        BookRow::Event { code, customer, happened, recorded } => {
            let cells = records::event(happened, recorded.as_ref());
            of_customer(work, Noun::Event, (code, customer), cells, Vec::new())
        }
    }
}

/// An account manager with their time in post.
fn manager(
    work: &mut Work<'_>,
    name: &str,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
) -> Result<RowOutcome, StoreError> {
    let before = work.writes();
    let (id, made) = person(work, name)?;
    work.update(Noun::Person, id, &[("in_post_from", day(from)), ("in_post_until", day(until))])?;
    Ok(if made { RowOutcome::Made } else { outcome(work, before) })
}

/// Who sent a customer; nobody sends themselves.
fn sent_by(work: &mut Work<'_>, customer: &str, referrer: &str) -> Result<RowOutcome, StoreError> {
    let (id, by) = (whose(work, customer)?, whose(work, referrer)?);
    let before = work.writes();
    if id != by && !sends(work.db, id, by)? {
        rewritten(work, id, &[("referrer_id", Cell::Integer(by))])?;
    }
    Ok(outcome(work, before))
}

/// Writes into a customer that is known, and what follows from that: tasks go to another owner, a referral is rewarded.
fn rewritten(work: &mut Work<'_>, id: i64, row: &[(&'static str, Cell)]) -> Result<(), StoreError> {
    let was = work.read(Noun::Customer, id)?.map(|(_, image)| image).unwrap_or_default();
    if work.update(Noun::Customer, id, row)? {
        after::edited(work, Row { noun: Noun::Customer, id }, &was)?;
    }
    Ok(())
}

/// A number that is an old one of another customer's now.
fn merged(work: &mut Work<'_>, code: &str, into: &str) -> Result<RowOutcome, StoreError> {
    let id = whose(work, into)?;
    if by_code(work.db, code)? == Some(id) {
        return Ok(RowOutcome::Same);
    }
    customer::free(work.db, code, Some(id))?;
    let alias = vec![("code", word(code)), ("customer_id", Cell::Integer(id))];
    work.put(Noun::Alias, code, Some(&alias))?;
    Ok(RowOutcome::Made)
}

fn outcome(work: &Work<'_>, before: usize) -> RowOutcome {
    if work.writes() == before { RowOutcome::Same } else { RowOutcome::Updated(Vec::new()) }
}

/// The customer with this number, present or old.
fn whose(work: &Work<'_>, code: &str) -> Result<i64, StoreError> {
    match by_code(work.db, code)? {
        Some(id) => Ok(id),
        None => invalid(Field::Code, Problem::NoSuchCustomer(code.to_owned())),
    }
}

/// The order with this number in the books, of this customer.
fn order_of(work: &Work<'_>, code: &str, customer: i64) -> Result<i64, StoreError> {
    let found: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM orders WHERE code=?1 AND customer_id=?2")?
        .query_row((code, customer), |r| r.get(0))
        .optional()?;
    found.map_or_else(|| invalid(Field::OrderCode, Problem::NoSuchOrder(code.to_owned())), Ok)
}

/// The person of this name or login; a new account manager where nobody is called so.
fn person(work: &mut Work<'_>, name: &str) -> Result<(i64, bool), StoreError> {
    let found: Option<i64> = work
        .db
        .prepare_cached("SELECT id FROM person WHERE name=?1 OR login=?1 ORDER BY name<>?1, id LIMIT 1")?
        .query_row([name], |r| r.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok((id, false));
    }
    let row = [
        ("login", word(name)),
        ("name", word(name)),
        ("role", word("rep")),
        ("created_at", Cell::Integer(work.now.ms())),
    ];
    Ok((work.insert(Noun::Person, &row)?, true))
}

fn one_customer(
    work: &mut Work<'_>,
    code: &str,
    created: &DateTime<Utc>,
    segment: Option<&str>,
    source: Option<&str>,
    owner: Option<&str>,
) -> Result<RowOutcome, StoreError> {
    let owner = match owner {
        Some(name) => person(work, name)?.0,
        None => work.actor.id.0,
    };
    let before = work.writes();
    let known = by_code(work.db, code)?;
    let row = [("owner_id", Cell::Integer(owner)), ("source", opt_text(source)), ("created_at", ms(created))];
    let id = if let Some(id) = known {
        rewritten(work, id, &row)?;
        id
    } else {
        let mut row = row.to_vec();
        row.extend([
            ("code", word(code)),
            ("name", word(code)),
            ("first_owner_id", Cell::Integer(owner)),
            ("entered_by", Cell::Integer(work.actor.id.0)),
            ("job_id", opt_int(work.job)),
        ]);
        work.insert(Noun::Customer, &row)?
    };
    if let Some(segment) = segment {
        // a segment that the books give counts as set by hand, from the day the record was made
        class::set(work, id, "segment", Some(segment), customer::BY_HAND, None)?;
        let row: Option<i64> = work
            .db
            .prepare_cached("SELECT id FROM class WHERE customer_id=?1 AND scheme='segment'")?
            .query_row([id], |r| r.get(0))
            .optional()?;
        if let Some(row) = row {
            work.update(Noun::Class, row, &[("since", ms(created))])?;
        }
    }
    Ok(if known.is_some() { outcome(work, before) } else { RowOutcome::Made })
}

/// What a touch of the books takes from its customer: owner, department, and the segment as the books give it.
fn stamped(work: &Work<'_>, customer: i64) -> Result<Image, StoreError> {
    let (owner, department, segment): (i64, String, Option<String>) = work
        .db
        .prepare_cached(
            "SELECT p.id, p.department, coalesce((SELECT value FROM class WHERE customer_id=c.id AND scheme='segment'),
               (SELECT segment FROM facts WHERE customer_id=c.id))
             FROM customer c JOIN person p ON p.id=c.owner_id WHERE c.id=?1",
        )?
        .query_row([customer], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    Ok(vec![
        ("customer_id", Cell::Integer(customer)),
        ("person_id", Cell::Integer(owner)),
        ("department", word(department)),
        ("segment_then", opt_text(segment.as_deref())),
        ("job_id", opt_int(work.job)),
    ])
}

/// Writes a record of a customer, both told by their numbers.
fn of_customer(
    work: &mut Work<'_>,
    noun: Noun,
    (code, customer): (&str, &str),
    mut cells: Image,
    fresh: Image,
) -> Result<RowOutcome, StoreError> {
    cells.push(("customer_id", Cell::Integer(whose(work, customer)?)));
    keyed(work, noun, code, cells, fresh)
}

/// Writes a row that the books know by a number; `fresh` is what only a new row gets.
fn keyed(
    work: &mut Work<'_>,
    noun: Noun,
    code: &str,
    cells: Image,
    fresh: Image,
) -> Result<RowOutcome, StoreError> {
    let tbl = table(noun).name;
    let known: Option<(i64, i64)> = work
        .db
        .prepare_cached("SELECT id, row_id FROM book_ref WHERE tbl=?1 AND code=?2")?
        .query_row((tbl, code), |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    if let Some((_, row)) = known
        && let Some((_, image)) = work.read(noun, row)?
    {
        let customer = fresh.iter().find(|(column, _)| *column == "customer_id");
        if customer.is_none_or(|(_, whose)| cell(&image, "customer_id") == whose) {
            let changed = work.update(noun, row, &cells)?;
            return Ok(if changed { RowOutcome::Updated(Vec::new()) } else { RowOutcome::Same });
        }
        // the id of a touch carries its customer: another customer's is another row
        work.delete(noun, row)?;
    }
    let row = work.insert(noun, &[cells, fresh].concat())?;
    if let Some((id, _)) = known {
        work.update(Noun::BookRef, id, &[("row_id", Cell::Integer(row))])?;
    } else {
        let cells = [("tbl", word(tbl)), ("code", word(code)), ("row_id", Cell::Integer(row))];
        work.insert(Noun::BookRef, &cells)?;
    }
    Ok(RowOutcome::Made)
}
