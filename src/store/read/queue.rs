//! A person's follow-ups: open tasks, important dates that are near, customers nobody has talked to. One cause never stands
//! there twice; what was ticked off or put aside leaves a task row with its cause and stays away (G57).

use chrono::{Days, NaiveDate};
use rusqlite::OptionalExtension;

use super::eyes::{Eyes, phone};
use super::item::{CUSTOMER, HEARD, TRIED, days_since, handled, item};
use super::proposals::propose;
use super::row::{day, time};
use super::strategy;
use super::{cadence, complaints};
use crate::domain::change::TaskRef;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Noun, Row};
use crate::domain::people::{PersonId, Relation, Verb, may};
use crate::domain::queue::{AHEAD, Item, Queue, Reason, Shortlist, is_unrecorded, rank};
use crate::store::request::{StoreError, Title};
use crate::store::{late, settings};

/// The queue of a person, their own by default; with the customers of colleagues they stand in for.
pub fn queue(eyes: &mut Eyes, owner: Option<PersonId>, whole: bool, ahead: u16) -> Result<Queue, StoreError> {
    let owners = eyes.in_place_of(owner.map_or(eyes.actor.id.0, |p| p.0))?;
    let mut here = recorded(eyes, &owners, ahead)?;
    let capacity = capacity(eyes)?;
    // as many as can stand on the day's list beside what is owed; the rest is counted as it is read
    let most = if whole { usize::MAX } else { capacity + here.len() };
    let mut best = Shortlist::new(eyes.now, most);
    for owner in owners {
        propose(eyes, owner, &mut here, None, |item| best.add(item))?;
    }
    let (proposed, over) = best.into_parts();
    here.extend(proposed);
    for item in &mut here {
        // a task may be for the customer of somebody else
        if item.phone.is_some() && !eyes.sees_customer(item.customer.0)? {
            item.phone = item.phone.take().map(|p| phone(&p, false));
        }
    }
    let mut queue = rank(here, eyes.now, capacity, whole);
    queue.over += over;
    cadence::advise(eyes, &mut queue.today)?;
    if may(eyes.actor.role, Verb::Strategy, Relation::Own) {
        let wanting = strategy::overlays(eyes)?.into_iter().filter(|o| o.wants_care);
        queue.prepare = wanting.filter_map(|o| Some((o.name, o.span?.from))).collect();
    }
    Ok(queue)
}

/// What a day holds.
fn capacity(eyes: &Eyes) -> Result<usize, StoreError> {
    Ok(usize::try_from(settings::number(eyes.db, "capacity")?).unwrap_or(25))
}

/// How many follow-ups of the actor stand on today's list ([`Queue::today`]): the one number of title bar and ledger.
/// Asked after every write, so it reads no further than a day can hold.
fn due(eyes: &mut Eyes) -> Result<usize, StoreError> {
    let capacity = capacity(eyes)?;
    let now = eyes.now;
    let (end, today) = (now.zone.end(now.today()).timestamp_millis(), now.today().to_string());
    let (mut all, mut kept) = (0, 0);
    let owners = eyes.in_place_of(eyes.actor.id.0)?;
    for owner in &owners {
        // as [`Item::is_kept`] has it
        let (stored, words): (usize, usize) = eyes
            .db
            .prepare_cached(
                "SELECT count(*), count(CASE WHEN kind='promise' OR due_time IS NOT NULL AND due_on=?3 THEN 1 END)
                 FROM task WHERE state='open' AND owner_id=?1 AND due_at<=?2 AND coalesce(snoozed_until,'')<=?3",
            )?
            .query_row((owner, end, &today), |r| Ok((r.get(0)?, r.get(1)?)))?;
        let asked = complaints::items(eyes, *owner, 0)?;
        all += stored + asked.len();
        kept += words + asked.iter().filter(|item| item.is_kept(now)).count();
    }
    if all >= capacity {
        return Ok(capacity.max(kept));
    }
    let mut here = recorded(eyes, &owners, AHEAD)?;
    let mut proposed = Vec::new();
    for owner in owners {
        propose(eyes, owner, &mut here, Some(capacity), |item| proposed.push(item))?;
    }
    here.extend(proposed);
    Ok(rank(here, now, capacity, false).today.len())
}

/// What somebody has written down for these people: promises and plans, dates, complaints, what has no customer.
fn recorded(eyes: &mut Eyes, owners: &[i64], ahead: u16) -> Result<Vec<Item>, StoreError> {
    let mut out = Vec::new();
    for owner in owners {
        let mut here = promises(eyes, *owner, ahead)?;
        here.extend(dates(eyes, *owner)?);
        here.extend(complaints::items(eyes, *owner, ahead)?);
        cadence::reasons(eyes, &mut here)?;
        out.extend(here);
        out.extend(company(eyes, *owner, ahead)?);
    }
    Ok(out)
}

