//! Who is refused what, as one table: a sample of every kind of change for every role, with the right that the refusal names;
//! and what somebody who has administered takes back once they no longer do. A new kind of change has no sample, and fails.

use super::campaign::{customers, offer};
use super::*;
use crate::domain::alarm::Step as OfAlarm;
use crate::domain::change::{Reviewing, TaskRef};
use crate::domain::complaint::Step as OfComplaint;
use crate::domain::dispute::Dispute;
use crate::domain::handover::{HandOver, Turn, Whom};
use crate::domain::kpi::Period;
use crate::domain::leak::Leak;
use crate::domain::own::OwnEdit;
use crate::domain::people::{PersonId, Role};
use crate::domain::requests::Step as OfRequest;
use crate::domain::strategy;
use crate::domain::user::{NewPerson, Staff};
use Verb as V;

macro_rules! kinds {
    ($($kind:ident)*) => {
        const KINDS: &[&str] = &[$(stringify!($kind)),*];

        fn kind(change: &Change) -> &'static str {
            match change { $( Change::$kind { .. } => stringify!($kind), )* }
        }
    };
}

kinds! {
    AddCustomer Add AddContact Edit Remove LogTouch Unanswered AddTask PlanTouch Reschedule Done Snooze All Many HandOver Merge Erase
    Dispute Leak Check Reveal Class Own ApplyScheme ProposeScheme Reword Benchmark Coupon Review AddTo TurnPlan PutBack
    RunCampaign ApproveCost Complaint Alarm RaiseAlarm Ask Request Outcome Reviewing Strategy PutOverlay RemoveOverlay
    OverlayReady SaveView RemoveView Staff Set StartImport ImportRows FinishImport Undo Redo
}

/// A change, what it is refused with to a rep and a head of another department, the head of the owner's, the security officer
/// and a viewer, and to whoever has done it as an administrator and takes it back as a rep.
struct Sample {
    change: Change,
    refused: [Option<Verb>; 5],
    back: Option<Verb>,
}

/// To nobody but who administers.
const fn all(verb: Verb) -> [Option<Verb>; 5] {
    [Some(verb); 5]
}

/// To everybody but the owner's head.
const fn but_head(verb: Verb) -> [Option<Verb>; 5] {
    [Some(verb), Some(verb), None, Some(verb), Some(verb)]
}

/// To everybody but heads, of whichever department.
const fn but_heads(verb: Verb) -> [Option<Verb>; 5] {
    [Some(verb), None, None, Some(verb), Some(verb)]
}

/// To those who do no work here.
const fn idle(verb: Verb) -> [Option<Verb>; 5] {
    [None, None, None, Some(verb), Some(verb)]
}

/// To all but the security officer.
const fn but_guard(verb: Verb) -> [Option<Verb>; 5] {
    [Some(verb), Some(verb), Some(verb), None, Some(verb)]
}

/// To everybody who is not head: with another word to those who do no work here.
const TASK: [Option<Verb>; 5] = [Some(V::Supervise), Some(V::Supervise), None, Some(V::Log), Some(V::Log)];

/// A company: the administrator 1, Li of sales with a customer and one of everything, her head, two of service, one of
/// operations who decides, a security officer and a viewer.
struct World {
    rig: Rig,
    people: [Actor; 5],
    li: PersonId,
}

