//! What `Enter` opens behind every figure of the board, in the demo company: as many customers on each side as the figure
//! says, and nobody behind a number that has none.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use guanxi::demo;
use guanxi::domain::clock::{Now, Zone};
use guanxi::domain::kpi::{KPIS, Period, SEGMENTS};
use guanxi::domain::people::{Actor, Via};
use guanxi::store::Store;
use guanxi::store::request::{Answer, Behind, BehindQuery, KpiQuery, Kpis, Query};

/// Figures of which each customer is one case: what is bad, what is good, what is open are counted by customer.
const BY_CUSTOMER: &[&str] = &[
    "response",
    "conversion",
    "repurchase",
    "rebuy",
    "churn",
    "retention",
    "reactivation",
    "prospect_conversion",
    "first_order",
    "accuracy",
    "checked",
];
/// Figures whose rows are the list of all customers itself, and those of money that belongs to no customer.
const OF_NOBODY: &[&str] =
    &["customers", "accounts_per_head", "accounts_per_head_growth", "budget_acquisition", "budget_retention"];

struct Company {
    store: Store,
    me: Actor,
    now: Now,
}

impl Company {
    fn new() -> Self {
        let mut store = Store::memory().unwrap();
        let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() };
        demo::fill(&mut store, 300, 20_240_501, now, &mut |_| ()).unwrap();
        let me = store.actor(demo::LOGIN, Via::Screen, "one").unwrap().unwrap();
        Self { store, me, now }
    }

    fn kpis(&self, of: KpiQuery) -> Kpis {
        match self.store.ask(&self.me, &Query::Kpis(of), self.now).unwrap() {
            Answer::Kpis(kpis) => *kpis,
            other => unreachable!("{other:?}"),
        }
    }

    fn behind(&self, of: KpiQuery, id: &'static str, segment: &'static str) -> Behind {
        let query = BehindQuery { of, id, segment, only: None, most: 10_000 };
        match self.store.ask(&self.me, &Query::Behind(query), self.now).unwrap() {
            Answer::Behind(behind) => *behind,
            other => unreachable!("{other:?}"),
        }
    }
}

#[test]
fn every_figure_opens_those_it_counts_and_each_side_has_as_many_as_it_says() {
    let company = Company::new();
    for period in ["2024-04", "2024-05"] {
        let of = KpiQuery { period: Period::read(period).unwrap(), as_of: None };
        let kpis = company.kpis(of);
        for segment in ["", SEGMENTS[0]] {
            for kpi in KPIS {
                let figure = &kpis.row(segment, kpi.id).unwrap().figure;
                let listed = company.behind(of, kpi.id, segment);
                let what = format!("{} of {segment:?} in {period}: {figure:?}", kpi.id);
                let counts = figure.cases.unwrap_or(0) > 0 || figure.value.is_some_and(|v| v != 0.0);
                if counts && !OF_NOBODY.contains(&kpi.id) {
                    assert!(listed.all > 0, "nobody stands behind {what}");
                }
                if let ("high_value_growth", Some((now, before))) = (kpi.id, figure.parts) {
                    let [left, stand, _] = listed.sides.unwrap();
                    assert_eq!(i64::try_from(stand).unwrap(), now as i64, "{what}");
                    assert!(i64::try_from(left).unwrap() <= before as i64, "{left}: {what}");
                }
                if !BY_CUSTOMER.contains(&kpi.id) {
                    continue;
                }
                let [bad, good, open] = listed.sides.unwrap().map(|n| i64::try_from(n).unwrap());
                assert_eq!(bad + good, figure.cases.unwrap_or(0), "{what}");
                // of touches that are open, a customer may have several, and others whose time is over
                let pending = figure.pending.unwrap_or(0);
                assert!(
                    if kpi.id == "accuracy" { open == pending } else { open <= pending },
                    "{open}: {what}"
                );
                if let Some(hits) = figure.k {
                    let counted = if kpi.id == "churn" { bad } else { good };
                    assert_eq!(counted, hits, "{what}");
                }
            }
        }
    }
}
