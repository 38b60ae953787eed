//! Coupons as people write them: `100` is a cash coupon, `299→199` a package for less (A65, P37).

use serde::{Deserialize, Serialize};

use super::money::{Fen, parse_yuan};

/// A coupon that a touch brings; it is valid for as long as the company's coupons are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewCoupon {
    /// So much off whatever is bought.
    Cash(Fen),
    /// A package for less.
    Package {
        /// Before.
        price: Fen,
        /// Now.
        offer: Fen,
    },
}

/// Reads a coupon; none where it is neither an amount nor a higher and a lower one.
pub fn parse(text: &str) -> Option<NewCoupon> {
    let amount = |text: &str| parse_yuan(text.trim()).ok().filter(|fen| fen.0 > 0);
    let pair = ["→", "->", "=>", ">", "减到", "降到"].iter().find_map(|arrow| text.split_once(arrow));
    match pair {
        Some((price, offer)) => {
            let (price, offer) = (amount(price)?, amount(offer)?);
            (offer < price).then_some(NewCoupon::Package { price, offer })
        }
        None => amount(text).map(NewCoupon::Cash),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p37_an_amount_is_a_cash_coupon_and_a_pair_a_package() {
        assert_eq!(parse("100"), Some(NewCoupon::Cash(Fen(10_000))));
        assert_eq!(parse("100元"), Some(NewCoupon::Cash(Fen(10_000))));
        let package = Some(NewCoupon::Package { price: Fen(29_900), offer: Fen(19_900) });
        for text in ["299→199", "299 -> 199", "299元>199元", "299降到199"] {
            assert_eq!(parse(text), package, "{text}");
        }
        for bad in ["", "0", "-5", "gift", "199→299", "199→199", "→199", "299→"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