fn world() -> World {
    let mut rig = rig();
    let admin = rig.me.clone();
    let li = rig.person("li", "rep", "sales");
    let sun = rig.person("sun", "rep", "sales");
    rig.person("ops", "manager", "operations");
    let people = [
        ("zhao", "rep", "service"),
        ("far", "manager", "service"),
        ("head", "manager", "sales"),
        ("guard", "security", "operations"),
        ("eye", "viewer", "sales"),
    ]
    .map(|(login, role, department)| rig.person(login, role, department));
    rig.me = li.clone();
    let customer = CustomerId(rig.customer("恒远物流"));
    // one whom a campaign touches, and one who is put back into it
    let reached = customers(&mut rig, 2);
    offer(&mut rig, reached[1], "P产品");
    let now = rig.now;
    rig.write(Change::LogTouch(Box::new(talk(customer.0, now))));
    rig.write(Change::AddTask { customer, task: next("寄合同", "2024-05-21") });
    rig.write(order(customer.0, "2024-05-02", 100));
    let add = |noun, set: Vec<(Field, Value)>| Change::Add { noun, customer, set };
    let text = |field, text: &str| (field, Value::text(text));
    let day = |field, day: &str| (field, Value::Day(day.parse().unwrap()));
    rig.write(add(Noun::Script, vec![text(Field::ScriptTitle, "问候"), text(Field::ScriptText, "您好")]));
    rig.write(add(
        Noun::Coupon,
        vec![
            text(Field::CouponKind, "cash"),
            (Field::CouponFace, Value::Money(Fen(1000))),
            day(Field::CouponIssued, "2024-05-20"),
        ],
    ));
    rig.write(add(
        Noun::Campaign,
        vec![
            text(Field::CampaignName, "秋季"),
            text(Field::CampaignFilter, "is:idle"),
            text(Field::CampaignChannel, "sms"),
            text(Field::CampaignProduct, "P产品"),
            day(Field::CampaignStarts, "2024-05-20"),
            day(Field::CampaignEnds, "2024-05-31"),
            (Field::CampaignCost, Value::Money(Fen(100))),
        ],
    ));
    rig.write(add(
        Noun::Plan,
        vec![
            text(Field::PlanName, "甲"),
            text(Field::PlanFilter, "is:idle"),
            day(Field::PlanStarts, "2024-05-20"),
            day(Field::PlanEnds, "2024-09-30"),
        ],
    ));
    rig.write(add(
        Noun::Suggestion,
        vec![
            text(Field::SuggestionDirection, "提速"),
            text(Field::SuggestionMeasure, "改"),
            (Field::SuggestionOwner, Value::Id(li.id.0)),
            day(Field::SuggestionDue, "2024-06-03"),
        ],
    ));
    let set = vec![text(Field::RequestText, "保修口径"), text(Field::RequestDepartment, "service")];
    rig.write(Change::Ask { customer, touch: None, set, by: None });
    rig.write(Change::RaiseAlarm { rule: "dispute".into(), customer: Some(customer), note: "争执".into() });
    rig.store.db.execute("UPDATE alarm SET owner_id=?1, rev=rev+1", [li.id.0]).unwrap();
    rig.write(Change::Leak(Leak::Report { person: None, since: None, note: "外泄".into() }));
    // who handles a complaint and answers a request has them to correct and not to take away
    rig.me = people[0].clone();
    rig.write(add(Noun::Complaint, vec![text(Field::ComplaintSummary, "发错货")]));
    rig.write(Change::Request { id: 1, step: OfRequest::Answer("三年".into()) });
    rig.me = admin;
    rig.write(Change::Set { key: "mass_unchecked".into(), value: "noted".into() });
    rig.write(Change::Add {
        noun: Noun::OwnField,
        customer: CustomerId(0),
        set: vec![text(Field::OwnName, "车间数"), text(Field::OwnKind, "number")],
    });
    let what =
        HandOver::Propose { whom: Whom::These(vec![customer]), to: sun.id, at_once: false, reason: None };
    rig.write(Change::HandOver(Box::new(what)));
    rig.me = sun;
    rig.write(Change::Dispute(Dispute::Open { customer, reason: "首触".into() }));
    rig.me = rig.store.actor("wang", Via::Screen, "s").unwrap().unwrap();
    rig.write(view(true));
    rig.write(Change::StartImport { what: "名单.csv".into() });
    World { rig, people, li: li.id }
}

fn view(shared: bool) -> Change {
    Change::SaveView {
        name: "催办".into(),
        filter: if shared { "due:<3d" } else { "" }.into(),
        sort: "due".into(),
        descending: false,
        shared,
    }
}

