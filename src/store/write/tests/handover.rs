//! Handing customers over, by requirement: who may, what goes along, what comes back, how fast.

use super::*;
use crate::domain::handover::{HandOver, Turn, Whom};
use crate::domain::people::PersonId;
use crate::store::request::{Answer, Case, CaseKind, HandOverCase, Query};

/// Wang is the administrator; Li gives, Zhao receives.
struct Office {
    rig: Rig,
    wang: Actor,
    li: Actor,
    zhao: Actor,
    head: Actor,
}

fn office() -> Office {
    let mut rig = rig();
    let wang = rig.me.clone();
    let li = rig.person("li", "rep", "sales");
    let zhao = rig.person("zhao", "rep", "sales");
    let head = rig.person("head", "manager", "sales");
    Office { rig, wang, li, zhao, head }
}

impl Office {
    fn by(&mut self, actor: &Actor) -> &mut Rig {
        self.rig.me = actor.clone();
        &mut self.rig
    }

    fn customer_of_li(&mut self, name: &str) -> i64 {
        let li = self.li.clone();
        self.by(&li).customer(name)
    }

    fn hand(&mut self, by: &Actor, whom: Whom, at_once: bool) -> Result<Receipt, StoreError> {
        let to = self.zhao.id;
        let what = HandOver::Propose { whom, to, at_once, reason: Some("岗位调整".into()) };
        self.by(by).attempt(Change::HandOver(Box::new(what)))
    }

    fn turn(&mut self, by: &Actor, id: i64, turn: Turn) -> Result<Receipt, StoreError> {
        let rev = self.rig.count(&format!("SELECT rev FROM handover WHERE id={id}"));
        let what = HandOver::Turn { id, rev, turn, note: None };
        self.by(by).attempt(Change::HandOver(Box::new(what)))
    }

    fn case(&self, by: &Actor, id: i64) -> Option<HandOverCase> {
        match self.rig.store.ask(by, &Query::Case(CaseKind::HandOver, id), self.rig.now).unwrap() {
            Answer::Case(Some(Case::HandOver(case))) => Some(*case),
            _ => None,
        }
    }

    fn tick_all(&mut self, by: &Actor, id: i64) {
        for item in self.case(by, id).unwrap().items.iter().filter(|i| i.done_by.is_none()) {
            let tick = HandOver::Tick { item: item.id, rev: item.rev };
            self.by(by).write(Change::HandOver(Box::new(tick)));
        }
    }

    fn owner(&self, customer: i64) -> i64 {
        self.rig.count(&format!("SELECT owner_id FROM customer WHERE id={customer}"))
    }

    fn all_of_li(&self) -> Whom {
        Whom::All(self.li.id)
    }
}

#[test]
fn h33_tasks_complaints_and_plans_go_along_and_undo_brings_all_of_it_back_as_one() {
    let mut o = office();
    let (li, head, zhao) = (o.li.clone(), o.head.clone(), o.zhao.clone());
    let id = o.customer_of_li("恒远物流");
    let customer = CustomerId(id);
    o.by(&li).write(Change::AddTask { customer, task: next("发送资料", "2024-05-22") });
    let summary = vec![(Field::ComplaintSummary, Value::Text("发货慢".into()))];
    let opened = (Field::ComplaintOpened, Value::Moment(o.rig.now.ms()));
    let severity = (Field::ComplaintSeverity, Value::Text("high".into()));
    let state = (Field::ComplaintState, Value::Text("open".into()));
    let set = summary.into_iter().chain([opened, severity, state]).collect();
    o.by(&li).write(Change::Add { noun: Noun::Complaint, customer, set });
    o.rig.store.db.execute("UPDATE complaint SET handler_id=?1, rev=rev+1", [li.id.0]).unwrap();
    let sums = "SELECT (SELECT count(*) FROM task WHERE owner_id={} AND state='open' AND cause IS NULL)
                     + (SELECT count(*) FROM complaint WHERE handler_id={})";
    let of = |o: &Office, who: &Actor| o.rig.count(&sums.replace("{}", &who.id.0.to_string()));
    assert_eq!((of(&o, &li), of(&o, &zhao)), (2, 0));
    let receipt = o.hand(&head, Whom::These(vec![customer]), true).unwrap();
    assert_eq!((receipt.verb, receipt.subject.as_str()), ("hand_over", "恒远物流"));
    assert_eq!(o.owner(id), zhao.id.0);
    assert_eq!((of(&o, &li), of(&o, &zhao)), (0, 2));
    assert_eq!(o.rig.count("SELECT first_owner_id FROM customer"), li.id.0, "who touched first stays (X31)");
    o.rig.sound();
    o.by(&head).write(Change::Undo(None));
    assert_eq!(o.owner(id), li.id.0);
    assert_eq!((of(&o, &li), of(&o, &zhao)), (2, 0));
    assert_eq!(o.rig.count("SELECT count(*) FROM handover"), 0);
    o.by(&head).write(Change::Redo);
    assert_eq!(o.owner(id), zhao.id.0);
    o.rig.sound();
}

