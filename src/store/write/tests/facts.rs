//! What is kept: facts, daily figures, next days.

use super::*;
use crate::domain::change::Opening;
use crate::store::brake::Brake;
use crate::store::check::Fault;
use crate::store::facts::round::Round;
use crate::store::{process, settings};

fn opening(total: i64, last: &str, per_year: i64) -> Opening {
    Opening {
        as_of: Some("2024-04-30".parse().unwrap()),
        last_on: Some(last.parse().unwrap()),
        per_year: Some(per_year),
        total: Some(Fen(total * 100)),
        ..Opening::default()
    }
}

#[test]
fn k43_an_order_builds_on_the_opening_balance_and_a_back_dated_one_keeps_the_last_date() {
    let mut rig = rig();
    let new = NewCustomer { opening: Some(opening(5000, "2024-04-15", 3)), ..named("宏达") };
    let id = rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0;
    let facts =
        |rig: &Rig| rig.text("SELECT spend_total||' '||last_order||' '||per_year FROM facts").unwrap();
    assert_eq!(facts(&rig), "500000 2024-04-15 3");
    rig.write(order(id, "2024-05-10", 1000));
    assert_eq!(facts(&rig), "600000 2024-05-10 1");
    rig.write(order(id, "2024-03-01", 200));
    assert_eq!(facts(&rig), "620000 2024-05-10 2");
    rig.sound();
}

#[test]
fn k39_silence_begins_on_the_thirty_first_day_yields_to_a_longer_cadence_and_is_none_for_do_not_disturb() {
    let mut rig = rig();
    rig.at("2024-04-10T02:00:00Z");
    let id = rig.customer("宏达");
    let now = rig.now;
    rig.write(Change::LogTouch(Box::new(talk(id, now))));
    let silent = |rig: &Rig| rig.text("SELECT silent_on FROM facts");
    assert_eq!(silent(&rig), Some("2024-05-11".into()));
    let grade = |value: &str| Change::Class {
        customer: CustomerId(id),
        scheme: "grade".into(),
        value: Some(value.into()),
        reason: None,
    };
    rig.write(grade("A"));
    assert_eq!(silent(&rig), Some("2024-05-11".into()));
    rig.write(grade("C"));
    assert_eq!(silent(&rig), Some("2024-10-10".into()));
    let quiet = Change::Add {
        noun: Noun::OptOut,
        customer: CustomerId(id),
        set: vec![(Field::OptOutChannel, Value::Text("all".into()))],
    };
    rig.write(quiet);
    assert_eq!((silent(&rig), rig.count("SELECT quiet FROM facts")), (None, 1));
    rig.sound();
}

#[test]
fn k39_only_a_two_way_contact_resets_the_clock_of_silence() {
    let mut rig = rig();
    rig.at("2024-04-01T02:00:00Z");
    let id = rig.customer("宏达");
    let silent = |rig: &Rig| rig.text("SELECT silent_on FROM facts");
    assert_eq!(silent(&rig), Some("2024-05-02".into()), "whom nobody has talked with: since they are known");
    let log = |rig: &mut Rig, day: &str, kind: &str, responded: bool| {
        rig.at(&format!("{day}T02:00:00Z"));
        let kind = kind.to_owned();
        rig.write(Change::LogTouch(Box::new(NewTouch { kind, responded, ..talk(id, rig.now) })));
    };
    log(&mut rig, "2024-04-05", "proactive", false);
    assert_eq!(silent(&rig), Some("2024-05-02".into()), "a message nobody answers is no contact");
    log(&mut rig, "2024-04-10", "proactive", true);
    assert_eq!(silent(&rig), Some("2024-05-11".into()));
    log(&mut rig, "2024-05-09", "proactive", false);
    assert_eq!(silent(&rig), Some("2024-05-11".into()));
    log(&mut rig, "2024-05-10", "inbound", false);
    assert_eq!(silent(&rig), Some("2024-06-10".into()), "who comes in has talked");
    rig.sound();
}

