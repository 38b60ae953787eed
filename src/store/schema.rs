//! The versions of the schema: numbered files in `assets/migrations`, applied in order in one transaction.
//! A database newer than the program is refused untouched; an older one is copied aside first.

mod checks;

use std::collections::HashMap;
use std::path::Path;

use rusqlite::Connection;

use super::request::{Opening, StoreError};
use super::state::{APPLICATION, State, state};
use super::turn;

/// Every migration in order; version n is reached after the n-th.
const MIGRATIONS: &[&str] = &[
    include_str!("../../assets/migrations/0001_house.sql"),
    include_str!("../../assets/migrations/0002_strategy.sql"),
    include_str!("../../assets/migrations/0003_cadence.sql"),
    include_str!("../../assets/migrations/0004_scripts.sql"),
    include_str!("../../assets/migrations/0005_guard.sql"),
    include_str!("../../assets/migrations/0006_matrix.sql"),
    include_str!("../../assets/migrations/0007_lists.sql"),
    include_str!("../../assets/migrations/0008_schemes.sql"),
    include_str!("../../assets/migrations/0009_tags.sql"),
    include_str!("../../assets/migrations/0010_books.sql"),
    include_str!("../../assets/migrations/0011_campaigns.sql"),
    include_str!("../../assets/migrations/0012_people.sql"),
    include_str!("../../assets/migrations/0013_server.sql"),
    include_str!("../../assets/migrations/0014_review.sql"),
    include_str!("../../assets/migrations/0015_handover.sql"),
    HISTORY,
    include_str!("../../assets/migrations/0017_gifts.sql"),
    include_str!("../../assets/migrations/0018_dispute.sql"),
    include_str!("../../assets/migrations/0019_complaints.sql"),
    include_str!("../../assets/migrations/0020_alarms.sql"),
    include_str!("../../assets/migrations/0021_surveys.sql"),
    include_str!("../../assets/migrations/0022_leak.sql"),
    include_str!("../../assets/migrations/0023_serial.sql"),
    include_str!("../../assets/migrations/0024_erasure.sql"),
    include_str!("../../assets/migrations/0025_next_on.sql"),
    include_str!("../../assets/migrations/0026_standard_tags.sql"),
    include_str!("../../assets/migrations/0027_handover_kept.sql"),
    include_str!("../../assets/migrations/0028_spent.sql"),
    include_str!("../../assets/migrations/0029_touch_sum.sql"),
    include_str!("../../assets/migrations/0030_merging.sql"),
    include_str!("../../assets/migrations/0031_tokens.sql"),
    include_str!("../../assets/migrations/0032_own_fields.sql"),
    include_str!("../../assets/migrations/0033_exports_named.sql"),
    CHECKS,
    include_str!("../../assets/migrations/0035_own_columns.sql"),
    include_str!("../../assets/migrations/0036_left_out.sql"),
    include_str!("../../assets/migrations/0037_checked.sql"),
    include_str!("../../assets/migrations/0038_proposals.sql"),
    include_str!("../../assets/migrations/0039_merging.sql"),
    include_str!("../../assets/migrations/0040_completeness.sql"),
    include_str!("../../assets/migrations/0041_entry.sql"),
    include_str!("../../assets/migrations/0042_origin.sql"),
];

/// From this one on the record of changes is a chain: what stands before is linked on the way there.
const HISTORY: &str = include_str!("../../assets/migrations/0016_history.sql");

/// With this one the constraints of all tables are put in other words.
const CHECKS: &str = include_str!("../../assets/migrations/0034_checks.sql");

/// The version this program writes.
pub fn version() -> i32 {
    i32::try_from(MIGRATIONS.len()).unwrap_or(i32::MAX)
}

