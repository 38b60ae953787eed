//! A leak of customers' data from the report to its end, by requirement: the hour, freezing, the exports and whose data left
//! with them, another key, apologies; and the alarms of large exports.

use super::*;
use crate::domain::alarm::Step;
use crate::domain::change::TaskRef;
use crate::domain::filter;
use crate::domain::leak::{Leak, Secret};
use crate::domain::people::PersonId;
use crate::domain::user::Staff;
use crate::store::request::export::{Exported, Wanted};
use crate::store::request::{Answer, LeakCase, Query, VaultError};
use crate::store::{Mode, session, vault};

const HOUR: i64 = 3_600_000;

/// A rep who takes three customers out, a security officer who answers, and a colleague whose customer stays.
struct Office {
    rig: Rig,
    admin: Actor,
    rep: Actor,
    guard: Actor,
}

fn office() -> Office {
    let mut rig = rig();
    let admin = rig.me.clone();
    let rep = rig.person("li", "rep", "sales");
    let other = rig.person("zhao", "rep", "service");
    let guard = rig.person("zhou", "security", "operations");
    rig.me = rep.clone();
    for (name, phone) in
        [("恒远物流", "13800002210"), ("宏达机械", "13900000031"), ("优品汇零售", "13700005548")]
    {
        rig.write(Change::AddCustomer(Box::new(with_phone(name, phone))));
    }
    rig.me = other;
    rig.customer("不相干");
    rig.me = rep.clone();
    // 2024-05-20 14:00 in Shanghai
    rig.at("2024-05-20T06:00:00Z");
    Office { rig, admin, rep, guard }
}

impl Office {
    fn by(&mut self, actor: &Actor, what: Leak) -> Result<Receipt, StoreError> {
        self.rig.me = actor.clone();
        self.rig.attempt(Change::Leak(what))
    }

    /// The rep takes out what a filter leaves.
    fn export(&mut self, typed: &str) {
        let actor = self.rep.clone();
        export(&mut self.rig, &actor, typed).unwrap();
    }

    fn report(&mut self, since: Option<i64>) -> i64 {
        let (guard, person) = (self.guard.clone(), Some(self.rep.id));
        let what = Leak::Report { person, since, note: "客户反映资料外泄".into() };
        self.by(&guard, what).unwrap().made.unwrap().id
    }

    fn case(&self) -> LeakCase {
        match self.rig.store.ask(&self.guard, &Query::Leak { id: 1, whole: false }, self.rig.now).unwrap() {
            Answer::Leak(Some(case)) => *case,
            other => panic!("{other:?}"),
        }
    }

    fn apologise(&mut self, customers: &[i64], fen: i64) -> Result<Receipt, StoreError> {
        let guard = self.guard.clone();
        let what = Leak::Apologise {
            id: 1,
            customers: customers.iter().map(|id| CustomerId(*id)).collect(),
            channel: "phone".into(),
            said: "就资料外泄致歉".into(),
            compensation: Fen(fen),
        };
        self.by(&guard, what)
    }

    fn steps(&self) -> Vec<String> {
        self.case().steps.into_iter().map(|step| format!("{} {}", step.step, step.by)).collect()
    }
}

fn export(rig: &mut Rig, actor: &Actor, typed: &str) -> Result<(), StoreError> {
    let wanted = Wanted {
        request: format!("x{}", rig.count("SELECT count(*) FROM change")),
        what: Exported::Customers,
        filter: filter::parse(typed).unwrap(),
        only: Vec::new(),
        period: None,
        typed: typed.into(),
        format: "csv".into(),
        place: "-".into(),
        reason: "季度对账".into(),
    };
    let mut export = rig.store.export(actor, &wanted, rig.now)?;
    while rig.store.export_page(actor, &mut export)?.is_some() {}
    rig.store.export_ended(&export, true, rig.now)
}

