//! When somebody talked to a customer, and on what occasion: before and after orders, in the rhythm of the segment, at
//! festivals, when they called, when they had gone quiet. Words come later.

use fastrand::Rng;

use super::calendar::{Calendar, Feast};
use super::life::{Life, Plan};
use super::orders::Sale;

/// An occasion to talk.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Days ago.
    pub back: i32,
    /// The occasion, as the talks name it.
    pub when: &'static str,
    /// The segment at that time.
    pub segment: Option<&'static str>,
    /// The order it belongs to.
    pub order: Option<usize>,
    /// Whether they answered, where that is no matter of chance.
    pub yes: Option<bool>,
    /// The festival.
    pub feast: Option<Feast>,
}

impl Moment {
    /// An occasion without more.
    pub const fn new(back: i32, when: &'static str, segment: Option<&'static str>) -> Self {
        Self { back, when, segment, order: None, yes: None, feast: None }
    }
}

/// What is special about this customer's days.
#[derive(Clone, Copy, Debug, Default)]
pub struct Special {
    /// Nobody has talked to them for too long.
    pub silent: bool,
    /// Something was promised for this day, counted from today.
    pub due: Option<i32>,
}

/// Days between two talks, and the most days since the last one, by segment.
const fn rhythm(segment: &str) -> (i32, i32, i32) {
    match segment.as_bytes() {
        b"high" => (17, 30, 27),
        b"growth" => (22, 36, 27),
        b"cooling" => (19, 29, 27),
        b"dormant" => (58, 84, 80),
        _ => (50, 88, 80),
    }
}

/// All occasions, oldest first, at most one a day.
pub fn moments(
    life: &Life,
    sales: &[Sale],
    segment: Option<&'static str>,
    special: Special,
    cal: &Calendar,
    rng: &mut Rng,
) -> Vec<Moment> {
    let mut out = Vec::new();
    before_first(life, sales, special, cal, &mut out, rng);
    around_orders(sales, segment, life.plan, cal, &mut out, rng);
    if let (Some(segment), Some(first)) = (segment, sales.first()) {
        match life.plan {
            Plan::Quiet(days) => quiet(days, first.back, segment, special, &mut out, rng),
            _ => regular(first.back, segment, special, cal, &mut out, rng),
        }
    }
    for moment in &mut out {
        let back = moment.back.min(life.created);
        // an order pins its talks to one side of it, the others find any working day near
        let pinned = moment.order.is_some() || life.plan != Plan::Active;
        moment.back = if pinned { cal.earlier(back, rng) } else { cal.near(back, rng) }.min(life.created);
    }
    // over a holiday the goods have not arrived yet
    let delivered = |m: &Moment| {
        let sale = m.order.and_then(|at| sales.get(at));
        m.when == "before" || sale.is_none_or(|s| m.back < s.back)
    };
    out.retain(delivered);
    out.sort_by_key(|m| std::cmp::Reverse((m.back, m.order.is_some())));
    out.dedup_by_key(|m| m.back);
    spaced(&mut out);
    out
}

/// Nobody is called twice a week without a reason.
fn spaced(moments: &mut Vec<Moment>) {
    let mut before = i32::MAX;
    moments.retain(|m| {
        let reason = m.order.is_some() || m.yes == Some(true) || m.when == "inbound";
        let keep = reason || before.saturating_sub(m.back) > 5;
        if keep {
            before = m.back;
        }
        keep
    });
}

/// The talks before the first order; of who has none, all of them.
fn before_first(
    life: &Life,
    sales: &[Sale],
    special: Special,
    cal: &Calendar,
    out: &mut Vec<Moment>,
    rng: &mut Rng,
) {
    let mut back = life.created - rng.i32(0..3);
    if sales.is_empty() {
        back = back.min(420 + rng.i32(0..60));
    }
    let end = match sales.first() {
        Some(first) => (first.back + 8).max(life.created - 200),
        None => 0,
    };
    // the old ones' first talks are not remembered
    if back > cal.year * 3 || back <= end {
        return;
    }
    let start = out.len();
    let most = if sales.is_empty() { rng.usize(2..6) } else { rng.usize(1..4) };
    while back > end && out.len() - start < most {
        let when = if out.len() == start && back + 4 > life.created { "contact" } else { "prospect" };
        out.push(Moment::new(back, when, None));
        back -= rng.i32(9..40);
    }
    // nobody forgets a prospect for half a year, but for a few
    if sales.is_empty() && !special.silent {
        let mut last = out.last().map_or(life.created, |m| m.back);
        while last > 150 {
            last -= rng.i32(60..150);
            out.push(Moment::new(last.max(2), "prospect", None));
        }
    }
}

