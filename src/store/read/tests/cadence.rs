//! The queue as the strategy table fills it: one line a customer, the strongest reason first, none for the suspended.

use super::*;

impl Company {
    fn talk(&mut self, customer: CustomerId, day: &str, channel: &str) {
        self.now = at(&format!("{day}T02:00:00Z"));
        let touch = NewTouch {
            channel: Some(channel.into()),
            responded: true,
            ..NewTouch::plain(customer, self.now.at, "x")
        };
        self.write(Change::LogTouch(Box::new(touch)));
    }

    fn order(&mut self, customer: CustomerId, day: &str) {
        self.now = at(&format!("{day}T02:00:00Z"));
        let set = vec![
            (Field::OrderDay, Value::Day(day.parse().unwrap())),
            (Field::OrderAmount, Value::Money(Fen(100_000))),
            (Field::OrderStatus, Value::Text("paid".into())),
        ];
        self.write(Change::Add { noun: Noun::Order, customer, set });
    }

    fn day(&mut self, day: &str) -> Queue {
        self.now = at(&format!("{day}T02:00:00Z"));
        while !self.store.daily_round(self.now, 10).unwrap().done {}
        assert_eq!(self.store.check(self.now).unwrap(), []);
        self.queue()
    }
}

fn company(day: &str) -> (Company, CustomerId) {
    let mut c = Company::new();
    c.now = at(&format!("{day}T02:00:00Z"));
    let id = c.customer("宏达机械制造有限公司", "李经理", "13900000031");
    (c, id)
}

#[test]
fn g29_a_class_with_two_rhythms_asks_for_the_light_touch_and_then_for_the_visit_which_does_for_both() {
    let (mut c, id) = company("2024-01-02");
    c.class(id, "segment", "high");
    c.talk(id, "2024-01-02", "visit");
    assert!(c.day("2024-02-01").today.is_empty(), "thirty days are the ideal, not past it");
    let item = c.day("2024-02-02").today[0].clone();
    let light = Reason::Cadence { kind: "light_touch".into(), days: 31, ideal: 30, worst: 37 };
    assert_eq!((&item.reason, item.is_overdue(c.now)), (&light, false));
    assert_eq!(item.also, [Reason::Silence { days: 31, asked: false }], "cadence and silence are one line");
    assert_eq!(item.advice.channel.as_deref(), Some("phone"));
    assert!(item.advice.script.as_deref().unwrap().starts_with("李经理"), "{:?}", item.advice.script);
    assert!(c.day("2024-02-09").today[0].is_overdue(c.now), "the worst interval has passed: red");
    c.talk(id, "2024-02-09", "wechat");
    assert!(c.queue().today.is_empty());
    c.talk(id, "2024-04-01", "wechat");
    let item = c.day("2024-04-03").today[0].clone();
    assert!(matches!(&item.reason, Reason::Cadence { kind, days: 92, .. } if kind == "deep_visit"));
    c.talk(id, "2024-04-03", "visit");
    assert!(c.queue().today.is_empty());
}

#[test]
fn x10_the_governing_scheme_decides_and_suspension_always_wins() {
    let (mut c, id) = company("2024-01-02");
    c.class(id, "segment", "high");
    c.class(id, "grade", "C");
    c.talk(id, "2024-01-02", "visit");
    assert_eq!(c.day("2024-02-02").today.len(), 1);
    c.write(Change::Set { key: "governing".into(), value: "grade".into() });
    assert!(c.queue().today.is_empty(), "once every half year is enough for grade C");
    assert_eq!(c.day("2024-07-03").today.len(), 1);
    c.class(id, "expansion", "invalid");
    assert!(c.queue().today.is_empty());
    assert_eq!(c.store.check(c.now).unwrap(), []);
}

#[test]
fn k46_an_invalid_customer_is_looked_at_again_after_365_days_and_not_before() {
    let (mut c, id) = company("2024-01-02");
    c.class(id, "expansion", "invalid");
    assert!(c.day("2024-12-31").today.is_empty());
    let item = c.day("2025-01-01").today[0].clone();
    assert_eq!(item.reason, Reason::Review);
    c.write(Change::Done(vec![item.task]));
    assert!(c.queue().today.is_empty());
    assert!(c.day("2025-12-31").today.is_empty());
    assert_eq!(c.day("2026-01-01").today.len(), 1, "every year anew");
}

