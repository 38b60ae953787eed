//! Files into the store, end to end: the printed templates, encodings and delimiters, cleaning, duplicates, rejected
//! rows, dry runs that count what a real run does, one undo for a whole import.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says where")]

#[path = "rig/personal.rs"]
mod personal;

use std::fmt::Write as _;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use guanxi::domain::change::{Change, Envelope};
use guanxi::domain::clock::{Now, Zone};
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::domain::import::Report;
use guanxi::domain::people::Role;
use guanxi::domain::user::{NewPerson, Staff};
use guanxi::exchange::decode::Binary;
use guanxi::exchange::import::{ImportError, Job, Source, import, sentence};
use guanxi::exchange::mapping::Mapping;
use guanxi::exchange::mapping::parse_map;
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, CustomerRow, Profile, Query, Record};
use guanxi::store::{Mode, Store};
use personal::Rig;

const A147: &str = "客户编号,所属行业,企业规模,关键联系人,职位,最近消费时间,消费频次(次/年),客户等级,品类偏好
C202405001,制造业,中型,某经理,采购总监,2024-04-15,3,潜力成长,A品类
C202405002,服务业,大型,某总,运营总监,2024-03-20,5,高价值,B品类
";
const A148: &str = "客户编号,互动时间,互动方式,互动内容简述,客户反馈,负责人,下一步行动
C202405001,2024-05-10,电话,推荐A品类新品,\"对新品功能感兴趣,要求发详细资料\",销售代表,\"2日内发送资料,3天内跟进意向\"
C202405002,2024-05-12,,邀请参加季度品鉴会,\"已确认出席,需预留VIP座位\",客户成功经理,\"提前3天发送参会提醒,协调座位\"
";
const BASICS: &str = "客户编号,客户名称,联系人,电话,所属行业,企业规模,最近消费时间,年消费金额
C1,恒远物流,陈总,13800138000,互联网公司,,2023/10/15,10万元
C2,宏达机械,李经理,13900139000,制造业,中型,2024-01-02,398
";

impl Rig {
    fn bytes(&mut self, noun: Noun, bytes: &[u8], dry: bool) -> Result<Report, ImportError> {
        self.bytes_in(Lang::Zh, noun, bytes, dry)
    }

    fn bytes_in(&mut self, lang: Lang, noun: Noun, bytes: &[u8], dry: bool) -> Result<Report, ImportError> {
        let job = Job {
            source: Source::Reader("a.csv", Box::new(bytes)),
            sheet: None,
            noun: Some(noun),
            mapping: Mapping::default(),
            dry,
            rejects: None,
        };
        import(&mut self.store, &self.me, self.now, lang, job, &mut |_, _, _| {})
    }

    fn real(&mut self, noun: Noun, text: &str) -> Report {
        self.bytes(noun, text.as_bytes(), false).unwrap()
    }

    fn dry(&mut self, noun: Noun, text: &str) -> Report {
        self.bytes(noun, text.as_bytes(), true).unwrap()
    }

    fn ask(&self, query: &Query) -> Answer {
        self.store.ask(&self.me, query, self.now).unwrap()
    }

    fn profile(&self, code: &str) -> Option<Box<Profile>> {
        let Answer::ByCode(id) = self.ask(&Query::ByCode(code.into())) else { panic!("an id") };
        let Answer::Profile(profile) = self.ask(&Query::Profile(id?)) else { panic!("a profile") };
        profile
    }

    fn field(&self, code: &str, field: Field) -> Value {
        self.profile(code).unwrap().customer.get(field).clone()
    }

    fn survey_scores(&self, code: &str) -> Vec<i64> {
        let profile = self.profile(code).unwrap();
        let (_, surveys) = profile.sections.iter().find(|(noun, _)| *noun == Noun::Survey).unwrap();
        let score = |row: &Record| match row.get(Field::SurveyScore) {
            Value::Int(n) => Some(*n),
            _ => None,
        };
        let mut scores: Vec<_> = surveys.iter().filter_map(score).collect();
        scores.sort_unstable();
        scores
    }

    fn all(&self) -> Vec<CustomerRow> {
        let Answer::Find(found) = self.ask(&Query::Find { text: "C".into(), limit: 200 }) else {
            panic!("hits")
        };
        found.into_iter().map(|hit| hit.row).collect()
    }

    fn write(&mut self, change: Change) {
        let envelope = Envelope { request: uuid::Uuid::now_v7().to_string(), change, reason: None };
        self.store.write(&self.me, &envelope, self.now).unwrap();
    }

    fn undo(&mut self) {
        self.write(Change::Undo(None));
    }

    /// Somebody begins to work here.
    fn add(&mut self, login: &str, name: &str) {
        self.write(Change::Staff(Staff::Add(Box::new(NewPerson {
            login: login.into(),
            name: name.into(),
            role: Role::Rep,
            department: "sales".into(),
            post: String::new(),
            key: None,
        }))));
    }

    fn sound(&self) {
        assert_eq!(self.store.check(self.now).unwrap(), []);
    }
}

/// New, updated, same, rejected.
fn counts(report: &Report) -> (u64, u64, u64, u64) {
    (report.made, report.updated, report.same, report.rejects)
}

fn text(value: &str) -> Value {
    Value::Text(value.into())
}