#[test]
fn h33_customers_wait_for_the_receiver_the_list_is_ticked_and_both_sides_sign() {
    let mut o = office();
    let (li, head, zhao) = (o.li.clone(), o.head.clone(), o.zhao.clone());
    let id = o.customer_of_li("恒远物流");
    o.hand(&head, o.all_of_li(), false).unwrap();
    assert_eq!(o.owner(id), li.id.0, "it waits for the receiver");
    let waiting = "SELECT count(*) FROM task WHERE cause='handover:1' AND state='open' AND owner_id=";
    assert_eq!(o.rig.count(&format!("{waiting}{}", zhao.id.0)), 1, "the receiver is told");
    assert!(
        matches!(o.turn(&li, 1, Turn::Accept), Err(StoreError::Denied(_))),
        "the giver cannot sign for both"
    );
    assert!(matches!(o.turn(&zhao, 1, Turn::Confirm), Err(StoreError::Denied(_))));
    o.turn(&zhao, 1, Turn::Accept).unwrap();
    assert_eq!(o.owner(id), zhao.id.0);
    let refused = o.turn(&head, 1, Turn::Confirm).unwrap_err();
    let StoreError::Invalid(Invalid { problem: Problem::ChecklistOpen(open), .. }) = refused else {
        panic!()
    };
    assert_eq!(open.len(), 8);
    o.tick_all(&zhao, 1);
    o.turn(&head, 1, Turn::Confirm).unwrap();
    let case = o.case(&head, 1).unwrap();
    assert_eq!(
        (case.state.as_str(), case.accepted_by.as_deref(), case.confirmed_by.as_deref()),
        ("confirmed", Some("zhao"), Some("head"))
    );
    assert_eq!(o.rig.count("SELECT count(*) FROM task WHERE cause='handover:1' AND state='open'"), 0);
    let again = o.turn(&head, 1, Turn::TakeBack).unwrap_err();
    assert!(
        matches!(again, StoreError::Invalid(Invalid { problem: Problem::HandOverState(s), .. }) if s == "confirmed")
    );
    o.rig.sound();
}

#[test]
fn h33_what_is_declined_or_taken_back_returns_even_after_the_receiver_has_worked_on_it() {
    for (turn, declines) in [(Turn::Decline, true), (Turn::TakeBack, false)] {
        let mut o = office();
        let (li, head, zhao) = (o.li.clone(), o.head.clone(), o.zhao.clone());
        let id = o.customer_of_li("恒远物流");
        o.hand(&head, o.all_of_li(), true).unwrap();
        let rev = o.rig.count("SELECT rev FROM customer");
        o.by(&zhao).write(edit(Noun::Customer, id, rev, Field::Region, "", "上海"));
        o.by(&zhao).write(Change::AddTask { customer: CustomerId(id), task: next("回访", "2024-05-25") });
        let by = if declines { zhao.clone() } else { head.clone() };
        o.turn(&by, 1, turn).unwrap();
        assert_eq!(o.owner(id), li.id.0);
        assert_eq!(o.rig.text("SELECT region FROM customer").as_deref(), Some("上海"), "what was done stays");
        assert_eq!(o.rig.count("SELECT owner_id FROM task WHERE text='回访'"), li.id.0);
        assert_eq!(o.rig.count("SELECT count(*) FROM task WHERE cause='handover:1' AND state='open'"), 0);
        o.rig.sound();
    }
}

