//! The demo company is sound, the same for the same seed, as the handbooks print it, and as a day of work looks.

use super::*;
use crate::domain::clock::Zone;

fn noon() -> Now {
    Now { at: "2026-07-15T06:02:00Z".parse().unwrap(), zone: Zone::default() }
}

fn company(customers: u64, seed: u64, now: Now) -> Store {
    let mut store = Store::memory().unwrap();
    fill(&mut store, customers, seed, now, &mut |_| ()).unwrap();
    store
}

#[test]
fn a_filled_store_is_sound() {
    let store = company(300, SEED, noon());
    assert_eq!(store.check(noon()).unwrap(), []);
}
