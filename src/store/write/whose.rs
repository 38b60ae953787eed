//! Whose a row of a file is: by number, else by exact name, else by phone. Inside ids only, nothing that is masked.

use rusqlite::OptionalExtension;

use crate::domain::customer::CustomerId;
use crate::store::request::StoreError;
use crate::store::values::by_code;
use crate::store::{Store, words};

/// What a row says of the customer it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whose {
    /// Number, if the row has one.
    pub code: Option<String>,
    /// Name, if the row has one.
    pub name: Option<String>,
    /// Phones of the row.
    pub phones: Vec<String>,
}

/// Who answers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// This customer.
    One(CustomerId),
    /// Nobody here.
    Nobody,
    /// Several have this name or phone, and nothing else tells them apart.
    Several,
}

impl Store {
    /// The standard term of a customer's industry, if it has one.
    pub fn industry_standard(&self, customer: CustomerId) -> Result<Option<String>, StoreError> {
        let mut query = self.db.prepare_cached("SELECT industry_std FROM customer WHERE id=?1")?;
        Ok(query.query_row([customer.0], |r| r.get(0)).optional()?.flatten())
    }

    /// Finds the customer of a row. A number decides alone where there is one.
    pub fn whose(&self, row: &Whose) -> Result<Owner, StoreError> {
        let db = &self.db;
        if let Some(code) = &row.code {
            return Ok(by_code(db, code)?.map_or(Owner::Nobody, |id| Owner::One(CustomerId(id))));
        }
        let named: Vec<i64> = match &row.name {
            Some(name) => db
                .prepare_cached("SELECT id FROM customer WHERE name=?1 LIMIT 100")?
                .query_map([name], |r| r.get(0))?
                .collect::<rusqlite::Result<_>>()?,
            None => Vec::new(),
        };
        if let [only] = named.as_slice() {
            return Ok(Owner::One(CustomerId(*only)));
        }
        let mut by_phone: Vec<i64> = Vec::new();
        for phone in row.phones.iter().filter_map(|phone| words::phone(phone)) {
            let found: Vec<i64> = db
                .prepare_cached("SELECT DISTINCT customer_id FROM method WHERE digits=?1 LIMIT 100")?
                .query_map([phone], |r| r.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            by_phone.extend(found.into_iter().filter(|id| named.is_empty() || named.contains(id)));
        }
        by_phone.sort_unstable();
        by_phone.dedup();
        Ok(match by_phone.as_slice() {
            [only] => Owner::One(CustomerId(*only)),
            [] if named.is_empty() => Owner::Nobody,
            _ => Owner::Several,
        })
    }

    /// The number and the name of a customer.
    pub fn called(&self, id: i64) -> Result<Option<String>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT code||' '||name FROM customer WHERE id=?1")?
            .query_row([id], |r| r.get(0))
            .optional()?)
    }

    /// The contact of a customer with this name.
    pub fn contact_named(&self, customer: CustomerId, name: &str) -> Result<Option<i64>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT id FROM contact WHERE customer_id=?1 AND name=?2 ORDER BY id LIMIT 1")?
            .query_row((customer.0, name.trim()), |r| r.get(0))
            .optional()?)
    }
}
