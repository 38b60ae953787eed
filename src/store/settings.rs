//! The settings of the company: which there are, what they are when nobody has set them, which values they take.
//! They live in the table `setting` and change like everything else, recorded and undoable; keys that the program keeps
//! for itself (`round_on`, `rebuild`) are not among them.

mod sources;

use rusqlite::{Connection, OptionalExtension};

use super::request::SettingTakes as Takes;
use crate::domain::clock::Zone;
use crate::domain::guard::Window;

pub use sources::SOURCES;

/// One setting.
pub struct Setting {
    /// Its key.
    pub key: &'static str,
    /// Its value when nobody has set it.
    pub default: &'static str,
    /// What it takes.
    pub takes: Takes,
}

/// How far below a target is meant.
const GAPS: &[&str] = &["relative", "points"];
/// What becomes of a note where many are touched at once.
const MASS: &[&str] = &["left_out", "noted"];

/// Every setting a person can change.
pub const SETTINGS: &[Setting] = &[
    // minutes east of UTC (kpis.md C1)
    Setting { key: "zone_minutes", default: "480", takes: Takes::Between(-840, 840) },
    // follow-ups a day holds (product.md, Classes and rules)
    Setting { key: "capacity", default: "25", takes: Takes::Between(1, 1_000) },
    // days without a talk (P20)
    Setting { key: "silence_days", default: "30", takes: Takes::Between(1, 3_650) },
    // the scheme whose rows of the strategy table make the cadence (X10)
    Setting { key: "governing", default: "segment", takes: Takes::OneOf(crate::domain::field::SCHEMES) },
    // months between two surveys (P25)
    Setting { key: "survey_months", default: "6", takes: Takes::Between(1, 60) },
    // months without an order, where no usual interval is known, after which a buyer is recalled (G36)
    Setting { key: "recall_months", default: "6", takes: Takes::Between(1, 60) },
    // days after which an invalid customer is looked at again (P28)
    Setting { key: "review_days", default: "365", takes: Takes::Between(1, 3_650) },
    // contact cap of a customer without a class, or whose class has none (D33)
    Setting { key: "cap", default: "1", takes: Takes::Between(1, 100) },
    Setting { key: "cap_window", default: "week", takes: Takes::OneOf(Window::IDS) },
    // masked fields shown, and whole numbers of others' customers looked up, per person and day (product.md, I14)
    Setting { key: "reveals", default: "50", takes: Takes::Between(0, 100_000) },
    Setting { key: "look_ups", default: "200", takes: Takes::Between(0, 100_000) },
    // exported rows per person and day without a manager (product.md); from how many rows on an export is told (I16)
    Setting { key: "export_rows", default: "1000", takes: Takes::Between(0, 10_000_000) },
    Setting { key: "export_large", default: "1000", takes: Takes::Between(1, 10_000_000) },
    // days before a leak from which on a person's exports belong to its case (I8)
    Setting { key: "leak_days", default: "365", takes: Takes::Between(1, 36_500) },
    // the file to which the head of the history is written once a day (operations.md section 4)
    Setting { key: "history_place", default: "", takes: Takes::Place },
    // days for which a product that was offered is not offered again (G48)
    Setting { key: "offer_days", default: "30", takes: Takes::Between(1, 365) },
    // percent of the year's budget from which a touch needs a reason (D20, P32)
    Setting { key: "overspend_percent", default: "120", takes: Takes::Between(100, 1_000) },
    // whoever has not said yes or no is left out of mass touches, or only noted (X40)
    Setting { key: "mass_consent", default: "left_out", takes: Takes::OneOf(MASS) },
    // the same of whoever's record nobody has checked; where one person works alone, nobody could (G51)
    Setting { key: "mass_unchecked", default: "left_out", takes: Takes::OneOf(MASS) },
    // months after its end in which a campaign is to be evaluated (G25, P15)
    Setting { key: "evaluation_months", default: "1", takes: Takes::Between(1, 12) },
    // levels of membership: name, yuan, discount, gift (P36)
    Setting { key: "levels", default: "VIP:2500:9折:生日礼", takes: Takes::Levels },
    // yuan to the next level from which on it is spoken of (G30)
    Setting { key: "membership_near", default: "500", takes: Takes::Between(1, 1_000_000) },
    // days for which a coupon is valid, before its end on which it is pointed out, after a claim without order (P37, P38)
    Setting { key: "coupon_days", default: "7", takes: Takes::Between(1, 3_650) },
    Setting { key: "coupon_remind_days", default: "2", takes: Takes::Between(0, 365) },
    Setting { key: "claim_follow_days", default: "3", takes: Takes::Between(1, 365) },
    // yuan of the reward for a referral that closed a deal (P35), and of a deal after which one asks for a referral (G33)
    Setting { key: "referral_reward", default: "1000", takes: Takes::Between(0, 10_000_000) },
    Setting { key: "big_deal", default: "50000", takes: Takes::Between(1, 1_000_000_000) },
    // months in which an inquiry without a deal makes a customer high-potential, days of an activation (P26, P27)
    Setting { key: "inquiry_months", default: "6", takes: Takes::Between(1, 120) },
    Setting { key: "activation_days", default: "30", takes: Takes::Between(1, 365) },
    // views of a category without an order, in as many days, that show an unmet need (K63)
    Setting { key: "unmet_views", default: "3", takes: Takes::Between(1, 1_000) },
    Setting { key: "unmet_days", default: "90", takes: Takes::Between(1, 3_650) },
    // hours in which a dispute about an owner is decided, and the post that decides it (G4, H32)
    Setting { key: "dispute_hours", default: "24", takes: Takes::Between(1, 720) },
    Setting { key: "arbiter_post", default: "运营总监", takes: Takes::Line(40) },
    // days after a move to another class for which a hand-over to its post is suggested (G44)
    Setting { key: "suited_days", default: "90", takes: Takes::Between(1, 3_650) },
    // days in which a hand-over is to be signed and worked through (H33)
    Setting { key: "handover_days", default: "3", takes: Takes::Between(1, 90) },
    // hours to the first answer to a complaint and to its solution (P22), and to the answer of a request (P23)
    Setting { key: "complaint_answer_hours", default: "24", takes: Takes::Between(1, 720) },
    Setting { key: "complaint_solve_hours", default: "48", takes: Takes::Between(1, 1_440) },
    Setting { key: "request_hours", default: "2", takes: Takes::Between(1, 720) },
    // unanswered touches running and percent of spending lost at which a high-value customer is about to leave (P30)
    Setting { key: "churn_unanswered", default: "2", takes: Takes::Between(1, 20) },
    Setting { key: "churn_drop", default: "30", takes: Takes::Between(1, 100) },
    // percent of customers lost above which the emergency team meets (P31)
    Setting { key: "churn_rate", default: "15", takes: Takes::Between(0, 100) },
    // how far below its target response may fall before something is changed, in percent of the target or in points (P13, X18)
    Setting { key: "response_gap", default: "20", takes: Takes::Between(0, 100) },
    Setting { key: "response_gap_is", default: "relative", takes: Takes::OneOf(GAPS) },
    // periods in a row in which conversion rises (G9)
    Setting { key: "rising_periods", default: "3", takes: Takes::Between(1, 12) },
    // percent of entries in time below which an alarm is raised (G5), points of a survey below which a plan is due (P25)
    Setting { key: "timeliness_floor", default: "90", takes: Takes::Between(0, 100) },
    Setting { key: "survey_line", default: "80", takes: Takes::Between(1, 100) },
    // questions of the half-yearly survey (H22)
    Setting {
        key: "survey_questions",
        default: "产品质量,服务响应,交付及时,价格合理,沟通专业",
        takes: Takes::Line(200),
    },
    // which of them are about service and which about the product, by their names (F22)
    Setting {
        key: "survey_service", default: "服务响应,交付及时,沟通专业", takes: Takes::Line(200)
    },
    Setting { key: "survey_product", default: "产品质量", takes: Takes::Line(200) },
    // one record in so many is drawn each month to be looked through (F23)
    Setting { key: "accuracy_every", default: "20", takes: Takes::Between(1, 100_000) },
    // customers of whom a figure of amounts is made at least, before it shows to whoever may not see their amounts (I14)
    Setting { key: "few_customers", default: "3", takes: Takes::Between(1, 1_000) },
    // day of the month of the monthly review (P33)
    Setting { key: "review_day", default: "5", takes: Takes::Between(1, 28) },
    // who is in the 24-hour emergency team (G6), and the posts that answer for alarms (section 7 of the table of risks)
    Setting { key: "emergency_team", default: "", takes: Takes::Line(200) },
    Setting { key: "post_director", default: "客户成功总监", takes: Takes::Line(40) },
    Setting { key: "post_marketing", default: "市场部经理", takes: Takes::Line(40) },
    Setting { key: "post_operations", default: "运营总监", takes: Takes::Line(40) },
    Setting { key: "post_service", default: "客服主管", takes: Takes::Line(40) },
    Setting { key: "post_sales", default: "销售总监", takes: Takes::Line(40) },
    Setting { key: "post_security", default: "数据安全负责人", takes: Takes::Line(40) },
    // what of our touches counts towards the cap: those of our own accord, or answers and deliveries too (X12, D36)
    Setting { key: "cap_counts", default: "proactive", takes: Takes::OneOf(&["proactive", "all"]) },
    // hours after which an entry is late for good (X26, P21)
    Setting { key: "late_hours", default: "24", takes: Takes::Between(1, 8_760) },
    // whether only what the customer takes part in is contact (B9)
    Setting { key: "two_way_only", default: "1", takes: Takes::OneOf(&["0", "1"]) },
    // the year of «annual spend» (X37), and whether that of a customer younger than a year is scaled (X39, B50)
    Setting { key: "annual", default: "last12", takes: Takes::OneOf(&["last12", "calendar"]) },
    Setting { key: "annualise", default: "0", takes: Takes::OneOf(&["0", "1"]) },
    // categories that a preference names (X8)
    Setting { key: "categories_kept", default: "2", takes: Takes::Between(1, 3) },
    // digits of a new number's serial (X1)
    Setting { key: "code_width", default: "4", takes: Takes::Between(1, 9) },
    // whether a promise with a time, or a new alarm, rings the terminal's bell
    Setting { key: "bell", default: "0", takes: Takes::OneOf(&["0", "1"]) },
    // windows of the figures (kpis.md C1, F1, F2, section 2)
    Setting { key: "active_days", default: "180", takes: Takes::Between(1, 3_650) },
    Setting { key: "response_days", default: "7", takes: Takes::Between(1, 365) },
    Setting { key: "conversion_days", default: "30", takes: Takes::Between(1, 365) },
    // yearly discount of a customer's value, in percent (kpis.md, ltv)
    Setting { key: "discount_percent", default: "10", takes: Takes::Between(0, 99) },
    // per cent of the budget that planned touches may cost before the matrix warns (X13)
    Setting { key: "feasible_percent", default: "100", takes: Takes::Between(1, 1_000) },
    // which costs run against a customer's budget: touches and gifts, or coupons and rewards too (X14, D21)
    Setting { key: "budget_counts", default: "touch_gift", takes: Takes::OneOf(&["touch_gift", "all"]) },
    // whether accounts per head out of their range raise an alarm or are shown alone (X16)
    Setting { key: "load_range", default: "warned", takes: Takes::OneOf(&["warned", "shown"]) },
    // whether the cap of dormant customers holds for their wake-up too (X41)
    Setting { key: "wake_up_cap", default: "holds", takes: Takes::OneOf(&["holds", "lifted"]) },
    // high-value customers who took up new products in a quarter, from which on a group is worth it (G11)
    Setting { key: "cocreation_customers", default: "5", takes: Takes::Between(1, 1_000) },
    // days for which a fit of the repeat-purchase model stands (kpis.md 3.4)
    Setting { key: "forecast_days", default: "7", takes: Takes::Between(1, 365) },
    // what each part of a person's month counts for, of a hundred (F48; 15 of them are printed)
    Setting { key: "weight_timeliness", default: "15", takes: Takes::Between(0, 100) },
    Setting { key: "weight_promises", default: "30", takes: Takes::Between(0, 100) },
    Setting { key: "weight_response", default: "25", takes: Takes::Between(0, 100) },
    Setting { key: "weight_judged", default: "30", takes: Takes::Between(0, 100) },
    // minutes without a key after which a session on a server ends with its forms kept; 0 for never (I20)
    Setting { key: "idle_minutes", default: "60", takes: Takes::Between(0, 1_440) },
    // copies of the database that stay: one an hour, a day, a month (operations.md, section 3)
    Setting { key: "backups_hourly", default: "24", takes: Takes::Between(1, 1_000) },
    Setting { key: "backups_daily", default: "30", takes: Takes::Between(0, 1_000) },
    Setting { key: "backups_monthly", default: "12", takes: Takes::Between(0, 1_000) },
    // the public key to which they are encrypted; blank for not at all (I6)
    Setting { key: "backup_key", default: "", takes: Takes::PublicKey },
    // how a session looks and speaks where its person has chosen nothing; auto and blank for what the terminal says
    Setting {
        key: "theme",
        default: "auto",
        takes: Takes::OneOf(&["auto", "dark", "light", "sixteen", "mono"]),
    },
    Setting { key: "lang", default: "", takes: Takes::OneOf(&["", "en", "zh"]) },
    Setting { key: "company", default: "", takes: Takes::Line(120) },
];

