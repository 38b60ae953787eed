//! What a customer bought: days with their seasons, lines that come to what such a firm spends, and what came back.

use fastrand::Rng;

use super::calendar::Calendar;
use super::classes::over;
use super::life::{Life, Plan};
use super::words::Product;
use chrono::Datelike;

/// Days of orders that have records; what was before stands in the opening balance.
pub const RECORDS: i32 = 1_100;
/// Orders of one customer at most.
const MOST: usize = 26;

/// A line of an order.
#[derive(Debug)]
pub struct Item {
    pub product: &'static Product,
    pub quantity: i64,
    pub unit: i64,
    pub gift: bool,
}

/// An order; amounts in fen.
#[derive(Debug)]
pub struct Sale {
    pub back: i32,
    pub items: Vec<Item>,
    pub amount: i64,
    pub refunded: i64,
}

impl Sale {
    /// What it was mainly about.
    pub fn main(&self) -> Option<&'static Product> {
        self.items.iter().filter(|i| !i.gift).max_by_key(|i| i.unit * i.quantity).map(|i| i.product)
    }
}

/// Everything they bought, oldest first.
pub fn sales(life: &Life, cal: &Calendar, rng: &mut Rng) -> Vec<Sale> {
    let mut sales: Vec<Sale> = Vec::new();
    // what one order left over of its purse goes to the next
    let mut purse = 0_i64;
    for back in days(life, cal, rng) {
        let trend = 1.0 - f64::from(back) / 6_000.0;
        let each = life.yearly as f64 / life.rate * (0.7 + 0.6 * rng.f64()) * trend;
        let target = each as i64 + purse;
        let items = items(life, target, back, &sales, rng);
        let amount: i64 = items.iter().filter(|i| !i.gift).map(|i| i.unit * i.quantity).sum();
        purse = (target - amount / 100).clamp(-(each as i64), each as i64 / 2);
        let refunded = refund(&items, back, rng);
        sales.push(Sale { back, items, amount, refunded });
    }
    sales
}

/// The days of their orders, oldest first.
fn days(life: &Life, cal: &Calendar, rng: &mut Rng) -> Vec<i32> {
    let gap = (365.0 / life.rate) as i32;
    let last = match life.plan {
        Plan::Prospect => return Vec::new(),
        Plan::Active => rng.i32(0..gap.clamp(2, 200)),
        Plan::Quiet(days) => days,
    };
    // from the first talk to the first order it takes some weeks
    let first = (life.created - rng.i32(6..80)).clamp(0, RECORDS);
    let mut days = Vec::new();
    let mut back = last.min(first);
    loop {
        let mut day = back;
        if let Plan::Active = life.plan {
            day = seasonal(life, cal, back, gap, rng).clamp(last.min(first), first);
        }
        let shut = life.shop && rng.u8(0..3) == 0;
        let day = if shut { day } else { cal.working(day) };
        if days.last().is_none_or(|later| day > *later) {
            days.push(day);
        }
        back = back.max(day) + (f64::from(gap) * (0.7 + 0.6 * rng.f64())) as i32 + 1;
        if back > first || days.len() >= MOST {
            break;
        }
    }
    days.reverse();
    days
}

/// A day near this one in a busier month, if dice and season say so.
fn seasonal(life: &Life, cal: &Calendar, back: i32, gap: i32, rng: &mut Rng) -> i32 {
    let busy = |back: i32| {
        let month = cal.back(back).month0() as usize;
        life.trade.season.get(month).copied().unwrap_or(100)
    };
    if rng.u32(0..100) < busy(back) {
        return back;
    }
    let reach = (gap / 3).clamp(2, 30);
    let other = (back + rng.i32(-reach..=reach)).max(0);
    if busy(other) > busy(back) { other } else { back }
}

/// Lines that come to about so many yuan.
fn items(life: &Life, target: i64, back: i32, before: &[Sale], rng: &mut Rng) -> Vec<Item> {
    let lately = |p: &Product| {
        p.most == 1
            && before
                .iter()
                .any(|s| s.back - back < 330 && s.items.iter().any(|i| std::ptr::eq(i.product, p)))
    };
    let mut left = target;
    let mut items: Vec<Item> = Vec::new();
    for _ in 0..4 {
        let mut fits: Vec<&'static Product> = life
            .goods
            .iter()
            .copied()
            .filter(|p| p.price <= left && !lately(p))
            .filter(|p| items.iter().all(|i| !std::ptr::eq(i.product, *p)))
            .collect();
        // a big purse goes to what is dear: nobody buys eight hundred boxes of labels
        let dear = fits.iter().map(|p| (p.price * p.most).min(left)).max().unwrap_or(0);
        fits.retain(|p| (p.price * p.most).min(left) * 2 >= dear);
        // what came last time is there already, where something else will do
        let last = before.last().and_then(Sale::main).filter(|p| p.category == "A品类");
        if fits.len() > 1 {
            fits.retain(|p| last.is_none_or(|l| !std::ptr::eq(l, *p)));
        }
        let Some(product) = rng.choice(fits) else { break };
        let quantity = (left / product.price).clamp(1, product.most);
        let percent = match quantity {
            20.. => 92,
            10.. => 95,
            _ => 100,
        };
        let unit = product.price * percent / 100;
        items.push(Item { product, quantity, unit: unit * 100, gift: false });
        left -= unit * quantity;
        if left * 12 < target {
            break;
        }
    }
    if items.is_empty() {
        let cheapest = life.goods.iter().copied().filter(|p| !lately(p)).min_by_key(|p| p.price);
        let cheapest = cheapest.or_else(|| life.goods.first().copied());
        items.extend(cheapest.map(|product| Item {
            product,
            quantity: 1,
            unit: product.price * 100,
            gift: false,
        }));
    }
    // two bought, one given: what shops like
    if life.shop
        && let Some(item) = items.first().filter(|i| i.quantity >= 2 && i.product.category == "C品类")
        && rng.u8(0..4) == 0
    {
        items.push(Item { product: item.product, quantity: 1, unit: 0, gift: true });
    }
    items
}

/// Some of what was delivered comes back.
fn refund(items: &[Item], back: i32, rng: &mut Rng) -> i64 {
    let part = items.iter().find(|i| i.quantity > 2 && !i.gift);
    part.filter(|_| back > 12 && rng.u32(0..60) == 0).map_or(0, |i| i.unit)
}

/// Fen of the last twelve months, and orders in them.
pub fn last_year(sales: &[Sale], cal: &Calendar) -> (i64, i64) {
    let within = |s: &&Sale| !over(cal.back(s.back), 12, cal.today);
    let recent = sales.iter().filter(within);
    recent.fold((0, 0), |(sum, count), s| (sum + s.amount - s.refunded, count + 1))
}
