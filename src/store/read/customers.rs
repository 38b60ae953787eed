//! The customer list: a window of it by keys, never by counting off. Customers without a value in the sorted column come
//! last in both directions, so a list has two parts, each a range of an index.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::types::Value as Cell;
use rusqlite::{OptionalExtension, params_from_iter};

use super::eyes::{self, Eyes};
use super::filter::{Conditions, conditions, in_full};
use super::find::holders::sifted;
use crate::domain::clock::from_ms;
use crate::domain::customer::CustomerId;
use crate::domain::filter::Filter;
use crate::domain::ids::Ids;
use crate::domain::money::Fen;
use crate::store::request::{Count, CustomerRow, List, Seek, Sort, StoreError, Window};

/// The column of facts behind a sort, and whether it can be empty.
const fn column(sort: Sort) -> (&'static str, bool) {
    match sort {
        Sort::Code => ("f.code", false),
        Sort::Name => ("f.name_key", false),
        Sort::Industry => ("f.industry", true),
        Sort::Size => ("f.size", true),
        Sort::Segment => ("f.segment", true),
        Sort::Grade => ("f.grade", true),
        Sort::LastTouch => ("f.last_touch", true),
        Sort::NextDue => ("f.next_due", true),
        Sort::LastOrder => ("f.last_order", true),
        Sort::PerYear => ("f.per_year", false),
        Sort::Spend => ("f.spend_12m", false),
    }
}

/// A place in a list: the sorted value and the customer.
type Key = (Cell, i64);

/// Reads ids of one list.
struct Reader<'e, 'a> {
    eyes: &'e mut Eyes<'a>,
    conditions: Conditions,
    column: &'static str,
    nullable: bool,
    descending: bool,
    /// What makes a sorted value show, where it is masked for some customers: these have none for the actor, so that the
    /// order of a list tells no more than its cells.
    masked: Option<Further>,
    /// Not all that might fit were looked at.
    cut: bool,
}

/// Customers that are looked at for one window where the indexes do not tell who holds a word.
const LOOKED: usize = 50_000;

/// A condition with what is bound to it.
type Further = (String, Vec<Cell>);

impl Reader<'_, '_> {
    /// So many ids after a place (or from the very beginning), or before it, the nearest first.
    fn ids(&mut self, from: Option<&Key>, backward: bool, take: usize) -> Result<Vec<i64>, StoreError> {
        let parts: &[bool] = match (self.nullable, backward) {
            (false, _) => &[false],
            (true, false) => &[false, true],
            (true, true) => &[true, false],
        };
        let here = from.map(|(value, _)| *value == Cell::Null);
        let mut out = Vec::new();
        for empty in parts {
            // going forward from the empty part, the other one lies behind; and the other way round
            let behind = here.is_some_and(|h| h != *empty && h != backward);
            if behind || out.len() >= take {
                continue;
            }
            let key = from.filter(|_| here == Some(*empty));
            out.extend(self.part(*empty, key, backward, take - out.len())?);
        }
        Ok(out)
    }

    fn part(
        &mut self,
        empty: bool,
        key: Option<&Key>,
        backward: bool,
        take: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let down = self.descending != backward;
        let (sign, order) = if down { ("<", "DESC") } else { (">", "ASC") };
        let column = self.column;
        let by_id = format!("f.customer_id {order}");
        let by_column = format!("{column} {order}, {by_id}");
        let after = |id: &i64| (format!("f.customer_id{sign}?"), vec![Cell::Integer(*id)]);
        let filled = self.nullable.then(|| (format!("{column} IS NOT NULL"), Vec::new()));
        let there = self.masked.clone().or(filled);
        match (empty, key) {
            (true, key) => {
                let empty = match &self.masked {
                    Some((sql, bound)) => (format!("NOT ({sql})"), bound.clone()),
                    None => (format!("{column} IS NULL"), Vec::new()),
                };
                self.run(std::iter::once(empty).chain(key.map(|(_, id)| after(id))), &by_id, take)
            }
            (false, None) => self.run(there.into_iter(), &by_column, take),
            // first the rest of those with the same value, then the others: as one comparison of pairs SQLite would read
            // all with the same value, which may be a third of a million
            (false, Some((value, id))) => {
                let shows = self.masked.clone();
                let same = (format!("{column}=?"), vec![value.clone()]);
                let mut ids = self.run([same, after(id)].into_iter().chain(shows.clone()), &by_id, take)?;
                if ids.len() < take {
                    let other = (format!("{column}{sign}?"), vec![value.clone()]);
                    ids.extend(self.run(
                        std::iter::once(other).chain(shows),
                        &by_column,
                        take - ids.len(),
                    )?);
                }
                Ok(ids)
            }
        }
    }

