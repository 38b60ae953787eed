//! Values of fields on their way into cells and back: whether a value fits its field, and how it is stored. The form
//! checks the same things earlier; the store checks them again, because commands and imports come here too.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::referral::sends;
use super::request::StoreError;
use super::tables::{self, Image, opt_text, text, word};
use crate::domain::clock::{Now, from_ms};
use crate::domain::date::Due;
use crate::domain::field::{CHANNELS, Field, Invalid, Kind, Noun, Problem, SCHEMES, Value};
use crate::domain::money::Fen;
use crate::domain::people::{Role, works};
use crate::domain::text::{clean_block, clean_line};

/// The greatest amount of one record, 90 billion yuan: sums and conversions by parts per million stay whole numbers.
const MOST_FEN: i64 = 9_000_000_000_000;
/// The greatest revenue of a customer, which nobody sums up: ten trillion yuan.
const MOST_REVENUE: i64 = 1_000_000_000_000_000;

/// The first day of which anybody has kept what happened; an earlier one is a slip of the hand.
pub const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1980, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// A refusal of one field.
pub fn invalid<T>(field: Field, problem: Problem) -> Result<T, StoreError> {
    Err(StoreError::Invalid(Invalid { field, problem }))
}

/// The cell of a value, checked against its field and against the customer it belongs to.
pub fn cell(
    db: &Connection,
    now: Now,
    customer: i64,
    field: Field,
    value: &Value,
) -> Result<Cell, StoreError> {
    let spec = field.spec();
    let cell = match (spec.kind, value) {
        (_, Value::None) => Cell::Null,
        (Kind::Customer, Value::Text(code)) => numbered(db, customer, field, code)?,
        (kind, Value::Text(text)) => worded(field, kind, text)?,
        (kind, Value::Id(id)) => pointing(db, customer, field, kind, *id)?,
        (Kind::Int, Value::Int(n)) => whole(field, *n)?,
        (Kind::Money, Value::Money(Fen(fen))) => amount(field, *fen)?,
        (Kind::PastDay, Value::Day(day)) if *day > now.today() => return invalid(field, Problem::Future),
        (Kind::PastDay, Value::Day(day)) if *day < FIRST_DAY => {
            return invalid(field, Problem::TooEarly(day.to_string()));
        }
        // the time of a due stands in a column of its own ([`cells_of`])
        (Kind::Day | Kind::PastDay | Kind::When, Value::Day(day))
        | (Kind::When, Value::Due(Due { day, .. })) => word(day.to_string()),
        (Kind::Moment, Value::Moment(ms)) if *ms > now.ms() => return invalid(field, Problem::Future),
        (Kind::Moment, Value::Moment(ms)) if now.zone.day(from_ms(*ms)) < FIRST_DAY => {
            return invalid(field, Problem::TooEarly(now.zone.day(from_ms(*ms)).to_string()));
        }
        (Kind::Moment, Value::Moment(ms)) => Cell::Integer(*ms),
        (Kind::Flag, Value::Flag(yes)) => Cell::Integer(i64::from(*yes)),
        (kind, other) => return invalid(field, misfit(kind, other)),
    };
    if spec.needed && cell == Cell::Null {
        return invalid(field, Problem::Empty);
    }
    Ok(cell)
}

/// The cell of a text that is asked for.
pub fn needed(db: &Connection, now: Now, field: Field, given: &str) -> Result<Cell, StoreError> {
    match cell(db, now, 0, field, &Value::text(given))? {
        Cell::Null => invalid(field, Problem::Empty),
        cell => Ok(cell),
    }
}

/// A text, cleaned as its kind asks.
fn worded(field: Field, kind: Kind, text: &str) -> Result<Cell, StoreError> {
    Ok(match kind {
        Kind::Line(most) => {
            let text = clean_line(text);
            if text.trim().chars().count() > usize::from(most) {
                return invalid(field, Problem::TooLong(most));
            }
            opt_text(Some(&text))
        }
        Kind::Classes | Kind::Channels => {
            let words = crate::domain::script::list(&clean_line(text));
            let other = words.iter().find(|id| !CHANNELS.contains(&id.as_str()));
            if let Some(other) = other.filter(|_| kind == Kind::Channels) {
                return invalid(field, Problem::NotOneOf(other.clone(), CHANNELS));
            }
            opt_text(Some(&words.join(",")))
        }
        Kind::Block => opt_text(Some(&clean_block(text))),
        Kind::Filter => {
            let text = clean_line(text);
            if let Err(error) = crate::domain::filter::parse(&text) {
                return invalid(field, Problem::Filter(error));
            }
            opt_text(Some(&text))
        }
        Kind::Choice(_) if text.is_empty() => Cell::Null,
        Kind::Choice(ids) if ids.contains(&text) => word(text),
        Kind::Choice(ids) => return invalid(field, Problem::NotOneOf(text.to_owned(), ids)),
        other => return invalid(field, misfit(other, &Value::text(text))),
    })
}