#[test]
fn b11_lifecycle_goes_by_calendar_months() {
    let mut rig = rig();
    rig.at("2024-01-15T02:00:00Z");
    let id = rig.customer("宏达");
    let lifecycle = |rig: &mut Rig, day: &str| {
        rig.at(&format!("{day}T02:00:00Z"));
        while !rig.store.daily_round(rig.now, 1).unwrap().done {}
        rig.sound();
        rig.text("SELECT lifecycle FROM facts").unwrap()
    };
    assert_eq!(lifecycle(&mut rig, "2024-01-15"), "prospect");
    rig.write(order(id, "2024-01-15", 10));
    for (day, is) in [
        ("2024-01-16", "new"),
        ("2024-04-14", "new"),
        ("2024-04-15", "existing"),
        ("2024-07-15", "existing"),
        ("2024-07-16", "lost"),
    ] {
        assert_eq!(lifecycle(&mut rig, day), is, "{day}");
    }
    // invalid after a year: no reminder of silence any more (G41)
    assert!(rig.text("SELECT silent_on FROM facts").is_some());
    assert_eq!(lifecycle(&mut rig, "2025-01-15"), "lost");
    assert!(rig.text("SELECT silent_on FROM facts").is_some());
    assert_eq!(lifecycle(&mut rig, "2025-01-16"), "lost");
    assert_eq!(rig.text("SELECT silent_on FROM facts"), None);
}

#[test]
fn spend_of_twelve_months_loses_an_order_on_the_day_after_its_day_comes_again() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    rig.write(order(id, "2023-05-20", 100));
    rig.write(order(id, "2023-05-19", 7));
    let spend = |rig: &Rig| rig.count("SELECT spend_12m FROM facts");
    assert_eq!(spend(&rig), 10_000);
    rig.at("2024-05-21T02:00:00Z");
    rig.store.daily_round(rig.now, 10).unwrap();
    assert_eq!(spend(&rig), 0);
    assert_eq!(rig.count("SELECT spend_total FROM facts"), 10_700);
    rig.sound();
}

#[test]
fn c04_a_refunded_order_never_was_a_sale_and_a_cancelled_one_neither() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let made = rig.write(order(id, "2024-05-01", 100)).made.unwrap();
    rig.write(order(id, "2024-05-02", 50));
    let figures = |rig: &Rig| {
        (
            rig.count("SELECT orders FROM facts"),
            rig.count("SELECT spend_total FROM facts"),
            rig.count("SELECT sum(orders) FROM daily"),
        )
    };
    assert_eq!(figures(&rig), (2, 15_000, 2));
    rig.store
        .db
        .execute(
            "INSERT INTO refund(customer_id,order_id,refunded_on,amount_fen) VALUES(?1,?2,'2024-05-03',1)",
            (id, made.id),
        )
        .unwrap();
    let refund = Row { noun: Noun::Refund, id: 1 };
    // put in behind the store's back: editing it brings everything into step
    let edited = Change::Edit {
        row: refund,
        rev: 1,
        set: vec![Edited {
            field: Field::RefundAmount,
            was: Value::Money(Fen(1)),
            to: Value::Money(Fen(10_000)),
        }],
    };
    rig.store.db.execute("UPDATE daily SET order_fen=order_fen-1 WHERE day='2024-05-01'", []).unwrap();
    rig.write(edited);
    assert_eq!(figures(&rig), (1, 5_000, 1));
    rig.sound();
    rig.write(Change::Remove { row: refund, rev: 2 });
    assert_eq!(figures(&rig), (2, 15_000, 2));
    rig.write(edit(Noun::Order, made.id, 1, Field::OrderStatus, "paid", "cancelled"));
    assert_eq!(figures(&rig), (1, 5_000, 1));
    let unnamed = Change::Add {
        noun: Noun::Refund,
        customer: CustomerId(id),
        set: vec![(Field::RefundAmount, Value::Money(Fen(500)))],
    };
    rig.write(unnamed);
    assert_eq!(figures(&rig), (1, 4_500, 1));
    rig.sound();
}

#[test]
fn k40_a_birthday_is_pointed_out_three_days_before_and_the_round_gives_it_its_next_year() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let date = |month: i64, day: i64| Change::Add {
        noun: Noun::ImportantDate,
        customer: CustomerId(id),
        set: vec![
            (Field::DateKind, Value::Text("birthday".into())),
            (Field::DateMonth, Value::Int(month)),
            (Field::DateDay, Value::Int(day)),
        ],
    };
    let remind = |rig: &Rig| {
        rig.text("SELECT next_on||' '||remind_on FROM important_date ORDER BY id DESC LIMIT 1").unwrap()
    };
    rig.write(date(6, 18));
    assert_eq!(remind(&rig), "2024-06-18 2024-06-15");
    rig.write(date(1, 2));
    assert_eq!(remind(&rig), "2025-01-02 2024-12-30");
    rig.write(date(2, 29));
    assert_eq!(remind(&rig), "2025-02-28 2025-02-25");
    assert!(matches!(
        rig.attempt(date(2, 30)),
        Err(StoreError::Invalid(Invalid { field: Field::DateDay, problem: Problem::NoSuchDay }))
    ));
    rig.sound();
    rig.at("2025-03-01T02:00:00Z");
    while !rig.store.daily_round(rig.now, 1).unwrap().done {}
    assert_eq!(
        rig.text("SELECT group_concat(next_on) FROM important_date"),
        Some("2025-06-18,2026-01-02,2026-02-28".into())
    );
    assert_eq!(rig.store.daily_round(rig.now, 1).unwrap().moved, 0);
    rig.sound();
}

