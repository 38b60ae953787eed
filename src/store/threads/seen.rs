//! What the reader has seen of the data so far, and what others have done since: their commits, coming and going, and that
//! the person was shut out. One small question, four times a second; it never reads what has changed.

use std::time::Instant;

use rusqlite::Connection;

use super::Reply;
use crate::domain::people::Actor;
use crate::store::session;

/// How far this session has seen the data.
pub(super) struct Seen<'s> {
    session: &'s str,
    version: i64,
    change: i64,
    pub(super) looked: Instant,
}

impl<'s> Seen<'s> {
    pub(super) fn start(db: &Connection, session: &'s str) -> Self {
        // the first look only says where the record ends now: it may be long
        let version = db.query_row("PRAGMA data_version", [], |r| r.get(0)).unwrap_or(0);
        let change = db.query_row("SELECT coalesce(max(id),0) FROM change", [], |r| r.get(0)).unwrap_or(0);
        Self { session, version, change, looked: Instant::now() }
    }

    /// What others did since the last look; a fault of the look is looked at again next time.
    pub(super) fn look(&mut self, db: &Connection, actor: &Actor) -> Option<Reply> {
        self.looked = Instant::now();
        let version = db.query_row("PRAGMA data_version", [], |r| r.get(0)).unwrap_or(self.version);
        if version == self.version {
            return None;
        }
        self.version = version;
        if !session::active(db, actor) {
            return Some(Reply::Frozen);
        }
        let others = db
            .prepare_cached("SELECT max(id), sum(session<>?2) FROM change WHERE id>?1")
            .and_then(|mut q| {
                q.query_row((self.change, self.session), |r| {
                    Ok((r.get::<_, Option<i64>>(0)?, r.get::<_, Option<i64>>(1)?))
                })
            })
            .unwrap_or((None, None));
        self.change = others.0.unwrap_or(self.change);
        Some(if others.1.unwrap_or(0) > 0 { Reply::Elsewhere } else { Reply::Stirred })
    }
}
