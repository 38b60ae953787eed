//! Figures made of the amounts of so few customers that they would tell them (I14): they leave the store masked for whoever
//! may not see those customers' amounts. Customers whose amounts one sees tell one nothing new, so they are counted beside the
//! company and taken off. Which groups then have to be masked, `domain/kpi/few` says.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rusqlite::{Connection, Params};

use super::{follow, span};
use crate::domain::kpi::{Covers, Figure, KPIS, SLOTS, hidden};
use crate::domain::people::Verb;
use crate::store::read::eyes::Eyes;
use crate::store::request::{KpiQuery, Kpis, StoreError};
use crate::store::settings;

/// Customers that are counted beside the company; of somebody who sees more, and does not see more, none are taken off.
const COUNTED: usize = 1_000;

/// Members of one group that are looked at one by one.
const LOOKED_AT: usize = 20_000;

/// How much of the company somebody sees.
enum Sight {
    /// All amounts.
    All,
    /// The amounts of these customers.
    Of(BTreeSet<i64>),
    /// The amounts of all but these.
    AllBut(BTreeSet<i64>),
    /// The amounts of many, and not those of many others.
    Part,
}

/// Takes the figures out of an answer that would tell the amounts of too few customers.
pub fn mask(eyes: &mut Eyes, kpis: &mut Kpis) -> Result<(), StoreError> {
    if eyes.sees_all() {
        return Ok(());
    }
    let least = settings::number(eyes.db, "few_customers")?;
    let sight = sight(eyes)?;
    let all = covers(kpis);
    let beside = match &sight {
        Sight::All => return Ok(()),
        Sight::Of(own) if plenty(&all, least + count(own.len())) => return Ok(()),
        Sight::Of(some) | Sight::AllBut(some) => {
            let query = KpiQuery { period: kpis.period, as_of: Some(kpis.as_of) };
            let span = span(eyes.db, eyes.now, query)?;
            follow::figures_of(eyes.db, &span, some)?
        }
        Sight::Part => Vec::new(),
    };
    for (at, all) in all.into_iter().enumerate() {
        let mut unseen = [[0; SLOTS]; 2];
        for (slot, whole) in all.into_iter().enumerate() {
            let counted = beside.get(slot).and_then(|figures| figures.get(at)?.covers).unwrap_or_default();
            let [now, before] = match &sight {
                Sight::AllBut(_) => counted,
                _ => [whole[0] - counted[0], whole[1] - counted[1]],
            };
            unseen.iter_mut().zip([now, before]).for_each(|(side, n)| {
                side.iter_mut().skip(slot).take(1).for_each(|unseen| *unseen = n);
            });
        }
        for (group, hides) in kpis.groups.iter_mut().zip(hidden(unseen, least)) {
            if let Some(row) = group.rows.get_mut(at).filter(|_| hides) {
                (row.figure, row.verdict) = (row.figure.masked(), None);
            }
        }
    }
    Ok(())
}

/// How many customers' amounts each figure is made of, in all groups; of one without amounts, and of an old one that does not
/// say it, none and one.
fn covers(kpis: &Kpis) -> Vec<[Covers; SLOTS]> {
    let of = |figure: &Figure, tells: bool| match figure.covers {
        Some(covers) => covers,
        // a baseline of an older program: whom it was made of, nobody knows any more
        None if tells && figure.value.is_some() => [1, 1],
        None => [0, 0],
    };
    let each = KPIS.iter().enumerate().map(|(at, kpi)| {
        let mut covers = [[0; 2]; SLOTS];
        for (slot, group) in covers.iter_mut().zip(&kpis.groups) {
            *slot = group.rows.get(at).map_or([0; 2], |row| of(&row.figure, kpi.tells_amounts()));
        }
        covers
    });
    each.collect()
}

/// Whether every group, and whoever is in none, has nobody or so many that there is nothing to look for.
fn plenty(all: &[[Covers; SLOTS]], enough: i64) -> bool {
    let many = |n: i64| n == 0 || n >= enough;
    all.iter().all(|slots| {
        let [whole, segments @ ..] = slots;
        let left = |side: usize| {
            let of = |covers: &Covers| covers.get(side).copied().unwrap_or_default();
            of(whole) - segments.iter().map(of).sum::<i64>()
        };
        slots.iter().flatten().all(|n| many(*n)) && many(left(0)) && many(left(1))
    })
}

