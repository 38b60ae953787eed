//! The figures of a period: kept ones where no later change touches them, else counted anew, customer by customer in the
//! order of their ids, so that memory stays flat. Targets and verdicts are put on at the end and never kept.

pub mod behind;
mod books;
mod company;
pub mod kept;

pub use books::day;
use rusqlite::Connection;

use crate::domain::clock::Now;
use crate::domain::kpi::{Figure, KPIS, Rules, Span, Tally, group, kpi};
use crate::store::request::{Kept, KpiGroup, KpiQuery, KpiRow, Kpis, StoreError};
use crate::store::settings;

/// The figures of a period.
pub fn kpis(db: &Connection, now: Now, query: KpiQuery) -> Result<Kpis, StoreError> {
    let span = span(db, now, query)?;
    let rules = kept::rules(&span);
    let (figures, fresh) = if let Some(figures) = kept::find(db, &span, &rules)? {
        (figures, None)
    } else {
        let (figures, kept) = computed(db, &span)?;
        (figures, Some(Box::new(kept)))
    };
    let targets = targets(db)?;
    let groups = figures
        .into_iter()
        .enumerate()
        .map(|(slot, figures)| {
            let segment = group(slot);
            let rows = figures.into_iter().map(|figure| judged(figure, segment, &targets)).collect();
            KpiGroup { segment, rows }
        })
        .collect();
    Ok(Kpis { period: span.period, as_of: span.as_of, groups, fresh })
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
    };
    Ok(Span { period: query.period, zone: now.zone, as_of: query.as_of.unwrap_or(now.ms()), rules })
}

/// Counts everything anew.
pub fn computed(db: &Connection, span: &Span) -> Result<(Vec<Vec<Figure>>, Kept), StoreError> {
    // one moment for all that is read, so that figures and the change they have seen belong together
    let moment = db.unchecked_transaction()?;
    let seen = kept::last(&moment)?;
    let mut tally = Tally::new(*span);
    books::each(&moment, span, &mut tally, |tally, book| {
        tally.add(book);
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
    };
    // nothing was written: the end of a read
    moment.rollback()?;
    Ok((figures, kept))
}

/// Targets that the company has set: id, segment, value.
fn targets(db: &Connection) -> Result<Vec<(String, String, f64)>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT key, value FROM setting WHERE key>='target.' AND key<'target/'")?;
    let rows = query.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))?;
    let mut targets = Vec::new();
    for row in rows {
        let (key, value) = row?;
        let mut parts = key.splitn(3, '.').skip(1);
        let (id, segment) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        if let (true, Ok(value)) = (KPIS.iter().any(|k| k.id == id), value.parse()) {
            targets.push((id.to_owned(), segment.to_owned(), value));
        }
    }
    Ok(targets)
}

fn judged(figure: Figure, segment: &str, targets: &[(String, String, f64)]) -> KpiRow {
    let set = |segment: &str| {
        targets.iter().find(|(id, s, _)| *id == figure.id && s == segment).map(|(.., value)| *value)
    };
    let row = kpi(&figure.id);
    let own = row.and_then(|k| k.targets.iter().find(|(s, _)| *s == segment)).map(|(_, t)| *t);
    // the segment's own before the one of all, what the company set before the handbook's
    let target = set(segment).or(own).or_else(|| set("")).or_else(|| row.and_then(|k| k.target("")));
    let verdict = row.and_then(|k| figure.verdict(k, target));
    KpiRow { figure, target, verdict }
}
