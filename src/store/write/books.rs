//! Rows of a company's books on their way in. A row is known again by the number the books gave it (`book_ref`), a manager
//! by name, a customer by number, a budget by period and category: the second reading changes what differs and nothing
//! else. What was written down when is part of the books; the moment of the import counts nowhere (kpis.md C2).

use chrono::{DateTime, Days, NaiveDate, Utc};
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::{class, customer};
use crate::domain::books::{Asked, BookRow, Foreign};
use crate::domain::field::{Field, Noun, Problem};
use crate::domain::kpi::ACTIVATION_DAYS;
use crate::domain::money::convert;
use crate::store::record::Work;
use crate::store::request::{RowOutcome, StoreError};
use crate::store::tables::{Image, cell, flag, int, opt_int, opt_text, table, word};
use crate::store::values::invalid;

/// Writes one row.
pub fn write(work: &mut Work<'_>, row: &BookRow) -> Result<RowOutcome, StoreError> {
    let zone = work.now.zone;
    let local = |at: &DateTime<Utc>| word(zone.day(*at).to_string());
    match row {
        BookRow::Manager { name, from, until } => {
            let before = work.writes();
            let (id, made) = person(work, name)?;
            let row = [("in_post_from", day(*from)), ("in_post_until", day(*until))];
            work.update(Noun::Person, id, &row)?;
            Ok(if made { RowOutcome::Made } else { outcome(work, before) })
        }
        BookRow::Customer { code, created, segment, source, owner } => {
            one_customer(work, code, created, segment.as_deref(), source.as_deref(), owner.as_deref())
        }
        BookRow::Referrer { customer, referrer } => {
            let (id, by) = (whose(work, customer)?, whose(work, referrer)?);
            let before = work.writes();
            if id != by {
                work.update(Noun::Customer, id, &[("referrer_id", Cell::Integer(by))])?;
            }
            Ok(outcome(work, before))
        }
        BookRow::Merged { code, into } => {
            let id = whose(work, into)?;
            let before = work.writes();
            if customer::by_code(work.db, code)? != Some(id) {
                customer::free(work.db, code, Some(id))?;
                let alias = vec![("code", word(code)), ("customer_id", Cell::Integer(id))];
                work.put(Noun::Alias, code, Some(&alias))?;
                return Ok(RowOutcome::Made);
            }
            Ok(outcome(work, before))
        }
        BookRow::Order { code, customer, at, amount, cost, cancelled } => {
            let id = whose(work, customer)?;
            let cells = vec![
                ("customer_id", Cell::Integer(id)),
                ("code", word(code)),
                ("ordered_on", local(at)),
                ("ordered_at", ms(at)),
                ("amount_fen", fen(amount, amount.rate_ppm, Field::OrderAmount)?),
                ("currency", word(&amount.currency)),
                ("rate_ppm", Cell::Integer(amount.rate_ppm)),
                ("amount_minor", Cell::Integer(amount.minor)),
                ("cost_fen", opt_int(cost.map(|c| c.0))),
                ("status", word(if *cancelled { "cancelled" } else { "paid" })),
            ];
            let fresh = vec![
                ("by_id", Cell::Integer(work.actor.id.0)),
                ("created_at", Cell::Integer(work.now.ms())),
                ("job_id", opt_int(work.job)),
            ];
            keyed(work, Noun::Order, code, cells, fresh)
        }
        BookRow::Refund { code, order, customer, at, amount } => {
            let id = whose(work, customer)?;
            let order_id = order.as_deref().map(|order| order_of(work, order, id)).transpose()?;
            // a refund that names its order is converted at that order's rate (C3)
            let rate = match order_id {
                Some(order) => work.read(Noun::Order, order)?.and_then(|(_, image)| int(&image, "rate_ppm")),
                None => None,
            };
            let cells = vec![
                ("customer_id", Cell::Integer(id)),
                ("order_id", opt_int(order_id)),
                ("refunded_on", local(at)),
                ("refunded_at", ms(at)),
                ("amount_fen", fen(amount, rate.unwrap_or(amount.rate_ppm), Field::RefundAmount)?),
                ("currency", word(&amount.currency)),
                ("amount_minor", Cell::Integer(amount.minor)),
            ];
            keyed(work, Noun::Refund, code, cells, Vec::new())
        }
        BookRow::Touch { code, customer, at, outbound, delivered, cost, responded } => {
            let id = whose(work, customer)?;
            let cells = vec![
                ("at", ms(at)),
                ("recorded_at", ms(at)),
                ("kind", word(if *outbound { "proactive" } else { "inbound" })),
                ("reached", flag(*delivered)),
                ("responded", flag(responded.is_some())),
                ("responded_at", responded.as_ref().map_or(Cell::Null, ms)),
                ("cost_fen", Cell::Integer(cost.0)),
                ("summary", word(code)),
            ];
            let fresh = stamped(work, id)?;
            keyed(work, Noun::Touch, code, cells, fresh)
        }
        BookRow::Survey { code, customer, at, asked, score } => {
            let id = whose(work, customer)?;
            let (points, nps) = match asked {
                // 5 of 5 is 100 points, «satisfied» is 80 (kpis.md, csat)
                Asked::Csat => (Some(score * 20), None),
                Asked::Nps => (None, Some(*score)),
            };
            let cells = vec![
                ("customer_id", Cell::Integer(id)),
                ("answered_on", local(at)),
                ("answered_at", ms(at)),
                ("score", opt_int(points)),
                ("nps", opt_int(nps)),
            ];
            keyed(work, Noun::Survey, code, cells, Vec::new())
        }
        BookRow::Complaint { code, customer, opened, answered, solved, valid } => {
            let id = whose(work, customer)?;
            let state = match (answered, solved) {
                _ if !valid => "resolved",
                (_, Some(_)) => "resolved",
                (Some(_), None) => "responded",
                (None, None) => "open",
            };
            let cells = vec![
                ("customer_id", Cell::Integer(id)),
                ("opened_at", ms(opened)),
                ("responded_at", answered.as_ref().map_or(Cell::Null, ms)),
                ("solved_at", solved.as_ref().map_or(Cell::Null, ms)),
                ("state", word(state)),
                ("summary", word(code)),
                ("valid", flag(*valid)),
            ];
            keyed(work, Noun::Complaint, code, cells, Vec::new())
        }
        BookRow::Contract { code, customer, expires, renewed, annual } => {
            let id = whose(work, customer)?;
            let cells = vec![
                ("customer_id", Cell::Integer(id)),
                ("code", word(code)),
                ("expires_on", word(expires.to_string())),
                ("renewed_on", day(*renewed)),
                ("annual_fen", Cell::Integer(annual.0)),
            ];
            keyed(work, Noun::Contract, code, cells, Vec::new())
        }
        BookRow::Expense { code, customer, on, category, amount } => {
            let id = customer.as_deref().map(|code| whose(work, code)).transpose()?;
            let cells = vec![
                ("customer_id", opt_int(id)),
                ("spent_on", word(on.to_string())),
                ("category", word(category)),
                ("amount_fen", Cell::Integer(amount.0)),
            ];
            keyed(work, Noun::Expense, code, cells, Vec::new())
        }
        BookRow::Budget { period, category, amount } => {
            let code = format!("{period}/{category}");
            let cells = vec![
                ("period", word(period)),
                ("category", word(category)),
                ("amount_fen", Cell::Integer(amount.0)),
            ];
            keyed(work, Noun::Budget, &code, cells, Vec::new())
        }
        BookRow::Activation { code, customer, started } => {
            let id = whose(work, customer)?;
            let due = zone.day(*started).checked_add_days(Days::new(ACTIVATION_DAYS));
            let cells = vec![
                ("customer_id", Cell::Integer(id)),
                ("cause", word("other")),
                ("started_on", local(started)),
                ("started_at", ms(started)),
                ("due_on", day(due)),
            ];
            keyed(work, Noun::Activation, code, cells, Vec::new())
        }
        BookRow::Event { code, customer, happened, recorded } => {
            let id = whose(work, customer)?;
            let cells = vec![
                ("customer_id", Cell::Integer(id)),
                ("happened_at", ms(happened)),
                ("recorded_at", recorded.as_ref().map_or(Cell::Null, ms)),
            ];
            keyed(work, Noun::Event, code, cells, Vec::new())
        }
    }
}

fn ms(at: &DateTime<Utc>) -> Cell {
    Cell::Integer(at.timestamp_millis())
}

fn day(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::Null, |day| word(day.to_string()))
}

fn fen(amount: &Foreign, rate_ppm: i64, field: Field) -> Result<Cell, StoreError> {
    match convert(amount.minor, &amount.currency, rate_ppm) {
        Some(fen) => Ok(Cell::Integer(fen.0)),
        None => invalid(field, Problem::NotAnAmount(amount.minor.to_string())),
    }
}

fn outcome(work: &Work<'_>, before: usize) -> RowOutcome {
    if work.writes() == before { RowOutcome::Same } else { RowOutcome::Updated }
}

/// The customer with this number, present or old.
fn whose(work: &Work<'_>, code: &str) -> Result<i64, StoreError> {
    match customer::by_code(work.db, code)? {
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
    let known = customer::by_code(work.db, code)?;
    let row = [("owner_id", Cell::Integer(owner)), ("source", opt_text(source)), ("created_at", ms(created))];
    let id = if let Some(id) = known {
        work.update(Noun::Customer, id, &row)?;
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
            return Ok(if changed { RowOutcome::Updated } else { RowOutcome::Same });
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
