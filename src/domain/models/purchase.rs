//! BG/NBD, the repeat-purchase model (Fader, Hardie, Lee 2005; kpis.md 3.4): how often customers buy while they do, and how
//! they stop. Time in weeks. Γ-terms of whole purchases are sums of logarithms, so no value is lost to cancellation, and
//! the expectation is Euler-transformed, so that it neither overflows nor has a pole.

use std::collections::BTreeMap;

use super::bfgs::least;

/// The history of one customer: repeat purchase days, weeks from the first to the last, weeks from the first to now.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct History {
    /// Purchase days less the first.
    pub x: u32,
    /// Weeks from the first to the last; 0 where there was one only.
    pub t_x: f64,
    /// Weeks from the first to the present.
    pub t: f64,
}

/// Histories that are equal, and how many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grouped {
    /// The history.
    pub history: History,
    /// How many customers have it.
    pub count: f64,
}

/// The parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names of the paper")]
pub struct Purchase {
    pub r: f64,
    pub alpha: f64,
    pub a: f64,
    pub b: f64,
}

/// A fit: parameters and the log-likelihood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    /// The parameters.
    pub model: Purchase,
    /// The log-likelihood.
    pub ll: f64,
}

/// Whether the model may be used, and how far (kpis.md 3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Fewer than 200 customers, than 80 who came back, or than 26 weeks.
    TooFew,
    /// It may.
    Ready,
    /// No silent drop-out is visible: P(alive) is hidden, the rest stays.
    NoDropOut,
    /// All customers look alike: nothing of the model is shown.
    NoDifference,
}

impl Gate {
    /// The id in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::TooFew => "too_few",
            Self::Ready => "ready",
            Self::NoDropOut => "no_drop_out",
            Self::NoDifference => "no_difference",
        }
    }
}

/// Customers, of them with a second purchase day, and weeks of history that a fit needs.
pub const NEEDED: (usize, usize, f64) = (200, 80, 26.0);
/// Logarithms of parameters stay within this.
const BOUND: f64 = 16.0;
/// Where the search starts: logarithms of r, α, a, b; α in units of the mean time between purchases.
const STARTS: &[[f64; 4]] = &[[-0.7, 1.5, 0.0, 1.0], [-1.4, 1.4, -0.2, 0.9], [0.5, 2.5, -2.0, 2.0]];

/// Whether there is enough to fit at all.
pub fn enough(customers: usize, repeaters: usize, weeks: f64) -> bool {
    let (all, back, long) = NEEDED;
    customers >= all && repeaters >= back && weeks >= long
}

/// What a fit says of itself.
pub fn gate(fitted: &Fitted) -> Gate {
    let m = &fitted.model;
    if m.r > 50.0 {
        Gate::NoDifference
    } else if m.a / (m.a + m.b) < 0.001 {
        Gate::NoDropOut
    } else {
        Gate::Ready
    }
}

/// Equal histories together, in a fixed order.
pub fn group(histories: impl IntoIterator<Item = (u32, u32, u32)>) -> Vec<Grouped> {
    let mut counts: BTreeMap<(u32, u32, u32), u32> = BTreeMap::new();
    for days in histories {
        *counts.entry(days).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|((x, t_x, t), count)| Grouped { history: History::of_days(x, t_x, t), count: f64::from(count) })
        .collect()
}

impl History {
    /// From days, as the store counts them.
    pub fn of_days(x: u32, t_x: u32, t: u32) -> Self {
        let t_x = if x == 0 { 0 } else { t_x };
        Self { x, t_x: f64::from(t_x) / 7.0, t: f64::from(t) / 7.0 }
    }
}

/// Sums over the purchases of a customer, one for every count that occurs: they depend on x alone.
struct Sums {
    rising: Vec<f64>,
    rising_r: Vec<f64>,
    stopping: Vec<f64>,
    stopping_a: Vec<f64>,
    stopping_b: Vec<f64>,
}

impl Sums {
    fn new(m: &Purchase, most: u32) -> Self {
        let size = most as usize + 1;
        let mut sums = Self {
            rising: Vec::with_capacity(size),
            rising_r: Vec::with_capacity(size),
            stopping: Vec::with_capacity(size),
            stopping_a: Vec::with_capacity(size),
            stopping_b: Vec::with_capacity(size),
        };
        let (mut up, mut up_r, mut stop, mut stop_a, mut stop_b) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for i in 0..=most {
            sums.rising.push(up);
            sums.rising_r.push(up_r);
            sums.stopping.push(stop);
            sums.stopping_a.push(stop_a);
            sums.stopping_b.push(stop_b);
            let i = f64::from(i);
            up += (m.r + i).ln();
            up_r += 1.0 / (m.r + i);
            // ln((b+i)/(a+b+i)) without the difference of two logarithms that are nearly equal
            stop -= (m.a / (m.b + i)).ln_1p();
            stop_a -= 1.0 / (m.a + m.b + i);
            stop_b += m.a / ((m.b + i) * (m.a + m.b + i));
        }
        sums
    }
}

fn at(list: &[f64], i: u32) -> f64 {
    list.get(i as usize).copied().unwrap_or(0.0)
}

impl Purchase {
    /// The log-likelihood of one history.
    pub fn log_likelihood(&self, h: &History) -> f64 {
        one(self, &Sums::new(self, h.x), h).0
    }

    /// The logarithm of how much likelier it is that the customer stopped at the last purchase than that they go on.
    fn stopped(&self, h: &History) -> f64 {
        if h.x == 0 {
            return f64::NEG_INFINITY;
        }
        let x = f64::from(h.x);
        (self.a / (self.b + x - 1.0)).ln() + (self.r + x) * ((self.alpha + h.t) / (self.alpha + h.t_x)).ln()
    }

