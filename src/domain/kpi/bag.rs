//! What can be added up and taken off again: counts, rates, and how often each value came. Figures are kept as such sums, so
//! that a change is followed by taking the customers concerned off as they were and putting them on as they are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Something of which a part can be put on and another taken off.
pub trait Additive {
    /// Puts `more` on and takes `less` off.
    fn shift(&mut self, more: &Self, less: &Self);
}

impl Additive for i64 {
    fn shift(&mut self, more: &Self, less: &Self) {
        *self += more - less;
    }
}

impl Additive for (i64, i64) {
    fn shift(&mut self, more: &Self, less: &Self) {
        self.0.shift(&more.0, &less.0);
        self.1.shift(&more.1, &less.1);
    }
}

impl<T: Additive, const N: usize> Additive for [T; N] {
    fn shift(&mut self, more: &Self, less: &Self) {
        for (own, (more, less)) in self.iter_mut().zip(more.iter().zip(less)) {
            own.shift(more, less);
        }
    }
}

/// So many of so many, and so many not yet to be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// Hits.
    pub k: i64,
    /// Cases.
    pub n: i64,
    /// Cases whose window is open.
    pub pending: i64,
}

impl Rate {
    /// Adds a case.
    pub const fn add(&mut self, hit: bool) {
        self.n += 1;
        self.k += hit as i64;
    }
}

impl Additive for Rate {
    fn shift(&mut self, more: &Self, less: &Self) {
        self.k.shift(&more.k, &less.k);
        self.n.shift(&more.n, &less.n);
        self.pending.shift(&more.pending, &less.pending);
    }
}

/// How often each value came; a value that never came is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "K: Serialize", deserialize = "K: Deserialize<'de> + Ord"))]
#[serde(from = "Vec<(K, i64)>", into = "Vec<(K, i64)>")]
pub struct Bag<K: Ord + Clone>(BTreeMap<K, i64>);

impl<K: Ord + Clone> Default for Bag<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Clone> From<Vec<(K, i64)>> for Bag<K> {
    fn from(pairs: Vec<(K, i64)>) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl<K: Ord + Clone> From<Bag<K>> for Vec<(K, i64)> {
    fn from(bag: Bag<K>) -> Self {
        bag.0.into_iter().collect()
    }
}

impl<K: Ord + Clone> Bag<K> {
    /// Notes that a value came `times` more often.
    pub fn add(&mut self, value: K, times: i64) {
        let count = self.0.get(&value).copied().unwrap_or(0) + times;
        if count == 0 {
            self.0.remove(&value);
        } else {
            self.0.insert(value, count);
        }
    }

    /// How many there are in all.
    pub fn count(&self) -> i64 {
        self.0.values().sum()
    }

    /// Each value with how often it came, the least first.
    pub fn iter(&self) -> impl Iterator<Item = (&K, i64)> {
        self.0.iter().map(|(value, count)| (value, *count))
    }
}

impl<K: Ord + Clone> Additive for Bag<K> {
    fn shift(&mut self, more: &Self, less: &Self) {
        more.iter().for_each(|(value, count)| self.add(value.clone(), count));
        less.iter().for_each(|(value, count)| self.add(value.clone(), -count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_on_and_taken_off_again_leaves_nothing_behind() {
        let bag = |pairs: &[(i64, i64)]| Bag::from(pairs.to_vec());
        let mut own = bag(&[(3, 1), (5, 2)]);
        own.shift(&bag(&[(5, 1), (7, 4)]), &bag(&[(3, 1)]));
        assert_eq!(own, bag(&[(5, 3), (7, 4)]));
        own.shift(&Bag::default(), &bag(&[(5, 3), (7, 4)]));
        assert_eq!((own.count(), own), (0, Bag::default()));
        let text = serde_json::to_string(&bag(&[(1, 2)])).unwrap();
        assert_eq!(serde_json::from_str::<Bag<i64>>(&text).unwrap(), bag(&[(1, 2)]));
    }
}