#[test]
fn g36_a_buyer_is_recalled_after_twice_the_usual_interval_or_six_months() {
    let (mut c, id) = company("2024-01-02");
    c.class(id, "segment", "ordinary");
    for day in ["2024-01-01", "2024-01-21", "2024-02-10"] {
        c.order(id, day);
    }
    let recalls = |q: &Queue| q.today.iter().any(|i| matches!(i.reason, Reason::Recall { .. }));
    c.talk(id, "2024-03-21", "phone");
    assert!(!recalls(&c.day("2024-03-21")), "forty days are twice the usual twenty");
    assert!(recalls(&c.day("2024-03-22")));
    // a sample says nothing about the interval (kpis.md C4)
    let set = vec![
        (Field::OrderDay, Value::Day("2023-06-01".parse().unwrap())),
        (Field::OrderAmount, Value::Money(Fen(0))),
    ];
    c.write(Change::Add { noun: Noun::Order, customer: id, set });
    assert!(recalls(&c.queue()));
    let second = c.customer("恒远物流有限公司", "陈总", "13900002210");
    c.order(second, "2024-03-22");
    c.order(id, "2024-03-22");
    let q = c.queue();
    assert!(!recalls(&q));
    c.talk(second, "2024-09-22", "phone");
    c.talk(id, "2024-09-22", "phone");
    let q = c.day("2024-09-22");
    assert!(!q.today.iter().any(|i| i.customer == second && matches!(i.reason, Reason::Recall { .. })));
    let q = c.day("2024-09-23");
    assert!(q.today.iter().any(|i| i.customer == second && matches!(i.reason, Reason::Recall { days: 185 })));
}

#[test]
fn g23_half_a_year_after_a_survey_the_next_one_is_due() {
    let (mut c, id) = company("2024-01-02");
    let set = vec![
        (Field::SurveyOn, Value::Day("2024-01-02".parse().unwrap())),
        // no answer so good that one would ask for a referral
        (Field::SurveyScore, Value::Int(85)),
    ];
    c.write(Change::Add { noun: Noun::Survey, customer: id, set });
    c.talk(id, "2024-07-01", "phone");
    assert!(c.day("2024-07-01").today.is_empty());
    assert_eq!(c.day("2024-07-02").today[0].reason, Reason::Survey { days: Some(182) });
}

#[test]
fn d30_do_not_disturb_gives_no_line_and_an_opt_out_another_channel() {
    let (mut c, id) = company("2024-01-02");
    c.class(id, "segment", "dormant");
    c.talk(id, "2024-01-02", "phone");
    let out = |channel: &str| vec![(Field::OptOutChannel, Value::Text(channel.into()))];
    c.write(Change::Add { noun: Noun::OptOut, customer: id, set: out("sms") });
    let item = c.day("2024-04-03").today[0].clone();
    assert!(matches!(&item.reason, Reason::Cadence { kind, .. } if kind == "wake_up"));
    assert_eq!(item.advice.channel.as_deref(), Some("email"), "the row's second channel");
    c.write(Change::Add { noun: Noun::OptOut, customer: id, set: out("all") });
    assert!(c.queue().today.is_empty());
}

#[test]
fn g57_what_is_planned_within_two_weeks_does_for_the_cadence_and_names_it() {
    let (mut c, id) = company("2024-01-02");
    c.class(id, "segment", "growth");
    c.talk(id, "2024-01-02", "phone");
    c.plan(id, "送样品", "2024-02-10");
    let q = c.day("2024-02-02");
    assert!(q.today.is_empty());
    assert!(matches!(&q.later[0].also[0], Reason::Cadence { kind, .. } if kind == "care"));
    let q = c.day("2024-02-10");
    assert_eq!((q.today.len(), q.today[0].also.len()), (1, 2));
}

#[test]
fn ticked_off_without_a_talk_it_comes_back_after_a_third_of_the_interval_and_put_aside_on_its_day() {
    let (mut c, id) = company("2024-01-02");
    c.class(id, "segment", "growth");
    c.talk(id, "2024-01-02", "phone");
    let item = c.day("2024-02-02").today[0].clone();
    c.write(Change::Done(vec![item.task]));
    assert!(c.queue().today.is_empty(), "the silence is no second reminder");
    assert!(c.day("2024-02-11").today.is_empty());
    let item = c.day("2024-02-12").today[0].clone();
    assert!(matches!(item.reason, Reason::Cadence { days: 41, .. }));
    let until = "2024-02-20".parse().unwrap();
    c.write(Change::Snooze { task: item.task, until, reason: "出差".into() });
    assert!(c.day("2024-02-19").today.is_empty());
    let item = c.day("2024-02-20").today[0].clone();
    assert!(matches!(item.reason, Reason::Cadence { days: 49, .. }), "{:?}", item.reason);
}

#[test]
fn k503_overdue_accounts_become_the_days_list_and_an_honest_count() {
    let mut c = Company::new();
    c.now = at("2024-01-02T02:00:00Z");
    for n in 0..503 {
        let id = c.customer(&format!("客户{n:03}"), "某总", &format!("1700000{n:04}"));
        c.class(id, "segment", ["high", "growth"][n % 2]);
    }
    c.now = at("2024-05-20T02:00:00Z");
    let started = std::time::Instant::now();
    let q = c.queue();
    let took = started.elapsed();
    assert_eq!((q.today.len(), q.over), (25, 478));
    assert!(q.today.iter().all(|i| i.segment.as_deref() == Some("high") && i.advice.script.is_some()));
    assert!(took.as_millis() < 500, "{took:?} unoptimized; a tenth of it in a release build");
}
