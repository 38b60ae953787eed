//! The strategy table as people edit it, and what its figures mean: people needed for a load, whether the planned touches
//! fit the budget, what a row lacks. Pure rules; the store counts.

use serde::{Deserialize, Serialize};

use super::cadence::Beat;
use super::field::{Field, Value};

/// One row of the table as it is to be: an edit of a row, or a row for a class that has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Scheme id.
    pub scheme: String,
    /// Class id.
    pub class: String,
    /// The revision the person saw; none where there is no row yet.
    pub rev: Option<i64>,
    /// Fields of [`super::field::Noun::Strategy`] that change, the touch kinds among them as one text.
    pub set: Vec<(Field, Value)>,
}

/// A row as a version keeps it: columns of the table `strategy`, money in fen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns are described by the schema")]
pub struct Kept {
    pub class: String,
    pub goal: String,
    pub scene: String,
    pub content: String,
    pub script: String,
    pub channels: String,
    pub post: String,
    pub person: Option<String>,
    pub budget_fen: Option<i64>,
    pub bound: Option<String>,
    pub cap_count: Option<i64>,
    pub cap_window: Option<String>,
    pub load_low: Option<i64>,
    pub load_high: Option<i64>,
    pub resources: String,
    pub touch_fen: Option<i64>,
    pub touches: Vec<Beat>,
}

impl Edit {
    /// The value a field is to have, if it changes.
    pub fn get(&self, field: Field) -> Option<&Value> {
        self.set.iter().find(|(f, _)| *f == field).map(|(_, value)| value)
    }

    /// The touch kinds, if they change.
    pub fn beats(&self) -> Option<Result<Vec<Beat>, String>> {
        let text = self.get(Field::StrategyTouches)?.as_text().unwrap_or_default();
        Some(beats(text, str::to_owned))
    }
}

/// How many people a number of accounts needs: at the greatest load, and at the least (D17: 90 accounts at 20–30 are
/// three to five).
pub const fn people_needed(accounts: i64, low: i64, high: i64) -> (i64, i64) {
    const fn up(n: i64, by: i64) -> i64 {
        if by > 0 { (n + by - 1) / by } else { 0 }
    }
    (up(accounts, high), up(accounts, low))
}

/// A person's load against the range (K55).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Load {
    /// Fewer accounts than the range.
    Under,
    /// Within it, both ends included.
    Within,
    /// More.
    Over,
}

/// Where a person's number of accounts stands against the range.
pub const fn load(accounts: i64, low: i64, high: i64) -> Load {
    if accounts > high {
        Load::Over
    } else if accounts < low {
        Load::Under
    } else {
        Load::Within
    }
}

/// Touches that the kinds of a row plan in a year: whole intervals (X13: quarterly and half-yearly are 4 + 2).
pub fn touches_a_year(beats: &[Beat]) -> i64 {
    beats.iter().map(|b| 365 / i64::from(b.ideal.max(1))).sum()
}

/// Whole per cent of a budget; none where there is no budget.
pub fn percent(part_fen: i64, budget_fen: Option<i64>) -> Option<i64> {
    let budget = budget_fen.filter(|b| *b > 0)?;
    Some(part_fen * 100 / budget)
}

/// Whether spending is an overrun: 20 % above the standard number, that line included (D20, K50).
pub const fn is_overrun(spent_fen: i64, budget_fen: i64) -> bool {
    spent_fen * 5 >= budget_fen * 6
}

/// What a row lacks to be complete (D5, X23): `goal`, `content`, `channels`, `touches`, `post`, `person`.
pub fn missing(row: &Kept) -> Vec<&'static str> {
    [
        ("goal", row.goal.is_empty()),
        ("content", row.content.is_empty()),
        ("channels", row.channels.is_empty()),
        ("touches", row.touches.is_empty()),
        ("post", row.post.is_empty()),
        ("person", row.person.is_none()),
    ]
    .into_iter()
    .filter_map(|(id, lacks)| lacks.then_some(id))
    .collect()
}

/// The named intervals: ideal and worst days.
const INTERVALS: &[(&[&str], u16, u16)] = &[
    (&["week", "weekly", "周", "每周"], 7, 9),
    (&["month", "monthly", "月", "月度", "每月"], 30, 37),
    (&["quarter", "quarterly", "季", "季度", "每季度"], 91, 105),
    (&["half-year", "half-yearly", "半年", "半年度", "每半年"], 182, 210),
    (&["year", "yearly", "年", "年度", "每年"], 365, 395),
];