/// Brings the file to this program's version; `path` is where the copy of an older one is put beside, `tell` hears how far it
/// is.
pub fn migrate(
    db: &mut Connection,
    path: Option<&Path>,
    tell: &mut dyn FnMut(Opening),
) -> Result<(), StoreError> {
    if wanted(db)?.is_none() {
        return Ok(());
    }
    let tx = turn::begin(db)?;
    // somebody else may have done it while this session waited for the lock
    let Some(from) = wanted(&tx)? else { return Ok(()) };
    if from > 0
        && let Some(path) = path
    {
        // under the lock, so that one session makes the copy and what it holds is what is migrated
        let to = path.with_extension(format!("before-{}.db", version()));
        super::copy::copy_before(path, &to, from, tell)?;
    }
    // a new file is made at once and has nothing to tell
    let silent = from == 0;
    run(&tx, usize::try_from(from).unwrap_or(0), &mut |what| {
        if !silent {
            tell(what);
        }
    })?;
    tx.pragma_update(None, "application_id", APPLICATION)?;
    tx.pragma_update(None, "user_version", version())?;
    tx.commit()?;
    Ok(())
}

/// An index or a trigger of this program's schema.
pub struct Piece {
    /// Its name.
    pub name: String,
    sql: String,
}

/// The indexes and triggers that a file lacks, or has with other words. Rows are never among them: what is missing here
/// can be made again out of what is there.
pub fn lacking(db: &Connection) -> Result<Vec<Piece>, StoreError> {
    let there: HashMap<String, String> =
        pieces(db)?.into_iter().map(|piece| (piece.name, piece.sql)).collect();
    let fresh = Connection::open_in_memory()?;
    run(&fresh, 0, &mut |_| {})?;
    let mut all = pieces(&fresh)?;
    all.retain(|piece| there.get(&piece.name) != Some(&piece.sql));
    Ok(all)
}

/// Makes what the file lacks; answers the names.
pub fn put_back(tx: &Connection) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::new();
    for Piece { name, sql } in lacking(tx)? {
        tx.execute_batch(&format!("DROP INDEX IF EXISTS {name}; DROP TRIGGER IF EXISTS {name}; {sql}"))?;
        names.push(name);
    }
    Ok(names)
}

fn pieces(db: &Connection) -> rusqlite::Result<Vec<Piece>> {
    let mut query = db.prepare(
        "SELECT name, sql FROM sqlite_schema WHERE type IN ('index','trigger') AND sql IS NOT NULL ORDER BY rowid",
    )?;
    let rows = query.query_map([], |r| Ok(Piece { name: r.get(0)?, sql: r.get(1)? }))?;
    rows.collect()
}

/// The migrations after version `from`.
fn run(db: &Connection, from: usize, tell: &mut dyn FnMut(Opening)) -> Result<(), StoreError> {
    for (done, sql) in MIGRATIONS.iter().skip(from).enumerate() {
        tell(Opening::Upgraded(done + 1, MIGRATIONS.len() - from));
        db.execute_batch(sql)?;
        if *sql == HISTORY {
            super::chain::link_all(db)?;
        }
        if *sql == CHECKS {
            checks::as_equations(db)?;
        }
    }
    Ok(())
}

/// The version that a file has to be brought on from; none where nothing is to be done.
fn wanted(db: &Connection) -> Result<Option<i32>, StoreError> {
    match state(db)? {
        State::Empty => Ok(Some(0)),
        State::Ours(v) if v == version() => Ok(None),
        State::Ours(v) if v > version() => Err(StoreError::Newer),
        State::Ours(v) => Ok(Some(v)),
        State::Foreign => Err(StoreError::NotOurs(String::new())),
    }
}

/// The version before the record was a chain, for a test that upgrades.
#[cfg(test)]
pub fn unchained() -> usize {
    MIGRATIONS.iter().take_while(|sql| **sql != HISTORY).count()
}

/// Every migration up to `version`, for tests that upgrade a kept state.
#[cfg(test)]
pub fn up_to(version: usize) -> Vec<&'static str> {
    MIGRATIONS.iter().take(version).copied().collect()
}
