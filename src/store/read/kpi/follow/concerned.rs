//! Whom figures concern anew: customers of rows that have changed since, customers that changed their class, and those of
//! whom time alone tells more, because a window has closed or something written down ahead has come. One customer too many
//! does no harm (what it counted is taken off and put on again); one too few would.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::aside::BY_CUSTOMER;
use crate::domain::kpi::{DAY, Span, ahead, back};
use crate::store::request::StoreError;

/// Changed rows that are looked through.
const ROWS: i64 = 10_000;

/// Since when, and how many customers are looked at at most.
pub struct Since<'a> {
    /// The span as it was counted, and as it is asked about.
    pub then: &'a Span,
    /// The same now.
    pub now: &'a Span,
    /// The last change that was seen.
    pub seen: i64,
    /// The last move between classes that was seen.
    pub moves: i64,
    /// With more customers, everybody is to be counted.
    pub most: usize,
}

/// The customers that are to be counted again; none where everybody is.
pub fn customers(db: &Connection, since: &Since<'_>) -> Result<Option<BTreeSet<i64>>, StoreError> {
    let mut found = BTreeSet::new();
    if !changed(db, since, &mut found)? || !moved(db, since, &mut found)? || !timed(db, since, &mut found)? {
        return Ok(None);
    }
    // whoever refers somebody counts by the record of that somebody
    let mut query = db.prepare_cached("SELECT id FROM customer WHERE referrer_id=?1 AND created_at>=?2")?;
    for customer in found.clone() {
        let referred = query.query_map((customer, since.now.start()), |r| r.get::<_, i64>(0))?;
        for id in referred {
            found.insert(id?);
        }
    }
    Ok((found.len() <= since.most).then_some(found))
}

/// The same customers, so many at once at most; whoever was referred stays with the referrer, who counts by that record.
pub fn in_groups(
    db: &Connection,
    customers: &BTreeSet<i64>,
    most: usize,
) -> Result<Vec<BTreeSet<i64>>, StoreError> {
    let mut query = db.prepare_cached("SELECT referrer_id FROM customer WHERE id=?1")?;
    let mut families: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for customer in customers {
        let mut way = Vec::new();
        let mut first = *customer;
        while !way.contains(&first) {
            way.push(first);
            let by: Option<Option<i64>> = query.query_row([first], |r| r.get(0)).optional()?;
            let Some(by) = by.flatten().filter(|by| customers.contains(by)) else { break };
            first = by;
        }
        // of those who name each other in a ring, the first by number
        if way.last() != Some(&first) {
            first = way.into_iter().skip_while(|seen| *seen != first).min().unwrap_or(first);
        }
        families.entry(first).or_default().push(*customer);
    }
    let mut groups: Vec<BTreeSet<i64>> = Vec::new();
    for family in families.into_values() {
        match groups.last_mut().filter(|group| group.len() + family.len() <= most) {
            Some(group) => group.extend(family),
            None => groups.push(family.into_iter().collect()),
        }
    }
    Ok(groups)
}

