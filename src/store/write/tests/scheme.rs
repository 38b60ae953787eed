//! Classes by rule: what moves a customer, in which transaction, and what a change of rules leaves behind when it is
//! applied, cut off, cancelled or taken back.

use super::*;
use crate::domain::kpi::Period;
use crate::domain::people::Via;
use crate::domain::scheme::SHIPPED;
use crate::store::facts::AT_ONCE;
use crate::store::request::{Answer, Average, KpiQuery, Moves, Query, Why};

impl Rig {
    fn in_industry(&mut self, name: &str) -> i64 {
        let id = self.customer(name);
        let set = vec![Edited { field: Field::Industry, was: Value::None, to: Value::text("制造业") }];
        self.write(Change::Edit { row: Row { noun: Noun::Customer, id }, rev: 1, set });
        id
    }

    fn benchmark(&mut self, yuan: i64) {
        let average = Fen(yuan * 100);
        self.write(Change::Benchmark { industry: "制造业".into(), year: 2024, average });
    }

    fn order(&mut self, id: i64, fen: i64, on: &str) {
        let set = vec![
            (Field::OrderAmount, Value::Money(Fen(fen))),
            (Field::OrderDay, Value::Day(on.parse().unwrap())),
        ];
        self.write(Change::Add { noun: Noun::Order, customer: CustomerId(id), set });
    }

    fn class(&self, id: i64, scheme: &str) -> Option<String> {
        let sql = format!("SELECT {scheme} FROM facts WHERE customer_id=?1");
        self.store.db.query_row(&sql, [id], |r| r.get(0)).unwrap()
    }

    fn why(&self, id: i64, scheme: &str) -> Why {
        let query = Query::Why { customer: CustomerId(id), scheme: Some(scheme.to_owned()) };
        match self.store.ask(&self.me, &query, self.now).unwrap() {
            Answer::Why(mut all) => all.remove(0),
            _ => unreachable!(),
        }
    }

    fn preview(&self, text: &str) -> Result<Moves, StoreError> {
        match self.store.ask(&self.me, &Query::SchemePreview(text.to_owned()), self.now)? {
            Answer::SchemePreview(moves) => Ok(*moves),
            _ => unreachable!(),
        }
    }
}

/// The shipped segment with another line for dormant.
fn dormant_below(percent: u32) -> String {
    let (_, text) = SHIPPED.iter().find(|(id, _)| *id == "segment").unwrap();
    text.replace("share < 50%", &format!("share < {percent}%"))
        .replace("share >= 50%", &format!("share >= {percent}%"))
}

fn touch(id: i64, at: &str, responded: bool) -> Change {
    let new = NewTouch::plain(CustomerId(id), at.parse().unwrap(), "新品简讯");
    // a claim comes in by itself, which no cap stops
    let kind = if responded { "inbound" } else { "proactive" }.into();
    Change::LogTouch(Box::new(NewTouch { responded, kind, closed: true, channel: Some("sms".into()), ..new }))
}

#[test]
fn k25_an_order_moves_its_customer_in_the_same_transaction_and_undo_moves_it_back() {
    let mut rig = rig();
    rig.benchmark(10_000);
    let id = rig.in_industry("宏达");
    assert_eq!(rig.class(id, "segment"), None);
    rig.order(id, 1_499_999, "2024-05-01");
    assert_eq!(rig.class(id, "segment").as_deref(), Some("growth"));
    rig.order(id, 1, "2024-05-02");
    assert_eq!(rig.class(id, "segment").as_deref(), Some("high"));
    assert_eq!(rig.class(id, "grade").as_deref(), Some("A"));
    rig.write(Change::Undo(None));
    assert_eq!(rig.class(id, "segment").as_deref(), Some("growth"));
    let earlier = rig.why(id, "segment").earlier;
    let moves: Vec<_> = earlier.iter().map(|m| (m.was.as_deref(), m.became.as_deref())).collect();
    assert_eq!(
        moves,
        [(Some("high"), Some("growth")), (Some("growth"), Some("high")), (None, Some("growth"))]
    );
    rig.sound();
}

