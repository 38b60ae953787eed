//! What one actor sees: the one place where reading is masked (product.md, People and access). Phones show their first
//! three and last four digits, other private texts next to nothing, private amounts nothing.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params_from_iter};

use crate::domain::clock::Now;
use crate::domain::field::{Field, Value};
use crate::domain::find::{mask_email, mask_phone, mask_text, normal_phone};
use crate::domain::people::{Actor, Reach, Relation, Verb, reach};
use crate::store::look_up::Noted;
use crate::store::people;
use crate::store::request::StoreError;

/// One actor's view of the store.
pub struct Eyes<'a> {
    /// The connection.
    pub db: &'a Connection,
    /// Who asks, as the store knows them.
    pub actor: &'a Actor,
    /// The present.
    pub now: Now,
    /// Owners looked at so far, and how the actor stands to their customers.
    known: Vec<(i64, Relation)>,
    /// Whether any customer is shared with the actor: of most none is, and candidates by the thousand are asked for.
    shared: Option<bool>,
    /// What the answer shows beyond the mask.
    pub noted: Vec<Noted>,
}

impl<'a> Eyes<'a> {
    /// The view of an actor.
    pub const fn new(db: &'a Connection, actor: &'a Actor, now: Now) -> Self {
        Self { db, actor, now, known: Vec::new(), shared: None, noted: Vec::new() }
    }

    /// How the actor stands to the customers of an owner, shared ones apart.
    fn relation(&mut self, owner: i64) -> Result<Relation, StoreError> {
        if let Some((_, relation)) = self.known.iter().find(|(o, _)| *o == owner) {
            return Ok(*relation);
        }
        let relation = people::relation(self.db, self.actor, owner, self.now)?;
        self.known.push((owner, relation));
        Ok(relation)
    }

    /// A person and those they stand in for today.
    pub fn in_place_of(&self, person: i64) -> Result<Vec<i64>, StoreError> {
        Ok(people::in_place_of(self.db, person, self.now)?)
    }

    /// The same for the actor, as numbers that can stand in a statement.
    pub fn mine(&self) -> Result<String, StoreError> {
        let ids = self.in_place_of(self.actor.id.0)?;
        Ok(ids.iter().map(i64::to_string).collect::<Vec<_>>().join(","))
    }

    /// Whether the actor may do something with a customer of this owner.
    pub fn may(&mut self, verb: Verb, customer: i64, owner: i64) -> Result<bool, StoreError> {
        let reach = reach(self.actor.role, verb);
        match reach {
            Reach::No => Ok(false),
            Reach::All => Ok(true),
            _ if reach.covers(self.relation(owner)?) => Ok(true),
            _ => Ok(reach.covers(Relation::Shared) && self.shares(customer)?),
        }
    }

    /// Whether a customer is shared with the actor.
    pub fn shares(&mut self, customer: i64) -> Result<bool, StoreError> {
        Ok(self.any_shared()? && people::shared(self.db, self.actor, customer)?)
    }

    /// Whether any customer is.
    fn any_shared(&mut self) -> Result<bool, StoreError> {
        if let Some(any) = self.shared {
            return Ok(any);
        }
        let any = self
            .db
            .prepare_cached("SELECT 1 FROM customer_share WHERE person_id=?1")?
            .exists([self.actor.id.0])?;
        self.shared = Some(any);
        Ok(any)
    }

    /// Whether private fields of a customer of this owner show.
    pub fn sees(&mut self, customer: i64, owner: i64) -> Result<bool, StoreError> {
        self.may(Verb::SeePrivate, customer, owner)
    }

    /// The same where the owner is not at hand; nothing of an unknown customer shows.
    pub fn sees_customer(&mut self, customer: i64) -> Result<bool, StoreError> {
        let owner: Option<i64> = self
            .db
            .prepare_cached("SELECT owner_id FROM customer WHERE id=?1")?
            .query_row([customer], |r| r.get(0))
            .optional()?;
        owner.map_or(Ok(false), |owner| self.sees(customer, owner))
    }

    /// Whether nothing is masked for the actor.
    pub fn sees_all(&self) -> bool {
        reach(self.actor.role, Verb::SeePrivate) == Reach::All
    }

    /// The customers whose private fields show, where they are no more than so many.
    pub fn seen(&mut self, most: usize) -> Result<Option<BTreeSet<i64>>, StoreError> {
        let Some((owners, with_shared)) = self.owners_within(Verb::SeePrivate)? else { return Ok(None) };
        let owners = owners.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        let room = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        let ids = |sql: &str, of: &[i64]| -> rusqlite::Result<Vec<i64>> {
            self.db.prepare_cached(sql)?.query_map(params_from_iter(of), |r| r.get(0))?.collect()
        };
        let own = format!("SELECT customer_id FROM facts WHERE owner_id IN ({owners}) LIMIT ?1");
        let mut seen = BTreeSet::from_iter(ids(&own, &[room])?);
        if with_shared {
            let shared = "SELECT customer_id FROM customer_share WHERE person_id=?2 LIMIT ?1";
            seen.extend(ids(shared, &[room, self.actor.id.0])?);
        }
        Ok((seen.len() <= most).then_some(seen))
    }

    /// The owners whose customers a right reaches, and whether it reaches shared ones besides; none where it reaches all.
    pub fn owners_within(&mut self, verb: Verb) -> Result<Option<(Vec<i64>, bool)>, StoreError> {
        let reach = reach(self.actor.role, verb);
        match reach {
            Reach::All => return Ok(None),
            Reach::No => return Ok(Some((Vec::new(), false))),
            _ => {}
        }
        let all: Vec<i64> = self
            .db
            .prepare_cached("SELECT id FROM person")?
            .query_map([], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut seen = Vec::new();
        for owner in all {
            if reach.covers(self.relation(owner)?) {
                seen.push(owner);
            }
        }
        let shares = reach.covers(Relation::Shared) && self.any_shared()?;
        Ok(Some((seen, shares)))
    }
}

/// A phone as it shows.
pub fn phone(value: &str, seen: bool) -> String {
    if seen { value.to_owned() } else { mask_phone(value) }
}

/// The value of a field as it shows.
pub fn shown(field: Field, value: Value, seen: bool) -> Value {
    if seen || !field.spec().private {
        return value;
    }
    match value {
        Value::Text(text) => Value::Text(if text.contains('@') {
            mask_email(&text)
        } else if normal_phone(&text).is_some() {
            mask_phone(&text)
        } else {
            mask_text(&text)
        }),
        _ => Value::None,
    }
}
