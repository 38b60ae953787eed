//! The look-up box: candidates from the two indexes, best rank first, each checked against the row before it shows.
//! One's own customers are read first. Those whom a few hundred candidates give are found at first sight, which takes
//! milliseconds whatever is typed; where they do not fill the list, reading goes on to 200 hits, or 5,000 looked at, and who
//! is found then follows them. See design.md, «Finding at a million».

pub mod holders;
mod whole;

use std::collections::HashSet;

use rusqlite::OptionalExtension;

use super::eyes::Eyes;
use super::row;
use crate::domain::customer::CustomerId;
use crate::domain::find::{Candidate, Field, Hit, Needle, needle, normal_phone, owned, stem as stem_of};
use crate::store::look_up::{self, Noted};
use crate::store::request::{Found, Limited, Sight, StoreError};
use whole::Whole;

/// Hits that are enough.
const ENOUGH: usize = 200;
/// Candidates that are looked at in all.
const MOST: usize = 5_000;
/// Candidates of whom more than the name is read: among so many that only look alike nobody is sought by another text, and to
/// read these is most of the work.
const READ: usize = 2_000;
/// Hits that are enough at first sight, and candidates that one question to an index gives then.
const ENOUGH_FIRST: usize = 100;
const FIRST: usize = 200;
/// The customer in the row number of an index; the high bits are the rank.
const CUSTOMER: i64 = (1 << 40) - 1;

/// A customer as far as it has to be looked at.
struct Seen {
    id: i64,
    hit: Hit,
    mine: bool,
    order: usize,
    /// Found by a whole number that shows masked.
    beyond: bool,
    /// Which field has it and its text, where that is not in the row of a list.
    text: Option<(&'static str, String)>,
}

/// The customers that fit what was typed, best first; blank gives one's own customers of late.
pub fn find(eyes: &mut Eyes, text: &str, limit: usize) -> Result<Vec<Found>, StoreError> {
    Ok(seek(eyes, text, limit, false)?.rows)
}

/// Those of them who are found at first sight.
pub fn first(eyes: &mut Eyes, text: &str, limit: usize) -> Result<Sight, StoreError> {
    seek(eyes, text, limit, true)
}

fn seek(eyes: &mut Eyes, text: &str, limit: usize, first: bool) -> Result<Sight, StoreError> {
    let Some(needle) = needle(text) else { return Ok(Sight { rows: recent(eyes, limit)?, whole: true }) };
    let mut walk = Walk::new(&needle);
    let mut whole = walk.sweep(eyes, text, ENOUGH_FIRST, FIRST)?;
    let mut hits = walk.ranked();
    // who is told of a masked number is counted once, with all they are told
    let counted = needle.phone_digits().is_some() && !eyes.sees_all();
    if !whole && hits.len() < limit && (!first || counted) {
        walk.sweep(eyes, text, ENOUGH, MOST)?;
        hits.extend(walk.ranked());
        whole = true;
    }
    note(eyes, &needle, &hits)?;
    whole |= hits.len() >= limit;
    hits.truncate(limit);
    let mut rows = Vec::with_capacity(hits.len());
    for seen in hits {
        rows.extend(show(eyes, seen)?);
    }
    Ok(Sight { rows, whole })
}

/// Notes what a whole number tells somebody to whom it shows masked: whose it is, or that it is nobody's.
fn note(eyes: &mut Eyes, needle: &Needle, hits: &[Seen]) -> Result<(), StoreError> {
    let Some(digits) = needle.phone_digits().filter(|_| !eyes.sees_all()) else { return Ok(()) };
    let beyond: Vec<Option<i64>> = hits.iter().filter(|h| h.beyond).map(|h| Some(h.id)).collect();
    noted(eyes, digits, hits.is_empty(), beyond)
}

/// Keeps whose numbers were looked up; a number of nobody counts once.
fn noted(eyes: &mut Eyes, digits: &str, nobody: bool, whose: Vec<Option<i64>>) -> Result<(), StoreError> {
    let whose = if nobody && digits.len() >= look_up::WHOLE { vec![None] } else { whose };
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

/// The customer with this number, or with this old one.
pub fn by_code(db: &rusqlite::Connection, code: &str) -> Result<Option<CustomerId>, StoreError> {
    let found = db
        .prepare_cached("SELECT id FROM customer WHERE code=?1 UNION ALL SELECT customer_id FROM customer_alias WHERE code=?1")?
        .query_row([code.trim()], |r| r.get(0))
        .optional()?;
    Ok(found.map(CustomerId))
}

/// A walk through candidates.
struct Walk<'n> {
    needle: &'n Needle,
    seen: Vec<Seen>,
    looked: HashSet<i64>,
    /// How often a candidate was looked at.
    looks: usize,
    /// Of how many more than the name was read.
    read: usize,
    /// How many were found before those of `seen`.
    taken: usize,
}

impl<'n> Walk<'n> {
    fn new(needle: &'n Needle) -> Self {
        Self { needle, seen: Vec::new(), looked: HashSet::new(), looks: 0, read: 0, taken: 0 }
    }

