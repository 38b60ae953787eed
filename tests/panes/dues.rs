//! A due as it is typed: with its time where one is said, told back before it is saved, and never without it unseen.

use super::*;

fn due(rig: &Rig, text: &str) -> String {
    let queue = queue(rig);
    let Some(item) = queue.today.iter().chain(&queue.later).find(|item| item.text == text) else {
        panic!("no such task: {text}")
    };
    let time = item.time.map_or(String::new(), |time| format!(" {}", time.format("%H:%M")));
    format!("{}{time}", item.due)
}

#[test]
fn e13_editing_a_task_shows_and_keeps_its_time_and_tells_back_what_the_words_mean() {
    for (lang, day) in [(Lang::Zh, "→ 05-21 周二 15:00"), (Lang::En, "→ 05-21 Tue 15:00")] {
        for (width, height) in [(80, 24), (120, 36)] {
            let mut rig = Rig::company(lang, width, height);
            rig.keys("3e<Tab><C-u>明天下午3点").shows(&[day]);
            rig.keys("<Enter>");
            assert_eq!(due(&rig, "发送资料"), "2024-05-21 15:00");
            // as it stands it is shown with its time, and words beside it leave it alone
            rig.keys("e").shows(&["2024-05-21 15:00"]).hides(&["→ 05-21"]);
            rig.keys("<End>并回电<Enter>");
            assert_eq!(due(&rig, "发送资料并回电"), "2024-05-21 15:00");
            rig.keys("e<Tab><C-u>next fri 9:30<Enter>");
            assert_eq!(due(&rig, "发送资料并回电"), "2024-05-31 09:30");
            rig.keys("e<Tab><C-u>05-28<Enter>");
            assert_eq!(due(&rig, "发送资料并回电"), "2024-05-28", "a day alone has no time");
            rig.keys("e<Tab><C-u>06-25 15:00<Enter>");
            assert_eq!(due(&rig, "发送资料并回电"), "2024-06-25 15:00");
            rig.keys("u").shows(&["2024-06-25 15:00", "2024-05-28"]);
        }
    }
}

#[test]
fn e13_a_planned_task_keeps_the_time_it_was_given() {
    let mut rig = zh();
    rig.keys("1<Home>p2024-12-03 15:00 拜访").shows(&["→ 12-03 周二 15:00  拜访"]);
    rig.keys("<Enter>");
    let card = Query::Card(rig.app.shared.subject.as_ref().unwrap().id);
    let Ok(Answer::Card(Some(card))) = rig.store.ask(&rig.actor, &card, rig.now) else { panic!("no card") };
    let task = card.tasks.iter().find(|task| task.text == "拜访").unwrap();
    assert_eq!((task.due.to_string().as_str(), task.time), ("2024-12-03", "15:00:00".parse().ok()));
}

#[test]
fn a135_a_task_of_a_plan_has_a_day_only_and_says_so_instead_of_losing_the_hour() {
    let mut rig = zh();
    rig.campaign_and_plan();
    rig.keys("4<Tab><Tab><Tab><Enter>n<Enter>走访<Tab><C-u>2024-12-03 15:00<Enter>");
    rig.shows(&["此处只记日期,请去掉“2024-12-03 15:00”中的时间"]);
    rig.keys("<C-u>下周五").shows(&["→ 05-31 周五"]);
    rig.keys("<Enter>").shows(&["走访", "05-31"]);
    rig.keys("r下周五3点<Enter>").shows(&["改到", "此处只记日期"]);
}

#[test]
fn a_new_due_is_one_to_which_a_task_is_moved_and_a_call_has_its_time() {
    for (lang, moved, call) in [(Lang::Zh, "改到", "回电时间"), (Lang::En, "New due", "Call at")] {
        for (width, height) in [(80, 24), (120, 36)] {
            let mut rig = Rig::company(lang, width, height);
            rig.keys("3r明天下午3点").shows(&[moved]).hides(&["直到", "Until"]);
            rig.keys("<Esc>b15m").shows(&[call]).hides(&["直到", "Until"]);
        }
    }
}
