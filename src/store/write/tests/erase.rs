//! Erasing a customer on their request: who they are is nowhere any more, the figures hold, the chain is whole.

use super::erase_all::written;
use super::*;
use crate::store::chain;
use crate::store::tables::word;

const SECRETS: &[&str] = &["王小明", "13912345678", "喜欢钓鱼", "李经理", "打高尔夫"];

fn add(noun: Noun, customer: i64, field: Field, value: Value) -> Change {
    Change::Add { noun, customer: CustomerId(customer), set: vec![(field, value)] }
}

fn told(rig: &mut Rig) -> i64 {
    let mut new = with_phone("王小明", "13912345678");
    new.values.push((Field::CustomerNote, Value::Text("喜欢钓鱼".into())));
    let id = rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0;
    let touch = NewTouch { feedback: Some("打高尔夫".into()), closed: true, ..talk(id, rig.now) };
    rig.write(Change::LogTouch(Box::new(touch)));
    rig.write(order(id, "2024-05-02", 300));
    rig.write(Change::Many {
        customers: vec![CustomerId(id)],
        each: Each::Tag(need("关注点", "关注性价比")),
    });
    id
}

fn erase(rig: &mut Rig, id: i64, name: &str, reason: &str) -> Result<Receipt, StoreError> {
    rig.attempt(Change::Erase { customer: CustomerId(id), name: name.into(), reason: reason.into() })
}

/// Whether a text stands anywhere in the file: every table, every column.
fn stands(rig: &Rig, secret: &str) -> Vec<String> {
    let tables: Vec<String> = column(
        &rig.store.db,
        "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'find_%' AND name<>'tag'",
    );
    let mut found = Vec::new();
    for table in tables {
        let sql = format!("SELECT name FROM pragma_table_info('{table}')");
        let columns: Vec<String> = column(&rig.store.db, &sql);
        for name in columns {
            let sql = format!("SELECT count(*) FROM {table} WHERE instr(CAST({name} AS TEXT),?1)>0");
            let n: i64 = rig.store.db.query_row(&sql, [secret], |r| r.get(0)).unwrap();
            if n > 0 {
                found.push(format!("{table}.{name}"));
            }
        }
    }
    found
}

#[test]
fn i18_nothing_of_who_they_are_is_left_figures_hold_and_the_chain_is_whole() {
    let mut rig = rig();
    let other = rig.customer("恒远物流");
    let id = told(&mut rig);
    let code = rig.text(&format!("SELECT code FROM customer WHERE id={id}")).unwrap();
    assert!(!stands(&rig, "王小明").is_empty());
    erase(&mut rig, id, "王小明", "客户来函要求删除").unwrap();
    for secret in SECRETS {
        assert_eq!(stands(&rig, secret), Vec::<String>::new(), "{secret}");
    }
    assert_eq!(rig.text(&format!("SELECT name FROM customer WHERE id={id}")).as_deref(), Some(code.as_str()));
    assert_eq!(rig.count("SELECT sum(amount_fen) FROM orders"), 30_000);
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 1);
    assert_eq!(rig.count("SELECT count(*) FROM customer_tag"), 0);
    assert_eq!(rig.count("SELECT count(*) FROM opt_out WHERE channel='all'"), 1, "nobody touches them again");
    assert_eq!(rig.count("SELECT count(*) FROM change WHERE verb='erase' AND reason='客户来函要求删除'"), 1);
    assert_eq!(rig.text(&format!("SELECT name FROM customer WHERE id={other}")).as_deref(), Some("恒远物流"));
    assert_eq!(chain::verify(&rig.store.db).unwrap(), None);
    rig.sound();
}

