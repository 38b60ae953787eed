//! Targets on the command line: read in the unit of their figure, shown on the board, refused with one sentence.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "rig/desk.rs"]
mod desk;

use desk::Desk;

/// A desk with one customer.
fn stocked() -> Desk {
    let desk = Desk::new("en");
    desk.ok(&["add", "恒远物流有限公司"]);
    desk
}

#[test]
fn f46_a_target_is_set_for_a_figure_and_a_segment_and_shows_on_the_board() {
    let desk = stocked();
    assert_eq!(desk.run(&["setting", "target.response.high"]).1, "80%\n", "the handbook's");
    assert_eq!(desk.run(&["setting", "target.response.high", "0.85"]).1, "85%\n");
    // a share without its sign is a percentage
    assert_eq!(desk.run(&["setting", "target.response.high", "80"]).1, "80%\n");
    assert_eq!(desk.run(&["setting", "target.response.high", "85"]).1, "85%\n");
    assert_eq!(desk.run(&["setting", "target.response"]).1, "\n", "no target");
    let all = desk.run(&["setting"]).1;
    assert!(
        all.lines().any(|l| l.starts_with("target.response.high") && l.contains("85%") && l.contains("P10"))
    );
    let board = desk.run(&["board", "--json"]).1;
    let board: serde_json::Value = serde_json::from_str(&board).unwrap();
    let high = board["segments"]["high"].as_array().unwrap();
    let response = high.iter().find(|k| k["id"] == "response").unwrap();
    assert_eq!(response["target"], 0.85);
}

#[test]
fn a_target_out_of_range_an_unknown_figure_and_a_bad_period_are_one_sentence_and_change_nothing() {
    let desk = stocked();
    let one = |args: &[&str], status: i32, said: &str| {
        let (code, out, err) = desk.run(args);
        assert_eq!((code, out.as_str()), (status, ""), "{args:?}: {err}");
        assert!(err.contains(said) && err.trim().lines().count() == 1, "{args:?}: {err}");
    };
    one(&["setting", "target.response.high", "101%"], 1, "from 0% to 100%");
    one(&["setting", "target.nps", "-101"], 1, "from -100 to 100");
    one(&["setting", "target.cac", "much"], 1, "“much” is no target");
    // spending has no direction: the screen offers no target for it, and none is taken here
    one(&["setting", "target.budget_retention", "90%"], 1, "takes no target");
    one(&["setting", "target.budget_acquisition.high", "100%"], 1, "takes no target");
    one(&["setting", "target.profit", "5%"], 2, "target.response.high");
    one(&["setting", "target.response.best", "5%"], 2, "target.response.high");
    one(&["board", "--period", "2024-13"], 2, "2024-13");
    one(&["board", "--period", "2024-06-01..2024-05-01"], 2, "2024-06-01..2024-05-01");
    assert_eq!(desk.run(&["setting", "target.response.high"]).1, "80%\n");
}
