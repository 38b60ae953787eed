//! Records that belong to a customer: made, edited, removed. An edit is compared field by field with what the person had
//! seen; what a colleague changed meanwhile is kept and told, and only a field that both changed is a conflict.

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::follow::follow;
use super::{
    after, budget, campaign, catalogue, complaint, gift, guard, hang, own, plan, requests, review, script,
    share, subject, survey, user,
};
use crate::domain::change::Edited;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::kpi::{kpi, target};
use crate::domain::people::{Verb, adds};
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Clash, Receipt, StoreError};
use crate::store::since::{removed, since, unchanged};
use crate::store::tables::{self, Image, int, opt_int, table, text};
use crate::store::values::{cells, cells_of, invalid, of_row};

/// Makes a record of a customer.
pub fn add(
    work: &mut Work<'_>,
    noun: Noun,
    customer: CustomerId,
    set: &[(Field, Value)],
) -> Result<Receipt, StoreError> {
    if noun == Noun::Script {
        return script::draft(work, set);
    }
    if catalogue::holds(noun) {
        return catalogue::add(work, noun, set);
    }
    match noun {
        Noun::OwnField => return own::define(work, set),
        Noun::Campaign => return campaign::add(work, set),
        Noun::Plan => return plan::add(work, set),
        Noun::Share => return share::add(work, customer, set),
        Noun::Suggestion => return review::suggest(work, None, set),
        _ => {}
    }
    people::need(work.db, work.actor, adds(noun), customer.0, work.now)?;
    let mut row = cells(work.db, work.now, noun, customer.0, set)?;
    row.push(("customer_id", Cell::Integer(customer.0)));
    let me = Cell::Integer(work.actor.id.0);
    let mut one_of = None;
    match noun {
        Noun::Contact
        | Noun::Method
        | Noun::Quote
        | Noun::Refund
        | Noun::Contract
        | Noun::ImportantDate
        | Noun::Referral
        | Noun::Coupon
        | Noun::Activation
        | Noun::Browse => {}
        Noun::Expense => gift::expense(work, &mut row)?,
        Noun::Complaint => complaint::handler(work, &mut row),
        Noun::Survey => survey::scores(work, &mut row, &Image::new())?,
        Noun::Order => row.extend([
            ("by_id", me),
            ("created_at", Cell::Integer(work.now.ms())),
            ("job_id", opt_int(work.job)),
        ]),
        Noun::OrderLine => row.push(("order_id", Cell::Integer(newest_order(work.db, customer)?))),
        // of these a customer has one: a second is an edit of the first
        Noun::Opening | Noun::Membership => one_of = Some(""),
        Noun::Consent => {
            row.push(("by_id", me));
            one_of = Some("");
        }
        Noun::OptOut => one_of = Some(" AND channel=?2"),
        Noun::Budget | Noun::Overspend => {
            row.extend(budget::of_a_year(work, noun));
            one_of = Some(" AND period=?2");
        }
        _ => return Err(StoreError::Denied(Verb::Edit)),
    }
    follow(work, noun, customer.0, &mut row, &Image::new())?;
    let there = match one_of {
        Some(and) => {
            let sql = format!("SELECT id FROM {} WHERE customer_id=?1{and} AND ?2 IS ?2", table(noun).name);
            let channel = text(&row, "channel").or(text(&row, "period")).unwrap_or("").to_owned();
            work.db.prepare_cached(&sql)?.query_row((customer.0, channel), |r| r.get(0)).optional()?
        }
        None => None,
    };
    let mut before = Image::new();
    let id = match there {
        Some(id) => {
            // whoever hears a customer's wish notes it (D34); what is noted already is its owner's to change
            people::need(work.db, work.actor, Verb::Edit, customer.0, work.now)?;
            before = work.read(noun, id)?.map(|(_, image)| image).unwrap_or_default();
            work.update(noun, id, &row)?;
            id
        }
        None => work.insert(noun, &row)?,
    };
    after::edited(work, Row { noun, id }, &before)?;
    Ok(Receipt {
        subject: subject(work.db, customer.0)?,
        made: there.is_none().then_some(Row { noun, id }),
        customer: Some(customer),
        ..Receipt::default()
    })
}

/// The order that a line without one goes with.
fn newest_order(db: &Connection, customer: CustomerId) -> Result<i64, StoreError> {
    let order: Option<i64> = db
        .prepare_cached(
            "SELECT id FROM orders WHERE customer_id=?1 ORDER BY ordered_on DESC, id DESC LIMIT 1",
        )?
        .query_row([customer.0], |r| r.get(0))
        .optional()?;
    order.map_or_else(|| invalid(Field::OrderDay, Problem::Empty), Ok)
}

