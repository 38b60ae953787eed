//! The call card: what one needs to see before saying a word. Also the parts of it that a profile shares.

use rusqlite::OptionalExtension;

use super::eyes::{Eyes, phone};
use super::row::{self, day, time};
use super::{guard, scripts, strategy, touches};
use crate::domain::change::TaskRef;
use crate::domain::find::{mask_email, mask_text};
use crate::store::request::{Card, ContactRow, CustomerRow, StoreError, TaskRow};

/// The card of a customer.
pub fn card(eyes: &mut Eyes, id: i64) -> Result<Option<Card>, StoreError> {
    let Some(row) = row::row(eyes, id)? else { return Ok(None) };
    let seen = eyes.sees(id, row.owner_id)?;
    let Some(standing) = guard::standing(eyes.db, id, eyes.now)? else { return Ok(None) };
    let complaint = eyes
        .db
        .prepare_cached(
            "SELECT summary FROM complaint WHERE customer_id=?1 AND state<>'resolved' ORDER BY opened_at DESC LIMIT 1",
        )?
        .query_row([id], |r| r.get(0))
        .optional()?;
    Ok(Some(Card {
        contacts: contacts(eyes, id, seen)?,
        last: touches::of(eyes, id, 1)?.into_iter().next(),
        tasks: tasks(eyes, id, true)?,
        complaint,
        standing,
        seasons: strategy::seasons(eyes, row.industry.as_deref())?,
        scripts: scripts::offered(eyes, &row, seen)?,
        gifts: scripts::gifts(eyes, &row)?,
        tags: composite(eyes, &row)?,
        row,
    }))
}

/// The contacts of a customer, the key contact first.
pub fn contacts(eyes: &Eyes, id: i64, seen: bool) -> Result<Vec<ContactRow>, StoreError> {
    let mut contacts: Vec<ContactRow> = eyes
        .db
        .prepare_cached(
            "SELECT id, name, title, is_key FROM contact WHERE customer_id=?1 ORDER BY is_key DESC, id",
        )?
        .query_map([id], |r| {
            Ok(ContactRow {
                id: r.get(0)?,
                name: r.get(1)?,
                title: r.get(2)?,
                key: r.get(3)?,
                phones: Vec::new(),
                wechat: Vec::new(),
                email: Vec::new(),
                other: Vec::new(),
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut query = eyes
        .db
        .prepare_cached("SELECT contact_id, kind, value FROM method WHERE customer_id=?1 ORDER BY id")?;
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        let (contact, kind, value): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let Some(contact) = contacts.iter_mut().find(|c| c.id == contact) else { continue };
        match kind.as_str() {
            "mobile" | "landline" => contact.phones.push(phone(&value, seen)),
            "email" => contact.email.push(if seen { value } else { mask_email(&value) }),
            "wechat" | "wecom" => contact.wechat.push(if seen { value } else { mask_text(&value) }),
            _ => contact.other.push(if seen { value } else { mask_text(&value) }),
        }
    }
    Ok(contacts)
}

/// The tasks of a customer: the open ones by due, then, unless only those are wanted, the done ones, newest first.
pub fn tasks(eyes: &Eyes, id: i64, open: bool) -> Result<Vec<TaskRow>, StoreError> {
    let now = eyes.now;
    let state = if open { "AND t.state='open'" } else { "" };
    let sql = format!(
        "SELECT t.id, t.rev, t.text, t.due_on, t.due_time, t.state, t.due_at, p.name, t.anchor, t.snoozed_until,
                t.snooze_reason, t.done_at, t.touch_id, substr(t.cause, 1, instr(t.cause,':')-1)
         FROM task t JOIN person p ON p.id=t.owner_id WHERE t.customer_id=?1 {state}
         ORDER BY t.state<>'open', CASE WHEN t.state='open' THEN t.due_at ELSE -t.due_at END, t.id LIMIT 100"
    );
    let rows = eyes
        .db
        .prepare_cached(&sql)?
        .query_map([id], |r| {
            let task: i64 = r.get(0)?;
            let state: String = r.get(5)?;
            Ok(TaskRow {
                id: task,
                rev: r.get(1)?,
                text: r.get(2)?,
                due: day(r, 3)?.unwrap_or_default(),
                time: time(r, 4)?,
                overdue: state == "open" && now.ms() >= r.get::<_, i64>(6)?,
                state,
                owner: r.get(7)?,
                anchor: r.get(8)?,
                snoozed_until: day(r, 9)?,
                snooze_reason: r.get(10)?,
                done_at: r.get(11)?,
                touch: r.get(12)?,
                cause: r.get(13)?,
                task: TaskRef::Stored(task),
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// The composite tag line: industry – size – contact – concern – purchasing cycle – complaints (C18, K58).
pub fn composite(eyes: &Eyes, row: &CustomerRow) -> Result<String, StoreError> {
    let tag = |name: &str| -> Result<Option<String>, StoreError> {
        Ok(eyes
            .db
            .prepare_cached(
                "SELECT value FROM own_tag WHERE customer_id=?1 AND name=?2 ORDER BY at DESC, id DESC LIMIT 1",
            )?
            .query_row((row.id, name), |r| r.get(0))
            .optional()?)
    };
    let complaints: i64 = eyes
        .db
        .prepare_cached("SELECT count(*) FROM complaint WHERE customer_id=?1")?
        .query_row([row.id], |r| r.get(0))?;
    // the printed line is Chinese, and so is this one in either language
    let size = row.size.as_deref().map(|size| match size {
        "small" => "小型企业",
        "medium" => "中型企业",
        _ => "大型企业",
    });
    let parts = [
        row.industry.clone(),
        size.map(str::to_owned),
        row.contact.as_ref().map(|c| format!("联系人{c}")),
        tag("关注点")?,
        tag("采购周期")?.map(|c| if c.starts_with("采购周期") { c } else { format!("采购周期{c}") }),
        (complaints > 0).then(|| format!("历史投诉{complaints}次")),
    ];
    Ok(parts.into_iter().flatten().collect::<Vec<_>>().join("-"))
}