#[test]
fn k52_a_leak_of_two_o_clock_is_the_security_officers_until_three_and_climbs_when_nobody_begins() {
    let mut o = office();
    o.export("");
    o.report(None);
    let at = o.rig.now.ms();
    assert_eq!(o.rig.count("SELECT start_by FROM alarm WHERE rule='leak'"), at + HOUR, "15:00");
    assert_eq!(o.rig.count("SELECT owner_id FROM alarm WHERE rule='leak'"), o.guard.id.0);
    let figures = o.rig.text("SELECT figures FROM alarm WHERE rule='leak'").unwrap();
    assert!(figures.contains("\"exports\",\"value\":1.0") && figures.contains("\"rows\",\"value\":3.0"));
    let climbed = |rig: &mut Rig, instant: &str| {
        rig.at(instant);
        let (me, now) = (rig.me.clone(), rig.now);
        rig.store.watch(&me, now, 10).unwrap();
        rig.count("SELECT climbed FROM alarm WHERE rule='leak'")
    };
    assert_eq!(climbed(&mut o.rig, "2024-05-20T07:00:00Z"), 0, "the line itself is in time");
    assert_eq!(climbed(&mut o.rig, "2024-05-20T07:00:01Z"), 1);
    o.rig.sound();
}

#[test]
fn g1_the_clock_runs_from_the_complaint_where_that_was_before_and_never_from_the_future() {
    let mut o = office();
    let now = o.rig.now.ms();
    let guard = o.guard.clone();
    let report = |since| Leak::Report { person: None, since, note: "名单外泄".into() };
    let future = o.by(&guard, report(Some(now + HOUR))).unwrap_err();
    assert!(matches!(future, StoreError::Invalid(Invalid { field: Field::LeakSince, .. })));
    o.by(&guard, report(Some(now - HOUR / 2))).unwrap();
    assert_eq!(o.rig.count("SELECT start_by FROM alarm WHERE rule='leak'"), now + HOUR / 2);
}

#[test]
fn k52_freezing_ends_the_session_and_ticks_the_step_and_an_administrator_takes_both_back() {
    let mut o = office();
    o.report(None);
    assert!(session::active(&o.rig.store.db, &o.rep));
    o.rig.me = o.guard.clone();
    o.rig.write(Change::Staff(Staff::Freeze(o.rep.id)));
    assert!(!session::active(&o.rig.store.db, &o.rep), "what is open ends at its next look");
    assert!(o.rig.store.actor("li", Via::Screen, "s3").unwrap().is_none(), "and no new log-in");
    assert_eq!(o.steps(), ["freeze zhou"]);
    assert_eq!(o.rig.count("SELECT ticked FROM alarm WHERE rule='leak'"), 1);
    assert_eq!(o.rig.text("SELECT state FROM alarm WHERE rule='leak'").as_deref(), Some("acknowledged"));
    assert!(matches!(o.rig.attempt(Change::Undo(None)), Err(StoreError::Denied(_))), "only who may thaw");
    o.rig.me = o.admin.clone();
    let change = o.rig.count("SELECT id FROM change WHERE verb='freeze'");
    o.rig.write(Change::Undo(Some(change)));
    assert!(session::active(&o.rig.store.db, &o.rep));
    assert_eq!((o.steps().len(), o.rig.count("SELECT ticked FROM alarm WHERE rule='leak'")), (0, 0));
    o.rig.sound();
}

#[test]
fn k52_i8_the_case_lists_the_persons_exports_and_whose_data_left_with_them() {
    let mut o = office();
    o.export("恒远");
    o.export("");
    // before the days that are looked at, nothing of it belongs to the case
    o.rig.write_setting("leak_days", "30");
    let old = o.rig.now;
    o.rig.at("2024-06-18T06:00:00Z");
    o.export("宏达");
    let admin = o.admin.clone();
    export(&mut o.rig, &admin, "不相干").unwrap();
    o.report(None);
    let case = o.case();
    assert_eq!(case.exports.len(), 3, "the other person's is not among them");
    assert_eq!(case.exports[0].filter, "宏达", "the newest first");
    let names = |case: &LeakCase| case.customers.iter().map(|c| c.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&case), ["恒远物流", "宏达机械", "优品汇零售"]);
    assert_eq!(case.customers.iter().map(|c| c.exports).collect::<Vec<_>>(), [2, 2, 1]);
    assert_eq!((case.affected, case.told), (3, 0));
    // thirty days and a moment later the first two are too old
    o.rig.write_setting("leak_days", "29");
    o.rig.now = old;
    let case = o.case();
    assert_eq!((case.exports.len(), names(&case)), (3, names(&o.case())));
    o.rig.store.db.execute("UPDATE leak SET since=since+1, rev=rev+1", []).unwrap();
    let case = o.case();
    assert_eq!((case.exports.len(), names(&case)), (1, vec!["宏达机械".to_owned()]));
}