    /// P(alive): never shown for x = 0, where the model sets it to 1.
    pub fn alive(&self, h: &History) -> f64 {
        let odds = self.stopped(h);
        if odds > 0.0 { (-odds).exp() / (1.0 + (-odds).exp()) } else { 1.0 / (1.0 + odds.exp()) }
    }

    /// The chance to buy within so many weeks: the figure people see.
    pub fn buys(&self, h: &History, weeks: f64) -> f64 {
        let x = f64::from(h.x);
        self.alive(h) * -(-(self.r + x) * (weeks / (self.alpha + h.t)).ln_1p()).exp_m1()
    }

    /// Expected purchases in the next weeks.
    #[expect(clippy::many_single_char_names, reason = "the names of the formula in kpis.md 3.4")]
    pub fn expected(&self, h: &History, weeks: f64) -> f64 {
        if weeks <= 0.0 {
            return 0.0;
        }
        let x = f64::from(h.x);
        let z = weeks / (self.alpha + h.t + weeks);
        let c = self.a + self.b + x - 1.0;
        let u = self.a + self.b - 1.0 - self.r;
        let d = self.a - 1.0;
        // ln(1−z) = −ln(1 + h/(α+T)), which keeps its digits for short times
        let left = -(weeks / (self.alpha + h.t)).ln_1p();
        let first = if d.abs() < 1e-12 { -left } else { -(d * left).exp_m1() / d };
        let mut term = u / c * z;
        let mut sum = 0.0;
        let mut n = 1.0;
        while term != 0.0 && n < 2e6 {
            sum += term;
            if term.abs() <= 1e-17 * sum.abs() {
                break;
            }
            term *= (u + n) * (self.a + n - 1.0) / ((c + n) * (n + 1.0)) * z;
            n += 1.0;
        }
        c * (first - (d * left).exp() * sum) * self.alive(h)
    }

    /// Expected purchases of a customer who is new now.
    pub fn expected_new(&self, weeks: f64) -> f64 {
        self.expected(&History::default(), weeks)
    }
}

/// Value and gradient of one history: by r, α, a, b.
fn one(m: &Purchase, sums: &Sums, h: &History) -> (f64, [f64; 4]) {
    let x = f64::from(h.x);
    let power = m.r + x;
    let (last, now) = (m.alpha + h.t_x, m.alpha + h.t);
    let (ln_last, ln_now, ln_alpha) = (last.ln(), now.ln(), m.alpha.ln());
    let go_on = power * (ln_last - ln_now);
    let (whole, on, off) = if h.x == 0 {
        (go_on, 1.0, 0.0)
    } else {
        let stop = (m.a / (m.b + x - 1.0)).ln();
        let high = go_on.max(stop);
        let whole = high + ((go_on - high).exp() + (stop - high).exp()).ln();
        (whole, (go_on - whole).exp(), (stop - whole).exp())
    };
    let value = at(&sums.rising, h.x) + at(&sums.stopping, h.x) + m.r * ln_alpha - power * ln_last + whole;
    let by_r = at(&sums.rising_r, h.x) + ln_alpha - ln_last + on * (ln_last - ln_now);
    let by_alpha = m.r / m.alpha - power / last + on * power * (1.0 / last - 1.0 / now);
    let by_a = at(&sums.stopping_a, h.x) + off / m.a;
    let by_b = at(&sums.stopping_b, h.x) - if h.x == 0 { 0.0 } else { off / (m.b + x - 1.0) };
    (value, [by_r, by_alpha, by_a, by_b])
}

/// The log-likelihood of all histories.
pub fn log_likelihood(model: &Purchase, groups: &[Grouped]) -> f64 {
    let most = groups.iter().map(|g| g.history.x).max().unwrap_or(0);
    let sums = Sums::new(model, most);
    groups.iter().map(|g| g.count * one(model, &sums, &g.history).0).sum()
}

/// Fits the model; the same every time.
pub fn fit(groups: &[Grouped]) -> Option<Fitted> {
    let most = groups.iter().map(|g| g.history.x).max()?;
    let cost = |p: &[f64; 4]| {
        let [r, alpha, a, b] = p.map(f64::exp);
        let model = Purchase { r, alpha, a, b };
        let sums = Sums::new(&model, most);
        let mut value = 0.0;
        let mut slope = [0.0; 4];
        for g in groups {
            let (log, rise) = one(&model, &sums, &g.history);
            value -= g.count * log;
            for (sum, rise) in slope.iter_mut().zip(rise) {
                *sum -= g.count * rise;
            }
        }
        // by the logarithms
        for (place, scale) in slope.iter_mut().zip([r, alpha, a, b]) {
            *place *= scale;
        }
        (value, slope)
    };
    let all: f64 = groups.iter().map(|g| g.count).sum();
    let weeks: f64 = groups.iter().map(|g| g.count * g.history.t).sum::<f64>() / all.max(1.0);
    // α is a time: a start in the data's own unit of it
    let shift = (weeks / 30.0).max(1e-3).ln();
    let best = STARTS
        .iter()
        .map(|[r, alpha, a, b]| least([*r, alpha + shift, *a, *b], BOUND, cost))
        .filter(|l| l.value.is_finite())
        .min_by(|a, b| a.value.total_cmp(&b.value))?;
    let [r, alpha, a, b] = best.at.map(f64::exp);
    Some(Fitted { model: Purchase { r, alpha, a, b }, ll: -best.value })
}

#[cfg(test)]
mod tests;
