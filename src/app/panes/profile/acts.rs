//! What keys do on a line of the profile, and the menus of what can be added and copied.

use super::super::super::command::Command;
use super::super::super::form::FormKind;
use super::super::super::forms;
use super::super::super::pane_id::PaneId;
use super::super::super::popup::palette::is_added;
use super::super::super::popup::{Act, Item, Menu, Popup};
use super::super::super::shared::{Shared, Tone};
use super::super::pane::Step;
use super::layout::Section;
use super::line::{Line, Target};
use super::wishes;
use crate::domain::change::{Change, Each, TaskRef};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Row, Value, fields_of};
use crate::domain::own::OwnEdit;
use crate::i18n::{Lang, fields, guard, ledger, people, profile as t};
use crate::store::request::{Profile, Record};

/// What a command does on a line.
pub fn command(command: Command, profile: &Profile, line: Option<&Line>, s: &mut Shared) -> Step {
    let target = line.map_or(Target::None, |l| l.target.clone());
    match command {
        Command::Open => open(profile, target, s),
        Command::Edit => edit(profile, &target, s),
        Command::New => menu(add_menu(profile, line, s)),
        Command::Copy => menu(copy_menu(profile, s.lang)),
        Command::ApproveBudget => match target {
            Target::Record(row @ Row { noun: Noun::Budget, .. }, rev) => {
                write(Change::ApproveCost { row, rev })
            }
            _ => Step::said(s, crate::i18n::campaigns::NO_COST),
        },
        Command::Reveal => reveal(profile, &target, s),
        Command::Wishes => menu(wishes::menu(profile, s)),
        Command::Check => check(profile, s),
        Command::Class => allowed(profile, s, |_| Step::Form(FormKind::Class)),
        Command::Remove => remove(profile, target, s),
        Command::Done | Command::Snooze | Command::Reschedule | Command::CallBack => match target {
            Target::Record(row @ Row { noun: Noun::Coupon, .. }, _) if command == Command::Done => {
                coupon(profile, row, s)
            }
            Target::Task(.., task, true) => match command {
                Command::Done => write(done(profile, task, s)),
                Command::Snooze => Step::Form(FormKind::Snooze(task)),
                Command::Reschedule => Step::Form(FormKind::Reschedule(task)),
                _ => Step::Form(FormKind::CallBack { task: Some(task) }),
            },
            _ => Step::said(s, t::NO_TASK_HERE),
        },
        _ => Step::Pass,
    }
}

fn write(change: Change) -> Step {
    Step::Write(Box::new(change))
}

fn menu(menu: Menu) -> Step {
    Step::Open(Box::new(Popup::Menu(menu)))
}

/// Does it where the person may change this customer, else says who may.
fn allowed(profile: &Profile, s: &mut Shared, then: impl FnOnce(&mut Shared) -> Step) -> Step {
    if profile.may_edit { then(s) } else { Step::said(s, t::NOT_YOURS) }
}

/// A field that shows masked is not edited; there is a way to see it.
fn masked(s: &mut Shared) -> Step {
    Step::with_key(s, t::MASKED_NO_EDIT, Command::Reveal)
}

/// `M`: what is masked on the line, for a reason; elsewhere the phone.
fn reveal(profile: &Profile, target: &Target, s: &mut Shared) -> Step {
    if !profile.customer.masked {
        return Step::said(s, people::NOT_MASKED);
    }
    let (row, field) = match *target {
        Target::Field(row, field, true) => (row, Some(field)),
        Target::Record(row, _) if fields_of(row.noun).any(|f| f.private) => (row, None),
        _ => (Row { noun: Noun::Customer, id: profile.row.id }, Some(Field::Phone)),
    };
    Step::Form(FormKind::Reveal { row, field })
}

/// `K`: the second check; who did it already is said.
fn check(profile: &Profile, s: &mut Shared) -> Step {
    match &profile.standing.checked {
        Some(who) => {
            let text = guard::CHECKED_ALREADY.with(s.lang, &[who]);
            s.say(Tone::Plain, text);
            Step::Done
        }
        None => write(Change::Check(CustomerId(profile.row.id))),
    }
}

fn list(filter: String) -> Step {
    let view = Act::View(filter, "code".to_owned(), false);
    Step::Many(vec![Step::Act(Box::new(view)), Step::Go(PaneId::Customers)])
}

/// `Enter`: into what the line stands for; a record opens to be edited.
fn open(profile: &Profile, target: Target, s: &mut Shared) -> Step {
    match target {
        Target::Class(..) => Step::Run(Command::Why),
        Target::Tag(path, _) => list(format!("tag:\"{}\"", path.value.replace('"', ""))),
        Target::Customer(code) => list(code),
        target => edit(profile, &target, s),
    }
}