    /// The first ids of the filter with further conditions.
    fn run(
        &mut self,
        further: impl Iterator<Item = Further>,
        order: &str,
        take: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let mut conditions = self.conditions.clone();
        for (sql, value) in further {
            conditions.sql.push(sql);
            conditions.bound.extend(value);
        }
        let mut sql = format!("SELECT f.customer_id FROM facts f {} ORDER BY {order}", conditions.clause());
        if !conditions.unsure.is_empty() {
            let (ids, cut) =
                sifted(self.eyes, (&sql, &conditions.bound), &conditions.unsure, (take, LOOKED))?;
            self.cut |= cut && ids.len() < take;
            return Ok(ids);
        }
        sql = format!("{sql} LIMIT {take}");
        let mut query = self.eyes.db.prepare_cached(&sql)?;
        let rows = query.query_map(params_from_iter(conditions.bound), |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn key(&mut self, id: i64) -> Result<Option<Key>, StoreError> {
        let mut conditions = self.conditions.clone();
        conditions.sql.push("f.customer_id=?".to_owned());
        conditions.bound.push(Cell::Integer(id));
        let column = match &self.masked {
            Some((sql, bound)) => {
                conditions.bound.splice(0..0, bound.iter().cloned());
                format!("CASE WHEN {sql} THEN {} END", self.column)
            }
            None => self.column.to_owned(),
        };
        let sql = format!("SELECT {column} FROM facts f {}", conditions.clause());
        let mut query = self.eyes.db.prepare_cached(&sql)?;
        Ok(query.query_row(params_from_iter(conditions.bound), |r| Ok((r.get(0)?, id))).optional()?)
    }
}

/// A window of the list.
pub fn list(eyes: &mut Eyes, list: &List) -> Result<Window<CustomerRow>, StoreError> {
    let conditions = conditions(eyes, &list.filter)?;
    let (column, nullable) = column(list.sort);
    let masked = if list.sort == Sort::Spend { in_full(eyes)? } else { None };
    let nullable = nullable || masked.is_some();
    let descending = list.descending;
    let mut reader = Reader { eyes, conditions, column, nullable, descending, masked, cut: false };
    let around = match list.seek {
        Seek::Around(id) => reader.key(id)?,
        _ => None,
    };
    let take = list.take.clamp(1, 2_000);
    let (ids, before, after) = match (list.seek, around) {
        (Seek::End, _) => {
            let mut ids = reader.ids(None, true, take + 1)?;
            let before = ids.len() > take;
            ids.truncate(take);
            ids.reverse();
            (ids, before, false)
        }
        (Seek::Around(id), Some(key)) => {
            let half = take / 2;
            let mut ids = reader.ids(Some(&key), true, half + 1)?;
            let before = ids.len() > half;
            ids.truncate(half);
            ids.reverse();
            ids.push(id);
            let mut next = reader.ids(Some(&key), false, take - half + 1)?;
            let after = next.len() > take - half;
            next.truncate(take - half);
            ids.extend(next);
            (ids, before, after)
        }
        _ => {
            let mut ids = reader.ids(None, false, take + 1)?;
            let after = ids.len() > take;
            ids.truncate(take);
            (ids, false, after)
        }
    };
    let cut = reader.cut;
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(row(eyes, id)?);
    }
    Ok(Window {
        rows,
        before: before || (cut && list.seek != Seek::Top),
        after: after || (cut && list.seek != Seek::End),
    })
}

/// How many customers a filter leaves, and how many there are.
pub fn count(eyes: &mut Eyes, filter: &Filter) -> Result<Count, StoreError> {
    let conditions = conditions(eyes, filter)?;
    let total = eyes.db.prepare_cached("SELECT count(*) FROM facts")?.query_row([], |r| r.get(0))?;
    let (shown, more) =
        if conditions.sql.is_empty() { (total, false) } else { conditions.count(eyes, None)? };
    Ok(Count { shown, more, total })
}

/// Everybody whom a filter leaves, to be marked.
pub fn fitting(eyes: &mut Eyes, filter: &Filter) -> Result<Ids, StoreError> {
    let conditions = conditions(eyes, filter)?.whole(eyes)?;
    let sql = format!("SELECT f.customer_id FROM facts f {}", conditions.clause());
    let mut query = eyes.db.prepare_cached(&sql)?;
    let ids = query.query_map(params_from_iter(conditions.bound), |r| Ok(CustomerId(r.get(0)?)))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// A stored day; what is none counts as not there.
pub fn day(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    Ok(row.get::<_, Option<String>>(column)?.and_then(|t| t.parse().ok()))
}

/// A stored time of day.
pub fn time(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveTime>> {
    Ok(row.get::<_, Option<String>>(column)?.and_then(|t| {
        NaiveTime::parse_from_str(&t, "%H:%M").or_else(|_| NaiveTime::parse_from_str(&t, "%H:%M:%S")).ok()
    }))
}

/// One line of the list.
pub fn row(eyes: &mut Eyes, id: i64) -> Result<Option<CustomerRow>, StoreError> {
    let zone = eyes.now.zone;
    let found = eyes
        .db
        .prepare_cached(
            "SELECT f.code, c.name, f.segment, f.grade, f.lifecycle, f.industry, f.size, f.contact, f.title, f.phone,
                    p.name, f.owner_id, f.last_touch, t.due_on, t.due_time, t.text, f.last_order, f.per_year, f.spend_12m,
                    f.category, f.complaints, f.quiet, substr(t.cause, 1, instr(t.cause,':')-1)
             FROM facts f JOIN customer c ON c.id=f.customer_id JOIN person p ON p.id=f.owner_id
             LEFT JOIN task t ON t.id=f.next_task WHERE f.customer_id=?1",
        )?
        .query_row([id], |r| {
            Ok(CustomerRow {
                id,
                code: r.get(0)?,
                name: r.get(1)?,
                segment: r.get(2)?,
                grade: r.get(3)?,
                lifecycle: r.get(4)?,
                industry: r.get(5)?,
                size: r.get(6)?,
                contact: r.get(7)?,
                title: r.get(8)?,
                phone: r.get(9)?,
                owner: r.get(10)?,
                owner_id: r.get(11)?,
                last_touch: r.get::<_, Option<i64>>(12)?.map(|ms| zone.day(from_ms(ms))),
                next_due: day(r, 13)?,
                next_time: time(r, 14)?,
                next_text: r.get(15)?,
                last_order: day(r, 16)?,
                per_year: r.get(17)?,
                spend_12m: Some(Fen(r.get(18)?)),
                category: r.get(19)?,
                complaints: r.get(20)?,
                quiet: r.get(21)?,
                next_cause: r.get(22)?,
            })
        })
        .optional()?;
    let Some(mut row) = found else { return Ok(None) };
    if !eyes.sees(id, row.owner_id)? {
        row.phone = row.phone.map(|p| eyes::phone(&p, false));
        row.spend_12m = None;
    }
    Ok(Some(row))
}