#[test]
fn a_hand_over_is_a_managers_within_the_department_and_nobody_gives_what_is_not_theirs_to_give() {
    let mut o = office();
    let (li, wang) = (o.li.clone(), o.wang.clone());
    o.customer_of_li("恒远物流");
    let stranger = o.rig.person("qian", "manager", "marketing");
    for who in [&li, &stranger] {
        assert!(matches!(o.hand(who, o.all_of_li(), true), Err(StoreError::Denied(Verb::Assign))), "{who:?}");
    }
    assert!(o.case(&stranger, 1).is_none());
    let to = o.li.id;
    let what = HandOver::Propose { whom: Whom::All(to), to, at_once: true, reason: None };
    let refused = o.by(&wang).attempt(Change::HandOver(Box::new(what))).unwrap_err();
    assert!(matches!(refused, StoreError::Invalid(Invalid { problem: Problem::NothingToHandOver, .. })));
    o.rig.store.db.execute("UPDATE person SET state='frozen', rev=rev+1 WHERE login='zhao'", []).unwrap();
    assert!(o.hand(&wang, o.all_of_li(), true).is_err(), "a frozen receiver could do nothing with them");
}

#[test]
fn marked_customers_of_several_owners_become_a_hand_over_for_each_in_one_change() {
    let mut o = office();
    let (wang, zhao) = (o.wang.clone(), o.zhao.clone());
    let first = o.customer_of_li("甲");
    let second = o.by(&wang).customer("乙");
    let third = o.by(&zhao).customer("丙");
    let these = [first, second, third].map(CustomerId).to_vec();
    o.hand(&wang, Whom::These(these), true).unwrap();
    assert_eq!(o.rig.count("SELECT count(*) FROM handover"), 2, "the receiver gives nothing to themselves");
    assert_eq!((o.owner(first), o.owner(second)), (zhao.id.0, zhao.id.0));
    o.by(&wang).write(Change::Undo(None));
    assert_eq!((o.owner(first), o.owner(second)), (o.li.id.0, wang.id.0));
    o.rig.sound();
}

#[test]
fn only_customers_that_a_filter_leaves_go_and_a_mistyped_filter_says_so() {
    let mut o = office();
    let wang = o.wang.clone();
    let (first, second) = (o.customer_of_li("恒远物流"), o.customer_of_li("宏达机械"));
    let bad = Whom::Fitting(o.li.id, "nonsense:1".into());
    assert!(matches!(
        o.hand(&wang, bad, true),
        Err(StoreError::Invalid(Invalid { problem: Problem::Filter(_), .. }))
    ));
    o.hand(&wang, Whom::Fitting(o.li.id, "恒远".into()), true).unwrap();
    assert_eq!((o.owner(first), o.owner(second)), (o.zhao.id.0, o.li.id.0));
}

#[test]
fn a_customer_that_went_to_somebody_else_meanwhile_stays_where_it_is() {
    let mut o = office();
    let (wang, zhao) = (o.wang.clone(), o.zhao.clone());
    let (first, second) = (o.customer_of_li("甲"), o.customer_of_li("乙"));
    o.hand(&wang, o.all_of_li(), false).unwrap();
    o.by(&wang).write(Change::Many { customers: vec![CustomerId(first)], each: Each::Assign(wang.id) });
    o.turn(&zhao, 1, Turn::Accept).unwrap();
    assert_eq!((o.owner(first), o.owner(second)), (wang.id.0, zhao.id.0));
    assert_eq!(
        o.rig.text(&format!("SELECT state FROM handover_customer WHERE customer_id={first}")).unwrap(),
        "kept"
    );
    o.rig.sound();
}

