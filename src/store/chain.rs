//! The record of changes as a chain: every header is put down with a hash over the one before, itself and its lines, so
//! that whoever rewrites the file is found out. Texts of people enter the hash through a salted digest: an erasure blanks
//! text and salt, keeps the digest, and the chain still holds. Checking it is in `verify`, its head outside in `head`.

mod head;
mod verify;

use std::borrow::Cow;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use verify::Broken;
pub(super) use verify::{outside, verify};

/// A SHA-256.
pub(super) type Hash = [u8; 32];
/// What makes the digest of a short text impossible to guess.
type Salt = [u8; 16];

/// What stands in place of an erased line's texts.
pub(super) const BLANK: &str = "{}";

/// Lets nothing but an erasure change what is written.
const GUARDS: &str = "
CREATE TRIGGER change_stays BEFORE UPDATE ON change WHEN NOT (
  OLD.digest IS NULL AND NEW.digest IS NOT NULL AND NEW.salt IS NULL AND NEW.erased_by IS NOT NULL
  AND NEW.subject='' AND NEW.reason IS NULL
  AND (NEW.id,NEW.request,NEW.at,NEW.person_id,NEW.session,NEW.via,NEW.verb,NEW.hash)
     =(OLD.id,OLD.request,OLD.at,OLD.person_id,OLD.session,OLD.via,OLD.verb,OLD.hash)
  AND NEW.customer_id IS OLD.customer_id AND NEW.undo_of IS OLD.undo_of AND NEW.job_id IS OLD.job_id)
BEGIN SELECT RAISE(ABORT, 'the record of changes is not rewritten'); END;
CREATE TRIGGER change_row_stays BEFORE UPDATE ON change_row WHEN NOT (
  OLD.digest IS NULL AND NEW.digest IS NOT NULL AND NEW.salt IS NULL AND NEW.erased_by IS NOT NULL
  AND NEW.before IS iif(OLD.before IS NULL,NULL,'{}') AND NEW.after IS iif(OLD.after IS NULL,NULL,'{}')
  AND (NEW.id,NEW.change_id,NEW.tbl,NEW.row_id)=(OLD.id,OLD.change_id,OLD.tbl,OLD.row_id)
  AND NEW.rev_after IS OLD.rev_after)
BEGIN SELECT RAISE(ABORT, 'the record of changes is not rewritten'); END;";

/// A header as it is put down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    /// The name of the request.
    pub request: &'a str,
    /// When, UTC ms.
    pub at: i64,
    /// Who.
    pub person: i64,
    /// From which session.
    pub session: &'a str,
    /// How: the id of a way.
    pub via: &'a str,
    /// What.
    pub verb: &'a str,
    /// Whom it concerns.
    pub subject: &'a str,
    /// The customer, where it is one.
    pub customer: Option<i64>,
    /// Why.
    pub reason: Option<&'a str>,
    /// The change that it takes back.
    pub undo_of: Option<i64>,
    /// The job it is a batch of.
    pub job: Option<i64>,
}

/// One changed row as it is put down.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    /// The table, with the key where that is a text.
    pub table: Cow<'a, str>,
    /// The row.
    pub id: i64,
    /// Its revision then; none where it is gone.
    pub rev: Option<i64>,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

/// A line with its salt and the digest of its texts.
pub(super) struct Sealed<'a> {
    row: Row<'a>,
    salt: Salt,
    digest: Hash,
}

impl<'a> Row<'a> {
    /// Seals it, as line number `n` of a change, from one on.
    pub(super) fn seal(self, salts: &Salts, n: u64) -> Sealed<'a> {
        let salt = salts.of(n);
        let digest = digest(Some(&salt), self.before.as_deref(), self.after.as_deref());
        Sealed { row: self, salt, digest }
    }
}

/// Puts a header without lines down as the next link.
pub(super) fn header(db: &Connection, entry: &Entry<'_>) -> rusqlite::Result<i64> {
    put(db, entry, &Salts::new(), &[])
}

