//! The figures of a period: kept ones where no later change touches them, else counted anew, customer by customer in the
//! order of their ids, so that memory stays flat. Targets and verdicts are put on at the end and never kept.

pub mod behind;
mod books;
mod company;
pub mod few;
mod follow;
pub mod kept;
mod recorded;
mod sample;
mod slices;
mod small;
mod touched;

use std::cell::Cell;

pub use books::day;
pub use company::complete;
use kept::{Found, Wanted};
use rusqlite::Connection;
use slices::Slices;

use crate::domain::clock::Now;
use crate::domain::kpi::{Figure, Rules, Span, Tally, group, kpi};
use crate::domain::survey;
use crate::store::read::budget;
use crate::store::read::eyes::Eyes;
use crate::store::request::{Kept, KpiGroup, KpiQuery, KpiRow, Kpis, StoreError};
use crate::store::{settings, targets};

/// How far a count is, told at every hundredth of the customers of a large company.
pub struct Far<'t> {
    tell: Option<&'t (dyn Fn(u64, u64) + Send)>,
    of: i64,
    /// What there is to do when all customers are gone through, as so many customers more.
    after: i64,
    told: Cell<i64>,
}

/// Customers of which nothing is told in between: they are counted at once.
const AT_ONCE: i64 = 1_000;

impl<'t> Far<'t> {
    /// Tells nobody.
    pub const fn nobody() -> Self {
        Self { tell: None, of: 0, after: 0, told: Cell::new(0) }
    }

    /// Tells `tell`, where there is somebody to be told.
    pub fn of(db: &Connection, tell: Option<&'t (dyn Fn(u64, u64) + Send)>) -> Result<Self, StoreError> {
        let of = match tell {
            Some(_) => {
                db.prepare_cached("SELECT coalesce(max(id),0) FROM customer")?.query_row([], |r| r.get(0))?
            }
            None => 0,
        };
        Ok(Self { tell, of, after: 0, told: Cell::new(0) })
    }

    /// The same where more is to be done with the customers once they are gone through: as long again as for a quarter.
    #[must_use]
    pub const fn and_more(self) -> Self {
        Self { after: self.of / 4, ..self }
    }

    /// Notes that the count has come to this customer.
    pub fn at(&self, customer: i64) {
        let step = (self.of / 100).max(AT_ONCE);
        if customer - self.told.get() >= step {
            self.told.set(customer);
            self.tell(customer);
        }
    }

    /// Notes that of what is done after all customers so many parts of so many are.
    pub fn part(&self, done: i64, of: i64) {
        if self.of >= AT_ONCE {
            self.tell(self.of + self.after * done / of.max(1));
        }
    }

    fn tell(&self, done: i64) {
        if let Some(tell) = self.tell {
            tell(done.unsigned_abs(), (self.of + self.after).unsigned_abs());
        }
    }
}

/// The figures of a period.
pub fn kpis(db: &Connection, now: Now, query: KpiQuery) -> Result<Kpis, StoreError> {
    kpis_telling(db, now, query, &Far::nobody())
}

fn kpis_telling(db: &Connection, now: Now, query: KpiQuery, far: &Far<'_>) -> Result<Kpis, StoreError> {
    let span = span(db, now, query)?;
    let rules = kept::rules(&span);
    // whoever names a moment wants that one
    let wanted = if query.as_of.is_none() { Wanted::Recent } else { Wanted::Exact };
    let found = if let Some(found) = kept::find(db, &span, &rules, wanted)? {
        found
    } else {
        let (figures, kept) = computed_telling(db, &span, far)?;
        Found { figures, as_of: span.as_of, fresh: Some(kept) }
    };
    told(db, now, &span, found)
}

/// The figures of a period as they show to whoever asks; `far` hears how far the count is, where one is needed.
pub fn shown(eyes: &mut Eyes, query: KpiQuery, far: &Far<'_>) -> Result<Kpis, StoreError> {
    let mut kpis = kpis_telling(eyes.db, eyes.now, query, far)?;
    few::mask(eyes, &mut kpis)?;
    Ok(kpis)
}

/// The figures of a running period as they were counted last, as they show to whoever asks.
pub fn before(eyes: &mut Eyes, query: KpiQuery) -> Result<Option<Kpis>, StoreError> {
    let (db, now) = (eyes.db, eyes.now);
    let span = span(db, now, query)?;
    if !span.runs() {
        return Ok(None);
    }
    let Some(found) = kept::find(db, &span, &kept::rules(&span), Wanted::Before)? else { return Ok(None) };
    let mut kpis = told(db, now, &span, found)?;
    few::mask(eyes, &mut kpis)?;
    Ok(Some(kpis))
}

/// The figures of a period as far as they are at hand; none where that asks for counting (see [`Wanted::AtHand`]).
pub fn at_hand(db: &Connection, now: Now, query: KpiQuery) -> Result<Option<Kpis>, StoreError> {
    let span = span(db, now, query)?;
    let found = kept::find(db, &span, &kept::rules(&span), Wanted::AtHand)?;
    found.map(|found| told(db, now, &span, found)).transpose()
}

