//! Everything a candidate of the look-up box can be found by, read no further than it has to be.

use super::super::eyes::{self, Eyes};
use crate::domain::find::{Candidate, Field, Needle};
use crate::store::request::StoreError;

/// The texts of a customer that a statement gives.
fn list(eyes: &Eyes, sql: &str, customer: i64) -> Result<Vec<String>, StoreError> {
    Ok(eyes.db.prepare_cached(sql)?.query_map([customer], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Everything a customer can be found by.
pub struct Whole {
    name: String,
    codes: Vec<String>,
    contacts: Vec<String>,
    tags: Vec<String>,
    phones: Vec<String>,
}

/// The same, borrowed as lists of texts.
pub struct Lists<'a> {
    whole: &'a Whole,
    codes: Vec<&'a str>,
    contacts: Vec<&'a str>,
    tags: Vec<&'a str>,
    phones: Vec<&'a str>,
    sees: bool,
}

impl Whole {
    /// Which field it is and its text, masked where it has to be; none of what stands in the row of a list.
    pub fn text(mut self, field: Field, sees: bool) -> Option<(&'static str, String)> {
        let (named, list, at) = match field {
            Field::Name | Field::Code(0) => return None,
            Field::Code(at) => ("code", &mut self.codes, at),
            Field::Contact(at) => ("contact", &mut self.contacts, at),
            Field::Tag(at) => ("tag", &mut self.tags, at),
            Field::Phone(at) => ("phone", &mut self.phones, at),
        };
        let text = list.get_mut(at).map(std::mem::take).unwrap_or_default();
        Some((named, if named == "phone" { eyes::phone(&text, sees) } else { text }))
    }

    /// What the row of the customer has.
    pub fn named(name: String, code: String) -> Self {
        Self { name, codes: vec![code], contacts: Vec::new(), tags: Vec::new(), phones: Vec::new() }
    }

    /// Reads the phones, where digits are looked for.
    pub fn read_phones(&mut self, eyes: &Eyes, id: i64, needle: &Needle) -> Result<(), StoreError> {
        if matches!(needle, Needle::Digits(_)) {
            let sql = "SELECT value FROM method WHERE customer_id=?1 AND digits IS NOT NULL ORDER BY id";
            self.phones = list(eyes, sql, id)?;
        }
        Ok(())
    }

    /// Reads the other texts.
    pub fn read_texts(&mut self, eyes: &Eyes, id: i64) -> Result<(), StoreError> {
        self.codes.extend(list(eyes, "SELECT code FROM customer_alias WHERE customer_id=?1", id)?);
        let contacts = "SELECT name FROM contact WHERE customer_id=?1 ORDER BY is_key DESC, id";
        self.contacts = list(eyes, contacts, id)?;
        self.tags = list(eyes, "SELECT value FROM own_tag WHERE customer_id=?1", id)?;
        Ok(())
    }

    pub fn candidate(&self, sees: bool) -> Lists<'_> {
        fn borrowed(list: &[String]) -> Vec<&str> {
            list.iter().map(String::as_str).collect()
        }
        Lists {
            whole: self,
            codes: borrowed(&self.codes),
            contacts: borrowed(&self.contacts),
            tags: borrowed(&self.tags),
            phones: borrowed(&self.phones),
            sees,
        }
    }
}

impl Lists<'_> {
    pub fn borrow(&self) -> Candidate<'_> {
        Candidate {
            name: &self.whole.name,
            codes: &self.codes,
            contacts: &self.contacts,
            tags: &self.tags,
            phones: &self.phones,
            see_all_digits: self.sees,
        }
    }
}
