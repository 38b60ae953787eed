//! Where in the row of customers somebody has no value in a field of the company's own. How many of 256 in a row have one
//! is kept by triggers (`assets/migrations/0035_own_columns.sql`), whoever writes values; here it is read, compared and
//! counted anew. The one thing to know: a block is full or it is to be looked through, and most are full or empty.

use rusqlite::Connection;

use super::counted;

/// Customers of a block.
const BLOCK: i64 = 256;

/// What the values say.
const COUNTED: &str = "SELECT field_id, customer_id>>8, count(*) FROM extra_value GROUP BY 1, 2";

/// The ids between which customers may stand who have no value in a field: first and last, ascending.
pub fn gaps(db: &Connection, field: i64) -> rusqlite::Result<Vec<(i64, i64)>> {
    let mut query =
        db.prepare_cached("SELECT block FROM extra_block WHERE field_id=?1 AND filled=?2 ORDER BY block")?;
    let full = query.query_map([field, BLOCK], |r| r.get::<_, i64>(0))?;
    let (mut gaps, mut from) = (Vec::new(), 0);
    for block in full {
        let first = block? * BLOCK;
        if from < first {
            gaps.push((from, first - 1));
        }
        from = first + BLOCK;
    }
    gaps.push((from, i64::MAX));
    Ok(gaps)
}

/// How many counts are not what the values say.
pub fn wrong(db: &Connection) -> rusqlite::Result<i64> {
    counted::wrong(db, "extra_block", COUNTED)
}

/// Counts them anew.
pub fn recount(db: &Connection) -> rusqlite::Result<()> {
    counted::recount(db, "extra_block", COUNTED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;

    #[test]
    fn a_full_block_is_no_gap_from_its_last_value_to_the_first_that_goes() {
        let db = open::memory().unwrap();
        db.execute_batch("PRAGMA foreign_keys=OFF").unwrap();
        let put = |customer: i64| {
            let sql = "INSERT INTO extra_value(customer_id,field_id,value) VALUES(?1,1,'x')";
            db.execute(sql, [customer]).unwrap();
        };
        (256..511).for_each(put);
        assert_eq!(gaps(&db, 1).unwrap(), [(0, i64::MAX)], "one of the second block is missing");
        put(511);
        assert_eq!(gaps(&db, 1).unwrap(), [(0, 255), (512, i64::MAX)]);
        assert_eq!(gaps(&db, 2).unwrap(), [(0, i64::MAX)], "another field");
        (0..256).for_each(put);
        assert_eq!(gaps(&db, 1).unwrap(), [(512, i64::MAX)]);
        db.execute("UPDATE extra_value SET customer_id=600, rev=rev+1 WHERE customer_id=300", []).unwrap();
        assert_eq!(gaps(&db, 1).unwrap(), [(256, i64::MAX)]);
        db.execute("DELETE FROM extra_value WHERE customer_id=0", []).unwrap();
        assert_eq!((gaps(&db, 1).unwrap(), wrong(&db).unwrap()), (vec![(0, i64::MAX)], 0));
        db.execute("UPDATE extra_block SET filled=256 WHERE block=0", []).unwrap();
        assert_eq!(wrong(&db).unwrap(), 2, "one too many, one missing");
        recount(&db).unwrap();
        assert_eq!((gaps(&db, 1).unwrap(), wrong(&db).unwrap()), (vec![(0, i64::MAX)], 0));
        db.execute("DELETE FROM extra_value", []).unwrap();
        let left: i64 = db.query_row("SELECT count(*) FROM extra_block", [], |r| r.get(0)).unwrap();
        assert_eq!(left, 0, "a field that nobody has takes no room");
    }
}