#[test]
fn i8_an_apology_is_a_touch_with_its_compensation_and_ticks_the_step_when_nobody_is_left() {
    let mut o = office();
    o.export("");
    o.report(None);
    let stranger = o.apologise(&[4], 0).unwrap_err();
    assert!(
        matches!(&stranger, StoreError::Invalid(Invalid { problem: Problem::NotAffected(name), .. }) if name == "不相干")
    );
    o.apologise(&[1], 20_000).unwrap();
    assert_eq!(o.rig.text("SELECT summary FROM touch").as_deref(), Some("就资料外泄致歉"));
    assert_eq!(o.rig.text("SELECT kind FROM touch").as_deref(), Some("reply"), "no touch of our own accord");
    assert_eq!(o.rig.count("SELECT amount_fen FROM expense WHERE category='compensation'"), 20_000);
    assert_eq!(o.rig.count("SELECT cost_year FROM facts WHERE customer_id=1"), 0, "no cost of the budget");
    let case = o.case();
    let first = case.customers.last().unwrap();
    assert_eq!((first.name.as_str(), first.told_by.as_deref()), ("恒远物流", Some("zhou")));
    assert_eq!((first.compensation, case.told, case.steps.len()), (Some(Fen(20_000)), 1, 0));
    // whoever had one already is passed over
    let receipt = o.apologise(&[1, 2, 3], 0).unwrap();
    assert_eq!(receipt.subject, "li");
    assert_eq!(o.rig.count("SELECT count(*) FROM touch"), 3);
    assert_eq!((o.steps(), o.case().told), (vec!["apologise zhou".to_owned()], 3));
    assert_eq!(o.rig.count("SELECT ticked FROM alarm WHERE rule='leak'"), 8);
    o.rig.sound();
    o.rig.write(Change::Undo(None));
    assert_eq!((o.case().told, o.steps().len()), (1, 0), "the security officer takes back what they wrote");
    assert_eq!(o.rig.count("SELECT count(*) FROM touch"), 1);
    o.rig.sound();
}

#[test]
fn k52_every_write_to_a_leak_asks_for_the_right_and_telling_of_one_only_for_work_here() {
    let mut o = office();
    let viewer = o.rig.person("yan", "viewer", "sales");
    let (rep, guard) = (o.rep.clone(), o.guard.clone());
    let report = || Leak::Report { person: None, since: None, note: "有人在群里发客户名单".into() };
    assert!(matches!(o.by(&viewer, report()), Err(StoreError::Denied(Verb::Log))));
    o.by(&rep, report()).unwrap();
    for what in [
        Leak::Name { id: 1, rev: 1, person: rep.id },
        Leak::Tick { id: 1, step: "audit".into() },
        Leak::Key { id: 1, key: vault::new_pair().1 },
        Leak::Rekeyed { id: 1, found: [1, 0, 0] },
        Leak::Close { id: 1, rev: 1, result: "无事".into(), left_out: None },
    ] {
        assert!(matches!(o.by(&rep, what.clone()), Err(StoreError::Denied(Verb::Freeze))), "{what:?}");
    }
    for query in [Query::Leaks, Query::Leak { id: 1, whole: false }] {
        assert!(matches!(o.rig.store.ask(&rep, &query, o.rig.now), Err(StoreError::Denied(_))));
    }
    o.by(&guard, Leak::Name { id: 1, rev: 1, person: rep.id }).unwrap();
    let stale = Leak::Name { id: 1, rev: 1, person: guard.id };
    assert!(matches!(o.by(&guard, stale), Err(StoreError::Stale { .. })));
    assert_eq!(o.rig.count("SELECT person_id FROM alarm WHERE rule='leak'"), rep.id.0);
    let blank = Leak::Report { person: None, since: None, note: "  ".into() };
    let empty = Invalid { field: Field::LeakNote, problem: Problem::Empty };
    assert_eq!(o.by(&guard, blank).unwrap_err(), StoreError::Invalid(empty));
    // its alarm is no way round: whoever heads the one it was given to takes note of it and does no more
    let alarm = o.rig.count("SELECT id FROM alarm WHERE rule='leak'");
    o.rig.me = o.rig.person("sun", "manager", "operations");
    for change in [
        Change::Alarm { id: alarm, step: Step::Tick(1) },
        Change::Alarm { id: alarm, step: Step::Act { at: 1, text: "已审计".into() } },
        Change::Alarm { id: alarm, step: Step::Close("无事".into()) },
        Change::Done(vec![TaskRef::Row(Row { noun: Noun::Alarm, id: alarm })]),
    ] {
        assert_eq!(o.rig.attempt(change.clone()), Err(StoreError::Denied(Verb::Freeze)), "{change:?}");
    }
    o.rig.write(Change::Alarm { id: alarm, step: Step::Acknowledge });
    assert_eq!(o.steps(), [""; 0]);
    o.rig.sound();
}

