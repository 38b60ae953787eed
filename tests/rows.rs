//! What `Enter` opens behind every figure of the board, in the demo company: as many customers on each side as the figure
//! says, and nobody behind a number that has none.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use guanxi::demo;
use guanxi::domain::clock::{Now, Zone};
use guanxi::domain::kpi::{KPIS, Period, SEGMENTS};
use guanxi::domain::people::{Actor, PersonId, Via};
use guanxi::domain::staff::METRICS;
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
        let query = BehindQuery { of, id, segment, person: None, only: None, most: 10_000 };
        self.listed(&self.me, query)
    }

    fn cases(&self, by: &Actor, of: KpiQuery, id: &'static str, person: PersonId) -> Behind {
        let person = Some(person);
        self.listed(by, BehindQuery { of, id, segment: "", person, only: None, most: 10_000 })
    }

    fn listed(&self, by: &Actor, query: BehindQuery) -> Behind {
        match self.store.ask(by, &Query::Behind(query), self.now).unwrap() {
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

#[test]
fn f48_every_line_of_a_persons_sheet_opens_exactly_the_cases_it_counts() {
    let company = Company::new();
    for label in ["2024-04", "2024-05", "2024-Q2"] {
        let period = Period::read(label).unwrap();
        let staff = match company.store.ask(&company.me, &Query::Staff(period), company.now).unwrap() {
            Answer::Staff(staff) => *staff,
            other => unreachable!("{other:?}"),
        };
        let mut counted = 0;
        for row in &staff.rows {
            let parts = [row.entries, row.promises, row.response];
            for (id, part) in METRICS.into_iter().zip(parts) {
                let of = KpiQuery { period, as_of: None };
                let listed = company.cases(&company.me, of, id, row.person);
                let [bad, good, open] = listed.sides.unwrap().map(|n| i64::try_from(n).unwrap());
                let what = format!("{id} of {} in {label}: {part:?}", row.name);
                assert_eq!((good, good + bad, open), (part.k, part.n, 0), "{what}");
                assert_eq!(i64::try_from(listed.rows.len()).unwrap(), part.n, "{what}");
                assert_eq!(listed.person.as_deref(), Some(row.name.as_str()));
                counted += part.n;
            }
        }
        assert!(staff.rows.len() > 1 && counted > 0, "{label}");
    }
}

#[test]
fn nobody_sees_the_cases_of_somebody_they_do_not_answer_for() {
    let company = Company::new();
    let of = KpiQuery { period: Period::read("2024-05").unwrap(), as_of: None };
    let rep = company.store.actor("zhanglei", Via::Screen, "two").unwrap().unwrap();
    assert!(company.cases(&rep, of, "response", rep.id).all > 0, "one's own are there");
    for id in METRICS {
        let others = company.cases(&rep, of, id, company.me.id);
        assert_eq!((others.all, others.sides), (0, Some([0; 3])), "{id}");
    }
}
