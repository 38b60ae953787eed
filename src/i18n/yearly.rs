//! Dates that come back every year, as one reads them: `公历 1980-02-29`, `农历八月十五`.

use super::{Lang, words};

super::texts! {
    DATE "Date" "日期";
    LUNAR "lunar {}" "农历{}";
    LUNAR_OF "lunar {}-{}" "农历{}年{}";
}

const MONTHS: [&str; 12] =
    ["正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"];
const DIGITS: [&str; 10] = ["十", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A date by the sun or the moon, with the year it began in where that is known.
pub fn said(calendar: &str, (month, day): (i64, i64), year: Option<i64>, lang: Lang) -> String {
    let short = format!("{month:02}-{day:02}");
    if calendar != "lunar" {
        let date = year.map_or_else(|| short.clone(), |year| format!("{year}-{short}"));
        return format!("{} {date}", words::word("calendar", calendar, lang));
    }
    let date = if lang == Lang::Zh { by_the_moon(month, day).unwrap_or(short) } else { short };
    match year {
        Some(year) => LUNAR_OF.with(lang, &[&year, &date]),
        None => LUNAR.with(lang, &[&date]),
    }
}

/// `八月十五`, `正月初一`, `腊月廿三`.
fn by_the_moon(month: i64, day: i64) -> Option<String> {
    let month = MONTHS.get(usize::try_from(month.checked_sub(1)?).ok()?)?;
    let unit = DIGITS.get(usize::try_from(day.checked_rem(10)?).ok()?)?;
    let day = match day {
        1..=10 => format!("初{unit}"),
        11..=19 => format!("十{unit}"),
        20 | 30 => format!("{}十", if day == 20 { "二" } else { "三" }),
        21..=29 => format!("廿{unit}"),
        _ => return None,
    };
    Some(format!("{month}{day}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birthday_reads_as_a_date_of_its_calendar_in_both_languages() {
        let solar = |lang| said("solar", (2, 29), Some(1980), lang);
        assert_eq!([solar(Lang::Zh), solar(Lang::En)], ["公历 1980-02-29", "solar 1980-02-29"]);
        assert_eq!(said("solar", (5, 1), None, Lang::Zh), "公历 05-01");
        for ((month, day), zh) in [
            ((8, 15), "农历八月十五"),
            ((1, 1), "农历正月初一"),
            ((12, 23), "农历腊月廿三"),
            ((11, 10), "农历冬月初十"),
            ((3, 20), "农历三月二十"),
            ((3, 30), "农历三月三十"),
            ((6, 11), "农历六月十一"),
        ] {
            assert_eq!(said("lunar", (month, day), None, Lang::Zh), zh);
        }
        assert_eq!(said("lunar", (8, 15), Some(1980), Lang::Zh), "农历1980年八月十五");
        assert_eq!(said("lunar", (8, 15), Some(1980), Lang::En), "lunar 1980-08-15");
        assert_eq!(said("lunar", (8, 15), None, Lang::En), "lunar 08-15");
    }
}
