//! An erasure leaves nothing, whatever there was (I18): every table of the schema that can hold words about a customer has a
//! row here in which a secret stands in every column of text. A table or column that comes later fails until it is named.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value as Cell;

use super::*;
use crate::store::chain;
use crate::store::record::{Header, Work};
use crate::store::tables::{TABLES, Table, table, word};
use crate::store::write::hang;

/// What stands in texts about the customer.
pub const SECRET: &str = "密语";
pub const NAME: &str = "王小明";
pub const PHONE: &str = "13912345678";

/// Rows about the customer, parents first, each with what cannot be a secret: a day, a word out of a list of the program's or
/// of the company's own, how the program knows a cause. Every other column of text gets the secret; a dash leaves it empty.
const SEEDS: &[(Noun, &str)] = &[
    (Noun::Contact, ""),
    (Noun::Method, "kind=mobile digits=13912345678"),
    (Noun::Class, "scheme=depth value=trial how=hand"),
    (Noun::CustomerTag, "how=hand"),
    (
        Noun::Order,
        "ordered_on=2024-05-02 category=A currency=CNY status=paid rate_ppm=1000000 amount_fen=300",
    ),
    (Noun::OrderLine, "product=X category=A gift=0"),
    (Noun::Quote, "quoted_on=2024-05-02 product=X state=open"),
    (Noun::Refund, "refunded_on=2024-05-03 currency=CNY"),
    (Noun::Opening, "as_of=2024-04-30 first_on=2024-01-01 last_on=2024-04-01 category=A"),
    (Noun::Contract, "signed_on=2024-01-01 expires_on=2025-01-01 renewed_on=2024-02-01"),
    (Noun::Expense, "spent_on=2024-05-02 category=gift"),
    (Noun::Budget, "segment=high period=2024 category=gift"),
    (
        Noun::Touch,
        "at=1716170000000 recorded_at=1716170000000 late=0 channel=phone kind=proactive responded=0 converted=0 cost_fen=0 \
         product=X script=S1 necessary=1 campaign=C1 segment_then=high department=service event_on=2024-05-02 closed=0 \
         issue=open reached=1",
    ),
    (Noun::Outcome, "kind=claimed"),
    (
        Noun::Task,
        "kind=promise cause=date:1:2024-06-18 due_on=2024-06-18 due_time=10:00 due_at=1718676000000 anchor=absolute \
         event_on=2024-06-20 state=open snoozed_until=2024-06-01",
    ),
    (
        Noun::ImportantDate,
        "kind=other calendar=solar month=6 day=1 lead_days=3 next_on=2024-06-01 remind_on=2024-05-29",
    ),
    (Noun::Consent, "state=given given_on=2024-05-01"),
    (Noun::OptOut, "channel=sms since=2024-05-01"),
    (Noun::Referral, "asked_on=2024-05-01 given_on=2024-05-02"),
    (
        Noun::Coupon,
        "kind=cash issued_on=2024-05-01 valid_to=2024-08-01 claimed_on=2024-05-02 used_on=2024-05-03",
    ),
    (Noun::Membership, "level=gold since=2024-05-01 points=0"),
    (
        Noun::Activation,
        "cause=inquiry started_on=2024-05-01 due_on=2024-06-01 outcome=open ended_on=2024-06-01",
    ),
    (Noun::Browse, "viewed_on=2024-05-01 category=A"),
    (Noun::Complaint, "state=open severity=high ended=- recheck_on=2024-06-01 valid=1"),
    (Noun::Survey, "answered_on=2024-05-01 answers=90,80 score=90"),
    (Noun::Request, "from_department=service department=marketing state=open"),
    (
        Noun::Alarm,
        "rule=survey subject=survey:1 period=2024-05 level=high segment=high figures={} post=manager state=raised ended=- \
         climbed=0 ticked=0",
    ),
    (
        Noun::Campaign,
        "code=C1 channel=phone script=S1 product=X starts_on=2024-05-01 ends_on=2024-06-01 state=draft \
         evaluate_on=2024-07-01",
    ),
    (Noun::Member, "state=left_out"),
    (
        Noun::Plan,
        "version=1 relation=strategic channels=phone starts_on=2024-05-01 ends_on=2024-06-01 state=draft",
    ),
    (Noun::PlanTask, "due_on=2024-05-01 state=open"),
    (Noun::PlanResource, "kind=money on_day=2024-05-01"),
    (Noun::PlanTarget, ""),
    (Noun::Overspend, "period=2024"),
    (Noun::Event, "kind=contact"),
    (Noun::BookRef, "tbl=orders"),
    (Noun::Evaluation, "due_on=2024-05-01 state=open campaign_id=-"),
    (Noun::EvaluationLine, "dimension=value segment=high verdict=met"),
    (Noun::Suggestion, "due_on=2024-05-01 state=open edit=-"),
    (Noun::Share, ""),
    (Noun::OwnValue, "field_id=1"),
    (Noun::Dispute, "state=open claimant_id=2"),
    (Noun::DisputeNote, ""),
    (Noun::Handover, "state=proposed to_id=2 customers=1"),
    (Noun::HandoverCustomer, "state=waiting kept=task:12"),
    (Noun::Leak, "state=open"),
    (Noun::LeakCustomer, ""),
    // of nobody or of many: they name the customer
    (Noun::Tag, "type=need alias_of=-"),
    (Noun::SavedView, "sort=name descending=0 position=0"),
    (Noun::Baseline, "from_on=2024-05-01 until_on=2024-06-01 length=month figures={}"),
    (Noun::CauseNote, "kpi=K1 segment=high from_on=2024-05-01 until_on=2024-06-01"),
    (Noun::Assessment, "month=2024-05 score=80"),
    (Noun::Script, "code=S1 version=1 target=high scene=other channels=phone needs=- state=draft"),
    (Noun::Gift, "target=high stock=1"),
    (Noun::Content, "industry=- needs=-"),
];

