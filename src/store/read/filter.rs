//! A filter as SQL over the row of facts: text with places to bind, and the values for them. Nothing that was typed gets
//! into the text.

use chrono::{Datelike, Days, NaiveDate};
use rusqlite::types::Value as Cell;

use super::conditions::{Conditions, among, in_full, sign};
use super::eyes::Eyes;
use super::find::holders::{Holders, MOST, holders};
use super::own;
use super::suited::{OTHER_POST, since};
use crate::domain::field::{Field, Invalid, Problem};
use crate::domain::filter::{Compare, Filter, FilterError, Flag, IdColumn, Term};
use crate::domain::near::nearest;
use crate::domain::people::Verb;
use crate::domain::scheme::RULED;
use crate::store::net::purchase;
use crate::store::request::StoreError;

/// The conditions of a filter for one actor.
pub fn conditions(eyes: &mut Eyes, filter: &Filter) -> Result<Conditions, StoreError> {
    let mut out = Conditions::default();
    for term in &filter.terms {
        add(eyes, term, &mut out)?;
    }
    Ok(out)
}

fn add(eyes: &mut Eyes, term: &Term, out: &mut Conditions) -> Result<(), StoreError> {
    match term {
        Term::Owner(who) => owner(eyes, who, out)?,
        Term::Is(column, values) => {
            out.add(is(*column, values.len()), values.iter().map(|v| Cell::Text(v.clone())));
        }
        Term::Tag(tag) => out.add(
            "f.customer_id IN (SELECT ct.customer_id FROM tag t JOIN customer_tag ct ON ct.tag_id=t.id
             WHERE t.value=? UNION ALL SELECT ct.customer_id FROM tag s JOIN tag t ON t.alias_of=s.id
             JOIN customer_tag ct ON ct.tag_id=t.id WHERE s.value=?
             UNION ALL SELECT i.customer_id FROM facts i WHERE i.industry=?)",
            [Cell::Text(tag.clone()), Cell::Text(tag.clone()), Cell::Text(tag.clone())],
        ),
        Term::Activity(value) => out.add(
            match value.as_str() {
                "high" => "f.orders_3m>=2",
                "medium" => "f.orders_3m=1",
                "low" => "f.orders_3m=0",
                _ => "0",
            },
            [],
        ),
        Term::Moved(scheme) => {
            let today = eyes.now.today();
            let first = eyes.now.zone.start(today.with_day(1).unwrap_or(today)).timestamp_millis();
            let moved = [Cell::Integer(first), Cell::Text(scheme.clone())];
            out.add(moved_from(scheme), moved.iter().cloned().chain(moved.iter().cloned()));
        }
        Term::Due(compare, days) => due(eyes, *compare, *days, out),
        Term::Silent(compare, days) => silent(eyes, *compare, *days, out),
        Term::Bought(compare, days) => bought(eyes, *compare, *days, out),
        Term::Code(codes) => {
            out.add(among("f.code", codes.len()), codes.iter().map(|c| Cell::Text(c.clone())));
        }
        Term::Own(name, compare, values) => own::condition(eyes, (name, *compare, values), out)?,
        Term::Marked(set) if set.len() <= MOST => out.among(&set.iter().map(|c| c.0).collect::<Vec<_>>()),
        Term::Marked(set) => {
            out.add("held(?,f.customer_id)", [Cell::Blob(set.clone().into_bytes())]);
        }
        Term::Created(from, until) => {
            let start = |day: &NaiveDate| Cell::Integer(eyes.now.zone.start(*day).timestamp_millis());
            out.add(
                "(SELECT c.created_at>=? AND c.created_at<? FROM customer c WHERE c.id=f.customer_id)",
                [start(from), start(until)],
            );
        }
        Term::Ordered(from, until) => out.add(
            concat!(
                "EXISTS(SELECT 1 FROM orders o WHERE o.customer_id=f.customer_id AND o.ordered_on>=? AND o.ordered_on<? AND ",
                purchase!(),
                ")"
            ),
            [Cell::Text(from.to_string()), Cell::Text(until.to_string())],
        ),
        Term::Spend(compare, amount) => {
            out.add(format!("f.spend_12m{}?", sign(*compare)), [Cell::Integer(amount.0)]);
            // a masked amount must not be found out by asking for it
            if let Some((sql, bound)) = in_full(eyes)? {
                out.add(sql, bound);
            }
        }
        Term::PerYear(compare, n) => out.add(format!("f.per_year{}?", sign(*compare)), [Cell::Integer(*n)]),
        Term::Flag(flag) => flagged(eyes, *flag, out)?,
        Term::Word(word) => match holders(eyes, word)? {
            Holders::Few(ids) => out.among(&ids),
            Holders::Many(ids, needle) => {
                out.told = Some(ids.len() as u64);
                out.add("held(?,f.customer_id)", [Cell::Blob(ids.into_bytes())]);
                out.unsure.extend(needle);
            }
        },
    }
    Ok(())
}

