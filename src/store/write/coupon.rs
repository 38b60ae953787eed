//! Coupons: until when they are valid, what their claim and their use mean for the touch that brought them, and the tasks
//! that point them out (A65, G27, G28, K14, K15, K17).

use chrono::{Days, NaiveDate};
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::{cause, subject};
use crate::domain::coupon::NewCoupon;
use crate::domain::customer::CustomerId;
use crate::domain::date::after;
use crate::domain::field::{Field, Noun, Problem, Row};
use crate::domain::money::Fen;
use crate::domain::people::Verb;
use crate::store::net::net;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{Image, day, either, int, opt_int, text, word};
use crate::store::values::invalid;
use crate::store::{people, settings};

/// Columns of a coupon that follow from others; `old` is the row before.
pub fn follow(work: &Work<'_>, row: &mut Image, old: &Image) -> Result<(), StoreError> {
    let package = *either(row, old, "kind") == word("package");
    let needed: &[(&str, Field)] = if package {
        &[("price_fen", Field::CouponPrice), ("offer_fen", Field::CouponOffer)]
    } else {
        &[("face_fen", Field::CouponFace)]
    };
    for (column, field) in needed {
        if *either(row, old, column) == Cell::Null {
            return invalid(*field, Problem::Empty);
        }
    }
    if *either(row, old, "valid_to") == Cell::Null {
        let issued = match either(row, old, "issued_on") {
            Cell::Text(day) => day.parse().unwrap_or(work.now.today()),
            _ => work.now.today(),
        };
        let until = after(issued, settings::number(work.db, "coupon_days")?);
        row.retain(|(column, _)| *column != "valid_to");
        row.push(("valid_to", word(until.to_string())));
    }
    Ok(())
}

/// What a coupon is worth, as data: `¥100`, `¥299→199`.
fn worth(row: &Image) -> String {
    let yuan = |column: &str| {
        let text = Fen(int(row, column).unwrap_or(0)).yuan_plain();
        text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
    };
    if text(row, "kind") == Some("package") {
        format!("¥{}→{}", yuan("price_fen"), yuan("offer_fen"))
    } else {
        format!("¥{}", yuan("face_fen"))
    }
}

/// Brings everything that hangs on a coupon in step with it, after it was written; `before` is the row as it was.
pub fn settle(work: &mut Work<'_>, id: i64, before: &Image) -> Result<(), StoreError> {
    tasks(work, id)?;
    let Some((_, row)) = work.read(Noun::Coupon, id)? else { return Ok(()) };
    for (column, kind) in OUTCOMES {
        match (day(before, column), day(&row, column)) {
            (None, Some(_)) => {
                let order = int(&row, "order_id").filter(|_| *kind == "ordered");
                outcome(work, &row, kind, order)?;
            }
            (Some(_), None) => withdrawn(work, before, kind)?,
            // what it was corrected to be worth stands in what it has brought too
            (Some(_), Some(_)) => {
                if let Some(id) = brought(work, before, kind)? {
                    work.update(Noun::Outcome, id, &[("note", word(worth(&row)))])?;
                }
            }
            (None, None) => {}
        }
    }
    Ok(())
}

/// The days of a coupon and what each is an outcome of.
const OUTCOMES: &[(&str, &str)] = &[("claimed_on", "claimed"), ("used_on", "ordered")];

/// The outcome that a coupon has brought to its touch; one that people noted has words of their own.
fn brought(work: &Work<'_>, coupon: &Image, kind: &str) -> Result<Option<i64>, StoreError> {
    let Some(touch) = int(coupon, "touch_id") else { return Ok(None) };
    Ok(work
        .db
        .prepare_cached(
            "SELECT id FROM touch_outcome WHERE touch_id=?1 AND kind=?2 AND note=?3 ORDER BY id DESC LIMIT 1",
        )?
        .query_row((touch, kind, worth(coupon)), |r| r.get(0))
        .optional()?)
}

/// A coupon was not claimed, or not used, after all: its outcome goes, and what that had said of the touch.
fn withdrawn(work: &mut Work<'_>, coupon: &Image, kind: &str) -> Result<(), StoreError> {
    match brought(work, coupon, kind)? {
        Some(id) => super::outcome::withdraw(work, id),
        None => Ok(()),
    }
}

/// The tasks that point a coupon out, as it is now: before it ends, and after a claim without an order (G27, G28).
pub fn tasks(work: &mut Work<'_>, id: i64) -> Result<(), StoreError> {
    let Some((_, row)) = work.read(Noun::Coupon, id)? else { return Ok(()) };
    let customer = int(&row, "customer_id").unwrap_or(0);
    let (claimed, used) = (day(&row, "claimed_on"), day(&row, "used_on"));
    let Some(valid) = day(&row, "valid_to") else { return Ok(()) };
    let said = format!("{} · {valid}", worth(&row));
    let remind = settings::number(work.db, "coupon_remind_days")?;
    let end = valid.checked_sub_days(Days::new(u64::try_from(remind).unwrap_or(0))).unwrap_or(valid);
    // one that ended long ago came with an import and is nobody's work any more
    let open = used.is_none() && valid >= work.now.today();
    cause::keep(work, customer, &format!("coupon_end:{id}"), open.then_some((said.as_str(), end)))?;
    let follow = settings::number(work.db, "claim_follow_days")?;
    let wanted = claimed.filter(|_| open).map(|on| (said.as_str(), after(on, follow)));
    cause::keep(work, customer, &format!("coupon_claim:{id}"), wanted)
}