/// The keys of all of them, in their order; made when the program is compiled.
pub const KEYS: &[&str] = &{
    let mut keys = [""; SETTINGS.len()];
    let mut at = 0;
    while at < keys.len() {
        keys[at] = SETTINGS[at].key;
        at += 1;
    }
    keys
};

/// Settings on which kept facts depend.
pub const FACTS_DEPEND_ON: &[&str] = &[
    "silence_days",
    "zone_minutes",
    "governing",
    "survey_months",
    "recall_months",
    "review_days",
    "two_way_only",
    "annual",
    "annualise",
    "categories_kept",
];
/// The program's own: the customer up to which facts have been computed anew after such a setting changed.
pub const FACTS_FROM: &str = "facts_from";
/// The program's own: the customer up to which classes have been tried by changed rules.
pub const RECLASS_FROM: &str = "reclass_from";
/// The program's own: values of the dictionary that were reworded, each with the customer up to which the look-up knows.
pub const REWORDED: &str = "reworded";
/// The day on which everything was looked at for alarms, and where the look of today goes on.
pub const WATCHED_ON: &str = "watched_on";
/// See [`WATCHED_ON`].
pub const WATCHED_AT: &str = "watched_at";
/// The program's own: the fit of the repeat-purchase model, as JSON, and when a session began a new one (UTC ms).
pub const FORECAST: &str = "forecast";
/// See [`FORECAST`].
pub const FORECAST_BEGUN: &str = "forecast_begun";
/// Before a class: until when what is not essential is suspended for it.
pub const SUSPENDED: &str = "suspended.";
/// The program's own: the folder into which backups were made last.
pub const BACKUPS_IN: &str = "backups_in";
/// The program's own: the day of the last daily round.
pub const ROUND_ON: &str = "round_on";
/// The program's own: the day on which averages and percentiles were looked at for the month.
pub const FROZEN_ON: &str = "frozen_on";
/// The program's own: the day on which the head of the history was noted last at the administrator's place.
pub const MARKED_ON: &str = "marked_on";
/// The program's own: a rebuild that has begun or is wanted.
pub const REBUILD: &str = "rebuild";
/// The program's own: the number of the tokens that stand in the look-up indexes.
pub const TOKENS: &str = "look_up_tokens";
/// The program's own: how far they have been written anew for this program.
pub const TOKENS_FROM: &str = "look_up_tokens_from";
/// The program's own: the process that does the rebuild, by its number and its beginning.
pub const REBUILD_BY: &str = "rebuild_by";