/// What may stand where the seeds say so, and why it tells nobody who the customer is.
const GIVEN: &[(&str, &str)] = &[
    (
        "words out of a list of the program's",
        "kind scheme value how status state calendar channel channels outcome cause severity department from_department level \
         segment segment_then issue anchor type rule post ended relation dimension verdict length scene target sort tbl",
    ),
    ("words of the company's own", "category product script campaign code currency industry needs kpi"),
    ("how the program knows a cause or a state of its own", "subject figures kept edit answers digits"),
];

/// Tables that hold nothing of what was said about a customer.
const OTHERS: &[(&str, &str)] = &[
    ("our own people, their keys and sessions", "person person_key session"),
    (
        "settings and rules of the company",
        "setting extra_field strategy strategy_touch strategy_version overlay scheme_version scheme_proposal \
      scheme_run scheme_stage benchmark product product_tag",
    ),
    (
        "figures, counted from the records",
        "daily tally tally_day frozen kept_figures completeness touch_sum extra_block",
    ),
    ("classes and marks of the program", "class_move handover_item leak_step"),
    ("which customers, by their ids", "export_customer"),
];

/// Tables that no change writes, seeded by hand below, and those that are looked at as a whole.
const BY_HAND: &[&str] =
    &["customer", "customer_alias", "look_up", "export_log", "job", "change", "change_row", "facts", "entry"];