/// Above one batch it is a job: nothing of it grows faster than the number of customers.
#[test]
fn very_many_customers_go_over_in_batches_are_undone_as_one_and_a_repeated_request_moves_nobody_twice() {
    let mut o = office();
    let (wang, li) = (o.wang.clone(), o.li.clone());
    let rows = 2 * BATCH + 7;
    for n in 0..rows {
        o.customer_of_li(&format!("客户{n}"));
    }
    let what =
        HandOver::Propose {
            whom: o.all_of_li(), to: o.zhao.id, at_once: true, reason: Some("离职".into())
        };
    let envelope = Envelope { request: "big".into(), change: Change::HandOver(Box::new(what)), reason: None };
    let mut told = Vec::new();
    let now = o.rig.now;
    let receipt = o
        .rig
        .store
        .write_with_progress(&wang, &envelope, now, &mut |done, of| told.push((done, of)))
        .unwrap();
    assert_eq!(told, [(BATCH, rows), (2 * BATCH, rows), (rows, rows)]);
    let owned = |o: &Office, who: PersonId| {
        usize::try_from(o.rig.count(&format!("SELECT count(*) FROM customer WHERE owner_id={}", who.0)))
            .unwrap()
    };
    assert_eq!((owned(&o, li.id), owned(&o, o.zhao.id)), (0, rows));
    assert_eq!(o.rig.count("SELECT count(*) FROM handover"), 1);
    assert_eq!(o.rig.count("SELECT customers FROM handover"), i64::try_from(rows).unwrap());
    let again = o.rig.store.write(&wang, &envelope, now).unwrap();
    assert_eq!((again.job, o.rig.count("SELECT count(*) FROM handover")), (receipt.job, 1));
    o.by(&wang).write(Change::Undo(None));
    assert_eq!((owned(&o, li.id), owned(&o, o.zhao.id)), (rows, 0));
    assert_eq!(o.rig.count("SELECT count(*) FROM handover"), 0);
    o.rig.sound();
}

#[test]
fn a_hand_over_that_was_cut_goes_on_with_the_same_request() {
    let mut o = office();
    let wang = o.wang.clone();
    for n in 0..=BATCH {
        o.customer_of_li(&format!("客户{n}"));
    }
    let what = HandOver::Propose { whom: o.all_of_li(), to: o.zhao.id, at_once: true, reason: None };
    let envelope = Envelope { request: "cut".into(), change: Change::HandOver(Box::new(what)), reason: None };
    let now = o.rig.now;
    let cut = format!(
        "CREATE TRIGGER cut BEFORE INSERT ON handover_customer
         WHEN (SELECT count(*) FROM handover_customer)>={BATCH} BEGIN SELECT RAISE(ABORT, 'cut'); END"
    );
    o.rig.store.db.execute_batch(&cut).unwrap();
    o.rig.store.write(&wang, &envelope, now).unwrap_err();
    assert_eq!(o.rig.count("SELECT count(*) FROM customer WHERE owner_id=2"), 1);
    o.rig.store.db.execute_batch("DROP TRIGGER cut").unwrap();
    o.rig.store.write(&wang, &envelope, now).unwrap();
    assert_eq!(o.rig.count("SELECT count(*) FROM customer WHERE owner_id=2"), 0);
    assert_eq!(o.rig.count("SELECT count(*) FROM handover"), 1);
    assert_eq!(o.rig.count("SELECT count(*) FROM job WHERE state<>'done'"), 0);
    o.rig.sound();
}