#[test]
fn a147_the_nine_printed_columns_come_in_as_printed() {
    let mut rig = Rig::new();
    let report = rig.real(Noun::Customer, A147);
    assert_eq!(counts(&report), (2, 0, 0, 0), "{:?}", report.rejected);
    assert!(report.columns.iter().all(|(_, column)| column.is_some()));
    let profile = rig.profile("C202405001").unwrap();
    assert_eq!(profile.row.name, "C202405001", "the number stands in for the name that the template lacks");
    assert_eq!(profile.row.segment.as_deref(), Some("growth"));
    assert_eq!(profile.row.contact.as_deref(), Some("某经理"));
    assert_eq!(profile.row.title.as_deref(), Some("采购总监"));
    assert_eq!(profile.customer.get(Field::Industry), &text("制造业"));
    assert_eq!(profile.customer.get(Field::Size), &text("medium"));
    assert_eq!(profile.customer.get(Field::PreferredCategory), &text("A品类"));
    let (_, openings) = profile.sections.iter().find(|(noun, _)| *noun == Noun::Opening).unwrap();
    assert_eq!(openings[0].get(Field::OpeningLast), &Value::Day("2024-04-15".parse().unwrap()));
    assert_eq!(openings[0].get(Field::OpeningPerYear), &Value::Int(3));
    assert_eq!(rig.profile("C202405002").unwrap().row.segment.as_deref(), Some("high"));
    rig.sound();
}

#[test]
fn a148_the_seven_printed_columns_come_in_as_printed() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, A147);
    let report = rig.real(Noun::Touch, A148);
    assert_eq!(counts(&report), (2, 0, 0, 0), "{:?}", report.rejected);
    assert_eq!(report.gaps, 1, "the second row has no channel (E23)");
    assert_eq!(report.people, ["销售代表", "客户成功经理"]);
    let first = rig.profile("C202405001").unwrap();
    assert_eq!(first.touches[0].channel.as_deref(), Some("phone"));
    assert_eq!(first.touches[0].feedback.as_deref(), Some("对新品功能感兴趣,要求发详细资料"));
    assert!(first.touches[0].responded);
    let tasks: Vec<_> = first.tasks.iter().map(|task| (task.text.as_str(), task.due.to_string())).collect();
    assert_eq!(tasks, [("发送资料", "2024-05-12".into()), ("跟进意向", "2024-05-13".into())]);
    let second = rig.profile("C202405002").unwrap();
    assert_eq!(second.touches[0].channel, None);
    assert!(second.tasks[0].text.contains("提前3天发送参会提醒"), "a promise without its event is not lost");
    rig.sound();
}

#[test]
fn k56_cleaning_dates_amounts_industries_and_gaps() {
    let mut rig = Rig::new();
    let report = rig.real(Noun::Customer, BASICS);
    assert_eq!(report.gaps, 1, "the missing size is on the list");
    assert_eq!(rig.field("C1", Field::Industry), text("互联网信息服务"));
    let profile = rig.profile("C1").unwrap();
    let (_, openings) = profile.sections.iter().find(|(noun, _)| *noun == Noun::Opening).unwrap();
    assert_eq!(openings[0].get(Field::OpeningLast), &Value::Day("2023-10-15".parse().unwrap()));
    assert_eq!(openings[0].get(Field::OpeningYear), &Value::Money(guanxi::domain::money::Fen(10_000_000)));
}

#[test]
fn k56_the_same_number_twice_is_one_customer_and_one_phone_under_two_numbers_is_told() {
    let mut rig = Rig::new();
    let file = "客户编号,客户名称,电话
C1,恒远物流,13800138000
C1,恒远物流,138-0013-8000
C2,恒远分公司,+86 138 0013 8000
";
    for dry in [true, false] {
        let report = rig.bytes(Noun::Customer, file.as_bytes(), dry).unwrap();
        assert_eq!(counts(&report), (2, 0, 1, 0));
        assert_eq!(report.alike, [(4, "C2".to_owned(), "C1 恒远物流".to_owned())]);
    }
    assert_eq!(rig.all().len(), 2);
}

#[test]
fn one_bad_cell_keeps_its_row_and_a_bad_key_does_not() {
    let customers = "客户编号,客户名称,最近消费时间,员工数,邮箱,地区
C1,恒远物流,某天,一百二,不是邮箱,华东
C2,宏达机械,2024-05-01,120,a@b.cn,华东
C2,宏达机械,2024-05-01,120,a@b.cn,华东
C2,宏达机械,2024-05-01,120,a@b.cn,华北
C3,#REF!,2024-05-01,10,,
C4,长名字,2024-05-01,10,,很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长
";
    let orders = "客户编号,订单日期,金额,数量
C1,2024-05-01,100,两个
C1,2024-05-02,一些,1
C1,不知道,100,1
";
    let touches = "客户编号,互动时间,互动内容简述,费用
C1,2024-05-01,电话,不多
C1,某天,电话,1
";
    let mut rig = Rig::new();
    for dry in [true, false] {
        let report = rig.bytes(Noun::Customer, customers.as_bytes(), dry).unwrap();
        assert_eq!(counts(&report), (3, 1, 1, 1), "{report:?}");
        assert_eq!(report.rows, report.made + report.updated + report.same + report.rejects);
        assert_eq!((report.warnings, report.warned.len()), (2, 2), "{:?}", report.warned);
        assert_eq!(report.rejected.first().map(|(line, _)| *line), Some(6));
    }
    assert_eq!(rig.field("C1", Field::Region), text("华东"));
    assert_eq!(rig.field("C1", Field::Employees), Value::None);
    assert_eq!(rig.field("C4", Field::Region), Value::None);
    let report = rig.real(Noun::Order, orders);
    assert_eq!((counts(&report), report.warnings), ((1, 0, 0, 2), 1), "{report:?}");
    let report = rig.real(Noun::Touch, touches);
    assert_eq!((counts(&report), report.warnings), ((1, 0, 0, 1), 1), "{report:?}");
    rig.sound();
}

#[test]
fn a_main_industry_does_not_take_a_known_standard_term_away() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称,所属行业\nC1,宏达,机械厂\nC2,快通,物流\n");
    assert_eq!(rig.field("C1", Field::IndustryStandard), text("通用设备制造业"));
    rig.real(Noun::Customer, "客户编号,客户名称,所属行业\nC1,宏达,制造业\nC2,快通,制造业\n");
    assert_eq!(rig.field("C1", Field::IndustryStandard), text("通用设备制造业"));
    assert_eq!(rig.field("C2", Field::IndustryStandard), text("制造业"), "what does not fit is corrected");
}

