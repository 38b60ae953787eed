//! A person's day: what the title bar counts is what the list holds, and a reason says no more than what happened.

use super::*;
use crate::store::request::Title;

impl Company {
    fn title(&self) -> Title {
        match self.ask(&Query::Title) {
            Answer::Title(title) => title,
            other => panic!("{other:?}"),
        }
    }

    fn plan_at(&mut self, customer: CustomerId, text: &str, time: Option<&str>) {
        let due = Due { day: "2024-05-20".parse().unwrap(), time: time.map(|time| time.parse().unwrap()) };
        let task = NewTask { text: text.into(), due, anchor: Anchor::Absolute };
        self.write(Change::PlanTouch { customer, task, reason: Some("约好了".into()) });
    }
}

#[test]
fn the_title_counts_the_day_as_it_is_listed_where_an_appointment_stands_before_more_promises_than_fit() {
    let mut c = Company::new();
    let id = c.customer("恒远物流有限公司", "陈总", "13900002210");
    c.write(Change::Set { key: "capacity".into(), value: "2".into() });
    c.plan_at(id, "随访", None);
    for text in ["发资料", "寄样品", "报价"] {
        c.plan(id, text, "2024-05-20");
    }
    c.plan_at(id, "拜访", Some("15:00:00"));
    let queue = c.queue();
    let texts: Vec<_> = queue.today.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(texts[0], "拜访");
    assert!(["发资料", "寄样品", "报价"].iter().all(|promise| texts.contains(promise)), "{texts:?}");
    assert_eq!((texts.len(), queue.over, c.title().due), (4, 1, 4));
}

#[test]
fn e14_who_was_not_asked_since_they_called_owes_no_answer() {
    let mut c = Company::new();
    c.store.db.execute("DELETE FROM strategy_touch", []).unwrap();
    c.now = at("2024-04-01T02:00:00Z");
    let id = c.customer("宏达机械制造有限公司", "李经理", "13900000031");
    let never = c.customer("恒远物流有限公司", "陈总", "13900002210");
    c.now = at("2024-04-10T02:00:00Z");
    let call = NewTouch { kind: "inbound".into(), ..NewTouch::plain(id, c.now.at, "来电咨询") };
    c.write(Change::LogTouch(Box::new(call)));
    c.now = at("2024-05-11T02:00:00Z");
    let reasons = |c: &Company| {
        let today = c.queue().today;
        [never, id].map(|whom| today.iter().find(|i| i.customer == whom).map(|i| i.reason.clone()))
    };
    let silent = |days, asked| Some(Reason::Silence { days, asked });
    assert_eq!(reasons(&c), [silent(40, false), silent(31, false)]);
    c.write(Change::LogTouch(Box::new(NewTouch::plain(id, c.now.at, "短信"))));
    assert_eq!(reasons(&c), [silent(40, false), silent(31, true)]);
    // the same of what was put aside and comes back
    let task = c.queue().today.iter().find(|i| i.customer == id).unwrap().task.clone();
    c.write(Change::Snooze { task, until: "2024-05-13".parse().unwrap(), reason: "出差".into() });
    c.now = at("2024-05-13T02:00:00Z");
    assert_eq!(reasons(&c), [silent(42, false), silent(33, true)]);
}