fn sight(eyes: &mut Eyes) -> Result<Sight, StoreError> {
    if eyes.sees_all() {
        return Ok(Sight::All);
    }
    let Some((owners, _)) = eyes.owners_within(Verb::SeePrivate)? else { return Ok(Sight::All) };
    let owners = owners.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    let own = eyes.seen(COUNTED)?;
    // owner by owner: to look for whoever is somebody else's would read everybody
    let mut others = BTreeSet::new();
    let sql = format!("SELECT id FROM person WHERE id NOT IN ({owners})");
    for person in ids(eyes.db, &sql, [])? {
        let room = count(COUNTED + 1 - others.len());
        others.extend(ids(
            eyes.db,
            "SELECT customer_id FROM facts WHERE owner_id=?1 LIMIT ?2",
            (person, room),
        )?);
    }
    // of whom there are too many to be read, not all are here: without those shared they are no fewer
    if others.len() > COUNTED {
        return Ok(own.map_or(Sight::Part, Sight::Of));
    }
    let mut unseen = BTreeSet::new();
    for customer in others {
        if !eyes.shares(customer)? {
            unseen.insert(customer);
        }
    }
    Ok(match own {
        _ if unseen.is_empty() => Sight::All,
        Some(own) => Sight::Of(own),
        None => Sight::AllBut(unseen),
    })
}

