//! The budget of a customer's year: what counts against it, when it is overrun and when too little was done (D18–D21, G3,
//! G55, K50). Coupons and rewards are told apart and never run against it. Pure; amounts in fen.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::money::Fen;

/// The kinds of cost, by id (D21).
pub const KINDS: &[&str] = &["touch", "gift", "coupon", "reward", "compensation"];
/// The month from which on a floor that was not reached is pointed out (G55).
const YEARS_END: u32 = 12;

/// What a year has cost, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Spent {
    /// Touches.
    pub touch: Fen,
    /// Gifts.
    pub gift: Fen,
    /// Coupons that were handed out, by face value or by what was taken off.
    pub coupon: Fen,
    /// Rewards of referrals.
    pub reward: Fen,
    /// What was paid for harm that was done to the customer (I8).
    pub compensation: Fen,
}

impl Spent {
    /// What runs against the budget: touches and gifts (D21), or everything where the company counts it so (X14).
    pub const fn counting(self, all: bool) -> Fen {
        let more = if all { self.coupon.0 + self.reward.0 } else { 0 };
        Fen(self.touch.0 + self.gift.0 + more)
    }
}

/// How a budget stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Within what was planned.
    Within,
    /// The limit is reached or passed: it needs an explanation.
    Overrun,
    /// The year ends and the floor was not reached.
    Under,
}

/// How spending stands to a budget; `percent` is the share from which it is overrun (120: «20 % or more»), `floor` whether
/// at least so much is to be spent.
pub fn standing(budget: Fen, spent: Fen, percent: i64, floor: bool, today: NaiveDate) -> Standing {
    if budget.0 > 0 && spent.0.saturating_mul(100) >= budget.0.saturating_mul(percent) {
        Standing::Overrun
    } else if floor && spent < budget && today.month() >= YEARS_END {
        Standing::Under
    } else {
        Standing::Within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(budget: i64, spent: i64, floor: bool, day: &str) -> Standing {
        standing(Fen(budget), Fen(spent), 120, floor, day.parse().unwrap())
    }

    #[test]
    fn k50_two_hundred_are_overrun_at_two_hundred_and_forty_and_not_a_fen_before() {
        assert_eq!(at(20_000, 24_000, true, "2024-05-20"), Standing::Overrun);
        assert_eq!(at(20_000, 23_999, true, "2024-05-20"), Standing::Within);
        assert_eq!(at(50_000, 60_000, true, "2024-05-20"), Standing::Overrun);
        assert_eq!(at(5_000, 5_999, false, "2024-05-20"), Standing::Within);
        assert_eq!(at(0, 10, false, "2024-05-20"), Standing::Within);
    }

    #[test]
    fn g55_a_floor_that_was_not_reached_is_told_at_the_end_of_the_year_and_a_cap_never() {
        assert_eq!(at(50_000, 49_999, true, "2024-12-01"), Standing::Under);
        assert_eq!(at(50_000, 49_999, true, "2024-11-30"), Standing::Within);
        assert_eq!(at(50_000, 50_000, true, "2024-12-31"), Standing::Within);
        assert_eq!(at(5_000, 0, false, "2024-12-31"), Standing::Within);
    }

    #[test]
    fn d21_coupons_and_rewards_do_not_run_against_the_budget() {
        let spent = Spent {
            touch: Fen(300),
            gift: Fen(200),
            coupon: Fen(10_000),
            reward: Fen(100_000),
            compensation: Fen(50_000),
        };
        assert_eq!(spent.counting(false), Fen(500));
        assert_eq!(spent.counting(true), Fen(110_500), "X14: unless the company counts them");
    }
}
