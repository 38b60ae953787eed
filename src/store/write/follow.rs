//! What of a record follows from other columns of it when it is made or edited: digits of a phone, the instant after which a
//! task is overdue, the next day of an important date. Nouns with more of their own have it in their own files; the one
//! thing to know: `row` holds only what changes, `old` the record as it was, or nothing.

use rusqlite::types::Value as Cell;

use super::{budget, campaign, complaint, coupon, customer, deal, review, script, survey, user};
use crate::domain::date::Yearly;
use crate::domain::field::{Field, Noun, Problem};
use crate::domain::money::Fen;
use crate::store::late;
use crate::store::moves::segment_before;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{Image, either, given, int, opt_int, opt_text, text, word};
use crate::store::values::invalid;

/// Adds the columns that follow, or refuses what cannot be.
pub fn follow(
    work: &mut Work<'_>,
    noun: Noun,
    customer: i64,
    row: &mut Image,
    old: &Image,
) -> Result<(), StoreError> {
    match noun {
        Noun::Campaign => campaign::follow(work, row, old),
        noun if review::holds(noun) => review::follow(row, noun, old),
        Noun::Budget | Noun::Overspend => budget::year(work, noun, row, old),
        Noun::Coupon => coupon::follow(work, row, old),
        Noun::Complaint => complaint::follow(work, row, old),
        Noun::Survey => survey::scores(work, row, old),
        Noun::Activation => deal::due(work, row, old),
        Noun::Person => {
            user::follow(row);
            Ok(())
        }
        Noun::Customer if given(row, "code") => new_code(work, customer, row, old),
        Noun::Method => digits(row, old),
        Noun::Contact => one_key(work, customer, row, old),
        Noun::Touch => of_touch(work, customer, row, old),
        Noun::Task => of_task(work, row, old),
        Noun::ImportantDate => next_day(work, row, old),
        Noun::Order => amount(row, Field::OrderAmount, 0),
        Noun::Refund => amount(row, Field::RefundAmount, 1),
        _ => Ok(()),
    }
}

/// Whether a text that stood there is taken away.
fn emptied(row: &Image, old: &Image, column: &str) -> bool {
    given(row, column) && text(row, column).is_none() && text(old, column).is_some()
}

/// The digits by which a phone is found; what is no number is none.
fn digits(row: &mut Image, old: &Image) -> Result<(), StoreError> {
    if !given(row, "value") && !given(row, "kind") {
        return Ok(());
    }
    if let (Cell::Text(kind), Cell::Text(value)) = (either(row, old, "kind"), either(row, old, "value")) {
        customer::fits(kind, value)?;
        let digits = customer::digits(kind, value);
        row.push(("digits", digits));
    }
    Ok(())
}

/// A customer has one key contact.
fn one_key(work: &mut Work<'_>, customer: i64, row: &Image, old: &Image) -> Result<(), StoreError> {
    if int(row, "is_key") != Some(1) || int(old, "is_key") == Some(1) {
        return Ok(());
    }
    let others: Vec<i64> = work
        .db
        .prepare_cached("SELECT id FROM contact WHERE customer_id=?1 AND is_key=1")?
        .query_map([customer], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for other in others {
        work.update(Noun::Contact, other, &[("is_key", Cell::Integer(0))])?;
    }
    Ok(())
}

/// The script by its code, when it was answered, whether it was written down too late, in which segment the customer was.
fn of_touch(work: &Work<'_>, customer: i64, row: &mut Image, old: &Image) -> Result<(), StoreError> {
    if given(row, "script") {
        let code = script::code(work, text(row, "script"))?;
        row.retain(|(column, _)| *column != "script");
        row.push(("script", code));
    }
    if let Some(responded) = int(row, "responded") {
        let at = int(old, "responded_at").unwrap_or(work.now.ms());
        row.push(("responded_at", opt_int((responded == 1).then_some(at))));
    }
    if let (Some(at), Some(recorded)) = (int(row, "at"), int(old, "recorded_at"))
        && *either(row, old, "job_id") == Cell::Null
        && recorded - at > late::in_time(work.db)?
    {
        row.push(("late", Cell::Integer(1)));
    }
    // the segment is the one at the time of the touch, also where that is corrected (F51)
    if let Some(at) = int(row, "at").filter(|at| int(old, "at") != Some(*at)) {
        let segment = segment_before(work.db, customer, at.saturating_add(1))?;
        row.push(("segment_then", opt_text(segment.as_deref())));
    }
    // why the guard was passed is never emptied, only worded better
    if emptied(row, old, "override") {
        return invalid(Field::TouchOverride, Problem::Empty);
    }
    if emptied(row, old, "channel") {
        return invalid(Field::TouchChannel, Problem::Empty);
    }
    Ok(())
}

/// The instant after which a task is overdue; whoever puts one aside says why.
fn of_task(work: &Work<'_>, row: &mut Image, old: &Image) -> Result<(), StoreError> {
    let moved = given(row, "due_on") || given(row, "due_time");
    let cell = |column: &str| if let Cell::Text(text) = either(row, old, column) { Some(text) } else { None };
    if let Some(day) = cell("due_on").filter(|_| moved).and_then(|day| day.parse().ok()) {
        let time = cell("due_time").and_then(|t| chrono::NaiveTime::parse_from_str(t, "%H:%M").ok());
        let at = work.now.zone.overdue_after(day, time).timestamp_millis();
        row.push(("due_at", Cell::Integer(at)));
    }
    let aside = *either(row, old, "snoozed_until") != Cell::Null;
    if aside && *either(row, old, "snooze_reason") == Cell::Null {
        return invalid(Field::TaskSnoozeReason, Problem::Empty);
    }
    Ok(())
}

/// The next day of an important date, and the day on which it is told.
fn next_day(work: &Work<'_>, row: &mut Image, old: &Image) -> Result<(), StoreError> {
    let number = |column: &str| match either(row, old, column) {
        Cell::Integer(n) => Some(*n),
        _ => None,
    };
    let lunar = *either(row, old, "calendar") == word("lunar");
    let (month, day) = (number("month").unwrap_or(0), number("day").unwrap_or(0));
    let lead = number("lead_days").unwrap_or(3);
    let Some((next, remind)) = Yearly::reminded(lunar, month, day, lead, work.now.today()) else {
        return invalid(Field::DateDay, Problem::NoSuchDay);
    };
    row.extend([("next_on", word(next.to_string())), ("remind_on", word(remind.to_string()))]);
    // a blank lead is the usual one
    row.retain(|(column, cell)| *column != "lead_days" || *cell != Cell::Null);
    Ok(())
}

/// An amount in fen is so much at least: a sample is an order of nothing, a refund of nothing is none (kpis.md C4).
fn amount(row: &Image, field: Field, least: i64) -> Result<(), StoreError> {
    match int(row, "amount_fen") {
        Some(fen) if fen < least => invalid(field, Problem::BelowZero(Fen(fen).yuan_grouped())),
        _ => Ok(()),
    }
}

/// A customer's number changes: nobody else may have it, and the old one stays findable (A7, K6).
fn new_code(work: &mut Work<'_>, customer: i64, row: &Image, old: &Image) -> Result<(), StoreError> {
    let (Some(new), Some(was)) = (text(row, "code"), text(old, "code")) else { return Ok(()) };
    if new == was {
        return Ok(());
    }
    customer::free(work.db, new, Some(customer))?;
    work.put(Noun::Alias, new, None)?;
    let alias = vec![("code", opt_text(Some(was))), ("customer_id", Cell::Integer(customer))];
    work.put(Noun::Alias, was, Some(&alias))?;
    Ok(())
}
