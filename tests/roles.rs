//! What a role may never do is neither offered nor opened (issue «people on one server»; product.md, People and access): every
//! command of every view for every role at the keys, and every form against the store, so that whatever opens can be saved.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where anything fails")]

#[expect(dead_code, reason = "other tests hold answers back")]
mod rig;

use guanxi::app::bar;
use guanxi::app::command::{COMMANDS, Command};
use guanxi::app::form::{FormKind, Handing, LeakForm, Review};
use guanxi::app::keymap::Meaning;
use guanxi::app::popup::{HelpRow, Offer, Popup};
use guanxi::app::rights::{lacking, of_form};
use guanxi::domain::change::{
    Change, Each, Envelope, NewContact, NewCustomer, NewTask, NewTouch, Reviewing, TagPath,
};
use guanxi::domain::customer::CustomerId;
use guanxi::domain::date::{Anchor, Due};
use guanxi::domain::dispute::Dispute;
use guanxi::domain::field::{Field as F, Noun, Row, Value};
use guanxi::domain::handover::{HandOver, Whom};
use guanxi::domain::kpi::Period;
use guanxi::domain::leak::Leak;
use guanxi::domain::money::Fen;
use guanxi::domain::people::{Actor, PersonId, Role, Via};
use guanxi::domain::queue::{Item, Reason};
use guanxi::domain::user::{NewPerson, Staff};
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, Query, StoreError};
use rig::Rig;

/// A company in which somebody of the role works, in 王敏's department; a working one owns a customer.
fn company(role: Role) -> (Rig, Actor, CustomerId) {
    let mut rig = Rig::company(Lang::En, 120, 36);
    rig.campaign_and_plan();
    let new = NewPerson {
        login: "li".into(),
        name: "李雷".into(),
        role,
        department: "sales".into(),
        post: String::new(),
        key: None,
    };
    rig.write(Change::Staff(Staff::Add(Box::new(new))));
    let li = rig.store.actor("li", Via::Screen, "li").unwrap().unwrap();
    let customer = CustomerId(1);
    if guanxi::domain::people::works(role) {
        rig.write(Change::Many { customers: vec![customer], each: Each::Assign(li.id) });
    }
    (rig, li, customer)
}

/// What is said where a role may never do something.
const REFUSED: &str = " only: ";

fn has_form(rig: &Rig) -> Option<FormKind> {
    rig.app.popups.iter().find_map(|popup| match popup {
        Popup::Form(form) => Some(form.kind.clone()),
        _ => None,
    })
}

/// The key of a command on the pane that is shown, where it has one there that it does not share with another.
fn key_of(rig: &Rig, command: Command) -> Option<guanxi::app::key::Key> {
    let s = &rig.app.shared;
    let keys = s.keymap.keys(command).into_iter().filter_map(|key| key.parse().ok());
    keys.into_iter().find(|key| s.keymap.meaning(rig.app.active, &[], *key) == Meaning::Command(command))
}

#[test]
fn i3_every_command_of_every_view_is_offered_to_a_role_exactly_where_it_is_not_refused() {
    for role in Role::ALL {
        let (rig, li, _) = company(role);
        let mut rig = Rig::of(li, rig.store, Lang::En, 120, 36);
        for (pane, views) in [("1", 1), ("2", 1), ("3", 4), ("4", 4), ("5", 7)] {
            for view in 0..views {
                for spec in COMMANDS {
                    rig.keys(pane);
                    pressed(&mut rig, role, spec.command, &format!("{role:?} {pane}/{view} {}", spec.id));
                }
                rig.keys(pane).keys("<Tab>");
            }
        }
    }
}

/// Presses the key of a command where it has one here, looks at what comes of it, and goes back to where one was.
fn pressed(rig: &mut Rig, role: Role, command: Command, at: &str) {
    // what leaves, goes elsewhere for good or needs the machine is nobody's right
    if matches!(
        command,
        Command::Quit
            | Command::Abort
            | Command::Suspend
            | Command::Demo
            | Command::Print
            | Command::Language
            | Command::NextView
            | Command::PreviousView
    ) {
        return;
    }
    let Some(key) = key_of(rig, command) else { return };
    let barred = rig.app.bars(command);
    assert!(!barred || !bar::keys(&rig.app).contains(&command), "{at} is barred and in the bar");
    rig.send(guanxi::app::Msg::Key(key));
    let refused = rig.app.shared.notice.as_ref().is_some_and(|said| said.text.contains(REFUSED));
    assert!(!barred || refused, "{at} is barred and does not say so:\n{}", rig.screen());
    // what opens a record to be changed, or hands over what is one's own, only the row tells
    if !matches!(command, Command::Open | Command::HandOver) {
        assert!(barred || !refused, "{at} is offered and refused:\n{}", rig.screen());
    }
    if let Some(kind) = has_form(rig) {
        assert_eq!(lacking(role, of_form(&kind)), None, "{at}");
    }
    for _ in 0..4 {
        if !rig.app.popups.is_empty() {
            rig.keys("<Esc>");
        }
    }
}

