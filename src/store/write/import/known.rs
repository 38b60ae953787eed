//! What a row of a file says of a known customer that an export of that customer says, too. An export shows what is derived
//! (a class by the rules, a size by the number of employees, the last order, a preference) beside what was entered; read back,
//! it must not become what somebody has set by hand. So a value that the export would write is no news, whatever it came from.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension};

use crate::domain::change::{NewContact, NewCustomer, Opening, TagPath};
use crate::domain::field::{Field, Value};
use crate::domain::money::Fen;
use crate::domain::tag::UNNAMED;
use crate::store::request::StoreError;
use crate::store::words;

/// What an export writes of one customer.
struct Shown {
    industry: Option<String>,
    /// The size as entered, which is none where the number of employees says it.
    entered_size: Option<String>,
    size: Option<String>,
    category: Option<String>,
    segment: Option<String>,
    grade: Option<String>,
    last_order: Option<String>,
    per_year: Option<i64>,
    spend_12m: Option<i64>,
    contact: Option<String>,
}

impl Shown {
    fn read(db: &Connection, customer: i64) -> Result<Option<Self>, StoreError> {
        let mut query = db.prepare_cached(
            "SELECT c.industry, c.size, f.size, f.category, f.segment, f.grade, f.last_order, f.per_year,
               f.spend_12m, f.contact
             FROM customer c JOIN facts f ON f.customer_id=c.id WHERE c.id=?1",
        )?;
        let shown = query.query_row([customer], |r| {
            Ok(Self {
                industry: r.get(0)?,
                entered_size: r.get(1)?,
                size: r.get(2)?,
                category: r.get(3)?,
                segment: r.get(4)?,
                grade: r.get(5)?,
                last_order: r.get(6)?,
                per_year: r.get(7)?,
                spend_12m: r.get(8)?,
                contact: r.get(9)?,
            })
        });
        Ok(shown.optional()?)
    }

    /// Whether a field brings something that the export does not write.
    fn is_news(&self, field: Field, value: &Value, all: &[(Field, Value)]) -> bool {
        let text = value.as_text();
        match field {
            // the term of the same industry, which the file cannot tell finer
            Field::IndustryStandard => {
                let same = |(field, value): &(Field, Value)| {
                    *field == Field::Industry && value.as_text() == self.industry.as_deref()
                };
                !all.iter().any(same)
            }
            Field::Size => self.entered_size.is_some() || text != self.size.as_deref(),
            Field::PreferredCategory => text != self.category.as_deref(),
            _ => true,
        }
    }

    /// What of the figures of a file is news.
    fn opening(&self, given: &Opening) -> Option<Opening> {
        let last = given.last_on.map(|day| day.to_string());
        let figures = Opening {
            last_on: given.last_on.filter(|_| last != self.last_order),
            per_year: given.per_year.filter(|n| Some(*n) != self.per_year),
            year: given.year.filter(|Fen(fen)| Some(*fen) != self.spend_12m),
            ..given.clone()
        };
        let blank = Opening {
            as_of: figures.as_of,
            category: figures.category.clone(),
            source: figures.source.clone(),
            ..Opening::default()
        };
        (figures != blank).then_some(figures)
    }
}

/// What is news of a row about a known customer.
pub fn news<'n>(
    db: &Connection,
    customer: i64,
    new: &'n NewCustomer,
) -> Result<Cow<'n, NewCustomer>, StoreError> {
    let mut news = new.clone();
    let Some(shown) = Shown::read(db, customer)? else {
        // all is being counted anew, and nobody knows what an export would write: nothing derived is taken for set by hand
        news.values.retain(|(field, _)| !matches!(field, Field::Size | Field::PreferredCategory));
        news.classes.clear();
        news.opening = None;
        return Ok(Cow::Owned(news));
    };
    news.values.retain(|(field, value)| shown.is_news(*field, value, &new.values));
    news.classes.retain(|(scheme, class)| match scheme.as_str() {
        "segment" => shown.segment.as_ref() != Some(class),
        "grade" => shown.grade.as_ref() != Some(class),
        _ => true,
    });
    news.opening = new.opening.as_ref().and_then(|given| shown.opening(given));
    if let [contact] = news.contacts.as_mut_slice()
        && (shown.contact.as_ref() == Some(&contact.name) || contact.name == "—")
    {
        known_ways(db, customer, contact)?;
        if contact.methods.is_empty() && contact.title.is_none() {
            news.contacts.clear();
        }
    }
    if !news.tags.is_empty() {
        let own = own_tags(db, customer)?;
        news.tags.retain(|tag| !is_shown(tag, &own));
    }
    Ok(Cow::Owned(news))
}

/// Kinds of ways to reach somebody that an export writes into one cell.
const CELLS: [&[&str]; 3] = [&["mobile", "landline"], &["wechat"], &["email"]];

/// An export writes the numbers of all contacts beside the one that is called: such a cell tells of nobody's new number.
fn known_ways(db: &Connection, customer: i64, contact: &mut NewContact) -> Result<(), StoreError> {
    let there: Vec<(String, String)> = db
        .prepare_cached("SELECT kind, value FROM method WHERE customer_id=?1")?
        .query_map([customer], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let alike = |value: &str| words::phone(value).unwrap_or_else(|| value.trim().to_owned());
    for kinds in CELLS {
        let of = |(kind, _): &&(String, String)| kinds.contains(&kind.as_str());
        let mut all: Vec<String> = there.iter().filter(of).map(|(_, value)| alike(value)).collect();
        let given = contact.methods.iter().filter(of).flat_map(|(_, value)| value.split(';'));
        let mut given: Vec<String> = given.map(alike).collect();
        for list in [&mut all, &mut given] {
            list.sort_unstable();
            list.dedup();
        }
        if all == given {
            contact.methods.retain(|way| !of(&way));
        }
    }
    Ok(())
}

/// Values of the tags of a customer, as an export writes them.
fn own_tags(db: &Connection, customer: i64) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT DISTINCT value FROM own_tag WHERE customer_id=?1")?;
    Ok(query.query_map([customer], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Whether a tag stands there under its value alone, which is all that an export writes of it.
fn is_shown(tag: &TagPath, own: &[String]) -> bool {
    let whole =
        || own.iter().any(|value| value.split_once([':', '\u{ff1a}']) == Some((&tag.name, &tag.value)));
    tag.name == UNNAMED && own.contains(&tag.value) || whole()
}
