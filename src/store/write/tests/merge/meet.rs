//! What both customers say of themselves and have once each: which stands, what is filled, what is added (H7, I14).

use super::*;

#[test]
fn h07_what_one_says_stands_what_it_does_not_say_is_filled_and_what_was_chosen_is_taken() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    let set = |rig: &mut Rig, id: i64, fields: &[(Field, &str)]| {
        for (field, to) in fields {
            let rev = rig.count(&format!("SELECT rev FROM customer WHERE id={id}"));
            rig.write(edit(Noun::Customer, id, rev, *field, "", to));
        }
    };
    set(
        &mut rig,
        keep,
        &[(Field::Region, "华东"), (Field::Address, "上海路1号"), (Field::CustomerNote, "甲")],
    );
    set(
        &mut rig,
        gone,
        &[
            (Field::Region, "华南"),
            (Field::Address, "广州路2号"),
            (Field::Website, "hd.cn"),
            (Field::CustomerNote, "乙"),
            (Field::State, "closed"),
        ],
    );
    let what = Merge { take: vec![Field::Address], note: Some("行业 华南".into()), ..plain(keep, gone) };
    rig.write(Change::Merge(Box::new(what)));
    let of = |rig: &Rig, column: &str| rig.text(&format!("SELECT {column} FROM customer"));
    assert_eq!(of(&rig, "region").as_deref(), Some("华东"));
    assert_eq!(of(&rig, "address").as_deref(), Some("广州路2号"));
    assert_eq!(of(&rig, "website").as_deref(), Some("hd.cn"));
    assert_eq!(of(&rig, "state"), None, "that nothing is to be done at the other is not so here");
    assert_eq!(of(&rig, "note").as_deref(), Some("甲\n乙\n行业 华南"));
    rig.sound();
}

#[test]
fn i14_after_a_merge_nobody_reads_in_the_note_what_is_masked_to_them() {
    let mut rig = rig();
    let zhao = rig.person("zhao", "rep", "service");
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    for (id, region, address) in [(keep, "华东", "上海路1号"), (gone, "华南", "广州路2号")] {
        for (field, to) in [(Field::Region, region), (Field::Address, address)] {
            let rev = rig.count(&format!("SELECT rev FROM customer WHERE id={id}"));
            rig.write(edit(Noun::Customer, id, rev, field, "", to));
        }
    }
    written(&mut rig, None, |work| {
        let field = vec![
            ("key", word("line")),
            ("name", word("产线")),
            ("kind", word("text")),
            ("allowed", word("[]")),
        ];
        let field = work.insert(Noun::OwnField, &field).unwrap();
        for (id, value) in [(keep, "三条产线"), (gone, "五条产线")] {
            let number = rusqlite::types::Value::Integer;
            let value =
                vec![("customer_id", number(id)), ("field_id", number(field)), ("value", word(value))];
            work.insert(Noun::OwnValue, &value).unwrap();
        }
    });
    let question = Query::Merging { keep: CustomerId(keep), gone: CustomerId(gone) };
    let Answer::Merging(look) = rig.store.ask(&rig.me, &question, rig.now).unwrap() else { panic!() };
    assert_eq!(look.own.len(), 1);
    let lang = crate::i18n::Lang::Zh;
    let with = crate::i18n::entry::Context { now: rig.now, lang, people: &[], contacts: &[], customers: &[] };
    let note = crate::i18n::merge::note(&look, &[], &with);
    rig.write(Change::Merge(Box::new(Merge { note, ..plain(keep, gone) })));
    let profile = rig.store.ask(&zhao, &Query::Profile(CustomerId(keep)), rig.now).unwrap();
    let told = format!("{profile:?}");
    assert!(told.contains("华南"), "{told}");
    assert!(!told.contains("广州路2号") && !told.contains("五条产线"), "{told}");
    rig.sound();
}

