//! Looking for causes of alarms. What a clock alone brings (complaints and requests over their lines, alarms that nobody
//! has begun) and customers about to leave are looked at every minute through indexes that hold few rows; the rest of the
//! customers and last month's figures once a day, in slices. The look takes no lock; only what it found is written.

mod customers;
mod figures;
mod quarter;
mod records;
mod timed;

use rusqlite::Connection;
use rusqlite::types::Value as Cell;

use super::alarm::{Cause, above, end, raise};
use super::record::{Header, Work};
use super::request::StoreError;
use super::tables::{int, opt_int};
use super::{Store, people, settings, turn};
use crate::domain::alarm::alarms_told;
use crate::domain::clock::Now;
use crate::domain::field::Noun;
use crate::domain::people::{Actor, Via};

pub use customers::overrun;
pub use figures::is_small;

/// What a look has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// Alarms raised, climbed or ended.
    pub moved: usize,
    /// Whether the day's look goes on.
    pub more: bool,
}

/// Where the day's look goes on.
enum At {
    /// Customers after this one.
    Customers(i64),
    /// Figures of so many months ago.
    Figures(u32),
}

impl At {
    fn read(text: Option<&str>) -> Self {
        let parts = text.and_then(|t| t.split_once(':'));
        match parts {
            Some(("figures", n)) => Self::Figures(n.parse().unwrap_or(1)),
            Some((_, id)) => Self::Customers(id.parse().unwrap_or(0)),
            None => Self::Customers(0),
        }
    }

    fn written(&self) -> String {
        match self {
            Self::Customers(id) => format!("customers:{id}"),
            Self::Figures(n) => format!("figures:{n}"),
        }
    }
}

/// What a look has seen and not put down yet.
pub(super) struct Seen {
    actor: Actor,
    now: Now,
    causes: Vec<Cause>,
    gone: Vec<i64>,
    climbing: Vec<i64>,
    /// How far the day's look had come.
    place: (Option<String>, Option<String>),
    /// Whether it was through already.
    met: bool,
    counted: Option<records::Slice>,
    next: Option<At>,
}

impl Store {
    /// Looks for causes and raises what they are a cause for; of the day's look one slice of so many customers.
    pub fn watch(&mut self, actor: &Actor, now: Now, slice: usize) -> Result<Watched, StoreError> {
        match self.seen(actor, now, slice)? {
            Some(seen) => self.put_down(seen),
            None => Ok(Watched::default()),
        }
    }

    /// The first half of a look, which only reads; none where there is nothing to put down.
    pub(super) fn seen(&mut self, actor: &Actor, now: Now, slice: usize) -> Result<Option<Seen>, StoreError> {
        let now = Now { at: now.at, zone: settings::zone(&self.db)? };
        let today = now.today().to_string();
        let Some(actor) = people::as_known(&self.db, actor)? else { return Ok(None) };
        let mut causes = timed::causes(&self.db, now)?;
        causes.extend(customers::leaving(&self.db, now)?);
        let gone = timed::gone(&self.db)?;
        let climbing = timed::climbing(&self.db, now)?;
        let place = place(&self.db)?;
        let met = place.1.as_ref().is_some_and(|on| *on >= today);
        let mut counted = None;
        let next = if met { None } else { self.slice(now, slice, &mut causes, &mut counted)? };
        let idle = causes.is_empty() && gone.is_empty() && climbing.is_empty();
        let seen = Seen { actor, now, causes, gone, climbing, place, met, counted, next };
        Ok((!idle || !met).then_some(seen))
    }

