//! The table of figures, one row a KPI in the order of the board: unit, direction, group, time, default targets by segment (`""`: all), where its records come from,
//! the ids of requirements.md, how its figure comes of the sums of one group, and `of` how many customers' amounts it is made. What the columns mean stands in `table`;
//! the words stand in `i18n::kpi`, in the same order. A row without its counting does not compile.

use super::figure::{alone, counted, each, fallen, grown, mean, mean_hours, middle, rest, share, yuan};
use super::sums::Rate;
use super::table::Over::{Both, End, Growth, Period, Waits, Year};
use super::table::{Better, Group, Kpi, Unit};

macro_rules! kpis {
    ($( $id:literal $unit:ident $better:ident $group:ident $over:expr, [$($segment:literal $target:literal),*],
        [$($rows:literal),*], $source:literal, $count:expr $(, of $covers:expr)?; )*) => {
        /// Every KPI, in the order of the board.
        pub const KPIS: &[Kpi] = &[ $( Kpi {
            id: $id,
            unit: Unit::$unit,
            better: Better::$better,
            group: Group::$group,
            over: $over,
            targets: &[$(($segment, $target)),*],
            rows: &[$($rows),*],
            source: $source,
            count: $count,
            covers: kpis!(@covers $($covers)?),
        }, )* ];
    };
    (@covers) => { None };
    (@covers $covers:expr) => { Some($covers) };
}

