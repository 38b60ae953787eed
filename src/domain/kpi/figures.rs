//! From sums to figures: each KPI's value with its parts, its interval and its open cases. What has no denominator has no
//! value (C8); the parts stay, so that the screen can show the amounts. Which figure is made how, its row in `rows` says.

use serde::{Deserialize, Serialize};

use super::bag::Bag;
use super::book::{Expense, HOUR, SEGMENTS};
use super::rows::KPIS;
use super::stats::{self, Interval, Verdict, fall, growth};
use super::sums::{Counts, Rate, Sums};
use super::table::{Better, Kpi, Over};
use super::tally::Tally;
use crate::domain::models::loyalty::stays;

/// What stands beside the customers' books.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Company {
    /// What is counted of customers without opening their books.
    pub counts: Counts,
    /// Account managers in post on the last day.
    pub managers: i64,
    /// The same on the last day of the period before.
    pub managers_before: i64,
    /// Budget for acquisition and for retention, all and by segment, where there is one.
    pub budgets: Vec<[Option<i64>; 2]>,
    /// What the strategy table plans for a customer of each segment.
    pub plans: Vec<Plan>,
    /// By how much budgets of customers' own differ from those of their segments, in fen.
    pub own_budgets: Vec<i64>,
    /// Expenses of no customer in particular.
    pub expenses: Vec<Expense>,
}

/// What the strategy table plans for a customer (A108, D18).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Plan {
    /// Touches in the time that the figures tell of.
    pub touches: f64,
    /// Fen a calendar year.
    pub budget: i64,
}

/// One KPI of one group of customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The id of its row in the table.
    pub id: String,
    /// Hits.
    pub k: Option<i64>,
    /// Cases.
    pub n: Option<i64>,
    /// The value, unrounded.
    pub value: Option<f64>,
    /// The low end of its interval.
    pub low: Option<f64>,
    /// The high end.
    pub high: Option<f64>,
    /// Cases whose window is open; none where the figure waits for nothing.
    pub pending: Option<i64>,
    /// How many cases the value rests on, where they can be counted.
    pub cases: Option<i64>,
    /// The interval a verdict is made by, where the value is a proportion.
    pub chance: Option<(f64, f64)>,
    /// The two figures that make the value: part and whole, or now and before.
    pub parts: Option<(f64, f64)>,
}

impl Figure {
    /// A figure of which nothing is known.
    pub fn empty(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            k: None,
            n: None,
            value: None,
            low: None,
            high: None,
            pending: None,
            cases: None,
            chance: None,
            parts: None,
        }
    }

    /// How it stands to a target. Of what adds up until the period is over there is nothing to say before, but that a
    /// count has gone past what was allowed.
    pub fn verdict(&self, kpi: &Kpi, target: Option<f64>, runs: bool) -> Option<Verdict> {
        let verdict = stats::verdict(kpi.better, self.value?, target?, self.chance, self.cases)?;
        let final_already =
            kpi.over == Over::Period && kpi.better == Better::Less && verdict == Verdict::Missed;
        Some(if runs && kpi.adds_up() && !final_already { Verdict::Running } else { verdict })
    }
}

/// What the figures of one group are made of.
pub struct Seen<'a> {
    /// The group's sums.
    pub(super) s: &'a Sums,
    /// What stands beside the books.
    pub(super) company: &'a Company,
    all: &'a Tally,
    slot: usize,
}

impl Tally {
    /// Every figure of every group: all together first, then the segments in their order.
    pub fn figures(&self, company: &Company) -> Vec<Vec<Figure>> {
        let mut all = self.clone();
        for expense in &company.expenses {
            all.expense(expense, None);
        }
        let group =
            |(slot, s)| KPIS.iter().map(|kpi| figure(kpi, &Seen { s, company, all: &all, slot })).collect();
        all.sums.slots.iter().enumerate().map(group).collect()
    }

    /// One figure of one group, as far as customers' books make it.
    pub fn one(&self, id: &str, slot: usize) -> Option<Figure> {
        let (kpi, s) = (super::table::kpi(id)?, self.sums.slots.get(slot)?);
        Some(figure(kpi, &Seen { s, company: &Company::default(), all: self, slot }))
    }
}

fn figure(kpi: &Kpi, seen: &Seen<'_>) -> Figure {
    let made = (kpi.count)(seen);
    let pending = made.pending.filter(|_| matches!(kpi.over, Over::Waits(_)));
    Figure { id: kpi.id.to_owned(), pending, ..made }
}

pub fn yuan(fen: i64) -> f64 {
    fen as f64 / 100.0
}

/// Fen of so many, in yuan each.
pub fn mean(fen: i64, n: i64) -> Option<f64> {
    (n > 0).then(|| yuan(fen) / n as f64)
}

/// Milliseconds of so many, in hours each.
pub fn mean_hours((ms, n): (i64, i64)) -> Option<f64> {
    (n > 0).then(|| ms as f64 / HOUR as f64 / n as f64)
}