/// Customers of changed rows; false where that cannot be told, or of too many.
fn changed(db: &Connection, since: &Since<'_>, found: &mut BTreeSet<i64>) -> Result<bool, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT r.tbl, r.row_id, r.before, r.after, c.verb='erase' FROM change_row r JOIN change c ON c.id=r.change_id
         WHERE r.change_id>?1 ORDER BY r.change_id LIMIT ?2",
    )?;
    let mut rows = query.query((since.seen, ROWS + 1))?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        let erased: bool = row.get(4)?;
        if count > ROWS || found.len() > since.most || erased {
            return Ok(false);
        }
        let tbl: String = row.get(0)?;
        if tbl != "customer" && !BY_CUSTOMER.contains(&tbl.as_str()) {
            continue;
        }
        let id: i64 = row.get(1)?;
        let image = |at: usize| -> rusqlite::Result<Option<Value>> {
            let text: Option<String> = row.get(at)?;
            Ok(text.and_then(|t| serde_json::from_str(&t).ok()))
        };
        let (before, after) = (image(2)?, image(3)?);
        // in which class somebody was who is gone, nobody kept; and of a row that has gone over from one customer to another,
        // as by an undo of a merge, each would be counted without the other
        let of = |image: &Option<Value>| image.as_ref()?.get("customer_id")?.as_i64();
        let over = of(&before).zip(of(&after)).is_some_and(|(was, is)| was != is);
        if over || tbl == "customer" && after.is_none() {
            return Ok(false);
        }
        let column = if tbl == "customer" { "referrer_id" } else { "customer_id" };
        let named = [&before, &after].into_iter().flatten().filter_map(|image| image.get(column)?.as_i64());
        found.extend(named);
        match tbl.as_str() {
            "customer" => {
                found.insert(id);
            }
            "touch" => {
                found.insert(id >> 20);
            }
            other => match whose(db, other, id)? {
                Some(customer) => {
                    found.insert(customer);
                }
                // a row that came and went names its customer; one that does not, nobody knows
                None if before.is_none() && after.is_none() => return Ok(false),
                None => {}
            },
        }
    }
    Ok(true)
}

/// The customer of a row as it is.
fn whose(db: &Connection, tbl: &str, id: i64) -> Result<Option<i64>, StoreError> {
    let sql = format!("SELECT customer_id FROM {tbl} WHERE id=?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], |r| r.get(0)).optional()?)
}

/// Customers who moved to another segment since.
fn moved(db: &Connection, since: &Since<'_>, found: &mut BTreeSet<i64>) -> Result<bool, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT customer_id FROM class_move WHERE id>?1 AND scheme='segment' ORDER BY id LIMIT ?2",
    )?;
    let most = i64::try_from(since.most).unwrap_or(i64::MAX);
    let ids = query.query_map((since.moves, most + 1), |r| r.get::<_, i64>(0))?;
    let before = found.len();
    for id in ids {
        found.insert(id?);
    }
    Ok(found.len() - before <= since.most)
}

