//! Imports.

use super::*;
use crate::domain::change::{ImportRow, Opening, SentBy};
use crate::store::request::RowOutcome;

fn start(rig: &mut Rig) -> i64 {
    rig.write(Change::StartImport { what: "客户.csv".into() }).job.unwrap()
}

fn bring(rig: &mut Rig, job: i64, rows: Vec<ImportRow>) -> Vec<RowOutcome> {
    rig.write(Change::ImportRows { job, rows }).outcomes
}

fn row(code: &str, name: &str, phone: &str) -> ImportRow {
    let code = (!code.is_empty()).then(|| code.to_owned());
    ImportRow::Customer(NewCustomer { code, ..with_phone(name, phone) })
}

#[test]
fn k56_the_same_number_twice_is_one_customer_and_the_same_phone_under_two_numbers_is_told() {
    let mut rig = rig();
    let job = start(&mut rig);
    let mut filled = NewCustomer { code: Some("C1".into()), ..with_phone("恒远物流", "13800138000") };
    filled.values.push((Field::Region, Value::Text("华东".into())));
    let outcomes = bring(
        &mut rig,
        job,
        vec![
            row("C1", "恒远物流", "13800138000"),
            row("C1", "恒远物流", "13800138000"),
            row("C2", "恒远分公司", "138-0013-8000"),
            row("", "恒远物流", "13800138000"),
            ImportRow::Customer(filled),
            row("C3", "", "13900000000"),
        ],
    );
    assert_eq!(outcomes[..2], [RowOutcome::Made, RowOutcome::Same]);
    assert_eq!(outcomes[2], RowOutcome::Alike("C1".into(), "恒远物流".into()));
    assert_eq!(outcomes[3], RowOutcome::Same);
    assert!(matches!(outcomes[4], RowOutcome::Updated(_)));
    assert!(matches!(
        &outcomes[5],
        RowOutcome::Refused(Invalid { field: Field::Name, problem: Problem::Empty })
    ));
    assert_eq!(rig.count("SELECT count(*) FROM customer"), 2);
    assert_eq!(rig.count("SELECT count(*) FROM method"), 2);
    rig.write(Change::FinishImport { job });
    rig.sound();
}

fn noted(code: &str, note: &str, referrer: Option<&str>) -> ImportRow {
    let mut new = NewCustomer { code: Some(code.into()), ..named(code) };
    if !note.is_empty() {
        new.values.push((Field::CustomerNote, Value::text(note)));
    }
    new.sent_by =
        referrer.map(|named| SentBy { named: named.to_owned(), line: format!("推荐人:{named}") });
    ImportRow::Customer(new)
}

#[test]
fn h6_an_import_adds_to_a_note_what_it_lacks_and_takes_nothing_away() {
    let mut rig = rig();
    let job = start(&mut rig);
    bring(&mut rig, job, vec![noted("C1", "周末勿扰\n喜欢乌龙茶", None)]);
    let again = bring(&mut rig, job, vec![noted("C1", "来源:老客户\n喜欢乌龙茶", None)]);
    assert!(matches!(again[0], RowOutcome::Updated(_)));
    let note = |rig: &Rig| rig.text("SELECT note FROM customer WHERE code='C1'");
    assert_eq!(note(&rig).as_deref(), Some("周末勿扰\n喜欢乌龙茶\n来源:老客户"));
    // a second reading finds every line there
    let third = bring(&mut rig, job, vec![noted("C1", "来源:老客户\n喜欢乌龙茶", None)]);
    assert_eq!(third, [RowOutcome::Same]);
    rig.write(Change::FinishImport { job });
    rig.sound();
}

