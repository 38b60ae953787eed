//! Who stands behind a figure: the customers that it counts, each by the same counting as the figure itself, so that the
//! list and the number cannot differ. Those who make it bad come first, then the others, last what is not yet due.

mod person;
mod planned;
mod standing;

use rusqlite::{Connection, OptionalExtension};

use super::books;
use super::slices::Slices;
use crate::domain::customer::CustomerId;
use crate::domain::kpi::{Better, Figure, Kpi, Means, SEGMENTS, Span, Tally, Unit, kpi};
use crate::store::read::eyes::Eyes;
use crate::store::request::{Behind, BehindQuery, BehindRow, Side, StoreError};

/// A promoter score below which a customer counts against, and a satisfaction score (P25).
const POINTS: (f64, f64) = (0.0, 80.0);
/// Hours within which a complaint is to be answered (P22).
const ANSWER_HOURS: f64 = 24.0;

/// Hours within which another department is to handle what it was asked (P23).
const HANDLE_HOURS: f64 = 2.0;

/// A customer behind a figure: who, how it stands to it, and its part.
struct One {
    customer: i64,
    side: Side,
    part: Option<f64>,
}

/// The customers behind a figure of a segment.
pub fn behind(eyes: &mut Eyes, query: &BehindQuery) -> Result<Behind, StoreError> {
    if let Some(person) = query.person {
        return person::cases(eyes, query, person);
    }
    let (db, now) = (eyes.db, eyes.now);
    let span = super::span(db, now, query.of)?;
    let slot = SEGMENTS.iter().position(|s| *s == query.segment).map_or(0, |p| p + 1);
    let row = kpi(query.id);
    let mut found = match query.id {
        "cadence" => planned::touched(db, &span, slot)?,
        "customer_cost" => planned::spent(db, &span, slot)?,
        id => match standing::told(db, &span, id, slot)? {
            Some(found) => found,
            None => counted(db, &span, id, slot)?,
        },
    };
    let by_side = row.is_some_and(|row| !matches!(row.unit, Unit::Yuan | Unit::Count | Unit::Ratio));
    let sides = by_side.then(|| Side::ALL.map(|side| found.iter().filter(|one| one.side == side).count()));
    found.retain(|one| query.only.is_none_or(|only| one.side == only));
    let all = found.len();
    if !eyes.sees_all() {
        for one in &mut found {
            if !eyes.sees_customer(one.customer)? {
                one.part = None;
            }
        }
    }
    // points, answers, touches that were planned and fields filled are told from the worst, amounts from the greatest; those
    // without an amount to see come last among their like: their order must not tell it either
    let up = row.is_some_and(|row| row.unit == Unit::Points || matches!(row.id, "cadence" | "completeness"));
    let most = |part: Option<f64>| part.map_or(f64::NEG_INFINITY, |part| if up { -part } else { part });
    found.sort_by(|a, b| {
        a.side.cmp(&b.side).then(most(b.part).total_cmp(&most(a.part))).then(a.customer.cmp(&b.customer))
    });
    let mut rows = Vec::new();
    for One { customer, side, part } in found.into_iter().take(query.most) {
        rows.extend(named(db, customer, side)?.map(|row| BehindRow { amount: part, ..row }));
    }
    let (id, segment) = (query.id, query.segment);
    Ok(Behind { id, segment, rows, all, sides, of: Some(*query), person: None, by: None })
}

/// A customer as a row of such a list, on a side; none where there is no such customer any more.
pub fn named(db: &Connection, customer: i64, side: Side) -> Result<Option<BehindRow>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT c.code, c.name, p.name FROM customer c JOIN person p ON p.id=c.owner_id WHERE c.id=?1",
        )?
        .query_row([customer], |r| {
            let (code, name, owner) = (r.get(0)?, r.get(1)?, r.get(2)?);
            Ok(BehindRow { customer: CustomerId(customer), code, name, owner, side, amount: None, at: None })
        });
    Ok(found.optional()?)
}

/// Everybody whom the figure counts, each by a tally of its own.
fn counted(db: &Connection, span: &Span, id: &str, slot: usize) -> Result<Vec<One>, StoreError> {
    let Some(row) = kpi(id) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    books::each(db, span, Slices::of(db)?, |book| {
        let mut own = Tally::new(*span);
        own.add(book);
        if let Some(means) = own.means(id, slot) {
            found.extend(changed(id, book.customer, means));
        } else if let Some(figure) = own.one(id, slot).filter(counts) {
            let part = figure.value.filter(|_| matches!(row.unit, Unit::Points | Unit::Hours));
            let part = part.or(figure.parts.map(|(part, _)| part)).or(figure.value);
            found.push(One { customer: book.customer, side: side(row, &figure), part });
        }
        Ok(())
    })?;
    Ok(found)
}

