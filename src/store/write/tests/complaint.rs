//! Complaints and requests: what each step writes, who may do it, and that undo takes all of it back.

use super::*;
use crate::domain::complaint::Step;
use crate::domain::requests;

fn complaint(rig: &mut Rig, customer: i64) -> i64 {
    let set = vec![(Field::ComplaintSummary, Value::text("发错货"))];
    rig.write(Change::Add { noun: Noun::Complaint, customer: CustomerId(customer), set }).made.unwrap().id
}

fn step(id: i64, step: Step) -> Change {
    Change::Complaint { id, step }
}

fn answer() -> Step {
    Step::Answer { channel: "phone".into(), said: "已致电".into() }
}

fn solve() -> Step {
    Step::Solve { solution: "换货".into(), repair: Some("致歉".into()), recheck: None }
}

#[test]
fn k41_the_first_answer_is_a_touch_and_resolving_marks_it_as_resolved() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    let id = complaint(&mut rig, customer);
    rig.at("2024-05-20T04:00:00Z");
    rig.write(step(id, answer()));
    assert_eq!(rig.text("SELECT issue FROM touch").as_deref(), Some("open"));
    let answered = rig.count("SELECT responded_at FROM complaint");
    rig.at("2024-05-20T05:00:00Z");
    rig.write(step(id, answer()));
    assert_eq!(rig.count("SELECT responded_at FROM complaint"), answered, "the first answer stands");
    rig.write(step(id, solve()));
    rig.write(step(id, Step::Resolve { found: None }));
    assert_eq!(rig.text("SELECT state FROM complaint").as_deref(), Some("resolved"));
    assert_eq!(rig.text("SELECT issue FROM touch ORDER BY id LIMIT 1").as_deref(), Some("resolved"));
    assert_eq!(rig.count("SELECT complaints FROM facts"), 0);
    rig.write(Change::Undo(None));
    assert_eq!(rig.text("SELECT state FROM complaint").as_deref(), Some("solved"));
    assert_eq!(rig.count("SELECT complaints FROM facts"), 1);
    rig.sound();
}

#[test]
fn a_complaint_is_not_resolved_without_a_solution_and_a_withdrawn_one_does_not_count() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    let id = complaint(&mut rig, customer);
    let done = Change::Done(vec![crate::domain::change::TaskRef::Row(Row { noun: Noun::Complaint, id })]);
    for change in [step(id, Step::Resolve { found: None }), done] {
        let Err(StoreError::Invalid(Invalid { field, problem })) = rig.attempt(change) else { panic!() };
        assert_eq!((field, problem), (Field::ComplaintSolution, Problem::Empty));
    }
    rig.write(step(id, Step::End { how: "withdrawn".into(), reason: Some("客户误会".into()) }));
    assert_eq!(rig.count("SELECT valid FROM complaint"), 0);
    assert_eq!(rig.count("SELECT complaints FROM facts"), 0);
    rig.sound();
}

#[test]
fn h21_a_complaint_that_has_ended_is_neither_taken_nor_answered_nor_solved_nor_ended_again() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    let id = complaint(&mut rig, customer);
    rig.write(step(id, solve()));
    rig.write(step(id, Step::Resolve { found: Some("满意".into()) }));
    let end = Step::End { how: "withdrawn".into(), reason: None };
    for again in [Step::Take, answer(), solve(), Step::Resolve { found: None }, end] {
        let Err(StoreError::Invalid(Invalid { problem, .. })) = rig.attempt(step(id, again.clone())) else {
            panic!("{again:?}")
        };
        assert_eq!(problem, Problem::ComplaintClosed, "{again:?}");
    }
    assert_eq!(rig.text("SELECT recheck FROM complaint").as_deref(), Some("满意"));
    // whoever sets its state back goes on
    let rev = rig.count("SELECT rev FROM complaint");
    rig.write(edit(Noun::Complaint, id, rev, Field::ComplaintState, "resolved", "open"));
    rig.write(step(id, solve()));
    rig.sound();
}

fn ask(rig: &mut Rig, customer: i64) -> i64 {
    let set = vec![
        (Field::RequestDepartment, Value::text("marketing")),
        (Field::RequestText, Value::text("需市场部补充案例")),
    ];
    let ask = Change::Ask { customer: CustomerId(customer), touch: None, set, by: None };
    rig.write(ask);
    rig.count("SELECT max(id) FROM request")
}

#[test]
fn k21_only_the_department_that_is_asked_answers_and_only_who_asked_closes() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    rig.me = rig.person("li", "rep", "sales");
    let id = ask(&mut rig, customer);
    assert_eq!(rig.count("SELECT due_at-asked_at FROM request"), 2 * 3_600_000);
    let does = |step| Change::Request { id, step };
    assert!(matches!(rig.attempt(does(requests::Step::Take)), Err(StoreError::Denied(Verb::Log))));
    assert!(matches!(
        rig.attempt(does(requests::Step::Close)),
        Err(StoreError::Invalid(Invalid { field: Field::RequestAnswer, .. }))
    ));
    let asker = rig.me.clone();
    rig.me = rig.person("huang", "rep", "marketing");
    rig.write(does(requests::Step::Take));
    rig.write(does(requests::Step::Refuse("本月无案例".into())));
    assert_eq!(rig.text("SELECT state FROM request").as_deref(), Some("refused"));
    assert!(matches!(rig.attempt(does(requests::Step::Close)), Err(StoreError::Denied(Verb::Log))));
    rig.write(does(requests::Step::Answer("案例已发".into())));
    rig.me = asker;
    rig.write(does(requests::Step::Close));
    assert_eq!(rig.text("SELECT state FROM request").as_deref(), Some("closed"));
    rig.write(Change::Undo(None));
    assert_eq!(rig.text("SELECT state FROM request").as_deref(), Some("answered"));
    rig.sound();
}

