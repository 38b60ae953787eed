//! What is known of a customer that scripts, contents and suggestions are chosen by and filled with: classes, need tags,
//! occasions, and the facts behind the places of a script. All of it is read by the customer's own keys.

use std::collections::HashMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use rusqlite::OptionalExtension;

use super::eyes::Eyes;
use super::row::day;
use crate::domain::date::{Yearly, years_between};
use crate::domain::membership::{levels, standing};
use crate::domain::money::Fen;
use crate::domain::script::{Situation, problem};
use crate::store::net::net;
use crate::store::referral::asked_lately;
use crate::store::request::{CustomerRow, StoreError};
use crate::store::settings;

/// Touches that are looked through for a mentioned problem or project.
const TOUCHES: usize = 30;
/// Days for which a mentioned project is news.
const NEWS_DAYS: i64 = 90;
/// Days before an anniversary on which it is spoken of (D42).
const AHEAD: u64 = 3;
/// Days after a good answer or a big deal in which one may ask for a referral.
const GLAD_DAYS: u64 = 60;
/// Months for which a product is new.
const NEW_MONTHS: u32 = 6;

/// What is known.
pub struct Known {
    /// What scripts are chosen by.
    pub situation: Situation,
    /// What their places are filled with.
    pub facts: HashMap<&'static str, String>,
}

/// Reads it for one customer; amounts that the actor may not see stay masked.
pub fn of(eyes: &Eyes, row: &CustomerRow, seen: bool) -> Result<Known, StoreError> {
    let mut known = Known {
        situation: Situation {
            classes: classes(eyes, row)?,
            occasions: Vec::new(),
            channel: channel(eyes, row.id)?,
            needs: needs(eyes, row.id)?,
        },
        facts: HashMap::new(),
    };
    let facts = &mut known.facts;
    facts.insert("customer", row.name.clone());
    facts.insert("owner", row.owner.clone());
    let plain = [("contact", &row.contact), ("industry", &row.industry), ("category", &row.category)];
    for (name, value) in plain {
        if let Some(value) = value {
            facts.insert(name, value.clone());
        }
    }
    coupons(eyes, row.id, &mut known)?;
    anniversary(eyes, row.id, &mut known)?;
    member(eyes, row.id, seen, &mut known)?;
    if glad(eyes, row.id)? {
        known.situation.occasions.push("referral".to_owned());
    }
    talks(eyes, row.id, &mut known)?;
    product(eyes, row.id, &mut known)?;
    Ok(known)
}

/// The classes of a customer as `scheme:class`, the governing one first.
pub fn classes(eyes: &Eyes, row: &CustomerRow) -> Result<Vec<String>, StoreError> {
    let own = [("segment", &row.segment), ("lifecycle", &row.lifecycle), ("grade", &row.grade)];
    let mut out: Vec<String> =
        own.iter().filter_map(|(scheme, class)| Some(format!("{scheme}:{}", class.as_ref()?))).collect();
    let mut query = eyes.db.prepare_cached(
        "SELECT 'value', value FROM facts WHERE customer_id=?1 AND value IS NOT NULL
         UNION ALL SELECT 'expansion', expansion FROM facts WHERE customer_id=?1 AND expansion IS NOT NULL
         UNION ALL SELECT 'stage', stage FROM facts WHERE customer_id=?1 AND stage IS NOT NULL
         UNION ALL SELECT 'depth', depth FROM customer WHERE id=?1 AND depth IS NOT NULL
         UNION ALL SELECT 'relation', relation FROM customer WHERE id=?1 AND relation IS NOT NULL
         UNION ALL SELECT 'need', need FROM customer WHERE id=?1 AND need IS NOT NULL",
    )?;
    let mut rows = query.query([row.id])?;
    while let Some(r) = rows.next()? {
        let class = format!("{}:{}", r.get::<_, String>(0)?, r.get::<_, String>(1)?);
        if !out.contains(&class) {
            out.push(class);
        }
    }
    Ok(out)
}

fn channel(eyes: &Eyes, id: i64) -> Result<Option<String>, StoreError> {
    Ok(eyes.db.prepare_cached("SELECT channel FROM customer WHERE id=?1")?.query_row([id], |r| r.get(0))?)
}