/// A customer behind a change of means: against it stands who is slower or spends less than before, and who waited too long
/// without having asked before. One of the two is enough to have a part in the figure.
fn changed(id: &str, customer: i64, means: Means) -> Option<One> {
    let line = if id == "sync_shortening" { HANDLE_HOURS } else { ANSWER_HOURS };
    let bad = match means {
        (None, None) => return None,
        (Some(now), Some(before)) if id == "aov_growth" => now < before,
        (Some(now), Some(before)) => now > before,
        (Some(now), None) => id != "aov_growth" && now > line,
        (None, Some(_)) => false,
    };
    let side = if bad { Side::Bad } else { Side::Good };
    Some(One { customer, side, part: means.0.or(means.1) })
}

/// Whether a customer alone makes the figure anything but empty.
fn counts(figure: &Figure) -> bool {
    let some = |n: Option<i64>| n.unwrap_or(0) > 0;
    some(figure.n)
        || some(figure.k)
        || some(figure.cases)
        || some(figure.pending)
        || figure.parts.is_some_and(|(part, whole)| part != 0.0 || whole != 0.0)
        || figure.value.is_some_and(|v| v != 0.0)
}

/// How a customer stands to a figure, by the figure of the customer alone.
fn side(kpi: &Kpi, figure: &Figure) -> Side {
    let bad = |bad: bool| if bad { Side::Bad } else { Side::Good };
    match kpi.unit {
        Unit::Hours => {
            let line = if kpi.id == "sync_time" { HANDLE_HOURS } else { ANSWER_HOURS };
            bad(figure.value.is_none_or(|hours| hours > line))
        }
        Unit::Points => {
            let line = if kpi.id == "nps" { POINTS.0 } else { POINTS.1 };
            bad(figure.value.is_some_and(|value| value < line))
        }
        Unit::Share => {
            let (part, whole) = figure.parts.unwrap_or_default();
            let changes = kpi.changes();
            let open = !changes && figure.cases == Some(0) && figure.pending.unwrap_or(0) > 0;
            // the parts of a change are what is now and what was before
            let falls = matches!(kpi.id, "complaint_decrease" | "repeat_contact_decrease");
            match kpi.better {
                _ if open => Side::Open,
                _ if changes && falls => bad(part > whole),
                Better::Less if !changes => bad(part > 0.0),
                _ => bad(part < whole),
            }
        }
        Unit::Yuan | Unit::Count | Unit::Ratio => Side::Good,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_makes_a_figure_bad_stands_against_it_in_its_own_direction() {
        let side = |id: &str, parts: (f64, f64), cases: i64, pending: i64| {
            let value = (parts.1 > 0.0).then(|| parts.0 / parts.1);
            let (cases, pending) = (Some(cases), Some(pending));
            let figure = Figure { parts: Some(parts), cases, pending, value, ..Figure::empty(id) };
            super::side(kpi(id).unwrap(), &figure)
        };
        // of the churn the lost ones are bad, of the retention those who are not kept
        assert_eq!(side("churn", (1.0, 1.0), 1, 0), Side::Bad);
        assert_eq!(side("churn", (0.0, 1.0), 1, 0), Side::Good);
        assert_eq!(side("retention", (0.0, 1.0), 1, 0), Side::Bad);
        assert_eq!(side("retention", (1.0, 1.0), 1, 0), Side::Good);
        assert_eq!(side("response", (0.0, 1.0), 1, 3), Side::Bad);
        assert_eq!(side("response", (1.0, 1.0), 1, 0), Side::Good);
        assert_eq!(side("response", (0.0, 0.0), 0, 1), Side::Open);
        // one of two in time is late once
        assert_eq!(side("timeliness", (1.0, 2.0), 2, 0), Side::Bad);
        assert_eq!(side("repurchase_amount_growth", (80.0, 100.0), 0, 0), Side::Bad);
        assert_eq!(side("repurchase_amount_growth", (100.0, 100.0), 0, 0), Side::Good);
        assert_eq!(side("complaint_decrease", (2.0, 1.0), 0, 0), Side::Bad);
        assert_eq!(side("cost_per_touch", (80.0, 1.0), 1, 0), Side::Good);
    }

    #[test]
    fn an_answer_that_is_missing_or_late_stands_against_the_time_to_answer() {
        let side = |hours: Option<f64>| {
            super::side(
                kpi("response_time").unwrap(),
                &Figure { value: hours, cases: Some(1), ..Figure::empty("response_time") },
            )
        };
        assert_eq!(side(None), Side::Bad);
        assert_eq!(side(Some(24.01)), Side::Bad);
        assert_eq!(side(Some(24.0)), Side::Good);
    }
}
