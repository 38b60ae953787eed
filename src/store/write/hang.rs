//! What hangs on a row: removed with it, or left standing without it. One table says which; the order in which rows go
//! follows from it, so that no reference ever points nowhere.

use rusqlite::types::Value as Cell;

use crate::domain::field::{Noun, Row};
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{Image, int, table};

/// What becomes of a row whose parent goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It goes too.
    Goes,
    /// It stays and forgets the parent.
    Stays,
}
use Fate::{Goes, Stays};

/// Parent, child, the child's column, what becomes of it.
const HANGS: &[(Noun, Noun, &str, Fate)] = &[
    (Noun::Touch, Noun::Outcome, "touch_id", Goes),
    (Noun::Touch, Noun::Task, "touch_id", Goes),
    (Noun::Touch, Noun::Complaint, "touch_id", Stays),
    (Noun::Touch, Noun::Request, "touch_id", Stays),
    (Noun::Touch, Noun::Coupon, "touch_id", Stays),
    (Noun::Order, Noun::OrderLine, "order_id", Goes),
    (Noun::Order, Noun::Refund, "order_id", Goes),
    (Noun::Order, Noun::Quote, "order_id", Stays),
    (Noun::Order, Noun::Touch, "order_id", Stays),
    (Noun::Order, Noun::Coupon, "order_id", Stays),
    (Noun::Order, Noun::Activation, "order_id", Stays),
    (Noun::Touch, Noun::Member, "touch_id", Stays),
    (Noun::Campaign, Noun::Member, "campaign_id", Goes),
    (Noun::Plan, Noun::PlanTask, "plan_id", Goes),
    (Noun::Plan, Noun::PlanResource, "plan_id", Goes),
    (Noun::Plan, Noun::PlanTarget, "plan_id", Goes),
    (Noun::Plan, Noun::Plan, "of_id", Goes),
    (Noun::Plan, Noun::Evaluation, "plan_id", Goes),
    (Noun::Campaign, Noun::Evaluation, "campaign_id", Goes),
    (Noun::Evaluation, Noun::EvaluationLine, "evaluation_id", Goes),
    (Noun::Evaluation, Noun::Suggestion, "evaluation_id", Goes),
    (Noun::Baseline, Noun::Evaluation, "baseline_id", Stays),
    (Noun::Product, Noun::ProductTag, "product_id", Goes),
    (Noun::Contact, Noun::Method, "contact_id", Goes),
    (Noun::Contact, Noun::ImportantDate, "contact_id", Goes),
    (Noun::Contact, Noun::Touch, "contact_id", Stays),
    (Noun::Dispute, Noun::DisputeNote, "dispute_id", Goes),
    (Noun::Customer, Noun::Dispute, "customer_id", Goes),
    (Noun::Handover, Noun::HandoverItem, "handover_id", Goes),
    (Noun::Handover, Noun::HandoverCustomer, "handover_id", Goes),
    (Noun::Customer, Noun::HandoverCustomer, "customer_id", Goes),
    (Noun::Leak, Noun::LeakStep, "leak_id", Goes),
    (Noun::Leak, Noun::LeakCustomer, "leak_id", Goes),
    (Noun::Alarm, Noun::Leak, "alarm_id", Goes),
    (Noun::Touch, Noun::LeakCustomer, "touch_id", Stays),
    (Noun::Expense, Noun::LeakCustomer, "expense_id", Stays),
    (Noun::Customer, Noun::LeakCustomer, "customer_id", Goes),
    (Noun::Customer, Noun::Member, "customer_id", Goes),
    (Noun::Customer, Noun::Plan, "customer_id", Goes),
    (Noun::Customer, Noun::Overspend, "customer_id", Goes),
    (Noun::Customer, Noun::Share, "customer_id", Goes),
    (Noun::Customer, Noun::OwnValue, "customer_id", Goes),
    (Noun::OwnField, Noun::OwnValue, "field_id", Goes),
    (Noun::Customer, Noun::Task, "customer_id", Goes),
    (Noun::Customer, Noun::Complaint, "customer_id", Goes),
    (Noun::Customer, Noun::Request, "customer_id", Goes),
    (Noun::Customer, Noun::Alarm, "customer_id", Goes),
    (Noun::Customer, Noun::Coupon, "customer_id", Goes),
    (Noun::Customer, Noun::Activation, "customer_id", Goes),
    (Noun::Customer, Noun::Membership, "customer_id", Goes),
    (Noun::Customer, Noun::Browse, "customer_id", Goes),
    (Noun::Customer, Noun::Quote, "customer_id", Goes),
    (Noun::Customer, Noun::Refund, "customer_id", Goes),
    (Noun::Customer, Noun::Touch, "customer_id", Goes),
    (Noun::Customer, Noun::Order, "customer_id", Goes),
    (Noun::Customer, Noun::ImportantDate, "customer_id", Goes),
    (Noun::Customer, Noun::Method, "customer_id", Goes),
    (Noun::Customer, Noun::Contact, "customer_id", Goes),
    (Noun::Customer, Noun::Class, "customer_id", Goes),
    (Noun::Customer, Noun::CustomerTag, "customer_id", Goes),
    (Noun::Customer, Noun::Opening, "customer_id", Goes),
    (Noun::Customer, Noun::Contract, "customer_id", Goes),
    (Noun::Customer, Noun::Expense, "customer_id", Goes),
    (Noun::Customer, Noun::Budget, "customer_id", Goes),
    (Noun::Customer, Noun::Consent, "customer_id", Goes),
    (Noun::Customer, Noun::OptOut, "customer_id", Goes),
    (Noun::Customer, Noun::Referral, "customer_id", Goes),
    (Noun::Customer, Noun::Survey, "customer_id", Goes),
    (Noun::Customer, Noun::Event, "customer_id", Goes),
    (Noun::Customer, Noun::Referral, "new_id", Stays),
    (Noun::Customer, Noun::Customer, "referrer_id", Stays),
];

