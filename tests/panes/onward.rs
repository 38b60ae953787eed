//! Where a person goes on after a touch that was logged outside the day's list (product.md, five things 2).

use super::*;

fn at_hand(rig: &Rig) -> String {
    rig.app.shared.subject.as_ref().map_or_else(String::new, |subject| subject.name.clone())
}

#[test]
fn a_touch_that_keeps_a_promise_of_the_day_opens_the_next_due_customer_and_back_leads_to_where_it_was_logged()
{
    for (lang, said) in [(Lang::Zh, "下一位:宏达机械制造有限公司(Esc 返回)"), (Lang::En, "next: 宏达机械")]
    {
        let mut rig = Rig::company(lang, 120, 36);
        rig.keys("/hywl<Enter>").shows(&["恒远物流有限公司", "协调座位"]);
        rig.keys("a座位已留<Tab><Tab><Tab>-<Enter>").shows(&[said]);
        assert_eq!((rig.app.active, at_hand(&rig).as_str()), (PaneId::Profile, "宏达机械制造有限公司"));
        // and on from there, as from the list
        rig.keys("a资料已发<Tab><Tab><Tab>-<Enter>");
        assert!(!texts(&rig).contains(&"发送资料".to_owned()));
        assert!(!["宏达机械制造有限公司", "恒远物流有限公司"].contains(&at_hand(&rig).as_str()));
        rig.keys("<Esc>");
        assert_eq!((rig.app.active, at_hand(&rig).as_str()), (PaneId::Profile, "恒远物流有限公司"));
        rig.keys("<Esc>");
        assert_eq!(rig.app.active, PaneId::Customers);
    }
}

#[test]
fn a_touch_that_does_nothing_of_the_days_list_leaves_the_person_where_they_are_and_says_who_is_next() {
    for (lang, said) in
        [(Lang::Zh, "下一位到期:宏达机械制造有限公司(3)"), (Lang::En, "next due: 宏达机械制造有限公司 (3)")]
    {
        let mut rig = Rig::company(lang, 120, 36);
        // away from the promise: the call keeps none
        rig.keys("/hywl<Enter><Tab>a来电问交期<Tab><Tab><Tab>-<Enter>").shows(&[said]);
        assert_eq!((rig.app.active, at_hand(&rig).as_str()), (PaneId::Profile, "恒远物流有限公司"));
        assert!(texts(&rig).contains(&"协调座位".to_owned()));
        rig.keys("3");
        assert_eq!(at_hand(&rig), "宏达机械制造有限公司");
    }
}

#[test]
fn a_talk_that_meets_a_clock_of_the_day_is_as_good_as_a_promise_kept() {
    let mut rig = zh();
    rig.keys("3x").pass(40 * 24 * 3600);
    rig.send(Msg::Elsewhere);
    let name = "宏达机械制造有限公司";
    let item = queue(&rig).today.into_iter().find(|item| item.name == name).unwrap();
    assert!(matches!(item.reason, Reason::Cadence { .. }), "{item:?}");
    rig.keys("/hdjx<Enter>a聊了近况<Tab>很满意<Tab><Tab>-<Enter>").shows(&["下一位:"]);
    assert!(queue(&rig).today.iter().all(|item| item.name != name));
    assert!(rig.app.active == PaneId::Profile && at_hand(&rig) != name);
    rig.keys("<Esc>");
    assert_eq!(at_hand(&rig), name);
}

#[test]
fn from_the_list_of_customers_a_call_that_keeps_no_promise_leaves_the_person_there() {
    let mut rig = zh();
    rig.keys("1<Home>");
    while at_hand(&rig) != "恒远物流有限公司" {
        rig.keys("<Down>");
    }
    rig.keys("a来电<Tab><Tab><Tab>-<Enter>").shows(&["下一位到期:"]);
    assert_eq!((rig.app.active, at_hand(&rig).as_str()), (PaneId::Customers, "恒远物流有限公司"));
}

#[test]
fn where_nobody_goes_anywhere_the_cursor_of_the_days_list_stays() {
    let mut rig = zh();
    rig.keys("3");
    let due = at_hand(&rig);
    let before = rig.app.panes.ledger.queue;
    rig.keys("1<Home>");
    while at_hand(&rig) != due {
        rig.keys("<Down>");
    }
    // a call that came in, of the customer whose promise stands under the cursor of the list
    rig.keys("a来电<Tab><Tab><Tab>-<Enter>").shows(&["下一位到期:"]);
    assert_eq!((rig.app.active, at_hand(&rig)), (PaneId::Customers, due.clone()));
    assert_eq!(rig.app.panes.ledger.queue, before);
    rig.keys("3");
    assert_eq!(at_hand(&rig), due);
}
