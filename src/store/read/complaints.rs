//! Complaints and requests between departments: their lists, and what of them stands in a person's queue. Open ones are few
//! among very many, and are read through the indexes that hold the open ones only.

use chrono::{Days, NaiveDate};

use super::eyes::{Eyes, phone};
use super::item::{CUSTOMER, item};
use super::row::day;
use crate::domain::change::TaskRef;
use crate::domain::clock::{Now, from_ms};
use crate::domain::complaint::{Course, Hours, Line};
use crate::domain::field::{Noun, Row};
use crate::domain::queue::{Item, Reason};
use crate::store::request::{ComplaintRow, Complaints, RequestRow, Steps, StoreError, Which};
use crate::store::settings;

/// Rows that a list shows at most.
const MOST: usize = 500;

/// The rule's hours.
pub fn hours(db: &rusqlite::Connection) -> Result<Hours, StoreError> {
    Ok(Hours {
        answer: settings::number(db, "complaint_answer_hours")?,
        solution: settings::number(db, "complaint_solve_hours")?,
    })
}

/// The course of a complaint from its columns: opened, answered, solved, state, day of the look afterwards.
fn course(r: &rusqlite::Row<'_>, at: usize, now: Now) -> rusqlite::Result<Course> {
    Ok(Course {
        opened: r.get(at)?,
        answered: r.get(at + 1)?,
        solved: r.get(at + 2)?,
        closed: r.get::<_, String>(at + 3)? == "resolved",
        recheck: day(r, at + 4)?.map(|day| now.zone.end(day).timestamp_millis()),
    })
}

/// Complaints, what runs out first on top; closed ones last, the newest first.
pub fn list(eyes: &Eyes, which: Which) -> Result<Complaints, StoreError> {
    let hours = hours(eyes.db)?;
    let mine = eyes.mine()?;
    let condition = match which {
        Which::Open => "k.state<>'resolved'".to_owned(),
        Which::Mine => format!("k.state<>'resolved' AND coalesce(k.handler_id, f.owner_id) IN ({mine})"),
        Which::All => "1".to_owned(),
    };
    let sql = format!(
        "SELECT k.opened_at, k.responded_at, k.solved_at, k.state, k.recheck_on, k.id, k.rev, k.customer_id, f.code, c.name,
                f.segment, k.subject, k.summary, k.severity, k.ended, k.closed_at, k.solution, k.repair, k.recheck,
                k.order_code, p.name
         FROM complaint k JOIN facts f ON f.customer_id=k.customer_id JOIN customer c ON c.id=k.customer_id
         LEFT JOIN person p ON p.id=k.handler_id
         WHERE {condition} ORDER BY k.opened_at DESC LIMIT {MOST}"
    );
    let mut query = eyes.db.prepare_cached(&sql)?;
    let rows = query.query_map([], |r| {
        let course = course(r, 0, eyes.now)?;
        Ok(ComplaintRow {
            id: r.get(5)?,
            rev: r.get(6)?,
            customer: r.get(7)?,
            code: r.get(8)?,
            name: r.get(9)?,
            segment: r.get(10)?,
            subject: r.get(11)?,
            summary: r.get(12)?,
            severity: r.get(13)?,
            state: r.get(3)?,
            ended: r.get(14)?,
            opened_at: course.opened,
            responded_at: course.answered,
            solved_at: course.solved,
            closed_at: r.get(15)?,
            solution: r.get(16)?,
            repair: r.get(17)?,
            recheck_on: day(r, 4)?,
            recheck: r.get(18)?,
            order_code: r.get(19)?,
            handler: r.get(20)?,
            course,
        })
    })?;
    let mut rows: Vec<ComplaintRow> = rows.collect::<rusqlite::Result<_>>()?;
    let severity = |row: &ComplaintRow| ["high", "medium", "low"].iter().position(|s| *s == row.severity);
    rows.sort_by_key(|row| match row.course.next(hours) {
        Some((_, due)) => (0, due.unwrap_or(i64::MAX), severity(row)),
        None => (1, -row.opened_at, None),
    });
    Ok(Complaints { hours, rows })
}