/// Edits fields of one row.
pub fn edit(work: &mut Work<'_>, row: Row, rev: i64, set: &[Edited]) -> Result<Receipt, StoreError> {
    let Some((now_rev, image)) = work.read(row.noun, row.id)? else {
        return Err(StoreError::Gone { who: removed(work.db, row)?.map(|(who, _)| who) });
    };
    let customer = customer_of(row, &image);
    let fields: Vec<Field> = set.iter().filter(|e| e.to != e.was).map(|e| e.field).collect();
    allowed(work, row, &image, What::Edit(&fields))?;
    let since = if now_rev == rev { Vec::new() } else { since(work.db, row, rev)? };
    let mut cells = Image::new();
    let mut clashes = Vec::new();
    let mut last = (String::new(), 0);
    for edited in set {
        let spec = edited.field.spec();
        if spec.noun != row.noun {
            return Err(StoreError::Defect(format!("{} is no field of this row", spec.column)));
        }
        let theirs = of_row(edited.field, &image);
        let new = cells_of(work.db, work.now, customer, edited.field, &edited.to)?;
        let other = since.iter().rev().find(|s| new.iter().any(|(column, _)| s.columns.contains(column)));
        let same = new.iter().all(|(column, cell)| tables::cell(&image, column) == cell);
        match other {
            Some(other) if theirs != edited.was && !same => {
                last = (other.who.clone(), other.at);
                clashes.push(Clash {
                    field: edited.field,
                    was: edited.was.clone(),
                    theirs,
                    mine: edited.to.clone(),
                });
            }
            _ => cells.extend(new),
        }
    }
    if !clashes.is_empty() {
        return Err(StoreError::Conflict { who: last.0, at: last.1, rev: now_rev, clashes });
    }
    follow(work, row.noun, customer, &mut cells, &image)?;
    let mut made = None;
    match row.noun {
        Noun::Script => made = script::edit(work, row.id, &image, &cells)?,
        Noun::Plan => plan::edit(work, row.id, &image, &cells)?,
        Noun::OwnField => own::redefine(work, row.id, &cells)?,
        noun if catalogue::holds(noun) => catalogue::edit(work, row, &cells)?,
        noun => {
            if noun == Noun::Touch {
                guard::corrected(work, row.id, customer, &cells, &image)?;
            }
            work.update(noun, row.id, &cells)?;
            after::edited(work, row, &image)?;
        }
    }
    let mut merged: Vec<(Field, Value, String)> = Vec::new();
    for other in since.iter().rev() {
        for field in other.columns.iter().filter_map(|column| Field::of(row.noun, column)) {
            let mine = set.iter().any(|e| e.field == field);
            if !mine && merged.iter().all(|(f, ..)| *f != field) {
                let kept = of_row(field, &image);
                merged.push((field, kept, other.who.clone()));
            }
        }
    }
    Ok(Receipt {
        subject: told(work, row, customer, &image)?,
        made,
        customer: Some(CustomerId(customer)).filter(|c| c.0 > 0),
        merged,
        ..Receipt::default()
    })
}

/// Removes a row and what hangs on it.
pub fn remove(work: &mut Work<'_>, row: Row, rev: i64) -> Result<Receipt, StoreError> {
    let image = removable(work, row, rev)?;
    let customer = customer_of(row, &image);
    if row.noun == Noun::Script {
        script::removable(work, &image)?;
    }
    if row.noun == Noun::Campaign {
        campaign::removable(&image)?;
    }
    let subject = told(work, row, customer, &image)?;
    after::going(work, row)?;
    hang::remove(work, row.noun, row.id)?;
    // the customer itself may be what went
    let customer = Some(customer).filter(|id| *id > 0);
    Ok(Receipt { subject, customer: customer.map(CustomerId), ..Receipt::default() })
}

/// A row that is there as the person saw it, and that they may remove.
pub(super) fn removable(work: &Work<'_>, row: Row, rev: i64) -> Result<Image, StoreError> {
    let Some((now_rev, image)) = work.read(row.noun, row.id)? else {
        return Err(StoreError::Gone { who: removed(work.db, row)?.map(|(who, _)| who) });
    };
    allowed(work, row, &image, What::Remove)?;
    unchanged(work.db, row, now_rev, rev)?;
    Ok(image)
}

/// The customer a row belongs to; 0 for what belongs to none.
fn customer_of(row: Row, image: &Image) -> i64 {
    if row.noun == Noun::Customer { row.id } else { int(image, "customer_id").unwrap_or(0) }
}