/// Figures with their targets and verdicts.
fn told(db: &Connection, now: Now, span: &Span, found: Found) -> Result<Kpis, StoreError> {
    let Found { mut figures, as_of, fresh } = found;
    recorded::put(db, now, span, &mut figures)?;
    let targets = targets::set(db)?;
    let groups = figures
        .into_iter()
        .enumerate()
        .map(|(slot, figures)| {
            let segment = group(slot);
            let rows =
                figures.into_iter().map(|figure| judged(figure, segment, &targets, span.runs())).collect();
            KpiGroup { segment, rows }
        })
        .collect();
    Ok(Kpis { period: span.period, as_of, groups, fresh: fresh.map(Box::new) })
}

/// The figures of a period alone, kept ones where they still hold.
pub fn figures(db: &Connection, now: Now, query: KpiQuery) -> Result<Vec<Vec<Figure>>, StoreError> {
    let span = span(db, now, query)?;
    let mut figures = match kept::find(db, &span, &kept::rules(&span), Wanted::Exact)? {
        Some(found) => found.figures,
        None => computed(db, &span)?.0,
    };
    recorded::put(db, now, &span, &mut figures)?;
    Ok(figures)
}

/// The span of a query: its period as the company's calendar and windows have it.
pub fn span(db: &Connection, now: Now, query: KpiQuery) -> Result<Span, StoreError> {
    let number = |key: &str| -> Result<u64, StoreError> {
        Ok(u64::try_from(settings::number(db, key)?).unwrap_or_default())
    };
    let rules = Rules {
        active_days: number("active_days")?,
        response_days: number("response_days")?,
        conversion_days: number("conversion_days")?,
        discount_percent: number("discount_percent")?,
        questions: questions(db)?,
        all_costs: budget::all_counts(db)?,
        sample: number("accuracy_every")?,
    };
    Ok(Span { period: query.period, zone: now.zone, as_of: query.as_of.unwrap_or(now.ms()), rules })
}

/// Which questions of a survey are about service and which about the product, a bit each (F22).
fn questions(db: &Connection) -> Result<[u64; 2], StoreError> {
    let asked = settings::get(db, "survey_questions")?;
    let bits = |key: &str| -> Result<u64, StoreError> {
        let of = settings::get(db, key)?;
        let place =
            |name: &str| survey::questions(&asked).position(|asked| asked == name).filter(|at| *at < 64);
        Ok(survey::questions(&of).filter_map(place).fold(0, |bits, at| bits | 1 << at))
    };
    Ok([bits("survey_service")?, bits("survey_product")?])
}

/// Counts everything anew.
pub fn computed(db: &Connection, span: &Span) -> Result<(Vec<Vec<Figure>>, Kept), StoreError> {
    computed_telling(db, span, &Far::nobody())
}

fn computed_telling(
    db: &Connection,
    span: &Span,
    far: &Far<'_>,
) -> Result<(Vec<Vec<Figure>>, Kept), StoreError> {
    // one moment for all that is read, so that figures and the change they have seen belong together
    let moment = db.unchecked_transaction()?;
    let seen = kept::last(&moment)?;
    let mut tally = Tally::new(*span);
    books::later(&moment, span, &mut tally)?;
    books::each(&moment, span, Slices::of(&moment)?, |book| {
        tally.add(book);
        far.at(book.customer);
        Ok(())
    })?;
    let company = company::company(&moment, span)?;
    let figures = tally.figures(&company);
    let json = serde_json::to_string(&figures).map_err(|e| StoreError::Defect(e.to_string()))?;
    let kept = Kept {
        from: span.period.from.to_string(),
        until: span.period.until.to_string(),
        as_of: span.as_of,
        until_at: tally.next(),
        seen,
        rules: kept::rules(span),
        figures: json,
        sums: follow::basis(&moment, tally.parts(), &company.counts)?,
    };
    // nothing was written: the end of a read
    moment.rollback()?;
    Ok((figures, kept))
}

/// Whether kept figures and the sums they were added up of are equal.
pub fn same(one: &Kept, other: &Kept) -> bool {
    one.figures == other.figures && follow::same(&one.sums, &other.sums)
}

fn judged(figure: Figure, segment: &str, set: &targets::Set, runs: bool) -> KpiRow {
    let target = targets::holds(set, &figure.id, segment);
    let verdict = kpi(&figure.id).and_then(|k| k.verdict(&figure, target, runs));
    KpiRow { figure, target, verdict }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_long_count_is_told_at_every_hundredth_and_a_short_one_not_at_all() {
        let told = Mutex::new(Vec::new());
        let tell = |done, of| told.lock().unwrap().push((done, of));
        let count = |of: i64| {
            told.lock().unwrap().clear();
            let far = Far { tell: Some(&tell), of, after: 0, told: Cell::new(0) };
            (1..=of).for_each(|customer| far.at(customer));
            told.lock().unwrap().clone()
        };
        assert!(count(999).is_empty());
        assert_eq!(count(2_500), [(1_000, 2_500), (2_000, 2_500)]);
        let large = count(1_000_000);
        assert_eq!((large.len(), large[0], large[99]), (100, (10_000, 1_000_000), (1_000_000, 1_000_000)));
        (1..=5_000).for_each(|customer| Far::nobody().at(customer));
        // what comes after the customers is told in parts of a quarter
        told.lock().unwrap().clear();
        let far = Far { tell: Some(&tell), of: 100_000, after: 0, told: Cell::new(0) }.and_more();
        far.at(50_000);
        (1..=2).for_each(|part| far.part(part, 2));
        assert_eq!(*told.lock().unwrap(), [(50_000, 125_000), (112_500, 125_000), (125_000, 125_000)]);
    }
}
