//! What grows out of a line that is there: products of an order, a suggestion from an entry, a file of the list; and that
//! the key bar says what a key does in this place. Keys in, screen out.

#![expect(clippy::panic, reason = "a test that cannot go on says so and ends")]

#[expect(dead_code, reason = "other tests hold answers back")]
mod rig;

use guanxi::app::Effect;
use guanxi::app::popup::Popup;
use guanxi::domain::change::Change;
use guanxi::domain::customer::CustomerId;
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::domain::money::Fen;
use guanxi::i18n::Lang;
use guanxi::store::request::export::Exported;
use guanxi::store::request::{Answer, Query};
use rig::Rig;

/// The second of the printed customers on a screen that holds a whole profile.
fn profile() -> Rig {
    let mut rig = Rig::company(Lang::Zh, 120, 80);
    for (day, yuan) in [("2024-03-20", 210_000), ("2024-05-02", 6_000)] {
        let set = vec![
            (Field::OrderDay, Value::Day(day.parse().unwrap_or_default())),
            (Field::OrderAmount, Value::Money(Fen(yuan * 100))),
        ];
        rig.write(Change::Add { noun: Noun::Order, customer: CustomerId(2), set });
    }
    rig.send(guanxi::app::Msg::Elsewhere);
    rig.keys("/恒远<Enter>");
    rig
}

fn lines(rig: &Rig) -> Vec<(i64, String)> {
    match rig.store.ask(&rig.actor, &Query::Profile(CustomerId(2)), rig.now) {
        Ok(Answer::Profile(Some(profile))) => profile
            .order_lines
            .iter()
            .map(|(order, line)| (*order, line.get(Field::LineProduct).as_text().unwrap_or("").to_owned()))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn products_stand_below_the_order_they_belong_to_and_one_undo_takes_a_line_back() {
    let mut rig = profile();
    // the menu stands on the newest order unless the cursor stands on another
    rig.keys("n").shows(&["订单行", "2024-05-02"]);
    rig.keys("<Esc>");
    let adds = |rig: &mut Rig, product: &str| {
        rig.keys("n");
        let Some(Popup::Menu(menu)) = rig.app.popups.last() else { panic!("{}", rig.screen()) };
        let at = menu.items.iter().position(|item| item.label == "订单行").unwrap_or_default();
        let key = if at > menu.cursor.at { "<Down>" } else { "<Up>" };
        let steps = at.abs_diff(menu.cursor.at);
        rig.keys(&key.repeat(steps));
        rig.keys("<Enter>").keys(product).keys("<Enter>");
    };
    adds(&mut rig, "扫码枪HS-1");
    rig.shows(&["└ 扫码枪HS-1 × 1"]);
    assert_eq!(lines(&rig), [(2, "扫码枪HS-1".to_owned())]);
    rig.keys("u<Enter>").hides(&["└ 扫码枪HS-1"]);
    assert!(lines(&rig).is_empty());
}

#[test]
fn k18_a_suggestion_is_made_from_the_entry_that_said_what_is_wrong() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("3<Tab>").shows(&["触达结果", "新建"]);
    rig.keys("n").shows(&["优化建议"]);
    rig.keys("<Enter>");
    // what was said stands in the form, with whose words it is; direction, owner and day are the person's
    rig.shows(&["恒远物流有限公司: 已确认出席,需预留VIP座位"]);
    rig.keys("售后流程").keys("<Tab><Tab><Tab>周五<Enter>");
    let found = match rig.store.ask(&rig.actor, &Query::Suggestions, rig.now) {
        Ok(Answer::Suggestions(rows)) => rows,
        other => panic!("{other:?}"),
    };
    assert_eq!(found.len(), 1, "{}", rig.screen());
    assert_eq!(found[0].direction, "售后流程");
    assert!(found[0].measure.contains("已确认出席,需预留VIP座位"));
    rig.keys("3<BackTab>");
}

#[test]
fn the_list_leaves_as_a_file_of_its_owner_with_a_reason_and_marks_go_before_the_filter() {
    let mut rig = Rig::company(Lang::En, 100, 30);
    rig.keys("X").shows(&["Export to a file", "customers · xlsx", "all of yours", "calendar · ics"]);
    rig.keys("<Enter><Enter>");
    assert!(!rig.wanted.iter().any(|e| matches!(e, Effect::Export { .. })), "a reason is needed");
    rig.keys("audit<Enter>");
    let Some(Effect::Export { what, format, only, reason, .. }) =
        rig.wanted.iter().find(|e| matches!(e, Effect::Export { .. }))
    else {
        panic!("{:?}", rig.wanted)
    };
    assert_eq!(
        (*what, format.as_str(), only.len(), reason.as_str()),
        (Exported::Customers, "xlsx", 0, "audit")
    );
    let mut rig = Rig::company(Lang::En, 100, 30);
    rig.keys("1<Space>X").shows(&["1 marked"]);
    rig.keys("<Enter>review<Enter>");
    let only = rig.wanted.iter().find_map(|e| match e {
        Effect::Export { only, .. } => Some(only.len()),
        _ => None,
    });
    assert_eq!(only, Some(1));
}

#[test]
fn a_session_without_files_of_its_own_says_how_it_is_done_from_ones_own_machine() {
    let mut rig = Rig::company(Lang::En, 140, 30);
    rig.app.shared.personal = false;
    rig.keys("X").shows(&["ssh … export customers --reason … > customers.csv"]);
    assert!(rig.app.popups.is_empty());
}

#[test]
fn f33_moves_are_shown_of_the_scheme_that_is_chosen() {
    let mut rig = Rig::company(Lang::En, 120, 36);
    rig.keys("5<Tab><Tab><Tab><Tab><Tab>");
    while !rig.screen().contains("Class moves") {
        rig.keys("<Right>");
    }
    rig.shows(&["Scheme"]);
    rig.keys("f").shows(&["Lifecycle"]);
    rig.keys("<Down><Enter>").shows(&["Grade (f)"]);
}

#[test]
fn an_industry_without_an_average_is_told_where_it_was_typed() {
    let mut rig = Rig::company(Lang::Zh, 160, 36);
    let to_industry = "<Tab><Tab><Tab><Tab><Tab><Tab>";
    rig.keys(&format!("n星海探测有限公司{to_industry}星际探矿与深海采风<Enter>"));
    rig.shows(&["星海探测有限公司", "行业“星际探矿与深海采风”没有行业平均"]);
    rig.keys(&format!("1n星河网络有限公司{to_industry}互联网公司<Enter>"));
    rig.shows(&["没有行业平均", "是否指“互联网信息服务”"]);
    rig.keys(&format!("1n星云网络有限公司{to_industry}互联网信息服务<Enter>"));
    rig.shows(&["星云网络有限公司"]).hides(&["没有行业平均"]);
}