/// Of whom time alone tells more. `:a` and `:n` are the instants of knowledge then and now, `:da` and `:dn` their days, `:oa`
/// and `:on` the first days that were not over, `:start` and `:end` the period's instants, `:before` the first of the one
/// before, `:answers` the first that no answer counts from on, `:rd` and `:cd` how long a response and an order may take.
const BY_TIME: &[&str] = &[
    "SELECT id>>20 FROM touch WHERE at>:a AND at<=:n AND at>=:start AND at<:answers",
    "SELECT id>>20 FROM touch WHERE at>:a-:rd AND at<=:n-:rd AND at>=:start AND at<:end",
    "SELECT id>>20 FROM touch WHERE at>:a-:cd AND at<=:n-:cd AND at>=:start AND at<:end",
    "SELECT id>>20 FROM touch WHERE at>:a-86400000 AND at<=:n-86400000 AND at>=:start AND at<:end",
    "SELECT customer_id FROM complaint WHERE opened_at>=:before AND opened_at<:end AND (
       opened_at>:a AND opened_at<=:n OR opened_at>:a-86400000 AND opened_at<=:n-86400000
       OR opened_at>:a-172800000 AND opened_at<=:n-172800000
       OR responded_at>:a AND responded_at<=:n OR solved_at>:a AND solved_at<=:n)",
    "SELECT customer_id FROM request WHERE asked_at>=:before AND asked_at<:end
       AND (asked_at>:a AND asked_at<=:n OR answered_at>:a AND answered_at<=:n)",
    "SELECT customer_id FROM customer_event WHERE happened_at>:a AND happened_at<=:n",
    "SELECT customer_id FROM customer_event WHERE happened_at>:a-86400000 AND happened_at<=:n-86400000",
    "SELECT id FROM customer WHERE created_at>:a AND created_at<=:n",
    "SELECT referrer_id FROM customer WHERE created_at>:a AND created_at<=:n AND referrer_id IS NOT NULL",
    "SELECT id FROM customer WHERE checked_at>:a AND checked_at<=:n",
    "SELECT customer_id FROM task WHERE due_at>:a AND due_at<=:n",
    "SELECT customer_id FROM class_move INDEXED BY class_move_at WHERE at>:a AND at<=:n+1 AND scheme='segment'",
    "SELECT customer_id FROM orders WHERE ordered_on>=date(:da,'-1 day') AND ordered_on<=:dn AND (
       ordered_at>:a AND ordered_at<=:n OR ordered_at>:a-86400000 AND ordered_at<=:n-86400000
       OR ordered_at IS NULL AND (ordered_on>:da OR ordered_on>=date(:oa,'-1 day') AND ordered_on<date(:on,'-1 day')))",
    "SELECT customer_id FROM refund WHERE refunded_on>=:da AND refunded_on<=:dn
       AND (refunded_on>:da OR refunded_at>:a AND refunded_at<=:n)",
    "SELECT customer_id FROM survey WHERE answered_on>=:da AND answered_on<=:dn
       AND (answered_on>:da OR answered_at>:a AND answered_at<=:n)",
    "SELECT customer_id FROM activation WHERE started_on>=:da AND started_on<=:dn
       AND (started_on>:da OR started_at>:a AND started_at<=:n)",
    // thirty days (P27); without an hour to the end of the last of them
    "SELECT customer_id FROM activation WHERE started_on>=date(:da,'-31 days') AND started_on<=date(:dn,'-29 days') AND (
       started_at>:a-2592000000 AND started_at<=:n-2592000000
       OR started_at IS NULL AND started_on>=date(:oa,'-30 days') AND started_on<date(:on,'-30 days'))",
    "SELECT customer_id FROM contract WHERE expires_on>=date(:da,'-30 days') AND expires_on<date(:dn,'-30 days')",
    "SELECT customer_id FROM contract WHERE renewed_on>:da AND renewed_on<=:dn",
    "SELECT customer_id FROM expense WHERE spent_on>:da AND spent_on<=:dn AND customer_id IS NOT NULL",
    "SELECT customer_id FROM coupon WHERE used_on>:da AND used_on<=:dn",
    "SELECT customer_id FROM referral WHERE given_on>:da AND given_on<=:dn",
    "SELECT customer_id FROM quote WHERE quoted_on>:da AND quoted_on<=:dn",
];

