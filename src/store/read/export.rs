//! The rows of an export: the columns of each kind as one table, the customers that a person may take out, their rows.
//! What a person does not see in full they do not take out (a test of the table of rights holds it), so nothing here is
//! masked.

pub mod company;

use std::borrow::Cow;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, params_from_iter};

use super::conditions::within;
use super::eyes::Eyes;
use super::filter::conditions;
use super::own;
use crate::domain::filter::Filter;
use crate::domain::money::Fen;
use crate::domain::people::Verb;
use crate::store::request::StoreError;
use crate::store::request::export::{Cell, Column, Exported, Form};

macro_rules! columns {
    ($name:ident: $( $id:literal $form:expr, $sql:literal; )*) => {
        const $name: &[Column] = &[ $( Column { id: Cow::Borrowed($id), form: $form, sql: $sql }, )*];
    };
}

columns! { CUSTOMERS:
    "code" Form::Text, "c.code";
    "name" Form::Text, "c.name";
    "kind" Form::Word("kind"), "c.kind";
    "industry" Form::Text, "c.industry";
    "size" Form::Word("size"), "c.size";
    "employees" Form::Count, "c.employees";
    "revenue" Form::Money, "c.revenue_fen";
    "region" Form::Text, "c.region";
    "address" Form::Text, "c.address";
    "website" Form::Text, "c.website";
    "source" Form::Word("source"), "c.source";
    "owner" Form::Text, "p.name";
    "segment" Form::Word("segment"), "f.segment";
    "grade" Form::Word("grade"), "f.grade";
    "lifecycle" Form::Word("lifecycle"), "f.lifecycle";
    "depth" Form::Word("depth"), "c.depth";
    "relation" Form::Word("relation"), "c.relation";
    "need" Form::Word("need"), "c.need";
    "contact" Form::Text, "f.contact";
    "title" Form::Text, "f.title";
    "phone" Form::Text, "(SELECT group_concat(m.value,'; ') FROM (SELECT value FROM method WHERE customer_id=c.id
        AND kind IN ('mobile','landline') ORDER BY id) m)";
    "wechat" Form::Text, "(SELECT group_concat(m.value,'; ') FROM (SELECT value FROM method WHERE customer_id=c.id
        AND kind='wechat' ORDER BY id) m)";
    "email" Form::Text, "(SELECT group_concat(m.value,'; ') FROM (SELECT value FROM method WHERE customer_id=c.id
        AND kind='email' ORDER BY id) m)";
    "tags" Form::Text, "(SELECT group_concat(g.value,'; ') FROM (SELECT value FROM own_tag
        WHERE customer_id=c.id GROUP BY value ORDER BY min(id)) g)";
    "last_touch" Form::Instant, "f.last_touch";
    "next_due" Form::Day, "(SELECT t.due_on FROM task t WHERE t.id=f.next_task)";
    "next" Form::Text, "(SELECT t.text FROM task t WHERE t.id=f.next_task)";
    "last_order" Form::Day, "f.last_order";
    "frequency" Form::Count, "f.per_year";
    "spend_12m" Form::Money, "f.spend_12m";
    "category" Form::Text, "f.category";
    "note" Form::Text, "c.note";
}

columns! { CONTACTS:
    "code" Form::Text, "c.code";
    "customer" Form::Text, "c.name";
    "contact" Form::Text, "x.name";
    "title" Form::Text, "x.title";
    "key" Form::Flag, "x.is_key";
    "phone" Form::Text, "(SELECT group_concat(m.value,'; ') FROM (SELECT value FROM method WHERE contact_id=x.id
        AND kind IN ('mobile','landline') ORDER BY id) m)";
    "wechat" Form::Text, "(SELECT group_concat(m.value,'; ') FROM (SELECT value FROM method WHERE contact_id=x.id
        AND kind='wechat' ORDER BY id) m)";
    "email" Form::Text, "(SELECT group_concat(m.value,'; ') FROM (SELECT value FROM method WHERE contact_id=x.id
        AND kind='email' ORDER BY id) m)";
    "note" Form::Text, "x.note";
}

columns! { ORDERS:
    "code" Form::Text, "c.code";
    "customer" Form::Text, "c.name";
    "number" Form::Text, "x.code";
    "date" Form::Day, "x.ordered_on";
    "amount" Form::Money, "x.amount_fen";
    "category" Form::Text, "x.category";
    "status" Form::Word("order"), "x.status";
    "note" Form::Text, "x.note";
}

