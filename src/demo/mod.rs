//! STUB until the demo company is merged: one person and numbered customers, so that `guanxi demo` can be run and tested.

use crate::domain::change::{Change, Envelope, ImportRow, NewCustomer};
use crate::domain::clock::Now;
use crate::domain::field::{Field, Value};
use crate::store::Store;
use crate::store::fill::{Firm, rows};
use crate::store::request::StoreError;

/// Fills an empty store with a company.
pub fn fill(
    store: &mut Store,
    customers: u64,
    seed: u64,
    now: Now,
    progress: &mut dyn FnMut(u64),
) -> Result<(), StoreError> {
    let person = rows::Person {
        id: 1,
        login: "demo".into(),
        name: "王敏".into(),
        role: "admin".into(),
        department: "sales".into(),
        state: "active".into(),
        ..Default::default()
    };
    let setting = rows::Setting { key: "demo".into(), value: "1".into() };
    let firm = Firm { people: vec![person], settings: vec![setting], ..Firm::default() };
    store.fill(&firm, std::iter::empty(), now, progress)?;
    let Some(actor) = store.personal("demo", "王敏", now)? else { return Ok(()) };
    let mut write = |change| {
        let request = uuid::Uuid::now_v7().to_string();
        store.write(&actor, &Envelope { request, change, reason: None }, now)
    };
    let job = write(Change::StartImport { what: "demo".into() })?.job.unwrap_or_default();
    let rows = (1..=customers)
        .map(|n| {
            let name = Value::Text(format!("演示客户{seed}{n}有限公司"));
            ImportRow::Customer(NewCustomer { values: vec![(Field::Name, name)], ..NewCustomer::default() })
        })
        .collect();
    write(Change::ImportRows { job, rows })?;
    write(Change::FinishImport { job })?;
    progress(customers);
    Ok(())
}
