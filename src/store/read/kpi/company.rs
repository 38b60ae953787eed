//! What figures need beside the customers' books: how many customers and account managers there are, budgets, tasks,
//! expenses of no customer in particular.

use rusqlite::Connection;

use super::books::expense;
use crate::domain::kpi::{Company, SEGMENTS, Span, YEAR_DAYS, back, place};
use crate::store::moves::segment_before;
use crate::store::request::StoreError;

/// Everything beside the books.
pub fn company(db: &Connection, span: &Span) -> Result<Company, StoreError> {
    let period = span.period;
    let stand = span.stand();
    let year = back(stand, YEAR_DAYS).min(period.from).to_string();
    let (until, known) = (period.until.to_string(), span.as_of_day().to_string());
    let expenses = db
        .prepare_cached(
            "SELECT spent_on, category, amount_fen FROM expense
             WHERE spent_on>=?1 AND spent_on<?2 AND spent_on<=?3 AND customer_id IS NULL",
        )?
        .query_map((&year, &until, &known), |r| expense(r, 0))?
        .collect::<rusqlite::Result<_>>()?;
    // how complete records were earlier, nobody wrote down
    let present = until > known;
    let (live, live_before) = (live(db, span, span.stand_at())?, live(db, span, span.start())?);
    let high = |accounts: &[i64]| place("high").and_then(|at| accounts.get(at + 1)).copied().unwrap_or(0);
    Ok(Company {
        high: (high(&live_before), high(&live)),
        live,
        live_before,
        managers: managers(db, span, back(stand, 1).max(period.from).to_string())?,
        managers_before: managers(db, span, period.before().last().to_string())?,
        budgets: budgets(db, span)?,
        touch_year: touch_year(db, &back(stand, YEAR_DAYS).to_string(), &until, &known)?,
        tasks: tasks(db, span)?,
        complete: if present { complete(db)? } else { Vec::new() },
        checked: if present { checked(db)? } else { Vec::new() },
        expenses,
    })
}

/// All first, then the segments.
fn slots<T: Copy>(all: T) -> Vec<T> {
    vec![all; SEGMENTS.len() + 1]
}

/// Puts a figure to its segment's place.
fn put<T>(list: &mut [T], segment: &str, value: T) {
    if let Some(at) = place(segment).and_then(|p| list.get_mut(p + 1)) {
        *at = value;
    }
}

/// Customers made before an instant, all and by the segment they were in then: who is in it now, corrected by whoever has
/// moved since.
fn live(db: &Connection, span: &Span, until: i64) -> Result<Vec<i64>, StoreError> {
    let until = until.min(span.as_of.saturating_add(1));
    let all = db
        .prepare_cached("SELECT count(*) FROM customer WHERE created_at<?1")?
        .query_row([until], |r| r.get(0))?;
    let mut live = slots(0);
    if let Some(first) = live.first_mut() {
        *first = all;
    }
    let mut query = db.prepare_cached(
        "SELECT f.segment, count(*) FROM facts f JOIN customer c ON c.id=f.customer_id
         WHERE f.segment IS NOT NULL AND c.created_at<?1 GROUP BY 1",
    )?;
    let rows = query.query_map([until], |r| Ok((r.get::<_, String>(0)?, r.get(1)?)))?;
    for row in rows {
        let (segment, count) = row?;
        put(&mut live, &segment, count);
    }
    let mut query = db.prepare_cached(
        "SELECT m.customer_id, f.segment FROM class_move m CROSS JOIN facts f ON f.customer_id=m.customer_id
         CROSS JOIN customer c ON c.id=m.customer_id
         WHERE m.at>=?1 AND m.scheme='segment' AND c.created_at<?1 GROUP BY m.customer_id",
    )?;
    let rows = query.query_map([until], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, Option<String>>(1)?)))?;
    for row in rows {
        let (customer, is) = row?;
        let was = segment_before(db, customer, until)?;
        for (segment, change) in [(was, 1), (is, -1)] {
            if let Some(count) = segment.as_deref().and_then(place).and_then(|at| live.get_mut(at + 1)) {
                *count += change;
            }
        }
    }
    Ok(live)
}

