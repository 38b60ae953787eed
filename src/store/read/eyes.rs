//! What one actor sees: the one place where reading is masked (product.md, People and access). Phones show their first
//! three and last four digits, other private texts next to nothing, private amounts nothing.

use rusqlite::Connection;

use crate::domain::clock::Now;
use crate::domain::field::{Field, Value};
use crate::domain::find::{mask_email, mask_phone, mask_text, normal_phone};
use crate::domain::people::{Actor, Relation, Role, Verb, may};
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
}

impl<'a> Eyes<'a> {
    /// The view of an actor.
    pub const fn new(db: &'a Connection, actor: &'a Actor, now: Now) -> Self {
        Self { db, actor, now, known: Vec::new() }
    }

    /// How the actor stands to the customers of an owner.
    pub fn relation(&mut self, owner: i64) -> Result<Relation, StoreError> {
        if let Some((_, relation)) = self.known.iter().find(|(o, _)| *o == owner) {
            return Ok(*relation);
        }
        let relation = people::relation(self.db, self.actor, owner, self.now)?;
        self.known.push((owner, relation));
        Ok(relation)
    }

    /// Whether the actor may do something with the customers of an owner.
    pub fn may(&mut self, verb: Verb, owner: i64) -> Result<bool, StoreError> {
        Ok(may(self.actor.role, verb, self.relation(owner)?))
    }

    /// Whether private fields of an owner's customers show.
    pub fn sees(&mut self, owner: i64) -> Result<bool, StoreError> {
        self.may(Verb::SeePrivate, owner)
    }

    /// The owners whose customers show in full; none where all do.
    pub fn seen_owners(&mut self) -> Result<Option<Vec<i64>>, StoreError> {
        if self.actor.role == Role::Admin {
            return Ok(None);
        }
        let all: Vec<i64> = self
            .db
            .prepare_cached("SELECT id FROM person")?
            .query_map([], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut seen = Vec::new();
        for owner in all {
            if self.sees(owner)? {
                seen.push(owner);
            }
        }
        Ok(Some(seen))
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