/// The need tags of a customer in their standard wording, the newest first.
pub fn needs(eyes: &Eyes, id: i64) -> Result<Vec<String>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT value FROM own_tag WHERE customer_id=?1 AND type='need' GROUP BY value
         ORDER BY max(at) DESC, max(id) DESC",
    )?;
    Ok(query.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Open coupons: their value and end, and whether one is about to end (G27).
fn coupons(eyes: &Eyes, id: i64, known: &mut Known) -> Result<(), StoreError> {
    let today = eyes.now.today();
    let remind = u64::try_from(settings::number(eyes.db, "coupon_remind_days")?).unwrap_or(0);
    let mut query = eyes.db.prepare_cached(
        "SELECT kind, face_fen, price_fen, offer_fen, valid_to FROM coupon
         WHERE customer_id=?1 AND used_on IS NULL AND valid_to>=?2 ORDER BY valid_to DESC LIMIT 5",
    )?;
    let mut rows = query.query((id, today.to_string()))?;
    while let Some(r) = rows.next()? {
        let Some(end) = day(r, 4)? else { continue };
        // the one that ends first is read last and stands
        known.facts.insert("days", (end - today).num_days().max(1).to_string());
        for (place, column) in [("coupon", 1), ("price", 2), ("offer", 3)] {
            if let Some(fen) = r.get::<_, Option<i64>>(column)? {
                known.facts.insert(place, yuan(Fen(fen)));
            }
        }
        let near = end <= today.checked_add_days(Days::new(remind)).unwrap_or(end);
        if near && !known.situation.occasions.iter().any(|o| o == "reminder") {
            known.situation.occasions.push("reminder".to_owned());
        }
    }
    Ok(())
}

/// Years of cooperation: those of the anniversary that is near, else the full ones (D61, K40).
fn anniversary(eyes: &Eyes, id: i64, known: &mut Known) -> Result<(), StoreError> {
    let since: Option<String> = eyes
        .db
        .prepare_cached(
            "SELECT coalesce(c.cooperation_on, f.first_order) FROM customer c JOIN facts f ON f.customer_id=c.id WHERE c.id=?1",
        )?
        .query_row([id], |r| r.get(0))?;
    let Some(since) = since.and_then(|d| d.parse::<NaiveDate>().ok()) else { return Ok(()) };
    let today = eyes.now.today();
    let soon = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let next = Yearly::Solar { month: since.month(), day: since.day() }
        .next_on_or_after(today)
        .filter(|next| *next <= soon);
    let years = years_between(since, next.unwrap_or(today));
    if years > 0 {
        known.facts.insert("years", years.to_string());
        if next.is_some() {
            known.situation.occasions.push("anniversary".to_owned());
        }
    }
    Ok(())
}

/// What was spent so far, the level held, what is missing for the next one (K47, G30).
fn member(eyes: &Eyes, id: i64, seen: bool, known: &mut Known) -> Result<(), StoreError> {
    let (total, held): (i64, Option<String>) = eyes
        .db
        .prepare_cached(
            "SELECT f.spend_total, m.level FROM facts f LEFT JOIN membership m ON m.customer_id=f.customer_id WHERE f.customer_id=?1",
        )?
        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let levels = levels(&settings::get(eyes.db, "levels")?).unwrap_or_default();
    let at = standing(&levels, Fen(total), held.as_deref());
    // a masked amount is none at all: what a script says is copied and sent
    if total > 0 && seen {
        known.facts.insert("accumulated", yuan(Fen(total)));
    }
    if let (Some(next), Some(gap)) = (at.next, at.gap) {
        if seen {
            known.facts.insert("gap", yuan(gap));
        }
        known.facts.insert("level", next.name.clone());
        known.facts.insert("discount", next.discount.clone());
        let near = settings::number(eyes.db, "membership_near")?.saturating_mul(100);
        if seen && total > 0 && gap.0 <= near {
            known.situation.occasions.push("monthly_care".to_owned());
        }
    } else if let Some(level) = held {
        known.facts.insert("level", level);
    }
    Ok(())
}

/// Whether this is the time to ask for a referral: a good survey or a big deal lately, and not asked for long (G33).
fn glad(eyes: &Eyes, id: i64) -> Result<bool, StoreError> {
    let today = eyes.now.today();
    let back = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today).to_string();
    if asked_lately(eyes.db, id, today)? {
        return Ok(false);
    }
    let pleased = eyes
        .db
        .prepare_cached(
            "SELECT 1 FROM survey WHERE customer_id=?1 AND answered_on>=?2 AND (nps>=9 OR (nps IS NULL AND score>=90))",
        )?
        .exists((id, back(GLAD_DAYS)))?;
    if pleased {
        return Ok(true);
    }
    let deal = settings::number(eyes.db, "big_deal")?.saturating_mul(100);
    Ok(eyes
        .db
        .prepare_cached(concat!(
            "SELECT 1 FROM orders o WHERE o.customer_id=?1 AND o.ordered_on>=?2 AND o.status='paid' AND ",
            net!(),
            ">=?3"
        ))?
        .exists((id, back(GLAD_DAYS), deal))?)
}