#[test]
fn h6_who_sent_a_customer_stands_in_its_field_and_in_the_note_only_where_the_name_is_nobodys() {
    let mut rig = rig();
    let job = start(&mut rig);
    let rows = vec![
        noted("C1", "", None),
        noted("C2", "", Some("C1")),
        noted("C3", "老客户", Some("没有这家")),
        noted("C4", "", Some("C4")),
    ];
    bring(&mut rig, job, rows);
    rig.write(Change::FinishImport { job });
    let by = "SELECT coalesce(r.code,'-') FROM customer c LEFT JOIN customer r ON r.id=c.referrer_id WHERE c.code=";
    let of = |rig: &Rig, code: &str| rig.text(&format!("{by}'{code}'")).unwrap();
    assert_eq!([of(&rig, "C2"), of(&rig, "C3"), of(&rig, "C4")], ["C1", "-", "-"]);
    let note = |rig: &Rig, code: &str| rig.text(&format!("SELECT note FROM customer WHERE code='{code}'"));
    assert_eq!(note(&rig, "C2"), None);
    assert_eq!(note(&rig, "C3").as_deref(), Some("老客户\n推荐人:没有这家"));
    // who was sent by C1 has not sent it (A23): the row comes in, and says so in the note
    let job = start(&mut rig);
    let outcomes = bring(&mut rig, job, vec![noted("C1", "", Some("C2"))]);
    assert!(!matches!(outcomes[0], RowOutcome::Refused(_)), "{outcomes:?}");
    assert_eq!((of(&rig, "C1").as_str(), note(&rig, "C1").as_deref()), ("-", Some("推荐人:C2")));
    rig.write(Change::FinishImport { job });
    rig.sound();
}

#[test]
fn k06_an_old_number_is_kept() {
    let mut rig = rig();
    let job = start(&mut rig);
    bring(&mut rig, job, vec![row("CUST001", "甲", "13800138000")]);
    assert_eq!(rig.text("SELECT code FROM customer"), Some("CUST001".into()));
}

#[test]
fn a_refused_row_takes_nothing_down_with_it_and_leaves_nothing_behind() {
    let mut rig = rig();
    let job = start(&mut rig);
    let mut bad = with_phone("乙", "13900000000");
    bad.contacts[0].methods.push(("pigeon".into(), "x".into()));
    let outcomes = bring(
        &mut rig,
        job,
        vec![row("", "甲", "13800138000"), ImportRow::Customer(bad), row("", "丙", "13700000000")],
    );
    assert!(matches!(outcomes[1], RowOutcome::Refused(_)));
    assert_eq!(
        rig.text("SELECT group_concat(name) FROM (SELECT name FROM customer ORDER BY id)"),
        Some("甲,丙".into())
    );
    assert_eq!(rig.count("SELECT count(*) FROM change_row"), 6);
    assert_eq!(rig.count("SELECT sum(customers) FROM daily"), 2);
    rig.write(Change::FinishImport { job });
    rig.sound();
}

#[test]
fn a_file_read_twice_changes_nothing_the_second_time() {
    let mut rig = rig();
    let job = start(&mut rig);
    bring(&mut rig, job, vec![row("C1", "甲", "13800138000")]);
    let id = CustomerId(1);
    let touch = NewTouch { channel: None, closed: false, ..talk(1, rig.now) };
    let values = vec![
        (Field::OrderDay, Value::Day("2024-05-01".parse().unwrap())),
        (Field::OrderAmount, Value::Money(Fen(100))),
    ];
    let rows = || {
        vec![
            in_file(touch.clone()),
            ImportRow::Order { customer: id, values: values.clone(), nth: 1 },
            ImportRow::Contact {
                customer: id,
                contact: NewContact { name: "赵".into(), ..NewContact::default() },
                aside: false,
            },
            in_file(NewTouch { customer: CustomerId(99), ..touch.clone() }),
        ]
    };
    let first = bring(&mut rig, job, rows());
    assert_eq!(first[..3], [RowOutcome::Made, RowOutcome::Made, RowOutcome::Made]);
    assert!(matches!(first[3], RowOutcome::Refused(_)));
    let before = content(&rig.store.db);
    assert_eq!(bring(&mut rig, job, rows())[..3], [RowOutcome::Same, RowOutcome::Same, RowOutcome::Same]);
    assert_eq!(content(&rig.store.db), before);
    assert_eq!(rig.text("SELECT channel FROM touch"), None);
    rig.write(Change::FinishImport { job });
    rig.sound();
}

