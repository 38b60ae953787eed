//! Alarms by keys and on the command line: listed with what fired them, taken on, ticked, done and closed.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[expect(dead_code, reason = "each command has a day of its own here")]
#[path = "rig/desk.rs"]
mod desk;
#[expect(dead_code, reason = "other tests hold answers back")]
mod rig;

use desk::Desk;
use guanxi::app::Msg;
use guanxi::domain::change::{Change, NewTouch};
use guanxi::domain::customer::CustomerId;
use guanxi::domain::money::Fen;
use guanxi::i18n::Lang;
use rig::Rig;

const HOUR: i64 = 3_600;

/// A company whose first customer complained a day and an hour ago.
fn late() -> Rig {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("3<BackTab>n发错货,要求换货<Enter>");
    rig.pass(25 * HOUR);
    look(&mut rig);
    rig
}

/// What the program does every minute.
fn look(rig: &mut Rig) {
    let (actor, now) = (rig.actor.clone(), rig.now);
    rig.store.watch_all(&actor, now).unwrap();
    rig.app.shared.revision += 1;
    rig.send(Msg::Elsewhere);
}

#[test]
fn k41_the_title_bar_counts_my_alarms_and_the_board_lists_them_with_what_fired_them() {
    let mut rig = late();
    rig.shows(&["预警 1"]);
    rig.keys("5<Tab>").shows(&["投诉超时未响应", "△ 中", "宏达机械制造有限公司", "0/2", "待确认"]);
    rig.shows(&["已等待 25小时", "预警线 24小时", "客服主管 王敏", "□ 响应客户", "K 确认 · S 执行下一步"]);
    let mut small = Rig::company(Lang::En, 80, 24);
    look(&mut small);
    small.keys("5<Tab>").shows(&["No alarm."]);
}

#[test]
fn g56_an_alarm_is_taken_on_its_steps_are_done_and_ticked_and_it_is_closed_with_a_result() {
    let mut rig = late();
    rig.keys("5<Tab>K").shows(&["处理中 · 王敏", "0/2"]);
    // the first step opens what is to be done, and is ticked when it is
    rig.keys("S").shows(&["响应/回复", "互动内容"]);
    rig.keys("<Esc>x").shows(&["1/2", "✓ 响应客户", "已启动"]);
    // the second one is a task of the customer's owner
    rig.keys("S").shows(&["2/2", "✓ 告知客户负责人"]);
    rig.keys("S").shows(&["步骤均已完成"]);
    rig.keys("W<Enter>").shows(&["请填写"]);
    rig.keys("已致歉并换货<Enter>").shows(&["没有预警"]);
    rig.keys("oo").shows(&["已关闭", "已致歉并换货"]).hides(&["预警 1"]);
    rig.keys("u<Enter>").shows(&["处理中"]);
    rig.keys("3<Tab>").shows(&["投诉超时未响应:告知客户"]);
}

#[test]
fn a_dispute_is_raised_by_hand_for_the_customer_at_hand_and_enter_opens_the_customer() {
    let mut rig = Rig::company(Lang::En, 120, 36);
    rig.keys("1<End>5<Tab>nBoth departments claim it<Enter>");
    rig.shows(&["Ownership dispute", "Both departments claim it", "operations director", "24h left"]);
    rig.keys("<Enter>").shows(&["C2024"]);
}

/// The real program on a file of its own, on the day that is named.
struct Days(Desk);

impl Days {
    fn new() -> Self {
        Self(Desk::new("zh"))
    }

    fn run(&self, now: &str, args: &[&str]) -> (i32, String, String) {
        Desk::told(self.0.command(args).env("GUANXI_NOW", now))
    }

    fn ok(&self, now: &str, args: &[&str]) -> String {
        let (status, out, err) = self.run(now, args);
        assert_eq!(status, 0, "guanxi {args:?}: {out}{err}");
        out
    }

    fn json(&self, now: &str, args: &[&str]) -> serde_json::Value {
        let args: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.ok(now, &args)).unwrap()
    }
}