columns! { TOUCHES:
    "code" Form::Text, "c.code";
    "customer" Form::Text, "c.name";
    "at" Form::Instant, "x.at";
    "channel" Form::Word("channel"), "x.channel";
    "kind" Form::Word("touch_kind"), "x.kind";
    "contact" Form::Text, "(SELECT k.name FROM contact k WHERE k.id=x.contact_id)";
    "topic" Form::Text, "x.topic";
    "summary" Form::Text, "x.summary";
    "feedback" Form::Text, "x.feedback";
    "responded" Form::Flag, "x.responded";
    "cost" Form::Money, "x.cost_fen";
    "product" Form::Text, "x.product";
    "owner" Form::Text, "(SELECT w.name FROM person w WHERE w.id=x.person_id)";
    "next" Form::Text, "(SELECT group_concat(n.text,'; ') FROM (SELECT text FROM task WHERE touch_id=x.id ORDER BY due_at,id) n)";
    "recorded_at" Form::Instant, "x.recorded_at";
}

columns! { CALENDAR:
    "uid" Form::Text, "x.uid";
    "code" Form::Text, "c.code";
    "customer" Form::Text, "c.name";
    "kind" Form::Word("date"), "x.kind";
    "cause" Form::Text, "x.cause";
    "text" Form::Task, "x.text";
    "on" Form::Day, "x.day";
    "time" Form::Text, "x.time";
    "owner" Form::Text, "(SELECT w.name FROM person w WHERE w.id=x.owner)";
    "yearly" Form::Flag, "x.yearly";
}

/// What is open with a customer, and their dates; one that follows the moon has its next day only.
const DATES: &str = "(SELECT 'task-'||t.id AS uid, t.customer_id, 'task' AS kind, t.cause, t.text, t.due_on AS day,
      t.due_time AS time, t.owner_id AS owner, 0 AS yearly, t.due_at AS at FROM task t
      WHERE t.customer_id=?1 AND t.state='open'
    UNION ALL SELECT 'date-'||d.id, d.customer_id, d.kind, NULL,
      trim(coalesce((SELECT k.name FROM contact k WHERE k.id=d.contact_id),'')||' '||coalesce(d.label,'')), d.next_on,
      NULL, o.owner_id, d.calendar='solar', 0 FROM important_date d JOIN customer o ON o.id=d.customer_id
      WHERE d.customer_id=?1)";

/// The columns of a kind of rows.
pub const fn columns(what: Exported) -> &'static [Column] {
    match what {
        Exported::Customers => CUSTOMERS,
        Exported::Contacts => CONTACTS,
        Exported::Orders => ORDERS,
        Exported::Touches => TOUCHES,
        Exported::Calendar => CALENDAR,
        Exported::Matrix => company::MATRIX,
        Exported::Board => company::BOARD,
        Exported::All => &[],
    }
}

/// The same with the fields of the company's own, which stand behind those of every company (A4).
pub fn with_own(db: &Connection, what: Exported) -> Result<Vec<Column>, StoreError> {
    let mut all = columns(what).to_vec();
    if what == Exported::Customers {
        let own = own::fields(db)?.into_iter();
        all.extend(own.map(|field| Column { id: Cow::Owned(field.name), form: Form::Text, sql: "" }));
    }
    Ok(all)
}

/// What a customer has in the fields of the company's own, a cell for each.
fn own_cells(db: &Connection, customer: i64) -> rusqlite::Result<Vec<Cell>> {
    let mut query = db.prepare_cached(
        "SELECT f.kind, v.value FROM extra_field f LEFT JOIN extra_value v ON v.field_id=f.id AND v.customer_id=?1
         ORDER BY f.id",
    )?;
    let cells = query.query_map([customer], |r| {
        let value: Option<String> = r.get(1)?;
        Ok(value.map_or(Cell::None, |value| match r.get_ref(0).and_then(|kind| Ok(kind.as_str()?)) {
            Ok("number") => value.parse().map_or(Cell::Text(value), Cell::Number),
            Ok("date") => value.parse().map_or(Cell::Text(value), Cell::Day),
            _ => Cell::Text(value),
        }))
    })?;
    cells.collect()
}

/// Where the rows of one customer (`?1`) are found, in their order.
fn source(what: Exported) -> String {
    let of_one = match what {
        Exported::Customers => {
            "customer c JOIN facts f ON f.customer_id=c.id JOIN person p ON p.id=c.owner_id WHERE c.id=?1"
        }
        Exported::Contacts => {
            "contact x JOIN customer c ON c.id=x.customer_id WHERE x.customer_id=?1 ORDER BY x.id"
        }
        Exported::Orders => {
            "orders x JOIN customer c ON c.id=x.customer_id WHERE x.customer_id=?1 ORDER BY x.ordered_on, x.id"
        }
        Exported::Touches => {
            "touch x JOIN customer c ON c.id=x.customer_id WHERE x.id BETWEEN (?1<<20) AND ((?1+1)<<20)-1 ORDER BY x.id"
        }
        Exported::Calendar => {
            return format!("{DATES} x JOIN customer c ON c.id=x.customer_id ORDER BY x.day, x.at, x.uid");
        }
        // these have their rows at once
        Exported::Matrix | Exported::Board | Exported::All => "customer c WHERE c.id=?1 AND 0",
    };
    of_one.to_owned()
}