#[test]
fn k27_one_unanswered_mass_message_leaves_a_dormant_customer_dormant_and_an_answer_wakes_it() {
    let mut rig = rig();
    rig.benchmark(10_000);
    let id = rig.in_industry("优品汇");
    rig.order(id, 400_000, "2023-11-19");
    assert_eq!(rig.class(id, "segment").as_deref(), Some("dormant"));
    rig.write(touch(id, "2024-05-20T01:00:00Z", false));
    assert_eq!(rig.class(id, "segment").as_deref(), Some("dormant"));
    // K15: a claim is a two-way contact
    rig.write(touch(id, "2024-05-20T01:30:00Z", true));
    assert_eq!(rig.class(id, "segment").as_deref(), Some("ordinary"));
    rig.sound();
}

#[test]
fn b10_time_alone_moves_an_active_customer_the_day_after_three_calendar_months() {
    let mut rig = rig();
    rig.benchmark(10_000);
    let id = rig.in_industry("恒远");
    rig.order(id, 2_000_000, "2024-02-20");
    assert_eq!(rig.class(id, "segment").as_deref(), Some("high"));
    rig.at("2024-05-20T15:59:00Z");
    rig.store.daily_round(rig.now, 100).unwrap();
    assert_eq!(rig.class(id, "segment").as_deref(), Some("high"));
    rig.at("2024-05-20T16:00:00Z");
    rig.store.daily_round(rig.now, 100).unwrap();
    assert_eq!(rig.class(id, "segment").as_deref(), Some("cooling"));
    rig.sound();
}

#[test]
fn a57_the_mean_of_ten_own_customers_is_frozen_and_an_entered_average_goes_first() {
    let mut rig = rig();
    let ids: Vec<i64> = (0..10).map(|n| rig.in_industry(&format!("客户{n}"))).collect();
    for id in ids.iter().take(9) {
        rig.order(*id, 1_000_000, "2024-05-01");
    }
    assert_eq!(rig.class(ids[0], "segment"), None, "nine are too few");
    assert_eq!(rig.why(ids[0], "segment").account.none.as_deref(), Some("no_benchmark"));
    rig.order(ids[9], 2_000_000, "2024-05-01");
    assert_eq!(rig.class(ids[0], "segment").as_deref(), Some("growth"));
    assert_eq!(rig.class(ids[9], "segment").as_deref(), Some("high"));
    let mean = Average::Mean { month: "2024-05".into(), fen: Fen(1_100_000), customers: 10 };
    assert_eq!(rig.why(ids[0], "segment").average, Some(mean.clone()));
    // one more order does not move the average of an industry before the next month
    rig.order(ids[9], 90_000_000, "2024-05-02");
    assert_eq!(rig.why(ids[0], "segment").average, Some(mean));
    rig.benchmark(5_000);
    assert_eq!(rig.class(ids[0], "segment").as_deref(), Some("high"));
    rig.write(Change::Undo(None));
    assert_eq!(rig.class(ids[0], "segment").as_deref(), Some("growth"));
    rig.sound();
}

#[test]
fn a_class_set_by_hand_stands_above_the_rule_and_is_marked_where_they_differ() {
    let mut rig = rig();
    rig.benchmark(10_000);
    let id = rig.in_industry("宏达");
    rig.order(id, 1_000_000, "2024-05-01");
    let hand = |value: Option<&str>| Change::Class {
        customer: CustomerId(id),
        scheme: "segment".into(),
        value: value.map(Into::into),
        reason: Some("总部客户".into()),
    };
    rig.write(hand(Some("high")));
    let why = rig.why(id, "segment");
    assert_eq!((why.class.as_deref(), why.account.by_rule.as_deref()), (Some("high"), Some("growth")));
    assert_eq!((why.by.as_deref(), why.reason.as_deref()), (Some("王敏"), Some("总部客户")));
    assert_eq!(rig.count("SELECT differs FROM facts"), 1);
    rig.write(hand(None));
    assert_eq!(rig.class(id, "segment").as_deref(), Some("growth"));
    assert_eq!(rig.count("SELECT differs FROM facts"), 0);
    let refused = rig.attempt(hand(Some("splendid")));
    assert!(matches!(refused, Err(StoreError::Invalid(_))), "{refused:?}");
    rig.sound();
}

