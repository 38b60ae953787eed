//! Where the person is, kept while they work: a session that is killed opens again where it was. It is written about a
//! second after the first key that may have moved it, and only if it did; leaving writes it at once.

use super::draft::Place;
use super::msg::Msg;
use crate::domain::clock::Now;

/// A place is on disk this long after the key that led there, in milliseconds.
const PLACE_AFTER: i64 = 1_000;

/// What is known of the place on disk.
#[derive(Clone, Debug, Default)]
pub struct Here {
    /// As it was kept last.
    kept: Place,
    /// The first key since then, UTC ms.
    moved: Option<i64>,
}

impl Here {
    /// Notes that the person may have gone elsewhere.
    pub fn heard(&mut self, msg: &Msg, now: Now) {
        if matches!(msg, Msg::Key(_) | Msg::Click(..) | Msg::Wheel(_)) {
            self.moved.get_or_insert(now.ms());
        }
    }

    /// The instant (UTC ms) at which it is to be kept.
    pub fn deadline(&self) -> Option<i64> {
        self.moved.map(|moved| moved + PLACE_AFTER)
    }

    /// Notes what is on disk already.
    pub fn begun(&mut self, place: &Place) {
        self.kept.clone_from(place);
    }

    /// The place that is to be kept now: if it is time, and it is another one.
    pub fn due(&mut self, now: Now, place: impl FnOnce() -> Place) -> Option<Place> {
        if self.deadline().is_none_or(|due| now.ms() < due) {
            return None;
        }
        self.moved = None;
        let place = place();
        if place == self.kept {
            return None;
        }
        self.kept.clone_from(&place);
        Some(place)
    }
}
