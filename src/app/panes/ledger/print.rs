//! The day's list on paper: one item a line in columns that stand in any fixed-width font, with a box to tick.

use std::fmt::Write as _;

use super::super::super::shared::Shared;
use crate::domain::cells::fit;
use crate::domain::queue::{Item, Queue};
use crate::domain::text::clean_line;
use crate::i18n::{format, ledger as t, words};

/// Cells of number, customer, contact, phone, reason.
const CELLS: [usize; 5] = [12, 24, 12, 15, 18];

/// The file's name and its text.
pub fn day(queue: &Queue, s: &Shared) -> (String, String) {
    let today = s.now.today();
    let person = s.feeds.title().map_or("", |t| t.person.as_str());
    let weekday = format::weekday(today, s.lang);
    let mut text = t::DAY_LIST.with(s.lang, &[&today, &weekday, &person]);
    text.push_str("\n\n");
    let heads = [t::WHEN, t::CODE, t::WHO, t::CONTACT, t::PHONE, t::WHY].map(|h| h.of(s.lang).to_owned());
    line(&mut text, "   ", &heads, t::WHAT.of(s.lang));
    for item in &queue.today {
        line(&mut text, "[ ]", &cells(item, s), &clean_line(&t::what(item, s.lang)));
    }
    if queue.today.is_empty() {
        let _ = writeln!(text, "{}", t::ALL_DONE.of(s.lang));
    }
    if queue.over > 0 {
        let _ = writeln!(text, "\n{}", t::MORE_THAN_FITS.with(s.lang, &[&queue.over]));
    }
    if !queue.later.is_empty() {
        let _ = writeln!(text, "\n{}", t::LATER.of(s.lang));
        for item in &queue.later {
            line(&mut text, "[ ]", &cells(item, s), &clean_line(&t::what(item, s.lang)));
        }
    }
    (format!("guanxi-{today}.txt"), text)
}

fn cells(item: &Item, s: &Shared) -> [String; 6] {
    let today = s.now.today();
    let time = item.time.map_or(String::new(), |t| format!(" {}", format::time(t)));
    let late = if item.is_overdue(s.now) { "!" } else { "" };
    [
        format!("{late}{}{time}", format::day(item.due, today)),
        item.code.clone(),
        clean_line(&item.name),
        clean_line(item.contact.as_deref().unwrap_or("")),
        item.phone.clone().unwrap_or_default(),
        format!(
            "{} {}",
            t::reason(&item.reason, s.now, s.lang),
            item.segment.as_deref().map_or("", |id| words::word("segment", id, s.lang))
        ),
    ]
}

fn line(text: &mut String, tick: &str, cells: &[String; 6], what: &str) {
    let _ = write!(text, "{tick} ");
    let [when, rest @ ..] = cells;
    let _ = write!(text, "{} ", fit(when, 12, false));
    for (cell, width) in rest.iter().zip(CELLS) {
        let _ = write!(text, "{} ", fit(cell, width, false));
    }
    let _ = writeln!(text, "{what}");
}
