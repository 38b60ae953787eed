//! What figures need beside the customers' books: how many customers and account managers there are, budgets, tasks, what
//! the strategy table plans, expenses of no customer in particular. What is counted of customers stands apart from what is
//! not theirs, so that the first can be followed customer by customer.

use chrono::NaiveDate;
use rusqlite::{Connection, Row};

use super::small::expense;
use crate::domain::kpi::{Company, Counts, Plan, SLOTS, Span, YEAR_DAYS, back, place};
use crate::domain::strategy::touches_a_year;
use crate::store::moves::segment_before;
use crate::store::read::strategy::beats;
use crate::store::request::StoreError;

/// Everything beside the books.
pub fn company(db: &Connection, span: &Span) -> Result<Company, StoreError> {
    let counts = counts(db, span)?;
    beside(db, span, counts)
}

/// What is counted of customers without opening their books.
pub fn counts(db: &Connection, span: &Span) -> Result<Counts, StoreError> {
    let stand = span.stand();
    let (until, known) = (span.period.until.to_string(), span.as_of_day().to_string());
    // how complete records were earlier cannot be counted: `recorded` knows what was written down then
    let present = until > known;
    let cost = |from: NaiveDate| touch_cost(db, &from.to_string(), &until, &known);
    Ok(Counts {
        live: live(db, span, span.stand_at())?,
        live_before: live(db, span, span.start())?,
        touch_year: cost(back(stand, YEAR_DAYS))?,
        touch_to_date: cost(span.year_begin())?,
        tasks: tasks(db, span)?,
        complete: if present { complete(db, 0, i64::MAX)? } else { Slots::default() },
        checked: checked(db, span)?,
    })
}

/// The counts with what is not a customer's: account managers, budgets, what is planned, expenses of nobody in particular.
pub fn beside(db: &Connection, span: &Span, counts: Counts) -> Result<Company, StoreError> {
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
    let plans = plans(db, span)?;
    Ok(Company {
        counts,
        managers: managers(db, span, back(stand, 1).max(period.from).to_string())?,
        managers_before: managers(db, span, period.before().last().to_string())?,
        budgets: budgets(db, span)?,
        own_budgets: own_budgets(db, span, &plans, |_| true)?,
        plans,
        expenses,
    })
}

/// All together first, then the segments.
type Slots<T> = [T; SLOTS];

/// Puts a figure to its segment's place.
fn put<T>(list: &mut [T], segment: &str, value: T) {
    if let Some(at) = place(segment).and_then(|p| list.get_mut(p + 1)) {
        *at = value;
    }
}

/// Changes what stands at the place of a row's segment, its first column.
fn add<T>(list: &mut [T], row: &Row<'_>, change: impl FnOnce(&mut T)) -> rusqlite::Result<()> {
    let at = row.get_ref(0)?.as_str_or_null()?.and_then(place);
    at.and_then(|at| list.get_mut(at + 1)).map(change);
    Ok(())
}

/// What the rows of the strategy table plan for a customer of each segment: touches for the days of the period that have
/// begun (F36), and the budget of a year (F37).
pub fn plans(db: &Connection, span: &Span) -> Result<Vec<Plan>, StoreError> {
    let days = (span.stand() - span.period.from).num_days();
    let mut plans = vec![Plan::default(); SLOTS];
    let mut query =
        db.prepare_cached("SELECT id, class, coalesce(budget_fen,0) FROM strategy WHERE scheme='segment'")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let class: String = row.get(1)?;
        let a_year = touches_a_year(&beats(db, row.get(0)?)?);
        let touches = a_year as f64 * days as f64 / YEAR_DAYS as f64;
        put(&mut plans, &class, Plan { touches, budget: row.get(2)? });
    }
    Ok(plans)
}

