//! How a database file is opened: the settings of operations.md section 3, in their order, and the sentences for what can
//! be wrong with a file. Nothing is created unless it was asked for, and a foreign file is never touched.

mod fault;

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::head::{self, Hold};
use super::request::{Opening, StoreError};
use super::schema;
use super::state::{self, State};
use fault::{io_error, named};

/// The first version of SQLite without the WAL-reset bug (operations.md section 1).
const SAFE_SQLITE: i32 = 3_051_003;
/// Cache of a connection, in KiB (negative, as SQLite has it): a hundred sessions share a server.
const CACHE: i64 = -3_000;
/// The same while a file comes in, which touches the ends of many indexes at once.
const WIDE_CACHE: i64 = -32_768;
/// Pages of the log after which a commit moves them into the file (4 KiB each): 32 MiB. A person's commit is not to pay for
/// that, nor those who stand in line behind it: long work does it between its batches, sessions after they have answered
/// ([`fold`]), so that hardly anything is left to be moved; at 1000 pages one write in a hundred waited for it, and beside an
/// import nearly every one.
const LOG: i64 = 8_000;
/// Pages of the log that are not in the file yet from which on long work and whoever rests move them there: few enough that
/// the disk is soon free again for somebody else's commit.
pub const FOLDED: i64 = 1_000;
/// The same for long work that meets nobody: each time waits for the disk.
pub(super) const FOLDED_ALONE: i64 = 4_000;
/// How long a connection waits for another: with what it stands in line before (`turn`) ten seconds in all.
const PATIENCE: Duration = Duration::from_secs(7);

/// How a file is to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It has to be there.
    Existing,
    /// It is made where it is missing.
    Create,
}

/// Opens the file for writing, makes or migrates it; `tell` hears what takes long. What comes along with the connection has to
/// live as long as it does.
pub fn writer(
    path: &Path,
    mode: Mode,
    tell: &mut dyn FnMut(Opening),
) -> Result<(Connection, Hold), StoreError> {
    if !safe_engine() {
        return Err(StoreError::Defect(format!("SQLite {} may lose commits", engine())));
    }
    refuse_network(path)?;
    let fresh = !path.exists();
    if fresh {
        if mode == Mode::Existing {
            return Err(StoreError::unavailable(path));
        }
        create(path)?;
        // from now on it is known as a database that is open here
        head::read(path).map_err(|e| io_error(&e, path))?;
    } else if !begins_like_one(path, mode).map_err(|e| io_error(&e, path))? {
        return Err(StoreError::NotOurs(path.display().to_string()));
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let hold = held(&real, path)?;
    let mut db = Connection::open_with_flags(&real, flags).map_err(|e| named(&e, path))?;
    db.busy_handler(Some(wait))?;
    match state::state(&db).map_err(|e| named(&e, path))? {
        State::Foreign => return Err(StoreError::NotOurs(path.display().to_string())),
        State::Ours(v) if v > schema::version() => return Err(StoreError::Newer),
        State::Empty => {
            db.execute_batch("PRAGMA page_size=4096; PRAGMA journal_mode=WAL;")
                .map_err(|e| named(&e, path))?;
        }
        State::Ours(_) => with_log(&db),
    }
    settle(&db)?;
    schema::migrate(&mut db, Some(&real), tell)?;
    Ok((db, hold))
}

/// Holds the file `real`, which a person calls `path`: nobody puts another in its place from now on.
fn held(real: &Path, path: &Path) -> Result<Hold, StoreError> {
    head::hold(real).map_err(|e| match e.kind() {
        std::io::ErrorKind::WouldBlock => StoreError::Busy,
        _ => io_error(&e, path),
    })
}

/// Gives a database its log where it has none, as one that was restored: backups are kept without, and without it those who
/// read and those who write wait for each other. Where somebody is just writing, the next one to open it does this.
fn with_log(db: &Connection) {
    let _ = db.pragma_update(None, "journal_mode", "WAL");
}

/// Whether a file that is there begins like a database. SQLite takes one of nothing for an empty database and would write over
/// one of a few bytes; only where one may be made an empty file is one that somebody is just making.
fn begins_like_one(path: &Path, mode: Mode) -> std::io::Result<bool> {
    const HEAD: &[u8; 16] = b"SQLite format 3\0";
    let meta = path.metadata()?;
    if !meta.is_file() || meta.len() == 0 {
        return Ok(meta.is_file() && mode == Mode::Create);
    }
    Ok(head::read(path)?.starts_with(HEAD))
}

/// Whether the file is a database of this version with its log, by its first bytes (the format's manual, "The Database
/// Header"): a later state may stand in the log, so this is good for nothing but a guess.
pub fn is_ready(path: &Path) -> bool {
    let Ok(head) = head::read(path) else { return false };
    let number =
        |at: usize| head.get(at..at + 4).and_then(|four| Some(i32::from_be_bytes(four.try_into().ok()?)));
    head.get(18..20) == Some(&[2, 2])
        && number(60) == Some(schema::version())
        && number(68) == Some(state::APPLICATION)
}

/// Opens a second connection that only reads.
pub fn reader(path: &Path) -> Result<Connection, StoreError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let mut db = Connection::open_with_flags(real, flags).map_err(|e| named(&e, path))?;
    db.busy_handler(Some(wait))?;
    settle(&db)?;
    // a look at thousands of scattered candidates spent a fifth of its time on checking cells; who only reads spreads no
    // damage, and whoever writes, backs up or checks looks at every page with care
    db.pragma_update(None, "cell_size_check", false)?;
    db.pragma_update(None, "query_only", true)?;
    Ok(db)
}

