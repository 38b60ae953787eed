//! What one needs to see before saying a word: who it is, the last talk, the open promise, complaint, do-not-disturb, and
//! what to say. The customer list shows it below, the look-up box beside.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use crate::domain::find::normal_phone;
use crate::domain::guard::Consent;
use crate::i18n::{format, guard, ledger, scripts, shell, shipped, tags, words};
use crate::store::request::{Card, ContactRow, TaskRow, TouchRow, spoken};

/// The card as lines, the most important first; each is a label and parts.
type Line = Vec<(String, Style)>;

/// Draws the call card: every line it has room for, texts broken.
pub fn call(c: &mut Canvas, area: Rect, card: &Card) {
    let theme = c.theme;
    let mut y = area.y;
    // the name on a line of its own where it has no room beside the rest
    let mut head = head(c, card);
    if wide(&head) > usize::from(area.width) && head.len() > 2 {
        let rest: Line = head.split_off(1).into_iter().skip(1).collect();
        y = draw(c, area, y, &head);
        head = rest;
    }
    y = draw(c, area, y, &head);
    for contact in &card.contacts {
        y = whole(c, area, y, &contact_line(c, contact));
    }
    let state = guard::state(&card.standing, c.shared.now.today(), c.lang());
    let rest = [
        alerts(c, card),
        Some(vec![standing(c, card, state)]),
        Some(last(c, card.last.as_ref())),
        promise(c, card.tasks.as_slice()),
        season(c, card),
        script(c, card),
    ];
    for line in rest.into_iter().flatten() {
        y = whole(c, area, y, &line);
    }
    if !card.tags.is_empty() {
        draw(c, area, y, &vec![(tags::line(&card.tags, c.lang()).into_owned(), theme.dim)]);
    }
}

/// Draws a line, going on below where it has no room beside itself; gives the line after it.
fn whole(c: &mut Canvas, area: Rect, y: u16, line: &Line) -> u16 {
    let all: String = line.iter().map(|(t, _)| t.as_str()).collect();
    if text::width(&all) <= usize::from(area.width) {
        return draw(c, area, y, line);
    }
    let style = line.last().map_or(c.theme.text, |(_, s)| *s);
    let parts = text::wrap(&all, usize::from(area.width), 3);
    parts.into_iter().fold(y, |y, part| draw(c, area, y, &vec![(part, style)]))
}

/// Draws the card in a few lines below a list.
pub fn below(c: &mut Canvas, area: Rect, card: &Card) {
    let mut y = area.y;
    let head = head(c, card);
    // with what the last touch was, where there is room for both
    let state = guard::state(&card.standing, c.shared.now.today(), c.lang());
    let both = wide(&head) + text::width(&state) + 3 <= usize::from(area.width);
    let said = if both { state } else { guard::touched(&card.standing, c.lang()) };
    let (said, style) = standing(c, card, said);
    let end = c.right(area, y, &said, style);
    let head_area = Rect { width: end.saturating_sub(area.x + 2), ..area };
    draw(c, head_area, y, &named(head, usize::from(head_area.width)));
    y += 1;
    let mut lines: Vec<Line> = Vec::new();
    lines.extend(alerts(c, card));
    lines.extend(Some(last(c, card.last.as_ref())));
    lines.extend(promise(c, &card.tasks));
    lines.extend(season(c, card));
    lines.extend(script(c, card));
    if let Some(contact) = card.contacts.first() {
        lines.push(contact_line(c, contact));
    }
    if !card.tags.is_empty() {
        lines.push(vec![(tags::line(&card.tags, c.lang()).into_owned(), c.theme.dim)]);
    }
    for line in &lines {
        y = draw(c, area, y, line);
    }
}

fn wide(line: &Line) -> usize {
    line.iter().map(|(part, _)| text::width(part)).sum()
}

/// The head with as much between class and owner as has room: the name says who it is, and the rest stands on the profile.
fn named(mut head: Line, cells: usize) -> Line {
    while head.len() > 5 && wide(&head) > cells {
        // the part before the owner, with the sign before it
        head.drain(head.len() - 4..head.len() - 2);
    }
    head
}

fn draw(c: &mut Canvas, area: Rect, y: u16, line: &Line) -> u16 {
    if y < area.bottom() {
        let line = text::squeezed(line.clone(), usize::from(area.width));
        let parts: Vec<(&str, Style)> = line.iter().map(|(t, s)| (t.as_str(), *s)).collect();
        c.line(area, (area.x, y), &parts);
        return y + 1;
    }
    y
}

fn head(c: &Canvas, card: &Card) -> Line {
    let theme = c.theme;
    let row = &card.row;
    let mut line = vec![(row.name.clone(), theme.strong)];
    let mut add = |text: &str, style| {
        if !text.is_empty() {
            line.push((" · ".to_owned(), theme.dim));
            line.push((text.to_owned(), style));
        }
    };
    let segment = row.segment.as_deref();
    add(segment.map_or("", |id| words::word("segment", id, c.lang())), theme.segment(segment));
    add(row.grade.as_deref().unwrap_or(""), theme.text);
    add(row.industry.as_deref().map_or("", |i| shipped::said(i, c.lang())), theme.text);
    add(row.size.as_deref().map_or("", |id| words::word("size", id, c.lang())), theme.text);
    add(&shell::OWNER.with(c.lang(), &[&row.owner]), theme.dim);
    line
}

