//! Leaks: the list, one case with its clock, the four steps with who did them and when, and below them either the exports
//! or the customers in them; the box in which another key for the backups is entered.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::panes::complaints::{clock_style, moment};
use super::super::text;
use super::{bars, popup};
use crate::app::feed::Slot;
use crate::app::form::{FormKind, LeakForm};
use crate::app::popup::leak::{LeakView, NewKey, Part};
use crate::app::rights::{lacking, of_form};
use crate::app::room;
use crate::domain::complaint::Clock;
use crate::domain::leak::STEPS;
use crate::i18n::{commands, complaints, errors, format, leak as t, shell};
use crate::store::request::{LeakCase, LeakRow};

/// Draws the list, the case that is open, or the entry of a key above it.
pub fn draw(c: &mut Canvas, screen: Rect, view: &LeakView) {
    let height = u16::try_from(room::popup(c.shared.size)).unwrap_or(10) + 4;
    let width = screen.width.saturating_sub(2).min(110);
    let area = popup::middle(screen, width, height);
    match view.case(c.shared).cloned() {
        Some(case) => {
            one(c, area, view, &case);
            if let Some(entry) = &view.key {
                key(c, screen, entry, case.backups);
            }
        }
        None => list(c, area, view),
    }
}

fn list(c: &mut Canvas, area: Rect, view: &LeakView) {
    let (theme, lang) = (c.theme, c.lang());
    let inside = popup::frame(c, area, c.say(commands::LEAKS));
    let list = Rect { height: inside.height.saturating_sub(1), ..inside };
    let fault = c.shared.feeds.error(Slot::Leaks).map(|e| errors::store(e, lang));
    let rows = LeakView::rows(c.shared);
    let refused = fault.is_some();
    if let Some(fault) = fault {
        lines(c, list, list.y, &fault, theme.bad, 3);
    } else if rows.is_empty() || view.open.is_some() {
        let none = c.shared.feeds.leaks().is_none() || view.open.is_some();
        let said = if none { shell::LOADING } else { t::NONE };
        lines(c, list, list.y, c.say(said), theme.dim, 3);
    } else {
        for (y, on, row) in popup::shown(rows, view.cursor, list) {
            let (clock, style) = clock(c, row);
            let hint = format!("{clock}  {}/{}  {}", row.done, STEPS.len(), t::state(&row.state, lang));
            let who = t::who(row.person.as_deref(), lang);
            let said = row.note.replace('\n', " ");
            let text = format!("{:>3}  {}  {who}  {said}", row.id, moment(c, row.since));
            popup::row(c, list, (y, on), &text, (&hint, style));
        }
        popup::beyond_rows(c, inside, list, view.cursor, rows.len());
    }
    // there is nothing to open where none shows; whoever may not look at leaks may report one all the same
    let opens = if refused || rows.is_empty() { "" } else { "Enter" };
    let may = of_form(&FormKind::Leak(LeakForm::Report));
    let reports = if lacking(c.shared.actor.role, may).is_none() { "n" } else { "" };
    let keys = [
        (opens.to_owned(), c.say(commands::OPEN)),
        (reports.to_owned(), c.say(t::REPORT)),
        ("Esc".to_owned(), c.say(commands::BACK)),
    ];
    bars::hints(c, popup::foot(inside), &keys);
}

/// How the hour stands.
fn clock(c: &Canvas, row: &LeakRow) -> (String, Style) {
    if row.state != "open" {
        return (String::from("–"), c.theme.dim);
    }
    if row.done > 0 {
        return (c.say(crate::i18n::alarms::BEGUN).to_owned(), c.theme.good);
    }
    let clock = Clock::Runs { left: row.due - c.shared.now.ms() };
    (complaints::clock(clock, c.lang()), clock_style(c, clock))
}

/// Draws a sentence over several lines; gives the line after it.
fn lines(c: &mut Canvas, area: Rect, y: u16, sentence: &str, style: Style, most: usize) -> u16 {
    let mut y = y;
    for part in text::wrap(sentence, usize::from(area.width), most) {
        if y < area.bottom() {
            c.put(area, (area.x, y), area.width, &part, style);
        }
        y += 1;
    }
    y
}