#[test]
fn a_rebuild_that_was_cut_off_is_done_again_by_one_session_and_by_no_second_one() {
    let mut rig = rig();
    let id = rig.customer("恒远物流有限公司");
    rig.write(order(id, "2024-05-01", 3));
    while !rig.store.daily_round(rig.now, 100).unwrap().done {}
    let kept = content(&rig.store.db);
    let brake = Brake::default();
    brake.end();
    let cut = crate::store::facts::rebuild::rebuild_all(&mut rig.store.db, rig.now, &brake, &mut |_, _| {});
    assert!(matches!(cut, Err(StoreError::Cancelled)));
    assert_eq!(rig.count("SELECT count(*) FROM facts"), 0);
    // a new version of the program brings an index of its own before the rebuild goes on
    rig.store.db.execute_batch("CREATE INDEX facts_quiet ON facts (quiet) WHERE quiet = 1").unwrap();
    // the first process of the machine lives as long as it
    let by = format!("1 {}", process::began(1).unwrap());
    settings::keep(&rig.store.db, settings::REBUILD_BY, Some(&by)).unwrap();
    assert_eq!(rig.store.daily_round(rig.now, 100).unwrap(), Round { moved: 0, done: true });
    assert_eq!(rig.count("SELECT count(*) FROM facts"), 0);
    // a process with that number which began at another time is gone
    settings::keep(&rig.store.db, settings::REBUILD_BY, Some("1 5")).unwrap();
    while !rig.store.daily_round(rig.now, 100).unwrap().done {}
    assert_eq!(content(&rig.store.db), kept);
    assert_eq!(settings::raw(&rig.store.db, settings::REBUILD_BY).unwrap(), None);
    rig.sound();
}

#[test]
fn a_rebuild_finds_what_the_writes_kept() {
    let mut rig = rig();
    for n in 0..30 {
        let id = rig
            .write(Change::AddCustomer(Box::new(with_phone(&format!("客户{n}"), &format!("1380013{n:04}")))))
            .customer
            .unwrap()
            .0;
        let now = rig.now;
        rig.write(Change::LogTouch(Box::new(talk(id, now))));
        rig.write(order(id, "2024-05-01", n + 1));
    }
    rig.sound();
    let kept = content(&rig.store.db);
    let indexes = "SELECT count(*) FROM sqlite_schema WHERE tbl_name='facts'";
    let before = rig.count(indexes);
    crate::store::facts::rebuild::rebuild_all(&mut rig.store.db, rig.now, &Brake::default(), &mut |_, _| {})
        .unwrap();
    assert_eq!(content(&rig.store.db), kept);
    assert_eq!(rig.count(indexes), before);
    rig.sound();
}

#[test]
fn what_others_write_while_all_is_made_anew_stands_once_in_every_index() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("guanxi.db");
    let now = rig().now;
    let mut one = Store::open(&path, crate::store::Mode::Create).unwrap();
    let me = one.personal("wang", "王敏", now).unwrap().unwrap();
    let mut rig =
        Rig { store: Store::open(&path, crate::store::Mode::Existing).unwrap(), me, now, requests: 0 };
    let said = |id: i64, text: &str| {
        Change::LogTouch(Box::new(NewTouch { summary: text.into(), kind: "reply".into(), ..talk(id, now) }))
    };
    let ids: Vec<i64> = (0..4)
        .map(|n| {
            let new = with_phone(&format!("客户{n}"), &format!("1380013{n:04}"));
            let id = rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0;
            rig.write(said(id, "先前说过的话"));
            id
        })
        .collect();
    let mut steps = 0;
    crate::store::facts::rebuild::rebuild_by(1, &mut one.db, now, &Brake::default(), &mut |_, _| {
        steps += 1;
        if steps == 2 {
            // of one that is done, of one that is not reached yet, and of one that was not there
            for id in [ids[0], ids[3]] {
                rig.write(said(id, "其间说过的话"));
                rig.write(order(id, "2024-05-02", 90_000));
                let edited = edit(Noun::Customer, id, 1, Field::Region, "", "华东");
                rig.write(edited);
            }
            let new = rig.write(Change::AddCustomer(Box::new(with_phone("新来的", "13900139000"))));
            rig.write(said(new.customer.unwrap().0, "其间说过的话"));
        }
    })
    .unwrap();
    assert_eq!(steps, 5);
    rig.sound();
    for index in ["find_text", "find_digit", "find_touch"] {
        let rows = |word: &str| rig.count(&format!("SELECT count(*) FROM {index}('{word}')"));
        assert!(rows("zzz") == 0);
        // a second row of a number shows when the first is gone
        let all = indexed(&rig.store.db, index);
        for row in &all {
            rig.store.db.execute(&format!("DELETE FROM {index} WHERE rowid=?1"), [row]).unwrap();
        }
        let left: Vec<i64> = column(
            &rig.store.db,
            &format!(
                "SELECT DISTINCT rowid FROM {index} WHERE {index} MATCH '客户 OR 其间 OR 先前 OR 0000 OR 9000'"
            ),
        );
        assert_eq!(left, Vec::<i64>::new(), "{index}");
    }
}

