//! Plain calendar dates as files bring them: `2023-10-15`, `2023/10/15`, `20231015`, `2023年10月15日`, `15-Mar-2021`.

use chrono::{NaiveDate, NaiveTime};

/// Formats that stand for one day without doubt; `10/11/2023` is not among them, since nobody knows which is the month.
const DAYS: &[&str] = &[
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y年%m月%d日",
    "%Y年%m月%d",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%b %d %Y",
    "%B %d, %Y",
    "%B %d %Y",
];
const TIMES: &[&str] = &["%H:%M:%S%.f", "%H:%M", "%H:%M:%S%.fZ", "%I:%M %p", "%H时%M分"];

/// Reads a calendar date with an optional time of day; years 1900 to 2200.
pub fn parse_calendar(text: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let chars: String = super::scan::fold(text.trim()).into_iter().collect();
    let text = chars.trim();
    let whole = day(text).map(|d| (d, None));
    let split = || {
        // the last blank or `t` whose two sides are a day and a time
        text.char_indices().filter(|(_, c)| *c == ' ' || *c == 't').find_map(|(i, c)| {
            let day = day(text.get(..i)?.trim())?;
            let rest = text.get(i + c.len_utf8()..)?.trim();
            let time = TIMES.iter().find_map(|f| NaiveTime::parse_from_str(&rest.to_uppercase(), f).ok())?;
            Some((day, Some(time)))
        })
    };
    whole.or_else(split).filter(|(d, _)| (1900..=2200).contains(&chrono::Datelike::year(d)))
}

fn day(text: &str) -> Option<NaiveDate> {
    let compact = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    if compact {
        return NaiveDate::parse_from_str(text, "%Y%m%d").ok();
    }
    DAYS.iter().find_map(|f| NaiveDate::parse_from_str(text, f).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k56_dates_of_many_hands_become_one_form() {
        for text in [
            "2023-10-15",
            "2023/10/15",
            "2023.10.15",
            "20231015",
            "2023年10月15日",
            "15-Oct-2023",
            "15 Oct 2023",
            "Oct 15, 2023",
            "October 15 2023",
            "2023-10-15",
            " 2023/10/15 08:30 ",
            "2023-10-15T08:30:00Z",
        ] {
            let (day, _) = parse_calendar(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(day.to_string(), "2023-10-15", "{text}");
        }
        assert_eq!(parse_calendar("2023-10-15 14:30").unwrap().1, NaiveTime::from_hms_opt(14, 30, 0));
    }

    #[test]
    fn what_is_no_day_or_could_be_two_is_refused() {
        for text in ["2023-02-30", "10/11/2023", "1138", "", "soon", "2023-13-01", "0001-01-01", "九月"] {
            assert_eq!(parse_calendar(text), None, "{text}");
        }
    }
}