#[test]
fn k56_a_touch_that_was_corrected_since_is_known_by_what_its_file_says_and_so_is_its_contact() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let contact = |rig: &mut Rig, job, name: &str| {
        let contact = NewContact { name: name.into(), ..NewContact::default() };
        bring(rig, job, vec![ImportRow::Contact { customer: CustomerId(id), contact, aside: true }]);
        rig.count(&format!("SELECT id FROM contact WHERE name='{name}'"))
    };
    let job = start(&mut rig);
    let zhao = contact(&mut rig, job, "赵");
    let said = |feedback: &str, contact| NewTouch {
        feedback: Some(feedback.into()),
        contact: Some(contact),
        ..talk(id, rig.now)
    };
    let (one, other) = (said("要样品", zhao), said("要报价", zhao));
    bring(&mut rig, job, vec![in_file(one.clone())]);
    let touch = rig.count("SELECT id FROM touch");
    rig.write(edit(Noun::Touch, touch, 1, Field::TouchFeedback, "要样品", "要两份样品"));
    rig.write(edit(Noun::Contact, zhao, 1, Field::ContactName, "赵", "赵总"));
    let again = contact(&mut rig, job, "赵");
    assert_ne!(again, zhao);
    let rows = vec![
        in_file(NewTouch { contact: Some(again), ..other }),
        in_file(NewTouch { contact: Some(again), ..one }),
    ];
    assert_eq!(bring(&mut rig, job, rows), [RowOutcome::Made, RowOutcome::Same]);
    rig.write(Change::FinishImport { job });
    rig.sound();
}

#[test]
fn an_import_is_taken_back_as_a_whole_updated_rows_included() {
    let mut rig = rig();
    let known = rig.write(Change::AddCustomer(Box::new(with_phone("老客户", "13600000000"))));
    let before = content(&rig.store.db);
    let job = start(&mut rig);
    let mut rows: Vec<_> = (0..450).map(|n| row("", &format!("新{n}"), &format!("137{n:08}"))).collect();
    let mut update = NewCustomer { code: known.code, ..named("老客户") };
    update.values.push((Field::Region, Value::Text("华东".into())));
    rows.push(ImportRow::Customer(update));
    let outcomes = bring(&mut rig, job, rows);
    assert_eq!(outcomes.len(), 451);
    assert!(matches!(outcomes.last(), Some(RowOutcome::Updated(_))));
    rig.write(Change::FinishImport { job });
    let all = content(&rig.store.db);
    rig.write(Change::Undo(None));
    assert_eq!(content(&rig.store.db), before);
    rig.write(Change::Redo);
    assert_eq!(content(&rig.store.db), all);
    rig.sound();
}

#[test]
fn c2_the_moment_of_an_import_makes_no_touch_late_not_even_when_its_day_is_corrected() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let job = start(&mut rig);
    let at: chrono::DateTime<chrono::Utc> = "2024-03-01T02:00:00Z".parse().unwrap();
    let touch = NewTouch { at, ..talk(id, rig.now) };
    bring(&mut rig, job, vec![in_file(touch)]);
    rig.write(Change::FinishImport { job });
    assert_eq!(rig.count("SELECT late FROM touch"), 0);
    assert_eq!(rig.count("SELECT sum(late) FROM daily"), 0);
    let touch = Row { noun: Noun::Touch, id: rig.count("SELECT id FROM touch") };
    let ms = at.timestamp_millis();
    let (was, to) = (Value::Moment(ms), Value::Moment(ms - 30 * 86_400_000));
    let set = vec![Edited { field: Field::TouchAt, was, to }];
    rig.write(Change::Edit { row: touch, rev: 1, set });
    assert_eq!(rig.count("SELECT late FROM touch"), 0);
    rig.sound();
}

#[test]
fn older_files_say_of_imported_touches_that_they_are_late_and_of_a_campaigns_that_they_were_imported() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let job = start(&mut rig);
    let at = "2024-03-01T02:00:00Z".parse().unwrap();
    let touch = NewTouch { at, ..talk(id, rig.now) };
    bring(&mut rig, job, vec![in_file(touch)]);
    rig.write(Change::FinishImport { job });
    rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..talk(id, rig.now) })));
    let db = &rig.store.db;
    db.execute_batch(
        "INSERT INTO job SELECT 77,'run_campaign',what,person_id,started_at,state,done FROM job LIMIT 1;
         UPDATE touch SET late=1, rev=rev+1 WHERE job_id IS NOT NULL;
         UPDATE daily SET late=1 WHERE day='2024-03-01';
         UPDATE touch SET job_id=77, rev=rev+1 WHERE job_id IS NULL;",
    )
    .unwrap();
    for _ in 0..2 {
        db.execute_batch(crate::store::schema::up_to(42).last().unwrap()).unwrap();
        let kept = "SELECT group_concat(late||coalesce(job_id,'-')) FROM (SELECT * FROM touch ORDER BY at)";
        assert_eq!(rig.text(kept).unwrap(), format!("0{job},0-"));
        rig.sound();
    }
}

