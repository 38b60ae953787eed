//! The tags of a customer: those that people set, in their standard wording, and those that follow from its records, each
//! with what it rests on; and the dictionary of the company.

use rusqlite::OptionalExtension;

use super::eyes::Eyes;
use crate::domain::change::TagPath;
use crate::domain::tag::{Basis, derived};
use crate::store::facts::habits::Habits;
use crate::store::facts::trade::trade;
use crate::store::request::{StoreError, TagCount, TagRow};

/// Values of the dictionary that are told at most.
const MOST: i64 = 5_000;
/// Tags taken off that are told.
const FORMER: i64 = 50;

/// The tags of a customer in the order of their types.
pub fn of(eyes: &Eyes<'_>, id: i64) -> Result<Vec<TagRow>, StoreError> {
    let mut rows: Vec<TagRow> = eyes
        .db
        .prepare_cached(
            "SELECT c.type, c.name, c.value, c.how, p.name, c.at FROM own_tag c
             LEFT JOIN person p ON p.id=c.by_id WHERE c.customer_id=?1 ORDER BY c.at, c.id",
        )?
        .query_map([id], |r| {
            Ok(TagRow {
                path: TagPath { kind: r.get(0)?, name: r.get(1)?, value: r.get(2)? },
                how: r.get(3)?,
                by: r.get(4)?,
                at: Some(r.get(5)?),
                ground: None,
                until: None,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    // one value under two wordings is one tag
    let mut seen: Vec<TagPath> = Vec::new();
    rows.retain(|row| {
        let new = !seen.contains(&row.path);
        seen.push(row.path.clone());
        new
    });
    for derived in derived(&basis(eyes, id)?) {
        let by_hand = rows.iter().any(|row| {
            row.ground.is_none() && row.path.kind == derived.path.kind && row.path.name == derived.path.name
        });
        if !by_hand {
            rows.push(TagRow {
                path: derived.path,
                how: "derived".to_owned(),
                by: None,
                at: None,
                ground: Some(derived.ground),
                until: None,
            });
        }
    }
    rows.extend(former(eyes, id)?.into_iter().filter(|row| !seen.contains(&row.path)));
    let place = |kind: &str| crate::domain::tag::TYPES.iter().position(|t| *t == kind);
    rows.sort_by(|a, b| {
        (place(&a.path.kind), &a.path.name, a.until.is_some(), &a.path.value).cmp(&(
            place(&b.path.kind),
            &b.path.name,
            b.until.is_some(),
            &b.path.value,
        ))
    });
    Ok(rows)
}

/// Need tags that were taken off, each with its day: what the customer wanted before (C22, K44).
fn former(eyes: &Eyes<'_>, id: i64) -> Result<Vec<TagRow>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT t.type, t.name, t.value, p.name, max(c.at) FROM change c CROSS JOIN change_row r ON r.change_id=c.id
         CROSS JOIN tag t ON t.id=json_extract(r.before,'$.tag_id') JOIN person p ON p.id=c.person_id
         WHERE c.customer_id=?1 AND r.tbl='customer_tag' AND r.after IS NULL AND t.type='need'
           AND c.verb<>'undo' GROUP BY t.id ORDER BY max(c.at) DESC LIMIT ?2",
    )?;
    let rows = query.query_map((id, FORMER), |r| {
        Ok(TagRow {
            path: TagPath { kind: r.get(0)?, name: r.get(1)?, value: r.get(2)? },
            how: "hand".to_owned(),
            by: r.get(3)?,
            at: None,
            ground: None,
            until: Some(r.get(4)?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn basis(eyes: &Eyes<'_>, id: i64) -> Result<Basis, StoreError> {
    type Head = (Option<String>, Option<i64>, Option<String>, Option<String>, Option<String>);
    let head: Option<Head> = eyes
        .db
        .prepare_cached(
            "SELECT c.industry, c.employees, c.size, f.segment, r.name || '(' || r.code || ')' FROM customer c
             JOIN facts f ON f.customer_id=c.id LEFT JOIN customer r ON r.id=c.referrer_id WHERE c.id=?1",
        )?
        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))
        .optional()?;
    let Some((industry, employees, size, segment, referrer)) = head else { return Ok(Basis::default()) };
    let habits = Habits::load(eyes.db)?;
    let trade = trade(eyes.db, id, eyes.now.today(), habits)?;
    let count =
        |sql: &str| -> rusqlite::Result<i64> { eyes.db.prepare_cached(sql)?.query_row([id], |r| r.get(0)) };
    let coupons = eyes
        .db
        .prepare_cached(
            "SELECT count(*) FROM coupon WHERE customer_id=?1 AND used_on IS NULL AND valid_to>=?2",
        )?
        .query_row((id, eyes.now.today().to_string()), |r| r.get(0))?;
    let level: Option<Option<String>> = eyes
        .db
        .prepare_cached("SELECT level FROM membership WHERE customer_id=?1")?
        .query_row([id], |r| r.get(0))
        .optional()?;
    Ok(Basis {
        industry,
        employees,
        size,
        orders_3m: trade.orders_3m,
        per_year: trade.per_year,
        categories: trade.categories,
        kept: habits.categories,
        segment,
        complaints: count("SELECT count(*) FROM complaint WHERE customer_id=?1")?,
        refunds: count("SELECT count(*) FROM refund WHERE customer_id=?1")?,
        level: level.flatten(),
        coupons,
        referrer,
    })
}

/// The dictionary: every value with its standard wording and the number of customers that have it (C20, C25).
pub fn dictionary(eyes: &Eyes<'_>) -> Result<Vec<TagCount>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT t.id, t.rev, t.type, t.name, t.value, s.value,
           (SELECT count(*) FROM customer_tag c WHERE c.tag_id=t.id)
         FROM tag t LEFT JOIN tag s ON s.id=t.alias_of ORDER BY t.type, t.name, t.value LIMIT ?1",
    )?;
    let rows = query.query_map([MOST], |r| {
        Ok(TagCount {
            id: r.get(0)?,
            rev: r.get(1)?,
            path: TagPath { kind: r.get(2)?, name: r.get(3)?, value: r.get(4)? },
            standard: r.get(5)?,
            count: r.get(6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
