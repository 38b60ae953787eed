//! Every alarm rule that looks at figures, at customers by the day and at people's load, fired by records: on both sides of
//! its line, with who answers for it.

use super::*;

/// Looks for alarms and counts the open ones of a rule.
fn alarms(rig: &mut Rig, rule: &str) -> i64 {
    let (me, now) = (rig.me.clone(), rig.now);
    rig.store.watch_all(&me, now).unwrap();
    rig.count(&format!("SELECT count(*) FROM alarm WHERE rule='{rule}' AND state<>'closed'"))
}

/// A customer of a class set by hand.
fn classed(rig: &mut Rig, name: &str, segment: &str) -> i64 {
    let new = NewCustomer { classes: vec![("segment".into(), segment.into())], ..named(name) };
    rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0
}

fn touched(rig: &mut Rig, id: i64, at: &str, fen: i64) {
    let at = Now { at: at.parse().unwrap(), ..rig.now };
    let touch = NewTouch { cost: Fen(fen), closed: true, ..talk(id, at) };
    rig.write(Change::LogTouch(Box::new(touch)));
}

fn about(rig: &Rig, rule: &str) -> String {
    rig.text(&format!("SELECT level||' '||post||' '||subject FROM alarm WHERE rule='{rule}'")).unwrap()
}

#[test]
fn g40_fewer_purchases_in_two_months_than_in_the_two_before_warn_the_owner_and_as_many_do_not() {
    // before 21 March: two days; since then one, or two
    for (recent, fires) in [(&["2024-04-10"][..], 1), (&["2024-04-10", "2024-05-02"], 0)] {
        let mut rig = rig();
        let id = classed(&mut rig, "恒远物流", "high");
        for day in ["2024-02-01", "2024-02-20"].iter().chain(recent) {
            rig.write(order(id, day, 1_000));
        }
        assert_eq!(alarms(&mut rig, "frequency"), fires, "{recent:?}");
        if fires == 1 {
            assert_eq!(about(&rig, "frequency"), format!("low owner customer:{id}"));
            assert_eq!(rig.count("SELECT owner_id FROM alarm"), rig.me.id.0);
        }
    }
}

#[test]
fn g10_k35_eleven_yuan_a_touch_of_the_dormant_alarm_and_ten_do_not() {
    for (fen, fires) in [(1_100, 1), (1_000, 0)] {
        let mut rig = rig();
        rig.at("2024-04-10T02:00:00Z");
        for n in 0..20 {
            let id = classed(&mut rig, &format!("客户{n:02}"), "dormant");
            touched(&mut rig, id, "2024-04-10T01:00:00Z", fen);
        }
        rig.at("2024-05-20T02:00:00Z");
        assert_eq!(alarms(&mut rig, "touch_cost"), fires, "{fen}");
        if fires == 1 {
            assert_eq!(about(&rig, "touch_cost"), "low marketing segment:dormant");
        }
    }
}

#[test]
fn g9_conversion_that_rose_three_months_running_is_told_and_a_standstill_ends_the_run() {
    for (deals, fires) in [([0, 1, 2, 3], 1), ([0, 1, 1, 3], 0)] {
        let mut rig = rig();
        rig.at("2024-02-01T02:00:00Z");
        let mut plan = Vec::new();
        for (month, deals) in ["02", "03", "04", "05"].iter().zip(deals) {
            for n in 0..4 {
                plan.push((classed(&mut rig, &format!("客户{month}{n}"), "high"), *month, n < deals));
            }
        }
        rig.at("2024-07-05T02:00:00Z");
        for (id, month, deal) in plan {
            touched(&mut rig, id, &format!("2024-{month}-05T02:00:00Z"), 0);
            if deal {
                rig.write(order(id, &format!("2024-{month}-10"), 1_000));
            }
        }
        assert_eq!(alarms(&mut rig, "conversion_rising"), fires, "{deals:?}");
        if fires == 1 {
            assert_eq!(about(&rig, "conversion_rising"), "low sales segment:high");
        }
    }
}

