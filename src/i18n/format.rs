//! Figures, dates and lists as people read them. Dates stay ISO where a year is needed (A1); near days are shown short.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use super::Lang;
use crate::domain::date::DayNote;
use crate::domain::money::Fen;

const DAYS: [(&str, &str); 7] = [
    ("Mon", "周一"),
    ("Tue", "周二"),
    ("Wed", "周三"),
    ("Thu", "周四"),
    ("Fri", "周五"),
    ("Sat", "周六"),
    ("Sun", "周日"),
];

/// `Mon`, `周一`.
pub fn weekday(day: NaiveDate, lang: Lang) -> &'static str {
    let (en, zh) = DAYS.get(day.weekday().num_days_from_monday() as usize).copied().unwrap_or(DAYS[0]);
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

/// `05-20` in this year, `2023-05-20` in another.
pub fn day(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { day.format("%m-%d").to_string() } else { day.to_string() }
}

/// `today`, `tomorrow`, `yesterday`, else the short day: for dues.
pub fn near_day(due: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let word = match (due - today).num_days() {
        -1 => ("yesterday", "昨天"),
        0 => ("today", "今天"),
        1 => ("tomorrow", "明天"),
        2 => ("in 2 days", "后天"),
        _ => return day(due, today),
    };
    match lang {
        Lang::En => word.0,
        Lang::Zh => word.1,
    }
    .to_owned()
}

/// `8d`, `8天`: how long ago.
pub fn days_ago(then: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let days = (today - then).num_days();
    match (days, lang) {
        (0, Lang::En) => "today".to_owned(),
        (0, Lang::Zh) => "今天".to_owned(),
        (d, Lang::En) => format!("{d}d"),
        (d, Lang::Zh) => format!("{d}天"),
    }
}

/// The public holidays as the State Council names them.
const HOLIDAYS: &[(&str, &str)] = &[
    ("元旦", "New Year’s Day"),
    ("春节", "Spring Festival"),
    ("清明节", "Tomb-Sweeping Day"),
    ("劳动节", "Labour Day"),
    ("端午节", "Dragon Boat Festival"),
    ("中秋节", "Mid-Autumn Festival"),
    ("国庆节", "National Day"),
    ("国庆中秋", "National Day and Mid-Autumn"),
    ("抗战胜利日", "Victory Day"),
];

/// What is special about a day: pointed out, never moved (product.md, Dates in words).
pub fn note(note: &DayNote, lang: Lang) -> String {
    match (note, lang) {
        (DayNote::Weekend, Lang::En) => "weekend".to_owned(),
        (DayNote::Weekend, Lang::Zh) => "周末".to_owned(),
        (DayNote::Holiday(name), Lang::En) => {
            HOLIDAYS.iter().find(|(zh, _)| name == zh).map_or(name.as_str(), |(_, en)| en).to_owned()
        }
        (DayNote::Holiday(name), Lang::Zh) => name.clone(),
        (DayNote::WorkingWeekend, Lang::En) => "working weekend".to_owned(),
        (DayNote::WorkingWeekend, Lang::Zh) => "调休上班".to_owned(),
    }
}

/// `15:00`.
pub fn time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// `05-20 周一 14:02`.
pub fn moment(at: NaiveDateTime, today: NaiveDate, lang: Lang) -> String {
    format!("{} {} {}", day(at.date(), today), weekday(at.date(), lang), time(at.time()))
}

/// `12,480`.
pub fn count(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if n < 0 { format!("-{out}") } else { out }
}

/// A count of rows, and whether there are more than were counted: `12,480`, `50,000+`.
pub fn count_or_more(n: u64, more: bool) -> String {
    let counted = count(i64::try_from(n).unwrap_or(i64::MAX));
    if more { format!("{counted}+") } else { counted }
}

/// Whole yuan, grouped, half away from zero: for lists; records show fen.
pub fn yuan(amount: Fen) -> String {
    let half = if amount.0 < 0 { -50 } else { 50 };
    count((amount.0 + half) / 100)
}

/// `a, b or c`.
pub fn list(words: &[&str], lang: Lang) -> String {
    words.join(match lang {
        Lang::En => ", ",
        Lang::Zh => "、",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_and_amounts_rounded_half_away_from_zero() {
        assert_eq!(
            [0, 999, 1_000, 12_480, -1_234_567].map(count),
            ["0", "999", "1,000", "12,480", "-1,234,567"]
        );
        assert_eq!([49, 50, -50, 21_000_000].map(|f| yuan(Fen(f))), ["0", "1", "-1", "210,000"]);
    }

    #[test]
    fn near_days_are_words_and_other_years_are_whole() {
        let today: NaiveDate = "2024-05-20".parse().unwrap();
        let at = |t: &str| t.parse::<NaiveDate>().unwrap();
        assert_eq!(near_day(at("2024-05-21"), today, Lang::Zh), "明天");
        assert_eq!(near_day(at("2024-06-17"), today, Lang::En), "06-17");
        assert_eq!(day(at("2023-06-17"), today), "2023-06-17");
        assert_eq!(days_ago(at("2024-05-12"), today, Lang::Zh), "8天");
        assert_eq!(weekday(today, Lang::Zh), "周一");
    }

    #[test]
    fn a_holiday_has_its_name_in_either_language() {
        use crate::domain::date::day_note;
        let told = |day: &str, lang| note(&day_note(day.parse().unwrap()).unwrap(), lang);
        assert_eq!(told("2024-01-01", Lang::En), "New Year’s Day");
        assert_eq!(
            (told("2024-10-01", Lang::En), told("2024-10-01", Lang::Zh)),
            ("National Day".into(), "国庆节".into())
        );
        let names = tyme4rs::tyme::holiday::LEGAL_HOLIDAY_NAMES;
        assert!(names.iter().all(|name| HOLIDAYS.iter().any(|(zh, _)| zh == name)), "{names:?}");
    }
}