fn told(work: &Work<'_>, row: Row, customer: i64, image: &Image) -> Result<String, StoreError> {
    match row.noun {
        Noun::Customer => Ok(text(image, "name").unwrap_or("").to_owned()),
        _ if customer > 0 => subject(work.db, customer),
        Noun::EvaluationLine => {
            let metric = text(image, "metric").unwrap_or_default();
            let segment = text(image, "segment").unwrap_or_default();
            // a figure is told by its words, which its key names; what people made up themselves as they wrote it
            Ok(kpi(metric).map_or_else(|| metric.to_owned(), |kpi| target::key(kpi.id, segment)))
        }
        _ => {
            let named = ["name", "title", "direction"].into_iter().find_map(|column| text(image, column));
            Ok(named.unwrap_or("").to_owned())
        }
    }
}

/// What somebody wants with a record that is there.
#[derive(Clone, Copy)]
pub(super) enum What<'a> {
    /// To change these of its fields.
    Edit(&'a [Field]),
    /// To take it away.
    Remove,
}

/// Refuses what the actor may not do with a record.
pub(super) fn allowed(work: &Work<'_>, row: Row, image: &Image, what: What<'_>) -> Result<(), StoreError> {
    if let Some(said) = by_its_own_rule(work, row, image, what) {
        return said;
    }
    let customer = customer_of(row, image);
    if customer == 0 || !editable(row.noun) {
        return Err(StoreError::Denied(Verb::Edit));
    }
    let verb = over_customer(work, row.noun, image, what);
    people::need(work.db, work.actor, verb, customer, work.now)?;
    if matches!(what, What::Edit(fields) if fields.contains(&Field::Owner)) {
        people::need(work.db, work.actor, Verb::Assign, customer, work.now)?;
    }
    Ok(())
}

/// The answer of records that have a rule of their own; none for those that ask for a right over their customer.
pub(super) fn by_its_own_rule(
    work: &Work<'_>,
    row: Row,
    image: &Image,
    what: What<'_>,
) -> Option<Result<(), StoreError>> {
    let customer = customer_of(row, image);
    Some(match row.noun {
        Noun::Script => script::allowed(work, image),
        noun if catalogue::holds(noun) => people::need_own(work.actor, Verb::Approve),
        Noun::Proposal if int(image, "person_id") == Some(work.actor.id.0) => Ok(()),
        Noun::OwnField | Noun::Proposal => people::need_own(work.actor, Verb::Configure),
        Noun::Campaign => campaign::allowed(work, image),
        Noun::Share => people::need(work.db, work.actor, Verb::Share, customer, work.now).map(|_| ()),
        Noun::Person => match what {
            What::Edit(fields) => user::allowed(work, row.id, image, fields.iter().copied()),
            What::Remove => people::need_own(work.actor, Verb::Configure),
        },
        Noun::Plan => plan::allowed(work, image),
        Noun::Request => requests::allowed(work, image, what),
        noun if plan::is_part(noun) => plan::allowed_part(work, row, image),
        noun if review::holds(noun) => review::allowed(work, row, image, false),
        _ => return None,
    })
}

/// The right over its customer that a record asks for: whoever logged a touch, has to do a task or handles a complaint may
/// correct it; all else is for whoever edits the customer, and so is taking a complaint away, which anybody may take up.
pub(super) fn over_customer(work: &Work<'_>, noun: Noun, image: &Image, what: What<'_>) -> Verb {
    let me = Some(work.actor.id.0);
    let own = match (noun, what) {
        (Noun::Touch, _) => int(image, "person_id") == me,
        (Noun::Task, _) => int(image, "owner_id") == me || int(image, "created_by") == me,
        (Noun::Complaint, What::Edit(_)) => int(image, "handler_id") == me,
        _ => false,
    };
    if own { Verb::Log } else { Verb::Edit }
}

/// Whether a row is one that people edit by hand and that belongs to a customer.
pub(super) fn is_edited_by_hand(row: Row, image: &Image) -> bool {
    customer_of(row, image) > 0 && editable(row.noun)
}

/// What people edit and remove by hand of a customer; the rest (an alarm, a dispute, a class) has changes of its own, each
/// with its own right.
const fn editable(noun: Noun) -> bool {
    matches!(
        noun,
        Noun::Customer
            | Noun::Contact
            | Noun::Method
            | Noun::Order
            | Noun::OrderLine
            | Noun::Quote
            | Noun::Refund
            | Noun::Opening
            | Noun::Contract
            | Noun::Expense
            | Noun::Budget
            | Noun::Touch
            | Noun::Task
            | Noun::ImportantDate
            | Noun::Consent
            | Noun::OptOut
            | Noun::Referral
            | Noun::Coupon
            | Noun::Membership
            | Noun::Activation
            | Noun::Browse
            | Noun::Complaint
            | Noun::Survey
            | Noun::Overspend
    )
}
