//! The record of changes as a chain: whatever is altered, added, removed or cut off afterwards is found, an erasure is not
//! mistaken for it, and what was written before there was a chain is taken into it.

use rusqlite::Connection;
use rusqlite::types::Value as Cell;

use super::*;
use crate::store::chain::{self, Broken, blank_header, blank_line};
use crate::store::check::Fault;
use crate::store::schema;
use crate::store::state::{self, State};

/// Five changes with all that a header can have.
fn history() -> Rig {
    let mut rig = rig();
    let id = rig.write(Change::AddCustomer(Box::new(with_phone("宏达", "13800138000")))).customer.unwrap().0;
    rig.write(edit(Noun::Customer, id, 1, Field::Region, "", "华东"));
    rig.write(Change::Undo(None));
    rig.write(order(id, "2024-05-02", 100));
    rig.write(Change::Set { key: "capacity".into(), value: "30".into() });
    rig
}

/// Takes away what keeps honest people from doing it.
fn unguarded(rig: &Rig) -> &Connection {
    for trigger in ["change_stays", "change_kept", "change_row_stays", "change_row_kept"] {
        rig.store.db.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    rig.store.db.execute_batch("PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON").unwrap();
    &rig.store.db
}

fn verdict(db: &Connection) -> Option<Broken> {
    chain::verify(db).unwrap()
}

/// The same value with its last bit turned, or something where there was nothing.
fn turned(cell: &Cell, column: &str) -> Cell {
    match cell {
        Cell::Integer(n) => Cell::Integer(n ^ 1),
        Cell::Text(text) => {
            let mut chars: Vec<char> = text.chars().collect();
            match chars.last_mut() {
                Some(last) => *last = char::from_u32(u32::from(*last) ^ 16).unwrap_or('x'),
                None => chars.push('x'),
            }
            Cell::Text(chars.into_iter().collect())
        }
        Cell::Blob(bytes) => {
            Cell::Blob(bytes.iter().enumerate().map(|(i, b)| if i == 0 { b ^ 1 } else { *b }).collect())
        }
        Cell::Null if matches!(column, "salt" | "digest" | "hash") => Cell::Blob(vec![7; 32]),
        Cell::Null if matches!(column, "reason" | "before" | "after") => Cell::Text("{}".into()),
        Cell::Null => Cell::Integer(1),
        Cell::Real(n) => Cell::Real(-n),
    }
}

#[test]
fn i15_one_turned_bit_in_any_column_of_any_row_of_the_record_is_found_where_it_is() {
    let rig = history();
    let db = unguarded(&rig);
    assert_eq!(verdict(db), None);
    let mut tried = 0;
    for (table, of) in [("change", "id"), ("change_row", "change_id")] {
        let sql =
            format!("SELECT name FROM pragma_table_info('{table}') WHERE name NOT IN ('id','erased_by')");
        let columns: Vec<String> = column(db, &sql);
        let rows: Vec<(i64, i64)> = db
            .prepare(&format!("SELECT id,{of} FROM {table}"))
            .unwrap()
            .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        for (id, change) in &rows {
            for column in &columns {
                let was: Cell = db
                    .query_row(&format!("SELECT {column} FROM {table} WHERE id=?1"), [id], |r| r.get(0))
                    .unwrap();
                let put = format!("UPDATE {table} SET {column}=?2 WHERE id=?1");
                db.execute(&put, (id, turned(&was, column))).unwrap();
                let found = verdict(db).unwrap_or_else(|| panic!("{table}.{column} of {id}"));
                // a line that says it is of another change is missed in its own or found in the other, whichever is first
                assert!(found.change <= *change, "{table}.{column} of {id}: {found:?}");
                if column != "change_id" {
                    assert_eq!(found.change, *change, "{table}.{column} of {id}");
                }
                db.execute(&put, (id, was)).unwrap();
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
    assert_eq!(verdict(db), None);
}

#[test]
fn i15_what_was_removed_added_or_put_in_another_order_is_found_and_check_says_so() {
    for (sql, change) in [
        ("DELETE FROM change_row WHERE id=1", 1),
        ("DELETE FROM change WHERE id=2", 2),
        ("INSERT INTO change_row(change_id,tbl,row_id,rev_after,after) VALUES(2,'customer',9,1,'{}')", 2),
        ("INSERT INTO change_row(change_id,tbl,row_id,rev_after,after) VALUES(9,'customer',9,1,'{}')", 9),
        ("UPDATE change_row SET row_id=3-row_id WHERE id IN (1,2)", 1),
        ("UPDATE change SET id=99 WHERE id=5", 5),
    ] {
        let rig = history();
        unguarded(&rig).execute_batch(sql).unwrap();
        let found = verdict(&rig.store.db).unwrap();
        assert!(found.change == change || found.change == change + 1, "{sql}: {found:?}");
        let faults = rig.store.check(rig.now).unwrap();
        assert!(faults.contains(&Fault::History(found)), "{sql}: {faults:?}");
    }
}

#[test]
fn i18_an_erased_text_leaves_the_chain_whole_and_whoever_only_pretends_to_erase_is_found() {
    let rig = history();
    let db = &rig.store.db;
    let erase = rig.count("SELECT max(id)+1 FROM change");
    blank_header(db, 1, erase).unwrap();
    blank_line(db, 1, erase).unwrap();
    assert_eq!(rig.text("SELECT subject||coalesce(reason,'') FROM change WHERE id=1"), Some(String::new()));
    assert_eq!(rig.text("SELECT coalesce(before,'-')||after FROM change_row WHERE id=1"), Some("-{}".into()));
    assert_eq!(verdict(db), Some(Broken { change: 1, line: None }), "no change says that it erased");
    let entry = chain::Entry {
        request: "e",
        at: rig.now.ms(),
        person: 1,
        session: "s",
        via: "screen",
        verb: "erase",
        subject: "",
        customer: Some(1),
        reason: Some("客户要求"),
        undo_of: None,
        job: None,
    };
    assert_eq!(chain::header(db, &entry).unwrap(), erase);
    assert_eq!(verdict(db), None);
    // again does nothing, and what is erased stays so
    blank_line(db, 1, erase).unwrap();
    for sql in [
        "UPDATE change_row SET after='{\"name\":\"x\"}' WHERE id=1",
        "UPDATE change_row SET after='x' WHERE id=2",
        "UPDATE change_row SET digest=x'00', salt=NULL, erased_by=1, after='{}', row_id=9 WHERE id=2",
        "UPDATE change SET reason='x' WHERE id=2",
        "UPDATE change SET digest=x'00', salt=NULL, erased_by=1, subject='', at=1 WHERE id=2",
        "DELETE FROM change WHERE id=6",
    ] {
        let refused = db.execute_batch(sql).unwrap_err().to_string();
        assert!(refused.contains("not rewritten"), "{sql}: {refused}");
    }
    let db = unguarded(&rig);
    db.execute_batch("UPDATE change_row SET after='{\"name\":\"x\"}' WHERE id=1").unwrap();
    assert_eq!(verdict(db), Some(Broken { change: 1, line: Some(1) }));
}

#[test]
fn what_was_written_before_there_was_a_chain_is_linked_on_the_way_to_this_version() {
    let mut db = Connection::open_in_memory().unwrap();
    for sql in schema::up_to(schema::unchained()) {
        db.execute_batch(sql).unwrap();
    }
    db.execute_batch(
        "INSERT INTO person(id,login,name,role,department,created_at) VALUES(1,'w','王敏','admin','sales',0);
         INSERT INTO change(id,request,at,person_id,session,via,verb,subject) VALUES(3,'a',1,1,'s','screen','edit','宏达'),
           (7,'b',2,1,'s','screen','edit','恒远');
         INSERT INTO change_row(change_id,tbl,row_id,rev_after,before,after) VALUES(3,'customer',1,2,'{}','{\"a\":1}'),
           (3,'customer',2,2,'{}','{}'),(7,'customer',1,NULL,'{}',NULL);",
    )
    .unwrap();
    db.pragma_update(None, "application_id", state::APPLICATION).unwrap();
    db.pragma_update(None, "user_version", schema::unchained()).unwrap();
    schema::migrate(&mut db, None, &mut |_| {}).unwrap();
    assert_eq!(verdict(&db), None);
    let linked: i64 = db
        .query_row("SELECT count(*) FROM change WHERE length(hash)=32 AND length(salt)=16", [], |r| r.get(0))
        .unwrap();
    assert_eq!(linked, 2);
    let refused = db.execute_batch("UPDATE change_row SET after='{}' WHERE id=1").unwrap_err().to_string();
    assert!(refused.contains("not rewritten"));
    db.execute_batch("DROP TRIGGER change_row_stays; UPDATE change_row SET after='{\"a\":2}' WHERE id=1")
        .unwrap();
    assert_eq!(verdict(&db), Some(Broken { change: 3, line: None }));
}

#[test]
fn a_copy_is_made_before_a_migration_and_one_that_has_failed_once_is_tried_again_with_the_copy_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let older = schema::version() - 1;
    let kept = folder.path().join(format!("a.before-{}.db", schema::version()));
    let old = |path: &std::path::Path| {
        let db = Connection::open(path).unwrap();
        for sql in schema::up_to(usize::try_from(older).unwrap()) {
            db.execute_batch(sql).unwrap();
        }
        db.pragma_update(None, "application_id", state::APPLICATION).unwrap();
        db.pragma_update(None, "user_version", older).unwrap();
        db
    };
    let state = |path: &std::path::Path| state::state(&Connection::open(path).unwrap()).unwrap();
    let mut db = old(&path);
    std::fs::write(&kept, "no copy of ours").unwrap();
    assert!(matches!(
        schema::migrate(&mut db, Some(&path), &mut |_| {}),
        Err(StoreError::Unavailable { .. })
    ));
    assert_eq!(state(&path), State::Ours(older), "without a copy nothing is migrated");
    std::fs::remove_file(&kept).unwrap();
    schema::migrate(&mut db, Some(&path), &mut |_| {}).unwrap();
    assert_eq!((state(&path), state(&kept)), (State::Ours(schema::version()), State::Ours(older)));
    // the copy stands, the file is as it was: as after a migration that has failed
    drop(db);
    std::fs::copy(&kept, &path).unwrap();
    schema::migrate(&mut Connection::open(&path).unwrap(), Some(&path), &mut |_| {}).unwrap();
    assert_eq!(state(&path), State::Ours(schema::version()));
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 2, "nothing half-made lies about");
}

#[test]
fn a_head_noted_outside_once_a_day_finds_an_end_that_was_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("heads");
    let mut rig = history();
    rig.store.mark_history(rig.now).unwrap();
    assert!(!place.exists(), "nobody named a place");
    let set = |value: &str| Change::Set { key: "history_place".into(), value: value.into() };
    let no_place = Problem::NotAPlace("heads".into());
    let invalid = Invalid { field: Field::SettingValue, problem: no_place };
    assert_eq!(rig.attempt(set("heads")), Err(StoreError::Invalid(invalid)));
    rig.write(set(&place.display().to_string()));
    for _ in 0..2 {
        rig.store.mark_history(rig.now).unwrap();
    }
    rig.customer("恒远");
    rig.at("2024-05-21T02:00:00Z");
    rig.store.mark_history(rig.now).unwrap();
    let noted = std::fs::read_to_string(&place).unwrap();
    let lines: Vec<&str> = noted.lines().collect();
    assert!(
        lines.len() == 2 && lines[0].starts_with("2024-05-20 6 ") && lines[1].starts_with("2024-05-21 7 ")
    );
    rig.sound();
    // the last change goes, and its hash cannot tell any more
    unguarded(&rig)
        .execute_batch("DELETE FROM change_row WHERE change_id=7; DELETE FROM change WHERE id=7")
        .unwrap();
    assert_eq!(verdict(&rig.store.db), None);
    assert!(rig.store.check(rig.now).unwrap().contains(&Fault::Noted(7)));
    std::fs::remove_file(&place).unwrap();
    assert!(rig.store.check(rig.now).unwrap().contains(&Fault::Place(place.display().to_string())));
}