fn one(c: &mut Canvas, area: Rect, view: &LeakView, case: &LeakCase) {
    let (theme, lang) = (c.theme, c.lang());
    let who = t::who(case.row.person.as_deref(), lang);
    let inside = popup::frame(c, area, &t::CASE.with(lang, &[&case.row.id, &who]));
    let body = Rect { height: inside.height.saturating_sub(1), ..inside };
    let note = case.row.note.replace('\n', " ");
    let heard = t::HEARD.with(lang, &[&case.row.reporter, &moment(c, case.row.since), &note]);
    let mut y = lines(c, body, body.y, &heard, theme.text, 2);
    let (said, style) = if let Some(at) = case.closed_at {
        let by = case.closed_by.clone().unwrap_or_default();
        let result = t::result(case, lang);
        (t::OVER.with(lang, &[&by, &moment(c, at), &result]), theme.good)
    } else {
        let (clock, style) = clock(c, &case.row);
        (t::CLOCK.with(lang, &[&moment(c, case.row.due), &clock, &case.row.owner]), style)
    };
    y = lines(c, body, y, &said, style, 2);
    y = steps(c, body, y, case);
    y = tabs(c, body, y, view, case);
    let rest = Rect { y, height: body.bottom().saturating_sub(y), ..body };
    match view.part {
        Part::Exports => exports(c, rest, view, case),
        Part::Customers => customers(c, rest, view, case),
    }
    bars::hints(c, popup::foot(inside), &keys(c, view, case));
}

/// The four steps, each with its key, and who did it when.
fn steps(c: &mut Canvas, area: Rect, y: u16, case: &LeakCase) -> u16 {
    let (theme, lang) = (c.theme, c.lang());
    let mut y = y;
    for (id, key) in STEPS.iter().zip(["f", "x", "K", "a"]) {
        let done = case.steps.iter().find(|step| step.step == *id);
        let (sign, style) = if done.is_some() { ("[✓]", theme.good) } else { ("[ ]", theme.warn) };
        let line = Rect { y, height: 1, ..area };
        c.put(line, (line.x, y), 3, sign, style);
        c.put(line, (line.x + 4, y), 1, key, theme.accent);
        let by = done.map(|step| {
            let found = t::found(step, lang).map(|found| format!("{found} · ")).unwrap_or_default();
            format!("{found}{}", t::DONE_BY.with(lang, &[&step.by, &moment(c, step.at)]))
        });
        let by = by.unwrap_or_default();
        let room = line.width.saturating_sub(8 + u16::try_from(text::width(&by)).unwrap_or(0));
        c.put(line, (line.x + 6, y), room, &t::step(case, id, lang), theme.text);
        c.right(line, y, &by, theme.dim);
        y += 1;
    }
    y
}

/// The names of the two lists.
fn tabs(c: &mut Canvas, area: Rect, y: u16, view: &LeakView, case: &LeakCase) -> u16 {
    let (theme, lang) = (c.theme, c.lang());
    let since =
        format::day(c.shared.now.zone.day(crate::domain::clock::from_ms(case.from)), c.shared.now.today());
    let shown = i64::try_from(case.customers.len()).unwrap_or(i64::MAX);
    let count = if case.affected > shown {
        t::FIRST_OF.with(lang, &[&format::count(shown), &format::count(case.affected)])
    } else {
        format::count(case.affected)
    };
    let names = [
        (Part::Exports, t::EXPORTS.with(lang, &[&since, &case.exports.len()])),
        (Part::Customers, t::CUSTOMERS.with(lang, &[&count])),
    ];
    c.rule(area, y);
    let mut x = area.x + 2;
    for (part, name) in names {
        let style = if part == view.part { theme.accent } else { theme.dim };
        x = c.put(area, (x, y), area.width.saturating_sub(x - area.x), &format!(" {name} "), style) + 1;
    }
    y + 1
}

fn exports(c: &mut Canvas, area: Rect, view: &LeakView, case: &LeakCase) {
    let (theme, lang) = (c.theme, c.lang());
    if case.exports.is_empty() {
        c.put(area, (area.x, area.y), area.width, c.say(t::NO_EXPORT), theme.dim);
    }
    for (y, on, row) in popup::shown(&case.exports, view.line, area) {
        let ended = t::ended(row, lang);
        let style = if row.large || row.state == "refused" { theme.warn } else { theme.dim };
        let who = if case.person_id.is_none() { format!("{}  ", row.person) } else { String::new() };
        let said = format!("{}  {who}{}", moment(c, row.at), t::export(row, lang));
        popup::row(c, area, (y, on), &said, (&ended, style));
    }
}

