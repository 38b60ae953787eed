//! What an edit of the strategy table would do, before it is applied: how many customers become due, what it costs a year,
//! who is overloaded. In a large class an even sample is looked at and counted up, and the answer says so.

use rusqlite::OptionalExtension;

use super::eyes::Eyes;
use super::strategy::{beats, heads};
use crate::domain::cadence::Beat;
use crate::domain::field::{Field, Value};
use crate::domain::money::Fen;
use crate::domain::strategy::{Edit, Load, load, people_needed, percent, touches_a_year};
use crate::store::facts::{COLUMNS, Rules, compute};
use crate::store::request::{Preview, StoreError};
use crate::store::settings;
use crate::store::tables::text;

/// Customers that are looked at at most.
const LOOKED_AT: i64 = 400;

/// The columns of a row that an edit may change and a preview needs.
struct Figures {
    budget: Option<i64>,
    cost: Option<i64>,
    range: Option<(i64, i64)>,
}

/// What the edit would do; none where its touch kinds cannot be read.
pub fn preview(eyes: &Eyes, edit: &Edit) -> Result<Option<Preview>, StoreError> {
    let db = eyes.db;
    let id: Option<i64> = db
        .prepare_cached("SELECT id FROM strategy WHERE scheme=?1 AND class=?2")?
        .query_row([&edit.scheme, &edit.class], |r| r.get(0))
        .optional()?;
    let old = id.map(|id| beats(db, id)).transpose()?.unwrap_or_default();
    let new = match edit.beats() {
        Some(Ok(beats)) => beats,
        Some(Err(_)) => return Ok(None),
        None => old.clone(),
    };
    let (accounts, spent, touches): (i64, i64, i64) = db
        .prepare_cached(
            "SELECT coalesce(sum(accounts),0), coalesce(sum(cost_fen),0), coalesce(sum(touches),0)
             FROM tally WHERE scheme=?1 AND class=?2",
        )?
        .query_row([&edit.scheme, &edit.class], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    let (before, after) = (figures(eyes, id, None)?, figures(eyes, id, Some(edit))?);
    let actual = (touches > 0).then(|| spent / touches);
    let planned = (touches_a_year(&old), touches_a_year(&new));
    let yearly = |f: &Figures, planned: i64| f.cost.or(actual).map(|cost| cost * planned);
    let (was, is) = (yearly(&before, planned.0), yearly(&after, planned.1));
    let people = heads(db, &edit.scheme, &edit.class)?;
    let mut out = Preview {
        accounts,
        planned,
        cost: was.zip(is).map(|(was, is)| (Fen(was * accounts), Fen(is * accounts))),
        feasible_percent: is.and_then(|is| percent(is, after.budget)),
        over: after.range.map_or_else(Vec::new, |(low, high)| {
            people.iter().filter(|(_, n)| load(*n, low, high) == Load::Over).cloned().collect()
        }),
        needed: after.range.map(|(low, high)| people_needed(accounts, low, high)),
        swamped: swamped(eyes, &people, planned.1)?,
        ..Preview::default()
    };
    look_at(eyes, edit, &new, &mut out)?;
    Ok(Some(out))
}

/// People for whom the touches planned for this class alone are more than a day holds: name, due a working day, capacity.
fn swamped(
    eyes: &Eyes,
    people: &[(String, i64)],
    planned: i64,
) -> Result<Vec<(String, i64, i64)>, StoreError> {
    /// Working days of a year.
    const DAYS: i64 = 250;
    let capacity = settings::number(eyes.db, "capacity")?;
    let a_day = |n: i64| (n * planned + DAYS - 1) / DAYS;
    Ok(people
        .iter()
        .filter(|(_, n)| a_day(*n) > capacity)
        .map(|(name, n)| (name.clone(), a_day(*n), capacity))
        .collect())
}

fn figures(eyes: &Eyes, id: Option<i64>, edit: Option<&Edit>) -> Result<Figures, StoreError> {
    type Stored = (Option<i64>, Option<i64>, Option<i64>, Option<i64>);
    let stored: Option<Stored> = eyes
        .db
        .prepare_cached("SELECT budget_fen, touch_fen, load_low, load_high FROM strategy WHERE id=?1")?
        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .optional()?;
    let stored = stored.unwrap_or_default();
    let number = |field: Field, stored: Option<i64>| match edit.and_then(|e| e.get(field)) {
        None => stored,
        Some(Value::Int(n)) => Some(*n),
        Some(Value::Money(fen)) => Some(fen.0),
        Some(_) => None,
    };
    let low = number(Field::StrategyLoadLow, stored.2);
    Ok(Figures {
        budget: number(Field::StrategyBudget, stored.0),
        cost: number(Field::StrategyTouchCost, stored.1),
        range: low.zip(number(Field::StrategyLoadHigh, stored.3)),
    })
}

/// Looks at the customers of the class, or at an even sample of them, by the rules as they are and as they would be.
fn look_at(eyes: &Eyes, edit: &Edit, new: &[Beat], out: &mut Preview) -> Result<(), StoreError> {
    if out.accounts == 0 || !COLUMNS.contains(&edit.scheme.as_str()) {
        return Ok(());
    }
    let db = eyes.db;
    let today = eyes.now.today().to_string();
    let rules = Rules::load(db)?.with_beats(&edit.scheme, &edit.class, new);
    out.governs = rules.governs(&edit.scheme);
    let members = sample(eyes, &edit.scheme, &edit.class, out.accounts)?;
    let came = |day: Option<&str>| i64::from(day.is_some_and(|day| day <= today.as_str()));
    let (mut due, mut late) = ((0, 0), (0, 0));
    for id in &members {
        let (on, late_on): (Option<String>, Option<String>) = db
            .prepare_cached("SELECT cadence_on, cadence_late_on FROM facts WHERE customer_id=?1")?
            .query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))?;
        due.0 += came(on.as_deref());
        late.0 += came(late_on.as_deref());
        if let Some(facts) = compute(db, *id, eyes.now, &rules)? {
            due.1 += came(text(&facts, "cadence_on"));
            late.1 += came(text(&facts, "cadence_late_on"));
        }
    }
    out.looked_at = i64::try_from(members.len()).unwrap_or(0);
    let up = |n: i64| if out.looked_at > 0 { n * out.accounts / out.looked_at } else { 0 };
    out.due = (up(due.0), up(due.1));
    out.late = (up(late.0), up(late.1));
    Ok(())
}