#[test]
fn new_rules_are_previewed_applied_as_a_version_with_their_reason_and_taken_back() {
    let mut rig = rig();
    rig.benchmark(10_000);
    let id = rig.in_industry("优品汇");
    rig.order(id, 600_000, "2023-11-19");
    assert_eq!(rig.class(id, "segment").as_deref(), Some("cooling"));
    let text = dormant_below(70);
    let moves = rig.preview(&text).unwrap();
    assert_eq!((moves.customers, moves.moved, moves.version), (1, 1, 2));
    assert_eq!(moves.moves[0].became.as_deref(), Some("dormant"));
    assert_eq!(rig.class(id, "segment").as_deref(), Some("cooling"), "a preview changes nothing");
    rig.write(Change::ApplyScheme { text: text.clone() });
    assert_eq!(rig.class(id, "segment").as_deref(), Some("dormant"));
    let why = rig.why(id, "segment");
    assert_eq!((why.account.version, why.version_by.as_deref()), (2, Some("王敏")));
    rig.write(Change::Undo(None));
    assert_eq!(rig.class(id, "segment").as_deref(), Some("cooling"));
    assert_eq!(rig.why(id, "segment").account.version, 1);
    // a faulty text leaves everything as it is
    let bad = text.replace("share < 70%", "share < 60%");
    assert!(matches!(rig.attempt(Change::ApplyScheme { text: bad }), Err(StoreError::Scheme(_))));
    rig.sound();
}

#[test]
fn a42_figures_of_a_month_that_is_over_stay_when_new_rules_move_customers() {
    let mut rig = rig();
    rig.at("2023-11-18T02:00:00Z");
    rig.benchmark(10_000);
    let id = rig.in_industry("优品汇");
    rig.order(id, 600_000, "2023-11-18");
    rig.at("2024-05-20T06:02:00Z");
    while !rig.store.daily_round(rig.now, 100).unwrap().done {}
    let april = KpiQuery { period: Period::read("2024-04").unwrap(), as_of: None };
    let groups = |rig: &Rig| match rig.store.ask(&rig.me, &Query::Kpis(april), rig.now).unwrap() {
        Answer::Kpis(kpis) => (kpis.groups, kpis.fresh),
        other => panic!("{other:?}"),
    };
    let (before, fresh) = groups(&rig);
    rig.store.keep(&fresh.unwrap()).unwrap();
    rig.write(Change::ApplyScheme { text: dormant_below(70) });
    assert_eq!(rig.class(id, "segment").as_deref(), Some("dormant"));
    rig.sound();
    rig.store.db.execute("DELETE FROM kept_figures", []).unwrap();
    assert!(groups(&rig).0 == before, "counted anew");
}

#[test]
fn a_class_that_no_row_of_the_matrix_serves_is_refused() {
    let rig = rig();
    let text = dormant_below(50).replace("id = \"dormant\"", "id = \"asleep\"");
    let told = rig.preview(&text);
    assert!(
        matches!(&told, Err(StoreError::Scheme(r)) if matches!(&r.fault, crate::domain::scheme::parse::Fault::Unserved(c) if c == "asleep") && r.line > 30),
        "{told:?}"
    );
}

#[test]
fn only_who_may_configure_puts_rules_in_force() {
    let mut rig = rig();
    let rep = rig.person("li", "rep", "sales");
    let envelope = Envelope {
        request: "x".into(),
        change: Change::ApplyScheme { text: dormant_below(60) },
        reason: None,
    };
    assert_eq!(rig.store.write(&rep, &envelope, rig.now), Err(StoreError::Denied(Verb::Configure)));
}

