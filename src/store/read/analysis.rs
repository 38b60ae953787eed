//! Analyses of the board: channels and scripts compared, moves between classes, the way from inquiry to first order, and
//! who stands behind each number. Every question walks an index of the period's own rows.

use chrono::{Months, NaiveDate};
use rusqlite::{Connection, ToSql};

use super::eyes::Eyes;
use super::kpi::behind::named;
use super::models;
use crate::domain::kpi::Period;
use crate::store::net::purchase;
use crate::store::request::{
    Analysis, AnalysisQuery, Behind, Listed, ModelPart, MoveCount, STEPS, Side, StepRow, StoreError, WayRow,
};

/// What an analysis says.
pub fn analysis(eyes: &Eyes, query: AnalysisQuery) -> Result<Analysis, StoreError> {
    Ok(match query {
        AnalysisQuery::Channels(period) => Analysis::Ways(channels(eyes, period)?),
        AnalysisQuery::Scripts(period) => Analysis::Ways(scripts(eyes, period)?),
        AnalysisQuery::Moves(period, scheme) => Analysis::Moves(moves(eyes, period, scheme)?),
        AnalysisQuery::Funnel(period) => Analysis::Funnel(funnel(eyes, period)?),
    })
}

/// The first instant of a period and the first one after it, or now.
fn instants(eyes: &Eyes, period: Period) -> (i64, i64) {
    let zone = eyes.now.zone;
    let [from, until] = [period.from, period.until].map(|day| zone.start(day).timestamp_millis());
    (from, until.min(eyes.now.ms() + 1))
}

/// Touches of our own accord by channel: totals by day, and the few that led to an order from their own index.
fn channels(eyes: &Eyes, period: Period) -> Result<Vec<WayRow>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT channel, sum(proactive), sum(answered), sum(cost_fen) FROM daily WHERE day>=?1 AND day<?2
         GROUP BY 1 HAVING sum(proactive)>0 ORDER BY 2 DESC, 1",
    )?;
    let rows = query.query_map((period.from.to_string(), period.until.to_string()), |r| {
        Ok(WayRow {
            id: r.get(0)?,
            touches: r.get(1)?,
            answered: r.get(2)?,
            cost: r.get(3)?,
            ..WayRow::default()
        })
    })?;
    let mut ways: Vec<WayRow> = rows.collect::<rusqlite::Result<_>>()?;
    let mut query = eyes.db.prepare_cached(
        "SELECT coalesce(channel,''), count(*) FROM touch INDEXED BY touch_converted
         WHERE converted=1 AND at>=?1 AND at<?2 AND kind='proactive' GROUP BY 1",
    )?;
    let mut rows = query.query(instants(eyes, period))?;
    while let Some(r) = rows.next()? {
        let id: String = r.get(0)?;
        if let Some(way) = ways.iter_mut().find(|w| w.id == id) {
            way.converted = r.get(1)?;
        }
    }
    Ok(ways)
}