fn promises(eyes: &Eyes, owner: i64, ahead: u16) -> Result<Vec<Item>, StoreError> {
    let today = eyes.now.today();
    let until = eyes.now.zone.end(today.checked_add_days(Days::new(u64::from(ahead))).unwrap_or(today));
    let mut query = eyes.db.prepare_cached(&format!(
        "SELECT {CUSTOMER}, t.id, t.text, t.due_on, t.due_time, t.due_at, t.kind, t.rev, t.snoozed_until,
                {HEARD},
                EXISTS(SELECT 1 FROM touch h WHERE h.id=t.touch_id AND (h.responded=1 OR h.kind<>'proactive')),
                f.last_touch, t.kind='silence' AND {TRIED}
         FROM task t JOIN facts f ON f.customer_id=t.customer_id JOIN customer c ON c.id=t.customer_id
         WHERE t.state='open' AND t.owner_id=?1 AND t.due_at<=?2"
    ))?;
    let line = late::in_time(eyes.db)?;
    let mut rows = query.query((owner, until.timestamp_millis()))?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let snoozed = day(r, 13)?.filter(|d| *d > today);
        if snoozed.is_some() {
            continue;
        }
        let due = day(r, 8)?.unwrap_or(today);
        // what was put aside comes back for the reason for which it stood here
        let reason = match r.get::<_, String>(11)?.as_str() {
            "promise" => Reason::Promise,
            "date" => Reason::Date { on: due, years: None, kind: "other".to_owned(), label: r.get(7)? },
            "silence" => Reason::Silence { days: days_since(eyes, r.get(14)?), asked: r.get(17)? },
            _ => Reason::Plan,
        };
        let followed = matches!(reason, Reason::Promise | Reason::Plan);
        let unrecorded = followed && is_unrecorded(r.get(10)?, r.get(16)?, line, eyes.now.ms());
        let item = item(r, TaskRef::Stored(r.get(6)?), r.get(7)?, due, reason, r.get(10)?)?;
        out.push(Item { time: time(r, 9)?, rev: Some(r.get(12)?), answers: r.get(15)?, unrecorded, ..item });
    }
    Ok(out)
}

/// What has no customer: tasks of plans that are carried out, what reviews have suggested, campaigns and plans that are to
/// be evaluated (A130, A135, G25). They stand here as the rows they are, so that none stands here twice.
fn company(eyes: &Eyes, owner: i64, ahead: u16) -> Result<Vec<Item>, StoreError> {
    let today = eyes.now.today();
    let until = today.checked_add_days(Days::new(u64::from(ahead))).unwrap_or(today).to_string();
    let mut out = Vec::new();
    let made = |row: Row, name: String, text: String, due: NaiveDate, reason: Reason| {
        let overdue = eyes.now.zone.end(due).timestamp_millis();
        Item { name, ..Item::bare(TaskRef::Row(row), text, due, overdue, reason) }
    };
    let mut query = eyes.db.prepare_cached(
        "SELECT t.id, p.name, t.text, t.due_on FROM plan_task t JOIN plan p ON p.id=t.plan_id
         WHERE t.owner_id=?1 AND t.due_on<=?2 AND t.state='open' AND p.state='running'",
    )?;
    let mut rows = query.query((owner, &until))?;
    while let Some(r) = rows.next()? {
        let row = Row { noun: Noun::PlanTask, id: r.get(0)? };
        out.push(made(row, r.get(1)?, r.get(2)?, day(r, 3)?.unwrap_or(today), Reason::PlanTask));
    }
    let mut query = eyes.db.prepare_cached(
        "SELECT id, name, ends_on, evaluate_on FROM campaign
         WHERE owner_id=?1 AND state='running' AND evaluate_on<=?2",
    )?;
    let mut rows = query.query((owner, &until))?;
    while let Some(r) = rows.next()? {
        let row = Row { noun: Noun::Campaign, id: r.get(0)? };
        let reason = Reason::Evaluation { ended: day(r, 2)?.unwrap_or(today) };
        out.push(made(row, r.get(1)?, String::new(), day(r, 3)?.unwrap_or(today), reason));
    }
    let mut query = eyes.db.prepare_cached(
        "SELECT e.id, p.name, p.ends_on, e.due_on FROM evaluation e JOIN plan p ON p.id=e.plan_id
         WHERE e.owner_id=?1 AND e.due_on<=?2 AND e.state='open'",
    )?;
    let mut rows = query.query((owner, &until))?;
    while let Some(r) = rows.next()? {
        let row = Row { noun: Noun::Evaluation, id: r.get(0)? };
        let reason = Reason::Evaluation { ended: day(r, 2)?.unwrap_or(today) };
        out.push(made(row, r.get(1)?, String::new(), day(r, 3)?.unwrap_or(today), reason));
    }
    let mut query = eyes.db.prepare_cached(
        "SELECT s.id, s.direction, s.measure, s.due_on, coalesce(c.name, l.name) FROM suggestion s
         LEFT JOIN evaluation e ON e.id=s.evaluation_id
         LEFT JOIN campaign c ON c.id=e.campaign_id LEFT JOIN plan l ON l.id=e.plan_id
         WHERE s.owner_id=?1 AND s.due_on<=?2 AND s.state='open'",
    )?;
    let mut rows = query.query((owner, &until))?;
    while let Some(r) = rows.next()? {
        let row = Row { noun: Noun::Suggestion, id: r.get(0)? };
        let reason = Reason::Suggestion { of: r.get(4)? };
        out.push(made(row, r.get(1)?, r.get(2)?, day(r, 3)?.unwrap_or(today), reason));
    }
    Ok(out)
}

