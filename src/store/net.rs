//! What is left of an order after the refunds that name it (kpis.md C4). Every statement that counts orders takes the
//! expression from here, so that lists, facts, daily totals and figures cannot differ; none writes it out itself. The one
//! thing to know: the order is called `o` in the statement.

/// Amount less refunds in fen: all that are written down, or those of which a further condition on `f` is true.
macro_rules! net {
    () => {
        $crate::store::net::net!("")
    };
    ($and:literal) => {
        concat!(
            "o.amount_fen - (SELECT coalesce(sum(f.amount_fen), 0) FROM refund f WHERE f.order_id = o.id",
            $and,
            ")"
        )
    };
}

/// The same as it was known on the day `?3` at the instant `?4` in UTC ms (kpis.md C2).
macro_rules! net_known {
    () => {
        $crate::store::net::net!(" AND f.refunded_on<=?3 AND coalesce(f.refunded_at,0)<=?4")
    };
}

/// Whether an order is a purchase: paid for, and something is left of it. A sample or one that was fully refunded never was.
macro_rules! purchase {
    () => {
        concat!("o.status='paid' AND ", $crate::store::net::net!(), ">0")
    };
}

pub(in crate::store) use {net, net_known, purchase};

#[cfg(test)]
mod tests {
    #[test]
    fn the_totals_of_a_day_take_an_order_for_what_is_left_of_it() {
        assert!(crate::store::facts::rebuild::DAILY.contains(net!()));
    }
}
