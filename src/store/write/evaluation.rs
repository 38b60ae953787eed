//! Evaluations of campaigns and plans (A129, F43, F49, H19): begun with a snapshot of the figures before, closed with the
//! figures as they stand. Figures are counted before the transaction, so that nobody waits while they are; that a colleague
//! writes something in between changes the count as little as if they had written it a second later.

use chrono::{Days, NaiveDate};
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::{Request, one};
use crate::domain::campaign::evaluate_on;
use crate::domain::clock::Now;
use crate::domain::field::{Field, Noun, Problem, Row};
use crate::domain::kpi::{Figure, Length, Period, kpi, place, target};
use crate::domain::people::Actor;
use crate::domain::review::{ACTIVITY, OWN, STANDARD, Standing, periods};
use crate::store::read::kpi::figures;
use crate::store::read::review as read;
use crate::store::record::Work;
use crate::store::request::{KpiQuery, LineRow, Receipt, StoreError};
use crate::store::since::unchanged;
use crate::store::tables::{Image, int, opt_int, opt_text, text, word};
use crate::store::values::invalid;
use crate::store::{settings, targets};

use super::{campaign, plan};

/// Figures of a period as they were known at an instant.
pub struct Snapshot {
    period: Period,
    at: i64,
    figures: Vec<Vec<Figure>>,
}

/// Counts the figures of a period.
pub fn snapshot(db: &Connection, now: Now, period: Period, at: i64) -> Result<Snapshot, StoreError> {
    let now = Now { at: now.at, zone: settings::zone(db)? };
    let figures = figures(db, now, KpiQuery { period, as_of: Some(at) })?;
    Ok(Snapshot { period, at, figures })
}

/// What an activity is: its name, first and last day, owner, and when its evaluation is due.
struct Activity {
    name: String,
    starts: NaiveDate,
    ends: NaiveDate,
    owner: i64,
    due: NaiveDate,
}

/// Name, first and last day, owner, and when it is to be evaluated where it says so itself.
type Found = (String, String, String, i64, Option<String>);

fn activity(db: &Connection, of: Row) -> Result<Activity, StoreError> {
    let sql = match of.noun {
        Noun::Campaign => "SELECT name, starts_on, ends_on, owner_id, evaluate_on FROM campaign WHERE id=?1",
        Noun::Plan => {
            "SELECT name, starts_on, ends_on, owner_id, NULL FROM plan WHERE id=?1 AND of_id IS NULL"
        }
        _ => return Err(StoreError::Defect("only campaigns and plans are evaluated".into())),
    };
    let found: Option<Found> = db
        .prepare_cached(sql)?
        .query_row([of.id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))
        .optional()?;
    let Some((name, starts, ends, owner, due)) = found else { return Err(StoreError::Gone { who: None }) };
    let day = |text: &str| text.parse::<NaiveDate>().map_err(|e| StoreError::Defect(e.to_string()));
    let ends = day(&ends)?;
    let due = match due {
        Some(due) => day(&due)?,
        None => evaluate_on(ends, u32::try_from(settings::number(db, "evaluation_months")?).unwrap_or(1)),
    };
    Ok(Activity { name, starts: day(&starts)?, ends, owner, due })
}

/// The snapshot an activity starts from: as many days as it lasts, up to its start or today, as known then. None where its
/// evaluation has one already.
pub fn baseline(db: &Connection, now: Now, of: Row) -> Result<Option<Snapshot>, StoreError> {
    if read::of(db, of)?.is_some() {
        return Ok(None);
    }
    let now = Now { at: now.at, zone: settings::zone(db)? };
    let activity = activity(db, of)?;
    let (during, before) = periods(activity.starts, activity.ends);
    let until = before.until.min(now.today());
    let days = u64::try_from((during.until - during.from).num_days()).unwrap_or(1);
    let from = until.checked_sub_days(Days::new(days)).unwrap_or(until);
    let period = Period { from, until, length: Length::Span };
    let at = now.ms().min(now.zone.start(activity.starts.max(until)).timestamp_millis());
    Ok(Some(snapshot(db, now, period, at)?))
}