/// The middle of what was waited, in hours; none where the middle one waits still.
pub fn middle(waits: &Bag<i64>) -> Option<f64> {
    let hours = |ms: i64| if ms == i64::MAX { f64::INFINITY } else { ms as f64 / HOUR as f64 };
    let each = waits.iter().flat_map(|(ms, times)| (0..times).map(move |_| hours(*ms)));
    stats::median(&mut each.collect::<Vec<_>>())
}

/// Hits of cases with the interval shown.
pub fn counted(rate: Rate) -> Figure {
    let made = share(rate);
    let ends = made.chance;
    Figure { low: ends.map(|(low, _)| low), high: ends.map(|(_, high)| high), ..made }
}

/// Hits of cases, the interval kept for the verdict.
pub fn share(rate: Rate) -> Figure {
    let interval = stats::wilson(rate.k, rate.n);
    Figure {
        k: Some(rate.k),
        n: Some(rate.n),
        value: interval.map(|i| i.value),
        chance: interval.map(|i| (i.low, i.high)),
        cases: Some(rate.n),
        pending: Some(rate.pending),
        parts: Some((rate.k as f64, rate.n as f64)),
        ..Figure::empty("")
    }
}

/// The share that is left.
pub fn rest(rate: Rate) -> Figure {
    let made = share(rate);
    Figure {
        k: None,
        n: None,
        value: made.value.map(|v| 1.0 - v),
        chance: made.chance.map(|(low, high)| (1.0 - high, 1.0 - low)),
        parts: Some(((rate.n - rate.k) as f64, rate.n as f64)),
        ..made
    }
}

/// A value by its parts: one for each of another, in units of the first.
pub fn each(part: f64, whole: f64, cases: Option<i64>) -> Figure {
    let value = (whole > 0.0).then(|| part / whole);
    Figure { value, parts: Some((part, whole)), cases, ..Figure::empty("") }
}

/// Growth from before to now.
pub fn grown(before: Option<f64>, now: Option<f64>) -> Figure {
    Figure { value: growth(before, now), parts: now.zip(before), ..Figure::empty("") }
}

/// How far something fell from before to now.
pub fn fallen(before: Option<f64>, now: Option<f64>) -> Figure {
    Figure { value: fall(before, now), ..grown(before, now) }
}

/// A value by itself.
pub fn alone(value: Option<f64>, cases: Option<i64>) -> Figure {
    Figure { value, cases, ..Figure::empty("") }
}

/// A value with its interval.
fn told(interval: Option<Interval>, cases: i64) -> Figure {
    let ends = interval.map(|i| (i.low, i.high));
    Figure {
        value: interval.map(|i| i.value),
        low: ends.map(|(low, _)| low),
        high: ends.map(|(_, high)| high),
        chance: ends,
        cases: Some(cases),
        ..Figure::empty("")
    }
}