#[test]
fn every_encoding_and_delimiter_gives_the_same_customers() {
    let tab = BASICS.replace(',', "\t");
    let semicolon = BASICS.replace(',', ";").replace('\n', "\r\n");
    let mut bom = b"\xEF\xBB\xBF".to_vec();
    bom.extend_from_slice(BASICS.as_bytes());
    let utf16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    for (bytes, encoding, delimiter) in [
        (BASICS.as_bytes().to_vec(), "UTF-8", ','),
        (bom, "UTF-8", ','),
        (encoding_rs::GB18030.encode(BASICS).0.into_owned(), "GB18030", ','),
        (encoding_rs::GB18030.encode(&tab).0.into_owned(), "GB18030", '\t'),
        (utf16(&tab), "UTF-16LE", '\t'),
        (semicolon.into_bytes(), "UTF-8", ';'),
    ] {
        let mut rig = Rig::new();
        let report = rig.bytes(Noun::Customer, &bytes, false).unwrap();
        assert_eq!((report.encoding.as_str(), report.delimiter), (encoding, Some(delimiter)));
        assert_eq!(counts(&report), (2, 0, 0, 0), "{encoding} {delimiter:?} {:?}", report.rejected);
        assert_eq!(rig.profile("C1").unwrap().row.name, "恒远物流");
        assert_eq!(rig.profile("C2").unwrap().row.phone.as_deref(), Some("13900139000"));
    }
}

#[test]
fn a_second_import_changes_nothing() {
    let mut rig = Rig::new();
    let people = "姓名,公司,手机,职位\n赵工,恒远物流,13700137000,工程师\n";
    let orders = "客户编号,订单日期,金额,品类\nC1,2024-05-01,1200,A\nC2,2024-05-02,98.5,B\n";
    for (made, same) in [(2, 0), (0, 2)] {
        assert_eq!(counts(&rig.real(Noun::Customer, BASICS)), (made, 0, same, 0));
        assert_eq!(counts(&rig.real(Noun::Order, orders)), (made, 0, same, 0));
    }
    assert_eq!(counts(&rig.real(Noun::Contact, people)), (1, 0, 0, 0));
    assert_eq!(counts(&rig.real(Noun::Contact, people)), (0, 0, 1, 0));
    let names = "客户名称,地区\n无电话公司,上海\n";
    assert_eq!(counts(&rig.real(Noun::Customer, names)), (1, 0, 0, 0));
    assert_eq!(counts(&rig.real(Noun::Customer, names)), (0, 0, 1, 0), "a name alone recognises a company");
    rig.sound();
}

#[test]
fn equal_rows_of_one_file_are_orders_of_their_own_and_a_second_import_brings_none() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, BASICS);
    let head = "客户编号,订单日期,金额\n";
    let row = "C1,2024-05-01,1200\n";
    // what is there already is the first of the file's: one more comes in, and of three two
    assert_eq!(counts(&rig.real(Noun::Order, &format!("{head}{row}"))), (1, 0, 0, 0));
    let three = format!("{head}{row}C1,2024-05-02,1200\n{row}{row}");
    assert_eq!(counts(&rig.dry(Noun::Order, &three)), (3, 0, 1, 0));
    assert_eq!(counts(&rig.real(Noun::Order, &three)), (3, 0, 1, 0));
    assert_eq!(counts(&rig.real(Noun::Order, &three)), (0, 0, 4, 0));
    assert_eq!(
        counts(&rig.real(Noun::Order, &format!("{head}{row}{row}"))),
        (0, 0, 2, 0),
        "fewer take none away"
    );
    // a number tells: twice the same number is one order
    let numbered = "客户编号,订单编号,订单日期,金额\nC2,A1,2024-05-01,5\nC2,A1,2024-05-01,5\n";
    assert_eq!(counts(&rig.real(Noun::Order, numbered)), (1, 0, 1, 0));
    rig.undo();
    assert_eq!(counts(&rig.real(Noun::Order, numbered)), (1, 0, 1, 0));
    rig.sound();
}

#[test]
fn h22_two_surveys_of_a_day_are_two_where_their_scores_differ() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒远\nC2,远航\n");
    let questions = "产品质量,服务";
    let set = Change::Set { key: "survey_questions".into(), value: questions.into() };
    let envelope = Envelope { request: "q".into(), change: set, reason: None };
    rig.store.write(&rig.me, &envelope, rig.now).unwrap();
    // the scores of the questions alone: what they come to is derived, and the last one is under the line (K42)
    let scores = "客户编号,日期,产品质量,服务\nC1,2024-05-10,90,80\nC1,2024-05-10,40,30\n";
    for (made, same) in [(2, 0), (0, 2)] {
        assert_eq!(counts(&rig.real(Noun::Survey, scores)), (made, 0, same, 0));
    }
    assert_eq!(rig.survey_scores("C1"), [35, 85]);
    // word for word the same is one; with a word of its own it is another's answer
    let noted = "客户编号,日期,评分,备注\nC2,2024-05-10,90,甲\nC2,2024-05-10,90,乙\nC2,2024-05-10,90,甲\n";
    for (made, same) in [(2, 1), (0, 3)] {
        assert_eq!(counts(&rig.real(Noun::Survey, noted)), (made, 0, same, 0));
    }
    rig.sound();
}