/// Li's customers wait for Zhao, whose acceptance is cut off after so many of them; answers what was sent.
fn cut_acceptance(o: &mut Office, rows: usize, after: usize) -> Envelope {
    for n in 0..rows {
        o.customer_of_li(&format!("客户{n}"));
    }
    let (head, all) = (o.head.clone(), o.all_of_li());
    o.hand(&head, all, false).unwrap();
    let cut = format!(
        "CREATE TRIGGER cut BEFORE UPDATE OF state ON handover_customer
         WHEN (SELECT count(*) FROM handover_customer WHERE state='moved')>={after}
         BEGIN SELECT RAISE(ABORT, 'cut'); END"
    );
    o.rig.store.db.execute_batch(&cut).unwrap();
    let rev = o.rig.count("SELECT rev FROM handover");
    let accept = HandOver::Turn { id: 1, rev, turn: Turn::Accept, note: None };
    let envelope =
        Envelope { request: "accept".into(), change: Change::HandOver(Box::new(accept)), reason: None };
    let (zhao, now) = (o.zhao.clone(), o.rig.now);
    o.rig.store.write(&zhao, &envelope, now).unwrap_err();
    o.rig.store.db.execute_batch("DROP TRIGGER cut").unwrap();
    let moved = o.rig.count("SELECT count(*) FROM handover_customer WHERE state='moved'");
    assert_eq!(moved, i64::try_from(after).unwrap());
    envelope
}

#[test]
fn h33_an_acceptance_that_was_cut_and_is_sent_again_leaves_nobody_behind() {
    let mut o = office();
    let rows = 2 * BATCH + 7;
    let envelope = cut_acceptance(&mut o, rows, 2 * BATCH);
    let (zhao, now) = (o.zhao.clone(), o.rig.now);
    o.rig.store.write(&zhao, &envelope, now).unwrap();
    assert_eq!(o.rig.count("SELECT count(*) FROM handover_customer WHERE state<>'moved'"), 0);
    let theirs = format!("SELECT count(*) FROM customer WHERE owner_id={}", zhao.id.0);
    assert_eq!(o.rig.count(&theirs), i64::try_from(rows).unwrap());
    assert_eq!(o.rig.count("SELECT count(*) FROM job WHERE state<>'done'"), 0);
    // and sent once more it is answered
    assert!(o.rig.store.write(&zhao, &envelope, now).unwrap().job.is_some());
    o.rig.sound();
}

#[test]
fn h33_an_acceptance_that_was_cut_goes_on_in_its_job_with_a_new_request_and_one_undo_takes_all_of_it_back() {
    let mut o = office();
    let rows = 2 * BATCH + 7;
    cut_acceptance(&mut o, rows, BATCH);
    let (zhao, li) = (o.zhao.clone(), o.li.clone());
    o.turn(&zhao, 1, Turn::Accept).unwrap();
    let of = |o: &Office, who: &Actor| {
        o.rig.count(&format!("SELECT count(*) FROM customer WHERE owner_id={}", who.id.0))
    };
    assert_eq!((of(&o, &li), of(&o, &zhao)), (0, i64::try_from(rows).unwrap()));
    assert_eq!(o.rig.count("SELECT count(*) FROM job WHERE verb='accept_hand_over'"), 1);
    assert_eq!(o.rig.count("SELECT count(*) FROM job WHERE state='running'"), 0);
    o.by(&zhao).write(Change::Undo(None));
    assert_eq!((of(&o, &li), of(&o, &zhao)), (i64::try_from(rows).unwrap(), 0));
    assert_eq!(o.rig.text("SELECT state FROM handover").as_deref(), Some("proposed"));
    o.rig.sound();
}