#[test]
fn g6_k54_sixteen_of_a_hundred_lost_in_a_month_call_the_emergency_team_and_fifteen_do_not() {
    for (lost, fires) in [(16, 1), (15, 0)] {
        let mut rig = rig();
        rig.at("2024-03-20T02:00:00Z");
        let days = crate::store::settings::number(&rig.store.db, "active_days").unwrap();
        // bought so long ago that April begins with them and ends without them
        let gone = "2024-04-10".parse::<chrono::NaiveDate>().unwrap()
            - chrono::Days::new(u64::try_from(days).unwrap());
        for n in 0..100 {
            let id = rig.customer(&format!("客户{n:03}"));
            let day = if n < lost { gone.to_string() } else { "2024-03-15".to_owned() };
            rig.write(order(id, &day, 100));
        }
        rig.at("2024-05-20T02:00:00Z");
        assert_eq!(alarms(&mut rig, "churn_rate"), fires, "{lost}");
        if fires == 1 {
            assert_eq!(about(&rig, "churn_rate"), "high operations all");
            assert_eq!(rig.count("SELECT start_by-since FROM alarm WHERE rule='churn_rate'"), 24 * 3_600_000);
        }
    }
}

#[test]
fn g5_fewer_than_nine_of_ten_entries_in_time_alarm_and_nine_of_ten_do_not() {
    for (late, fires) in [(3, 1), (2, 0)] {
        let mut rig = rig();
        rig.at("2024-04-10T02:00:00Z");
        let id = rig.customer("恒远物流");
        for n in 0..20 {
            let day = if n < late { "2024-04-08" } else { "2024-04-10" };
            let at = Now { at: format!("{day}T01:{n:02}:00Z").parse().unwrap(), ..rig.now };
            let call = NewTouch { kind: "inbound".into(), closed: true, ..talk(id, at) };
            rig.write(Change::LogTouch(Box::new(call)));
        }
        rig.at("2024-05-20T02:00:00Z");
        assert_eq!(alarms(&mut rig, "timeliness"), fires, "{late}");
        if fires == 1 {
            assert_eq!(about(&rig, "timeliness"), "medium operations all");
        }
    }
}

#[test]
fn g12_k37_four_of_twenty_five_activated_alarm_and_five_do_not() {
    for (deals, fires) in [(4, 1), (5, 0)] {
        let mut rig = rig();
        rig.at("2024-04-05T02:00:00Z");
        for n in 0..25 {
            let id = rig.customer(&format!("客户{n:02}"));
            let set = vec![
                (Field::ActivationCause, Value::text("inquiry")),
                (Field::ActivationStarted, Value::Day("2024-04-05".parse().unwrap())),
            ];
            rig.write(Change::Add { noun: Noun::Activation, customer: CustomerId(id), set });
            if n < deals {
                rig.write(order(id, "2024-04-05", 1_000));
            }
        }
        rig.at("2024-06-05T02:00:00Z");
        assert_eq!(alarms(&mut rig, "activation"), fires, "{deals}");
        if fires == 1 {
            assert_eq!(about(&rig, "activation"), "low sales all");
        }
    }
}

#[test]
fn g54_k55_thirty_one_and_nineteen_high_value_accounts_alarm_and_thirty_and_twenty_do_not() {
    for (accounts, others, fires) in [(31, 0, 1), (30, 0, 0), (20, 0, 0), (19, 25, 1)] {
        let mut rig = rig();
        let other = rig.person("li", "rep", "sales");
        for n in 0..accounts + others {
            let id = classed(&mut rig, &format!("客户{n:02}"), "high");
            if n >= accounts {
                rig.write(Change::Many { customers: vec![CustomerId(id)], each: Each::Assign(other.id) });
            }
        }
        assert_eq!(alarms(&mut rig, "load"), fires, "{accounts}");
        if fires == 1 {
            assert_eq!(about(&rig, "load"), format!("low sales load:high:{}", rig.me.id.0));
        }
    }
}
