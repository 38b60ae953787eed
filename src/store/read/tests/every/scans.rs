//! What every question reads, counted by SQLite itself while it is answered: a question asked at a key press goes through
//! no table from end to end and sorts no list, however its statements are worded.

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::mpsc;

use rusqlite::StatementStatus::{self, FullscanStep, Sort as Sorts};
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use super::*;
use crate::domain::change::{ImportRow, NewTask, NewTouch};
use crate::domain::date::{Anchor, Due};
use crate::store::request::RowOutcome;

/// Rows of each kind besides those of the four customers.
const MANY: i64 = 2_000;
/// Rows one after the other that no index has chosen: a window of a list may have so many, a whole table has more.
const FEW: i32 = 1_000;
/// The tables that grow with the customers and what is done with them, of those whose rows have more than one maker.
const LARGE: [&str; 8] = ["customer", "facts", "entry", "contact", "touch", "orders", "task", "change"];

/// What statements did while they ran: each with its count.
struct Told(mpsc::Receiver<(String, i32)>);

impl Told {
    fn of(h: &mut House, what: StatementStatus) -> Self {
        let (tell, told) = mpsc::channel();
        // a statement that is used again counts on
        let mut before = HashMap::new();
        let trace = move |event: TraceEvent<'_>| {
            if let TraceEvent::Profile(statement, _) = event {
                let (sql, all) = (statement.sql().into_owned(), statement.get_status(what));
                let before = before.insert(sql.clone(), all).filter(|before| *before <= all).unwrap_or(0);
                tell.send((sql, all - before)).unwrap();
            }
        };
        h.c.store.db.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, Some(trace)).unwrap();
        Self(told)
    }

    /// Whether what was just done took no more than so much of it; and that it was done by statements at all.
    fn at_most(&self, most: i32, query: &dyn Debug) {
        let mut any = false;
        for (sql, count) in self.0.try_iter() {
            any = true;
            assert!(count <= most, "{query:?}: {count} by\n{sql}");
        }
        assert!(any, "{query:?}");
    }
}

#[test]
fn no_question_at_a_key_press_goes_through_a_table() {
    for role in [Role::Rep, Role::Admin] {
        let mut h = House::new(role);
        many(&h);
        let told = Told::of(&mut h, FullscanStep);
        for (.., queries) in every(&h) {
            for query in queries.into_iter().filter(|query| !may_walk(query)) {
                drop(h.ask(&h.me, &query));
                told.at_most(FEW, &query);
            }
        }
    }
}

/// Whether a question may go from row to row: it lets others go first and is stopped by the next key, or what it goes through
/// does not grow with the customers.
fn may_walk(query: &Query) -> bool {
    match query {
        // from the newest on, a bounded number of them (`REACH` in `read/touches.rs`)
        Query::Touches(list) => !list.text.is_empty(),
        // complaints that are still open are soon worked off, and a dispute is a rare thing
        Query::Complaints(Which::Mine) | Query::Cases => true,
        query => query.can_wait(),
    }
}

#[test]
fn no_write_of_a_working_day_goes_through_a_table() {
    let mut h = House::new(Role::Admin);
    many(&h);
    let told = Told::of(&mut h, FullscanStep);
    let (c, customer) = (&mut h.c, h.whose[0]);
    c.customer("杭州新达机电有限公司", "陈总", "13900002210");
    told.at_most(FEW, &"a customer");
    c.touch(customer, "2024-05-20", "回访");
    told.at_most(FEW, &"a touch");
    c.plan(customer, "寄样品", "2024-05-22");
    told.at_most(FEW, &"a task");
    edit(c, Row { noun: Noun::Customer, id: customer.0 }, Field::Region, Value::None, Value::text("上海"));
    told.at_most(FEW, &"an edit");
    c.class(customer, "grade", "B");
    told.at_most(FEW, &"a class");
    for (noun, set) in records(1) {
        c.write(Change::Add { noun, customer, set });
        told.at_most(FEW, &noun);
        c.write(Change::Undo(None));
        told.at_most(FEW, &("undo", noun));
    }
}