#[test]
fn h33_every_customer_tells_of_its_hand_over_and_loads_are_known_while_the_receiver_is_chosen() {
    let mut o = office();
    let (wang, zhao) = (o.wang.clone(), o.zhao.clone());
    let ids: Vec<i64> = (0..3).map(|n| o.customer_of_li(&format!("客户{n}"))).collect();
    o.hand(&wang, o.all_of_li(), true).unwrap();
    for id in &ids {
        let query = Query::Profile(CustomerId(*id));
        let Answer::Profile(Some(profile)) = o.rig.store.ask(&zhao, &query, o.rig.now).unwrap() else {
            panic!()
        };
        let passage = profile.passages.first().unwrap();
        assert_eq!((passage.from.as_str(), passage.to.as_str()), ("li", "zhao"));
        assert_eq!(passage.reason.as_deref(), Some("岗位调整"));
    }
    let Answer::Loads(loads) = o.rig.store.ask(&wang, &Query::Loads, o.rig.now).unwrap() else { panic!() };
    let of = |login: &str| loads.iter().find(|row| row.login == login).map(|row| (row.customers, row.tasks));
    assert_eq!((of("li"), of("zhao")), (Some((0, 0)), Some((3, 1))));
}

/// A customer of Li's with a task, a complaint and a plan, on which Zhao may work.
fn held_by_li(o: &mut Office) -> i64 {
    let (li, zhao) = (o.li.clone(), o.zhao.clone());
    let id = o.customer_of_li("恒远物流");
    let customer = CustomerId(id);
    o.by(&li).write(Change::AddTask { customer, task: next("发送资料", "2024-05-22") });
    let set = vec![(Field::ComplaintSummary, Value::text("发货慢"))];
    o.by(&li).write(Change::Add { noun: Noun::Complaint, customer, set });
    let set = vec![
        (Field::PlanName, Value::text("续约")),
        (Field::PlanCustomer, Value::Id(id)),
        (Field::PlanStarts, Value::Day("2024-05-20".parse().unwrap())),
        (Field::PlanEnds, Value::Day("2024-06-20".parse().unwrap())),
    ];
    o.by(&li).write(Change::Add { noun: Noun::Plan, customer: CustomerId(0), set });
    let set = vec![(Field::SharePerson, Value::Id(zhao.id.0))];
    o.by(&li).write(Change::Add { noun: Noun::Share, customer, set });
    id
}

/// What a person holds: tasks of their own word, complaints, plans.
fn holds(o: &Office, who: &Actor) -> i64 {
    let sums = "SELECT (SELECT count(*) FROM task WHERE owner_id={} AND state='open' AND cause IS NULL)
        + (SELECT count(*) FROM complaint WHERE handler_id={}) + (SELECT count(*) FROM plan WHERE owner_id={})";
    o.rig.count(&sums.replace("{}", &who.id.0.to_string()))
}

#[test]
fn h33_whatever_way_a_customer_takes_to_another_owner_the_same_goes_along() {
    for way in ["edit", "assign", "import", "hand-over"] {
        let mut o = office();
        let (wang, li, zhao) = (o.wang.clone(), o.li.clone(), o.zhao.clone());
        let id = held_by_li(&mut o);
        assert_eq!((holds(&o, &li), holds(&o, &zhao)), (3, 0), "{way}");
        match way {
            "edit" => {
                let rev = o.rig.count("SELECT rev FROM customer");
                let to = Value::Id(zhao.id.0);
                let set = vec![Edited { field: Field::Owner, was: Value::Id(li.id.0), to }];
                o.by(&wang).write(Change::Edit { row: Row { noun: Noun::Customer, id }, rev, set });
            }
            "assign" => {
                let each = Each::Assign(zhao.id);
                o.by(&wang).write(Change::Many { customers: vec![CustomerId(id)], each });
            }
            "import" => {
                let code = o.rig.text("SELECT code FROM customer");
                let mut new = NewCustomer { code, ..named("恒远物流") };
                new.values.push((Field::Owner, Value::Id(zhao.id.0)));
                let job = o.by(&wang).write(Change::StartImport { what: "客户.csv".into() }).job.unwrap();
                o.rig.write(Change::ImportRows { job, rows: vec![ImportRow::Customer(new)] });
                o.rig.write(Change::FinishImport { job });
            }
            _ => {
                o.hand(&wang, Whom::These(vec![CustomerId(id)]), true).unwrap();
            }
        }
        assert_eq!(o.owner(id), zhao.id.0, "{way}");
        assert_eq!((holds(&o, &li), holds(&o, &zhao)), (0, 3), "{way}");
        assert_eq!(o.rig.count("SELECT count(*) FROM customer_share"), 0, "{way}: an owner needs no leave");
        o.rig.sound();
        o.rig.write(Change::Undo(None));
        assert_eq!((o.owner(id), holds(&o, &li)), (li.id.0, 3), "{way}");
        assert_eq!(o.rig.count("SELECT count(*) FROM customer_share"), 1, "{way}");
        o.rig.sound();
    }
}