/// The customer behind a number, present or old. Letters of either case are the same number (H6); where old files have brought
/// two that differ by nothing else, the one that was written is meant.
pub fn by_code(db: &Connection, code: &str) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT id FROM customer WHERE code=?1 UNION ALL SELECT customer_id FROM customer_alias WHERE code=?1
             UNION ALL SELECT id FROM customer WHERE code=?1 COLLATE NOCASE
             UNION ALL SELECT customer_id FROM customer_alias WHERE code=?1 COLLATE NOCASE LIMIT 1",
        )?
        .query_row([code.trim()], |r| r.get(0))
        .optional()?)
}

/// A customer by its number.
fn numbered(db: &Connection, customer: i64, field: Field, code: &str) -> Result<Cell, StoreError> {
    let code = clean_line(code).trim().to_owned();
    if code.is_empty() {
        return Ok(Cell::Null);
    }
    match by_code(db, &code)? {
        Some(id) => pointing(db, customer, field, Kind::Customer, id),
        None => invalid(field, Problem::NoSuchCustomer(code)),
    }
}

/// The id of a record that is there, and that a customer may point at.
fn pointing(db: &Connection, customer: i64, field: Field, kind: Kind, id: i64) -> Result<Cell, StoreError> {
    match kind {
        Kind::Person => worker(db, field, id),
        // nobody comes through themselves (A23)
        Kind::Customer if id == customer && field == Field::Referrer => invalid(field, Problem::Itself),
        Kind::Customer if field == Field::Referrer && sends(db, customer, id)? => {
            invalid(field, Problem::InACircle)
        }
        Kind::Customer => known(db, field, id, "SELECT 1 FROM customer WHERE id=?1", Problem::NoSuchCustomer),
        Kind::Contact => {
            let sql = "SELECT 1 FROM contact WHERE id=?1 AND customer_id=?2";
            if !db.prepare_cached(sql)?.exists((id, customer))? {
                return invalid(field, Problem::NoSuchContact(id.to_string()));
            }
            Ok(Cell::Integer(id))
        }
        other => invalid(field, misfit(other, &Value::Id(id))),
    }
}

