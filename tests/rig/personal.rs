//! A store in memory with the one person who works there.

use guanxi::domain::clock::{Now, Zone};
use guanxi::domain::people::Actor;
use guanxi::store::Store;

/// The store, the person and the present.
pub struct Rig {
    /// The store.
    pub store: Store,
    /// Who works there.
    pub me: Actor,
    /// Monday 20 May 2024, 14:02 in Shanghai.
    pub now: Now,
}

impl Rig {
    /// An empty one.
    pub fn new() -> Self {
        let mut store = Store::memory().unwrap();
        let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() };
        let me = store.personal("wang", "王敏", now).unwrap().unwrap();
        Self { store, me, now }
    }
}