#[test]
fn k52_the_alarm_of_a_leak_is_no_record_of_the_customer_that_its_owner_edits_or_removes() {
    let mut o = office();
    o.rig.me = o.rep.clone();
    let customer = Some(CustomerId(1));
    o.rig.write(Change::RaiseAlarm { rule: "leak".into(), customer, note: "名单外泄".into() });
    let row = Row { noun: Noun::Alarm, id: o.rig.count("SELECT id FROM alarm") };
    let set = vec![Edited { field: Field::AlarmResult, was: Value::None, to: Value::text("无事") }];
    for change in [Change::Remove { row, rev: 1 }, Change::Edit { row, rev: 1, set }] {
        assert_eq!(o.rig.attempt(change), Err(StoreError::Denied(Verb::Edit)));
    }
    assert_eq!(o.rig.count("SELECT count(*) FROM leak"), 1);
    o.rig.sound();
}

#[test]
fn g1_ticking_and_closing_where_alarms_are_does_the_same_to_the_case_and_a_closed_one_stays_closed() {
    let mut o = office();
    o.report(None);
    let alarm = o.rig.count("SELECT id FROM alarm WHERE rule='leak'");
    o.rig.write(Change::Alarm { id: alarm, step: Step::Tick(1) });
    assert_eq!(o.steps(), ["audit zhou"]);
    // where alarms are nobody can say why a step is left out
    let early = o.rig.attempt(Change::Alarm { id: alarm, step: Step::Close("已查实".into()) });
    let open = Problem::StepsOpen(vec!["freeze", "encrypt", "apologise"]);
    assert_eq!(early, Err(StoreError::Invalid(Invalid { field: Field::AlarmResult, problem: open })));
    for step in [0, 2, 3] {
        o.rig.write(Change::Alarm { id: alarm, step: Step::Tick(step) });
    }
    o.rig.write(Change::Alarm { id: alarm, step: Step::Close("已查实".into()) });
    let case = o.case();
    assert_eq!((case.row.state.as_str(), case.result.as_deref()), ("closed", Some("已查实")));
    let guard = o.guard.clone();
    let late = o.by(&guard, Leak::Tick { id: 1, step: "freeze".into() }).unwrap_err();
    assert!(matches!(late, StoreError::Invalid(Invalid { problem: Problem::AlarmClosed, .. })));
    // another one about the same person has a case of its own, and closing it there ends its alarm
    o.rig.at("2024-05-20T06:30:00Z");
    let id = o.report(None);
    let why = Some("并无泄露".to_owned());
    o.by(&guard, Leak::Close { id, rev: 1, result: "误报".into(), left_out: why }).unwrap();
    assert_eq!(o.rig.count("SELECT count(*) FROM alarm WHERE rule='leak' AND state<>'closed'"), 0);
    o.rig.sound();
}

#[test]
fn k52_h35_a_case_with_a_step_open_is_closed_only_with_the_reason_why_it_is_left_out() {
    let mut o = office();
    o.report(None);
    let guard = o.guard.clone();
    let close = |left_out: Option<&str>| Leak::Close {
        id: 1,
        rev: 1,
        result: "已处理".into(),
        left_out: left_out.map(str::to_owned),
    };
    let refused = |open: &[&'static str]| {
        let problem = Problem::StepsOpen(open.to_vec());
        StoreError::Invalid(Invalid { field: Field::LeakLeftOut, problem })
    };
    let all = ["freeze", "audit", "encrypt", "apologise"];
    assert_eq!(o.by(&guard, close(None)), Err(refused(&all)));
    assert_eq!(o.by(&guard, close(Some("  "))), Err(refused(&all)), "a blank is no reason");
    for step in ["freeze", "audit", "apologise"] {
        o.by(&guard, Leak::Tick { id: 1, step: step.into() }).unwrap();
    }
    assert_eq!(o.by(&guard, close(None)), Err(refused(&["encrypt"])));
    assert_eq!(o.case().row.state, "open");
    o.by(&guard, close(Some("备份从未加密"))).unwrap();
    assert_eq!((o.case().row.state, o.case().left_out.as_deref()), ("closed".into(), Some("备份从未加密")));
    o.rig.write(Change::Undo(None));
    assert_eq!((o.case().row.state, o.case().left_out), ("open".into(), None));
    // with the last step done there is nothing to be said
    o.by(&guard, Leak::Tick { id: 1, step: "encrypt".into() }).unwrap();
    let rev = o.case().row.rev;
    o.by(&guard, Leak::Close { id: 1, rev, result: "已处理".into(), left_out: Some("多余".into()) }).unwrap();
    assert_eq!(o.case().left_out, None);
    o.rig.sound();
}