/// Requests: those that wait for my department first, then what I have asked, then the others; each by its clock.
pub fn requests(eyes: &Eyes, which: Which) -> Result<Vec<RequestRow>, StoreError> {
    let mine = eyes.mine()?;
    let condition = match which {
        Which::Open => "q.state<>'closed'".to_owned(),
        Which::Mine => format!(
            "q.state<>'closed' AND (q.department=?1 OR q.from_id IN ({mine}) OR q.taken_by IN ({mine}))"
        ),
        Which::All => "1".to_owned(),
    };
    let sql = format!(
        "SELECT q.id, q.rev, q.customer_id, f.code, c.name, a.name, q.from_department, q.department, q.text, q.state,
                q.asked_at, q.due_at, t.name, q.answer, b.name, q.answered_at, h.summary, q.from_id IN ({mine}),
                q.state IN ('open','taken') AND (q.department=?1 OR coalesce(q.taken_by,0) IN ({mine}))
         FROM request q JOIN facts f ON f.customer_id=q.customer_id JOIN customer c ON c.id=q.customer_id
         JOIN person a ON a.id=q.from_id LEFT JOIN person t ON t.id=q.taken_by LEFT JOIN person b ON b.id=q.answered_by
         LEFT JOIN touch h ON h.id=q.touch_id
         WHERE {condition} AND ?1 IS NOT NULL ORDER BY q.asked_at DESC LIMIT {MOST}"
    );
    let mut query = eyes.db.prepare_cached(&sql)?;
    let rows = query.query_map([&eyes.actor.department], |r| {
        Ok(RequestRow {
            id: r.get(0)?,
            rev: r.get(1)?,
            customer: r.get(2)?,
            code: r.get(3)?,
            name: r.get(4)?,
            from: r.get(5)?,
            from_department: r.get(6)?,
            department: r.get(7)?,
            text: r.get(8)?,
            state: r.get(9)?,
            asked_at: r.get(10)?,
            due_at: r.get(11)?,
            taken_by: r.get(12)?,
            answer: r.get(13)?,
            answered_by: r.get(14)?,
            answered_at: r.get(15)?,
            touch: r.get(16)?,
            mine: r.get(17)?,
            inbox: r.get(18)?,
        })
    })?;
    let mut rows: Vec<RequestRow> = rows.collect::<rusqlite::Result<_>>()?;
    rows.sort_by_key(|row| {
        let place = match (row.inbox, row.mine && row.state != "closed", row.state == "closed") {
            (true, ..) => 0,
            (_, true, _) => 1,
            (.., false) => 2,
            _ => 3,
        };
        (place, if place == 3 { -row.asked_at } else { row.due_at })
    });
    Ok(rows)
}

/// How many requests wait: for my department, and answered ones for me to read.
pub fn waiting(eyes: &Eyes) -> Result<usize, StoreError> {
    let mine = eyes.mine()?;
    let sql = format!(
        "SELECT (SELECT count(*) FROM request WHERE state IN ('open','taken')
                   AND (department=?1 AND taken_by IS NULL OR taken_by IN ({mine})))
              + (SELECT count(*) FROM request WHERE from_id IN ({mine}) AND state<>'closed' AND state IN ('answered','refused'))"
    );
    Ok(eyes.db.prepare_cached(&sql)?.query_row([&eyes.actor.department], |r| r.get(0))?)
}

/// What of both stands in a person's queue, by the day on which its line runs out.
pub fn items(eyes: &mut Eyes, owner: i64, ahead: u16) -> Result<Vec<Item>, StoreError> {
    let today = eyes.now.today();
    let last = today.checked_add_days(Days::new(u64::from(ahead))).unwrap_or(today);
    let mut out = complaints(eyes, owner)?;
    out.extend(asked(eyes, owner)?);
    out.extend(alarms(eyes, owner)?);
    out.retain(|item| item.due <= last);
    // these may be about a colleague's customers: what is masked there is masked here
    for item in &mut out {
        let sql = "SELECT owner_id FROM facts WHERE customer_id=?1";
        let theirs: i64 = eyes.db.prepare_cached(sql)?.query_row([item.customer.0], |r| r.get(0))?;
        let seen = eyes.sees(item.customer.0, theirs)?;
        item.phone = item.phone.take().map(|number| phone(&number, seen));
    }
    Ok(out)
}

