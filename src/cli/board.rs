//! `guanxi board`: the counts of a period: a month, an ISO week, a quarter, a year, or from a day to a day.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Serialize, Serializer};

use super::shell::{Done, Shell, Stop};
use super::table::{Side, lines};
use crate::domain::clock::{Now, Zone};
use crate::domain::money::Fen;
use crate::i18n::{Lang, Text, cli as t, format, words};
use crate::store::request::{Answer, Board, Figure, Period, Query, yuan};

/// What each figure is called.
const FIGURES: &[(&str, Text)] = &[
    ("customers", t::FIG_CUSTOMERS),
    ("new", t::FIG_NEW),
    ("touches", t::FIG_TOUCHES),
    ("answered", t::FIG_ANSWERED),
    ("due", t::FIG_DUE),
    ("done", t::FIG_DONE),
    ("overdue", t::FIG_OVERDUE),
    ("breaches", t::FIG_BREACHES),
    ("late", t::FIG_LATE),
    ("orders", t::FIG_ORDERS),
    ("revenue", t::FIG_REVENUE),
    ("cost", t::FIG_COST),
];

/// Shows the board.
pub fn board(shell: &mut Shell, period: Option<&str>, as_of: Option<&str>) -> Done {
    let lang = shell.lang;
    let mut desk = shell.read()?;
    if let Some(text) = as_of {
        let at =
            instant(text, desk.now.zone).ok_or_else(|| Stop::Usage(t::NO_INSTANT.with(lang, &[&text])))?;
        desk.now = Now { at, ..desk.now };
    }
    let today = desk.now.today();
    let typed = period.map_or_else(|| today.format("%Y-%m").to_string(), ToOwned::to_owned);
    let period = read(&typed).ok_or_else(|| Stop::Usage(t::NO_PERIOD.with(lang, &[&typed])))?;
    let Answer::Board(board) = desk.ask(&Query::Board(period))? else { return Ok(()) };
    let last = period.until.pred_opt().unwrap_or(period.until);
    if shell.json {
        return shell.document(&document(&board, period.from, last));
    }
    shell.line(&format!("{} – {last}", period.from));
    let rows: Vec<Vec<String>> = board.figures.iter().map(|figure| cells(figure, lang)).collect();
    print(
        shell,
        &[(t::FIGURE.of(lang), Side::Left), (t::VALUE.of(lang), Side::Right), ("", Side::Left)],
        &rows,
    );
    let counted = |label: String, touches: i64, answered: i64| {
        vec![label, format::count(touches), format::count(answered)]
    };
    let segments: Vec<Vec<String>> = board
        .segments
        .iter()
        .map(|(id, touches, answered)| {
            let label = if id.is_empty() { t::NONE.of(lang) } else { words::word("segment", id, lang) };
            counted(label.to_owned(), *touches, *answered)
        })
        .collect();
    let people: Vec<Vec<String>> = board
        .people
        .iter()
        .map(|(name, touches, answered)| counted(name.clone(), *touches, *answered))
        .collect();
    for (title, rows) in [(t::SEGMENT, segments), (t::PERSON, people)] {
        if !rows.is_empty() {
            shell.line("");
            let (touches, answered) = (t::TOUCHED.of(lang), t::ANSWERED.of(lang));
            print(
                shell,
                &[(title.of(lang), Side::Left), (touches, Side::Right), (answered, Side::Right)],
                &rows,
            );
        }
    }
    Ok(())
}

fn print(shell: &mut Shell, head: &[(&str, Side)], rows: &[Vec<String>]) {
    for line in lines(head, rows) {
        shell.line(&line);
    }
}

fn money(id: &str) -> bool {
    matches!(id, "revenue" | "cost")
}

fn cells(figure: &Figure, lang: Lang) -> Vec<String> {
    let label = FIGURES.iter().find(|(id, _)| *id == figure.id).map_or(figure.id, |(_, text)| text.of(lang));
    let value = if money(figure.id) { Fen(figure.value).yuan_grouped() } else { format::count(figure.value) };
    let of = figure.of.map_or_else(String::new, |of| format!("/ {}", format::count(of)));
    vec![label.to_owned(), value, of]
}

/// The board for machines.
#[derive(Serialize)]
struct Document<'a> {
    from: NaiveDate,
    until: NaiveDate,
    figures: Vec<Shown<'a>>,
    segments: Vec<Counted<'a>>,
    people: Vec<Counted<'a>>,
}

