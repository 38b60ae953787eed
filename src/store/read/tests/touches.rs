//! The search in everybody's touches: every filter of the list counts, and the newest come first however they are found.

use super::*;
use crate::store::read::eyes::Eyes;
use crate::store::read::touches::{Reach, search};

fn summaries(c: &Company, list: &TouchList) -> Vec<String> {
    let Answer::Touches(window) = c.ask(&Query::Touches(list.clone())) else { panic!() };
    window.rows.into_iter().map(|t| t.summary).collect()
}

#[test]
fn k09_a_search_keeps_to_the_channel_and_the_script_of_the_list() {
    let mut c = Company::new();
    let id = c.customer("恒远物流有限公司", "陈总", "13900002210");
    for (n, channel, script) in [(1, Some("sms"), Some("D59")), (2, Some("phone"), None), (3, None, None)] {
        let at = at(&format!("2024-05-1{n}T02:00:00Z")).at;
        let touch = NewTouch {
            responded: true,
            channel: channel.map(str::to_owned),
            script: script.map(str::to_owned),
            ..NewTouch::plain(id, at, format!("新项目{n}"))
        };
        let via = Actor { via: Via::Demo, ..c.actor.clone() };
        let mine = std::mem::replace(&mut c.actor, via);
        if channel.is_some() {
            c.write(Change::LogTouch(Box::new(touch)));
        } else {
            let job = c.write(Change::StartImport { what: "旧台账".into() }).job.unwrap();
            let rows = vec![crate::domain::change::ImportRow::Touch { touch, row: 1, day_only: false }];
            c.write(Change::ImportRows { job, rows });
        }
        c.actor = mine;
    }
    let of = |channel: Option<&str>, script: Option<&str>| TouchList {
        text: "新项目".into(),
        channel: channel.map(str::to_owned),
        script: script.map(str::to_owned),
        take: 50,
        ..TouchList::default()
    };
    assert_eq!(summaries(&c, &of(None, None)), ["新项目3", "新项目2", "新项目1"]);
    assert_eq!(summaries(&c, &of(Some("sms"), None)), ["新项目1"]);
    assert_eq!(summaries(&c, &of(Some(""), None)), ["新项目3"], "those without a channel");
    assert_eq!(summaries(&c, &of(None, Some("D59"))), ["新项目1"]);
}

#[test]
fn k09_of_many_hits_of_the_index_of_words_the_newest_are_shown() {
    let mut c = Company::new();
    // the customer who was talked with last has the lower numbers, or the higher ones
    c.actor.via = Via::Demo;
    let (early, late) = (c.customer("甲", "陈总", "13900002210"), c.customer("乙", "李总", "13900002211"));
    for day in 10..14 {
        c.touch(late, &format!("2024-04-{day}"), &format!("新项目四月{day}"));
        c.touch(early, &format!("2024-05-{day}"), &format!("新项目五月{day}"));
    }
    c.touch(early, "2024-05-19", "寄送样品");
    let list = TouchList { text: "新项目".into(), take: 2, ..TouchList::default() };
    let eyes = Eyes::new(&c.store.db, &c.actor, c.now);
    // whether the index of words has few of them, or so many that it has none but those of the first customers
    for hits in [100, 2] {
        let found = search(&eyes, &list, &Reach { walk: 1, hits, most: 3, far: 100 }).unwrap();
        let words: Vec<_> = found.rows.iter().map(|t| t.summary.as_str()).collect();
        assert_eq!((words, found.after), (vec!["新项目五月13", "新项目五月12"], true), "{hits}");
    }
}