/// What the last talks say: a new project, the problem mentioned last (A30, D45, D64).
fn talks(eyes: &Eyes, id: i64, known: &mut Known) -> Result<(), StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT at, summary, feedback FROM touch WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT ?3",
    )?;
    let found = query.query_map((id << 20, ((id + 1) << 20) - 1, TOUCHES), |r| {
        Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?, r.get::<_, Option<String>>(2)?))
    })?;
    let mut talks: Vec<(i64, String, Option<String>)> = found.collect::<rusqlite::Result<_>>()?;
    talks.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let news = (eyes.now.at - chrono::Duration::days(NEWS_DAYS)).timestamp_millis();
    let project = talks.iter().any(|(at, summary, feedback)| {
        let said = |text: &str| text.contains("新项目") || text.contains("new project");
        *at >= news && (said(summary) || feedback.as_deref().is_some_and(said))
    });
    if project {
        known.situation.occasions.push("project".to_owned());
    }
    let last = talks.iter().find_map(|(at, summary, feedback)| {
        Some((*at, feedback.as_deref().and_then(problem).or_else(|| problem(summary))?))
    });
    if let Some((at, last)) = last {
        known.facts.insert("problem", last);
        // what was said long ago can still be spoken of, and is no occasion any more
        if at >= news {
            known.situation.occasions.push("problem".to_owned());
        }
    } else if let Some(pain) = pain(eyes, id)? {
        // nobody wrote down that it was spoken of, but it is known what hurts
        known.facts.insert("problem", pain);
    }
    Ok(())
}

/// The pain point that was noted last (K62).
fn pain(eyes: &Eyes, id: i64) -> Result<Option<String>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT value FROM own_tag WHERE customer_id=?1 AND type='need' AND name='客户痛点'
         ORDER BY at DESC, id DESC LIMIT 1",
    )?;
    Ok(query.query_row([id], |r| r.get(0)).optional()?)
}

/// The product to speak of: the one whose need tags match best, else the newest new one (J13, C23).
fn product(eyes: &Eyes, id: i64, known: &mut Known) -> Result<(), StoreError> {
    let fresh = eyes.now.today().checked_sub_months(Months::new(NEW_MONTHS)).unwrap_or_default().to_string();
    let found: Option<(String, Option<String>, Option<String>)> = eyes
        .db
        .prepare_cached(
            "SELECT p.name, p.feature, p.value FROM (
               SELECT g.product_id AS id, count(DISTINCT c.value) AS shared FROM own_tag c
               JOIN product_tag g ON g.value=c.value WHERE c.customer_id=?1 AND c.type='need' GROUP BY g.product_id
             ) m JOIN product p ON p.id=m.id WHERE p.state='sold' ORDER BY m.shared DESC, p.new_on DESC, p.id LIMIT 1",
        )?
        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .optional()?;
    let found = match found {
        Some(found) => Some(found),
        None => eyes
            .db
            .prepare_cached(
                "SELECT name, feature, value FROM product WHERE state='sold' AND new_on>=?1 ORDER BY new_on DESC, id LIMIT 1",
            )?
            .query_row([fresh], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
            .optional()?,
    };
    if let Some((name, feature, value)) = found {
        known.facts.insert("product", name);
        known.facts.extend(feature.map(|f| ("feature", f)));
        known.facts.extend(value.map(|v| ("value", v)));
    }
    Ok(())
}

/// An amount as a script says it: whole yuan without grouping, fen only where there are any.
fn yuan(fen: Fen) -> String {
    let text = fen.yuan_plain();
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}