/// Somebody who works here, and with customers.
fn worker(db: &Connection, field: Field, id: i64) -> Result<Cell, StoreError> {
    let sql = "SELECT role, name FROM person WHERE id=?1 AND state='active'";
    let found: Option<(String, String)> =
        db.prepare_cached(sql)?.query_row([id], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    match found {
        None => invalid(field, Problem::NoSuchPerson(id.to_string())),
        Some((role, name)) if !Role::from_id(&role).is_some_and(works) => {
            invalid(field, Problem::NoWorker(name))
        }
        Some(_) => Ok(Cell::Integer(id)),
    }
}

/// A whole number within what its field takes.
fn whole(field: Field, n: i64) -> Result<Cell, StoreError> {
    if let Some(most) = field.most().filter(|most| !(0..=*most).contains(&n)) {
        return invalid(field, Problem::NotBetween(n.to_string(), "0".to_owned(), most.to_string()));
    }
    if n < 0 {
        return invalid(field, Problem::NotANumber(n.to_string()));
    }
    Ok(Cell::Integer(n))
}

/// An amount in fen that the store can hold and add up.
pub fn amount(field: Field, fen: i64) -> Result<Cell, StoreError> {
    let most = if field == Field::Revenue { MOST_REVENUE } else { MOST_FEN };
    if fen.checked_abs().is_none_or(|fen| fen > most) {
        return invalid(field, Problem::TooMuch(Fen(most).yuan_grouped()));
    }
    Ok(Cell::Integer(fen))
}

fn known(
    db: &Connection,
    field: Field,
    id: i64,
    sql: &str,
    problem: impl FnOnce(String) -> Problem,
) -> Result<Cell, StoreError> {
    if db.prepare_cached(sql)?.exists([id])? {
        return Ok(Cell::Integer(id));
    }
    invalid(field, problem(id.to_string()))
}

/// What to say of a value of another kind.
fn misfit(kind: Kind, value: &Value) -> Problem {
    let text = match value {
        Value::Text(text) => text.clone(),
        Value::Int(n) | Value::Moment(n) | Value::Id(n) | Value::Money(Fen(n)) => n.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Due(due) => due.to_string(),
        Value::Flag(yes) => yes.to_string(),
        Value::None => String::new(),
    };
    match kind {
        Kind::Money => Problem::NotAnAmount(text),
        Kind::Day | Kind::PastDay | Kind::When | Kind::Due | Kind::Actions => Problem::NotADay(text),
        Kind::Moment => Problem::NotAMoment(text),
        Kind::Person => Problem::NoSuchPerson(text),
        Kind::Customer => Problem::NoSuchCustomer(text),
        Kind::Contact => Problem::NoSuchContact(text),
        Kind::Choice(ids) => Problem::NotOneOf(text, ids),
        Kind::Channels => Problem::NotOneOf(text, CHANNELS),
        Kind::Classes => Problem::NotOneOf(text, SCHEMES),
        Kind::Beats => Problem::NotABeat(text),
        Kind::Line(_) | Kind::Block | Kind::Filter | Kind::Int | Kind::Flag => Problem::NotANumber(text),
    }
}

/// The value of a cell, as its field shows it.
pub fn value(field: Field, cell: &Cell) -> Value {
    match (field.spec().kind, cell) {
        (Kind::Int, Cell::Integer(n)) => Value::Int(*n),
        (Kind::Money, Cell::Integer(n)) => Value::Money(Fen(*n)),
        (Kind::Moment, Cell::Integer(n)) => Value::Moment(*n),
        (Kind::Flag, Cell::Integer(n)) => Value::Flag(*n != 0),
        (Kind::Person | Kind::Customer | Kind::Contact, Cell::Integer(n)) => Value::Id(*n),
        (Kind::Day | Kind::PastDay, Cell::Text(text)) => {
            text.parse::<NaiveDate>().map_or(Value::None, Value::Day)
        }
        (Kind::When, Cell::Text(text)) => Due::written(text).map_or(Value::None, Value::Due),
        (
            Kind::Line(_) | Kind::Block | Kind::Filter | Kind::Choice(_) | Kind::Classes | Kind::Channels,
            Cell::Text(text),
        ) => Value::Text(text.clone()),
        _ => Value::None,
    }
}

/// The cells that a value of a field is kept in: one, but two of a due, which has its time beside its day. A day alone leaves
/// the time as it is.
pub fn cells_of(
    db: &Connection,
    now: Now,
    customer: i64,
    field: Field,
    to: &Value,
) -> Result<Image, StoreError> {
    let mut cells = vec![(field.spec().column, cell(db, now, customer, field, to)?)];
    if let Value::Due(due) = to {
        cells.push(("due_time", due.time.map_or(Cell::Null, |time| word(time.format("%H:%M").to_string()))));
    }
    Ok(cells)
}

/// The value of a field in a row, or in as much of one as a change has written: of a due that may be its time alone.
pub fn of_row(field: Field, row: &Image) -> Value {
    let value = value(field, tables::cell(row, field.spec().column));
    if field.spec().kind != Kind::When {
        return value;
    }
    let time = text(row, "due_time");
    match value {
        Value::Due(due) => {
            let time = time.and_then(|time| NaiveTime::parse_from_str(time, "%H:%M").ok());
            Value::Due(Due { time, ..due })
        }
        value => time.map_or(value, Value::text),
    }
}

/// Whether a column of a written row is told by another one of it: the time of a due by its day.
pub fn is_told_beside(column: &str, row: &Image) -> bool {
    column == "due_time" && tables::given(row, "due_on")
}

/// The cells of a new record: given fields checked, needed ones there or with a default of the table's own.
pub fn cells(
    db: &Connection,
    now: Now,
    noun: Noun,
    customer: i64,
    set: &[(Field, Value)],
) -> Result<Vec<(&'static str, Cell)>, StoreError> {
    let mut cells = Vec::with_capacity(set.len() + 4);
    for spec in crate::domain::field::fields_of(noun) {
        let given =
            set.iter().find(|(field, _)| *field == spec.field).map_or(&Value::None, |(_, value)| value);
        let absent = *given == Value::None || given.as_text().is_some_and(|t| t.trim().is_empty());
        match (absent, spec.kind) {
            (false, _) => cells.push((spec.column, cell(db, now, customer, spec.field, given)?)),
            (true, _) if !spec.needed || DEFAULTED.contains(&spec.field) => {}
            (true, Kind::Day | Kind::PastDay) => cells.push((spec.column, word(now.today().to_string()))),
            (true, Kind::Moment) => cells.push((spec.column, Cell::Integer(now.ms()))),
            (true, _) => return invalid(spec.field, Problem::Empty),
        }
    }
    Ok(cells)
}

/// Needed fields for which the table has a default.
const DEFAULTED: &[Field] = &[
    Field::CustomerKind,
    Field::Code,
    Field::Owner,
    Field::OrderStatus,
    Field::QuoteState,
    Field::LineQuantity,
    Field::CouponKind,
    Field::ActivationCause,
    Field::ActivationOutcome,
    Field::ScriptScene,
    Field::CampaignOwner,
    Field::PlanOwner,
    Field::PlanTaskOwner,
    Field::ProductState,
    Field::ComplaintSeverity,
    Field::ComplaintState,
    Field::DateCalendar,
    Field::TouchKind,
];

/// The number and name of a customer.
pub fn code_and_name(db: &Connection, id: i64) -> Result<Option<(String, String)>, StoreError> {
    Ok(db
        .prepare_cached("SELECT code, name FROM customer WHERE id=?1")?
        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?)
}
