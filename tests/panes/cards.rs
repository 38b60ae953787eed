//! What somebody new to the program stumbled over on profiles, cards and the history.

use guanxi::domain::change::{Change, NewContact, NewCustomer};
use guanxi::domain::customer::CustomerId;
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::i18n::Lang;

use super::rig::Rig;

/// A company with one more customer, which is found by `新客`.
fn with(lang: Lang, width: u16, height: u16, values: Vec<(Field, Value)>) -> Rig {
    let mut rig = Rig::company(lang, width, height);
    let name = (Field::Name, Value::text("新客贸易有限公司"));
    let values = std::iter::once(name).chain(values).collect();
    rig.write(Change::AddCustomer(Box::new(NewCustomer { values, ..NewCustomer::default() })));
    rig.app.shared.revision += 1;
    rig.send(guanxi::app::Msg::Elsewhere);
    rig
}

#[test]
fn k29_a_size_that_follows_from_the_head_count_is_not_missing() {
    for (lang, size, missing, derived) in
        [(Lang::Zh, "企业规模  中型", "未填写", "自动"), (Lang::En, "Size", "Not filled in", "derived")]
    {
        let mut rig = with(lang, 200, 60, vec![(Field::Employees, Value::Int(97))]);
        rig.keys("/新客<Enter>").shows(&[size, missing, derived]);
        let screen = rig.screen();
        let lines: Vec<&str> = screen.lines().collect();
        let at = lines.iter().position(|line| line.contains(missing)).unwrap();
        let list = lines[at..(at + 4).min(lines.len())].join("\n");
        assert!(!list.contains("企业规模") && !list.contains(", Size"), "{screen}");
    }
    let mut rig = with(Lang::Zh, 200, 60, Vec::new());
    rig.keys("/新客<Enter>").shows(&["企业规模、"]);
}

#[test]
fn the_card_says_once_that_a_number_is_of_both_phone_and_wechat_and_names_an_account_alone() {
    let with_wechat = |lang, wechat: &str| {
        let contact = NewContact {
            name: "周琳".into(),
            methods: vec![("mobile".into(), "138 0013 0099".into()), ("wechat".into(), wechat.into())],
            ..NewContact::default()
        };
        let mut rig = Rig::company(lang, 120, 36);
        let values = vec![(Field::Name, Value::text("新客贸易有限公司"))];
        let new = NewCustomer { values, contacts: vec![contact], ..NewCustomer::default() };
        rig.write(Change::AddCustomer(Box::new(new)));
        rig.app.shared.revision += 1;
        rig.send(guanxi::app::Msg::Elsewhere);
        rig.keys("/新客");
        rig
    };
    with_wechat(Lang::Zh, "13800130099").shows(&["138 0013 0099 (微信同号)"]).hides(&["13800130099"]);
    with_wechat(Lang::En, "+8613800130099").shows(&["138 0013 0099 (also WeChat)"]);
    with_wechat(Lang::Zh, "zhoulin88").shows(&["微信 zhoulin88"]).hides(&["微信同号"]);
    // an account with the digits of the phone in it is another one
    with_wechat(Lang::Zh, "wx13800130099").shows(&["微信 wx13800130099"]).hides(&["微信同号"]);
}

#[test]
fn a_category_of_complaints_reads_in_the_language_of_whoever_reads_it_and_own_words_stay() {
    for (lang, known) in [(Lang::En, "late delivery"), (Lang::Zh, "发货延误")] {
        let mut rig = Rig::company(lang, 160, 60);
        for (subject, summary) in [("发货延误", "三天未到"), ("包装太差", "纸箱破损")] {
            let set = vec![
                (Field::ComplaintSummary, Value::text(summary)),
                (Field::ComplaintSubject, Value::text(subject)),
            ];
            rig.write(Change::Add { noun: Noun::Complaint, customer: CustomerId(1), set });
        }
        rig.app.shared.revision += 1;
        rig.send(guanxi::app::Msg::Elsewhere);
        rig.keys("/C202405001<Enter>").shows(&[known, "包装太差"]);
    }
}

#[test]
fn a_date_and_a_phone_stand_whole_on_one_line_of_the_smallest_profile() {
    for before in 0..12 {
        let note = format!("{}预算要等到2024-09-24再定,电话021-6688-1234", "询".repeat(before));
        let mut rig = with(Lang::Zh, 40, 12, vec![(Field::CustomerNote, Value::text(&note))]);
        rig.keys("/新客<Enter>");
        let mut whole = [false; 2];
        for _ in 0..12 {
            let screen = rig.screen();
            whole[0] |= screen.contains("2024-09-24");
            whole[1] |= screen.contains("021-6688-1234");
            rig.keys("<Down>");
        }
        assert_eq!(whole, [true; 2], "{before}: {}", rig.screen());
    }
}