fn samples(w: &World) -> Vec<Sample> {
    let rig = &w.rig;
    let (customer, li) = (CustomerId(1), w.li);
    let rev = |table: &str| rig.count(&format!("SELECT max(rev) FROM {table}"));
    let row = |noun, id| Row { noun, id };
    let alarm = |rule: &str| rig.count(&format!("SELECT id FROM alarm WHERE rule='{rule}' ORDER BY id"));
    let (mine, leak) = (alarm("dispute"), alarm("leak"));
    let touch = rig.count("SELECT min(id) FROM touch");
    let task = TaskRef::Stored(rig.count("SELECT min(id) FROM task WHERE text='寄合同'"));
    let overlay = rig.count("SELECT min(id) FROM overlay");
    let script = rig.count("SELECT id FROM script WHERE state='draft'");
    let item = rig.count("SELECT min(id) FROM handover_item");
    let suggestion = rig.count("SELECT min(id) FROM suggestion");
    let shared = rig.count("SELECT id FROM saved_view WHERE name='催办'");
    let new = || Box::new(NewTouch { kind: "inbound".into(), ..talk(1, rig.now) });
    let path = need("关注点", "交期");
    let segment = crate::domain::scheme::SHIPPED[0].1.to_owned();
    let month = Period::read("2024-04").unwrap();
    let renamed = || edit(Noun::Customer, 1, rev("customer"), Field::Region, "", "华东");
    let hand = |what| Change::HandOver(Box::new(what));
    let turn = |turn| hand(HandOver::Turn { id: 1, rev: rev("handover"), turn, note: None });
    let strategy = || strategy::Edit {
        scheme: "segment".into(),
        class: "high".into(),
        rev: Some(rig.count("SELECT rev FROM strategy WHERE scheme='segment' AND class='high'")),
        set: vec![(Field::StrategyGoal, Value::text("另一目标"))],
    };
    let reviewing = |review| Change::Reviewing(Box::new(review));
    let add = |noun, field, text: &str| Change::Add { noun, customer, set: vec![(field, Value::text(text))] };
    let person = NewPerson {
        login: "neu".into(),
        name: "新人".into(),
        role: Role::Rep,
        department: "sales".into(),
        post: String::new(),
        key: None,
    };
    let at = |done| Change::Reschedule { task: done, due: next("", "2024-05-28").due };
    let many = |each| Change::Many { customers: vec![customer], each };
    let set = |key: &str, value: &str| Change::Set { key: key.into(), value: value.into() };
    let answer = OfComplaint::Answer { channel: "phone".into(), said: "已致电".into() };
    let mut all_of: Vec<Sample> = Vec::new();
    let mut takes = |change, refused, back| all_of.push(Sample { change, refused, back });
    // refused to a rep and to whoever has become one
    let mut same = |change, refused: [Option<Verb>; 5]| takes(change, refused, refused[0]);
    same(Change::AddCustomer(Box::new(named("新客户"))), idle(V::Create));
    same(order(1, "2024-05-03", 100), but_head(V::Edit));
    same(add(Noun::Complaint, Field::ComplaintSummary, "破损"), idle(V::Log));
    same(add(Noun::OptOut, Field::OptOutChannel, "sms"), idle(V::Log));
    same(add(Noun::Gift, Field::GiftName, "茶"), but_heads(V::Approve));
    same(
        Change::AddContact {
            customer, contact: NewContact { name: "吴工".into(), ..NewContact::default() }
        },
        but_head(V::Edit),
    );
    same(renamed(), but_head(V::Edit));
    same(edit(Noun::Request, 1, rev("request"), Field::RequestText, "保修口径", "保修"), but_head(V::Log));
    same(Change::Remove { row: row(Noun::Complaint, 1), rev: rev("complaint") }, but_head(V::Edit));
    same(Change::Remove { row: row(Noun::Request, 1), rev: rev("request") }, but_head(V::Log));
    same(Change::Remove { row: row(Noun::Customer, 1), rev: rev("customer") }, but_head(V::Edit));
    same(Change::Remove { row: row(Noun::OwnField, 1), rev: rev("extra_field") }, all(V::Configure));
    same(Change::Remove { row: row(Noun::Plan, 1), rev: rev("plan") }, but_heads(V::Approve));
    same(Change::LogTouch(new()), idle(V::Log));
    same(Change::Unanswered { touch: new(), task: None, again: next("再打", "2024-05-22") }, idle(V::Log));
    same(Change::AddTask { customer, task: next("回电", "2024-05-22") }, idle(V::Log));
    let plan = next("拜访", "2024-06-22");
    same(Change::PlanTouch { customer, task: plan.clone(), reason: Some("约好".into()) }, idle(V::Log));
    same(at(task.clone()), TASK);
    same(Change::Done(vec![task.clone()]), TASK);
    same(Change::Snooze { task, until: "2024-05-25".parse().unwrap(), reason: "出差".into() }, TASK);
    same(Change::Done(vec![TaskRef::Row(row(Noun::Request, 1))]), but_head(V::Log));
    same(Change::Done(vec![TaskRef::Row(row(Noun::Suggestion, suggestion))]), but_heads(V::Approve));
    same(Change::All(vec![renamed()]), but_head(V::Edit));
    same(many(Each::Tag(path.clone())), but_head(V::Edit));
    same(many(Each::Untag(path.clone())), but_head(V::Edit));
    same(many(Each::Assign(PersonId(1))), but_head(V::Assign));
    same(many(Each::Plan(plan)), idle(V::Log));
    let whom = Whom::These(vec![customer]);
    same(
        hand(HandOver::Propose { whom, to: PersonId(1), at_once: true, reason: Some("x".into()) }),
        but_head(V::Assign),
    );
    same(turn(Turn::Accept), all(V::Assign));
    same(turn(Turn::Decline), all(V::Assign));
    same(turn(Turn::TakeBack), but_head(V::Assign));
    same(hand(HandOver::Tick { item, rev: 1 }), but_head(V::Assign));
    same(super::merge::merge(2, 3), but_head(V::Merge));
    same(Change::Erase { customer, name: "恒远物流".into(), reason: "本人要求".into() }, all(V::Erase));
    same(Change::Dispute(Dispute::Note { id: 1, text: "补充".into() }), idle(V::Log));
    let decide = Dispute::Decide { id: 1, rev: 1, owner: li, reason: "首触".into() };
    same(Change::Dispute(decide), all(V::Arbitrate));
    same(Change::Dispute(Dispute::Withdraw { id: 1, rev: 1 }), all(V::Dispute));
    same(
        Change::Leak(Leak::Report { person: Some(li), since: None, note: "又".into() }),
        [None, None, None, None, Some(V::Log)],
    );
    same(Change::Leak(Leak::Name { id: 1, rev: 1, person: li }), but_guard(V::Freeze));
    same(Change::Leak(Leak::Tick { id: 1, step: "audit".into() }), but_guard(V::Freeze));
    same(
        Change::Leak(Leak::Close { id: 1, rev: 1, result: "无".into(), left_out: Some("无".into()) }),
        but_guard(V::Freeze),
    );
    same(Change::Check(customer), but_head(V::Check));
    same(Change::Reveal { row: row(Noun::Customer, 1), field: None, reason: "回电".into() }, idle(V::Reveal));
    let class = |scheme: &str, value: &str| Change::Class {
        customer,
        scheme: scheme.into(),
        value: Some(value.into()),
        reason: None,
    };
    same(class("segment", "high"), but_head(V::Edit));
    same(class("depth", "trial"), but_head(V::Edit));
    same(Change::Own(OwnEdit { customer, field: 1, was: None, to: Some("3".into()) }), but_head(V::Edit));
    same(Change::ApplyScheme { text: segment.clone() }, all(V::Configure));
    same(Change::ProposeScheme { text: segment }, but_heads(V::Strategy));
    same(Change::Reword { tag: None, path }, all(V::Configure));
    same(Change::Benchmark { industry: "制造业".into(), year: 2023, average: Fen(100) }, all(V::Configure));
    same(Change::Coupon { coupon: 1, used: false }, idle(V::Log));
    same(Change::Coupon { coupon: 1, used: true }, idle(V::Log));
    same(Change::Review { script, rev: 1, approve: true }, but_heads(V::Approve));
    same(Change::Review { script, rev: 1, approve: false }, but_heads(V::Approve));
    let day = Value::Day("2024-05-21".parse().unwrap());
    let part = vec![(Field::PlanTaskText, Value::text("调研")), (Field::PlanTaskDue, day)];
    same(
        Change::AddTo { parent: row(Noun::Plan, 1), noun: Noun::PlanTask, set: part },
        but_heads(V::Approve),
    );
    let line = vec![(Field::LineProduct, Value::text("轴承")), (Field::LineQuantity, Value::Int(2))];
    same(Change::AddTo { parent: row(Noun::Order, 1), noun: Noun::OrderLine, set: line }, but_head(V::Edit));
    same(Change::TurnPlan { plan: 1, rev: 1 }, but_heads(V::Approve));
    same(
        Change::PutBack { campaign: 1, customer: CustomerId(3), reason: Some("约好".into()) },
        but_heads(V::Approve),
    );
    same(Change::RunCampaign { campaign: 1, rev: 1 }, but_heads(V::Approve));
    same(Change::ApproveCost { row: row(Noun::Campaign, 1), rev: 1 }, but_heads(V::Approve));
    same(Change::Complaint { id: 1, step: OfComplaint::Take }, idle(V::Log));
    same(Change::Complaint { id: 1, step: answer }, idle(V::Log));
    same(Change::Alarm { id: mine, step: OfAlarm::Acknowledge }, but_head(V::Supervise));
    same(Change::Alarm { id: mine, step: OfAlarm::Tick(0) }, but_head(V::Supervise));
    same(Change::Alarm { id: mine, step: OfAlarm::Close("解决".into()) }, but_head(V::Supervise));
    same(Change::Alarm { id: leak, step: OfAlarm::Acknowledge }, but_guard(V::Supervise));
    same(Change::Alarm { id: leak, step: OfAlarm::Tick(1) }, but_guard(V::Freeze));
    same(Change::Done(vec![TaskRef::Row(row(Noun::Alarm, leak))]), but_guard(V::Freeze));
    same(
        Change::RaiseAlarm { rule: "dispute".into(), customer: Some(CustomerId(2)), note: "又".into() },
        idle(V::Log),
    );
    let ask =
        vec![(Field::RequestText, Value::text("样册")), (Field::RequestDepartment, Value::text("marketing"))];
    same(Change::Ask { customer, touch: None, set: ask, by: None }, idle(V::Log));
    same(Change::Request { id: 1, step: OfRequest::Close }, but_head(V::Log));
    same(Change::Outcome { touch, kind: "answered".into(), note: None, next: None }, idle(V::Log));
    let (kpi, all_segments) = ("response".to_owned(), String::new());
    same(
        reviewing(Reviewing::Cause { kpi, segment: all_segments, period: month, text: "假期".into() }),
        idle(V::Draft),
    );
    same(reviewing(Reviewing::Baseline { period: month, name: "四月".into() }), idle(V::Draft));
    same(reviewing(Reviewing::Begin { of: row(Noun::Campaign, 1) }), but_heads(V::Approve));
    same(reviewing(Reviewing::Prepare { suggestion, edit: strategy() }), but_heads(V::Approve));
    same(
        reviewing(Reviewing::Apply { suggestion, edit: strategy(), reason: "提速".into() }),
        but_heads(V::Approve),
    );
    same(
        reviewing(Reviewing::Assess { person: li, month: "2024-04".into(), score: 80, note: None }),
        but_head(V::Assign),
    );
    same(Change::Strategy { edit: Box::new(strategy()), reason: "提速".into() }, but_heads(V::Strategy));
    same(
        Change::PutOverlay { id: Some(overlay), set: vec![(Field::OverlayContent, Value::text("新品"))] },
        but_heads(V::Strategy),
    );
    same(Change::RemoveOverlay(overlay), but_heads(V::Strategy));
    same(Change::OverlayReady(overlay), but_heads(V::Strategy));
    same(view(false), idle(V::Log));
    same(Change::Staff(Staff::Add(Box::new(person))), all(V::Configure));
    same(Change::Staff(Staff::Freeze(li)), but_guard(V::Freeze));
    same(set("capacity", "30"), all(V::Configure));
    same(set("target.response", "0.85"), but_heads(V::Strategy));
    same(Change::StartImport { what: "另.csv".into() }, all(V::Import));
    same(Change::ImportRows { job: 1, rows: vec![ImportRow::Customer(named("来自文件"))] }, all(V::Import));
    same(Change::FinishImport { job: 1 }, all(V::Import));
    same(
        Change::Undo(Some(1)),
        [Some(V::Supervise), Some(V::Supervise), None, Some(V::Supervise), Some(V::Log)],
    );
    same(Change::Undo(None), [None, None, None, None, Some(V::Log)]);
    same(Change::Redo, [None, None, None, None, Some(V::Log)]);
    // whoever has reworded a draft is its author
    takes(edit(Noun::Script, script, 1, Field::ScriptText, "您好", "早"), but_heads(V::Approve), None);
    // the department that is asked answers, and an administrator is not of it
    let words = || OfRequest::Answer("五年".into());
    let answers = [None, None, Some(V::Log), Some(V::Log), Some(V::Log)];
    takes(Change::Request { id: 1, step: words() }, answers, Some(V::Log));
    takes(
        edit(Noun::Request, 1, rev("request"), Field::RequestAnswer, "三年", "两年"),
        answers,
        Some(V::Log),
    );
    // opened by anybody who works here against whoever holds the customer, once
    takes(
        Change::Dispute(Dispute::Open { customer: CustomerId(2), reason: "我的".into() }),
        idle(V::Dispute),
        None,
    );
    // everybody's views are changed by heads; a viewer keeps none
    let keepers = [Some(V::Edit), None, None, Some(V::Log), Some(V::Log)];
    takes(
        Change::SaveView {
            name: "催办".into(),
            filter: "is:idle".into(),
            sort: "due".into(),
            descending: false,
            shared: true,
        },
        keepers,
        Some(V::Edit),
    );
    takes(Change::RemoveView(shared), keepers, Some(V::Edit));
    all_of
}

