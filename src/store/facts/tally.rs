//! Counts by class, kept by differences: what a customer's facts stop counting is taken off, what they count now is put on.
//! The strategy table reads its live figures here. The sum of all is what a recount from the facts finds; `check` asks.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::COLUMNS;
use crate::domain::field::SCHEMES;
use crate::store::settings;
use crate::store::tables::{Image, int, text};

/// The program's own setting: a store that was made before there were counts waits for its daily round to count.
const RECOUNT: &str = "recount";

/// The schemes whose class is a column of the facts.
fn schemes() -> impl Iterator<Item = &'static str> {
    SCHEMES.iter().copied().filter(|scheme| COLUMNS.contains(scheme))
}

/// Accounts, cost and touches of one scheme, class and owner.
type Owned = BTreeMap<(&'static str, String, i64), [i64; 3]>;
/// Accounts of one scheme, class, clock and day.
type Days = BTreeMap<(&'static str, String, &'static str, String), i64>;

/// What the customers of one change take off the counts and put on them.
#[derive(Default)]
pub struct Moved {
    owned: Owned,
    days: Days,
}

impl Moved {
    /// Takes one customer off as it was, and puts it on as it is.
    pub fn note(&mut self, old: Option<&Image>, new: Option<&Image>) {
        for (facts, sign) in [(old, -1), (new, 1)] {
            if let Some(facts) = facts {
                self.add(facts, sign);
            }
        }
    }

    fn add(&mut self, facts: &Image, sign: i64) {
        let number = |column| int(facts, column).unwrap_or(0);
        let owner = number("owner_id");
        for scheme in schemes() {
            let Some(class) = text(facts, scheme) else { continue };
            let own = self.owned.entry((scheme, class.to_owned(), owner)).or_default();
            for (sum, value) in own.iter_mut().zip([1, number("cost_year"), number("touches_year")]) {
                *sum += sign * value;
            }
            for (what, column) in [("on", "cadence_on"), ("late", "cadence_late_on")] {
                if let Some(day) = text(facts, column) {
                    *self.days.entry((scheme, class.to_owned(), what, day.to_owned())).or_default() += sign;
                }
            }
        }
    }
}

/// Brings the counts up to date with what has moved.
pub fn write(db: &Connection, Moved { owned, days }: Moved) -> rusqlite::Result<()> {
    let mut put = db.prepare_cached(
        "INSERT INTO tally(scheme,class,owner_id,accounts,cost_fen,touches) VALUES(?1,?2,?3,?4,?5,?6)
         ON CONFLICT DO UPDATE SET accounts=accounts+?4, cost_fen=cost_fen+?5, touches=touches+?6",
    )?;
    let mut empty =
        db.prepare_cached("DELETE FROM tally WHERE scheme=?1 AND class=?2 AND owner_id=?3 AND accounts=0")?;
    for ((scheme, class, owner), [accounts, cost, touches]) in owned {
        if [accounts, cost, touches] != [0; 3] {
            put.execute((scheme, &class, owner, accounts, cost, touches))?;
            if accounts < 0 {
                empty.execute((scheme, &class, owner))?;
            }
        }
    }
    let mut put = db.prepare_cached(
        "INSERT INTO tally_day(scheme,class,what,day,accounts) VALUES(?1,?2,?3,?4,?5)
         ON CONFLICT DO UPDATE SET accounts=accounts+?5",
    )?;
    let mut empty = db.prepare_cached(
        "DELETE FROM tally_day WHERE scheme=?1 AND class=?2 AND what=?3 AND day=?4 AND accounts=0",
    )?;
    for ((scheme, class, what, day), accounts) in days.into_iter().filter(|(_, n)| *n != 0) {
        put.execute((scheme, &class, what, &day, accounts))?;
        if accounts < 0 {
            empty.execute((scheme, &class, what, &day))?;
        }
    }
    Ok(())
}

/// What the facts come to: the rows of `tally`, and those of `tally_day`.
fn sums() -> (String, String) {
    let each = |sql: &dyn Fn(&str) -> String| schemes().map(sql).collect::<Vec<_>>().join(" UNION ALL ");
    let owned = each(&|s| {
        format!(
            "SELECT '{s}' AS scheme, {s} AS class, owner_id, count(*) AS accounts, sum(cost_year) AS cost_fen,
               sum(touches_year) AS touches FROM facts WHERE {s} IS NOT NULL GROUP BY 2, 3"
        )
    });
    let days = each(&|s| {
        [("on", "cadence_on"), ("late", "cadence_late_on")]
            .map(|(what, column)| {
                format!(
                    "SELECT '{s}' AS scheme, {s} AS class, '{what}' AS what, {column} AS day, count(*) AS accounts
                     FROM facts WHERE {s} IS NOT NULL AND {column} IS NOT NULL GROUP BY 2, 4"
                )
            })
            .join(" UNION ALL ")
    });
    (owned, days)
}

/// Counts everything anew.
pub fn recount(db: &Connection) -> rusqlite::Result<()> {
    let (owned, days) = sums();
    db.execute_batch(&format!(
        "DELETE FROM tally; DELETE FROM tally_day;
         INSERT INTO tally(scheme,class,owner_id,accounts,cost_fen,touches) {owned};
         INSERT INTO tally_day(scheme,class,what,day,accounts) {days};"
    ))?;
    settings::keep(db, RECOUNT, None)
}

/// Whether the counts wait for a recount.
pub fn is_stale(db: &Connection) -> rusqlite::Result<bool> {
    Ok(settings::raw(db, RECOUNT)?.is_some())
}

/// How many counts are not what the facts say; none while a recount is awaited.
pub fn wrong(db: &Connection) -> rusqlite::Result<i64> {
    if is_stale(db)? {
        return Ok(0);
    }
    let (owned, days) = sums();
    let differ = |counted: &str, table: &str| {
        let kept = format!("SELECT * FROM {table}");
        db.query_row(
            &format!(
                "SELECT count(*) FROM (SELECT * FROM (SELECT * FROM ({counted}) EXCEPT {kept})
                   UNION ALL SELECT * FROM ({kept} EXCEPT SELECT * FROM ({counted})))"
            ),
            [],
            |r| r.get::<_, i64>(0),
        )
    };
    Ok(differ(&owned, "tally")? + differ(&days, "tally_day")?)
}