fn scripts(eyes: &Eyes, period: Period) -> Result<Vec<WayRow>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT t.script, coalesce(s.title,''), count(*), sum(t.responded), sum(t.converted), sum(t.cost_fen)
         FROM touch t INDEXED BY touch_at LEFT JOIN script s ON s.code=t.script
         WHERE t.at>=?1 AND t.at<?2 AND t.script IS NOT NULL AND t.kind='proactive'
         GROUP BY 1 ORDER BY 3 DESC, 1",
    )?;
    let rows = query.query_map(instants(eyes, period), |r| {
        Ok(WayRow {
            id: r.get(0)?,
            name: r.get(1)?,
            touches: r.get(2)?,
            answered: r.get(3)?,
            converted: r.get(4)?,
            cost: r.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Each customer's first and last move of a period.
const ENDS: &str =
    "SELECT m.customer_id AS customer, coalesce(a.was,'') AS was, coalesce(b.became,'') AS became
    FROM (SELECT customer_id, min(id) AS first, max(id) AS last FROM class_move INDEXED BY class_move_at
          WHERE at>=?1 AND at<?2 AND scheme=?3 GROUP BY customer_id) m
    JOIN class_move a ON a.id=m.first JOIN class_move b ON b.id=m.last";

fn moves(eyes: &Eyes, period: Period, scheme: &str) -> Result<Vec<MoveCount>, StoreError> {
    let mut query = eyes.db.prepare_cached(&format!(
        "SELECT was, became, count(*) FROM ({ENDS}) WHERE was<>became GROUP BY 1, 2"
    ))?;
    let (from, until) = instants(eyes, period);
    let rows = query.query_map((from, until, scheme), |r| {
        Ok(MoveCount { was: r.get(0)?, became: r.get(1)?, count: r.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Customers entered in a period, each with the steps it has reached by now. Whoever has a later one has reached those
/// before it, too.
const REACHED: &str = concat!(
    "SELECT customer, 1 AS s0, touched OR answered OR quoted OR ordered AS s1,
      answered OR quoted OR ordered AS s2, quoted OR ordered AS s3, ordered AS s4
    FROM (SELECT c.id AS customer,
      EXISTS(SELECT 1 FROM touch t WHERE t.id BETWEEN c.id<<20 AND ((c.id+1)<<20)-1) AS touched,
      EXISTS(SELECT 1 FROM touch t WHERE t.id BETWEEN c.id<<20 AND ((c.id+1)<<20)-1
             AND (t.responded=1 OR t.kind<>'proactive')) AS answered,
      EXISTS(SELECT 1 FROM quote q WHERE q.customer_id=c.id) AS quoted,
      EXISTS(SELECT 1 FROM orders o WHERE o.customer_id=c.id AND ",
    purchase!(),
    ") AS ordered
      FROM customer c INDEXED BY customer_created WHERE c.created_at>=?1 AND c.created_at<?2)"
);

fn funnel(eyes: &Eyes, period: Period) -> Result<Vec<StepRow>, StoreError> {
    let counts: [i64; STEPS.len()] = eyes
        .db
        .prepare_cached(&format!(
            "SELECT count(*), coalesce(sum(s1),0), coalesce(sum(s2),0), coalesce(sum(s3),0), coalesce(sum(s4),0)
             FROM ({REACHED})"
        ))?
        .query_row(instants(eyes, period), |r| {
            Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?])
        })?;
    Ok(STEPS.into_iter().zip(counts).map(|(id, reached)| StepRow { id, reached }).collect())
}

/// The customers behind a number of an analysis.
pub fn listed(eyes: &Eyes, query: &Listed, most: usize) -> Result<Behind, StoreError> {
    let who = match query {
        Listed::Moved { period, scheme, was, became } => {
            let (from, until) = instants(eyes, *period);
            let sql = format!("SELECT customer, 1 FROM ({ENDS}) WHERE was=?4 AND became=?5");
            found(eyes.db, &sql, &[&from, &until, scheme, was, became])?
        }
        Listed::Model { as_of, part } => models::who(eyes.db, *as_of, *part)?,
        Listed::Cohort { month, later } => cohort(eyes.db, *month, *later)?,
        Listed::Step { period, step } => {
            let (from, until) = instants(eyes, *period);
            let step = (*step).min(STEPS.len() - 1);
            let next = (step + 1).min(STEPS.len() - 1);
            let sql = format!("SELECT customer, s{next} FROM ({REACHED}) WHERE s{step}");
            found(eyes.db, &sql, &[&from, &until])?
        }
    };
    // how one stands to the number, in the words of a figure where there is one; else everybody just stands in the list
    let id = match query {
        Listed::Model { part: ModelPart::Leaf(_), .. } => "churn",
        Listed::Cohort { .. } => "rebuy",
        Listed::Step { .. } => "step",
        Listed::Model { .. } | Listed::Moved { .. } => "",
    };
    Ok(Behind { id, by: Some(Box::new(query.clone())), ..rows(eyes.db, who, most)? })
}

fn found(db: &Connection, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<(i64, bool)>, StoreError> {
    let mut query = db.prepare_cached(sql)?;
    let rows = query.query_map(values, |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether an order is a purchase.
const PURCHASE: &str = purchase!();

/// Whose first purchase lies in a month, and whether they bought so many months later.
fn cohort(db: &Connection, month: NaiveDate, later: u32) -> Result<Vec<(i64, bool)>, StoreError> {
    let after = |months: u32| month.checked_add_months(Months::new(months)).unwrap_or(month).to_string();
    let sql = format!(
        "SELECT m.customer_id, EXISTS(SELECT 1 FROM orders o WHERE o.customer_id=m.customer_id
                AND o.ordered_on>=?3 AND o.ordered_on<?4 AND {PURCHASE})
         FROM (SELECT DISTINCT o.customer_id FROM orders o INDEXED BY orders_day
               WHERE o.ordered_on>=?1 AND o.ordered_on<?2 AND {PURCHASE}) m
         WHERE NOT EXISTS(SELECT 1 FROM orders o WHERE o.customer_id=m.customer_id AND o.ordered_on<?1 AND {PURCHASE})"
    );
    found(db, &sql, &[&after(0), &after(1), &after(later), &after(later + 1)])
}

/// Customers with number, name and owner; those without a hit first, since there is something to do.
fn rows(db: &Connection, mut found: Vec<(i64, bool)>, most: usize) -> Result<Behind, StoreError> {
    let all = found.len();
    found.sort_by_key(|(customer, hit)| (*hit, *customer));
    let mut rows = Vec::new();
    for (customer, hit) in found.into_iter().take(most) {
        rows.extend(named(db, customer, if hit { Side::Good } else { Side::Bad })?);
    }
    Ok(Behind { id: "", segment: "", rows, all, sides: None, of: None, person: None, by: None })
}