#[test]
fn k52_another_key_encrypts_anew_what_is_there_and_the_data_still_opens() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let backups = folder.path().join("backups");
    std::fs::create_dir(&backups).unwrap();
    let now =
        Now { at: "2024-05-20T06:00:00Z".parse().unwrap(), zone: crate::domain::clock::Zone::default() };
    let mut store = Store::open(&path, Mode::Create).unwrap();
    store.personal("wang", "王敏", now).unwrap();
    let me = store.actor("wang", Via::Screen, "s").unwrap().unwrap();
    let ((old_secret, old), (new_secret, new)) = (vault::new_pair(), vault::new_pair());
    let file = backups.join("guanxi-20240520-140000.db.age");
    store.back_up_to(&file, Some(&vault::recipient(&old).unwrap())).unwrap();
    let give = |store: &mut Store, n: usize, change| {
        let envelope = Envelope { request: format!("r{n}"), change, reason: None };
        store.write(&me, &envelope, now)
    };
    let what = Leak::Report { person: None, since: None, note: "硬盘失窃".into() };
    give(&mut store, 1, Change::Leak(what)).unwrap();
    let secret = Secret::new(old_secret.clone());
    // what is no key changes nothing
    let bad = Secret::new("AGE-SECRET-KEY-1XYZ");
    let refused = store.reencrypt(&me, now, (1, "k0"), &new, Some(&bad));
    assert!(matches!(refused, Err(VaultError::Identity(_))));
    assert!(matches!(store.reencrypt(&me, now, (1, "k0"), "age1", None), Err(VaultError::Recipient(_))));
    assert_eq!(store.backup_key().unwrap().map(|key| key.to_string()), None);
    // where the backups stand is not known: new ones only, and that is said
    let unknown = store.reencrypt(&me, now, (1, "k1"), &old, Some(&secret));
    assert_eq!(unknown, Err(VaultError::NoFolder));
    store.note_backups(&backups).unwrap();
    let told = store.reencrypt(&me, now, (1, "k2"), &new, Some(&secret)).unwrap().unwrap();
    assert_eq!(told.changed, ["guanxi-20240520-140000.db.age"]);
    assert_eq!(store.backup_key().unwrap().map(|key| key.to_string()), Some(new.clone()));
    let keys = |text: &str| vault::identities(text).unwrap();
    let to = folder.path().join("restored.db");
    assert!(vault::restore(&file, Some(&keys(&old_secret)), &to, "1").is_err());
    vault::restore(&file, Some(&keys(&new_secret)), &to, "2").unwrap();
    assert!(Store::open(&to, Mode::Existing).unwrap().actor("wang", Via::Screen, "").unwrap().is_some());
    let Answer::Leak(Some(case)) = store.ask(&me, &Query::Leak { id: 1, whole: false }, now).unwrap() else {
        panic!()
    };
    assert_eq!(case.steps[0].backups, Some([1, 0, 0]));
    // the same key again is none, and `u` never brings the old one back
    assert!(matches!(
        store.reencrypt(&me, now, (1, "k3"), &new, None),
        Err(VaultError::Store(StoreError::Invalid(Invalid { problem: Problem::SameKey, .. })))
    ));
    // with the old key, found later, it is taken for the backups made before
    let late = backups.join("guanxi-20240520-130000.db.age");
    store.back_up_to(&late, Some(&vault::recipient(&old).unwrap())).unwrap();
    let told = store.reencrypt(&me, now, (1, "k4"), &new, Some(&secret)).unwrap().unwrap();
    assert_eq!(told.changed, ["guanxi-20240520-130000.db.age"]);
    assert!(
        store.reencrypt(&me, now, (9, "k5"), &new, Some(&secret)).is_err(),
        "another case has not given it"
    );
    let undo = give(&mut store, 2, Change::Undo(None)).unwrap_err();
    assert!(
        matches!(&undo, StoreError::Overtaken { who, verb, .. } if who == "王敏" && verb == "leak_key"),
        "{undo:?}"
    );
    assert_eq!(store.backup_key().unwrap().map(|key| key.to_string()), Some(new));
    // nothing of the secret is anywhere in the file
    drop(store);
    let bytes = std::fs::read(&path).unwrap();
    let line = old_secret.lines().find(|l| l.starts_with("AGE")).unwrap().as_bytes();
    assert!(!bytes.windows(line.len()).any(|part| part == line));
}