/// Customers' own budgets of the calendar year that somebody has approved (D19): customer and fen.
pub fn approved(db: &Connection, span: &Span) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT customer_id, sum(amount_fen) FROM budget
         WHERE period=?1 AND customer_id IS NOT NULL AND approved_by IS NOT NULL GROUP BY 1",
    )?;
    let rows =
        query.query_map([span.year_begin().format("%Y").to_string()], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// By how much the own budgets of some customers differ from those of their segments, and how many there are.
pub fn own_budgets(
    db: &Connection,
    span: &Span,
    plans: &[Plan],
    of: impl Fn(i64) -> bool,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut more = vec![(0, 0); SLOTS];
    for (customer, own) in approved(db, span)?.into_iter().filter(|(customer, _)| of(*customer)) {
        let at = segment_before(db, customer, span.stand_at())?.as_deref().and_then(place).map(|at| at + 1);
        let plan = at.and_then(|at| plans.get(at)).filter(|plan| plan.budget > 0);
        if let (Some(plan), Some(sum)) = (plan, at.and_then(|at| more.get_mut(at))) {
            *sum = (sum.0 + own - plan.budget, sum.1 + 1);
        }
    }
    Ok(more)
}

/// Customers made before an instant, all and by the segment they were in then: who is in it now, corrected by whoever has
/// moved since.
fn live(db: &Connection, span: &Span, until: i64) -> Result<Slots<i64>, StoreError> {
    let until = until.min(span.as_of.saturating_add(1));
    let all = db
        .prepare_cached("SELECT count(*) FROM customer WHERE created_at<?1")?
        .query_row([until], |r| r.get(0))?;
    let mut live = Slots::default();
    if let Some(first) = live.first_mut() {
        *first = all;
    }
    let mut query =
        db.prepare_cached("SELECT segment, count(*) FROM facts WHERE segment IS NOT NULL GROUP BY 1")?;
    let rows = query.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get(1)?)))?;
    for row in rows {
        let (segment, count) = row?;
        put(&mut live, &segment, count);
    }
    // whoever came later goes one by one: to group everybody by segment and day would hold them all
    let mut query = db.prepare_cached(
        "SELECT f.segment FROM customer c CROSS JOIN facts f ON f.customer_id=c.id WHERE c.created_at>=?1",
    )?;
    let mut rows = query.query([until])?;
    while let Some(row) = rows.next()? {
        add(&mut live, row, |count| *count -= 1)?;
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

/// Budgets of the period by segment and category: each that of the period itself, else of the months in it.
fn budgets(db: &Connection, span: &Span) -> Result<Vec<[Option<i64>; 2]>, StoreError> {
    let mut budgets = vec![[None, None]; SLOTS];
    let mut query = db.prepare_cached(
        "SELECT coalesce(segment,''), category='retention', sum(amount_fen) FROM budget
         WHERE period=?1 AND customer_id IS NULL AND category IN ('acquisition','retention') GROUP BY 1,2",
    )?;
    let label = span.period.label();
    let mut months = span.period.months();
    months.retain(|month| *month != label);
    let mut own = budgets.clone();
    for label in std::iter::once(label).chain(months) {
        let mut rows = query.query([&label])?;
        while let Some(r) = rows.next()? {
            let (segment, which, fen): (String, usize, i64) = (r.get(0)?, r.get(1)?, r.get(2)?);
            let slot = if segment.is_empty() { Some(0) } else { place(&segment).map(|p| p + 1) };
            let Some(slot) = slot else { continue };
            let said = own.get(slot).and_then(|own| own.get(which)).is_some_and(Option::is_some);
            if let Some(sum) = budgets.get_mut(slot).and_then(|b| b.get_mut(which)).filter(|_| !said) {
                *sum = Some(sum.unwrap_or(0) + fen);
            }
        }
        if label == span.period.label() {
            own.clone_from(&budgets);
        }
    }
    Ok(budgets)
}

/// What touches cost in the days between, by the segment at the time.
fn touch_cost(db: &Connection, from: &str, until: &str, known: &str) -> Result<Slots<i64>, StoreError> {
    let mut costs = Slots::default();
    let mut query =
        db.prepare_cached("SELECT segment, cost_fen FROM daily WHERE day>=?1 AND day<?2 AND day<=?3")?;
    let mut rows = query.query((from, until, known))?;
    while let Some(row) = rows.next()? {
        let fen: i64 = row.get(1)?;
        costs.first_mut().into_iter().for_each(|all| *all += fen);
        add(&mut costs, row, |own| *own += fen)?;
    }
    Ok(costs)
}

/// Tasks due in the period and known then: done in time, and all (F34).
fn tasks(db: &Connection, span: &Span) -> Result<Slots<(i64, i64)>, StoreError> {
    let mut tasks = Slots::default();
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

/// Key fields filled, and key fields, of the customers after one up to another (A6, F38): a contact, a phone, the industry and
/// the size. Row by row: to group them would hold them all.
pub fn complete(db: &Connection, after: i64, last: i64) -> rusqlite::Result<Slots<(i64, i64)>> {
    const FIELDS: i64 = 4;
    let mut complete: Slots<(i64, i64)> = Slots::default();
    let mut query = db.prepare_cached(
        "SELECT segment, (contact IS NOT NULL)+(phone IS NOT NULL)+(industry IS NOT NULL)+(size IS NOT NULL) FROM facts
         WHERE customer_id>?1 AND customer_id<=?2",
    )?;
    let mut rows = query.query((after, last))?;
    while let Some(row) = rows.next()? {
        let filled: i64 = row.get(1)?;
        let count = |(k, n): &mut (i64, i64)| (*k, *n) = (*k + filled, *n + FIELDS);
        complete.first_mut().into_iter().for_each(count);
        add(&mut complete, row, count)?;
    }
    Ok(complete)
}

/// Records that were there when the span ended, and of them those that a second person had checked by then (F38).
fn checked(db: &Connection, span: &Span) -> Result<Slots<(i64, i64)>, StoreError> {
    let until = span.stand_at().min(span.as_of.saturating_add(1));
    let mut checked = Slots::default();
    if let Some(all) = checked.first_mut() {
        *all = db
            .prepare_cached(
                "SELECT (SELECT count(*) FROM customer WHERE checked_at<?1), (SELECT count(*) FROM customer WHERE created_at<?1)",
            )?
            .query_row([until], |r| Ok((r.get(0)?, r.get(1)?)))?;
    }
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Zone;
    use crate::domain::kpi::{Period, Rules};
    use crate::store::Store;

    #[test]
    fn f20_a_budget_of_the_year_hides_no_months_of_another_category_or_segment() {
        let store = Store::memory().unwrap();
        store
            .db
            .execute_batch(
                "INSERT INTO budget(segment,period,category,amount_fen) VALUES
                   (NULL,'2024','retention',900), (NULL,'2024-01','retention',1), (NULL,'2024-01','acquisition',20),
                   (NULL,'2024-02','acquisition',30), ('high','2024-03','retention',4);",
            )
            .unwrap();
        let of = |period: &str| {
            let period = Period::read(period).unwrap();
            budgets(&store.db, &Span { period, zone: Zone::default(), as_of: 0, rules: Rules::default() })
                .unwrap()
        };
        let high = place("high").unwrap() + 1;
        let year = of("2024");
        assert_eq!((year[0], year[high]), ([Some(50), Some(900)], [None, Some(4)]));
        assert_eq!(of("2024-01")[0], [Some(20), Some(1)]);
    }
}
