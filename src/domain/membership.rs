//! Membership: the levels of the company as one setting, and where a customer stands between them (A64, P36, K47, G30).
//! What was spent comes from the orders; the level itself is a record that people may set by hand.

use super::money::Fen;

/// One level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Its name, such as VIP.
    pub name: String,
    /// From which total on.
    pub from: Fen,
    /// What it brings, such as 9折.
    pub discount: String,
    /// The gift that goes with it.
    pub gift: String,
}

/// Reads levels as the setting keeps them: `VIP:2500:9折:生日礼`, several separated by semicolons; the lowest first.
/// None where one of them has no name or no amount.
pub fn levels(setting: &str) -> Option<Vec<Level>> {
    let mut out = Vec::new();
    for level in setting.split([';', '；']).map(str::trim).filter(|l| !l.is_empty()) {
        let mut parts = level.split([':', '：']).map(str::trim);
        let name = parts.next().filter(|n| !n.is_empty())?.to_owned();
        let from = super::money::parse_yuan(parts.next()?).ok().filter(|fen| fen.0 > 0)?;
        let discount = parts.next().unwrap_or_default().to_owned();
        let gift = parts.next().unwrap_or_default().to_owned();
        if out.iter().any(|l: &Level| l.name == name || l.from == from) {
            return None;
        }
        out.push(Level { name, from, discount, gift });
    }
    out.sort_by_key(|level| level.from);
    Some(out)
}

/// Where a customer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'l> {
    /// The level that the total has reached.
    pub reached: Option<&'l Level>,
    /// The next one above both the total and the level held.
    pub next: Option<&'l Level>,
    /// What is still to be spent for it.
    pub gap: Option<Fen>,
}

/// Where a total stands; `held` is the level on record, which counts even where it was given for less.
pub fn standing<'l>(levels: &'l [Level], total: Fen, held: Option<&str>) -> Standing<'l> {
    let reached = levels.iter().rev().find(|level| total >= level.from);
    let floor = held.and_then(|name| levels.iter().find(|level| level.name == name)).map(|level| level.from);
    let next = levels.iter().find(|level| level.from > total && floor.is_none_or(|floor| level.from > floor));
    Standing { reached, next, gap: next.map(|level| Fen(level.from.0 - total.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(yuan: i64) -> Fen {
        Fen(yuan * 100)
    }

    #[test]
    fn k47_a_total_of_2000_needs_500_more_for_vip_and_2500_has_reached_it() {
        let levels = levels("VIP:2500:9折:生日礼").unwrap();
        let at = standing(&levels, yuan(2000), None);
        assert_eq!((at.reached, at.gap), (None, Some(yuan(500))));
        assert_eq!(at.next.unwrap().discount, "9折");
        assert_eq!(standing(&levels, Fen(249_999), None).gap, Some(Fen(1)));
        let reached = standing(&levels, yuan(2500), None);
        assert_eq!(reached.reached.unwrap().name, "VIP");
        assert_eq!((reached.next, reached.gap), (None, None));
    }

    #[test]
    fn a_level_that_was_given_is_not_offered_again_and_the_one_above_is() {
        let levels = levels("钻石:1万:8折 ; VIP：2500：9折：生日礼").unwrap();
        assert_eq!(levels.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["VIP", "钻石"]);
        assert_eq!(standing(&levels, yuan(100), Some("VIP")).gap, Some(yuan(9900)));
        assert_eq!(standing(&levels, yuan(100), Some("old")).gap, Some(yuan(2400)));
    }

    #[test]
    fn a_level_without_name_or_amount_is_refused_and_none_is_possible() {
        for bad in ["VIP", ":2500", "VIP:", "VIP:0", "VIP:-5", "VIP:x", "A:100;A:200", "A:100;B:100"] {
            assert_eq!(levels(bad), None, "{bad}");
        }
        assert_eq!(levels(""), Some(Vec::new()));
    }
}
