//! The frame of a write: a transaction of its own, or a savepoint inside a rehearsal. A rehearsal runs true writes on the
//! true data and takes all of them back at the end, so that what it counts is what a real run would do.

use std::ops::Deref;

use rusqlite::{Connection, Savepoint, Transaction, TransactionBehavior};

use crate::store::Store;
use crate::store::request::StoreError;

/// What a write stands in until it is kept.
pub enum Frame<'c> {
    /// A transaction of its own.
    Alone(Transaction<'c>),
    /// A part of a rehearsal.
    Inside(Savepoint<'c>),
}

impl<'c> Frame<'c> {
    /// Opens a frame; given up unless it is kept.
    pub fn open(db: &'c mut Connection) -> rusqlite::Result<Self> {
        Ok(if db.is_autocommit() {
            Self::Alone(db.transaction_with_behavior(TransactionBehavior::Immediate)?)
        } else {
            Self::Inside(db.savepoint()?)
        })
    }

    /// Keeps what was written.
    pub fn commit(self) -> rusqlite::Result<()> {
        match self {
            Self::Alone(transaction) => transaction.commit(),
            Self::Inside(savepoint) => savepoint.commit(),
        }
    }
}

impl Deref for Frame<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match self {
            Self::Alone(transaction) => transaction,
            Self::Inside(savepoint) => savepoint,
        }
    }
}

impl Store {
    /// Does something and takes back whatever it wrote, as if it had never been. Others cannot write meanwhile. Undo and
    /// bulk edits inside a rehearsal are not foreseen.
    pub fn rehearse<T>(&mut self, what: impl FnOnce(&mut Self) -> T) -> Result<T, StoreError> {
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let result = what(self);
        self.db.execute_batch("ROLLBACK")?;
        Ok(result)
    }
}