fn ids(db: &Connection, sql: &str, of: impl Params) -> Result<BTreeSet<i64>, StoreError> {
    let mut query = db.prepare_cached(sql)?;
    let rows = query.query_map(of, |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Whether an amount over a group of so many customers would tell those of too few; who they are is asked where it might.
pub fn tells(
    eyes: &mut Eyes,
    customers: usize,
    who: impl FnOnce(&Connection) -> Result<Vec<(i64, bool)>, StoreError>,
) -> Result<bool, StoreError> {
    let least = settings::number(eyes.db, "few_customers")?;
    match sight(eyes)? {
        Sight::All => return Ok(false),
        Sight::Of(own) if count(customers) >= least.saturating_add(count(own.len())) => return Ok(false),
        Sight::AllBut(others) => {
            let unseen =
                count(who(eyes.db)?.iter().filter(|(customer, _)| others.contains(customer)).count());
            return Ok(0 < unseen && unseen < least);
        }
        Sight::Of(_) | Sight::Part => {}
    }
    let mut unseen = 0;
    for (looked_at, (customer, _)) in who(eyes.db)?.into_iter().enumerate() {
        unseen += i64::from(!eyes.sees_customer(customer)?);
        if unseen >= least {
            return Ok(false);
        }
        // so many of one's own, and not decided yet: it stays masked
        if looked_at >= LOOKED_AT {
            return Ok(true);
        }
    }
    Ok(unseen > 0)
}

/// Which of some spans, the last day of each exclusive, would tell the amounts of too few customers by what was bought in them.
pub fn tells_revenue(eyes: &mut Eyes, spans: &[(NaiveDate, NaiveDate)]) -> Result<Vec<bool>, StoreError> {
    let others = match sight(eyes)? {
        Sight::All => return Ok(vec![false; spans.len()]),
        Sight::AllBut(others) => Some(others),
        Sight::Of(_) | Sight::Part => None,
    };
    let least = settings::number(eyes.db, "few_customers")?;
    let tells = spans.iter().map(|(from, until)| {
        let span = [from.to_string(), until.to_string()];
        let unseen = match &others {
            Some(others) => bought(eyes.db, others, &span, least)?,
            None => unseen(eyes, &span, least)?,
        };
        Ok(0 < unseen && unseen < least)
    });
    tells.collect()
}

/// Whether a customer bought in a span.
const BOUGHT: &str =
    "SELECT EXISTS(SELECT 1 FROM orders WHERE customer_id=?1 AND ordered_on>=?2 AND ordered_on<?3
                         AND status='paid' AND amount_fen<>0)
             OR EXISTS(SELECT 1 FROM refund WHERE customer_id=?1 AND refunded_on>=?2 AND refunded_on<?3
                         AND order_id IS NULL)";

/// How many of some customers bought in a span; no more than `least` are counted.
fn bought(
    db: &Connection,
    of: &BTreeSet<i64>,
    [from, until]: &[String; 2],
    least: i64,
) -> Result<i64, StoreError> {
    let mut query = db.prepare_cached(BOUGHT)?;
    let mut found = 0;
    for customer in of {
        found += i64::from(query.query_row((customer, from, until), |r| r.get::<_, bool>(0))?);
        if found >= least {
            break;
        }
    }
    Ok(found)
}

/// How many of those who bought in a span are not seen; no more than `least` are counted.
fn unseen(eyes: &mut Eyes, [from, until]: &[String; 2], least: i64) -> Result<i64, StoreError> {
    // one by one, so that nobody has to be looked at any more once there are enough
    let mut query = eyes.db.prepare_cached(
        "SELECT customer_id FROM orders WHERE ordered_on>=?1 AND ordered_on<?2 AND status='paid' AND amount_fen<>0
         UNION ALL SELECT customer_id FROM refund WHERE refunded_on>=?1 AND refunded_on<?2 AND order_id IS NULL",
    )?;
    let mut rows = query.query((from, until))?;
    let (mut looked_at, mut unseen) = (BTreeSet::new(), 0);
    while let Some(row) = rows.next()? {
        let customer: i64 = row.get(0)?;
        if looked_at.insert(customer) && !eyes.sees_customer(customer)? {
            unseen += 1;
            if unseen >= least {
                break;
            }
        }
    }
    Ok(unseen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::{Now, Zone};
    use crate::domain::people::{Actor, Via};
    use crate::store::Store;

    /// An account manager with 1,001 customers, and so many of somebody else, of whom the first is shared with them.
    fn company(others: i64) -> (Store, Actor, Now) {
        let mut store = Store::memory().unwrap();
        let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() };
        store.personal("wang", "王敏", now).unwrap();
        let sql = format!(
            "PRAGMA foreign_keys=OFF;
             INSERT INTO person(id,login,name,role,department,created_at)
               VALUES(11,'me','本人','rep','sales',0), (12,'far','周强','rep','service',0);
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1001)
               INSERT INTO facts(customer_id,owner_id,code,name_key) SELECT i,11,'C'||i,'' FROM n;
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<{others})
               INSERT INTO facts(customer_id,owner_id,code,name_key) SELECT 5000+i,12,'F'||i,'' FROM n;
             INSERT INTO customer_share(customer_id,person_id,at) VALUES(5001,11,0)"
        );
        store.db.execute_batch(&sql).unwrap();
        let actor = store.actor("me", Via::Screen, "one").unwrap().unwrap();
        (store, actor, now)
    }

    #[test]
    fn of_more_others_than_are_read_those_shared_do_not_make_all() {
        let seen = |others| {
            let (store, actor, now) = company(others);
            match sight(&mut Eyes::new(&store.db, &actor, now)).unwrap() {
                Sight::AllBut(others) => Some(others.len()),
                Sight::Part => None,
                Sight::All | Sight::Of(_) => panic!("more than are counted, and not all"),
            }
        };
        assert_eq!(seen(1_000), Some(999));
        assert_eq!(seen(1_001), None, "1,002 and more are read as 1,001 too");
    }

    #[test]
    fn i14_in_a_large_group_the_few_who_are_not_seen_are_counted() {
        let (store, actor, now) = company(900);
        let mut eyes = Eyes::new(&store.db, &actor, now);
        let mut told = |unseen: i64| {
            let who: Vec<_> = (1..=1_001).chain(5_002..5_002 + unseen).map(|id| (id, true)).collect();
            tells(&mut eyes, 5_000, |_| Ok(who)).unwrap()
        };
        assert_eq!([0, 1, 2, 3].map(&mut told), [false, true, true, false]);
    }

    #[test]
    fn what_those_not_seen_bought_is_looked_up_by_customer() {
        let (store, ..) = company(2);
        let mut query = store.db.prepare(&format!("EXPLAIN QUERY PLAN {BOUGHT}")).unwrap();
        let plan: Vec<String> = query
            .query_map((1, "2024-05-01", "2024-06-01"), |r| r.get(3))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let plan = plan.join("\n");
        assert!(plan.contains("orders_customer (customer_id=? AND ordered_on>?"), "{plan}");
        assert!(!plan.contains("SCAN refund") && !plan.contains("SCAN orders"), "{plan}");
    }
}
