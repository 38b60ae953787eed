//! Scripts and the company's catalogue: drafts, versions, approval, what a touch keeps, what a customer is offered.

use super::*;
use crate::store::request::{Answer, Query, Said, ScriptRow};

fn scripts(rig: &Rig) -> Vec<ScriptRow> {
    let Ok(Answer::Scripts(rows)) = rig.store.ask(&rig.me, &Query::Scripts, rig.now) else {
        panic!("no scripts")
    };
    rows
}

fn offered(rig: &Rig, customer: i64) -> Vec<Said> {
    match rig.store.ask(&rig.me, &Query::Card(CustomerId(customer)), rig.now) {
        Ok(Answer::Card(Some(card))) => card.scripts,
        other => panic!("no card: {other:?}"),
    }
}

fn new(noun: Noun, set: &[(Field, &str)]) -> Change {
    let set = set.iter().map(|(field, text)| (*field, Value::text(text))).collect();
    Change::Add { noun, customer: CustomerId(0), set }
}

fn draft(title: &str, text: &str) -> Change {
    new(Noun::Script, &[(Field::ScriptTitle, title), (Field::ScriptText, text)])
}

fn review(script: &ScriptRow, approve: bool) -> Change {
    Change::Review { script: script.id, rev: script.rev, approve }
}

fn named_script(rig: &Rig, title: &str) -> ScriptRow {
    scripts(rig).into_iter().find(|s| s.title == title).unwrap()
}

#[test]
fn d55_to_d64_come_approved_with_their_printed_texts() {
    let rig = rig();
    let rows = scripts(&rig);
    let codes: Vec<&str> = rows.iter().map(|s| s.code.as_str()).collect();
    assert_eq!(codes, ["D55", "D56", "D57", "D58", "D59", "D60", "D61", "D62", "D63", "D64"]);
    for script in &rows {
        assert_eq!((script.state.as_str(), script.version), ("approved", 1));
        assert!(crate::domain::script::pieces(&script.text).is_some(), "{}", script.code);
    }
    let text = |code: &str| rows.iter().find(|s| s.code == code).unwrap().text.clone();
    assert!(text("D58").contains("可帮您节省30%的设备调试时间"));
    assert_eq!(text("D64"), "您上次提到的{problem}问题,我们的新品已解决");
}

#[test]
fn h39_a_draft_is_not_offered_an_approved_one_is_and_a_withdrawn_one_no_more() {
    let mut rig = rig();
    let customer = rig.customer("宏达");
    rig.write(draft("自己的话术", "{customer},您好"));
    let has = |rig: &Rig| offered(rig, customer).iter().any(|s| s.text == "宏达,您好");
    assert!(!has(&rig));
    rig.write(review(&named_script(&rig, "自己的话术"), true));
    assert!(has(&rig), "one person on one machine approves their own");
    let approved = named_script(&rig, "自己的话术");
    assert_eq!(approved.reviewer.as_deref(), Some("王敏"));
    rig.write(review(&approved, false));
    assert!(!has(&rig));
    rig.write(Change::Undo(None));
    assert!(has(&rig), "a withdrawal is taken back like anything else");
    rig.sound();
}

#[test]
fn h39_on_a_shared_store_somebody_else_approves_and_a_rep_does_not() {
    let mut rig = rig();
    let rep = rig.person("li", "rep", "sales");
    rig.write(draft("A", "a"));
    let mine = named_script(&rig, "A");
    let refused = rig.attempt(review(&mine, true));
    assert!(
        matches!(refused, Err(StoreError::Invalid(Invalid { problem: Problem::OwnScript, .. }))),
        "{refused:?}"
    );
    let boss = std::mem::replace(&mut rig.me, rep);
    rig.write(draft("B", "b"));
    let theirs = named_script(&rig, "B");
    assert_eq!(rig.attempt(review(&theirs, true)), Err(StoreError::Denied(Verb::Approve)));
    // a rep edits their own draft and nobody else's, and nothing of the catalogue
    rig.write(edit(Noun::Script, theirs.id, theirs.rev, Field::ScriptText, "b", "bb"));
    let other = rig.attempt(edit(Noun::Script, mine.id, mine.rev, Field::ScriptText, "a", "aa"));
    assert_eq!(other, Err(StoreError::Denied(Verb::Approve)));
    assert_eq!(
        rig.attempt(new(Noun::Gift, &[(Field::GiftName, "礼盒")])),
        Err(StoreError::Denied(Verb::Approve))
    );
    rig.me = boss;
    // what one approves is what one has read
    assert!(matches!(rig.attempt(review(&theirs, true)), Err(StoreError::Stale { .. })));
    rig.write(review(&named_script(&rig, "B"), true));
}