#[test]
fn i18_what_was_said_to_others_and_names_them_is_told_to_whoever_erases_and_not_changed() {
    let mut rig = rig();
    let (one, two) = (rig.customer("恒远物流"), rig.customer("宏达机械"));
    let id = told(&mut rig);
    let said = |customer: i64, summary: &str, feedback: &str, day: &str| {
        let at = format!("{day}T02:00:00Z").parse().unwrap();
        Change::LogTouch(Box::new(NewTouch {
            summary: summary.into(),
            feedback: Some(feedback.into()),
            kind: "reply".into(),
            closed: true,
            ..NewTouch::plain(CustomerId(customer), at, summary)
        }))
    };
    rig.write(said(one, "由王小明介绍过来", "有意向", "2024-05-10"));
    rig.write(said(two, "报价", "请打 13912345678 找他", "2024-05-11"));
    rig.write(said(two, "王明来电,小王在场", "没有提到别人", "2024-05-12"));
    rig.write(said(one, "王小明也来了", "13912345678", "2024-05-13"));
    let texts = "SELECT group_concat(summary||feedback) FROM touch WHERE customer_id<>3";
    let before = rig.text(texts);
    let receipt = erase(&mut rig, id, "王小明", "来函").unwrap();
    let code = |id: i64| rig.text(&format!("SELECT code FROM customer WHERE id={id}")).unwrap();
    let named: Vec<(String, i64)> = receipt.mentions.iter().map(|m| (m.code.clone(), m.at)).collect();
    let at = |day: &str| format!("{day}T02:00:00Z").parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let of = |id: i64, day: &str| (code(id), at(day).timestamp_millis());
    assert_eq!(named, [of(one, "2024-05-13"), of(two, "2024-05-11"), of(one, "2024-05-10")]);
    assert_eq!(rig.text(texts), before);
    assert!(erase(&mut rig, one, "恒远物流", "来函").unwrap().mentions.is_empty());
    rig.sound();
}

#[test]
fn i18_it_is_confirmed_by_the_name_with_a_reason_by_an_administrator_and_never_taken_back() {
    let mut rig = rig();
    let id = told(&mut rig);
    assert!(matches!(
        erase(&mut rig, id, "王小", "来函").unwrap_err(),
        StoreError::Invalid(Invalid { field: Field::TypedName, problem: Problem::NameDiffers(_) })
    ));
    assert!(matches!(
        erase(&mut rig, id, "王小明", " ").unwrap_err(),
        StoreError::Invalid(Invalid { field: Field::Reason, .. })
    ));
    let admin = rig.me.clone();
    rig.me = rig.person("li", "manager", "sales");
    assert!(matches!(erase(&mut rig, id, "王小明", "来函"), Err(StoreError::Denied(Verb::Erase))));
    rig.me = admin;
    erase(&mut rig, id, "王小明", "来函").unwrap();
    let change = rig.count("SELECT id FROM change WHERE verb='erase'");
    assert!(matches!(rig.attempt(Change::Undo(Some(change))), Err(StoreError::Overtaken { .. })));
    let made = rig.count("SELECT id FROM change WHERE verb='add_customer'");
    assert!(matches!(rig.attempt(Change::Undo(Some(made))), Err(StoreError::Overtaken { .. })));
    assert_eq!(stands(&rig, "王小明"), Vec::<String>::new());
    rig.sound();
}

#[test]
fn i18_two_erased_customers_with_the_same_alarm_are_erased_and_what_was_open_ends_and_is_not_raised_anew() {
    let mut rig = rig();
    let ids: Vec<i64> = ["王小明", "赵大海"]
        .into_iter()
        .map(|name| {
            let id = rig.customer(name);
            rig.write(add(Noun::Survey, id, Field::SurveyScore, Value::Int(40)));
            rig.write(add(Noun::Complaint, id, Field::ComplaintSummary, Value::text("发错货")));
            let set = vec![
                (Field::RequestDepartment, Value::text("marketing")),
                (Field::RequestText, Value::text("补充案例")),
            ];
            rig.write(Change::Ask { customer: CustomerId(id), touch: None, set, by: None });
            id
        })
        .collect();
    let causes = "SELECT group_concat(rule||subject) FROM (SELECT * FROM alarm ORDER BY id)";
    let before = rig.text(causes);
    assert_eq!(rig.count("SELECT count(*) FROM alarm WHERE rule='survey'"), 2);
    for (id, name) in ids.into_iter().zip(["王小明", "赵大海"]) {
        erase(&mut rig, id, name, "来函").unwrap();
    }
    assert_eq!(rig.text(causes), before, "by its subject a cause is known");
    assert_eq!(rig.count("SELECT count(*) FROM alarm WHERE state<>'closed' OR climb_at IS NOT NULL"), 0);
    assert_eq!(rig.count("SELECT count(*) FROM complaint WHERE state<>'resolved'"), 0);
    assert_eq!(rig.count("SELECT count(*) FROM complaint WHERE valid=1"), 2, "figures hold");
    assert_eq!(rig.count("SELECT count(*) FROM request WHERE state<>'closed'"), 0);
    rig.at("2024-05-23T02:00:00Z");
    let (me, now) = (rig.me.clone(), rig.now);
    rig.store.watch_all(&me, now).unwrap();
    assert_eq!(rig.text(causes), before, "nothing of an erased customer is a cause any more");
    rig.sound();
}

