//! What the demo company has around its talks: its own scripts, its catalogue with need tags, coupons, members, page views,
//! activations of high-potential customers, rewards for referrals. What they ask for stands as tasks with their cause, as
//! the program itself would have made them. Which customer has what hangs on its number alone.

use super::calendar::Calendar;
use super::chance::lot;
use super::life::{Life, Plan};
use super::scene::Pen;
use super::story::Story;
use super::words::Product as Good;
use crate::domain::membership::{levels, standing};
use crate::domain::money::Fen;
use crate::domain::script::list;
use crate::store::fill::Bundle;
use crate::store::fill::rows::{Activation, Browse, Coupon, Day, Member, Product, ProductTag, Script, Task};

/// The levels of membership of the demo company.
pub const LEVELS: &str = "VIP:2500:9折:生日礼;金卡:100000:88折:专属顾问;钻石:500000:85折:年度定制礼";

/// Days for which a coupon is valid, and of an activation, as the settings have them.
const VALID: i32 = 7;
const GOAL: i32 = 30;

/// A customer that may refer others.
#[derive(Clone, Copy, Debug)]
pub struct Friend {
    pub id: i64,
    pub owner: i64,
    pub first_order: i32,
}

/// Scripts of the company's own: one in use, one that waits for its approval.
pub fn scripts(founded: i64, cal: &Calendar) -> Vec<Script> {
    let own = Script {
        id: 11,
        code: "S11".into(),
        title: "新客户使用关怀".into(),
        target: Some("lifecycle:new".into()),
        scene: "other".into(),
        channels: Some("wecom,phone".into()),
        text: "{contact},设备用得还顺手吗?有任何问题随时找我,7×24小时都有人值守。".into(),
        state: "approved".into(),
        author_id: Some(8),
        reviewer_id: Some(7),
        reviewed_at: Some(founded),
        created_at: founded,
    };
    let draft = Script {
        id: 12,
        code: "S12".into(),
        title: "盘点季新品试用".into(),
        target: Some("segment:growth,segment:ordinary".into()),
        scene: "offer".into(),
        channels: Some("wechat,sms".into()),
        text: "{contact},盘点季到了,{product}{value},为您预留{slots=3}个试用名额,需要的话回复“试用”即可。"
            .into(),
        state: "draft".into(),
        author_id: Some(8),
        reviewer_id: None,
        reviewed_at: None,
        created_at: cal.at(cal.back(cal.working(1)), 15 * 60),
    };
    vec![own, draft]
}

/// What the company sells.
pub fn products(goods: &'static [Good], cal: &Calendar) -> Vec<Product> {
    (1..)
        .zip(goods)
        .map(|(id, good)| Product {
            id,
            name: good.name.as_str().into(),
            category: Some(good.category.as_str().into()),
            price_fen: Some(good.price * 100),
            needs: good.needs.as_deref().map(Into::into),
            feature: good.feature.as_deref().map(Into::into),
            value: good.value.as_deref().map(Into::into),
            new_on: good.new.map(|days| Day(cal.back(days))),
            state: "sold".into(),
        })
        .collect()
}

/// Which needs that meets.
pub fn product_tags(goods: &'static [Good]) -> Vec<ProductTag> {
    (1..)
        .zip(goods)
        .flat_map(|(product_id, good)| {
            let needs = list(good.needs.as_deref().unwrap_or_default());
            needs.into_iter().map(move |value| ProductTag { product_id, value: value.into() })
        })
        .collect()
}

/// Writes all that a customer has of it.
pub fn write(pen: &mut Pen, story: &Story<'_>, bundle: &mut Bundle) {
    member(pen, story, bundle);
    coupons(pen, story, bundle);
    browses(pen, story, bundle);
    activation(pen, story, bundle);
    let life = story.life;
    if let (Plan::Quiet(181..), 0..250, false) = (life.plan, lot(life.id, 1), story.sales.is_empty()) {
        let (reason, note) = match lot(life.id, 2) {
            0..350 => ("service", "售后响应延迟"),
            350..600 => ("price", "对手报价更低"),
            600..750 => ("experience", "赠品破损未及时解决"),
            750..900 => ("need", "现有型号不适用"),
            _ => ("contact", "换了采购负责人,无人对接"),
        };
        bundle.customer.churn_reason = Some(reason.into());
        bundle.customer.churn_note = Some(note.into());
    }
}

fn member(pen: &Pen, story: &Story<'_>, bundle: &mut Bundle) {
    let life = story.life;
    let percent = if life.shop { 500 } else { 120 };
    if story.sales.is_empty() || lot(life.id, 3) >= percent {
        return;
    }
    let bought: i64 = story.sales.iter().map(|s| s.amount - s.refunded).sum();
    let before: i64 = bundle.openings.iter().filter_map(|o| o.total_fen).sum();
    let levels = levels(LEVELS).unwrap_or_default();
    let reached = standing(&levels, Fen(bought + before), None).reached.map(|l| l.name.clone());
    let since = story.sales.first().map_or(0, |s| s.back);
    bundle.members.push(Member {
        customer_id: life.id,
        level: reached.map(Into::into),
        points: (bought / 1_000).max(0),
        since: Some(Day(pen.scene.cal.back(since))),
    });
}

/// A task that the program itself would have made of a cause.
fn task(cal: &Calendar, customer: i64, owner: i64, cause: String, text: String, due: i32) -> Task {
    let day = cal.ahead(due);
    Task {
        customer_id: customer,
        kind: "plan".into(),
        cause: Some(cause.into()),
        text: text.into(),
        due_on: Day(day),
        due_at: cal.at(day, 24 * 60),
        anchor: "absolute".into(),
        owner_id: owner,
        state: "open".into(),
        created_at: cal.now,
        created_by: Some(owner),
        ..Task::default()
    }
}

