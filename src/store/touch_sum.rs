//! How often each script and each campaign was used and what came of it. The table is kept by triggers of its own
//! (`assets/migrations/0029_touch_sum.sql`), whoever writes touches; here it is read, compared and counted anew. The one
//! thing to know: a script counts touches of our own accord alone, a campaign all that name it.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row};

use super::counted;

/// What the touches say.
const COUNTED: &str = "SELECT 'script' AS what, script AS code, count(*) AS touches, sum(responded) AS answered,
      sum(converted) AS converted FROM touch WHERE script IS NOT NULL AND kind='proactive' GROUP BY script
    UNION ALL
    SELECT 'campaign', campaign, count(*), sum(responded), sum(converted) FROM touch WHERE campaign IS NOT NULL
    GROUP BY campaign";

/// Whose sum it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A script, by its code.
    Script,
    /// A campaign, by its code.
    Campaign,
}

impl Of {
    const fn id(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Campaign => "campaign",
        }
    }
}

/// What came of the touches that name one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many there are.
    pub touches: i64,
    /// How many were answered.
    pub answered: i64,
    /// How many led to an order.
    pub converted: i64,
}

fn sum(r: &Row<'_>) -> rusqlite::Result<Sum> {
    Ok(Sum { touches: r.get(0)?, answered: r.get(1)?, converted: r.get(2)? })
}

/// The sums of all scripts, or of all campaigns, by code.
pub fn all(db: &Connection, of: Of) -> rusqlite::Result<HashMap<String, Sum>> {
    let mut query =
        db.prepare_cached("SELECT touches, answered, converted, code FROM touch_sum WHERE what=?1")?;
    query.query_map([of.id()], |r| Ok((r.get(3)?, sum(r)?)))?.collect()
}

/// The sum of one of them.
pub fn one(db: &Connection, of: Of, code: &str) -> rusqlite::Result<Sum> {
    let found = db
        .prepare_cached("SELECT touches, answered, converted FROM touch_sum WHERE what=?1 AND code=?2")?
        .query_row((of.id(), code), sum)
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// How many sums are not what the touches say.
pub fn wrong(db: &Connection) -> rusqlite::Result<i64> {
    counted::wrong(db, "touch_sum", COUNTED)
}

/// Counts them anew.
pub fn recount(db: &Connection) -> rusqlite::Result<()> {
    counted::recount(db, "touch_sum", COUNTED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;

    fn sums(db: &Connection, of: Of, code: &str) -> (i64, i64, i64) {
        let Sum { touches, answered, converted } = one(db, of, code).unwrap();
        (touches, answered, converted)
    }

    #[test]
    fn sums_follow_touches_that_come_change_and_go_and_a_recount_mends_what_was_put_in_behind_them() {
        let db = open::memory().unwrap();
        db.execute_batch("PRAGMA foreign_keys=OFF").unwrap();
        let put = |id: i64, script: Option<&str>, campaign: Option<&str>, kind: &str, answered: bool| {
            db.execute(
                "INSERT INTO touch(id,customer_id,at,recorded_at,person_id,department,summary,script,campaign,kind,responded)
                 VALUES(?1,?1>>20,0,0,1,'sales','x',?2,?3,?4,?5)",
                (id, script, campaign, kind, answered),
            )
            .unwrap();
        };
        put(1, Some("S1"), Some("C1"), "proactive", true);
        put(2, Some("S1"), None, "proactive", false);
        put(3, Some("S1"), Some("C1"), "inbound", true);
        put(4, None, None, "proactive", true);
        assert_eq!(sums(&db, Of::Script, "S1"), (2, 1, 0), "what the customer began is no use of a script");
        assert_eq!(sums(&db, Of::Campaign, "C1"), (2, 2, 0));
        db.execute("UPDATE touch SET converted=1, rev=rev+1 WHERE id=2", []).unwrap();
        assert_eq!(sums(&db, Of::Script, "S1"), (2, 1, 1));
        db.execute("UPDATE touch SET script='S2', rev=rev+1 WHERE id=2", []).unwrap();
        assert_eq!((sums(&db, Of::Script, "S1"), sums(&db, Of::Script, "S2")), ((1, 1, 0), (1, 0, 1)));
        db.execute("DELETE FROM touch WHERE id=2", []).unwrap();
        assert_eq!(all(&db, Of::Script).unwrap().len(), 1, "what nobody uses any more is gone");
        assert_eq!(wrong(&db).unwrap(), 0);
        db.execute("UPDATE touch_sum SET touches=touches+1 WHERE what='script'", []).unwrap();
        assert_eq!(wrong(&db).unwrap(), 2, "one too many, one missing");
        recount(&db).unwrap();
        assert_eq!((wrong(&db).unwrap(), sums(&db, Of::Script, "S1")), (0, (1, 1, 0)));
    }
}