#[test]
fn a_trial_names_a_few_whom_one_sees_in_full_and_who_sets_no_rules_tries_none() {
    let mut rig = rig();
    rig.benchmark(10_000);
    for name in ["甲公司", "乙公司", "丙公司", "丁公司"] {
        let id = rig.in_industry(name);
        rig.order(id, 600_000, "2023-06-01");
    }
    let tried = |rig: &Rig, who: &Actor| {
        rig.store.ask(who, &Query::SchemePreview(dormant_below(70)), rig.now).map(|answer| match answer {
            Answer::SchemePreview(moves) => moves.moves[0].clone(),
            _ => unreachable!(),
        })
    };
    let mine = tried(&rig, &rig.me).unwrap();
    assert_eq!(
        (mine.customers, mine.some.as_slice()),
        (4, ["甲公司", "乙公司", "丙公司"].map(String::from).as_slice())
    );
    let manager = rig.person("sun", "manager", "service");
    let theirs = tried(&rig, &manager).unwrap();
    assert_eq!((theirs.customers, theirs.some.len()), (4, 0), "of another department: how many, not who");
    let rep = rig.person("li", "rep", "sales");
    assert_eq!(tried(&rig, &rep), Err(StoreError::Denied(Verb::Strategy)));
}

#[test]
fn rules_are_proposed_once_a_person_and_granted_when_they_come_into_force_however_they_are_written() {
    let mut rig = rig();
    let manager = rig.person("sun", "manager", "service");
    let rep = rig.person("li", "rep", "sales");
    let by = |rig: &mut Rig, who: &Actor, request: &str, change: Change| {
        let envelope = Envelope { request: request.into(), change, reason: Some("试行".into()) };
        rig.store.write(who, &envelope, rig.now).map(|_| ())
    };
    let proposals = |rig: &Rig| match rig.store.ask(&rig.me, &Query::Schemes, rig.now).unwrap() {
        Answer::Schemes(rows) => rows.into_iter().flat_map(|row| row.proposals).collect::<Vec<_>>(),
        _ => unreachable!(),
    };
    let propose = |percent| Change::ProposeScheme { text: dormant_below(percent) };
    assert_eq!(by(&mut rig, &rep, "a", propose(60)), Err(StoreError::Denied(Verb::Strategy)));
    let gap = Change::ProposeScheme { text: dormant_below(50).replace("share < 50%", "share < 40%") };
    assert!(matches!(by(&mut rig, &manager, "b", gap), Err(StoreError::Scheme(_))));
    by(&mut rig, &manager, "c", propose(60)).unwrap();
    by(&mut rig, &manager, "d", propose(70)).unwrap();
    let all = proposals(&rig);
    assert_eq!(all.len(), 1, "the later one stands");
    assert!(all[0].text.contains("70%") && all[0].reason.as_deref() == Some("试行") && !all[0].by_me);
    // other rules leave it; the same ones with other remarks grant it, and undo brings both back
    rig.write(Change::ApplyScheme { text: dormant_below(60) });
    assert_eq!(proposals(&rig).len(), 1);
    rig.write(Change::ApplyScheme { text: format!("# agreed\n{}", dormant_below(70)) });
    assert!(proposals(&rig).is_empty());
    rig.write(Change::Undo(None));
    let row = Row { noun: Noun::Proposal, id: proposals(&rig)[0].id };
    let remove = || Change::Remove { row, rev: 1 };
    assert_eq!(by(&mut rig, &rep, "e", remove()), Err(StoreError::Denied(Verb::Configure)));
    let rev = proposals(&rig)[0].rev;
    by(&mut rig, &manager, "f", Change::Remove { row, rev }).unwrap();
    assert!(proposals(&rig).is_empty());
}

/// A company too large to be moved in one transaction; every customer is cooling at 60 per cent.
fn large() -> Rig {
    let mut rig = rig();
    rig.benchmark(10_000);
    let customers = (0..=AT_ONCE).map(|n| {
        let opening = crate::domain::change::Opening {
            as_of: Some("2024-05-20".parse().unwrap()),
            last_on: Some("2023-12-01".parse().unwrap()),
            total: Some(Fen(600_000)),
            year: Some(Fen(600_000)),
            ..Default::default()
        };
        let mut new = named(&format!("客户{n}"));
        new.values.push((Field::Industry, Value::text("制造业")));
        crate::domain::change::ImportRow::Customer(NewCustomer { opening: Some(opening), ..new })
    });
    let rows: Vec<_> = customers.collect();
    let job = rig.write(Change::StartImport { what: "a.csv".into() }).job.unwrap();
    rig.write(Change::ImportRows { job, rows });
    rig.write(Change::FinishImport { job });
    assert_eq!(rig.count("SELECT count(*) FROM facts WHERE segment='cooling'"), AT_ONCE + 1);
    rig
}