#[test]
fn k56_talks_of_one_day_with_one_summary_are_touches_of_their_own() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒远\n");
    let head = "客户编号,互动时间,互动内容,联系人,客户反馈,下一步行动\n";
    let first = "C1,2024-05-10,电话沟通,张总,要报价,5月22日发报价\n";
    let second = "C1,2024-05-10,电话沟通,李工,要样品,5月23日寄样品\n";
    let ledger = format!("{head}{first}{second}{first}");
    assert_eq!(counts(&rig.dry(Noun::Touch, &ledger)), (2, 0, 1, 0), "a row that stands there twice is one");
    assert_eq!(counts(&rig.real(Noun::Touch, &ledger)), (2, 0, 1, 0));
    assert_eq!(rig.profile("C1").unwrap().tasks.len(), 2, "nobody's promise is lost");
    assert_eq!(counts(&rig.real(Noun::Touch, &ledger)), (0, 0, 3, 0));
    assert_eq!(counts(&rig.real(Noun::Touch, &format!("{head}{second}"))), (0, 0, 1, 0));
    rig.sound();
}

#[test]
fn k56_a_later_ledger_brings_what_is_new_whatever_its_order_and_nothing_twice() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒远\n");
    let head = "客户编号,互动时间,互动内容,客户反馈,下一步行动\n";
    let old = "C1,2024-05-10,电话沟通,要样品,5月23日寄样品\n";
    let new = "C1,2024-05-10,电话沟通,要报价,5月22日发报价\n";
    let bare = "C1,2024-05-10,电话沟通,,5月24日回访\n";
    assert_eq!(counts(&rig.real(Noun::Touch, &format!("{head}{old}"))), (1, 0, 0, 0));
    // newest first
    assert_eq!(counts(&rig.real(Noun::Touch, &format!("{head}{new}{old}"))), (1, 0, 1, 0));
    assert_eq!(counts(&rig.real(Noun::Touch, &format!("{head}{bare}{new}{old}"))), (1, 0, 2, 0));
    assert_eq!(rig.profile("C1").unwrap().tasks.len(), 3, "nobody's promise is lost");
    // once the promises are old they stand with the feedback
    rig.now.at = "2024-11-20T02:00:00Z".parse().unwrap();
    assert_eq!(counts(&rig.real(Noun::Touch, &format!("{head}{bare}{new}{old}"))), (0, 0, 3, 0));
    let late = "C1,2024-05-10,电话沟通,要合同,5月25日寄合同\n";
    assert_eq!(counts(&rig.real(Noun::Touch, &format!("{head}{late}{new}{old}"))), (1, 0, 2, 0));
    assert_eq!(counts(&rig.real(Noun::Touch, &format!("{head}{new}{late}{old}"))), (0, 0, 3, 0));
    rig.sound();
}

#[test]
fn k56_a_talk_without_a_name_is_another_than_the_one_of_its_day_that_has_one() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒远\n");
    let ledger = "客户编号,互动时间,互动内容,跟进人,客户反馈\nC1,2024-05-10,电话沟通,王敏,要报价\nC1,2024-05-10,电话沟通,,要样品\n";
    for (made, same) in [(2, 0), (0, 2)] {
        assert_eq!(counts(&rig.real(Noun::Touch, ledger)), (made, 0, same, 0));
    }
    rig.sound();
}

#[test]
fn k56_a_row_of_today_without_a_time_is_known_at_every_later_hour() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒远\n");
    let ledger = "客户编号,互动时间,互动内容,下一步行动\nC1,2024-05-20,电话沟通,16小时内回访\n";
    // half past nine in Shanghai, a minute later, and three in the afternoon
    for (at, made) in [("2024-05-20T01:30:12Z", 1), ("2024-05-20T01:31:12Z", 0), ("2024-05-20T07:00:00Z", 0)]
    {
        rig.now.at = at.parse().unwrap();
        assert_eq!(counts(&rig.real(Noun::Touch, ledger)), (made, 0, 1 - made, 0), "{at}");
    }
    // with a time of its own it is another talk, and both are known from then on
    let timed = "客户编号,互动时间,互动内容,下一步行动\nC1,2024-05-20 14:30,电话沟通,16小时内回访\nC1,2024-05-20,电话沟通,16小时内回访\n";
    for (made, same) in [(1, 1), (0, 2)] {
        assert_eq!(counts(&rig.real(Noun::Touch, timed)), (made, 0, same, 0));
    }
    rig.sound();
}

#[test]
fn k56_a_ledger_read_in_one_language_is_known_in_the_other() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒远\n");
    let long = "看情况".repeat(66);
    let ledger = format!(
        "客户编号,互动时间,互动内容,客户反馈,下一步行动,备注
C1,2024-05-10,无法识别,要报价,改天再说,老客户
C1,2024-05-11,很长,要报价,{long},
C1,2023-05-10,早已过期,要样品,3天内寄样品,老客户
C1,2023-05-11,没有反馈,,3天内寄样品,
"
    );
    assert_eq!(counts(&rig.real(Noun::Touch, &ledger)), (4, 0, 0, 0));
    for (lang, later) in [(Lang::En, "2024-05-20"), (Lang::Zh, "2024-05-21"), (Lang::En, "2024-12-20")] {
        rig.now.at = format!("{later}T06:02:00Z").parse().unwrap();
        let report = rig.bytes_in(lang, Noun::Touch, ledger.as_bytes(), false).unwrap();
        assert_eq!(counts(&report), (0, 0, 4, 0), "{later}");
    }
    rig.sound();
}

#[test]
fn k56_what_a_stranger_did_is_known_once_they_work_here() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒远\n");
    let ledger =
        "客户编号,互动时间,互动内容,跟进人\nC1,2024-05-10,电话沟通,李娜\nC1,2024-05-10,电话沟通,赵强\n";
    let report = rig.real(Noun::Touch, ledger);
    assert_eq!(counts(&report), (2, 0, 0, 0), "two people are two talks, whoever they are");
    assert_eq!(report.people, ["李娜", "赵强"]);
    rig.now.at = "2024-05-21T06:02:00Z".parse().unwrap();
    rig.add("li", "李娜");
    assert_eq!(counts(&rig.real(Noun::Touch, ledger)), (0, 0, 2, 0));
    // who was known before has not done what stands under somebody else
    let own = "客户编号,互动时间,互动内容,跟进人\nC1,2024-05-12,拜访,王敏\n";
    assert_eq!(counts(&rig.real(Noun::Touch, own)), (1, 0, 0, 0));
    rig.now.at = "2024-05-22T06:02:00Z".parse().unwrap();
    assert_eq!(counts(&rig.real(Noun::Touch, &own.replace("王敏", "李娜"))), (1, 0, 0, 0));
    rig.sound();
}

