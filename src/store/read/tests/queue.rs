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