#[test]
fn i18_words_about_the_customer_go_from_alarms_complaints_jobs_look_ups_and_the_referrers_task() {
    let mut rig = rig();
    let id = told(&mut rig);
    rig.write(add(Noun::Survey, id, Field::SurveyScore, Value::Int(40)));
    let alarm = rig.count("SELECT id FROM alarm");
    let close = crate::domain::alarm::Step::Close("陪王小明喝茶".into());
    rig.write(Change::Alarm { id: alarm, step: close });
    rig.write(add(Noun::Complaint, id, Field::ComplaintSummary, Value::text("发错货")));
    rig.store
        .db
        .execute("UPDATE complaint SET repair='打高尔夫', order_code='王小明-1', rev=rev+1", [])
        .unwrap();
    rig.store.db.execute("UPDATE complaint SET recheck='喜欢钓鱼', rev=rev+1", []).unwrap();
    // work in many customers, of which this one is the first and has the tag already
    let mut all = vec![CustomerId(id)];
    all.extend((0..BATCH).map(|n| CustomerId(rig.customer(&format!("客户{n}")))));
    let each = Each::Tag(need("关注点", "关注性价比"));
    rig.write(Change::Many { customers: all.clone(), each: each.clone() });
    all.truncate(5);
    rig.write(Change::Many { customers: all, each: Each::Tag(need("关注点", "关注交期")) });
    let referrer = rig.customer("恒远物流");
    let rev = rig.count(&format!("SELECT rev FROM customer WHERE id={id}"));
    let set = vec![Edited { field: Field::Referrer, was: Value::None, to: Value::Id(referrer) }];
    rig.write(Change::Edit { row: Row { noun: Noun::Customer, id }, rev, set });
    rig.write(order(id, "2024-05-20", 300));
    assert_eq!(rig.count("SELECT count(*) FROM task WHERE cause LIKE 'reward:%' AND text LIKE '王小明%'"), 1);
    let admin = rig.me.clone();
    rig.me = rig.person("rep", "rep", "service");
    let shown = Row { noun: Noun::Customer, id };
    rig.write(Change::Reveal { row: shown, field: Some(Field::Phone), reason: "王小明来电".into() });
    rig.me = admin;
    assert!(stands(&rig, "王小明").contains(&"job.what".to_owned()));
    erase(&mut rig, id, "王小明", "来函").unwrap();
    for secret in SECRETS {
        assert_eq!(stands(&rig, secret), Vec::<String>::new(), "{secret}");
    }
    assert_eq!(
        rig.count("SELECT count(*) FROM look_up WHERE what='reveal'"),
        1,
        "that somebody looked stays"
    );
    assert_eq!(rig.count("SELECT count(*) FROM task WHERE cause LIKE 'reward:%' AND state='open'"), 1);
    assert_eq!(chain::verify(&rig.store.db).unwrap(), None);
    rig.sound();
}

