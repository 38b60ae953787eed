//! Looking back: changes by person, verb, day and customer, the newest first. How far back a person may look is the right
//! of the table: one's own deeds, those of the department's people, or all; of a customer within reach everybody's.

use rusqlite::types::Value as Cell;
use rusqlite::{OptionalExtension, params_from_iter};

use super::eyes::{Eyes, shown};
use crate::domain::customer::CustomerId;
use crate::domain::field::Field;
use crate::domain::people::{Reach, Verb, reach};
use crate::store::merged;
use crate::store::request::StoreError;
use crate::store::request::audit::{AuditField, AuditList, AuditRow, ExportNote};
use crate::store::standing;
use crate::store::tables::{Image, from_json, of_record};
use crate::store::values::{by_code, is_told_beside, of_row};

/// Changes that a search for words walks through at most.
const WALK: i64 = 50_000;
/// Lines of a change that are looked at, and fields that are shown.
const LINES: usize = 40;

/// A condition with what is bound to it.
type Terms = (Vec<String>, Vec<Cell>);

/// The latest changes that fit.
pub fn list(eyes: &mut Eyes, list: &AuditList) -> Result<Vec<AuditRow>, StoreError> {
    let Some((mut sql, mut bound)) = terms(eyes, list)? else { return Ok(Vec::new()) };
    let take = i64::try_from(list.take.clamp(1, 2_000)).unwrap_or(2_000);
    let mut text = "SELECT c.id FROM change c".to_owned();
    if !list.words.is_empty() {
        // words have no index: the newest part of the record is looked through, and no more
        sql.push("c.id>(SELECT max(id) FROM change)-?".to_owned());
        bound.push(Cell::Integer(WALK));
        for word in &list.words {
            sql.push("instr(lower(c.subject||' '||coalesce(c.reason,'')),?)>0".to_owned());
            bound.push(Cell::Text(word.to_lowercase()));
        }
    }
    if !sql.is_empty() {
        text = format!("{text} WHERE {}", sql.join(" AND "));
    }
    bound.push(Cell::Integer(take));
    let ids: Vec<i64> = eyes
        .db
        .prepare_cached(&format!("{text} ORDER BY c.id DESC LIMIT ?"))?
        .query_map(params_from_iter(bound), |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(row(eyes, id)?);
    }
    Ok(rows)
}

/// The conditions of a question within the actor's reach; none where nothing can fit.
fn terms(eyes: &mut Eyes, list: &AuditList) -> Result<Option<Terms>, StoreError> {
    let (mut sql, mut bound) = (Vec::new(), Vec::new());
    if let Some(who) = &list.who {
        let ids: Vec<i64> = if matches!(who.as_str(), "me" | "我") {
            vec![eyes.actor.id.0]
        } else {
            eyes.db
                .prepare_cached("SELECT id FROM person WHERE login=?1 OR name=?1")?
                .query_map([who], |r| r.get(0))?
                .collect::<rusqlite::Result<_>>()?
        };
        one_of(&mut sql, &mut bound, "c.person_id", ids.into_iter().map(Cell::Integer));
    }
    let mut whole = false;
    if let Some(code) = &list.customer {
        let Some(id) = by_code(eyes.db, code)? else { return Ok(None) };
        let all = std::iter::once(id).chain(merged::into(eyes.db, id)?);
        one_of(&mut sql, &mut bound, "c.customer_id", all.map(Cell::Integer));
        let owner: Option<i64> = eyes
            .db
            .prepare_cached("SELECT owner_id FROM customer WHERE id=?1")?
            .query_row([id], |r| r.get(0))
            .optional()?;
        whole = match owner {
            Some(owner) => eyes.may(Verb::Audit, id, owner)?,
            None => false,
        };
    }
    if !whole && reach(eyes.actor.role, Verb::Audit) != Reach::All {
        let people: Vec<i64> = eyes.owners_within(Verb::Audit)?.map(|(people, _)| people).unwrap_or_default();
        one_of(&mut sql, &mut bound, "c.person_id", people.into_iter().map(Cell::Integer));
    }
    if !list.verbs.is_empty() {
        one_of(&mut sql, &mut bound, "c.verb", list.verbs.iter().cloned().map(Cell::Text));
    }
    for (condition, at) in [("c.at>=?", list.since), ("c.at<?", list.until)] {
        if let Some(at) = at {
            sql.push(condition.to_owned());
            bound.push(Cell::Integer(at));
        }
    }
    Ok(Some((sql, bound)))
}

/// A column is one of these values.
fn one_of(sql: &mut Vec<String>, bound: &mut Vec<Cell>, column: &str, values: impl Iterator<Item = Cell>) {
    let before = bound.len();
    bound.extend(values);
    let places = vec!["?"; bound.len() - before].join(",");
    sql.push(format!("{column} IN ({places})"));
}

