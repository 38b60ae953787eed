//! Fields of the company's own (A4): who makes them, what they take, what becomes of the values, and who sees and finds them.

use super::*;
use crate::domain::field::Row;
use crate::domain::filter::{FilterError, parse};
use crate::domain::own::{OwnEdit, OwnField};
use crate::store::request::{Answer, Query, Record};

fn define(name: &str, kind: &str, allowed: &str) -> Change {
    let set = vec![
        (Field::OwnName, Value::text(name)),
        (Field::OwnKind, Value::text(kind)),
        (Field::OwnAllowed, Value::text(allowed)),
    ];
    Change::Add { noun: Noun::OwnField, customer: CustomerId(0), set }
}

impl Rig {
    fn own_fields(&self) -> Vec<OwnField> {
        match self.store.ask(&self.me, &Query::OwnFields, self.now) {
            Ok(Answer::OwnFields(fields)) => fields,
            other => panic!("{other:?}"),
        }
    }

    fn define(&mut self, name: &str, kind: &str, allowed: &str) -> i64 {
        self.write(define(name, kind, allowed)).made.unwrap().id
    }

    fn fill_own(
        &mut self,
        customer: i64,
        field: i64,
        was: Option<&str>,
        to: &str,
    ) -> Result<Receipt, StoreError> {
        let (was, to) = (was.map(str::to_owned), Some(to.to_owned()));
        self.attempt(Change::Own(OwnEdit { customer: CustomerId(customer), field, was, to }))
    }

    fn record(&self, actor: &Actor, customer: i64) -> Record {
        let row = Row { noun: Noun::Customer, id: customer };
        match self.store.ask(actor, &Query::Record(row), self.now) {
            Ok(Answer::Record(Some(record))) => record,
            other => panic!("{other:?}"),
        }
    }

    fn filled(&self, customer: i64) -> Vec<Option<String>> {
        self.record(&self.me, customer).own.into_iter().map(|own| own.value).collect()
    }

