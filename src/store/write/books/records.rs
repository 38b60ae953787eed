//! Which column takes what of a record in the books: pure tables, but for the rate at which a refund is converted. Whose a
//! record is and whether it is known already, the rows above say.

use chrono::{DateTime, Days, NaiveDate, Utc};
use rusqlite::types::Value as Cell;

use crate::domain::books::{Asked, Foreign};
use crate::domain::clock::Zone;
use crate::domain::field::{Field, Noun, Problem};
use crate::domain::kpi::ACTIVATION_DAYS;
use crate::domain::money::{Fen, convert};
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{Image, flag, int, opt_int, word};
use crate::store::values::invalid;

/// An instant.
pub fn ms(at: &DateTime<Utc>) -> Cell {
    Cell::Integer(at.timestamp_millis())
}

/// A day, if there is one.
pub fn day(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::Null, |day| word(day.to_string()))
}

/// An amount in the company's currency.
fn fen(amount: &Foreign, rate_ppm: i64, field: Field) -> Result<Cell, StoreError> {
    match convert(amount.minor, &amount.currency, rate_ppm) {
        Some(fen) => Ok(Cell::Integer(fen.0)),
        None => invalid(field, Problem::NotAnAmount(amount.minor.to_string())),
    }
}

/// The day of an instant.
fn local(zone: Zone, at: &DateTime<Utc>) -> Cell {
    word(zone.day(*at).to_string())
}

fn opt_ms(at: Option<&DateTime<Utc>>) -> Cell {
    at.map_or(Cell::Null, ms)
}

/// An order.
pub fn order(
    zone: Zone,
    code: &str,
    at: &DateTime<Utc>,
    amount: &Foreign,
    cost: Option<Fen>,
    cancelled: bool,
) -> Result<Image, StoreError> {
    Ok(vec![
        ("code", word(code)),
        ("ordered_on", local(zone, at)),
        ("ordered_at", ms(at)),
        ("amount_fen", fen(amount, amount.rate_ppm, Field::OrderAmount)?),
        ("currency", word(&amount.currency)),
        ("rate_ppm", Cell::Integer(amount.rate_ppm)),
        ("amount_minor", Cell::Integer(amount.minor)),
        ("cost_fen", opt_int(cost.map(|c| c.0))),
        ("status", word(if cancelled { "cancelled" } else { "paid" })),
    ])
}

/// A refund; one that names its order is converted at that order's rate (C3).
pub fn refund(
    work: &Work<'_>,
    order: Option<i64>,
    at: &DateTime<Utc>,
    amount: &Foreign,
) -> Result<Image, StoreError> {
    let rate = match order {
        Some(order) => work.read(Noun::Order, order)?.and_then(|(_, image)| int(&image, "rate_ppm")),
        None => None,
    };
    Ok(vec![
        ("order_id", opt_int(order)),
        ("refunded_on", local(work.now.zone, at)),
        ("refunded_at", ms(at)),
        ("amount_fen", fen(amount, rate.unwrap_or(amount.rate_ppm), Field::RefundAmount)?),
        ("currency", word(&amount.currency)),
        ("amount_minor", Cell::Integer(amount.minor)),
    ])
}

/// A touch, ours or theirs.
pub fn touch(
    code: &str,
    at: &DateTime<Utc>,
    outbound: bool,
    delivered: bool,
    responded: Option<&DateTime<Utc>>,
) -> Image {
    vec![
        ("at", ms(at)),
        ("recorded_at", ms(at)),
        ("kind", word(if outbound { "proactive" } else { "inbound" })),
        ("reached", flag(delivered)),
        ("responded", flag(responded.is_some())),
        ("responded_at", opt_ms(responded)),
        ("summary", word(code)),
    ]
}

/// An answer to a survey; 5 of 5 is 100 points, «satisfied» is 80 (kpis.md, csat).
pub fn survey(zone: Zone, at: &DateTime<Utc>, asked: Asked, score: i64) -> Image {
    let (points, nps) = match asked {
        Asked::Csat => (Some(score * 20), None),
        Asked::Nps => (None, Some(score)),
    };
    vec![
        ("answered_on", local(zone, at)),
        ("answered_at", ms(at)),
        ("score", opt_int(points)),
        ("nps", opt_int(nps)),
    ]
}

/// A complaint.
pub fn complaint(
    code: &str,
    opened: &DateTime<Utc>,
    answered: Option<&DateTime<Utc>>,
    solved: Option<&DateTime<Utc>>,
    valid: bool,
) -> Image {
    let state = match (answered, solved) {
        _ if !valid => "resolved",
        (_, Some(_)) => "resolved",
        (Some(_), None) => "responded",
        (None, None) => "open",
    };
    vec![
        ("opened_at", ms(opened)),
        ("responded_at", opt_ms(answered)),
        ("solved_at", opt_ms(solved)),
        ("state", word(state)),
        ("summary", word(code)),
        ("valid", flag(valid)),
    ]
}

/// A contract.
pub fn contract(code: &str, expires: NaiveDate, renewed: Option<NaiveDate>, annual: Fen) -> Image {
    vec![
        ("code", word(code)),
        ("expires_on", day(Some(expires))),
        ("renewed_on", day(renewed)),
        ("annual_fen", Cell::Integer(annual.0)),
    ]
}

/// An expense.
pub fn expense(on: NaiveDate, category: &str, amount: Fen) -> Image {
    vec![("spent_on", day(Some(on))), ("category", word(category)), ("amount_fen", Cell::Integer(amount.0))]
}

/// The budget of a period and category.
pub fn budget(period: &str, category: &str, amount: Fen) -> Image {
    vec![("period", word(period)), ("category", word(category)), ("amount_fen", Cell::Integer(amount.0))]
}

/// An activation plan.
pub fn activation(zone: Zone, started: &DateTime<Utc>) -> Image {
    let due = zone.day(*started).checked_add_days(Days::new(ACTIVATION_DAYS));
    vec![
        ("cause", word("other")),
        ("started_on", local(zone, started)),
        ("started_at", ms(started)),
        ("due_on", day(due)),
    ]
}

/// Something that happened at the customer.
pub fn event(happened: &DateTime<Utc>, recorded: Option<&DateTime<Utc>>) -> Image {
    vec![("happened_at", ms(happened)), ("recorded_at", opt_ms(recorded))]
}