/// The setting with this key.
pub fn setting(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|s| s.key == key)
}

impl Setting {
    /// Whether it takes this value.
    pub fn takes(&self, value: &str) -> bool {
        match self.takes {
            Takes::Between(low, high) => value.parse::<i64>().is_ok_and(|n| (low..=high).contains(&n)),
            Takes::OneOf(ids) => ids.contains(&value),
            Takes::Levels => {
                value.chars().count() <= 400 && crate::domain::membership::levels(value).is_some()
            }
            Takes::PublicKey => value.is_empty() || super::keys::recipient(value).is_ok(),
            Takes::Place => {
                value.is_empty()
                    || value.starts_with('/') && value.len() <= 400 && !value.chars().any(char::is_control)
            }
            Takes::Line(most) => value.chars().count() <= most && !value.chars().any(char::is_control),
        }
    }
}

/// What stands under a key, the default where nothing does.
pub fn get(db: &Connection, key: &str) -> rusqlite::Result<String> {
    Ok(raw(db, key)?.unwrap_or_else(|| setting(key).map_or(String::new(), |s| s.default.to_owned())))
}

/// A setting that is a number.
pub fn number(db: &Connection, key: &str) -> rusqlite::Result<i64> {
    let value = get(db, key)?;
    Ok(value.parse().ok().or_else(|| setting(key)?.default.parse().ok()).unwrap_or(0))
}

