//! The rules in force as the store keeps them: versions of schemes, averages of industries, what is frozen once a month.
//! Loaded once a transaction; a scheme's text is read once a process, however often it is loaded.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Datelike, Months, NaiveDate};
use rusqlite::Connection;

use super::request::{Average, StoreError};
use super::settings;
use crate::domain::money::Fen;
use crate::domain::scheme::metric::{Standing, months_since};
use crate::domain::scheme::parse::{Fault, Refused};
use crate::domain::scheme::{Classes, RULED, Rulebook, Scheme, parse};

/// Customers with orders below which own figures say nothing (product.md, Classes and rules).
const ENOUGH: i64 = 10;
/// Months of a year.
const YEAR: i64 = 12;

/// An average that was entered or imported for a year.
#[derive(Clone, Copy)]
struct Known {
    year: i32,
    fen: i64,
    imported: bool,
}

/// What classes depend on besides the customer.
pub struct Classing {
    /// The schemes in force.
    pub book: Rulebook,
    /// The 50th and 80th percentile of the total spend.
    pub tiers: Option<(i64, i64)>,
    /// Whether the spend of customers younger than a year is scaled to a year (B50).
    annualise: bool,
    /// Whether a scheme builds on a class that only people set.
    pub by_hand: bool,
    entered: HashMap<String, Vec<Known>>,
    means: HashMap<String, (i64, i64)>,
    month: String,
}

/// The classes of one customer by rule and by hand.
pub struct Classed {
    by_rule: Classes,
    fixed: Classes,
}

impl Classed {
    /// The class in force: by hand before by rule.
    pub fn class(&self, scheme: &str) -> Option<&str> {
        self.fixed.get(scheme).or_else(|| self.by_rule.get(scheme)).map(String::as_str)
    }

    /// All classes in force of the schemes that have rules.
    pub fn in_force(&self) -> Classes {
        RULED.iter().filter_map(|s| Some(((*s).to_owned(), self.class(s)?.to_owned()))).collect()
    }

    /// Bit n: the n-th scheme with rules is set by hand to something else.
    pub fn differs(&self) -> i64 {
        let other =
            |scheme: &str| self.fixed.get(scheme).is_some_and(|hand| self.by_rule.get(scheme) != Some(hand));
        RULED.iter().enumerate().filter(|(_, s)| other(s)).map(|(bit, _)| 1 << bit).sum()
    }
}

/// Schemes that were read before, by their text; few and small.
static READ: Mutex<Vec<(String, Arc<Scheme>)>> = Mutex::new(Vec::new());

/// The scheme of a text that was proved when it was applied.
fn scheme(text: &str) -> Option<Arc<Scheme>> {
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, scheme)) = read.iter().find(|(known, _)| known == text) {
        return Some(Arc::clone(scheme));
    }
    let scheme = Arc::new(parse::parse(text).ok()?);
    read.push((text.to_owned(), Arc::clone(&scheme)));
    Some(scheme)
}

fn uses_hand(book: &Rulebook) -> bool {
    let by_hand = |id: &str| book.get(id).is_some_and(|(s, _)| s.by_hand);
    book.all().flat_map(|(s, _)| s.conditions()).any(|c| by_hand(&c.metric))
}

impl Classing {
    /// Reads what is in force.
    pub fn load(db: &Connection) -> rusqlite::Result<Self> {
        let mut book = Rulebook::default();
        let mut query =
            db.prepare_cached("SELECT text, version FROM scheme_version ORDER BY scheme, version")?;
        let mut rows = query.query([])?;
        // a text that this program cannot read any more leaves the version before in force
        while let Some(row) = rows.next()? {
            if let Some(scheme) = scheme(row.get_ref(0)?.as_str().unwrap_or_default()) {
                book.put(scheme, row.get(1)?);
            }
        }
        let mut entered: HashMap<String, Vec<Known>> = HashMap::new();
        let mut query = db.prepare_cached(
            "SELECT industry, year, average_fen, how='imported' FROM benchmark ORDER BY year DESC",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let known = Known { year: row.get(1)?, fen: row.get(2)?, imported: row.get(3)? };
            entered.entry(row.get(0)?).or_default().push(known);
        }
        let mut means = HashMap::new();
        let (mut middle, mut top) = (None, None);
        let mut query = db.prepare_cached(
            "SELECT what, fen, customers, month FROM frozen WHERE month=(SELECT max(month) FROM frozen)",
        )?;
        let mut rows = query.query([])?;
        let mut month = String::new();
        while let Some(row) = rows.next()? {
            let (what, fen): (String, i64) = (row.get(0)?, row.get(1)?);
            month = row.get(3)?;
            match what.split_once(':') {
                Some(("mean", industry)) => {
                    means.insert(industry.to_owned(), (fen, row.get(2)?));
                }
                Some(("total", "50")) => middle = Some(fen),
                Some(("total", "80")) => top = Some(fen),
                _ => {}
            }
        }
        let by_hand = uses_hand(&book);
        let annualise = settings::number(db, "annualise")? != 0;
        Ok(Self { book, tiers: middle.zip(top), annualise, by_hand, entered, means, month })
    }

    /// Another version of a scheme in its place, to be tried.
    pub fn with(mut self, scheme: Arc<Scheme>, version: i64) -> Self {
        self.book.put(scheme, version);
        self.by_hand = uses_hand(&self.book);
        self
    }

