//! The targets of figures that the company has set, before those of the handbooks (F46). They are settings of the family
//! `target.<kpi>[.<segment>]`, kept as people write them; which there are and what they take stands in `domain/kpi/target`.

use rusqlite::Connection;

use super::request::TargetRow;
use crate::domain::kpi::{KPIS, SEGMENTS, kpi, target};

/// What the company has set: figure, segment, target.
pub type Set = Vec<(String, String, f64)>;

/// All that the company has set.
pub fn set(db: &Connection) -> rusqlite::Result<Set> {
    let mut query =
        db.prepare_cached("SELECT key, value FROM setting WHERE key>='target.' AND key<'target/'")?;
    let rows = query.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))?;
    let mut targets = Set::new();
    for row in rows {
        let (key, value) = row?;
        if let Some((kpi, segment)) = target::parse_key(&key)
            && let Some(value) = target::read(kpi, &value)
        {
            targets.push((kpi.id.to_owned(), segment.to_owned(), value));
        }
    }
    Ok(targets)
}

/// The target that holds for a segment: its own before the one of all, what the company set before the handbook's.
pub fn holds(set: &Set, id: &str, segment: &str) -> Option<f64> {
    let company =
        |segment: &str| set.iter().find(|(i, s, _)| i == id && s == segment).map(|(.., value)| *value);
    let row = kpi(id)?;
    let own = row.targets.iter().find(|(s, _)| *s == segment).map(|(_, t)| *t);
    company(segment).or(own).or_else(|| company("")).or_else(|| row.target(""))
}

/// The target of one figure and segment.
pub fn of(db: &Connection, id: &str, segment: &str) -> rusqlite::Result<Option<f64>> {
    Ok(holds(&set(db)?, id, segment))
}

/// Every target that stands by itself, as settings show it: key and value as written.
pub fn all(db: &Connection) -> rusqlite::Result<Vec<TargetRow>> {
    let set = set(db)?;
    let mut out = Vec::new();
    for row in KPIS {
        for segment in std::iter::once(&"").chain(SEGMENTS) {
            let company = set.iter().find(|(i, s, _)| i == row.id && s == segment).map(|(.., v)| *v);
            let own = row.targets.iter().find(|(s, _)| s == segment).map(|(_, t)| *t);
            if let Some(value) = company.or(own) {
                out.push(TargetRow {
                    key: target::key(row.id, segment),
                    value: target::written(row, value),
                    default: own.map_or_else(String::new, |own| target::written(row, own)),
                    source: row.source,
                });
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::settings::keep;

    #[test]
    fn f46_what_the_company_set_goes_before_the_handbook_and_a_segment_before_all() {
        let db = crate::store::open::memory().unwrap();
        // the handbook: 80 % for high-value customers, none for ordinary ones, 40 points for all
        assert_eq!(
            (of(&db, "response", "high").unwrap(), of(&db, "response", "ordinary").unwrap()),
            (Some(0.8), None)
        );
        keep(&db, "target.response", Some("50%")).unwrap();
        assert_eq!(of(&db, "response", "ordinary").unwrap(), Some(0.5));
        assert_eq!(
            of(&db, "response", "high").unwrap(),
            Some(0.8),
            "a segment's own stands before the one of all"
        );
        keep(&db, "target.response.high", Some("0.85")).unwrap();
        assert_eq!(of(&db, "response", "high").unwrap(), Some(0.85));
        keep(&db, "target.nps.high", Some("not a number")).unwrap();
        assert_eq!(of(&db, "nps", "high").unwrap(), Some(40.0), "what cannot be read is not there");
        let all = all(&db).unwrap();
        let value = |key: &str| all.iter().find(|row| row.key == key).map(|row| row.value.as_str());
        assert_eq!(
            (value("target.response.high"), value("target.response"), value("target.nps")),
            (Some("85%"), Some("50%"), Some("40"))
        );
    }
}
