//! Conditions as SQL over the row of facts, with what is bound to them: joined, counted, narrowed to whom a right reaches.
//! Which conditions a filter means stands in `filter`.

use rusqlite::params_from_iter;
use rusqlite::types::Value as Cell;

use super::eyes::Eyes;
use super::find::holders::sifted;
use crate::domain::filter::Compare;
use crate::domain::find::Needle;
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
    pub(super) told: Option<u64>,
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

/// A comparison as SQL has it.
pub(super) const fn sign(compare: Compare) -> &'static str {
    match compare {
        Compare::Less => "<",
        Compare::AtMost => "<=",
        Compare::Equal => "=",
        Compare::AtLeast => ">=",
        Compare::More => ">",
    }
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

/// A column as one of so many values.
pub(super) fn among(column: &str, count: usize) -> String {
    if count == 0 { "0".to_owned() } else { format!("{column} IN (?{})", ",?".repeat(count - 1)) }
}
