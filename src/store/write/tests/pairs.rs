//! Two people on one row, two thousand times at random: every pair of edits ends in a merge that says so or in a question
//! field by field, and no value is lost in silence (operations.md, section 9, line 10; I7).

use std::collections::BTreeMap;

use super::*;
use crate::store::request::{Answer, Query};

const FIELDS: [Field; 5] = [Field::Name, Field::Region, Field::Address, Field::Website, Field::CustomerNote];

/// Values of the row, by the place of the field in [`FIELDS`].
type Values = BTreeMap<usize, String>;

fn place(field: Field) -> Option<usize> {
    FIELDS.iter().position(|f| *f == field)
}

fn values(rig: &Rig, row: Row) -> (i64, Values) {
    let query = Query::Record(row);
    let Ok(Answer::Record(Some(record))) = rig.store.ask(&rig.me, &query, rig.now) else { panic!("gone") };
    let text = |field: Field| record.get(field).as_text().unwrap_or_default().to_owned();
    (record.rev, FIELDS.iter().map(|field| text(*field)).enumerate().collect())
}

/// What somebody types: some fields, each with another value than it has, from a pool small enough to agree at times.
fn typed(rng: &mut fastrand::Rng, base: &Values) -> Values {
    let mut out = Values::new();
    while out.is_empty() {
        for field in 0..FIELDS.len() {
            let value = format!("值{}", rng.u8(0..4));
            if rng.bool() && base[&field] != value {
                out.insert(field, value);
            }
        }
    }
    out
}

fn edit(row: Row, rev: i64, base: &Values, set: &Values) -> Change {
    let one = |(field, to): (&usize, &String)| Edited {
        field: FIELDS[*field],
        was: Value::text(&base[field]),
        to: Value::text(to),
    };
    Change::Edit { row, rev, set: set.iter().map(one).collect() }
}

#[test]
fn s10_of_two_thousand_pairs_of_edits_none_loses_a_word_in_silence() {
    let mut rig = rig();
    let other = rig.person("li", "admin", "sales");
    let new = NewCustomer { values: vec![(Field::Name, Value::text("值0"))], ..NewCustomer::default() };
    let id = rig.attempt(Change::AddCustomer(Box::new(new))).unwrap().customer.unwrap();
    let row = Row { noun: Noun::Customer, id: id.0 };
    let mut rng = fastrand::Rng::with_seed(7);
    let (mut merged, mut asked) = (0, 0);
    for round in 0..2_000 {
        let (rev, base) = values(&rig, row);
        let (theirs, mine) = (typed(&mut rng, &base), typed(&mut rng, &base));
        let change = edit(row, rev, &base, &theirs);
        let envelope = Envelope { request: format!("other-{round}"), change, reason: None };
        rig.store.write(&other, &envelope, rig.now).unwrap();
        let after_theirs = values(&rig, row).1;
        let overlap: Vec<usize> =
            mine.iter().filter(|(f, v)| theirs.get(f).is_some_and(|t| t != *v)).map(|(f, _)| *f).collect();
        match rig.attempt(edit(row, rev, &base, &mine)) {
            Ok(receipt) => {
                assert!(overlap.is_empty(), "round {round}: {overlap:?} was written over");
                let told: Vec<usize> = receipt.merged.iter().filter_map(|(f, ..)| place(*f)).collect();
                let kept = theirs.keys().filter(|f| !mine.contains_key(f));
                assert!(kept.clone().all(|f| told.contains(f)), "round {round}: what was merged is said");
                let mut both = after_theirs;
                both.extend(mine.clone());
                assert_eq!(values(&rig, row).1, both, "round {round}");
                merged += 1;
            }
            Err(StoreError::Conflict { who, rev, clashes, .. }) => {
                let mut fields: Vec<usize> = clashes.iter().filter_map(|c| place(c.field)).collect();
                fields.sort_unstable();
                assert_eq!(fields, overlap, "round {round}");
                assert_eq!(who, "li");
                assert_eq!(
                    values(&rig, row).1,
                    after_theirs,
                    "round {round}: nothing is written before the choice"
                );
                // mine is to stand: it goes in with what is known now
                let (_, known) = values(&rig, row);
                rig.attempt(edit(row, rev, &known, &mine)).unwrap();
                asked += 1;
            }
            Err(error) => panic!("round {round}: {error:?}"),
        }
    }
    assert!(merged > 200 && asked > 200, "both ways were gone: {merged} merged, {asked} asked");
}