/// `e`: the field or record where it stands.
fn edit(profile: &Profile, target: &Target, s: &mut Shared) -> Step {
    match *target {
        Target::Field(_, _, true) | Target::Own(_, true) => masked(s),
        Target::Own(id, false) => allowed(profile, s, |_| Step::Act(Box::new(Act::EditOwn(id)))),
        Target::Field(row, field, false) => {
            let only = (row.noun == Noun::Customer).then_some(field);
            allowed(profile, s, |_| Step::Edit(row, only))
        }
        // what a person has logged or promised is their own; the store says who may
        Target::Record(row @ Row { noun: Noun::Touch | Noun::Complaint | Noun::Request, .. }, _)
        | Target::Task(row, ..) => Step::Edit(row, None),
        Target::Record(row, _) => allowed(profile, s, |_| Step::Edit(row, None)),
        Target::Tag(..) => Step::Form(FormKind::Tag),
        Target::Class(..) => allowed(profile, s, |_| Step::Form(FormKind::Class)),
        Target::None | Target::Customer(_) | Target::Deed(_) | Target::More(_) | Target::Words(_) => {
            Step::said(s, t::NOT_HERE)
        }
    }
}

/// Ticks a task off; a reward that was given goes into the history.
fn done(profile: &Profile, task: TaskRef, s: &Shared) -> Change {
    let row = profile.tasks.iter().find(|row| row.task == task);
    match row.filter(|row| row.cause.as_deref() == Some("reward")) {
        Some(row) => {
            let what = ledger::task(row.cause.as_deref(), &row.text, s.lang);
            forms::rewarded(CustomerId(profile.row.id), task, what, s)
        }
        None => Change::Done(vec![task]),
    }
}

/// `x` on a coupon: the customer has claimed it; once more, used it.
fn coupon(profile: &Profile, row: Row, s: &mut Shared) -> Step {
    let records = profile.sections.iter().flat_map(|(_, records)| records);
    let Some(record) = records.into_iter().find(|r| r.row == row) else { return Step::Done };
    if *record.get(Field::CouponUsed) != Value::None {
        return Step::said(s, t::COUPON_USED);
    }
    let used = *record.get(Field::CouponClaimed) != Value::None;
    write(Change::Coupon { coupon: row.id, used })
}

/// `D`: what stands on the line goes; `u` brings it back.
fn remove(profile: &Profile, target: Target, s: &mut Shared) -> Step {
    let customer = CustomerId(profile.row.id);
    match target {
        Target::Field(_, _, true) | Target::Own(_, true) => masked(s),
        Target::Own(id, false) => {
            let there = profile.customer.own.iter().find(|own| own.field.id == id);
            let was = there.and_then(|own| own.value.clone());
            allowed(profile, s, |_| write(Change::Own(OwnEdit { customer, field: id, was, to: None })))
        }
        Target::Field(row, Field::MethodValue, false) => {
            let methods = profile.contacts.iter().flat_map(|(_, m)| m);
            let rev = methods.clone().find(|m| m.row == row).map_or(0, |m| m.rev);
            allowed(profile, s, |_| write(Change::Remove { row, rev }))
        }
        Target::Field(..) | Target::Record(Row { noun: Noun::Customer, .. }, _) => {
            Step::with_key(s, t::FIELD_STAYS, Command::Edit)
        }
        Target::Record(row, rev) | Target::Task(row, rev, ..) => write(Change::Remove { row, rev }),
        Target::Tag(path, true) => write(Change::Many { customers: vec![customer], each: Each::Untag(path) }),
        Target::Class(scheme, true) => {
            allowed(profile, s, |_| write(Change::Class { customer, scheme, value: None, reason: None }))
        }
        Target::Tag(_, false) | Target::Class(_, false) => Step::said(s, t::BY_RULE_STAYS),
        Target::None | Target::Customer(_) | Target::Deed(_) | Target::More(_) | Target::Words(_) => {
            Step::said(s, t::NOT_HERE)
        }
    }
}

