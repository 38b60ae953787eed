//! A set of customers as one bit each: a million of them in 125 kilobytes, however many are in it. Marks of a list and the
//! customers in whom a word is found are such sets. Ids are counted up from one, so the bits lie close together; an id
//! beyond [`MOST`] is not taken in.

use super::customer::CustomerId;

/// The greatest id that a set holds; as bits 16 MB.
pub const MOST: i64 = 1 << 27;

/// A set of customers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids {
    /// The bits, eight ids a byte, the lowest first.
    bytes: Vec<u8>,
    count: usize,
}

/// The byte of an id and the bit in it.
fn place(id: i64) -> Option<(usize, u8)> {
    let at = usize::try_from(id).ok().filter(|_| id <= MOST)?;
    Some((at / 8, 1 << (at % 8)))
}

impl Ids {
    /// Takes an id in; false where it was there already or is no id.
    pub fn insert(&mut self, CustomerId(id): CustomerId) -> bool {
        let Some((at, bit)) = place(id) else { return false };
        if self.bytes.len() <= at {
            self.bytes.resize(at + 1, 0);
        }
        let Some(byte) = self.bytes.get_mut(at).filter(|b| **b & bit == 0) else { return false };
        *byte |= bit;
        self.count += 1;
        true
    }

    /// Takes an id out; false where it was not there.
    pub fn remove(&mut self, CustomerId(id): CustomerId) -> bool {
        let found =
            place(id).and_then(|(at, bit)| Some((self.bytes.get_mut(at).filter(|b| **b & bit != 0)?, bit)));
        let Some((byte, bit)) = found else { return false };
        *byte &= !bit;
        self.count -= 1;
        true
    }

    /// Whether an id is in it.
    pub fn contains(&self, CustomerId(id): CustomerId) -> bool {
        holds(&self.bytes, id)
    }

    /// Takes all of another set in.
    pub fn add(&mut self, other: &Self) {
        if self.bytes.len() < other.bytes.len() {
            self.bytes.resize(other.bytes.len(), 0);
        }
        self.bytes.iter_mut().zip(&other.bytes).for_each(|(mine, theirs)| *mine |= theirs);
        self.count = self.bytes.iter().map(|b| b.count_ones() as usize).sum();
    }

    /// Whether all of another set are in it.
    pub fn covers(&self, other: &Self) -> bool {
        let mine = self.bytes.iter().copied().chain(std::iter::repeat(0));
        other.bytes.iter().zip(mine).all(|(theirs, mine)| theirs & !mine == 0)
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The ids in their order.
    pub fn iter(&self) -> impl Iterator<Item = CustomerId> + '_ {
        self.bytes.iter().enumerate().filter(|(_, byte)| **byte != 0).flat_map(|(at, byte)| {
            (0..8_usize)
                .filter(move |bit| byte & (1 << bit) != 0)
                .filter_map(move |bit| i64::try_from(at * 8 + bit).ok().map(CustomerId))
        })
    }

    /// The set as text: how many there are, then the ids, those that follow one another as one span: `5:1-4|9`.
    pub fn text(&self) -> String {
        let mut spans: Vec<(i64, i64)> = Vec::new();
        for CustomerId(id) in self.iter() {
            match spans.last_mut() {
                Some((_, last)) if *last + 1 == id => *last = id,
                _ => spans.push((id, id)),
            }
        }
        let span = |(first, last): &(i64, i64)| {
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        };
        format!("{}:{}", self.count, spans.iter().map(span).collect::<Vec<_>>().join("|"))
    }

    /// The set that such a text says; none where it is no such text, or where the count does not fit the ids.
    pub fn from_text(text: &str) -> Option<Self> {
        let (count, spans) = text.split_once(':')?;
        let mut set = Self::default();
        for span in spans.split('|') {
            let (first, last) = span.split_once('-').unwrap_or((span, span));
            let (first, last): (i64, i64) = (first.parse().ok()?, last.parse().ok()?);
            if first < 1 || first > last || last > MOST {
                return None;
            }
            (first..=last).for_each(|id| {
                set.insert(CustomerId(id));
            });
        }
        (count.parse() == Ok(set.count)).then_some(set)
    }

    /// The bits as they are: of the id `n` bit `n % 8` of byte `n / 8`.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl FromIterator<CustomerId> for Ids {
    fn from_iter<I: IntoIterator<Item = CustomerId>>(ids: I) -> Self {
        let mut set = Self::default();
        ids.into_iter().for_each(|id| {
            set.insert(id);
        });
        set
    }
}

/// Whether the bits of a set hold an id.
pub fn holds(bytes: &[u8], id: i64) -> bool {
    place(id).is_some_and(|(at, bit)| bytes.get(at).is_some_and(|byte| byte & bit != 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_counts_what_comes_and_goes_and_gives_it_back_in_order() {
        let mut set: Ids = [9, 1, 8, 1_000_000, 8].map(CustomerId).into_iter().collect();
        assert_eq!((set.len(), set.bytes.len()), (4, 125_001));
        assert_eq!(set.iter().map(|c| c.0).collect::<Vec<_>>(), [1, 8, 9, 1_000_000]);
        assert!(set.contains(CustomerId(8)) && !set.contains(CustomerId(7)) && !set.contains(CustomerId(-8)));
        assert!(
            set.remove(CustomerId(8)) && !set.remove(CustomerId(8)) && !set.remove(CustomerId(2_000_000))
        );
        assert_eq!(set.len(), 3);
        set.clear();
        assert!(set.is_empty() && set.iter().next().is_none());
    }

    #[test]
    fn nothing_is_no_id_and_an_id_beyond_the_last_takes_no_room() {
        let mut set = Ids::default();
        assert!(
            set.insert(CustomerId(MOST)) && !set.insert(CustomerId(MOST + 1)) && !set.insert(CustomerId(-1))
        );
        assert_eq!(set.len(), 1);
    }

    #[test]
    fn a_set_is_read_as_it_was_written_and_a_text_that_was_changed_by_hand_is_none() {
        let set: Ids = [4, 1, 2, 3, 9, 700].map(CustomerId).into_iter().collect();
        assert_eq!(set.text(), "6:1-4|9|700");
        assert_eq!(Ids::from_text("6:1-4|9|700"), Some(set));
        for text in ["6:1-4|9", "2:1-3", "1:0", "1:-1", "1:x", "1", "", "0:", "2:9-8", "1:134217729"] {
            assert_eq!(Ids::from_text(text), None, "{text}");
        }
    }

    #[test]
    fn two_sets_are_one_and_cover_each_other() {
        let of = |ids: &[i64]| ids.iter().copied().map(CustomerId).collect::<Ids>();
        let mut set = of(&[1, 2]);
        assert!(set.covers(&of(&[2])) && !set.covers(&of(&[2, 900])) && of(&[900]).covers(&of(&[])));
        set.add(&of(&[2, 900]));
        assert_eq!(set, of(&[1, 2, 900]));
        assert!(set.covers(&of(&[2, 900])));
    }
}
