//! Dues and dates as iCalendar events. A due with a time is an hour of the day, one without is the whole day; a date by the
//! sun comes back every year, one by the moon stands for its next day alone, since calendars do not know the moon.

use std::io::{self, Write};

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendarEntry, ICalendarFrequency, ICalendarParameter, ICalendarProperty, ICalendarRecurrenceRule,
    ICalendarTransparency, ICalendarValue, ICalendarValueType,
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};

use super::{cell, said, text};
use crate::domain::clock::Now;
use crate::i18n::{Lang, exports, words};
use crate::store::request::export::{Cell, Column};

/// How long a due with a time is shown.
const LENGTH: TimeDelta = TimeDelta::minutes(30);

/// Begins the calendar.
pub fn head(out: &mut impl Write) -> io::Result<()> {
    out.write_all(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//guanxi//calendar//EN\r\nCALSCALE:GREGORIAN\r\n",
    )
}

/// Ends it.
pub fn foot(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"END:VCALENDAR\r\n")
}

/// Writes one due or date.
pub fn event(
    out: &mut impl Write,
    columns: &[Column],
    cells: &[Cell],
    lang: Lang,
    now: Now,
) -> io::Result<()> {
    let Cell::Day(day) = cell(columns, cells, "on") else { return Ok(()) };
    let (code, kind) = (said(columns, cells, "code"), said(columns, cells, "kind"));
    let what = columns.iter().position(|column| column.id == "text").map_or_else(String::new, |at| {
        let form = columns.get(at).map_or(crate::store::request::export::Form::Text, |column| column.form);
        text(cells, at, form, lang, now.zone)
    });
    let what = if kind == "task" { what } else { format!("{} {what}", words::word("date", kind, lang)) };
    let summary = format!("{}: {}", said(columns, cells, "customer"), what.trim());
    let owner = exports::FOR.with(lang, &[&code, &said(columns, cells, "owner")]);
    let mut entries = vec![
        plain(ICalendarProperty::Uid, &format!("{}.{code}@guanxi", said(columns, cells, "uid"))),
        dated(ICalendarProperty::Dtstamp, instant(now.at)),
        plain(ICalendarProperty::Summary, &summary),
        plain(ICalendarProperty::Description, &owner),
    ];
    if let Ok(time) = NaiveTime::parse_from_str(said(columns, cells, "time"), "%H:%M") {
        let at = now.zone.instant(day.and_time(time));
        entries.push(dated(ICalendarProperty::Dtstart, instant(at)));
        entries.push(dated(ICalendarProperty::Dtend, instant(at + LENGTH)));
    } else {
        let whole = dated(ICalendarProperty::Dtstart, of_day(*day));
        entries.push(whole.with_param(ICalendarParameter::value(ICalendarValueType::Date)));
        let free = ICalendarTransparency::Transparent;
        entries.push(ICalendarEntry::new(ICalendarProperty::Transp).with_value(free));
    }
    if *cell(columns, cells, "yearly") == Cell::Flag(true) {
        let rule = ICalendarRecurrenceRule { freq: ICalendarFrequency::Yearly, ..Default::default() };
        let rule = ICalendarValue::RecurrenceRule(Box::new(rule));
        entries.push(ICalendarEntry::new(ICalendarProperty::Rrule).with_value(rule));
    }
    let mut lines = String::from("BEGIN:VEVENT\r\n");
    for entry in entries {
        entry.write_to(&mut lines).map_err(io::Error::other)?;
    }
    lines.push_str("END:VEVENT\r\n");
    out.write_all(lines.as_bytes())
}

fn plain(property: ICalendarProperty, text: &str) -> ICalendarEntry {
    ICalendarEntry::new(property).with_value(ICalendarValue::Text(text.to_owned()))
}

fn dated(property: ICalendarProperty, at: PartialDateTime) -> ICalendarEntry {
    ICalendarEntry::new(property).with_value(ICalendarValue::PartialDateTime(Box::new(at)))
}

fn of_day(day: NaiveDate) -> PartialDateTime {
    PartialDateTime {
        year: u16::try_from(day.year()).ok(),
        month: u8::try_from(day.month()).ok(),
        day: u8::try_from(day.day()).ok(),
        ..PartialDateTime::default()
    }
}

/// An instant in UTC.
fn instant(at: DateTime<Utc>) -> PartialDateTime {
    let part = |n: u32| u8::try_from(n).ok();
    PartialDateTime {
        hour: part(at.hour()),
        minute: part(at.minute()),
        second: part(at.second()),
        tz_hour: Some(0),
        tz_minute: Some(0),
        ..of_day(at.date_naive())
    }
}
