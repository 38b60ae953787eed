//! Calls again within the day: `15分钟后`, `半小时`, `in 2 hours`, `30m`, and when to call again where nobody was reached.
//! What begins with `+` is left to [`super::parse_due`]: `+1m` is a month wherever it is typed.

use chrono::{Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::scan::{Scan, fold};
use super::{DayNote, Due, day_note};

/// Reads minutes or hours from now; none where the text says something else.
pub fn parse_soon(text: &str, now: NaiveDateTime) -> Option<Due> {
    let chars = fold(text.trim());
    let mut scan = Scan::new(&chars, 0);
    scan.word(&[("in ", ())]);
    scan.blanks();
    let half = scan.word(&[("半", ()), ("half an ", ()), ("half ", ())]).is_some();
    scan.take("个");
    let n = if half { 1 } else { i64::from(scan.number()?) };
    scan.blanks();
    let minutes = scan.word(&[
        ("分钟", 1),
        ("分", 1),
        ("个小时", 60),
        ("小时", 60),
        ("钟头", 60),
        ("个钟头", 60),
        ("minutes", 1),
        ("minute", 1),
        ("mins", 1),
        ("min", 1),
        ("m", 1),
        ("hours", 60),
        ("hour", 60),
        ("hrs", 60),
        ("h", 60),
    ])?;
    scan.blanks();
    scan.word(&[("以后", ()), ("之后", ()), ("后", ()), ("内", ()), ("later", ())]);
    let minutes = if half { minutes / 2 } else { n.checked_mul(minutes)? };
    // more than a day is said in days
    let at = now.checked_add_signed(Duration::minutes((1..=1440).contains(&minutes).then_some(minutes)?))?;
    (scan.at == chars.len()).then(|| to_the_minute(at))
}

/// When to call again after so many minutes: within the working day, else on the next one at half past nine.
pub fn call_again(now: NaiveDateTime, minutes: i64) -> Due {
    let (opens, closes) = (at(8, 30), at(18, 30));
    let then = now + Duration::minutes(minutes);
    let works = |day: NaiveDate| matches!(day_note(day), None | Some(DayNote::WorkingWeekend));
    if works(now.date()) && then.date() == now.date() && (opens..=closes).contains(&then.time()) {
        return to_the_minute(then);
    }
    let first = if now.time() < opens { now.date() } else { now.date() + Days::new(1) };
    let day = first.iter_days().take(30).find(|d| works(*d)).unwrap_or(first);
    Due { day, time: Some(at(9, 30)) }
}

fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
}

fn to_the_minute(at: NaiveDateTime) -> Due {
    Due { day: at.date(), time: at.time().with_second(0).and_then(|t| t.with_nanosecond(0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(due: Due) -> String {
        due.time.map_or_else(|| due.day.to_string(), |t| format!("{} {}", due.day, t.format("%H:%M")))
    }

    #[test]
    fn minutes_and_hours_are_counted_from_now_and_days_are_left_to_others() {
        let now: NaiveDateTime = "2024-05-20T14:02:30".parse().unwrap();
        for (text, due) in [
            ("15分钟后", "2024-05-20 14:17"),
            ("半小时", "2024-05-20 14:32"),
            ("半个小时后", "2024-05-20 14:32"),
            ("2小时", "2024-05-20 16:02"),
            ("两个小时后", "2024-05-20 16:02"),
            ("in 20 minutes", "2024-05-20 14:22"),
            ("30m", "2024-05-20 14:32"),
            ("half an hour", "2024-05-20 14:32"),
            ("12h", "2024-05-21 02:02"),
        ] {
            assert_eq!(parse_soon(text, now).map(when).as_deref(), Some(due), "{text}");
        }
        for text in ["3天后", "周五", "+3d", "+1m", "+30m", "+2h", "2h extra", "0分钟", "99小时", "15:00", ""]
        {
            assert_eq!(parse_soon(text, now), None, "{text}");
        }
    }

    #[test]
    fn nobody_is_called_at_night_or_on_a_day_off() {
        let again = |now: &str, minutes| when(call_again(now.parse().unwrap(), minutes));
        assert_eq!(again("2024-05-20T14:02:00", 15), "2024-05-20 14:17");
        assert_eq!(again("2024-05-20T17:30:00", 120), "2024-05-21 09:30");
        assert_eq!(again("2024-05-20T07:00:00", 15), "2024-05-20 09:30");
        assert_eq!(again("2024-05-24T18:00:00", 120), "2024-05-27 09:30");
        assert_eq!(again("2024-05-25T11:00:00", 15), "2024-05-27 09:30");
    }
}