#[test]
fn k41_the_command_line_looks_for_alarms_anew_and_tells_them_to_machines() {
    let desk = Days::new();
    let monday = "2024-05-20T09:00:00+08:00";
    let code = desk.ok(monday, &["add", "恒远物流有限公司"]).trim().to_owned();
    desk.ok(monday, &["complaint", &code, "--summary", "发错货"]);
    assert_eq!(desk.json(monday, &["alarms"]), serde_json::json!([]));
    let (status, out, err) = desk.run(monday, &["alarms"]);
    assert_eq!((status, out.as_str(), err.as_str()), (0, "", "暂无。\n"));
    let list = desk.json("2024-05-22T09:00:01+08:00", &["alarms"]);
    let rules: Vec<&str> = list.as_array().unwrap().iter().map(|a| a["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["complaint_solution", "complaint_answer"], "the gravest first");
    let first = &list[0];
    assert_eq!((&first["code"], &first["level"]), (&code.clone().into(), &"high".into()));
    assert_eq!(first["start_by"], "2024-05-22T05:00:00Z");
    assert_eq!(first["figures"][1]["value"], 48.0);
    assert_eq!(first["steps"][0], serde_json::json!({"step": "solve", "done": false}));
    let shown = desk.ok("2024-05-22T09:00:01+08:00", &["alarms"]);
    assert!(shown.contains("投诉超时未解决") && shown.contains("还剩3小时59分"), "{shown}");
    let open = desk.json("2024-05-22T09:00:01+08:00", &["complaints"]);
    assert_eq!((&open[0]["summary"], &open[0]["state"]), (&"发错货".into(), &"open".into()));
    assert_eq!(desk.json(monday, &["requests"]), serde_json::json!([]));
    let (status, _, err) = desk.run("2024-05-22T09:00:01+08:00", &["done", "complaint:1"]);
    assert!(status == 1 && err.contains("解决方案"), "{status} {err}");
}

#[test]
fn g4_the_steps_of_a_dispute_are_one_key_away_from_its_alarm() {
    let mut rig = Rig::company(Lang::En, 120, 36);
    rig.keys("1<End>5<Tab>nBoth departments claim it<Enter>").shows(&["Ownership dispute"]);
    rig.keys("S").hides(&["This step is done elsewhere"]).shows(&["Hand-overs and disputes"]);
}

#[test]
fn k42_surveys_come_in_from_a_file_and_the_one_under_the_line_makes_an_a_a_b() {
    let desk = Days::new();
    let now = "2024-05-20T09:00:00+08:00";
    let code = desk.ok(now, &["add", "恒远物流有限公司"]).trim().to_owned();
    desk.ok(now, &["order", &code, "--amount", "120000", "--on", "2024-05-10"]);
    let file = desk.0.path("s.csv");
    let rows = format!(
        "客户编号,填写日期,满意度得分,NPS评分,各题得分,备注\n{code},2024-05-18,,6,80 75 80 78 82,交付慢\n{code},2024-05-19,90,11,,\n"
    );
    std::fs::write(&file, rows).unwrap();
    let (status, out, err) = desk.run(now, &["import", "surveys", file.to_str().unwrap()]);
    assert!(status == 0 && format!("{out}{err}").contains("11"), "{status} {out}{err}");
    let shown = desk.json(now, &["show", &code]);
    // (80+75+80+78+82)/5 = 79
    assert_eq!(shown["grade"], "B", "{shown}");
    let list = desk.json(now, &["alarms"]);
    assert_eq!((&list[0]["rule"], &list[0]["figures"][0]["value"]), (&"survey".into(), &79.0.into()));
    let (status, _, err) = desk.run(now, &["survey", &code, "--score", "101"]);
    assert!(status == 1 && err.contains("100"), "{err}");
}

#[test]
fn h22_a_file_with_a_column_for_each_question_comes_in_with_the_score_of_each() {
    let desk = Days::new();
    let now = "2024-05-20T09:00:00+08:00";
    let code = desk.ok(now, &["add", "恒远物流有限公司"]).trim().to_owned();
    let file = desk.0.path("s.csv");
    // in another order than the company asks them; the second row lacks one, the third has none
    let rows = format!(
        "客户编号,填写日期,沟通专业,产品质量,服务响应,交付及时,价格合理,推荐意愿\n\
         {code},2024-05-17,60,90,80,70,50,9\n{code},2024-05-18,60,90,80,,50,8\n{code},2024-05-19,,,,,,7\n"
    );
    std::fs::write(&file, rows).unwrap();
    let (status, out, err) = desk.run(now, &["import", "surveys", file.to_str().unwrap()]);
    let said = format!("{out}{err}");
    assert!(status == 0 && said.contains("90 80 70"), "what a question lacks is told: {status} {said}");
    let surveys = desk.json(now, &["show", &code])["surveys"].clone();
    let of = |day: &str| {
        let one = surveys.as_array().unwrap().iter().find(|survey| survey["answered_on"] == day).unwrap();
        (one["answers"].clone(), one["score"].clone(), one["nps"].clone())
    };
    // (90+80+70+50+60)/5 = 70
    assert_eq!(of("2024-05-17"), ("90 80 70 50 60".into(), 70.into(), 9.into()));
    let null = serde_json::Value::Null;
    assert_eq!(
        of("2024-05-18"),
        (null.clone(), null.clone(), 8.into()),
        "without the scores of all questions"
    );
    assert_eq!(of("2024-05-19"), (null.clone(), null, 7.into()));
}

#[test]
fn g5_entries_of_a_month_that_came_late_lead_to_its_touches_and_to_the_sheets_of_its_people() {
    let mut rig = Rig::company(Lang::En, 120, 36);
    let late = "2024-04-10T02:00:00Z".parse().unwrap();
    for customer in 1..=3 {
        rig.write(Change::LogTouch(Box::new(NewTouch::plain(CustomerId(customer), late, "回访"))));
    }
    look(&mut rig);
    rig.keys("5<Tab>");
    let timely = |rig: &Rig| {
        rig.app.panes.board.alarms.row(&rig.app.shared).is_some_and(|row| row.rule == "timeliness")
    };
    for _ in 0..8 {
        if !timely(&rig) {
            rig.keys("<Down>");
        }
    }
    assert!(timely(&rig), "{}", rig.screen());
    // the first step is a look at the entries, the second at whose month it was
    rig.keys("S").shows(&["is:late"]);
    rig.keys("<Esc>x").shows(&["1/2"]);
    rig.keys("S").shows(&["2024-04", "Timely", "In time"]);
    rig.keys("<Enter>").shows(&["written down within 24 h"]);
    rig.keys("<Enter>").shows(&["written down within 24 h · ", " late"]);
    rig.keys("<Esc>").shows(&["judged by the manager"]);
    rig.keys("<Esc><Esc>").shows(&["1/2"]);
}

#[test]
fn g3_weighing_the_channels_opens_their_comparison_and_esc_leads_back_to_the_alarm() {
    let mut rig = Rig::company(Lang::En, 120, 36);
    let at = rig.now.at;
    for customer in 1..=3 {
        let dear = NewTouch {
            cost: Fen(200_000),
            kind: "proactive".into(),
            ..NewTouch::plain(CustomerId(customer), at, "送样品")
        };
        rig.write(Change::LogTouch(Box::new(NewTouch {
            override_reason: Some("年度拜访".into()), ..dear
        })));
    }
    look(&mut rig);
    rig.keys("5<Tab>").shows(&["Budget overrun", "suspend what", "what each channel gives"]);
    // the first step is asked for, since it holds for a whole class; the second is a look at figures
    rig.keys("S").shows(&["Suspend it for the class"]);
    rig.keys("<Esc>").hides(&["1/3"]);
    rig.keys("S<Enter>").shows(&["1/3"]);
    rig.keys("S").shows(&["Channels", "Cost"]).hides(&["Budget overrun"]);
    rig.keys("<Esc>").shows(&["Budget overrun", "1/3"]);
    rig.keys("x").shows(&["2/3"]);
    // the smallest screen still says whom they are about
    rig.send(Msg::Resize(guanxi::app::shared::Size { width: 40, height: 12 }));
    rig.shows(&["△ Budget overrun", "恒远物流", "优品汇零售"]);
}

/// Goes to the alarm of a rule.
fn go_to(rig: &mut Rig, rule: &str) {
    let here =
        |rig: &Rig| rig.app.panes.board.alarms.row(&rig.app.shared).is_some_and(|row| row.rule == rule);
    for _ in 0..8 {
        if !here(rig) {
            rig.keys("<Down>");
        }
    }
    assert!(here(rig), "{}", rig.screen());
}

/// A company in which nobody answered in April.
fn unanswered() -> Rig {
    let mut rig = Rig::company(Lang::En, 120, 36);
    let april = "2024-04-10T02:00:00Z".parse().unwrap();
    for customer in 1..=3 {
        let touch = NewTouch {
            kind: "proactive".into(),
            override_reason: Some("年度拜访".into()),
            ..NewTouch::plain(CustomerId(customer), april, "回访")
        };
        rig.write(Change::LogTouch(Box::new(touch)));
    }
    look(&mut rig);
    rig
}

#[test]
fn g8_the_cause_of_an_alarm_is_looked_for_in_its_own_period_and_belongs_to_it() {
    let mut rig = unanswered();
    rig.keys("5").shows(&["2024-05"]);
    rig.keys("<Tab>");
    go_to(&mut rig, "response");
    rig.keys("S").shows(&["2024-04"]).hides(&["2024-05"]);
    rig.keys("<Esc>").shows(&["find the cause"]);
    rig.keys("<BackTab>").shows(&["2024-05"]);
}

#[test]
fn an_alarm_of_no_customer_has_nobody_at_hand_and_beside_the_alarms_it_is_whoever_was() {
    let mut rig = unanswered();
    let subject = |rig: &Rig| rig.app.shared.subject.as_ref().map(|subject| subject.id);
    rig.keys("1<End>");
    let before = subject(&rig);
    assert!(before.is_some());
    rig.keys("5<Tab>");
    go_to(&mut rig, "timeliness");
    assert_eq!(subject(&rig), None);
    rig.keys("a").shows(&["This alarm is of no customer; choose one with / first."]);
    rig.keys("W").shows(&["Close an alarm · Entries late"]);
    rig.keys("<Esc>2");
    assert_eq!(subject(&rig), before, "{}", rig.screen());
    rig.keys("5");
    assert_eq!(subject(&rig), None);
    rig.keys("<Tab>");
    assert_eq!(subject(&rig), before, "another view of the board");
}

#[test]
fn a_list_that_is_open_closes_with_its_view() {
    let mut rig = unanswered();
    rig.keys("5<Enter>");
    assert!(rig.app.panes.board.lists_customers(), "{}", rig.screen());
    rig.app.panes.board.show_view(guanxi::app::panes::board::View::People);
    assert!(!rig.app.panes.board.lists_customers());
}
