//! The four customers whom the handbooks print, with their printed rows and cases (A147, A148, K1–K19). What is printed keeps
//! its day of 2024; what makes them customers of today happens around today.

use chrono::NaiveDate;

use super::calendar::Calendar;
use super::crowd::Crowd;
use crate::domain::date::{Anchor, parse_actions};
use crate::domain::find::normal_phone;
use crate::store::fill::Bundle;
use crate::store::fill::rows::{
    Class, Complaint, Consent, Contact, Customer, Day, Method, Opening, Order, Task, Touch,
};

/// A printed customer.
pub struct Shown {
    id: i64,
    code: &'static str,
    /// Its name.
    pub name: &'static str,
    industry: &'static str,
    standard: &'static str,
    size: &'static str,
    region: &'static str,
    contact: &'static str,
    title: &'static str,
    phone: &'static str,
    owner: i64,
    segment: &'static str,
    grade: &'static str,
    lifecycle: &'static str,
    category: &'static str,
    /// Last purchase, purchases a year, total and year in yuan: printed, without records behind them.
    opening: Option<(&'static str, i64, i64, i64)>,
    touches: &'static [Told],
}

/// A talk with one of them.
struct Told {
    /// A printed day, or so many days ago.
    on: Result<&'static str, i32>,
    minute: i64,
    channel: Option<&'static str>,
    by: (i64, &'static str),
    topic: &'static str,
    summary: &'static str,
    feedback: &'static str,
    answered: bool,
    product: Option<&'static str>,
    event: Option<&'static str>,
    /// Next actions as printed, read like those of a form.
    next: &'static str,
    /// Next actions counted from today: days, time, who, what.
    dues: &'static [(i32, Option<(i64, &'static str)>, i64, &'static str)],
}

const SALES: &str = "sales";

/// The printed customers in the order of their numbers.
pub const ROWS: &[Shown] = &[
    Shown {
        id: 1,
        code: "C202405001",
        name: "宏达机械制造有限公司",
        industry: "制造业",
        standard: "通用设备制造业",
        size: "medium",
        region: "苏州",
        contact: "某经理",
        title: "采购总监",
        phone: "139 0000 0031",
        owner: 1,
        segment: "growth",
        grade: "B",
        lifecycle: "existing",
        category: "A品类",
        opening: Some(("2024-04-15", 3, 213_600, 86_400)),
        touches: &[
            Told {
                on: Ok("2024-05-10"),
                minute: 10 * 60,
                channel: Some("phone"),
                by: (3, SALES),
                topic: "新品推荐",
                summary: "推荐A品类新品",
                feedback: "对新品功能感兴趣,要求发详细资料",
                answered: true,
                product: Some("手持终端HT-60"),
                event: None,
                next: "2日内发送资料,3天内跟进意向",
                dues: &[],
            },
            Told {
                on: Err(10),
                minute: 15 * 60 + 20,
                channel: Some("phone"),
                by: (1, SALES),
                topic: "月度沟通",
                summary: "月度电话沟通,了解手持终端HT-60升级意向",
                feedback: "对升级款有兴趣,要求发详细资料;旧机维修报价等回复",
                answered: true,
                product: Some("手持终端HT-60"),
                event: None,
                next: "",
                dues: &[(-2, None, 1, "回复旧机维修报价"), (1, None, 1, "发送资料")],
            },
        ],
    },
    Shown {
        id: 2,
        code: "C202405002",
        name: "恒远物流有限公司",
        industry: "服务业",
        standard: "交通运输、仓储和邮政业",
        size: "large",
        region: "上海",
        contact: "某总",
        title: "运营总监",
        phone: "138-0000-2210",
        owner: 1,
        segment: "high",
        grade: "A",
        lifecycle: "existing",
        category: "B品类",
        opening: Some(("2024-03-20", 5, 486_000, 210_000)),
        touches: &[
            Told {
                on: Ok("2024-05-12"),
                minute: 14 * 60 + 30,
                channel: None,
                by: (1, SALES),
                topic: "季度品鉴会",
                summary: "邀请参加季度品鉴会",
                feedback: "已确认出席,需预留VIP座位",
                answered: true,
                product: None,
                event: Some("2024-06-20"),
                next: "提前3天发送参会提醒,协调座位",
                dues: &[],
            },
            Told {
                on: Err(8),
                minute: 10 * 60 + 40,
                channel: Some("visit"),
                by: (1, SALES),
                topic: "季度深度回访",
                summary: "上门回访,了解新仓进度与系统使用情况",
                feedback: "新仓设备清单本月定稿,约好电话确认",
                answered: true,
                product: None,
                event: None,
                next: "",
                dues: &[(0, Some((17 * 60, "17:00")), 1, "致电确认新仓设备清单")],
            },
        ],
    },
    Shown {
        id: 3,
        code: "C202405003",
        name: "优品汇零售",
        industry: "零售业",
        standard: "综合零售",
        size: "small",
        region: "无锡",
        contact: "周店长",
        title: "店长",
        phone: "137 0000 5548",
        owner: 1,
        segment: "dormant",
        grade: "C",
        lifecycle: "lost",
        category: "C品类",
        opening: None,
        touches: &[Told {
            on: Err(186),
            minute: 11 * 60,
            channel: Some("wechat"),
            by: (1, SALES),
            topic: "到货回访",
            summary: "确认收银纸到货,询问店铺近况",
            feedback: "货已收到,随货赠品破损,希望补寄",
            answered: true,
            product: None,
            event: None,
            next: "",
            dues: &[],
        }],
    },
    Shown {
        id: 4,
        code: "C202405004",
        name: "云帆供应链服务有限公司",
        industry: "服务业",
        standard: "商务服务业",
        size: "medium",
        region: "杭州",
        contact: "林婉清",
        title: "采购主管",
        phone: "+86 136 0000 7719",
        owner: 3,
        segment: "ordinary",
        grade: "B",
        lifecycle: "existing",
        category: "A品类",
        opening: Some(("2024-04-28", 2, 73_500, 41_200)),
        touches: &[Told {
            on: Err(5),
            minute: 16 * 60,
            channel: Some("phone"),
            by: (3, SALES),
            topic: "新品推荐",
            summary: "推荐工业平板TP-10,说明盘点场景",
            feedback: "客户对价格敏感,要求提供案例验证,需市场部补充案例",
            answered: true,
            product: Some("工业平板TP-10"),
            event: None,
            next: "",
            dues: &[(0, None, 8, "补充服务业案例"), (2, None, 3, "发送案例并询问意向")],
        }],
    },
];

/// How many peers C202405002 introduced (K12).
pub const PEERS: u8 = 2;

/// Whether a customer who was entered so many days ago may be one of those peers: they came after it.
pub fn peer(created: i32, cal: &Calendar) -> bool {
    created + 30 < cal.since(day("2024-05-06", cal))
}

/// The whole of a printed customer.
pub fn bundle(crowd: &mut Crowd, shown: &Shown) -> Bundle {
    let contact = crowd.contact_id();
    let cal = &crowd.scene.cal;
    let entered = day("2024-05-06", cal).min(cal.today);
    let created_at = cal.at(entered, 9 * 60 + 30);
    let mut bundle = Bundle {
        customer: Customer {
            id: shown.id,
            code: shown.code.into(),
            name: shown.name.into(),
            kind: "company".into(),
            industry: Some(shown.industry.into()),
            industry_std: Some(shown.standard.into()),
            size: Some(shown.size.into()),
            region: Some(shown.region.into()),
            source: Some("event".into()),
            owner_id: shown.owner,
            first_owner_id: Some(shown.owner),
            state: Some(if shown.segment == "dormant" { "waiting" } else { "won" }.into()),
            channel: Some("phone".into()),
            entered_by: Some(shown.owner),
            checked_by: Some(4),
            checked_at: Some(created_at + 86_400_000),
            created_at,
            ..Customer::default()
        },
        ..Bundle::default()
    };
    bundle.contacts.push(Contact {
        id: contact,
        customer_id: shown.id,
        name: shown.contact.into(),
        title: Some(shown.title.into()),
        is_key: true,
        confirmed_by: Some(shown.owner),
        confirmed_at: Some(created_at),
        ..Contact::default()
    });
    bundle.methods.push(Method {
        customer_id: shown.id,
        contact_id: contact,
        kind: "mobile".into(),
        value: shown.phone.into(),
        digits: normal_phone(shown.phone).map(|p| p.digits.into()),
    });
    bundle.consents.push(Consent {
        customer_id: shown.id,
        state: "given".into(),
        purpose: Some("订单服务与售后通知".into()),
        way: Some("合同条款".into()),
        given_on: Some(Day(entered)),
        by_id: Some(shown.owner),
    });
    classes(shown, created_at, &mut bundle);
    figures(crowd, shown, entered, &mut bundle);
    let mut n = 0;
    for told in shown.touches {
        if let Some(touch) = touch(&crowd.scene.cal, shown, told, contact, n + 1, &mut bundle) {
            n += 1;
            bundle.touches.push(touch);
        }
    }
    bundle
}

fn classes(shown: &Shown, since: i64, bundle: &mut Bundle) {
    let printed = [("segment", shown.segment), ("grade", shown.grade)];
    bundle.classes.extend(printed.map(|(scheme, value)| Class {
        customer_id: shown.id,
        scheme: scheme.into(),
        value: value.into(),
        how: "import".into(),
        reason: Some("客户关系维护手册,客户基础信息与标签表".into()),
        since,
        ..Class::default()
    }));
    bundle.classes.push(Class {
        customer_id: shown.id,
        scheme: "lifecycle".into(),
        value: shown.lifecycle.into(),
        how: "rule".into(),
        rule: Some(1),
        since,
        ..Class::default()
    });
}

/// The figures as printed; the dormant shop's are counted back from today (K13).
fn figures(crowd: &mut Crowd, shown: &Shown, entered: NaiveDate, bundle: &mut Bundle) {
    let source = Some("手册".into());
    let category = Some(shown.category.into());
    let Some((last, per_year, total, year)) = shown.opening else {
        let id = crowd.order_id();
        let cal = &crowd.scene.cal;
        bundle.openings.push(Opening {
            customer_id: shown.id,
            as_of: Day(cal.back(380)),
            first_on: Some(Day(cal.back(905))),
            last_on: Some(Day(cal.back(402))),
            total_fen: Some(200_000),
            category: category.clone(),
            source,
            ..Opening::default()
        });
        bundle.orders.push(Order {
            id,
            customer_id: shown.id,
            code: Some("SO-YPH-7".into()),
            ordered_on: Day(cal.back(189)),
            amount_fen: 40_000,
            category,
            status: "paid".into(),
            by_id: Some(shown.owner),
            created_at: cal.at(cal.back(189), 600),
            ..Order::default()
        });
        let opened_at = cal.at(cal.back(184), 9 * 60 + 5);
        bundle.complaints.push(Complaint {
            customer_id: shown.id,
            opened_at,
            responded_at: Some(opened_at + 45 * 3_600_000),
            solved_at: Some(opened_at + 9 * 86_400_000),
            state: "resolved".into(),
            subject: Some("赠品破损".into()),
            severity: "medium".into(),
            summary: "C品类赠品破损,反映后未及时解决".into(),
            solution: Some("补寄赠品并致歉".into()),
            handler_id: Some(6),
            touch_id: None,
        });
        return;
    };
    let cal = &crowd.scene.cal;
    bundle.openings.push(Opening {
        customer_id: shown.id,
        as_of: Day(entered),
        first_on: Some(Day(day("2022-03-18", cal))),
        last_on: Some(Day(day(last, cal))),
        per_year: Some(per_year),
        total_fen: Some(total * 100),
        year_fen: Some(year * 100),
        category,
        source,
    });
}

fn day(text: &str, cal: &Calendar) -> NaiveDate {
    text.parse().unwrap_or(cal.today)
}

/// A talk; none where it is still to come, or where the printed one is so fresh that nothing followed it yet.
fn touch(
    cal: &Calendar,
    shown: &Shown,
    told: &Told,
    contact: i64,
    n: i64,
    bundle: &mut Bundle,
) -> Option<Touch> {
    let on = match told.on {
        Ok(text) => day(text, cal),
        Err(back) => cal.back(cal.working(back)),
    };
    let at = cal.at(on, told.minute);
    if at > cal.now || bundle.touches.iter().any(|t| t.at >= at) {
        return None;
    }
    let id = shown.id << 20 | n;
    let (person, department) = told.by;
    let event = told.event.map(|text| day(text, cal));
    printed(cal, shown, told, (id, at), event, bundle);
    for (days, time, owner, text) in told.dues {
        let due = cal.ahead(*days);
        let minute = time.map_or(24 * 60, |(minute, _)| minute);
        bundle.tasks.push(Task {
            customer_id: shown.id,
            touch_id: Some(id),
            kind: "promise".into(),
            text: (*text).into(),
            due_on: Day(due),
            due_time: time.map(|(_, word)| word.into()),
            due_at: cal.at(due, minute),
            anchor: "absolute".into(),
            owner_id: *owner,
            state: "open".into(),
            created_at: at,
            created_by: Some(person),
            ..Task::default()
        });
    }
    Some(Touch {
        id,
        customer_id: shown.id,
        contact_id: Some(contact),
        at,
        recorded_at: (at + 20 * 60_000).min(cal.now),
        channel: told.channel.map(Into::into),
        kind: "proactive".into(),
        topic: Some(told.topic.into()),
        summary: told.summary.into(),
        feedback: Some(told.feedback.into()),
        responded: told.answered,
        responded_at: told.answered.then_some(at),
        product: told.product.map(Into::into),
        segment_then: Some(if shown.segment == "dormant" { "ordinary" } else { shown.segment }.into()),
        department: department.into(),
        person_id: person,
        event_on: event.map(Day),
        closed: told.next.is_empty() && told.dues.is_empty(),
        ..Touch::default()
    })
}

/// The next actions as the handbook prints them: open while they are fresh, else done on their day (K3, K4).
fn printed(
    cal: &Calendar,
    shown: &Shown,
    told: &Told,
    touch: (i64, i64),
    event: Option<NaiveDate>,
    bundle: &mut Bundle,
) {
    let (id, at) = touch;
    let local = cal.zone.local(crate::domain::clock::from_ms(at));
    let actions = if told.next.is_empty() {
        Vec::new()
    } else {
        parse_actions(told.next, local, event).unwrap_or_default()
    };
    for action in actions {
        let due = action.resolved.due.day;
        let open = cal.since(due) < 21;
        let days = if let Anchor::BeforeEvent { days } = action.resolved.anchor {
            Some(i64::from(days))
        } else {
            None
        };
        bundle.tasks.push(Task {
            customer_id: shown.id,
            touch_id: Some(id),
            kind: "promise".into(),
            text: action.text.into(),
            due_on: Day(due),
            due_at: cal.at(due, 24 * 60),
            anchor: if days.is_some() { "before_event" } else { "after_touch" }.into(),
            anchor_days: days,
            event_on: days.and(event).map(Day),
            owner_id: told.by.0,
            state: if open { "open" } else { "done" }.into(),
            done_at: (!open).then(|| cal.at(due, 15 * 60)),
            done_by: (!open).then_some(told.by.0),
            created_at: at,
            created_by: Some(told.by.0),
            ..Task::default()
        });
    }
}