    /// The latest average of an industry that is not of a year to come.
    fn known(&self, industry: &str, today: NaiveDate) -> Option<Known> {
        self.entered.get(industry)?.iter().find(|known| known.year <= today.year()).copied()
    }

    /// Where the average of an industry comes from on a day (A57).
    pub fn source(&self, industry: Option<&str>, today: NaiveDate) -> Average {
        let Some(industry) = industry else { return Average::None };
        if let Some(Known { year, fen, imported }) = self.known(industry, today) {
            let fen = Fen(fen);
            return if imported { Average::Imported { year, fen } } else { Average::Entered { year, fen } };
        }
        self.means.get(industry).map_or(Average::None, |(fen, customers)| Average::Mean {
            month: self.month.clone(),
            fen: Fen(*fen),
            customers: *customers,
        })
    }

    /// The average of an industry in fen.
    pub fn average(&self, industry: Option<&str>, today: NaiveDate) -> Option<i64> {
        let industry = industry?;
        self.known(industry, today)
            .map(|known| known.fen)
            .or_else(|| self.means.get(industry).map(|(fen, _)| *fen))
    }

    /// What a customer's spend is held against: the industry's average, where it is to be scaled as much of it as belongs to
    /// the months since the first order, the month that has begun counting as whole (B50, X39).
    pub fn average_for(
        &self,
        industry: Option<&str>,
        first: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Option<i64> {
        let average = self.average(industry, today)?;
        let months = first.filter(|_| self.annualise).map_or(YEAR, |first| months_since(first, today) + 1);
        Some(if months < YEAR { (average * months / YEAR).max(1) } else { average })
    }

    /// The day on which the share of a customer whose spend is scaled moves by time alone.
    pub fn young_until(&self, first: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
        let first = first.filter(|_| self.annualise)?;
        let months = months_since(first, today) + 1;
        first.checked_add_months(Months::new(u32::try_from(months).ok()?)).filter(|_| months < YEAR)
    }

    /// The classes of a customer.
    pub fn classed(&self, standing: &Standing, fixed: &Classes, today: NaiveDate) -> Classed {
        Classed { by_rule: self.book.classes(standing, fixed, today), fixed: fixed.clone() }
    }
}

/// The month of a day as `frozen` names it.
fn month(today: NaiveDate) -> String {
    format!("{:04}-{:02}", today.year(), today.month())
}

/// Reads what would be frozen this month: means of industries with enough customers that have ordered, and the percentiles
/// of the total spend; nothing where there are too few.
pub fn figures(db: &Connection) -> Result<Vec<(String, i64, i64)>, StoreError> {
    let mut out: Vec<(String, i64, i64)> = db
        .prepare_cached(
            "SELECT 'mean:' || industry, sum(spend_12m) / count(*), count(*) FROM facts
             WHERE bought=1 AND industry IS NOT NULL GROUP BY industry HAVING count(*)>=?1 AND sum(spend_12m)>=count(*)",
        )?
        .query_map([ENOUGH], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let buyers: i64 =
        db.prepare_cached("SELECT count(*) FROM facts WHERE bought=1")?.query_row([], |r| r.get(0))?;
    if buyers >= ENOUGH {
        let mut totals: Vec<i64> = db
            .prepare_cached("SELECT spend_total FROM facts WHERE bought=1")?
            .query_map([], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        totals.sort_unstable();
        for percent in [50, 80] {
            // nearest rank: the smallest total that so many per cent do not exceed
            let rank = (totals.len() * percent).div_ceil(100).saturating_sub(1);
            if let Some(fen) = totals.get(rank) {
                out.push((format!("total:{percent}"), *fen, buyers));
            }
        }
    }
    Ok(out)
}

/// Freezes figures for a month and tells whether there were new ones; what stands already stays until the next month, so
/// that one order never reclassifies an industry (kpis.md 3.1).
pub fn freeze(db: &Connection, figures: &[(String, i64, i64)], today: NaiveDate) -> rusqlite::Result<bool> {
    let month = month(today);
    let mut put =
        db.prepare_cached("INSERT OR IGNORE INTO frozen(month, what, fen, customers) VALUES(?1,?2,?3,?4)")?;
    let mut new = 0;
    for (what, fen, customers) in figures {
        new += put.execute((&month, what, fen, customers))?;
    }
    Ok(new > 0)
}

/// Reads a scheme and refuses it where it could not serve: a fault, or a class without a row in its strategy table.
pub fn proved(db: &Connection, text: &str) -> Result<Scheme, StoreError> {
    let refused = |line, fault| StoreError::Scheme(Box::new(Refused { line, fault }));
    let scheme = parse::parse(text).map_err(|r| StoreError::Scheme(Box::new(r)))?;
    let rows: Vec<String> = db
        .prepare_cached("SELECT class FROM strategy WHERE scheme=?1")?
        .query_map([&scheme.id], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    // only a scheme that strategies are written for needs a row for each class
    if let Some(class) = scheme.classes.iter().find(|c| !rows.is_empty() && !rows.contains(&c.id)) {
        return Err(refused(class.line, Fault::Unserved(class.id.clone())));
    }
    Ok(scheme)
}