fn contact_line(c: &Canvas, contact: &ContactRow) -> Line {
    let theme = c.theme;
    let mut line = vec![(contact.name.clone(), theme.text)];
    if let Some(title) = &contact.title {
        line.push((format!(" {title}"), theme.dim));
    }
    // a number by which they are on WeChat too stands once; an account alone does not say what it is of
    let also = |wechat: &str| contact.phones.iter().any(|phone| same(phone, wechat));
    for phone in &contact.phones {
        line.push((format!("  {phone}"), theme.accent));
        if contact.wechat.iter().any(|wechat| same(phone, wechat)) {
            line.push((format!(" {}", c.say(shell::WECHAT_TOO)), theme.dim));
        }
    }
    let wechat = words::word("method", "wechat", c.lang());
    for other in contact.wechat.iter().filter(|wechat| !also(wechat)) {
        line.push((format!("  {wechat} {other}"), theme.dim));
    }
    for other in contact.email.iter().chain(&contact.other) {
        line.push((format!("  {other}"), theme.dim));
    }
    line
}

/// Whether an account is this phone, however either is grouped.
fn same(phone: &str, account: &str) -> bool {
    let number = account.chars().all(|c| c.is_ascii_digit() || "+-() ".contains(c));
    let digits = |text: &str| normal_phone(text).map(|phone| phone.digits);
    number && digits(account).is_some_and(|account| digits(phone) == Some(account))
}

/// Open complaint, do-not-disturb and whatever else forbids a touch, on one line before anything else.
fn alerts(c: &Canvas, card: &Card) -> Option<Line> {
    let theme = c.theme;
    let mut line: Line = Vec::new();
    if let Some(complaint) = &card.complaint {
        line.push((format!("{} {complaint}", c.say(shell::COMPLAINT)), theme.bad));
    }
    let wishes = &card.standing.opt_outs;
    let mut add = |text: String| {
        if !line.is_empty() {
            line.push(("  ".to_owned(), theme.text));
        }
        line.push((text, theme.bad));
    };
    if wishes.iter().any(|o| o.channel == "all") {
        add(c.say(shell::QUIET).to_owned());
    } else if !wishes.is_empty() {
        let names: Vec<&str> = wishes.iter().map(|o| words::word("channel", &o.channel, c.lang())).collect();
        add(shell::OPTED_OUT.with(c.lang(), &[&format::list(&names, c.lang())]));
    }
    if card.standing.consent == Consent::Withdrawn {
        add(c.say(guard::WITHDRAWN_SHORT).to_owned());
    }
    if card.standing.suspended {
        add(c.say(guard::SUSPENDED_SHORT).to_owned());
    }
    (!line.is_empty()).then_some(line)
}

fn last(c: &Canvas, touch: Option<&TouchRow>) -> Line {
    let theme = c.theme;
    let label = (format!("{} ", c.say(shell::LAST)), theme.dim);
    let Some(touch) = touch else {
        return vec![label, (c.say(shell::NO_TOUCH_YET).to_owned(), theme.dim)];
    };
    let zone = c.shared.now.zone;
    let day = format::day(zone.day(crate::domain::clock::from_ms(touch.at)), c.shared.now.today());
    let channel = touch.channel.as_deref().map_or("", |id| words::word("channel", id, c.lang()));
    let said = match &touch.feedback {
        Some(feedback) => format!("{} — {feedback}", touch.summary),
        None => touch.summary.clone(),
    };
    vec![
        label,
        (format!("{day} {channel} {} ", touch.person), theme.dim),
        (said.replace('\n', " "), theme.text),
    ]
}

fn promise(c: &Canvas, tasks: &[TaskRow]) -> Option<Line> {
    let theme = c.theme;
    let task = tasks.first()?;
    let mut when = format::near_day(task.due, c.shared.now.today(), c.lang());
    if let Some(time) = task.time {
        when = format!("{when} {}", format::time(time));
    }
    let late = if task.overdue { format!("{} ", c.say(shell::LATE_WORD)) } else { String::new() };
    let more = if tasks.len() > 1 { format!("  +{}", tasks.len() - 1) } else { String::new() };
    Some(vec![
        (format!("{} ", c.say(shell::PROMISE)), theme.dim),
        (format!("{late}{when} "), if task.overdue { theme.bad } else { theme.warn }),
        (ledger::task(task.cause.as_deref(), &task.text, c.lang()), theme.text),
        (more, theme.dim),
    ])
}

/// What a festival or season brings, while it lasts (D48).
fn season(c: &Canvas, card: &Card) -> Option<Line> {
    let (name, content) = card.seasons.first()?;
    let said = |text: &str| shipped::said(text, c.lang()).to_owned();
    Some(vec![(format!("{} ", said(name)), c.theme.dim), (said(content), c.theme.good)])
}

fn script(c: &Canvas, card: &Card) -> Option<Line> {
    let said = spoken(&card.scripts).next()?;
    let text = scripts::shown(&said.text, c.lang()).replace('\n', " ");
    Some(vec![(format!("{} ", c.say(shell::SAY)), c.theme.dim), (text, c.theme.text)])
}

/// How often they were touched against the cap, all departments together; in warning where it is full.
fn standing(c: &Canvas, card: &Card, text: String) -> (String, Style) {
    let full = i64::try_from(card.standing.touched).is_ok_and(|n| n >= card.standing.cap.count);
    (text, if full { c.theme.warn } else { c.theme.dim })
}
