//! Erasing a customer on their own request (I18, operations.md section 4): whoever they are goes (names, numbers, addresses,
//! every free text, the tags, the history's before and after), what was bought, touched and spent stays without them, so
//! that figures hold. It cannot be taken back; the erasure itself stays in the record. Copies made earlier age out. Which
//! columns hold such words a test asks of every table there is. What was said to other customers stays
//! with those, and is told to whoever erases (`mentioned`).

use std::collections::BTreeSet;

use rusqlite::Connection;
use rusqlite::types::Value as Cell;

mod again;
mod history;
mod mentioned;
mod named;

use history::Search;
pub use named::NAMING;
use named::Words;

use super::belongs::{book_refs, last_book_ref, rows_of};
use super::frame::Frame;
use super::{Request, answered, hang, known};
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Value};
use crate::domain::people::{Actor, Verb};
use crate::store::record::{Header, Work};
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::{Image, TABLES, Table, int, table, text, word};
use crate::store::values::{cell, invalid};
use crate::store::{merged, people, settings};

/// What stands where a text was that may not be missing.
const BLANK: &str = "—";
/// Customers up to which the look-up indexes are written anew at once, so that no old token is left in them.
const AT_ONCE: i64 = 20_000;

/// Rows of a customer that go as a whole.
const GO: &[Noun] = &[
    Noun::Contact,
    Noun::Method,
    Noun::ImportantDate,
    Noun::CustomerTag,
    Noun::Consent,
    Noun::OptOut,
    Noun::Plan,
    Noun::Share,
    Noun::OwnValue,
];

/// Columns in which people write as they like, in whatever table of a customer's they stand.
const FREE: &[&str] = &[
    "note",
    "reason",
    "text",
    "summary",
    "feedback",
    "topic",
    "comment",
    "solution",
    "explanation",
    "source",
    "decision",
    "override",
    "snooze_reason",
    "findings",
    "label",
    "answer",
];

/// The same where the name says more than that.
const FREE_IN: &[(Noun, &str)] = &[
    (Noun::Order, "code"),
    (Noun::Contract, "code"),
    (Noun::Referral, "cause"),
    (Noun::Referral, "outcome"),
    (Noun::Referral, "reward"),
    (Noun::Activation, "plan"),
    // of an alarm it is what tells its cause from others
    (Noun::Complaint, "subject"),
    (Noun::Complaint, "repair"),
    (Noun::Complaint, "recheck"),
    (Noun::Complaint, "order_code"),
    (Noun::Alarm, "result"),
];

/// Columns of the customer itself that say who it is.
const OWN: &[&str] =
    &["address", "region", "website", "note", "churn_note", "employees", "revenue_fen", "referrer_id"];

/// Texts among them in which others may be named.
const OWN_TEXTS: &[&str] = &["note", "churn_note"];

