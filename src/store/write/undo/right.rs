//! The right to take back: asked again at the moment of the undo, because the customer may belong to others by now.

use super::{lines, root};
use crate::domain::field::Row;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{from_json, of_record};
use crate::store::write::rows;

/// Asks again for the right to what was done by hand: when the customer belongs to another department now, it is gone
/// (operations.md section 4). What has a verb of its own (a decision, a hand-over) is taken back by whoever made it.
pub(super) fn still_may(work: &Work<'_>, change: i64) -> Result<(), StoreError> {
    let of = |change: i64| {
        work.db
            .prepare_cached("SELECT verb, undo_of FROM change WHERE id=?1")?
            .query_row([change], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Option<i64>>(1)?)))
    };
    let (root, _) = root(work.db, change, of(change)?.1)?;
    if !matches!(of(root)?.0.as_str(), "edit" | "add" | "remove") {
        return Ok(());
    }
    for line in lines(work.db, root)? {
        let Some((table, _)) = of_record(&line.tbl) else { continue };
        let row = Row { noun: table.noun, id: line.row };
        let kept = line.before.as_deref().or(line.after.as_deref());
        let image = match work.read(row.noun, row.id)? {
            Some((_, image)) => image,
            None => kept.map(|json| from_json(row.noun, json)).unwrap_or_default(),
        };
        // what follows from others is nobody's to edit, and the customer may come back in this same change
        if rows::is_edited_by_hand(row, &image) {
            match rows::allowed(work, row, &image, rows::What::Edit(&[])) {
                Err(StoreError::Gone { .. }) | Ok(()) => {}
                denied => return denied,
            }
        }
    }
    Ok(())
}