#[test]
fn g49_h39_a_reviewer_who_rewords_a_draft_does_not_approve_those_words() {
    let mut rig = rig();
    let boss = rig.me.clone();
    let other = rig.person("zhao", "manager", "sales");
    rig.me = rig.person("li", "rep", "sales");
    rig.write(draft("B", "b"));
    rig.me = boss.clone();
    let theirs = named_script(&rig, "B");
    // where it fits is no word of it
    rig.write(edit(Noun::Script, theirs.id, theirs.rev, Field::ScriptTitle, "B", "BB"));
    let titled = named_script(&rig, "BB");
    rig.write(edit(Noun::Script, titled.id, titled.rev, Field::ScriptText, "b", "我的话"));
    let mine = named_script(&rig, "BB");
    let refused = rig.attempt(review(&mine, true));
    let own = Invalid { field: Field::ScriptText, problem: Problem::OwnScript };
    assert_eq!(refused, Err(StoreError::Invalid(own)));
    rig.me = other;
    rig.write(review(&mine, true));
    assert_eq!(named_script(&rig, "BB").reviewer.as_deref(), Some("zhao"));
    rig.sound();
}

#[test]
fn a117_editing_what_was_approved_makes_a_version_that_stands_only_when_it_is_approved() {
    let mut rig = rig();
    let old = named_script(&rig, "季度回访");
    let row =
        rig.write(edit(Noun::Script, old.id, old.rev, Field::ScriptText, &old.text, "{contact},新版")).made;
    let rows: Vec<_> = scripts(&rig).into_iter().filter(|s| s.code == "D55").collect();
    assert_eq!(
        rows.iter().map(|s| (s.version, s.state.as_str())).collect::<Vec<_>>(),
        [(2, "draft"), (1, "approved")]
    );
    assert_eq!(row.unwrap().id, rows[0].id);
    assert_eq!(rows[0].source, None, "it is no printed text any more");
    rig.write(review(&rows[0], true));
    let now: Vec<_> = scripts(&rig).into_iter().filter(|s| s.code == "D55").collect();
    assert_eq!(now.iter().map(|s| (s.version, s.state.as_str())).collect::<Vec<_>>(), [(2, "approved")]);
    rig.write(Change::Undo(None));
    assert_eq!(scripts(&rig).iter().filter(|s| s.code == "D55").count(), 2);
    rig.write(Change::Redo);
    rig.sound();
}

#[test]
fn a_script_with_a_lone_brace_is_refused_and_only_drafts_are_removed() {
    let mut rig = rig();
    let bad = rig.attempt(draft("A", "{contact,您好"));
    assert!(matches!(
        bad,
        Err(StoreError::Invalid(Invalid { field: Field::ScriptText, problem: Problem::Braces }))
    ));
    rig.write(draft("A", "{contact},您好"));
    let mine = named_script(&rig, "A");
    assert_eq!(mine.code, "S11");
    let bad = rig.attempt(edit(Noun::Script, mine.id, mine.rev, Field::ScriptText, &mine.text, "}"));
    assert!(matches!(bad, Err(StoreError::Invalid(_))));
    rig.write(Change::Remove { row: Row { noun: Noun::Script, id: mine.id }, rev: mine.rev });
    let printed = named_script(&rig, "合作周年");
    let kept =
        rig.attempt(Change::Remove { row: Row { noun: Noun::Script, id: printed.id }, rev: printed.rev });
    assert_eq!(kept, Err(StoreError::Denied(Verb::Approve)));
}