#[test]
fn c2_a_touch_that_an_older_program_removed_comes_back_as_touches_are_kept_now() {
    for (by, was, back) in [("import", 1, "0-77"), ("run_campaign", 1, "1-0")] {
        let mut rig = rig();
        let id = rig.customer("恒远物流");
        let job = start(&mut rig);
        let touch = talk(id, rig.now);
        bring(&mut rig, job, vec![in_file(touch)]);
        rig.write(Change::FinishImport { job });
        rig.store
            .db
            .execute_batch(&format!(
                "INSERT INTO job SELECT 77,'{by}',what,person_id,started_at,state,done FROM job LIMIT 1;
                 UPDATE touch SET late={was}, job_id=77, rev=rev+1;
                 UPDATE daily SET late={was} WHERE touches>0;"
            ))
            .unwrap();
        let touch = Row { noun: Noun::Touch, id: rig.count("SELECT id FROM touch") };
        let rev = rig.count("SELECT rev FROM touch");
        rig.write(Change::Remove { row: touch, rev });
        rig.write(Change::Undo(None));
        assert_eq!(rig.text("SELECT late||'-'||coalesce(job_id,0) FROM touch").unwrap(), back, "{by}");
        assert_eq!(rig.store.check(rig.now).unwrap(), []);
    }
}

#[test]
fn a_rep_imports_nothing() {
    let mut rig = rig();
    rig.me = rig.person("rep", "rep", "sales");
    assert_eq!(
        rig.attempt(Change::StartImport { what: "a".into() }).unwrap_err(),
        StoreError::Denied(Verb::Import)
    );
}

#[test]
fn imported_touches_leave_ranks_in_the_look_up_to_a_round_that_the_import_asks_for() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    while !rig.store.daily_round(rig.now, 100).unwrap().done {}
    let rank = "SELECT bucket FROM facts";
    let untouched = rig.count(rank);
    let job = start(&mut rig);
    let row = in_file(talk(id, rig.now));
    bring(&mut rig, job, vec![row]);
    // cut here, everything is found where it stands
    assert_eq!(rig.count(rank), untouched);
    assert_eq!(rig.count("SELECT count(*) FROM facts WHERE last_touch IS NOT NULL"), 1);
    assert_eq!(rig.count("SELECT id & 1048575 FROM find_text_docsize"), id);
    let faults = rig.store.check(rig.now).unwrap();
    assert!(faults.iter().all(|f| matches!(f, crate::store::check::Fault::Unfinished { .. })), "{faults:?}");
    rig.write(Change::FinishImport { job });
    rig.sound();
    while !rig.store.daily_round(rig.now, 100).unwrap().done {}
    assert!(rig.count(rank) < untouched);
    rig.sound();
    // and the same on the way back
    rig.write(Change::Undo(None));
    rig.sound();
    while !rig.store.daily_round(rig.now, 100).unwrap().done {}
    assert_eq!(rig.count(rank), untouched);
    assert_eq!(rig.count("SELECT count(*) FROM facts WHERE stale_on<='2024-05-20'"), 0);
    rig.sound();
}

#[test]
fn a_touch_by_hand_moves_its_customer_at_once() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let untouched = rig.count("SELECT bucket FROM facts");
    rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..talk(id, rig.now) })));
    assert!(rig.count("SELECT bucket FROM facts") < untouched);
    rig.sound();
}