/// One figure of it.
#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    value: Amount,
    of: Option<i64>,
    trend: Vec<Amount>,
}

/// Touches and answers of a segment or a person.
#[derive(Serialize)]
struct Counted<'a> {
    #[serde(flatten)]
    whose: Whose<'a>,
    touches: i64,
    answered: i64,
}

/// Whose touches; those of customers without a segment have none.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Whose<'a> {
    Segment(Option<&'a str>),
    Person(&'a str),
}

/// A count, or money.
enum Amount {
    Count(i64),
    Money(Fen),
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(n) => to.serialize_i64(*n),
            Self::Money(fen) => yuan(&Some(*fen), to),
        }
    }
}

fn one(figure: &Figure) -> Shown<'_> {
    let amount = |n: &i64| if money(figure.id) { Amount::Money(Fen(*n)) } else { Amount::Count(*n) };
    let trend = figure.trend.iter().map(amount).collect();
    Shown { id: figure.id, value: amount(&figure.value), of: figure.of, trend }
}

fn document(board: &Board, from: NaiveDate, until: NaiveDate) -> Document<'_> {
    let segments = board.segments.iter().map(|(id, touches, answered)| Counted {
        whose: Whose::Segment(Some(id.as_str()).filter(|id| !id.is_empty())),
        touches: *touches,
        answered: *answered,
    });
    let people = board.people.iter().map(|(name, touches, answered)| Counted {
        whose: Whose::Person(name),
        touches: *touches,
        answered: *answered,
    });
    Document {
        from,
        until,
        figures: board.figures.iter().map(one).collect(),
        segments: segments.collect(),
        people: people.collect(),
    }
}

fn instant(text: &str, zone: Zone) -> Option<DateTime<chrono::Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    // a day alone: its last moment
    let day: NaiveDate = text.parse().ok()?;
    zone.end(day).checked_sub_signed(chrono::TimeDelta::milliseconds(1))
}

/// Reads a period; its end is the first day after.
fn read(text: &str) -> Option<Period> {
    let text = text.trim();
    if let Some((from, last)) = text.split_once("..") {
        let (from, last): (NaiveDate, NaiveDate) = (from.parse().ok()?, last.parse().ok()?);
        let until = last.succ_opt()?;
        // as many months as lie inside, for the steps of the trend
        let months = (until.year() - from.year()) * 12 + i32::try_from(until.month()).ok()?
            - i32::try_from(from.month()).ok()?;
        return (from <= last).then_some(Period { from, until, months: u32::try_from(months).ok()?.max(1) });
    }
    let months = |year: i32, month: u32, months: u32| {
        let from = NaiveDate::from_ymd_opt(year, month, 1)?;
        Some(Period { from, until: from.checked_add_months(Months::new(months))?, months })
    };
    let Some((year, rest)) = text.split_once('-') else {
        return (text.len() == 4).then(|| text.parse().ok()).flatten().and_then(|year| months(year, 1, 12));
    };
    let year: i32 = year.parse().ok().filter(|year| (1900..=9999).contains(year))?;
    if let Some(week) = rest.strip_prefix(['W', 'w']) {
        let from = NaiveDate::from_isoywd_opt(year, week.parse().ok()?, Weekday::Mon)?;
        return Some(Period { from, until: from.checked_add_days(Days::new(7))?, months: 1 });
    }
    if let Some(quarter) = rest.strip_prefix(['Q', 'q']) {
        let quarter: u32 = quarter.parse().ok().filter(|q| (1..=4).contains(q))?;
        return months(year, quarter * 3 - 2, 3);
    }
    months(year, rest.parse().ok()?, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_of_every_kind_are_read_and_end_on_the_day_after() {
        for (text, from, until) in [
            ("2024-05", "2024-05-01", "2024-06-01"),
            ("2024-W21", "2024-05-20", "2024-05-27"),
            ("2024-Q2", "2024-04-01", "2024-07-01"),
            ("2024", "2024-01-01", "2025-01-01"),
            ("2024-05-01..2024-06-15", "2024-05-01", "2024-06-16"),
        ] {
            let period = read(text).unwrap();
            assert_eq!(
                (period.from.to_string(), period.until.to_string()),
                (from.to_owned(), until.to_owned())
            );
        }
        for text in ["", "2024-13", "2024-Q5", "24", "2024-06-01..2024-05-01", "May"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