/// Columns of the schema by table: name, whether it is text, whether it must have something.
pub fn columns(rig: &Rig, table: &str) -> Vec<(String, bool, bool)> {
    rig.store
        .db
        .prepare("SELECT name, type='TEXT', \"notnull\"=1 AND dflt_value IS NULL FROM pragma_table_info(?1)")
        .unwrap()
        .query_map([table], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

pub fn tables(rig: &Rig) -> Vec<String> {
    column(
        &rig.store.db,
        "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'find_%'",
    )
}

/// Where a text stands in the file: every column of every table.
pub fn stands(rig: &Rig, secret: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for table in tables(rig) {
        for (column, ..) in columns(rig, &table) {
            let sql = format!("SELECT count(*) FROM {table} WHERE instr(CAST(\"{column}\" AS TEXT),?1)>0");
            let n: i64 = rig.store.db.query_row(&sql, [secret], |r| r.get(0)).unwrap();
            if n > 0 {
                found.insert(format!("{table}.{column}"));
            }
        }
    }
    found
}

/// The words left in the look-up indexes, removed rows included.
pub fn tokens(rig: &Rig) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for index in ["find_text", "find_digit", "find_touch"] {
        let db = &rig.store.db;
        db.execute_batch(&format!(
            "DROP TABLE IF EXISTS temp.terms; CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main','{index}','row')"
        ))
        .unwrap();
        let mut query = db.prepare("SELECT term FROM temp.terms").unwrap();
        found.extend(query.query_map([], |r| r.get::<_, String>(0)).unwrap().map(Result::unwrap));
    }
    rig.store.db.execute_batch("DROP TABLE temp.terms").unwrap();
    found
}

/// The words of a seed: what stands in which column.
fn given(words: &str) -> BTreeMap<&str, &str> {
    words.split_whitespace().map(|pair| pair.split_once('=').unwrap()).collect()
}

/// The table a column points at, by the schema or by its name.
fn parent(rig: &Rig, of: &Table, column: &str) -> Option<String> {
    let sql = "SELECT \"table\" FROM pragma_foreign_key_list(?1) WHERE \"from\"=?2";
    let told = rig.store.db.query_row(sql, (of.name, column), |r| r.get(0)).ok();
    told.or_else(|| match column {
        "touch_id" => Some("touch".to_owned()),
        "row_id" => Some("orders".to_owned()),
        "customer_id" => Some("customer".to_owned()),
        _ => None,
    })
}

/// The cells of a seed's row.
fn row(rig: &Rig, table: &Table, words: &str, made: &BTreeMap<String, i64>) -> Vec<(&'static str, Cell)> {
    let given = given(words);
    let mut cells = Vec::new();
    for (name, is_text, needed) in columns(rig, table.name) {
        let Some(column) = table.column(&name) else { continue };
        let points = parent(rig, table, column)
            .filter(|_| needed || matches!(column, "customer_id" | "plan_id" | "evaluation_id"));
        let cell = match given.get(column) {
            Some(&"-") => Cell::Null,
            Some(said) if is_text => word(*said),
            Some(said) => Cell::Integer(said.parse().unwrap()),
            None if is_text => word(format!("{SECRET}{NAME}{}{column}", table.name)),
            None => match points.and_then(|parent| made.get(&parent)) {
                Some(id) => Cell::Integer(*id),
                None if needed => Cell::Integer(1),
                None => continue,
            },
        };
        cells.push((column, cell));
    }
    cells
}

/// A change of a customer, or of many at once, recorded as any other.
pub fn written<T>(rig: &mut Rig, customer: Option<i64>, what: impl FnOnce(&mut Work<'_>) -> T) -> T {
    let (me, now) = (rig.me.clone(), rig.now);
    let request = format!("seed {}", rig.count("SELECT count(*) FROM change"));
    let tx = rig.store.db.transaction().unwrap();
    let mut work = Work::new(&tx, &me, now, None);
    let made = what(&mut work);
    let header = Header { subject: NAME, customer, reason: Some(SECRET), ..Header::own(&request, "edit") };
    work.finish(&header, true).unwrap();
    tx.commit().unwrap();
    made
}

/// A customer about whom something stands in every table, with what was there before and what was removed.
pub fn seeded(rig: &mut Rig) -> i64 {
    let id = rig.write(Change::AddCustomer(Box::new(with_phone(NAME, PHONE)))).customer.unwrap().0;
    rig.person("li", "rep", "service");
    let mut made = BTreeMap::from([("customer".to_owned(), id), ("person".to_owned(), 1)]);
    let tag = Each::Tag(need("关注点", "关注交期"));
    let other = CustomerId(rig.customer("恒远物流"));
    rig.write(Change::Many { customers: vec![other], each: tag });
    made.insert("tag".to_owned(), rig.count("SELECT max(id) FROM tag"));
    let field = "INSERT INTO extra_field(id,key,name,kind) VALUES(1,'car','车牌','text')";
    rig.store.db.execute_batch(field).unwrap();
    let mut rows = Vec::new();
    for (noun, words) in SEEDS {
        let table = table(*noun);
        let cells = row(rig, table, words, &made);
        let new = written(rig, Some(id), |work| work.insert(*noun, &cells).unwrap());
        made.entry(table.name.to_owned()).or_insert(new);
        rows.push((*noun, new, cells));
    }
    let own: Vec<(&'static str, Cell)> = ["address", "region", "website", "note", "churn_note"]
        .into_iter()
        .map(|column| (column, word(SECRET)))
        .collect();
    written(rig, Some(id), |work| work.update(Noun::Customer, id, &own).unwrap());
    // every text once more, so that the record has it before and after, in work on many customers at once
    for (noun, row, cells) in &rows {
        let again: Vec<(&'static str, Cell)> = cells
            .iter()
            .filter_map(|(column, cell)| match cell {
                Cell::Text(text) if text.starts_with(SECRET) => Some((*column, word(format!("{text}再")))),
                _ => None,
            })
            .collect();
        written(rig, None, |work| work.update(*noun, *row, &again).unwrap());
    }
    // what was removed long ago, with what hung on it
    written(rig, Some(id), |work| {
        for (noun, parts) in
            [(Noun::Contact, &[Noun::Method][..]), (Noun::Plan, &[Noun::PlanTask, Noun::PlanTarget])]
        {
            let (_, first, cells) = rows.iter().find(|(n, ..)| *n == noun).unwrap();
            let twin = work.insert(noun, cells).unwrap();
            for part in parts {
                let (.., cells) = rows.iter().find(|(n, ..)| n == part).unwrap();
                let moved = |cell: &Cell| {
                    if *cell == Cell::Integer(*first) { Cell::Integer(twin) } else { cell.clone() }
                };
                let parent = if noun == Noun::Plan { "plan_id" } else { "contact_id" };
                let cells: Vec<_> = cells
                    .iter()
                    .map(|(c, v)| (*c, if *c == parent { moved(v) } else { v.clone() }))
                    .collect();
                work.insert(*part, &cells).unwrap();
            }
            made.insert(format!("twin {}", table(noun).name), twin);
        }
    });
    for noun in [Noun::Contact, Noun::Plan] {
        let twin = made[&format!("twin {}", table(noun).name)];
        written(rig, Some(id), |work| hang::remove(work, noun, twin).unwrap());
    }
    by_hand(rig, id);
    id
}

/// What no change writes, and how another customer came by this one.
fn by_hand(rig: &mut Rig, id: i64) {
    let other = rig.customer("优品汇");
    let came = vec![
        ("customer_id", Cell::Integer(other)),
        ("new_id", Cell::Integer(id)),
        ("outcome", word(format!("{NAME}{SECRET}"))),
    ];
    written(rig, Some(other), |work| work.insert(Noun::Referral, &came).unwrap());
    rig.store
        .db
        .execute_batch(&format!(
            "INSERT INTO look_up(at,person_id,customer_id,what,reason,field) VALUES(0,1,{id},'reveal','{SECRET}','phone');
             INSERT INTO job(verb,what,person_id,started_at,state) VALUES('import','name:{NAME}',1,0,'done');
             INSERT INTO export_log(change_id,person_id,at,what,filter,format,place,reason,planned,state,refusal)
               SELECT max(id),1,0,'customers','name:{NAME}','csv','{NAME}.csv','{NAME}要求','1','done','{PHONE}' FROM change;
             INSERT INTO export_customer SELECT max(id),{id} FROM export_log;"
        ))
        .unwrap();
}

#[test]
fn i18_every_table_and_every_column_of_text_is_seeded_or_named_as_nobodys() {
    let rig = rig();
    let seeded: BTreeSet<&str> = SEEDS.iter().map(|(noun, _)| table(*noun).name).collect();
    let others: BTreeSet<&str> = OTHERS.iter().flat_map(|(_, names)| names.split_whitespace()).collect();
    let named: BTreeSet<&str> =
        seeded.iter().copied().chain(others.iter().copied()).chain(BY_HAND.iter().copied()).collect();
    let there = tables(&rig);
    let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
    assert_eq!(named, there, "a new table needs a seed, or a reason why it holds nobody's words");
    assert!(seeded.is_disjoint(&others));
    // whatever has a customer of its own is seeded, but for bare ids and classes
    for table in TABLES.iter().filter(|t| t.columns.contains(&"customer_id") && t.numbered) {
        assert!(seeded.contains(table.name), "{}", table.name);
    }
    let allowed: BTreeSet<&str> = GIVEN.iter().flat_map(|(_, names)| names.split_whitespace()).collect();
    let is_day = |said: &str| said.starts_with("202") || said == "10:00";
    for (noun, words) in SEEDS {
        let texts: BTreeSet<String> = columns(&rig, table(*noun).name)
            .into_iter()
            .filter(|(_, text, _)| *text)
            .map(|(n, ..)| n)
            .collect();
        for (column, said) in given(words).into_iter().filter(|(column, _)| texts.contains(*column)) {
            assert!(is_day(said) || allowed.contains(column), "{noun:?}.{column}: why is it no secret?");
        }
    }
}

#[test]
fn i18_nothing_that_was_said_about_an_erased_customer_is_left_in_any_table_column_or_index() {
    let mut rig = rig();
    let id = seeded(&mut rig);
    let before = stands(&rig, SECRET);
    for (noun, words) in SEEDS {
        let given = given(words);
        for (column, is_text, _) in columns(&rig, table(*noun).name) {
            let place = format!("{}.{column}", table(*noun).name);
            assert!(
                !is_text || given.contains_key(column.as_str()) || before.contains(&place),
                "{place} has no seed"
            );
        }
    }
    assert!(tokens(&rig).iter().any(|token| token.contains('密')));
    let rows =
        |rig: &Rig| rig.count("SELECT count(*) FROM touch") + rig.count("SELECT sum(amount_fen) FROM orders");
    let figures = rows(&rig);
    let reason = "来函".to_owned();
    rig.write(Change::Erase { customer: CustomerId(id), name: NAME.into(), reason });
    for secret in [SECRET, NAME, PHONE] {
        let mut left = stands(&rig, secret);
        // texts of the company's own lose what names the customer, and no more
        if secret == SECRET {
            left.retain(|place| !is_naming(place));
        }
        assert_eq!(left, BTreeSet::new(), "{secret}");
    }
    let left: Vec<String> =
        tokens(&rig).into_iter().filter(|t| t.contains('密') || t.contains("1391")).collect();
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(rows(&rig), figures);
    assert_eq!(chain::verify(&rig.store.db).unwrap(), None);
}

/// Whether a text of the company's own stands there.
pub fn is_naming(place: &str) -> bool {
    let naming = crate::store::write::erase::NAMING;
    naming.iter().any(|(noun, columns)| {
        place
            .split_once('.')
            .is_some_and(|(name, column)| table(*noun).name == name && columns.contains(&column))
    })
}