#[test]
fn h33_what_comes_back_leaves_the_receiver_what_they_had_before() {
    let mut o = office();
    let (wang, li, zhao) = (o.wang.clone(), o.li.clone(), o.zhao.clone());
    let id = held_by_li(&mut o);
    o.by(&zhao).write(Change::AddTask { customer: CustomerId(id), task: next("寄样品", "2024-05-23") });
    assert_eq!((holds(&o, &li), holds(&o, &zhao)), (3, 1));
    o.hand(&wang, Whom::These(vec![CustomerId(id)]), true).unwrap();
    assert_eq!((holds(&o, &li), holds(&o, &zhao)), (0, 4));
    o.turn(&zhao, 1, Turn::Decline).unwrap();
    assert_eq!((o.owner(id), holds(&o, &li), holds(&o, &zhao)), (li.id.0, 3, 1));
    let mine = format!("SELECT text FROM task WHERE owner_id={} AND state='open'", zhao.id.0);
    assert_eq!(o.rig.text(&mine).as_deref(), Some("寄样品"));
    assert_eq!(o.rig.count("SELECT count(*) FROM customer_share"), 1, "and may work on it as before");
    o.rig.sound();
}

#[test]
fn h33_i3_whoever_is_no_head_any_more_gives_nobody_further_away_and_takes_nobody_back() {
    let folder = tempfile::tempdir().unwrap();
    let (mut rig, other) = rig_and_other(folder.path());
    let li = rig.person("li", "rep", "sales");
    let zhao = rig.person("zhao", "rep", "sales");
    let head = rig.person("head", "manager", "sales");
    let admin = rig.me.clone();
    rig.me = li.clone();
    for n in 0..2 * BATCH {
        rig.customer(&format!("客户{n}"));
    }
    rig.me = head;
    let what =
        HandOver::Propose {
            whom: Whom::All(li.id), to: zhao.id, at_once: true, reason: Some("离职".into())
        };
    let given = |rig: &Rig| {
        let sql = format!("SELECT count(*) FROM customer WHERE owner_id={}", zhao.id.0);
        usize::try_from(rig.count(&sql)).unwrap()
    };
    let denied = Err(StoreError::Denied(Verb::Assign));
    assert_eq!(rig.demoted_meanwhile(&other, Change::HandOver(Box::new(what.clone()))), denied);
    assert_eq!(given(&rig), BATCH);
    // somebody who still may goes on with the rest, and nobody goes back at the word of one who may no longer
    rig.me = admin;
    rig.write(Change::HandOver(Box::new(what)));
    rig.me = rig.store.actor("head", Via::Screen, "s").unwrap().unwrap();
    let id = rig.count("SELECT min(id) FROM handover");
    let rev = rig.count("SELECT rev FROM handover ORDER BY id LIMIT 1");
    let back = HandOver::Turn { id, rev, turn: Turn::TakeBack, note: None };
    assert_eq!(rig.attempt(Change::HandOver(Box::new(back))), denied);
    // the job that was cut is told of; what it has done stands whole
    replay::replayed(&rig.store.db);
}