#[test]
fn i16_an_export_of_as_many_rows_as_the_line_alarms_the_security_officer_once_a_day_and_one_fewer_does_not() {
    let mut o = office();
    o.rig.write_setting("export_large", "3");
    o.export("宏达");
    assert_eq!(o.rig.count("SELECT count(*) FROM alarm"), 0);
    o.export("");
    assert_eq!(
        o.rig.text("SELECT rule||' '||level||' '||note FROM alarm").as_deref(),
        Some("export medium customers")
    );
    assert_eq!(o.rig.count("SELECT owner_id FROM alarm"), o.guard.id.0);
    assert_eq!(o.rig.count("SELECT person_id FROM alarm"), o.rep.id.0);
    let figures = o.rig.text("SELECT figures FROM alarm").unwrap();
    assert!(
        figures.contains("\"rows\",\"value\":3.0") && figures.contains("\"line\",\"value\":3.0"),
        "{figures}"
    );
    o.export("");
    assert_eq!(o.rig.count("SELECT count(*) FROM alarm"), 1, "the same person and day");
    let me = o.rep.clone();
    o.rig.me = me;
    assert!(o.rig.attempt(Change::Undo(None)).is_ok(), "their own last change, never the alarm");
    assert_eq!(o.rig.count("SELECT count(*) FROM alarm"), 1);
    o.rig.sound();
}

#[test]
fn i16_whoever_works_alone_is_not_told_of_their_own_export_and_nobody_answers_for_their_own() {
    let mut rig = rig();
    rig.customer("恒远物流");
    rig.write_setting("export_large", "1");
    let me = rig.me.clone();
    export(&mut rig, &me, "").unwrap();
    assert_eq!(rig.count("SELECT count(*) FROM alarm"), 0);
    let other = rig.person("li", "admin", "sales");
    export(&mut rig, &me, "").unwrap();
    assert_eq!(rig.count("SELECT owner_id FROM alarm"), other.id.0, "not the one it is about");
    assert_ne!(PersonId(rig.count("SELECT person_id FROM alarm")), other.id);
}

#[test]
fn i8_so_many_are_apologised_to_at_once_and_all_are_listed_where_the_whole_case_is_asked_for() {
    let mut o = office();
    let rep = o.rep.clone();
    o.rig.me = rep;
    for n in 0..crate::domain::leak::AT_ONCE {
        o.rig.customer(&format!("客户{n:03}"));
    }
    o.rig.write_setting("export_rows", "10000");
    o.export("");
    o.report(None);
    let at_once = crate::domain::leak::AT_ONCE;
    let all = i64::try_from(at_once).unwrap() + 3;
    let whole = |o: &Office| match o.rig.store.ask(&o.guard, &Query::Leak { id: 1, whole: true }, o.rig.now) {
        Ok(Answer::Leak(Some(case))) => *case,
        other => panic!("{other:?}"),
    };
    assert_eq!((o.case().affected, o.case().customers.len()), (all, at_once));
    assert_eq!(whole(&o).customers.len(), at_once + 3);
    let ids: Vec<i64> = whole(&o).customers.iter().map(|row| row.id).collect();
    o.apologise(&ids, 0).unwrap();
    assert_eq!((o.case().told, o.steps().len()), (all - 3, 0), "the rest waits for the next time");
    let shown: Vec<i64> =
        o.case().customers.iter().filter(|row| row.told_at.is_none()).map(|row| row.id).collect();
    o.apologise(&shown, 0).unwrap();
    assert_eq!((o.case().told, o.steps().len()), (all, 1));
}
