//! Hand-overs: the list, one hand-over with its checklist and who has signed, and everybody's load below the form in which
//! the receiver is chosen.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::{bars, popup};
use crate::app::form::{Form, FormKind};
use crate::app::popup::cases::{Cases, TURNS, fits};
use crate::app::room;
use crate::domain::clock::from_ms;
use crate::domain::field::{Field, Value};
use crate::domain::handover::Turn;
use crate::domain::strategy::{Load, load};
use crate::i18n::{Text, commands, format, handover as t, shell, words};
use crate::store::request::{DisputeCase, HandOverCase, LoadRow};

/// People whose load shows below the form.
const PEOPLE: usize = 6;

/// Draws the list, or the case that is open.
pub fn draw(c: &mut Canvas, screen: Rect, cases: &Cases) {
    let height = u16::try_from(room::popup(c.shared.size)).unwrap_or(10) + 4;
    let width = screen.width.saturating_sub(2).min(96);
    let area = popup::middle(screen, width, height);
    if let Some(case) = cases.dispute(c.shared).cloned() {
        return dispute(c, area, &case);
    }
    match cases.shown(c.shared).cloned() {
        Some(case) => one(c, area, cases, &case),
        None => list(c, area, cases),
    }
}

/// One dispute: what it is about, who touched first, what was said.
fn dispute(c: &mut Canvas, area: Rect, case: &DisputeCase) {
    let (theme, lang) = (c.theme, c.lang());
    let title = t::DISPUTE_LINE.with(lang, &[&case.id, &case.claimant, &case.holder, &case.customer]);
    let inside = popup::frame(c, area, &title);
    let zone = c.shared.now.zone;
    let today = c.shared.now.today();
    let when = |ms: i64| format::moment(zone.local(from_ms(ms)), today, lang);
    let late = case.state == "open" && case.due_at < c.shared.now.ms();
    let mut lines: Vec<(String, Style)> = t::dispute(case, when, lang)
        .into_iter()
        .enumerate()
        .map(|(i, line)| match i {
            0 => (line, theme.strong),
            1 if late => (line, theme.bad),
            _ => (line, theme.text),
        })
        .collect();
    for (who, at, text) in &case.notes {
        lines.push((format!("{} {who}: {text}", when(*at)), theme.dim));
    }
    let mut y = inside.y;
    for (line, style) in &lines {
        for part in text::wrap(line, usize::from(inside.width), 4) {
            if y + 1 < inside.bottom() {
                c.put(inside, (inside.x, y), inside.width, &part, *style);
            }
            y += 1;
        }
    }
    let open = case.state == "open";
    let mut keys = Vec::new();
    for (key, word, shown) in [
        ("n", t::KEY_NOTE, open),
        ("c", t::KEY_DECIDE, open && case.decides),
        ("b", t::KEY_WITHDRAW, open && case.began),
    ] {
        if shown {
            keys.push((key.to_owned(), c.say(word)));
        }
    }
    keys.push(("Esc".to_owned(), c.say(commands::BACK)));
    bars::hints(c, popup::foot(inside), &keys);
}

fn day(c: &Canvas, ms: i64) -> String {
    format::day(c.shared.now.zone.day(from_ms(ms)), c.shared.now.today())
}

fn list(c: &mut Canvas, area: Rect, cases: &Cases) {
    let (theme, lang) = (c.theme, c.lang());
    let inside = popup::frame(c, area, c.say(commands::CASES));
    let list = Rect { height: inside.height.saturating_sub(1), ..inside };
    let rows = Cases::rows(c.shared);
    if rows.is_empty() {
        let said = if c.shared.feeds.cases().is_none() { shell::LOADING } else { t::NONE };
        c.put(list, (list.x, list.y), list.width, c.say(said), theme.dim);
    }
    for (y, on, row) in popup::shown(rows, cases.cursor, list) {
        let state = words::word(t::states(row.kind), &row.state, lang);
        let (said, style) = if row.mine {
            (format!("{} · {state}", t::WAITS_FOR_YOU.of(lang)), theme.warn)
        } else {
            (state.to_owned(), theme.dim)
        };
        let hint = format!("{said}  {}", day(c, row.at));
        popup::row(c, list, (y, on), &t::line(row, lang), (&hint, style));
    }
    popup::beyond_rows(c, inside, list, cases.cursor, rows.len());
    let keys = [
        ("Enter".to_owned(), c.say(commands::OPEN)),
        ("n".to_owned(), c.say(commands::NEW)),
        ("Esc".to_owned(), c.say(commands::BACK)),
    ];
    bars::hints(c, popup::foot(inside), &keys);
}