/// Whose they are: mine, or those of everybody who is called so.
fn owner(eyes: &Eyes, who: &str, out: &mut Conditions) -> Result<(), StoreError> {
    // one owner reads straight from the owner's indexes
    match owners(eyes, who)?.as_slice() {
        [id] => {
            out.add("f.owner_id=?", [Cell::Integer(*id)]);
            out.owner = Some(*id);
        }
        ids => out.add(among("f.owner_id", ids.len()), ids.iter().map(|i| Cell::Integer(*i))),
    }
    Ok(())
}

/// Who stands elsewhere in a scheme than before the first move since an instant: what was taken back is no move, and the board
/// counts in the same way (`analysis`). Those who moved at all are few, and each is looked at once.
fn moved_from(scheme: &str) -> String {
    let column = RULED.into_iter().find(|ruled| *ruled == scheme).unwrap_or("segment");
    format!(
        "f.customer_id IN (SELECT m.customer_id FROM class_move m WHERE m.at>=? AND m.scheme=?)
         AND (SELECT b.was FROM class_move b WHERE b.customer_id=f.customer_id AND b.at>=? AND b.scheme=?
              ORDER BY b.id LIMIT 1) IS NOT f.{column}"
    )
}

/// One of so many ids in a column: of the facts where these keep it, else of the customer.
fn is(column: IdColumn, count: usize) -> String {
    let (of_facts, name) = match column {
        IdColumn::Segment => (true, "segment"),
        IdColumn::Grade => (true, "grade"),
        IdColumn::Lifecycle => (true, "lifecycle"),
        IdColumn::Value => (true, "value"),
        IdColumn::Expansion => (true, "expansion"),
        IdColumn::Stage => (true, "stage"),
        IdColumn::Category => (true, "category"),
        IdColumn::Industry => (true, "industry"),
        IdColumn::Size => (true, "size"),
        IdColumn::Depth => (false, "depth"),
        IdColumn::Relation => (false, "relation"),
        IdColumn::Need => (false, "need"),
        IdColumn::State => (false, "state"),
        IdColumn::Source => (false, "source"),
        IdColumn::Region => (false, "region"),
    };
    if of_facts {
        return among(&format!("f.{name}"), count);
    }
    among(&format!("(SELECT c.{name} FROM customer c WHERE c.id=f.customer_id)"), count)
}

/// The next due lies so many days from today.
fn due(eyes: &Eyes, compare: Compare, days: i64, out: &mut Conditions) {
    // a due of day D is overdue after an instant in (start of D, start of D+1]
    let (low, high) = (start(eyes, days), start(eyes, days + 1));
    match compare {
        Compare::Less => out.add("f.next_due<=?", [low]),
        Compare::AtMost => out.add("f.next_due<=?", [high]),
        Compare::Equal => out.add("f.next_due>? AND f.next_due<=?", [low, high]),
        Compare::AtLeast => out.add("f.next_due>?", [low]),
        Compare::More => out.add("f.next_due>?", [high]),
    }
}

/// Silent for so many days: the last two-way contact lies on the day so many days ago.
fn silent(eyes: &Eyes, compare: Compare, days: i64, out: &mut Conditions) {
    let (low, high) = (start(eyes, -days), start(eyes, 1 - days));
    match compare {
        Compare::More => out.add("(f.last_two_way<? OR f.last_two_way IS NULL)", [low]),
        Compare::AtLeast => out.add("(f.last_two_way<? OR f.last_two_way IS NULL)", [high]),
        Compare::Equal => out.add("f.last_two_way>=? AND f.last_two_way<?", [low, high]),
        Compare::AtMost => out.add("f.last_two_way>=?", [low]),
        Compare::Less => out.add("f.last_two_way>=?", [high]),
    }
}