#[test]
fn i18_no_number_of_imported_books_is_left_and_an_open_dispute_ends() {
    let mut rig = rig();
    let id = told(&mut rig);
    let order = rig.count("SELECT id FROM orders");
    // as the books knew the order, with what the record of their import says
    let sql = "INSERT INTO book_ref(tbl,code,row_id) VALUES('orders','WXM-13912345678',?1)";
    rig.store.db.execute(sql, [order]).unwrap();
    rig.store
        .db
        .execute("INSERT INTO book_ref(tbl,code,row_id) VALUES('orders','另一家的',99999)", [])
        .unwrap();
    let me = rig.me.clone();
    rig.me = rig.person("li", "rep", "service");
    let reason = "王小明是我先联系的".to_owned();
    rig.write(Change::Dispute(crate::domain::dispute::Dispute::Open { customer: CustomerId(id), reason }));
    rig.me = me;
    assert!(!stands(&rig, "WXM-13912345678").is_empty());
    erase(&mut rig, id, "王小明", "客户来函要求删除").unwrap();
    for secret in SECRETS.iter().chain(&["WXM-13912345678"]) {
        assert_eq!(stands(&rig, secret), Vec::<String>::new(), "{secret}");
    }
    assert_eq!(rig.text("SELECT code FROM book_ref").as_deref(), Some("另一家的"));
    assert_eq!(rig.text("SELECT state FROM dispute").as_deref(), Some("withdrawn"));
    assert_eq!(chain::verify(&rig.store.db).unwrap(), None);
    rig.sound();
}

#[test]
fn i18_tasks_complaints_and_notes_of_others_and_short_names_of_contacts_are_told_too() {
    let mut rig = rig();
    let (one, two) = (rig.customer("恒远物流"), rig.customer("宏达机械"));
    let mut new = with_phone("青木工作室", "13912345678");
    new.contacts[0].name = "王宁".into();
    let id = rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0;
    rig.write(Change::AddTask { customer: CustomerId(one), task: next("给王宁回电话", "2024-05-24") });
    rig.write(add(Noun::Complaint, two, Field::ComplaintSummary, Value::text("青木工作室送错了货")));
    rig.write(edit(Noun::Customer, two, 1, Field::CustomerNote, "", "与13912345678同一老板"));
    rig.write(edit(Noun::Customer, one, 1, Field::CustomerNote, "", "李经理过生日"));
    let receipt = erase(&mut rig, id, "青木工作室", "来函").unwrap();
    let mut told: Vec<(Noun, String)> =
        receipt.mentions.iter().map(|m| (m.row.noun, m.code.clone())).collect();
    told.sort_unstable_by_key(|(noun, _)| *noun as usize);
    let code = |id: i64| rig.text(&format!("SELECT code FROM customer WHERE id={id}")).unwrap();
    assert_eq!(
        told,
        [(Noun::Customer, code(two)), (Noun::Task, code(one)), (Noun::Complaint, code(two))],
        "a form of address names many and nobody"
    );
    assert!(receipt.mentions.iter().all(|m| m.at == rig.now.ms()));
    rig.sound();
}

#[test]
fn i18_what_was_edited_after_an_erasure_leaves_the_record_when_the_name_is_typed_once_more() {
    let mut rig = rig();
    let one = rig.customer("恒远物流");
    let id = told(&mut rig);
    let said = |rig: &Rig, text: &str| {
        Change::LogTouch(Box::new(NewTouch {
            closed: true,
            kind: "reply".into(),
            ..NewTouch::plain(CustomerId(one), rig.now.at, text)
        }))
    };
    let touch = rig.write(said(&rig, "由王小明介绍过来")).made.unwrap();
    let kept = rig.write(said(&rig, "王小明也在场")).made.unwrap();
    erase(&mut rig, id, "王小明", "来函").unwrap();
    rig.write(edit(Noun::Touch, touch.id, 1, Field::TouchSummary, "由王小明介绍过来", "由朋友介绍过来"));
    assert!(!stands(&rig, "由王小明").is_empty(), "the old words stand before the edit");
    for typed in ["王", "C2024050002", ""] {
        assert!(matches!(
            erase(&mut rig, id, typed, "来函"),
            Err(StoreError::Invalid(Invalid { field: Field::TypedName, problem: Problem::ErasedAlready }))
        ));
    }
    let receipt = erase(&mut rig, id, "王小明", "复查").unwrap();
    assert_eq!(receipt.cleared, Some(2), "what was said, and what stood before the edit");
    assert_eq!(receipt.mentions.iter().map(|m| m.row).collect::<Vec<_>>(), [kept]);
    assert_eq!(stands(&rig, "由王小明"), Vec::<String>::new());
    assert!(!stands(&rig, "王小明也在场").is_empty(), "what nobody has judged yet stays with its history");
    rig.write(edit(Noun::Touch, kept.id, 1, Field::TouchSummary, "王小明也在场", "朋友也在场"));
    assert_eq!(erase(&mut rig, id, "王小明", "复查").unwrap().cleared, Some(2));
    assert_eq!(stands(&rig, "王小明"), Vec::<String>::new());
    assert_eq!(rig.count("SELECT count(*) FROM change WHERE verb='erase'"), 3);
    // whatever was blanked is not brought back
    assert!(rig.attempt(Change::Undo(None)).is_err() || stands(&rig, "王小明").is_empty());
    assert_eq!(chain::verify(&rig.store.db).unwrap(), None);
    rig.sound();
}

