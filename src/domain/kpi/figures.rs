//! From sums to figures: each KPI's value with its parts, its interval and its open cases. What has no denominator has no
//! value (C8); the parts stay, so that the screen can show the amounts.

use serde::{Deserialize, Serialize};

use super::book::{Expense, SEGMENTS};
use super::stats::{self, Interval, Verdict, fall, growth};
use super::sums::{Rate, SLOTS, Sums};
use super::table::{Better, KPIS, Kpi, Over};
use super::tally::Tally;
use crate::domain::models::loyalty::stays;

/// What stands beside the customers' books.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Company {
    /// Customers there are when the period ends: all, then by segment.
    pub live: Vec<i64>,
    /// The same when it began.
    pub live_before: Vec<i64>,
    /// Account managers in post on its last day.
    pub managers: i64,
    /// The same on the last day of the period before.
    pub managers_before: i64,
    /// High-value customers when it began and when it ended.
    pub high: (i64, i64),
    /// Budget for acquisition and for retention, all and by segment, where there is one.
    pub budgets: Vec<[Option<i64>; 2]>,
    /// What touches cost in the last year, all and by segment.
    pub touch_year: Vec<i64>,
    /// Tasks done in time, of those due: all and by segment.
    pub tasks: Vec<(i64, i64)>,
    /// Key fields filled, of all: all and by segment.
    pub complete: Vec<(i64, i64)>,
    /// Records checked by a second person, of all.
    pub checked: Vec<(i64, i64)>,
    /// Expenses of no customer in particular.
    pub expenses: Vec<Expense>,
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

/// What a figure is before it is put down.
enum Made {
    /// Hits of cases with the interval shown.
    Counted(Rate),
    /// Hits of cases, the interval kept for the verdict.
    Share(Rate),
    /// The share that is left.
    Rest(Rate),
    /// A value by its parts: one for each of another, in units of the first.
    Each(f64, f64, Option<i64>),
    /// Growth, or fall, from before to now.
    Change(Option<f64>, Option<f64>, bool),
    /// A value by itself.
    Value(Option<f64>, Option<i64>),
    /// A value with its interval.
    Told(Option<Interval>, i64),
}

impl Tally {
    /// Every figure of every group: all together first, then the segments in their order.
    pub fn figures(&self, company: &Company) -> Vec<Vec<Figure>> {
        let mut tally = self.clone();
        for expense in &company.expenses {
            tally.expense(expense, None);
        }
        let frequencies: Vec<(u32, i64)> = tally.frequencies.iter().map(|(f, n)| (*f, *n)).collect();
        (0..SLOTS)
            .map(|slot| {
                let Some(sums) = tally.slots.get(slot) else { return Vec::new() };
                KPIS.iter().map(|kpi| figure(kpi, &tally, sums, slot, company, &frequencies)).collect()
            })
            .collect()
    }
}

impl Tally {
    /// One figure of one group, as far as customers' books make it.
    pub fn one(&self, id: &str, slot: usize) -> Option<Figure> {
        let frequencies: Vec<(u32, i64)> = self.frequencies.iter().map(|(f, n)| (*f, *n)).collect();
        let (row, sums) = (super::table::kpi(id)?, self.slots.get(slot)?);
        Some(figure(row, self, sums, slot, &Company::default(), &frequencies))
    }
}

fn yuan(fen: i64) -> f64 {
    fen as f64 / 100.0
}

