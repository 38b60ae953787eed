//! Gamma-Gamma, what a purchase is worth, and the value of a customer over the next months (kpis.md 3.6). Amounts in yuan,
//! before margin unless said otherwise; time in weeks.

use super::bfgs::least;
use super::gamma::{digamma, ln_gamma};
use super::purchase::{History, Purchase};

/// Weeks of a month.
pub const MONTH: f64 = 4.345;
/// Customers with repeat purchases below which amounts are not fitted.
const LEAST: usize = 30;

/// The parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names of the paper")]
pub struct Spend {
    pub p: f64,
    pub q: f64,
    pub v: f64,
}

/// A fit with what decides whether it may be used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    /// The parameters.
    pub model: Spend,
    /// The log-likelihood.
    pub ll: f64,
    /// The correlation of how often and how much.
    pub correlation: f64,
}

/// A shape above which all customers spend alike; published fits lie between 2 and 20.
const EDGE: f64 = 1_000.0;

impl Fitted {
    /// Whether expected amounts exist and how much does not hang on how often (kpis.md 3.6).
    pub fn valid(&self) -> bool {
        self.model.q > 1.0 && !self.at_edge() && self.correlation.abs() < 0.3
    }

    /// Whether the search ran to its edge: the amounts differ within customers as much as between them, and the
    /// parameters mean nothing.
    pub fn at_edge(&self) -> bool {
        self.model.q > EDGE
    }
}

impl Spend {
    /// The log-likelihood of `x` repeat purchase days with a mean of `m`.
    pub fn log_likelihood(&self, x: f64, m: f64) -> f64 {
        let Self { p, q, v } = *self;
        let px = p * x;
        ln_gamma(px + q) - ln_gamma(px) - ln_gamma(q) + q * v.ln() + (px - 1.0) * m.ln() + px * x.ln()
            - (px + q) * (x * m + v).ln()
    }

    /// The expected amount of a purchase; without repeat purchases that of all.
    pub fn expected(&self, x: f64, m: f64) -> f64 {
        let Self { p, q, v } = *self;
        if x <= 0.0 { p * v / (q - 1.0) } else { p * (v + x * m) / (p * x + q - 1.0) }
    }
}

/// Fits how often (x > 0) and how much (m > 0) of customers with repeat purchases.
pub fn fit(customers: &[(f64, f64)]) -> Option<Fitted> {
    if customers.len() < LEAST {
        return None;
    }
    let cost = |theta: &[f64; 3]| {
        let [p, q, v] = theta.map(f64::exp);
        let (base, slope_q, ln_v) = (ln_gamma(q), digamma(q), v.ln());
        let mut value = 0.0;
        let mut slope = [0.0; 3];
        for (x, m) in customers {
            let px = p * x;
            let ln_sum = (x * m + v).ln();
            value -= ln_gamma(px + q) - ln_gamma(px) - base + q * ln_v + (px - 1.0) * m.ln() + px * x.ln()
                - (px + q) * ln_sum;
            let both = digamma(px + q);
            slope[0] -= x * (both - digamma(px) + m.ln() + x.ln() - ln_sum);
            slope[1] -= both - slope_q + ln_v - ln_sum;
            slope[2] -= q / v - (px + q) / (x * m + v);
        }
        for (s, scale) in slope.iter_mut().zip([p, q, v]) {
            *s *= scale;
        }
        (value, slope)
    };
    let mean = customers.iter().map(|(_, m)| m).sum::<f64>() / customers.len() as f64;
    let starts = [[1.5, 1.2, mean.max(1e-9).ln()], [0.0, 0.7, mean.max(1e-9).ln()]];
    let best = starts
        .into_iter()
        .map(|start| least(start, 30.0, cost))
        .filter(|l| l.value.is_finite())
        .min_by(|a, b| a.value.total_cmp(&b.value))?;
    let [p, q, v] = best.at.map(f64::exp);
    let model = Spend { p, q, v };
    Some(Fitted { model, ll: -best.value, correlation: correlation(customers) })
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (sx, sy) = pairs.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
    let (mx, my) = (sx / n, sy / n);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        xy += (x - mx) * (y - my);
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
    }
    if xx > 0.0 && yy > 0.0 { xy / (xx * yy).sqrt() } else { 0.0 }
}

/// The monthly discount of a yearly one.
pub fn monthly(yearly: f64) -> f64 {
    (yearly.ln_1p() / 12.0).exp_m1()
}