#[test]
fn k56_of_a_row_with_a_name_and_its_like_without_one_both_come_in_whichever_is_first() {
    let head = "客户编号,互动时间,互动内容,跟进人\n";
    let (named, bare) = ("C1,2024-05-10,电话沟通,王敏\n", "C1,2024-05-10,电话沟通,\n");
    for (one, other) in [(named, bare), (bare, named)] {
        let mut rig = Rig::new();
        rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒远\n");
        for (made, same) in [(2, 0), (0, 2)] {
            assert_eq!(counts(&rig.real(Noun::Touch, &format!("{head}{one}{other}"))), (made, 0, same, 0));
        }
        assert_eq!(counts(&rig.real(Noun::Touch, &format!("{head}{other}{one}"))), (0, 0, 2, 0));
        rig.sound();
    }
}

#[test]
fn k56_rows_that_are_one_only_without_what_was_refused_are_two() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒远\n");
    let (one, other) = ("甲".repeat(90), "乙".repeat(90));
    let ledger = format!(
        "客户编号,互动时间,互动内容,主题\nC1,2024-05-10,电话沟通,{one}\nC1,2024-05-10,电话沟通,{other}\n"
    );
    for (made, same) in [(2, 0), (0, 2)] {
        let report = rig.real(Noun::Touch, &ledger);
        assert_eq!((counts(&report), report.warnings), ((made, 0, same, 0), 2));
    }
    rig.sound();
}

#[test]
fn h22_a_score_of_its_own_is_another_answer_than_questions_that_come_to_it() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒远\n");
    let set = Change::Set { key: "survey_questions".into(), value: "产品质量,服务".into() };
    let envelope = Envelope { request: "q".into(), change: set, reason: None };
    rig.store.write(&rig.me, &envelope, rig.now).unwrap();
    let file = "客户编号,日期,产品质量,服务,评分,备注\nC1,2024-05-10,90,70,,\nC1,2024-05-10,,,80,\n";
    for (made, same) in [(2, 0), (0, 2)] {
        assert_eq!(counts(&rig.real(Noun::Survey, file)), (made, 0, same, 0));
    }
    // newest first, the same scores with a word of its own
    let later = "客户编号,日期,评分,备注\nC1,2024-05-10,80,另一位\nC1,2024-05-10,80,\n";
    for (made, same) in [(1, 1), (0, 2)] {
        assert_eq!(counts(&rig.real(Noun::Survey, later)), (made, 0, same, 0));
    }
    rig.sound();
}

#[test]
fn h6_a_number_in_letters_of_the_other_case_is_the_same_customer() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC202405001,恒远\n");
    let report = rig.real(Noun::Customer, "客户编号,客户名称,地区\nc202405001,恒远,华东\n");
    assert_eq!(counts(&report), (0, 1, 0, 0));
    assert_eq!(rig.profile("c202405001").unwrap().row.code, "C202405001");
    let report = rig.real(Noun::Order, "客户编号,订单日期,金额\nc202405001,2024-05-01,1200\n");
    assert_eq!((counts(&report), report.customers), ((1, 0, 0, 0), 0));
    rig.sound();
}

#[test]
fn an_import_is_over_even_where_what_is_told_beside_its_rows_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = Store::open(&path, Mode::Create).unwrap();
    let now = Rig::new().now;
    let me = store.personal("wang", "王敏", now).unwrap().unwrap();
    let file = "客户编号,客户名称,行业\nC1,恒远,闻所未闻\n";
    let job = Job {
        source: Source::Reader("a.csv", Box::new(file.as_bytes())),
        noun: Some(Noun::Customer),
        sheet: None,
        mapping: Mapping::default(),
        dry: false,
        rejects: None,
    };
    let other = rusqlite::Connection::open(&path).unwrap();
    let came = import(&mut store, &me, now, Lang::Zh, job, &mut |_, _, _| {
        other.execute_batch("PRAGMA foreign_keys=OFF; DROP TABLE IF EXISTS benchmark").unwrap();
    });
    assert!(matches!(came, Err(ImportError::Cut { .. })), "{came:?}");
    let state: String = other.query_row("SELECT state FROM job", [], |r| r.get(0)).unwrap();
    assert_eq!(state, "done");
}

#[test]
fn one_undo_takes_the_whole_import_back_updated_rows_included() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称,地区\nC1,恒远物流,北京\n");
    let mut file = "客户编号,客户名称,地区\nC1,恒远物流,上海\n".to_owned();
    for n in 2..2_500 {
        let _ = writeln!(file, "C{n},客户{n},广州");
    }
    let report = rig.real(Noun::Customer, &file);
    assert_eq!(counts(&report), (2_498, 1, 0, 0));
    assert_eq!(rig.field("C1", Field::Region), text("上海"));
    rig.undo();
    assert_eq!(rig.field("C1", Field::Region), text("北京"));
    assert!(rig.profile("C2").is_none() && rig.profile("C2499").is_none());
    rig.sound();
}

#[test]
fn a_dry_run_writes_nothing_and_counts_what_the_real_run_does() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称,地区\nC1,恒远物流,北京\nC3,优品汇,广州\n");
    let customers = "客户编号,客户名称,地区,电话
C1,恒远物流,上海,13800138000
C2,新客户,上海,13900139000
C2,新客户,上海,13900139000
C2,新客户,深圳,
C3,优品汇,广州,
C4,分公司,广州,138 0013 8000
C5,,广州,
C6,坏电话,广州,张三
";
    let touches = "客户编号,客户名称,互动时间,互动内容,下次计划