#[test]
fn h07_an_opt_out_stays_one_and_what_was_withdrawn_stays_withdrawn() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    let state = |to: &str| [(Field::ConsentState, Value::text(to))];
    add(&mut rig, Noun::Consent, keep, &state("given"));
    add(&mut rig, Noun::Consent, gone, &state("withdrawn"));
    let quiet = |channel: &str, since: &str| {
        [
            (Field::OptOutChannel, Value::text(channel)),
            (Field::OptOutSince, Value::Day(since.parse().unwrap())),
        ]
    };
    add(&mut rig, Noun::OptOut, keep, &quiet("sms", "2024-05-10"));
    add(&mut rig, Noun::OptOut, gone, &quiet("sms", "2024-04-01"));
    add(&mut rig, Noun::OptOut, gone, &quiet("all", "2024-05-01"));
    rig.write(merge(keep, gone));
    assert_eq!(rig.text("SELECT state FROM consent").as_deref(), Some("withdrawn"));
    let all = "SELECT group_concat(channel||since) FROM (SELECT * FROM opt_out ORDER BY channel)";
    assert_eq!(rig.text(all).as_deref(), Some("all2024-05-01,sms2024-04-01"));
    assert_eq!(rig.count("SELECT quiet FROM facts"), 1);
    rig.sound();
}

#[test]
fn h07_what_both_were_said_to_have_bought_and_spent_is_added() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    for (id, yuan, first) in [(keep, 100, "2023-02-01"), (gone, 300, "2022-01-01")] {
        add(
            &mut rig,
            Noun::Opening,
            id,
            &[
                (Field::OpeningAsOf, Value::Day("2024-01-01".parse().unwrap())),
                (Field::OpeningFirst, Value::Day(first.parse().unwrap())),
                (Field::OpeningTotal, Value::Money(Fen(yuan * 100))),
            ],
        );
        rig.write(order(id, "2024-05-02", yuan));
    }
    rig.write(merge(keep, gone));
    assert_eq!(rig.count("SELECT spend_total FROM facts"), 80_000);
    assert_eq!(rig.count("SELECT orders FROM facts"), 2);
    assert_eq!(rig.text("SELECT first_order FROM facts").as_deref(), Some("2022-01-01"));
    rig.sound();
}

#[test]
fn h07_what_stands_whole_is_not_filled_from_the_other() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    let day = || Value::Day("2024-04-01".parse().unwrap());
    add(&mut rig, Noun::Consent, keep, &[(Field::ConsentState, Value::text("withdrawn"))]);
    let given = [(Field::ConsentState, Value::text("given")), (Field::ConsentOn, day())];
    add(&mut rig, Noun::Consent, gone, &given);
    let class = |customer: i64, value: &str, reason: Option<&str>| {
        let (scheme, value) = ("segment".to_owned(), Some(value.to_owned()));
        let reason = reason.map(str::to_owned);
        Change::Class { customer: CustomerId(customer), scheme, value, reason }
    };
    rig.write(class(keep, "high", None));
    rig.write(class(gone, "ordinary", Some("量小")));
    rig.write(merge(keep, gone));
    assert_eq!(rig.text("SELECT state||coalesce(given_on,'') FROM consent").as_deref(), Some("withdrawn"));
    let hand = "SELECT value||coalesce(reason,'') FROM class WHERE scheme='segment'";
    assert_eq!(rig.text(hand).as_deref(), Some("high"));
    rig.sound();
}

#[test]
fn h07_a_line_of_a_note_is_left_out_only_where_it_stands_there_word_for_word() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    rig.write(edit(Noun::Customer, keep, 1, Field::CustomerNote, "", "不要打电话以外的方式\n周三到访"));
    rig.write(edit(Noun::Customer, gone, 1, Field::CustomerNote, "", "周三到访\n不要打电话"));
    rig.write(merge(keep, gone));
    let note = "不要打电话以外的方式\n周三到访\n不要打电话";
    assert_eq!(rig.text("SELECT note FROM customer").as_deref(), Some(note));
    rig.sound();
}
