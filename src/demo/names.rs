//! Names of firms, no two alike in one company; names of people with their pinyin; phones as people write them, from
//! ranges that look like no real number.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use fastrand::Rng;

use super::chance::one;
use super::words::{Names, Place, Spelt, Trade};

/// Beginnings of mobile numbers.
const MOBILE: &[&str] = &[
    "138", "139", "136", "137", "135", "158", "159", "150", "151", "182", "187", "188", "130", "131", "132",
    "155", "156", "186", "133", "153", "180", "181", "189", "177",
];
/// How many mobile numbers there are: each beginning with a zero and seven digits behind it.
const NUMBERS: u64 = 24 * 10_000_000;
/// A step without a common factor with `NUMBERS`: numbers follow each other in no order and none comes twice.
const STEP: u64 = 91_234_567;

/// A firm's name and what its mail address ends in.
#[derive(Clone, Debug, Default)]
pub struct FirmName {
    pub name: String,
    pub domain: String,
}

/// A person's name and its letters.
#[derive(Clone, Debug, Default)]
pub struct PersonName {
    pub name: String,
    pub letters: String,
}

/// A phone as written, with its digits in normal form.
#[derive(Clone, Debug, Default)]
pub struct Written {
    pub value: String,
    pub digits: String,
}

/// Gives names that nobody has yet.
#[derive(Debug)]
pub struct Register {
    names: &'static Names,
    taken: HashSet<u64, BuildHasherDefault<DefaultHasher>>,
    phones: u64,
}

impl Register {
    /// An empty register; phones begin where the seed says.
    pub fn new(names: &'static Names, seed: u64) -> Self {
        Self { names, taken: HashSet::default(), phones: seed.wrapping_mul(7_919) % NUMBERS }
    }

    /// Keeps a name for somebody; false where it is taken.
    pub fn take(&mut self, name: &str) -> bool {
        let hash = self.taken.hasher().hash_one(name);
        self.taken.insert(hash)
    }

    fn brand(&self, rng: &mut Rng) -> Option<(&'static Spelt, &'static Spelt)> {
        loop {
            let first = rng.choice(&self.names.brand_first)?;
            let last = rng.choice(&self.names.brand_last)?;
            let pair = [first.word.as_str(), last.word.as_str()].concat();
            if first.word != last.word && !self.names.avoid.contains(&pair) {
                return Some((first, last));
            }
        }
    }

    /// A Chinese company in a city.
    pub fn company(&mut self, trade: &'static Trade, place: &'static Place, rng: &mut Rng) -> FirmName {
        let mut city = rng.u8(0..10) < 7;
        loop {
            let Some((first, last)) = self.brand(rng) else { return FirmName::default() };
            let word = one(rng, &trade.words);
            let form = self.names.company_forms.pick(rng).map_or("有限公司", String::as_str);
            // «电子科技科技有限公司» is no name
            let tail = form.chars().take(2).collect::<String>();
            let form = if word.ends_with(&tail) { "有限公司" } else { form };
            let front = if city { place.city.as_str() } else { "" };
            let name = [front, &first.word, &last.word, word, form].concat();
            if self.take(&name) {
                return FirmName { name, domain: format!("{}{}.example", first.pinyin, last.pinyin) };
            }
            city = true;
        }
    }

    /// A shop: what it is called gets longer where the short names are taken.
    pub fn shop(&mut self, trade: &'static Trade, place: &'static Place, rng: &mut Rng) -> FirmName {
        let names = self.names;
        for turn in 0_u32.. {
            let kind = one(rng, &trade.shops);
            let Some(word) = rng.choice(&names.shop_words) else { break };
            let street = one(rng, &names.streets);
            let district = one(rng, &place.districts);
            let online = matches!(kind, "网店" | "直播间" | "旗舰店" | "优选店");
            let (start, domain) = if turn > 5 || rng.u8(0..5) == 0 {
                let Some((first, last)) = self.brand(rng) else { break };
                ([first.word.as_str(), &last.word].concat(), [first.pinyin.as_str(), &last.pinyin].concat())
            } else {
                (word.word.clone(), word.pinyin.clone())
            };
            let name = match turn.max(rng.u32(0..3)) {
                0 => format!("{start}{kind}"),
                _ if online => format!("{}{start}{kind}", place.city),
                1 => format!("{start}{kind}({district}店)"),
                _ => format!("{}{start}{kind}({street}店)", place.city),
            };
            if self.take(&name) {
                return FirmName { name, domain: format!("{domain}.example") };
            }
        }
        FirmName::default()
    }

    /// A firm with whom one speaks English.
    pub fn english(&mut self, rng: &mut Rng) -> Option<FirmName> {
        let names = self.names;
        loop {
            let first = one(rng, &names.english_brand_first);
            let last = one(rng, &names.english_brand_last);
            let trade = one(rng, &names.english_trades);
            let form = names.english_forms.pick(rng).map_or("Ltd.", String::as_str);
            let mut name = format!("{first}{last} {trade} {form}");
            if !self.take(&name) {
                name = format!("{first}{last} {trade} ({}) {form}", rng.choice(&names.english_places)?.0);
                if !self.take(&name) {
                    continue;
                }
            }
            return Some(FirmName { name, domain: format!("{}{last}.example", first.to_ascii_lowercase()) });
        }
    }

