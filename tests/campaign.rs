//! What a campaign says to each customer, what becomes of a touch later, and gifts that go along: keys in, screen out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[expect(dead_code, reason = "other tests use the rest of the rig")]
mod rig;

use guanxi::app::{Effect, Msg};
use guanxi::domain::change::Change;
use guanxi::domain::customer::CustomerId;
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::domain::money::Fen;
use guanxi::i18n::Lang;
use rig::Rig;

/// The rig's company with a campaign that says this to all customers, where consent and check are only noted.
fn saying(said: &str) -> Rig {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    for key in ["mass_consent", "mass_unchecked"] {
        rig.write(Change::Set { key: key.into(), value: "noted".into() });
    }
    let text = |field: Field, text: &str| (field, Value::text(text));
    let set = vec![
        text(Field::CampaignName, "夏季唤醒"),
        text(Field::CampaignFilter, "owner:me"),
        text(Field::CampaignChannel, "sms"),
        text(Field::CampaignProduct, "保养套餐"),
        text(Field::CampaignText, said),
        (Field::CampaignStarts, Value::Day("2024-05-20".parse().unwrap())),
        (Field::CampaignEnds, Value::Day("2024-05-31".parse().unwrap())),
    ];
    rig.write(Change::Add { noun: Noun::Campaign, customer: CustomerId(0), set });
    rig.app.shared.revision += 1;
    rig.send(Msg::Elsewhere);
    rig.keys("4<Tab><Tab>");
    rig
}

/// The text that was written to a file.
fn printed(effects: &[Effect]) -> Option<(&str, &str)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Print { name, text } => Some((name.as_str(), text.as_str())),
        _ => None,
    })
}

#[test]
fn h52_the_text_of_each_customer_is_shown_copied_and_written_to_a_file() {
    let mut rig = saying("{contact}您好,{product}限时优惠");
    rig.keys("P").shows(&["✓", "李经理您好,保养套餐限时优惠", "再按 P 写入文件"]);
    let texts = rig.screen().matches("您好,保养套餐限时优惠").count();
    rig.keys("P");
    let (name, text) = printed(&rig.wanted).unwrap();
    assert_eq!((name.starts_with("guanxi-"), name.rsplit('.').next()), (true, Some("csv")), "{name}");
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    assert_eq!(lines.next().unwrap().trim_end(), "\"客户编号\",\"客户名称\",\"联系人\",\"电话\",\"文本\"");
    let rows: Vec<&str> = lines.collect();
    assert!(rows.iter().any(|row| row.contains("\"李经理您好,保养套餐限时优惠\"")), "{text}");
    // the list, and below it the text of whom the cursor stands on
    assert_eq!(rows.len() + 1, texts);
    rig.keys("y");
    assert!(rig.wanted.iter().any(|e| matches!(e, Effect::Copy(text) if text.contains("保养套餐限时优惠"))));
    // a session on a server has no files of the person's
    rig.wanted.clear();
    rig.app.shared.personal = false;
    rig.keys("P");
    assert_eq!(printed(&rig.wanted), None);
    rig.app.shared.personal = true;
    rig.keys("<Esc>").shows(&["✓ 将触达"]);
}

#[test]
fn d45_a_text_with_a_place_that_nobody_fills_is_told_and_is_not_in_the_file() {
    let mut rig = saying("{contact}您好,{feature}已上线");
    rig.keys("P").shows(&["✗", "您好,⟨", "缺少", "不可发送"]);
    rig.keys("P").shows(&["条文本有未填占位,未写入文件"]);
    assert_eq!(printed(&rig.wanted), None);
}

#[test]
fn e24_what_became_of_a_touch_is_noted_from_the_list_of_touches_and_taken_back() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("3<Tab>").shows(&["互动内容简述"]);
    rig.keys("x").shows(&["后续结果", "已领取未下单", "已拒绝"]);
    rig.keys("<Down><Enter>").shows(&["u 撤销"]);
    // whoever claimed and did not order is followed up on the third day
    rig.keys("<BackTab>").shows(&["05-23"]);
    rig.keys("u<Enter>").hides(&["05-23 周四"]);
}

#[test]
fn a119_the_form_of_a_touch_offers_gifts_says_what_is_left_and_refuses_what_is_not() {
    let mut rig = Rig::company(Lang::Zh, 120, 60);
    let set = vec![
        (Field::GiftName, Value::text("茶叶礼盒")),
        (Field::GiftUnit, Value::Money(Fen(8_000))),
        (Field::GiftStock, Value::Int(1)),
    ];
    rig.write(Change::Add { noun: Noun::Gift, customer: CustomerId(0), set });
    rig.app.shared.revision += 1;
    rig.send(Msg::Elsewhere);
    let log = |rig: &mut Rig, whom: &str| {
        rig.keys(&format!("1{whom}a送上礼盒"));
        let to_gift =
            |rig: &Rig| rig.screen().lines().any(|line| line.contains("礼品") && line.contains('←'));
        for _ in 0..12 {
            if to_gift(rig) {
                break;
            }
            rig.keys("<Tab>");
        }
        for _ in 0..9 {
            if rig.screen().contains("← 茶叶礼盒 →") {
                break;
            }
            rig.keys("<Right>");
        }
    };
    log(&mut rig, "<End>");
    rig.shows(&["库存 1", "每份 80 元"]);
    rig.keys("<BackTab><BackTab><BackTab><BackTab><BackTab>无<Enter>");
    log(&mut rig, "<Home>");
    rig.shows(&["已无库存,请另选"]);
    rig.keys("<BackTab><BackTab><BackTab><BackTab><BackTab>无<Enter>").shows(&["“茶叶礼盒”已无库存"]);
}

#[test]
fn d19_what_every_customer_gets_is_shown_as_a_cost_and_approved_in_both_languages() {
    let money = |yuan: i64| Value::Money(Fen(yuan * 100));
    let offers = [
        (
            vec![(Field::CampaignFace, money(20))],
            ["20 yuan a customer, not approved yet", "每位客户 20 元,待审批"],
            ["20 yuan a customer, approved by", "每位客户 20 元,王敏已审批"],
        ),
        (
            vec![
                (Field::CampaignCost, money(500)),
                (Field::CampaignPrice, money(299)),
                (Field::CampaignOffer, money(199)),
            ],
            ["500 yuan and 100 a customer, not approved yet", "500 元,另每位客户 100 元,待审批"],
            ["500 yuan and 100 a customer, approved by", "500 元,另每位客户 100 元,王敏已审批"],
        ),
    ];
    for (offer, open, approved) in offers {
        for (at, lang) in [Lang::En, Lang::Zh].into_iter().enumerate() {
            let mut rig = Rig::company(lang, 80, 24);
            let text = |field: Field, text: &str| (field, Value::text(text));
            let mut set = vec![
                text(Field::CampaignName, "夏季唤醒"),
                text(Field::CampaignFilter, "owner:me"),
                text(Field::CampaignChannel, "sms"),
                (Field::CampaignStarts, Value::Day("2024-05-20".parse().unwrap())),
                (Field::CampaignEnds, Value::Day("2024-05-31".parse().unwrap())),
            ];
            set.extend(offer.clone());
            rig.write(Change::Add { noun: Noun::Campaign, customer: CustomerId(0), set });
            rig.app.shared.revision += 1;
            rig.send(Msg::Elsewhere);
            rig.keys("4<Tab><Tab>").shows(&[open[at]]);
            rig.keys("A").shows(&[approved[at]]);
        }
    }
}