/// Does something in a world that is as before afterwards. What counts figures first, in a transaction of its own, is done
/// in a new one.
fn aside<T>(w: &mut World, change: &Change, what: impl FnOnce(&mut Store) -> T) -> T {
    let counts = match change {
        Change::RunCampaign { .. } => true,
        Change::Reviewing(review) => {
            matches!(**review, Reviewing::Baseline { .. } | Reviewing::Begin { .. })
        }
        _ => false,
    };
    if counts { what(&mut world().rig.store) } else { w.rig.store.rehearse(what).unwrap() }
}

fn given(store: &mut Store, actor: &Actor, change: &Change, now: Now) -> Result<Receipt, StoreError> {
    let request = format!("sample-{}", store.db.total_changes());
    store.write(actor, &Envelope { request, change: change.clone(), reason: Some("依规".into()) }, now)
}

/// The right that a refusal names.
fn refusal<T>(told: &Result<T, StoreError>) -> Option<Verb> {
    match told {
        Err(StoreError::Denied(verb)) => Some(*verb),
        _ => None,
    }
}

#[test]
fn i3_every_kind_of_change_is_refused_to_every_role_as_the_table_says_and_to_no_administrator() {
    let mut w = world();
    let samples = samples(&w);
    for kind_of in KINDS {
        assert!(samples.iter().any(|sample| kind(&sample.change) == *kind_of), "no sample of {kind_of}");
    }
    let (people, admin, now) = (w.people.clone(), w.rig.me.clone(), w.rig.now);
    let mut wrong = Vec::new();
    for sample in &samples {
        for (actor, refused) in people.iter().zip(sample.refused) {
            let told = aside(&mut w, &sample.change, |store| given(store, actor, &sample.change, now));
            if refusal(&told) != refused {
                wrong.push(format!(
                    "{:?} {}: {told:?}, not {refused:?}: {:?}",
                    actor.role, actor.department, sample.change
                ));
            }
        }
        let told = aside(&mut w, &sample.change, |store| given(store, &admin, &sample.change, now));
        if refusal(&told).is_some() {
            wrong.push(format!("an administrator: {told:?}: {:?}", sample.change));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn i3_whoever_administers_no_more_takes_nothing_back_that_they_may_no_longer_do_and_brings_nothing_back() {
    let mut w = world();
    let samples = samples(&w);
    let (admin, now) = (w.rig.me.clone(), w.rig.now);
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for Sample { change, back, .. } in &samples {
        // these take back what others say
        if matches!(change, Change::Undo(_) | Change::Redo) {
            continue;
        }
        let told = aside(&mut w, change, |store| {
            let done = match given(store, &admin, change, now) {
                Ok(done) => done,
                Err(error) => return Err(format!("is not done: {error:?}")),
            };
            let Some(id) = done.change else { return Ok(None) };
            let turn = |store: &Store, role: &str| {
                let sql = "UPDATE person SET role=?2, rev=rev+1 WHERE id=?1";
                store.db.execute(sql, (admin.id.0, role)).unwrap();
            };
            turn(store, "rep");
            let undone = given(store, &admin, &Change::Undo(Some(id)), now);
            if undone.is_ok() {
                return Ok(Some((undone, None)));
            }
            // and the other way round
            turn(store, "admin");
            let redone = given(store, &admin, &Change::Undo(Some(id)), now).ok().map(|_| {
                turn(store, "rep");
                given(store, &admin, &Change::Redo, now)
            });
            Ok(Some((undone, redone)))
        });
        match told {
            Err(said) => wrong.push(format!("{said}: {change:?}")),
            Ok(None) => {}
            Ok(Some((undone, redone))) => {
                seen += 1;
                for told in [Some(undone), redone].into_iter().flatten() {
                    if refusal(&told) != *back {
                        wrong.push(format!("{told:?}, not {back:?}: {change:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 60, "{seen}");
}