/// Opens a file that cannot be written, or whose folder or disk cannot, for questions alone. Where nobody has a log beside it,
/// the file is all there is and is read as one that does not change; else SQLite needs the log and what belongs to it.
pub fn look(path: &Path) -> Result<(Connection, Hold), StoreError> {
    let real = path.canonicalize().map_err(|e| io_error(&e, path))?;
    let hold = held(&real, path)?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut db = Connection::open_with_flags(&real, flags).map_err(|e| named(&e, path))?;
    db.busy_handler(Some(wait))?;
    let mut found = state::state(&db);
    // who is only kept waiting by others must not take their file for one that does not change
    let busy = |e: &rusqlite::Error| StoreError::from_engine(e) == StoreError::Busy;
    if found.as_ref().is_err_and(|e| !busy(e)) && !has_log(&real) {
        db = Connection::open_with_flags(unchanging(&real), flags | OpenFlags::SQLITE_OPEN_URI)
            .map_err(|e| named(&e, path))?;
        db.busy_handler(Some(wait))?;
        found = state::state(&db);
    }
    match found.map_err(|e| named(&e, path))? {
        State::Ours(v) if v > schema::version() => return Err(StoreError::Newer),
        State::Ours(v) if v == schema::version() => {}
        // an older one would have to be written first
        State::Ours(_) => return Err(StoreError::ReadOnly(path.display().to_string())),
        State::Empty | State::Foreign => return Err(StoreError::NotOurs(path.display().to_string())),
    }
    settle(&db)?;
    db.pragma_update(None, "query_only", true)?;
    Ok((db, hold))
}

/// Opens the second connection of a session again whose file could only be looked at: to read as ever where that works by now,
/// and whether it is still only a look.
pub fn read_again(path: &Path) -> Result<(Connection, bool), StoreError> {
    let ready = reader(path).and_then(|db| Ok(state::state(&db).map(|_| db)?));
    ready.map(|db| (db, false)).or_else(|_| look(path).map(|(db, _)| (db, true)))
}

/// What tells whether a file has changed that is read as one that does not: its length, when it was written, its log.
pub fn trace(path: &Path) -> Option<(u64, SystemTime, bool)> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.len(), about.modified().ok()?, has_log(path)))
}

/// Whether something stands in the log beside a database.
fn has_log(path: &Path) -> bool {
    let mut name = path.as_os_str().to_os_string();
    name.push("-wal");
    std::fs::metadata(name).is_ok_and(|log| log.len() > 0)
}

/// The address of a file that does not change while it is open.
fn unchanging(path: &Path) -> String {
    use std::fmt::Write as _;
    use std::os::unix::ffi::OsStrExt;
    let mut address = "file:".to_owned();
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                address.push(char::from(*byte));
            }
            // a text takes whatever is written to it
            other => {
                let _ = write!(address, "%{other:02X}");
            }
        }
    }
    address + "?immutable=1"
}

/// Opens the file for one question of sshd's, which waits for the answer: nothing is made, migrated or written.
pub fn glance(path: &Path) -> Result<Connection, StoreError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut db = Connection::open_with_flags(path, flags).map_err(|e| named(&e, path))?;
    db.busy_handler(Some(wait))?;
    match state::state(&db).map_err(|e| named(&e, path))? {
        State::Ours(v) if v > schema::version() => return Err(StoreError::Newer),
        State::Ours(_) => {}
        State::Empty | State::Foreign => return Err(StoreError::NotOurs(path.display().to_string())),
    }
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    Ok(db)
}

/// A store that lives in memory, for tests.
pub fn memory() -> Result<Connection, StoreError> {
    let mut db = Connection::open_in_memory()?;
    settle(&db)?;
    schema::migrate(&mut db, None, &mut |_| {})?;
    Ok(db)
}

