//! One cell of a workbook as the text that a person would have typed: days and times for the serial numbers behind them,
//! numbers without a point that nobody wrote, digits that a format has put in front.

use calamine::{CellErrorType, DataRef, ExcelDateTime, Style};
use chrono::{Days, NaiveDate, NaiveTime, Timelike};

/// Digits of a number that Excel keeps.
const DIGITS: usize = 15;
/// The first whole number with more of them.
const LONG: f64 = 1e15;
/// The first whole number of which the file's own digits may be lost in reading it.
const INEXACT: f64 = 9_007_199_254_740_992.0;

/// Days that workbooks of old Macs count less.
const SINCE_1904: f64 = 1_462.0;

/// How cells of one style show whole numbers: with at least so many digits, as in a format `00000`; 0 for all others.
pub fn least_digits(style: &Style) -> usize {
    let format = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
    let zeros = format.len() > 1 && format.len() <= DIGITS && format.bytes().all(|byte| byte == b'0');
    if zeros { format.len() } else { 0 }
}

/// Adds what a cell says to `text`.
pub fn write(text: &mut String, value: &DataRef<'_>, least: usize, since_1904: bool) {
    match value {
        DataRef::Empty => {}
        DataRef::String(said) | DataRef::DurationIso(said) => text.push_str(said),
        DataRef::SharedString(said) => text.push_str(said),
        DataRef::Int(number) => text.push_str(&figure(*number as f64, least)),
        DataRef::Float(number) => text.push_str(&figure(*number, least)),
        DataRef::Bool(yes) => text.push_str(if *yes { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(at) => text.push_str(&moment(at, since_1904)),
        DataRef::DateTimeIso(at) => text.push_str(&at.trim_end_matches("T00:00:00").replacen('T', " ", 1)),
        // as Excel says it
        DataRef::Error(CellErrorType::GettingData) => text.push_str("#GETTING_DATA"),
        DataRef::Error(error) => text.push_str(&error.to_string()),
    }
}

/// A number. One of more digits than Excel keeps is written as Excel shows it, `1.10101199003071E+17`, wherever digits may
/// be lost: readers of codes and phones refuse that and say what to do, while made-up zeros would come in.
fn figure(number: f64, least: usize) -> String {
    if number.fract() != 0.0 {
        // 0.1 + 0.2 is 0.3 to whoever looks at the sheet
        let rounded = format!("{number:.*e}", DIGITS - 1).parse().unwrap_or(number);
        return format!("{rounded}");
    }
    if number.abs() < LONG {
        return format!("{:0least$}", number as i64);
    }
    let whole = format!("{number:.0}");
    let beyond = whole.trim_start_matches('-').get(DIGITS..).unwrap_or_default();
    if number.abs() < INEXACT && !beyond.bytes().all(|digit| digit == b'0') {
        return whole;
    }
    let shown = format!("{number:.*e}", DIGITS - 1);
    let (mantissa, exponent) = shown.split_once('e').unwrap_or((&shown, "0"));
    format!("{}E+{exponent}", mantissa.trim_end_matches('0').trim_end_matches('.'))
}

/// A day, a day with a time, a time, or hours that were added up; a number where it is none of these.
fn moment(at: &ExcelDateTime, since_1904: bool) -> String {
    let serial = at.as_f64();
    let shown = if at.is_duration() { hours(serial) } else { calendar(serial, since_1904) };
    shown.unwrap_or_else(|| figure(serial, 0))
}

/// `26:30`, of a format such as `[h]:mm`.
fn hours(serial: f64) -> Option<String> {
    let seconds = (serial * 86_400.0).round();
    if !(0.0..LONG).contains(&seconds) {
        return None;
    }
    let (minutes, rest) = (seconds as u64 / 60, seconds as u64 % 60);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    Some(if rest == 0 { format!("{hours}:{minutes:02}") } else { format!("{hours}:{minutes:02}:{rest:02}") })
}

fn calendar(serial: f64, since_1904: bool) -> Option<String> {
    if !(0.0..3_000_000.0).contains(&serial) {
        return None;
    }
    // to the second: half past two is no whole part of a day
    let seconds = (serial * 86_400.0).round() as u64;
    let (days, of_day) = (seconds / 86_400, (seconds % 86_400) as u32);
    let time = NaiveTime::from_num_seconds_from_midnight_opt(of_day, 0)?;
    let clock = if time.second() == 0 { time.format("%H:%M") } else { time.format("%H:%M:%S") };
    if days == 0 && of_day > 0 && !since_1904 {
        return Some(clock.to_string());
    }
    // no day that anybody meant, but a formula that points at an empty cell
    if days == 0 && of_day == 0 {
        return Some(String::new());
    }
    let days = if since_1904 { days + SINCE_1904 as u64 } else { days };
    // Excel has a 29 February 1900 that never was; before it the count is one less
    let epoch = if days < 60 { (1899, 12, 31) } else { (1899, 12, 30) };
    let day = NaiveDate::from_ymd_opt(epoch.0, epoch.1, epoch.2)?.checked_add_days(Days::new(days))?;
    Some(if of_day == 0 { day.to_string() } else { format!("{day} {clock}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn numbers_are_written_as_people_type_them() {
        for (number, wanted) in [
            (1.0, "1"),
            (-3.0, "-3"),
            (0.0, "0"),
            (398.5, "398.5"),
            (0.1 + 0.2, "0.3"),
            (1234.56 * 3.0, "3703.68"),
            (13_800_138_000.0, "13800138000"),
            (999_999_999_999_999.0, "999999999999999"),
            (0.000_012_5, "0.0000125"),
            // sixteen digits, as another program than Excel writes them
            (6_222_021_234_567_891.0, "6222021234567891"),
            // what Excel has made of sixteen and of eighteen
            (6_222_021_234_567_890.0, "6.22202123456789E+15"),
            (110_101_199_003_071_000.0, "1.10101199003071E+17"),
            (110_101_199_003_071_234.0, "1.10101199003071E+17"),
            (1e18, "1E+18"),
        ] {
            assert_eq!(figure(number, 0), wanted);
        }
        assert_eq!(figure(123.0, 6), "000123");
        assert_eq!(figure(1_234_567.0, 6), "1234567");
        assert_eq!(figure(1.5, 6), "1.5");
    }

    #[test]
    fn days_and_times_are_what_the_sheet_shows() {
        let shown = |serial: f64, since_1904: bool| {
            let at = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, since_1904);
            moment(&at, since_1904)
        };
        for (serial, wanted) in [
            (45_214.0, "2023-10-15"),
            (45_214.604_166_666_664, "2023-10-15 14:30"),
            (45_214.604_224_537, "2023-10-15 14:30:05"),
            // a breath before midnight is midnight
            (45_213.999_999_999, "2023-10-15"),
            (0.604_166_666_666_666_6, "14:30"),
            (0.0, ""),
            (1.0, "1900-01-01"),
            (59.0, "1900-02-28"),
            (61.0, "1900-03-01"),
            (2_958_465.0, "9999-12-31"),
            (-1.0, "-1"),
            (1e9, "1000000000"),
        ] {
            assert_eq!(shown(serial, false), wanted);
        }
        assert_eq!((shown(43_752.0, true).as_str(), shown(0.0, true).as_str()), ("2023-10-15", ""));
        let added = |serial| moment(&ExcelDateTime::new(serial, ExcelDateTimeType::TimeDelta, false), false);
        assert_eq!((added(1.104_166_666_666_666_7).as_str(), added(0.25).as_str()), ("26:30", "6:00"));
    }
}