/// The commands of the palette or the help that is open, and the records that can be made from there.
fn listed(rig: &Rig) -> (Vec<Command>, Vec<Noun>) {
    let s = &rig.app.shared;
    let offers: Vec<Offer> = match rig.app.popups.last() {
        Some(Popup::Palette(palette)) => palette.rows(s),
        Some(Popup::Help(help)) => {
            let rows = help.help(s, rig.app.active).into_iter();
            rows.filter_map(|row| if let HelpRow::Offer(offer) = row { Some(offer) } else { None }).collect()
        }
        other => panic!("{other:?}"),
    };
    let (mut commands, mut nouns) = (Vec::new(), Vec::new());
    for offer in offers {
        match offer {
            Offer::Command(command) => commands.push(command),
            Offer::New(noun) => nouns.push(noun),
            Offer::View(_) | Offer::Customers(_) => {}
        }
    }
    (commands, nouns)
}

#[test]
fn i3_the_palette_and_the_help_hold_no_command_that_the_role_may_never_use() {
    for role in Role::ALL {
        let (rig, li, _) = company(role);
        let mut rig = Rig::of(li, rig.store, Lang::En, 120, 36);
        for pane in ["1", "2", "3", "4", "5"] {
            for open in [":", "?"] {
                rig.keys(pane).keys(open);
                let (commands, nouns) = listed(&rig);
                rig.keys("<Esc>");
                assert!(commands.contains(&Command::Find), "{role:?} {pane}{open}");
                let writes = !matches!(role, Role::Viewer | Role::Security);
                assert_eq!(nouns.contains(&Noun::Customer), writes, "{role:?} {pane}{open} {nouns:?}");
                assert!(writes || nouns.is_empty(), "{role:?} {pane}{open} {nouns:?}");
                let barred: Vec<Command> = commands.into_iter().filter(|c| rig.app.bars(*c)).collect();
                assert_eq!(barred, [], "{role:?} {pane}{open}");
            }
        }
        // both sides of the table
        rig.keys("1:");
        let (commands, _) = listed(&rig);
        let log = commands.contains(&Command::Log);
        assert_eq!(log, !matches!(role, Role::Viewer | Role::Security), "{role:?}");
        assert_eq!(
            commands.contains(&Command::Assign),
            matches!(role, Role::Manager | Role::Admin),
            "{role:?}"
        );
    }
}

#[test]
fn i3_a_viewer_is_told_at_once_who_may_on_strategy_and_board_too_in_both_languages() {
    let (rig, li, _) = company(Role::Viewer);
    let mut rig = Rig::of(li, rig.store, Lang::En, 80, 24);
    rig.keys("4e").shows(&["For manager, administrator only: edit the strategy."]).hides(&["Tab Next field"]);
    rig.keys("<Tab>n")
        .shows(&["For account manager, manager, administrator only: draft."])
        .hides(&["Tab Next field"]);
    rig.keys("5").hides(&[" e Edit", " n New"]);
    rig.keys("<F2>4<BackTab>e").shows(&["仅限主管、管理员:修改策略。"]);
}

#[test]
fn e18_a_request_to_the_department_is_due_for_who_works_there_and_not_for_who_looks_on() {
    for (role, waits) in
        [(Role::Rep, true), (Role::Manager, true), (Role::Security, false), (Role::Viewer, false)]
    {
        let (mut rig, li, _) = company(role);
        let due = |rig: &Rig| {
            let answer =
                rig.store.ask(&li, &Query::Queue { owner: None, whole: true, ahead: 0 }, rig.now).unwrap();
            let Answer::Queue(queue) = answer else { panic!("{answer:?}") };
            let title = rig.store.ask(&li, &Query::Title, rig.now).unwrap();
            let Answer::Title(title) = title else { panic!("{title:?}") };
            let asked = |item: &Item| matches!(item.reason, Reason::Request { .. });
            (queue.today.iter().filter(|item| asked(item)).count(), title.due)
        };
        let before = due(&rig);
        rig.write(Change::Ask {
            customer: CustomerId(2),
            touch: None,
            set: vec![
                (F::RequestText, Value::text("补充案例")),
                (F::RequestDepartment, Value::text("sales")),
            ],
            by: None,
        });
        let more = usize::from(waits);
        assert_eq!(due(&rig), (before.0 + more, before.1 + more), "{role:?}");
    }
}