#[test]
fn a_cancelled_run_leaves_the_old_rules_in_force_and_the_same_text_goes_on_to_the_end() {
    let mut rig = large();
    let text = dormant_below(70);
    let brake = rig.store.brake();
    let envelope =
        Envelope { request: "x".into(), change: Change::ApplyScheme { text: text.clone() }, reason: None };
    let stopped = rig.store.write_with_progress(&rig.me, &envelope, rig.now, &mut |_, _| brake.pull());
    assert_eq!(stopped, Err(StoreError::Cancelled));
    assert_eq!(rig.count("SELECT count(*) FROM facts WHERE segment='cooling'"), AT_ONCE + 1);
    assert_eq!(rig.why(1, "segment").account.version, 1);
    // whoever is written meanwhile stays right, under the old rules and the new
    rig.order(1, 500_000, "2024-05-19");
    assert_eq!(rig.class(1, "segment").as_deref(), Some("growth"));
    rig.write(Change::ApplyScheme { text });
    assert_eq!(rig.count("SELECT count(*) FROM facts WHERE segment='dormant'"), AT_ONCE);
    assert_eq!(rig.class(1, "segment").as_deref(), Some("growth"));
    assert_eq!(rig.count("SELECT count(*) FROM scheme_stage"), 0);
    rig.sound();
}

#[test]
fn rules_of_a_large_company_that_are_taken_back_move_everybody_back_in_the_round() {
    let mut rig = large();
    rig.write(Change::ApplyScheme { text: dormant_below(70) });
    assert_eq!(rig.count("SELECT count(*) FROM facts WHERE segment='dormant'"), AT_ONCE + 1);
    rig.write(Change::Undo(None));
    while !rig.store.daily_round(rig.now, 50).unwrap().done {}
    assert_eq!(rig.count("SELECT count(*) FROM facts WHERE segment='cooling'"), AT_ONCE + 1);
    rig.sound();
}

#[test]
fn a_class_that_a_file_set_is_told_as_the_files_and_its_undo_as_an_undo() {
    let mut rig = rig();
    rig.at("2024-05-01T02:00:00Z");
    let bring = |rig: &mut Rig, classes: Vec<(String, String)>| {
        rig.me.via = Via::Import;
        let job = rig.write(Change::StartImport { what: "客户.csv".into() }).job.unwrap();
        let new = NewCustomer { code: Some("C1".into()), classes, ..named("恒远物流") };
        rig.write(Change::ImportRows { job, rows: vec![crate::domain::change::ImportRow::Customer(new)] });
        rig.write(Change::FinishImport { job });
        rig.me.via = Via::Screen;
    };
    bring(&mut rig, Vec::new());
    let id = rig.count("SELECT id FROM customer");
    rig.at("2024-05-02T02:00:00Z");
    let (customer, scheme) = (CustomerId(id), "segment".to_owned());
    rig.write(Change::Class { customer, scheme, value: Some("growth".into()), reason: None });
    rig.at("2024-05-03T02:00:00Z");
    bring(&mut rig, vec![("segment".into(), "high".into())]);
    let told = |rig: &Rig| {
        let earlier = rig.why(id, "segment").earlier;
        earlier.into_iter().map(|m| (m.became.unwrap_or_default(), m.how, m.undone)).collect::<Vec<_>>()
    };
    let move_to = |class: &str, how: &str, undone| (class.to_owned(), how.to_owned(), undone);
    let first = move_to("growth", "hand", false);
    assert_eq!(told(&rig), [move_to("high", "import", false), first.clone()]);
    rig.at("2024-05-04T02:00:00Z");
    rig.write(Change::Undo(None));
    let back = [move_to("growth", "undo", false), move_to("high", "import", true), first];
    assert_eq!(told(&rig), back);
}