kpis! {
    // maintenance (F45)
    "response" Share More Maintenance Waits(7), ["high" 0.8, "growth" 0.6, "dormant" 0.3], ["touch"], "F1 P10 K33 K34",
        |g| counted(g.s.response);
    "conversion" Share More Maintenance Waits(30), ["high" 0.15, "growth" 0.1, "dormant" 0.05], ["touch", "orders"], "F2 P11",
        |g| counted(g.s.conversion);
    "repurchase" Share More Maintenance Year, [], ["orders"], "F11",
        |g| counted(g.s.repurchase);
    "rebuy" Share More Maintenance Growth, [], ["orders"], "F11",
        |g| counted(g.s.rebuy);
    "churn" Share Less Maintenance Both, ["" 0.15], ["orders"], "F12 P31 K54",
        |g| counted(g.churn());
    "retention" Share More Maintenance Both, [], ["orders"], "F17",
        |g| rest(g.churn());
    "grr" Share More Maintenance Both, [], ["orders"], "kpis.md",
        |g| each(yuan(g.s.still_fen), yuan(g.s.base_fen), Some(g.s.active_start)),
        of |g| [g.s.active_start; 2];
    "nrr" Share More Maintenance Both, [], ["orders"], "kpis.md",
        |g| each(yuan(g.s.now_fen), yuan(g.s.base_fen), Some(g.s.active_start)),
        of |g| [g.s.active_start; 2];
    "renewal" Share More Maintenance Waits(30), [], ["contract"], "kpis.md",
        |g| share(g.s.renewal);
    "renewal_value" Share More Maintenance Waits(30), [], ["contract"], "kpis.md",
        |g| g.renewed_by_value(),
        of |g| [g.s.renewing; 2];
    "csat" Share More Maintenance Period, [], ["survey"], "F10",
        |g| counted(g.s.csat);
    "csat_points" Points More Maintenance Period, ["" 80.0], ["survey"], "F10 P25",
        |g| each(g.s.score as f64, g.s.csat.n as f64, Some(g.s.csat.n));
    "score_service" Points More Maintenance Period, ["" 80.0], ["survey"], "F22 P25",
        |g| each(g.s.service.0 as f64, g.s.service.1 as f64, Some(g.s.service.1));
    "score_product" Points More Maintenance Period, ["" 80.0], ["survey"], "F22 P25",
        |g| each(g.s.product.0 as f64, g.s.product.1 as f64, Some(g.s.product.1));
    "nps" Points More Maintenance Period, ["" 40.0], ["survey"], "F8 P14",
        |g| g.promoters();
    "complaint_rate" Share Less Maintenance Period, [], ["complaint"], "F9",
        |g| g.complaints(each(g.s.complaints as f64, g.s.active_end as f64, Some(g.s.active_end)));
    "complaint_decrease" Share More Maintenance Growth, ["" 0.25], ["complaint"], "F9 P14",
        |g| g.complaints(g.fewer_complaints());
    "repeat_contacts" Count Less Maintenance Period, [], ["complaint"], "F25 A99",
        |g| alone((g.s.complaints + g.s.complaints_before > 0).then_some(g.s.repeated as f64), None);
    "repeat_contact_decrease" Share More Maintenance Growth, ["" 0.9], ["complaint"], "F25 K23",
        |g| fallen(Some(g.s.repeated_before as f64), Some(g.s.repeated as f64));
    "loyalty" Share More Maintenance Year, [], ["survey", "orders"], "kpis.md",
        |g| share(g.loyalty());
    "reactivation" Share More Maintenance Waits(30), [], ["touch", "orders"], "F32",
        |g| counted(g.s.reactivation);
    "retention_cost" Yuan Less Maintenance Period, [], ["expense"], "F28",
        |g| g.spent(g.s.retention, g.s.active_start - g.s.lost),
        of |g| [g.s.booked_on[1]; 2];
    "customer_value" Yuan More Maintenance Year, [], ["orders", "expense"], "F27",
        |g| g.customer_value(),
        of |g| [g.s.year_payers; 2];
    // expansion
    "revenue" Yuan More Expansion Period, [], ["orders"], "kpis.md",
        |g| alone(Some(yuan(g.s.order_fen - g.s.loose_fen)), None),
        of |g| [g.s.payers; 2];
    "orders" Count More Expansion Period, [], ["orders"], "kpis.md",
        |g| alone(Some(g.s.orders as f64), None);
    "buyers" Count More Expansion Period, [], ["orders"], "kpis.md",
        |g| alone(Some(g.s.buyers as f64), None);
    "new_customers" Count More Expansion Period, [], ["orders"], "kpis.md",
        |g| alone(Some(g.s.new.n as f64), None);
    "aov" Yuan More Expansion Period, [], ["orders"], "F13",
        |g| each(yuan(g.s.order_fen), g.s.orders as f64, Some(g.s.orders)),
        of |g| [g.s.payers; 2];
    "aov_growth" Share More Expansion Growth, [], ["orders"], "F13",
        |g| grown(mean(g.s.order_fen_before, g.s.orders_before), mean(g.s.order_fen, g.s.orders)),
        of |g| [g.s.payers, g.s.payers_before];
    "revenue_per_buyer" Yuan More Expansion Period, [], ["orders"], "kpis.md",
        |g| each(yuan(g.s.order_fen), g.s.buyers as f64, Some(g.s.buyers)),
        of |g| [g.s.payers; 2];
    "repurchase_amount_growth" Share More Expansion Growth, ["" 0.15], ["orders"], "F5 P14 K36",
        |g| grown(Some(yuan(g.s.old_fen_before)), Some(yuan(g.s.old_fen))),
        of |g| [g.s.old_payers, g.s.old_payers_before];
    "high_value_growth" Share More Expansion Growth, ["" 0.1], ["class"], "F4 P14 K36",
        |g| g.high_value_growth();
    "high_value_share" Share More Expansion Year, ["" 0.3], ["orders"], "F26 P9",
        |g| g.high_value_share(),
        of |g| [g.high_payers(), g.s.year_payers - g.high_payers()];
    "prospect_conversion" Share More Expansion Waits(30), [], ["touch", "orders"], "F14",
        |g| counted(g.s.prospects);
    "first_order" Share More Expansion Waits(30), [], ["touch", "orders"], "F29",
        |g| counted(g.s.first_orders);
    "sales_conversion" Share More Expansion Period, [], ["quote"], "F39",
        |g| counted(g.s.quotes);
    "activation" Share More Expansion Waits(30), ["" 0.2], ["activation"], "F21 P27 K37",
        |g| share(g.s.activation);
    "referral" Share More Expansion Period, [], ["customer"], "F18",
        |g| share(Rate { k: g.s.referrers, n: g.s.active_end, pending: 0 });
    "referral_share" Share More Expansion Period, [], ["customer", "orders"], "F18",
        |g| share(g.s.new);
    "cac" Yuan Less Expansion Period, [], ["expense", "orders"], "F15",
        |g| g.spent(g.s.acquisition, g.s.new.n),
        of |g| [g.s.booked_on[0]; 2];
    "cac_rolling" Yuan Less Expansion Period, [], ["expense", "orders"], "F15 kpis.md",
        |g| g.spent(g.s.acquisition_rolling, g.s.new_rolling),
        of |g| [g.s.booked_on_rolling; 2];
    "ltv" Yuan More Expansion Year, [], ["orders"], "F16",
        |g| alone(g.simple_ltv(), Some(g.s.kept.n)),
        of |g| [g.s.year_payers; 2];
    "ltv_cac" Ratio More Expansion Year, [], ["orders", "expense"], "kpis.md",
        |g| g.ltv_by_cac(),
        of |g| [g.s.year_payers, g.s.booked_on[0]];
    "ltv_realised" Yuan More Expansion End, [], ["orders"], "F16",
        |g| each(yuan(g.s.realised_fen), g.s.history_buyers as f64, Some(g.s.history_buyers)),
        of |g| [g.s.history_buyers; 2];
    // the work itself
    "cost_per_touch" Yuan Less Work Period, ["growth" 30.0, "dormant" 10.0], ["touch"], "F3 P12 K35",
        |g| each(yuan(g.s.touch_fen), g.s.delivered as f64, Some(g.s.delivered));
    "budget_acquisition" Share Neither Work Period, [], ["expense", "budget"], "F20",
        |g| g.budget(0, g.s.acquisition),
        of |g| [g.s.booked_on[0]; 2];
    "budget_retention" Share Neither Work Period, [], ["expense", "budget"], "F20",
        |g| g.budget(1, g.s.retention),
        of |g| [g.s.booked_on[1]; 2];
    "customer_cost" Share Below Work End, ["" 1.2], ["touch", "expense", "strategy", "budget"], "F37 D20 K50",
        |g| g.customer_cost(),
        of |g| [g.s.spent_on, g.own_budgets()];
    "response_time" Hours Less Work Period, [], ["complaint"], "F7",
        |g| alone(middle(&g.s.waits), Some(g.s.waits.count()));
    "response_time_shortening" Share More Work Growth, ["" 0.3], ["complaint"], "F7 P14 K36",
        |g| fallen(middle(&g.s.waits_before), middle(&g.s.waits));
    "answered_24h" Share More Work Waits(1), ["" 1.0], ["complaint"], "F30 P22",
        |g| counted(g.s.answered);
    "solved_48h" Share More Work Waits(2), ["" 1.0], ["complaint"], "F30 P22",
        |g| counted(g.s.solved);
    "sync_time" Hours Less Work Period, [], ["request"], "F24 K23",
        |g| alone(mean_hours(g.s.handled), Some(g.s.handled.1));
    "sync_shortening" Share More Work Growth, ["" 0.8], ["request"], "F24 K23",
        |g| fallen(mean_hours(g.s.handled_before), mean_hours(g.s.handled));
    "timeliness" Share More Work Waits(1), [], ["touch", "orders", "customer_event"], "F19 K22",
        |g| share(g.s.timeliness);
    "tasks_in_time" Share More Work Period, [], ["task"], "F34",
        |g| counted(g.of(&g.company.counts.tasks));
    "cadence" Share More Work Period, ["" 1.0], ["touch", "strategy"], "F36",
        |g| g.cadence();
    "breaches" Count Less Work Period, ["" 0.0], ["touch"], "F35",
        |g| alone((g.s.outbound > 0).then_some(g.s.breaches as f64), None);
    "wakeup_cost" Yuan Less Work Waits(30), [], ["touch", "orders"], "F31",
        |g| each(yuan(g.s.wakeup_fen), g.s.reactivation.k as f64, None);
    "customers" Count More Work End, [], ["customer"], "kpis.md",
        |g| alone(Some(g.at(&g.company.counts.live) as f64), None);
    "accounts_per_head" Ratio More Work End, [], ["customer", "person"], "F6",
        |g| each(g.at(&g.company.counts.live) as f64, g.company.managers as f64, None);
    "accounts_per_head_growth" Share More Work Growth, ["" 0.2], ["customer", "person"], "F6 P14 K36",
        |g| g.more_per_head();
    "completeness" Share More Work End, [], ["customer"], "F38",
        |g| share(g.of(&g.company.counts.complete));
    "checked" Share More Work End, [], ["customer"], "F38",
        |g| share(g.of(&g.company.counts.checked));
    "accuracy" Share More Work Period, [], ["customer"], "F23",
        |g| share(g.s.accurate);
}

/// The row with this id.
pub fn kpi(id: &str) -> Option<&'static Kpi> {
    KPIS.iter().find(|k| k.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_one_of_a_kind_and_targets_those_of_the_handbooks() {
        for (i, row) in KPIS.iter().enumerate() {
            assert!(KPIS.iter().skip(i + 1).all(|k| k.id != row.id), "{}", row.id);
        }
        let target = |id: &str, segment: &str| kpi(id).unwrap().target(segment);
        assert_eq!(target("response", "high"), Some(0.8));
        assert_eq!(target("response", "dormant"), Some(0.3));
        assert_eq!(target("response", ""), None);
        assert_eq!(target("response", "ordinary"), None);
        assert_eq!(target("conversion", "growth"), Some(0.1));
        assert_eq!(target("cost_per_touch", "dormant"), Some(10.0));
        assert_eq!(target("nps", "high"), Some(40.0));
        assert!(kpi("profit").is_none());
    }
}