    fn fits(&self, actor: &Actor, filter: &str) -> Result<u64, StoreError> {
        match self.store.ask(actor, &Query::Count(parse(filter).unwrap()), self.now) {
            Ok(Answer::Count(count)) => Ok(count.shown),
            Err(error) => Err(error),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a4_a_field_is_made_filled_changed_emptied_and_every_step_is_taken_back() {
    let mut rig = rig();
    let id = rig.customer("恒远物流有限公司");
    let docks = rig.define("车间数", "number", "");
    rig.fill_own(id, docks, None, "1,200.50").unwrap();
    assert_eq!(rig.filled(id), [Some("1200.5".to_owned())]);
    rig.fill_own(id, docks, Some("1200.5"), "7").unwrap();
    rig.fill_own(id, docks, Some("7"), "").unwrap();
    assert_eq!(rig.filled(id), [None]);
    for value in [Some("7"), Some("1200.5"), None] {
        rig.write(Change::Undo(None));
        assert_eq!(rig.filled(id), [value.map(str::to_owned)]);
    }
    rig.write(Change::Undo(None));
    assert_eq!(rig.own_fields(), []);
    rig.sound();
}

#[test]
fn a4_a_field_that_goes_takes_its_values_along_and_undo_brings_them_back() {
    let mut rig = rig();
    let (id, other) = (rig.customer("恒远物流有限公司"), rig.customer("宏达机械制造有限公司"));
    let field = rig.define("发货周期", "text", "");
    rig.fill_own(id, field, None, "每周三").unwrap();
    rig.fill_own(other, field, None, "月底").unwrap();
    let rev = rig.own_fields()[0].rev;
    rig.write(Change::Remove { row: Row { noun: Noun::OwnField, id: field }, rev });
    assert_eq!((rig.filled(id), rig.count("SELECT count(*) FROM extra_value")), (vec![], 0));
    rig.write(Change::Undo(None));
    assert_eq!((rig.filled(id), rig.filled(other)), (vec![Some("每周三".into())], vec![Some("月底".into())]));
    rig.sound();
}

#[test]
fn a4_a_field_with_very_many_values_goes_in_batches_goes_on_after_a_cut_and_comes_back_with_one_undo() {
    let mut rig = rig();
    let field = rig.define("发货周期", "text", "");
    let job = rig.write(Change::StartImport { what: "客户.csv".into() }).job.unwrap();
    let rows = (0..250).map(|n| {
        let own = vec![("发货周期".to_owned(), format!("第{n}天"))];
        ImportRow::Customer(NewCustomer { own, ..named(&format!("客户{n}有限公司")) })
    });
    rig.write(Change::ImportRows { job, rows: rows.collect() });
    rig.write(Change::FinishImport { job });
    let values = "SELECT count(*) FROM extra_value";
    assert_eq!(rig.count(values), 250);
    let (me, rep) = (rig.me.clone(), rig.person("li", "rep", "sales"));
    let before = content(&rig.store.db);
    let rev = rig.own_fields()[0].rev;
    let remove = Change::Remove { row: Row { noun: Noun::OwnField, id: field }, rev };
    // whoever may not, and whoever saw an older state, takes nothing away
    rig.me = rep;
    assert_eq!(rig.attempt(remove.clone()), Err(StoreError::Denied(Verb::Configure)));
    rig.me = me;
    let old = Change::Remove { row: Row { noun: Noun::OwnField, id: field }, rev: rev + 1 };
    assert!(rig.attempt(old).is_err());
    assert_eq!(rig.count(values), 250);
    // as if the program had been killed in the second batch
    rig.store
        .db
        .execute_batch(
            "CREATE TEMP TRIGGER cut BEFORE DELETE ON extra_value WHEN (SELECT count(*) FROM extra_value)<=150
             BEGIN SELECT RAISE(ABORT,'cut'); END;",
        )
        .unwrap();
    let envelope = Envelope { request: "removal".into(), change: remove, reason: None };
    assert!(rig.store.write(&rig.me, &envelope, rig.now).is_err());
    assert_eq!((rig.count(values), rig.own_fields().len()), (150, 1));
    rig.store.db.execute_batch("DROP TRIGGER cut").unwrap();
    let mut told = Vec::new();
    let receipt = rig
        .store
        .write_with_progress(&rig.me, &envelope, rig.now, &mut |done, total| told.push((done, total)))
        .unwrap();
    assert_eq!((rig.count(values), rig.own_fields().len()), (0, 0));
    assert_eq!((receipt.subject.as_str(), told.last()), ("发货周期", Some(&(150, 150))));
    // sent once more it is answered
    let again = rig.store.write(&rig.me, &envelope, rig.now).unwrap();
    assert_eq!((again.job, again.subject), (receipt.job, receipt.subject));
    rig.write(Change::Undo(None));
    assert_eq!(content(&rig.store.db), before);
    rig.sound();
    rig.write(Change::Redo);
    assert_eq!((rig.count(values), rig.own_fields().len()), (0, 0));
    rig.sound();
}

#[test]
fn a4_what_cannot_be_a_field_and_what_a_field_does_not_take_is_refused_at_its_place() {
    let mut rig = rig();
    let id = rig.customer("恒远物流有限公司");
    let refused = |result: Result<Receipt, StoreError>| match result {
        Err(StoreError::Invalid(Invalid { field, problem })) => (field, problem),
        other => panic!("{other:?}"),
    };
    let told = refused(rig.attempt(define("行业", "text", "")));
    assert_eq!(told, (Field::OwnName, Problem::NotAName("行业".into())));
    let told = refused(rig.attempt(define("车间", "choice", " , ")));
    assert_eq!(told, (Field::OwnAllowed, Problem::NoChoices));
    let field = rig.define("车间", "choice", "A车间, B车间");
    let told = refused(rig.attempt(define("车间", "text", "")));
    assert_eq!(told, (Field::OwnName, Problem::FieldTaken("车间".into())));
    let told = refused(rig.fill_own(id, field, None, "C车间"));
    let among = Problem::NotAmong("C车间".into(), vec!["A车间".into(), "B车间".into()]);
    assert_eq!(told, (Field::OwnText, Problem::Own("车间".into(), Box::new(among))));
    // a value in use keeps its place among the choices
    rig.fill_own(id, field, None, "b车间").unwrap();
    let edit = |to: &str| Change::Edit {
        row: Row { noun: Noun::OwnField, id: field },
        rev: 1,
        set: vec![Edited {
            field: Field::OwnAllowed, was: Value::text("A车间, B车间"), to: Value::text(to)
        }],
    };
    let told = refused(rig.attempt(edit("A车间, C车间")));
    assert_eq!(told, (Field::OwnKind, Problem::ValuesMisfit("B车间".into(), 1)));
    rig.write(edit("B车间, C车间"));
    assert_eq!(rig.own_fields()[0].allowed, ["B车间", "C车间"]);
}

#[test]
fn a4_what_a_colleague_wrote_meanwhile_is_told_and_not_overwritten() {
    let mut rig = rig();
    let id = rig.customer("恒远物流有限公司");
    let field = rig.define("车间数", "number", "");
    rig.fill_own(id, field, None, "3").unwrap();
    let clash = rig.fill_own(id, field, None, "5");
    let Err(StoreError::Conflict { who, clashes, .. }) = clash else { panic!("{clash:?}") };
    let sides = [&clashes[0].was, &clashes[0].theirs, &clashes[0].mine].map(Value::as_text);
    assert_eq!((who.as_str(), sides), ("王敏", [None, Some("3"), Some("5")]));
    // whoever wants what stands there already is not bothered
    assert_eq!(rig.fill_own(id, field, None, "3").unwrap().rows, 0);
    assert_eq!(rig.filled(id), [Some("3".to_owned())]);
}

#[test]
fn a4_only_who_sets_the_company_up_makes_fields_and_only_who_sees_a_customer_sees_and_finds_what_is_in_them()
{
    let mut rig = rig();
    let id = rig.customer("恒远物流有限公司");
    let field = rig.define("车间数", "number", "");
    rig.fill_own(id, field, None, "12").unwrap();
    let (me, rep) = (rig.me.clone(), rig.person("li", "rep", "sales"));
    assert_eq!(rig.fits(&me, "own:车间数>3"), Ok(1));
    assert_eq!(rig.fits(&rep, "own:车间数>3"), Ok(0));
    let own = rig.record(&rep, id).own.remove(0);
    assert_eq!((own.value, own.masked), (None, true));
    rig.me = rep;
    assert_eq!(rig.attempt(define("月台数", "number", "")), Err(StoreError::Denied(Verb::Configure)));
    assert_eq!(rig.fill_own(id, field, Some("12"), "13"), Err(StoreError::Denied(Verb::Edit)));
}

#[test]
fn a4_a_filter_finds_by_number_day_choice_and_part_of_a_text_and_says_what_it_cannot() {
    let mut rig = rig();
    let (id, me) = (rig.customer("恒远物流有限公司"), rig.me.clone());
    rig.customer("宏达机械制造有限公司");
    for (name, kind, value) in [
        ("车间数", "number", "12"),
        ("检修日", "date", "2024-05-18"),
        ("发货", "text", "每周三发货"),
        ("Site", "choice", "North"),
    ] {
        let field = rig.define(name, kind, "North, South");
        rig.fill_own(id, field, None, value).unwrap();
    }
    for (filter, n) in [
        ("own:车间数>3", 1),
        ("own:车间数>12", 0),
        ("own:车间数>=12", 1),
        ("own:车间数=12.0", 1),
        ("own:车间数=7|12", 1),
        ("own:检修日=2024-05", 1),
        ("own:检修日<2024-05-18", 0),
        ("own:检修日<=2024-05-18", 1),
        ("own:发货=周三", 1),
        ("own:发货=周四", 0),
        ("own:site=north", 1),
        ("own:SITE=South", 0),
    ] {
        assert_eq!(rig.fits(&me, filter), Ok(n), "{filter}");
    }
    let told = |filter: &str| match rig.fits(&me, filter) {
        Err(StoreError::Invalid(Invalid { problem: Problem::Filter(error), .. })) => error,
        other => panic!("{other:?}"),
    };
    let near = Some("车间数".to_owned());
    assert_eq!(told("own:车间>3"), FilterError::Field { value: "车间".into(), near });
    let value =
        |field: &str, value: &str| FilterError::FieldValue { field: field.into(), value: value.into() };
    assert_eq!(told("own:车间数>many"), value("车间数", "many"));
    assert_eq!(told("own:发货>3"), value("发货", "3"));
    assert!(parse("own:车间数").is_err() && parse("own:>3").is_err());
}

#[test]
fn a4_an_import_fills_fields_makes_those_that_nobody_knows_and_one_undo_takes_all_back() {
    let mut rig = rig();
    let id = rig.customer("恒远物流有限公司");
    let code = rig.text("SELECT code FROM customer").unwrap();
    let docks = rig.define("车间数", "number", "");
    rig.fill_own(id, docks, None, "3").unwrap();
    let row = |code: Option<String>, name: &str, own: &[(&str, &str)]| {
        let own = own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        ImportRow::Customer(NewCustomer { code, own, ..named(name) })
    };
    let job = rig.write(Change::StartImport { what: "客户.csv".into() }).job.unwrap();
    let rows = vec![
        row(Some(code), "恒远物流有限公司", &[("车间数", "4"), ("发货周期", "每周三")]),
        row(None, "新客户有限公司", &[("车间数", " "), ("发货周期", "月底")]),
    ];
    rig.write(Change::ImportRows { job, rows });
    rig.write(Change::FinishImport { job });
    assert_eq!(rig.filled(id), [Some("4".to_owned()), Some("每周三".to_owned())]);
    let names: Vec<String> = rig.own_fields().into_iter().map(|field| field.name).collect();
    assert_eq!(names, ["车间数", "发货周期"]);
    rig.sound();
    rig.write(Change::Undo(None));
    assert_eq!((rig.filled(id), rig.own_fields().len()), (vec![Some("3".to_owned())], 1));
    rig.sound();
}

#[test]
fn a4_a_field_that_somebody_has_filled_is_not_taken_back_and_the_refusal_says_who_has() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流");
    let field = rig.define("经销级别", "text", "");
    let made = rig.count("SELECT max(id) FROM change");
    let admin = rig.me.clone();
    rig.me = rig.person("li", "manager", "sales");
    rig.fill_own(customer, field, None, "一级").unwrap();
    rig.me = admin;
    let refused = rig.attempt(Change::Undo(Some(made))).unwrap_err();
    assert!(matches!(&refused, StoreError::Overtaken { who, .. } if who == "li"), "{refused:?}");
}