/// Erases a customer whose name was typed to confirm it; whoever was erased before is looked for by the typed name in what
/// was changed since (`again`).
pub fn erase(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    (customer, typed): (CustomerId, &str),
) -> Result<Receipt, StoreError> {
    if let Some(receipt) = answered(db, request)? {
        return Ok(receipt);
    }
    let actor = known(db, actor)?;
    let now = Now { at: now.at, zone: settings::zone(db)? };
    people::need(db, &actor, Verb::Erase, customer.0, now)?;
    if let Some(erasure) = again::erased_by(db, customer.0)? {
        return again::erase(db, &actor, request, now, (customer, typed, erasure));
    }
    // reading what is written about everybody else takes its time: it is done before others have to wait
    let (name, _) = confirmed(&Work::new(db, &actor, now, None), customer.0, typed, request.reason)?;
    let words = Words::of(db, customer.0, named::words(db, customer.0, &name)?)?;
    let mentions = mentioned::elsewhere(
        db,
        customer.0,
        &mentioned::names(db, customer.0, &words.all)?,
        &words.unsure(),
    )?;
    let last_ref = last_book_ref(db)?;
    let refs = book_refs(db, customer.0, 0)?;
    let last = history::last(db)?;
    let headers = history::about_many(db, &name, &words, 0)?;
    let tx = Frame::open(db)?;
    // what was read took its time: who asks may be somebody else by now
    let actor = known(&tx, &actor)?;
    people::need(&tx, &actor, Verb::Erase, customer.0, now)?;
    let mut work = Work::new(&tx, &actor, now, None);
    let (name, code) = confirmed(&work, customer.0, typed, request.reason)?;
    let refs = refs.into_iter().chain(book_refs(work.db, customer.0, last_ref)?);
    let numbers = forget_refs(&mut work, refs)?;
    let words = words.with(named::words(work.db, customer.0, &name)?);
    clear(&mut work, customer.0, &code)?;
    let told = named::replace(&mut work, &words, &code)?;
    let rows = work.rows();
    let header = Header {
        subject: &code,
        customer: Some(customer.0),
        reason: request.reason,
        ..Header::own(request.name, request.act.id())
    };
    let change = work.finish(&header, true)?;
    if let Some(change) = change {
        // why somebody was shown what is masked is free text, too
        for whose in std::iter::once(customer.0).chain(merged::into(&tx, customer.0)?) {
            tx.prepare_cached("UPDATE look_up SET reason=NULL WHERE customer_id=?1 AND reason IS NOT NULL")?
                .execute([whose])?;
        }
        let headers = [headers, history::about_many(&tx, &name, &words, last)?].concat();
        let search = Search {
            customer: customer.0,
            name: &name,
            words: &words,
            numbers: &numbers,
            told: &told,
            headers: &headers,
        };
        history::blank(&tx, &search, change)?;
        named::blank_exports(&tx, &words, change)?;
    }
    tx.commit()?;
    scrub(db)?;
    Ok(Receipt {
        change,
        verb: request.act.id(),
        subject: code,
        customer: Some(customer),
        rows,
        mentions,
        ..Receipt::default()
    })
}

/// Name and number of the customer, where the name was typed as it stands and a reason is given.
fn confirmed(
    work: &Work<'_>,
    customer: i64,
    typed: &str,
    reason: Option<&str>,
) -> Result<(String, String), StoreError> {
    let Some((_, row)) = work.read(Noun::Customer, customer)? else {
        return Err(StoreError::Gone { who: None });
    };
    let name = text(&row, "name").unwrap_or_default().to_owned();
    if typed.trim() != name {
        return invalid(Field::TypedName, Problem::NameDiffers(name));
    }
    let said = reason.map_or(Value::None, Value::text);
    if cell(work.db, work.now, 0, Field::Reason, &said)? == Cell::Null {
        return invalid(Field::Reason, Problem::Empty);
    }
    Ok((name, text(&row, "code").unwrap_or_default().to_owned()))
}

