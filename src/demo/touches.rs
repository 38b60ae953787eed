//! The touches of a customer as rows, oldest first, with the next actions that were promised in them.

use fastrand::Rng;

use super::chance::lot;
use super::life::{Life, Plan};
use super::moments::{Moment, Special};
use super::orders::Sale;
use super::scene::Scene;
use super::talks::{Book, Filling, Said};
use super::words::Product;
use crate::store::fill::Bundle;
use crate::store::fill::rows::{Day, Task, Text, Touch};

/// Days back to which a promise may still be open.
const LATE: i32 = 12;
/// The times of day at which people let themselves be called.
const TIMES: &[(i64, &str)] = &[
    (570, "09:30"),
    (600, "10:00"),
    (630, "10:30"),
    (660, "11:00"),
    (840, "14:00"),
    (900, "15:00"),
    (930, "15:30"),
    (990, "16:30"),
    (1020, "17:00"),
];

/// What the touches of a customer need to know.
pub struct Talker<'a> {
    pub scene: &'a Scene,
    pub book: &'a Book,
    pub life: &'a Life,
    pub sales: &'a [Sale],
    pub contact: String,
    pub special: Special,
    pub segment: Option<&'static str>,
}

impl Talker<'_> {
    /// Writes all touches and tasks into the bundle; gives the last day on which the customer answered, in days back.
    pub fn write(&self, moments: &[Moment], bundle: &mut Bundle, rng: &mut Rng) -> Option<i32> {
        let mut said: Vec<(Moment, Said)> = Vec::with_capacity(moments.len() + 1);
        for moment in moments {
            let mut once = self.book.said(moment, self.life, self.product(Some(moment), rng), rng);
            // nobody says the same three times in a row
            for _ in 0..2 {
                let again = |o: &Said| said.iter().rev().take(4).any(|(_, s)| same(s, o));
                if once.as_ref().is_some_and(again) {
                    once = self.book.said(moment, self.life, self.product(Some(moment), rng), rng);
                }
            }
            said.extend(once.map(|once| (*moment, once)));
        }
        if let Some(promise) = self.promise(rng) {
            said.retain(|(m, _)| m.back != promise.0.back);
            said.push(promise);
            said.sort_by_key(|(m, _)| std::cmp::Reverse(m.back));
        }
        let mut answered = None;
        for (n, (moment, said)) in (1_i64..).zip(&said) {
            if said.answer.is_some() {
                answered = Some(moment.back);
            }
            self.touch(n, moment, said, bundle, rng);
        }
        answered
    }

    /// A talk of the last two weeks with something in it that is due on the wanted day.
    fn promise(&self, rng: &mut Rng) -> Option<(Moment, Said)> {
        let (due, segment) = (self.special.due?, self.segment?);
        let cal = &self.scene.cal;
        for _ in 0..24 {
            let Some((days, said)) = self.book.promise(segment, self.life, self.product(None, rng), rng)
            else {
                continue;
            };
            let back = days - due;
            let known = self.sales.first().is_some_and(|s| s.back > back) && back < self.life.created;
            if (1..=21).contains(&back) && cal.works(back) && known && back >= cal.working(0) {
                return Some((Moment { yes: Some(true), ..Moment::new(back, segment, Some(segment)) }, said));
            }
        }
        None
    }

    fn touch(&self, n: i64, moment: &Moment, said: &Said, bundle: &mut Bundle, rng: &mut Rng) {
        let (cal, life, talk) = (&self.scene.cal, self.life, said.talk);
        let id = life.id << 20 | n;
        let order = moment.order.and_then(|at| Some((at, self.sales.get(at)?)));
        let person = self.scene.staff.doer(&talk.by, life.owner, rng);
        let filling = self.filling(moment, said.product, rng);
        let minute = cal.minute_of(moment.back, rng);
        let at = cal.at(cal.back(moment.back), minute);
        let channel = said.channel;
        let late = moment.back > 3 && rng.u8(0..100) < 5;
        let wait = if late { rng.i64(1_500..4_300) } else { rng.i64(1..150) };
        let recorded_at = (at + wait * 60_000).min(self.scene.cal.now);
        let inbound = talk.kind.as_deref() == Some("inbound");
        let told = matches!(channel, "sms" | "email" | "wechat" | "wecom" | "community");
        let answer = if told && !inbound { rng.i64(3..400) * 60_000 } else { 0 };
        let converted = moment.when == "before" && order.is_some();
        let order_id = order.filter(|_| converted).and_then(|(at, _)| bundle.orders.get(at)).map(|o| o.id);
        if let (Some((at, _)), true) = (order, converted)
            && let Some(order) = bundle.orders.get_mut(at)
        {
            order.touch_id = Some(id);
        }
        let summary = filling.fill(said.summary);
        let feedback = match said.answer {
            Some(answer) => filling.fill(&answer.text),
            None => said.no.into(),
        };
        let before = bundle.tasks.len();
        if let Some(answer) = said.answer {
            for (days, text) in &answer.promises {
                let text = filling.fill(text);
                self.task(id, moment, *days, text, person, at, bundle, rng);
            }
        }
        let yuan = rng.i64(talk.cost.0..=talk.cost.1.max(talk.cost.0));
        bundle.touches.push(Touch {
            id,
            customer_id: life.id,
            contact_id: bundle.contacts.first().map(|c| c.id),
            at,
            recorded_at,
            late: recorded_at - at > 86_400_000,
            channel: Some(channel.into()),
            kind: talk
                .kind
                .as_deref()
                .map_or("proactive", |k| if k == "reply" { "reply" } else { "inbound" })
                .into(),
            topic: Some(talk.topic.as_str().into()),
            summary,
            feedback: Some(feedback),
            responded: said.answer.is_some(),
            responded_at: said.answer.map(|_| (at + answer).min(self.scene.cal.now)),
            converted,
            order_id,
            cost_fen: yuan * 100,
            product: filling.offered(said.summary),
            script: script(id, talk.kind.is_none(), moment.segment),
            campaign: super::campaigns::code(&self.scene.cal, talk.campaign.as_deref(), at),
            segment_then: moment.segment.map(Into::into),
            department: self.scene.staff.department(person).into(),
            person_id: person,
            event_on: None,
            closed: bundle.tasks.len() == before,
            issue: None,
        });
    }

    /// What is talked about: what was ordered, else one of the things they buy.
    fn product(&self, moment: Option<&Moment>, rng: &mut Rng) -> Option<&'static Product> {
        let order = moment.and_then(|m| m.order).and_then(|at| self.sales.get(at));
        order.and_then(Sale::main).or_else(|| rng.choice(&self.life.goods).copied())
    }

    fn filling(&self, moment: &Moment, product: Option<&'static Product>, rng: &mut Rng) -> Filling<'_> {
        let life = self.life;
        // a dear thing is not offered to a small purse
        let fits = |p: &Product, category: &str| {
            p.category == category && life.has(&p.places) && p.price <= life.yearly.max(2_700)
        };
        let of = |category: &str, rng: &mut Rng| -> Option<&'static Product> {
            let own = life.goods.iter().copied().filter(|p| p.category == category);
            let all = self.scene.goods.iter().copied().filter(|p| fits(p, category));
            // mostly what they have, sometimes something new
            let list: Vec<_> = if rng.u8(0..3) > 0 { own.collect() } else { all.collect() };
            rng.choice(list).or_else(|| self.scene.goods.iter().copied().find(|p| fits(p, category)))
        };
        let device = product.filter(|p| p.category == "A品类").or_else(|| of("A品类", rng));
        let supply = product.filter(|p| p.category == "C品类").or_else(|| of("C品类", rng));
        let feast = moment.feast.map_or("", |f| if life.english { f.english } else { f.chinese });
        Filling {
            contact: &self.contact,
            product,
            device,
            supply,
            quantity: rng.u8(2..9),
            feast,
            english: life.english,
        }
    }

    /// What was promised, done in time or not.
    #[expect(clippy::too_many_arguments, reason = "one row from one place")]
    fn task(
        &self,
        touch: i64,
        moment: &Moment,
        days: i64,
        text: Text,
        person: i64,
        at: i64,
        bundle: &mut Bundle,
        rng: &mut Rng,
    ) {
        let cal = &self.scene.cal;
        let due = i32::try_from(days).unwrap_or(0) - moment.back;
        let wanted = self.special.due.is_some_and(|d| d == due);
        // a team that knows a million customers leaves no more open than one of twenty thousand
        let kept = |percent: f64, rng: &mut Rng| rng.f64() * 100.0 < percent * self.scene.thin;
        let open = match due {
            _ if wanted => true,
            0.. => kept(100.0, rng),
            _ if due >= -LATE && !matches!(self.life.plan, Plan::Quiet(_)) => kept(3.0, rng),
            _ => false,
        };
        let day = cal.ahead(due);
        let timed = open && due >= 0 && rng.u8(0..100) < if due == 0 { 55 } else { 25 };
        let time = if timed { rng.choice(TIMES) } else { None };
        let due_at = time.map_or_else(|| cal.at(day, 24 * 60), |(minute, _)| cal.at(day, *minute));
        // some promises are kept a day or two late
        let late = due < -4 && lot(touch, 53) < 55;
        let done_back = if late {
            -due - 1 - i32::try_from(lot(touch, 54) % 2).unwrap_or(0)
        } else if due < 0 {
            -due + rng.i32(0..2)
        } else {
            moment.back
        };
        let done_at =
            (cal.at(cal.back(done_back), rng.i64(540..1060))).clamp(at + 60_000, cal.now.max(at + 60_000));
        bundle.tasks.push(Task {
            customer_id: self.life.id,
            touch_id: Some(touch),
            kind: "promise".into(),
            cause: None,
            text,
            due_on: Day(day),
            due_time: time.map(|(_, word)| (*word).into()),
            due_at,
            anchor: "after_touch".into(),
            anchor_days: None,
            event_on: None,
            owner_id: person,
            state: if open { "open" } else { "done" }.into(),
            done_at: (!open).then_some(done_at),
            done_by: (!open).then_some(person),
            created_at: at,
            created_by: Some(person),
        });
    }
}

/// The script that was used: most people use the one of the class; which, hangs on the touch alone.
fn script(touch: i64, proactive: bool, segment: Option<&str>) -> Option<Text> {
    let lot = touch.wrapping_mul(2_654_435_761).rem_euclid(100);
    if !proactive || lot >= 55 {
        return None;
    }
    let code = match (segment, lot) {
        (Some("high"), 0..12) => "D58",
        (Some("high"), _) => "D55",
        (Some("growth"), _) => "D56",
        (Some("dormant"), 0..15) => "D59",
        (Some("dormant"), _) => "D57",
        (Some("ordinary"), _) => "D64",
        _ => "D63",
    };
    Some(code.into())
}

/// Whether two talks sound alike.
fn same(one: &Said, other: &Said) -> bool {
    let answer = |s: &Said| s.answer.map(|a| a.text.as_str());
    std::ptr::eq(one.summary, other.summary) || (answer(one).is_some() && answer(one) == answer(other))
}