C1,,2024-05-10,问候,3天内回访
C9,新来的,2024-05-11,来电咨询,
C9,新来的,2024-05-12,再次来电,
C8,,2024-05-12,没有名字,
C1,,2030-01-01,将来,
";
    for (noun, file) in [(Noun::Customer, customers), (Noun::Touch, touches)] {
        let before = rig.all().len();
        let dry = rig.dry(noun, file);
        assert_eq!(rig.all().len(), before, "nothing is written");
        let real = rig.real(noun, file);
        assert_eq!(Report { dry: false, ..dry }, real);
    }
    assert_eq!(rig.all().len(), 6);
    assert_eq!(rig.profile("C9").unwrap().touches.len(), 2);
    rig.sound();
}

#[test]
fn e9_words_of_a_date_that_are_not_wholly_understood_are_told_in_the_dry_run_and_kept_whole() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒远物流\n");
    let file = "客户编号,互动时间,互动内容,下次计划\nC1,2024-05-18,问候,提前3-5天通知\nC1,2024-05-19,来电,3-5天内发资料\n";
    let dry = rig.dry(Noun::Touch, file);
    assert_eq!(dry.warned.len(), 1, "{:?}", dry.warned);
    assert!(dry.warned[0].1.contains("提前3-5天通知"), "{:?}", dry.warned);
    rig.real(Noun::Touch, file);
    rig.sound();
}

#[test]
fn a_row_that_names_an_unknown_number_and_a_name_makes_the_customer() {
    let mut rig = Rig::new();
    let file = "客户编号,客户名称,订单日期,金额\nC7,优品汇零售,2024-05-01,398\nC7,优品汇零售,2024-05-02,199\n,无编号公司,2024-05-02,1\n";
    let report = rig.real(Noun::Order, file);
    assert_eq!((counts(&report), report.customers), ((2, 0, 0, 1), 1));
    assert_eq!(report.rejected[0].0, 4);
    assert!(report.rejected[0].1.contains("无编号公司"), "{}", report.rejected[0].1);
    rig.undo();
    assert!(rig.profile("C7").is_none(), "the customers that were made go as well");
}

#[test]
fn a_row_finds_its_customer_by_number_else_by_name_else_by_phone() {
    let mut rig = Rig::new();
    rig.real(
        Noun::Customer,
        "客户编号,客户名称,电话\nC1,恒远物流,13800138000\nC2,恒远物流,13900139000\nC3,宏达,\n",
    );
    let file = "客户名称,电话,订单日期,金额
宏达,,2024-05-01,1
恒远物流,13900139000,2024-05-01,2
恒远物流,,2024-05-01,3
,138 0013 8000,2024-05-01,4
";
    let report = rig.real(Noun::Order, file);
    assert_eq!(counts(&report), (3, 0, 0, 1), "{:?}", report.rejected);
    assert!(report.rejected[0].1.contains("恒远物流"), "two are called so: {:?}", report.rejected);
    let spent = |code: &str| rig.profile(code).unwrap().total.unwrap().0;
    assert_eq!([spent("C1"), spent("C2"), spent("C3")], [400, 200, 100]);
}

#[test]
fn rejected_rows_stand_in_a_file_beside_the_input_with_reason_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("客户.csv");
    std::fs::write(&input, "\u{FEFF}客户编号,客户名称,电话\nC1,恒远,13800138000\nC2,#REF!,=1+1\n").unwrap();
    let mut rig = Rig::new();
    let beside = folder.path().join("客户.rejects.csv");
    let run = |rig: &mut Rig, dry: bool, rejects: Option<&Path>| {
        let job = Job {
            source: Source::Path(&input),
            sheet: None,
            noun: None,
            mapping: Mapping::default(),
            dry,
            rejects,
        };
        let mut told = (0, 0, 0);
        let report = import(&mut rig.store, &rig.me, rig.now, Lang::En, job, &mut |r, b, t| told = (r, b, t));
        let size = std::fs::metadata(&input).unwrap().len();
        assert_eq!(told, (2, size, size));
        report
    };
    assert_eq!(run(&mut rig, true, None).unwrap().rejects_file, None);
    assert!(!beside.exists(), "a try writes no file beside the input");
    let report = run(&mut rig, false, None).unwrap();
    assert_eq!(report.rejects_file, Some(beside.display().to_string()));
    let text = std::fs::read_to_string(&beside).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "\u{FEFF}客户编号,客户名称,电话,Reject reason,Source line");
    assert!(lines[1].starts_with("C2,#REF!,'=1+1,") && lines[1].ends_with(",3"), "{}", lines[1]);
    // corrected meanwhile, and the original brought in once more
    std::fs::write(&beside, "corrected").unwrap();
    let again = run(&mut rig, false, None).unwrap();
    let second = folder.path().join("客户.rejects 2.csv");
    assert_eq!(again.rejects_file, Some(second.display().to_string()));
    assert_eq!(std::fs::read_to_string(&beside).unwrap(), "corrected", "nothing is written over");
    assert_eq!(std::fs::read_to_string(&second).unwrap(), text);
    // the input itself is refused before it is read
    let job = Job {
        source: Source::Path(&input),
        sheet: None,
        noun: None,
        mapping: Mapping::default(),
        dry: false,
        rejects: Some(&folder.path().join("./客户.csv")),
    };
    let error = import(&mut rig.store, &rig.me, rig.now, Lang::Zh, job, &mut |_, _, _| {}).unwrap_err();
    assert!(matches!(error, ImportError::RejectsInput(_)), "{error:?}");
    let told = sentence(&error, Lang::Zh);
    assert!(told.ends_with("客户.csv正是要导入的文件;请用 --rejects 为拒绝行另指定文件。"), "{told}");
    assert!(
        std::fs::read_to_string(&input).unwrap().contains("13800138000"),
        "the input is never overwritten"
    );
}

