//! Hand-overs as whoever takes part in them sees them, one of them with its checklist and live figures, the passages of a
//! customer from hand to hand, and everybody's load.

use rusqlite::OptionalExtension;

use super::eyes::Eyes;
use crate::domain::clock::Zone;
use crate::domain::handover::is_open;
use crate::domain::people::{Actor, PersonId, Relation, Role, Verb, may, works};
use crate::store::Store;
use crate::store::request::{
    Case, CaseKind, CaseRow, DisputeCase, HandOverCase, ItemRow, LoadRow, Passage, StoreError,
};
use crate::store::{people, settings};

/// Cases that a list holds; open ones come first.
const LISTED: i64 = 200;
/// Customers of a hand-over that are named.
const NAMED: i64 = 50;

/// The cases that concern whoever asks: those that wait first, the newest first.
pub fn list(eyes: &mut Eyes) -> Result<Vec<CaseRow>, StoreError> {
    let days = settings::number(eyes.db, "handover_days")?;
    let mut rows = disputes(eyes)?;
    let found: Vec<(i64, i64, i64, i64, String, i64, i64)> = eyes
        .db
        .prepare_cached(
            "SELECT id, from_id, to_id, proposed_by, state, customers, proposed_at FROM handover
             ORDER BY state NOT IN ('proposed','accepted'), id DESC LIMIT ?1",
        )?
        .query_map([LISTED], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?, r.get(6)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (id, from, to, by, state, customers, at) in found {
        let (takes, gives) = people::sides(eyes.db, eyes.actor, from, to, eyes.now)?;
        if !takes && !gives && by != eyes.actor.id.0 {
            continue;
        }
        let mine = match state.as_str() {
            "proposed" => to == eyes.actor.id.0,
            "accepted" => ready(eyes, id)? && gives && to != eyes.actor.id.0,
            _ => false,
        };
        let customer = if customers == 1 { only(eyes, id)? } else { None };
        let due = is_open(&state).then(|| due(eyes.now.zone, at, days));
        rows.push(CaseRow {
            kind: CaseKind::HandOver,
            id,
            from: people::name(eyes.db, from)?,
            to: people::name(eyes.db, to)?,
            customer,
            customers,
            state,
            at,
            due,
            mine,
        });
    }
    rows.sort_by_key(|row| (!row.mine, !is_waiting(row), std::cmp::Reverse(row.at)));
    Ok(rows)
}

/// Whether a case still waits for somebody.
fn is_waiting(row: &CaseRow) -> bool {
    row.state == "open" || is_open(&row.state)
}

/// The disputes that concern whoever asks: the two, the arbiter, an administrator.
fn disputes(eyes: &Eyes) -> Result<Vec<CaseRow>, StoreError> {
    let me = eyes.actor.id.0;
    let admin = may(eyes.actor.role, Verb::Configure, Relation::Own);
    let mut query = eyes.db.prepare_cached(
        "SELECT d.id, c.name, h.name, d.state, d.opened_at, d.due_at, k.name, d.arbiter_id
         FROM dispute d JOIN person c ON c.id=d.claimant_id JOIN person h ON h.id=d.holder_id
         JOIN customer k ON k.id=d.customer_id
         WHERE ?2 OR ?1 IN (d.claimant_id,d.holder_id,d.arbiter_id) ORDER BY d.state<>'open', d.id DESC LIMIT ?3",
    )?;
    let rows = query.query_map((me, admin, LISTED), |r| {
        let state: String = r.get(3)?;
        Ok(CaseRow {
            kind: CaseKind::Dispute,
            id: r.get(0)?,
            from: r.get(1)?,
            to: r.get(2)?,
            customer: r.get(6)?,
            customers: 1,
            at: r.get(4)?,
            due: (state == "open").then_some(r.get(5)?),
            mine: state == "open" && r.get::<_, i64>(7)? == me,
            state,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn dispute(eyes: &Eyes, id: i64) -> Result<Option<DisputeCase>, StoreError> {
    let me = eyes.actor.id.0;
    let admin = may(eyes.actor.role, Verb::Configure, Relation::Own);
    let found = eyes
        .db
        .prepare_cached(
            "SELECT d.rev, k.code, k.name, c.name, h.name, a.name, d.reason, d.state, d.opened_at, d.due_at, o.name,
                    d.decision, d.customer_id, d.arbiter_id, d.claimant_id
             FROM dispute d JOIN person c ON c.id=d.claimant_id JOIN person h ON h.id=d.holder_id
             JOIN person a ON a.id=d.arbiter_id LEFT JOIN person o ON o.id=d.owner_id
             JOIN customer k ON k.id=d.customer_id
             WHERE d.id=?1 AND (?3 OR ?2 IN (d.claimant_id,d.holder_id,d.arbiter_id))",
        )?
        .query_row((id, me, admin), |r| {
            let case = DisputeCase {
                id,
                rev: r.get(0)?,
                code: r.get(1)?,
                customer: r.get(2)?,
                claimant: r.get(3)?,
                holder: r.get(4)?,
                arbiter: r.get(5)?,
                reason: r.get(6)?,
                state: r.get(7)?,
                opened_at: r.get(8)?,
                due_at: r.get(9)?,
                first: None,
                owner: r.get(10)?,
                decision: r.get(11)?,
                notes: Vec::new(),
                decides: admin || r.get::<_, i64>(13)? == me,
                began: admin || r.get::<_, i64>(14)? == me,
            };
            Ok((case, r.get::<_, i64>(12)?))
        })
        .optional()?;
    let Some((mut case, customer)) = found else { return Ok(None) };
    case.first = eyes
        .db
        .prepare_cached(
            "SELECT p.name, t.at, p.id FROM touch t JOIN person p ON p.id=t.person_id
             WHERE t.id BETWEEN ?1<<20 AND ((?1+1)<<20)-1 ORDER BY t.at, t.id LIMIT 1",
        )?
        .query_row([customer], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .optional()?;
    let mut query = eyes.db.prepare_cached(
        "SELECT p.name, n.at, n.text FROM dispute_note n JOIN person p ON p.id=n.by_id
         WHERE n.dispute_id=?1 ORDER BY n.id",
    )?;
    case.notes =
        query.query_map([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
    Ok(Some(case))
}

fn due(zone: Zone, at: i64, days: i64) -> i64 {
    let day = zone.day(crate::domain::clock::from_ms(at));
    let days = chrono::Days::new(u64::try_from(days).unwrap_or(0));
    zone.overdue_after(day.checked_add_days(days).unwrap_or(day), None).timestamp_millis()
}

/// Whether every entry of the checklist is ticked.
fn ready(eyes: &Eyes, id: i64) -> Result<bool, StoreError> {
    let open = "SELECT 1 FROM handover_item WHERE handover_id=?1 AND done_at IS NULL";
    Ok(!eyes.db.prepare_cached(open)?.exists([id])?)
}

fn only(eyes: &Eyes, id: i64) -> Result<Option<String>, StoreError> {
    Ok(eyes
        .db
        .prepare_cached(
            "SELECT c.name FROM handover_customer m JOIN customer c ON c.id=m.customer_id
             WHERE m.handover_id=?1 LIMIT 1",
        )?
        .query_row([id], |r| r.get(0))
        .optional()?)
}

/// One case; none where it is not there or does not concern whoever asks.
pub fn one(eyes: &mut Eyes, kind: CaseKind, id: i64) -> Result<Option<Case>, StoreError> {
    match kind {
        CaseKind::HandOver => Ok(hand_over(eyes, id)?.map(|case| Case::HandOver(Box::new(case)))),
        CaseKind::Dispute => Ok(dispute(eyes, id)?.map(|case| Case::Dispute(Box::new(case)))),
    }
}

fn hand_over(eyes: &mut Eyes, id: i64) -> Result<Option<HandOverCase>, StoreError> {
    let found = eyes
        .db
        .prepare_cached(
            "SELECT h.rev, h.from_id, h.to_id, h.what, h.reason, h.state, h.customers, h.proposed_by, h.proposed_at,
                    h.moved_at, a.name, c.name, h.note, p.name
             FROM handover h LEFT JOIN person a ON a.id=h.accepted_by LEFT JOIN person c ON c.id=h.confirmed_by
             JOIN person p ON p.id=h.proposed_by WHERE h.id=?1",
        )?
        .query_row([id], |r| {
            let case = HandOverCase {
                id,
                rev: r.get(0)?,
                from: String::new(),
                to: String::new(),
                what: r.get(3)?,
                reason: r.get(4)?,
                state: r.get(5)?,
                customers: r.get(6)?,
                proposed_by: r.get(13)?,
                proposed_at: r.get(8)?,
                moved_at: r.get(9)?,
                accepted_by: r.get(10)?,
                confirmed_by: r.get(11)?,
                note: r.get(12)?,
                items: Vec::new(),
                some: Vec::new(),
                takes: false,
                gives: false,
            };
            Ok((case, r.get::<_, i64>(1)?, r.get::<_, i64>(2)?, r.get::<_, i64>(7)?))
        })
        .optional()?;
    let Some((mut case, from, to, by)) = found else { return Ok(None) };
    (case.takes, case.gives) = people::sides(eyes.db, eyes.actor, from, to, eyes.now)?;
    if !case.takes && !case.gives && by != eyes.actor.id.0 {
        return Ok(None);
    }
    case.from = people::name(eyes.db, from)?;
    case.to = people::name(eyes.db, to)?;
    case.items = items(eyes, id)?;
    case.some = eyes
        .db
        .prepare_cached(
            "SELECT c.code, c.name FROM handover_customer m JOIN customer c ON c.id=m.customer_id
             WHERE m.handover_id=?1 ORDER BY m.customer_id LIMIT ?2",
        )?
        .query_map((id, NAMED), |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(case))
}

/// The checklist, each entry with what there is of it among the customers just now.
fn items(eyes: &mut Eyes, id: i64) -> Result<Vec<ItemRow>, StoreError> {
    let seen = sees_all_of(eyes, id)?;
    let (bare, tasks, complaints, cost, quiet): (i64, i64, i64, i64, i64) = eyes
        .db
        .prepare_cached(
            "SELECT coalesce(sum(f.phone IS NULL OR f.contact IS NULL),0), coalesce(sum(f.open_tasks),0),
                    coalesce(sum(f.complaints),0), coalesce(sum(f.cost_year),0), coalesce(sum(f.quiet),0)
             FROM handover_customer m JOIN facts f ON f.customer_id=m.customer_id WHERE m.handover_id=?1",
        )?
        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?;
    let coupons: i64 = eyes
        .db
        .prepare_cached(
            "SELECT count(*) FROM handover_customer m JOIN coupon k ON k.customer_id=m.customer_id
             WHERE m.handover_id=?1 AND k.used_on IS NULL AND k.valid_to>=?2",
        )?
        .query_row((id, eyes.now.today().to_string()), |r| r.get(0))?;
    let figure = |item: &str| match item {
        "profile" => Some(bare),
        "next" => Some(tasks),
        "complaints" => Some(complaints),
        "coupons" => Some(coupons),
        "budget" => seen.then_some(cost),
        "quiet" => Some(quiet),
        _ => None,
    };
    let mut query = eyes.db.prepare_cached(
        "SELECT i.id, i.rev, i.item, p.name FROM handover_item i LEFT JOIN person p ON p.id=i.done_by
         WHERE i.handover_id=?1 ORDER BY i.id",
    )?;
    let rows = query.query_map([id], |r| {
        let item: String = r.get(2)?;
        Ok(ItemRow { id: r.get(0)?, rev: r.get(1)?, figure: figure(&item), item, done_by: r.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether the actor sees amounts of every customer of a hand-over, and so their sum.
fn sees_all_of(eyes: &mut Eyes, id: i64) -> Result<bool, StoreError> {
    let owners: Vec<i64> = eyes
        .db
        .prepare_cached(
            "SELECT DISTINCT c.owner_id FROM handover_customer m JOIN customer c ON c.id=m.customer_id
             WHERE m.handover_id=?1",
        )?
        .query_map([id], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for owner in owners {
        // whoever shares single ones of them does not see the sum
        if !eyes.sees(0, owner)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The hand-overs that a customer went through, the newest first.
pub fn passages(eyes: &Eyes, customer: i64) -> Result<Vec<Passage>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT h.id, h.moved_at, f.name, t.name, h.reason, m.state='back'
         FROM handover_customer m JOIN handover h ON h.id=m.handover_id
         JOIN person f ON f.id=h.from_id JOIN person t ON t.id=h.to_id
         WHERE m.customer_id=?1 AND m.state IN ('moved','back') AND h.moved_at IS NOT NULL ORDER BY h.id DESC LIMIT 50",
    )?;
    let rows = query.query_map([customer], |r| {
        Ok(Passage {
            id: r.get(0)?,
            at: r.get(1)?,
            from: r.get(2)?,
            to: r.get(3)?,
            reason: r.get(4)?,
            back: r.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// The logins of those who have handed customers over to a person.
    pub fn givers(&self, actor: &Actor) -> Result<Vec<String>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT DISTINCT p.login FROM handover h JOIN person p ON p.id=h.from_id
             WHERE h.to_id=?1 AND h.moved_at IS NOT NULL AND h.state IN ('proposed','accepted','confirmed')",
        )?;
        Ok(query.query_map([actor.id.0], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether a person has this customer by a hand-over from that login, and still has it.
    pub fn was_handed(&self, actor: &Actor, from: &str, customer: i64) -> Result<bool, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT 1 FROM handover_customer m JOIN handover h ON h.id=m.handover_id
             JOIN person p ON p.id=h.from_id JOIN customer c ON c.id=m.customer_id
             WHERE m.customer_id=?1 AND m.state='moved' AND h.to_id=?2 AND p.login=?3 AND c.owner_id=?2",
        )?;
        Ok(query.exists((customer, actor.id.0, from))?)
    }
}

/// How much everybody who works here has to do; counted in indexes, not in the rows.
pub fn loads(eyes: &Eyes) -> Result<Vec<LoadRow>, StoreError> {
    let counts = |sql: &str, now: i64| -> Result<Vec<(i64, i64, i64)>, StoreError> {
        let mut query = eyes.db.prepare_cached(sql)?;
        let rows = query.query_map([now], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    let now = eyes.now.ms();
    let customers = counts(
        "SELECT owner_id, count(*), 0 FROM facts INDEXED BY facts_owner_code WHERE ?1=?1 GROUP BY owner_id",
        now,
    )?;
    let tasks = counts(
        "SELECT owner_id, count(*), sum(due_at<?1) FROM task INDEXED BY task_owner_open WHERE state='open' GROUP BY owner_id",
        now,
    )?;
    let complaints = counts(
        "SELECT handler_id, count(*), 0 FROM complaint WHERE state<>'resolved' AND handler_id IS NOT NULL AND ?1=?1
         GROUP BY handler_id",
        now,
    )?;
    let scheme = settings::get(eyes.db, "governing")?;
    let of = |list: &[(i64, i64, i64)], id: i64| {
        list.iter().find(|(person, ..)| *person == id).map_or((0, 0), |(_, n, late)| (*n, *late))
    };
    let people: Vec<(i64, String, String, bool, String, String)> = eyes
        .db
        .prepare_cached(
            "SELECT id, login, name, state='active', department, post, role FROM person ORDER BY id",
        )?
        .query_map([], |r| {
            // who only looks on takes nothing over
            let takes = r.get::<_, bool>(3)? && Role::from_id(&r.get::<_, String>(6)?).is_some_and(works);
            Ok((r.get(0)?, r.get(1)?, r.get(2)?, takes, r.get(4)?, r.get(5)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    people
        .into_iter()
        .filter(|(id, _, _, takes, ..)| *takes || of(&customers, *id).0 > 0)
        .map(|(id, login, name, takes, department, post)| {
            let range = eyes
                .db
                .prepare_cached(
                    "SELECT load_low, load_high FROM strategy WHERE scheme=?1 AND post=?2 AND post<>''
                     AND load_low IS NOT NULL AND load_high IS NOT NULL ORDER BY position LIMIT 1",
                )?
                .query_row((&scheme, &post), |r| Ok((r.get(0)?, r.get(1)?)))
                .optional()?;
            let (open, late) = of(&tasks, id);
            Ok(LoadRow {
                person: PersonId(id),
                customers: of(&customers, id).0,
                tasks: open,
                late,
                complaints: of(&complaints, id).0,
                range,
                login,
                name,
                active: takes,
                department,
                post,
            })
        })
        .collect()
}
