//! What suggests itself for a customer: contents by pain point and industry (K62), products by need tags (J13), the flag of
//! high potential (B35), needs that nobody has met (K63), the way to the next level (K47).

use chrono::{Days, Months};

use super::eyes::Eyes;
use super::row::day;
use super::{scripts, situation, suited};
use crate::domain::membership::{levels, standing};
use crate::domain::money::Fen;
use crate::domain::script::list;
use crate::store::net::purchase;
use crate::store::request::{Advice, Brought, CustomerRow, Fit, Member, Next, Potential, StoreError, Unmet};
use crate::store::settings;

/// How many of each are told.
const FEW: usize = 3;
/// Months for which a product is new.
const NEW_MONTHS: u32 = 6;

/// Everything that suggests itself for a customer.
pub fn of(eyes: &Eyes, row: &CustomerRow, seen: bool) -> Result<Advice, StoreError> {
    let needs = situation::needs(eyes, row.id)?;
    let products = products(eyes, row.id, &needs)?;
    Ok(Advice {
        scripts: scripts::offered(eyes, row, seen)?,
        contents: contents(eyes, row.industry.as_deref(), &needs)?,
        potential: potential(eyes, row.id, &products)?,
        unmet: unmet(eyes, row.id)?,
        member: member(eyes, row.id, seen)?,
        suited: suited::of(eyes, row.id)?,
        products,
    })
}

/// Contents that answer a need or belong to the industry, the best first: a case on the customer's own pain point stands
/// above whatever suits everybody (D23, K62).
pub fn contents(eyes: &Eyes, industry: Option<&str>, needs: &[String]) -> Result<Vec<Brought>, StoreError> {
    let mut query =
        eyes.db.prepare_cached("SELECT title, industry, needs, place FROM content ORDER BY id LIMIT 1000")?;
    let mut rows = query.query([])?;
    let mut found: Vec<(usize, Brought)> = Vec::new();
    while let Some(r) = rows.next()? {
        let (of, answers): (Option<String>, Option<String>) = (r.get(1)?, r.get(2)?);
        let answers = list(answers.as_deref().unwrap_or_default());
        let own = of.as_deref().is_some_and(|of| Some(of) == industry);
        // what is written for another industry is not for this customer
        if of.is_some() && !own {
            continue;
        }
        let shared = needs.iter().filter(|need| answers.contains(need)).count();
        let score = 3 * shared + 2 * usize::from(own);
        if score > 0 {
            found.push((score, Brought { title: r.get(0)?, place: r.get(3)? }));
        }
    }
    // the sort keeps the company's own order among equals
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    Ok(found.into_iter().map(|(_, brought)| brought).take(FEW).collect())
}

/// Products that share need tags with the customer.
fn products(eyes: &Eyes, id: i64, needs: &[String]) -> Result<Vec<Fit>, StoreError> {
    if needs.is_empty() {
        return Ok(Vec::new());
    }
    let fresh = eyes.now.today().checked_sub_months(Months::new(NEW_MONTHS)).unwrap_or_default().to_string();
    let mut query = eyes.db.prepare_cached(
        "SELECT p.name, p.value, coalesce(p.new_on>=?2,0), p.needs FROM (
           SELECT g.product_id AS id, count(DISTINCT c.value) AS shared FROM own_tag c
           JOIN product_tag g ON g.value=c.value WHERE c.customer_id=?1 AND c.type='need' GROUP BY g.product_id
         ) m JOIN product p ON p.id=m.id WHERE p.state='sold' ORDER BY m.shared DESC, p.new_on DESC, p.id LIMIT 3",
    )?;
    let rows = query.query_map((id, fresh), |r| {
        let all: Option<String> = r.get(3)?;
        let all = list(all.as_deref().unwrap_or_default());
        Ok(Fit {
            name: r.get(0)?,
            value: r.get(1)?,
            new: r.get(2)?,
            needs: needs.iter().filter(|need| all.contains(need)).cloned().collect(),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Why a customer has a high potential: an inquiry without a deal, or needs that a new product matches; either is enough.
fn potential(eyes: &Eyes, id: i64, products: &[Fit]) -> Result<Vec<Potential>, StoreError> {
    let months = u32::try_from(settings::number(eyes.db, "inquiry_months")?).unwrap_or(6);
    let since = eyes.now.today().checked_sub_months(Months::new(months)).unwrap_or_default();
    let mut query = eyes.db.prepare_cached(concat!(
        "SELECT q.quoted_on, q.product FROM quote q WHERE q.customer_id=?1 AND q.quoted_on>=?2 AND q.state<>'won'
           AND NOT EXISTS(SELECT 1 FROM orders o WHERE o.customer_id=q.customer_id AND o.ordered_on>=q.quoted_on AND ",
        purchase!(),
        ")
         ORDER BY q.quoted_on DESC LIMIT 3",
    ))?;
    let mut rows = query.query((id, since.to_string()))?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        if let Some(on) = day(r, 0)? {
            out.push(Potential::Inquiry { on, product: r.get(1)? });
        }
    }
    let new = products.iter().filter(|fit| fit.new && fit.is_high());
    out.extend(new.map(|fit| Potential::Match { product: fit.name.clone() }));
    Ok(out)
}

/// Categories that were looked at often and not ordered since (K63).
fn unmet(eyes: &Eyes, id: i64) -> Result<Vec<Unmet>, StoreError> {
    let days = u64::try_from(settings::number(eyes.db, "unmet_days")?).unwrap_or(90);
    let since = eyes.now.today().checked_sub_days(Days::new(days)).unwrap_or_default();
    let mut query = eyes.db.prepare_cached(concat!(
        "SELECT b.category, sum(b.views) FROM browse b WHERE b.customer_id=?1 AND b.viewed_on>=?2
           AND NOT EXISTS(SELECT 1 FROM orders o WHERE o.customer_id=b.customer_id AND o.ordered_on>=?2 AND ",
        purchase!(),
        "
             AND (o.category=b.category
               OR EXISTS(SELECT 1 FROM order_line l WHERE l.order_id=o.id AND l.category=b.category)))
         GROUP BY b.category HAVING sum(b.views)>=?3 ORDER BY 2 DESC, 1 LIMIT 3",
    ))?;
    let least = settings::number(eyes.db, "unmet_views")?;
    let rows = query
        .query_map((id, since.to_string(), least), |r| Ok(Unmet { category: r.get(0)?, views: r.get(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The level held and the way to the next one.
fn member(eyes: &Eyes, id: i64, seen: bool) -> Result<Option<Member>, StoreError> {
    let (total, level): (i64, Option<String>) = eyes
        .db
        .prepare_cached(
            "SELECT f.spend_total, m.level FROM facts f LEFT JOIN membership m ON m.customer_id=f.customer_id WHERE f.customer_id=?1",
        )?
        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))?;
    if total <= 0 && level.is_none() {
        return Ok(None);
    }
    let levels = levels(&settings::get(eyes.db, "levels")?).unwrap_or_default();
    let at = standing(&levels, Fen(total), level.as_deref());
    Ok(Some(Member {
        accumulated: seen.then_some(Fen(total)),
        next: at.next.map(|next| {
            let brings = [&next.discount, &next.gift];
            let brings: Vec<&str> =
                brings.into_iter().map(String::as_str).filter(|b| !b.is_empty()).collect();
            Next { level: next.name.clone(), brings: brings.join("+") }
        }),
        gap: at.gap.filter(|_| seen),
        level,
    }))
}