#[test]
fn every_file_that_cannot_be_read_says_in_both_languages_what_to_do() {
    let table: &[(&[u8], &str, &str)] = &[
        (b"", "nothing in this file", "空"),
        (b"PK\x03\x04workbook", "CSV UTF-8", "另存为"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1old", "CSV UTF-8", "另存为"),
        (b"\x1F\x8Bpacked", "unpack", "解压"),
        (b"%PDF-1.7", "PDF", "PDF"),
        (b"just one line of prose without any sign\nand another one\n", "comma", "逗号"),
        ("甲,乙\n1,2\n".as_bytes(), "column", "列"),
        ("地区,行业\n上海,零售\n".as_bytes(), "customer", "客户"),
        ("客户编号,客户名称\n".as_bytes(), "no rows", "没有数据行"),
    ];
    for (bytes, en, zh) in table {
        let mut rig = Rig::new();
        let error = rig.bytes(Noun::Customer, bytes, false).unwrap_err();
        let (english, chinese) = (sentence(&error, Lang::En), sentence(&error, Lang::Zh));
        assert!(english.contains(en), "{english}");
        assert!(chinese.contains(zh), "{chinese}");
        assert!(rig.all().is_empty());
    }
}

#[test]
fn what_is_no_text_says_so_and_a_stray_sign_costs_no_more_than_its_cell() {
    let picture =
        [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), (0..4_000).map(|n| (n * 7 % 251) as u8).collect()];
    let program = [b"\x7fELF\x02\x01\x01".to_vec(), [0, 0, 9, 0, 1, 0, 0, 0].repeat(400), vec![0xe8; 90]];
    for bytes in [picture.concat(), program.concat()] {
        for dry in [true, false] {
            let error = Rig::new().bytes(Noun::Customer, &bytes, dry).unwrap_err();
            assert_eq!(error, ImportError::Binary(Binary::Other));
        }
    }
    assert!(sentence(&ImportError::Binary(Binary::Other), Lang::En).contains("no table in it"));
    assert!(sentence(&ImportError::Binary(Binary::Other), Lang::Zh).contains("其中没有表格"));
    // one NUL makes no other file of it
    let mut rig = Rig::new();
    let report = rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒\0远\nC2,宏达\0\nC3,优品汇\n");
    assert_eq!((report.encoding.as_str(), report.delimiter, report.made), ("UTF-8", Some(','), 2));
    assert_eq!(
        report.rejected,
        [(2, "客户名称:“恒\u{FFFD}远”含有无法识别的字节,请将文件另存为UTF-8。".to_owned())]
    );
    assert!(rig.profile("C2").is_some_and(|profile| profile.row.name == "宏达"));
}

#[test]
fn headings_that_nobody_knows_are_cut_where_the_file_cuts_them() {
    for (text, delimiter) in [("a,b,c\n1,2,3\n", ','), ("a;b;c\n1;2;3\n", ';'), ("a|b|c\n1|2|3\n", '|')] {
        let report = Rig::new().dry(Noun::Customer, text);
        assert_eq!((report.delimiter, report.columns.len()), (Some(delimiter), 3), "{text}");
        assert!(report.columns.iter().all(|(_, column)| column.is_none()), "{:?}", report.columns);
    }
    // one column whose heading holds a comma is one
    let report = Rig::new().dry(Noun::Customer, "\"客户名称(全称,必填)\"\n恒远\n");
    assert_eq!((report.columns.len(), report.made), (1, 1));
}

#[test]
fn a_quotation_mark_that_never_closes_is_told_with_its_line_and_what_came_in_can_be_undone() {
    let mut file = "客户编号,客户名称\nC1,恒远\nC2,\"宏达\n".to_owned();
    for n in 3..2_000 {
        let _ = writeln!(file, "C{n},客户{n}");
    }
    let mut rig = Rig::new();
    let error = rig.bytes(Noun::Customer, file.as_bytes(), false).unwrap_err();
    let ImportError::Cut { why, report } = error else { panic!("{error:?}") };
    assert!(matches!(*why, ImportError::OpenQuote { line: 3 }), "{why:?}");
    assert_eq!(report.made, 1);
    rig.undo();
    assert!(rig.profile("C1").is_none());
}

/// A source that breaks after some bytes, as a cut line does.
struct Breaking<'a>(&'a [u8]);

impl Read for Breaking<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            Err(io::Error::from(io::ErrorKind::ConnectionReset))
        } else {
            self.0.read(buf)
        }
    }
}

#[test]
fn a_source_that_fails_leaves_what_came_in_undoable_and_says_so() {
    let mut file = "客户编号,客户名称\n".to_owned();
    for n in 0..20_000 {
        let _ = writeln!(file, "K{n},客户{n}");
    }
    let mut rig = Rig::new();
    let job = Job {
        source: Source::Reader("line", Box::new(Breaking(file.as_bytes()))),
        sheet: None,
        noun: Some(Noun::Customer),
        mapping: Mapping::default(),
        dry: false,
        rejects: None,
    };
    let error = import(&mut rig.store, &rig.me, rig.now, Lang::En, job, &mut |_, _, _| {}).unwrap_err();
    let said = sentence(&error, Lang::En);
    assert!(said.contains("undo"), "{said}");
    let ImportError::Cut { report, .. } = error else { panic!("{said}") };
    assert!(report.made > 10_000, "{}", report.made);
    rig.undo();
    assert!(rig.profile("K0").is_none());
    rig.sound();
}