    /// The second half: what was seen is put down, unless somebody else has put the same slice down since.
    pub(super) fn put_down(&mut self, seen: Seen) -> Result<Watched, StoreError> {
        let Seen { actor, now, causes, gone, climbing, place, met, counted, next } = seen;
        let idle = causes.is_empty() && gone.is_empty() && climbing.is_empty();
        let today = now.today().to_string();
        turn::give_way(&self.db);
        let tx = turn::begin(&mut self.db)?;
        let mut moved = 0;
        if !idle {
            let actor = Actor { via: Via::System, ..actor };
            let mut work = Work::new(&tx, &actor, now, None);
            for cause in &causes {
                moved += usize::from(raise(&mut work, cause)?.is_some());
            }
            for id in gone {
                moved += usize::from(end(&mut work, id, None)?);
            }
            for id in climbing {
                moved += usize::from(climb(&mut work, id)?);
            }
            let last: i64 = tx.query_row("SELECT coalesce(max(id),0) FROM change", [], |r| r.get(0))?;
            let request = format!("alarms-{}", last + 1);
            let subject = alarms_told(causes.iter().map(|cause| cause.rule.id));
            work.finish(&Header { subject: &subject, ..Header::own(&request, "alarm") }, false)?;
        }
        // another session may have looked at the same slice meanwhile: what it counted is not counted twice
        if !met && self::place(&tx)? == place {
            if let Some(counted) = counted {
                records::keep(&tx, &counted, &today)?;
            }
            settings::keep(&tx, settings::WATCHED_AT, next.as_ref().map(At::written).as_deref())?;
            if next.is_none() {
                settings::keep(&tx, settings::WATCHED_ON, Some(&today))?;
            }
        }
        tx.commit()?;
        Ok(Watched { moved, more: next.is_some() })
    }

    /// The next slice of the day's look, with the causes it finds and how complete the records are that it sees; where the look
    /// goes on, none where it is through.
    fn slice(
        &mut self,
        now: Now,
        slice: usize,
        causes: &mut Vec<Cause>,
        counted: &mut Option<records::Slice>,
    ) -> Result<Option<At>, StoreError> {
        Ok(match At::read(settings::raw(&self.db, settings::WATCHED_AT)?.as_deref()) {
            At::Customers(after) => {
                let (found, last) = customers::slice(&self.db, now, after, slice)?;
                causes.extend(found);
                *counted = Some(records::slice(&self.db, after, last)?);
                Some(last.map_or(At::Figures(1), At::Customers))
            }
            At::Figures(back) if back <= figures::MONTHS => {
                figures::ready(self, now, back)?;
                Some(At::Figures(back + 1))
            }
            At::Figures(_) => {
                causes.extend(figures::causes(&self.db, now)?);
                causes.extend(customers::loads(&self.db, now)?);
                causes.extend(quarter::causes(&self.db, now)?);
                None
            }
        })
    }

    /// Looks at everything anew, whether or not the day's look is done.
    pub fn watch_all(&mut self, actor: &Actor, now: Now) -> Result<(), StoreError> {
        settings::keep(&self.db, settings::WATCHED_ON, None)?;
        settings::keep(&self.db, settings::WATCHED_AT, None)?;
        while self.watch(actor, now, ALL)?.more {}
        Ok(())
    }
}

/// Where the day's look stands, and the last day it was through.
fn place(db: &Connection) -> Result<(Option<String>, Option<String>), StoreError> {
    Ok((settings::raw(db, settings::WATCHED_AT)?, settings::raw(db, settings::WATCHED_ON)?))
}

/// What the figures of the closed months were a cause for at an instant; nothing where a company is too large to count
/// them for that alone.
pub(super) fn of_figures(db: &Connection, now: Now) -> Result<Vec<Cause>, StoreError> {
    if figures::is_small(db)? { figures::causes(db, now) } else { Ok(Vec::new()) }
}

/// Customers of a slice where nobody waits.
const ALL: usize = 5_000;

/// An alarm that nobody has begun goes to the next head.
fn climb(work: &mut Work<'_>, id: i64) -> Result<bool, StoreError> {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let Some((_, row)) = work.read(Noun::Alarm, id)? else { return Ok(false) };
    // found before the lock was had: somebody may have begun it, or another session's look let it climb
    if int(&row, "climb_at").is_none_or(|at| at > work.now.ms()) {
        return Ok(false);
    }
    let climbed = int(&row, "climbed").unwrap_or(0);
    let holds = int(&row, "climbed_to").or(int(&row, "owner_id")).unwrap_or(0);
    let up = above(work.db, holds, climbed)?.filter(|up| *up != holds);
    // the next head has as long as the first one had, a day at the least
    let span = int(&row, "start_by").unwrap_or(0) - int(&row, "since").unwrap_or(0);
    let next = (climbed == 0).then(|| work.now.ms() + span.clamp(DAY, 7 * DAY));
    let row = [
        ("climbed", Cell::Integer((climbed + 1).min(2))),
        ("climbed_to", opt_int(up.or(Some(holds)))),
        ("climb_at", opt_int(next)),
    ];
    work.update(Noun::Alarm, id, &row)
}
