//! A row about an order. What has not been won is no order; what was cancelled or paid back in full counts as cancelled.

use super::rows::{Cells, Parsed, What, newcomer};
use crate::domain::field::{Field, Value};
use crate::domain::money::Fen;
use crate::exchange::columns::Column;
use crate::exchange::{values, words};
use crate::i18n::exchange as t;

/// Reads an order.
pub fn read(cells: &mut Cells<'_>) -> Parsed {
    let lang = cells.setting.lang;
    let whose = cells.whose();
    let mut fields = Vec::new();
    let number =
        cells.get(Column::Number, values::code).or_else(|| cells.get(Column::External, values::code));
    fields.extend(number.map(|number| (Field::OrderCode, Value::Text(number))));
    match cells.been(Column::Date) {
        Some(day) => fields.push((Field::OrderDay, Value::Day(day))),
        None => missing(cells, Column::Date),
    }
    let quantity = cells.get(Column::Quantity, values::integer);
    let unit = cells.amount(Column::UnitPrice);
    let amount = cells.amount(Column::Amount).or_else(|| unit?.checked_mul(quantity.unwrap_or(1)));
    match amount {
        Some(fen) => fields.push((Field::OrderAmount, Value::Money(Fen(fen)))),
        None => missing(cells, Column::Amount),
    }
    let state = cells.get(Column::Status, |column, cell| values::word(column, cell, &words::ORDER_STATUS));
    match state {
        Some("open") => {
            let text = cells.text(Column::Status);
            cells.problems.push(t::ROW_DEAL.with(lang, &[&cells.heading(Column::Status), &text]));
        }
        Some("lost" | "refunded") => fields.push((Field::OrderStatus, Value::Text("cancelled".into()))),
        _ => {}
    }
    let product = cells.get(Column::Product, values::name);
    let category = cells.get(Column::Category, values::name);
    let note = noted(cells, product.as_ref().filter(|_| category.is_some()), quantity);
    fields.extend(category.or(product).map(|category| (Field::OrderCategory, Value::Text(category))));
    fields.extend(note.map(|note| (Field::OrderNote, Value::Text(note))));
    let make = newcomer(&whose, false);
    What::Order(fields).of(whose, make)
}

/// What has no column of its own, line by line.
fn noted(cells: &mut Cells<'_>, product: Option<&String>, quantity: Option<i64>) -> Option<String> {
    let mut lines: Vec<String> = product.cloned().into_iter().collect();
    if let Some(quantity) = quantity.filter(|n| *n != 1) {
        lines.push(format!("× {quantity}"));
    }
    if let Some(discount) = cells.get(Column::Discount, values::text) {
        let heading = cells.heading(Column::Discount);
        lines.push(t::NOTED.with(cells.setting.lang, &[&heading, &discount]));
    }
    lines.extend(cells.joined(Column::Note, "\n"));
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn missing(cells: &mut Cells<'_>, column: Column) {
    // a cell that could not be read has been told already
    if values::is_blank(cells.text(column)) {
        let heading = cells.heading(column);
        cells.problems.push(t::ROW_FIELD.with(cells.setting.lang, &[&heading]));
    }
}
