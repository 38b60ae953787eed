//! The customer list sorted by a field of the company's own: order, windows, what is masked, and the plans of its questions.

use super::*;
use crate::domain::own::OwnEdit;
use crate::domain::people::Role;
use crate::store::request::CustomerRow;
use crate::store::request::{OwnCell, Window};

fn define(c: &mut Company, name: &str, kind: &str) -> i64 {
    let set = vec![
        (Field::OwnName, Value::text(name)),
        (Field::OwnKind, Value::text(kind)),
        (Field::OwnAllowed, Value::text("北区, 南区")),
    ];
    c.write(Change::Add { noun: Noun::OwnField, customer: CustomerId(0), set }).made.unwrap().id
}

fn fill(c: &mut Company, customer: CustomerId, field: i64, value: &str) {
    c.write(Change::Own(OwnEdit { customer, field, was: None, to: Some(value.into()) }));
}

fn by(field: i64, descending: bool, seek: Seek, take: usize) -> List {
    List { own: vec![field], ..list(Sort::Own(field), descending, seek, take) }
}

fn values(window: &Window<CustomerRow>) -> Vec<Option<&str>> {
    window.rows.iter().map(|row| row.own.first().and_then(|own| own.value.as_deref())).collect()
}

fn ids(window: &Window<CustomerRow>) -> Vec<i64> {
    window.rows.iter().map(|row| row.id).collect()
}

/// Customers of whom every third has a number and every fourth a text.
fn company() -> (Company, i64, i64) {
    let mut c = Company::new();
    let (number, words) = (define(&mut c, "车间数", "number"), define(&mut c, "发货周期", "text"));
    for n in 0..23 {
        let id = c.customer(&format!("客户{n:02}"), "某总", &format!("170000000{n:02}"));
        if n % 3 == 0 {
            fill(&mut c, id, number, ["9", "10", "-2.5", "9"][n / 3 % 4]);
        }
        if n % 4 == 0 {
            fill(&mut c, id, words, ["b", "a", "c"][n / 4 % 3]);
        }
    }
    (c, number, words)
}

#[test]
fn a4_numbers_sort_as_numbers_texts_as_texts_and_the_empty_come_last_both_ways() {
    let (mut c, number, words) = company();
    let up = c.window(&by(number, false, Seek::Top, 100));
    assert_eq!(values(&up)[..8], ["-2.5", "-2.5", "9", "9", "9", "9", "10", "10"].map(Some));
    assert!(values(&up)[8..].iter().all(Option::is_none));
    let down = c.window(&by(number, true, Seek::Top, 100));
    assert_eq!(values(&down)[..3], ["10", "10", "9"].map(Some));
    assert!(values(&down)[8..].iter().all(Option::is_none));
    let up = c.window(&by(words, false, Seek::Top, 7));
    assert_eq!(values(&up), [Some("a"), Some("a"), Some("b"), Some("b"), Some("c"), Some("c"), None]);
    // what does not show is not read
    assert!(c.window(&list(Sort::Own(words), false, Seek::Top, 3)).rows.iter().all(|row| row.own.is_empty()));
    // a field that is gone orders nobody
    let field = Query::OwnFields;
    let Answer::OwnFields(fields) = c.ask(&field) else { panic!() };
    let row = crate::domain::field::Row { noun: Noun::OwnField, id: words };
    c.write(Change::Remove { row, rev: fields[1].rev });
    assert_eq!(ids(&c.window(&by(words, false, Seek::Top, 100))).len(), 23);
}

#[test]
fn a4_walking_by_windows_in_the_order_of_an_own_field_shows_everybody_once() {
    let (c, number, words) = company();
    for field in [number, words] {
        for (filter, n) in [("", 23), ("owner:me", 23), ("客户", 23), ("own:车间数>0", 6)] {
            for descending in [false, true] {
                let filter = filter::parse(filter).unwrap();
                let by = |seek, take| List { filter: filter.clone(), ..by(field, descending, seek, take) };
                let whole = ids(&c.window(&by(Seek::Top, 100)));
                assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), n, "{filter:?}");
                let end = c.window(&by(Seek::End, 5));
                assert_eq!((ids(&end), end.before, end.after), (whole[n - 5..].to_vec(), true, false));
                for (i, id) in whole.iter().enumerate() {
                    let window = c.window(&by(Seek::Around(*id), 6));
                    let here = window.rows.iter().position(|row| row.id == *id).unwrap();
                    let from = i - here;
                    let there = ids(&window);
                    assert_eq!(there, whole[from..from + there.len()], "{filter:?} {descending} around {i}");
                    assert_eq!((window.before, window.after), (from > 0, from + there.len() < n));
                }
            }
        }
    }
}

