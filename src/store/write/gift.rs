//! A gift that goes to a customer: its cost is an expense that names it, and with the expense the stock goes down or comes
//! back (`assets/migrations/0017_gifts.sql`). What is not there any more cannot be given (A119, D21, D23).

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use crate::domain::field::{Field, Noun, Problem};
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{Image, opt_int, text, word};
use crate::store::values::invalid;

/// A gift of the company's list.
struct Gift {
    id: i64,
    name: String,
    unit: Option<i64>,
    stock: Option<i64>,
}

/// The gift of this name; the oldest where two have it.
fn named(work: &Work<'_>, name: &str) -> Result<Option<Gift>, StoreError> {
    Ok(work
        .db
        .prepare_cached(
            "SELECT id, name, unit_fen, stock FROM gift WHERE name=?1 COLLATE NOCASE ORDER BY id LIMIT 1",
        )?
        .query_row([name], |r| Ok(Gift { id: r.get(0)?, name: r.get(1)?, unit: r.get(2)?, stock: r.get(3)? }))
        .optional()?)
}

/// Gives a gift along with a touch, on the touch's day.
pub fn give(work: &mut Work<'_>, customer: i64, name: &str, on: NaiveDate) -> Result<(), StoreError> {
    let name = name.trim();
    let Some(gift) = named(work, name)? else {
        return invalid(Field::TouchGift, Problem::NoSuchGift(name.to_owned()));
    };
    if gift.stock == Some(0) {
        return invalid(Field::TouchGift, Problem::NoneLeft(gift.name));
    }
    let row = [
        ("customer_id", Cell::Integer(customer)),
        ("spent_on", word(on.to_string())),
        ("category", word("gift")),
        ("amount_fen", Cell::Integer(gift.unit.unwrap_or(0))),
        ("note", word(gift.name)),
        ("gift_id", Cell::Integer(gift.id)),
    ];
    work.insert(Noun::Expense, &row)?;
    Ok(())
}

/// An expense for a gift that is noted by a gift's name takes it from the stock as well.
pub fn expense(work: &Work<'_>, row: &mut Image) -> Result<(), StoreError> {
    let Some(name) = text(row, "note").filter(|_| text(row, "category") == Some("gift")) else {
        return Ok(());
    };
    let Some(gift) = named(work, name.trim())? else { return Ok(()) };
    if gift.stock == Some(0) {
        return invalid(Field::ExpenseNote, Problem::NoneLeft(gift.name));
    }
    row.push(("gift_id", opt_int(Some(gift.id))));
    Ok(())
}