fn customers(c: &mut Canvas, area: Rect, view: &LeakView, case: &LeakCase) {
    let (theme, lang) = (c.theme, c.lang());
    if case.customers.is_empty() {
        c.put(area, (area.x, area.y), area.width, c.say(t::NO_CUSTOMER), theme.dim);
    }
    let owners = case.customers.iter().map(|row| text::width(&row.owner)).max().unwrap_or(0).min(12);
    let owners = u16::try_from(owners).unwrap_or(12);
    for (y, on, row) in popup::shown(&case.customers, view.line, area) {
        let (said, style) = match (&row.told_by, row.told_at) {
            (Some(by), Some(when)) => {
                let pays = row.compensation.map(|fen| format!("¥{} · ", format::yuan(fen)));
                let by = t::DONE_BY.with(lang, &[by, &moment(c, when)]);
                (format!("✓ {}{by}", pays.unwrap_or_default()), theme.good)
            }
            _ => (c.say(t::UNTOLD).to_owned(), theme.warn),
        };
        let x = c.put(area, (area.x, y), 14, &row.code, theme.text).max(area.x + 12) + 1;
        let said_wide = u16::try_from(text::width(&said)).unwrap_or(0) + 1;
        let right = area.right().saturating_sub(said_wide + owners + 9);
        c.put(area, (x, y), right.saturating_sub(x), &row.name, theme.text);
        c.put(area, (right + 1, y), owners, &row.owner, theme.dim);
        // once is what one expects
        if row.exports > 1 {
            c.put(area, (right + owners + 2, y), 6, &t::HELD_IN.with(lang, &[&row.exports]), theme.dim);
        }
        c.right(area, y, &said, style);
        if on {
            c.tint(area, y, theme.select);
        }
    }
}

/// The keys that do something just now.
fn keys(c: &Canvas, view: &LeakView, case: &LeakCase) -> Vec<(String, &'static str)> {
    let open = case.row.state == "open";
    let left = case.told < case.affected;
    let customers = view.part == Part::Customers;
    // the keys of the steps stand beside them
    [
        ("e", t::KEY_WHO, open && case.person_id.is_none()),
        ("A", t::KEY_ALL, open && left && customers),
        ("c", t::KEY_CLOSE, open),
        ("Tab", if customers { t::PART_EXPORTS } else { t::PART_CUSTOMERS }, true),
        ("Enter", commands::OPEN, customers),
        ("Esc", commands::BACK, true),
    ]
    .into_iter()
    .filter(|(.., shown)| *shown)
    .map(|(key, word, _)| (key.to_owned(), c.say(word)))
    .collect()
}

/// The box in which another key is entered.
fn key(c: &mut Canvas, screen: Rect, entry: &NewKey, known: bool) {
    let (theme, lang) = (c.theme, c.lang());
    let area = popup::middle(screen, screen.width.saturating_sub(6).min(92), 16);
    let inside = popup::frame(c, area, c.say(t::KEY_TITLE));
    let body = Rect { height: inside.height.saturating_sub(1), ..inside };
    let mut y = lines(c, body, body.y, c.say(t::KEY_HINT), theme.dim, 3) + 1;
    let label = |c: &mut Canvas, y: u16, on: bool, text: &str| {
        let style = if on { c.theme.accent } else { c.theme.text };
        c.put(body, (body.x, y), body.width, &format!("{}{text}", if on { "▸ " } else { "  " }), style)
    };
    let x = label(c, y, !entry.at_old, c.say(t::NEW_KEY)).max(body.x + 16) + 1;
    let room = body.right().saturating_sub(x);
    if entry.at_old || entry.running {
        c.put(body, (x, y), room, entry.public.value(), theme.text);
    } else {
        c.input(body, (x, y), room, &entry.public);
    }
    y += 1;
    label(c, y, entry.at_old, c.say(t::OLD_KEY));
    let pasted = entry.old.length();
    if entry.at_old && !entry.running {
        c.cursor = Some((x, y));
    }
    if pasted > 0 {
        c.put(body, (x, y), room, &t::PASTED.with(lang, &[&pasted]), theme.good);
    }
    y = lines(c, body, y + 2, c.say(t::OLD_HINT), theme.dim, 4);
    if !known {
        y = lines(c, body, y, c.say(t::NO_FOLDER_HINT), theme.warn, 2);
    }
    if let Some(fault) = &entry.fault {
        lines(c, body, y, fault, theme.bad, 3);
    } else if entry.running {
        lines(c, body, y, c.say(t::WORKING), theme.accent, 1);
    }
    let keys = [
        ("Enter".to_owned(), c.say(t::START)),
        ("Tab".to_owned(), c.say(t::NEXT_FIELD)),
        ("Esc".to_owned(), c.say(commands::BACK)),
    ];
    bars::hints(c, popup::foot(inside), &keys);
}
