//! What else has to be so once a record was made, edited, or is about to go: coupons and their tasks, activations and their
//! weeks, referrals that were asked for, members who were raised. One table, so that forms, commands and imports agree.

use super::handover::carry;
use super::{coupon, deal, membership, referral, survey, user};
use crate::domain::field::{Noun, Row};
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{Image, cell, int, text};

/// A record was made or edited; `before` is what it was, empty where it is new.
pub fn edited(work: &mut Work<'_>, row: Row, before: &Image) -> Result<(), StoreError> {
    match row.noun {
        Noun::Person => user::edited(work, row.id, before),
        Noun::Coupon => coupon::settle(work, row.id, before),
        Noun::Activation => deal::weekly(work, row.id),
        Noun::Survey => {
            survey::surveyed(work, row.id)?;
            referral::pleased(work, row.id)
        }
        Noun::Customer => {
            owner(work, row.id, before)?;
            referral::reward(work, row.id)
        }
        Noun::Referral | Noun::Membership => {
            let Some((_, now)) = work.read(row.noun, row.id)? else { return Ok(()) };
            let customer = int(&now, "customer_id").unwrap_or(0);
            let new =
                |column: &str| text(&now, column).is_some() && cell(&now, column) != cell(before, column);
            match row.noun {
                Noun::Referral => {
                    let (was, is) = (int(before, "new_id"), int(&now, "new_id"));
                    if let Some(was) = was.filter(|_| was != is) {
                        referral::unreferred(work, row.id, customer, was)?;
                    }
                    if let Some(is) = is.filter(|_| was != is) {
                        referral::referred(work, customer, is)?;
                    }
                    if new("asked_on") { referral::asked(work, customer) } else { Ok(()) }
                }
                Noun::Membership if new("level") => membership::upgraded(work, customer),
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// What somebody held of a customer goes to its new owner.
fn owner(work: &mut Work<'_>, customer: i64, before: &Image) -> Result<(), StoreError> {
    let now = work.read(Noun::Customer, customer)?.and_then(|(_, row)| int(&row, "owner_id"));
    match (int(before, "owner_id"), now) {
        (Some(from), Some(to)) if from != to => carry::along(work, customer, from, to),
        _ => Ok(()),
    }
}

/// A record is about to be removed.
pub fn going(work: &mut Work<'_>, row: Row) -> Result<(), StoreError> {
    match row.noun {
        Noun::Coupon => coupon::forget(work, row),
        Noun::Survey => {
            survey::unsurveyed(work, row.id)?;
            referral::unpleased(work, row.id)
        }
        Noun::Activation => deal::forget(work, row.id),
        Noun::Order => deal::released(work, row.id),
        Noun::Referral => {
            let Some((_, now)) = work.read(row.noun, row.id)? else { return Ok(()) };
            match (int(&now, "customer_id"), int(&now, "new_id")) {
                (Some(referrer), Some(new)) => referral::unreferred(work, row.id, referrer, new),
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}