/// Takes away what the books call a customer's rows; answers the numbers of what is gone.
fn forget_refs(
    work: &mut Work<'_>,
    refs: impl Iterator<Item = ((&'static str, i64), i64)>,
) -> Result<Vec<i64>, StoreError> {
    let mut gone = Vec::new();
    for ((tbl, row), id) in refs {
        // an entry that was found before may be another row's by now
        let is = work.read(Noun::BookRef, id)?;
        if is.is_some_and(|(_, is)| text(&is, "tbl") == Some(tbl) && int(&is, "row_id") == Some(row)) {
            work.delete(Noun::BookRef, id)?;
            gone.push(id);
        }
    }
    Ok(gone)
}

/// Takes everything away that says who the customer is.
fn clear(work: &mut Work<'_>, customer: i64, code: &str) -> Result<(), StoreError> {
    for noun in GO {
        for row in rows_of(work.db, table(*noun), customer, usize::MAX)? {
            // a method goes with its contact
            if work.read(*noun, row)?.is_some() {
                hang::remove(work, *noun, row)?;
            }
        }
    }
    blank_words(work, customer)?;
    for task in rewards_for(work.db, customer)? {
        work.update(Noun::Task, task, &[("text", word(code))])?;
    }
    let old: Vec<String> = work
        .db
        .prepare_cached("SELECT code FROM customer_alias WHERE customer_id=?1")?
        .query_map([customer], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for code in old {
        work.put(Noun::Alias, &code, None)?;
    }
    let mut own: Vec<(&'static str, Cell)> = OWN.iter().map(|column| (*column, Cell::Null)).collect();
    own.extend([("name", word(code)), ("state", word("closed"))]);
    work.update(Noun::Customer, customer, &own)?;
    // nobody touches who asked to be forgotten
    let quiet = [
        ("customer_id", Cell::Integer(customer)),
        ("channel", word("all")),
        ("since", word(work.now.today().to_string())),
    ];
    work.insert(Noun::OptOut, &quiet)?;
    Ok(())
}

/// Blanks what was written freely in rows that stay, and ends what is open.
fn blank_words(work: &mut Work<'_>, customer: i64) -> Result<(), StoreError> {
    for table in TABLES.iter().filter(|t| t.numbered && t.columns.contains(&"customer_id")) {
        let free = free(table);
        if free.is_empty() {
            continue;
        }
        let blanks = blanks(work.db, table, &free)?;
        let mut rows = rows_of(work.db, table, customer, usize::MAX)?;
        if table.noun == Noun::Referral {
            rows.extend(arrivals(work.db, customer)?);
        }
        for row in rows {
            let mut cells = blanks.clone();
            if let Some((_, is)) = work.read(table.noun, row)? {
                cells.extend(ending(table.noun, &is, work.now.ms()));
            }
            work.update(table.noun, row, &cells)?;
        }
    }
    Ok(())
}

/// The columns of a table in which people write as they like.
fn free(table: &Table) -> Vec<&'static str> {
    let all = table.columns.iter().copied();
    all.filter(|c| FREE.contains(c) || FREE_IN.contains(&(table.noun, c))).collect()
}

/// What is still open ends with the customer: nobody is to ask them for anything. Figures go on counting it.
fn ending(noun: Noun, is: &Image, now: i64) -> Image {
    let state = text(is, "state").unwrap_or_default();
    let closed = ("closed_at", Cell::Integer(now));
    match noun {
        Noun::Task if state == "open" => vec![("state", word("dropped"))],
        Noun::Alarm if state != "closed" => {
            vec![("state", word("closed")), ("ended", word("gone")), ("climb_at", Cell::Null), closed]
        }
        Noun::Complaint if state != "resolved" => {
            vec![("state", word("resolved")), ("ended", word("withdrawn")), closed]
        }
        // of two who wanted the customer neither gets it
        Noun::Dispute if state == "open" => vec![("state", word("withdrawn"))],
        Noun::Request if state != "closed" => vec![("state", word("closed")), closed],
        _ => Image::new(),
    }
}

/// The referrals of others by which the customer came.
fn arrivals(db: &Connection, customer: i64) -> Result<Vec<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT id FROM referral WHERE new_id=?1")?
        .query_map([customer], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

/// The tasks of a referrer that name the customer as the one who came.
fn rewards_for(db: &Connection, customer: i64) -> Result<Vec<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT id FROM task WHERE cause=?1")?
        .query_map([format!("reward:{customer}")], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

/// What stands in columns then: nothing, or the sign where something has to.
fn blanks(
    db: &Connection,
    table: &Table,
    columns: &[&'static str],
) -> Result<Vec<(&'static str, Cell)>, StoreError> {
    let needed: BTreeSet<String> = db
        .prepare_cached("SELECT name FROM pragma_table_info(?1) WHERE \"notnull\"=1")?
        .query_map([table.name], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(columns.iter().map(|c| (*c, if needed.contains(*c) { word(BLANK) } else { Cell::Null })).collect())
}

/// Leaves no old token in the look-up indexes and no old page in the log of the file; the engine overwrites what it frees.
fn scrub(db: &Connection) -> Result<(), StoreError> {
    if !db.is_autocommit() {
        return Ok(());
    }
    let customers: i64 =
        db.query_row("SELECT count(*) FROM (SELECT 1 FROM customer LIMIT ?1)", [AT_ONCE + 1], |r| r.get(0))?;
    if customers <= AT_ONCE {
        for index in ["find_text", "find_digit", "find_touch"] {
            db.execute(&format!("INSERT INTO {index}({index}) VALUES('optimize')"), [])?;
        }
    }
    // best effort: somebody who reads just now keeps it, the next writer folds it
    let _ = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    Ok(())
}
