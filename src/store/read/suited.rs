//! Whether the owner of a customer still has the post that its class asks for (G44, B49, X31): a customer who has moved to
//! another class may belong into other hands. Only a suggestion, which a hand-over since the move has answered; who looks
//! after a class by name, and whoever has no post, is asked nothing.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;

use super::eyes::Eyes;
use crate::domain::clock::from_ms;
use crate::store::request::{StoreError, Suited};
use crate::store::{people, settings};

/// Whether it is so for the customer of `f` (facts): its last move in the scheme that governs it lies after an instant (`?`)
/// and stands unanswered, nobody has only taken something back by it, and the owner has another post than the row of its class. Begun with the moves, which are few
/// among all customers; what was taken back is looked for among the changes of the customer, since thousands of one import
/// carry the same instant, and by the row of the class where a whole file was.
pub const OTHER_POST: &str = "f.customer_id IN (SELECT y.customer_id FROM class_move y WHERE y.at>=?) AND EXISTS(SELECT 1 FROM strategy s JOIN person p ON p.id=f.owner_id
    JOIN class_move m ON m.id=(SELECT max(x.id) FROM class_move x WHERE x.customer_id=f.customer_id AND x.scheme=s.scheme)
    WHERE s.id=f.strategy_id AND coalesce(s.post,'')<>'' AND p.post<>'' AND p.post<>s.post
      AND coalesce(s.person_id,0)<>p.id AND m.was IS NOT NULL AND m.became=s.class AND m.was<>m.became
      AND NOT EXISTS(SELECT 1 FROM change u INDEXED BY change_customer WHERE u.customer_id=f.customer_id AND u.at=m.at AND u.undo_of IS NOT NULL AND u.verb='undo')
      AND NOT EXISTS(SELECT 1 FROM class k JOIN change_row r INDEXED BY change_row_row ON r.tbl='class' AND r.row_id=k.id
        JOIN change v NOT INDEXED ON v.id=r.change_id
        WHERE k.customer_id=f.customer_id AND k.scheme=s.scheme AND v.at=m.at AND v.undo_of IS NOT NULL AND v.verb='undo')
      AND NOT EXISTS(SELECT 1 FROM handover_customer h JOIN handover o ON o.id=h.handover_id
        WHERE h.customer_id=f.customer_id AND h.state='moved' AND o.moved_at>=m.at))";

/// The instant from which a move counts.
pub fn since(eyes: &Eyes) -> Result<i64, StoreError> {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    Ok(eyes.now.ms() - settings::number(eyes.db, "suited_days")? * DAY)
}

/// The suggestion for one customer, with whoever has the post and the fewest customers.
pub fn of(eyes: &Eyes, id: i64) -> Result<Option<Suited>, StoreError> {
    type Found = (String, String, String, i64, String, String);
    let found: Option<Found> = eyes
        .db
        .prepare_cached(&format!(
            "SELECT s.scheme, m.was, s.class, m.at, s.post, p.post FROM facts f JOIN strategy s ON s.id=f.strategy_id
             JOIN person p ON p.id=f.owner_id
             JOIN class_move m ON m.id=(SELECT max(x.id) FROM class_move x WHERE x.customer_id=?1 AND x.scheme=s.scheme)
             WHERE f.customer_id=?1 AND {}",
            OTHER_POST.replacen("y.at>=?", "y.customer_id=?1 AND y.at>=?2", 1)
        ))?
        .query_row((id, since(eyes)?), |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?))
        })
        .optional()?;
    let Some((scheme, was, class, at, post, own)) = found else { return Ok(None) };
    let to = eyes
        .db
        .prepare_cached(&format!(
            "SELECT p.id, p.name FROM person p WHERE p.post=?1 AND {}
             ORDER BY (SELECT count(*) FROM facts f INDEXED BY facts_owner_code WHERE f.owner_id=p.id), p.id LIMIT 1",
            people::WORKING
        ))?
        .query_row([&post], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let on: NaiveDate = eyes.now.zone.day(from_ms(at));
    Ok(Some(Suited { scheme, was, class, on, post, own, to }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn what_was_taken_back_is_looked_for_among_the_changes_of_the_customer_and_not_of_the_instant() {
        let store = Store::memory().unwrap();
        let sql = format!("EXPLAIN QUERY PLAN SELECT 1 FROM facts f WHERE {OTHER_POST}");
        let mut plan = store.db.prepare(&sql).unwrap();
        let steps: Vec<String> =
            plan.query_map([0], |r| r.get(3)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
        for step in ["SEARCH u USING INDEX change_customer", "SEARCH v USING INTEGER PRIMARY KEY"] {
            assert!(steps.iter().any(|told| told.contains(step)), "{step}: {steps:?}");
        }
    }
}