fn complaints(eyes: &Eyes, owner: i64) -> Result<Vec<Item>, StoreError> {
    let hours = hours(eyes.db)?;
    let mut query = eyes.db.prepare_cached(&format!(
        "SELECT {CUSTOMER}, k.opened_at, k.responded_at, k.solved_at, k.state, k.recheck_on, k.id, k.summary
         FROM complaint k JOIN facts f ON f.customer_id=k.customer_id JOIN customer c ON c.id=k.customer_id
         WHERE k.state<>'resolved' AND coalesce(k.handler_id, f.owner_id)=?1"
    ))?;
    let mut rows = query.query([owner])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let Some((line, until)) = course(r, 6, eyes.now)?.next(hours) else { continue };
        let until = until.unwrap_or(eyes.now.ms());
        let row = Row { noun: Noun::Complaint, id: r.get(11)? };
        let reason = Reason::Complaint { line, until };
        out.push(timed(eyes, item(r, TaskRef::Row(row), r.get(12)?, on(eyes, until), reason, until)?, line));
    }
    Ok(out)
}

/// Alarms about customers that are this person's; what has a complaint or a request behind it stands there as that.
fn alarms(eyes: &Eyes, owner: i64) -> Result<Vec<Item>, StoreError> {
    let mut out = Vec::new();
    for mine in ["a.owner_id=?1", "a.climbed_to IS NOT NULL AND a.climbed_to=?1 AND a.owner_id<>?1"] {
        let mut query = eyes.db.prepare_cached(&format!(
            "SELECT {CUSTOMER}, a.id, a.rule, a.ticked, a.start_by FROM alarm a
             JOIN facts f ON f.customer_id=a.customer_id JOIN customer c ON c.id=a.customer_id
             WHERE a.state<>'closed' AND {mine} AND a.rule IN ('churn','frequency','overrun','leak','dispute')
               -- a dispute that was opened stands there as the arbiter's task already
               AND a.period NOT LIKE 'dispute:%'"
        ))?;
        let mut rows = query.query([owner])?;
        while let Some(r) = rows.next()? {
            let (rule, until): (String, i64) = (r.get(7)?, r.get(9)?);
            let step = Steps::of(&rule, r.get(8)?).next().map_or("", |(_, step)| step).to_owned();
            let row = Row { noun: Noun::Alarm, id: r.get(6)? };
            let reason = Reason::Alarm { rule, step };
            let found = item(r, TaskRef::Row(row), String::new(), on(eyes, until), reason, until)?;
            out.push(timed(eyes, found, Line::Answer));
        }
    }
    Ok(out)
}

/// Requests that wait for this person: untaken ones of the department, own ones, and answers to read.
fn asked(eyes: &Eyes, owner: i64) -> Result<Vec<Item>, StoreError> {
    let mut query = eyes.db.prepare_cached(&format!(
        "SELECT {CUSTOMER}, q.id, q.text, q.due_at, q.from_department, q.state, a.name
         FROM request q JOIN facts f ON f.customer_id=q.customer_id JOIN customer c ON c.id=q.customer_id
         JOIN person a ON a.id=q.from_id
         WHERE q.department=(SELECT department FROM person WHERE id=?1) AND q.state IN ('open','taken')
           AND coalesce(q.taken_by,?1)=?1
         UNION ALL
         SELECT {CUSTOMER}, q.id, q.text, q.answered_at, q.department, q.state, a.name
         FROM request q JOIN facts f ON f.customer_id=q.customer_id JOIN customer c ON c.id=q.customer_id
         JOIN person a ON a.id=q.answered_by
         WHERE q.from_id=?1 AND q.state<>'closed' AND q.state IN ('answered','refused')"
    ))?;
    let mut rows = query.query([owner])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let until: i64 = r.get(8)?;
        let answered = matches!(r.get::<_, String>(10)?.as_str(), "answered" | "refused");
        let row = Row { noun: Noun::Request, id: r.get(6)? };
        let reason = Reason::Request { department: r.get(9)?, person: r.get(11)?, until, answered };
        out.push(timed(
            eyes,
            item(r, TaskRef::Row(row), r.get(7)?, on(eyes, until), reason, until)?,
            Line::Answer,
        ));
    }
    Ok(out)
}

/// The day that ends with an instant, or in which it lies.
fn on(eyes: &Eyes, at: i64) -> NaiveDate {
    eyes.now.zone.day(from_ms(at - 1))
}

/// An item that has a time of day, unless only its day counts.
fn timed(eyes: &Eyes, mut item: Item, line: Line) -> Item {
    if !matches!(line, Line::Recheck | Line::Closing) {
        item.time = Some(eyes.now.zone.local(from_ms(item.overdue_at)).time());
    }
    item
}