fn around_orders(
    sales: &[Sale],
    segment: Option<&'static str>,
    plan: Plan,
    cal: &Calendar,
    out: &mut Vec<Moment>,
    rng: &mut Rng,
) {
    let then = then(segment);
    let quiet = if let Plan::Quiet(days) = plan { days } else { 0 };
    for (index, sale) in sales.iter().enumerate() {
        let first = index == 0;
        let chance = if sale.back < cal.year + 60 { 55 } else { 18 };
        let order = Some(index);
        if rng.u8(0..100) < chance {
            let back = sale.back + rng.i32(0..6);
            let segment = if first { None } else { then };
            let moment = Moment { order, yes: Some(true), ..Moment::new(back, "before", segment) };
            out.push(moment);
        }
        let after = sale.back - rng.i32(3..9);
        if after >= quiet.max(0) && rng.u8(0..100) < chance {
            let when = if first { "first" } else { "after" };
            out.push(Moment { order, ..Moment::new(after, when, then) });
        }
        if first && sale.back < 900 {
            let after = sale.back - rng.i32(12..30);
            if after >= quiet {
                out.push(Moment { order, ..Moment::new(after, "first", then) });
            }
        }
    }
}

/// The segment of a customer before it went quiet.
fn then(segment: Option<&'static str>) -> Option<&'static str> {
    match segment {
        Some("cooling") => Some("growth"),
        Some("dormant") => Some("ordinary"),
        other => other,
    }
}

/// An active customer's year.
fn regular(
    first: i32,
    segment: &'static str,
    special: Special,
    cal: &Calendar,
    out: &mut Vec<Moment>,
    rng: &mut Rng,
) {
    let (short, long, latest) = rhythm(segment);
    let mut back = if special.silent { latest + rng.i32(6..22) } else { rng.i32(1..latest) };
    let last = back;
    let end = first.min(cal.year + rng.i32(0..60)) - 4;
    // in a year of few orders it was the talks that kept them active
    let mut yes = (back < cal.quarter - 5).then_some(true);
    while back < end {
        out.push(Moment { yes, ..Moment::new(back, segment, Some(segment)) });
        yes = None;
        back += rng.i32(short..=long);
    }
    if yes.is_some() && first > 1 {
        // too new for a rhythm: the talks after the first order are all there is
        let back = back.min(first - 1);
        out.push(Moment { yes, order: Some(0), ..Moment::new(back, "first", Some(segment)) });
    }
    if special.silent {
        out.retain(|m| m.back >= last);
    }
    for feast in &cal.feasts {
        let chance = if segment == "ordinary" { 20 } else { 45 };
        if feast.back + 2 < end && feast.back > last && rng.u8(0..100) < chance {
            let back = feast.back + rng.i32(0..3);
            out.push(Moment { feast: Some(*feast), ..Moment::new(back, "festival", Some(segment)) });
        }
    }
    let calls = if segment == "ordinary" { rng.u8(0..2) } else { rng.u8(0..4) };
    for _ in 0..calls {
        let back = rng.i32(last..last + 330);
        if back < end {
            out.push(Moment { yes: Some(true), ..Moment::new(back, "inbound", Some(segment)) });
        }
    }
}

/// A customer who answered until so many days ago, and not since.
fn quiet(
    days: i32,
    first: i32,
    segment: &'static str,
    special: Special,
    out: &mut Vec<Moment>,
    rng: &mut Rng,
) {
    let before = then(Some(segment)).unwrap_or("ordinary");
    let mut back = days + rng.i32(15..50);
    while back < first.min(days + 260) {
        out.push(Moment::new(back, before, Some(before)));
        back += rng.i32(40..80);
    }
    let (short, long, latest) = rhythm(segment);
    // who has been away for more than a year is asked once more and then left in peace
    if days > 370 {
        for _ in 0..rng.u8(1..3) {
            let back = days - rng.i32(90..340);
            out.push(Moment { yes: Some(false), ..Moment::new(back, segment, Some(segment)) });
        }
        return;
    }
    let mut back = if special.silent { latest + rng.i32(14..30) } else { rng.i32(2..latest) };
    while back < days - 20 {
        // in the first months it is still the colleague's habit to call
        let when = if segment == "dormant" && back > days - 80 { before } else { segment };
        out.push(Moment { yes: Some(false), ..Moment::new(back, when, Some(segment)) });
        back += rng.i32(short..=long);
    }
}
