//! BG/NBD against published fits, customers and fifty-digit arithmetic (`tests/data/analytics`).

use super::*;
use crate::domain::models::cohorts::tests::{column, table};

const CASES: &str = include_str!("../../../../tests/data/analytics/bgnbd_function_cases.csv");
const CDNOW: &str = include_str!("../../../../tests/data/analytics/cdnow_sample_cbs.csv");
const CUSTOMERS: &str = include_str!("../../../../tests/data/analytics/cdnow_sample_customers.csv");
const CDNOW_MODEL: &str = include_str!("../../../../tests/data/analytics/cdnow_sample_model.json");
const RETAIL: &str = include_str!("../../../../tests/data/analytics/onlineretail_cbs.csv");
const RETAIL_MODEL: &str = include_str!("../../../../tests/data/analytics/onlineretail_model.json");
const TRACKING: &str = include_str!("../../../../tests/data/analytics/cdnow_sample_tracking.csv");

fn days(text: &str) -> Vec<(u32, u32, u32)> {
    let rows = table(text);
    let number = |row: &Vec<String>, name| column(text, row, name).parse().unwrap();
    rows.iter().map(|row| (number(row, "x"), number(row, "tx_days"), number(row, "T_days"))).collect()
}

fn near(what: &str, ours: f64, theirs: f64, relative: f64) {
    // below, fifty digits tell what a double cannot
    assert!((ours - theirs).abs() <= (relative * theirs.abs()).max(1e-40), "{what}: {ours} is not {theirs}");
}

fn parameters(text: &str) -> (Purchase, f64) {
    let all: serde_json::Value = serde_json::from_str(text).unwrap();
    let number = |name: &str| all["bgnbd"][name].as_f64().unwrap();
    let model = Purchase { r: number("r"), alpha: number("alpha"), a: number("a"), b: number("b") };
    (model, number("ll"))
}

#[test]
fn single_values_are_those_of_fifty_digit_arithmetic() {
    for row in table(CASES) {
        let n = |name: &str| column(CASES, &row, name).parse::<f64>().unwrap();
        let model = Purchase { r: n("r"), alpha: n("alpha"), a: n("a"), b: n("b") };
        let h = History { x: n("x") as u32, t_x: n("tx"), t: n("T") };
        let what = format!("{row:?}");
        near(&what, model.log_likelihood(&h), n("log_likelihood"), 1e-9);
        near(&what, model.alive(&h), n("p_alive"), 1e-9);
        near(&what, model.expected(&h, n("horizon")), n("expected_purchases"), 1e-9);
        near(&what, model.buys(&h, n("horizon")), n("p_buy_within_horizon"), 1e-9);
    }
}

#[test]
fn the_fit_of_cdnow_is_the_published_one() {
    let groups = group(days(CDNOW));
    assert_eq!(groups.len(), 1016);
    let fitted = fit(&groups).unwrap();
    let (model, ll) = parameters(CDNOW_MODEL);
    assert!(fitted.ll >= ll - 1e-3, "{} is below {ll}", fitted.ll);
    near("ll", log_likelihood(&model, &groups), ll, 1e-10);
    near("r", fitted.model.r, model.r, 2e-3);
    near("alpha", fitted.model.alpha, model.alpha, 2e-3);
    near("a", fitted.model.a, model.a, 5e-3);
    near("b", fitted.model.b, model.b, 5e-3);
    assert_eq!(gate(&fitted), Gate::Ready);
    near("a new customer's year", fitted.model.expected_new(52.0), 1.444_012_397_594_458_8, 1e-3);
}

#[test]
fn customers_of_cdnow_have_the_reference_figures() {
    let (model, _) = parameters(CDNOW_MODEL);
    for row in table(CUSTOMERS) {
        let n = |name: &str| column(CUSTOMERS, &row, name).parse::<f64>().unwrap();
        let h = History::of_days(n("x") as u32, n("tx_days") as u32, n("T_days") as u32);
        // the table is written with ten digits
        near("p_alive", model.alive(&h), n("p_alive"), 1e-8);
        near("p_buy", model.buys(&h, 90.0 / 7.0), n("p_buy_90d"), 1e-8);
        near("e39", model.expected(&h, 39.0), n("e39"), 1e-8);
        near("e52", model.expected(&h, 52.0), n("e52"), 1e-8);
    }
}

#[test]
fn where_nobody_visibly_stops_the_boundary_is_told() {
    let groups = group(days(RETAIL));
    let fitted = fit(&groups).unwrap();
    let (model, ll) = parameters(RETAIL_MODEL);
    assert!(fitted.ll >= ll - 1e-3, "{} is below {ll}", fitted.ll);
    near("r", fitted.model.r, model.r, 5e-3);
    near("alpha", fitted.model.alpha, model.alpha, 5e-3);
    assert_eq!(gate(&fitted), Gate::NoDropOut);
}

#[test]
fn the_gate_needs_customers_repeaters_and_weeks() {
    assert!(enough(200, 80, 26.0));
    assert!(!enough(199, 80, 26.0) && !enough(200, 79, 26.0) && !enough(200, 80, 25.9));
    let model = Purchase { r: 50.1, alpha: 1.0, a: 1.0, b: 1.0 };
    assert_eq!(gate(&Fitted { model, ll: 0.0 }), Gate::NoDifference);
    let model = Purchase { r: 50.0, alpha: 1.0, a: 1.0, b: 1_000.0 };
    assert_eq!(gate(&Fitted { model, ll: 0.0 }), Gate::NoDropOut);
}

#[test]
fn cumulative_repeat_purchases_follow_the_reference_week_by_week() {
    let (model, _) = parameters(CDNOW_MODEL);
    // the calibration is 272 days long, so the T of each tells the day of the first purchase
    let customers = days(CDNOW);
    for row in table(TRACKING) {
        let n = |name: &str| column(TRACKING, &row, name).parse::<f64>().unwrap();
        let (week, expected) = (n("week"), n("expected_cumulative"));
        let ours: f64 = customers
            .iter()
            .map(|(_, _, t)| week - (272.0 - f64::from(*t)) / 7.0)
            .filter(|since| *since > 0.0)
            .map(|since| model.expected_new(since))
            .sum();
        near(&format!("week {week}"), ours, expected, 1e-3);
    }
}
