//! Chance in the demo company: lists of which some entries come more often, and lots that hang on a customer's number alone,
//! so that drawing one changes nothing else of the company.

use fastrand::Rng;

/// A list with shares: each entry carries the sum of the shares up to it.
#[derive(Debug, Default)]
pub struct Shares<T> {
    entries: Vec<(u32, T)>,
}

impl<T> Shares<T> {
    /// A list from entries with their shares.
    pub fn new(entries: impl IntoIterator<Item = (u32, T)>) -> Self {
        let mut sum = 0;
        let running = |(share, entry)| {
            sum += share;
            (sum, entry)
        };
        Self { entries: entries.into_iter().map(running).collect() }
    }

    /// One entry, as often as its share says.
    pub fn pick(&self, rng: &mut Rng) -> Option<&T> {
        let all = self.entries.last().map_or(0, |e| e.0);
        let at = if all == 0 { 0 } else { rng.u32(0..all) };
        self.entries.get(self.entries.partition_point(|e| e.0 <= at)).map(|e| &e.1)
    }

    /// Every entry.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.entries.iter().map(|e| &e.1)
    }
}

/// One of some words; the empty one where there are none.
pub fn one(rng: &mut Rng, list: &'static [String]) -> &'static str {
    rng.choice(list).map_or("", String::as_str)
}

/// A lot below 1,000 that hangs on the customer and on what is drawn.
pub fn lot(id: i64, what: i64) -> i64 {
    let mixed =
        id.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(what.wrapping_mul(1_442_695_040_888_963_407));
    (mixed >> 33).rem_euclid(1_000)
}
