//! Is the record still what was written? Every link is made again from what stands in the file, in one pass that needs no
//! memory, and compared; heads that were noted outside are compared too, which finds an end that was cut off.

use std::io::BufRead;

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, Rows};
use sha2::{Digest as _, Sha256};

use super::{BLANK, Hash, Link, mix};

/// Of a header: what is hashed as it stands, the texts with salt, digest and eraser, the hash.
const HEADERS: &str = "SELECT id,request,at,person_id,session,via,verb,customer_id,undo_of,job_id,
    subject,reason,salt,digest,erased_by,hash FROM change";
/// Of a line: its own id and its header's, what is hashed as it stands, the texts with salt, digest and eraser.
const LINES: &str =
    "SELECT id,change_id,tbl,row_id,rev_after,before,after,salt,digest,erased_by FROM change_row";

/// Where the record is not what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The first change that is not, or with whose lines something is not.
    pub change: i64,
    /// The line, where it can be told.
    pub line: Option<i64>,
}

/// Goes through the whole record; answers the first place that is not as it was written.
pub(in crate::store) fn verify(db: &Connection) -> rusqlite::Result<Option<Broken>> {
    let mut headers = db.prepare(&format!("{HEADERS} ORDER BY id"))?;
    let mut lines = db.prepare(&format!("{LINES} ORDER BY id"))?;
    let (mut headers, mut lines) = (headers.query([])?, lines.query([])?);
    lines.advance()?;
    let mut before = Hash::default();
    while let Some(header) = headers.next()? {
        let change: i64 = header.get(0)?;
        let bad = Broken { change, line: None };
        let Some(mut link) = begun(db, header, &before)? else { return Ok(Some(bad)) };
        if let Some(line) = follow(db, &mut lines, change, &mut link)? {
            return Ok(Some(line));
        }
        before = link.hash();
        if header.get_ref(15)? != ValueRef::Blob(&before) {
            return Ok(Some(bad));
        }
    }
    // a line of no change
    lines.get().map(|line| Ok(Broken { change: line.get(1)?, line: Some(line.get(0)?) })).transpose()
}

/// Makes the hash of one change from what stands there; for a record that has none yet.
pub(super) fn again(db: &Connection, change: i64, before: &Hash) -> rusqlite::Result<Hash> {
    let mut header = db.prepare_cached(&format!("{HEADERS} WHERE id=?1"))?;
    let mut lines = db.prepare_cached(&format!("{LINES} WHERE change_id=?1 ORDER BY id"))?;
    let mut header = header.query([change])?;
    let Some(header) = header.next()? else { return Ok(*before) };
    let Some(mut link) = begun(db, header, before)? else { return Ok(*before) };
    let mut lines = lines.query([change])?;
    lines.advance()?;
    follow(db, &mut lines, change, &mut link)?;
    Ok(link.hash())
}

/// Whether the record still has every head that was noted outside; answers the first that it has not. What is no head is
/// skipped: the place may hold an administrator's own words.
pub(in crate::store) fn outside(db: &Connection, noted: impl BufRead) -> std::io::Result<Option<i64>> {
    for line in noted.lines() {
        let line = line?;
        let mut words = line.split_whitespace().skip(1);
        let (Some(change), Some(hash)) = (words.next().and_then(|w| w.parse::<i64>().ok()), words.next())
        else {
            continue;
        };
        let kept = db
            .prepare_cached("SELECT lower(hex(hash)) FROM change WHERE id=?1")
            .and_then(|mut query| query.query_row([change], |r| r.get::<_, String>(0)).optional())
            .map_err(std::io::Error::other)?;
        if kept.as_deref() != Some(hash) {
            return Ok(Some(change));
        }
    }
    Ok(None)
}

/// A link with its header in it; none where its texts are not what a header may have.
fn begun(db: &Connection, header: &Row<'_>, before: &Hash) -> rusqlite::Result<Option<Link>> {
    let blank = |one: ValueRef<'_>, other: ValueRef<'_>| one == super::word("") && other == ValueRef::Null;
    let Some(digest) = texts(db, header, 10, blank)? else { return Ok(None) };
    let mut link = Link::new(before);
    for column in 0..10 {
        link.values([header.get_ref(column)?]);
    }
    link.values([ValueRef::Blob(&digest)]);
    Ok(Some(link))
}

/// Takes the lines of a change into its link; answers the first that cannot be one.
fn follow(
    db: &Connection,
    lines: &mut Rows<'_>,
    change: i64,
    link: &mut Link,
) -> rusqlite::Result<Option<Broken>> {
    let empty = |text: ValueRef<'_>| text == ValueRef::Null || text == super::word(BLANK);
    while let Some(line) = lines.get() {
        let of: i64 = line.get(1)?;
        if of > change {
            break;
        }
        let digest = texts(db, line, 5, |one, other| empty(one) && empty(other))?;
        let Some(digest) = digest.filter(|_| of == change) else {
            return Ok(Some(Broken { change: of, line: Some(line.get(0)?) }));
        };
        link.values([line.get_ref(2)?, line.get_ref(3)?, line.get_ref(4)?, ValueRef::Blob(&digest)]);
        lines.advance()?;
    }
    Ok(None)
}

/// The digest of two texts that stand from a column on, with their salt, and where they were erased the digest that was
/// kept and the change that did it; none where these do not fit together.
fn texts(
    db: &Connection,
    row: &Row<'_>,
    from: usize,
    blank: impl Fn(ValueRef<'_>, ValueRef<'_>) -> bool,
) -> rusqlite::Result<Option<Hash>> {
    let (one, other, salt) = (row.get_ref(from)?, row.get_ref(from + 1)?, row.get_ref(from + 2)?);
    let Some(kept) = row.get::<_, Option<Hash>>(from + 3)? else {
        let mut sha = Sha256::new();
        for value in [salt, one, other] {
            mix(&mut sha, value);
        }
        return Ok(Some(sha.finalize().into()));
    };
    let by: Option<i64> = row.get(from + 4)?;
    let erased = db.prepare_cached("SELECT 1 FROM change WHERE id=?1 AND verb='erase'")?.exists([by])?;
    Ok((erased && salt == ValueRef::Null && blank(one, other)).then_some(kept))
}