/// Account managers in post on a day: whose role it is, or who own customers.
fn managers(db: &Connection, span: &Span, day: String) -> Result<i64, StoreError> {
    let seconds = i64::from(span.zone.0) * 60;
    Ok(db
        .prepare_cached(
            "SELECT count(*) FROM person p
             WHERE (p.role='rep' OR EXISTS (SELECT 1 FROM facts f WHERE f.owner_id=p.id))
               AND coalesce(p.in_post_from, date(p.created_at/1000+?2,'unixepoch'))<=?1
               AND coalesce(p.in_post_until,'9999-12-31')>=?1",
        )?
        .query_row((day, seconds), |r| r.get(0))?)
}

/// Budgets of the period by category: of the period itself, else of the months in it.
fn budgets(db: &Connection, span: &Span) -> Result<Vec<[Option<i64>; 2]>, StoreError> {
    let mut budgets = slots([None, None]);
    let label = span.period.label();
    let mut query = db.prepare_cached(
        "SELECT coalesce(segment,''), category='retention', sum(amount_fen) FROM budget
         WHERE period=?1 AND customer_id IS NULL AND category IN ('acquisition','retention') GROUP BY 1,2",
    )?;
    let mut labels = span.period.months();
    labels.retain(|month| *month != label);
    for label in std::iter::once(label).chain(labels) {
        let own = label == span.period.label();
        let rows = query.query_map([&label], |r| {
            Ok((r.get::<_, String>(0)?, r.get::<_, usize>(1)?, r.get::<_, i64>(2)?))
        })?;
        let mut found = false;
        for row in rows {
            let (segment, which, fen) = row?;
            let slot = if segment.is_empty() { Some(0) } else { place(&segment).map(|p| p + 1) };
            if let Some(place) = slot.and_then(|s| budgets.get_mut(s)).and_then(|b| b.get_mut(which)) {
                *place = Some(place.unwrap_or(0) + fen);
            }
            found = true;
        }
        if own && found {
            break;
        }
    }
    Ok(budgets)
}

/// What touches cost in the days between, by the segment at the time.
fn touch_year(db: &Connection, from: &str, until: &str, known: &str) -> Result<Vec<i64>, StoreError> {
    let mut costs = slots(0);
    let mut query = db.prepare_cached(
        "SELECT segment, sum(cost_fen) FROM daily WHERE day>=?1 AND day<?2 AND day<=?3 GROUP BY 1",
    )?;
    let rows =
        query.query_map((from, until, known), |r| Ok((r.get::<_, String>(0)?, r.get::<_, i64>(1)?)))?;
    for row in rows {
        let (segment, fen) = row?;
        put(&mut costs, &segment, fen);
        if let Some(all) = costs.first_mut() {
            *all += fen;
        }
    }
    Ok(costs)
}

/// Tasks due in the period and known then: done in time, and all (F34).
fn tasks(db: &Connection, span: &Span) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut tasks = slots((0, 0));
    // a due without a time ends with its day, so its instant is the first one after it
    let all = db
        .prepare_cached(
            "SELECT count(CASE WHEN done_at<=due_at AND done_at<=?3 THEN 1 END), count(*) FROM task
             WHERE due_at>?1 AND due_at<=?2 AND due_at<=?3 AND state<>'dropped'",
        )?
        .query_row((span.start(), span.end(), span.as_of), |r| Ok((r.get(0)?, r.get(1)?)))?;
    if let Some(first) = tasks.first_mut() {
        *first = all;
    }
    Ok(tasks)
}

/// Key fields filled (A6, F38): a contact, a phone, the industry and the size.
fn complete(db: &Connection) -> Result<Vec<(i64, i64)>, StoreError> {
    by_segment(
        db,
        "SELECT coalesce(segment,''), count(contact)+count(phone)+count(industry)+count(size), 4*count(*) FROM facts GROUP BY 1",
    )
}

/// Records that a second person has checked (F38).
fn checked(db: &Connection) -> Result<Vec<(i64, i64)>, StoreError> {
    by_segment(db, "SELECT '', count(checked_at), count(*) FROM customer")
}

fn by_segment(db: &Connection, sql: &str) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut list = slots((0, 0));
    let mut query = db.prepare_cached(sql)?;
    let rows =
        query.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, i64>(1)?, r.get::<_, i64>(2)?)))?;
    for row in rows {
        let (segment, k, n) = row?;
        put(&mut list, &segment, (k, n));
        if let Some(all) = list.first_mut() {
            *all = (all.0 + k, all.1 + n);
        }
    }
    Ok(list)
}