fn figure(
    kpi: &Kpi,
    tally: &Tally,
    s: &Sums,
    slot: usize,
    company: &Company,
    frequencies: &[(u32, i64)],
) -> Figure {
    let at = |list: &[i64]| list.get(slot).copied().unwrap_or(0) as f64;
    let of = |list: &[(i64, i64)]| {
        let (k, n) = list.get(slot).copied().unwrap_or((0, 0));
        Rate { k, n, pending: 0 }
    };
    // expenses of no customer in particular belong to no class: there a class has no cost, not one of nought
    let each = |fen: i64, n: i64| {
        let booked = slot == 0 || fen != 0;
        Made::Each(yuan(fen), if booked { n as f64 } else { 0.0 }, None)
    };
    let budget = |which: usize, spent: i64| {
        let budget = company.budgets.get(slot).and_then(|b| b.get(which).copied().flatten());
        Made::Each(yuan(spent), yuan(budget.unwrap_or(0)), None)
    };
    let aov = |fen: i64, n: i64| (n > 0).then(|| yuan(fen) / n as f64);
    let median = |hours: &[f64]| stats::median(&mut hours.to_vec());
    let churn = Rate { k: s.lost, n: s.active_start, pending: 0 };
    let rate_of = |complaints: i64, active: i64| (active > 0).then(|| complaints as f64 / active as f64);
    let retained = s.active_start - s.lost;
    let heads = |live: f64, managers: i64| (managers > 0).then(|| live / managers as f64);
    let votes = s.votes;
    let [up, middle, down] = votes;
    let made = match kpi.id {
        "response" => Made::Counted(s.response),
        "conversion" => Made::Counted(s.conversion),
        "repurchase" => Made::Counted(s.repurchase),
        "rebuy" => Made::Counted(s.rebuy),
        "churn" => Made::Counted(churn),
        "retention" => Made::Rest(churn),
        "grr" => Made::Each(yuan(s.still_fen), yuan(s.base_fen), Some(s.active_start)),
        "nrr" => Made::Each(yuan(s.now_fen), yuan(s.base_fen), Some(s.active_start)),
        "renewal" => Made::Share(s.renewal),
        "renewal_value" => {
            let (renewed, all) = s.renewal_fen;
            Made::Each(yuan(renewed), yuan(all), Some(s.renewal.n))
        }
        "csat" => Made::Counted(s.csat),
        "csat_points" => Made::Each(s.score as f64, s.csat.n as f64, Some(s.csat.n)),
        "nps" => Made::Told(stats::nps(up, middle, down), votes.iter().sum()),
        "complaint_rate" => Made::Each(s.complaints as f64, s.active_end as f64, Some(s.active_end)),
        "complaint_decrease" => Made::Change(
            rate_of(s.complaints_before, s.active_before),
            rate_of(s.complaints, s.active_end),
            true,
        ),
        "loyalty" => Made::Share(loyalty(s, frequencies)),
        "reactivation" => Made::Counted(s.reactivation),
        "retention_cost" => each(s.retention, retained),
        "customer_value" => {
            let touches = company.touch_year.get(slot).copied().unwrap_or(0);
            let value = s.year_fen - s.year_cost - s.year_spent - touches;
            Made::Value((s.year_buyers > 0).then(|| yuan(value)), Some(s.year_buyers))
        }
        "revenue" => Made::Value(Some(yuan(s.order_fen - s.loose_fen)), None),
        "orders" => Made::Value(Some(s.orders as f64), None),
        "buyers" => Made::Value(Some(s.buyers as f64), None),
        "new_customers" => Made::Value(Some(s.new.n as f64), None),
        "aov" => Made::Each(yuan(s.order_fen), s.orders as f64, Some(s.orders)),
        "aov_growth" => {
            Made::Change(aov(s.order_fen_before, s.orders_before), aov(s.order_fen, s.orders), false)
        }
        "revenue_per_buyer" => Made::Each(yuan(s.order_fen), s.buyers as f64, Some(s.buyers)),
        "repurchase_amount_growth" => {
            Made::Change(Some(yuan(s.old_fen_before)), Some(yuan(s.old_fen)), false)
        }
        "high_value_growth" if slot == 0 => {
            Made::Change(Some(company.high.0 as f64), Some(company.high.1 as f64), false)
        }
        "high_value_share" if slot == 0 => {
            let high = tally.slots.get(1).map_or(0, |high| high.year_fen);
            Made::Each(yuan(high), yuan(s.year_fen), Some(s.year_buyers))
        }
        "prospect_conversion" => Made::Counted(s.prospects),
        "first_order" => Made::Counted(s.first_orders),
        "sales_conversion" => Made::Counted(s.quotes),
        "activation" => Made::Share(s.activation),
        "referral" => Made::Share(Rate { k: s.referrers, n: s.active_end, pending: 0 }),
        "referral_share" => Made::Share(s.new),
        "cac" => each(s.acquisition, s.new.n),
        "cac_rolling" => each(s.acquisition_rolling, s.new_rolling),
        "ltv" => Made::Value(simple_ltv(s, tally.span.rules.discount_percent), Some(s.kept.n)),
        // only where both exist
        "ltv_cac" => match simple_ltv(s, tally.span.rules.discount_percent) {
            Some(ltv) if s.acquisition > 0 && s.new.n > 0 => {
                Made::Each(ltv, yuan(s.acquisition) / s.new.n as f64, Some(s.kept.n))
            }
            _ => Made::Value(None, Some(s.kept.n)),
        },
        "ltv_realised" => Made::Each(yuan(s.realised_fen), s.history_buyers as f64, Some(s.history_buyers)),
        "cost_per_touch" => Made::Each(yuan(s.touch_fen), s.delivered as f64, Some(s.delivered)),
        "budget_acquisition" => budget(0, s.acquisition),
        "budget_retention" => budget(1, s.retention),
        "response_time" => Made::Value(median(&s.hours), i64::try_from(s.hours.len()).ok()),
        "response_time_shortening" => Made::Change(median(&s.hours_before), median(&s.hours), true),
        "answered_24h" => Made::Counted(s.answered),
        "solved_48h" => Made::Counted(s.solved),
        "timeliness" => Made::Share(s.timeliness),
        "tasks_in_time" => Made::Counted(of(&company.tasks)),
        "breaches" => Made::Value((s.outbound > 0).then_some(s.breaches as f64), None),
        "wakeup_cost" => Made::Each(yuan(s.wakeup_fen), s.reactivation.k as f64, None),
        "customers" => Made::Value(Some(at(&company.live)), None),
        "accounts_per_head" => Made::Each(at(&company.live), company.managers as f64, None),
        "accounts_per_head_growth" => Made::Change(
            heads(at(&company.live_before), company.managers_before),
            heads(at(&company.live), company.managers),
            false,
        ),
        "completeness" => Made::Share(of(&company.complete)),
        "checked" => Made::Share(of(&company.checked)),
        _ => Made::Value(None, None),
    };
    put(kpi, &made, s)
}