    /// Somebody who works there.
    pub fn person(&self, rng: &mut Rng) -> PersonName {
        let n = self.names;
        let Some(surname) = n.surnames.pick(rng) else { return PersonName::default() };
        let (single, first, last) = if rng.u8(0..100) < 58 {
            (&n.male, &n.male_first, &n.male_last)
        } else {
            (&n.female, &n.female_first, &n.female_last)
        };
        let mut given: [Option<&Spelt>; 2] = [rng.choice(single), None];
        if rng.u8(0..100) >= 28 {
            given = [rng.choice(first), rng.choice(last)];
            if let [Some(a), Some(b)] = given
                && a.word == b.word
            {
                given = [Some(a), None];
            }
        }
        let mut name = PersonName { name: surname.word.clone(), letters: surname.pinyin.clone() };
        for part in given.into_iter().flatten() {
            name.name.push_str(&part.word);
            name.letters.push_str(&part.pinyin);
        }
        name
    }

    /// Somebody with whom one speaks English.
    pub fn foreigner(&self, rng: &mut Rng) -> PersonName {
        let (first, last) = (one(rng, &self.names.english_first), one(rng, &self.names.english_last));
        PersonName {
            name: format!("{first} {last}"),
            letters: format!("{first}.{last}").to_ascii_lowercase(),
        }
    }

    /// A mobile number that nobody has yet.
    pub fn mobile(&mut self, rng: &mut Rng) -> Written {
        let at = (u128::from(self.phones) * u128::from(STEP) % u128::from(NUMBERS)) as u64;
        self.phones = (self.phones + 1) % NUMBERS;
        let head = MOBILE.get((at / 10_000_000) as usize).copied().unwrap_or("138");
        let (mid, tail) = (at / 10_000 % 1_000, at % 10_000);
        let digits = format!("{head}0{mid:03}{tail:04}");
        let value = match rng.u8(0..12) {
            0..=4 => digits.clone(),
            5..=7 => format!("{head} 0{mid:03} {tail:04}"),
            8 | 9 => format!("{head}-0{mid:03}-{tail:04}"),
            10 => format!("+86 {head} 0{mid:03} {tail:04}"),
            _ => format!("+86-{digits}"),
        };
        Written { value, digits }
    }
}

/// A number of the house, some with an extension.
pub fn landline(place: &Place, rng: &mut Rng) -> Written {
    let area = place.area.as_str();
    let block = [5500, 5560, 6680, 6688, 8800, 8860].get(rng.usize(0..6)).copied().unwrap_or(5500);
    let start = (block + rng.u32(0..10)).to_string();
    let start = if place.local == 7 { start.get(..3).unwrap_or("668") } else { start.as_str() };
    let tail = rng.u32(0..10_000);
    let extension = rng.u32(1..90) + 800;
    let value = match rng.u8(0..8) {
        0..=2 => format!("{area}-{start}{tail:04}"),
        3 => format!("{area}-{start} {tail:04}"),
        4 => format!("({area}) {start}-{tail:04}"),
        5 => format!("{area}-{start}{tail:04}转{extension}"),
        6 => format!("{area}-{start}{tail:04}-{extension}"),
        _ => format!("{area}{start}{tail:04}"),
    };
    Written { value, digits: format!("{area}{start}{tail:04}") }
}

/// A number abroad that begins like this, out of the ranges that are kept for stories.
pub fn abroad(start: &str, rng: &mut Rng) -> Written {
    let value = format!("{start}{}", rng.u32(100..200));
    let digits = value.chars().filter(char::is_ascii_digit).collect();
    Written { value, digits }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;
    use crate::domain::find::normal_phone;

    #[test]
    fn phones_of_every_format_have_the_digits_they_are_found_by() {
        let mut rng = Rng::with_seed(1);
        let mut register = Register::new(&words().unwrap().names, 7);
        let place = words().unwrap().places.pick(&mut rng).unwrap();
        let mut seen = HashSet::new();
        for _ in 0..2_000 {
            let mobile = register.mobile(&mut rng);
            let start = rng.choice(&words().unwrap().names.english_places).unwrap();
            assert!(seen.insert(mobile.digits.clone()));
            for phone in [mobile, landline(place, &mut rng), abroad(&start.1, &mut rng)] {
                assert_eq!(normal_phone(&phone.value).unwrap().digits, phone.digits, "{}", phone.value);
            }
        }
    }

    #[test]
    fn no_two_firms_have_one_name() {
        let words = words().unwrap();
        let mut rng = Rng::with_seed(1);
        let mut register = Register::new(&words.names, 7);
        let mut seen = HashSet::new();
        for i in 0..6_000 {
            let place = words.places.pick(&mut rng).unwrap();
            let trade = words.trades.pick(&mut rng).unwrap();
            let firm = match i % 3 {
                0 if !trade.shops.is_empty() => register.shop(trade, place, &mut rng),
                1 => register.english(&mut rng).unwrap(),
                _ => register.company(trade, place, &mut rng),
            };
            assert!(seen.insert(firm.name.clone()), "{}", firm.name);
        }
    }
}