#[test]
fn a_mapping_corrects_what_a_heading_means_and_a_dry_run_shows_what_is_missing() {
    let mut rig = Rig::new();
    let file = "甲,乙\nC1,恒远\n";
    let report = rig.dry(Noun::Customer, file);
    assert!(!report.missing.is_empty() && report.sample == [["C1", "恒远"]]);
    let job = Job {
        source: Source::Reader("a", Box::new(file.as_bytes())),
        sheet: None,
        noun: Some(Noun::Customer),
        mapping: parse_map("甲 = code\n乙 = 客户名称\n").unwrap(),
        dry: false,
        rejects: None,
    };
    let report = import(&mut rig.store, &rig.me, rig.now, Lang::Zh, job, &mut |_, _, _| {}).unwrap();
    assert_eq!(report.columns, [("甲".into(), Some("code".into())), ("乙".into(), Some("name".into()))]);
    assert_eq!(rig.profile("C1").unwrap().row.name, "恒远");
}

#[test]
fn old_promises_stay_with_the_feedback_and_do_not_fill_the_queue() {
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC1,恒远\n");
    rig.real(
        Noun::Touch,
        "客户编号,互动时间,互动内容,下一步行动\nC1,2021-05-10,问候,3天内回访\nC1,2024-05-10,来电,无\n",
    );
    let profile = rig.profile("C1").unwrap();
    assert!(profile.tasks.is_empty());
    assert!(profile.touches[0].closed);
    assert!(profile.touches[1].feedback.as_deref().unwrap().contains("3天内回访"));
}

#[test]
fn a_birthday_an_opt_out_and_needs_come_along() {
    let mut rig = Rig::new();
    let file = "客户姓名,手机,生日,免打扰,痛点,来源\n张伟,13800138000,1980-06-18,是,交期,百度推广\n";
    for _ in 0..2 {
        rig.real(Noun::Customer, file);
    }
    let rows = rig.all();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].quiet);
    let profile = rig.profile(&rows[0].code).unwrap();
    assert_eq!(profile.customer.get(Field::CustomerKind), &text("person"));
    assert_eq!(profile.customer.get(Field::Source), &text("advertising"));
    let dates = profile.sections.iter().filter(|(noun, _)| *noun == Noun::ImportantDate).flat_map(|(_, d)| d);
    assert_eq!(dates.count(), 1);
    assert!(profile.tags.iter().any(|tag| tag.path.value == "交期"));
}

/// Ignored: run by hand with optimisation (`cargo test --release --test exchange -- --ignored --nocapture`).
#[test]
#[ignore = "measures; run by hand with optimisation"]
fn speed_of_a_whole_import_from_file_to_index() {
    let folder = tempfile::tempdir().unwrap();
    let rows: usize = std::env::var("ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let mut customers = "客户编号,客户名称,联系人,职位,手机,所属行业,企业规模,地区,年消费金额\n".to_owned();
    let mut touches = "客户编号,互动时间,互动方式,互动内容简述,客户反馈,下一步行动\n".to_owned();
    for n in 0..rows {
        let name = ["宏达", "恒远", "优品", "科讯", "华信", "锦程", "安泰", "鼎盛"][n % 8];
        let trade = ["机械制造", "物流", "零售", "信息技术", "医疗器械"][n / 8 % 5];
        let phone = n * 7_919 % 1_000_000_000;
        let _ = writeln!(
            customers,
            "K{n:07},{name}{trade}{n}有限公司,李经理,采购总监,13{phone:09},制造业,中型,上海,{n}"
        );
        let _ = writeln!(
            touches,
            "K{n:07},2024-05-{:02},电话,推荐A品类新品{n},对新品功能感兴趣,3天内跟进意向",
            n % 19 + 1
        );
    }
    let path = |name: &str, text: &str| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let files = [(Noun::Customer, path("c.csv", &customers)), (Noun::Touch, path("t.csv", &touches))];
    let mut store = Store::open(&folder.path().join("a.db"), guanxi::store::Mode::Create).unwrap();
    let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() };
    let me = store.personal("wang", "王敏", now).unwrap().unwrap();
    for (noun, file) in &files {
        // tried, brought in, and a ledger once more
        for (dry, again) in [(true, false), (false, false), (false, true)] {
            if again && *noun != Noun::Touch {
                continue;
            }
            let job = Job {
                source: Source::Path(file),
                sheet: None,
                noun: Some(*noun),
                mapping: Mapping::default(),
                dry,
                rejects: None,
            };
            let begun = std::time::Instant::now();
            let cpu = cpu();
            let report = import(&mut store, &me, now, Lang::Zh, job, &mut |_, _, _| {}).unwrap();
            let told = if again { report.same } else { report.made };
            assert_eq!(told, rows as u64, "{:?}", report.rejected.first());
            let (wall, used) = (begun.elapsed().as_secs_f64(), self::cpu() - cpu);
            println!(
                "{noun:?} dry={dry} again={again}: {rows} rows, wall {wall:.2} s = {:.0}/s, processor {used:.2} s = {:.0}/s, peak {} KiB",
                rows as f64 / wall,
                rows as f64 / used,
                peak()
            );
        }
    }
}

/// Processor seconds of this thread: neighbours on the machine do not count.
fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn k43_orders_that_a_total_may_hold_already_are_told_whichever_came_first() {
    let totals = "客户编号,客户名称,累计消费\nC1,宏达,5000\n";
    let orders = "客户编号,订单日期,金额\nC1,2024-03-01,1200\nC1,2024-04-01,800\n";
    let mut rig = Rig::new();
    assert_eq!(rig.real(Noun::Customer, totals).within, 0);
    assert_eq!(rig.dry(Noun::Order, orders).within, 2);
    assert_eq!(rig.real(Noun::Order, orders).within, 2);
    // what was counted before is not told again
    assert_eq!(rig.real(Noun::Order, "客户编号,订单日期,金额\nC1,2030-03-01,1\n").within, 0);
    let mut rig = Rig::new();
    rig.real(Noun::Customer, "客户编号,客户名称\nC1,宏达\n");
    assert_eq!(rig.real(Noun::Order, orders).within, 0);
    assert_eq!(rig.dry(Noun::Customer, totals).within, 2);
    assert_eq!(rig.real(Noun::Customer, totals).within, 2);
}
