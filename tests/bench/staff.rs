//! Somebody as they work in a company of any size: a rep with 500 accounts among all of its customers.

use std::path::Path;

use guanxi::domain::change::{Change, Each, Envelope};
use guanxi::domain::clock::Now;
use guanxi::domain::customer::CustomerId;
use guanxi::domain::people::{PersonId, Via};
use guanxi::store::{Mode, Store};

/// The login of the rep.
pub const LOGIN: &str = "bench500";
/// Accounts of the rep.
const ACCOUNTS: i64 = 500;

/// Makes the rep unless the file has them already, with customers from all over it.
pub fn rep(path: &Path, now: &str) -> PersonId {
    let db = rusqlite::Connection::open(path).unwrap();
    let known = db.query_row("SELECT id FROM person WHERE login=?1", [LOGIN], |r| r.get(0));
    if let Ok(id) = known {
        return PersonId(id);
    }
    db.execute(
        "INSERT INTO person(login,name,role,department,created_at) VALUES(?1,'Bench','rep','sales',0)",
        [LOGIN],
    )
    .unwrap();
    let person = PersonId(db.last_insert_rowid());
    let last: i64 = db.query_row("SELECT max(id) FROM customer", [], |r| r.get(0)).unwrap();
    let step = (last / ACCOUNTS).max(1);
    let mut one = db.prepare("SELECT min(id) FROM customer WHERE id>=?1").unwrap();
    let customers = (0..ACCOUNTS.min(last))
        .map(|n| CustomerId(one.query_row([1 + n * step], |r| r.get(0)).unwrap()))
        .collect();
    drop(one);
    drop(db);
    let mut store = Store::open(path, Mode::Existing).unwrap();
    let actor = store.whoever("bench", Via::Screen, "bench").unwrap().expect("somebody works here");
    let now = Now { at: now.parse().unwrap(), zone: store.zone() };
    let change = Change::Many { customers, each: Each::Assign(person) };
    let envelope = Envelope { request: "bench-assign".to_owned(), change, reason: Some("bench".to_owned()) };
    store.write(&actor, &envelope, now).unwrap();
    person
}