/// Begins an evaluation with the snapshot of before; one that there is stays as it is.
pub fn begin(work: &mut Work<'_>, of: Row, snapshot: Option<&Snapshot>) -> Result<(), StoreError> {
    if read::of(work.db, of)?.is_some() {
        return Ok(());
    }
    let activity = activity(work.db, of)?;
    let baseline = snapshot.map(|s| store(work, s, &activity.name)).transpose()?;
    let (campaign, plan) = if of.noun == Noun::Campaign { (Some(of.id), None) } else { (None, Some(of.id)) };
    let evaluation = work.insert(
        Noun::Evaluation,
        &[
            ("campaign_id", opt_int(campaign)),
            ("plan_id", opt_int(plan)),
            ("baseline_id", opt_int(baseline)),
            ("due_on", word(activity.due.to_string())),
            ("owner_id", Cell::Integer(activity.owner)),
        ],
    )?;
    let mut lines: Vec<(&str, String, Option<String>)> = Vec::new();
    if campaign.is_some() {
        lines.extend(ACTIVITY.iter().map(|metric| ("activity", (*metric).to_owned(), None)));
    }
    for (dimension, metric) in STANDARD {
        let wanted = targets::of(work.db, metric, "")?;
        let wanted = kpi(metric).zip(wanted).map(|(kpi, value)| target::written(kpi, value));
        lines.push((dimension, (*metric).to_owned(), wanted));
    }
    if let Some(plan) = plan {
        for (metric, wanted, _) in read::plan_targets(work.db, plan)? {
            lines.push((OWN, metric, Some(wanted)));
        }
    }
    for (dimension, metric, wanted) in lines {
        work.insert(
            Noun::EvaluationLine,
            &[
                ("evaluation_id", Cell::Integer(evaluation)),
                ("dimension", word(dimension)),
                ("metric", word(metric)),
                ("target", opt_text(wanted.as_deref())),
            ],
        )?;
    }
    Ok(())
}

/// Writes a snapshot down under a name; gives its id. Figures without anything in them are left out.
pub fn store(work: &mut Work<'_>, snapshot: &Snapshot, name: &str) -> Result<i64, StoreError> {
    let told = |f: &&Figure| f.value.is_some() || f.cases.unwrap_or(0) > 0 || f.parts.is_some();
    let groups: Vec<Vec<&Figure>> =
        snapshot.figures.iter().map(|group| group.iter().filter(told).collect()).collect();
    let json = serde_json::to_string(&groups).map_err(|e| StoreError::Defect(e.to_string()))?;
    let length =
        serde_json::to_value(snapshot.period.length).map_err(|e| StoreError::Defect(e.to_string()))?;
    work.insert(
        Noun::Baseline,
        &[
            ("name", word(name)),
            ("from_on", word(snapshot.period.from.to_string())),
            ("until_on", word(snapshot.period.until.to_string())),
            ("length", word(length.as_str().unwrap_or("span"))),
            ("figures", word(json)),
            ("at", Cell::Integer(snapshot.at)),
            ("by_id", Cell::Integer(work.actor.id.0)),
        ],
    )
}

/// Begins the evaluation of what has none, with what was known when it started.
pub fn begin_late(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    of: Row,
) -> Result<Receipt, StoreError> {
    let snapshot = baseline(db, now, of)?;
    one(db, actor, request, now, |work| {
        let Some((_, image)) = work.read(of.noun, of.id)? else { return Err(StoreError::Gone { who: None }) };
        may_evaluate(work, of, &image)?;
        begin(work, of, snapshot.as_ref())?;
        Ok(named(&image))
    })
}

