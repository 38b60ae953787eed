//! What the figures of one group are made of: its sums, what stands beside the books, and the sums of all. The figures that
//! take more than one sum stand here; which KPI is made how, its row in `rows` says.

use super::book::Expense;
use super::figure::{Figure, alone, each, fallen, grown, mean, told, yuan};
use super::stats;
use super::sums::{Counts, Rate, Sums};
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
    /// By how much budgets of customers' own differ from those of their segments, in fen, and of how many customers.
    pub own_budgets: Vec<(i64, i64)>,
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

/// What the figures of one group are made of.
pub struct Seen<'a> {
    /// The group's sums.
    pub(super) s: &'a Sums,
    /// What stands beside the books.
    pub(super) company: &'a Company,
    /// The sums of all together.
    pub(super) all: &'a Tally,
    /// The group's place: 0 is all, then the segments.
    pub(super) slot: usize,
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

    /// High-value customers who paid in the year.
    pub(super) fn high_payers(&self) -> i64 {
        self.all.sums.slots.get(1).map_or(0, |high| high.year_payers)
    }

    /// Customers with a budget of their own, of one segment or of all.
    pub(super) fn own_budgets(&self) -> i64 {
        let own = self.company.own_budgets.iter().enumerate();
        own.filter(|(at, _)| self.slot == 0 || *at == self.slot).map(|(_, (_, customers))| customers).sum()
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
            let own = company.own_budgets.get(at).map_or(0, |(fen, _)| *fen);
            let budget = plan.budget * sum(&counts.live, at) + own;
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
