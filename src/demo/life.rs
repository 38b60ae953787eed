//! Who a customer is before anything happens: trade, city, owner, how much they buy and until when.

use fastrand::Rng;

use super::calendar::Calendar;
use super::staff::Staff;
use super::words::{Place, Product, Trade, Words};

/// How it stands with a customer today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Never ordered.
    Prospect,
    /// Talks and buys.
    Active,
    /// Nothing came from them since so many days.
    Quiet(i32),
}

/// A customer's lot.
#[derive(Debug)]
pub struct Life {
    pub id: i64,
    /// Days since they were entered.
    pub created: i32,
    pub owner: i64,
    pub trade: &'static Trade,
    pub place: &'static Place,
    pub shop: bool,
    pub english: bool,
    pub plan: Plan,
    /// Yuan a year they are good for.
    pub yearly: i64,
    /// Orders a year.
    pub rate: f64,
    /// What they buy.
    pub goods: Vec<&'static Product>,
}

/// One in so many firms speaks English.
const ENGLISH: u32 = 18;

impl Life {
    /// The lot of customer `id`, entered so many days ago; none where the lists are empty.
    pub fn draw(
        id: i64,
        created: i32,
        words: &'static Words,
        staff: &Staff,
        cal: &Calendar,
        rng: &mut Rng,
    ) -> Option<Self> {
        let trade = words.trades.pick(rng)?;
        let place = words.places.pick(rng)?;
        let plan = plan(created, cal, rng);
        let english = trade.shops.is_empty() && rng.u32(0..ENGLISH) == 0;
        let shop = !english && !trade.shops.is_empty() && rng.u8(0..10) < 7;
        let (ratio, rate) = worth(plan, shop, rng);
        let bigger =
            if trade.main == "零售业" && !shop && ratio > 1.5 { 1.0 + 4.0 * rng.f64() } else { 1.0 };
        let yearly = ((trade.benchmark as f64) * ratio * bigger) as i64;
        let rate = rate.min(yearly as f64 / 130.0).max(0.5);
        Some(Self {
            id,
            created,
            owner: staff.owner(plan == Plan::Active, rng),
            trade,
            place,
            shop,
            english,
            plan,
            yearly,
            rate,
            goods: goods(words, trade, yearly, rng),
        })
    }

    /// Whether they have one of these places, or anything will do.
    pub fn has(&self, places: &[String]) -> bool {
        places.is_empty() || places.iter().any(|p| self.trade.places.contains(p))
    }
}

fn plan(created: i32, cal: &Calendar, rng: &mut Rng) -> Plan {
    let dice = rng.u8(0..100);
    if created < 40 {
        return if dice < 78 { Plan::Prospect } else { Plan::Active };
    }
    if created < 150 {
        return if dice < 34 { Plan::Prospect } else { Plan::Active };
    }
    let from = cal.quarter + 4;
    match dice {
        0..=61 => Plan::Active,
        62..=71 => Plan::Prospect,
        // went quiet some months ago; a few so long ago that nobody follows up
        72..=80 => Plan::Quiet(rng.i32(from..190).min(created - 20)),
        81..=95 => Plan::Quiet(rng.i32(from..345).min(created - 20)),
        _ => Plan::Quiet(rng.i32(380..800).min(created - 20)),
    }
    .settled(from)
}

impl Plan {
    /// Who cannot have been quiet for long enough is not quiet.
    fn settled(self, from: i32) -> Self {
        match self {
            Self::Quiet(days) if days < from => Self::Active,
            plan => plan,
        }
    }
}

/// What they spend in a year against the benchmark of their industry, and how often they order.
fn worth(plan: Plan, shop: bool, rng: &mut Rng) -> (f64, f64) {
    let between = |rng: &mut Rng, low: f64, high: f64| low + (high - low) * rng.f64();
    let busy = if shop { 1.5 } else { 1.0 };
    let (low, high, few, many) = match (plan, rng.u8(0..100)) {
        (Plan::Active, 0..=10) => (1.75, 3.6, 4.0, 9.0),
        (Plan::Active, 11..=38) => (0.92, 1.35, 3.0, 5.5),
        (Plan::Quiet(days), 0..=40) if days < 200 => (0.9, 2.2, 3.0, 5.0),
        (Plan::Quiet(_), _) => (0.06, 0.45, 1.0, 2.2),
        _ => (0.08, 0.65, 1.0, 3.2),
    };
    (between(rng, low, high), between(rng, few, many) * busy)
}

/// Some things that fit their place and purse: a firm buys the same again.
fn goods(words: &'static Words, trade: &'static Trade, yearly: i64, rng: &mut Rng) -> Vec<&'static Product> {
    let fits = |p: &&Product| p.places.iter().any(|place| trade.places.contains(place));
    let mut goods = Vec::new();
    for (category, most) in [("A品类", 2), ("B品类", 2), ("C品类", 2)] {
        let mut here: Vec<&'static Product> = words
            .goods
            .iter()
            .filter(fits)
            .filter(|p| p.category == category && p.price <= yearly.max(400) * 7 / 10)
            .collect();
        rng.shuffle(&mut here);
        goods.extend(here.into_iter().take(most));
    }
    if goods.is_empty() {
        goods.extend(words.goods.iter().filter(fits).min_by_key(|p| p.price));
    }
    goods
}