/// Carries a plan out, closes it, or takes it up again; when it is carried out for the first time its evaluation begins.
pub fn turn_plan(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    (id, rev): (i64, i64),
) -> Result<Receipt, StoreError> {
    let of = Row { noun: Noun::Plan, id };
    // one that is gone, or not this person's, is refused below with its own sentence
    let snapshot = baseline(db, now, of).ok().flatten();
    one(db, actor, request, now, |work| {
        let receipt = plan::turn(work, id, rev)?;
        let runs = work.read(Noun::Plan, id)?.is_some_and(|(_, row)| text(&row, "state") == Some("running"));
        if runs {
            begin(work, of, snapshot.as_ref())?;
        }
        Ok(receipt)
    })
}

fn named(image: &Image) -> Receipt {
    Receipt { subject: text(image, "name").unwrap_or_default().to_owned(), ..Receipt::default() }
}

/// Refuses whoever neither owns what is evaluated nor approves.
fn may_evaluate(work: &Work<'_>, of: Row, image: &Image) -> Result<(), StoreError> {
    if of.noun == Noun::Campaign { campaign::allowed(work, image) } else { plan::allowed(work, image) }
}

/// Closes an evaluation: its figures stand from now on as they are. One that is closed is opened again.
pub fn close(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    (id, rev): (i64, i64),
) -> Result<Receipt, StoreError> {
    let Some(evaluation) = read::one(db, id)? else { return Err(StoreError::Gone { who: None }) };
    let zoned = Now { at: now.at, zone: settings::zone(db)? };
    let open = evaluation.row.state == "open";
    let reached = if open {
        figures(db, zoned, KpiQuery { period: evaluation.row.period, as_of: None })?
    } else {
        Vec::new()
    };
    one(db, actor, request, now, |work| {
        let Some((now_rev, image)) = work.read(Noun::Evaluation, id)? else {
            return Err(StoreError::Gone { who: None });
        };
        super::review::allowed(work, Row { noun: Noun::Evaluation, id }, &image, true)?;
        unchanged(work.db, Row { noun: Noun::Evaluation, id }, now_rev, rev)?;
        if open && text(&image, "result").is_none() {
            return invalid(Field::EvaluationResult, Problem::Empty);
        }
        let figure = |metric: &str, segment: &str| {
            let slot = place(segment).map_or(0, |at| at + 1);
            reached.get(slot).and_then(|group| group.iter().find(|f| f.id == metric)).cloned()
        };
        for line in evaluation.lines.iter().filter(|line| line.dimension != OWN) {
            freeze(work, line, open.then(|| evaluation.stand(line, &figure)))?;
        }
        let closed = if open {
            [
                ("state", word("done")),
                ("closed_at", Cell::Integer(work.now.ms())),
                ("closed_by", Cell::Integer(work.actor.id.0)),
            ]
        } else {
            [("state", word("open")), ("closed_at", Cell::Null), ("closed_by", Cell::Null)]
        };
        work.update(Noun::Evaluation, id, &closed)?;
        if let Some(campaign) = int(&image, "campaign_id") {
            // the campaign itself says what came of it, and stands in no queue any more
            let result = if open { opt_text(text(&image, "result")) } else { Cell::Null };
            let state = word(if open { "done" } else { "running" });
            work.update(Noun::Campaign, campaign, &[("result", result), ("state", state)])?;
        }
        Ok(Receipt { subject: evaluation.row.name.clone(), ..Receipt::default() })
    })
}

/// Writes down how a line stands, or forgets it.
fn freeze(work: &mut Work<'_>, line: &LineRow, standing: Option<Standing>) -> Result<(), StoreError> {
    let number = |value: Option<f64>| value.map_or(Cell::Null, |v| word(format!("{v}")));
    let standing = standing.unwrap_or_default();
    work.update(
        Noun::EvaluationLine,
        line.id,
        &[
            ("baseline", number(standing.baseline)),
            ("actual", number(standing.actual)),
            ("verdict", standing.verdict.map_or(Cell::Null, |v| word(v.id()))),
        ],
    )?;
    Ok(())
}