    /// Goes through everybody who may be found, until so many are, or so many of a question's candidates are looked at;
    /// whether these are all.
    fn sweep(&mut self, eyes: &mut Eyes, text: &str, enough: usize, most: usize) -> Result<bool, StoreError> {
        if let Some(CustomerId(id)) = by_code(eyes.db, text)? {
            self.look(eyes, id, false)?;
        }
        let typed = text.trim();
        let upto = format!("{typed}\u{10ffff}");
        let begins: Vec<i64> = eyes
            .db
            .prepare_cached("SELECT id FROM customer WHERE name>=?1 AND name<?2 LIMIT 50")?
            .query_map([typed, &upto], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for id in begins {
            self.look(eyes, id, false)?;
        }
        let sees_all = eyes.sees_all();
        let needle = self.needle;
        let text = needle.text_match();
        let mine = text.as_deref().map(|t| owned(t, eyes.actor.id.0));
        let digits = [
            needle.digit_first(),
            needle.digit_match(true),
            (!sees_all).then(|| needle.digit_match(false)).flatten(),
        ];
        let asks =
            digits.into_iter().map(|d| ("find_digit", d)).chain([("find_text", mine), ("find_text", text)]);
        let mut whole = true;
        for (table, expression) in asks {
            if let Some(expression) = expression {
                whole &= self.through(eyes, (table, &expression), enough, most)?;
            }
        }
        Ok(whole)
    }

    /// The same for one question to an index.
    fn through(
        &mut self,
        eyes: &mut Eyes,
        (table, expression): (&str, &str),
        enough: usize,
        most: usize,
    ) -> Result<bool, StoreError> {
        if self.found() >= enough || self.looks >= MOST {
            return Ok(false);
        }
        let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1");
        let mut query = eyes.db.prepare_cached(&sql)?;
        let mut rows = query.query([expression])?;
        let before = self.looks;
        while let Some(row) = rows.next()? {
            if self.found() >= enough || self.looks - before >= most || self.looks >= MOST {
                return Ok(false);
            }
            self.look(eyes, row.get::<_, i64>(0)? & CUSTOMER, table == "find_digit")?;
        }
        Ok(true)
    }

    fn found(&self) -> usize {
        self.taken + self.seen.len()
    }

    /// Those found since this was asked last, best first.
    fn ranked(&mut self) -> Vec<Seen> {
        self.taken += self.seen.len();
        let mut hits = std::mem::take(&mut self.seen);
        hits.sort_by_key(|h| (h.hit.score, !h.mine, h.order));
        hits
    }

    /// Looks at one candidate once: at the phones alone of one that the index of digits names, since the other index names
    /// it again where its texts have them.
    fn look(&mut self, eyes: &mut Eyes, id: i64, phones_only: bool) -> Result<(), StoreError> {
        if !self.looked.insert(id) {
            return Ok(());
        }
        self.looks += 1;
        let head: Option<(String, String, i64)> = eyes
            .db
            .prepare_cached("SELECT name, code, owner_id FROM customer WHERE id=?1")?
            .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
            .optional()?;
        let Some((name, code, owner)) = head else { return Ok(()) };
        let sees = eyes.sees(id, owner)?;
        let codes = [code.as_str()];
        // most hits lie in the name: the other fields are read only where it does not have it
        let quick = Candidate {
            name: &name,
            codes: &codes,
            contacts: &[],
            tags: &[],
            phones: &[],
            see_all_digits: sees,
        };
        let quick = self.needle.verify(&quick).filter(|_| matches!(self.needle, Needle::Text(_)));
        let (hit, text) = if quick.is_some() {
            (quick, None)
        } else {
            let mut whole = Whole::named(name, code);
            whole.read_phones(eyes, id, self.needle)?;
            let mut hit = self.needle.verify(&whole.candidate(sees).borrow());
            if hit.is_none() && phones_only {
                self.looked.remove(&id);
            } else if hit.is_none() && self.read < READ {
                self.read += 1;
                whole.read_texts(eyes, id)?;
                hit = self.needle.verify(&whole.candidate(sees).borrow());
            }
            let text = hit.as_ref().and_then(|hit| whole.text(hit.field, sees));
            (hit, text)
        };
        if let Some(hit) = hit {
            let order = self.found();
            // a whole name or number has the score 0
            let beyond = !sees && hit.score == 0 && matches!(hit.field, Field::Phone(_));
            self.seen.push(Seen { id, hit, mine: owner == eyes.actor.id.0, order, beyond, text });
        }
        Ok(())
    }
}

/// A hit as it shows.
fn show(eyes: &mut Eyes, seen: Seen) -> Result<Option<Found>, StoreError> {
    let Some(row) = row::row(eyes, seen.id)? else { return Ok(None) };
    let (matched, text) = match (seen.text, seen.hit.field) {
        (Some(found), _) => found,
        (None, Field::Code(_)) => ("code", row.code.clone()),
        (None, _) => ("name", row.name.clone()),
    };
    let chars = (seen.hit.chars.start, seen.hit.chars.end);
    Ok(Some(Found { row, matched, text, chars, mine: seen.mine }))
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