/// What can be added here; the cursor stands on what the section under it holds.
fn add_menu(profile: &Profile, line: Option<&Line>, s: &Shared) -> Menu {
    let section = line.map(|line| line.section);
    let item = |label: &str, hint: String, kind: FormKind| Item::new(label, hint, Act::Form(kind));
    let mut items = vec![
        item(fields::noun(Noun::Contact).of(s.lang), String::new(), FormKind::Contact),
        item(fields::noun(Noun::Task).of(s.lang), s.key(Command::Plan), FormKind::Plan),
        item(fields::noun(Noun::Tag).of(s.lang), s.key(Command::Tags), FormKind::Tag),
    ];
    let added = Noun::OF_CUSTOMER.iter().filter(|noun| is_added(**noun));
    items.extend([Noun::Method].iter().chain(added).map(|noun| {
        let here = section == Some(Section::Records(*noun));
        Item { on: here, ..item(fields::noun(*noun).of(s.lang), String::new(), FormKind::Add(*noun)) }
    }));
    let order = order_of(profile, line);
    if let Some((parent, hint)) = order {
        let kind = FormKind::AddTo { parent, noun: Noun::OrderLine };
        let at = items.iter().position(|i| matches!(&i.act, Act::Form(FormKind::Add(Noun::Order))));
        items.insert(at.map_or(0, |at| at + 1), item(fields::noun(Noun::OrderLine).of(s.lang), hint, kind));
    }
    let suggestion = Act::Suggest(entry(profile, line));
    items.push(Item::new(fields::noun(Noun::Suggestion).of(s.lang), String::new(), suggestion));
    items.push(item(fields::noun(Noun::Customer).of(s.lang), String::new(), FormKind::Customer));
    let on = match section {
        Some(Section::Promises) => Some(1),
        Some(Section::Tags) => Some(2),
        _ => None,
    };
    if let Some(item) = on.and_then(|at: usize| items.get_mut(at)) {
        item.on = true;
    }
    Menu::new(t::ADD, items)
}

/// The order under the cursor, else the newest; with what it is told by.
fn order_of(profile: &Profile, line: Option<&Line>) -> Option<(Row, String)> {
    let orders = super::lines::of(profile, Noun::Order);
    let row = match line.map(|line| &line.target) {
        Some(Target::Record(row @ Row { noun: Noun::Order, .. }, _)) => Some(*row),
        Some(Target::Record(Row { noun: Noun::OrderLine, id }, _)) => {
            let own = profile.order_lines.iter().find(|(_, line)| line.row.id == *id);
            own.map(|(order, _)| Row { noun: Noun::Order, id: *order })
        }
        _ => None,
    };
    let day = |order: &Record| match order.get(Field::OrderDay) {
        Value::Day(day) => Some(*day),
        _ => None,
    };
    let order = match row {
        Some(row) => orders.iter().find(|order| order.row == row),
        None => orders.iter().max_by_key(|order| (day(order), order.row.id)),
    }?;
    let code = order.get(Field::OrderCode).as_text().unwrap_or_default();
    let day = day(order).map_or_else(String::new, |day| day.to_string());
    Some((order.row, format!("{day} {code}").trim_end().to_owned()))
}

/// What a suggestion can be made from: the entry under the cursor, else why the customer left (K18).
fn entry(profile: &Profile, line: Option<&Line>) -> String {
    let said = match line.map(|line| &line.target) {
        Some(Target::Record(Row { noun: Noun::Touch, id }, _)) => profile
            .touches
            .iter()
            .find(|touch| touch.id == *id)
            .map(|touch| touch.feedback.clone().unwrap_or_else(|| touch.summary.clone())),
        Some(Target::Record(row @ Row { noun: Noun::Complaint, .. }, _)) => {
            let complaint = super::lines::of(profile, Noun::Complaint).iter().find(|c| c.row == *row);
            complaint.and_then(|c| c.get(Field::ComplaintSummary).as_text()).map(str::to_owned)
        }
        _ => None,
    };
    let left = || profile.customer.get(Field::ChurnNote).as_text().map(str::to_owned);
    said.or_else(left).map_or_else(String::new, |said| format!("{}: {said}", profile.row.name))
}

/// What can be copied: name, number, every phone and account, the address, the tag line.
fn copy_menu(profile: &Profile, lang: Lang) -> Menu {
    let mut texts = Vec::new();
    let mut add = |text: &str, hint: &str| texts.push((text.to_owned(), hint.to_owned()));
    add(&profile.row.name, "");
    add(&profile.row.code, "");
    for (contact, methods) in &profile.contacts {
        let name = contact.get(Field::ContactName).as_text().unwrap_or_default();
        for method in methods {
            add(method.get(Field::MethodValue).as_text().unwrap_or_default(), name);
        }
    }
    add(profile.customer.get(Field::Address).as_text().unwrap_or_default(), "");
    add(&profile.composite, "");
    for said in profile.advice.scripts.iter().take(3) {
        let text = crate::i18n::scripts::shown(&said.text, lang);
        add(&text, &crate::i18n::scripts::offered(&text, &said.title, lang));
    }
    let row = &profile.row;
    let line = [Some(&row.name), row.contact.as_ref(), row.title.as_ref(), row.phone.as_ref()];
    let line: Vec<&str> = line.into_iter().flatten().map(String::as_str).collect();
    add(&line.join(" "), "");
    Menu::copying(texts)
}
