//! Constraints that list what a column may hold, said as equations. For `kind IN ('a','b','c')` the engine makes a table in
//! memory, fills it, looks into it and drops it, with every row that is written; `(kind='a' OR kind='b' OR kind='c')` is three
//! comparisons, and as little fits neither where the column is empty. Only the words of the schema change, as the engine's
//! manual allows for constraints that get no stricter (`lang_altertable`, "Making Other Kinds Of Table Schema Changes").

use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// Longest list that the engine compares one by one of itself.
const COMPARED: usize = 2;

/// Writes the lists of all tables as equations; inside the transaction of the migration.
pub(super) fn as_equations(db: &Connection) -> rusqlite::Result<()> {
    // the schema is closed to everybody but the engine, except here
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
    let done = rewrite(db);
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    done
}

fn rewrite(db: &Connection) -> rusqlite::Result<()> {
    let tables: Vec<(String, String)> = db
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type='table' AND sql LIKE '%CHECK%'")?
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    db.execute_batch("PRAGMA writable_schema=ON")?;
    for (name, sql) in tables {
        let plain = equations(&sql);
        if plain != sql {
            db.execute("UPDATE sqlite_schema SET sql=?2 WHERE type='table' AND name=?1", (name, plain))?;
        }
    }
    // the engine reads the schema anew, here and in every other connection
    let version: i64 = db.query_row("PRAGMA schema_version", [], |r| r.get(0))?;
    db.execute_batch(&format!("PRAGMA schema_version={}; PRAGMA writable_schema=RESET", version + 1))
}

/// The words of a table with its lists as equations.
fn equations(sql: &str) -> String {
    let mut plain = String::with_capacity(sql.len() * 2);
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once(" IN (") {
        let column =
            before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
        let Some((list, behind)) = after.split_once(')') else { break };
        let items: Vec<&str> = list.split(',').map(str::trim).collect();
        let head = before.strip_suffix(column).unwrap_or(before);
        if items.len() <= COMPARED || column.is_empty() || column.eq_ignore_ascii_case("not") {
            plain.extend([before, " IN (", list, ")"]);
        } else {
            let each: Vec<String> = items.iter().map(|item| format!("{column}={item}")).collect();
            plain.extend([head, "(", &each.join(" OR "), ")"]);
        }
        rest = behind;
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;

    #[test]
    fn a_list_becomes_equations_and_everything_else_stays() {
        let of = |sql: &str| equations(sql);
        assert_eq!(
            of("a TEXT CHECK (a IN ('x', 'y','z')), b INT CHECK(b IN (0,1))"),
            "a TEXT CHECK ((a='x' OR a='y' OR a='z')), b INT CHECK(b IN (0,1))"
        );
        let other = "a CHECK (a NOT IN (1,2,3)), CHECK (coalesce(a,1) IN (1,2,3)), CHECK (a<>'x IN (')";
        assert_eq!(of(other), other);
        assert_eq!(
            of("CHECK (a IN (1,2,3) AND (b IS NULL OR a IN (2,3,4)))"),
            "CHECK ((a=1 OR a=2 OR a=3) AND (b IS NULL OR (a=2 OR a=3 OR a=4)))"
        );
    }

    #[test]
    fn no_table_has_a_list_left_and_what_was_refused_is_refused_still() {
        let db = open::memory().unwrap();
        let words: Vec<String> = db
            .prepare("SELECT sql FROM sqlite_schema WHERE type='table' AND sql LIKE '%CHECK%'")
            .unwrap()
            .query_map([], |r| r.get(0))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        assert!(words.len() > 20);
        for sql in words {
            assert_eq!(equations(&sql), sql);
        }
        let with = |kind: &str| {
            db.execute("INSERT INTO person(login,name,role,created_at) VALUES(?1,'n',?1,0)", [kind])
        };
        assert!(with("nobody").is_err());
        assert!(with("rep").is_ok() && with("viewer").is_ok());
        let sound: String = db.query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
        assert_eq!(sound, "ok");
        // nobody writes into the schema any more
        assert!(db.execute("UPDATE sqlite_schema SET sql=sql", []).is_err());
    }
}
