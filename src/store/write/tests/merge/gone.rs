//! What is known of whoever has become part of another: history, erasure, exports, moves between classes (H7, I18, K52).

use super::*;

#[test]
fn i18_an_erasure_leaves_a_colleague_who_is_called_as_somebody_that_was_merged() {
    let mut rig = rig();
    let li = rig.person("li", "rep", "sales");
    let called = rig.text(&format!("SELECT name FROM person WHERE id={}", li.id.0)).unwrap();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer(&called));
    written(&mut rig, None, |work| {
        work.insert(
            Noun::Tag,
            &[("type", word("need")), ("name", word(format!("{called}推荐"))), ("value", word("x"))],
        )
        .unwrap();
    });
    rig.write(merge(keep, gone));
    let name = "宏达科技".to_owned();
    rig.write(Change::Erase { customer: CustomerId(keep), name, reason: "来函".into() });
    assert_eq!(rig.text("SELECT name FROM tag WHERE name LIKE '%推荐'"), Some(format!("{called}推荐")));
}

#[test]
fn h07_the_history_of_both_is_the_history_of_the_one_that_stays() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    rig.write(edit(Noun::Customer, gone, 1, Field::Region, "", "华东"));
    rig.write(edit(Noun::Customer, keep, 1, Field::Website, "", "hd.cn"));
    rig.write(merge(keep, gone));
    let told = |rig: &Rig| match rig.store.ask(&rig.me, &Query::Profile(CustomerId(keep)), rig.now).unwrap() {
        Answer::Profile(Some(profile)) => profile.history.iter().map(|d| d.verb.clone()).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(told(&rig), ["merge", "edit", "edit", "add_customer", "add_customer"]);
    rig.write(Change::Undo(None));
    assert_eq!(told(&rig), ["undo", "merge", "edit", "add_customer"]);
}

#[test]
fn i18_an_erasure_finds_what_was_said_of_whoever_was_merged_into_the_customer() {
    let mut rig = rig();
    let gone = of_everything(&mut rig);
    let keep = rig.customer("李大力");
    rig.write(merge(keep, gone));
    rig.sound();
    let name = "李大力".to_owned();
    rig.write(Change::Erase { customer: CustomerId(keep), name, reason: "来函".into() });
    for secret in [erase_all::SECRET, erase_all::NAME, erase_all::PHONE, "李大力"] {
        let mut left = erase_all::stands(&rig, secret);
        if secret == erase_all::SECRET {
            left.retain(|place| !erase_all::is_naming(place));
        }
        assert_eq!(left, BTreeSet::new(), "{secret}");
    }
    assert_eq!(crate::store::chain::verify(&rig.store.db).unwrap(), None);
}

#[test]
fn h07_moves_between_classes_are_kept_aside_and_come_back_with_an_undo() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    for class in ["high", "ordinary"] {
        let (scheme, value) = ("segment".to_owned(), Some(class.to_owned()));
        rig.write(Change::Class { customer: CustomerId(gone), scheme, value, reason: None });
    }
    let moves = "SELECT group_concat(customer_id||scheme||coalesce(was,'')||became||at) FROM
                 (SELECT * FROM class_move WHERE customer_id=2 ORDER BY id)";
    let was = rig.text(moves);
    assert!(was.is_some() && gone == 2);
    for again in [merge(keep, gone), Change::Redo] {
        rig.write(again);
        assert_eq!(rig.text(moves), None);
        rig.write(Change::Undo(None));
        assert_eq!(rig.text(moves), was);
        assert_eq!(rig.count("SELECT count(*) FROM setting WHERE key LIKE 'gone:%'"), 0);
    }
    rig.sound();
}

#[test]
fn k52_whoever_left_with_an_export_and_was_merged_since_left_as_the_one_that_stays() {
    use crate::store::leak::{affects, left_with};
    let mut rig = rig();
    let (keep, gone, third) = (rig.customer("宏达科技"), rig.customer("宏达"), rig.customer("宏达公司"));
    rig.store
        .db
        .execute_batch(&format!(
            "INSERT INTO export_log(id,change_id,person_id,at,what,filter,format,place,reason,planned,state)
               SELECT 1,max(id),1,1000,'customers','','csv','a.csv','','1','done' FROM change;
             INSERT INTO export_customer VALUES(1,{gone}),(1,{third});"
        ))
        .unwrap();
    let left = |rig: &Rig| {
        let sql = format!("SELECT DISTINCT x.customer_id FROM {} ORDER BY 1", left_with());
        column::<i64>(&rig.store.db, &sql)
    };
    let is = |rig: &Rig, customer: i64| affects(&rig.store.db, None, 0, customer).unwrap();
    assert_eq!((left(&rig), is(&rig, keep)), (vec![gone, third], false));
    rig.write(merge(keep, gone));
    assert_eq!((left(&rig), is(&rig, keep)), (vec![keep, third], true));
    rig.write(merge(third, keep));
    assert_eq!((left(&rig), is(&rig, third)), (vec![third], true));
    rig.write(Change::Undo(None));
    rig.write(Change::Undo(None));
    assert_eq!((left(&rig), is(&rig, keep)), (vec![gone, third], false));
    rig.sound();
}

#[test]
fn h07_a_merge_that_was_taken_back_counts_no_more_wherever_the_customer_went_afterwards() {
    use crate::store::merged::into;
    let mut rig = rig();
    let chen = rig.person("chen", "rep", "sales");
    let (first, second, third) = (rig.customer("宏达科技"), rig.customer("恒远物流"), rig.customer("优品汇"));
    let gone = rig.customer("青木");
    rig.write(edit(Noun::Customer, gone, 1, Field::Address, "", "上海路2号"));
    rig.write(edit(Noun::Customer, gone, 2, Field::Address, "上海路2号", "上海路1号"));
    rig.write(merge(first, gone));
    assert_eq!(into(&rig.store.db, first).unwrap(), [gone]);
    rig.write(Change::Undo(None));
    rig.write(merge(second, gone));
    assert_eq!(into(&rig.store.db, first).unwrap(), [0; 0]);
    assert_eq!(into(&rig.store.db, second).unwrap(), [gone]);
    rig.write(merge(third, second));
    assert_eq!(into(&rig.store.db, third).unwrap(), [second, gone]);
    // whose history it no longer is reads nothing of it
    let give = "UPDATE customer SET owner_id=?2, rev=rev+1 WHERE id=?1";
    rig.store.db.execute(give, [first, chen.id.0]).unwrap();
    let profile = rig.store.ask(&chen, &Query::Profile(CustomerId(first)), rig.now).unwrap();
    assert!(!format!("{profile:?}").contains("上海路2号"), "{profile:?}");
    // nor is it blanked with that one
    let lines =
        format!("SELECT count(*) FROM change_row WHERE tbl='customer' AND row_id={gone} AND digest IS NULL");
    let before = rig.count(&lines);
    assert!(before > 0);
    let erase = |id: i64, name: &str| Change::Erase {
        customer: CustomerId(id),
        name: name.into(),
        reason: "来函".into(),
    };
    rig.write(erase(first, "宏达科技"));
    assert_eq!(rig.count(&lines), before);
    rig.write(erase(third, "优品汇"));
    assert_eq!(rig.count(&lines), 0);
    for secret in ["上海路1号", "上海路2号"] {
        assert_eq!(erase_all::stands(&rig, secret), BTreeSet::new());
    }
}