#[test]
fn k56_no_row_of_a_ledger_that_is_read_again_goes_through_a_table() {
    let mut h = House::new(Role::Admin);
    many(&h);
    let (c, customer) = (&mut h.c, h.whose[0]);
    let promise = |text: &str| {
        let due = Due { day: "2024-05-24".parse().unwrap(), time: None };
        NewTask { text: text.into(), due, anchor: Anchor::AfterTouch }
    };
    let at = at("2024-05-10T04:00:00Z").at;
    let plain = NewTouch { closed: false, ..NewTouch::plain(customer, at, "电话勾通") };
    let mut touch = NewTouch { next: vec![promise("寄样品"), promise("回访")], ..plain };
    let read = |c: &mut Company, touch: &NewTouch| {
        let job = c.write(Change::StartImport { what: "互动.csv".into() }).job.unwrap();
        let row = ImportRow::Touch { touch: touch.clone(), row: 1, day_only: true };
        let outcomes = c.write(Change::ImportRows { job, rows: vec![row] }).outcomes;
        c.write(Change::FinishImport { job });
        outcomes
    };
    assert_eq!(read(c, &touch), [RowOutcome::Made]);
    // corrected, a promise taken away, and its person entered since: whatever is looked up is looked up
    let found = |c: &Company, sql: &str| -> i64 { c.store.db.query_row(sql, [], |r| r.get(0)).unwrap() };
    let row = Row { noun: Noun::Touch, id: found(c, "SELECT id FROM touch WHERE summary='电话勾通'") };
    edit(c, row, Field::TouchSummary, Value::text("电话勾通"), Value::text("电话沟通"));
    let task = found(c, "SELECT id FROM task WHERE text='寄样品' ORDER BY id DESC LIMIT 1");
    c.write(Change::Remove { row: Row { noun: Noun::Task, id: task }, rev: 1 });
    let newest = found(c, "SELECT max(id) FROM person");
    let later = "UPDATE person SET created_at=1+(SELECT max(recorded_at) FROM touch), rev=rev+1 WHERE id=?1";
    c.store.db.execute(later, [newest]).unwrap();
    touch.by = Some(PersonId(newest));
    let told = Told::of(&mut h, FullscanStep);
    let c = &mut h.c;
    assert_eq!(read(c, &touch), [RowOutcome::Same]);
    told.at_most(FEW, &"a row that is there");
    touch.feedback = Some("要报价".into());
    assert_eq!(read(c, &touch), [RowOutcome::Made]);
    told.at_most(FEW, &"a row that is not");
}

#[test]
fn every_order_of_the_list_is_that_of_an_index() {
    let mut h = House::new(Role::Admin);
    many(&h);
    for what in [Sorts, FullscanStep] {
        let told = Told::of(&mut h, what);
        for sort in [
            Sort::Code,
            Sort::Name,
            Sort::Industry,
            Sort::Size,
            Sort::Segment,
            Sort::Grade,
            Sort::LastTouch,
            Sort::NextDue,
            Sort::LastOrder,
            Sort::PerYear,
            Sort::Spend,
        ] {
            for seek in [Seek::Top, Seek::End, Seek::Around(h.whose[0].0)] {
                for filter in ["", "owner:me"] {
                    for descending in [false, true] {
                        let filter = filter::parse(filter).unwrap();
                        let query = Query::Customers(List { filter, ..list(sort, descending, seek, 50) });
                        h.ask(&h.me, &query).unwrap();
                        told.at_most(if what == Sorts { 0 } else { FEW }, &query);
                    }
                }
            }
        }
    }
}

/// The same rows again and again of whatever one of the four has a row of.
fn many(h: &House) {
    let db = &h.c.store.db;
    let texts = |sql: &str| -> Vec<String> {
        db.prepare(sql).unwrap().query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
    };
    db.execute_batch("PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON").unwrap();
    let tables = texts(
        "SELECT name FROM sqlite_schema t WHERE type='table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'find_%'
           AND (name='customer' OR EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name='customer_id'))",
    );
    for table in &tables {
        let columns = texts(&format!("SELECT name FROM pragma_table_info('{table}')"));
        let cells = columns.iter().map(|column| match (table.as_str(), column.as_str()) {
            ("customer", "id") | (_, "customer_id") => "1000+n".to_owned(),
            // the number of a touch carries the customer
            ("touch", "id") => "(1000+n)<<20|1".to_owned(),
            (_, "id") => "100000+n".to_owned(),
            (_, "code" | "request" | "cause") => format!("t.{column}||n"),
            _ => format!("t.{column}"),
        });
        let (cells, columns) = (cells.collect::<Vec<_>>().join(","), columns.join(","));
        let sql = format!(
            "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM many WHERE n<{MANY})
             INSERT OR IGNORE INTO {table}({columns}) SELECT {cells} FROM (SELECT * FROM {table} ORDER BY 1 DESC LIMIT 1) t, many"
        );
        let made = db.execute(&sql, []).unwrap();
        assert!(
            made == usize::try_from(MANY).unwrap() || !LARGE.contains(&table.as_str()),
            "{table}: {made}"
        );
    }
}