/// Writes down what became of the touch that brought the coupon: a claim is an answer, an order a conversion.
fn outcome(work: &mut Work<'_>, coupon: &Image, kind: &str, order: Option<i64>) -> Result<(), StoreError> {
    let Some(touch) = int(coupon, "touch_id") else { return Ok(()) };
    let Some((_, was)) = work.read(Noun::Touch, touch)? else { return Ok(()) };
    let now = work.now.ms();
    work.insert(
        Noun::Outcome,
        &[
            ("customer_id", Cell::Integer(int(coupon, "customer_id").unwrap_or(0))),
            ("touch_id", Cell::Integer(touch)),
            ("at", Cell::Integer(now)),
            ("kind", word(kind)),
            ("note", word(worth(coupon))),
        ],
    )?;
    let mut row = vec![
        ("responded", Cell::Integer(1)),
        ("responded_at", opt_int(Some(int(&was, "responded_at").unwrap_or(now)))),
    ];
    if kind == "ordered" {
        row.push(("converted", Cell::Integer(1)));
        if order.is_some() && int(&was, "order_id").is_none() {
            row.push(("order_id", opt_int(order)));
        }
    }
    work.update(Noun::Touch, touch, &row)?;
    Ok(())
}

/// A touch brings a coupon, issued on its day (K14).
pub fn issue(
    work: &mut Work<'_>,
    customer: i64,
    touch: i64,
    on: NaiveDate,
    new: NewCoupon,
) -> Result<(), StoreError> {
    let mut row = vec![
        ("customer_id", Cell::Integer(customer)),
        ("touch_id", Cell::Integer(touch)),
        ("issued_on", word(on.to_string())),
    ];
    match new {
        NewCoupon::Cash(fen) => row.extend([("kind", word("cash")), ("face_fen", Cell::Integer(fen.0))]),
        NewCoupon::Package { price, offer } => row.extend([
            ("kind", word("package")),
            ("price_fen", Cell::Integer(price.0)),
            ("offer_fen", Cell::Integer(offer.0)),
        ]),
    }
    follow(work, &mut row, &Image::new())?;
    let id = work.insert(Noun::Coupon, &row)?;
    settle(work, id, &Image::new())
}

/// The customer has claimed a coupon today.
pub fn claim(work: &mut Work<'_>, id: i64) -> Result<Receipt, StoreError> {
    let (customer, row) = held(work, id)?;
    if day(&row, "claimed_on").is_some() || day(&row, "used_on").is_some() {
        return done(work, customer);
    }
    work.update(Noun::Coupon, id, &[("claimed_on", word(work.now.today().to_string()))])?;
    settle(work, id, &row)?;
    done(work, customer)
}

/// The customer has used a coupon with the newest order of the days on which it was valid that no other coupon has, or without
/// one on record while it is valid. Whoever took it later writes the day by hand.
pub fn spend(work: &mut Work<'_>, id: i64) -> Result<Receipt, StoreError> {
    let (customer, row) = held(work, id)?;
    if day(&row, "used_on").is_some() {
        return done(work, customer);
    }
    let order: Option<(i64, String)> = work
        .db
        .prepare_cached(concat!(
            "SELECT o.id, o.ordered_on FROM orders o
             WHERE o.customer_id=?1 AND o.ordered_on BETWEEN ?2 AND ?3 AND o.status='paid' AND ",
            net!(),
            ">0 AND NOT EXISTS(SELECT 1 FROM coupon k WHERE k.order_id=o.id)
             ORDER BY o.ordered_on DESC, o.id DESC LIMIT 1"
        ))?
        .query_row((customer, text(&row, "issued_on"), text(&row, "valid_to")), |r| {
            Ok((r.get(0)?, r.get(1)?))
        })
        .optional()?;
    if let Some(end) = day(&row, "valid_to").filter(|end| order.is_none() && *end < work.now.today()) {
        return invalid(Field::CouponUsed, Problem::Ended(end.to_string()));
    }
    let on = order.as_ref().map_or_else(|| work.now.today().to_string(), |(_, on)| on.clone());
    // whoever used it has claimed it
    let claimed = text(&row, "claimed_on").unwrap_or(&on).to_owned();
    let cells = [
        ("claimed_on", word(claimed)),
        ("used_on", word(on)),
        ("order_id", opt_int(order.map(|(id, _)| id))),
    ];
    work.update(Noun::Coupon, id, &cells)?;
    settle(work, id, &row)?;
    done(work, customer)
}

/// The coupon, of whose customer the actor may say something.
fn held(work: &Work<'_>, id: i64) -> Result<(i64, Image), StoreError> {
    let Some((_, row)) = work.read(Noun::Coupon, id)? else { return Err(StoreError::Gone { who: None }) };
    let customer = int(&row, "customer_id").unwrap_or(0);
    people::need(work.db, work.actor, Verb::Log, customer, work.now)?;
    Ok((customer, row))
}

fn done(work: &Work<'_>, customer: i64) -> Result<Receipt, StoreError> {
    Ok(Receipt {
        subject: subject(work.db, customer)?,
        customer: Some(CustomerId(customer)),
        ..Receipt::default()
    })
}

/// Takes the tasks of a coupon that is about to be removed with it, and what it has brought to its touch.
pub fn forget(work: &mut Work<'_>, row: Row) -> Result<(), StoreError> {
    if let Some((_, coupon)) = work.read(Noun::Coupon, row.id)? {
        for (column, kind) in OUTCOMES {
            if day(&coupon, column).is_some() {
                withdrawn(work, &coupon, kind)?;
            }
        }
    }
    for kind in ["coupon_end", "coupon_claim"] {
        cause::keep(work, 0, &format!("{kind}:{}", row.id), None)?;
    }
    Ok(())
}
