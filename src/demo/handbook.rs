//! The four customers whom the handbooks print, with their printed rows and cases (A147, A148, K1–K19). What is printed keeps
//! its day of 2024; what makes them customers of today happens around today.

mod printed;

use chrono::NaiveDate;

use printed::Told;
pub use printed::{ROWS, Shown};

use super::calendar::Calendar;
use super::scene::Pen;
use crate::domain::date::{Anchor, parse_written_actions};
use crate::domain::find::normal_phone;
use crate::store::fill::Bundle;
use crate::store::fill::rows::{
    Class, Complaint, Consent, Contact, Customer, Day, Method, Opening, Order, Task, Touch,
};

/// How many peers C202405002 introduced (K12).
pub const PEERS: u8 = 2;

/// Whether a customer who was entered so many days ago may be one of those peers: they came after it.
pub fn peer(created: i32, cal: &Calendar) -> bool {
    created + 30 < cal.since(day("2024-05-06", cal))
}

/// The whole of a printed customer.
pub fn bundle(pen: &mut Pen, shown: &Shown) -> Bundle {
    let contact = pen.contact_id();
    let cal = &pen.scene.cal;
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
    figures(pen, shown, entered, &mut bundle);
    let mut n = 0;
    for told in shown.touches {
        if let Some(touch) = touch(&pen.scene.cal, shown, told, contact, n + 1, &mut bundle) {
            n += 1;
            bundle.touches.push(touch);
        }
    }
    bundle
}

fn classes(shown: &Shown, since: i64, bundle: &mut Bundle) {
    // their printed orders are years old by now; without this they would be suspended, which the handbooks do not say
    let expansion = if shown.opening.is_some() { Some(("expansion", "review")) } else { None };
    let printed = [("segment", shown.segment), ("grade", shown.grade)].into_iter().chain(expansion);
    bundle.classes.extend(printed.map(|(scheme, value)| Class {
        customer_id: shown.id,
        scheme: scheme.into(),
        value: value.into(),
        how: "import".into(),
        reason: Some("客户关系维护手册,客户基础信息与标签表".into()),
        since,
        ..Class::default()
    }));
}

/// The figures as printed; the dormant shop's are counted back from today (K13).
fn figures(pen: &mut Pen, shown: &Shown, entered: NaiveDate, bundle: &mut Bundle) {
    let source = Some("手册".into());
    let category = Some(shown.category.into());
    let Some((last, per_year, total, year)) = shown.opening else {
        let id = pen.order_id();
        let cal = &pen.scene.cal;
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
            closed_at: Some(opened_at + 9 * 86_400_000),
            repair: Some("客服主管致歉,随下次订单附赠礼品".into()),
            recheck_on: None,
        });
        return;
    };
    let cal = &pen.scene.cal;
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
        parse_written_actions(told.next, local, event).unwrap_or_default()
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