/// The rows with which a row goes, as it names them.
pub fn goes_with(noun: Noun, image: &Image) -> impl Iterator<Item = Row> {
    HANGS
        .iter()
        .filter(move |(_, child, _, fate)| *child == noun && *fate == Goes)
        .filter_map(|(parent, _, column, _)| Some(Row { noun: *parent, id: int(image, column)? }))
}

/// Where rows stand that may hang on a row of a noun: table and column.
pub fn hanging(noun: Noun) -> impl Iterator<Item = (&'static str, &'static str)> {
    HANGS
        .iter()
        .filter(move |(parent, ..)| *parent == noun)
        .map(|(_, child, column, _)| (table(*child).name, *column))
}

/// Removes a row and what hangs on it.
pub fn remove(work: &mut Work<'_>, noun: Noun, id: i64) -> Result<(), StoreError> {
    for (_, child, column, fate) in HANGS.iter().filter(|(parent, ..)| *parent == noun) {
        let sql = match (noun, *child) {
            // one customer's touches are found by their ids, a contact's among its customer's
            (Noun::Customer, Noun::Touch) => {
                "SELECT id FROM touch WHERE id BETWEEN ?1<<20 AND ((?1+1)<<20)-1".to_owned()
            }
            (Noun::Contact, Noun::Touch) => "SELECT t.id FROM contact c JOIN touch t
                 ON t.id BETWEEN c.customer_id<<20 AND ((c.customer_id+1)<<20)-1 WHERE c.id=?1 AND t.contact_id=?1"
                .to_owned(),
            _ => format!("SELECT id FROM {} WHERE {column}=?1", table(*child).name),
        };
        let children: Vec<i64> =
            work.db.prepare_cached(&sql)?.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        for row in children {
            match fate {
                Goes => remove(work, *child, row)?,
                Stays => {
                    work.update(*child, row, &[(*column, Cell::Null)])?;
                }
            }
        }
    }
    if noun == Noun::Customer {
        let old: Vec<String> = work
            .db
            .prepare_cached("SELECT code FROM customer_alias WHERE customer_id=?1")?
            .query_map([id], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for code in old {
            work.put(Noun::Alias, &code, None)?;
        }
    }
    work.delete(noun, id)
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_removal_reads_a_whole_table_to_see_who_points_at_the_row() {
        let db = crate::store::open::memory().unwrap();
        let list = |sql: &str| -> Vec<(String, String)> {
            db.prepare(sql)
                .unwrap()
                .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))
                .unwrap()
                .map(Result::unwrap)
                .collect()
        };
        let references = list(
            "SELECT t.name, f.\"from\" FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f
             WHERE t.type='table' AND f.\"table\" NOT IN ('person','job','change','strategy')",
        );
        assert!(references.len() > 25);
        for (table, column) in references {
            let plan: String = db
                .query_row(&format!("EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column}=1"), [], |r| {
                    r.get(3)
                })
                .unwrap();
            assert!(plan.starts_with("SEARCH"), "{table}.{column}: {plan}");
        }
    }
}