#[test]
fn a_repair_makes_anew_all_that_is_kept_and_touches_no_record() {
    let mut rig = rig();
    for n in 1..4 {
        let id = rig.customer(&format!("客户{n}"));
        rig.write(order(id, "2024-05-01", n));
    }
    let records = |rig: &Rig| rig.text("SELECT group_concat(code || ordered_on || amount_fen) FROM orders");
    let (kept, before) = (content(&rig.store.db), records(&rig));
    rig.store
        .db
        .execute_batch(
            "UPDATE facts SET spend_total=1 WHERE customer_id=3;
             UPDATE daily SET orders=orders+1;
             DROP INDEX facts_code; DROP TRIGGER change_stays;
             DROP INDEX facts_name; CREATE INDEX facts_name ON facts (code)",
        )
        .unwrap();
    let faults = rig.store.check(rig.now).unwrap();
    for name in ["facts_code", "facts_name", "change_stays"] {
        assert!(faults.contains(&Fault::Schema(name.to_owned())), "{name} in {faults:?}");
    }
    assert_eq!(faults.len(), 5, "{faults:?}");
    let mut said = Vec::new();
    let put_back = rig.store.repair(rig.now, &mut |done, of| said.push((done, of))).unwrap();
    assert_eq!(put_back, ["facts_code", "facts_name", "change_stays"]);
    assert_eq!(said.last(), Some(&(3, 3)));
    assert_eq!((content(&rig.store.db), records(&rig)), (kept, before));
    rig.sound();
}

#[test]
fn a_write_leaves_the_large_segment_of_a_look_up_alone_and_a_rest_merges() {
    let mut rig = rig();
    let id = rig.customer("恒远物流有限公司");
    let log = |rig: &mut Rig, times: usize| {
        for _ in 0..times {
            let reply = NewTouch { kind: "reply".to_owned(), ..talk(id, rig.now) };
            rig.write(Change::LogTouch(Box::new(reply)));
        }
    };
    log(&mut rig, 30);
    crate::store::facts::rebuild::rebuild_all(&mut rig.store.db, rig.now, &Brake::default(), &mut |_, _| {})
        .unwrap();
    let ways = |rig: &Rig| {
        rig.text("SELECT group_concat(k||'='||v) FROM (SELECT k, v FROM find_touch_config ORDER BY k)")
    };
    let usual = ways(&self::rig());
    assert!(usual.as_deref().is_some_and(|text| text.contains("crisismerge=1000")), "{usual:?}");
    assert_eq!(ways(&rig).map(|text| text.replace("hashsize=1048576,", "")), usual);
    let segments = "SELECT count(DISTINCT segid) FROM find_touch_idx";
    assert_eq!(rig.count(segments), 1);
    let large = format!(
        "SELECT count(*) FROM find_touch_idx WHERE segid={}",
        rig.count("SELECT segid FROM find_touch_idx")
    );
    log(&mut rig, 100);
    assert_eq!(rig.count(segments), 101, "a write merges nothing");
    assert!(rig.count(&large) > 0);
    rig.store.catch_up(rig.now).unwrap();
    assert_eq!((rig.count(&large), rig.count(segments)), (0, 1), "a command does, after so many");
    log(&mut rig, 20);
    rig.store.catch_up(rig.now).unwrap();
    assert_eq!(rig.count(segments), 21, "not after so few");
    while rig.store.merge_look_up().unwrap() {}
    assert!(rig.count(segments) < 16, "a rest does");
    rig.sound();
}