#[test]
fn a4_the_few_without_a_value_are_found_among_full_blocks_of_customers() {
    let (c, number, _) = company();
    let db = &c.store.db;
    // a thousand customers beside those of the company, all with a value but three
    db.execute_batch(
        "PRAGMA foreign_keys=OFF;
         WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i+1 FROM n WHERE i<2047)
         INSERT INTO customer(id,code,name,kind,owner_id,entered_by,created_at)
           SELECT i,'X'||i,'客户'||i,kind,owner_id,entered_by,0 FROM n, (SELECT * FROM customer LIMIT 1);",
    )
    .unwrap();
    let columns: Vec<String> = db
        .prepare("SELECT name FROM pragma_table_info('facts') WHERE name NOT IN ('customer_id','code')")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let of_one = columns.iter().map(|column| format!("o.{column}")).collect::<Vec<_>>().join(",");
    let columns = columns.join(",");
    db.execute_batch(&format!(
        "INSERT INTO facts(customer_id,code,{columns})
           SELECT c.id,c.code,{of_one} FROM customer c, (SELECT * FROM facts LIMIT 1) o WHERE c.id>=1000;
         INSERT INTO extra_value(customer_id,field_id,value)
           SELECT id,{number},id FROM customer WHERE id>=1000 AND id NOT IN (1100,1500,2047);"
    ))
    .unwrap();
    assert!(crate::store::own_block::gaps(db, number).unwrap().len() > 1, "some blocks are full");
    for descending in [false, true] {
        let mut last = ids(&c.window(&by(number, descending, Seek::End, 18)));
        let small = if descending { last.split_off(3) } else { last.drain(..15).collect() };
        let mut three = vec![1100, 1500, 2047];
        if descending {
            three.reverse();
        }
        assert_eq!((small.len(), last), (15, three), "{descending}");
        let window = c.window(&by(number, descending, Seek::Around(1500), 4));
        assert!(
            ids(&window).windows(2).any(|pair| pair == if descending { [2047, 1500] } else { [1100, 1500] })
        );
    }
}

#[test]
fn a4_who_does_not_see_a_customer_in_full_sees_no_value_and_learns_nothing_from_the_order() {
    let (mut c, number, _) = company();
    let rep = c.person("li", "李强", "rep", "service");
    let window = |actor: &Actor, descending| match c.store.ask(
        actor,
        &Query::Customers(by(number, descending, Seek::Top, 50)),
        c.now,
    ) {
        Ok(Answer::Customers(window)) => window,
        other => panic!("{other:?}"),
    };
    let up = window(&rep, false);
    let sorted: Vec<i64> = ids(&up).into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    assert_eq!(ids(&up), sorted, "by number only");
    assert_eq!(ids(&window(&rep, true)), sorted.iter().rev().copied().collect::<Vec<_>>());
    assert_eq!(up.rows.iter().filter(|row| row.own == [OwnCell { field: number, value: None }]).count(), 8);
    let admin = c.actor.clone();
    assert_eq!(admin.role, Role::Admin);
    // one of them becomes the rep's own: it shows, and comes first
    let last = CustomerId(*ids(&window(&admin, false)).get(7).unwrap());
    c.write(Change::Many { customers: vec![last], each: Each::Assign(rep.id) });
    let query = Query::Customers(by(number, false, Seek::Top, 50));
    let Ok(Answer::Customers(mine)) = c.store.ask(&rep, &query, c.now) else { panic!() };
    assert_eq!((mine.rows[0].id, values(&mine)[0]), (last.0, Some("10")));
    assert!(values(&mine)[1..].iter().all(Option::is_none));
}

#[test]
fn a4_a_page_in_the_order_of_an_own_field_is_a_range_of_an_index() {
    let c = Company::new();
    let explain = |sql: &str| {
        let mut query = c.store.db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let lines = query.query_map([], |r| r.get::<_, String>(3)).unwrap();
        lines.map(Result::unwrap).collect::<Vec<_>>().join("; ")
    };
    let from = "SELECT v.customer_id FROM extra_value v CROSS JOIN facts f ON f.customer_id=v.customer_id WHERE v.field_id=1";
    for (column, index) in [("v.value", "extra_value_field"), ("CAST(v.value AS REAL)", "extra_value_number")]
    {
        for (sign, order) in [(">", "ASC"), ("<", "DESC")] {
            for (after, by) in [
                (String::new(), format!("{column} {order}, ")),
                (format!("AND {column}{sign}5"), format!("{column} {order}, ")),
                (format!("AND {column}=5 AND v.customer_id{sign}5"), String::new()),
            ] {
                let sql = format!("{from} {after} ORDER BY {by}v.customer_id {order} LIMIT 5");
                let plan = explain(&sql);
                assert!(
                    plan.contains(&format!("USING COVERING INDEX {index}"))
                        || plan.contains(&format!("USING INDEX {index}")),
                    "{sql}\n{plan}"
                );
                assert!(!plan.contains("SCAN") && !plan.contains("TEMP"), "{sql}\n{plan}");
            }
        }
    }
    let plan = explain(
        "SELECT f.customer_id FROM facts f WHERE NOT EXISTS (SELECT 1 FROM extra_value v WHERE v.customer_id=f.customer_id
         AND v.field_id=1) AND f.customer_id BETWEEN 5 AND 900 ORDER BY f.customer_id DESC LIMIT 5",
    );
    assert!(!plan.contains("SCAN") && !plan.contains("TEMP"), "{plan}");
}