/// The company's zone.
pub fn zone(db: &Connection) -> rusqlite::Result<Zone> {
    Ok(Zone(i32::try_from(number(db, "zone_minutes")?).unwrap_or_default()))
}

/// What stands under a key, the program's own ones too.
pub fn raw(db: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT value FROM setting WHERE key=?1")?.query_row([key], |r| r.get(0)).optional()
}

/// Keeps a value of the program's own, which is no change of a person's.
pub fn keep(db: &Connection, key: &str, value: Option<&str>) -> rusqlite::Result<()> {
    match value {
        Some(value) => db
            .prepare_cached(
                "INSERT INTO setting(key,value) VALUES(?1,?2) ON CONFLICT(key) DO UPDATE SET value=?2",
            )?
            .execute([key, value])?,
        None => db.prepare_cached("DELETE FROM setting WHERE key=?1")?.execute([key])?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_a_value_its_setting_takes() {
        for (at, s) in SETTINGS.iter().enumerate() {
            assert!(SETTINGS.iter().skip(at + 1).all(|other| other.key != s.key), "{} stands twice", s.key);
            assert!(s.takes(s.default), "{}", s.key);
        }
        assert!(SOURCES.iter().all(|(key, _)| KEYS.contains(key)));
        let silence = setting("silence_days").unwrap();
        assert!(!silence.takes("0") && silence.takes("1") && !silence.takes("a"));
    }

    #[test]
    fn what_nobody_has_set_is_the_default() {
        let db = super::super::open::memory().unwrap();
        assert_eq!(number(&db, "capacity").unwrap(), 25);
        keep(&db, "capacity", Some("3")).unwrap();
        assert_eq!(number(&db, "capacity").unwrap(), 3);
        assert_eq!(zone(&db).unwrap(), Zone::default());
    }
}
