//! The look-up box: candidates from the two indexes, best rank first, each held against what was typed before it shows. One's
//! own customers are read first; reading stops at 200 hits, or 5,000 looked at. See design.md, «Finding at a million».

pub mod holders;

use std::collections::{BTreeSet, HashSet};

use super::eyes::{self, Eyes};
use super::row;
use crate::domain::find::{self, Field, Hit, Needle, needle, normal_phone, owned, stem as stem_of};
use crate::domain::phones;
use crate::store::entry;
use crate::store::facts::index;
use crate::store::look_up::{self, Noted};
use crate::store::request::{Found, Limited, StoreError};
use crate::store::values::by_code;

/// Hits that are enough.
const ENOUGH: usize = 200;
/// Candidates that are looked at.
const MOST: usize = 5_000;
/// Customers who are looked at one by one rather than sought among all that an index has of some digits.
const FEW: usize = 1_000;
/// Rows of an index that are gone through for one question, most of which are not among those looked for.
const PASSED: usize = 100_000;
/// The customer in the row number of an index; the high bits are the rank.
const CUSTOMER: i64 = (1 << 40) - 1;

/// A customer in whom it is found.
struct Seen {
    id: i64,
    hit: Hit,
    mine: bool,
    /// The row number in the indexes, which carries the rank; none where a name begins as it was typed.
    order: Option<i64>,
    /// Found by a whole number that shows masked.
    beyond: bool,
    /// The text it is found in, as it shows.
    text: String,
}

/// The customers that fit what was typed, best first; blank gives one's own customers of late.
pub fn find(eyes: &mut Eyes, text: &str, limit: usize) -> Result<Vec<Found>, StoreError> {
    let Some(needle) = needle(text) else { return recent(eyes, limit) };
    let mut walk = Walk::new(&needle);
    walk.go(eyes, text)?;
    let mut hits = walk.seen;
    hits.sort_by_key(|h| (h.hit.score, !h.mine, h.order));
    note(eyes, &needle, &hits)?;
    hits.truncate(limit);
    let mut rows = Vec::with_capacity(hits.len());
    for seen in hits {
        rows.extend(show(eyes, seen)?);
    }
    Ok(rows)
}

/// Notes what a whole number tells somebody to whom it shows masked: whose it is, or that it is nobody's.
fn note(eyes: &mut Eyes, needle: &Needle, hits: &[Seen]) -> Result<(), StoreError> {
    let Some(digits) = needle.phone_digits().filter(|_| !eyes.sees_all()) else { return Ok(()) };
    let beyond: Vec<Option<i64>> = hits.iter().filter(|h| h.beyond).map(|h| Some(h.id)).collect();
    noted(eyes, digits, hits.is_empty(), beyond)
}

/// Keeps whose numbers were looked up; a number of nobody counts once.
fn noted(eyes: &mut Eyes, digits: &str, nobody: bool, whose: Vec<Option<i64>>) -> Result<(), StoreError> {
    let whose = if nobody && phones::is_whole(digits) { vec![None] } else { whose };
    for customer in whose {
        let noted = Noted::number(customer, digits);
        // who asks again is told nothing new
        if !look_up::known(eyes.db, eyes.actor, eyes.now, &noted)? {
            look_up::room(eyes.db, eyes.actor, eyes.now, Limited::Number)?;
            eyes.noted.push(noted);
        }
    }
    Ok(())
}

/// A walk through candidates.
struct Walk<'n> {
    needle: &'n Needle,
    looked: HashSet<i64>,
    seen: Vec<Seen>,
}

impl<'n> Walk<'n> {
    fn new(needle: &'n Needle) -> Self {
        Self { needle, looked: HashSet::new(), seen: Vec::new() }
    }