fn put(kpi: &Kpi, made: &Made, s: &Sums) -> Figure {
    let mut figure = Figure::empty(kpi.id);
    let told = |rate: Rate| stats::wilson(rate.k, rate.n);
    let waits = matches!(kpi.over, Over::Waits(_));
    match *made {
        Made::Counted(rate) | Made::Share(rate) | Made::Rest(rate) => {
            let interval = told(rate);
            figure.value = interval.map(|i| i.value);
            figure.chance = interval.map(|i| (i.low, i.high));
            figure.cases = Some(rate.n);
            figure.pending = waits.then_some(rate.pending);
            figure.parts = Some((rate.k as f64, rate.n as f64));
            if matches!(made, Made::Rest(_)) {
                figure.value = figure.value.map(|v| 1.0 - v);
                figure.chance = figure.chance.map(|(low, high)| (1.0 - high, 1.0 - low));
                figure.parts = Some(((rate.n - rate.k) as f64, rate.n as f64));
            } else {
                (figure.k, figure.n) = (Some(rate.k), Some(rate.n));
            }
            if matches!(made, Made::Counted(_)) {
                (figure.low, figure.high) = (interval.map(|i| i.low), interval.map(|i| i.high));
            }
        }
        Made::Each(part, whole, cases) => {
            figure.value = (whole > 0.0).then(|| part / whole);
            figure.parts = Some((part, whole));
            figure.cases = cases;
        }
        Made::Change(before, now, falls) => {
            figure.value = if falls { fall(before, now) } else { growth(before, now) };
            figure.parts = match (now, before) {
                (None, None) => None,
                (now, before) => Some((now.unwrap_or(f64::NAN), before.unwrap_or(f64::NAN))),
            }
            // what JSON cannot hold is left out of what is kept
            .filter(|(now, before)| now.is_finite() && before.is_finite());
        }
        Made::Value(value, cases) => (figure.value, figure.cases) = (value, cases),
        Made::Told(interval, cases) => {
            figure.value = interval.map(|i| i.value);
            (figure.low, figure.high) = (interval.map(|i| i.low), interval.map(|i| i.high));
            figure.chance = interval.map(|i| (i.low, i.high));
            figure.cases = Some(cases);
        }
    }
    if kpi.id == "renewal_value" {
        figure.pending = Some(s.renewal.pending);
    }
    if matches!(kpi.id, "complaint_rate" | "complaint_decrease") {
        figure.k = Some(s.complaints);
    }
    figure
}

/// True loyalty among those whose attitude is known: buys often or renewed, and thinks well of us (kpis.md, loyalty).
fn loyalty(s: &Sums, frequencies: &[(u32, i64)]) -> Rate {
    let all: i64 = frequencies.iter().map(|(_, n)| n).sum();
    let score = |frequency: u32| {
        let fewer: i64 = frequencies.iter().filter(|(f, _)| *f < frequency).map(|(_, n)| n).sum();
        u8::try_from(1 + (5 * fewer).checked_div(all).unwrap_or(0)).unwrap_or(5)
    };
    let strong =
        |(frequency, renewed, likes): &&(u32, bool, bool)| *likes && stays(score(*frequency), *renewed);
    let k = s.attitudes.iter().filter(strong).count();
    Rate { k: i64::try_from(k).unwrap_or(0), n: i64::try_from(s.attitudes.len()).unwrap_or(0), pending: 0 }
}

/// Order value × orders a year × gross margin × r/(1+i−r) (Gupta & Lehmann); none below thirty customers a year ago, and
/// none where no cost of goods is known.
fn simple_ltv(s: &Sums, discount_percent: u64) -> Option<f64> {
    if s.kept.n < stats::SMALL || s.year_buyers == 0 || s.costed_fen <= 0 || s.year_orders == 0 {
        return None;
    }
    let r = s.kept.k as f64 / s.kept.n as f64;
    let i = discount_percent as f64 / 100.0;
    let order = yuan(s.year_fen) / s.year_orders as f64;
    let orders = s.year_orders as f64 / s.year_buyers as f64;
    let margin = 1.0 - s.year_cost as f64 / s.costed_fen as f64;
    Some(order * orders * margin * r / (1.0 + i - r))
}

/// The name of a group by its place: `""` for all, else the segment.
pub fn group(slot: usize) -> &'static str {
    slot.checked_sub(1).and_then(|i| SEGMENTS.get(i).copied()).unwrap_or("")
}