#[test]
fn j24_a_touch_keeps_the_code_of_a_script_named_by_its_title_and_responses_are_counted() {
    let mut rig = rig();
    let customer = rig.customer("宏达");
    for (script, responded, kind) in
        [("季度回访", true, "proactive"), ("d55", false, "proactive"), ("D55", true, "inbound")]
    {
        let touch =
            NewTouch { script: Some(script.into()), responded, kind: kind.into(), ..talk(customer, rig.now) };
        // more than the cap allows, with a reason
        let touch = NewTouch { override_reason: Some("试用话术".into()), ..touch };
        rig.write(Change::LogTouch(Box::new(touch)));
    }
    let d55 = named_script(&rig, "季度回访");
    assert_eq!((d55.uses, d55.answered), (2, 1));
    assert_eq!(rig.count("SELECT count(*) FROM touch WHERE script='D55'"), 3);
}

#[test]
fn k47_k40_the_script_of_the_customer_is_filled_from_facts() {
    let mut rig = rig();
    let customer =
        rig.write(Change::AddCustomer(Box::new(with_phone("优品汇", "13900000031")))).customer.unwrap().0;
    let class = |value: &str| Change::Class {
        customer: CustomerId(customer),
        scheme: "segment".into(),
        value: Some(value.into()),
        reason: None,
    };
    rig.write(class("growth"));
    rig.write(order(customer, "2024-05-10", 2000));
    let best = offered(&rig, customer).remove(0);
    assert_eq!(
        best.text,
        "李经理,您已累计消费2000元,再消费500元即可升级为VIP会员,享受9折优惠+生日礼,点击查看详情~"
    );
    assert!(best.missing.is_empty());
    // three days before the anniversary the script says how many years it will be, and stands first
    let since = Edited {
        field: Field::CooperationOn,
        was: Value::None,
        to: Value::Day("2021-06-18".parse().unwrap()),
    };
    let rev = rig.count("SELECT rev FROM customer");
    rig.write(Change::Edit { row: Row { noun: Noun::Customer, id: customer }, rev, set: vec![since] });
    rig.at("2024-06-14T02:00:00Z");
    assert_eq!(offered(&rig, customer)[0].code, "D56");
    rig.at("2024-06-15T02:00:00Z");
    let best = offered(&rig, customer).remove(0);
    assert_eq!(best.text, "尊敬的李经理,值此合作3周年之际,感谢您的信任!附赠专属服务通道,随时为您效劳。");
}

#[test]
fn d64_the_last_problem_of_the_ledger_stands_in_the_script_and_what_is_unknown_is_seen() {
    let mut rig = rig();
    let customer = rig.customer("宏达");
    rig.write(Change::Class {
        customer: CustomerId(customer),
        scheme: "segment".into(),
        value: Some("ordinary".into()),
        reason: None,
    });
    rig.write(order(customer, "2024-05-10", 5_000));
    let best = offered(&rig, customer).remove(0);
    assert_eq!(best.text, "您上次提到的⟨problem⟩问题,我们的新品已解决");
    assert_eq!(best.missing, ["problem"]);
    let touch =
        NewTouch { feedback: Some("客户反映设备噪音问题".into()), ..talk(customer, rig.now) };
    rig.write(Change::LogTouch(Box::new(touch)));
    assert_eq!(offered(&rig, customer)[0].text, "您上次提到的设备噪音问题,我们的新品已解决");
}

#[test]
fn a121_a_products_need_tags_follow_its_line_and_its_name_is_its_own() {
    let mut rig = rig();
    let product =
        new(Noun::Product, &[(Field::ProductName, "智能分拣机"), (Field::ProductNeeds, "成本敏感,关注效率")]);
    let made = rig.write(product.clone()).made.unwrap();
    assert_eq!(rig.count("SELECT count(*) FROM product_tag"), 2);
    assert!(matches!(rig.attempt(product), Err(StoreError::Invalid(_))));
    rig.write(edit(
        Noun::Product,
        made.id,
        1,
        Field::ProductNeeds,
        "成本敏感,关注效率",
        "关注效率、需要定制化",
    ));
    assert_eq!(
        rig.text("SELECT group_concat(value) FROM (SELECT value FROM product_tag ORDER BY value)").unwrap(),
        "关注效率,需要定制化"
    );
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT count(*) FROM product_tag WHERE value='成本敏感'"), 1);
    rig.write(Change::Remove { row: made, rev: 3 });
    assert_eq!(rig.count("SELECT count(*) FROM product_tag"), 0);
    rig.sound();
}
