//! STUB until the demo company is merged: one person and numbered customers, so that `guanxi demo` can be run and tested.

use crate::domain::clock::Now;
use crate::store::Store;
use crate::store::fill::{Bundle, Firm, rows};
use crate::store::request::StoreError;

/// Fills an empty store with a company.
pub fn fill(
    store: &mut Store,
    customers: u64,
    seed: u64,
    now: Now,
    progress: &mut dyn FnMut(u64),
) -> Result<(), StoreError> {
    let _ = seed;
    let person = rows::Person { id: 1, login: "demo".into(), name: "王敏".into(), role: "admin".into(), department: "sales".into(), state: "active".into(), ..Default::default() };
    let setting = rows::Setting { key: "demo".into(), value: "1".into() };
    let firm = Firm { people: vec![person], settings: vec![setting], ..Firm::default() };
    let bundles = (1..=i64::try_from(customers).unwrap_or(0)).map(|n| Bundle {
        customer: rows::Customer {
            id: n,
            code: format!("C202405{n:04}").into(),
            name: format!("演示客户{n}有限公司").into(),
            owner_id: 1,
            kind: "company".into(),
            first_owner_id: Some(1),
            created_at: now.ms(),
            ..Default::default()
        },
        ..Bundle::default()
    });
    store.fill(&firm, bundles, now, progress)
}
