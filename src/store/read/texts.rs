//! What a campaign says to each customer it touches: its script, else its own text, with the places filled from what is
//! known of the customer and from what the campaign brings. Nothing that the actor may not see gets into a text, and a
//! place without a value is named and never left blank (D45, H52).

use std::collections::HashMap;

use rusqlite::OptionalExtension;

use super::eyes::Eyes;
use super::{campaigns, row, situation};
use crate::domain::money::Fen;
use crate::domain::script::{places, render};
use crate::store::request::{CampaignRow, StoreError, TextRow};
use crate::store::settings;

/// The texts of a campaign: of one customer, or of all who are or would be touched.
pub fn texts(eyes: &mut Eyes, id: i64, customer: Option<i64>) -> Result<Vec<TextRow>, StoreError> {
    let Some(campaign) = campaigns::one(eyes.db, id)? else { return Err(StoreError::Gone { who: None }) };
    let whom: Vec<i64> = if let Some(customer) = customer {
        vec![customer]
    } else {
        let members = campaigns::members(eyes, id)?;
        members.rows.iter().filter(|row| row.state != "left_out").map(|row| row.customer).collect()
    };
    let template = template(eyes, &campaign)?;
    let brings = brings(eyes, &campaign)?;
    let mut out = Vec::with_capacity(whom.len());
    for customer in whom {
        out.extend(one(eyes, customer, &template, &brings)?);
    }
    Ok(out)
}

/// What a campaign says: its approved script, else its own text, else its name.
pub fn template(eyes: &Eyes, campaign: &CampaignRow) -> Result<String, StoreError> {
    let script: Option<String> = eyes
        .db
        .prepare_cached("SELECT text FROM script WHERE code=?1 AND state='approved'")?
        .query_row([&campaign.script], |r| r.get(0))
        .optional()?;
    Ok(script.or_else(|| campaign.text.clone()).unwrap_or_else(|| campaign.name.clone()))
}

/// The places that the campaign fills itself: the product it offers, the coupon or package it brings.
pub fn brings(eyes: &Eyes, campaign: &CampaignRow) -> Result<HashMap<&'static str, String>, StoreError> {
    let mut facts = HashMap::new();
    if let Some(product) = &campaign.product {
        facts.insert("product", product.clone());
    }
    let (face, price, offer): (Option<i64>, Option<i64>, Option<i64>) = eyes
        .db
        .prepare_cached("SELECT face_fen, price_fen, offer_fen FROM campaign WHERE id=?1")?
        .query_row([campaign.id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    for (place, fen) in [("coupon", face), ("price", price), ("offer", offer)] {
        if let Some(fen) = fen {
            let yuan = Fen(fen).yuan_plain();
            facts.insert(place, yuan.strip_suffix(".00").map_or(yuan.clone(), str::to_owned));
        }
    }
    if face.is_some() || offer.is_some() {
        facts.insert("days", settings::number(eyes.db, "coupon_days")?.to_string());
    }
    Ok(facts)
}

/// The text for one customer; none where the customer is gone.
pub fn one(
    eyes: &mut Eyes,
    customer: i64,
    template: &str,
    brings: &HashMap<&'static str, String>,
) -> Result<Option<TextRow>, StoreError> {
    let Some(row) = row::row(eyes, customer)? else { return Ok(None) };
    let seen = eyes.sees(customer, row.owner_id)?;
    // without a place there is nothing to look up
    let facts =
        if places(template).is_empty() { HashMap::new() } else { situation::of(eyes, &row, seen)?.facts };
    let filled = render(template, |place| brings.get(place).or_else(|| facts.get(place)).cloned());
    Ok(Some(TextRow {
        customer,
        code: row.code,
        name: row.name,
        contact: row.contact,
        phone: row.phone,
        text: filled.text,
        missing: filled.missing,
    }))
}