/// Forms with a change each becomes, on rows that are there.
fn samples(rig: &mut Rig, me: &Actor, customer: CustomerId) -> Vec<(FormKind, Change)> {
    let text = |field: F, text: &str| (field, Value::text(text));
    let day = |field: F, day: &str| (field, Value::Day(day.parse().unwrap()));
    let due = Due { day: "2024-06-03".parse().unwrap(), time: None };
    let task = || NewTask { text: "回访".into(), due, anchor: Anchor::Absolute };
    let path = TagPath { kind: "need".into(), name: "关注点".into(), value: "交期".into() };
    let add = |noun: Noun, set: Vec<(F, Value)>| (FormKind::Add(noun), Change::Add { noun, customer, set });
    // whoever only looks on owns nothing
    let owner = Value::Id(if guanxi::domain::people::works(me.role) { me.id.0 } else { 1 });
    let month = Period::read("2024-04").unwrap();
    let plan = FormKind::Plan;
    let touch =
        FormKind::Touch { done: Vec::new(), from_queue: false, plan: guanxi::app::form::Plan::default() };
    let parent = rig.write(Change::Add {
        noun: Noun::Plan,
        customer: CustomerId(0),
        set: vec![
            text(F::PlanName, "甲"),
            text(F::PlanFilter, "segment:high"),
            day(F::PlanStarts, "2024-05-20"),
            day(F::PlanEnds, "2024-09-30"),
            (F::PlanOwner, owner.clone()),
        ],
    });
    let parent = parent.made.unwrap();
    let leak = rig.write(Change::Leak(Leak::Report { person: None, since: None, note: "外泄".into() }));
    let leak = leak.made.unwrap().id;
    let new = NewCustomer {
        values: vec![text(F::Name, &format!("{}的新客户", me.role.id()))],
        ..NewCustomer::default()
    };
    let about = |id: i64| Row { noun: Noun::Customer, id };
    vec![
        (touch, Change::LogTouch(Box::new(NewTouch::plain(customer, rig.now.at, "来电")))),
        (plan, Change::AddTask { customer, task: task() }),
        (FormKind::Customer, Change::AddCustomer(Box::new(new))),
        (
            FormKind::Contact,
            Change::AddContact {
                customer,
                contact: NewContact { name: "吴工".into(), ..NewContact::default() },
            },
        ),
        (FormKind::Tag, Change::Many { customers: vec![customer], each: Each::Tag(path.clone()) }),
        (
            FormKind::Reword { tag: None, path: path.clone() },
            Change::Reword { tag: None, path: TagPath { value: "账期".into(), ..path } },
        ),
        (
            FormKind::Class,
            Change::Class {
                customer,
                scheme: "depth".into(),
                value: Some("trial".into()),
                reason: Some("试单".into()),
            },
        ),
        (
            FormKind::Wish { channel: "sms".into(), lift: None },
            Change::Add { noun: Noun::OptOut, customer, set: vec![text(F::OptOutChannel, "sms")] },
        ),
        (
            FormKind::Reveal { row: about(2), field: Some(F::Phone) },
            Change::Reveal { row: about(2), field: Some(F::Phone), reason: "回电".into() },
        ),
        add(Noun::Complaint, vec![text(F::ComplaintSummary, "迟到"), text(F::ComplaintSeverity, "high")]),
        add(Noun::Order, vec![day(F::OrderDay, "2024-05-02"), (F::OrderAmount, Value::Money(Fen(100)))]),
        add(Noun::Script, vec![text(F::ScriptTitle, "问候"), text(F::ScriptText, "您好")]),
        add(Noun::Gift, vec![text(F::GiftName, "茶")]),
        add(Noun::OwnField, vec![text(F::OwnName, "车间数"), text(F::OwnKind, "number")]),
        add(
            Noun::Suggestion,
            vec![
                text(F::SuggestionDirection, "提速"),
                text(F::SuggestionMeasure, "改"),
                (F::SuggestionOwner, owner.clone()),
                day(F::SuggestionDue, "2024-06-03"),
            ],
        ),
        add(
            Noun::Campaign,
            vec![
                text(F::CampaignName, "秋季"),
                text(F::CampaignFilter, "owner:me"),
                text(F::CampaignChannel, "sms"),
                day(F::CampaignStarts, "2024-05-20"),
                day(F::CampaignEnds, "2024-05-31"),
            ],
        ),
        (
            FormKind::AddTo { parent, noun: Noun::PlanTask },
            Change::AddTo {
                parent,
                noun: Noun::PlanTask,
                set: vec![text(F::PlanTaskText, "调研"), day(F::PlanTaskDue, "2024-05-21")],
            },
        ),
        (
            FormKind::Ask { touch: None },
            Change::Ask {
                customer,
                touch: None,
                set: vec![text(F::RequestText, "补充案例"), text(F::RequestDepartment, "marketing")],
                by: None,
            },
        ),
        (
            FormKind::RaiseAlarm,
            Change::RaiseAlarm { rule: "dispute".into(), customer: None, note: "两部门相争".into() },
        ),
        (
            FormKind::OpenDispute,
            Change::Dispute(Dispute::Open { customer: CustomerId(2), reason: "首触".into() }),
        ),
        (
            FormKind::HandOver(Handing::These),
            Change::HandOver(Box::new(HandOver::Propose {
                whom: Whom::These(vec![customer]),
                to: PersonId(1),
                at_once: false,
                reason: None,
            })),
        ),
        (
            FormKind::Leak(LeakForm::Report),
            Change::Leak(Leak::Report { person: Some(PersonId(1)), since: None, note: "又一起".into() }),
        ),
        (
            FormKind::Leak(LeakForm::Name { id: leak, rev: 1 }),
            Change::Leak(Leak::Name { id: leak, rev: 1, person: PersonId(1) }),
        ),
        (
            FormKind::Leak(LeakForm::Close { id: leak, rev: 2, open: Vec::new() }),
            Change::Leak(Leak::Tick { id: leak, step: "audit".into() }),
        ),
        (
            FormKind::Review(Box::new(Review::Cause {
                kpi: "response".into(),
                segment: String::new(),
                period: month,
            })),
            Change::Reviewing(Box::new(Reviewing::Cause {
                kpi: "response".into(),
                segment: String::new(),
                period: month,
                text: "假期".into(),
            })),
        ),
        (
            FormKind::Review(Box::new(Review::Baseline { period: month })),
            Change::Reviewing(Box::new(Reviewing::Baseline { period: month, name: "四月".into() })),
        ),
        (
            FormKind::Review(Box::new(Review::Target {
                kpi: "response".into(),
                segment: String::new(),
                now: String::new(),
            })),
            Change::Set { key: "target.response".into(), value: "0.85".into() },
        ),
        (
            FormKind::Setting { key: "capacity".into() },
            Change::Set { key: "capacity".into(), value: "30".into() },
        ),
        (
            FormKind::Average { industry: "制造业".into() },
            Change::Benchmark { industry: "制造业".into(), year: 2023, average: Fen(100) },
        ),
        (
            FormKind::View,
            Change::SaveView {
                name: "我的".into(),
                filter: String::new(),
                sort: "code".into(),
                descending: false,
                shared: false,
            },
        ),
        (
            FormKind::Erase,
            Change::Erase {
                customer, name: "宏达机械制造有限公司".into(), reason: "本人要求".into()
            },
        ),
    ]
}