/// Customers of a class, all where they are few, else evenly over their ids.
fn sample(eyes: &Eyes, scheme: &str, class: &str, accounts: i64) -> Result<Vec<i64>, StoreError> {
    let db = eyes.db;
    let Some(column) = COLUMNS.iter().find(|c| **c == scheme) else { return Ok(Vec::new()) };
    if accounts <= LOOKED_AT {
        // the owners of these accounts are known, and each one's customers are a range of an index
        let mut query = db.prepare_cached(&format!(
            "SELECT f.customer_id FROM tally t JOIN facts f ON f.owner_id=t.owner_id
             WHERE t.scheme=?1 AND t.class=?2 AND t.accounts>0 AND f.{column}=?2 LIMIT {LOOKED_AT}"
        ))?;
        return Ok(query.query_map([scheme, class], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?);
    }
    let last: i64 = db.query_row("SELECT coalesce(max(customer_id),0) FROM facts", [], |r| r.get(0))?;
    let mut next = db.prepare_cached(&format!(
        "SELECT customer_id FROM facts WHERE customer_id BETWEEN ?1 AND ?2 AND +{column}=?3 ORDER BY customer_id LIMIT 1"
    ))?;
    let mut out = Vec::new();
    for n in 0..LOOKED_AT {
        let (from, until) = (last * n / LOOKED_AT, last * (n + 1) / LOOKED_AT);
        // a class so rare that it does not show among a thousand is left out of this part
        let found: Option<i64> =
            next.query_row((from, until.min(from + 1_000), class), |r| r.get(0)).optional()?;
        out.extend(found);
    }
    Ok(out)
}