/// The settings of every connection.
fn settle(db: &Connection) -> Result<(), StoreError> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    // a plan depends on the statement alone: without this, statements on tables with partial indexes were planned anew at
    // every binding, which was a third of the time of a write
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    db.execute_batch(
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF;
         PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA secure_delete=ON;
         PRAGMA journal_size_limit=16777216;",
    )?;
    db.pragma_update(None, "wal_autocheckpoint", LOG)?;
    widen(db, false)?;
    super::functions::teach(db)?;
    db.set_prepared_statement_cache_capacity(96);
    Ok(())
}

/// Gives a connection the room of a big write, or takes it back.
pub fn widen(db: &Connection, much: bool) -> rusqlite::Result<()> {
    db.pragma_update(None, "cache_size", if much { WIDE_CACHE } else { CACHE })
}

/// Gives back the memory that a connection holds pages in, for whoever rests: they are read again within a millisecond.
pub fn rest(db: &Connection) {
    // memory that cannot be given back is kept
    let _ = db.release_memory();
}

/// How long the log of a database is, in bytes.
pub fn log_size(db: &Connection) -> u64 {
    let path = db.path().filter(|path| !path.is_empty());
    path.and_then(|path| std::fs::metadata(format!("{path}-wal")).ok()).map_or(0, |m| m.len())
}

/// Moves what the log holds into the file as far as nobody reads it, from so many pages on, without keeping anybody waiting;
/// for long work between its batches and for whoever rests.
pub fn fold(db: &Connection, least: i64) {
    // best effort: another one is at it, or the next one will be
    if db.is_autocommit() && unmoved(db).is_ok_and(|pages| pages >= least) {
        let _ = db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}

/// Pages of the log that are not in the file yet.
pub(super) fn unmoved(db: &Connection) -> rusqlite::Result<i64> {
    db.query_row("PRAGMA wal_checkpoint(NOOP)", [], |r| Ok(r.get::<_, i64>(1)? - r.get::<_, i64>(2)?))
}

/// The folder in which a file lies: of a bare name the one in which the program was started, which `parent` calls nothing.
pub fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the folder of a database that is not there yet, for the owner's eyes only.
pub fn place(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::DirBuilderExt;
    let folder = folder(path);
    if folder.exists() {
        return Ok(());
    }
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|e| io_error(&e, path))
}

/// Makes the file with the owner's eyes only (operations.md section 2: the side files take its mode).
fn create(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::OpenOptionsExt;
    let unavailable = |e: std::io::Error| io_error(&e, path);
    place(path)?;
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(unavailable(e)),
    }
}

/// Refuses file systems on which SQLite's locks and shared memory do not work.
fn refuse_network(path: &Path) -> Result<(), StoreError> {
    match network(path) {
        Some(_) => Err(StoreError::unavailable_for(path, "network file system")),
        None => Ok(()),
    }
}

/// The network file system that a path lies on, or would lie on: its name; none on a disk of this machine.
pub fn network(path: &Path) -> Option<&'static str> {
    // magic numbers of statfs(2)
    const NETWORK: &[(i64, &str)] = &[
        (0x6969, "NFS"),
        (0x517B, "SMB"),
        (0xFF53_4D42, "CIFS"),
        (0xFE53_4D42, "SMB2"),
        (0x0102_1997, "9p"),
        (0x6573_5546, "FUSE"),
    ];
    let place = path.ancestors().find(|p| p.exists()).unwrap_or(Path::new("."));
    let kind = rustix::fs::statfs(place).ok()?.f_type;
    NETWORK.iter().find(|(magic, _)| *magic == kind).map(|(_, name)| *name)
}

/// Whether the engine is free of the fault that loses commits (operations.md, section 1).
pub fn safe_engine() -> bool {
    rusqlite::version_number() >= SAFE_SQLITE
}

/// The engine's version, as people write it.
pub fn engine() -> &'static str {
    rusqlite::version()
}

/// Waits with jitter: short first, longer later (operations.md section 3).
pub(super) fn wait(tries: i32) -> bool {
    thread_local! {
        static SINCE: std::cell::Cell<Option<std::time::Instant>> = const { std::cell::Cell::new(None) };
    }
    let now = std::time::Instant::now();
    let since = SINCE.with(|s| {
        if tries == 0 || s.get().is_none() {
            s.set(Some(now));
        }
        s.get().unwrap_or(now)
    });
    if now.duration_since(since) >= PATIENCE {
        return false;
    }
    let unit = match tries {
        0..=3 => 500,
        4..=9 => 2_000,
        _ => 5_000,
    };
    let chance =
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| u64::from(d.subsec_nanos()) / 7 % 3_000);
    std::thread::sleep(Duration::from_micros(unit + unit * chance / 1_000));
    true
}