fn one(c: &mut Canvas, area: Rect, cases: &Cases, case: &HandOverCase) {
    let (theme, lang) = (c.theme, c.lang());
    let about = match case.some.as_slice() {
        [(_, name)] => name.clone(),
        _ => t::COUNTED.with(lang, &[&format::count(case.customers)]),
    };
    let title = t::LINE.with(lang, &[&case.id, &case.from, &case.to, &about]);
    let inside = popup::frame(c, area, &title);
    let mut y = inside.y;
    let head = t::head(case, |ms| day(c, ms), lang);
    for (i, sentence) in head.iter().enumerate() {
        for part in text::wrap(sentence, usize::from(inside.width), 2) {
            c.put(inside, (inside.x, y), inside.width, &part, if i == 0 { theme.strong } else { theme.text });
            y += 1;
        }
    }
    y += 1;
    for (at, item) in case.items.iter().enumerate() {
        let ticked = item.done_by.is_some();
        let line = Rect { y, height: 1, ..inside };
        c.put(
            line,
            (inside.x, y),
            3,
            if ticked { "[✓]" } else { "[ ]" },
            if ticked { theme.good } else { theme.warn },
        );
        let word = words::word("handover_item", &item.item, lang);
        let end = c.put(line, (inside.x + 4, y), inside.width.saturating_sub(4), word, theme.text);
        c.put(line, (end + 2, y), inside.right().saturating_sub(end + 2), &t::figure(item, lang), theme.dim);
        if let Some(by) = &item.done_by {
            c.right(line, y, by, theme.dim);
        }
        if at == cases.line.at {
            c.tint(line, y, theme.select);
        }
        y += 1;
    }
    if case.some.len() > 1 {
        y += 1;
        let names: Vec<&str> = case.some.iter().map(|(_, name)| name.as_str()).collect();
        let room = usize::from(inside.bottom().saturating_sub(y + 1));
        for part in text::wrap(&format::list(&names, lang), usize::from(inside.width), room) {
            c.put(inside, (inside.x, y), inside.width, &part, theme.dim);
            y += 1;
        }
    }
    let mut keys = Vec::new();
    if crate::domain::handover::is_open(&case.state) && (case.takes || case.gives) {
        keys.push(("x".to_owned(), c.say(t::TICK)));
    }
    let turns = TURNS.iter().filter(|(_, turn)| fits(case, *turn));
    keys.extend(turns.map(|(key, turn)| (key.to_string(), c.say(said(*turn)))));
    keys.push(("Esc".to_owned(), c.say(commands::BACK)));
    bars::hints(c, popup::foot(inside), &keys);
}

/// What a step is called.
const fn said(turn: Turn) -> Text {
    match turn {
        Turn::Accept => t::ACCEPT,
        Turn::Decline => t::DECLINE,
        Turn::Confirm => t::CONFIRM,
        Turn::TakeBack => t::TAKE_BACK,
    }
}

/// Everybody's load as lines below the form, around the person who is chosen.
pub fn loads(c: &Canvas, form: &Form) -> Vec<(String, Style)> {
    if !matches!(form.kind, FormKind::HandOver(_)) {
        return Vec::new();
    }
    let rows: Vec<&LoadRow> = c.shared.feeds.loads().into_iter().flatten().filter(|row| row.active).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let (theme, lang) = (c.theme, c.lang());
    let chosen = form.entry(Field::HandTo).and_then(|e| e.picked()).and_then(Value::as_id);
    let at = rows.iter().position(|row| Some(row.person.0) == chosen);
    let top = at.unwrap_or(0).saturating_sub(PEOPLE / 2).min(rows.len().saturating_sub(PEOPLE));
    let name = rows.iter().map(|row| text::width(&row.name)).max().unwrap_or(0).max(6);
    let heads = [t::CUSTOMERS, t::TASKS, t::LATE, t::COMPLAINTS].map(|head| head.of(lang));
    let wide = |i: usize| heads.get(i).map_or(0, |head| text::width(head)).max(6);
    let cells = |figures: [String; 4]| -> String {
        let fitted: Vec<String> =
            figures.iter().enumerate().map(|(i, figure)| text::fit(figure, wide(i) + 2, true)).collect();
        fitted.concat()
    };
    // what goes on beyond these rows stands at the end of the first and the last line
    let beyond = |count: usize, text: Text| {
        if count > 0 { format!("   {}", text.with(lang, &[&count])) } else { String::new() }
    };
    let last = (top + PEOPLE).min(rows.len());
    let head = format!(
        "  {}{}  {}{}",
        text::fit("", name, false),
        cells(heads.map(str::to_owned)),
        t::RANGE.of(lang),
        beyond(top, shell::ABOVE)
    );
    let mut lines = vec![(head, theme.text)];
    for (i, row) in rows.iter().enumerate().take(last).skip(top) {
        let figures = [row.customers, row.tasks, row.late, row.complaints].map(format::count);
        let sign = if Some(i) == at { "▸ " } else { "  " };
        let line = format!(
            "{sign}{}{}  {}{}",
            text::fit(&row.name, name, false),
            cells(figures),
            t::against(row, lang),
            beyond(if i + 1 == last { rows.len() - last } else { 0 }, shell::BELOW)
        );
        lines.push((line, if Some(i) == at { chosen_style(c, row) } else { theme.text }));
    }
    lines
}

fn chosen_style(c: &Canvas, row: &LoadRow) -> Style {
    match row.range.map(|(low, high)| load(row.customers, low, high)) {
        Some(Load::Over) => c.theme.warn,
        _ => c.theme.good,
    }
}