/// Coupons of the last weeks for customers who have become quiet: open, claimed, or ended without use.
fn coupons(pen: &mut Pen, story: &Story<'_>, bundle: &mut Bundle) {
    let life = story.life;
    let quiet = matches!(story.segment, Some("dormant" | "cooling" | "ordinary"));
    let drawn = lot(life.id, 4);
    // a team that knows a million customers keeps no more in hand than one of twenty thousand
    let fresh = (drawn as f64) < 40.0 * pen.scene.thin;
    if !quiet || !(fresh || (500..540).contains(&drawn)) {
        return;
    }
    let id = pen.coupon_id();
    let cal = &pen.scene.cal;
    let back = i32::try_from(lot(life.id, 5)).unwrap_or(0);
    let back = if fresh { back % VALID } else { 20 + back % 120 };
    let package = life.shop;
    let claimed = lot(life.id, 6) < 450 && back > 0;
    bundle.coupons.push(Coupon {
        id,
        customer_id: life.id,
        kind: if package { "package" } else { "cash" }.into(),
        face_fen: (!package).then_some(10_000),
        price_fen: package.then_some(29_900),
        offer_fen: package.then_some(19_900),
        issued_on: Day(cal.back(back)),
        valid_to: Day(cal.back(back - VALID)),
        claimed_on: claimed.then(|| Day(cal.back(back - 1))),
        ..Coupon::default()
    });
    if fresh {
        let worth = if package { "¥299→199" } else { "¥100" };
        let text = format!("{worth} · {}", cal.back(back - VALID));
        let end = task(cal, life.id, life.owner, format!("coupon_end:{id}"), text.clone(), VALID - 2 - back);
        bundle.tasks.push(end);
        if claimed {
            bundle.tasks.push(task(cal, life.id, life.owner, format!("coupon_claim:{id}"), text, 4 - back));
        }
    }
}

/// Categories that were looked at on the company's pages.
fn browses(pen: &Pen, story: &Story<'_>, bundle: &mut Bundle) {
    let life = story.life;
    if lot(life.id, 7) >= 60 || matches!(life.plan, Plan::Quiet(90..)) {
        return;
    }
    let category = ["A品类", "B品类", "C品类"].get(usize::try_from(lot(life.id, 8) % 3).unwrap_or(0));
    for day in 0..=lot(life.id, 9) % 4 {
        let back = i32::try_from(2 + day * 6 + lot(life.id, 10) % 5).unwrap_or(2);
        bundle.browses.push(Browse {
            customer_id: life.id,
            viewed_on: Day(pen.scene.cal.back(back.min(life.created))),
            category: (*category.unwrap_or(&"A品类")).into(),
            views: 1 + lot(life.id, 11 + day) % 3,
        });
    }
}

/// Customers with an inquiry in the last months, put on thirty days of activation.
fn activation(pen: &mut Pen, story: &Story<'_>, bundle: &mut Bundle) {
    let life = story.life;
    let asked = bundle.quotes.iter().any(|q| q.state == "open");
    if !asked || lot(life.id, 20) >= 600 {
        return;
    }
    let back = i32::try_from(1 + lot(life.id, 21) % 55).unwrap_or(1).min(life.created);
    let id = pen.activation_id();
    let cal = &pen.scene.cal;
    // an order after the start is its success
    let deal = story.sales.iter().position(|s| s.back <= back && s.back > back - GOAL && s.amount > 0);
    let running = deal.is_none() && back <= GOAL;
    let outcome = if deal.is_some() {
        "won"
    } else if running {
        "open"
    } else {
        "lost"
    };
    let plan = plan(life, lot(life.id, 22));
    bundle.activations.push(Activation {
        id,
        customer_id: life.id,
        cause: "inquiry".into(),
        plan: Some(plan.into()),
        started_on: Day(cal.back(back)),
        due_on: Day(cal.back(back - GOAL)),
        outcome: outcome.into(),
        ended_on: deal
            .and_then(|at| story.sales.get(at))
            .map(|s| Day(cal.back(s.back)))
            .or_else(|| (outcome == "lost").then(|| Day(cal.back(back - GOAL)))),
        order_id: deal.and_then(|at| bundle.orders.get(at)).map(|o| o.id),
    });
    if running && lot(life.id, 23) < (1_000.0 * pen.scene.thin) as i64 {
        let week = back / 7 + 1;
        let due = (7 * week).min(GOAL) - back;
        let text = format!("{plan} · {}", cal.back(back - GOAL));
        bundle.tasks.push(task(cal, life.id, life.owner, format!("activation:{id}:{week}"), text, due));
    }
}

/// What is offered to a customer with high potential (D41).
fn plan(life: &Life, lot: i64) -> &'static str {
    match (life.shop, lot) {
        (true, _) => "以旧换新",
        (_, 0..350) => "批量采购折扣",
        (_, 350..650) => "优先交付+免费试用",
        _ => "定制化方案+资深销售一对一",
    }
}

/// The reward that a deal of these weeks has earned its referrer.
pub fn reward(
    cal: &Calendar,
    new: i64,
    name: &str,
    friend: Friend,
    dealt: Option<i32>,
    tasks: &mut Vec<Task>,
) {
    if let Some(0..=15) = dealt {
        let (cause, text) = (format!("reward:{new}"), format!("{name} · ¥1000"));
        let due = cal.working(0).max(0) + 4 - dealt.unwrap_or(0) % 5;
        tasks.push(task(cal, friend.id, friend.owner, cause, text, due));
    }
}
