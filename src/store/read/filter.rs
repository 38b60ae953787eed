//! A filter as SQL over the row of facts: text with places to bind, and the values for them. Nothing that was typed gets
//! into the text.

use chrono::{Datelike, Days, NaiveDate};
use rusqlite::params_from_iter;
use rusqlite::types::Value as Cell;

use super::eyes::Eyes;
use super::find::holders::{Holders, MOST, holders, sifted};
use super::own;
use super::suited::{OTHER_POST, since};
use crate::domain::field::{Field, Invalid, Problem};
use crate::domain::filter::{Compare, Filter, FilterError, Flag, IdColumn, Term};
use crate::domain::find::Needle;
use crate::domain::near::nearest;
use crate::domain::people::Verb;
use crate::store::request::StoreError;

/// Customers that are checked one by one where the indexes do not tell who holds a word: beyond, a count is «so many or
/// more», and what is done to all of them is refused.
const CHECKED: usize = 50_000;

/// Leaves the customers of a list of ids.
const AMONG: &str = "f.customer_id IN (SELECT value FROM json_each(?))";

/// A condition with what is bound to it.
pub type Further = (String, Vec<Cell>);

/// Conditions joined by AND, with what is bound to them.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// The text; blank for none.
    pub sql: Vec<String>,
    /// The values, in the order of the `?`.
    pub bound: Vec<Cell>,
    /// Words of which the conditions let too many through: each customer has to be checked besides.
    pub unsure: Vec<Needle>,
    /// The one owner whose customers they leave.
    pub owner: Option<i64>,
    /// How many hold the last word, where the indexes alone tell.
    told: Option<u64>,
}

impl Conditions {
    /// These, with nothing left to be checked: for what is done to all of them, and not only shown.
    pub fn whole(self, eyes: &mut Eyes) -> Result<Self, StoreError> {
        self.settled(eyes, CHECKED)
    }

    /// The same where so many are checked at the most.
    pub fn settled(self, eyes: &mut Eyes, most: usize) -> Result<Self, StoreError> {
        if self.unsure.is_empty() {
            return Ok(self);
        }
        let (ids, more) = self.ids(eyes, most)?;
        if more {
            return Err(StoreError::TooWide { most });
        }
        let mut whole = Self::default();
        whole.among(&ids);
        Ok(whole)
    }

    /// How many customers they leave, at most about so many, and whether there may be more.
    pub fn count(&self, eyes: &mut Eyes, most: Option<u64>) -> Result<(u64, bool), StoreError> {
        if !self.unsure.is_empty() {
            let most = most.and_then(|n| usize::try_from(n).ok()).unwrap_or(CHECKED);
            let (ids, more) = self.ids(eyes, most)?;
            return Ok((ids.len() as u64, more));
        }
        if let (Some(told), [_]) = (self.told, self.sql.as_slice()) {
            return Ok((told, false));
        }
        let limit = most.map_or(String::new(), |n| format!("LIMIT {}", n + 1));
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM facts f {} {limit})", self.clause());
        let found: u64 =
            eyes.db.prepare_cached(&sql)?.query_row(params_from_iter(self.bound.iter()), |r| r.get(0))?;
        Ok(most.filter(|most| found > *most).map_or((found, false), |most| (most, true)))
    }

    /// The customers they leave, so many at the most, and whether there may be more.
    fn ids(&self, eyes: &mut Eyes, most: usize) -> Result<(Vec<i64>, bool), StoreError> {
        let sql = format!("SELECT f.customer_id FROM facts f {}", self.clause());
        sifted(eyes, (&sql, &self.bound), &self.unsure, (most, CHECKED))
    }

    /// Leaves these customers only.
    pub fn among(&mut self, ids: &[i64]) {
        let list = serde_json::to_string(ids).unwrap_or_else(|_| "[]".to_owned());
        self.add(AMONG, [Cell::Text(list)]);
    }

    /// Whether they leave only customers that are named, or of one owner who has no more than so many.
    pub fn leave_few(&self, eyes: &mut Eyes, most: u64) -> Result<bool, StoreError> {
        if self.sql.iter().any(|sql| sql == AMONG) {
            return Ok(true);
        }
        let Some(owner) = self.owner else { return Ok(false) };
        let mut theirs = Self::default();
        theirs.add("f.owner_id=?", [Cell::Integer(owner)]);
        Ok(!theirs.count(eyes, Some(most))?.1)
    }

    pub(super) fn add(&mut self, sql: impl Into<String>, bound: impl IntoIterator<Item = Cell>) {
        self.sql.push(sql.into());
        self.bound.extend(bound);
    }

    /// `WHERE …`, or nothing.
    pub fn clause(&self) -> String {
        if self.sql.is_empty() { String::new() } else { format!("WHERE {}", self.sql.join(" AND ")) }
    }
}

pub(super) const fn sign(compare: Compare) -> &'static str {
    match compare {
        Compare::Less => "<",
        Compare::AtMost => "<=",
        Compare::Equal => "=",
        Compare::AtLeast => ">=",
        Compare::More => ">",
    }
}

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
            out.add(
                "f.customer_id IN (SELECT m.customer_id FROM class_move m WHERE m.at>=? AND m.scheme=?)",
                [Cell::Integer(first), Cell::Text(scheme.clone())],
            );
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
            "EXISTS(SELECT 1 FROM orders o WHERE o.customer_id=f.customer_id AND o.ordered_on>=? AND o.ordered_on<?
             AND o.status='paid')",
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

fn flagged(eyes: &Eyes, flag: Flag, out: &mut Conditions) -> Result<(), StoreError> {
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

/// The condition under which a customer shows in full; none where all do.
pub fn in_full(eyes: &mut Eyes) -> Result<Option<Further>, StoreError> {
    within(eyes, Verb::SeePrivate)
}

/// The condition under which a right reaches a customer; none where it reaches all.
pub fn within(eyes: &mut Eyes, verb: Verb) -> Result<Option<Further>, StoreError> {
    let Some((owners, shares)) = eyes.owners_within(verb)? else { return Ok(None) };
    // few owners are read from the owner's indexes; of many, the sorted list is walked
    let column = if owners.len() > 3 { "+f.owner_id" } else { "f.owner_id" };
    let mut sql = match owners.as_slice() {
        [_] => "f.owner_id=?".to_owned(),
        owners => among(column, owners.len()),
    };
    let mut bound: Vec<Cell> = owners.into_iter().map(Cell::Integer).collect();
    if shares {
        sql =
            format!("({sql} OR f.customer_id IN (SELECT customer_id FROM customer_share WHERE person_id=?))");
        bound.push(Cell::Integer(eyes.actor.id.0));
    }
    Ok(Some((sql, bound)))
}

fn among(column: &str, count: usize) -> String {
    if count == 0 { "0".to_owned() } else { format!("{column} IN (?{})", ",?".repeat(count - 1)) }
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