/// Puts a header and its lines down as the next link of the chain; answers the change's id. Asks for the transaction's
/// write lock: nobody else may add a link meanwhile.
pub(super) fn put(
    db: &Connection,
    entry: &Entry<'_>,
    salts: &Salts,
    rows: &[Sealed<'_>],
) -> rusqlite::Result<i64> {
    let (last, before) = end(db)?;
    let id = last + 1;
    let salt = salts.of(0);
    let mut link = Link::new(&before);
    link.header(id, entry, &digest(Some(&salt), Some(entry.subject), entry.reason));
    for Sealed { row, digest, .. } in rows {
        link.row(&row.table, row.id, row.rev, digest);
    }
    db.prepare_cached(
        "INSERT INTO change(id,request,at,person_id,session,via,verb,subject,customer_id,reason,undo_of,job_id,salt,hash)
         VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)",
    )?
    .execute((
        id,
        entry.request,
        entry.at,
        entry.person,
        entry.session,
        entry.via,
        entry.verb,
        entry.subject,
        entry.customer,
        entry.reason,
        entry.undo_of,
        entry.job,
        salt,
        link.hash(),
    ))?;
    let mut put = db.prepare_cached(
        "INSERT INTO change_row(change_id,tbl,row_id,rev_after,before,after,salt) VALUES(?1,?2,?3,?4,?5,?6,?7)",
    )?;
    for Sealed { row, salt, .. } in rows {
        put.execute((id, &row.table, row.id, row.rev, &row.before, &row.after, salt))?;
    }
    Ok(id)
}