#[test]
fn a_person_writes_between_the_batches_of_an_import_however_long_it_is() {
    use std::sync::atomic::{AtomicBool, Ordering};

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = Store::open(&path, crate::store::Mode::Create).unwrap();
    let now = rig().now;
    store.personal("wang", "王敏", now).unwrap();
    let actor = |store: &Store, session: &str| store.actor("wang", Via::Screen, session).unwrap().unwrap();
    let write = |store: &mut Store, who: &Actor, request: String, change: Change| {
        store.write(who, &Envelope { request, change, reason: None }, now).unwrap()
    };
    let me = actor(&store, "import");
    let job =
        write(&mut store, &me, "i".into(), Change::StartImport { what: "客户.csv".into() }).job.unwrap();
    let mut person = Store::open(&path, crate::store::Mode::Existing).unwrap();
    let mine = actor(&person, "person");
    let done = AtomicBool::new(false);
    let ended = &done;
    let passed = std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut n = 0;
            while !ended.load(Ordering::Relaxed) {
                let rows = (n..n + 400).map(|n| row("", &format!("第{n}号公司"), &format!("139{n:08}")));
                let change = Change::ImportRows { job, rows: rows.collect() };
                write(&mut store, &me, format!("rows{n}"), change);
                n += 400;
            }
        });
        let newest = |db: &Connection| -> i64 {
            db.query_row("SELECT coalesce(max(id),0) FROM change", [], |r| r.get(0)).unwrap()
        };
        while newest(&person.db) < 5 {
            std::thread::yield_now();
        }
        let mut passed = Vec::new();
        for n in 0..15 {
            let before = newest(&person.db);
            let change = Change::AddCustomer(Box::new(named(&format!("手工{n}"))));
            let receipt = write(&mut person, &mine, format!("p{n}"), change);
            passed.push(receipt.change.unwrap() - before - 1);
        }
        done.store(true, Ordering::Relaxed);
        passed
    });
    // the batch that runs, and one that may begin before this thread stands in the waiting room; a machine that is busy may
    // keep it from there now and then
    let late = passed.iter().filter(|batches| **batches > 2).count();
    assert!(late <= 5, "batches that went before each of a person's writes: {passed:?}");
}

fn bought(customer: i64, on: &str, yuan: i64) -> ImportRow {
    let values = vec![
        (Field::OrderDay, Value::Day(on.parse().unwrap())),
        (Field::OrderAmount, Value::Money(Fen(yuan * 100))),
    ];
    ImportRow::Order { customer: CustomerId(customer), values, nth: 1 }
}

#[test]
fn k12_k24_k37_imported_orders_win_an_activation_raise_a_member_and_make_the_reward_and_undo_takes_it_back() {
    let mut rig = rig();
    let (referrer, customer) = (rig.customer("恒远物流"), rig.customer("甲公司"));
    let set = vec![Edited { field: Field::Referrer, was: Value::None, to: Value::Id(referrer) }];
    rig.write(Change::Edit { row: Row { noun: Noun::Customer, id: customer }, rev: 1, set });
    for (noun, set) in [
        (Noun::Membership, Vec::new()),
        (Noun::Activation, vec![(Field::ActivationStarted, Value::Day("2024-05-01".parse().unwrap()))]),
    ] {
        rig.write(Change::Add { noun, customer: CustomerId(customer), set });
    }
    let came = |rig: &Rig| {
        (
            rig.text("SELECT outcome FROM activation").unwrap(),
            rig.text("SELECT level FROM membership"),
            rig.count("SELECT count(*) FROM task WHERE cause LIKE 'reward:%' AND state='open'"),
        )
    };
    let job = start(&mut rig);
    assert_eq!(bring(&mut rig, job, vec![bought(customer, "2024-05-10", 2_500)]), [RowOutcome::Made]);
    rig.write(Change::FinishImport { job });
    assert_eq!(came(&rig), ("won".into(), Some("VIP".into()), 1));
    rig.sound();
    rig.write(Change::Undo(None));
    assert_eq!(came(&rig), ("open".into(), None, 0));
    rig.sound();
}