impl Seen<'_> {
    /// The group's part of a list.
    pub(super) fn at(&self, list: &[i64]) -> i64 {
        list.get(self.slot).copied().unwrap_or(0)
    }

    /// The group's part of a list, as hits of cases.
    pub(super) fn of(&self, list: &[(i64, i64)]) -> Rate {
        let (k, n) = list.get(self.slot).copied().unwrap_or((0, 0));
        Rate { k, n, pending: 0 }
    }

    /// Those who were active when the period began and no longer when it ended.
    pub(super) fn churn(&self) -> Rate {
        Rate { k: self.s.lost, n: self.s.active_start, pending: 0 }
    }

    pub(super) fn renewed_by_value(&self) -> Figure {
        let (renewed, all) = self.s.renewal_fen;
        let pending = Some(self.s.renewal.pending);
        Figure { pending, ..each(yuan(renewed), yuan(all), Some(self.s.renewal.n)) }
    }

    pub(super) fn promoters(&self) -> Figure {
        let [up, middle, down] = self.s.votes;
        told(stats::nps(up, middle, down), up + middle + down)
    }

    /// A figure that bears the number of complaints with it.
    pub(super) fn complaints(&self, figure: Figure) -> Figure {
        Figure { k: Some(self.s.complaints), ..figure }
    }

    pub(super) fn fewer_complaints(&self) -> Figure {
        let rate = |complaints: i64, active: i64| (active > 0).then(|| complaints as f64 / active as f64);
        fallen(
            rate(self.s.complaints_before, self.s.active_before),
            rate(self.s.complaints, self.s.active_end),
        )
    }

    /// True loyalty among those whose attitude is known: buys often or renewed, and thinks well of us (kpis.md, loyalty).
    pub(super) fn loyalty(&self) -> Rate {
        let frequencies = &self.all.sums.frequencies;
        let all = frequencies.count();
        let score = |frequency: u32| {
            let fewer: i64 = frequencies.iter().take_while(|(f, _)| **f < frequency).map(|(_, n)| n).sum();
            u8::try_from(1 + (5 * fewer).checked_div(all).unwrap_or(0)).unwrap_or(5)
        };
        let known = &self.s.attitudes;
        let strong =
            known.iter().filter(|((often, renewed, likes), _)| *likes && stays(score(*often), *renewed));
        Rate { k: strong.map(|(_, n)| n).sum(), n: known.count(), pending: 0 }
    }

    /// Fen for each of so many. Expenses of no customer in particular belong to no class: there a class has no cost, not
    /// one of nought.
    pub(super) fn spent(&self, fen: i64, n: i64) -> Figure {
        let booked = self.slot == 0 || fen != 0;
        each(yuan(fen), if booked { n as f64 } else { 0.0 }, None)
    }

    pub(super) fn customer_value(&self) -> Figure {
        let s = self.s;
        let value = s.year_fen - s.year_cost - s.year_spent - self.at(&self.company.counts.touch_year);
        alone((s.year_buyers > 0).then(|| yuan(value)), Some(s.year_buyers))
    }

    /// Of all customers alone, for a class of itself has no share and no growth.
    fn of_all(&self, figure: Figure) -> Figure {
        if self.slot == 0 { figure } else { Figure::empty("") }
    }

    pub(super) fn high_value_growth(&self) -> Figure {
        let counts = &self.company.counts;
        let high = |list: &[i64]| list.get(1).map(|n| *n as f64);
        self.of_all(grown(high(&counts.live_before), high(&counts.live)))
    }

    pub(super) fn high_value_share(&self) -> Figure {
        let high = self.all.sums.slots.get(1).map_or(0, |high| high.year_fen);
        self.of_all(each(yuan(high), yuan(self.s.year_fen), Some(self.s.year_buyers)))
    }

    /// Order value × orders a year × gross margin × r/(1+i−r) (Gupta & Lehmann); none below thirty customers a year ago,
    /// and none where no cost of goods is known.
    pub(super) fn simple_ltv(&self) -> Option<f64> {
        let s = self.s;
        if s.kept.n < stats::SMALL || s.year_buyers == 0 || s.costed_fen <= 0 || s.year_orders == 0 {
            return None;
        }
        let r = s.kept.k as f64 / s.kept.n as f64;
        let i = self.all.span.rules.discount_percent as f64 / 100.0;
        let order = yuan(s.year_fen) / s.year_orders as f64;
        let orders = s.year_orders as f64 / s.year_buyers as f64;
        let margin = 1.0 - s.year_cost as f64 / s.costed_fen as f64;
        Some(order * orders * margin * r / (1.0 + i - r))
    }

    /// Only where both exist.
    pub(super) fn ltv_by_cac(&self) -> Figure {
        let cases = Some(self.s.kept.n);
        match (self.simple_ltv(), mean(self.s.acquisition, self.s.new.n)) {
            (Some(ltv), Some(cac)) if cac > 0.0 => each(ltv, cac, cases),
            _ => alone(None, cases),
        }
    }

    pub(super) fn budget(&self, which: usize, spent: i64) -> Figure {
        let budget = self.company.budgets.get(self.slot).and_then(|b| b.get(which).copied().flatten());
        each(yuan(spent), yuan(budget.unwrap_or(0)), None)
    }

    pub(super) fn more_per_head(&self) -> Figure {
        let per_head = |live: i64, managers: i64| (managers > 0).then(|| live as f64 / managers as f64);
        let (company, counts) = (self.company, &self.company.counts);
        grown(
            per_head(self.at(&counts.live_before), company.managers_before),
            per_head(self.at(&counts.live), company.managers),
        )
    }

    /// Touches that reached the customer against those that the rows of the strategy table plan (F36).
    pub(super) fn cadence(&self) -> Figure {
        let live = &self.company.counts.live;
        self.against_plans(|at, plan| {
            let planned = plan.touches * live.get(at).copied().unwrap_or(0) as f64;
            (self.all.sums.slots.get(at).map_or(0.0, |s| s.delivered as f64), planned)
        })
    }

    /// What customers have cost since the year began against the budgets of their year (F37).
    pub(super) fn customer_cost(&self) -> Figure {
        let (company, counts) = (self.company, &self.company.counts);
        let sum = |list: &[i64], at: usize| list.get(at).copied().unwrap_or(0);
        self.against_plans(|at, plan| {
            let besides = self.all.sums.slots.get(at).map_or(0, |s| s.to_date_fen);
            let budget = plan.budget * sum(&counts.live, at) + sum(&company.own_budgets, at);
            (yuan(sum(&counts.touch_to_date, at) + besides), yuan(budget))
        })
    }

    /// What was done against what was planned: of one segment, or of all for which something is planned.
    fn against_plans(&self, of: impl Fn(usize, &Plan) -> (f64, f64)) -> Figure {
        let plans = self.company.plans.iter().enumerate().skip(1);
        let asked = plans.filter(|(at, _)| self.slot == 0 || *at == self.slot);
        let parts = asked.map(|(at, plan)| of(at, plan)).filter(|(_, planned)| *planned > 0.0);
        let (done, planned) = parts.fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        each(done, planned, None)
    }
}

/// The name of a group by its place: `""` for all, else the segment.
pub fn group(slot: usize) -> &'static str {
    slot.checked_sub(1).and_then(|i| SEGMENTS.get(i).copied()).unwrap_or("")
}
