//! The customer list: a window of it by keys, never by counting off. Customers without a value in the sorted column come
//! last in both directions, so a list has two parts, each a range of an index.

mod order;

use rusqlite::types::Value as Cell;
use rusqlite::{OptionalExtension, params_from_iter};

use super::conditions::{Conditions, Further};
use super::eyes::Eyes;
use super::filter::conditions;
use super::find::holders::sifted;
use super::own;
use super::row::row;
use crate::domain::customer::CustomerId;
use crate::domain::filter::Filter;
use crate::domain::ids::Ids;
use crate::store::request::{Count, CustomerRow, List, Seek, StoreError, Window};
use order::{Order, Part};

/// A place in a list: the sorted value and the customer.
type Key = (Cell, i64);

/// Reads ids of one list.
struct Reader<'e, 'a> {
    eyes: &'e mut Eyes<'a>,
    conditions: Conditions,
    order: Order,
    descending: bool,
    /// Not all that might fit were looked at.
    cut: bool,
}

/// Customers that are looked at for one window where the indexes do not tell who holds a word.
const LOOKED: usize = 50_000;

impl Reader<'_, '_> {
    /// So many ids after a place (or from the very beginning), or before it, the nearest first.
    fn ids(&mut self, from: Option<&Key>, backward: bool, take: usize) -> Result<Vec<i64>, StoreError> {
        let parts: &[bool] = match (self.order.empty.is_some(), backward) {
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
            let take = take - out.len();
            out.extend(match (empty, key) {
                (true, key) => self.without(key.map(|(_, id)| *id), backward, take)?,
                (false, None) => self.with(&[], backward, take)?,
                // first the rest of those with the same value, then the others: as one comparison of pairs SQLite would
                // read all with the same value, which may be a third of a million
                (false, Some((value, id))) => {
                    let mut ids = self.with(&[("=", value), ("", &Cell::Integer(*id))], backward, take)?;
                    if ids.len() < take {
                        ids.extend(self.with(&[("", value)], backward, take - ids.len())?);
                    }
                    ids
                }
            });
        }
        Ok(out)
    }

    /// `<` or `>`, `DESC` or `ASC`: how ids after a place compare with it, and how they are sorted.
    const fn way(&self, backward: bool) -> (&'static str, &'static str) {
        if self.descending == backward { (">", "ASC") } else { ("<", "DESC") }
    }

    /// Customers with a value: all, those beyond a value, or those beyond an id with the same value. A blank sign stands for
    /// the direction of the list.
    fn with(&mut self, after: &[(&str, &Cell)], backward: bool, take: usize) -> Result<Vec<i64>, StoreError> {
        let (sign, order) = self.way(backward);
        let Part { from, id, holds } = self.order.filled.clone();
        let column = self.order.column;
        let sorted = match after {
            [_, _] => format!("{id} {order}"),
            _ => format!("{column} {order}, {id} {order}"),
        };
        let places = after.iter().zip([column, id]).map(|((how, value), column)| {
            let how = if how.is_empty() { sign } else { how };
            (format!("{column}{how}?"), vec![(*value).clone()])
        });
        let further: Vec<Further> = holds.into_iter().chain(places).collect();
        self.run((&from, id), further, &sorted, take)
    }

    /// Customers without a value, by their ids.
    fn without(&mut self, after: Option<i64>, backward: bool, take: usize) -> Result<Vec<i64>, StoreError> {
        let (sign, order) = self.way(backward);
        let Some(Part { from, id, holds }) = self.order.empty.clone() else { return Ok(Vec::new()) };
        let sorted = format!("{id} {order}");
        let place = after.map(|after| (format!("{id}{sign}?"), vec![Cell::Integer(after)]));
        let mut out = Vec::new();
        for gap in self.order.gaps(self.eyes.db, after, sign == "<")? {
            let further = holds.iter().cloned().chain(gap).chain(place.clone()).collect();
            out.extend(self.run((&from, id), further, &sorted, take - out.len())?);
            if out.len() >= take || self.cut {
                break;
            }
        }
        Ok(out)
    }

    /// The first ids of the filter with further conditions.
    fn run(
        &mut self,
        (from, id): (&str, &str),
        further: Vec<Further>,
        order: &str,
        take: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let mut conditions = self.conditions.clone();
        for (sql, value) in further {
            conditions.sql.push(sql);
            conditions.bound.extend(value);
        }
        let mut sql = format!("SELECT {id} FROM {from} {} ORDER BY {order}", conditions.clause());
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
        let (value, bound) = &self.order.value;
        conditions.bound.splice(0..0, bound.iter().cloned());
        let sql = format!("SELECT {value} FROM facts f {}", conditions.clause());
        let mut query = self.eyes.db.prepare_cached(&sql)?;
        Ok(query.query_row(params_from_iter(conditions.bound), |r| Ok((r.get(0)?, id))).optional()?)
    }
}

/// A window of the list.
pub fn list(eyes: &mut Eyes, list: &List) -> Result<Window<CustomerRow>, StoreError> {
    let conditions = conditions(eyes, &list.filter)?;
    let order = Order::of(eyes, &conditions, list.sort)?;
    let mut reader = Reader { eyes, conditions, order, descending: list.descending, cut: false };
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
        let Some(mut row) = row(eyes, id)? else { continue };
        row.own = own::cells(eyes, (id, row.owner_id), &list.own)?;
        rows.push(row);
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