/// Gathers whom time concerns; false where they are too many.
fn timed(db: &Connection, since: &Since<'_>, found: &mut BTreeSet<i64>) -> Result<bool, StoreError> {
    let (then, now) = (since.then, since.now);
    let days = |days: u64| Cell::Integer(days.cast_signed() * DAY);
    let day = |day: chrono::NaiveDate| Cell::Text(day.to_string());
    let answers = ahead(now.period.until, now.rules.response_days + 1);
    let values = [
        (":a", Cell::Integer(then.as_of)),
        (":n", Cell::Integer(now.as_of)),
        (":da", day(then.as_of_day())),
        (":dn", day(now.as_of_day())),
        (":oa", day(then.day(then.as_of + 1))),
        (":on", day(now.day(now.as_of + 1))),
        (":start", Cell::Integer(now.start())),
        (":end", Cell::Integer(now.end())),
        (":before", Cell::Integer(now.before_start())),
        (":answers", Cell::Integer(now.zone.start(answers).timestamp_millis())),
        (":rd", days(now.rules.response_days)),
        (":cd", days(now.rules.conversion_days)),
    ];
    if then.as_of_day() < back(now.as_of_day(), LONGEST) {
        return Ok(false);
    }
    for sql in BY_TIME {
        let mut query = db.prepare_cached(sql)?;
        for (name, value) in &values {
            if let Some(at) = query.parameter_index(name)? {
                query.raw_bind_parameter(at, value)?;
            }
        }
        let mut rows = query.raw_query();
        while let Some(row) = rows.next()? {
            found.insert(row.get(0)?);
            if found.len() > since.most {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Days after which kept figures are too old to be followed.
const LONGEST: u64 = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::{Now, Zone};
    use crate::domain::kpi::Period;
    use crate::store::open;
    use crate::store::read::kpi::span;
    use crate::store::request::KpiQuery;

    #[test]
    fn p27_an_activation_concerns_at_the_instant_at_which_its_thirty_days_end_and_not_before_or_after() {
        let db = open::memory().unwrap();
        db.execute_batch("PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON").unwrap();
        let now = Now { at: "2024-05-20T02:00:00Z".parse().unwrap(), zone: Zone::default() };
        let query = KpiQuery { period: Period::read("2024-05").unwrap(), as_of: None };
        let now = span(&db, now, query).unwrap();
        let then = Span { as_of: now.as_of - 60_000, ..now };
        let began = |at: i64| at - 30 * DAY;
        for (customer, at) in [
            (1, Some(began(now.as_of))),
            (2, Some(began(now.as_of) + 1)),
            (3, Some(began(then.as_of))),
            (4, Some(began(then.as_of) + 1)),
            // without an hour the last day counts to its end
            (5, None),
        ] {
            db.execute(
                "INSERT INTO activation(customer_id,started_on,due_on,started_at) VALUES(?1,'2024-04-20','2024-05-20',?2)",
                (customer, at),
            )
            .unwrap();
        }
        let since = Since { then: &then, now: &now, seen: 0, moves: 0, most: 100 };
        assert_eq!(customers(&db, &since).unwrap().unwrap(), BTreeSet::from([1, 4]));
        let night = Span { as_of: now.zone.end(now.as_of_day()).timestamp_millis() - 1, ..now };
        let since = Since { now: &night, ..since };
        assert_eq!(customers(&db, &since).unwrap().unwrap(), BTreeSet::from([1, 2, 4, 5]));
    }

    #[test]
    fn groups_hold_everybody_once_and_keep_whoever_was_referred_with_the_referrer() {
        let db = open::memory().unwrap();
        db.execute_batch("PRAGMA foreign_keys=OFF").unwrap();
        // 1 refers 4, who refers 9; 2 refers 8; 7 is referred by somebody who is not concerned
        for (id, by) in
            [(1, None), (2, None), (3, None), (4, Some(1)), (7, Some(5)), (8, Some(2)), (9, Some(4))]
        {
            db.execute(
                "INSERT INTO customer(id,code,name,owner_id,created_at,referrer_id) VALUES(?1,?1,?1,1,0,?2)",
                (id, by),
            )
            .unwrap();
        }
        let customers = BTreeSet::from([1, 2, 3, 4, 7, 8, 9]);
        let groups = in_groups(&db, &customers, 3).unwrap();
        let told: Vec<Vec<i64>> = groups.iter().map(|g| g.iter().copied().collect()).collect();
        assert_eq!(told, [vec![1, 4, 9], vec![2, 3, 8], vec![7]]);
        // a family that is too large alone stays together all the same
        assert_eq!(in_groups(&db, &BTreeSet::from([1, 4, 9]), 2).unwrap(), [BTreeSet::from([1, 4, 9])]);
        // and so do two who name each other, with whom they referred besides
        db.execute_batch("UPDATE customer SET referrer_id=5-id, rev=rev+1 WHERE id IN (2,3)").unwrap();
        assert_eq!(in_groups(&db, &BTreeSet::from([2, 3, 8]), 1).unwrap(), [BTreeSet::from([2, 3, 8])]);
        // whoever names themselves is alone
        db.execute_batch("UPDATE customer SET referrer_id=1, rev=rev+1 WHERE id=1").unwrap();
        let alone = in_groups(&db, &BTreeSet::from([1, 2]), 1).unwrap();
        assert_eq!(alone, [BTreeSet::from([1]), BTreeSet::from([2])]);
    }
}