/// Reads an interval: a word (`季度`), days (`30`), ideal and worst (`91/105`), or a word that days correct (`季度
/// 91/105`). Where the worst is not given it is a quarter more. None where it cannot be read, or the worst is less.
pub fn interval(text: &str) -> Option<(u16, u16)> {
    let text = text.trim().to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let (word, days) = match words.as_slice() {
        [one] if one.starts_with(|c: char| c.is_ascii_digit()) => (None, Some(*one)),
        [one] => (Some(*one), None),
        [word, days] => (Some(*word), Some(*days)),
        _ => return None,
    };
    let named = match word {
        Some(word) => Some(INTERVALS.iter().find(|(words, ..)| words.contains(&word))?),
        None => None,
    };
    let Some(days) = days else { return named.map(|(_, ideal, worst)| (*ideal, *worst)) };
    let days = days.trim_end_matches(['天', 'd']);
    let (ideal, worst) = if let Some((ideal, worst)) = days.split_once(['/', '~', '-']) {
        (ideal.parse::<u16>().ok()?, worst.parse::<u16>().ok()?)
    } else {
        let ideal = days.parse::<u16>().ok()?;
        (ideal, ideal.saturating_add(ideal / 4))
    };
    (ideal > 0 && worst >= ideal).then_some((ideal, worst))
}

/// Touch kinds as one text, `care 30/37, promotion 91/105`.
pub fn beats_text(beats: &[Beat]) -> String {
    let each: Vec<String> = beats.iter().map(|b| format!("{} {}/{}", b.kind, b.ideal, b.worst)).collect();
    each.join(", ")
}

/// Reads what [`beats_text`] has written; `name` turns the name of a kind into its id. What cannot be read, or stands there
/// twice, is given back.
pub fn beats(text: &str, name: impl Fn(&str) -> String) -> Result<Vec<Beat>, String> {
    let mut out: Vec<Beat> = Vec::new();
    let parts = text.split([',', ';', '\n', '、', '，', '；', '·']).map(str::trim).filter(|p| !p.is_empty());
    for part in parts {
        let words: Vec<&str> = part.split_whitespace().collect();
        // the interval is the last two words where these say one, else the last
        let read = [2, 1].into_iter().find_map(|n| {
            let at = words.len().checked_sub(n).filter(|at| *at > 0)?;
            let (kind, days) = (words.get(..at)?, words.get(at..)?);
            Some((kind.join(" "), interval(&days.join(" "))?))
        });
        let Some((kind, (ideal, worst))) = read else { return Err(part.to_owned()) };
        let kind = name(&kind);
        if out.iter().any(|b| b.kind == kind) {
            return Err(part.to_owned());
        }
        out.push(Beat { kind, ideal, worst });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beat(ideal: u16) -> Beat {
        Beat { kind: "care".into(), ideal, worst: ideal }
    }

    #[test]
    fn d17_ninety_accounts_at_twenty_to_thirty_a_head_need_three_to_five_people() {
        assert_eq!(people_needed(90, 20, 30), (3, 5));
        assert_eq!(people_needed(91, 20, 30), (4, 5));
        assert_eq!(people_needed(0, 20, 30), (0, 0));
    }

    #[test]
    fn k55_thirty_one_accounts_are_over_thirty_and_twenty_within_nineteen_under() {
        assert_eq!(
            [31, 30, 20, 19].map(|n| load(n, 20, 30)),
            [Load::Over, Load::Within, Load::Within, Load::Under]
        );
    }

    #[test]
    fn x13_six_touches_at_ten_yuan_are_a_fifth_over_fifty_and_sixteen_at_thirty_far_over_two_hundred() {
        let dormant = touches_a_year(&[beat(91), beat(182)]);
        assert_eq!((dormant, percent(dormant * 1_000, Some(5_000))), (6, Some(120)));
        let growth = touches_a_year(&[beat(30), beat(91)]);
        assert_eq!((growth, percent(growth * 3_000, Some(20_000))), (16, Some(240)));
        assert_eq!(percent(1, None), None);
    }

    #[test]
    fn k50_an_overrun_begins_at_twenty_per_cent() {
        assert!(is_overrun(24_000, 20_000) && !is_overrun(23_999, 20_000));
        assert!(
            [60_000, 24_000, 6_000].into_iter().zip([50_000, 20_000, 5_000]).all(|(s, b)| is_overrun(s, b))
        );
    }

    #[test]
    fn a108_touch_kinds_read_back_as_they_were_written() {
        let of =
            |text: &str| beats(text, |name| if name == "标准关怀" { "care".into() } else { name.into() });
        let read = of("标准关怀 月;产品 沙龙 季度 91/120").unwrap();
        assert_eq!(beats_text(&read), "care 30/37, 产品 沙龙 91/120");
        assert_eq!(of(&beats_text(&read)), Ok(read));
        assert_eq!(of("标准关怀"), Err("标准关怀".into()));
        assert_eq!(of("30/37"), Err("30/37".into()));
        assert_eq!(of("care 30, care 20"), Err("care 20".into()));
        assert_eq!(of(""), Ok(Vec::new()));
    }

    #[test]
    fn intervals_read_as_words_as_days_and_as_both() {
        assert_eq!(interval("季度"), Some((91, 105)));
        assert_eq!(interval("季度 90/100"), Some((90, 100)));
        assert_eq!(interval("30"), Some((30, 37)));
        assert_eq!(interval("30/37"), Some((30, 37)));
        assert_eq!(interval("monthly"), Some((30, 37)));
        assert_eq!(interval("30天"), Some((30, 37)));
        assert_eq!([interval("0"), interval("30/29"), interval("x"), interval("")], [None; 4]);
    }
}