#[test]
fn a_request_is_due_when_it_is_said_and_never_before_now() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    let set = vec![
        (Field::RequestDepartment, Value::text("service")),
        (Field::RequestText, Value::text("保修口径")),
    ];
    let by = |day: &str| Change::Ask {
        customer: CustomerId(customer),
        touch: None,
        set: set.clone(),
        by: Some(Due { day: day.parse().unwrap(), time: None }),
    };
    let Err(StoreError::Invalid(Invalid { field, .. })) = rig.attempt(by("2024-05-19")) else { panic!() };
    assert_eq!(field, Field::ByWhen);
    rig.write(by("2024-05-21"));
    assert_eq!(rig.count("SELECT count(*) FROM request"), 1);
}

#[test]
fn e18_a_request_that_is_closed_is_neither_answered_nor_refused_nor_closed_again() {
    use crate::domain::requests::Step as Asked;

    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    let set = vec![
        (Field::RequestDepartment, Value::text("service")),
        (Field::RequestText, Value::text("保修口径")),
    ];
    let ask = Change::Ask { customer: CustomerId(customer), touch: None, set, by: None };
    let id = rig.write(ask).made.unwrap().id;
    let step = |step: Asked| Change::Request { id, step };
    rig.write(step(Asked::Answer("两年".into())));
    rig.write(step(Asked::Close));
    for again in [Asked::Answer("三年".into()), Asked::Refuse("不归我们".into()), Asked::Close] {
        let Err(StoreError::Invalid(Invalid { problem, .. })) = rig.attempt(step(again)) else { panic!() };
        assert_eq!(problem, Problem::RequestClosed);
    }
    assert_eq!(rig.text("SELECT state||answer FROM request").as_deref(), Some("closed两年"));
}

#[test]
fn h21_whoever_takes_a_complaint_up_corrects_it_and_takes_away_only_what_their_customers_have_complained_of()
{
    for (customers_of, goes) in [("wang", false), ("li", true)] {
        let mut rig = rig();
        let li = rig.person("li", "rep", "service");
        if customers_of == "li" {
            rig.me = li.clone();
        }
        let customer = rig.customer("恒远物流有限公司");
        let id = complaint(&mut rig, customer);
        rig.me = li;
        rig.write(step(id, Step::Take));
        rig.write(step(id, answer()));
        let row = Row { noun: Noun::Complaint, id };
        let rev = rig.count("SELECT rev FROM complaint");
        rig.write(edit(Noun::Complaint, id, rev, Field::ComplaintSummary, "发错货", "发错货两次"));
        let remove = Change::Remove { row, rev: rev + 1 };
        let told = rig.attempt(remove).map(|_| ());
        assert_eq!(told, if goes { Ok(()) } else { Err(StoreError::Denied(Verb::Edit)) });
    }
    // what one has just written down oneself by mistake one takes back
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    rig.me = rig.person("li", "rep", "service");
    complaint(&mut rig, customer);
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT count(*) FROM complaint"), 0);
    rig.sound();
}

#[test]
fn k21_whoever_answers_a_request_rewords_the_answer_alone_and_whoever_asked_or_their_head_the_request() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    rig.me = rig.person("li", "rep", "sales");
    let id = ask(&mut rig, customer);
    let row = Row { noun: Noun::Request, id };
    let asker = rig.me.clone();
    rig.me = rig.person("huang", "rep", "marketing");
    rig.write(Change::Request { id, step: requests::Step::Answer("案例已发".into()) });
    let rev = |rig: &Rig| rig.count("SELECT rev FROM request");
    let text =
        |rig: &Rig, was: &str, to: &str| edit(Noun::Request, id, rev(rig), Field::RequestText, was, to);
    let answer =
        |rig: &Rig, was: &str, to: &str| edit(Noun::Request, id, rev(rig), Field::RequestAnswer, was, to);
    let denied = Err(StoreError::Denied(Verb::Log));
    for change in [text(&rig, "需市场部补充案例", "不需要"), Change::Remove { row, rev: rev(&rig) }]
    {
        assert_eq!(rig.attempt(change), denied);
    }
    let change = answer(&rig, "案例已发", "案例已发,共三份");
    rig.write(change);
    rig.me = asker;
    let change = answer(&rig, "案例已发,共三份", "未答复");
    assert_eq!(rig.attempt(change), denied, "nor are the words of the answer whose request it was");
    let change = text(&rig, "需市场部补充案例", "需市场部补充两个案例");
    rig.write(change);
    for (login, department, may) in
        [("far", "service", false), ("answers", "marketing", false), ("asks", "sales", true)]
    {
        rig.me = rig.person(login, "manager", department);
        let told = rig.attempt(Change::Remove { row, rev: rev(&rig) });
        assert_eq!(told.is_ok(), may, "{login}");
    }
    rig.sound();
}

#[test]
fn e18_heads_of_other_departments_neither_answer_nor_close_a_request() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    rig.me = rig.person("li", "rep", "sales");
    let id = ask(&mut rig, customer);
    for (login, department, answers, closes) in [
        ("far", "service", false, false),
        ("asked", "marketing", true, false),
        ("asks", "sales", false, true),
    ] {
        rig.me = rig.person(login, "manager", department);
        let mut may = |step| rig.attempt(Change::Request { id, step }).is_ok();
        let told = (may(requests::Step::Answer("案例已发".into())), may(requests::Step::Close));
        assert_eq!(told, (answers, closes), "{login}");
    }
}