/// The discounted value of a customer's purchases in the next months, before margin.
pub fn lifetime(purchase: &Purchase, history: &History, amount: f64, months: u32, discount: f64) -> f64 {
    let mut before = 0.0;
    let mut sum = 0.0;
    let mut factor = 1.0;
    for i in 1..=months {
        let until = purchase.expected(history, f64::from(i) * MONTH);
        factor /= 1.0 + discount;
        sum += (until - before) * factor;
        before = until;
    }
    amount * sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::models::cohorts::tests::{column, table};

    const CASES: &str = include_str!("../../../tests/data/analytics/gammagamma_function_cases.csv");
    const CBS: &str = include_str!("../../../tests/data/analytics/cdnow_sample_cbs.csv");
    const CUSTOMERS: &str = include_str!("../../../tests/data/analytics/cdnow_sample_customers.csv");
    const MODEL: &str = include_str!("../../../tests/data/analytics/cdnow_sample_model.json");

    fn near(what: &str, ours: f64, theirs: f64, relative: f64) {
        assert!((ours - theirs).abs() <= relative * theirs.abs(), "{what}: {ours} is not {theirs}");
    }

    fn model() -> serde_json::Value {
        serde_json::from_str(MODEL).unwrap()
    }

    #[test]
    fn single_values_are_those_of_fifty_digit_arithmetic() {
        for row in table(CASES) {
            // of a customer without repeat purchases there is no mean and no likelihood
            let cell = |name: &str| column(CASES, &row, name).parse::<f64>().ok();
            let n = |name: &str| cell(name).unwrap_or(0.0);
            let spend = Spend { p: n("p"), q: n("q"), v: n("v") };
            if let Some(ll) = cell("log_likelihood") {
                near("ll", spend.log_likelihood(n("x"), n("mean_spend")), ll, 1e-9);
            }
            near("m", spend.expected(n("x"), n("mean_spend")), n("expected_spend"), 1e-9);
        }
    }

    #[test]
    fn the_fit_of_cdnow_is_the_published_one() {
        let customers: Vec<(f64, f64)> = table(CBS)
            .iter()
            .map(|row| {
                let n = |name: &str| column(CBS, row, name).parse::<f64>().unwrap();
                (n("x"), n("m"))
            })
            .filter(|(x, m)| *x > 0.0 && *m > 0.0)
            .collect();
        assert_eq!(customers.len(), 946);
        let fitted = fit(&customers).unwrap();
        let theirs = &model()["gamma_gamma"];
        let n = |name: &str| theirs[name].as_f64().unwrap();
        assert!(fitted.ll >= n("ll") - 1e-3, "{fitted:?}");
        near("p", fitted.model.p, n("p"), 5e-3);
        near("q", fitted.model.q, n("q"), 5e-3);
        near("v", fitted.model.v, n("v"), 1e-2);
        near("correlation", fitted.correlation, n("corr_frequency_spend"), 1e-9);
        near("mean", fitted.model.expected(0.0, 0.0), n("population_mean"), 5e-3);
        assert!(fitted.valid());
    }

    #[test]
    fn values_of_customers_are_those_of_the_reference() {
        let all = model();
        let n = |part: &str, name: &str| all[part][name].as_f64().unwrap();
        let purchase = Purchase {
            r: n("bgnbd", "r"),
            alpha: n("bgnbd", "alpha"),
            a: n("bgnbd", "a"),
            b: n("bgnbd", "b"),
        };
        let spend = Spend { p: n("gamma_gamma", "p"), q: n("gamma_gamma", "q"), v: n("gamma_gamma", "v") };
        for row in table(CUSTOMERS) {
            let n = |name: &str| column(CUSTOMERS, &row, name).parse::<f64>().unwrap();
            let h = History::of_days(n("x") as u32, n("tx_days") as u32, n("T_days") as u32);
            let amount = spend.expected(n("x"), n("m"));
            near("e_spend", amount, n("e_spend"), 1e-8);
            for (name, months, discount) in [
                ("clv12_monthly1pct", 12, 0.01),
                ("clv12_annual10pct", 12, monthly(0.1)),
                ("clv36_annual10pct", 36, monthly(0.1)),
            ] {
                near(name, lifetime(&purchase, &h, amount, months, discount), n(name), 1e-8);
            }
        }
    }

    #[test]
    fn too_few_repeat_customers_are_not_fitted() {
        assert!(fit(&[(1.0, 2.0); 29]).is_none());
    }
}