/// Important dates that are so near that they are to be pointed out (G19).
fn dates(eyes: &Eyes, owner: i64) -> Result<Vec<Item>, StoreError> {
    let today = eyes.now.today();
    let mut query = eyes.db.prepare_cached(&format!(
        "SELECT {CUSTOMER}, d.id, d.next_on, d.kind, d.label, d.year, d.remind_on, k.name
         FROM important_date d JOIN facts f ON f.customer_id=d.customer_id JOIN customer c ON c.id=d.customer_id
         LEFT JOIN contact k ON k.id=d.contact_id
         WHERE d.remind_on<=?2 AND d.remind_on>=?3 AND f.owner_id=?1 AND d.next_on>=?2 AND f.quiet=0"
    ))?;
    let earliest = today.checked_sub_days(Days::new(60)).unwrap_or(today);
    let mut rows = query.query((owner, today.to_string(), earliest.to_string()))?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let Some(on) = day(r, 7)? else { continue };
        let cause = format!("date:{}:{on}", r.get::<_, i64>(6)?);
        if handled(eyes, &cause)? {
            continue;
        }
        let kind: String = r.get(8)?;
        let label: Option<String> = r.get(9)?;
        let whose: Option<String> = r.get(12)?;
        let years = r.get::<_, Option<i32>>(10)?.map(|y| chrono::Datelike::year(&on) - y).filter(|y| *y > 0);
        let label = label.or(whose).unwrap_or_default();
        let text = if label.is_empty() { kind.clone() } else { label.clone() };
        let task = TaskRef::Cause { customer: CustomerId(r.get(0)?), cause, text: text.clone(), due: on };
        let at = eyes.now.zone.end(on).timestamp_millis();
        out.push(item(r, task, text, on, Reason::Date { on, years, kind, label }, at)?);
    }
    Ok(out)
}

/// What the title bar shows.
pub fn title(eyes: &mut Eyes) -> Result<Title, StoreError> {
    let now = eyes.now;
    let mine = eyes.actor.id.0;
    let end = now.zone.end(now.today()).timestamp_millis();
    let today = now.today().to_string();
    let due = due(eyes)?;
    let mut overdue = 0;
    let mut next: Option<(i64, String, String)> = None;
    for owner in eyes.in_place_of(mine)? {
        let late: usize = eyes
            .db
            .prepare_cached(
                "SELECT count(*) FROM task
                 WHERE state='open' AND owner_id=?1 AND due_at<=?2 AND coalesce(snoozed_until,'')<=?3",
            )?
            .query_row((owner, now.ms(), &today), |r| r.get(0))?;
        overdue += late;
        let timed = eyes
            .db
            .prepare_cached(
                "SELECT t.due_at, c.name, t.text FROM task t JOIN customer c ON c.id=t.customer_id
                 WHERE t.state='open' AND t.owner_id=?1 AND t.due_at>?2 AND t.due_at<=?3 AND t.due_time IS NOT NULL
                   AND coalesce(t.snoozed_until,'')<=?4
                 ORDER BY t.due_at LIMIT 1",
            )?
            .query_row((owner, now.ms(), end, &today), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
            .optional()?;
        next = [next, timed].into_iter().flatten().min();
    }
    let (alarms, newest_alarm) = super::alarms::mine(eyes)?;
    let customers: u64 = eyes
        .db
        .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM customer LIMIT 1)")?
        .query_row([], |r| r.get(0))?;
    Ok(Title {
        due,
        overdue,
        requests: complaints::waiting(eyes)?,
        alarms,
        newest_alarm,
        next,
        person: crate::store::people::name(eyes.db, mine)?,
        company: settings::get(eyes.db, "company")?,
        bell: settings::number(eyes.db, "bell")? == 1,
        role: Some((eyes.actor.role, eyes.actor.department.clone())),
        customers,
        demo: settings::raw(eyes.db, "demo")?.as_deref() == Some("1"),
    })
}
