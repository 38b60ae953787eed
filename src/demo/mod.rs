//! The demo company: a believable firm with customers, orders, talks and promises, made afresh around today and the same
//! for the same seed. `words` reads the lists of `assets/demo`; `crowd` makes one customer after the other: `life` draws its
//! lot, `orders` what it bought, `moments` when it was talked to, `talks` and `touches` what was said; `handbook` has the
//! four customers that the handbooks print.

mod alarms;
mod books;
mod calendar;
mod campaigns;
mod chance;
mod classes;
mod crowd;
mod deals;
mod extras;
mod firm;
mod handbook;
mod history;
mod life;
mod lines;
mod moments;
mod names;
mod orders;
mod profile;
mod requests;
mod sample;
mod scene;
mod spending;
mod staff;
mod story;
mod talks;
mod touches;
mod words;

use crate::domain::clock::Now;
use crate::store::Store;
use crate::store::fill::{Bundle, Filled};
use crate::store::request::StoreError;

/// Customers of a demo company when nobody says how many.
pub const CUSTOMERS: u64 = 4_000;
/// The seed when nobody names one.
pub const SEED: u64 = 1;
/// The login of the person who works in the demo.
pub const LOGIN: &str = "wangmin";

/// Customers that go from the making thread to the writing one at once.
const HANDFUL: usize = 64;

/// Fills an empty store with a company of so many customers; tells how far it is.
pub fn fill(
    store: &mut Store,
    customers: u64,
    seed: u64,
    now: Now,
    progress: &mut dyn FnMut(Filled),
) -> Result<(), StoreError> {
    let words = words::words()?;
    let cal = calendar::Calendar::new(now);
    let firm = firm::firm(words, &cal, customers);
    let mut crowd = crowd::Crowd::new(scene::Scene::new(words, cal, customers), seed);
    // one thread makes customers while the store writes the ones before; a few handfuls wait between the two
    std::thread::scope(|scope| {
        let (give, take) = std::sync::mpsc::sync_channel::<Vec<Bundle>>(8);
        scope.spawn(move || {
            loop {
                let handful: Vec<Bundle> = crowd.by_ref().take(HANDFUL).collect();
                if handful.is_empty() || give.send(handful).is_err() {
                    break;
                }
            }
        });
        store.fill(&firm, take.into_iter().flatten(), now, progress)
    })?;
    store.fill_alarms(&alarms::looks(now), &alarms::dealt)?;
    store.fit_forecast(now)
}

#[cfg(test)]
mod tests;