#[test]
fn k12_orders_of_old_books_reward_nobody_and_ask_for_nothing() {
    let mut rig = rig();
    let (referrer, customer) = (rig.customer("恒远物流"), rig.customer("甲公司"));
    let set = vec![Edited { field: Field::Referrer, was: Value::None, to: Value::Id(referrer) }];
    rig.write(Change::Edit { row: Row { noun: Noun::Customer, id: customer }, rev: 1, set });
    let job = start(&mut rig);
    let old = vec![bought(customer, "2023-05-10", 90_000), bought(customer, "2024-05-05", 90_000)];
    bring(&mut rig, job, old);
    rig.write(Change::FinishImport { job });
    assert_eq!(rig.count("SELECT count(*) FROM task"), 0);
    rig.sound();
}

#[test]
fn facts_of_new_customers_are_right_whatever_came_with_them() {
    let mut rig = rig();
    let job = start(&mut rig);
    let new = |name: &str| with_phone(name, "13800138000");
    let opening = Opening {
        first_on: Some("2023-02-01".parse().unwrap()),
        last_on: Some("2024-05-02".parse().unwrap()),
        total: Some(Fen(9_000_000)),
        ..Opening::default()
    };
    let out = vec![(Field::OptOutChannel, Value::text("all"))];
    let customers = [
        new("甲"),
        NewCustomer { tags: vec![need("关注点", "价格")], ..new("乙") },
        NewCustomer { opening: Some(opening), ..new("丙") },
        NewCustomer { records: vec![(Noun::OptOut, out)], ..new("丁") },
        NewCustomer { classes: vec![("grade".into(), "A".into())], ..new("戊") },
        NewCustomer { classes: vec![("depth".into(), "strategic".into())], ..new("己") },
        NewCustomer { contacts: Vec::new(), ..new("庚") },
    ];
    let mut rows: Vec<_> = customers.into_iter().map(ImportRow::Customer).collect();
    // the order of a customer who is made in the same change
    rows.push(bought(1, "2024-05-10", 300));
    let outcomes = bring(&mut rig, job, rows);
    assert!(!outcomes.iter().any(|o| matches!(o, RowOutcome::Refused(_))), "{outcomes:?}");
    rig.write(Change::FinishImport { job });
    assert_eq!(rig.text("SELECT group_concat(orders,'') FROM facts"), Some("1000000".into()));
    assert_eq!(rig.count("SELECT sum(quiet) FROM facts"), 1);
    assert_eq!(rig.count("SELECT spend_total FROM facts WHERE customer_id=3"), 9_000_000);
    assert_eq!(rig.text("SELECT grade FROM facts WHERE customer_id=5"), Some("A".into()));
    rig.sound();
}

#[test]
fn h33_books_that_name_another_owner_take_along_what_the_old_one_held_and_reward_who_is_named_as_referrer() {
    use crate::domain::books::BookRow;
    let mut rig = rig();
    let job = start(&mut rig);
    let row = |code: &str, owner: Option<&str>| {
        ImportRow::Book(BookRow::Customer {
            code: code.into(),
            created: "2024-01-01T00:00:00Z".parse().unwrap(),
            segment: None,
            source: None,
            owner: owner.map(str::to_owned),
        })
    };
    bring(&mut rig, job, vec![row("A1", None), row("A2", None)]);
    let customer = CustomerId(rig.count("SELECT id FROM customer WHERE code='A1'"));
    rig.write(Change::AddTask { customer, task: next("送样", "2024-05-22") });
    rig.write(order(customer.0, "2024-05-19", 5_000));
    let job = start(&mut rig);
    let sent = |customer: &str, referrer: &str| {
        ImportRow::Book(BookRow::Referrer { customer: customer.into(), referrer: referrer.into() })
    };
    bring(&mut rig, job, vec![row("A1", Some("李娜")), sent("A1", "A2"), sent("A2", "A1")]);
    let li = rig.count("SELECT id FROM person WHERE name='李娜'");
    assert_eq!(rig.count("SELECT owner_id FROM task WHERE text='送样'"), li);
    assert_eq!(rig.count("SELECT count(*) FROM task WHERE cause LIKE 'reward:%' AND state='open'"), 1);
    for job in [1, 2] {
        rig.write(Change::FinishImport { job });
    }
    // who was sent by A2 has not sent A2
    assert_eq!(rig.count("SELECT count(*) FROM customer WHERE referrer_id IS NOT NULL"), 1);
    rig.sound();
}
