//! The standing of a customer as the row of facts keeps it: what schemes class by, without reading a single record again.
//! So a change of rules can be tried on a million customers in seconds.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::domain::scheme::Classes;
use crate::domain::scheme::metric::Standing;
use crate::store::scheme::Classing;

/// The columns that [`read`] takes, in its order; the customer's id first.
pub const COLUMNS: &str = "f.customer_id, f.industry, f.orders, f.bought, f.spend_12m, f.spend_total, f.spend_90d,
    f.spend_90d_before, f.first_order, f.last_order, f.heard_on, f.order_days, f.unanswered, f.spread_ppm, f.matches,
    f.segment, f.grade, f.lifecycle, f.value, f.expansion, f.stage, f.stale_on, f.differs";

/// A customer as it stands, with the classes it has now.
pub struct Kept {
    /// The customer.
    pub id: i64,
    /// What it is classed by.
    pub standing: Standing,
    /// Its classes in force.
    pub classes: Classes,
    /// Where people set something other than the rule says.
    pub differs: i64,
    /// The next day on which time alone changes its facts.
    pub stale_on: Option<NaiveDate>,
}

/// Reads a row of [`COLUMNS`].
pub fn read(row: &Row<'_>, classing: &Classing, today: NaiveDate) -> rusqlite::Result<Kept> {
    let day = |column: usize| -> rusqlite::Result<Option<NaiveDate>> {
        Ok(row.get_ref(column)?.as_str_or_null().ok().flatten().and_then(|text| text.parse().ok()))
    };
    let industry: Option<String> = row.get(1)?;
    let heard = day(10)?;
    let standing = Standing {
        orders: row.get(2)?,
        bought: row.get(3)?,
        spend_12m: row.get(4)?,
        spend_total: row.get(5)?,
        spend_90d: row.get(6)?,
        spend_90d_before: row.get(7)?,
        first_order: day(8)?,
        last_order: day(9)?,
        heard,
        order_days: row.get(11)?,
        unanswered: row.get(12)?,
        spread_ppm: row.get(13)?,
        matches: row.get(14)?,
        average: classing.average_for(industry.as_deref(), day(8)?, today),
        tiers: classing.tiers,
    };
    let mut classes = Classes::new();
    for (scheme, column) in crate::domain::scheme::RULED.iter().zip(15..) {
        if let Some(class) = row.get::<_, Option<String>>(column)? {
            classes.insert((*scheme).to_owned(), class);
        }
    }
    Ok(Kept { id: row.get(0)?, standing, classes, differs: row.get(22)?, stale_on: day(21)? })
}

/// The classes that people set: rows of the class table, and with `columns` the three columns of the customer.
pub fn fixed(db: &Connection, id: i64, columns: bool) -> rusqlite::Result<Classes> {
    let mut classes: Classes = db
        .prepare_cached("SELECT scheme, value FROM class WHERE customer_id=?1 AND how<>'rule'")?
        .query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    if columns {
        let by_hand: Option<[Option<String>; 3]> = db
            .prepare_cached("SELECT depth, relation, need FROM customer WHERE id=?1")?
            .query_row([id], |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?]))
            .optional()?;
        let named = ["depth", "relation", "need"].into_iter().zip(by_hand.into_iter().flatten());
        classes.extend(named.filter_map(|(scheme, class)| Some((scheme.to_owned(), class?))));
    }
    Ok(classes)
}

/// Need tags that the customer shares with the best fitting product on sale (J13).
pub fn matches(db: &Connection, id: i64) -> rusqlite::Result<i64> {
    db.prepare_cached(
        "SELECT coalesce(max(n),0) FROM (SELECT count(DISTINCT p.value) AS n FROM own_tag c
           CROSS JOIN product_tag p ON p.value=c.value
           CROSS JOIN product g ON g.id=p.product_id AND g.state='sold'
         WHERE c.customer_id=?1 AND c.type='need' GROUP BY p.product_id)",
    )?
    .query_row([id], |r| r.get(0))
}