#[test]
fn i3_a_form_opens_for_a_role_exactly_where_the_store_takes_what_it_becomes() {
    for role in Role::ALL {
        let (mut rig, li, customer) = company(role);
        for (at, (kind, change)) in samples(&mut rig, &li, customer).into_iter().enumerate() {
            let opens = lacking(role, of_form(&kind)).is_none();
            let envelope = Envelope { request: format!("{at}"), change, reason: None };
            let written = rig.store.write(&li, &envelope, rig.now);
            match written {
                Ok(_) => assert!(opens, "{role:?} could write and is not let: {kind:?}"),
                Err(StoreError::Denied(verb)) => {
                    assert!(!opens, "{role:?} is let and denied {verb:?}: {kind:?}");
                }
                Err(error) => panic!("{role:?} {kind:?}: {error:?}"),
            }
        }
    }
}

#[test]
fn what_one_may_not_change_is_refused_before_a_form_is_filled_in() {
    let (rig, _, own) = company(Role::Rep);
    let mut rig = Rig::by("li", rig.store, Lang::En, 120, 36);
    rig.keys("1<Home>");
    while rig.app.shared.subject.as_ref().is_none_or(|subject| subject.id == own) {
        rig.keys("<Down>");
    }
    rig.keys("e").shows(&["You may not do this with this customer (edit)"]);
    assert_eq!(has_form(&rig), None);
    rig.keys("<Home>");
    while rig.app.shared.subject.as_ref().is_none_or(|subject| subject.id != own) {
        rig.keys("<Down>");
    }
    rig.keys("e");
    assert!(has_form(&rig).is_some(), "{}", rig.screen());
}