/// A customer with an extension of three digits, and tags and jobs of the company's own.
fn called_alike(rig: &mut Rig, name: &str) -> i64 {
    let id = rig.write(Change::AddCustomer(Box::new(with_phone(name, "13912345678")))).customer.unwrap().0;
    written(rig, Some(id), |work| {
        let number = rusqlite::types::Value::Integer;
        let contact = work.db.query_row("SELECT max(id) FROM contact", [], |r| r.get(0)).unwrap();
        let of = [("customer_id", number(id)), ("contact_id", number(contact))];
        let method = [("kind", word("mobile")), ("value", word("801")), ("digits", word("801"))];
        work.insert(Noun::Method, &[of.as_slice(), method.as_slice()].concat()).unwrap();
        for tag in ["宏达机械推广", "宏达推广", "宏达找宏达机械", "拨801转"] {
            let tag = [("type", word("need")), ("name", word(tag)), ("value", word("x"))];
            work.insert(Noun::Tag, &tag).unwrap();
        }
    });
    for what in ["宏达机械.xlsx", "宏达.xlsx"] {
        let sql = "INSERT INTO job(verb,what,person_id,started_at,state) VALUES('import',?1,1,0,'done')";
        rig.store.db.execute(sql, [what]).unwrap();
    }
    id
}

fn told_of(receipt: &Receipt) -> Vec<&str> {
    let mut told: Vec<&str> = receipt.mentions.iter().map(|m| m.code.as_str()).collect();
    told.sort_unstable();
    told
}

#[test]
fn i18_what_names_another_customer_stands_and_what_may_mean_anything_is_told_to_a_person() {
    let mut rig = rig();
    rig.customer("宏达机械");
    let id = called_alike(&mut rig, "宏达");
    let code = rig.text(&format!("SELECT code FROM customer WHERE id={id}")).unwrap();
    let receipt = erase(&mut rig, id, "宏达", "来函").unwrap();
    let tags: Vec<String> = column(&rig.store.db, "SELECT name FROM tag ORDER BY id");
    assert_eq!(tags, ["宏达机械推广", &format!("{code}推广"), &format!("{code}找宏达机械"), "拨801转"]);
    assert_eq!(column::<String>(&rig.store.db, "SELECT what FROM job ORDER BY id"), ["宏达机械.xlsx", "—"]);
    assert_eq!(told_of(&receipt), ["拨801转 x"]);
    // who came since and is called alike keeps the record of it
    let since = rig.customer("宏达二厂");
    assert_eq!(erase(&mut rig, id, "宏达", "复查").unwrap().cleared, Some(0));
    let lines =
        format!("SELECT count(*) FROM change_row WHERE tbl='customer' AND row_id={since} AND digest IS NULL");
    assert_eq!(rig.count(&lines), 1);
    rig.sound();
}

#[test]
fn i18_where_another_customer_is_called_the_same_a_person_judges() {
    let mut rig = rig();
    rig.customer("宏达");
    let id = called_alike(&mut rig, "宏达");
    let receipt = erase(&mut rig, id, "宏达", "来函").unwrap();
    assert_eq!(rig.count("SELECT count(*) FROM tag WHERE name LIKE '%宏达%'"), 3);
    assert_eq!(told_of(&receipt), ["宏达找宏达机械 x", "宏达推广 x", "宏达机械推广 x", "拨801转 x"]);
    rig.sound();
}