/// Blanks what a header says of people, for good; `by` is the change that erases.
pub fn blank_header(db: &Connection, change: i64, by: i64) -> rusqlite::Result<()> {
    let found: Option<(Option<Vec<u8>>, String, Option<String>)> = db
        .prepare_cached("SELECT salt, subject, reason FROM change WHERE id=?1 AND digest IS NULL")?
        .query_row([change], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .optional()?;
    let Some((salt, subject, reason)) = found else { return Ok(()) };
    let kept = digest(salt.as_deref(), Some(&subject), reason.as_deref());
    db.prepare_cached(
        "UPDATE change SET digest=?2, erased_by=?3, salt=NULL, subject='', reason=NULL WHERE id=?1",
    )?
    .execute((change, kept, by))?;
    Ok(())
}

/// Blanks what a line says, for good; `by` is the change that erases.
pub fn blank_line(db: &Connection, line: i64, by: i64) -> rusqlite::Result<()> {
    type Found = (Option<Vec<u8>>, Option<String>, Option<String>);
    let found: Option<Found> = db
        .prepare_cached("SELECT salt, before, after FROM change_row WHERE id=?1 AND digest IS NULL")?
        .query_row([line], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .optional()?;
    let Some((salt, before, after)) = found else { return Ok(()) };
    let kept = digest(salt.as_deref(), before.as_deref(), after.as_deref());
    db.prepare_cached(
        "UPDATE change_row SET digest=?2, erased_by=?3, salt=NULL, before=iif(before IS NULL,NULL,?4),
         after=iif(after IS NULL,NULL,?4) WHERE id=?1",
    )?
    .execute((line, kept, by, BLANK))?;
    Ok(())
}

/// Makes a chain of a record that was written before there were hashes, and closes it against rewriting.
pub(super) fn link_all(db: &Connection) -> rusqlite::Result<()> {
    let ids: Vec<i64> = db
        .prepare("SELECT id FROM change ORDER BY id")?
        .query_map([], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    let mut before = Hash::default();
    let mut salted = db.prepare("UPDATE change SET salt=?2, hash=?3 WHERE id=?1")?;
    let mut line = db.prepare("UPDATE change_row SET salt=?2 WHERE id=?1")?;
    for id in ids {
        let salts = Salts::new();
        let lines: Vec<i64> = db
            .prepare_cached("SELECT id FROM change_row WHERE change_id=?1 ORDER BY id")?
            .query_map([id], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        for (n, row) in (1..).zip(&lines) {
            line.execute((row, salts.of(n)))?;
        }
        salted.execute((id, salts.of(0), None::<Hash>))?;
        before = verify::again(db, id, &before)?;
        salted.execute((id, salts.of(0), before))?;
    }
    db.execute_batch(GUARDS)
}

/// The last link: id and hash; before the first, nothing.
fn end(db: &Connection) -> rusqlite::Result<(i64, Hash)> {
    let last = db
        .prepare_cached("SELECT id, hash FROM change ORDER BY id DESC LIMIT 1")?
        .query_row([], |r| Ok((r.get(0)?, r.get::<_, Option<Hash>>(1)?)))
        .optional()?;
    Ok(last.map_or((0, Hash::default()), |(id, hash)| (id, hash.unwrap_or_default())))
}

/// The salts of one change, made of one draw that nobody keeps.
pub(super) struct Salts(Salt);

impl Salts {
    /// Draws.
    pub(super) fn new() -> Self {
        Self(Uuid::new_v4().into_bytes())
    }

    fn of(&self, n: u64) -> Salt {
        let whole = Sha256::new().chain_update(self.0).chain_update(n.to_le_bytes()).finalize();
        whole.first_chunk().copied().unwrap_or_default()
    }
}

/// The digest of two texts.
fn digest(salt: Option<&[u8]>, one: Option<&str>, other: Option<&str>) -> Hash {
    let mut sha = Sha256::new();
    mix(&mut sha, salt.map_or(ValueRef::Null, ValueRef::Blob));
    mix(&mut sha, one.map_or(ValueRef::Null, word));
    mix(&mut sha, other.map_or(ValueRef::Null, word));
    sha.finalize().into()
}

/// A text as the engine hands it over.
const fn word(text: &str) -> ValueRef<'_> {
    ValueRef::Text(text.as_bytes())
}

/// A value in a form that no other value has: its kind, its length, itself.
fn mix(sha: &mut Sha256, value: ValueRef<'_>) {
    match value {
        ValueRef::Null => sha.update([0]),
        ValueRef::Integer(n) => {
            sha.update([1]);
            sha.update(n.to_le_bytes());
        }
        ValueRef::Real(n) => {
            sha.update([2]);
            sha.update(n.to_le_bytes());
        }
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            sha.update([if matches!(value, ValueRef::Text(_)) { 3 } else { 4 }]);
            sha.update((bytes.len() as u64).to_le_bytes());
            sha.update(bytes);
        }
    }
}

/// One link while it is made.
struct Link(Sha256);

impl Link {
    fn new(before: &Hash) -> Self {
        Self(Sha256::new().chain_update(before))
    }

    fn values<'v>(&mut self, values: impl IntoIterator<Item = ValueRef<'v>>) {
        for value in values {
            mix(&mut self.0, value);
        }
    }

    fn header(&mut self, id: i64, entry: &Entry<'_>, digest: &Hash) {
        let int = |n: Option<i64>| n.map_or(ValueRef::Null, ValueRef::Integer);
        self.values([
            int(Some(id)),
            word(entry.request),
            int(Some(entry.at)),
            int(Some(entry.person)),
            word(entry.session),
            word(entry.via),
            word(entry.verb),
            int(entry.customer),
            int(entry.undo_of),
            int(entry.job),
            ValueRef::Blob(digest),
        ]);
    }

    fn row(&mut self, table: &str, id: i64, rev: Option<i64>, digest: &Hash) {
        self.values([
            word(table),
            ValueRef::Integer(id),
            rev.map_or(ValueRef::Null, ValueRef::Integer),
            ValueRef::Blob(digest),
        ]);
    }

    fn hash(self) -> Hash {
        self.0.finalize().into()
    }
}