    /// Goes through everybody who may be found, until so many are, or so many are looked at.
    fn go(&mut self, eyes: &mut Eyes, text: &str) -> Result<(), StoreError> {
        if let Some(id) = by_code(eyes.db, text)? {
            self.look(eyes, id, None)?;
        }
        let typed = text.trim();
        let upto = format!("{typed}\u{10ffff}");
        let begins: Vec<i64> = eyes
            .db
            .prepare_cached("SELECT id FROM customer WHERE name>=?1 AND name<?2 LIMIT 50")?
            .query_map([typed, &upto], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for id in begins {
            self.look(eyes, id, None)?;
        }
        let needle = self.needle;
        if let Needle::Digits(_) = needle {
            self.through(eyes, "find_digit", needle.digit_first(), None)?;
            let (shown, every) = (needle.digit_match(false), needle.digit_match(true));
            if eyes.sees_all() {
                self.through(eyes, "find_digit", every, None)?;
            } else {
                // what shows of any number, then every digit of the few that show in full
                let more = every != shown;
                self.through(eyes, "find_digit", shown, None)?;
                if more {
                    self.through_seen(eyes, every)?;
                }
            }
        }
        let text = needle.text_match();
        let mine = text.as_deref().map(|text| owned(text, eyes.actor.id.0));
        self.through(eyes, "find_text", mine, None)?;
        self.through(eyes, "find_text", text, None)
    }

    /// The same for one question to an index, among all customers or some.
    fn through(
        &mut self,
        eyes: &mut Eyes,
        table: &str,
        expression: Option<String>,
        among: Option<&BTreeSet<i64>>,
    ) -> Result<(), StoreError> {
        let Some(expression) = expression else { return Ok(()) };
        let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1");
        let mut query = eyes.db.prepare_cached(&sql)?;
        let mut rows = query.query([expression])?;
        let mut passed = 0;
        while !self.is_done()
            && passed < PASSED
            && let Some(row) = rows.next()?
        {
            passed += 1;
            let number: i64 = row.get(0)?;
            let id = number & CUSTOMER;
            if among.is_none_or(|some| some.contains(&id)) {
                self.look(eyes, id, Some(number))?;
            }
        }
        Ok(())
    }

    /// The same for digits of the customers whose numbers show in full.
    fn through_seen(&mut self, eyes: &mut Eyes, expression: Option<String>) -> Result<(), StoreError> {
        let Some(seen) = eyes.seen(MOST)? else { return self.through(eyes, "find_digit", expression, None) };
        if seen.len() > FEW {
            return self.through(eyes, "find_digit", expression, Some(&seen));
        }
        for id in seen {
            if self.is_done() {
                break;
            }
            if self.look(eyes, id, None)?
                && let Some(found) = self.seen.last_mut()
            {
                found.order = Some(index::row_of(eyes.db, id)?);
            }
        }
        Ok(())
    }

    fn is_done(&self) -> bool {
        self.seen.len() >= ENOUGH || self.looked.len() >= MOST
    }

    /// Looks at one candidate, once; tells whether it is found in them.
    fn look(&mut self, eyes: &mut Eyes, id: i64, order: Option<i64>) -> Result<bool, StoreError> {
        if !self.looked.insert(id) {
            return Ok(false);
        }
        // whom nobody finds who sees all is found by nobody, and needs no look at rights
        let needle = self.needle;
        let found = entry::look(eyes.db, id, |entry| Some((entry.owner, taken(needle, entry, true)?)))?;
        let Some((owner, mut found)) = found.flatten() else { return Ok(false) };
        let mut beyond = false;
        if matches!(needle, Needle::Digits(_)) && !eyes.sees(id, owner)? {
            let masked = entry::look(eyes.db, id, |entry| taken(needle, entry, false))?;
            let Some(masked) = masked.flatten() else { return Ok(false) };
            found = masked;
            // a whole name or number has the score 0
            beyond = found.0.score == 0 && matches!(found.0.field, Field::Phone(_));
        }
        let (hit, text) = found;
        let mine = owner == eyes.actor.id.0;
        self.seen.push(Seen { id, hit, mine, order, beyond, text });
        Ok(true)
    }
}

/// Where a needle is found in an entry, and the text as it shows.
fn taken(needle: &Needle, entry: &find::Entry, sees: bool) -> Option<(Hit, String)> {
    let hit = needle.verify(entry, sees)?;
    let text = hit.field.of(entry).unwrap_or_default();
    let text = if matches!(hit.field, Field::Phone(_)) { eyes::phone(text, sees) } else { text.to_owned() };
    Some((hit, text))
}

/// A hit as it shows.
fn show(eyes: &mut Eyes, seen: Seen) -> Result<Option<Found>, StoreError> {
    let Some(row) = row::row(eyes, seen.id)? else { return Ok(None) };
    let matched = match seen.hit.field {
        Field::Name => "name",
        Field::Code(_) => "code",
        Field::Contact(_) => "contact",
        Field::Tag(_) => "tag",
        Field::Phone(_) => "phone",
    };
    let chars = (seen.hit.chars.start, seen.hit.chars.end);
    Ok(Some(Found { row, matched, text: seen.text, chars, mine: seen.mine }))
}

/// One's own customers, the last talked to first: what the box shows before anything is typed.
fn recent(eyes: &mut Eyes, limit: usize) -> Result<Vec<Found>, StoreError> {
    let ids: Vec<i64> = eyes
        .db
        .prepare_cached(
            "SELECT customer_id FROM facts WHERE owner_id=?1 AND last_touch IS NOT NULL
             ORDER BY last_touch DESC, customer_id DESC LIMIT ?2",
        )?
        .query_map((eyes.actor.id.0, limit.min(20)), |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut out = Vec::new();
    for id in ids {
        if let Some(row) = row::row(eyes, id)? {
            out.push(Found { text: row.name.clone(), row, matched: "name", chars: (0, 0), mine: true });
        }
    }
    Ok(out)
}

/// Customers that look like one that is being made: a phone in common, or the same name but for the form of the company
/// (H8).
pub fn alike(eyes: &mut Eyes, name: &str, phones: &[String]) -> Result<Vec<Found>, StoreError> {
    let mut out: Vec<Found> = Vec::new();
    for digits in phones.iter().filter_map(|p| normal_phone(p)).map(|p| p.digits) {
        let ids: Vec<i64> = eyes
            .db
            .prepare_cached("SELECT DISTINCT customer_id FROM method WHERE digits=?1 LIMIT 5")?
            .query_map([&digits], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if !eyes.sees_all() {
            let mut beyond = Vec::new();
            for id in &ids {
                if !eyes.sees_customer(*id)? {
                    beyond.push(Some(*id));
                }
            }
            noted(eyes, &digits, ids.is_empty(), beyond)?;
        }
        for id in ids {
            if let Some(row) = row::row(eyes, id)?
                && out.iter().all(|f| f.row.id != id)
            {
                let text = row.phone.clone().unwrap_or_default();
                out.push(Found { row, matched: "phone", text, chars: (0, 0), mine: false });
            }
        }
    }
    let stem = stem_of(name);
    if stem.chars().count() >= 2 {
        for hit in find(eyes, &stem, 20)? {
            if stem_of(&hit.row.name) == stem && out.iter().all(|f| f.row.id != hit.row.id) {
                out.push(hit);
            }
        }
    }
    out.truncate(5);
    Ok(out)
}
