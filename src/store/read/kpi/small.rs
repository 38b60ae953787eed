//! What there is little of, by customer: answers to surveys, contracts, expenses, refunds, quotations, complaints, requests
//! and the like. One row of a table each: which days it is asked for, the statement, and how a line goes into the book. A new
//! kind of record that figures count is a row here.

use std::collections::BTreeMap;
use std::ops::Range;

use rusqlite::{Connection, Row};

use super::books::day;
use super::sample;
use crate::domain::complaint::is_about_repeats;
use crate::domain::kpi::{
    ACTIVATION_DAYS, Asked, Book, Category, Complaint, Contract, DAY, Event, Expense, Span, Survey,
    YEAR_DAYS, ahead, back,
};
use crate::store::request::StoreError;

/// Puts a line into the book of its customer, whose id is the first column.
type Reader = fn(&Span, &mut Book, &Row<'_>) -> rusqlite::Result<()>;

/// From which day on records are asked for.
enum From {
    /// The period's first.
    Period,
    /// The first of a year back, of the calendar year or of the period, whichever is earliest.
    Year,
    /// The first whose orders are looked at.
    Orders,
}

impl From {
    fn day(&self, span: &Span) -> String {
        let period = span.period.from;
        match self {
            Self::Period => period,
            Self::Year => back(span.stand(), YEAR_DAYS).min(period).min(span.year_begin()),
            Self::Orders => span.orders_from(),
        }
        .to_string()
    }
}

/// What is told by the day: from `?1`, before `?2`, known on `?3`, at the instant `?4`, of customers from `?5` on and before
/// `?6`.
const BY_DAY: &[(From, &str, Reader)] = &[
    (
        From::Year,
        "SELECT customer_id, answered_on, coalesce(answered_at, id), score, nps, answers
         FROM survey INDEXED BY survey_customer
         WHERE customer_id>=?5 AND customer_id<?6 AND answered_on>=?1 AND answered_on<?2 AND answered_on<=?3
           AND coalesce(answered_at,0)<=?4
         ORDER BY answered_on, 3",
        survey,
    ),
    (
        From::Period,
        "SELECT customer_id, expires_on, CASE WHEN renewed_on<=?3 THEN renewed_on END, coalesce(annual_fen,0)
         FROM contract INDEXED BY contract_customer
         WHERE customer_id>=?5 AND customer_id<?6 AND expires_on>=?1 AND expires_on<?2 AND ?4 IS NOT NULL",
        contract,
    ),
    (
        From::Year,
        "SELECT customer_id FROM contract INDEXED BY contract_customer
         WHERE customer_id>=?5 AND customer_id<?6 AND renewed_on>=?1 AND renewed_on<?2 AND renewed_on<=?3 AND ?4 IS NOT NULL",
        |_, book, _| {
            book.renewed = true;
            Ok(())
        },
    ),
    (
        From::Year,
        "SELECT customer_id, spent_on, category, amount_fen FROM expense INDEXED BY expense_customer
         WHERE customer_id>=?5 AND customer_id<?6 AND spent_on>=?1 AND spent_on<?2 AND spent_on<=?3 AND ?4 IS NOT NULL",
        spending,
    ),
    (
        From::Year,
        "SELECT customer_id, used_on, CASE kind WHEN 'package' THEN max(coalesce(price_fen,0)-coalesce(offer_fen,0),0)
           ELSE coalesce(face_fen,0) END
         FROM coupon INDEXED BY coupon_customer
         WHERE customer_id>=?5 AND customer_id<?6 AND used_on>=?1 AND used_on<?2 AND used_on<=?3 AND ?4 IS NOT NULL",
        besides,
    ),
    (
        From::Year,
        "SELECT customer_id, given_on, coalesce(reward_fen,0) FROM referral INDEXED BY referral_customer
         WHERE customer_id>=?5 AND customer_id<?6 AND given_on>=?1 AND given_on<?2 AND given_on<=?3 AND ?4 IS NOT NULL",
        besides,
    ),
    (
        From::Orders,
        "SELECT customer_id, refunded_on, amount_fen FROM refund INDEXED BY refund_customer
         WHERE customer_id>=?5 AND customer_id<?6 AND order_id IS NULL AND refunded_on>=?1 AND refunded_on<?2
           AND refunded_on<=?3 AND coalesce(refunded_at,0)<=?4",
        |_, book, r| {
            book.loose.push((day(r, 1)?.unwrap_or_default(), r.get(2)?));
            Ok(())
        },
    ),
    (
        From::Period,
        "SELECT customer_id, state='won' FROM quote INDEXED BY quote_customer
         WHERE customer_id>=?5 AND customer_id<?6 AND quoted_on>=?1 AND quoted_on<?2 AND quoted_on<=?3 AND ?4 IS NOT NULL",
        |_, book, r| {
            book.quotes.push(r.get(1)?);
            Ok(())
        },
    ),
    (
        From::Period,
        "SELECT customer_id, started_on, started_at FROM activation INDEXED BY activation_customer
         WHERE customer_id>=?5 AND customer_id<?6 AND started_on>=?1 AND started_on<?2 AND started_on<=?3
           AND coalesce(started_at,0)<=?4",
        activation,
    ),
];

/// From which instant on records are asked for.
type Since = fn(&Span) -> i64;

/// What is told by the instant: from `?1`, before the period's end `?2`, known at `?3`, of customers from `?4` on and before
/// `?5`.
const BY_INSTANT: &[(Since, &str, Reader)] = &[
    (
        Span::before_start,
        "SELECT customer_id, opened_at, responded_at, solved_at, subject FROM complaint INDEXED BY complaint_customer
         WHERE customer_id>=?4 AND customer_id<?5 AND opened_at>=?1 AND opened_at<?2 AND opened_at<=?3 AND valid=1",
        complaint,
    ),
    (
        Span::before_start,
        "SELECT customer_id, asked_at, CASE WHEN answered_at<=?3 THEN answered_at END
         FROM request INDEXED BY request_customer
         WHERE customer_id>=?4 AND customer_id<?5 AND asked_at>=?1 AND asked_at<?2 AND asked_at<=?3",
        |_, book, r| {
            book.requests.push(Asked { at: r.get(1)?, handled: r.get(2)? });
            Ok(())
        },
    ),
    (
        Span::start,
        "SELECT customer_id, happened_at, recorded_at FROM customer_event INDEXED BY customer_event_customer
         WHERE customer_id>=?4 AND customer_id<?5 AND happened_at>=?1 AND happened_at<?2 AND happened_at<=?3",
        |_, book, r| {
            book.events.push(Event { at: r.get(1)?, recorded: r.get(2)? });
            Ok(())
        },
    ),
    (
        Span::start,
        "SELECT referrer_id FROM customer INDEXED BY customer_referrer
         WHERE referrer_id>=?4 AND referrer_id<?5 AND created_at>=?1 AND created_at<?2 AND created_at<=?3",
        |_, book, _| {
            book.refers = true;
            Ok(())
        },
    ),
];

/// What there is little of, by customer, of a slice of them.
pub fn small(db: &Connection, span: &Span, slice: &Range<i64>) -> Result<BTreeMap<i64, Book>, StoreError> {
    let mut books: BTreeMap<i64, Book> = BTreeMap::new();
    let (until, known) = (span.period.until.to_string(), span.as_of_day().to_string());
    for (from, sql, read) in BY_DAY {
        let mut query = db.prepare_cached(sql)?;
        let mut rows = query.query((from.day(span), &until, &known, span.as_of, slice.start, slice.end))?;
        while let Some(row) = rows.next()? {
            read(span, books.entry(row.get(0)?).or_default(), row)?;
        }
    }
    for (since, sql, read) in BY_INSTANT {
        let mut query = db.prepare_cached(sql)?;
        let mut rows = query.query((since(span), span.end(), span.as_of, slice.start, slice.end))?;
        while let Some(row) = rows.next()? {
            read(span, books.entry(row.get(0)?).or_default(), row)?;
        }
    }
    sample::read(db, span, slice, &mut books)?;
    Ok(books)
}

fn survey(span: &Span, book: &mut Book, r: &Row<'_>) -> rusqlite::Result<()> {
    let answers: Option<String> = r.get(5)?;
    let scores: Vec<i64> = answers.iter().flat_map(|a| a.split(' ')).filter_map(|n| n.parse().ok()).collect();
    let parts = span.rules.questions.map(|bits| {
        let of =
            scores.iter().enumerate().filter(|(at, _)| bits.checked_shr(*at as u32).unwrap_or(0) & 1 == 1);
        of.fold((0, 0), |(sum, n), (_, score)| (sum + score, n + 1))
    });
    let day = day(r, 1)?.unwrap_or_default();
    book.surveys.push(Survey { day, order: r.get(2)?, score: r.get(3)?, nps: r.get(4)?, parts });
    Ok(())
}

fn contract(_: &Span, book: &mut Book, r: &Row<'_>) -> rusqlite::Result<()> {
    let expires = day(r, 1)?.unwrap_or_default();
    book.contracts.push(Contract { expires, renewed: day(r, 2)?, annual: r.get(3)? });
    Ok(())
}

fn spending(span: &Span, book: &mut Book, r: &Row<'_>) -> rusqlite::Result<()> {
    let spent = expense(r, 1)?;
    let all = span.rules.all_costs;
    // touches and gifts run against the budget, the rest where the company counts it so (D21, X14)
    if matches!(r.get_ref(2)?.as_str()?, "touch" | "gift")
        || all && matches!(r.get_ref(2)?.as_str()?, "coupon" | "reward")
    {
        book.spent.push((spent.day, spent.fen));
    }
    book.expenses.push(spent);
    Ok(())
}

/// What coupons and rewards have cost.
fn besides(span: &Span, book: &mut Book, r: &Row<'_>) -> rusqlite::Result<()> {
    if span.rules.all_costs {
        book.spent.push((day(r, 1)?.unwrap_or_default(), r.get(2)?));
    }
    Ok(())
}

fn activation(span: &Span, book: &mut Book, r: &Row<'_>) -> rusqlite::Result<()> {
    let day = day(r, 1)?.unwrap_or_default();
    let plan = match r.get::<_, Option<i64>>(2)? {
        Some(at) => (at, at + ACTIVATION_DAYS.cast_signed() * DAY),
        // without an hour, the thirtieth day counts to its end
        None => (
            span.zone.start(day).timestamp_millis(),
            span.zone.end(ahead(day, ACTIVATION_DAYS)).timestamp_millis() - 1,
        ),
    };
    book.activations.push(plan);
    Ok(())
}

fn complaint(span: &Span, book: &mut Book, r: &Row<'_>) -> rusqlite::Result<()> {
    let known = |at: Option<i64>| at.filter(|at| *at <= span.as_of);
    book.complaints.push(Complaint {
        opened: r.get(1)?,
        answered: known(r.get(2)?),
        solved: known(r.get(3)?),
        repeated: r.get_ref(4)?.as_str_or_null()?.is_some_and(is_about_repeats),
    });
    Ok(())
}

/// An expense whose day stands in this column, then category and amount.
pub fn expense(r: &Row<'_>, at: usize) -> rusqlite::Result<Expense> {
    Ok(Expense {
        day: day(r, at)?.unwrap_or_default(),
        category: Category::from_id(r.get_ref(at + 1)?.as_str()?),
        fen: r.get(at + 2)?,
    })
}