/// The last order lies on the day so many days ago; whoever never bought has not bought for any time.
fn bought(eyes: &Eyes, compare: Compare, days: i64, out: &mut Conditions) {
    let ago = day(eyes, -days);
    match compare {
        Compare::More => out.add("(f.last_order<? OR f.last_order IS NULL)", [ago]),
        Compare::AtLeast => out.add("(f.last_order<=? OR f.last_order IS NULL)", [ago]),
        Compare::Equal => out.add("f.last_order=?", [ago]),
        Compare::AtMost => out.add("f.last_order>=?", [ago]),
        Compare::Less => out.add("f.last_order>?", [ago]),
    }
}

fn flagged(eyes: &mut Eyes, flag: Flag, out: &mut Conditions) -> Result<(), StoreError> {
    match flag {
        // few of very many: the planner is told, so that it begins with the index of these alone
        Flag::Quiet => out.add("likelihood(f.quiet=1,0.001)", []),
        Flag::Complaint => out.add("likelihood(f.complaints>0,0.001)", []),
        Flag::Misplaced => out.add(OTHER_POST, [Cell::Integer(since(eyes)?)]),
        Flag::Overdue => out.add("f.next_due<?", [Cell::Integer(eyes.now.ms())]),
        Flag::Prospect => out.add("f.lifecycle='prospect'", []),
        Flag::Idle => out.add("f.open_tasks=0", []),
        Flag::Recall => out.add("f.recall_on<=?", [day(eyes, 0)]),
        Flag::Differs => out.add("f.differs<>0", []),
        Flag::Retag => {
            let before = crate::domain::tag::refresh_before(eyes.now.today());
            let before = eyes.now.zone.start(before).timestamp_millis();
            out.add(
                "EXISTS (SELECT 1 FROM customer_tag q WHERE q.customer_id=f.customer_id AND q.how='hand' AND q.at<?)",
                [Cell::Integer(before)],
            );
        }
        // of masked numbers nothing is told, so that both have to show in full
        Flag::Duplicate => {
            let (seen, bound) = match eyes.owners_within(Verb::SeePrivate)? {
                None => (String::new(), Vec::new()),
                Some((owners, _)) => {
                    let owner = "(SELECT c.owner_id FROM customer c WHERE c.id=o.customer_id)";
                    (format!(" AND {}", among(owner, owners.len())), owners)
                }
            };
            let sql = format!(
                "EXISTS (SELECT 1 FROM method m JOIN method o ON o.digits=m.digits AND o.customer_id<>m.customer_id
                 WHERE m.customer_id=f.customer_id AND m.digits IS NOT NULL{seen})"
            );
            out.add(sql, bound.into_iter().map(Cell::Integer));
            if let Some((sql, bound)) = in_full(eyes)? {
                out.add(sql, bound);
            }
        }
        Flag::Unchecked => {
            out.add("(SELECT c.checked_by FROM customer c WHERE c.id=f.customer_id) IS NULL", []);
        }
    }
    Ok(())
}

/// The people that `me|王敏|li` names; a name that nobody here has is a slip and told with the nearest one.
fn owners(eyes: &Eyes, who: &str) -> Result<Vec<i64>, StoreError> {
    let mut ids = Vec::new();
    let mut query =
        eyes.db.prepare_cached("SELECT id FROM person WHERE login=?1 COLLATE NOCASE OR name=?1")?;
    for name in who.split(['|', ',']).map(|name| name.trim_matches('"')) {
        if matches!(name, "me" | "我") {
            ids.push(eyes.actor.id.0);
            continue;
        }
        let before = ids.len();
        for id in query.query_map([name], |r| r.get(0))? {
            ids.push(id?);
        }
        if ids.len() == before {
            let mut people =
                eyes.db.prepare_cached("SELECT name FROM person UNION SELECT login FROM person")?;
            let names: Vec<String> = people.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            let near = nearest(name, names.iter().map(String::as_str)).map(str::to_owned);
            let problem = Problem::Filter(FilterError::Owner { value: name.to_owned(), near });
            return Err(StoreError::Invalid(Invalid { field: Field::Filter, problem }));
        }
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// The day so many days from today.
fn date(eyes: &Eyes, days: i64) -> NaiveDate {
    let today = eyes.now.today();
    let by = Days::new(days.unsigned_abs());
    let day = if days < 0 { today.checked_sub_days(by) } else { today.checked_add_days(by) };
    day.unwrap_or(today)
}

/// The same as a business day is stored.
fn day(eyes: &Eyes, days: i64) -> Cell {
    Cell::Text(date(eyes, days).to_string())
}

/// The first instant of that day.
fn start(eyes: &Eyes, days: i64) -> Cell {
    Cell::Integer(eyes.now.zone.start(date(eyes, days)).timestamp_millis())
}
