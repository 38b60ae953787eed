//! Orders, their lines, refunds and the opening balance of a customer as rows.

use super::chance::{lot, one};
use super::life::Life;
use super::orders::{RECORDS, Sale};
use super::scene::Pen;
use crate::store::fill::Bundle;
use crate::store::fill::rows::{Day, Line, Opening, Order, Refund};

/// Writes what was bought.
pub fn write(pen: &mut Pen, life: &Life, sales: &[Sale], bundle: &mut Bundle) {
    let mut rng = pen.rng.fork();
    let talks = if life.english { &pen.scene.words.english } else { &pen.scene.words.chinese };
    for sale in sales {
        let id = pen.order_id();
        let cal = &pen.scene.cal;
        let day = cal.back(sale.back);
        let category = sale.main().map(|p| p.category.as_str().into());
        bundle.orders.push(Order {
            id,
            customer_id: life.id,
            code: Some(format!("SO{}{:05}", day.format("%y%m"), id % 100_000).into()),
            ordered_on: Day(day),
            amount_fen: sale.amount,
            // goods cost between 56 and 72 of a hundred
            cost_fen: Some(sale.amount * (560 + lot(id, 71) * 16 / 100) / 1_000),
            category,
            status: "paid".into(),
            touch_id: None,
            note: None,
            by_id: Some(life.owner),
            created_at: cal.at(day, cal.minute_of(sale.back, &mut rng)).min(cal.now),
        });
        bundle.lines.extend(sale.items.iter().map(|item| Line {
            customer_id: life.id,
            order_id: id,
            product: if life.english { &item.product.english } else { &item.product.name }.as_str().into(),
            category: Some(item.product.category.as_str().into()),
            quantity: item.quantity,
            unit_fen: item.unit,
            gift: item.gift,
        }));
        if sale.refunded > 0 {
            bundle.refunds.push(Refund {
                customer_id: life.id,
                order_id: Some(id),
                refunded_on: Day(cal.back(cal.working(sale.back - 9))),
                amount_fen: sale.refunded,
                reason: Some(one(&mut rng, &talks.notes.refund).into()),
            });
        }
    }
    // what was bought before the books begin came over as a sum
    if let Some(first) = sales.first().filter(|s| life.created > RECORDS + 60 && s.back > RECORDS - 200) {
        let cal = &pen.scene.cal;
        let years = f64::from(life.created - RECORDS) / 365.0;
        let total = (life.yearly as f64 * years * 0.6) as i64;
        bundle.openings.push(Opening {
            customer_id: life.id,
            as_of: Day(cal.back(first.back.max(RECORDS))),
            first_on: Some(Day(cal.back(life.created - 30))),
            last_on: Some(Day(cal.back(first.back.max(RECORDS) + 30))),
            per_year: Some(life.rate as i64),
            total_fen: Some(total * 100),
            year_fen: None,
            category: sales.first().and_then(Sale::main).map(|p| p.category.as_str().into()),
            source: Some("旧系统".into()),
        });
    }
}