/// The customers of a filter that a person may take out, in the order of their entry, and how many it leaves besides.
pub fn ids(eyes: &mut Eyes, filter: &Filter, only: &[i64]) -> Result<(Vec<i64>, u64), StoreError> {
    let mut conditions = conditions(eyes, filter)?.whole(eyes)?;
    if !only.is_empty() {
        let list: Vec<String> = only.iter().map(ToString::to_string).collect();
        conditions.sql.push(format!("f.customer_id IN ({})", list.join(",")));
    }
    let of =
        |c: &super::conditions::Conditions, what: &str| format!("SELECT {what} FROM facts f {}", c.clause());
    let all: u64 = eyes
        .db
        .prepare_cached(&of(&conditions, "count(*)"))?
        .query_row(params_from_iter(conditions.bound.iter()), |r| r.get(0))?;
    if let Some((sql, bound)) = within(eyes, Verb::Export)? {
        conditions.sql.push(sql);
        conditions.bound.extend(bound);
    }
    let sql = format!("{} ORDER BY f.customer_id", of(&conditions, "f.customer_id"));
    let ids: Vec<i64> = eyes
        .db
        .prepare_cached(&sql)?
        .query_map(params_from_iter(conditions.bound.iter()), |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let beyond = all.saturating_sub(ids.len() as u64);
    Ok((ids, beyond))
}

/// Leaves of these customers those that a person may still take out: an export takes its time, and customers change hands.
pub fn still_theirs(eyes: &mut Eyes, customers: &mut Vec<i64>) -> Result<(), StoreError> {
    let Some((sql, bound)) = within(eyes, Verb::Export)? else { return Ok(()) };
    let sql = format!("SELECT 1 FROM facts f WHERE f.customer_id=? AND {sql}");
    let mut query = eyes.db.prepare_cached(&sql)?;
    let mut stay = Vec::with_capacity(customers.len());
    for customer in customers.drain(..) {
        let of_one = [Value::Integer(customer)];
        if query.exists(params_from_iter(of_one.iter().chain(&bound)))? {
            stay.push(customer);
        }
    }
    *customers = stay;
    Ok(())
}

/// How many rows these customers have.
pub fn count(eyes: &Eyes, what: Exported, ids: &[i64]) -> Result<u64, StoreError> {
    let table = match what {
        Exported::Customers => return Ok(ids.len() as u64),
        Exported::Contacts => "contact WHERE customer_id=?1",
        Exported::Orders => "orders WHERE customer_id=?1",
        Exported::Touches => "touch WHERE id BETWEEN (?1<<20) AND ((?1+1)<<20)-1",
        Exported::Calendar => DATES,
        Exported::Matrix | Exported::Board | Exported::All => return Ok(0),
    };
    let mut query = eyes.db.prepare_cached(&format!("SELECT count(*) FROM {table}"))?;
    ids.iter().try_fold(0, |sum, id| Ok(sum + query.query_row([id], |r| r.get::<_, u64>(0))?))
}

/// The rows of one customer.
pub fn rows(db: &Connection, what: Exported, customer: i64) -> rusqlite::Result<Vec<Vec<Cell>>> {
    let columns = columns(what);
    let list: Vec<&str> = columns.iter().map(|c| c.sql).collect();
    let mut query = db.prepare_cached(&format!("SELECT {} FROM {}", list.join(","), source(what)))?;
    let rows = query.query_map([customer], |r| {
        columns.iter().enumerate().map(|(i, column)| Ok(cell(r.get_ref(i)?, column.form))).collect()
    })?;
    let mut rows: Vec<Vec<Cell>> = rows.collect::<rusqlite::Result<_>>()?;
    if what == Exported::Customers {
        let own = own_cells(db, customer)?;
        for row in &mut rows {
            row.extend(own.iter().cloned());
        }
    }
    Ok(rows)
}

/// A value as the form of its column has it.
fn cell(value: ValueRef<'_>, form: Form) -> Cell {
    match (value, form) {
        (ValueRef::Integer(n), Form::Money) => Cell::Money(Fen(n)),
        (ValueRef::Integer(n), Form::Instant) => Cell::Instant(n),
        (ValueRef::Integer(n), Form::Flag) => Cell::Flag(n != 0),
        (ValueRef::Integer(n), _) => Cell::Count(n),
        (ValueRef::Text(bytes), form) => {
            let text = String::from_utf8_lossy(bytes);
            match form {
                Form::Day => text.parse().map_or(Cell::None, Cell::Day),
                _ => Cell::Text(text.into_owned()),
            }
        }
        _ => Cell::None,
    }
}
