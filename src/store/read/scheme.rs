//! Schemes with their versions, why a customer stands where it stands, and what other rules would move. Amounts behind a
//! decision are masked like all amounts; whether a condition holds is not, since the class says it anyway.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

use super::eyes::Eyes;
use crate::domain::clock::from_ms;
use crate::domain::scheme::metric::tells_amounts;
use crate::domain::scheme::why::{Account, account};
use crate::domain::scheme::{ClassWord, Classes, RULED, SHIPPED, Scheme};
use crate::store::facts::{reclass, standing};
use crate::store::request::{
    Average, ClassMove, Move, Moves, Proposal, SchemeRow, SchemeVersion, StoreError, Why,
};
use crate::store::scheme::Classing;
use crate::store::scheme::proved;
use crate::store::standing::undone;

/// Customers on whom rules are tried between two looks at the next question.
const TRIED: usize = 20_000;
/// Customers of a move that are named, and among how many of them they are looked for.
const NAMED: usize = 3;
const LOOKED_AT: i64 = 200;
/// Moves of a customer that are told.
const EARLIER: i64 = 20;

/// Every scheme in force with its versions.
pub fn schemes(eyes: &Eyes<'_>) -> Result<Vec<SchemeRow>, StoreError> {
    let classing = Classing::load(eyes.db)?;
    let mut out = Vec::new();
    for (scheme, _) in classing.book.all() {
        let mut query = eyes.db.prepare_cached(
            "SELECT v.version, v.at, p.name, v.reason, v.text FROM scheme_version v JOIN person p ON p.id=v.person_id
             WHERE v.scheme=?1 ORDER BY v.version DESC",
        )?;
        let mut versions: Vec<SchemeVersion> = query
            .query_map([&scheme.id], |r| {
                Ok(SchemeVersion {
                    version: r.get(0)?,
                    at: r.get(1)?,
                    by: r.get(2)?,
                    reason: r.get(3)?,
                    text: r.get(4)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let shipped = SHIPPED.iter().find(|(id, _)| *id == scheme.id).map_or("", |(_, text)| text);
        versions.push(SchemeVersion {
            version: 1,
            at: None,
            by: None,
            reason: None,
            text: shipped.to_owned(),
        });
        let proposals = proposals(eyes, &scheme.id)?;
        let words = scheme.classes.iter().chain(&scheme.none);
        out.push(SchemeRow {
            scheme: scheme.id.clone(),
            en: scheme.en.clone(),
            zh: scheme.zh.clone(),
            by_hand: scheme.by_hand,
            classes: words.map(|c| [c.id.clone(), c.en.clone(), c.zh.clone()]).collect(),
            versions,
            proposals,
        });
    }
    Ok(out)
}

/// What is proposed in place of a scheme, the newest first.
fn proposals(eyes: &Eyes<'_>, scheme: &str) -> Result<Vec<Proposal>, StoreError> {
    let mut query = eyes.db.prepare_cached(
        "SELECT s.id, s.rev, p.name, s.at, s.reason, s.text, s.person_id FROM scheme_proposal s JOIN person p ON p.id=s.person_id
         WHERE s.scheme=?1 ORDER BY s.at DESC, s.id DESC",
    )?;
    let rows = query.query_map([scheme], |r| {
        Ok(Proposal {
            id: r.get(0)?,
            rev: r.get(1)?,
            by: r.get(2)?,
            at: r.get(3)?,
            reason: r.get(4)?,
            text: r.get(5)?,
            by_me: r.get::<_, i64>(6)? == eyes.actor.id.0,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The classes of the schemes in force with their words, which are the company's own to choose.
pub fn classes(eyes: &Eyes<'_>) -> Result<Vec<ClassWord>, StoreError> {
    let classing = Classing::load(eyes.db)?;
    let of = |scheme: &Scheme| -> Vec<ClassWord> {
        let each = scheme.classes.iter();
        each.map(|c| ClassWord {
            scheme: scheme.id.clone(),
            id: c.id.clone(),
            en: c.en.clone(),
            zh: c.zh.clone(),
        })
        .collect()
    };
    Ok(classing.book.all().flat_map(|(scheme, _)| of(scheme)).collect())
}

/// In which of the schemes with rules, from which class, to which.
type Kind = (usize, Option<String>, Option<String>);

/// What a text would move if it were applied; nothing is written.
pub fn preview(eyes: &mut Eyes<'_>, text: &str) -> Result<Moves, StoreError> {
    let scheme = proved(eyes.db, text)?;
    let last: Option<i64> = eyes
        .db
        .prepare_cached("SELECT max(version) FROM scheme_version WHERE scheme=?1")?
        .query_row([&scheme.id], |r| r.get(0))?;
    let mut moves = Moves { scheme: scheme.id.clone(), version: last.unwrap_or(1) + 1, ..Moves::default() };
    let classing = Classing::load(eyes.db)?.with(Arc::new(scheme), moves.version);
    let mut tally: BTreeMap<Kind, (i64, Vec<i64>)> = BTreeMap::new();
    let mut after = 0;
    loop {
        let slice = reclass::slice(eyes.db, &classing, eyes.now, after, TRIED)?;
        let Some(last) = slice.last else { break };
        moves.customers += slice.seen;
        for mover in slice.movers {
            let mut any = false;
            for (place, scheme) in RULED.iter().enumerate() {
                let (was, becomes) = (mover.was.get(*scheme), mover.becomes.get(*scheme));
                if was != becomes {
                    let (count, some) = tally.entry((place, was.cloned(), becomes.cloned())).or_default();
                    *count += 1;
                    if some.len() < NAMED && *count <= LOOKED_AT && eyes.sees_customer(mover.id)? {
                        some.push(mover.id);
                    }
                    any = true;
                }
            }
            moves.moved += i64::from(any);
        }
        after = last;
    }
    for ((place, was, became), (customers, ids)) in tally {
        let Some(scheme) = RULED.get(place).map(|id| (*id).to_owned()) else { continue };
        let some = ids.iter().map(|id| name(eyes.db, *id)).collect::<Result<_, _>>()?;
        moves.moves.push(Move { scheme, was, became, customers, some });
    }
    let own = moves.scheme.clone();
    moves.moves.sort_by_key(|m| (m.scheme != own, std::cmp::Reverse(m.customers)));
    Ok(moves)
}

fn name(db: &Connection, customer: i64) -> rusqlite::Result<String> {
    db.prepare_cached("SELECT name FROM customer WHERE id=?1")?.query_row([customer], |r| r.get(0))
}

/// Why a customer stands where it stands, in one scheme or in all.
pub fn why(eyes: &mut Eyes<'_>, customer: i64, scheme: Option<&str>) -> Result<Vec<Why>, StoreError> {
    let today = eyes.now.today();
    let classing = Classing::load(eyes.db)?;
    let sql = format!(
        "SELECT {}, f.owner_id, f.last_two_way FROM facts f WHERE f.customer_id=?1",
        standing::COLUMNS
    );
    let found = eyes
        .db
        .prepare_cached(&sql)?
        .query_row([customer], |r| {
            let kept = standing::read(r, &classing, today)?;
            Ok((kept, r.get::<_, Option<String>>(1)?, r.get::<_, i64>(23)?, r.get::<_, Option<i64>>(24)?))
        })
        .optional()?;
    let Some((kept, industry, owner, two_way)) = found else { return Ok(Vec::new()) };
    let seen = eyes.sees(customer, owner)?;
    let fixed = standing::fixed(eyes.db, customer, true)?;
    let ids: Vec<String> = classing.book.all().map(|(s, _)| s.id.clone()).collect();
    let two_way = two_way.map(|ms| eyes.now.zone.day(from_ms(ms)));
    let mut out = Vec::new();
    for id in ids.iter().filter(|id| scheme.is_none_or(|s| s == *id)) {
        let Some(account) = account(&classing.book, id, &kept.standing, &fixed, today) else { continue };
        out.push(one(eyes, customer, account, &fixed)?);
        let Some(why) = out.last_mut() else { continue };
        let used: Vec<String> = metrics(&why.account);
        why.average = used.iter().any(|m| m == "share").then(|| classing.source(industry.as_deref(), today));
        why.facts = used
            .into_iter()
            .map(|m| {
                let rests = rests(&m, &kept, two_way);
                (m, rests)
            })
            .collect();
        if !seen {
            mask(why);
        }
    }
    Ok(out)
}

fn one(eyes: &Eyes<'_>, customer: i64, account: Account, fixed: &Classes) -> Result<Why, StoreError> {
    type Set = (String, Option<String>, Option<String>, i64);
    let set: Option<Set> = eyes
        .db
        .prepare_cached(
            "SELECT c.how, p.name, c.reason, c.since FROM class c LEFT JOIN person p ON p.id=c.by_id
             WHERE c.customer_id=?1 AND c.scheme=?2 AND c.how<>'rule'",
        )?
        .query_row((customer, &account.scheme), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .optional()?;
    let earlier = earlier(eyes.db, customer, &account.scheme)?;
    let version: Option<(String, i64)> = eyes
        .db
        .prepare_cached(
            "SELECT p.name, v.at FROM scheme_version v JOIN person p ON p.id=v.person_id WHERE v.scheme=?1 AND v.version=?2",
        )?
        .query_row((&account.scheme, account.version), |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let class = fixed.get(&account.scheme).or(account.by_rule.as_ref()).cloned();
    let by_hand = fixed.contains_key(&account.scheme);
    let (how, by, reason, since) = match set {
        Some((how, by, reason, since)) => (Some(how), by, reason, Some(since)),
        None if by_hand => (Some("hand".to_owned()), None, None, None),
        None => (class.as_ref().map(|_| "rule".to_owned()), None, None, earlier.first().map(|m| m.at)),
    };
    let (version_by, version_at) = version.unzip();
    Ok(Why {
        class,
        how,
        by,
        reason,
        since,
        account,
        facts: Vec::new(),
        average: None,
        earlier,
        version_by,
        version_at,
    })
}

/// The last moves of a customer in a scheme, the newest first, each with what did it.
fn earlier(db: &Connection, customer: i64, scheme: &str) -> Result<Vec<ClassMove>, StoreError> {
    let mut moves: Vec<ClassMove> = db
        .prepare_cached(
            "SELECT was, became, at, how FROM class_move WHERE customer_id=?1 AND scheme=?2 ORDER BY id DESC LIMIT ?3",
        )?
        .query_map((customer, scheme, EARLIER), |r| {
            Ok(ClassMove { was: r.get(0)?, became: r.get(1)?, at: r.get(2)?, how: r.get(3)?, undone: false })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let instants: Vec<i64> = moves.iter().map(|m| m.at).collect();
    for (place, one) in moves.iter_mut().enumerate() {
        // changes of one instant stand in the order of their moves
        let later = instants.iter().take(place).filter(|at| **at == one.at).count();
        let Some((change, how)) = cause(db, (customer, scheme), one, later)? else { continue };
        one.undone = undone(db, change)?;
        one.how = how;
    }
    Ok(moves)
}

/// The change that moved a customer in a scheme, as far as one did and not time alone, and what that was; so many of the instant
/// came later. A batch of a file concerns no customer alone and is known by the row of the class, as long as that stands.
fn cause(
    db: &Connection,
    (customer, scheme): (i64, &str),
    moved: &ClassMove,
    later: usize,
) -> Result<Option<(i64, String)>, StoreError> {
    let found = db
        .prepare_cached(
            // by the customer: all batches of an import carry one instant
            "SELECT c.id, c.undo_of IS NOT NULL AND c.verb='undo', EXISTS(SELECT 1 FROM change_row r WHERE r.change_id=c.id AND r.tbl='survey'),
               c.via='import'
             FROM change c NOT INDEXED WHERE c.at=?1 AND c.id IN (
               SELECT u.id FROM change u INDEXED BY change_customer WHERE u.customer_id=?2 AND u.at=?1
               UNION SELECT r.change_id FROM class k JOIN change_row r INDEXED BY change_row_row ON r.tbl='class' AND r.row_id=k.id
                 WHERE k.customer_id=?2 AND k.scheme=?4)
             ORDER BY EXISTS(SELECT 1 FROM change_row r WHERE r.change_id=c.id AND r.tbl='class') DESC, c.id DESC
             LIMIT 1 OFFSET ?3",
        )?
        .query_row((moved.at, customer, i64::try_from(later).unwrap_or(0), scheme), |r| {
            let (undo, survey, import): (bool, bool, bool) = (r.get(1)?, r.get(2)?, r.get(3)?);
            let how = match () {
                () if undo => "undo",
                () if moved.how == "hand" && survey => "survey",
                () if moved.how == "hand" && import => "import",
                () => moved.how.as_str(),
            };
            Ok((r.get(0)?, how.to_owned()))
        })
        .optional()?;
    Ok(found)
}

/// The metrics that a scheme's conditions use, each once, in their order.
fn metrics(account: &Account) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for check in account.tried.iter().flat_map(|t| t.alternatives.iter().flatten()) {
        if !out.contains(&check.metric) {
            out.push(check.metric.clone());
        }
    }
    out
}

/// The day on which a reading rests.
fn rests(metric: &str, kept: &standing::Kept, two_way: Option<NaiveDate>) -> Option<String> {
    let standing = &kept.standing;
    let day = match metric {
        "idle_months" => standing.last_order.max(two_way),
        "order_idle_months" | "spend_12m" | "share" | "orders" => standing.last_order,
        "tenure_months" => standing.first_order,
        _ => None,
    };
    day.map(|day| day.to_string())
}

/// Takes away what says how much somebody spends. That a limit is passed says as much as the amount, and so does what a
/// better class lacks, by what is missing in that list.
fn mask(why: &mut Why) {
    let checks = why.account.tried.iter_mut().flat_map(|t| t.alternatives.iter_mut().flatten());
    let mut masked = false;
    for check in checks.filter(|check| tells_amounts(&check.metric)) {
        (check.reading, check.holds) = (None, None);
        masked = true;
    }
    if masked {
        why.account.better = None;
    }
}

/// The averages of own customers' industries and of those that were entered.
pub fn benchmarks(eyes: &Eyes<'_>) -> Result<Vec<(String, Average)>, StoreError> {
    let classing = Classing::load(eyes.db)?;
    let industries: Vec<String> = eyes
        .db
        .prepare_cached(
            "WITH RECURSIVE own(industry) AS (SELECT min(industry) FROM facts UNION ALL
               SELECT (SELECT min(industry) FROM facts WHERE industry>own.industry) FROM own WHERE industry IS NOT NULL)
             SELECT industry FROM own WHERE industry IS NOT NULL UNION SELECT industry FROM benchmark ORDER BY 1",
        )?
        .query_map([], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let today = eyes.now.today();
    Ok(industries.into_iter().map(|i| (i.clone(), classing.source(Some(&i), today))).collect())
}