/// One change, as a line.
fn row(eyes: &Eyes, id: i64) -> Result<Option<AuditRow>, StoreError> {
    let found = eyes
        .db
        .prepare_cached(
            "SELECT c.at, p.name, p.department, c.session, c.via, c.verb, c.subject, k.id, k.code, c.reason,
               (SELECT count(*) FROM change_row r WHERE r.change_id=c.id),
               x.rows, x.place, x.state, x.large
             FROM change c JOIN person p ON p.id=c.person_id LEFT JOIN customer k ON k.id=c.customer_id
             LEFT JOIN export_log x ON x.change_id=c.id WHERE c.id=?1",
        )?
        .query_row([id], |r| {
            let export = match r.get::<_, Option<i64>>(11)? {
                Some(rows) => {
                    Some(ExportNote { rows, place: r.get(12)?, state: r.get(13)?, large: r.get(14)? })
                }
                None => None,
            };
            Ok(AuditRow {
                id,
                at: r.get(0)?,
                person: r.get(1)?,
                department: r.get(2)?,
                session: r.get(3)?,
                via: r.get(4)?,
                verb: r.get(5)?,
                subject: r.get(6)?,
                customer: r.get::<_, Option<i64>>(7)?.map(CustomerId),
                code: r.get(8)?,
                reason: r.get(9)?,
                rows: r.get(10)?,
                undone: false,
                export,
            })
        })
        .optional()?;
    let Some(mut row) = found else { return Ok(None) };
    row.undone = row.rows > 0 && standing::undone(eyes.db, id)?;
    Ok(Some(row))
}

/// What one change did to rows that people know, field by field, masked where it has to be.
pub fn one(eyes: &mut Eyes, id: i64) -> Result<Vec<AuditField>, StoreError> {
    let head: Option<(i64, Option<String>)> = eyes
        .db
        .prepare_cached(
            "SELECT c.person_id, k.code FROM change c LEFT JOIN customer k ON k.id=c.customer_id WHERE c.id=?1",
        )?
        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let Some((person, code)) = head else { return Ok(Vec::new()) };
    // whoever may not see the line does not see what is behind it
    let mine = AuditList { customer: code, take: 1, ..AuditList::default() };
    let Some((mut sql, mut bound)) = terms(eyes, &mine)? else { return Ok(Vec::new()) };
    sql.push("c.id=?".to_owned());
    bound.push(Cell::Integer(id));
    let text = format!("SELECT 1 FROM change c WHERE {}", sql.join(" AND "));
    if person != eyes.actor.id.0 && !eyes.db.prepare_cached(&text)?.exists(params_from_iter(bound))? {
        return Err(StoreError::Denied(Verb::Audit));
    }
    fields(eyes, id)
}

/// Table, row, before, after.
type Line = (String, i64, Option<String>, Option<String>);

fn fields(eyes: &mut Eyes, id: i64) -> Result<Vec<AuditField>, StoreError> {
    let lines: Vec<Line> = eyes
        .db
        .prepare_cached(
            "SELECT tbl,row_id,before,after FROM change_row WHERE change_id=?1 ORDER BY id LIMIT ?2",
        )?
        .query_map((id, i64::try_from(LINES).unwrap_or(40)), |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut out = Vec::new();
    for (table, row, before, after) in lines {
        let Some((table, _)) = of_record(&table) else { continue };
        let image = |text: Option<String>| text.map_or_else(Image::new, |text| from_json(table.noun, &text));
        let (before, after) = (image(before), image(after));
        let seen = sees(eyes, table.noun, row, [&before, &after])?;
        let one = |image: &Image, field: Field| shown(field, of_row(field, image), seen);
        let columns = if after.is_empty() { &before } else { &after };
        let own = super::history::own_name(eyes.db, table.noun, row, columns)?;
        for (column, _) in columns {
            let told = Field::of(table.noun, column).filter(|_| !is_told_beside(column, columns));
            let Some(field) = told else { continue };
            let (was, is) = (one(&before, field), one(&after, field));
            if was != is {
                out.push(AuditField { noun: table.noun, row, field, own: own.clone(), was, is });
            }
        }
    }
    out.truncate(LINES);
    Ok(out)
}

/// Whether private fields of a changed row show: those of a customer as in every list, what belongs to none to whoever
/// sees all.
fn sees(
    eyes: &mut Eyes,
    noun: crate::domain::field::Noun,
    row: i64,
    images: [&Image; 2],
) -> Result<bool, StoreError> {
    use crate::domain::field::Noun;
    use crate::store::tables::{int, table};

    if noun == Noun::Customer {
        return eyes.sees_customer(row);
    }
    if let Some(customer) = images.into_iter().find_map(|image| int(image, "customer_id")) {
        return eyes.sees_customer(customer);
    }
    let table = table(noun);
    if !table.columns.contains(&"customer_id") {
        return Ok(eyes.sees_all());
    }
    // a line of an edit has the changed columns only
    let customer: Option<Option<i64>> = eyes
        .db
        .prepare_cached(&format!("SELECT customer_id FROM {} WHERE id=?1", table.name))?
        .query_row([row], |r| r.get(0))
        .optional()?;
    match customer.flatten() {
        Some(customer) => eyes.sees_customer(customer),
        None => Ok(eyes.sees_all()),
    }
}
