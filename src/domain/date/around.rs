//! Before and after a festival: `国庆前寄礼品` is due on the last day of work before it, `春节后联系` on the first one after its
//! days off, as the State Council published them. Where a year is not published yet, the longer holidays are taken to have
//! the days off that they always had, and weekends are no work days.

use chrono::{Datelike, Days, NaiveDate};

use super::holidays::{DayNote, day_note};
use super::yearly::Festival;

/// Where a day lies that is named by a festival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// On the day itself.
    On,
    /// Before it.
    Before,
    /// When it is over.
    After,
}

/// Days back in which a festival is still the one that is spoken of: its days off are not over.
const STILL: u64 = 20;
/// More days off than a festival ever had.
const LONGEST: usize = 30;

/// The next day that is so named, today included.
pub(super) fn next(festival: Festival, side: Side, today: NaiveDate) -> Option<NaiveDate> {
    match side {
        Side::On => festival.on_or_after(today),
        Side::Before => {
            let day = festival.on_or_after(today.succ_opt()?)?;
            // within the days off before it, its eve is what is left
            place(festival, side, day).filter(|d| *d >= today).or_else(|| day.pred_opt())
        }
        Side::After => {
            let now = festival.on_or_after(today.checked_sub_days(Days::new(STILL))?)?;
            place(festival, side, now)
                .filter(|d| *d >= today)
                .or_else(|| place(festival, side, festival.on_or_after(today)?))
        }
    }
}

/// The day before or after the festival that falls on a day.
pub(super) fn place(festival: Festival, side: Side, day: NaiveDate) -> Option<NaiveDate> {
    let works = |d: &NaiveDate| matches!(day_note(*d), None | Some(DayNote::WorkingWeekend));
    match side {
        Side::On => Some(day),
        Side::Before => std::iter::successors(day.pred_opt(), NaiveDate::pred_opt).take(LONGEST).find(works),
        Side::After => {
            let published = matches!(day_note(day), Some(DayNote::Holiday(_)));
            let off = if published { 1 } else { festival.days_off() };
            let first = day.checked_add_days(Days::new(off))?;
            std::iter::successors(Some(first), NaiveDate::succ_opt).take(LONGEST).find(works)
        }
    }
}

/// The first of January of so many years on.
pub(super) fn new_year(today: NaiveDate, years: u16) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(today.year() + i32::from(years), 1, 1)
}

#[cfg(test)]
mod tests {
    use crate::domain::date::{DateError, parse_actions, parse_due};

    #[test]
    fn what_is_promised_before_or_after_a_festival_is_due_on_a_day_of_work() {
        let mut wrong = Vec::new();
        for (text, today, day) in [
            ("端午节前", "2024-05-20", "2024-06-07"),
            ("端午之前", "2024-05-20", "2024-06-07"),
            ("国庆前", "2024-05-20", "2024-09-30"),
            ("中秋前", "2025-09-01", "2025-09-30"),
            ("国庆前夕", "2024-05-20", "2024-09-30"),
            ("明年国庆前", "2024-05-20", "2025-09-30"),
            ("before national day", "2024-05-20", "2024-09-30"),
            // the days off have begun: what is left is the eve
            ("端午节前", "2024-06-08", "2024-06-09"),
            ("国庆前", "2024-10-03", "2025-09-30"),
            ("国庆前", "2024-10-01", "2025-09-30"),
            ("国庆", "2024-10-01", "2024-10-01"),
            ("端午节", "2024-05-20", "2024-06-10"),
            ("by national day", "2024-05-20", "2024-10-01"),
            ("国庆后", "2024-05-20", "2024-10-08"),
            ("国庆节后", "2024-10-03", "2024-10-08"),
            ("国庆以后", "2024-10-09", "2025-10-09"),
            ("春节后", "2024-02-01", "2024-02-18"),
            ("端午过后", "2024-05-20", "2024-06-11"),
            ("元宵后", "2024-02-20", "2024-02-26"),
            ("after national day", "2024-05-20", "2024-10-08"),
            // not published yet: the days off that it always had
            ("国庆后", "2030-05-20", "2030-10-08"),
            ("国庆前", "2030-05-20", "2030-09-30"),
            ("中秋前", "2030-05-20", "2030-09-11"),
        ] {
            let due = parse_due(text, format!("{today}T10:00:00").parse().unwrap(), None);
            let due = due.map(|r| r.due.day.to_string());
            if due.as_deref() != Ok(day) {
                wrong.push((text, today, due));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn e9_words_around_a_festival_are_read_to_their_end_or_not_at_all() {
        let now = "2024-05-20T10:00:00".parse().unwrap();
        for (text, task, day) in [
            ("端午节前发送资料", "发送资料", "2024-06-07"),
            ("国庆前寄礼品", "寄礼品", "2024-09-30"),
            ("国庆前往上海", "前往上海", "2024-10-01"),
            ("春节后联系", "联系", "2025-02-05"),
            ("国庆后续活动沟通", "后续活动沟通", "2024-10-01"),
            ("send gifts before national day", "send gifts", "2024-09-30"),
        ] {
            let read = parse_actions(text, now, None).unwrap().remove(0);
            assert_eq!(
                (read.text.as_str(), read.resolved.due.day.to_string().as_str()),
                (task, day),
                "{text}"
            );
        }
        for text in ["国庆前3天发货", "春节前两周发货", "春节后3天联系", "春节后第一周联系"]
        {
            assert!(parse_actions(text, now, None).is_err(), "{text}");
        }
        assert!(matches!(parse_due("国庆前后", now, None), Err(DateError::NotADate(_))));
    }
}
